/* Seeded random numbers. Truth: the published outputs of xoshiro256** from the state 1, 2, 3, 4 and of splitmix64 from
 * 1234567, as the authors' reference programs print them. */
#include "check.h"

#include <math.h>

#include "base/random.h"

static void test_published_outputs(void **state)
{
    (void)state;
    static const uint64_t expected[] = { 11520u,
                                         0u,
                                         1509978240u,
                                         1215971899390074240u,
                                         1216172134540287360u,
                                         607988272756665600u,
                                         16172922978634559625u,
                                         8476171486693032832u,
                                         10595114339597558777u,
                                         2904607092377533576u };
    cpn_random random = { { 1, 2, 3, 4 } };
    for (int i = 0; i < 10; i++) assert_true(cpn_random_next(&random) == expected[i]);
}

static void test_a_seed_fills_the_state_by_splitmix64(void **state)
{
    (void)state;
    static const uint64_t expected[] = { 6457827717110365317u, 3203168211198807973u, 9817491932198370423u,
                                         4593380528125082431u };
    cpn_random random;
    cpn_random_seed(&random, 1234567);
    for (int i = 0; i < 4; i++) assert_true(random.state[i] == expected[i]);
}

static void test_the_same_seed_gives_the_same_numbers(void **state)
{
    (void)state;
    cpn_random a, b, c;
    cpn_random_seed(&a, 0);
    cpn_random_seed(&b, 0);
    cpn_random_seed(&c, 1);
    int n_equal = 0;
    for (int i = 0; i < 1000; i++) {
        const uint64_t word = cpn_random_next(&a);
        assert_true(word == cpn_random_next(&b));
        n_equal += word == cpn_random_next(&c);
    }
    assert_int_equal(n_equal, 0);
}

/* Pearson's chi-square of 7 cells and 70,000 draws: 6 degrees of freedom, 22.46 is passed once in 1,000 seeds. */
static void test_below_is_even_and_within_its_bound(void **state)
{
    (void)state;
    cpn_random random;
    cpn_random_seed(&random, 20270101);
    int64_t counts[7] = { 0 };
    for (int i = 0; i < 70000; i++) {
        const int64_t drawn = cpn_random_below(&random, 7);
        assert_true(drawn >= 0 && drawn < 7);
        counts[drawn]++;
    }
    double chi_square = 0;
    for (int i = 0; i < 7; i++) chi_square += (double)((counts[i] - 10000) * (counts[i] - 10000)) / 10000;
    assert_true(chi_square < 22.46);
    for (int i = 0; i < 100; i++) assert_int_equal(cpn_random_below(&random, 1), 0);
}

/* A bound of 3/4 * 2^63 shows a draw that only cuts or wraps: the lower third of the range would come up half the time.
 * 10,000 draws: 3333 expected, standard deviation 47. */
static void test_below_is_even_for_large_bounds(void **state)
{
    (void)state;
    const int64_t third = (int64_t)1 << 61;
    cpn_random random;
    cpn_random_seed(&random, 5);
    int n_low = 0;
    for (int i = 0; i < 10000; i++) {
        const int64_t drawn = cpn_random_below(&random, 3 * third);
        assert_true(drawn >= 0 && drawn < 3 * third);
        n_low += drawn < third;
    }
    assert_in_range(n_low, 3333 - 235, 3333 + 235);
    for (int i = 0; i < 1000; i++) assert_true(cpn_random_below(&random, INT64_MAX) >= 0);
}

/* Mean of 100,000 draws: 0.5, standard deviation 0.000913. */
static void test_doubles_are_even_below_one(void **state)
{
    (void)state;
    cpn_random random;
    cpn_random_seed(&random, 9);
    double sum = 0;
    for (int i = 0; i < 100000; i++) {
        const double drawn = cpn_random_double(&random);
        assert_true(drawn >= 0 && drawn < 1);
        sum += drawn;
    }
    assert_true(fabs(sum / 100000 - 0.5) < 5 * 0.000913);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published_outputs),
        cmocka_unit_test(test_a_seed_fills_the_state_by_splitmix64),
        cmocka_unit_test(test_the_same_seed_gives_the_same_numbers),
        cmocka_unit_test(test_below_is_even_and_within_its_bound),
        cmocka_unit_test(test_below_is_even_for_large_bounds),
        cmocka_unit_test(test_doubles_are_even_below_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
