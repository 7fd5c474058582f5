/* Civil dates for the engines: the unchecked core behind campaign_date_…, plus weekdays and months. */
#ifndef CPN_BASE_DATE_H
#define CPN_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct cpn_civil {
    int32_t year, month, day; /* month 1 to 12, day 1 to 31 */
} cpn_civil;

/* Day number of a date known to exist. */
int32_t cpn_day_from_civil(int32_t year, int32_t month, int32_t day);

/* Date of a day within CAMPAIGN_DAY_MIN and CAMPAIGN_DAY_MAX. */
cpn_civil cpn_civil_from_day(int32_t day);

bool cpn_is_leap_year(int32_t year);

/* 28 to 31. */
int32_t cpn_days_in_month(int32_t year, int32_t month);

/* ISO weekday of a day, 1 = Monday to 7 = Sunday. */
int32_t cpn_weekday(int32_t day);

/* The same day of the month, months later or earlier, cut to the length of that month: 01-31 + 1 month = 02-28. */
int32_t cpn_add_months(int32_t day, int32_t months);

/* Year and month as one running number: year * 12 + month - 1. */
int32_t cpn_month_index(int32_t day);

#endif
