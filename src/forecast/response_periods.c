/* How far the rows of one series lie apart: in periods, whatever a period is. Dates on the same day of months, or on
 * their last days, count months; everything else counts what divides all distances. Where that leaves more gaps than
 * rows, each row is taken for the next period. */
#include "base/date.h"
#include "forecast/response_fit.h"

static uint64_t divisor(uint64_t a, uint64_t b)
{
    while (b != 0) {
        const uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static bool ends_month(cpn_civil date)
{
    return date.day == cpn_days_in_month(date.year, date.month);
}

/* Whether all dates are one day of the month, or all are the last of theirs. */
static bool is_monthly(const cpn_effect_series *series)
{
    bool is_same_day = true, is_end = true;
    const int32_t day = cpn_civil_from_day((int32_t)series->rows[0].period).day;
    for (int64_t t = 0; t < series->n && (is_same_day || is_end); t++) {
        const cpn_civil date = cpn_civil_from_day((int32_t)series->rows[t].period);
        is_same_day = is_same_day && date.day == day;
        is_end = is_end && ends_month(date);
    }
    return is_same_day || is_end;
}

/* Distance of two rows that follow each other, above 0. */
static uint64_t distance(const cpn_effect_series *series, int64_t t, bool is_months)
{
    const int64_t from = series->rows[t - 1].period, to = series->rows[t].period;
    if (is_months) return (uint64_t)(cpn_month_index((int32_t)to) - cpn_month_index((int32_t)from));
    return (uint64_t)to - (uint64_t)from;
}

static void settle_gaps(cpn_effect_series *series, double *gaps, bool is_date)
{
    const bool is_months = is_date && is_monthly(series);
    uint64_t unit = 0;
    double n_periods = 1;
    for (int64_t t = 1; t < series->n; t++) unit = divisor(distance(series, t, is_months), unit);
    for (int64_t t = 1; t < series->n; t++) {
        gaps[t] = (double)(distance(series, t, is_months) / unit);
        n_periods += gaps[t];
    }
    series->is_uneven = n_periods > 2 * (double)series->n;
    series->n_missing = series->is_uneven ? 0 : (int64_t)n_periods - series->n;
    for (int64_t t = 1; t < series->n && series->is_uneven; t++) gaps[t] = 1;
}

void cpn_effect_settle_periods(cpn_effect_series *series, double *gaps, double *times, bool is_date)
{
    for (int64_t t = 0; t < series->n; t++) gaps[t] = 1;
    if (series->has_periods && series->n > 1) settle_gaps(series, gaps, is_date);
    double place = 0, sum = 0;
    for (int64_t t = 0; t < series->n; t++) {
        place += t > 0 ? gaps[t] : 0;
        times[t] = place;
        sum += place;
    }
    series->span = place > 0 ? place : 1;
    series->mean_time = sum / (double)series->n;
    for (int64_t t = 0; t < series->n; t++) times[t] = (times[t] - series->mean_time) / series->span;
    series->gaps = gaps;
    series->times = times;
}
