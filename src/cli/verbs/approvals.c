/* campaign approvals: who approves what, purchases in parts, and the budget with what is committed. */
#include <campaign/playbook.h>
#include <stddef.h>
#include <stdio.h>

#include "cli/approval_roles.h"
#include "cli/input.h"
#include "cli/named_inputs.h"
#include "cli/output.h"
#include "cli/verbs/verbs.h"

#define N_OF(array) ((int)(sizeof(array) / sizeof *(array)))

#define PLACE(name) offsetof(campaign_approvals_inputs, name)
static const job_table tables[] = {
    { "requests", PLACE(requests), approval_request_roles, N_APPROVAL_REQUEST_ROLES, "request kind role", false },
    { "limits", PLACE(limits), approval_limit_roles, N_APPROVAL_LIMIT_ROLES, "role kind", false },
    { "budget", PLACE(budget), approval_budget_roles, N_APPROVAL_BUDGET_ROLES, "item planned", false },
};
static const input_list list = { "approvals", tables, N_OF(tables), NULL };

static const job_setting settings[] = {
    { "split_days", SETTING_INT32, offsetof(campaign_approvals_options, split_days), 0, 0, NULL },
};
static const job_kind kind = { "approvals", "", NULL, settings, 0, N_OF(settings), false, ROLE_NUMBER };

static void show(const job_answer *answer, const arguments *given)
{
    static const shown_column decided[] = { { "request", "request", "申请", CELL_AS_IS },
                                            { "role", "role", "岗位", CELL_AS_IS },
                                            { "decision", "decision", "结论", CELL_WORD },
                                            { "approver", "approver", "审批", CELL_AS_IS } };
    static const shown_column spent[] = { { "item", "item", "项目", CELL_AS_IS },
                                          { "planned", "planned", "预算", CELL_AS_IS },
                                          { "committed", "committed", "已承诺", CELL_AS_IS },
                                          { "actual", "actual", "实际", CELL_AS_IS },
                                          { "available", "available", "可用", CELL_AS_IS } };
    static const shown_column summed[] = { { "group", "group", "类别", CELL_AS_IS },
                                           { "planned", "planned", "预算", CELL_AS_IS },
                                           { "available", "available", "可用", CELL_AS_IS },
                                           { "over", "over", "超支", CELL_AS_IS } };
    const campaign_approvals_report *report = answer->report;
    const bool zh = is_chinese(given);
    const int64_t limit = shown_rows(given);
    (void)printf(zh ? "须上报 %lld 项，疑似拆分 %lld 处，超支 %ld 项\n"
                    : "Requests that go up: %lld; purchases in parts: %lld; items over their budget: %ld\n",
                 (long long)report->n_goes_up, (long long)report->n_splits, (long)report->n_over);
    show_part(zh ? "审批" : "Decisions", &(shown_table){ answer->tables[0], decided, N_OF(decided), NULL, limit, zh });
    show_texts(zh ? "疑似拆分" : "In parts", report->splits, limit);
    show_part(zh ? "预算" : "Budget", &(shown_table){ report->budget, spent, N_OF(spent), NULL, limit, zh });
    show_part(zh ? "合计" : "Sums", &(shown_table){ report->groups, summed, N_OF(summed), NULL, limit, zh });
}

static int ask(arguments *given)
{
    static const char *const names[] = { "decisions", "splits", "budget", "groups" };
    campaign_approvals_inputs inputs = CAMPAIGN_APPROVALS_INPUTS_INIT;
    campaign_approvals_options options = CAMPAIGN_APPROVALS_OPTIONS_INIT;
    campaign_approvals_report report = CAMPAIGN_APPROVALS_REPORT_INIT;
    table_job job = { .kind = &kind, .given = given };
    campaign_table *decisions = NULL;
    campaign_error error;
    named_inputs read;
    int code = open_inputs(&read, &list, &inputs, given);
    options.language = language_of(given);
    if (code == EXIT_DONE && !take_settings(&job, &options)) code = EXIT_USAGE;
    if (code == EXIT_DONE && campaign_plan_approvals(&decisions, &report, &inputs, &options, &error) != CAMPAIGN_OK)
        code = report_input_error(&read, &error);
    const campaign_table *const found[] = { decisions, report.splits, report.budget, report.groups };
    if (code == EXIT_DONE) code = hand_over_answer(&(job_answer){ names, found, N_OF(found), show, &report }, given);
    if (code == EXIT_DONE && (report.n_goes_up > 0 || report.n_splits > 0 || report.n_over > 0)) code = EXIT_FINDINGS;
    campaign_table_free(decisions);
    campaign_approvals_report_clear(&report);
    close_inputs(&read);
    return code;
}

int verb_approvals(arguments *given)
{
    if (given->n_files == 0 && given->n_inputs > 0) return ask(given);
    (void)fprintf(stderr, "campaign approvals: give --input requests=CSV with --input limits=CSV, --input budget=CSV, "
                          "or all three\n");
    return EXIT_USAGE;
}
