/* Random networks on calendars, all four links, lags of every kind: early and late dates and floats against their
 * definitions, by trying. Time goes in steps of six hours, of which all durations and lags are multiples. */
#include "net_cases.h"

#include "base/random.h"

enum { N_TASKS = 6, N_STEPS = 4 * 75, A_DAY = 4, N_NETWORKS = 400, MOST_LINKS = 15 };

typedef struct trial_link {
    int32_t from, to, type, unit; /* 0 FS … 3 SF; 0 working days, 1 days, 2 hours */
    int64_t lag;                  /* units; of hours in steps */
} trial_link;

typedef struct trial {
    int32_t units[N_TASKS], calendars[N_TASKS];
    int64_t sizes[N_TASKS]; /* units; of hours in steps */
    int32_t earliest[N_TASKS];
    trial_link links[MOST_LINKS];
    int32_t n_links;
    bool works[2][N_STEPS + A_DAY]; /* by calendar and step */
} trial;

/* ---- By definition ----------------------------------------------------------------------------------------------- */

/* Worked steps of [from, to). */
static int64_t worked(const trial *t, int32_t calendar, int64_t from, int64_t to)
{
    int64_t n = 0;
    for (int64_t i = from; i < to; i++) n += t->works[calendar][i];
    return n;
}

/* Where the task ends that starts at a step; -1 where it cannot start there, or ends beyond all steps. */
static int64_t finish_of(const trial *t, int32_t task, int64_t start)
{
    const int64_t size = t->sizes[task];
    const bool *works = t->works[t->calendars[task]];
    if (t->units[task] == 2 || size == 0) return start + size <= N_STEPS ? start + size : -1;
    if (start % A_DAY != 0) return -1;
    if (t->units[task] == 1) return start + size * A_DAY <= N_STEPS ? start + size * A_DAY : -1;
    if (!works[start]) return -1;
    int64_t days = 0;
    for (int64_t at = start; at < N_STEPS; at += A_DAY) {
        days += works[at];
        if (days == size) return at + A_DAY;
    }
    return -1;
}

static bool holds(const trial *t, const trial_link *link, int64_t from, int64_t to)
{
    if (link->unit == 2) return to >= from + link->lag;
    if (link->unit == 1) return to >= from + link->lag * A_DAY;
    const int32_t calendar = t->calendars[link->to];
    if (link->lag == 0) return to >= from;
    if (link->lag > 0) return to >= from && worked(t, calendar, from, to) >= link->lag * A_DAY;
    return to >= from || worked(t, calendar, to, from) <= -link->lag * A_DAY;
}

/* Early starts by trying every step; forced, where not negative, is the start of one task. -1: nothing fits. */
static int64_t run_forward(const trial *t, int64_t starts[N_TASKS], int32_t task_forced, int64_t forced)
{
    int64_t finishes[N_TASKS], end = 0;
    for (int32_t i = 0; i < N_TASKS; i++) {
        int64_t at = i == task_forced ? forced : t->earliest[i];
        for (;; at++) {
            if (at >= N_STEPS || (i == task_forced && at > forced)) return -1;
            finishes[i] = finish_of(t, i, at);
            bool fits = finishes[i] >= 0;
            for (int32_t k = 0; k < t->n_links && fits; k++) {
                const trial_link *link = &t->links[k];
                if (link->to != i) continue;
                const int64_t from = link->type == 0 || link->type == 2 ? finishes[link->from] : starts[link->from];
                fits = holds(t, link, from, link->type == 0 || link->type == 1 ? at : finishes[i]);
            }
            if (fits) break;
        }
        starts[i] = at;
        if (finishes[i] > end) end = finishes[i];
    }
    return end;
}

/* ---- Trials ------------------------------------------------------------------------------------------------------ */

/* Fewer units of days than of steps, and never below 0. */
static trial make_trial(cpn_random *random, const campaign_calendar *const calendars[2], int32_t first_day)
{
    trial t = { 0 };
    for (int32_t i = 0; i < N_TASKS; i++) {
        t.units[i] = (int32_t)cpn_random_below(random, 4) % 3;
        t.calendars[i] = (int32_t)cpn_random_below(random, 2);
        t.sizes[i] = cpn_random_below(random, t.units[i] == 2 ? 8 : 5);
        t.earliest[i] = cpn_random_below(random, 4) == 0 ? A_DAY * (int32_t)cpn_random_below(random, 12) : 0;
    }
    for (int32_t to = 1; to < N_TASKS; to++)
        for (int32_t from = 0; from < to; from++) {
            if (cpn_random_below(random, 3) > 0) continue;
            trial_link *link = &t.links[t.n_links++];
            link->from = from, link->to = to;
            link->type = (int32_t)cpn_random_below(random, 4);
            link->unit = (int32_t)cpn_random_below(random, 3);
            link->lag = cpn_random_below(random, 2) == 0 ? 0 : cpn_random_below(random, 7) - 3;
        }
    for (int32_t c = 0; c < 2; c++)
        for (int32_t i = 0; i < N_STEPS + A_DAY; i++) {
            campaign_calendar_day_info info = CAMPAIGN_CALENDAR_DAY_INFO_INIT;
            assert_int_equal(campaign_calendar_day(&info, calendars[c], first_day + i / A_DAY, NULL), CAMPAIGN_OK);
            t.works[c][i] = info.is_working;
        }
    return t;
}

