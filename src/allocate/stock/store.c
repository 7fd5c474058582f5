/* The call campaign_allocate_stock: arguments, reading, dividing, tables; and the report's life. */
#include "allocate/stock/store.h"

#include "base/memory.h"
#include "base/parallel.h"

static const int64_t usual_state_limit = 33554432;

static campaign_status check_arguments(campaign_table **allocation, const campaign_allocate_stock_report *report,
                                       const campaign_allocate_stock_inputs *inputs, const campaign_runtime *runtime,
                                       campaign_error *error)
{
    if (!allocation || !inputs)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs", "allocation and inputs are required");
    campaign_status status = cpn_check_knobs(inputs, sizeof *inputs, sizeof *inputs, "inputs", error);
    if (status != CAMPAIGN_OK) return status;
    if (!inputs->demand || !inputs->pool)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, inputs->demand ? "inputs.pool" : "inputs.demand",
                        "the tables demand and pool are required");
    if (inputs->reserved != 0 || inputs->reserved_pointer)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs.reserved", "reserved is not 0");
    status = cpn_check_runtime(runtime, error);
    if (status != CAMPAIGN_OK) return status;
    return cpn_check_report(report, sizeof *report, "CAMPAIGN_ALLOCATE_STOCK_REPORT_INIT", error);
}

static campaign_status take_knobs(cpn_shelf_problem *problem, const campaign_allocate_stock_options *options,
                                  campaign_error *error)
{
    campaign_allocate_stock_options *given = &problem->knobs;
    campaign_status status = cpn_check_knobs(options, sizeof *given, sizeof *given, "options", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_take_knobs(given, sizeof *given, options);
    if (given->objective < CAMPAIGN_ALLOCATE_STOCK_MARGIN || given->objective > CAMPAIGN_ALLOCATE_STOCK_FILL)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.objective", "%ld is not one of 0 to 1",
                        (long)given->objective);
    if (given->reserve_ppm < 0 || given->reserve_ppm > 1000000)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.reserve_ppm", "%ld is not one of 0 to 1000000",
                        (long)given->reserve_ppm);
    if (given->state_limit < 0)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.state_limit", "%lld is negative",
                        (long long)given->state_limit);
    if (given->reserved) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.reserved", "reserved is not NULL");
    if (given->state_limit == 0) given->state_limit = usual_state_limit;
    return cpn_take_language(&problem->is_chinese, given->language, "options.language", error);
}

void cpn_shelf_free(cpn_shelf_problem *problem)
{
    cpn_keys_free(&problem->skus.keys);
    cpn_keys_free(&problem->stores.keys);
    cpn_free(problem->rows);
    cpn_free(problem->points);
    cpn_free(problem->pools);
    cpn_free(problem->answers);
    *problem = (cpn_shelf_problem){ 0 };
}

static campaign_status compute(campaign_table **allocation, campaign_allocate_stock_report *report,
                               cpn_shelf_problem *problem, const campaign_allocate_stock_inputs *inputs,
                               const campaign_runtime *runtime, campaign_error *error)
{
    campaign_status status = cpn_shelf_read_rows(problem, inputs->demand, false, runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_shelf_read_points(problem, inputs->points, false, error);
    if (status == CAMPAIGN_OK) status = cpn_shelf_read_pools(problem, inputs->pool, runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_shelf_divide(problem, runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_shelf_report(report, problem, error);
    if (status == CAMPAIGN_OK) status = cpn_shelf_write(allocation, problem, error);
    return status;
}

campaign_status campaign_allocate_stock(campaign_table **allocation, campaign_allocate_stock_report *report,
                                        const campaign_allocate_stock_inputs *inputs,
                                        const campaign_allocate_stock_options *options, const campaign_runtime *runtime,
                                        campaign_error *error)
{
    if (allocation) *allocation = NULL;
    campaign_status status = check_arguments(allocation, report, inputs, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    campaign_allocate_stock_report found = CAMPAIGN_ALLOCATE_STOCK_REPORT_INIT;
    if (report) *report = found;
    cpn_shelf_problem problem = { 0 };
    status = take_knobs(&problem, options, error);
    if (status == CAMPAIGN_OK) status = compute(allocation, &found, &problem, inputs, runtime, error);
    cpn_shelf_free(&problem);
    if (status == CAMPAIGN_OK && report)
        *report = found;
    else
        campaign_allocate_stock_report_clear(&found);
    return status;
}

void campaign_allocate_stock_report_clear(campaign_allocate_stock_report *report)
{
    if (!report) return;
    campaign_table_free(report->summary);
    campaign_table_free(report->pools);
    campaign_table_free(report->notes);
    const campaign_allocate_stock_report empty = CAMPAIGN_ALLOCATE_STOCK_REPORT_INIT;
    *report = empty;
}
