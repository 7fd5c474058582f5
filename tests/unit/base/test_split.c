/* The exact splitter. Truth: the definition itself, by trying every choice of held cells on small cases; the handbook cases
 * worked out in comments; Python's fractions for large numbers. */
#include "check.h"

#include <stdbool.h>

#include "base/checked.h"

enum { SMALL = 5 };

static campaign_split_problem make_problem(int64_t total, int64_t n, const int64_t *weights)
{
    campaign_split_problem problem = CAMPAIGN_SPLIT_PROBLEM_INIT;
    problem.total_minor = total;
    problem.n_cells = n;
    problem.weights = weights;
    return problem;
}

static void assert_parts(const campaign_split_problem *problem, const int64_t *expected, int64_t expected_left)
{
    int64_t parts[16], left = -1;
    campaign_error error = { 0 };
    assert_ok(campaign_split(parts, &left, problem, &error), error);
    for (int64_t i = 0; i < problem->n_cells; i++)
        if (parts[i] != expected[i])
            fail_msg("cell %lld gets %lld, not %lld", (long long)i, (long long)parts[i], (long long)expected[i]);
    assert_true(left == expected_left);
}

static void test_thirds_go_to_the_lowest_index(void **state)
{
    (void)state;
    const int64_t weights[] = { 1, 1, 1 }, expected[] = { 334, 333, 333 };
    campaign_split_problem problem = make_problem(1000, 3, weights);
    assert_parts(&problem, expected, 0);
    problem.weights = NULL;
    assert_parts(&problem, expected, 0);
}

static void test_largest_remainders_get_the_units(void **state)
{
    (void)state;
    /* 349999.65 249999.75 199999.8 149999.85 49999.95: four units are left, the smallest fraction .65 goes without. */
    const int64_t weights[] = { 35, 25, 20, 15, 5 }, expected[] = { 349999, 250000, 200000, 150000, 50000 };
    const campaign_split_problem problem = make_problem(999999, 5, weights);
    assert_parts(&problem, expected, 0);
}

static void test_a_cap_hands_its_surplus_to_the_others(void **state)
{
    (void)state;
    /* 5 : 3 : 2 of 1000 would be 500; capped at 400, the other 600 go 3 : 2. */
    const int64_t weights[] = { 5, 3, 2 }, caps[] = { 400, 400, 400 }, expected[] = { 400, 360, 240 };
    campaign_split_problem problem = make_problem(1000, 3, weights);
    problem.maximum = caps;
    assert_parts(&problem, expected, 0);
    /* Caps of 1200 in all: what is above stays unallocated. */
    problem.total_minor = 1300;
    assert_parts(&problem, caps, 100);
}

static void test_a_minimum_takes_from_the_others(void **state)
{
    (void)state;
    /* 8 : 1 : 1 of 1000 would leave 100 for the last; it gets 190, the other 810 go 8 : 1. */
    const int64_t weights[] = { 8, 1, 1 }, minimum[] = { 0, 0, 190 }, expected[] = { 720, 90, 190 };
    campaign_split_problem problem = make_problem(1000, 3, weights);
    problem.minimum = minimum;
    assert_parts(&problem, expected, 0);
}

static void test_locked_cells_keep_their_part(void **state)
{
    (void)state;
    const int64_t locked[] = { CAMPAIGN_SPLIT_FREE, 0, 500, CAMPAIGN_SPLIT_FREE }, weights[] = { 1, 7, 0, 3 };
    const int64_t expected[] = { 125, 0, 500, 375 }; /* 500 left, 1 : 3 */
    campaign_split_problem problem = make_problem(1000, 4, weights);
    problem.locked = locked;
    assert_parts(&problem, expected, 0);
}

static void test_a_cell_of_no_weight_gets_its_minimum(void **state)
{
    (void)state;
    const int64_t weights[] = { 0, 1, 0 }, minimum[] = { 5, 0, 0 }, expected[] = { 5, 95, 0 }, none[] = { 0, 0, 0 };
    campaign_split_problem problem = make_problem(100, 3, weights);
    problem.minimum = minimum;
    assert_parts(&problem, expected, 0);
    problem.weights = none; /* nobody to give it to */
    const int64_t only_minimum[] = { 5, 0, 0 };
    assert_parts(&problem, only_minimum, 95);
}

