/* Numbers as the decimals that people wrote: a double is read as its shortest text, in whole units and decimals. */
#include "base/decimal.h"
#include "allocate/quota/quota.h"
#include "base/checked.h"
#include "base/number.h"

enum { MOST_DECIMALS = 18 };

static bool is_whole(double value)
{
    return value < 9007199254740992.0 && (double)(int64_t)value == value;
}

int32_t cpn_quota_decimals(double value)
{
    if (is_whole(value)) return 0;
    char text[CPN_NUMBER_TEXT];
    cpn_decimal decimal;
    const size_t length = cpn_format_double(text, value);
    if (!cpn_decimal_read(&decimal, text, length, false)) return 0;
    const int64_t beyond = decimal.n_digits - decimal.magnitude;
    return beyond < 0 ? 0 : beyond > MOST_DECIMALS + 1 ? MOST_DECIMALS + 1 : (int32_t)beyond;
}

/* The digit at a place after the point of 0.d1d2d3…, 0 outside. */
static int32_t digit_at(const cpn_decimal *decimal, int64_t place)
{
    if (place < 0 || place >= decimal->n_digits) return 0;
    return decimal->digits[decimal->dot >= 0 && place >= decimal->dot ? place + 1 : place] - '0';
}

bool cpn_quota_decimal(int64_t *whole, int64_t *part, double value, int32_t decimals)
{
    *part = 0;
    *whole = (int64_t)value;
    if (is_whole(value)) return true;
    char text[CPN_NUMBER_TEXT];
    cpn_decimal decimal;
    const size_t length = cpn_format_double(text, value);
    if (!cpn_decimal_read(&decimal, text, length, false)) return false;
    *whole = 0;
    for (int64_t place = 0; place < decimal.magnitude; place++) *whole = *whole * 10 + digit_at(&decimal, place);
    for (int32_t i = 0; i < decimals; i++) *part = *part * 10 + digit_at(&decimal, decimal.magnitude + i);
    *part += digit_at(&decimal, decimal.magnitude + decimals) >= 5;
    if (*part == cpn_power_of_ten(decimals)) {
        *part = 0;
        *whole += 1;
    }
    return decimal.n_digits - decimal.magnitude <= decimals;
}
