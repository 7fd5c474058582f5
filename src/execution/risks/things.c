/* Tasks, stock and budget as rows of the book, and what the plan gives: campaigns, targets, tasks of its own. */
#include <string.h>

#include "base/checked.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/sort.h"
#include "execution/followup/words.h"
#include "execution/risks/risk.h"

#define UTF8    CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8)
#define DAY     CPN_ANY_DAY
#define NUMBERS (CPN_ANY_INT | CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64))
#define MONEY   CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY)
enum { MOST_VALUES = 6 };

typedef struct value_column {
    const char *name;
    uint32_t types;
    cpn_risk_field field;
    bool is_needed, is_zero; /* is_zero: null counts as 0 */
} value_column;

typedef struct table_rule {
    const char *name, *id;
    cpn_risk_field first; /* field of values[0] */
    int n_values;
    value_column values[MOST_VALUES];
} table_rule;

static const table_rule rules[CPN_RISK_N_SCOPES] = {
    [CPN_RISK_TASK] = { "tasks",
                        "task",
                        CPN_RISK_TASK_DUE,
                        5,
                        { { "due", DAY, CPN_RISK_TASK_DUE, false, false },
                          { "start", DAY, CPN_RISK_TASK_START, false, false },
                          { "finish", DAY, CPN_RISK_TASK_FINISH, false, false },
                          { "total_float", NUMBERS, CPN_RISK_TASK_FLOAT, false, false },
                          { "slip", NUMBERS, CPN_RISK_TASK_SLIP, false, true } } },
    [CPN_RISK_STOCK] = { "stock",
                         "sku",
                         CPN_RISK_STOCK_HAND,
                         4,
                         { { "on_hand", NUMBERS, CPN_RISK_STOCK_HAND, true, false },
                           { "need", NUMBERS, CPN_RISK_STOCK_NEED, false, false },
                           { "safety", NUMBERS, CPN_RISK_STOCK_SAFETY, false, false },
                           { "incoming", NUMBERS, CPN_RISK_STOCK_INCOMING, false, true } } },
    [CPN_RISK_BUDGET] = { "budget",
                          "item",
                          CPN_RISK_BUDGET_PLANNED,
                          3,
                          { { "planned", MONEY, CPN_RISK_BUDGET_PLANNED, true, false },
                            { "committed", MONEY, CPN_RISK_BUDGET_COMMITTED, false, true },
                            { "actual", MONEY, CPN_RISK_BUDGET_ACTUAL, false, true } } },
};

typedef struct thing_columns {
    campaign_column id, values[MOST_VALUES];
    campaign_column status, role, due_at, forecast, begun, done; /* of tasks */
    cpn_risk_columns shared;
} thing_columns;

static campaign_status find_columns(thing_columns *columns, cpn_risk_scope scope, const campaign_table *table,
                                    campaign_error *error)
{
    const table_rule *rule = &rules[scope];
    columns->status.type = columns->role.type = columns->due_at.type = 0;
    columns->forecast.type = columns->begun.type = columns->done.type = 0;
    campaign_status status = cpn_need_column(&columns->id, table, rule->name, NULL, rule->id, UTF8, error);
    for (int i = 0; i < rule->n_values && status == CAMPAIGN_OK; i++) {
        const value_column *wanted = &rule->values[i];
        status =
            wanted->is_needed
                ? cpn_need_column(&columns->values[i], table, rule->name, NULL, wanted->name, wanted->types, error)
                : cpn_find_column(&columns->values[i], table, rule->name, NULL, wanted->name, wanted->types, error);
    }
    const struct {
        campaign_column *column;
        const char *name;
        uint32_t types;
    } of_tasks[] = { { &columns->status, "status", UTF8 },           { &columns->role, "role", UTF8 },
                     { &columns->due_at, "due_at", CPN_ANY_MOMENT }, { &columns->forecast, "forecast_finish", DAY },
                     { &columns->begun, "actual_start", DAY },       { &columns->done, "actual_finish", DAY } };
    for (size_t i = 0; i < sizeof of_tasks / sizeof *of_tasks && status == CAMPAIGN_OK && scope == CPN_RISK_TASK; i++)
        status =
            cpn_find_column(of_tasks[i].column, table, rule->name, NULL, of_tasks[i].name, of_tasks[i].types, error);
    return status == CAMPAIGN_OK ? cpn_risk_find_columns(&columns->shared, table, rule->name, false, error) : status;
}

