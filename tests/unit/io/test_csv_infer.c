/* Types from cells: what a column becomes when nobody has said it, and what nobody may take for a number. */
#include "csv.h"

#include "io/csv/value.h"

/* A column of these cells, each quoted, among a column of numbers. */
static void make_text(char *text, const char *const *cells)
{
    strcpy(text, "n,x\n");
    for (int i = 0; cells[i]; i++) (void)sprintf(text + strlen(text), "%d,\"%s\"\n", i, cells[i]);
}

typedef struct column_case {
    int32_t type;
    const char *cells[5];
} column_case;

static void test_types_hold_every_cell(void **state)
{
    (void)state;
    static const column_case cases[] = {
        { CAMPAIGN_TYPE_INT64, { "0", "-7", "1,234" } },
        { CAMPAIGN_TYPE_INT64, { "9223372036854775807", "-9223372036854775808" } },
        { CAMPAIGN_TYPE_UTF8, { "1", "9223372036854775808" } }, /* beyond int64 */
        { CAMPAIGN_TYPE_UTF8, { "1", "12345678901234567890123" } },
        { CAMPAIGN_TYPE_UTF8, { "1", "0012" } }, /* an id */
        { CAMPAIGN_TYPE_UTF8, { "1", "-01" } },
        { CAMPAIGN_TYPE_UTF8, { "00.5", "1" } },
        { CAMPAIGN_TYPE_UTF8, { "+8613800000000" } }, /* a telephone number */
        { CAMPAIGN_TYPE_FLOAT64, { "1", "0.5" } },
        { CAMPAIGN_TYPE_FLOAT64, { "17850.0", "" } },
        { CAMPAIGN_TYPE_FLOAT64, { "1,234.50", ".5", "5." } },
        { CAMPAIGN_TYPE_FLOAT64, { "1e-7", "3" } },
        { CAMPAIGN_TYPE_FLOAT64, { "1.5", "2E5", "1.23E+17" } },  /* the decimals show that they are measurements */
        { CAMPAIGN_TYPE_UTF8, { "9007199254740993", "0.5" } },    /* a double would change the first */
        { CAMPAIGN_TYPE_FLOAT64, { "9007199254740992", "0.5" } }, /* 2^53 it holds */
        { CAMPAIGN_TYPE_FLOAT64, { "0.12345678901234567890" } },  /* more digits than a double: a measurement */
        { CAMPAIGN_TYPE_UTF8, { "1", "12,34" } },
        { CAMPAIGN_TYPE_UTF8, { "0,123" } },
        { CAMPAIGN_TYPE_UTF8, { "1234,567" } },
        { CAMPAIGN_TYPE_UTF8, { "15%" } },
        { CAMPAIGN_TYPE_UTF8, { "¥12.00" } },
        { CAMPAIGN_TYPE_UTF8, { "(12.00)" } },
        { CAMPAIGN_TYPE_UTF8, { "nan" } },
        { CAMPAIGN_TYPE_UTF8, { "true", "false" } },
        { CAMPAIGN_TYPE_DATE, { "2026-01-05", "2026/1/5", "2026年1月5日", "2026.1.5" } },
        { CAMPAIGN_TYPE_INT64, { "20260105" } }, /* could be a number as well */
        { CAMPAIGN_TYPE_TIMESTAMP, { "2026-01-05", "2026/1/5 8:26" } },
        { CAMPAIGN_TYPE_UTF8, { "2026-01-05", "2026-02-30" } }, /* nothing is lost */
        { CAMPAIGN_TYPE_UTF8, { "2026-01-05", "7" } },
        { CAMPAIGN_TYPE_UTF8, { "1/5/2026" } }, /* January or May */
        { CAMPAIGN_TYPE_UTF8, { "2026-01-05T08:26:00Z" } },
        { CAMPAIGN_TYPE_INT64,
          { " 5 ", "\xE3\x80\x80"
                   "6" } },
        { CAMPAIGN_TYPE_UTF8, { " ", "7" } },
        { CAMPAIGN_TYPE_UTF8, { "", "" } },
        { CAMPAIGN_TYPE_UTF8, { "-", "7" } },
        { CAMPAIGN_TYPE_UTF8, { "1.2.3" } },
        { CAMPAIGN_TYPE_UTF8, { "12E3x" } },
        { CAMPAIGN_TYPE_UTF8, { "1e999", "1.5" } }, /* no double holds it */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[400];
        make_text(text, cases[i].cells);
        campaign_table *table = read_text(text);
        if (type_of_column(table, "x") != cases[i].type)
            fail_msg("column of \"%s\" has type %d, not %d", cases[i].cells[0], type_of_column(table, "x"),
                     cases[i].type);
        campaign_table_free(table);
    }
}

