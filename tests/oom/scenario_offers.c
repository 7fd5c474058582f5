/* Offers under failing allocations: both forms of pairs, every table given, and prices made from the answer. */
#include "oom.h"

#include <campaign/allocate_offers.h>

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
        status = campaign_table_builder_add_column(builder, columns[i].name, columns[i].type, NULL, error);
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

static const column pair_columns[] = { { "customer", CAMPAIGN_TYPE_UTF8 },
                                       { "offer", CAMPAIGN_TYPE_UTF8 },
                                       { "value", CAMPAIGN_TYPE_FLOAT64 },
                                       { "cost", CAMPAIGN_TYPE_FLOAT64 } };
static const double pair_cells[MOST_CELLS] = { 3, 0, 9, 5, 3, 1, 12, 10, 2, 0, 8, 5, 2, 1,
                                               7, 9, 1, 0, 6, 5, 1,  1,  8, 3, 4, 1, 2, 1 };
static const column wide_columns[] = { { "customer", CAMPAIGN_TYPE_INT64 },  { "value_a", CAMPAIGN_TYPE_FLOAT64 },
                                       { "value_b", CAMPAIGN_TYPE_FLOAT64 }, { "cost_a", CAMPAIGN_TYPE_FLOAT64 },
                                       { "cost_b", CAMPAIGN_TYPE_FLOAT64 },  { "region", CAMPAIGN_TYPE_UTF8 } };
static const double wide_cells[MOST_CELLS] = { 7, 9, 12, 5, 10, 13, 3, 8, 7, 5, 9, 18, 5, 6, EMPTY, 5, 3, 13 };
static const column customer_columns[] = { { "customer", CAMPAIGN_TYPE_UTF8 },
                                           { "region", CAMPAIGN_TYPE_UTF8 },
                                           { "most", CAMPAIGN_TYPE_INT32 } };
static const double customer_cells[MOST_CELLS] = { 4, 13, EMPTY, 1, 13, 2, 2, 18, 2, 3, 18, 1 };
static const column offer_columns[] = { { "offer", CAMPAIGN_TYPE_UTF8 },
                                        { "stock", CAMPAIGN_TYPE_INT64 },
                                        { "category", CAMPAIGN_TYPE_INT64 } };
static const double offer_cells[MOST_CELLS] = { 0, 2, 1, 1, EMPTY, 1 };
static const column budget_columns[] = { { "amount", CAMPAIGN_TYPE_FLOAT64 },
                                         { "region", CAMPAIGN_TYPE_UTF8 },
                                         { "offer", CAMPAIGN_TYPE_UTF8 } };
static const double budget_cells[MOST_CELLS] = { 14, EMPTY, EMPTY, 9, 13, EMPTY, 8, EMPTY, 0 };
static const column limit_columns[] = { { "category", CAMPAIGN_TYPE_INT64 }, { "most", CAMPAIGN_TYPE_INT64 } };
static const double limit_cells[MOST_CELLS] = { 1, 1 };

#define COUNT(array) ((int32_t)(sizeof(array) / sizeof *(array)))

typedef struct inputs_of {
    campaign_table *pairs, *wide, *customers, *offers, *budgets, *limits;
} inputs_of;

static campaign_status make_inputs(inputs_of *made, campaign_error *error)
{
    campaign_status status = make_table(&made->pairs, pair_columns, COUNT(pair_columns), 7, pair_cells, error);
    if (status == CAMPAIGN_OK)
        status = make_table(&made->wide, wide_columns, COUNT(wide_columns), 3, wide_cells, error);
    if (status == CAMPAIGN_OK)
        status = make_table(&made->customers, customer_columns, COUNT(customer_columns), 4, customer_cells, error);
    if (status == CAMPAIGN_OK)
        status = make_table(&made->offers, offer_columns, COUNT(offer_columns), 2, offer_cells, error);
    if (status == CAMPAIGN_OK)
        status = make_table(&made->budgets, budget_columns, COUNT(budget_columns), 3, budget_cells, error);
    if (status == CAMPAIGN_OK)
        status = make_table(&made->limits, limit_columns, COUNT(limit_columns), 1, limit_cells, error);
    return status;
}

