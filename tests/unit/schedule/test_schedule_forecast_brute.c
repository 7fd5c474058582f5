/* Random networks of which some tasks are done and some under way: the forecast against its definition, by trying day after
 * day. Days are numbered from a first one before the start, so that work can have begun before the plan did. */
#include "net_cases.h"

#include "base/random.h"

enum { N_TASKS = 6, N_DAYS = 200, N_NETWORKS = 600, MOST_LINKS = 15, START = 10, N_CLOCKS = 2 };

typedef struct trial_link {
    int32_t from, to, type, lag; /* 0 FS … 3 SF; days */
    bool is_worked;              /* the lag counts working days */
} trial_link;

typedef struct trial_task {
    int32_t size, clock, earliest, due; /* clock 1: owner x, who is away at times; -1 = none */
    int32_t actual_start, actual_finish, remaining;
    bool has_working_days;
} trial_task;

typedef struct trial {
    trial_task tasks[N_TASKS];
    trial_link links[MOST_LINKS];
    int32_t n_links, as_of, away_first, away_last;
    bool works[N_CLOCKS][N_DAYS];
} trial;

/* First day, and the day after the last. */
typedef struct span {
    int32_t start, end;
} span;

/* ---- By definition ----------------------------------------------------------------------------------------------- */

static int32_t worked(const trial *t, int32_t clock, int32_t from, int32_t to)
{
    int32_t n = 0;
    for (int32_t day = from; day < to; day++) n += t->works[clock][day];
    return n;
}

static bool holds(const trial *t, const trial_link *link, int32_t from, int32_t to)
{
    if (!link->is_worked) return to >= from + link->lag;
    const int32_t clock = t->tasks[link->to].clock;
    if (link->lag >= 0) return to >= from && worked(t, clock, from, to) >= link->lag;
    return to >= from || worked(t, clock, to, from) <= -link->lag;
}

/* The day after the last where size units begin on a day; -1 where work cannot begin on it. */
static int32_t end_of(const trial *t, const trial_task *task, int32_t size, int32_t start)
{
    if (!task->has_working_days) return start + size;
    if (!t->works[task->clock][start]) return -1;
    int32_t day = start;
    for (int32_t left = size; left > 0; day++) left -= t->works[task->clock][day];
    return day;
}

/* What a task has left: as told, or its duration less the units that have passed, and at least one. */
static int32_t left_of(const trial *t, const trial_task *task)
{
    if (task->remaining >= 0) return task->remaining;
    if (task->actual_start < 0) return task->size;
    const int32_t passed = task->has_working_days ? worked(t, task->clock, task->actual_start, t->as_of + 1)
                                                  : t->as_of + 1 - task->actual_start;
    return task->size - passed > 1 ? task->size - passed : 1;
}

static bool keeps_links(const trial *t, const span *spans, int32_t to, span at, bool is_started)
{
    bool is_kept = true;
    for (int32_t i = 0; i < t->n_links && is_kept; i++) {
        const trial_link *link = &t->links[i];
        if (link->to != to) continue;
        const bool is_about_start = link->type == 0 || link->type == 1;
        const int32_t from = link->type == 0 || link->type == 2 ? spans[link->from].end : spans[link->from].start;
        if (is_about_start && is_started) continue;
        is_kept = holds(t, link, from, is_about_start ? at.start : at.end);
    }
    return is_kept;
}

static void forecast(const trial *t, span spans[N_TASKS])
{
    for (int32_t i = 0; i < N_TASKS; i++) {
        const trial_task *task = &t->tasks[i];
        if (task->actual_finish >= 0) {
            spans[i] = (span){ task->actual_start, task->actual_finish + 1 };
            continue;
        }
        const bool is_started = task->actual_start >= 0;
        int32_t day = is_started || t->as_of + 1 > START ? t->as_of + 1 : START;
        if (!is_started && task->earliest > day) day = task->earliest;
        for (;; day++) {
            assert_true(day < N_DAYS - 60);
            spans[i] = (span){ day, end_of(t, task, left_of(t, task), day) };
            if (spans[i].end >= 0 && keeps_links(t, spans, i, spans[i], is_started)) break;
        }
        if (is_started) spans[i].start = task->actual_start;
    }
}

