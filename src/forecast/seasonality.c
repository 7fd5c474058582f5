/* The call that measures seasons: options, sales, days, factors, periods, then the tables; and the report's life. */
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "forecast/forecast.h"

static campaign_status check_arguments(campaign_table **profile, const campaign_seasonality_report *report,
                                       const campaign_table *sales, const campaign_runtime *runtime,
                                       campaign_error *error)
{
    if (!profile || !sales) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "sales", "profile and sales are required");
    const campaign_status status = cpn_check_report(report, sizeof *report, "CAMPAIGN_SEASONALITY_REPORT_INIT", error);
    return status == CAMPAIGN_OK ? cpn_check_runtime(runtime, error) : status;
}

/* Settles the season with the grain: sales tell nothing finer than themselves. */
static campaign_status settle_season(cpn_season_knobs *knobs, int32_t grain, campaign_error *error)
{
    static const char *const grains[] = { "", "daily", "weekly", "monthly", "quarterly" };
    const int32_t asked = knobs->given.season;
    knobs->season = asked == CAMPAIGN_SEASON_NONE     ? -1
                    : asked != CAMPAIGN_SEASON_USUAL  ? asked - CAMPAIGN_SEASON_QUARTER + CPN_DIM_QUARTER
                    : grain == CAMPAIGN_GRAIN_QUARTER ? CPN_DIM_QUARTER
                    : grain == CAMPAIGN_GRAIN_WEEK    ? CPN_DIM_ISO_WEEK
                                                      : CPN_DIM_MONTH;
    const int32_t finest = grain == CAMPAIGN_GRAIN_QUARTER ? CPN_DIM_QUARTER
                           : grain == CAMPAIGN_GRAIN_MONTH ? CPN_DIM_MONTH
                                                           : CPN_DIM_FISCAL_WEEK;
    if (knobs->season <= finest) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_INFEASIBLE, "options.season", "%s sales tell nothing of a season by %s",
                    grains[grain], cpn_dimension_names[knobs->season]);
}

/* Kinds of period worth telling: none finer than the sales, and one of the weeks. */
static bool is_told(const cpn_seasonality *found, int32_t dimension)
{
    const int32_t grain = found->sales.grain;
    const bool has_fiscal = found->knobs.season == CPN_DIM_FISCAL_WEEK;
    if (dimension == CPN_DIM_QUARTER) return true;
    if (dimension == CPN_DIM_MONTH) return grain != CAMPAIGN_GRAIN_QUARTER;
    if (grain == CAMPAIGN_GRAIN_QUARTER || grain == CAMPAIGN_GRAIN_MONTH) return false;
    return (dimension == CPN_DIM_FISCAL_WEEK) == has_fiscal;
}

static campaign_status measure_days(cpn_seasonality *found, campaign_error *error)
{
    const cpn_sales *sales = &found->sales;
    campaign_status status =
        cpn_windows_find(&found->windows, found->calendar, sales->first_day, sales->end_day, "options.windows", error);
    if (status == CAMPAIGN_OK)
        status = cpn_trading_settle(&found->trading, &found->remarks, sales, &found->windows, found->calendar, error);
    if (status == CAMPAIGN_OK)
        status =
            cpn_fit_open(&found->fit, sales, &found->knobs, &found->windows, &found->trading, found->calendar, error);
    if (status != CAMPAIGN_OK) return status;
    if (sales->grain == CAMPAIGN_GRAIN_DAY)
        return cpn_fit_robustly(&found->fit, &found->remarks, &found->trading, &found->knobs, error);
    cpn_fit_spread(&found->fit, &found->trading, sales, &found->knobs);
    if (found->knobs.given.keeps_outliers) return CAMPAIGN_OK;
    return cpn_periods_treat(&found->fit, &found->remarks, &found->trading, &found->knobs,
                             cpn_grain_dimension(sales, &found->knobs), error);
}

static campaign_status compute(cpn_seasonality *found, const campaign_table *table, const campaign_runtime *runtime,
                               campaign_error *error)
{
    campaign_status status = cpn_windows_take(&found->windows, &found->knobs, found->calendar, error);
    if (status == CAMPAIGN_OK)
        status = cpn_windows_find(&found->windows, found->calendar, 0, 1, "options.windows", error);
    if (status == CAMPAIGN_OK) status = cpn_sales_read(&found->sales, table, &found->knobs, runtime, error);
    if (status == CAMPAIGN_OK) status = settle_season(&found->knobs, found->sales.grain, error);
    if (status != CAMPAIGN_OK) return status;
    cpn_remarks_open(&found->remarks, &found->knobs, &found->sales);
    if (found->sales.n_used > 0) status = measure_days(found, error);
    for (int32_t d = 0; d < CPN_N_PERIODS && status == CAMPAIGN_OK && found->sales.n_used > 0; d++)
        if (is_told(found, d))
            status = cpn_period_measure(&found->periods[d], d, &found->fit, &found->trading, &found->knobs, error);
    if (status == CAMPAIGN_OK) cpn_remark_on(found);
    return status;
}

