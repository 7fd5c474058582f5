/* Levelling from tables: dates worked out by hand, the same places as the network where nothing is short, the same answer
 * for permuted rows and any threads, and every wrong cell told. */
#include "net_cases.h"

#include <campaign/schedule_level.h>

#include "base/random.h"

typedef struct level_call {
    campaign_schedule_level_inputs inputs;
    campaign_schedule_level_options options;
    campaign_schedule_level_report report;
    campaign_table *schedule, *tables[8];
    int32_t n_tables;
    campaign_error error;
} level_call;

static const campaign_table *keep(level_call *call, const char *text)
{
    return call->tables[call->n_tables++] = read_table(text);
}

static void start(level_call *call, const char *tasks, const char *day)
{
    const campaign_schedule_level_inputs inputs = CAMPAIGN_SCHEDULE_LEVEL_INPUTS_INIT;
    const campaign_schedule_level_options options = CAMPAIGN_SCHEDULE_LEVEL_OPTIONS_INIT;
    const campaign_schedule_level_report report = CAMPAIGN_SCHEDULE_LEVEL_REPORT_INIT;
    memset(call, 0, sizeof *call);
    call->inputs = inputs, call->options = options, call->report = report;
    call->inputs.tasks = keep(call, tasks);
    call->options.is_abstract = day == NULL;
    if (day) call->options.has_start = 1, call->options.start_day = day_number(day);
}

static campaign_status run_with(level_call *call, const campaign_runtime *runtime)
{
    campaign_table_free(call->schedule);
    campaign_schedule_level_report_clear(&call->report);
    return campaign_schedule_level(&call->schedule, &call->report, &call->inputs, &call->options, runtime,
                                   &call->error);
}

static void run(level_call *call)
{
    assert_ok(run_with(call, NULL), call->error);
}

static void end(level_call *call)
{
    campaign_table_free(call->schedule);
    campaign_schedule_level_report_clear(&call->report);
    for (int32_t i = 0; i < call->n_tables; i++) campaign_table_free(call->tables[i]);
}

/* ---- Dates worked out by hand ---------------------------------------------------------------------------------------- */

/* Both are Li's: 3 and 2 working days from Monday 2026-03-02, five in all, Friday. Links leave the end at Wednesday. */
static void test_an_owner_does_one_thing_at_a_time(void **state)
{
    (void)state;
    level_call call;
    start(&call, "task:t,duration:i,owner:t\nbooth,3,Li\nletter,2,Li\n", "2026-03-02");

    run(&call);

    assert_int_equal(call.report.status, CAMPAIGN_CERTIFICATE_OPTIMAL);
    assert_int_equal(call.report.finish_day, day_number("2026-03-06"));
    assert_int_equal(call.report.path_day, day_number("2026-03-04"));
    assert_true(call.report.length == 5 && call.report.path_length == 3 && call.report.gap == 0);
    const int64_t later = campaign_table_int64(call.schedule, campaign_table_find(call.schedule, "start"), 0) >
                                  campaign_table_int64(call.schedule, campaign_table_find(call.schedule, "start"), 1)
                              ? 0
                              : 1;
    assert_cell(call.schedule, "resource", later, "Li");
    assert_cell(call.schedule, "behind", later, later ? "booth" : "letter");
    assert_int_equal(call.report.n_moved, 1);
    assert_int_equal(campaign_table_n_rows(call.report.usage), 5);
    end(&call);
}

/* One team of two units; three tasks need one, one and two. A task after the moved one is pulled along, for its reason. */
static void test_a_successor_is_pulled_along(void **state)
{
    (void)state;
    level_call call;
    start(&call, "task:t,duration:i,after:t\na,2,\nb,2,a\nwide,4,\n", "2026-03-02");
    call.inputs.needs = keep(&call, "task:t,resource:t,units:i\na,crew,2\nwide,crew,1\n");
    call.inputs.resources = keep(&call, "resource:t,units:i\ncrew,2\n");

    run(&call);

    /* wide first would end a on Tuesday of the next week; a first, b beside wide: 6 days, Monday 9 March */
    assert_int_equal(call.report.finish_day, day_number("2026-03-09"));
    assert_cell(call.schedule, "start", 2, "2026-03-04");
    assert_cell(call.schedule, "resource", 2, "crew");
    assert_cell(call.schedule, "text", 2, "wide starts 2 working days later: crew is taken by a until then.");
    end(&call);
}

