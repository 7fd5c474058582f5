/* campaign evaluate: what happened against a plan. */
#include <campaign/kpi.h>
#include <campaign/plan.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/data.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/terminal.h"
#include "cli/verbs/verbs.h"

static const char *const table_names[] = { "attainment", "pace", "metrics", "alerts", "notes", "skipped" };
enum { N_TABLES = sizeof table_names / sizeof *table_names, USUAL_ALERTS = 12 };

/* ---- In --------------------------------------------------------------------------------------------------------- */

typedef struct figures {
    campaign_table *orders, *daily, *spend;
} figures;

static int read_one(campaign_table **table, data_kind kind, const char *path, const char *required,
                    const request_terms *asked, arguments *given)
{
    if (!path) return EXIT_DONE;
    data_terms terms = { .path = path,
                         .required = required,
                         .currency = asked->currency,
                         .unit = asked->unit,
                         .rounding = asked->rounding };
    terms.roles = roles_of(kind);
    name_roles(&terms.roles, asked);
    return read_data(table, &terms, given);
}

static int read_figures(figures *read, const campaign_plan *plan, arguments *given)
{
    campaign_table *columns = NULL;
    request_terms asked;
    campaign_error error;
    if (campaign_plan_columns(&columns, plan, &error) != CAMPAIGN_OK) return report_error(given->files[0], &error);
    int code = read_terms(&asked, columns) ? EXIT_DONE : EXIT_INPUT;
    campaign_table_free(columns);
    if (code == EXIT_DONE) code = read_one(&read->orders, DATA_ORDERS, given->orders, "date amount", &asked, given);
    if (code == EXIT_DONE) code = read_one(&read->daily, DATA_DAILY, given->daily, "date", &asked, given);
    if (code == EXIT_DONE) code = read_one(&read->spend, DATA_SPEND, given->spend, "date amount", &asked, given);
    if (code == EXIT_DONE && !check_maps(given)) code = EXIT_USAGE;
    return code;
}

static bool read_kpi_options(campaign_kpi_options *options, const arguments *given)
{
    *options = (campaign_kpi_options)CAMPAIGN_KPI_OPTIONS_INIT;
    options->day_starts_at_minutes = given->day_starts_at_minutes;
    options->nulls = given->skips ? CAMPAIGN_KPI_NULLS_SKIP : CAMPAIGN_KPI_NULLS_FAIL;
    options->language = language_of(given);
    options->has_deviation = given->has_deviation;
    options->deviation_ppm = given->deviation_ppm;
    options->has_as_of = given->as_of != NULL;
    return !given->as_of || read_day(&options->as_of_day, "as-of", given->as_of);
}

/* ---- Overview --------------------------------------------------------------------------------------------------- */

/* Metrics with a target, and every figure of the plan's whole period, which comes first. */
static bool tells_something(const campaign_table *metrics, int64_t row)
{
    char first[64], period[64];
    if (!cell_is_null(metrics, "target", row)) return true;
    (void)cell_text(first, sizeof first, metrics, "period", 0);
    return !cell_is_null(metrics, "value", row) &&
           strcmp(cell_text(period, sizeof period, metrics, "period", row), first) == 0;
}

static bool lacks_figures(const campaign_table *metrics)
{
    for (int64_t row = 0; row < campaign_table_n_rows(metrics); row++)
        if (tells_something(metrics, row) && cell_is(metrics, "status", row, "not_available")) return true;
    return false;
}

/* Phases, and cells of product line and market, are part of what stands in another alert: the table has them all. */
static bool is_headline(const campaign_table *alerts, int64_t row)
{
    return cell_is_null(alerts, "phase", row) &&
           (cell_is_null(alerts, "product_line", row) || cell_is_null(alerts, "market", row));
}

static bool is_of_metric(const campaign_table *alerts, int64_t row)
{
    return !cell_is(alerts, "metric", row, "sales") && !cell_is(alerts, "metric", row, "spend");
}

/* Prints the sentences of the chosen alerts, at most so many, and returns how many were printed. */
static int64_t say_alerts(const campaign_table *alerts, bool (*is_shown)(const campaign_table *, int64_t),
                          bool is_metric, int64_t most)
{
    char text[1024];
    int64_t n = 0;
    for (int64_t row = 0; row < campaign_table_n_rows(alerts) && n < most; row++) {
        if (!is_shown(alerts, row) || is_of_metric(alerts, row) != is_metric) continue;
        (void)printf("- %s\n", cell_text(text, sizeof text, alerts, "text", row));
        n++;
    }
    return n;
}

static void show_tables(const campaign_kpi_evaluation *result, const arguments *given)
{
    static const shown_column pace[] = {
        { "period", "period", "期间", CELL_AS_IS },
        { "product_line", "product line", "产品线", CELL_AS_IS },
        { "market", "market", "区域", CELL_AS_IS },
        { "expected", "target to date", "应完成", CELL_AS_IS },
        { "actual", "actual", "实际", CELL_AS_IS },
        { "pace", "attainment", "达成率", CELL_PERCENT },
        { "forecast_attainment", "forecast", "预计达成率", CELL_PERCENT },
        { "status", "status", "状态", CELL_WORD },
    };
    static const shown_column metrics[] = {
        { "metric", "metric", "指标", CELL_WORD },
        { "period", "period", "期间", CELL_AS_IS },
        { "value", "actual", "实际", CELL_FIGURE },
        { "target_to_date", "target to date", "应完成", CELL_FIGURE },
        { "attainment", "attainment", "达成率", CELL_PERCENT },
        { "status", "status", "状态", CELL_WORD },
        { "text", "remark", "说明", CELL_AS_IS },
    };
    const bool zh = is_chinese(given);
    show_heading(zh ? "进度" : "Pace");
    show_columns(&(shown_table){ result->pace, pace, 8, NULL, 40, zh });
    show_heading(zh ? "指标" : "Metrics");
    show_columns(
        &(shown_table){ result->metrics, metrics, lacks_figures(result->metrics) ? 7 : 6, tells_something, 60, zh });
}

