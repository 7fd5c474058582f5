/* campaign allocate budget: a budget over response curves. */
#include <campaign/allocate_budget.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "cli/input.h"
#include "cli/table_job.h"
#include "cli/verbs/verbs.h"

#define N_OF(array) ((int)(sizeof(array) / sizeof *(array)))

static const role item_roles[] = {
    { "item", "项目", NULL, ROLE_KEY },
    { "curve", "曲线", NULL, ROLE_TEXT },
    { "scale", "规模", NULL, ROLE_FLOAT },
    { "location", "位置", NULL, ROLE_FLOAT },
    { "shape", "形状", NULL, ROLE_FLOAT },
    { "shift", "平移", NULL, ROLE_FLOAT },
    { "floor", "基数", NULL, ROLE_FLOAT },
    { "value", "价值", NULL, ROLE_FLOAT },
    { "minimum", "下限", NULL, ROLE_MONEY },
    { "maximum", "上限", NULL, ROLE_MONEY },
    { "opening_cost", "启动成本", NULL, ROLE_MONEY },
    { "minimum_if_open", "启动下限", NULL, ROLE_MONEY },
    { "step", "步长", NULL, ROLE_MONEY },
    { "group", "组", NULL, ROLE_KEY },
    { "spent", "已花费", NULL, ROLE_MONEY },
    { "is_paused", "暂停", NULL, ROLE_FLAG },
    { "actual_response", "实际结果", NULL, ROLE_FLOAT },
    { "cpa_cap", "获客成本上限", NULL, ROLE_FLOAT },
    { "priority", "优先级", NULL, ROLE_COUNT },
    { "current", "现有预算", NULL, ROLE_MONEY },
};
static const role group_roles[] = {
    { "group", "组", NULL, ROLE_KEY },
    { "parent", "上级", NULL, ROLE_KEY },
    { "minimum", "下限", NULL, ROLE_MONEY },
    { "maximum", "上限", NULL, ROLE_MONEY },
    { "share", "占比", NULL, ROLE_FLOAT },
    { "minimum_share", "最低占比", NULL, ROLE_FLOAT },
    { "maximum_share", "最高占比", NULL, ROLE_FLOAT },
    { "of", "相对于", NULL, ROLE_KEY },
};
static const role point_roles[] = {
    { "item", "项目", NULL, ROLE_KEY },
    { "spend", "花费", NULL, ROLE_FLOAT },
    { "response", "结果", NULL, ROLE_FLOAT },
};
static const role sample_roles[] = {
    { "item", "项目", NULL, ROLE_KEY },    { "sample", "样本", NULL, ROLE_COUNT },
    { "scale", "规模", NULL, ROLE_FLOAT }, { "location", "位置", NULL, ROLE_FLOAT },
    { "shape", "形状", NULL, ROLE_FLOAT }, { "shift", "平移", NULL, ROLE_FLOAT },
    { "floor", "基数", NULL, ROLE_FLOAT },
};

static const job_table tables[] = {
    { "items", offsetof(campaign_allocate_budget_inputs, items), item_roles, N_OF(item_roles), "item curve", true },
    { "groups", offsetof(campaign_allocate_budget_inputs, groups), group_roles, N_OF(group_roles), "group", false },
    { "points", offsetof(campaign_allocate_budget_inputs, points), point_roles, N_OF(point_roles),
      "item spend response", false },
    { "samples", offsetof(campaign_allocate_budget_inputs, samples), sample_roles, N_OF(sample_roles), "item sample",
      false },
};

#define PLACE(name) offsetof(campaign_allocate_budget_options, name)
static const job_setting settings[] = {
    { "objective", SETTING_WORD, PLACE(objective), 0, 0, "response|profit|least_spend|marginal_return|average_return" },
    { "risk", SETTING_WORD, PLACE(risk), 0, 0, "mean|quantile|mean_less_sd" },
    { "budget", SETTING_MONEY, PLACE(budget_minor), PLACE(has_budget), PLACE(budget), NULL },
    { "budget_minor", SETTING_INT64, PLACE(budget_minor), PLACE(has_budget), 0, NULL },
    { "contingency", SETTING_MONEY, PLACE(contingency_minor), 0, PLACE(contingency), NULL },
    { "contingency_minor", SETTING_INT64, PLACE(contingency_minor), 0, 0, NULL },
    { "contingency_ppm", SETTING_INT32, PLACE(contingency_ppm), 0, 0, NULL },
    { "quantile_ppm", SETTING_INT32, PLACE(quantile_ppm), 0, 0, NULL },
    { "cpa_tolerance_ppm", SETTING_INT32, PLACE(cpa_tolerance_ppm), PLACE(has_cpa_tolerance), 0, NULL },
    { "node_limit", SETTING_INT64, PLACE(node_limit), 0, 0, NULL },
    { "target", SETTING_FLOAT, PLACE(target), 0, 0, NULL },
    { "risk_aversion", SETTING_FLOAT, PLACE(risk_aversion), 0, 0, NULL },
    { "gap", SETTING_FLOAT, PLACE(gap), 0, 0, NULL },
};