/* The hall has a calendar of its own (off on Wednesday 4 March) and is closed on Friday 6: three days of it are 2, 3, 5. */
static void test_tasks_pause_where_their_resource_does(void **state)
{
    (void)state;
    static const char overlay[] = "{\"schema\": \"campaign/calendar_overlay/1\", \"region\": \"CN\", \"days\": "
                                  "[{\"date\": \"2026-03-04\", \"kind\": \"swapped\"}]}";
    campaign_calendar *calendar = NULL;
    const char *const overlays[] = { overlay };
    campaign_calendar_options made = CAMPAIGN_CALENDAR_OPTIONS_INIT;
    made.n_overlays = 1, made.overlays = overlays;
    level_call call;
    start(&call, "task:t,duration:i\nset up,4\n", "2026-03-02");
    assert_ok(campaign_calendar_create(&calendar, &made, &call.error), call.error);
    const campaign_schedule_calendar calendars[] = { { "hall", calendar } };
    call.inputs.calendars = calendars, call.inputs.n_calendars = 1;
    call.inputs.needs = keep(&call, "task:t,resource:t\nset up,hall\n");
    call.inputs.resources = keep(&call, "resource:t,units:i,date:d,calendar:t\nhall,1,,hall\nhall,0,2026-03-06,\n");

    run(&call);

    assert_cell(call.schedule, "start", 0, "2026-03-02"); /* 2, 3, 5, and Monday 9 */
    assert_cell(call.schedule, "finish", 0, "2026-03-09");
    assert_int_equal(campaign_table_n_rows(call.report.usage), 4);
    end(&call);
    campaign_calendar_free(calendar);
}

/* Hours beside days: a call of 2 hours and a day's work share a phone. The day begins at midnight, so the call goes first
 * only if the day's work moves to Tuesday; the best is the day on Monday and the call right after. */
static void test_hours_and_days_share_a_resource(void **state)
{
    (void)state;
    level_call call;
    start(&call, "task:t,duration:i,unit:t\ncall,2,hour\nwork,1,working_day\n", "2026-03-02");
    call.inputs.needs = keep(&call, "task:t,resource:t\ncall,phone\nwork,phone\n");
    call.inputs.resources = keep(&call, "resource:t,units:i\nphone,1\n");

    run(&call);

    assert_cell(call.schedule, "start_at", 0, "2026-03-03T00:00:00");
    assert_cell(call.schedule, "finish_at", 0, "2026-03-03T02:00:00");
    assert_cell(call.schedule, "finish", 1, "2026-03-02");
    end(&call);
}

/* Two units of half and one and a half, one machine: 2 in all. */
static void test_abstract_units_may_be_parts(void **state)
{
    (void)state;
    level_call call;
    start(&call, "task:t,duration:f\na,0.5\nb,1.5\n", NULL);
    call.inputs.needs = keep(&call, "task:t,resource:t\na,m\nb,m\n");
    call.inputs.resources = keep(&call, "resource:t,units:i\nm,1\n");

    run(&call);

    assert_true(call.report.length == 2 && call.report.bound_length == 2);
    end(&call);
}

/* A team of two by its name; an owner's task that takes nothing of him. */
static void test_owners_as_they_are_told(void **state)
{
    (void)state;
    level_call call;
    start(&call, "task:t,duration:i,owner:t\na,2,team\nb,2,team\nc,2,Li\nd,2,Li\n", "2026-03-02");
    call.inputs.needs = keep(&call, "task:t,resource:t,units:i\nd,Li,0\n");
    call.inputs.resources = keep(&call, "resource:t,units:i\nteam,2\n");

    run(&call);
    assert_int_equal(call.report.n_moved, 0);

    call.inputs.needs = call.inputs.resources = NULL;
    run(&call);
    assert_int_equal(call.report.n_moved, 2);

    call.options.without_owners = 1;
    run(&call);
    assert_int_equal(call.report.n_moved, 0);
    end(&call);
}

