/* The choices as a table: columns filled at once from the lists of all chunks. */
#include <stdio.h>
#include <string.h>

#include "allocate/offers/write.h"
#include "base/memory.h"

/* Columns of the result on their way; the builder takes each over. */
typedef struct write_job {
    const cpn_offers_problem *problem;
    const cpn_offers_lists *lists;
    int64_t *starts; /* of the lists in the result */
    int32_t *offers;
    void *customers;
    double *shares;                  /* where they are asked for */
    double *values;                  /* or int64_t, where money */
    double *costs[CPN_OFFERS_COSTS]; /* likewise */
} write_job;

static void release(void *ctx)
{
    cpn_free(ctx);
}

/* The pair of an offer among those of a customer in a set. */
static int64_t find_pair(const cpn_offers_set *set, int64_t customer, int32_t offer)
{
    int64_t low = set->starts[customer], high = set->starts[customer + 1];
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        if (set->offers[middle] < offer)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void put_number(double *column, int64_t at, double value, bool is_money)
{
    if (!is_money) {
        column[at] = value;
        return;
    }
    const int64_t minor = (int64_t)value;
    memcpy(&column[at], &minor, sizeof minor);
}

static void write_numbers(const write_job *job, int64_t at, int32_t customer, int32_t offer)
{
    const cpn_offers_problem *problem = job->problem;
    const int32_t n_extra = problem->n_costs - 1;
    const int64_t row = problem->customer_rows && problem->is_dense ? problem->customer_rows[customer] : customer;
    const int64_t pair = problem->is_dense ? 0 : find_pair(&problem->set, customer, offer);
    const double value =
        problem->is_dense ? cpn_offers_number(&problem->value_columns[offer], row) : problem->set.values[pair];
    put_number(job->values, at, value, problem->has_money_values);
    for (int32_t c = 1; c <= n_extra; c++) {
        const int64_t column = (int64_t)offer * n_extra + c - 1;
        double cost;
        if (!problem->is_dense)
            cost = problem->set.costs[pair * n_extra + c - 1];
        else if (problem->cost_columns[column].type)
            cost = cpn_offers_number(&problem->cost_columns[column], row);
        else
            cost = problem->constants[column];
        put_number(job->costs[c], at, cost, problem->has_money_costs);
    }
}

/* Value and costs that were kept. */
static void keep_numbers(const write_job *job, int64_t at, const double *numbers)
{
    put_number(job->values, at, numbers[0], job->problem->has_money_values);
    for (int32_t c = 1; c < job->problem->n_costs; c++)
        put_number(job->costs[c], at, numbers[c], job->problem->has_money_costs);
}

static campaign_status write_chunk(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    const write_job *job = ctx;
    const cpn_offers_problem *problem = job->problem;
    (void)last;
    (void)chunk;
    const cpn_offers_list *list = &job->lists->lists[first];
    for (int64_t i = 0; i < list->n; i++) {
        const int64_t at = job->starts[first] + i;
        const int32_t customer = list->customers[i];
        const int64_t row = problem->customer_rows ? problem->customer_rows[customer] : customer;
        job->offers[at] = list->offers[i];
        if (list->has_shares) job->shares[at] = list->shares[i];
        if (problem->customer_column.type == CAMPAIGN_TYPE_INT64)
            ((int64_t *)job->customers)[at] = ((const int64_t *)problem->customer_column.values)[row];
        else if (problem->customer_column.type == CAMPAIGN_TYPE_INT32)
            ((int32_t *)job->customers)[at] = ((const int32_t *)problem->customer_column.values)[row];
        if (list->has_numbers)
            keep_numbers(job, at, &list->numbers[i * problem->n_costs]);
        else
            write_numbers(job, at, customer, list->offers[i]);
    }
    return CAMPAIGN_OK;
}

/* Adds a column that the table takes over; *values becomes NULL. */
static campaign_status add_column(campaign_table_builder *builder, const campaign_array *array, void **values,
                                  campaign_error *error)
{
    campaign_array borrowed = *array;
    borrowed.values = *values;
    borrowed.release = release;
    borrowed.ctx = *values;
    *values = NULL; /* released on failure too */
    return campaign_table_builder_add_array(builder, &borrowed, error);
}

static campaign_status add_numbers(campaign_table_builder *builder, const char *name, double **values, int64_t n,
                                   const campaign_column *money, campaign_error *error)
{
    campaign_array array = CAMPAIGN_ARRAY_INIT;
    array.name = name;
    array.n_rows = n;
    array.type = money->type;
    if (money->type == CAMPAIGN_TYPE_MONEY) {
        memcpy(array.currency, money->currency, sizeof array.currency);
        array.exponent = money->exponent;
        array.has_exponent = 1;
    }
    return add_column(builder, &array, (void **)values, error);
}

static campaign_status add_text_customers(campaign_table_builder *builder, const write_job *job, campaign_error *error)
{
    const cpn_offers_problem *problem = job->problem;
    const char *name = problem->knobs.given.customer;
    campaign_status status = campaign_table_builder_add_column(builder, name, CAMPAIGN_TYPE_UTF8, NULL, error);
    for (int64_t l = 0; l < job->lists->n; l++)
        for (int64_t i = 0; i < job->lists->lists[l].n && status == CAMPAIGN_OK; i++) {
            const int32_t customer = job->lists->lists[l].customers[i];
            size_t length;
            const char *text =
                cpn_cell_text(&problem->customer_column,
                              problem->customer_rows ? problem->customer_rows[customer] : customer, &length);
            status = campaign_table_builder_append_text(builder, 0, text, length, error);
        }
    return status;
}

campaign_status cpn_offers_add_offers(campaign_table_builder *builder, const cpn_offers_problem *problem,
                                      int32_t *offers, int64_t n, campaign_error *error)
{
    const cpn_offers_names *names = &problem->offer_names;
    const int32_t type = problem->offer_column.type;
    campaign_array array = CAMPAIGN_ARRAY_INIT;
    array.name = problem->knobs.given.offer;
    array.n_rows = n;
    array.type = type ? type : CAMPAIGN_TYPE_UTF8;
    if (array.type == CAMPAIGN_TYPE_UTF8) {
        int32_t *offsets = cpn_alloc(names->n + INT64_C(1), sizeof *offsets);
        if (!offsets) return cpn_fail_nomem(error);
        for (int32_t i = 0; i <= names->n; i++) offsets[i] = (int32_t)names->offsets[i];
        array.values = names->bytes;
        array.offsets = offsets;
        array.n_dictionary = names->n;
        array.codes = offers;
        const bool is_empty = names->n == 0; /* no dictionary, no rows */
        if (is_empty) array.codes = NULL;
        const campaign_status status = campaign_table_builder_add_array(builder, &array, error);
        cpn_free(offsets);
        return status;
    }
    int64_t *wide = cpn_alloc(n, sizeof *wide);
    if (!wide) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < n; i++) {
        const int64_t key = cpn_cell_int64(&problem->offer_column, problem->offer_rows[offers[i]]);
        if (type == CAMPAIGN_TYPE_INT32)
            ((int32_t *)wide)[i] = (int32_t)key;
        else
            wide[i] = key;
    }
    array.values = wide;
    const campaign_status status = campaign_table_builder_add_array(builder, &array, error);
    cpn_free(wide);
    return status;
}

