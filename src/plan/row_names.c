/* Names the rows of a plan's tables, so that two plans can be compared and a row can be asked for. */
#include <string.h>

#include "base/memory.h"
#include "base/sort.h"
#include "plan/compare.h"

enum { MAX_NAMING = 6 };

/* The columns that name a row, in order. One with a "=" in front stands in the name with its own name: a market and a
 * channel may be called the same. */
static const char *const naming[CPN_PLAN_N_TABLES][MAX_NAMING + 1] = {
    [CPN_PLAN_TARGETS] = { "period", "=product_line", "=market", "=channel", "=tier", "=rep" },
    [CPN_PLAN_CAMPAIGNS] = { "campaign" },
    [CPN_PLAN_PHASES] = { "campaign", "phase" },
    [CPN_PLAN_BUDGET] = { "group", "campaign", "item", "channel" },
    [CPN_PLAN_METRICS] = { "metric" },
    [CPN_PLAN_NOTES] = { "code", "subject", "other", "start" },
    [CPN_PLAN_DEADLINES] = { "campaign", "deadline" },
    [CPN_PLAN_CURVE] = { "campaign", "date" },
    [CPN_PLAN_PRODUCTS] = { "product_line" },
    [CPN_PLAN_MARKETS] = { "market" },
    [CPN_PLAN_STOCK] = { "campaign", "sku" },
    [CPN_PLAN_BUDGET_ITEMS] = { "campaign", "item", "channel" },
    [CPN_PLAN_ACTIONS] = { "campaign", "phase", "action" },
    [CPN_PLAN_MECHANISMS] = { "campaign", "mechanism" },
    [CPN_PLAN_MATRIX] = { "campaign", "segment" },
    [CPN_PLAN_DAYS] = { "date" },
    [CPN_PLAN_SOURCES] = { "source" },
    [CPN_PLAN_CANDIDATES] = { "candidate" },
    [CPN_PLAN_THEMES] = { "theme", "date" },
    [CPN_PLAN_TASKS] = { "task" },
};

bool cpn_plan_rows_names_column(cpn_plan_table_id id, const char *column)
{
    for (int32_t i = 0; naming[id][i]; i++)
        if (strcmp(naming[id][i] + (naming[id][i][0] == '='), column) == 0) return true;
    return false;
}

void cpn_plan_add_cell(cpn_text *text, const campaign_table *table, int32_t column, int64_t row)
{
    char cell[64];
    size_t length;
    const char *bytes = campaign_table_text(table, column, row, &length);
    if (!bytes) length = campaign_table_format(cell, sizeof cell, table, column, row);
    cpn_text_add(text, bytes ? bytes : cell, length);
}

static void add_name(cpn_text *text, const campaign_table *table, cpn_plan_table_id id, int64_t row)
{
    bool is_first = true;
    for (int32_t i = 0; naming[id][i]; i++) {
        const bool has_label = naming[id][i][0] == '=';
        const char *name = naming[id][i] + has_label;
        const int32_t column = campaign_table_find(table, name);
        if (column < 0 || campaign_table_is_null(table, column, row)) continue;
        if (!is_first) cpn_text_add_char(text, '/');
        if (has_label) cpn_text_add_format(text, "%s=", name);
        cpn_plan_add_cell(text, table, column, row);
        is_first = false;
    }
    cpn_text_add_char(text, '\0');
}

const char *cpn_plan_rows_name(const cpn_plan_rows *rows, int64_t row)
{
    return rows->text.data + rows->starts[row];
}

static int compare_names(const void *a, const void *b, const void *ctx)
{
    const int64_t *left = a, *right = b;
    const int order = strcmp(cpn_plan_rows_name(ctx, *left), cpn_plan_rows_name(ctx, *right));
    return order != 0 ? order : (*left > *right) - (*left < *right);
}

/* Rows of one name are told apart by "#2", "#3" …, in their order. */
static void number_twins(cpn_plan_rows *rows)
{
    int32_t number = 1;
    int64_t previous = rows->n > 0 ? rows->starts[rows->order[0]] : 0;
    for (int64_t i = 1; i < rows->n && !rows->text.has_failed; i++) {
        const int64_t start = rows->starts[rows->order[i]];
        if (strcmp(rows->text.data + previous, rows->text.data + start) == 0) {
            const size_t length = strlen(rows->text.data + start);
            char *copy = cpn_copy_text(rows->text.data + start, length); /* text moves while it grows */
            if (!copy) rows->text.has_failed = true;
            if (!copy) return;
            rows->starts[rows->order[i]] = (int64_t)rows->text.length;
            cpn_text_add_format(&rows->text, "%s#%d", copy, (int)++number);
            cpn_text_add_char(&rows->text, '\0');
            cpn_free(copy);
        } else {
            number = 1;
            previous = start;
        }
    }
}

campaign_status cpn_plan_rows_index(cpn_plan_rows *rows, const campaign_table *table, cpn_plan_table_id id,
                                    campaign_error *error)
{
    memset(rows, 0, sizeof *rows);
    rows->n = campaign_table_n_rows(table);
    rows->starts = cpn_alloc(rows->n, sizeof *rows->starts);
    rows->order = cpn_alloc(rows->n, sizeof *rows->order);
    bool is_done = rows->starts && rows->order;
    for (int64_t row = 0; row < rows->n && is_done; row++) {
        rows->order[row] = row;
        rows->starts[row] = (int64_t)rows->text.length;
        add_name(&rows->text, table, id, row);
        is_done = !rows->text.has_failed;
    }
    is_done = is_done && cpn_sort(rows->order, rows->n, sizeof *rows->order, compare_names, rows);
    if (is_done) number_twins(rows);
    is_done =
        is_done && !rows->text.has_failed && cpn_sort(rows->order, rows->n, sizeof *rows->order, compare_names, rows);
    if (is_done) return CAMPAIGN_OK;
    cpn_plan_rows_free(rows);
    return cpn_fail_nomem(error);
}

int64_t cpn_plan_rows_find(const cpn_plan_rows *rows, const char *name)
{
    int64_t low = 0, high = rows->n;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        if (strcmp(cpn_plan_rows_name(rows, rows->order[middle]), name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == rows->n || strcmp(cpn_plan_rows_name(rows, rows->order[low]), name) != 0) return -1;
    return rows->order[low];
}

void cpn_plan_rows_free(cpn_plan_rows *rows)
{
    cpn_text_clear(&rows->text);
    cpn_free(rows->starts);
    cpn_free(rows->order);
    memset(rows, 0, sizeof *rows);
}
