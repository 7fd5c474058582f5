/* campaign tasks KIND: templates of tasks and what they come to; the other kinds have files of their own. */
#include <campaign/plan_tasks.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/input.h"
#include "cli/output.h"
#include "cli/table_job.h"
#include "cli/verbs/verbs.h"

#define N_OF(array) ((int)(sizeof(array) / sizeof *(array)))

static int refuse_inputs(const arguments *given, int most_files, const char *usage)
{
    if (given->n_files <= most_files && given->n_inputs == 0 && given->n_settings == 0) return EXIT_DONE;
    (void)fprintf(stderr, "campaign tasks %s\n", usage);
    return EXIT_USAGE;
}

static int tasks_templates(arguments *given)
{
    char *json = NULL;
    size_t length = 0;
    campaign_error error;
    int code = refuse_inputs(given, 1, "templates: takes no files");
    if (code != EXIT_DONE) return code;
    if (campaign_plan_task_templates(&json, &length, language_of(given), &error) != CAMPAIGN_OK)
        return report_error(NULL, &error);
    if (given->output) {
        code = make_folder(given->output);
        if (code == EXIT_DONE) code = save_text(given->output, "task_templates.json", json, length);
    } else if (fwrite(json, 1, length, stdout) != length) {
        code = EXIT_OTHER;
    }
    campaign_text_free(json);
    return code;
}

static void show_list(const job_answer *answer, const arguments *given)
{
    static const shown_column rows[] = {
        { "type", "type", "类型", CELL_WORD },     { "task", "task", "任务编号", CELL_AS_IS },
        { "name", "what", "任务", CELL_AS_IS },    { "role", "role", "岗位", CELL_AS_IS },
        { "duration", "for", "工期", CELL_AS_IS }, { "unit", "unit", "工期单位", CELL_WORD },
    };
    const bool zh = is_chinese(given);
    show_columns(&(shown_table){ answer->tables[0], rows, N_OF(rows), NULL, shown_rows(given), zh });
}

static int tasks_list(arguments *given)
{
    static const char *const names[] = { "list" };
    campaign_table *list = NULL;
    campaign_error error;
    size_t length = 0;
    char *json = NULL;
    int code = refuse_inputs(given, 2, "list: give at most one file, TEMPLATES.json");
    const char *path = given->n_files > 1 ? given->files[1] : NULL;
    if (code == EXIT_DONE && path && !(json = read_text(path, &length))) code = EXIT_OTHER;
    if (code == EXIT_DONE && campaign_plan_task_list(&list, json, length, language_of(given), &error) != CAMPAIGN_OK)
        code = report_error(path, &error);
    const campaign_table *const found[] = { list };
    if (code == EXIT_DONE) code = hand_over_answer(&(job_answer){ names, found, 1, show_list, NULL }, given);
    campaign_table_free(list);
    free(json);
    return code;
}

static const struct {
    const char *name;
    int (*run)(arguments *given);
} kinds[] = {
    { "templates", tasks_templates },   { "list", tasks_list },           { "recurring", tasks_recurring },
    { "completion", tasks_completion }, { "headcount", tasks_headcount },
};

int verb_tasks(arguments *given)
{
    for (int i = 0; given->n_files > 0 && i < N_OF(kinds); i++)
        if (strcmp(kinds[i].name, given->files[0]) == 0) return kinds[i].run(given);
    (void)fprintf(stderr, "campaign tasks: say what of them:");
    for (int i = 0; i < N_OF(kinds); i++) (void)fprintf(stderr, "%s %s", i ? "," : "", kinds[i].name);
    (void)fputc('\n', stderr);
    return EXIT_USAGE;
}
