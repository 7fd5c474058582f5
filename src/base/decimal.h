/* Decimal numbers compared and scaled exactly, straight from their text, whatever their length. */
#ifndef CPN_BASE_DECIMAL_H
#define CPN_BASE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <campaign/base.h>

/* A number 0.d1d2d3… * 10^magnitude, d1 and the last digit not 0. Points into the text it was read from. */
typedef struct cpn_decimal {
    const char *digits; /* at d1 */
    int64_t n_digits;   /* significant ones; 0 = the number is zero */
    int64_t dot;        /* where the decimal point stands among them, or -1 */
    int64_t magnitude;
    bool is_negative;
} cpn_decimal;

/* The whole text as a number by the grammar of JSON; without_exponent refuses "1e3". */
bool cpn_decimal_read(cpn_decimal *decimal, const char *text, size_t length, bool without_exponent);

/* -1, 0 or 1. */
int cpn_decimal_compare(const cpn_decimal *a, const cpn_decimal *b);

/* decimal * 10^scale as an integer: CAMPAIGN_OK, CAMPAIGN_E_VALUE where it is not whole, CAMPAIGN_E_OVERFLOW. */
campaign_status cpn_decimal_scaled(int64_t *integer, const cpn_decimal *decimal, int32_t scale);

#endif
