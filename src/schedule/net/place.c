/* Where one task lies: the first place that its bounds allow, and the last. Both are exact: no other start, tried minute by
 * minute or day by day, would be earlier or later. The same for links, forwards and backwards. */
#include "base/date.h"
#include "calendar/calendar.h"
#include "schedule/net/net.h"

/* ---- Working days ------------------------------------------------------------------------------------------------ */

/* By numbers of working days: first to first + size - 1. */
static bool span_of_days(cpn_net_span *span, const cpn_clock *clock, int64_t first, int64_t size)
{
    int32_t first_day, last_day;
    if (!cpn_clock_select(&first_day, clock, first) || !cpn_clock_select(&last_day, clock, first + size - 1))
        return false;
    span->start = (int64_t)first_day * CPN_DAY_MINUTES;
    span->finish = ((int64_t)last_day + 1) * CPN_DAY_MINUTES;
    return true;
}

static bool place_working(cpn_net_span *span, const cpn_clock *clock, int64_t size, const cpn_net_span *bound)
{
    if (bound->start >= (int64_t)cpn_clock_end_day(clock) * CPN_DAY_MINUTES) return false;
    int64_t first = cpn_clock_rank(clock, cpn_moment_day_up(bound->start));
    if (bound->finish > bound->start) {
        if (bound->finish >= (int64_t)cpn_clock_end_day(clock) * CPN_DAY_MINUTES) return false;
        const int64_t by_finish = cpn_clock_rank(clock, cpn_moment_day_up(bound->finish) - 1) - size + 1;
        if (by_finish > first) first = by_finish;
    }
    return span_of_days(span, clock, first, size);
}

static void place_working_late(cpn_net_span *span, const cpn_clock *clock, int64_t size, const cpn_net_span *bound)
{
    int64_t first = INT64_MAX;
    if (bound->start != CPN_BEYOND) first = cpn_clock_rank(clock, cpn_moment_day(bound->start) + 1) - 1;
    if (bound->finish != CPN_BEYOND) {
        const int64_t by_finish = cpn_clock_rank(clock, cpn_moment_day(bound->finish)) - size;
        if (by_finish < first) first = by_finish;
    }
    if (!span_of_days(span, clock, first, size)) *span = (cpn_net_span){ CPN_BEFORE, CPN_BEFORE };
}

/* ---- Any task ---------------------------------------------------------------------------------------------------- */

static int64_t round_up(int64_t moment)
{
    return (int64_t)cpn_moment_day_up(moment) * CPN_DAY_MINUTES;
}

static int64_t round_down(int64_t moment)
{
    return (int64_t)cpn_moment_day(moment) * CPN_DAY_MINUTES;
}

/* Whole days from midnight to midnight; anything else lies where it likes. */
static bool has_days(const cpn_net *net, const cpn_net_task *task)
{
    return !net->is_abstract && task->size > 0 && task->unit != CPN_NET_HOUR;
}

static int64_t length_of(const cpn_net *net, const cpn_net_task *task)
{
    return has_days(net, task) ? task->size * CPN_DAY_MINUTES : task->size;
}

bool cpn_net_place(cpn_net_span *span, const cpn_net *net, const cpn_net_task *task, const cpn_net_span *bound)
{
    if (has_days(net, task) && task->unit == CPN_NET_WORKING_DAY)
        return place_working(span, &net->clocks[task->clock], task->size, bound);
    const int64_t length = length_of(net, task);
    span->start = bound->start;
    if (bound->finish != CPN_BEFORE && bound->finish - length > span->start) span->start = bound->finish - length;
    if (has_days(net, task)) span->start = round_up(span->start);
    span->finish = span->start + length;
    return true;
}

void cpn_net_place_late(cpn_net_span *span, const cpn_net *net, const cpn_net_task *task, const cpn_net_span *bound)
{
    if (has_days(net, task) && task->unit == CPN_NET_WORKING_DAY) {
        place_working_late(span, &net->clocks[task->clock], task->size, bound);
        return;
    }
    const int64_t length = length_of(net, task);
    span->start = bound->start;
    if (bound->finish != CPN_BEYOND && bound->finish - length < span->start) span->start = bound->finish - length;
    if (has_days(net, task)) span->start = round_down(span->start);
    span->finish = span->start + length;
}

