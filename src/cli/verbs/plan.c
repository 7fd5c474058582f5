/* campaign plan: a request and a history into the year's plan. */
#include <campaign/plan.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/input.h"
#include "cli/output.h"
#include "cli/plan_inputs.h"
#include "cli/terminal.h"
#include "cli/verbs/verbs.h"

enum { MOST_TABLES = 64 };

/* ---- In --------------------------------------------------------------------------------------------------------- */

static int create(campaign_plan **plan, const char *request, size_t length, arguments *given)
{
    campaign_table *columns = NULL;
    plan_files files = { .orders = NULL };
    campaign_error error;
    const campaign_runtime runtime = make_runtime(given);
    if (campaign_plan_request_columns(&columns, request, length, &error) != CAMPAIGN_OK)
        return report_error(given->files[0], &error);
    int code = read_plan_files(&files, columns, given);
    if (code == EXIT_DONE &&
        campaign_plan_create(plan, request, length, &files.inputs, &runtime, &error) != CAMPAIGN_OK)
        code = report_error(given->orders && strncmp(error.where, "orders", 6) == 0 ? given->orders : given->files[0],
                            &error);
    campaign_table_free(columns);
    free_plan_files(&files);
    return code;
}

/* ---- Out -------------------------------------------------------------------------------------------------------- */

/* The tables of a plan and its document. */
typedef struct plan_texts {
    const char *names[MOST_TABLES];
    campaign_table *tables[MOST_TABLES];
    int n_tables;
    char *json;
    size_t length;
} plan_texts;

enum {
    TARGETS,
    CAMPAIGNS,
    PHASES,
    BUDGET,
    METRICS,
    NOTES
}; /* those that the overview shows, in the order of the names */

static int take_texts(plan_texts *texts, const campaign_plan *plan)
{
    campaign_error error;
    campaign_status status = campaign_plan_save(&texts->json, &texts->length, plan, &error);
    const char *name;
    for (int i = 0; i < MOST_TABLES && status == CAMPAIGN_OK && (name = campaign_plan_table_name(i)) != NULL; i++) {
        status = campaign_plan_table(&texts->tables[i], plan, name, &error);
        texts->names[texts->n_tables++] = name;
    }
    return status == CAMPAIGN_OK ? EXIT_DONE : report_error(NULL, &error);
}

static void free_texts(plan_texts *texts)
{
    for (int i = 0; i < texts->n_tables; i++) campaign_table_free(texts->tables[i]);
    campaign_text_free(texts->json);
}

static int save_texts(const plan_texts *texts, const arguments *given)
{
    int code = make_folder(given->output);
    for (int i = 0; i < texts->n_tables && code == EXIT_DONE; i++)
        code = save_table(given->output, texts->names[i], texts->tables[i], given);
    if (code == EXIT_DONE) code = save_text(given->output, "plan.json", texts->json, texts->length);
    return code;
}

/* ---- Overview --------------------------------------------------------------------------------------------------- */

static bool is_whole(const campaign_table *targets, int64_t row)
{
    return cell_is_null(targets, "product_line", row) && cell_is_null(targets, "market", row);
}

static bool is_quarter(const campaign_table *targets, int64_t row)
{
    return cell_is(targets, "level", row, "quarter") && is_whole(targets, row);
}

static bool is_month(const campaign_table *targets, int64_t row)
{
    return cell_is(targets, "level", row, "month") && is_whole(targets, row);
}

static bool has_row(const campaign_table *table, bool (*is_shown)(const campaign_table *, int64_t))
{
    for (int64_t row = 0; row < campaign_table_n_rows(table); row++)
        if (is_shown(table, row)) return true;
    return false;
}

static void show_targets(const campaign_table *targets, const arguments *given)
{
    static const shown_column columns[] = {
        { "period", "period", "期间", CELL_AS_IS },
        { "target", "target", "目标", CELL_AS_IS },
        { "share_ppm", "share", "占比", CELL_PPM },
    };
    const bool zh = is_chinese(given);
    campaign_column money = CAMPAIGN_COLUMN_INIT;
    char period[64], target[64];
    (void)campaign_table_column(&money, targets, campaign_table_find(targets, "target"), NULL);
    (void)cell_text(target, sizeof target, targets, "target", 0);
    group_digits(target, sizeof target);
    (void)printf(zh ? "%s 年计划：目标 %s %s\n" : "Plan %s: target %s %s\n",
                 cell_text(period, sizeof period, targets, "period", 0), target, money.currency);
    shown_table shown = { targets, columns, 3, is_quarter, 12, zh };
    if (!has_row(targets, is_quarter)) shown.is_shown = is_month;
    if (!has_row(targets, shown.is_shown)) return;
    show_heading(zh ? "目标" : "Targets");
    show_columns(&shown);
}

/* Remarks on single campaigns fill pages; the table has them all. */
static bool is_on_campaign(const campaign_table *notes, int64_t row)
{
    static const char *const codes[] = { "campaign_overlap", "campaign_outside", "next_year_preheat",
                                         "node_provisional", "tasks_before_plan" };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (cell_is(notes, "code", row, codes[i])) return true;
    return false;
}

