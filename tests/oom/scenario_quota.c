/* Quotas under failing allocations: a nested split, biproportional with ties and made totals, rounding, fitting, capacity. */
#include "oom.h"

#include <campaign/allocate_quota.h>

enum { N_ROWS = 3, N_COLUMNS = 3, N_CELLS = N_ROWS * N_COLUMNS };

static const double weights[N_CELLS] = { 1.5, 2, 2, 0, 4.25, 4, 3, 2, 2 };

static campaign_status make_cells(campaign_table **table, campaign_error *error)
{
    campaign_table_builder *builder = NULL;
    campaign_status status = campaign_table_builder_create(&builder, error);
    static const char *const names[] = { "row", "column", "weight", "maximum" };
    static const int32_t types[] = { CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_INT64, CAMPAIGN_TYPE_FLOAT64,
                                     CAMPAIGN_TYPE_INT64 };
    for (int32_t i = 0; i < 4 && status == CAMPAIGN_OK; i++)
        status = campaign_table_builder_add_column(builder, names[i], types[i], NULL, error);
    for (int32_t cell = 0; cell < N_CELLS && status == CAMPAIGN_OK; cell++) {
        const char letter = (char)('a' + cell / N_COLUMNS);
        status = campaign_table_builder_append_text(builder, 0, &letter, 1, error);
        if (status == CAMPAIGN_OK) status = campaign_table_builder_append_int64(builder, 1, cell % N_COLUMNS, error);
        if (status == CAMPAIGN_OK) status = campaign_table_builder_append_float64(builder, 2, weights[cell], error);
        if (status == CAMPAIGN_OK) status = campaign_table_builder_append_int64(builder, 3, 9, error);
    }
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(table, builder, error);
    campaign_table_builder_free(builder);
    return status;
}

static campaign_status make_totals(campaign_table **table, bool is_text, campaign_error *error)
{
    campaign_table_builder *builder = NULL;
    static const int64_t totals[] = { 6, 8, 6 };
    campaign_status status = campaign_table_builder_create(&builder, error);
    if (status == CAMPAIGN_OK)
        status = campaign_table_builder_add_column(builder, is_text ? "row" : "column",
                                                   is_text ? CAMPAIGN_TYPE_UTF8 : CAMPAIGN_TYPE_INT64, NULL, error);
    if (status == CAMPAIGN_OK)
        status = campaign_table_builder_add_column(builder, "total", CAMPAIGN_TYPE_INT64, NULL, error);
    for (int32_t i = 0; i < 3 && status == CAMPAIGN_OK; i++) {
        const char letter = (char)('a' + i);
        status = is_text ? campaign_table_builder_append_text(builder, 0, &letter, 1, error)
                         : campaign_table_builder_append_int64(builder, 0, i, error);
        if (status == CAMPAIGN_OK) status = campaign_table_builder_append_int64(builder, 1, totals[i], error);
    }
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(table, builder, error);
    campaign_table_builder_free(builder);
    return status;
}

static campaign_status run(int32_t kind, int32_t method, bool has_rows, bool has_columns, campaign_error *error)
{
    campaign_table *cells = NULL, *rows = NULL, *columns = NULL, *quotas = NULL;
    campaign_allocate_quota_inputs inputs = CAMPAIGN_ALLOCATE_QUOTA_INPUTS_INIT;
    campaign_allocate_quota_options options = CAMPAIGN_ALLOCATE_QUOTA_OPTIONS_INIT;
    campaign_allocate_quota_report report = CAMPAIGN_ALLOCATE_QUOTA_REPORT_INIT;
    campaign_status status = make_cells(&cells, error);
    if (status == CAMPAIGN_OK && has_rows) status = make_totals(&rows, true, error);
    if (status == CAMPAIGN_OK && has_columns) status = make_totals(&columns, false, error);
    if (status == CAMPAIGN_OK) {
        inputs.cells = cells, inputs.rows = rows, inputs.columns = columns;
        options.kind = kind, options.method = method;
        options.has_total = kind == CAMPAIGN_QUOTA_SPLIT, options.total = options.has_total ? 20 : 0;
        options.weighs_margins = kind == CAMPAIGN_QUOTA_BIPROPORTIONAL && !has_columns;
        status = campaign_allocate_quota(&quotas, &report, &inputs, &options, NULL, error);
        expect_empty(status, quotas, "quotas");
        expect_empty(status, report.multipliers, "report.multipliers");
        expect_empty(status, report.notes, "report.notes");
    }
    campaign_allocate_quota_report_clear(&report);
    campaign_table_free(quotas);
    campaign_table_free(cells);
    campaign_table_free(rows);
    campaign_table_free(columns);
    return status;
}

static campaign_status split_by_remainder(campaign_error *error)
{
    return run(CAMPAIGN_QUOTA_SPLIT, CAMPAIGN_QUOTA_LARGEST_REMAINDER, true, false, error);
}

static campaign_status split_by_divisors(campaign_error *error)
{
    return run(CAMPAIGN_QUOTA_SPLIT, CAMPAIGN_QUOTA_HILL, false, false, error);
}

static campaign_status biproportional(campaign_error *error)
{
    return run(CAMPAIGN_QUOTA_BIPROPORTIONAL, CAMPAIGN_QUOTA_SAINTE_LAGUE, true, true, error);
}

