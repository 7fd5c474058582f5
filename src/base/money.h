/* Currencies and money for the engines. */
#ifndef CPN_BASE_MONEY_H
#define CPN_BASE_MONEY_H

#include <campaign/base.h>
#include <stdbool.h>

/* Exponent of a currency, or -1 if it is not in ISO 4217. Codes without a minor unit (XXX, XAU) have exponent 0. */
int32_t cpn_currency_exponent(const char *currency);

/* The minor units of a float in major (scale 10^exponent) or minor units; false where it is not finite, does not fit,
 * or is not exact under ROUND_NONE. The double's own binary value is what is rounded, exactly. */
bool cpn_money_from_double(int64_t *minor, double value, int32_t exponent, int32_t rounding, bool *is_rounded);

/* Another number of decimals; false where it does not fit, or is not exact under ROUND_NONE. */
bool cpn_money_rescale(int64_t *minor, int64_t value, int32_t from_exponent, int32_t to_exponent, int32_t rounding,
                       bool *is_rounded);

#endif
