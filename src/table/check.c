/* Every problem of a table at once: what a caller expects of its columns against what they hold. */
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "table/store.h"
#include "table/table.h"

enum { USUAL_LIMIT = 20, VALUE = 256, SHOWN = 128 }; /* rows; bytes of a cell; of them in a message */

/* The bits of all types. */
#define ANY_TYPE ((CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY) << 1) - CPN_TYPE_BIT(CAMPAIGN_TYPE_BOOL))

typedef enum problem_kind {
    PROBLEM_MISSING,
    PROBLEM_TYPE,
    PROBLEM_NULL,
    PROBLEM_EMPTY,
    PROBLEM_NOT_FINITE,
    PROBLEM_BELOW,
    PROBLEM_ABOVE,
    PROBLEM_DUPLICATE,
    N_PROBLEMS
} problem_kind;

static const char *const kind_names[N_PROBLEMS] = { "missing",    "type",          "null",          "empty",
                                                    "not_finite", "below_minimum", "above_maximum", "duplicate" };

enum { ROW, COLUMN, CODE, KIND, TEXT, MESSAGE, N_PROBLEM_COLUMNS };
static const cpn_column_schema problem_schema[N_PROBLEM_COLUMNS] = {
    { "row", CAMPAIGN_TYPE_INT64, "row of the table, counted from 0; null for the whole column",
      "行号，自 0 起；整列问题为空" },
    { "column", CAMPAIGN_TYPE_UTF8, "name of the column", "列名" },
    { "code", CAMPAIGN_TYPE_UTF8, "name of the status code", "状态码名称" },
    { "kind", CAMPAIGN_TYPE_UTF8, "kind of the problem", "问题种类" },
    { "value", CAMPAIGN_TYPE_UTF8, "the cell as text", "单元格文本" },
    { "message", CAMPAIGN_TYPE_UTF8, "one sentence with the value and the limit", "一句话说明取值与限制" },
};
enum { COUNT_COLUMN, COUNT_KIND, COUNT_N, N_COUNT_COLUMNS };
static const cpn_column_schema count_schema[N_COUNT_COLUMNS] = {
    { "column", CAMPAIGN_TYPE_UTF8, "name of the column", "列名" },
    { "kind", CAMPAIGN_TYPE_UTF8, "kind of the problem", "问题种类" },
    { "n", CAMPAIGN_TYPE_INT64, "problems of that kind, beyond the limit too", "该种问题总数（含未列出者）" },
};

/* One rule at work. */
typedef struct checker {
    const campaign_table *table;
    campaign_column_rule rule;
    campaign_column column;
    int32_t index; /* of the column */
    int64_t limit;
    int64_t n[N_PROBLEMS];
    cpn_out *problems;
} checker;

/* Counts a problem and, within the limit, lists it. */
static bool count_problem(checker *check, problem_kind kind)
{
    return check->n[kind]++ < check->limit;
}

static void list_problem(checker *check, problem_kind kind, const campaign_error *problem)
{
    cpn_out *out = check->problems;
    cpn_out_optional_int64(out, ROW, problem->row, problem->row >= 0);
    cpn_out_string(out, COLUMN, check->rule.name);
    cpn_out_string(out, CODE, campaign_status_name(problem->code));
    cpn_out_string(out, KIND, kind_names[kind]);
    char value[VALUE];
    const bool has_value = problem->row >= 0 && !cpn_is_null(&check->column, problem->row);
    if (has_value) (void)campaign_table_format(value, sizeof value, check->table, check->index, problem->row);
    cpn_out_string(out, TEXT, has_value ? value : NULL);
    cpn_out_string(out, MESSAGE, problem->message);
}

/* ---- Cells ------------------------------------------------------------------------------------------------------ */

/* A bound in the column's own terms: days and instants as ISO 8601, money in major units. */
static void format_bound(char text[VALUE], const checker *check, int64_t bound)
{
    const int32_t type = check->column.type;
    const int32_t day = (int32_t)bound;
    const double number = (double)bound;
    campaign_column cell = check->column;
    cell.n_rows = 1;
    cell.bit_offset = 0;
    cell.validity = NULL;
    cell.values = type == CAMPAIGN_TYPE_FLOAT64        ? (const void *)&number
                  : cpn_cell_width(type) == sizeof day ? (const void *)&day
                                                       : (const void *)&bound;
    text[0] = '\0';
    if (type == CAMPAIGN_TYPE_BOOL || (cpn_cell_width(type) == sizeof day && day != bound)) return;
    (void)cpn_format_cell(text, VALUE, &cell, 0);
}

static void report_bound(checker *check, problem_kind kind, int64_t row)
{
    if (!count_problem(check, kind)) return;
    char value[VALUE], bound[VALUE];
    campaign_error problem;
    const bool is_below = kind == PROBLEM_BELOW;
    (void)campaign_table_format(value, sizeof value, check->table, check->index, row);
    format_bound(bound, check, is_below ? check->rule.minimum : check->rule.maximum);
    (void)cpn_fail_row(&problem, CAMPAIGN_E_VALUE, row, check->rule.name, "%.64s is %s %s of %.64s", value,
                       is_below ? "below" : "above", is_below ? "the minimum" : "the maximum", bound);
    list_problem(check, kind, &problem);
}

