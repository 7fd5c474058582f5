/* What schedules refuse, and with which words; and what they do at their edges. */
#include "net_cases.h"

static const char start[] = "2026-10-12";

/* ---- Links ------------------------------------------------------------------------------------------------------- */

static void test_a_circle_is_named(void **state)
{
    (void)state;
    assert_refused("task:t,duration:f,after:t\nb,1,a\nc,1,b\na,1,c\nd,1,c\n", start, CAMPAIGN_E_INFEASIBLE, 2,
                   "tasks.after", "tasks go in a circle: a → b → c → a");
    assert_refused("task:t,duration:f,after:t\na,1,a SS+1\n", start, CAMPAIGN_E_INFEASIBLE, 0, "tasks.after",
                   "tasks go in a circle: a → a");
    assert_refused("task:t,duration:f,after:t\nz,1,\na,1,z; y\ny,1,x\nx,1,y\n", start, CAMPAIGN_E_INFEASIBLE, 3,
                   "tasks.after", "tasks go in a circle: x → y → x");
}

static void test_a_long_circle_is_cut_in_its_middle(void **state)
{
    (void)state;
    char tasks[4096] = "task:t,duration:f,after:t\n", line[64];
    for (int32_t i = 0; i < 60; i++) {
        (void)snprintf(line, sizeof line, "task%02d,1,task%02d\n", (int)i, (int)(i + 59) % 60);
        (void)strcat(tasks, line);
    }
    assert_refused(tasks, start, CAMPAIGN_E_INFEASIBLE, 0, "tasks.after", "task00 → task01 → task02");
    assert_refused(tasks, start, CAMPAIGN_E_INFEASIBLE, 0, "tasks.after", "… → task00");
}

static void test_names_are_looked_for(void **state)
{
    (void)state;
    assert_refused("task:t,duration:f,after:t\nsupplies,1,\nbooth,1,suplies\n", start, CAMPAIGN_E_UNKNOWN, 1,
                   "tasks.after", "there is no task \"suplies\"; did you mean \"supplies\"?");
    assert_refused("task:t,duration:f,after:t\n物料,1,\n搭建,1,完全不同的名字\n", start, CAMPAIGN_E_UNKNOWN, 1,
                   "tasks.after", "there is no task \"完全不同的名字\"");
    assert_refused("task:t,duration:f,after:t\na,1,\nb,1,a\nb,2,\n", start, CAMPAIGN_E_DUPLICATE, 2, "tasks.task",
                   "task \"b\" stands twice");
    assert_refused("task:t,duration:f,after:t\na,1,\nb,1,a; a FS+1\n", start, CAMPAIGN_E_DUPLICATE, 1, "tasks.after",
                   "task \"b\" is after \"a\" twice");
    assert_refused("task:t,duration:f,calendar:t\na,1,CN\n", start, CAMPAIGN_E_UNKNOWN, 0, "tasks.calendar",
                   "there is no calendar \"CN\"");
    assert_refused("task:t,duration:f,unit:t\na,1,weeks\n", start, CAMPAIGN_E_UNKNOWN, 0, "tasks.unit",
                   "\"weeks\" is none of working_day, day, hour");
}

static void test_links_are_read(void **state)
{
    (void)state;
    net_call call;
    /* Monday 12 October 2026; b starts with a, c two working days after it, d 48 hours after a's end, which is Wednesday
     * evening; e ends three calendar days after a does; f ends one working day before a does. */
    start_call(&call,
               "task:t,duration:f,unit:t,after:t\na b,3,,\nb,1,,a b ss\nc,1,,a b SS+2\nd,5,hour,a b FS+48h\n"
               "e,1,day,a b FF +3d\nf,1,,a b；b FF-1，a b FF-1\n",
               start);
    assert_ok(run_call(&call), call.error);
    assert_cell(call.schedule, "finish", 0, "2026-10-14");
    assert_cell(call.schedule, "start", 1, "2026-10-12");
    assert_cell(call.schedule, "start", 2, "2026-10-14");
    assert_cell(call.schedule, "start_at", 3, "2026-10-17T00:00:00");
    assert_cell(call.schedule, "finish_at", 3, "2026-10-17T05:00:00");
    assert_cell(call.schedule, "finish", 4, "2026-10-17");
    assert_cell(call.schedule, "start", 5, "2026-10-15");
    assert_int_equal(call.report.n_links, 7);
    end_call(&call);
}

