/* Reads targets, capacity, months and ramp, and reckons with them: days in four decimals, visits and shares in six, win rates
 * in nine, as quotas from capacity do. */
#include <string.h>

#include "allocate/quota/capacity.h"
#include "allocate/quota/product.h"
#include "base/checked.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/sort.h"
#include "execution/headcount.h"

#define NUMBER (CPN_TYPE_BIT(CAMPAIGN_TYPE_FLOAT64) | CPN_ANY_INT)
#define MONEY  CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY)

/* ---- Numbers ----------------------------------------------------------------------------------------------------- */

typedef struct number_column {
    campaign_column column;
    const char *name, *where;
    double most;
    int32_t decimals;
} number_column;

static campaign_status take_number(int64_t *value, const number_column *from, int64_t row, campaign_error *error)
{
    int64_t whole, part;
    char text[CPN_NUMBER_TEXT], most[CPN_NUMBER_TEXT];
    if (cpn_is_null(&from->column, row))
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, from->where, "%s is null", from->name);
    const bool is_float = from->column.type == CAMPAIGN_TYPE_FLOAT64;
    const double number =
        is_float ? ((const double *)from->column.values)[row] : (double)cpn_cell_int64(&from->column, row);
    if (number >= 0 && number <= from->most) {
        (void)cpn_quota_decimal(&whole, &part, number, from->decimals);
        *value = whole * cpn_power_of_ten(from->decimals) + part;
        return CAMPAIGN_OK;
    }
    (void)cpn_format_double(text, number);
    (void)cpn_format_double(most, from->most);
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, from->where, "%s is %s, expected 0 to %s", from->name, text,
                        most);
}

static campaign_status take_month(int32_t *month, const campaign_column *column, int64_t row, const char *where,
                                  campaign_error *error)
{
    if (cpn_is_null(column, row)) return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, where, "month is null");
    const int64_t value = cpn_cell_int64(column, row);
    if (value < 1 || value > CPN_HEADS_MONTHS)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, where, "month is %lld, expected 1 to %d", (long long)value,
                            CPN_HEADS_MONTHS);
    *month = (int32_t)value;
    return CAMPAIGN_OK;
}

/* Values by month, each month once. */
static campaign_status read_months(int64_t *values, bool *is_there, number_column *from, const campaign_table *table,
                                   const char *name, campaign_error *error)
{
    campaign_column month_column;
    campaign_status status = cpn_need_column(&month_column, table, name, NULL, "month", CPN_ANY_INT, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&from->column, table, name, NULL, from->name, NUMBER, error);
    for (int64_t row = 0; status == CAMPAIGN_OK && row < campaign_table_n_rows(table); row++) {
        int32_t month = 0;
        status = take_month(&month, &month_column, row, name, error);
        if (status != CAMPAIGN_OK) break;
        if (is_there[month - 1])
            return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row, name, "month %d stands twice", (int)month);
        is_there[month - 1] = true;
        status = take_number(&values[month - 1], from, row, error);
    }
    return status;
}

static campaign_status read_periods(cpn_heads *heads, const campaign_headcount_inputs *inputs, campaign_error *error)
{
    number_column days = {
        .name = "working_days", .where = "months.working_days", .most = 31, .decimals = CPN_DAY_DECIMALS
    };
    number_column share = { .name = "share", .where = "ramp.share", .most = 2, .decimals = CPN_SHARE_DECIMALS };
    int64_t shares[CPN_HEADS_MONTHS] = { 0 };
    bool is_there[CPN_HEADS_MONTHS] = { false };
    campaign_status status = read_months(heads->days, heads->has_days, &days, inputs->months, "months", error);
    if (status != CAMPAIGN_OK || !inputs->ramp) return status;
    status = read_months(shares, is_there, &share, inputs->ramp, "ramp", error);
    for (int32_t i = 0; status == CAMPAIGN_OK && i < (int32_t)campaign_table_n_rows(inputs->ramp); i++) {
        if (!is_there[i])
            return cpn_fail(error, CAMPAIGN_E_MISSING, "ramp", "month %d of the ramp is missing: months have no holes",
                            (int)i + 1);
        if (shares[i] < cpn_power_of_ten(CPN_SHARE_DECIMALS)) heads->n_ramp = i + 1;
    }
    return status;
}

/* ---- Capacity ---------------------------------------------------------------------------------------------------- */

typedef struct capacity_columns {
    campaign_column market, ticket, have;
    number_column visits, win_rate, share;
} capacity_columns;

