/* Periods of the plan's year: where each ends, and what it is called. */
#include "plan/targets.h"

#include <stdio.h>

#include "base/date.h"

int32_t cpn_plan_month_start(int32_t month_index)
{
    return cpn_day_from_civil(month_index / 12, month_index % 12 + 1, 1);
}

/* Months from the plan's start to the month of day. */
static int32_t month_of_plan(const cpn_plan_request *request, int32_t day)
{
    return cpn_month_index(day) - cpn_month_index(request->start_day);
}

static int32_t start_of_month(const cpn_plan_request *request, int32_t month_of_year)
{
    return cpn_plan_month_start(cpn_month_index(request->start_day) + month_of_year);
}

int32_t cpn_plan_next_period(const cpn_plan_request *request, cpn_plan_level level, int32_t day)
{
    switch (level) {
    case CPN_LEVEL_YEAR: return request->end_day;
    case CPN_LEVEL_QUARTER: return start_of_month(request, month_of_plan(request, day) / 3 * 3 + 3);
    case CPN_LEVEL_MONTH: return start_of_month(request, month_of_plan(request, day) + 1);
    case CPN_LEVEL_WEEK: {
        const int32_t monday = day + 8 - cpn_weekday(day);
        return monday < request->end_day ? monday : request->end_day;
    }
    case CPN_LEVEL_DAY: return day + 1;
    case CPN_LEVEL_PRODUCT_LINE:
    case CPN_LEVEL_MARKET:
    case CPN_LEVEL_CHANNEL:
    case CPN_LEVEL_TIER:
    case CPN_LEVEL_REP: break;
    }
    return request->end_day;
}

/* A week belongs to the year of its Thursday (ISO 8601). */
static void write_week(char label[CPN_PLAN_LABEL], const cpn_plan_request *request, cpn_plan_level parent,
                       int32_t start_day)
{
    const int32_t thursday = start_day + 4 - cpn_weekday(start_day);
    const int32_t iso_year = cpn_civil_from_day(thursday).year;
    const int32_t week = (thursday - cpn_day_from_civil(iso_year, 1, 1)) / 7 + 1;
    char prefix[CPN_PLAN_LABEL];
    if (parent == CPN_LEVEL_YEAR)
        (void)snprintf(prefix, sizeof prefix, "%04d", (int)iso_year);
    else
        cpn_plan_period_label(prefix, request, parent, CPN_LEVEL_YEAR, start_day);
    (void)snprintf(label, CPN_PLAN_LABEL, "%.20s-W%02d", prefix, (int)week);
}

void cpn_plan_period_label(char label[CPN_PLAN_LABEL], const cpn_plan_request *request, cpn_plan_level level,
                           cpn_plan_level parent, int32_t start_day)
{
    const cpn_civil date = cpn_civil_from_day(start_day);
    switch (level) {
    case CPN_LEVEL_YEAR: (void)snprintf(label, CPN_PLAN_LABEL, "%04d", (int)request->year); break;
    case CPN_LEVEL_QUARTER:
        (void)snprintf(label, CPN_PLAN_LABEL, "%04d-Q%d", (int)request->year,
                       (int)(month_of_plan(request, start_day) / 3 + 1));
        break;
    case CPN_LEVEL_MONTH: (void)snprintf(label, CPN_PLAN_LABEL, "%04d-%02d", (int)date.year, (int)date.month); break;
    case CPN_LEVEL_WEEK: write_week(label, request, parent, start_day); break;
    case CPN_LEVEL_DAY: (void)campaign_date_format(label, start_day); break;
    case CPN_LEVEL_PRODUCT_LINE:
    case CPN_LEVEL_MARKET:
    case CPN_LEVEL_CHANNEL:
    case CPN_LEVEL_TIER:
    case CPN_LEVEL_REP: label[0] = '\0'; break;
    }
}
