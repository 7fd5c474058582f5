/* campaign review: form 4, and what the next plan takes from it. */
#include <campaign/playbook.h>
#include <campaign/review.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/input.h"
#include "cli/output.h"
#include "cli/plan_inputs.h"
#include "cli/table_job.h"
#include "cli/verbs/verbs.h"

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
    { "when", "触发条件", NULL, ROLE_TEXT },
};
static const role class_roles[] = {
    { "class", "客户类别", NULL, ROLE_TEXT },
    { "leads", "客户数", NULL, ROLE_FLOAT },
    { "orders", "成交数", NULL, ROLE_FLOAT },
};

/* Of the tables below; documents come last. */
enum { METRICS, FINDINGS, SEGMENTS, REQUEST, PLAYBOOK };
static const job_table tables[] = {
    { "metrics", offsetof(campaign_review_inputs, metrics), metric_roles, N_OF(metric_roles), "metric", true },
    { "findings", offsetof(campaign_review_inputs, findings), finding_roles, N_OF(finding_roles), "kind text", false },
    { "segments", offsetof(campaign_review_inputs, segments), class_roles, N_OF(class_roles), "class leads orders",
      false },
    { "request", 0, NULL, 0, NULL, false },
    { "playbook", 0, NULL, 0, NULL, false },
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

/* ---- Out --------------------------------------------------------------------------------------------------------- */

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
    static const shown_column entries[] = { { "name", "problem", "问题", CELL_AS_IS },
                                            { "when", "again when", "触发条件", CELL_AS_IS },
                                            { "action", "action", "措施", CELL_AS_IS } };
    const campaign_review_report *report = answer->report;
    const bool zh = is_chinese(given);
    const int64_t limit = shown_rows(given);
    show_part(zh ? "复盘" : "Review", &(shown_table){ report->review, form, N_OF(form), NULL, limit, zh });
    show_part(zh ? "任务" : "Tasks", &(shown_table){ report->tasks, tasks, N_OF(tasks), NULL, limit, zh });
    show_part(zh ? "应对手册" : "Playbook",
              &(shown_table){ report->playbook, entries, N_OF(entries), NULL, limit, zh });
    show_texts(zh ? "提示" : "Notes", report->notes, limit);
}

/* The text of a document's file; *text stays NULL where none is given. Returns an exit code. */
static int read_document(char **text, size_t *length, const char *path)
{
    if (path) *text = read_text(path, length);
    return path && !*text ? EXIT_OTHER : EXIT_DONE;
}

/* request.json: the next request with the measures. */
static int save_request(const table_job *job, const campaign_review_report *report)
{
    char *text = NULL, *json = NULL;
    size_t length = 0;
    campaign_error error;
    int code = read_document(&text, &length, job->paths[REQUEST]);
    if (code == EXIT_DONE && text) {
        if (campaign_plan_add_lessons(&json, &length, report->tasks, text, length, &error) == CAMPAIGN_OK)
            code = save_text(job->given->output, "request.json", json, length);
        else
            code = report_error(job->paths[REQUEST], &error);
    }
    campaign_text_free(json);
    free(text);
    return code;
}

/* playbook.json: the playbook given, or the built-in one, with the problems. */
static int save_playbook(const table_job *job, const campaign_review_report *report)
{
    char *text = NULL, *built_in = NULL, *json = NULL;
    size_t length = 0;
    campaign_error error;
    int code = read_document(&text, &length, job->paths[PLAYBOOK]);
    if (code != EXIT_DONE) return code;
    campaign_status status = CAMPAIGN_OK;
    if (!text) status = campaign_plan_playbook(&built_in, &length, NULL, &error);
    if (status == CAMPAIGN_OK)
        status = campaign_plan_extend_playbook(&json, &length, report->playbook, report->metrics,
                                               text ? text : built_in, length, &error);
    code = status == CAMPAIGN_OK ? save_text(job->given->output, "playbook.json", json, length)
                                 : report_error(job->paths[PLAYBOOK], &error);
    campaign_text_free(json);
    campaign_text_free(built_in);
    free(text);
    return code;
}

/* ---- The verb ---------------------------------------------------------------------------------------------------- */

static int look_back(const table_job *job, const campaign_review_inputs *inputs, const campaign_review_options *options)
{
    static const char *const names[] = { "review", "metrics", "records", "tasks", "playbook", "sop", "notes" };
    const arguments *given = job->given;
    campaign_review_report report = CAMPAIGN_REVIEW_REPORT_INIT;
    campaign_error error;
    const campaign_runtime runtime = make_runtime(given);
    if (campaign_plan_review(&report, inputs, options, &runtime, &error) != CAMPAIGN_OK)
        return report_job_error(job, &error);
    const campaign_table *const found[] = { report.review,   report.metrics, report.records, report.tasks,
                                            report.playbook, report.sop,     report.notes };
    int code = hand_over_answer(&(job_answer){ names, found, N_OF(found), show, &report }, given);
    if (code == EXIT_DONE && given->output) code = save_request(job, &report);
    if (code == EXIT_DONE && given->output) code = save_playbook(job, &report);
    campaign_review_report_clear(&report);
    return code;
}

int verb_review(arguments *given)
{
    campaign_review_inputs inputs = CAMPAIGN_REVIEW_INPUTS_INIT;
    campaign_review_options options = CAMPAIGN_REVIEW_OPTIONS_INIT;
    campaign_calendar *calendar = NULL;
    table_job job;
    int code = open_table_job(&job, &kind, &inputs, &options, given);
    if (code == EXIT_DONE && !given->output && (job.paths[REQUEST] || job.paths[PLAYBOOK])) {
        (void)fprintf(stderr, "campaign review: the next request and the playbook need --output FOLDER to go to\n");
        code = EXIT_USAGE;
    }
    if (code == EXIT_DONE) code = read_calendar(&calendar, given);
    inputs.calendar = calendar;
    options.language = language_of(given);
    if (code == EXIT_DONE) code = look_back(&job, &inputs, &options);
    campaign_calendar_free(calendar);
    close_table_job(&job);
    return code;
}
