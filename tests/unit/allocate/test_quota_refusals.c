/* What quotas refuse, with the words: bounds, totals, keys, numbers; and the same bytes in any order of rows. */
#include "quota_cases.h"

/* One split of weights 5 and 3 with a change. */
static quota_case two_cells(void)
{
    quota_case c = { .n_rows = 2, .has_bounds = true, .weights = { 5, 3 } };
    for (int32_t cell = 0; cell < MOST_CASE_CELLS; cell++) c.minimum[cell] = c.maximum[cell] = c.locked[cell] = NONE;
    return c;
}

static quota_case two_by_two(void)
{
    quota_case c = two_cells();
    c.n_columns = 2;
    c.has_rows = c.has_columns = true;
    for (int32_t cell = 0; cell < 4; cell++) c.weights[cell] = 1 + cell;
    c.rows[0] = c.rows[1] = c.columns[0] = c.columns[1] = 6;
    return c;
}

static void expect(const quota_case *c, int32_t kind, int64_t total, campaign_status status, const char *words)
{
    const campaign_allocate_quota_options options = options_for(kind, 0, total);
    quota_result result;
    campaign_error error = { 0 };
    const campaign_status found = run_case(&result, c, &options, &error);
    if (found != status || !strstr(error.message, words))
        fail_msg("%s \"%s\", expected %s \"%s\"", campaign_status_name(found), error.message,
                 campaign_status_name(status), words);
    assert_null(result.quotas);
    assert_null(result.report.multipliers);
    assert_null(result.report.notes);
}

static void test_bad_weights_and_bounds_are_refused(void **state)
{
    (void)state;
    quota_case c = two_cells();
    c.weights[1] = -1;
    expect(&c, CAMPAIGN_QUOTA_SPLIT, 8, CAMPAIGN_E_VALUE, "weight is -1");
    c.weights[1] = INFINITY;
    expect(&c, CAMPAIGN_QUOTA_SPLIT, 8, CAMPAIGN_E_VALUE, "weight is inf");
    c.weights[1] = 5e18;
    expect(&c, CAMPAIGN_QUOTA_SPLIT, 8, CAMPAIGN_E_OVERFLOW, "more than 4000000000000000000");
    c.weights[0] = c.weights[1] = 0;
    expect(&c, CAMPAIGN_QUOTA_SPLIT, 8, CAMPAIGN_E_VALUE, "all weights are 0");
    c = two_cells();
    c.minimum[0] = 4, c.maximum[0] = 3;
    expect(&c, CAMPAIGN_QUOTA_SPLIT, 8, CAMPAIGN_E_VALUE, "maximum 3 is below minimum 4");
    c.maximum[0] = NONE, c.locked[0] = 3;
    expect(&c, CAMPAIGN_QUOTA_SPLIT, 8, CAMPAIGN_E_INFEASIBLE, "locked at 3, its minimum is 4");
    c.locked[0] = NONE, c.minimum[1] = 5;
    expect(&c, CAMPAIGN_QUOTA_SPLIT, 8, CAMPAIGN_E_INFEASIBLE, "the minima 0 4, 1 5 need 9, the total is 8");
    c.minimum[0] = c.minimum[1] = INT64_C(3000000000000000000);
    expect(&c, CAMPAIGN_QUOTA_SPLIT, 8, CAMPAIGN_E_OVERFLOW, "the minima add up to more");
    c = two_cells();
    expect(&c, CAMPAIGN_QUOTA_SPLIT, NONE, CAMPAIGN_E_ARGUMENT, "a split needs a total");
    expect(&c, CAMPAIGN_QUOTA_SPLIT, -5, CAMPAIGN_E_ARGUMENT, "-5 is not one of 0");
    c.n_rows = 0;
    expect(&c, CAMPAIGN_QUOTA_SPLIT, 8, CAMPAIGN_E_VALUE, "there are no cells");
}

static void test_totals_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    quota_case c = two_by_two();
    c.rows[0] = 7;
    for (int32_t kind = CAMPAIGN_QUOTA_BIPROPORTIONAL; kind <= CAMPAIGN_QUOTA_FITTING; kind++)
        expect(&c, kind, NONE, CAMPAIGN_E_INFEASIBLE, "the rows add up to 13, the columns to 12");
    c = two_by_two();
    c.rows[0] = NAN;
    expect(&c, CAMPAIGN_QUOTA_BIPROPORTIONAL, NONE, CAMPAIGN_E_MISSING, "\"0\" has cells, but no total");
    c = two_by_two();
    c.weights[2] = c.weights[3] = NAN;
    expect(&c, CAMPAIGN_QUOTA_BIPROPORTIONAL, NONE, CAMPAIGN_E_UNKNOWN, "\"1\" has a total, but no cell");
    c = two_by_two();
    expect(&c, CAMPAIGN_QUOTA_BIPROPORTIONAL, 13, CAMPAIGN_E_INFEASIBLE, "the totals add up to 12, the total is 13");
    c.has_rows = c.has_columns = false;
    expect(&c, CAMPAIGN_QUOTA_BIPROPORTIONAL, NONE, CAMPAIGN_E_ARGUMENT, "a total is needed");
    expect(&c, CAMPAIGN_QUOTA_FITTING, NONE, CAMPAIGN_E_ARGUMENT, "fitting needs the totals");
}

