/* The search for a calendar: every unit's best alone, then rounds of multipliers with repairs in between, until the bound
 * is met or the work is done. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "plan/weeks/solver.h"

enum {
    ROUNDS_A_REPAIR = 10,
    WORSE_ROUNDS = 8 /* without a better bound, until the steps are halved */
};
/* Share of the last direction that is kept; found by trial on generated years. */
static const double deflection = 0.7;
static const double budget_parts = 1048576.0;
static const double most_multiplier = 1125899906842624.0; /* 2^50 */

/* ---- Memory ------------------------------------------------------------------------------------------------------ */

static campaign_status open_plans(cpn_weeks_plans *plans, const cpn_weeks_problem *problem, campaign_error *error)
{
    plans->choices = cpn_alloc_zero(problem->n_units * problem->n_weeks, sizeof *plans->choices);
    plans->values = cpn_alloc_zero(problem->n_units, sizeof *plans->values);
    plans->used = cpn_alloc_zero(problem->n_limits, sizeof *plans->used);
    return plans->choices && plans->values && plans->used ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

static void free_plans(cpn_weeks_plans *plans)
{
    cpn_free(plans->choices);
    cpn_free(plans->values);
    cpn_free(plans->used);
}

static campaign_status open_solver(cpn_weeks_solver *solver, campaign_error *error)
{
    const cpn_weeks_problem *problem = solver->problem;
    const int64_t n_cells = problem->n_units * problem->n_weeks;
    solver->multipliers = cpn_alloc_zero(problem->n_limits, sizeof *solver->multipliers);
    solver->best_multipliers = cpn_alloc_zero(problem->n_limits, sizeof *solver->best_multipliers);
    solver->direction = cpn_alloc_zero(problem->n_limits, sizeof *solver->direction);
    solver->weights = cpn_alloc_zero(problem->n_limits, sizeof *solver->weights);
    solver->alone = cpn_alloc_zero(n_cells, sizeof *solver->alone);
    solver->relaxed = cpn_alloc_zero(n_cells, sizeof *solver->relaxed);
    solver->worths = cpn_alloc_zero(problem->n_units, sizeof *solver->worths);
    solver->row = cpn_alloc_zero(problem->n_weeks * INT64_C(4), sizeof *solver->row);
    solver->keys = cpn_alloc_zero(problem->n_units, sizeof *solver->keys);
    solver->order = cpn_alloc_zero(problem->n_units, sizeof *solver->order);
    if (!solver->multipliers || !solver->best_multipliers || !solver->direction || !solver->weights || !solver->alone ||
        !solver->relaxed || !solver->worths || !solver->row || !solver->keys || !solver->order)
        return cpn_fail_nomem(error);
    campaign_status status = open_plans(&solver->best, problem, error);
    if (status == CAMPAIGN_OK) status = open_plans(&solver->trial, problem, error);
    return status;
}

void cpn_weeks_solver_free(cpn_weeks_solver *solver)
{
    cpn_free(solver->multipliers);
    cpn_free(solver->best_multipliers);
    cpn_free(solver->direction);
    cpn_free(solver->weights);
    cpn_free(solver->alone);
    cpn_free(solver->relaxed);
    cpn_free(solver->worths);
    cpn_free(solver->row);
    cpn_free(solver->keys);
    cpn_free(solver->order);
    free_plans(&solver->best);
    free_plans(&solver->trial);
    *solver = (cpn_weeks_solver){ 0 };
}

/* ---- The unit's own best ----------------------------------------------------------------------------------------- */

/* Round 0, where nothing is priced: everybody's best alone. True where that fits every limit. */
static bool start_alone(cpn_weeks_solver *solver)
{
    const cpn_weeks_problem *problem = solver->problem;
    cpn_weeks_plans *plans = &solver->best;
    const double scale = (double)(INT64_C(1) << problem->scale_bits);
    const size_t n_cells = (size_t)(problem->n_units * problem->n_weeks);
    memcpy(plans->choices, solver->alone, n_cells);
    memcpy(solver->relaxed, solver->alone, n_cells);
    solver->bound = 0;
    for (int64_t u = 0; u < problem->n_units; u++) {
        const cpn_weeks_unit *unit = &problem->units[u];
        plans->values[u] = unit->alone;
        plans->total += unit->alone;
        solver->worths[u] = (double)unit->alone_bound * scale;
        solver->bound += (int64_t)solver->worths[u];
        cpn_weeks_add_use(plans->used, problem, u, &solver->alone[u * problem->n_weeks], 1);
    }
    for (int32_t l = 0; l < problem->n_limits; l++)
        if (plans->used[l] > problem->limits[l].capacity) return false;
    return true;
}

/* ---- Multipliers ------------------------------------------------------------------------------------------------- */

static double parts_of(const cpn_weeks_problem *problem, int32_t limit)
{
    return problem->families[problem->limits[limit].family].kind == CPN_WEEKS_BUDGET ? budget_parts : 1;
}

/* What a promotion usually takes of a limit, so that slots and money are steered alike. */
static void weigh_limits(cpn_weeks_solver *solver)
{
    const cpn_weeks_problem *problem = solver->problem;
    for (int32_t l = 0; l < problem->n_limits; l++) {
        const int32_t family = problem->limits[l].family;
        double sum = 0, n = 0;
        if (l > 0 && family == problem->limits[l - 1].family) {
            solver->weights[l] = solver->weights[l - 1];
            continue;
        }
        for (int64_t i = 0; i < problem->n_uses; i++)
            for (int32_t k = 1; problem->uses[i].family == family && k < CPN_WEEKS_CHOICES; k++)
                if (problem->uses[i].amounts[k] > 0) {
                    sum += (double)problem->uses[i].amounts[k];
                    n++;
                }
        solver->weights[l] = n > 0 ? sum / n : 1;
    }
}

/* The subgradient: what the relaxed plans use beyond each limit, deflected by where the multipliers went before. Gives its
 * squared length. */
static double turn(cpn_weeks_solver *solver)
{
    const cpn_weeks_problem *problem = solver->problem;
    int64_t *used = solver->trial.used;
    for (int32_t l = 0; l < problem->n_limits; l++) used[l] = 0;
    for (int64_t u = 0; u < problem->n_units; u++)
        cpn_weeks_add_use(used, problem, u, &solver->relaxed[u * problem->n_weeks], 1);
    double length = 0;
    for (int32_t l = 0; l < problem->n_limits; l++) {
        const double excess = (double)(used[l] - problem->limits[l].capacity) / solver->weights[l];
        double direction = excess + deflection * solver->direction[l];
        if (solver->multipliers[l] <= 0 && direction < 0) direction = 0;
        solver->direction[l] = direction;
        length += direction * direction;
    }
    return length;
}

/* Polyak's step towards the best calendar known: theta × (bound - value) / length. */
static void move_multipliers(cpn_weeks_solver *solver, int64_t bound, double theta)
{
    const cpn_weeks_problem *problem = solver->problem;
    const double scale = (double)(INT64_C(1) << problem->scale_bits);
    const double length = turn(solver);
    if (!(length > 0)) return;
    const double step = theta * ((double)bound - (double)solver->best.total * scale) / length;
    for (int32_t l = 0; l < problem->n_limits; l++) {
        const double moved =
            solver->multipliers[l] + step * solver->direction[l] / solver->weights[l] * parts_of(problem, l);
        solver->multipliers[l] = moved < most_multiplier ? (moved > 0 ? floor(moved + 0.5) : 0) : most_multiplier;
    }
}

static bool is_near(const cpn_weeks_solver *solver)
{
    const cpn_weeks_problem *problem = solver->problem;
    const double scale = (double)(INT64_C(1) << problem->scale_bits);
    const double bound = floor((double)solver->bound / scale), total = (double)solver->best.total;
    return bound - total <= fabs(bound) * problem->knobs.given.gap_ppm / 1e6;
}

static campaign_status run_rounds(cpn_weeks_solver *solver, const cpn_weeks_search *search, campaign_error *error)
{
    double theta = 1;
    int32_t n_worse = 0;
    int64_t bound = solver->bound;
    campaign_status status = cpn_weeks_repair(solver, search, solver->multipliers, error);
    while (status == CAMPAIGN_OK && !is_near(solver) &&
           solver->n_iterations < solver->problem->knobs.given.max_iterations) {
        move_multipliers(solver, bound, theta);
        const int64_t before = solver->bound;
        status = cpn_weeks_price_round(solver, &bound, error);
        solver->n_iterations++;
        n_worse = solver->bound < before ? 0 : n_worse + 1;
        if (n_worse == WORSE_ROUNDS) {
            theta /= 2;
            n_worse = 0;
        }
        const bool is_last = solver->n_iterations == solver->problem->knobs.given.max_iterations;
        if (status == CAMPAIGN_OK && (is_last || solver->n_iterations % ROUNDS_A_REPAIR == 0))
            status = cpn_weeks_repair(solver, search, solver->multipliers, error);
    }
    return status;
}

campaign_status cpn_weeks_solve(cpn_weeks_solver *solver, cpn_weeks_problem *problem, campaign_error *error)
{
    solver->problem = problem;
    campaign_status status = open_solver(solver, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_prepare(problem, solver->alone, solver->runtime, error);
    if (status != CAMPAIGN_OK || start_alone(solver)) return status;
    cpn_weeks_search search;
    solver->best.total = INT64_MIN;
    status = cpn_weeks_open_search(&search, problem, error);
    if (status != CAMPAIGN_OK) return status;
    weigh_limits(solver);
    status = run_rounds(solver, &search, error);
    if (status == CAMPAIGN_OK && !is_near(solver)) status = cpn_weeks_swap(solver, &search, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_close_gap(solver, &search, error);
    cpn_weeks_close_search(&search);
    return status;
}
