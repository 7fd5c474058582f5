/* Problems: the first one with its place, or all of them as tables. */
#include "csv.h"

typedef struct reading {
    campaign_table *table;
    campaign_csv_report report;
} reading;

static reading read_skipping(const char *text, campaign_csv_options options)
{
    const campaign_csv_report blank = CAMPAIGN_CSV_REPORT_INIT;
    reading result = { NULL, blank };
    campaign_error error = { 0 };
    options.on_problem = CAMPAIGN_CSV_SKIP;
    assert_ok(campaign_io_parse_csv(&result.table, &result.report, text, strlen(text), &options, NULL, &error), error);
    return result;
}

static void close_reading(reading *result)
{
    campaign_table_free(result->table);
    campaign_table_free(result->report.problems);
    campaign_table_free(result->report.counts);
}

/* A row of a report, its cells joined by bars. */
static void assert_row(const campaign_table *table, int64_t row, const char *expected)
{
    char line[600] = "", cell[300];
    for (int32_t i = 0; i < campaign_table_n_columns(table); i++) {
        (void)campaign_table_format(cell, sizeof cell, table, i, row);
        (void)sprintf(line + strlen(line), "%s%s", i ? "|" : "", cell);
    }
    assert_string_equal(line, expected);
}

static void test_the_first_problem_ends_the_call(void **state)
{
    (void)state;
    campaign_csv_column column;
    const campaign_csv_options options = declare(&column, "金额", CAMPAIGN_TYPE_MONEY, "CNY");
    assert_error(refuse_with("订单,金额\n1,5\n\"多行\n文字\",12.3x\n3,y\n", &options), CAMPAIGN_E_SYNTAX, 1,
                 "line 4 column 5", "column \"金额\": \"12.3x\" is not an amount");
    assert_error(refuse_with("订单,金额\n张三,1\n张三,\"1.234\"\n", &options), CAMPAIGN_E_VALUE, 1, "line 3 column 4",
                 "more decimals than the currency");
    assert_error(refuse_with("a,b\r\n1,2\r\n3\r\n", NULL), CAMPAIGN_E_SYNTAX, 1, "line 3 column 1",
                 "the record has 1 fields, the header has 2");
    assert_error(refuse_with("a,b\n1,\"x\ny\"z\n", NULL), CAMPAIGN_E_SYNTAX, 0, "line 3 column 3", "began on line 2");
    assert_error(refuse_with("a,b\n1,2\n3,\"x\n", NULL), CAMPAIGN_E_SYNTAX, -1, "line 3 column 3", "never closed");
    assert_error(refuse_with("a,\"b\n1,2\n", NULL), CAMPAIGN_E_SYNTAX, -1, "line 1 column 3", "quote in the header");
}

static void test_skipped_rows_are_listed(void **state)
{
    (void)state;
    campaign_csv_column columns[2];
    campaign_csv_options options = declare(&columns[0], "date", CAMPAIGN_TYPE_DATE, NULL);
    (void)declare(&columns[1], "amount", CAMPAIGN_TYPE_MONEY, "CNY");
    columns[1].rounding = CAMPAIGN_ROUND_HALF_EVEN;
    options.n_columns = 2;
    reading result = read_skipping("id,date,amount\n"
                                   "1,2026-01-05,1.005\n"  /* kept, rounded */
                                   "2,2026-02-30,x\n"      /* two problems */
                                   "3,2026-01-05\n"        /* ragged */
                                   "4,\"2026-01-05\"!,3\n" /* text behind the quote */
                                   "5,\"20\n26\",3\n"      /* not a date, over two lines */
                                   "合计,,6.00\n",         /* kept: nothing was said about id */
                                   options);
    assert_int_equal(campaign_table_n_rows(result.table), 2);
    assert_cell(result.table, "id", 0, "1");
    assert_cell(result.table, "amount", 0, "1.00"); /* half to even */
    assert_cell(result.table, "id", 1, "合计");
    assert_int_equal(result.report.n_records, 6);
    assert_int_equal(result.report.n_skipped, 4);
    assert_int_equal(result.report.n_rounded, 1);
    assert_int_equal(result.report.n_problems, 5);
    const campaign_table *problems = result.report.problems;
    assert_int_equal(campaign_table_n_rows(problems), 5);
    assert_row(problems, 0,
               "1|3|3|date|CAMPAIGN_E_VALUE|no_such_date|2026-02-30|column \"date\": \"2026-02-30\" is a date "
               "that does not exist");
    assert_row(problems, 1,
               "1|3|14|amount|CAMPAIGN_E_SYNTAX|not_money|x|column \"amount\": \"x\" is not an amount of the "
               "column's currency");
    assert_row(problems, 2, "2|4|1||CAMPAIGN_E_SYNTAX|ragged||the record has 2 fields, the header has 3");
    assert_row(problems, 3,
               "3|5|15||CAMPAIGN_E_SYNTAX|quote||text stands behind the closing quote of a cell; the record "
               "began on line 5, and a quote inside a quoted cell is written twice");
    assert_row(problems, 4,
               "4|6|3|date|CAMPAIGN_E_SYNTAX|not_date|20 26|column \"date\": \"20 26\" is not a date in the "
               "column's order of year, month, day");
    const campaign_table *counts = result.report.counts;
    assert_int_equal(campaign_table_n_rows(counts), 5);
    assert_row(counts, 0, "|ragged|1");
    assert_row(counts, 1, "|quote|1");
    assert_row(counts, 2, "date|not_date|1");
    assert_row(counts, 3, "date|no_such_date|1");
    assert_row(counts, 4, "amount|not_money|1");
    close_reading(&result);
}

