/* Closes the gap of small problems. At the multipliers of the bound, a calendar better than the best known loses less
 * than the gap, in every unit and all together: so the rows of each unit that lose less are listed, and their
 * combinations tried in order of loss. Where lists and trials stay within their limits of work, nothing better is left,
 * and the bound comes down to the best. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/sort.h"
#include "plan/weeks/solver.h"

enum { MOST_ROWS = 20000, MOST_TRIALS = 200000, MOST_SUMS = 1000000 };

/* Rows of one unit, in order of loss. */
typedef struct unit_rows {
    int64_t unit, n;
    uint8_t *choices;
    double *losses;  /* by true values */
    int64_t *values; /* minor units */
} unit_rows;

typedef struct closing {
    cpn_weeks_solver *solver;
    unit_rows *lists; /* by depth: units with the fewest rows first */
    int64_t n_rows, n_trials;
    int64_t *rest;   /* depth × limit: what units from that depth on can use at most */
    int64_t *chosen; /* of each depth: the row, -1 = none yet */
    double *lost;    /* of each depth: what rows before it lose */
    bool is_cut;     /* trials ended before all were made */
} closing;

/* What may be lost at most: less than the gap, by one minor unit. */
static double most_loss(const cpn_weeks_solver *solver)
{
    const int64_t scale = INT64_C(1) << solver->problem->scale_bits;
    return (double)(solver->bound - (solver->best.total + 1) * scale);
}

/* ---- Lists ------------------------------------------------------------------------------------------------------- */

static double charges_of(const cpn_weeks_search *search, const cpn_weeks_owner *owner, const uint8_t *row)
{
    double sum = 0;
    for (int32_t week = 0; week < owner->problem->n_weeks; week++)
        sum += search->charges[week * owner->unit->n_choices + row[week]];
    return sum;
}

/* Values rows truly (a reference price was rounded in favour of the bound) and puts them in order of loss. */
static campaign_status order_rows(unit_rows *list, const cpn_weeks_rows *rows, const cpn_weeks_search *search,
                                  const cpn_weeks_owner *owner, double best)
{
    const cpn_weeks_problem *problem = owner->problem;
    const double scale = (double)(INT64_C(1) << problem->scale_bits);
    const size_t n_weeks = (size_t)problem->n_weeks;
    int64_t *keys = cpn_alloc(rows->n, sizeof *keys), *order = cpn_alloc(rows->n, sizeof *order);
    int64_t *values = cpn_alloc(rows->n, sizeof *values);
    list->choices = cpn_alloc(rows->n * problem->n_weeks, 1);
    list->losses = cpn_alloc(rows->n, sizeof *list->losses);
    list->values = cpn_alloc(rows->n, sizeof *list->values);
    bool is_done = keys && order && values && list->choices && list->losses && list->values;
    for (int64_t i = 0; i < rows->n && is_done; i++) {
        const uint8_t *row = &rows->choices[i * problem->n_weeks];
        is_done = cpn_weeks_evaluate(&values[i], NULL, problem, owner->unit, row);
        keys[i] = (int64_t)(best - ((double)values[i] * scale - charges_of(search, owner, row)));
    }
    is_done = is_done && cpn_order_int64(order, keys, rows->n);
    for (int64_t i = 0; i < rows->n && is_done; i++) {
        memcpy(&list->choices[(size_t)i * n_weeks], &rows->choices[(size_t)order[i] * n_weeks], n_weeks);
        list->losses[i] = (double)keys[order[i]];
        list->values[i] = values[order[i]];
    }
    list->n = rows->n;
    cpn_free(keys);
    cpn_free(order);
    cpn_free(values);
    return is_done ? CAMPAIGN_OK : CAMPAIGN_E_NOMEM;
}

