/* Controlled rounding: each cell its floor or ceiling, totals exact, the least sum of squared changes.
 *
 * Rounding a fraction f up instead of down changes the sum by (1 - f)^2 - f^2 = 1 - 2 f. A side without given totals gets a
 * slack cell per row or column that makes its total the ceiling of its sum or one less: the same grid with one more column
 * or row. rounding_paths.c finds the flow of least cost. */
#include "allocate/quota/rounding.h"

#include <math.h>

#include "base/checked.h"
#include "base/memory.h"

enum { MOST_DECIMALS = 16, MOST_DIGITS = 18 };

/* ---- The table in whole units and fractions ---------------------------------------------------------------------- */

/* Decimals beyond the unit that all sums and lengths have room for. */
static int32_t find_decimals(const cpn_quota_rounding_state *state)
{
    const cpn_quota_problem *problem = state->problem;
    int32_t decimals = 0;
    for (int64_t cell = 0; cell < problem->n_cells; cell++) {
        const int32_t mine = cpn_quota_decimals(problem->values[cell]) - problem->exponent;
        if (mine > decimals) decimals = mine;
    }
    if (decimals > MOST_DECIMALS) decimals = MOST_DECIMALS;
    if (decimals > MOST_DIGITS - problem->exponent) decimals = MOST_DIGITS - problem->exponent;
    const double count = (double)problem->n_cells + 4.0 * (double)state->grid->n_nodes + 8;
    while (decimals > 0 && count * (double)cpn_power_of_ten(decimals) > 4e18) decimals--;
    return decimals;
}

static campaign_status take_value(cpn_quota_rounding_state *state, int64_t cell, int32_t decimals,
                                  campaign_error *error)
{
    cpn_quota_problem *problem = state->problem;
    const int64_t unit = cpn_power_of_ten(problem->exponent);
    int64_t whole = problem->weights[cell], part = 0;
    bool fits = true;
    if (problem->weight_type == CAMPAIGN_TYPE_FLOAT64) {
        if (!cpn_quota_decimal(&whole, &part, problem->values[cell], problem->exponent + decimals))
            problem->n_rounded_weights++;
        fits = cpn_mul64(&whole, whole, unit) && cpn_add64(&whole, whole, part / state->scale);
        part %= state->scale;
    } else if (problem->weight_type != CAMPAIGN_TYPE_MONEY) {
        fits = cpn_mul64(&whole, whole, unit);
    }
    if (!fits || whole >= CAMPAIGN_QUOTA_MAX)
        return cpn_fail_row(error, CAMPAIGN_E_OVERFLOW, problem->rows[cell], "cells.weight",
                            "the value is more than %lld units", (long long)CAMPAIGN_QUOTA_MAX);
    state->floors[cell] = whole;
    state->fractions[cell] = part;
    return CAMPAIGN_OK;
}

/* Bounds of a cell within its floor and ceiling. */
static campaign_status bound_cell(cpn_quota_rounding_state *state, int64_t cell, campaign_error *error)
{
    const cpn_quota_problem *problem = state->problem;
    const int64_t floor = state->floors[cell], ceiling = floor + (state->fractions[cell] > 0);
    int64_t least = problem->minimum[cell], most = problem->maximum[cell];
    if (least > ceiling || most < floor) {
        char text[CPN_QUOTA_PATH_TEXT];
        cpn_quota_cell_text(text, problem, cell, problem->n_dimensions);
        return cpn_fail_row(error, CAMPAIGN_E_INFEASIBLE, problem->rows[cell],
                            problem->is_locked[cell] ? "cells.locked"
                            : least > ceiling        ? "cells.minimum"
                                                     : "cells.maximum",
                            "cell %.80s rounds to %lld or %lld, its bounds are %lld to %lld", text, (long long)floor,
                            (long long)ceiling, (long long)least, (long long)most);
    }
    state->flow.minimum[cell] = least > floor ? least : floor;
    state->flow.maximum[cell] = most < ceiling ? most : ceiling;
    return CAMPAIGN_OK;
}

/* ---- Totals ------------------------------------------------------------------------------------------------------ */