static void test_destroyed_ids_are_skipped_like_others(void **state)
{
    (void)state;
    const campaign_csv_options options = CAMPAIGN_CSV_OPTIONS_INIT;
    reading result = read_skipping("sku,n\n6901234567892,1\n6.90123E+12,2\n6901234567893,3\n", options);
    assert_int_equal(campaign_table_n_rows(result.table), 2);
    assert_int_equal(type_of_column(result.table, "sku"), CAMPAIGN_TYPE_INT64);
    assert_cell(result.table, "sku", 1, "6901234567893");
    assert_int_equal(campaign_table_n_rows(result.report.problems), 1);
    assert_int_equal(result.report.n_skipped, 1);
    close_reading(&result);
}

static void test_the_list_is_limited_and_the_counts_are_not(void **state)
{
    (void)state;
    enum { ROWS = 100000 }; /* several blocks */
    char *text = malloc(ROWS * 16 + 100);
    assert_non_null(text);
    size_t n = (size_t)sprintf(text, "id,x\n");
    for (int i = 0; i < ROWS; i++)
        n += (size_t)sprintf(text + n, i % 2 ? "%d,bad\n" : i % 10 == 0 ? "%d\n" : "%d,7\n", i);
    campaign_csv_column column;
    campaign_csv_options options = declare(&column, "x", CAMPAIGN_TYPE_INT64, NULL);
    options.problem_limit = 3;
    reading result = read_skipping(text, options);
    assert_int_equal(result.report.n_records, ROWS);
    assert_int_equal(result.report.n_skipped, ROWS / 2 + ROWS / 10);
    assert_int_equal(campaign_table_n_rows(result.table), ROWS * 4 / 10);
    assert_cell(result.table, "id", 0, "2");
    assert_cell(result.table, "id", ROWS * 4 / 10 - 1, "99998");
    assert_int_equal(campaign_table_n_rows(result.report.problems), 6);
    static const int64_t rows[] = { 0, 1, 3, 5, 10, 20 }; /* bad cells in 1, 3, 5; ragged records 0, 10, 20 */
    for (int i = 0; i < 6; i++) assert_int_equal(campaign_table_int64(result.report.problems, 0, i), rows[i]);
    assert_row(result.report.counts, 0, "|ragged|10000");
    assert_row(result.report.counts, 1, "x|not_integer|50000");
    close_reading(&result);

    options.problem_limit = 0;
    result = read_skipping(text, options);
    assert_int_equal(campaign_table_n_rows(result.report.problems), 40);
    close_reading(&result);
    free(text);
}

static void test_a_clean_text_has_an_empty_report(void **state)
{
    (void)state;
    const campaign_csv_options options = CAMPAIGN_CSV_OPTIONS_INIT;
    reading result = read_skipping("\xEF\xBB\xBF"
                                   "a\n1\n",
                                   options);
    assert_int_equal(campaign_table_n_rows(result.report.problems), 0);
    assert_int_equal(campaign_table_n_columns(result.report.problems), 8);
    assert_int_equal(campaign_table_n_rows(result.report.counts), 0);
    assert_int_equal(result.report.has_bom, 1);
    assert_int_equal(result.report.n_problems, 0);
    close_reading(&result);
}

static void test_long_values_are_cut_between_characters(void **state)
{
    (void)state;
    char text[400] = "金额\n";
    for (int i = 0; i < 100; i++) strcat(text, "万");
    campaign_csv_column column;
    const campaign_csv_options options = declare(&column, "金额", CAMPAIGN_TYPE_MONEY, "CNY");
    const campaign_error error = refuse_with(text, &options);
    assert_non_null(strstr(error.message, "万万…\" is not an amount"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_first_problem_ends_the_call),
        cmocka_unit_test(test_skipped_rows_are_listed),
        cmocka_unit_test(test_destroyed_ids_are_skipped_like_others),
        cmocka_unit_test(test_the_list_is_limited_and_the_counts_are_not),
        cmocka_unit_test(test_a_clean_text_has_an_empty_report),
        cmocka_unit_test(test_long_values_are_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
