/* What stands behind a division of stock: every pool with its proof and what one more piece brings, the sums of all, and
 * remarks. */
#include <math.h>

#include "allocate/stock/store.h"
#include "base/number.h"

#define COUNT(array) ((int32_t)(sizeof(array) / sizeof *(array)))

static const cpn_column_schema pools_schema[] = {
    { "sku", CAMPAIGN_TYPE_UTF8, "Article or gift.", "商品或赠品。" },
    { "available", CAMPAIGN_TYPE_INT64, "Stock less reserve.", "可分配库存。" },
    { "allocated", CAMPAIGN_TYPE_INT64, "Pieces sent.", "已分配件数。" },
    { "reserve", CAMPAIGN_TYPE_INT64, "Pieces kept back.", "预留件数。" },
    { "left", CAMPAIGN_TYPE_INT64, "Pieces nobody gets.", "未分配件数。" },
    { "below_safety", CAMPAIGN_TYPE_INT64, "Stores below their safety stock.", "低于安全库存的门店数。" },
    { "status", CAMPAIGN_TYPE_UTF8, "optimal, or bound.", "最优，或有界。" },
    { "value", CAMPAIGN_TYPE_FLOAT64, "What is reached.", "目标值。" },
    { "bound", CAMPAIGN_TYPE_FLOAT64, "No division reaches more.", "任何分配都不会更多。" },
    { "gap", CAMPAIGN_TYPE_FLOAT64, "How far apart they are.", "相对差距。" },
    { "fill_rate", CAMPAIGN_TYPE_FLOAT64, "Expected share of demand served.", "预计满足率。" },
    { "multiplier", CAMPAIGN_TYPE_FLOAT64, "About what one more piece brings.", "多一件的收益。" },
    { "next_store", CAMPAIGN_TYPE_UTF8, "Which store would get it.", "下一个受益门店。" },
    { "text", CAMPAIGN_TYPE_UTF8, "The multiplier as a sentence.", "说明。" },
};

static const cpn_column_schema summary_schema[] = {
    { "objective", CAMPAIGN_TYPE_UTF8, "margin or fill.", "目标：毛利或满足率。" },
    { "status", CAMPAIGN_TYPE_UTF8, "optimal, or bound.", "最优，或有界。" },
    { "value", CAMPAIGN_TYPE_FLOAT64, "What is reached.", "目标值。" },
    { "bound", CAMPAIGN_TYPE_FLOAT64, "No division reaches more.", "任何分配都不会更多。" },
    { "gap", CAMPAIGN_TYPE_FLOAT64, "How far apart they are.", "相对差距。" },
    { "expected_margin", CAMPAIGN_TYPE_FLOAT64, "Expected margin in major units.", "预计毛利。" },
    { "fill_rate", CAMPAIGN_TYPE_FLOAT64, "Expected share of demand served.", "预计满足率。" },
    { "expected_sales", CAMPAIGN_TYPE_FLOAT64, "Pieces expected to be sold.", "预计销量。" },
    { "expected_lost", CAMPAIGN_TYPE_FLOAT64, "Pieces expected to be missed.", "预计缺货量。" },
    { "available", CAMPAIGN_TYPE_INT64, "Stock less reserve.", "可分配库存。" },
    { "allocated", CAMPAIGN_TYPE_INT64, "Pieces sent.", "已分配件数。" },
    { "reserve", CAMPAIGN_TYPE_INT64, "Pieces kept back.", "预留件数。" },
    { "left", CAMPAIGN_TYPE_INT64, "Pieces nobody gets.", "未分配件数。" },
    { "below_safety", CAMPAIGN_TYPE_INT64, "Rows below their safety stock.", "低于安全库存的行数。" },
};

static const char *status_word(double gap)
{
    return gap == 0 ? "optimal" : "bound";
}

/* ---- Pools ------------------------------------------------------------------------------------------------------- */

static const char *choose_pattern(const cpn_shelf_problem *problem, const cpn_shelf_stock *pool)
{
    const bool zh = problem->is_chinese, is_fill = problem->knobs.objective == CAMPAIGN_ALLOCATE_STOCK_FILL;
    if (pool->n_rows == 0) return zh ? "无门店需要；剩余 {0} 件。" : "No store asks for it; {0} pieces are left.";
    if (pool->next_store < 0)
        return zh ? "再多也没有收益；剩余 {0} 件。" : "More would bring nothing; {0} pieces are left.";
    if (is_fill)
        return zh ? "下一箱给 {2}，其满足率为 {3}%。" : "The next pack would go to {2}, which is served to {3} %.";
    return zh ? "多一件约可带来 {1}；下一箱给 {2}。"
              : "One more piece brings about {1}; the next pack would go to {2}.";
}

