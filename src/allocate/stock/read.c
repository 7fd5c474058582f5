/* Reads the rows of demand, or of items to order: keys, distributions, worths and bounds, in key order. */
#include <math.h>
#include <string.h>

#include "allocate/stock/store.h"
#include "base/checked.h"
#include "base/memory.h"
#include "base/sort.h"

#define MOST_UNITS ((double)CPN_SHELF_MOST_UNITS)
/* Money of a piece: so small that its product with any number of pieces fits. */
#define MOST_MONEY 1e9
#define A_NUMBER   (CPN_ANY_INT | 1 << CAMPAIGN_TYPE_FLOAT64)
#define A_MONEY    (1 << CAMPAIGN_TYPE_MONEY)

enum {
    SKU,
    DISTRIBUTION,
    MEAN,
    DEVIATION,
    MARGIN,
    SHORTAGE,
    LEFT,
    ON_HAND,
    MAXIMUM,
    PACK,
    DISPLAY,
    STORE_OR_COST,
    SAFETY_OR_PEAK,
    N_FIELDS
};

static const cpn_shelf_spec demand_specs[N_FIELDS] = {
    [SKU] = { "sku", "demand.sku", CPN_ANY_KEY, true, 0, 0, 0 },
    [DISTRIBUTION] = { "distribution", "demand.distribution", 1 << CAMPAIGN_TYPE_UTF8, false, 0, 0, 0 },
    [MEAN] = { "mean", "demand.mean", A_NUMBER, false, 0, MOST_UNITS, -1 },
    [DEVIATION] = { "deviation", "demand.deviation", A_NUMBER, false, 0, MOST_UNITS, -1 },
    [MARGIN] = { "margin", "demand.margin", A_MONEY, false, -MOST_MONEY, MOST_MONEY, 0 },
    [SHORTAGE] = { "shortage_cost", "demand.shortage_cost", A_MONEY, false, 0, MOST_MONEY, 0 },
    [LEFT] = { "left_value", "demand.left_value", A_MONEY, false, -MOST_MONEY, MOST_MONEY, 0 },
    [ON_HAND] = { "on_hand", "demand.on_hand", CPN_ANY_INT, false, 0, MOST_UNITS, 0 },
    [MAXIMUM] = { "maximum", "demand.maximum", CPN_ANY_INT, false, 0, MOST_UNITS, -1 },
    [PACK] = { "pack", "demand.pack", CPN_ANY_INT, false, 1, MOST_UNITS, 1 },
    [DISPLAY] = { "min_display", "demand.min_display", CPN_ANY_INT, false, 0, MOST_UNITS, 0 },
    [STORE_OR_COST] = { "store", "demand.store", CPN_ANY_KEY, true, 0, 0, 0 },
    [SAFETY_OR_PEAK] = { "safety", "demand.safety", CPN_ANY_INT, false, 0, MOST_UNITS, 0 },
};

static const cpn_shelf_spec item_specs[N_FIELDS] = {
    [SKU] = { "sku", "items.sku", CPN_ANY_KEY, true, 0, 0, 0 },
    [DISTRIBUTION] = { "distribution", "items.distribution", 1 << CAMPAIGN_TYPE_UTF8, false, 0, 0, 0 },
    [MEAN] = { "mean", "items.mean", A_NUMBER, false, 0, MOST_UNITS, -1 },
    [DEVIATION] = { "deviation", "items.deviation", A_NUMBER, false, 0, MOST_UNITS, -1 },
    [MARGIN] = { "price", "items.price", A_MONEY, true, 0, MOST_MONEY, 0 },
    [SHORTAGE] = { "shortage_cost", "items.shortage_cost", A_MONEY, false, 0, MOST_MONEY, 0 },
    [LEFT] = { "salvage", "items.salvage", A_MONEY, false, -MOST_MONEY, MOST_MONEY, 0 },
    [ON_HAND] = { "on_hand", "items.on_hand", CPN_ANY_INT, false, 0, MOST_UNITS, 0 },
    [MAXIMUM] = { "maximum", "items.maximum", CPN_ANY_INT, false, 0, MOST_UNITS, -1 },
    [PACK] = { "pack", "items.pack", CPN_ANY_INT, false, 1, MOST_UNITS, 1 },
    [DISPLAY] = { "min_order", "items.min_order", CPN_ANY_INT, false, 0, MOST_UNITS, 0 },
    [STORE_OR_COST] = { "cost", "items.cost", A_MONEY, true, 0, MOST_MONEY, 0 },
    [SAFETY_OR_PEAK] = { "peak", "items.peak", A_NUMBER, false, 0, MOST_UNITS, NAN },
};

