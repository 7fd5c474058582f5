/* Periods: months, quarters, ISO weeks, the fiscal years of the 4-5-4 calendar, weeks of a plan.
 * 4-5-4 after the National Retail Federation: a year is whole weeks from Sunday to Saturday and ends on the Saturday
 * nearest 31 January, so it begins on the Sunday within 29 January to 4 February. */
#include "calendar/period.h"

#include <stdio.h>

#include "base/date.h"
#include "calendar/calendar.h"
#include "table/table.h"

enum { WEEKS_A_QUARTER = 13 };

cpn_span cpn_month_span(int32_t day, int32_t n_months)
{
    const cpn_civil date = cpn_civil_from_day(day);
    const int32_t number = (date.month - 1) / n_months + 1;
    const int32_t first_month = (number - 1) * n_months + 1, last_month = number * n_months;
    return (cpn_span){
        .start = cpn_day_from_civil(date.year, first_month, 1),
        .end = cpn_day_from_civil(date.year, last_month, cpn_days_in_month(date.year, last_month)) + 1,
        .year = date.year,
        .number = number,
    };
}

cpn_span cpn_iso_week_span(int32_t day)
{
    const int32_t monday = day - (cpn_weekday(day) - 1), thursday = monday + 3;
    /* The last Thursday before the year 10000 is 9999-12-30, the first of the year 1 is 0001-01-04. */
    const int32_t year = cpn_civil_from_day(thursday).year;
    const int32_t number = (thursday - cpn_day_from_civil(year, 1, 1)) / 7 + 1;
    return (cpn_span){ monday, monday + 7, year, number };
}

static int32_t fiscal_year_start(int32_t year)
{
    const int32_t earliest = cpn_day_from_civil(year, 1, 29);
    return earliest + (7 - cpn_weekday(earliest)) % 7;
}

static cpn_span fiscal_year_span(int32_t day)
{
    int32_t year = cpn_civil_from_day(day).year;
    if (day < fiscal_year_start(year)) year--;
    return (cpn_span){ fiscal_year_start(year), fiscal_year_start(year + 1), year, 1 };
}

cpn_span cpn_fiscal_week_span(int32_t day)
{
    const cpn_span year = fiscal_year_span(day);
    const int32_t week = (day - year.start) / 7;
    return (cpn_span){ year.start + week * 7, year.start + week * 7 + 7, year.year, week + 1 };
}

/* A quarter, or with is_month one of its periods of 4, 5 and 4 weeks; week 53 is the last's. */
static cpn_span fiscal_part_span(int32_t day, bool is_month)
{
    static const int32_t first_week_of_month[] = { 0, 4, 9, WEEKS_A_QUARTER };
    const cpn_span year = fiscal_year_span(day);
    const int32_t week = (day - year.start) / 7;
    const int32_t quarter = week / WEEKS_A_QUARTER < 3 ? week / WEEKS_A_QUARTER : 3;
    const int32_t week_of_quarter = week - quarter * WEEKS_A_QUARTER;
    const int32_t month = week_of_quarter < 4 ? 0 : week_of_quarter < 9 ? 1 : 2;
    const int32_t first = quarter * WEEKS_A_QUARTER + (is_month ? first_week_of_month[month] : 0);
    const int32_t last = quarter * WEEKS_A_QUARTER + (is_month ? first_week_of_month[month + 1] : WEEKS_A_QUARTER);
    return (cpn_span){
        .start = year.start + first * 7,
        .end = last == 4 * WEEKS_A_QUARTER ? year.end : year.start + last * 7,
        .year = year.year,
        .number = is_month ? quarter * 3 + month + 1 : quarter + 1,
    };
}

static cpn_span plan_week_span(int32_t day, int32_t plan_start)
{
    const int32_t week = (day - plan_start) / 7;
    return (cpn_span){ plan_start + week * 7, plan_start + week * 7 + 7, cpn_civil_from_day(plan_start).year,
                       week + 1 };
}

static cpn_span span_of(int32_t day, const campaign_period_options *options)
{
    switch (options->kind) {
    case CAMPAIGN_PERIOD_MONTH: return cpn_month_span(day, 1);
    case CAMPAIGN_PERIOD_QUARTER: return cpn_month_span(day, 3);
    case CAMPAIGN_PERIOD_YEAR: return cpn_month_span(day, 12);
    case CAMPAIGN_PERIOD_ISO_WEEK: return cpn_iso_week_span(day);
    case CAMPAIGN_PERIOD_FISCAL_WEEK: return cpn_fiscal_week_span(day);
    case CAMPAIGN_PERIOD_FISCAL_MONTH: return fiscal_part_span(day, true);
    case CAMPAIGN_PERIOD_FISCAL_QUARTER: return fiscal_part_span(day, false);
    case CAMPAIGN_PERIOD_FISCAL_YEAR: return fiscal_year_span(day);
    default: return plan_week_span(day, options->plan_start);
    }
}

static void write_label(char label[24], int32_t kind, const cpn_span *span)
{
    const unsigned year = (unsigned)span->year % CPN_END_YEAR, number = (unsigned)span->number % 1000000;
    switch (kind) {
    case CAMPAIGN_PERIOD_MONTH: (void)snprintf(label, 24, "%04u-%02u", year, number); return;
    case CAMPAIGN_PERIOD_QUARTER: (void)snprintf(label, 24, "%04u-Q%u", year, number); return;
    case CAMPAIGN_PERIOD_YEAR: (void)snprintf(label, 24, "%04u", year); return;
    case CAMPAIGN_PERIOD_ISO_WEEK: (void)snprintf(label, 24, "%04u-W%02u", year, number); return;
    case CAMPAIGN_PERIOD_FISCAL_WEEK: (void)snprintf(label, 24, "FY%04u-W%02u", year, number); return;
    case CAMPAIGN_PERIOD_FISCAL_MONTH: (void)snprintf(label, 24, "FY%04u-P%02u", year, number); return;
    case CAMPAIGN_PERIOD_FISCAL_QUARTER: (void)snprintf(label, 24, "FY%04u-Q%u", year, number); return;
    case CAMPAIGN_PERIOD_FISCAL_YEAR: (void)snprintf(label, 24, "FY%04u", year); return;
    default: (void)snprintf(label, 24, "W%u", number); return;
    }
}

