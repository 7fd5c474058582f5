/* Fits daily sales by a product: level of the month × weekday × kind of day × windows.
 * Each pass sets every factor in turn to the ratio of what was sold on its days to what the other factors expect there
 * (iterative proportional fitting). The number of passes is fixed, so that every machine takes the same steps. */
#include <string.h>

#include "base/date.h"
#include "base/memory.h"
#include "forecast/forecast.h"

enum { DAYS_FOR_WEEKDAYS = 28, DAYS_FOR_WINDOWS = 365 };

/* ---- Codes --------------------------------------------------------------------------------------------------------- */

static campaign_status open_factor(cpn_fit *fit, int32_t index, int32_t n, campaign_error *error)
{
    cpn_factor *factor = &fit->factors[index];
    factor->n = n;
    factor->codes = cpn_alloc(fit->n_days, sizeof *factor->codes);
    factor->values = cpn_alloc(n, sizeof *factor->values);
    if (index >= fit->n_factors) fit->n_factors = index + 1;
    if (!factor->codes || !factor->values) return cpn_fail_nomem(error);
    for (int32_t i = 0; i < n; i++) factor->values[i] = 1;
    return CAMPAIGN_OK;
}

/* One level a month; January and February of a year share one where they are a block. */
static void code_levels(cpn_fit *fit, bool has_block)
{
    const int32_t first = cpn_month_index(fit->first_day);
    for (int64_t i = 0; i < fit->n_days; i++) {
        const int32_t month = cpn_month_index((int32_t)(fit->first_day + i));
        const bool is_february = has_block && month % 12 == 1 && month > first;
        fit->factors[CPN_FACTOR_LEVEL].codes[i] = month - first - is_february;
    }
}

static void code_weekdays(cpn_fit *fit, const cpn_trading *trading, bool is_measured)
{
    cpn_factor *factor = &fit->factors[CPN_FACTOR_WEEKDAY];
    factor->is_fixed = !is_measured;
    for (int32_t i = 0; i < CPN_WEEKDAYS; i++) factor->values[i] = trading->rests[i] ? 0 : 1;
    for (int64_t i = 0; i < fit->n_days; i++) factor->codes[i] = cpn_weekday((int32_t)(fit->first_day + i)) - 1;
}

/* Ordinary days are the measure: working ones, and weekends where weekdays tell them. */
static void code_kinds(cpn_fit *fit, const campaign_calendar *calendar, bool is_measured, bool has_weekdays)
{
    cpn_factor *factor = &fit->factors[CPN_FACTOR_KIND];
    factor->is_fixed = !is_measured;
    for (int64_t i = 0; i < fit->n_days; i++) {
        const int32_t kind = cpn_kind_of_day(calendar, (int32_t)(fit->first_day + i));
        const bool is_ordinary = kind == CPN_KIND_WORKING || (kind == CPN_KIND_WEEKEND && has_weekdays);
        factor->codes[i] = is_ordinary ? -1 : kind;
    }
}

static void code_window(cpn_fit *fit, int32_t index, const cpn_season_span *window)
{
    cpn_factor *factor = &fit->factors[CPN_FACTOR_WINDOW + index];
    factor->is_fixed = !window->is_measured;
    factor->values[0] = window->is_measured ? 1 : window->weight;
    int32_t occurrence;
    for (int64_t i = 0; i < fit->n_days; i++)
        factor->codes[i] = cpn_window_holds(window, (int32_t)(fit->first_day + i), &occurrence) ? 0 : -1;
}

/* Whether some day within a window sold, or could have. */
static bool is_seen(const cpn_fit *fit, const cpn_season_span *window, const cpn_trading *trading)
{
    int32_t occurrence;
    for (int64_t i = 0; i < fit->n_days; i++)
        if (trading->states[i] == CPN_DAY_OPEN && fit->weights[i] > 0 &&
            cpn_window_holds(window, (int32_t)(fit->first_day + i), &occurrence))
            return true;
    return false;
}

