/* What a set of candidates becomes, and which rules it breaks: looked at directly, without a search. */
#include <string.h>

#include "base/date.h"
#include "base/memory.h"
#include "plan/choice/choice.h"

/* Whether candidate a gives a merged campaign its name before b does. */
static bool leads(const cpn_choice_candidate *a, const cpn_choice_candidate *b)
{
    if (a->is_big != b->is_big) return a->is_big;
    if (a->is_filler != b->is_filler) return b->is_filler;
    if (a->value != b->value) return a->value > b->value;
    if (a->start != b->start) return a->start < b->start;
    return a->place < b->place;
}

static void join(cpn_choice_campaign *campaign, const cpn_choice_problem *problem, int64_t i)
{
    const cpn_choice_candidate *c = &problem->candidates[i];
    campaign->n_members++;
    if (c->start < campaign->start) campaign->start = c->start;
    if (c->end > campaign->end) campaign->end = c->end;
    if (leads(c, &problem->candidates[campaign->lead])) campaign->lead = i;
    campaign->is_big = campaign->is_big || c->is_big;
    if (problem->sums_value)
        campaign->value += c->value;
    else if (c->value > campaign->value)
        campaign->value = c->value;
    if (!problem->takes_larger_cost)
        campaign->cost += c->cost;
    else if (c->cost > campaign->cost)
        campaign->cost = c->cost;
}

int64_t cpn_choice_merge(cpn_choice_campaign *campaigns, int64_t *campaign_of, const cpn_choice_problem *problem,
                         const bool *is_chosen)
{
    int64_t n = 0;
    for (int64_t i = 0; i < problem->n; i++) {
        const cpn_choice_candidate *c = &problem->candidates[i];
        if (campaign_of) campaign_of[i] = -1;
        if (!is_chosen[i]) continue;
        if (problem->merges && n > 0 && c->first < campaigns[n - 1].end)
            join(&campaigns[n - 1], problem, i);
        else
            campaigns[n++] = (cpn_choice_campaign){ .lead = i,
                                                    .n_members = 1,
                                                    .first = c->first,
                                                    .start = c->start,
                                                    .end = c->end,
                                                    .value = c->value,
                                                    .cost = c->cost,
                                                    .is_big = c->is_big };
        if (campaign_of) campaign_of[i] = n - 1;
    }
    return n;
}

/* ---- Broken rules ----------------------------------------------------------------------------------------------- */

typedef struct check {
    const cpn_choice_problem *problem;
    cpn_choice_campaign *campaigns;
    int64_t n, mine; /* mine: the campaign that holds the added candidate */
    int64_t added;
    bool *is_chosen;
    cpn_choice_break *breaks;
    int32_t n_breaks;
} check;

static void add_break(check *k, cpn_choice_rule rule, int64_t other, int64_t relation, int32_t period)
{
    if (k->n_breaks < CPN_CHOICE_BREAKS)
        k->breaks[k->n_breaks++] =
            (cpn_choice_break){ .rule = rule, .other = other, .relation = relation, .period = period };
}

/* Campaigns too near or in each other's way; of several the one that is worth most is named. */
static void check_gaps(check *k)
{
    const cpn_choice_problem *problem = k->problem;
    const cpn_choice_campaign *mine = &k->campaigns[k->mine], *too_near = NULL, *in_the_way = NULL;
    for (int64_t i = 0; i < k->n; i++) {
        const cpn_choice_campaign *other = &k->campaigns[i];
        if (i == k->mine) continue;
        const cpn_choice_campaign *earlier = i < k->mine ? other : mine, *later = i < k->mine ? mine : other;
        if (later->first < earlier->end) {
            if (!in_the_way || other->value > in_the_way->value) in_the_way = other;
        } else if (later->start - earlier->end < problem->gap_days - 1) {
            if (!too_near || other->value > too_near->value) too_near = other;
        }
    }
    if (in_the_way) add_break(k, CPN_RULE_OVERLAP, in_the_way->lead, -1, 0);
    if (too_near) add_break(k, CPN_RULE_GAP, too_near->lead, -1, 0);
}

static int32_t count_period(const check *k, bool is_big, int32_t period)
{
    int32_t n = 0;
    for (int64_t i = 0; i < k->n; i++) {
        const int32_t month = cpn_month_index(k->campaigns[i].start);
        if (k->campaigns[i].is_big == is_big) n += (is_big ? cpn_choice_quarter(k->problem, month) : month) == period;
    }
    return n;
}

