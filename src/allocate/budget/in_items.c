/* Reads the items of a budget: amounts, rules, priorities, and which are paused. Their curves are in_curves.c. */
#include <math.h>

#include "allocate/budget/spend.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/sort.h"

enum {
    ITEM,
    VALUE,
    MINIMUM,
    MAXIMUM,
    OPENING_COST,
    MINIMUM_IF_OPEN,
    STEP,
    GROUP,
    SPENT,
    IS_PAUSED,
    ACTUAL_RESPONSE,
    CPA_CAP,
    PRIORITY,
    CURRENT,
    N_FIELDS
};

#define MONEY  CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY)
#define NUMBER (CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64) | CPN_ANY_INT)

static const cpn_spend_spec specs[N_FIELDS] = {
    { "item", "items.item", CPN_ANY_KEY, true, false, 0, 0, 0 },
    { "value", "items.value", NUMBER | MONEY, false, false, 0, CPN_SPEND_MOST, 1 },
    { "minimum", "items.minimum", NUMBER | MONEY, false, true, 0, 0, 0 },
    { "maximum", "items.maximum", NUMBER | MONEY, false, true, 0, 0, INFINITY },
    { "opening_cost", "items.opening_cost", NUMBER | MONEY, false, true, 0, 0, 0 },
    { "minimum_if_open", "items.minimum_if_open", NUMBER | MONEY, false, true, 0, 0, 0 },
    { "step", "items.step", NUMBER | MONEY, false, true, 0, 0, 0 },
    { "group", "items.group", CPN_ANY_KEY, false, false, 0, 0, 0 },
    { "spent", "items.spent", NUMBER | MONEY, false, true, 0, 0, 0 },
    { "is_paused", "items.is_paused", CPN_TYPE_BIT(CAMPAIGN_TYPE_BOOL), false, false, 0, 1, 0 },
    { "actual_response", "items.actual_response", NUMBER, false, false, 0, CPN_SPEND_MOST, NAN },
    { "cpa_cap", "items.cpa_cap", NUMBER | MONEY, false, false, 0, CPN_SPEND_MOST, NAN },
    { "priority", "items.priority", CPN_ANY_INT, false, false, -1e15, 1e15, 1e15 },
    { "current", "items.current", NUMBER | MONEY, false, true, 0, 0, NAN },
};

/* Spent per response beyond the cap and its tolerance. Compared as products, so that a round figure decides exactly:
 * spent / response > cap × (1 + tolerance). */
static bool is_over_cap(const cpn_spend_book *book, const cpn_spend_entry *item)
{
    const double tolerance = 1e6 + book->knobs.given.cpa_tolerance_ppm;
    return !cpn_is_nan(item->cpa_cap) && !cpn_is_nan(item->actual_response) &&
           item->spent * 1e6 > item->cpa_cap * book->terms.unit * item->actual_response * tolerance;
}

static campaign_status take_amounts(cpn_spend_entry *item, const cpn_spend_field *fields, int64_t row,
                                    campaign_error *error)
{
    const struct {
        double *place;
        int32_t field;
    } amounts[] = { { &item->minimum, MINIMUM },
                    { &item->maximum, MAXIMUM },
                    { &item->opening_cost, OPENING_COST },
                    { &item->minimum_if_open, MINIMUM_IF_OPEN },
                    { &item->step, STEP },
                    { &item->spent, SPENT },
                    { &item->current, CURRENT } };
    campaign_status status = CAMPAIGN_OK;
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts && status == CAMPAIGN_OK; i++)
        status = cpn_spend_amount(amounts[i].place, &fields[amounts[i].field], row, error);
    if (status == CAMPAIGN_OK) status = cpn_spend_number(&item->value, &fields[VALUE], row, error);
    if (status == CAMPAIGN_OK) status = cpn_spend_number(&item->actual_response, &fields[ACTUAL_RESPONSE], row, error);
    if (status == CAMPAIGN_OK) status = cpn_spend_number(&item->cpa_cap, &fields[CPA_CAP], row, error);
    return status;
}

