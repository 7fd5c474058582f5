/* Completion of tasks for the appraisal: what was due by a day, what of it is done, and what is overdue; by month, role, owner
 * and kind. Counts only; shares are rounded to parts per million once. */
#include <string.h>

#include <campaign/plan_tasks.h>

#include "base/checked.h"
#include "base/date.h"
#include "base/memory.h"
#include "base/sort.h"
#include "execution/risks/risk.h"
#include "table/table.h"

enum { ROLE, OWNER, KIND, N_GROUPS };
static const char *const group_names[N_GROUPS] = { "role", "owner", "kind" };

typedef struct counts {
    int64_t due, done, in_time;
} counts;

typedef struct task_row {
    int64_t row;
    int32_t due, month;       /* month: months since year 0 */
    int32_t groups[N_GROUPS]; /* numbers of keys; -1: none */
    bool is_done, is_in_time;
} task_row;

typedef struct completion {
    cpn_named_keys tasks, groups[N_GROUPS];
    task_row *rows; /* those that are due */
    int64_t n;
    int32_t as_of;
} completion;

/* ---- Reading ----------------------------------------------------------------------------------------------------- */

static campaign_status open_groups(completion *c, const campaign_table *tasks, campaign_error *error)
{
    const uint32_t text = CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8);
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < N_GROUPS && status == CAMPAIGN_OK; i++) {
        campaign_column column;
        status = cpn_find_column(&column, tasks, "tasks", NULL, group_names[i], text, error);
        if (status == CAMPAIGN_OK && column.type == 0 && i == KIND)
            status = cpn_find_column(&column, tasks, "tasks", NULL, "phase", text, error);
        if (status == CAMPAIGN_OK && column.type != 0)
            status = cpn_named_keys_create(&c->groups[i], &column, NULL, error);
    }
    return status;
}

static campaign_status open_tasks(completion *c, const campaign_table *tasks, campaign_error *error)
{
    campaign_column column;
    campaign_status status =
        cpn_need_column(&column, tasks, "tasks", NULL, "task", CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8), error);
    if (status == CAMPAIGN_OK) status = cpn_named_keys_create(&c->tasks, &column, NULL, error);
    for (int64_t row = 0; status == CAMPAIGN_OK && row < c->tasks.keys.n_rows; row++) {
        const int32_t code = c->tasks.keys.codes[row];
        if (code < 0) return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "tasks.task", "task is null");
        if (c->tasks.keys.first_rows[code] != row)
            return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row, "tasks.task", "the task stands twice");
    }
    return status == CAMPAIGN_OK ? open_groups(c, tasks, error) : status;
}

/* The day on which each task was finished; INT32_MAX: not yet. */
static campaign_status read_actuals(int32_t *finished, const completion *c, const campaign_table *actuals,
                                    campaign_error *error)
{
    static const cpn_cell_place place = { "actuals.task", "task" };
    const int64_t n_tasks = c->tasks.keys.n_keys;
    campaign_column task, day;
    campaign_status status =
        cpn_need_column(&task, actuals, "actuals", NULL, "task", CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8), error);
    if (status == CAMPAIGN_OK)
        status = cpn_need_column(&day, actuals, "actuals", NULL, "actual_finish", CPN_ANY_DAY, error);
    bool *is_told = status == CAMPAIGN_OK ? cpn_alloc_zero(n_tasks, sizeof *is_told) : NULL;
    if (status == CAMPAIGN_OK && !is_told) status = cpn_fail_nomem(error);
    for (int64_t row = 0; status == CAMPAIGN_OK && row < campaign_table_n_rows(actuals); row++) {
        int32_t code = -1;
        status = cpn_named_keys_find(&code, &c->tasks, &task, row, &place, error);
        if (status != CAMPAIGN_OK) break;
        if (is_told[code])
            status = cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row, "actuals.task", "the task is told twice");
        is_told[code] = true;
        finished[code] = cpn_is_null(&day, row) ? INT32_MAX : cpn_cell_day(&day, row, 0);
    }
    cpn_free(is_told);
    return status;
}

static campaign_status read_own(int32_t *finished, const completion *c, const campaign_table *tasks,
                                campaign_error *error)
{
    campaign_column day;
    const campaign_status status = cpn_find_column(&day, tasks, "tasks", NULL, "actual_finish", CPN_ANY_DAY, error);
    for (int64_t row = 0; status == CAMPAIGN_OK && row < c->tasks.keys.n_rows; row++) {
        const bool is_told = day.type != 0 && !cpn_is_null(&day, row);
        finished[c->tasks.keys.codes[row]] = is_told ? cpn_cell_day(&day, row, 0) : INT32_MAX;
    }
    return status;
}