static void check_density(check *k, bool is_big)
{
    const cpn_choice_problem *problem = k->problem;
    const cpn_choice_density *density = is_big ? &problem->big : &problem->small;
    for (int64_t i = 0; i < k->n; i++) {
        if (k->campaigns[i].is_big != is_big) continue;
        const int32_t month = cpn_month_index(k->campaigns[i].start);
        const int32_t period = is_big ? cpn_choice_quarter(problem, month) : month;
        if (count_period(k, is_big, period) <= cpn_choice_maximum(problem, is_big, period)) continue;
        add_break(k, is_big ? CPN_RULE_BIG_MAX : CPN_RULE_SMALL_MAX, -1, -1, period);
        break;
    }
    if (problem->start_month >= problem->end_month || density->minimum == 0) return;
    const int32_t first = is_big ? cpn_choice_quarter(problem, problem->start_month) : problem->start_month;
    const int32_t last = is_big ? cpn_choice_quarter(problem, problem->end_month - 1) : problem->end_month - 1;
    for (int32_t period = first; period <= last; period++) {
        if (count_period(k, is_big, period) >= density->minimum) continue;
        add_break(k, is_big ? CPN_RULE_BIG_MIN : CPN_RULE_SMALL_MIN, -1, -1, period);
        return;
    }
}

static void check_budget(check *k)
{
    int64_t cost = 0;
    for (int64_t i = 0; i < k->n; i++) cost += k->campaigns[i].cost;
    if (k->problem->has_budget && cost > k->problem->budget) add_break(k, CPN_RULE_BUDGET, -1, -1, 0);
}

/* Relations that the added candidate is a member of: the others never need it. */
static void check_relations(check *k)
{
    const cpn_choice_problem *problem = k->problem;
    for (int64_t r = 0; r < problem->n_relations; r++) {
        const cpn_choice_relation *relation = &problem->relations[r];
        int64_t other = -1;
        bool is_member = false;
        for (int64_t i = 0; i < relation->n; i++) {
            const int64_t member = relation->members[i];
            is_member = is_member || member == k->added;
            if (member == k->added || other >= 0) continue;
            if (k->is_chosen[member] == (relation->kind == CPN_NEVER_TOGETHER)) other = member;
        }
        if (is_member && other >= 0 && relation->kind != CPN_FORCED_WINDOW)
            add_break(k, CPN_RULE_RELATION, other, r, 0);
    }
}

campaign_status cpn_choice_breaks(cpn_choice_break breaks[CPN_CHOICE_BREAKS], int32_t *n_breaks,
                                  const cpn_choice_problem *problem, const bool *is_chosen, int64_t added,
                                  campaign_error *error)
{
    check k = { .problem = problem, .added = added, .breaks = breaks };
    *n_breaks = 0;
    k.campaigns = cpn_alloc(problem->n, sizeof *k.campaigns);
    k.is_chosen = cpn_alloc(problem->n, sizeof *k.is_chosen);
    int64_t *campaign_of = cpn_alloc(problem->n, sizeof *campaign_of);
    const bool has_memory = k.campaigns && k.is_chosen && campaign_of;
    if (has_memory) {
        memcpy(k.is_chosen, is_chosen, (size_t)problem->n * sizeof *is_chosen);
        k.is_chosen[added] = true;
        k.n = cpn_choice_merge(k.campaigns, campaign_of, problem, k.is_chosen);
        k.mine = campaign_of[added];
        const cpn_choice_bar bar = problem->candidates[added].bar;
        if (bar == CPN_BAR_FORBIDDEN) add_break(&k, CPN_RULE_FORBIDDEN, -1, -1, 0);
        if (bar == CPN_BAR_BLACKOUT) add_break(&k, CPN_RULE_BLACKOUT, -1, -1, 0);
        check_gaps(&k);
        check_density(&k, true);
        check_density(&k, false);
        check_budget(&k);
        check_relations(&k);
        *n_breaks = k.n_breaks;
    }
    cpn_free(k.campaigns);
    cpn_free(k.is_chosen);
    cpn_free(campaign_of);
    return has_memory ? CAMPAIGN_OK : cpn_fail_nomem(error);
}
