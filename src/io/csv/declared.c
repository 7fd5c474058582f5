/* Cells read as the type the caller declared: more forms than a cell is given by itself, and every refusal has a name. */
#include <campaign/io.h>
#include <math.h>
#include <string.h>

#include "io/csv/simple.h"
#include "io/csv/value.h"

enum { NUMBER_ROOM = 64 };

/* ---- Blanks ----------------------------------------------------------------------------------------------------- */

static size_t blank_at_start(const char *text, size_t length)
{
    if (length >= 1 && (*text == ' ' || *text == '\t')) return 1;
    if (length >= 2 && memcmp(text, "\xC2\xA0", 2) == 0) return 2;     /* no-break space */
    if (length >= 3 && memcmp(text, "\xE3\x80\x80", 3) == 0) return 3; /* ideographic space */
    return 0;
}

static size_t blank_at_end(const char *text, size_t length)
{
    if (length >= 1 && (text[length - 1] == ' ' || text[length - 1] == '\t')) return 1;
    if (length >= 2 && memcmp(text + length - 2, "\xC2\xA0", 2) == 0) return 2;
    if (length >= 3 && memcmp(text + length - 3, "\xE3\x80\x80", 3) == 0) return 3;
    return 0;
}

void cpn_io_trim(const char **text, size_t *length)
{
    size_t n;
    while ((n = blank_at_start(*text, *length)) > 0) {
        *text += n;
        *length -= n;
    }
    while ((n = blank_at_end(*text, *length)) > 0) *length -= n;
}

/* ---- Numbers ---------------------------------------------------------------------------------------------------- */

/* digits * 10^(exponent - n_decimals) where that is a whole number within 10^18. */
static bool scale_exactly(int64_t *value, const cpn_io_simple *number, int32_t exponent)
{
    uint64_t scaled = number->digits;
    for (int32_t i = number->n_decimals; i < exponent; i++) {
        if (scaled > 100000000000000000u) return false;
        scaled *= 10;
    }
    for (int32_t i = number->n_decimals; i > exponent; i--) {
        if (scaled % 10) return false;
        scaled /= 10;
    }
    *value = number->is_negative ? -(int64_t)scaled : (int64_t)scaled;
    return true;
}

/* A decimal number stripped of everything but sign, digits, dot and exponent. */
typedef struct decimal {
    char text[NUMBER_ROOM]; /* not terminated */
    size_t length;
    bool is_negative, is_percent, is_scientific;
} decimal;

static bool take_start(const char **text, size_t *length, const char *token)
{
    const size_t n = strlen(token);
    if (*length < n || memcmp(*text, token, n) != 0) return false;
    *text += n;
    *length -= n;
    cpn_io_trim(text, length);
    return true;
}

static bool take_end(const char **text, size_t *length, const char *token)
{
    const size_t n = strlen(token);
    if (*length < n || memcmp(*text + *length - n, token, n) != 0) return false;
    *length -= n;
    cpn_io_trim(text, length);
    return true;
}

/* What people write around an amount, longest first, so that a part is never taken for the whole. */
typedef struct currency_sign {
    char currency[4];
    const char *sign;
} currency_sign;

static void take_currency(const char **text, size_t *length, const char *currency)
{
    static const currency_sign signs[] = {
        { "CNY", "CN¥" }, { "CNY", "RMB" }, { "CNY", "¥" },  { "CNY", "￥" },  { "CNY", "元" },
        { "JPY", "JP¥" }, { "JPY", "¥" },   { "JPY", "￥" }, { "JPY", "円" },  { "USD", "US$" },
        { "USD", "$" },   { "EUR", "€" },   { "GBP", "£" },  { "HKD", "HK$" }, { "TWD", "NT$" },
        { "SGD", "S$" },  { "KRW", "₩" },   { "INR", "₹" },  { "THB", "฿" },   { "VND", "₫" },
    };
    if (take_start(text, length, currency) || take_end(text, length, currency)) return;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strcmp(signs[i].currency, currency) == 0 &&
            (take_start(text, length, signs[i].sign) || take_end(text, length, signs[i].sign)))
            return;
}

/* Sign before or behind the number, or parentheses around it, before or behind the currency's sign; false where there
 * are two. */
static bool take_sign(decimal *number, const char **text, size_t *length, const char *currency)
{
    int n_signs = 0;
    for (int round = 0; round < 2; round++) {
        bool is_negative = false;
        if (*length >= 2 && **text == '(' && (*text)[*length - 1] == ')') {
            (void)take_start(text, length, "(");
            is_negative = take_end(text, length, ")");
        } else if (take_start(text, length, "-") || take_end(text, length, "-")) {
            is_negative = true;
        } else {
            n_signs += take_start(text, length, "+");
        }
        n_signs += is_negative;
        number->is_negative = number->is_negative || is_negative;
        if (round == 0 && currency) take_currency(text, length, currency);
        if (!currency) break;
    }
    return n_signs <= 1;
}