static void test_nothing_to_split_and_nobody_to_get_it(void **state)
{
    (void)state;
    const int64_t expected[] = { 0, 0, 0 };
    campaign_split_problem problem = make_problem(0, 3, NULL);
    assert_parts(&problem, expected, 0);
    problem = make_problem(7, 0, NULL);
    int64_t left = -1;
    assert_int_equal(campaign_split(NULL, &left, &problem, NULL), CAMPAIGN_OK);
    assert_int_equal(left, 7);
}

static void test_the_largest_numbers(void **state)
{
    (void)state;
    const int64_t m = INT64_MAX;
    const int64_t weights[] = { m, m - 1, 1, m / 2, 12345 }, equal[] = { m, m, m },
                  large[] = { m, m - 1, m - 2, m / 3, m / 7 };
    /* Python: Fraction(total * weight, sum(weights)), floor, then the largest fractions. */
    const int64_t expected[] = { 3689348814741908348, 3689348814741908347, 0, 1844674407370954174, 4938 };
    const int64_t thirds[] = { 3074457345618258603, 3074457345618258602, 3074457345618258602 };
    const int64_t small[] = { 287672, 287672, 287672, 95891, 41096 };
    campaign_split_problem problem = make_problem(m, 5, weights);
    assert_parts(&problem, expected, 0);
    problem = make_problem(m, 3, equal);
    assert_parts(&problem, thirds, 0);
    problem = make_problem(1000003, 5, large);
    assert_parts(&problem, small, 0);
}

static void test_bends_that_only_exact_arithmetic_tells_apart(void **state)
{
    (void)state;
    /* Bounds / weights that agree in their first 57 bits or more, sums of weights above 2^64. Parts by Python's fractions:
     * the level between two sorted bends, then the largest fractions. */
    static const struct {
        int64_t total, weights[4], minimum[4], maximum[4], expected[4];
    } cases[] = {
        { 9223372036854775800,
          { 9223372036854775807, 9223372036854775806, 9223372036854775805, 9223372036854775804 },
          { 0, 2305843009213693951, 0, 0 },
          { 2305843009213693950, 9223372036854775807, 2305843009213693952, 2305843009213693951 },
          { 2305843009213693950, 2305843009213693951, 2305843009213693950, 2305843009213693949 } },
        { 9223372036854775807,
          { 9223372036854775802, 9223372036854775806, 9223372036854775805, 9223372036854775807 },
          { 2305843009213693954, 0, 2305843009213693951, 2305843009213693949 },
          { 9223372036854775807, 2305843009213693950, 9223372036854775807, 9223372036854775807 },
          { 2305843009213693954, 2305843009213693950, 2305843009213693951, 2305843009213693952 } },
        { 6148914691236517205,
          { 9223372036854775807, 4611686018427387903, 3074457345618258602, 1844674407370955161 },
          { 461168601842738790, 1024819115206086200, 1024819115206086199, 1024819115206086198 },
          { 1537228672809129301, 1537228672809129302, 1537228672809129301, 1537228672809129301 },
          { 1537228672809129301, 1537228672809129302, 1537228672809129301, 1537228672809129301 } },
        { 1000000000000000000,
          { 1, 2, 9223372036854775807, 9223372036854775806 },
          { 0, 5, 10, 10 },
          { 4611686018427387903, 4611686018427387903, 576460752303423487, 576460752303423486 },
          { 0, 5, 499999999999999998, 499999999999999997 } },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        campaign_split_problem problem = make_problem(cases[i].total, 4, cases[i].weights);
        problem.minimum = cases[i].minimum;
        problem.maximum = cases[i].maximum;
        int64_t left = cases[i].total;
        for (int cell = 0; cell < 4; cell++) left -= cases[i].expected[cell];
        assert_parts(&problem, cases[i].expected, left);
    }
}

static void assert_refused(const campaign_split_problem *problem, campaign_status code, int64_t row, const char *words)
{
    int64_t parts[SMALL] = { 7, 7, 7, 7, 7 }, left = 7;
    campaign_error error = { 0 };
    assert_int_equal(campaign_split(parts, &left, problem, &error), code);
    assert_int_equal(error.row, row);
    if (!strstr(error.message, words)) fail_msg("\"%s\" does not say \"%s\"", error.message, words);
    assert_int_equal(left, 0);
    for (int64_t i = 0; i < problem->n_cells; i++) assert_int_equal(parts[i], 0);
}