static const job_kind kind = { "allocate budget", "ITEMS.csv",    tables, settings,
                               N_OF(tables),      N_OF(settings), false,  ROLE_FLOAT };

static const char *objective_words(const campaign_table *summary, bool zh)
{
    if (cell_is(summary, "objective", 0, "profit")) return zh ? "利润" : "Profit";
    if (cell_is(summary, "objective", 0, "least_spend")) return zh ? "最少花费" : "Least spend";
    return zh ? "结果" : "Response";
}

static void show(const job_answer *answer, const arguments *given)
{
    const cell_form amount = given->currency ? CELL_AS_IS : CELL_FIGURE;
    const shown_column rows[] = {
        { "item", "item", "项目", CELL_AS_IS },
        { "group", "group", "组", CELL_AS_IS },
        { "current", "before", "原预算", amount },
        { "spend", "spend", "预算", amount },
        { "response", "response", "结果", CELL_FIGURE },
        { "marginal", "one more brings", "边际", CELL_FIGURE },
        { "average_return", "average", "平均", CELL_FIGURE },
        { "bound", "sits on", "落在", CELL_WORD },
    };
    const shown_column groups[] = {
        { "group", "group", "组", CELL_AS_IS },
        { "parent", "of", "上级", CELL_AS_IS },
        { "spend", "spend", "预算", amount },
        { "share", "share", "占比", CELL_PERCENT },
        { "response", "response", "结果", CELL_FIGURE },
    };
    const campaign_allocate_budget_report *report = answer->report;
    const bool zh = is_chinese(given);
    const int64_t limit = shown_rows(given);
    const job_quality quality = { objective_words(report->summary, zh), report->status, report->value, report->bound,
                                  report->gap };
    show_quality(&quality, zh);
    show_part(zh ? "分配" : "Allocation", &(shown_table){ answer->tables[0], rows, N_OF(rows), NULL, limit, zh });
    show_part(zh ? "组" : "Groups", &(shown_table){ report->groups, groups, N_OF(groups), NULL, limit, zh });
    show_texts(zh ? "限制" : "Limits", report->limits, limit);
    show_texts(zh ? "提示" : "Notes", report->notes, limit);
}

int allocate_budget(arguments *given)
{
    static const char *const names[] = { "allocation", "limits", "groups", "summary", "notes" };
    campaign_allocate_budget_inputs inputs = CAMPAIGN_ALLOCATE_BUDGET_INPUTS_INIT;
    campaign_allocate_budget_options options = CAMPAIGN_ALLOCATE_BUDGET_OPTIONS_INIT;
    campaign_allocate_budget_report report = CAMPAIGN_ALLOCATE_BUDGET_REPORT_INIT;
    campaign_table *allocation = NULL;
    campaign_error error;
    table_job job;
    options.language = language_of(given);
    if (given->currency) memcpy(options.currency, given->currency, sizeof options.currency);
    int code = open_table_job(&job, &kind, &inputs, &options, given);
    if (code == EXIT_DONE) {
        const campaign_runtime runtime = make_runtime(given);
        if (campaign_allocate_budget(&allocation, &report, &inputs, &options, &runtime, &error) == CAMPAIGN_OK) {
            const campaign_table *const found[] = { allocation, report.limits, report.groups, report.summary,
                                                    report.notes };
            code = hand_over_answer(&(job_answer){ names, found, N_OF(found), show, &report }, given);
        } else {
            code = report_job_error(&job, &error);
        }
    }
    campaign_table_free(allocation);
    campaign_allocate_budget_report_clear(&report);
    close_table_job(&job);
    return code;
}