/* Floor and ceiling of each node's sum, and of all. */
static campaign_status sum_nodes(cpn_quota_rounding_state *state, campaign_error *error)
{
    const cpn_quota_grid *grid = state->grid;
    int64_t all = 0, rest = 0;
    for (int32_t node = 0; node < grid->n_nodes; node++) state->sums[node] = state->rests[node] = 0;
    for (int64_t cell = 0; cell < grid->n_cells; cell++) {
        const int32_t nodes[] = { grid->row_of[cell], grid->n_rows + grid->column_of[cell] };
        if (!cpn_add64(&all, all, state->floors[cell]) || all > CAMPAIGN_QUOTA_MAX - grid->n_cells)
            return cpn_fail(error, CAMPAIGN_E_OVERFLOW, "cells.weight", "the values add up to more than %lld units",
                            (long long)CAMPAIGN_QUOTA_MAX);
        rest += state->fractions[cell];
        for (int32_t i = 0; i < 2; i++) {
            state->sums[nodes[i]] += state->floors[cell];
            state->rests[nodes[i]] += state->fractions[cell];
        }
    }
    for (int32_t node = 0; node < grid->n_nodes; node++) {
        state->sums[node] += state->rests[node] / state->scale;
        state->rests[node] %= state->scale;
    }
    const int64_t last = rest % state->scale; /* half a unit and more is rounded up */
    state->nearest = all + rest / state->scale + (last >= state->scale - last);
    return CAMPAIGN_OK;
}

/* A side without totals can only add up to what lies between the floors and the ceilings of its sums. */
static campaign_status check_side(const cpn_quota_rounding_state *state, int32_t side, campaign_error *error)
{
    const cpn_quota_grid *grid = state->grid;
    int64_t least = 0, most = 0;
    for (int32_t node = side ? grid->n_rows : 0; node < (side ? grid->n_nodes : grid->n_rows); node++) {
        least += state->sums[node];
        most += state->sums[node] + (state->rests[node] > 0);
    }
    const int64_t total = state->problem->total;
    if (total >= least && total <= most) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_INFEASIBLE, "options.total",
                    "the %s round to sums from %lld to %lld, the total is %lld", side ? "columns" : "rows",
                    (long long)least, (long long)most, (long long)total);
}

static campaign_status take_totals(cpn_quota_rounding_state *state, const campaign_allocate_quota_inputs *inputs,
                                   const campaign_runtime *runtime, campaign_error *error)
{
    cpn_quota_problem *problem = state->problem;
    int64_t n_made;
    campaign_status status = CAMPAIGN_OK;
    state->is_free[0] = !inputs->rows;
    state->is_free[1] = !inputs->columns;
    if (inputs->rows && inputs->columns)
        status = cpn_quota_margins(state->grid, problem, &n_made, inputs, runtime, error);
    else
        status = cpn_quota_one_margin(state->grid, problem, inputs, runtime, error);
    if (status == CAMPAIGN_OK) status = sum_nodes(state, error);
    if (status == CAMPAIGN_OK && !inputs->rows && !inputs->columns)
        problem->total = problem->knobs.given.has_total ? problem->knobs.given.total : state->nearest;
    for (int32_t side = 0; side < 2 && status == CAMPAIGN_OK; side++)
        if (state->is_free[side]) status = check_side(state, side, error);
    return status;
}

/* ---- The grid with slack cells ----------------------------------------------------------------------------------- */

/* The slack cells of one side: of each row, in a column of their own; of each column, in a row of their own. */
static int64_t add_slack(cpn_quota_rounding_state *state, int32_t side, int64_t at)
{
    const cpn_quota_grid *grid = state->grid;
    cpn_quota_grid *flow = &state->flow;
    const int32_t n = side ? grid->n_columns : grid->n_rows;
    int64_t all = 0;
    for (int32_t i = 0; i < n; i++, at++) {
        const int32_t node = side ? grid->n_rows + i : i;
        const bool is_open = state->rests[node] > 0;
        flow->row_of[at] = side ? grid->n_rows : i;
        flow->column_of[at] = side ? i : grid->n_columns;
        flow->maximum[at] = is_open;
        flow->totals[side ? flow->n_rows + i : i] = state->sums[node] + is_open;
        all += state->sums[node] + is_open;
    }
    flow->totals[side ? grid->n_rows : flow->n_rows + grid->n_columns] = all - state->problem->total;
    return at;
}

static campaign_status make_flow(cpn_quota_rounding_state *state, campaign_error *error)
{
    const cpn_quota_grid *grid = state->grid;
    const int32_t more_rows = state->is_free[1], more_columns = state->is_free[0];
    const int64_t n = grid->n_cells + (more_columns ? grid->n_rows : 0) + (more_rows ? grid->n_columns : 0);
    cpn_quota_grid *flow = &state->flow;
    if (!cpn_quota_grid_open(flow, grid->n_rows + more_rows, grid->n_columns + more_columns, n))
        return cpn_fail_nomem(error);
    campaign_status status = CAMPAIGN_OK;
    for (int64_t cell = 0; cell < grid->n_cells && status == CAMPAIGN_OK; cell++) {
        flow->row_of[cell] = grid->row_of[cell];
        flow->column_of[cell] = grid->column_of[cell];
        status = bound_cell(state, cell, error);
    }
    if (status != CAMPAIGN_OK) return status;
    for (int32_t i = 0; i < grid->n_rows; i++) flow->totals[i] = grid->totals[i];
    for (int32_t i = 0; i < grid->n_columns; i++) flow->totals[flow->n_rows + i] = grid->totals[grid->n_rows + i];
    int64_t at = grid->n_cells;
    for (int32_t side = 0; side < 2; side++)
        if (state->is_free[side]) at = add_slack(state, side, at);
    cpn_quota_grid_link(flow);
    return CAMPAIGN_OK;
}

