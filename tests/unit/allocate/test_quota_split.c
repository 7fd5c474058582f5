/* Splits: published apportionments, brute force over units, bounds, large totals, levels, ties. */
#include "quota_cases.h"

static void run_weights(quota_result *result, const double *weights, int32_t n, int32_t method, int64_t total)
{
    quota_case c = { .n_rows = n };
    const campaign_allocate_quota_options options = options_for(CAMPAIGN_QUOTA_SPLIT, method, total);
    campaign_error error = { 0 };
    memcpy(c.weights, weights, (size_t)n * sizeof *weights);
    assert_ok(run_case(result, &c, &options, &error), error);
}

/* Five states and 26 seats of Balinski & Young, Fair Representation, 1982: every method gives another answer, but for
 * Hamilton's and Dean's. */
static void test_six_methods_differ_as_published(void **state)
{
    (void)state;
    static const double weights[] = { 9061, 7179, 5259, 3319, 1182 };
    static const struct {
        int32_t method;
        int64_t parts[5];
    } expected[] = {
        { CAMPAIGN_QUOTA_LARGEST_REMAINDER, { 9, 7, 5, 4, 1 } },
        { CAMPAIGN_QUOTA_ADAMS, { 9, 7, 5, 3, 2 } },
        { CAMPAIGN_QUOTA_DEAN, { 9, 7, 5, 4, 1 } },
        { CAMPAIGN_QUOTA_HILL, { 9, 7, 6, 3, 1 } },
        { CAMPAIGN_QUOTA_SAINTE_LAGUE, { 9, 8, 5, 3, 1 } },
        { CAMPAIGN_QUOTA_DHONDT, { 10, 7, 5, 3, 1 } },
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        quota_result result;
        run_weights(&result, weights, 5, expected[i].method, 26);
        for (int32_t cell = 0; cell < 5; cell++) assert_int_equal(result.parts[cell], expected[i].parts[cell]);
        clear_result(&result);
    }
}

/* ---- One unit after the other ------------------------------------------------------------------------------------ */

typedef struct bounds {
    int64_t least, most;
} bounds;

static bounds bounds_of(const quota_case *c, int32_t cell)
{
    bounds found = { 0, INT64_MAX };
    if (c->minimum[cell] != NONE) found.least = c->minimum[cell];
    if (c->maximum[cell] != NONE) found.most = c->maximum[cell];
    if (c->locked[cell] != NONE) found.least = found.most = c->locked[cell];
    if (c->weights[cell] == 0) found.most = found.least;
    return found;
}

/* 1 where the next unit of a goes before that of b: by products of small integers, squared for Hill. */
static int compare_next(const quota_case *c, int32_t method, const int64_t *parts, int32_t a, int32_t b)
{
    const double k = (double)parts[a] + 1, l = (double)parts[b] + 1, v = c->weights[a], w = c->weights[b];
    double left = v * (2 * l - 1), right = w * (2 * k - 1);
    if (method == CAMPAIGN_QUOTA_DHONDT) left = v * l, right = w * k;
    if (method == CAMPAIGN_QUOTA_ADAMS) left = v * (l - 1), right = w * (k - 1);
    if (method == CAMPAIGN_QUOTA_HILL) left = v * v * l * (l - 1), right = w * w * k * (k - 1);
    if (method == CAMPAIGN_QUOTA_DEAN) left = v * l * (l - 1) * (2 * k - 1), right = w * k * (k - 1) * (2 * l - 1);
    if (post(method, parts[a] + 1) == 0 && post(method, parts[b] + 1) == 0) left = right = 0;
    if (left != right) return left > right ? 1 : -1;
    return 0;
}

/* The units one by one, each to the highest priority. */
static void give_units(int64_t *parts, const quota_case *c, int32_t method, int64_t total)
{
    int64_t left = total;
    for (int32_t cell = 0; cell < c->n_rows; cell++) left -= parts[cell] = bounds_of(c, cell).least;
    for (; left > 0; left--) {
        int32_t best = -1;
        for (int32_t cell = 0; cell < c->n_rows; cell++) {
            if (parts[cell] >= bounds_of(c, cell).most) continue;
            const int order = best < 0 ? 1 : compare_next(c, method, parts, cell, best);
            if (order > 0 || (order == 0 && c->weights[cell] > c->weights[best])) best = cell;
        }
        if (best < 0) return;
        parts[best]++;
    }
}

