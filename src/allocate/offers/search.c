/* Small problems: handed to the search for whole choices, whose answer is taken where it is better. */
#include <math.h>
#include <string.h>

#include "allocate/offers/small.h"
#include "base/memory.h"

/* What is searched without being asked: pairs × rows up to a size, larger where exactly so many are due, because then the
 * budgets alone may be hard to keep. Where nodes are asked for, up to CPN_OFFERS_SMALL_PAIRS. */
static const int64_t usual_size = 20000, exact_size = 100000;

/* A gap that rounding to whole choices does not explain: the linear problem itself is then solved to its end. */
static bool is_wide(const cpn_offers_answer *answer, const cpn_offers_problem *problem)
{
    return problem->n_nodes == 1 && problem->n_customers > 0 && problem->n_pairs <= CPN_OFFERS_SMALL_PAIRS &&
           !(answer->bound - answer->value <= 1e-4 * fabs(answer->bound));
}

static bool is_small(const cpn_offers_problem *problem)
{
    const int64_t asked = problem->knobs.given.node_limit;
    const int64_t size = problem->knobs.given.is_exact ? exact_size : usual_size;
    if (problem->n_nodes > 1 || problem->n_customers == 0 || asked < 0 || problem->n_pairs > CPN_OFFERS_SMALL_PAIRS)
        return false;
    return asked > 0 || problem->n_pairs * problem->n_rows <= size;
}

/* Whether the shares keep every row in whole steps. */
static bool keeps_rows(const cpn_offers_small_problem *made, const cpn_offers_problem *problem, const double *shares,
                       campaign_status *status)
{
    int64_t *rest = cpn_alloc(problem->n_rows, sizeof *rest);
    bool is_kept = rest != NULL;
    if (!rest) *status = CAMPAIGN_E_NOMEM;
    for (int32_t r = 0; rest && r < problem->n_rows; r++) rest[r] = problem->rows[r].amount;
    for (int64_t p = 0; rest && p < made->small.n_pairs; p++)
        for (int64_t u = made->use_starts[p]; shares[p] > 0.5 && u < made->use_starts[p + 1]; u++)
            rest[made->use_rows[u]] -=
                cpn_offers_steps(problem, problem->rows[made->use_rows[u]].cost, made->use_costs[u]);
    for (int32_t r = 0; rest && r < problem->n_rows; r++) is_kept = is_kept && rest[r] >= 0;
    cpn_free(rest);
    return is_kept;
}

static campaign_status take_answer(cpn_offers_answer *answer, const cpn_offers_small_problem *made,
                                   const cpn_offers_problem *problem, const cpn_offers_exact_answer *found,
                                   campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    const bool is_kept = keeps_rows(made, problem, found->shares, &status);
    if (status != CAMPAIGN_OK) return cpn_fail_nomem(error);
    answer->n_nodes = found->n_nodes;
    if (found->bound < answer->bound) answer->bound = found->bound;
    for (int32_t r = 0; r < problem->n_rows; r++) answer->best_multipliers[r] = found->multipliers[r];
    if (!is_kept || made->small.is_fractional) return CAMPAIGN_OK;
    /* The value so far was measured from a bound with an allowance for rounding: equals go to the search. */
    if (!(found->value >= answer->value - 1e-9 * fabs(answer->value))) return CAMPAIGN_OK;
    answer->is_proven = found->status == CAMPAIGN_CERTIFICATE_OPTIMAL;
    return cpn_offers_small_take(answer, made, found, 0.5, error);
}

campaign_status cpn_offers_search(cpn_offers_answer *answer, const cpn_offers_problem *problem, campaign_error *error)
{
    cpn_offers_small_problem made;
    cpn_offers_exact_answer found = { 0 };
    const bool is_whole = is_small(problem);
    if (!is_whole && !is_wide(answer, problem)) return CAMPAIGN_OK;
    campaign_status status = cpn_offers_small_fill(&made, problem, error);
    if (status != CAMPAIGN_OK) return status;
    made.small.is_fractional = !is_whole;
    status = cpn_offers_small_solve(&found, &made, problem, error);
    if (status == CAMPAIGN_OK) status = take_answer(answer, &made, problem, &found, error);
    if (status == CAMPAIGN_E_LIMIT) status = CAMPAIGN_OK; /* what was found without it stands, or nothing */
    cpn_offers_exact_free(&found);
    cpn_offers_small_free(&made);
    return status;
}
