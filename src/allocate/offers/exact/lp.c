/* Sets up the linear problem behind few offers: scaling, columns with their bounds, the first basis. */
#include "allocate/offers/exact/lp.h"

#include <math.h>

#include "base/memory.h"

/* The power of two that brings size close to 1. */
static double scale_to_one(double size)
{
    int exponent = 0;
    if (!(size > 0)) return 1;
    (void)frexp(size, &exponent);
    if (exponent > 900) exponent = 900;
    if (exponent < -900) exponent = -900;
    return ldexp(1, -exponent);
}

static void scale_values(cpn_offers_lp *lp)
{
    double largest = 0;
    for (int32_t p = 0; p < lp->n_pairs; p++) largest = fmax(largest, fabs(lp->problem->values[p]));
    lp->value_scale = scale_to_one(largest);
    for (int32_t j = 0; j < lp->n_columns; j++)
        lp->values[j] = lp->true_values[j] = j < lp->n_pairs ? lp->problem->values[j] * lp->value_scale : 0;
}

/* By the mean cost of a row; a capacity that nothing can reach is brought down to the sum of all costs. */
static void scale_rows(cpn_offers_lp *lp)
{
    const cpn_offers_small *problem = lp->problem;
    double *sums = lp->row, *counts = lp->column;
    for (int32_t r = 0; r < lp->n_rows; r++) sums[r] = counts[r] = 0;
    for (int64_t u = 0; u < problem->use_starts[lp->n_pairs]; u++)
        if (problem->use_costs[u] > 0) {
            sums[problem->use_rows[u]] += problem->use_costs[u];
            counts[problem->use_rows[u]]++;
        }
    for (int32_t r = 0; r < lp->n_rows; r++) {
        lp->row_scales[r] = counts[r] > 0 ? scale_to_one(sums[r] / counts[r]) : 1;
        const double most = 2 * sums[r] + 1;
        lp->capacities[r] = fmin(problem->capacities[r], most) * lp->row_scales[r];
    }
    for (int64_t u = 0; u < problem->use_starts[lp->n_pairs]; u++)
        lp->use_costs[u] = problem->use_costs[u] * lp->row_scales[problem->use_rows[u]];
}

static void open_columns(cpn_offers_lp *lp)
{
    const cpn_offers_small *problem = lp->problem;
    for (int32_t c = 0; c < lp->n_customers; c++) {
        const int64_t first = problem->starts[c], end = problem->starts[c + 1];
        for (int64_t p = first; p < end; p++) {
            lp->owners[p] = c;
            lp->lower[p] = 0;
            lp->upper[p] = 1;
        }
        const int32_t tally = lp->n_pairs + c;
        const double most = problem->most ? problem->most[c] : 1;
        lp->owners[tally] = c;
        lp->lower[tally] = problem->least ? problem->least[c] : 0;
        lp->upper[tally] = fmin(most, (double)(end - first));
    }
    for (int32_t r = 0; r < lp->n_rows; r++) {
        const int32_t slack = lp->n_pairs + lp->n_customers + r;
        lp->owners[slack] = -1;
        lp->lower[slack] = 0;
        lp->upper[slack] = lp->capacities[r];
    }
}

/* Where a customer takes one pair it is the best one; elsewhere its tally is the key. */
int32_t cpn_offers_lp_first_key(const cpn_offers_lp *lp, int32_t customer)
{
    const int32_t tally = lp->n_pairs + customer;
    const int64_t *starts = lp->problem->starts;
    int32_t best = -1;
    double highest = 0;
    if (lp->upper[tally] > 1 || lp->upper[tally] < 1) return tally;
    for (int64_t p = starts[customer]; p < starts[customer + 1]; p++) {
        const double worth = lp->values[p] - cpn_offers_lp_dot(lp, lp->duals, (int32_t)p);
        if (best >= 0 && worth <= highest) continue;
        best = (int32_t)p;
        highest = worth;
    }
    return highest > 0 || lp->lower[tally] > 0 ? best : tally;
}

static void open_basis(cpn_offers_lp *lp)
{
    for (int32_t j = 0; j < lp->n_columns; j++) {
        lp->places[j] = CPN_OFFERS_LOWER;
        lp->positions[j] = -1;
        lp->alpha[j] = 0;
    }
    for (int32_t c = 0; c < lp->n_customers; c++) {
        lp->is_active[c] = 1;
        lp->keys[c] = cpn_offers_lp_first_key(lp, c);
        lp->places[lp->keys[c]] = CPN_OFFERS_KEY;
    }
    for (int32_t r = 0; r < lp->n_rows; r++) {
        const int32_t slack = lp->n_pairs + lp->n_customers + r;
        lp->head[r] = slack;
        lp->positions[slack] = r;
        lp->places[slack] = CPN_OFFERS_WORKING;
        lp->marks[r] = -1;
    }
    cpn_offers_lp_refresh(lp);
}

