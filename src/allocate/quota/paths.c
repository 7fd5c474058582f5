/* Units move along shortest paths from nodes that have too much to nodes that lack them (successive shortest paths with
 * potentials: Edmonds & Karp, Journal of the ACM 19(2), 1972; Dijkstra, 1959). Lengths multiply instead of adding up: an
 * arc is as long as the factor by which the cell's worth is away from changing its unit, and the potentials are the
 * factors of rows and columns. One tree serves all nodes it reaches, as far as their paths have no cell in common. Doubles
 * pass over arcs that are too long for certain; the others are told in 128 bits. */
#include "allocate/quota/units.h"
#include "base/memory.h"
#include "base/parallel.h"

enum { ROUNDS_A_REPORT = 16 };
static const double margin = 1e-9, range = 1e290; /* where doubles decide: beyond their error, far from their limits */

typedef struct path_search {
    cpn_quota_units *units;
    cpn_quota_real *labels;               /* by node: the factor at which it is reached */
    cpn_quota_real *distances;            /* by node */
    double *about_labels, *about_factors; /* the same as doubles */
    double *more, *less; /* by cell: threshold / weight of a step more, and of one less; 0 = there is none */
    int32_t *ends;       /* nodes that lack a step, nearest first */
    int32_t n_ends, n_done;
    int32_t farthest; /* node done last */
    int64_t *stamps;  /* by cell: the round in which it was last part of a path */
    int64_t round;
    int64_t *parents; /* cell by which it is reached; -1 = a start */
    uint8_t *states;  /* 0 = not reached, 1 = reached, 2 = done */
} path_search;

static bool is_safe(double value)
{
    return value > 1 / range && value < range;
}

/* ---- Cells ------------------------------------------------------------------------------------------------------- */

static void set_cell(path_search *search, int64_t cell)
{
    const cpn_quota_units *units = search->units;
    const int64_t part = units->grid->parts[cell];
    search->more[cell] = search->less[cell] = 0;
    if (cpn_quota_can_add(units, cell))
        search->more[cell] =
            cpn_quota_real_double(cpn_quota_real_divide(cpn_quota_threshold(units, part), units->weights[cell]));
    if (cpn_quota_can_take(units, cell))
        search->less[cell] = cpn_quota_real_double(
            cpn_quota_real_divide(cpn_quota_threshold(units, part - units->step), units->weights[cell]));
}

/* ---- The tree of shortest paths ---------------------------------------------------------------------------------- */

static void start_nodes(path_search *search)
{
    const cpn_quota_units *units = search->units;
    const cpn_quota_real one = { .high = UINT64_C(1) << 63, .low = 0, .exponent = -127 };
    search->n_ends = search->n_done = 0;
    search->round++;
    for (int32_t node = 0; node < units->grid->n_nodes; node++) {
        search->states[node] = units->excess[node] >= units->step;
        search->parents[node] = -1;
        search->labels[node] = units->factors[node];
        search->about_labels[node] = search->about_factors[node];
        search->distances[node] = one;
    }
}

/* The nearest node that is reached and not done, or -1. */
static int32_t find_nearest(const path_search *search)
{
    int32_t nearest = -1;
    for (int32_t node = 0; node < search->units->grid->n_nodes; node++)
        if (search->states[node] == 1 &&
            (nearest < 0 || cpn_quota_real_compare(search->distances[node], search->distances[nearest]) < 0))
            nearest = node;
    return nearest;
}

/* Whether doubles tell that the way through a cell is no shorter than one that is known. */
static bool is_too_long(const path_search *search, int32_t node, int32_t other, double limit, bool is_row)
{
    const double reach = search->about_labels[node] * search->about_labels[other];
    if (search->states[other] == 0 || !is_safe(limit) || !is_safe(reach)) return false;
    return is_row ? limit > reach * (1 + margin) : limit < reach * (1 - margin);
}

/* Reaches the other node of a cell, where that is shorter than before. */
static void relax(path_search *search, int32_t node, int64_t cell)
{
    const cpn_quota_units *units = search->units;
    const cpn_quota_grid *grid = units->grid;
    const bool is_row = node < grid->n_rows;
    const int32_t other = cpn_quota_other(grid, node, cell);
    const double limit = is_row ? search->more[cell] : search->less[cell];
    if (limit == 0 || search->states[other] == 2 || is_too_long(search, node, other, limit, is_row)) return;
    const int64_t part = grid->parts[cell];
    const cpn_quota_real threshold = cpn_quota_threshold(units, is_row ? part : part - units->step);
    const cpn_quota_real held = cpn_quota_real_multiply(units->weights[cell], search->labels[node]);
    if (search->states[other] == 1) {
        const int order = cpn_quota_real_compare(threshold, cpn_quota_real_multiply(held, search->labels[other]));
        if (is_row ? order >= 0 : order <= 0) return;
    }
    const cpn_quota_real label = cpn_quota_real_divide(threshold, held);
    search->labels[other] = label;
    search->about_labels[other] = cpn_quota_real_double(label);
    search->distances[other] = is_row ? cpn_quota_real_divide(label, units->factors[other])
                                      : cpn_quota_real_divide(units->factors[other], label);
    search->parents[other] = cell;
    search->states[other] = 1;
}

