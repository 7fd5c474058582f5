/* Which customers the linear problem may leave alone for a while: those whose choice is far from being another one at the
 * prices of now. They count in every sum, but are priced again only when the basis is refreshed, and before an end is
 * believed. */
#include <math.h>

#include "allocate/offers/exact/lp.h"

enum { FEWEST_CUSTOMERS = 400, WARM_SHARE = 10, CLASSES = 64 };

/* How far the prices may move, at least, until a column of the customer crosses its bound. */
static double distance_of(const cpn_offers_lp *lp, int32_t customer)
{
    const int64_t *starts = lp->problem->starts;
    const int32_t key = lp->keys[customer], tally = lp->n_pairs + customer;
    double least = key == tally ? 1 : fabs(lp->reduced[tally]);
    if (lp->lower[tally] >= lp->upper[tally]) least = 1;
    for (int64_t p = starts[customer]; p < starts[customer + 1]; p++)
        if (p != key) least = fmin(least, fabs(lp->reduced[p]));
    return least;
}

/* The class of a distance: its binary exponent. */
static int class_of(double distance)
{
    int exponent = 0;
    if (!(distance > 0)) return 0;
    (void)frexp(distance, &exponent);
    exponent += CLASSES - 2;
    return exponent < 0 ? 0 : (exponent < CLASSES ? exponent : CLASSES - 1);
}

static bool is_within(const cpn_offers_lp *lp, int32_t column)
{
    return lp->levels[column] >= lp->lower[column] && lp->levels[column] <= lp->upper[column];
}

bool cpn_offers_lp_is_stale(const cpn_offers_lp *lp)
{
    for (int32_t r = 0; r < lp->n_rows; r++)
        if (fabs(lp->duals[r] - lp->cold_duals[r]) > lp->cold_distance) return true;
    return false;
}

void cpn_offers_lp_warm(cpn_offers_lp *lp)
{
    for (int32_t c = 0; c < lp->n_customers; c++) lp->is_cold[c] = 0;
    lp->has_cold = false;
}

void cpn_offers_lp_cool(cpn_offers_lp *lp)
{
    int64_t counts[CLASSES] = { 0 }, n_warm = 0;
    int coldest = 0;
    if (lp->n_customers < FEWEST_CUSTOMERS) return;
    for (int32_t c = 0; c < lp->n_customers; c++)
        if (lp->is_active[c]) counts[class_of(distance_of(lp, c))]++;
    const int64_t wanted = lp->n_customers / WARM_SHARE + INT64_C(4) * lp->n_rows;
    while (coldest < CLASSES && n_warm < wanted) n_warm += counts[coldest++];
    for (int32_t c = 0; c < lp->n_customers; c++)
        lp->is_cold[c] = lp->is_active[c] && class_of(distance_of(lp, c)) >= coldest && is_within(lp, lp->keys[c]);
    for (int32_t i = 0; i < lp->n_rows; i++)
        if (lp->owners[lp->head[i]] >= 0) lp->is_cold[lp->owners[lp->head[i]]] = 0;
    for (int32_t r = 0; r < lp->n_rows; r++) lp->cold_duals[r] = lp->duals[r];
    lp->cold_distance = ldexp(1, coldest - CLASSES + 1) / 4;
    lp->has_cold = true;
}
