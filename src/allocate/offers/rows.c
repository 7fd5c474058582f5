/* Budgets and stocks become rows; attributes that budgets name become groups of customers and marks of offers. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "allocate/offers/offers.h"
#include "base/memory.h"

static const double most_multiples = 1e7; /* of a common divisor of costs in an amount: beyond, none is looked for */
static const int64_t most_groups = INT64_C(1) << 20, most_cells = INT64_C(1) << 24;

/* Columns of budgets, or of a report's rows, that are no attributes. */
static bool is_reserved(const cpn_offers_problem *problem, const char *name)
{
    static const char *const reserved[] = { "name",  "cost",       "amount",     "used",
                                            "count", "used_count", "multiplier", "text" };
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (strcmp(reserved[i], name) == 0) return true;
    return strcmp(problem->knobs.given.offer, name) == 0;
}

/* Which table has an attribute: that of offers, of customers, or the pairs where they have one row per customer. */
static campaign_status find_attribute(cpn_offers_problem *problem, cpn_offers_attribute *attribute,
                                      campaign_error *error)
{
    const campaign_allocate_offers_inputs *inputs = problem->inputs;
    const char *name = attribute->name;
    if (inputs->offers && campaign_table_find(inputs->offers, name) >= 0)
        return cpn_need_column(&attribute->column, inputs->offers, "offers", NULL, name, CPN_ANY_KEY, error);
    attribute->is_of_customer = true;
    if (!inputs->pairs) return CAMPAIGN_OK; /* prices only: keys come later */
    if (inputs->customers && campaign_table_find(inputs->customers, name) >= 0)
        return cpn_need_column(&attribute->column, inputs->customers, "customers", NULL, name, CPN_ANY_KEY, error);
    if (problem->is_dense && campaign_table_find(inputs->pairs, name) >= 0)
        return cpn_need_column(&attribute->column, inputs->pairs, "pairs", NULL, name, CPN_ANY_KEY, error);
    char where[96];
    (void)snprintf(where, sizeof where, "budgets.%.80s", name);
    return cpn_fail(error, CAMPAIGN_E_COLUMN, where,
                    "neither offers nor customers have a column \"%.80s\" that this column of budgets could mean",
                    name);
}

static campaign_status mark_offers(cpn_offers_problem *problem, cpn_offers_attribute *attribute, campaign_error *error)
{
    attribute->offer_keys = cpn_alloc(problem->n_offers, sizeof *attribute->offer_keys);
    if (!attribute->offer_keys) return cpn_fail_nomem(error);
    for (int32_t k = 0; k < problem->n_offers; k++) {
        const int64_t row = problem->offer_table_rows[k];
        attribute->offer_keys[k] = cpn_is_null(&attribute->column, row)
                                       ? -1
                                       : cpn_offers_find_cell(&attribute->named, &attribute->column, row);
    }
    return CAMPAIGN_OK;
}

static campaign_status add_attribute(cpn_offers_problem *problem, const campaign_column *budgets, campaign_error *error)
{
    if (problem->n_attributes == CPN_OFFERS_ATTRIBUTES)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, "budgets", "more than %d attributes are named", CPN_OFFERS_ATTRIBUTES);
    cpn_offers_attribute *attribute = &problem->attributes[problem->n_attributes++];
    *attribute = (cpn_offers_attribute){ .name = budgets->name, .stride = 1 };
    campaign_status status = cpn_need_column(&attribute->budgets, problem->inputs->budgets, "budgets", NULL,
                                             budgets->name, CPN_ANY_KEY, error);
    if (status == CAMPAIGN_OK) status = find_attribute(problem, attribute, error);
    if (status == CAMPAIGN_OK) status = cpn_offers_names_create(&attribute->named, &attribute->budgets, error);
    if (status != CAMPAIGN_OK) return status;
    if (!attribute->is_of_customer) return mark_offers(problem, attribute, error);
    attribute->stride = problem->n_groups;
    problem->n_groups *= attribute->named.n + INT64_C(1);
    if (problem->n_groups <= most_groups && problem->n_groups * problem->n_offers <= most_cells) return CAMPAIGN_OK;
    return cpn_fail(
        error, CAMPAIGN_E_LIMIT, "budgets",
        "the keys that budgets name make %lld groups of customers, at most %lld fit %ld offers",
        (long long)problem->n_groups,
        (long long)(most_cells / problem->n_offers < most_groups ? most_cells / problem->n_offers : most_groups),
        (long)problem->n_offers);
}