/* Grows the tree of shortest paths to all nodes that can be reached. */
static void grow_tree(path_search *search)
{
    const cpn_quota_units *units = search->units;
    const cpn_quota_grid *grid = units->grid;
    start_nodes(search);
    for (int32_t node = find_nearest(search); node >= 0; node = find_nearest(search)) {
        search->states[node] = 2;
        search->n_done++;
        search->farthest = node;
        if (units->excess[node] <= -units->step) search->ends[search->n_ends++] = node;
        for (int64_t link = grid->first[node]; link < grid->first[node + 1]; link++)
            relax(search, node, grid->links[link]);
    }
}

/* ---- Moving ------------------------------------------------------------------------------------------------------ */

/* Nodes that were reached move to their labels: every arc of the tree becomes 1 long, and none shorter. Where others were
 * not, these stay, and all labels move by the distance of the farthest one, so that arcs from there do not get too short. */
static void move_factors(path_search *search)
{
    cpn_quota_units *units = search->units;
    const int32_t n = units->grid->n_nodes;
    const cpn_quota_real distance = search->distances[search->farthest];
    for (int32_t node = 0; node < n; node++) {
        if (search->states[node] != 2) continue;
        cpn_quota_real factor = search->labels[node];
        if (search->n_done < n)
            factor = node < units->grid->n_rows ? cpn_quota_real_multiply(factor, distance)
                                                : cpn_quota_real_divide(factor, distance);
        units->factors[node] = factor;
        search->about_factors[node] = cpn_quota_real_double(factor);
    }
}

/* Where the path to an end starts; -1 where that has nothing left to give, or a path before has a cell in common. */
static int32_t find_start(const path_search *search, int32_t end)
{
    const cpn_quota_units *units = search->units;
    int32_t node = end;
    while (search->parents[node] >= 0) {
        if (search->stamps[search->parents[node]] == search->round) return -1;
        node = cpn_quota_other(units->grid, node, search->parents[node]);
    }
    return units->excess[node] >= units->step ? node : -1;
}

static void move_step(path_search *search, int32_t end)
{
    cpn_quota_units *units = search->units;
    cpn_quota_grid *grid = units->grid;
    const int32_t start = find_start(search, end);
    if (start < 0) return;
    for (int32_t node = end; node != start;) {
        const int64_t cell = search->parents[node];
        grid->parts[cell] += node >= grid->n_rows ? units->step : -units->step;
        search->stamps[cell] = search->round;
        set_cell(search, cell);
        node = cpn_quota_other(grid, node, cell);
    }
    units->excess[end] += units->step;
    units->excess[start] -= units->step;
    units->n_paths++;
}

static bool open_search(path_search *search, cpn_quota_units *units)
{
    const int64_t n = units->grid->n_nodes, n_cells = units->grid->n_cells;
    search->units = units;
    search->labels = cpn_alloc(n, sizeof *search->labels);
    search->distances = cpn_alloc(n, sizeof *search->distances);
    search->about_labels = cpn_alloc(n, sizeof *search->about_labels);
    search->about_factors = cpn_alloc(n, sizeof *search->about_factors);
    search->more = cpn_alloc(n_cells, sizeof *search->more);
    search->less = cpn_alloc(n_cells, sizeof *search->less);
    search->ends = cpn_alloc(n, sizeof *search->ends);
    search->stamps = cpn_alloc_zero(n_cells, sizeof *search->stamps);
    search->parents = cpn_alloc(n, sizeof *search->parents);
    search->states = cpn_alloc(n, sizeof *search->states);
    if (!search->labels || !search->distances || !search->about_labels || !search->about_factors || !search->more ||
        !search->less || !search->ends || !search->stamps || !search->parents || !search->states)
        return false;
    for (int32_t node = 0; node < n; node++) search->about_factors[node] = cpn_quota_real_double(units->factors[node]);
    for (int64_t cell = 0; cell < n_cells; cell++) set_cell(search, cell);
    return true;
}

static void close_search(path_search *search)
{
    cpn_free(search->labels);
    cpn_free(search->distances);
    cpn_free(search->about_labels);
    cpn_free(search->about_factors);
    cpn_free(search->more);
    cpn_free(search->less);
    cpn_free(search->ends);
    cpn_free(search->stamps);
    cpn_free(search->parents);
    cpn_free(search->states);
}

campaign_status cpn_quota_move_units(cpn_quota_units *units, const campaign_runtime *runtime, campaign_error *error)
{
    path_search search = { 0 };
    campaign_status status = open_search(&search, units) ? CAMPAIGN_OK : cpn_fail_nomem(error);
    while (status == CAMPAIGN_OK) {
        grow_tree(&search);
        if (search.n_ends == 0) break;
        move_factors(&search);
        for (int32_t i = 0; i < search.n_ends; i++) move_step(&search, search.ends[i]);
        if (search.round % ROUNDS_A_REPORT == 0)
            status = cpn_report_progress(runtime, "quotas", units->n_paths, -1, error);
    }
    close_search(&search);
    return status;
}
