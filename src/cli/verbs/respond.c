/* campaign respond: the answer to a sudden market event, from a request to filled forms. */
#include <campaign/rapid_response.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/data.h"
#include "cli/form_file.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/table_job.h"
#include "cli/verbs/verbs.h"

#define N_OF(array) ((int)(sizeof(array) / sizeof *(array)))

static const role customer_roles[] = {
    { "customer", "客户", NULL, ROLE_KEY },
    { "region", "区域", NULL, ROLE_TEXT },
    { "level", "客户级别", NULL, ROLE_TEXT },
    { "rep", "业务员", NULL, ROLE_KEY },
    { "interactions", "互动次数", NULL, ROLE_COUNT },
    { "last_interaction", "最近互动", NULL, ROLE_DAY },
    { "last_enquiry", "最近询盘", NULL, ROLE_DAY },
    { "last_order", "最近下单", NULL, ROLE_DAY },
    { "way", "方式", NULL, ROLE_TEXT },
};
static const role rep_roles[] = {
    { "rep", "业务员", NULL, ROLE_KEY },       { "region", "区域", NULL, ROLE_TEXT },
    { "call", "电话", NULL, ROLE_COUNT },      { "visit", "拜访", NULL, ROLE_COUNT },
    { "wechat", "微信", NULL, ROLE_COUNT },    { "mail", "邮件", NULL, ROLE_COUNT },
    { "community", "社群", NULL, ROLE_COUNT },
};
static const role history_roles[] = {
    { "date", "日期", NULL, ROLE_DAY },       { "campaign", "活动", NULL, ROLE_KEY },
    { "type", "类型", NULL, ROLE_TEXT },      { "region", "区域", NULL, ROLE_TEXT },
    { "level", "客户级别", NULL, ROLE_TEXT }, { "rep", "业务员", NULL, ROLE_KEY },
    { "leads", "客户数", NULL, ROLE_COUNT },  { "deals", "成交数", NULL, ROLE_COUNT },
    { "amount", "金额", NULL, ROLE_MONEY },
};
static const role region_roles[] = {
    { "region", "区域", NULL, ROLE_TEXT },
    { "owner", "负责人", NULL, ROLE_TEXT },
    { "customers", "目标客户数|客户数", NULL, ROLE_COUNT },
    { "expected_conversion_ppm", "预计成交率", NULL, ROLE_COUNT },
    { "sales_task", "销售任务", NULL, ROLE_MONEY },
    { "key_customers", "重点客户", NULL, ROLE_TEXT },
    { "resources", "所需资源", NULL, ROLE_TEXT },
};

enum { CUSTOMERS, REPS, HISTORY, REGIONS, N_FILES };

static const struct {
    const char *name, *required;
    const role *roles;
    int n_roles;
} files[N_FILES] = {
    { "customers", "customer", customer_roles, N_OF(customer_roles) },
    { "reps", "rep", rep_roles, N_OF(rep_roles) },
    { "history", "date leads deals", history_roles, N_OF(history_roles) },
    { "regions", "region", region_roles, N_OF(region_roles) },
};

/* What the response is made from. */
typedef struct respond_job {
    const char *paths[N_FILES];
    campaign_table *tables[N_FILES];
    campaign_calendar *calendar;
    char *request;
    size_t length;
} respond_job;

static int read_file(campaign_table **table, int which, const char *path, arguments *given)
{
    if (which == REGIONS && is_task_split(path, given)) return read_form_file(table, path, "task_split", given);
    data_terms terms = { .path = path, .required = files[which].required, .currency = given->currency };
    memcpy(terms.roles.roles, files[which].roles, (size_t)files[which].n_roles * sizeof(role));
    terms.roles.n = files[which].n_roles;
    return read_data(table, &terms, given);
}

static int open_job(respond_job *job, arguments *given)
{
    const char *const paths[N_FILES] = { given->customers, given->reps, given->history, given->regions };
    if (given->n_files != 1) {
        (void)fprintf(stderr, "campaign respond: give one request, a campaign/rapid_response/1 document\n");
        return EXIT_USAGE;
    }
    if (!given->currency) given->currency = "CNY";
    job->request = read_text(given->files[0], &job->length);
    int code = job->request ? EXIT_DONE : EXIT_OTHER;
    for (int i = 0; i < N_FILES && code == EXIT_DONE; i++) {
        job->paths[i] = paths[i];
        if (paths[i]) code = read_file(&job->tables[i], i, paths[i], given);
    }
    if (code == EXIT_DONE && (given->n_overlays || given->region)) code = read_calendar(&job->calendar, given);
    return code == EXIT_DONE && !check_maps(given) ? EXIT_USAGE : code;
}

static void close_job(respond_job *job)
{
    for (int i = 0; i < N_FILES; i++) campaign_table_free(job->tables[i]);
    campaign_calendar_free(job->calendar);
    free(job->request);
}

/* ---- Overview ---------------------------------------------------------------------------------------------------- */

