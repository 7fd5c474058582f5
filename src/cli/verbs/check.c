/* campaign check: everything that is wrong with data files, and the first thing that is wrong with documents. A request
 * among the files says what the columns of the others are called and which currency they are in. */
#include <campaign/plan.h>
#include <campaign/plan_tasks.h>
#include <campaign/playbook.h>
#include <campaign/rapid_response.h>
#include <campaign/tier.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/data.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/terminal.h"
#include "cli/verbs/verbs.h"

enum { ALL_ROWS = 1000, MOST_LINES = 1000, USUAL_LIMIT = 20 };

/* ---- Documents -------------------------------------------------------------------------------------------------- */

static campaign_status check_calendar_document(const char *text, size_t length, bool is_nodes, campaign_error *error)
{
    campaign_calendar_options options = CAMPAIGN_CALENDAR_OPTIONS_INIT;
    campaign_calendar *calendar = NULL;
    options.overlays = options.nodes = &text;
    options.overlay_lengths = options.node_lengths = &length;
    options.n_overlays = !is_nodes;
    options.n_nodes = is_nodes;
    const campaign_status status = campaign_calendar_create(&calendar, &options, error);
    campaign_calendar_free(calendar);
    return status;
}

/* Segments are judged by tiering no customers with them. */
/* What only its tables can bring does not make a request wrong. */
static campaign_status check_response(const char *text, size_t length, campaign_error *error)
{
    campaign_rapid_response_report report = CAMPAIGN_RAPID_RESPONSE_REPORT_INIT;
    const campaign_status status = campaign_plan_rapid_response(&report, text, length, NULL, NULL, NULL, error);
    campaign_rapid_response_report_clear(&report);
    const bool is_of_tables = status == CAMPAIGN_E_MISSING && (strcmp(error->where, "customers") == 0 ||
                                                               strcmp(error->where, "expected_conversion") == 0);
    return is_of_tables ? CAMPAIGN_OK : status;
}