/* ---- Cells ------------------------------------------------------------------------------------------------------- */

static void test_durations_have_limits(void **state)
{
    (void)state;
    assert_refused("task:t,duration:f\na,-1\n", start, CAMPAIGN_E_VALUE, 0, "tasks.duration",
                   "duration is -1, expected 0 to 3652059");
    assert_refused("task:t,duration:f\na,1e300\n", start, CAMPAIGN_E_OVERFLOW, 0, "tasks.duration",
                   "duration is 1e+300");
    assert_refused("task:t,duration:f\na,\n", start, CAMPAIGN_E_MISSING, 0, "tasks.duration", "duration is missing");
    assert_refused("task:t,duration:f,after:t\na,2000000,\nb,2000000,a\n", start, CAMPAIGN_E_OVERFLOW, 1,
                   "tasks.duration", "task \"b\" ends beyond the year 9999");
    assert_refused("task:t,duration:f,unit:t,after:t\na,3000000,day,\nb,1,hour,\n", start, CAMPAIGN_E_OVERFLOW, 0,
                   "tasks.duration", "task \"a\" ends beyond the year 9999");
    assert_refused("task:t,optimistic:f,likely:f,pessimistic:f\na,1,2,\n", start, CAMPAIGN_E_MISSING, 0,
                   "tasks.pessimistic", "pessimistic is missing beside the other estimates");
    assert_refused("task:t,optimistic:f,likely:f,pessimistic:f\na,1,3,2\n", start, CAMPAIGN_E_VALUE, 0, "tasks.likely",
                   "estimates go up");
    assert_refused("task:t,duration:f,after:t\na,1,\nb,1,a FS+1e9\n", start, CAMPAIGN_E_OVERFLOW, 1, "tasks.after",
                   "the lag is beyond");
}

static void test_a_deadline_before_the_start(void **state)
{
    (void)state;
    assert_refused("task:t,duration:f,earliest:d,due:d\na,1,2026-11-03,2026-11-01\n", start, CAMPAIGN_E_INFEASIBLE, 0,
                   "tasks.due", "the deadline 2026-11-01 is before the earliest start 2026-11-03 of the same task");
    assert_refused("task:t,duration:f,due_at:t\na,1,tomorrow\n", start, CAMPAIGN_E_SYNTAX, 0, "tasks.due_at",
                   "\"tomorrow\" is no moment");
    /* Before the schedule itself it is told, and broken: it lacks 29 and 30 September, 8 and 9 October, the worked
     * Saturday 10 and Monday 12. */
    net_call call;
    start_call(&call, "task:t,duration:f,due:d\na,1,2026-09-28\n", start);
    assert_ok(run_call(&call), call.error);
    assert_cell(call.report.deadlines, "is_broken", 0, "true");
    assert_cell(call.report.deadlines, "text", 0, "a ends 2026-10-12, 6 working days after its deadline 2026-09-28.");
    assert_cell(call.report.notes, "code", 0, "due_before_start");
    assert_int_equal(call.report.n_broken, 1);
    end_call(&call);
}

/* A day as a timestamp is midnight; hours stand in due_at. */
static void test_days_have_no_time(void **state)
{
    (void)state;
    assert_refused("task:t,duration:f,due:m\na,1,2026-10-16\nb,1,2026-10-16T18:00\n", start, CAMPAIGN_E_VALUE, 1,
                   "tasks.due", "due has a time of day, 18:00, where a day is expected: due_at takes moments");
    assert_refused("task:t,duration:f,earliest:m\na,1,2026-10-16T09:05\n", start, CAMPAIGN_E_VALUE, 0, "tasks.earliest",
                   "earliest has a time of day, 09:05, where a day is expected");
    net_call call;
    start_call(&call, "task:t,duration:f,due:m\na,1,2026-10-16\n", start);
    assert_ok(run_call(&call), call.error);
    assert_cell(call.report.deadlines, "due", 0, "2026-10-16");
    assert_cell(call.report.deadlines, "due_at", 0, "2026-10-17T00:00:00");
    call.inputs.away = keep_table(&call, "owner:t,start:m\nLi,2026-10-16T12:00");
    assert_int_equal(run_call(&call), CAMPAIGN_E_UNKNOWN); /* the owner comes first */
    end_call(&call);
}

