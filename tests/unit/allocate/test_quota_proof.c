/* What the proofs rest on: arithmetic with 128 bits, products of any length, cycles that differ in the 119th bit. */
#include "quota_cases.h"

#include "allocate/quota/product.h"
#include "allocate/quota/units.h"

static cpn_quota_real whole(uint64_t value)
{
    return cpn_quota_real_of((cpn_quota_wide){ 0, value });
}

/* (a b) / b = a and a / b × b = a to 120 bits; products of words are exact. */
static void test_arithmetic_keeps_its_bits(void **state)
{
    (void)state;
    cpn_random random;
    cpn_random_seed(&random, 11);
    for (int32_t i = 0; i < 100000; i++) {
        const int shift = (int)cpn_random_below(&random, 60);
        const uint64_t x = (cpn_random_next(&random) >> shift) | 1, y = cpn_random_next(&random) | 1;
        const cpn_quota_real a = whole(x), b = whole(y), product = cpn_quota_real_multiply(a, b);
        const cpn_quota_real exact = cpn_quota_real_of(cpn_quota_multiply(x, y));
        const cpn_quota_real quotient = cpn_quota_real_divide(a, b);
        assert_int_equal(cpn_quota_real_compare(product, exact), 0);
        assert_true(cpn_quota_real_is_near(cpn_quota_real_divide(product, b), a, 120));
        assert_true(cpn_quota_real_is_near(cpn_quota_real_multiply(quotient, b), a, 120));
        assert_true(fabs(cpn_quota_real_double(quotient) / ((double)x / (double)y) - 1) < 1e-15);
        assert_false(cpn_quota_real_is_near(a, whole(x + (x >> 40) + 1), 50));
    }
    assert_true(cpn_quota_real_double(cpn_quota_real_of_double(0.1)) == 0.1);
    /* Around a power of two the exponents differ. */
    assert_true(cpn_quota_real_is_near(whole(UINT64_C(1) << 62), whole((UINT64_C(1) << 62) - 1), 60));
}

/* 10^18 × 10^18 × 7 / (10^18 × 3) = 2333333333333333333.33…; half a unit is rounded up; what does not fit is told. */
static void test_products_are_divided_exactly(void **state)
{
    (void)state;
    const int64_t large = INT64_C(1000000000000000000);
    const int64_t factors[] = { large, large, 7 }, divisors[] = { large, 3 }, one[] = { 5 }, two[] = { 2 };
    int64_t result;
    assert_true(cpn_quota_divide_products(&result, factors, 3, divisors, 2));
    assert_int_equal(result, INT64_C(2333333333333333333));
    assert_true(cpn_quota_divide_products(&result, one, 1, two, 1));
    assert_int_equal(result, 3);
    assert_true(cpn_quota_divide_products(&result, two, 1, one, 1));
    assert_int_equal(result, 0);
    assert_false(cpn_quota_divide_products(&result, factors, 3, two, 1));
}

/* A table of whole numbers, row by row. */
static campaign_table *numbers_table(const char *const *names, int32_t n_columns, const int64_t *numbers,
                                     int32_t n_rows)
{
    campaign_table_builder *builder = NULL;
    assert_int_equal(campaign_table_builder_create(&builder, NULL), CAMPAIGN_OK);
    for (int32_t i = 0; i < n_columns; i++)
        (void)campaign_table_builder_add_column(builder, names[i], CAMPAIGN_TYPE_INT64, NULL, NULL);
    for (int32_t i = 0; i < n_rows * n_columns; i++)
        (void)campaign_table_builder_append_int64(builder, i % n_columns, numbers[i], NULL);
    return finish(builder);
}

/* One unit a row and a column of 2 × 2 weights: 1 where the diagonal gets them. */
static int64_t solve_square(const int64_t weights[4], int32_t method, int64_t *n_ties)
{
    static const char *const cell_names[] = { "row", "column", "weight" }, *const row_names[] = { "row", "total" };
    static const char *const column_names[] = { "column", "total" };
    static const int64_t totals[] = { 0, 1, 1, 1 };
    const int64_t numbers[] = { 0, 0, weights[0], 0, 1, weights[1], 1, 0, weights[2], 1, 1, weights[3] };
    campaign_table *cells = numbers_table(cell_names, 3, numbers, 4), *rows = numbers_table(row_names, 2, totals, 2);
    campaign_table *columns = numbers_table(column_names, 2, totals, 2), *quotas = NULL;
    campaign_allocate_quota_inputs inputs = CAMPAIGN_ALLOCATE_QUOTA_INPUTS_INIT;
    const campaign_allocate_quota_options options = options_for(CAMPAIGN_QUOTA_BIPROPORTIONAL, method, NONE);
    campaign_allocate_quota_report report = CAMPAIGN_ALLOCATE_QUOTA_REPORT_INIT;
    campaign_error error = { 0 };
    inputs.cells = cells, inputs.rows = rows, inputs.columns = columns;
    assert_ok(campaign_allocate_quota(&quotas, &report, &inputs, &options, NULL, &error), error);
    const int32_t quota = campaign_table_find(quotas, "quota");
    const int64_t first = campaign_table_int64(quotas, quota, 0);
    assert_int_equal(campaign_table_int64(quotas, quota, 3), first);
    *n_ties = report.n_ties;
    campaign_allocate_quota_report_clear(&report);
    campaign_table_free(quotas);
    campaign_table_free(cells);
    campaign_table_free(rows);
    campaign_table_free(columns);
    return first;
}

/* The diagonal has the product a^2, the other one (a + 1)(a - 1), or the other way round. They differ in the last of 119
 * bits, and the larger product wins; where both are a^2 it is a tie, which the first cell gets. */
