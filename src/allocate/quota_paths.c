/* Units move along shortest paths from nodes that have too much to nodes that lack them (successive shortest paths with
 * potentials: Edmonds & Karp, Journal of the ACM 19(2), 1972; Dijkstra, 1959). Lengths multiply instead of adding up: an
 * arc is as long as the factor by which the cell's worth is away from changing its unit, and the potentials are the
 * factors of rows and columns. */
#include "allocate/quota_units.h"
#include "base/memory.h"
#include "base/parallel.h"

enum { PATHS_A_REPORT = 64 };

typedef struct path_search {
    cpn_quota_units *units;
    cpn_quota_real *labels;    /* by node: the factor at which it is reached */
    cpn_quota_real *distances; /* by node */
    int64_t *parents;          /* cell by which it is reached; -1 = a start */
    uint8_t *states;           /* 0 = not reached, 1 = reached, 2 = done */
} path_search;

static void start_nodes(path_search *search)
{
    const cpn_quota_units *units = search->units;
    const cpn_quota_real one = { .high = UINT64_C(1) << 63, .low = 0, .exponent = -127 };
    for (int32_t node = 0; node < units->grid->n_nodes; node++) {
        search->states[node] = units->excess[node] >= units->step;
        search->parents[node] = -1;
        search->labels[node] = units->factors[node];
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

/* Reaches the other node of a cell, where that is shorter than before. */
static void relax(path_search *search, int32_t node, int64_t cell)
{
    const cpn_quota_units *units = search->units;
    const cpn_quota_grid *grid = units->grid;
    const bool is_row = node < grid->n_rows;
    const int32_t other = cpn_quota_other(grid, node, cell);
    if (search->states[other] == 2) return;
    if (is_row ? !cpn_quota_can_add(units, cell) : !cpn_quota_can_take(units, cell)) return;
    const int64_t part = grid->parts[cell];
    const cpn_quota_real threshold = cpn_quota_threshold(units, is_row ? part : part - units->step);
    const cpn_quota_real held = cpn_quota_real_multiply(units->weights[cell], search->labels[node]);
    if (search->states[other] == 1) {
        const int order = cpn_quota_real_compare(threshold, cpn_quota_real_multiply(held, search->labels[other]));
        if (is_row ? order >= 0 : order <= 0) return;
    }
    const cpn_quota_real label = cpn_quota_real_divide(threshold, held);
    search->labels[other] = label;
    search->distances[other] = is_row ? cpn_quota_real_divide(label, units->factors[other])
                                      : cpn_quota_real_divide(units->factors[other], label);
    search->parents[other] = cell;
    search->states[other] = 1;
}

/* Grows the tree of shortest paths to the first node that lacks a step; -1 = none can be reached. */
static int32_t find_end(path_search *search)
{
    const cpn_quota_units *units = search->units;
    const cpn_quota_grid *grid = units->grid;
    start_nodes(search);
    for (;;) {
        const int32_t node = find_nearest(search);
        if (node < 0) return -1;
        search->states[node] = 2;
        if (units->excess[node] <= -units->step) return node;
        for (int64_t link = grid->first[node]; link < grid->first[node + 1]; link++)
            relax(search, node, grid->links[link]);
    }
}

/* Nodes that are done move to their labels, the others by the distance of the end the other way: every arc of the tree
 * becomes 1 long, and none shorter. */
static void move_factors(const path_search *search, int32_t end)
{
    cpn_quota_units *units = search->units;
    const cpn_quota_real distance = search->distances[end];
    for (int32_t node = 0; node < units->grid->n_nodes; node++) {
        if (search->states[node] == 2)
            units->factors[node] = search->labels[node];
        else
            units->factors[node] = node < units->grid->n_rows ? cpn_quota_real_divide(units->factors[node], distance)
                                                              : cpn_quota_real_multiply(units->factors[node], distance);
    }
}

static void move_step(const path_search *search, int32_t end)
{
    cpn_quota_units *units = search->units;
    cpn_quota_grid *grid = units->grid;
    int32_t node = end;
    while (search->parents[node] >= 0) {
        const int64_t cell = search->parents[node];
        grid->parts[cell] += node >= grid->n_rows ? units->step : -units->step;
        node = cpn_quota_other(grid, node, cell);
    }
    units->excess[end] += units->step;
    units->excess[node] -= units->step;
    units->n_paths++;
}

static bool open_search(path_search *search, cpn_quota_units *units)
{
    const int64_t n = units->grid->n_nodes;
    search->units = units;
    search->labels = cpn_alloc(n, sizeof *search->labels);
    search->distances = cpn_alloc(n, sizeof *search->distances);
    search->parents = cpn_alloc(n, sizeof *search->parents);
    search->states = cpn_alloc(n, sizeof *search->states);
    return search->labels && search->distances && search->parents && search->states;
}

campaign_status cpn_quota_move_units(cpn_quota_units *units, const campaign_runtime *runtime, campaign_error *error)
{
    path_search search = { 0 };
    campaign_status status = open_search(&search, units) ? CAMPAIGN_OK : cpn_fail_nomem(error);
    while (status == CAMPAIGN_OK) {
        const int32_t end = find_end(&search);
        if (end < 0) break;
        move_factors(&search, end);
        move_step(&search, end);
        if (units->n_paths % PATHS_A_REPORT == 0)
            status = cpn_report_progress(runtime, "quotas", units->n_paths, -1, error);
    }
    cpn_free(search.labels);
    cpn_free(search.distances);
    cpn_free(search.parents);
    cpn_free(search.states);
    return status;
}
