/* Periods for the calendar's own files: the unchecked core behind campaign_calendar_period. */
#ifndef CPN_CALENDAR_PERIOD_H
#define CPN_CALENDAR_PERIOD_H

#include <stdint.h>

typedef struct cpn_span {
    int32_t start, end; /* half-open; may reach a few days or months outside the years 1 to 9999 */
    int32_t year, number;
} cpn_span;

/* Months in runs of 1, 3 or 12. */
cpn_span cpn_month_span(int32_t day, int32_t n_months);
cpn_span cpn_iso_week_span(int32_t day);
cpn_span cpn_fiscal_week_span(int32_t day);

#endif
