/* campaign allocate capacity: quotas of reps from what they can sell, beside a target from above. */
#include <campaign/allocate_quota.h>
#include <stddef.h>
#include <stdio.h>

#include "cli/input.h"
#include "cli/table_job.h"
#include "cli/verbs/verbs.h"

#define N_OF(array) ((int)(sizeof(array) / sizeof *(array)))

static const role rep_roles[] = {
    { "rep", "业务员", NULL, ROLE_KEY },
    { "visits_a_day", "日均拜访", NULL, ROLE_NUMBER },
    { "win_rate", "成交率", NULL, ROLE_FLOAT },
    { "ticket", "客单价", NULL, ROLE_MONEY },
    { "working_days", "工作日", NULL, ROLE_NUMBER },
    { "start_month", "入职月", NULL, ROLE_COUNT },
    { "minimum", "下限", NULL, ROLE_MONEY },
    { "maximum", "上限", NULL, ROLE_MONEY },
    { "locked", "锁定", NULL, ROLE_MONEY },
};
static const role ramp_roles[] = { { "month", "月", NULL, ROLE_COUNT }, { "share", "占比", NULL, ROLE_FLOAT } };
static const role month_roles[] = { { "month", "月", NULL, ROLE_COUNT },
                                    { "working_days", "工作日", NULL, ROLE_NUMBER } };

#define INPUT(name) offsetof(campaign_allocate_capacity_quota_inputs, name)
static const job_table tables[] = {
    { "reps", INPUT(reps), rep_roles, N_OF(rep_roles), "rep visits_a_day win_rate ticket", true },
    { "ramp", INPUT(ramp), ramp_roles, N_OF(ramp_roles), "month share", false },
    { "months", INPUT(months), month_roles, N_OF(month_roles), "month working_days", false },
};

#define PLACE(name) offsetof(campaign_allocate_capacity_quota_options, name)
static const job_setting settings[] = {
    { "total", SETTING_MONEY, PLACE(total_minor), PLACE(has_total), 0, NULL },
    { "total_minor", SETTING_INT64, PLACE(total_minor), PLACE(has_total), 0, NULL },
    { "method", SETTING_WORD, PLACE(method), 0, 0, "usual|largest_remainder|dhondt|sainte_lague|hill|adams|dean" },
    { "n_months", SETTING_INT32, PLACE(n_months), 0, 0, NULL },
    { "flag_ppm", SETTING_INT32, PLACE(flag_ppm), PLACE(has_flag), 0, NULL },
};

static const job_kind kind = { "allocate capacity", "REPS.csv",     tables, settings,
                               N_OF(tables),        N_OF(settings), true,   ROLE_NUMBER };

static void show(const job_answer *answer, const arguments *given)
{
    static const shown_column rows[] = {
        { "rep", "rep", "业务员", CELL_AS_IS },         { "effective_days", "days", "有效工作日", CELL_FIGURE },
        { "visits", "visits", "拜访", CELL_FIGURE },    { "deals", "deals", "成交", CELL_FIGURE },
        { "capacity", "can sell", "产能", CELL_AS_IS }, { "quota", "quota", "配额", CELL_AS_IS },
        { "gap", "gap", "缺口", CELL_AS_IS },           { "load", "load", "负荷", CELL_PERCENT },
        { "is_over", "too much", "过高", CELL_WORD },   { "held", "held by", "受限于", CELL_WORD },
    };
    const campaign_allocate_capacity_quota_report *report = answer->report;
    const bool zh = is_chinese(given);
    const int64_t limit = shown_rows(given);
    (void)printf(zh ? "%lld 名业务员，配额已证明精确；并列 %lld 处\n" : "%lld reps, the quotas are proven; %lld ties\n",
                 (long long)report->n_reps, (long long)report->n_ties);
    show_part(zh ? "配额" : "Quotas", &(shown_table){ answer->tables[0], rows, N_OF(rows), NULL, limit, zh });
    show_texts(zh ? "证明" : "Proof", report->multipliers, limit);
    show_texts(zh ? "提示" : "Notes", report->notes, limit);
}

int allocate_capacity(arguments *given)
{
    static const char *const names[] = { "quotas", "multipliers", "ties", "notes" };
    campaign_allocate_capacity_quota_inputs inputs = CAMPAIGN_ALLOCATE_CAPACITY_QUOTA_INPUTS_INIT;
    campaign_allocate_capacity_quota_options options = CAMPAIGN_ALLOCATE_CAPACITY_QUOTA_OPTIONS_INIT;
    campaign_allocate_capacity_quota_report report = CAMPAIGN_ALLOCATE_CAPACITY_QUOTA_REPORT_INIT;
    campaign_table *quotas = NULL;
    campaign_error error;
    table_job job;
    options.language = language_of(given);
    int code = open_table_job(&job, &kind, &inputs, &options, given);
    if (code == EXIT_DONE) {
        const campaign_runtime runtime = make_runtime(given);
        if (campaign_allocate_capacity_quota(&quotas, &report, &inputs, &options, &runtime, &error) == CAMPAIGN_OK) {
            const campaign_table *const found[] = { quotas, report.multipliers, report.ties, report.notes };
            code = hand_over_answer(&(job_answer){ names, found, N_OF(found), show, &report }, given);
            if (code == EXIT_DONE && (report.n_over > 0 || report.is_over)) code = EXIT_FINDINGS;
        } else {
            code = report_job_error(&job, &error);
        }
    }
    campaign_table_free(quotas);
    campaign_allocate_capacity_quota_report_clear(&report);
    close_table_job(&job);
    return code;
}
