/* Checks the options of campaign_allocate_budget and fills in their defaults. */
#include <math.h>
#include <string.h>

#include "allocate/budget/spend.h"
#include "base/checked.h"
#include "base/money.h"
#include "base/number.h"

enum { MILLION = 1000000, USUAL_QUANTILE = 100000, USUAL_TOLERANCE = 300000 };
static const double usual_gap = 1e-9;

static campaign_status check_whole(int64_t value, int64_t most, const char *where, campaign_error *error)
{
    if (value >= 0 && value <= most) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_ARGUMENT, where, "%lld is not one of 0 to %lld", (long long)value,
                    (long long)most);
}

static campaign_status check_number(double value, double most, const char *where, campaign_error *error)
{
    if (value >= 0 && value <= most) return CAMPAIGN_OK; /* false for what is not a number */
    char found[CPN_NUMBER_TEXT], limit[CPN_NUMBER_TEXT];
    (void)cpn_format_double(found, value);
    (void)cpn_format_double(limit, most);
    return cpn_fail(error, value > most ? CAMPAIGN_E_OVERFLOW : CAMPAIGN_E_ARGUMENT, where, "%s is not one of 0 to %s",
                    found, limit);
}

static campaign_status check_minor(int64_t value, const char *where, campaign_error *error)
{
    if (value > CPN_SPEND_MOST_MINOR)
        return cpn_fail(error, CAMPAIGN_E_OVERFLOW, where, "%lld is beyond 2^53 minor units", (long long)value);
    return check_whole(value, CPN_SPEND_MOST_MINOR, where, error);
}

static campaign_status check_choices(const campaign_allocate_budget_options *given, campaign_error *error)
{
    campaign_status status =
        check_whole(given->objective, CAMPAIGN_ALLOCATE_BUDGET_AVERAGE_RETURN, "options.objective", error);
    if (status == CAMPAIGN_OK)
        status = check_whole(given->risk, CAMPAIGN_ALLOCATE_BUDGET_MEAN_LESS_SD, "options.risk", error);
    if (status == CAMPAIGN_OK) status = check_whole(given->contingency_ppm, MILLION, "options.contingency_ppm", error);
    if (status == CAMPAIGN_OK) status = check_whole(given->quantile_ppm, MILLION - 1, "options.quantile_ppm", error);
    if (status == CAMPAIGN_OK)
        status = check_whole(given->cpa_tolerance_ppm, INT32_MAX, "options.cpa_tolerance_ppm", error);
    if (status == CAMPAIGN_OK && given->has_exponent)
        status = check_whole(given->exponent, 9, "options.exponent", error);
    if (status == CAMPAIGN_OK) status = check_whole(given->node_limit, INT64_MAX, "options.node_limit", error);
    if (status != CAMPAIGN_OK) return status;
    if (given->reserved != 0 || given->reserved_pointer)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.reserved", "reserved is not 0");
    return CAMPAIGN_OK;
}

static campaign_status check_amounts(const campaign_allocate_budget_options *given, campaign_error *error)
{
    campaign_status status = check_minor(given->budget_minor, "options.budget_minor", error);
    if (status == CAMPAIGN_OK) status = check_minor(given->contingency_minor, "options.contingency_minor", error);
    if (status == CAMPAIGN_OK) status = check_number(given->budget, CPN_SPEND_MOST, "options.budget", error);
    if (status == CAMPAIGN_OK) status = check_number(given->contingency, CPN_SPEND_MOST, "options.contingency", error);
    if (status == CAMPAIGN_OK) status = check_number(given->target, CPN_SPEND_MOST, "options.target", error);
    if (status == CAMPAIGN_OK) status = check_number(given->risk_aversion, 1e6, "options.risk_aversion", error);
    if (status == CAMPAIGN_OK) status = check_number(given->gap, 1, "options.gap", error);
    return status;
}

/* The currency and exponent that the options name. */
static campaign_status take_currency(cpn_spend_terms *terms, const campaign_allocate_budget_options *given,
                                     campaign_error *error)
{
    *terms = (cpn_spend_terms){ .unit = 1 };
    if (given->currency[0] == '\0') {
        if (!given->has_exponent) return CAMPAIGN_OK;
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.exponent", "an exponent needs a currency");
    }
    if (given->currency[3] != '\0' || cpn_currency_exponent(given->currency) < 0)
        return cpn_fail(error, CAMPAIGN_E_UNKNOWN, "options.currency", "\"%.3s\" is no currency of ISO 4217",
                        given->currency);
    memcpy(terms->currency, given->currency, sizeof terms->currency);
    terms->exponent = given->has_exponent ? given->exponent : cpn_currency_exponent(given->currency);
    terms->is_money = true;
    return CAMPAIGN_OK;
}

