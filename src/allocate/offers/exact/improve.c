/* Local search on a choice: one customer's pair for another of its pairs, or two such moves at once where that brings
 * more and still fits. Only customers that take at most one pair are moved. */
#include <math.h>

#include "allocate/offers/exact/search.h"

enum { MOST_PAIRS = 3000, MOST_PASSES = 20 };
/* Looks at moves before it gives up, each time, so that large problems do not spend their time here. */
static const int64_t most_looks = 400000;
static const double least_gain = 1e-12;

/* A customer's pair goes, another comes; -1 for none. */
typedef struct offer_move {
    int32_t customer, out, in;
    double gain;
} offer_move;

static void spend(cpn_offers_search *search, int32_t pair, double sign)
{
    const cpn_offers_lp *lp = &search->lp;
    if (pair < 0) return;
    for (int64_t u = lp->problem->use_starts[pair]; u < lp->problem->use_starts[pair + 1]; u++)
        search->spent[lp->problem->use_rows[u]] += sign * lp->use_costs[u];
}

static void apply(cpn_offers_search *search, const offer_move *move, double sign)
{
    spend(search, move->out, -sign);
    spend(search, move->in, sign);
}

/* Whether the rows that a pair uses are within their capacities. */
static bool is_kept(const cpn_offers_search *search, int32_t pair)
{
    const cpn_offers_lp *lp = &search->lp;
    if (pair < 0) return true;
    for (int64_t u = lp->problem->use_starts[pair]; u < lp->problem->use_starts[pair + 1]; u++) {
        const int32_t row = lp->problem->use_rows[u];
        if (search->spent[row] > lp->capacities[row]) return false;
    }
    return true;
}

static void settle(cpn_offers_search *search, const offer_move *move)
{
    if (move->out >= 0) search->trial[move->out] = 0;
    if (move->in >= 0) search->trial[move->in] = 1;
    search->counts[move->customer] += (move->in >= 0) - (move->out >= 0);
    search->picks[move->customer] = move->in;
}

static int32_t pair_of(const cpn_offers_search *search, int32_t customer)
{
    const int64_t *starts = search->problem->starts;
    for (int64_t p = starts[customer]; p < starts[customer + 1]; p++)
        if (search->trial[p]) return (int32_t)p;
    return -1;
}

static bool is_single(const cpn_offers_search *search, int32_t customer)
{
    return search->lp.upper[search->lp.n_pairs + customer] <= 1;
}

/* The k-th move of a customer: to each of its pairs, then to none. False where there is no such move. */
static bool get_move(offer_move *move, const cpn_offers_search *search, int32_t customer, int64_t k)
{
    const cpn_offers_lp *lp = &search->lp;
    const int64_t first = lp->problem->starts[customer], n = lp->problem->starts[customer + 1] - first;
    const int32_t out = search->picks[customer], in = k < n ? (int32_t)(first + k) : -1;
    if (in == out) return false;
    if (in < 0 && lp->lower[lp->n_pairs + customer] > 0) return false;
    if (in >= 0 && out < 0 && search->counts[customer] >= lp->upper[lp->n_pairs + customer]) return false;
    *move = (offer_move){ .customer = customer, .out = out, .in = in };
    move->gain = (in >= 0 ? lp->true_values[in] : 0) - (out >= 0 ? lp->true_values[out] : 0);
    return true;
}

static int64_t n_moves(const cpn_offers_search *search, int32_t customer)
{
    return search->problem->starts[customer + 1] - search->problem->starts[customer] + 1;
}

/* A second move that makes the first, already applied, worth it and possible. */
static bool find_second(cpn_offers_search *search, const offer_move *first, int64_t *n_looks)
{
    for (int32_t c = first->customer + 1; c < search->lp.n_customers; c++) {
        if (!is_single(search, c)) continue;
        for (int64_t k = 0; k < n_moves(search, c); k++) {
            offer_move second;
            (*n_looks)++;
            if (!get_move(&second, search, c, k) || first->gain + second.gain <= least_gain) continue;
            apply(search, &second, 1);
            if (is_kept(search, first->in) && is_kept(search, second.in)) {
                settle(search, first);
                settle(search, &second);
                return true;
            }
            apply(search, &second, -1);
        }
    }
    return false;
}

static bool improve_customer(cpn_offers_search *search, int32_t customer, bool has_seconds, int64_t *n_looks)
{
    bool is_better = false;
    for (int64_t k = 0; k < n_moves(search, customer); k++) {
        offer_move move;
        (*n_looks)++;
        if (!get_move(&move, search, customer, k)) continue;
        apply(search, &move, 1);
        if (move.gain > least_gain && is_kept(search, move.in)) {
            settle(search, &move);
            is_better = true;
        } else if (has_seconds && *n_looks < most_looks && find_second(search, &move, n_looks)) {
            is_better = true;
        } else {
            apply(search, &move, -1);
        }
    }
    return is_better;
}

void cpn_offers_search_improve(cpn_offers_search *search)
{
    const bool has_seconds = search->lp.n_pairs <= MOST_PAIRS;
    bool is_better = true;
    int64_t n_looks = search->n_looks < most_looks ? most_looks - search->n_looks : 0;
    const int64_t before = n_looks;
    for (int32_t c = 0; c < search->lp.n_customers; c++) search->picks[c] = pair_of(search, c);
    for (int32_t pass = 0; pass < MOST_PASSES && is_better && n_looks < most_looks; pass++) {
        is_better = false;
        for (int32_t c = 0; c < search->lp.n_customers; c++)
            if (is_single(search, c) && improve_customer(search, c, has_seconds, &n_looks)) is_better = true;
    }
    search->n_looks -= n_looks - before;
}
