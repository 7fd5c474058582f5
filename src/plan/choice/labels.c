/* The search: labels go from layer to layer of the states, each a set of candidates so far with its value and cost. In
 * one state and with the same open relations only those stay that no other beats in both; those that cannot reach the
 * best known are dropped by the bound. Exact unless a limit cuts a layer; what is cut is remembered by its bound. */
#include <assert.h>
#include <string.h>

#include "base/memory.h"
#include "base/sort.h"
#include "plan/choice/slots.h"

typedef struct label {
    uint64_t bits;
    int64_t value, cost;
    int64_t own;   /* sum of the members' own values: among equals, the set that says more */
    int64_t limit; /* no way on from here passes it */
    int32_t node, parent;
    bool takes; /* the candidate of the layer before */
} label;

typedef struct search {
    const cpn_choice_pass *pass;
    const cpn_choice_problem *problem;
    cpn_choice_slots slots;
    label *kept, *fresh; /* of all layers, of the next */
    int64_t *layers;     /* offsets in kept */
    int64_t n_kept, kept_capacity, n_fresh, fresh_capacity;
    int64_t budget; /* INT64_MAX: none */
    double slack;   /* rounding of the bounds */
} search;

/* ---- Order ------------------------------------------------------------------------------------------------------ */

/* Which of two sets of one layer holds the earliest key in which they differ: -1 the first, 1 the second. */
static int compare_sets(const search *s, const label *a, const label *b, int64_t layer)
{
    int64_t earliest = INT64_MAX;
    int order = 0;
    for (int64_t i = layer - 1; i >= 0; i--) {
        const int64_t place = s->problem->candidates[i].place;
        if (a->takes != b->takes && place < earliest) {
            earliest = place;
            order = a->takes ? -1 : 1;
        }
        if (a->parent == b->parent) break;
        a = &s->kept[a->parent];
        b = &s->kept[b->parent];
    }
    return order;
}

static int compare_int64(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

typedef struct order_context {
    const search *s;
    int64_t layer;
} order_context;

/* By state, then cheapest first, then the better one. */
static int compare_labels(const void *a, const void *b, const void *ctx)
{
    const label *x = a, *y = b;
    const order_context *context = ctx;
    if (x->node != y->node) return x->node < y->node ? -1 : 1;
    if (x->bits != y->bits) return x->bits < y->bits ? -1 : 1;
    if (x->cost != y->cost) return compare_int64(x->cost, y->cost);
    if (x->value != y->value) return compare_int64(y->value, x->value);
    if (x->own != y->own) return compare_int64(y->own, x->own);
    if (context->s->pass->aim == CPN_AIM_SET) return compare_sets(context->s, x, y, context->layer);
    return x->parent != y->parent ? (x->parent < y->parent ? -1 : 1) : y->takes - x->takes;
}

/* Most promising first, for a layer that must be cut. */
static int compare_limits(const void *a, const void *b, const void *ctx)
{
    const label *x = a, *y = b;
    if (x->limit != y->limit) return compare_int64(y->limit, x->limit);
    return compare_labels(a, b, ctx);
}

/* ---- Layers ----------------------------------------------------------------------------------------------------- */

static bool reserve(label **labels, int64_t *capacity, int64_t n)
{
    if (n <= *capacity) return true;
    int64_t more = *capacity ? *capacity * 2 : 256;
    if (more < n) more = n;
    label *grown = cpn_resize(*labels, more, sizeof *grown);
    if (!grown) return false;
    *labels = grown;
    *capacity = more;
    return true;
}

/* What no way on from a label can pass. */
static int64_t limit_of(const search *s, const label *at)
{
    const cpn_choice_graph *graph = s->pass->graph;
    double limit = (double)at->value + graph->bounds[at->node];
    if (graph->price > 0) limit += graph->price * (double)(s->budget - at->cost);
    limit += s->slack;
    return limit >= 0 ? (int64_t)limit : -(int64_t)-limit;
}

/* The label that a decision leads to; false where a rule, the budget or the bound ends it. */
static bool step(label *to, const search *s, int64_t parent, int64_t layer, bool takes)
{
    const cpn_choice_graph *graph = s->pass->graph;
    const label *from = &s->kept[parent];
    const cpn_choice_node *node = &graph->nodes[from->node];
    const cpn_choice_edge *edge = takes ? &node->take : &node->skip;
    if (edge->to < 0 || !cpn_choice_may(s->pass->of->wishes[layer], takes)) return false;
    *to = *from;
    to->node = edge->to;
    to->parent = (int32_t)parent;
    to->takes = takes;
    if (takes) {
        const bool counts = s->pass->aim != CPN_AIM_FEASIBLE;
        to->cost += edge->cost;
        to->value += counts ? edge->value : 0;
        to->own += s->pass->aim == CPN_AIM_SET ? s->problem->candidates[layer].value : 0;
    }
    const int64_t rest = graph->least_cost[edge->to];
    if (rest == INT64_MAX || (s->budget != INT64_MAX && to->cost + rest > s->budget)) return false;
    if (!cpn_choice_slots_step(&to->bits, &s->slots, layer, takes)) return false;
    if (s->pass->aim == CPN_AIM_FEASIBLE) return true;
    to->limit = limit_of(s, to);
    return to->limit >= s->pass->at_least;
}

/* Keeps of each state the labels that no cheaper one equals. Returns how many there are. */
static int64_t drop_dominated(label *labels, int64_t n, bool has_budget)
{
    int64_t kept = 0;
    for (int64_t i = 0; i < n; i++) {
        const label *last = kept ? &labels[kept - 1] : NULL;
        const bool is_same = last && last->node == labels[i].node && last->bits == labels[i].bits;
        const bool is_better =
            is_same && (labels[i].value > last->value || (labels[i].value == last->value && labels[i].own > last->own));
        if (is_same && !is_better) continue;
        /* Without a budget a dearer label that is worth more beats a cheaper one. */
        if (is_same && !has_budget) kept--;
        labels[kept++] = labels[i];
    }
    return kept;
}

static campaign_status advance(search *s, cpn_choice_result *result, int64_t layer, campaign_error *error)
{
    const int64_t first = s->layers[layer], end = s->layers[layer + 1];
    s->n_fresh = 0;
    if (!reserve(&s->fresh, &s->fresh_capacity, 2 * (end - first) + 1)) return cpn_fail_nomem(error);
    for (int64_t parent = first; parent < end; parent++)
        for (int32_t takes = 0; takes < 2; takes++)
            if (step(&s->fresh[s->n_fresh], s, parent, layer, takes != 0)) s->n_fresh++;
    const order_context context = { s, layer + 1 };
    if (!cpn_sort(s->fresh, s->n_fresh, sizeof *s->fresh, compare_labels, &context)) return cpn_fail_nomem(error);
    s->n_fresh = drop_dominated(s->fresh, s->n_fresh, s->budget != INT64_MAX && s->pass->aim != CPN_AIM_FEASIBLE);
    const int64_t layers_left = s->problem->n - layer;
    int64_t room = (s->pass->max_labels - s->n_kept) / layers_left;
    if (room > s->pass->max_width) room = s->pass->max_width;
    if (room < 1) room = 1;
    if (s->n_fresh > room) {
        if (!cpn_sort(s->fresh, s->n_fresh, sizeof *s->fresh, compare_limits, &context)) return cpn_fail_nomem(error);
        result->is_cut = true;
        if (s->fresh[room].limit > result->bound) result->bound = s->fresh[room].limit;
        s->n_fresh = room;
    }
    if (s->n_kept + s->n_fresh > INT32_MAX)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, "options.max_labels", "more than 2^31 labels");
    if (!reserve(&s->kept, &s->kept_capacity, s->n_kept + s->n_fresh)) return cpn_fail_nomem(error);
    memcpy(s->kept + s->n_kept, s->fresh, (size_t)s->n_fresh * sizeof *s->fresh);
    s->n_kept += s->n_fresh;
    s->layers[layer + 2] = s->n_kept;
    return CAMPAIGN_OK;
}

