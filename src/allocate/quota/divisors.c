/* Divisors to show: in the middle of what the cells allow, with the intervals in which each may lie. */
#include <math.h>

#include "allocate/quota/units.h"
#include "base/checked.h"
#include "base/number.h"

enum { CENTRE_PASSES = 8 };

static double post_of(const cpn_quota_units *units, int64_t unit)
{
    const cpn_quota_ratio post = cpn_quota_signpost(units->method, unit);
    const double ratio = cpn_quota_wide_double(post.numerator) / cpn_quota_wide_double(post.denominator);
    return units->method == CAMPAIGN_QUOTA_HILL ? sqrt(ratio) : ratio;
}

/* The divisors that give a node's cells their parts while the others stay; NAN where nothing limits them. */
static void find_interval(double *low, double *high, const cpn_quota_units *units, const double *divisors, int32_t node)
{
    const cpn_quota_grid *grid = units->grid;
    *low = *high = NAN;
    for (int64_t link = grid->first[node]; link < grid->first[node + 1]; link++) {
        const int64_t cell = grid->links[link];
        const double share = (double)units->problem->weights[cell] / divisors[cpn_quota_other(grid, node, cell)];
        if (cpn_quota_can_add(units, cell)) {
            const double least = share / post_of(units, grid->parts[cell] + 1);
            if (!(*low >= least)) *low = least;
        }
        if (cpn_quota_can_take(units, cell)) {
            const double most = share / post_of(units, grid->parts[cell]);
            if (!(*high <= most)) *high = most;
        }
    }
}

/* The scale is free: the column with the largest total gets the divisor 1, and weights their own unit. */
static void set_scale(cpn_quota_proof *proof, const cpn_quota_units *units)
{
    const cpn_quota_grid *grid = units->grid;
    int32_t largest = grid->n_rows;
    for (int32_t node = grid->n_rows; node < grid->n_nodes; node++)
        if (grid->totals[node] > grid->totals[largest]) largest = node;
    if (largest >= grid->n_nodes) return;
    const double scale = proof->divisors[largest];
    const double unit = (double)cpn_power_of_ten(units->problem->weight_decimals);
    for (int32_t node = 0; node < grid->n_nodes; node++) {
        const double factor = node < grid->n_rows ? scale / unit : 1 / scale;
        proof->divisors[node] *= factor;
        proof->low[node] *= factor;
        proof->high[node] *= factor;
    }
}

void cpn_quota_show_divisors(cpn_quota_units *units, cpn_quota_proof *proof)
{
    const cpn_quota_grid *grid = units->grid;
    for (int32_t node = 0; node < grid->n_nodes; node++) {
        const double factor = cpn_quota_real_double(units->factors[node]);
        proof->divisors[node] = 1 / (units->method == CAMPAIGN_QUOTA_HILL ? sqrt(factor) : factor);
    }
    for (int32_t pass = 0; pass < CENTRE_PASSES; pass++)
        for (int32_t node = 0; node < grid->n_nodes; node++) {
            double low, high;
            find_interval(&low, &high, units, proof->divisors, node);
            if (low > 0 && low < high && !cpn_is_infinite(high)) proof->divisors[node] = sqrt(low) * sqrt(high);
        }
    for (int32_t node = 0; node < grid->n_nodes; node++)
        find_interval(&proof->low[node], &proof->high[node], units, proof->divisors, node);
    set_scale(proof, units);
}
