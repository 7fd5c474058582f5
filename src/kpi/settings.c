/* The caller's options: checked, with the handbook's defaults where nothing is said. */
#include <string.h>

#include "kpi/kpi.h"

enum { MINUTES_OF_DAY = 1440, WHOLE_PPM = 1000000 };

static campaign_status take_ppm(int64_t *ppm, int32_t has, int32_t given, int32_t least, int64_t usual,
                                const char *where, campaign_error *error)
{
    *ppm = has ? given : usual;
    if (*ppm >= least && *ppm <= WHOLE_PPM) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_ARGUMENT, where, "%d parts per million, expected %d to %d", (int)given,
                    (int)least, WHOLE_PPM);
}

static campaign_status check_values(const campaign_kpi_options *given, campaign_error *error)
{
    if (given->day_starts_at_minutes < 0 || given->day_starts_at_minutes >= MINUTES_OF_DAY)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.day_starts_at_minutes", "%d minutes, expected 0 to 1439",
                        (int)given->day_starts_at_minutes);
    if (given->reserved) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.reserved", "reserved is not 0");
    if (given->nulls != CAMPAIGN_KPI_NULLS_FAIL && given->nulls != CAMPAIGN_KPI_NULLS_SKIP)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.nulls", "policy %d is not known", (int)given->nulls);
    if (given->has_as_of && (given->as_of_day < CAMPAIGN_DAY_MIN || given->as_of_day > CAMPAIGN_DAY_MAX))
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.as_of_day", "day %d is outside the years 1 to 9999",
                        (int)given->as_of_day);
    return CAMPAIGN_OK;
}

campaign_status cpn_kpi_settings_read(cpn_kpi_settings *settings, const campaign_kpi_options *options,
                                      campaign_error *error)
{
    memset(settings, 0, sizeof *settings);
    campaign_kpi_options *given = &settings->given;
    campaign_status status =
        cpn_check_knobs(options, sizeof(campaign_kpi_options), sizeof(campaign_kpi_options), "options", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_take_knobs(given, sizeof *given, options);
    status = check_values(given, error);
    if (status == CAMPAIGN_OK)
        status = cpn_take_language(&settings->is_chinese, given->language, "options.language", error);
    if (status != CAMPAIGN_OK) return status;
    status = take_ppm(&settings->deviation_ppm, given->has_deviation, given->deviation_ppm, 1, 200000,
                      "options.deviation_ppm", error);
    if (status == CAMPAIGN_OK)
        status = take_ppm(&settings->cap_ppm, given->has_cap, given->cap_ppm, 0, 300000, "options.cap_ppm", error);
    if (status == CAMPAIGN_OK)
        status = take_ppm(&settings->minimum_share_ppm, given->has_minimum_share, given->minimum_share_ppm, 0, 1000,
                          "options.minimum_share_ppm", error);
    return status;
}
