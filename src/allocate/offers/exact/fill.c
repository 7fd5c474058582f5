/* A choice from the levels of the linear problem: what is taken whole there, then what fits. */
#include <math.h>

#include "allocate/offers/exact/search.h"

static const double whole_tolerance = 1e-6;

static bool fits(const cpn_offers_search *search, int32_t pair)
{
    const cpn_offers_lp *lp = &search->lp;
    for (int64_t u = lp->problem->use_starts[pair]; u < lp->problem->use_starts[pair + 1]; u++) {
        const int32_t row = lp->problem->use_rows[u];
        if (search->spent[row] + lp->use_costs[u] > lp->capacities[row]) return false;
    }
    return true;
}

static void put(cpn_offers_search *search, int32_t pair)
{
    const cpn_offers_lp *lp = &search->lp;
    for (int64_t u = lp->problem->use_starts[pair]; u < lp->problem->use_starts[pair + 1]; u++)
        search->spent[lp->problem->use_rows[u]] += lp->use_costs[u];
    search->counts[lp->owners[pair]]++;
    search->trial[pair] = 1;
}

static void start_whole(cpn_offers_search *search)
{
    const cpn_offers_lp *lp = &search->lp;
    for (int32_t r = 0; r < lp->n_rows; r++) search->spent[r] = 0;
    for (int32_t c = 0; c < lp->n_customers; c++) search->counts[c] = 0;
    for (int32_t p = 0; p < lp->n_pairs; p++) {
        search->trial[p] = 0;
        if (lp->levels[p] > 1 - whole_tolerance && fits(search, p)) put(search, p);
    }
}

/* Pairs that are left, those with the highest reduced value first and among equal ones those with the highest level. */
static int64_t order_rest(cpn_offers_search *search)
{
    cpn_offers_lp *lp = &search->lp;
    int64_t n = 0;
    for (int32_t p = 0; p < lp->n_pairs; p++)
        if (!search->trial[p] && lp->upper[p] > 0)
            lp->breaks[n++] = (cpn_offers_breakpoint){ -lp->reduced[p] - 1e-6 * lp->levels[p], p };
    for (int64_t at = n / 2 - 1; at >= 0; at--) cpn_offers_sink(lp->breaks, at, n);
    return n;
}

static bool is_wanted(const cpn_offers_search *search, int32_t pair)
{
    const cpn_offers_lp *lp = &search->lp;
    const int32_t owner = lp->owners[pair], tally = lp->n_pairs + owner, count = search->counts[owner];
    return count < lp->upper[tally] && (lp->true_values[pair] > 0 || count < lp->lower[tally]);
}

void cpn_offers_search_fill(cpn_offers_search *search, bool is_thorough)
{
    cpn_offers_lp *lp = &search->lp;
    start_whole(search);
    for (int64_t n = order_rest(search); n > 0;) {
        const int32_t pair = lp->breaks[0].column;
        lp->breaks[0] = lp->breaks[--n];
        cpn_offers_sink(lp->breaks, 0, n);
        if (is_wanted(search, pair) && fits(search, pair)) put(search, pair);
    }
    if (is_thorough) cpn_offers_search_improve(search);
    (void)cpn_offers_search_take(search);
}
