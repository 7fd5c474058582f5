/* Rounding and fitting of tables: the published cases, trying all roundings, zeros, bounds, slow tables. */
#include "quota_cases.h"

static campaign_allocate_quota_options plain(int32_t kind)
{
    return options_for(kind, 0, NONE);
}

/* ---- Outside truth ----------------------------------------------------------------------------------------------- */

static void test_rounding_is_the_published_one(void **state)
{
    (void)state;
    cpn_json *json = read_cases();
    const cpn_json_value *value = cpn_json_member(cpn_json_root(json), "controlled_rounding_4x5");
    quota_case c = { .n_rows = 4, .n_columns = 5 };
    double expected[MOST_CASE_CELLS], rows[MOST_SIDE], columns[MOST_SIDE];
    (void)read_numbers(c.weights, cpn_json_member(value, "table"));
    (void)read_numbers(expected, cpn_json_member(value, "rounded"));
    (void)read_numbers(rows, cpn_json_member(value, "row_totals"));
    (void)read_numbers(columns, cpn_json_member(value, "col_totals"));
    const double squares = strtod(cpn_json_member(value, "sum_sq")->text, NULL);
    const campaign_allocate_quota_options options = plain(CAMPAIGN_QUOTA_ROUNDING);
    for (int32_t given = 0; given < 4; given++) {
        quota_result result;
        campaign_error error = { 0 };
        c.has_rows = given % 2 != 0, c.has_columns = given / 2 != 0;
        memcpy(c.rows, rows, sizeof rows);
        memcpy(c.columns, columns, sizeof columns);
        assert_ok(run_case(&result, &c, &options, &error), error);
        for (int32_t cell = 0; cell < 20; cell++) assert_int_equal(result.parts[cell], (int64_t)expected[cell]);
        assert_true(fabs(result.report.value - squares) < 1e-12 && result.report.gap == 0);
        assert_int_equal(result.report.total, strtol(cpn_json_member(value, "total")->text, NULL, 10));
        clear_result(&result);
    }
    cpn_json_free(json);
}

static void test_fitting_has_the_published_digits(void **state)
{
    (void)state;
    cpn_json *json = read_cases();
    const cpn_json_value *value = cpn_json_member(cpn_json_root(json), "ipf_4x4");
    quota_case c = { .n_rows = 4, .n_columns = 4, .has_rows = true, .has_columns = true, .has_real_totals = true };
    double expected[MOST_CASE_CELLS];
    quota_result result;
    campaign_error error = { 0 };
    (void)read_numbers(c.weights, cpn_json_member(value, "seed"));
    (void)read_numbers(c.rows, cpn_json_member(value, "row_targets"));
    (void)read_numbers(c.columns, cpn_json_member(value, "col_targets"));
    (void)read_numbers(expected, cpn_json_member(value, "answer"));
    const campaign_allocate_quota_options options = plain(CAMPAIGN_QUOTA_FITTING);
    assert_ok(run_case(&result, &c, &options, &error), error);
    for (int32_t cell = 0; cell < 16; cell++)
        if (fabs(result.reals[cell] / expected[cell] - 1) > 4e-15)
            fail_msg("cell %ld is off by %g", (long)cell, result.reals[cell] / expected[cell] - 1);
    assert_int_equal(result.report.status, CAMPAIGN_CERTIFICATE_OPTIMAL);
    clear_result(&result);
    cpn_json_free(json);
}

/* ---- Rounding by trying all -------------------------------------------------------------------------------------- */

typedef struct attempt {
    double squares;
    int64_t n_best, parts[9];
} attempt;

/* Whether the sums of a side are each the floor or the ceiling of the real ones, or the given ones. */
static bool keeps_side(const quota_case *c, const int64_t *parts, int32_t side)
{
    const int32_t n = side ? c->n_columns : c->n_rows;
    for (int32_t i = 0; i < n; i++) {
        int64_t sum = 0, hundredths = 0;
        for (int32_t cell = 0; cell < c->n_rows * c->n_columns; cell++) {
            if ((side ? cell % c->n_columns : cell / c->n_columns) != i) continue;
            sum += parts[cell];
            hundredths += (int64_t)floor(c->weights[cell] * 100 + 0.5);
        }
        if (side ? c->has_columns : c->has_rows) {
            if (sum != (int64_t)(side ? c->columns[i] : c->rows[i])) return false;
        } else if (sum < hundredths / 100 || sum > (hundredths + 99) / 100) {
            return false;
        }
    }
    return true;
}

