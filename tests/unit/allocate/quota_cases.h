/* Tables of quotas for the tests: cells and totals from arrays, one call, and what came out. */
#ifndef CPN_TESTS_QUOTA_CASES_H
#define CPN_TESTS_QUOTA_CASES_H

#include <campaign/allocate_quota.h>
#include <math.h>
#include <stdbool.h>

#include "../../check.h"
#include "base/json.h"
#include "base/random.h"

#define NONE (-1)
enum { MOST_SIDE = 8, MOST_CASE_CELLS = MOST_SIDE * MOST_SIDE };

/* n_columns 0: one dimension of n_rows cells. Cells with weight NAN are not listed. */
typedef struct quota_case {
    int32_t n_rows, n_columns;
    double weights[MOST_CASE_CELLS];
    int64_t minimum[MOST_CASE_CELLS], maximum[MOST_CASE_CELLS], locked[MOST_CASE_CELLS]; /* NONE = not given */
    double rows[MOST_SIDE], columns[MOST_SIDE];
    bool has_rows, has_columns, has_bounds, has_real_totals;
    bool is_reversed; /* rows of the tables in the other order */
} quota_case;

typedef struct quota_result {
    campaign_table *quotas;
    campaign_allocate_quota_report report;
    int64_t parts[MOST_CASE_CELLS]; /* by cell of the case; 0 where it is not listed */
    double reals[MOST_CASE_CELLS];
} quota_result;

static inline int32_t case_columns(const quota_case *c)
{
    return c->n_columns > 0 ? c->n_columns : 1;
}

static inline void put_bound(campaign_table_builder *builder, int32_t column, int64_t value)
{
    const campaign_status status = value == NONE ? campaign_table_builder_append_null(builder, column, NULL)
                                                 : campaign_table_builder_append_int64(builder, column, value, NULL);
    assert_int_equal(status, CAMPAIGN_OK);
}

static inline campaign_table *finish(campaign_table_builder *builder)
{
    campaign_table *table = NULL;
    assert_int_equal(campaign_table_builder_finish(&table, builder, NULL), CAMPAIGN_OK);
    campaign_table_builder_free(builder);
    return table;
}

static inline campaign_table *cells_table(const quota_case *c)
{
    static const char *const bounds[] = { "minimum", "maximum", "locked" };
    const int32_t n = c->n_rows * case_columns(c), n_keys = c->n_columns > 0 ? 2 : 1;
    campaign_table_builder *builder = NULL;
    assert_int_equal(campaign_table_builder_create(&builder, NULL), CAMPAIGN_OK);
    (void)campaign_table_builder_add_column(builder, n_keys == 2 ? "row" : "cell", CAMPAIGN_TYPE_INT64, NULL, NULL);
    if (n_keys == 2) (void)campaign_table_builder_add_column(builder, "column", CAMPAIGN_TYPE_INT64, NULL, NULL);
    (void)campaign_table_builder_add_column(builder, "weight", CAMPAIGN_TYPE_FLOAT64, NULL, NULL);
    for (int32_t i = 0; i < 3 && c->has_bounds; i++)
        (void)campaign_table_builder_add_column(builder, bounds[i], CAMPAIGN_TYPE_INT64, NULL, NULL);
    for (int32_t i = 0; i < n; i++) {
        const int32_t cell = c->is_reversed ? n - 1 - i : i;
        if (isnan(c->weights[cell])) continue;
        (void)campaign_table_builder_append_int64(builder, 0, cell / case_columns(c), NULL);
        if (n_keys == 2) (void)campaign_table_builder_append_int64(builder, 1, cell % case_columns(c), NULL);
        (void)campaign_table_builder_append_float64(builder, n_keys, c->weights[cell], NULL);
        if (!c->has_bounds) continue;
        put_bound(builder, n_keys + 1, c->minimum[cell]);
        put_bound(builder, n_keys + 2, c->maximum[cell]);
        put_bound(builder, n_keys + 3, c->locked[cell]);
    }
    return finish(builder);
}

static inline campaign_table *totals_table(const quota_case *c, const char *name, const double *totals, int32_t n)
{
    campaign_table_builder *builder = NULL;
    assert_int_equal(campaign_table_builder_create(&builder, NULL), CAMPAIGN_OK);
    (void)campaign_table_builder_add_column(builder, name, CAMPAIGN_TYPE_INT64, NULL, NULL);
    (void)campaign_table_builder_add_column(
        builder, "total", c->has_real_totals ? CAMPAIGN_TYPE_FLOAT64 : CAMPAIGN_TYPE_INT64, NULL, NULL);
    for (int32_t i = 0; i < n; i++) {
        const int32_t at = c->is_reversed ? n - 1 - i : i;
        if (isnan(totals[at])) continue;
        (void)campaign_table_builder_append_int64(builder, 0, at, NULL);
        if (c->has_real_totals)
            (void)campaign_table_builder_append_float64(builder, 1, totals[at], NULL);
        else
            (void)campaign_table_builder_append_int64(builder, 1, (int64_t)totals[at], NULL);
    }
    return finish(builder);
}

