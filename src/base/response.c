/* Response curves: value, slope and curvature at a spend, and whether parameters make a curve. Written so that neither
 * large nor small spends overflow or lose digits: ratios before powers, expm1 and log1p near 0. */
#include "base/response.h"

#include <math.h>
#include <string.h>

#include "base/number.h"

static const char *const names[CPN_RESPONSE_KINDS] = {
    "hill",        "adbudg", "logistic",   "tanh",   "michaelis_menten", "log",
    "exponential", "power",  "s_logistic", "linear", "piecewise_linear",
};

const char *cpn_response_name(int32_t kind)
{
    return kind >= 0 && kind < CPN_RESPONSE_KINDS ? names[kind] : NULL;
}

int32_t cpn_response_kind_of(const char *name)
{
    for (int32_t kind = 0; kind < CPN_RESPONSE_KINDS; kind++)
        if (strcmp(name, names[kind]) == 0) return kind;
    return -1;
}

bool cpn_response_has_location(int32_t kind)
{
    return kind >= CPN_RESPONSE_HILL && kind <= CPN_RESPONSE_S_LOGISTIC;
}

bool cpn_response_has_shape(int32_t kind)
{
    return kind == CPN_RESPONSE_HILL || kind == CPN_RESPONSE_ADBUDG || kind == CPN_RESPONSE_POWER ||
           kind == CPN_RESPONSE_S_LOGISTIC;
}

/* ---- Checks ------------------------------------------------------------------------------------------------------ */

/* A parameter that must be finite and at least (or beyond) zero; the place is that of the curve and its name. */
static campaign_status check_number(double value, const char *name, bool is_positive, const char *where, int64_t row,
                                    campaign_error *error)
{
    if (cpn_is_finite(value) && (is_positive ? value > 0 : value >= 0)) return CAMPAIGN_OK;
    char text[CPN_NUMBER_TEXT];
    (void)cpn_format_double(text, value);
    const campaign_status status = cpn_fail_row(error, CAMPAIGN_E_VALUE, row, where, "%s is %s, expected a number %s",
                                                name, text, is_positive ? "above 0" : "of at least 0");
    const size_t length = error ? strlen(error->where) : 0;
    if (length > 0 && length + 1 + strlen(name) < sizeof error->where) {
        error->where[length] = '.';
        memcpy(error->where + length + 1, name, strlen(name) + 1);
    }
    return status;
}

static campaign_status check_points(const cpn_response *curve, const char *where, int64_t row, campaign_error *error)
{
    if (curve->n_points < 1 || !curve->spends || !curve->responses)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, where, "a piecewise linear curve has no points");
    campaign_status status = CAMPAIGN_OK;
    if (!(curve->spends[0] >= 0))
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, where,
                            "the first point of a piecewise linear curve is below 0");
    for (int64_t i = 0; i < curve->n_points && status == CAMPAIGN_OK; i++) {
        if (!cpn_is_finite(curve->spends[i]) || (i > 0 && !(curve->spends[i] > curve->spends[i - 1])))
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, where,
                                "point %lld of a piecewise linear curve does not lie beyond the one before",
                                (long long)i);
        if (!cpn_is_finite(curve->responses[i]))
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, where,
                                "response of point %lld of a piecewise linear curve is not finite", (long long)i);
    }
    return status;
}

campaign_status cpn_response_check(const cpn_response *curve, const char *where, int64_t row, campaign_error *error)
{
    const int32_t kind = curve->kind;
    if (kind < 0 || kind >= CPN_RESPONSE_KINDS)
        return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row, where, "there is no curve of kind %ld", (long)kind);
    campaign_status status = check_number(curve->shift, "shift", false, where, row, error);
    if (status == CAMPAIGN_OK && !cpn_is_finite(curve->floor))
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, where, "floor is not finite");
    if (status != CAMPAIGN_OK) return status;
    if (kind == CPN_RESPONSE_PIECEWISE_LINEAR) return check_points(curve, where, row, error);
    status = check_number(curve->scale, "scale", false, where, row, error);
    if (status == CAMPAIGN_OK && cpn_response_has_location(kind))
        status = check_number(curve->location, "location", kind != CPN_RESPONSE_POWER, where, row, error);
    if (status == CAMPAIGN_OK && cpn_response_has_shape(kind))
        status = check_number(curve->shape, "shape", true, where, row, error);
    if (status != CAMPAIGN_OK) return status;
    if (cpn_response_has_shape(kind) && curve->shape > 1e3)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, where, "shape is above 1000: that is a step, not a curve");
    if (kind == CPN_RESPONSE_ADBUDG && curve->floor > curve->scale)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, where, "floor is above scale");
    return CAMPAIGN_OK;
}

/* ---- Values ------------------------------------------------------------------------------------------------------ */

/* s = σ(shape·ln(z / location)), its share of the way. */
static cpn_response_look look_at_hill(double scale, double location, double shape, double z)
{
    if (z <= 0) {
        const double slope = shape < 1 ? INFINITY : shape > 1 ? 0 : scale / location;
        const double second = shape < 1    ? -INFINITY
                              : shape == 1 ? -2 * (scale / location) / location
                              : shape < 2  ? INFINITY
                              : shape > 2  ? 0
                                           : 2 * (scale / location) / location;
        return (cpn_response_look){ 0, scale > 0 ? slope : 0, scale > 0 ? second : 0 };
    }
    const bool is_low = z < location;
    const double u = pow(is_low ? z / location : location / z, shape), rest = 1 / (1 + u);
    const double share = is_low ? u * rest : rest, other = is_low ? rest : u * rest;
    const double slope = scale * (shape * share * other) / z;
    return (cpn_response_look){ scale * share, slope, slope / z * (shape * (other - share) - 1) };
}

