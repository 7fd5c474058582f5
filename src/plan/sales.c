/* Adds up what each key of a dimension sold in given windows of the history, and since when it sells. */
#include <string.h>

#include "base/checked.h"
#include "base/date.h"
#include "base/memory.h"
#include "plan/rooms.h"

/* The latest twelve whole months, the twelve before, and the halves of the latest; the whole history where it is shorter. */
static void choose_windows(cpn_plan_sales *sales, const cpn_plan_profile *profile, const cpn_plan_history *history)
{
    if (!profile->has_year) {
        sales->starts[CPN_SALES_YEAR] = history->first_day;
        sales->ends[CPN_SALES_YEAR] = history->last_day + 1;
        return;
    }
    const int32_t first = profile->year_first, end = profile->year_end;
    const int32_t middle = cpn_add_months(first, 6), before = cpn_add_months(first, -12);
    const int32_t starts[CPN_N_SALES_WINDOWS] = { first, before, middle, first };
    const int32_t ends[CPN_N_SALES_WINDOWS] = { end, first, end, middle };
    memcpy(sales->starts, starts, sizeof starts);
    memcpy(sales->ends, ends, sizeof ends);
    sales->has_halves = true;
    sales->has_year_before = history->first_day <= before + CPN_PLAN_EDGE_DAYS;
}

static campaign_status narrow(cpn_plan_sales *sales, const cpn_int128 *sums, campaign_error *error)
{
    for (int64_t key = 0; key < sales->n_keys; key++)
        for (int32_t i = 0; i < CPN_N_SALES_WINDOWS; i++)
            if (!cpn_div_128(&sales->keys[key].minor[i], sums[key * CPN_N_SALES_WINDOWS + i], 1, CAMPAIGN_ROUND_NONE))
                return cpn_fail(error, CAMPAIGN_E_OVERFLOW, "orders.amount", "the sales of a year do not fit 64 bits");
    return CAMPAIGN_OK;
}

static void add_rows(cpn_plan_sales *sales, cpn_int128 *sums, const cpn_plan_facts *facts, const int32_t *codes)
{
    const cpn_plan_history *history = facts->history;
    for (int64_t row = 0; row < history->date.n_rows; row++) {
        int32_t day;
        const int32_t key = codes[row];
        if (key < 0 || !cpn_plan_history_uses(history, facts->request, row, &day)) continue;
        const int64_t minor = cpn_cell_int64(&history->amount, row);
        if (day < sales->keys[key].first_day && minor > 0) sales->keys[key].first_day = day;
        for (int32_t i = 0; i < CPN_N_SALES_WINDOWS; i++) {
            cpn_int128 *sum = &sums[(int64_t)key * CPN_N_SALES_WINDOWS + i];
            if (day >= sales->starts[i] && day < sales->ends[i]) (void)cpn_add_128(sum, *sum, cpn_mul_128(minor, 1));
        }
    }
}

campaign_status cpn_plan_sales_add_up(cpn_plan_sales *sales, const cpn_plan_facts *facts, int32_t dimension,
                                      campaign_error *error)
{
    const cpn_plan_history *history = facts->history;
    memset(sales, 0, sizeof *sales);
    if (history->dimensions[dimension].type == 0 || history->first_day > history->last_day) return CAMPAIGN_OK;
    sales->n_keys = history->keys[dimension].n_keys;
    choose_windows(sales, facts->profile, history);
    sales->keys = cpn_alloc_zero(sales->n_keys, sizeof *sales->keys);
    cpn_int128 *sums = cpn_alloc_zero(sales->n_keys, CPN_N_SALES_WINDOWS * sizeof *sums);
    campaign_status status = sales->keys && sums ? CAMPAIGN_OK : cpn_fail_nomem(error);
    for (int64_t key = 0; key < sales->n_keys && status == CAMPAIGN_OK; key++) {
        sales->keys[key].first_day = INT32_MAX;
        sales->keys[key].is_usable = !history->is_unusable[dimension] || !history->is_unusable[dimension][key];
    }
    if (status == CAMPAIGN_OK) {
        add_rows(sales, sums, facts, history->keys[dimension].codes);
        status = narrow(sales, sums, error);
    }
    cpn_free(sums);
    if (status != CAMPAIGN_OK) cpn_plan_sales_free(sales);
    return status;
}

campaign_status cpn_plan_sales_total(int64_t *total, const cpn_plan_sales *sales, cpn_sales_window window,
                                     campaign_error *error)
{
    *total = 0;
    for (int64_t key = 0; key < sales->n_keys; key++) {
        const int64_t minor = sales->keys[key].minor[window];
        if (sales->keys[key].is_usable && minor > 0 && !cpn_add64(total, *total, minor))
            return cpn_fail(error, CAMPAIGN_E_OVERFLOW, "orders.amount", "the sales of a year do not fit 64 bits");
    }
    return CAMPAIGN_OK;
}

void cpn_plan_sales_free(cpn_plan_sales *sales)
{
    cpn_free(sales->keys);
    memset(sales, 0, sizeof *sales);
}
