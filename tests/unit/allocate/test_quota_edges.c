/* Edges of quotas: one cell, no cell, totals of 0, single rows and columns, and large tables by their properties. */
#include "quota_cases.h"

static void solve(quota_result *result, const quota_case *c, int32_t kind, int32_t method, int64_t total)
{
    const campaign_allocate_quota_options options = options_for(kind, method, total);
    campaign_error error = { 0 };
    assert_ok(run_case(result, c, &options, &error), error);
}

static void test_one_cell_gets_all(void **state)
{
    (void)state;
    quota_case flat = { .n_rows = 1, .weights = { 0.1 } };
    quota_case table = { .n_rows = 1,
                         .n_columns = 1,
                         .weights = { 7 },
                         .rows = { 5 },
                         .columns = { 5 },
                         .has_rows = true,
                         .has_columns = true };
    quota_result result;
    for (int32_t method = CAMPAIGN_QUOTA_LARGEST_REMAINDER; method <= CAMPAIGN_QUOTA_DEAN; method++) {
        solve(&result, &flat, CAMPAIGN_QUOTA_SPLIT, method, CAMPAIGN_QUOTA_MAX);
        assert_int_equal(result.parts[0], CAMPAIGN_QUOTA_MAX);
        clear_result(&result);
        if (method == CAMPAIGN_QUOTA_LARGEST_REMAINDER) continue;
        solve(&result, &table, CAMPAIGN_QUOTA_BIPROPORTIONAL, method, NONE);
        assert_int_equal(result.parts[0], 5);
        clear_result(&result);
    }
    solve(&result, &table, CAMPAIGN_QUOTA_FITTING, 0, NONE);
    assert_true(result.reals[0] == 5);
    clear_result(&result);
    table.weights[0] = 4.5;
    solve(&result, &table, CAMPAIGN_QUOTA_ROUNDING, 0, NONE);
    assert_int_equal(result.parts[0], 5);
    clear_result(&result);
}

static void test_totals_of_nothing_are_no_mistake(void **state)
{
    (void)state;
    const quota_case none = { .n_rows = 0 }, zeros = { .n_rows = 3, .weights = { 1, 2, 0 } };
    quota_case table = {
        .n_rows = 2, .n_columns = 2, .weights = { 1, 2, 3, 4 }, .has_rows = true, .has_columns = true
    };
    quota_result result;
    for (int32_t method = CAMPAIGN_QUOTA_LARGEST_REMAINDER; method <= CAMPAIGN_QUOTA_DEAN; method++) {
        solve(&result, &none, CAMPAIGN_QUOTA_SPLIT, method, 0);
        assert_int_equal(campaign_table_n_rows(result.quotas), 0);
        clear_result(&result);
        solve(&result, &zeros, CAMPAIGN_QUOTA_SPLIT, method, 0);
        assert_int_equal(result.parts[0] + result.parts[1] + result.parts[2], 0);
        clear_result(&result);
    }
    for (int32_t kind = CAMPAIGN_QUOTA_BIPROPORTIONAL; kind <= CAMPAIGN_QUOTA_FITTING; kind++) {
        table.has_rows = table.has_columns = kind != CAMPAIGN_QUOTA_ROUNDING;
        solve(&result, &table, kind, 0, NONE);
        for (int32_t cell = 0; cell < 4; cell++) {
            assert_int_equal(result.parts[cell], kind == CAMPAIGN_QUOTA_ROUNDING ? cell + 1 : 0);
            assert_true(result.reals[cell] == 0);
        }
        clear_result(&result);
    }
    /* A row and a column with nothing beside others. */
    table.rows[0] = 0, table.rows[1] = 6, table.columns[0] = 6, table.columns[1] = 0;
    table.has_rows = table.has_columns = true;
    solve(&result, &table, CAMPAIGN_QUOTA_BIPROPORTIONAL, 0, NONE);
    assert_int_equal(result.parts[2], 6);
    clear_result(&result);
    solve(&result, &table, CAMPAIGN_QUOTA_FITTING, 0, NONE);
    assert_true(result.reals[2] == 6 && result.reals[0] == 0);
    clear_result(&result);
}

/* One row: the columns are its parts. Two rows of the same weights: the split of the columns. */
static void test_single_rows_are_splits(void **state)
{
    (void)state;
    quota_case table = { .n_rows = 1,
                         .n_columns = 4,
                         .weights = { 9, 5, 3, 2 },
                         .rows = { 20 },
                         .columns = { 8, 1, 6, 5 },
                         .has_rows = true,
                         .has_columns = true };
    quota_result result, split;
    solve(&result, &table, CAMPAIGN_QUOTA_BIPROPORTIONAL, 0, NONE);
    for (int32_t j = 0; j < 4; j++) assert_int_equal(result.parts[j], (int64_t)table.columns[j]);
    clear_result(&result);
    /* Without totals of columns they are those of the split by the same method. */
    quota_case flat = { .n_rows = 4, .weights = { 9, 5, 3, 2 } };
    table.has_columns = false;
    for (int32_t method = CAMPAIGN_QUOTA_DHONDT; method <= CAMPAIGN_QUOTA_DEAN; method++) {
        campaign_allocate_quota_options options = options_for(CAMPAIGN_QUOTA_BIPROPORTIONAL, method, NONE);
        campaign_error error = { 0 };
        options.margin_method = method;
        assert_ok(run_case(&result, &table, &options, &error), error);
        solve(&split, &flat, CAMPAIGN_QUOTA_SPLIT, method, 20);
        for (int32_t j = 0; j < 4; j++) assert_int_equal(result.parts[j], split.parts[j]);
        clear_result(&result);
        clear_result(&split);
    }
}

