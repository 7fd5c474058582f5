/* Measures how sales lie over the year.
 *
 * Months: the share of each month in its own twelve whole months, averaged over the years of the history, so that growth
 * from year to year tilts nothing. Days: a month's weight by the mean sales of their weekday. With fewer than twelve whole
 * months, months weigh what their days weigh. Everything is integer, so every machine measures the same. */
#include "plan/targets.h"

#include <string.h>

#include "base/checked.h"
#include "base/date.h"
#include "base/memory.h"

enum {
    MONTHS = 12,
    WEEKDAYS = 7,
    EDGE_DAYS = 3,       /* days that may lack at either end of a whole month: a shop closed over a holiday */
    WEEKDAY_HISTORY = 28 /* four of each weekday, below which a weekday's mean says little */
};
/* What one year's twelve shares add up to: 10,000 years still fit 63 bits. */
static const int64_t year_weight = INT64_C(100000000000000);

static campaign_status sum_days(int64_t *sum, const cpn_plan_history *history, int32_t first_day, int32_t end_day,
                                campaign_error *error)
{
    *sum = 0;
    if (first_day < history->first_day) first_day = history->first_day;
    if (end_day > history->last_day + 1) end_day = history->last_day + 1;
    for (int32_t day = first_day; day < end_day; day++)
        if (!cpn_add64(sum, *sum, history->day_minor[day - history->first_day]))
            return cpn_fail(error, CAMPAIGN_E_OVERFLOW, "orders.amount", "the sales of a year do not fit 64 bits");
    return CAMPAIGN_OK;
}

static int32_t month_start(int32_t month_index)
{
    return cpn_day_from_civil(month_index / MONTHS, month_index % MONTHS + 1, 1);
}

/* The whole months of the history as running numbers, half-open. */
static void find_whole_months(int32_t *first, int32_t *end, const cpn_plan_history *history)
{
    *first = *end = 0;
    if (history->first_day > history->last_day) return;
    *first = cpn_month_index(history->first_day);
    if (history->first_day - month_start(*first) > EDGE_DAYS) ++*first;
    *end = cpn_month_index(history->last_day) + 1;
    if (month_start(*end) - 1 - history->last_day > EDGE_DAYS) --*end;
}

/* Adds one year's shares to the weights of the calendar months. */
static campaign_status add_year(int64_t weights[MONTHS], cpn_plan_notes *notes, const cpn_plan_history *history,
                                int32_t first_month, campaign_error *error)
{
    int64_t sales[MONTHS], total = 0;
    for (int32_t i = 0; i < MONTHS; i++) {
        const int32_t start = month_start(first_month + i), end = month_start(first_month + i + 1);
        campaign_status status = sum_days(&sales[i], history, start, end, error);
        if (status == CAMPAIGN_OK && sales[i] < 0)
            status = cpn_plan_note_add(
                notes, &(cpn_plan_note){ .code = CPN_NOTE_NEGATIVE_MONTH, .first_day = start, .end_day = end }, NULL,
                NULL, error);
        if (status != CAMPAIGN_OK) return status;
        if (sales[i] < 0) sales[i] = 0;
        if (!cpn_add64(&total, total, sales[i]))
            return cpn_fail(error, CAMPAIGN_E_OVERFLOW, "orders.amount", "the sales of a year do not fit 64 bits");
    }
    for (int32_t i = 0; i < MONTHS && total > 0; i++) {
        int64_t share;
        (void)cpn_mul_div64(&share, sales[i], year_weight, total, CAMPAIGN_ROUND_HALF_EVEN);
        weights[(first_month + i) % MONTHS] += share;
    }
    return CAMPAIGN_OK;
}

static bool has_weight(const int64_t *weights, int32_t n)
{
    for (int32_t i = 0; i < n; i++)
        if (weights[i] > 0) return true;
    return false;
}

/* Weights of the calendar months, January first; all zero where they cannot be measured. */
static campaign_status measure_months(int64_t weights[MONTHS], cpn_plan_profile *profile, cpn_plan_notes *notes,
                                      const cpn_plan_history *history, campaign_error *error)
{
    int32_t first, end;
    find_whole_months(&first, &end, history);
    const int32_t n_years = (end - first) / MONTHS;
    profile->has_year = n_years > 0;
    if (n_years <= 0) {
        if (history->first_day > history->last_day) return CAMPAIGN_OK;
        const int32_t n_months = end > first ? end - first : 0; /* a few days in a month make its end stand before it */
        return cpn_plan_note_add(notes, &(cpn_plan_note){ .code = CPN_NOTE_HISTORY_SHORT, .n = n_months }, NULL, NULL,
                                 error);
    }
    profile->year_first = month_start(end - MONTHS);
    profile->year_end = month_start(end);
    campaign_status status = sum_days(&profile->year_minor, history, profile->year_first, profile->year_end, error);
    for (int32_t year = 0; year < n_years && status == CAMPAIGN_OK; year++)
        status = add_year(weights, notes, history, end - (n_years - year) * MONTHS, error);
    if (status != CAMPAIGN_OK) return status;
    return cpn_plan_note_add(
        notes,
        &(cpn_plan_note){ .code = has_weight(weights, MONTHS) ? CPN_NOTE_HISTORY_YEARS : CPN_NOTE_NO_SALES,
                          .n = n_years,
                          .first_day = month_start(end - n_years * MONTHS),
                          .end_day = month_start(end) },
        NULL, NULL, error);
}