static const char *const kind_words[] = {
    [CPN_SHELF_NORMAL] = "normal",       [CPN_SHELF_TRUNCATED_NORMAL] = "truncated_normal",
    [CPN_SHELF_POISSON] = "poisson",     [CPN_SHELF_NEGATIVE_BINOMIAL] = "negative_binomial",
    [CPN_SHELF_UNIFORM] = "uniform",     [CPN_SHELF_EXPONENTIAL] = "exponential",
    [CPN_SHELF_EMPIRICAL] = "empirical", [CPN_SHELF_DETERMINISTIC] = "deterministic",
};

/* ---- Distributions ----------------------------------------------------------------------------------------------- */

static campaign_status read_kind(cpn_shelf_demand *demand, const cpn_shelf_field *field, int64_t row,
                                 campaign_error *error)
{
    demand->kind = demand->deviation >= 0 ? CPN_SHELF_NORMAL : CPN_SHELF_POISSON;
    if (!cpn_shelf_has(field, row)) return CAMPAIGN_OK;
    size_t length;
    const char *word = cpn_cell_text(&field->column, row, &length);
    for (int32_t i = 0; i <= CPN_SHELF_DETERMINISTIC; i++)
        if (strlen(kind_words[i]) == length && memcmp(kind_words[i], word, length) == 0) {
            demand->kind = (cpn_shelf_kind)i;
            return CAMPAIGN_OK;
        }
    char text[64];
    (void)cpn_format_cell(text, sizeof text, &field->column, row);
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, field->spec->where,
                        "\"%s\" is none of normal, truncated_normal, poisson, negative_binomial, uniform, exponential, "
                        "empirical, deterministic",
                        text);
}

/* Mean and deviation as the kind needs them. */
static campaign_status check_demand(cpn_shelf_demand *demand, const cpn_shelf_field *fields, int64_t row,
                                    campaign_error *error)
{
    const cpn_shelf_kind kind = demand->kind;
    const char *mean = fields[MEAN].spec->where, *deviation = fields[DEVIATION].spec->where;
    const bool needs_deviation = kind == CPN_SHELF_NORMAL || kind == CPN_SHELF_TRUNCATED_NORMAL ||
                                 kind == CPN_SHELF_UNIFORM || kind == CPN_SHELF_NEGATIVE_BINOMIAL;
    if (kind == CPN_SHELF_EMPIRICAL) return CAMPAIGN_OK;
    if (demand->mean < 0)
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, mean, "a demand of %s needs its mean", kind_words[kind]);
    if (needs_deviation && demand->deviation < 0)
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, deviation, "a demand of %s needs its deviation",
                            kind_words[kind]);
    const double square = demand->deviation * demand->deviation;
    if (kind == CPN_SHELF_NEGATIVE_BINOMIAL && demand->mean > 0 && !(square > demand->mean * (1 + 1e-9)))
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, deviation,
                            "the square of the deviation of a negative_binomial is above its mean; poisson has none");
    if (kind == CPN_SHELF_UNIFORM && square * 3 > demand->mean * demand->mean * (1 + 1e-9))
        return cpn_fail_row(
            error, CAMPAIGN_E_VALUE, row, deviation,
            "a uniform demand of this deviation would reach below 0; at most mean / 1.7320508 is possible");
    return CAMPAIGN_OK;
}

static campaign_status read_demand(cpn_shelf_demand *demand, const cpn_shelf_field *fields, int64_t row,
                                   campaign_error *error)
{
    campaign_status status = cpn_shelf_float(&demand->mean, &fields[MEAN], row, error);
    if (status == CAMPAIGN_OK) status = cpn_shelf_float(&demand->deviation, &fields[DEVIATION], row, error);
    if (status == CAMPAIGN_OK) status = read_kind(demand, &fields[DISTRIBUTION], row, error);
    if (status == CAMPAIGN_OK) status = check_demand(demand, fields, row, error);
    if (status == CAMPAIGN_OK && demand->deviation < 0) demand->deviation = 0;
    return status;
}

/* ---- Worths and bounds ------------------------------------------------------------------------------------------- */

