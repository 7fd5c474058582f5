/* Integer arithmetic that says when it does not fit. Money and counts are computed with nothing else. */
#ifndef CPN_BASE_CHECKED_H
#define CPN_BASE_CHECKED_H

#include <stdbool.h>
#include <stdint.h>

/* A 128-bit integer in two words, because 32-bit targets have no __int128. */
typedef struct cpn_int128 {
    uint64_t low;
    int64_t high;
} cpn_int128;

/* What is left of one unit below a truncated magnitude. */
typedef enum cpn_rest { CPN_REST_NONE, CPN_REST_BELOW_HALF, CPN_REST_HALF, CPN_REST_ABOVE_HALF } cpn_rest;

/* Whether a caller's value is one of CAMPAIGN_ROUND_…; everything below asserts it. */
bool cpn_is_rounding(int32_t rounding);

/* The integer that a truncated magnitude, its rest and its sign round to; false where it does not fit, or where there is
 * a rest under ROUND_NONE. */
bool cpn_round64(int64_t *result, uint64_t magnitude, bool is_negative, cpn_rest rest, int32_t rounding);

/* Each returns false, and leaves *result alone, where the exact result does not fit. */
bool cpn_add64(int64_t *result, int64_t a, int64_t b);
bool cpn_sub64(int64_t *result, int64_t a, int64_t b);
bool cpn_mul64(int64_t *result, int64_t a, int64_t b);

/* a * b / c with the product in 128 bits, rounded as CAMPAIGN_ROUND_…; ROUND_NONE returns false where it is not exact.
 * c must not be 0. */
bool cpn_mul_div64(int64_t *result, int64_t a, int64_t b, int64_t c, int32_t rounding);

/* 10^exponent for 0 to 18. */
int64_t cpn_power_of_ten(int32_t exponent);

/* Zero bits above the highest one; word must not be 0. */
int cpn_leading_zeros(uint64_t word);

/* Full products and quotients of unsigned words; never overflow. The divisor must be above high. */
uint64_t cpn_mul_words(uint64_t *high, uint64_t a, uint64_t b);
uint64_t cpn_div_words(uint64_t *remainder, uint64_t high, uint64_t low, uint64_t divisor);

/* The full product; never overflows. */
cpn_int128 cpn_mul_128(int64_t a, int64_t b);
bool cpn_add_128(cpn_int128 *result, cpn_int128 a, cpn_int128 b);
/* -1, 0 or 1. */
int cpn_compare_128(cpn_int128 a, cpn_int128 b);
/* value / divisor rounded; false where the quotient does not fit, or is not exact under ROUND_NONE. */
bool cpn_div_128(int64_t *quotient, cpn_int128 value, int64_t divisor, int32_t rounding);

#endif
