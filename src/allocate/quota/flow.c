/* Whether a grid has an answer at all: a largest flow from rows to columns (Dinic, 1970), and where there is none, the cut
 * that forbids it, by name. */
#include <stdio.h>
#include <string.h>

#include "allocate/quota/grid.h"
#include "base/checked.h"
#include "base/memory.h"
#include "base/text.h"

typedef struct flow_search {
    cpn_quota_grid *grid;
    int64_t *rest;   /* by node: supply of rows, demand of columns that is not met */
    int32_t *levels; /* from the rows with supply; -1 = not reached */
    int32_t *queue;
    int64_t *at, *path; /* next link of each node; cells of the path at hand */
    int64_t *most;      /* by cell: maximum, and no more than its row has */
} flow_search;

static int64_t room_of(const flow_search *flow, int32_t node, int64_t cell)
{
    const cpn_quota_grid *grid = flow->grid;
    return node < grid->n_rows ? flow->most[cell] - grid->parts[cell] : grid->parts[cell] - grid->minimum[cell];
}

/* Levels of nodes; whether a column with demand is reached. */
static bool find_levels(flow_search *flow)
{
    const cpn_quota_grid *grid = flow->grid;
    int32_t n = 0;
    bool has_end = false;
    for (int32_t node = 0; node < grid->n_nodes; node++) {
        const bool is_start = node < grid->n_rows && flow->rest[node] > 0;
        flow->levels[node] = is_start ? 0 : -1;
        if (is_start) flow->queue[n++] = node;
        flow->at[node] = grid->first[node];
    }
    for (int32_t i = 0; i < n; i++) {
        const int32_t node = flow->queue[i];
        has_end = has_end || (node >= grid->n_rows && flow->rest[node] > 0);
        for (int64_t link = grid->first[node]; link < grid->first[node + 1]; link++) {
            const int64_t cell = grid->links[link];
            const int32_t other = cpn_quota_other(grid, node, cell);
            if (flow->levels[other] >= 0 || room_of(flow, node, cell) == 0) continue;
            flow->levels[other] = flow->levels[node] + 1;
            flow->queue[n++] = other;
        }
    }
    return has_end;
}

/* Pushes what fits along the path from row start to column end. */
static void push(flow_search *flow, int32_t start, int32_t end, int32_t length)
{
    cpn_quota_grid *grid = flow->grid;
    int64_t amount = flow->rest[start] < flow->rest[end] ? flow->rest[start] : flow->rest[end];
    int32_t node = start;
    for (int32_t i = 0; i < length; i++) {
        const int64_t room = room_of(flow, node, flow->path[i]);
        if (room < amount) amount = room;
        node = cpn_quota_other(grid, node, flow->path[i]);
    }
    flow->rest[start] -= amount;
    flow->rest[end] -= amount;
    for (int32_t i = 0; i < length; i++) grid->parts[flow->path[i]] += i % 2 == 0 ? amount : -amount;
}

static bool is_ahead(const flow_search *flow, int32_t node, int64_t cell)
{
    return flow->levels[cpn_quota_other(flow->grid, node, cell)] == flow->levels[node] + 1 &&
           room_of(flow, node, cell) > 0;
}

/* One walk down the levels from a row with supply: to a column with demand, or back to the row. */
static bool push_from(flow_search *flow, int32_t start)
{
    const cpn_quota_grid *grid = flow->grid;
    int32_t node = start, length = 0;
    for (;;) {
        if (node >= grid->n_rows && flow->rest[node] > 0) {
            push(flow, start, node, length);
            return true;
        }
        int64_t *at = &flow->at[node];
        while (*at < grid->first[node + 1] && !is_ahead(flow, node, grid->links[*at])) ++*at;
        if (*at < grid->first[node + 1]) {
            flow->path[length] = grid->links[*at];
            node = cpn_quota_other(grid, node, flow->path[length++]);
            continue;
        }
        if (length == 0) return false;
        flow->levels[node] = -1; /* a dead end */
        node = cpn_quota_other(grid, node, flow->path[--length]);
        flow->at[node]++;
    }
}

/* ---- The cut ----------------------------------------------------------------------------------------------------- */

static void add(int64_t *sum, int64_t value)
{
    if (!cpn_add64(sum, *sum, value)) *sum = INT64_MAX;
}

enum { NAMED = 2, NAMES_TEXT = 80, NAME_LENGTH = 24 };

/* "A, B and 3 more" of the nodes in the cut, of rows or of columns. */
static void list_names(char names[NAMES_TEXT], const flow_search *flow, const cpn_quota_problem *problem, int32_t side)
{
    const cpn_quota_grid *grid = flow->grid;
    const int32_t from = side ? grid->n_rows : 0, n = (int32_t)problem->dimensions[side].keys.n_keys;
    size_t length = 0;
    int32_t n_named = 0;
    names[0] = '\0';
    for (int32_t code = 0; code < n; code++) {
        char text[CPN_QUOTA_KEY_TEXT];
        if (flow->levels[from + code] < 0 || n_named++ >= NAMED) continue;
        cpn_quota_key_text(text, problem, side, code);
        text[cpn_utf8_cut(text, strlen(text), NAME_LENGTH)] = '\0';
        length += (size_t)snprintf(names + length, NAMES_TEXT - length, "%s%s", length ? ", " : "", text);
    }
    if (n_named > NAMED) (void)snprintf(names + length, NAMES_TEXT - length, " and %ld more", (long)(n_named - NAMED));
}

/* The rows that still have supply reach a set of rows and columns: these rows need more than those columns have for them
 * and their other cells can hold. */
