/* Checks the options of campaign_tier_rfm and fills in their defaults. */
#include "tier/tier.h"

enum { USUAL_BINS = 5, MINUTES_A_DAY = 1440 };

static campaign_status check_choice(int32_t value, int32_t last, const char *where, campaign_error *error)
{
    if (value >= 0 && value <= last) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_ARGUMENT, where, "%ld is not one of 0 to %ld", (long)value, (long)last);
}

static campaign_status check_numbers(const campaign_rfm_options *given, campaign_error *error)
{
    campaign_status status = check_choice(given->ties, CAMPAIGN_RFM_TIES_NTILE, "options.ties", error);
    if (status == CAMPAIGN_OK)
        status = check_choice(given->frequency_counts, CAMPAIGN_RFM_FREQUENCY_ROWS, "options.frequency_counts", error);
    if (status == CAMPAIGN_OK) status = check_choice(given->nulls, CAMPAIGN_RFM_NULLS_SKIP, "options.nulls", error);
    if (status == CAMPAIGN_OK)
        status = check_choice(given->day_starts_at_minutes, MINUTES_A_DAY - 1, "options.day_starts_at_minutes", error);
    if (status == CAMPAIGN_OK)
        status = check_choice(given->dormant_after_days, INT32_MAX, "options.dormant_after_days", error);
    if (status == CAMPAIGN_OK) status = check_choice(given->problem_limit, INT32_MAX, "options.problem_limit", error);
    if (status != CAMPAIGN_OK) return status;
    if (given->has_as_of && (given->as_of < CAMPAIGN_DAY_MIN || given->as_of > CAMPAIGN_DAY_MAX))
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.as_of", "day %ld lies outside the years 1 to 9999",
                        (long)given->as_of);
    if (given->reserved) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.reserved", "reserved is not NULL");
    if (given->segments && given->segments_length < 0)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.segments_length", "%lld is negative",
                        (long long)given->segments_length);
    return CAMPAIGN_OK;
}

static campaign_status take_bins(int32_t *n_bins, int32_t given, const char *where, campaign_error *error)
{
    *n_bins = given ? given : USUAL_BINS;
    if (*n_bins >= 2 && *n_bins <= CAMPAIGN_RFM_BINS_MAX) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_ARGUMENT, where, "%ld bins asked for, 2 to %d are possible", (long)given,
                    CAMPAIGN_RFM_BINS_MAX);
}

static campaign_status check_cuts(const int64_t *cuts, int32_t n_bins, const char *where, campaign_error *error)
{
    for (int32_t i = 1; cuts && i < n_bins - 1; i++)
        if (cuts[i] <= cuts[i - 1])
            return cpn_fail(error, CAMPAIGN_E_ARGUMENT, where,
                            "cut %ld (%lld) is not greater than the one before (%lld)", (long)i, (long long)cuts[i],
                            (long long)cuts[i - 1]);
    return CAMPAIGN_OK;
}

campaign_status cpn_rfm_take_knobs(cpn_rfm_knobs *knobs, const campaign_rfm_options *options, campaign_error *error)
{
    static const char *const bins[] = { "options.recency_bins", "options.frequency_bins", "options.monetary_bins" };
    static const char *const cuts[] = { "options.recency_cuts", "options.frequency_cuts", "options.monetary_cuts" };
    *knobs = (cpn_rfm_knobs){ 0 };
    campaign_status status = cpn_check_knobs(options, sizeof knobs->given, sizeof knobs->given, "options", error);
    if (status != CAMPAIGN_OK) return status;
    campaign_rfm_options *given = &knobs->given;
    cpn_take_knobs(given, sizeof *given, options);
    status = check_numbers(given, error);
    if (status == CAMPAIGN_OK)
        status = cpn_take_language(&knobs->is_chinese, given->language, "options.language", error);
    const int32_t n_bins[] = { given->recency_bins, given->frequency_bins, given->monetary_bins };
    const int64_t *const points[] = { given->recency_cuts, given->frequency_cuts, given->monetary_cuts };
    for (int32_t d = 0; status == CAMPAIGN_OK && d < CPN_N_DIMENSIONS; d++) {
        status = take_bins(&knobs->n_bins[d], n_bins[d], bins[d], error);
        if (status == CAMPAIGN_OK) status = check_cuts(points[d], knobs->n_bins[d], cuts[d], error);
        knobs->cuts[d] = points[d];
    }
    if (status == CAMPAIGN_OK && given->recency_cuts && given->recency_cuts[0] < 0)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, cuts[0], "the first cut is %lld days, at least 0 is possible",
                        (long long)given->recency_cuts[0]);
    return status;
}
