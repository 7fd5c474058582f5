/* The points of empirical demand: sorted by value under their rows, with sums from the highest down. */
#include "allocate/stock/store.h"
#include "base/memory.h"
#include "base/sort.h"

enum { SKU, VALUE, WEIGHT, STORE, N_FIELDS };

static const cpn_shelf_spec specs[N_FIELDS] = {
    [SKU] = { "sku", "points.sku", CPN_ANY_KEY, true, 0, 0, 0 },
    [VALUE] = { "value", "points.value", CPN_ANY_INT | 1 << CAMPAIGN_TYPE_FLOAT64, true, 0, CPN_SHELF_MOST_UNITS, 0 },
    [WEIGHT] = { "weight", "points.weight", CPN_ANY_INT | 1 << CAMPAIGN_TYPE_FLOAT64, false, 0, 1e12, 1 },
    [STORE] = { "store", "points.store", CPN_ANY_KEY, true, 0, 0, 0 },
};

static int compare_values(const void *a, const void *b, const void *ctx)
{
    (void)ctx;
    const cpn_shelf_point *x = a, *y = b;
    if (x->value != y->value) return x->value < y->value ? -1 : 1;
    return (x->weight_above > y->weight_above) - (x->weight_above < y->weight_above);
}

/* The row of a sku and store; -1 where there is none. */
static int64_t find_row(const cpn_shelf_problem *problem, int32_t sku, int32_t store)
{
    int64_t low = 0, high = problem->n_rows;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        const cpn_shelf_row *row = &problem->rows[middle];
        if (row->sku < sku || (row->sku == sku && row->store < store))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == problem->n_rows || problem->rows[low].sku != sku || problem->rows[low].store != store) return -1;
    return low;
}

static campaign_status find_owner(int64_t *owner, const cpn_shelf_problem *problem, const cpn_shelf_field *fields,
                                  int64_t row, campaign_error *error)
{
    int32_t sku = 0, store = 0;
    const bool has_stores = problem->stores.column.type != 0;
    campaign_status status = cpn_shelf_find(&sku, &problem->skus, &fields[SKU], row, error);
    if (status == CAMPAIGN_OK && has_stores)
        status = cpn_shelf_find(&store, &problem->stores, &fields[STORE], row, error);
    if (status != CAMPAIGN_OK) return status;
    *owner = find_row(problem, sku, store);
    if (*owner >= 0) return CAMPAIGN_OK;
    char sku_text[CPN_NAMED_KEY_TEXT], store_text[CPN_NAMED_KEY_TEXT];
    cpn_named_key_text(sku_text, &problem->skus, sku);
    cpn_named_key_text(store_text, &problem->stores, store);
    return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row, "points.store", "there is no demand of sku \"%s\" at \"%s\"",
                        sku_text, store_text);
}

/* Counts the points of every row, then makes room for them. */
static campaign_status count_points(cpn_shelf_problem *problem, const int64_t *owners, int64_t n, campaign_error *error)
{
    for (int64_t i = 0; i < n; i++) problem->rows[owners[i]].demand.n_points++;
    int64_t first = 0;
    for (int64_t i = 0; i < problem->n_rows; i++) {
        problem->rows[i].first_point = first;
        first += problem->rows[i].demand.n_points;
        problem->rows[i].demand.n_points = 0;
    }
    problem->points = cpn_alloc(n, sizeof *problem->points);
    return problem->points ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

static campaign_status place_points(cpn_shelf_problem *problem, const cpn_shelf_field *fields, const int64_t *owners,
                                    int64_t n, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int64_t i = 0; i < n && status == CAMPAIGN_OK; i++) {
        cpn_shelf_row *row = &problem->rows[owners[i]];
        cpn_shelf_point *point = &problem->points[row->first_point + row->demand.n_points++];
        status = cpn_shelf_float(&point->value, &fields[VALUE], i, error);
        if (status == CAMPAIGN_OK) status = cpn_shelf_float(&point->weight_above, &fields[WEIGHT], i, error);
    }
    return status;
}

/* Sorts the points of one row and sums them from the highest down. */
static campaign_status settle_row(const cpn_shelf_problem *problem, cpn_shelf_row *row, campaign_error *error)
{
    const int64_t n = row->demand.n_points;
    if (row->demand.kind != CPN_SHELF_EMPIRICAL) return CAMPAIGN_OK;
    if (n == 0)
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, row->table_row, "points.value",
                            "an empirical demand has no points");
    cpn_shelf_point *points = problem->points + row->first_point;
    if (!cpn_sort(points, n, sizeof *points, compare_values, NULL)) return cpn_fail_nomem(error);
    double weight = 0, value = 0;
    for (int64_t i = n - 1; i >= 0; i--) {
        weight += points[i].weight_above;
        value += points[i].weight_above * points[i].value;
        points[i].weight_above = weight;
        points[i].value_above = value;
    }
    if (weight <= 0)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row->table_row, "points.weight",
                            "the weights of an empirical demand are all 0");
    for (int64_t i = 0; i < n; i++) {
        points[i].weight_above /= weight;
        points[i].value_above /= weight;
    }
    row->demand.points = points;
    return CAMPAIGN_OK;
}

static campaign_status read_table(cpn_shelf_problem *problem, const campaign_table *table, bool is_order,
                                  campaign_error *error)
{
    cpn_shelf_field fields[N_FIELDS];
    const cpn_shelf_names names = { problem->knobs.sku, problem->knobs.store };
    const int64_t n = campaign_table_n_rows(table);
    campaign_status status = cpn_shelf_open(fields, specs, is_order ? STORE : N_FIELDS, table, &names, error);
    if (status != CAMPAIGN_OK) return status;
    int64_t *owners = cpn_alloc(n, sizeof *owners);
    if (!owners) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < n && status == CAMPAIGN_OK; i++) status = find_owner(&owners[i], problem, fields, i, error);
    if (status == CAMPAIGN_OK) status = count_points(problem, owners, n, error);
    if (status == CAMPAIGN_OK) status = place_points(problem, fields, owners, n, error);
    cpn_free(owners);
    return status;
}

campaign_status cpn_shelf_read_points(cpn_shelf_problem *problem, const campaign_table *table, bool is_order,
                                      campaign_error *error)
{
    campaign_status status = table ? read_table(problem, table, is_order, error) : CAMPAIGN_OK;
    for (int64_t i = 0; i < problem->n_rows && status == CAMPAIGN_OK; i++) {
        status = settle_row(problem, &problem->rows[i], error);
        if (status == CAMPAIGN_OK) cpn_shelf_settle(&problem->rows[i].demand);
    }
    return status;
}
