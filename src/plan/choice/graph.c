/* The states a choice goes through when candidates are decided one after the other by their first day: which campaign is
 * still running, and how many started in the month and quarter at hand. Knows nothing of budget and relations. */
#include <assert.h>
#include <string.h>

#include "base/date.h"
#include "base/hash.h"
#include "base/memory.h"
#include "plan/choice/choice.h"

enum { NO_DAY = INT32_MIN, CLOSED = -1, MOST_NODES = 1 << 20 };

/* Compared as bytes: no padding, and what no longer matters is set to the same value everywhere. */
typedef struct state {
    int64_t top_value, top_cost;  /* of the members of an open campaign, where the larger one counts */
    int32_t end;                  /* of the latest campaign, NO_DAY where nothing can meet it any more */
    int32_t before;               /* end of the campaign before an open one, for the gap */
    int32_t month;                /* that the counts are for */
    int32_t n_small, n_big;       /* of that month and of its quarter */
    int32_t open_month, open_big; /* of a campaign that others may still join; CLOSED */
    int32_t spare;
} state;

typedef struct builder {
    const cpn_choice_case *of;
    const cpn_choice_problem *problem;
    cpn_choice_graph *graph;
    int32_t *next_start; /* by candidate, and one more: earliest start from it on */
    int32_t gap;         /* days that stay free between two campaigns; negative: none asked for */
    bool refuses;        /* overlaps */
    cpn_choice_density big, small;
    state *states, *next; /* of this layer and the next */
    int64_t n, n_next, capacity;
    int32_t *slots; /* of the next layer: number of a state + 1 */
    int64_t n_slots;
} builder;

/* ---- Counting --------------------------------------------------------------------------------------------------- */

static bool asks_in_month(const builder *b, int32_t month)
{
    const cpn_choice_problem *problem = b->problem;
    return month >= problem->start_month && month < problem->end_month &&
           !(b->of->drops_month && b->of->drops_month[month - problem->start_month]);
}

static bool asks_in_quarter(const builder *b, int32_t quarter)
{
    const cpn_choice_problem *problem = b->problem;
    if (problem->start_month >= problem->end_month) return false;
    const int32_t first = cpn_choice_quarter(problem, problem->start_month);
    return quarter >= first && quarter <= cpn_choice_quarter(problem, problem->end_month - 1) &&
           !(b->of->drops_quarter && b->of->drops_quarter[quarter - first]);
}

/* Moves the counts on to a month; false where a month or quarter that ends has too few. */
static bool advance(state *s, const builder *b, int32_t month)
{
    const int32_t quarter = cpn_choice_quarter(b->problem, s->month), to = cpn_choice_quarter(b->problem, month);
    if (month <= s->month) return true;
    for (int32_t m = s->month; m < month && b->small.minimum > 0; m++)
        if ((m == s->month ? s->n_small : 0) < b->small.minimum && asks_in_month(b, m)) return false;
    for (int32_t q = quarter; q < to && b->big.minimum > 0; q++)
        if ((q == quarter ? s->n_big : 0) < b->big.minimum && asks_in_quarter(b, q)) return false;
    s->month = month;
    s->n_small = 0;
    if (to > quarter) s->n_big = 0;
    return true;
}

/* Counts as far as a limit can tell numbers apart. */
static bool count_one(int32_t *n, int32_t minimum, int32_t maximum)
{
    if (*n >= maximum) return false;
    if (maximum != CPN_NO_LIMIT || *n < minimum) ++*n;
    return true;
}

static bool count(state *s, const builder *b, int32_t month, bool is_big)
{
    if (!advance(s, b, month)) return false;
    const cpn_choice_density *density = is_big ? &b->big : &b->small;
    const int32_t period = is_big ? cpn_choice_quarter(b->problem, month) : month;
    const int32_t maximum =
        density->maximum == CPN_NO_LIMIT ? CPN_NO_LIMIT : cpn_choice_maximum(b->problem, is_big, period);
    return count_one(is_big ? &s->n_big : &s->n_small, density->minimum, maximum);
}

/* ---- Ways out --------------------------------------------------------------------------------------------------- */

static bool close_campaign(state *s, const builder *b)
{
    const int32_t month = s->open_month;
    s->open_month = CLOSED;
    s->top_value = s->top_cost = 0;
    s->before = NO_DAY;
    const bool is_big = s->open_big != 0;
    s->open_big = 0;
    return count(s, b, month, is_big);
}