static void check_float(checker *check, int64_t row)
{
    const campaign_column_rule *rule = &check->rule;
    const double value = ((const double *)check->column.values)[row];
    if (!rule->has_minimum && !rule->has_maximum) return;
    if (value - value != 0) { /* infinite, or not a number */
        if (!count_problem(check, PROBLEM_NOT_FINITE)) return;
        campaign_error problem;
        (void)cpn_fail_row(&problem, CAMPAIGN_E_VALUE, row, rule->name, "the cell holds no finite number");
        list_problem(check, PROBLEM_NOT_FINITE, &problem);
    } else if (rule->has_minimum && value < (double)rule->minimum) {
        report_bound(check, PROBLEM_BELOW, row);
    } else if (rule->has_maximum && value > (double)rule->maximum) {
        report_bound(check, PROBLEM_ABOVE, row);
    }
}

static void check_text(checker *check, int64_t row)
{
    size_t length;
    (void)cpn_cell_text(&check->column, row, &length);
    if (length || !check->rule.forbids_empty || !count_problem(check, PROBLEM_EMPTY)) return;
    campaign_error problem;
    (void)cpn_fail_row(&problem, CAMPAIGN_E_VALUE, row, check->rule.name, "the text is empty");
    list_problem(check, PROBLEM_EMPTY, &problem);
}

static void check_cell(checker *check, int64_t row)
{
    const campaign_column_rule *rule = &check->rule;
    if (cpn_is_null(&check->column, row)) {
        if (rule->allows_null || !count_problem(check, PROBLEM_NULL)) return;
        campaign_error problem;
        (void)cpn_fail_row(&problem, CAMPAIGN_E_MISSING, row, rule->name, "the cell has no value");
        list_problem(check, PROBLEM_NULL, &problem);
    } else if (check->column.type == CAMPAIGN_TYPE_UTF8) {
        check_text(check, row);
    } else if (check->column.type == CAMPAIGN_TYPE_FLOAT64) {
        check_float(check, row);
    } else if (check->column.type != CAMPAIGN_TYPE_BOOL) {
        const int64_t value = cpn_cell_int64(&check->column, row);
        if (rule->has_minimum && value < rule->minimum)
            report_bound(check, PROBLEM_BELOW, row);
        else if (rule->has_maximum && value > rule->maximum)
            report_bound(check, PROBLEM_ABOVE, row);
    }
}

/* ---- Duplicates ------------------------------------------------------------------------------------------------- */

/* Floats and bools as whole numbers that are equal where the cells are; NULL where memory is out. */
static int64_t *make_words(const campaign_column *column)
{
    int64_t *words = cpn_alloc(column->n_rows, sizeof *words);
    for (int64_t row = 0; words && row < column->n_rows; row++) {
        if (column->type == CAMPAIGN_TYPE_BOOL) {
            words[row] = cpn_cell_int64(column, row);
            continue;
        }
        double value = ((const double *)column->values)[row];
        if (value == 0) value = 0; /* minus zero is zero */
        memcpy(&words[row], &value, sizeof value);
        if (value != value) words[row] = -1; /* one for all that are not numbers */
    }
    return words;
}

static campaign_status number_cells(cpn_keys *keys, const campaign_column *column, campaign_error *error)
{
    if (column->type != CAMPAIGN_TYPE_FLOAT64 && column->type != CAMPAIGN_TYPE_BOOL)
        return cpn_keys_create(keys, column, NULL, error);
    campaign_column whole = *column;
    int64_t *words = make_words(column);
    if (!words) return cpn_fail_nomem(error);
    whole.type = CAMPAIGN_TYPE_INT64;
    whole.values = words;
    const campaign_status status = cpn_keys_create(keys, &whole, NULL, error);
    cpn_free(words);
    return status;
}

static void report_duplicate(checker *check, int64_t row, int64_t first_row)
{
    if (!count_problem(check, PROBLEM_DUPLICATE)) return;
    char value[VALUE];
    campaign_error problem;
    (void)campaign_table_format(value, sizeof value, check->table, check->index, row);
    const int shown = (int)cpn_utf8_cut(value, strlen(value), SHOWN);
    (void)cpn_fail_row(&problem, CAMPAIGN_E_DUPLICATE, row, check->rule.name, "\"%.*s\" stands in row %lld already",
                       shown, value, (long long)first_row);
    list_problem(check, PROBLEM_DUPLICATE, &problem);
}

/* ---- Rules ------------------------------------------------------------------------------------------------------ */

