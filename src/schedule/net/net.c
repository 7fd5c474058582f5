/* A network's life: its options, its clocks (one a calendar, and one more for each owner who is away at times), and the
 * order in which its parts are read. */
#include "schedule/net/net.h"

#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "calendar/calendar.h"

enum { USUAL_SAMPLES = 10000, USUAL_CONFIDENCE = 990000 };

/* ---- Calendars --------------------------------------------------------------------------------------------------- */

static campaign_status check_calendars(const campaign_schedule_inputs *inputs, campaign_error *error)
{
    if (inputs->n_calendars < 0 || (inputs->n_calendars > 0 && !inputs->calendars))
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs.calendars", "%ld calendars are not there",
                        (long)inputs->n_calendars);
    for (int32_t i = 0; i < inputs->n_calendars; i++) {
        const campaign_schedule_calendar *one = &inputs->calendars[i];
        if (!one->key || !one->calendar || !cpn_is_key(one->key, strlen(one->key)))
            return cpn_fail_row(error, CAMPAIGN_E_ARGUMENT, i, "inputs.calendars",
                                "calendar %ld has no key, or is missing itself", (long)i);
        for (int32_t k = 0; k < i; k++)
            if (strcmp(inputs->calendars[k].key, one->key) == 0)
                return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, i, "inputs.calendars",
                                    "calendar \"%.60s\" stands twice", one->key);
    }
    return CAMPAIGN_OK;
}

static campaign_status open_calendar(cpn_net *net, campaign_error *error)
{
    net->calendar = net->inputs->calendar;
    if (net->calendar || net->is_abstract) return CAMPAIGN_OK;
    const campaign_status status = campaign_calendar_create(&net->built_in, NULL, error);
    net->calendar = net->built_in;
    return status;
}

static const campaign_calendar *calendar_of(const cpn_net *net, int32_t calendar)
{
    return calendar < 0 ? net->calendar : net->inputs->calendars[calendar].calendar;
}

/* A calendar without any working day carries no task of working days. */
static campaign_status check_working(const cpn_net *net, const cpn_net_task *task, int32_t number,
                                     campaign_error *error)
{
    if (task->unit != CPN_NET_WORKING_DAY || cpn_working_before(calendar_of(net, task->calendar), CPN_END_DAY) > 0)
        return CAMPAIGN_OK;
    char name[CPN_NET_TEXT];
    cpn_net_name(name, net, number);
    if (task->calendar < 0)
        return cpn_fail_row(error, CAMPAIGN_E_INFEASIBLE, task->row, "tasks.calendar",
                            "the calendar of task \"%s\" has no working day at all", name);
    return cpn_fail_row(error, CAMPAIGN_E_INFEASIBLE, task->row, "tasks.calendar",
                        "calendar \"%.60s\" of task \"%s\" has no working day at all",
                        net->inputs->calendars[task->calendar].key, name);
}

/* ---- Clocks ------------------------------------------------------------------------------------------------------ */

/* The day from which clocks run: nothing happens, and nothing is due, before it. */
static int32_t first_day(const cpn_net *net)
{
    int32_t first = cpn_moment_day(net->start);
    for (int32_t i = 0; i < net->n_tasks; i++) {
        const cpn_net_task *task = &net->tasks[i];
        if (task->is_started && task->actual_start < first) first = task->actual_start;
        if (task->is_finished && task->actual_finish < first) first = task->actual_finish;
        if (task->due != CPN_BEYOND && cpn_moment_day(task->due - 1) < first) first = cpn_moment_day(task->due - 1);
    }
    return first;
}

static campaign_status add_clock(cpn_net *net, int32_t calendar, int32_t owner, campaign_error *error)
{
    cpn_clock *clocks = cpn_resize(net->clocks, (int64_t)net->n_clocks + 1, sizeof *clocks);
    if (!clocks) return cpn_fail_nomem(error);
    net->clocks = clocks;
    cpn_clock *clock = &clocks[net->n_clocks++];
    memset(clock, 0, sizeof *clock);
    clock->calendar = calendar_of(net, calendar);
    if (owner >= 0) {
        clock->away = net->people.away + net->people.first_away[owner];
        clock->n_away = net->people.first_away[owner + 1] - net->people.first_away[owner];
    }
    return cpn_clock_open(clock, first_day(net), error);
}

static bool is_away_at_times(const cpn_net *net, int32_t owner)
{
    return owner >= 0 && net->people.away && net->people.first_away[owner + 1] > net->people.first_away[owner];
}

