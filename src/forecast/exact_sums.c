/* Exact sums of doubles: each accumulator is a fixed-point number wide enough for every double, so that the order of
 * summands cannot matter. Limbs of 32 bits stand in 64-bit words; carries are settled before they can overflow. */
#include <string.h>

#include "base/memory.h"
#include "forecast/forecast.h"

enum {
    LIMBS = 67,             /* 2^-1074 to 2^1024 are 2098 bits, and one limb for the sign */
    MOST_PENDING = 1 << 29, /* additions of less than 2^33 to a limb that fit 63 bits with room to spare */
    FRACTION_BITS = 52,
    LOWEST_EXPONENT = -1074
};
static const int64_t limb_base = INT64_C(1) << 32;

typedef struct accumulator {
    int64_t limbs[LIMBS];
} accumulator;

struct cpn_exact_sums {
    int64_t n, n_pending;
    accumulator *items;
};

cpn_exact_sums *cpn_exact_sums_create(int64_t n)
{
    cpn_exact_sums *sums = cpn_alloc_zero(1, sizeof *sums);
    if (!sums) return NULL;
    sums->n = n;
    sums->items = cpn_alloc_zero(n, sizeof *sums->items);
    if (sums->items) return sums;
    cpn_free(sums);
    return NULL;
}

/* Every limb but the last within 0 and 2^32 - 1; the last carries the sign. */
static void settle(accumulator *item)
{
    for (int i = 0; i < LIMBS - 1; i++) {
        int64_t carry = item->limbs[i] / limb_base;
        int64_t rest = item->limbs[i] % limb_base;
        if (rest < 0) {
            rest += limb_base;
            carry--;
        }
        item->limbs[i] = rest;
        item->limbs[i + 1] += carry;
    }
}

void cpn_exact_sums_add(cpn_exact_sums *sums, int64_t index, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    const int exponent = (int)(bits >> FRACTION_BITS & 0x7FF);
    uint64_t mantissa = bits & ((UINT64_C(1) << FRACTION_BITS) - 1);
    if (exponent > 0) mantissa |= UINT64_C(1) << FRACTION_BITS;
    const int place = exponent > 0 ? exponent - 1 : 0;
    const uint64_t low = (mantissa & 0xFFFFFFFF) << place % 32, high = (mantissa >> 32) << place % 32;
    const int64_t sign = bits >> 63 ? -1 : 1;
    int64_t *limbs = &sums->items[index].limbs[place / 32];
    limbs[0] += sign * (int64_t)(low & 0xFFFFFFFF);
    limbs[1] += sign * (int64_t)((low >> 32) + (high & 0xFFFFFFFF));
    limbs[2] += sign * (int64_t)(high >> 32);
    if (++sums->n_pending < MOST_PENDING) return;
    for (int64_t i = 0; i < sums->n; i++) settle(&sums->items[i]);
    sums->n_pending = 0;
}

/* value * 2^exponent, in steps that are exact as long as the result is. */
static double scale(double value, int exponent)
{
    for (; exponent >= 32; exponent -= 32) value *= 4294967296.0;
    for (; exponent <= -32; exponent += 32) value *= 1 / 4294967296.0;
    for (; exponent > 0; exponent--) value *= 2;
    for (; exponent < 0; exponent++) value *= 0.5;
    return value;
}

bool cpn_exact_sums_take(double *sum, cpn_exact_sums *sums, int64_t index)
{
    accumulator *item = &sums->items[index];
    settle(item);
    const bool is_negative = item->limbs[LIMBS - 1] < 0;
    if (is_negative) {
        for (int i = 0; i < LIMBS; i++) item->limbs[i] = -item->limbs[i];
        settle(item);
    }
    int top = LIMBS - 1;
    while (top > 2 && item->limbs[top] == 0) top--;
    /* Three limbs hold at least 65 significant bits: what lies below cannot change the sum by more than its last bit. */
    const double value = ((double)item->limbs[top] * 4294967296.0 + (double)item->limbs[top - 1]) * 4294967296.0 +
                         (double)item->limbs[top - 2];
    const double scaled = scale(value, LOWEST_EXPONENT + 32 * (top - 2));
    if (!(scaled <= 1.7976931348623157e308)) return false;
    *sum = is_negative ? -scaled : scaled;
    return true;
}

void cpn_exact_sums_free(cpn_exact_sums *sums)
{
    if (!sums) return;
    cpn_free(sums->items);
    cpn_free(sums);
}
