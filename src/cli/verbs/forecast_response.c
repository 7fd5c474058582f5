/* campaign forecast response: response curves with carry-over, fitted to a history of spend and result. */
#include <campaign/forecast_response.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "cli/input.h"
#include "cli/table_job.h"
#include "cli/verbs/verbs.h"

#define N_OF(array) ((int)(sizeof(array) / sizeof *(array)))
enum { MOST_LIMITS = 16, PARAMETER_BYTES = 16 };

/* The options, and the limits as the command line has them. */
typedef struct asked_fit {
    campaign_response_options options;
    const char *limits_text;
    campaign_response_limit limits[MOST_LIMITS];
    char parameters[MOST_LIMITS][PARAMETER_BYTES];
} asked_fit;

typedef struct fit_inputs {
    const campaign_table *history;
} fit_inputs;

static const role history_roles[] = {
    { "item", "项目", NULL, ROLE_KEY },      { "period", "期间", NULL, ROLE_NUMBER },
    { "spend", "花费", NULL, ROLE_MONEY },   { "result", "结果", NULL, ROLE_MONEY },
    { "weight", "权重", NULL, ROLE_NUMBER },
};

static const job_table tables[] = { { "history", offsetof(fit_inputs, history), history_roles, N_OF(history_roles),
                                      "spend result", true } };

#define PLACE(name) offsetof(campaign_response_options, name)
static const job_setting settings[] = {
    { "curve", SETTING_TEXT, PLACE(curve), 0, 0, NULL },
    { "adstock", SETTING_FLOAT, PLACE(adstock), PLACE(has_adstock), 0, NULL },
    { "adstock_max", SETTING_FLOAT, PLACE(adstock_max), 0, 0, NULL },
    { "before", SETTING_WORD, PLACE(before), 0, 0, "nothing|mean" },
    { "omits_intercept", SETTING_FLAG, PLACE(omits_intercept), 0, 0, NULL },
    { "fits_trend", SETTING_FLAG, PLACE(fits_trend), 0, 0, NULL },
    { "limits", SETTING_TEXT, offsetof(asked_fit, limits_text), 0, 0, NULL },
    { "n_starts", SETTING_INT32, PLACE(n_starts), 0, 0, NULL },
    { "level", SETTING_FLOAT, PLACE(level), 0, 0, NULL },
    { "uncertainty_max", SETTING_FLOAT, PLACE(uncertainty_max), 0, 0, NULL },
};

static const job_kind kind = { "forecast response", "HISTORY.csv",  tables, settings,
                               N_OF(tables),        N_OF(settings), false,  ROLE_NUMBER };

/* ---- Limits ------------------------------------------------------------------------------------------------------ */

static bool read_bound(double *bound, int32_t *is_given, const char *text, size_t length)
{
    *is_given = length > 0;
    return length == 0 || campaign_number_parse(bound, text, length, NULL) == CAMPAIGN_OK;
}

/* "shape:1..1", "intercept:0..": one limit, up to length. */
static bool read_limit(asked_fit *asked, const char *text, size_t length)
{
    const char *colon = memchr(text, ':', length), *end = text + length;
    const char *dots = colon ? strstr(colon, "..") : NULL;
    const int32_t n = asked->options.n_limits;
    if (!dots || dots + 2 > end || colon - text >= PARAMETER_BYTES || n == MOST_LIMITS) return false;
    campaign_response_limit *limit = &asked->limits[n];
    *limit = (campaign_response_limit)CAMPAIGN_RESPONSE_LIMIT_INIT;
    memcpy(asked->parameters[n], text, (size_t)(colon - text));
    limit->parameter = asked->parameters[n];
    asked->options.n_limits++;
    return read_bound(&limit->low, &limit->has_low, colon + 1, (size_t)(dots - colon - 1)) &&
           read_bound(&limit->high, &limit->has_high, dots + 2, (size_t)(end - dots - 2));
}

