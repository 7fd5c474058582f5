/* Many amounts over the same weights. Truth: the exact share of every cell and of every sum, in fractions of the total. */
#include "check.h"

#include <stdbool.h>

#include "base/random.h"
#include "base/spread.h"

enum { ROWS = 400, CELLS = 31 };

static void test_one_amount_is_split_by_largest_remainder(void **state)
{
    (void)state;
    cpn_random random;
    cpn_random_seed(&random, 7);
    for (int round = 0; round < 500; round++) {
        int64_t weights[12], parts[12], expected[12], left;
        const int32_t n = 1 + (int32_t)cpn_random_below(&random, 12);
        for (int32_t i = 0; i < n; i++) weights[i] = cpn_random_below(&random, 9);
        weights[0]++;
        const int64_t amount = cpn_random_below(&random, round % 2 ? 50 : INT64_C(1) << 60);
        const campaign_split_problem problem = {
            .size = (uint32_t)sizeof problem, .total_minor = amount, .n_cells = n, .weights = weights
        };
        campaign_error error;
        cpn_spread spread;
        assert_ok(campaign_split(expected, &left, &problem, &error), error);
        cpn_spread_start(&spread, weights, n);
        cpn_spread_next(&spread, parts, amount);
        for (int32_t i = 0; i < n; i++) assert_int_equal(parts[i], expected[i]);
    }
}

/* Every part is its share rounded down or up and parts add up; after each amount every column lies within one unit of its
 * exact sum, where splitting each amount by itself drifts without end. */
static void test_columns_keep_their_exact_sums(void **state)
{
    (void)state;
    cpn_random random;
    cpn_random_seed(&random, 11);
    for (int round = 0; round < 60; round++) {
        int64_t weights[CELLS], parts[CELLS], sums[CELLS] = { 0 }, total = 0, given = 0;
        cpn_spread spread;
        const int64_t most_weight = round % 3 == 0 ? 2 : round % 3 == 1 ? 20 : 1000000;
        const int64_t most = round % 2 ? 5 : 3000;
        for (int32_t i = 0; i < CELLS; i++) weights[i] = cpn_random_below(&random, most_weight);
        weights[3]++;
        for (int32_t i = 0; i < CELLS; i++) total += weights[i];
        cpn_spread_start(&spread, weights, CELLS);
        for (int row = 0; row < ROWS; row++) {
            const int64_t amount = cpn_random_below(&random, most);
            int64_t sum = 0;
            given += amount;
            cpn_spread_next(&spread, parts, amount);
            for (int32_t i = 0; i < CELLS; i++) {
                const int64_t rest = amount * weights[i] - parts[i] * total;
                assert_true(rest > -total && rest < total && parts[i] >= 0);
                sum += parts[i];
                sums[i] += parts[i];
                assert_in_range(given * weights[i] - sums[i] * total + total, 0, 2 * total);
            }
            assert_int_equal(sum, amount);
        }
    }
}

/* 1,000 cells of 4 units each over 31 equal days: split one by one, the first four days would get all 4,000. */
static void test_small_amounts_do_not_gather_on_the_first_cells(void **state)
{
    (void)state;
    int64_t weights[CELLS], parts[CELLS], sums[CELLS] = { 0 };
    cpn_spread spread;
    for (int32_t i = 0; i < CELLS; i++) weights[i] = 1;
    cpn_spread_start(&spread, weights, CELLS);
    for (int row = 0; row < 1000; row++) {
        cpn_spread_next(&spread, parts, 4);
        for (int32_t i = 0; i < CELLS; i++) sums[i] += parts[i];
    }
    for (int32_t i = 0; i < CELLS; i++) assert_in_range(sums[i], 129, 130); /* 4000 / 31 = 129.03 */
}

static void test_weights_are_scaled_exactly_where_they_can_be(void **state)
{
    (void)state;
    int64_t kinds[] = { INT64_C(20000000000000), INT64_C(16000000000000), INT64_C(10000000000000), 0 };
    int64_t wide[] = { INT64_MAX / 4, 1, 0, INT64_MAX / 2 }, none[] = { 0, 0, 0 };
    cpn_spread_scale(kinds, 4);
    cpn_spread_scale(wide, 4);
    cpn_spread_scale(none, 3);
    const int64_t expected[] = { 10, 8, 5, 0 };
    for (int i = 0; i < 4; i++) assert_int_equal(kinds[i], expected[i]);
    assert_true(wide[0] + wide[1] + wide[3] <= CPN_SPREAD_MOST_WEIGHT);
    assert_in_range(wide[3] - 2 * wide[0] + 2, 0, 4);
    assert_int_equal(wide[1], 1);
    assert_int_equal(wide[2], 0);
    for (int i = 0; i < 3; i++) assert_int_equal(none[i], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_amount_is_split_by_largest_remainder),
        cmocka_unit_test(test_columns_keep_their_exact_sums),
        cmocka_unit_test(test_small_amounts_do_not_gather_on_the_first_cells),
        cmocka_unit_test(test_weights_are_scaled_exactly_where_they_can_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
