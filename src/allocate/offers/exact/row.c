/* Choices under a single row, in whole units: lists of what can be reached, customer by customer, those first whose change
 * costs least for what it moves. A state falls out where another one costs no more and brings no less, or where nothing
 * that is left can bring it above the best choice known.
 * After Pisinger, A minimal algorithm for the multiple-choice knapsack problem, EJOR 83 (1995). */
#include <math.h>
#include <string.h>

#include "allocate/offers/exact/search.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/sort.h"

static const double largest_cost = 0x1p40, largest_value = 0x1p40;
enum { MOST_STATES = 4000000 };

/* One way to decide the customers so far: what it costs and brings, and how it came about. */
typedef struct row_state {
    int64_t cost, value;
    int64_t origin; /* in row_search.origins */
} row_state;

typedef struct row_origin {
    int32_t before; /* origin of the state it came from; -1 for none */
    int32_t pair;   /* -1: the customer takes none */
} row_origin;

/* A customer at the price of the row. */
typedef struct row_customer {
    int32_t customer;
    int32_t base;          /* its best pair at this price, or -1 */
    int64_t cost, value;   /* of base */
    double slope;          /* the least loss by unit that its cost is moved */
    double down, up;       /* the same by direction, then of it and all that come after */
    int64_t costs, values; /* of the bases of it and all that come after */
} row_customer;

typedef struct row_list {
    row_state *states;
    int64_t n, n_room;
} row_list;

typedef struct row_search {
    cpn_offers_search *search;
    row_customer *customers;
    int32_t n_customers;
    double price; /* of a unit of cost, in steps of the grid */
    int64_t capacity, best;
    row_list lists[2], shifted;
    row_origin *origins;
    int64_t n_origins, n_origin_room;
    int64_t best_origin;
    int32_t best_stage; /* customers decided by best_origin; the others take their base. -1: not bettered */
} row_search;

static int64_t cost_of(const row_search *row, int64_t pair)
{
    const cpn_offers_small *problem = row->search->problem;
    const int64_t use = problem->use_starts[pair];
    return use < problem->use_starts[pair + 1] ? (int64_t)problem->use_costs[use] : 0;
}

static int64_t value_of(const row_search *row, int64_t pair)
{
    return (int64_t)floor(row->search->lp.true_values[pair] / row->search->grid + 0.5);
}

/* Whether all is whole, small enough to be added up, and every customer takes one at most. */
static bool suits(const cpn_offers_search *search)
{
    const cpn_offers_small *problem = search->problem;
    const cpn_offers_lp *lp = &search->lp;
    double costs = 0, values = 0;
    if (problem->n_rows != 1 || !(search->grid > 0) || !search->has_best) return false;
    for (int32_t c = 0; c < lp->n_customers; c++)
        if (lp->upper[lp->n_pairs + c] > 1) return false;
    for (int64_t p = 0; p < problem->n_pairs; p++) values += fabs(lp->true_values[p]) / search->grid;
    for (int64_t u = 0; u < problem->use_starts[problem->n_pairs]; u++) {
        if (problem->use_costs[u] > floor(problem->use_costs[u])) return false;
        costs += problem->use_costs[u];
    }
    return costs < largest_cost && values < largest_value;
}

/* ---- Customers at the price -------------------------------------------------------------------------------------- */

/* Whether a customer may take a pair, or none (-1). */
static bool may_take(const row_search *row, int32_t customer, int64_t pair)
{
    const cpn_offers_lp *lp = &row->search->lp;
    const int32_t tally = lp->n_pairs + customer;
    return pair < 0 ? lp->lower[tally] <= 0 : lp->upper[tally] >= 1 && cost_of(row, pair) <= row->capacity;
}

static double worth_of(const row_search *row, int64_t pair)
{
    return pair < 0 ? 0 : (double)value_of(row, pair) - row->price * (double)cost_of(row, pair);
}

static void note_slope(const row_search *row, row_customer *at, int64_t pair)
{
    const int64_t moved = (pair < 0 ? 0 : cost_of(row, pair)) - at->cost;
    const double loss = worth_of(row, at->base) - worth_of(row, pair);
    if (moved == 0) return;
    const double slope = fmax(0, loss) / fabs((double)moved);
    if (moved < 0) at->down = fmin(at->down, slope);
    if (moved > 0) at->up = fmin(at->up, slope);
    at->slope = fmin(at->slope, slope);
}