static void test_contradictions_name_their_cells(void **state)
{
    (void)state;
    const int64_t minimum[] = { 0, 300, 0, 200, 100 };
    const int64_t locked[] = { CAMPAIGN_SPLIT_FREE, CAMPAIGN_SPLIT_FREE, 500, CAMPAIGN_SPLIT_FREE,
                               CAMPAIGN_SPLIT_FREE };
    campaign_split_problem problem = make_problem(1000, 5, NULL);
    problem.minimum = minimum;
    problem.locked = locked;
    assert_refused(&problem, CAMPAIGN_E_INFEASIBLE, 1,
                   "cell 1 with minimum 300, cell 2 locked at 500, cell 3 with minimum 200 and 1 more ask for 1100, "
                   "the total is 1000");
    problem.n_cells = 4;
    problem.total_minor = 999;
    assert_refused(&problem, CAMPAIGN_E_INFEASIBLE, 1, "cell 3 with minimum 200 ask for 1000, the total is 999");
    problem.total_minor = 1000;
    const int64_t exactly[] = { 0, 300, 500, 200 };
    assert_parts(&problem, exactly, 0);
    const int64_t huge[] = { INT64_MAX, INT64_MAX };
    problem = make_problem(INT64_MAX, 2, NULL);
    problem.minimum = huge;
    assert_refused(&problem, CAMPAIGN_E_INFEASIBLE, 0, "ask for more than 2^63, the total is 9223372036854775807");
    problem.locked = huge;
    assert_refused(&problem, CAMPAIGN_E_INFEASIBLE, 0, "cell 0 locked at 9223372036854775807, cell 1 locked at");
}

static void test_locks_outside_their_bounds_are_refused(void **state)
{
    (void)state;
    const int64_t minimum[] = { 0, 10 }, maximum[] = { 5, 20 };
    int64_t locked[] = { CAMPAIGN_SPLIT_FREE, 9 };
    campaign_split_problem problem = make_problem(100, 2, NULL);
    problem.minimum = minimum;
    problem.maximum = maximum;
    problem.locked = locked;
    assert_refused(&problem, CAMPAIGN_E_INFEASIBLE, 1, "cell 1 is locked at 9, its minimum is 10");
    locked[1] = 21;
    assert_refused(&problem, CAMPAIGN_E_INFEASIBLE, 1, "cell 1 is locked at 21, its maximum is 20");
    problem.minimum = problem.maximum = NULL;
    locked[1] = -1;
    assert_refused(&problem, CAMPAIGN_E_INFEASIBLE, 1, "cell 1 is locked at -1, its minimum is 0");
}

static void test_impossible_values_are_refused(void **state)
{
    (void)state;
    const int64_t negative[] = { 1, -2 }, minimum[] = { 0, 3 }, maximum[] = { 5, 2 };
    campaign_split_problem problem = make_problem(100, 2, negative);
    assert_refused(&problem, CAMPAIGN_E_VALUE, 1, "cell 1 has weight -2");
    problem = make_problem(100, 2, NULL);
    problem.minimum = negative;
    assert_refused(&problem, CAMPAIGN_E_VALUE, 1, "cell 1 has minimum -2");
    problem.minimum = minimum;
    problem.maximum = maximum;
    assert_refused(&problem, CAMPAIGN_E_VALUE, 1, "cell 1 has maximum 2 below its minimum 3");
    problem = make_problem(-1, 2, NULL);
    assert_refused(&problem, CAMPAIGN_E_ARGUMENT, -1, "the total is -1");
    problem = make_problem(1, 2, NULL);
    problem.size = 0;
    int64_t parts[2], left;
    assert_int_equal(campaign_split(parts, &left, &problem, NULL), CAMPAIGN_E_ARGUMENT);
    problem = make_problem(1, -1, NULL);
    assert_int_equal(campaign_split(parts, &left, &problem, NULL), CAMPAIGN_E_ARGUMENT);
    problem = make_problem(1, 2, NULL);
    problem.reserved = 1;
    assert_int_equal(campaign_split(parts, &left, &problem, NULL), CAMPAIGN_E_ARGUMENT);
    problem.reserved = 0;
    assert_int_equal(campaign_split(NULL, &left, &problem, NULL), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_split(parts, NULL, &problem, NULL), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_split(parts, &left, NULL, NULL), CAMPAIGN_E_ARGUMENT);
}

/* ---- the definition, by brute force ---- */

