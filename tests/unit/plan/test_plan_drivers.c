/* What levels share by: years, kinds of day, columns of the caller's own. Expected numbers are worked out beside. */
#include "planning.h"

#define HEAD "{\"schema\":\"campaign/plan_request/1\",\"year\":2027,\"currency\":\"JPY\","

static int64_t target_at(const campaign_plan *plan, const char *column, const char *key)
{
    campaign_table *targets = take_table(plan, "targets");
    const int64_t minor = number_at(targets, "target", find_row(targets, column, key, NULL, NULL));
    campaign_table_free(targets);
    return minor;
}

/* Two whole years: product line a sold 300 of 400 in 2025 and 100 of 400 in 2026; months alike, all in January 2025 and all
 * in June 2026 but for a little of nothing at the ends. */
static campaign_table *make_two_years(void)
{
    const order_row rows[] = {
        { cpn_day_from_civil(2025, 1, 1), 300, "a", "x" }, { cpn_day_from_civil(2025, 1, 1), 100, "b", "x" },
        { cpn_day_from_civil(2026, 6, 1), 100, "a", "x" }, { cpn_day_from_civil(2026, 6, 1), 300, "b", "x" },
        { cpn_day_from_civil(2026, 12, 31), 0, "b", "x" },
    };
    return make_orders(rows, 5, true, "JPY");
}

static campaign_plan *plan_levels(const char *levels, const char *split, const campaign_table *orders)
{
    char request[512];
    (void)snprintf(request, sizeof request, HEAD "\"target\":{\"amount\":1000},\"split\":%s,\"levels\":%s}", split,
                   levels);
    return make_plan(request, orders);
}

static void test_years_count_as_declared(void **state)
{
    (void)state;
    static const struct {
        const char *levels;
        int64_t a, january;
    } cases[] = {
        { "{}", 250, 500 }, /* lines by the last year, months by both */
        { "{\"product_line\":{\"driver\":\"history\"},\"month\":{\"driver\":\"last_year\"}}", 500, 0 },
        { "{\"product_line\":{\"driver\":\"even\"},\"month\":{\"driver\":\"even\"}}", 500, 85 }, /* 31 of 365 days */
        /* a: 0.8 × 3/4 + 0.2 × 1/4 */
        { "{\"product_line\":{\"years\":{\"2025\":\"80%\",\"2026\":\"20%\"}},\"month\":{\"years\":{\"2025\":1}}}", 650,
          1000 },
        { "{\"product_line\":{\"driver\":\"mix\",\"years\":{\"2025\":2}},\"month\":{\"years\":{\"2025\":0.3,\"2026\":"
          "0.9}}}",
          750, 250 },
    };
    campaign_table *orders = make_two_years();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        campaign_plan *plan = plan_levels(cases[i].levels, "[\"month\",\"product_line\"]", orders);
        assert_int_equal(target_at(plan, "period", "2027-01"), cases[i].january);
        campaign_table *targets = take_table(plan, "targets");
        int64_t a = 0;
        for (int64_t row = 0; row < campaign_table_n_rows(targets); row++)
            if (cell_is(targets, "product_line", row, "a") && cell_is(targets, "period", row, "2027"))
                a = number_at(targets, "target", row);
        assert_in_range(a, cases[i].a - 6, cases[i].a + 6); /* a total over twelve months rounded one by one */
        campaign_table_free(targets);
        campaign_plan_free(plan);
        plan = plan_levels("{}", "[\"product_line\"]", orders);
        assert_int_equal(target_at(plan, "product_line", "a"), 250);
        campaign_plan_free(plan);
    }
    campaign_table_free(orders);
}

/* target_cases.json, T6: October 2026 has 3,100,000.00 by kind of day, 2.0 for a statutory holiday, 1.6 for another day off,
 * 1.0 for a working day, make-up Saturdays too: 40.0 in all. */
static void test_days_share_by_their_kind(void **state)
{
    (void)state;
    static const struct {
        const char *period;
        int64_t fen;
    } expected[] = {
        { "2026-10-01", 15500000 },  { "2026-10-04", 12400000 },  { "2026-10-08", 7750000 },
        { "2026-10-10", 7750000 },   { "2026-10-11", 12400000 },  { "2026-10-W40", 58900000 },
        { "2026-10-W41", 72850000 }, { "2026-10-W42", 63550000 }, { "2026-10-W43", 63550000 },
        { "2026-10-W44", 51150000 },
    };
    campaign_plan *plan = make_plan(
        "{\"schema\":\"campaign/plan_request/1\",\"year\":2026,\"currency\":\"CNY\",\"target\":{\"amount\":31000000},"
        "\"split\":[\"month\",\"week\",\"day\"],\"levels\":{\"week\":{\"driver\":\"day_kinds\"},"
        "\"day\":{\"day_kinds\":{\"statutory\":2.0,\"off\":1.6,\"working\":1.0}}},"
        "\"rules\":[{\"period\":\"2026-10\",\"amount\":3100000}]}",
        NULL);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_int_equal(target_at(plan, "period", expected[i].period), expected[i].fen);
    campaign_plan_free(plan);
}

