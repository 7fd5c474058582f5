/* Money: decimal text, floats and other exponents into minor units and back, exactly or by a named rounding mode. */
#include "base/money.h"

#include <assert.h>
#include <string.h>

#include "base/checked.h"
#include "base/error.h"
#include "base/text.h"

enum { EXPONENT_MAX = 9, QUOTED_MAX = 40 };

/* A decimal while it is read: digits up to the wanted exponent, and what lies beyond. */
typedef struct money_reader {
    uint64_t magnitude;
    int32_t exponent; /* decimals still wanted */
    cpn_rest rest;    /* of the decimals beyond */
    bool has_digits, has_dot, is_beyond, is_too_large;
} money_reader;

/* The rest of a fraction whose first decimal is digit. */
static cpn_rest start_rest(unsigned digit)
{
    if (digit == 0) return CPN_REST_NONE;
    return digit < 5 ? CPN_REST_BELOW_HALF : digit == 5 ? CPN_REST_HALF : CPN_REST_ABOVE_HALF;
}

static void read_digit(money_reader *reader, unsigned digit)
{
    reader->has_digits = true;
    if (reader->has_dot && reader->exponent == 0) {
        if (!reader->is_beyond)
            reader->rest = start_rest(digit);
        else if (digit && reader->rest == CPN_REST_NONE)
            reader->rest = CPN_REST_BELOW_HALF;
        else if (digit && reader->rest == CPN_REST_HALF)
            reader->rest = CPN_REST_ABOVE_HALF;
        reader->is_beyond = true;
        return;
    }
    if (reader->magnitude > (UINT64_MAX - digit) / 10)
        reader->is_too_large = true;
    else
        reader->magnitude = reader->magnitude * 10 + digit;
    if (reader->has_dot) reader->exponent--;
}

/* Reads the digits and the dot of text from start on; false where there is anything else. */
static bool read_decimal(money_reader *reader, const char *text, size_t start, size_t length)
{
    for (size_t i = start; i < length; i++) {
        if (text[i] == '.' && !reader->has_dot)
            reader->has_dot = true;
        else if (text[i] >= '0' && text[i] <= '9')
            read_digit(reader, (unsigned)(text[i] - '0'));
        else
            return false;
    }
    const bool has_digits = reader->has_digits;
    reader->has_dot = true;
    while (reader->exponent > 0) read_digit(reader, 0);
    return has_digits;
}

campaign_status campaign_money_parse(int64_t *minor, const char *text, size_t length, int32_t exponent,
                                     int32_t rounding, campaign_error *error)
{
    if (!minor || !text) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, NULL, "minor and text are required");
    *minor = 0;
    if (exponent < 0 || exponent > EXPONENT_MAX)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "exponent", "exponent %ld is not within 0 to 9", (long)exponent);
    if (!cpn_is_rounding(rounding))
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "rounding", "%ld is not a rounding mode", (long)rounding);
    const int quoted = (int)cpn_utf8_valid(text, cpn_utf8_cut(text, length, QUOTED_MAX));
    const bool is_negative = length > 0 && text[0] == '-', has_sign = is_negative || (length > 0 && text[0] == '+');
    money_reader reader = { .exponent = exponent };
    if (!read_decimal(&reader, text, has_sign, length))
        return cpn_fail(error, CAMPAIGN_E_SYNTAX, NULL, "\"%.*s\" is not an amount, expected digits such as \"19.90\"",
                        quoted, text);
    int64_t value;
    if (reader.rest != CPN_REST_NONE && rounding == CAMPAIGN_ROUND_NONE)
        return cpn_fail(error, CAMPAIGN_E_VALUE, NULL, "%.*s has more than %ld decimals", quoted, text, (long)exponent);
    if (reader.is_too_large || !cpn_round64(&value, reader.magnitude, is_negative, reader.rest, rounding))
        return cpn_fail(error, CAMPAIGN_E_OVERFLOW, NULL, "%.*s with %ld decimals does not fit 64 bits", quoted, text,
                        (long)exponent);
    *minor = value;
    return CAMPAIGN_OK;
}

