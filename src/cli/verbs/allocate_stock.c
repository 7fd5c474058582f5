/* campaign allocate stock: pools of stock or gifts over stores. */
#include <campaign/allocate_stock.h>
#include <stddef.h>

#include "cli/input.h"
#include "cli/table_job.h"
#include "cli/verbs/verbs.h"

#define N_OF(array) ((int)(sizeof(array) / sizeof *(array)))

static const role demand_roles[] = {
    { "sku", "货号", NULL, ROLE_KEY },
    { "store", "门店", NULL, ROLE_KEY },
    { "distribution", "分布", NULL, ROLE_TEXT },
    { "mean", "均值", NULL, ROLE_FLOAT },
    { "deviation", "标准差", NULL, ROLE_FLOAT },
    { "margin", "毛利", NULL, ROLE_MONEY },
    { "shortage_cost", "缺货成本", NULL, ROLE_MONEY },
    { "left_value", "残值", NULL, ROLE_MONEY },
    { "on_hand", "现有库存", NULL, ROLE_COUNT },
    { "safety", "安全库存", NULL, ROLE_COUNT },
    { "maximum", "上限", NULL, ROLE_COUNT },
    { "pack", "箱规", NULL, ROLE_COUNT },
    { "min_display", "最小陈列", NULL, ROLE_COUNT },
};
static const role pool_roles[] = {
    { "sku", "货号", NULL, ROLE_KEY },
    { "stock", "库存", NULL, ROLE_COUNT },
    { "reserve", "预留", NULL, ROLE_COUNT },
    { "reserve_rate", "预留比例", NULL, ROLE_FLOAT },
};
static const role point_roles[] = {
    { "sku", "货号", NULL, ROLE_KEY },
    { "store", "门店", NULL, ROLE_KEY },
    { "value", "销量", NULL, ROLE_FLOAT },
    { "weight", "权重", NULL, ROLE_FLOAT },
};

static const job_table tables[] = {
    { "demand", offsetof(campaign_allocate_stock_inputs, demand), demand_roles, N_OF(demand_roles), "sku store", true },
    { "pool", offsetof(campaign_allocate_stock_inputs, pool), pool_roles, N_OF(pool_roles), "sku stock", true },
    { "points", offsetof(campaign_allocate_stock_inputs, points), point_roles, N_OF(point_roles), "sku store value",
      false },
};

static const job_setting settings[] = {
    { "objective", SETTING_WORD, offsetof(campaign_allocate_stock_options, objective), 0, 0, "margin|fill" },
    { "reserve_ppm", SETTING_INT32, offsetof(campaign_allocate_stock_options, reserve_ppm), 0, 0, NULL },
    { "is_safety_strict", SETTING_FLAG, offsetof(campaign_allocate_stock_options, is_safety_strict), 0, 0, NULL },
    { "state_limit", SETTING_INT64, offsetof(campaign_allocate_stock_options, state_limit), 0, 0, NULL },
};

static const job_kind kind = { "allocate stock", "DEMAND.csv",   tables, settings,
                               N_OF(tables),     N_OF(settings), true,   ROLE_NUMBER };

static bool is_below(const campaign_table *table, int64_t row)
{
    return !cell_is_null(table, "action", row);
}

static void show(const job_answer *answer, const arguments *given)
{
    static const shown_column rows[] = {
        { "sku", "sku", "货号", CELL_AS_IS },
        { "store", "store", "门店", CELL_AS_IS },
        { "units", "units", "件数", CELL_AS_IS },
        { "level", "level", "库存", CELL_AS_IS },
        { "fill_rate", "fill", "满足率", CELL_PERCENT },
        { "expected_sales", "sales", "预计销量", CELL_ONE_DECIMAL },
        { "expected_lost", "lost", "预计缺货", CELL_ONE_DECIMAL },
        { "stockout_probability", "runs out", "缺货概率", CELL_PERCENT },
        { "next_pack", "next pack", "下一箱收益", CELL_FIGURE },
        { "reason", "reason", "原因", CELL_WORD },
    };
    static const shown_column pools[] = {
        { "sku", "sku", "货号", CELL_AS_IS },
        { "available", "available", "可分配", CELL_AS_IS },
        { "allocated", "sent", "已分配", CELL_AS_IS },
        { "left", "left", "剩余", CELL_AS_IS },
        { "reserve", "kept back", "预留", CELL_AS_IS },
        { "fill_rate", "fill", "满足率", CELL_PERCENT },
        { "multiplier", "one more brings", "多一件收益", CELL_FIGURE },
        { "next_store", "next pack to", "下一箱给", CELL_AS_IS },
    };
    static const shown_column alerts[] = {
        { "sku", "sku", "货号", CELL_AS_IS },
        { "store", "store", "门店", CELL_AS_IS },
        { "level", "level", "库存", CELL_AS_IS },
        { "action", "action", "措施", CELL_WORD },
    };
    const campaign_allocate_stock_report *report = answer->report;
    const bool zh = is_chinese(given), is_fill = cell_is(report->summary, "objective", 0, "fill");
    const job_quality quality = { is_fill ? (zh ? "最低满足率" : "Least fill rate")
                                          : (zh ? "预计毛利" : "Expected margin"),
                                  report->status, report->value, report->bound, report->gap };
    const int64_t limit = shown_rows(given);
    show_quality(&quality, zh);
    show_part(zh ? "门店" : "Stores", &(shown_table){ answer->tables[0], rows, N_OF(rows), NULL, limit, zh });
    show_part(zh ? "库存池" : "Pools", &(shown_table){ report->pools, pools, N_OF(pools), NULL, limit, zh });
    if (report->n_below > 0)
        show_part(zh ? "低于安全库存" : "Below safety stock",
                  &(shown_table){ answer->tables[0], alerts, N_OF(alerts), is_below, limit, zh });
    show_texts(zh ? "提示" : "Notes", report->notes, limit);
}

int allocate_stock(arguments *given)
{
    static const char *const names[] = { "allocation", "pools", "summary", "notes" };
    campaign_allocate_stock_inputs inputs = CAMPAIGN_ALLOCATE_STOCK_INPUTS_INIT;
    campaign_allocate_stock_options options = CAMPAIGN_ALLOCATE_STOCK_OPTIONS_INIT;
    campaign_allocate_stock_report report = CAMPAIGN_ALLOCATE_STOCK_REPORT_INIT;
    campaign_table *allocation = NULL;
    campaign_error error;
    table_job job;
    options.language = language_of(given);
    int code = open_table_job(&job, &kind, &inputs, &options, given);
    if (code == EXIT_DONE) {
        const campaign_runtime runtime = make_runtime(given);
        if (campaign_allocate_stock(&allocation, &report, &inputs, &options, &runtime, &error) == CAMPAIGN_OK) {
            const campaign_table *const found[] = { allocation, report.pools, report.summary, report.notes };
            code = hand_over_answer(&(job_answer){ names, found, N_OF(found), show, &report }, given);
            if (code == EXIT_DONE && report.n_below > 0) code = EXIT_FINDINGS;
        } else {
            code = report_job_error(&job, &error);
        }
    }
    campaign_table_free(allocation);
    campaign_allocate_stock_report_clear(&report);
    close_table_job(&job);
    return code;
}