static void show_numbers(const campaign_rapid_response_report *report, bool zh)
{
    char expected[FIGURE_TEXT];
    figure_text(expected, report->expected_deals);
    (void)printf(zh ? "目标客户 %lld，期望成交 %s，整数任务 %lld；时限内 %lld，之后 %lld，无法触达 %lld\n"
                    : "%lld customers, %s deals expected, %lld whole; %lld within the window, %lld later, %lld never\n",
                 (long long)report->leads, expected, (long long)report->deals, (long long)report->n_within,
                 (long long)report->n_beyond, (long long)report->n_unreached);
}

static bool is_no_contact_list(const campaign_table *table)
{
    return campaign_table_n_rows(table) == 0;
}

static void show(const job_answer *answer, const arguments *given)
{
    static const shown_column windows[] = { { "name", "stage", "环节", CELL_AS_IS },
                                            { "first", "from", "首日", CELL_AS_IS },
                                            { "due", "due", "截止", CELL_AS_IS } };
    static const shown_column split[] = { { "region", "region", "区域", CELL_AS_IS },
                                          { "owner", "owner", "负责人", CELL_AS_IS },
                                          { "customers", "customers", "客户数", CELL_AS_IS },
                                          { "expected_conversion_ppm", "conversion", "成交率", CELL_PPM },
                                          { "expected_deals", "expected", "期望成交", CELL_FIGURE },
                                          { "sales_task", "sales task", "销售任务", CELL_AS_IS },
                                          { "key_customers", "key customers", "重点客户", CELL_AS_IS } };
    static const shown_column contacts[] = { { "rep", "rep", "业务员", CELL_AS_IS },
                                             { "date", "date", "日期", CELL_AS_IS },
                                             { "way", "way", "方式", CELL_WORD },
                                             { "customer", "customer", "客户", CELL_AS_IS },
                                             { "class", "class", "类别", CELL_AS_IS } };
    static const shown_column resources[] = { { "name", "resource", "资源", CELL_AS_IS },
                                              { "owner_role", "role", "岗位", CELL_AS_IS },
                                              { "due", "due", "到位", CELL_AS_IS } };
    const campaign_rapid_response_report *report = answer->report;
    const bool zh = is_chinese(given);
    const int64_t limit = shown_rows(given);
    show_numbers(report, zh);
    show_part(zh ? "响应时限" : "Windows", &(shown_table){ report->windows, windows, N_OF(windows), NULL, limit, zh });
    show_part(zh ? "任务分解" : "Task split",
              &(shown_table){ report->form_task_split, split, N_OF(split), NULL, limit, zh });
    if (!is_no_contact_list(report->contacts))
        show_part(zh ? "触达计划" : "Contacts",
                  &(shown_table){ report->contacts, contacts, N_OF(contacts), NULL, limit, zh });
    show_part(zh ? "资源清单" : "Resources",
              &(shown_table){ report->resources, resources, N_OF(resources), NULL, limit, zh });
    show_texts(zh ? "可行性" : "Feasibility", report->feasibility, limit);
    show_texts(zh ? "提示" : "Notes", report->notes, limit);
}

/* The file that an error speaks of: that of the table, or the request. */
static int tell(const respond_job *job, const arguments *given, const campaign_error *error)
{
    for (int i = 0; i < N_FILES; i++)
        if (job->paths[i] && strncmp(error->where, files[i].name, strlen(files[i].name)) == 0)
            return report_error(job->paths[i], error);
    return report_error(given->files[0], error);
}

int verb_respond(arguments *given)
{
    static const char *const names[] = {
        "form_task_split", "form_response_plan", "windows", "quotas", "feasibility", "customers", "contacts",
        "loads",           "resources",          "tasks",   "notes"
    };
    campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
    campaign_rapid_response_options options = CAMPAIGN_RAPID_RESPONSE_OPTIONS_INIT;
    campaign_rapid_response_report report = CAMPAIGN_RAPID_RESPONSE_REPORT_INIT;
    respond_job job = { .length = 0 };
    campaign_error error;
    int code = open_job(&job, given);
    if (code == EXIT_DONE) {
        const campaign_runtime runtime = make_runtime(given);
        options.language = given->language;
        inputs.customers = job.tables[CUSTOMERS], inputs.reps = job.tables[REPS];
        inputs.history = job.tables[HISTORY], inputs.regions = job.tables[REGIONS];
        inputs.calendar = job.calendar;
        if (campaign_plan_rapid_response(&report, job.request, job.length, &inputs, &options, &runtime, &error) ==
            CAMPAIGN_OK) {
            const campaign_table *const found[] = { report.form_task_split,
                                                    report.form_response_plan,
                                                    report.windows,
                                                    report.quotas,
                                                    report.feasibility,
                                                    report.customers,
                                                    report.contacts,
                                                    report.loads,
                                                    report.resources,
                                                    report.tasks,
                                                    report.notes };
            code = hand_over_answer(&(job_answer){ names, found, N_OF(found), show, &report }, given);
        } else {
            code = tell(&job, given, &error);
        }
    }
    campaign_rapid_response_report_clear(&report);
    close_job(&job);
    return code;
}
