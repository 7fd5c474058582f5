/* Budgets over curves under failing allocations: every table given, limits of each kind, samples; and rules that cannot
 * all hold. */
#include "oom.h"

#include <campaign/allocate_budget.h>
#include <string.h>

typedef struct column {
    const char *name;
    int32_t type;
} column;

enum { MOST_CELLS = 48 };
#define EMPTY (-1.0)

static const char *const words[] = { "a", "b", "c", "d", "hill", "power", "piecewise", "log" };

/* A table of numbers, row by row; EMPTY = null. A text column takes places in words. */
static campaign_status make_table(campaign_table **table, const column *columns, int32_t n_columns, int32_t n_rows,
                                  const double cells[MOST_CELLS], campaign_error *error)
{
    campaign_table_builder *builder = NULL;
    campaign_status status = campaign_table_builder_create(&builder, error);
    for (int32_t i = 0; i < n_columns && status == CAMPAIGN_OK; i++)
        status = campaign_table_builder_add_column(builder, columns[i].name, columns[i].type,
                                                   columns[i].type == CAMPAIGN_TYPE_MONEY ? "CNY" : NULL, error);
    for (int32_t at = 0; at < n_rows * n_columns && status == CAMPAIGN_OK; at++) {
        const int32_t i = at % n_columns;
        if (cells[at] == EMPTY)
            status = campaign_table_builder_append_null(builder, i, error);
        else if (columns[i].type == CAMPAIGN_TYPE_FLOAT64)
            status = campaign_table_builder_append_float64(builder, i, cells[at], error);
        else if (columns[i].type == CAMPAIGN_TYPE_UTF8)
            status = campaign_table_builder_append_text(builder, i, words[(int)cells[at] % 8],
                                                        strlen(words[(int)cells[at] % 8]), error);
        else
            status = campaign_table_builder_append_int64(builder, i, (int64_t)cells[at], error);
    }
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(table, builder, error);
    campaign_table_builder_free(builder);
    return status;
}

static const column item_columns[] = { { "item", CAMPAIGN_TYPE_UTF8 },     { "curve", CAMPAIGN_TYPE_UTF8 },
                                       { "scale", CAMPAIGN_TYPE_FLOAT64 }, { "location", CAMPAIGN_TYPE_FLOAT64 },
                                       { "shape", CAMPAIGN_TYPE_FLOAT64 }, { "group", CAMPAIGN_TYPE_INT64 },
                                       { "minimum", CAMPAIGN_TYPE_MONEY }, { "step", CAMPAIGN_TYPE_MONEY },
                                       { "spent", CAMPAIGN_TYPE_MONEY },   { "opening_cost", CAMPAIGN_TYPE_MONEY },
                                       { "priority", CAMPAIGN_TYPE_INT64 } };
static const double item_cells[MOST_CELLS] = { 0, 4, 20,    30,    2,     1, 0,   0,    0,   200,   1,
                                               1, 5, 3,     EMPTY, 0.5,   2, 500, 1000, 300, 0,     2,
                                               2, 6, EMPTY, EMPTY, EMPTY, 2, 0,   0,    0,   0,     2,
                                               3, 7, 5,     10,    EMPTY, 3, 0,   0,    0,   EMPTY, EMPTY };

static const column group_columns[] = { { "group", CAMPAIGN_TYPE_INT64 },
                                        { "parent", CAMPAIGN_TYPE_INT64 },
                                        { "maximum", CAMPAIGN_TYPE_MONEY },
                                        { "maximum_share", CAMPAIGN_TYPE_FLOAT64 },
                                        { "of", CAMPAIGN_TYPE_INT64 } };
static const double group_cells[MOST_CELLS] = { 1,   3, 9000, EMPTY, EMPTY, 2,   EMPTY, EMPTY,
                                                0.8, 3, 3,    EMPTY, EMPTY, 0.9, EMPTY };
static const double tight_cells[MOST_CELLS] = { 1,    3, 9000, EMPTY, EMPTY, 2,    EMPTY, 300,
                                                0.01, 3, 3,    EMPTY, 100,   0.01, EMPTY };

static const column point_columns[] = { { "item", CAMPAIGN_TYPE_UTF8 },
                                        { "spend", CAMPAIGN_TYPE_FLOAT64 },
                                        { "response", CAMPAIGN_TYPE_FLOAT64 } };
