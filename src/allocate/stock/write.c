/* The division as a table: one row per sku and store, with what it is expected to sell and lose, and why. */
#include <math.h>

#include "allocate/stock/store.h"
#include "base/number.h"

enum {
    SKU,
    STORE,
    UNITS,
    PACKS,
    LEVEL,
    FILL_RATE,
    SALES,
    LOST,
    LEFT,
    STOCKOUT,
    SERVICE,
    MARGIN,
    NEXT,
    IS_BELOW,
    ACTION,
    REASON,
    TEXT,
    N_COLUMNS
};

static const cpn_column_schema schema[N_COLUMNS] = {
    { "sku", CAMPAIGN_TYPE_UTF8, "Article or gift.", "商品或赠品。" },
    { "store", CAMPAIGN_TYPE_UTF8, "Store or channel.", "门店或渠道。" },
    { "units", CAMPAIGN_TYPE_INT64, "Pieces sent.", "发货件数。" },
    { "packs", CAMPAIGN_TYPE_INT64, "Packs sent.", "发货箱数。" },
    { "level", CAMPAIGN_TYPE_INT64, "On hand and sent.", "现有加发货。" },
    { "fill_rate", CAMPAIGN_TYPE_FLOAT64, "Expected share of demand served.", "预计满足率。" },
    { "expected_sales", CAMPAIGN_TYPE_FLOAT64, "Pieces expected to be sold.", "预计销量。" },
    { "expected_lost", CAMPAIGN_TYPE_FLOAT64, "Pieces expected to be asked for and not there.", "预计缺货量。" },
    { "expected_left", CAMPAIGN_TYPE_FLOAT64, "Pieces expected to be left over.", "预计剩余量。" },
    { "stockout_probability", CAMPAIGN_TYPE_FLOAT64, "P(demand > level).", "缺货概率。" },
    { "service_level", CAMPAIGN_TYPE_FLOAT64, "P(demand <= level).", "服务水平。" },
    { "expected_margin", CAMPAIGN_TYPE_FLOAT64, "Expected margin in major units.", "预计毛利。" },
    { "next_pack", CAMPAIGN_TYPE_FLOAT64, "What one more pack brings.", "再加一箱的收益。" },
    { "is_below_safety", CAMPAIGN_TYPE_BOOL, "Below its safety stock.", "低于安全库存。" },
    { "action", CAMPAIGN_TYPE_UTF8, "replenish or limit_purchases.", "补货或限购。" },
    { "reason", CAMPAIGN_TYPE_UTF8, "Why it gets what it gets.", "原因代码。" },
    { "text", CAMPAIGN_TYPE_UTF8, "The reason as a sentence.", "原因说明。" },
};

typedef struct wording {
    const char *code, *en, *zh;
} wording;

/* {0} fill rate in percent, {1} what the next pack brings, {2} safety stock, {3} least display. */
static const wording wordings[] = {
    [CPN_SHELF_SHARED] = { "margin", "Expects to serve {0} % of its demand; the next pack would bring {1}.",
                           "预计满足 {0}% 的需求；再加一箱可带来 {1}。" },
    [CPN_SHELF_SAFETY] = { "safety", "Held at its safety stock of {2}; it would get less without.",
                           "按安全库存 {2} 保底；否则会更少。" },
    [CPN_SHELF_MAXIMUM] = { "maximum", "At its maximum; it expects to serve {0} % of its demand.",
                            "已达上限；预计满足 {0}% 的需求。" },
    [CPN_SHELF_DISPLAY] = { "display", "Nothing: the least display of {3} pieces brings more elsewhere.",
                            "不发货：最小陈列量 {3} 件用在别处收益更高。" },
    [CPN_SHELF_ENOUGH] = { "enough", "Has enough: one more pack would bring nothing.", "已足够：再加一箱没有收益。" },
    [CPN_SHELF_NOTHING] = { "nothing", "Nothing: its first pack would bring {1}, less than elsewhere.",
                            "不发货：第一箱只能带来 {1}，低于别处。" },
    [CPN_SHELF_NO_GAIN] = { "no_gain", "Nothing: a piece sold here costs more than it brings.",
                            "不发货：在此每卖一件都是亏损。" },
    [CPN_SHELF_SHORT] = { "safety_short", "Below its safety stock of {2}: the pool cannot cover all of them.",
                          "低于安全库存 {2}：库存不足以覆盖全部安全库存。" },
};
static const wording alike = { "fill", "Expects to serve {0} % of its demand; stores are raised alike.",
                               "预计满足 {0}% 的需求；各店同步提高。" };