/* Row 0 can only use column 0, which has 6 for it: it needs 8. */
static void test_the_cut_is_named(void **state)
{
    (void)state;
    quota_case c = two_by_two();
    c.weights[1] = 0;
    c.rows[0] = 8, c.rows[1] = 4;
    for (int32_t kind = CAMPAIGN_QUOTA_BIPROPORTIONAL; kind <= CAMPAIGN_QUOTA_FITTING; kind += 2)
        expect(&c, kind, NONE, CAMPAIGN_E_INFEASIBLE,
               "rows 0 need 8; columns 0 have 6 for them, their other cells hold 0");
    c = two_by_two();
    c.maximum[0] = 2, c.maximum[1] = 3;
    expect(&c, CAMPAIGN_QUOTA_BIPROPORTIONAL, NONE, CAMPAIGN_E_INFEASIBLE, "rows 0 need 6, their cells can hold 5");
    c = two_by_two();
    c.minimum[0] = c.minimum[2] = 4;
    expect(&c, CAMPAIGN_QUOTA_BIPROPORTIONAL, NONE, CAMPAIGN_E_INFEASIBLE,
           "column \"0\" has a total of 6, its cells need at least 8");
    c = two_by_two();
    c.weights[0] = 1.5;
    c.locked[0] = 3;
    expect(&c, CAMPAIGN_QUOTA_ROUNDING, NONE, CAMPAIGN_E_INFEASIBLE, "rounds to 1 or 2, its bounds are 3 to 3");
}

static void test_options_are_checked(void **state)
{
    (void)state;
    const quota_case c = two_by_two();
    static const char *const names[] = { "row", "row" };
    campaign_allocate_quota_options options =
        options_for(CAMPAIGN_QUOTA_BIPROPORTIONAL, CAMPAIGN_QUOTA_LARGEST_REMAINDER, NONE);
    quota_result result;
    campaign_error error = { 0 };
    assert_int_equal(run_case(&result, &c, &options, &error), CAMPAIGN_E_UNSUPPORTED);
    options.kind = CAMPAIGN_QUOTA_ROUNDING, options.method = CAMPAIGN_QUOTA_ADAMS;
    assert_int_equal(run_case(&result, &c, &options, &error), CAMPAIGN_E_UNSUPPORTED);
    options.method = 0, options.dimensions = names, options.n_dimensions = 2;
    assert_int_equal(run_case(&result, &c, &options, &error), CAMPAIGN_E_DUPLICATE);
    options.n_dimensions = 1;
    assert_int_equal(run_case(&result, &c, &options, &error), CAMPAIGN_E_UNSUPPORTED);
    options.n_dimensions = 0, options.language = "de";
    assert_int_equal(run_case(&result, &c, &options, &error), CAMPAIGN_E_UNKNOWN);
    options.language = NULL, options.currency = "QQQ";
    assert_int_equal(run_case(&result, &c, &options, &error), CAMPAIGN_E_UNKNOWN);
    options.currency = NULL, options.weight = "votes";
    assert_int_equal(run_case(&result, &c, &options, &error), CAMPAIGN_E_COLUMN);
    options.weight = NULL, options.reserved = 1;
    assert_int_equal(run_case(&result, &c, &options, &error), CAMPAIGN_E_ARGUMENT);
}

static void test_a_cell_that_stands_twice_is_refused(void **state)
{
    (void)state;
    static const int64_t cells[] = { 4, 7, 4 };
    campaign_allocate_quota_inputs inputs = CAMPAIGN_ALLOCATE_QUOTA_INPUTS_INIT;
    const campaign_allocate_quota_options options = options_for(CAMPAIGN_QUOTA_SPLIT, 0, 5);
    campaign_table_builder *builder = NULL;
    campaign_table *quotas = NULL;
    campaign_error error = { 0 };
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    (void)campaign_table_builder_add_column(builder, "cell", CAMPAIGN_TYPE_INT64, NULL, NULL);
    (void)campaign_table_builder_add_column(builder, "weight", CAMPAIGN_TYPE_INT64, NULL, NULL);
    for (int32_t i = 0; i < 3; i++) {
        (void)campaign_table_builder_append_int64(builder, 0, cells[i], NULL);
        (void)campaign_table_builder_append_int64(builder, 1, 1, NULL);
    }
    campaign_table *table = finish(builder);
    inputs.cells = table;
    assert_int_equal(campaign_allocate_quota(&quotas, NULL, &inputs, &options, NULL, &error), CAMPAIGN_E_DUPLICATE);
    assert_int_equal(error.row, 2);
    assert_string_equal(error.message, "cell 4 stands twice");
    campaign_table_free(table);
}

