/* What each candidate is worth: the optimum without those that were chosen, and with those that were not. Everything is
 * measured by solving again; where adding a candidate breaks several rules, the one that binds is the one without which
 * forcing it in costs least. */
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "plan/choice/choice.h"

/* States and optimum with one kind of rule dropped, shared by all candidates that ask. */
typedef struct relaxed {
    bool is_needed, is_feasible;
    cpn_choice_case of;
    cpn_choice_graph graph;
    int64_t value;
} relaxed;

typedef struct forcing {
    const cpn_choice_case *of;
    const cpn_choice_result *best;
    cpn_choice_reason *reasons;
    int64_t max_labels;
    relaxed by_rule[CPN_RULE_NONE]; /* the first seven; and [CPN_RULE_NONE - 1]: all rules kept */
} forcing;

enum { KEPT = CPN_RULE_NONE - 1, DROPPABLE = CPN_RULE_RELATION };

static bool is_out(const forcing *f, int64_t i)
{
    return f->of->problem->candidates[i].bar != CPN_BAR_NONE;
}

/* The best value with one candidate in or out, on states that are shared: only the bounds are the search's own. */
static campaign_status solve_with(cpn_choice_result *result, const forcing *f, const relaxed *shared, int64_t candidate,
                                  int64_t relation, int8_t wish)
{
    cpn_choice_case of;
    cpn_choice_graph graph = shared->graph;
    const int64_t n_relations = f->of->problem->n_relations;
    campaign_status status = cpn_choice_case_copy(&of, &shared->of, NULL);
    graph.bounds = cpn_alloc(graph.n_nodes, sizeof *graph.bounds);
    graph.least_cost = cpn_alloc(graph.n_nodes, sizeof *graph.least_cost);
    if (status == CAMPAIGN_OK && relation >= 0) {
        of.drops_relation = cpn_alloc_zero(n_relations, sizeof *of.drops_relation);
        if (of.drops_relation) of.drops_relation[relation] = true;
        if (!of.drops_relation) status = CAMPAIGN_E_NOMEM;
    }
    if (!graph.bounds || !graph.least_cost) status = CAMPAIGN_E_NOMEM;
    if (status == CAMPAIGN_OK) {
        if (candidate >= 0) of.wishes[candidate] = wish;
        status = cpn_choice_solve(result, &of, &graph, CPN_AIM_VALUE, f->max_labels, NULL);
    }
    cpn_free(graph.bounds);
    cpn_free(graph.least_cost);
    cpn_choice_case_free(&of);
    return status;
}

/* ---- What binds ------------------------------------------------------------------------------------------------- */

/* What forcing a candidate in costs with the rule of a break dropped; false where it is impossible even so. */
static campaign_status measure(bool *is_possible, int64_t *cost, const forcing *f, int64_t candidate,
                               const cpn_choice_break *broken)
{
    cpn_choice_result with = { 0 };
    const bool is_relation = broken->rule == CPN_RULE_RELATION;
    const relaxed *shared = &f->by_rule[is_relation ? KEPT : (int32_t)broken->rule];
    int64_t value = shared->value;
    campaign_status status = CAMPAIGN_OK;
    *is_possible = false;
    if (!is_relation && !shared->is_feasible) return CAMPAIGN_OK;
    if (is_relation) {
        cpn_choice_result without = { 0 };
        status = solve_with(&without, f, shared, -1, broken->relation, CPN_WISH_FREE);
        value = without.value;
    }
    if (status == CAMPAIGN_OK)
        status = solve_with(&with, f, shared, candidate, is_relation ? broken->relation : -1, CPN_WISH_IN);
    if (status == CAMPAIGN_E_LIMIT) return CAMPAIGN_OK;
    *is_possible = with.is_feasible;
    *cost = value - with.value;
    return status;
}

/* A candidate that breaks no rule and still gains nothing: by its own value, or because it would merge. */
static void find_worthless(cpn_choice_break *binding, const forcing *f, int64_t candidate)
{
    const cpn_choice_problem *problem = f->of->problem;
    const cpn_choice_candidate *own = &problem->candidates[candidate];
    *binding = (cpn_choice_break){ .rule = CPN_RULE_VALUE, .other = -1, .relation = -1 };
    for (int64_t i = 0; i < problem->n && problem->merges && own->value > 0; i++) {
        const cpn_choice_candidate *at = &problem->candidates[i];
        if (!f->best->is_chosen[i] || at->first >= own->end || own->first >= at->end) continue;
        if (binding->other >= 0 && at->value <= problem->candidates[binding->other].value) continue;
        binding->rule = CPN_RULE_OVERLAP;
        binding->other = i;
    }
}

static campaign_status find_binding(cpn_choice_reason *reason, const forcing *f, int64_t candidate)
{
    cpn_choice_break breaks[CPN_CHOICE_BREAKS];
    int32_t n = 0;
    campaign_status status = cpn_choice_breaks(breaks, &n, f->of->problem, f->best->is_chosen, candidate, NULL);
    if (n == 0) find_worthless(&reason->binding, f, candidate);
    if (n > 0) reason->binding = breaks[0];
    if (n < 2 || is_out(f, candidate)) return status;
    bool has_least = false;
    int64_t least = 0;
    for (int32_t i = 0; i < n && status == CAMPAIGN_OK; i++) {
        bool is_possible = false;
        int64_t cost = 0;
        status = measure(&is_possible, &cost, f, candidate, &breaks[i]);
        if (!is_possible || (has_least && cost >= least)) continue;
        has_least = true;
        least = cost;
        reason->binding = breaks[i];
    }
    return status;
}

