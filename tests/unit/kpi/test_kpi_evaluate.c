/* The evaluation on figures small enough to check by hand: ten days of 100.00, judged after six of them. */
#include "judging.h"

static const char *const order_columns[] = { "date:d", "amount:m", "order:t", "product_line:t" };
/* a: 120 + 130 - 20; b: 90; without line: 40. Orders 1 to 4; order 1 has two lines, order 3 was returned in part. */
static const char *const order_cells[] = {
    "2027-01-01", "100.00", "1", "a", "2027-01-01", "20.00",  "1", "a", "2027-01-03", "130.00", "2", "a",
    "2027-01-04", "90.00",  "3", "b", "2027-01-05", "-20.00", "3", "a", "2027-01-06", "40.00",  "4", "",
    "2027-01-08", "500.00", "5", "b",
};

static void test_attainment_is_against_the_days_so_far(void **state)
{
    (void)state;
    campaign_table *targets = make_targets(), *orders = TABLE(order_columns, order_cells);
    campaign_kpi_plan plan = CAMPAIGN_KPI_PLAN_INIT;
    campaign_kpi_actuals actuals = CAMPAIGN_KPI_ACTUALS_INIT;
    plan.targets = targets;
    actuals.orders = orders;
    campaign_kpi_evaluation evaluation = judge(&plan, &actuals, "2027-01-06", NULL);
    const campaign_table *rows = evaluation.attainment;
    /* To date 6 × 100; sales 100 + 20 + 130 + 90 - 20 + 40 = 360. */
    assert_true(cell_is(rows, "target_to_date", 0, "600.00"));
    assert_true(cell_is(rows, "actual", 0, "360.00"));
    assert_near(float_at(rows, "attainment", 0), 0.6);
    assert_true(cell_is(rows, "status", 0, "behind"));
    /* The first half is over: 320 of 500. The second has run one day: 40 of 100. */
    assert_true(cell_is(rows, "target_to_date", 1, "500.00"));
    assert_true(cell_is(rows, "actual", 1, "320.00"));
    assert_true(cell_is(rows, "target_to_date", 2, "100.00"));
    assert_true(cell_is(rows, "actual", 2, "40.00"));
    /* Six tenths of 600 and of 400. */
    assert_true(cell_is(rows, "target_to_date", 3, "360.00"));
    assert_true(cell_is(rows, "actual", 3, "230.00"));
    assert_true(cell_is(rows, "target_to_date", 4, "240.00"));
    assert_true(cell_is(rows, "actual", 4, "90.00"));
    assert_true(find_row(evaluation.notes, "code", "rows_unknown", "n", "1") >= 0); /* the line without product_line */
    assert_true(find_row(evaluation.notes, "code", "rows_after", "n", "1") >= 0);
    campaign_kpi_evaluation_clear(&evaluation);
    campaign_table_free(orders);
    campaign_table_free(targets);
}

