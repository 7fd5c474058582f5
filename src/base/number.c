/* Decimal text into numbers: exact, and the same in every locale.
 *
 * A double is read in three ways, each exactly rounded: one multiplication or division where both factors are exact
 * (W. D. Clinger, How to Read Floating Point Numbers Accurately, 1990), 128-bit integers for up to 19 digits and powers
 * of ten up to 27, and large integers for the rest. */
#include "base/number.h"

#include <campaign/base.h>
#include <float.h>
#include <string.h>

#include "base/big.h"
#include "base/checked.h"
#include "base/error.h"
#include "base/text.h"

enum {
    WORD_DIGITS = 19,   /* 10^19 fits 64 bits */
    EXACT_DIGITS = 770, /* a halfway point between two doubles has at most 768 significant digits */
    FIVE_MAX = 27       /* 5^27 is the largest power of five within 64 bits */
};

static const int64_t exponent_cap = INT64_C(100000000000000000); /* more than the digits of any memory can balance */

/* A decimal as it was read: significant digits mean digits * 10^exponent; n_digits counts them all. */
typedef struct decimal {
    uint64_t leading;                /* the first 19 digits */
    const char *digits, *digits_end; /* from the first significant one, possibly with a dot in between */
    int64_t n_digits;
    int64_t exponent; /* of the last digit */
    bool is_negative;
} decimal;

bool cpn_parse_int64(int64_t *value, const char *text, size_t length)
{
    const bool is_negative = length > 0 && text[0] == '-';
    const size_t start = length > 0 && (text[0] == '-' || text[0] == '+');
    if (start == length) return false;
    uint64_t magnitude = 0;
    for (size_t i = start; i < length; i++) {
        if (text[i] < '0' || text[i] > '9') return false;
        const uint64_t digit = (uint64_t)(text[i] - '0');
        if (magnitude > (UINT64_MAX - digit) / 10) return false;
        magnitude = magnitude * 10 + digit;
    }
    return cpn_round64(value, magnitude, is_negative, CPN_REST_NONE, CAMPAIGN_ROUND_NONE);
}

/* Reads "e-12" at text up to end into *exponent, capped; false where it is not an exponent. */
static bool read_exponent(int64_t *exponent, const char *text, const char *end)
{
    if (text == end || (*text != 'e' && *text != 'E')) return false;
    text++;
    const bool is_negative = text < end && *text == '-';
    if (text < end && (*text == '-' || *text == '+')) text++;
    if (text == end) return false;
    int64_t value = 0;
    for (; text < end; text++) {
        if (*text < '0' || *text > '9') return false;
        if (value < exponent_cap) value = value * 10 + (*text - '0');
    }
    *exponent = is_negative ? -value : value;
    return true;
}

static bool read_decimal(decimal *number, const char *text, size_t length)
{
    const char *next = text, *end = text + length;
    memset(number, 0, sizeof *number);
    number->is_negative = length > 0 && *text == '-';
    if (length > 0 && (*text == '-' || *text == '+')) next++;
    bool has_digits = false, has_dot = false;
    int64_t n_decimals = 0;
    for (; next < end; next++) {
        if (*next == '.' && !has_dot) {
            has_dot = true;
            continue;
        }
        if (*next < '0' || *next > '9') break;
        has_digits = true;
        n_decimals += has_dot;
        if (number->n_digits == 0 && *next == '0') continue;
        if (number->n_digits == 0) number->digits = next;
        if (number->n_digits < WORD_DIGITS) number->leading = number->leading * 10 + (uint64_t)(*next - '0');
        number->n_digits++;
    }
    number->digits_end = next;
    if (!has_digits || (next < end && !read_exponent(&number->exponent, next, end))) return false;
    number->exponent -= n_decimals;
    return true;
}

/* The double nearest to (word + a rest below 1, if has_rest) * 2^exponent, ties to even; false where it is infinite.
 * word must have at least 55 significant bits if it has a rest, so that the rest never decides more than a tie. */
static bool assemble(double *value, uint64_t word, bool has_rest, int32_t exponent, bool is_negative)
{
    uint64_t bits = 0;
    if (word) {
        const int zeros = cpn_leading_zeros(word);
        word <<= zeros;
        exponent -= zeros;
        const int32_t scale = exponent + 63; /* 2^scale <= value < 2^(scale + 1) */
        if (scale > 1023) return false;
        const int32_t n_kept = scale >= -1022 ? 53 : 53 - (-1022 - scale);
        if (n_kept >= 0) {
            const int32_t n_cut = 64 - n_kept;
            const uint64_t kept = n_cut == 64 ? 0 : word >> n_cut, half = (uint64_t)1 << (n_cut - 1);
            const uint64_t cut = word & (half | (half - 1));
            const bool goes_up = cut > half || (cut == half && (has_rest || kept % 2 == 1));
            /* A carry out of the fraction runs into the exponent, which is what rounding up to a power of two means. */
            const uint64_t biased = scale >= -1022 ? (uint64_t)(scale + 1022) : 0;
            bits = (biased << 52) + kept + goes_up;
            if (bits >> 52 == 0x7FF) return false;
        }
    }
    bits |= (uint64_t)is_negative << 63;
    memcpy(value, &bits, sizeof *value);
    return true;
}

