/* Calendars within the limits: units are fitted one by one into what the others leave, first at the multipliers' prices,
 * then for what is left over. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/sort.h"
#include "plan/weeks/solver.h"

enum { HALVINGS = 12, PASSES = 4 };

/* ---- One unit ---------------------------------------------------------------------------------------------------- */

bool cpn_weeks_fits(const cpn_weeks_problem *problem, int64_t u, const int64_t *used)
{
    const cpn_weeks_unit *unit = &problem->units[u];
    for (int64_t i = 0; i < unit->n_uses; i++) {
        const int32_t *limits =
            &problem->family_limits[(int64_t)problem->uses[unit->first_use + i].family * problem->n_weeks];
        for (int32_t week = 0; week < problem->n_weeks; week++)
            if (limits[week] >= 0 && used[limits[week]] > problem->limits[limits[week]].capacity) return false;
    }
    return true;
}

/* Makes budgets dearer by a share of each choice's cost, a whole number. */
static void charge_budgets(double *charges, const cpn_weeks_problem *problem, const cpn_weeks_unit *unit, double rate)
{
    for (int64_t i = 0; i < unit->n_uses; i++) {
        const cpn_weeks_use *use = &problem->uses[unit->first_use + i];
        if (problem->families[use->family].kind != CPN_WEEKS_BUDGET) continue;
        for (int32_t week = 0; week < problem->n_weeks; week++)
            for (int32_t k = 1; k < unit->n_choices; k++)
                charges[week * unit->n_choices + k] += floor(rate * (double)use->amounts[k]);
    }
}

/* A budget spans weeks: where the best plan passes one, it is made dearer, by bisection, until the plan fits. */
bool cpn_weeks_find_fitting(uint8_t *choices, const cpn_weeks_search *search, const cpn_weeks_solver *solver, int64_t u,
                            const double *multipliers, int64_t *used)
{
    const cpn_weeks_problem *problem = solver->problem;
    const cpn_weeks_unit *unit = &problem->units[u];
    const double most = 64.0 * (double)(INT64_C(1) << problem->scale_bits);
    double low = 0, high = most;
    bool is_found = false;
    for (int32_t i = 0; i <= HALVINGS; i++) {
        const double rate = i == 0 ? 0 : i == 1 ? most : (low + high) / 2;
        cpn_weeks_charge(search->charges, problem, unit, multipliers, used);
        if (rate > 0) charge_budgets(search->charges, problem, unit, rate);
        uint8_t *tried = solver->row;
        const bool is_possible = cpn_weeks_best(tried, search, problem, unit) > -INFINITY;
        if (!is_possible) return is_found;
        cpn_weeks_add_use(used, problem, u, tried, 1);
        const bool does_fit = cpn_weeks_fits(problem, u, used);
        cpn_weeks_add_use(used, problem, u, tried, -1);
        if (does_fit) {
            memcpy(choices, tried, (size_t)problem->n_weeks);
            is_found = true;
            high = rate;
        } else {
            low = rate;
        }
        if ((i == 0 && does_fit) || (i == 1 && !does_fit)) return is_found;
    }
    return is_found;
}

/* Replaces a unit's row in plans; used is already without it. */
static bool put_row(cpn_weeks_plans *plans, const cpn_weeks_problem *problem, int64_t u, const uint8_t *choices)
{
    int64_t value;
    if (!cpn_weeks_evaluate(&value, NULL, problem, &problem->units[u], choices)) return false;
    uint8_t *row = &plans->choices[u * problem->n_weeks];
    if (row != choices) memcpy(row, choices, (size_t)problem->n_weeks);
    plans->total += value - plans->values[u];
    plans->values[u] = value;
    return true;
}

/* Fits one unit anew. Without multipliers only a better row is taken. True where the row changed. */
static bool fit(cpn_weeks_plans *plans, const cpn_weeks_search *search, const cpn_weeks_solver *solver, int64_t u,
                const double *multipliers)
{
    const cpn_weeks_problem *problem = solver->problem;
    const int32_t n = problem->n_weeks;
    uint8_t *row = &plans->choices[u * n], *found = solver->row + n;
    bool is_changed = false;
    cpn_weeks_add_use(plans->used, problem, u, row, -1);
    if (cpn_weeks_find_fitting(found, search, solver, u, multipliers, plans->used) &&
        memcmp(found, row, (size_t)n) != 0) {
        int64_t value;
        const bool is_valued = cpn_weeks_evaluate(&value, NULL, problem, &problem->units[u], found);
        if (is_valued && (multipliers || value > plans->values[u])) is_changed = put_row(plans, problem, u, found);
    }
    cpn_weeks_add_use(plans->used, problem, u, row, 1);
    return is_changed;
}

/* ---- All units --------------------------------------------------------------------------------------------------- */