static void test_metrics_are_ratios_of_sums(void **state)
{
    (void)state;
    static const char *const daily_columns[] = { "date:d", "visits:i", "new_customers:i" };
    static const char *const daily_cells[] = { "2027-01-02", "30", "1", "2027-01-05", "10", "1" };
    static const char *const spend_columns[] = { "date:d", "amount:m" };
    static const char *const spend_cells[] = { "2027-01-02", "60.00", "2027-01-03", "40.00" };
    campaign_table *targets = make_targets(), *orders = TABLE(order_columns, order_cells);
    campaign_table *daily = TABLE(daily_columns, daily_cells), *spend = TABLE(spend_columns, spend_cells);
    campaign_kpi_plan plan = CAMPAIGN_KPI_PLAN_INIT;
    campaign_kpi_actuals actuals = CAMPAIGN_KPI_ACTUALS_INIT;
    plan.targets = targets;
    actuals.orders = orders;
    actuals.daily = daily;
    actuals.spend = spend;
    campaign_kpi_evaluation evaluation = judge(&plan, &actuals, "2027-01-06", NULL);
    const campaign_table *metrics = evaluation.metrics;
    static const struct {
        const char *metric;
        double numerator, denominator, value;
    } expected[] = {
        { "order_value", 380, 4, 95 }, /* gross sales over orders 1 to 4 */
        { "conversion", 4, 40, 0.1 },  /* orders over visits */
        { "refund_rate", 20, 380, 20.0 / 380 }, { "cpa", 100, 2, 50 }, { "roi", 360, 100, 3.6 },
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const int64_t row = find_row(metrics, "metric", expected[i].metric, NULL, NULL);
        assert_near(float_at(metrics, "numerator", row), expected[i].numerator);
        assert_near(float_at(metrics, "denominator", row), expected[i].denominator);
        assert_near(float_at(metrics, "value", row), expected[i].value);
        assert_true(cell_is(metrics, "status", row, "no_target"));
    }
    assert_near(float_at(metrics, "attainment", find_row(metrics, "metric", "sales", NULL, NULL)), 0.6);
    campaign_kpi_evaluation_clear(&evaluation);
    campaign_table_free(spend);
    campaign_table_free(daily);
    campaign_table_free(orders);
    campaign_table_free(targets);
}

/* Review of a market campaign: leads 36 of 30, orders 18 of 15, return 3.5 of 3; so 120 %, 120 %, 116.67 %, and a
 * conversion of 18 / 36 against 15 / 30: attained to 100 %. */
static void test_review_of_a_campaign(void **state)
{
    (void)state;
    static const char *const target_columns[] = { "level:t", "period:t", "start:d", "end:d", "target:m" };
    static const char *const target_cells[] = { "year", "2026", "2026-09-28", "2026-10-17", "470000.00" };
    static const char *const metric_columns[] = { "metric:t", "target:f" };
    static const char *const metric_cells[] = { "visits", "30", "orders", "15", "conversion", "0.5", "roi", "3" };
    static const char *const daily_columns[] = { "date:d", "leads:i", "orders:i", "sales:m", "spend:m" };
    static const char *const daily_cells[] = {
        "2026-10-08", "20", "8", "350000.00", "100000.00", "2026-10-16", "16", "10", "140000.00", "40000.00",
    };
    campaign_table *targets = TABLE(target_columns, target_cells), *metrics = TABLE(metric_columns, metric_cells);
    campaign_table *daily = TABLE(daily_columns, daily_cells);
    campaign_kpi_plan plan = CAMPAIGN_KPI_PLAN_INIT;
    campaign_kpi_actuals actuals = CAMPAIGN_KPI_ACTUALS_INIT;
    campaign_kpi_options options = CAMPAIGN_KPI_OPTIONS_INIT;
    plan.targets = targets;
    plan.metrics = metrics;
    actuals.daily = daily;
    options.visits = "leads";
    campaign_kpi_evaluation evaluation = judge(&plan, &actuals, "", &options);
    const campaign_table *rows = evaluation.metrics;
    assert_int_equal(evaluation.as_of_day, cpn_day_from_civil(2026, 10, 16));
    assert_near(float_at(rows, "attainment", find_row(rows, "metric", "visits", NULL, NULL)), 1.2);
    assert_near(float_at(rows, "attainment", find_row(rows, "metric", "orders", NULL, NULL)), 1.2);
    assert_near(float_at(rows, "attainment", find_row(rows, "metric", "roi", NULL, NULL)), 3.5 / 3);
    const int64_t conversion = find_row(rows, "metric", "conversion", NULL, NULL);
    assert_near(float_at(rows, "value", conversion), 0.5);
    assert_near(float_at(rows, "attainment", conversion), 1);
    assert_true(cell_is(rows, "status", conversion, "on_track"));
    /* 20 % above is an alert, 16.67 % is not. */
    assert_true(find_row(evaluation.alerts, "metric", "visits", "status", "ahead") >= 0);
    assert_true(find_row(evaluation.alerts, "metric", "orders", "status", "ahead") >= 0);
    assert_true(find_row(evaluation.alerts, "metric", "roi", NULL, NULL) < 0);
    campaign_kpi_evaluation_clear(&evaluation);
    campaign_table_free(daily);
    campaign_table_free(metrics);
    campaign_table_free(targets);
}

