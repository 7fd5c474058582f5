/* Sums of doubles that carry their own rounding error, so that they can be rounded upwards or compared exactly enough.
 * Error-free transformation: Knuth, The Art of Computer Programming 2, 4.2.2 (TwoSum). Products: Dekker 1971. */
#ifndef CPN_ALLOCATE_OFFERS_EXACT_SUM_H
#define CPN_ALLOCATE_OFFERS_EXACT_SUM_H

#include <math.h>
#include <stdbool.h>

/* high + low is the sum but for parts of 2^-100 of size, the sum of all magnitudes. */
typedef struct cpn_offers_sum {
    double high, low, size;
} cpn_offers_sum;

static inline void cpn_offers_sum_add(cpn_offers_sum *sum, double value)
{
    const double total = sum->high + value;
    const double part = total - sum->high;
    sum->low += (sum->high - (total - part)) + (value - part);
    sum->high = total;
    sum->size += fabs(value);
}

/* Above the true sum. error: relative to size, of the added values themselves. */
static inline double cpn_offers_sum_up(const cpn_offers_sum *sum, double error)
{
    return nextafter(sum->high + (sum->low + sum->size * (error + 0x1p-80)), INFINITY);
}

/* Whether the sum passes limit, by whatever little. */
static inline bool cpn_offers_sum_passes(const cpn_offers_sum *sum, double limit)
{
    return (sum->high - limit) + sum->low > 0;
}

static inline double cpn_offers_sum_near(const cpn_offers_sum *sum)
{
    return sum->high + sum->low;
}

#endif
