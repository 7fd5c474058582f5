/* Pairs, one row each: put together customer by customer, in key order of both. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "allocate/offers/offers.h"
#include "base/checked.h"
#include "base/memory.h"

static campaign_status take_number(campaign_column *column, const campaign_table *table, const char *table_name,
                                   const char *name, uint32_t types, campaign_error *error)
{
    return cpn_need_column(column, table, table_name, NULL, name, types, error);
}

campaign_status cpn_offers_take_values(campaign_column *column, cpn_offers_problem *problem,
                                       const campaign_table *table, const char *table_name, const char *name,
                                       campaign_error *error)
{
    static const uint32_t types = CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY) | CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64) | CPN_ANY_INT;
    const campaign_status status = take_number(column, table, table_name, name, types, error);
    if (status != CAMPAIGN_OK) return status;
    if (column->n_rows > 0 && cpn_is_valueless(column))
        return CAMPAIGN_OK; /* of a list without values any type will do */
    const bool is_money = column->type == CAMPAIGN_TYPE_MONEY;
    if (problem->value_unit == 0) {
        problem->has_money_values = is_money;
        problem->value_exponent = column->exponent;
        memcpy(problem->value_currency, column->currency, sizeof problem->value_currency);
        problem->value_unit = is_money ? (double)cpn_power_of_ten(column->exponent) : 1;
    }
    if (is_money == problem->has_money_values && column->exponent == problem->value_exponent &&
        memcmp(column->currency, problem->value_currency, sizeof column->currency) == 0)
        return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_COLUMN, name, "values are not all numbers, or money of one currency");
}

campaign_status cpn_offers_take_costs(campaign_column *column, cpn_offers_problem *problem, const campaign_table *table,
                                      const char *table_name, const char *name, campaign_error *error)
{
    const uint32_t type = problem->has_money_costs ? CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY)
                                                   : CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64) | CPN_ANY_INT;
    const campaign_status status = take_number(column, table, table_name, name, type, error);
    if (status != CAMPAIGN_OK || !problem->has_money_costs) return status;
    if (column->exponent == problem->cost_exponent &&
        memcmp(column->currency, problem->cost_currency, sizeof column->currency) == 0)
        return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_COLUMN, name, "costs are in %s with %ld decimals, budgets in %s with %ld",
                    column->currency, (long)column->exponent, problem->cost_currency, (long)problem->cost_exponent);
}

campaign_status cpn_offers_take_constants(campaign_column *column, cpn_offers_problem *problem, int32_t cost,
                                          campaign_error *error)
{
    const char *name = problem->costs[cost].name;
    if (problem->inputs->offers && campaign_table_find(problem->inputs->offers, name) >= 0)
        return cpn_offers_take_costs(column, problem, problem->inputs->offers, "offers", name, error);
    column->type = 0;
    return CAMPAIGN_OK;
}

/* Everything a row of pairs has. */
typedef struct pair_columns {
    campaign_column customer, offer, value;
    campaign_column costs[CPN_OFFERS_COSTS], constants[CPN_OFFERS_COSTS]; /* one of the two */
    cpn_keys customers, offers;
    int32_t *offer_numbers; /* by code of offers */
    int32_t *order, *scratch;
} pair_columns;

static campaign_status open_pairs(pair_columns *columns, cpn_offers_problem *problem, campaign_error *error)
{
    const campaign_table *pairs = problem->inputs->pairs;
    const cpn_offers_knobs *knobs = &problem->knobs;
    campaign_status status = take_number(&columns->customer, pairs, "pairs", knobs->given.customer, CPN_ANY_KEY, error);
    if (status == CAMPAIGN_OK)
        status = take_number(&columns->offer, pairs, "pairs", knobs->given.offer, CPN_ANY_KEY, error);
    if (status == CAMPAIGN_OK)
        status = cpn_offers_take_values(&columns->value, problem, pairs, "pairs", "value", error);
    for (int32_t c = 1; c < problem->n_costs && status == CAMPAIGN_OK; c++) {
        const char *name = problem->costs[c].name;
        columns->costs[c].type = 0;
        columns->constants[c].type = 0;
        if (campaign_table_find(pairs, name) < 0)
            status = cpn_offers_take_constants(&columns->constants[c], problem, c, error);
        if (status == CAMPAIGN_OK && !columns->constants[c].type)
            status = cpn_offers_take_costs(&columns->costs[c], problem, pairs, "pairs", name, error);
    }
    if (status != CAMPAIGN_OK) return status;
    for (int32_t i = 0; i < 2; i++) {
        const campaign_column *key = i ? &columns->offer : &columns->customer;
        for (int64_t row = 0; key->n_nulls > 0 && row < key->n_rows; row++)
            if (cpn_is_null(key, row))
                return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, i ? "pairs.offer" : "pairs.customer",
                                    "a key is null");
    }
    if (columns->customer.n_rows < INT32_MAX) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_LIMIT, "pairs", "there are %lld pairs, at most %ld can be handled",
                    (long long)columns->customer.n_rows, (long)INT32_MAX - 1);
}