static campaign_status explain_one(const forcing *f, int64_t candidate)
{
    cpn_choice_reason *reason = &f->reasons[candidate];
    const bool is_chosen = f->best->is_chosen[candidate];
    cpn_choice_result other = { 0 };
    reason->binding = (cpn_choice_break){ .rule = CPN_RULE_NONE, .other = -1, .relation = -1 };
    campaign_status status = CAMPAIGN_OK;
    if (is_chosen || !is_out(f, candidate))
        status = solve_with(&other, f, &f->by_rule[KEPT], candidate, -1, is_chosen ? CPN_WISH_OUT : CPN_WISH_IN);
    reason->is_measured = status == CAMPAIGN_OK;
    if (status == CAMPAIGN_E_LIMIT) status = CAMPAIGN_OK;
    if (status != CAMPAIGN_OK) return status;
    const int64_t lost = other.value < f->best->value ? f->best->value - other.value : 0;
    reason->is_proven = reason->is_measured && f->best->is_proven && (!other.is_feasible || other.is_proven);
    reason->has_worth = is_chosen && other.is_feasible;
    reason->worth = reason->has_worth ? lost : 0;
    reason->has_forcing_cost = !is_chosen && other.is_feasible;
    reason->forcing_cost = reason->has_forcing_cost ? lost : 0;
    return is_chosen ? CAMPAIGN_OK : find_binding(reason, f, candidate);
}

static campaign_status explain_chunk(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    (void)chunk;
    campaign_status status = CAMPAIGN_OK;
    for (int64_t i = first; i < last && status == CAMPAIGN_OK; i++) status = explain_one(ctx, i);
    return status;
}

/* ---- Shared states ---------------------------------------------------------------------------------------------- */

/* Which rules must be dropped on the way: those of candidates that break more than one. */
static campaign_status find_needed(forcing *f, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    f->by_rule[KEPT].is_needed = true;
    for (int64_t i = 0; i < f->of->problem->n && status == CAMPAIGN_OK; i++) {
        cpn_choice_break breaks[CPN_CHOICE_BREAKS];
        int32_t n = 0;
        if (f->best->is_chosen[i] || is_out(f, i)) continue;
        status = cpn_choice_breaks(breaks, &n, f->of->problem, f->best->is_chosen, i, error);
        for (int32_t k = 0; k < n && n > 1; k++)
            if ((int32_t)breaks[k].rule < (int32_t)DROPPABLE) f->by_rule[breaks[k].rule].is_needed = true;
    }
    return status;
}

static campaign_status open_relaxed(relaxed *shared, const forcing *f, int32_t rule, campaign_error *error)
{
    campaign_status status = cpn_choice_case_copy(&shared->of, f->of, error);
    if (status != CAMPAIGN_OK) return status;
    /* Forced candidates may be left out here: the wishes of each search say otherwise. */
    for (int64_t i = 0; i < f->of->problem->n; i++)
        if (shared->of.wishes[i] == CPN_WISH_IN) shared->of.wishes[i] = CPN_WISH_FREE;
    if (rule != (int32_t)KEPT) shared->of.is_dropped[rule] = true;
    status = cpn_choice_graph_build(&shared->graph, &shared->of, error);
    memcpy(shared->of.wishes, f->of->wishes, (size_t)f->of->problem->n * sizeof *f->of->wishes);
    if (status != CAMPAIGN_OK || rule == (int32_t)KEPT) return status;
    cpn_choice_result base = { 0 };
    status = cpn_choice_solve(&base, &shared->of, &shared->graph, CPN_AIM_VALUE, f->max_labels, error);
    shared->value = base.value;
    shared->is_feasible = base.is_feasible;
    return status == CAMPAIGN_E_LIMIT ? CAMPAIGN_OK : status;
}

campaign_status cpn_choice_explain(cpn_choice_reason *reasons, const cpn_choice_case *of, const cpn_choice_result *best,
                                   int64_t max_labels, const campaign_runtime *runtime, campaign_error *error)
{
    forcing f = { .of = of, .best = best, .reasons = reasons, .max_labels = max_labels };
    campaign_status status = find_needed(&f, error);
    for (int32_t rule = 0; rule < (int32_t)CPN_RULE_NONE && status == CAMPAIGN_OK; rule++)
        if (f.by_rule[rule].is_needed) status = open_relaxed(&f.by_rule[rule], &f, rule, error);
    if (status == CAMPAIGN_OK)
        status = cpn_parallel_for(of->problem->n, 1, explain_chunk, &f, "choose_campaigns", runtime, error);
    if (status == CAMPAIGN_E_NOMEM) (void)cpn_fail_nomem(error);
    for (int32_t rule = 0; rule < (int32_t)CPN_RULE_NONE; rule++) {
        cpn_choice_graph_free(&f.by_rule[rule].graph);
        cpn_choice_case_free(&f.by_rule[rule].of);
    }
    return status;
}
