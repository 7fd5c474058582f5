/* How sure a fit is, in the caller's units: standard errors, limits, criteria; and whether the history tells the curve. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/student.h"
#include "forecast/response_fit.h"

static const double most_condition = 1e8; /* beyond it fewer than 8 digits of a parameter mean anything */
static const double clearly_better = 2;   /* difference of criteria that counts (Burnham & Anderson 2002, 2.6) */
static const double exact = 1e-10; /* residuals this small against the results are rounding: no fit counts as better */

/* Fewest periods: the corrected criterion needs two more than there are numbers fitted, the deviation among them. */
static int64_t fewest(const cpn_effect_problem *problem)
{
    return problem->n_free + INT64_C(3);
}

int64_t cpn_effect_fewest(const cpn_effect_problem *problem)
{
    return fewest(problem);
}

int64_t cpn_effect_fewest_levels(const cpn_effect_problem *problem)
{
    const bool *is_free = problem->is_free;
    return is_free[CPN_EFFECT_SCALE] + is_free[CPN_EFFECT_LOCATION] + is_free[CPN_EFFECT_SHAPE] +
           is_free[CPN_EFFECT_INTERCEPT];
}

cpn_effect_status cpn_effect_precheck(const cpn_effect_problem *problem)
{
    const cpn_effect_series *series = problem->series;
    if (series->n_used < fewest(problem)) return CPN_EFFECT_TOO_FEW;
    const bool has_intercept = problem->is_free[CPN_EFFECT_INTERCEPT];
    if (series->n_levels < 2 && (has_intercept || series->spend_max == 0)) return CPN_EFFECT_NO_VARIATION;
    const bool carries = problem->high[CPN_EFFECT_ADSTOCK] > 0;
    if (!carries && series->n_levels < cpn_effect_fewest_levels(problem)) return CPN_EFFECT_NO_VARIATION;
    return CPN_EFFECT_IDENTIFIED;
}

static void blame(cpn_effect_result *result, cpn_effect_status status, int32_t culprit, double value)
{
    if (result->status != CPN_EFFECT_IDENTIFIED) return; /* the first reason stands */
    result->status = status;
    result->culprit = culprit;
    result->culprit_value = value;
}

/* A parameter that ends on a limit. Without carry-over, and with a baseline on its limit, a curve is a curve. */
static void judge_limits(cpn_effect_result *result, const cpn_effect_fit *fit, const cpn_effect_problem *problem)
{
    for (int32_t p = 0; p <= CPN_EFFECT_ADSTOCK; p++) {
        const double value = result->value[p];
        const bool is_low = fit->at[p] <= problem->low[p];
        if (!problem->is_free[p] || (fit->at[p] > problem->low[p] && fit->at[p] < problem->high[p])) continue;
        if (p == CPN_EFFECT_SCALE && value == 0)
            blame(result, CPN_EFFECT_NO_EFFECT, p, value);
        else if (p == CPN_EFFECT_LOCATION && !problem->is_limited[p])
            blame(result, is_low ? CPN_EFFECT_ALL_SATURATED : CPN_EFFECT_NO_SATURATION, p, value);
        else if (p != CPN_EFFECT_ADSTOCK || value > 0)
            blame(result, CPN_EFFECT_AT_LIMIT, p, value);
    }
}

static void judge_deviations(cpn_effect_result *result, const cpn_effect_problem *problem, double most)
{
    for (int32_t p = CPN_EFFECT_SCALE; p <= CPN_EFFECT_SHAPE; p++) {
        if (!result->has_deviation[p]) continue;
        const double share = result->deviation[p] / result->value[p];
        if (share <= most) continue;
        const bool is_size = p != CPN_EFFECT_SHAPE && cpn_effect_has_location(problem->kind);
        const bool is_straight = is_size && result->value[CPN_EFFECT_LOCATION] > problem->series->spend_max / 2;
        blame(result, is_straight ? CPN_EFFECT_NO_SATURATION : CPN_EFFECT_UNCERTAIN, p, share);
    }
}

/* A search that is still on its way to where the curve is a line: the straighter, the slower it gets there. */
static bool wanders_off(const cpn_effect_result *result, const cpn_effect_problem *problem)
{
    return cpn_effect_has_location(problem->kind) &&
           result->value[CPN_EFFECT_LOCATION] > 5 * problem->series->spend_max;
}

/* Derivative of a parameter as told by the parameter as searched. */
static double derivative(const cpn_effect_result *result, const cpn_effect_problem *problem, int32_t parameter)
{
    const bool is_log = parameter == CPN_EFFECT_LOCATION || parameter == CPN_EFFECT_SHAPE;
    return is_log ? result->value[parameter] : cpn_effect_unit(problem, parameter);
}

