/* One search from end to end: states, bound, a narrow pass for a good start, the whole pass, and, where the set itself is
 * asked for, one more that settles ties. */
#include <string.h>

#include "base/memory.h"
#include "plan/choice/choice.h"

enum { NARROW = 64 /* labels a layer of the pass that looks for a start */ };

/* ---- Cases ------------------------------------------------------------------------------------------------------ */

campaign_status cpn_choice_case_open(cpn_choice_case *of, const cpn_choice_problem *problem, campaign_error *error)
{
    memset(of, 0, sizeof *of);
    of->problem = problem;
    of->wishes = cpn_alloc_zero(problem->n, sizeof *of->wishes);
    if (!of->wishes) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < problem->n; i++) {
        const cpn_choice_candidate *c = &problem->candidates[i];
        if (c->is_forced) of->wishes[i] = CPN_WISH_IN;
        if (c->bar != CPN_BAR_NONE && !c->is_forced) of->wishes[i] = CPN_WISH_OUT;
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_choice_case_copy(cpn_choice_case *of, const cpn_choice_case *other, campaign_error *error)
{
    *of = *other;
    of->drops_relation = of->drops_month = of->drops_quarter = NULL;
    of->wishes = cpn_alloc(other->problem->n, sizeof *of->wishes);
    if (!of->wishes) return cpn_fail_nomem(error);
    memcpy(of->wishes, other->wishes, (size_t)other->problem->n * sizeof *of->wishes);
    return CAMPAIGN_OK;
}

void cpn_choice_case_free(cpn_choice_case *of)
{
    cpn_free(of->wishes);
    cpn_free(of->drops_relation);
    cpn_free(of->drops_month);
    cpn_free(of->drops_quarter);
    memset(of, 0, sizeof *of);
}

static bool has_relations(const cpn_choice_case *of)
{
    for (int64_t r = 0; r < of->problem->n_relations && !of->is_dropped[CPN_RULE_RELATION]; r++)
        if (!of->drops_relation || !of->drops_relation[r]) return true;
    return false;
}

/* ---- Search ----------------------------------------------------------------------------------------------------- */

/* Takes over what a pass found where it is better. */
static void keep_better(cpn_choice_known *known, const cpn_choice_result *found, int64_t n)
{
    if (!found->is_feasible || (known->has_value && found->value <= known->value)) return;
    known->has_value = true;
    known->value = found->value;
    if (known->is_chosen) memcpy(known->is_chosen, found->is_chosen, (size_t)n * sizeof *found->is_chosen);
}

/* The best value, from what the bound knows. */
static campaign_status find_value(cpn_choice_known *known, cpn_choice_result *found, cpn_choice_pass *pass,
                                  campaign_error *error)
{
    const int64_t n = pass->of->problem->n, wide = pass->max_width;
    campaign_status status = CAMPAIGN_OK;
    bool is_whole = false;
    for (int32_t turn = 0; turn < 2 && status == CAMPAIGN_OK && !is_whole; turn++) {
        if (known->has_value && known->value >= known->bound) break;
        if (turn == 0 && known->has_value) continue;
        pass->max_width = turn == 0 ? NARROW : wide;
        pass->at_least = known->has_value ? known->value + 1 : INT64_MIN;
        status = cpn_choice_search(found, pass, error);
        known->n_labels += found->n_labels;
        if (status != CAMPAIGN_OK) break;
        keep_better(known, found, n);
        is_whole = !found->is_cut;
        if (found->is_cut && found->bound < known->bound) known->bound = found->bound;
        if (known->has_value && (is_whole || known->bound < known->value)) known->bound = known->value;
    }
    pass->max_width = wide;
    known->is_whole = is_whole;
    return status;
}

/* The best set among those of the best value. */
static campaign_status settle_ties(cpn_choice_known *known, cpn_choice_result *found, cpn_choice_pass *pass,
                                   campaign_error *error)
{
    pass->aim = CPN_AIM_SET;
    pass->at_least = known->value;
    const campaign_status status = cpn_choice_search(found, pass, error);
    if (status != CAMPAIGN_OK) return status;
    known->n_labels += found->n_labels;
    if (found->is_feasible && found->value >= known->value)
        memcpy(known->is_chosen, found->is_chosen, (size_t)pass->of->problem->n * sizeof *found->is_chosen);
    return CAMPAIGN_OK;
}

static campaign_status run(cpn_choice_known *known, cpn_choice_result *found, cpn_choice_pass *pass,
                           campaign_error *error)
{
    known->has_value = !has_relations(pass->of);
    if (!cpn_choice_bound(known, pass->graph, pass->of)) {
        known->has_value = false;
        known->is_whole = true;
        return CAMPAIGN_OK;
    }
    const cpn_choice_aim aim = pass->aim;
    if (aim == CPN_AIM_FEASIBLE) {
        if (known->has_value) return CAMPAIGN_OK;
        const campaign_status status = cpn_choice_search(found, pass, error);
        known->has_value = status == CAMPAIGN_OK && found->is_feasible;
        known->is_whole = !found->is_cut;
        return status;
    }
    pass->aim = CPN_AIM_VALUE;
    const campaign_status status = find_value(known, found, pass, error);
    if (status != CAMPAIGN_OK || aim != CPN_AIM_SET || !known->has_value) return status;
    return settle_ties(known, found, pass, error);
}

campaign_status cpn_choice_solve(cpn_choice_result *result, const cpn_choice_case *of, cpn_choice_graph *graph,
                                 cpn_choice_aim aim, int64_t max_labels, campaign_error *error)
{
    const int64_t n = of->problem->n;
    cpn_choice_graph own = { 0 };
    cpn_choice_pass pass = {
        .graph = graph ? graph : &own, .of = of, .aim = aim, .max_labels = max_labels, .max_width = INT64_MAX
    };
    cpn_choice_known known = { .is_chosen = result->is_chosen };
    bool *chosen = result->is_chosen ? cpn_alloc_zero(n, sizeof *chosen) : NULL;
    cpn_choice_result found = { .is_chosen = chosen };
    campaign_status status = result->is_chosen && !chosen ? cpn_fail_nomem(error) : CAMPAIGN_OK;
    if (status == CAMPAIGN_OK && !graph) status = cpn_choice_graph_build(&own, of, error);
    if (status == CAMPAIGN_OK) status = run(&known, &found, &pass, error);
    cpn_choice_graph_free(&own);
    cpn_free(chosen);
    if (status != CAMPAIGN_OK) return status;
    if (!known.has_value && !known.is_whole)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, "options.max_labels",
                        "no set that keeps the rules was found with %lld labels; allow more", (long long)max_labels);
    result->is_feasible = known.has_value;
    result->value = known.value;
    result->bound = known.bound;
    result->is_proven = known.bound == known.value;
    result->n_labels = known.n_labels;
    return CAMPAIGN_OK;
}
