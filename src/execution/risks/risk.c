/* The call campaign_plan_risks: arguments, playbook, state, findings, tables; and the report's life. */
#include "execution/risks/risk.h"

#include "base/parallel.h"

static campaign_status check_arguments(campaign_table **risks, const campaign_risks_report *report,
                                       const campaign_risks_inputs *inputs, const campaign_risks_options *options,
                                       const campaign_runtime *runtime, campaign_error *error)
{
    if (!risks || !inputs || !options)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs", "risks, inputs and options are required");
    campaign_status status = cpn_check_knobs(inputs, sizeof *inputs, sizeof *inputs, "inputs", error);
    if (status == CAMPAIGN_OK) status = cpn_check_knobs(options, sizeof *options, sizeof *options, "options", error);
    if (status != CAMPAIGN_OK) return status;
    if (inputs->reserved != 0 || inputs->reserved_pointer || options->reserved != 0)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs.reserved", "reserved is not 0");
    if (!options->as_of)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.as_of", "as_of is required: 2027-06-18T10:30");
    if (options->playbook && options->playbook_length < 0)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.playbook_length", "playbook_length is negative");
    status = cpn_check_runtime(runtime, error);
    if (status != CAMPAIGN_OK) return status;
    return cpn_check_report(report, sizeof *report, "CAMPAIGN_RISKS_REPORT_INIT", error);
}

/* Everything that one call holds. */
typedef struct job {
    cpn_playbook playbook;
    cpn_risk_book book;
    cpn_risk_findings findings;
} job;

static campaign_status compute(job *work, const campaign_plan *plan, const campaign_risks_inputs *inputs,
                               const campaign_risks_options *options, const campaign_runtime *runtime,
                               campaign_error *error)
{
    campaign_status status =
        cpn_take_language(&work->playbook.is_chinese, options->language, "options.language", error);
    if (status == CAMPAIGN_OK) status = cpn_risk_read_moment(&work->book.as_of, options->as_of, "options.as_of", error);
    if (status == CAMPAIGN_OK)
        status = cpn_playbook_read(&work->playbook, options->playbook, options->playbook_length, error);
    if (status == CAMPAIGN_OK) status = cpn_risk_book_open(&work->book, &work->playbook, plan, inputs, error);
    return status == CAMPAIGN_OK ? cpn_risk_find(&work->findings, &work->playbook, &work->book, runtime, error)
                                 : status;
}

campaign_status campaign_plan_risks(campaign_table **risks, campaign_risks_report *report, const campaign_plan *plan,
                                    const campaign_risks_inputs *inputs, const campaign_risks_options *options,
                                    const campaign_runtime *runtime, campaign_error *error)
{
    if (risks) *risks = NULL;
    campaign_status status = check_arguments(risks, report, inputs, options, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    campaign_risks_report told = CAMPAIGN_RISKS_REPORT_INIT;
    if (report) *report = told;
    job work = { .book = { .as_of = 0 } };
    status = compute(&work, plan, inputs, options, runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_risk_write_report(&told, &work.findings, &work.playbook, &work.book, error);
    if (status == CAMPAIGN_OK) status = cpn_risk_write(risks, &work.findings, &work.playbook, &work.book, error);
    cpn_risk_findings_free(&work.findings);
    cpn_risk_book_close(&work.book);
    cpn_playbook_free(&work.playbook);
    if (status == CAMPAIGN_OK && report)
        *report = told;
    else
        campaign_risks_report_clear(&told);
    return status;
}

void campaign_risks_report_clear(campaign_risks_report *report)
{
    if (!report) return;
    campaign_table_free(report->unjudged);
    campaign_table_free(report->notes);
    const campaign_risks_report empty = CAMPAIGN_RISKS_REPORT_INIT;
    *report = empty;
}
