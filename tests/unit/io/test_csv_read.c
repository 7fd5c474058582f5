/* The shape of CSV: quotes, line ends, headers, nulls, delimiters, options. */
#include "csv.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void test_quotes_delimiters_and_line_ends(void **state)
{
    (void)state;
    campaign_table *table =
        read_text("name,note\r\n\"Li, Wei\",\"said \"\"yes\"\"\"\n\"two\r\nlines\",5\" pipe\rlast,x");
    assert_int_equal(campaign_table_n_rows(table), 3);
    assert_cell(table, "name", 0, "Li, Wei");
    assert_cell(table, "note", 0, "said \"yes\"");
    assert_cell(table, "name", 1, "two\r\nlines");
    assert_cell(table, "note", 1, "5\" pipe"); /* a quote inside an unquoted cell is a character */
    assert_cell(table, "note", 2, "x");
    campaign_table_free(table);
}

static void test_a_missing_last_line_end_changes_nothing(void **state)
{
    (void)state;
    static const char *const texts[] = { "a,b\n1,2", "a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\r1,2\r",
                                         "\n\na,b\n\n1,2\n\n" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        campaign_table *table = read_text(texts[i]);
        assert_int_equal(campaign_table_n_rows(table), 1);
        assert_cell(table, "a", 0, "1");
        assert_cell(table, "b", 0, "2");
        campaign_table_free(table);
    }
}

static void test_blank_lines_of_one_column_are_nulls(void **state)
{
    (void)state;
    campaign_table *table = read_text("n\n1\n\n3\n");
    assert_int_equal(campaign_table_n_rows(table), 3);
    assert_cell(table, "n", 1, "null");
    assert_cell(table, "n", 2, "3");
    campaign_table_free(table);
}

static void test_header_only_gives_no_rows(void **state)
{
    (void)state;
    campaign_table *table = read_text("客户,金额");
    assert_int_equal(campaign_table_n_rows(table), 0);
    assert_int_equal(campaign_table_n_columns(table), 2);
    assert_int_equal(type_of_column(table, "客户"), CAMPAIGN_TYPE_UTF8);
    campaign_table_free(table);
}

static void test_an_empty_text_has_no_header(void **state)
{
    (void)state;
    assert_error(refuse_with("", NULL), CAMPAIGN_E_MISSING, -1, "line 1 column 1", "no header");
    assert_error(refuse_with("\n\r\n", NULL), CAMPAIGN_E_MISSING, -1, "line 3 column 1", "no header");
    assert_error(refuse_with("\xEF\xBB\xBF", NULL), CAMPAIGN_E_MISSING, -1, "line 1 column 1", "no header");
}

static void test_a_header_without_names_is_refused(void **state)
{
    (void)state;
    assert_error(refuse_with(" ,\n,\n", NULL), CAMPAIGN_E_MISSING, -1, "line 1 column 1", "names no column");
    campaign_csv_column column;
    campaign_csv_options options = declare(&column, "b", CAMPAIGN_TYPE_INT64, NULL);
    column.is_optional = 1;
    options.keeps_only_declared = 1;
    assert_error(refuse_with("a\n1\n", &options), CAMPAIGN_E_MISSING, -1, "line 1 column 1", "names no column");
}

static void test_header_names_are_tidied(void **state)
{
    (void)state;
    campaign_table *table = read_text("\xEF\xBB\xBF 订单号 ,\"金额\r\n(元)\"\n1,2\n");
    assert_int_equal(campaign_table_find(table, "订单号"), 0);
    assert_int_equal(campaign_table_find(table, "金额 (元)"), 1);
    campaign_table_free(table);
}

static void test_a_header_name_that_stands_twice_is_refused(void **state)
{
    (void)state;
    assert_error(refuse_with("a,金额,b,金额\n1,2,3,4\n", NULL), CAMPAIGN_E_DUPLICATE, -1, "line 1 column 8",
                 "\"金额\" twice, as column 2 and column 4");
}