/* The columns that say when a task is due, the first that is there going before the others. */
typedef struct due_columns {
    campaign_column due_at, due, finish;
} due_columns;

static campaign_status find_due(due_columns *columns, const campaign_table *tasks, campaign_error *error)
{
    campaign_status status = cpn_find_column(&columns->due_at, tasks, "tasks", NULL, "due_at", CPN_ANY_MOMENT, error);
    if (status == CAMPAIGN_OK) status = cpn_find_column(&columns->due, tasks, "tasks", NULL, "due", CPN_ANY_DAY, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&columns->finish, tasks, "tasks", NULL, "finish", CPN_ANY_DAY, error);
    return status;
}

/* The day by which a task is to be done: of a moment the day that it ends or lies in. */
static campaign_status take_due(int32_t *day, const due_columns *columns, int64_t row, campaign_error *error)
{
    static const int64_t micros_a_day = INT64_C(86400000000);
    const campaign_column *due = &columns->due;
    if (cpn_risk_has_moment(&columns->due_at, row)) {
        int64_t moment = 0;
        const campaign_status status = cpn_risk_cell_moment(&moment, &columns->due_at, row, "tasks.due_at", error);
        const int64_t before = moment > INT64_MIN ? moment - 1 : moment;
        *day = (int32_t)(before / micros_a_day - (before % micros_a_day < 0));
        return status;
    }
    if (due->type == 0 || cpn_is_null(due, row)) due = &columns->finish;
    if (due->type == 0 || cpn_is_null(due, row))
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "tasks.due", "the task has neither due nor finish");
    *day = cpn_cell_day(due, row, 0);
    return CAMPAIGN_OK;
}

static campaign_status read_due(completion *c, const campaign_table *tasks, const int32_t *finished,
                                campaign_error *error)
{
    due_columns columns;
    campaign_status status = find_due(&columns, tasks, error);
    for (int64_t row = 0; status == CAMPAIGN_OK && row < c->tasks.keys.n_rows; row++) {
        task_row *at = &c->rows[c->n];
        at->row = row;
        status = take_due(&at->due, &columns, row, error);
        if (status != CAMPAIGN_OK) return status;
        if (at->due > c->as_of) continue;
        const cpn_civil civil = cpn_civil_from_day(at->due);
        const int32_t done = finished[c->tasks.keys.codes[row]];
        at->month = civil.year * 12 + civil.month - 1;
        at->is_done = done <= c->as_of;
        at->is_in_time = at->is_done && done <= at->due;
        for (int32_t i = 0; i < N_GROUPS; i++)
            at->groups[i] = c->groups[i].keys.codes ? c->groups[i].keys.codes[row] : -1;
        c->n++;
    }
    return status;
}

static campaign_status read_all(completion *c, const campaign_table *tasks, const campaign_table *actuals,
                                campaign_error *error)
{
    campaign_status status = open_tasks(c, tasks, error);
    if (status != CAMPAIGN_OK) return status;
    int32_t *finished = cpn_alloc(c->tasks.keys.n_keys, sizeof *finished);
    c->rows = cpn_alloc_zero(c->tasks.keys.n_rows + 1, sizeof *c->rows);
    if (!finished || !c->rows) status = cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = read_own(finished, c, tasks, error);
    if (status == CAMPAIGN_OK && actuals) status = read_actuals(finished, c, actuals, error);
    if (status == CAMPAIGN_OK) status = read_due(c, tasks, finished, error);
    cpn_free(finished);
    return status;
}

/* ---- Writing ----------------------------------------------------------------------------------------------------- */

static void add(counts *sum, const task_row *row)
{
    sum->due++;
    sum->done += row->is_done;
    sum->in_time += row->is_in_time;
}

static void write_counts(cpn_out *out, int32_t first, const counts *sum)
{
    int64_t done_ppm = 0, in_time_ppm = 0;
    (void)cpn_mul_div64(&done_ppm, sum->done, 1000000, sum->due, CAMPAIGN_ROUND_HALF_EVEN); /* due is at least 1 */
    (void)cpn_mul_div64(&in_time_ppm, sum->in_time, 1000000, sum->due, CAMPAIGN_ROUND_HALF_EVEN);
    const int64_t values[] = { sum->due, sum->done, sum->in_time, sum->due - sum->done, done_ppm, in_time_ppm };
    for (int32_t i = 0; i < 6; i++) cpn_out_int64(out, first + i, values[i]);
}

