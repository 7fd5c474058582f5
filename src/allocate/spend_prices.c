/* What limits are worth where an answer stands. The multipliers of a search that had to branch belong to its first
 * relaxation, and may be far from what one more unit brings. So what is open stays open, what is closed stays closed, and
 * every curve keeps to the stretch that bends down: that problem is concave, and its multipliers are those of the answer. */
#include <math.h>

#include "allocate/spend.h"
#include "base/memory.h"

/* The stretch that an item may move on around its spend. Where that is not known it stands still: steps, the convex part
 * of a curve, sums of S-shaped samples, the pieces of broken lines. */
static void freeze_item(cpn_spend_item *item, const cpn_spend_book *book, double spend)
{
    double least = item->opening_cost, bend = 0;
    for (int64_t c = 0; c < item->n_curves && bend < INFINITY; c++) {
        const cpn_response *curve = &book->curves[item->first_curve + c];
        const bool is_broken = curve->kind == CPN_RESPONSE_PIECEWISE_LINEAR;
        bend = is_broken ? INFINITY : fmax(bend, cpn_response_inflection(curve));
    }
    least += bend;
    if (spend > 0) least = fmax(least, item->minimum_if_open);
    const bool stands = item->step > 0 || spend < least || (spend <= 0 && (least > 0 || item->minimum_if_open > 0));
    item->minimum = stands ? spend : fmax(item->minimum, least);
    if (stands) item->maximum = spend;
    if (item->minimum > item->maximum) item->minimum = item->maximum = spend;
    item->step = item->minimum_if_open = 0;
    if (spend <= 0) item->opening_cost = 0; /* whatever it costs, it is not paid */
}

static void take_prices(cpn_spend_answer *answer, const cpn_spend_answer *found, const cpn_spend_plan *plan)
{
    for (int64_t i = 0; i < plan->problem.n_items; i++) answer->prices[i] = found->prices[i];
    for (int32_t g = 0; g < plan->problem.n_groups; g++) answer->group_multipliers[g] = found->group_multipliers[g];
    for (int32_t r = 0; r < plan->problem.n_ratios; r++) answer->ratio_multipliers[r] = found->ratio_multipliers[r];
    answer->target_multiplier = found->target_multiplier;
}

campaign_status cpn_spend_price_answer(cpn_spend_answer *answer, const cpn_spend_plan *plan, const cpn_spend_book *book,
                                       const campaign_runtime *runtime, campaign_error *error)
{
    cpn_spend_answer found = { 0 };
    cpn_spend_problem frozen = plan->problem;
    if (answer->n_nodes == 0) return CAMPAIGN_OK;
    cpn_spend_item *items = cpn_alloc(frozen.n_items, sizeof *items);
    if (!items) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < frozen.n_items; i++) {
        items[i] = plan->items[i];
        freeze_item(&items[i], book, answer->spends[i]);
    }
    frozen.items = items;
    frozen.unit = 0; /* prices know nothing of whole units */
    frozen.node_limit = 1;
    campaign_status status = cpn_spend_solve(&found, &frozen, runtime, error);
    if (status == CAMPAIGN_OK) {
        take_prices(answer, &found, plan);
        cpn_spend_answer_free(&found);
    } else if (status != CAMPAIGN_E_NOMEM && status != CAMPAIGN_E_CANCELLED) {
        status = CAMPAIGN_OK; /* nothing can move: the first relaxation's are all there are */
    }
    cpn_free(items);
    return status;
}
