/* How far spend can go where nothing bounds it: the search needs an end, and the objective has one. */
#include <math.h>

#include "allocate/budget/spend.h"
#include "base/memory.h"

/* Spend beyond which one more unit brings less than price for good; INFINITY where that never comes. */
static double curve_end(const cpn_response *curve, double value, double price)
{
    double most = 0;
    if (value <= 0 || (curve->kind != CPN_RESPONSE_PIECEWISE_LINEAR && curve->scale <= 0)) return 0;
    if (curve->kind == CPN_RESPONSE_PIECEWISE_LINEAR)
        most = curve->spends[curve->n_points - 1];
    else if (curve->kind == CPN_RESPONSE_LINEAR)
        most = value * curve->scale > price ? INFINITY : 0;
    else if (!(price > 0))
        most = INFINITY;
    else
        most = cpn_response_inverse_slope(curve, price / value);
    return most;
}

static double item_end(const cpn_spend_plan *plan, const cpn_spend_book *book, int64_t i, double price)
{
    const cpn_spend_item *item = &plan->items[i];
    /* Weights of samples add up to 1 + risk_aversion at most, as sizes (norms of a ball). */
    const double value = item->value * (1 + book->knobs.given.risk_aversion);
    double most = 0;
    for (int64_t c = 0; c < book->items[i].n_curves; c++)
        most = fmax(most, curve_end(&book->curves[book->items[i].first_curve + c], value, price));
    return item->opening_cost + most;
}

/* Room for what groups must spend, and for what shares draw along. */
static double draw_along(const cpn_spend_book *book, double sum)
{
    double factor = 1;
    for (int32_t l = 0; l < book->n_limits; l++) {
        const cpn_spend_limit *limit = &book->limits[l];
        if (limit->kind == CPN_SPEND_LIMIT_MINIMUM) sum += limit->amount;
        if (limit->kind == CPN_SPEND_LIMIT_SHARE || limit->kind == CPN_SPEND_LIMIT_MINIMUM_SHARE)
            factor += fmax(limit->share, limit->share > 0 ? 1 / limit->share : 0);
        if (limit->kind == CPN_SPEND_LIMIT_MAXIMUM_SHARE && limit->share > 0) factor += 1 / limit->share;
    }
    return sum * factor;
}

static campaign_status cap_by_price(cpn_spend_plan *plan, const cpn_spend_book *book, double price,
                                    campaign_error *error)
{
    double sum = 0;
    for (int64_t i = 0; i < book->n_items; i++) {
        const cpn_spend_item *item = &plan->items[i];
        sum += item->maximum < INFINITY
                   ? item->maximum
                   : fmax(fmax(item->minimum, item->minimum_if_open), item_end(plan, book, i, price)) + item->step;
    }
    sum = ceil(draw_along(book, sum) + 1);
    if (!(sum <= (book->terms.is_money ? (double)CPN_SPEND_MOST_MINOR : CPN_SPEND_MOST)))
        return cpn_fail(error, CAMPAIGN_E_MISSING, "options.has_budget",
                        "nothing bounds the spend: give a budget, or a maximum to every item or group");
    plan->groups[0].maximum = sum;
    return CAMPAIGN_OK;
}

/* Some spends that reach the target without regard to limits: all items at the same multiple of where they bend. */
static double first_guess(const cpn_spend_plan *plan, const cpn_spend_book *book)
{
    double sum = 0, multiple = 1e-3;
    for (; multiple < 1e12; multiple *= 2) {
        double response = 0;
        sum = 0;
        for (int64_t i = 0; i < book->n_items; i++) {
            const cpn_spend_item *item = &plan->items[i];
            const cpn_response *curve = &book->curves[book->items[i].first_curve];
            const double bend = curve->location > 0 ? curve->location : book->terms.unit;
            const double spend = fmin(item->maximum, fmax(item->minimum, item->opening_cost + bend * multiple));
            response += item->value * cpn_spend_response_at(book, &book->items[i], spend + book->items[i].base).value;
            sum += spend;
        }
        if (response >= plan->problem.target) break;
    }
    return sum;
}

campaign_status cpn_spend_plan_cap(cpn_spend_plan *plan, const cpn_spend_book *book, campaign_error *error)
{
    const int32_t objective = book->knobs.given.objective;
    if (book->most < INFINITY) return CAMPAIGN_OK;
    if (objective == CAMPAIGN_ALLOCATE_BUDGET_PROFIT) return cap_by_price(plan, book, 1, error);
    if (objective == CAMPAIGN_ALLOCATE_BUDGET_MARGINAL_RETURN)
        return cap_by_price(plan, book, book->knobs.given.target, error);
    plan->groups[0].maximum = ceil(draw_along(book, first_guess(plan, book)) + 1);
    return CAMPAIGN_OK;
}

bool cpn_spend_plan_widen(cpn_spend_plan *plan, const cpn_spend_book *book)
{
    const double most = book->terms.is_money ? (double)CPN_SPEND_MOST_MINOR : 1e15;
    if (book->most < INFINITY || plan->groups[0].maximum >= most) return false;
    plan->groups[0].maximum = fmin(plan->groups[0].maximum * 64, most);
    return true;
}
