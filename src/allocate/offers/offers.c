/* The call campaign_allocate_offers: arguments, reading, solving, tables; and the report's life. */
#include "allocate/offers/parts.h"
#include "allocate/offers/solver.h"

#include "base/memory.h"

static campaign_status check_arguments(campaign_table **choices, const campaign_allocate_offers_report *report,
                                       const campaign_allocate_offers_inputs *inputs, const campaign_runtime *runtime,
                                       campaign_error *error)
{
    if (!choices || !inputs) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs", "choices and inputs are required");
    campaign_status status = cpn_check_knobs(inputs, sizeof *inputs, sizeof *inputs, "inputs", error);
    if (status != CAMPAIGN_OK) return status;
    if (inputs->reserved != 0 || inputs->reserved_pointer)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs.reserved", "reserved is not 0");
    status = cpn_check_runtime(runtime, error);
    if (status != CAMPAIGN_OK) return status;
    return cpn_check_report(report, sizeof *report, "CAMPAIGN_ALLOCATE_OFFERS_REPORT_INIT", error);
}

/* One offer for each, and no limit beside: the passes may work on whole columns. */
static bool is_simple(const cpn_offers_problem *problem)
{
    const int32_t *mosts = cpn_offers_mosts(problem);
    if (problem->n_nodes > 1) return false;
    if (!mosts) return problem->knobs.given.most == 1;
    for (int64_t c = 0; c < problem->n_customers; c++)
        if (mosts[c] != 1) return false;
    return true;
}

static campaign_status read_pairs(cpn_offers_problem *problem, campaign_error *error)
{
    if (problem->source) return cpn_offers_survey(problem, error);
    return problem->is_dense ? cpn_offers_read_dense(problem, error) : cpn_offers_read_pairs(problem, error);
}

campaign_status cpn_offers_read(cpn_offers_problem *problem, campaign_error *error)
{
    campaign_status status = cpn_offers_read_offers(problem, error);
    if (status == CAMPAIGN_OK) status = cpn_offers_read_rows(problem, error);
    if (status == CAMPAIGN_OK) status = cpn_offers_read_limits(problem, problem->inputs->limits, error);
    if (status == CAMPAIGN_OK) status = read_pairs(problem, error);
    if (status == CAMPAIGN_OK) status = cpn_offers_make_uses(problem, error);
    if (status == CAMPAIGN_OK) status = cpn_offers_settle_costs(problem, error);
    if (status == CAMPAIGN_OK) problem->is_simple = is_simple(problem);
    return status;
}

void cpn_offers_problem_free(cpn_offers_problem *problem)
{
    cpn_offers_names_free(&problem->offer_names);
    for (int32_t c = 1; c < problem->n_costs; c++) cpn_free(problem->costs[c].name);
    for (int32_t a = 0; a < problem->n_attributes; a++) {
        cpn_offers_names_free(&problem->attributes[a].named);
        cpn_free(problem->attributes[a].offer_keys);
    }
    cpn_free(problem->offer_rows);
    cpn_free(problem->rows);
    cpn_free(problem->use_starts);
    cpn_free(problem->uses);
    cpn_free(problem->nodes);
    cpn_free(problem->leaves);
    cpn_free(problem->customer_rows);
    cpn_free(problem->groups);
    cpn_free(problem->mosts);
    cpn_free(problem->value_columns);
    cpn_free(problem->cost_columns);
    cpn_free(problem->constants);
    cpn_offers_set_free(&problem->set);
    *problem = (cpn_offers_problem){ 0 };
}

/* Reads, solves and writes; *found is filled or empty. */
static campaign_status give_offers(campaign_table **choices, campaign_allocate_offers_report *found,
                                   cpn_offers_problem *problem, campaign_error *error)
{
    cpn_offers_answer answer = { 0 };
    campaign_status status = cpn_offers_read(problem, error);
    if (status == CAMPAIGN_OK) status = cpn_offers_solve(&answer, problem, error);
    if (status == CAMPAIGN_OK) status = cpn_offers_write(choices, &answer, problem, error);
    if (status == CAMPAIGN_OK) status = cpn_offers_report(found, &answer, problem, error);
    cpn_offers_answer_free(&answer);
    if (status == CAMPAIGN_OK) return status;
    campaign_allocate_offers_report_clear(found);
    campaign_table_free(*choices);
    *choices = NULL;
    return status;
}

campaign_status campaign_allocate_offers(campaign_table **choices, campaign_allocate_offers_report *report,
                                         const campaign_allocate_offers_inputs *inputs,
                                         const campaign_allocate_offers_options *options,
                                         const campaign_runtime *runtime, campaign_error *error)
{
    if (choices) *choices = NULL;
    campaign_status status = check_arguments(choices, report, inputs, runtime, error);
    if (status == CAMPAIGN_OK && !inputs->pairs)
        status = cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs.pairs", "the table pairs is required");
    if (status != CAMPAIGN_OK) return status;
    campaign_allocate_offers_report found = CAMPAIGN_ALLOCATE_OFFERS_REPORT_INIT;
    if (report) *report = found;
    cpn_offers_problem problem = { .runtime = runtime, .inputs = inputs };
    status = cpn_offers_take_knobs(&problem.knobs, options, error);
    if (status == CAMPAIGN_OK) status = give_offers(choices, &found, &problem, error);
    cpn_offers_problem_free(&problem);
    if (status == CAMPAIGN_OK && report)
        *report = found;
    else
        campaign_allocate_offers_report_clear(&found);
    return status;
}

campaign_status campaign_allocate_offers_stream(campaign_table **choices, campaign_allocate_offers_report *report,
                                                const campaign_allocate_offers_inputs *inputs,
                                                const campaign_offer_stream *stream,
                                                const campaign_allocate_offers_options *options,
                                                const campaign_runtime *runtime, campaign_error *error)
{
    if (choices) *choices = NULL;
    campaign_status status = check_arguments(choices, report, inputs, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    campaign_allocate_offers_report found = CAMPAIGN_ALLOCATE_OFFERS_REPORT_INIT;
    if (report) *report = found;
    cpn_offers_problem problem = { .runtime = runtime, .inputs = inputs };
    cpn_offers_source source = { 0 };
    status = cpn_offers_take_knobs(&problem.knobs, options, error);
    if (status == CAMPAIGN_OK) status = cpn_offers_source_open(&source, &problem, stream, error);
    if (status == CAMPAIGN_OK) status = give_offers(choices, &found, &problem, error);
    cpn_offers_problem_free(&problem);
    cpn_offers_source_close(&source);
    if (status == CAMPAIGN_OK && report)
        *report = found;
    else
        campaign_allocate_offers_report_clear(&found);
    return status;
}

void campaign_allocate_offers_report_clear(campaign_allocate_offers_report *report)
{
    if (!report) return;
    campaign_table_free(report->summary);
    campaign_table_free(report->rows);
    campaign_table_free(report->offers);
    campaign_table_free(report->notes);
    const campaign_allocate_offers_report empty = CAMPAIGN_ALLOCATE_OFFERS_REPORT_INIT;
    *report = empty;
}
