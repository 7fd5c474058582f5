/* Proportional fitting: a flow shows that there is an answer and which cells are the same in all of them; the rest follows
 * from factors of rows and columns, by scaling one side after the other (Deming & Stephan, Annals of Mathematical
 * Statistics 11, 1940) and by Newton's method. */
#include "allocate/quota/fitting.h"

#include <math.h>

#include "base/checked.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/parallel.h"

enum { MOST_DECIMALS = 9, FIRST_SWEEPS = 25, MOST_NEWTON = 60, LAST_SWEEPS = 3, MOST_SWEEPS = 5000, MOST_ROOTS = 200 };
static const double good_error = 2e-16; /* nothing to gain beyond it */
static const double converged_error = 1e-12;

/* ---- Scaling ----------------------------------------------------------------------------------------------------- */

double cpn_quota_fit_sum(const cpn_quota_fit *fit, int32_t node)
{
    const cpn_quota_grid *grid = fit->grid;
    double sum = 0;
    for (int64_t link = grid->first[node]; link < grid->first[node + 1]; link++)
        if (!fit->is_fixed[grid->links[link]]) sum += cpn_quota_fitted(fit, grid->links[link]);
    return sum;
}

double cpn_quota_fit_error(const cpn_quota_fit *fit)
{
    double largest = 0;
    for (int32_t node = 0; node < fit->grid->n_nodes; node++) {
        if (fit->targets[node] <= 0) continue;
        const double error = fabs(cpn_quota_fit_sum(fit, node) / fit->targets[node] - 1);
        if (!(error <= largest)) largest = error;
    }
    return largest;
}

/* How fast the sum of a node grows with its factor. */
static double slope_of(const cpn_quota_fit *fit, int32_t node)
{
    const cpn_quota_grid *grid = fit->grid;
    double slope = 0;
    for (int64_t link = grid->first[node]; link < grid->first[node + 1]; link++) {
        const int64_t cell = grid->links[link];
        if (fit->is_fixed[cell]) continue;
        const double rate = fit->weights[cell] * fit->factors[cpn_quota_other(grid, node, cell)];
        const double value = rate * fit->factors[node];
        if (value >= fit->least[cell] && value <= fit->most[cell]) slope += rate;
    }
    return slope;
}

/* The factor at which the cells of a node, held within bounds, add up to its target: Newton within a bracket. */
static void fit_bounded(cpn_quota_fit *fit, int32_t node)
{
    double low = 0, high = INFINITY;
    const double target = fit->targets[node];
    for (int32_t i = 0; i < MOST_ROOTS; i++) {
        const double at = fit->factors[node], sum = cpn_quota_fit_sum(fit, node), slope = slope_of(fit, node);
        if (fabs(sum - target) <= 1e-16 * target) return;
        if (sum < target)
            low = at;
        else
            high = at;
        double next = slope > 0 ? at + (target - sum) / slope : -1;
        if (!(next > low && next < high)) next = cpn_is_infinite(high) ? 2 * low + 1e-300 : low + (high - low) / 2;
        if (!(next > low && next < high)) return;
        fit->factors[node] = next;
    }
}

void cpn_quota_fit_side(cpn_quota_fit *fit, int32_t from, int32_t to)
{
    const cpn_quota_grid *grid = fit->grid;
    for (int32_t node = from; node < to; node++) {
        if (fit->has_bounds[node]) {
            fit_bounded(fit, node);
            continue;
        }
        double sum = 0;
        for (int64_t link = grid->first[node]; link < grid->first[node + 1]; link++) {
            const int64_t cell = grid->links[link];
            if (!fit->is_fixed[cell]) sum += fit->weights[cell] * fit->factors[cpn_quota_other(grid, node, cell)];
        }
        if (sum > 0 && fit->targets[node] > 0) fit->factors[node] = fit->targets[node] / sum;
    }
}

static void sweep(cpn_quota_fit *fit, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        cpn_quota_fit_side(fit, 0, fit->grid->n_rows);
        cpn_quota_fit_side(fit, fit->grid->n_rows, fit->grid->n_nodes);
    }
}

static campaign_status converge(cpn_quota_fit *fit, cpn_quota_problem *problem, const campaign_runtime *runtime,
                                campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    bool has_moved = true;
    for (int64_t i = 0; i < FIRST_SWEEPS && cpn_quota_fit_error(fit) > good_error; i++, problem->n_iterations++)
        sweep(fit, 1);
    for (int32_t i = 0; i < MOST_NEWTON && has_moved && cpn_quota_fit_has_newton(fit->grid); i++) {
        if (cpn_quota_fit_error(fit) <= 4 * good_error) break;
        status = cpn_report_progress(runtime, "quotas", i, MOST_NEWTON, error);
        if (status == CAMPAIGN_OK) status = cpn_quota_fit_newton(fit, &has_moved, error);
        if (status != CAMPAIGN_OK) return status;
        problem->n_iterations++;
    }
    while (cpn_quota_fit_error(fit) > converged_error && problem->n_iterations < MOST_SWEEPS) {
        status = cpn_report_progress(runtime, "quotas", problem->n_iterations, MOST_SWEEPS, error);
        if (status != CAMPAIGN_OK) return status;
        sweep(fit, 10);
        problem->n_iterations += 10;
    }
    sweep(fit, LAST_SWEEPS);
    problem->is_converged = cpn_quota_fit_error(fit) <= converged_error;
    return CAMPAIGN_OK;
}

