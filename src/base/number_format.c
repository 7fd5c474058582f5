/* Numbers into decimal text: exact, and the same in every locale.
 *
 * The shortest decimal of a double is found among the integers between its two halfway points, both scaled by a power of
 * ten so that 17 digits stand before the point (what G. L. Steele and J. L. White ask for in How to Print Floating-Point
 * Numbers Accurately, 1990). 128-bit integers do for 1e-11 to 1e17, large integers for the rest. */
#include "base/number.h"

#include <string.h>

#include "base/big.h"
#include "base/checked.h"

enum {
    FIVE_MAX = 27,        /* 5^27 is the largest power of five within 64 bits */
    PLAIN_MAX = 21,       /* digits before the point up to which no exponent is written, as in ECMAScript */
    PLAIN_MIN_ZEROS = -6, /* zeros after the point from which one is */
    FRACTION_BITS = 52,
    EXPONENT_MIN = -1074
};

typedef struct digits {
    char text[CPN_NUMBER_TEXT];
    int32_t n;
    int32_t point; /* the value is 0.text * 10^point */
} digits;

size_t cpn_format_int64(char text[CPN_NUMBER_TEXT], int64_t value)
{
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    char reversed[CPN_NUMBER_TEXT];
    size_t n = 0;
    do {
        reversed[n++] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (value < 0) reversed[n++] = '-';
    for (size_t i = 0; i < n; i++) text[i] = reversed[n - 1 - i];
    text[n] = '\0';
    return n;
}

/* word * 2^binary * 10^decimal, truncated; the result fits 64 bits. */
static uint64_t scale_large(uint64_t word, int32_t binary, int32_t decimal, bool *has_rest)
{
    cpn_big numerator, denominator;
    cpn_big_set(&numerator, word);
    cpn_big_set(&denominator, 1);
    const int32_t twos = binary + decimal;
    cpn_big_mul_power_of_five(decimal >= 0 ? &numerator : &denominator, decimal >= 0 ? decimal : -decimal);
    cpn_big_shift_left(twos >= 0 ? &numerator : &denominator, twos >= 0 ? twos : -twos);
    const uint64_t quotient = cpn_big_divide(&numerator, &denominator);
    *has_rest = numerator.n_limbs != 0;
    return quotient;
}

static uint64_t scale(uint64_t word, int32_t binary, int32_t decimal, bool *has_rest)
{
    if (decimal < 0 || decimal > FIVE_MAX) return scale_large(word, binary, decimal, has_rest);
    uint64_t power = 1;
    for (int32_t i = 0; i < decimal; i++) power *= 5;
    uint64_t high, low = cpn_mul_words(&high, word, power);
    const int32_t right = -(binary + decimal);
    *has_rest = false;
    if (right <= 0) return low << -right;
    if (right >= 64) {
        *has_rest = low != 0 || (high & (((uint64_t)1 << (right - 64)) - 1)) != 0;
        return high >> (right - 64);
    }
    *has_rest = (low & (((uint64_t)1 << right) - 1)) != 0;
    return (high << (64 - right)) | (low >> right);
}

/* The integer with the most trailing zeros between first and last, and among those the nearest to twice / 2, ties to
 * even. twice is truncated, has_rest says so. */
static uint64_t choose(uint64_t first, uint64_t last, uint64_t twice, bool has_rest)
{
    uint64_t unit = 1;
    while (last / (unit * 10) * (unit * 10) >= first) unit *= 10;
    const uint64_t below = twice / 2 / unit * unit, above = below + unit, over = twice - 2 * below;
    bool goes_up = over > unit || (over == unit && (has_rest || below / unit % 2 == 1));
    if (goes_up && above > last) goes_up = false;
    if (!goes_up && below < first) goes_up = true;
    return goes_up ? above : below;
}

/* Digits of a number above 0 times 10^exponent, without the zeros at their end. */
static void set_digits(digits *found, uint64_t number, int32_t exponent)
{
    found->n = (int32_t)cpn_format_int64(found->text, (int64_t)number);
    found->point = found->n + exponent;
    while (found->n > 1 && found->text[found->n - 1] == '0') found->n--;
}

/* The shortest digits of mantissa * 2^binary. */
static void find_digits(digits *found, uint64_t mantissa, int32_t binary)
{
    /* floor(x * log10(2)) = floor(x * 78913 / 2^18) for |x| up to 1650; the sum in between keeps the division positive.
     * The scaled value lies between 10^16 and 10^18. */
    const int32_t log2 = binary + 63 - cpn_leading_zeros(mantissa);
    const int32_t log10 = (int32_t)(((int64_t)log2 * 78913 + ((int64_t)1 << 40)) / (1 << 18)) - (1 << 22);
    const int32_t decimal = 16 - log10;
    const bool is_closer_below = mantissa == (uint64_t)1 << FRACTION_BITS && binary > EXPONENT_MIN;
    bool has_low_rest, has_high_rest, has_rest;
    uint64_t first = scale(4 * mantissa - (is_closer_below ? 1 : 2), binary - 2, decimal, &has_low_rest);
    uint64_t last = scale(4 * mantissa + 2, binary - 2, decimal, &has_high_rest);
    const uint64_t twice = scale(4 * mantissa, binary - 1, decimal, &has_rest);
    const bool has_ends = mantissa % 2 == 0; /* a halfway point is read as the even neighbour */
    if (has_low_rest || !has_ends) first++;
    if (!has_high_rest && !has_ends) last--;
    set_digits(found, choose(first, last, twice, has_rest), -decimal);
}

static size_t add(char *text, size_t at, const char *bytes, size_t n)
{
    memcpy(text + at, bytes, n);
    return at + n;
}

static size_t add_zeros(char *text, size_t at, int32_t n)
{
    memset(text + at, '0', (size_t)n);
    return at + (size_t)n;
}

/* Where the point stands and when an exponent is written is as in ECMAScript's Number::toString. */
static size_t lay_out(char *text, size_t at, const digits *found)
{
    const size_t n = (size_t)found->n;
    const int32_t point = found->point;
    if (point > PLAIN_MAX || point <= PLAIN_MIN_ZEROS) {
        at = add(text, at, found->text, 1);
        if (n > 1) at = add(text, at, ".", 1);
        at = add(text, at, found->text + 1, n - 1);
        at = add(text, at, point > 0 ? "e+" : "e", point > 0 ? 2 : 1);
        return at + cpn_format_int64(text + at, point - 1);
    }
    if (point <= 0) {
        at = add_zeros(text, add(text, at, "0.", 2), -point);
        return add(text, at, found->text, n);
    }
    if ((size_t)point >= n) return add_zeros(text, add(text, at, found->text, n), point - found->n);
    at = add(text, at, found->text, (size_t)point);
    at = add(text, at, ".", 1);
    return add(text, at, found->text + point, n - (size_t)point);
}

size_t cpn_format_scaled(char text[CPN_NUMBER_TEXT], int64_t number, int32_t exponent)
{
    digits found = { .text = "0", .n = 1, .point = 1 };
    size_t n = number < 0 ? add(text, 0, "-", 1) : 0;
    if (number != 0) set_digits(&found, number < 0 ? 0 - (uint64_t)number : (uint64_t)number, exponent);
    n = lay_out(text, n, &found);
    text[n] = '\0';
    return n;
}

size_t cpn_format_double(char text[CPN_NUMBER_TEXT], double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    const int32_t biased = (int32_t)((bits >> FRACTION_BITS) & 0x7FF);
    const uint64_t fraction = bits & (((uint64_t)1 << FRACTION_BITS) - 1);
    const bool is_nan = biased == 0x7FF && fraction;
    size_t n = bits >> 63 && !is_nan ? add(text, 0, "-", 1) : 0;
    if (biased == 0x7FF) {
        n = add(text, n, is_nan ? "nan" : "inf", 3);
    } else if (biased == 0 && fraction == 0) {
        n = add(text, n, "0", 1);
    } else {
        digits found;
        const uint64_t mantissa = biased ? fraction | ((uint64_t)1 << FRACTION_BITS) : fraction;
        find_digits(&found, mantissa, (biased ? biased : 1) - 1 + EXPONENT_MIN);
        n = lay_out(text, n, &found);
    }
    text[n] = '\0';
    return n;
}
