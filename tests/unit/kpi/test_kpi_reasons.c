/* What cannot be said is said to be so: missing figures, zero divisors, periods to come, bad input. */
#include "judging.h"

static const char *const daily_columns[] = {
    "date:d", "sales:m", "orders:i", "visits:i", "new_customers:i", "spend:m"
};

static void check_reason(const char *const *cells, int64_t n_rows, const char *metric, const char *reason,
                         const char *english, const char *chinese)
{
    static const char *const metric_columns[] = { "metric:t", "target:f" };
    static const char *const metric_cells[] = { "roi", "3", "conversion", "0.1", "visits", "0" };
    campaign_table *targets = make_targets(), *metrics = TABLE(metric_columns, metric_cells);
    campaign_table *daily = make_table(daily_columns, 6, cells, n_rows);
    campaign_kpi_plan plan = CAMPAIGN_KPI_PLAN_INIT;
    campaign_kpi_actuals actuals = CAMPAIGN_KPI_ACTUALS_INIT;
    plan.targets = targets;
    plan.metrics = metrics;
    actuals.daily = daily;
    for (int i = 0; i < 2; i++) {
        campaign_kpi_options options = CAMPAIGN_KPI_OPTIONS_INIT;
        options.language = i == 0 ? "en" : "zh";
        campaign_kpi_evaluation evaluation = judge(&plan, &actuals, "", &options);
        const int64_t row = find_row(evaluation.metrics, "metric", metric, NULL, NULL);
        assert_true(cell_is(evaluation.metrics, "reason", row, reason));
        assert_true(cell_is(evaluation.metrics, "text", row, i == 0 ? english : chinese));
        assert_true(
            campaign_table_is_null(evaluation.metrics, campaign_table_find(evaluation.metrics, "attainment"), row));
        campaign_kpi_evaluation_clear(&evaluation);
    }
    campaign_table_free(daily);
    campaign_table_free(metrics);
    campaign_table_free(targets);
}

static void test_metrics_say_why_they_are_not_available(void **state)
{
    (void)state;
    static const char *const zeros[] = { "2027-01-02", "10.00", "0", "0", "0", "0.00" };
    static const char *const none[] = { "2027-03-02", "10.00", "1", "1", "1", "1.00" };
    check_reason(zeros, 1, "roi", "zero_figures", "not available, because spend add up to zero",
                 "不可用，因为 spend 合计为零");
    check_reason(zeros, 1, "order_value", "zero_figures", "not available, because orders add up to zero",
                 "不可用，因为 orders 合计为零");
    check_reason(zeros, 1, "cpa", "zero_figures", "not available, because new_customers add up to zero",
                 "不可用，因为 new_customers 合计为零");
    check_reason(zeros, 1, "refund_rate", "no_figures", "not available, because there are no figures for refunds",
                 "不可用，因为没有 refunds 的数据");
    check_reason(zeros, 1, "visits", "zero_target", "not available, because the target is zero",
                 "不可用，因为目标为零");
    check_reason(zeros, 1, "orders", "no_target", "no attainment, because there is no target",
                 "没有达成率，因为没有目标");
    check_reason(none, 1, "roi", "not_started", "not started yet", "尚未开始");
}

static void test_targets_say_why_they_are_not_judged(void **state)
{
    (void)state;
    static const char *const columns[] = { "date:d", "sales:m" };
    static const char *const cells[] = { "2027-01-03", "10.00" };
    static const char *const visit_columns[] = { "date:d", "visits:i" };
    static const char *const visit_cells[] = { "2027-01-03", "10" };
    campaign_table *targets = make_targets(), *daily = TABLE(columns, cells);
    campaign_table *visits = TABLE(visit_columns, visit_cells);
    campaign_kpi_plan plan = CAMPAIGN_KPI_PLAN_INIT;
    campaign_kpi_actuals actuals = CAMPAIGN_KPI_ACTUALS_INIT;
    plan.targets = targets;
    actuals.daily = daily;
    campaign_kpi_evaluation evaluation = judge(&plan, &actuals, "", NULL);
    assert_true(cell_is(evaluation.attainment, "status", 2, "not_started"));
    assert_true(cell_is(evaluation.attainment, "reason", 3, "no_dimension"));
    assert_true(cell_is(evaluation.attainment, "text", 3, "not available, because the figures have no product_line"));
    campaign_kpi_evaluation_clear(&evaluation);
    actuals.daily = visits;
    evaluation = judge(&plan, &actuals, "", NULL);
    assert_true(cell_is(evaluation.attainment, "text", 0, "not available, because there are no figures for sales"));
    assert_int_equal(campaign_table_n_rows(evaluation.alerts), 0);
    campaign_kpi_evaluation_clear(&evaluation);
    campaign_table_free(visits);
    campaign_table_free(daily);
    campaign_table_free(targets);
}

