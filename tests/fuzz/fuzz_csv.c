/* CSV: the first bytes choose options, the rest is the text. What is read can be written, and reads back the same. */
#include "fuzz.h"

#include <campaign/io.h>
#include <string.h>

/* Every column of a table declared as what it is. Returns how many, at most room. */
static int32_t declare_columns(campaign_csv_column *columns, int32_t room, const campaign_table *table)
{
    const int32_t n = campaign_table_n_columns(table);
    for (int32_t i = 0; i < n && i < room; i++) {
        const campaign_csv_column blank = CAMPAIGN_CSV_COLUMN_INIT;
        campaign_column column = CAMPAIGN_COLUMN_INIT;
        FUZZ_CHECK(campaign_table_column(&column, table, i, NULL) == CAMPAIGN_OK);
        columns[i] = blank;
        columns[i].name = column.name;
        columns[i].type = column.type;
        memcpy(columns[i].currency, column.currency, sizeof column.currency);
        columns[i].exponent = column.exponent;
        columns[i].has_exponent = column.type == CAMPAIGN_TYPE_MONEY;
    }
    return n;
}

static void check_round_trip(const campaign_table *table)
{
    enum { ROOM = 64 };
    campaign_csv_column columns[ROOM];
    campaign_csv_options options = CAMPAIGN_CSV_OPTIONS_INIT;
    campaign_table *again = NULL;
    char *text = NULL, *text_again = NULL;
    size_t length = 0, length_again = 0;
    options.columns = columns;
    options.n_columns = declare_columns(columns, ROOM, table);
    if (options.n_columns > ROOM || options.n_columns == 0) return;
    FUZZ_CHECK(campaign_io_format_csv(&text, &length, table, NULL, NULL) == CAMPAIGN_OK);
    FUZZ_CHECK(campaign_io_parse_csv(&again, NULL, text, length, &options, NULL, NULL) == CAMPAIGN_OK);
    FUZZ_CHECK(campaign_table_n_rows(again) == campaign_table_n_rows(table));
    FUZZ_CHECK(campaign_io_format_csv(&text_again, &length_again, again, NULL, NULL) == CAMPAIGN_OK);
    FUZZ_CHECK(length == length_again && memcmp(text, text_again, length) == 0);
    campaign_text_free(text);
    campaign_text_free(text_again);
    campaign_table_free(again);
}

static void take_options(campaign_csv_options *options, campaign_csv_column *column, uint8_t knobs, uint8_t type)
{
    static const char *const nulls[] = { "NA" };
    options->encoding = knobs & 3;
    if (options->encoding == 3) options->encoding = CAMPAIGN_CSV_UTF8;
    options->on_problem = knobs >> 2 & 1;
    options->delimiter = knobs & 8 ? CAMPAIGN_CSV_DELIMITER_AUTO : 0;
    options->has_utc_offset = knobs >> 4 & 1;
    options->utc_offset_minutes = 480;
    options->null_texts = nulls;
    options->n_null_texts = knobs >> 5 & 1;
    options->n_lines_before_header = knobs >> 6 & 1;
    options->strips_formula_guard = knobs >> 7;
    column->name = "a";
    column->is_optional = 1;
    column->type = type % 9;
    column->date_order = type / 9 % 3;
    column->is_key = type / 27 % 2 && (column->type == 0 || column->type == CAMPAIGN_TYPE_UTF8);
    column->rounding = type / 54 % 2 ? CAMPAIGN_ROUND_HALF_EVEN : CAMPAIGN_ROUND_NONE;
    if (column->type == CAMPAIGN_TYPE_MONEY) memcpy(column->currency, "CNY", 4);
    options->columns = column;
    options->n_columns = 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2) return 0;
    campaign_csv_options options = CAMPAIGN_CSV_OPTIONS_INIT;
    campaign_csv_column column = CAMPAIGN_CSV_COLUMN_INIT;
    campaign_csv_report report = CAMPAIGN_CSV_REPORT_INIT;
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    take_options(&options, &column, data[0], data[1]);
    const campaign_status status =
        campaign_io_parse_csv(&table, &report, (const char *)data + 2, size - 2, &options, NULL, &error);
    FUZZ_CHECK((status == CAMPAIGN_OK) == (table != NULL));
    FUZZ_CHECK(status == CAMPAIGN_OK || (error.code == status && error.message[0]));
    if (table) {
        FUZZ_CHECK(campaign_table_n_rows(table) == report.n_records - report.n_skipped);
        FUZZ_CHECK((report.n_problems == 0) == (report.n_skipped == 0));
        check_round_trip(table);
    }
    campaign_table_free(report.problems);
    campaign_table_free(report.counts);
    campaign_table_free(table);
    return 0;
}
