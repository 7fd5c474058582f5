/* Prices made from a report's tables: everything that deciding for one customer needs, in memory that never changes. */
#include <math.h>
#include <string.h>

#include "allocate/offers/prices.h"
#include "base/memory.h"

static campaign_status read_multipliers(campaign_offer_prices *prices, double *multipliers, const campaign_table *rows,
                                        campaign_error *error)
{
    cpn_offers_problem *problem = &prices->problem;
    campaign_column cost = CAMPAIGN_COLUMN_INIT, multiplier = CAMPAIGN_COLUMN_INIT;
    campaign_status status =
        cpn_find_column(&cost, rows, "rows", NULL, "cost", CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8), error);
    if (status == CAMPAIGN_OK)
        status = cpn_need_column(&multiplier, rows, "rows", NULL, "multiplier",
                                 CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64) | CPN_ANY_INT, error);
    for (int64_t r = 0; r < campaign_table_n_rows(rows) && status == CAMPAIGN_OK; r++) {
        cpn_offers_row *row = &problem->rows[problem->n_rows];
        *row = (cpn_offers_row){ .stock_offer = -1, .budget_row = r };
        if (cpn_is_null(&multiplier, r))
            return cpn_fail_row(error, CAMPAIGN_E_MISSING, r, "rows.multiplier", "a multiplier is null");
        multipliers[r] = multiplier.type == CAMPAIGN_TYPE_FLOAT64 ? ((const double *)multiplier.values)[r]
                                                                  : (double)cpn_cell_int64(&multiplier, r);
        if (!(multipliers[r] >= 0 && multipliers[r] <= 1e300))
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, r, "rows.multiplier",
                                "a multiplier is negative or not finite");
        if (cost.type && !cpn_is_null(&cost, r)) {
            size_t length;
            const char *name = cpn_cell_text(&cost, r, &length);
            status = cpn_offers_find_cost(&row->cost, problem, name, length, error);
        }
        problem->n_rows++;
    }
    return status;
}

/* Names outlive the tables that they came from. */
static campaign_status copy_names(campaign_offer_prices *prices, campaign_error *error)
{
    for (int32_t a = 0; a < prices->problem.n_attributes; a++) {
        cpn_offers_attribute *attribute = &prices->problem.attributes[a];
        if (!attribute->is_of_customer) continue;
        prices->names[prices->n_names] = cpn_copy_text(attribute->name, strlen(attribute->name));
        if (!prices->names[prices->n_names]) return cpn_fail_nomem(error);
        prices->attributes[prices->n_names++] = a;
    }
    return CAMPAIGN_OK;
}

static campaign_status fill_prices(campaign_offer_prices *prices, const campaign_table *rows, campaign_error *error)
{
    cpn_offers_problem *problem = &prices->problem;
    double *multipliers = cpn_alloc(campaign_table_n_rows(rows), sizeof *multipliers);
    campaign_status status = multipliers ? cpn_offers_read_offers(problem, error) : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = cpn_offers_read_rows(problem, error);
    if (status == CAMPAIGN_OK) {
        cpn_offers_row *grown =
            cpn_resize(problem->rows, campaign_table_n_rows(rows) + problem->n_offers, sizeof *grown);
        if (grown) problem->rows = grown;
        status = grown ? read_multipliers(prices, multipliers, rows, error) : cpn_fail_nomem(error);
    }
    if (status == CAMPAIGN_OK) status = cpn_offers_read_limits(problem, problem->inputs->limits, error);
    if (status == CAMPAIGN_OK) status = cpn_offers_make_uses(problem, error);
    if (status == CAMPAIGN_OK) {
        prices->prices = cpn_alloc(problem->n_groups * problem->n_offers * problem->n_costs, sizeof *prices->prices);
        status = prices->prices ? copy_names(prices, error) : cpn_fail_nomem(error);
        if (prices->prices) cpn_offers_price(prices->prices, problem, multipliers);
    }
    cpn_free(multipliers);
    return status;
}

campaign_status campaign_offer_prices_create(campaign_offer_prices **prices, const campaign_table *rows,
                                             const campaign_table *offers, const campaign_table *limits,
                                             const campaign_allocate_offers_options *options, campaign_error *error)
{
    if (prices) *prices = NULL;
    if (!prices || !rows || !offers)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, prices ? (rows ? "offers" : "rows") : "prices",
                        "prices, rows and offers are required");
    cpn_offers_knobs knobs = { 0 };
    campaign_status status = cpn_offers_take_knobs(&knobs, options, error);
    if (status != CAMPAIGN_OK) return status;
    campaign_offer_prices *made = cpn_alloc_zero(1, sizeof *made);
    if (!made) return cpn_fail_nomem(error);
    campaign_allocate_offers_inputs inputs = CAMPAIGN_ALLOCATE_OFFERS_INPUTS_INIT;
    inputs.offers = offers;
    inputs.budgets = rows;
    inputs.limits = limits;
    made->problem.knobs = knobs;
    made->problem.inputs = &inputs;
    made->most = knobs.given.most;
    made->is_exact = knobs.given.is_exact != 0;
    status = fill_prices(made, rows, error);
    made->problem.inputs = NULL;
    if (status == CAMPAIGN_OK)
        *prices = made;
    else
        campaign_offer_prices_free(made);
    return status;
}

void campaign_offer_prices_free(campaign_offer_prices *prices)
{
    if (!prices) return;
    for (int32_t i = 0; i < prices->n_names; i++) cpn_free(prices->names[i]);
    cpn_free(prices->prices);
    cpn_offers_problem_free(&prices->problem);
    cpn_free(prices);
}

int32_t campaign_offer_prices_n_offers(const campaign_offer_prices *prices)
{
    return prices ? prices->problem.n_offers : 0;
}

int32_t campaign_offer_prices_n_costs(const campaign_offer_prices *prices)
{
    return prices ? prices->problem.n_costs - 1 : 0;
}

const char *campaign_offer_prices_cost(const campaign_offer_prices *prices, int32_t index)
{
    return prices && index >= 0 && index < prices->problem.n_costs - 1 ? prices->problem.costs[index + 1].name : NULL;
}

const char *campaign_offer_prices_attribute(const campaign_offer_prices *prices, int32_t index)
{
    return prices && index >= 0 && index < prices->n_names ? prices->names[index] : NULL;
}

int32_t campaign_offer_prices_find(const campaign_offer_prices *prices, const char *key, size_t length)
{
    return prices && key ? cpn_offers_find(&prices->problem.offer_names, key, length) : -1;
}

int32_t campaign_offer_prices_key(const campaign_offer_prices *prices, int32_t index, const char *key, size_t length)
{
    if (!prices || !key || index < 0 || index >= prices->n_names) return -1;
    return cpn_offers_find(&prices->problem.attributes[prices->attributes[index]].named, key, length);
}
