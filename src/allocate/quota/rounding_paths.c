/* The flow of least cost of a controlled rounding: every cell starts at its nearer bound, and units move along shortest
 * paths with potentials, in integers, until all totals are met (Edmonds & Karp, Journal of the ACM 19(2), 1972). One tree
 * of paths serves all nodes it reaches. */
#include "allocate/quota/rounding.h"
#include "base/memory.h"
#include "base/parallel.h"

enum { ROUNDS_A_REPORT = 16 };

typedef struct cost_search {
    const cpn_quota_rounding_state *state;
    cpn_quota_grid *flow;
    int64_t *excess, *potentials, *distances, *parents;
    int64_t *stamps; /* by cell: the round in which it was last part of a path */
    int64_t round;
    int32_t *ends; /* nodes that lack a unit, nearest first */
    int32_t n_ends;
    int64_t farthest; /* distance of the node done last */
    uint8_t *states;  /* 0 = not reached, 1 = reached, 2 = done */
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

static void start_nodes(cost_search *search)
{
    search->n_ends = 0;
    search->round++;
    for (int32_t node = 0; node < search->flow->n_nodes; node++) {
        search->states[node] = search->excess[node] > 0;
        search->distances[node] = 0;
        search->parents[node] = -1;
    }
}

/* Grows the tree of shortest paths to all nodes that can be reached. */
static void grow_tree(cost_search *search)
{
    const cpn_quota_grid *flow = search->flow;
    start_nodes(search);
    for (int32_t node = find_nearest(search); node >= 0; node = find_nearest(search)) {
        search->states[node] = 2;
        search->farthest = search->distances[node];
        if (search->excess[node] < 0) search->ends[search->n_ends++] = node;
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

/* Every arc of the tree becomes 0 long, and none negative; nodes that were not reached count as farthest. The same for all
 * nodes changes nothing: the largest potential is kept at 0, so that none grows with the rounds. */
static void move_potentials(cost_search *search)
{
    const int32_t n = search->flow->n_nodes;
    int64_t largest = INT64_MIN;
    for (int32_t node = 0; node < n; node++) {
        if (search->states[node] == 2) search->potentials[node] += search->distances[node] - search->farthest;
        if (search->potentials[node] > largest) largest = search->potentials[node];
    }
    for (int32_t node = 0; node < n; node++) search->potentials[node] -= largest;
}

/* Where the path to an end starts; -1 where that has nothing left to give, or a path before has a cell in common. */
static int32_t find_start(const cost_search *search, int32_t end)
{
    int32_t node = end;
    while (search->parents[node] >= 0) {
        if (search->stamps[search->parents[node]] == search->round) return -1;
        node = cpn_quota_other(search->flow, node, search->parents[node]);
    }
    return search->excess[node] > 0 ? node : -1;
}

static void move_unit(cost_search *search, int32_t end)
{
    cpn_quota_grid *flow = search->flow;
    const int32_t start = find_start(search, end);
    if (start < 0) return;
    for (int32_t node = end; node != start;) {
        const int64_t cell = search->parents[node];
        flow->parts[cell] += node >= flow->n_rows ? 1 : -1;
        search->stamps[cell] = search->round;
        node = cpn_quota_other(flow, node, cell);
    }
    search->excess[end]++;
    search->excess[start]--;
}

static bool open_search(cost_search *search)
{
    int64_t **const arrays[] = { &search->excess, &search->potentials, &search->distances, &search->parents };
    for (int32_t i = 0; i < 4; i++) {
        *arrays[i] = cpn_alloc(search->flow->n_nodes, sizeof **arrays[i]);
        if (!*arrays[i]) return false;
    }
    search->states = cpn_alloc(search->flow->n_nodes, sizeof *search->states);
    search->stamps = cpn_alloc_zero(search->flow->n_cells, sizeof *search->stamps);
    search->ends = cpn_alloc(search->flow->n_nodes, sizeof *search->ends);
    return search->states && search->stamps && search->ends;
}

static void close_search(cost_search *search)
{
    cpn_free(search->excess);
    cpn_free(search->potentials);
    cpn_free(search->distances);
    cpn_free(search->parents);
    cpn_free(search->states);
    cpn_free(search->stamps);
    cpn_free(search->ends);
}

campaign_status cpn_quota_rounding_paths(cpn_quota_rounding_state *state, bool *is_open,
                                         const campaign_runtime *runtime, campaign_error *error)
{
    cost_search search = { .state = state, .flow = &state->flow };
    campaign_status status = open_search(&search) ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) start_cells(&search);
    while (status == CAMPAIGN_OK) {
        grow_tree(&search);
        if (search.n_ends == 0) break;
        move_potentials(&search);
        for (int32_t i = 0; i < search.n_ends; i++) move_unit(&search, search.ends[i]);
        state->n_paths = search.round;
        if (search.round % ROUNDS_A_REPORT == 0)
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