static void show_notes(const campaign_table *notes, bool zh)
{
    char text[1024];
    int64_t n_more = 0;
    if (campaign_table_n_rows(notes)) show_heading(zh ? "说明" : "Notes");
    for (int64_t row = 0; row < campaign_table_n_rows(notes); row++) {
        n_more += is_on_campaign(notes, row);
        if (!is_on_campaign(notes, row)) (void)printf("- %s\n", cell_text(text, sizeof text, notes, "text", row));
    }
    if (n_more)
        (void)printf(
            zh ? "- 另有 %lld 条活动说明（日期待定、时段重叠、跨年），见 notes 表。\n"
               : "- %lld more on campaigns (dates to be confirmed, overlaps, days outside the year) in the table "
                 "notes.\n",
            (long long)n_more);
}

static bool is_left_out(const campaign_table *candidates, int64_t row)
{
    return cell_is(candidates, "is_chosen", row, "0");
}

/* Candidates that did not become campaigns, and why. */
static void show_left_out(const campaign_table *candidates, const arguments *given)
{
    static const shown_column columns[] = {
        { "name", "candidate", "候选", CELL_AS_IS },
        { "start", "from", "开始", CELL_AS_IS },
        { "value", "worth", "价值", CELL_AS_IS },
        { "text", "why", "理由", CELL_AS_IS },
    };
    enum { USUAL = 12 };
    const bool zh = is_chinese(given);
    if (!candidates || !has_row(candidates, is_left_out)) return;
    show_heading(zh ? "未入选的候选" : "Left out");
    show_columns(&(shown_table){ candidates, columns, 4, is_left_out, given->limit ? given->limit : USUAL, zh });
}

static const campaign_table *find_text_table(const plan_texts *texts, const char *name)
{
    for (int i = 0; i < texts->n_tables; i++)
        if (strcmp(texts->names[i], name) == 0) return texts->tables[i];
    return NULL;
}

static void show_plan(const plan_texts *texts, const arguments *given)
{
    static const shown_column campaigns[] = {
        { "name", "campaign", "活动", CELL_AS_IS }, { "date", "day", "日期", CELL_AS_IS },
        { "start", "from", "开始", CELL_AS_IS },    { "end", "to", "结束", CELL_LAST_DAY },
        { "target", "target", "目标", CELL_AS_IS }, { "value", "worth", "价值", CELL_AS_IS },
        { "theme", "theme", "主题", CELL_AS_IS },
    };
    static const shown_column budget[] = {
        { "name", "budget line", "预算项", CELL_AS_IS },
        { "amount", "amount", "金额", CELL_AS_IS },
        { "share_ppm", "share", "占比", CELL_PPM },
    };
    const bool zh = is_chinese(given);
    const int64_t limit = given->limit ? given->limit : 40;
    show_targets(texts->tables[TARGETS], given);
    if (campaign_table_n_rows(texts->tables[CAMPAIGNS])) {
        show_heading(zh ? "活动" : "Campaigns");
        show_columns(&(shown_table){ texts->tables[CAMPAIGNS], campaigns, 7, NULL, limit, zh });
        show_left_out(find_text_table(texts, "candidates"), given);
    }
    if (campaign_table_n_rows(texts->tables[BUDGET])) {
        show_heading(zh ? "预算" : "Budget");
        show_columns(&(shown_table){ texts->tables[BUDGET], budget, 3, NULL, limit, zh });
    }
    show_notes(texts->tables[NOTES], zh);
}

static int hand_over(const plan_texts *texts, const arguments *given)
{
    int which = TARGETS;
    if (given->table && (which = read_word("table", given->table, texts->names, texts->n_tables)) < 0)
        return EXIT_USAGE;
    const int code = given->output ? save_texts(texts, given) : EXIT_DONE;
    if (code != EXIT_DONE) return code;
    if (given->table) return print_table(texts->tables[which], given);
    switch (format_of(given, given->output ? FORMAT_TABLE : FORMAT_JSON)) {
    case FORMAT_JSON: return fputs(texts->json, stdout) >= 0 ? EXIT_DONE : EXIT_OTHER;
    case FORMAT_CSV: return print_table(texts->tables[TARGETS], given);
    case FORMAT_AUTO:
    case FORMAT_TABLE: break;
    }
    show_plan(texts, given);
    return EXIT_DONE;
}

int verb_plan(arguments *given)
{
    size_t length = 0;
    campaign_plan *plan = NULL;
    plan_texts texts = { .n_tables = 0 };
    if (given->n_files != 1) {
        (void)fprintf(stderr, "campaign plan: give one request, such as request.json\n");
        return EXIT_USAGE;
    }
    char *request = read_text(given->files[0], &length);
    if (!request) return EXIT_OTHER;
    int code = create(&plan, request, length, given);
    if (code == EXIT_DONE) code = take_texts(&texts, plan);
    if (code == EXIT_DONE) code = hand_over(&texts, given);
    free_texts(&texts);
    campaign_plan_free(plan);
    free(request);
    return code;
}
