/* One table, many threads: reading, slicing, exporting and freeing at once. The thread sanitizer watches. */
#include "arrow_maker.h"

#include <pthread.h>

enum { N_THREADS = 4, N_ROUNDS = 300, N_ROWS = 1000 };

static void count_release(void *ctx)
{
    ++*(int *)ctx;
}

/* A slice that the thread owns, taken again and again into smaller ones and out and back through Arrow. */
static void *use_table(void *slice)
{
    campaign_table *mine = slice;
    int64_t failures = 0;
    for (int round = 0; round < N_ROUNDS; round++) {
        campaign_table *part = NULL, *back = NULL;
        struct ArrowArray array;
        struct ArrowSchema schema;
        const int64_t first = round % 7;
        failures += campaign_table_slice(&part, mine, first, N_ROWS - 100, NULL) != CAMPAIGN_OK;
        failures += campaign_table_to_arrow(&array, &schema, part, NULL, NULL) != CAMPAIGN_OK;
        failures += campaign_table_from_arrow(&back, &array, &schema, NULL, NULL) != CAMPAIGN_OK;
        for (int64_t row = 0; row < 10; row++) {
            failures += campaign_table_int64(part, 0, row) != first + row;
            failures += campaign_table_int64(back, 0, row) != first + row;
        }
        campaign_table_free(part);
        campaign_table_free(back);
    }
    campaign_table_free(mine);
    return (void *)(uintptr_t)failures;
}

static void test_a_table_is_shared_by_threads(void **state)
{
    (void)state;
    int64_t values[N_ROWS];
    int n_released = 0;
    for (int64_t row = 0; row < N_ROWS; row++) values[row] = row;
    campaign_array array = CAMPAIGN_ARRAY_INIT;
    array.type = CAMPAIGN_TYPE_INT64;
    array.name = "x";
    array.n_rows = N_ROWS;
    array.values = values;
    array.release = count_release;
    array.ctx = &n_released;
    campaign_table_builder *builder = NULL;
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_add_array(builder, &array, &error), error);
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);

    pthread_t threads[N_THREADS];
    for (int i = 0; i < N_THREADS; i++) {
        campaign_table *slice = NULL;
        assert_ok(campaign_table_slice(&slice, table, 0, N_ROWS, &error), error);
        assert_int_equal(pthread_create(&threads[i], NULL, use_table, slice), 0);
    }
    campaign_table_free(table);
    for (int i = 0; i < N_THREADS; i++) {
        void *failures = NULL;
        assert_int_equal(pthread_join(threads[i], &failures), 0);
        assert_null(failures);
    }
    assert_int_equal(n_released, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_a_table_is_shared_by_threads) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
