/* Improves a calendar by pairs: two units give back what they use, one chooses first from all that is free then, the
 * other from the rest. Those that gave up most choose first. */
#include <math.h>
#include <string.h>

#include "base/parallel.h"
#include "base/sort.h"
#include "plan/weeks/solver.h"

enum {
    TRIALS_A_UNIT = 10,
    LEAST_TRIALS = 5000 /* small problems see all their pairs */
};

/* Fits one unit into what is free; its row changes, and its use is added. False where nothing fits. */
static bool refit(cpn_weeks_plans *plans, const cpn_weeks_search *search, const cpn_weeks_solver *solver, int64_t u)
{
    const cpn_weeks_problem *problem = solver->problem;
    uint8_t *row = &plans->choices[u * problem->n_weeks], *found = solver->row + problem->n_weeks;
    int64_t value;
    if (!cpn_weeks_find_fitting(found, search, solver, u, NULL, plans->used) ||
        !cpn_weeks_evaluate(&value, NULL, problem, &problem->units[u], found))
        return false;
    memcpy(row, found, (size_t)problem->n_weeks);
    plans->values[u] = value;
    cpn_weeks_add_use(plans->used, problem, u, row, 1);
    return true;
}

/* Puts back the row that a unit had. */
static void restore(cpn_weeks_plans *plans, const cpn_weeks_problem *problem, int64_t u, const uint8_t *row,
                    int64_t value)
{
    memcpy(&plans->choices[u * problem->n_weeks], row, (size_t)problem->n_weeks);
    plans->values[u] = value;
    cpn_weeks_add_use(plans->used, problem, u, row, 1);
}

/* Whether the pair brings more when first chooses before second; otherwise all is as it was. */
static bool try_pair(cpn_weeks_solver *solver, const cpn_weeks_search *search, int64_t first, int64_t second)
{
    const cpn_weeks_problem *problem = solver->problem;
    cpn_weeks_plans *plans = &solver->best;
    const size_t n = (size_t)problem->n_weeks;
    uint8_t *first_row = solver->row + 2 * n, *second_row = solver->row + 3 * n;
    const int64_t first_value = plans->values[first], second_value = plans->values[second];
    memcpy(first_row, &plans->choices[(size_t)first * n], n);
    memcpy(second_row, &plans->choices[(size_t)second * n], n);
    cpn_weeks_add_use(plans->used, problem, first, first_row, -1);
    cpn_weeks_add_use(plans->used, problem, second, second_row, -1);
    const bool has_first = refit(plans, search, solver, first);
    const bool has_second = has_first && refit(plans, search, solver, second);
    const int64_t gain = plans->values[first] + plans->values[second] - first_value - second_value;
    if (has_second && gain > 0) {
        plans->total += gain;
        return true;
    }
    if (has_first) cpn_weeks_add_use(plans->used, problem, first, &plans->choices[(size_t)first * n], -1);
    if (has_second) cpn_weeks_add_use(plans->used, problem, second, &plans->choices[(size_t)second * n], -1);
    restore(plans, problem, first, first_row, first_value);
    restore(plans, problem, second, second_row, second_value);
    return false;
}

static bool order_by_loss(const cpn_weeks_solver *solver)
{
    const cpn_weeks_problem *problem = solver->problem;
    for (int64_t u = 0; u < problem->n_units; u++) solver->keys[u] = solver->best.values[u] - problem->units[u].alone;
    return cpn_order_int64(solver->order, solver->keys, problem->n_units);
}

/* Whether a pair could gain: the first gave something up, and the second holds something. */
static bool is_promising(const cpn_weeks_solver *solver, int64_t first, int64_t second)
{
    const cpn_weeks_problem *problem = solver->problem;
    if (solver->best.values[first] >= problem->units[first].alone) return false;
    const uint8_t *row = &solver->best.choices[second * problem->n_weeks];
    for (int32_t week = 0; week < problem->n_weeks; week++)
        if (row[week] > 0) return true;
    return false;
}

campaign_status cpn_weeks_swap(cpn_weeks_solver *solver, const cpn_weeks_search *search, campaign_error *error)
{
    const int64_t n = solver->problem->n_units;
    const int64_t most = n * TRIALS_A_UNIT > LEAST_TRIALS ? n * TRIALS_A_UNIT : LEAST_TRIALS;
    int64_t n_trials = 0;
    if (!order_by_loss(solver)) return cpn_fail_nomem(error);
    campaign_status status = CAMPAIGN_OK;
    for (int64_t distance = 1; distance < n && n_trials < most && status == CAMPAIGN_OK; distance++) {
        for (int64_t i = 0; i < n && n_trials < most; i++) {
            const int64_t first = solver->order[i], second = solver->order[(i + distance) % n];
            if (!is_promising(solver, first, second)) continue;
            (void)try_pair(solver, search, first, second);
            n_trials++;
        }
        status = cpn_report_progress(solver->runtime, "pairs", n_trials, most, error);
    }
    return status;
}
