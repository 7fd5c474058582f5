/* Prices, territories and promises: their columns, and what is looked for in each. */
#include "base/memory.h"
#include "execution/conflicts/clash.h"

#define UTF8  CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8)
#define MONEY CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY)

static campaign_status need_days(cpn_clash_columns *columns, const campaign_table *table, campaign_error *error)
{
    const campaign_status status =
        cpn_need_column(&columns->start, table, columns->table, NULL, "start", CPN_ANY_DAY, error);
    return status == CAMPAIGN_OK
               ? cpn_need_column(&columns->end, table, columns->table, NULL, "end", CPN_ANY_DAY, error)
               : status;
}

/* ---- Prices ------------------------------------------------------------------------------------------------------ */

static campaign_status find_floors(cpn_clashes *found, const cpn_clash_windows *windows, const campaign_column *floor,
                                   campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int64_t i = 0; floor->type && i < windows->n && status == CAMPAIGN_OK; i++) {
        const cpn_clash_window *window = &windows->all[i];
        if (cpn_is_null(floor, window->row)) continue;
        const int64_t limit = cpn_cell_int64(floor, window->row);
        if (window->amount >= limit) continue;
        const cpn_clash clash = { .kind = CPN_CLASH_FLOOR,
                                  .severity = 0,
                                  .subject = window->group_name,
                                  .lane = window->name,
                                  .first = window->name,
                                  .start_day = window->start_day,
                                  .end_day = window->end_day,
                                  .rows = { window->row, -1 },
                                  .n_rows = 1,
                                  .amount = limit - window->amount,
                                  .limit = limit,
                                  .has_amount = true };
        status = cpn_clash_keep(found, &clash, error);
    }
    return status;
}

campaign_status cpn_clash_of_prices(cpn_clashes *found, const campaign_table *prices, campaign_error *error)
{
    cpn_clash_columns columns = { .table = "prices" };
    cpn_clash_windows windows = { 0 };
    campaign_column floor;
    campaign_status status = cpn_need_column(&columns.group, prices, "prices", NULL, "sku", UTF8, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&columns.owner, prices, "prices", NULL, "channel", UTF8, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&columns.amount, prices, "prices", NULL, "price", MONEY, error);
    if (status == CAMPAIGN_OK) status = cpn_find_column(&floor, prices, "prices", NULL, "floor", MONEY, error);
    if (status == CAMPAIGN_OK) status = need_days(&columns, prices, error);
    if (status == CAMPAIGN_OK) status = cpn_clash_take_currency(found, &columns.amount, "prices.price", error);
    if (status == CAMPAIGN_OK) status = cpn_clash_take_currency(found, &floor, "prices.floor", error);
    if (status == CAMPAIGN_OK) status = cpn_clash_read(&windows, &columns, found->runtime, error);
    if (status == CAMPAIGN_OK) status = find_floors(found, &windows, &floor, error);
    if (status == CAMPAIGN_OK) status = cpn_clash_prices(found, &windows, error);
    cpn_clash_windows_free(&windows);
    return status;
}

/* ---- Territories ------------------------------------------------------------------------------------------------- */

campaign_status cpn_clash_of_territories(cpn_clashes *found, const campaign_table *territories, campaign_error *error)
{
    cpn_clash_columns columns = { .table = "territories" };
    cpn_clash_windows windows = { 0 };
    campaign_status status = cpn_need_column(&columns.group, territories, "territories", NULL, "region", UTF8, error);
    if (status == CAMPAIGN_OK)
        status = cpn_need_column(&columns.owner, territories, "territories", NULL, "partner", UTF8, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&columns.lane, territories, "territories", NULL, "customer_group", UTF8, error);
    if (status == CAMPAIGN_OK) status = need_days(&columns, territories, error);
    if (status == CAMPAIGN_OK) status = cpn_clash_read(&windows, &columns, found->runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_clash_sweep(found, CPN_CLASH_TERRITORY, &windows, error);
    cpn_clash_windows_free(&windows);
    return status;
}

/* ---- Promises ---------------------------------------------------------------------------------------------------- */

/* What there is of each sku that is promised, by its code; 0 where the supply does not name it. */
static campaign_status read_supply(int64_t *available, const cpn_named_keys *skus, const campaign_table *supply,
                                   campaign_error *error)
{
    campaign_column sku, quantity;
    campaign_status status = cpn_need_column(&sku, supply, "supply", NULL, "sku", UTF8, error);
    if (status == CAMPAIGN_OK)
        status = cpn_need_column(&quantity, supply, "supply", NULL, "quantity", CPN_ANY_INT, error);
    for (int64_t i = 0; i < skus->keys.n_keys; i++) available[i] = -1;
    for (int64_t row = 0; status == CAMPAIGN_OK && row < sku.n_rows; row++) {
        int32_t code;
        if (cpn_is_null(&sku, row) || cpn_is_null(&quantity, row))
            return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "supply", "sku and quantity are required in every row");
        const cpn_cell_place place = { "supply.sku", "sku" };
        if (cpn_named_keys_find(&code, skus, &sku, row, &place, NULL) != CAMPAIGN_OK) continue; /* nobody promises it */
        if (available[code] >= 0)
            return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row, "supply.sku", "the sku stands twice");
        available[code] = cpn_cell_int64(&quantity, row);
        if (available[code] < 0)
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "supply.quantity", "the quantity is negative");
    }
    for (int64_t i = 0; i < skus->keys.n_keys; i++)
        if (available[i] < 0) available[i] = 0;
    return status;
}

campaign_status cpn_clash_of_promises(cpn_clashes *found, const campaign_table *promises, const campaign_table *supply,
                                      campaign_error *error)
{
    cpn_clash_columns columns = { .table = "promises" };
    cpn_clash_windows windows = { 0 };
    cpn_named_keys skus = { .keys = { 0 } };
    int64_t *available = NULL;
    campaign_status status = cpn_need_column(&columns.group, promises, "promises", NULL, "sku", UTF8, error);
    if (status == CAMPAIGN_OK)
        status = cpn_need_column(&columns.owner, promises, "promises", NULL, "promise", UTF8, error);
    if (status == CAMPAIGN_OK)
        status = cpn_need_column(&columns.amount, promises, "promises", NULL, "quantity", CPN_ANY_INT, error);
    if (status == CAMPAIGN_OK) status = need_days(&columns, promises, error);
    if (status == CAMPAIGN_OK) status = cpn_clash_read(&windows, &columns, found->runtime, error);
    if (status == CAMPAIGN_OK) status = cpn_named_keys_create(&skus, &columns.group, found->runtime, error);
    if (status == CAMPAIGN_OK) {
        available = cpn_alloc(skus.keys.n_keys, sizeof *available);
        status = available ? read_supply(available, &skus, supply, error) : cpn_fail_nomem(error);
    }
    if (status == CAMPAIGN_OK) status = cpn_clash_promises(found, &windows, available, error);
    cpn_free(available);
    cpn_named_keys_free(&skus);
    cpn_clash_windows_free(&windows);
    return status;
}