/* ---- What the flow tells ----------------------------------------------------------------------------------------- */

/* Totals as integers for the flow, so that both sides add up; in 1 / 10^decimals of a major unit. */
static campaign_status scale_totals(cpn_quota_grid *grid, cpn_quota_problem *problem, double *reals,
                                    campaign_error *error)
{
    double sums[2] = { 0, 0 };
    int32_t decimals = problem->exponent;
    for (int32_t node = 0; node < grid->n_nodes; node++) {
        const int32_t mine = cpn_quota_decimals(reals[node]);
        if (mine > decimals) decimals = mine;
        sums[node >= grid->n_rows] += reals[node];
    }
    if (decimals > MOST_DECIMALS) decimals = MOST_DECIMALS;
    const double larger = sums[0] > sums[1] ? sums[0] : sums[1];
    while (decimals > 0 && larger * (double)cpn_power_of_ten(decimals) > 3e18) decimals--;
    problem->shown_decimals = decimals;
    int64_t whole[2] = { 0, 0 }, unit = cpn_power_of_ten(decimals);
    int32_t largest = grid->n_rows;
    for (int32_t node = 0; node < grid->n_nodes; node++) {
        int64_t units, part;
        (void)cpn_quota_decimal(&units, &part, reals[node], decimals);
        grid->totals[node] = units * unit + part;
        whole[node >= grid->n_rows] += grid->totals[node];
        if (node > grid->n_rows && grid->totals[node] > grid->totals[largest]) largest = node;
    }
    const int64_t rest = whole[0] - whole[1];
    char rows[CAMPAIGN_MONEY_TEXT], columns[CAMPAIGN_MONEY_TEXT];
    cpn_quota_amount_text(rows, problem, whole[0]);
    cpn_quota_amount_text(columns, problem, whole[1]);
    if (fabs((double)rest) > (problem->has_real_totals ? 1e-9 * (double)whole[0] + grid->n_nodes : 0))
        return cpn_fail(error, CAMPAIGN_E_INFEASIBLE, "columns.total", "the rows add up to %s, the columns to %s", rows,
                        columns);
    if (largest < grid->n_nodes) grid->totals[largest] += rest; /* computed totals that differ by their rounding */
    for (int32_t node = grid->n_rows; node < grid->n_nodes && sums[1] > 0; node++) reals[node] *= sums[0] / sums[1];
    return CAMPAIGN_OK;
}

/* Bounds of cells in the unit of the flow. */
static campaign_status scale_bounds(cpn_quota_grid *grid, const cpn_quota_problem *problem, campaign_error *error)
{
    const int32_t shift = problem->shown_decimals - problem->exponent;
    for (int64_t cell = 0; cell < grid->n_cells; cell++) {
        int64_t *const bounds[] = { &grid->minimum[cell], &grid->maximum[cell] };
        for (int32_t i = 0; i < 2; i++) {
            if (*bounds[i] == INT64_MAX) continue;
            if (shift < 0)
                *bounds[i] /= cpn_power_of_ten(-shift);
            else if (!cpn_mul64(bounds[i], *bounds[i], cpn_power_of_ten(shift)) && i == 0)
                return cpn_fail_row(error, CAMPAIGN_E_OVERFLOW, problem->rows[cell], "cells.minimum",
                                    "the minimum does not fit beside totals with %ld decimals",
                                    (long)problem->shown_decimals);
            else if (*bounds[i] > CAMPAIGN_QUOTA_MAX)
                *bounds[i] = INT64_MAX;
        }
    }
    return CAMPAIGN_OK;
}

/* Cells on no cycle of the flow that could change are the same in every answer. */
static bool find_fixed(cpn_quota_fit *fit, const cpn_quota_grid *grid)
{
    bool *is_open = cpn_alloc_zero(2 * grid->n_cells, sizeof *is_open);
    if (!is_open) return false;
    for (int64_t cell = 0; cell < grid->n_cells; cell++) {
        is_open[2 * cell] = grid->parts[cell] < grid->maximum[cell];
        is_open[2 * cell + 1] = grid->parts[cell] > grid->minimum[cell];
    }
    const bool has_room = cpn_quota_keep_cycles(grid, is_open);
    for (int64_t cell = 0; cell < grid->n_cells; cell++)
        fit->is_fixed[cell] = !is_open[2 * cell] && !is_open[2 * cell + 1];
    cpn_free(is_open);
    return has_room;
}