static campaign_status read_value(cpn_risk_thing *thing, const value_column *wanted, cpn_risk_field first,
                                  const campaign_column *column, int64_t row, campaign_error *error)
{
    const int at = (int)wanted->field - (int)first;
    thing->has[at] = column->type && !cpn_is_null(column, row);
    if (!thing->has[at]) {
        thing->has[at] = wanted->is_zero;
        return CAMPAIGN_OK;
    }
    if (column->type == CAMPAIGN_TYPE_FLOAT64)
        thing->values[at] = ((const double *)column->values)[row];
    else if (column->type == CAMPAIGN_TYPE_DATE || column->type == CAMPAIGN_TYPE_TIMESTAMP)
        thing->values[at] = cpn_cell_day(column, row, 0);
    else if (column->type == CAMPAIGN_TYPE_MONEY)
        thing->values[at] = (double)cpn_cell_int64(column, row) / (double)cpn_power_of_ten(column->exponent);
    else
        thing->values[at] = (double)cpn_cell_int64(column, row);
    if (cpn_is_finite(thing->values[at])) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, wanted->name, "the value is not a finite number");
}

#define A_DAY INT64_C(86400000000)

/* The moment a task is due, where it is: due_at, otherwise the end of due. Its day is the one that it ends or lies in. */
static campaign_status read_due(int64_t *moment, cpn_risk_thing *task, const campaign_column *due_at,
                                campaign_error *error)
{
    *moment = INT64_MAX;
    if (task->has[0]) *moment = ((int64_t)task->values[0] + 1) * A_DAY;
    if (!cpn_risk_has_moment(due_at, task->row)) return CAMPAIGN_OK;
    const campaign_status status = cpn_risk_cell_moment(moment, due_at, task->row, "tasks.due_at", error);
    if (status != CAMPAIGN_OK) return status;
    const int64_t before = *moment > INT64_MIN ? *moment - 1 : *moment;
    task->values[0] = (double)(before / A_DAY - (before % A_DAY < 0));
    task->has[0] = true;
    return CAMPAIGN_OK;
}

/* A word of the forms in either language as the library's own, another word as it stands. */
static cpn_risk_text read_status(const thing_columns *columns, int64_t row)
{
    static const char *const words[] = { [CPN_STATUS_OPEN] = "open",
                                         [CPN_STATUS_DOING] = "doing",
                                         [CPN_STATUS_DONE] = "done",
                                         [CPN_STATUS_BLOCKED] = "blocked" };
    uint8_t status = cpn_follow_word(CPN_WORD_STATUS, &columns->status, row);
    if (status == CPN_WORD_UNKNOWN) return cpn_risk_cell(&columns->status, row);
    if (status == CPN_STATUS_NOT_SAID)
        status = cpn_risk_has_moment(&columns->done, row)    ? CPN_STATUS_DONE
                 : cpn_risk_has_moment(&columns->begun, row) ? CPN_STATUS_DOING
                                                             : CPN_STATUS_OPEN;
    return (cpn_risk_text){ words[status], strlen(words[status]) };
}

/* Of a task: what it is judged by are its forecast, its moment, and a status that follows from its actual dates. Where it is
 * told how far tasks are, one that is not done when it is due finishes today at the earliest, and is late. */
static campaign_status read_task(cpn_risk_thing *task, const thing_columns *columns, const cpn_risk_book *book,
                                 campaign_error *error)
{
    const int finish = CPN_RISK_TASK_FINISH - CPN_RISK_TASK_DUE;
    int64_t due;
    const bool is_followed = columns->begun.type || columns->done.type ||
                             cpn_follow_word(CPN_WORD_STATUS, &columns->status, task->row) != CPN_STATUS_NOT_SAID;
    if (cpn_risk_has_moment(&columns->forecast, task->row)) {
        task->values[finish] = cpn_cell_day(&columns->forecast, task->row, 0);
        task->has[finish] = true;
    }
    task->role = cpn_risk_cell(&columns->role, task->row);
    task->status = read_status(columns, task->row);
    const campaign_status status = read_due(&due, task, &columns->due_at, error);
    const bool is_done = task->status.length == 4 && memcmp(task->status.text, "done", 4) == 0;
    if (status != CAMPAIGN_OK || !is_followed || is_done || book->as_of < due) return status;
    if (!task->has[finish] || task->values[finish] < book->today) task->values[finish] = book->today;
    task->values[CPN_RISK_TASK_LATE - CPN_RISK_TASK_DUE] = 1; /* a day begun, at least */
    task->has[finish] = true;
    return CAMPAIGN_OK;
}

