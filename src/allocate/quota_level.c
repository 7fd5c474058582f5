/* The level of a split in floating point. The sum grows with the level, so that interpolation with bisection finds it. */
#include "allocate/quota_level.h"

#include <math.h>

enum { MOST_STEPS = 100 };

double cpn_quota_at_level(const cpn_quota_share *share, int64_t cell, double level, double lift)
{
    const double least = (double)share->minimum[cell], most = (double)share->maximum[cell];
    double part = (double)share->weights[cell] * level;
    if (lift >= 0) part = floor(part + lift);
    return part < least ? least : part > most ? most : part;
}

static double sum_at(const cpn_quota_share *share, double level, double lift)
{
    double sum = 0;
    for (int64_t cell = 0; cell < share->n; cell++) sum += cpn_quota_at_level(share, cell, level, lift);
    return sum;
}

double cpn_quota_level(const cpn_quota_share *share, double lift)
{
    const double total = (double)share->total, slack = lift < 0 ? total * 1e-13 : (double)(share->n / 256);
    double weight = 0, low = 0, low_sum = sum_at(share, 0, lift);
    for (int64_t cell = 0; cell < share->n; cell++) weight += (double)share->weights[cell];
    if (weight <= 0) return 0;
    double high = total / weight, high_sum = sum_at(share, high, lift);
    for (int32_t i = 0; i < MOST_STEPS && high_sum < total - slack; i++) {
        low = high;
        low_sum = high_sum;
        high = high * 2 + 1e-300;
        high_sum = sum_at(share, high, lift);
    }
    for (int32_t i = 0; i < MOST_STEPS; i++) {
        if (fabs(high_sum - total) <= slack) return high;
        if (total - low_sum <= slack) return low;
        const double part = i % 3 == 2 ? 0.5 : (total - low_sum) / (high_sum - low_sum);
        const double middle = low + (high - low) * part;
        if (!(middle > low && middle < high)) break;
        const double sum = sum_at(share, middle, lift);
        if (sum < total) {
            low = middle;
            low_sum = sum;
        } else {
            high = middle;
            high_sum = sum;
        }
    }
    return total - low_sum < high_sum - total ? low : high;
}