static void write_key(cpn_out *out, int32_t column, const cpn_named_keys *keys, int32_t code)
{
    if (code < 0)
        cpn_out_null(out, column);
    else
        cpn_out_cell(out, column, &keys->column, keys->keys.first_rows[code]);
}

static int compare_months(const void *a, const void *b, const void *ctx)
{
    const task_row *left = a, *right = b;
    (void)ctx;
    if (left->month != right->month) return left->month < right->month ? -1 : 1;
    for (int32_t i = 0; i < N_GROUPS; i++)
        if (left->groups[i] != right->groups[i]) return left->groups[i] < right->groups[i] ? -1 : 1;
    return (left->row > right->row) - (left->row < right->row);
}

#define COUNT_COLUMNS                                                                                                  \
    { "due", CAMPAIGN_TYPE_INT64, "Tasks due.", "到期任务数。" },                                                      \
        { "done", CAMPAIGN_TYPE_INT64, "Of those, done.", "其中已完成。" },                                            \
        { "in_time", CAMPAIGN_TYPE_INT64, "Of those, in time.", "其中按时完成。" },                                    \
        { "overdue", CAMPAIGN_TYPE_INT64, "Due and not done.", "逾期未完成。" },                                       \
        { "completion_ppm", CAMPAIGN_TYPE_INT64, "Done of those due.", "完成率（百万分比）。" },                       \
    {                                                                                                                  \
        "in_time_ppm", CAMPAIGN_TYPE_INT64, "In time of those due.", "按时完成率（百万分比）。"            \
    }

static bool is_same_cell(const task_row *a, const task_row *b)
{
    return a->month == b->month && memcmp(a->groups, b->groups, sizeof a->groups) == 0;
}

static campaign_status write_months(campaign_table **table, const completion *c, campaign_error *error)
{
    static const cpn_column_schema schema[] = { { "month", CAMPAIGN_TYPE_UTF8, "Month it is due in.", "到期月份。" },
                                                { "role", CAMPAIGN_TYPE_UTF8, "Role.", "角色。" },
                                                { "owner", CAMPAIGN_TYPE_UTF8, "Person.", "负责人。" },
                                                { "kind", CAMPAIGN_TYPE_UTF8, "Kind of work.", "类别。" },
                                                COUNT_COLUMNS };
    cpn_out out;
    cpn_out_open(&out, schema, (int32_t)(sizeof schema / sizeof *schema), NULL, 0);
    for (int64_t i = 0, end; i < c->n; i = end) {
        char date[CAMPAIGN_DATE_TEXT];
        counts sum = { 0 };
        for (end = i; end < c->n && is_same_cell(&c->rows[i], &c->rows[end]); end++) add(&sum, &c->rows[end]);
        (void)campaign_date_format(date, c->rows[i].due);
        cpn_out_text(&out, 0, date, 7); /* "2027-02" */
        for (int32_t g = 0; g < N_GROUPS; g++) write_key(&out, 1 + g, &c->groups[g], c->rows[i].groups[g]);
        write_counts(&out, 4, &sum);
    }
    return cpn_out_close(table, &out, error);
}

static void write_total(cpn_out *out, const char *dimension, const cpn_named_keys *keys, int32_t code,
                        const counts *sum)
{
    cpn_out_string(out, 0, dimension);
    if (keys)
        write_key(out, 1, keys, code);
    else
        cpn_out_null(out, 1);
    write_counts(out, 2, sum);
}

/* The counts of every key of a group; those of tasks without one stand first. */
static campaign_status write_group(cpn_out *out, const completion *c, int32_t group, campaign_error *error)
{
    const cpn_named_keys *keys = &c->groups[group];
    counts *sums = cpn_alloc_zero(keys->keys.n_keys + 1, sizeof *sums);
    if (!sums) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < c->n; i++) add(&sums[c->rows[i].groups[group] + 1], &c->rows[i]);
    for (int64_t key = 0; key <= keys->keys.n_keys; key++)
        if (sums[key].due > 0) write_total(out, group_names[group], keys, (int32_t)key - 1, &sums[key]);
    cpn_free(sums);
    return CAMPAIGN_OK;
}