static void test_a_column_without_a_name_must_be_empty(void **state)
{
    (void)state;
    campaign_table *table = read_text("a,b,\n1,2,\n3,4,\"\"\n"); /* as some programs end every line */
    assert_int_equal(campaign_table_n_columns(table), 2);
    campaign_table_free(table);
    assert_error(refuse_with(",a\n,1\n7,2\n", NULL), CAMPAIGN_E_SYNTAX, 1, "line 3 column 1", "no name");

    campaign_csv_options skip = CAMPAIGN_CSV_OPTIONS_INIT;
    skip.on_problem = CAMPAIGN_CSV_SKIP; /* skipping would leave nothing */
    assert_error(refuse_with(",a\n0,1\n1,2\n", &skip), CAMPAIGN_E_SYNTAX, 0, "line 2 column 1", "no name");
}

static void test_only_declared_columns_are_kept(void **state)
{
    (void)state;
    campaign_csv_column column;
    campaign_csv_options options = declare(&column, "b", CAMPAIGN_TYPE_INT64, NULL);
    options.keeps_only_declared = 1;
    campaign_table *table = read_with(",a,b\n7,1.23E+17,5\n", &options); /* what is left out is not looked at */
    assert_int_equal(campaign_table_n_columns(table), 1);
    assert_cell(table, "b", 0, "5");
    campaign_table_free(table);
}

static void test_a_declared_column_must_be_there(void **state)
{
    (void)state;
    campaign_csv_column column;
    campaign_csv_options options = declare(&column, "金额", CAMPAIGN_TYPE_MONEY, "CNY");
    assert_error(refuse_with("id,amount\n1,2\n", &options), CAMPAIGN_E_COLUMN, -1, "金额",
                 "the header has: id, amount");
    assert_error(refuse_with("id;金额\n1;2\n", &options), CAMPAIGN_E_COLUMN, -1, "金额", "another delimiter");
    column.is_optional = 1;
    campaign_table *table = read_with("id,amount\n1,2\n", &options);
    assert_int_equal(campaign_table_n_columns(table), 2);
    campaign_table_free(table);
}

static void test_nulls_are_empty_cells_and_the_callers_texts(void **state)
{
    (void)state;
    static const char *const nulls[] = { "NA", "-" };
    campaign_csv_options options = CAMPAIGN_CSV_OPTIONS_INIT;
    options.null_texts = nulls;
    options.n_null_texts = 2;
    campaign_table *table = read_with("n,t\n1,a\nNA,\n\"-\",\"NA\"\n,\"\"\n4,-\n", &options);
    assert_int_equal(type_of_column(table, "n"), CAMPAIGN_TYPE_INT64);
    assert_cell(table, "n", 1, "null");
    assert_cell(table, "n", 2, "null"); /* quotes make no number of it */
    assert_cell(table, "n", 3, "null");
    assert_cell(table, "t", 1, "null");
    assert_cell(table, "t", 2, "NA"); /* a quoted text is a text */
    assert_cell(table, "t", 3, "");
    assert_cell(table, "t", 4, "null");
    campaign_table_free(table);
}

static void test_delimiters_are_given_or_found(void **state)
{
    (void)state;
    campaign_csv_options options = CAMPAIGN_CSV_OPTIONS_INIT;
    options.delimiter = ';';
    campaign_table *table = read_with("a;b\n1,5;2\n", &options);
    assert_cell(table, "a", 0, "1,5"); /* a group has three digits: text */
    campaign_table_free(table);

    options.delimiter = CAMPAIGN_CSV_DELIMITER_AUTO;
    static const struct {
        const char *text;
        char delimiter;
    } cases[] = { { "a,b,c\n1,2,3\n", ',' },
                  { "a\tb\n\"1\t2\",3\n", '\t' },
                  { "a;b\n1,5;2,5\n", ';' },
                  { "name, title|x\nLi|2\n\"a,b,c\"|4\n", '|' },
                  { "alone\n1\n", ',' } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        campaign_csv_report report = CAMPAIGN_CSV_REPORT_INIT;
        campaign_csv_options lenient = options;
        campaign_error error = { 0 };
        lenient.on_problem = CAMPAIGN_CSV_SKIP;
        assert_ok(campaign_io_parse_csv(&table, &report, cases[i].text, strlen(cases[i].text), &lenient, NULL, &error),
                  error);
        assert_int_equal(report.delimiter, cases[i].delimiter);
        campaign_table_free(report.problems);
        campaign_table_free(report.counts);
        campaign_table_free(table);
    }
}