static campaign_status check_segments(const char *text, size_t length, campaign_error *error)
{
    campaign_table_builder *builder = NULL;
    campaign_table *orders = NULL, *tiers = NULL;
    campaign_rfm_options options = CAMPAIGN_RFM_OPTIONS_INIT;
    options.segments = text;
    options.segments_length = (int64_t)length;
    campaign_status status = campaign_table_builder_create(&builder, error);
    if (status == CAMPAIGN_OK)
        status = campaign_table_builder_add_column(builder, "customer", CAMPAIGN_TYPE_INT64, NULL, error);
    if (status == CAMPAIGN_OK)
        status = campaign_table_builder_add_column(builder, "date", CAMPAIGN_TYPE_DATE, NULL, error);
    if (status == CAMPAIGN_OK)
        status = campaign_table_builder_add_column(builder, "amount", CAMPAIGN_TYPE_MONEY, "CNY", error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(&orders, builder, error);
    if (status == CAMPAIGN_OK) status = campaign_tier_rfm(&tiers, NULL, orders, &options, NULL, error);
    campaign_table_free(tiers);
    campaign_table_free(orders);
    campaign_table_builder_free(builder);
    return status;
}

/* Without orders a plan cannot always be made; what is wrong with the request itself has a line. */
static campaign_status check_request(const char *text, size_t length, campaign_error *error)
{
    campaign_plan *plan = NULL;
    const campaign_status status = campaign_plan_create(&plan, text, length, NULL, NULL, error);
    campaign_plan_free(plan);
    return status == CAMPAIGN_E_MISSING && !strstr(error->where, "line ") ? CAMPAIGN_OK : status;
}

static campaign_status check_plan(const char *text, size_t length, campaign_error *error)
{
    campaign_plan *plan = NULL;
    const campaign_status status = campaign_plan_load(&plan, text, length, error);
    campaign_plan_free(plan);
    return status;
}

/* Rules without candidates: that none has an id or a day they name is no fault of theirs. */
static campaign_status check_rules(const char *text, size_t length, campaign_error *error)
{
    static const char *const names[] = { "id", "tier", "start", "end", "value", "cost" };
    static const int32_t types[] = { CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_UTF8,  CAMPAIGN_TYPE_DATE,
                                     CAMPAIGN_TYPE_DATE, CAMPAIGN_TYPE_INT64, CAMPAIGN_TYPE_FLOAT64 };
    campaign_table_builder *builder = NULL;
    campaign_table *candidates = NULL, *choices = NULL;
    campaign_status status = campaign_table_builder_create(&builder, error);
    for (int32_t i = 0; i < 6 && status == CAMPAIGN_OK; i++)
        status = campaign_table_builder_add_column(builder, names[i], types[i], NULL, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(&candidates, builder, error);
    campaign_table_builder_free(builder);
    if (status == CAMPAIGN_OK)
        status = campaign_plan_choose_campaigns(&choices, NULL, candidates, text, length, NULL, NULL, error);
    campaign_table_free(choices);
    campaign_table_free(candidates);
    if (status == CAMPAIGN_OK) return status;
    return strstr(error->where, "line ") && !strstr(error->message, "no candidate has") ? status : CAMPAIGN_OK;
}

static campaign_status check_templates(const char *text, size_t length, campaign_error *error)
{
    campaign_table *tasks = NULL;
    const campaign_status status = campaign_plan_task_list(&tasks, text, length, NULL, error);
    campaign_table_free(tasks);
    return status;
}

/* A playbook is judged by no state. */
static campaign_status check_playbook(const char *text, size_t length, campaign_error *error)
{
    campaign_risks_inputs inputs = CAMPAIGN_RISKS_INPUTS_INIT;
    campaign_risks_options options = CAMPAIGN_RISKS_OPTIONS_INIT;
    campaign_table *risks = NULL;
    options.as_of = "2027-01-01";
    options.playbook = text;
    options.playbook_length = (int64_t)length;
    const campaign_status status = campaign_plan_risks(&risks, NULL, NULL, &inputs, &options, NULL, error);
    campaign_table_free(risks);
    return status;
}

static int check_document(const char *path, const arguments *given)
{
    size_t length = 0;
    const char *kind = NULL;
    campaign_error error;
    char *text = read_text(path, &length);
    if (!text) return EXIT_OTHER;
    campaign_status status = campaign_plan_document_kind(&kind, text, length, &error);
    if (status == CAMPAIGN_OK && strcmp(kind, "plan_request") == 0)
        status = check_request(text, length, &error);
    else if (status == CAMPAIGN_OK && strcmp(kind, "plan") == 0)
        status = check_plan(text, length, &error);
    else if (status == CAMPAIGN_OK && strcmp(kind, "segments") == 0)
        status = check_segments(text, length, &error);
    else if (status == CAMPAIGN_OK && strcmp(kind, "rapid_response") == 0)
        status = check_response(text, length, &error);
    else if (status == CAMPAIGN_OK && strcmp(kind, "task_templates") == 0)
        status = check_templates(text, length, &error);
    else if (status == CAMPAIGN_OK && strcmp(kind, "campaign_rules") == 0)
        status = check_rules(text, length, &error);
    else if (status == CAMPAIGN_OK && strcmp(kind, "playbook") == 0)
        status = check_playbook(text, length, &error);
    else if (status == CAMPAIGN_OK)
        status = check_calendar_document(text, length, strcmp(kind, "nodes") == 0, &error);
    free(text);
    if (status == CAMPAIGN_OK) (void)printf(is_chinese(given) ? "%s：无误（%s）\n" : "%s: good (%s)\n", path, kind);
    return status == CAMPAIGN_OK ? EXIT_DONE : report_error(path, &error);
}

/* ---- Data ------------------------------------------------------------------------------------------------------- */

/* Every row must have its day and its amounts. */
static campaign_status check_cells(campaign_table **problems, campaign_table **counts, const campaign_table *table,
                                   const arguments *given, campaign_error *error)
{
    campaign_column_rule rules[MOST_ROLES];
    int32_t n = 0;
    for (int32_t c = 0; c < campaign_table_n_columns(table) && n < MOST_ROLES; c++) {
        campaign_column column = CAMPAIGN_COLUMN_INIT;
        if (campaign_table_column(&column, table, c, error) != CAMPAIGN_OK) continue;
        if (column.type != CAMPAIGN_TYPE_TIMESTAMP && column.type != CAMPAIGN_TYPE_MONEY) continue;
        rules[n] = (campaign_column_rule)CAMPAIGN_COLUMN_RULE_INIT;
        rules[n++].name = column.name;
    }
    return campaign_table_check(problems, counts, table, rules, n, given->limit, error);
}

/* Place of a row of the table among all rows of the file: rows that could not be read are not in the table. */
static int64_t row_in_file(int64_t row, const campaign_table *unread)
{
    const int32_t column = campaign_table_find(unread, "row");
    int64_t last = -1;
    for (int64_t i = 0; i < campaign_table_n_rows(unread); i++) {
        const int64_t skipped =
            campaign_table_int64(unread, column, i); /* ascending; a row may have several problems */
        if (skipped > row) break;
        if (skipped != last) row++;
        last = skipped;
    }
    return row;
}

/* How many of a column and kind were met before this problem. */
static int64_t count_before(const campaign_table *problems, int64_t row)
{
    char column[256], kind[64], other[256];
    int64_t n = 0;
    (void)cell_text(column, sizeof column, problems, "column", row);
    (void)cell_text(kind, sizeof kind, problems, "kind", row);
    for (int64_t i = 0; i < row; i++) {
        const bool is_same = strcmp(cell_text(other, sizeof other, problems, "column", i), column) == 0;
        n += is_same && strcmp(cell_text(other, sizeof other, problems, "kind", i), kind) == 0;
    }
    return n;
}

static void show_unread(const char *path, const campaign_table *problems, int64_t limit)
{
    char line[32], column[256], message[512];
    for (int64_t row = 0, n = 0; row < campaign_table_n_rows(problems) && n < MOST_LINES; row++) {
        if (row >= limit && count_before(problems, row) >= limit) continue;
        (void)cell_text(line, sizeof line, problems, "line", row);
        (void)cell_text(column, sizeof column, problems, "position", row);
        (void)cell_text(message, sizeof message, problems, "message", row);
        (void)printf("%s:%s:%s: %s\n", path, line, column, message);
        n++;
    }
}

static void show_problems(const char *path, const campaign_csv_report *report, const campaign_table *counts,
                          const campaign_table *problems, int64_t limit)
{
    char column[256], message[512];
    show_unread(path, report->problems, limit);
    for (int64_t row = 0; row < campaign_table_n_rows(problems); row++) {
        const int64_t number = campaign_table_int64(problems, campaign_table_find(problems, "row"), row);
        (void)cell_text(column, sizeof column, problems, "column", row);
        (void)cell_text(message, sizeof message, problems, "message", row);
        (void)printf("%s: row %lld: column \"%s\": %s\n", path, (long long)row_in_file(number, report->problems) + 1,
                     column, message);
    }
    const campaign_table *const tables[] = { report->counts, counts };
    for (int i = 0; i < 2; i++) {
        if (campaign_table_n_rows(tables[i]) == 0) continue;
        (void)printf("\n");
        show_table(tables[i], ALL_ROWS);
    }
}

static void show_verdict(const char *path, const campaign_csv_report *report, bool is_good, bool has_currency,
                         bool in_chinese)
{
    const long long n = report->n_records, n_skipped = report->n_skipped;
    if (in_chinese)
        (void)printf("%s%s：%s共 %lld 行，无法读取 %lld 行%s\n", is_good ? "" : "\n", path, is_good ? "无误；" : "", n,
                     n_skipped, has_currency ? "" : "；金额没有币种，未检查小数位");
    else
        (void)printf("%s%s: %srows: %lld, not readable: %lld%s\n", is_good ? "" : "\n", path, is_good ? "good; " : "",
                     n, n_skipped, has_currency ? "" : "; amounts have no currency, so their decimals were not judged");
}

static int check_data(const char *path, const request_terms *asked, arguments *given)
{
    campaign_csv_report report = CAMPAIGN_CSV_REPORT_INIT;
    campaign_table *table = NULL, *problems = NULL, *counts = NULL;
    campaign_error error;
    const data_kind kind = kind_of_file(path, given);
    const char *currency = given->currency ? given->currency : asked->currency[0] ? asked->currency : NULL;
    data_terms terms = { .path = path, .required = kind == DATA_DAILY ? "date" : "date amount", .currency = currency };
    terms.unit = asked->unit;
    terms.rounding = asked->rounding;
    terms.report = &report;
    terms.roles = roles_of(kind);
    if (asked->currency[0]) name_roles(&terms.roles, asked);
    int code = read_data(&table, &terms, given);
    if (code == EXIT_DONE && check_cells(&problems, &counts, table, given, &error) != CAMPAIGN_OK)
        code = report_error(path, &error);
    if (code == EXIT_DONE) {
        const bool is_good = report.n_problems == 0 && campaign_table_n_rows(counts) == 0;
        show_problems(path, &report, counts, problems, given->limit ? given->limit : USUAL_LIMIT);
        show_verdict(path, &report, is_good, currency != NULL, is_chinese(given));
        if (!is_good) code = EXIT_FINDINGS;
    }
    campaign_table_free(report.problems);
    campaign_table_free(report.counts);
    campaign_table_free(problems);
    campaign_table_free(counts);
    campaign_table_free(table);
    return code;
}

/* ---- All files -------------------------------------------------------------------------------------------------- */

static bool is_document(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot && strcmp(dot, ".json") == 0;
}

/* What the first request among the files asks of the data; nothing where there is none, or it is not a good one. */
static void find_request(request_terms *asked, const arguments *given)
{
    memset(asked, 0, sizeof *asked);
    for (int i = 0; i < given->n_files && !asked->currency[0]; i++) {
        campaign_table *columns = NULL;
        FILE *file = is_document(given->files[i]) ? fopen(given->files[i], "rb") : NULL;
        if (!file) continue;
        (void)fclose(file);
        size_t length = 0;
        char *text = read_text(given->files[i], &length);
        if (text && campaign_plan_request_columns(&columns, text, length, NULL) == CAMPAIGN_OK)
            (void)read_terms(asked, columns);
        campaign_table_free(columns);
        free(text);
    }
}

int verb_check(arguments *given)
{
    request_terms asked;
    int worst = EXIT_DONE;
    if (given->n_files == 0) {
        (void)fprintf(stderr, "campaign check: give CSV files or JSON documents\n");
        return EXIT_USAGE;
    }
    find_request(&asked, given);
    for (int i = 0; i < given->n_files; i++) {
        const char *path = given->files[i];
        const int code = is_document(path) ? check_document(path, given) : check_data(path, &asked, given);
        if (code > worst) worst = code;
    }
    return worst == EXIT_DONE && !check_maps(given) ? EXIT_USAGE : worst;
}
