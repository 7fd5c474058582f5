/* Spreads many amounts, one after the other, over the same weights: whole units, and sums that stay close to exact. */
#ifndef CPN_BASE_SPREAD_H
#define CPN_BASE_SPREAD_H

#include <stdint.h>

enum { CPN_SPREAD_MOST_CELLS = 512 };
/* Most that the weights may add up to, so that remainders and what is carried have room. */
#define CPN_SPREAD_MOST_WEIGHT (INT64_C(1) << 31)

/* One series of amounts. carry is what the cells are owed, in units of 1 / total; all of it adds up to 0. */
typedef struct cpn_spread {
    int32_t n_cells;
    const int64_t *weights; /* borrowed; none negative */
    int64_t total;
    double reciprocal; /* of total */
    int64_t carry[CPN_SPREAD_MOST_CELLS];
} cpn_spread;

/* Brings weights to a sum of at most CPN_SPREAD_MOST_WEIGHT: exactly where their common divisor allows it, otherwise
 * rounded, and none that was above 0 to 0. All 0 become 1 each. Their sum must fit 63 bits. */
void cpn_spread_scale(int64_t *weights, int32_t n_cells);

/* Starts a series; weights as cpn_spread_scale leaves them, 1 to CPN_SPREAD_MOST_CELLS of them. */
void cpn_spread_start(cpn_spread *spread, const int64_t *weights, int32_t n_cells);

/* Splits the next amount (0 or more) into n_cells parts. Each part is its exact share rounded down or up, and a cell of
 * weight 0 gets nothing. The parts that are rounded up are those of the cells that are owed most after all amounts so
 * far, ties to the lower index: the first amount of a series is split by largest remainder, and the parts of many small
 * amounts do not gather on the same cells. */
void cpn_spread_next(cpn_spread *spread, int64_t *parts, int64_t amount);

#endif