static void test_pace_tells_where_the_period_closes(void **state)
{
    (void)state;
    static const char *const target_columns[] = { "level:t", "period:t", "start:d", "end:d", "target:m" };
    static const char *const target_cells[] = {
        "year",       "2027",    "2027-01-01", "2027-03-01", "5900.00",    "month",      "2027-01", "2027-01-01",
        "2027-02-01", "3100.00", "month",      "2027-02",    "2027-02-01", "2027-03-01", "2800.00",
    };
    static const char *const daily_columns[] = { "date:d", "sales:m" };
    static const char *const daily_cells[] = { "2027-01-20", "3000.00", "2027-02-07", "350.00" };
    campaign_table *targets = TABLE(target_columns, target_cells), *daily = TABLE(daily_columns, daily_cells);
    campaign_kpi_plan plan = CAMPAIGN_KPI_PLAN_INIT;
    campaign_kpi_actuals actuals = CAMPAIGN_KPI_ACTUALS_INIT;
    plan.targets = targets;
    actuals.daily = daily;
    campaign_kpi_evaluation evaluation = judge(&plan, &actuals, "", NULL);
    const campaign_table *pace = evaluation.pace;
    assert_int_equal(campaign_table_n_rows(pace), 2); /* January is over */
    const int64_t month = find_row(pace, "period", "2027-02", NULL, NULL);
    assert_true(cell_is(pace, "expected", month, "700.00")); /* seven of 28 days */
    assert_true(cell_is(pace, "actual", month, "350.00"));
    assert_true(cell_is(pace, "gap", month, "-350.00"));
    assert_near(float_at(pace, "pace", month), 0.5);
    assert_true(cell_is(pace, "forecast", month, "1400.00"));
    assert_near(float_at(pace, "forecast_attainment", month), 0.5);
    assert_true(cell_is(pace, "days_left", month, "21"));
    assert_true(cell_is(pace, "needed_per_day", month, "116.67")); /* 2450 / 21 = 116.666…, rounded up */
    const int64_t year = find_row(pace, "period", "2027", NULL, NULL);
    assert_true(cell_is(pace, "expected", year, "3800.00"));
    assert_true(cell_is(pace, "forecast", year, "5201.32")); /* 3350 × 5900 / 3800 = 5201.3157… */
    campaign_kpi_evaluation_clear(&evaluation);
    campaign_table_free(daily);
    campaign_table_free(targets);
}