static void write_sentence(cpn_out *out, int32_t column, const cpn_shelf_problem *problem, const cpn_shelf_stock *pool)
{
    char left[CPN_NUMBER_TEXT], brings[CAMPAIGN_MONEY_TEXT], fill[CAMPAIGN_MONEY_TEXT], sentence[CPN_SHELF_SENTENCE];
    char store[CPN_NAMED_KEY_TEXT] = "";
    (void)cpn_format_int64(left, pool->available - pool->allocated);
    cpn_shelf_number(brings, pool->multiplier, problem->currency[0] ? problem->exponent : 2);
    cpn_shelf_number(fill, 100 * (1 - pool->multiplier), 1);
    if (pool->next_store >= 0) cpn_named_key_text(store, &problem->stores, pool->next_store);
    const char *const words[CPN_SHELF_WORDS] = { left, brings, store, fill, "" };
    cpn_shelf_say(sentence, choose_pattern(problem, pool), words);
    cpn_out_string(out, column, sentence);
}

static void write_pool(cpn_out *out, const cpn_shelf_problem *problem, const cpn_shelf_stock *pool)
{
    const bool is_fill = problem->knobs.objective == CAMPAIGN_ALLOCATE_STOCK_FILL;
    cpn_out_cell(out, 0, &problem->pool_sku, pool->table_row);
    cpn_out_int64(out, 1, pool->available);
    cpn_out_int64(out, 2, pool->allocated);
    cpn_out_int64(out, 3, pool->reserve);
    cpn_out_int64(out, 4, pool->available - pool->allocated);
    cpn_out_int64(out, 5, pool->n_below);
    cpn_out_string(out, 6, status_word(pool->gap));
    cpn_out_float64(out, 7, pool->value);
    cpn_out_float64(out, 8, pool->bound);
    cpn_out_float64(out, 9, pool->gap);
    cpn_out_optional_float64(out, 10, pool->expected > 0 ? pool->sales / pool->expected : 0, pool->expected > 0);
    /* By fill rates, what counts is where a piece goes, not how far it lifts the least of them. */
    cpn_out_optional_float64(out, 11, pool->multiplier, !is_fill);
    if (pool->next_store >= 0)
        cpn_out_cell(out, 12, &problem->stores.column, problem->stores.keys.first_rows[pool->next_store]);
    else
        cpn_out_null(out, 12);
    write_sentence(out, 13, problem, pool);
}

static campaign_status write_pools(campaign_allocate_stock_report *report, const cpn_shelf_problem *problem,
                                   campaign_error *error)
{
    cpn_column_schema columns[COUNT(pools_schema)];
    for (int32_t i = 0; i < COUNT(pools_schema); i++) columns[i] = pools_schema[i];
    columns[0].type = problem->pool_sku.type;
    columns[12].type = problem->stores.column.type;
    cpn_out out;
    cpn_out_open(&out, columns, COUNT(pools_schema), NULL, 0);
    for (int64_t i = 0; i < problem->n_pools; i++) write_pool(&out, problem, &problem->pools[i]);
    return cpn_out_close(&report->pools, &out, error);
}

/* ---- All of them ------------------------------------------------------------------------------------------------- */

typedef struct totals {
    cpn_shelf_sum value, bound, margin, sales, lost, expected;
    double least_value, least_bound; /* by fill rates */
    int64_t available, allocated, reserve, n_short, n_open, n_without;
} totals;

static void sum_pools(totals *all, campaign_allocate_stock_report *report, const cpn_shelf_problem *problem)
{
    all->least_value = all->least_bound = INFINITY;
    for (int64_t i = 0; i < problem->n_pools; i++) {
        const cpn_shelf_stock *pool = &problem->pools[i];
        cpn_shelf_add(&all->value, pool->value);
        cpn_shelf_add(&all->bound, pool->bound);
        cpn_shelf_add(&all->margin, pool->margin);
        cpn_shelf_add(&all->sales, pool->sales);
        cpn_shelf_add(&all->lost, pool->lost);
        cpn_shelf_add(&all->expected, pool->expected);
        if (pool->expected > 0 && pool->value < all->least_value) all->least_value = pool->value;
        if (pool->expected > 0 && pool->bound < all->least_bound) all->least_bound = pool->bound;
        all->available += pool->available;
        all->allocated += pool->allocated;
        all->reserve += pool->reserve;
        all->n_short += pool->is_short;
        all->n_open += pool->gap > 0;
        report->n_below += pool->n_below;
        report->n_states += pool->n_states;
    }
    for (int64_t i = 0; i < problem->n_rows; i++) all->n_without += problem->rows[i].demand.expected <= 0;
}

