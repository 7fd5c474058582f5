/* The demand model of the promotion weeks: what a week sells, and what a whole row of choices brings. */
#include <math.h>

#include "plan/weeks/weeks.h"

/* Beyond it a double has no halves left to round. */
static const double most_minor = 4503599627370496.0; /* 2^52 */

static bool to_minor(int64_t *minor, double amount)
{
    if (!(amount < most_minor)) return false;
    *minor = (int64_t)amount;
    if (amount - (double)*minor >= 0.5) ++*minor;
    return true;
}

bool cpn_weeks_sell(cpn_weeks_sale *sale, const cpn_weeks_problem *problem, int64_t item, int32_t week,
                    const cpn_weeks_act *act)
{
    const cpn_weeks_item *owner = &problem->items[item];
    const cpn_weeks_level *level = &problem->levels[owner->first_level + act->choice];
    const double season = problem->cells[item * problem->n_weeks + week].season;
    sale->units = owner->base * season * (level->demand * act->factor);
    sale->promotion_cost = act->choice > 0 ? level->cost : 0;
    return to_minor(&sale->revenue, sale->units * (double)level->price) &&
           to_minor(&sale->goods_cost, sale->units * (double)owner->cost);
}

int64_t cpn_weeks_worth(const cpn_weeks_problem *problem, const cpn_weeks_sale *sale)
{
    return problem->knobs.is_revenue ? sale->revenue : sale->revenue - sale->goods_cost - sale->promotion_cost;
}

bool cpn_weeks_value(int64_t *value, const cpn_weeks_problem *problem, int64_t item, int32_t week,
                     const cpn_weeks_act *act)
{
    cpn_weeks_sale sale;
    if (!cpn_weeks_sell(&sale, problem, item, week, act)) return false;
    const cpn_weeks_item *owner = &problem->items[item];
    *value = cpn_weeks_worth(problem, &sale);
    if (owner->reference_weight <= 0) return true;
    /* The reference price was rounded up, so that units are at least the true ones, or with a margin below zero at most.
     * Two roundings of a true week add less than one minor unit; 1e-12 covers the arithmetic. */
    const int64_t goods = problem->knobs.is_revenue ? 0 : owner->cost;
    const double margin = (double)(problem->levels[owner->first_level + act->choice].price - goods);
    const double units = margin < 0 ? sale.units * owner->reference_least : sale.units;
    const double worth = units * margin;
    const double guarded = worth < 0 ? worth * (1 - 1e-12) : worth * (1 + 1e-12);
    *value = (int64_t)floor(guarded) + 1 - (problem->knobs.is_revenue ? 0 : sale.promotion_cost);
    return true;
}

/* ---- What demand remembers --------------------------------------------------------------------------------------- */

cpn_weeks_history cpn_weeks_start(const cpn_weeks_problem *problem, const cpn_weeks_unit *unit)
{
    cpn_weeks_history history = { 0, 1 };
    const int64_t first = problem->members[unit->first_member];
    const cpn_weeks_item *item = &problem->items[first];
    for (int32_t ago = CPN_WEEKS_GAP; problem->past && ago >= 1; ago--) {
        const int64_t price = problem->past[first * CPN_WEEKS_GAP + ago - 1];
        const double ratio = price ? (double)price / (double)item->price : 1;
        history.reference = item->reference_decay * history.reference + (1 - item->reference_decay) * ratio;
    }
    for (int32_t ago = unit->n_memory; problem->past && ago >= 1; ago--) {
        bool is_regular = true;
        for (int64_t i = 0; i < unit->n_members; i++)
            if (problem->past[problem->members[unit->first_member + i] * CPN_WEEKS_GAP + ago - 1]) is_regular = false;
        if (!is_regular) history.digits |= (uint64_t)(unit->n_choices + ago - 1) << (CPN_WEEKS_DIGIT * (ago - 1));
    }
    return history;
}

void cpn_weeks_advance(cpn_weeks_history *history, const cpn_weeks_problem *problem, const cpn_weeks_unit *unit,
                       int32_t choice)
{
    const uint64_t mask = (UINT64_C(1) << (CPN_WEEKS_DIGIT * unit->n_memory)) - 1;
    history->digits = (history->digits << CPN_WEEKS_DIGIT | (uint64_t)choice) & mask;
    const cpn_weeks_item *item = &problem->items[problem->members[unit->first_member]];
    if (item->reference_weight <= 0) return;
    const double ratio = (double)problem->levels[item->first_level + choice].price / (double)item->price;
    history->reference = item->reference_decay * history->reference + (1 - item->reference_decay) * ratio;
}

double cpn_weeks_factor(const cpn_weeks_problem *problem, const cpn_weeks_unit *unit, int64_t item,
                        const cpn_weeks_history *history)
{
    const cpn_weeks_item *owner = &problem->items[item];
    const cpn_weeks_level *levels = cpn_weeks_levels(problem, owner);
    double factor = 1;
    for (int32_t m = 0; m < unit->n_memory; m++) {
        const uint64_t digit = history->digits >> (CPN_WEEKS_DIGIT * m) & ((1u << CPN_WEEKS_DIGIT) - 1);
        factor *= levels[digit].memory[m];
    }
    if (owner->reference_weight > 0) factor *= pow(history->reference, owner->reference_weight);
    return factor;
}

/* ---- Rows of choices --------------------------------------------------------------------------------------------- */

bool cpn_weeks_evaluate(int64_t *value, cpn_weeks_sale *sales, const cpn_weeks_problem *problem,
                        const cpn_weeks_unit *unit, const uint8_t *choices)
{
    cpn_weeks_history history = cpn_weeks_start(problem, unit);
    int64_t sum = 0;
    for (int32_t week = 0; week < problem->n_weeks; week++) {
        cpn_weeks_act act = { .choice = choices ? choices[week] : 0 };
        for (int64_t i = 0; i < unit->n_members; i++) {
            const int64_t item = problem->members[unit->first_member + i];
            cpn_weeks_sale sale;
            act.factor = cpn_weeks_factor(problem, unit, item, &history);
            if (!cpn_weeks_sell(&sale, problem, item, week, &act)) return false;
            sum += cpn_weeks_worth(problem, &sale);
            if (sales) sales[i * problem->n_weeks + week] = sale;
        }
        cpn_weeks_advance(&history, problem, unit, act.choice);
    }
    *value = sum;
    return true;
}
