/* Checks the options of campaign_allocate_quota and fills in their defaults. */
#include <string.h>

#include "allocate/quota/quota.h"

static campaign_status check_number(int64_t value, int64_t most, const char *where, campaign_error *error)
{
    if (value >= 0 && value <= most) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_ARGUMENT, where, "%lld is not one of 0 to %lld", (long long)value,
                    (long long)most);
}

static campaign_status check_dimensions(const campaign_allocate_quota_options *given, campaign_error *error)
{
    campaign_status status =
        check_number(given->n_dimensions, CAMPAIGN_QUOTA_DIMENSIONS_MAX, "options.n_dimensions", error);
    if (status != CAMPAIGN_OK) return status;
    if (given->n_dimensions > 0 && !given->dimensions)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.dimensions", "%ld dimensions are announced, none is given",
                        (long)given->n_dimensions);
    for (int32_t d = 0; d < given->n_dimensions; d++) {
        if (!given->dimensions[d])
            return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.dimensions", "dimension %ld has no name", (long)d);
        for (int32_t other = 0; other < d; other++)
            if (strcmp(given->dimensions[d], given->dimensions[other]) == 0)
                return cpn_fail(error, CAMPAIGN_E_DUPLICATE, "options.dimensions", "\"%.60s\" is named twice",
                                given->dimensions[d]);
    }
    if (given->kind != CAMPAIGN_QUOTA_SPLIT && given->n_dimensions != 0 && given->n_dimensions != 2)
        return cpn_fail(error, CAMPAIGN_E_UNSUPPORTED, "options.n_dimensions",
                        "fixed totals on both sides need 2 dimensions, %ld are given; more can be split level by level",
                        (long)given->n_dimensions);
    return CAMPAIGN_OK;
}

static campaign_status check_method(const campaign_allocate_quota_options *given, campaign_error *error)
{
    if (given->kind == CAMPAIGN_QUOTA_BIPROPORTIONAL && given->method == CAMPAIGN_QUOTA_LARGEST_REMAINDER)
        return cpn_fail(error, CAMPAIGN_E_UNSUPPORTED, "options.method",
                        "largest remainder has no divisors; two dimensions need a method of divisors");
    const bool has_method = given->kind == CAMPAIGN_QUOTA_SPLIT || given->kind == CAMPAIGN_QUOTA_BIPROPORTIONAL;
    if (!has_method && given->method != CAMPAIGN_QUOTA_METHOD_USUAL)
        return cpn_fail(error, CAMPAIGN_E_UNSUPPORTED, "options.method", "rounding and fitting have no method");
    return CAMPAIGN_OK;
}

static campaign_status check_currency(const campaign_allocate_quota_options *given, campaign_error *error)
{
    int32_t exponent;
    if (!given->currency) return CAMPAIGN_OK;
    if (campaign_currency_exponent(&exponent, given->currency, NULL) == CAMPAIGN_OK) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_UNKNOWN, "options.currency", "\"%.60s\" is no currency of ISO 4217",
                    given->currency);
}

campaign_status cpn_quota_take_knobs(cpn_quota_knobs *knobs, const campaign_allocate_quota_options *options,
                                     campaign_error *error)
{
    campaign_allocate_quota_options *given = &knobs->given;
    campaign_status status = cpn_check_knobs(options, sizeof *given, sizeof *given, "options", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_take_knobs(given, sizeof *given, options);
    status = check_number(given->kind, CAMPAIGN_QUOTA_FITTING, "options.kind", error);
    if (status == CAMPAIGN_OK) status = check_number(given->method, CAMPAIGN_QUOTA_DEAN, "options.method", error);
    if (status == CAMPAIGN_OK)
        status = check_number(given->margin_method, CAMPAIGN_QUOTA_DEAN, "options.margin_method", error);
    if (status == CAMPAIGN_OK) status = check_number(given->weighs_margins, 1, "options.weighs_margins", error);
    if (status == CAMPAIGN_OK) status = check_number(given->has_total, 1, "options.has_total", error);
    if (status == CAMPAIGN_OK) status = check_number(given->total, CAMPAIGN_QUOTA_MAX, "options.total", error);
    if (status == CAMPAIGN_OK) status = check_dimensions(given, error);
    if (status == CAMPAIGN_OK) status = check_method(given, error);
    if (status == CAMPAIGN_OK)
        status = cpn_take_language(&knobs->is_chinese, given->language, "options.language", error);
    if (status == CAMPAIGN_OK) status = check_currency(given, error);
    if (status == CAMPAIGN_OK && given->reserved != 0)
        status = cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.reserved", "reserved is not 0");
    if (status != CAMPAIGN_OK) return status;
    if (given->method == CAMPAIGN_QUOTA_METHOD_USUAL)
        given->method =
            given->kind == CAMPAIGN_QUOTA_SPLIT ? CAMPAIGN_QUOTA_LARGEST_REMAINDER : CAMPAIGN_QUOTA_SAINTE_LAGUE;
    if (given->margin_method == CAMPAIGN_QUOTA_METHOD_USUAL) given->margin_method = CAMPAIGN_QUOTA_SAINTE_LAGUE;
    return CAMPAIGN_OK;
}