static void draw_split(quota_case *c, cpn_random *random)
{
    *c = (quota_case){ .n_rows = 1 + (int32_t)cpn_random_below(random, 8), .has_bounds = true };
    const int64_t most = cpn_random_below(random, 2) ? 6 : 500;
    for (int32_t cell = 0; cell < c->n_rows; cell++) {
        c->weights[cell] = (double)cpn_random_below(random, most);
        c->minimum[cell] = cpn_random_below(random, 4) == 0 ? cpn_random_below(random, 4) : NONE;
        c->maximum[cell] = cpn_random_below(random, 3) == 0 ? 4 + cpn_random_below(random, 10) : NONE;
        c->locked[cell] = cpn_random_below(random, 8) == 0 ? 3 + cpn_random_below(random, 2) : NONE;
        if (c->minimum[cell] > c->locked[cell]) c->locked[cell] = NONE;
    }
}

static void test_divisors_give_the_units_of_highest_priority(void **state)
{
    (void)state;
    int64_t n_solved = 0, n_tied = 0, n_unallocated = 0;
    for (uint64_t seed = 1; seed <= 20000; seed++) {
        cpn_random random;
        quota_case c;
        quota_result result;
        int64_t expected[MOST_CASE_CELLS] = { 0 }, sum = 0;
        campaign_error error = { 0 };
        cpn_random_seed(&random, seed);
        draw_split(&c, &random);
        const int32_t method = CAMPAIGN_QUOTA_DHONDT + (int32_t)(seed % 5);
        const int64_t total = cpn_random_below(&random, 60);
        const campaign_allocate_quota_options options = options_for(CAMPAIGN_QUOTA_SPLIT, method, total);
        c.is_reversed = seed % 2 != 0;
        if (run_case(&result, &c, &options, &error) == CAMPAIGN_OK) {
            give_units(expected, &c, method, total);
            for (int32_t cell = 0; cell < c.n_rows; cell++) {
                if (result.parts[cell] != expected[cell]) fail_msg("seed %llu", (unsigned long long)seed);
                sum += result.parts[cell];
            }
            assert_int_equal(result.report.unallocated, total - sum);
            n_solved++;
            n_tied += result.report.n_ties > 0;
            n_unallocated += sum < total;
        }
        clear_result(&result);
    }
    assert_true(n_solved > 10000 && n_tied > 500 && n_unallocated > 500);
}

/* ---- Ties -------------------------------------------------------------------------------------------------------- */

/* Three equal weights over 5: two of them get 2, by every method. */
static void test_ties_are_listed(void **state)
{
    (void)state;
    static const double equal[] = { 7, 7, 7 }, remainders[] = { 15, 5, 20 };
    quota_result result;
    for (int32_t method = CAMPAIGN_QUOTA_LARGEST_REMAINDER; method <= CAMPAIGN_QUOTA_DEAN; method++) {
        run_weights(&result, equal, 3, method, 5);
        assert_int_equal(result.report.n_ties, 3);
        for (int32_t cell = 0; cell < 3; cell++) assert_int_equal(result.parts[cell], cell < 2 ? 2 : 1);
        clear_result(&result);
    }
    /* 15, 5, 20 over 4: 1.5, 0.5, 2. One unit is left for two remainders of a half: the larger weight gets it. */
    run_weights(&result, remainders, 3, CAMPAIGN_QUOTA_LARGEST_REMAINDER, 4);
    assert_int_equal(result.report.n_ties, 2);
    assert_int_equal(result.parts[0], 2);
    assert_int_equal(result.parts[1], 0);
    const campaign_table *ties = result.report.ties;
    assert_int_equal(campaign_table_int64(ties, campaign_table_find(ties, "low"), 0), 1);
    assert_int_equal(campaign_table_int64(ties, campaign_table_find(ties, "high"), 0), 2);
    clear_result(&result);
}

/* ---- Proof ------------------------------------------------------------------------------------------------------- */

/* 53, 24, 23 over 7 by D'Hondt: 4, 2, 1. Last unit: 24 / 2 = 12; next one: 23 / 2 = 11.5. */
static void test_divisors_are_exact_fractions(void **state)
{
    (void)state;
    static const double weights[] = { 53, 24, 23 };
    quota_result result;
    char text[512];
    run_weights(&result, weights, 3, CAMPAIGN_QUOTA_DHONDT, 7);
    const campaign_table *proof = result.report.multipliers;
    assert_int_equal(campaign_table_n_rows(proof), 1);
    assert_int_equal(campaign_table_int64(proof, campaign_table_find(proof, "low_numerator"), 0), 23);
    assert_int_equal(campaign_table_int64(proof, campaign_table_find(proof, "low_denominator"), 0), 2);
    assert_int_equal(campaign_table_int64(proof, campaign_table_find(proof, "high_numerator"), 0), 12);
    assert_int_equal(campaign_table_int64(proof, campaign_table_find(proof, "high_denominator"), 0), 1);
    assert_string_equal(text_at(text, proof, "next", 0), "2");
    assert_string_equal(text_at(text, proof, "text", 0),
                        "One more unit would go to 2; every divisor from 11.5 to 12 gives these quotas.");
    clear_result(&result);
}

