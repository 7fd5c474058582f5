/* The RFM call: options, orders, scores, segments, then the tables; and the report's life. */
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"
#include "tier/tier.h"

static campaign_status check_arguments(campaign_table **tiers, const campaign_rfm_report *report,
                                       const campaign_table *orders, const campaign_runtime *runtime,
                                       campaign_error *error)
{
    if (!tiers || !orders) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "orders", "tiers and orders are required");
    const campaign_status status = cpn_check_report(report, sizeof *report, "CAMPAIGN_RFM_REPORT_INIT", error);
    return status == CAMPAIGN_OK ? cpn_check_runtime(runtime, error) : status;
}

static campaign_status compute(cpn_rfm *rfm, const campaign_table *orders, const campaign_runtime *runtime,
                               campaign_error *error)
{
    campaign_status status = cpn_history_read(&rfm->history, orders, &rfm->knobs, runtime, error);
    if (status == CAMPAIGN_OK)
        status = cpn_segments_read(&rfm->segments, &rfm->knobs, rfm->history.amount.exponent, error);
    if (status == CAMPAIGN_OK) status = cpn_rule_grid_build(&rfm->grid, &rfm->segments, &rfm->knobs, error);
    if (status == CAMPAIGN_OK) status = cpn_scores_build(rfm->scores, &rfm->history, &rfm->knobs, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    rfm->tiers = cpn_alloc(rfm->history.n_customers, sizeof *rfm->tiers);
    rfm->cells = cpn_alloc(rfm->history.n_customers, sizeof *rfm->cells);
    if (!rfm->tiers || !rfm->cells) return cpn_fail_nomem(error);
    return cpn_rfm_match(rfm, runtime, error);
}

static campaign_status write_report(campaign_rfm_report *report, cpn_rfm *rfm, const campaign_table *orders,
                                    campaign_error *error)
{
    cpn_history *history = &rfm->history;
    campaign_status status = cpn_rfm_write_bins(&report->bins, rfm, error);
    if (status == CAMPAIGN_OK) status = cpn_rfm_write_segments(&report->segments, rfm, error);
    if (status == CAMPAIGN_OK) status = cpn_rfm_write_notes(&report->notes, rfm, error);
    if (status == CAMPAIGN_OK) status = cpn_history_list_skipped(history, orders, &rfm->knobs, error);
    if (status != CAMPAIGN_OK) return status;
    report->skipped = history->skipped;
    report->skipped_counts = history->skipped_counts;
    history->skipped = history->skipped_counts = NULL;
    report->as_of = history->as_of;
    report->has_as_of = history->has_as_of;
    report->n_rows = history->n_rows;
    report->n_used = history->n_used;
    report->n_after_as_of = history->n_after_as_of;
    report->n_skipped = history->n_skipped;
    report->n_returns = history->n_returns;
    report->n_customers = history->n_customers;
    report->n_without_purchase = history->n_without_purchase;
    return CAMPAIGN_OK;
}

static void free_rfm(cpn_rfm *rfm)
{
    cpn_history_free(&rfm->history);
    cpn_scores_free(rfm->scores);
    cpn_segments_free(&rfm->segments);
    cpn_rule_grid_free(&rfm->grid);
    cpn_free(rfm->tiers);
    cpn_free(rfm->cells);
    cpn_free(rfm);
}

campaign_status campaign_tier_rfm(campaign_table **tiers, campaign_rfm_report *report, const campaign_table *orders,
                                  const campaign_rfm_options *options, const campaign_runtime *runtime,
                                  campaign_error *error)
{
    if (tiers) *tiers = NULL;
    campaign_status status = check_arguments(tiers, report, orders, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    campaign_rfm_report found = CAMPAIGN_RFM_REPORT_INIT;
    if (report) *report = found;
    cpn_rfm *rfm = cpn_alloc_zero(1, sizeof *rfm);
    if (!rfm) return cpn_fail_nomem(error);
    status = cpn_rfm_take_knobs(&rfm->knobs, options, error);
    if (status == CAMPAIGN_OK) status = compute(rfm, orders, runtime, error);
    if (status == CAMPAIGN_OK && report) status = write_report(&found, rfm, orders, error);
    if (status == CAMPAIGN_OK) status = cpn_rfm_write_tiers(tiers, rfm, runtime, error);
    free_rfm(rfm);
    if (status != CAMPAIGN_OK)
        campaign_rfm_report_clear(&found);
    else if (report)
        *report = found;
    return status;
}

void campaign_rfm_report_clear(campaign_rfm_report *report)
{
    if (!report) return;
    campaign_table_free(report->bins);
    campaign_table_free(report->segments);
    campaign_table_free(report->skipped);
    campaign_table_free(report->skipped_counts);
    campaign_table_free(report->notes);
    const campaign_rfm_report empty = CAMPAIGN_RFM_REPORT_INIT;
    *report = empty;
}
