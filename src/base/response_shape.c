/* The shape of response curves: where they turn from convex to concave, where their slope has come down to a price, and
 * where their curvature turns. Closed forms, but for Hill's slope, which is solved in its logarithm. */
#include <math.h>

#include "base/number.h"
#include "base/response.h"

static const double log_2_plus_root_3 = 1.3169578969248167086; /* σ''' = 0 at ± this */
static const double atanh_root_third = 0.65847894846240835431; /* tanh''' = 0 there */

enum { MOST_STEPS = 80 };

static double beyond_shift(const cpn_response *curve, double z)
{
    return z > curve->shift ? z - curve->shift : 0;
}

double cpn_response_inflection(const cpn_response *curve)
{
    const double shape = curve->shape;
    switch ((cpn_response_kind)curve->kind) {
    case CPN_RESPONSE_HILL:
    case CPN_RESPONSE_ADBUDG:
        if (shape <= 1) return 0;
        return beyond_shift(curve, curve->location * pow((shape - 1) / (shape + 1), 1 / shape));
    case CPN_RESPONSE_S_LOGISTIC: return beyond_shift(curve, curve->location);
    case CPN_RESPONSE_POWER: return shape > 1 ? INFINITY : 0;
    case CPN_RESPONSE_LOGISTIC:
    case CPN_RESPONSE_TANH:
    case CPN_RESPONSE_MICHAELIS_MENTEN:
    case CPN_RESPONSE_LOG:
    case CPN_RESPONSE_EXPONENTIAL:
    case CPN_RESPONSE_LINEAR:
    case CPN_RESPONSE_PIECEWISE_LINEAR:
    case CPN_RESPONSE_KINDS: break;
    }
    return 0;
}

/* ---- The spend of a slope ---------------------------------------------------------------------------------------- */

/* Where y is likely to be at a level: by the slope and bend at the last one, as far as these are to be trusted. */
static double guess_y(const cpn_response_hint *hint, double level)
{
    if (!(hint->turn < 0)) return INFINITY;
    const double step = (level - hint->level) / hint->turn, second = hint->bend / hint->turn * step;
    return hint->y + step * (fabs(second) < 0.5 ? 1 - second : 1);
}

/* y = ln((z / location)^shape) solves (1 - 1/shape)·y - 2·ln(1 + e^y) = level, which falls and is concave beyond the
 * inflection. Both its asymptotes lie above it, so their root is beyond ours and Halley's steps come down to it; a hint
 * begins nearer. */
static double invert_hill(double scale, const cpn_response *curve, double slope, cpn_response_hint *hint)
{
    const double shape = curve->shape, location = curve->location, rise = 1 - 1 / shape;
    const double level = log(slope / scale * location / shape);
    double top = -level / (1 + 1 / shape), share = 1;
    if (shape < 1 && level / rise < top) top = level / rise;
    double y = guess_y(hint, level), turn = rise;
    if (!(y < top)) y = top;
    for (int32_t i = 0; i < MOST_STEPS; i++) {
        const double e = exp(-fabs(y)), rest = 1 / (1 + e);
        share = y >= 0 ? rest : e * rest;
        const double miss = rise * y - 2 * (log(1 + e) + (y > 0 ? y : 0)) - level;
        turn = rise - 2 * share;
        if (!(turn < 0)) { /* before the inflection */
            if (y == top) break;
            y = top;
            continue;
        }
        const double step = miss / turn, bend = 1 + step * share * (1 - share) / turn;
        const double next = fmin(y - (bend > 0.5 ? step / bend : step), top), moved = fabs(next - y);
        y = next;
        if (moved <= 1e-5 * (1 + fabs(y)) && (turn < -1e-2 || moved <= 1e-15 * (1 + fabs(y)))) break;
    }
    const double z = location * exp(y / shape);
    hint->y = y;
    hint->level = level;
    hint->turn = turn;
    hint->bend = -share * (1 - share);
    hint->curvature = cpn_quotient(slope, z) * (shape * (1 - 2 * share) - 1);
    return z;
}

static double invert_tanh(double scale, double width, double slope)
{
    const double bell = slope / scale * width;
    if (bell >= 1) return 0;
    const double t = sqrt(1 - bell);
    return width * (t < 0.5 ? atanh(t) : log(1 + t) - 0.5 * log(bell));
}

static double invert_s_logistic(const cpn_response *curve, double slope)
{
    const double bell = slope / curve->scale * (curve->location / curve->shape);
    if (bell >= 0.25) return curve->location;
    const double e = 2 * bell / (1 - 2 * bell + sqrt(1 - 4 * bell));
    return curve->location * (1 - log(e) / curve->shape);
}

