/* What the levels of the split share by: reads the request's words and turns them into weights of years. */
#include <string.h>

#include "base/date.h"
#include "plan/targets.h"

enum { MONTHS = 12 };

/* ---- The request ------------------------------------------------------------------------------------------------ */

static bool is_in_split(const cpn_plan_request *request, cpn_plan_level level)
{
    for (int32_t i = 0; i < request->n_split; i++)
        if (request->split[i] == level) return true;
    return level == CPN_LEVEL_DAY; /* campaigns need days in any case */
}

/* Each of years, column and day_kinds says the driver by itself; with another one they would say nothing. */
static campaign_status read_driver(cpn_plan_policy *policy, cpn_plan_level level, campaign_error *error)
{
    static const struct {
        const char *field;
        cpn_plan_driver driver;
    } implied[] = { { "years", CPN_DRIVER_MIX },
                    { "column", CPN_DRIVER_COLUMN },
                    { "day_kinds", CPN_DRIVER_DAY_KINDS } };
    const cpn_json_value *word = cpn_get(policy->section, "driver");
    bool has_driver = word != NULL;
    if (has_driver) policy->driver = (cpn_plan_driver)cpn_get_enum(policy->section, &cpn_plan_level_record, "driver");
    for (size_t i = 0; i < sizeof implied / sizeof *implied; i++) {
        const cpn_json_value *value = cpn_get(policy->section, implied[i].field);
        if (!value && has_driver && policy->driver == implied[i].driver && implied[i].driver != CPN_DRIVER_DAY_KINDS)
            return cpn_json_fail(error, CAMPAIGN_E_MISSING, word, "the driver %s needs \"%s\"", word->text,
                                 implied[i].field);
        if (!value) continue;
        if (has_driver && policy->driver != implied[i].driver)
            return cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, value, "\"%s\" is for another driver", implied[i].field);
        policy->driver = implied[i].driver;
        has_driver = true;
    }
    if (policy->driver == CPN_DRIVER_DAY_KINDS && !cpn_plan_is_period(level))
        return cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, policy->section, "day_kinds are for periods, not for %s",
                             cpn_plan_level_names[level]);
    return CAMPAIGN_OK;
}

static campaign_status read_years(const cpn_json_value *years, campaign_error *error)
{
    int64_t sum = 0;
    for (const cpn_json_value *year = years->first; year; year = year->next) {
        int64_t ppm;
        const campaign_status status = cpn_value_ppm(&ppm, year, error);
        if (status != CAMPAIGN_OK) return status;
        sum += ppm > 0;
    }
    if (sum > 0) return CAMPAIGN_OK;
    return cpn_json_fail(error, CAMPAIGN_E_VALUE, years, "no year has a weight above 0");
}

static campaign_status read_kinds(cpn_plan_policy *policy, campaign_error *error)
{
    const cpn_record *record = &cpn_plan_day_kinds_record;
    const cpn_json_value *kinds = cpn_get(policy->section, "day_kinds");
    campaign_status status = cpn_get_ppm(&policy->statutory_ppm, kinds, record, "statutory", error);
    if (status == CAMPAIGN_OK) status = cpn_get_ppm(&policy->off_ppm, kinds, record, "off", error);
    if (status == CAMPAIGN_OK) status = cpn_get_ppm(&policy->working_ppm, kinds, record, "working", error);
    if (status == CAMPAIGN_OK && policy->statutory_ppm + policy->off_ppm + policy->working_ppm == 0)
        status = cpn_json_fail(error, CAMPAIGN_E_VALUE, kinds, "no kind of day has a weight above 0");
    return status;
}

