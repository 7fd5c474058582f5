/* campaign risks: which risks of a playbook hold now, and what to do about each. */
#include <campaign/playbook.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/input.h"
#include "cli/named_inputs.h"
#include "cli/output.h"
#include "cli/plan_inputs.h"
#include "cli/verbs/verbs.h"

#define N_OF(array) ((int)(sizeof(array) / sizeof *(array)))

#define SHARED_ROLES                                                                                                   \
    { "campaign", "活动编号|活动|Campaign id", NULL, ROLE_TEXT }, { "channel", "渠道", NULL, ROLE_TEXT },              \
    {                                                                                                                  \
        "since", "发生时间", NULL, ROLE_DAY                                                                            \
    }

static const role state_roles[] = {
    { "metric", "指标", NULL, ROLE_TEXT },
    { "value", "数值", NULL, ROLE_FLOAT },
    { "target", "目标", NULL, ROLE_FLOAT },
    { "subject", "对象", NULL, ROLE_TEXT },
    SHARED_ROLES,
};
static const role task_roles[] = {
    { "task", "任务编号|任务|Task id", NULL, ROLE_TEXT },
    { "due", "截止日期|截止日|截止", NULL, ROLE_DAY },
    { "start", "开始日期|开始日", NULL, ROLE_DAY },
    { "finish", "完成日期|完成日|Finish (last day)", NULL, ROLE_DAY },
    { "total_float", "总时差|总浮动", NULL, ROLE_FLOAT },
    { "status", "状态", NULL, ROLE_TEXT },
    { "role", "责任岗位|岗位", NULL, ROLE_TEXT },
    { "due_at", "截止时刻", NULL, ROLE_TEXT },
    { "forecast_finish", "预计完成日", NULL, ROLE_DAY },
    { "slip", "延误", NULL, ROLE_FLOAT },
    { "actual_start", "实际开始", NULL, ROLE_DAY },
    { "actual_finish", "实际完成", NULL, ROLE_DAY },
    SHARED_ROLES,
};
static const role stock_roles[] = {
    { "sku", "货号", NULL, ROLE_TEXT },       { "on_hand", "现有库存", NULL, ROLE_FLOAT },
    { "need", "需求量", NULL, ROLE_FLOAT },   { "safety", "安全库存", NULL, ROLE_FLOAT },
    { "incoming", "在途", NULL, ROLE_FLOAT }, SHARED_ROLES,
};
static const role budget_roles[] = {
    { "item", "项目", NULL, ROLE_TEXT },
    { "planned", "预算", NULL, ROLE_MONEY },
    { "committed", "已承诺", NULL, ROLE_MONEY },
    { "actual", "实际", NULL, ROLE_MONEY },
    SHARED_ROLES,
};

#define PLACE(name) offsetof(campaign_risks_inputs, name)
static const job_table tables[] = {
    { "state", PLACE(state), state_roles, N_OF(state_roles), "metric value", false },
    { "tasks", PLACE(tasks), task_roles, N_OF(task_roles), "task", false },
    { "stock", PLACE(stock), stock_roles, N_OF(stock_roles), "sku on_hand", false },
    { "budget", PLACE(budget), budget_roles, N_OF(budget_roles), "item planned", false },
};
static const input_list list = { "risks", tables, N_OF(tables), "playbook" };

/* ---- Out --------------------------------------------------------------------------------------------------------- */