static campaign_status write_totals(campaign_task_completion_report *report, const completion *c, campaign_error *error)
{
    static const cpn_column_schema schema[] = { { "dimension", CAMPAIGN_TYPE_UTF8, "all, role, owner or kind.",
                                                  "维度。" },
                                                { "key", CAMPAIGN_TYPE_UTF8, "Its value.", "取值。" },
                                                COUNT_COLUMNS };
    counts sum = { 0 };
    campaign_status status = CAMPAIGN_OK;
    cpn_out out;
    for (int64_t i = 0; i < c->n; i++) add(&sum, &c->rows[i]);
    report->n_due = sum.due;
    report->n_done = sum.done;
    report->n_in_time = sum.in_time;
    report->n_overdue = sum.due - sum.done;
    cpn_out_open(&out, schema, (int32_t)(sizeof schema / sizeof *schema), NULL, 0);
    if (sum.due > 0) write_total(&out, "all", NULL, -1, &sum);
    for (int32_t group = 0; group < N_GROUPS && status == CAMPAIGN_OK; group++)
        if (c->groups[group].keys.codes) status = write_group(&out, c, group, error);
    const campaign_status closed = cpn_out_close(&report->totals, &out, status == CAMPAIGN_OK ? error : NULL);
    return status == CAMPAIGN_OK ? closed : status;
}

static int compare_due(const void *a, const void *b, const void *ctx)
{
    const task_row *left = a, *right = b;
    const completion *c = ctx;
    if (left->due != right->due) return left->due < right->due ? -1 : 1;
    const int32_t code_a = c->tasks.keys.codes[left->row], code_b = c->tasks.keys.codes[right->row];
    return (code_a > code_b) - (code_a < code_b);
}

/* The rows are put in order of due dates. */
static campaign_status write_overdue(campaign_table **table, completion *c, campaign_error *error)
{
    static const cpn_column_schema schema[] = {
        { "task", CAMPAIGN_TYPE_UTF8, "Task.", "任务。" },
        { "role", CAMPAIGN_TYPE_UTF8, "Role.", "角色。" },
        { "owner", CAMPAIGN_TYPE_UTF8, "Person.", "负责人。" },
        { "kind", CAMPAIGN_TYPE_UTF8, "Kind of work.", "类别。" },
        { "due", CAMPAIGN_TYPE_DATE, "Day by which it was due.", "截止日。" },
        { "days_late", CAMPAIGN_TYPE_INT64, "Calendar days since.", "逾期天数。" },
    };
    cpn_out out;
    if (!cpn_sort(c->rows, c->n, sizeof *c->rows, compare_due, c)) return cpn_fail_nomem(error);
    cpn_out_open(&out, schema, (int32_t)(sizeof schema / sizeof *schema), NULL, 0);
    for (int64_t i = 0; i < c->n; i++) {
        const task_row *row = &c->rows[i];
        if (row->is_done) continue;
        cpn_out_cell(&out, 0, &c->tasks.column, row->row);
        for (int32_t g = 0; g < N_GROUPS; g++) write_key(&out, 1 + g, &c->groups[g], row->groups[g]);
        cpn_out_int64(&out, 4, row->due);
        cpn_out_int64(&out, 5, (int64_t)c->as_of - row->due);
    }
    return cpn_out_close(table, &out, error);
}

/* ---- The call ---------------------------------------------------------------------------------------------------- */

campaign_status campaign_plan_task_completion(campaign_task_completion_report *report, const campaign_table *tasks,
                                              const campaign_table *actuals, int32_t as_of, campaign_error *error)
{
    if (!report || !tasks) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "tasks", "report and tasks are required");
    if (cpn_check_knobs(report, sizeof *report, sizeof *report, "report", NULL) != CAMPAIGN_OK)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "report", "size is %lu, expected %lu", (unsigned long)report->size,
                        (unsigned long)sizeof *report);
    campaign_task_completion_report found = CAMPAIGN_TASK_COMPLETION_REPORT_INIT;
    *report = found;
    completion c = { .as_of = as_of };
    campaign_status status = read_all(&c, tasks, actuals, error);
    if (status == CAMPAIGN_OK && !cpn_sort(c.rows, c.n, sizeof *c.rows, compare_months, NULL))
        status = cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = write_months(&found.months, &c, error);
    if (status == CAMPAIGN_OK) status = write_totals(&found, &c, error);
    if (status == CAMPAIGN_OK) status = write_overdue(&found.overdue, &c, error);
    cpn_named_keys_free(&c.tasks);
    for (int32_t i = 0; i < N_GROUPS; i++) cpn_named_keys_free(&c.groups[i]);
    cpn_free(c.rows);
    if (status == CAMPAIGN_OK)
        *report = found;
    else
        campaign_task_completion_report_clear(&found);
    return status;
}

void campaign_task_completion_report_clear(campaign_task_completion_report *report)
{
    if (!report) return;
    campaign_table_free(report->months);
    campaign_table_free(report->totals);
    campaign_table_free(report->overdue);
    const campaign_task_completion_report empty = CAMPAIGN_TASK_COMPLETION_REPORT_INIT;
    *report = empty;
}
