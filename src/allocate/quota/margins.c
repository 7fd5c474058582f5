/* Totals of rows and columns in whole units: given, or apportioned from the sums of weights (the upper apportionment). */
#include "allocate/quota/grid.h"
#include "base/checked.h"
#include "base/memory.h"

typedef struct margin_maker {
    cpn_quota_problem *problem;
    int64_t *totals[2];
    bool is_given[2];
} margin_maker;

static campaign_status sum_totals(int64_t *sum, const margin_maker *maker, int32_t side, campaign_error *error)
{
    *sum = 0;
    for (int64_t i = 0; i < maker->problem->dimensions[side].keys.n_keys; i++)
        if (!cpn_add64(sum, *sum, maker->totals[side][i]) || *sum > CAMPAIGN_QUOTA_MAX)
            return cpn_fail(error, CAMPAIGN_E_OVERFLOW, side ? "columns.total" : "rows.total",
                            "the totals add up to more than %lld", (long long)CAMPAIGN_QUOTA_MAX);
    return CAMPAIGN_OK;
}

/* ---- Sums of weights --------------------------------------------------------------------------------------------- */

static bool find_common_multiple(int64_t *multiple, const int64_t *totals, int64_t n)
{
    *multiple = 1;
    for (int64_t i = 0; i < n; i++) {
        int64_t a = *multiple, b = totals[i];
        if (b == 0) continue;
        while (b != 0) {
            const int64_t rest = a % b;
            a = b;
            b = rest;
        }
        if (!cpn_mul64(multiple, *multiple / a, totals[i])) return false;
    }
    return true;
}

/* Sums of weight × scale / total of the other side; false where they do not fit, or where a quotient is not whole unless
 * it may be rounded. */
static bool sum_quotients(int64_t *sums, const margin_maker *maker, int32_t side, int64_t scale, bool may_round)
{
    const cpn_quota_problem *problem = maker->problem;
    const int32_t *codes = problem->dimensions[side].codes, *others = problem->dimensions[1 - side].codes;
    int64_t all = 0;
    for (int64_t i = 0; i < problem->dimensions[side].keys.n_keys; i++) sums[i] = 0;
    for (int64_t cell = 0; cell < problem->n_cells; cell++) {
        const int64_t total = maker->totals[1 - side][others[cell]];
        int64_t part = 0;
        if (total == 0) continue;
        if (!cpn_mul_div64(&part, problem->weights[cell], scale, total,
                           may_round ? CAMPAIGN_ROUND_HALF_UP : CAMPAIGN_ROUND_NONE) ||
            !cpn_add64(&all, all, part) || all > CAMPAIGN_QUOTA_MAX)
            return false;
        sums[codes[cell]] += part;
    }
    return true;
}

static void sum_weights(int64_t *sums, const margin_maker *maker, int32_t side)
{
    cpn_quota_problem *problem = maker->problem;
    const cpn_quota_dimension *at = &problem->dimensions[side];
    for (int64_t i = 0; i < at->keys.n_keys; i++) sums[i] = 0;
    if (!problem->knobs.given.weighs_margins) {
        for (int64_t cell = 0; cell < problem->n_cells; cell++) sums[at->codes[cell]] += problem->weights[cell];
        return;
    }
    int64_t scale;
    const int64_t n_others = problem->dimensions[1 - side].keys.n_keys;
    if (find_common_multiple(&scale, maker->totals[1 - side], n_others) &&
        sum_quotients(sums, maker, side, scale, false))
        return;
    for (scale = INT64_C(1) << 62; !sum_quotients(sums, maker, side, scale, true); scale /= 2) {
    }
    problem->n_rounded_weights += problem->n_cells;
}

/* ---- Totals ------------------------------------------------------------------------------------------------------ */

