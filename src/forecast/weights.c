/* Weighs days by a profile: as numbers with their reasons for people, and as integers for the exact splitter. */
#include <string.h>

#include "base/date.h"
#include "base/memory.h"
#include "base/text.h"
#include "calendar/calendar.h"
#include "forecast/forecast.h"

#define COUNT(array) ((int32_t)(sizeof(array) / sizeof *(array)))

static const cpn_column_schema days_schema[] = {
    { "date", CAMPAIGN_TYPE_DATE, "The day.", "日期。" },
    { "weight", CAMPAIGN_TYPE_FLOAT64, "Product of the indexes that follow.", "权重，为以下各指数之积。" },
    { "units", CAMPAIGN_TYPE_INT64, "The weight in units of 1e-12, for exact splits.",
      "以 1e-12 为单位的权重，用于精确拆分。" },
    { "season_index", CAMPAIGN_TYPE_FLOAT64, "Of the quarter, month or week.", "季、月或周的指数。" },
    { "weekday_index", CAMPAIGN_TYPE_FLOAT64, "Of the weekday.", "星期的指数。" },
    { "day_kind", CAMPAIGN_TYPE_UTF8, "working, weekend, swapped, statutory or makeup.",
      "日类型：工作日、周末、调休休息日、法定节假日或调休上班日。" },
    { "day_kind_index", CAMPAIGN_TYPE_FLOAT64, "Of the kind of day.", "日类型的指数。" },
    { "window", CAMPAIGN_TYPE_UTF8, "Windows that hold the day, joined by +; null where none.",
      "所在窗口，以 + 连接；没有则为空。" },
    { "window_index", CAMPAIGN_TYPE_FLOAT64, "Of these windows together.", "这些窗口指数之积。" },
};

/* A weight of at most 10,000 has the unit 1e-12, so that a hundred years' days still add up within 63 bits. */
static const double units_of_one = 1e12, most_weight = 1e4;
/* The mean days of a period: 400 Gregorian years have 146,097. */
static const double days_of_year = 365.2425;

cpn_day_weight cpn_day_profile_weigh(const cpn_day_profile *day_profile, const campaign_calendar *calendar, int32_t day)
{
    cpn_day_weight found = { 1, 1, 1, 1, 1, cpn_kind_of_day(calendar, day) };
    if (day_profile->season >= 0) {
        const cpn_instance_id id = cpn_instance_of(day_profile->season, day);
        const bool has_weeks = cpn_periods_a_year(day_profile->season) == 52;
        const double mean_days = has_weeks ? 7 : days_of_year / cpn_periods_a_year(day_profile->season);
        found.season = day_profile->periods[id.number - 1];
        if (day_profile->is_total) found.season *= mean_days / (id.end - id.start);
    }
    found.weekday = day_profile->weekdays[cpn_weekday(day) - 1];
    found.kind_index = day_profile->kinds[found.kind];
    int32_t occurrence;
    for (int32_t i = 0; i < day_profile->windows.n; i++)
        if (cpn_window_holds(&day_profile->windows.items[i], day, &occurrence))
            found.window *= day_profile->windows.items[i].weight;
    found.weight = found.season * found.weekday * found.kind_index * found.window;
    return found;
}

/* The unit that goes with the greatest weight. */
static double find_unit(double most)
{
    double unit = units_of_one;
    for (; most > most_weight; most /= 10) unit /= 10;
    return unit;
}

/* What a call works on. */
typedef struct weighing {
    cpn_day_profile *profile;
    const campaign_calendar *calendar;
    campaign_calendar *own_calendar;
    int32_t first_day, end_day;
    double unit;
} weighing;

