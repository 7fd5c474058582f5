/* The model of a response: carried spend, the mean of each period, and its derivatives. All in the units of the series. */
#include <math.h>

#include "base/memory.h"
#include "forecast/response_fit.h"

bool cpn_effect_room_open(cpn_effect_room *room, int64_t n)
{
    *room = (cpn_effect_room){ .n = n };
    room->carried = cpn_alloc(n, sizeof *room->carried);
    room->slope_of_carried = cpn_alloc(n, sizeof *room->slope_of_carried);
    room->residual = cpn_alloc(n, sizeof *room->residual);
    room->copy = cpn_alloc(n, sizeof *room->copy);
    room->jacobian = cpn_alloc(n, CPN_EFFECT_N * sizeof *room->jacobian);
    return room->carried && room->slope_of_carried && room->residual && room->copy && room->jacobian;
}

void cpn_effect_room_close(cpn_effect_room *room)
{
    cpn_free(room->carried);
    cpn_free(room->slope_of_carried);
    cpn_free(room->residual);
    cpn_free(room->copy);
    cpn_free(room->jacobian);
    *room = (cpn_effect_room){ 0 };
}

/* What the parts of the carried spend are multiplied by over some periods without a row: adstock^n, and its derivative. */
static void decay(double *factor, double *slope, double adstock, double n_periods)
{
    *factor = n_periods == 1 ? adstock : pow(adstock, n_periods);
    *slope = n_periods == 1 ? 1 : adstock > 0 ? n_periods * *factor / adstock : 0;
}

void cpn_effect_carry(cpn_effect_room *room, const cpn_effect_problem *problem, double adstock)
{
    const cpn_effect_series *series = problem->series;
    double carried = problem->start, slope = 0;
    for (int64_t t = 0; t < series->n; t++) {
        const double spend = series->rows[t].spend / series->spend_unit;
        double factor, factor_slope;
        decay(&factor, &factor_slope, adstock, series->gaps[t]);
        slope = factor * slope + factor_slope * carried - spend;
        carried = factor * carried + (1 - adstock) * spend;
        room->carried[t] = carried;
        room->slope_of_carried[t] = slope;
    }
}

/* d value / d ln shape, from the value itself: with u = z/location, (u^k)' = u^k ln u and (σ)' = σ (1 - σ). */
static double slope_by_log_shape(const cpn_response *curve, double carried, double value)
{
    const double ratio = carried / curve->location, shape = curve->shape;
    if (carried <= 0) return 0;
    if (curve->kind == CPN_RESPONSE_HILL) return shape * value * (1 - value) * log(ratio);
    if (curve->kind == CPN_RESPONSE_POWER) return shape * value * log(ratio);
    if (curve->kind != CPN_RESPONSE_S_LOGISTIC) return 0;
    const double first = 1 / (1 + exp(shape)), here = value + first;
    return shape * ((ratio - 1) * here * (1 - here) + first * (1 - first));
}

cpn_response cpn_effect_curve(const cpn_effect_problem *problem, const double at[CPN_EFFECT_N])
{
    return (cpn_response){ .kind = (int32_t)problem->kind,
                           .scale = 1,
                           .location = exp(at[CPN_EFFECT_LOCATION]),
                           .shape = exp(at[CPN_EFFECT_SHAPE]) };
}

cpn_effect_point cpn_effect_look(const cpn_response *curve, double carried)
{
    const cpn_response_look look = cpn_response_at(curve, carried);
    const bool is_finite = look.slope - look.slope == 0;
    return (cpn_effect_point){ .value = look.value,
                               .slope = is_finite ? look.slope : 0,
                               .by_log_spend = carried > 0 ? carried * look.slope : 0,
                               .by_log_shape = slope_by_log_shape(curve, carried, look.value) };
}

double cpn_effect_residuals(cpn_effect_room *room, const cpn_effect_problem *problem, const double at[CPN_EFFECT_N])
{
    const cpn_effect_series *series = problem->series;
    const cpn_response curve = cpn_effect_curve(problem, at);
    double squares = 0;
    cpn_effect_carry(room, problem, at[CPN_EFFECT_ADSTOCK]);
    for (int64_t t = 0; t < series->n; t++) {
        const cpn_effect_row *row = &series->rows[t];
        room->residual[t] = 0;
        if (!row->counts) continue;
        const double response = at[CPN_EFFECT_SCALE] * cpn_response_value(&curve, room->carried[t]);
        const double mean = response + at[CPN_EFFECT_INTERCEPT] + at[CPN_EFFECT_TREND] * series->times[t];
        room->residual[t] = row->root_weight * (row->result / series->result_unit - mean);
        squares += room->residual[t] * room->residual[t];
    }
    return squares;
}

static double derivative(const cpn_effect_room *room, double scale, const cpn_effect_point *point, int64_t t,
                         int32_t parameter)
{
    switch (parameter) {
    case CPN_EFFECT_SCALE: return point->value;
    case CPN_EFFECT_LOCATION: return -scale * point->by_log_spend; /* the curve sees z / location only */
    case CPN_EFFECT_SHAPE: return scale * point->by_log_shape;
    case CPN_EFFECT_ADSTOCK: return scale * point->slope * room->slope_of_carried[t];
    default: return 1;
    }
}

void cpn_effect_jacobian(cpn_effect_room *room, const cpn_effect_problem *problem, const double at[CPN_EFFECT_N],
                         const int32_t *list, int32_t n_list)
{
    const cpn_effect_series *series = problem->series;
    const cpn_response curve = cpn_effect_curve(problem, at);
    for (int64_t t = 0; t < series->n; t++) {
        const double weight = series->rows[t].counts ? series->rows[t].root_weight : 0;
        const cpn_effect_point point = cpn_effect_look(&curve, room->carried[t]);
        for (int32_t j = 0; j < n_list; j++) {
            const double time = list[j] == CPN_EFFECT_TREND ? series->times[t] : 1;
            const double slope = derivative(room, at[CPN_EFFECT_SCALE], &point, t, list[j]);
            room->jacobian[j * series->n + t] = weight > 0 ? weight * time * slope : 0;
        }
    }
}