/* Without a calendar nothing is due, and nothing breaks. */
static void test_units_have_no_deadlines(void **state)
{
    (void)state;
    net_call call;
    start_call(&call, "task:t,duration:f,after:t\na,1.5,\nb,2,a\n", NULL);
    assert_ok(run_call(&call), call.error);
    assert_int_equal(call.report.n_broken, 0);
    assert_int_equal(campaign_table_n_rows(call.report.deadlines), 0);
    assert_int_equal(campaign_table_n_rows(call.report.notes), 0);
    assert_int_equal(int_cell(call.report.summary, "broken", 0), 0);
    end_call(&call);
}

static void test_one_is_told_as_one(void **state)
{
    (void)state;
    net_call call;
    start_call(&call, "task:t,duration:f,due:d\na,0.5,2026-10-09\n", start);
    assert_ok(run_call(&call), call.error);
    assert_cell(call.report.summary, "text", 0,
                "1 task from 2026-10-12 to 2026-10-12, 1 working day; 1 of them critical.");
    assert_cell(call.report.notes, "text", 0, "1 duration is not whole days: each takes the whole of its last day.");
    assert_cell(call.report.notes, "text", 1, "1 deadline is before the start of the schedule.");
    assert_cell(call.report.notes, "text", 2, "1 deadline breaks: see the table deadlines.");
    call.options.language = "zh";
    assert_ok(run_call(&call), call.error);
    assert_cell(call.report.notes, "text", 2, "1 个任务逾期：见截止表。");
    end_call(&call);
    start_call(&call, "task:t,duration:f,due:d\na,0.5,2026-10-09\nb,1.5,2026-10-09\n", start);
    assert_ok(run_call(&call), call.error);
    assert_cell(call.report.summary, "text", 0,
                "2 tasks from 2026-10-12 to 2026-10-13, 2 working days; 1 of them critical.");
    assert_cell(call.report.notes, "text", 2, "2 deadlines break: see the table deadlines.");
    end_call(&call);
}

static void test_deadlines_leave_slack(void **state)
{
    (void)state;
    net_call call;
    start_call(&call,
               "task:t,duration:f,unit:t,after:t,due:d,due_at:t\na,2,,,2026-10-16,\nb,48,hour,a,,2026-10-15T18:00\n"
               "c,1,day,,2026-10-12,\n",
               start);
    assert_ok(run_call(&call), call.error);
    assert_near(float_cell(call.report.deadlines, "slack", 0), 3, 0);
    assert_cell(call.report.deadlines, "text", 0, "a ends 2026-10-13, 3 working days before its deadline 2026-10-16.");
    assert_near(float_cell(call.report.deadlines, "slack", 1), -6, 0);
    assert_cell(call.report.deadlines, "text", 1,
                "b ends 2026-10-16 00:00, 6 hours after its deadline 2026-10-15 18:00.");
    assert_cell(call.report.deadlines, "text", 2, "c ends 2026-10-12, just at its deadline.");
    call.options.language = "zh";
    assert_ok(run_call(&call), call.error);
    assert_cell(call.report.deadlines, "text", 0, "a 于 2026-10-13 完成，比截止 2026-10-16 提前 3 个工作日。");
    end_call(&call);
}

/* ---- People and calendars ---------------------------------------------------------------------------------------- */

static void test_owners_are_known(void **state)
{
    (void)state;
    net_call call;
    start_call(&call, "task:t,duration:f,owner:t\na,3,Li Wei\nb,3,\n", start);
    call.inputs.owners = keep_table(&call, "owner:t,capacity:f\nLi Wie,6\nZhang Min,\n");
    assert_int_equal(run_call(&call), CAMPAIGN_E_UNKNOWN);
    assert_string_equal(call.error.message, "there is no owner \"Li Wei\"; did you mean \"Li Wie\"?");
    assert_string_equal(call.error.where, "tasks.owner");
    end_call(&call);

    start_call(&call, "task:t,duration:f,owner:t\na,3,Li Wei\nb,3,\n", start);
    call.inputs.away =
        keep_table(&call, "owner:t,start:d,finish:d\nLi Wei,2026-10-13,\nLi Wei,2026-10-13,2026-10-14\n");
    assert_ok(run_call(&call), call.error);
    assert_cell(call.schedule, "finish", 0, "2026-10-16"); /* Monday, Thursday, Friday */
    assert_cell(call.schedule, "finish", 1, "2026-10-14");
    assert_near(float_cell(call.schedule, "total_float", 1), 2, 0);
    end_call(&call);
}