static campaign_status take_item(cpn_spend_book *book, int64_t *priorities, const cpn_spend_field *fields, int64_t row,
                                 campaign_error *error)
{
    const int32_t code = book->item_keys.keys.codes[row];
    if (code < 0) return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "items.item", "item is null");
    cpn_spend_entry *item = &book->items[code];
    char name[CPN_NAMED_KEY_TEXT];
    if (item->row >= 0) {
        cpn_named_key_text(name, &book->item_keys, code);
        return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row, "items.item", "item \"%s\" stands twice", name);
    }
    item->row = row;
    int64_t is_paused = 0;
    campaign_status status = take_amounts(item, fields, row, error);
    if (status == CAMPAIGN_OK) status = cpn_spend_int(&is_paused, &fields[IS_PAUSED], row, error);
    if (status == CAMPAIGN_OK) status = cpn_spend_int(&priorities[code], &fields[PRIORITY], row, error);
    if (status == CAMPAIGN_OK && cpn_spend_has(&fields[GROUP], row))
        status = cpn_spend_find(&item->group, &book->group_keys, &fields[GROUP], row, error);
    if (status != CAMPAIGN_OK) return status;
    item->pause = is_paused ? CPN_SPEND_PAUSED : is_over_cap(book, item) ? CPN_SPEND_OVER_CAP : CPN_SPEND_RUNS;
    return CAMPAIGN_OK;
}

/* Numbers the priorities from 0 in their order. */
static campaign_status rank_items(cpn_spend_book *book, const int64_t *priorities, campaign_error *error)
{
    int64_t *order = cpn_alloc(book->n_items, sizeof *order);
    if (!order || !cpn_order_int64(order, priorities, book->n_items)) {
        cpn_free(order);
        return cpn_fail_nomem(error);
    }
    int32_t rank = 0;
    for (int64_t i = 0; i < book->n_items; i++) {
        if (i > 0 && priorities[order[i]] != priorities[order[i - 1]]) rank++;
        book->items[order[i]].rank = rank;
    }
    book->n_ranks = rank + 1;
    cpn_free(order);
    return CAMPAIGN_OK;
}

campaign_status cpn_spend_read_items(cpn_spend_book *book, const campaign_table *table, const campaign_runtime *runtime,
                                     campaign_error *error)
{
    cpn_spend_field fields[N_FIELDS];
    campaign_status status = cpn_spend_open_fields(fields, specs, N_FIELDS, table, error);
    if (status == CAMPAIGN_OK) status = cpn_spend_take_money(&book->terms, fields, N_FIELDS, error);
    if (status == CAMPAIGN_OK) status = cpn_spend_check_amounts(&book->terms, fields, N_FIELDS, error);
    if (status == CAMPAIGN_OK) status = cpn_spend_take_budget(&book->knobs, &book->terms, error);
    if (status != CAMPAIGN_OK) return status;
    book->item_keys.column = fields[ITEM].column;
    status = cpn_keys_create(&book->item_keys.keys, &fields[ITEM].column, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    book->n_items = book->item_keys.keys.n_keys;
    book->items = cpn_alloc(book->n_items, sizeof *book->items);
    int64_t *priorities = cpn_alloc(book->n_items, sizeof *priorities);
    if (!book->items || !priorities) status = cpn_fail_nomem(error);
    for (int64_t i = 0; i < book->n_items && status == CAMPAIGN_OK; i++)
        book->items[i] = (cpn_spend_entry){ .row = -1, .group = CPN_SPEND_WHOLE };
    for (int64_t row = 0; row < campaign_table_n_rows(table) && status == CAMPAIGN_OK; row++)
        status = take_item(book, priorities, fields, row, error);
    if (status == CAMPAIGN_OK) status = rank_items(book, priorities, error);
    cpn_free(priorities);
    return status;
}