static void test_title_lines_are_passed_over(void **state)
{
    (void)state;
    campaign_csv_options options = CAMPAIGN_CSV_OPTIONS_INIT;
    options.n_lines_before_header = 2;
    campaign_table *table = read_with("销售明细表\r\n2026年1月\r\n订单,数量\r\n1,2\r\n", &options);
    assert_cell(table, "数量", 0, "2");
    campaign_table_free(table);
    assert_error(refuse_with("t\nt\na,b\n1,2\n3\n", &options), CAMPAIGN_E_SYNTAX, 1, "line 5 column 1", "1 fields");
}

static void test_impossible_options_are_refused(void **state)
{
    (void)state;
    const campaign_csv_options fresh = CAMPAIGN_CSV_OPTIONS_INIT;
    campaign_csv_options options = fresh;
    campaign_csv_column column;
    options.size = 0;
    assert_error(refuse_with("a\n", &options), CAMPAIGN_E_ARGUMENT, -1, "options", "size is 0");
    options = fresh;
    options.delimiter = '"';
    assert_error(refuse_with("a\n", &options), CAMPAIGN_E_ARGUMENT, -1, "delimiter", "34");
    options = fresh;
    options.encoding = 9;
    assert_error(refuse_with("a\n", &options), CAMPAIGN_E_ARGUMENT, -1, "encoding", "9");
    options = declare(&column, "a", CAMPAIGN_TYPE_MONEY, NULL);
    assert_error(refuse_with("a\n", &options), CAMPAIGN_E_ARGUMENT, -1, "a", "currency");
    options = declare(&column, "a", CAMPAIGN_TYPE_MONEY, "QQQ");
    assert_error(refuse_with("a\n", &options), CAMPAIGN_E_UNKNOWN, -1, "a", "QQQ");
    options = declare(&column, "a", CAMPAIGN_TYPE_DATE, NULL);
    column.is_key = 1;
    assert_error(refuse_with("a\n", &options), CAMPAIGN_E_ARGUMENT, -1, "a", "key");
    campaign_csv_column twice[2];
    options = declare(&twice[0], "a", 0, NULL);
    twice[1] = twice[0];
    options.n_columns = 2;
    assert_error(refuse_with("a\n", &options), CAMPAIGN_E_DUPLICATE, -1, "columns", "\"a\"");
}

