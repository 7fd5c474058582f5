/* Shares of offers in place of whole ones: the linear problem, solved to its end. */
#include <math.h>

#include "allocate/offers/small.h"
#include "base/memory.h"

static campaign_status check(const cpn_offers_problem *problem, campaign_error *error)
{
    if (problem->n_nodes > 1)
        return cpn_fail(error, CAMPAIGN_E_UNSUPPORTED, "inputs.limits", "is_fractional does not go with limits");
    if (problem->n_pairs > CPN_OFFERS_SMALL_PAIRS)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, "pairs", "%lld pairs are more than the %d that is_fractional can take",
                        (long long)problem->n_pairs, (int)CPN_OFFERS_SMALL_PAIRS);
    return CAMPAIGN_OK;
}

/* The shares that are not 0, in the order of the overrides' offers, and what they use, added up in that order. */
static campaign_status take_shares(cpn_offers_answer *answer, const cpn_offers_small_problem *made,
                                   const double *shares, campaign_error *error)
{
    const cpn_offers_small *small = &made->small;
    int64_t n = 0;
    answer->override_shares = cpn_alloc(small->n_pairs, sizeof *answer->override_shares);
    answer->share_used = cpn_alloc_zero(small->n_rows, sizeof *answer->share_used);
    if (!answer->override_shares || !answer->share_used) return cpn_fail_nomem(error);
    for (int64_t p = 0; p < small->n_pairs; p++) {
        if (!(shares[p] > 0)) continue;
        answer->override_shares[n++] = shares[p];
        for (int64_t u = small->use_starts[p]; u < small->use_starts[p + 1]; u++)
            answer->share_used[small->use_rows[u]] += small->use_costs[u] * shares[p];
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_offers_solve_shares(cpn_offers_answer *answer, const cpn_offers_problem *problem,
                                        campaign_error *error)
{
    cpn_offers_small_problem made;
    cpn_offers_exact_answer found = { 0 };
    campaign_status status = check(problem, error);
    if (status == CAMPAIGN_OK) status = cpn_offers_small_fill(&made, problem, error);
    if (status != CAMPAIGN_OK) return status;
    made.small.is_fractional = true;
    status = cpn_offers_small_solve(&found, &made, problem, error);
    if (status == CAMPAIGN_OK) status = cpn_offers_small_take(answer, &made, &found, 0, error);
    if (status == CAMPAIGN_OK) status = take_shares(answer, &made, found.shares, error);
    if (status == CAMPAIGN_OK) {
        answer->bound = found.bound;
        answer->is_proven = found.status == CAMPAIGN_CERTIFICATE_OPTIMAL;
        for (int32_t r = 0; r < problem->n_rows; r++) answer->best_multipliers[r] = found.multipliers[r];
    }
    cpn_offers_exact_free(&found);
    cpn_offers_small_free(&made);
    return status;
}