typedef struct small_case {
    int64_t n, total, weights[SMALL], minimum[SMALL], maximum[SMALL], locked[SMALL];
} small_case;

static uint64_t next_below(uint64_t *seed, uint64_t bound)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (*seed >> 33) % bound;
}

static small_case make_case(uint64_t *seed)
{
    small_case made = { .n = (int64_t)next_below(seed, SMALL) + 1 };
    const uint64_t range = next_below(seed, 2) ? 4 : 60;
    for (int64_t i = 0; i < made.n; i++) {
        made.weights[i] = (int64_t)next_below(seed, range);
        made.minimum[i] = next_below(seed, 2) ? 0 : (int64_t)next_below(seed, 20);
        made.maximum[i] = next_below(seed, 2) ? INT64_MAX : made.minimum[i] + (int64_t)next_below(seed, 40);
        made.locked[i] = CAMPAIGN_SPLIT_FREE;
        if (next_below(seed, 5) == 0) {
            const int64_t room = made.maximum[i] - made.minimum[i];
            made.locked[i] = made.minimum[i] + (int64_t)next_below(seed, (uint64_t)(room < 20 ? room : 20) + 1);
        }
    }
    made.total = (int64_t)next_below(seed, 120);
    return made;
}

static campaign_split_problem problem_of(const small_case *of)
{
    campaign_split_problem problem = make_problem(of->total, of->n, of->weights);
    problem.minimum = of->minimum;
    problem.maximum = of->maximum;
    problem.locked = of->locked;
    return problem;
}

/* How a cell stands: held at its minimum (also locked, also of weight 0), at its maximum, or open. choice has one digit
 * to base 3 for each cell. Fills parts and remainders, or says that this choice does not fit together: the open cells'
 * level amount / weight must lie between the bends of the held ones. */
static bool try_choice(const small_case *of, int choice, int64_t *parts, int64_t *remainders, int64_t *left)
{
    int64_t amount = of->total, weight = 0;
    int stands[SMALL];
    for (int64_t i = 0; i < of->n; i++, choice /= 3) {
        stands[i] = choice % 3;
        const bool is_free = of->locked[i] == CAMPAIGN_SPLIT_FREE;
        if ((!is_free || of->weights[i] == 0) && stands[i] != 0) return false;
        if (stands[i] == 1 && of->maximum[i] == INT64_MAX) return false;
        parts[i] = !is_free ? of->locked[i] : stands[i] == 0 ? of->minimum[i] : stands[i] == 1 ? of->maximum[i] : 0;
        amount -= parts[i];
        if (stands[i] == 2) weight += of->weights[i];
    }
    if (amount < 0) return false;
    for (int64_t i = 0; i < of->n; i++) {
        const int64_t mine = of->weights[i] * amount; /* level * weight, times the weight of the open ones */
        if (of->locked[i] != CAMPAIGN_SPLIT_FREE || of->weights[i] == 0) continue;
        if (weight == 0) { /* without open cells: all at their caps, or the minima use up the total */
            if (amount > 0 && stands[i] != 1) return false;
            continue;
        }
        if (stands[i] == 0 && mine > of->minimum[i] * weight) return false;
        if (stands[i] == 1 && mine < of->maximum[i] * weight) return false;
        if (stands[i] == 2 &&
            (mine < of->minimum[i] * weight || (of->maximum[i] != INT64_MAX && mine > of->maximum[i] * weight)))
            return false;
    }
    if (weight == 0 && amount == 0) { /* one level must explain all: largest bend below, smallest above */
        for (int64_t i = 0; i < of->n; i++)
            for (int64_t j = 0; j < of->n; j++) {
                const bool counts = of->locked[i] == CAMPAIGN_SPLIT_FREE && of->locked[j] == CAMPAIGN_SPLIT_FREE &&
                                    of->weights[i] > 0 && of->weights[j] > 0 && stands[i] == 1 && stands[j] == 0;
                if (counts && of->maximum[i] * of->weights[j] > of->minimum[j] * of->weights[i]) return false;
            }
    }
    *left = amount;
    for (int64_t i = 0; i < of->n; i++) {
        remainders[i] = 0;
        if (stands[i] != 2) continue;
        parts[i] = of->weights[i] * amount / weight;
        remainders[i] = of->weights[i] * amount % weight;
    }
    for (int64_t i = 0; i < of->n; i++)
        if (stands[i] == 2) *left -= parts[i];
    return true;
}

