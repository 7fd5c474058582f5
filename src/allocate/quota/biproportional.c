/* Biproportional quotas: a start by scaling, steps that halve down to single units, proof and ties.
 *
 * The factors that a scaling of real numbers gives hold most units already. What rows and columns are off by moves along
 * shortest paths. Where that is much, it moves in large steps first, each cell rounded anew when they halve: as often as
 * the total has bits, whatever the weights (scaling of convex flows: Minoux, 1986). */
#include <assert.h>
#include <math.h>

#include "allocate/quota/units.h"
#include "base/memory.h"

enum { MOST_SWEEPS = 60 };

cpn_quota_real cpn_quota_threshold(const cpn_quota_units *units, int64_t part)
{
    const cpn_quota_ratio post = cpn_quota_signpost(units->method, part + 1 + units->step / 2);
    const cpn_quota_real numerator = cpn_quota_real_of(post.numerator);
    if (post.denominator.low == 1) return numerator;
    if (post.denominator.low == 2) return (cpn_quota_real){ numerator.high, numerator.low, numerator.exponent - 1 };
    return cpn_quota_real_divide(numerator, cpn_quota_real_of(post.denominator));
}

cpn_quota_real cpn_quota_worth(const cpn_quota_units *units, int64_t cell)
{
    const cpn_quota_grid *grid = units->grid;
    const cpn_quota_real half = cpn_quota_real_multiply(units->weights[cell], units->factors[grid->row_of[cell]]);
    return cpn_quota_real_multiply(half, units->factors[grid->n_rows + grid->column_of[cell]]);
}

/* ---- A start by scaling ------------------------------------------------------------------------------------------ */

/* A cell whose part can differ. */
static bool is_free(const cpn_quota_grid *grid, int64_t cell)
{
    return grid->maximum[cell] > grid->minimum[cell];
}

/* Scales the factors of one side so that the worth of its free cells adds up to their targets. */
static void scale_side(double *factors, const double *targets, const cpn_quota_grid *grid, const int64_t *weights,
                       int32_t side)
{
    const int32_t to = side ? grid->n_nodes : grid->n_rows;
    for (int32_t node = side ? grid->n_rows : 0; node < to; node++) {
        double sum = 0;
        for (int64_t link = grid->first[node]; link < grid->first[node + 1]; link++) {
            const int64_t cell = grid->links[link];
            if (is_free(grid, cell)) sum += (double)weights[cell] * factors[cpn_quota_other(grid, node, cell)];
        }
        const double factor = sum > 0 ? targets[node] / sum : 1; /* where nothing is free */
        factors[node] = factor > 1e-200 && factor < 1e200 ? factor : 1;
    }
}

/* What the free cells of each node are to add up to. Rounding down loses half a unit a cell, rounding up gains one: the
 * targets make up for it. */
static void set_targets(double *targets, const cpn_quota_units *units)
{
    const cpn_quota_grid *grid = units->grid;
    const double lift = units->method == CAMPAIGN_QUOTA_DHONDT ? 0.5 : units->method == CAMPAIGN_QUOTA_ADAMS ? -0.5 : 0;
    for (int32_t node = 0; node < grid->n_nodes; node++) {
        double total = (double)grid->totals[node], lifts = 0;
        for (int64_t link = grid->first[node]; link < grid->first[node + 1]; link++) {
            const int64_t cell = grid->links[link];
            if (is_free(grid, cell))
                lifts += lift;
            else
                total -= (double)grid->minimum[cell];
        }
        targets[node] = total + lifts;
        if (targets[node] < 0.5 * total) targets[node] = 0.5 * total;
        if (targets[node] < 0.1) targets[node] = 0.1;
    }
}