static void start_fit(cpn_quota_fit *fit, cpn_quota_problem *problem, const double *reals)
{
    const cpn_quota_grid *grid = fit->grid;
    const double unit = (double)cpn_power_of_ten(problem->shown_decimals);
    for (int32_t node = 0; node < grid->n_nodes; node++) {
        fit->targets[node] = reals[node];
        fit->factors[node] = 1;
        fit->has_bounds[node] = false;
    }
    for (int64_t cell = 0; cell < grid->n_cells; cell++) {
        const int32_t row = grid->row_of[cell], column = grid->n_rows + grid->column_of[cell];
        fit->weights[cell] = problem->values[cell];
        fit->least[cell] = (double)(fit->is_fixed[cell] ? grid->parts[cell] : grid->minimum[cell]) / unit;
        fit->most[cell] = grid->maximum[cell] == INT64_MAX ? INFINITY : (double)grid->maximum[cell] / unit;
        if (fit->is_fixed[cell]) {
            fit->targets[row] -= fit->least[cell];
            fit->targets[column] -= fit->least[cell];
            problem->n_forced += grid->parts[cell] == 0 && grid->maximum[cell] > 0;
        } else if (fit->least[cell] > 0 || !cpn_is_infinite(fit->most[cell])) {
            fit->has_bounds[row] = fit->has_bounds[column] = true;
        }
    }
}

/* ---- All of it --------------------------------------------------------------------------------------------------- */

static bool open_fit(cpn_quota_fit *fit, const cpn_quota_grid *grid)
{
    *fit = (cpn_quota_fit){ .grid = grid };
    fit->weights = cpn_alloc(grid->n_cells, sizeof *fit->weights);
    fit->least = cpn_alloc(grid->n_cells, sizeof *fit->least);
    fit->most = cpn_alloc(grid->n_cells, sizeof *fit->most);
    fit->is_fixed = cpn_alloc(grid->n_cells, sizeof *fit->is_fixed);
    fit->has_bounds = cpn_alloc(grid->n_nodes, sizeof *fit->has_bounds);
    fit->targets = cpn_alloc(grid->n_nodes, sizeof *fit->targets);
    fit->factors = cpn_alloc(grid->n_nodes, sizeof *fit->factors);
    return fit->weights && fit->least && fit->most && fit->is_fixed && fit->has_bounds && fit->targets && fit->factors;
}

static void close_fit(cpn_quota_fit *fit)
{
    cpn_free(fit->weights);
    cpn_free(fit->least);
    cpn_free(fit->most);
    cpn_free(fit->is_fixed);
    cpn_free(fit->has_bounds);
    cpn_free(fit->targets);
    cpn_free(fit->factors);
}

static void take_answer(cpn_quota_problem *problem, const cpn_quota_fit *fit, cpn_quota_proof *proof)
{
    const cpn_quota_grid *grid = fit->grid;
    double scale = 1, largest = -1;
    for (int32_t node = grid->n_rows; node < grid->n_nodes; node++)
        if (fit->targets[node] > largest) {
            largest = fit->targets[node];
            scale = fit->factors[node];
        }
    for (int32_t node = 0; node < grid->n_nodes; node++) {
        proof->divisors[node] = node < grid->n_rows ? 1 / (fit->factors[node] * scale) : scale / fit->factors[node];
        proof->low[node] = proof->high[node] = NAN;
    }
    for (int64_t cell = 0; cell < problem->n_cells; cell++)
        problem->reals[cell] = problem->shares[cell] = cpn_quota_fitted(fit, cell);
    proof->value = cpn_quota_fit_error(fit);
}

static campaign_status read_totals(double *reals, cpn_quota_problem *problem,
                                   const campaign_allocate_quota_inputs *inputs, const campaign_runtime *runtime,
                                   campaign_error *error)
{
    const int64_t n_rows = problem->dimensions[0].keys.n_keys;
    if (!inputs->rows || !inputs->columns)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, inputs->rows ? "inputs.columns" : "inputs.rows",
                        "fitting needs the totals of rows and columns");
    if (problem->knobs.given.has_total)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.total", "fitting takes the total of its rows");
    campaign_status status = cpn_quota_read_reals(reals, problem, 0, inputs->rows, runtime, error);
    if (status == CAMPAIGN_OK)
        status = cpn_quota_read_reals(reals + n_rows, problem, 1, inputs->columns, runtime, error);
    return status;
}

campaign_status cpn_quota_fitting(cpn_quota_problem *problem, cpn_quota_grid *grid, cpn_quota_proof *proof,
                                  const campaign_allocate_quota_inputs *inputs, const campaign_runtime *runtime,
                                  campaign_error *error)
{
    cpn_quota_fit fit;
    double *reals = cpn_alloc_zero(grid->n_nodes, sizeof *reals);
    campaign_status status = open_fit(&fit, grid) && reals ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = read_totals(reals, problem, inputs, runtime, error);
    if (status == CAMPAIGN_OK) status = scale_totals(grid, problem, reals, error);
    if (status == CAMPAIGN_OK) status = scale_bounds(grid, problem, error);
    if (status == CAMPAIGN_OK) status = cpn_quota_flow(grid, problem, error);
    if (status == CAMPAIGN_OK && !find_fixed(&fit, grid)) status = cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) {
        start_fit(&fit, problem, reals);
        status = converge(&fit, problem, runtime, error);
    }
    if (status == CAMPAIGN_OK) take_answer(problem, &fit, proof);
    close_fit(&fit);
    cpn_free(reals);
    return status;
}