double cpn_net_between(const cpn_net *net, const cpn_net_task *task, int64_t from, int64_t to)
{
    if (net->is_abstract) return (double)(to - from) / CPN_NET_PARTS;
    switch (task->unit) {
    case CPN_NET_WORKING_DAY: {
        const cpn_clock *clock = &net->clocks[task->clock];
        return (double)(cpn_clock_position(clock, to) - cpn_clock_position(clock, from)) / CPN_DAY_MINUTES;
    }
    case CPN_NET_DAY: return (double)(to - from) / CPN_DAY_MINUTES;
    case CPN_NET_HOUR: break;
    }
    return (double)(to - from) / 60;
}

/* ---- Links ------------------------------------------------------------------------------------------------------- */

int64_t cpn_net_reach(const cpn_net *net, const cpn_net_link *link, const cpn_net_span *from)
{
    const int64_t moment = link->type == CPN_NET_FS || link->type == CPN_NET_FF ? from->finish : from->start;
    if (net->is_abstract || link->unit != CPN_NET_WORKING_DAY) return moment + link->lag;
    return cpn_clock_shift(&net->clocks[net->tasks[link->to].clock], moment, link->lag);
}

int64_t cpn_net_reach_back(const cpn_net *net, const cpn_net_link *link, const cpn_net_span *to)
{
    const int64_t moment = link->type == CPN_NET_FS || link->type == CPN_NET_SS ? to->start : to->finish;
    if (net->is_abstract || link->unit != CPN_NET_WORKING_DAY) return moment - link->lag;
    return cpn_clock_unshift(&net->clocks[net->tasks[link->to].clock], moment, link->lag);
}

void cpn_net_push(cpn_net_span *bound, const cpn_net *net, const cpn_net_link *link, const cpn_net_span *from)
{
    const int64_t moment = cpn_net_reach(net, link, from);
    int64_t *side = link->type == CPN_NET_FS || link->type == CPN_NET_SS ? &bound->start : &bound->finish;
    if (moment > *side) *side = moment;
}

void cpn_net_push_back(cpn_net_span *bound, const cpn_net *net, const cpn_net_link *link, const cpn_net_span *to)
{
    const int64_t moment = cpn_net_reach_back(net, link, to);
    int64_t *side = link->type == CPN_NET_FS || link->type == CPN_NET_FF ? &bound->finish : &bound->start;
    if (moment < *side) *side = moment;
}

/* ---- Days -------------------------------------------------------------------------------------------------------- */

cpn_net_days cpn_net_days_of(const cpn_net_span *span, bool is_closing)
{
    const int32_t day = cpn_moment_day(span->start);
    if (span->finish > span->start) return (cpn_net_days){ day, cpn_moment_day(span->finish - 1) };
    const int32_t shown = is_closing ? cpn_moment_day(span->start - 1) : day;
    return (cpn_net_days){ shown, shown };
}

const char *const cpn_net_provisional[2] = {
    "{0} {0|task lies|tasks lie} in years whose holidays are not announced: dates may move.",
    "{0} 个任务位于放假安排尚未公布的年份：日期可能变动。"
};

bool cpn_net_is_provisional(const cpn_net *net, int32_t number, const cpn_net_span *spans)
{
    const cpn_net_task *task = &net->tasks[number];
    if (net->is_abstract || task->unit != CPN_NET_WORKING_DAY) return false;
    const campaign_calendar *calendar = net->clocks[task->clock].calendar;
    const cpn_net_days days = cpn_net_days_of(&spans[number], false);
    const int32_t last = cpn_civil_from_day(days.last).year;
    for (int32_t year = cpn_civil_from_day(days.first).year; year <= last; year++)
        if (!cpn_is_confirmed(calendar, year)) return true;
    return false;
}

bool cpn_net_is_closing(const cpn_net *net, int32_t number, const cpn_net_span *spans)
{
    const cpn_net_task *task = &net->tasks[number];
    if (net->is_abstract || task->size > 0) return false;
    const int64_t own = task->earliest > net->start ? task->earliest : net->start;
    return spans[number].start > own && spans[number].start % CPN_DAY_MINUTES == 0;
}