static void weigh_years(cpn_fit *fit, const cpn_season_knobs *knobs)
{
    for (int64_t i = 0; i < fit->n_days; i++)
        fit->weights[i] = cpn_year_weight(knobs, cpn_civil_from_day((int32_t)(fit->first_day + i)).year);
}

static campaign_status open_arrays(cpn_fit *fit, const cpn_trading *trading, const cpn_windows *windows,
                                   campaign_error *error)
{
    const int32_t n_levels =
        cpn_month_index((int32_t)(fit->first_day + fit->n_days - 1)) - cpn_month_index(fit->first_day) + 1;
    const int64_t n_scratch = 2 * fit->n_days + 2 * (n_levels + CPN_WEEKDAYS);
    fit->values = cpn_alloc(fit->n_days, sizeof *fit->values);
    fit->shape = cpn_alloc(fit->n_days, sizeof *fit->shape);
    fit->expected = cpn_alloc(fit->n_days, sizeof *fit->expected);
    fit->weights = cpn_alloc(fit->n_days, sizeof *fit->weights);
    fit->scratch = cpn_alloc(n_scratch, sizeof *fit->scratch);
    if (!fit->values || !fit->shape || !fit->expected || !fit->weights || !fit->scratch) return cpn_fail_nomem(error);
    memcpy(fit->values, trading->values, (size_t)fit->n_days * sizeof *fit->values);
    campaign_status status = open_factor(fit, CPN_FACTOR_LEVEL, n_levels, error);
    if (status == CAMPAIGN_OK) status = open_factor(fit, CPN_FACTOR_WEEKDAY, CPN_WEEKDAYS, error);
    if (status == CAMPAIGN_OK) status = open_factor(fit, CPN_FACTOR_KIND, CPN_N_KINDS, error);
    for (int32_t i = 0; i < windows->n && status == CAMPAIGN_OK; i++)
        status = open_factor(fit, CPN_FACTOR_WINDOW + i, 1, error);
    return status;
}

campaign_status cpn_fit_open(cpn_fit *fit, const cpn_sales *sales, const cpn_season_knobs *knobs, cpn_windows *windows,
                             const cpn_trading *trading, const campaign_calendar *calendar, campaign_error *error)
{
    memset(fit, 0, sizeof *fit);
    fit->n_days = sales->n_days;
    fit->first_day = sales->first_day;
    const campaign_status status = open_arrays(fit, trading, windows, error);
    if (status != CAMPAIGN_OK) return status;
    const bool is_daily = sales->grain == CAMPAIGN_GRAIN_DAY;
    const bool has_weekdays = is_daily && !knobs->given.omits_weekdays && fit->n_days >= DAYS_FOR_WEEKDAYS;
    const bool has_year = is_daily && fit->n_days >= DAYS_FOR_WINDOWS;
    code_levels(fit, knobs->has_block);
    code_weekdays(fit, trading, has_weekdays);
    code_kinds(fit, calendar, has_year && !knobs->given.omits_day_kinds, has_weekdays);
    weigh_years(fit, knobs);
    for (int32_t i = 0; i < windows->n; i++) {
        cpn_season_span *window = &windows->items[i];
        window->is_measured = has_year && !window->has_weight && is_seen(fit, window, trading);
        code_window(fit, i, window);
    }
    return CAMPAIGN_OK;
}

void cpn_fit_free(cpn_fit *fit)
{
    for (int32_t i = 0; i < fit->n_factors; i++) {
        cpn_free(fit->factors[i].codes);
        cpn_free(fit->factors[i].values);
    }
    cpn_free(fit->values);
    cpn_free(fit->shape);
    cpn_free(fit->expected);
    cpn_free(fit->weights);
    cpn_free(fit->scratch);
    memset(fit, 0, sizeof *fit);
}

/* ---- Passes -------------------------------------------------------------------------------------------------------- */

