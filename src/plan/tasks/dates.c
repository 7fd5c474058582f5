/* Puts the tasks of one campaign on the calendar: what prepares the burst back from it, as late as its deadlines and its
 * successors allow; what lasts a phase on its days; what follows an end from there on, as early as its predecessors do. */
#include <limits.h>
#include <string.h>

#include "base/date.h"
#include "plan/tasks/templates.h"

/* What placing one campaign needs; the first failure of the calendar stays. */
typedef struct placing {
    cpn_task_dates *dates;
    const cpn_task_set *set;
    const cpn_plan_campaign *campaign;
    const cpn_task_deadlines *deadlines;
    const campaign_calendar *calendar;
    campaign_status status;
    campaign_error *error;
} placing;

int32_t cpn_task_days(int32_t duration, int32_t unit)
{
    return unit == CPN_TASK_HOUR ? (duration + 23) / 24 : duration;
}

/* ---- Steps on the calendar -------------------------------------------------------------------------------------- */

static int32_t add_working(placing *p, int32_t day, int64_t n)
{
    if (p->status == CAMPAIGN_OK) p->status = campaign_calendar_add_working_days(&day, p->calendar, day, n, p->error);
    return day;
}

static int32_t roll(placing *p, int32_t day, int32_t unit, int32_t direction)
{
    if (p->status == CAMPAIGN_OK && unit == CPN_TASK_WORKING_DAY)
        p->status = campaign_calendar_roll(&day, p->calendar, day, direction, p->error);
    return day;
}

/* n units before or after a day; the day is rolled away from the direction of waiting first. */
static int32_t shift(placing *p, int32_t day, int32_t n, int32_t unit, int32_t direction)
{
    if (unit != CPN_TASK_WORKING_DAY) {
        const int32_t days = unit == CPN_TASK_HOUR ? (n >= 0 ? (n + 23) / 24 : -(-n / 24)) : n;
        return day + days * direction;
    }
    day = roll(p, day, unit, direction);
    return n == 0 ? day : add_working(p, day, (int64_t)n * direction);
}

/* The last day of a task that starts on a day, and the first of one that finishes on one. */
static int32_t finish_of(placing *p, int32_t start, int32_t days, int32_t unit)
{
    if (days <= 1) return start;
    return unit == CPN_TASK_WORKING_DAY ? add_working(p, start, days - 1) : start + days - 1;
}

static int32_t start_of(placing *p, int32_t finish, int32_t days, int32_t unit)
{
    if (days <= 1) return finish;
    return unit == CPN_TASK_WORKING_DAY ? add_working(p, finish, -(int64_t)(days - 1)) : finish - (days - 1);
}

/* ---- Due dates -------------------------------------------------------------------------------------------------- */

static bool cell_is(const campaign_table *table, const char *column, int64_t row, const char *expected)
{
    size_t length = 0;
    const char *text = campaign_table_text(table, campaign_table_find(table, column), row, &length);
    return text && strlen(expected) == length && memcmp(text, expected, length) == 0;
}

static int32_t anchor_day(const placing *p, int32_t anchor)
{
    if (anchor == CPN_ANCHOR_BEFORE_BURST) return p->campaign->starts[1];
    return p->campaign->ends[anchor == CPN_ANCHOR_AFTER_BURST ? 1 : 2] - 1;
}

/* The deadline of that id in the plan's table. */
static bool take_deadline(cpn_task_dates *dates, const placing *p, const cpn_task_template *task)
{
    const campaign_table *table = p->deadlines->table;
    if (!task->deadline) return false;
    if (strcmp(task->deadline, "stock_lock") == 0) {
        dates->due = p->deadlines->stock_lock;
        return true;
    }
    for (int64_t row = p->deadlines->first; row < p->deadlines->end; row++) {
        if (!cell_is(table, "deadline", row, task->deadline)) continue;
        dates->due = cpn_plan_day_cell(table, "date", row);
        dates->deadline = task->deadline;
        if (!campaign_table_is_null(table, campaign_table_find(table, "due"), row))
            dates->due_hours = p->campaign->feedback_hours % 24;
        return true;
    }
    return false;
}