campaign_status cpn_spend_take_knobs(cpn_spend_knobs *knobs, cpn_spend_terms *terms,
                                     const campaign_allocate_budget_options *options, campaign_error *error)
{
    campaign_allocate_budget_options *given = &knobs->given;
    campaign_status status = cpn_check_knobs(options, sizeof *given, sizeof *given, "options", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_take_knobs(given, sizeof *given, options);
    status = check_choices(given, error);
    if (status == CAMPAIGN_OK)
        status = cpn_take_language(&knobs->is_chinese, given->language, "options.language", error);
    if (status == CAMPAIGN_OK) status = check_amounts(given, error);
    if (status == CAMPAIGN_OK) status = take_currency(terms, given, error);
    if (status != CAMPAIGN_OK) return status;
    if (given->quantile_ppm == 0) given->quantile_ppm = USUAL_QUANTILE;
    if (!given->has_cpa_tolerance) given->cpa_tolerance_ppm = USUAL_TOLERANCE;
    if (given->gap <= 0) given->gap = usual_gap;
    return CAMPAIGN_OK;
}

/* ---- The budget -------------------------------------------------------------------------------------------------- */

/* Amounts of the other kind than the one that counts are a mistake, not a zero. */
static campaign_status check_kind(const cpn_spend_knobs *knobs, const cpn_spend_terms *terms, campaign_error *error)
{
    const campaign_allocate_budget_options *given = &knobs->given;
    if (terms->is_money && (given->budget > 0 || given->contingency > 0))
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, given->budget > 0 ? "options.budget" : "options.contingency",
                        "amounts are money of %s: give budget_minor and contingency_minor", terms->currency);
    if (!terms->is_money && (given->budget_minor > 0 || given->contingency_minor > 0))
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT,
                        given->budget_minor > 0 ? "options.budget_minor" : "options.contingency_minor",
                        "minor units need a currency");
    const bool has_amount = given->contingency_minor > 0 || given->contingency > 0;
    if (has_amount && given->contingency_ppm > 0)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.contingency_ppm",
                        "the contingency is given as an amount and as a share");
    if (!given->has_budget && (has_amount || given->contingency_ppm > 0))
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.has_budget", "a contingency needs a budget");
    if (!given->has_budget && (given->budget > 0 || given->budget_minor > 0))
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.has_budget", "a budget is given, but has_budget is 0");
    return CAMPAIGN_OK;
}

campaign_status cpn_spend_take_budget(cpn_spend_knobs *knobs, cpn_spend_terms *terms, campaign_error *error)
{
    const campaign_allocate_budget_options *given = &knobs->given;
    const campaign_status status = check_kind(knobs, terms, error);
    if (status != CAMPAIGN_OK) return status;
    terms->unit = terms->is_money ? (double)cpn_power_of_ten(terms->exponent) : 1;
    knobs->budget = knobs->available = INFINITY;
    knobs->contingency = 0;
    if (!given->has_budget) return CAMPAIGN_OK;
    knobs->budget = terms->is_money ? (double)given->budget_minor : given->budget;
    knobs->contingency = terms->is_money ? (double)given->contingency_minor : given->contingency;
    if (given->contingency_ppm > 0 && terms->is_money) {
        int64_t kept = 0; /* no larger than the budget: it fits */
        (void)cpn_mul_div64(&kept, given->budget_minor, given->contingency_ppm, MILLION, CAMPAIGN_ROUND_HALF_UP);
        knobs->contingency = (double)kept;
    } else if (given->contingency_ppm > 0) {
        knobs->contingency = given->budget * given->contingency_ppm / MILLION;
    }
    if (knobs->contingency > knobs->budget)
        return cpn_fail(error, CAMPAIGN_E_INFEASIBLE,
                        terms->is_money ? "options.contingency_minor" : "options.contingency",
                        "the contingency is larger than the budget");
    knobs->available = knobs->budget - knobs->contingency;
    return CAMPAIGN_OK;
}
