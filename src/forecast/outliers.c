/* Fits days robustly. The start is a median polish (Tukey, Exploratory Data Analysis, 1977) of the factors, which no odd
 * day can move; then days too far from the fit are drawn to the limit and the rest is fitted by ratios of sums.
 * Deviations are relative: 1.4826 times the median absolute deviation estimates the standard deviation of normal noise
 * (Hampel, JASA 69, 1974). */
#include <string.h>

#include "base/sort.h"
#include "forecast/forecast.h"

enum { POLISH_ROUNDS = 3, TREAT_ROUNDS = 3, SHORT_PASSES = 40, ALL_PASSES = 200 };
static const double deviation_of_mad = 1.4826;
static const double least_deviation = 0.02; /* with the usual limit of 5, a tenth of the expected is never odd */

static int by_value(const void *a, const void *b, const void *ctx)
{
    (void)ctx;
    const double first = *(const double *)a, second = *(const double *)b;
    return (first > second) - (first < second);
}

campaign_status cpn_take_median(double *median, double *values, int64_t n, campaign_error *error)
{
    *median = 0;
    if (n == 0) return CAMPAIGN_OK;
    if (!cpn_sort(values, n, sizeof *values, by_value, NULL)) return cpn_fail_nomem(error);
    *median = (values[(n - 1) / 2] + values[n / 2]) / 2;
    return CAMPAIGN_OK;
}

/* Multiplies every value of a factor by the median ratio of sold to expected on its days; by the ratio of the sums where
 * most of them sold nothing, so that only days that never sell get 0. */
static campaign_status polish(cpn_fit *fit, int32_t index, const cpn_trading *trading, campaign_error *error)
{
    cpn_factor *factor = &fit->factors[index];
    double *ratios = fit->scratch;
    campaign_status status = CAMPAIGN_OK;
    for (int32_t code = 0; code < factor->n && status == CAMPAIGN_OK; code++) {
        int64_t n = 0;
        double median, sold = 0, expected = 0;
        for (int64_t i = 0; i < fit->n_days; i++) {
            if (factor->codes[i] != code || trading->states[i] != CPN_DAY_OPEN || !(fit->expected[i] > 0)) continue;
            ratios[n++] = trading->values[i] / fit->expected[i];
            sold += trading->values[i];
            expected += fit->expected[i];
        }
        status = cpn_take_median(&median, ratios, n, error);
        if (status == CAMPAIGN_OK && n > 0) factor->values[code] *= median > 0 ? median : sold / expected;
    }
    return status;
}

static campaign_status polish_all(cpn_fit *fit, const cpn_trading *trading, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int32_t round = 0; round < POLISH_ROUNDS; round++)
        for (int32_t f = 0; f < fit->n_factors && status == CAMPAIGN_OK; f++) {
            cpn_fit_multiply(fit);
            if (!fit->factors[f].is_fixed) status = polish(fit, f, trading, error);
        }
    cpn_fit_multiply(fit);
    return status;
}

campaign_status cpn_find_limits(cpn_limits *found, double *ratios, int64_t n, double outlier_limit,
                                campaign_error *error)
{
    double center, mad;
    campaign_status status = cpn_take_median(&center, ratios, n, error);
    if (status != CAMPAIGN_OK) return status;
    for (int64_t i = 0; i < n; i++) ratios[i] = ratios[i] < center ? center - ratios[i] : ratios[i] - center;
    status = cpn_take_median(&mad, ratios, n, error);
    if (status != CAMPAIGN_OK) return status;
    const double deviation = mad * deviation_of_mad > least_deviation ? mad * deviation_of_mad : least_deviation;
    const double low = center - outlier_limit * deviation;
    found->low = low > 0 ? low : 0;
    found->high = center + outlier_limit * deviation;
    return CAMPAIGN_OK;
}

/* Where days without sales are the rule, the days with sales are compared with each other. */
static campaign_status find_day_limits(cpn_limits *found, cpn_fit *fit, const cpn_trading *trading,
                                       double outlier_limit, campaign_error *error)
{
    double *ratios = fit->scratch;
    int64_t n = 0;
    for (int64_t i = 0; i < fit->n_days; i++)
        if (trading->states[i] == CPN_DAY_OPEN && fit->expected[i] > 0 &&
            (trading->values[i] > 0 || !trading->is_sparse))
            ratios[n++] = trading->values[i] / fit->expected[i];
    const campaign_status status = cpn_find_limits(found, ratios, n, outlier_limit, error);
    if (trading->is_sparse) found->low = 0;
    return status;
}

static void winsorise(cpn_fit *fit, const cpn_trading *trading, const cpn_limits *found)
{
    fit->n_outliers = 0;
    for (int64_t i = 0; i < fit->n_days; i++) {
        const double value = trading->values[i], low = found->low * fit->expected[i];
        const double high = found->high * fit->expected[i];
        fit->values[i] = value;
        if (trading->states[i] != CPN_DAY_OPEN || !(fit->expected[i] > 0) || (value >= low && value <= high)) continue;
        fit->values[i] = value < low ? low : high;
        fit->n_outliers++;
    }
}

static void list_treated(const cpn_fit *fit, cpn_remarks *remarks, const cpn_trading *trading)
{
    const double nothing = 1e300;
    for (int64_t i = 0; i < fit->n_days; i++) {
        cpn_treated treated = { .day = (int32_t)(fit->first_day + i),
                                .value = trading->values[i],
                                .expected = fit->expected[i],
                                .treated = fit->values[i] };
        if (trading->states[i] == CPN_DAY_CLOSED) {
            treated.kind = "closed";
            treated.treated = nothing;
            treated.en = "No sales on a day that should have some: left out.";
            treated.zh = "应有销售而没有销售，不计入。";
        } else if (trading->states[i] == CPN_DAY_OPEN && fit->values[i] != trading->values[i]) {
            treated.kind = "outlier";
            treated.en = "Too far from what its level, weekday, kind and windows expect: drawn to the limit.";
            treated.zh = "与水平、星期、日类型和窗口的期望相差过大，按界限值计入。";
        } else {
            continue;
        }
        cpn_treat(remarks, &treated);
    }
}

campaign_status cpn_fit_robustly(cpn_fit *fit, cpn_remarks *remarks, const cpn_trading *trading,
                                 const cpn_season_knobs *knobs, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    if (!knobs->given.keeps_outliers) status = polish_all(fit, trading, error);
    for (int32_t round = 0; round < TREAT_ROUNDS && status == CAMPAIGN_OK && !knobs->given.keeps_outliers; round++) {
        cpn_limits found;
        status = find_day_limits(&found, fit, trading, knobs->given.outlier_limit, error);
        if (status != CAMPAIGN_OK) return status;
        winsorise(fit, trading, &found);
        if (round < TREAT_ROUNDS - 1) cpn_fit_run(fit, trading, SHORT_PASSES);
    }
    if (status != CAMPAIGN_OK) return status;
    cpn_fit_run(fit, trading, ALL_PASSES);
    list_treated(fit, remarks, trading);
    return CAMPAIGN_OK;
}
