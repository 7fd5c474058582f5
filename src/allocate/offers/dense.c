/* Pairs in columns, one row per customer: found and checked, and left where they are. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "allocate/offers/offers.h"
#include "base/memory.h"

enum { CHUNK = 65536 };

/* What checking a chunk of rows found. */
typedef struct chunk_check {
    double value_most, cost_most[CPN_OFFERS_COSTS], common[CPN_OFFERS_COSTS];
    int64_t n_pairs, bad_row;
    int32_t bad_offer, bad_cost; /* bad_cost 0 = the value */
} chunk_check;

typedef struct dense_check {
    const cpn_offers_problem *problem;
    chunk_check *chunks;
} dense_check;

static void note_bad(chunk_check *check, int64_t row, int32_t offer, int32_t cost)
{
    if (check->bad_row >= 0 && check->bad_row <= row) return;
    check->bad_row = row;
    check->bad_offer = offer;
    check->bad_cost = cost;
}

static void check_values(chunk_check *check, const campaign_column *column, int32_t offer, int64_t first, int64_t last)
{
    double most = check->value_most;
    for (int64_t row = first; row < last; row++) {
        if (cpn_is_null(column, row)) continue;
        const double magnitude = fabs(cpn_offers_number(column, row));
        if (!(magnitude <= 1e300)) note_bad(check, row, offer, 0);
        most = magnitude > most ? magnitude : most;
        check->n_pairs++;
    }
    check->value_most = most;
}

static void check_costs(chunk_check *check, const campaign_column *column, const campaign_column *values,
                        const int32_t at[2], const int64_t rows[2], double fine)
{
    double most = check->cost_most[at[1]], common = check->common[at[1]];
    for (int64_t row = rows[0]; row < rows[1]; row++) {
        if (cpn_is_null(values, row)) continue;
        const double cost = cpn_is_null(column, row) ? NAN : cpn_offers_number(column, row);
        if (!(cost >= 0 && cost <= 1e300)) note_bad(check, row, at[0], at[1]);
        most = cost > most ? cost : most;
        if (cost != common && common >= 0) common = cpn_offers_common(common, cost, fine);
    }
    check->cost_most[at[1]] = most;
    check->common[at[1]] = common;
}

static campaign_status check_chunk(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    const dense_check *job = ctx;
    const cpn_offers_problem *problem = job->problem;
    const int32_t n_extra = problem->n_costs - 1;
    const int64_t rows[2] = { first, last };
    chunk_check check = { .bad_row = -1 };
    for (int32_t k = 0; k < problem->n_offers; k++) {
        check_values(&check, &problem->value_columns[k], k, first, last);
        for (int32_t e = 0; e < n_extra; e++) {
            const campaign_column *column = &problem->cost_columns[(int64_t)k * n_extra + e];
            const int32_t at[2] = { k, e + 1 };
            if (!column->type) continue;
            check_costs(&check, column, &problem->value_columns[k], at, rows, problem->costs[e + 1].fine);
        }
    }
    job->chunks[chunk] = check;
    return CAMPAIGN_OK;
}

static campaign_status fail_cell(const cpn_offers_problem *problem, const chunk_check *check, campaign_error *error)
{
    const int64_t at = (int64_t)check->bad_offer * (problem->n_costs - 1) + check->bad_cost - 1;
    const campaign_column *column =
        check->bad_cost == 0 ? &problem->value_columns[check->bad_offer] : &problem->cost_columns[at];
    char where[96];
    (void)snprintf(where, sizeof where, "pairs.%.80s", column->name);
    if (check->bad_cost == 0)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, check->bad_row, where, "a value is not finite, or beyond 1e300");
    if (cpn_is_null(column, check->bad_row))
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, check->bad_row, where, "a value has a cost that is null");
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, check->bad_row, where,
                        "a cost is negative, not finite, or above 1e300");
}

static campaign_status check_cells(cpn_offers_problem *problem, campaign_error *error)
{
    const int64_t n = problem->n_customers, n_chunks = cpn_n_chunks(n, CHUNK);
    dense_check job = { problem, cpn_alloc(n_chunks, sizeof(chunk_check)) };
    if (!job.chunks) return cpn_fail_nomem(error);
    campaign_status status = cpn_parallel_for(n, CHUNK, check_chunk, &job, "offers", problem->runtime, error);
    for (int64_t i = 0; i < n_chunks && status == CAMPAIGN_OK; i++) {
        const chunk_check *check = &job.chunks[i];
        if (check->bad_row >= 0) status = fail_cell(problem, check, error);
        problem->n_pairs += check->n_pairs;
        if (check->value_most > problem->value_most) problem->value_most = check->value_most;
        for (int32_t c = 1; c < problem->n_costs; c++)
            cpn_offers_join_cost(&problem->costs[c], check->cost_most[c], check->common[c]);
    }
    cpn_free(job.chunks);
    return status;
}

/* The cost of an offer that is the same for everybody. */
static campaign_status read_constant(cpn_offers_problem *problem, const campaign_column *column, int32_t offer,
                                     int32_t cost, campaign_error *error)
{
    const int64_t row = problem->offer_table_rows[offer];
    char where[96];
    (void)snprintf(where, sizeof where, "offers.%.80s", column->name);
    if (cpn_is_null(column, row)) return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, where, "a cost is null");
    const double value = cpn_offers_number(column, row);
    if (!(value >= 0 && value <= 1e300))
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, where, "a cost is negative, not finite, or above 1e300");
    problem->constants[(int64_t)offer * (problem->n_costs - 1) + cost - 1] = value;
    cpn_offers_join_cost(&problem->costs[cost], value, value);
    return CAMPAIGN_OK;
}

