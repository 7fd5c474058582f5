/* Tables of campaigns, items, prices, territories and promises as windows with keys in codes. */
#include <string.h>

#include "base/memory.h"
#include "base/sort.h"
#include "execution/conflicts/clash.h"

#define UTF8 CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8)

static int compare_windows(const void *a, const void *b, const void *ctx)
{
    const cpn_clash_window *left = a, *right = b;
    (void)ctx;
    if (left->group != right->group) return left->group < right->group ? -1 : 1;
    if (left->start_day != right->start_day) return left->start_day < right->start_day ? -1 : 1;
    if (left->end_day != right->end_day) return left->end_day < right->end_day ? -1 : 1;
    return (left->row > right->row) - (left->row < right->row);
}

campaign_status cpn_clash_sort(cpn_clash_windows *windows, campaign_error *error)
{
    return cpn_sort(windows->all, windows->n, sizeof *windows->all, compare_windows, NULL) ? CAMPAIGN_OK
                                                                                           : cpn_fail_nomem(error);
}

void cpn_clash_windows_free(cpn_clash_windows *windows)
{
    cpn_free(windows->all);
    *windows = (cpn_clash_windows){ 0 };
}

/* Codes of the three key columns; of those that are not there, none. */
typedef struct key_codes {
    cpn_keys group, lane, owner;
} key_codes;

static campaign_status make_codes(key_codes *codes, const cpn_clash_columns *columns, const campaign_runtime *runtime,
                                  campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    if (columns->group.type) status = cpn_keys_create(&codes->group, &columns->group, runtime, error);
    if (status == CAMPAIGN_OK && columns->lane.type)
        status = cpn_keys_create(&codes->lane, &columns->lane, runtime, error);
    if (status == CAMPAIGN_OK && columns->owner.type)
        status = cpn_keys_create(&codes->owner, &columns->owner, runtime, error);
    return status;
}

static campaign_status fail_at(const cpn_clash_columns *columns, int64_t row, campaign_status code, const char *what,
                               campaign_error *error)
{
    return cpn_fail_row(error, code, row, columns->table, "%s", what);
}

static campaign_status read_days(cpn_clash_window *window, const cpn_clash_columns *columns, int64_t row,
                                 campaign_error *error)
{
    if (cpn_is_null(&columns->start, row) || cpn_is_null(&columns->end, row))
        return fail_at(columns, row, CAMPAIGN_E_MISSING, "start and end are required in every row", error);
    window->start_day = cpn_cell_day(&columns->start, row, 0);
    window->end_day = cpn_cell_day(&columns->end, row, 0);
    if (window->end_day > window->start_day) return CAMPAIGN_OK;
    return fail_at(columns, row, CAMPAIGN_E_VALUE, "end is not after start; it is the day after the last", error);
}

static campaign_status read_window(cpn_clash_window *window, const cpn_clash_columns *columns, const key_codes *codes,
                                   int64_t row, campaign_error *error)
{
    *window = (cpn_clash_window){ .lane = -1, .owner = -1, .row = row };
    if (columns->group.type) {
        window->group = codes->group.codes[row];
        window->group_name = cpn_risk_cell(&columns->group, row);
        if (!window->group_name.text) return fail_at(columns, row, CAMPAIGN_E_MISSING, "a key is missing", error);
    }
    if (columns->lane.type) {
        window->lane = codes->lane.codes[row];
        window->lane_name = cpn_risk_cell(&columns->lane, row);
    }
    if (columns->owner.type) {
        window->owner = codes->owner.codes[row];
        window->name = cpn_risk_cell(&columns->owner, row);
        if (!window->name.text) return fail_at(columns, row, CAMPAIGN_E_MISSING, "a name is missing", error);
    }
    if (columns->amount.type) {
        if (cpn_is_null(&columns->amount, row))
            return fail_at(columns, row, CAMPAIGN_E_MISSING, "an amount is missing", error);
        window->amount = cpn_cell_int64(&columns->amount, row);
        if (window->amount < 0) return fail_at(columns, row, CAMPAIGN_E_VALUE, "an amount is negative", error);
    }
    return read_days(window, columns, row, error);
}

campaign_status cpn_clash_read(cpn_clash_windows *windows, const cpn_clash_columns *columns,
                               const campaign_runtime *runtime, campaign_error *error)
{
    key_codes codes = { { 0 }, { 0 }, { 0 } };
    const int64_t n = columns->start.n_rows;
    campaign_status status = make_codes(&codes, columns, runtime, error);
    if (status == CAMPAIGN_OK) {
        windows->all = cpn_alloc(n, sizeof *windows->all);
        if (!windows->all) status = cpn_fail_nomem(error);
    }
    for (int64_t row = 0; row < n && status == CAMPAIGN_OK; row++)
        status = read_window(&windows->all[windows->n++], columns, &codes, row, error);
    windows->n_lanes = columns->lane.type ? (int32_t)codes.lane.n_keys : 0;
    cpn_keys_free(&codes.group);
    cpn_keys_free(&codes.lane);
    cpn_keys_free(&codes.owner);
    return status == CAMPAIGN_OK ? cpn_clash_sort(windows, error) : status;
}

campaign_status cpn_clash_take_currency(cpn_clashes *found, const campaign_column *column, const char *where,
                                        campaign_error *error)
{
    if (!column->type) return CAMPAIGN_OK;
    if (found->currency[0] && (strcmp(found->currency, column->currency) != 0 || found->exponent != column->exponent))
        return cpn_fail(error, CAMPAIGN_E_COLUMN, where, "money in %s with %d decimals beside %s with %d",
                        column->currency, (int)column->exponent, found->currency, (int)found->exponent);
    memcpy(found->currency, column->currency, sizeof found->currency);
    found->exponent = column->exponent;
    return CAMPAIGN_OK;
}
