/* The level of a split in floating point. The sum grows with the level, so that interpolation with bisection finds it. */
#include "allocate/quota/level.h"
#include "base/number.h"

#include <math.h>

enum { MOST_STEPS = 100 };

/* A share rounded at the signposts of a method. */
static double round_share(int32_t method, double share)
{
    const double below = floor(share);
    switch (method) {
    case CAMPAIGN_QUOTA_DHONDT: return below;
    case CAMPAIGN_QUOTA_SAINTE_LAGUE: return floor(share + 0.5);
    case CAMPAIGN_QUOTA_HILL: return share > 0 && share * share >= below * (below + 1) ? below + 1 : below;
    case CAMPAIGN_QUOTA_ADAMS: return ceil(share);
    case CAMPAIGN_QUOTA_DEAN: return share > 0 && share * (below + 0.5) >= below * (below + 1) ? below + 1 : below;
    default: return share;
    }
}

double cpn_quota_at_level(const cpn_quota_share *share, int64_t cell, double level, int32_t method)
{
    const double least = (double)share->minimum[cell], most = (double)share->maximum[cell];
    const double part = round_share(method, (double)share->weights[cell] * level);
    return part < least ? least : part > most ? most : part;
}

static double sum_at(const cpn_quota_share *share, double level, int32_t method)
{
    double sum = 0;
    for (int64_t cell = 0; cell < share->n; cell++) sum += cpn_quota_at_level(share, cell, level, method);
    return sum;
}

double cpn_quota_level(const cpn_quota_share *share, int32_t method)
{
    const double total = (double)share->total,
                 slack = method == CAMPAIGN_QUOTA_METHOD_USUAL ? total * 1e-13 : (double)(share->n / 256);
    double weight = 0, low = 0, low_sum = sum_at(share, 0, method);
    for (int64_t cell = 0; cell < share->n; cell++) weight += (double)share->weights[cell];
    if (weight <= 0) return 0;
    double high = total / weight, high_sum = sum_at(share, high, method);
    for (int32_t i = 0; i < MOST_STEPS && high_sum < total - slack; i++) {
        low = high;
        low_sum = high_sum;
        high = high * 2 + 1e-300;
        high_sum = sum_at(share, high, method);
    }
    for (int32_t i = 0; i < MOST_STEPS; i++) {
        if (fabs(high_sum - total) <= slack) return high;
        if (total - low_sum <= slack) return low;
        const double part = i % 3 == 2 ? 0.5 : cpn_quotient(total - low_sum, high_sum - low_sum);
        const double middle = low + (high - low) * part;
        if (!(middle > low && middle < high)) break;
        const double sum = sum_at(share, middle, method);
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