static campaign_status find_capacity(capacity_columns *c, const campaign_table *table, campaign_error *error)
{
    c->visits = (number_column){
        .name = "visits_a_day", .where = "capacity.visits_a_day", .most = 1e6, .decimals = CPN_VISIT_DECIMALS
    };
    c->win_rate =
        (number_column){ .name = "win_rate", .where = "capacity.win_rate", .most = 1, .decimals = CPN_WIN_DECIMALS };
    c->share = (number_column){ .name = "share", .where = "capacity.share", .most = 1, .decimals = CPN_SHARE_DECIMALS };
    campaign_status status =
        cpn_find_column(&c->market, table, "capacity", NULL, "market", CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8), error);
    if (status == CAMPAIGN_OK)
        status = cpn_need_column(&c->visits.column, table, "capacity", NULL, "visits_a_day", NUMBER, error);
    if (status == CAMPAIGN_OK)
        status = cpn_need_column(&c->win_rate.column, table, "capacity", NULL, "win_rate", NUMBER, error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&c->ticket, table, "capacity", NULL, "ticket", MONEY, error);
    if (status == CAMPAIGN_OK) status = cpn_find_column(&c->have, table, "capacity", NULL, "have", CPN_ANY_INT, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&c->share.column, table, "capacity", NULL, "share", NUMBER, error);
    return status;
}

static campaign_status take_market(cpn_heads_market *market, const capacity_columns *c, int64_t row,
                                   campaign_error *error)
{
    if (market->is_there)
        return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row, "capacity.market", "the market stands twice");
    market->is_there = true;
    market->share = cpn_power_of_ten(CPN_SHARE_DECIMALS);
    campaign_status status = take_number(&market->visits, &c->visits, row, error);
    if (status == CAMPAIGN_OK) status = take_number(&market->win_rate, &c->win_rate, row, error);
    if (status == CAMPAIGN_OK) status = cpn_quota_amount(&market->ticket, &c->ticket, row, "capacity.ticket", error);
    if (status == CAMPAIGN_OK && c->share.column.type != 0 && !cpn_is_null(&c->share.column, row))
        status = take_number(&market->share, &c->share, row, error);
    if (status != CAMPAIGN_OK || c->have.type == 0 || cpn_is_null(&c->have, row)) return status;
    market->have = cpn_cell_int64(&c->have, row);
    if (market->have >= 0 && market->have <= CPN_HEADS_MOST) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "capacity.have", "have is %lld, expected 0 to %d",
                        (long long)market->have, CPN_HEADS_MOST);
}

/* Number of the market among those of the targets; -1 for all, -2 where no target is of it. */
static int32_t find_market(const cpn_heads *heads, const campaign_column *column, int64_t row)
{
    size_t length, other_length;
    if (column->type == 0 || cpn_is_null(column, row)) return -1;
    const char *text = cpn_cell_text(column, row, &length);
    for (int64_t key = 0; heads->markets.codes && key < heads->markets.n_keys; key++) {
        const char *other = cpn_cell_text(&heads->market_column, heads->markets.first_rows[key], &other_length);
        if (length == other_length && memcmp(text, other, length) == 0) return (int32_t)key;
    }
    return -2;
}

static campaign_status read_capacity(cpn_heads *heads, const campaign_table *table, campaign_error *error)
{
    capacity_columns columns;
    campaign_status status = find_capacity(&columns, table, error);
    if (status != CAMPAIGN_OK) return status;
    if (strcmp(columns.ticket.currency, heads->target_column.currency) != 0 ||
        columns.ticket.exponent != heads->target_column.exponent)
        return cpn_fail(error, CAMPAIGN_E_COLUMN, "capacity.ticket", "tickets are in %s, targets are in %s",
                        columns.ticket.currency, heads->target_column.currency);
    for (int64_t row = 0; status == CAMPAIGN_OK && row < campaign_table_n_rows(table); row++) {
        cpn_heads_market other = { 0 };
        const int32_t market = find_market(heads, &columns.market, row);
        status = take_market(market == -2 ? &other : &heads->capacity[market + 1], &columns, row, error);
    }
    return status;
}

/* ---- Targets ----------------------------------------------------------------------------------------------------- */

static int compare_rows(const void *a, const void *b, const void *ctx)
{
    const cpn_heads_row *left = a, *right = b;
    (void)ctx;
    if (left->market != right->market) return left->market < right->market ? -1 : 1;
    return left->month != right->month ? (left->month < right->month ? -1 : 1) : 0;
}

static campaign_status take_targets(cpn_heads *heads, const campaign_column *month, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int64_t row = 0; status == CAMPAIGN_OK && row < heads->n_rows; row++) {
        cpn_heads_row *at = &heads->rows[row];
        at->row = row;
        at->market = heads->markets.codes ? heads->markets.codes[row] : -1;
        status = take_month(&at->month, month, row, "targets.month", error);
        if (status == CAMPAIGN_OK)
            status = cpn_quota_amount(&at->target, &heads->target_column, row, "targets.target", error);
        if (status == CAMPAIGN_OK && !heads->has_days[at->month - 1])
            status = cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "targets.month", "month %d has no working days",
                                  (int)at->month);
    }
    if (status == CAMPAIGN_OK && !cpn_sort(heads->rows, heads->n_rows, sizeof *heads->rows, compare_rows, NULL))
        return cpn_fail_nomem(error);
    for (int64_t i = 1; status == CAMPAIGN_OK && i < heads->n_rows; i++)
        if (compare_rows(&heads->rows[i - 1], &heads->rows[i], NULL) == 0)
            status = cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, heads->rows[i].row, "targets.month",
                                  "month %d of the market stands twice", (int)heads->rows[i].month);
    return status;
}

