/* Lunar dates from a table of packed years. A word holds, from the low bits up: the leap month (4 bits, 0 = none), the
 * lengths of months 12 down to 1 (a bit each, 1 = 30 days), the length of the leap month (1 bit), and the New Year as days
 * after 21 January (5 bits). The table follows GB/T 33661-2017 and the published almanac; tables/make_tables.py makes it. */
#include "calendar/lunar.h"

#include <stdio.h>

#include "base/date.h"
#include "base/error.h"

static const uint32_t years[] = {
#include "calendar/tables/lunar_years.inc"
};
_Static_assert(sizeof years / sizeof *years == CPN_LUNAR_LAST_YEAR - CPN_LUNAR_FIRST_YEAR + 1, "one word per year");

static const char limits[] = "lunar dates are known from 1900-01-01 to 2101-01-28";

/* The months of one lunar year in order, with the leap month in its place. */
typedef struct month_walk {
    uint32_t word;
    int32_t leap; /* month that has a leap month after it, or 0 */
    int32_t month, is_leap;
    int32_t first_day, n_days;
} month_walk;

static month_walk first_month(int32_t year)
{
    const uint32_t word = years[year - CPN_LUNAR_FIRST_YEAR];
    return (month_walk){ .word = word,
                         .leap = (int32_t)(word & 15),
                         .month = 1,
                         .first_day = cpn_lunar_new_year(year),
                         .n_days = word >> 15 & 1 ? 30 : 29 };
}

/* False after the last month of the year. */
static bool next_month(month_walk *walk)
{
    walk->first_day += walk->n_days;
    if (walk->month == walk->leap && !walk->is_leap) {
        walk->is_leap = 1;
        walk->n_days = walk->word >> 16 & 1 ? 30 : 29;
        return true;
    }
    if (walk->month == 12) return false;
    walk->is_leap = 0;
    walk->month++;
    walk->n_days = walk->word >> (16 - walk->month) & 1 ? 30 : 29;
    return true;
}

int32_t cpn_lunar_new_year(int32_t year)
{
    if (year > CPN_LUNAR_LAST_YEAR) return CPN_LUNAR_END_DAY;
    return cpn_day_from_civil(year, 1, 21) + (int32_t)(years[year - CPN_LUNAR_FIRST_YEAR] >> 17);
}

bool cpn_lunar_from_day(campaign_lunar_date *date, int32_t day)
{
    if (day < CPN_LUNAR_FIRST_DAY || day >= CPN_LUNAR_END_DAY) return false;
    const int32_t first_new_year = cpn_lunar_new_year(CPN_LUNAR_FIRST_YEAR);
    if (day < first_new_year) { /* the last month of 1899 begins on 1900-01-01 */
        *date = (campaign_lunar_date){ CPN_LUNAR_FIRST_YEAR - 1, 12, day - CPN_LUNAR_FIRST_DAY + 1, 0 };
        return true;
    }
    int32_t year = cpn_civil_from_day(day).year;
    if (year > CPN_LUNAR_LAST_YEAR || day < cpn_lunar_new_year(year)) year--;
    month_walk walk = first_month(year);
    while (day >= walk.first_day + walk.n_days && next_month(&walk)) {
    }
    *date = (campaign_lunar_date){ year, walk.month, day - walk.first_day + 1, walk.is_leap };
    return true;
}

bool cpn_lunar_to_day(int32_t *day, const campaign_lunar_date *date)
{
    if (date->day < 1 || date->day > 30 || date->month < 1 || date->month > 12) return false;
    if (date->year == CPN_LUNAR_FIRST_YEAR - 1) {
        const int32_t first_new_year = cpn_lunar_new_year(CPN_LUNAR_FIRST_YEAR);
        *day = CPN_LUNAR_FIRST_DAY + date->day - 1;
        return date->month == 12 && !date->is_leap && *day < first_new_year;
    }
    if (date->year < CPN_LUNAR_FIRST_YEAR || date->year > CPN_LUNAR_LAST_YEAR) return false;
    month_walk walk = first_month(date->year);
    while (walk.month != date->month || walk.is_leap != (date->is_leap != 0))
        if (!next_month(&walk)) return false;
    *day = walk.first_day + date->day - 1;
    return date->day <= walk.n_days;
}

campaign_status campaign_lunar_from_day(campaign_lunar_date *date, int32_t day, campaign_error *error)
{
    if (!date) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "date", "date is required");
    *date = (campaign_lunar_date){ 0, 0, 0, 0 };
    if (cpn_lunar_from_day(date, day)) return CAMPAIGN_OK;
    char text[CAMPAIGN_DATE_TEXT];
    (void)campaign_date_format(text, day);
    return cpn_fail(error, CAMPAIGN_E_VALUE, "day", "day %ld (%s) has no lunar date here: %s", (long)day,
                    text[0] ? text : "outside the years 1 to 9999", limits);
}

campaign_status campaign_lunar_to_day(int32_t *day, const campaign_lunar_date *date, campaign_error *error)
{
    if (!day || !date) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "date", "day and date are required");
    int32_t found = 0;
    *day = 0;
    if (!cpn_lunar_to_day(&found, date))
        return cpn_fail(error, CAMPAIGN_E_VALUE, "date", "lunar year %ld has no %smonth %ld with a day %ld; %s",
                        (long)date->year, date->is_leap ? "leap " : "", (long)date->month, (long)date->day, limits);
    *day = found;
    return CAMPAIGN_OK;
}

size_t campaign_lunar_format(char text[CAMPAIGN_LUNAR_TEXT], const campaign_lunar_date *date)
{
    static const char *const digits[] = { "", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十" };
    static const char *const months[] = { "", "正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊" };
    if (!text) return 0;
    text[0] = '\0';
    if (!date || date->month < 1 || date->month > 12 || date->day < 1 || date->day > 30) return 0;
    const int32_t tens = date->day / 10, ones = date->day % 10;
    const char *first = tens == 0 || date->day == 10 ? "初"
                        : date->day == 20            ? "二"
                        : date->day == 30            ? "三"
                        : tens == 1                  ? "十"
                                                     : "廿";
    return (size_t)snprintf(text, CAMPAIGN_LUNAR_TEXT, "%s%s月%s%s", date->is_leap ? "闰" : "", months[date->month],
                            first, ones ? digits[ones] : "十");
}
