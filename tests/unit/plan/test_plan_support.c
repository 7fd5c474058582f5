/* What stands beside the targets: what the last three months support, and what was entered from below. */
#include "planning.h"

#define HEAD  "{\"schema\":\"campaign/plan_request/1\",\"year\":2027,\"currency\":\"CNY\","
#define PLAIN "\"seasonality\":{\"method\":\"plain\"},"

static campaign_plan *make_with(const char *request, const campaign_table *orders, const campaign_table *bottom_up,
                                const campaign_table *daily)
{
    campaign_error error;
    campaign_plan *plan;
    campaign_plan_inputs inputs = CAMPAIGN_PLAN_INPUTS_INIT;
    inputs.orders = orders;
    inputs.bottom_up = bottom_up;
    inputs.daily = daily;
    assert_ok(campaign_plan_create(&plan, request, strlen(request), &inputs, NULL, &error), error);
    return plan;
}

/* 100.00 on every day of two years. */
static campaign_table *make_flat(void)
{
    const int32_t first = cpn_day_from_civil(2025, 1, 1), end = cpn_day_from_civil(2027, 1, 1);
    order_row *rows = calloc((size_t)(end - first), sizeof *rows);
    for (int32_t day = first; day < end; day++) rows[day - first] = (order_row){ day, 10000, "a", "n" };
    campaign_table *orders = make_orders(rows, end - first, false, "CNY");
    free(rows);
    return orders;
}

/* On the first and the last day of each month of 2026, market n sells m × 500.00; market s as much, up to September. */
static campaign_table *make_rising(void)
{
    order_row rows[48];
    int64_t n = 0;
    for (int32_t month = 1; month <= 12; month++)
        for (int32_t half = 0; half < 2; half++) {
            const int32_t day = cpn_day_from_civil(2026, month, half ? 28 : 1);
            rows[n++] = (order_row){ month == 12 && half ? day + 3 : day, month * 50000, "a", "n" };
            if (month < 10) rows[n++] = (order_row){ day, month * 50000, "a", "s" };
        }
    return make_orders(rows, n, true, "CNY");
}

static int64_t target_row(const campaign_table *targets, const char *period, const char *market)
{
    const int64_t row = find_row(targets, "period", period, "market", market);
    assert_true(row >= 0);
    return row;
}

