/* Reads the orders: net sales by day, and the keys of the dimensions.
 * Sums are taken in 128 bits, so that neither the order of rows nor their number can make one overflow on the way. */
#include "plan/targets.h"

#include <string.h>

#include "base/checked.h"
#include "base/date.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"

static const int64_t microseconds_per_day = INT64_C(86400000000);

/* ---- Columns ---------------------------------------------------------------------------------------------------- */

static campaign_status refuse_unit(const campaign_column *column, campaign_error *error)
{
    return cpn_fail(error, CAMPAIGN_E_COLUMN, "orders.amount",
                    "column \"%s\" is %s: the request must say data.amount_unit, \"major\" or \"minor\"", column->name,
                    cpn_type_name(column->type));
}

/* The amount as money of the plan's currency and decimals; converts a copy of the table where it is anything else. */
static campaign_status find_amount(cpn_plan_history *history, cpn_plan_notes *notes, const cpn_plan_request *request,
                                   const campaign_table *orders, campaign_error *error)
{
    const uint32_t types = CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY) | CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64) |
                           CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8) | CPN_ANY_INT;
    campaign_column *amount = &history->amount;
    campaign_status status = cpn_need_column(amount, orders, "orders", request->amount_column, "amount", types, error);
    if (status != CAMPAIGN_OK) return status;
    const bool is_money = amount->type == CAMPAIGN_TYPE_MONEY;
    const bool has_currency = is_money && strcmp(amount->currency, "XXX") != 0;
    if (has_currency && strcmp(amount->currency, request->currency) != 0)
        return cpn_fail(error, CAMPAIGN_E_COLUMN, "orders.amount", "column \"%s\" is in %s, the plan in %s",
                        amount->name, amount->currency, request->currency);
    if (has_currency && amount->exponent == request->exponent) return CAMPAIGN_OK;
    if (!is_money && amount->type != CAMPAIGN_TYPE_UTF8 && request->amount_unit == CAMPAIGN_UNIT_NONE)
        return refuse_unit(amount, error);
    campaign_money_options options = CAMPAIGN_MONEY_OPTIONS_INIT;
    memcpy(options.currency, request->currency, sizeof options.currency);
    options.unit = request->amount_unit;
    options.rounding = request->rounding;
    int64_t n_rounded = 0;
    status = campaign_table_to_money(&history->converted, &n_rounded, orders, amount->name, &options, error);
    if (status == CAMPAIGN_OK && n_rounded > 0)
        status = cpn_plan_note_add(notes, &(cpn_plan_note){ .code = CPN_NOTE_ROWS_ROUNDED, .n = n_rounded }, NULL, NULL,
                                   error);
    return status;
}

static bool wants_dimension(const cpn_plan_request *request, int32_t dimension)
{
    for (int32_t i = 0; i < request->n_split; i++)
        if (!cpn_plan_is_period(request->split[i]) && cpn_plan_dimension(request->split[i]) == dimension) return true;
    return false;
}

/* A dimension named in the split must exist; one of the usual split joins where it does. */
static campaign_status find_dimension(cpn_plan_history *history, const cpn_plan_request *request,
                                      const campaign_table *orders, int32_t dimension, campaign_error *error)
{
    campaign_column *column = &history->dimensions[dimension];
    const char *usual = cpn_plan_level_names[CPN_LEVEL_PRODUCT_LINE + dimension];
    const char *name = request->dimension_columns[dimension];
    if (!wants_dimension(request, dimension)) return CAMPAIGN_OK;
    if (request->has_split) return cpn_need_column(column, orders, "orders", name, usual, CPN_ANY_KEY, error);
    return cpn_find_column(column, orders, "orders", name, usual, CPN_ANY_KEY, error);
}

static campaign_status find_columns(cpn_plan_history *history, cpn_plan_notes *notes, const cpn_plan_request *request,
                                    const campaign_table *orders, campaign_error *error)
{
    campaign_status status = find_amount(history, notes, request, orders, error);
    if (status != CAMPAIGN_OK) return status;
    if (history->converted) {
        const char *name = history->amount.name;
        orders = history->converted;
        status =
            cpn_need_column(&history->amount, orders, "orders", name, name, CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY), error);
    }
    if (status == CAMPAIGN_OK)
        status = cpn_need_column(&history->date, orders, "orders", request->date_column, "date", CPN_ANY_DAY, error);
    for (int32_t i = 0; i < CPN_PLAN_N_DIMENSIONS && status == CAMPAIGN_OK; i++)
        status = find_dimension(history, request, orders, i, error);
    return status;
}