/* The choice that a forced week takes at least: fewest slots, then lowest cost, then smallest discount. */
static uint8_t least_choice(const cpn_weeks_problem *problem, const cpn_weeks_unit *unit, int32_t week)
{
    const uint8_t *is_barred = &unit->is_barred[week * unit->n_choices];
    uint8_t least = 0;
    int64_t least_amounts[2] = { INT64_MAX, INT64_MAX };
    for (uint8_t k = 1; is_barred[0] && k < unit->n_choices; k++) {
        int64_t amounts[2] = { 0, 0 };
        for (int64_t i = 0; i < unit->n_uses; i++) {
            const cpn_weeks_use *use = &problem->uses[unit->first_use + i];
            amounts[problem->families[use->family].kind == CPN_WEEKS_BUDGET] += use->amounts[k];
        }
        if (is_barred[k]) continue;
        if (least &&
            (amounts[0] > least_amounts[0] || (amounts[0] == least_amounts[0] && amounts[1] >= least_amounts[1])))
            continue;
        least = k;
        memcpy(least_amounts, amounts, sizeof amounts);
    }
    return least;
}

static campaign_status fail_limit(const cpn_weeks_problem *problem, int32_t limit, int64_t used, campaign_error *error)
{
    const cpn_weeks_limit *at = &problem->limits[limit];
    const cpn_weeks_family *family = &problem->families[at->family];
    const bool is_budget = family->kind == CPN_WEEKS_BUDGET;
    const int32_t exponent = is_budget ? problem->exponent : 0;
    char group[CPN_NAMED_KEY_TEXT] = "all items", needed[CAMPAIGN_MONEY_TEXT], capacity[CAMPAIGN_MONEY_TEXT];
    if (family->group >= 0) cpn_named_key_text(group, &problem->group_keys, family->group);
    (void)campaign_money_format(needed, used, exponent);
    (void)campaign_money_format(capacity, at->capacity, exponent);
    if (at->week >= 0)
        return cpn_fail(error, CAMPAIGN_E_INFEASIBLE, "slots.capacity",
                        "the forced promotions of week %ld need %s %s of %s, which has %s",
                        (long)problem->weeks[at->week].number, needed,
                        family->kind == CPN_WEEKS_SLOTS ? "slots" : "promotions", group, capacity);
    return cpn_fail(error, CAMPAIGN_E_INFEASIBLE, "budgets.amount",
                    "the forced promotions cost %s of the budget of %s, which is %s", needed, group, capacity);
}

campaign_status cpn_weeks_force(cpn_weeks_plans *plans, const cpn_weeks_problem *problem, campaign_error *error)
{
    plans->total = 0;
    for (int32_t l = 0; l < problem->n_limits; l++) plans->used[l] = 0;
    for (int64_t u = 0; u < problem->n_units; u++) {
        uint8_t *row = &plans->choices[u * problem->n_weeks];
        for (int32_t week = 0; week < problem->n_weeks; week++)
            row[week] = least_choice(problem, &problem->units[u], week);
        plans->values[u] = 0;
        if (!put_row(plans, problem, u, row)) return cpn_weeks_fail_size(problem, &problem->units[u], error);
        cpn_weeks_add_use(plans->used, problem, u, row, 1);
    }
    for (int32_t l = 0; l < problem->n_limits; l++)
        if (plans->used[l] > problem->limits[l].capacity) return fail_limit(problem, l, plans->used[l], error);
    return CAMPAIGN_OK;
}

static void improve(cpn_weeks_plans *plans, const cpn_weeks_search *search, const cpn_weeks_solver *solver)
{
    bool is_changed = true;
    for (int32_t pass = 0; pass < PASSES && is_changed; pass++) {
        is_changed = false;
        for (int64_t i = 0; i < solver->problem->n_units; i++)
            if (fit(plans, search, solver, solver->order[i], NULL)) is_changed = true;
    }
}

/* Units whose promotions are worth most at the multipliers choose first. */
static bool order_units(const cpn_weeks_solver *solver)
{
    const cpn_weeks_problem *problem = solver->problem;
    int64_t *keys = solver->keys;
    const double scale = (double)(INT64_C(1) << problem->scale_bits);
    for (int64_t u = 0; u < problem->n_units; u++)
        keys[u] = (int64_t)((double)problem->units[u].baseline * scale - solver->worths[u]);
    return cpn_order_int64(solver->order, keys, problem->n_units);
}

campaign_status cpn_weeks_repair(cpn_weeks_solver *solver, const cpn_weeks_search *search, const double *multipliers,
                                 campaign_error *error)
{
    const cpn_weeks_problem *problem = solver->problem;
    cpn_weeks_plans *plans = &solver->trial;
    campaign_status status = cpn_weeks_force(plans, problem, error);
    if (status != CAMPAIGN_OK) return status;
    if (!order_units(solver)) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < problem->n_units; i++) (void)fit(plans, search, solver, solver->order[i], multipliers);
    improve(plans, search, solver);
    if (plans->total <= solver->best.total) return CAMPAIGN_OK;
    cpn_weeks_plans better = *plans;
    *plans = solver->best;
    solver->best = better;
    return CAMPAIGN_OK;
}
