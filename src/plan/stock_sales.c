/* Reads which goods left the shop on which day, in units or, where the orders have no quantity, in money. */
#include <string.h>

#include "base/checked.h"
#include "base/memory.h"
#include "base/sort.h"
#include "plan/stock.h"

/* Largest whole number up to which every double is exact. */
static const double exact_limit = 9007199254740992.0;

/* ---- Columns ---------------------------------------------------------------------------------------------------- */

/* A named column must fit; one of the usual name that does not is none. */
static campaign_status find_column(campaign_column *column, const cpn_plan_facts *facts, const char *role,
                                   uint32_t types, campaign_error *error)
{
    const cpn_json_value *data = cpn_get(facts->request->root, "data");
    const cpn_json_value *columns = data ? cpn_get(data, "columns") : NULL;
    const char *name = cpn_get_text(columns, &cpn_plan_columns_record, role);
    memset(column, 0, sizeof *column);
    if (name) return cpn_need_column(column, facts->orders, "orders", name, role, types, error);
    const int32_t index = campaign_table_find(facts->orders, role);
    campaign_column found = CAMPAIGN_COLUMN_INIT;
    if (index < 0 || campaign_table_column(&found, facts->orders, index, NULL) != CAMPAIGN_OK ||
        !(types & CPN_TYPE_BIT(found.type)))
        return CAMPAIGN_OK;
    return cpn_need_column(column, facts->orders, "orders", NULL, role, types, error);
}

/* Whole units of a row, 0 where there are none; false for a part of a unit. */
static bool read_units(int64_t *units, const campaign_column *quantity, int64_t row)
{
    *units = 0;
    if (cpn_is_null(quantity, row)) return true;
    if (quantity->type != CAMPAIGN_TYPE_FLOAT64) {
        *units = cpn_cell_int64(quantity, row);
        return true;
    }
    const double value = ((const double *)quantity->values)[row];
    if (!(value >= -exact_limit && value <= exact_limit)) return false;
    *units = (int64_t)value;
    return (double)*units == value;
}

/* Parts of units, such as weights, cannot be counted: then need is told in money. */
static campaign_status check_units(campaign_column *quantity, const cpn_plan_facts *facts, campaign_error *error)
{
    int64_t n_parts = 0;
    for (int64_t row = 0; row < quantity->n_rows && quantity->type != 0; row++) {
        int64_t units;
        int32_t day;
        n_parts +=
            !read_units(&units, quantity, row) && cpn_plan_history_uses(facts->history, facts->request, row, &day);
    }
    if (n_parts == 0) return CAMPAIGN_OK;
    memset(quantity, 0, sizeof *quantity);
    return cpn_plan_note_add(facts->notes, &(cpn_plan_note){ .code = CPN_NOTE_STOCK_PARTS, .n = n_parts }, NULL, NULL,
                             error);
}

/* ---- Cells ------------------------------------------------------------------------------------------------------ */

/* Amounts of rows that say the same good and day become one; keys are good × days + day, in order. */
static campaign_status merge(cpn_stock_sales *sales, const int64_t *keys, const int64_t *amounts, const int64_t *order,
                             int64_t n, campaign_error *error)
{
    sales->cells = cpn_alloc(n, sizeof *sales->cells);
    if (!sales->cells) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < n; i++) {
        const int64_t row = order[i];
        cpn_stock_cell *last = sales->n_cells > 0 ? &sales->cells[sales->n_cells - 1] : NULL;
        const int32_t sku = (int32_t)(keys[row] / sales->n_days), day = (int32_t)(keys[row] % sales->n_days);
        if (!last || last->sku != sku || last->day != day)
            sales->cells[sales->n_cells++] = (cpn_stock_cell){ sku, day, amounts[row] };
        else if (!cpn_add64(&last->amount, last->amount, amounts[row]))
            return cpn_fail(error, CAMPAIGN_E_OVERFLOW, "orders", "what one day sold does not fit 64 bits");
    }
    return CAMPAIGN_OK;
}

