/* What is sought for one kind of curve on one series: which parameters are free, and between which values. */
#include <math.h>
#include <string.h>

#include "forecast/response_fit.h"

#include "base/number.h"

/* Locations are sought from a thousandth of the largest spend to a hundred times it: beyond, the curve is flat or straight
 * wherever there is a spend. */
static const double least_location = 1e-3, most_location = 100;
static const double least_shape = 0.1, most_shape = 20, most_power = 3, most_slope = 30;

static bool has_shape(cpn_response_kind kind)
{
    return cpn_response_has_shape((int32_t)kind);
}

static void hold(cpn_effect_problem *problem, int32_t parameter, double value)
{
    problem->is_free[parameter] = false;
    problem->low[parameter] = problem->high[parameter] = value;
}

static void leave_free(cpn_effect_problem *problem, int32_t parameter, double low, double high)
{
    problem->is_free[parameter] = true;
    problem->low[parameter] = low;
    problem->high[parameter] = high;
}

double cpn_effect_unit(const cpn_effect_problem *problem, int32_t parameter)
{
    const cpn_effect_series *series = problem->series;
    switch (parameter) {
    case CPN_EFFECT_SCALE:
        return problem->kind == CPN_RESPONSE_LINEAR ? series->result_unit / series->spend_unit : series->result_unit;
    case CPN_EFFECT_LOCATION: return series->spend_unit;
    case CPN_EFFECT_INTERCEPT: return series->result_unit;
    case CPN_EFFECT_TREND: return series->result_unit / series->span;
    default: return 1;
    }
}

/* A value of the caller's as the search moves it. */
static double inward(const cpn_effect_problem *problem, int32_t parameter, double value)
{
    const double own = value / cpn_effect_unit(problem, parameter);
    return parameter == CPN_EFFECT_LOCATION || parameter == CPN_EFFECT_SHAPE ? (own > 0 ? log(own) : -HUGE_VAL) : own;
}

double cpn_effect_outward(const cpn_effect_problem *problem, int32_t parameter, double value)
{
    const bool is_log = parameter == CPN_EFFECT_LOCATION || parameter == CPN_EFFECT_SHAPE;
    return (is_log ? exp(value) : value) * cpn_effect_unit(problem, parameter);
}

static void pose_usual(cpn_effect_problem *problem, const cpn_effect_knobs *knobs)
{
    const campaign_response_options *given = &knobs->given;
    const cpn_effect_series *series = problem->series;
    const cpn_response_kind kind = problem->kind;
    leave_free(problem, CPN_EFFECT_SCALE, 0, HUGE_VAL);
    if (cpn_effect_has_location(kind))
        leave_free(problem, CPN_EFFECT_LOCATION, log(least_location), log(most_location));
    else /* of a power, location only says where the response is scale: at the mean spend */
        hold(problem, CPN_EFFECT_LOCATION, series->spend_mean > 0 ? log(series->spend_mean / series->spend_unit) : 0);
    if (has_shape(kind))
        leave_free(problem, CPN_EFFECT_SHAPE, log(kind == CPN_RESPONSE_POWER ? least_shape / 10 : least_shape),
                   log(kind == CPN_RESPONSE_POWER  ? most_power
                       : kind == CPN_RESPONSE_HILL ? most_shape
                                                   : most_slope));
    else
        hold(problem, CPN_EFFECT_SHAPE, 0);
    if (given->has_adstock || !series->has_periods)
        hold(problem, CPN_EFFECT_ADSTOCK, series->has_periods ? given->adstock : 0);
    else
        leave_free(problem, CPN_EFFECT_ADSTOCK, 0, given->adstock_max);
    if (given->omits_intercept)
        hold(problem, CPN_EFFECT_INTERCEPT, 0);
    else
        leave_free(problem, CPN_EFFECT_INTERCEPT, -HUGE_VAL, HUGE_VAL);
    if (given->fits_trend && series->has_periods)
        leave_free(problem, CPN_EFFECT_TREND, -HUGE_VAL, HUGE_VAL);
    else
        hold(problem, CPN_EFFECT_TREND, 0);
}

/* Whether a limit may say something of this curve. What the curve has not, and what other options hold, stays. */
static bool is_meant(const cpn_effect_problem *problem, const campaign_response_limit *limit, int32_t parameter)
{
    if (strcmp(limit->parameter, cpn_effect_names[parameter]) != 0) return false;
    const bool is_held = limit->has_low && limit->has_high && limit->low == limit->high && limit->low > 0;
    if (parameter == CPN_EFFECT_LOCATION && problem->kind == CPN_RESPONSE_POWER) return is_held;
    return problem->is_free[parameter];
}

static void take_limit(cpn_effect_problem *problem, const campaign_response_limit *limit, int32_t parameter)
{
    double *low = &problem->low[parameter], *high = &problem->high[parameter];
    const double asked_low = limit->has_low ? inward(problem, parameter, limit->low) : -HUGE_VAL;
    const double asked_high = limit->has_high ? inward(problem, parameter, limit->high) : HUGE_VAL;
    if (cpn_is_finite(asked_low)) *low = asked_low;
    if (cpn_is_finite(asked_high)) *high = asked_high;
    if (*low > *high && limit->has_high) *low = *high - 10; /* the usual limits lie on the other side */
    if (*low > *high) *high = *low + 10;
    if (parameter == CPN_EFFECT_ADSTOCK) {
        *low = fmin(*low, 0.999999);
        *high = fmin(fmax(*high, *low), 0.999999);
    }
    if (*low == *high) hold(problem, parameter, *low);
    problem->is_limited[parameter] = true;
}

void cpn_effect_pose_none(cpn_effect_problem *problem)
{
    for (int32_t p = CPN_EFFECT_SCALE; p <= CPN_EFFECT_ADSTOCK; p++) {
        problem->n_free -= problem->is_free[p];
        hold(problem, p, p == CPN_EFFECT_SCALE || p == CPN_EFFECT_ADSTOCK ? 0 : problem->low[p]);
    }
}

void cpn_effect_pose(cpn_effect_problem *problem, const cpn_effect_history *history, const cpn_effect_series *series,
                     cpn_response_kind kind, const cpn_effect_knobs *knobs)
{
    const campaign_response_options *given = &knobs->given;
    *problem = (cpn_effect_problem){ .series = series, .kind = kind, .n_starts = given->n_starts };
    if (given->before == CAMPAIGN_RESPONSE_BEFORE_MEAN) problem->start = series->spend_mean / series->spend_unit;
    pose_usual(problem, knobs);
    for (int32_t i = 0; i < given->n_limits; i++) {
        const campaign_response_limit *limit = &given->limits[i];
        const bool is_mine = !limit->item || !limit->item[0] || cpn_effect_is_item(history, series->item, limit->item);
        for (int32_t p = 0; p < CPN_EFFECT_N && is_mine; p++)
            if (is_meant(problem, limit, p)) take_limit(problem, limit, p);
    }
    for (int32_t p = 0; p < CPN_EFFECT_N; p++) problem->n_free += problem->is_free[p];
}
