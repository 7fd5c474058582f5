/* The call campaign_schedule_tasks: arguments, passes, tables; and the report's life. */
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "schedule/plan.h"

enum { MOST_SAMPLES = 10000000, PPM = 1000000 };

/* ---- Arguments --------------------------------------------------------------------------------------------------- */

static campaign_status check_arguments(campaign_table **schedule, const campaign_schedule_report *report,
                                       const campaign_schedule_inputs *inputs, const campaign_runtime *runtime,
                                       campaign_error *error)
{
    if (!schedule || !inputs) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs", "schedule and inputs are required");
    campaign_status status = cpn_check_knobs(inputs, sizeof *inputs, sizeof *inputs, "inputs", error);
    if (status != CAMPAIGN_OK) return status;
    if (!inputs->tasks) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs.tasks", "the table tasks is required");
    status = cpn_check_runtime(runtime, error);
    if (status != CAMPAIGN_OK) return status;
    return cpn_check_report(report, sizeof *report, "CAMPAIGN_SCHEDULE_REPORT_INIT", error);
}

static campaign_status check_days(const campaign_schedule_options *given, campaign_error *error)
{
    const struct {
        const char *where;
        int32_t is_there, day;
    } days[] = { { "options.start_day", given->has_start, given->start_day },
                 { "options.as_of_day", given->has_as_of, given->as_of_day },
                 { "options.target_day", given->has_target, given->target_day } };
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        if (!days[i].is_there || (days[i].day >= CAMPAIGN_DAY_MIN && days[i].day <= CAMPAIGN_DAY_MAX)) continue;
        return cpn_fail(error, CAMPAIGN_E_VALUE, days[i].where, "day %ld is outside the years 1 to 9999",
                        (long)days[i].day);
    }
    if (given->has_target && given->is_abstract && given->target_day)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.target_day",
                        "the target is a date, and an abstract network has units: set target_units");
    if (given->has_target && !given->is_abstract && (given->target_units < 0 || given->target_units > 0))
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.target_units",
                        "the target is in units, and the network is on a calendar: set target_day");
    if (!given->is_abstract || (!given->has_start && !given->has_as_of)) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_ARGUMENT, given->has_start ? "options.start_day" : "options.as_of_day",
                    "an abstract network has units from 0, and no dates");
}

static campaign_status take_knobs(campaign_schedule_options *given, const campaign_schedule_options *options,
                                  campaign_error *error)
{
    campaign_status status = cpn_check_knobs(options, sizeof *given, sizeof *given, "options", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_take_knobs(given, sizeof *given, options);
    if (given->n_samples < -1 || given->n_samples > MOST_SAMPLES)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.n_samples", "%ld is not one of -1 to %d",
                        (long)given->n_samples, MOST_SAMPLES);
    if (given->confidence_ppm < 0 || given->confidence_ppm >= PPM)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.confidence_ppm", "%ld is not one of 0 to 999999",
                        (long)given->confidence_ppm);
    if (!(given->target_units >= -1e12 && given->target_units <= 1e12))
        return cpn_fail(error, CAMPAIGN_E_VALUE, "options.target_units", "the target is beyond 1e12 units");
    if (given->reserved) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.reserved", "reserved is not NULL");
    const char *language = given->language;
    if (language && strcmp(language, "zh") != 0 && strcmp(language, "en") != 0)
        return cpn_fail(error, CAMPAIGN_E_UNKNOWN, "options.language", "\"%.60s\" is neither en nor zh", language);
    return check_days(given, error);
}

/* ---- Passes ------------------------------------------------------------------------------------------------------ */

static bool make_room(cpn_net_plan *plan)
{
    const int32_t n = plan->net.n_tasks;
    plan->early = cpn_alloc_zero(n, sizeof *plan->early);
    plan->late = cpn_alloc_zero(n, sizeof *plan->late);
    plan->unhurried = cpn_alloc_zero(n, sizeof *plan->unhurried);
    plan->total_float = cpn_alloc_zero(n, sizeof *plan->total_float);
    plan->free_float = cpn_alloc_zero(n, sizeof *plan->free_float);
    return plan->early && plan->late && plan->unhurried && plan->total_float && plan->free_float;
}