static void fill_report(campaign_seasonality_report *report, cpn_seasonality *found)
{
    const cpn_sales *sales = &found->sales;
    report->grain = sales->grain;
    report->first_day = sales->first_day;
    report->end_day = sales->end_day;
    report->n_rows = sales->n_rows;
    report->n_used = sales->n_used;
    report->n_outside = sales->n_outside;
    report->n_skipped = sales->n_skipped;
    report->n_open = found->trading.n_open;
    report->n_closed = found->trading.n_closed;
    report->n_outliers = found->fit.n_outliers;
    report->shrinkage = 1;
    report->skipped = found->sales.skipped;
    report->skipped_counts = found->sales.skipped_counts;
    found->sales.skipped = found->sales.skipped_counts = NULL;
    const cpn_period_index *season = found->knobs.season >= 0 ? &found->periods[found->knobs.season] : NULL;
    if (!season || !season->is_measured) return;
    report->n_years = season->n_years;
    report->spread = season->spread;
    report->shrinkage = season->shrinkage;
}

static campaign_status write_report(campaign_seasonality_report *report, cpn_seasonality *found, campaign_error *error)
{
    campaign_status status = cpn_seasons_write(&report->seasons, found, error);
    if (status == CAMPAIGN_OK) status = cpn_out_close(&report->notes, &found->remarks.notes, error);
    if (status == CAMPAIGN_OK) status = cpn_out_close(&report->treated, &found->remarks.treated, error);
    if (status == CAMPAIGN_OK) fill_report(report, found);
    return status;
}

static void free_seasonality(cpn_seasonality *found)
{
    for (int32_t d = 0; d < CPN_N_PERIODS; d++) cpn_period_free(&found->periods[d]);
    cpn_fit_free(&found->fit);
    cpn_trading_free(&found->trading);
    cpn_windows_free(&found->windows);
    cpn_remarks_close(&found->remarks);
    cpn_sales_free(&found->sales);
    campaign_calendar_free(found->own_calendar);
    cpn_free(found);
}

static campaign_status take_calendar(cpn_seasonality *found, const campaign_calendar *calendar, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    if (!calendar) status = campaign_calendar_create(&found->own_calendar, NULL, error);
    found->calendar = calendar ? calendar : found->own_calendar;
    return status;
}

campaign_status campaign_forecast_seasonality(campaign_table **profile, campaign_seasonality_report *report,
                                              const campaign_table *sales, const campaign_calendar *calendar,
                                              const campaign_seasonality_options *options,
                                              const campaign_runtime *runtime, campaign_error *error)
{
    if (profile) *profile = NULL;
    campaign_status status = check_arguments(profile, report, sales, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    campaign_seasonality_report filled = CAMPAIGN_SEASONALITY_REPORT_INIT;
    if (report) *report = filled;
    cpn_seasonality *found = cpn_alloc_zero(1, sizeof *found);
    if (!found) return cpn_fail_nomem(error);
    status = take_calendar(found, calendar, error);
    if (status == CAMPAIGN_OK) status = cpn_season_take_knobs(&found->knobs, options, found->calendar, error);
    if (status == CAMPAIGN_OK) status = compute(found, sales, runtime, error);
    if (status == CAMPAIGN_OK && report) status = write_report(&filled, found, error);
    if (status == CAMPAIGN_OK) status = cpn_profile_write(profile, found, error);
    free_seasonality(found);
    if (status != CAMPAIGN_OK)
        campaign_seasonality_report_clear(&filled);
    else if (report)
        *report = filled;
    return status;
}

void campaign_seasonality_report_clear(campaign_seasonality_report *report)
{
    if (!report) return;
    campaign_table_free(report->seasons);
    campaign_table_free(report->treated);
    campaign_table_free(report->notes);
    campaign_table_free(report->skipped);
    campaign_table_free(report->skipped_counts);
    const campaign_seasonality_report empty = CAMPAIGN_SEASONALITY_REPORT_INIT;
    *report = empty;
}