static void open_customer(const row_search *row, row_customer *at, int32_t customer)
{
    const int64_t *starts = row->search->problem->starts;
    bool has_base = may_take(row, customer, -1);
    *at = (row_customer){ .customer = customer, .base = -1, .slope = INFINITY, .down = INFINITY, .up = INFINITY };
    for (int64_t p = starts[customer]; p < starts[customer + 1]; p++) {
        if (!may_take(row, customer, p) || (has_base && worth_of(row, p) <= worth_of(row, at->base))) continue;
        at->base = (int32_t)p;
        has_base = true;
    }
    at->cost = at->base < 0 ? 0 : cost_of(row, at->base);
    at->value = at->base < 0 ? 0 : value_of(row, at->base);
    if (may_take(row, customer, -1)) note_slope(row, at, -1);
    for (int64_t p = starts[customer]; p < starts[customer + 1]; p++)
        if (may_take(row, customer, p)) note_slope(row, at, p);
}

static int by_slope(const void *a, const void *b, const void *ctx)
{
    const double left = ((const row_customer *)a)->slope, right = ((const row_customer *)b)->slope;
    (void)ctx;
    return left < right ? -1 : left > right;
}

/* False where memory is out. */
static bool open_customers(row_search *row)
{
    const int32_t n = row->n_customers;
    for (int32_t c = 0; c < n; c++) open_customer(row, &row->customers[c], c);
    if (!cpn_sort(row->customers, n, sizeof *row->customers, by_slope, NULL)) return false;
    row->customers[n] = (row_customer){ .down = INFINITY, .up = INFINITY };
    for (int32_t i = n - 1; i >= 0; i--) {
        row_customer *at = &row->customers[i];
        const row_customer *next = at + 1;
        at->costs = at->cost + next->costs;
        at->values = at->value + next->values;
        at->down = fmin(at->down, next->down);
        at->up = fmin(at->up, next->up);
    }
    return true;
}

/* ---- Lists ------------------------------------------------------------------------------------------------------- */

/* The most that a state can become, when the first n customers are decided. */
static double ceiling_of(const row_search *row, int64_t cost, int64_t value, int32_t n)
{
    const row_customer *rest = &row->customers[n];
    const double room = (double)(row->capacity - cost - rest->costs);
    const double whole = (double)(value + rest->values) + row->price * room;
    if (room < 0) return cpn_is_infinite(rest->down) ? -INFINITY : whole + rest->down * room;
    return room > 0 ? whole - fmin(row->price, rest->up) * room : whole;
}

static bool is_hopeless(const row_search *row, int64_t cost, int64_t value, int32_t n)
{
    const double ceiling = ceiling_of(row, cost, value, n);
    return ceiling + 1e-6 + 1e-12 * fabs(ceiling) < (double)row->best + 1;
}

static bool make_room(row_list *list, int64_t n)
{
    if (n <= list->n_room) return true;
    row_state *states = cpn_resize(list->states, 2 * n, sizeof *states);
    if (!states) return false;
    list->states = states;
    list->n_room = 2 * n;
    return true;
}

/* The new origin, or -1 where memory is out. */
static int64_t add_origin(row_search *row, int64_t before, int64_t pair)
{
    if (row->n_origins == row->n_origin_room) {
        const int64_t n = 2 * row->n_origin_room + 1024;
        row_origin *origins = cpn_resize(row->origins, n, sizeof *origins);
        if (!origins) return -1;
        row->origins = origins;
        row->n_origin_room = n;
    }
    row->origins[row->n_origins] = (row_origin){ (int32_t)before, (int32_t)pair };
    return row->n_origins++;
}

/* Where the rest at its bases makes a choice that is better than the best. */
static void note_best(row_search *row, const row_state *state, int32_t n)
{
    const row_customer *rest = &row->customers[n];
    if (state->cost + rest->costs > row->capacity || state->value + rest->values <= row->best) return;
    row->best = state->value + rest->values;
    row->best_origin = state->origin;
    row->best_stage = n;
}

/* shifted = all states of a list with the n-th customer's pair added, where there is still hope. */
static campaign_status shift(row_search *row, const row_list *from, int32_t n, int64_t pair, campaign_error *error)
{
    const int64_t cost = pair < 0 ? 0 : cost_of(row, pair), value = pair < 0 ? 0 : value_of(row, pair);
    row->shifted.n = 0;
    if (!make_room(&row->shifted, from->n)) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < from->n; i++) {
        row_state state = { from->states[i].cost + cost, from->states[i].value + value, 0 };
        if (state.cost > row->capacity || is_hopeless(row, state.cost, state.value, n + 1)) continue;
        state.origin = add_origin(row, from->states[i].origin, pair);
        if (state.origin < 0) return cpn_fail_nomem(error);
        row->shifted.states[row->shifted.n++] = state;
        note_best(row, &state, n + 1);
    }
    return CAMPAIGN_OK;
}