static double invert_power(const cpn_response *curve, double slope)
{
    const double location = curve->location > 0 ? curve->location : 1, shape = curve->shape;
    if (shape > 1) return INFINITY;
    if (shape == 1) return slope < curve->scale / location ? INFINITY : 0;
    return location * pow(slope / curve->scale * location / shape, 1 / (shape - 1));
}

static double invert(const cpn_response *curve, double slope, cpn_response_hint *hint)
{
    const double scale = curve->scale, location = curve->location;
    switch ((cpn_response_kind)curve->kind) {
    case CPN_RESPONSE_HILL:
    case CPN_RESPONSE_ADBUDG: {
        const double top = curve->kind == CPN_RESPONSE_ADBUDG ? scale - curve->floor : scale;
        if (!(top > 0)) return 0;
        if (curve->shape == 1) return location * (sqrt(top / slope / location) - 1);
        return invert_hill(top, curve, slope, hint);
    }
    case CPN_RESPONSE_LOGISTIC: return invert_tanh(scale, 2 * location, slope);
    case CPN_RESPONSE_TANH: return invert_tanh(scale, location, slope);
    case CPN_RESPONSE_MICHAELIS_MENTEN: return location * (sqrt(scale / slope / location) - 1);
    case CPN_RESPONSE_LOG: return scale / slope - location;
    case CPN_RESPONSE_EXPONENTIAL: return location * log(scale / slope / location);
    case CPN_RESPONSE_POWER: return invert_power(curve, slope);
    case CPN_RESPONSE_S_LOGISTIC: return invert_s_logistic(curve, slope);
    case CPN_RESPONSE_LINEAR: return slope < scale ? INFINITY : 0;
    case CPN_RESPONSE_PIECEWISE_LINEAR:
    case CPN_RESPONSE_KINDS: break;
    }
    return 0;
}

double cpn_response_find_slope(const cpn_response *curve, double slope, cpn_response_hint *hint, double *curvature)
{
    if (!(slope == hint->slope)) {
        hint->curvature = NAN;
        const double z = invert(curve, slope, hint);
        hint->slope = slope;
        hint->spend = z > curve->shift ? z - curve->shift : 0;
        if (cpn_is_nan(hint->curvature) && cpn_is_finite(hint->spend))
            hint->curvature = cpn_response_at(curve, hint->spend).curvature;
    }
    *curvature = hint->curvature;
    return hint->spend;
}

/* The greatest slope of Hill's curve is at its inflection; higher ones are found nowhere. */
static bool is_too_steep(const cpn_response *curve, double inflection, double slope)
{
    const bool is_hill = curve->kind == CPN_RESPONSE_HILL || curve->kind == CPN_RESPONSE_ADBUDG;
    return is_hill && curve->shape > 1 && slope >= cpn_response_slope(curve, inflection);
}

double cpn_response_inverse_slope(const cpn_response *curve, double slope)
{
    const double inflection = cpn_response_inflection(curve);
    if (!(curve->scale > 0) || is_too_steep(curve, inflection, slope)) return inflection;
    cpn_response_hint hint = { 0 };
    const double z = invert(curve, slope, &hint), spend = z - curve->shift;
    return spend > inflection ? spend : inflection;
}

/* ---- Curvature --------------------------------------------------------------------------------------------------- */

/* With c = 1 - 2·share, Hill's third derivative is a multiple of 3·shape²·c² - 6·shape·c + 4 - shape². */
static int32_t turn_hill(double turns[2], const cpn_response *curve)
{
    const double shape = curve->shape;
    if (shape <= 1) return 0;
    const double root = sqrt(3 * (shape - 1) * (shape + 1));
    int32_t n = 0;
    for (int32_t side = 1; side >= -1; side -= 2) {
        const double c = (3 + side * root) / (3 * shape);
        if (c >= 1 || c <= -1) continue;
        turns[n++] = curve->location * pow((1 - c) / (1 + c), 1 / shape);
    }
    return n;
}

int32_t cpn_response_curvature_turns(double turns[2], const cpn_response *curve)
{
    int32_t n = 0;
    const int32_t kind = curve->kind;
    if (kind == CPN_RESPONSE_HILL || kind == CPN_RESPONSE_ADBUDG) n = turn_hill(turns, curve);
    if (kind == CPN_RESPONSE_LOGISTIC || kind == CPN_RESPONSE_TANH)
        turns[n++] = curve->location * (kind == CPN_RESPONSE_TANH ? 1 : 2) * atanh_root_third;
    if (kind == CPN_RESPONSE_S_LOGISTIC)
        for (int32_t side = -1; side <= 1; side += 2)
            turns[n++] = curve->location * (1 + side * log_2_plus_root_3 / curve->shape);
    int32_t n_kept = 0;
    for (int32_t i = 0; i < n; i++)
        if (turns[i] > curve->shift) turns[n_kept++] = turns[i] - curve->shift;
    return n_kept;
}