static void test_figures_outside_the_plan_are_counted(void **state)
{
    (void)state;
    static const char *const columns[] = { "date:d", "amount:m", "market:t" };
    static const char *const cells[] = { "2026-12-31", "10.00",      "x",     "2027-01-11", "10.00",
                                         "x",          "2027-01-02", "10.00", "x" };
    campaign_table *targets = make_targets(), *orders = TABLE(columns, cells);
    campaign_kpi_plan plan = CAMPAIGN_KPI_PLAN_INIT;
    campaign_kpi_actuals actuals = CAMPAIGN_KPI_ACTUALS_INIT;
    plan.targets = targets;
    actuals.orders = orders;
    campaign_kpi_evaluation evaluation = judge(&plan, &actuals, "", NULL);
    assert_true(cell_is(evaluation.notes, "n", find_row(evaluation.notes, "code", "rows_outside", NULL, NULL), "2"));
    assert_true(cell_is(evaluation.attainment, "actual", 0, "10.00"));
    campaign_kpi_evaluation_clear(&evaluation);
    campaign_table_free(orders);
    campaign_table_free(targets);
}

static void test_no_rows_judge_nothing(void **state)
{
    (void)state;
    static const char *const columns[] = { "date:d", "amount:m" };
    campaign_table *targets = make_targets(), *orders = make_table(columns, 2, NULL, 0);
    campaign_kpi_plan plan = CAMPAIGN_KPI_PLAN_INIT;
    campaign_kpi_actuals actuals = CAMPAIGN_KPI_ACTUALS_INIT;
    plan.targets = targets;
    actuals.orders = orders;
    campaign_kpi_evaluation evaluation = judge(&plan, &actuals, "", NULL);
    assert_int_equal(evaluation.as_of_day, cpn_day_from_civil(2026, 12, 31));
    for (int64_t row = 0; row < campaign_table_n_rows(evaluation.attainment); row++)
        assert_true(cell_is(evaluation.attainment, "status", row, "not_started"));
    campaign_kpi_evaluation_clear(&evaluation);
    /* As of a day, no sales are sales of nothing. */
    evaluation = judge(&plan, &actuals, "2027-01-05", NULL);
    assert_near(float_at(evaluation.attainment, "attainment", 0), 0);
    campaign_kpi_evaluation_clear(&evaluation);
    campaign_table_free(orders);
    campaign_table_free(targets);
}

static void test_nulls_are_refused_or_counted(void **state)
{
    (void)state;
    static const char *const columns[] = { "date:d", "amount:m" };
    static const char *const cells[] = { "2027-01-01", "1.00", "", "2.00", "2027-01-02", "", "2027-01-03", "4.00" };
    campaign_table *targets = make_targets(), *orders = TABLE(columns, cells);
    campaign_kpi_plan plan = CAMPAIGN_KPI_PLAN_INIT;
    campaign_kpi_actuals actuals = CAMPAIGN_KPI_ACTUALS_INIT;
    campaign_kpi_options options = CAMPAIGN_KPI_OPTIONS_INIT;
    plan.targets = targets;
    actuals.orders = orders;
    assert_fails(&plan, &actuals, NULL, CAMPAIGN_E_MISSING, "null");
    options.nulls = CAMPAIGN_KPI_NULLS_SKIP;
    campaign_kpi_evaluation evaluation = judge(&plan, &actuals, "", &options);
    assert_true(cell_is(evaluation.attainment, "actual", 0, "5.00"));
    assert_int_equal(campaign_table_n_rows(evaluation.skipped), 2);
    assert_true(cell_is(evaluation.skipped, "row", 0, "1"));
    assert_true(cell_is(evaluation.skipped, "column", 1, "amount"));
    assert_true(cell_is(evaluation.notes, "n", find_row(evaluation.notes, "code", "rows_skipped", NULL, NULL), "2"));
    campaign_kpi_evaluation_clear(&evaluation);
    campaign_table_free(orders);
    campaign_table_free(targets);
}