static void show_evaluation(const campaign_kpi_evaluation *result, const arguments *given)
{
    const bool zh = is_chinese(given);
    char text[1024], day[CAMPAIGN_DATE_TEXT];
    const int64_t n_alerts = campaign_table_n_rows(result->alerts), most = given->limit ? given->limit : USUAL_ALERTS;
    (void)campaign_date_format(day, result->as_of_day);
    (void)printf(zh ? "截至 %s\n" : "As of %s\n", day);
    show_tables(result, given);
    show_heading(zh ? "预警" : "Alerts");
    int64_t n_said = say_alerts(result->alerts, is_headline, false, most);
    n_said += say_alerts(result->alerts, is_headline, true, most);
    if (n_alerts == 0) (void)printf(zh ? "没有\n" : "none\n");
    if (n_alerts > n_said)
        (void)printf(zh ? "… 还有 %lld 条，见 alerts 表\n" : "… %lld more in the table alerts\n",
                     (long long)(n_alerts - n_said));
    if (campaign_table_n_rows(result->notes)) show_heading(zh ? "说明" : "Notes");
    for (int64_t row = 0; row < campaign_table_n_rows(result->notes); row++)
        (void)printf("- %s\n", cell_text(text, sizeof text, result->notes, "text", row));
}

/* ---- Out -------------------------------------------------------------------------------------------------------- */

static void print_all(const campaign_table *const *tables, int32_t as_of)
{
    char day[CAMPAIGN_DATE_TEXT];
    (void)campaign_date_format(day, as_of);
    (void)printf("{\"as_of\": \"%s\"", day);
    for (int i = 0; i < N_TABLES; i++) {
        (void)printf(",\n\"%s\": ", table_names[i]);
        print_json(tables[i]);
    }
    (void)printf("}\n");
}

static int hand_over(const campaign_kpi_evaluation *result, const arguments *given)
{
    const campaign_table *const tables[N_TABLES] = { result->attainment, result->pace,  result->metrics,
                                                     result->alerts,     result->notes, result->skipped };
    int which = 0, code = EXIT_DONE;
    if (given->table && (which = read_word("table", given->table, table_names, N_TABLES)) < 0) return EXIT_USAGE;
    if (given->output) code = make_folder(given->output);
    for (int i = 0; i < N_TABLES && code == EXIT_DONE && given->output; i++)
        code = save_table(given->output, table_names[i], tables[i], given);
    if (code != EXIT_DONE) return code;
    const output_format format = format_of(given, given->output ? FORMAT_TABLE : FORMAT_JSON);
    if (given->table || format == FORMAT_CSV)
        code = print_table(tables[which], given);
    else if (format == FORMAT_JSON)
        print_all(tables, result->as_of_day);
    else
        show_evaluation(result, given);
    return code == EXIT_DONE && campaign_table_n_rows(result->alerts) > 0 ? EXIT_FINDINGS : code;
}

/* The file that an error of the evaluation is about. */
static const char *file_of(const campaign_error *error, const arguments *given)
{
    if (given->orders && strncmp(error->where, "orders", 6) == 0) return given->orders;
    if (given->daily && strncmp(error->where, "daily", 5) == 0) return given->daily;
    if (given->spend && strncmp(error->where, "spend", 5) == 0) return given->spend;
    return given->files[0];
}

static int judge(const campaign_plan *plan, arguments *given)
{
    campaign_kpi_plan targets = CAMPAIGN_KPI_PLAN_INIT;
    campaign_kpi_options options;
    campaign_error error;
    figures read = { NULL, NULL, NULL };
    if (!read_kpi_options(&options, given)) return EXIT_USAGE;
    if (campaign_plan_kpi(&targets, plan, &error) != CAMPAIGN_OK) return report_error(given->files[0], &error);
    int code = read_figures(&read, plan, given);
    if (code == EXIT_DONE) {
        campaign_kpi_actuals actuals = CAMPAIGN_KPI_ACTUALS_INIT;
        actuals.orders = read.orders;
        actuals.daily = read.daily;
        actuals.spend = read.spend;
        campaign_kpi_evaluation result = CAMPAIGN_KPI_EVALUATION_INIT;
        const campaign_runtime runtime = make_runtime(given);
        if (campaign_kpi_evaluate(&result, &targets, &actuals, &options, &runtime, &error) != CAMPAIGN_OK)
            code = report_error(file_of(&error, given), &error);
        else
            code = hand_over(&result, given);
        campaign_kpi_evaluation_clear(&result);
    }
    campaign_table_free(read.orders);
    campaign_table_free(read.daily);
    campaign_table_free(read.spend);
    return code;
}

int verb_evaluate(arguments *given)
{
    size_t length = 0;
    if (given->n_files != 1 || !(given->orders || given->daily || given->spend)) {
        (void)fprintf(stderr, "campaign evaluate: give one plan.json, and --orders, --daily or --spend\n");
        return EXIT_USAGE;
    }
    char *json = read_text(given->files[0], &length);
    if (!json) return EXIT_OTHER;
    campaign_plan *plan = NULL;
    campaign_error error;
    const int code = campaign_plan_load(&plan, json, length, &error) == CAMPAIGN_OK
                         ? judge(plan, given)
                         : report_error(given->files[0], &error);
    campaign_plan_free(plan);
    free(json);
    return code;
}
