/* Among answers of equal cost, the declared one: cells in order of weight, then of keys, each gets its higher part where
 * the ones before it allow that. Answers differ by cycles of open arcs. */
#include "allocate/quota/grid.h"

#include "base/memory.h"
#include "base/sort.h"

typedef struct tie_search {
    cpn_quota_grid *grid;
    bool *is_open;
    int32_t *components;
    int64_t *parents; /* by node: the cell it is reached by; -1 = not reached */
    int32_t *queue;
    int64_t *order; /* tied cells, in the declared order */
    int64_t n_tied;
} tie_search;

static int compare_cells(const void *a, const void *b, const void *ctx)
{
    const int64_t *weights = ctx;
    const int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    if (weights[left] != weights[right]) return weights[left] > weights[right] ? -1 : 1;
    return (left > right) - (left < right);
}

/* Whether open arcs lead from one node to another; leaves the way in parents. */
static bool find_way(tie_search *search, int32_t from, int32_t to)
{
    const cpn_quota_grid *grid = search->grid;
    int32_t n = 0;
    for (int32_t node = 0; node < grid->n_nodes; node++) search->parents[node] = -1;
    search->queue[n++] = from;
    for (int32_t i = 0; i < n && search->parents[to] < 0; i++) {
        const int32_t node = search->queue[i];
        for (int64_t link = grid->first[node]; link < grid->first[node + 1]; link++) {
            const int64_t cell = grid->links[link];
            const int32_t other = cpn_quota_other(grid, node, cell);
            if (!search->is_open[2 * cell + (node >= grid->n_rows)] || other == from || search->parents[other] >= 0)
                continue;
            search->parents[other] = cell;
            search->queue[n++] = other;
        }
    }
    return search->parents[to] >= 0;
}

/* Moves one unit through a cell; the arc turns round. */
static void turn(tie_search *search, int64_t cell, bool is_back)
{
    search->grid->parts[cell] += is_back ? -1 : 1;
    search->is_open[2 * cell + is_back] = false;
    search->is_open[2 * cell + !is_back] = true;
}

static void move_cycle(tie_search *search, int64_t cell)
{
    const cpn_quota_grid *grid = search->grid;
    const int32_t from = grid->n_rows + grid->column_of[cell];
    int32_t node = grid->row_of[cell];
    turn(search, cell, false);
    while (node != from) {
        const int64_t by = search->parents[node];
        const int32_t before = cpn_quota_other(grid, node, by);
        turn(search, by, before >= grid->n_rows);
        node = before;
    }
}

static bool settle_cell(tie_search *search, int64_t cell)
{
    const cpn_quota_grid *grid = search->grid;
    const int32_t row = grid->row_of[cell], column = grid->n_rows + grid->column_of[cell];
    bool has_room = true;
    if (search->is_open[2 * cell] && search->components[row] == search->components[column]) {
        if (find_way(search, column, row))
            move_cycle(search, cell);
        else
            has_room = cpn_quota_components(search->components, grid, search->is_open);
    }
    search->is_open[2 * cell] = search->is_open[2 * cell + 1] = false;
    return has_room;
}

static bool list_ties(tie_search *search, const int64_t *weights, int64_t n_named, int64_t *tied_low)
{
    const cpn_quota_grid *grid = search->grid;
    for (int64_t cell = 0; cell < n_named; cell++) {
        const bool can_add = search->is_open[2 * cell], can_take = search->is_open[2 * cell + 1];
        if (!can_add && !can_take) continue;
        tied_low[cell] = grid->parts[cell] - can_take;
        search->order[search->n_tied++] = cell;
    }
    return search->n_tied == 0 ||
           cpn_sort(search->order, search->n_tied, sizeof *search->order, compare_cells, weights);
}

campaign_status cpn_quota_settle_ties(cpn_quota_grid *grid, bool *is_open, const int64_t *weights, int64_t n_named,
                                      int64_t *tied_low, campaign_error *error)
{
    tie_search search = { .grid = grid, .is_open = is_open };
    search.components = cpn_alloc(grid->n_nodes, sizeof *search.components);
    search.parents = cpn_alloc(grid->n_nodes, sizeof *search.parents);
    search.queue = cpn_alloc(grid->n_nodes, sizeof *search.queue);
    search.order = cpn_alloc(grid->n_cells, sizeof *search.order);
    bool has_room = search.components && search.parents && search.queue && search.order &&
                    list_ties(&search, weights, n_named, tied_low) &&
                    cpn_quota_components(search.components, grid, is_open);
    for (int64_t i = 0; i < search.n_tied && has_room; i++) has_room = settle_cell(&search, search.order[i]);
    cpn_free(search.components);
    cpn_free(search.parents);
    cpn_free(search.queue);
    cpn_free(search.order);
    return has_room ? CAMPAIGN_OK : cpn_fail_nomem(error);
}