static void test_figures_must_come_from_one_table(void **state)
{
    (void)state;
    static const char *const columns[] = { "date:d", "amount:m" };
    static const char *const cells[] = { "2027-01-01", "1.00" };
    static const char *const sales_columns[] = { "date:d", "sales:m" };
    static const char *const bare_columns[] = { "date:d" };
    static const char *const bare_cells[] = { "2027-01-01" };
    static const char *const plain_columns[] = { "date:d", "amount:i" };
    static const char *const plain_cells[] = { "2027-01-01", "1" };
    campaign_table *targets = make_targets(), *orders = TABLE(columns, cells), *daily = TABLE(sales_columns, cells);
    campaign_table *bare = TABLE(bare_columns, bare_cells), *plain = TABLE(plain_columns, plain_cells);
    campaign_kpi_plan plan = CAMPAIGN_KPI_PLAN_INIT;
    campaign_kpi_actuals actuals = CAMPAIGN_KPI_ACTUALS_INIT;
    plan.targets = targets;
    assert_fails(&plan, &actuals, NULL, CAMPAIGN_E_ARGUMENT, "required");
    actuals.orders = orders;
    actuals.daily = daily;
    assert_fails(&plan, &actuals, NULL, CAMPAIGN_E_DUPLICATE, "sales");
    actuals.orders = NULL;
    actuals.daily = bare;
    assert_fails(&plan, &actuals, NULL, CAMPAIGN_E_COLUMN, "visits");
    actuals.orders = plain;
    actuals.daily = NULL;
    assert_fails(&plan, &actuals, NULL, CAMPAIGN_E_COLUMN, "its unit, major or minor");
    plan.targets = orders;
    assert_fails(&plan, &actuals, NULL, CAMPAIGN_E_COLUMN, "targets.level");
    campaign_table_free(plain);
    campaign_table_free(bare);
    campaign_table_free(daily);
    campaign_table_free(orders);
    campaign_table_free(targets);
}

/* A year's sheet with figures for January and empty cells to come is judged at the end of January. */
static void test_rows_of_nulls_are_no_figures(void **state)
{
    (void)state;
    static const char *const columns[] = { "date:d", "sales:m", "visits:i" };
    static const char *const cells[] = { "2027-01-01", "100.00", "", "2027-01-02", "", "9",
                                         "2027-01-03", "",       "", "2027-01-10", "", "" };
    campaign_table *targets = make_targets(), *daily = TABLE(columns, cells);
    campaign_kpi_plan plan = CAMPAIGN_KPI_PLAN_INIT;
    campaign_kpi_actuals actuals = CAMPAIGN_KPI_ACTUALS_INIT;
    plan.targets = targets;
    actuals.daily = daily;
    campaign_kpi_evaluation evaluation = judge(&plan, &actuals, "", NULL);
    assert_int_equal(evaluation.as_of_day, cpn_day_from_civil(2027, 1, 2));
    campaign_kpi_evaluation_clear(&evaluation);
    campaign_table_free(daily);
    campaign_table_free(targets);
}

/* Two lines of order 1, two without an order, one return without an order: three orders. */
static void test_line_without_an_order_counts_alone(void **state)
{
    (void)state;
    static const char *const columns[] = { "date:d", "amount:m", "order:i" };
    static const char *const cells[] = { "2027-01-01", "5.00",       "1",          "2027-01-01", "5.00",
                                         "1",          "2027-01-02", "5.00",       "",           "2027-01-02",
                                         "5.00",       "",           "2027-01-02", "-5.00",      "" };
    campaign_table *targets = make_targets(), *orders = TABLE(columns, cells);
    campaign_kpi_plan plan = CAMPAIGN_KPI_PLAN_INIT;
    campaign_kpi_actuals actuals = CAMPAIGN_KPI_ACTUALS_INIT;
    plan.targets = targets;
    actuals.orders = orders;
    campaign_kpi_evaluation evaluation = judge(&plan, &actuals, "", NULL);
    assert_near(float_at(evaluation.metrics, "value", find_row(evaluation.metrics, "metric", "orders", NULL, NULL)), 3);
    campaign_kpi_evaluation_clear(&evaluation);
    campaign_table_free(orders);
    campaign_table_free(targets);
}

