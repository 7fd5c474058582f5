/* The call that fits response curves: options, history, one fit a series, tables; and the report's life. */
#include <stdio.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "forecast/response_fit.h"

static campaign_status check_arguments(campaign_table **curves, const campaign_response_report *report,
                                       const campaign_table *history, const campaign_runtime *runtime,
                                       campaign_error *error)
{
    if (!curves || !history) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "history", "curves and history are required");
    const campaign_status status = cpn_check_report(report, sizeof *report, "CAMPAIGN_RESPONSE_REPORT_INIT", error);
    return status == CAMPAIGN_OK ? cpn_check_runtime(runtime, error) : status;
}

/* A limit is of a series that is there. */
static campaign_status check_items(const cpn_effect_history *history, const cpn_effect_knobs *knobs,
                                   campaign_error *error)
{
    for (int32_t i = 0; i < knobs->given.n_limits; i++) {
        const char *item = knobs->given.limits[i].item;
        bool is_known = !item || !item[0];
        for (int64_t s = 0; s < history->n_series && !is_known; s++)
            is_known = cpn_effect_is_item(history, history->series[s].item, item);
        if (is_known) continue;
        char where[48];
        (void)snprintf(where, sizeof where, "options.limits[%ld].item", (long)i);
        return cpn_fail(error, CAMPAIGN_E_UNKNOWN, where, "the history has no item \"%.60s\"", item);
    }
    return CAMPAIGN_OK;
}

static campaign_status fit_chunk(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    const cpn_effect_answer *answer = ctx;
    campaign_status status = CAMPAIGN_OK;
    (void)chunk;
    for (int64_t i = first; i < last && status == CAMPAIGN_OK; i++)
        status = cpn_effect_choose(&answer->choices[i], answer->history, i, answer->knobs);
    return status;
}

static campaign_status write_report(campaign_response_report *report, const cpn_effect_answer *answer,
                                    campaign_error *error)
{
    report->n_items = answer->history->n_series;
    for (int64_t i = 0; i < report->n_items; i++) report->n_identified += answer->choices[i].carried != NULL;
    campaign_status status = cpn_effect_write_fitted(&report->fitted, answer, error);
    if (status == CAMPAIGN_OK) status = cpn_effect_write_candidates(&report->candidates, answer, error);
    if (status == CAMPAIGN_OK) status = cpn_effect_write_lines(&report->lines, answer, error);
    if (status == CAMPAIGN_OK) status = cpn_effect_write_notes(&report->notes, answer, error);
    return status;
}

static campaign_status compute(campaign_table **curves, campaign_response_report *report, cpn_effect_answer *answer,
                               const campaign_runtime *runtime, campaign_error *error)
{
    const int64_t n = answer->history->n_series;
    answer->choices = cpn_alloc_zero(n, sizeof *answer->choices);
    if (!answer->choices) return cpn_fail_nomem(error);
    campaign_status status = cpn_parallel_for(n, 1, fit_chunk, answer, "fitting curves", runtime, error);
    if (status == CAMPAIGN_OK && report) status = write_report(report, answer, error);
    if (status == CAMPAIGN_OK) status = cpn_effect_write_curves(curves, answer, error);
    for (int64_t i = 0; i < n; i++) cpn_free(answer->choices[i].carried);
    cpn_free(answer->choices);
    return status;
}

campaign_status campaign_forecast_fit_response(campaign_table **curves, campaign_response_report *report,
                                               const campaign_table *history, const campaign_response_options *options,
                                               const campaign_runtime *runtime, campaign_error *error)
{
    if (curves) *curves = NULL;
    campaign_status status = check_arguments(curves, report, history, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    campaign_response_report filled = CAMPAIGN_RESPONSE_REPORT_INIT;
    if (report) *report = filled;
    cpn_effect_knobs knobs = { 0 };
    cpn_effect_history read = { 0 };
    cpn_effect_answer answer = { .history = &read, .knobs = &knobs };
    status = cpn_effect_take_knobs(&knobs, options, error);
    if (status == CAMPAIGN_OK) status = cpn_effect_read(&read, history, &knobs, runtime, error);
    if (status == CAMPAIGN_OK) status = check_items(&read, &knobs, error);
    if (status == CAMPAIGN_OK) status = compute(curves, report ? &filled : NULL, &answer, runtime, error);
    cpn_effect_free(&read);
    if (status == CAMPAIGN_OK && report)
        *report = filled;
    else
        campaign_response_report_clear(&filled);
    return status;
}

void campaign_response_report_clear(campaign_response_report *report)
{
    if (!report) return;
    campaign_table_free(report->fitted);
    campaign_table_free(report->candidates);
    campaign_table_free(report->lines);
    campaign_table_free(report->notes);
    const campaign_response_report empty = CAMPAIGN_RESPONSE_REPORT_INIT;
    *report = empty;
}