/* The best label of the last layer, and the set it stands for. */
static void take_best(cpn_choice_result *result, const search *s)
{
    const int64_t n = s->problem->n;
    const label *best = NULL;
    for (int64_t i = s->layers[n]; i < s->layers[n + 1]; i++) {
        const label *at = &s->kept[i];
        if (!best || at->value > best->value || (at->value == best->value && at->own > best->own)) best = at;
    }
    result->n_labels = s->n_kept;
    result->is_feasible = best != NULL;
    if (!best) return;
    result->value = best->value;
    result->cost = best->cost;
    if (!result->is_cut || result->bound < best->value) result->bound = best->value;
    result->is_proven = result->bound == best->value;
    for (int64_t i = n - 1; i >= 0; i--) {
        if (result->is_chosen) result->is_chosen[i] = best->takes;
        best = &s->kept[best->parent];
    }
}

campaign_status cpn_choice_search(cpn_choice_result *result, const cpn_choice_pass *pass, campaign_error *error)
{
    const cpn_choice_problem *problem = pass->of->problem;
    const bool has_budget = problem->has_budget && !pass->of->is_dropped[CPN_RULE_BUDGET];
    search s = { .pass = pass, .problem = problem, .budget = has_budget ? problem->budget : INT64_MAX };
    s.slack = cpn_choice_slack(problem, pass->graph->price);
    bool *is_chosen = result->is_chosen;
    *result = (cpn_choice_result){ .is_chosen = is_chosen, .bound = INT64_MIN };
    campaign_status status = cpn_choice_slots_open(&s.slots, pass->of, error);
    s.layers = cpn_alloc_zero(problem->n + 2, sizeof *s.layers);
    if (status == CAMPAIGN_OK && (!s.layers || !reserve(&s.kept, &s.kept_capacity, 1))) status = cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) {
        s.kept[s.n_kept++] = (label){ .parent = -1 };
        s.layers[1] = 1;
        if (pass->aim != CPN_AIM_FEASIBLE) s.kept[0].limit = limit_of(&s, &s.kept[0]);
    }
    for (int64_t layer = 0; layer < problem->n && status == CAMPAIGN_OK; layer++)
        status = advance(&s, result, layer, error);
    if (status == CAMPAIGN_OK) take_best(result, &s);
    cpn_choice_slots_free(&s.slots);
    cpn_free(s.kept);
    cpn_free(s.fresh);
    cpn_free(s.layers);
    return status;
}
