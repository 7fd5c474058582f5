/* What has happened against the plan: forecasts, slips, what they pull along; and loads of owners. */
#include "net_cases.h"

static const char header[] =
    "task:t,duration:f,unit:t,after:t,due:d,actual_start:d,actual_finish:d,remaining:f,owner:t\n";

/* Monday 12 October 2026: design takes seven working days, to the 20th, supplies five, to the 16th, so that they have two
 * days of float; then three days of building, to the 23rd. */
static void make_case(net_call *call, const char *design, const char *supplies, const char *as_of)
{
    char tasks[1024];
    (void)snprintf(tasks, sizeof tasks,
                   "%sdesign,7,,,,%s,\nsupplies,5,,,,%s,\ninstall,3,,design; supplies,2026-10-26,,,,\n", header, design,
                   supplies);
    start_call(call, tasks, "2026-10-12");
    call->options.has_as_of = 1, call->options.as_of_day = day_number(as_of);
}

static void check_slip(const net_call *call)
{
    const campaign_table *slips = call->report.slips, *pulled = call->report.pulled;
    assert_int_equal(campaign_table_n_rows(slips), 1);
    assert_cell(slips, "task", 0, "supplies");
    assert_near(float_cell(slips, "slip", 0), 5, 0);
    assert_near(float_cell(slips, "float", 0), 2, 0);
    assert_near(float_cell(slips, "float_used", 0), 2, 0);
    assert_near(float_cell(slips, "knock_on", 0), 3, 0);
    assert_near(float_cell(slips, "end_shift", 0), 3, 0);
    assert_int_equal(int_cell(slips, "moved", 0), 1);
    assert_int_equal(int_cell(slips, "broken", 0), 1);
    assert_int_equal(campaign_table_n_rows(pulled), 1);
    assert_cell(pulled, "task", 0, "install");
    assert_near(float_cell(pulled, "slip", 0), 3, 0);
    assert_near(float_cell(pulled, "float_used", 0), 0, 0);
    assert_cell(pulled, "is_broken", 0, "true");
    char date[CAMPAIGN_DATE_TEXT];
    (void)campaign_date_format(date, call->report.forecast_day);
    assert_string_equal(date, "2026-10-28");
    assert_int_equal(call->report.n_broken, 1);
}

static void test_five_days_late_against_two_of_float(void **state)
{
    (void)state;
    net_call call;
    make_case(&call, "2026-10-12,2026-10-20,", "2026-10-12,2026-10-23,", "2026-10-23");
    assert_ok(run_call(&call), call.error);
    check_slip(&call);
    assert_cell(call.report.slips, "text", 0, "supplies 5 days late against 2 days of float → end +3");
    assert_cell(call.report.pulled, "text", 0,
                "install moves by 3 days because of supplies, and misses its deadline 2026-10-26.");
    assert_cell(call.report.deadlines, "text", 0,
                "install ends 2026-10-28, 2 working days after its deadline 2026-10-26.");
    assert_cell(call.schedule, "finish", 1, "2026-10-23"); /* the plan stays beside the forecast */
    assert_cell(call.schedule, "forecast_start", 1, "2026-10-26");
    assert_cell(call.schedule, "forecast_finish", 1, "2026-10-28");
    assert_near(float_cell(call.schedule, "slip", 1), 3, 0);
    call.options.language = "zh";
    assert_ok(run_call(&call), call.error);
    assert_cell(call.report.slips, "text", 0, "supplies 晚 5 天，浮动 2 天 → 结束 +3");
    assert_cell(call.report.pulled, "text", 0, "install 因 supplies 推迟 3 天，错过截止 2026-10-26。");
    end_call(&call);
}

/* The same told on the 16th: five days are left of supplies; of design, of which nobody tells, two of seven. */
static void test_what_remains_is_forecast(void **state)
{
    (void)state;
    net_call call;
    make_case(&call, "2026-10-12,,", "2026-10-12,,5", "2026-10-16");
    assert_ok(run_call(&call), call.error);
    check_slip(&call);
    assert_cell(call.schedule, "forecast_finish", 0, "2026-10-20");
    end_call(&call);
}

/* Nobody has started on the 13th: both begin on the 14th, two days late; supplies have the float for it. */
static void test_what_is_not_started_is_late_too(void **state)
{
    (void)state;
    net_call call;
    make_case(&call, ",,", ",,", "2026-10-13");
    assert_ok(run_call(&call), call.error);
    assert_int_equal(campaign_table_n_rows(call.report.slips), 2);
    assert_cell(call.report.slips, "text", 0, "design 2 days late against 0 days of float → end +2");
    assert_cell(call.report.slips, "text", 1, "supplies 2 days late against 2 days of float → end +0");
    assert_int_equal(int_cell(call.report.slips, "moved", 1), 0);
    end_call(&call);
}