/* Where scaling ran away, because the targets leave some cells nothing, every cell starts at its minimum: worth 1/4. */
static void check_start(double *factors, const double *targets, const cpn_quota_grid *grid, const int64_t *weights)
{
    double heaviest = 1;
    bool is_good = true;
    for (int64_t cell = 0; cell < grid->n_cells; cell++) {
        const int32_t row = grid->row_of[cell], column = grid->n_rows + grid->column_of[cell];
        if (!is_free(grid, cell)) continue;
        if ((double)weights[cell] > heaviest) heaviest = (double)weights[cell];
        is_good = is_good && (double)weights[cell] * factors[row] * factors[column] <= 2 * targets[row] + 1;
    }
    for (int32_t node = 0; node < grid->n_nodes && !is_good; node++)
        factors[node] = node < grid->n_rows ? 1 : 0.25 / heaviest;
}

static campaign_status start_factors(cpn_quota_units *units, campaign_error *error)
{
    const cpn_quota_grid *grid = units->grid;
    const int64_t *weights = units->problem->weights;
    double *factors = cpn_alloc(grid->n_nodes, sizeof *factors), *targets = cpn_alloc(grid->n_nodes, sizeof *targets);
    if (factors && targets) {
        set_targets(targets, units);
        for (int32_t node = 0; node < grid->n_nodes; node++) factors[node] = 1;
        for (int32_t sweep = 0; sweep < MOST_SWEEPS; sweep++) {
            scale_side(factors, targets, grid, weights, 1);
            scale_side(factors, targets, grid, weights, 0);
        }
        check_start(factors, targets, grid, weights);
        for (int32_t node = 0; node < grid->n_nodes; node++) {
            const cpn_quota_real factor = cpn_quota_real_of_double(factors[node]);
            units->factors[node] =
                units->method == CAMPAIGN_QUOTA_HILL ? cpn_quota_real_multiply(factor, factor) : factor;
        }
    }
    cpn_free(targets);
    cpn_free(factors);
    return factors && targets ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

/* ---- Rounding ---------------------------------------------------------------------------------------------------- */

/* The steps above its minimum that a cell of this worth holds. */
static int64_t count_steps(const cpn_quota_units *units, int64_t cell)
{
    const cpn_quota_grid *grid = units->grid;
    const int64_t least = grid->minimum[cell], most = (grid->maximum[cell] - least) / units->step;
    const cpn_quota_real worth = cpn_quota_worth(units, cell);
    const double value = cpn_quota_real_double(worth);
    const double about =
        ((units->method == CAMPAIGN_QUOTA_HILL ? sqrt(value) : value) - (double)least) / (double)units->step;
    int64_t steps = about < 0 ? 0 : about > (double)most ? most : (int64_t)about;
    if (steps > most) steps = most; /* the double may have been rounded up */
    while (steps > 0 &&
           cpn_quota_real_compare(cpn_quota_threshold(units, least + (steps - 1) * units->step), worth) > 0)
        steps--;
    while (steps < most && cpn_quota_real_compare(cpn_quota_threshold(units, least + steps * units->step), worth) <= 0)
        steps++;
    return steps;
}

static void round_cells(cpn_quota_units *units)
{
    cpn_quota_grid *grid = units->grid;
    for (int32_t node = 0; node < grid->n_nodes; node++)
        units->excess[node] = node < grid->n_rows ? grid->totals[node] : -grid->totals[node];
    for (int64_t cell = 0; cell < grid->n_cells; cell++) {
        grid->parts[cell] = grid->minimum[cell];
        if (grid->maximum[cell] > grid->minimum[cell]) grid->parts[cell] += count_steps(units, cell) * units->step;
        units->excess[grid->row_of[cell]] -= grid->parts[cell];
        units->excess[grid->n_rows + grid->column_of[cell]] += grid->parts[cell];
    }
}

/* Units that rows and columns are off by. */
static double sum_excess(const cpn_quota_units *units)
{
    double sum = 0;
    for (int32_t node = 0; node < units->grid->n_nodes; node++)
        if (units->excess[node] > 0) sum += (double)units->excess[node];
    return sum;
}

static campaign_status place_units(cpn_quota_units *units, const campaign_runtime *runtime, campaign_error *error)
{
    campaign_status status = start_factors(units, error);
    if (status != CAMPAIGN_OK) return status;
    units->step = 1;
    round_cells(units);
    const double off = sum_excess(units) / (4.0 * (double)units->grid->n_cells + 64);
    while ((double)units->step < off) units->step *= 2;
    for (;; units->step /= 2) {
        round_cells(units);
        status = cpn_quota_move_units(units, runtime, error);
        if (status != CAMPAIGN_OK || units->step == 1) break;
    }
    assert(status != CAMPAIGN_OK || sum_excess(units) == 0); /* the flow has found an answer before */
    return status;
}

/* ---- All of it --------------------------------------------------------------------------------------------------- */

static bool open_units(cpn_quota_units *units, const cpn_quota_problem *problem, cpn_quota_grid *grid)
{
    *units = (cpn_quota_units){ .grid = grid, .problem = problem, .method = problem->knobs.given.method, .step = 1 };
    units->weights = cpn_alloc_zero(grid->n_cells, sizeof *units->weights);
    units->factors = cpn_alloc_zero(grid->n_nodes, sizeof *units->factors);
    units->excess = cpn_alloc_zero(grid->n_nodes, sizeof *units->excess);
    if (!units->weights || !units->factors || !units->excess) return false;
    const bool is_squared = units->method == CAMPAIGN_QUOTA_HILL;
    for (int64_t cell = 0; cell < grid->n_cells; cell++) {
        const uint64_t weight = (uint64_t)problem->weights[cell];
        if (weight > 0) units->weights[cell] = cpn_quota_real_of(cpn_quota_multiply(weight, is_squared ? weight : 1));
    }
    return true;
}

/* Methods with d(1) = 0 give every cell a unit that has a weight. */
static void raise_minima(cpn_quota_grid *grid, const cpn_quota_problem *problem)
{
    if (!cpn_quota_gives_one(problem->knobs.given.method)) return;
    for (int64_t cell = 0; cell < grid->n_cells; cell++)
        if (problem->weights[cell] > 0 && grid->minimum[cell] == 0 && grid->maximum[cell] > 0) grid->minimum[cell] = 1;
}

static void show_shares(cpn_quota_problem *problem, const cpn_quota_grid *grid, const cpn_quota_proof *proof)
{
    for (int64_t cell = 0; cell < problem->n_cells; cell++) {
        problem->quotas[cell] = grid->parts[cell];
        problem->shares[cell] = problem->values[cell] / proof->divisors[grid->row_of[cell]] /
                                proof->divisors[grid->n_rows + grid->column_of[cell]];
    }
}

campaign_status cpn_quota_biproportional(cpn_quota_problem *problem, cpn_quota_grid *grid, cpn_quota_proof *proof,
                                         const campaign_runtime *runtime, campaign_error *error)
{
    cpn_quota_units units;
    raise_minima(grid, problem);
    campaign_status status = cpn_quota_flow(grid, problem, error);
    if (status != CAMPAIGN_OK) return status;
    bool *is_open = cpn_alloc_zero(2 * grid->n_cells, sizeof *is_open);
    if (!open_units(&units, problem, grid) || !is_open) status = cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = place_units(&units, runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_quota_certify(&units, is_open, error);
    if (status == CAMPAIGN_OK)
        status = cpn_quota_settle_ties(grid, is_open, problem->weights, problem->n_cells, problem->tied_low, error);
    if (status == CAMPAIGN_OK) {
        cpn_quota_show_divisors(&units, proof);
        show_shares(problem, grid, proof);
        problem->n_iterations = units.n_paths;
    }
    cpn_free(is_open);
    cpn_free(units.weights);
    cpn_free(units.factors);
    cpn_free(units.excess);
    return status;
}
