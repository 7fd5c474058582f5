/* Sums by product line, market and range of days against adding them up one by one, on seeded orders. */
#include "judging.h"

#include "base/random.h"

enum { DAYS = 40, LINES = 3, MARKETS = 4, ORDERS = 3000 };

static const char *const line_names[LINES + 1] = { "a", "b", "果", "unknown" };
static const char *const market_names[MARKETS + 1] = { "n", "s", "w", "东", "unknown" };

typedef struct fact {
    int32_t day, line, market; /* line LINES and market MARKETS are not in the plan, -1 is null */
    int64_t minor;
} fact;

static void append_name(campaign_table_builder *builder, int32_t column, const char *const *names, int32_t index)
{
    campaign_error error;
    assert_ok(index < 0
                  ? campaign_table_builder_append_null(builder, column, &error)
                  : campaign_table_builder_append_text(builder, column, names[index], strlen(names[index]), &error),
              error);
}

static campaign_table *make_orders(const fact *facts, int32_t first_day)
{
    campaign_error error;
    campaign_table_builder *builder;
    campaign_table *orders;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "date", CAMPAIGN_TYPE_DATE, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "amount", CAMPAIGN_TYPE_MONEY, "CNY", &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "product_line", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "market", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    for (int32_t i = 0; i < ORDERS; i++) {
        assert_ok(campaign_table_builder_append_int64(builder, 0, first_day + facts[i].day, &error), error);
        assert_ok(campaign_table_builder_append_int64(builder, 1, facts[i].minor, &error), error);
        append_name(builder, 2, line_names, facts[i].line);
        append_name(builder, 3, market_names, facts[i].market);
    }
    assert_ok(campaign_table_builder_finish(&orders, builder, &error), error);
    campaign_table_builder_free(builder);
    return orders;
}

/* The whole time and each of its tens of days, for all, each line, each market and each pair. */
static campaign_table *make_cells(int32_t first_day)
{
    static const char *const names[] = { "level", "period", "start", "end", "target", "product_line", "market" };
    static const int32_t types[] = { CAMPAIGN_TYPE_UTF8,  CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_DATE, CAMPAIGN_TYPE_DATE,
                                     CAMPAIGN_TYPE_MONEY, CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_UTF8 };
    campaign_error error;
    campaign_table_builder *builder;
    campaign_table *targets;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    for (int32_t c = 0; c < 7; c++)
        assert_ok(campaign_table_builder_add_column(builder, names[c], types[c], c == 4 ? "CNY" : NULL, &error), error);
    for (int32_t part = -1; part < DAYS / 10; part++)
        for (int32_t line = -1; line < LINES; line++)
            for (int32_t market = -1; market < MARKETS; market++) {
                const int32_t start = first_day + (part < 0 ? 0 : part * 10);
                assert_ok(campaign_table_builder_append_text(builder, 0, "x", 1, &error), error);
                assert_ok(campaign_table_builder_append_text(builder, 1, "x", 1, &error), error);
                assert_ok(campaign_table_builder_append_int64(builder, 2, start, &error), error);
                assert_ok(
                    campaign_table_builder_append_int64(builder, 3, part < 0 ? first_day + DAYS : start + 10, &error),
                    error);
                assert_ok(campaign_table_builder_append_int64(builder, 4, 1000, &error), error);
                append_name(builder, 5, line_names, line);
                append_name(builder, 6, market_names, market);
            }
    assert_ok(campaign_table_builder_finish(&targets, builder, &error), error);
    campaign_table_builder_free(builder);
    return targets;
}

static int64_t add_up(const fact *facts, int32_t part, int32_t line, int32_t market, int32_t as_of)
{
    int64_t sum = 0;
    for (int32_t i = 0; i < ORDERS; i++)
        if ((part < 0 || facts[i].day / 10 == part) && facts[i].day <= as_of && (line < 0 || facts[i].line == line) &&
            (market < 0 || facts[i].market == market))
            sum += facts[i].minor;
    return sum;
}

static void test_every_cell_is_the_sum_of_its_orders(void **state)
{
    (void)state;
    static fact facts[ORDERS];
    const int32_t first_day = cpn_day_from_civil(2027, 1, 1);
    cpn_random random;
    cpn_random_seed(&random, 36);
    for (int32_t i = 0; i < ORDERS; i++)
        facts[i] =
            (fact){ (int32_t)cpn_random_below(&random, DAYS), (int32_t)cpn_random_below(&random, LINES + 2) - 1,
                    (int32_t)cpn_random_below(&random, MARKETS + 2) - 1, cpn_random_below(&random, 20000) - 4000 };
    campaign_table *targets = make_cells(first_day), *orders = make_orders(facts, first_day);
    campaign_kpi_plan plan = CAMPAIGN_KPI_PLAN_INIT;
    campaign_kpi_actuals actuals = CAMPAIGN_KPI_ACTUALS_INIT;
    plan.targets = targets;
    actuals.orders = orders;
    for (int32_t as_of = 0; as_of < DAYS; as_of += 13) {
        campaign_kpi_options options = CAMPAIGN_KPI_OPTIONS_INIT;
        options.has_as_of = 1;
        options.as_of_day = first_day + as_of;
        campaign_kpi_evaluation evaluation = judge(&plan, &actuals, "", &options);
        const int32_t actual = campaign_table_find(evaluation.attainment, "actual");
        int64_t row = 0;
        for (int32_t part = -1; part < DAYS / 10; part++)
            for (int32_t line = -1; line < LINES; line++)
                for (int32_t market = -1; market < MARKETS; market++, row++)
                    assert_int_equal(campaign_table_int64(evaluation.attainment, actual, row),
                                     add_up(facts, part, line, market, as_of));
        campaign_kpi_evaluation_clear(&evaluation);
    }
    campaign_table_free(orders);
    campaign_table_free(targets);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_every_cell_is_the_sum_of_its_orders) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
