/* Reading small texts in tests: one call, and cells as text. */
#ifndef CPN_TESTS_CSV_H
#define CPN_TESTS_CSV_H

#include "check.h"

#include <campaign/io.h>

/* Reads text, which must succeed. */
static inline campaign_table *read_with(const char *text, const campaign_csv_options *options)
{
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    assert_ok(campaign_io_parse_csv(&table, NULL, text, strlen(text), options, NULL, &error), error);
    assert_non_null(table);
    return table;
}

static inline campaign_table *read_text(const char *text)
{
    return read_with(text, NULL);
}

/* The error of a text that must not be read. */
static inline campaign_error refuse_with(const char *text, const campaign_csv_options *options)
{
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    const campaign_status status = campaign_io_parse_csv(&table, NULL, text, strlen(text), options, NULL, &error);
    assert_null(table);
    assert_int_not_equal(status, CAMPAIGN_OK);
    assert_int_equal(status, error.code);
    return error;
}

static inline void assert_error(campaign_error error, campaign_status code, int64_t row, const char *where,
                                const char *part)
{
    assert_string_equal(campaign_status_name(error.code), campaign_status_name(code));
    assert_string_equal(error.where, where);
    assert_int_equal(error.row, row);
    if (!strstr(error.message, part)) fail_msg("\"%s\" does not say \"%s\"", error.message, part);
}

/* A cell printed as campaign_table_format does; "null" for null. */
static inline void assert_cell(const campaign_table *table, const char *name, int64_t row, const char *expected)
{
    char text[200];
    const int32_t index = campaign_table_find(table, name);
    assert_true(index >= 0);
    assert_true(row < campaign_table_n_rows(table));
    (void)campaign_table_format(text, sizeof text, table, index, row);
    assert_string_equal(campaign_table_is_null(table, index, row) ? "null" : text, expected);
}

static inline int32_t type_of_column(const campaign_table *table, const char *name)
{
    campaign_column column = CAMPAIGN_COLUMN_INIT;
    campaign_error error = { 0 };
    const int32_t index = campaign_table_find(table, name);
    assert_true(index >= 0);
    assert_ok(campaign_table_column(&column, table, index, &error), error);
    return column.type;
}

/* Options with one declared column. */
static inline campaign_csv_options declare(campaign_csv_column *column, const char *name, int32_t type,
                                           const char *currency)
{
    const campaign_csv_column blank = CAMPAIGN_CSV_COLUMN_INIT;
    campaign_csv_options options = CAMPAIGN_CSV_OPTIONS_INIT;
    *column = blank;
    column->name = name;
    column->type = type;
    if (currency) memcpy(column->currency, currency, 3);
    options.columns = column;
    options.n_columns = 1;
    return options;
}

#endif