campaign_status cpn_net_compute(cpn_net_plan *plan, const campaign_runtime *runtime, campaign_error *error)
{
    cpn_net *net = &plan->net;
    if (!make_room(plan)) return cpn_fail_nomem(error);
    campaign_status status = cpn_net_early(net, plan->early, error);
    for (int32_t i = 0; i < net->n_tasks && status == CAMPAIGN_OK; i++)
        if (net->tasks[i].due != CPN_BEYOND) status = cpn_net_cover(net, net->tasks[i].due, error);
    if (status != CAMPAIGN_OK) return status;
    plan->now = plan->early;
    plan->end = cpn_net_end(net, plan->early);
    cpn_net_late(net, plan->late, plan->end);
    cpn_net_unhurried(net, plan->unhurried, plan->early, plan->end);
    for (int32_t i = 0; i < net->n_tasks; i++) {
        const int64_t start = plan->early[i].start;
        plan->total_float[i] = cpn_net_between(net, &net->tasks[i], start, plan->late[i].start);
        plan->free_float[i] = cpn_net_between(net, &net->tasks[i], start, plan->unhurried[i].start);
    }
    status = cpn_net_find_path(plan, error);
    if (status == CAMPAIGN_OK && net->has_estimates) status = cpn_net_find_safe_on_path(plan, error);
    if (status == CAMPAIGN_OK) status = cpn_net_forecast(plan, error);
    if (status == CAMPAIGN_OK) status = cpn_net_sample(plan, runtime, error);
    if (status == CAMPAIGN_OK && !net->is_abstract && net->knobs.has_target)
        status = cpn_net_cover(net, cpn_net_target(plan), error);
    return status;
}

static void close_plan(cpn_net_plan *plan)
{
    cpn_net_close(&plan->net);
    cpn_free(plan->early);
    cpn_free(plan->late);
    cpn_free(plan->unhurried);
    cpn_free(plan->total_float);
    cpn_free(plan->free_float);
    cpn_free(plan->path);
    cpn_free(plan->forecast);
    cpn_free(plan->slips);
    cpn_free(plan->pulled);
    cpn_free(plan->odds.ends);
    cpn_free(plan->odds.kept);
    cpn_free(plan->odds.critical);
}

/* ---- The call ---------------------------------------------------------------------------------------------------- */

campaign_status campaign_schedule_tasks(campaign_table **schedule, campaign_schedule_report *report,
                                        const campaign_schedule_inputs *inputs,
                                        const campaign_schedule_options *options, const campaign_runtime *runtime,
                                        campaign_error *error)
{
    if (schedule) *schedule = NULL;
    campaign_status status = check_arguments(schedule, report, inputs, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    campaign_schedule_report found = CAMPAIGN_SCHEDULE_REPORT_INIT;
    if (report) *report = found;
    campaign_schedule_options given = { 0 };
    status = take_knobs(&given, options, error);
    if (status != CAMPAIGN_OK) return status;
    cpn_net_plan plan;
    memset(&plan, 0, sizeof plan);
    status = cpn_net_open(&plan.net, inputs, &given, runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_net_compute(&plan, runtime, error);
    if (status == CAMPAIGN_OK && report) status = cpn_net_report(&found, &plan, error);
    if (status == CAMPAIGN_OK) status = cpn_net_write_schedule(schedule, &plan, error);
    close_plan(&plan);
    if (status == CAMPAIGN_OK && report)
        *report = found;
    else
        campaign_schedule_report_clear(&found);
    return status;
}

void campaign_schedule_report_clear(campaign_schedule_report *report)
{
    if (!report) return;
    campaign_table *const tables[] = { report->summary, report->deadlines, report->estimates, report->chances,
                                       report->slips,   report->pulled,    report->loads,     report->notes };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) campaign_table_free(tables[i]);
    const campaign_schedule_report empty = CAMPAIGN_SCHEDULE_REPORT_INIT;
    *report = empty;
}