static inline void read_parts(quota_result *result, const quota_case *c, int32_t kind)
{
    const int32_t n_keys = c->n_columns > 0 ? 2 : 1, quota = campaign_table_find(result->quotas, "quota");
    for (int64_t row = 0; row < campaign_table_n_rows(result->quotas); row++) {
        int64_t cell = campaign_table_int64(result->quotas, 0, row);
        if (n_keys == 2) cell = cell * c->n_columns + campaign_table_int64(result->quotas, 1, row);
        if (kind == CAMPAIGN_QUOTA_FITTING)
            result->reals[cell] = campaign_table_float64(result->quotas, quota, row);
        else
            result->parts[cell] = campaign_table_int64(result->quotas, quota, row);
    }
}

static inline campaign_status run_case(quota_result *result, const quota_case *c,
                                       const campaign_allocate_quota_options *options, campaign_error *error)
{
    const quota_result empty = { .report = CAMPAIGN_ALLOCATE_QUOTA_REPORT_INIT };
    campaign_allocate_quota_inputs inputs = CAMPAIGN_ALLOCATE_QUOTA_INPUTS_INIT;
    campaign_table *cells = cells_table(c);
    campaign_table *rows = c->has_rows ? totals_table(c, c->n_columns ? "row" : "cell", c->rows, c->n_rows) : NULL;
    campaign_table *columns = c->has_columns ? totals_table(c, "column", c->columns, c->n_columns) : NULL;
    *result = empty;
    inputs.cells = cells, inputs.rows = rows, inputs.columns = columns;
    const campaign_status status =
        campaign_allocate_quota(&result->quotas, &result->report, &inputs, options, NULL, error);
    if (status == CAMPAIGN_OK) read_parts(result, c, options->kind);
    campaign_table_free(cells);
    campaign_table_free(rows);
    campaign_table_free(columns);
    return status;
}

static inline void clear_result(quota_result *result)
{
    campaign_table_free(result->quotas);
    campaign_allocate_quota_report_clear(&result->report);
}

static inline campaign_allocate_quota_options options_for(int32_t kind, int32_t method, int64_t total)
{
    campaign_allocate_quota_options options = CAMPAIGN_ALLOCATE_QUOTA_OPTIONS_INIT;
    options.kind = kind;
    options.method = method;
    options.has_total = total != NONE;
    options.total = total != NONE ? total : 0;
    return options;
}

/* d(k) in floating point. */
static inline double post(int32_t method, int64_t k)
{
    const double n = (double)k;
    switch (method) {
    case CAMPAIGN_QUOTA_SAINTE_LAGUE: return n - 0.5;
    case CAMPAIGN_QUOTA_HILL: return sqrt(n * (n - 1));
    case CAMPAIGN_QUOTA_ADAMS: return n - 1;
    case CAMPAIGN_QUOTA_DEAN: return n * (n - 1) / (n - 0.5);
    default: return n;
    }
}

/* A text cell of a table, terminated. */
static inline const char *text_at(char text[512], const campaign_table *table, const char *column, int64_t row)
{
    (void)campaign_table_format(text, 512, table, campaign_table_find(table, column), row);
    return text;
}

/* ---- Outside truth ----------------------------------------------------------------------------------------------- */

static inline cpn_json *read_cases(void)
{
    FILE *file = open_shared("cases/quota_cases.json");
    static char text[1 << 16];
    const size_t length = fread(text, 1, sizeof text, file);
    (void)fclose(file);
    cpn_json *json = NULL;
    campaign_error error = { 0 };
    assert_ok(cpn_json_read(&json, text, length, &error), error);
    return json;
}

/* Numbers of a list, or of a list of lists, one after the other; returns how many. */
static inline int32_t read_numbers(double *numbers, const cpn_json_value *list)
{
    int32_t n = 0;
    assert_non_null(list);
    for (const cpn_json_value *item = list->first; item; item = item->next) {
        if (item->kind == CPN_JSON_ARRAY)
            n += read_numbers(numbers + n, item);
        else
            numbers[n++] = strtod(item->text, NULL);
    }
    return n;
}

#endif
