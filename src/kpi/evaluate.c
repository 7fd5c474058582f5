/* Judges a plan: reads the book and the facts, compares them, writes the tables. */
#include <string.h>

#include "base/parallel.h"
#include "kpi/kpi.h"

static campaign_status check_arguments(const campaign_kpi_evaluation *out, const campaign_kpi_plan *plan,
                                       const campaign_kpi_actuals *actuals, campaign_error *error)
{
    if (!out || !plan || !actuals)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "out", "out, plan and actuals are required");
    if (out->size < sizeof *out)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "out.size", "size is %u, at least %u is expected",
                        (unsigned)out->size, (unsigned)sizeof *out);
    campaign_status status = cpn_check_knobs(plan, sizeof *plan, sizeof *plan, "plan", error);
    if (status == CAMPAIGN_OK) status = cpn_check_knobs(actuals, sizeof *actuals, sizeof *actuals, "actuals", error);
    if (status != CAMPAIGN_OK) return status;
    if (plan->reserved || actuals->reserved || actuals->reserved_pointer)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "reserved", "reserved fields of plan and actuals must be 0");
    if (!plan->targets) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "plan.targets", "targets are required");
    if (!actuals->orders && !actuals->daily && !actuals->spend)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "actuals", "orders, daily or spend is required");
    return CAMPAIGN_OK;
}

static campaign_status write_tables(campaign_kpi_evaluation *out, const cpn_kpi_book *book, const cpn_kpi_facts *facts,
                                    const cpn_kpi_settings *settings, campaign_error *error)
{
    cpn_kpi_metrics metrics = { 0 };
    cpn_kpi_cases cases = { 0 };
    campaign_status status = cpn_kpi_cases_collect(&cases, book, facts, error);
    if (status == CAMPAIGN_OK) status = cpn_kpi_metrics_compute(&metrics, &cases, book, facts, error);
    if (status == CAMPAIGN_OK) status = cpn_kpi_attainment_table(&out->attainment, &cases, book, settings, error);
    if (status == CAMPAIGN_OK) status = cpn_kpi_pace_table(&out->pace, &cases, book, facts, settings, error);
    if (status == CAMPAIGN_OK) status = cpn_kpi_metrics_table(&out->metrics, &metrics, settings, error);
    if (status == CAMPAIGN_OK) status = cpn_kpi_alerts_table(&out->alerts, &cases, &metrics, book, settings, error);
    if (status == CAMPAIGN_OK) status = cpn_kpi_notes_table(&out->notes, facts, book, settings, error);
    if (status == CAMPAIGN_OK) status = cpn_kpi_skipped_table(&out->skipped, facts, error);
    cpn_kpi_metrics_free(&metrics);
    cpn_kpi_cases_free(&cases);
    return status;
}

static void zero(campaign_kpi_evaluation *evaluation)
{
    const uint32_t size = evaluation->size;
    memset(evaluation, 0, sizeof *evaluation);
    evaluation->size = size;
}

campaign_status campaign_kpi_evaluate(campaign_kpi_evaluation *out, const campaign_kpi_plan *plan,
                                      const campaign_kpi_actuals *actuals, const campaign_kpi_options *options,
                                      const campaign_runtime *runtime, campaign_error *error)
{
    enum { STAGES = 3 };
    if (out && out->size >= sizeof *out) zero(out);
    campaign_status status = check_arguments(out, plan, actuals, error);
    if (status != CAMPAIGN_OK) return status;
    cpn_kpi_settings settings;
    cpn_kpi_book book = { 0 };
    cpn_kpi_facts facts = { 0 };
    status = cpn_check_runtime(runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_kpi_settings_read(&settings, options, error);
    if (status == CAMPAIGN_OK) status = cpn_report_progress(runtime, "evaluate", 0, STAGES, error);
    if (status == CAMPAIGN_OK) status = cpn_kpi_book_read(&book, plan, runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_report_progress(runtime, "evaluate", 1, STAGES, error);
    if (status == CAMPAIGN_OK) status = cpn_kpi_facts_read(&facts, &book, actuals, &settings, runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_report_progress(runtime, "evaluate", 2, STAGES, error);
    if (status == CAMPAIGN_OK) status = write_tables(out, &book, &facts, &settings, error);
    if (status == CAMPAIGN_OK) status = cpn_report_progress(runtime, "evaluate", STAGES, STAGES, error);
    out->as_of_day = facts.as_of;
    cpn_kpi_facts_free(&facts);
    cpn_kpi_book_free(&book);
    if (status != CAMPAIGN_OK) campaign_kpi_evaluation_clear(out);
    return status;
}

void campaign_kpi_evaluation_clear(campaign_kpi_evaluation *evaluation)
{
    if (!evaluation) return;
    campaign_table_free(evaluation->attainment);
    campaign_table_free(evaluation->pace);
    campaign_table_free(evaluation->metrics);
    campaign_table_free(evaluation->alerts);
    campaign_table_free(evaluation->notes);
    campaign_table_free(evaluation->skipped);
    zero(evaluation);
}