static campaign_status list_unit(closing *c, int64_t u, const cpn_weeks_search *search)
{
    cpn_weeks_solver *solver = c->solver;
    const cpn_weeks_owner owner = { solver->problem, &solver->problem->units[u] };
    const double scale = (double)(INT64_C(1) << owner.problem->scale_bits);
    cpn_weeks_rows rows = { 0 };
    cpn_weeks_charge(search->charges, owner.problem, owner.unit, solver->best_multipliers, NULL);
    const double best = cpn_weeks_best(solver->row, search, owner.problem, owner.unit);
    const cpn_weeks_slack slack = { best - (double)owner.unit->start_value * scale, most_loss(solver),
                                    MOST_ROWS - c->n_rows };
    campaign_status status = cpn_weeks_list(&rows, search, &owner, &slack);
    c->lists[u].unit = u;
    if (status == CAMPAIGN_OK) status = order_rows(&c->lists[u], &rows, search, &owner, best);
    c->n_rows += rows.n;
    cpn_free(rows.choices);
    cpn_free(rows.losses);
    return status;
}

static int compare_lists(const void *a, const void *b, const void *ctx)
{
    const unit_rows *left = a, *right = b;
    (void)ctx;
    return (left->n > right->n) - (left->n < right->n);
}

/* ---- Combinations ------------------------------------------------------------------------------------------------ */

/* What units from each depth on can use of each limit. */
static void sum_rest(closing *c, int64_t *scratch)
{
    const cpn_weeks_problem *problem = c->solver->problem;
    const int64_t n_limits = problem->n_limits;
    for (int32_t l = 0; l < n_limits; l++) c->rest[problem->n_units * n_limits + l] = 0;
    for (int64_t depth = problem->n_units - 1; depth >= 0; depth--) {
        const unit_rows *list = &c->lists[depth];
        int64_t *rest = &c->rest[depth * n_limits];
        memcpy(rest, rest + n_limits, (size_t)n_limits * sizeof *rest);
        for (int64_t i = 0; i < list->n; i++) {
            for (int32_t l = 0; l < n_limits; l++) scratch[l] = 0;
            cpn_weeks_add_use(scratch, problem, list->unit, &list->choices[i * problem->n_weeks], 1);
            for (int32_t l = 0; l < n_limits; l++) {
                const int64_t with = rest[n_limits + l] + scratch[l];
                if (with > rest[l]) rest[l] = with;
            }
        }
    }
}

/* Priced room that no unit from that depth on can fill any more is lost as well. */
static double lost_room(const closing *c, int64_t depth)
{
    const cpn_weeks_solver *solver = c->solver;
    const cpn_weeks_problem *problem = solver->problem;
    double lost = 0;
    for (int32_t l = 0; l < problem->n_limits; l++) {
        const int64_t room =
            problem->limits[l].capacity - solver->trial.used[l] - c->rest[depth * problem->n_limits + l];
        if (room > 0 && solver->best_multipliers[l] > 0)
            lost += cpn_weeks_price(problem, problem->limits[l].family, solver->best_multipliers[l], room);
    }
    return lost;
}

static void use_row(const closing *c, int64_t depth, int32_t sign)
{
    const unit_rows *list = &c->lists[depth];
    const cpn_weeks_problem *problem = c->solver->problem;
    cpn_weeks_add_use(c->solver->trial.used, problem, list->unit, &list->choices[c->chosen[depth] * problem->n_weeks],
                      sign);
}

/* A combination of all units that beats the best known becomes it. */
static void keep_combination(const closing *c)
{
    cpn_weeks_solver *solver = c->solver;
    const cpn_weeks_problem *problem = solver->problem;
    int64_t total = 0;
    for (int64_t d = 0; d < problem->n_units; d++) total += c->lists[d].values[c->chosen[d]];
    if (total <= solver->best.total) return;
    solver->best.total = total;
    for (int64_t d = 0; d < problem->n_units; d++) {
        const unit_rows *list = &c->lists[d];
        memcpy(&solver->best.choices[list->unit * problem->n_weeks], &list->choices[c->chosen[d] * problem->n_weeks],
               (size_t)problem->n_weeks);
        solver->best.values[list->unit] = list->values[c->chosen[d]];
    }
    memcpy(solver->best.used, solver->trial.used, (size_t)problem->n_limits * sizeof *solver->best.used);
}