/* ---- Rows ------------------------------------------------------------------------------------------------------- */

static bool is_day(const campaign_column *date, int64_t row)
{
    if (cpn_is_null(date, row)) return false;
    const int64_t value = cpn_cell_int64(date, row);
    const int64_t unit = date->type == CAMPAIGN_TYPE_TIMESTAMP ? microseconds_per_day : 1;
    /* One day of room on the left for a trading day that starts late. */
    return value >= (CAMPAIGN_DAY_MIN + 1) * unit && value < (CAMPAIGN_DAY_MAX + INT64_C(1)) * unit;
}

bool cpn_plan_history_uses(const cpn_plan_history *history, const cpn_plan_request *request, int64_t row, int32_t *day)
{
    if (!is_day(&history->date, row) || cpn_is_null(&history->amount, row)) return false;
    *day = cpn_cell_day(&history->date, row, request->day_starts_at_minutes);
    return *day < request->start_day;
}

static campaign_status refuse_unusable(const cpn_plan_history *history, campaign_error *error)
{
    for (int64_t row = 0; row < history->date.n_rows; row++) {
        if (cpn_is_null(&history->date, row))
            return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "orders.date", "\"%s\" is null", history->date.name);
        if (!is_day(&history->date, row))
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "orders.date", "\"%s\" is outside the years 1 to 9999",
                                history->date.name);
        if (cpn_is_null(&history->amount, row))
            return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "orders.amount", "\"%s\" is null",
                                history->amount.name);
    }
    return CAMPAIGN_OK;
}

/* Lists what is not usable, and counts it by column and kind. */
static campaign_status list_skipped(cpn_plan_history *history, cpn_plan_notes *notes, const campaign_table *orders,
                                    campaign_error *error)
{
    const int64_t unit = history->date.type == CAMPAIGN_TYPE_TIMESTAMP ? microseconds_per_day : 1;
    campaign_column_rule rules[2] = { CAMPAIGN_COLUMN_RULE_INIT, CAMPAIGN_COLUMN_RULE_INIT };
    rules[0].name = history->date.name;
    rules[0].has_minimum = rules[0].has_maximum = 1;
    rules[0].minimum = (CAMPAIGN_DAY_MIN + 1) * unit;
    rules[0].maximum = (CAMPAIGN_DAY_MAX + INT64_C(1)) * unit - 1;
    rules[1].name = history->amount.name;
    campaign_table *counts = NULL;
    campaign_status status = campaign_table_check(&history->skipped, &counts, orders, rules, 2, 0, error);
    if (status != CAMPAIGN_OK) return status;
    const int32_t name = campaign_table_find(counts, "column"), kind = campaign_table_find(counts, "kind");
    const int32_t n = campaign_table_find(counts, "n");
    for (int64_t i = 0; i < campaign_table_n_rows(counts) && status == CAMPAIGN_OK; i++) {
        char column_text[96], kind_text[96];
        campaign_table_format(column_text, sizeof column_text, counts, name, i);
        campaign_table_format(kind_text, sizeof kind_text, counts, kind, i);
        status = cpn_plan_note_add(
            notes, &(cpn_plan_note){ .code = CPN_NOTE_ROWS_SKIPPED, .n = campaign_table_int64(counts, n, i) },
            column_text, kind_text, error);
    }
    campaign_table_free(counts);
    return status;
}

/* First and last day, and the rows that lie in the plan itself. */
static campaign_status find_span(cpn_plan_history *history, cpn_plan_notes *notes, const cpn_plan_request *request,
                                 campaign_error *error)
{
    int64_t n_used = 0, n_after = 0;
    history->first_day = INT32_MAX;
    history->last_day = INT32_MIN;
    for (int64_t row = 0; row < history->date.n_rows; row++) {
        int32_t day = INT32_MIN;
        if (cpn_plan_history_uses(history, request, row, &day)) {
            if (day < history->first_day) history->first_day = day;
            if (day > history->last_day) history->last_day = day;
            n_used++;
        } else if (day >= request->start_day) {
            n_after++;
        }
    }
    campaign_status status = CAMPAIGN_OK;
    if (n_used > 0)
        status = cpn_plan_note_add(notes,
                                   &(cpn_plan_note){ .code = CPN_NOTE_HISTORY_SPAN,
                                                     .n = n_used,
                                                     .first_day = history->first_day,
                                                     .end_day = history->last_day + 1 },
                                   NULL, NULL, error);
    if (status == CAMPAIGN_OK && n_after > 0)
        status = cpn_plan_note_add(notes, &(cpn_plan_note){ .code = CPN_NOTE_ROWS_AFTER_START, .n = n_after }, NULL,
                                   NULL, error);
    return status;
}