size_t campaign_money_format(char text[CAMPAIGN_MONEY_TEXT], int64_t minor, int32_t exponent)
{
    if (!text) return 0;
    text[0] = '\0';
    if (exponent < 0 || exponent > EXPONENT_MAX) return 0;
    char reversed[CAMPAIGN_MONEY_TEXT];
    uint64_t rest = minor < 0 ? 0 - (uint64_t)minor : (uint64_t)minor;
    size_t n = 0;
    for (int32_t digit = 0; rest > 0 || digit <= exponent; digit++) {
        if (digit == exponent && exponent > 0) reversed[n++] = '.';
        reversed[n++] = (char)('0' + rest % 10);
        rest /= 10;
    }
    if (minor < 0) reversed[n++] = '-';
    for (size_t i = 0; i < n; i++) text[i] = reversed[n - 1 - i];
    text[n] = '\0';
    return n;
}

/* What is left of high * 2^64 + low below bit number shift, 1 to 127. */
static cpn_rest rest_below_bit(uint64_t high, uint64_t low, int shift)
{
    const int top = shift - 1; /* the bit worth one half */
    const bool has_half = top >= 64 ? (high >> (top - 64)) & 1 : (low >> top) & 1;
    const uint64_t below_high = top > 64 ? high & (((uint64_t)1 << (top - 64)) - 1) : 0;
    const uint64_t below_low = top >= 64 ? low : low & (((uint64_t)1 << top) - 1);
    const bool has_less = below_high || below_low;
    if (has_half) return has_less ? CPN_REST_ABOVE_HALF : CPN_REST_HALF;
    return has_less ? CPN_REST_BELOW_HALF : CPN_REST_NONE;
}

/* The parts of a finite double: value = ±mantissa * 2^exponent. False for infinities and nan. */
static bool take_apart(double value, uint64_t *mantissa, int *exponent)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    const int biased = (int)((bits >> 52) & 0x7FF);
    const uint64_t fraction = bits & (((uint64_t)1 << 52) - 1);
    *mantissa = biased ? fraction | ((uint64_t)1 << 52) : fraction;
    *exponent = (biased ? biased : 1) - 1075;
    return biased != 0x7FF;
}

bool cpn_money_from_double(int64_t *minor, double value, int32_t exponent, int32_t rounding, bool *is_rounded)
{
    assert(exponent >= 0 && exponent <= EXPONENT_MAX);
    uint64_t mantissa, high;
    int binary;
    if (!take_apart(value, &mantissa, &binary)) return false;
    uint64_t low = cpn_mul_words(&high, mantissa, (uint64_t)cpn_power_of_ten(exponent)); /* below 2^83 */
    cpn_rest rest = CPN_REST_NONE;
    if (binary >= 0) {
        if (high || (low && (binary > 63 || low >> (63 - binary) > 1))) return false;
        low = low ? low << binary : 0;
    } else if (binary > -128) {
        rest = rest_below_bit(high, low, -binary);
        low = binary <= -64 ? high >> (-binary - 64) : (high << 1 << (63 + binary)) | (low >> -binary);
        high = binary <= -64 ? 0 : high >> -binary;
    } else {
        rest = high || low ? CPN_REST_BELOW_HALF : CPN_REST_NONE;
        high = low = 0;
    }
    if (high || !cpn_round64(minor, low, value < 0, rest, rounding)) return false;
    if (is_rounded) *is_rounded = rest != CPN_REST_NONE;
    return true;
}

bool cpn_money_rescale(int64_t *minor, int64_t value, int32_t from_exponent, int32_t to_exponent, int32_t rounding,
                       bool *is_rounded)
{
    assert(from_exponent >= 0 && from_exponent <= EXPONENT_MAX && to_exponent >= 0 && to_exponent <= EXPONENT_MAX);
    bool has_rest = false;
    if (to_exponent >= from_exponent) {
        if (!cpn_mul64(minor, value, cpn_power_of_ten(to_exponent - from_exponent))) return false;
    } else {
        const int64_t unit = cpn_power_of_ten(from_exponent - to_exponent);
        has_rest = value % unit != 0;
        if (!cpn_mul_div64(minor, value, 1, unit, rounding)) return false;
    }
    if (is_rounded) *is_rounded = has_rest;
    return true;
}
