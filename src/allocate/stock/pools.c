/* Reads the pools: what there is of each sku, what is kept back, and which rows share the rest. */
#include <math.h>

#include "allocate/stock/store.h"
#include "base/checked.h"
#include "base/memory.h"
#include "base/sort.h"

enum { SKU, STOCK, RESERVE, RATE, N_FIELDS };

static const cpn_shelf_spec specs[N_FIELDS] = {
    [SKU] = { "sku", "pool.sku", CPN_ANY_KEY, true, 0, 0, 0 },
    [STOCK] = { "stock", "pool.stock", CPN_ANY_INT, true, 0, CPN_SHELF_MOST_UNITS, 0 },
    [RESERVE] = { "reserve", "pool.reserve", CPN_ANY_INT, false, 0, CPN_SHELF_MOST_UNITS, 0 },
    [RATE] = { "reserve_rate", "pool.reserve_rate", CPN_ANY_INT | 1 << CAMPAIGN_TYPE_FLOAT64, false, 0, 1, 0 },
};

/* A rate of the stock as pieces, rounded up. A product within 1e-9 of a whole number is that number: 0.07 × 100 is 7. */
static int64_t part_of(int64_t stock, double rate)
{
    const double part = (double)stock * rate, nearest = floor(part + 0.5);
    return (int64_t)(fabs(part - nearest) < 1e-9 * (1 + part) ? nearest : ceil(part));
}

static campaign_status read_pool(cpn_shelf_stock *pool, const cpn_shelf_problem *problem, const cpn_shelf_field *fields,
                                 campaign_error *error)
{
    int64_t stock, reserve, usual = 0;
    double rate;
    const int64_t row = pool->table_row;
    campaign_status status = cpn_shelf_int(&stock, &fields[STOCK], row, error);
    if (status == CAMPAIGN_OK) status = cpn_shelf_int(&reserve, &fields[RESERVE], row, error);
    if (status == CAMPAIGN_OK) status = cpn_shelf_float(&rate, &fields[RATE], row, error);
    if (status != CAMPAIGN_OK) return status;
    const bool has_own = cpn_shelf_has(&fields[RESERVE], row) || cpn_shelf_has(&fields[RATE], row);
    /* At most 10^9 × 10^6: fits. */
    (void)cpn_mul_div64(&usual, stock, problem->knobs.reserve_ppm, 1000000, CAMPAIGN_ROUND_UP);
    if (!has_own) reserve = usual;
    const int64_t part = part_of(stock, rate);
    if (part > reserve) reserve = part;
    if (reserve > stock)
        return cpn_fail_row(error, CAMPAIGN_E_INFEASIBLE, row, "pool.reserve", "%lld are kept back of a stock of %lld",
                            (long long)reserve, (long long)stock);
    pool->available = stock - reserve;
    pool->reserve = reserve;
    pool->next_store = -1;
    return CAMPAIGN_OK;
}

/* Numbers the pools' keys within the demand's, and gives each its rows; a pool that nobody asks for has none. */
static campaign_status join_rows(cpn_shelf_problem *problem, const cpn_keys *keys, const cpn_shelf_field *fields,
                                 campaign_error *error)
{
    const cpn_named_keys pools = { fields[SKU].column, *keys };
    const cpn_shelf_field demanded = { fields[SKU].spec, problem->skus.column };
    int64_t row = 0;
    while (row < problem->n_rows) {
        const int64_t first = row;
        int32_t pool = 0;
        campaign_error unknown = { 0 };
        const campaign_status status =
            cpn_shelf_find(&pool, &pools, &demanded, problem->rows[first].table_row, &unknown);
        if (status != CAMPAIGN_OK) {
            char text[CPN_NAMED_KEY_TEXT];
            if (status != CAMPAIGN_E_UNKNOWN) return cpn_fail(error, status, "pool.sku", "%s", unknown.message);
            cpn_named_key_text(text, &problem->skus, problem->rows[first].sku);
            return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, problem->rows[first].table_row, "demand.sku",
                                "sku \"%s\" has no row in the table pool", text);
        }
        for (; row < problem->n_rows && problem->rows[row].sku == problem->rows[first].sku; row++)
            problem->rows[row].pool = pool;
        problem->pools[pool].first_row = first;
        problem->pools[pool].n_rows = row - first;
    }
    return CAMPAIGN_OK;
}

static campaign_status read_all(cpn_shelf_problem *problem, const cpn_keys *keys, const cpn_shelf_field *fields,
                                campaign_error *error)
{
    problem->pools = cpn_alloc_zero(keys->n_keys, sizeof *problem->pools);
    if (!problem->pools) return cpn_fail_nomem(error);
    problem->n_pools = keys->n_keys;
    for (int64_t i = 0; i < keys->n_keys; i++) problem->pools[i].table_row = -1;
    for (int64_t row = 0; row < keys->n_rows; row++) {
        const int32_t pool = keys->codes[row];
        if (pool < 0) return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, "pool.sku", "sku is null");
        if (problem->pools[pool].table_row >= 0) {
            char text[CPN_NAMED_KEY_TEXT];
            (void)cpn_format_cell(text, sizeof text, &fields[SKU].column, row);
            return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, row, "pool.sku", "sku \"%s\" stands twice", text);
        }
        problem->pools[pool].table_row = row;
        const campaign_status status = read_pool(&problem->pools[pool], problem, fields, error);
        if (status != CAMPAIGN_OK) return status;
    }
    return join_rows(problem, keys, fields, error);
}

campaign_status cpn_shelf_read_pools(cpn_shelf_problem *problem, const campaign_table *table,
                                     const campaign_runtime *runtime, campaign_error *error)
{
    cpn_shelf_field fields[N_FIELDS];
    const cpn_shelf_names names = { problem->knobs.sku, problem->knobs.store };
    cpn_keys keys = { 0 };
    campaign_status status = cpn_shelf_open(fields, specs, N_FIELDS, table, &names, error);
    if (status == CAMPAIGN_OK) status = cpn_keys_create(&keys, &fields[SKU].column, runtime, error);
    if (status == CAMPAIGN_OK) status = read_all(problem, &keys, fields, error);
    if (status == CAMPAIGN_OK) problem->pool_sku = fields[SKU].column;
    cpn_keys_free(&keys);
    return status;
}
