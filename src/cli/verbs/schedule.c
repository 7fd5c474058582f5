/* campaign schedule TASKS.csv: tasks on working calendars. */
#include <campaign/schedule.h>
#include <stdio.h>

#include "cli/input.h"
#include "cli/named_calendars.h"
#include "cli/schedule_roles.h"
#include "cli/table_job.h"
#include "cli/verbs/verbs.h"

#define N_OF(array) ((int)(sizeof(array) / sizeof *(array)))

static const role actual_roles[] = {
    { "task", "任务编号|任务|Task id", NULL, ROLE_TEXT },
    { "actual_start", "实际开始", NULL, ROLE_DATE },
    { "actual_finish", "实际完成", NULL, ROLE_DATE },
    { "remaining", "剩余工期", NULL, ROLE_FLOAT },
};

static const job_table tables[] = {
    { "tasks", offsetof(campaign_schedule_inputs, tasks), schedule_task_roles, N_TASK_ROLES, "task", true },
    { "links", offsetof(campaign_schedule_inputs, links), schedule_link_roles, N_LINK_ROLES, "task predecessor",
      false },
    { "owners", offsetof(campaign_schedule_inputs, owners), schedule_owner_roles, N_OWNER_ROLES, "owner", false },
    { "away", offsetof(campaign_schedule_inputs, away), schedule_away_roles, N_AWAY_ROLES, "owner start", false },
    { "actuals", offsetof(campaign_schedule_inputs, actuals), actual_roles, N_OF(actual_roles), "task", false },
};

static const job_setting settings[] = {
    { "is_abstract", SETTING_FLAG, offsetof(campaign_schedule_options, is_abstract), 0, 0, NULL },
    { "n_samples", SETTING_INT32, offsetof(campaign_schedule_options, n_samples), 0, 0, NULL },
    { "confidence_ppm", SETTING_INT32, offsetof(campaign_schedule_options, confidence_ppm), 0, 0, NULL },
    { "target_day", SETTING_DAY, offsetof(campaign_schedule_options, target_day),
      offsetof(campaign_schedule_options, has_target), 0, NULL },
    { "target_units", SETTING_FLOAT, offsetof(campaign_schedule_options, target_units),
      offsetof(campaign_schedule_options, has_target), 0, NULL },
    { "seed", SETTING_INT64, offsetof(campaign_schedule_options, seed), 0, 0, NULL },
};

static const job_kind kind = { "schedule",   "TASKS.csv",    tables, settings,
                               N_OF(tables), N_OF(settings), false,  ROLE_NUMBER };

static bool is_over(const campaign_table *table, int64_t row)
{
    return cell_is(table, "is_over", row, "true");
}

static bool has_over(const campaign_table *loads)
{
    bool is_found = false;
    for (int64_t row = 0; row < campaign_table_n_rows(loads) && !is_found; row++) is_found = is_over(loads, row);
    return is_found;
}

static void show(const job_answer *answer, const arguments *given)
{
    static const shown_column rows[] = {
        { "task", "task", "任务", CELL_AS_IS },
        { "start", "start", "开始", CELL_AS_IS },
        { "finish", "finish", "完成", CELL_AS_IS },
        { "late_start", "late start", "最迟开始", CELL_AS_IS },
        { "late_finish", "late finish", "最迟完成", CELL_AS_IS },
        { "total_float", "float", "总浮动", CELL_AS_IS },
        { "free_float", "free", "自由浮动", CELL_AS_IS },
        { "is_critical", "critical", "关键", CELL_WORD },
    };
    static const shown_column chances[] = {
        { "finish", "by", "完成日", CELL_AS_IS },
        { "on_path", "critical path", "关键路径", CELL_PERCENT },
        { "all_paths", "all paths", "所有路径", CELL_PERCENT },
    };
    static const shown_column loads[] = {
        { "owner", "owner", "负责人", CELL_AS_IS }, { "date", "date", "日期", CELL_AS_IS },
        { "hours", "hours", "工时", CELL_AS_IS },   { "capacity", "capacity", "可用工时", CELL_AS_IS },
        { "tasks", "tasks", "任务", CELL_AS_IS },
    };
    const campaign_schedule_report *report = answer->report;
    const bool zh = is_chinese(given);
    const int64_t limit = shown_rows(given);
    char text[600];
    (void)printf("%s\n", cell_text(text, sizeof text, report->summary, "text", 0));
    show_part(zh ? "任务" : "Tasks", &(shown_table){ answer->tables[0], rows, N_OF(rows), NULL, limit, zh });
    show_texts(zh ? "延误" : "Slips", report->slips, limit);
    show_texts(zh ? "牵动" : "Pulled along", report->pulled, limit);
    show_texts(zh ? "截止" : "Deadlines", report->deadlines, limit);
    show_part(zh ? "完成概率" : "Chances", &(shown_table){ report->chances, chances, N_OF(chances), NULL, limit, zh });
    if (has_over(report->loads))
        show_part(zh ? "超负荷" : "Too much", &(shown_table){ report->loads, loads, N_OF(loads), is_over, limit, zh });
    show_texts(zh ? "提示" : "Notes", report->notes, limit);
}

/* --from and --as-of as the options take them. */
static bool take_days(campaign_schedule_options *options, const arguments *given)
{
    if (given->from && !read_day(&options->start_day, "from", given->from)) return false;
    if (given->as_of && !read_day(&options->as_of_day, "as-of", given->as_of)) return false;
    options->has_start = given->from != NULL;
    options->has_as_of = given->as_of != NULL;
    return true;
}

static int run(const named_calendars *calendars, arguments *given)
{
    static const char *const names[] = { "tasks", "summary", "deadlines", "estimates", "chances",
                                         "slips", "pulled",  "loads",     "notes" };
    campaign_schedule_inputs inputs = CAMPAIGN_SCHEDULE_INPUTS_INIT;
    campaign_schedule_options options = CAMPAIGN_SCHEDULE_OPTIONS_INIT;
    campaign_schedule_report report = CAMPAIGN_SCHEDULE_REPORT_INIT;
    campaign_table *schedule = NULL;
    campaign_error error;
    table_job job;
    options.language = language_of(given);
    if (!take_days(&options, given)) return EXIT_USAGE;
    int code = open_table_job(&job, &kind, &inputs, &options, given);
    inputs.calendar = calendars->usual;
    inputs.calendars = calendars->list, inputs.n_calendars = calendars->n;
    if (code == EXIT_DONE) {
        const campaign_runtime runtime = make_runtime(given);
        if (campaign_schedule_tasks(&schedule, &report, &inputs, &options, &runtime, &error) == CAMPAIGN_OK) {
            const campaign_table *const found[] = { schedule,         report.summary, report.deadlines,
                                                    report.estimates, report.chances, report.slips,
                                                    report.pulled,    report.loads,   report.notes };
            code = hand_over_answer(&(job_answer){ names, found, N_OF(found), show, &report }, given);
            if (code == EXIT_DONE && report.n_broken > 0) code = EXIT_FINDINGS;
        } else {
            code = report_job_error(&job, &error);
        }
    }
    campaign_table_free(schedule);
    campaign_schedule_report_clear(&report);
    close_table_job(&job);
    return code;
}

int verb_schedule(arguments *given)
{
    named_calendars calendars;
    int code = open_calendars(&calendars, given);
    if (code == EXIT_DONE) code = run(&calendars, given);
    close_calendars(&calendars);
    return code;
}
