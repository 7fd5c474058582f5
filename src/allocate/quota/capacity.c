/* The call campaign_allocate_capacity_quota: what reps can sell becomes the weights of a split, and the report's life. */
#include "allocate/quota/capacity.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/parallel.h"

enum { USUAL_MONTHS = 12, USUAL_FLAG_PPM = 200000, MOST_FLAG_PPM = 10000000 };

/* ---- Arguments --------------------------------------------------------------------------------------------------- */

static campaign_status check_arguments(campaign_table **quotas, const campaign_allocate_capacity_quota_report *report,
                                       const campaign_allocate_capacity_quota_inputs *inputs,
                                       const campaign_runtime *runtime, campaign_error *error)
{
    if (!quotas || !inputs) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs", "quotas and inputs are required");
    campaign_status status = cpn_check_knobs(inputs, sizeof *inputs, sizeof *inputs, "inputs", error);
    if (status != CAMPAIGN_OK) return status;
    if (!inputs->reps) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs.reps", "the table reps is required");
    if (inputs->reserved != 0 || inputs->reserved_pointer)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs.reserved", "reserved is not 0");
    status = cpn_check_runtime(runtime, error);
    if (status != CAMPAIGN_OK) return status;
    return cpn_check_report(report, sizeof *report, "CAMPAIGN_ALLOCATE_CAPACITY_QUOTA_REPORT_INIT", error);
}

static campaign_status check_number(int64_t value, int64_t most, const char *where, campaign_error *error)
{
    if (value >= 0 && value <= most) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_ARGUMENT, where, "%lld is not one of 0 to %lld", (long long)value,
                    (long long)most);
}

static campaign_status take_knobs(cpn_capacity_problem *problem,
                                  const campaign_allocate_capacity_quota_options *options, campaign_error *error)
{
    campaign_allocate_capacity_quota_options *given = &problem->given;
    campaign_status status = cpn_check_knobs(options, sizeof *given, sizeof *given, "options", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_take_knobs(given, sizeof *given, options);
    status = check_number(given->method, CAMPAIGN_QUOTA_DEAN, "options.method", error);
    if (status == CAMPAIGN_OK)
        status = check_number(given->n_months, CAMPAIGN_QUOTA_MONTHS_MAX, "options.n_months", error);
    if (status == CAMPAIGN_OK) status = check_number(given->flag_ppm, MOST_FLAG_PPM, "options.flag_ppm", error);
    if (status == CAMPAIGN_OK)
        status = check_number(given->total_minor, CAMPAIGN_QUOTA_MAX, "options.total_minor", error);
    if (status == CAMPAIGN_OK)
        status = cpn_take_language(&problem->is_chinese, given->language, "options.language", error);
    if (status != CAMPAIGN_OK) return status;
    if (given->n_months == 0) given->n_months = USUAL_MONTHS;
    if (!given->has_flag) given->flag_ppm = USUAL_FLAG_PPM;
    return CAMPAIGN_OK;
}

/* ---- The split --------------------------------------------------------------------------------------------------- */

enum { REP, WEIGHT, MINIMUM, MAXIMUM, LOCKED, N_COLUMNS };

/* Reps as the cells of a quota: the same rows, capacity as weight. */
static campaign_status make_cells(campaign_table **cells, const cpn_capacity_problem *problem,
                                  const campaign_table *reps, campaign_error *error)
{
    cpn_column_schema schema[N_COLUMNS] = {
        { problem->rep_column.name, problem->rep_column.type, "Rep.", "业务员。" },
        { "weight", CAMPAIGN_TYPE_MONEY, "Capacity.", "产能。" },
        { "minimum", CAMPAIGN_TYPE_MONEY, "Least quota.", "配额下限。" },
        { "maximum", CAMPAIGN_TYPE_MONEY, "Largest quota.", "配额上限。" },
        { "locked", CAMPAIGN_TYPE_MONEY, "Fixed quota.", "锁定配额。" },
    };
    campaign_column bounds[N_COLUMNS];
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = MINIMUM; i <= LOCKED && status == CAMPAIGN_OK; i++) {
        status =
            cpn_find_column(&bounds[i], reps, "reps", NULL, schema[i].name, CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY), error);
        if (status != CAMPAIGN_OK || bounds[i].type == 0) continue;
        if (strcmp(bounds[i].currency, problem->ticket_column.currency) != 0 ||
            bounds[i].exponent != problem->ticket_column.exponent)
            status = cpn_fail(error, CAMPAIGN_E_COLUMN, schema[i].name, "column \"%s\" is in %s, tickets are in %s",
                              schema[i].name, bounds[i].currency, problem->ticket_column.currency);
    }
    if (status != CAMPAIGN_OK) return status;
    cpn_out out;
    cpn_out_open(&out, schema, N_COLUMNS, problem->ticket_column.currency, problem->ticket_column.exponent);
    for (int64_t row = 0; row < problem->n_reps; row++) {
        cpn_out_cell(&out, REP, &problem->rep_column, row);
        cpn_out_int64(&out, WEIGHT, problem->reps[row].capacity);
        for (int32_t i = MINIMUM; i <= LOCKED; i++) {
            if (bounds[i].type != 0)
                cpn_out_cell(&out, i, &bounds[i], row);
            else
                cpn_out_null(&out, i);
        }
    }
    return cpn_out_close(cells, &out, error);
}