static int stop(void *ctx, const char *stage, int64_t done, int64_t total)
{
    (void)stage, (void)done, (void)total;
    ++*(int *)ctx;
    return 1;
}

static void test_a_caller_can_stop(void **state)
{
    (void)state;
    const quota_case c = two_cells();
    const campaign_allocate_quota_options options = options_for(CAMPAIGN_QUOTA_SPLIT, 0, 8);
    campaign_allocate_quota_inputs inputs = CAMPAIGN_ALLOCATE_QUOTA_INPUTS_INIT;
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    campaign_table *cells = cells_table(&c), *quotas = NULL;
    campaign_error error = { 0 };
    int n_calls = 0;
    runtime.progress = stop, runtime.ctx = &n_calls;
    inputs.cells = cells;
    assert_int_equal(campaign_allocate_quota(&quotas, NULL, &inputs, &options, &runtime, &error), CAMPAIGN_E_CANCELLED);
    assert_null(quotas);
    assert_true(n_calls > 0);
    campaign_table_free(cells);
}

static void expect_same(const campaign_table *a, const campaign_table *b)
{
    char left[512], right[512];
    assert_int_equal(a == NULL, b == NULL);
    if (!a) return;
    assert_int_equal(campaign_table_n_rows(a), campaign_table_n_rows(b));
    for (int32_t column = 0; column < campaign_table_n_columns(a); column++)
        for (int64_t row = 0; row < campaign_table_n_rows(a); row++) {
            (void)campaign_table_format(left, sizeof left, a, column, row);
            (void)campaign_table_format(right, sizeof right, b, column, row);
            assert_string_equal(left, right);
        }
}

static void test_the_order_of_rows_does_not_matter(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        quota_case c = { .n_rows = 6, .n_columns = 5, .has_rows = true, .has_columns = true };
        quota_result results[2];
        campaign_error error = { 0 };
        cpn_random random;
        cpn_random_seed(&random, seed);
        for (int32_t cell = 0; cell < 30; cell++) {
            c.weights[cell] = (double)(1 + cpn_random_below(&random, 400)) / 8;
            c.rows[cell / 5] += floor(c.weights[cell]) + (cell % 5 == 2);
            c.columns[cell % 5] += floor(c.weights[cell]) + (cell % 5 == 2);
        }
        const int32_t kind = (int32_t)(seed % 4);
        c.has_columns = kind != CAMPAIGN_QUOTA_SPLIT;
        c.has_rows = kind != CAMPAIGN_QUOTA_ROUNDING;
        c.has_columns = c.has_columns && kind != CAMPAIGN_QUOTA_ROUNDING;
        const campaign_allocate_quota_options options = options_for(kind, 0, NONE);
        for (int32_t i = 0; i < 2; i++) {
            c.is_reversed = i > 0;
            assert_ok(run_case(&results[i], &c, &options, &error), error);
        }
        expect_same(results[0].quotas, results[1].quotas);
        expect_same(results[0].report.multipliers, results[1].report.multipliers);
        expect_same(results[0].report.rows, results[1].report.rows);
        expect_same(results[0].report.columns, results[1].report.columns);
        expect_same(results[0].report.ties, results[1].report.ties);
        for (int32_t i = 0; i < 2; i++) clear_result(&results[i]);
    }
}

/* Keys under a name of one's own, and no word of it: what to say is said. */
static void test_unnamed_dimensions_are_asked_for(void **state)
{
    (void)state;
    campaign_table_builder *builder = NULL;
    campaign_table *quotas = NULL, *cells = NULL;
    campaign_allocate_quota_inputs inputs = CAMPAIGN_ALLOCATE_QUOTA_INPUTS_INIT;
    const campaign_allocate_quota_options options = options_for(CAMPAIGN_QUOTA_SPLIT, 0, 3);
    campaign_error error = { 0 };
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "shop", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "weight", CAMPAIGN_TYPE_INT64, NULL, &error), error);
    assert_ok(campaign_table_builder_finish(&cells, builder, &error), error);
    campaign_table_builder_free(builder);
    inputs.cells = cells;
    assert_int_equal(campaign_allocate_quota(&quotas, NULL, &inputs, &options, NULL, &error), CAMPAIGN_E_COLUMN);
    assert_string_equal(error.where, "cells.cell");
    assert_non_null(strstr(error.message, "name the key columns in dimensions"));
    campaign_table_free(cells);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bad_weights_and_bounds_are_refused),
        cmocka_unit_test(test_totals_that_do_not_fit_are_refused),
        cmocka_unit_test(test_the_cut_is_named),
        cmocka_unit_test(test_options_are_checked),
        cmocka_unit_test(test_a_cell_that_stands_twice_is_refused),
        cmocka_unit_test(test_a_caller_can_stop),
        cmocka_unit_test(test_unnamed_dimensions_are_asked_for),
        cmocka_unit_test(test_the_order_of_rows_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