/* ---- Columns of the caller's own -------------------------------------------------------------------------------- */

static campaign_table *make_drivers(const char *const *lines, const double *capacity, const int64_t *heads, int n)
{
    campaign_error error;
    campaign_table_builder *builder;
    campaign_table *table;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "product_line", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "capacity", CAMPAIGN_TYPE_FLOAT64, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "heads", CAMPAIGN_TYPE_INT64, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "date", CAMPAIGN_TYPE_DATE, NULL, &error), error);
    for (int i = 0; i < n; i++) {
        if (lines[i])
            assert_ok(campaign_table_builder_append_text(builder, 0, lines[i], strlen(lines[i]), &error), error);
        else
            assert_ok(campaign_table_builder_append_null(builder, 0, &error), error);
        assert_ok(campaign_table_builder_append_float64(builder, 1, capacity[i], &error), error);
        assert_ok(campaign_table_builder_append_int64(builder, 2, heads[i], &error), error);
        assert_ok(campaign_table_builder_append_int64(builder, 3, cpn_day_from_civil(2027, 1 + i, 1), &error), error);
    }
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

static campaign_status create_with(campaign_plan **plan, const char *levels, const char *split,
                                   const campaign_table *orders, const campaign_table *drivers, campaign_error *error)
{
    char request[512];
    campaign_plan_inputs inputs = CAMPAIGN_PLAN_INPUTS_INIT;
    inputs.orders = orders;
    inputs.drivers = drivers;
    (void)snprintf(request, sizeof request, HEAD "\"target\":{\"amount\":1000},\"split\":%s,\"levels\":%s}", split,
                   levels);
    return campaign_plan_create(plan, request, strlen(request), &inputs, NULL, error);
}

static void test_a_column_of_the_drivers_decides(void **state)
{
    (void)state;
    static const char *const lines[] = { "a", "b", "a", NULL, "z" };
    static const double capacity[] = { 0.25, 0.1, 0.05, 9, 7 };
    static const int64_t heads[] = { 1, 4, 3, 0, 2 };
    campaign_table *orders = make_two_years(), *drivers = make_drivers(lines, capacity, heads, 5);
    campaign_error error;
    campaign_plan *plan;
    /* a has 0.25 + 0.05, b 0.1; the row without a line and that of an unknown one do not count. */
    assert_ok(create_with(&plan, "{\"product_line\":{\"column\":\"capacity\"}}", "[\"product_line\"]", orders, drivers,
                          &error),
              error);
    assert_int_equal(target_at(plan, "product_line", "a"), 750);
    assert_int_equal(target_at(plan, "product_line", "b"), 250);
    assert_true(has_note(plan, "drivers_unknown"));
    campaign_plan_free(plan);
    /* By date: January to May have 1, 4, 3, 0 and 2 of 10. */
    assert_ok(create_with(&plan, "{\"month\":{\"column\":\"heads\"}}", "[\"month\"]", orders, drivers, &error), error);
    assert_int_equal(target_at(plan, "period", "2027-02"), 400);
    assert_int_equal(target_at(plan, "period", "2027-04"), 0);
    assert_int_equal(target_at(plan, "period", "2027-12"), 0);
    campaign_plan_free(plan);
    campaign_table_free(drivers);
    campaign_table_free(orders);
}

