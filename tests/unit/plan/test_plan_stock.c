/* Stock: the published case, goods one by one against a count by hand of every day and burst, what cannot be counted. */
#include "planning.h"

#define HEAD "{\"schema\":\"campaign/plan_request/1\",\"currency\":\"CNY\","
#define DOUBLE_ELEVEN                                                                                                  \
    HEAD "\"year\":2026,\"target\":{\"amount\":365},\"campaigns\":{\"tiers\":[],\"forced\":[\"d1111\"],"               \
         "\"phases\":{\"nodes\":{\"d1111\":{\"burst_first\":0,\"burst_last\":0}}}}"

typedef struct unit_row {
    int32_t day;
    const char *sku;
    int64_t units;
} unit_row;

/* Orders of 1.00 a unit. Quantities are whole numbers, or floats with a fraction added. */
static campaign_table *make_units(const unit_row *rows, int64_t n, bool is_float, double fraction)
{
    campaign_error error;
    campaign_table_builder *builder;
    campaign_table *table;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "date", CAMPAIGN_TYPE_DATE, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "amount", CAMPAIGN_TYPE_MONEY, "CNY", &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "sku", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "quantity",
                                                is_float ? CAMPAIGN_TYPE_FLOAT64 : CAMPAIGN_TYPE_INT64, NULL, &error),
              error);
    for (int64_t i = 0; i < n; i++) {
        assert_ok(campaign_table_builder_append_int64(builder, 0, rows[i].day, &error), error);
        assert_ok(campaign_table_builder_append_int64(builder, 1, rows[i].units * 100, &error), error);
        assert_ok(rows[i].sku ? campaign_table_builder_append_text(builder, 2, rows[i].sku, strlen(rows[i].sku), &error)
                              : campaign_table_builder_append_null(builder, 2, &error),
                  error);
        assert_ok(is_float ? campaign_table_builder_append_float64(builder, 3, (double)rows[i].units + fraction, &error)
                           : campaign_table_builder_append_int64(builder, 3, rows[i].units, &error),
                  error);
    }
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

