/* The call campaign_schedule_level: arguments, reading, the axis as long as it must be, tables; and the report's life. */
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "schedule/level/level.h"
#include "schedule/level/model.h"

enum {
    USUAL_SCHEDULES = 1000,
    USUAL_NODES = 100000,
    MANY_TASKS = 1000000, /* schedules × tasks, beyond 1,000 tasks */
    LEAST_SCHEDULES = 20,
    BOUND_STEPS = 20000000,
    DOUBLINGS = 12
};

static const double most_slots = 2e9; /* that schedules, and nodes, go over where nothing is said */

/* ---- Arguments --------------------------------------------------------------------------------------------------- */

static campaign_status check_arguments(campaign_table **schedule, const campaign_schedule_level_report *report,
                                       const campaign_schedule_level_inputs *inputs, const campaign_runtime *runtime,
                                       campaign_error *error)
{
    if (!schedule || !inputs) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs", "schedule and inputs are required");
    campaign_status status = cpn_check_knobs(inputs, sizeof *inputs, sizeof *inputs, "inputs", error);
    if (status != CAMPAIGN_OK) return status;
    if (!inputs->tasks) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs.tasks", "the table tasks is required");
    if (inputs->reserved_pointer)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs.reserved_pointer", "reserved is not NULL");
    status = cpn_check_runtime(runtime, error);
    if (status != CAMPAIGN_OK) return status;
    return cpn_check_report(report, sizeof *report, "CAMPAIGN_SCHEDULE_LEVEL_REPORT_INIT", error);
}

static campaign_status take_knobs(campaign_schedule_level_options *given,
                                  const campaign_schedule_level_options *options, campaign_error *error)
{
    const campaign_status status = cpn_check_knobs(options, sizeof *given, sizeof *given, "options", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_take_knobs(given, sizeof *given, options);
    if (given->reserved || given->reserved_pointer)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.reserved", "reserved is not 0");
    if (given->n_schedules < 0)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.n_schedules", "%lld schedules are fewer than 0",
                        (long long)given->n_schedules);
    if (given->n_nodes < -1)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.n_nodes", "%lld nodes are fewer than -1",
                        (long long)given->n_nodes);
    const char *language = given->language;
    if (language && strcmp(language, "zh") != 0 && strcmp(language, "en") != 0)
        return cpn_fail(error, CAMPAIGN_E_UNKNOWN, "options.language", "\"%.60s\" is neither en nor zh", language);
    if (given->has_start && given->is_abstract)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.start_day",
                        "an abstract network has units from 0, and no dates");
    if (given->has_start && (given->start_day < CAMPAIGN_DAY_MIN || given->start_day > CAMPAIGN_DAY_MAX))
        return cpn_fail(error, CAMPAIGN_E_VALUE, "options.start_day", "day %ld is outside the years 1 to 9999",
                        (long)given->start_day);
    return CAMPAIGN_OK;
}

/* ---- Reading ------------------------------------------------------------------------------------------------------ */

static campaign_status read_all(cpn_level_plan *plan, const campaign_schedule_level_inputs *inputs,
                                const campaign_runtime *runtime, campaign_error *error)
{
    campaign_schedule_inputs network = CAMPAIGN_SCHEDULE_INPUTS_INIT;
    campaign_schedule_options options = CAMPAIGN_SCHEDULE_OPTIONS_INIT;
    network.n_calendars = inputs->n_calendars;
    network.tasks = inputs->tasks;
    network.links = inputs->links;
    network.owners = inputs->owners;
    network.away = inputs->away;
    network.calendar = inputs->calendar;
    network.calendars = inputs->calendars;
    options.is_abstract = plan->knobs.is_abstract;
    options.has_start = plan->knobs.has_start;
    options.start_day = plan->knobs.start_day;
    options.language = plan->knobs.language;
    plan->network = network;
    campaign_status status = cpn_net_open(&plan->net, &plan->network, &options, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    plan->early = cpn_alloc_zero(plan->net.n_tasks, sizeof *plan->early);
    plan->spans = cpn_alloc_zero(plan->net.n_tasks, sizeof *plan->spans);
    if (!plan->early || !plan->spans) return cpn_fail_nomem(error);
    status = cpn_net_early(&plan->net, plan->early, error);
    if (status == CAMPAIGN_OK) status = cpn_level_read_resources(plan, inputs->resources, error);
    return status == CAMPAIGN_OK ? cpn_level_read_needs(plan, inputs->needs, error) : status;
}

/* ---- Levelling ----------------------------------------------------------------------------------------------------- */

/* Slots that one schedule goes over: those of every task for each of its needs, and the axis of each resource. */
static double cost_of(const cpn_level_plan *plan)
{
    double cost = (double)plan->n_slots * (plan->n_resources + 1);
    for (int32_t i = 0; i < plan->net.n_tasks; i++)
        cost += (double)plan->duration[i] * (plan->first_need[i + 1] - plan->first_need[i] + 1);
    return cost;
}

/* The axis is laid. What nothing is said of is less where there are many tasks or slots. */
static cpn_level_effort effort_of(cpn_level_plan *plan)
{
    const double by_slots = most_slots / cost_of(plan);
    cpn_level_effort effort = { .n_schedules = plan->knobs.n_schedules,
                                .n_nodes = plan->knobs.n_nodes,
                                .n_bound_work = BOUND_STEPS,
                                .seed = (uint64_t)plan->knobs.seed };
    if (effort.n_schedules == 0) {
        effort.n_schedules = USUAL_SCHEDULES;
        if (plan->net.n_tasks > MANY_TASKS / USUAL_SCHEDULES) effort.n_schedules = MANY_TASKS / plan->net.n_tasks;
        if (by_slots < (double)effort.n_schedules) effort.n_schedules = (int64_t)by_slots;
        if (effort.n_schedules < LEAST_SCHEDULES) effort.n_schedules = LEAST_SCHEDULES;
        plan->n_usual = effort.n_schedules < USUAL_SCHEDULES ? effort.n_schedules : 0;
    }
    if (effort.n_nodes == 0) effort.n_nodes = by_slots < USUAL_NODES ? (int64_t)by_slots + 1 : USUAL_NODES;
    if (effort.n_nodes < 0) effort.n_nodes = 0;
    return effort;
}

/* No place on an axis that has become long: some task fits nowhere, or all together take too long. */
static campaign_status fail_misfit(const cpn_level_plan *plan, campaign_error *error)
{
    int32_t task;
    const campaign_status status = cpn_level_misfit(&task, &plan->problem, error);
    if (status != CAMPAIGN_OK) return status;
    if (task < 0)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, "tasks", "the tasks find no place within %ld days",
                        (long)plan->n_days);
    char name[CPN_NET_TEXT];
    cpn_net_name(name, &plan->net, task);
    return cpn_fail_row(error, CAMPAIGN_E_INFEASIBLE, plan->net.tasks[task].row, "tasks.duration",
                        "task \"%s\" finds no days within %ld on which all that it needs is there for as long", name,
                        (long)plan->n_days);
}