static uint64_t power_of_five(int32_t exponent)
{
    uint64_t power = 1;
    for (int32_t i = 0; i < exponent; i++) power *= 5;
    return power;
}

/* word * 10^exponent for a word that is not 0 and exponents of -27 to 27. */
static bool convert_word(double *value, uint64_t word, int32_t exponent, bool is_negative)
{
    const int32_t shift = cpn_leading_zeros(word);
    word <<= shift;
    if (exponent >= 0) {
        uint64_t high, low = cpn_mul_words(&high, word, power_of_five(exponent));
        if (high == 0) return assemble(value, low, false, exponent - shift, is_negative);
        const int32_t spare = cpn_leading_zeros(high);
        if (spare) high = (high << spare) | (low >> (64 - spare));
        low <<= spare;
        return assemble(value, high, low != 0, exponent - shift + 64 - spare, is_negative);
    }
    uint64_t divisor = power_of_five(-exponent), remainder;
    const int32_t scale = cpn_leading_zeros(divisor);
    divisor <<= scale;
    const uint64_t quotient = cpn_div_words(&remainder, word >> 1, word << 63, divisor); /* word * 2^63 / divisor */
    return assemble(value, quotient, remainder != 0, exponent - shift - 63 + scale, is_negative);
}

/* The digits of a number as a large integer, at most EXACT_DIGITS of them; the lost ones only say "a little more", which
 * a final 1 says too. */
static void collect_digits(cpn_big *big, decimal *number)
{
    cpn_big_set(big, 0);
    big->limbs[0] = 0;
    int64_t n = 0;
    bool has_more = false;
    for (const char *next = number->digits; next < number->digits_end; next++) {
        if (*next == '.') continue;
        const uint32_t digit = (uint32_t)(*next - '0');
        if (n < EXACT_DIGITS && n == 0)
            cpn_big_set(big, digit);
        else if (n < EXACT_DIGITS)
            cpn_big_mul_add(big, 10, digit);
        else
            has_more |= digit != 0;
        n++;
    }
    if (n > EXACT_DIGITS) number->exponent += n - EXACT_DIGITS;
    if (has_more) {
        cpn_big_mul_add(big, 10, 1);
        number->exponent--;
    }
}

/* Any number between 1e-400 and 1e400, through large integers: a quotient of 64 bits, and whether there is a rest. */
static bool convert_large(double *value, decimal *number)
{
    cpn_big numerator, denominator;
    collect_digits(&numerator, number);
    cpn_big_set(&denominator, 1);
    const int32_t exponent = (int32_t)number->exponent;
    cpn_big_mul_power_of_five(exponent >= 0 ? &numerator : &denominator, exponent >= 0 ? exponent : -exponent);
    const int32_t shift = 63 + cpn_big_n_bits(&denominator) - cpn_big_n_bits(&numerator);
    cpn_big_shift_left(shift >= 0 ? &numerator : &denominator, shift >= 0 ? shift : -shift);
    const uint64_t quotient = cpn_big_divide(&numerator, &denominator);
    return assemble(value, quotient, numerator.n_limbs != 0, exponent - shift, number->is_negative);
}

/* One operation on two exact doubles; only where doubles are computed as doubles (not on the x87). */
static bool convert_small(double *value, const decimal *number)
{
    static const double powers[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                     1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };
    if (FLT_EVAL_METHOD != 0 || number->leading > (uint64_t)1 << 53 || number->exponent < -22 || number->exponent > 22)
        return false;
    const double digits = (double)number->leading;
    const double result = number->exponent < 0 ? digits / powers[-number->exponent] : digits * powers[number->exponent];
    *value = number->is_negative ? -result : result;
    return true;
}

bool cpn_parse_double(double *value, const char *text, size_t length)
{
    decimal number;
    if (!read_decimal(&number, text, length)) return false;
    const int64_t magnitude = number.n_digits + number.exponent; /* 10^(magnitude - 1) <= value < 10^magnitude */
    if (number.n_digits == 0 || magnitude < -400) return assemble(value, 0, false, 0, number.is_negative);
    if (magnitude > 400) return false;
    if (number.n_digits <= WORD_DIGITS) {
        if (convert_small(value, &number)) return true;
        if (number.exponent >= -FIVE_MAX && number.exponent <= FIVE_MAX)
            return convert_word(value, number.leading, (int32_t)number.exponent, number.is_negative);
    }
    return convert_large(value, &number);
}

campaign_status campaign_number_parse(double *value, const char *text, size_t length, campaign_error *error)
{
    if (!value || (!text && length)) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, NULL, "value and text are required");
    *value = 0;
    const int shown = (int)cpn_utf8_cut(text, length, 40);
    decimal number;
    if (!read_decimal(&number, text, length))
        return cpn_fail(error, CAMPAIGN_E_SYNTAX, NULL, "\"%.*s\" is not a decimal number", shown, text ? text : "");
    if (!cpn_parse_double(value, text, length))
        return cpn_fail(error, CAMPAIGN_E_OVERFLOW, NULL, "%.*s is beyond the largest double", shown, text);
    return CAMPAIGN_OK;
}