static void test_chinese_sentences(void **state)
{
    (void)state;
    level_call call;
    start(&call, "task:t,duration:i,owner:t,due:d\n布展,3,李,2026-03-03\n通知,2,李,2026-03-03\n", "2026-03-02");
    call.options.language = "zh";

    run(&call);

    assert_cell(call.report.summary, "text", 0, "2 个任务历时 5 个工作日完成，已证明最优；1 个推迟。");
    assert_cell(call.report.notes, "code", 0, "late");
    assert_cell(call.report.notes, "text", 0, "逾期的任务：1 个。");
    end(&call);
}

/* ---- Laws ------------------------------------------------------------------------------------------------------------ */

static int32_t draw(cpn_random *random, int32_t low, int32_t high)
{
    return low + (int32_t)cpn_random_below(random, high - low + 1);
}

enum { MOST_TEXT = 4096 };

/* Up to 9 tasks of all units with links of all types and lags both ways, owners who are away. */
static void draw_tasks(char *text, cpn_random *random, bool has_hours)
{
    static const char *const units[] = { "working_day", "day", "hour" }, *const types[] = { "FS", "SS", "FF", "SF" };
    static const char *const lags[] = { "", "d", "w", "h" };
    const int32_t n = draw(random, 1, 9);
    int at = snprintf(text, MOST_TEXT, "task:t,duration:i,unit:t,owner:t,earliest:d,after:t\n");
    for (int32_t i = 0; i < n; i++) {
        at += snprintf(text + at, (size_t)(MOST_TEXT - at), "t%d,%d,%s,%s,", i, draw(random, 0, 5),
                       units[draw(random, 0, has_hours ? 2 : 1)], draw(random, 0, 1) ? "Li" : "Wang");
        if (draw(random, 0, 3) == 0)
            at += snprintf(text + at, (size_t)(MOST_TEXT - at), "2026-02-%02d", draw(random, 9, 24));
        at += snprintf(text + at, (size_t)(MOST_TEXT - at), ",");
        for (int32_t k = 0; k < i; k++)
            if (draw(random, 0, 3) == 0)
                at += snprintf(text + at, (size_t)(MOST_TEXT - at), "t%d %s%+d%s;", k, types[draw(random, 0, 3)],
                               draw(random, -3, 4), lags[draw(random, 0, has_hours ? 3 : 2)]);
        at += snprintf(text + at, (size_t)(MOST_TEXT - at), "\n");
    }
}

static const char away[] = "owner:t,start:d,finish:d\nLi,2026-02-12,2026-02-13\nWang,2026-02-26,\n";

/* Across Spring Festival 2026, hour by hour: levelled without resources, tasks lie where the network has them. */
/* A schedule in a year whose holidays nobody has announced is given, and flagged. */
static void test_years_not_announced_are_flagged(void **state)
{
    level_call call;
    (void)state;
    start(&call, "task:t,duration:i,unit:t,owner:t\na,3,working_day,x\nb,2,working_day,x\nc,2,day,x\n", "2098-12-26");
    run(&call);
    assert_cell(call.report.notes, "code", 0, "provisional");
    assert_int_equal(int_cell(call.report.notes, "n", 0), 2);
    assert_cell(call.report.notes, "text", 0, "2 tasks lie in years whose holidays are not announced: dates may move.");
    end(&call);
    start(&call, "task:t,duration:i,unit:t,owner:t\na,3,working_day,x\n", "2026-03-02");
    run(&call);
    assert_int_equal(campaign_table_n_rows(call.report.notes), 0);
    end(&call);
}