static campaign_status check_worth(const cpn_shelf_row *row, const cpn_shelf_field *fields, bool is_order,
                                   campaign_error *error)
{
    const double worth = row->margin + row->shortage - row->left;
    if (is_order && row->left > row->cost)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row->table_row, fields[LEFT].spec->where,
                            "salvage is above the cost: every piece bought would pay, sold or not");
    if (worth < 0 && (is_order || row->left > 0))
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row->table_row, fields[LEFT].spec->where,
                            "a piece left over is worth more than one sold");
    return CAMPAIGN_OK;
}

static campaign_status read_money(cpn_shelf_row *row, const cpn_shelf_problem *problem, const cpn_shelf_field *fields,
                                  bool is_order, campaign_error *error)
{
    const double minor = (double)cpn_power_of_ten(problem->exponent);
    int64_t margin, shortage, left;
    campaign_status status = cpn_shelf_int(&margin, &fields[MARGIN], row->table_row, error);
    if (status == CAMPAIGN_OK) status = cpn_shelf_int(&shortage, &fields[SHORTAGE], row->table_row, error);
    if (status == CAMPAIGN_OK) status = cpn_shelf_int(&left, &fields[LEFT], row->table_row, error);
    if (status == CAMPAIGN_OK && is_order)
        status = cpn_shelf_int(&row->cost_minor, &fields[STORE_OR_COST], row->table_row, error);
    if (status != CAMPAIGN_OK) return status;
    if (problem->has_margin && !cpn_shelf_has(&fields[MARGIN], row->table_row))
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, row->table_row, fields[MARGIN].spec->where, "%s is null",
                            fields[MARGIN].spec->name);
    row->margin = problem->has_margin ? (double)margin / minor : 1;
    row->shortage = (double)shortage / minor;
    row->left = (double)left / minor;
    row->cost = (double)row->cost_minor / minor;
    return check_worth(row, fields, is_order, error);
}

static campaign_status read_bounds(cpn_shelf_row *row, const cpn_shelf_field *fields, bool is_order,
                                   campaign_error *error)
{
    const int64_t at = row->table_row;
    campaign_status status = cpn_shelf_int(&row->on_hand, &fields[ON_HAND], at, error);
    if (status == CAMPAIGN_OK) status = cpn_shelf_int(&row->maximum, &fields[MAXIMUM], at, error);
    if (status == CAMPAIGN_OK) status = cpn_shelf_int(&row->pack, &fields[PACK], at, error);
    if (status == CAMPAIGN_OK) status = cpn_shelf_int(&row->display, &fields[DISPLAY], at, error);
    if (status != CAMPAIGN_OK) return status;
    if (is_order) return cpn_shelf_float(&row->peak, &fields[SAFETY_OR_PEAK], at, error);
    status = cpn_shelf_int(&row->safety, &fields[SAFETY_OR_PEAK], at, error);
    if (status != CAMPAIGN_OK || row->maximum < 0 || row->safety <= row->on_hand) return status;
    const int64_t packs = (row->safety - row->on_hand + row->pack - 1) / row->pack;
    if (row->on_hand + packs * row->pack <= row->maximum) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_INFEASIBLE, at, "demand.safety",
                        "a safety stock of %lld takes %lld packs of %lld, beyond the maximum of %lld",
                        (long long)row->safety, (long long)packs, (long long)row->pack, (long long)row->maximum);
}

/* ---- Rows in key order ------------------------------------------------------------------------------------------- */

/* One currency for all money columns; without any, plain pieces. */
static campaign_status find_currency(cpn_shelf_problem *problem, const cpn_shelf_field *fields, campaign_error *error)
{
    static const int32_t columns[] = { MARGIN, SHORTAGE, LEFT, STORE_OR_COST };
    problem->has_margin = fields[MARGIN].column.type != 0;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        const cpn_shelf_field *field = &fields[columns[i]];
        if (field->column.type != CAMPAIGN_TYPE_MONEY) continue;
        if (problem->currency[0] &&
            (strcmp(problem->currency, field->column.currency) != 0 || problem->exponent != field->column.exponent))
            return cpn_fail(error, CAMPAIGN_E_COLUMN, field->spec->where, "%s is in %s, what stands before it in %s",
                            field->spec->name, field->column.currency, problem->currency);
        memcpy(problem->currency, field->column.currency, sizeof problem->currency);
        problem->exponent = field->column.exponent;
    }
    if (problem->currency[0] && !problem->has_margin)
        return cpn_fail(error, CAMPAIGN_E_COLUMN, fields[MARGIN].spec->where,
                        "column \"margin\" (money) is missing beside other money");
    return CAMPAIGN_OK;
}