static campaign_status add_up_days(cpn_plan_history *history, const cpn_plan_request *request, campaign_error *error)
{
    const int64_t n_days = (int64_t)history->last_day - history->first_day + 1;
    cpn_int128 *sums = cpn_alloc_zero(n_days, sizeof *sums);
    history->day_minor = cpn_alloc(n_days, sizeof *history->day_minor);
    campaign_status status = sums && history->day_minor ? CAMPAIGN_OK : cpn_fail_nomem(error);
    for (int64_t row = 0; row < history->date.n_rows && status == CAMPAIGN_OK; row++) {
        int32_t day;
        if (!cpn_plan_history_uses(history, request, row, &day)) continue;
        cpn_int128 *sum = &sums[day - history->first_day];
        (void)cpn_add_128(sum, *sum, cpn_mul_128(cpn_cell_int64(&history->amount, row), 1));
    }
    for (int64_t i = 0; i < n_days && status == CAMPAIGN_OK; i++) {
        if (cpn_div_128(&history->day_minor[i], sums[i], 1, CAMPAIGN_ROUND_NONE)) continue;
        char text[CAMPAIGN_DATE_TEXT];
        campaign_date_format(text, (int32_t)(history->first_day + i));
        status = cpn_fail(error, CAMPAIGN_E_OVERFLOW, "orders.amount", "the sales of %s do not fit 64 bits", text);
    }
    cpn_free(sums);
    return status;
}

/* The first run of GAP_DAYS and more without sales that begins at i or later; false where there is none. */
static bool find_gap(int64_t *first, int64_t *end, const cpn_plan_history *history, int64_t i)
{
    enum { GAP_DAYS = 28 };
    const int64_t n_days = (int64_t)history->last_day - history->first_day + 1;
    for (; i < n_days; i = *end + 1) {
        *first = *end = i;
        while (*end < n_days && history->day_minor[*end] == 0) ++*end;
        if (*end - *first >= GAP_DAYS) return true;
    }
    return false;
}

/* Weeks without sales within a history that sells on most days; where it sells now and then they say nothing. */
static campaign_status note_gaps(const cpn_plan_history *history, cpn_plan_notes *notes, campaign_error *error)
{
    const int64_t n_days = (int64_t)history->last_day - history->first_day + 1;
    int64_t n_sold = 0, first, end;
    for (int64_t i = 0; i < n_days; i++) n_sold += history->day_minor[i] != 0;
    campaign_status status = CAMPAIGN_OK;
    if (n_sold * 2 < n_days) return status;
    for (int64_t i = 0; status == CAMPAIGN_OK && find_gap(&first, &end, history, i); i = end)
        status = cpn_plan_note_add(notes,
                                   &(cpn_plan_note){ .code = CPN_NOTE_HISTORY_GAP,
                                                     .n = end - first,
                                                     .first_day = (int32_t)(history->first_day + first),
                                                     .end_day = (int32_t)(history->first_day + end) },
                                   NULL, NULL, error);
    return status;
}

/* Empty text and control characters name nothing: such rows count as unassigned. */
static campaign_status drop_unusable_keys(cpn_plan_history *history, int32_t dimension, campaign_error *error)
{
    cpn_keys *keys = &history->keys[dimension];
    if (keys->type != CAMPAIGN_TYPE_UTF8) return CAMPAIGN_OK;
    bool *is_unusable = cpn_alloc_zero(keys->n_keys, sizeof *is_unusable);
    history->is_unusable[dimension] = is_unusable;
    if (!is_unusable) return cpn_fail_nomem(error);
    for (int64_t key = 0; key < keys->n_keys; key++) {
        size_t length;
        const char *text = cpn_cell_text(&history->dimensions[dimension], keys->first_rows[key], &length);
        is_unusable[key] = !cpn_is_key(text, length);
    }
    for (int64_t row = 0; row < keys->n_rows; row++)
        if (keys->codes[row] >= 0 && is_unusable[keys->codes[row]]) keys->codes[row] = -1;
    return CAMPAIGN_OK;
}

static campaign_status read_keys(cpn_plan_history *history, int32_t dimension, const campaign_runtime *runtime,
                                 campaign_error *error)
{
    if (history->dimensions[dimension].type == 0) return CAMPAIGN_OK;
    campaign_status status =
        cpn_keys_create(&history->keys[dimension], &history->dimensions[dimension], runtime, error);
    if (status == CAMPAIGN_OK) status = drop_unusable_keys(history, dimension, error);
    return status;
}

