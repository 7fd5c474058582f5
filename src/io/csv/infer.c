/* What a cell is by itself, and which type holds all cells of a column without losing any of them.
 * Careful by design: whatever might be an id (leading zeros, too many digits, scientific notation) never becomes a
 * number that would not print the same. */
#include <campaign/io.h>

#include "io/csv/simple.h"
#include "io/csv/value.h"

enum { WORD_DIGITS = 19 }; /* 10^19 fits 64 bits */

static const uint64_t EXACT_IN_DOUBLE = (uint64_t)1 << 53;

/* A number on its way through the text. */
typedef struct number {
    const char *text, *next, *end;
    uint64_t digits;    /* valid up to 19 of them */
    int32_t n_digits;   /* without leading zeros of the whole part */
    int32_t n_decimals; /* digits behind the dot */
    bool is_negative;
} number;

static bool is_digit(char c)
{
    return (unsigned char)(c - '0') < 10;
}

/* Reads a run of digits onto the number; returns how many there were. */
static int64_t read_run(number *self)
{
    const char *start = self->next;
    uint64_t digits = self->digits;
    while (self->next < self->end && is_digit(*self->next)) digits = digits * 10 + (uint64_t)(*self->next++ - '0');
    self->digits = digits;
    return self->next - start;
}

/* POINT_ZERO for 17850.0, where no digit is lost in a double. */
static uint32_t kind_of_decimal(cpn_io_plain *plain, const cpn_io_simple *simple)
{
    uint64_t whole = simple->digits;
    if (simple->n_decimals == 0 || simple->digits > EXACT_IN_DOUBLE) return CPN_IO_KIND_DECIMAL;
    for (int32_t i = 0; i < simple->n_decimals; i++) {
        if (whole % 10) return CPN_IO_KIND_DECIMAL;
        whole /= 10;
    }
    plain->integer = simple->is_negative ? -(int64_t)whole : (int64_t)whole;
    return CPN_IO_KIND_POINT_ZERO;
}

static uint32_t finish_integer(cpn_io_plain *plain, const number *self)
{
    const uint64_t limit = (uint64_t)INT64_MAX + self->is_negative;
    if (self->n_digits > WORD_DIGITS || self->digits > limit) return CPN_IO_KIND_TEXT;
    plain->integer = self->is_negative ? (int64_t)(0 - self->digits) : (int64_t)self->digits;
    plain->real = (double)plain->integer;
    return self->digits > EXACT_IN_DOUBLE ? CPN_IO_KIND_WIDE : CPN_IO_KIND_INTEGER;
}

/* Everything that is not exact at once, grouped numbers without their commas too, is left to campaign_number_parse. */
static uint32_t finish_decimal(cpn_io_plain *plain, const number *self)
{
    const cpn_io_simple simple = { self->digits, self->n_decimals, self->is_negative };
    if (self->n_digits <= WORD_DIGITS &&
        cpn_io_divide_exactly(&plain->real, simple.digits, simple.n_decimals, simple.is_negative))
        return kind_of_decimal(plain, &simple);
    char digits[64];
    size_t n = 0;
    for (const char *c = self->text; c < self->end; c++) {
        if (*c == ',') continue;
        if (n == sizeof digits) return CPN_IO_KIND_TEXT;
        digits[n++] = *c;
    }
    const bool is_read = campaign_number_parse(&plain->real, digits, n, NULL) == CAMPAIGN_OK;
    return is_read ? CPN_IO_KIND_DECIMAL : CPN_IO_KIND_TEXT;
}

bool cpn_io_is_destroyed(const char *text, size_t length)
{
    const char *next = text, *end = text + length;
    if (next < end && *next == '-') next++;
    if (next == end || *next < '1' || *next > '9') return false;
    next++;
    if (next < end && *next == '.') {
        next++;
        while (next < end && is_digit(*next)) next++;
    }
    if (end - next < 4 || next[0] != 'E' || next[1] != '+') return false;
    int32_t exponent = 0;
    for (next += 2; next < end; next++) {
        if (!is_digit(*next) || exponent > 999) return false;
        exponent = exponent * 10 + (*next - '0');
    }
    return exponent >= 11; /* spreadsheets show up to eleven digits as they are */
}