static void test_a_calendar_without_working_days(void **state)
{
    (void)state;
    static const char overlay[] = "{\"schema\": \"campaign/calendar_overlay/1\", \"weekend\": [\"mon\", \"tue\", "
                                  "\"wed\", \"thu\", \"fri\", \"sat\", \"sun\"], \"days\": []}";
    const char *const overlays[] = { overlay };
    campaign_calendar_options options = CAMPAIGN_CALENDAR_OPTIONS_INIT;
    campaign_calendar *calendar = NULL;
    campaign_error error = { 0 };
    options.region = "";
    options.overlays = overlays, options.n_overlays = 1;
    assert_ok(campaign_calendar_create(&calendar, &options, &error), error);
    const campaign_schedule_calendar named = { "never", calendar };
    net_call call;
    start_call(&call, "task:t,duration:f,calendar:t\na,1,\nb,1,never\n", start);
    call.inputs.calendars = &named, call.inputs.n_calendars = 1;
    assert_int_equal(run_call(&call), CAMPAIGN_E_INFEASIBLE);
    assert_string_equal(call.error.message, "calendar \"never\" of task \"b\" has no working day at all");
    assert_int_equal(call.error.row, 1);
    end_call(&call);
    start_call(&call, "task:t,duration:f,unit:t,calendar:t\nb,36,hour,never\n", start);
    call.inputs.calendars = &named, call.inputs.n_calendars = 1;
    assert_ok(run_call(&call), call.error); /* hours do not ask for working days */
    end_call(&call);
    /* Neither task counts working days, but the lag between them does. */
    start_call(&call, "task:t,duration:f,unit:t,after:t,calendar:t\na,1,day,,\nb,1,day,a FS+1w,never\n", start);
    call.inputs.calendars = &named, call.inputs.n_calendars = 1;
    assert_int_equal(run_call(&call), CAMPAIGN_E_INFEASIBLE);
    assert_string_equal(call.error.where, "tasks.calendar");
    assert_int_equal(call.error.row, 1);
    assert_non_null(strstr(call.error.message, "the calendar of task \"b\" has no working day from 2026-10-12 on"));
    end_call(&call);
    campaign_calendar_free(calendar);
}

static void test_an_owner_who_never_comes_back(void **state)
{
    (void)state;
    net_call call;
    start_call(&call, "task:t,duration:f,owner:t\na,1,Wu\nb,1,Li\n", start);
    call.inputs.away = keep_table(&call, "owner:t,start:d,finish:d\nLi,2026-01-01,9999-12-31");
    assert_int_equal(run_call(&call), CAMPAIGN_E_INFEASIBLE);
    assert_string_equal(call.error.where, "tasks.owner");
    assert_int_equal(call.error.row, 1);
    assert_string_equal(call.error.message,
                        "owner \"Li\" of task \"b\" is away on every working day from 2026-10-12 on");
    end_call(&call);
}

static void test_years_without_notice_are_flagged(void **state)
{
    (void)state;
    net_call call;
    start_call(&call, "task:t,duration:f\na,3\n", "2031-02-03");
    assert_ok(run_call(&call), call.error);
    assert_true(call.report.is_provisional);
    assert_cell(call.report.notes, "code", 0, "provisional");
    end_call(&call);
}

/* ---- Arguments and edges ----------------------------------------------------------------------------------------- */

static void test_arguments_are_checked(void **state)
{
    (void)state;
    net_call call;
    start_call(&call, "task:t,duration:f\na,1\n", start);
    call.options.has_start = 0;
    assert_int_equal(run_call(&call), CAMPAIGN_E_MISSING);
    assert_string_equal(call.error.where, "options.start_day");
    call.options.has_start = 1, call.options.language = "fr";
    assert_int_equal(run_call(&call), CAMPAIGN_E_UNKNOWN);
    call.options.language = NULL, call.options.is_abstract = 1;
    assert_int_equal(run_call(&call), CAMPAIGN_E_ARGUMENT);
    call.options.has_start = 0, call.options.has_target = 1, call.options.target_day = day_number("2026-10-20");
    assert_int_equal(run_call(&call), CAMPAIGN_E_ARGUMENT);
    assert_string_equal(call.error.where, "options.target_day");
    call.options.is_abstract = 0, call.options.has_start = 1, call.options.target_units = 5;
    assert_int_equal(run_call(&call), CAMPAIGN_E_ARGUMENT);
    assert_string_equal(call.error.where, "options.target_units");
    call.options.target_units = 0;
    assert_ok(run_call(&call), call.error);
    assert_int_equal(campaign_table_n_rows(call.report.notes), 1);
    assert_cell(call.report.notes, "code", 0, "target_without_estimates");
    end_call(&call);
    assert_refused("task:t,duration:f,due:d\na,1,2026-11-01\n", NULL, CAMPAIGN_E_UNSUPPORTED, 0, "tasks.due",
                   "an abstract network has units from 0, and no due");
    assert_int_equal(campaign_schedule_tasks(NULL, NULL, NULL, NULL, NULL, &call.error), CAMPAIGN_E_ARGUMENT);
    campaign_schedule_report_clear(NULL);
}