/* Errors of the split are told in the words of this call. */
static campaign_status rename_place(campaign_status status, campaign_error *error)
{
    static const char theirs[] = "cells";
    if (status == CAMPAIGN_OK || !error || strncmp(error->where, theirs, sizeof theirs - 1) != 0) return status;
    char rest[sizeof error->where];
    memcpy(rest, error->where, sizeof rest);
    (void)snprintf(error->where, sizeof error->where, "reps%.80s", rest + sizeof theirs - 1);
    if (strcmp(error->where, "reps.weight") == 0) memcpy(error->where, "reps", sizeof "reps");
    return status;
}

static campaign_status split_total(campaign_table **split, campaign_allocate_quota_report *report,
                                   const cpn_capacity_problem *problem, const campaign_table *cells,
                                   const campaign_runtime *runtime, campaign_error *error)
{
    const char *const dimension[] = { problem->rep_column.name };
    campaign_allocate_quota_inputs inputs = CAMPAIGN_ALLOCATE_QUOTA_INPUTS_INIT;
    campaign_allocate_quota_options options = CAMPAIGN_ALLOCATE_QUOTA_OPTIONS_INIT;
    inputs.cells = cells;
    options.method = problem->given.method;
    options.has_total = 1;
    options.total = problem->given.has_total ? problem->given.total_minor : problem->capacity;
    options.dimensions = dimension;
    options.n_dimensions = 1;
    options.currency = problem->ticket_column.currency;
    options.language = problem->given.language;
    return rename_place(campaign_allocate_quota(split, report, &inputs, &options, runtime, error), error);
}

/* Takes over what the split says of itself. */
static void take_report(campaign_allocate_capacity_quota_report *report, campaign_allocate_quota_report *split,
                        const cpn_capacity_problem *problem)
{
    report->status = split->status;
    report->n_iterations = split->n_iterations;
    report->value = split->value;
    report->bound = split->bound;
    report->gap = split->gap;
    report->n_reps = problem->n_reps;
    report->n_ties = split->n_ties;
    report->total_minor = split->total;
    report->capacity_minor = problem->capacity;
    report->gap_minor = split->total - problem->capacity;
    report->unallocated_minor = split->unallocated;
    report->multipliers = split->multipliers;
    report->ties = split->ties;
    split->multipliers = split->ties = NULL;
}

static campaign_status compute(campaign_table **quotas, campaign_allocate_capacity_quota_report *report,
                               cpn_capacity_problem *problem, const campaign_allocate_capacity_quota_inputs *inputs,
                               const campaign_runtime *runtime, campaign_error *error)
{
    campaign_table *cells = NULL, *split = NULL;
    campaign_allocate_quota_report found = CAMPAIGN_ALLOCATE_QUOTA_REPORT_INIT;
    campaign_status status = cpn_capacity_read(problem, inputs, runtime, error);
    if (status == CAMPAIGN_OK) status = make_cells(&cells, problem, inputs->reps, error);
    if (status == CAMPAIGN_OK) status = split_total(&split, &found, problem, cells, runtime, error);
    if (status == CAMPAIGN_OK) {
        take_report(report, &found, problem);
        status = cpn_capacity_write(quotas, report, problem, split, error);
    }
    if (status == CAMPAIGN_OK) {
        status = cpn_capacity_write_notes(report, problem, error);
        if (status != CAMPAIGN_OK) {
            campaign_table_free(*quotas);
            *quotas = NULL;
        }
    }
    campaign_allocate_quota_report_clear(&found);
    campaign_table_free(cells);
    campaign_table_free(split);
    return status;
}

campaign_status campaign_allocate_capacity_quota(campaign_table **quotas,
                                                 campaign_allocate_capacity_quota_report *report,
                                                 const campaign_allocate_capacity_quota_inputs *inputs,
                                                 const campaign_allocate_capacity_quota_options *options,
                                                 const campaign_runtime *runtime, campaign_error *error)
{
    if (quotas) *quotas = NULL;
    campaign_status status = check_arguments(quotas, report, inputs, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    campaign_allocate_capacity_quota_report found = CAMPAIGN_ALLOCATE_CAPACITY_QUOTA_REPORT_INIT;
    if (report) *report = found;
    cpn_capacity_problem problem = { 0 };
    status = take_knobs(&problem, options, error);
    if (status == CAMPAIGN_OK) status = compute(quotas, &found, &problem, inputs, runtime, error);
    cpn_keys_free(&problem.keys);
    cpn_free(problem.reps);
    if (status == CAMPAIGN_OK && report)
        *report = found;
    else
        campaign_allocate_capacity_quota_report_clear(&found);
    return status;
}

void campaign_allocate_capacity_quota_report_clear(campaign_allocate_capacity_quota_report *report)
{
    if (!report) return;
    campaign_table_free(report->multipliers);
    campaign_table_free(report->ties);
    campaign_table_free(report->notes);
    const campaign_allocate_capacity_quota_report empty = CAMPAIGN_ALLOCATE_CAPACITY_QUOTA_REPORT_INIT;
    *report = empty;
}