/* "e-12" behind the digits. */
static uint32_t finish_scientific(cpn_io_plain *plain, number *self)
{
    self->next++;
    const bool is_negative = self->next < self->end && *self->next == '-';
    if (self->next < self->end && (*self->next == '-' || *self->next == '+')) self->next++;
    const char *start = self->next;
    while (self->next < self->end && is_digit(*self->next)) self->next++;
    if (self->next == start || self->next < self->end) return CPN_IO_KIND_TEXT;
    const size_t length = (size_t)(self->end - self->text);
    if (campaign_number_parse(&plain->real, self->text, length, NULL) != CAMPAIGN_OK) return CPN_IO_KIND_TEXT;
    if (is_negative) return CPN_IO_KIND_DECIMAL;
    return cpn_io_is_destroyed(self->text, length) ? CPN_IO_KIND_DESTROYED : CPN_IO_KIND_SCIENTIFIC;
}

/* A dot or an exponent behind the whole part, of which there are n_whole digits. */
static uint32_t finish_fraction(cpn_io_plain *plain, number *self, int64_t n_whole)
{
    int64_t n_decimals = 0;
    if (*self->next == '.') {
        self->next++;
        n_decimals = read_run(self);
    }
    if (n_whole + n_decimals == 0 || n_whole + n_decimals > 400) return CPN_IO_KIND_TEXT;
    if (self->next < self->end)
        return *self->next == 'e' || *self->next == 'E' ? finish_scientific(plain, self) : CPN_IO_KIND_TEXT;
    self->n_decimals = (int32_t)n_decimals;
    self->n_digits += self->n_decimals;
    return finish_decimal(plain, self);
}

/* ",234.50" behind the first group: every further group has three digits. */
static uint32_t finish_grouped(cpn_io_plain *plain, number *self, int64_t n_whole)
{
    if (n_whole < 1 || n_whole > 3) return CPN_IO_KIND_TEXT;
    while (self->next < self->end && *self->next == ',') {
        self->next++;
        if (read_run(self) != 3 || self->n_digits > 100) return CPN_IO_KIND_TEXT;
        self->n_digits += 3;
    }
    if (self->next == self->end) return finish_integer(plain, self);
    if (*self->next != '.') return CPN_IO_KIND_TEXT;
    self->next++;
    const int64_t n_decimals = read_run(self);
    if (self->next < self->end || n_decimals > 100) return CPN_IO_KIND_TEXT;
    self->n_decimals = (int32_t)n_decimals;
    self->n_digits += self->n_decimals;
    return finish_decimal(plain, self);
}

static uint32_t classify_time(cpn_io_plain *plain, const char *text, size_t length)
{
    cpn_io_time time;
    if (cpn_io_read_time(&time, text, length, CAMPAIGN_CSV_YMD, false) != CPN_IO_FINE) return CPN_IO_KIND_TEXT;
    if (!time.has_time) {
        plain->integer = time.day;
        return CPN_IO_KIND_DATE;
    }
    plain->integer = cpn_io_time_micros(&time, 0); /* of a zoned one: UTC */
    return time.has_zone ? CPN_IO_KIND_ZONED : CPN_IO_KIND_TIMESTAMP;
}

/* Most cells of numeric columns: no blanks, no grouping, no exponent. 0 where it is none of them. */
static uint32_t classify_simple(cpn_io_plain *plain, const char *text, size_t length, size_t room)
{
    cpn_io_simple simple;
    if (!cpn_io_read_simple(&simple, text, length, room)) return 0;
    const size_t first = simple.is_negative;
    if (length > first + 1 && text[first] == '0' && is_digit(text[first + 1])) return CPN_IO_KIND_TEXT;
    if (simple.n_decimals == 0 && text[length - 1] != '.') {
        plain->integer = simple.is_negative ? -(int64_t)simple.digits : (int64_t)simple.digits;
        plain->real = (double)plain->integer;
        return simple.digits > EXACT_IN_DOUBLE ? CPN_IO_KIND_WIDE : CPN_IO_KIND_INTEGER;
    }
    if (!cpn_io_divide_exactly(&plain->real, simple.digits, simple.n_decimals, simple.is_negative)) return 0;
    return kind_of_decimal(plain, &simple);
}

