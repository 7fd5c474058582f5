/* Natural numbers of a fixed room for exact conversion between decimals and doubles.
 * Written to be short: numbers that come this way are rare, see number.c. Room is the caller's promise, asserted. */
#include "base/big.h"

#include <assert.h>
#include <string.h>

void cpn_big_set(cpn_big *big, uint64_t value)
{
    big->limbs[0] = (uint32_t)value;
    big->limbs[1] = (uint32_t)(value >> 32);
    big->n_limbs = value >> 32 ? 2 : value ? 1 : 0;
}

void cpn_big_mul_add(cpn_big *big, uint32_t factor, uint32_t summand)
{
    uint64_t carry = summand;
    for (int32_t i = 0; i < big->n_limbs; i++) {
        carry += (uint64_t)big->limbs[i] * factor;
        big->limbs[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (!carry) return;
    assert(big->n_limbs < CPN_BIG_LIMBS);
    big->limbs[big->n_limbs++] = (uint32_t)carry;
}

void cpn_big_mul_power_of_five(cpn_big *big, int32_t exponent)
{
    for (; exponent >= 13; exponent -= 13) cpn_big_mul_add(big, 1220703125u, 0); /* 5^13, the largest below 2^32 */
    uint32_t factor = 1;
    for (; exponent > 0; exponent--) factor *= 5;
    cpn_big_mul_add(big, factor, 0);
}

void cpn_big_shift_left(cpn_big *big, int32_t bits)
{
    if (big->n_limbs == 0) return;
    cpn_big_mul_add(big, (uint32_t)1 << (bits % 32), 0);
    const int32_t limbs = bits / 32;
    assert(big->n_limbs + limbs <= CPN_BIG_LIMBS);
    memmove(big->limbs + limbs, big->limbs, (size_t)big->n_limbs * sizeof *big->limbs);
    memset(big->limbs, 0, (size_t)limbs * sizeof *big->limbs);
    big->n_limbs += limbs;
}

int32_t cpn_big_n_bits(const cpn_big *big)
{
    if (big->n_limbs == 0) return 0;
    int32_t bits = 32 * (big->n_limbs - 1);
    for (uint32_t top = big->limbs[big->n_limbs - 1]; top; top >>= 1) bits++;
    return bits;
}

/* Limb number i of big shifted left by bits below 32, including one limb beyond its end. */
static uint32_t shifted_limb(const cpn_big *big, int32_t i, int32_t bits)
{
    const uint32_t high = i < big->n_limbs ? big->limbs[i] : 0;
    const uint32_t low = i > 0 && i <= big->n_limbs ? big->limbs[i - 1] : 0;
    return bits ? (high << bits) | (low >> (32 - bits)) : high;
}

/* Takes denominator * 2^bits off numerator if it can; says whether it did. */
static bool take_shifted(cpn_big *numerator, const cpn_big *denominator, int32_t bits)
{
    if (cpn_big_n_bits(denominator) + bits > cpn_big_n_bits(numerator)) return false;
    const int32_t limbs = bits / 32, small = bits % 32, n = numerator->n_limbs;
    for (int32_t i = n - 1; i >= limbs; i--) { /* from the top down, the first difference decides */
        const uint32_t mine = numerator->limbs[i], theirs = shifted_limb(denominator, i - limbs, small);
        if (mine < theirs) return false;
        if (mine > theirs) break;
    }
    uint64_t borrow = 0;
    for (int32_t i = limbs; i < n; i++) {
        const uint64_t difference =
            (uint64_t)numerator->limbs[i] - shifted_limb(denominator, i - limbs, small) - borrow;
        numerator->limbs[i] = (uint32_t)difference;
        borrow = difference >> 63;
    }
    while (numerator->n_limbs > 0 && numerator->limbs[numerator->n_limbs - 1] == 0) numerator->n_limbs--;
    return true;
}

uint64_t cpn_big_divide(cpn_big *numerator, const cpn_big *denominator)
{
    const int32_t top = cpn_big_n_bits(numerator) - cpn_big_n_bits(denominator);
    assert(top <= 64); /* a difference of 64 bits still leaves quotients below 2^64 */
    uint64_t quotient = 0;
    for (int32_t bit = top < 63 ? top : 63; bit >= 0; bit--)
        if (take_shifted(numerator, denominator, bit)) quotient |= (uint64_t)1 << bit;
    return quotient;
}
