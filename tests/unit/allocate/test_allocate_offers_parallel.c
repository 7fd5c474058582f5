/* Offers at some size: a small proven gap, limits kept, and the same bytes with any number of threads and rows in the
 * other order. */
#include "offers_large.h"

static void expect_same(const campaign_table *a, const campaign_table *b)
{
    char left[512], right[512];
    assert_int_equal(campaign_table_n_rows(a), campaign_table_n_rows(b));
    assert_int_equal(campaign_table_n_columns(a), campaign_table_n_columns(b));
    for (int32_t column = 0; column < campaign_table_n_columns(a); column++)
        for (int64_t row = 0; row < campaign_table_n_rows(a); row++) {
            (void)campaign_table_format(left, sizeof left, a, column, row);
            (void)campaign_table_format(right, sizeof right, b, column, row);
            assert_string_equal(left, right);
        }
}

static case_result solve(const campaign_table *pairs, const campaign_table *budgets, int32_t n_threads, int32_t most)
{
    case_result result = { NULL, CAMPAIGN_ALLOCATE_OFFERS_REPORT_INIT };
    campaign_allocate_offers_inputs inputs = CAMPAIGN_ALLOCATE_OFFERS_INPUTS_INIT;
    campaign_allocate_offers_options options = CAMPAIGN_ALLOCATE_OFFERS_OPTIONS_INIT;
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    campaign_error error = { 0 };
    inputs.pairs = pairs;
    inputs.budgets = budgets;
    options.most = most;
    runtime.n_threads = n_threads;
    assert_ok(campaign_allocate_offers(&result.choices, &result.report, &inputs, &options, &runtime, &error), error);
    return result;
}

static void expect_kept(const campaign_table *rows)
{
    for (int64_t r = 0; r < campaign_table_n_rows(rows); r++) {
        const int32_t amount = campaign_table_find(rows, "amount"), count = campaign_table_find(rows, "count");
        const int32_t of = campaign_table_is_null(rows, amount, r) ? count : amount;
        assert_true(campaign_table_float64(rows, of + 1, r) <= campaign_table_float64(rows, of, r));
        assert_true(campaign_table_float64(rows, campaign_table_find(rows, "multiplier"), r) >= 0);
    }
}

static void check_size(int64_t n, int32_t n_rows, int32_t most, double gap)
{
    campaign_table *pairs = large_pairs(n, 20260801), *budgets = large_budgets(n, n_rows);
    case_result one = solve(pairs, budgets, 1, most), many = solve(pairs, budgets, 5, most);
    expect_same(one.choices, many.choices);
    expect_same(one.report.summary, many.report.summary);
    expect_same(one.report.rows, many.report.rows);
    expect_kept(one.report.rows);
    assert_true(one.report.value <= one.report.bound);
    if (one.report.gap > gap)
        fail_msg("%lld customers, %ld rows: gap in 1e-9 is %lld", (long long)n, (long)n_rows,
                 (long long)(one.report.gap * 1e9));
    clear_result(&one);
    clear_result(&many);
    campaign_table_free(pairs);
    campaign_table_free(budgets);
}

static void test_gaps_are_small_and_threads_change_nothing(void **state)
{
    (void)state;
    check_size(3000, 1, 1, 2e-4);
    check_size(3000, 20, 1, 1e-3);
    check_size(70000, 20, 1, 1e-5);
}

static void test_two_offers_each(void **state)
{
    (void)state;
    check_size(3000, 11, 2, 1e-3);
}

static void test_rows_in_another_order_change_nothing(void **state)
{
    (void)state;
    static const case_run runs[] = {
        { false, false, 1, false }, { true, false, 4, false }, { false, true, 2, false }, { true, true, 1, false }
    };
    for (uint64_t seed = 1; seed <= 60; seed++) {
        cpn_random random;
        offers_case c;
        case_result results[4];
        cpn_random_seed(&random, seed * 13);
        draw_case(&c, &random);
        c.is_exact = false;
        for (int32_t i = 0; i < c.n_customers; i++)
            for (int32_t k = 0; k < c.n_offers; k++)
                if (c.values[i][k] == IMPOSSIBLE) c.values[i][k] = 50;
        for (int32_t r = 0; r < 4; r++) {
            campaign_error error = { 0 };
            assert_ok(run_case(&results[r], &c, &runs[r], &error), error);
            expect_same(results[0].choices, results[r].choices);
            expect_same(results[0].report.summary, results[r].report.summary);
            expect_same(results[0].report.rows, results[r].report.rows);
        }
        for (int32_t r = 0; r < 4; r++) clear_result(&results[r]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gaps_are_small_and_threads_change_nothing),
        cmocka_unit_test(test_two_offers_each),
        cmocka_unit_test(test_rows_in_another_order_change_nothing),
    };
    return cmocka_run_group_tests_name("allocate_offers_parallel", tests, NULL, NULL);
}
