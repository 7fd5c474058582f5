/* The parts under RFM that have edges of their own: order statistics without sorting, and sets of what was done. */
#include "orders.h"

#include "base/random.h"
#include "tier/tier.h"

static int compare_int64(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void check_select(const int64_t *values, int64_t n)
{
    int64_t *sorted = malloc(sizeof *sorted * (size_t)n);
    memcpy(sorted, values, sizeof *sorted * (size_t)n);
    qsort(sorted, (size_t)n, sizeof *sorted, compare_int64);
    const int64_t places[] = { 0, n / 5, n / 2, n / 2, n - 1 };
    int64_t found[5];

    assert_true(cpn_select_places(found, values, n, places, 5));

    for (int i = 0; i < 5; i++) assert_int_equal(found[i], sorted[places[i]]);
    free(sorted);
}

static void test_select_equals_sorting(void **state)
{
    (void)state;
    enum { N = 5000 };
    int64_t values[N];
    cpn_random random;
    cpn_random_seed(&random, 3);
    for (int bits = 0; bits < 64; bits += 3) {
        for (int64_t n = 1; n <= N; n = n * 3 + 1) {
            for (int64_t i = 0; i < n; i++) values[i] = (int64_t)(cpn_random_next(&random) >> bits);
            check_select(values, n);
        }
    }
}

static void test_select_finds_a_place_among_one_far_value(void **state)
{
    (void)state;
    int64_t values[1000];
    for (int64_t i = 0; i < 1000; i++) values[i] = i % 7;
    values[3] = INT64_MAX; /* each round of the histogram leaves nearly all in one bucket */
    values[9] = INT64_MIN;
    check_select(values, 1000);
    const int64_t equal[] = { 4, 4, 4 }, ends[] = { INT64_MAX, INT64_MIN };
    check_select(equal, 3);
    check_select(ends, 2);
}

static void test_select_of_nothing_needs_nothing(void **state)
{
    (void)state;
    assert_true(cpn_select_places(NULL, NULL, 0, NULL, 0));
}

static void test_a_set_counts_each_pair_once(void **state)
{
    (void)state;
    cpn_distinct set = { 0 };
    for (int time = 0; time < 2; time++) {
        for (int32_t code = 0; code < 300; code++)
            for (uint64_t id = 0; id < 50; id++) {
                assert_int_equal(cpn_distinct_add(&set, code, id, 0), 1);
                assert_int_equal(cpn_distinct_add(&set, code, id, 0), 0);
            }
        assert_int_equal(set.n_used, 15000);
        cpn_distinct_clear(&set);
        assert_int_equal(set.n_used, 0);
    }
    cpn_distinct_free(&set);
}

static void test_texts_of_one_hash_are_told_apart(void **state)
{
    (void)state;
    const order_line lines[] = { { 1, 1, 1, 1 }, { 2, 1, 1, 1 }, { 1, 1, 1, 1 } };
    campaign_error error = { 0 };
    campaign_table *orders = make_orders(lines, 3, TEXT_IDS);
    campaign_column column = CAMPAIGN_COLUMN_INIT;
    assert_ok(campaign_table_column(&column, orders, 0, &error), error);
    cpn_distinct set = { .text = &column };

    assert_int_equal(cpn_distinct_add(&set, 0, 77, 0), 1);
    assert_int_equal(cpn_distinct_add(&set, 0, 77, 1), 1); /* same hash, other text */
    assert_int_equal(cpn_distinct_add(&set, 0, 77, 2), 0); /* the text of row 0 */

    cpn_distinct_free(&set);
    campaign_table_free(orders);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_select_equals_sorting),
        cmocka_unit_test(test_select_finds_a_place_among_one_far_value),
        cmocka_unit_test(test_select_of_nothing_needs_nothing),
        cmocka_unit_test(test_a_set_counts_each_pair_once),
        cmocka_unit_test(test_texts_of_one_hash_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
