/* Targets: exact at every node, in every order of the split, whatever the order of rows and the number of threads. */
#include "planning.h"

#define HEAD "{\"schema\":\"campaign/plan_request/1\",\"year\":2027,\"currency\":\"CNY\","

/* Children of one parent by one level add up to it; every row but the first has a parent before it. */
static int64_t assert_adds_up(const campaign_table *targets)
{
    const int64_t n = campaign_table_n_rows(targets);
    const int32_t level = campaign_table_find(targets, "level");
    int64_t n_groups = 0;
    for (int64_t row = 1, end; row < n; row = end, n_groups++) {
        const int64_t parent = number_at(targets, "parent", row);
        char name[32];
        int64_t sum = 0;
        assert_true(parent >= 0 && parent < row);
        (void)campaign_table_format(name, sizeof name, targets, level, row);
        for (end = row; end < n && number_at(targets, "parent", end) == parent && cell_is(targets, "level", end, name);
             end++) {
            assert_int_equal(number_at(targets, "id", end), end);
            assert_true(number_at(targets, "target", end) >= 0);
            sum += number_at(targets, "target", end);
        }
        assert_int_equal(sum, number_at(targets, "target", parent));
    }
    return n_groups;
}

/* Sum of the rows of a level that have all keys or none of them. */
static int64_t sum_level(const campaign_table *targets, const char *level, int64_t *n)
{
    int64_t sum = 0;
    *n = 0;
    for (int64_t row = 0; row < campaign_table_n_rows(targets); row++) {
        if (!cell_is(targets, "level", row, level)) continue;
        if (!cell_is(targets, "product_line", row, "") || !cell_is(targets, "market", row, "")) continue;
        sum += number_at(targets, "target", row);
        ++*n;
    }
    return sum;
}

