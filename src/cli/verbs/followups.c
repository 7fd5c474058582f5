/* campaign followups: records of customers' follow-ups, checked, with the list of the day. */
#include <campaign/followup.h>
#include <stddef.h>
#include <stdio.h>

#include "cli/input.h"
#include "cli/table_job.h"
#include "cli/verbs/verbs.h"

#define N_OF(array) ((int)(sizeof(array) / sizeof *(array)))

static const role record_roles[] = {
    { "record", "记录编号", NULL, ROLE_COUNT },
    { "corrects", "更正记录|Corrects record", NULL, ROLE_COUNT },
    { "customer", "客户", NULL, ROLE_KEY },
    { "contact", "联系人", NULL, ROLE_TEXT },
    { "industry", "行业", NULL, ROLE_TEXT },
    { "pain_point", "痛点", NULL, ROLE_TEXT },
    { "time", "跟进时间", NULL, ROLE_DAY },
    { "way", "跟进方式", NULL, ROLE_TEXT },
    { "rep", "跟进人", NULL, ROLE_KEY },
    { "summary", "沟通内容", NULL, ROLE_TEXT },
    { "feedback", "客户反馈", NULL, ROLE_TEXT },
    { "objection", "异议类型|Kind of objection", NULL, ROLE_TEXT },
    { "next_action", "下一步行动", NULL, ROLE_TEXT },
    { "next_date", "下次跟进日期", NULL, ROLE_DAY },
    { "status", "状态", NULL, ROLE_TEXT },
    { "blocked_by", "受阻原因", NULL, ROLE_TEXT },
};
static const role contact_roles[] = {
    { "customer", "客户", NULL, ROLE_KEY },
    { "rep", "业务员", NULL, ROLE_KEY },
    { "date", "日期", NULL, ROLE_DAY },
};
static const role customer_roles[] = { { "customer", "客户", NULL, ROLE_KEY } };
static const role rep_roles[] = {
    { "rep", "业务员", NULL, ROLE_KEY },
    { "lead", "主管", NULL, ROLE_TEXT },
    { "manager", "经理", NULL, ROLE_TEXT },
};

/* The library's inputs, and the rows that are to be added to the records first. */
typedef struct followups_files {
    campaign_followups_inputs inputs;
    const campaign_table *rows;
} followups_files;

static const job_table tables[] = {
    { "followups", offsetof(followups_files, inputs) + offsetof(campaign_followups_inputs, followups), record_roles,
      N_OF(record_roles), "record customer time rep", true },
    { "contacts", offsetof(followups_files, inputs) + offsetof(campaign_followups_inputs, contacts), contact_roles,
      N_OF(contact_roles), "customer", false },
    { "customers", offsetof(followups_files, inputs) + offsetof(campaign_followups_inputs, customers), customer_roles,
      N_OF(customer_roles), "customer", false },
    { "roles", offsetof(followups_files, inputs) + offsetof(campaign_followups_inputs, roles), rep_roles,
      N_OF(rep_roles), "rep", false },
    { "rows", offsetof(followups_files, rows), record_roles, N_OF(record_roles), "record customer time rep", false },
};

#define SETTING(name)                                                                                                  \
    {                                                                                                                  \
#name, SETTING_INT32, offsetof(campaign_followups_options, name), 0, 0, NULL                                   \
    }
static const job_setting settings[] = {
    SETTING(within_days),     SETTING(days_without_update), SETTING(stale_after_days),
    SETTING(lead_after_days), SETTING(manager_after_days),  SETTING(n_daily),
    SETTING(n_checks),        SETTING(completeness_days),
};

static const job_kind kind = { "followups",  "FOLLOWUPS.csv", tables, settings,
                               N_OF(tables), N_OF(settings),  false,  ROLE_NUMBER };

static bool has_findings(const campaign_table *table, int64_t row)
{
    return !cell_is(table, "n", row, "0");
}

