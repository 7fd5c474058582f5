/* Arithmetic of positive numbers with 128 bits. */
#include "allocate/quota/real.h"

#include <math.h>

#include "base/checked.h"

static cpn_quota_real normalise(uint64_t high, uint64_t low, int64_t exponent)
{
    if (high == 0) {
        high = low;
        low = 0;
        exponent -= 64;
    }
    const int zeros = cpn_leading_zeros(high);
    if (zeros > 0) {
        high = high << zeros | low >> (64 - zeros);
        low <<= zeros;
    }
    return (cpn_quota_real){ .high = high, .low = low, .exponent = exponent - zeros };
}

cpn_quota_real cpn_quota_real_of(cpn_quota_wide wide)
{
    return normalise(wide.high, wide.low, 0);
}

cpn_quota_real cpn_quota_real_of_double(double value)
{
    int exponent;
    const double fraction = frexp(value, &exponent); /* 1/2 to 1, with 53 bits */
    return normalise((uint64_t)(fraction * 9007199254740992.0), 0, (int64_t)exponent - 53 - 64);
}

double cpn_quota_real_double(cpn_quota_real real)
{
    const int64_t exponent = real.exponent + 64;
    if (exponent > 2000) return INFINITY;
    if (exponent < -2000) return 0;
    return ldexp((double)real.high, (int)exponent);
}

cpn_quota_real cpn_quota_real_multiply(cpn_quota_real a, cpn_quota_real b)
{
    cpn_quota_wide top = cpn_quota_multiply(a.high, b.high);
    const uint64_t cross = cpn_quota_multiply(a.high, b.low).high, other = cpn_quota_multiply(a.low, b.high).high;
    top.low += cross;
    top.high += top.low < cross;
    top.low += other;
    top.high += top.low < other;
    return normalise(top.high, top.low, a.exponent + b.exponent + 128);
}

/* The next 64 bits of a quotient: rest * 2^64 / divisor; rest, below divisor, becomes the remainder. */
static uint64_t divide_step(cpn_quota_wide *rest, cpn_quota_wide divisor)
{
    uint64_t quotient = UINT64_MAX, remainder;
    bool has_overflowed = false;
    if (rest->high >= divisor.high) {
        remainder = rest->low + divisor.high;
        has_overflowed = remainder < divisor.high;
    } else {
        quotient = cpn_div_words(&remainder, rest->high, rest->low, divisor.high);
    }
    cpn_quota_wide product = cpn_quota_multiply(quotient, divisor.low);
    while (!has_overflowed && cpn_quota_compare_wide(product, (cpn_quota_wide){ remainder, 0 }) > 0) {
        quotient--;
        remainder += divisor.high;
        has_overflowed = remainder < divisor.high;
        product = cpn_quota_multiply(quotient, divisor.low);
    }
    /* remainder * 2^64 - product, which fits 128 bits */
    rest->low = 0 - product.low;
    rest->high = remainder - product.high - (product.low > 0);
    return quotient;
}

cpn_quota_real cpn_quota_real_divide(cpn_quota_real a, cpn_quota_real b)
{
    cpn_quota_wide rest = { a.high, a.low };
    const cpn_quota_wide divisor = { b.high, b.low };
    int64_t exponent = a.exponent - b.exponent - 128;
    /* Half the dividend keeps it below the divisor; the bit that is lost is below the precision. */
    if (cpn_quota_compare_wide(rest, divisor) >= 0) {
        rest = (cpn_quota_wide){ rest.high >> 1, rest.high << 63 | rest.low >> 1 };
        exponent++;
    }
    const uint64_t high = divide_step(&rest, divisor);
    const uint64_t low = divide_step(&rest, divisor);
    return normalise(high, low, exponent);
}

int cpn_quota_real_compare(cpn_quota_real a, cpn_quota_real b)
{
    if (a.exponent != b.exponent) return a.exponent < b.exponent ? -1 : 1;
    return cpn_quota_compare_wide((cpn_quota_wide){ a.high, a.low }, (cpn_quota_wide){ b.high, b.low });
}

bool cpn_quota_real_is_near(cpn_quota_real a, cpn_quota_real b, int32_t bits)
{
    if (cpn_quota_real_compare(a, b) < 0) {
        const cpn_quota_real other = a;
        a = b;
        b = other;
    }
    if (a.exponent - b.exponent > 1) return false;
    /* Around a power of two the smaller one has one bit more. */
    cpn_quota_wide large = { a.high, a.low }, small = { b.high, b.low };
    if (a.exponent != b.exponent) small = (cpn_quota_wide){ small.high >> 1, small.high << 63 | small.low >> 1 };
    const cpn_quota_wide rest = { large.high - small.high - (large.low < small.low), large.low - small.low };
    const int32_t free_bits = 128 - bits;
    return free_bits >= 64 ? (rest.high >> (free_bits - 64)) == 0 : rest.high == 0 && (rest.low >> free_bits) == 0;
}