/* n units from the anchor: the n-th working day before the burst, or after the last day. */
static void take_offset(cpn_task_dates *dates, placing *p, const cpn_task_template *task)
{
    const int32_t anchor = anchor_day(p, task->anchor);
    const bool is_before = task->anchor == CPN_ANCHOR_BEFORE_BURST;
    if (task->offset_unit == CPN_TASK_WORKING_DAY) {
        dates->due = add_working(p, anchor, is_before ? -(int64_t)task->offset : task->offset);
    } else if (task->offset_unit == CPN_TASK_HOUR) {
        dates->due = anchor + 1 + task->offset / 24;
        dates->due_hours = task->offset % 24;
    } else {
        dates->due = is_before ? anchor - task->offset : anchor + task->offset;
    }
}

/* A day of its own goes first. Without a deadline that the campaign has, the offset; without an offset too, a task of a
 * deadline is not there. */
static void find_due(cpn_task_dates *dates, placing *p, const cpn_task_template *task)
{
    dates->due_hours = -1;
    dates->bound_by = -1;
    dates->is_there = task->is_used && cpn_task_is_for(task, p->campaign);
    if (task->anchor == CPN_ANCHOR_DURING) return;
    dates->has_due = true;
    if (task->has_day) {
        dates->due = task->due_day;
        dates->reason = CPN_REASON_DATE;
    } else if (take_deadline(dates, p, task)) {
        dates->reason = CPN_REASON_DEADLINE;
    } else if (task->offset >= 0) {
        dates->reason = CPN_REASON_OFFSET;
        take_offset(dates, p, task);
    } else {
        dates->has_due = false;
        if (task->deadline) dates->is_there = false;
    }
}

/* ---- During a phase --------------------------------------------------------------------------------------------- */

static void place_during(cpn_task_dates *dates, const placing *p, const cpn_task_template *task)
{
    const int32_t phase = task->phase - CPN_TASK_PREHEAT;
    dates->start = p->campaign->starts[phase];
    dates->finish = p->campaign->ends[phase] - 1;
    dates->duration = dates->finish - dates->start + 1;
    dates->has_due = true;
    dates->due = dates->finish;
    dates->reason = CPN_REASON_PHASE;
    if (dates->finish < dates->start) dates->is_there = false;
}

/* ---- Before the burst ------------------------------------------------------------------------------------------- */

/* The latest a predecessor may finish (FS, FF) or start (SS, SF) for its successor to stay where it is. */
static int32_t reach_back(placing *p, const cpn_task_link *link, const cpn_task_dates *to)
{
    const bool is_from_start = link->type == CPN_TASK_FS || link->type == CPN_TASK_SS;
    const int32_t day = is_from_start ? to->start - (link->type == CPN_TASK_FS) : to->finish;
    return shift(p, day, link->lag, link->lag_unit, CAMPAIGN_ROLL_BACKWARD);
}

/* What binds most: a day and who says so. */
typedef struct bound {
    int32_t day, by;
} bound;

static void place_before(placing *p, int32_t at)
{
    const cpn_task_template *task = &p->set->templates[at];
    cpn_task_dates *dates = &p->dates[at];
    const int32_t days = cpn_task_days(dates->duration, task->unit), eve = p->campaign->starts[1] - 1;
    bound finish = { dates->has_due ? dates->due : eve, -1 }, start = { INT32_MAX, -1 };
    for (int32_t i = 0; i < p->set->n_links; i++) {
        const cpn_task_link *link = &p->set->links[i];
        const cpn_task_dates *to = &p->dates[link->to];
        const int32_t anchor = p->set->templates[link->to].anchor;
        if (link->from != at || !to->is_there || (anchor != CPN_ANCHOR_BEFORE_BURST && anchor != CPN_ANCHOR_DURING))
            continue;
        const int32_t day = reach_back(p, link, to);
        bound *narrowed = link->type == CPN_TASK_FS || link->type == CPN_TASK_FF ? &finish : &start;
        if (day < narrowed->day) *narrowed = (bound){ day, link->to };
    }
    dates->finish = roll(p, finish.day, task->unit, CAMPAIGN_ROLL_BACKWARD);
    dates->start = start_of(p, dates->finish, days, task->unit);
    dates->bound_by = finish.by;
    if (dates->start > start.day) {
        dates->start = roll(p, start.day, task->unit, CAMPAIGN_ROLL_BACKWARD);
        dates->finish = finish_of(p, dates->start, days, task->unit);
        dates->bound_by = start.by;
    }
    if (dates->bound_by >= 0)
        dates->reason = CPN_REASON_SUCCESSOR;
    else if (!dates->has_due)
        dates->reason = CPN_REASON_ANCHOR;
}