static void test_drivers_that_say_nothing_are_refused(void **state)
{
    (void)state;
    static const char *const lines[] = { "a", "b" };
    static const double capacity[] = { 0, 0 }, negative[] = { -1, 1 };
    static const int64_t heads[] = { 0, 0 };
    campaign_table *orders = make_two_years(), *drivers = make_drivers(lines, capacity, heads, 2);
    campaign_table *wrong = make_drivers(lines, negative, heads, 2);
    campaign_error error;
    campaign_plan *plan;
    static const struct {
        const char *levels, *split, *words;
        int table;
        campaign_status status;
    } cases[] = {
        { "{\"product_line\":{\"column\":\"capacity\"}}", "[\"product_line\"]", "nothing above 0", 1,
          CAMPAIGN_E_VALUE },
        { "{\"month\":{\"column\":\"heads\"}}", "[\"month\"]", "nothing above 0", 1, CAMPAIGN_E_VALUE },
        { "{\"product_line\":{\"column\":\"capacity\"}}", "[\"product_line\"]", "negative", 2, CAMPAIGN_E_VALUE },
        { "{\"product_line\":{\"column\":\"capcity\"}}", "[\"product_line\"]", "capacity", 1, CAMPAIGN_E_COLUMN },
        { "{\"product_line\":{\"column\":\"capacity\"}}", "[\"product_line\"]", "table of drivers", 0,
          CAMPAIGN_E_MISSING },
        { "{\"market\":{\"column\":\"capacity\"}}", "[\"market\"]", "market", 1, CAMPAIGN_E_COLUMN },
        { "{\"month\":{\"years\":{\"2019\":1}}}", "[\"month\"]", "2025 to 2026", 0, CAMPAIGN_E_UNKNOWN },
        { "{\"month\":{\"years\":{\"2025\":0}}}", "[\"month\"]", "no year has a weight", 0, CAMPAIGN_E_VALUE },
        { "{\"month\":{\"driver\":\"mix\"}}", "[\"month\"]", "needs \"years\"", 0, CAMPAIGN_E_MISSING },
        { "{\"month\":{\"driver\":\"even\",\"column\":\"x\"}}", "[\"month\"]", "another driver", 0,
          CAMPAIGN_E_INFEASIBLE },
        { "{\"market\":{\"driver\":\"day_kinds\"}}", "[\"market\"]", "for periods", 0, CAMPAIGN_E_INFEASIBLE },
        { "{\"week\":{\"driver\":\"even\"}}", "[\"month\"]", "no level week", 0, CAMPAIGN_E_INFEASIBLE },
        { "{\"day\":{\"day_kinds\":{\"statutory\":0,\"off\":0,\"working\":0}}}", "[\"day\"]", "no kind of day", 0,
          CAMPAIGN_E_VALUE },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const campaign_table *table = cases[i].table == 0 ? NULL : cases[i].table == 1 ? drivers : wrong;
        const campaign_status status = create_with(&plan, cases[i].levels, cases[i].split, orders, table, &error);
        if (status != cases[i].status ||
            (!strstr(error.message, cases[i].words) && !strstr(error.where, cases[i].words)))
            fail_msg("%s: %s at %s: %s", cases[i].levels, campaign_status_name(status), error.where, error.message);
        assert_null(plan);
    }
    campaign_table_free(wrong);
    campaign_table_free(drivers);
    campaign_table_free(orders);
}

/* A week weighs by its own level, its days by theirs: with even weeks of a month split by market, a week cut short by the
 * month's end still has the days' own shares of an equal week. */
static void test_finer_levels_share_each_by_its_driver(void **state)
{
    (void)state;
    campaign_table *orders = make_history(2026, 1, false);
    campaign_plan *plan = make_plan(
        "{\"schema\":\"campaign/plan_request/1\",\"year\":2027,\"currency\":\"CNY\",\"target\":{\"amount\":365000},"
        "\"split\":[\"month\",\"week\",\"day\",\"market\"],\"levels\":{\"month\":{\"driver\":\"even\"},"
        "\"week\":{\"driver\":\"even\"},\"day\":{\"driver\":\"day_kinds\"}}}",
        orders);
    campaign_table_free(orders);
    /* February 2027 is four whole weeks: 28,000.00, a quarter each within a fen for each of the four markets, though the
     * Spring Festival's week has more days off. In the first, five working days and a weekend of 1.6 share. */
    assert_in_range(target_at(plan, "period", "2027-02"), 2800000, 2800000);
    for (int week = 5; week <= 8; week++) {
        char period[32];
        (void)snprintf(period, sizeof period, "2027-02-W%02d", week);
        assert_in_range(target_at(plan, "period", period), 699998, 700002);
    }
    assert_in_range(target_at(plan, "period", "2027-02-23") * 82, 6999000, 7001000);
    campaign_plan_free(plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_years_count_as_declared),
        cmocka_unit_test(test_days_share_by_their_kind),
        cmocka_unit_test(test_a_column_of_the_drivers_decides),
        cmocka_unit_test(test_drivers_that_say_nothing_are_refused),
        cmocka_unit_test(test_finer_levels_share_each_by_its_driver),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