static void test_budget_must_be_in_the_money_of_the_targets(void **state)
{
    (void)state;
    static const char *const columns[] = { "date:d", "amount:m" };
    static const char *const cells[] = { "2027-01-01", "1.00" };
    static const char *const budget_columns[] = { "campaign:t", "amount:m" };
    static const char *const negative_cells[] = { "", "-1.00" };
    campaign_error error;
    campaign_table_builder *builder;
    campaign_table *targets = make_targets(), *spend = TABLE(columns, cells), *dollars;
    campaign_table *negative = TABLE(budget_columns, negative_cells);
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "campaign", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "amount", CAMPAIGN_TYPE_MONEY, "USD", &error), error);
    assert_ok(campaign_table_builder_append_null(builder, 0, &error), error);
    assert_ok(campaign_table_builder_append_int64(builder, 1, 100, &error), error);
    assert_ok(campaign_table_builder_finish(&dollars, builder, &error), error);
    campaign_table_builder_free(builder);
    campaign_kpi_plan plan = CAMPAIGN_KPI_PLAN_INIT;
    campaign_kpi_actuals actuals = CAMPAIGN_KPI_ACTUALS_INIT;
    plan.targets = targets;
    actuals.spend = spend;
    plan.budget = dollars;
    assert_fails(&plan, &actuals, NULL, CAMPAIGN_E_COLUMN, "USD");
    plan.budget = negative;
    assert_fails(&plan, &actuals, NULL, CAMPAIGN_E_VALUE, "negative");
    campaign_table_free(negative);
    campaign_table_free(dollars);
    campaign_table_free(spend);
    campaign_table_free(targets);
}

/* The sum passes 2^63 - 1 on the way in one order of the rows and not in the other: both give the same answer. */
static void test_overflow_does_not_depend_on_the_order_of_rows(void **state)
{
    (void)state;
    static const char *const columns[] = { "date:d", "amount:m" };
    static const char *const up[] = {
        "2027-01-01", "92233720368547758.07", "2027-01-01", "0.01", "2027-01-01", "-0.01"
    };
    static const char *const down[] = { "2027-01-01", "92233720368547758.07", "2027-01-01",
                                        "-0.01",      "2027-01-01",           "0.01" };
    campaign_table *targets = make_targets(), *first = TABLE(columns, up), *second = TABLE(columns, down);
    campaign_kpi_plan plan = CAMPAIGN_KPI_PLAN_INIT;
    campaign_kpi_actuals actuals = CAMPAIGN_KPI_ACTUALS_INIT;
    plan.targets = targets;
    actuals.spend = first;
    assert_fails(&plan, &actuals, NULL, CAMPAIGN_E_OVERFLOW, "spend");
    actuals.spend = second;
    assert_fails(&plan, &actuals, NULL, CAMPAIGN_E_OVERFLOW, "spend");
    campaign_table_free(second);
    campaign_table_free(first);
    campaign_table_free(targets);
}