static const double point_cells[MOST_CELLS] = { 2, 50, 9, 2, 0, 0, 2, 20, 2 };

static const column sample_columns[] = { { "item", CAMPAIGN_TYPE_UTF8 },
                                         { "sample", CAMPAIGN_TYPE_INT64 },
                                         { "scale", CAMPAIGN_TYPE_FLOAT64 } };
static const double sample_cells[MOST_CELLS] = { 0, 1, 20, 0, 2, 30, 0, 3, 25, 3, 1, 5, 3, 2, 4, 3, 3, 6 };

enum { N_TABLES = 4 };

static campaign_status make_tables(campaign_table *tables[N_TABLES], bool is_tight, campaign_error *error)
{
    campaign_status status = make_table(&tables[0], item_columns, 11, 4, item_cells, error);
    if (status == CAMPAIGN_OK)
        status = make_table(&tables[1], group_columns, 5, 3, is_tight ? tight_cells : group_cells, error);
    if (status == CAMPAIGN_OK) status = make_table(&tables[2], point_columns, 3, 3, point_cells, error);
    if (status == CAMPAIGN_OK) status = make_table(&tables[3], sample_columns, 3, 6, sample_cells, error);
    return status;
}

static campaign_status run(int32_t n_tables, bool is_tight, const campaign_allocate_budget_options *options,
                           campaign_error *error)
{
    campaign_table *tables[N_TABLES] = { NULL }, *allocation = NULL;
    campaign_allocate_budget_report report = CAMPAIGN_ALLOCATE_BUDGET_REPORT_INIT;
    campaign_allocate_budget_inputs inputs = CAMPAIGN_ALLOCATE_BUDGET_INPUTS_INIT;
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    runtime.n_threads = 2;
    campaign_status status = make_tables(tables, is_tight, error);
    if (status == CAMPAIGN_OK) {
        inputs.items = tables[0], inputs.groups = tables[1], inputs.points = tables[2];
        inputs.samples = n_tables > 3 ? tables[3] : NULL;
        status = campaign_allocate_budget(&allocation, &report, &inputs, options, &runtime, error);
        expect_empty(status, allocation, "allocation");
        expect_empty(status, report.summary, "report.summary");
        expect_empty(status, report.limits, "report.limits");
        expect_empty(status, report.groups, "report.groups");
        expect_empty(status, report.notes, "report.notes");
    }
    campaign_table_free(allocation);
    campaign_allocate_budget_report_clear(&report);
    for (int32_t i = 0; i < N_TABLES; i++) campaign_table_free(tables[i]);
    return status;
}

static campaign_allocate_budget_options options_of(int32_t objective)
{
    campaign_allocate_budget_options options = CAMPAIGN_ALLOCATE_BUDGET_OPTIONS_INIT;
    options.objective = objective;
    options.has_budget = 1;
    options.budget_minor = 20000;
    options.contingency_ppm = 100000;
    options.node_limit = 5;
    return options;
}

static campaign_status budget_with_priorities(campaign_error *error)
{
    const campaign_allocate_budget_options options = options_of(CAMPAIGN_ALLOCATE_BUDGET_RESPONSE);
    return run(3, false, &options, error);
}

static campaign_status budget_with_samples(campaign_error *error)
{
    const campaign_allocate_budget_options options = options_of(CAMPAIGN_ALLOCATE_BUDGET_PROFIT);
    return run(4, false, &options, error);
}

/* The contradiction must be found and told, or memory be out. */
static campaign_status budget_against_its_rules(campaign_error *error)
{
    const campaign_allocate_budget_options options = options_of(CAMPAIGN_ALLOCATE_BUDGET_RESPONSE);
    const campaign_status status = run(3, true, &options, error);
    oom_expect(status != CAMPAIGN_OK, "a contradiction");
    return status == CAMPAIGN_E_INFEASIBLE ? CAMPAIGN_OK : status;
}

const oom_scenario oom_scenarios[] = {
    { "budget with priorities", budget_with_priorities },
    { "budget with samples", budget_with_samples },
    { "budget against its rules", budget_against_its_rules },
    { NULL, NULL },
};