static campaign_status write_summary(campaign_allocate_stock_report *report, const cpn_shelf_problem *problem,
                                     const totals *all, campaign_error *error)
{
    const double expected = cpn_shelf_total(&all->expected), sales = cpn_shelf_total(&all->sales);
    cpn_out out;
    cpn_out_open(&out, summary_schema, COUNT(summary_schema), NULL, 0);
    cpn_out_string(&out, 0, problem->knobs.objective == CAMPAIGN_ALLOCATE_STOCK_FILL ? "fill" : "margin");
    cpn_out_string(&out, 1, status_word(report->gap));
    cpn_out_float64(&out, 2, report->value);
    cpn_out_float64(&out, 3, report->bound);
    cpn_out_float64(&out, 4, report->gap);
    cpn_out_float64(&out, 5, cpn_shelf_total(&all->margin));
    cpn_out_optional_float64(&out, 6, expected > 0 ? sales / expected : 0, expected > 0);
    cpn_out_float64(&out, 7, sales);
    cpn_out_float64(&out, 8, cpn_shelf_total(&all->lost));
    cpn_out_int64(&out, 9, all->available);
    cpn_out_int64(&out, 10, all->allocated);
    cpn_out_int64(&out, 11, all->reserve);
    cpn_out_int64(&out, 12, all->available - all->allocated);
    cpn_out_int64(&out, 13, report->n_below);
    return cpn_out_close(&report->summary, &out, error);
}

static campaign_status write_remarks(campaign_allocate_stock_report *report, const cpn_shelf_problem *problem,
                                     const totals *all, campaign_error *error)
{
    const bool zh = problem->is_chinese;
    const cpn_shelf_note notes[] = {
        { "left",
          zh ? "{0} 件未分配：没有门店能再用，或不足一箱。"
             : "{0} pieces are left: no store can use them, or they make no pack.",
          all->available - all->allocated },
        { "safety_short",
          zh ? "{0} 个商品的库存不足以覆盖全部安全库存。" : "{0} pools cannot cover their safety stocks.",
          all->n_short },
        { "below_safety",
          zh ? "{0} 行低于安全库存：请补货或限购。"
             : "{0} rows are below their safety stock: replenish, or limit purchases.",
          report->n_below },
        { "not_proven",
          zh ? "{0} 个商品的分配未证明最优：见 gap 列。" : "{0} pools are not proven to be optimal: see their gap.",
          all->n_open },
        { "no_demand", zh ? "{0} 行没有需求。" : "{0} rows have no demand.", all->n_without },
    };
    return cpn_shelf_write_notes(&report->notes, notes, COUNT(notes), error);
}

campaign_status cpn_shelf_report(campaign_allocate_stock_report *report, const cpn_shelf_problem *problem,
                                 campaign_error *error)
{
    const bool is_fill = problem->knobs.objective == CAMPAIGN_ALLOCATE_STOCK_FILL;
    totals all = { 0 };
    sum_pools(&all, report, problem);
    report->value = cpn_shelf_total(&all.value);
    report->bound = cpn_shelf_total(&all.bound);
    if (is_fill) {
        report->value = all.least_value < INFINITY ? all.least_value : 1;
        report->bound = all.least_bound < INFINITY ? all.least_bound : 1;
    }
    report->gap = cpn_shelf_gap(report->value, report->bound);
    if (report->gap == 0) report->bound = report->value;
    report->status = report->gap == 0 ? CAMPAIGN_CERTIFICATE_OPTIMAL : CAMPAIGN_CERTIFICATE_BOUND;
    report->n_rows = problem->n_rows;
    report->n_skus = problem->n_pools;
    report->n_units = all.allocated;
    campaign_status status = write_summary(report, problem, &all, error);
    if (status == CAMPAIGN_OK) status = write_pools(report, problem, error);
    if (status == CAMPAIGN_OK) status = write_remarks(report, problem, &all, error);
    return status;
}