static void test_nothing_moves_where_nothing_is_short(void **state)
{
    (void)state;
    static char text[MOST_TEXT];
    for (uint64_t seed = 1; seed <= 200; seed++) {
        cpn_random random;
        cpn_random_seed(&random, seed);
        draw_tasks(text, &random, seed % 2);
        level_call call;
        start(&call, text, "2026-02-09");
        call.options.without_owners = 1;
        call.inputs.away = keep(&call, away);
        const bool has_both = strstr(text, ",Li,") && strstr(text, ",Wang,");
        if (!has_both) call.inputs.away = NULL;
        run(&call);

        net_call plain;
        start_call(&plain, text, "2026-02-09");
        plain.inputs.away = call.inputs.away;
        assert_ok(run_call(&plain), plain.error);
        const int64_t n = campaign_table_n_rows(call.schedule);
        for (int64_t i = 0; i < n; i++)
            for (int32_t k = 0; k < 4; k++) {
                static const char *const columns[] = { "start_at", "finish_at", "start", "finish" };
                const int64_t levelled =
                    campaign_table_int64(call.schedule, campaign_table_find(call.schedule, columns[k]), i);
                const int64_t early =
                    campaign_table_int64(plain.schedule, campaign_table_find(plain.schedule, columns[k]), i);
                if (levelled != early)
                    fail_msg("seed %llu task %lld %s\n%s", (unsigned long long)seed, (long long)i, columns[k], text);
            }
        assert_int_equal(call.report.n_moved, 0);
        assert_int_equal(call.report.status, CAMPAIGN_CERTIFICATE_OPTIMAL);
        assert_true(call.report.length == plain.report.length || n == 0);
        end_call(&plain);
        end(&call);
    }
}

/* Levelled by owners: each works on one task at a time, whatever the units. */
static void test_no_owner_has_two_tasks_at_once(void **state)
{
    (void)state;
    static char text[MOST_TEXT];
    for (uint64_t seed = 1; seed <= 100; seed++) {
        cpn_random random;
        cpn_random_seed(&random, seed);
        draw_tasks(text, &random, seed % 2);
        level_call call;
        start(&call, text, "2026-02-09");
        run(&call);
        const int32_t starts = campaign_table_find(call.schedule, "start_at");
        const int32_t finishes = campaign_table_find(call.schedule, "finish_at");
        const int32_t owners = campaign_table_find(call.schedule, "owner");
        for (int64_t i = 0; i < campaign_table_n_rows(call.schedule); i++)
            for (int64_t k = 0; k < i; k++) {
                char mine[20], other[20];
                (void)campaign_table_format(mine, sizeof mine, call.schedule, owners, i);
                (void)campaign_table_format(other, sizeof other, call.schedule, owners, k);
                const int64_t start_i = campaign_table_int64(call.schedule, starts, i);
                const int64_t start_k = campaign_table_int64(call.schedule, starts, k);
                const int64_t finish_i = campaign_table_int64(call.schedule, finishes, i);
                const int64_t finish_k = campaign_table_int64(call.schedule, finishes, k);
                /* a task of hours or days may run while another pauses: only spans of the same kind are compared */
                char unit[2][20];
                (void)campaign_table_format(unit[0], 20, call.schedule, campaign_table_find(call.schedule, "unit"), i);
                (void)campaign_table_format(unit[1], 20, call.schedule, campaign_table_find(call.schedule, "unit"), k);
                if (strcmp(mine, other) != 0 || strcmp(unit[0], unit[1]) != 0) continue;
                if (start_i == finish_i || start_k == finish_k) continue;
                assert_true(finish_i <= start_k || finish_k <= start_i);
            }
        assert_true(call.report.finish_day >= call.report.bound_day);
        assert_true(call.report.bound_day >= call.report.path_day);
        for (int64_t i = 0; i < campaign_table_n_rows(call.report.usage); i++)
            assert_true(campaign_table_int64(call.report.usage, 2, i) <= campaign_table_int64(call.report.usage, 3, i));
        end(&call);
    }
}

static void assert_same(const campaign_table *one, const campaign_table *other)
{
    assert_int_equal(campaign_table_n_rows(one), campaign_table_n_rows(other));
    assert_int_equal(campaign_table_n_columns(one), campaign_table_n_columns(other));
    for (int32_t c = 0; c < campaign_table_n_columns(one); c++)
        for (int64_t r = 0; r < campaign_table_n_rows(one); r++) {
            char left[400], right[400];
            (void)campaign_table_format(left, sizeof left, one, c, r);
            (void)campaign_table_format(right, sizeof right, other, c, r);
            assert_string_equal(left, right);
        }
}

