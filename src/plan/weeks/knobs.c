/* Checks the options of campaign_plan_promotion_weeks and fills in their defaults. */
#include "plan/weeks/weeks.h"

enum { USUAL_WEEKS = 52, USUAL_GAP_PPM = 100, USUAL_ITERATIONS = 300, USUAL_STEPS = 512, MOST_STEPS = 4096 };
static const int64_t usual_state_limit = 16777216;
static const int64_t most_states = INT64_C(1) << 31;

static campaign_status check_number(int64_t value, int64_t most, const char *where, campaign_error *error)
{
    if (value >= 0 && value <= most) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_ARGUMENT, where, "%lld is not one of 0 to %lld", (long long)value,
                    (long long)most);
}

static campaign_status check_numbers(const campaign_promotion_weeks_options *given, campaign_error *error)
{
    campaign_status status =
        check_number(given->objective, CAMPAIGN_PROMOTION_WEEKS_REVENUE, "options.objective", error);
    if (status == CAMPAIGN_OK)
        status = check_number(given->n_weeks, CAMPAIGN_PROMOTION_WEEKS_MAX, "options.n_weeks", error);
    if (status == CAMPAIGN_OK) status = check_number(given->gap_ppm, 1000000, "options.gap_ppm", error);
    if (status == CAMPAIGN_OK) status = check_number(given->max_iterations, INT32_MAX, "options.max_iterations", error);
    if (status == CAMPAIGN_OK) status = check_number(given->state_limit, most_states, "options.state_limit", error);
    if (status != CAMPAIGN_OK) return status;
    if (given->reference_steps != 0 && (given->reference_steps < 2 || given->reference_steps > MOST_STEPS))
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.reference_steps", "%ld is not one of 2 to %d",
                        (long)given->reference_steps, MOST_STEPS);
    if (given->reserved != 0) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.reserved", "reserved is not 0");
    return CAMPAIGN_OK;
}

campaign_status cpn_weeks_take_knobs(cpn_weeks_knobs *knobs, const campaign_promotion_weeks_options *options,
                                     campaign_error *error)
{
    campaign_promotion_weeks_options *given = &knobs->given;
    campaign_status status = cpn_check_knobs(options, sizeof *given, sizeof *given, "options", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_take_knobs(given, sizeof *given, options);
    status = check_numbers(given, error);
    if (status == CAMPAIGN_OK)
        status = cpn_take_language(&knobs->is_chinese, given->language, "options.language", error);
    if (status != CAMPAIGN_OK) return status;
    if (given->n_weeks == 0) given->n_weeks = USUAL_WEEKS;
    if (!given->has_gap) given->gap_ppm = USUAL_GAP_PPM;
    if (given->max_iterations == 0) given->max_iterations = USUAL_ITERATIONS;
    if (given->reference_steps == 0) given->reference_steps = USUAL_STEPS;
    if (given->state_limit == 0) given->state_limit = usual_state_limit;
    knobs->is_revenue = given->objective == CAMPAIGN_PROMOTION_WEEKS_REVENUE;
    return CAMPAIGN_OK;
}
