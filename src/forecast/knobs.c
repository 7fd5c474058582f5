/* Checks the options of campaign_forecast_seasonality and fills in their defaults. */
#include <string.h>

#include "forecast/forecast.h"

enum { MINUTES_A_DAY = 1440, MOST_YEARS = 10000 };
static const double usual_outlier_limit = 5, usual_prior_spread = 0.15, usual_peak_distance = 0.1;

static campaign_status check_choice(int32_t value, int32_t last, const char *where, campaign_error *error)
{
    if (value >= 0 && value <= last) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_ARGUMENT, where, "%ld is not one of 0 to %ld", (long)value, (long)last);
}

static campaign_status check_choices(const campaign_seasonality_options *given, campaign_error *error)
{
    const struct {
        int32_t value, last;
        const char *where;
    } choices[] = {
        { given->grain, CAMPAIGN_GRAIN_QUARTER, "options.grain" },
        { given->season, CAMPAIGN_SEASON_NONE, "options.season" },
        { given->method, CAMPAIGN_RATIO_TO_MOVING, "options.method" },
        { given->shrink, CAMPAIGN_SHRINK_NEVER, "options.shrink" },
        { given->new_year, CAMPAIGN_NEW_YEAR_APART, "options.new_year" },
        { given->nulls, CAMPAIGN_FORECAST_NULLS_SKIP, "options.nulls" },
        { given->day_starts_at_minutes, MINUTES_A_DAY - 1, "options.day_starts_at_minutes" },
        { given->n_windows, CPN_MOST_WINDOWS, "options.n_windows" },
        { given->n_years, MOST_YEARS, "options.n_years" },
        { given->problem_limit, INT32_MAX, "options.problem_limit" },
        { given->reserved, 0, "options.reserved" },
    };
    campaign_status status = CAMPAIGN_OK;
    for (size_t i = 0; i < sizeof choices / sizeof *choices && status == CAMPAIGN_OK; i++)
        status = check_choice(choices[i].value, choices[i].last, choices[i].where, error);
    return status;
}

/* Also false for what is no number. */
static bool is_within(double value, double least, double most)
{
    return value >= least && value <= most;
}

static campaign_status take_number(double *value, double usual, double most, const char *where, campaign_error *error)
{
    if (!is_within(*value, 0, most))
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, where, "the number is not within 0 to %ld", (long)most);
    if (*value == 0) *value = usual;
    return CAMPAIGN_OK;
}

static campaign_status check_days(const campaign_seasonality_options *given, campaign_error *error)
{
    if (given->has_first_day && (given->first_day < CAMPAIGN_DAY_MIN || given->first_day > CAMPAIGN_DAY_MAX))
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.first_day", "day %ld lies outside the years 1 to 9999",
                        (long)given->first_day);
    if (given->has_end_day && (given->end_day < CAMPAIGN_DAY_MIN || given->end_day > CAMPAIGN_DAY_MAX + 1))
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.end_day", "day %ld lies outside the years 1 to 9999",
                        (long)given->end_day);
    if (given->has_first_day && given->has_end_day && given->end_day < given->first_day)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.end_day",
                        "the history ends with day %ld before it begins with day %ld", (long)given->end_day,
                        (long)given->first_day);
    return CAMPAIGN_OK;
}

static campaign_status check_years(const campaign_seasonality_options *given, campaign_error *error)
{
    if (given->n_years > 0 && !given->years)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.years", "years is NULL and n_years %ld",
                        (long)given->n_years);
    bool has_weight = given->n_years == 0;
    for (int32_t i = 0; i < given->n_years; i++) {
        const campaign_season_year *year = &given->years[i];
        const campaign_status status = cpn_check_knobs(year, sizeof *year, sizeof *year, "options.years", error);
        if (status != CAMPAIGN_OK) return status;
        if (!is_within(year->weight, 0, 1e9))
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, i, "options.years", "the weight of %ld is not within 0 to 1e9",
                                (long)year->year);
        for (int32_t j = 0; j < i; j++)
            if (given->years[j].year == year->year)
                return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, i, "options.years", "%ld stands twice",
                                    (long)year->year);
        has_weight = has_weight || year->weight > 0;
    }
    if (has_weight) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_VALUE, "options.years", "the weights of all years are 0");
}

campaign_status cpn_season_take_knobs(cpn_season_knobs *knobs, const campaign_seasonality_options *options,
                                      const campaign_calendar *calendar, campaign_error *error)
{
    memset(knobs, 0, sizeof *knobs);
    campaign_seasonality_options *given = &knobs->given;
    campaign_status status = cpn_check_knobs(options, sizeof *given, sizeof *given, "options", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_take_knobs(given, sizeof *given, options);
    status = check_choices(given, error);
    if (status == CAMPAIGN_OK)
        status = take_number(&given->outlier_limit, usual_outlier_limit, 1e6, "options.outlier_limit", error);
    if (status == CAMPAIGN_OK)
        status = take_number(&given->prior_spread, usual_prior_spread, 100, "options.prior_spread", error);
    if (status == CAMPAIGN_OK)
        status = take_number(&given->peak_distance, usual_peak_distance, 1, "options.peak_distance", error);
    if (status == CAMPAIGN_OK) status = check_days(given, error);
    if (status == CAMPAIGN_OK) status = check_years(given, error);
    if (status != CAMPAIGN_OK) return status;
    if (given->reserved_pointer)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.reserved_pointer", "reserved_pointer is not NULL");
    status = cpn_take_language(&knobs->is_chinese, given->language, "options.language", error);
    if (status != CAMPAIGN_OK) return status;
    knobs->has_block =
        given->new_year == CAMPAIGN_NEW_YEAR_BLOCK ||
        (given->new_year == CAMPAIGN_NEW_YEAR_USUAL && strcmp(campaign_calendar_region(calendar), "CN") == 0);
    return CAMPAIGN_OK;
}

double cpn_year_weight(const cpn_season_knobs *knobs, int32_t year)
{
    if (knobs->given.n_years == 0) return 1;
    for (int32_t i = 0; i < knobs->given.n_years; i++)
        if (knobs->given.years[i].year == year) return knobs->given.years[i].weight;
    return 0;
}