/* scale·tanh(z / width). */
static cpn_response_look look_at_tanh(double scale, double width, double z)
{
    const double h = z / width, e = exp(-2 * h), bell = 4 * e / ((1 + e) * (1 + e)), value = tanh(h);
    const double slope = scale / width * bell;
    return (cpn_response_look){ scale * value, slope, -2 * value * slope / width };
}

static cpn_response_look look_at_s_logistic(const cpn_response *curve, double z)
{
    const double rate = curve->shape / curve->location, u = curve->shape * (z / curve->location - 1);
    const double e = exp(-fabs(u)), rest = 1 / (1 + e);
    const double share = u >= 0 ? rest : e * rest, other = u >= 0 ? e * rest : rest;
    const double start = 1 / (1 + exp(-curve->shape)); /* what is left to the top at z = 0 */
    const double slope = curve->scale * rate * share * other;
    return (cpn_response_look){ curve->scale * share * start * -expm1(-rate * z), slope,
                                slope * rate * (other - share) };
}

static cpn_response_look look_at_power(const cpn_response *curve, double z)
{
    const double location = curve->location > 0 ? curve->location : 1, shape = curve->shape;
    if (z <= 0) {
        const double slope = shape < 1 ? INFINITY : shape > 1 ? 0 : curve->scale / location;
        const double second = shape < 1 ? -INFINITY : shape == 1 || shape > 2 ? 0 : shape < 2 ? INFINITY : 2;
        const double unit = curve->scale / location / location;
        return (cpn_response_look){ 0, curve->scale > 0 ? slope : 0,
                                    curve->scale > 0 ? (shape == 2 ? second * unit : second) : 0 };
    }
    const double value = curve->scale * pow(z / location, shape), slope = shape * value / z;
    return (cpn_response_look){ value, slope, (shape - 1) * slope / z };
}

/* The points' value and slope to the right. */
static cpn_response_look look_at_points(const cpn_response *curve, double z)
{
    int64_t low = -1, high = curve->n_points; /* spends[low] ≤ z < spends[high] */
    while (high - low > 1) {
        const int64_t middle = low + (high - low) / 2;
        if (curve->spends[middle] <= z)
            low = middle;
        else
            high = middle;
    }
    if (high == curve->n_points) return (cpn_response_look){ curve->responses[low], 0, 0 };
    const double from = low >= 0 ? curve->spends[low] : 0, start = low >= 0 ? curve->responses[low] : 0;
    const double slope = (curve->responses[high] - start) / (curve->spends[high] - from);
    return (cpn_response_look){ start + slope * (z - from), slope, 0 };
}

cpn_response_look cpn_response_at(const cpn_response *curve, double spend)
{
    const double z = spend + curve->shift, scale = curve->scale, location = curve->location;
    cpn_response_look look = { 0, 0, 0 };
    switch ((cpn_response_kind)curve->kind) {
    case CPN_RESPONSE_HILL: look = look_at_hill(scale, location, curve->shape, z); break;
    case CPN_RESPONSE_ADBUDG: look = look_at_hill(scale - curve->floor, location, curve->shape, z); break;
    case CPN_RESPONSE_LOGISTIC: look = look_at_tanh(scale, 2 * location, z); break;
    case CPN_RESPONSE_TANH: look = look_at_tanh(scale, location, z); break;
    case CPN_RESPONSE_MICHAELIS_MENTEN: {
        const double whole = location + z, share = location / whole;
        look.value = scale * (z / whole);
        look.slope = scale * share / whole;
        look.curvature = -2 * look.slope / whole;
        break;
    }
    case CPN_RESPONSE_LOG:
        look.value = scale * log1p(z / location);
        look.slope = scale / (location + z);
        look.curvature = -look.slope / (location + z);
        break;
    case CPN_RESPONSE_EXPONENTIAL: {
        const double lost = expm1(-z / location);
        look.value = scale * -lost;
        look.slope = scale / location * (z < location ? 1 + lost : exp(-z / location));
        look.curvature = -look.slope / location;
        break;
    }
    case CPN_RESPONSE_POWER: look = look_at_power(curve, z); break;
    case CPN_RESPONSE_S_LOGISTIC: look = look_at_s_logistic(curve, z); break;
    case CPN_RESPONSE_LINEAR: look = (cpn_response_look){ scale * z, scale, 0 }; break;
    case CPN_RESPONSE_PIECEWISE_LINEAR: look = look_at_points(curve, z); break;
    case CPN_RESPONSE_KINDS: break;
    }
    look.value += curve->floor;
    return look;
}

double cpn_response_value(const cpn_response *curve, double spend)
{
    return cpn_response_at(curve, spend).value;
}

double cpn_response_slope(const cpn_response *curve, double spend)
{
    return cpn_response_at(curve, spend).slope;
}
