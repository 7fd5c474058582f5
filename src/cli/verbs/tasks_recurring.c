/* campaign tasks recurring [RULES.csv]: work that comes again, dated in working days. */
#include <campaign/plan_tasks.h>
#include <stdio.h>

#include "cli/input.h"
#include "cli/table_job.h"
#include "cli/verbs/verbs.h"

#define N_OF(array) ((int)(sizeof(array) / sizeof *(array)))

typedef struct recurring_files {
    const campaign_table *rules;
} recurring_files;

static const role rule_roles[] = {
    { "rule", "规则", NULL, ROLE_TEXT },          { "every", "周期", NULL, ROLE_TEXT },
    { "on", "第几日", NULL, ROLE_COUNT },         { "name", "任务", NULL, ROLE_TEXT },
    { "kind", "类别", NULL, ROLE_TEXT },          { "role", "责任岗位", NULL, ROLE_TEXT },
    { "owner", "负责人", NULL, ROLE_TEXT },       { "duration", "工期", NULL, ROLE_COUNT },
    { "deliverable", "交付物", NULL, ROLE_TEXT },
};
static const job_table tables[] = {
    { "rules", offsetof(recurring_files, rules), rule_roles, N_OF(rule_roles), "rule every on", false },
};
static const job_kind kind = { "tasks recurring", "RULES.csv", tables, NULL, N_OF(tables), 0, false, ROLE_NUMBER };

static void show(const job_answer *answer, const arguments *given)
{
    static const shown_column rows[] = {
        { "task", "task", "任务编号", CELL_AS_IS },
        { "name", "what", "任务", CELL_AS_IS },
        { "role", "role", "岗位", CELL_AS_IS },
        { "owner", "owner", "负责人", CELL_AS_IS },
        { "start", "start", "开始", CELL_AS_IS },
        { "due", "due", "截止", CELL_AS_IS },
        { "is_provisional", "provisional", "暂定", CELL_WORD },
    };
    const bool zh = is_chinese(given);
    show_columns(&(shown_table){ answer->tables[0], rows, N_OF(rows), NULL, shown_rows(given), zh });
}

static int run(const campaign_calendar *calendar, campaign_recurring_options *options, arguments *given)
{
    static const char *const names[] = { "recurring" };
    recurring_files files = { NULL };
    campaign_table *tasks = NULL;
    campaign_error error;
    table_job job;
    options->calendar = calendar;
    int code = open_table_job(&job, &kind, &files, options, given);
    if (code == EXIT_DONE && campaign_plan_recurring(&tasks, files.rules, options, &error) != CAMPAIGN_OK)
        code = report_job_error(&job, &error);
    const campaign_table *const found[] = { tasks };
    if (code == EXIT_DONE) code = hand_over_answer(&(job_answer){ names, found, 1, show, NULL }, given);
    campaign_table_free(tasks);
    close_table_job(&job);
    return code;
}

int tasks_recurring(arguments *given)
{
    campaign_recurring_options options = CAMPAIGN_RECURRING_OPTIONS_INIT;
    campaign_calendar *calendar = NULL;
    if (!given->from || !given->to) {
        (void)fprintf(stderr, "campaign tasks recurring: say --from and --to (the day after the last)\n");
        return EXIT_USAGE;
    }
    if (!read_day(&options.start_day, "from", given->from) || !read_day(&options.end_day, "to", given->to))
        return EXIT_USAGE;
    options.language = language_of(given);
    int code = read_calendar(&calendar, given);
    if (code == EXIT_DONE) code = run(calendar, &options, given);
    campaign_calendar_free(calendar);
    return code;
}
