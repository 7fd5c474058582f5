/* campaign diff: what moved between two plans, and because of what. */
#include <campaign/plan.h>
#include <stdio.h>
#include <string.h>

#include "cli/input.h"
#include "cli/output.h"
#include "cli/plan_inputs.h"
#include "cli/terminal.h"
#include "cli/verbs/verbs.h"

static const char *const table_names[] = { "changes", "causes" };
enum { CHANGES, CAUSES, N_TABLES };

static int compare(campaign_plan_comparison *found, const campaign_plan *before, const campaign_plan *after,
                   arguments *given)
{
    plan_files files = { .orders = NULL };
    campaign_table *columns = NULL;
    campaign_error error;
    const bool has_inputs = given->orders || given->drivers || given->bottom_up || given->daily || given->n_overlays ||
                            given->n_node_files || given->region;
    const campaign_runtime runtime = make_runtime(given);
    int code = campaign_plan_columns(&columns, before, &error) == CAMPAIGN_OK ? EXIT_DONE : report_error(NULL, &error);
    if (code == EXIT_DONE && has_inputs) code = read_plan_files(&files, columns, given);
    if (code == EXIT_DONE && campaign_plan_diff(found, before, after, language_of(given),
                                                has_inputs ? &files.inputs : NULL, &runtime, &error) != CAMPAIGN_OK)
        code = report_error(given->orders, &error);
    campaign_table_free(columns);
    free_plan_files(&files);
    return code;
}

/* Single cells of product lines and markets fill pages; the table has them all. */
static bool is_shown(const campaign_table *changes, int64_t row)
{
    char subject[256];
    if (cell_is(changes, "table", row, "notes")) return false;
    if (!cell_is(changes, "table", row, "targets")) return true;
    return !strchr(cell_text(subject, sizeof subject, changes, "subject", row), '/') &&
           strlen(subject) <= sizeof "2027-02" - 1;
}

static void show(const campaign_plan_comparison *found, const arguments *given)
{
    static const shown_column causes[] = {
        { "id", "no.", "编号", CELL_AS_IS },
        { "path", "cause", "原因", CELL_AS_IS },
        { "before", "before", "原值", CELL_AS_IS },
        { "after", "after", "新值", CELL_AS_IS },
        { "n_changes", "changes", "变动数", CELL_AS_IS },
    };
    static const shown_column changes[] = {
        { "table", "table", "表", CELL_AS_IS },     { "subject", "subject", "对象", CELL_AS_IS },
        { "change", "change", "变动", CELL_AS_IS }, { "column", "column", "列", CELL_AS_IS },
        { "before", "before", "原值", CELL_AS_IS }, { "after", "after", "新值", CELL_AS_IS },
        { "ratio_ppm", "by", "幅度", CELL_PPM },    { "causes", "causes", "原因", CELL_AS_IS },
    };
    const bool zh = is_chinese(given);
    const int64_t limit = given->limit ? given->limit : 40;
    if (campaign_table_n_rows(found->causes) == 0) {
        (void)puts(zh ? "两个计划相同。" : "The plans are the same.");
        return;
    }
    show_heading(zh ? "原因" : "Causes");
    show_columns(&(shown_table){ found->causes, causes, sizeof causes / sizeof *causes, NULL, limit, zh });
    show_heading(zh ? "变动" : "Changes");
    show_columns(&(shown_table){ found->changes, changes, sizeof changes / sizeof *changes, is_shown, limit, zh });
}

static int hand_over(const campaign_plan_comparison *found, const arguments *given)
{
    const campaign_table *const tables[N_TABLES] = { found->changes, found->causes };
    int which = CHANGES, code = EXIT_DONE;
    if (given->table && (which = read_word("table", given->table, table_names, N_TABLES)) < 0) return EXIT_USAGE;
    if (given->output) code = make_folder(given->output);
    for (int i = 0; given->output && i < N_TABLES && code == EXIT_DONE; i++)
        code = save_table(given->output, table_names[i], tables[i], given);
    if (code != EXIT_DONE) return code;
    const output_format fallback = given->output ? FORMAT_TABLE : FORMAT_CSV;
    if (given->table || format_of(given, fallback) != FORMAT_TABLE) return print_table(tables[which], given);
    show(found, given);
    return EXIT_DONE;
}

int verb_diff(arguments *given)
{
    campaign_plan *before = NULL, *after = NULL;
    campaign_plan_comparison found = CAMPAIGN_PLAN_COMPARISON_INIT;
    if (given->n_files != 2) {
        (void)fprintf(stderr, "campaign diff: give two plans, such as old/plan.json new/plan.json\n");
        return EXIT_USAGE;
    }
    int code = read_plan(&before, given->files[0]);
    if (code == EXIT_DONE) code = read_plan(&after, given->files[1]);
    if (code == EXIT_DONE) code = compare(&found, before, after, given);
    if (code == EXIT_DONE) code = hand_over(&found, given);
    campaign_plan_comparison_clear(&found);
    campaign_plan_free(before);
    campaign_plan_free(after);
    return code;
}
