/* campaign level TASKS.csv: tasks when people or equipment are short. */
#include <campaign/schedule_level.h>
#include <stdio.h>

#include "cli/input.h"
#include "cli/named_calendars.h"
#include "cli/schedule_roles.h"
#include "cli/table_job.h"
#include "cli/verbs/verbs.h"

#define N_OF(array) ((int)(sizeof(array) / sizeof *(array)))

static const role need_roles[] = {
    { "task", "任务编号|任务|Task id", NULL, ROLE_TEXT },
    { "resource", "资源", NULL, ROLE_TEXT },
    { "units", "数量", NULL, ROLE_COUNT },
};
static const role resource_roles[] = {
    { "resource", "资源", NULL, ROLE_TEXT }, { "units", "数量", NULL, ROLE_COUNT },
    { "date", "日期", NULL, ROLE_DATE },     { "finish", "结束", NULL, ROLE_DATE },
    { "calendar", "日历", NULL, ROLE_TEXT },
};

static const job_table tables[] = {
    { "tasks", offsetof(campaign_schedule_level_inputs, tasks), schedule_task_roles, N_TASK_ROLES, "task", true },
    { "needs", offsetof(campaign_schedule_level_inputs, needs), need_roles, N_OF(need_roles), "task resource", false },
    { "resources", offsetof(campaign_schedule_level_inputs, resources), resource_roles, N_OF(resource_roles),
      "resource units", false },
    { "links", offsetof(campaign_schedule_level_inputs, links), schedule_link_roles, N_LINK_ROLES, "task predecessor",
      false },
    { "owners", offsetof(campaign_schedule_level_inputs, owners), schedule_owner_roles, N_OWNER_ROLES, "owner", false },
    { "away", offsetof(campaign_schedule_level_inputs, away), schedule_away_roles, N_AWAY_ROLES, "owner start", false },
};

static const job_setting settings[] = {
    { "is_abstract", SETTING_FLAG, offsetof(campaign_schedule_level_options, is_abstract), 0, 0, NULL },
    { "without_owners", SETTING_FLAG, offsetof(campaign_schedule_level_options, without_owners), 0, 0, NULL },
    { "n_schedules", SETTING_INT64, offsetof(campaign_schedule_level_options, n_schedules), 0, 0, NULL },
    { "n_nodes", SETTING_INT64, offsetof(campaign_schedule_level_options, n_nodes), 0, 0, NULL },
    { "seed", SETTING_INT64, offsetof(campaign_schedule_level_options, seed), 0, 0, NULL },
};

static const job_kind kind = {
    "level", "TASKS.csv", tables, settings, N_OF(tables), N_OF(settings), false, ROLE_NUMBER
};

static void show(const job_answer *answer, const arguments *given)
{
    static const shown_column rows[] = {
        { "task", "task", "任务", CELL_AS_IS },
        { "start", "start", "开始", CELL_AS_IS },
        { "finish", "finish", "完成", CELL_AS_IS },
        { "early_start", "if nothing were short", "资源不限时", CELL_AS_IS },
        { "moved", "later", "推迟", CELL_AS_IS },
        { "resource", "because of", "因", CELL_AS_IS },
        { "is_late", "late", "逾期", CELL_WORD },
    };
    static const shown_column busy[] = {
        { "resource", "resource", "资源", CELL_AS_IS },        { "units", "units", "数量", CELL_AS_IS },
        { "work", "asked for", "需求", CELL_AS_IS },           { "offered", "there", "可供", CELL_AS_IS },
        { "moved", "tasks waited", "推迟的任务", CELL_AS_IS },
    };
    const campaign_schedule_level_report *report = answer->report;
    const bool zh = is_chinese(given);
    const int64_t limit = shown_rows(given);
    char text[600];
    (void)printf("%s\n", cell_text(text, sizeof text, report->summary, "text", 0));
    show_part(zh ? "任务" : "Tasks", &(shown_table){ answer->tables[0], rows, N_OF(rows), NULL, limit, zh });
    show_part(zh ? "资源" : "Resources", &(shown_table){ report->resources, busy, N_OF(busy), NULL, limit, zh });
    show_texts(zh ? "提示" : "Notes", report->notes, limit);
}

static int run(const named_calendars *calendars, arguments *given)
{
    static const char *const names[] = { "tasks", "summary", "resources", "usage", "notes" };
    campaign_schedule_level_inputs inputs = CAMPAIGN_SCHEDULE_LEVEL_INPUTS_INIT;
    campaign_schedule_level_options options = CAMPAIGN_SCHEDULE_LEVEL_OPTIONS_INIT;
    campaign_schedule_level_report report = CAMPAIGN_SCHEDULE_LEVEL_REPORT_INIT;
    campaign_table *schedule = NULL;
    campaign_error error;
    table_job job;
    options.language = language_of(given);
    if (given->from && !read_day(&options.start_day, "from", given->from)) return EXIT_USAGE;
    options.has_start = given->from != NULL;
    int code = open_table_job(&job, &kind, &inputs, &options, given);
    inputs.calendar = calendars->usual;
    inputs.calendars = calendars->list, inputs.n_calendars = calendars->n;
    if (code == EXIT_DONE) {
        const campaign_runtime runtime = make_runtime(given);
        if (campaign_schedule_level(&schedule, &report, &inputs, &options, &runtime, &error) == CAMPAIGN_OK) {
            const campaign_table *const found[] = { schedule, report.summary, report.resources, report.usage,
                                                    report.notes };
            code = hand_over_answer(&(job_answer){ names, found, N_OF(found), show, &report }, given);
            if (code == EXIT_DONE && report.n_late > 0) code = EXIT_FINDINGS;
        } else {
            code = report_job_error(&job, &error);
        }
    }
    campaign_table_free(schedule);
    campaign_schedule_level_report_clear(&report);
    close_table_job(&job);
    return code;
}

int verb_level(arguments *given)
{
    named_calendars calendars;
    int code = open_calendars(&calendars, given);
    if (code == EXIT_DONE) code = run(&calendars, given);
    close_calendars(&calendars);
    return code;
}
