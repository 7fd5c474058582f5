/* Sub-goals of a product of metrics. Truth: the condition itself, a grid over small cases, and worked numbers. */
#include "planning.h"

#include <math.h>

typedef struct metric_row {
    const char *name;
    double baseline, change, minimum, maximum; /* NAN: null */
} metric_row;

static campaign_table *make_metrics(const metric_row *rows, int n)
{
    static const char *const names[] = { "baseline", "change", "minimum", "maximum" };
    campaign_error error;
    campaign_table_builder *builder;
    campaign_table *table;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "metric", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    for (int c = 0; c < 4; c++)
        assert_ok(campaign_table_builder_add_column(builder, names[c], CAMPAIGN_TYPE_FLOAT64, NULL, &error), error);
    for (int i = 0; i < n; i++) {
        const double cells[] = { rows[i].baseline, rows[i].change, rows[i].minimum, rows[i].maximum };
        assert_ok(campaign_table_builder_append_text(builder, 0, rows[i].name, strlen(rows[i].name), &error), error);
        for (int c = 0; c < 4; c++)
            assert_ok(isnan(cells[c]) ? campaign_table_builder_append_null(builder, 1 + c, &error)
                                      : campaign_table_builder_append_float64(builder, 1 + c, cells[c], &error),
                      error);
    }
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

static campaign_status solve(campaign_table **goals, const metric_row *rows, int n, double change,
                             campaign_error *error)
{
    campaign_sub_goals_options options = CAMPAIGN_SUB_GOALS_OPTIONS_INIT;
    options.change = change;
    campaign_table *metrics = make_metrics(rows, n);
    const campaign_status status = campaign_plan_sub_goals(goals, metrics, &options, error);
    campaign_table_free(metrics);
    return status;
}

static double goal_at(const campaign_table *goals, int64_t row)
{
    return campaign_table_float64(goals, campaign_table_find(goals, "goal"), row);
}

static void assert_near(double found, double expected)
{
    if (!(fabs(found - expected) <= 1e-9 * fabs(expected))) fail_msg("%.15g, expected %.15g", found, expected);
}

/* AP15: sales are to grow by 95 %, order value by 30 %: the others must make 1.95 / 1.3 = 1.5, each the root of it. */
static void test_free_metrics_change_alike(void **state)
{
    (void)state;
    const metric_row rows[] = { { "visits", 20000, NAN, NAN, NAN },
                                { "conversion", 0.03, NAN, NAN, NAN },
                                { "order_value", 80, 0.3, NAN, NAN } };
    campaign_error error;
    campaign_table *goals;
    assert_ok(solve(&goals, rows, 3, 0.95, &error), error);
    assert_near(goal_at(goals, 0), 20000 * sqrt(1.5));
    assert_near(goal_at(goals, 1), 0.03 * sqrt(1.5));
    assert_near(goal_at(goals, 2), 104);
    assert_true(cell_is(goals, "basis", 2, "given"));
    assert_true(cell_is(goals, "basis", 0, "solved"));
    campaign_table_free(goals);
}

/* Conversion cannot pass 0.033, 1.1 times what it is: visits must make 1.5 / 1.1. */
static void test_a_bound_hands_its_part_to_the_others(void **state)
{
    (void)state;
    const metric_row rows[] = { { "visits", 20000, NAN, NAN, NAN },
                                { "conversion", 0.03, NAN, NAN, 0.033 },
                                { "order_value", 80, 0.3, NAN, NAN } };
    campaign_error error;
    campaign_table *goals;
    assert_ok(solve(&goals, rows, 3, 0.95, &error), error);
    assert_near(goal_at(goals, 0), 20000 * 1.5 / 1.1);
    assert_near(goal_at(goals, 1), 0.033);
    assert_true(cell_is(goals, "basis", 1, "maximum"));
    campaign_table_free(goals);
}

/* On a grid of logarithms no point within the bounds that reaches the goal changes less. */
static void test_no_other_point_changes_less(void **state)
{
    (void)state;
    cpn_random random;
    cpn_random_seed(&random, 77);
    int n_solved = 0;
    for (int round = 0; round < 200; round++) {
        metric_row rows[3] = { { "a", 3, NAN, NAN, NAN }, { "b", 5, NAN, NAN, NAN }, { "c", 7, NAN, NAN, NAN } };
        for (int i = 0; i < 3; i++) {
            if (cpn_random_below(&random, 2))
                rows[i].maximum = rows[i].baseline * (0.9 + (double)cpn_random_below(&random, 6) / 10);
            if (cpn_random_below(&random, 3) == 0)
                rows[i].minimum = rows[i].baseline * (0.6 + (double)cpn_random_below(&random, 3) / 10);
        }
        const double change = (double)cpn_random_below(&random, 12) / 10 - 0.3;
        campaign_error error;
        campaign_table *goals;
        const campaign_status status = solve(&goals, rows, 3, change, &error);
        double most = 1, least = 1;
        for (int i = 0; i < 3; i++) {
            most *= isnan(rows[i].maximum) ? 100 : rows[i].maximum / rows[i].baseline;
            least *= isnan(rows[i].minimum) ? 0.01 : rows[i].minimum / rows[i].baseline;
        }
        const bool is_feasible = 1 + change <= most * (1 + 1e-9) && 1 + change >= least * (1 - 1e-9);
        assert_int_equal(status, is_feasible ? CAMPAIGN_OK : CAMPAIGN_E_INFEASIBLE);
        if (!is_feasible) continue;
        double sum = 0, product = 1;
        for (int i = 0; i < 3; i++) {
            const double factor = goal_at(goals, i) / rows[i].baseline;
            sum += log(factor) * log(factor);
            product *= factor;
        }
        assert_near(product, 1 + change);
        for (int x = -40; x <= 40; x++)
            for (int y = -40; y <= 40; y++) {
                const double logs[3] = { x / 20.0, y / 20.0, log(1 + change) - x / 20.0 - y / 20.0 };
                bool is_in = true;
                double other = 0;
                for (int i = 0; i < 3; i++) {
                    const double value = rows[i].baseline * exp(logs[i]);
                    is_in = is_in && !(value > rows[i].maximum) && !(value < rows[i].minimum);
                    other += logs[i] * logs[i];
                }
                assert_true(!is_in || other >= sum - 1e-9);
            }
        n_solved++;
        campaign_table_free(goals);
    }
    assert_true(n_solved > 60);
}

static void test_what_cannot_be_reached_names_its_bounds(void **state)
{
    (void)state;
    const metric_row capped[] = { { "visits", 1000, NAN, NAN, 1200 },
                                  { "conversion", 0.05, NAN, NAN, 0.055 },
                                  { "order_value", 80, 0.1, NAN, NAN } };
    const metric_row floored[] = { { "visits", 1000, NAN, 900, NAN }, { "order_value", 80, 0.5, NAN, NAN } };
    campaign_error error;
    campaign_table *goals;
    assert_int_equal(solve(&goals, capped, 3, 1.0, &error), CAMPAIGN_E_INFEASIBLE);
    assert_null(goals);
    assert_non_null(strstr(error.message, "visits <= 1200"));
    assert_non_null(strstr(error.message, "conversion <= 0.055"));
    assert_non_null(strstr(error.message, "order_value = 88"));
    assert_int_equal(solve(&goals, floored, 2, 0, &error), CAMPAIGN_E_INFEASIBLE);
    assert_non_null(strstr(error.message, "visits >= 900"));
}

static void test_bad_metrics_are_refused(void **state)
{
    (void)state;
    static const struct {
        metric_row rows[2];
        campaign_status status;
    } cases[] = {
        { { { "a", 0, NAN, NAN, NAN }, { "b", 1, NAN, NAN, NAN } }, CAMPAIGN_E_VALUE },
        { { { "a", NAN, NAN, NAN, NAN }, { "b", 1, NAN, NAN, NAN } }, CAMPAIGN_E_VALUE },
        { { { "a", 1, -1, NAN, NAN }, { "b", 1, NAN, NAN, NAN } }, CAMPAIGN_E_VALUE },
        { { { "a", 1, NAN, 3, 2 }, { "b", 1, NAN, NAN, NAN } }, CAMPAIGN_E_VALUE },
        { { { "a", 1, 0.5, NAN, 1.2 }, { "b", 1, NAN, NAN, NAN } }, CAMPAIGN_E_INFEASIBLE },
        { { { "a", 1, NAN, NAN, NAN }, { "a", 1, NAN, NAN, NAN } }, CAMPAIGN_E_DUPLICATE },
    };
    campaign_error error;
    campaign_table *goals;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(solve(&goals, cases[i].rows, 2, 0.1, &error), cases[i].status);
    const metric_row good = { "a", 1, NAN, NAN, NAN };
    assert_int_equal(solve(&goals, &good, 1, -1, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(solve(&goals, &good, 0, 0, &error), CAMPAIGN_E_LIMIT);
    assert_int_equal(campaign_plan_sub_goals(&goals, NULL, NULL, &error), CAMPAIGN_E_ARGUMENT);
}

/* The name of the metric alone, not of those after it in the column. */
static void test_bad_baseline_is_refused_by_its_name(void **state)
{
    (void)state;
    const metric_row rows[] = { { "visits", 0, NAN, NAN, NAN }, { "conversion", 0.03, NAN, NAN, NAN } };
    campaign_error error = { 0 };
    campaign_table *goals;
    assert_int_equal(solve(&goals, rows, 2, 0.95, &error), CAMPAIGN_E_VALUE);
    assert_string_equal(error.message, "the baseline of visits must be a number above 0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_free_metrics_change_alike),
        cmocka_unit_test(test_a_bound_hands_its_part_to_the_others),
        cmocka_unit_test(test_no_other_point_changes_less),
        cmocka_unit_test(test_what_cannot_be_reached_names_its_bounds),
        cmocka_unit_test(test_bad_metrics_are_refused),
        cmocka_unit_test(test_bad_baseline_is_refused_by_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