/* ---- Trials ------------------------------------------------------------------------------------------------------ */

static int32_t draw(cpn_random *random, int32_t from, int32_t to)
{
    return from + (int32_t)cpn_random_below(random, to - from + 1);
}

static trial_task make_task(cpn_random *random, int32_t as_of)
{
    trial_task task = { draw(random, 1, 5), draw(random, 0, 1), -1, -1, -1, -1, -1, draw(random, 0, 2) > 0 };
    const int32_t state = draw(random, 0, 2); /* not begun, under way, done */
    if (state > 0) task.actual_start = draw(random, as_of > 12 ? as_of - 12 : 0, as_of);
    if (state == 2) task.actual_finish = draw(random, task.actual_start, as_of);
    if (state < 2 && draw(random, 0, 2) == 0) task.remaining = draw(random, 1, 4);
    if (draw(random, 0, 2) == 0)
        task.due = draw(random, START, as_of + 20);
    else if (draw(random, 0, 3) == 0)
        task.earliest = draw(random, START, as_of + 15);
    return task;
}

static trial make_trial(cpn_random *random, const campaign_calendar *calendar, int32_t first_day)
{
    trial t = { .as_of = START + draw(random, -3, 15) };
    t.away_first = draw(random, 0, 40);
    t.away_last = t.away_first + draw(random, 0, 6);
    for (int32_t i = 0; i < N_TASKS; i++) t.tasks[i] = make_task(random, t.as_of);
    for (int32_t to = 1; to < N_TASKS; to++)
        for (int32_t from = 0; from < to; from++) {
            if (draw(random, 0, 2) > 0) continue;
            const int32_t lag = draw(random, 0, 1) ? draw(random, -3, 4) : 0;
            t.links[t.n_links++] = (trial_link){ from, to, draw(random, 0, 3), lag, draw(random, 0, 1) > 0 };
        }
    for (int32_t day = 0; day < N_DAYS; day++) {
        campaign_calendar_day_info info = CAMPAIGN_CALENDAR_DAY_INFO_INIT;
        assert_int_equal(campaign_calendar_day(&info, calendar, first_day + day, NULL), CAMPAIGN_OK);
        t.works[0][day] = info.is_working;
        t.works[1][day] = info.is_working && (day < t.away_first || day > t.away_last);
    }
    return t;
}

static const char *date_or_nothing(char text[CAMPAIGN_DATE_TEXT], int32_t first_day, int32_t day)
{
    text[0] = '\0';
    if (day >= 0) (void)campaign_date_format(text, first_day + day);
    return text;
}

static void write_links(char *after, size_t size, const trial *t, int32_t to)
{
    static const char *const types[] = { "FS", "SS", "FF", "SF" };
    after[0] = '\0';
    for (int32_t i = 0; i < t->n_links; i++) {
        const trial_link *link = &t->links[i];
        const size_t length = strlen(after);
        if (link->to == to && link->lag != 0)
            (void)snprintf(after + length, size - length, "%c %s%+d%c; ", 'a' + link->from, types[link->type],
                           (int)link->lag, link->is_worked ? 'w' : 'd');
        else if (link->to == to)
            (void)snprintf(after + length, size - length, "%c %s; ", 'a' + link->from, types[link->type]);
    }
}

