/* Of rules that cannot all hold, a set that cannot and of which each is needed: the deletion filter of Chinneck & Dravnieks
 * (ORSA Journal on Computing 3(2), 1991). What stands in a group is left out as a whole where it is not needed; where it is,
 * item by item, smallest first. */
#include <math.h>

#include "allocate/budget/check.h"
#include "base/memory.h"
#include "base/sort.h"

void cpn_spend_conflict_free(cpn_spend_conflict *conflict)
{
    cpn_free(conflict->limits);
    cpn_free(conflict->lowers);
    cpn_free(conflict->uppers);
    *conflict = (cpn_spend_conflict){ 0 };
}

/* Tries a value in a place of the rules; keeps it where they still cannot hold. */
static campaign_status try_value(double *place, double value, const cpn_spend_rules *rules, campaign_error *error)
{
    const double before = *place;
    bool is_possible = false;
    *place = value;
    const campaign_status status = cpn_spend_holds(&is_possible, rules, error);
    if (is_possible) *place = before;
    return status;
}

static campaign_status drop_limits(const cpn_spend_rules *rules, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int32_t l = rules->book->n_limits - 1; l >= 0 && status == CAMPAIGN_OK; l--) {
        bool is_possible = false;
        rules->holds[l] = false;
        status = cpn_spend_holds(&is_possible, rules, error);
        rules->holds[l] = is_possible;
    }
    return status;
}

/* What the items of a place need not spend, and what they could spend without end. */
static campaign_status drop_places(const cpn_spend_rules *rules, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int32_t place = rules->book->n_groups; place >= 0 && status == CAMPAIGN_OK; place--) {
        if (rules->lower[place] > 0) status = try_value(&rules->lower[place], 0, rules, error);
        if (status == CAMPAIGN_OK && rules->has_items[place] && rules->upper[place] < INFINITY)
            status = try_value(&rules->upper[place], INFINITY, rules, error);
    }
    return status;
}

/* The least sum of a place's items that still cannot be, next to one that can. */
static campaign_status find_threshold(double *least, const cpn_spend_rules *rules, int32_t place, campaign_error *error)
{
    double low = 0, high = rules->lower[place];
    campaign_status status = CAMPAIGN_OK;
    const bool is_whole = rules->book->terms.is_money;
    for (int32_t i = 0; i < 100 && status == CAMPAIGN_OK; i++) {
        const double middle = is_whole ? floor(low + (high - low) / 2) : low + (high - low) / 2;
        bool is_possible = false;
        if (middle <= low || middle >= high) break;
        rules->lower[place] = middle;
        status = cpn_spend_holds(&is_possible, rules, error);
        if (is_possible)
            low = middle;
        else
            high = middle;
    }
    rules->lower[place] = *least = high;
    return status;
}

static int compare_lower(const void *a, const void *b, const void *ctx)
{
    const cpn_spend_entry *items = ctx;
    const int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    if (items[left].lower != items[right].lower) return items[left].lower < items[right].lower ? -1 : 1;
    return (left < right) - (left > right); /* of equal ones the later goes first */
}

/* The items of a place that must spend something, smallest first; what those from each on must spend together, to the end,
 * which is 0. */
static campaign_status list_members(int64_t *n, int64_t *members, double *sums, const cpn_spend_book *book,
                                    int32_t place, campaign_error *error)
{
    *n = 0;
    for (int64_t i = 0; i < book->n_items; i++)
        if (book->items[i].group + 1 == place && book->items[i].lower > 0) members[(*n)++] = i;
    if (!cpn_sort(members, *n, sizeof *members, compare_lower, book->items)) return cpn_fail_nomem(error);
    sums[*n] = 0;
    for (int64_t i = *n - 1; i >= 0; i--) sums[i] = sums[i + 1] + book->items[members[i]].lower;
    return CAMPAIGN_OK;
}

/* Leaves out what the items of a place must spend, smallest first, as long as the rest is too much. Without any the rest is
 * exactly 0: where nothing may be spent at all, a last digit would be too much already. */
static campaign_status filter_items(cpn_spend_conflict *conflict, const cpn_spend_rules *rules, int32_t place,
                                    campaign_error *error)
{
    const cpn_spend_book *book = rules->book;
    double least = 0, kept = 0;
    int64_t n = 0;
    int64_t *members = cpn_alloc(book->n_items, sizeof *members);
    double *sums = cpn_alloc(book->n_items + 1, sizeof *sums);
    campaign_status status = members && sums ? find_threshold(&least, rules, place, error) : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = list_members(&n, members, sums, book, place, error);
    for (int64_t i = 0; i < n && status == CAMPAIGN_OK; i++) {
        if (kept + sums[i + 1] >= least) continue;
        kept += book->items[members[i]].lower;
        conflict->lowers[members[i]] = true;
    }
    if (status == CAMPAIGN_OK) rules->lower[place] = kept;
    cpn_free(members);
    cpn_free(sums);
    return status;
}

/* An item without a maximum lifts that of its whole place, so of a place that is needed all are. */
static void keep_uppers(cpn_spend_conflict *conflict, const cpn_spend_rules *rules)
{
    const cpn_spend_book *book = rules->book;
    for (int64_t i = 0; i < book->n_items; i++) conflict->uppers[i] = rules->upper[book->items[i].group + 1] < INFINITY;
}

static campaign_status filter(cpn_spend_conflict *conflict, const cpn_spend_rules *rules, campaign_error *error)
{
    campaign_status status = drop_places(rules, error);
    if (status == CAMPAIGN_OK) status = drop_limits(rules, error);
    for (int32_t place = 0; place <= rules->book->n_groups && status == CAMPAIGN_OK; place++)
        if (rules->lower[place] > 0) status = filter_items(conflict, rules, place, error);
    if (status != CAMPAIGN_OK) return status;
    keep_uppers(conflict, rules);
    for (int32_t l = 0; l < rules->book->n_limits; l++) conflict->limits[l] = rules->holds[l];
    return CAMPAIGN_OK;
}

campaign_status cpn_spend_find_conflict(cpn_spend_conflict *conflict, const cpn_spend_book *book, campaign_error *error)
{
    cpn_spend_rules rules;
    conflict->limits = cpn_alloc_zero(book->n_limits, sizeof *conflict->limits);
    conflict->lowers = cpn_alloc_zero(book->n_items, sizeof *conflict->lowers);
    conflict->uppers = cpn_alloc_zero(book->n_items, sizeof *conflict->uppers);
    if (!conflict->limits || !conflict->lowers || !conflict->uppers) return cpn_fail_nomem(error);
    const campaign_status status = cpn_spend_rules_open(&rules, book, error);
    if (status != CAMPAIGN_OK) return status;
    const campaign_status filtered = filter(conflict, &rules, error);
    cpn_spend_rules_close(&rules);
    return filtered;
}
