/* The call campaign_plan_promotion_weeks: arguments, reading, solving, tables; and the report's life. */
#include "plan/weeks/solver.h"

#include "base/memory.h"
#include "base/parallel.h"

static campaign_status check_arguments(campaign_table **calendar, const campaign_promotion_weeks_report *report,
                                       const campaign_promotion_weeks_inputs *inputs, const campaign_runtime *runtime,
                                       campaign_error *error)
{
    if (!calendar || !inputs) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs", "calendar and inputs are required");
    campaign_status status = cpn_check_knobs(inputs, sizeof *inputs, sizeof *inputs, "inputs", error);
    if (status != CAMPAIGN_OK) return status;
    if (!inputs->items || !inputs->ladder)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, inputs->items ? "inputs.ladder" : "inputs.items",
                        "the tables items and ladder are required");
    if (inputs->reserved != 0 || inputs->reserved_pointer)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs.reserved", "reserved is not 0");
    status = cpn_check_runtime(runtime, error);
    if (status != CAMPAIGN_OK) return status;
    return cpn_check_report(report, sizeof *report, "CAMPAIGN_PROMOTION_WEEKS_REPORT_INIT", error);
}

campaign_status cpn_weeks_read(cpn_weeks_problem *problem, const campaign_promotion_weeks_inputs *inputs,
                               const campaign_runtime *runtime, campaign_error *error)
{
    campaign_status status = cpn_weeks_read_items(problem, inputs->items, runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_read_past(problem, inputs->past, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_read_ladder(problem, inputs->ladder, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_read_weeks(problem, inputs->weeks, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_read_cells(problem, inputs->item_weeks, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_read_limits(problem, inputs, runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_make_units(problem, inputs->items, runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_make_uses(problem, error);
    return status;
}

void cpn_weeks_free(cpn_weeks_problem *problem)
{
    for (int64_t u = 0; problem->units && u < problem->n_units; u++) {
        cpn_free(problem->units[u].targets);
        cpn_free(problem->units[u].factors);
        cpn_free(problem->units[u].values);
        cpn_free(problem->units[u].is_barred);
    }
    cpn_named_keys_free(&problem->item_keys);
    cpn_named_keys_free(&problem->group_keys);
    cpn_free(problem->items);
    cpn_free(problem->levels);
    cpn_free(problem->weeks);
    cpn_free(problem->cells);
    cpn_free(problem->past);
    cpn_free(problem->group_starts);
    cpn_free(problem->group_items);
    cpn_free(problem->units);
    cpn_free(problem->members);
    cpn_free(problem->families);
    cpn_free(problem->family_limits);
    cpn_free(problem->limits);
    cpn_free(problem->uses);
    *problem = (cpn_weeks_problem){ 0 };
}

static campaign_status compute(campaign_table **calendar, campaign_promotion_weeks_report *report,
                               cpn_weeks_problem *problem, const campaign_promotion_weeks_inputs *inputs,
                               const campaign_runtime *runtime, campaign_error *error)
{
    cpn_weeks_solver solver = { .runtime = runtime };
    campaign_status status = cpn_weeks_read(problem, inputs, runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_solve(&solver, problem, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_report(report, &solver, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_write(calendar, &solver, error);
    cpn_weeks_solver_free(&solver);
    return status;
}

campaign_status campaign_plan_promotion_weeks(campaign_table **calendar, campaign_promotion_weeks_report *report,
                                              const campaign_promotion_weeks_inputs *inputs,
                                              const campaign_promotion_weeks_options *options,
                                              const campaign_runtime *runtime, campaign_error *error)
{
    if (calendar) *calendar = NULL;
    campaign_status status = check_arguments(calendar, report, inputs, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    campaign_promotion_weeks_report found = CAMPAIGN_PROMOTION_WEEKS_REPORT_INIT;
    if (report) *report = found;
    cpn_weeks_problem problem = { 0 };
    status = cpn_weeks_take_knobs(&problem.knobs, options, error);
    if (status == CAMPAIGN_OK) status = compute(calendar, &found, &problem, inputs, runtime, error);
    cpn_weeks_free(&problem);
    if (status == CAMPAIGN_OK && report)
        *report = found;
    else
        campaign_promotion_weeks_report_clear(&found);
    return status;
}

void campaign_promotion_weeks_report_clear(campaign_promotion_weeks_report *report)
{
    if (!report) return;
    campaign_table_free(report->summary);
    campaign_table_free(report->items);
    campaign_table_free(report->limits);
    campaign_table_free(report->notes);
    const campaign_promotion_weeks_report empty = CAMPAIGN_PROMOTION_WEEKS_REPORT_INIT;
    *report = empty;
}
