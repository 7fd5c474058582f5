/* Reads the items of the promotion weeks: prices, demand, rules. */
#include <string.h>

#include "base/memory.h"
#include "plan/weeks/weeks.h"

enum {
    ITEM,
    PRICE,
    COST,
    BASE,
    ELASTICITY,
    MEMORY,
    WEIGHT = MEMORY + CPN_WEEKS_MEMORY,
    DECAY,
    GAP,
    MOST,
    MOST_A_QUARTER,
    PROMOTION_COST,
    SLOTS,
    N_FIELDS
};

#define MONEY  CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY)
#define NUMBER (CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64) | CPN_ANY_INT)

/* 2^53 minor units and 1e12 units a week are beyond any shop, and small enough for exact sums. Exponents of 50 pass what
 * was ever measured by far. */
static const cpn_weeks_spec specs[N_FIELDS] = {
    { "item", "items.item", CPN_ANY_KEY, true, 0, 0, 0 },
    { "price", "items.price", MONEY, true, 1, 9007199254740992.0, 0 },
    { "cost", "items.cost", MONEY, true, 0, 9007199254740992.0, 0 },
    { "base", "items.base", NUMBER, true, 0, 1e12, 0 },
    { "elasticity", "items.elasticity", NUMBER, true, 0, 50, 0 },
    { "memory_1", "items.memory_1", NUMBER, false, -50, 50, 0 },
    { "memory_2", "items.memory_2", NUMBER, false, -50, 50, 0 },
    { "memory_3", "items.memory_3", NUMBER, false, -50, 50, 0 },
    { "memory_4", "items.memory_4", NUMBER, false, -50, 50, 0 },
    { "memory_5", "items.memory_5", NUMBER, false, -50, 50, 0 },
    { "memory_6", "items.memory_6", NUMBER, false, -50, 50, 0 },
    { "reference_weight", "items.reference_weight", NUMBER, false, 0, 50, 0 },
    { "reference_decay", "items.reference_decay", NUMBER, false, 0, 0.999, 0.8 },
    { "gap", "items.gap", CPN_ANY_INT, false, 0, CPN_WEEKS_GAP, 0 },
    { "max_promotions", "items.max_promotions", CPN_ANY_INT, false, 0, 1000000, -1 },
    { "max_per_quarter", "items.max_per_quarter", CPN_ANY_INT, false, 0, 1000000, -1 },
    { "promotion_cost", "items.promotion_cost", MONEY, false, 0, 1e15, 0 },
    { "slots", "items.slots", CPN_ANY_INT, false, 0, 1e9, 1 },
};

/* The whole engine counts in the money of the regular prices. */
static campaign_status take_currency(cpn_weeks_problem *problem, const cpn_weeks_field *fields, campaign_error *error)
{
    memcpy(problem->currency, fields[PRICE].column.currency, sizeof problem->currency);
    problem->exponent = fields[PRICE].column.exponent;
    campaign_status status = cpn_weeks_check_money(problem, &fields[COST], error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_check_money(problem, &fields[PROMOTION_COST], error);
    return status;
}

campaign_status cpn_weeks_check_money(const cpn_weeks_problem *problem, const cpn_weeks_field *field,
                                      campaign_error *error)
{
    const campaign_column *column = &field->column;
    if (column->type == 0 ||
        (strcmp(column->currency, problem->currency) == 0 && column->exponent == problem->exponent))
        return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_COLUMN, field->spec->where,
                    "column \"%s\" is in %s with %ld decimals, items.price in %s with %ld", column->name,
                    column->currency, (long)column->exponent, problem->currency, (long)problem->exponent);
}

static campaign_status take_demand(cpn_weeks_item *item, const cpn_weeks_field *fields, int64_t row,
                                   campaign_error *error)
{
    double *const targets[] = { &item->base, &item->elasticity };
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < 2 && status == CAMPAIGN_OK; i++)
        status = cpn_weeks_float(targets[i], &fields[BASE + i], row, error);
    for (int32_t m = 0; m < CPN_WEEKS_MEMORY && status == CAMPAIGN_OK; m++) {
        status = cpn_weeks_float(&item->memory[m], &fields[MEMORY + m], row, error);
        if (item->memory[m] != 0) item->n_memory = m + 1;
    }
    if (status == CAMPAIGN_OK) status = cpn_weeks_float(&item->reference_weight, &fields[WEIGHT], row, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_float(&item->reference_decay, &fields[DECAY], row, error);
    return status;
}

static campaign_status take_rules(cpn_weeks_item *item, const cpn_weeks_field *fields, int64_t row,
                                  campaign_error *error)
{
    int64_t gap, most, most_a_quarter;
    campaign_status status = cpn_weeks_int(&gap, &fields[GAP], row, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_int(&most, &fields[MOST], row, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_int(&most_a_quarter, &fields[MOST_A_QUARTER], row, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_int(&item->promotion_cost, &fields[PROMOTION_COST], row, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_int(&item->slots, &fields[SLOTS], row, error);
    if (status != CAMPAIGN_OK) return status;
    item->gap = (int32_t)gap;
    item->max_promotions = (int32_t)most;
    item->max_per_quarter = (int32_t)most_a_quarter;
    return CAMPAIGN_OK;
}

static campaign_status take_item(cpn_weeks_problem *problem, const cpn_weeks_field *fields, int64_t row,
                                 campaign_error *error)
{
    const int32_t code = problem->item_keys.keys.codes[row];
    if (code < 0) return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "items.item", "item is null");
    cpn_weeks_item *item = &problem->items[code];
    char name[CPN_NAMED_KEY_TEXT];
    if (item->price != 0) {
        cpn_named_key_text(name, &problem->item_keys, code);
        return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row, "items.item", "item \"%s\" stands twice", name);
    }
    campaign_status status = cpn_weeks_int(&item->price, &fields[PRICE], row, error);
    if (status == CAMPAIGN_OK) status = cpn_weeks_int(&item->cost, &fields[COST], row, error);
    if (status == CAMPAIGN_OK) status = take_demand(item, fields, row, error);
    if (status == CAMPAIGN_OK) status = take_rules(item, fields, row, error);
    return status;
}

campaign_status cpn_weeks_read_items(cpn_weeks_problem *problem, const campaign_table *items,
                                     const campaign_runtime *runtime, campaign_error *error)
{
    cpn_weeks_field fields[N_FIELDS];
    campaign_status status = cpn_weeks_open(fields, specs, N_FIELDS, items, problem->knobs.given.item, error);
    if (status == CAMPAIGN_OK) status = take_currency(problem, fields, error);
    if (status == CAMPAIGN_OK)
        status = cpn_named_keys_create(&problem->item_keys, &fields[ITEM].column, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    problem->n_items = problem->item_keys.keys.n_keys;
    problem->items = cpn_alloc_zero(problem->n_items, sizeof *problem->items);
    if (!problem->items) return cpn_fail_nomem(error);
    const int64_t n_rows = campaign_table_n_rows(items);
    for (int64_t row = 0; row < n_rows && status == CAMPAIGN_OK; row++) status = take_item(problem, fields, row, error);
    return status;
}