static campaign_status number_offers(pair_columns *columns, const cpn_offers_problem *problem, campaign_error *error)
{
    campaign_status status = cpn_keys_create(&columns->offers, &columns->offer, problem->runtime, error);
    if (status != CAMPAIGN_OK) return status;
    columns->offer_numbers = cpn_alloc(columns->offers.n_keys, sizeof *columns->offer_numbers);
    if (!columns->offer_numbers) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < columns->offers.n_keys; i++) {
        const int64_t row = columns->offers.first_rows[i];
        columns->offer_numbers[i] = cpn_offers_find_cell(&problem->offer_names, &columns->offer, row);
        if (columns->offer_numbers[i] >= 0) continue;
        int64_t first = 0;
        cpn_offers_key key;
        while (columns->offers.codes[first] != (int32_t)i) first++;
        cpn_offers_cell_key(&key, &columns->offer, first);
        return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, first, "pairs.offer", "there is no offer \"%.*s\"",
                            (int)(key.length < 80 ? key.length : 80), key.text);
    }
    return CAMPAIGN_OK;
}

/* Places rows by a number of theirs, keeping the order of equals. */
static bool place_rows(int32_t *to, const int32_t *from, int64_t n, const int32_t *codes, const int32_t *numbers,
                       int64_t n_numbers)
{
    int64_t *at = cpn_alloc_zero(n_numbers + 1, sizeof *at);
    if (!at) return false;
    for (int64_t i = 0; i < n; i++) at[(numbers ? numbers[codes[i]] : codes[i]) + 1]++;
    for (int64_t k = 0; k < n_numbers; k++) at[k + 1] += at[k];
    for (int64_t i = 0; i < n; i++) {
        const int32_t row = from ? from[i] : (int32_t)i, code = codes[row];
        to[at[numbers ? numbers[code] : code]++] = row;
    }
    cpn_free(at);
    return true;
}

static campaign_status order_pairs(pair_columns *columns, const cpn_offers_problem *problem, campaign_error *error)
{
    const int64_t n = columns->customer.n_rows;
    campaign_status status = cpn_keys_create(&columns->customers, &columns->customer, problem->runtime, error);
    if (status != CAMPAIGN_OK) return status;
    columns->order = cpn_alloc(n, sizeof *columns->order);
    columns->scratch = cpn_alloc(n, sizeof *columns->scratch);
    if (!columns->order || !columns->scratch ||
        !place_rows(columns->scratch, NULL, n, columns->offers.codes, columns->offer_numbers, problem->n_offers) ||
        !place_rows(columns->order, columns->scratch, n, columns->customers.codes, NULL, columns->customers.n_keys))
        return cpn_fail_nomem(error);
    for (int64_t i = 1; i < n; i++) {
        const int32_t a = columns->order[i - 1], b = columns->order[i];
        if (columns->customers.codes[a] == columns->customers.codes[b] &&
            columns->offers.codes[a] == columns->offers.codes[b])
            return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, a > b ? a : b, "pairs",
                                "the same customer and offer stand in row %ld", (long)(a < b ? a : b));
    }
    return CAMPAIGN_OK;
}

/* A cost of a row, checked. */
static campaign_status read_cost(double *value, cpn_offers_problem *problem, const pair_columns *columns, int32_t cost,
                                 int64_t row, int32_t offer, campaign_error *error)
{
    const bool is_constant = columns->constants[cost].type != 0;
    const campaign_column *column = is_constant ? &columns->constants[cost] : &columns->costs[cost];
    const int64_t at = is_constant ? problem->offer_table_rows[offer] : row;
    char where[96];
    *value = cpn_is_null(column, at) ? NAN : cpn_offers_number(column, at);
    if (*value >= 0 && *value <= 1e300) {
        cpn_offers_join_cost(&problem->costs[cost], *value, *value);
        return CAMPAIGN_OK;
    }
    (void)snprintf(where, sizeof where, "%s.%.70s", is_constant ? "offers" : "pairs", column->name);
    if (cpn_is_null(column, at)) return cpn_fail_row(error, CAMPAIGN_E_MISSING, at, where, "a cost is null");
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, at, where, "a cost is negative, not finite, or above 1e300");
}

