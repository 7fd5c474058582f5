/* Civil dates: day numbers, weekdays, months. Proleptic Gregorian, years 1 to 9999, no time zones.
 * Conversion after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (public domain): years run from March,
 * so that the leap day is the last of its year, and 400 years make one era of 146,097 days. */
#include "base/date.h"

#include <assert.h>
#include <campaign/base.h>
#include <string.h>

#include "base/error.h"

enum { DAYS_IN_ERA = 146097, DAYS_BEFORE_1970 = 719468 }; /* the latter from 0000-03-01 */

int32_t cpn_day_from_civil(int32_t year, int32_t month, int32_t day)
{
    assert(month >= 1 && month <= 12 && day >= 1 && day <= cpn_days_in_month(year, month));
    const int32_t y = month <= 2 ? year - 1 : year;
    const int32_t era = (y >= 0 ? y : y - 399) / 400;
    const int32_t year_of_era = y - era * 400;
    const int32_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_IN_ERA + day_of_era - DAYS_BEFORE_1970;
}

cpn_civil cpn_civil_from_day(int32_t day)
{
    assert(day >= CAMPAIGN_DAY_MIN && day <= CAMPAIGN_DAY_MAX);
    const int32_t z = day + DAYS_BEFORE_1970;
    const int32_t era = z / DAYS_IN_ERA;
    const int32_t day_of_era = z - era * DAYS_IN_ERA;
    const int32_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int32_t march_month = (5 * day_of_year + 2) / 153;
    const int32_t month = march_month < 10 ? march_month + 3 : march_month - 9;
    return (cpn_civil){ .year = year_of_era + era * 400 + (month <= 2),
                        .month = month,
                        .day = day_of_year - (153 * march_month + 2) / 5 + 1 };
}

bool cpn_is_leap_year(int32_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int32_t cpn_days_in_month(int32_t year, int32_t month)
{
    static const int8_t days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return month == 2 && cpn_is_leap_year(year) ? 29 : days[month - 1];
}

int32_t cpn_weekday(int32_t day)
{
    const int32_t from_thursday = day % 7; /* 1970-01-01 is a Thursday, ISO weekday 4 */
    return (from_thursday + 7 + 3) % 7 + 1;
}

int32_t cpn_month_index(int32_t day)
{
    const cpn_civil date = cpn_civil_from_day(day);
    return date.year * 12 + date.month - 1;
}

int32_t cpn_add_months(int32_t day, int32_t months)
{
    const cpn_civil date = cpn_civil_from_day(day);
    const int32_t index = date.year * 12 + date.month - 1 + months;
    const int32_t year = index / 12, month = index % 12 + 1;
    const int32_t last = cpn_days_in_month(year, month);
    return cpn_day_from_civil(year, month, date.day < last ? date.day : last);
}

campaign_status campaign_date_from_civil(int32_t *day, int32_t year, int32_t month, int32_t day_of_month,
                                         campaign_error *error)
{
    if (!day) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "day", "day is required");
    *day = 0;
    if (year < 1 || year > 9999)
        return cpn_fail(error, CAMPAIGN_E_VALUE, "year", "year %ld is not within 1 to 9999", (long)year);
    if (month < 1 || month > 12)
        return cpn_fail(error, CAMPAIGN_E_VALUE, "month", "month %ld is not within 1 to 12", (long)month);
    if (day_of_month < 1 || day_of_month > cpn_days_in_month(year, month))
        return cpn_fail(error, CAMPAIGN_E_VALUE, "day_of_month", "%04ld-%02ld has no day %ld", (long)year, (long)month,
                        (long)day_of_month);
    *day = cpn_day_from_civil(year, month, day_of_month);
    return CAMPAIGN_OK;
}

campaign_status campaign_date_to_civil(int32_t *year, int32_t *month, int32_t *day_of_month, int32_t day,
                                       campaign_error *error)
{
    if (!year || !month || !day_of_month)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, NULL, "year, month and day_of_month are required");
    *year = *month = *day_of_month = 0;
    if (day < CAMPAIGN_DAY_MIN || day > CAMPAIGN_DAY_MAX)
        return cpn_fail(error, CAMPAIGN_E_VALUE, "day", "day %ld is outside the years 1 to 9999", (long)day);
    const cpn_civil date = cpn_civil_from_day(day);
    *year = date.year;
    *month = date.month;
    *day_of_month = date.day;
    return CAMPAIGN_OK;
}

/* The number in digits [from, from + n) of text, or -1 if one of them is no digit. */
static int32_t read_digits(const char *text, size_t from, size_t n)
{
    int32_t value = 0;
    for (size_t i = from; i < from + n; i++) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

campaign_status campaign_date_parse(int32_t *day, const char *text, size_t length, campaign_error *error)
{
    if (!day || !text) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, NULL, "day and text are required");
    *day = 0;
    const int is_shaped = length == 10 && text[4] == '-' && text[7] == '-';
    const int32_t year = is_shaped ? read_digits(text, 0, 4) : -1;
    const int32_t month = is_shaped ? read_digits(text, 5, 2) : -1;
    const int32_t day_of_month = is_shaped ? read_digits(text, 8, 2) : -1;
    if (year < 0 || month < 0 || day_of_month < 0)
        return cpn_fail(error, CAMPAIGN_E_SYNTAX, NULL, "\"%.*s\" is not a date, expected YYYY-MM-DD",
                        (int)(length < 40 ? length : 40), text);
    campaign_status status = campaign_date_from_civil(day, year, month, day_of_month, NULL);
    if (status != CAMPAIGN_OK) return cpn_fail(error, status, NULL, "the date %.10s does not exist", text);
    return CAMPAIGN_OK;
}

size_t campaign_date_format(char text[CAMPAIGN_DATE_TEXT], int32_t day)
{
    if (!text) return 0;
    text[0] = '\0';
    if (day < CAMPAIGN_DAY_MIN || day > CAMPAIGN_DAY_MAX) return 0;
    const cpn_civil date = cpn_civil_from_day(day);
    const int32_t parts[3] = { date.year, date.month, date.day };
    static const int8_t ends[3] = { 4, 7, 10 }, widths[3] = { 4, 2, 2 };
    memset(text, '-', 10);
    for (int part = 0; part < 3; part++)
        for (int32_t i = 0, rest = parts[part]; i < widths[part]; i++, rest /= 10)
            text[ends[part] - 1 - i] = (char)('0' + rest % 10);
    text[10] = '\0';
    return 10;
}