/* to = what is left of two lists in order of cost: only states that bring more than all cheaper ones. */
static bool merge(row_list *to, const row_list *a, const row_list *b)
{
    int64_t i = 0, k = 0, value = INT64_MIN;
    if (!make_room(to, a->n + b->n)) return false;
    to->n = 0;
    while (i < a->n || k < b->n) {
        const row_state *left = i < a->n ? &a->states[i] : NULL, *right = k < b->n ? &b->states[k] : NULL;
        const bool is_left =
            !right ||
            (left && (left->cost < right->cost || (left->cost == right->cost && left->value >= right->value)));
        const row_state next = is_left ? *left : *right;
        if (is_left)
            i++;
        else
            k++;
        if (next.value <= value) continue;
        value = next.value;
        to->states[to->n++] = next;
    }
    return true;
}

/* Decides one customer for all states of a list; the new list is the first one. */
static campaign_status decide(row_search *row, row_list *current, int32_t n, campaign_error *error)
{
    const int32_t customer = row->customers[n].customer;
    const int64_t *starts = row->search->problem->starts;
    row_list *next = &row->lists[0], *spare = &row->lists[1];
    row_list merged = *next;
    campaign_status status = CAMPAIGN_OK;
    next->n = 0;
    for (int64_t p = starts[customer] - 1; status == CAMPAIGN_OK && p < starts[customer + 1]; p++) {
        const int64_t pair = p < starts[customer] ? -1 : p;
        if (!may_take(row, customer, pair)) continue;
        status = shift(row, current, n, pair, error);
        if (status == CAMPAIGN_OK && !merge(spare, next, &row->shifted)) status = cpn_fail_nomem(error);
        merged = *next;
        *next = *spare;
        *spare = merged;
    }
    merged = *current;
    *current = *next;
    *next = merged;
    return status;
}

/* ---- From beginning to end --------------------------------------------------------------------------------------- */

/* is_done: false where the states became too many. */
static campaign_status decide_all(row_search *row, bool *is_done, campaign_error *error)
{
    row_list current = { 0 };
    campaign_status status = make_room(&current, 1) ? CAMPAIGN_OK : cpn_fail_nomem(error);
    *is_done = false;
    if (status == CAMPAIGN_OK) {
        current.states[0] = (row_state){ 0, 0, -1 };
        current.n = 1;
        note_best(row, &current.states[0], 0);
    }
    for (int32_t n = 0; status == CAMPAIGN_OK && n < row->n_customers && current.n > 0; n++) {
        status = cpn_offers_search_tell(row->search, error);
        if (status == CAMPAIGN_OK) status = decide(row, &current, n, error);
        row->search->n_nodes++;
        if (row->n_origins > MOST_STATES) break;
    }
    *is_done = status == CAMPAIGN_OK && row->n_origins <= MOST_STATES;
    cpn_free(current.states);
    return status;
}

/* The best choice found becomes the trial. */
static void take_best(row_search *row)
{
    cpn_offers_search *search = row->search;
    if (row->best_stage < 0) return;
    memset(search->trial, 0, (size_t)search->lp.n_pairs);
    for (int64_t at = row->best_origin; at >= 0; at = row->origins[at].before)
        if (row->origins[at].pair >= 0) search->trial[row->origins[at].pair] = 1;
    for (int32_t i = row->best_stage; i < row->n_customers; i++)
        if (row->customers[i].base >= 0) search->trial[row->customers[i].base] = 1;
    (void)cpn_offers_search_take(search);
}

campaign_status cpn_offers_search_row(cpn_offers_search *search, bool *is_done, campaign_error *error)
{
    row_search row = { .search = search, .best_origin = -1, .best_stage = -1 };
    const cpn_offers_lp *lp = &search->lp;
    *is_done = false;
    if (!suits(search)) return CAMPAIGN_OK;
    row.n_customers = lp->n_customers;
    row.capacity = (int64_t)floor(fmin(search->problem->capacities[0], largest_cost));
    row.best = (int64_t)floor(search->best / search->grid + 0.5);
    row.price = search->root_duals[0] * lp->row_scales[0] / search->grid;
    row.customers = cpn_alloc((int64_t)row.n_customers + 1, sizeof *row.customers);
    campaign_status status = row.customers && open_customers(&row) ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = decide_all(&row, is_done, error);
    if (status == CAMPAIGN_OK) take_best(&row);
    if (*is_done) search->bound = fmin(search->bound, search->best);
    cpn_free(row.customers);
    cpn_free(row.lists[0].states);
    cpn_free(row.lists[1].states);
    cpn_free(row.shifted.states);
    cpn_free(row.origins);
    return status;
}