static void write_trial(const trial *t, int32_t first_day, char *tasks, char *links)
{
    static const char *const units[] = { "working_day", "day", "hour" }, *const types[] = { "FS", "SS", "FF", "SF" };
    char line[128], date[CAMPAIGN_DATE_TEXT];
    (void)strcpy(tasks, "task:t,duration:f,unit:t,calendar:t,earliest:d\n");
    (void)strcpy(links, "task:t,predecessor:t,type:t,lag:f,lag_unit:t\n");
    for (int32_t i = 0; i < N_TASKS; i++) {
        (void)campaign_date_format(date, first_day + t->earliest[i] / A_DAY);
        (void)snprintf(line, sizeof line, "%c,%d,%s,%s,%s\n", 'a' + i, (int)t->sizes[i] * (t->units[i] == 2 ? 6 : 1),
                       units[t->units[i]], t->calendars[i] ? "weeks" : "", t->earliest[i] ? date : "");
        (void)strcat(tasks, line);
    }
    for (int32_t i = 0; i < t->n_links; i++) {
        const trial_link *link = &t->links[i];
        (void)snprintf(line, sizeof line, "%c,%c,%s,%d,%s\n", 'a' + link->to, 'a' + link->from, types[link->type],
                       (int)link->lag * (link->unit == 2 ? 6 : 1), units[link->unit]);
        (void)strcat(links, line);
    }
}

/* Step of a timestamp. */
static int64_t step_of(const net_call *call, const char *column, int32_t task, int32_t first_day)
{
    const int64_t hours = int_cell(call->schedule, column, task) / INT64_C(3600000000);
    return (hours - (int64_t)first_day * 24) / 6;
}

/* The last start of a task that keeps the end, and where asked all other starts too. */
static int64_t last_start(const trial *t, int32_t task, const int64_t early[N_TASKS], int64_t end, bool keeps_others)
{
    int64_t last = early[task], starts[N_TASKS];
    for (int64_t at = early[task]; at < N_STEPS; at++) {
        if (finish_of(t, task, at) < 0) continue;
        const int64_t found = run_forward(t, starts, task, at);
        if (found < 0 || found > end) break;
        bool is_kept = true;
        for (int32_t i = 0; i < N_TASKS && keeps_others; i++) is_kept &= i == task || starts[i] == early[i];
        if (!is_kept) break;
        last = at;
    }
    return last;
}

/* Units between two starts of a task. */
static double units_between(const trial *t, int32_t task, int64_t from, int64_t to)
{
    if (t->units[task] == 2) return (double)(to - from) * 6;
    if (t->units[task] == 1) return (double)(to - from) / A_DAY;
    return (double)worked(t, t->calendars[task], from, to) / A_DAY;
}

static void check_trial(const trial *t, const net_call *call, int32_t first_day)
{
    int64_t early[N_TASKS];
    const int64_t end = run_forward(t, early, -1, 0);
    assert_true(end > 0 && end < N_STEPS - 10 * A_DAY);
    for (int32_t i = 0; i < N_TASKS; i++) {
        assert_int_equal(step_of(call, "start_at", i, first_day), early[i]);
        assert_int_equal(step_of(call, "finish_at", i, first_day), finish_of(t, i, early[i]));
        const int64_t late = last_start(t, i, early, end, false), free_until = last_start(t, i, early, end, true);
        assert_int_equal(step_of(call, "late_start_at", i, first_day), late);
        assert_near(float_cell(call->schedule, "total_float", i), units_between(t, i, early[i], late), 1e-12);
        assert_near(float_cell(call->schedule, "free_float", i), units_between(t, i, early[i], free_until), 1e-12);
        assert_int_equal(int_cell(call->schedule, "is_critical", i), units_between(t, i, early[i], late) == 0);
    }
}

/* Around Spring Festival 2026, with a make-up Saturday before and one after. */
static void test_random_networks_by_definition(void **state)
{
    (void)state;
    const int32_t first_day = day_number("2026-02-06");
    campaign_calendar *calendars[2] = { NULL };
    campaign_calendar_options options = CAMPAIGN_CALENDAR_OPTIONS_INIT;
    assert_int_equal(campaign_calendar_create(&calendars[0], NULL, NULL), CAMPAIGN_OK);
    options.region = "";
    assert_int_equal(campaign_calendar_create(&calendars[1], &options, NULL), CAMPAIGN_OK);
    const campaign_schedule_calendar named = { "weeks", calendars[1] };
    cpn_random random;
    cpn_random_seed(&random, 20260206);
    for (int32_t i = 0; i < N_NETWORKS; i++) {
        char tasks[2048], links[2048];
        const trial t = make_trial(&random, (const campaign_calendar *const *)calendars, first_day);
        write_trial(&t, first_day, tasks, links);
        net_call call;
        start_call(&call, tasks, "2026-02-06");
        call.inputs.links = keep_table(&call, links);
        call.inputs.calendars = &named, call.inputs.n_calendars = 1;
        assert_ok(run_call(&call), call.error);
        check_trial(&t, &call, first_day);
        end_call(&call);
    }
    campaign_calendar_free(calendars[0]);
    campaign_calendar_free(calendars[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_random_networks_by_definition) };
    return cmocka_run_group_tests_name("schedules by trying", tests, NULL, NULL);
}