static void test_all_as_planned_slips_nothing(void **state)
{
    (void)state;
    net_call call;
    make_case(&call, "2026-10-12,2026-10-20,", "2026-10-12,2026-10-16,", "2026-10-20");
    assert_ok(run_call(&call), call.error);
    assert_int_equal(campaign_table_n_rows(call.report.slips), 0);
    assert_int_equal(campaign_table_n_rows(call.report.pulled), 0);
    assert_int_equal(call.report.forecast_day, call.report.finish_day);
    for (int64_t row = 0; row < 3; row++) assert_near(float_cell(call.schedule, "slip", row), 0, 0);
    call.options.has_as_of = 0; /* actual dates do not count, and there is no forecast */
    assert_ok(run_call(&call), call.error);
    assert_int_equal(campaign_table_find(call.schedule, "forecast_finish"), -1);
    end_call(&call);
}

static void test_work_ahead_of_what_it_waits_for(void **state)
{
    (void)state;
    net_call call;
    char tasks[512];
    (void)snprintf(tasks, sizeof tasks, "%sa,5,,,,2026-10-12,,,\nb,5,,a,,2026-10-14,,2,\n", header);
    start_call(&call, tasks, "2026-10-12");
    call.options.has_as_of = 1, call.options.as_of_day = day_number("2026-10-15");
    assert_ok(run_call(&call), call.error);
    assert_cell(call.report.notes, "code", 0, "out_of_sequence");
    assert_cell(call.schedule, "forecast_finish", 1, "2026-10-19");
    assert_near(float_cell(call.schedule, "slip", 1), -4, 0); /* planned to the 23rd */
    end_call(&call);
}

/* Design was begun on Thursday, before the plan starts on Monday: of seven days five are left, from the Saturday that makes up
 * for a day off. What has not begun waits for the start. */
static void test_work_begun_before_the_plan_goes_on(void **state)
{
    (void)state;
    net_call call;
    make_case(&call, "2026-10-08,,", ",,", "2026-10-09");
    assert_ok(run_call(&call), call.error);
    assert_cell(call.schedule, "forecast_start", 0, "2026-10-08");
    assert_cell(call.schedule, "forecast_finish", 0, "2026-10-15");
    assert_near(float_cell(call.schedule, "slip", 0), -3, 0);
    assert_cell(call.schedule, "forecast_start", 2, "2026-10-12");
    end_call(&call);
}

static void test_actual_dates_are_checked(void **state)
{
    (void)state;
    net_call call;
    make_case(&call, "2026-10-12,2026-10-20,", "2026-10-12,2026-10-23,", "2026-10-22");
    assert_int_equal(run_call(&call), CAMPAIGN_E_VALUE);
    assert_string_equal(call.error.message, "actual_finish 2026-10-23 is after as_of, 2026-10-22");
    end_call(&call);
    make_case(&call, "2026-10-12,2026-10-09,", ",,", "2026-10-22");
    assert_int_equal(run_call(&call), CAMPAIGN_E_VALUE);
    assert_string_equal(call.error.message, "the task was finished on 2026-10-09, before it was started on 2026-10-12");
    end_call(&call);
}

/* ---- Loads ------------------------------------------------------------------------------------------------------- */

/* Li has two tasks on Monday and Tuesday; half a day is left of the second on Wednesday. Wang works six hours a day, and
 * 14 hours of the clock lie on Monday; nobody counts the weekend. */
static void test_loads_by_owner_and_day(void **state)
{
    (void)state;
    char tasks[512];
    net_call call;
    (void)snprintf(
        tasks, sizeof tasks,
        "%sa,2,,,,,,,Li\nb,2.5,,,,,,,Li\nc,14,hour,,,,,,Wang\nd,3,hour,c FS+10h,,,,,Wang\ne,4,day,c FS+82h,,,,,Wang\n"
        "f,1,,,,,,,\n",
        header);
    start_call(&call, tasks, "2026-10-12");
    call.inputs.owners = keep_table(&call, "owner:t,capacity:f\nWang,6\nLi,\n");
    assert_ok(run_call(&call), call.error);
    static const struct {
        const char *owner, *date, *tasks;
        double load, hours;
        bool is_over;
    } expected[] = {
        { "Li", "2026-10-12", "a; b", 2, 16, true },  { "Li", "2026-10-13", "a; b", 2, 16, true },
        { "Li", "2026-10-14", "b", 0.5, 4, false },   { "Wang", "2026-10-12", "c", 1, 6, false },
        { "Wang", "2026-10-13", "d", 0.5, 3, false }, { "Wang", "2026-10-16", "e", 1, 6, false },
        { "Wang", "2026-10-19", "e", 1, 6, false },
    };
    const campaign_table *loads = call.report.loads;
    assert_int_equal(campaign_table_n_rows(loads), sizeof expected / sizeof *expected);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        assert_cell(loads, "owner", (int64_t)i, expected[i].owner);
        assert_cell(loads, "date", (int64_t)i, expected[i].date);
        assert_cell(loads, "tasks", (int64_t)i, expected[i].tasks);
        assert_near(float_cell(loads, "load", (int64_t)i), expected[i].load, 1e-12);
        assert_near(float_cell(loads, "hours", (int64_t)i), expected[i].hours, 1e-12);
        assert_int_equal(int_cell(loads, "is_over", (int64_t)i), expected[i].is_over);
    }
    assert_cell(call.report.notes, "code", 1, "over_capacity");
    assert_int_equal(int_cell(call.report.notes, "n", 1), 2);
    end_call(&call);
}