static campaign_status refuse(const flow_search *flow, const cpn_quota_problem *problem, campaign_error *error)
{
    const cpn_quota_grid *grid = flow->grid;
    int64_t need = 0, columns_have = 0, cells_hold = 0;
    for (int32_t node = 0; node < grid->n_nodes; node++)
        if (flow->levels[node] >= 0) add(node < grid->n_rows ? &need : &columns_have, grid->totals[node]);
    for (int64_t cell = 0; cell < grid->n_cells; cell++) {
        const bool has_row = flow->levels[grid->row_of[cell]] >= 0;
        const bool has_column = flow->levels[grid->n_rows + grid->column_of[cell]] >= 0;
        if (has_row && !has_column) add(&cells_hold, flow->most[cell]);
        if (!has_row && has_column) columns_have -= grid->minimum[cell];
    }
    char rows[NAMES_TEXT], columns[NAMES_TEXT];
    list_names(rows, flow, problem, 0);
    list_names(columns, flow, problem, 1);
    char needed[CAMPAIGN_MONEY_TEXT], had[CAMPAIGN_MONEY_TEXT], held[CAMPAIGN_MONEY_TEXT];
    cpn_quota_amount_text(needed, problem, need);
    cpn_quota_amount_text(had, problem, columns_have);
    cpn_quota_amount_text(held, problem, cells_hold);
    if (columns[0] == '\0')
        return cpn_fail(error, CAMPAIGN_E_INFEASIBLE, "rows.total", "rows %s need %s, their cells can hold %s", rows,
                        needed, held);
    return cpn_fail(error, CAMPAIGN_E_INFEASIBLE, "rows.total",
                    "rows %s need %s; columns %s have %s for them, their other cells hold %s", rows, needed, columns,
                    had, held);
}

static campaign_status refuse_minima(const flow_search *flow, const cpn_quota_problem *problem, int32_t node,
                                     campaign_error *error)
{
    const cpn_quota_grid *grid = flow->grid;
    const int32_t side = node >= grid->n_rows;
    const int32_t code = node - (side ? grid->n_rows : 0);
    char key[CPN_QUOTA_KEY_TEXT] = "";
    if (code < problem->dimensions[side].keys.n_keys) cpn_quota_key_text(key, problem, side, code);
    int64_t need = 0;
    for (int64_t link = grid->first[node]; link < grid->first[node + 1]; link++)
        add(&need, grid->minimum[grid->links[link]]);
    char total[CAMPAIGN_MONEY_TEXT], needed[CAMPAIGN_MONEY_TEXT];
    cpn_quota_amount_text(total, problem, grid->totals[node]);
    cpn_quota_amount_text(needed, problem, need);
    return cpn_fail(error, CAMPAIGN_E_INFEASIBLE, side ? "columns.total" : "rows.total",
                    "%s \"%s\" has a total of %s, its cells need at least %s", side ? "column" : "row", key, total,
                    needed);
}

/* ---- The flow ---------------------------------------------------------------------------------------------------- */

/* Starts every cell at its minimum, and caps it by what its row has left beyond all minima. */
static campaign_status start_parts(flow_search *flow, const cpn_quota_problem *problem, campaign_error *error)
{
    cpn_quota_grid *grid = flow->grid;
    for (int32_t node = 0; node < grid->n_nodes; node++) {
        flow->rest[node] = grid->totals[node];
        flow->levels[node] = -1;
    }
    for (int64_t cell = 0; cell < grid->n_cells; cell++) {
        const int32_t nodes[] = { grid->row_of[cell], grid->n_rows + grid->column_of[cell] };
        grid->parts[cell] = grid->minimum[cell];
        for (int32_t i = 0; i < 2; i++) {
            if (grid->minimum[cell] > flow->rest[nodes[i]]) return refuse_minima(flow, problem, nodes[i], error);
            flow->rest[nodes[i]] -= grid->minimum[cell];
        }
    }
    for (int64_t cell = 0; cell < grid->n_cells; cell++) {
        const int64_t most = grid->minimum[cell] + flow->rest[grid->row_of[cell]];
        flow->most[cell] = grid->maximum[cell] < most ? grid->maximum[cell] : most;
    }
    return CAMPAIGN_OK;
}

static bool open_flow(flow_search *flow, cpn_quota_grid *grid)
{
    flow->grid = grid;
    flow->rest = cpn_alloc(grid->n_nodes, sizeof *flow->rest);
    flow->levels = cpn_alloc(grid->n_nodes, sizeof *flow->levels);
    flow->queue = cpn_alloc(grid->n_nodes, sizeof *flow->queue);
    flow->at = cpn_alloc(grid->n_nodes, sizeof *flow->at);
    flow->path = cpn_alloc(grid->n_nodes, sizeof *flow->path);
    flow->most = cpn_alloc(grid->n_cells, sizeof *flow->most);
    return flow->most && flow->rest && flow->levels && flow->queue && flow->at && flow->path;
}

static void close_flow(flow_search *flow)
{
    cpn_free(flow->rest);
    cpn_free(flow->levels);
    cpn_free(flow->queue);
    cpn_free(flow->at);
    cpn_free(flow->path);
    cpn_free(flow->most);
}

campaign_status cpn_quota_flow(cpn_quota_grid *grid, const cpn_quota_problem *problem, campaign_error *error)
{
    flow_search flow = { 0 };
    campaign_status status = open_flow(&flow, grid) ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = start_parts(&flow, problem, error);
    while (status == CAMPAIGN_OK && find_levels(&flow))
        for (int32_t row = 0; row < grid->n_rows; row++)
            while (flow.rest[row] > 0 && flow.levels[row] == 0 && push_from(&flow, row)) {
            }
    for (int32_t row = 0; row < grid->n_rows && status == CAMPAIGN_OK; row++)
        if (flow.rest[row] > 0) status = refuse(&flow, problem, error);
    close_flow(&flow);
    return status;
}
