/* Many pools: the same bytes with one thread and eight, and with the rows in the other order; never more than there is. */
#include "store_cases.h"

#include "base/random.h"

enum { N_SKUS = 120, N_STORES = 30 };

static const case_column demand_columns[] = {
    { "sku", CAMPAIGN_TYPE_INT64 },         { "store", CAMPAIGN_TYPE_UTF8 },       { "mean", CAMPAIGN_TYPE_FLOAT64 },
    { "deviation", CAMPAIGN_TYPE_FLOAT64 }, { "margin", CAMPAIGN_TYPE_MONEY },     { "pack", CAMPAIGN_TYPE_INT32 },
    { "safety", CAMPAIGN_TYPE_INT64 },      { "min_display", CAMPAIGN_TYPE_INT64 }
};
static const case_column pool_columns[] = { { "sku", CAMPAIGN_TYPE_INT64 }, { "stock", CAMPAIGN_TYPE_INT64 } };

/* Row by row the same numbers, whatever the order in which they are drawn. */
static campaign_table *many_rows(bool is_reversed)
{
    campaign_table_builder *builder = open_table(demand_columns, N_COLUMNS(demand_columns));
    for (int32_t at = 0; at < N_SKUS * N_STORES; at++) {
        const int32_t row = is_reversed ? N_SKUS * N_STORES - 1 - at : at;
        cpn_random random;
        char store[] = "店00";
        cpn_random_seed(&random, (uint64_t)row + 1);
        store[3] = (char)('0' + row % N_STORES / 10), store[4] = (char)('0' + row % N_STORES % 10);
        put(builder, 0, row / N_STORES);
        put_text(builder, 1, store);
        put_float(builder, 2, 1 + (double)cpn_random_below(&random, 60));
        put_float(builder, 3, cpn_random_below(&random, 2) ? 4 + (double)cpn_random_below(&random, 9) : NAN);
        put(builder, 4, 100 + 50 * cpn_random_below(&random, 6));
        put(builder, 5, row / N_STORES % 3 ? 1 : 1 + cpn_random_below(&random, 6));
        put(builder, 6, cpn_random_below(&random, 4));
        put(builder, 7, cpn_random_below(&random, 5) ? 0 : 12);
    }
    return close_table(builder);
}

static void expect_same(const campaign_table *a, const campaign_table *b)
{
    char left[512], right[512];
    assert_int_equal(campaign_table_n_rows(a), campaign_table_n_rows(b));
    for (int32_t column = 0; column < campaign_table_n_columns(a); column++)
        for (int64_t row = 0; row < campaign_table_n_rows(a); row++) {
            (void)campaign_table_format(left, sizeof left, a, column, row);
            (void)campaign_table_format(right, sizeof right, b, column, row);
            assert_string_equal(left, right);
        }
}

static void run_all(stock_call *call, bool is_reversed, int32_t n_threads, int32_t objective)
{
    const stock_case none = { 0 };
    start_call(call, &none, false);
    campaign_table_free(call->demand);
    campaign_table_free(call->pool);
    call->demand = many_rows(is_reversed);
    campaign_table_builder *builder = open_table(pool_columns, N_COLUMNS(pool_columns));
    for (int32_t sku = 0; sku < N_SKUS; sku++) {
        put(builder, 0, is_reversed ? N_SKUS - 1 - sku : sku);
        put(builder, 1, 700);
    }
    call->pool = close_table(builder);
    campaign_table_free(call->points);
    call->points = NULL;
    call->options.objective = objective;
    call->runtime.n_threads = n_threads;
    assert_ok(run_call(call), call->error);
}

static void expect_all_same(int32_t objective)
{
    stock_call calls[3];
    run_all(&calls[0], false, 1, objective);
    run_all(&calls[1], false, 8, objective);
    run_all(&calls[2], true, 8, objective);
    for (int32_t i = 1; i < 3; i++) {
        expect_same(calls[0].allocation, calls[i].allocation);
        expect_same(calls[0].report.pools, calls[i].report.pools);
        expect_same(calls[0].report.summary, calls[i].report.summary);
        expect_same(calls[0].report.notes, calls[i].report.notes);
    }
    for (int64_t sku = 0; sku < N_SKUS; sku++) {
        int64_t sent = 0;
        for (int64_t i = 0; i < N_STORES; i++) sent += cell(calls[0].allocation, "units", sku * N_STORES + i);
        assert_true(sent <= 700);
    }
    print_message("value %.6f, gap %g, %lld states\n", calls[0].report.value, calls[0].report.gap,
                  (long long)calls[0].report.n_states);
    assert_int_equal(calls[0].report.status, CAMPAIGN_CERTIFICATE_OPTIMAL);
    for (int32_t i = 0; i < 3; i++) end_call(&calls[i]);
}

static void test_margin_does_not_depend_on_threads_or_rows(void **state)
{
    (void)state;
    expect_all_same(CAMPAIGN_ALLOCATE_STOCK_MARGIN);
}

static void test_fill_does_not_depend_on_threads_or_rows(void **state)
{
    (void)state;
    expect_all_same(CAMPAIGN_ALLOCATE_STOCK_FILL);
}

static int cancel(void *ctx, const char *stage, int64_t done, int64_t total)
{
    (void)ctx, (void)stage, (void)done, (void)total;
    return 1;
}

static void test_caller_may_cancel(void **state)
{
    (void)state;
    stock_call call;
    stock_case c = { .n = 1, .stock = 4 };
    c.stores[0] = plain_store;
    start_call(&call, &c, false);
    call.runtime.progress = cancel;
    assert_int_equal(run_call(&call), CAMPAIGN_E_CANCELLED);
    assert_null(call.allocation);
    end_call(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_margin_does_not_depend_on_threads_or_rows),
        cmocka_unit_test(test_fill_does_not_depend_on_threads_or_rows),
        cmocka_unit_test(test_caller_may_cancel),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