static campaign_status add_columns(campaign_table_builder *builder, write_job *job, int64_t n, campaign_error *error)
{
    const cpn_offers_problem *problem = job->problem;
    campaign_column money = { .type = problem->has_money_values ? CAMPAIGN_TYPE_MONEY : CAMPAIGN_TYPE_FLOAT64,
                              .exponent = problem->value_exponent };
    campaign_status status;
    if (problem->customer_column.type == CAMPAIGN_TYPE_UTF8) {
        status = add_text_customers(builder, job, error);
    } else {
        campaign_array array = CAMPAIGN_ARRAY_INIT;
        array.name = problem->knobs.given.customer;
        array.n_rows = n;
        array.type = problem->customer_column.type;
        status = add_column(builder, &array, &job->customers, error);
    }
    if (status == CAMPAIGN_OK) status = cpn_offers_add_offers(builder, problem, job->offers, n, error);
    const campaign_column plain = { .type = CAMPAIGN_TYPE_FLOAT64 };
    if (status == CAMPAIGN_OK && problem->knobs.given.is_fractional)
        status = add_numbers(builder, "share", &job->shares, n, &plain, error);
    memcpy(money.currency, problem->value_currency, sizeof money.currency);
    if (status == CAMPAIGN_OK) status = add_numbers(builder, "value", &job->values, n, &money, error);
    money.type = problem->has_money_costs ? CAMPAIGN_TYPE_MONEY : CAMPAIGN_TYPE_FLOAT64;
    money.exponent = problem->cost_exponent;
    memcpy(money.currency, problem->cost_currency, sizeof money.currency);
    for (int32_t c = 1; c < problem->n_costs && status == CAMPAIGN_OK; c++)
        status = add_numbers(builder, problem->costs[c].name, &job->costs[c], n, &money, error);
    return status;
}

static campaign_status open_columns(write_job *job, int64_t n, campaign_error *error)
{
    job->starts = cpn_alloc(job->lists->n + 1, sizeof *job->starts);
    job->offers = cpn_alloc(n, sizeof *job->offers);
    job->customers = cpn_alloc(n, sizeof(int64_t));
    job->values = cpn_alloc(n, sizeof *job->values);
    job->shares = cpn_alloc(n, sizeof *job->shares);
    bool is_fine = job->starts && job->shares && job->offers && job->customers && job->values;
    for (int32_t c = 1; c < job->problem->n_costs && is_fine; c++) {
        job->costs[c] = cpn_alloc(n, sizeof *job->costs[c]);
        is_fine = job->costs[c] != NULL;
    }
    if (!is_fine) return cpn_fail_nomem(error);
    job->starts[0] = 0;
    for (int64_t i = 0; i < job->lists->n; i++) job->starts[i + 1] = job->starts[i] + job->lists->lists[i].n;
    return CAMPAIGN_OK;
}

campaign_status cpn_offers_write(campaign_table **choices, cpn_offers_answer *answer, const cpn_offers_problem *problem,
                                 campaign_error *error)
{
    cpn_offers_lists lists;
    campaign_table_builder *builder = NULL;
    campaign_status status = cpn_offers_collect(&lists, answer, problem, error);
    write_job job = { .problem = problem, .lists = &lists };
    const int64_t n = answer->n_choices;
    if (status == CAMPAIGN_OK) status = open_columns(&job, n, error);
    if (status == CAMPAIGN_OK)
        status = cpn_parallel_for(lists.n, 1, write_chunk, &job, "offers", problem->runtime, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_create(&builder, error);
    if (status == CAMPAIGN_OK) status = add_columns(builder, &job, n, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(choices, builder, error);
    campaign_table_builder_free(builder);
    cpn_free(job.starts);
    cpn_free(job.offers);
    cpn_free(job.customers);
    cpn_free(job.values);
    cpn_free(job.shares);
    for (int32_t c = 1; c < CPN_OFFERS_COSTS; c++) cpn_free(job.costs[c]);
    cpn_offers_lists_free(&lists);
    return status;
}
