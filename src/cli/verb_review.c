/* campaign review: form 4, and what the next plan takes from it. */
#include <campaign/review.h>
#include <stddef.h>
#include <stdio.h>

#include "cli/input.h"
#include "cli/table_job.h"
#include "cli/verbs.h"

#define N_OF(array) ((int)(sizeof(array) / sizeof *(array)))

static const role metric_roles[] = {
    { "metric", "指标", NULL, ROLE_TEXT },
    { "target", "目标", NULL, ROLE_FLOAT },
    { "actual", "实际", NULL, ROLE_FLOAT },
    { "better", "方向", NULL, ROLE_TEXT },
};
static const role finding_roles[] = {
    { "kind", "类型", NULL, ROLE_TEXT },
    { "text", "内容", NULL, ROLE_TEXT },
    { "owner", "负责人", NULL, ROLE_TEXT },
    { "metric", "指标", NULL, ROLE_TEXT },
    { "working_days", "提前工作日", NULL, ROLE_COUNT },
    { "due", "截止日", NULL, ROLE_DAY },
};
static const role class_roles[] = {
    { "class", "客户类别", NULL, ROLE_TEXT },
    { "leads", "客户数", NULL, ROLE_FLOAT },
    { "orders", "成交数", NULL, ROLE_FLOAT },
};

static const job_table tables[] = {
    { "metrics", offsetof(campaign_review_inputs, metrics), metric_roles, N_OF(metric_roles), "metric target actual",
      true },
    { "findings", offsetof(campaign_review_inputs, findings), finding_roles, N_OF(finding_roles), "kind text", false },
    { "segments", offsetof(campaign_review_inputs, segments), class_roles, N_OF(class_roles), "class leads orders",
      false },
};

#define OPTION(name) offsetof(campaign_review_options, name)
static const job_setting settings[] = {
    { "campaign", SETTING_TEXT, OPTION(campaign), 0, 0, NULL },
    { "next_campaign", SETTING_TEXT, OPTION(next_campaign), 0, 0, NULL },
    { "next_start", SETTING_DAY, OPTION(next_start_day), OPTION(has_next_start), 0, NULL },
    { "high_ppm", SETTING_INT32, OPTION(high_ppm), 0, 0, NULL },
    { "low_ppm", SETTING_INT32, OPTION(low_ppm), 0, 0, NULL },
};

static const job_kind kind = { "review",     "METRICS.csv",  tables, settings,
                               N_OF(tables), N_OF(settings), false,  ROLE_NUMBER };

static void show(const job_answer *answer, const arguments *given)
{
    static const shown_column form[] = {
        { "metric", "metric", "指标", CELL_AS_IS },         { "target", "target", "目标", CELL_FIGURE },
        { "actual", "actual", "实际", CELL_FIGURE },        { "attainment_ppm", "attained", "达成率", CELL_PPM },
        { "highlights", "highlights", "亮点", CELL_AS_IS }, { "problems", "problems", "问题", CELL_AS_IS },
        { "measures", "measures", "改进措施", CELL_AS_IS },
    };
    static const shown_column tasks[] = { { "name", "measure", "措施", CELL_AS_IS },
                                          { "owner", "owner", "负责人", CELL_AS_IS },
                                          { "due", "due", "截止", CELL_AS_IS } };
    const campaign_review_report *report = answer->report;
    const bool zh = is_chinese(given);
    const int64_t limit = shown_rows(given);
    show_part(zh ? "复盘" : "Review", &(shown_table){ report->review, form, N_OF(form), NULL, limit, zh });
    show_part(zh ? "任务" : "Tasks", &(shown_table){ report->tasks, tasks, N_OF(tasks), NULL, limit, zh });
    show_texts(zh ? "提示" : "Notes", report->notes, limit);
}

int verb_review(arguments *given)
{
    static const char *const names[] = { "review", "metrics", "records", "tasks", "playbook", "sop", "notes" };
    campaign_review_inputs inputs = CAMPAIGN_REVIEW_INPUTS_INIT;
    campaign_review_options options = CAMPAIGN_REVIEW_OPTIONS_INIT;
    campaign_review_report report = CAMPAIGN_REVIEW_REPORT_INIT;
    campaign_error error;
    table_job job;
    int code = open_table_job(&job, &kind, &inputs, &options, given);
    options.language = language_of(given);
    if (code == EXIT_DONE) {
        const campaign_runtime runtime = make_runtime(given);
        if (campaign_plan_review(&report, &inputs, &options, &runtime, &error) == CAMPAIGN_OK) {
            const campaign_table *const found[] = { report.review,   report.metrics, report.records, report.tasks,
                                                    report.playbook, report.sop,     report.notes };
            code = hand_over_answer(&(job_answer){ names, found, N_OF(found), show, &report }, given);
        } else {
            code = report_job_error(&job, &error);
        }
    }
    campaign_review_report_clear(&report);
    close_table_job(&job);
    return code;
}
