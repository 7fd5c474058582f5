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
    WEEKDAY_HISTORY = 28 /* four of each weekday, below which a weekday's mean says little */
};
/* What the shares of all years' months add up to. */
static const int64_t all_years_weight = INT64_C(100000000000000000);

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

void cpn_plan_whole_months(int32_t *first, int32_t *end, const cpn_plan_history *history)
{
    *first = *end = 0;
    if (history->first_day > history->last_day) return;
    *first = cpn_month_index(history->first_day);
    if (history->first_day - cpn_plan_month_start(*first) > CPN_PLAN_EDGE_DAYS) ++*first;
    *end = cpn_month_index(history->last_day) + 1;
    if (cpn_plan_month_start(*end) - 1 - history->last_day > CPN_PLAN_EDGE_DAYS) --*end;
}

/* Adds one year's shares, times its weight, to the weights of the calendar months. */
static campaign_status add_year(int64_t weights[MONTHS], const cpn_plan_history *history, int32_t first_month,
                                int64_t year_weight, campaign_error *error)
{
    int64_t sales[MONTHS], total = 0;
    for (int32_t i = 0; i < MONTHS; i++) {
        const int32_t start = cpn_plan_month_start(first_month + i), end = cpn_plan_month_start(first_month + i + 1);
        const campaign_status status = sum_days(&sales[i], history, start, end, error);
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

/* Weights of the calendar months, January first, by the years of a driver; all zero where they cannot be measured. */
static campaign_status measure_months(int64_t weights[MONTHS], const cpn_plan_profile *profile,
                                      const cpn_plan_policy *policy, const cpn_plan_history *history,
                                      campaign_error *error)
{
    const cpn_plan_years *years = &profile->years;
    int64_t total = 0, *year_weights = cpn_alloc_zero(years->n, sizeof *year_weights);
    if (!year_weights) return cpn_fail_nomem(error);
    memset(weights, 0, MONTHS * sizeof *weights);
    campaign_status status = cpn_plan_year_weights(year_weights, policy, years, error);
    for (int32_t year = 0; year < years->n; year++) total += year_weights[year]; /* rates of at most 10^12 */
    for (int32_t year = 0; year < years->n && status == CAMPAIGN_OK; year++) {
        int64_t weight;
        (void)cpn_mul_div64(&weight, all_years_weight, year_weights[year], total, CAMPAIGN_ROUND_HALF_EVEN);
        status = add_year(weights, history, years->end_month - (years->n - year) * MONTHS, weight, error);
    }
    cpn_free(year_weights);
    return status;
}

/* Which whole years there are, what the latest sold, and what is remarkable about any of them. */
static campaign_status survey_years(cpn_plan_profile *profile, cpn_plan_notes *notes, const cpn_plan_request *request,
                                    const cpn_plan_history *history, campaign_error *error)
{
    int32_t first, end;
    cpn_plan_whole_months(&first, &end, history);
    profile->years = (cpn_plan_years){ .n = end > first ? (end - first) / MONTHS : 0, .end_month = end };
    profile->has_year = profile->years.n > 0;
    if (!profile->has_year) {
        profile->is_seasonal = cpn_plan_seasonality_wants(request, history, profile);
        if (history->first_day > history->last_day) return CAMPAIGN_OK;
        const int32_t n_months = end > first ? end - first : 0; /* a few days in a month make its end stand before it */
        return cpn_plan_note_add(notes, &(cpn_plan_note){ .code = CPN_NOTE_HISTORY_SHORT, .n = n_months }, NULL, NULL,
                                 error);
    }
    profile->year_first = cpn_plan_month_start(end - MONTHS);
    profile->year_end = cpn_plan_month_start(end);
    campaign_status status = sum_days(&profile->year_minor, history, profile->year_first, profile->year_end, error);
    bool has_sales = false;
    for (int32_t month = end - profile->years.n * MONTHS; month < end && status == CAMPAIGN_OK; month++) {
        const int32_t start = cpn_plan_month_start(month), next = cpn_plan_month_start(month + 1);
        int64_t sales;
        status = sum_days(&sales, history, start, next, error);
        has_sales = has_sales || sales > 0;
        if (status == CAMPAIGN_OK && sales < 0)
            status = cpn_plan_note_add(
                notes, &(cpn_plan_note){ .code = CPN_NOTE_NEGATIVE_MONTH, .first_day = start, .end_day = next }, NULL,
                NULL, error);
    }
    profile->is_seasonal = status == CAMPAIGN_OK && cpn_plan_seasonality_wants(request, history, profile);
    if (status != CAMPAIGN_OK || profile->is_seasonal) return status;
    return cpn_plan_note_add(notes,
                             &(cpn_plan_note){ .code = has_sales ? CPN_NOTE_HISTORY_YEARS : CPN_NOTE_NO_SALES,
                                               .n = profile->years.n,
                                               .first_day = cpn_plan_year_start(&profile->years, 0),
                                               .end_day = profile->year_end },
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
        (void)cpn_mul_div64(&weights[i], sales[i], all_years_weight, total, CAMPAIGN_ROUND_HALF_EVEN);
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

static campaign_status weigh_days(int64_t *days, const cpn_plan_request *request, const int64_t months[MONTHS],
                                  const int64_t weekdays[WEEKDAYS], campaign_error *error)
{
    const bool is_measured = has_weight(months, MONTHS);
    campaign_status status = CAMPAIGN_OK;
    int32_t start = request->start_day;
    for (int32_t i = 0; i < MONTHS && status == CAMPAIGN_OK; i++) {
        const int32_t end = cpn_plan_next_period(request, CPN_LEVEL_MONTH, start);
        status = weigh_month(days + (start - request->start_day), start, end - start,
                             is_measured ? &months[(request->start_month - 1 + i) % MONTHS] : NULL, weekdays, error);
        start = end;
    }
    return status;
}

/* ---- Drivers of periods ----------------------------------------------------------------------------------------- */

static campaign_status weigh_kinds(int64_t *days, const cpn_plan_request *request, const cpn_plan_policy *policy,
                                   const campaign_calendar *calendar, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int32_t day = request->start_day; day < request->end_day && status == CAMPAIGN_OK; day++) {
        campaign_calendar_day_info info = CAMPAIGN_CALENDAR_DAY_INFO_INIT;
        status = campaign_calendar_day(&info, calendar, day, error);
        days[day - request->start_day] = info.kind == CAMPAIGN_DAY_STATUTORY ? policy->statutory_ppm
                                         : info.is_working                   ? policy->working_ppm
                                                                             : policy->off_ppm;
    }
    return status;
}

/* Weights by the history: its seasons where they can be measured, otherwise shares of months and weekdays. */
static campaign_status weigh_history(int64_t *days, cpn_plan_notes *notes, const cpn_plan_request *request,
                                     const cpn_plan_policy *policy, const cpn_plan_season_source *source,
                                     campaign_error *error)
{
    if (source->profile->is_seasonal) return cpn_plan_seasonality_weigh(days, notes, request, policy, source, error);
    int64_t months[MONTHS], weekdays[WEEKDAYS];
    campaign_status status = measure_months(months, source->profile, policy, source->history, error);
    if (status == CAMPAIGN_OK) status = measure_weekdays(weekdays, source->history, error);
    return status == CAMPAIGN_OK ? weigh_days(days, request, months, weekdays, error) : status;
}

/* Weights of the days for one level of periods. */
static campaign_status weigh_level(cpn_plan_profile *profile, cpn_plan_notes *notes, const cpn_plan_request *request,
                                   cpn_plan_level level, const cpn_plan_season_source *source,
                                   const campaign_table *drivers, campaign_error *error)
{
    const cpn_plan_policy *policy = &request->levels[level];
    int64_t *days = profile->day_weights[level];
    campaign_status status = CAMPAIGN_OK;
    switch (policy->driver) {
    case CPN_DRIVER_EVEN:
        for (int32_t i = 0; i < CPN_PLAN_MAX_DAYS; i++) days[i] = 1;
        return status;
    case CPN_DRIVER_COLUMN: return cpn_plan_driver_days(days, request, policy, drivers, error);
    case CPN_DRIVER_DAY_KINDS: return weigh_kinds(days, request, policy, source->calendar, error);
    case CPN_DRIVER_HISTORY: /* levels mostly share by the same */
        if (level > CPN_LEVEL_QUARTER && policy[-1].driver == CPN_DRIVER_HISTORY) {
            memcpy(days, profile->day_weights[level - 1], sizeof *profile->day_weights);
            return status;
        }
        break;
    case CPN_DRIVER_LAST_YEAR:
    case CPN_DRIVER_MIX: break;
    }
    return weigh_history(days, notes, request, policy, source, error);
}

/* ---- Stage ------------------------------------------------------------------------------------------------------ */

static campaign_status read_lookups(cpn_plan_profile *profile, cpn_plan_notes *notes, const cpn_plan_request *request,
                                    const cpn_plan_history *history, const campaign_table *drivers,
                                    campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < profile->cells.n_levels && status == CAMPAIGN_OK; i++) {
        const int32_t dimension = profile->cells.order[i];
        if (request->levels[CPN_LEVEL_PRODUCT_LINE + dimension].driver != CPN_DRIVER_COLUMN) continue;
        status = cpn_plan_lookup_read(&profile->lookups[dimension], notes, request, history, drivers, dimension, error);
    }
    return status;
}

campaign_status cpn_plan_profile_measure(cpn_plan_profile *profile, cpn_plan_notes *notes,
                                         const cpn_plan_request *request, const cpn_plan_history *history,
                                         const campaign_calendar *calendar, const campaign_table *drivers,
                                         campaign_error *error)
{
    memset(profile, 0, sizeof *profile);
    cpn_plan_season_source source = { history, profile, calendar, &profile->season_days };
    campaign_status status = survey_years(profile, notes, request, history, error);
    for (int32_t level = CPN_LEVEL_QUARTER; level < CPN_PLAN_N_PERIODS && status == CAMPAIGN_OK; level++) {
        status = weigh_level(profile, notes, request, (cpn_plan_level)level, &source, drivers, error);
        source.days = NULL;
    }
    if (status == CAMPAIGN_OK)
        status = cpn_plan_cells_measure(&profile->cells, notes, request, history, &profile->years, error);
    if (status == CAMPAIGN_OK) status = read_lookups(profile, notes, request, history, drivers, error);
    if (status != CAMPAIGN_OK) cpn_plan_profile_free(profile);
    return status;
}

int64_t cpn_plan_profile_weight(const cpn_plan_profile *profile, const cpn_plan_request *request, cpn_plan_level level,
                                int32_t first_day, int32_t end_day)
{
    int64_t weight = 0;
    for (int32_t day = first_day; day < end_day; day++) weight += profile->day_weights[level][day - request->start_day];
    return weight;
}

void cpn_plan_profile_free(cpn_plan_profile *profile)
{
    cpn_plan_cells_free(&profile->cells);
    campaign_table_free(profile->season_days);
    for (int32_t i = 0; i < CPN_PLAN_N_DIMENSIONS; i++) cpn_plan_lookup_free(&profile->lookups[i]);
    memset(profile, 0, sizeof *profile);
}
