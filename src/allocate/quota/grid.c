/* Builds the grid of two dimensions and numbers its strongly connected components. */
#include "allocate/quota/grid.h"

#include "base/memory.h"

bool cpn_quota_grid_open(cpn_quota_grid *grid, int32_t n_rows, int32_t n_columns, int64_t n_cells)
{
    *grid = (cpn_quota_grid){ .n_rows = n_rows, .n_columns = n_columns, .n_cells = n_cells };
    grid->n_nodes = n_rows + n_columns;
    grid->row_of = cpn_alloc(n_cells, sizeof *grid->row_of);
    grid->column_of = cpn_alloc(n_cells, sizeof *grid->column_of);
    grid->first = cpn_alloc_zero(grid->n_nodes + INT64_C(2), sizeof *grid->first);
    grid->links = cpn_alloc(2 * n_cells, sizeof *grid->links);
    grid->totals = cpn_alloc_zero(grid->n_nodes, sizeof *grid->totals);
    grid->minimum = cpn_alloc_zero(n_cells, sizeof *grid->minimum);
    grid->maximum = cpn_alloc_zero(n_cells, sizeof *grid->maximum);
    grid->parts = cpn_alloc_zero(n_cells, sizeof *grid->parts);
    return grid->row_of && grid->column_of && grid->first && grid->links && grid->totals && grid->minimum &&
           grid->maximum && grid->parts;
}

void cpn_quota_grid_close(cpn_quota_grid *grid)
{
    cpn_free(grid->row_of);
    cpn_free(grid->column_of);
    cpn_free(grid->first);
    cpn_free(grid->links);
    cpn_free(grid->totals);
    cpn_free(grid->minimum);
    cpn_free(grid->maximum);
    cpn_free(grid->parts);
    *grid = (cpn_quota_grid){ 0 };
}

void cpn_quota_grid_link(cpn_quota_grid *grid)
{
    /* Counted two places ahead, so that first holds the starts once the cells are listed. */
    for (int64_t cell = 0; cell < grid->n_cells; cell++) {
        grid->first[grid->row_of[cell] + 2]++;
        grid->first[grid->n_rows + grid->column_of[cell] + 2]++;
    }
    for (int32_t node = 2; node <= grid->n_nodes; node++) grid->first[node] += grid->first[node - 1];
    for (int64_t cell = 0; cell < grid->n_cells; cell++) {
        grid->links[grid->first[grid->row_of[cell] + 1]++] = cell;
        grid->links[grid->first[grid->n_rows + grid->column_of[cell] + 1]++] = cell;
    }
}

campaign_status cpn_quota_grid_make(cpn_quota_grid *grid, const cpn_quota_problem *problem, campaign_error *error)
{
    const cpn_quota_dimension *rows = &problem->dimensions[0], *columns = &problem->dimensions[1];
    if (!cpn_quota_grid_open(grid, (int32_t)rows->keys.n_keys, (int32_t)columns->keys.n_keys, problem->n_cells))
        return cpn_fail_nomem(error);
    for (int64_t cell = 0; cell < problem->n_cells; cell++) {
        grid->row_of[cell] = rows->codes[cell];
        grid->column_of[cell] = columns->codes[cell];
        grid->minimum[cell] = problem->minimum[cell];
        grid->maximum[cell] = problem->weights[cell] > 0 ? problem->maximum[cell] : problem->minimum[cell];
    }
    cpn_quota_grid_link(grid);
    return CAMPAIGN_OK;
}

/* ---- Components: Tarjan, SIAM Journal on Computing 1(2), 1972, without recursion -------------------------------- */

typedef struct walker {
    const cpn_quota_grid *grid;
    const bool *is_open;
    int32_t *components, *order, *low, *stack, *path;
    int64_t *at;
    int32_t n_seen, n_stack, n_path, n_found;
} walker;

static void enter(walker *walk, int32_t node)
{
    walk->order[node] = walk->low[node] = ++walk->n_seen;
    walk->stack[walk->n_stack++] = node;
    walk->path[walk->n_path++] = node;
    walk->at[node] = walk->grid->first[node];
}

static void leave(walker *walk, int32_t node)
{
    walk->n_path--;
    if (walk->n_path > 0) {
        const int32_t parent = walk->path[walk->n_path - 1];
        if (walk->low[node] < walk->low[parent]) walk->low[parent] = walk->low[node];
    }
    if (walk->low[node] != walk->order[node]) return;
    int32_t member;
    do {
        member = walk->stack[--walk->n_stack];
        walk->components[member] = walk->n_found;
    } while (member != node);
    walk->n_found++;
}

static void walk_from(walker *walk, int32_t start)
{
    const cpn_quota_grid *grid = walk->grid;
    enter(walk, start);
    while (walk->n_path > 0) {
        const int32_t node = walk->path[walk->n_path - 1];
        if (walk->at[node] == grid->first[node + 1]) {
            leave(walk, node);
            continue;
        }
        const int64_t cell = grid->links[walk->at[node]++];
        if (!walk->is_open[2 * cell + (node >= grid->n_rows)]) continue;
        const int32_t other = cpn_quota_other(grid, node, cell);
        if (walk->order[other] == 0)
            enter(walk, other);
        else if (walk->components[other] < 0 && walk->order[other] < walk->low[node])
            walk->low[node] = walk->order[other];
    }
}

bool cpn_quota_components(int32_t *components, const cpn_quota_grid *grid, const bool *is_open)
{
    const int32_t n = grid->n_nodes;
    walker walk = { .grid = grid, .is_open = is_open, .components = components };
    int32_t *scratch = cpn_alloc_zero(INT64_C(4) * n, sizeof *scratch);
    walk.at = cpn_alloc(n, sizeof *walk.at);
    const bool has_room = scratch && walk.at;
    if (has_room) {
        walk.order = scratch;
        walk.low = scratch + n;
        walk.stack = scratch + 2 * (int64_t)n;
        walk.path = scratch + 3 * (int64_t)n;
        for (int32_t node = 0; node < n; node++) components[node] = -1;
        for (int32_t node = 0; node < n; node++)
            if (walk.order[node] == 0) walk_from(&walk, node);
    }
    cpn_free(scratch);
    cpn_free(walk.at);
    return has_room;
}

bool cpn_quota_keep_cycles(const cpn_quota_grid *grid, bool *is_open)
{
    int32_t *components = cpn_alloc(grid->n_nodes, sizeof *components);
    const bool has_room = components && cpn_quota_components(components, grid, is_open);
    for (int64_t cell = 0; has_room && cell < grid->n_cells; cell++)
        if (components[grid->row_of[cell]] != components[grid->n_rows + grid->column_of[cell]])
            is_open[2 * cell] = is_open[2 * cell + 1] = false;
    cpn_free(components);
    return has_room;
}
