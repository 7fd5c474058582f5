/* Quotas as tables: one row per cell, and the ties that were settled. */
#include "allocate/quota/quota.h"

enum { WEIGHT, SHARE, QUOTA, HELD, IS_TIED, N_COLUMNS };

static const cpn_column_schema schema[N_COLUMNS] = {
    { "weight", CAMPAIGN_TYPE_FLOAT64, "Weight as given.", "给定的权重。" },
    { "share", CAMPAIGN_TYPE_FLOAT64, "Share before rounding.", "取整前的份额。" },
    { "quota", CAMPAIGN_TYPE_INT64, "Quota.", "配额。" },
    { "held", CAMPAIGN_TYPE_UTF8, "The bound it stands on, if any.", "所处的上下限（如有）。" },
    { "is_tied", CAMPAIGN_TYPE_BOOL, "Whether it could have one unit more or less.", "是否为平局。" },
};

static const char *held_by(const cpn_quota_problem *problem, int64_t cell)
{
    if (problem->is_locked[cell]) return "locked";
    const double unit = problem->knobs.given.kind == CAMPAIGN_QUOTA_FITTING ? problem->real_unit : 1;
    const double quota = problem->knobs.given.kind == CAMPAIGN_QUOTA_FITTING ? problem->reals[cell] * unit
                                                                             : (double)problem->quotas[cell];
    if (problem->maximum[cell] != INT64_MAX && quota >= (double)problem->maximum[cell]) return "maximum";
    return problem->minimum[cell] > 0 && quota <= (double)problem->minimum[cell] ? "minimum" : NULL;
}

static void add_keys(cpn_column_schema *columns, const cpn_quota_problem *problem)
{
    for (int32_t d = 0; d < problem->n_dimensions; d++) {
        const campaign_column *key = &problem->dimensions[d].column;
        columns[d] = (cpn_column_schema){ key->name, key->type, "Key of the cell.", "单元的键。" };
    }
}

static void write_keys(cpn_out *out, const cpn_quota_problem *problem, int64_t cell, int32_t depth)
{
    for (int32_t d = 0; d < problem->n_dimensions; d++) {
        if (d < depth)
            cpn_out_cell(out, d, &problem->dimensions[d].column, problem->rows[cell]);
        else
            cpn_out_null(out, d);
    }
}

campaign_status cpn_quota_write(campaign_table **quotas, const cpn_quota_problem *problem, campaign_error *error)
{
    const bool is_fitting = problem->knobs.given.kind == CAMPAIGN_QUOTA_FITTING;
    const int32_t n = problem->n_dimensions;
    cpn_column_schema columns[CPN_QUOTA_DIMENSIONS + N_COLUMNS];
    cpn_out out;
    add_keys(columns, problem);
    for (int32_t i = 0; i < N_COLUMNS; i++) columns[n + i] = schema[i];
    columns[n + QUOTA].type = is_fitting          ? CAMPAIGN_TYPE_FLOAT64
                              : problem->is_money ? CAMPAIGN_TYPE_MONEY
                                                  : CAMPAIGN_TYPE_INT64;
    cpn_out_open(&out, columns, n + N_COLUMNS, problem->currency, problem->exponent);
    for (int64_t cell = 0; cell < problem->n_cells; cell++) {
        write_keys(&out, problem, cell, n);
        cpn_out_float64(&out, n + WEIGHT, problem->values[cell]);
        cpn_out_float64(&out, n + SHARE, problem->shares[cell] / (is_fitting ? 1 : problem->real_unit));
        if (is_fitting)
            cpn_out_float64(&out, n + QUOTA, problem->reals[cell]);
        else
            cpn_out_int64(&out, n + QUOTA, problem->quotas[cell]);
        cpn_out_string(&out, n + HELD, held_by(problem, cell));
        cpn_out_int64(&out, n + IS_TIED, problem->tied_low[cell] >= 0);
    }
    return cpn_out_close(quotas, &out, error);
}

/* ---- Ties -------------------------------------------------------------------------------------------------------- */

enum { TIE_QUOTA, TIE_LOW, TIE_HIGH, N_TIE_COLUMNS };

static const cpn_column_schema ties_schema[N_TIE_COLUMNS] = {
    { "quota", CAMPAIGN_TYPE_INT64, "What it got.", "所得。" },
    { "low", CAMPAIGN_TYPE_INT64, "The least it could have got.", "可能的最小值。" },
    { "high", CAMPAIGN_TYPE_INT64, "The most it could have got.", "可能的最大值。" },
};

static void write_tie(cpn_out *out, const cpn_quota_problem *problem, const cpn_quota_tie *tie)
{
    const int32_t n = problem->n_dimensions;
    write_keys(out, problem, tie->cell, tie->depth);
    cpn_out_int64(out, n + TIE_QUOTA, tie->part);
    cpn_out_int64(out, n + TIE_LOW, tie->low);
    cpn_out_int64(out, n + TIE_HIGH, tie->low + 1);
}

campaign_status cpn_quota_write_ties(campaign_table **ties, const cpn_quota_problem *problem, campaign_error *error)
{
    const int32_t n = problem->n_dimensions;
    cpn_column_schema columns[CPN_QUOTA_DIMENSIONS + N_TIE_COLUMNS];
    cpn_out out;
    add_keys(columns, problem);
    for (int32_t i = 0; i < N_TIE_COLUMNS; i++) {
        columns[n + i] = ties_schema[i];
        if (problem->is_money) columns[n + i].type = CAMPAIGN_TYPE_MONEY;
    }
    cpn_out_open(&out, columns, n + N_TIE_COLUMNS, problem->currency, problem->exponent);
    for (int64_t i = 0; i < problem->n_ties; i++) write_tie(&out, problem, &problem->ties[i]);
    for (int64_t cell = 0; cell < problem->n_cells; cell++) {
        const cpn_quota_tie tie = { cell, problem->tied_low[cell], problem->quotas[cell], n };
        if (tie.low >= 0) write_tie(&out, problem, &tie);
    }
    return cpn_out_close(ties, &out, error);
}