/* Products of the factors, shape and expected, anew. */
void cpn_fit_multiply(cpn_fit *fit)
{
    const cpn_factor *level = &fit->factors[CPN_FACTOR_LEVEL];
    for (int64_t i = 0; i < fit->n_days; i++) fit->shape[i] = 1;
    for (int32_t f = CPN_FACTOR_WEEKDAY; f < fit->n_factors; f++) {
        const cpn_factor *factor = &fit->factors[f];
        for (int64_t i = 0; i < fit->n_days; i++)
            if (factor->codes[i] >= 0) fit->shape[i] *= factor->values[factor->codes[i]];
    }
    for (int64_t i = 0; i < fit->n_days; i++) fit->expected[i] = fit->shape[i] * level->values[level->codes[i]];
}

/* Sets one factor to the ratios of sums, and expected along with it. A value of 0 stays: nothing is sold there. */
static void update(cpn_fit *fit, int32_t index, const cpn_trading *trading)
{
    cpn_factor *factor = &fit->factors[index];
    double *sold = fit->scratch, *expected = fit->scratch + factor->n;
    const bool is_level = index == CPN_FACTOR_LEVEL; /* a month lies in one year, whose weight cancels out */
    for (int32_t i = 0; i < 2 * factor->n; i++) fit->scratch[i] = 0;
    for (int64_t i = 0; i < fit->n_days; i++) {
        const int32_t code = factor->codes[i];
        if (code < 0 || trading->states[i] != CPN_DAY_OPEN) continue;
        const double weight = is_level ? 1 : fit->weights[i];
        sold[code] += weight * fit->values[i];
        expected[code] += weight * fit->expected[i];
    }
    for (int32_t i = 0; i < factor->n; i++) {
        sold[i] = expected[i] > 0 ? sold[i] / expected[i] : 1;
        factor->values[i] *= sold[i];
    }
    for (int64_t i = 0; i < fit->n_days; i++)
        if (factor->codes[i] >= 0) fit->expected[i] *= sold[factor->codes[i]];
}

/* The seven weekdays have the mean 1; what is taken off them goes to the levels. */
void cpn_fit_center_weekdays(cpn_fit *fit)
{
    cpn_factor *factor = &fit->factors[CPN_FACTOR_WEEKDAY];
    double sum = 0;
    for (int32_t i = 0; i < CPN_WEEKDAYS; i++) sum += factor->values[i];
    if (factor->is_fixed || !(sum > 0)) return;
    for (int32_t i = 0; i < CPN_WEEKDAYS; i++) factor->values[i] *= CPN_WEEKDAYS / sum;
    cpn_factor *level = &fit->factors[CPN_FACTOR_LEVEL];
    for (int32_t i = 0; i < level->n; i++) level->values[i] *= sum / CPN_WEEKDAYS;
}

void cpn_fit_run(cpn_fit *fit, const cpn_trading *trading, int32_t n_passes)
{
    for (int32_t pass = 0; pass < n_passes; pass++) {
        cpn_fit_multiply(fit);
        for (int32_t f = 0; f < fit->n_factors; f++)
            if (!fit->factors[f].is_fixed) update(fit, f, trading);
        cpn_fit_center_weekdays(fit);
    }
    cpn_fit_multiply(fit);
    update(fit, CPN_FACTOR_LEVEL, trading);
}

/* ---- Coarse sales ---------------------------------------------------------------------------------------------------- */

void cpn_fit_spread(cpn_fit *fit, cpn_trading *trading, const cpn_sales *sales, const cpn_season_knobs *knobs)
{
    const int32_t dimension = cpn_grain_dimension(sales, knobs);
    cpn_fit_multiply(fit);
    for (int32_t day = sales->first_day; day < sales->end_day;) {
        const int32_t first = day - sales->first_day, end = cpn_instance_of(dimension, day).end - sales->first_day;
        double sold = 0, shape = 0;
        bool is_known = false;
        for (int32_t i = first; i < end; i++) {
            sold += trading->values[i];
            shape += fit->shape[i];
            is_known = is_known || sales->has_rows[i];
        }
        for (int32_t i = first; i < end; i++) {
            trading->states[i] = is_known ? CPN_DAY_OPEN : CPN_DAY_GAP;
            fit->values[i] = shape > 0 ? sold / shape * fit->shape[i] : 0;
        }
        day = sales->first_day + end;
    }
    for (int64_t i = 0; i < fit->n_days; i++) fit->expected[i] = fit->values[i];
}