/* What follows from other cells. */
static void derive(cpn_risk_thing *thing, cpn_risk_scope scope)
{
    const int due = 0, finish = CPN_RISK_TASK_FINISH - CPN_RISK_TASK_DUE, late = CPN_RISK_TASK_LATE - CPN_RISK_TASK_DUE;
    if (scope == CPN_RISK_TASK && (thing->has[finish] || !thing->has[due])) { /* without a deadline nothing is late */
        const double days = thing->has[due] ? thing->values[finish] - thing->values[due] : 0;
        if (days > thing->values[late]) thing->values[late] = days;
        thing->has[late] = true;
    }
    if (scope == CPN_RISK_BUDGET && thing->has[0]) {
        thing->values[3] = thing->values[0] - thing->values[1] - thing->values[2];
        thing->has[3] = true;
    }
}

/* Which fields some row has. */
static void note_fields(cpn_risk_book *book, const cpn_risk_thing *thing, cpn_risk_scope scope)
{
    for (int i = 0; i < MOST_VALUES; i++)
        if (thing->has[i]) book->has_field[(int)rules[scope].first + i] = true;
    if (thing->status.text) book->has_field[CPN_RISK_TASK_STATUS] = true;
    if (thing->role.text) book->has_field[CPN_RISK_TASK_ROLE] = true;
}

static int compare_things(const void *a, const void *b, const void *ctx)
{
    const cpn_risk_thing *left = a, *right = b;
    (void)ctx;
    const int order = cpn_risk_compare_text(left->id, right->id);
    return order ? order : cpn_risk_compare_keys(left->keys, right->keys);
}

campaign_status cpn_risk_read_things(cpn_risk_book *book, cpn_risk_scope scope, const campaign_table *table,
                                     campaign_error *error)
{
    const table_rule *rule = &rules[scope];
    thing_columns columns;
    campaign_status status = find_columns(&columns, scope, table, error);
    if (status != CAMPAIGN_OK) return status;
    const int64_t n = campaign_table_n_rows(table);
    cpn_risk_thing *things = book->things[scope] = cpn_alloc_zero(n, sizeof *things);
    if (!things) return cpn_fail_nomem(error);
    book->has_table[scope] = true;
    book->n_things[scope] = n;
    for (int64_t row = 0; row < n && status == CAMPAIGN_OK; row++) {
        cpn_risk_thing *thing = &things[row];
        thing->row = row;
        thing->id = cpn_risk_cell(&columns.id, row);
        for (int i = 0; i < CPN_RISK_SUBJECT; i++) thing->keys[i] = cpn_risk_cell(&columns.shared.keys[i], row);
        if (!thing->id.text)
            status = cpn_fail_row(error, CAMPAIGN_E_MISSING, row, rule->name, "the %s is missing", rule->id);
        for (int i = 0; i < rule->n_values && status == CAMPAIGN_OK; i++)
            status = read_value(thing, &rule->values[i], rule->first, &columns.values[i], row, error);
        if (status == CAMPAIGN_OK && scope == CPN_RISK_TASK) status = read_task(thing, &columns, book, error);
        if (status == CAMPAIGN_OK)
            status = cpn_risk_take_since(&thing->since, &columns.shared, row, book->as_of, rule->name, error);
        derive(thing, scope);
        note_fields(book, thing, scope);
    }
    if (status == CAMPAIGN_OK && !cpn_sort(things, n, sizeof *things, compare_things, NULL))
        status = cpn_fail_nomem(error);
    for (int64_t i = 1; i < n && status == CAMPAIGN_OK; i++)
        if (compare_things(&things[i - 1], &things[i], NULL) == 0)
            status = cpn_fail_row(error, CAMPAIGN_E_DUPLICATE,
                                  things[i].row > things[i - 1].row ? things[i].row : things[i - 1].row, rule->name,
                                  "\"%.*s\" stands twice",
                                  (int)cpn_utf8_cut(things[i].id.text, things[i].id.length, 60), things[i].id.text);
    return status;
}
