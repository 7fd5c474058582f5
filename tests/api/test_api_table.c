/* A program's way with tables: build, look, slice, free in any order, read from many threads at once. */
#include "check.h"

#include <campaign/table.h>
#include <pthread.h>

enum { N_ROWS = 1000, N_THREADS = 4 };

static void append_row(campaign_table_builder *builder, int64_t row)
{
    campaign_error error = { 0 };
    char name[32];
    const int length = snprintf(name, sizeof name, "客户%lld", (long long)(row % 7));
    assert_ok(campaign_table_builder_append_text(builder, 0, name, (size_t)length, &error), error);
    if (row % 10 == 9)
        assert_ok(campaign_table_builder_append_null(builder, 1, &error), error);
    else
        assert_ok(campaign_table_builder_append_int64(builder, 1, row * 100, &error), error);
}

static campaign_table *make_orders(void)
{
    campaign_error error = { 0 };
    campaign_table_builder *builder = NULL;
    campaign_table *table = NULL;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "customer", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "amount", CAMPAIGN_TYPE_MONEY, "CNY", &error), error);
    for (int64_t row = 0; row < N_ROWS; row++) append_row(builder, row);
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

static void test_cells_come_back(void **state)
{
    (void)state;
    campaign_table *table = make_orders();
    assert_int_equal(campaign_table_n_rows(table), N_ROWS);
    assert_int_equal(campaign_table_n_columns(table), 2);
    assert_int_equal(campaign_table_find(table, "amount"), 1);
    assert_int_equal(campaign_table_find(table, "missing"), -1);
    assert_int_equal(campaign_table_int64(table, 1, 42), 4200);
    assert_int_equal(campaign_table_is_null(table, 1, 19), 1);
    char text[32];
    assert_int_equal(campaign_table_format(text, sizeof text, table, 1, 42), 5);
    assert_string_equal(text, "42.00");
    campaign_table_free(table);
}

static void test_slice_outlives_its_table(void **state)
{
    (void)state;
    campaign_table *table = make_orders(), *slice = NULL;
    campaign_error error = { 0 };
    assert_ok(campaign_table_slice(&slice, table, 15, 10, &error), error);
    campaign_table_free(table);
    size_t length = 0;
    const char *name = campaign_table_text(slice, 0, 1, &length); /* row 16, 16 % 7 = 2 */
    assert_int_equal(length, 7);
    assert_memory_equal(name, "客户2", 7);
    assert_int_equal(campaign_table_is_null(slice, 1, 4), 1); /* row 19 */
    campaign_column column = CAMPAIGN_COLUMN_INIT;
    assert_ok(campaign_table_column(&column, slice, 1, &error), error);
    assert_int_equal(column.n_nulls, 1);
    assert_string_equal(column.currency, "CNY");
    campaign_table_free(slice);
}

static void *sum_amounts(void *ctx)
{
    const campaign_table *table = ctx;
    campaign_table *slice = NULL;
    int64_t sum = 0;
    if (campaign_table_slice(&slice, table, 0, N_ROWS, NULL) != CAMPAIGN_OK) return NULL;
    for (int64_t row = 0; row < N_ROWS; row++) sum += campaign_table_int64(slice, 1, row);
    campaign_table_free(slice);
    /* 100 times the sum of 0 … 999 less every tenth, 9 + 19 + … + 999: 100 * (499500 - 50400) */
    return sum == 44910000 ? ctx : NULL;
}

static void test_many_threads_read_one_table(void **state)
{
    (void)state;
    campaign_table *table = make_orders();
    pthread_t threads[N_THREADS];
    for (int i = 0; i < N_THREADS; i++) assert_int_equal(pthread_create(&threads[i], NULL, sum_amounts, table), 0);
    for (int i = 0; i < N_THREADS; i++) {
        void *result = NULL;
        assert_int_equal(pthread_join(threads[i], &result), 0);
        assert_ptr_equal(result, table);
    }
    campaign_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells_come_back),
        cmocka_unit_test(test_slice_outlives_its_table),
        cmocka_unit_test(test_many_threads_read_one_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