/* Copies and checks the caller's options. */
static campaign_status take_options(campaign_period_options *ours, const campaign_period_options *options,
                                    campaign_error *error)
{
    if (!options) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options", "options are required: they name the kind");
    const campaign_status status = cpn_check_knobs(options, sizeof *ours, sizeof *ours, "options", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_take_knobs(ours, sizeof *ours, options);
    if (ours->kind < CAMPAIGN_PERIOD_MONTH || ours->kind > CAMPAIGN_PERIOD_PLAN_WEEK)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.kind", "there is no kind of period %ld, only 1 to 9",
                        (long)ours->kind);
    return ours->has_plan_start ? cpn_check_day(ours->plan_start, "options.plan_start", error) : CAMPAIGN_OK;
}

static campaign_status find_period(campaign_period *period, int32_t day, const campaign_period_options *options,
                                   campaign_error *error)
{
    if (options->kind == CAMPAIGN_PERIOD_PLAN_WEEK && day < options->plan_start)
        return cpn_fail(error, CAMPAIGN_E_VALUE, "day", "day %ld is before the plan's first day %ld", (long)day,
                        (long)options->plan_start);
    const cpn_span span = span_of(day, options);
    if (span.start < CAMPAIGN_DAY_MIN || span.end > CPN_END_DAY)
        return cpn_fail(error, CAMPAIGN_E_VALUE, "day", "the period of day %ld reaches outside the years 1 to 9999",
                        (long)day);
    period->kind = options->kind;
    period->start = span.start;
    period->end = span.end;
    period->year = span.year;
    period->number = span.number;
    write_label(period->label, options->kind, &span);
    return CAMPAIGN_OK;
}

campaign_status campaign_calendar_period(campaign_period *period, int32_t day, const campaign_period_options *options,
                                         campaign_error *error)
{
    campaign_status status = cpn_open_view(period, sizeof *period, "period", error);
    if (status != CAMPAIGN_OK) return status;
    campaign_period_options ours;
    status = take_options(&ours, options, error);
    if (status == CAMPAIGN_OK && ours.kind == CAMPAIGN_PERIOD_PLAN_WEEK && !ours.has_plan_start)
        status = cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.plan_start", "plan weeks need the plan's first day");
    if (status == CAMPAIGN_OK) status = cpn_check_day(day, "day", error);
    if (status == CAMPAIGN_OK) status = find_period(period, day, &ours, error);
    return status;
}

static const cpn_column_schema period_columns[] = {
    { "label", CAMPAIGN_TYPE_UTF8, "name of the period", "期间名称" },
    { "year", CAMPAIGN_TYPE_INT32, "calendar, ISO or fiscal year", "所属年度（公历、ISO 或财年）" },
    { "number", CAMPAIGN_TYPE_INT32, "number within the year", "年内序号" },
    { "start", CAMPAIGN_TYPE_DATE, "first day", "首日" },
    { "end", CAMPAIGN_TYPE_DATE, "the day after the last", "末日的次日" },
    { "n_days", CAMPAIGN_TYPE_INT32, "days", "天数" },
    { "n_working_days", CAMPAIGN_TYPE_INT32, "working days; null without a calendar", "工作日数；未给日历时为空" },
};
enum { LABEL, YEAR, NUMBER, START, END, N_DAYS, N_WORKING_DAYS, N_COLUMNS };

static void write_period(cpn_out *out, const campaign_period *period, const campaign_calendar *calendar)
{
    cpn_out_string(out, LABEL, period->label);
    cpn_out_int64(out, YEAR, period->year);
    cpn_out_int64(out, NUMBER, period->number);
    cpn_out_int64(out, START, period->start);
    cpn_out_int64(out, END, period->end);
    cpn_out_int64(out, N_DAYS, period->end - period->start);
    if (calendar)
        cpn_out_int64(out, N_WORKING_DAYS,
                      cpn_working_before(calendar, period->end) - cpn_working_before(calendar, period->start));
    else
        cpn_out_null(out, N_WORKING_DAYS);
}

campaign_status campaign_calendar_periods(campaign_table **periods, const campaign_calendar *calendar,
                                          int32_t first_day, int32_t end_day, const campaign_period_options *options,
                                          campaign_error *error)
{
    if (!periods) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "periods", "periods is required");
    *periods = NULL;
    campaign_period_options ours;
    campaign_status status = take_options(&ours, options, error);
    if (status == CAMPAIGN_OK) status = cpn_check_range(first_day, end_day, error);
    if (status != CAMPAIGN_OK) return status;
    if (!ours.has_plan_start) ours.plan_start = first_day;
    cpn_out out;
    cpn_out_open(&out, period_columns, N_COLUMNS, NULL, 0);
    campaign_period period = CAMPAIGN_PERIOD_INIT;
    for (int32_t day = first_day; day < end_day && out.status == CAMPAIGN_OK; day = period.end) {
        out.status = find_period(&period, day, &ours, &out.error);
        if (out.status == CAMPAIGN_OK) write_period(&out, &period, calendar);
    }
    return cpn_out_close(periods, &out, error);
}