static const char twelve[] = "task:t,duration:i,after:t,owner:t\n"
                             "a,3,,Li\nb,2,,Li\nc,4,a,Wang\nd,2,a;b,Li\ne,5,b,Wang\nf,1,c,Zhao\n"
                             "g,3,d,Zhao\nh,2,e;f,Li\ni,4,g,Wang\nj,2,h,Zhao\nk,1,i;j,Li\nl,3,c,Li\n";
static const char twelve_mixed[] = "after:t,owner:t,task:t,duration:i\n"
                                   "c,Li,l,3\ni;j,Li,k,1\nh,Zhao,j,2\ng,Wang,i,4\nf;e,Li,h,2\nd,Zhao,g,3\n"
                                   "c,Zhao,f,1\nb,Wang,e,5\nb;a,Li,d,2\na,Wang,c,4\n,Li,b,2\n,Li,a,3\n";
static const char few[] = "task:t,resource:t,units:i\na,van,1\nc,van,1\ng,van,2\ni,van,1\ne,hall,1\nc,hall,1\n";
static const char few_mixed[] = "resource:t,units:i,task:t\nhall,1,c\nvan,1,i\nhall,1,e\nvan,2,g\nvan,1,a\nvan,1,c\n";
static const char there[] = "resource:t,units:i,date:d\nvan,2,\nhall,1,\nvan,1,2026-03-10\n";
static const char there_mixed[] = "resource:t,units:i,date:d\nvan,1,2026-03-10\nhall,1,\nvan,2,\n";

/* An hour here and there can lie on a weekend, working days cannot: what they fill is all that there is for them. */
static void test_working_days_bound_by_working_days(void **state)
{
    (void)state;
    level_call call;
    start(&call,
          "task:t,duration:i,unit:t,owner:t\na,20,,Li\nb,15,,Li\nc,10,,Li\nd,2,hour,Li\ne,3,day,Li\nf,1,hour,Li\n",
          "2026-03-02");
    call.options.n_nodes = -1;
    run(&call);
    assert_int_equal(call.report.status, CAMPAIGN_CERTIFICATE_OPTIMAL);
    assert_true(call.report.length == 45 && call.report.bound_length == 45);
    end(&call);
    /* Seven days in a row have five working days, wherever they lie: 10 + 5 + 2 × 5, and no weekend helps. */
    start(&call, "task:t,duration:i,unit:t,owner:t\na,10,,Li\nb,5,,Li\nd,7,day,Li\ne,7,day,Li\n", "2026-05-11");
    call.options.n_nodes = -1;
    run(&call);
    assert_int_equal(call.report.status, CAMPAIGN_CERTIFICATE_OPTIMAL);
    assert_int_equal(call.report.finish_day, day_number("2026-06-12"));
    end(&call);
}

/* Levelling places all work anew: what has happened may stand there, and changes nothing. */
static void test_what_has_happened_does_not_count(void **state)
{
    (void)state;
    level_call call, plain;
    start(&call,
          "task:t,duration:i,owner:t,after:t,actual_start:d,actual_finish:d,remaining:f\n"
          "a,3,Li,,2026-02-16,2026-02-17,\nb,2,Li,,2026-03-04,,0.5\nc,1,,a;b,,,4\nd,1,Li,,2026-03-06,2026-03-02,\n",
          "2026-03-02");
    start(&plain, "task:t,duration:i,owner:t,after:t\na,3,Li,\nb,2,Li,\nc,1,,a;b\nd,1,Li,\n", "2026-03-02");
    run(&call);
    run(&plain);
    assert_same(call.schedule, plain.schedule);
    assert_same(call.report.summary, plain.report.summary);
    assert_same(call.report.usage, plain.report.usage);
    assert_int_equal(call.report.start_day, day_number("2026-03-02"));
    end(&plain);
    /* Without a start the first earliest day is it, not an actual one before. */
    call.options.has_start = 0;
    assert_int_equal(run_with(&call, NULL), CAMPAIGN_E_MISSING);
    assert_string_equal(call.error.where, "options.start_day");
    end(&call);
}