static bool solve_by_definition(const small_case *of, int64_t *parts, int64_t *left)
{
    int64_t remainders[SMALL];
    int n_choices = 1;
    for (int64_t i = 0; i < of->n; i++) n_choices *= 3;
    for (int choice = 0; choice < n_choices; choice++) {
        if (!try_choice(of, choice, parts, remainders, left)) continue;
        while (*left > 0) {
            int64_t best = -1;
            for (int64_t i = 0; i < of->n; i++)
                if (remainders[i] > 0 && (best < 0 || remainders[i] > remainders[best])) best = i;
            if (best < 0) break;
            parts[best]++;
            remainders[best] = 0;
            --*left;
        }
        return true;
    }
    return false;
}

static void test_small_cases_follow_the_definition(void **state)
{
    (void)state;
    uint64_t seed = 20271111;
    int n_solved = 0;
    for (int round = 0; round < 60000; round++) {
        const small_case made = make_case(&seed);
        const campaign_split_problem problem = problem_of(&made);
        int64_t expected[SMALL] = { 0 }, parts[SMALL], expected_left = 0, left;
        const bool is_solvable = solve_by_definition(&made, expected, &expected_left);
        const campaign_status status = campaign_split(parts, &left, &problem, NULL);
        if (status != (is_solvable ? CAMPAIGN_OK : CAMPAIGN_E_INFEASIBLE))
            fail_msg("round %d: status %d", round, status);
        if (!is_solvable) continue;
        n_solved++;
        if (left != expected_left) fail_msg("round %d leaves %lld", round, (long long)left);
        for (int64_t i = 0; i < made.n; i++)
            if (parts[i] != expected[i])
                fail_msg("round %d cell %lld gets %lld", round, (long long)i, (long long)parts[i]);
    }
    assert_true(n_solved > 30000);
}

/* ---- laws ---- */

static void test_parts_keep_the_sum_and_the_bounds(void **state)
{
    (void)state;
    enum { N = 3000 };
    uint64_t seed = 8;
    int64_t *weights = malloc(4 * N * sizeof *weights), *minimum = weights + N, *maximum = weights + 2 * N;
    int64_t *parts = weights + 3 * N;
    assert_non_null(weights);
    for (int round = 0; round < 30; round++) {
        for (int i = 0; i < N; i++) {
            weights[i] = (int64_t)((next_below(&seed, UINT64_C(1) << 31) << 32) >> next_below(&seed, 63));
            minimum[i] = (int64_t)next_below(&seed, 1000) * (int64_t)next_below(&seed, 2);
            maximum[i] = next_below(&seed, 3) ? INT64_MAX : minimum[i] + (int64_t)next_below(&seed, 1u << 30);
        }
        campaign_split_problem problem = make_problem(INT64_MAX >> (round % 40), N, weights);
        problem.minimum = minimum;
        problem.maximum = maximum;
        int64_t left, sum = 0;
        campaign_error error = { 0 };
        assert_ok(campaign_split(parts, &left, &problem, &error), error);
        for (int i = 0; i < N; i++) {
            assert_true(parts[i] >= minimum[i] && parts[i] <= maximum[i]);
            assert_true(cpn_add64(&sum, sum, parts[i]));
        }
        assert_true(sum + left == problem.total_minor);
    }
    free(weights);
}

static void test_permuted_cells_get_permuted_parts(void **state)
{
    (void)state;
    uint64_t seed = 77;
    for (int round = 0; round < 2000; round++) {
        /* Weights with a prime sum: amount * weight / sum has a different fraction for every different weight. */
        int64_t weights[SMALL] = { 0, 17, 29, 31, 0 }, sum = 77;
        weights[0] = 1 + (int64_t)next_below(&seed, 15);
        sum += weights[0];
        weights[4] = 1009 - sum;
        const int64_t total = (int64_t)next_below(&seed, 1000000);
        int64_t turned[SMALL], parts[SMALL], turned_parts[SMALL], left;
        for (int i = 0; i < SMALL; i++) turned[(i * 2 + 3) % SMALL] = weights[i];
        campaign_split_problem problem = make_problem(total, SMALL, weights);
        assert_int_equal(campaign_split(parts, &left, &problem, NULL), CAMPAIGN_OK);
        problem.weights = turned;
        assert_int_equal(campaign_split(turned_parts, &left, &problem, NULL), CAMPAIGN_OK);
        for (int i = 0; i < SMALL; i++) assert_int_equal(turned_parts[(i * 2 + 3) % SMALL], parts[i]);
    }
}

