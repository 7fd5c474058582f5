/* What was entered from below, beside each target: managers' and reps' own numbers, added up inside every node. */
#include "plan/support.h"

#include <string.h>

#include "base/checked.h"
#include "base/memory.h"
#include "base/text.h"

enum { NOT_TOLD = -1, UNKNOWN_KEY = -2 };

/* An entry counts for every target that holds its days and does not ask for a key it has not. */
typedef struct entry {
    int32_t start_day, end_day; /* half-open */
    int32_t keys[CPN_PLAN_N_DIMENSIONS];
    int64_t minor;
} entry;

typedef struct entry_columns {
    campaign_column period, date, amount, keys[CPN_PLAN_N_DIMENSIONS];
} entry_columns;

static campaign_status find_columns(entry_columns *columns, const cpn_plan_request *request,
                                    const campaign_table *table, campaign_error *error)
{
    const char *name = "bottom_up";
    campaign_status status =
        cpn_need_column(&columns->amount, table, name, NULL, "amount", CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY), error);
    if (status == CAMPAIGN_OK)
        status =
            cpn_find_column(&columns->period, table, name, NULL, "period", CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8), error);
    if (status == CAMPAIGN_OK) status = cpn_find_column(&columns->date, table, name, NULL, "date", CPN_ANY_DAY, error);
    for (int32_t d = 0; d < CPN_PLAN_N_DIMENSIONS && status == CAMPAIGN_OK; d++)
        status = cpn_find_column(&columns->keys[d], table, name, NULL, cpn_plan_level_names[CPN_LEVEL_PRODUCT_LINE + d],
                                 CPN_ANY_KEY, error);
    if (status != CAMPAIGN_OK) return status;
    if (columns->period.type == 0 && columns->date.type == 0)
        return cpn_fail(error, CAMPAIGN_E_COLUMN, "bottom_up.period", "a column \"period\" or \"date\" is needed");
    const bool has_currency = strcmp(columns->amount.currency, "XXX") != 0;
    if (columns->amount.exponent != request->exponent ||
        (has_currency && strcmp(columns->amount.currency, request->currency) != 0))
        return cpn_fail(error, CAMPAIGN_E_COLUMN, "bottom_up.amount", "column \"%s\" is in %s, the plan in %s",
                        columns->amount.name, columns->amount.currency, request->currency);
    return CAMPAIGN_OK;
}

/* The days that a period's name stands for, by the targets that carry it. */
static bool find_period(entry *found, const cpn_plan_request *request, const cpn_plan_targets *targets,
                        const char *text, size_t length)
{
    if (campaign_date_parse(&found->start_day, text, length, NULL) == CAMPAIGN_OK) {
        found->end_day = found->start_day + 1;
        return found->start_day >= request->start_day && found->start_day < request->end_day;
    }
    for (int64_t i = 0; i < targets->n; i++) {
        const cpn_plan_target *row = &targets->rows[i];
        char label[CPN_PLAN_LABEL];
        if (i > 0 && row->start_day == targets->rows[i - 1].start_day && row->period == targets->rows[i - 1].period)
            continue;
        cpn_plan_period_label(label, request, row->period, row->parent_period, row->start_day);
        if (strlen(label) != length || memcmp(label, text, length) != 0) continue;
        found->start_day = row->start_day;
        found->end_day = row->end_day;
        return true;
    }
    return false;
}

static campaign_status read_period(entry *read, const entry_columns *columns, const cpn_plan_request *request,
                                   const cpn_plan_targets *targets, int64_t row, campaign_error *error)
{
    size_t length;
    char shown[CPN_JSON_SHOWN];
    if (columns->period.type != 0 && !cpn_is_null(&columns->period, row)) {
        const char *text = cpn_cell_text(&columns->period, row, &length);
        if (find_period(read, request, targets, text, length)) return CAMPAIGN_OK;
        return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row, "bottom_up.period",
                            "\"%s\" is no period of the plan, such as %04d or %04d-Q1",
                            cpn_json_show(shown, text, length), (int)request->year, (int)request->year);
    }
    if (columns->date.type == 0 || cpn_is_null(&columns->date, row))
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "bottom_up.period", "neither period nor date is given");
    read->start_day = cpn_cell_day(&columns->date, row, 0);
    read->end_day = read->start_day + 1;
    if (read->start_day >= request->start_day && read->start_day < request->end_day) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "bottom_up.date", "the day lies outside the plan");
}