static void test_nothing_and_one_moment(void **state)
{
    (void)state;
    net_call call;
    start_call(&call, "task:t,duration:f\n", start);
    assert_ok(run_call(&call), call.error);
    assert_int_equal(campaign_table_n_rows(call.schedule), 0);
    assert_near(call.report.length, 0, 0);
    end_call(&call);
    start_call(&call, "task:t,duration:f\na,0\n", "2026-10-10"); /* a worked Saturday */
    assert_ok(run_call(&call), call.error);
    assert_cell(call.schedule, "start", 0, "2026-10-10");
    assert_cell(call.schedule, "finish", 0, "2026-10-10");
    assert_cell(call.schedule, "is_critical", 0, "true");
    end_call(&call);
}

/* A milestone behind work on Friday is Friday's, though its moment is the start of Saturday; one that waits for a day is
 * that day's. */
static void test_milestones_show_the_day_that_makes_them(void **state)
{
    (void)state;
    net_call call;
    start_call(&call, "task:t,duration:f,after:t,earliest:d\na,5,,\nb,0,a,\nc,0,a,2026-10-19\nd,1,c,\n", start);
    assert_ok(run_call(&call), call.error);
    assert_cell(call.schedule, "finish", 1, "2026-10-16");
    assert_cell(call.schedule, "finish_at", 1, "2026-10-17T00:00:00");
    assert_cell(call.schedule, "start", 2, "2026-10-19");
    assert_cell(call.schedule, "start", 3, "2026-10-19");
    end_call(&call);
}

static void test_rows_may_come_in_any_order(void **state)
{
    (void)state;
    net_call a, b;
    start_call(&a, "task:t,duration:f,after:t\na,2,\nb,3,a\nc,1.5,a; b FF+1\n", start);
    start_call(&b, "task:t,duration:f,after:t\nc,1.5,b FF+1; a\na,2,\nb,3,a\n", start);
    assert_ok(run_call(&a), a.error);
    assert_ok(run_call(&b), b.error);
    for (int32_t i = 0; i < campaign_table_n_columns(a.schedule); i++)
        for (int64_t row = 0; row < 3; row++) {
            char x[64], y[64];
            (void)campaign_table_format(x, sizeof x, a.schedule, i, row);
            (void)campaign_table_format(y, sizeof y, b.schedule, i, row);
            if (strcmp(x, "a; b FF+1") != 0) assert_string_equal(x, y);
        }
    assert_cell(a.report.notes, "code", 0, "rounded_up");
    end_call(&a);
    end_call(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_circle_is_named),
        cmocka_unit_test(test_a_long_circle_is_cut_in_its_middle),
        cmocka_unit_test(test_names_are_looked_for),
        cmocka_unit_test(test_links_are_read),
        cmocka_unit_test(test_durations_have_limits),
        cmocka_unit_test(test_a_deadline_before_the_start),
        cmocka_unit_test(test_days_have_no_time),
        cmocka_unit_test(test_units_have_no_deadlines),
        cmocka_unit_test(test_one_is_told_as_one),
        cmocka_unit_test(test_deadlines_leave_slack),
        cmocka_unit_test(test_owners_are_known),
        cmocka_unit_test(test_a_calendar_without_working_days),
        cmocka_unit_test(test_an_owner_who_never_comes_back),
        cmocka_unit_test(test_years_without_notice_are_flagged),
        cmocka_unit_test(test_arguments_are_checked),
        cmocka_unit_test(test_nothing_and_one_moment),
        cmocka_unit_test(test_milestones_show_the_day_that_makes_them),
        cmocka_unit_test(test_rows_may_come_in_any_order),
    };
    return cmocka_run_group_tests_name("what schedules refuse", tests, NULL, NULL);
}