static campaign_status make_keys(cpn_shelf_problem *problem, const cpn_shelf_field *fields, bool is_order,
                                 const campaign_runtime *runtime, campaign_error *error)
{
    problem->skus.column = fields[SKU].column;
    campaign_status status = cpn_keys_create(&problem->skus.keys, &fields[SKU].column, runtime, error);
    if (status != CAMPAIGN_OK || is_order) return status;
    problem->stores.column = fields[STORE_OR_COST].column;
    return cpn_keys_create(&problem->stores.keys, &fields[STORE_OR_COST].column, runtime, error);
}

/* Table rows in key order. */
static campaign_status order_rows(int64_t *order, const cpn_shelf_problem *problem, const cpn_shelf_field *fields,
                                  bool is_order, campaign_error *error)
{
    const int64_t n = problem->n_rows, n_stores = is_order ? 1 : problem->stores.keys.n_keys;
    int64_t *codes = cpn_alloc(n, sizeof *codes);
    if (!codes) return cpn_fail_nomem(error);
    campaign_status status = CAMPAIGN_OK;
    for (int64_t i = 0; i < n && status == CAMPAIGN_OK; i++) {
        const int32_t sku = problem->skus.keys.codes[i], store = is_order ? 0 : problem->stores.keys.codes[i];
        const cpn_shelf_field *null = sku < 0 ? &fields[SKU] : &fields[STORE_OR_COST];
        codes[i] = sku * n_stores + store;
        if (sku < 0 || store < 0)
            status = cpn_fail_row(error, CAMPAIGN_E_MISSING, i, null->spec->where, "%s is null", null->spec->name);
    }
    if (status == CAMPAIGN_OK && !cpn_order_int64(order, codes, n)) status = cpn_fail_nomem(error);
    for (int64_t i = 1; i < n && status == CAMPAIGN_OK; i++) {
        if (codes[order[i]] != codes[order[i - 1]]) continue;
        char sku[CPN_NAMED_KEY_TEXT], store[CPN_NAMED_KEY_TEXT] = "";
        cpn_named_key_text(sku, &problem->skus, codes[order[i]] / n_stores);
        if (!is_order) cpn_named_key_text(store, &problem->stores, codes[order[i]] % n_stores);
        status = cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, order[i], fields[SKU].spec->where,
                              is_order ? "sku \"%s\"%s stands twice" : "sku \"%s\" at store \"%s\" stands twice", sku,
                              store);
    }
    cpn_free(codes);
    return status;
}

static campaign_status read_row(cpn_shelf_row *row, const cpn_shelf_problem *problem, const cpn_shelf_field *fields,
                                bool is_order, campaign_error *error)
{
    row->sku = problem->skus.keys.codes[row->table_row];
    row->store = is_order ? 0 : problem->stores.keys.codes[row->table_row];
    row->pool = -1;
    campaign_status status = read_demand(&row->demand, fields, row->table_row, error);
    if (status == CAMPAIGN_OK) status = read_money(row, problem, fields, is_order, error);
    if (status == CAMPAIGN_OK) status = read_bounds(row, fields, is_order, error);
    return status;
}

campaign_status cpn_shelf_read_rows(cpn_shelf_problem *problem, const campaign_table *table, bool is_order,
                                    const campaign_runtime *runtime, campaign_error *error)
{
    cpn_shelf_field fields[N_FIELDS];
    const cpn_shelf_names names = { problem->knobs.sku, problem->knobs.store };
    campaign_status status =
        cpn_shelf_open(fields, is_order ? item_specs : demand_specs, N_FIELDS, table, &names, error);
    if (status == CAMPAIGN_OK) status = find_currency(problem, fields, error);
    problem->n_rows = campaign_table_n_rows(table);
    if (status == CAMPAIGN_OK) status = make_keys(problem, fields, is_order, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    int64_t *order = cpn_alloc(problem->n_rows, sizeof *order);
    problem->rows = cpn_alloc_zero(problem->n_rows, sizeof *problem->rows);
    status = order && problem->rows ? order_rows(order, problem, fields, is_order, error) : cpn_fail_nomem(error);
    /* In key order, so that which wrong cell is told does not depend on the order of rows. */
    for (int64_t i = 0; i < problem->n_rows && status == CAMPAIGN_OK; i++) problem->rows[i].table_row = order[i];
    for (int64_t i = 0; i < problem->n_rows && status == CAMPAIGN_OK; i++)
        status = read_row(&problem->rows[i], problem, fields, is_order, error);
    cpn_free(order);
    return status;
}