static campaign_status make_totals(const margin_maker *maker, int32_t side, campaign_error *error)
{
    const cpn_quota_problem *problem = maker->problem;
    const int64_t n = problem->dimensions[side].keys.n_keys;
    cpn_quota_share share = { .total = problem->total, .n = n, .parts = maker->totals[side] };
    int64_t *scratch = cpn_alloc_zero(4 * n, sizeof *scratch);
    double *shares = cpn_alloc(n, sizeof *shares);
    campaign_status status = scratch && shares ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) {
        sum_weights(scratch, maker, side);
        bool has_weight = false;
        for (int64_t i = 0; i < n; i++) {
            has_weight = has_weight || scratch[i] > 0;
            scratch[n + i] = scratch[i] > 0 ? INT64_MAX : 0;
        }
        share.weights = scratch;
        share.maximum = scratch + n;
        share.minimum = scratch + 2 * n;
        share.tied_low = scratch + 3 * n;
        share.shares = shares;
        if (!has_weight && problem->total > 0)
            status =
                cpn_fail(error, CAMPAIGN_E_VALUE, "cells.weight",
                         "all weights are 0: nothing tells how a total of %lld is shared", (long long)problem->total);
    }
    if (status == CAMPAIGN_OK) status = cpn_quota_by_method(&share, problem->knobs.given.margin_method, error);
    cpn_free(scratch);
    cpn_free(shares);
    return status;
}

static campaign_status read_given(margin_maker *maker, const campaign_allocate_quota_inputs *inputs,
                                  const campaign_runtime *runtime, campaign_error *error)
{
    const campaign_table *const tables[] = { inputs->rows, inputs->columns };
    const campaign_allocate_quota_options *given = &maker->problem->knobs.given;
    int64_t sums[2] = { 0, 0 };
    campaign_status status = CAMPAIGN_OK;
    for (int32_t side = 0; side < 2 && status == CAMPAIGN_OK; side++) {
        maker->is_given[side] = tables[side] != NULL;
        if (!tables[side]) continue;
        status = cpn_quota_read_totals(maker->totals[side], maker->problem, side, tables[side], runtime, error);
        if (status == CAMPAIGN_OK) status = sum_totals(&sums[side], maker, side, error);
    }
    if (status != CAMPAIGN_OK) return status;
    if (!tables[0] && !tables[1] && !given->has_total)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.total",
                        "without totals of rows or columns a total is needed");
    if (tables[0] && tables[1] && sums[0] != sums[1])
        return cpn_fail(error, CAMPAIGN_E_INFEASIBLE, "columns.total", "the rows add up to %lld, the columns to %lld",
                        (long long)sums[0], (long long)sums[1]);
    const int64_t sum = tables[0] ? sums[0] : sums[1];
    if ((tables[0] || tables[1]) && given->has_total && given->total != sum)
        return cpn_fail(error, CAMPAIGN_E_INFEASIBLE, tables[0] ? "rows.total" : "columns.total",
                        "the totals add up to %lld, the total is %lld", (long long)sum, (long long)given->total);
    maker->problem->total = tables[0] || tables[1] ? sum : given->total;
    return CAMPAIGN_OK;
}

campaign_status cpn_quota_one_margin(cpn_quota_grid *grid, cpn_quota_problem *problem,
                                     const campaign_allocate_quota_inputs *inputs, const campaign_runtime *runtime,
                                     campaign_error *error)
{
    margin_maker maker = { .problem = problem, .totals = { grid->totals, grid->totals + grid->n_rows } };
    if (!inputs->rows && !inputs->columns) return CAMPAIGN_OK;
    return read_given(&maker, inputs, runtime, error);
}

campaign_status cpn_quota_margins(cpn_quota_grid *grid, cpn_quota_problem *problem, int64_t *n_made,
                                  const campaign_allocate_quota_inputs *inputs, const campaign_runtime *runtime,
                                  campaign_error *error)
{
    margin_maker maker = { .problem = problem, .totals = { grid->totals, grid->totals + grid->n_rows } };
    *n_made = 0;
    campaign_status status = read_given(&maker, inputs, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    if (problem->knobs.given.weighs_margins && !inputs->rows && !inputs->columns)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.weighs_margins",
                        "weights are divided by given totals of rows or columns, and there are none");
    for (int32_t side = 0; side < 2 && status == CAMPAIGN_OK; side++) {
        if (maker.is_given[side]) continue;
        status = make_totals(&maker, side, error);
        *n_made += problem->dimensions[side].keys.n_keys;
    }
    return status;
}