/* target_cases.json, T14: 4200 units on the peak day, times 1.2 is 5040, locked on 2026-08-11 for 2026-11-11. */
static void test_published_case_of_supply(void **state)
{
    (void)state;
    const unit_row rows[] = { { cpn_day_from_civil(2025, 11, 11), "A", 4000 },
                              { cpn_day_from_civil(2025, 11, 11), "B", 200 },
                              { cpn_day_from_civil(2025, 11, 11), "A", -900 }, /* a return takes nothing back */
                              { cpn_day_from_civil(2025, 6, 18), "A", 4500 },  /* more, but on another node */
                              { cpn_day_from_civil(2025, 11, 12), "A", 4300 } };
    campaign_table *orders = make_units(rows, 5, false, 0);
    campaign_plan *plan = make_plan(DOUBLE_ELEVEN "}", orders);
    campaign_table *stock = take_table(plan, "stock");
    assert_int_equal(campaign_table_n_rows(stock), 3);
    assert_true(cell_is(stock, "peak_day", 0, "2025-11-11"));
    assert_int_equal(number_at(stock, "peak_units", 0), 4200);
    assert_int_equal(number_at(stock, "units_per_day", 0), 5040);
    assert_int_equal(number_at(stock, "units_total", 0), 5040);
    assert_true(cell_is(stock, "lock_date", 0, "2026-08-11"));
    assert_true(cell_is(stock, "basis", 0, "campaign"));
    assert_int_equal(number_at(stock, "units_per_day", find_row(stock, "sku", "B", NULL, NULL)), 240);
    campaign_table_free(stock);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

static void test_policies_of_stock(void **state)
{
    (void)state;
    static const struct {
        const char *stock, *per_day, *lock, *basis;
    } cases[] = {
        { "{\"factor\":\"100%\"}", "7", "2026-08-11", "campaign" },
        { "{\"factor\":1.001}", "8", "2026-08-11", "campaign" }, /* 7.007 rounds up */
        { "{\"peak\":\"history\",\"factor\":1}", "9", "2026-08-11", "history" },
        { "{\"lock_months\":9}", "9", "2026-02-11", "campaign" }, /* 8.4 rounds up */
    };
    const unit_row rows[] = { { cpn_day_from_civil(2025, 11, 11), "A", 7 },
                              { cpn_day_from_civil(2025, 6, 18), "A", 9 } };
    campaign_table *orders = make_units(rows, 2, false, 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char request[600];
        (void)snprintf(request, sizeof request, DOUBLE_ELEVEN ",\"stock\":%s}", cases[i].stock);
        campaign_plan *plan = make_plan(request, orders);
        campaign_table *stock = take_table(plan, "stock");
        assert_true(cell_is(stock, "units_per_day", 0, cases[i].per_day));
        assert_true(cell_is(stock, "lock_date", 0, cases[i].lock));
        assert_true(cell_is(stock, "basis", 0, cases[i].basis));
        campaign_table_free(stock);
        campaign_plan_free(plan);
    }
    campaign_table_free(orders);
}

/* ---- Against a count by hand ---- */

enum { N_ROWS = 4000, N_SKUS = 7 };

static int32_t burst_of_year(int32_t year, int32_t day)
{
    return day >= cpn_day_from_civil(year, 6, 16) && day <= cpn_day_from_civil(year, 6, 20);
}

/* The most units of one good (NULL: all) on one day, and over the five days of one year's burst. */
static void count_by_hand(int64_t *peak, int64_t *total, const unit_row *rows, const char *sku)
{
    *peak = *total = 0;
    for (int32_t year = 2024; year <= 2025; year++) {
        int64_t sum = 0;
        for (int32_t day = cpn_day_from_civil(year, 6, 16); day <= cpn_day_from_civil(year, 6, 20); day++) {
            int64_t units = 0;
            assert_true(burst_of_year(year, day));
            for (int64_t i = 0; i < N_ROWS; i++)
                if (rows[i].day == day && rows[i].units > 0 && (!sku || (rows[i].sku && strcmp(rows[i].sku, sku) == 0)))
                    units += rows[i].units;
            if (units > *peak) *peak = units;
            sum += units;
        }
        if (sum > *total) *total = sum;
    }
}

static int64_t six_fifths(int64_t units)
{
    return (units * 6 + 4) / 5;
}

static void test_every_good_has_its_peak(void **state)
{
    (void)state;
    static const char *const skus[N_SKUS] = { "S0", "S1", "S2", "S3", "S4", "S5", NULL };
    unit_row *rows = malloc(N_ROWS * sizeof *rows);
    cpn_random random;
    cpn_random_seed(&random, 618);
    for (int64_t i = 0; i < N_ROWS; i++) {
        const int32_t year = 2024 + (int32_t)cpn_random_below(&random, 2);
        const int32_t day = cpn_day_from_civil(year, 6, 1) + (int32_t)cpn_random_below(&random, 30);
        rows[i] = (unit_row){ day, skus[cpn_random_below(&random, N_SKUS)], cpn_random_below(&random, 50) - 5 };
    }
    campaign_table *orders = make_units(rows, N_ROWS, false, 0);
    campaign_plan *plan =
        make_plan(HEAD "\"year\":2026,\"target\":{\"amount\":365},\"campaigns\":{\"tiers\":[],\"forced\":[\"d618\"],"
                       "\"phases\":{\"nodes\":{\"d618\":{\"burst_first\":-2,\"burst_last\":2}}}}}",
                  orders);
    campaign_table *stock = take_table(plan, "stock");
    assert_int_equal(campaign_table_n_rows(stock), N_SKUS); /* all goods, and each that has a name */
    for (int i = 0; i < N_SKUS; i++) {
        int64_t peak, total;
        count_by_hand(&peak, &total, rows, skus[i]);
        const int64_t row = skus[i] ? find_row(stock, "sku", skus[i], NULL, NULL) : 0;
        assert_int_equal(number_at(stock, "peak_units", row), peak);
        assert_int_equal(number_at(stock, "units_per_day", row), six_fifths(peak));
        assert_int_equal(number_at(stock, "units_total", row), six_fifths(total));
        if (i > 1) assert_true(number_at(stock, "units_total", i - 1) >= number_at(stock, "units_total", i));
    }
    campaign_table_free(stock);
    campaign_plan_free(plan);
    campaign_table_free(orders);
    free(rows);
}

/* Nothing was sold on the node before: any three days in a row count, 4 + 0 + 5 on 03-01 to 03-03. */
static void test_a_new_node_takes_the_best_days_of_all(void **state)
{
    (void)state;
    const unit_row rows[] = { { cpn_day_from_civil(2025, 3, 1), "A", 4 },
                              { cpn_day_from_civil(2025, 3, 3), "A", 5 },
                              { cpn_day_from_civil(2025, 3, 4), "B", 3 },
                              { cpn_day_from_civil(2025, 9, 9), "A", 6 } };
    campaign_table *orders = make_units(rows, 4, false, 0);
    campaign_plan *plan = make_plan(
        HEAD "\"year\":2026,\"target\":{\"amount\":365},\"stock\":{\"factor\":1},\"campaigns\":{\"tiers\":[],"
             "\"forced\":[\"d618\"],\"phases\":{\"nodes\":{\"d618\":{\"burst_first\":-2,\"burst_last\":0}}}}}",
        orders);
    campaign_table *stock = take_table(plan, "stock");
    assert_true(cell_is(stock, "basis", 0, "history"));
    assert_int_equal(number_at(stock, "peak_units", 0), 6);
    assert_int_equal(number_at(stock, "units_total", 0), 9);
    assert_int_equal(number_at(stock, "units_total", find_row(stock, "sku", "A", NULL, NULL)), 9);
    assert_int_equal(number_at(stock, "units_total", find_row(stock, "sku", "B", NULL, NULL)), 3);
    campaign_table_free(stock);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

static void test_only_the_largest_needs_are_listed(void **state)
{
    (void)state;
    enum { N = 500 };
    static char names[N][8];
    unit_row rows[N];
    for (int32_t i = 0; i < N; i++) {
        (void)snprintf(names[i], sizeof names[i], "K%03d", (int)i);
        rows[i] = (unit_row){ cpn_day_from_civil(2025, 11, 11), names[i], 1 + i / 2 };
    }
    campaign_table *orders = make_units(rows, N, false, 0);
    campaign_plan *plan = make_plan(DOUBLE_ELEVEN ",\"stock\":{\"max_skus\":3}}", orders);
    campaign_table *stock = take_table(plan, "stock"), *notes = take_table(plan, "notes");
    assert_int_equal(campaign_table_n_rows(stock), 4);
    assert_true(cell_is(stock, "sku", 1, "K498"));
    assert_true(cell_is(stock, "sku", 2, "K499"));
    assert_true(cell_is(stock, "sku", 3, "K496"));
    assert_int_equal(number_at(notes, "n", find_row(notes, "code", "stock_left_out", NULL, NULL)), N - 3);
    campaign_table_free(notes);
    campaign_table_free(stock);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

/* The same rows backwards, and eight threads: not a byte of the plan moves. */
static void test_order_of_rows_and_threads_change_nothing(void **state)
{
    (void)state;
    enum { N = 3000 };
    static const char *const skus[] = { "S0", "S1", "S2", "S3" };
    unit_row *rows = malloc(2 * N * sizeof *rows);
    cpn_random random;
    cpn_random_seed(&random, 8);
    for (int i = 0; i < N; i++) {
        rows[i].day = cpn_day_from_civil(2024, 1, 1) + (int32_t)cpn_random_below(&random, 700);
        rows[i].sku = skus[cpn_random_below(&random, 4)];
        rows[i].units = cpn_random_below(&random, 40) - 4;
        rows[2 * N - 1 - i] = rows[i];
    }
    campaign_table *forwards = make_units(rows, N, false, 0), *backwards = make_units(rows + N, N, false, 0);
    const char *request = HEAD "\"year\":2026,\"target\":{\"growth\":\"10%\"},\"budget\":{\"rate\":\"5%\"},"
                               "\"data\":{\"columns\":{\"customer\":\"sku\"}}}";
    campaign_plan *first = make_plan(request, forwards), *second;
    campaign_plan_inputs inputs = CAMPAIGN_PLAN_INPUTS_INIT;
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    campaign_error error;
    inputs.orders = backwards;
    runtime.n_threads = 8;
    assert_ok(campaign_plan_create(&second, request, strlen(request), &inputs, &runtime, &error), error);
    char *a = save_plan(first), *b = save_plan(second);
    assert_string_equal(a, b);
    campaign_text_free(a);
    campaign_text_free(b);
    campaign_plan_free(first);
    campaign_plan_free(second);
    campaign_table_free(forwards);
    campaign_table_free(backwards);
    free(rows);
}

static void test_parts_of_units_and_money_alone(void **state)
{
    (void)state;
    const unit_row rows[] = { { cpn_day_from_civil(2025, 11, 11), "A", 70 },
                              { cpn_day_from_civil(2025, 1, 1), "B", 1 } };
    campaign_table *whole = make_units(rows, 2, true, 0), *parts = make_units(rows, 2, true, 0.5);
    const order_row plain[] = { { rows[0].day, 7001, NULL, NULL }, { rows[1].day, 100, NULL, NULL } };
    campaign_table *money = make_orders(plain, 2, false, "CNY");
    campaign_plan *plans[] = { make_plan(DOUBLE_ELEVEN "}", whole), make_plan(DOUBLE_ELEVEN "}", parts),
                               make_plan(DOUBLE_ELEVEN "}", money), make_plan(DOUBLE_ELEVEN "}", NULL) };
    campaign_table *stocks[4];
    for (int i = 0; i < 4; i++) stocks[i] = take_table(plans[i], "stock");
    assert_int_equal(number_at(stocks[0], "units_per_day", 0), 84);
    assert_true(cell_is(stocks[1], "units_per_day", 0, ""));
    assert_int_equal(number_at(stocks[1], "sales_per_day", 0), 8400);
    assert_true(has_note(plans[1], "stock_parts"));
    assert_int_equal(number_at(stocks[2], "sales_per_day", 0), 8402); /* 8401.2 rounds up to the fen */
    assert_int_equal(campaign_table_n_rows(stocks[3]), 0);
    assert_true(has_note(plans[3], "stock_unknown"));
    for (int i = 0; i < 4; i++) {
        campaign_table_free(stocks[i]);
        campaign_plan_free(plans[i]);
    }
    campaign_table_free(whole);
    campaign_table_free(parts);
    campaign_table_free(money);
}

static void test_bad_columns_are_refused_or_none(void **state)
{
    (void)state;
    const order_row plain[] = { { cpn_day_from_civil(2025, 11, 11), 100, "A", "B" } };
    campaign_table *orders = make_orders(plain, 1, true, "CNY");
    assert_refused(DOUBLE_ELEVEN ",\"data\":{\"columns\":{\"quantity\":\"market\"}}}", orders, CAMPAIGN_E_COLUMN,
                   "market");
    assert_refused(DOUBLE_ELEVEN ",\"data\":{\"columns\":{\"sku\":\"货号\"}}}", orders, CAMPAIGN_E_COLUMN, "货号");
    const int64_t part = INT64_MAX / 150;
    const unit_row huge[] = { { plain[0].day, "A", part }, { plain[0].day, "A", part }, { plain[0].day, "A", -part } };
    campaign_table *large = make_units(huge, 3, false, 0);
    campaign_plan *plan = make_plan(DOUBLE_ELEVEN ",\"stock\":{\"factor\":100}}", large);
    campaign_table *stock = take_table(plan, "stock");
    assert_int_equal(campaign_table_n_rows(stock), 0); /* twice 2^63 / 150 units, 100 times */
    assert_true(has_note(plan, "table_too_large"));
    campaign_table_free(stock);
    campaign_plan_free(plan);
    campaign_table_free(large);
    campaign_table_free(orders);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published_case_of_supply),
        cmocka_unit_test(test_policies_of_stock),
        cmocka_unit_test(test_every_good_has_its_peak),
        cmocka_unit_test(test_a_new_node_takes_the_best_days_of_all),
        cmocka_unit_test(test_only_the_largest_needs_are_listed),
        cmocka_unit_test(test_order_of_rows_and_threads_change_nothing),
        cmocka_unit_test(test_parts_of_units_and_money_alone),
        cmocka_unit_test(test_bad_columns_are_refused_or_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
