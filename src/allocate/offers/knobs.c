/* Checks the options of campaign_allocate_offers and fills in their defaults. */
#include "allocate/offers/offers.h"

enum { USUAL_PASSES = 12, MOST_PER_CUSTOMER = 1000000 };

static campaign_status check_numbers(const campaign_allocate_offers_options *given, campaign_error *error)
{
    if (given->most < 0 || given->most > MOST_PER_CUSTOMER)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.most", "%ld is not one of 0 to %d", (long)given->most,
                        MOST_PER_CUSTOMER);
    if (given->max_passes < 0)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.max_passes", "%ld is negative", (long)given->max_passes);
    if (given->node_limit < -1)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.node_limit", "%lld is below -1",
                        (long long)given->node_limit);
    if (!(given->gap >= 0 && given->gap <= 1))
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.gap", "gap is not between 0 and 1");
    if (given->is_exact != 0 && given->is_exact != 1)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.is_exact", "%ld is neither 0 nor 1",
                        (long)given->is_exact);
    if (given->is_fractional != 0 && given->is_fractional != 1)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.is_fractional", "%ld is neither 0 nor 1",
                        (long)given->is_fractional);
    if (given->reserved != 0) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.reserved", "reserved is not 0");
    if (given->reserved_pointer)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.reserved_pointer", "reserved_pointer is not NULL");
    return CAMPAIGN_OK;
}

campaign_status cpn_offers_take_knobs(cpn_offers_knobs *knobs, const campaign_allocate_offers_options *options,
                                      campaign_error *error)
{
    campaign_allocate_offers_options *given = &knobs->given;
    campaign_status status = cpn_check_knobs(options, sizeof *given, sizeof *given, "options", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_take_knobs(given, sizeof *given, options);
    status = check_numbers(given, error);
    if (status == CAMPAIGN_OK)
        status = cpn_take_language(&knobs->is_chinese, given->language, "options.language", error);
    if (status != CAMPAIGN_OK) return status;
    if (given->most == 0) given->most = 1;
    if (given->max_passes == 0) given->max_passes = USUAL_PASSES;
    if (!given->customer || !given->customer[0]) given->customer = "customer";
    if (!given->offer || !given->offer[0]) given->offer = "offer";
    return CAMPAIGN_OK;
}
