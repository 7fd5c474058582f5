/* The call campaign_allocate_quota: arguments, reading, solving, tables; and the report's life. */
#include "allocate/quota/quota.h"

#include "allocate/quota/report.h"
#include "base/checked.h"
#include "base/memory.h"
#include "base/parallel.h"

static campaign_status check_arguments(campaign_table **quotas, const campaign_allocate_quota_report *report,
                                       const campaign_allocate_quota_inputs *inputs, const campaign_runtime *runtime,
                                       campaign_error *error)
{
    if (!quotas || !inputs) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs", "quotas and inputs are required");
    campaign_status status = cpn_check_knobs(inputs, sizeof *inputs, sizeof *inputs, "inputs", error);
    if (status != CAMPAIGN_OK) return status;
    if (!inputs->cells) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs.cells", "the table cells is required");
    if (inputs->reserved != 0 || inputs->reserved_pointer)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs.reserved", "reserved is not 0");
    status = cpn_check_runtime(runtime, error);
    if (status != CAMPAIGN_OK) return status;
    return cpn_check_report(report, sizeof *report, "CAMPAIGN_ALLOCATE_QUOTA_REPORT_INIT", error);
}

static void count_ties(cpn_quota_problem *problem)
{
    problem->n_all_ties = problem->n_ties;
    for (int64_t cell = 0; cell < problem->n_cells; cell++) problem->n_all_ties += problem->tied_low[cell] >= 0;
}

static void fill_report(campaign_allocate_quota_report *report, const cpn_quota_problem *problem, double value)
{
    report->status = problem->is_converged ? CAMPAIGN_CERTIFICATE_OPTIMAL : CAMPAIGN_CERTIFICATE_BOUND;
    report->kind = problem->knobs.given.kind;
    report->n_iterations = problem->n_iterations > INT32_MAX ? INT32_MAX : (int32_t)problem->n_iterations;
    report->value = value;
    report->bound = problem->is_converged ? value : 0;
    report->gap = problem->is_converged ? 0 : value;
    report->n_cells = problem->n_cells;
    report->total = report->kind == CAMPAIGN_QUOTA_FITTING ? 0 : problem->total;
    report->unallocated = problem->unallocated;
    report->n_ties = problem->n_all_ties;
}

static campaign_status solve_split(cpn_quota_problem *problem, campaign_allocate_quota_report *report,
                                   const campaign_allocate_quota_inputs *inputs, const campaign_runtime *runtime,
                                   campaign_error *error)
{
    cpn_quota_nodes nodes = { 0 };
    campaign_status status = cpn_quota_split(problem, &nodes, inputs, runtime, error);
    count_ties(problem);
    fill_report(report, problem, (double)(problem->total - problem->unallocated));
    if (status == CAMPAIGN_OK) status = cpn_quota_write_nodes(&report->multipliers, problem, &nodes, error);
    cpn_free(nodes.nodes);
    return status;
}

static campaign_status solve_kind(cpn_quota_problem *problem, cpn_quota_grid *grid, cpn_quota_proof *proof,
                                  const campaign_allocate_quota_inputs *inputs, const campaign_runtime *runtime,
                                  campaign_error *error)
{
    if (problem->knobs.given.kind == CAMPAIGN_QUOTA_ROUNDING)
        return cpn_quota_rounding(problem, grid, proof, inputs, runtime, error);
    if (problem->knobs.given.kind == CAMPAIGN_QUOTA_FITTING)
        return cpn_quota_fitting(problem, grid, proof, inputs, runtime, error);
    campaign_status status = cpn_quota_margins(grid, problem, &problem->n_made, inputs, runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_quota_biproportional(problem, grid, proof, runtime, error);
    proof->value = (double)problem->total;
    return status;
}

static campaign_status solve_table(cpn_quota_problem *problem, campaign_allocate_quota_report *report,
                                   const campaign_allocate_quota_inputs *inputs, const campaign_runtime *runtime,
                                   campaign_error *error)
{
    cpn_quota_grid grid = { 0 };
    cpn_quota_proof proof = { 0 };
    campaign_status status = cpn_quota_grid_make(&grid, problem, error);
    double *nodes = status == CAMPAIGN_OK ? cpn_alloc(3 * (int64_t)grid.n_nodes, sizeof *nodes) : NULL;
    if (status == CAMPAIGN_OK && !nodes) status = cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) {
        proof.divisors = nodes;
        proof.low = nodes + grid.n_nodes;
        proof.high = nodes + 2 * (int64_t)grid.n_nodes;
        status = solve_kind(problem, &grid, &proof, inputs, runtime, error);
    }
    if (status == CAMPAIGN_OK) {
        count_ties(problem);
        problem->residual = proof.value;
        fill_report(report, problem, proof.value);
        status = cpn_quota_write_sides(report, problem, &grid, &proof, error);
    }
    cpn_free(nodes);
    cpn_quota_grid_close(&grid);
    return status;
}

static campaign_status compute(campaign_table **quotas, campaign_allocate_quota_report *report,
                               cpn_quota_problem *problem, const campaign_allocate_quota_inputs *inputs,
                               const campaign_runtime *runtime, campaign_error *error)
{
    campaign_status status = cpn_quota_read(problem, inputs, runtime, error);
    if (status == CAMPAIGN_OK)
        status = problem->knobs.given.kind == CAMPAIGN_QUOTA_SPLIT
                     ? solve_split(problem, report, inputs, runtime, error)
                     : solve_table(problem, report, inputs, runtime, error);
    problem->real_unit = (double)cpn_power_of_ten(problem->exponent);
    if (status == CAMPAIGN_OK) status = cpn_quota_write_ties(&report->ties, problem, error);
    if (status == CAMPAIGN_OK) status = cpn_quota_write_notes(&report->notes, problem, error);
    if (status == CAMPAIGN_OK) status = cpn_quota_write(quotas, problem, error);
    return status;
}

campaign_status campaign_allocate_quota(campaign_table **quotas, campaign_allocate_quota_report *report,
                                        const campaign_allocate_quota_inputs *inputs,
                                        const campaign_allocate_quota_options *options, const campaign_runtime *runtime,
                                        campaign_error *error)
{
    if (quotas) *quotas = NULL;
    campaign_status status = check_arguments(quotas, report, inputs, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    campaign_allocate_quota_report found = CAMPAIGN_ALLOCATE_QUOTA_REPORT_INIT;
    if (report) *report = found;
    cpn_quota_problem problem = { 0 };
    status = cpn_quota_take_knobs(&problem.knobs, options, error);
    if (status == CAMPAIGN_OK) status = compute(quotas, &found, &problem, inputs, runtime, error);
    cpn_quota_free(&problem);
    if (status == CAMPAIGN_OK && report)
        *report = found;
    else
        campaign_allocate_quota_report_clear(&found);
    return status;
}

void campaign_allocate_quota_report_clear(campaign_allocate_quota_report *report)
{
    if (!report) return;
    campaign_table_free(report->multipliers);
    campaign_table_free(report->rows);
    campaign_table_free(report->columns);
    campaign_table_free(report->ties);
    campaign_table_free(report->notes);
    const campaign_allocate_quota_report empty = CAMPAIGN_ALLOCATE_QUOTA_REPORT_INIT;
    *report = empty;
}