static void write_tasks(char *text, size_t size, const trial *t, int32_t first_day)
{
    size_t length = (size_t)snprintf(text, size,
                                     "task:t,duration:i,unit:t,owner:t,after:t,earliest:d,due:d,"
                                     "actual_start:d,actual_finish:d,remaining:i\n");
    for (int32_t i = 0; i < N_TASKS; i++) {
        const trial_task *task = &t->tasks[i];
        char dates[4][CAMPAIGN_DATE_TEXT], after[160], remaining[16] = "";
        write_links(after, sizeof after, t, i);
        if (task->remaining >= 0) (void)snprintf(remaining, sizeof remaining, "%d", (int)task->remaining);
        length += (size_t)snprintf(text + length, size - length, "%c,%d,%s,%s,%s,%s,%s,%s,%s,%s\n", 'a' + i,
                                   (int)task->size, task->has_working_days ? "" : "day", task->clock ? "x" : "y", after,
                                   date_or_nothing(dates[0], first_day, task->earliest),
                                   date_or_nothing(dates[1], first_day, task->due),
                                   date_or_nothing(dates[2], first_day, task->actual_start),
                                   date_or_nothing(dates[3], first_day, task->actual_finish), remaining);
    }
    text[length - 1] = '\0';
}

/* Units from one end to another, negative where it is earlier. */
static int32_t units_between(const trial *t, const trial_task *task, int32_t from, int32_t to)
{
    if (!task->has_working_days) return to - from;
    return from <= to ? worked(t, task->clock, from, to) : -worked(t, task->clock, to, from);
}

static void check_trial(const trial *t, const net_call *call, int32_t first_day)
{
    span spans[N_TASKS];
    int32_t end = START, n_broken = 0, n_due = 0;
    forecast(t, spans);
    for (int32_t i = 0; i < N_TASKS; i++) {
        assert_int_equal(int_cell(call->schedule, "forecast_start", i), first_day + spans[i].start);
        assert_int_equal(int_cell(call->schedule, "forecast_finish", i), first_day + spans[i].end - 1);
        const int32_t planned = (int32_t)int_cell(call->schedule, "finish", i) + 1 - first_day;
        assert_near(float_cell(call->schedule, "slip", i), units_between(t, &t->tasks[i], planned, spans[i].end),
                    1e-12);
        if (spans[i].end > end) end = spans[i].end;
        if (t->tasks[i].due < 0) continue;
        const bool is_broken = spans[i].end - 1 > t->tasks[i].due;
        assert_int_equal(int_cell(call->report.deadlines, "is_broken", n_due++), is_broken);
        n_broken += is_broken;
    }
    assert_int_equal(campaign_table_n_rows(call->report.deadlines), n_due);
    assert_int_equal(call->report.n_broken, n_broken);
    assert_int_equal(call->report.forecast_day, first_day + end - 1);
}

/* Around Spring Festival 2026, with a make-up Saturday before and one after. */
static void test_forecasts_by_definition(void **state)
{
    (void)state;
    const int32_t first_day = day_number("2026-01-26");
    campaign_calendar *calendar = NULL;
    assert_int_equal(campaign_calendar_create(&calendar, NULL, NULL), CAMPAIGN_OK);
    cpn_random random;
    cpn_random_seed(&random, 20260126);
    for (int32_t i = 0; i < N_NETWORKS; i++) {
        char tasks[4096], away[128], dates[2][CAMPAIGN_DATE_TEXT];
        const trial t = make_trial(&random, calendar, first_day);
        write_tasks(tasks, sizeof tasks, &t, first_day);
        (void)snprintf(away, sizeof away, "owner:t,start:d,finish:d\nx,%s,%s",
                       date_or_nothing(dates[0], first_day, t.away_first),
                       date_or_nothing(dates[1], first_day, t.away_last));
        net_call call;
        start_call(&call, tasks, "2026-02-05");
        call.inputs.owners = keep_table(&call, "owner:t\nx\ny");
        call.inputs.away = keep_table(&call, away);
        call.options.has_as_of = 1, call.options.as_of_day = first_day + t.as_of;
        assert_ok(run_call(&call), call.error);
        check_trial(&t, &call, first_day);
        end_call(&call);
    }
    campaign_calendar_free(calendar);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_forecasts_by_definition) };
    return cmocka_run_group_tests_name("forecasts by trying", tests, NULL, NULL);
}
