/* Whether the rules of a budget can hold together: bounds of each item by itself, then the tree of groups. Where groups
 * only have amounts, what a group must and may spend follows from its children upwards. */
#include "allocate/budget/check.h"

#include <math.h>

#include "base/memory.h"
#include "base/number.h"

/* ---- Items ------------------------------------------------------------------------------------------------------- */

static campaign_status refuse_item(const cpn_spend_book *book, const cpn_spend_entry *item, campaign_status code,
                                   const char *where, const char *words, campaign_error *error)
{
    char name[CPN_NAMED_KEY_TEXT];
    cpn_named_key_text(name, &book->item_keys, item - book->items);
    return cpn_fail_row(error, code, item->row, where, words, name);
}

/* Whole packs on top of what is spent; a bound that is a pack but for its last digits is meant to be one. */
static double packs(double amount, const cpn_spend_entry *item, bool is_up)
{
    const double n = (amount - item->spent) / item->step, nearest = floor(n + 0.5);
    const double whole = fabs(n - nearest) <= 1e-12 * fabs(nearest) ? nearest : is_up ? ceil(n) : floor(n);
    return item->spent + (whole > 0 ? whole : 0) * item->step;
}

static campaign_status bound_item(const cpn_spend_book *book, cpn_spend_entry *item, campaign_error *error)
{
    if (item->minimum > item->maximum)
        return refuse_item(book, item, CAMPAIGN_E_VALUE, "items.minimum", "minimum of \"%s\" is above its maximum",
                           error);
    item->lower = item->upper = item->spent;
    if (item->pause != CPN_SPEND_RUNS) return CAMPAIGN_OK;
    if (item->spent > item->maximum)
        return refuse_item(book, item, CAMPAIGN_E_INFEASIBLE, "items.spent",
                           "what \"%s\" has spent is above its maximum; pause it to leave it there", error);
    item->lower = item->minimum > item->spent ? item->minimum : item->spent;
    item->upper = item->maximum;
    if (item->lower > 0 && item->minimum_if_open > item->lower) item->lower = item->minimum_if_open;
    if (item->lower > item->spent && item->opening_cost > item->lower) item->lower = item->opening_cost;
    if (item->lower > item->upper)
        return refuse_item(book, item, CAMPAIGN_E_INFEASIBLE, "items.maximum",
                           "\"%s\" must be open, but its maximum is below what an open item needs", error);
    if (item->step <= 0) return CAMPAIGN_OK;
    item->lower = packs(item->lower, item, true);
    if (item->upper < INFINITY) item->upper = packs(item->upper, item, false);
    if (item->lower > item->upper)
        return refuse_item(book, item, CAMPAIGN_E_INFEASIBLE, "items.step",
                           "no whole number of steps of \"%s\" lies between its bounds", error);
    return CAMPAIGN_OK;
}

/* ---- Groups ------------------------------------------------------------------------------------------------------ */

campaign_status cpn_spend_rules_open(cpn_spend_rules *rules, const cpn_spend_book *book, campaign_error *error)
{
    const int64_t n = book->n_groups + INT64_C(1);
    *rules = (cpn_spend_rules){ .book = book };
    rules->lower = cpn_alloc_zero(n, sizeof *rules->lower);
    rules->upper = cpn_alloc_zero(n, sizeof *rules->upper);
    rules->low = cpn_alloc(n, sizeof *rules->low);
    rules->high = cpn_alloc(n, sizeof *rules->high);
    rules->has_items = cpn_alloc_zero(n, sizeof *rules->has_items);
    rules->holds = cpn_alloc(book->n_limits, sizeof *rules->holds);
    if (!rules->lower || !rules->upper || !rules->low || !rules->high || !rules->has_items || !rules->holds) {
        cpn_spend_rules_close(rules);
        return cpn_fail_nomem(error);
    }
    for (int64_t i = 0; i < book->n_items; i++) {
        rules->lower[book->items[i].group + 1] += book->items[i].lower;
        rules->upper[book->items[i].group + 1] += book->items[i].upper;
        rules->has_items[book->items[i].group + 1] = true;
    }
    for (int32_t l = 0; l < book->n_limits; l++) rules->holds[l] = true;
    return CAMPAIGN_OK;
}

void cpn_spend_rules_close(cpn_spend_rules *rules)
{
    cpn_free(rules->lower);
    cpn_free(rules->upper);
    cpn_free(rules->low);
    cpn_free(rules->high);
    cpn_free(rules->has_items);
    cpn_free(rules->holds);
    *rules = (cpn_spend_rules){ 0 };
}