static void test_values_of_each_type(void **state)
{
    (void)state;
    campaign_table *table = read_text("i,f,d,t,s\n"
                                      "\"-1,234\",\"-1,234.5\",2026/1/5,2026-01-05,a\n"
                                      "9007199254740993,2,2026年12月31日,2026/1/5 8:26,\n"
                                      ",,,,\"\"\n");
    assert_cell(table, "i", 0, "-1234");
    assert_cell(table, "i", 1, "9007199254740993");
    assert_cell(table, "f", 0, "-1234.5");
    assert_cell(table, "f", 1, "2");
    assert_cell(table, "d", 1, "2026-12-31");
    assert_cell(table, "t", 0, "2026-01-05T00:00:00");
    assert_cell(table, "t", 1, "2026-01-05T08:26:00");
    assert_cell(table, "s", 1, "null");
    assert_cell(table, "s", 2, "");
    assert_cell(table, "i", 2, "null");
    assert_cell(table, "t", 2, "null");
    campaign_table_free(table);
}

static void test_destroyed_ids_never_become_numbers(void **state)
{
    (void)state;
    static const char *const refused[][4] = {
        { "6901234567892", "1.23E+17" }, /* among long whole numbers */
        { "1.23E+17", "4.4E+18" },       /* nothing else there */
        { "10001", "1E5" },              /* perhaps a code, not a measurement */
        { "17850.0", "1.2345678901234568e+17" },
        { "A1001", "1.23E+17" }, /* among codes too, where it looks as spreadsheets write it */
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        char text[200];
        make_text(text, refused[i]);
        const campaign_error error = refuse_with(text, NULL);
        assert_int_equal(error.code, CAMPAIGN_E_VALUE);
        assert_non_null(strstr(error.message, "column \"x\""));
        assert_non_null(strstr(error.message, "a spreadsheet has destroyed this id"));
    }
    campaign_table *table = read_text("x\nA1001\n12E3\n1.5\n"); /* codes that only look like numbers */
    assert_int_equal(type_of_column(table, "x"), CAMPAIGN_TYPE_UTF8);
    campaign_table_free(table);

    campaign_csv_column column;
    campaign_csv_options options = declare(&column, "x", CAMPAIGN_TYPE_FLOAT64, NULL);
    table = read_with("x\n6901234567892\n1.23E+17\n", &options); /* the caller has said so */
    assert_cell(table, "x", 1, "123000000000000000");
    campaign_table_free(table);
    options = declare(&column, "x", CAMPAIGN_TYPE_UTF8, NULL);
    table = read_with("x\n6901234567892\n1.23E+17\n", &options);
    assert_cell(table, "x", 1, "1.23E+17");
    campaign_table_free(table);
}

static void test_keys_are_whole_numbers_or_text(void **state)
{
    (void)state;
    campaign_csv_column column;
    campaign_csv_options options = declare(&column, "x", 0, NULL);
    column.is_key = 1;
    campaign_table *table =
        read_with("x,y\n17850.0,1\n,2\n13047,3\n", &options); /* as programs write ids beside nulls */
    assert_int_equal(type_of_column(table, "x"), CAMPAIGN_TYPE_INT64);
    assert_cell(table, "x", 0, "17850");
    assert_cell(table, "x", 1, "null");
    campaign_table_free(table);
    table = read_with("x\n17850.5\n1\n", &options);
    assert_int_equal(type_of_column(table, "x"), CAMPAIGN_TYPE_UTF8);
    assert_cell(table, "x", 0, "17850.5");
    campaign_table_free(table);
    table = read_with("x\n2026-01-05\n", &options);
    assert_int_equal(type_of_column(table, "x"), CAMPAIGN_TYPE_UTF8);
    campaign_table_free(table);
    assert_error(refuse_with("x\n1.5\n1.23E+17\n", &options), CAMPAIGN_E_VALUE, 1, "line 3 column 1", "destroyed");
}