static campaign_status take_pair(cpn_offers_problem *problem, const pair_columns *columns, int64_t row,
                                 campaign_error *error)
{
    cpn_offers_set *set = &problem->set;
    const int64_t to = set->n_pairs;
    const int32_t offer = columns->offer_numbers[columns->offers.codes[row]];
    campaign_status status = CAMPAIGN_OK;
    set->offers[to] = offer;
    set->values[to] = cpn_offers_number(&columns->value, row);
    const double magnitude = fabs(set->values[to]);
    if (!(magnitude <= 1e300))
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "pairs.value", "a value is not finite, or beyond 1e300");
    if (magnitude > problem->value_most) problem->value_most = magnitude;
    for (int32_t c = 1; c < problem->n_costs && status == CAMPAIGN_OK; c++)
        status = read_cost(&set->costs[to * (problem->n_costs - 1) + c - 1], problem, columns, c, row, offer, error);
    set->n_pairs++;
    return status;
}

static campaign_status fill_set(cpn_offers_problem *problem, const pair_columns *columns, campaign_error *error)
{
    cpn_offers_set *set = &problem->set;
    const int64_t n = columns->customer.n_rows, n_customers = columns->customers.n_keys;
    campaign_status status = CAMPAIGN_OK;
    set->starts = cpn_alloc(n_customers + 1, sizeof *set->starts);
    set->customers = cpn_alloc(n_customers, sizeof *set->customers);
    set->offers = cpn_alloc(n, sizeof *set->offers);
    set->values = cpn_alloc(n, sizeof *set->values);
    set->costs = cpn_alloc(n * (problem->n_costs - 1), sizeof *set->costs);
    if (!set->starts || !set->customers || !set->offers || !set->values || !set->costs) return cpn_fail_nomem(error);
    int64_t next = 0;
    for (int64_t c = 0; c < n_customers; c++) {
        set->starts[c] = set->n_pairs;
        set->customers[c] = (int32_t)c;
        for (; next < n && columns->customers.codes[columns->order[next]] == (int32_t)c; next++) {
            if (cpn_is_null(&columns->value, columns->order[next])) continue;
            status = take_pair(problem, columns, columns->order[next], error);
            if (status != CAMPAIGN_OK) return status;
        }
    }
    set->starts[n_customers] = set->n_pairs;
    set->n_customers = n_customers;
    return CAMPAIGN_OK;
}

static campaign_status finish_set(cpn_offers_problem *problem, campaign_error *error)
{
    cpn_offers_set *set = &problem->set;
    set->groups = problem->groups;
    set->mosts = problem->mosts;
    problem->groups = NULL;
    problem->mosts = NULL;
    if (!set->groups) set->groups = cpn_alloc_zero(set->n_customers, sizeof *set->groups);
    if (!set->mosts) {
        set->mosts = cpn_alloc(set->n_customers, sizeof *set->mosts);
        for (int64_t c = 0; set->mosts && c < set->n_customers; c++) set->mosts[c] = problem->knobs.given.most;
    }
    return set->groups && set->mosts ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

campaign_status cpn_offers_read_pairs(cpn_offers_problem *problem, campaign_error *error)
{
    pair_columns columns = { 0 };
    campaign_status status = open_pairs(&columns, problem, error);
    if (status == CAMPAIGN_OK) status = number_offers(&columns, problem, error);
    if (status == CAMPAIGN_OK) status = order_pairs(&columns, problem, error);
    if (status == CAMPAIGN_OK) status = fill_set(problem, &columns, error);
    if (status == CAMPAIGN_OK) {
        problem->n_customers = problem->set.n_customers;
        problem->n_pairs = problem->set.n_pairs;
        problem->customer_column = columns.customer;
        problem->customer_rows = columns.customers.first_rows;
        columns.customers.first_rows = NULL;
        status = cpn_offers_read_customers(problem, error);
    }
    if (status == CAMPAIGN_OK) status = finish_set(problem, error);
    cpn_keys_free(&columns.customers);
    cpn_keys_free(&columns.offers);
    cpn_free(columns.offer_numbers);
    cpn_free(columns.order);
    cpn_free(columns.scratch);
    return status;
}
