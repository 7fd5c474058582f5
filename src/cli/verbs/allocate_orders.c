/* campaign allocate orders: how many to buy for a season, and what the rule of the historic peak would cost. */
#include <campaign/allocate_stock.h>
#include <stddef.h>

#include "cli/input.h"
#include "cli/table_job.h"
#include "cli/verbs/verbs.h"

#define N_OF(array) ((int)(sizeof(array) / sizeof *(array)))

static const role item_roles[] = {
    { "sku", "货号", NULL, ROLE_KEY },
    { "distribution", "分布", NULL, ROLE_TEXT },
    { "mean", "均值", NULL, ROLE_FLOAT },
    { "deviation", "标准差", NULL, ROLE_FLOAT },
    { "price", "售价", NULL, ROLE_MONEY },
    { "cost", "进价", NULL, ROLE_MONEY },
    { "salvage", "残值", NULL, ROLE_MONEY },
    { "shortage_cost", "缺货成本", NULL, ROLE_MONEY },
    { "on_hand", "现有库存", NULL, ROLE_COUNT },
    { "pack", "箱规", NULL, ROLE_COUNT },
    { "min_order", "最小订购量", NULL, ROLE_COUNT },
    { "maximum", "上限", NULL, ROLE_COUNT },
    { "peak", "历史峰值", NULL, ROLE_FLOAT },
};
static const role point_roles[] = {
    { "sku", "货号", NULL, ROLE_KEY },
    { "value", "销量", NULL, ROLE_FLOAT },
    { "weight", "权重", NULL, ROLE_FLOAT },
};

static const job_table tables[] = {
    { "items", offsetof(campaign_allocate_order_quantity_inputs, items), item_roles, N_OF(item_roles), "sku price cost",
      true },
    { "points", offsetof(campaign_allocate_order_quantity_inputs, points), point_roles, N_OF(point_roles), "sku value",
      false },
};

static const job_setting settings[] = {
    { "budget", SETTING_MONEY, offsetof(campaign_allocate_order_quantity_options, budget_minor),
      offsetof(campaign_allocate_order_quantity_options, has_budget), 0, NULL },
    { "budget_minor", SETTING_INT64, offsetof(campaign_allocate_order_quantity_options, budget_minor),
      offsetof(campaign_allocate_order_quantity_options, has_budget), 0, NULL },
    { "rule_ppm", SETTING_INT32, offsetof(campaign_allocate_order_quantity_options, rule_ppm),
      offsetof(campaign_allocate_order_quantity_options, has_rule), 0, NULL },
    { "state_limit", SETTING_INT64, offsetof(campaign_allocate_order_quantity_options, state_limit), 0, 0, NULL },
};

static const job_kind kind = { "allocate orders", "ITEMS.csv",    tables, settings,
                               N_OF(tables),      N_OF(settings), true,   ROLE_NUMBER };

static void show(const job_answer *answer, const arguments *given)
{
    static const shown_column rows[] = {
        { "sku", "sku", "货号", CELL_AS_IS },
        { "units", "units", "件数", CELL_AS_IS },
        { "cost", "cost", "金额", CELL_AS_IS },
        { "service_level", "service", "服务水平", CELL_PERCENT },
        { "expected_lost", "lost", "预计缺货", CELL_ONE_DECIMAL },
        { "expected_left", "left over", "预计剩余", CELL_ONE_DECIMAL },
        { "expected_profit", "profit", "预计利润", CELL_FIGURE },
        { "rule_units", "rule", "按规则", CELL_AS_IS },
        { "rule_profit", "its profit", "规则利润", CELL_FIGURE },
        { "rule_cost", "rule costs", "规则代价", CELL_FIGURE },
        { "reason", "reason", "原因", CELL_WORD },
    };
    const campaign_allocate_order_quantity_report *report = answer->report;
    const bool zh = is_chinese(given), has_text = !cell_is_null(report->summary, "text", 0);
    const job_quality quality = { zh ? "预计利润" : "Expected profit", report->status, report->value, report->bound,
                                  report->gap };
    show_quality(&quality, zh);
    show_part(zh ? "订购" : "Orders",
              &(shown_table){ answer->tables[0], rows, N_OF(rows), NULL, shown_rows(given), zh });
    if (has_text) show_texts(zh ? "规则" : "The rule", report->summary, 1);
    show_texts(zh ? "提示" : "Notes", report->notes, shown_rows(given));
}

int allocate_orders(arguments *given)
{
    static const char *const names[] = { "orders", "summary", "notes" };
    campaign_allocate_order_quantity_inputs inputs = CAMPAIGN_ALLOCATE_ORDER_QUANTITY_INPUTS_INIT;
    campaign_allocate_order_quantity_options options = CAMPAIGN_ALLOCATE_ORDER_QUANTITY_OPTIONS_INIT;
    campaign_allocate_order_quantity_report report = CAMPAIGN_ALLOCATE_ORDER_QUANTITY_REPORT_INIT;
    campaign_table *orders = NULL;
    campaign_error error;
    table_job job;
    options.language = language_of(given);
    int code = open_table_job(&job, &kind, &inputs, &options, given);
    if (code == EXIT_DONE) {
        const campaign_runtime runtime = make_runtime(given);
        if (campaign_allocate_order_quantity(&orders, &report, &inputs, &options, &runtime, &error) == CAMPAIGN_OK) {
            const campaign_table *const found[] = { orders, report.summary, report.notes };
            code = hand_over_answer(&(job_answer){ names, found, N_OF(found), show, &report }, given);
        } else {
            code = report_job_error(&job, &error);
        }
    }
    campaign_table_free(orders);
    campaign_allocate_order_quantity_report_clear(&report);
    close_table_job(&job);
    return code;
}
