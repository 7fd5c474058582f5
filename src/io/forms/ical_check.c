/* What must hold of tasks that are given to a calendar: ids that differ, since calendars drop one of two, and days that can
 * be read, since what has no day is left out. */
#if defined(CAMPAIGN_HAS_ICAL)
#include <stdlib.h>
#include <string.h>

#include "io/csv/value.h"
#include "io/forms/ical.h"

enum { FIRST_DAY = -719161, LAST_DAY = 2932895 }; /* 0001-01-02 to 9999-12-30: what lies beside them has a year, too */
static const int64_t micros_per_day = INT64_C(86400000000);

/* An id of a column of text or of integers, and its row. */
typedef struct task_id {
    const char *text;
    size_t length;
    int64_t number, row;
} task_id;

static int compare_ids(const void *a, const void *b)
{
    const task_id *x = a, *y = b;
    const size_t shorter = x->length < y->length ? x->length : y->length;
    const int order = shorter ? memcmp(x->text, y->text, shorter) : 0;
    if (order) return order;
    if (x->length != y->length) return x->length < y->length ? -1 : 1;
    if (x->number != y->number) return x->number < y->number ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static bool is_same_id(const task_id *a, const task_id *b)
{
    return a->length == b->length && a->number == b->number && (!a->length || memcmp(a->text, b->text, a->length) == 0);
}

static campaign_status list_ids(task_id *ids, const campaign_table *tasks, int32_t index, campaign_error *error)
{
    for (int64_t row = 0; row < campaign_table_n_rows(tasks); row++) {
        if (campaign_table_is_null(tasks, index, row))
            return cpn_io_fail(error, CAMPAIGN_E_MISSING, row, "tasks.task", "a task has no id");
        ids[row] = (task_id){ .row = row };
        ids[row].text = campaign_table_text(tasks, index, row, &ids[row].length);
        if (!ids[row].text) ids[row].number = campaign_table_int64(tasks, index, row);
    }
    return CAMPAIGN_OK;
}

static campaign_status check_ids(const campaign_table *tasks, campaign_error *error)
{
    const int32_t index = campaign_table_find(tasks, "task");
    const int64_t n_rows = campaign_table_n_rows(tasks);
    if (!n_rows) return CAMPAIGN_OK;
    if (index < 0) return cpn_io_fail(error, CAMPAIGN_E_COLUMN, -1, "tasks.task", "column \"task\" is missing");
    task_id *ids = cpn_io_alloc_zero(n_rows, sizeof *ids);
    if (!ids) return cpn_io_fail_nomem(error);
    campaign_status status = list_ids(ids, tasks, index, error);
    if (status == CAMPAIGN_OK) qsort(ids, (size_t)n_rows, sizeof *ids, compare_ids);
    for (int64_t i = 1; i < n_rows && status == CAMPAIGN_OK; i++)
        if (is_same_id(&ids[i - 1], &ids[i]))
            status = cpn_io_fail(error, CAMPAIGN_E_DUPLICATE, ids[i].row, "tasks.task",
                                 "the task's id stands in row %lld already", (long long)ids[i - 1].row);
    free(ids);
    return status;
}

/* Day of a cell of dates, timestamps or ISO texts; false where it is none. */
static bool find_day(int64_t *day, const campaign_table *tasks, const campaign_column *column, int32_t index,
                     int64_t row)
{
    cpn_io_time time = { 0 };
    size_t length = 0;
    const char *text = campaign_table_text(tasks, index, row, &length);
    if (text && cpn_io_read_time(&time, text, length, 0, false) != CPN_IO_FINE) return false;
    const int64_t value = text ? time.day : campaign_table_int64(tasks, index, row);
    *day = column->type == CAMPAIGN_TYPE_TIMESTAMP ? value / micros_per_day : value;
    return text || column->type == CAMPAIGN_TYPE_TIMESTAMP || column->type == CAMPAIGN_TYPE_DATE;
}

static campaign_status check_days(const campaign_table *tasks, const char *name, const char *where,
                                  campaign_error *error)
{
    char cell[64];
    int64_t day = 0;
    campaign_column column = CAMPAIGN_COLUMN_INIT;
    const int32_t index = campaign_table_find(tasks, name);
    if (index < 0) return CAMPAIGN_OK;
    const campaign_status status = campaign_table_column(&column, tasks, index, error);
    if (status != CAMPAIGN_OK) return status;
    for (int64_t row = 0; row < column.n_rows; row++) {
        if (campaign_table_is_null(tasks, index, row)) continue;
        if (find_day(&day, tasks, &column, index, row) && day >= FIRST_DAY && day <= LAST_DAY) continue;
        (void)campaign_table_format(cell, sizeof cell, tasks, index, row);
        return cpn_io_fail(error, CAMPAIGN_E_VALUE, row, where, "\"%s\" is no day such as 2027-02-06 of a calendar",
                           cell);
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_ical_check_tasks(const campaign_table *tasks, campaign_error *error)
{
    campaign_status status = tasks ? check_ids(tasks, error) : CAMPAIGN_OK;
    if (status == CAMPAIGN_OK && tasks) status = check_days(tasks, "due_at", "tasks.due_at", error);
    if (status == CAMPAIGN_OK && tasks) status = check_days(tasks, "due", "tasks.due", error);
    if (status == CAMPAIGN_OK && tasks) status = check_days(tasks, "finish", "tasks.finish", error);
    return status;
}
#else
typedef int cpn_ical_check_is_not_built; /* a file of C has at least one declaration */
#endif