/* All goods of a day together; cells are by good, so days come again and again. */
static campaign_status add_up_totals(cpn_stock_sales *sales, campaign_error *error)
{
    int64_t *days = cpn_alloc_zero(sales->n_days, sizeof *days);
    sales->totals = cpn_alloc(sales->n_days, sizeof *sales->totals);
    campaign_status status = days && sales->totals ? CAMPAIGN_OK : cpn_fail_nomem(error);
    for (int64_t i = 0; i < sales->n_cells && status == CAMPAIGN_OK; i++) {
        int64_t *day = &days[sales->cells[i].day];
        if (!cpn_add64(day, *day, sales->cells[i].amount))
            status = cpn_fail(error, CAMPAIGN_E_OVERFLOW, "orders", "what one day sold does not fit 64 bits");
    }
    for (int32_t day = 0; day < sales->n_days && status == CAMPAIGN_OK; day++)
        if (days[day] > 0) sales->totals[sales->n_totals++] = (cpn_stock_cell){ 0, day, days[day] };
    cpn_free(days);
    return status;
}

/* What leaves the shop, by good and day. A row without a good counts for all of them together, as good number n_keys. */
static campaign_status add_up(cpn_stock_sales *sales, const campaign_column *quantity, const cpn_plan_facts *facts,
                              campaign_error *error)
{
    const cpn_plan_history *history = facts->history;
    const int64_t n_rows = history->date.n_rows;
    int64_t *keys = cpn_alloc(n_rows, sizeof *keys), *amounts = cpn_alloc(n_rows, sizeof *amounts), n = 0;
    int64_t *order = cpn_alloc(n_rows, sizeof *order);
    campaign_status status = keys && amounts && order ? CAMPAIGN_OK : cpn_fail_nomem(error);
    for (int64_t row = 0; row < n_rows && status == CAMPAIGN_OK; row++) {
        int64_t amount = 0;
        int32_t day;
        if (!cpn_plan_history_uses(history, facts->request, row, &day)) continue;
        if (sales->has_units)
            (void)read_units(&amount, quantity, row);
        else
            amount = cpn_cell_int64(&history->amount, row);
        if (amount <= 0) continue;
        const int32_t code = sales->has_skus ? sales->keys.codes[row] : 0;
        keys[n] = (code < 0 ? sales->keys.n_keys : code) * sales->n_days + (day - history->first_day);
        amounts[n++] = amount;
    }
    if (status == CAMPAIGN_OK && !cpn_order_int64(order, keys, n)) status = cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = merge(sales, keys, amounts, order, n, error);
    if (status == CAMPAIGN_OK) status = add_up_totals(sales, error);
    cpn_free(order);
    cpn_free(amounts);
    cpn_free(keys);
    return status;
}

campaign_status cpn_stock_sales_read(cpn_stock_sales *sales, const cpn_plan_facts *facts, campaign_error *error)
{
    const cpn_plan_history *history = facts->history;
    campaign_column quantity;
    memset(sales, 0, sizeof *sales);
    if (!facts->orders || history->first_day > history->last_day) return CAMPAIGN_OK;
    sales->n_days = history->last_day - history->first_day + 1;
    campaign_status status =
        find_column(&quantity, facts, "quantity", (uint32_t)CPN_ANY_INT | CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64), error);
    if (status == CAMPAIGN_OK) status = find_column(&sales->sku, facts, "sku", CPN_ANY_KEY, error);
    if (status == CAMPAIGN_OK) status = check_units(&quantity, facts, error);
    if (status != CAMPAIGN_OK) return status;
    sales->has_units = quantity.type != 0;
    sales->has_skus = sales->has_units && sales->sku.type != 0;
    if (sales->has_skus) status = cpn_keys_create(&sales->keys, &sales->sku, facts->runtime, error);
    if (status == CAMPAIGN_OK) status = add_up(sales, &quantity, facts, error);
    if (status != CAMPAIGN_OK) cpn_stock_sales_free(sales);
    return status;
}

void cpn_stock_sales_free(cpn_stock_sales *sales)
{
    cpn_keys_free(&sales->keys);
    cpn_free(sales->cells);
    cpn_free(sales->totals);
    memset(sales, 0, sizeof *sales);
}
