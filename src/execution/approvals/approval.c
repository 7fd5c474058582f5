/* The call campaign_plan_approvals: arguments, limits, requests, splits, budget, tables; and the report's life. */
#include "execution/approvals/approval.h"

#include "base/memory.h"

enum { USUAL_DAYS = 7, MOST_DAYS = 3660 };

static campaign_status check_arguments(campaign_table **decisions, const campaign_approvals_report *report,
                                       const campaign_approvals_inputs *inputs, campaign_error *error)
{
    if (!decisions || !inputs)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs", "decisions and inputs are required");
    const campaign_status status = cpn_check_knobs(inputs, sizeof *inputs, sizeof *inputs, "inputs", error);
    if (status != CAMPAIGN_OK) return status;
    if (inputs->reserved != 0 || inputs->reserved_pointer)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs.reserved", "reserved is not 0");
    if (inputs->requests && !inputs->limits)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs.limits", "requests need limits");
    return cpn_check_report(report, sizeof *report, "CAMPAIGN_APPROVALS_REPORT_INIT", error);
}

static campaign_status take_options(cpn_approvals *all, const campaign_approvals_options *options,
                                    campaign_error *error)
{
    campaign_approvals_options given = CAMPAIGN_APPROVALS_OPTIONS_INIT;
    const campaign_status status = cpn_check_knobs(options, sizeof given, sizeof given, "options", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_take_knobs(&given, sizeof given, options);
    if (given.split_days < 0 || given.split_days > MOST_DAYS)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.split_days", "%ld is not one of 0 to %d",
                        (long)given.split_days, (int)MOST_DAYS);
    all->split_days = given.split_days ? given.split_days : USUAL_DAYS;
    return cpn_take_language(&all->is_chinese, given.language, "options.language", error);
}

campaign_status campaign_plan_approvals(campaign_table **decisions, campaign_approvals_report *report,
                                        const campaign_approvals_inputs *inputs,
                                        const campaign_approvals_options *options, campaign_error *error)
{
    if (decisions) *decisions = NULL;
    campaign_status status = check_arguments(decisions, report, inputs, error);
    if (status != CAMPAIGN_OK) return status;
    campaign_approvals_report told = CAMPAIGN_APPROVALS_REPORT_INIT;
    if (report) *report = told;
    cpn_approvals all = { .n_requests = 0 };
    status = take_options(&all, options, error);
    if (status == CAMPAIGN_OK && inputs->requests)
        status = cpn_approval_read_requests(&all, inputs->limits, inputs->requests, error);
    else if (status == CAMPAIGN_OK && inputs->limits)
        status = cpn_approval_read_limits(&all, inputs->limits, error);
    if (status == CAMPAIGN_OK && inputs->budget) status = cpn_approval_read_budget(&all, inputs->budget, error);
    if (status == CAMPAIGN_OK) status = cpn_approval_find_splits(&all, error);
    if (status == CAMPAIGN_OK) status = cpn_approval_write_report(&told, &all, error);
    if (status == CAMPAIGN_OK) status = cpn_approval_write(decisions, &all, error);
    cpn_approvals_free(&all);
    if (status == CAMPAIGN_OK && report)
        *report = told;
    else
        campaign_approvals_report_clear(&told);
    return status;
}

void cpn_approvals_free(cpn_approvals *all)
{
    cpn_free(all->limits);
    cpn_free(all->requests);
    cpn_free(all->items);
    cpn_free(all->groups);
    cpn_free(all->splits);
    *all = (cpn_approvals){ 0 };
}

void campaign_approvals_report_clear(campaign_approvals_report *report)
{
    if (!report) return;
    campaign_table_free(report->splits);
    campaign_table_free(report->budget);
    campaign_table_free(report->groups);
    const campaign_approvals_report empty = CAMPAIGN_APPROVALS_REPORT_INIT;
    *report = empty;
}