static campaign_status biproportional_with_made_totals(campaign_error *error)
{
    return run(CAMPAIGN_QUOTA_BIPROPORTIONAL, CAMPAIGN_QUOTA_DHONDT, true, false, error);
}

static campaign_status rounding(campaign_error *error)
{
    return run(CAMPAIGN_QUOTA_ROUNDING, 0, false, false, error);
}

static campaign_status fitting(campaign_error *error)
{
    return run(CAMPAIGN_QUOTA_FITTING, 0, true, true, error);
}

static campaign_status make_reps(campaign_table **table, campaign_error *error)
{
    static const char *const names[] = { "rep", "visits_a_day", "win_rate", "ticket", "start_month" };
    static const int32_t types[] = { CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_FLOAT64, CAMPAIGN_TYPE_FLOAT64,
                                     CAMPAIGN_TYPE_MONEY, CAMPAIGN_TYPE_INT64 };
    campaign_table_builder *builder = NULL;
    campaign_status status = campaign_table_builder_create(&builder, error);
    for (int32_t i = 0; i < 5 && status == CAMPAIGN_OK; i++)
        status = campaign_table_builder_add_column(builder, names[i], types[i],
                                                   types[i] == CAMPAIGN_TYPE_MONEY ? "CNY" : NULL, error);
    for (int64_t row = 0; row < 3 && status == CAMPAIGN_OK; row++) {
        const char letter = (char)('c' - row);
        status = campaign_table_builder_append_text(builder, 0, &letter, 1, error);
        if (status == CAMPAIGN_OK) status = campaign_table_builder_append_float64(builder, 1, 4, error);
        if (status == CAMPAIGN_OK) status = campaign_table_builder_append_float64(builder, 2, 0.25, error);
        if (status == CAMPAIGN_OK) status = campaign_table_builder_append_int64(builder, 3, 10000, error);
        if (status == CAMPAIGN_OK) status = campaign_table_builder_append_int64(builder, 4, row - 1, error);
    }
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(table, builder, error);
    campaign_table_builder_free(builder);
    return status;
}

/* Months 1 to 3 and one number each. */
static campaign_status make_months(campaign_table **table, const char *name, const double numbers[3],
                                   campaign_error *error)
{
    campaign_table_builder *builder = NULL;
    campaign_status status = campaign_table_builder_create(&builder, error);
    if (status == CAMPAIGN_OK)
        status = campaign_table_builder_add_column(builder, "month", CAMPAIGN_TYPE_INT32, NULL, error);
    if (status == CAMPAIGN_OK)
        status = campaign_table_builder_add_column(builder, name, CAMPAIGN_TYPE_FLOAT64, NULL, error);
    for (int32_t i = 0; i < 3 && status == CAMPAIGN_OK; i++) {
        status = campaign_table_builder_append_int64(builder, 0, i + 1, error);
        if (status == CAMPAIGN_OK) status = campaign_table_builder_append_float64(builder, 1, numbers[i], error);
    }
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(table, builder, error);
    campaign_table_builder_free(builder);
    return status;
}

static campaign_status capacity(campaign_error *error)
{
    static const double shares[] = { 0.25, 0.5, 0.75 }, days[] = { 20, 18, 22 };
    campaign_table *reps = NULL, *ramp = NULL, *months = NULL, *quotas = NULL;
    campaign_allocate_capacity_quota_inputs inputs = CAMPAIGN_ALLOCATE_CAPACITY_QUOTA_INPUTS_INIT;
    campaign_allocate_capacity_quota_options options = CAMPAIGN_ALLOCATE_CAPACITY_QUOTA_OPTIONS_INIT;
    campaign_allocate_capacity_quota_report report = CAMPAIGN_ALLOCATE_CAPACITY_QUOTA_REPORT_INIT;
    campaign_status status = make_reps(&reps, error);
    if (status == CAMPAIGN_OK) status = make_months(&ramp, "share", shares, error);
    if (status == CAMPAIGN_OK) status = make_months(&months, "working_days", days, error);
    if (status == CAMPAIGN_OK) {
        inputs.reps = reps, inputs.ramp = ramp, inputs.months = months;
        options.has_total = 1, options.total_minor = 1000000, options.method = CAMPAIGN_QUOTA_SAINTE_LAGUE;
        status = campaign_allocate_capacity_quota(&quotas, &report, &inputs, &options, NULL, error);
        expect_empty(status, quotas, "quotas");
        expect_empty(status, report.multipliers, "report.multipliers");
        expect_empty(status, report.notes, "report.notes");
    }
    campaign_allocate_capacity_quota_report_clear(&report);
    campaign_table_free(quotas);
    campaign_table_free(reps);
    campaign_table_free(ramp);
    campaign_table_free(months);
    return status;
}

const oom_scenario oom_scenarios[] = {
    { "split by remainder", split_by_remainder },
    { "split by divisors", split_by_divisors },
    { "biproportional", biproportional },
    { "biproportional with made totals", biproportional_with_made_totals },
    { "rounding", rounding },
    { "fitting", fitting },
    { "capacity", capacity },
    { NULL, NULL },
};
