/* What has happened to tasks: actual dates that can be, from their own columns or from the table actuals. */
#include "base/memory.h"
#include "base/text.h"
#include "schedule/net/net.h"

enum { ACTUAL_START, ACTUAL_FINISH, REMAINING, TASK, N_COLUMNS };
enum { A_NUMBER = CPN_ANY_INT | 1 << CAMPAIGN_TYPE_FLOAT64, KEY_TEXT = 32 };

static const cpn_net_spec specs[N_COLUMNS] = {
    [ACTUAL_START] = { "actual_start", "actuals.actual_start", CPN_ANY_DAY, false },
    [ACTUAL_FINISH] = { "actual_finish", "actuals.actual_finish", CPN_ANY_DAY, false },
    [REMAINING] = { "remaining", "actuals.remaining", A_NUMBER, false },
    [TASK] = { "task", "actuals.task", CPN_ANY_KEY, true },
};

/* A day that is not after as_of; left alone where there is none. */
static campaign_status take_day(int32_t *day, bool *is_there, const cpn_net *net, const cpn_net_column *column,
                                int64_t row, campaign_error *error)
{
    if (!cpn_net_has(column, row)) return CAMPAIGN_OK;
    *is_there = true;
    const campaign_status status = cpn_net_date(day, column, row, error);
    if (status != CAMPAIGN_OK || *day <= net->knobs.as_of_day) return status;
    char actual[CAMPAIGN_DATE_TEXT], as_of[CAMPAIGN_DATE_TEXT];
    (void)campaign_date_format(actual, *day);
    (void)campaign_date_format(as_of, net->knobs.as_of_day);
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, column->where, "%s %s is after as_of, %s", column->name, actual,
                        as_of);
}

/* Without as_of it does not count, and is not read. */
campaign_status cpn_net_take_actual(cpn_net_task *task, const cpn_net *net, const cpn_net_column *columns, int64_t row,
                                    campaign_error *error)
{
    if (!net->has_progress) return CAMPAIGN_OK;
    campaign_status status = take_day(&task->actual_start, &task->is_started, net, &columns[ACTUAL_START], row, error);
    if (status == CAMPAIGN_OK)
        status = take_day(&task->actual_finish, &task->is_finished, net, &columns[ACTUAL_FINISH], row, error);
    if (status != CAMPAIGN_OK || !task->is_finished || !task->is_started) return status;
    if (task->actual_finish >= task->actual_start) return CAMPAIGN_OK;
    char start[CAMPAIGN_DATE_TEXT], finish[CAMPAIGN_DATE_TEXT];
    (void)campaign_date_format(start, task->actual_start);
    (void)campaign_date_format(finish, task->actual_finish);
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, columns[ACTUAL_FINISH].where,
                        "the task was finished on %s, before it was started on %s", finish, start);
}

/* ---- The table actuals ------------------------------------------------------------------------------------------ */

/* Number of the task that a row is about. */
static campaign_status find_task(int32_t *number, const cpn_net *net, const cpn_net_column *column, int64_t row,
                                 campaign_error *error)
{
    char digits[KEY_TEXT];
    const char *name = digits;
    size_t length = 0;
    if (cpn_net_has(column, row) && column->column.type == CAMPAIGN_TYPE_UTF8)
        name = cpn_cell_text(&column->column, row, &length);
    else if (cpn_net_has(column, row))
        length = cpn_format_cell(digits, sizeof digits, &column->column, row);
    if (length == 0) return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, column->where, "the row names no task");
    *number = cpn_net_find(&net->names, name, length);
    if (*number >= 0) return CAMPAIGN_OK;
    int32_t nearest_length = 0;
    const char *nearest = cpn_net_nearest(&net->names, name, length, &nearest_length);
    const int cut = (int)cpn_utf8_cut(name, length, CPN_NET_TEXT);
    if (!nearest)
        return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row, column->where, "there is no task \"%.*s\"", cut, name);
    return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row, column->where,
                        "there is no task \"%.*s\"; did you mean \"%.*s\"?", cut, name, (int)nearest_length, nearest);
}

static campaign_status take_row(cpn_net *net, bool *is_told, const cpn_net_column *columns, int64_t row,
                                campaign_error *error)
{
    int32_t number = -1;
    campaign_status status = find_task(&number, net, &columns[TASK], row, error);
    if (status != CAMPAIGN_OK) return status;
    cpn_net_task *task = &net->tasks[number];
    if (is_told[number]) {
        char name[CPN_NET_TEXT];
        cpn_net_name(name, net, number);
        return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row, columns[TASK].where, "task \"%s\" stands twice", name);
    }
    is_told[number] = true;
    if (!net->has_progress) return CAMPAIGN_OK;
    status = cpn_net_take_actual(task, net, columns, row, error);
    return status != CAMPAIGN_OK
               ? status
               : cpn_net_number(&task->remaining, &columns[REMAINING], row, 0, cpn_net_most(net, task->unit), error);
}

campaign_status cpn_net_read_actuals(cpn_net *net, campaign_error *error)
{
    const campaign_table *table = net->inputs->actuals;
    cpn_net_column columns[N_COLUMNS];
    if (net->is_abstract)
        return cpn_fail(error, CAMPAIGN_E_UNSUPPORTED, "actuals", "an abstract network has units from 0, and no dates");
    campaign_status status = cpn_net_find_columns(columns, specs, N_COLUMNS, table, "actuals", error);
    if (status != CAMPAIGN_OK) return status;
    bool *is_told = cpn_alloc_zero(net->n_tasks ? net->n_tasks : 1, sizeof *is_told);
    if (!is_told) return cpn_fail_nomem(error);
    const int64_t n_rows = campaign_table_n_rows(table);
    for (int64_t row = 0; row < n_rows && status == CAMPAIGN_OK; row++)
        status = take_row(net, is_told, columns, row, error);
    cpn_free(is_told);
    return status;
}
