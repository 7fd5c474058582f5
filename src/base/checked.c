/* Integer arithmetic that says when it does not fit, up to 128 bits, and the rounding modes.
 *
 * One path for every machine: 64-bit words made of 32-bit halves, so that what is tested is what a 32-bit till runs. */
#include "base/checked.h"

#include <assert.h>
#include <campaign/base.h>

static const uint64_t low_half = 0xFFFFFFFFu;

static uint64_t magnitude_of(int64_t value)
{
    return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

/* Two's complement without the implementation-defined conversion of large words. */
static int64_t to_signed(uint64_t word)
{
    return word <= INT64_MAX ? (int64_t)word : -1 - (int64_t)~word;
}

/* The signed value of a magnitude; false where it does not fit. */
static bool with_sign(int64_t *result, uint64_t magnitude, bool is_negative)
{
    if (magnitude > (uint64_t)INT64_MAX + is_negative) return false;
    *result = to_signed(is_negative ? 0 - magnitude : magnitude);
    return true;
}

bool cpn_is_rounding(int32_t rounding)
{
    return rounding >= CAMPAIGN_ROUND_NONE && rounding <= CAMPAIGN_ROUND_CEILING;
}

/* Whether a magnitude with a rest goes one up, away from zero. */
static bool goes_away_from_zero(uint64_t magnitude, bool is_negative, cpn_rest rest, int32_t rounding)
{
    switch (rounding) {
    case CAMPAIGN_ROUND_HALF_UP: return rest >= CPN_REST_HALF;
    case CAMPAIGN_ROUND_HALF_EVEN: return rest == CPN_REST_ABOVE_HALF || (rest == CPN_REST_HALF && magnitude % 2 == 1);
    case CAMPAIGN_ROUND_HALF_DOWN: return rest == CPN_REST_ABOVE_HALF;
    case CAMPAIGN_ROUND_UP: return true;
    case CAMPAIGN_ROUND_FLOOR: return is_negative;
    case CAMPAIGN_ROUND_CEILING: return !is_negative;
    default: return false; /* CAMPAIGN_ROUND_DOWN */
    }
}

bool cpn_round64(int64_t *result, uint64_t magnitude, bool is_negative, cpn_rest rest, int32_t rounding)
{
    assert(cpn_is_rounding(rounding));
    if (rest != CPN_REST_NONE) {
        if (rounding == CAMPAIGN_ROUND_NONE) return false;
        if (goes_away_from_zero(magnitude, is_negative, rest, rounding)) {
            if (magnitude == UINT64_MAX) return false;
            magnitude++;
        }
    }
    return with_sign(result, magnitude, is_negative);
}

bool cpn_add64(int64_t *result, int64_t a, int64_t b)
{
    if (b >= 0 ? a > INT64_MAX - b : a < INT64_MIN - b) return false;
    *result = a + b;
    return true;
}

bool cpn_sub64(int64_t *result, int64_t a, int64_t b)
{
    if (b >= 0 ? a < INT64_MIN + b : a > INT64_MAX + b) return false;
    *result = a - b;
    return true;
}

bool cpn_mul64(int64_t *result, int64_t a, int64_t b)
{
    uint64_t high;
    const uint64_t low = cpn_mul_words(&high, magnitude_of(a), magnitude_of(b));
    return high == 0 && with_sign(result, low, (a < 0) != (b < 0));
}

bool cpn_mul_div64(int64_t *result, int64_t a, int64_t b, int64_t c, int32_t rounding)
{
    return cpn_div_128(result, cpn_mul_128(a, b), c, rounding);
}

int64_t cpn_power_of_ten(int32_t exponent)
{
    assert(exponent >= 0 && exponent <= 18);
    int64_t power = 1;
    for (int32_t i = 0; i < exponent; i++) power *= 10;
    return power;
}

int cpn_leading_zeros(uint64_t word)
{
    assert(word != 0);
    int zeros = 0;
    for (int bits = 32; bits > 0; bits /= 2)
        if (!(word >> (64 - bits))) {
            word <<= bits;
            zeros += bits;
        }
    return zeros;
}

uint64_t cpn_mul_words(uint64_t *high, uint64_t a, uint64_t b)
{
    const uint64_t a0 = a & low_half, a1 = a >> 32, b0 = b & low_half, b1 = b >> 32;
    const uint64_t p00 = a0 * b0;
    const uint64_t middle = a1 * b0 + (p00 >> 32);        /* at most (2^32 - 1)^2 + 2^32 - 1: fits */
    const uint64_t other = a0 * b1 + (middle & low_half); /* the same bound */
    *high = a1 * b1 + (middle >> 32) + (other >> 32);
    return (other << 32) | (p00 & low_half);
}

/* One 32-bit digit of a long division: (high * 2^32 + next) / divisor, where divisor has its top bit set and
 * high < divisor. Knuth, The Art of Computer Programming 4.3.1, algorithm D: the guess is at most 2 too large. */
static uint64_t divide_digit(uint64_t *high, uint64_t next, uint64_t divisor)
{
    const uint64_t d1 = divisor >> 32, d0 = divisor & low_half;
    uint64_t digit = *high / d1, rest = *high % d1;
    while (digit > low_half || digit * d0 > ((rest << 32) | next)) {
        digit--;
        rest += d1;
        if (rest > low_half) break;
    }
    *high = (*high << 32) + next - digit * divisor; /* wraps back into range: the true remainder is below divisor */
    return digit;
}

uint64_t cpn_div_words(uint64_t *remainder, uint64_t high, uint64_t low, uint64_t divisor)
{
    assert(divisor > high);
    if (high == 0) {
        *remainder = low % divisor;
        return low / divisor;
    }
    const int shift = cpn_leading_zeros(divisor);
    divisor <<= shift;
    if (shift) {
        high = (high << shift) | (low >> (64 - shift));
        low <<= shift;
    }
    const uint64_t upper = divide_digit(&high, low >> 32, divisor);
    const uint64_t lower = divide_digit(&high, low & low_half, divisor);
    *remainder = high >> shift;
    return (upper << 32) | lower;
}

static cpn_int128 negate_128(cpn_int128 value)
{
    const uint64_t low = 0 - value.low;
    return (cpn_int128){ .low = low, .high = to_signed(~(uint64_t)value.high + (low == 0)) };
}

cpn_int128 cpn_mul_128(int64_t a, int64_t b)
{
    uint64_t high;
    const uint64_t low = cpn_mul_words(&high, magnitude_of(a), magnitude_of(b));
    const cpn_int128 product = { .low = low, .high = to_signed(high) };
    return (a < 0) != (b < 0) ? negate_128(product) : product;
}

bool cpn_add_128(cpn_int128 *result, cpn_int128 a, cpn_int128 b)
{
    const uint64_t low = a.low + b.low;
    const uint64_t high = (uint64_t)a.high + (uint64_t)b.high + (low < a.low);
    const int64_t sum = to_signed(high);
    if ((a.high < 0) == (b.high < 0) && (sum < 0) != (a.high < 0)) return false;
    *result = (cpn_int128){ .low = low, .high = sum };
    return true;
}

int cpn_compare_128(cpn_int128 a, cpn_int128 b)
{
    if (a.high != b.high) return a.high < b.high ? -1 : 1;
    if (a.low != b.low) return a.low < b.low ? -1 : 1;
    return 0;
}

bool cpn_div_128(int64_t *quotient, cpn_int128 value, int64_t divisor, int32_t rounding)
{
    assert(divisor != 0);
    const bool is_negative = value.high < 0;
    if (is_negative) value = negate_128(value);
    const uint64_t by = magnitude_of(divisor), high = (uint64_t)value.high;
    if (high >= by) return false; /* the quotient has more than 64 bits */
    uint64_t remainder;
    const uint64_t truncated = cpn_div_words(&remainder, high, value.low, by);
    cpn_rest rest = CPN_REST_NONE;
    if (remainder) {
        const uint64_t missing = by - remainder;
        rest = remainder < missing ? CPN_REST_BELOW_HALF : remainder == missing ? CPN_REST_HALF : CPN_REST_ABOVE_HALF;
    }
    return cpn_round64(quotient, truncated, is_negative != (divisor < 0), rest, rounding);
}
