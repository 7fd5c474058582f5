/* Money over response curves: those with a curve share what they have so that it brings most, all others stand still.
 * The room that divides budgets does it, with its proof; here its problem is posed in minor units. */
#include <math.h>
#include <string.h>

#include "allocate/budget/solver.h"
#include "base/checked.h"
#include "base/memory.h"
#include "plan/budget/curves.h"

static const int64_t most_minor = INT64_C(1) << 53; /* whole numbers that a double tells apart */

typedef struct posed {
    cpn_spend_item *items;
    cpn_response *curves;
    cpn_spend_group groups[4]; /* the root; those of no group; 1; 2 */
    cpn_spend_ratio ratio;
    cpn_spend_problem problem;
} posed;

static campaign_status pose_items(posed *p, const cpn_budget_share *shares, int64_t n, campaign_error *error)
{
    int64_t total = 0;
    for (int64_t i = 0; i < n; i++) {
        const cpn_budget_share *share = &shares[i];
        if (!cpn_add64(&total, total, share->minor) || total > most_minor)
            return cpn_fail(error, CAMPAIGN_E_OVERFLOW, "budget", "budgets beyond 2^53 minor units have no curves");
        cpn_spend_item *item = &p->items[i];
        *item = (cpn_spend_item){ .first_curve = i, .n_curves = 1, .group = 1 + share->group };
        item->value = share->curve ? share->curve->value : 0;
        item->minimum = (double)(share->curve ? share->minimum : share->minor);
        item->maximum = share->curve ? (double)share->maximum : item->minimum;
        if (share->curve && share->maximum > most_minor) item->maximum = (double)INFINITY;
        p->curves[i] = share->curve ? share->curve->response : (cpn_response){ .kind = CPN_RESPONSE_LINEAR };
    }
    p->groups[0].maximum = (double)total;
    return CAMPAIGN_OK;
}

static campaign_status pose(posed *p, const cpn_budget_share *shares, int64_t n, const cpn_budget_ratio *ratio,
                            campaign_error *error)
{
    *p = (posed){ .items = cpn_alloc(n, sizeof *p->items), .curves = cpn_alloc(n, sizeof *p->curves) };
    if (!p->items || !p->curves) return cpn_fail_nomem(error);
    for (int32_t g = 0; g < 4; g++)
        p->groups[g] = (cpn_spend_group){ .parent = g == 0 ? -1 : 0, .maximum = (double)INFINITY };
    p->problem = (cpn_spend_problem){ .items = p->items,
                                      .curves = p->curves,
                                      .groups = p->groups,
                                      .ratios = &p->ratio,
                                      .n_items = n,
                                      .n_curves = n,
                                      .n_groups = 4,
                                      .unit = 1,
                                      .objective = CPN_SPEND_RESPONSE };
    if (ratio && ratio->low_group != ratio->high_group) {
        p->ratio = (cpn_spend_ratio){ .group = 1 + ratio->low_group,
                                      .of_group = 1 + ratio->high_group,
                                      .high = (double)ratio->ratio_ppm / CPN_WHOLE_PPM };
        p->problem.n_ratios = 1;
    }
    return pose_items(p, shares, n, error);
}

static void take_answer(cpn_budget_share *shares, int64_t n, const cpn_spend_answer *answer, int32_t exponent)
{
    double unit = 1;
    for (int32_t i = 0; i < exponent; i++) unit *= 10;
    for (int64_t i = 0; i < n; i++) {
        if (!shares[i].curve) continue;
        shares[i].minor = (int64_t)answer->spends[i];
        shares[i].marginal = answer->marginals[i] * unit;
        shares[i].place = answer->places[i];
    }
}

campaign_status cpn_budget_optimise(cpn_budget_share *shares, int64_t n, cpn_budget_ratio *ratio,
                                    cpn_budget_proof *proof, const cpn_plan_facts *facts, campaign_error *error)
{
    posed p;
    cpn_spend_answer answer = { 0 };
    *proof = (cpn_budget_proof){ 0 };
    for (int64_t i = 0; i < n; i++) {
        shares[i].marginal = (double)NAN;
        proof->n += shares[i].curve != NULL;
        if (shares[i].curve) proof->shared_minor += shares[i].minor; /* parts of one int64 */
    }
    if (proof->n == 0) return CAMPAIGN_OK;
    campaign_status status = pose(&p, shares, n, ratio, error);
    if (status == CAMPAIGN_OK) status = cpn_spend_solve(&answer, &p.problem, facts->runtime, error);
    if (status == CAMPAIGN_OK) {
        take_answer(shares, n, &answer, facts->request->exponent);
        proof->gap = answer.gap;
        if (ratio) ratio->is_binding = p.problem.n_ratios > 0 && answer.ratio_multipliers[0] > 0;
    }
    cpn_spend_answer_free(&answer);
    cpn_free(p.items);
    cpn_free(p.curves);
    return status;
}
