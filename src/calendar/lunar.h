/* Lunar dates and solar terms for the calendar's own files: the unchecked core behind campaign_lunar_… */
#ifndef CPN_CALENDAR_LUNAR_H
#define CPN_CALENDAR_LUNAR_H

#include <campaign/calendar.h>
#include <stdbool.h>

enum {
    CPN_LUNAR_FIRST_YEAR = 1900, /* lunar years known whole; of 1899 only its last month is */
    CPN_LUNAR_LAST_YEAR = 2100,
    CPN_LUNAR_FIRST_DAY = -25567, /* 1900-01-01 */
    CPN_LUNAR_END_DAY = 47875     /* 2101-01-29, New Year of 2101 */
};

/* First day of a lunar year 1900 to 2101. */
int32_t cpn_lunar_new_year(int32_t year);

/* False outside the known range. */
bool cpn_lunar_from_day(campaign_lunar_date *date, int32_t day);
bool cpn_lunar_to_day(int32_t *day, const campaign_lunar_date *date);

/* Day of term 1 to 24 in a year 1900 to 2100; false outside. */
bool cpn_solar_term_day(int32_t *day, int32_t year, int32_t term);

/* The term that begins on a day, or 0. */
int32_t cpn_solar_term_on(int32_t day);

/* Number of a term by its Chinese, pinyin or English name (letters of either case) or "1" to "24", or 0. */
int32_t cpn_solar_term_by_name(const char *name, size_t length);

#endif
