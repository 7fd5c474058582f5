/* Stock and orders under failing allocations: every kind of demand, packs of different sizes, a budget. */
#include "oom.h"

#include <campaign/allocate_stock.h>
#include <string.h>

typedef struct column {
    const char *name;
    int32_t type;
} column;

static const column demand_columns[] = { { "sku", CAMPAIGN_TYPE_INT64 },        { "store", CAMPAIGN_TYPE_INT64 },
                                         { "mean", CAMPAIGN_TYPE_FLOAT64 },     { "margin", CAMPAIGN_TYPE_MONEY },
                                         { "pack", CAMPAIGN_TYPE_INT64 },       { "min_display", CAMPAIGN_TYPE_INT64 },
                                         { "distribution", CAMPAIGN_TYPE_UTF8 } };
static const int64_t demand_cells[] = { 1, 1, 9, 100, 3, 0, 1, 2, 9, 130, 5, 0, 1, 3, 4, 90, 2, 6, 2, 1, 5, 100, 1, 0 };
static const char *const demand_kinds[] = { "poisson", "poisson", "deterministic", "empirical" };

static const column item_columns[] = { { "sku", CAMPAIGN_TYPE_INT64 },        { "mean", CAMPAIGN_TYPE_FLOAT64 },
                                       { "price", CAMPAIGN_TYPE_MONEY },      { "cost", CAMPAIGN_TYPE_MONEY },
                                       { "pack", CAMPAIGN_TYPE_INT64 },       { "peak", CAMPAIGN_TYPE_INT64 },
                                       { "distribution", CAMPAIGN_TYPE_UTF8 } };
static const int64_t item_cells[] = { 1, 9, 900, 300, 3, 12, 2, 7, 800, 500, 2, 9 };
static const char *const item_kinds[] = { "poisson", "empirical" };

static const column pool_columns[] = { { "sku", CAMPAIGN_TYPE_INT64 }, { "stock", CAMPAIGN_TYPE_INT64 } };
static const int64_t pool_cells[] = { 1, 16, 2, 3 };

static const column point_columns[] = { { "sku", CAMPAIGN_TYPE_INT64 },
                                        { "store", CAMPAIGN_TYPE_INT64 },
                                        { "value", CAMPAIGN_TYPE_INT64 } };
static const int64_t point_cells[] = { 2, 1, 4, 2, 1, 1, 2, 1, 6 };

/* Whole numbers row by row; the last column takes words where there are any. */
typedef struct content {
    const column *columns;
    int32_t n_columns, n_rows;
    const int64_t *cells;
    const char *const *words;
} content;

static campaign_status make_table(campaign_table **table, const content *c, campaign_error *error)
{
    campaign_table_builder *builder = NULL;
    campaign_status status = campaign_table_builder_create(&builder, error);
    const int32_t n_numbers = c->words ? c->n_columns - 1 : c->n_columns;
    for (int32_t i = 0; i < c->n_columns && status == CAMPAIGN_OK; i++)
        status = campaign_table_builder_add_column(builder, c->columns[i].name, c->columns[i].type,
                                                   c->columns[i].type == CAMPAIGN_TYPE_MONEY ? "CNY" : NULL, error);
    for (int32_t row = 0; row < c->n_rows; row++) {
        for (int32_t i = 0; i < n_numbers && status == CAMPAIGN_OK; i++) {
            const int64_t value = c->cells[row * n_numbers + i];
            status = c->columns[i].type == CAMPAIGN_TYPE_FLOAT64
                         ? campaign_table_builder_append_float64(builder, i, (double)value, error)
                         : campaign_table_builder_append_int64(builder, i, value, error);
        }
        if (c->words && status == CAMPAIGN_OK)
            status =
                campaign_table_builder_append_text(builder, n_numbers, c->words[row], strlen(c->words[row]), error);
    }
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(table, builder, error);
    campaign_table_builder_free(builder);
    return status;
}

static campaign_status divide(int32_t objective, campaign_error *error)
{
    const content contents[] = { { demand_columns, 7, 4, demand_cells, demand_kinds },
                                 { pool_columns, 2, 2, pool_cells, NULL },
                                 { point_columns, 3, 3, point_cells, NULL } };
    campaign_table *tables[3] = { NULL }, *allocation = NULL;
    campaign_allocate_stock_report report = CAMPAIGN_ALLOCATE_STOCK_REPORT_INIT;
    campaign_allocate_stock_inputs inputs = CAMPAIGN_ALLOCATE_STOCK_INPUTS_INIT;
    campaign_allocate_stock_options options = CAMPAIGN_ALLOCATE_STOCK_OPTIONS_INIT;
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    campaign_status status = CAMPAIGN_OK;
    runtime.n_threads = 2;
    options.objective = objective;
    for (int32_t i = 0; i < 3 && status == CAMPAIGN_OK; i++) status = make_table(&tables[i], &contents[i], error);
    if (status == CAMPAIGN_OK) {
        inputs.demand = tables[0], inputs.pool = tables[1], inputs.points = tables[2];
        status = campaign_allocate_stock(&allocation, &report, &inputs, &options, &runtime, error);
        expect_empty(status, allocation, "allocation");
        expect_empty(status, report.summary, "report.summary");
        expect_empty(status, report.pools, "report.pools");
        expect_empty(status, report.notes, "report.notes");
    }
    campaign_table_free(allocation);
    campaign_allocate_stock_report_clear(&report);
    for (int32_t i = 0; i < 3; i++) campaign_table_free(tables[i]);
    return status;
}

static campaign_status by_margin(campaign_error *error)
{
    return divide(CAMPAIGN_ALLOCATE_STOCK_MARGIN, error);
}

static campaign_status by_fill(campaign_error *error)
{
    return divide(CAMPAIGN_ALLOCATE_STOCK_FILL, error);
}

static campaign_status orders_in_budget(campaign_error *error)
{
    const content contents[] = { { item_columns, 7, 2, item_cells, item_kinds },
                                 { point_columns, 3, 3, point_cells, NULL } };
    campaign_table *tables[2] = { NULL }, *orders = NULL;
    campaign_allocate_order_quantity_report report = CAMPAIGN_ALLOCATE_ORDER_QUANTITY_REPORT_INIT;
    campaign_allocate_order_quantity_inputs inputs = CAMPAIGN_ALLOCATE_ORDER_QUANTITY_INPUTS_INIT;
    campaign_allocate_order_quantity_options options = CAMPAIGN_ALLOCATE_ORDER_QUANTITY_OPTIONS_INIT;
    campaign_status status = CAMPAIGN_OK;
    options.has_budget = 1;
    options.budget_minor = 4000;
    for (int32_t i = 0; i < 2 && status == CAMPAIGN_OK; i++) status = make_table(&tables[i], &contents[i], error);
    if (status == CAMPAIGN_OK) {
        inputs.items = tables[0], inputs.points = tables[1];
        status = campaign_allocate_order_quantity(&orders, &report, &inputs, &options, NULL, error);
        expect_empty(status, orders, "orders");
        expect_empty(status, report.summary, "report.summary");
        expect_empty(status, report.notes, "report.notes");
    }
    campaign_table_free(orders);
    campaign_allocate_order_quantity_report_clear(&report);
    for (int32_t i = 0; i < 2; i++) campaign_table_free(tables[i]);
    return status;
}

const oom_scenario oom_scenarios[] = {
    { "stock by margin", by_margin },
    { "stock by fill rate", by_fill },
    { "orders in a budget", orders_in_budget },
    { NULL, NULL },
};