static campaign_status check_cells(checker *check, campaign_error *error)
{
    cpn_keys keys = { 0 };
    if (check->rule.is_unique) {
        const campaign_status status = number_cells(&keys, &check->column, error);
        if (status != CAMPAIGN_OK) return status;
    }
    for (int64_t row = 0; row < check->column.n_rows; row++) {
        check_cell(check, row);
        const int32_t code = keys.codes ? keys.codes[row] : -1;
        if (code >= 0 && keys.first_rows[code] != row) report_duplicate(check, row, keys.first_rows[code]);
    }
    cpn_keys_free(&keys);
    return CAMPAIGN_OK;
}

static campaign_status check_column(checker *check, campaign_error *error)
{
    const campaign_column_rule *rule = &check->rule;
    check->index = campaign_table_find(check->table, rule->name);
    if (check->index < 0 && rule->is_optional) return CAMPAIGN_OK;
    campaign_error problem;
    campaign_column found = CAMPAIGN_COLUMN_INIT;
    if (check->index >= 0) (void)campaign_table_column(&found, check->table, check->index, NULL);
    const bool is_any = !rule->types || (check->index >= 0 && cpn_is_valueless(&found));
    const campaign_status status = cpn_need_column(&check->column, check->table, "table", rule->name, rule->name,
                                                   is_any ? ANY_TYPE : rule->types, &problem);
    if (status == CAMPAIGN_OK) return check_cells(check, error);
    const problem_kind kind = check->index < 0 ? PROBLEM_MISSING : PROBLEM_TYPE;
    if (count_problem(check, kind)) list_problem(check, kind, &problem);
    return CAMPAIGN_OK;
}

static campaign_status check_rule(cpn_out *problems, cpn_out *counts, const campaign_table *table,
                                  const campaign_column_rule *rule, int64_t limit, campaign_error *error)
{
    checker check = { .table = table, .limit = limit, .problems = problems };
    cpn_take_knobs(&check.rule, sizeof check.rule, rule);
    const campaign_status status = check_column(&check, error);
    for (int32_t kind = 0; kind < N_PROBLEMS; kind++) {
        if (!check.n[kind]) continue;
        cpn_out_string(counts, COUNT_COLUMN, check.rule.name);
        cpn_out_string(counts, COUNT_KIND, kind_names[kind]);
        cpn_out_int64(counts, COUNT_N, check.n[kind]);
    }
    return status;
}

/* Rules of a newer caller are longer: the next one starts after the size of the first. */
static const campaign_column_rule *get_rule(const campaign_column_rule *rules, int32_t i)
{
    return (const void *)((const char *)rules + (size_t)i * rules[0].size);
}

static campaign_status check_rules(const campaign_column_rule *rules, int32_t n_rules, campaign_error *error)
{
    if (n_rules < 0 || (n_rules && !rules))
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "rules", "%ld rules are impossible", (long)n_rules);
    for (int32_t i = 0; i < n_rules; i++) {
        const campaign_column_rule *rule = get_rule(rules, i);
        const campaign_status status = cpn_check_knobs(rule, sizeof *rule, sizeof *rule, "rules", error);
        if (status != CAMPAIGN_OK) return status;
        if (rule->size != rules[0].size)
            return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "rules", "all rules must have one size");
        if (rule->reserved)
            return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "rules", "reserved of rule %ld is not NULL", (long)i);
        if (rule->types & ~ANY_TYPE)
            return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "rules", "rule %ld allows types that do not exist", (long)i);
        if (cpn_check_name(rule->name, NULL) != CAMPAIGN_OK)
            return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "rules", "rule %ld names no column", (long)i);
    }
    return CAMPAIGN_OK;
}

campaign_status campaign_table_check(campaign_table **problems, campaign_table **counts, const campaign_table *table,
                                     const campaign_column_rule *rules, int32_t n_rules, int64_t limit,
                                     campaign_error *error)
{
    if (problems) *problems = NULL;
    if (counts) *counts = NULL;
    if (!problems || !table) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, NULL, "problems and table are required");
    if (limit < 0) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "limit", "%lld is below 0", (long long)limit);
    campaign_status status = check_rules(rules, n_rules, error);
    if (status != CAMPAIGN_OK) return status;
    cpn_out listed, counted;
    cpn_out_open(&listed, problem_schema, N_PROBLEM_COLUMNS, NULL, 0);
    cpn_out_open(&counted, count_schema, N_COUNT_COLUMNS, NULL, 0);
    for (int32_t i = 0; i < n_rules && status == CAMPAIGN_OK; i++)
        status = check_rule(&listed, &counted, table, get_rule(rules, i), limit ? limit : USUAL_LIMIT, error);
    campaign_table *lists = NULL, *sums = NULL;
    const campaign_status list_status = cpn_out_close(&lists, &listed, status == CAMPAIGN_OK ? error : NULL);
    if (status == CAMPAIGN_OK) status = list_status;
    const campaign_status sum_status = cpn_out_close(&sums, &counted, status == CAMPAIGN_OK ? error : NULL);
    if (status == CAMPAIGN_OK) status = sum_status;
    if (status == CAMPAIGN_OK) *problems = lists, lists = NULL;
    if (status == CAMPAIGN_OK && counts) *counts = sums, sums = NULL;
    campaign_table_free(lists);
    campaign_table_free(sums);
    return status;
}
