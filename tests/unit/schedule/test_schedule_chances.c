/* How likely the end is: against textbooks, closed forms, and over Spring Festival. */
#include "net_cases.h"

#include <math.h>

#include "base/memory.h"
#include "schedule/beta.h"

static const char foundry[] = "task:t,optimistic:f,likely:f,pessimistic:f,after:t\n"
                              "A,1,2,3,\nB,2,3,4,\nC,1,2,3,A\nD,2,4,6,A; B\nE,1,4,7,C\nF,1,2,9,C\nG,3,4,11,D; E\n"
                              "H,1,2,3,F; G\n";

/* Render, Stair and Hanna, Quantitative Analysis for Management: P(end within 16 weeks) = 0.7146 by the table of the
 * normal distribution, 19.103 weeks with 99 %. */
static void test_the_foundry(void **state)
{
    (void)state;
    net_call call;
    start_call(&call, foundry, NULL);
    call.options.has_target = 1, call.options.target_units = 16;
    assert_ok(run_call(&call), call.error);
    const campaign_table *summary = call.report.summary;
    assert_near(float_cell(summary, "path_variance", 0), 112.0 / 36, 1e-12);
    assert_near(float_cell(summary, "target_on_path", 0), 0.7146, 5e-5);
    assert_near(float_cell(summary, "safe_on_path", 0), 19.103, 5e-4);
    assert_int_equal(call.report.n_samples, 10000);
    const double all = float_cell(summary, "target_all_paths", 0), error = float_cell(summary, "sampling_error", 0);
    assert_near(error, sqrt(all * (1 - all) / 10000), 1e-12);
    /* Another path that is one week shorter merges, so that all paths are less likely to be in time. */
    assert_true(all < 0.7146 && all > 0.5);
    assert_cell(call.report.estimates, "is_on_path", 0, "true");
    assert_cell(call.report.estimates, "is_on_path", 5, "false");
    assert_near(float_cell(call.report.estimates, "criticality", 7), 1, 0); /* H ends every path */
    assert_near(float_cell(call.report.estimates, "mean", 6), 5, 1e-12);
    end_call(&call);
}

/* Chances of one task, and of two side by side, with n_samples. */
static double drawn_chance(const char *tasks, double target)
{
    net_call call;
    start_call(&call, tasks, NULL);
    call.options.n_samples = 40000, call.options.seed = 7;
    call.options.has_target = 1, call.options.target_units = target;
    assert_ok(run_call(&call), call.error);
    const double chance = float_cell(call.report.summary, "target_all_paths", 0);
    end_call(&call);
    return chance;
}

/* Beta(3, 3): F(x) = x³ (10 - 15 x + 6 x²); two side by side are in time together with F². Beta(1, 5): 1 - (1 - x)^5. Four
 * standard errors of 40,000 samples are 0.01. */
static void test_paths_that_merge(void **state)
{
    (void)state;
    static const char one[] = "task:t,optimistic:f,likely:f,pessimistic:f\na,0,5,10\n";
    static const char two[] = "task:t,optimistic:f,likely:f,pessimistic:f\na,0,5,10\nb,0,5,10\n";
    static const char skewed[] = "task:t,optimistic:f,likely:f,pessimistic:f\na,2,2,12\n";
    for (double x = 0.2; x < 0.9; x += 0.15) {
        const double share = x * x * x * (10 - 15 * x + 6 * x * x);
        assert_near(drawn_chance(one, 10 * x), share, 0.01);
        assert_near(drawn_chance(two, 10 * x), share * share, 0.01);
        assert_near(drawn_chance(skewed, 2 + 10 * x), 1 - pow(1 - x, 5), 0.01);
    }
}

/* Beta(2, 4) and its mirror: F(x) = 1 - (1 - x)^5 - 5 x (1 - x)^4; and Beta(1.5, 4.5) by its mean, 0.25. */
static void test_quantiles_of_the_beta_distribution(void **state)
{
    (void)state;
    cpn_beta beta;
    assert_int_equal(cpn_beta_open(&beta), CAMPAIGN_OK);
    double mean = 0;
    for (int32_t i = 0; i < 1000; i++) {
        const double share = (i + 0.5) / 1000;
        const double x = cpn_beta_quantile(&beta, 0.25, share), y = 1 - x;
        assert_near(1 - pow(y, 5) - 5 * x * pow(y, 4), share,
                    i == 0 || i == 999 ? 5e-4 : 1e-4); /* cells of 1 / 1024 are straight */
        assert_near(cpn_beta_quantile(&beta, 0.75, 1 - share), 1 - x, 1e-6);
        mean += cpn_beta_quantile(&beta, 0.125, share) / 1000;
    }
    assert_near(mean, 0.25, 1e-4);
    assert_near(cpn_beta_quantile(&beta, 0, 0), 0, 0);
    assert_near(cpn_beta_quantile(&beta, 1, 1), 1, 0);
    assert_near(cpn_normal_quantile(0.99), 2.3263478740408408, 1e-12);
    cpn_free(beta.quantiles);
}

static const char festival[] = "task:t,optimistic:f,likely:f,pessimistic:f,after:t,due:d\n"
                               "survey,3,5,7,,\nmaterials,2,3,4,survey,\nbooth,1,2,3,materials,2026-02-28\n";

