/* The first solution of a linear problem with many customers: a few of them with their share of the capacities, then four
 * times as many, until all are in. Customers that come in choose at the prices found so far, so that a stage has little
 * left to do. */
#include <math.h>

#include "allocate/offers/exact/lp.h"
#include "base/random.h"

enum { FEWEST_CUSTOMERS = 100, MORE_A_STAGE = 4 };

/* A customer of 0 to n_parts - 1 at random, but always the same. */
static uint64_t draw_stage_key(int32_t customer)
{
    cpn_random random;
    cpn_random_seed(&random, (uint64_t)customer);
    return cpn_random_next(&random);
}

static void let_in(cpn_offers_lp *lp, int32_t customer)
{
    const int64_t *starts = lp->problem->starts;
    lp->is_active[customer] = 1;
    lp->places[lp->keys[customer]] = CPN_OFFERS_LOWER;
    lp->keys[customer] = cpn_offers_lp_first_key(lp, customer);
    for (int64_t p = starts[customer]; p < starts[customer + 1]; p++) lp->places[p] = CPN_OFFERS_LOWER;
    lp->places[lp->n_pairs + customer] = CPN_OFFERS_LOWER;
    lp->places[lp->keys[customer]] = CPN_OFFERS_KEY;
}

static void share_capacities(cpn_offers_lp *lp, double share)
{
    const int32_t first_slack = lp->n_pairs + lp->n_customers;
    lp->share = share;
    for (int32_t r = 0; r < lp->n_rows; r++) lp->upper[first_slack + r] = lp->capacities[r] * share;
}

/* One customer of each n_parts, and all who were in before. */
static void open_stage(cpn_offers_lp *lp, uint64_t n_parts)
{
    int32_t n = 0;
    for (int32_t c = 0; c < lp->n_customers; c++) {
        if (!lp->is_active[c] && draw_stage_key(c) % n_parts == 0) let_in(lp, c);
        n += lp->is_active[c];
    }
    share_capacities(lp, n_parts == 1 ? 1 : (double)n / lp->n_customers);
}

cpn_offers_end cpn_offers_lp_solve_first(cpn_offers_lp *lp, int64_t most_iterations)
{
    uint64_t n_parts = 1;
    while ((uint64_t)lp->n_customers / (n_parts * MORE_A_STAGE) >= FEWEST_CUSTOMERS) n_parts *= MORE_A_STAGE;
    if (n_parts == 1) return cpn_offers_lp_solve(lp, -INFINITY, most_iterations);
    for (int32_t c = 0; c < lp->n_customers; c++) lp->is_active[c] = 0;
    for (; n_parts > 1; n_parts /= MORE_A_STAGE) {
        open_stage(lp, n_parts);
        (void)cpn_offers_lp_solve(lp, -INFINITY, most_iterations);
    }
    open_stage(lp, 1);
    return cpn_offers_lp_solve(lp, -INFINITY, most_iterations);
}