static campaign_status open_weighing(weighing *w, const campaign_table *profile, campaign_error *error)
{
    campaign_status status = cpn_check_range(w->first_day, w->end_day, error);
    if (status == CAMPAIGN_OK && (int64_t)w->end_day - w->first_day > CPN_MOST_DAYS)
        status = cpn_fail(error, CAMPAIGN_E_LIMIT, "end_day", "the range has %ld days, at most %d are possible",
                          (long)(w->end_day - w->first_day), CPN_MOST_DAYS);
    if (status == CAMPAIGN_OK && !w->calendar) {
        status = campaign_calendar_create(&w->own_calendar, NULL, error);
        w->calendar = w->own_calendar;
    }
    if (status != CAMPAIGN_OK) return status;
    w->profile = cpn_alloc_zero(1, sizeof *w->profile);
    if (!w->profile) return cpn_fail_nomem(error);
    status = cpn_day_profile_read(w->profile, profile, w->calendar, w->first_day, w->end_day, error);
    double most = 0;
    for (int32_t day = w->first_day; day < w->end_day && status == CAMPAIGN_OK; day++) {
        const double weight = cpn_day_profile_weigh(w->profile, w->calendar, day).weight;
        most = weight > most ? weight : most;
    }
    if (most > 1e300) status = cpn_fail(error, CAMPAIGN_E_OVERFLOW, "profile", "a day's weight exceeds 1e300");
    w->unit = find_unit(most);
    return status;
}

static void close_weighing(weighing *w)
{
    if (w->profile) cpn_day_profile_free(w->profile);
    cpn_free(w->profile);
    campaign_calendar_free(w->own_calendar);
}

static int64_t as_units(double weight, double unit)
{
    return (int64_t)(weight * unit + 0.5);
}

campaign_status cpn_forecast_day_units(int64_t *units, const campaign_table *profile, const campaign_calendar *calendar,
                                       int32_t first_day, int32_t end_day, campaign_error *error)
{
    weighing w = { .calendar = calendar, .first_day = first_day, .end_day = end_day };
    const campaign_status status = open_weighing(&w, profile, error);
    for (int32_t day = first_day; day < end_day && status == CAMPAIGN_OK; day++)
        units[day - first_day] = as_units(cpn_day_profile_weigh(w.profile, w.calendar, day).weight, w.unit);
    close_weighing(&w);
    return status;
}

static void write_window(cpn_out *out, const cpn_windows *windows, int32_t day)
{
    cpn_text names = { 0 };
    int32_t occurrence;
    for (int32_t i = 0; i < windows->n; i++) {
        if (!cpn_window_holds(&windows->items[i], day, &occurrence)) continue;
        if (names.length > 0) cpn_text_add_char(&names, '+');
        cpn_text_add_string(&names, windows->items[i].name);
    }
    if (names.has_failed && out->status == CAMPAIGN_OK) out->status = cpn_fail_nomem(&out->error);
    if (names.length > 0)
        cpn_out_text(out, 7, names.data, names.length);
    else
        cpn_out_null(out, 7);
    cpn_text_clear(&names);
}

static void write_day(cpn_out *out, const weighing *w, int32_t day)
{
    const cpn_day_weight found = cpn_day_profile_weigh(w->profile, w->calendar, day);
    cpn_out_int64(out, 0, day);
    cpn_out_float64(out, 1, found.weight);
    cpn_out_int64(out, 2, as_units(found.weight, w->unit));
    cpn_out_float64(out, 3, found.season);
    cpn_out_float64(out, 4, found.weekday);
    cpn_out_string(out, 5, cpn_kind_names[found.kind]);
    cpn_out_float64(out, 6, found.kind_index);
    write_window(out, &w->profile->windows, day);
    cpn_out_float64(out, 8, found.window);
}

campaign_status campaign_forecast_day_weights(campaign_table **days, const campaign_table *profile,
                                              const campaign_calendar *calendar, int32_t first_day, int32_t end_day,
                                              campaign_error *error)
{
    if (days) *days = NULL;
    if (!days || !profile) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "profile", "days and profile are required");
    weighing w = { .calendar = calendar, .first_day = first_day, .end_day = end_day };
    campaign_status status = open_weighing(&w, profile, error);
    if (status == CAMPAIGN_OK) {
        cpn_out out;
        cpn_out_open(&out, days_schema, COUNT(days_schema), NULL, 0);
        for (int32_t day = first_day; day < end_day; day++) write_day(&out, &w, day);
        status = cpn_out_close(days, &out, error);
    }
    close_weighing(&w);
    return status;
}
