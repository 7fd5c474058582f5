/* Classes of markets (AP3): core is the smallest set of top markets that makes the declared part of the revenue, all
 * others are emerging. Returns beyond sales weigh nothing; equal revenues keep the order of the markets' names. */
#include "base/checked.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/sort.h"
#include "plan/rooms.h"

enum { MARKET = CPN_LEVEL_MARKET - CPN_LEVEL_PRODUCT_LINE, WHOLE_PPM = 1000000 };

typedef struct market_row {
    int64_t key, minor;
} market_row;

static int compare_revenue(const void *a, const void *b, const void *ctx)
{
    const int64_t minor_a = ((const market_row *)a)->minor, minor_b = ((const market_row *)b)->minor;
    (void)ctx;
    return minor_a > minor_b ? -1 : minor_a < minor_b;
}

static void write_rows(cpn_out *out, const market_row *rows, int64_t n, const cpn_plan_facts *facts, int64_t total,
                       int64_t core_ppm)
{
    const cpn_int128 wanted = cpn_mul_128(total, core_ppm);
    int64_t before = 0; /* revenue of the markets above */
    for (int64_t i = 0; i < n; i++) {
        char buffer[CPN_NUMBER_TEXT];
        size_t length;
        const char *label = cpn_plan_history_label(facts->history, MARKET, rows[i].key, buffer, &length);
        const int64_t positive = rows[i].minor > 0 ? rows[i].minor : 0;
        const bool is_core = positive > 0 && cpn_compare_128(cpn_mul_128(before, WHOLE_PPM), wanted) < 0;
        before += positive; /* at most the total */
        cpn_out_text(out, 0, label, length);
        cpn_out_int64(out, 1, rows[i].minor);
        cpn_plan_out_share(out, 2, positive, total);
        cpn_plan_out_share(out, 3, before, total);
        cpn_out_string(out, 4, is_core ? "core" : "emerging");
        cpn_out_string(out, 5,
                       cpn_plan_objective_names[is_core ? CPN_OBJECTIVE_REPEAT_PURCHASE : CPN_OBJECTIVE_ACQUISITION]);
        cpn_out_string(out, 6, cpn_plan_type_names[is_core ? CPN_TYPE_CARE : CPN_TYPE_ACQUISITION]);
        cpn_out_string(out, 7, "AP3");
    }
}

campaign_status cpn_plan_markets_table(campaign_table **table, const cpn_plan_facts *facts, campaign_error *error)
{
    cpn_plan_sales sales;
    int64_t total = 0, core_ppm, n = 0;
    bool has_room = false;
    const cpn_json_value *section = cpn_get(facts->request->root, "markets");
    campaign_status status = cpn_get_ppm(&core_ppm, section, &cpn_plan_markets_record, "core_share", error);
    if (status != CAMPAIGN_OK) return status;
    status = cpn_plan_sales_add_up(&sales, facts, MARKET, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_sales_total(&total, &sales, CPN_SALES_YEAR, error);
    market_row *rows = cpn_alloc(sales.n_keys, sizeof *rows);
    if (status == CAMPAIGN_OK && !rows) status = cpn_fail_nomem(error);
    for (int64_t key = 0; key < sales.n_keys && status == CAMPAIGN_OK; key++)
        if (sales.keys[key].is_usable) rows[n++] = (market_row){ key, sales.keys[key].minor[CPN_SALES_YEAR] };
    if (status == CAMPAIGN_OK && !cpn_sort(rows, n, sizeof *rows, compare_revenue, NULL))
        status = cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = cpn_plan_room_for(&has_room, facts, CPN_PLAN_MARKETS, n, error);
    cpn_out out;
    cpn_plan_table_open(&out, CPN_PLAN_MARKETS, facts->request);
    if (status == CAMPAIGN_OK && has_room) write_rows(&out, rows, n, facts, total, core_ppm);
    cpn_free(rows);
    cpn_plan_sales_free(&sales);
    return cpn_plan_table_close(table, &out, status, error);
}