/* Mean net sales of each weekday, Monday first, on a common scale; equal where they cannot be measured. */
static campaign_status measure_weekdays(int64_t weights[WEEKDAYS], const cpn_plan_history *history,
                                        campaign_error *error)
{
    int64_t sales[WEEKDAYS] = { 0 }, counts[WEEKDAYS] = { 0 }, total = 0;
    for (int32_t i = 0; i < WEEKDAYS; i++) weights[i] = 1;
    if ((int64_t)history->last_day - history->first_day + 1 < WEEKDAY_HISTORY) return CAMPAIGN_OK;
    for (int32_t day = history->first_day; day <= history->last_day; day++) {
        const int32_t weekday = cpn_weekday(day) - 1;
        counts[weekday]++;
        if (!cpn_add64(&sales[weekday], sales[weekday], history->day_minor[day - history->first_day]))
            return cpn_fail(error, CAMPAIGN_E_OVERFLOW, "orders.amount", "the sales of a weekday do not fit 64 bits");
    }
    for (int32_t i = 0; i < WEEKDAYS; i++) {
        if (sales[i] < 0) sales[i] = 0;
        if (!cpn_add64(&total, total, sales[i]))
            return cpn_fail(error, CAMPAIGN_E_OVERFLOW, "orders.amount",
                            "the sales of all weekdays do not fit 64 bits");
    }
    for (int32_t i = 0; i < WEEKDAYS && total > 0; i++) {
        (void)cpn_mul_div64(&weights[i], sales[i], year_weight, total, CAMPAIGN_ROUND_HALF_EVEN);
        (void)cpn_mul_div64(&weights[i], weights[i], 1, counts[i], CAMPAIGN_ROUND_HALF_EVEN);
    }
    return CAMPAIGN_OK;
}

/* One month's days: its weight split by weekday, or the weekdays themselves where months are not measured. */
static campaign_status weigh_month(int64_t *days, int32_t start, int32_t n_days, const int64_t *month_weight,
                                   const int64_t weekdays[WEEKDAYS], campaign_error *error)
{
    int64_t weights[31], unallocated;
    for (int32_t i = 0; i < n_days; i++) weights[i] = weekdays[cpn_weekday(start + i) - 1];
    if (!month_weight) {
        memcpy(days, weights, (size_t)n_days * sizeof *weights);
        return CAMPAIGN_OK;
    }
    const campaign_split_problem problem = {
        .size = (uint32_t)sizeof problem, .total_minor = *month_weight, .n_cells = n_days, .weights = weights
    };
    return campaign_split(days, &unallocated, &problem, error);
}

static campaign_status weigh_days(cpn_plan_profile *profile, const cpn_plan_request *request,
                                  const int64_t months[MONTHS], const int64_t weekdays[WEEKDAYS], campaign_error *error)
{
    const bool is_measured = has_weight(months, MONTHS);
    campaign_status status = CAMPAIGN_OK;
    int32_t start = request->start_day;
    for (int32_t i = 0; i < MONTHS && status == CAMPAIGN_OK; i++) {
        const int32_t end = cpn_plan_next_period(request, CPN_LEVEL_MONTH, start);
        status = weigh_month(profile->day_weights + (start - request->start_day), start, end - start,
                             is_measured ? &months[(request->start_month - 1 + i) % MONTHS] : NULL, weekdays, error);
        start = end;
    }
    return status;
}

/* ---- Stage ------------------------------------------------------------------------------------------------------ */

campaign_status cpn_plan_profile_measure(cpn_plan_profile *profile, cpn_plan_notes *notes,
                                         const cpn_plan_request *request, const cpn_plan_history *history,
                                         campaign_error *error)
{
    memset(profile, 0, sizeof *profile);
    int64_t months[MONTHS] = { 0 }, weekdays[WEEKDAYS];
    campaign_status status = measure_months(months, profile, notes, history, error);
    if (status == CAMPAIGN_OK) status = measure_weekdays(weekdays, history, error);
    if (status == CAMPAIGN_OK) status = weigh_days(profile, request, months, weekdays, error);
    if (status == CAMPAIGN_OK)
        status = cpn_plan_cells_measure(&profile->cells, notes, request, history,
                                        profile->has_year ? profile->year_first : history->first_day,
                                        profile->has_year ? profile->year_end : history->last_day + 1, error);
    if (status != CAMPAIGN_OK) cpn_plan_profile_free(profile);
    return status;
}

int64_t cpn_plan_profile_weight(const cpn_plan_profile *profile, const cpn_plan_request *request, int32_t first_day,
                                int32_t end_day)
{
    int64_t weight = 0;
    for (int32_t day = first_day; day < end_day; day++) weight += profile->day_weights[day - request->start_day];
    return weight;
}

void cpn_plan_profile_free(cpn_plan_profile *profile)
{
    cpn_plan_cells_free(&profile->cells);
    memset(profile, 0, sizeof *profile);
}