static void try_rounding(attempt *best, const quota_case *c, int32_t choice, int64_t total)
{
    int64_t parts[9], sum = 0;
    double squares = 0;
    for (int32_t cell = 0; cell < c->n_rows * c->n_columns; cell++) {
        parts[cell] = (int64_t)floor(c->weights[cell]) + (choice >> cell & 1);
        if ((choice >> cell & 1) && floor(c->weights[cell]) == c->weights[cell]) return;
        if (c->has_bounds && c->minimum[cell] != NONE && parts[cell] < c->minimum[cell]) return;
        if (c->has_bounds && c->maximum[cell] != NONE && parts[cell] > c->maximum[cell]) return;
        squares += ((double)parts[cell] - c->weights[cell]) * ((double)parts[cell] - c->weights[cell]);
        sum += parts[cell];
    }
    if (sum != total || !keeps_side(c, parts, 0) || !keeps_side(c, parts, 1)) return;
    const bool is_tie = best->n_best > 0 && fabs(squares - best->squares) < 1e-9;
    if (best->n_best > 0 && !is_tie && squares > best->squares) return;
    best->n_best = is_tie ? best->n_best + 1 : 1;
    best->squares = squares;
    memcpy(best->parts, parts, sizeof parts);
}

static void draw_rounding(quota_case *c, cpn_random *random)
{
    int64_t parts[9];
    *c = (quota_case){ .n_rows = 2 + (int32_t)cpn_random_below(random, 2), .has_bounds = true };
    c->n_columns = 2 + (int32_t)cpn_random_below(random, 2);
    c->has_rows = cpn_random_below(random, 2) == 0, c->has_columns = cpn_random_below(random, 2) == 0;
    for (int32_t cell = 0; cell < c->n_rows * c->n_columns; cell++) {
        c->weights[cell] = (double)cpn_random_below(random, 500) / 100;
        if (cpn_random_below(random, 3) == 0) c->weights[cell] = (double)cpn_random_below(random, 8) / 2;
        parts[cell] = (int64_t)floor(c->weights[cell]) + cpn_random_below(random, 2);
        if (floor(c->weights[cell]) == c->weights[cell]) parts[cell] = (int64_t)c->weights[cell];
        c->rows[cell / c->n_columns] += (double)parts[cell];
        c->columns[cell % c->n_columns] += (double)parts[cell];
        c->minimum[cell] = cpn_random_below(random, 6) == 0 ? (int64_t)ceil(c->weights[cell]) : NONE;
        c->maximum[cell] = c->locked[cell] = NONE;
    }
}

static int64_t total_of(const quota_case *c)
{
    int64_t hundredths = 0;
    double sum = 0;
    for (int32_t cell = 0; cell < c->n_rows * c->n_columns; cell++)
        hundredths += (int64_t)floor(c->weights[cell] * 100 + 0.5);
    for (int32_t i = 0; i < c->n_rows && c->has_rows; i++) sum += c->rows[i];
    for (int32_t i = 0; i < c->n_columns && c->has_columns && !c->has_rows; i++) sum += c->columns[i];
    return c->has_rows || c->has_columns ? (int64_t)sum : (hundredths + 50) / 100;
}

static void test_rounding_is_the_best_of_all(void **state)
{
    (void)state;
    int64_t n_solved = 0, n_refused = 0, n_tied = 0;
    const campaign_allocate_quota_options options = plain(CAMPAIGN_QUOTA_ROUNDING);
    for (uint64_t seed = 1; seed <= 4000; seed++) {
        cpn_random random;
        quota_case c;
        quota_result result;
        attempt best = { 0 };
        campaign_error error = { 0 };
        cpn_random_seed(&random, seed);
        draw_rounding(&c, &random);
        c.is_reversed = seed % 2 != 0;
        for (int32_t choice = 0; choice < 1 << (c.n_rows * c.n_columns); choice++)
            try_rounding(&best, &c, choice, total_of(&c));
        const campaign_status status = run_case(&result, &c, &options, &error);
        if (status != (best.n_best > 0 ? CAMPAIGN_OK : CAMPAIGN_E_INFEASIBLE))
            fail_msg("seed %llu: %s", (unsigned long long)seed, error.message);
        if (status == CAMPAIGN_OK && fabs(result.report.value - best.squares) > 1e-9)
            fail_msg("seed %llu: %g, expected %g", (unsigned long long)seed, result.report.value, best.squares);
        if (best.n_best == 1)
            for (int32_t cell = 0; cell < c.n_rows * c.n_columns; cell++)
                assert_int_equal(result.parts[cell], best.parts[cell]);
        if (best.n_best > 0) assert_int_equal(result.report.n_ties > 0, best.n_best > 1);
        n_solved += best.n_best == 1;
        n_tied += best.n_best > 1;
        n_refused += best.n_best == 0;
        clear_result(&result);
    }
    print_message("%lld refused, %lld unique, %lld tied\n", (long long)n_refused, (long long)n_solved,
                  (long long)n_tied);
    assert_true(n_solved > 1000 && n_refused > 100 && n_tied > 100);
}