/* A third and a seventh of a unit make slots of a millionth: the answer comes all the same, until there are too many. */
static void test_fine_slots_cost_schedules(void **state)
{
    (void)state;
    level_call call;
    start(&call, "task:t,duration:f,owner:t,after:t\na,0.333333,Li,\nb,0.142857,Li,\nc,0.123457,Wu,a\n", NULL);
    run(&call);
    assert_near(call.report.length, 0.47619, 1e-9); /* a, then c beside b */
    assert_int_equal(call.report.status, CAMPAIGN_CERTIFICATE_OPTIMAL);
    end(&call);
    start(&call, "task:t,duration:f,owner:t\na,40,Li\nb,0.000001,Li\n", NULL);
    assert_int_equal(run_with(&call, NULL), CAMPAIGN_E_LIMIT);
    assert_non_null(strstr(call.error.message, "slots × resources are more than 33554432"));
    end(&call);
}

static void test_rows_and_threads_change_nothing(void **state)
{
    (void)state;
    level_call call, other;
    campaign_runtime four = { .size = sizeof four, .n_threads = 4 };
    start(&call, twelve, "2026-03-02");
    call.inputs.needs = keep(&call, few);
    call.inputs.resources = keep(&call, there);
    call.options.n_nodes = -1;
    start(&other, twelve_mixed, "2026-03-02");
    other.inputs.needs = keep(&other, few_mixed);
    other.inputs.resources = keep(&other, there_mixed);
    other.options.n_nodes = -1;

    run(&call);
    assert_ok(run_with(&other, &four), other.error);

    assert_same(call.schedule, other.schedule);
    assert_same(call.report.summary, other.report.summary);
    assert_same(call.report.usage, other.report.usage);
    assert_same(call.report.resources, other.report.resources);
    end(&other);
    end(&call);
}

/* ---- What is wrong ---------------------------------------------------------------------------------------------------- */

typedef struct wrong_case {
    const char *tasks, *needs, *resources;
    campaign_status code;
    const char *where, *message;
    int64_t row;
} wrong_case;