static campaign_status decide_one(const campaign_allocate_offers_report *report, const campaign_table *limits,
                                  campaign_error *error)
{
    static const double values[] = { 4, 3 }, costs[] = { 1, 1 };
    campaign_offer_prices *prices = NULL;
    campaign_status status = campaign_offer_prices_create(&prices, report->rows, report->offers, limits, NULL, error);
    expect_empty(status, prices, "prices");
    if (status == CAMPAIGN_OK) {
        int32_t chosen[2], n_chosen;
        const int32_t key = campaign_offer_prices_key(prices, 0, "n", 1);
        campaign_offer_customer customer = CAMPAIGN_OFFER_CUSTOMER_INIT;
        customer.values = values;
        customer.costs = costs;
        customer.keys = &key;
        status = campaign_allocate_choose_offer(chosen, &n_chosen, 2, prices, &customer, error);
    }
    campaign_offer_prices_free(prices);
    return status;
}

static campaign_status run_once(const inputs_of *made, bool is_wide, bool is_fractional, campaign_error *error)
{
    campaign_allocate_offers_inputs inputs = CAMPAIGN_ALLOCATE_OFFERS_INPUTS_INIT;
    campaign_allocate_offers_report report = CAMPAIGN_ALLOCATE_OFFERS_REPORT_INIT;
    campaign_allocate_offers_options options = CAMPAIGN_ALLOCATE_OFFERS_OPTIONS_INIT;
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    campaign_table *choices = NULL;
    inputs.pairs = is_wide ? made->wide : made->pairs;
    inputs.customers = is_wide ? NULL : made->customers;
    inputs.offers = made->offers;
    inputs.budgets = made->budgets;
    inputs.limits = is_wide ? NULL : made->limits;
    options.is_fractional = is_fractional;
    runtime.n_threads = 3;
    campaign_status status = campaign_allocate_offers(&choices, &report, &inputs, &options, &runtime, error);
    expect_empty(status, choices, "choices");
    expect_empty(status, report.rows, "report.rows");
    expect_empty(status, report.notes, "report.notes");
    if (status == CAMPAIGN_OK) status = decide_one(&report, inputs.limits, error);
    campaign_allocate_offers_report_clear(&report);
    campaign_table_free(choices);
    return status;
}

/* The wide table, row by row in the order of its customers. */
typedef struct rows_of {
    const campaign_table *table;
    int64_t at;
} rows_of;

static campaign_status start_rows(void *ctx, campaign_error *error)
{
    rows_of *from = ctx;
    (void)error;
    from->at = 0;
    return CAMPAIGN_OK;
}

static campaign_status next_row(void *ctx, campaign_table **batch, campaign_error *error)
{
    static const int64_t order[] = { 1, 2, 0 };
    rows_of *from = ctx;
    *batch = NULL;
    if (from->at >= campaign_table_n_rows(from->table)) return CAMPAIGN_OK;
    return campaign_table_slice(batch, from->table, order[from->at++], 1, error);
}

static campaign_status run_stream(const inputs_of *made, campaign_error *error)
{
    campaign_allocate_offers_inputs inputs = CAMPAIGN_ALLOCATE_OFFERS_INPUTS_INIT;
    campaign_allocate_offers_report report = CAMPAIGN_ALLOCATE_OFFERS_REPORT_INIT;
    campaign_offer_stream stream = CAMPAIGN_OFFER_STREAM_INIT;
    campaign_table *choices = NULL;
    rows_of from = { made->wide, 0 };
    stream.rewind = start_rows;
    stream.next = next_row;
    stream.ctx = &from;
    inputs.offers = made->offers;
    inputs.budgets = made->budgets;
    campaign_status status = campaign_allocate_offers_stream(&choices, &report, &inputs, &stream, NULL, NULL, error);
    expect_empty(status, choices, "choices");
    expect_empty(status, report.rows, "report.rows");
    campaign_allocate_offers_report_clear(&report);
    campaign_table_free(choices);
    return status;
}

static campaign_status give_offers(campaign_error *error)
{
    inputs_of made = { 0 };
    campaign_status status = make_inputs(&made, error);
    if (status == CAMPAIGN_OK) status = run_once(&made, false, false, error);
    if (status == CAMPAIGN_OK) status = run_once(&made, true, false, error);
    if (status == CAMPAIGN_OK) status = run_once(&made, true, true, error);
    if (status == CAMPAIGN_OK) status = run_stream(&made, error);
    campaign_table_free(made.pairs);
    campaign_table_free(made.wide);
    campaign_table_free(made.customers);
    campaign_table_free(made.offers);
    campaign_table_free(made.budgets);
    campaign_table_free(made.limits);
    return status;
}

const oom_scenario oom_scenarios[] = {
    { "offers and prices", give_offers },
    { NULL, NULL },
};
