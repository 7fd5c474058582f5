/* Dates and times as people and programs write them. Dates that do not exist are told from texts that are no dates. */
#include <campaign/io.h>
#include <string.h>

#include "io/csv/value.h"

static const int64_t MICROS_PER_MINUTE = 60000000;

/* What is still to be read. */
typedef struct rest {
    const char *next, *end;
} rest;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Up to most digits as a number; returns how many there were. */
static int read_digits(rest *text, int most, int32_t *value)
{
    int n = 0;
    *value = 0;
    for (; n < most && text->next < text->end && is_digit(*text->next); n++, text->next++)
        *value = *value * 10 + (*text->next - '0');
    return n;
}

static bool take(rest *text, const char *token)
{
    const size_t length = strlen(token);
    if ((size_t)(text->end - text->next) < length || memcmp(text->next, token, length) != 0) return false;
    text->next += length;
    return true;
}

static void pass_blanks(rest *text)
{
    while (text->next < text->end && *text->next == ' ') text->next++;
}

/* Year, month and day in the order they stand, with one kind of separator; 年月日 only with the year first. */
static bool read_parts(rest *text, int32_t parts[3], int widths[3])
{
    widths[0] = read_digits(text, 4, &parts[0]);
    if (widths[0] == 4 && take(text, "年")) {
        widths[1] = read_digits(text, 2, &parts[1]);
        if (widths[1] == 0 || !take(text, "月")) return false;
        widths[2] = read_digits(text, 2, &parts[2]);
        return widths[2] > 0 && take(text, "日");
    }
    if (widths[0] == 0 || text->next == text->end) return false;
    const char separator[2] = { *text->next, '\0' };
    if (separator[0] != '-' && separator[0] != '/' && separator[0] != '.') return false;
    text->next++;
    widths[1] = read_digits(text, 2, &parts[1]);
    if (widths[1] == 0 || !take(text, separator)) return false;
    widths[2] = read_digits(text, 4, &parts[2]);
    return widths[2] > 0;
}

/* The form that most files have, 2026-01-05, without a look at the others. */
static bool read_iso_date(rest *text, int32_t *year, int32_t *month, int32_t *day)
{
    const char *c = text->next;
    if (text->end - c < 10 || c[4] != '-' || c[7] != '-') return false;
    const char digits[8] = { c[0], c[1], c[2], c[3], c[5], c[6], c[8], c[9] };
    for (int i = 0; i < 8; i++)
        if (!is_digit(digits[i])) return false;
    if (text->end - c > 10 && is_digit(c[10])) return false;
    *year = (c[0] - '0') * 1000 + (c[1] - '0') * 100 + (c[2] - '0') * 10 + (c[3] - '0');
    *month = (c[5] - '0') * 10 + (c[6] - '0');
    *day = (c[8] - '0') * 10 + (c[9] - '0');
    text->next += 10;
    return true;
}

/* Which of the three parts is which. A year has four digits, and the others at most two. */
static bool read_date(rest *text, int32_t order, int32_t *year, int32_t *month, int32_t *day)
{
    int32_t parts[3];
    int widths[3];
    if (!read_parts(text, parts, widths)) return false;
    if (widths[0] == 4 && widths[2] <= 2) {
        *year = parts[0];
        *month = parts[1];
        *day = parts[2];
        return true;
    }
    if (order == CAMPAIGN_CSV_YMD || widths[2] != 4 || widths[0] > 2) return false;
    *year = parts[2];
    *month = order == CAMPAIGN_CSV_MDY ? parts[0] : parts[1];
    *day = order == CAMPAIGN_CSV_MDY ? parts[1] : parts[0];
    return true;
}

/* ".123456": more digits must be zero, because a table's timestamps end at the microsecond. */
static cpn_io_trouble read_fraction(rest *text, int64_t *micros)
{
    int32_t value;
    int n = read_digits(text, 6, &value);
    if (n == 0) return CPN_IO_NOT_TIMESTAMP;
    for (; n < 6; n++) value *= 10;
    *micros += value;
    bool is_exact = true;
    for (; text->next < text->end && is_digit(*text->next); text->next++) is_exact = is_exact && *text->next == '0';
    return is_exact ? CPN_IO_FINE : CPN_IO_TOO_FINE;
}