/* The type comes from all rows: what the first rows look like only decides how often they are read. */
static void test_late_cells_count_as_much_as_early_ones(void **state)
{
    (void)state;
    static const struct {
        const char *early, *late;
        int32_t type;
        const char *first;
    } cases[] = { { "7", "x", CAMPAIGN_TYPE_UTF8, "7" },
                  { "7", "0.5", CAMPAIGN_TYPE_FLOAT64, "7" },
                  { "2026-01-05", "2026-01-05 1:02", CAMPAIGN_TYPE_TIMESTAMP, "2026-01-05T00:00:00" },
                  { "", "7", CAMPAIGN_TYPE_INT64, "null" },
                  { "\"\"", "7", CAMPAIGN_TYPE_INT64, "null" },
                  { "\"NA\"", "7", CAMPAIGN_TYPE_INT64, "null" },
                  { "\"NA\"", "x", CAMPAIGN_TYPE_UTF8, "NA" },
                  { "7", "\"NA\"", CAMPAIGN_TYPE_INT64, "7" },
                  { "7.50", "7 EUR", CAMPAIGN_TYPE_UTF8, "7.50" } };
    static const char *const nulls[] = { "NA" };
    campaign_csv_options options = CAMPAIGN_CSV_OPTIONS_INIT;
    options.null_texts = nulls;
    options.n_null_texts = 1;
    enum { ROWS = 5000 };
    char *text = malloc(ROWS * 20 + 100);
    assert_non_null(text);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t n = (size_t)sprintf(text, "n,x\n");
        for (int row = 0; row < ROWS; row++) n += (size_t)sprintf(text + n, "1,%s\n", cases[i].early);
        (void)sprintf(text + n, "1,%s\n", cases[i].late);
        campaign_table *table = read_with(text, &options);
        assert_int_equal(type_of_column(table, "x"), cases[i].type);
        assert_cell(table, "x", 0, cases[i].first);
        assert_cell(table, "x", ROWS - 1, cases[i].first);
        campaign_table_free(table);
    }
    free(text);
}

static void test_zoned_timestamps_by_the_shops_offset(void **state)
{
    (void)state;
    campaign_csv_options options = CAMPAIGN_CSV_OPTIONS_INIT;
    options.has_utc_offset = 1;
    options.utc_offset_minutes = 480;
    campaign_table *table = read_with("x\n2026-01-05T20:26:00Z\n2026-01-05 08:00\n", &options);
    assert_cell(table, "x", 0, "2026-01-06T04:26:00");
    assert_cell(table, "x", 1, "2026-01-05T08:00:00");
    campaign_table_free(table);
}

/* Rows that are left out say nothing about types: a header in the middle of joined exports. */
static void test_skipped_rows_do_not_decide_types(void **state)
{
    (void)state;
    campaign_csv_column column;
    campaign_csv_options options = declare(&column, "date", CAMPAIGN_TYPE_DATE, NULL);
    options.on_problem = CAMPAIGN_CSV_SKIP;
    campaign_table *table = read_with("id,date,n\n1,2026-01-05,7\nid,date,n\n2,2026-01-06,8\n", &options);
    assert_int_equal(campaign_table_n_rows(table), 2);
    assert_int_equal(type_of_column(table, "id"), CAMPAIGN_TYPE_INT64);
    assert_int_equal(type_of_column(table, "n"), CAMPAIGN_TYPE_INT64);
    assert_cell(table, "n", 1, "8");
    campaign_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_types_hold_every_cell),
        cmocka_unit_test(test_values_of_each_type),
        cmocka_unit_test(test_destroyed_ids_never_become_numbers),
        cmocka_unit_test(test_keys_are_whole_numbers_or_text),
        cmocka_unit_test(test_late_cells_count_as_much_as_early_ones),
        cmocka_unit_test(test_zoned_timestamps_by_the_shops_offset),
        cmocka_unit_test(test_skipped_rows_do_not_decide_types),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