static campaign_status read_attributes(cpn_offers_problem *problem, campaign_error *error)
{
    const campaign_table *budgets = problem->inputs->budgets;
    campaign_status status = CAMPAIGN_OK;
    problem->n_groups = 1;
    if (problem->n_offers > most_cells)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, "offers", "there are %ld offers, at most %lld can be handled",
                        (long)problem->n_offers, (long long)most_cells);
    for (int32_t i = 0; i < campaign_table_n_columns(budgets) && status == CAMPAIGN_OK; i++) {
        campaign_column column = CAMPAIGN_COLUMN_INIT;
        status = campaign_table_column(&column, budgets, i, error);
        if (status == CAMPAIGN_OK && !is_reserved(problem, column.name))
            status = add_attribute(problem, &column, error);
    }
    return status;
}

/* Columns of budgets that every row may use. */
typedef struct budget_columns {
    campaign_column amount, count, cost, offer;
} budget_columns;

static campaign_status open_budgets(budget_columns *columns, cpn_offers_problem *problem, campaign_error *error)
{
    static const uint32_t amounts =
        CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY) | CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64) | CPN_ANY_INT;
    const campaign_table *budgets = problem->inputs->budgets;
    campaign_status status = cpn_find_column(&columns->amount, budgets, "budgets", NULL, "amount", amounts, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&columns->count, budgets, "budgets", NULL, "count", CPN_ANY_INT, error);
    if (status == CAMPAIGN_OK)
        status =
            cpn_find_column(&columns->cost, budgets, "budgets", NULL, "cost", CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8), error);
    if (status == CAMPAIGN_OK)
        status =
            cpn_find_column(&columns->offer, budgets, "budgets", NULL, problem->knobs.given.offer, CPN_ANY_KEY, error);
    if (status != CAMPAIGN_OK) return status;
    if (columns->amount.type == CAMPAIGN_TYPE_MONEY) {
        problem->has_money_costs = true;
        memcpy(problem->cost_currency, columns->amount.currency, sizeof problem->cost_currency);
        problem->cost_exponent = columns->amount.exponent;
    }
    if (columns->amount.type || columns->count.type) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_COLUMN, "budgets.amount", "budgets have neither a column amount nor count");
}

campaign_status cpn_offers_find_cost(int32_t *cost, cpn_offers_problem *problem, const char *name, size_t length,
                                     campaign_error *error)
{
    for (*cost = 1; *cost < problem->n_costs; ++*cost)
        if (strlen(problem->costs[*cost].name) == length && memcmp(problem->costs[*cost].name, name, length) == 0)
            return CAMPAIGN_OK;
    if (problem->n_costs == CPN_OFFERS_COSTS)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, "budgets.cost", "budgets name more than %d costs",
                        CAMPAIGN_OFFERS_COSTS_MAX);
    char *copy = cpn_copy_text(name, length);
    if (!copy) return cpn_fail_nomem(error);
    problem->costs[problem->n_costs++] = (cpn_offers_cost){ .name = copy, .steps = 1, .fine = INFINITY };
    return CAMPAIGN_OK;
}