static void show(const job_answer *answer, const arguments *given)
{
    const campaign_risks_report *report = answer->report;
    const campaign_table *risks = answer->tables[0];
    const bool zh = is_chinese(given);
    const int64_t limit = shown_rows(given), n = campaign_table_n_rows(risks);
    char word[32], name[256], subject[256], due[64], owner[128], text[2048];
    (void)printf(zh ? "%lld 项风险成立，%lld 项无法判断\n" : "Risks that hold: %lld; not to be judged: %lld\n",
                 (long long)report->n_holding, (long long)report->n_unjudged);
    for (int64_t row = 0; row < n && row < limit; row++) {
        (void)printf(zh ? "\n[%s] %s（%s）\n" : "\n[%s] %s (%s)\n",
                     word_text(cell_text(word, sizeof word, risks, "severity", row), zh),
                     cell_text(name, sizeof name, risks, "name", row),
                     cell_text(subject, sizeof subject, risks, "subject", row));
        (void)printf("  %s\n", cell_text(text, sizeof text, risks, "numbers", row));
        (void)printf("  %s\n", cell_text(text, sizeof text, risks, "action", row));
        (void)printf(zh ? "  负责：%s，时限 %s\n" : "  %s, by %s\n",
                     cell_text(owner, sizeof owner, risks, "owner", row),
                     cell_text(due, sizeof due, risks, "due_at", row));
        if (!cell_is_null(risks, "escalate_to", row))
            (void)printf(zh ? "  上报：%s，%s\n" : "  then %s, at %s\n",
                         cell_text(owner, sizeof owner, risks, "escalate_to", row),
                         cell_text(due, sizeof due, risks, "escalate_at", row));
    }
    if (n > limit) (void)printf(zh ? "\n… 还有 %lld 项\n" : "\n… %lld more\n", (long long)(n - limit));
    show_texts(zh ? "说明" : "Notes", report->notes, limit);
}

/* ---- The verb ---------------------------------------------------------------------------------------------------- */

static int ask(const campaign_plan *plan, const char *playbook, size_t length, arguments *given)
{
    static const char *const names[] = { "risks", "unjudged", "notes" };
    campaign_risks_inputs inputs = CAMPAIGN_RISKS_INPUTS_INIT;
    campaign_risks_options options = CAMPAIGN_RISKS_OPTIONS_INIT;
    campaign_risks_report report = CAMPAIGN_RISKS_REPORT_INIT;
    campaign_table *risks = NULL;
    campaign_calendar *calendar = NULL;
    campaign_error error;
    named_inputs read;
    int code = open_inputs(&read, &list, &inputs, given);
    if (code == EXIT_DONE && given->n_overlays) code = read_calendar(&calendar, given);
    inputs.calendar = calendar;
    options.as_of = given->as_of, options.language = language_of(given);
    options.playbook = playbook, options.playbook_length = (int64_t)length;
    const campaign_runtime runtime = make_runtime(given);
    if (code == EXIT_DONE &&
        campaign_plan_risks(&risks, &report, plan, &inputs, &options, &runtime, &error) != CAMPAIGN_OK)
        code = report_input_error(&read, &error);
    const campaign_table *const found[] = { risks, report.unjudged, report.notes };
    if (code == EXIT_DONE) code = hand_over_answer(&(job_answer){ names, found, 3, show, &report }, given);
    if (code == EXIT_DONE && report.n_holding > 0) code = EXIT_FINDINGS;
    campaign_table_free(risks);
    campaign_risks_report_clear(&report);
    campaign_calendar_free(calendar);
    close_inputs(&read);
    return code;
}

/* Path of --input playbook=FILE, or NULL. */
static const char *playbook_path(const arguments *given)
{
    for (int i = 0; i < given->n_inputs; i++)
        if (given->inputs[i].length == 8 && memcmp(given->inputs[i].name, "playbook", 8) == 0)
            return given->inputs[i].value;
    return NULL;
}

int verb_risks(arguments *given)
{
    campaign_plan *plan = NULL;
    size_t length = 0;
    const char *path = playbook_path(given);
    if (given->n_files > 1 || !given->as_of || (given->n_files == 0 && given->n_inputs == 0)) {
        (void)fprintf(stderr,
                      "campaign risks: give --as-of 2027-06-18T10:30, a plan.json or --input NAME=FILE, or both\n");
        return EXIT_USAGE;
    }
    char *playbook = path ? read_text(path, &length) : NULL;
    if (path && !playbook) return EXIT_OTHER;
    int code = given->n_files ? read_plan(&plan, given->files[0]) : EXIT_DONE;
    if (code == EXIT_DONE) code = ask(plan, playbook, length, given);
    campaign_plan_free(plan);
    free(playbook);
    return code;
}