/* ---- After an end ----------------------------------------------------------------------------------------------- */

/* The earliest a successor may start (FS, SS) or finish (FF, SF). */
static int32_t reach_on(placing *p, const cpn_task_link *link, const cpn_task_dates *from)
{
    const bool is_from_finish = link->type == CPN_TASK_FS || link->type == CPN_TASK_FF;
    const int32_t day = is_from_finish ? from->finish + (link->type == CPN_TASK_FS) : from->start;
    return shift(p, day, link->lag, link->lag_unit, CAMPAIGN_ROLL_FORWARD);
}

/* The last day of what is due at a moment: the day before it where that is a first moment. */
static int32_t due_day(const cpn_task_dates *dates)
{
    return dates->due_hours == 0 ? dates->due - 1 : dates->due;
}

/* A duration that nobody told: all there is until the due date. */
static void fill_duration(cpn_task_dates *dates, placing *p, const cpn_task_template *task, int32_t first)
{
    int64_t n = 0;
    const int32_t last = due_day(dates);
    if (last < first || !dates->has_due) {
        dates->duration = 1;
    } else if (task->unit == CPN_TASK_HOUR) {
        dates->duration =
            dates->due_hours >= 0 ? (dates->due - first) * 24 + dates->due_hours : (last - first + 1) * 24;
    } else if (task->unit == CPN_TASK_DAY) {
        dates->duration = last - first + 1;
    } else {
        if (p->status == CAMPAIGN_OK)
            p->status = campaign_calendar_count_working_days(&n, p->calendar, first, last + 1, p->error);
        dates->duration = n > 0 ? (int32_t)n : 1;
    }
}

static void place_after(placing *p, int32_t at)
{
    const cpn_task_template *task = &p->set->templates[at];
    cpn_task_dates *dates = &p->dates[at];
    bound start = { anchor_day(p, task->anchor) + 1, -1 }, finish = { INT32_MIN, -1 };
    for (int32_t i = 0; i < task->n_links; i++) {
        const cpn_task_link *link = &p->set->links[task->first_link + i];
        if (!p->dates[link->from].is_there) continue;
        const int32_t day = reach_on(p, link, &p->dates[link->from]);
        bound *narrowed = link->type == CPN_TASK_FS || link->type == CPN_TASK_SS ? &start : &finish;
        if (day > narrowed->day) *narrowed = (bound){ day, link->from };
    }
    dates->start = roll(p, start.day, task->unit, CAMPAIGN_ROLL_FORWARD);
    if (task->duration == 0) fill_duration(dates, p, task, dates->start);
    const int32_t days = cpn_task_days(dates->duration, task->unit);
    dates->finish = finish_of(p, dates->start, days, task->unit);
    dates->bound_by = start.by;
    if (dates->finish < finish.day) {
        dates->finish = roll(p, finish.day, task->unit, CAMPAIGN_ROLL_FORWARD);
        dates->start = start_of(p, dates->finish, days, task->unit);
        dates->bound_by = finish.by;
    }
    if (dates->bound_by >= 0) dates->reason = CPN_REASON_PREDECESSOR;
    dates->is_late = dates->has_due && dates->finish > due_day(dates);
}

campaign_status cpn_task_place(cpn_task_dates *dates, const cpn_task_set *set, const cpn_plan_campaign *campaign,
                               const cpn_task_deadlines *deadlines, const campaign_calendar *calendar,
                               campaign_error *error)
{
    placing p = { dates, set, campaign, deadlines, calendar, CAMPAIGN_OK, error };
    memset(dates, 0, (size_t)set->n * sizeof *dates);
    for (int32_t i = 0; i < set->n; i++) {
        const cpn_task_template *task = &set->templates[i];
        dates[i].duration = task->duration > 0 ? task->duration : 1;
        find_due(&dates[i], &p, task);
        if (task->anchor == CPN_ANCHOR_DURING) place_during(&dates[i], &p, task);
    }
    for (int32_t i = set->n - 1; i >= 0; i--)
        if (dates[set->order[i]].is_there && set->templates[set->order[i]].anchor == CPN_ANCHOR_BEFORE_BURST)
            place_before(&p, set->order[i]);
    for (int32_t i = 0; i < set->n; i++)
        if (dates[set->order[i]].is_there && set->templates[set->order[i]].anchor >= CPN_ANCHOR_AFTER_BURST)
            place_after(&p, set->order[i]);
    return p.status;
}
