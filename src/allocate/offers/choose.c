/* What one customer chooses at given prices, and the one exchange that loses least.
 *
 * A customer's limits are nested sets of offers, so that what may be chosen is a matroid (laminar, truncated): taking the
 * best scores one by one is the best choice, and the next best choice differs by one exchange (Edmonds 1971). */
#include <math.h>
#include <string.h>

#include "allocate/offers/offers.h"
#include "base/memory.h"

bool cpn_offers_scratch_open(cpn_offers_scratch *scratch, const cpn_offers_problem *problem)
{
    const int64_t n = problem->n_offers;
    const int64_t n_extra = problem->n_costs - 1;
    *scratch = (cpn_offers_scratch){ 0 };
    scratch->scores = cpn_alloc(n, sizeof *scratch->scores);
    scratch->chosen = cpn_alloc(n, sizeof *scratch->chosen);
    scratch->is_chosen = cpn_alloc(n, sizeof *scratch->is_chosen);
    scratch->order = cpn_alloc(n, sizeof *scratch->order);
    scratch->counts = cpn_alloc(problem->n_nodes, sizeof *scratch->counts);
    scratch->offers = cpn_alloc(n, sizeof *scratch->offers);
    scratch->values = cpn_alloc(n, sizeof *scratch->values);
    scratch->costs = cpn_alloc(n * n_extra, sizeof *scratch->costs);
    if (scratch->scores && scratch->chosen && scratch->is_chosen && scratch->order && scratch->counts &&
        scratch->offers && scratch->values && scratch->costs)
        return true;
    cpn_offers_scratch_close(scratch);
    return false;
}

void cpn_offers_scratch_close(cpn_offers_scratch *scratch)
{
    cpn_free(scratch->scores);
    cpn_free(scratch->chosen);
    cpn_free(scratch->is_chosen);
    cpn_free(scratch->order);
    cpn_free(scratch->counts);
    cpn_free(scratch->offers);
    cpn_free(scratch->values);
    cpn_free(scratch->costs);
    *scratch = (cpn_offers_scratch){ 0 };
}

void cpn_offers_price(double *prices, const cpn_offers_problem *problem, const double *multipliers)
{
    const int64_t n_cells = problem->n_groups * problem->n_offers;
    for (int64_t cell = 0; cell < n_cells; cell++) {
        double *at = &prices[cell * problem->n_costs];
        for (int32_t c = 0; c < problem->n_costs; c++) at[c] = 0;
        for (int64_t u = problem->use_starts[cell]; u < problem->use_starts[cell + 1]; u++)
            at[problem->uses[u].cost] += multipliers[problem->uses[u].row];
    }
}

void cpn_offers_score(cpn_offers_scratch *scratch, const cpn_offers_problem *problem, const cpn_offers_view *view,
                      const double *prices)
{
    const int32_t n_extra = problem->n_costs - 1;
    const double *group = prices + cpn_offers_cell(problem, view->group, 0) * problem->n_costs;
    for (int32_t p = 0; p < view->n; p++) {
        const double *price = group + (int64_t)view->offers[p] * problem->n_costs;
        double score = view->values[p] - price[0];
        for (int32_t e = 0; e < n_extra; e++) score -= view->costs[(int64_t)p * n_extra + e] * price[e + 1];
        scratch->scores[p] = score;
    }
}

/* One offer at most, or exactly, and no other limit. */
static void choose_one(cpn_offers_choice *choice, cpn_offers_scratch *scratch, const cpn_offers_view *view,
                       bool is_exact)
{
    int32_t first = -1, second = -1;
    for (int32_t p = 0; p < view->n; p++) {
        scratch->is_chosen[p] = 0;
        if (first < 0 || scratch->scores[p] > scratch->scores[first]) {
            second = first;
            first = p;
        } else if (second < 0 || scratch->scores[p] > scratch->scores[second]) {
            second = p;
        }
    }
    *choice = (cpn_offers_choice){ .margin = INFINITY, .out = -1, .in = -1 };
    if (first < 0) return;
    const double best = scratch->scores[first];
    if (!is_exact && !(best > 0)) {
        choice->margin = -best;
        choice->in = first;
        return;
    }
    choice->n = 1;
    choice->total = best;
    choice->out = first;
    scratch->chosen[0] = first;
    scratch->is_chosen[first] = 1;
    const double next = second >= 0 ? scratch->scores[second] : -INFINITY;
    if (is_exact || next > 0) {
        choice->margin = best - next;
        choice->in = second;
        if (second < 0) choice->out = -1;
    } else {
        choice->margin = best;
    }
}

