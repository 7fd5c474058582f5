/* Promotion weeks under failing allocations: every table given, limits that bind, a reference price, items together. */
#include "oom.h"

#include <campaign/promotion_weeks.h>

typedef struct column {
    const char *name;
    int32_t type;
} column;

enum { MOST_CELLS = 40 };
#define EMPTY (-1.0)

/* A table of numbers, row by row; EMPTY = null. A text column takes letters. */
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
        const char letter = (char)('a' + (int)cells[at] % 26);
        if (cells[at] == EMPTY)
            status = campaign_table_builder_append_null(builder, i, error);
        else if (columns[i].type == CAMPAIGN_TYPE_FLOAT64)
            status = campaign_table_builder_append_float64(builder, i, cells[at], error);
        else if (columns[i].type == CAMPAIGN_TYPE_UTF8)
            status = campaign_table_builder_append_text(builder, i, &letter, 1, error);
        else
            status = campaign_table_builder_append_int64(builder, i, (int64_t)cells[at], error);
    }
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(table, builder, error);
    campaign_table_builder_free(builder);
    return status;
}

static const column item_columns[] = { { "item", CAMPAIGN_TYPE_UTF8 },
                                       { "price", CAMPAIGN_TYPE_MONEY },
                                       { "cost", CAMPAIGN_TYPE_MONEY },
                                       { "base", CAMPAIGN_TYPE_FLOAT64 },
                                       { "elasticity", CAMPAIGN_TYPE_FLOAT64 },
                                       { "memory_2", CAMPAIGN_TYPE_FLOAT64 },
                                       { "max_promotions", CAMPAIGN_TYPE_INT32 },
                                       { "together", CAMPAIGN_TYPE_INT64 },
                                       { "reference_weight", CAMPAIGN_TYPE_FLOAT64 },
                                       { "promotion_cost", CAMPAIGN_TYPE_MONEY } };
static const double item_cells[MOST_CELLS] = { 0, 1000, 400,   100,  3,   0.5, 2, EMPTY, 0,   100,   1, 2000, 900,   80,
                                               4, 0,    EMPTY, 7,    0,   200, 2, 1500,  600, 120,   3, 0,    EMPTY, 7,
                                               0, 200,  3,     1200, 500, 90,  3, 0,     3,   EMPTY, 1, 300 };

static const column ladder_columns[] = { { "item", CAMPAIGN_TYPE_UTF8 }, { "discount", CAMPAIGN_TYPE_FLOAT64 } };
static const double ladder_cells[MOST_CELLS] = { EMPTY, 0.1, EMPTY, 0.2 };

static const column week_columns[] = { { "week", CAMPAIGN_TYPE_INT32 }, { "season", CAMPAIGN_TYPE_FLOAT64 } };
static const double week_cells[MOST_CELLS] = { 3, 1, 1, 1.5, 2, 1, 4, 0.5 };

static const column cell_columns[] = { { "item", CAMPAIGN_TYPE_UTF8 },
                                       { "week", CAMPAIGN_TYPE_INT32 },
                                       { "is_forced", CAMPAIGN_TYPE_BOOL } };
static const double cell_cells[MOST_CELLS] = { 0, 2, 1 };

static const column slot_columns[] = { { "group", CAMPAIGN_TYPE_UTF8 },
                                       { "week", CAMPAIGN_TYPE_INT32 },
                                       { "capacity", CAMPAIGN_TYPE_INT64 } };
static const double slot_cells[MOST_CELLS] = { EMPTY, EMPTY, 2, 25, 3, 1 };

static const column budget_columns[] = { { "quarter", CAMPAIGN_TYPE_INT32 }, { "amount", CAMPAIGN_TYPE_MONEY } };
static const double budget_cells[MOST_CELLS] = { EMPTY, 900, 1, 800 };

static const column group_columns[] = { { "group", CAMPAIGN_TYPE_UTF8 }, { "item", CAMPAIGN_TYPE_UTF8 } };
static const double group_cells[MOST_CELLS] = { 25, 0, 25, 3 };

static const column past_columns[] = { { "item", CAMPAIGN_TYPE_UTF8 },
                                       { "weeks_ago", CAMPAIGN_TYPE_INT32 },
                                       { "price", CAMPAIGN_TYPE_MONEY } };
static const double past_cells[MOST_CELLS] = { 0, 2, 900 };

enum { N_TABLES = 8 };

static campaign_status make_tables(campaign_table *tables[N_TABLES], campaign_error *error)
{
    campaign_status status = make_table(&tables[0], item_columns, 10, 4, item_cells, error);
    if (status == CAMPAIGN_OK) status = make_table(&tables[1], ladder_columns, 2, 2, ladder_cells, error);
    if (status == CAMPAIGN_OK) status = make_table(&tables[2], week_columns, 2, 4, week_cells, error);
    if (status == CAMPAIGN_OK) status = make_table(&tables[3], cell_columns, 3, 1, cell_cells, error);
    if (status == CAMPAIGN_OK) status = make_table(&tables[4], slot_columns, 3, 2, slot_cells, error);
    if (status == CAMPAIGN_OK) status = make_table(&tables[5], budget_columns, 2, 2, budget_cells, error);
    if (status == CAMPAIGN_OK) status = make_table(&tables[6], group_columns, 2, 2, group_cells, error);
    if (status == CAMPAIGN_OK) status = make_table(&tables[7], past_columns, 3, 1, past_cells, error);
    return status;
}

static campaign_status run(int32_t n_tables, campaign_error *error)
{
    campaign_table *tables[N_TABLES] = { NULL }, *calendar = NULL;
    campaign_promotion_weeks_report report = CAMPAIGN_PROMOTION_WEEKS_REPORT_INIT;
    campaign_promotion_weeks_inputs inputs = CAMPAIGN_PROMOTION_WEEKS_INPUTS_INIT;
    campaign_promotion_weeks_options options = CAMPAIGN_PROMOTION_WEEKS_OPTIONS_INIT;
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    runtime.n_threads = 2;
    options.max_iterations = 3;
    options.reference_steps = 4;
    options.n_weeks = 4;
    campaign_status status = make_tables(tables, error);
    if (status == CAMPAIGN_OK) {
        const campaign_table **const places[N_TABLES] = { &inputs.items,      &inputs.ladder, &inputs.weeks,
                                                          &inputs.item_weeks, &inputs.slots,  &inputs.budgets,
                                                          &inputs.groups,     &inputs.past };
        for (int32_t i = 0; i < n_tables; i++) *places[i] = tables[i];
        status = campaign_plan_promotion_weeks(&calendar, &report, &inputs, &options, &runtime, error);
        expect_empty(status, calendar, "calendar");
        expect_empty(status, report.summary, "report.summary");
        expect_empty(status, report.notes, "report.notes");
    }
    campaign_table_free(calendar);
    campaign_promotion_weeks_report_clear(&report);
    for (int32_t i = 0; i < N_TABLES; i++) campaign_table_free(tables[i]);
    return status;
}

static campaign_status weeks_alone(campaign_error *error)
{
    return run(2, error);
}

static campaign_status weeks_with_all_tables(campaign_error *error)
{
    return run(N_TABLES, error);
}

const oom_scenario oom_scenarios[] = {
    { "weeks alone", weeks_alone },
    { "weeks with all tables", weeks_with_all_tables },
    { NULL, NULL },
};
