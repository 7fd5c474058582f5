/* Shares from the levels of a solved linear problem: within [0, 1], within the customers' numbers, and no row passed,
 * neither by the exact sum of the products nor by a plain one in the order of pairs. What is taken off for that is of the
 * size of the linear problem's tolerance. */
#include <math.h>

#include "allocate/offers/exact/search.h"

static const double nothing = 1e-13;
enum { MOST_ROUNDS = 60 };

static double clip(double level)
{
    if (level < nothing) return 0;
    return level > 1 - nothing ? 1 : level;
}

/* Brings a customer's shares back between its numbers by moving those that have room for it. */
static void fit_customer(double *shares, const cpn_offers_lp *lp, int32_t customer)
{
    const int64_t first = lp->problem->starts[customer], end = lp->problem->starts[customer + 1];
    const double least = lp->lower[lp->n_pairs + customer], most = lp->upper[lp->n_pairs + customer];
    cpn_offers_sum count = { 0 };
    for (int64_t p = first; p < end; p++) cpn_offers_sum_add(&count, shares[p]);
    const double total = cpn_offers_sum_near(&count);
    double missing = total < least ? least - total : (total > most ? most - total : 0);
    for (int64_t p = first; p < end && (missing < 0 || missing > 0); p++) {
        if (!(shares[p] > 0)) continue;
        const double moved = fmin(1, fmax(0, shares[p] + missing));
        missing -= moved - shares[p];
        shares[p] = moved;
    }
}

/* plain: sums as a reader would add them; search->used: the same without rounding. */
static void measure(const double *shares, cpn_offers_search *search, double *plain)
{
    const cpn_offers_small *problem = search->problem;
    for (int64_t r = 0; r < problem->n_rows; r++) {
        search->used[r] = (cpn_offers_sum){ 0 };
        plain[r] = 0;
    }
    for (int64_t p = 0; p < problem->n_pairs; p++) {
        if (!(shares[p] > 0)) continue;
        for (int64_t u = problem->use_starts[p]; u < problem->use_starts[p + 1]; u++) {
            const double part = problem->use_costs[u] * shares[p];
            plain[problem->use_rows[u]] += part;
            cpn_offers_sum_add(&search->used[problem->use_rows[u]], part);
        }
    }
}

/* By what each row's shares must shrink, 1 where it is kept; false where all are. */
static bool find_factors(double *factors, const cpn_offers_search *search, const double *plain, int32_t round)
{
    const double margin = 1 - ldexp(1, round - 53);
    bool is_any = false;
    for (int64_t r = 0; r < search->problem->n_rows; r++) {
        const double capacity = search->problem->capacities[r];
        factors[r] = 1;
        if (plain[r] <= capacity && !cpn_offers_sum_passes(&search->used[r], capacity)) continue;
        factors[r] = round < MOST_ROUNDS - 10 ? fmin(1, capacity / plain[r]) * margin : 0;
        is_any = true;
    }
    return is_any;
}

void cpn_offers_exact_shares(double *shares, cpn_offers_search *search)
{
    const cpn_offers_small *problem = search->problem;
    const cpn_offers_lp *lp = &search->lp;
    double *plain = lp->rest, *factors = lp->row;
    for (int64_t p = 0; p < problem->n_pairs; p++) shares[p] = clip(lp->levels[p]);
    for (int32_t c = 0; c < lp->n_customers; c++) fit_customer(shares, lp, c);
    for (int32_t round = 0; round < MOST_ROUNDS; round++) {
        measure(shares, search, plain);
        if (!find_factors(factors, search, plain, round)) return;
        for (int64_t p = 0; p < problem->n_pairs; p++) {
            double factor = 1;
            for (int64_t u = problem->use_starts[p]; u < problem->use_starts[p + 1]; u++)
                if (problem->use_costs[u] > 0) factor = fmin(factor, factors[problem->use_rows[u]]);
            shares[p] *= factor;
        }
    }
}