/* A column "prefix_offer" of pairs. */
static campaign_status column_name(char name[512], const cpn_offers_problem *problem, const char *prefix, int32_t offer,
                                   campaign_error *error)
{
    const cpn_offers_names *names = &problem->offer_names;
    const size_t length = (size_t)(names->offsets[offer + 1] - names->offsets[offer]), before = strlen(prefix);
    if (length + before + 2 > 512)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, "offers", "an offer's key of %lu bytes is too long for a column",
                        (unsigned long)length);
    memcpy(name, prefix, before);
    name[before] = '_';
    memcpy(name + before + 1, names->bytes + names->offsets[offer], length);
    name[before + 1 + length] = '\0';
    return CAMPAIGN_OK;
}

/* A column of pairs without a value, for offers that nobody of a batch may have: a list of None is text. Its cells are all
 * null; what stands in for their numbers is never more than skipped. */
static bool take_blank(campaign_column *column, const campaign_table *pairs, const char *name, campaign_error *error)
{
    const int32_t index = campaign_table_find(pairs, name);
    campaign_column found = CAMPAIGN_COLUMN_INIT;
    if (index < 0 || campaign_table_column(&found, pairs, index, error) != CAMPAIGN_OK) return false;
    if (found.type != CAMPAIGN_TYPE_UTF8 || found.n_rows == 0 || !cpn_is_valueless(&found)) return false;
    found.values = found.codes ? found.codes : found.offsets;
    found.type = CAMPAIGN_TYPE_INT32;
    *column = found;
    return true;
}

static campaign_status open_offer(cpn_offers_problem *problem, int32_t offer, campaign_error *error)
{
    const campaign_table *pairs = problem->inputs->pairs;
    const int32_t n_extra = problem->n_costs - 1;
    char name[512];
    campaign_status status = column_name(name, problem, "value", offer, error);
    if (status == CAMPAIGN_OK && !take_blank(&problem->value_columns[offer], pairs, name, error))
        status = cpn_offers_take_values(&problem->value_columns[offer], problem, pairs, "pairs", name, error);
    for (int32_t c = 1; c <= n_extra && status == CAMPAIGN_OK; c++) {
        campaign_column *column = &problem->cost_columns[(int64_t)offer * n_extra + c - 1], constants;
        column->type = 0;
        constants.type = 0;
        status = column_name(name, problem, problem->costs[c].name, offer, error);
        if (status != CAMPAIGN_OK) break;
        if (campaign_table_find(pairs, name) < 0) status = cpn_offers_take_constants(&constants, problem, c, error);
        if (status == CAMPAIGN_OK && constants.type) status = read_constant(problem, &constants, offer, c, error);
        if (status == CAMPAIGN_OK && !constants.type && !take_blank(column, pairs, name, error))
            status = cpn_offers_take_costs(column, problem, pairs, "pairs", name, error);
    }
    return status;
}

campaign_status cpn_offers_read_dense(cpn_offers_problem *problem, campaign_error *error)
{
    const int64_t n = problem->n_offers, n_extra = problem->n_costs - 1;
    problem->value_columns = cpn_alloc(n, sizeof *problem->value_columns);
    problem->cost_columns = cpn_alloc(n * n_extra, sizeof *problem->cost_columns);
    problem->constants = cpn_alloc_zero(n * n_extra, sizeof *problem->constants);
    if (!problem->value_columns || !problem->cost_columns || !problem->constants) return cpn_fail_nomem(error);
    campaign_status status = cpn_need_column(&problem->customer_column, problem->inputs->pairs, "pairs", NULL,
                                             problem->knobs.given.customer, CPN_ANY_KEY, error);
    if (status == CAMPAIGN_OK && problem->customer_column.n_rows >= INT32_MAX)
        status = cpn_fail(error, CAMPAIGN_E_LIMIT, "pairs", "there are %lld customers, at most %ld can be handled",
                          (long long)problem->customer_column.n_rows, (long)INT32_MAX - 1);
    if (status == CAMPAIGN_OK) status = cpn_offers_order_customers(problem, error);
    for (int32_t k = 0; k < n && status == CAMPAIGN_OK; k++) status = open_offer(problem, k, error);
    if (status == CAMPAIGN_OK) status = check_cells(problem, error);
    return status == CAMPAIGN_OK ? cpn_offers_read_customers(problem, error) : status;
}

void cpn_offers_view_of(cpn_offers_view *view, cpn_offers_scratch *scratch, const cpn_offers_problem *problem,
                        int64_t customer)
{
    const int32_t n_extra = problem->n_costs - 1;
    if (!problem->is_dense) {
        cpn_offers_set_view(view, &problem->set, customer, n_extra);
        return;
    }
    const int64_t row = problem->customer_rows ? problem->customer_rows[customer] : customer;
    int32_t n = 0;
    for (int32_t k = 0; k < problem->n_offers; k++) {
        const campaign_column *column = &problem->value_columns[k];
        if (cpn_is_null(column, row)) continue;
        scratch->offers[n] = k;
        scratch->values[n] = cpn_offers_number(column, row);
        for (int32_t e = 0; e < n_extra; e++) {
            const int64_t at = (int64_t)k * n_extra + e;
            scratch->costs[(int64_t)n * n_extra + e] = problem->cost_columns[at].type
                                                           ? cpn_offers_number(&problem->cost_columns[at], row)
                                                           : problem->constants[at];
        }
        n++;
    }
    *view = (cpn_offers_view){ .n = n,
                               .group = problem->groups ? problem->groups[customer] : 0,
                               .most = cpn_offers_most(problem, customer),
                               .customer = (int32_t)customer,
                               .offers = scratch->offers,
                               .values = scratch->values,
                               .costs = scratch->costs };
}
