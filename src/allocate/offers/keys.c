/* Who is there: the offers in key order, the customers in key order, and what customers are (group, own maximum). */
#include <stdio.h>
#include <string.h>

#include "allocate/offers/offers.h"
#include "base/memory.h"
#include "base/sort.h"

static const char value_prefix[] = "value_";
enum { PREFIX = sizeof value_prefix - 1 };

static campaign_status fail_null(const campaign_column *column, const char *table, campaign_error *error)
{
    char where[96];
    int64_t row = 0;
    while (!cpn_is_null(column, row)) row++;
    (void)snprintf(where, sizeof where, "%s.%.70s", table, column->name);
    return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, where, "a key is null");
}

/* Two rows of one key: names the second. */
static campaign_status fail_twice(const cpn_keys *keys, const campaign_column *column, const char *table,
                                  campaign_error *error)
{
    char where[96];
    cpn_offers_key key;
    int64_t row = 0;
    while (keys->first_rows[keys->codes[row]] == row) row++;
    cpn_offers_cell_key(&key, column, row);
    (void)snprintf(where, sizeof where, "%s.%.70s", table, column->name);
    return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row, where, "\"%.*s\" stands twice",
                        (int)(key.length < 80 ? key.length : 80), key.text);
}

/* Keys that must be unique and not null, and the row of each. */
static campaign_status unique_rows(int64_t **rows, int64_t *n, const campaign_column *column, const char *table,
                                   const campaign_runtime *runtime, campaign_error *error)
{
    cpn_keys keys;
    if (column->n_nulls > 0) return fail_null(column, table, error);
    campaign_status status = cpn_keys_create(&keys, column, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    *n = keys.n_keys;
    if (keys.n_keys < keys.n_rows) {
        /* first_rows is a row of the key, not always its first: make it the first. */
        for (int64_t row = keys.n_rows - 1; row >= 0; row--) keys.first_rows[keys.codes[row]] = row;
        status = fail_twice(&keys, column, table, error);
    } else {
        *rows = keys.first_rows;
        keys.first_rows = NULL;
    }
    cpn_keys_free(&keys);
    return status;
}

/* ---- Offers ------------------------------------------------------------------------------------------------------ */

static campaign_status take_offers(cpn_offers_problem *problem, const campaign_column *column, bool is_unique,
                                   campaign_error *error)
{
    cpn_keys keys;
    int64_t n = 0;
    campaign_status status = CAMPAIGN_OK;
    problem->offer_column = *column;
    if (is_unique) {
        status = unique_rows(&problem->offer_rows, &n, column, "offers", problem->runtime, error);
    } else {
        if (column->n_nulls > 0) return fail_null(column, "pairs", error);
        status = cpn_keys_create(&keys, column, problem->runtime, error);
        if (status != CAMPAIGN_OK) return status;
        n = keys.n_keys;
        problem->offer_rows = keys.first_rows;
        keys.first_rows = NULL;
        cpn_keys_free(&keys);
    }
    if (status != CAMPAIGN_OK) return status;
    if (n >= INT32_MAX / 2) return cpn_fail(error, CAMPAIGN_E_LIMIT, "offers", "there are %lld offers", (long long)n);
    problem->n_offers = (int32_t)n;
    cpn_offers_key *texts = cpn_alloc(n, sizeof *texts);
    if (!texts) return cpn_fail_nomem(error);
    for (int64_t k = 0; k < n; k++) cpn_offers_cell_key(&texts[k], column, problem->offer_rows[k]);
    status = cpn_offers_names_from(&problem->offer_names, texts, (int32_t)n, error);
    cpn_free(texts);
    return status;
}

static int compare_keys(const void *a, const void *b, const void *ctx)
{
    (void)ctx;
    const cpn_offers_key *x = a, *y = b;
    const size_t n = x->length < y->length ? x->length : y->length;
    const int order = n ? memcmp(x->text, y->text, n) : 0;
    return order ? order : (x->length > y->length) - (x->length < y->length);
}

/* Offers are what stands behind value_ in the names of columns. */
static campaign_status take_columns(cpn_offers_problem *problem, campaign_error *error)
{
    const campaign_table *pairs = problem->inputs->pairs;
    const int32_t n_columns = campaign_table_n_columns(pairs);
    cpn_offers_key *texts = cpn_alloc(n_columns, sizeof *texts);
    campaign_status status = texts ? CAMPAIGN_OK : cpn_fail_nomem(error);
    for (int32_t i = 0; i < n_columns && status == CAMPAIGN_OK; i++) {
        campaign_column column = CAMPAIGN_COLUMN_INIT;
        status = campaign_table_column(&column, pairs, i, error);
        if (status != CAMPAIGN_OK || strncmp(column.name, value_prefix, PREFIX) != 0) continue;
        cpn_offers_key *text = &texts[problem->n_offers++];
        text->text = column.name + PREFIX;
        text->length = strlen(text->text);
    }
    if (status == CAMPAIGN_OK && !cpn_sort(texts, problem->n_offers, sizeof *texts, compare_keys, NULL))
        status = cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = cpn_offers_names_from(&problem->offer_names, texts, problem->n_offers, error);
    cpn_free(texts);
    if (status == CAMPAIGN_OK && problem->n_offers == 0)
        return cpn_fail(error, CAMPAIGN_E_COLUMN, "pairs",
                        "there is neither a column \"%.60s\" nor one that starts with value_",
                        problem->knobs.given.offer);
    return status;
}

/* Columns of values that are of no offer. */
static campaign_status check_columns(const cpn_offers_problem *problem, campaign_error *error)
{
    for (int32_t i = 0; i < campaign_table_n_columns(problem->inputs->pairs); i++) {
        campaign_column column = CAMPAIGN_COLUMN_INIT;
        const campaign_status status = campaign_table_column(&column, problem->inputs->pairs, i, error);
        if (status != CAMPAIGN_OK) return status;
        if (strncmp(column.name, value_prefix, PREFIX) != 0) continue;
        const char *name = column.name + PREFIX;
        if (cpn_offers_find(&problem->offer_names, name, strlen(name)) < 0)
            return cpn_fail(error, CAMPAIGN_E_UNKNOWN, column.name, "there is no offer \"%.80s\"", name);
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_offers_read_offers(cpn_offers_problem *problem, campaign_error *error)
{
    const campaign_allocate_offers_inputs *inputs = problem->inputs;
    const char *name = problem->knobs.given.offer;
    campaign_column column = CAMPAIGN_COLUMN_INIT;
    campaign_status status;
    problem->is_dense = inputs->pairs && campaign_table_find(inputs->pairs, name) < 0;
    if (inputs->offers) {
        status = cpn_need_column(&column, inputs->offers, "offers", NULL, name, CPN_ANY_KEY, error);
        if (status == CAMPAIGN_OK) status = take_offers(problem, &column, true, error);
        problem->offer_table_rows = problem->offer_rows;
        return status == CAMPAIGN_OK && problem->is_dense ? check_columns(problem, error) : status;
    }
    if (problem->is_dense) return take_columns(problem, error);
    status = cpn_need_column(&column, inputs->pairs, "pairs", NULL, name, CPN_ANY_KEY, error);
    return status == CAMPAIGN_OK ? take_offers(problem, &column, false, error) : status;
}

/* ---- Customers --------------------------------------------------------------------------------------------------- */

/* What a table says of each customer: row r of the table is customer number customers[r], or r where NULL. */
static campaign_status take_group(cpn_offers_problem *problem, const cpn_offers_attribute *attribute,
                                  const int32_t *customers, campaign_error *error)
{
    const campaign_column *column = &attribute->column;
    cpn_keys keys;
    campaign_status status = cpn_keys_create(&keys, column, problem->runtime, error);
    if (status != CAMPAIGN_OK) return status;
    int32_t *numbers = cpn_alloc(keys.n_keys, sizeof *numbers);
    if (!problem->groups) problem->groups = cpn_alloc_zero(problem->n_customers, sizeof *problem->groups);
    if (!numbers || !problem->groups) {
        cpn_free(numbers);
        cpn_keys_free(&keys);
        return cpn_fail_nomem(error);
    }
    for (int64_t i = 0; i < keys.n_keys; i++) {
        const int32_t number = cpn_offers_find_cell(&attribute->named, column, keys.first_rows[i]);
        numbers[i] = number < 0 ? attribute->named.n : number;
    }
    for (int64_t row = 0; row < keys.n_rows; row++) {
        const int64_t customer = customers ? customers[row] : row;
        const int32_t number = keys.codes[row] < 0 ? attribute->named.n : numbers[keys.codes[row]];
        if (customer >= 0) problem->groups[customer] += (int32_t)(number * attribute->stride);
    }
    cpn_free(numbers);
    cpn_keys_free(&keys);
    return CAMPAIGN_OK;
}

static campaign_status take_most(cpn_offers_problem *problem, const campaign_column *most, const char *where,
                                 const int32_t *customers, campaign_error *error)
{
    if (!problem->mosts) {
        problem->mosts = cpn_alloc(problem->n_customers, sizeof *problem->mosts);
        if (!problem->mosts) return cpn_fail_nomem(error);
        for (int64_t c = 0; c < problem->n_customers; c++) problem->mosts[c] = problem->knobs.given.most;
    }
    for (int64_t row = 0; row < most->n_rows; row++) {
        const int64_t customer = customers ? customers[row] : row;
        if (cpn_is_null(most, row) || customer < 0) continue;
        const int64_t number = cpn_cell_int64(most, row);
        if (number < 0 || number > 1000000)
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, where, "%lld is not one of 0 to 1000000",
                                (long long)number);
        problem->mosts[customer] = (int32_t)number;
    }
    return CAMPAIGN_OK;
}

/* Attributes and maxima from one table. */
static campaign_status take_table(cpn_offers_problem *problem, const campaign_table *table, const char *name,
                                  const int32_t *customers, campaign_error *error)
{
    campaign_column most = CAMPAIGN_COLUMN_INIT;
    char where[96];
    (void)snprintf(where, sizeof where, "%s.most", name);
    campaign_status status = cpn_find_column(&most, table, name, NULL, "most", CPN_ANY_INT, error);
    if (status == CAMPAIGN_OK && most.type) status = take_most(problem, &most, where, customers, error);
    for (int32_t a = 0; a < problem->n_attributes && status == CAMPAIGN_OK; a++) {
        const cpn_offers_attribute *attribute = &problem->attributes[a];
        campaign_column column = CAMPAIGN_COLUMN_INIT;
        if (!attribute->is_of_customer) continue;
        status = cpn_find_column(&column, table, name, NULL, attribute->name, CPN_ANY_KEY, error);
        if (status == CAMPAIGN_OK && column.values == attribute->column.values && column.type)
            status = take_group(problem, attribute, customers, error);
    }
    return status;
}

/* Number of the customer of each row of the table of customers; -1 = has no pairs. */
static campaign_status match_customers(int32_t **numbers, const cpn_offers_problem *problem,
                                       const campaign_column *column, campaign_error *error)
{
    int64_t *rows = NULL, n = 0;
    campaign_status status = unique_rows(&rows, &n, column, "customers", problem->runtime, error);
    if (status != CAMPAIGN_OK) return status;
    *numbers = cpn_alloc(column->n_rows, sizeof **numbers);
    int64_t at = 0;
    for (int64_t row = 0; *numbers && row < column->n_rows; row++) (*numbers)[row] = -1;
    if ((column->type == CAMPAIGN_TYPE_UTF8) != (problem->customer_column.type == CAMPAIGN_TYPE_UTF8))
        status = cpn_fail(error, CAMPAIGN_E_COLUMN, "customers.customer",
                          "customers are text in one table and whole numbers in the other");
    if (!*numbers) status = cpn_fail_nomem(error);
    for (int64_t c = 0; c < problem->n_customers && status == CAMPAIGN_OK; c++) {
        const int64_t own = problem->customer_rows ? problem->customer_rows[c] : c;
        int order = -1;
        while (at < n && (order = cpn_offers_compare_cells(column, rows[at], &problem->customer_column, own)) < 0) at++;
        if (at < n && order == 0) {
            (*numbers)[rows[at++]] = (int32_t)c;
            continue;
        }
        cpn_offers_key key;
        cpn_offers_cell_key(&key, &problem->customer_column, own);
        status = cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, own, "pairs.customer", "customer \"%.*s\" is not in customers",
                              (int)(key.length < 80 ? key.length : 80), key.text);
    }
    cpn_free(rows);
    return status;
}

int cpn_offers_compare_cells(const campaign_column *a, int64_t a_row, const campaign_column *b, int64_t b_row)
{
    if (a->type != CAMPAIGN_TYPE_UTF8) {
        const int64_t x = cpn_cell_int64(a, a_row), y = cpn_cell_int64(b, b_row);
        return (x > y) - (x < y);
    }
    cpn_offers_key x, y;
    cpn_offers_cell_key(&x, a, a_row);
    cpn_offers_cell_key(&y, b, b_row);
    return compare_keys(&x, &y, NULL);
}

campaign_status cpn_offers_order_customers(cpn_offers_problem *problem, campaign_error *error)
{
    const campaign_column *column = &problem->customer_column;
    if (column->n_nulls > 0) return fail_null(column, "pairs", error);
    bool is_sorted = true;
    for (int64_t row = 1; row < column->n_rows && is_sorted; row++)
        is_sorted = cpn_offers_compare_cells(column, row - 1, column, row) < 0;
    problem->n_customers = column->n_rows;
    if (is_sorted) return CAMPAIGN_OK;
    return unique_rows(&problem->customer_rows, &problem->n_customers, column, "pairs", problem->runtime, error);
}

campaign_status cpn_offers_read_customers(cpn_offers_problem *problem, campaign_error *error)
{
    const campaign_allocate_offers_inputs *inputs = problem->inputs;
    int32_t *numbers = NULL;
    campaign_status status = CAMPAIGN_OK;
    if (problem->is_dense && problem->customer_rows) {
        numbers = cpn_alloc(problem->n_customers, sizeof *numbers);
        if (!numbers) return cpn_fail_nomem(error);
        for (int64_t c = 0; c < problem->n_customers; c++) numbers[problem->customer_rows[c]] = (int32_t)c;
    }
    if (problem->is_dense && !problem->source) status = take_table(problem, inputs->pairs, "pairs", numbers, error);
    cpn_free(numbers);
    numbers = NULL;
    if (status == CAMPAIGN_OK && inputs->customers) {
        campaign_column column = CAMPAIGN_COLUMN_INIT;
        status = cpn_need_column(&column, inputs->customers, "customers", NULL, problem->knobs.given.customer,
                                 CPN_ANY_KEY, error);
        if (status == CAMPAIGN_OK) status = match_customers(&numbers, problem, &column, error);
        if (status == CAMPAIGN_OK) status = take_table(problem, inputs->customers, "customers", numbers, error);
    }
    cpn_free(numbers);
    return status;
}
