/* The table of the state as a book: figures sorted by metric and keys, so that each can be found, and their keys. */
#include <stdio.h>
#include <string.h>

#include "base/checked.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/sort.h"
#include "execution/risks/risk.h"

enum { NUMBERS = CPN_ANY_INT | 1 << CAMPAIGN_TYPE_FLOAT64 | 1 << CAMPAIGN_TYPE_MONEY };
#define UTF8 CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8)

static const char *const key_names[CPN_RISK_N_KEYS] = { "campaign", "channel", "subject" };

int cpn_risk_compare_text(cpn_risk_text a, cpn_risk_text b)
{
    if (!a.text || !b.text) return (a.text != NULL) - (b.text != NULL);
    const size_t n = a.length < b.length ? a.length : b.length;
    const int order = n ? memcmp(a.text, b.text, n) : 0;
    return order ? order : (a.length > b.length) - (a.length < b.length);
}

int cpn_risk_compare_keys(const cpn_risk_text *a, const cpn_risk_text *b)
{
    int order = 0;
    for (int i = 0; i < CPN_RISK_N_KEYS && order == 0; i++) order = cpn_risk_compare_text(a[i], b[i]);
    return order;
}

cpn_risk_text cpn_risk_cell(const campaign_column *column, int64_t row)
{
    cpn_risk_text cell = { NULL, 0 };
    if (column->type && !cpn_is_null(column, row)) cell.text = cpn_cell_text(column, row, &cell.length);
    if (cell.length == 0) cell.text = NULL;
    return cell;
}

campaign_status cpn_risk_find_columns(cpn_risk_columns *columns, const campaign_table *table, const char *name,
                                      bool has_subject, campaign_error *error)
{
    campaign_status status = cpn_find_column(&columns->since, table, name, NULL, "since", CPN_ANY_MOMENT, error);
    columns->keys[CPN_RISK_SUBJECT].type = 0;
    for (int i = 0; i < (has_subject ? CPN_RISK_N_KEYS : CPN_RISK_SUBJECT) && status == CAMPAIGN_OK; i++)
        status = cpn_find_column(&columns->keys[i], table, name, NULL, key_names[i], UTF8, error);
    return status;
}

campaign_status cpn_risk_take_since(int64_t *since, const cpn_risk_columns *columns, int64_t row, int64_t as_of,
                                    const char *name, campaign_error *error)
{
    const campaign_column *column = &columns->since;
    const int64_t day = INT64_C(86400000000);
    char where[64], shown[CPN_NUMBER_TEXT];
    *since = CPN_RISK_NO_MOMENT;
    if (!cpn_risk_has_moment(column, row)) return CAMPAIGN_OK;
    (void)snprintf(where, sizeof where, "%s.since", name);
    const campaign_status status = cpn_risk_cell_moment(since, column, row, where, error);
    if (status != CAMPAIGN_OK) return status;
    if (*since <= as_of && *since >= CAMPAIGN_DAY_MIN * day) return CAMPAIGN_OK;
    (void)cpn_format_cell(shown, sizeof shown, column, row);
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, where, "since is %s, which is after as_of or before all dates",
                        shown);
}

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

typedef struct state_columns {
    campaign_column metric, value, target;
    cpn_risk_columns shared;
} state_columns;

static campaign_status take_number(double *number, bool *is_there, const campaign_column *column, int64_t row,
                                   const char *where, campaign_error *error)
{
    *is_there = column->type && !cpn_is_null(column, row);
    if (!*is_there) return CAMPAIGN_OK;
    if (column->type == CAMPAIGN_TYPE_FLOAT64)
        *number = ((const double *)column->values)[row];
    else if (column->type == CAMPAIGN_TYPE_MONEY)
        *number = (double)cpn_cell_int64(column, row) / (double)cpn_power_of_ten(column->exponent);
    else
        *number = (double)cpn_cell_int64(column, row);
    if (cpn_is_finite(*number)) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, where, "the value is not a finite number");
}

