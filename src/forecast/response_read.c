/* Reads a history of spend and result: checks every cell, sorts by item and period, and cuts it into series. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/sort.h"
#include "forecast/response_fit.h"

static campaign_status find_columns(cpn_effect_history *h, const campaign_table *table,
                                    const campaign_response_options *given, campaign_error *error)
{
    const uint32_t numbers = CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64) | CPN_ANY_INT;
    const uint32_t amounts = numbers | CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY);
    const char *const name = "history";
    campaign_status status = cpn_need_column(&h->spend, table, name, given->spend, "spend", amounts, error);
    if (status == CAMPAIGN_OK)
        status = cpn_need_column(&h->result, table, name, given->result, "result", amounts, error);
    if (status == CAMPAIGN_OK) status = cpn_find_column(&h->item, table, name, given->item, "item", CPN_ANY_KEY, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&h->period, table, name, given->period, "period", CPN_ANY_DAY | CPN_ANY_INT, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&h->weight, table, name, given->weight, "weight", numbers, error);
    return status;
}

static campaign_status fail_cell(const campaign_column *column, int64_t row, campaign_status code, const char *words,
                                 campaign_error *error)
{
    char where[96];
    (void)snprintf(where, sizeof where, "history.%s", column->name);
    return cpn_fail_row(error, code, row, where, "%s %s", column->name, words);
}

/* A number of any type; money in major units. */
static campaign_status read_number(double *value, const campaign_column *column, int64_t row, campaign_error *error)
{
    if (cpn_is_null(column, row)) return fail_cell(column, row, CAMPAIGN_E_MISSING, "is null", error);
    if (column->type == CAMPAIGN_TYPE_FLOAT64)
        *value = ((const double *)column->values)[row];
    else
        *value = (double)cpn_cell_int64(column, row);
    if (*value - *value != 0) return fail_cell(column, row, CAMPAIGN_E_VALUE, "is no finite number", error);
    for (int32_t i = 0; column->type == CAMPAIGN_TYPE_MONEY && i < column->exponent; i++) *value /= 10;
    return CAMPAIGN_OK;
}

static campaign_status read_size(double *value, const campaign_column *column, int64_t row, campaign_error *error)
{
    campaign_status status = read_number(value, column, row, error);
    if (status == CAMPAIGN_OK && *value < 0)
        status = fail_cell(column, row, CAMPAIGN_E_VALUE, "is negative; it must be 0 or more", error);
    return status;
}

static campaign_status read_row(cpn_effect_row *to, const cpn_effect_history *h, int64_t row, campaign_error *error)
{
    double weight = 1;
    *to = (cpn_effect_row){ .row = row };
    if (h->keys.codes && h->keys.codes[row] < 0) return fail_cell(&h->item, row, CAMPAIGN_E_MISSING, "is null", error);
    to->item = h->keys.codes ? h->keys.codes[row] : 0;
    if (h->period.type && cpn_is_null(&h->period, row))
        return fail_cell(&h->period, row, CAMPAIGN_E_MISSING, "is null", error);
    if (h->period.type == CAMPAIGN_TYPE_DATE || h->period.type == CAMPAIGN_TYPE_TIMESTAMP)
        to->period = cpn_cell_day(&h->period, row, 0);
    else if (h->period.type)
        to->period = cpn_cell_int64(&h->period, row);
    campaign_status status = read_size(&to->spend, &h->spend, row, error);
    to->has_result = !cpn_is_null(&h->result, row);
    if (status == CAMPAIGN_OK && to->has_result) status = read_number(&to->result, &h->result, row, error);
    if (status == CAMPAIGN_OK && h->weight.type) status = read_size(&weight, &h->weight, row, error);
    to->root_weight = sqrt(weight);
    to->counts = to->has_result && weight > 0;
    return status;
}

static int compare_doubles(double a, double b)
{
    return (a > b) - (a < b);
}

/* By item and period; without periods by what the rows say, so that their order in the table tells nothing. */
static int compare_rows(const void *a, const void *b, const void *ctx)
{
    const cpn_effect_row *x = a, *y = b;
    (void)ctx;
    if (x->item != y->item) return x->item < y->item ? -1 : 1;
    if (x->period != y->period) return x->period < y->period ? -1 : 1;
    int order = compare_doubles(x->spend, y->spend);
    if (order == 0) order = compare_doubles(x->result, y->result);
    if (order == 0) order = compare_doubles(x->root_weight, y->root_weight);
    return order != 0 ? order : (int)x->has_result - (int)y->has_result;
}

static campaign_status check_twice(const cpn_effect_history *h, campaign_error *error)
{
    for (int64_t i = 1; i < h->n_rows && h->period.type; i++) {
        const cpn_effect_row *before = &h->rows[i - 1], *row = &h->rows[i];
        if (before->item != row->item || before->period != row->period) continue;
        const int64_t later = before->row > row->row ? before->row : row->row;
        return fail_cell(&h->period, later, CAMPAIGN_E_DUPLICATE,
                         "is there twice in one item; add up what belongs to one period", error);
    }
    return CAMPAIGN_OK;
}

