/* campaign tasks completion TASKS.csv: how much of what was due is done, for the appraisal. */
#include <campaign/plan_tasks.h>
#include <stdio.h>

#include "cli/input.h"
#include "cli/table_job.h"
#include "cli/verbs/verbs.h"

#define N_OF(array) ((int)(sizeof(array) / sizeof *(array)))

typedef struct completion_files {
    const campaign_table *tasks, *actuals;
} completion_files;

static const role task_roles[] = {
    { "task", "任务编号|任务|Task id", NULL, ROLE_TEXT },
    { "due", "截止日期|截止", NULL, ROLE_DAY },
    { "due_at", "截止时刻", NULL, ROLE_TEXT },
    { "finish", "完成日期|Finish (last day)", NULL, ROLE_DAY },
    { "role", "责任岗位", NULL, ROLE_TEXT },
    { "owner", "负责人", NULL, ROLE_TEXT },
    { "kind", "类别", NULL, ROLE_TEXT },
    { "phase", "阶段", NULL, ROLE_TEXT },
    { "actual_finish", "实际完成", NULL, ROLE_DAY },
};
static const role actual_roles[] = {
    { "task", "任务编号|任务|Task id", NULL, ROLE_TEXT },
    { "actual_finish", "实际完成", NULL, ROLE_DAY },
};
static const job_table tables[] = {
    { "tasks", offsetof(completion_files, tasks), task_roles, N_OF(task_roles), "task", true },
    { "actuals", offsetof(completion_files, actuals), actual_roles, N_OF(actual_roles), "task actual_finish", false },
};
static const job_kind kind = { "tasks completion", "TASKS.csv", tables, NULL, N_OF(tables), 0, false, ROLE_NUMBER };

static void show(const job_answer *answer, const arguments *given)
{
    static const shown_column totals[] = {
        { "dimension", "by", "口径", CELL_WORD },         { "key", "of", "对象", CELL_AS_IS },
        { "due", "due", "应完成", CELL_AS_IS },           { "done", "done", "已完成", CELL_AS_IS },
        { "in_time", "in time", "按时完成", CELL_AS_IS }, { "completion_ppm", "completion", "完成率", CELL_PPM },
        { "in_time_ppm", "in time", "按时率", CELL_PPM },
    };
    static const shown_column overdue[] = {
        { "task", "task", "任务编号", CELL_AS_IS },           { "role", "role", "岗位", CELL_AS_IS },
        { "owner", "owner", "负责人", CELL_AS_IS },           { "due", "due", "截止", CELL_AS_IS },
        { "days_late", "days late", "逾期天数", CELL_AS_IS },
    };
    const campaign_task_completion_report *report = answer->report;
    const bool zh = is_chinese(given);
    const int64_t limit = shown_rows(given);
    (void)printf(zh ? "截至 %s：应完成 %lld，已完成 %lld，按时 %lld，逾期 %lld\n"
                    : "By %s: %lld due, %lld done, %lld in time, %lld overdue\n",
                 given->as_of, (long long)report->n_due, (long long)report->n_done, (long long)report->n_in_time,
                 (long long)report->n_overdue);
    show_part(zh ? "完成率" : "Completion", &(shown_table){ answer->tables[0], totals, N_OF(totals), NULL, limit, zh });
    show_part(zh ? "逾期任务" : "Overdue", &(shown_table){ report->overdue, overdue, N_OF(overdue), NULL, limit, zh });
}

int tasks_completion(arguments *given)
{
    static const char *const names[] = { "totals", "months", "overdue" };
    campaign_task_completion_report report = CAMPAIGN_TASK_COMPLETION_REPORT_INIT;
    completion_files files = { NULL, NULL };
    campaign_error error;
    table_job job;
    int32_t as_of = 0;
    if (!given->as_of) {
        (void)fprintf(stderr, "campaign tasks completion: say --as-of, the last day that is known\n");
        return EXIT_USAGE;
    }
    if (!read_day(&as_of, "as-of", given->as_of)) return EXIT_USAGE;
    int code = open_table_job(&job, &kind, &files, NULL, given);
    if (code == EXIT_DONE &&
        campaign_plan_task_completion(&report, files.tasks, files.actuals, as_of, &error) != CAMPAIGN_OK)
        code = report_job_error(&job, &error);
    const campaign_table *const found[] = { report.totals, report.months, report.overdue };
    if (code == EXIT_DONE) code = hand_over_answer(&(job_answer){ names, found, 3, show, &report }, given);
    if (code == EXIT_DONE && report.n_overdue > 0) code = EXIT_FINDINGS;
    campaign_task_completion_report_clear(&report);
    close_table_job(&job);
    return code;
}
