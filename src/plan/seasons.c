/* Finds peak and off season among the months of the plan, by its own targets or as the request says.
 * The targets already carry the seasonality of the history; measuring them again from the orders could contradict them. */
#include "plan/seasons.h"

#include <string.h>

#include "base/checked.h"
#include "base/date.h"

const char *const cpn_plan_season_names[CPN_PLAN_N_SEASONS] = { "shoulder", "peak", "off" };

enum { WHOLE_PPM = 1000000 };

/* index = (target of the month / its days) / (target of the year / its days). */
static void measure(cpn_plan_seasons *seasons, const cpn_plan_request *request, const cpn_plan_targets *targets)
{
    const int32_t n_days = request->end_day - request->start_day;
    int64_t total = 0, ppm;
    for (int32_t i = 0; i < n_days; i++) total += targets->day_minor[i]; /* parts of one int64 */
    if (total <= 0) return;
    for (int32_t start = request->start_day, end; start < request->end_day; start = end) {
        int64_t minor = 0;
        end = cpn_plan_next_period(request, CPN_LEVEL_MONTH, start);
        for (int32_t day = start; day < end; day++) minor += targets->day_minor[day - request->start_day];
        if (minor < 0) continue;
        /* minor <= total, so both quotients are below 366 million. */
        (void)cpn_mul_div64(&ppm, minor, (int64_t)n_days * WHOLE_PPM, total, CAMPAIGN_ROUND_HALF_EVEN);
        (void)cpn_mul_div64(&ppm, ppm, 1, end - start, CAMPAIGN_ROUND_HALF_EVEN);
        seasons->index_ppm[cpn_civil_from_day(start).month - 1] = ppm;
    }
}

/* Marks the months of one list; a month in both lists is refused. */
static campaign_status mark(cpn_plan_seasons *seasons, bool is_named[CPN_PLAN_N_MONTHS], const cpn_json_value *list,
                            cpn_plan_season season, campaign_error *error)
{
    for (const cpn_json_value *item = list ? list->first : NULL; item; item = item->next) {
        const int64_t month = cpn_value_int(item);
        if (month < 1 || month > CPN_PLAN_N_MONTHS)
            return cpn_json_fail(error, CAMPAIGN_E_VALUE, item, "%lld is not a month, 1 to 12", (long long)month);
        if (is_named[month - 1])
            return cpn_json_fail(error, CAMPAIGN_E_DUPLICATE, item, "month %lld stands twice in the seasons",
                                 (long long)month);
        is_named[month - 1] = true;
        seasons->months[month - 1] = season;
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_plan_seasons_find(cpn_plan_seasons *seasons, const cpn_plan_request *request,
                                      const cpn_plan_targets *targets, campaign_error *error)
{
    const cpn_json_value *section = cpn_get(request->root, "seasons");
    bool is_named[CPN_PLAN_N_MONTHS] = { false };
    int64_t peak_ppm, off_ppm;
    memset(seasons, 0, sizeof *seasons);
    measure(seasons, request, targets);
    campaign_status status = cpn_get_ppm(&peak_ppm, section, &cpn_plan_seasons_record, "peak_index", error);
    if (status == CAMPAIGN_OK) status = cpn_get_ppm(&off_ppm, section, &cpn_plan_seasons_record, "off_index", error);
    if (status == CAMPAIGN_OK)
        status = mark(seasons, is_named, section ? cpn_get(section, "peak") : NULL, CPN_SEASON_PEAK, error);
    if (status == CAMPAIGN_OK)
        status = mark(seasons, is_named, section ? cpn_get(section, "off") : NULL, CPN_SEASON_OFF, error);
    bool has_target = false;
    for (int32_t i = 0; i < CPN_PLAN_N_MONTHS; i++) has_target = has_target || seasons->index_ppm[i] > 0;
    for (int32_t i = 0; i < CPN_PLAN_N_MONTHS && has_target; i++) {
        if (is_named[i]) continue;
        if (seasons->index_ppm[i] >= peak_ppm)
            seasons->months[i] = CPN_SEASON_PEAK;
        else if (seasons->index_ppm[i] <= off_ppm)
            seasons->months[i] = CPN_SEASON_OFF;
    }
    return status;
}

cpn_plan_season cpn_plan_season_of(const cpn_plan_seasons *seasons, int32_t day)
{
    return seasons->months[cpn_civil_from_day(day).month - 1];
}

cpn_plan_season cpn_plan_season_of_days(const cpn_plan_seasons *seasons, const cpn_plan_request *request,
                                        const cpn_plan_targets *targets, int32_t first_day, int32_t end_day,
                                        int32_t otherwise_day)
{
    int64_t sums[CPN_PLAN_N_SEASONS] = { 0 }; /* parts of the year's target */
    const cpn_plan_season otherwise = cpn_plan_season_of(seasons, otherwise_day);
    if (first_day < request->start_day) first_day = request->start_day;
    if (end_day > request->end_day) end_day = request->end_day;
    for (int32_t day = first_day; day < end_day; day++)
        sums[cpn_plan_season_of(seasons, day)] += targets->day_minor[day - request->start_day];
    cpn_plan_season most = CPN_SEASON_SHOULDER;
    if (sums[CPN_SEASON_PEAK] > sums[most]) most = CPN_SEASON_PEAK;
    if (sums[CPN_SEASON_OFF] > sums[most]) most = CPN_SEASON_OFF;
    return sums[most] > 0 ? most : otherwise;
}