static void test_campaigns_phases_and_budget_are_judged(void **state)
{
    (void)state;
    static const char *const campaign_columns[] = { "campaign:t", "name:t", "start:d", "end:d", "target:m" };
    static const char *const campaign_cells[] = { "launch", "上市", "2027-01-03", "2027-01-07", "400.00" };
    static const char *const phase_columns[] = { "campaign:t", "phase:t", "start:d", "end:d", "target:m" };
    static const char *const phase_cells[] = { "launch", "preheat", "2027-01-03", "2027-01-05", "200.00",
                                               "launch", "burst",   "2027-01-05", "2027-01-07", "200.00" };
    static const char *const budget_columns[] = { "group:t", "campaign:t", "name:t", "amount:m" };
    static const char *const budget_cells[] = { "contingency", "",       "Contingency", "10.00",
                                                "proven",      "launch", "Launch",      "50.00" };
    static const char *const spend_columns[] = { "date:d", "amount:m", "campaign:t" };
    static const char *const spend_cells[] = { "2027-01-03", "40.00",      "launch", "2027-01-03", "20.00",
                                               "上市",       "2027-01-03", "5.00",   "other" };
    campaign_table *targets = make_targets(), *orders = TABLE(order_columns, order_cells);
    campaign_table *campaigns = TABLE(campaign_columns, campaign_cells), *phases = TABLE(phase_columns, phase_cells);
    campaign_table *budget = TABLE(budget_columns, budget_cells), *spend = TABLE(spend_columns, spend_cells);
    campaign_kpi_plan plan = CAMPAIGN_KPI_PLAN_INIT;
    campaign_kpi_actuals actuals = CAMPAIGN_KPI_ACTUALS_INIT;
    plan.targets = targets;
    plan.campaigns = campaigns;
    plan.phases = phases;
    plan.budget = budget;
    actuals.orders = orders;
    actuals.spend = spend;
    campaign_kpi_evaluation evaluation = judge(&plan, &actuals, "2027-01-05", NULL);
    const campaign_table *rows = evaluation.attainment;
    const int64_t campaign = find_row(rows, "level", "campaign", NULL, NULL);
    assert_true(cell_is(rows, "target_to_date", campaign, "300.00")); /* three days of four */
    assert_true(cell_is(rows, "actual", campaign, "200.00"));         /* 130 + 90 - 20 */
    const int64_t burst = find_row(rows, "level", "phase", "phase", "burst");
    assert_true(cell_is(rows, "target_to_date", burst, "100.00"));
    assert_true(cell_is(rows, "actual", burst, "-20.00"));
    assert_true(cell_is(rows, "actual", find_row(rows, "level", "budget", NULL, NULL), "65.00"));
    const int64_t line = find_row(rows, "level", "budget_line", NULL, NULL);
    assert_true(cell_is(rows, "actual", line, "60.00"));
    assert_near(float_at(rows, "attainment", line), 1.2);
    assert_true(cell_is(rows, "status", line, "over"));
    assert_true(find_row(evaluation.alerts, "metric", "spend", "action", "pause_non_core") >= 0);
    assert_true(find_row(evaluation.notes, "code", "rows_unknown", "subject", "campaign") >= 0);
    campaign_kpi_evaluation_clear(&evaluation);
    campaign_table_free(spend);
    campaign_table_free(budget);
    campaign_table_free(phases);
    campaign_table_free(campaigns);
    campaign_table_free(orders);
    campaign_table_free(targets);
}

/* Two campaigns overlap on 01-05 and 01-06, which count for the burst: neither has the other's figures. */
static void test_a_day_counts_for_one_campaign(void **state)
{
    (void)state;
    static const char *const campaign_columns[] = { "campaign:t", "name:t", "start:d", "end:d", "target:m" };
    static const char *const campaign_cells[] = { "launch", "上市", "2027-01-03", "2027-01-07", "200.00",
                                                  "fair",   "展会", "2027-01-05", "2027-01-07", "200.00" };
    static const char *const curve_columns[] = { "campaign:t", "date:d", "target:m" };
    static const char *const curve_cells[] = { "launch", "2027-01-03", "100.00", "launch", "2027-01-04", "100.00",
                                               "launch", "2027-01-05", "0.00",   "launch", "2027-01-06", "0.00",
                                               "fair",   "2027-01-05", "100.00", "fair",   "2027-01-06", "100.00" };
    campaign_table *targets = make_targets(), *orders = TABLE(order_columns, order_cells);
    campaign_table *campaigns = TABLE(campaign_columns, campaign_cells), *curve = TABLE(curve_columns, curve_cells);
    campaign_kpi_plan plan = CAMPAIGN_KPI_PLAN_INIT;
    campaign_kpi_actuals actuals = CAMPAIGN_KPI_ACTUALS_INIT;
    plan.targets = targets;
    plan.campaigns = campaigns;
    plan.curve = curve;
    actuals.orders = orders;
    campaign_kpi_evaluation evaluation = judge(&plan, &actuals, "2027-01-05", NULL);
    const campaign_table *rows = evaluation.attainment;
    const int64_t launch = find_row(rows, "level", "campaign", "campaign", "launch");
    const int64_t fair = find_row(rows, "level", "campaign", "campaign", "fair");
    assert_true(cell_is(rows, "target_to_date", launch, "200.00")); /* its two days are over */
    assert_true(cell_is(rows, "actual", launch, "220.00"));         /* 130 + 90 */
    assert_true(cell_is(rows, "target_to_date", fair, "100.00"));
    assert_true(cell_is(rows, "actual", fair, "-20.00"));
    campaign_kpi_evaluation_clear(&evaluation);
    campaign_table_free(curve);
    campaign_table_free(campaigns);
    campaign_table_free(orders);
    campaign_table_free(targets);
}