/* ---- Stage ------------------------------------------------------------------------------------------------------ */

static campaign_status read_orders(cpn_plan_history *history, cpn_plan_notes *notes, const cpn_plan_request *request,
                                   const campaign_table *orders, campaign_error *error)
{
    campaign_status status = find_columns(history, notes, request, orders, error);
    if (status == CAMPAIGN_OK && request->fails_on_null) status = refuse_unusable(history, error);
    if (status == CAMPAIGN_OK && !request->fails_on_null) status = list_skipped(history, notes, orders, error);
    if (status == CAMPAIGN_OK) status = find_span(history, notes, request, error);
    if (status == CAMPAIGN_OK && history->first_day <= history->last_day) status = add_up_days(history, request, error);
    if (status == CAMPAIGN_OK && history->day_minor) status = note_gaps(history, notes, error);
    return status;
}

/* Without orders nothing can be split by a dimension. */
static campaign_status refuse_split(const cpn_plan_request *request, campaign_error *error)
{
    for (int32_t i = 0; request->has_split && i < request->n_split; i++)
        if (!cpn_plan_is_period(request->split[i]))
            return cpn_fail(error, CAMPAIGN_E_MISSING, "split", "a split by %s needs orders",
                            cpn_plan_level_names[request->split[i]]);
    return CAMPAIGN_OK;
}

campaign_status cpn_plan_history_read(cpn_plan_history *history, cpn_plan_notes *notes, const cpn_plan_request *request,
                                      const campaign_table *orders, const campaign_runtime *runtime,
                                      campaign_error *error)
{
    memset(history, 0, sizeof *history);
    history->first_day = INT32_MAX;
    history->last_day = INT32_MIN;
    campaign_status status = CAMPAIGN_OK;
    if (orders)
        status = read_orders(history, notes, request, orders, error);
    else
        status = refuse_split(request, error);
    for (int32_t i = 0; i < CPN_PLAN_N_DIMENSIONS && status == CAMPAIGN_OK; i++)
        status = read_keys(history, i, runtime, error);
    if (status == CAMPAIGN_OK && history->first_day > history->last_day)
        status = cpn_plan_note_add(notes, &(cpn_plan_note){ .code = CPN_NOTE_NO_HISTORY }, NULL, NULL, error);
    if (status != CAMPAIGN_OK) cpn_plan_history_free(history);
    return status;
}

const char *cpn_plan_history_label(const cpn_plan_history *history, int32_t dimension, int64_t key, char buffer[32],
                                   size_t *length)
{
    const cpn_keys *keys = &history->keys[dimension];
    if (keys->type == CAMPAIGN_TYPE_UTF8)
        return cpn_cell_text(&history->dimensions[dimension], keys->first_rows[key], length);
    *length = cpn_format_int64(buffer, keys->integers[key]);
    return buffer;
}

/* -1, 0 or 1: key against text. */
static int compare_key(const cpn_plan_history *history, int32_t dimension, int64_t key, const char *text, size_t length,
                       int64_t number)
{
    const cpn_keys *keys = &history->keys[dimension];
    if (keys->type != CAMPAIGN_TYPE_UTF8) return (keys->integers[key] > number) - (keys->integers[key] < number);
    size_t n;
    const char *label = cpn_cell_text(&history->dimensions[dimension], keys->first_rows[key], &n);
    const int order = memcmp(label, text, n < length ? n : length);
    return order != 0 ? order : (n > length) - (n < length);
}

int32_t cpn_plan_history_find(const cpn_plan_history *history, int32_t dimension, const char *text, size_t length)
{
    int64_t low = 0, high = history->keys[dimension].n_keys, number = 0;
    if (history->keys[dimension].type != CAMPAIGN_TYPE_UTF8 && !cpn_parse_int64(&number, text, length)) return -1;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        const int order = compare_key(history, dimension, middle, text, length, number);
        if (order == 0)
            return history->is_unusable[dimension] && history->is_unusable[dimension][middle] ? -1 : (int32_t)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

void cpn_plan_history_free(cpn_plan_history *history)
{
    for (int32_t i = 0; i < CPN_PLAN_N_DIMENSIONS; i++) {
        cpn_keys_free(&history->keys[i]);
        cpn_free(history->is_unusable[i]);
    }
    cpn_free(history->day_minor);
    campaign_table_free(history->converted);
    campaign_table_free(history->skipped);
    memset(history, 0, sizeof *history);
}