static void test_missing_arguments_are_refused(void **state)
{
    (void)state;
    campaign_error error = { 0 };
    campaign_table *table = NULL;
    campaign_csv_report report = { 0 };
    assert_int_equal(campaign_io_parse_csv(&table, NULL, NULL, 3, NULL, NULL, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_io_parse_csv(NULL, NULL, "a", 1, NULL, NULL, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_io_read_csv(&table, NULL, NULL, NULL, NULL, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_io_parse_csv(&table, &report, "a", 1, NULL, NULL, &error), CAMPAIGN_E_ARGUMENT);
    assert_string_equal(error.where, "report"); /* its size was not set */
}

static void test_a_file_that_is_not_there_is_said_by_name(void **state)
{
    (void)state;
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    assert_int_equal(campaign_io_read_csv(&table, NULL, "no/such/订单.csv", NULL, NULL, &error), CAMPAIGN_E_IO);
    assert_error(error, CAMPAIGN_E_IO, -1, "no/such/订单.csv", "there is no such file or folder");
    assert_int_equal(campaign_io_read_csv(&table, NULL, ".", NULL, NULL, &error), CAMPAIGN_E_IO);
    assert_error(error, CAMPAIGN_E_IO, -1, ".", "it is a folder");
}

/* A pipe has no size: it is read until it ends. */
static void test_a_pipe_is_read_to_its_end(void **state)
{
    (void)state;
    enum { ROWS = 50000 };
    const char *path = "test_csv_read.pipe";
    (void)unlink(path);
    assert_int_equal(mkfifo(path, 0600), 0);
    const pid_t writer = fork();
    if (writer == 0) {
        FILE *pipe = fopen(path, "wb");
        for (int i = 0; pipe && i < ROWS; i++) (void)fprintf(pipe, i ? "%d,x\n" : "n,t\n", i);
        _exit(!pipe || fclose(pipe) != 0);
    }
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    int code = 1;
    assert_ok(campaign_io_read_csv(&table, NULL, path, NULL, NULL, &error), error);
    assert_int_equal(waitpid(writer, &code, 0), writer);
    assert_int_equal(code, 0);
    assert_int_equal(campaign_table_n_rows(table), ROWS - 1);
    assert_cell(table, "n", ROWS - 2, "49999");
    campaign_table_free(table);
    assert_int_equal(unlink(path), 0);
}

static void test_more_columns_than_any_table_are_refused(void **state)
{
    (void)state;
    for (int n = 4096; n <= 4097; n++) {
        char *text = malloc((size_t)n * 8);
        assert_non_null(text);
        size_t length = 0;
        for (int i = 0; i < n; i++) length += (size_t)sprintf(text + length, i ? ",c%d" : "c%d", i);
        if (n == 4096) {
            campaign_table *table = read_text(text);
            assert_int_equal(campaign_table_n_columns(table), n);
            campaign_table_free(table);
        } else {
            assert_error(refuse_with(text, NULL), CAMPAIGN_E_LIMIT, -1, "line 1 column 1", "4096 columns");
        }
        free(text);
    }
}

/* A cut file is a shorter file or an error, never a crash; a read beyond its end shows under the sanitizers. */
static void test_a_text_cut_at_every_byte(void **state)
{
    (void)state;
    const char *text = "\xEF\xBB\xBF订单,日期,金额,备注\r\n1,2026-01-05,\"1,234.50\",\"a \"\"b\"\"\r\nc\"\r\n"
                       "2,2026/1/6,￥7,5\" x\r\n3,,-0.25,1.23E+17\r\n";
    const size_t length = strlen(text);
    int n_read = 0;
    for (size_t cut = 0; cut <= length; cut++) {
        char *copy = malloc(cut ? cut : 1);
        assert_non_null(copy);
        memcpy(copy, text, cut);
        campaign_table *table = NULL;
        if (campaign_io_parse_csv(&table, NULL, copy, cut, NULL, NULL, NULL) == CAMPAIGN_OK) n_read++;
        campaign_table_free(table);
        free(copy);
    }
    assert_true(n_read > 10 && n_read < (int)length);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quotes_delimiters_and_line_ends),
        cmocka_unit_test(test_a_missing_last_line_end_changes_nothing),
        cmocka_unit_test(test_blank_lines_of_one_column_are_nulls),
        cmocka_unit_test(test_header_only_gives_no_rows),
        cmocka_unit_test(test_an_empty_text_has_no_header),
        cmocka_unit_test(test_a_header_without_names_is_refused),
        cmocka_unit_test(test_header_names_are_tidied),
        cmocka_unit_test(test_a_header_name_that_stands_twice_is_refused),
        cmocka_unit_test(test_a_column_without_a_name_must_be_empty),
        cmocka_unit_test(test_only_declared_columns_are_kept),
        cmocka_unit_test(test_a_declared_column_must_be_there),
        cmocka_unit_test(test_nulls_are_empty_cells_and_the_callers_texts),
        cmocka_unit_test(test_delimiters_are_given_or_found),
        cmocka_unit_test(test_title_lines_are_passed_over),
        cmocka_unit_test(test_impossible_options_are_refused),
        cmocka_unit_test(test_missing_arguments_are_refused),
        cmocka_unit_test(test_a_file_that_is_not_there_is_said_by_name),
        cmocka_unit_test(test_a_pipe_is_read_to_its_end),
        cmocka_unit_test(test_more_columns_than_any_table_are_refused),
        cmocka_unit_test(test_a_text_cut_at_every_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