/* Moves on to the next row of a depth that may be part of something better; false where there is none. */
static bool take_next(closing *c, int64_t depth)
{
    const unit_rows *list = &c->lists[depth];
    while (++c->chosen[depth] < list->n) {
        const double lost = c->lost[depth] + list->losses[c->chosen[depth]];
        if (lost > most_loss(c->solver)) return false;
        if (++c->n_trials > MOST_TRIALS) {
            c->is_cut = true;
            return false;
        }
        use_row(c, depth, 1);
        const bool does_fit = cpn_weeks_fits(c->solver->problem, list->unit, c->solver->trial.used);
        if (does_fit && lost + lost_room(c, depth + 1) <= most_loss(c->solver)) {
            c->lost[depth + 1] = lost;
            return true;
        }
        use_row(c, depth, -1);
    }
    return false;
}

static void try_combinations(closing *c)
{
    cpn_weeks_solver *solver = c->solver;
    const int64_t n_units = solver->problem->n_units;
    int64_t depth = 0;
    for (int32_t l = 0; l < solver->problem->n_limits; l++) solver->trial.used[l] = 0;
    c->chosen[0] = -1;
    c->lost[0] = 0;
    while (depth >= 0) {
        if (depth < n_units && !c->is_cut && take_next(c, depth)) {
            c->chosen[++depth] = -1;
            continue;
        }
        if (depth == n_units) keep_combination(c);
        if (--depth >= 0) use_row(c, depth, -1);
    }
}

/* ---- The whole --------------------------------------------------------------------------------------------------- */

static campaign_status run_closing(closing *c, const cpn_weeks_search *search, int64_t *scratch)
{
    cpn_weeks_solver *solver = c->solver;
    const int64_t n_units = solver->problem->n_units;
    campaign_status status = CAMPAIGN_OK;
    for (int64_t u = 0; u < n_units && status == CAMPAIGN_OK; u++) status = list_unit(c, u, search);
    if (status != CAMPAIGN_OK) return status;
    if (!cpn_sort(c->lists, n_units, sizeof *c->lists, compare_lists, NULL)) return CAMPAIGN_E_NOMEM;
    sum_rest(c, scratch);
    try_combinations(c);
    if (!c->is_cut) solver->bound = solver->best.total * (INT64_C(1) << solver->problem->scale_bits);
    return CAMPAIGN_OK;
}

campaign_status cpn_weeks_close_gap(cpn_weeks_solver *solver, const cpn_weeks_search *search, campaign_error *error)
{
    const cpn_weeks_problem *problem = solver->problem;
    if (cpn_weeks_bound(solver) <= solver->best.total || problem->n_units > MOST_ROWS ||
        problem->n_units * problem->n_limits > MOST_SUMS)
        return CAMPAIGN_OK;
    closing c = { .solver = solver };
    c.lists = cpn_alloc_zero(problem->n_units, sizeof *c.lists);
    c.rest = cpn_alloc((problem->n_units + 1) * problem->n_limits, sizeof *c.rest);
    c.chosen = cpn_alloc(problem->n_units + 1, sizeof *c.chosen);
    c.lost = cpn_alloc(problem->n_units + 1, sizeof *c.lost);
    int64_t *scratch = cpn_alloc(problem->n_limits, sizeof *scratch);
    campaign_status status = CAMPAIGN_E_NOMEM;
    if (c.lists && c.rest && c.chosen && c.lost && scratch) status = run_closing(&c, search, scratch);
    for (int64_t i = 0; c.lists && i < problem->n_units; i++) {
        cpn_free(c.lists[i].choices);
        cpn_free(c.lists[i].losses);
        cpn_free(c.lists[i].values);
    }
    cpn_free(c.lists);
    cpn_free(c.rest);
    cpn_free(c.chosen);
    cpn_free(c.lost);
    cpn_free(scratch);
    return status == CAMPAIGN_E_NOMEM ? cpn_fail_nomem(error) : CAMPAIGN_OK;
}