static const wrong_case wrongs[] = {
    { "task:t,duration:i\na,1\n", "task:t,resource:t,units:i\na,van,3\n", "resource:t,units:i\nvan,2\n",
      CAMPAIGN_E_INFEASIBLE, "needs.units", "task \"a\" needs 3 units of \"van\", which never has more than 2", 0 },
    { "task:t,duration:i\na,1\n", "task:t,resource:t\na,van\n", "resource:t,units:i\nvan,0\n", CAMPAIGN_E_INFEASIBLE,
      "needs.units", "task \"a\" needs \"van\", of which there is nothing on any day", 0 },
    { "task:t,duration:i\na,1\n", "task:t,resource:t\na,vans\n", "resource:t,units:i\nvan,1\n", CAMPAIGN_E_UNKNOWN,
      "needs.resource", "there is no resource \"vans\"; did you mean \"van\"?", 0 },
    { "task:t,duration:i\na,1\n", "task:t,resource:t\nb,van\n", "resource:t,units:i\nvan,1\n", CAMPAIGN_E_UNKNOWN,
      "needs.task", NULL, 0 },
    { "task:t,duration:i\na,1\n", "task:t,resource:t\na,van\na,van\n", "resource:t,units:i\nvan,1\n",
      CAMPAIGN_E_DUPLICATE, "needs.resource", "resource \"van\" of task \"a\" stands twice", 1 },
    { "task:t,duration:i\na,1\n", NULL, "resource:t,units:i\nvan,1\nvan,2\n", CAMPAIGN_E_DUPLICATE,
      "resources.resource", "resource \"van\" stands twice without a date", 1 },
    { "task:t,duration:i\na,1\n", NULL, "resource:t,units:f\nvan,1.5\n", CAMPAIGN_E_VALUE, "resources.units",
      "units is 1.5, expected a whole number", 0 },
    { "task:t,duration:i\na,1\n", NULL, "resource:t,units:i,date:d\nvan,1,2026-03-02\n", CAMPAIGN_E_MISSING,
      "resources.units", "resource \"van\" has units on some dates, but no row without a date", 0 },
    { "task:t,duration:i\na,1\n", NULL,
      "resource:t,units:i,date:d,finish:d\nvan,1,,\nvan,0,2026-03-02,2026-03-05\nvan,2,2026-03-05,\n",
      CAMPAIGN_E_DUPLICATE, "resources.date", "2026-03-05 of resource \"van\" is told twice", 2 },
    { "task:t,duration:i\na,1\n", NULL, "resource:t,units:i,date:d,finish:d\nvan,1,2026-03-05,2026-03-04\n",
      CAMPAIGN_E_VALUE, "resources.finish", "the days end on 2026-03-04, before they begin on 2026-03-05", 0 },
    { "task:t,duration:i\na,1\n", NULL, "resource:t,units:i,calendar:t\nvan,1,night\n", CAMPAIGN_E_UNKNOWN,
      "resources.calendar", NULL, 0 },
    { "task:t,duration:i,after:t\na,1,b\nb,1,a\n", NULL, NULL, CAMPAIGN_E_INFEASIBLE, NULL, NULL, -2 },
    { "task:t,duration:i\na,5\n", "task:t,resource:t\na,van\n",
      "resource:t,units:i,date:d,finish:d\nvan,0,,\nvan,1,2026-03-02,2026-03-04\n", CAMPAIGN_E_INFEASIBLE,
      "tasks.duration", NULL, 0 },
};

static void test_wrong_cells_are_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
        const wrong_case *wrong = &wrongs[i];
        level_call call;
        start(&call, wrong->tasks, "2026-03-02");
        if (wrong->needs) call.inputs.needs = keep(&call, wrong->needs);
        if (wrong->resources) call.inputs.resources = keep(&call, wrong->resources);
        const campaign_status status = run_with(&call, NULL);
        if (status != wrong->code) fail_msg("case %zu: %d %s", i, status, call.error.message);
        if (wrong->where) assert_string_equal(call.error.where, wrong->where);
        if (wrong->message) assert_string_equal(call.error.message, wrong->message);
        if (wrong->row > -2) assert_int_equal(call.error.row, wrong->row);
        assert_null(call.schedule);
        assert_null(call.report.summary);
        end(&call);
    }
}

static void test_no_tasks_make_an_empty_schedule(void **state)
{
    (void)state;
    level_call call;
    start(&call, "task:t,duration:i\n", "2026-03-02");
    run(&call);
    assert_int_equal(campaign_table_n_rows(call.schedule), 0);
    assert_int_equal(call.report.status, CAMPAIGN_CERTIFICATE_OPTIMAL);
    end(&call);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_owner_does_one_thing_at_a_time),
        cmocka_unit_test(test_a_successor_is_pulled_along),
        cmocka_unit_test(test_tasks_pause_where_their_resource_does),
        cmocka_unit_test(test_hours_and_days_share_a_resource),
        cmocka_unit_test(test_abstract_units_may_be_parts),
        cmocka_unit_test(test_owners_as_they_are_told),
        cmocka_unit_test(test_chinese_sentences),
        cmocka_unit_test(test_years_not_announced_are_flagged),
        cmocka_unit_test(test_nothing_moves_where_nothing_is_short),
        cmocka_unit_test(test_no_owner_has_two_tasks_at_once),
        cmocka_unit_test(test_working_days_bound_by_working_days),
        cmocka_unit_test(test_what_has_happened_does_not_count),
        cmocka_unit_test(test_fine_slots_cost_schedules),
        cmocka_unit_test(test_rows_and_threads_change_nothing),
        cmocka_unit_test(test_wrong_cells_are_told),
        cmocka_unit_test(test_no_tasks_make_an_empty_schedule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