static void test_a_larger_total_takes_at_most_one_unit(void **state)
{
    (void)state;
    /* The Alabama paradox, 6 : 6 : 2. Of 10: 4.29 4.29 1.43, the unit goes to the last. Of 11: 4.71 4.71 1.57, the two
     * units go to the first two. */
    const int64_t weights[] = { 6, 6, 2 }, of_ten[] = { 4, 4, 2 }, of_eleven[] = { 5, 5, 1 };
    campaign_split_problem problem = make_problem(10, 3, weights);
    assert_parts(&problem, of_ten, 0);
    problem.total_minor = 11;
    assert_parts(&problem, of_eleven, 0);
    uint64_t seed = 4;
    for (int round = 0; round < 300; round++) {
        small_case made = make_case(&seed);
        int64_t before[SMALL] = { 0 }, parts[SMALL], left;
        for (made.total = 0; made.total < 150; made.total++) {
            problem = problem_of(&made);
            if (campaign_split(parts, &left, &problem, NULL) != CAMPAIGN_OK) continue;
            for (int64_t i = 0; i < made.n; i++) assert_true(parts[i] >= before[i] - 1);
            memcpy(before, parts, sizeof before);
        }
    }
}

static void test_splitting_a_split_keeps_its_totals(void **state)
{
    (void)state;
    /* Channels, then days within each channel: the days of a channel add up to it, all of them to the total. */
    const int64_t channels[] = { 5, 3, 2 }, days[] = { 1, 1, 2, 1, 1, 4, 4 };
    for (int64_t total = 0; total < 5000; total += 7) {
        int64_t parts[3], cells[7], left, sum = 0;
        campaign_split_problem problem = make_problem(total, 3, channels);
        assert_int_equal(campaign_split(parts, &left, &problem, NULL), CAMPAIGN_OK);
        for (int channel = 0; channel < 3; channel++) {
            int64_t merged = 0;
            problem = make_problem(parts[channel], 7, days);
            assert_int_equal(campaign_split(cells, &left, &problem, NULL), CAMPAIGN_OK);
            for (int day = 0; day < 7; day++) merged += cells[day];
            assert_true(merged == parts[channel]);
            sum += merged;
        }
        assert_true(sum == total);
    }
}

static void test_locking_what_was_given_changes_nothing(void **state)
{
    (void)state;
    uint64_t seed = 31;
    for (int round = 0; round < 3000; round++) {
        small_case made = make_case(&seed);
        campaign_split_problem problem = problem_of(&made);
        int64_t parts[SMALL], again[SMALL], left, left_again;
        if (campaign_split(parts, &left, &problem, NULL) != CAMPAIGN_OK) continue;
        memcpy(made.locked, parts, sizeof made.locked);
        assert_int_equal(campaign_split(again, &left_again, &problem, NULL), CAMPAIGN_OK);
        for (int64_t i = 0; i < made.n; i++) assert_true(again[i] == parts[i]);
        assert_true(left == left_again);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_thirds_go_to_the_lowest_index),
        cmocka_unit_test(test_largest_remainders_get_the_units),
        cmocka_unit_test(test_a_cap_hands_its_surplus_to_the_others),
        cmocka_unit_test(test_a_minimum_takes_from_the_others),
        cmocka_unit_test(test_locked_cells_keep_their_part),
        cmocka_unit_test(test_a_cell_of_no_weight_gets_its_minimum),
        cmocka_unit_test(test_nothing_to_split_and_nobody_to_get_it),
        cmocka_unit_test(test_the_largest_numbers),
        cmocka_unit_test(test_bends_that_only_exact_arithmetic_tells_apart),
        cmocka_unit_test(test_contradictions_name_their_cells),
        cmocka_unit_test(test_locks_outside_their_bounds_are_refused),
        cmocka_unit_test(test_impossible_values_are_refused),
        cmocka_unit_test(test_small_cases_follow_the_definition),
        cmocka_unit_test(test_parts_keep_the_sum_and_the_bounds),
        cmocka_unit_test(test_permuted_cells_get_permuted_parts),
        cmocka_unit_test(test_a_larger_total_takes_at_most_one_unit),
        cmocka_unit_test(test_splitting_a_split_keeps_its_totals),
        cmocka_unit_test(test_locking_what_was_given_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