/* 8:26, 08:26:00, 08:26:00.123 */
static cpn_io_trouble read_clock(rest *text, int64_t *micros)
{
    int32_t hour, minute, second = 0;
    if (read_digits(text, 2, &hour) == 0 || !take(text, ":") || read_digits(text, 2, &minute) != 2)
        return CPN_IO_NOT_TIMESTAMP;
    const bool has_seconds = take(text, ":");
    if (has_seconds && read_digits(text, 2, &second) != 2) return CPN_IO_NOT_TIMESTAMP;
    if (hour > 23 || minute > 59 || second > 59) return CPN_IO_NO_SUCH_TIME;
    *micros = (int64_t)(hour * 60 + minute) * MICROS_PER_MINUTE + (int64_t)second * 1000000;
    return has_seconds && take(text, ".") ? read_fraction(text, micros) : CPN_IO_FINE;
}

/* Z, +08:00, +0800, +08 */
static bool read_zone(rest *text, cpn_io_time *time)
{
    pass_blanks(text);
    if (text->next == text->end) return true;
    time->has_zone = true;
    if (take(text, "Z") || take(text, "UTC")) return text->next == text->end;
    const bool is_negative = *text->next == '-';
    if (*text->next != '+' && !is_negative) return false;
    text->next++;
    int32_t hours, minutes = 0;
    if (read_digits(text, 2, &hours) != 2) return false;
    const bool has_colon = take(text, ":");
    const int n = read_digits(text, 2, &minutes);
    if ((n != 2 && (n > 0 || has_colon)) || hours > 18 || minutes > 59) return false;
    time->zone_minutes = (hours * 60 + minutes) * (is_negative ? -1 : 1);
    return text->next == text->end;
}

/* 20260105 or 20260105082600 */
static cpn_io_trouble read_compact(cpn_io_time *time, const char *text, size_t length, int32_t *year, int32_t *month,
                                   int32_t *day)
{
    for (size_t i = 0; i < length; i++)
        if (!is_digit(text[i])) return CPN_IO_NOT_DATE;
    rest digits = { text, text + length };
    (void)read_digits(&digits, 4, year);
    (void)read_digits(&digits, 2, month);
    (void)read_digits(&digits, 2, day);
    if (length == 8) return CPN_IO_FINE;
    int32_t hour, minute, second;
    (void)read_digits(&digits, 2, &hour);
    (void)read_digits(&digits, 2, &minute);
    (void)read_digits(&digits, 2, &second);
    if (hour > 23 || minute > 59 || second > 59) return CPN_IO_NO_SUCH_TIME;
    time->has_time = true;
    time->micros = (int64_t)(hour * 60 + minute) * MICROS_PER_MINUTE + (int64_t)second * 1000000;
    return CPN_IO_FINE;
}

cpn_io_trouble cpn_io_read_time(cpn_io_time *time, const char *text, size_t length, int32_t order, bool is_compact)
{
    memset(time, 0, sizeof *time);
    int32_t year = 0, month = 0, day = 0;
    cpn_io_trouble trouble = CPN_IO_FINE;
    if (is_compact && (length == 8 || length == 14)) trouble = read_compact(time, text, length, &year, &month, &day);
    if (!year) {
        rest part = { text, text + length };
        if (!read_iso_date(&part, &year, &month, &day) && !read_date(&part, order, &year, &month, &day))
            return CPN_IO_NOT_DATE;
        const bool has_letter = take(&part, "T");
        if (!has_letter) pass_blanks(&part);
        time->has_time = part.next < part.end;
        trouble = time->has_time ? read_clock(&part, &time->micros) : has_letter ? CPN_IO_NOT_DATE : CPN_IO_FINE;
        if (trouble == CPN_IO_FINE && time->has_time && !read_zone(&part, time)) trouble = CPN_IO_NOT_TIMESTAMP;
    }
    if (trouble != CPN_IO_FINE) return trouble;
    if (campaign_date_from_civil(&time->day, year, month, day, NULL) != CAMPAIGN_OK) return CPN_IO_NO_SUCH_DATE;
    /* Two zones are less than two days apart: what is moved must stay within the years 1 to 9999. */
    const bool may_leave = time->day < CAMPAIGN_DAY_MIN + 2 || time->day > CAMPAIGN_DAY_MAX - 2;
    return time->has_zone && may_leave ? CPN_IO_NO_SUCH_DATE : CPN_IO_FINE;
}

int64_t cpn_io_time_micros(const cpn_io_time *time, int32_t offset_minutes)
{
    const int64_t moved = time->has_zone ? offset_minutes - time->zone_minutes : 0;
    return (int64_t)time->day * 1440 * MICROS_PER_MINUTE + time->micros + moved * MICROS_PER_MINUTE;
}
