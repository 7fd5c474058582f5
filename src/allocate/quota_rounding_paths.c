/* The flow of least cost of a controlled rounding: every cell starts at its nearer bound, and units move along shortest
 * paths with potentials, in integers, until all totals are met (Edmonds & Karp, Journal of the ACM 19(2), 1972). */
#include "allocate/quota_rounding.h"
#include "base/memory.h"
#include "base/parallel.h"

enum { PATHS_A_REPORT = 64 };

typedef struct cost_search {
    const cpn_quota_rounding_state *state;
    cpn_quota_grid *flow;
    int64_t *excess, *potentials, *distances, *parents;
    uint8_t *states; /* 0 = not reached, 1 = reached, 2 = done */
} cost_search;

/* What one unit more in a cell adds to the sum of squares, in 1 / scale. */
static int64_t cost_of(const cost_search *search, int64_t cell)
{
    if (cell >= search->state->problem->n_cells) return 0; /* slack */
    return search->state->scale - 2 * search->state->fractions[cell];
}

/* The cost of one unit from a node through a cell, with potentials: 0 or more. */
static int64_t length_of(const cost_search *search, int32_t node, int64_t cell)
{
    const int32_t other = cpn_quota_other(search->flow, node, cell);
    const int64_t cost = cost_of(search, cell);
    return (node < search->flow->n_rows ? cost : -cost) + search->potentials[node] - search->potentials[other];
}

static bool has_room(const cost_search *search, int32_t node, int64_t cell)
{
    const cpn_quota_grid *flow = search->flow;
    return node < flow->n_rows ? flow->parts[cell] < flow->maximum[cell] : flow->parts[cell] > flow->minimum[cell];
}

static void start_cells(cost_search *search)
{
    cpn_quota_grid *flow = search->flow;
    for (int32_t node = 0; node < flow->n_nodes; node++) {
        search->excess[node] = node < flow->n_rows ? flow->totals[node] : -flow->totals[node];
        search->potentials[node] = 0;
    }
    for (int64_t cell = 0; cell < flow->n_cells; cell++) {
        flow->parts[cell] = cost_of(search, cell) < 0 ? flow->maximum[cell] : flow->minimum[cell];
        search->excess[flow->row_of[cell]] -= flow->parts[cell];
        search->excess[flow->n_rows + flow->column_of[cell]] += flow->parts[cell];
    }
}

static int32_t find_nearest(const cost_search *search)
{
    int32_t nearest = -1;
    for (int32_t node = 0; node < search->flow->n_nodes; node++)
        if (search->states[node] == 1 && (nearest < 0 || search->distances[node] < search->distances[nearest]))
            nearest = node;
    return nearest;
}

static int32_t find_end(cost_search *search)
{
    const cpn_quota_grid *flow = search->flow;
    for (int32_t node = 0; node < flow->n_nodes; node++) {
        search->states[node] = search->excess[node] > 0;
        search->distances[node] = 0;
        search->parents[node] = -1;
    }
    for (;;) {
        const int32_t node = find_nearest(search);
        if (node < 0) return -1;
        search->states[node] = 2;
        if (search->excess[node] < 0) return node;
        for (int64_t link = flow->first[node]; link < flow->first[node + 1]; link++) {
            const int64_t cell = flow->links[link];
            const int32_t other = cpn_quota_other(flow, node, cell);
            if (search->states[other] == 2 || !has_room(search, node, cell)) continue;
            const int64_t distance = search->distances[node] + length_of(search, node, cell);
            if (search->states[other] == 1 && distance >= search->distances[other]) continue;
            search->states[other] = 1;
            search->distances[other] = distance;
            search->parents[other] = cell;
        }
    }
}

static void move_unit(cost_search *search, int32_t end)
{
    cpn_quota_grid *flow = search->flow;
    /* The same for all nodes leaves every length as it is: those that are done come nearer by what they are nearer. */
    for (int32_t node = 0; node < flow->n_nodes; node++)
        if (search->states[node] == 2) search->potentials[node] += search->distances[node] - search->distances[end];
    int32_t node = end;
    while (search->parents[node] >= 0) {
        const int64_t cell = search->parents[node];
        flow->parts[cell] += node >= flow->n_rows ? 1 : -1;
        node = cpn_quota_other(flow, node, cell);
    }
    search->excess[end]++;
    search->excess[node]--;
}

static bool open_search(cost_search *search)
{
    int64_t **const arrays[] = { &search->excess, &search->potentials, &search->distances, &search->parents };
    for (int32_t i = 0; i < 4; i++) {
        *arrays[i] = cpn_alloc(search->flow->n_nodes, sizeof **arrays[i]);
        if (!*arrays[i]) return false;
    }
    search->states = cpn_alloc(search->flow->n_nodes, sizeof *search->states);
    return search->states != NULL;
}

static void close_search(cost_search *search)
{
    cpn_free(search->excess);
    cpn_free(search->potentials);
    cpn_free(search->distances);
    cpn_free(search->parents);
    cpn_free(search->states);
}

campaign_status cpn_quota_rounding_paths(cpn_quota_rounding_state *state, bool *is_open,
                                         const campaign_runtime *runtime, campaign_error *error)
{
    cost_search search = { .state = state, .flow = &state->flow };
    campaign_status status = open_search(&search) ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) start_cells(&search);
    while (status == CAMPAIGN_OK) {
        const int32_t end = find_end(&search);
        if (end < 0) break;
        move_unit(&search, end);
        if (++state->n_paths % PATHS_A_REPORT == 0)
            status = cpn_report_progress(runtime, "quotas", state->n_paths, -1, error);
    }
    for (int64_t cell = 0; cell < state->flow.n_cells && status == CAMPAIGN_OK; cell++) {
        const int32_t row = state->flow.row_of[cell], column = state->flow.n_rows + state->flow.column_of[cell];
        is_open[2 * cell] = has_room(&search, row, cell) && length_of(&search, row, cell) == 0;
        is_open[2 * cell + 1] = has_room(&search, column, cell) && length_of(&search, column, cell) == 0;
    }
    close_search(&search);
    return status;
}