/* 92 days of 100.00 support 365 of them, which 40,150.00 pass by a tenth. */
static void test_a_flat_history_supports_itself(void **state)
{
    (void)state;
    campaign_table *orders = make_flat();
    campaign_plan *plan = make_plan(HEAD "\"target\":{\"growth\":\"10%\"},\"split\":[\"month\"]}", orders);
    campaign_table *targets = take_table(plan, "targets");
    assert_int_equal(number_at(targets, "target", 0), 4015000);
    assert_int_equal(number_at(targets, "supported", 0), 3650000);
    assert_int_equal(number_at(targets, "above_ppm", 0), 100000);
    assert_int_equal(number_at(targets, "supported", target_row(targets, "2027-02", "")), 280000);
    campaign_table_free(targets);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

/* October to December sold 10 + 11 + 12 of 33 thousand in market n alone. In 2026 the months of n and s weigh
 * 2, 4 … 18, 10, 11, 12 of 123 thousand: the year supports 33 / 33 × 123 thousand, all of it in n; its quarter 12. */
static void test_a_strong_season_behind_promises_none_ahead(void **state)
{
    (void)state;
    campaign_table *orders = make_rising();
    campaign_plan *plan =
        make_plan(HEAD PLAIN "\"target\":{\"amount\":\"246000.00\"},\"split\":[\"quarter\",\"market\"],"
                             "\"dimension_period\":\"quarter\"}",
                  orders);
    campaign_table *targets = take_table(plan, "targets");
    assert_int_equal(number_at(targets, "supported", 0), 12300000);
    assert_int_equal(number_at(targets, "above_ppm", 0), 1000000);
    assert_int_equal(number_at(targets, "supported", target_row(targets, "2027-Q1", "")), 1200000);
    assert_int_equal(number_at(targets, "supported", target_row(targets, "2027-Q1", "n")), 1200000);
    assert_int_equal(number_at(targets, "supported", target_row(targets, "2027", "n")), 12300000);
    const int64_t s = target_row(targets, "2027-Q1", "s");
    assert_int_equal(number_at(targets, "supported", s), 0); /* it has not sold of late */
    assert_true(campaign_table_is_null(targets, campaign_table_find(targets, "above_ppm"), s));
    campaign_table_free(targets);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

static void test_two_months_support_nothing(void **state)
{
    (void)state;
    const order_row rows[] = { { cpn_day_from_civil(2026, 11, 1), 100, "a", "n" },
                               { cpn_day_from_civil(2026, 12, 31), 100, "a", "n" } };
    campaign_table *orders = make_orders(rows, 2, true, "CNY");
    campaign_plan *plan = make_plan(HEAD "\"target\":{\"amount\":5}}", orders);
    campaign_table *targets = take_table(plan, "targets");
    assert_true(campaign_table_is_null(targets, campaign_table_find(targets, "supported"), 0));
    assert_true(campaign_table_is_null(targets, campaign_table_find(targets, "above_ppm"), 0));
    campaign_table_free(targets);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

/* Rows of period, market and amount; NULL: null. */
typedef struct entry_row {
    const char *period, *market;
    int64_t minor;
} entry_row;

static campaign_table *make_entries(const entry_row *rows, int64_t n)
{
    campaign_error error;
    campaign_table_builder *builder;
    campaign_table *table;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "period", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "market", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "amount", CAMPAIGN_TYPE_MONEY, "CNY", &error), error);
    for (int64_t i = 0; i < n; i++) {
        const char *const texts[2] = { rows[i].period, rows[i].market };
        for (int32_t c = 0; c < 2; c++)
            assert_ok(texts[c] ? campaign_table_builder_append_text(builder, c, texts[c], strlen(texts[c]), &error)
                               : campaign_table_builder_append_null(builder, c, &error),
                      error);
        assert_ok(campaign_table_builder_append_int64(builder, 2, rows[i].minor, &error), error);
    }
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

/* Whatever the order of the entries, each node holds the sum of those inside it. */
static void test_entries_add_up_inside_every_node(void **state)
{
    (void)state;
    static const entry_row rows[2][5] = {
        { { "2027-01", "n", 100 },
          { "2027-03", "s", 20 },
          { "2027-Q1", "n", 3 },
          { "2027-04-05", "n", 7 },
          { "2027-02", "new", 50 } },
        { { "2027-02", "new", 50 },
          { "2027-04-05", "n", 7 },
          { "2027-Q1", "n", 3 },
          { "2027-01", "n", 100 },
          { "2027-03", "s", 20 } },
    };
    campaign_table *orders = make_rising();
    for (int32_t i = 0; i < 2; i++) {
        campaign_table *entries = make_entries(rows[i], 5);
        campaign_plan *plan = make_with(HEAD PLAIN "\"target\":{\"amount\":\"2.00\"},"
                                                   "\"split\":[\"quarter\",\"month\",\"market\"]}",
                                        orders, entries, NULL);
        campaign_table *targets = take_table(plan, "targets");
        assert_int_equal(number_at(targets, "bottom_up", 0), 180);
        assert_int_equal(number_at(targets, "gap", 0), -20);
        assert_int_equal(number_at(targets, "bottom_up", target_row(targets, "2027-Q1", "")), 173);
        assert_int_equal(number_at(targets, "bottom_up", target_row(targets, "2027-01", "")), 100);
        assert_int_equal(number_at(targets, "bottom_up", target_row(targets, "2027-01", "n")), 100);
        assert_int_equal(number_at(targets, "bottom_up", target_row(targets, "2027-02", "")), 50); /* a new market */
        assert_int_equal(number_at(targets, "bottom_up", target_row(targets, "2027-03", "s")), 20);
        assert_int_equal(number_at(targets, "bottom_up", target_row(targets, "2027-04", "n")), 7);
        assert_int_equal(number_at(targets, "bottom_up", target_row(targets, "2027", "n")), 110);
        const int64_t none = target_row(targets, "2027-05", "");
        assert_true(campaign_table_is_null(targets, campaign_table_find(targets, "bottom_up"), none));
        assert_true(campaign_table_is_null(targets, campaign_table_find(targets, "gap"), none));
        campaign_table_free(targets);
        campaign_plan_free(plan);
        campaign_table_free(entries);
    }
    campaign_table_free(orders);
}

static void assert_entries_refused(const campaign_table *entries, campaign_status code, const char *word)
{
    campaign_error error = { 0 };
    campaign_plan *plan = (campaign_plan *)&error;
    campaign_plan_inputs inputs = CAMPAIGN_PLAN_INPUTS_INIT;
    const char *request = HEAD "\"target\":{\"amount\":1}}";
    inputs.bottom_up = entries;
    assert_int_equal(campaign_plan_create(&plan, request, strlen(request), &inputs, NULL, &error), code);
    if (!strstr(error.message, word) && !strstr(error.where, word)) fail_msg("%s: %s", error.where, error.message);
    assert_null(plan);
}

static void test_entries_that_fit_nowhere_are_refused_with_their_row(void **state)
{
    (void)state;
    static const entry_row other_year[] = { { "2027-01", NULL, 1 }, { "2028-01", NULL, 1 } };
    static const entry_row no_period[] = { { NULL, NULL, 1 } };
    campaign_table *a = make_entries(other_year, 2), *b = make_entries(no_period, 1), *c = make_flat();
    assert_entries_refused(a, CAMPAIGN_E_UNKNOWN, "2028-01");
    assert_entries_refused(b, CAMPAIGN_E_MISSING, "bottom_up.period");
    assert_entries_refused(c, CAMPAIGN_E_VALUE, "outside the plan");
    campaign_table_free(c);
    campaign_table_free(b);
    campaign_table_free(a);
}

/* 92 days of 50 visits and 5 orders: one in ten, 18,250 visits a year; the request asks for 12.5 % and 20,075. */
static void test_daily_figures_say_what_conversion_was_lately(void **state)
{
    (void)state;
    campaign_error error;
    campaign_table_builder *builder;
    campaign_table *daily, *orders = make_flat();
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "date", CAMPAIGN_TYPE_DATE, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "visits", CAMPAIGN_TYPE_INT64, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "orders", CAMPAIGN_TYPE_INT64, NULL, &error), error);
    for (int32_t day = cpn_day_from_civil(2026, 9, 1); day < cpn_day_from_civil(2027, 1, 5); day++) {
        const bool is_recent = day >= cpn_day_from_civil(2026, 10, 1) && day < cpn_day_from_civil(2027, 1, 1);
        assert_ok(campaign_table_builder_append_int64(builder, 0, day, &error), error);
        assert_ok(campaign_table_builder_append_int64(builder, 1, is_recent ? 50 : 999, &error), error);
        assert_ok(campaign_table_builder_append_int64(builder, 2, is_recent ? 5 : 1, &error), error);
    }
    assert_ok(campaign_table_builder_finish(&daily, builder, &error), error);
    campaign_table_builder_free(builder);
    campaign_plan *plan = make_with(HEAD "\"target\":{\"growth\":\"10%\"},\"metrics\":{\"conversion\":\"12.5%\","
                                         "\"visits\":20075,\"roi\":3}}",
                                    orders, NULL, daily);
    campaign_table *metrics = take_table(plan, "metrics"), *sources = take_table(plan, "sources");
    const int32_t recent = campaign_table_find(metrics, "recent");
    const int64_t conversion = find_row(metrics, "metric", "conversion", NULL, NULL);
    const int64_t visits = find_row(metrics, "metric", "visits", NULL, NULL);
    assert_true(cell_is(metrics, "recent", conversion, "0.1"));
    assert_int_equal(number_at(metrics, "above_ppm", conversion), 250000);
    assert_true(campaign_table_float64(metrics, recent, visits) > 18249.999 &&
                campaign_table_float64(metrics, recent, visits) < 18250.001);
    assert_int_equal(number_at(metrics, "above_ppm", visits), 100000);
    assert_true(campaign_table_is_null(metrics, recent, find_row(metrics, "metric", "roi", NULL, NULL)));
    assert_true(find_row(sources, "source", "daily", NULL, NULL) >= 0);
    campaign_table_free(sources);
    campaign_table_free(metrics);
    campaign_plan_free(plan);
    campaign_table_free(daily);
    campaign_table_free(orders);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_flat_history_supports_itself),
        cmocka_unit_test(test_a_strong_season_behind_promises_none_ahead),
        cmocka_unit_test(test_two_months_support_nothing),
        cmocka_unit_test(test_entries_add_up_inside_every_node),
        cmocka_unit_test(test_entries_that_fit_nowhere_are_refused_with_their_row),
        cmocka_unit_test(test_daily_figures_say_what_conversion_was_lately),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