static campaign_status read_row(cpn_risk_row *out, const cpn_risk_book *book, const cpn_risk_names *names,
                                const state_columns *columns, int64_t row, campaign_error *error)
{
    out->row = row;
    out->name = cpn_risk_cell(&columns->metric, row);
    if (!out->name.text) return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "state.metric", "the metric is missing");
    out->metric = cpn_risk_find_metric(names, out->name.text, out->name.length);
    out->better = out->metric >= 0 ? names->metrics[out->metric].better : CPN_RISK_NEITHER;
    for (int i = 0; i < CPN_RISK_N_KEYS; i++) out->keys[i] = cpn_risk_cell(&columns->shared.keys[i], row);
    campaign_status status = take_number(&out->value, &out->has_value, &columns->value, row, "state.value", error);
    if (status == CAMPAIGN_OK)
        status = take_number(&out->target, &out->has_target, &columns->target, row, "state.target", error);
    if (status != CAMPAIGN_OK) return status;
    return cpn_risk_take_since(&out->since, &columns->shared, row, book->as_of, "state", error);
}

static int compare_rows(const void *a, const void *b, const void *ctx)
{
    const cpn_risk_row *left = a, *right = b;
    (void)ctx;
    const int order = cpn_risk_compare_text(left->name, right->name);
    return order ? order : cpn_risk_compare_keys(left->keys, right->keys);
}

static int compare_places(const void *a, const void *b, const void *ctx)
{
    const cpn_risk_row *left = a, *right = b;
    (void)ctx;
    return cpn_risk_compare_keys(left->keys, right->keys);
}

/* Rows in order; the same figure twice is refused, with the later of its rows. */
static campaign_status sort_rows(cpn_risk_book *book, campaign_error *error)
{
    if (!cpn_sort(book->rows, book->n_rows, sizeof *book->rows, compare_rows, NULL)) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < book->n_rows; i++) {
        cpn_risk_row *row = &book->rows[i];
        const bool is_next = i > 0 && cpn_risk_compare_text(row->name, row[-1].name) == 0;
        row->metric_key = i == 0 ? 0 : row[-1].metric_key + !is_next;
        if (is_next && cpn_risk_compare_keys(row->keys, row[-1].keys) == 0)
            return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row->row > row[-1].row ? row->row : row[-1].row, "state",
                                "\"%.*s\" stands twice for the same campaign, channel and subject",
                                (int)cpn_utf8_cut(row->name.text, row->name.length, 60), row->name.text);
    }
    return CAMPAIGN_OK;
}

/* Every combination of campaign, channel and subject once. */
static campaign_status collect_places(cpn_risk_book *book, campaign_error *error)
{
    book->places = cpn_alloc(book->n_rows, sizeof *book->places);
    if (!book->places) return cpn_fail_nomem(error);
    if (book->n_rows > 0) memcpy(book->places, book->rows, (size_t)book->n_rows * sizeof *book->rows);
    if (!cpn_sort(book->places, book->n_rows, sizeof *book->places, compare_places, NULL)) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < book->n_rows; i++)
        if (i == 0 || cpn_risk_compare_keys(book->places[i].keys, book->places[book->n_places - 1].keys) != 0)
            book->places[book->n_places++] = book->places[i];
    return CAMPAIGN_OK;
}

campaign_status cpn_risk_read_state(cpn_risk_book *book, const cpn_playbook *playbook, const campaign_table *state,
                                    campaign_error *error)
{
    state_columns columns;
    campaign_status status = cpn_need_column(&columns.metric, state, "state", NULL, "metric", UTF8, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&columns.value, state, "state", NULL, "value", NUMBERS, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&columns.target, state, "state", NULL, "target", NUMBERS, error);
    if (status == CAMPAIGN_OK) status = cpn_risk_find_columns(&columns.shared, state, "state", true, error);
    if (status != CAMPAIGN_OK) return status;
    const int64_t n = campaign_table_n_rows(state);
    book->has_table[CPN_RISK_STATE] = book->has_table[CPN_RISK_METRIC] = true;
    book->rows = cpn_alloc_zero(n, sizeof *book->rows);
    if (!book->rows) return cpn_fail_nomem(error);
    for (int64_t row = 0; row < n && status == CAMPAIGN_OK; row++)
        status = read_row(&book->rows[row], book, &playbook->names, &columns, row, error);
    book->n_rows = n;
    if (status == CAMPAIGN_OK) status = sort_rows(book, error);
    return status == CAMPAIGN_OK ? collect_places(book, error) : status;
}

const cpn_risk_row *cpn_risk_find_row(const cpn_risk_book *book, const char *metric, const cpn_risk_text *keys)
{
    int64_t low = 0, high = book->n_rows;
    const cpn_risk_text name = { metric, strlen(metric) };
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        int order = cpn_risk_compare_text(book->rows[middle].name, name);
        if (order == 0) order = cpn_risk_compare_keys(book->rows[middle].keys, keys);
        if (order == 0) return &book->rows[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}