/* More units never take one from a cell (house monotonicity of divisors), and scaling all weights changes nothing. */
static void test_divisors_are_monotone(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        quota_case c = { .n_rows = 8 }, scaled = { .n_rows = 8 };
        cpn_random random;
        int64_t before[MOST_CASE_CELLS] = { 0 };
        cpn_random_seed(&random, seed);
        for (int32_t cell = 0; cell < 8; cell++) {
            c.weights[cell] = (double)(1 + cpn_random_below(&random, 1000)) / 8;
            scaled.weights[cell] = c.weights[cell] * 1024;
        }
        const int32_t method = CAMPAIGN_QUOTA_DHONDT + (int32_t)(seed % 5);
        for (int64_t total = 0; total < 40; total++) {
            quota_result result, other;
            solve(&result, &c, CAMPAIGN_QUOTA_SPLIT, method, total);
            solve(&other, &scaled, CAMPAIGN_QUOTA_SPLIT, method, total);
            for (int32_t cell = 0; cell < 8; cell++) {
                assert_true(result.parts[cell] >= before[cell]);
                assert_int_equal(result.parts[cell], other.parts[cell]);
                before[cell] = result.parts[cell];
            }
            clear_result(&result);
            clear_result(&other);
        }
    }
}

/* 8 × 8 with zeros, caps and weights over nine powers of ten: every pair of cells that could trade a unit is in order, by
 * the definition: no row of two and column of two would gain from turning a unit round. */
static void test_no_square_of_a_large_table_can_gain(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        quota_case c = { .n_rows = 8, .n_columns = 8, .has_rows = true, .has_columns = true };
        cpn_random random;
        quota_result result;
        cpn_random_seed(&random, seed);
        const int64_t most = seed % 3 == 0 ? 1000000000 : 5;
        for (int32_t cell = 0; cell < 64; cell++) {
            if (cpn_random_below(&random, 4) == 0) continue;
            const double part = (double)cpn_random_below(&random, most);
            c.weights[cell] = floor(pow(10, 9 * cpn_random_double(&random))) + 1;
            c.rows[cell / 8] += part;
            c.columns[cell % 8] += part;
        }
        const int32_t method = seed % 2 ? CAMPAIGN_QUOTA_SAINTE_LAGUE : CAMPAIGN_QUOTA_DHONDT;
        solve(&result, &c, CAMPAIGN_QUOTA_BIPROPORTIONAL, method, NONE);
        for (int32_t square = 0; square < 8 * 8 * 8 * 8; square++) {
            const int32_t i = square >> 9, k = square >> 6 & 7, j = square >> 3 & 7, l = square & 7;
            const int32_t up[] = { 8 * i + j, 8 * k + l }, down[] = { 8 * i + l, 8 * k + j };
            if (i == k || j == l || c.weights[up[0]] == 0 || c.weights[up[1]] == 0) continue;
            if (result.parts[down[0]] == 0 || result.parts[down[1]] == 0) continue;
            double ratio = 1;
            for (int32_t n = 0; n < 2; n++)
                ratio *= post(method, result.parts[up[n]] + 1) / c.weights[up[n]] * c.weights[down[n]] /
                         post(method, result.parts[down[n]]);
            assert_true(ratio > 1 - 1e-12);
        }
        clear_result(&result);
    }
}

/* A row and a column with no unit beside billions: real scaling runs away from such totals, the answer is plain. */
static void test_totals_that_scaling_cannot_meet(void **state)
{
    (void)state;
    quota_case c = { .n_rows = 3, .n_columns = 3, .has_rows = true, .has_columns = true, .has_bounds = true };
    quota_result result;
    const int64_t large = INT64_C(1000000000000);
    for (int32_t cell = 0; cell < 9; cell++) {
        c.weights[cell] = cell == 8 || cell == 4 ? 0 : 1 + cell * 1e9;
        c.minimum[cell] = c.maximum[cell] = c.locked[cell] = NONE;
    }
    c.locked[8] = large;
    /* Row 2 has its lock and no more, column 1 nothing: the first column gets row 0 and row 1. */
    c.rows[0] = (double)large, c.rows[1] = 7, c.rows[2] = (double)large;
    c.columns[0] = (double)large + 7, c.columns[1] = 0, c.columns[2] = (double)large;
    for (int32_t method = CAMPAIGN_QUOTA_DHONDT; method <= CAMPAIGN_QUOTA_SAINTE_LAGUE; method++) {
        solve(&result, &c, CAMPAIGN_QUOTA_BIPROPORTIONAL, method, NONE);
        assert_int_equal(result.parts[0], large);
        assert_int_equal(result.parts[3], 7);
        assert_int_equal(result.parts[8], large);
        clear_result(&result);
    }
    /* The same through many units that have to move from where they start. */
    c.locked[8] = NONE, c.weights[8] = 1e-9;
    c.rows[0] = 5, c.rows[1] = (double)large, c.rows[2] = (double)large;
    c.columns[0] = (double)large, c.columns[1] = 0, c.columns[2] = (double)large + 5;
    solve(&result, &c, CAMPAIGN_QUOTA_BIPROPORTIONAL, CAMPAIGN_QUOTA_SAINTE_LAGUE, NONE);
    assert_int_equal(result.parts[0] + result.parts[2], 5);
    assert_int_equal(result.parts[0] + result.parts[3] + result.parts[6], large);
    assert_int_equal(result.report.status, CAMPAIGN_CERTIFICATE_OPTIMAL);
    clear_result(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_cell_gets_all),
        cmocka_unit_test(test_totals_of_nothing_are_no_mistake),
        cmocka_unit_test(test_single_rows_are_splits),
        cmocka_unit_test(test_divisors_are_monotone),
        cmocka_unit_test(test_totals_that_scaling_cannot_meet),
        cmocka_unit_test(test_no_square_of_a_large_table_can_gain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
