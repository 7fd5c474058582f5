/* Choices that differ from those at the multipliers, kept as a list: most customers need no memory at all. */
#include "allocate/offers/solver.h"
#include "base/memory.h"

void cpn_offers_use_chosen(int64_t *used, const cpn_offers_state *state)
{
    const cpn_offers_problem *problem = state->problem;
    const cpn_offers_set *set = state->set;
    for (int64_t i = 0; i < set->n_customers; i++)
        for (int64_t p = set->starts[i]; p < set->starts[i + 1]; p++) {
            if (!state->is_chosen[p]) continue;
            const int64_t cell = cpn_offers_cell(problem, set->groups[i], set->offers[p]);
            for (int64_t u = problem->use_starts[cell]; u < problem->use_starts[cell + 1]; u++) {
                const cpn_offers_use *use = &problem->uses[u];
                const double cost = cpn_offers_pair_cost(problem, set->costs, p, use->cost);
                used[use->row] += use->cost == 0 ? 1 : cpn_offers_steps(problem, use->cost, cost);
            }
        }
}

/* Whether a customer's choice is what the multipliers choose. */
static bool is_usual(const cpn_offers_state *state, cpn_offers_scratch *scratch, int64_t index)
{
    cpn_offers_view view;
    cpn_offers_choice choice;
    const int64_t first = state->set->starts[index];
    cpn_offers_set_view(&view, state->set, index, state->problem->n_costs - 1);
    for (int32_t p = 0; p < view.n; p++) scratch->scores[p] = state->scores[first + p];
    cpn_offers_choose(&choice, scratch, state->problem, &view);
    for (int32_t p = 0; p < view.n; p++)
        if (scratch->is_chosen[p] != state->is_chosen[first + p]) return false;
    return true;
}

static void keep_customer(cpn_offers_answer *answer, const cpn_offers_state *state, int64_t index, int64_t *n_offers)
{
    cpn_offers_override *to = &answer->overrides[answer->n_overrides++];
    *to = (cpn_offers_override){ state->set->customers[index], *n_offers, 0 };
    for (int64_t p = state->set->starts[index]; p < state->set->starts[index + 1]; p++) {
        if (!state->is_chosen[p]) continue;
        answer->override_offers[(*n_offers)++] = state->set->offers[p];
        to->n++;
    }
}

campaign_status cpn_offers_keep(cpn_offers_answer *answer, const cpn_offers_state *state, campaign_error *error)
{
    cpn_offers_scratch scratch;
    const int64_t n = state->set->n_customers;
    uint8_t *is_other = cpn_alloc(n, sizeof *is_other);
    if (!is_other || !cpn_offers_scratch_open(&scratch, state->problem)) {
        cpn_free(is_other);
        return cpn_fail_nomem(error);
    }
    int64_t n_others = 0, n_offers = 0;
    for (int64_t i = 0; i < n; i++) {
        is_other[i] = !is_usual(state, &scratch, i);
        if (!is_other[i]) continue;
        n_others++;
        for (int64_t p = state->set->starts[i]; p < state->set->starts[i + 1]; p++) n_offers += state->is_chosen[p];
    }
    cpn_offers_scratch_close(&scratch);
    cpn_free(answer->overrides);
    cpn_free(answer->override_offers);
    answer->n_overrides = 0;
    answer->overrides = cpn_alloc(n_others, sizeof *answer->overrides);
    answer->override_offers = cpn_alloc(n_offers, sizeof *answer->override_offers);
    const bool is_fine = answer->overrides && answer->override_offers;
    n_offers = 0;
    for (int64_t i = 0; i < n && is_fine; i++)
        if (is_other[i]) keep_customer(answer, state, i, &n_offers);
    cpn_free(is_other);
    return is_fine ? CAMPAIGN_OK : cpn_fail_nomem(error);
}