static campaign_status level(cpn_level_plan *plan, const campaign_runtime *runtime, campaign_error *error)
{
    cpn_level_effort effort = { 0 };
    campaign_status status = cpn_level_choose_slots(plan, error);
    for (int32_t i = 0; status == CAMPAIGN_OK; i++) {
        status = cpn_level_lay(plan, error);
        if (status == CAMPAIGN_OK && i == 0) effort = effort_of(plan);
        if (status == CAMPAIGN_OK) status = cpn_level_solve(&plan->answer, &plan->problem, &effort, runtime, error);
        if (status != CAMPAIGN_OK || plan->answer.fits) break;
        const int64_t n_cells = (int64_t)plan->n_slots * 2 * (plan->n_resources + 1);
        if (i == DOUBLINGS || n_cells > CPN_LEVEL_MOST_CELLS) return fail_misfit(plan, error);
        plan->n_days *= 2;
    }
    for (int32_t i = 0; i < plan->net.n_tasks && status == CAMPAIGN_OK; i++) {
        plan->spans[i].start = cpn_level_moment(plan, plan->answer.start[i]);
        plan->spans[i].finish = cpn_level_moment(plan, plan->answer.finish[i]);
    }
    return status == CAMPAIGN_OK ? cpn_level_find_reasons(plan, error) : status;
}

static void close_plan(cpn_level_plan *plan)
{
    cpn_level_answer_free(&plan->answer);
    cpn_level_drop_axis(plan);
    cpn_free(plan->resources);
    cpn_free(plan->exceptions);
    cpn_free(plan->needs);
    cpn_free(plan->first_need);
    cpn_free(plan->early);
    cpn_free(plan->spans);
    cpn_free(plan->reason);
    cpn_free(plan->behind);
    cpn_free(plan->after);
    cpn_net_close(&plan->net);
}

/* ---- The call ------------------------------------------------------------------------------------------------------ */

campaign_status campaign_schedule_level(campaign_table **schedule, campaign_schedule_level_report *report,
                                        const campaign_schedule_level_inputs *inputs,
                                        const campaign_schedule_level_options *options, const campaign_runtime *runtime,
                                        campaign_error *error)
{
    if (schedule) *schedule = NULL;
    campaign_status status = check_arguments(schedule, report, inputs, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    campaign_schedule_level_report found = CAMPAIGN_SCHEDULE_LEVEL_REPORT_INIT;
    if (report) *report = found;
    cpn_level_plan plan;
    memset(&plan, 0, sizeof plan);
    status = take_knobs(&plan.knobs, options, error);
    if (status != CAMPAIGN_OK) return status;
    status = read_all(&plan, inputs, runtime, error);
    if (status == CAMPAIGN_OK) status = level(&plan, runtime, error);
    if (status == CAMPAIGN_OK && report) status = cpn_level_write_report(&found, &plan, error);
    if (status == CAMPAIGN_OK) status = cpn_level_write_schedule(schedule, &plan, error);
    close_plan(&plan);
    if (status == CAMPAIGN_OK && report)
        *report = found;
    else
        campaign_schedule_level_report_clear(&found);
    return status;
}

void campaign_schedule_level_report_clear(campaign_schedule_level_report *report)
{
    if (!report) return;
    campaign_table *const tables[] = { report->summary, report->resources, report->usage, report->notes };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) campaign_table_free(tables[i]);
    const campaign_schedule_level_report empty = CAMPAIGN_SCHEDULE_LEVEL_REPORT_INIT;
    *report = empty;
}