/* Digits with commas in the right places, a dot, an exponent: copies them without the commas. */
static bool copy_digits(decimal *number, const char *text, size_t length)
{
    size_t i = 0, n_whole = 0, n_group = 0, n_digits = 0;
    bool is_grouped = false;
    if (number->is_negative) number->text[number->length++] = '-';
    for (; i < length && text[i] != '.' && text[i] != 'e' && text[i] != 'E'; i++) {
        if (number->length == NUMBER_ROOM) return false;
        if (text[i] == ',') {
            if (n_group == 0 || n_group > 3 || (is_grouped && n_group != 3)) return false;
            is_grouped = true;
            n_group = 0;
            continue;
        }
        if (text[i] < '0' || text[i] > '9') return false;
        number->text[number->length++] = text[i];
        n_group++;
        n_whole++;
    }
    if (is_grouped && n_group != 3) return false;
    n_digits = n_whole;
    for (; i < length; i++) {
        if (number->length == NUMBER_ROOM) return false;
        if (text[i] == 'e' || text[i] == 'E') number->is_scientific = true;
        n_digits += text[i] >= '0' && text[i] <= '9' && !number->is_scientific;
        const bool is_usual = (text[i] >= '0' && text[i] <= '9') || text[i] == '.' || text[i] == 'e' ||
                              text[i] == 'E' ||
                              ((text[i] == '-' || text[i] == '+') && (text[i - 1] == 'e' || text[i - 1] == 'E'));
        if (!is_usual) return false;
        number->text[number->length++] = text[i];
    }
    return n_digits > 0;
}

/* currency is NULL where no sign of money may stand. */
static bool read_decimal(decimal *number, const char *text, size_t length, const char *currency)
{
    memset(number, 0, sizeof *number);
    number->is_percent = !currency && take_end(&text, &length, "%");
    return take_sign(number, &text, &length, currency) && copy_digits(number, text, length);
}

/* The whole part of a number whose decimals are all zero. */
static cpn_io_trouble read_integer(cpn_io_value *value, const char *text, size_t length, size_t room, int64_t smallest,
                                   int64_t largest)
{
    cpn_io_simple simple;
    decimal number;
    if (cpn_io_read_simple(&simple, text, length, room) && scale_exactly(&value->integer, &simple, 0))
        return value->integer < smallest || value->integer > largest ? CPN_IO_TOO_LARGE : CPN_IO_FINE;
    if (!read_decimal(&number, text, length, NULL) || number.is_percent) return CPN_IO_NOT_INTEGER;
    if (number.is_scientific) return CPN_IO_SCIENTIFIC_ID;
    const campaign_status status =
        campaign_money_parse(&value->integer, number.text, number.length, 0, CAMPAIGN_ROUND_NONE, NULL);
    if (status == CAMPAIGN_E_OVERFLOW) return CPN_IO_TOO_LARGE;
    if (status != CAMPAIGN_OK) return CPN_IO_NOT_INTEGER;
    return value->integer < smallest || value->integer > largest ? CPN_IO_TOO_LARGE : CPN_IO_FINE;
}

/* What the writer prints for floats that are no numbers. */
static bool read_not_finite(double *value, const char *text, size_t length)
{
    if (length == 3 && memcmp(text, "nan", 3) == 0)
        *value = NAN;
    else if (length == 3 && memcmp(text, "inf", 3) == 0)
        *value = INFINITY;
    else if (length == 4 && memcmp(text, "-inf", 4) == 0)
        *value = -INFINITY;
    else
        return false;
    return true;
}

/* 15% is 15e-2, so that it is rounded once. */
static cpn_io_trouble read_real(cpn_io_value *value, const char *text, size_t length, size_t room)
{
    cpn_io_simple simple;
    decimal number;
    if (cpn_io_read_simple(&simple, text, length, room) &&
        cpn_io_divide_exactly(&value->real, simple.digits, simple.n_decimals, simple.is_negative))
        return CPN_IO_FINE;
    if (read_not_finite(&value->real, text, length)) return CPN_IO_FINE;
    if (!read_decimal(&number, text, length, NULL)) return CPN_IO_NOT_NUMBER;
    if (number.is_percent) {
        if (number.is_scientific || number.length + 3 > NUMBER_ROOM) return CPN_IO_NOT_NUMBER;
        memcpy(number.text + number.length, "e-2", 3);
        number.length += 3;
    }
    const campaign_status status = campaign_number_parse(&value->real, number.text, number.length, NULL);
    if (status == CAMPAIGN_E_OVERFLOW) return CPN_IO_TOO_LARGE;
    return status == CAMPAIGN_OK ? CPN_IO_FINE : CPN_IO_NOT_NUMBER;
}

