/* The bound that multipliers prove, with every rounding counted upwards: the rows are priced into the values, and each
 * customer takes its best pairs freely (Lagrangian relaxation of the rows). Holds for any multipliers, however found. */
#include <math.h>

#include "allocate/offers/exact/lp.h"
#include "allocate/offers/exact/sum.h"

/* The worth of a pair at these prices, no less than the true one. */
static double worth_of(const cpn_offers_lp *lp, const double *multipliers, int64_t pair, bool has_values)
{
    const cpn_offers_small *problem = lp->problem;
    double worth = has_values ? lp->true_values[pair] : 0, size = fabs(worth);
    const int64_t first = problem->use_starts[pair], end = problem->use_starts[pair + 1];
    for (int64_t u = first; u < end; u++) {
        const double price = multipliers[problem->use_rows[u]];
        if (!(price > 0)) continue;
        worth -= price * lp->use_costs[u];
        size += price * lp->use_costs[u];
    }
    return worth + size * ((double)(end - first + 3) * 0x1p-52);
}

/* Puts worth into the descending list of the n_most best. */
static int32_t insert(double *best, int32_t n, int32_t n_most, double worth)
{
    if (n == n_most && (n == 0 || worth <= best[n - 1])) return n;
    int32_t at = n < n_most ? n : n - 1;
    for (; at > 0 && best[at - 1] < worth; at--) best[at] = best[at - 1];
    best[at] = worth;
    return n < n_most ? n + 1 : n;
}

/* The most that the pairs of a customer bring within their bounds; false where they cannot keep its rules. */
static bool add_best(cpn_offers_sum *sum, const cpn_offers_lp *lp, const double *multipliers, int32_t customer,
                     bool has_values)
{
    const int64_t *starts = lp->problem->starts;
    int32_t n_least = (int32_t)lp->lower[lp->n_pairs + customer], n_most = (int32_t)lp->upper[lp->n_pairs + customer];
    for (int64_t p = starts[customer]; p < starts[customer + 1]; p++)
        if (lp->lower[p] > 0) {
            cpn_offers_sum_add(sum, worth_of(lp, multipliers, p, has_values));
            n_least--;
            n_most--;
        }
    if (n_most < 0) return false;
    int32_t n = 0;
    for (int64_t p = starts[customer]; p < starts[customer + 1]; p++)
        if (lp->lower[p] <= 0 && lp->upper[p] > 0)
            n = insert(lp->worths, n, n_most, worth_of(lp, multipliers, p, has_values));
    for (int32_t i = 0; i < n; i++)
        if (i < n_least || lp->worths[i] > 0) cpn_offers_sum_add(sum, lp->worths[i]);
    return n >= n_least;
}

static double find_bound(const cpn_offers_lp *lp, const double *multipliers, bool has_values)
{
    cpn_offers_sum sum = { 0 };
    for (int32_t c = 0; c < lp->n_customers; c++)
        if (!add_best(&sum, lp, multipliers, c, has_values)) return -INFINITY;
    for (int32_t r = 0; r < lp->n_rows; r++)
        if (multipliers[r] > 0) cpn_offers_sum_add(&sum, nextafter(multipliers[r] * lp->capacities[r], INFINITY));
    return cpn_offers_sum_up(&sum, 0);
}

double cpn_offers_lp_bound(const cpn_offers_lp *lp, const double *multipliers)
{
    return find_bound(lp, multipliers, true);
}

bool cpn_offers_lp_is_refuted(cpn_offers_lp *lp)
{
    for (int32_t r = 0; r < lp->n_rows; r++) lp->rest[r] = lp->row[r] * lp->towards;
    return find_bound(lp, lp->rest, false) < 0;
}