static void write_sentence(cpn_out *out, const cpn_shelf_problem *problem, const cpn_shelf_row *row,
                           const cpn_shelf_answer *answer)
{
    const bool is_fill = problem->knobs.objective == CAMPAIGN_ALLOCATE_STOCK_FILL;
    const wording *said = answer->reason == CPN_SHELF_SHARED && is_fill ? &alike : &wordings[answer->reason];
    const double whole = row->demand.expected;
    char fill[CAMPAIGN_MONEY_TEXT] = "100.0", next[CAMPAIGN_MONEY_TEXT] = "0", sentence[CPN_SHELF_SENTENCE];
    char safety[CPN_NUMBER_TEXT], display[CPN_NUMBER_TEXT];
    if (whole > 0) cpn_shelf_number(fill, 100 * (answer->sales < whole ? answer->sales / whole : 1), 1);
    if (!cpn_is_nan(answer->next)) cpn_shelf_number(next, answer->next, problem->currency[0] ? problem->exponent : 2);
    (void)cpn_format_int64(safety, row->safety);
    (void)cpn_format_int64(display, row->display);
    const char *const words[CPN_SHELF_WORDS] = { fill, next, safety, display, "" };
    cpn_shelf_say(sentence, problem->is_chinese ? said->zh : said->en, words);
    cpn_out_string(out, REASON, said->code);
    cpn_out_string(out, TEXT, sentence);
}

static void write_row(cpn_out *out, const cpn_shelf_problem *problem, int64_t i)
{
    const cpn_shelf_row *row = &problem->rows[i];
    const cpn_shelf_answer *answer = &problem->answers[i];
    const cpn_shelf_stock *pool = &problem->pools[row->pool];
    const int64_t units = answer->packs * row->pack, level = row->on_hand + units;
    const double whole = row->demand.expected, fill = whole > 0 ? answer->sales / whole : 0;
    const bool can_replenish = pool->available - pool->allocated + pool->reserve > 0;
    cpn_out_cell(out, SKU, &problem->skus.column, row->table_row);
    cpn_out_cell(out, STORE, &problem->stores.column, row->table_row);
    cpn_out_int64(out, UNITS, units);
    cpn_out_int64(out, PACKS, answer->packs);
    cpn_out_int64(out, LEVEL, level);
    cpn_out_optional_float64(out, FILL_RATE, fill < 1 ? fill : 1, whole > 0);
    cpn_out_float64(out, SALES, answer->sales);
    cpn_out_float64(out, LOST, answer->lost);
    cpn_out_float64(out, LEFT, (double)level - answer->sales);
    cpn_out_float64(out, STOCKOUT, answer->beyond);
    cpn_out_float64(out, SERVICE, 1 - answer->beyond);
    cpn_out_float64(out, MARGIN, answer->margin);
    cpn_out_optional_float64(out, NEXT, answer->next, !cpn_is_nan(answer->next));
    cpn_out_int64(out, IS_BELOW, answer->is_below);
    cpn_out_string(out, ACTION, !answer->is_below ? NULL : can_replenish ? "replenish" : "limit_purchases");
    write_sentence(out, problem, row, answer);
}

campaign_status cpn_shelf_write(campaign_table **allocation, const cpn_shelf_problem *problem, campaign_error *error)
{
    cpn_column_schema columns[N_COLUMNS];
    for (int32_t i = 0; i < N_COLUMNS; i++) columns[i] = schema[i];
    columns[SKU].type = problem->skus.column.type;
    columns[STORE].type = problem->stores.column.type;
    cpn_out out;
    cpn_out_open(&out, columns, N_COLUMNS, NULL, 0);
    for (int64_t i = 0; i < problem->n_rows && out.status == CAMPAIGN_OK; i++) write_row(&out, problem, i);
    return cpn_out_close(allocation, &out, error);
}