/* Forgets what nothing from candidate i on can meet; false where a minimum is missed. */
static bool settle(state *s, const builder *b, int64_t i)
{
    const bool is_end = i == b->problem->n;
    if (s->open_month != CLOSED && (is_end || b->problem->candidates[i].first >= s->end) && !close_campaign(s, b))
        return false;
    if (is_end) {
        const int32_t last = s->month < b->problem->end_month ? b->problem->end_month : s->month + 1;
        if (!advance(s, b, last + 3)) return false;
        memset(s, 0, sizeof *s);
        return true;
    }
    const int32_t start = b->next_start[i];
    if (s->open_month == CLOSED && s->end != NO_DAY && (!b->refuses || b->problem->candidates[i].first >= s->end) &&
        (b->gap < 0 || start - s->end >= b->gap))
        s->end = NO_DAY;
    if (s->before != NO_DAY && start - s->before >= b->gap) s->before = NO_DAY;
    const int32_t month = cpn_month_index(start);
    return advance(s, b, s->open_month != CLOSED && s->open_month < month ? s->open_month : month);
}

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* Joins the campaign that is open. */
static bool join(state *s, cpn_choice_edge *edge, const builder *b, const cpn_choice_candidate *c)
{
    if (s->before != NO_DAY && b->gap >= 0 && c->start - s->before < b->gap) return false;
    const int32_t month = cpn_month_index(c->start);
    if (c->end > s->end) s->end = c->end;
    if (month < s->open_month) s->open_month = month;
    s->open_big |= c->is_big;
    if (!b->problem->sums_value) {
        edge->value = larger(c->value, s->top_value) - s->top_value;
        s->top_value += edge->value;
    }
    if (b->problem->takes_larger_cost) {
        edge->cost = larger(c->cost, s->top_cost) - s->top_cost;
        s->top_cost += edge->cost;
    }
    return true;
}

static bool take(state *s, cpn_choice_edge *edge, const builder *b, const cpn_choice_candidate *c)
{
    edge->value = c->value;
    edge->cost = c->cost;
    if (s->open_month != CLOSED && c->first < s->end) return join(s, edge, b, c);
    if (s->open_month != CLOSED && !close_campaign(s, b)) return false;
    if (s->end != NO_DAY && b->refuses && c->first < s->end) return false;
    if (s->end != NO_DAY && b->gap >= 0 && c->start - s->end < b->gap) return false;
    const int32_t before = b->gap >= 0 ? s->end : NO_DAY;
    s->end = c->end;
    if (!b->problem->merges) return count(s, b, cpn_month_index(c->start), c->is_big);
    s->before = before;
    s->open_month = cpn_month_index(c->start);
    s->open_big = c->is_big;
    if (!b->problem->sums_value) s->top_value = c->value;
    if (b->problem->takes_larger_cost) s->top_cost = c->cost;
    return true;
}

/* ---- Layers ----------------------------------------------------------------------------------------------------- */

static bool grow(builder *b)
{
    if (b->n_next < b->capacity) return true;
    const int64_t capacity = b->capacity ? b->capacity * 2 : 64;
    state *next = cpn_resize(b->next, capacity, sizeof *next);
    if (next) b->next = next;
    state *states = next ? cpn_resize(b->states, capacity, sizeof *states) : NULL;
    if (states) b->states = states;
    int32_t *slots = states ? cpn_resize(b->slots, capacity * 2, sizeof *slots) : NULL;
    if (!slots) return false;
    b->slots = slots;
    b->n_slots = capacity * 2;
    b->capacity = capacity;
    memset(slots, 0, (size_t)b->n_slots * sizeof *slots);
    for (int64_t i = 0; i < b->n_next; i++) {
        uint64_t at = cpn_hash_bytes(&b->next[i], sizeof *b->next) & (uint64_t)(b->n_slots - 1);
        while (slots[at]) at = (at + 1) & (uint64_t)(b->n_slots - 1);
        slots[at] = (int32_t)i + 1;
    }
    return true;
}

/* Number of a state in the next layer, added where it is new; -1 where memory is out. */
static int32_t find_or_add(builder *b, const state *s)
{
    if (!grow(b)) return -1;
    uint64_t at = cpn_hash_bytes(s, sizeof *s) & (uint64_t)(b->n_slots - 1);
    for (; b->slots[at]; at = (at + 1) & (uint64_t)(b->n_slots - 1))
        if (memcmp(&b->next[b->slots[at] - 1], s, sizeof *s) == 0) return b->slots[at] - 1;
    b->next[b->n_next++] = *s;
    b->slots[at] = (int32_t)b->n_next;
    return (int32_t)b->n_next - 1;
}