static int32_t room_of(const cpn_offers_problem *problem, const cpn_offers_view *view, int32_t node)
{
    return node == 0 ? view->most : problem->nodes[node].most;
}

/* The innermost full node that an offer lies in, or -1. */
static int32_t full_node(const cpn_offers_problem *problem, const cpn_offers_view *view, const int32_t *counts,
                         int32_t offer)
{
    for (int32_t node = problem->leaves[offer]; node >= 0; node = problem->nodes[node].parent)
        if (counts[node] >= room_of(problem, view, node)) return node;
    return -1;
}

static bool lies_in(const cpn_offers_problem *problem, int32_t offer, int32_t node)
{
    int32_t at = problem->leaves[offer];
    while (at >= 0 && at != node) at = problem->nodes[at].parent;
    return at == node;
}

/* Takes the best scores one by one. */
static void choose_greedily(cpn_offers_choice *choice, cpn_offers_scratch *scratch, const cpn_offers_problem *problem,
                            const cpn_offers_view *view)
{
    const bool is_exact = problem->knobs.given.is_exact;
    memset(scratch->is_chosen, 0, (size_t)view->n);
    memset(scratch->counts, 0, (size_t)problem->n_nodes * sizeof *scratch->counts);
    while (choice->n < view->most) {
        int32_t best = -1;
        for (int32_t p = 0; p < view->n; p++) {
            if (scratch->is_chosen[p] || (!is_exact && !(scratch->scores[p] > 0)) ||
                (best >= 0 && !(scratch->scores[p] > scratch->scores[best])))
                continue;
            if (full_node(problem, view, scratch->counts, view->offers[p]) < 0) best = p;
        }
        if (best < 0) return;
        scratch->is_chosen[best] = 1;
        scratch->chosen[choice->n++] = best;
        choice->total += scratch->scores[best];
        for (int32_t node = problem->leaves[view->offers[best]]; node >= 0; node = problem->nodes[node].parent)
            scratch->counts[node]++;
    }
}

/* The lowest score among what is chosen inside a node; the last of equals. */
static int32_t lowest_in(const cpn_offers_choice *choice, const cpn_offers_scratch *scratch,
                         const cpn_offers_problem *problem, const cpn_offers_view *view, int32_t node)
{
    for (int32_t i = choice->n - 1; i >= 0; i--)
        if (lies_in(problem, view->offers[scratch->chosen[i]], node)) return scratch->chosen[i];
    return -1;
}

static void offer_exchange(cpn_offers_choice *choice, double margin, int32_t out, int32_t in)
{
    if (!(margin < choice->margin)) return;
    choice->margin = margin;
    choice->out = out;
    choice->in = in;
}

static void find_exchange(cpn_offers_choice *choice, const cpn_offers_scratch *scratch,
                          const cpn_offers_problem *problem, const cpn_offers_view *view)
{
    const bool is_exact = problem->knobs.given.is_exact;
    const int32_t last = choice->n > 0 ? scratch->chosen[choice->n - 1] : -1;
    if (last >= 0 && !is_exact) offer_exchange(choice, scratch->scores[last], last, -1);
    for (int32_t p = 0; p < view->n; p++) {
        if (scratch->is_chosen[p]) continue;
        const int32_t node = full_node(problem, view, scratch->counts, view->offers[p]);
        if (node < 0) {
            if (!is_exact) offer_exchange(choice, -scratch->scores[p], -1, p);
            continue;
        }
        const int32_t out = lowest_in(choice, scratch, problem, view, node);
        if (out >= 0) offer_exchange(choice, scratch->scores[out] - scratch->scores[p], out, p);
    }
}

void cpn_offers_choose(cpn_offers_choice *choice, cpn_offers_scratch *scratch, const cpn_offers_problem *problem,
                       const cpn_offers_view *view)
{
    if (problem->is_simple) {
        choose_one(choice, scratch, view, problem->knobs.given.is_exact);
        return;
    }
    *choice = (cpn_offers_choice){ .margin = INFINITY, .out = -1, .in = -1 };
    choose_greedily(choice, scratch, problem, view);
    find_exchange(choice, scratch, problem, view);
}

bool cpn_offers_may_swap(const cpn_offers_problem *problem, const cpn_offers_view *view, const uint8_t *is_chosen,
                         int32_t out, int32_t in)
{
    for (int32_t node = problem->leaves[view->offers[in]]; node >= 0; node = problem->nodes[node].parent) {
        int32_t n = 1;
        for (int32_t p = 0; p < view->n; p++) n += p != out && is_chosen[p] && lies_in(problem, view->offers[p], node);
        if (n > room_of(problem, view, node)) return false;
    }
    return true;
}