static void take_deviations(cpn_effect_result *result, const cpn_effect_fit *fit, const cpn_effect_problem *problem,
                            double variance)
{
    double inverse[CPN_EFFECT_N * CPN_EFFECT_N] = { 0 };
    if (!cpn_squares_invert(inverse, fit->root, fit->n_free)) {
        blame(result, CPN_EFFECT_ILL_CONDITIONED, -1, result->condition);
        return;
    }
    for (int32_t i = 0; i < fit->n_free; i++) {
        for (int32_t j = 0; j < fit->n_free; j++) {
            double sum = 0;
            for (int32_t k = 0; k < fit->n_free; k++)
                sum += inverse[k * CPN_EFFECT_N + i] * inverse[k * CPN_EFFECT_N + j];
            const int32_t a = fit->free[i], b = fit->free[j];
            result->covariance[a * CPN_EFFECT_N + b] =
                variance * sum * derivative(result, problem, a) * derivative(result, problem, b);
        }
        const int32_t p = fit->free[i];
        result->deviation[p] = sqrt(result->covariance[p * CPN_EFFECT_N + p]);
        result->has_deviation[p] = true;
    }
}

static void take_limits(cpn_effect_result *result)
{
    for (int32_t p = 0; p < CPN_EFFECT_N; p++) {
        const double reach = result->quantile * result->deviation[p];
        result->low[p] = result->value[p] - reach;
        result->high[p] = result->value[p] + reach;
        if (p <= CPN_EFFECT_ADSTOCK) result->low[p] = fmax(result->low[p], 0);
        if (p == CPN_EFFECT_ADSTOCK) result->high[p] = fmin(result->high[p], 1);
    }
}

/* Weighted sums over the results, in units of the result: of weights, and of squares about the mean and about 0. */
static void add_up(double *weights, double *about_mean, double *about_zero, const cpn_effect_series *series)
{
    double sum = 0;
    *weights = *about_mean = *about_zero = 0;
    for (int64_t t = 0; t < series->n; t++) {
        const cpn_effect_row *row = &series->rows[t];
        const double value = row->result / series->result_unit, weight = row->root_weight * row->root_weight;
        if (!row->counts) continue;
        *weights += weight;
        sum += weight * value;
        *about_zero += weight * value * value;
    }
    for (int64_t t = 0; t < series->n; t++) {
        const cpn_effect_row *row = &series->rows[t];
        const double gap = row->root_weight * (row->result / series->result_unit - sum / *weights);
        if (row->counts) *about_mean += gap * gap;
    }
}

double cpn_effect_criterion(const cpn_effect_problem *problem, double squares)
{
    const cpn_effect_series *series = problem->series;
    double weights, about_mean, about_zero;
    add_up(&weights, &about_mean, &about_zero, series);
    const double n = (double)series->n_used, k = problem->n_free + 1.0;
    const double told = fmax(fmax(squares, exact * exact * about_zero), DBL_MIN);
    return n * (log(told / n) + 2 * log(series->result_unit)) + 2 * k + 2 * k * (k + 1) / (n - k - 1);
}

static void take_quality(cpn_effect_result *result, const cpn_effect_problem *problem, double squares)
{
    const cpn_effect_series *series = problem->series;
    const double n = (double)series->n_used, unit = series->result_unit;
    double weights, about_mean, about_zero;
    add_up(&weights, &about_mean, &about_zero, series);
    result->aicc = cpn_effect_criterion(problem, squares);
    result->r2 = about_mean > 0 ? 1 - squares / about_mean : 0;
    result->rmse = unit * sqrt(squares / weights);
    result->sigma = unit * sqrt(squares / (n - problem->n_free));
}

void cpn_effect_judge(cpn_effect_result *result, const cpn_effect_fit *fit, const cpn_effect_problem *problem,
                      const cpn_effect_knobs *knobs, double without_spend)
{
    const int64_t freedom = problem->series->n_used - problem->n_free;
    result->is_fitted = true;
    result->n_parameters = problem->n_free;
    for (int32_t p = 0; p < CPN_EFFECT_N; p++) result->value[p] = cpn_effect_outward(problem, p, fit->at[p]);
    take_quality(result, problem, fit->squares);
    if (!(result->aicc < without_spend - clearly_better)) blame(result, CPN_EFFECT_NO_EFFECT, CPN_EFFECT_SCALE, 0);
    result->condition = cpn_squares_condition(fit->root, fit->n_free);
    judge_limits(result, fit, problem);
    if (!fit->is_converged)
        blame(result, wanders_off(result, problem) ? CPN_EFFECT_NO_SATURATION : CPN_EFFECT_NO_CONVERGENCE, -1, 0);
    if (!(result->condition <= most_condition)) blame(result, CPN_EFFECT_ILL_CONDITIONED, -1, result->condition);
    take_deviations(result, fit, problem, fit->squares / (double)freedom);
    judge_deviations(result, problem, knobs->given.uncertainty_max);
    result->quantile = cpn_student_quantile(0.5 + knobs->given.level / 2, freedom);
    take_limits(result);
}
