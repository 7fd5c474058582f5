/* Seasons under failing allocations: daily sales in money and in floats with skipped rows and asked windows, monthly
 * sales, and the weights of days. */
#include "oom.h"

#include <campaign/forecast.h>

static campaign_status make_sales(campaign_table **sales, int32_t type, int32_t n_days, campaign_error *error)
{
    const int32_t step = n_days > 1000 ? 31 : 1; /* a row a month */
    campaign_table_builder *builder = NULL;
    campaign_status status = campaign_table_builder_create(&builder, error);
    if (status == CAMPAIGN_OK)
        status = campaign_table_builder_add_column(builder, "date", CAMPAIGN_TYPE_DATE, NULL, error);
    if (status == CAMPAIGN_OK)
        status = campaign_table_builder_add_column(builder, "amount", type, type == CAMPAIGN_TYPE_MONEY ? "CNY" : NULL,
                                                   error);
    for (int32_t day = 0; day < n_days && status == CAMPAIGN_OK; day += step) {
        status = campaign_table_builder_append_int64(builder, 0, 19500 + day, error);
        if (status != CAMPAIGN_OK) break;
        if (day == 7)
            status = campaign_table_builder_append_null(builder, 1, error);
        else if (type == CAMPAIGN_TYPE_MONEY)
            status = campaign_table_builder_append_int64(builder, 1, day == 91 ? -5 : day == 70 ? 999999 : 1000, error);
        else
            status = campaign_table_builder_append_float64(builder, 1, 10.5 + day % 7, error);
    }
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(sales, builder, error);
    campaign_table_builder_free(builder);
    return status;
}

static campaign_status weigh(const campaign_table *profile, campaign_error *error)
{
    campaign_table *days = NULL;
    const campaign_status status = campaign_forecast_day_weights(&days, profile, NULL, 20700, 20760, error);
    expect_empty(status, days, "days");
    campaign_table_free(days);
    return status;
}

static campaign_status run(int32_t type, int32_t n_days, const campaign_seasonality_options *options,
                           campaign_error *error)
{
    campaign_table *sales = NULL, *profile = NULL;
    campaign_seasonality_report report = CAMPAIGN_SEASONALITY_REPORT_INIT;
    campaign_status status = make_sales(&sales, type, n_days, error);
    if (status == CAMPAIGN_OK) {
        status = campaign_forecast_seasonality(&profile, &report, sales, NULL, options, NULL, error);
        expect_empty(status, profile, "profile");
        expect_empty(status, report.seasons, "report.seasons");
        expect_empty(status, report.treated, "report.treated");
        expect_empty(status, report.notes, "report.notes");
        expect_empty(status, report.skipped, "report.skipped");
    }
    if (status == CAMPAIGN_OK) status = weigh(profile, error);
    campaign_table_free(profile);
    campaign_table_free(sales);
    campaign_seasonality_report_clear(&report);
    return status;
}

static campaign_status season_of_money(campaign_error *error)
{
    campaign_seasonality_options options = CAMPAIGN_SEASONALITY_OPTIONS_INIT;
    options.nulls = CAMPAIGN_FORECAST_NULLS_SKIP;
    return run(CAMPAIGN_TYPE_MONEY, 100, &options, error);
}

static campaign_status season_of_floats_with_windows(campaign_error *error)
{
    campaign_season_window window = CAMPAIGN_SEASON_WINDOW_INIT;
    window.node = "d1111";
    window.first = -3;
    campaign_seasonality_options options = CAMPAIGN_SEASONALITY_OPTIONS_INIT;
    options.nulls = CAMPAIGN_FORECAST_NULLS_SKIP;
    options.windows = &window;
    options.n_windows = 1;
    options.language = "zh";
    return run(CAMPAIGN_TYPE_FLOAT64, 366, &options, error);
}

static campaign_status season_of_months(campaign_error *error)
{
    return run(CAMPAIGN_TYPE_MONEY, 1001, NULL, error);
}

const oom_scenario oom_scenarios[] = {
    { "season of money", season_of_money },
    { "season of floats with windows", season_of_floats_with_windows },
    { "season of months", season_of_months },
    { NULL, NULL },
};