static campaign_status read_amount(cpn_offers_row *row, cpn_offers_problem *problem, const budget_columns *columns,
                                   int64_t at, campaign_error *error)
{
    const char *name = "cost";
    size_t length = 4;
    if (columns->cost.type && !cpn_is_null(&columns->cost, at)) name = cpn_cell_text(&columns->cost, at, &length);
    const campaign_status status = cpn_offers_find_cost(&row->cost, problem, name, length, error);
    if (status != CAMPAIGN_OK) return status;
    if (columns->amount.type == CAMPAIGN_TYPE_MONEY) {
        row->amount = cpn_cell_int64(&columns->amount, at);
        row->raw_amount = (double)row->amount;
    } else {
        row->raw_amount = cpn_offers_number(&columns->amount, at);
    }
    const double fine = row->raw_amount / most_multiples;
    if (fine > 0 && fine < problem->costs[row->cost].fine) problem->costs[row->cost].fine = fine;
    if (row->raw_amount >= 0 && row->raw_amount <= 1e300) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, at, "budgets.amount",
                        "an amount is negative, not finite, or above 1e300");
}

static campaign_status read_budget(cpn_offers_row *row, cpn_offers_problem *problem, const budget_columns *columns,
                                   int64_t at, campaign_error *error)
{
    const bool has_amount = columns->amount.type && !cpn_is_null(&columns->amount, at);
    const bool has_count = columns->count.type && !cpn_is_null(&columns->count, at);
    *row = (cpn_offers_row){ .stock_offer = -1, .budget_row = at };
    if (has_amount && has_count)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, at, "budgets.count", "a row has both an amount and a count");
    if (!has_amount && !has_count)
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, at, "budgets.amount", "a row has neither an amount nor a count");
    if (has_amount) return read_amount(row, problem, columns, at, error);
    row->amount = cpn_cell_int64(&columns->count, at);
    row->raw_amount = (double)row->amount;
    if (row->amount >= 0) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, at, "budgets.count", "a count of %lld is negative",
                        (long long)row->amount);
}

/* Stocks of offers become rows behind the budgets. */
static campaign_status read_stocks(cpn_offers_problem *problem, campaign_error *error)
{
    campaign_column stock = CAMPAIGN_COLUMN_INIT;
    if (!problem->inputs->offers || !problem->inputs->pairs) return CAMPAIGN_OK;
    const campaign_status status =
        cpn_find_column(&stock, problem->inputs->offers, "offers", NULL, "stock", CPN_ANY_INT, error);
    for (int32_t k = 0; status == CAMPAIGN_OK && stock.type && k < problem->n_offers; k++) {
        const int64_t at = problem->offer_table_rows[k];
        if (cpn_is_null(&stock, at)) continue;
        const int64_t amount = cpn_cell_int64(&stock, at);
        if (amount < 0)
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, at, "offers.stock", "a stock of %lld is negative",
                                (long long)amount);
        problem->rows[problem->n_rows++] =
            (cpn_offers_row){ .stock_offer = k, .budget_row = -1, .amount = amount, .raw_amount = (double)amount };
    }
    return status;
}

campaign_status cpn_offers_read_rows(cpn_offers_problem *problem, campaign_error *error)
{
    const campaign_table *budgets = problem->inputs->budgets;
    const int64_t n = campaign_table_n_rows(budgets);
    budget_columns columns = { 0 };
    problem->n_groups = 1;
    problem->n_costs = 1;
    problem->costs[0] = (cpn_offers_cost){ .steps = 1, .most = 1 };
    if (n > INT32_MAX / 4)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, "budgets", "there are %lld budgets, at most %d can be handled",
                        (long long)n, INT32_MAX / 4);
    problem->rows = cpn_alloc(n + problem->n_offers, sizeof *problem->rows);
    if (!problem->rows) return cpn_fail_nomem(error);
    campaign_status status = CAMPAIGN_OK;
    if (budgets && problem->inputs->pairs) status = open_budgets(&columns, problem, error);
    if (budgets && status == CAMPAIGN_OK) status = read_attributes(problem, error);
    for (int64_t at = 0; problem->inputs->pairs && at < n && status == CAMPAIGN_OK; at++)
        status = read_budget(&problem->rows[problem->n_rows++], problem, &columns, at, error);
    return status == CAMPAIGN_OK ? read_stocks(problem, error) : status;
}