static bool is_outside_ascii(char c)
{
    return (unsigned char)c <= ' ' || (unsigned char)c >= 0x80;
}

uint32_t cpn_io_classify(cpn_io_plain *plain, const char *text, size_t length, size_t room)
{
    const uint32_t simple = classify_simple(plain, text, length, room);
    if (simple) return simple;
    if (is_outside_ascii(*text) || is_outside_ascii(text[length - 1])) cpn_io_trim(&text, &length);
    if (length == 0) return CPN_IO_KIND_TEXT;
    number self = { .text = text, .next = text, .end = text + length, .is_negative = *text == '-' };
    self.next += self.is_negative;
    const char *digits = self.next;
    const int64_t n_whole = read_run(&self);
    if (n_whole == 0 && (self.next == self.end || *self.next != '.')) return CPN_IO_KIND_TEXT;
    const bool has_leading_zero = n_whole > 1 && *digits == '0';
    self.n_digits = n_whole > 400 ? 400 : (int32_t)n_whole;
    if (self.next == self.end) return has_leading_zero ? CPN_IO_KIND_TEXT : finish_integer(plain, &self);
    const char next = *self.next;
    uint32_t kind = CPN_IO_KIND_TEXT;
    if (!has_leading_zero && (next == '.' || next == 'e' || next == 'E'))
        kind = finish_fraction(plain, &self, n_whole);
    else if (next == ',' && *digits != '0')
        kind = finish_grouped(plain, &self, n_whole);
    if (kind != CPN_IO_KIND_TEXT || self.is_negative || n_whole != 4) return kind;
    return classify_time(plain, text, length);
}

int32_t cpn_io_type_of_kinds(uint32_t kinds, bool has_utc_offset)
{
    const uint32_t whole = CPN_IO_KIND_INTEGER | CPN_IO_KIND_WIDE;
    const uint32_t real = CPN_IO_KIND_INTEGER | CPN_IO_KIND_DECIMAL | CPN_IO_KIND_POINT_ZERO | CPN_IO_KIND_SCIENTIFIC |
                          CPN_IO_KIND_DESTROYED;
    const uint32_t time = CPN_IO_KIND_DATE | CPN_IO_KIND_TIMESTAMP | (has_utc_offset ? CPN_IO_KIND_ZONED : 0u);
    if (kinds == 0) return CAMPAIGN_TYPE_UTF8;
    if ((kinds & ~whole) == 0) return CAMPAIGN_TYPE_INT64;
    if ((kinds & ~real) == 0) return CAMPAIGN_TYPE_FLOAT64;
    if (kinds == CPN_IO_KIND_DATE) return CAMPAIGN_TYPE_DATE;
    if ((kinds & ~time) == 0) return CAMPAIGN_TYPE_TIMESTAMP;
    return CAMPAIGN_TYPE_UTF8;
}

int32_t cpn_io_key_type_of_kinds(uint32_t kinds)
{
    const uint32_t whole = CPN_IO_KIND_INTEGER | CPN_IO_KIND_WIDE | CPN_IO_KIND_POINT_ZERO;
    return kinds && (kinds & ~whole) == 0 ? CAMPAIGN_TYPE_INT64 : CAMPAIGN_TYPE_UTF8;
}

uint32_t cpn_io_refused_kinds(uint32_t kinds, bool is_key)
{
    if ((kinds & CPN_IO_KIND_DECIMAL) && !is_key) return 0;
    if (kinds & CPN_IO_KIND_TEXT) return kinds & CPN_IO_KIND_DESTROYED;
    return kinds & (CPN_IO_KIND_SCIENTIFIC | CPN_IO_KIND_DESTROYED);
}
