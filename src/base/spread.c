/* Rounds a matrix row by row so that its columns keep their sums, too: error diffusion with a carry for every column.
 * Splitting each row by itself would give the same columns the spare unit over and over. */
#include "base/spread.h"

#include <assert.h>
#include <campaign/base.h>
#include <string.h>

#include "base/checked.h"

/* The cell's place stands in the low bits, so that no two candidates are equal and the lower index wins. */
enum { PLACE_BITS = 9 };

/* ---- Weights ---------------------------------------------------------------------------------------------------- */

static int64_t greatest_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        const int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

void cpn_spread_scale(int64_t *weights, int32_t n_cells)
{
    int64_t divisor = 0, total = 0;
    for (int32_t i = 0; i < n_cells; i++) {
        divisor = greatest_divisor(divisor, weights[i]);
        total += weights[i];
    }
    for (int32_t i = 0; i < n_cells; i++) weights[i] = total == 0 ? 1 : weights[i] / divisor;
    if (total == 0 || total / divisor <= CPN_SPREAD_MOST_WEIGHT) return;
    total /= divisor;
    const int64_t room = CPN_SPREAD_MOST_WEIGHT - n_cells; /* rounding up adds at most one unit a cell */
    for (int32_t i = 0; i < n_cells; i++) (void)cpn_mul_div64(&weights[i], weights[i], room, total, CAMPAIGN_ROUND_UP);
}

void cpn_spread_start(cpn_spread *spread, const int64_t *weights, int32_t n_cells)
{
    assert(n_cells >= 1 && n_cells <= CPN_SPREAD_MOST_CELLS);
    spread->n_cells = n_cells;
    spread->weights = weights;
    spread->total = 0;
    for (int32_t i = 0; i < n_cells; i++) spread->total += weights[i];
    assert(spread->total >= 1 && spread->total <= CPN_SPREAD_MOST_WEIGHT);
    spread->reciprocal = 1.0 / (double)spread->total;
    memset(spread->carry, 0, (size_t)n_cells * sizeof *spread->carry);
}

/* ---- Rows ------------------------------------------------------------------------------------------------------- */

static void swap(int64_t *a, int64_t *b)
{
    const int64_t kept = *a;
    *a = *b;
    *b = kept;
}

static int64_t middle_of_three(int64_t a, int64_t b, int64_t c)
{
    if (a > b) swap(&a, &b);
    return c <= a ? a : c >= b ? b : c;
}

/* Brings the k largest of n distinct values to the front (Hoare's quickselect). */
static void select_largest(int64_t *values, int32_t n, int32_t k)
{
    int32_t first = 0, last = n - 1;
    while (first < last) {
        const int64_t pivot = middle_of_three(values[first], values[first + (last - first) / 2], values[last]);
        int32_t i = first, j = last;
        while (i <= j) {
            while (values[i] > pivot) i++;
            while (values[j] < pivot) j--;
            if (i <= j) swap(&values[i++], &values[j--]);
        }
        if (k <= j)
            last = j;
        else if (k > i)
            first = i;
        else
            return;
    }
}

/* amount × weight / total and its remainder. total is at most 2^31. */
static int64_t share_of(int64_t *rest, const cpn_spread *spread, int64_t amount, int64_t weight)
{
    uint64_t high = 0, remainder;
    const uint64_t low = cpn_mul_words(&high, (uint64_t)amount, (uint64_t)weight);
    const uint64_t quotient = cpn_div_words(&remainder, high, low, (uint64_t)spread->total);
    *rest = (int64_t)remainder;
    return (int64_t)quotient;
}

/* The same of an amount below 2^31, where the product is below 2^62 and the quotient below 2^31: the double is at most one
 * unit off, which the remainder tells, so the answer is exact without a division. */
static int64_t small_share_of(int64_t *rest, const cpn_spread *spread, int64_t amount, int64_t weight)
{
    const int64_t product = amount * weight;
    int64_t quotient = (int64_t)((double)product * spread->reciprocal);
    *rest = product - quotient * spread->total;
    if (*rest < 0) {
        *rest += spread->total;
        quotient--;
    } else if (*rest >= spread->total) {
        *rest -= spread->total;
        quotient++;
    }
    return quotient;
}

/* Gives one unit to each of the left cells that are owed most. Values are told apart by their upper bits first, into so
 * many drawers that only a few lie in the one where the line is drawn: nearly no branch depends on the data. */
static void round_up(cpn_spread *spread, int64_t *parts, const int64_t *owed, int32_t n_owed, int32_t left)
{
    enum { DRAWER_BITS = 6, DRAWERS = 1 << DRAWER_BITS };
    uint8_t drawers[CPN_SPREAD_MOST_CELLS];
    uint16_t counts[DRAWERS] = { 0 };
    int64_t close[CPN_SPREAD_MOST_CELLS], least = owed[0], most = owed[0];
    for (int32_t i = 1; i < n_owed; i++) {
        least = owed[i] < least ? owed[i] : least;
        most = owed[i] > most ? owed[i] : most;
    }
    const int bits = 64 - cpn_leading_zeros((uint64_t)(most - least) | 1);
    const int shift = bits > DRAWER_BITS ? bits - DRAWER_BITS : 0;
    for (int32_t i = 0; i < n_owed; i++) {
        drawers[i] = (uint8_t)((uint64_t)(owed[i] - least) >> shift);
        counts[drawers[i]]++;
    }
    int32_t line = DRAWERS - 1, above = 0, n_close = 0;
    while (above + counts[line] < left) above += counts[line--];
    for (int32_t i = 0; i < n_owed; i++) {
        const int32_t cell = CPN_SPREAD_MOST_CELLS - 1 - (int32_t)(owed[i] & (CPN_SPREAD_MOST_CELLS - 1));
        const int64_t takes = drawers[i] > line;
        parts[cell] += takes;
        spread->carry[cell] -= spread->total & -takes;
        close[n_close] = owed[i];
        n_close += drawers[i] == line;
    }
    select_largest(close, n_close, left - above);
    for (int32_t i = 0; i < left - above; i++) {
        const int32_t cell = CPN_SPREAD_MOST_CELLS - 1 - (int32_t)(close[i] & (CPN_SPREAD_MOST_CELLS - 1));
        parts[cell]++;
        spread->carry[cell] -= spread->total;
    }
}

void cpn_spread_next(cpn_spread *spread, int64_t *parts, int64_t amount)
{
    int64_t owed[CPN_SPREAD_MOST_CELLS];
    int64_t left = amount;
    int32_t n_owed = 0;
    for (int32_t i = 0; i < spread->n_cells; i++) {
        int64_t rest;
        parts[i] = amount <= INT32_MAX ? small_share_of(&rest, spread, amount, spread->weights[i])
                                       : share_of(&rest, spread, amount, spread->weights[i]);
        left -= parts[i];
        spread->carry[i] += rest;
        /* two's complement: the low bits are the place */
        owed[n_owed] = spread->carry[i] * (1 << PLACE_BITS) + (CPN_SPREAD_MOST_CELLS - 1 - i);
        n_owed += rest > 0;
    }
    /* left is the sum of the fractions: there are more cells with one than units. */
    if (left > 0) round_up(spread, parts, owed, n_owed, (int32_t)left);
}
