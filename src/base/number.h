/* Numbers as text, without a locale: exact both ways; and what is a number at all. */
#ifndef CPN_BASE_NUMBER_H
#define CPN_BASE_NUMBER_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CPN_NUMBER_TEXT = 32 }; /* room for any int64 or shortest double, terminated */

/* Kinds of double, without the macros of math.h, which name float on some targets where warnings are errors. */
static inline bool cpn_is_nan(double value)
{
    return value != value;
}
static inline bool cpn_is_finite(double value)
{
    return value - value == 0;
}
static inline bool cpn_is_infinite(double value)
{
    return value == value && value - value != 0;
}

/* a / b, and infinity with a's sign (not a number for a = 0) where b = 0: for quotients whose infinity is meant. */
static inline double cpn_quotient(double a, double b)
{
    if (b != 0) return a / b;
    return a > 0 ? INFINITY : a < 0 ? -INFINITY : NAN;
}

/* The whole text as an optional sign and digits. False where it is anything else, or does not fit. */
bool cpn_parse_int64(int64_t *value, const char *text, size_t length);

/* The whole text as a decimal number with optional sign, fraction and exponent, to the nearest double (ties to even).
 * False where it is anything else, or overflows to infinity. */
bool cpn_parse_double(double *value, const char *text, size_t length);

/* Digits of an integer, terminated; returns their count. */
size_t cpn_format_int64(char text[CPN_NUMBER_TEXT], int64_t value);

/* number × 10^exponent, laid out as the next one does; at most 17 digits, exponent from -300 to 300. */
size_t cpn_format_scaled(char text[CPN_NUMBER_TEXT], int64_t number, int32_t exponent);

/* Shortest decimal that reads back as the same double, as JSON writes it ("0.1", "1e+300"); "nan", "inf", "-inf". */
size_t cpn_format_double(char text[CPN_NUMBER_TEXT], double value);

#endif
