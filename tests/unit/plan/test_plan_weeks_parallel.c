/* Promotion weeks: the same bytes with one thread and eight, and with the rows in the other order. */
#include "weeks_cases.h"

enum { CASES = 40 };

static void expect_same(const campaign_table *a, const campaign_table *b)
{
    char left[512], right[512];
    assert_int_equal(campaign_table_n_rows(a), campaign_table_n_rows(b));
    assert_int_equal(campaign_table_n_columns(a), campaign_table_n_columns(b));
    for (int32_t column = 0; column < campaign_table_n_columns(a); column++)
        for (int64_t row = 0; row < campaign_table_n_rows(a); row++) {
            (void)campaign_table_format(left, sizeof left, a, column, row);
            (void)campaign_table_format(right, sizeof right, b, column, row);
            assert_string_equal(left, right);
        }
}

static void expect_same_results(const case_result *a, const case_result *b)
{
    expect_same(a->calendar, b->calendar);
    expect_same(a->report.summary, b->report.summary);
    expect_same(a->report.items, b->report.items);
    expect_same(a->report.limits, b->report.limits);
    expect_same(a->report.notes, b->report.notes);
}

static void test_small_cases_do_not_depend_on_threads_or_rows(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= CASES; seed++) {
        cpn_random random;
        weeks_case c;
        case_result results[3] = { { 0 } };
        campaign_error error = { 0 };
        cpn_random_seed(&random, seed * 31);
        draw_case(&c, 3, 8, 3, &random);
        for (int32_t t = 0; t < c.n_weeks; t++) c.capacity[t] = 3;
        c.budget = 9000;
        for (int32_t i = 0; i < 3; i++) memset(c.items[i].forced, 0, sizeof c.items[i].forced);
        for (int32_t i = 0; i < 3; i++) memset(c.items[i].forced_price, 0, sizeof c.items[i].forced_price);
        for (int32_t i = 0; i < 3; i++) assert_ok(run_case(&results[i], &c, i == 2, i == 1 ? 8 : 1, &error), error);
        expect_same_results(&results[0], &results[1]);
        expect_same_results(&results[0], &results[2]);
        for (int32_t i = 0; i < 3; i++) clear_result(&results[i]);
    }
}

/* Enough items for several chunks. */
static campaign_table *many_items(int32_t n)
{
    static const case_column columns[] = {
        { "item", CAMPAIGN_TYPE_INT64 },         { "price", CAMPAIGN_TYPE_MONEY },
        { "cost", CAMPAIGN_TYPE_MONEY },         { "base", CAMPAIGN_TYPE_FLOAT64 },
        { "elasticity", CAMPAIGN_TYPE_FLOAT64 }, { "memory_1", CAMPAIGN_TYPE_FLOAT64 },
        { "gap", CAMPAIGN_TYPE_INT32 },          { "max_promotions", CAMPAIGN_TYPE_INT32 }
    };
    campaign_table_builder *builder = open_table(columns, N_COLUMNS(columns));
    cpn_random random;
    cpn_random_seed(&random, 5);
    for (int32_t i = 0; i < n; i++) {
        put(builder, 0, i);
        put(builder, 1, 1000 + cpn_random_below(&random, 3000));
        put(builder, 2, 500);
        put_float(builder, 3, uniform(&random, 10, 500));
        put_float(builder, 4, uniform(&random, 2, 4));
        put_float(builder, 5, uniform(&random, 0, 1));
        put(builder, 6, cpn_random_below(&random, 3));
        put(builder, 7, 4);
    }
    return close_table(builder);
}

static void test_many_items_do_not_depend_on_threads(void **state)
{
    (void)state;
    static const case_column ladder_columns[] = { { "discount", CAMPAIGN_TYPE_FLOAT64 } };
    static const case_column slot_columns[] = { { "capacity", CAMPAIGN_TYPE_INT64 } };
    campaign_promotion_weeks_inputs inputs = CAMPAIGN_PROMOTION_WEEKS_INPUTS_INIT;
    campaign_promotion_weeks_options options = CAMPAIGN_PROMOTION_WEEKS_OPTIONS_INIT;
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    const campaign_promotion_weeks_report empty = CAMPAIGN_PROMOTION_WEEKS_REPORT_INIT;
    case_result results[2] = { { NULL, empty }, { NULL, empty } };
    campaign_error error = { 0 };
    campaign_table *items = many_items(100);
    campaign_table_builder *builder = open_table(ladder_columns, 1);
    put_float(builder, 0, 0.1), put_float(builder, 0, 0.25);
    campaign_table *ladder = close_table(builder);
    builder = open_table(slot_columns, 1);
    put(builder, 0, 8);
    campaign_table *slots = close_table(builder);
    inputs.items = items, inputs.ladder = ladder, inputs.slots = slots;
    options.n_weeks = 26, options.max_iterations = 40, options.has_gap = 1;

    for (int32_t i = 0; i < 2; i++) {
        runtime.n_threads = i == 0 ? 1 : 8;
        assert_ok(campaign_plan_promotion_weeks(&results[i].calendar, &results[i].report, &inputs, &options, &runtime,
                                                &error),
                  error);
    }

    expect_same_results(&results[0], &results[1]);
    /* Within 0.2 % of the best possible, and above what no promotion brings. */
    const double total = (double)results[0].report.total_minor, bound = (double)results[0].report.bound_minor;
    print_message("%.4f %% of the bound\n", 100 * total / bound);
    assert_true(total <= bound && total > 0.998 * bound && total > (double)results[0].report.baseline_minor);
    for (int32_t i = 0; i < 2; i++) clear_result(&results[i]);
    campaign_table_free(items);
    campaign_table_free(ladder);
    campaign_table_free(slots);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_small_cases_do_not_depend_on_threads_or_rows),
        cmocka_unit_test(test_many_items_do_not_depend_on_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
