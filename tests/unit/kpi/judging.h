/* Plans to judge and figures to judge them by, for the tests of the evaluation. */
#ifndef CPN_TESTS_JUDGING_H
#define CPN_TESTS_JUDGING_H

#include "check.h"

#include <campaign/kpi.h>

#include "base/date.h"
#include "table/table.h"

/* Columns as "name:type", types d date, m money CNY, i int64, f float64, t text; rows as text, "" is null. */
static inline campaign_table *make_table(const char *const *columns, int32_t n_columns, const char *const *cells,
                                         int64_t n_rows)
{
    campaign_error error;
    campaign_table_builder *builder;
    campaign_table *table;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    for (int32_t c = 0; c < n_columns; c++) {
        char name[32];
        const char *colon = strchr(columns[c], ':');
        static const char letters[] = "dmift";
        static const int32_t types[] = { CAMPAIGN_TYPE_DATE, CAMPAIGN_TYPE_MONEY, CAMPAIGN_TYPE_INT64,
                                         CAMPAIGN_TYPE_FLOAT64, CAMPAIGN_TYPE_UTF8 };
        (void)snprintf(name, sizeof name, "%.*s", (int)(colon - columns[c]), columns[c]);
        const int32_t type = types[strchr(letters, colon[1]) - letters];
        assert_ok(
            campaign_table_builder_add_column(builder, name, type, type == CAMPAIGN_TYPE_MONEY ? "CNY" : NULL, &error),
            error);
        for (int64_t r = 0; r < n_rows; r++) {
            const char *cell = cells[r * n_columns + c];
            const size_t length = strlen(cell);
            int64_t number = 0;
            int32_t day = 0;
            if (!*cell) {
                assert_ok(campaign_table_builder_append_null(builder, c, &error), error);
                continue;
            }
            if (type == CAMPAIGN_TYPE_UTF8) {
                assert_ok(campaign_table_builder_append_text(builder, c, cell, length, &error), error);
                continue;
            }
            if (type == CAMPAIGN_TYPE_FLOAT64) {
                assert_ok(campaign_table_builder_append_float64(builder, c, strtod(cell, NULL), &error), error);
                continue;
            }
            if (type == CAMPAIGN_TYPE_DATE) {
                assert_ok(campaign_date_parse(&day, cell, length, &error), error);
                number = day;
            } else {
                assert_ok(campaign_money_parse(&number, cell, length, type == CAMPAIGN_TYPE_MONEY ? 2 : 0,
                                               CAMPAIGN_ROUND_NONE, &error),
                          error);
            }
            assert_ok(campaign_table_builder_append_int64(builder, c, number, &error), error);
        }
    }
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

#define TABLE(columns, cells)                                                                                          \
    make_table(columns, (int32_t)(sizeof(columns) / sizeof *(columns)), cells,                                         \
               (int64_t)(sizeof(cells) / sizeof *(cells) / (sizeof(columns) / sizeof *(columns))))

/* Ten days of a hundred each in two periods of five, product lines a and b at three to two. */
static inline campaign_table *make_targets(void)
{
    static const char *const columns[] = { "level:t",  "period:t",       "start:d", "end:d",
                                           "target:m", "product_line:t", "market:t" };
    static const char *const cells[] = {
        "year",         "2027",    "2027-01-01", "2027-01-11", "1000.00", "",  "",
        "half",         "2027-H1", "2027-01-01", "2027-01-06", "500.00",  "",  "",
        "half",         "2027-H2", "2027-01-06", "2027-01-11", "500.00",  "",  "",
        "product_line", "2027",    "2027-01-01", "2027-01-11", "600.00",  "a", "",
        "product_line", "2027",    "2027-01-01", "2027-01-11", "400.00",  "b", "",
    };
    return TABLE(columns, cells);
}

static inline bool cell_is(const campaign_table *table, const char *column, int64_t row, const char *expected)
{
    char text[256];
    assert_true(row >= 0);
    (void)campaign_table_format(text, sizeof text, table, campaign_table_find(table, column), row);
    if (strcmp(text, expected) != 0) print_message("%s of row %d is \"%s\"\n", column, (int)row, text);
    return strcmp(text, expected) == 0;
}

/* First row whose cells print as given; column_b may be NULL. -1: none. */
static inline int64_t find_row(const campaign_table *table, const char *column_a, const char *a, const char *column_b,
                               const char *b)
{
    char text[256];
    for (int64_t row = 0; row < campaign_table_n_rows(table); row++) {
        (void)campaign_table_format(text, sizeof text, table, campaign_table_find(table, column_a), row);
        if (strcmp(text, a) != 0) continue;
        if (!column_b) return row;
        (void)campaign_table_format(text, sizeof text, table, campaign_table_find(table, column_b), row);
        if (strcmp(text, b) == 0) return row;
    }
    return -1;
}

static inline double float_at(const campaign_table *table, const char *column, int64_t row)
{
    const int32_t index = campaign_table_find(table, column);
    assert_true(row >= 0 && index >= 0 && !campaign_table_is_null(table, index, row));
    return campaign_table_float64(table, index, row);
}

static inline void assert_near(double actual, double expected)
{
    if (!(actual > expected - 1e-12 && actual < expected + 1e-12)) fail_msg("%.17g, expected %.17g", actual, expected);
}

/* Judges as of a day, "" for the last with figures. */
static inline campaign_kpi_evaluation judge(const campaign_kpi_plan *plan, const campaign_kpi_actuals *actuals,
                                            const char *as_of, campaign_kpi_options *options)
{
    campaign_error error;
    campaign_kpi_options usual = CAMPAIGN_KPI_OPTIONS_INIT;
    campaign_kpi_evaluation evaluation = CAMPAIGN_KPI_EVALUATION_INIT;
    if (!options) options = &usual;
    if (*as_of) {
        options->has_as_of = 1;
        assert_ok(campaign_date_parse(&options->as_of_day, as_of, strlen(as_of), &error), error);
    }
    assert_ok(campaign_kpi_evaluate(&evaluation, plan, actuals, options, NULL, &error), error);
    return evaluation;
}

static inline void assert_fails(const campaign_kpi_plan *plan, const campaign_kpi_actuals *actuals,
                                const campaign_kpi_options *options, campaign_status code, const char *word)
{
    campaign_error error = { 0 };
    campaign_kpi_evaluation evaluation = CAMPAIGN_KPI_EVALUATION_INIT;
    const campaign_status status = campaign_kpi_evaluate(&evaluation, plan, actuals, options, NULL, &error);
    if (status != code || (!strstr(error.message, word) && !strstr(error.where, word)))
        fail_msg("%s at \"%s\" row %d: %s", campaign_status_name(status), error.where, (int)error.row, error.message);
    assert_null(evaluation.attainment);
    assert_null(evaluation.alerts);
}

#endif
