/* Decimal numbers without conversion to binary: 0.1 is a tenth here, and 0.30000000000000001 is more than 0.3. */
#include "base/decimal.h"

#include "base/checked.h"

enum { LARGEST_EXPONENT = 1000000000 }; /* beyond it the exponent is cut: nothing that long fits any limit or type */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t skip_digits(const char *text, size_t from, size_t length)
{
    while (from < length && is_digit(text[from])) from++;
    return from;
}

/* The exponent at text[from], which is the letter e; false where it is malformed. */
static bool read_exponent(int64_t *exponent, const char *text, size_t from, size_t length)
{
    size_t i = from + 1;
    const bool is_negative = i < length && text[i] == '-';
    if (i < length && (text[i] == '-' || text[i] == '+')) i++;
    if (i == length || skip_digits(text, i, length) != length) return false;
    int64_t value = 0;
    for (; i < length; i++) {
        value = value * 10 + (text[i] - '0');
        if (value > LARGEST_EXPONENT) value = LARGEST_EXPONENT;
    }
    *exponent = is_negative ? -value : value;
    return true;
}

/* Finds the significant digits within [from, to), where the integer part ends at dot. */
static void find_digits(cpn_decimal *decimal, const char *text, size_t from, size_t dot, size_t to)
{
    size_t first = from, last = to;
    while (first < to && !(text[first] >= '1' && text[first] <= '9')) first++;
    if (first == to) return; /* zero */
    while (!(text[last - 1] >= '1' && text[last - 1] <= '9')) last--;
    const bool is_split = first < dot && last > dot;
    decimal->digits = text + first;
    decimal->n_digits = (int64_t)(last - first) - is_split;
    decimal->dot = is_split ? (int64_t)(dot - first) : -1;
    decimal->magnitude = first < dot ? (int64_t)(dot - first) : -(int64_t)(first - dot - 1);
}

bool cpn_decimal_read(cpn_decimal *decimal, const char *text, size_t length, bool without_exponent)
{
    const size_t from = length > 0 && text[0] == '-';
    const size_t dot = skip_digits(text, from, length); /* where a decimal point would stand */
    if (dot == from || (text[from] == '0' && dot > from + 1)) return false;
    size_t to = dot;
    if (dot < length && text[dot] == '.') {
        to = skip_digits(text, dot + 1, length);
        if (to == dot + 1) return false;
    }
    int64_t exponent = 0;
    if (to < length &&
        (without_exponent || (text[to] != 'e' && text[to] != 'E') || !read_exponent(&exponent, text, to, length)))
        return false;
    *decimal = (cpn_decimal){ .dot = -1 };
    find_digits(decimal, text, from, dot, to);
    if (!decimal->n_digits) return true; /* -0 is 0 */
    decimal->is_negative = from > 0;
    decimal->magnitude += exponent;
    return true;
}

static int digit_at(const cpn_decimal *decimal, int64_t i)
{
    if (i >= decimal->n_digits) return 0;
    return decimal->digits[decimal->dot >= 0 && i >= decimal->dot ? i + 1 : i] - '0';
}

/* Of two numbers that are not zero, without their signs. */
static int compare_sizes(const cpn_decimal *a, const cpn_decimal *b)
{
    if (a->magnitude != b->magnitude) return a->magnitude < b->magnitude ? -1 : 1;
    const int64_t n = a->n_digits > b->n_digits ? a->n_digits : b->n_digits;
    for (int64_t i = 0; i < n; i++) {
        const int difference = digit_at(a, i) - digit_at(b, i);
        if (difference) return difference < 0 ? -1 : 1;
    }
    return 0;
}

static int sign_of(const cpn_decimal *decimal)
{
    return decimal->n_digits == 0 ? 0 : decimal->is_negative ? -1 : 1;
}

int cpn_decimal_compare(const cpn_decimal *a, const cpn_decimal *b)
{
    const int sign = sign_of(a), other = sign_of(b);
    if (sign != other) return sign < other ? -1 : 1;
    return sign == 0 ? 0 : sign * compare_sizes(a, b);
}

campaign_status cpn_decimal_scaled(int64_t *integer, const cpn_decimal *decimal, int32_t scale)
{
    *integer = 0;
    if (!decimal->n_digits) return CAMPAIGN_OK;
    const int64_t n_whole = decimal->magnitude + scale; /* digits before the point once scaled */
    if (decimal->n_digits > n_whole) return CAMPAIGN_E_VALUE;
    if (n_whole > 19) return CAMPAIGN_E_OVERFLOW; /* 2^63 has 19 digits */
    int64_t value = 0;                            /* kept negative: that side reaches one further */
    for (int64_t i = 0; i < n_whole; i++)
        if (!cpn_mul64(&value, value, 10) || !cpn_sub64(&value, value, digit_at(decimal, i)))
            return CAMPAIGN_E_OVERFLOW;
    if (!decimal->is_negative && !cpn_sub64(&value, 0, value)) return CAMPAIGN_E_OVERFLOW;
    *integer = value;
    return CAMPAIGN_OK;
}