static bool read_limits(asked_fit *asked)
{
    bool is_right = true;
    for (const char *at = asked->limits_text; at && is_right;) {
        const size_t length = strcspn(at, ",");
        is_right = read_limit(asked, at, length);
        at = at[length] ? at + length + 1 : NULL;
    }
    asked->options.limits = asked->limits;
    if (!is_right)
        (void)fprintf(stderr,
                      "campaign: --set limits takes PARAMETER:LOW..HIGH, at most %d with commas between them, such as "
                      "shape:1..1,intercept:0..; not \"%s\"\n",
                      MOST_LIMITS, asked->limits_text);
    return is_right;
}

/* Options of campaign forecast that seasons take, and curves do not. */
static bool takes_options(const arguments *given)
{
    if (!given->from && !given->to && !given->season && !given->method && !given->year && !given->region &&
        given->n_windows == 0 && given->n_overlays == 0 && given->n_node_files == 0 && !given->day_starts_at_minutes)
        return true;
    (void)fprintf(stderr,
                  "campaign forecast response: takes no option of seasons, days or calendars; --set has its own\n");
    return false;
}

/* ---- Out --------------------------------------------------------------------------------------------------------- */

static bool is_told(const campaign_table *curves, int64_t row)
{
    return !cell_is_null(curves, "scale", row);
}

static void show(const job_answer *answer, const arguments *given)
{
    static const shown_column rows[] = {
        { "item", "item", "项目", CELL_AS_IS },           { "curve", "curve", "曲线", CELL_AS_IS },
        { "scale", "scale", "规模", CELL_FIGURE },        { "scale_se", "+-", "误差", CELL_FIGURE },
        { "location", "location", "位置", CELL_FIGURE },  { "location_se", "+-", "误差", CELL_FIGURE },
        { "shape", "shape", "形状", CELL_FIGURE },        { "adstock", "carried over", "留存率", CELL_FIGURE },
        { "intercept", "baseline", "基线", CELL_FIGURE }, { "r2", "R2", "R2", CELL_FIGURE },
    };
    const campaign_response_report *report = answer->report;
    const bool zh = is_chinese(given);
    const int64_t limit = shown_rows(given);
    const campaign_table *curves = answer->tables[0];
    char item[128], text[600];
    (void)printf(zh ? "识别出 %lld 条曲线，共 %lld 个项目\n" : "The history tells the curves of %lld of %lld items\n",
                 (long long)report->n_identified, (long long)report->n_items);
    if (report->n_identified > 0)
        show_part(zh ? "曲线" : "Curves", &(shown_table){ curves, rows, N_OF(rows), is_told, limit, zh });
    (void)putchar('\n');
    for (int64_t row = 0; row < campaign_table_n_rows(curves) && row < limit; row++)
        (void)printf(zh ? "- %s：%s\n" : "- %s: %s\n", cell_text(item, sizeof item, curves, "item", row),
                     cell_text(text, sizeof text, curves, "reason", row));
    show_texts(zh ? "提示" : "Notes", report->notes, limit);
}

/* ---- The verb ---------------------------------------------------------------------------------------------------- */

int forecast_response(arguments *given)
{
    static const char *const names[] = { "curves", "fitted", "candidates", "lines", "notes" };
    fit_inputs inputs = { NULL };
    asked_fit asked = { .options = CAMPAIGN_RESPONSE_OPTIONS_INIT };
    campaign_response_report report = CAMPAIGN_RESPONSE_REPORT_INIT;
    campaign_table *curves = NULL;
    campaign_error error;
    table_job job;
    if (!takes_options(given)) return EXIT_USAGE;
    asked.options.language = language_of(given);
    int code = open_table_job(&job, &kind, &inputs, &asked, given);
    if (code == EXIT_DONE && !read_limits(&asked)) code = EXIT_USAGE;
    if (code == EXIT_DONE) {
        const campaign_runtime runtime = make_runtime(given);
        if (campaign_forecast_fit_response(&curves, &report, inputs.history, &asked.options, &runtime, &error) ==
            CAMPAIGN_OK) {
            const campaign_table *const found[] = { curves, report.fitted, report.candidates, report.lines,
                                                    report.notes };
            code = hand_over_answer(&(job_answer){ names, found, N_OF(found), show, &report }, given);
        } else {
            code = report_job_error(&job, &error);
        }
    }
    campaign_table_free(curves);
    campaign_response_report_clear(&report);
    close_table_job(&job);
    return code;
}