/* ---- Size -------------------------------------------------------------------------------------------------------- */

static void test_a_total_of_quadrillions_keeps_its_divisor(void **state)
{
    (void)state;
    quota_case c = { .n_rows = 40 };
    cpn_random random;
    cpn_random_seed(&random, 3);
    for (int32_t cell = 0; cell < 40; cell++) c.weights[cell] = (double)(1 + cpn_random_below(&random, 100000000));
    for (int32_t method = CAMPAIGN_QUOTA_LARGEST_REMAINDER; method <= CAMPAIGN_QUOTA_DEAN; method++) {
        const int64_t total = INT64_C(3999999999999999999);
        const campaign_allocate_quota_options options = options_for(CAMPAIGN_QUOTA_SPLIT, method, total);
        quota_result result;
        campaign_error error = { 0 };
        int64_t sum = 0;
        assert_ok(run_case(&result, &c, &options, &error), error);
        for (int32_t cell = 0; cell < 40; cell++) sum += result.parts[cell];
        assert_int_equal(sum, total);
        clear_result(&result);
    }
}

/* Weights in decimals count as they are written: 0.1 + 0.2 against 0.3 is a tie. */
static void test_decimal_weights_are_exact(void **state)
{
    (void)state;
    static const double weights[] = { 0.3, 0.1, 0.30000000000000004 };
    quota_result result;
    run_weights(&result, weights, 2, CAMPAIGN_QUOTA_DHONDT, 3);
    assert_int_equal(result.report.n_ties, 2); /* 0.3 / 3 = 0.1 / 1 */
    assert_int_equal(result.parts[0], 3);
    clear_result(&result);
    run_weights(&result, weights, 3, CAMPAIGN_QUOTA_DHONDT, 1);
    assert_int_equal(result.report.n_ties, 0);
    assert_int_equal(result.parts[2], 1);
    clear_result(&result);
}

/* ---- Levels ------------------------------------------------------------------------------------------------------ */

/* Rows of weight 3 and 1, columns alike within them: 10 go 7.5 to 2.5 → 8 (larger weight) and 2, then 4 + 4 and 1 + 1. */
static void test_levels_are_split_one_after_the_other(void **state)
{
    (void)state;
    quota_case c = { .n_rows = 2, .n_columns = 2, .weights = { 1.5, 1.5, 0.5, 0.5 } };
    campaign_allocate_quota_options options = options_for(CAMPAIGN_QUOTA_SPLIT, 0, 10);
    quota_result result;
    campaign_error error = { 0 };
    char text[512];
    assert_ok(run_case(&result, &c, &options, &error), error);
    static const int64_t expected[] = { 4, 4, 1, 1 };
    for (int32_t cell = 0; cell < 4; cell++) assert_int_equal(result.parts[cell], expected[cell]);
    assert_int_equal(campaign_table_n_rows(result.report.multipliers), 3);
    assert_int_equal(result.report.n_ties, 2); /* the rows */
    assert_string_equal(text_at(text, result.report.ties, "column", 0), "");
    assert_string_equal(text_at(text, result.report.notes, "code", 0), "nested");
    clear_result(&result);
    c.has_rows = true;
    c.rows[0] = 3, c.rows[1] = 7;
    options.has_total = 0;
    assert_ok(run_case(&result, &c, &options, &error), error);
    static const int64_t given[] = { 2, 1, 4, 3 };
    for (int32_t cell = 0; cell < 4; cell++) assert_int_equal(result.parts[cell], given[cell]);
    clear_result(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_six_methods_differ_as_published),
        cmocka_unit_test(test_divisors_give_the_units_of_highest_priority),
        cmocka_unit_test(test_ties_are_listed),
        cmocka_unit_test(test_divisors_are_exact_fractions),
        cmocka_unit_test(test_a_total_of_quadrillions_keeps_its_divisor),
        cmocka_unit_test(test_decimal_weights_are_exact),
        cmocka_unit_test(test_levels_are_split_one_after_the_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