static cpn_io_trouble read_money(cpn_io_value *value, const cpn_io_terms *terms, const char *text, size_t length,
                                 size_t room)
{
    cpn_io_simple simple;
    decimal number;
    if (cpn_io_read_simple(&simple, text, length, room) && scale_exactly(&value->integer, &simple, terms->exponent))
        return CPN_IO_FINE;
    if (!read_decimal(&number, text, length, terms->currency) || number.is_scientific) return CPN_IO_NOT_MONEY;
    campaign_status status =
        campaign_money_parse(&value->integer, number.text, number.length, terms->exponent, CAMPAIGN_ROUND_NONE, NULL);
    if (status == CAMPAIGN_E_VALUE) {
        if (terms->rounding == CAMPAIGN_ROUND_NONE) return CPN_IO_TOO_MANY_DECIMALS;
        value->is_rounded = true;
        status =
            campaign_money_parse(&value->integer, number.text, number.length, terms->exponent, terms->rounding, NULL);
    }
    if (status == CAMPAIGN_E_OVERFLOW) return CPN_IO_TOO_LARGE;
    return status == CAMPAIGN_OK ? CPN_IO_FINE : CPN_IO_NOT_MONEY;
}

/* ---- The rest --------------------------------------------------------------------------------------------------- */

static cpn_io_trouble read_bool(cpn_io_value *value, const char *text, size_t length)
{
    static const char *const words[2][3] = { { "false", "否", "0" }, { "true", "是", "1" } };
    char lower[8];
    if (length > sizeof lower) return CPN_IO_NOT_BOOL;
    for (size_t i = 0; i < length; i++)
        lower[i] = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] - 'A' + 'a') : text[i];
    for (int truth = 0; truth < 2; truth++)
        for (int i = 0; i < 3; i++)
            if (strlen(words[truth][i]) == length && memcmp(words[truth][i], lower, length) == 0) {
                value->integer = truth;
                return CPN_IO_FINE;
            }
    return CPN_IO_NOT_BOOL;
}

static cpn_io_trouble read_day(cpn_io_value *value, const cpn_io_terms *terms, const char *text, size_t length)
{
    cpn_io_time time;
    const cpn_io_trouble trouble = cpn_io_read_time(&time, text, length, terms->date_order, true);
    if (trouble == CPN_IO_NOT_TIMESTAMP) return CPN_IO_NOT_DATE;
    if (trouble != CPN_IO_FINE) return trouble;
    if (time.has_zone) return CPN_IO_HAS_ZONE;
    value->integer = time.day;
    return time.micros ? CPN_IO_HAS_TIME : CPN_IO_FINE; /* many programs write a date as its midnight */
}

static cpn_io_trouble read_timestamp(cpn_io_value *value, const cpn_io_terms *terms, const char *text, size_t length)
{
    cpn_io_time time;
    const cpn_io_trouble trouble = cpn_io_read_time(&time, text, length, terms->date_order, true);
    if (trouble != CPN_IO_FINE) return trouble == CPN_IO_NOT_DATE ? CPN_IO_NOT_TIMESTAMP : trouble;
    if (time.has_zone && !terms->has_utc_offset) return CPN_IO_HAS_ZONE;
    value->integer = cpn_io_time_micros(&time, terms->utc_offset_minutes);
    return CPN_IO_FINE;
}

static cpn_io_trouble read_key(const char *text, size_t length)
{
    cpn_io_trim(&text, &length);
    return cpn_io_is_destroyed(text, length) ? CPN_IO_SCIENTIFIC_ID : CPN_IO_FINE;
}

cpn_io_trouble cpn_io_read_declared(cpn_io_value *value, const cpn_io_terms *terms, const char *text, size_t length,
                                    size_t room)
{
    value->is_rounded = false;
    if (terms->type == CAMPAIGN_TYPE_UTF8) return terms->is_key ? read_key(text, length) : CPN_IO_FINE;
    const char *start = text;
    cpn_io_trim(&text, &length);
    room -= (size_t)(text - start);
    switch (terms->type) {
    case CAMPAIGN_TYPE_BOOL: return read_bool(value, text, length);
    case CAMPAIGN_TYPE_INT32: return read_integer(value, text, length, room, INT32_MIN, INT32_MAX);
    case CAMPAIGN_TYPE_INT64:
        if (terms->is_key && length > 1 && *text == '0') return CPN_IO_LEADING_ZERO;
        return read_integer(value, text, length, room, INT64_MIN, INT64_MAX);
    case CAMPAIGN_TYPE_FLOAT64: return read_real(value, text, length, room);
    case CAMPAIGN_TYPE_DATE: return read_day(value, terms, text, length);
    case CAMPAIGN_TYPE_TIMESTAMP: return read_timestamp(value, terms, text, length);
    case CAMPAIGN_TYPE_MONEY: return read_money(value, terms, text, length, room);
    }
    return CPN_IO_NOT_NUMBER; /* types are checked before any cell is read */
}
