/* Samples of the customers, and how wide a margin makes a share of them near a tie. */
#include <math.h>

#include "allocate/offers/parts.h"
#include "allocate/offers/solver.h"
#include "base/hash.h"
#include "base/memory.h"

/* Customer number i of a sample: one of its stretch, by its hash. They ascend. */
static int64_t pick_of(int64_t i, int64_t n, int64_t all)
{
    const int64_t from = (int64_t)((double)all * (double)i / (double)n);
    const int64_t span = (int64_t)((double)all * (double)(i + 1) / (double)n) - from;
    const int64_t pick = span > 1 ? from + (int64_t)(cpn_hash_int64(i) % (uint64_t)span) : from;
    return pick < all ? pick : all - 1;
}

campaign_status cpn_offers_sample(cpn_offers_set *set, const cpn_offers_problem *problem, int64_t n,
                                  campaign_error *error)
{
    cpn_offers_scratch scratch;
    cpn_offers_parts parts;
    *set = (cpn_offers_set){ 0 };
    if (!cpn_offers_scratch_open(&scratch, problem)) return cpn_fail_nomem(error);
    campaign_status status;
    int64_t i = 0;
    cpn_offers_parts_open(&parts, problem);
    while ((status = cpn_offers_parts_next(&parts, error)) == CAMPAIGN_OK && parts.problem) {
        const int64_t end = parts.first + parts.problem->n_customers;
        for (int64_t pick; i < n && status == CAMPAIGN_OK && (pick = pick_of(i, n, problem->n_customers)) < end; i++) {
            cpn_offers_view view;
            cpn_offers_view_of(&view, &scratch, parts.problem, pick - parts.first);
            view.customer = (int32_t)pick;
            if (!cpn_offers_set_add(set, &view, NULL, problem->n_costs - 1)) status = cpn_fail_nomem(error);
        }
        if (status != CAMPAIGN_OK) break;
    }
    cpn_offers_parts_close(&parts);
    cpn_offers_scratch_close(&scratch);
    if (status != CAMPAIGN_OK) cpn_offers_set_free(set);
    return status;
}

/* The element of rank k, by Hoare's selection with the middle of three as pivot. */
static double select_rank(double *x, int64_t n, int64_t k)
{
    int64_t low = 0, high = n - 1;
    while (low < high) {
        const double a = x[low], b = x[low + (high - low) / 2], c = x[high];
        const double pivot = a < b ? (b < c ? b : (a < c ? c : a)) : (a < c ? a : (b < c ? c : b));
        int64_t i = low, j = high;
        while (i <= j) {
            while (x[i] < pivot) i++;
            while (x[j] > pivot) j--;
            if (i <= j) {
                const double swap = x[i];
                x[i++] = x[j];
                x[j--] = swap;
            }
        }
        if (k <= j)
            high = j;
        else if (k >= i)
            low = i;
        else
            return x[k];
    }
    return x[k];
}

campaign_status cpn_offers_find_width(double *width, const cpn_offers_problem *problem, const cpn_offers_set *set,
                                      const double *multipliers, double share, campaign_error *error)
{
    const int64_t n_cells = problem->n_groups * problem->n_offers, n = set->n_customers;
    cpn_offers_scratch scratch = { 0 };
    double *prices = cpn_alloc(n_cells * problem->n_costs, sizeof *prices);
    double *margins = cpn_alloc(n, sizeof *margins);
    const bool is_fine = prices && margins && cpn_offers_scratch_open(&scratch, problem);
    if (is_fine) {
        cpn_offers_price(prices, problem, multipliers);
        for (int64_t i = 0; i < n; i++) {
            cpn_offers_view view;
            cpn_offers_choice choice;
            cpn_offers_set_view(&view, set, i, problem->n_costs - 1);
            cpn_offers_score(&scratch, problem, &view, prices);
            cpn_offers_choose(&choice, &scratch, problem, &view);
            margins[i] = choice.margin;
        }
        int64_t rank = (int64_t)(share * (double)n);
        if (rank >= n) rank = n - 1;
        *width = n > 0 ? select_rank(margins, n, rank) : INFINITY;
        cpn_offers_scratch_close(&scratch);
    }
    cpn_free(prices);
    cpn_free(margins);
    return is_fine ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

campaign_status cpn_offers_find_shift(double *shift, const cpn_offers_problem *problem, const cpn_offers_set *set,
                                      const double *from, const double *to, campaign_error *error)
{
    const int64_t n_cells = problem->n_groups * problem->n_offers, n_prices = n_cells * problem->n_costs;
    cpn_offers_scratch scratch = { 0 };
    double *prices = cpn_alloc(n_prices, sizeof *prices), *moved = cpn_alloc(n_prices, sizeof *moved);
    const bool is_fine = prices && moved && cpn_offers_scratch_open(&scratch, problem);
    if (is_fine) {
        double sum = 0;
        cpn_offers_price(prices, problem, from);
        cpn_offers_price(moved, problem, to);
        for (int64_t i = 0; i < n_prices; i++) moved[i] -= prices[i];
        for (int64_t i = 0; i < set->n_customers; i++) {
            cpn_offers_view view;
            cpn_offers_set_view(&view, set, i, problem->n_costs - 1);
            cpn_offers_score(&scratch, problem, &view, moved);
            double low = INFINITY, high = -INFINITY;
            for (int32_t p = 0; p < view.n; p++) {
                const double change = scratch.scores[p] - view.values[p];
                low = change < low ? change : low;
                high = change > high ? change : high;
            }
            if (view.n == 1) low = 0; /* against none at all */
            if (view.n > 0) sum += (high - low) * (high - low);
        }
        *shift = set->n_customers > 0 ? sqrt(sum / (double)set->n_customers) : 0;
        cpn_offers_scratch_close(&scratch);
    }
    cpn_free(prices);
    cpn_free(moved);
    return is_fine ? CAMPAIGN_OK : cpn_fail_nomem(error);
}