static void show(const job_answer *answer, const arguments *given)
{
    static const shown_column counts[] = { { "kind", "finding", "类型", CELL_WORD },
                                           { "severity", "severity", "严重程度", CELL_WORD },
                                           { "n", "n", "数量", CELL_AS_IS } };
    static const shown_column daily[] = { { "rep", "rep", "跟进人", CELL_AS_IS },
                                          { "place", "place", "次序", CELL_AS_IS },
                                          { "kind", "why", "类型", CELL_WORD },
                                          { "text", "what", "事项", CELL_AS_IS } };
    const campaign_followups_report *report = answer->report;
    const bool zh = is_chinese(given);
    const int64_t limit = shown_rows(given);
    char day[CAMPAIGN_DATE_TEXT];
    (void)campaign_date_format(day, report->as_of_day);
    (void)printf(zh ? "%s：%lld 行，有效记录 %lld，更正 %lld，问题 %lld，发现 %lld\n"
                    : "%s: rows %lld, records that stand %lld, corrections %lld, problems %lld, findings %lld\n",
                 day, (long long)report->n_rows, (long long)report->n_current, (long long)report->n_corrections,
                 (long long)report->n_problems, (long long)report->n_checks);
    show_part(zh ? "发现" : "Findings", &(shown_table){ report->n_checks ? report->counts : NULL, counts, N_OF(counts),
                                                        has_findings, limit, zh });
    show_part(zh ? "今日清单" : "Today", &(shown_table){ report->daily, daily, N_OF(daily), NULL, limit, zh });
    show_texts(zh ? "受阻" : "Blocked", report->blocked, limit);
    show_texts(zh ? "问题" : "Problems", report->problems, limit);
    show_texts(zh ? "提示" : "Notes", report->notes, limit);
}

/* Adds the new rows, checks the whole, and hands all over. */
static int check(const table_job *job, followups_files *files, const campaign_followups_options *options,
                 const arguments *given)
{
    static const char *const names[] = { "checks", "all",     "current",      "problems", "counts", "objections",
                                         "daily",  "blocked", "completeness", "reps",     "notes" };
    const campaign_runtime runtime = make_runtime(given);
    campaign_followups_report report = CAMPAIGN_FOLLOWUPS_REPORT_INIT;
    campaign_table *all = NULL;
    campaign_error error;
    campaign_status status = CAMPAIGN_OK;
    int code;
    if (files->rows) {
        status = campaign_plan_append_followups(&all, files->inputs.followups, files->rows, &runtime, &error);
        files->inputs.followups = all;
    }
    if (status == CAMPAIGN_OK) status = campaign_plan_followups(&report, &files->inputs, options, &runtime, &error);
    if (status == CAMPAIGN_OK) {
        const campaign_table *const found[] = {
            report.checks,     all,          report.current, report.problems,     report.counts,
            report.objections, report.daily, report.blocked, report.completeness, report.reps,
            report.notes
        };
        code = hand_over_answer(&(job_answer){ names, found, N_OF(found), show, &report }, given);
    } else {
        code = report_job_error(job, &error);
    }
    campaign_followups_report_clear(&report);
    campaign_table_free(all);
    return code;
}

int verb_followups(arguments *given)
{
    followups_files files = { CAMPAIGN_FOLLOWUPS_INPUTS_INIT, NULL };
    campaign_calendar *calendar = NULL;
    campaign_followups_options options = CAMPAIGN_FOLLOWUPS_OPTIONS_INIT;
    table_job job;
    options.language = language_of(given);
    options.has_as_of = given->as_of != NULL;
    if (given->as_of && !read_day(&options.as_of_day, "as-of", given->as_of)) return EXIT_USAGE;
    int code = open_table_job(&job, &kind, &files, &options, given);
    if (code == EXIT_DONE && (given->n_overlays || given->region)) code = read_calendar(&calendar, given);
    files.inputs.calendar = calendar;
    if (code == EXIT_DONE) code = check(&job, &files, &options, given);
    close_table_job(&job);
    campaign_calendar_free(calendar);
    return code;
}