/* The two ways out of every state of layer i. */
static campaign_status expand(builder *b, int64_t i, campaign_error *error)
{
    cpn_choice_graph *graph = b->graph;
    if (graph->n_nodes + b->n > MOST_NODES)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, "rules",
                        "the candidates can be combined in more than %ld states: split the year", (long)MOST_NODES);
    cpn_choice_node *nodes = cpn_resize(graph->nodes, graph->n_nodes + b->n, sizeof *nodes);
    if (!nodes) return cpn_fail_nomem(error);
    graph->nodes = nodes;
    graph->layers[i] = graph->n_nodes;
    const int64_t base = graph->n_nodes + b->n; /* first node of the next layer */
    b->n_next = 0;
    if (b->n_slots) memset(b->slots, 0, (size_t)b->n_slots * sizeof *b->slots);
    for (int64_t k = 0; k < b->n; k++) {
        cpn_choice_node *node = &nodes[graph->n_nodes + k];
        for (int32_t takes = 0; takes < 2; takes++) {
            cpn_choice_edge *edge = takes ? &node->take : &node->skip;
            *edge = (cpn_choice_edge){ .to = -1 };
            state s = b->states[k];
            if (!cpn_choice_may(b->of->wishes[i], takes != 0)) continue;
            if (takes && !take(&s, edge, b, &b->problem->candidates[i])) continue;
            if (!settle(&s, b, i + 1)) continue;
            const int32_t number = find_or_add(b, &s);
            if (number < 0) return cpn_fail_nomem(error);
            edge->to = (int32_t)(base + number);
        }
    }
    graph->n_nodes = base;
    state *swap = b->states;
    b->states = b->next;
    b->next = swap;
    b->n = b->n_next;
    return CAMPAIGN_OK;
}

static bool start(builder *b, state *first)
{
    const cpn_choice_problem *problem = b->problem;
    const int64_t n = problem->n;
    b->next_start = cpn_alloc(n + 1, sizeof *b->next_start);
    b->graph->layers = cpn_alloc_zero(n + 2, sizeof *b->graph->layers);
    if (!b->next_start || !b->graph->layers || !grow(b)) return false;
    b->next_start[n] = INT32_MAX;
    for (int64_t i = n - 1; i >= 0; i--) {
        const int32_t day = problem->candidates[i].start;
        b->next_start[i] = day < b->next_start[i + 1] ? day : b->next_start[i + 1];
    }
    memset(first, 0, sizeof *first);
    first->end = first->before = NO_DAY;
    first->open_month = CLOSED;
    first->month = problem->start_month;
    if (n > 0 && (cpn_month_index(b->next_start[0]) < first->month || problem->start_month >= problem->end_month))
        first->month = cpn_month_index(b->next_start[0]);
    return true;
}

campaign_status cpn_choice_graph_build(cpn_choice_graph *graph, const cpn_choice_case *of, campaign_error *error)
{
    const cpn_choice_problem *problem = of->problem;
    const bool *is_dropped = of->is_dropped;
    builder b = { .of = of, .problem = problem, .graph = graph, .big = problem->big, .small = problem->small };
    memset(graph, 0, sizeof *graph);
    b.refuses = !problem->merges && !is_dropped[CPN_RULE_OVERLAP];
    b.gap = problem->gap_days - 1;
    if (is_dropped[CPN_RULE_GAP] || is_dropped[CPN_RULE_OVERLAP] || b.gap <= 0) b.gap = -1;
    if (is_dropped[CPN_RULE_BIG_MAX]) b.big.maximum = CPN_NO_LIMIT;
    if (is_dropped[CPN_RULE_SMALL_MAX]) b.small.maximum = CPN_NO_LIMIT;
    if (is_dropped[CPN_RULE_BIG_MIN]) b.big.minimum = 0;
    if (is_dropped[CPN_RULE_SMALL_MIN]) b.small.minimum = 0;
    state first;
    campaign_status status = start(&b, &first) ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK && settle(&first, &b, 0)) b.states[b.n++] = first;
    for (int64_t i = 0; i < problem->n && status == CAMPAIGN_OK; i++) status = expand(&b, i, error);
    if (status == CAMPAIGN_OK) {
        cpn_choice_node *nodes = cpn_resize(graph->nodes, graph->n_nodes + b.n, sizeof *nodes);
        graph->nodes = nodes ? nodes : graph->nodes;
        graph->layers[problem->n] = graph->n_nodes;
        graph->layers[problem->n + 1] = graph->n_nodes += b.n;
        graph->bounds = cpn_alloc(graph->n_nodes, sizeof *graph->bounds);
        graph->least_cost = cpn_alloc(graph->n_nodes, sizeof *graph->least_cost);
        if (!nodes || !graph->bounds || !graph->least_cost) status = cpn_fail_nomem(error);
    }
    cpn_free(b.next_start);
    cpn_free(b.states);
    cpn_free(b.next);
    cpn_free(b.slots);
    if (status != CAMPAIGN_OK) cpn_choice_graph_free(graph);
    return status;
}

void cpn_choice_graph_free(cpn_choice_graph *graph)
{
    cpn_free(graph->nodes);
    cpn_free(graph->layers);
    cpn_free(graph->least_cost);
    cpn_free(graph->bounds);
    memset(graph, 0, sizeof *graph);
}