static campaign_status read_level(cpn_plan_request *request, cpn_plan_level level, campaign_error *error)
{
    cpn_plan_policy *policy = &request->levels[level];
    campaign_status status = read_driver(policy, level, error);
    if (status != CAMPAIGN_OK) return status;
    if (!is_in_split(request, level))
        return cpn_json_fail(error, CAMPAIGN_E_INFEASIBLE, policy->section, "the split has no level %s",
                             cpn_plan_level_names[level]);
    policy->years = cpn_get(policy->section, "years");
    policy->column = cpn_get_text(policy->section, &cpn_plan_level_record, "column");
    if (policy->driver == CPN_DRIVER_MIX) status = read_years(policy->years, error);
    if (status == CAMPAIGN_OK && policy->driver == CPN_DRIVER_DAY_KINDS) status = read_kinds(policy, error);
    if (status != CAMPAIGN_OK) return status;
    return cpn_get_ppm(&policy->padding_ppm, policy->section, &cpn_plan_level_record, "padding", error);
}

campaign_status cpn_plan_levels_read(cpn_plan_request *request, campaign_error *error)
{
    const cpn_json_value *levels = cpn_get(request->root, "levels");
    campaign_status status = CAMPAIGN_OK;
    for (int32_t level = 0; level < CPN_PLAN_N_LEVELS && status == CAMPAIGN_OK; level++) {
        cpn_plan_policy *policy = &request->levels[level];
        memset(policy, 0, sizeof *policy);
        policy->driver = cpn_plan_is_period((cpn_plan_level)level) ? CPN_DRIVER_HISTORY : CPN_DRIVER_LAST_YEAR;
        policy->section = levels ? cpn_get(levels, cpn_plan_level_names[level]) : NULL;
        if (policy->section) status = read_level(request, (cpn_plan_level)level, error);
    }
    return status;
}

bool cpn_plan_has_padding(const cpn_plan_request *request)
{
    for (int32_t level = 0; level < CPN_PLAN_N_LEVELS; level++)
        if (request->levels[level].padding_ppm > 0) return true;
    return false;
}

/* ---- Years ------------------------------------------------------------------------------------------------------ */

int32_t cpn_plan_year_start(const cpn_plan_years *years, int32_t year)
{
    const int32_t month = years->end_month - (years->n - year) * MONTHS;
    return cpn_day_from_civil(month / MONTHS, month % MONTHS + 1, 1);
}

/* The calendar year that the first whole year begins in. */
static int32_t first_name(const cpn_plan_years *years)
{
    return (years->end_month - years->n * MONTHS) / MONTHS;
}

static campaign_status weigh_mix(int64_t *weights, const cpn_plan_policy *policy, const cpn_plan_years *years,
                                 campaign_error *error)
{
    for (const cpn_json_value *item = policy->years->first; item; item = item->next) {
        int32_t year = -1;
        for (int32_t i = 0; i < years->n; i++) {
            char name[CAMPAIGN_MONEY_TEXT];
            (void)campaign_money_format(name, first_name(years) + i, 0);
            if (strcmp(name, item->key) == 0) year = i;
        }
        if (year < 0 && years->n == 0)
            return cpn_json_fail(error, CAMPAIGN_E_MISSING, item, "the history has no twelve whole months in a row");
        if (year < 0)
            return cpn_json_fail(error, CAMPAIGN_E_UNKNOWN, item,
                                 "%s is no whole year of the history: those begin in %d to %d", item->key,
                                 (int)first_name(years), (int)(first_name(years) + years->n - 1));
        const campaign_status status = cpn_value_ppm(&weights[year], item, error);
        if (status != CAMPAIGN_OK) return status;
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_plan_year_weights(int64_t *weights, const cpn_plan_policy *policy, const cpn_plan_years *years,
                                      campaign_error *error)
{
    for (int32_t i = 0; i < years->n; i++)
        weights[i] = policy->driver == CPN_DRIVER_HISTORY || (policy->driver != CPN_DRIVER_MIX && i == years->n - 1);
    return policy->driver == CPN_DRIVER_MIX ? weigh_mix(weights, policy, years, error) : CAMPAIGN_OK;
}