/* ---- The answer -------------------------------------------------------------------------------------------------- */

static void take_answer(cpn_quota_rounding_state *state, cpn_quota_proof *proof)
{
    cpn_quota_problem *problem = state->problem;
    const double scale = (double)state->scale;
    proof->value = 0;
    for (int32_t node = 0; node < state->grid->n_nodes; node++) state->grid->totals[node] = 0;
    for (int64_t cell = 0; cell < problem->n_cells; cell++) {
        const int64_t part = state->flow.parts[cell];
        const double fraction = (double)state->fractions[cell] / scale;
        const double change = (double)(part - state->floors[cell]) - fraction;
        proof->value += change * change;
        problem->quotas[cell] = part;
        problem->shares[cell] = (double)state->floors[cell] + fraction;
        state->grid->totals[state->grid->row_of[cell]] += part;
        state->grid->totals[state->grid->n_rows + state->grid->column_of[cell]] += part;
    }
}

static campaign_status settle(cpn_quota_rounding_state *state, const campaign_runtime *runtime, campaign_error *error)
{
    cpn_quota_problem *problem = state->problem;
    cpn_quota_grid *flow = &state->flow;
    bool *is_open = cpn_alloc_zero(2 * flow->n_cells, sizeof *is_open);
    campaign_status status = is_open ? cpn_quota_rounding_paths(state, is_open, runtime, error) : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK && !cpn_quota_keep_cycles(flow, is_open)) status = cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK)
        status = cpn_quota_settle_ties(flow, is_open, problem->weights, problem->n_cells, problem->tied_low, error);
    cpn_free(is_open);
    return status;
}

static bool open_state(cpn_quota_rounding_state *state)
{
    const int64_t n = state->problem->n_cells, n_nodes = state->grid->n_nodes;
    state->floors = cpn_alloc(n, sizeof *state->floors);
    state->fractions = cpn_alloc(n, sizeof *state->fractions);
    state->sums = cpn_alloc(n_nodes, sizeof *state->sums);
    state->rests = cpn_alloc(n_nodes, sizeof *state->rests);
    return state->floors && state->fractions && state->sums && state->rests;
}

static void close_state(cpn_quota_rounding_state *state)
{
    cpn_quota_grid_close(&state->flow);
    cpn_free(state->floors);
    cpn_free(state->fractions);
    cpn_free(state->sums);
    cpn_free(state->rests);
}

campaign_status cpn_quota_rounding(cpn_quota_problem *problem, cpn_quota_grid *grid, cpn_quota_proof *proof,
                                   const campaign_allocate_quota_inputs *inputs, const campaign_runtime *runtime,
                                   campaign_error *error)
{
    cpn_quota_rounding_state state = { .problem = problem, .grid = grid };
    problem->n_rounded_weights = 0;
    const int32_t decimals = problem->weight_type == CAMPAIGN_TYPE_FLOAT64 ? find_decimals(&state) : 0;
    state.scale = cpn_power_of_ten(decimals);
    campaign_status status = open_state(&state) ? CAMPAIGN_OK : cpn_fail_nomem(error);
    for (int64_t cell = 0; cell < problem->n_cells && status == CAMPAIGN_OK; cell++)
        status = take_value(&state, cell, decimals, error);
    if (status == CAMPAIGN_OK) status = take_totals(&state, inputs, runtime, error);
    if (status == CAMPAIGN_OK) status = make_flow(&state, error);
    if (status == CAMPAIGN_OK) status = cpn_quota_flow(&state.flow, problem, error);
    if (status == CAMPAIGN_OK) status = settle(&state, runtime, error);
    if (status == CAMPAIGN_OK) take_answer(&state, proof);
    for (int32_t node = 0; node < grid->n_nodes; node++)
        proof->divisors[node] = proof->low[node] = proof->high[node] = NAN;
    problem->n_iterations = state.n_paths;
    close_state(&state);
    return status;
}