/* Sums of plain numbers may be off in their last digits; sums of minor units are exact. */
static bool is_crossed(const cpn_spend_book *book, double low, double high)
{
    return book->terms.is_money ? low > high : low > high + 1e-12 * (fabs(low) + fabs(high));
}

/* Narrows the bounds of one place by its own limits; false where they cross. */
static bool narrow(const cpn_spend_rules *rules, const cpn_spend_limit *limit)
{
    const int32_t place = limit->group + 1;
    const bool is_least = limit->kind == CPN_SPEND_LIMIT_MINIMUM || limit->kind == CPN_SPEND_LIMIT_MINIMUM_SHARE;
    const bool is_exact = limit->kind == CPN_SPEND_LIMIT_SHARE;
    if ((is_least || is_exact) && rules->low[place] < limit->amount) rules->low[place] = limit->amount;
    if (!is_least && rules->high[place] > limit->amount) rules->high[place] = limit->amount;
    return !is_crossed(rules->book, rules->low[place], rules->high[place]);
}

/* Limits stand by group: those of one follow each other. The budget stands first. */
static bool close_place(const cpn_spend_rules *rules, int32_t group, const int32_t *firsts)
{
    const cpn_spend_book *book = rules->book;
    for (int32_t l = firsts[group + 1]; l < book->n_limits && book->limits[l].group == group; l++)
        if (rules->holds[l] && !cpn_spend_is_ratio(&book->limits[l]) && !narrow(rules, &book->limits[l])) return false;
    return !is_crossed(book, rules->low[group + 1], rules->high[group + 1]);
}

static bool holds_in_tree(const cpn_spend_rules *rules, int32_t *firsts)
{
    const cpn_spend_book *book = rules->book;
    for (int32_t place = 0; place <= book->n_groups; place++) {
        rules->low[place] = rules->lower[place];
        rules->high[place] = rules->upper[place];
        firsts[place] = book->n_limits;
    }
    for (int32_t l = book->n_limits - 1; l >= 0; l--) firsts[book->limits[l].group + 1] = l;
    for (int32_t i = book->n_groups - 1; i >= 0; i--) {
        const int32_t g = book->order[i], parent = book->groups[g].parent + 1;
        if (!close_place(rules, g, firsts)) return false;
        rules->low[parent] += rules->low[g + 1];
        rules->high[parent] += rules->high[g + 1];
    }
    return close_place(rules, CPN_SPEND_WHOLE, firsts);
}

campaign_status cpn_spend_holds(bool *is_possible, const cpn_spend_rules *rules, campaign_error *error)
{
    const cpn_spend_book *book = rules->book;
    for (int32_t l = 0; l < book->n_limits; l++)
        if (rules->holds[l] && cpn_spend_is_ratio(&book->limits[l]))
            return cpn_spend_holds_linear(is_possible, rules, error);
    int32_t *firsts = cpn_alloc(book->n_groups + INT64_C(1), sizeof *firsts);
    if (!firsts) return cpn_fail_nomem(error);
    *is_possible = holds_in_tree(rules, firsts);
    cpn_free(firsts);
    return CAMPAIGN_OK;
}

/* What all could spend at most as far as amounts say: ratios only take from it. */
static campaign_status find_most(double *most, const cpn_spend_rules *rules, campaign_error *error)
{
    int32_t *firsts = cpn_alloc(rules->book->n_groups + INT64_C(1), sizeof *firsts);
    if (!firsts) return cpn_fail_nomem(error);
    (void)holds_in_tree(rules, firsts);
    *most = rules->high[0];
    cpn_free(firsts);
    return CAMPAIGN_OK;
}

campaign_status cpn_spend_check_rules(cpn_spend_book *book, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int64_t i = 0; i < book->n_items && status == CAMPAIGN_OK; i++)
        status = bound_item(book, &book->items[i], error);
    if (status != CAMPAIGN_OK) return status;
    cpn_spend_rules rules;
    bool is_possible = true;
    status = cpn_spend_rules_open(&rules, book, error);
    if (status != CAMPAIGN_OK) return status;
    status = find_most(&book->most, &rules, error);
    if (status == CAMPAIGN_OK) status = cpn_spend_holds(&is_possible, &rules, error);
    cpn_spend_rules_close(&rules);
    if (status != CAMPAIGN_OK || is_possible) return status;
    cpn_spend_conflict conflict;
    status = cpn_spend_find_conflict(&conflict, book, error);
    if (status == CAMPAIGN_OK) status = cpn_spend_refuse(book, &conflict, error);
    cpn_spend_conflict_free(&conflict);
    return status;
}