static void test_every_node_is_the_sum_of_its_children(void **state)
{
    (void)state;
    campaign_table *orders = make_history(2025, 2, false);
    campaign_plan *plan = make_plan(HEAD "\"target\":{\"amount\":\"99999999.97\"}}", orders);
    campaign_table *targets = take_table(plan, "targets");
    static const char *const levels[] = { "year", "quarter", "month", "day" };
    static const int64_t counts[] = { 1, 4, 12, 365 };
    assert_true(assert_adds_up(targets) > 100);
    for (int i = 0; i < 4; i++) {
        int64_t n;
        assert_int_equal(sum_level(targets, levels[i], &n), 9999999997);
        assert_int_equal(n, counts[i]);
    }
    /* 12 months × 3 lines, 36 × 4 markets, the year by 3 lines and by 4 markets. */
    int64_t n_lines = 0, n_markets = 0;
    for (int64_t row = 0; row < campaign_table_n_rows(targets); row++) {
        n_lines += cell_is(targets, "level", row, "product_line");
        n_markets += cell_is(targets, "level", row, "market");
    }
    assert_int_equal(n_lines, 36 + 3);
    assert_int_equal(n_markets, 144 + 4);
    campaign_table_free(targets);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

static void test_every_order_of_the_split_adds_up(void **state)
{
    (void)state;
    static const char *const splits[] = {
        "[]",
        "[\"day\"]",
        "[\"week\",\"day\"]",
        "[\"quarter\",\"week\"]",
        "[\"market\",\"product_line\"]",
        "[\"product_line\",\"quarter\",\"month\",\"market\",\"week\",\"day\"]",
        "[\"market\",\"month\",\"product_line\",\"day\"]",
        "[\"month\",\"market\"]",
        "[\"quarter\",\"product_line\",\"month\",\"day\",\"market\"]",
    };
    static const char *const periods[] = { "year", "quarter", "month", "week", "day" };
    campaign_table *orders = make_history(2026, 1, false);
    for (size_t i = 0; i < sizeof splits / sizeof *splits; i++) {
        for (size_t p = 0; p < sizeof periods / sizeof *periods; p++) {
            char request[512];
            (void)snprintf(request, sizeof request,
                           HEAD "\"target\":{\"amount\":\"1234567.89\"},\"split\":%s,\"dimension_period\":\"%s\"}",
                           splits[i], periods[p]);
            campaign_plan *plan = make_plan(request, orders);
            campaign_table *targets = take_table(plan, "targets");
            (void)assert_adds_up(targets);
            assert_int_equal(number_at(targets, "target", 0), 123456789);
            campaign_table_free(targets);
            campaign_plan_free(plan);
        }
    }
    campaign_table_free(orders);
}

/* Three years of quarterly sales of which each month but the middle one of a quarter is empty; the index of quarters is
 * the mean over the years of quarter / mean quarter: target_cases.json, T3: 0.672107 0.985172 0.814444 1.528276, and
 * 1000 split by it 168 246 204 382. */
static void test_quarters_share_as_the_mean_of_their_years(void **state)
{
    (void)state;
    static const int64_t sales[3][4] = { { 120, 180, 150, 270 }, { 132, 198, 162, 308 }, { 150, 210, 174, 336 } };
    static const int64_t expected[4] = { 168, 246, 204, 382 };
    order_row rows[14];
    int64_t n = 0;
    for (int32_t year = 0; year < 3; year++)
        for (int32_t quarter = 0; quarter < 4; quarter++)
            rows[n++] =
                (order_row){ cpn_day_from_civil(2023 + year, quarter * 3 + 2, 15), sales[year][quarter], NULL, NULL };
    rows[n++] = (order_row){ cpn_day_from_civil(2023, 1, 1), 0, NULL, NULL };
    rows[n++] = (order_row){ cpn_day_from_civil(2025, 12, 31), 0, NULL, NULL };
    campaign_table *orders = make_orders(rows, n, false, "JPY");
    campaign_plan *plan = make_plan("{\"schema\":\"campaign/plan_request/1\",\"year\":2026,\"currency\":\"JPY\","
                                    "\"target\":{\"amount\":1000},\"split\":[\"quarter\"]}",
                                    orders);
    campaign_table *targets = take_table(plan, "targets");
    assert_int_equal(campaign_table_n_rows(targets), 5);
    for (int64_t i = 0; i < 4; i++) assert_int_equal(number_at(targets, "target", i + 1), expected[i]);
    campaign_table_free(targets);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

/* A year in which every weekday day brings 100 and every Saturday and Sunday 300. February 2027 has 28 days, four of
 * each weekday: 20 × 100 + 8 × 300 = 4400 in weights; February 2026 the same, of 365 days with 104 weekend days:
 * 261 × 100 + 104 × 300 = 57300. A target of 573.00 gives February 44.00, a Monday 1.00, a Sunday 3.00. */
static void test_days_share_as_their_weekday(void **state)
{
    (void)state;
    order_row rows[365];
    const int32_t first = cpn_day_from_civil(2026, 1, 1);
    for (int32_t i = 0; i < 365; i++)
        rows[i] = (order_row){ first + i, cpn_weekday(first + i) >= 6 ? 300 : 100, NULL, NULL };
    campaign_table *orders = make_orders(rows, 365, false, "CNY");
    campaign_plan *plan = make_plan(HEAD "\"target\":{\"amount\":573}}", orders);
    campaign_table *targets = take_table(plan, "targets");
    assert_int_equal(number_at(targets, "target", find_row(targets, "period", "2027-02", "level", "month")), 4400);
    assert_int_equal(number_at(targets, "target", find_row(targets, "period", "2027-02-01", "level", "day")), 100);
    assert_int_equal(number_at(targets, "target", find_row(targets, "period", "2027-02-28", "level", "day")), 300);
    /* The first week of February 2027 is a whole one: five working days and a weekend. */
    assert_int_equal(number_at(targets, "target", find_row(targets, "period", "2027-02-W05", "level", "week")), 1100);
    campaign_table_free(targets);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

static void test_weeks_are_cut_where_months_end(void **state)
{
    (void)state;
    campaign_plan *plan = make_plan(HEAD "\"target\":{\"amount\":365}}", NULL);
    campaign_table *targets = take_table(plan, "targets");
    /* 2027-01-01 is a Friday of ISO week 53 of 2026; Thursday 2027-04-01 is in the week of Wednesday 2027-03-31. */
    const int64_t first = find_row(targets, "period", "2027-01-W53", "level", "week");
    assert_true(cell_is(targets, "start", first, "2027-01-01"));
    assert_true(cell_is(targets, "end", first, "2027-01-04"));
    assert_true(cell_is(targets, "end", find_row(targets, "period", "2027-03-W13", NULL, NULL), "2027-04-01"));
    assert_true(cell_is(targets, "start", find_row(targets, "period", "2027-04-W13", NULL, NULL), "2027-04-01"));
    /* Without orders each of the 365 days has 1.00. */
    assert_int_equal(number_at(targets, "target", first), 300);
    assert_true(has_note(plan, "no_history"));
    campaign_table_free(targets);
    campaign_plan_free(plan);
}

static void test_fiscal_year_begins_in_its_month(void **state)
{
    (void)state;
    campaign_plan *plan = make_plan(HEAD "\"start_month\":4,\"target\":{\"amount\":366}}", NULL);
    campaign_table *targets = take_table(plan, "targets");
    assert_true(cell_is(targets, "start", 0, "2027-04-01"));
    assert_true(cell_is(targets, "end", 0, "2028-04-01"));
    /* April 2027 to March 2028 holds 2028-02-29. */
    assert_int_equal(number_at(targets, "target", find_row(targets, "period", "2028-02", "level", "month")), 2900);
    assert_true(cell_is(targets, "start", find_row(targets, "period", "2027-Q4", NULL, NULL), "2028-01-01"));
    campaign_table_free(targets);
    campaign_plan_free(plan);
}

/* Shares of a year of sales: line a 300 in x and 100 in y, line b 200 in y; the line c only returned goods. */
static void test_dimensions_share_as_their_sales(void **state)
{
    (void)state;
    const int32_t day = cpn_day_from_civil(2026, 6, 1);
    const order_row rows[] = {
        { cpn_day_from_civil(2026, 1, 1), 0, "a", "x" },
        { cpn_day_from_civil(2026, 12, 31), 0, "a", "x" },
        { day, 300, "a", "x" },
        { day, 100, "a", "y" },
        { day, 200, "b", "y" },
        { day, -50, "c", "y" },
        { day, 1000, NULL, "y" },
    };
    campaign_table *orders = make_orders(rows, 7, true, "CNY");
    campaign_plan *plan =
        make_plan(HEAD "\"target\":{\"amount\":\"6.00\"},\"split\":[\"product_line\",\"market\"]}", orders);
    campaign_table *targets = take_table(plan, "targets");
    assert_int_equal(number_at(targets, "target", find_row(targets, "product_line", "a", "level", "product_line")),
                     400);
    assert_int_equal(number_at(targets, "target", find_row(targets, "product_line", "b", "level", "product_line")),
                     200);
    assert_int_equal(find_row(targets, "product_line", "c", NULL, NULL), -1);
    assert_int_equal(number_at(targets, "target", find_row(targets, "product_line", "a", "market", "x")), 300);
    assert_int_equal(number_at(targets, "target", find_row(targets, "product_line", "b", "market", "y")), 200);
    assert_int_equal(number_at(targets, "target", find_row(targets, "product_line", "", "market", "y")), 300);
    assert_true(has_note(plan, "rows_unassigned"));
    campaign_table_free(targets);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

/* Where nothing sold all keys weigh the same, but "" and control characters are no keys, and the plan still loads. */
static void test_unusable_keys_are_never_targets(void **state)
{
    (void)state;
    const int32_t day = cpn_day_from_civil(2026, 6, 1);
    const order_row rows[] = { { day, -100, "a", "x" }, { day, -100, "a\nb", "x" }, { day, -100, "", "x" } };
    campaign_table *orders = make_orders(rows, 3, true, "CNY");
    campaign_plan *plan = make_plan(HEAD "\"target\":{\"amount\":\"6.00\"},\"split\":[\"product_line\",\"market\"]}",
                                    orders),
                  *loaded;
    campaign_table *targets = take_table(plan, "targets");
    campaign_error error;
    assert_true(has_note(plan, "even_dimension"));
    assert_int_equal(number_at(targets, "target", find_row(targets, "product_line", "a", "level", "product_line")),
                     600);
    char *json = save_plan(plan);
    assert_ok(campaign_plan_load(&loaded, json, strlen(json), &error), error);
    campaign_text_free(json);
    campaign_plan_free(loaded);
    campaign_table_free(targets);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

/* A market column without a single market leaves the shares of the product lines as they are: 3 to 1. */
static void test_dimension_of_nulls_is_as_if_it_were_not_there(void **state)
{
    (void)state;
    const int32_t day = cpn_day_from_civil(2026, 6, 1);
    const order_row nulls[] = { { day, 300, "a", NULL }, { day, 100, "b", NULL } };
    const order_row empty[] = { { day, 300, "a", "" }, { day, 100, "b", "" } };
    for (int i = 0; i < 2; i++) {
        campaign_table *orders = make_orders(i ? empty : nulls, 2, true, "CNY");
        campaign_plan *plan =
            make_plan(HEAD "\"target\":{\"amount\":\"4.00\"},\"split\":[\"product_line\",\"market\"]}", orders);
        campaign_table *targets = take_table(plan, "targets");
        assert_int_equal(number_at(targets, "target", find_row(targets, "product_line", "a", "level", "product_line")),
                         300);
        assert_int_equal(find_row(targets, "level", "market", NULL, NULL), -1);
        assert_true(has_note(plan, "rows_unassigned"));
        assert_false(has_note(plan, "even_dimension"));
        campaign_table_free(targets);
        campaign_plan_free(plan);
        campaign_table_free(orders);
    }
}

static void test_order_of_rows_and_threads_change_nothing(void **state)
{
    (void)state;
    static const int32_t threads[] = { 1, 2, 8 };
    const char *request = HEAD "\"target\":{\"amount\":\"5000000.01\"},\"budget\":{\"rate\":\"4%\"}}";
    char *first = NULL;
    for (int i = 0; i < 6; i++) {
        campaign_table *orders = make_history(2025, 2, i >= 3);
        campaign_error error;
        campaign_plan *plan;
        campaign_plan_inputs inputs = CAMPAIGN_PLAN_INPUTS_INIT;
        campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
        inputs.orders = orders;
        runtime.n_threads = threads[i % 3];
        assert_ok(campaign_plan_create(&plan, request, strlen(request), &inputs, &runtime, &error), error);
        char *json = save_plan(plan);
        if (first)
            assert_string_equal(json, first);
        else
            first = json;
        if (json != first) campaign_text_free(json);
        campaign_plan_free(plan);
        campaign_table_free(orders);
    }
    campaign_text_free(first);
}

static void test_growth_is_over_the_latest_twelve_months(void **state)
{
    (void)state;
    order_row rows[24];
    for (int32_t i = 0; i < 24; i++) /* 2025-01 to 2026-12; 2026 brings 12 × 100.00 */
        rows[i] = (order_row){ cpn_day_from_civil(2025 + i / 12, i % 12 + 1, i == 0 ? 1 : 28), i < 12 ? 5000 : 10000,
                               NULL, NULL };
    campaign_table *orders = make_orders(rows, 24, false, "CNY");
    campaign_plan *plan = make_plan(HEAD "\"target\":{\"growth\":\"12.5%\"}}", orders);
    campaign_table *targets = take_table(plan, "targets");
    campaign_table *notes = take_table(plan, "notes");
    assert_int_equal(number_at(targets, "target", 0), 135000); /* 1200.00 × 1.125 */
    const int64_t note = find_row(notes, "code", "growth", NULL, NULL);
    assert_true(cell_is(notes, "start", note, "2026-01-01"));
    assert_int_equal(number_at(notes, "n", note), 125000);
    campaign_table_free(notes);
    campaign_table_free(targets);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

static void test_short_histories_have_a_defined_answer(void **state)
{
    (void)state;
    const order_row one_day = { cpn_day_from_civil(2026, 11, 11), 12345, NULL, NULL };
    const order_row long_range[2] = { { cpn_day_from_civil(1826, 1, 1), 100, NULL, NULL },
                                      { cpn_day_from_civil(2026, 12, 31), 300, NULL, NULL } };
    campaign_table *orders = make_orders(&one_day, 1, false, "CNY");
    campaign_plan *plan = make_plan(HEAD "\"target\":{\"amount\":365}}", orders);
    campaign_table *targets = take_table(plan, "targets");
    assert_int_equal(number_at(targets, "target", find_row(targets, "period", "2027-02", "level", "month")), 2800);
    campaign_table *notes = take_table(plan, "notes");
    assert_int_equal(number_at(notes, "n", find_row(notes, "code", "history_short", NULL, NULL)), 0);
    campaign_table_free(notes);
    campaign_table_free(targets);
    campaign_plan_free(plan);
    campaign_table_free(orders);

    /* 201 years of which two have sales: January's share is the mean of 1 and 0. */
    orders = make_orders(long_range, 2, false, "CNY");
    plan = make_plan(HEAD "\"target\":{\"amount\":100},\"split\":[\"month\"]}", orders);
    targets = take_table(plan, "targets");
    assert_int_equal(number_at(targets, "target", find_row(targets, "period", "2027-01", NULL, NULL)), 5000);
    assert_int_equal(number_at(targets, "target", find_row(targets, "period", "2027-12", NULL, NULL)), 5000);
    campaign_table_free(targets);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

static void test_month_of_returns_weighs_nothing(void **state)
{
    (void)state;
    order_row rows[12];
    for (int32_t i = 0; i < 12; i++)
        rows[i] = (order_row){ cpn_day_from_civil(2026, i + 1, i == 0 ? 1 : 28), i == 4 ? -700 : 100, NULL, NULL };
    campaign_table *orders = make_orders(rows, 12, false, "CNY");
    campaign_plan *plan = make_plan(HEAD "\"target\":{\"amount\":11},\"split\":[\"month\",\"day\"]}", orders);
    campaign_table *targets = take_table(plan, "targets");
    assert_int_equal(number_at(targets, "target", find_row(targets, "period", "2027-05", NULL, NULL)), 0);
    assert_int_equal(number_at(targets, "target", find_row(targets, "period", "2027-06", NULL, NULL)), 100);
    (void)assert_adds_up(targets);
    assert_true(has_note(plan, "negative_month"));
    campaign_table_free(targets);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

static void test_largest_target_and_amounts_still_add_up(void **state)
{
    (void)state;
    const order_row rows[] = { { cpn_day_from_civil(2026, 1, 1), INT64_MAX, "a", "x" },
                               { cpn_day_from_civil(2026, 1, 1), INT64_MAX, "b", "x" },
                               { cpn_day_from_civil(2026, 1, 1), -INT64_MAX, "b", "y" },
                               { cpn_day_from_civil(2026, 12, 31), 0, "a", "x" } };
    campaign_table *orders = make_orders(rows, 4, true, "CNY");
    campaign_plan *plan = make_plan(HEAD "\"target\":{\"amount\":\"92233720368547758.07\"}}", orders);
    campaign_table *targets = take_table(plan, "targets");
    (void)assert_adds_up(targets);
    assert_int_equal(number_at(targets, "target", 0), INT64_MAX);
    campaign_table_free(targets);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_node_is_the_sum_of_its_children),
        cmocka_unit_test(test_every_order_of_the_split_adds_up),
        cmocka_unit_test(test_quarters_share_as_the_mean_of_their_years),
        cmocka_unit_test(test_days_share_as_their_weekday),
        cmocka_unit_test(test_weeks_are_cut_where_months_end),
        cmocka_unit_test(test_fiscal_year_begins_in_its_month),
        cmocka_unit_test(test_dimensions_share_as_their_sales),
        cmocka_unit_test(test_unusable_keys_are_never_targets),
        cmocka_unit_test(test_dimension_of_nulls_is_as_if_it_were_not_there),
        cmocka_unit_test(test_order_of_rows_and_threads_change_nothing),
        cmocka_unit_test(test_growth_is_over_the_latest_twelve_months),
        cmocka_unit_test(test_short_histories_have_a_defined_answer),
        cmocka_unit_test(test_month_of_returns_weighs_nothing),
        cmocka_unit_test(test_largest_target_and_amounts_still_add_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
