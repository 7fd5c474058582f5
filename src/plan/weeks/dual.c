/* Multipliers of the shared limits. Each round prices the limits, solves every unit under these prices, and moves the
 * prices along a deflected subgradient with Polyak's step (Camerini, Fratta, Maffioli, On improving relaxation methods by
 * modified gradient techniques, 1975). Every round gives a bound; the best one is kept with its multipliers. */
#include <math.h>

#include "base/checked.h"
#include "base/parallel.h"
#include "plan/weeks/solver.h"

enum { UNITS_AT_ONCE = 16 };

static campaign_status solve_units(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    const cpn_weeks_solver *solver = ctx;
    const cpn_weeks_problem *problem = solver->problem;
    cpn_weeks_search search;
    (void)chunk;
    const campaign_status status = cpn_weeks_open_search(&search, problem, NULL);
    for (int64_t u = first; u < last && status == CAMPAIGN_OK; u++) {
        const cpn_weeks_unit *unit = &problem->units[u];
        cpn_weeks_charge(search.charges, problem, unit, solver->multipliers, NULL);
        solver->worths[u] = cpn_weeks_best(&solver->relaxed[u * problem->n_weeks], &search, problem, unit);
    }
    cpn_weeks_close_search(&search);
    return status;
}

/* multiplier × capacity, rounded up; false where it is too large to be of use. */
static bool add_capacity(int64_t *bound, const cpn_weeks_problem *problem, int32_t limit, double multiplier)
{
    const cpn_weeks_limit *at = &problem->limits[limit];
    double product = multiplier * (double)at->capacity;
    if (product > 9007199254740992.0) product *= 1 + 1e-15;
    if (problem->families[at->family].kind == CPN_WEEKS_BUDGET) product /= 1048576.0;
    return product < 4e18 && cpn_add64(bound, *bound, (int64_t)ceil(product));
}

/* The dual's value at the multipliers; false where it does not fit. */
static bool sum_bound(int64_t *bound, const cpn_weeks_solver *solver)
{
    const cpn_weeks_problem *problem = solver->problem;
    *bound = 0;
    for (int64_t u = 0; u < problem->n_units; u++) *bound += (int64_t)solver->worths[u];
    for (int32_t l = 0; l < problem->n_limits; l++)
        if (!add_capacity(bound, problem, l, solver->multipliers[l])) return false;
    return true;
}

campaign_status cpn_weeks_price_round(cpn_weeks_solver *solver, int64_t *bound, campaign_error *error)
{
    const cpn_weeks_problem *problem = solver->problem;
    const campaign_status status =
        cpn_parallel_for(problem->n_units, UNITS_AT_ONCE, solve_units, solver, "multipliers", solver->runtime, error);
    if (status != CAMPAIGN_OK) return status;
    if (!sum_bound(bound, solver)) *bound = INT64_MAX;
    if (*bound < solver->bound) {
        solver->bound = *bound;
        for (int32_t l = 0; l < problem->n_limits; l++) solver->best_multipliers[l] = solver->multipliers[l];
    }
    return CAMPAIGN_OK;
}
