/* Checks the options of campaign_forecast_fit_response and fills in their defaults. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "forecast/response_fit.h"

enum { USUAL_STARTS = 8 };
static const double usual_adstock_max = 0.95, usual_level = 0.95, usual_uncertainty = 0.5;

const char *const cpn_effect_names[CPN_EFFECT_N] = {
    [CPN_EFFECT_SCALE] = "scale",     [CPN_EFFECT_LOCATION] = "location",   [CPN_EFFECT_SHAPE] = "shape",
    [CPN_EFFECT_ADSTOCK] = "adstock", [CPN_EFFECT_INTERCEPT] = "intercept", [CPN_EFFECT_TREND] = "trend",
};

const cpn_response_kind cpn_effect_kinds[CPN_EFFECT_CURVES] = {
    CPN_RESPONSE_HILL,        CPN_RESPONSE_S_LOGISTIC, CPN_RESPONSE_MICHAELIS_MENTEN,
    CPN_RESPONSE_EXPONENTIAL, CPN_RESPONSE_LOGISTIC,   CPN_RESPONSE_TANH,
    CPN_RESPONSE_LOG,         CPN_RESPONSE_POWER,      CPN_RESPONSE_LINEAR,
};

bool cpn_effect_has_location(cpn_response_kind kind)
{
    return cpn_response_has_location((int32_t)kind) && kind != CPN_RESPONSE_POWER;
}

static bool is_named(const char *text)
{
    return text && text[0];
}

static campaign_status take_curve(cpn_effect_knobs *knobs, campaign_error *error)
{
    const char *name = knobs->given.curve;
    knobs->is_auto = !is_named(name) || strcmp(name, "auto") == 0;
    if (knobs->is_auto) return CAMPAIGN_OK;
    const int32_t kind = cpn_response_kind_of(name);
    for (int32_t i = 0; i < CPN_EFFECT_CURVES; i++) {
        if (kind != (int32_t)cpn_effect_kinds[i]) continue;
        knobs->kind = cpn_effect_kinds[i];
        return CAMPAIGN_OK;
    }
    return cpn_fail(
        error, CAMPAIGN_E_UNKNOWN, "options.curve",
        "\"%.40s\" is not one of auto, hill, michaelis_menten, logistic, s_logistic, tanh, exponential, log, "
        "power, linear",
        name);
}

static campaign_status check_share(double value, const char *where, campaign_error *error)
{
    if (value >= 0 && value < 1) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_ARGUMENT, where, "it must be 0 or more and below 1");
}

static campaign_status check_numbers(const campaign_response_options *given, campaign_error *error)
{
    if (given->before != CAMPAIGN_RESPONSE_BEFORE_NOTHING && given->before != CAMPAIGN_RESPONSE_BEFORE_MEAN)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.before", "%ld is neither NOTHING (0) nor MEAN (1)",
                        (long)given->before);
    if (given->n_starts < 0 || given->n_starts > CAMPAIGN_RESPONSE_STARTS_MAX)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.n_starts", "%ld is not one of 0 to %d",
                        (long)given->n_starts, CAMPAIGN_RESPONSE_STARTS_MAX);
    if (given->reserved != 0) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.reserved", "reserved is not 0");
    campaign_status status = check_share(given->adstock, "options.adstock", error);
    if (status == CAMPAIGN_OK) status = check_share(given->adstock_max, "options.adstock_max", error);
    if (status == CAMPAIGN_OK) status = check_share(given->level, "options.level", error);
    if (status != CAMPAIGN_OK) return status;
    if (!(given->uncertainty_max >= 0))
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.uncertainty_max", "it must be 0 or more");
    return CAMPAIGN_OK;
}

static campaign_status check_limit(const campaign_response_limit *limit, int32_t index, campaign_error *error)
{
    char where[48];
    (void)snprintf(where, sizeof where, "options.limits[%ld]", (long)index);
    campaign_status status = cpn_check_knobs(limit, sizeof *limit, sizeof *limit, where, error);
    if (status != CAMPAIGN_OK) return status;
    int32_t parameter = 0;
    while (parameter < CPN_EFFECT_N &&
           !(is_named(limit->parameter) && strcmp(limit->parameter, cpn_effect_names[parameter]) == 0))
        parameter++;
    if (parameter == CPN_EFFECT_N)
        return cpn_fail(error, CAMPAIGN_E_UNKNOWN, where,
                        "\"%.40s\" is not one of scale, location, shape, adstock, intercept, trend",
                        limit->parameter ? limit->parameter : "");
    const bool is_finite =
        (!limit->has_low || limit->low - limit->low == 0) && (!limit->has_high || limit->high - limit->high == 0);
    if (!is_finite || (limit->has_low && limit->has_high && limit->low > limit->high))
        return cpn_fail(error, CAMPAIGN_E_VALUE, where, "low and high of %s must be finite numbers, low not above high",
                        cpn_effect_names[parameter]);
    const bool is_size = parameter == CPN_EFFECT_SCALE || parameter == CPN_EFFECT_ADSTOCK;
    const bool is_positive = parameter == CPN_EFFECT_LOCATION || parameter == CPN_EFFECT_SHAPE;
    if ((is_size && limit->has_low && limit->low < 0) || (is_size && limit->has_high && limit->high < 0) ||
        (is_positive && limit->has_high && limit->high <= 0))
        return cpn_fail(error, CAMPAIGN_E_VALUE, where, "%s is never negative", cpn_effect_names[parameter]);
    if (parameter == CPN_EFFECT_ADSTOCK &&
        ((limit->has_low && limit->low >= 1) || (limit->has_high && limit->high >= 1)))
        return cpn_fail(error, CAMPAIGN_E_VALUE, where, "adstock is below 1");
    return CAMPAIGN_OK;
}

campaign_status cpn_effect_take_knobs(cpn_effect_knobs *knobs, const campaign_response_options *options,
                                      campaign_error *error)
{
    campaign_response_options *given = &knobs->given;
    campaign_status status = cpn_check_knobs(options, sizeof *given, sizeof *given, "options", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_take_knobs(given, sizeof *given, options);
    status = check_numbers(given, error);
    const char *language = is_named(given->language) ? given->language : NULL;
    if (status == CAMPAIGN_OK) status = cpn_take_language(&knobs->is_chinese, language, "options.language", error);
    if (status == CAMPAIGN_OK && (given->n_limits < 0 || (given->n_limits > 0 && !given->limits)))
        status =
            cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.limits", "%ld limits are not there", (long)given->n_limits);
    for (int32_t i = 0; i < given->n_limits && status == CAMPAIGN_OK; i++)
        status = check_limit(&given->limits[i], i, error);
    if (status == CAMPAIGN_OK) status = take_curve(knobs, error);
    if (status != CAMPAIGN_OK) return status;
    if (given->n_starts == 0) given->n_starts = USUAL_STARTS;
    if (given->adstock_max == 0) given->adstock_max = usual_adstock_max;
    if (given->level == 0) given->level = usual_level;
    if (given->uncertainty_max == 0) given->uncertainty_max = usual_uncertainty;
    return CAMPAIGN_OK;
}
