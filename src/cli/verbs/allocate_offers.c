/* campaign allocate offers: offers to customers under shared budgets, stocks and limits. */
#include <campaign/allocate_offers.h>
#include <stddef.h>
#include <stdio.h>

#include "cli/input.h"
#include "cli/table_job.h"
#include "cli/verbs/verbs.h"

#define N_OF(array) ((int)(sizeof(array) / sizeof *(array)))

/* Attributes have any name. Values and costs of one row per customer are value_A, cost_A …; other costs that budgets name
 * are money where they begin with cost_. */
static const role pair_roles[] = {
    { "customer", "会员卡号", NULL, ROLE_KEY }, { "offer", "优惠", NULL, ROLE_KEY },
    { "value", "价值", NULL, ROLE_FLOAT },      { "value_*", "价值_*", NULL, ROLE_FLOAT },
    { "cost", "成本", NULL, ROLE_MONEY },       { "most", "最多", NULL, ROLE_COUNT },
    { "cost_*", "成本_*", NULL, ROLE_MONEY },
};
static const role customer_roles[] = {
    { "customer", "会员卡号", NULL, ROLE_KEY },
    { "most", "最多", NULL, ROLE_COUNT },
};
static const role offer_roles[] = {
    { "offer", "优惠", NULL, ROLE_KEY },
    { "stock", "库存", NULL, ROLE_COUNT },
    { "cost", "成本", NULL, ROLE_MONEY },
    { "cost_*", "成本_*", NULL, ROLE_MONEY },
};
static const role budget_roles[] = {
    { "amount", "金额", NULL, ROLE_MONEY }, { "count", "次数", NULL, ROLE_COUNT }, { "cost", "成本", NULL, ROLE_TEXT },
    { "name", "名称", NULL, ROLE_TEXT },    { "offer", "优惠", NULL, ROLE_KEY },
};
static const role limit_roles[] = { { "most", "最多", NULL, ROLE_COUNT }, { "offer", "优惠", NULL, ROLE_KEY } };

static const job_table tables[] = {
    { "pairs", offsetof(campaign_allocate_offers_inputs, pairs), pair_roles, N_OF(pair_roles), "customer", true },
    { "customers", offsetof(campaign_allocate_offers_inputs, customers), customer_roles, N_OF(customer_roles),
      "customer", false },
    { "offers", offsetof(campaign_allocate_offers_inputs, offers), offer_roles, N_OF(offer_roles), "offer", false },
    { "budgets", offsetof(campaign_allocate_offers_inputs, budgets), budget_roles, N_OF(budget_roles), "", false },
    { "limits", offsetof(campaign_allocate_offers_inputs, limits), limit_roles, N_OF(limit_roles), "most", false },
};

static const job_setting settings[] = {
    { "most", SETTING_INT32, offsetof(campaign_allocate_offers_options, most), 0, 0, NULL },
    { "is_exact", SETTING_FLAG, offsetof(campaign_allocate_offers_options, is_exact), 0, 0, NULL },
    { "max_passes", SETTING_INT32, offsetof(campaign_allocate_offers_options, max_passes), 0, 0, NULL },
    { "gap", SETTING_FLOAT, offsetof(campaign_allocate_offers_options, gap), 0, 0, NULL },
    { "node_limit", SETTING_INT64, offsetof(campaign_allocate_offers_options, node_limit), 0, 0, NULL },
};

static const job_kind kind = { "allocate offers", "PAIRS.csv",    tables, settings,
                               N_OF(tables),      N_OF(settings), false,  ROLE_NUMBER };

static void show(const job_answer *answer, const arguments *given)
{
    static const shown_column offers[] = {
        { "offer", "offer", "优惠", CELL_AS_IS },
        { "chosen", "given", "发放数", CELL_AS_IS },
        { "value", "value", "价值", CELL_FIGURE },
    };
    static const shown_column rows[] = {
        { "name", "limit", "限制", CELL_AS_IS },
        { "offer", "offer", "优惠", CELL_AS_IS },
        { "amount", "amount", "金额", CELL_AS_IS },
        { "used", "used", "已用", CELL_AS_IS },
        { "count", "pieces", "件数", CELL_AS_IS },
        { "used_count", "used", "已用", CELL_AS_IS },
        { "multiplier", "one more brings", "多一份收益", CELL_FIGURE },
    };
    static const shown_column choices[] = {
        { "customer", "customer", "会员卡号", CELL_AS_IS },
        { "offer", "offer", "优惠", CELL_AS_IS },
        { "value", "value", "价值", CELL_FIGURE },
    };
    const campaign_allocate_offers_report *report = answer->report;
    const bool zh = is_chinese(given);
    const int64_t limit = shown_rows(given);
    const job_quality quality = { zh ? "总价值" : "Value", report->status, report->value, report->bound, report->gap };
    show_quality(&quality, zh);
    (void)printf(zh ? "%lld 位客户中 %lld 位得到优惠，共 %lld 份\n"
                    : "%lld customers, %lld of them served, %lld offers given\n",
                 (long long)report->n_customers, (long long)report->n_served, (long long)report->n_choices);
    show_part(zh ? "优惠" : "Offers", &(shown_table){ report->offers, offers, N_OF(offers), NULL, limit, zh });
    show_part(zh ? "共享限制" : "Shared limits", &(shown_table){ report->rows, rows, N_OF(rows), NULL, limit, zh });
    show_part(zh ? "选择" : "Choices",
              &(shown_table){ answer->tables[0], choices, N_OF(choices), NULL, given->limit ? limit : 20, zh });
    show_texts(zh ? "提示" : "Notes", report->notes, limit);
}

int allocate_offers(arguments *given)
{
    static const char *const names[] = { "choices", "rows", "offers", "summary", "notes" };
    campaign_allocate_offers_inputs inputs = CAMPAIGN_ALLOCATE_OFFERS_INPUTS_INIT;
    campaign_allocate_offers_options options = CAMPAIGN_ALLOCATE_OFFERS_OPTIONS_INIT;
    campaign_allocate_offers_report report = CAMPAIGN_ALLOCATE_OFFERS_REPORT_INIT;
    campaign_table *choices = NULL;
    campaign_error error;
    table_job job;
    options.language = language_of(given);
    int code = open_table_job(&job, &kind, &inputs, &options, given);
    if (code == EXIT_DONE) {
        const campaign_runtime runtime = make_runtime(given);
        if (campaign_allocate_offers(&choices, &report, &inputs, &options, &runtime, &error) == CAMPAIGN_OK) {
            const campaign_table *const found[] = { choices, report.rows, report.offers, report.summary, report.notes };
            code = hand_over_answer(&(job_answer){ names, found, N_OF(found), show, &report }, given);
        } else {
            code = report_job_error(&job, &error);
        }
    }
    campaign_table_free(choices);
    campaign_allocate_offers_report_clear(&report);
    close_table_job(&job);
    return code;
}
