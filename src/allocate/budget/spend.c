/* The call campaign_allocate_budget: arguments, reading, checking, solving, tables; and the report's life. */
#include "allocate/budget/spend.h"

#include "base/memory.h"
#include "base/parallel.h"

static campaign_status check_arguments(campaign_table **allocation, const campaign_allocate_budget_report *report,
                                       const campaign_allocate_budget_inputs *inputs, const campaign_runtime *runtime,
                                       campaign_error *error)
{
    if (!allocation || !inputs)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs", "allocation and inputs are required");
    campaign_status status = cpn_check_knobs(inputs, sizeof *inputs, sizeof *inputs, "inputs", error);
    if (status != CAMPAIGN_OK) return status;
    if (!inputs->items) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs.items", "the table items is required");
    if (inputs->reserved != 0 || inputs->reserved_pointer)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs.reserved", "reserved is not 0");
    status = cpn_check_runtime(runtime, error);
    if (status != CAMPAIGN_OK) return status;
    return cpn_check_report(report, sizeof *report, "CAMPAIGN_ALLOCATE_BUDGET_REPORT_INIT", error);
}

campaign_status cpn_spend_read(cpn_spend_book *book, const campaign_allocate_budget_inputs *inputs,
                               const campaign_runtime *runtime, campaign_error *error)
{
    campaign_status status = cpn_spend_read_groups(book, inputs, runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_spend_read_items(book, inputs->items, runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_spend_read_curves(book, inputs, error);
    if (status == CAMPAIGN_OK) status = cpn_spend_read_limits(book, inputs->groups, error);
    if (status == CAMPAIGN_OK) status = cpn_spend_check_rules(book, error);
    return status;
}

void cpn_spend_free(cpn_spend_book *book)
{
    cpn_keys_free(&book->item_keys.keys);
    cpn_keys_free(&book->group_keys.keys);
    cpn_free(book->items);
    cpn_free(book->groups);
    cpn_free(book->order);
    cpn_free(book->limits);
    cpn_free(book->curves);
    cpn_free(book->point_spends);
    cpn_free(book->point_responses);
    cpn_free(book->first_points);
    *book = (cpn_spend_book){ 0 };
}

static campaign_status compute(campaign_table **allocation, campaign_allocate_budget_report *report,
                               cpn_spend_book *book, const campaign_runtime *runtime, campaign_error *error)
{
    cpn_spend_result result = { 0 };
    campaign_status status = cpn_spend_run(&result, book, runtime, error);
    if (status == CAMPAIGN_OK && report) status = cpn_spend_report(report, book, &result, error);
    if (status == CAMPAIGN_OK) status = cpn_spend_write(allocation, book, &result, error);
    cpn_spend_result_free(&result);
    return status;
}

campaign_status campaign_allocate_budget(campaign_table **allocation, campaign_allocate_budget_report *report,
                                         const campaign_allocate_budget_inputs *inputs,
                                         const campaign_allocate_budget_options *options,
                                         const campaign_runtime *runtime, campaign_error *error)
{
    if (allocation) *allocation = NULL;
    campaign_status status = check_arguments(allocation, report, inputs, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    campaign_allocate_budget_report found = CAMPAIGN_ALLOCATE_BUDGET_REPORT_INIT;
    if (report) *report = found;
    cpn_spend_book book = { 0 };
    status = cpn_spend_take_knobs(&book.knobs, &book.terms, options, error);
    if (status == CAMPAIGN_OK) status = cpn_spend_read(&book, inputs, runtime, error);
    if (status == CAMPAIGN_OK) status = compute(allocation, report ? &found : NULL, &book, runtime, error);
    cpn_spend_free(&book);
    if (status == CAMPAIGN_OK && report)
        *report = found;
    else
        campaign_allocate_budget_report_clear(&found);
    return status;
}

void campaign_allocate_budget_report_clear(campaign_allocate_budget_report *report)
{
    if (!report) return;
    campaign_table_free(report->summary);
    campaign_table_free(report->limits);
    campaign_table_free(report->groups);
    campaign_table_free(report->notes);
    const campaign_allocate_budget_report empty = CAMPAIGN_ALLOCATE_BUDGET_REPORT_INIT;
    *report = empty;
}
