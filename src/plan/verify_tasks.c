/* What a loaded plan's tasks must be: of known campaigns, each once, with days in order, after tasks that stand there and are
 * done before. */
#include <string.h>

#include "base/memory.h"
#include "plan/compare.h"
#include "plan/tasks/templates.h"

static bool is_word(const campaign_table *table, const char *column, int64_t row, const char *const *words)
{
    size_t length = 0;
    const char *text = campaign_table_text(table, campaign_table_find(table, column), row, &length);
    for (; text && *words; words++)
        if (strlen(*words) == length && memcmp(*words, text, length) == 0) return true;
    return false;
}

static campaign_status check_row(const campaign_table *tasks, int64_t row, campaign_error *error)
{
    if (cpn_plan_day_cell(tasks, "start", row) > cpn_plan_day_cell(tasks, "finish", row))
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "tasks.finish", "a task finishes before it starts");
    if (campaign_table_int64(tasks, campaign_table_find(tasks, "duration"), row) < 0)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "tasks.duration", "duration is negative");
    if (!is_word(tasks, "unit", row, cpn_task_unit_names))
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "tasks.unit", "the unit is working_day, day or hour");
    if (!is_word(tasks, "phase", row, cpn_task_phase_names))
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "tasks.phase", "no phase of a task has that name");
    return CAMPAIGN_OK;
}

/* The predecessor is the longest beginning of the item that names a task: names may hold blanks. */
static int64_t find_predecessor(const cpn_plan_rows *rows, const cpn_task_word *word, cpn_text *name)
{
    int32_t length = word->name_length + word->tail_length;
    while (length > 0) {
        name->length = 0;
        cpn_text_add(name, word->name, (size_t)length);
        const int64_t row = name->has_failed ? 0 : cpn_plan_rows_find(rows, name->data);
        if (row >= 0) return row;
        while (length > 0 && word->name[length - 1] != ' ') length--;
        while (length > 0 && word->name[length - 1] == ' ') length--;
    }
    return -1;
}

static campaign_status check_after(const campaign_table *tasks, int64_t row, const cpn_plan_rows *rows, cpn_text *name,
                                   campaign_error *error)
{
    size_t length = 0;
    const char *text = campaign_table_text(tasks, campaign_table_find(tasks, "after"), row, &length);
    cpn_task_word word;
    if (!text) return CAMPAIGN_OK;
    char *copy = cpn_copy_text(text, length); /* cells are not terminated */
    const char *at = copy;
    campaign_status status = copy ? CAMPAIGN_OK : cpn_fail_nomem(error);
    while (status == CAMPAIGN_OK && cpn_task_next_word(&word, &at)) {
        const int64_t before = find_predecessor(rows, &word, name);
        if (before < 0)
            status = cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row, "tasks.after", "\"%.*s\" is no task of the plan",
                                  (int)(word.name_length < 80 ? word.name_length : 80), word.name);
        else if (before == row)
            status = cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "tasks.after", "a task cannot come after itself");
        else if (word.tail_length == 0 &&
                 cpn_plan_day_cell(tasks, "finish", before) > cpn_plan_day_cell(tasks, "start", row))
            status = cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "tasks.start",
                                  "a task starts before row %ld, which it comes after, is done", (long)before);
    }
    cpn_free(copy);
    return status;
}

static campaign_status check_links(const campaign_table *tasks, campaign_error *error)
{
    cpn_plan_rows rows;
    cpn_text name = { 0 };
    campaign_status status = cpn_plan_rows_index(&rows, tasks, CPN_PLAN_TASKS, error);
    if (status != CAMPAIGN_OK) return status;
    for (int64_t row = 0; row < rows.n && status == CAMPAIGN_OK; row++) {
        size_t length = 0;
        (void)campaign_table_text(tasks, 0, row, &length);
        if (strlen(cpn_plan_rows_name(&rows, row)) != length) /* twins are numbered */
            status = cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row, "tasks.task", "the task stands twice");
    }
    for (int64_t row = 0; row < rows.n && status == CAMPAIGN_OK; row++)
        status = check_after(tasks, row, &rows, &name, error);
    if (status == CAMPAIGN_OK && name.has_failed) status = cpn_fail_nomem(error);
    cpn_text_clear(&name);
    cpn_plan_rows_free(&rows);
    return status;
}

campaign_status cpn_plan_verify_tasks(const campaign_plan *plan, campaign_error *error)
{
    const campaign_table *tasks = plan->tables[CPN_PLAN_TASKS];
    campaign_status status = cpn_plan_verify_names(tasks, "tasks.campaign", plan->tables[CPN_PLAN_CAMPAIGNS], error);
    for (int64_t row = 0; row < campaign_table_n_rows(tasks) && status == CAMPAIGN_OK; row++)
        status = check_row(tasks, row, error);
    return status == CAMPAIGN_OK ? check_links(tasks, error) : status;
}