static void test_options_are_checked(void **state)
{
    (void)state;
    static const char *const columns[] = { "date:d", "amount:m" };
    static const char *const cells[] = { "2027-01-01", "1.00" };
    campaign_table *targets = make_targets(), *orders = TABLE(columns, cells);
    campaign_kpi_plan plan = CAMPAIGN_KPI_PLAN_INIT;
    campaign_kpi_actuals actuals = CAMPAIGN_KPI_ACTUALS_INIT;
    campaign_kpi_options options = CAMPAIGN_KPI_OPTIONS_INIT;
    plan.targets = targets;
    actuals.orders = orders;
    options.day_starts_at_minutes = 1440;
    assert_fails(&plan, &actuals, &options, CAMPAIGN_E_ARGUMENT, "1439");
    options = (campaign_kpi_options)CAMPAIGN_KPI_OPTIONS_INIT;
    options.has_deviation = 1;
    assert_fails(&plan, &actuals, &options, CAMPAIGN_E_ARGUMENT, "deviation");
    options = (campaign_kpi_options)CAMPAIGN_KPI_OPTIONS_INIT;
    options.language = "fr";
    assert_fails(&plan, &actuals, &options, CAMPAIGN_E_UNKNOWN, "fr");
    options = (campaign_kpi_options)CAMPAIGN_KPI_OPTIONS_INIT;
    options.amount = "金额";
    assert_fails(&plan, &actuals, &options, CAMPAIGN_E_COLUMN, "金额");
    options = (campaign_kpi_options)CAMPAIGN_KPI_OPTIONS_INIT;
    options.size = 0;
    assert_fails(&plan, &actuals, &options, CAMPAIGN_E_ARGUMENT, "size");
    options = (campaign_kpi_options)CAMPAIGN_KPI_OPTIONS_INIT;
    options.reserved = 1;
    assert_fails(&plan, &actuals, &options, CAMPAIGN_E_ARGUMENT, "reserved");
    plan.reserved = 1;
    assert_fails(&plan, &actuals, NULL, CAMPAIGN_E_ARGUMENT, "reserved");
    plan.reserved = 0;
    actuals.reserved_pointer = orders;
    assert_fails(&plan, &actuals, NULL, CAMPAIGN_E_ARGUMENT, "reserved");
    campaign_table_free(orders);
    campaign_table_free(targets);
}

static void test_bad_targets_are_refused(void **state)
{
    (void)state;
    static const char *const columns[] = { "level:t", "period:t", "start:d", "end:d", "target:m" };
    static const char *const negative[] = { "year", "2027", "2027-01-01", "2028-01-01", "-1.00" };
    static const char *const backwards[] = { "year", "2027", "2027-01-01", "2027-01-01", "1.00" };
    static const char *const outside[] = { "year", "2027",  "2027-01-01", "2027-01-31", "1.00",
                                           "day",  "later", "2027-02-01", "2027-02-02", "1.00" };
    static const char *const endless[] = { "year", "2027", "1827-01-01", "2027-01-01", "1.00" };
    static const char *const unnamed[] = { "", "2027", "2027-01-01", "2028-01-01", "1.00" };
    static const char *const order_columns[] = { "date:d", "amount:m" };
    static const char *const order_cells[] = { "2027-01-01", "1.00" };
    static const struct {
        const char *const *cells;
        int64_t n;
        campaign_status code;
    } cases[] = { { negative, 1, CAMPAIGN_E_VALUE },  { backwards, 1, CAMPAIGN_E_VALUE },
                  { outside, 2, CAMPAIGN_E_VALUE },   { endless, 1, CAMPAIGN_E_LIMIT },
                  { unnamed, 1, CAMPAIGN_E_MISSING }, { NULL, 0, CAMPAIGN_E_MISSING } };
    campaign_table *orders = TABLE(order_columns, order_cells);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        campaign_table *targets = make_table(columns, 5, cases[i].cells, cases[i].n);
        campaign_kpi_plan plan = CAMPAIGN_KPI_PLAN_INIT;
        campaign_kpi_actuals actuals = CAMPAIGN_KPI_ACTUALS_INIT;
        plan.targets = targets;
        actuals.orders = orders;
        assert_fails(&plan, &actuals, NULL, cases[i].code, "target");
        campaign_table_free(targets);
    }
    campaign_table_free(orders);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_metrics_say_why_they_are_not_available),
        cmocka_unit_test(test_targets_say_why_they_are_not_judged),
        cmocka_unit_test(test_figures_outside_the_plan_are_counted),
        cmocka_unit_test(test_no_rows_judge_nothing),
        cmocka_unit_test(test_nulls_are_refused_or_counted),
        cmocka_unit_test(test_figures_must_come_from_one_table),
        cmocka_unit_test(test_rows_of_nulls_are_no_figures),
        cmocka_unit_test(test_line_without_an_order_counts_alone),
        cmocka_unit_test(test_budget_must_be_in_the_money_of_the_targets),
        cmocka_unit_test(test_overflow_does_not_depend_on_the_order_of_rows),
        cmocka_unit_test(test_options_are_checked),
        cmocka_unit_test(test_bad_targets_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
