/* The call campaign_plan_conflicts: arguments, every kind of conflict in turn, tables; and the report's life. */
#include "execution/conflicts/clash.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "execution/approvals/approval.h"

enum { USUAL_LIMIT = 100000, MILLION = 1000000 };

static campaign_status check_arguments(campaign_table **conflicts, const campaign_conflicts_report *report,
                                       const campaign_conflicts_inputs *inputs, const campaign_runtime *runtime,
                                       campaign_error *error)
{
    if (!conflicts || !inputs)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs", "conflicts and inputs are required");
    campaign_status status = cpn_check_knobs(inputs, sizeof *inputs, sizeof *inputs, "inputs", error);
    if (status == CAMPAIGN_OK) status = cpn_check_runtime(runtime, error);
    if (status != CAMPAIGN_OK) return status;
    if (inputs->reserved != 0 || inputs->reserved_pointer)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs.reserved", "reserved is not 0");
    if ((inputs->promises != NULL) != (inputs->supply != NULL))
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs.supply", "promises and supply go together");
    if (inputs->requests && !inputs->limits)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs.limits", "requests need limits");
    return cpn_check_report(report, sizeof *report, "CAMPAIGN_CONFLICTS_REPORT_INIT", error);
}

static campaign_status take_options(cpn_clashes *found, const campaign_conflicts_options *options,
                                    campaign_error *error)
{
    campaign_conflicts_options given = CAMPAIGN_CONFLICTS_OPTIONS_INIT;
    campaign_status status = cpn_check_knobs(options, sizeof given, sizeof given, "options", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_take_knobs(&given, sizeof given, options);
    if (given.price_tolerance_ppm < 0 || given.price_tolerance_ppm > MILLION)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.price_tolerance_ppm", "%ld is not one of 0 to %d",
                        (long)given.price_tolerance_ppm, (int)MILLION);
    if (given.limit < 0)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.limit", "%lld is negative", (long long)given.limit);
    found->tolerance_ppm = given.price_tolerance_ppm;
    found->limit = given.limit ? given.limit : USUAL_LIMIT;
    return cpn_take_language(&found->is_chinese, given.language, "options.language", error);
}

static campaign_status find_all(cpn_clashes *found, const campaign_plan *plan, const campaign_conflicts_inputs *inputs,
                                campaign_table *owned[3], cpn_approvals *approvals, campaign_error *error)
{
    campaign_status status = cpn_clash_of_campaigns(found, plan, inputs, owned, error);
    if (status == CAMPAIGN_OK && inputs->prices) status = cpn_clash_of_prices(found, inputs->prices, error);
    if (status == CAMPAIGN_OK && inputs->territories)
        status = cpn_clash_of_territories(found, inputs->territories, error);
    if (status == CAMPAIGN_OK && inputs->promises)
        status = cpn_clash_of_promises(found, inputs->promises, inputs->supply, error);
    if (status == CAMPAIGN_OK) status = cpn_report_progress(found->runtime, "conflicts", 1, 2, error);
    approvals->money = (cpn_approval_money){ .currency = { 0 }, .exponent = found->exponent };
    for (int i = 0; i < 4; i++) approvals->money.currency[i] = found->currency[i];
    if (status == CAMPAIGN_OK && inputs->budget) status = cpn_approval_read_budget(approvals, inputs->budget, error);
    if (status == CAMPAIGN_OK && inputs->requests)
        status = cpn_approval_read_requests(approvals, inputs->limits, inputs->requests, error);
    if (status == CAMPAIGN_OK) status = cpn_approval_find_clashes(found, approvals, error);
    return status;
}

campaign_status campaign_plan_conflicts(campaign_table **conflicts, campaign_conflicts_report *report,
                                        const campaign_plan *plan, const campaign_conflicts_inputs *inputs,
                                        const campaign_conflicts_options *options, const campaign_runtime *runtime,
                                        campaign_error *error)
{
    if (conflicts) *conflicts = NULL;
    campaign_status status = check_arguments(conflicts, report, inputs, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    campaign_conflicts_report told = CAMPAIGN_CONFLICTS_REPORT_INIT;
    if (report) *report = told;
    cpn_clashes found = { .runtime = runtime };
    cpn_approvals approvals = { .n_requests = 0 };
    campaign_table *owned[3] = { NULL };
    status = take_options(&found, options, error);
    if (status == CAMPAIGN_OK) status = find_all(&found, plan, inputs, owned, &approvals, error);
    if (status == CAMPAIGN_OK) status = cpn_clash_write_report(&told, &found, error);
    if (status == CAMPAIGN_OK) status = cpn_clash_write(conflicts, &found, error);
    for (int i = 0; i < 3; i++) campaign_table_free(owned[i]);
    cpn_approvals_free(&approvals);
    cpn_free(found.all);
    if (status == CAMPAIGN_OK && report)
        *report = told;
    else
        campaign_conflicts_report_clear(&told);
    return status;
}

void campaign_conflicts_report_clear(campaign_conflicts_report *report)
{
    if (!report) return;
    campaign_table_free(report->counts);
    const campaign_conflicts_report empty = CAMPAIGN_CONFLICTS_REPORT_INIT;
    *report = empty;
}
