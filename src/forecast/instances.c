/* The periods that hold a day, and kinds of day, under the names that profiles use. */
#include "base/date.h"
#include "calendar/calendar.h"
#include "calendar/period.h"
#include "forecast/forecast.h"

const char *const cpn_dimension_names[CPN_N_DIMS] = { "quarter", "month",    "iso_week", "fiscal_week",
                                                      "weekday", "day_kind", "window" };
const char *const cpn_kind_names[CPN_N_KINDS] = { "working", "weekend", "swapped", "statutory", "makeup" };

cpn_instance_id cpn_instance_of(int32_t dimension, int32_t day)
{
    const cpn_span span = dimension == CPN_DIM_QUARTER    ? cpn_month_span(day, 3)
                          : dimension == CPN_DIM_MONTH    ? cpn_month_span(day, 1)
                          : dimension == CPN_DIM_ISO_WEEK ? cpn_iso_week_span(day)
                                                          : cpn_fiscal_week_span(day);
    return (cpn_instance_id){ span.start, span.end, span.year, span.number };
}

int32_t cpn_periods_a_year(int32_t dimension)
{
    return dimension == CPN_DIM_QUARTER ? 4 : dimension == CPN_DIM_MONTH ? 12 : 52;
}

int32_t cpn_kind_of_day(const campaign_calendar *calendar, int32_t day)
{
    campaign_calendar_day_info info = CAMPAIGN_CALENDAR_DAY_INFO_INIT;
    cpn_look_up_day(&info, calendar, day);
    if (info.is_makeup) return CPN_KIND_MAKEUP;
    return info.kind == CAMPAIGN_DAY_STATUTORY ? CPN_KIND_STATUTORY
           : info.kind == CAMPAIGN_DAY_SWAPPED ? CPN_KIND_SWAPPED
           : info.kind == CAMPAIGN_DAY_WEEKEND ? CPN_KIND_WEEKEND
                                               : CPN_KIND_WORKING;
}
