/* Response curves under failing allocations: two items by date with money and weights, every curve tried; one curve with a
 * limit and no periods; a history that tells nothing. */
#include "oom.h"

#include <campaign/forecast_response.h>

enum { N_WEEKS = 14 };
static const int32_t spends[N_WEEKS] = { 30, 40, 10, 80, 100, 20, 10, 10, 0, 80, 120, 40, 0, 30 };
static const int32_t results[N_WEEKS] = { 334, 422, 331, 552, 615, 481, 382, 307, 198, 514, 633, 559, 378, 406 };

static campaign_status append_row(campaign_table_builder *builder, int32_t row, bool has_items, campaign_error *error)
{
    const int32_t week = row % N_WEEKS;
    campaign_status status = campaign_table_builder_append_int64(builder, 0, spends[week] * 100, error);
    if (status == CAMPAIGN_OK)
        status = campaign_table_builder_append_float64(builder, 1, results[week] * (1 + row / N_WEEKS), error);
    if (status != CAMPAIGN_OK || !has_items) return status;
    status = campaign_table_builder_append_text(builder, 2, row < N_WEEKS ? "fair" : "live", 4, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_append_int64(builder, 3, 20000 + 7 * week, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_append_float64(builder, 4, week == 5 ? 0 : 1, error);
    return status;
}

static campaign_status make_history(campaign_table **history, int32_t n_rows, bool has_items, campaign_error *error)
{
    static const char *const names[] = { "spend", "result", "item", "period", "weight" };
    static const int32_t types[] = { CAMPAIGN_TYPE_MONEY, CAMPAIGN_TYPE_FLOAT64, CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_DATE,
                                     CAMPAIGN_TYPE_FLOAT64 };
    campaign_table_builder *builder = NULL;
    campaign_status status = campaign_table_builder_create(&builder, error);
    for (int32_t i = 0; i < (has_items ? 5 : 2) && status == CAMPAIGN_OK; i++)
        status = campaign_table_builder_add_column(builder, names[i], types[i], i == 0 ? "CNY" : NULL, error);
    for (int32_t row = 0; row < n_rows && status == CAMPAIGN_OK; row++)
        status = append_row(builder, row, has_items, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(history, builder, error);
    campaign_table_builder_free(builder);
    return status;
}

static campaign_status run(int32_t n_rows, bool has_items, const campaign_response_options *options,
                           campaign_error *error)
{
    campaign_table *history = NULL, *curves = NULL;
    campaign_response_report report = CAMPAIGN_RESPONSE_REPORT_INIT;
    campaign_status status = make_history(&history, n_rows, has_items, error);
    if (status == CAMPAIGN_OK) {
        status = campaign_forecast_fit_response(&curves, &report, history, options, NULL, error);
        expect_empty(status, curves, "curves");
        expect_empty(status, report.fitted, "report.fitted");
        expect_empty(status, report.candidates, "report.candidates");
        expect_empty(status, report.lines, "report.lines");
        expect_empty(status, report.notes, "report.notes");
    }
    campaign_table_free(curves);
    campaign_table_free(history);
    campaign_response_report_clear(&report);
    return status;
}

static campaign_status response_of_two_channels(campaign_error *error)
{
    campaign_response_options options = CAMPAIGN_RESPONSE_OPTIONS_INIT;
    options.n_starts = 1;
    options.language = "zh";
    return run(2 * N_WEEKS, true, &options, error);
}

static campaign_status response_with_a_limit(campaign_error *error)
{
    campaign_response_limit limit = CAMPAIGN_RESPONSE_LIMIT_INIT;
    campaign_response_options options = CAMPAIGN_RESPONSE_OPTIONS_INIT;
    limit.parameter = "intercept";
    limit.has_low = 1;
    options.curve = "hill";
    options.limits = &limit;
    options.n_limits = 1;
    options.n_starts = 2;
    return run(N_WEEKS, false, &options, error);
}

static campaign_status response_of_too_little(campaign_error *error)
{
    return run(3, false, NULL, error);
}

const oom_scenario oom_scenarios[] = {
    { "response of two channels", response_of_two_channels },
    { "response with a limit", response_with_a_limit },
    { "response of too little", response_of_too_little },
    { NULL, NULL },
};