static int32_t read_key(const campaign_column *column, const cpn_plan_history *history, int32_t dimension, int64_t row)
{
    char text[256];
    if (column->type == 0 || cpn_is_null(column, row)) return NOT_TOLD;
    const size_t length = cpn_format_cell(text, sizeof text, column, row);
    const int32_t key = length < sizeof text ? cpn_plan_history_find(history, dimension, text, length) : -1;
    return key >= 0 ? key : UNKNOWN_KEY;
}

static bool is_inside(const entry *inner, const cpn_plan_target *row)
{
    if (inner->start_day < row->start_day || inner->end_day > row->end_day) return false;
    for (int32_t d = 0; d < CPN_PLAN_N_DIMENSIONS; d++)
        if (row->keys[d] >= 0 && row->keys[d] != inner->keys[d]) return false;
    return true;
}

static bool add_to(cpn_plan_support *support, int64_t row, int64_t minor)
{
    support->is_entered[row] = true;
    return cpn_add64(&support->entered[row], support->entered[row], minor);
}

/* Down the tree child by child, and over the totals that stand outside it. */
static campaign_status add_entry(cpn_plan_support *support, const cpn_plan_targets *targets, const entry *added,
                                 int64_t row, campaign_error *error)
{
    bool fits = add_to(support, 0, added->minor);
    for (int64_t node = 0, next = 0; next >= 0 && fits; node = next) {
        const cpn_plan_target *at = &targets->rows[node];
        next = -1;
        for (int64_t child = at->first_child; child < at->first_child + at->n_children && next < 0; child++)
            if (is_inside(added, &targets->rows[child])) next = child;
        if (next >= 0) fits = add_to(support, next, added->minor);
    }
    for (int64_t i = 1; i < targets->n && fits; i++)
        if (targets->rows[i].assigned < 0 && is_inside(added, &targets->rows[i]))
            fits = add_to(support, i, added->minor);
    if (fits) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_OVERFLOW, row, "bottom_up.amount", "the sum does not fit 64 bits");
}

campaign_status cpn_plan_entries_add(cpn_plan_support *support, const cpn_plan_request *request,
                                     const cpn_plan_history *history, const cpn_plan_targets *targets,
                                     const campaign_table *bottom_up, campaign_error *error)
{
    entry_columns columns;
    if (!bottom_up) return CAMPAIGN_OK;
    support->entered = cpn_alloc_zero(targets->n, sizeof *support->entered);
    support->is_entered = cpn_alloc_zero(targets->n, sizeof *support->is_entered);
    if (!support->entered || !support->is_entered) return cpn_fail_nomem(error);
    campaign_status status = find_columns(&columns, request, bottom_up, error);
    for (int64_t row = 0; row < campaign_table_n_rows(bottom_up) && status == CAMPAIGN_OK; row++) {
        entry read = { 0 };
        if (cpn_is_null(&columns.amount, row))
            return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "bottom_up.amount", "\"%s\" is null",
                                columns.amount.name);
        read.minor = cpn_cell_int64(&columns.amount, row);
        for (int32_t d = 0; d < CPN_PLAN_N_DIMENSIONS; d++) read.keys[d] = read_key(&columns.keys[d], history, d, row);
        status = read_period(&read, &columns, request, targets, row, error);
        if (status == CAMPAIGN_OK) status = add_entry(support, targets, &read, row, error);
    }
    return status;
}