/* Ten working days from 9 February 2026: six before the holiday, 14 February being worked, four after it. The variance is
 * (16 + 4 + 4) / 36 = 2 / 3. 28 February is the eleventh: Φ(1 / 0.8165) = 0.88966. A day within the holiday is the sixth.
 * 99 % take 10 + 2.3263 × 0.8165 = 11.90 days: the twelfth is 2 March. */
static void test_working_days_across_spring_festival(void **state)
{
    (void)state;
    net_call call;
    start_call(&call, festival, "2026-02-09");
    call.options.has_target = 1, call.options.target_day = day_number("2026-02-28");
    assert_ok(run_call(&call), call.error);
    assert_cell(call.schedule, "finish", 0, "2026-02-27");
    assert_near(call.report.path_mean, 10, 1e-12);
    assert_near(call.report.path_variance, 2.0 / 3, 1e-12);
    assert_near(float_cell(call.report.summary, "target_on_path", 0), 0.88966, 1e-5);
    assert_cell(call.report.summary, "safe_on_path", 0, "2026-03-02");
    /* One path: what samples say differs by the variance of the beta distribution alone, (2² + 1 + 1) / 7 = 0.857 for
     * symmetric estimates: about Φ(1 / 0.926) = 0.86. */
    assert_near(float_cell(call.report.summary, "target_all_paths", 0), 0.86, 0.02);
    assert_near(float_cell(call.report.deadlines, "chance", 0), float_cell(call.report.summary, "target_all_paths", 0),
                0);
    call.options.target_day = day_number("2026-02-20");
    assert_ok(run_call(&call), call.error);
    assert_near(float_cell(call.report.summary, "target_on_path", 0), 0.5 * erfc(4 / sqrt(4.0 / 3)), 1e-12);
    end_call(&call);
}

/* The general way, with a second calendar that is the same, gives the same samples as the fast way over one. */
static void test_several_calendars_draw_the_same(void **state)
{
    (void)state;
    campaign_calendar *china = NULL;
    assert_int_equal(campaign_calendar_create(&china, NULL, NULL), CAMPAIGN_OK);
    const campaign_schedule_calendar named = { "china", china };
    static const char header[] = "task:t,optimistic:f,likely:f,pessimistic:f,after:t,calendar:t\n";
    char plain[512], mixed[512];
    (void)snprintf(plain, sizeof plain, "%sa,3,5,7,,\nb,2,3,9,,\nc,1,2,3,a; b SS+2,\n", header);
    (void)snprintf(mixed, sizeof mixed, "%sa,3,5,7,,\nb,2,3,9,,china\nc,1,2,3,a; b SS+2,\n", header);
    net_call one, two;
    start_call(&one, plain, "2026-02-09");
    start_call(&two, mixed, "2026-02-09");
    two.inputs.calendars = &named, two.inputs.n_calendars = 1;
    assert_ok(run_call(&one), one.error);
    assert_ok(run_call(&two), two.error);
    const int64_t n = campaign_table_n_rows(one.report.chances);
    assert_true(n > 3 && n == campaign_table_n_rows(two.report.chances));
    for (int64_t i = 0; i < n; i++) {
        assert_int_equal(int_cell(one.report.chances, "finish", i), int_cell(two.report.chances, "finish", i));
        assert_near(float_cell(one.report.chances, "all_paths", i), float_cell(two.report.chances, "all_paths", i),
                    1e-3);
        if (i > 0)
            assert_true(float_cell(one.report.chances, "all_paths", i) >=
                        float_cell(one.report.chances, "all_paths", i - 1));
    }
    for (int64_t i = 0; i < 3; i++)
        assert_near(float_cell(one.report.estimates, "criticality", i),
                    float_cell(two.report.estimates, "criticality", i), 1e-3);
    end_call(&one);
    end_call(&two);
    campaign_calendar_free(china);
}

static void test_nothing_is_drawn_without_estimates(void **state)
{
    (void)state;
    net_call call;
    start_call(&call, "task:t,duration:f\na,3\n", "2026-02-09");
    assert_ok(run_call(&call), call.error);
    assert_int_equal(call.report.n_samples, 0);
    assert_int_equal(campaign_table_n_rows(call.report.chances), 0);
    assert_int_equal(campaign_table_n_rows(call.report.estimates), 0);
    end_call(&call);
    start_call(&call, festival, "2026-02-09");
    call.options.n_samples = -1;
    assert_ok(run_call(&call), call.error);
    assert_int_equal(campaign_table_n_rows(call.report.chances), 1); /* the safe end of the path */
    assert_cell(call.report.chances, "all_paths", 0, "");
    end_call(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_foundry),
        cmocka_unit_test(test_paths_that_merge),
        cmocka_unit_test(test_quantiles_of_the_beta_distribution),
        cmocka_unit_test(test_working_days_across_spring_festival),
        cmocka_unit_test(test_several_calendars_draw_the_same),
        cmocka_unit_test(test_nothing_is_drawn_without_estimates),
    };
    return cmocka_run_group_tests_name("how likely the end is", tests, NULL, NULL);
}