static void test_cycles_are_told_to_the_last_bit(void **state)
{
    (void)state;
    cpn_random random;
    cpn_random_seed(&random, 5);
    for (int32_t i = 0; i < 300; i++) {
        const int64_t a = INT64_C(900000000000000000) + cpn_random_below(&random, INT64_C(90000000000000000));
        const int64_t better[] = { a, a + 1, a - 1, a }, worse[] = { a + 1, a, a, a - 1 }, equal[] = { a, a, a, a };
        const int32_t method = i % 2 ? CAMPAIGN_QUOTA_DHONDT : CAMPAIGN_QUOTA_SAINTE_LAGUE;
        int64_t n_ties;
        assert_int_equal(solve_square(better, method, &n_ties), 1);
        assert_int_equal(n_ties, 0);
        assert_int_equal(solve_square(worse, method, &n_ties), 0);
        assert_int_equal(n_ties, 0);
        assert_int_equal(solve_square(equal, method, &n_ties), 1);
        assert_int_equal(n_ties, 4);
    }
}

/* The proof itself, started from the worse of the two tables: it moves along the cycle, and leaves no arc open. Started from
 * the better one it moves nothing. */
static void test_the_proof_takes_better_cycles(void **state)
{
    (void)state;
    const int64_t a = INT64_C(987654321987654321), weights[] = { a, a + 1, a - 1, a };
    for (int64_t start = 0; start < 2; start++) {
        cpn_quota_grid grid;
        cpn_quota_real cells[4], factors[4];
        int64_t excess[4] = { 0 };
        bool is_open[8];
        cpn_quota_problem problem = { .n_cells = 4, .weights = (int64_t[]){ a, a + 1, a - 1, a } };
        campaign_error error = { 0 };
        assert_true(cpn_quota_grid_open(&grid, 2, 2, 4));
        for (int32_t cell = 0; cell < 4; cell++) {
            grid.row_of[cell] = cell / 2, grid.column_of[cell] = cell % 2;
            grid.minimum[cell] = 0, grid.maximum[cell] = INT64_MAX;
            grid.parts[cell] = (cell % 3 == 0) == (start == 1);
            cells[cell] = whole((uint64_t)weights[cell]);
        }
        cpn_quota_grid_link(&grid);
        /* Rows 1 and a / (a - 1), columns 1 / 2a and 1 / 2 (a + 1): three cells are worth exactly a half. */
        factors[0] = whole(1);
        factors[1] = cpn_quota_real_divide(cells[0], cells[2]);
        factors[2] = cpn_quota_real_divide(whole(1), whole(2 * (uint64_t)a));
        factors[3] = cpn_quota_real_divide(whole(1), whole(2 * (uint64_t)a + 2));
        cpn_quota_units units = { .grid = &grid,
                                  .problem = &problem,
                                  .method = CAMPAIGN_QUOTA_SAINTE_LAGUE,
                                  .step = 1,
                                  .weights = cells,
                                  .factors = factors,
                                  .excess = excess };
        assert_ok(cpn_quota_certify(&units, is_open, &error), error);
        for (int32_t cell = 0; cell < 4; cell++) {
            assert_int_equal(grid.parts[cell], cell % 3 == 0);
            assert_false(is_open[2 * cell] || is_open[2 * cell + 1]);
        }
        cpn_quota_grid_close(&grid);
    }
}

/* Largest remainders: remainders are total × weight modulo the sum of weights; a tie is where the last one that got a unit
 * equals the first one that did not. */
static void test_ties_of_remainders_are_those_of_the_definition(void **state)
{
    (void)state;
    int64_t n_tied = 0;
    for (uint64_t seed = 1; seed <= 5000; seed++) {
        quota_case c = { 0 };
        quota_result result;
        cpn_random random;
        campaign_error error = { 0 };
        int64_t sum = 0, remainders[MOST_SIDE], lowest = INT64_MAX, highest = -1, n = 0;
        cpn_random_seed(&random, seed);
        c.n_rows = 2 + (int32_t)cpn_random_below(&random, 6);
        for (int32_t i = 0; i < c.n_rows; i++)
            sum += (int64_t)(c.weights[i] = (double)(1 + cpn_random_below(&random, 9)));
        const int64_t total = cpn_random_below(&random, 30);
        const campaign_allocate_quota_options options = options_for(CAMPAIGN_QUOTA_SPLIT, 0, total);
        assert_ok(run_case(&result, &c, &options, &error), error);
        for (int32_t i = 0; i < c.n_rows; i++) {
            remainders[i] = total * (int64_t)c.weights[i] % sum;
            const int64_t above = result.parts[i] - total * (int64_t)c.weights[i] / sum;
            assert_in_range(above, 0, 1);
            if (above > 0 && remainders[i] < lowest) lowest = remainders[i];
            if (above == 0 && remainders[i] > highest) highest = remainders[i];
        }
        assert_true(lowest >= highest);
        for (int32_t i = 0; i < c.n_rows; i++) n += lowest == highest && remainders[i] == lowest;
        assert_int_equal(result.report.n_ties, n);
        n_tied += n > 0;
        clear_result(&result);
    }
    assert_true(n_tied > 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arithmetic_keeps_its_bits),
        cmocka_unit_test(test_products_are_divided_exactly),
        cmocka_unit_test(test_cycles_are_told_to_the_last_bit),
        cmocka_unit_test(test_the_proof_takes_better_cycles),
        cmocka_unit_test(test_ties_of_remainders_are_those_of_the_definition),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