campaign_status cpn_offers_lp_create(cpn_offers_lp *lp, const cpn_offers_small *problem, campaign_error *error)
{
    const int64_t m = problem->n_rows, n = problem->n_pairs + problem->n_customers + m;
    *lp = (cpn_offers_lp){ .problem = problem,
                           .n_pairs = (int32_t)problem->n_pairs,
                           .n_customers = (int32_t)problem->n_customers,
                           .n_rows = (int32_t)m,
                           .n_columns = (int32_t)n,
                           .share = 1 };
    double **const of_columns[] = { &lp->lower,  &lp->upper,   &lp->values, &lp->true_values,
                                    &lp->levels, &lp->reduced, &lp->alpha,  &lp->worths };
    double **const of_rows[] = { &lp->row_scales, &lp->capacities, &lp->duals,   &lp->row,
                                 &lp->column,     &lp->rest,       &lp->weights, &lp->cold_duals };
    bool has_all = true;
    for (size_t i = 0; i < sizeof of_columns / sizeof of_columns[0]; i++)
        has_all = (*of_columns[i] = cpn_alloc_zero(n, sizeof(double))) && has_all;
    for (size_t i = 0; i < sizeof of_rows / sizeof of_rows[0]; i++)
        has_all = (*of_rows[i] = cpn_alloc_zero(m, sizeof(double))) && has_all;
    has_all = (lp->use_costs = cpn_alloc_zero(problem->use_starts[problem->n_pairs], sizeof(double))) && has_all;
    has_all = (lp->inverse = cpn_alloc_zero(m * m, sizeof(double))) && has_all;
    has_all = (lp->square = cpn_alloc_zero(m * m, sizeof(double))) && has_all;
    has_all = (lp->places = cpn_alloc_zero(n, 1)) && has_all;
    has_all = (lp->owners = cpn_alloc_zero(n, sizeof(int32_t))) && has_all;
    has_all = (lp->positions = cpn_alloc_zero(n, sizeof(int32_t))) && has_all;
    has_all = (lp->touched = cpn_alloc_zero(n, sizeof(int32_t))) && has_all;
    has_all = (lp->breaks = cpn_alloc_zero(n, sizeof(cpn_offers_breakpoint))) && has_all;
    has_all = (lp->keys = cpn_alloc_zero(problem->n_customers, sizeof(int32_t))) && has_all;
    has_all = (lp->key_weights = cpn_alloc_zero(problem->n_customers, sizeof(double))) && has_all;
    has_all = (lp->is_active = cpn_alloc_zero(problem->n_customers, 1)) && has_all;
    has_all = (lp->is_cold = cpn_alloc_zero(problem->n_customers, 1)) && has_all;
    has_all = (lp->head = cpn_alloc_zero(m, sizeof(int32_t))) && has_all;
    has_all = (lp->marks = cpn_alloc_zero(m, sizeof(int32_t))) && has_all;
    has_all = (lp->filled = cpn_alloc_zero(m, sizeof(int32_t))) && has_all;
    if (!has_all) return cpn_fail_nomem(error);
    scale_values(lp);
    scale_rows(lp);
    open_columns(lp);
    open_basis(lp);
    return CAMPAIGN_OK;
}

void cpn_offers_lp_free(cpn_offers_lp *lp)
{
    void *const owned[] = { lp->row_scales, lp->use_costs,   lp->capacities, lp->owners,  lp->lower,      lp->upper,
                            lp->values,     lp->true_values, lp->levels,     lp->reduced, lp->alpha,      lp->places,
                            lp->keys,       lp->head,        lp->positions,  lp->inverse, lp->duals,      lp->row,
                            lp->column,     lp->rest,        lp->square,     lp->touched, lp->marks,      lp->breaks,
                            lp->filled,     lp->worths,      lp->is_active,  lp->is_cold, lp->cold_duals, lp->weights,
                            lp->key_weights };
    for (size_t i = 0; i < sizeof owned / sizeof owned[0]; i++) cpn_free(owned[i]);
    *lp = (cpn_offers_lp){ 0 };
}