/* ---- The table of what has happened ------------------------------------------------------------------------------- */

static void make_beside(net_call *call, const char *actuals)
{
    make_case(call, ",,", "2026-10-01,,9", "2026-10-23"); /* what the tasks say themselves gives way */
    call->inputs.actuals = keep_table(call, actuals);
}

static void test_actuals_beside_the_tasks(void **state)
{
    (void)state;
    net_call call;
    make_beside(&call, "task:t,actual_start:d,actual_finish:d\n"
                       "supplies,2026-10-12,2026-10-23\ndesign,2026-10-12,2026-10-20\n");
    assert_ok(run_call(&call), call.error);
    check_slip(&call);
    call.options.has_as_of = 0; /* they do not count, as those of the tasks */
    assert_ok(run_call(&call), call.error);
    assert_int_equal(campaign_table_n_rows(call.report.slips), 0);
    end_call(&call);
    /* Five days are told to remain, though seven less ten that have passed would leave one: 26 to 30 October. */
    make_beside(&call, "task:t,actual_start:d,remaining:f\ndesign,2026-10-12,5\nsupplies,2026-10-12,\n");
    assert_ok(run_call(&call), call.error);
    assert_cell(call.schedule, "forecast_finish", 0, "2026-10-30");
    assert_cell(call.schedule, "forecast_finish", 2, "2026-11-05"); /* nine days of its own column remain */
    end_call(&call);
}

static void refuse_actuals(const char *actuals, campaign_status code, int64_t row, const char *where, const char *says)
{
    net_call call;
    make_beside(&call, actuals);
    assert_int_equal(run_call(&call), code);
    assert_int_equal(call.error.row, row);
    assert_string_equal(call.error.where, where);
    assert_non_null(strstr(call.error.message, says));
    assert_null(call.schedule);
    end_call(&call);
}

static void test_actuals_are_checked(void **state)
{
    (void)state;
    refuse_actuals("task:t\ndesign\nsuplies\n", CAMPAIGN_E_UNKNOWN, 1, "actuals.task", "did you mean \"supplies\"?");
    refuse_actuals("task:t\ndesign\ndesign\n", CAMPAIGN_E_DUPLICATE, 1, "actuals.task", "\"design\" stands twice");
    refuse_actuals("task:t,remaining:f\ndesign,1\n,1\n", CAMPAIGN_E_MISSING, 1, "actuals.task", "names no task");
    refuse_actuals("task:t,actual_finish:d\ndesign,2026-10-24\n", CAMPAIGN_E_VALUE, 0, "actuals.actual_finish",
                   "2026-10-24 is after as_of, 2026-10-23");
    /* Its start stands in the tasks, its finish beside them. */
    refuse_actuals("task:t,actual_finish:d\nsupplies,2026-09-30\n", CAMPAIGN_E_VALUE, 0, "actuals.actual_finish",
                   "before it was started on 2026-10-01");
    refuse_actuals("task:t,remaining:f\nsupplies,-1\n", CAMPAIGN_E_VALUE, 0, "actuals.remaining", "-1");
    refuse_actuals("name:t\ndesign\n", CAMPAIGN_E_COLUMN, -1, "actuals.task", "task");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_five_days_late_against_two_of_float),
        cmocka_unit_test(test_what_remains_is_forecast),
        cmocka_unit_test(test_what_is_not_started_is_late_too),
        cmocka_unit_test(test_all_as_planned_slips_nothing),
        cmocka_unit_test(test_work_ahead_of_what_it_waits_for),
        cmocka_unit_test(test_work_begun_before_the_plan_goes_on),
        cmocka_unit_test(test_actual_dates_are_checked),
        cmocka_unit_test(test_loads_by_owner_and_day),
        cmocka_unit_test(test_actuals_beside_the_tasks),
        cmocka_unit_test(test_actuals_are_checked),
    };
    return cmocka_run_group_tests_name("progress and loads", tests, NULL, NULL);
}