/* Exactly 20 % off is an alert, a fen less is not; both ways. */
static void test_alert_begins_at_its_limit(void **state)
{
    (void)state;
    static const char *const target_columns[] = { "level:t", "period:t", "start:d", "end:d", "target:m" };
    static const char *const target_cells[] = { "month", "2027-01", "2027-01-01", "2027-02-01", "1000.00" };
    static const char *const daily_columns[] = { "date:d", "sales:m" };
    static const struct {
        const char *sales, *status;
        int64_t n_alerts;
    } cases[] = { { "800.00", "behind", 1 }, { "800.01", "on_track", 0 }, { "1199.99", "on_track", 0 },
                  { "1200.00", "ahead", 1 }, { "0.00", "behind", 1 },     { "-5.00", "behind", 1 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const daily_cells[] = { "2027-01-31", cases[i].sales };
        campaign_table *targets = TABLE(target_columns, target_cells), *daily = TABLE(daily_columns, daily_cells);
        campaign_kpi_plan plan = CAMPAIGN_KPI_PLAN_INIT;
        campaign_kpi_actuals actuals = CAMPAIGN_KPI_ACTUALS_INIT;
        plan.targets = targets;
        actuals.daily = daily;
        campaign_kpi_evaluation evaluation = judge(&plan, &actuals, "", NULL);
        assert_true(cell_is(evaluation.attainment, "status", 0, cases[i].status));
        assert_int_equal(campaign_table_n_rows(evaluation.alerts), cases[i].n_alerts);
        campaign_kpi_evaluation_clear(&evaluation);
        campaign_table_free(daily);
        campaign_table_free(targets);
    }
}

static void test_alerts_stand_by_size(void **state)
{
    (void)state;
    static const char *const target_columns[] = { "level:t", "period:t", "start:d", "end:d", "target:m", "market:t" };
    static const char *const target_cells[] = {
        "year",       "2027",       "2027-01-01", "2027-02-01", "1000.00",    "",           "market",     "2027",
        "2027-01-01", "2027-02-01", "300.00",     "n",          "market",     "2027",       "2027-01-01", "2027-02-01",
        "699.50",     "s",          "market",     "2027",       "2027-01-01", "2027-02-01", "0.50",       "w",
    };
    static const char *const order_columns_[] = { "date:d", "amount:m", "market:t" };
    static const char *const order_cells_[] = { "2027-01-31", "200.00", "n", "2027-01-31", "900.00", "s" };
    campaign_table *targets = TABLE(target_columns, target_cells), *orders = TABLE(order_columns_, order_cells_);
    campaign_kpi_plan plan = CAMPAIGN_KPI_PLAN_INIT;
    campaign_kpi_actuals actuals = CAMPAIGN_KPI_ACTUALS_INIT;
    plan.targets = targets;
    actuals.orders = orders;
    campaign_kpi_evaluation evaluation = judge(&plan, &actuals, "", NULL);
    /* s is 200.50 above, n 100.00 below; w has nothing of 0.50, which is below 0.1 % of the year. */
    assert_int_equal(campaign_table_n_rows(evaluation.alerts), 2);
    assert_true(cell_is(evaluation.alerts, "market", 0, "s"));
    assert_true(cell_is(evaluation.alerts, "impact", 0, "200.50"));
    assert_true(cell_is(evaluation.alerts, "action", 0, "secure_stock"));
    assert_true(cell_is(evaluation.alerts, "market", 1, "n"));
    assert_true(cell_is(evaluation.alerts, "action", 1, "emergency_response"));
    campaign_kpi_evaluation_clear(&evaluation);
    campaign_table_free(orders);
    campaign_table_free(targets);
}

/* Two months of 31,000 and 28,000: visits of 5,900 for both are 2,800 for February. The year converts 450 of 6,000,
 * February 150 of 3,000, half of its target. January is over and has no row of its own. */
static void test_metrics_of_the_month_that_runs(void **state)
{
    (void)state;
    static const char *const target_columns[] = { "level:t", "period:t", "start:d", "end:d", "target:m" };
    static const char *const target_cells[] = {
        "year",       "2027",     "2027-01-01", "2027-03-01", "59000.00",   "month",      "2027-01",  "2027-01-01",
        "2027-02-01", "31000.00", "month",      "2027-02",    "2027-02-01", "2027-03-01", "28000.00",
    };
    static const char *const metric_columns[] = { "metric:t", "target:f" };
    static const char *const metric_cells[] = { "conversion", "0.1", "visits", "5900" };
    static const char *const daily_columns[] = { "date:d", "visits:i", "conversions:i" };
    static const char *const daily_cells[] = { "2027-01-31", "3000", "300", "2027-02-28", "3000", "150" };
    campaign_table *targets = TABLE(target_columns, target_cells), *metrics = TABLE(metric_columns, metric_cells);
    campaign_table *daily = TABLE(daily_columns, daily_cells);
    campaign_kpi_plan plan = CAMPAIGN_KPI_PLAN_INIT;
    campaign_kpi_actuals actuals = CAMPAIGN_KPI_ACTUALS_INIT;
    plan.targets = targets;
    plan.metrics = metrics;
    actuals.daily = daily;

    campaign_kpi_evaluation evaluation = judge(&plan, &actuals, "2027-02-28", NULL);

    const campaign_table *rows = evaluation.metrics;
    assert_near(float_at(rows, "value", find_row(rows, "metric", "conversion", "period", "2027")), 0.075);
    const int64_t conversion = find_row(rows, "metric", "conversion", "period", "2027-02");
    assert_true(cell_is(rows, "level", conversion, "month"));
    assert_near(float_at(rows, "value", conversion), 0.05);
    assert_near(float_at(rows, "deviation", conversion), -0.5);
    const int64_t visits = find_row(rows, "metric", "visits", "period", "2027-02");
    assert_near(float_at(rows, "target", visits), 2800);
    assert_near(float_at(rows, "target_to_date", visits), 2800);
    assert_near(float_at(rows, "attainment", visits), 3000.0 / 2800);
    assert_true(find_row(rows, "metric", "visits", "period", "2027-01") < 0);
    const int64_t alert = find_row(evaluation.alerts, "metric", "conversion", "period", "2027-02");
    assert_true(cell_is(evaluation.alerts, "text", alert,
                        "Conversion of 2027-02 is 50.0 percent below its target (0.050 of 0.100): strengthen the offer "
                        "where it falls behind."));
    campaign_kpi_evaluation_clear(&evaluation);
    campaign_table_free(daily);
    campaign_table_free(metrics);
    campaign_table_free(targets);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_attainment_is_against_the_days_so_far),
        cmocka_unit_test(test_metrics_are_ratios_of_sums),
        cmocka_unit_test(test_review_of_a_campaign),
        cmocka_unit_test(test_pace_tells_where_the_period_closes),
        cmocka_unit_test(test_campaigns_phases_and_budget_are_judged),
        cmocka_unit_test(test_a_day_counts_for_one_campaign),
        cmocka_unit_test(test_metrics_of_the_month_that_runs),
        cmocka_unit_test(test_alert_begins_at_its_limit),
        cmocka_unit_test(test_alerts_stand_by_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
