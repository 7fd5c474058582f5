/* The fast lane of every numeric type: [-]digits[.digits] of at most 18 digits, eight characters at a time.
 * No loop over digits, so the lengths of cells cost no mispredicted branches. Inline, because it runs once a cell. */
#ifndef CPN_IO_CSV_SIMPLE_H
#define CPN_IO_CSV_SIMPLE_H

#include <float.h>
#include <stdbool.h>
#include <stddef.h>

#include "io/word.h"

/* A number in the plainest form. */
typedef struct cpn_io_simple {
    uint64_t digits; /* all of them as one number */
    int32_t n_decimals;
    bool is_negative;
} cpn_io_simple;

enum { CPN_IO_MOST_DIGITS = 18 }; /* 10^18 fits int64 */

static const uint64_t cpn_io_powers_of_ten[9] = { 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000 };

/* Up to eight characters at text, the last one in the highest byte, zero bytes below the first one. */
static inline uint64_t cpn_io_load_part(const char *text, size_t length, size_t room)
{
    char padded[8] = { 0 };
    uint64_t word;
    if (room >= 8) {
        word = cpn_io_load_word(text);
    } else {
        for (size_t i = 0; i < length; i++) padded[i] = text[i];
        word = cpn_io_load_word(padded);
    }
    return (word ^ (CPN_IO_ONES * '0')) << (8 * (8 - length)); /* digits become 0 to 9 */
}

/* The number of eight digits, the most significant in the lowest byte: pairs, then fours, then all. */
static inline uint64_t cpn_io_join_digits(uint64_t word)
{
    word = (word * 10 + (word >> 8)) & 0x00FF00FF00FF00FFu;
    word = (word * 100 + (word >> 16)) & 0x0000FFFF0000FFFFu;
    return (word * 10000 + (word >> 32)) & 0xFFFFFFFFu;
}

/* Top bits of the bytes that are above 9. */
static inline uint64_t cpn_io_find_others(uint64_t word)
{
    return ((((word & ~CPN_IO_TOPS) + CPN_IO_ONES * (0x80 - 10)) | word) & CPN_IO_TOPS);
}

/* Adds up to eight characters at text to the number; a dot among them is taken out. False where they are no digits. */
static inline bool cpn_io_add_part(cpn_io_simple *number, bool *has_dot, const char *text, size_t n, size_t room)
{
    uint64_t part = cpn_io_load_part(text, n, room);
    const uint64_t others = cpn_io_find_others(part);
    if (*has_dot) number->n_decimals += (int32_t)n;
    if (others) {
        const int at = cpn_io_first_byte(others);
        const uint64_t below = ((uint64_t)1 << (8 * at)) - 1, dot = (uint64_t)0xFF << (8 * at);
        if (*has_dot || (others & (others - 1)) || (part & dot) != (uint64_t)('.' ^ '0') << (8 * at)) return false;
        part = (part & ~(below | dot)) | (part & below) << 8; /* the digits before the dot move up to it */
        *has_dot = true;
        number->n_decimals = 7 - at;
        n--;
    }
    number->digits = number->digits * cpn_io_powers_of_ten[n] + cpn_io_join_digits(part);
    return true;
}

/* Reads such a number; room bytes from text on may be read. */
static inline bool cpn_io_read_simple(cpn_io_simple *number, const char *text, size_t length, size_t room)
{
    const size_t n_signs = length > 0 && *text == '-';
    text += n_signs;
    length -= n_signs;
    room -= n_signs;
    number->is_negative = n_signs == 1;
    number->digits = 0;
    number->n_decimals = 0;
    bool has_dot = false;
    if (length == 0 || length > CPN_IO_MOST_DIGITS + 1) return false;
    if (length <= 8) return cpn_io_add_part(number, &has_dot, text, length, room) && length > has_dot;
    for (size_t at = 0; at < length; at += 8)
        if (!cpn_io_add_part(number, &has_dot, text + at, length - at < 8 ? length - at : 8, room - at)) return false;
    return length - has_dot <= CPN_IO_MOST_DIGITS;
}

#if defined(__SIZEOF_INT128__)

__extension__ typedef unsigned __int128 cpn_io_wide;

/* digits / 10^n_decimals to the nearest double, ties to even, for 1 <= digits < 2^63 and up to 18 decimals: a quotient of
 * 63 or 64 bits, and whether anything is left below it. All results are normal numbers. */
static inline double cpn_io_divide_rounding(uint64_t digits, int32_t n_decimals)
{
    uint64_t divisor = 1;
    for (int32_t i = 0; i < n_decimals; i += 8)
        divisor *= cpn_io_powers_of_ten[n_decimals - i < 8 ? n_decimals - i : 8];
    const int digit_zeros = __builtin_clzll(digits), divisor_zeros = __builtin_clzll(divisor);
    divisor <<= divisor_zeros;
    const cpn_io_wide numerator = (cpn_io_wide)(digits << digit_zeros) << 63;
    const uint64_t quotient = (uint64_t)(numerator / divisor);
    const bool has_rest = numerator % divisor != 0;
    const int n_cut = 64 - __builtin_clzll(quotient) - 53;
    uint64_t kept = quotient >> n_cut;
    const uint64_t cut = quotient & (((uint64_t)1 << n_cut) - 1), half = (uint64_t)1 << (n_cut - 1);
    kept += cut > half || (cut == half && (has_rest || (kept & 1)));
    /* kept * 2^exponent; a carry to 2^53 is exact as a double. */
    const int exponent = n_cut - 63 - digit_zeros + divisor_zeros;
    const uint64_t power_bits = (uint64_t)(1023 + exponent) << 52;
    double power;
    memcpy(&power, &power_bits, sizeof power);
    return (double)kept * power;
}

#endif

/* The double nearest to digits / 10^n_decimals; false where that takes more than a quick division. */
static inline bool cpn_io_divide_exactly(double *value, uint64_t digits, int32_t n_decimals, bool is_negative)
{
    /* W. D. Clinger, How to Read Floating Point Numbers Accurately, 1990; not on the x87, which rounds twice. */
    static const double powers[23] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                       1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };
    if (FLT_EVAL_METHOD != 0) return false;
    double magnitude;
    if (digits <= (uint64_t)1 << 53 && n_decimals <= 22) {
        magnitude = (double)digits / powers[n_decimals];
#if defined(__SIZEOF_INT128__)
    } else if (digits >> 63 == 0 && n_decimals <= 18) {
        magnitude = cpn_io_divide_rounding(digits, n_decimals);
#endif
    } else {
        return false;
    }
    *value = is_negative ? -magnitude : magnitude;
    return true;
}

#endif