/* Clock of a calendar and owner; made where it is not there yet. The last one of an owner comes first: tasks of one owner
 * seldom name more than one calendar. */
static campaign_status find_clock(cpn_net *net, int32_t *by_calendar, int32_t *by_owner, cpn_net_task *task,
                                  campaign_error *error)
{
    const campaign_calendar *calendar = calendar_of(net, task->calendar);
    const bool is_own = is_away_at_times(net, task->owner);
    const cpn_day_range *away = is_own ? net->people.away + net->people.first_away[task->owner] : NULL;
    int32_t *found = is_own ? &by_owner[task->owner] : &by_calendar[task->calendar + 1];
    if (*found >= 0 && net->clocks[*found].calendar != calendar) {
        *found = net->n_clocks - 1;
        while (*found >= 0 && (net->clocks[*found].calendar != calendar || net->clocks[*found].away != away)) --*found;
    }
    if (*found < 0) {
        const campaign_status status = add_clock(net, task->calendar, is_own ? task->owner : -1, error);
        if (status != CAMPAIGN_OK) return status;
        *found = net->n_clocks - 1;
    }
    task->clock = *found;
    return CAMPAIGN_OK;
}

campaign_status cpn_net_open_clocks(cpn_net *net, campaign_error *error)
{
    if (net->is_abstract) return CAMPAIGN_OK;
    const int64_t n_calendars = net->inputs->n_calendars + 1;
    int32_t *by_calendar = cpn_alloc(n_calendars, sizeof *by_calendar);
    int32_t *by_owner = cpn_alloc(net->people.n, sizeof *by_owner);
    campaign_status status = by_calendar && by_owner ? CAMPAIGN_OK : cpn_fail_nomem(error);
    for (int64_t i = 0; i < n_calendars && by_calendar; i++) by_calendar[i] = -1;
    for (int64_t i = 0; i < net->people.n && by_owner; i++) by_owner[i] = -1;
    if (status == CAMPAIGN_OK) status = add_clock(net, -1, -1, error);
    if (status == CAMPAIGN_OK) by_calendar[0] = 0;
    for (int32_t i = 0; i < net->n_tasks && status == CAMPAIGN_OK; i++) {
        status = find_clock(net, by_calendar, by_owner, &net->tasks[i], error);
        if (status == CAMPAIGN_OK) status = check_working(net, &net->tasks[i], i, error);
    }
    cpn_free(by_calendar);
    cpn_free(by_owner);
    return status;
}

/* ---- Life -------------------------------------------------------------------------------------------------------- */

static void take_knobs(cpn_net *net, const campaign_schedule_options *options)
{
    net->knobs = *options;
    net->is_abstract = options->is_abstract != 0;
    net->has_samples = options->n_samples > 0;
    if (net->knobs.n_samples == 0) net->knobs.n_samples = USUAL_SAMPLES;
    if (net->knobs.confidence_ppm == 0) net->knobs.confidence_ppm = USUAL_CONFIDENCE;
    net->has_progress = options->has_as_of != 0 && !net->is_abstract;
    net->is_chinese = options->language && strcmp(options->language, "zh") == 0;
}

campaign_status cpn_net_open(cpn_net *net, const campaign_schedule_inputs *inputs,
                             const campaign_schedule_options *options, const campaign_runtime *runtime,
                             campaign_error *error)
{
    memset(net, 0, sizeof *net);
    net->inputs = inputs;
    take_knobs(net, options);
    campaign_status status = check_calendars(inputs, error);
    if (status == CAMPAIGN_OK) status = open_calendar(net, error);
    if (status == CAMPAIGN_OK) status = cpn_net_read_people(net, runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_net_read_tasks(net, runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_net_open_clocks(net, error);
    if (status == CAMPAIGN_OK) status = cpn_net_read_links(net, error);
    return status == CAMPAIGN_OK ? cpn_net_order(net, error) : status;
}

void cpn_net_close(cpn_net *net)
{
    for (int32_t i = 0; i < net->n_clocks; i++) cpn_clock_close(&net->clocks[i]);
    campaign_calendar_free(net->built_in);
    cpn_named_keys_free(&net->keys);
    cpn_net_forget_names(&net->names);
    cpn_net_close_people(&net->people);
    cpn_free(net->tasks);
    cpn_free(net->links);
    cpn_free(net->first_in);
    cpn_free(net->first_out);
    cpn_free(net->out);
    cpn_free(net->order);
    cpn_free(net->clocks);
}
