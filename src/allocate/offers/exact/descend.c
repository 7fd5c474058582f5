/* Prices for the customers of an assignment: who is taken by several rows gets dearer, who is taken by none cheaper
 * (subgradient steps of Polyak's length towards the threshold, deflected by the last direction). */
#include <math.h>
#include <string.h>

#include "allocate/offers/exact/assign.h"

/* Found by trial on published assignment problems. */
static const double deflection = 0.5, first_length = 1.0;
enum { ROUNDS_A_LENGTH = 5 };

static bool is_even(const cpn_offers_assign *assign)
{
    for (int32_t c = 0; c < assign->n_customers; c++)
        if (assign->fixed[c] < 0 && assign->n_taken[c] != 1) return false;
    return true;
}

/* 1 - how often a customer is taken, with what is kept of the last direction; its squared length. */
static double turn(cpn_offers_assign *assign)
{
    double length = 0;
    for (int32_t c = 0; c < assign->n_customers; c++) {
        if (assign->fixed[c] >= 0) continue;
        const double excess = 1 - assign->n_taken[c];
        assign->direction[c] = excess + deflection * assign->direction[c];
        length += assign->direction[c] * assign->direction[c];
    }
    return length;
}

static void step(cpn_offers_assign *assign, double length, double theta)
{
    const double distance = assign->bound - (assign->threshold + 0.5) * assign->steps;
    const double by = theta * distance / length;
    for (int32_t c = 0; c < assign->n_customers; c++)
        if (assign->fixed[c] < 0) assign->prices[c] = floor(assign->prices[c] - by * assign->direction[c] + 0.5);
}

/* What the rows take is a choice: then no other is better at this node. */
static void take_even(cpn_offers_assign *assign)
{
    cpn_offers_search *search = assign->search;
    for (int32_t p = 0; p < assign->n_pairs; p++)
        search->trial[p] = assign->is_taken[p] || assign->fixed[search->lp.owners[p]] == p;
    (void)cpn_offers_search_take(search);
}

bool cpn_offers_assign_descend(cpn_offers_assign *assign, int32_t n_rounds)
{
    const size_t size = (size_t)assign->n_customers * sizeof(double);
    double theta = first_length;
    int32_t n_worse = 0;
    bool is_open = true;
    assign->best_bound = INFINITY;
    memset(assign->direction, 0, size);
    memcpy(assign->best_prices, assign->prices, size);
    for (int32_t round = 0; round < n_rounds; round++) {
        cpn_offers_assign_relax(assign);
        n_worse = assign->bound < assign->best_bound ? 0 : n_worse + 1;
        if (assign->bound < assign->best_bound) {
            assign->best_bound = assign->bound;
            memcpy(assign->best_prices, assign->prices, size);
        }
        is_open = !cpn_offers_assign_is_done(assign, assign->bound);
        if (!is_open) break;
        if (is_even(assign)) {
            take_even(assign);
            is_open = false;
            break;
        }
        const double length = turn(assign);
        if (n_worse == ROUNDS_A_LENGTH) {
            theta /= 2;
            n_worse = 0;
        }
        if (length > 0) step(assign, length, theta);
    }
    memcpy(assign->prices, assign->best_prices, size);
    return is_open;
}

/* Who is taken by several rows keeps the option that brings most; the rest is filled in and improved. */
void cpn_offers_assign_repair(cpn_offers_assign *assign)
{
    cpn_offers_search *search = assign->search;
    cpn_offers_lp *lp = &search->lp;
    const int64_t *starts = search->problem->starts;
    for (int32_t c = 0; c < assign->n_customers; c++) {
        int32_t best = assign->fixed[c];
        for (int64_t p = starts[c]; p < starts[c + 1]; p++) {
            lp->levels[p] = 0;
            if (assign->fixed[c] >= 0 || !assign->is_taken[p]) continue;
            if (best < 0 || assign->values[p] > assign->values[best]) best = (int32_t)p;
        }
        if (best >= 0 && best < assign->n_pairs) lp->levels[best] = 1;
        for (int64_t p = starts[c]; p < starts[c + 1]; p++)
            lp->reduced[p] = (assign->values[p] - assign->prices[c]) / assign->steps;
    }
    cpn_offers_search_fill(search, true);
}