campaign_status cpn_heads_read(cpn_heads *heads, const campaign_headcount_inputs *inputs, campaign_error *error)
{
    const campaign_table *targets = inputs->targets;
    campaign_column month;
    campaign_status status = cpn_find_column(&heads->market_column, targets, "targets", NULL, "market",
                                             CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8), error);
    if (status == CAMPAIGN_OK) status = cpn_need_column(&month, targets, "targets", NULL, "month", CPN_ANY_INT, error);
    if (status == CAMPAIGN_OK)
        status = cpn_need_column(&heads->target_column, targets, "targets", NULL, "target", MONEY, error);
    if (status == CAMPAIGN_OK && heads->market_column.type != 0)
        status = cpn_keys_create(&heads->markets, &heads->market_column, NULL, error);
    if (status != CAMPAIGN_OK) return status;
    heads->n_rows = campaign_table_n_rows(targets);
    heads->rows = cpn_alloc_zero(heads->n_rows, sizeof *heads->rows);
    heads->capacity = cpn_alloc_zero(heads->markets.n_keys + 1, sizeof *heads->capacity);
    if (!heads->rows || !heads->capacity) return cpn_fail_nomem(error);
    status = read_periods(heads, inputs, error);
    if (status == CAMPAIGN_OK) status = take_targets(heads, &month, error);
    return status == CAMPAIGN_OK ? read_capacity(heads, inputs->capacity, error) : status;
}

void cpn_heads_free(cpn_heads *heads)
{
    cpn_keys_free(&heads->markets);
    cpn_free(heads->capacity);
    cpn_free(heads->rows);
}

/* ---- Reckoning --------------------------------------------------------------------------------------------------- */

enum { N_FACTORS = 5 };

bool cpn_heads_capacity(int64_t *minor, const cpn_heads *heads, const cpn_heads_market *market, int32_t month)
{
    const int64_t factors[N_FACTORS] = { heads->days[month - 1], market->visits, market->win_rate, market->ticket,
                                         market->share };
    const int64_t divisors[4] = { cpn_power_of_ten(CPN_DAY_DECIMALS), cpn_power_of_ten(CPN_VISIT_DECIMALS),
                                  cpn_power_of_ten(CPN_WIN_DECIMALS), cpn_power_of_ten(CPN_SHARE_DECIMALS) };
    return cpn_quota_divide_products(minor, factors, N_FACTORS, divisors, 4);
}

/* Whether n people sell the target: n × days × visits × win rate × ticket × share ≥ target × the decimals of all. */
static bool sell(int64_t n, const cpn_heads *heads, const cpn_heads_market *market, int32_t month, int64_t target)
{
    uint64_t room_a[N_FACTORS + 2], room_b[N_FACTORS + 2];
    cpn_quota_product sold = { room_a, 0 }, wanted = { room_b, 0 };
    const int64_t factors[N_FACTORS + 1] = {
        n, heads->days[month - 1], market->visits, market->win_rate, market->ticket, market->share
    };
    const int32_t decimals[4] = { CPN_DAY_DECIMALS, CPN_VISIT_DECIMALS, CPN_WIN_DECIMALS, CPN_SHARE_DECIMALS };
    cpn_quota_product_start(&sold);
    cpn_quota_product_start(&wanted);
    for (int32_t i = 0; i <= N_FACTORS; i++) cpn_quota_product_multiply(&sold, (uint64_t)factors[i]);
    cpn_quota_product_multiply(&wanted, (uint64_t)target);
    for (int32_t i = 0; i < 4; i++) cpn_quota_product_multiply(&wanted, (uint64_t)cpn_power_of_ten(decimals[i]));
    return cpn_quota_product_compare(&sold, &wanted) >= 0;
}

int64_t cpn_heads_needed(const cpn_heads *heads, const cpn_heads_market *market, int32_t month, int64_t target)
{
    int64_t low = 0, high = (int64_t)CPN_HEADS_MOST + 1;
    if (target == 0) return 0;
    if (heads->days[month - 1] == 0 || market->visits == 0 || market->win_rate == 0 || market->ticket == 0 ||
        market->share == 0)
        return -1;
    while (low + 1 < high) { /* low people do not sell it */
        const int64_t middle = low + (high - low) / 2;
        if (sell(middle, heads, market, month, target))
            high = middle;
        else
            low = middle;
    }
    return high;
}