/* ---- Fitting ----------------------------------------------------------------------------------------------------- */

/* Odds ratios of the weights are kept, and totals are met. */
static void test_fitting_keeps_odds_ratios(void **state)
{
    (void)state;
    const campaign_allocate_quota_options options = plain(CAMPAIGN_QUOTA_FITTING);
    for (uint64_t seed = 1; seed <= 200; seed++) {
        quota_case c = { .n_rows = 5, .n_columns = 4, .has_rows = true, .has_columns = true };
        cpn_random random;
        quota_result result;
        campaign_error error = { 0 };
        cpn_random_seed(&random, seed);
        for (int32_t cell = 0; cell < 20; cell++) {
            /* Weights over nine powers of ten make scaling creep. */
            const double part = (double)(1 + cpn_random_below(&random, 100));
            c.weights[cell] = pow(10, 9 * cpn_random_double(&random) - 4);
            c.rows[cell / 4] += part;
            c.columns[cell % 4] += part;
        }
        assert_ok(run_case(&result, &c, &options, &error), error);
        assert_int_equal(result.report.status, CAMPAIGN_CERTIFICATE_OPTIMAL);
        for (int32_t i = 0; i + 1 < 5; i++)
            for (int32_t j = 0; j + 1 < 4; j++) {
                const double *x = &result.reals[4 * i + j], *w = &c.weights[4 * i + j];
                const double ratio = (x[0] / x[1]) * (x[5] / x[4]), wanted = (w[0] / w[1]) * (w[5] / w[4]);
                assert_true(fabs(ratio / wanted - 1) < 1e-12);
            }
        for (int32_t i = 0; i < 5; i++)
            assert_true(fabs((result.reals[4 * i] + result.reals[4 * i + 1] + result.reals[4 * i + 2] +
                              result.reals[4 * i + 3]) /
                                 c.rows[i] -
                             1) < 1e-12);
        clear_result(&result);
    }
}

/* Only the diagonal can hold what the totals ask for: the corner must be 0 although it has a weight, and scaling alone would
 * come near it as slowly as 1 / n. */
static void test_cells_that_no_answer_fills_are_zero(void **state)
{
    (void)state;
    quota_case c = { .n_rows = 2, .n_columns = 2, .has_rows = true, .has_columns = true };
    const campaign_allocate_quota_options options = plain(CAMPAIGN_QUOTA_FITTING);
    quota_result result;
    campaign_error error = { 0 };
    char text[512];
    c.weights[0] = 1, c.weights[1] = 1, c.weights[2] = 0, c.weights[3] = 1;
    c.rows[0] = c.rows[1] = c.columns[0] = c.columns[1] = 10;
    assert_ok(run_case(&result, &c, &options, &error), error);
    assert_true(result.reals[0] == 10 && result.reals[1] == 0 && result.reals[3] == 10);
    assert_int_equal(result.report.status, CAMPAIGN_CERTIFICATE_OPTIMAL);
    assert_string_equal(text_at(text, result.report.notes, "code", 0), "forced_zero");
    clear_result(&result);
}

/* Bounds hold, and the cells between them keep their odds. 2 × 2 of equal weights, 10 a row and a column: 5 each; a cap of 3
 * on one leaves 3 7 / 7 3. */
static void test_fitting_holds_bounds(void **state)
{
    (void)state;
    quota_case c = { .n_rows = 2, .n_columns = 2, .has_rows = true, .has_columns = true, .has_bounds = true };
    const campaign_allocate_quota_options options = plain(CAMPAIGN_QUOTA_FITTING);
    quota_result result;
    campaign_error error = { 0 };
    char text[512];
    for (int32_t cell = 0; cell < 4; cell++) {
        c.weights[cell] = 1;
        c.minimum[cell] = c.maximum[cell] = c.locked[cell] = NONE;
    }
    c.rows[0] = c.rows[1] = c.columns[0] = c.columns[1] = 10;
    c.maximum[0] = 3;
    assert_ok(run_case(&result, &c, &options, &error), error);
    assert_true(result.reals[0] == 3 && fabs(result.reals[1] - 7) < 1e-12 && fabs(result.reals[3] - 3) < 1e-12);
    assert_string_equal(text_at(text, result.quotas, "held", 0), "maximum");
    clear_result(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rounding_is_the_published_one),
        cmocka_unit_test(test_fitting_has_the_published_digits),
        cmocka_unit_test(test_rounding_is_the_best_of_all),
        cmocka_unit_test(test_fitting_keeps_odds_ratios),
        cmocka_unit_test(test_cells_that_no_answer_fills_are_zero),
        cmocka_unit_test(test_fitting_holds_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