/* How many different spends there are. */
static campaign_status count_levels(cpn_effect_series *series, campaign_error *error)
{
    int64_t *keys = cpn_alloc(series->n, sizeof *keys), *order = cpn_alloc(series->n, sizeof *order);
    bool is_done = keys && order;
    for (int64_t t = 0; t < series->n && is_done; t++) /* doubles of one sign sort as their bits */
        memcpy(&keys[t], &(double){ series->rows[t].spend + 0.0 }, sizeof *keys);
    is_done = is_done && cpn_order_int64(order, keys, series->n);
    series->n_levels = is_done ? 1 : 0;
    for (int64_t t = 1; t < series->n && is_done; t++) series->n_levels += keys[order[t]] != keys[order[t - 1]];
    cpn_free(keys);
    cpn_free(order);
    return is_done ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

static campaign_status settle(cpn_effect_series *series, campaign_error *error)
{
    double largest = 0, sum = 0;
    series->n_used = 0;
    series->spend_max = 0;
    for (int64_t t = 0; t < series->n; t++) {
        const cpn_effect_row *row = &series->rows[t];
        series->spend_max = fmax(series->spend_max, row->spend);
        series->n_used += row->counts;
        if (row->counts) largest = fmax(largest, fabs(row->result));
    }
    series->spend_unit = series->spend_max > 0 ? series->spend_max : 1;
    series->result_unit = largest > 0 ? largest : 1;
    for (int64_t t = 0; t < series->n; t++) sum += series->rows[t].spend / series->spend_unit;
    series->spend_mean = sum / (double)series->n * series->spend_unit;
    return count_levels(series, error);
}

static campaign_status cut(cpn_effect_history *h, campaign_error *error)
{
    const bool is_date = h->period.type == CAMPAIGN_TYPE_DATE || h->period.type == CAMPAIGN_TYPE_TIMESTAMP;
    campaign_status status = CAMPAIGN_OK;
    for (int64_t first = 0, end; first < h->n_rows && status == CAMPAIGN_OK; first = end) {
        for (end = first + 1; end < h->n_rows && h->rows[end].item == h->rows[first].item;) end++;
        cpn_effect_series *series = &h->series[h->n_series++];
        *series = (cpn_effect_series){ .rows = &h->rows[first], .n = end - first, .item = h->rows[first].item };
        series->has_periods = h->period.type != 0;
        cpn_effect_settle_periods(series, &h->gaps[first], &h->times[first], is_date);
        status = settle(series, error);
    }
    return status;
}

campaign_status cpn_effect_read(cpn_effect_history *h, const campaign_table *table, const cpn_effect_knobs *knobs,
                                const campaign_runtime *runtime, campaign_error *error)
{
    campaign_status status = find_columns(h, table, &knobs->given, error);
    if (status == CAMPAIGN_OK && h->item.type) status = cpn_keys_create(&h->keys, &h->item, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    h->n_rows = campaign_table_n_rows(table);
    h->rows = cpn_alloc(h->n_rows, sizeof *h->rows);
    h->gaps = cpn_alloc(h->n_rows, sizeof *h->gaps);
    h->times = cpn_alloc(h->n_rows, sizeof *h->times);
    h->series = cpn_alloc(h->item.type ? h->keys.n_keys : 1, sizeof *h->series);
    if (!h->rows || !h->gaps || !h->times || !h->series) return cpn_fail_nomem(error);
    for (int64_t row = 0; row < h->n_rows && status == CAMPAIGN_OK; row++)
        status = read_row(&h->rows[row], h, row, error);
    if (status != CAMPAIGN_OK) return status;
    if (!cpn_sort(h->rows, h->n_rows, sizeof *h->rows, compare_rows, NULL)) return cpn_fail_nomem(error);
    status = check_twice(h, error);
    if (status == CAMPAIGN_OK) status = cut(h, error);
    return status;
}

bool cpn_effect_is_item(const cpn_effect_history *h, int32_t item, const char *text)
{
    if (!h->item.type) return strcmp(text, "all") == 0;
    if (h->keys.type == CAMPAIGN_TYPE_INT64) {
        char digits[CPN_NUMBER_TEXT];
        cpn_format_int64(digits, h->keys.integers[item]);
        return strcmp(text, digits) == 0;
    }
    size_t length;
    const char *key = cpn_cell_text(&h->item, h->keys.first_rows[item], &length);
    return strlen(text) == length && memcmp(key, text, length) == 0;
}

void cpn_effect_free(cpn_effect_history *h)
{
    cpn_keys_free(&h->keys);
    cpn_free(h->rows);
    cpn_free(h->gaps);
    cpn_free(h->times);
    cpn_free(h->series);
    *h = (cpn_effect_history){ 0 };
}
