/* Finds the most that was sold in one day and in one burst: in earlier bursts of the same node, or in all the history. */
#include <string.h>

#include "base/checked.h"
#include "base/memory.h"
#include "plan/stock.h"

void cpn_stock_find_bursts(int32_t *bursts, const cpn_plan_campaign *campaign, const cpn_plan_facts *facts,
                           const campaign_table *nodes)
{
    const cpn_plan_history *history = facts->history;
    const int32_t n_days = history->last_day - history->first_day + 1, id = campaign_table_find(nodes, "id");
    memset(bursts, 0, (size_t)n_days * sizeof *bursts);
    int32_t number = 0;
    for (int64_t row = 0; row < campaign_table_n_rows(nodes); row++) {
        size_t length;
        const char *text = campaign_table_text(nodes, id, row, &length);
        if (strlen(campaign->node) != length || memcmp(campaign->node, text, length) != 0) continue;
        const int32_t moved = cpn_plan_day_cell(nodes, "date", row) - campaign->day;
        number++;
        for (int32_t day = campaign->starts[1] + moved; day < campaign->ends[1] + moved; day++)
            if (day >= history->first_day && day <= history->last_day) bursts[day - history->first_day] = number;
    }
}

/* One more cell of the burst or run that first is the first of. */
static campaign_status extend(int64_t *sum, int64_t amount, campaign_error *error)
{
    if (cpn_add64(sum, *sum, amount)) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_OVERFLOW, "orders", "what one burst sold does not fit 64 bits");
}

campaign_status cpn_stock_measure(cpn_stock_peak *peak, const cpn_stock_cell *cells, int64_t n, const int32_t *bursts,
                                  int32_t n_days, campaign_error *error)
{
    int64_t sum = 0, first = 0; /* of the cells from first on that one burst, or one run of days, holds */
    memset(peak, 0, sizeof *peak);
    for (int64_t i = 0; i < n; i++) {
        const int32_t burst = bursts ? bursts[cells[i].day] : 0;
        if (bursts && burst == 0) continue;
        if (cells[i].amount > peak->amount) {
            peak->amount = cells[i].amount;
            peak->day = cells[i].day;
        }
        if (bursts && (!peak->is_found || bursts[cells[first].day] != burst)) {
            sum = 0;
            first = i;
        }
        while (!bursts && cells[first].day <= cells[i].day - n_days) sum -= cells[first++].amount;
        peak->is_found = true;
        const campaign_status status = extend(&sum, cells[i].amount, error);
        if (status != CAMPAIGN_OK) return status;
        if (sum > peak->burst_amount) peak->burst_amount = sum;
    }
    return CAMPAIGN_OK;
}
