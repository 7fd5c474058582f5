/* Writing: what stands in the text, that reading it gives the table back, and that no half file is left. */
#include "csv.h"

#include <dirent.h>
#include <math.h>
#include <sys/stat.h>
#include <unistd.h>

static char *print_table(const campaign_table *table, const campaign_csv_write_options *options)
{
    char *text = NULL;
    size_t length = 0;
    campaign_error error = { 0 };
    assert_ok(campaign_io_format_csv(&text, &length, table, options, &error), error);
    assert_int_equal(strlen(text), length);
    return text;
}

static void test_the_text_is_rfc_4180_with_a_mark(void **state)
{
    (void)state;
    campaign_csv_column column;
    const campaign_csv_options options = declare(&column, "amount", CAMPAIGN_TYPE_MONEY, "CNY");
    campaign_table *table =
        read_with("name,\"a,b\",amount,day,at,rate\n"
                  "\"Li \"\"X\"\" Wei\",1,5,2026/1/5,2026/1/5 8:26,0.1\n"
                  "\"two\nlines\",,-0.5,,,1e-9\n\"\",3,,2026-01-06,2026-01-06 00:00:00.5,2\n,4,1,,,\n",
                  &options);
    char *text = print_table(table, NULL);
    assert_string_equal(text, "\xEF\xBB\xBFname,\"a,b\",amount,day,at,rate\r\n"
                              "\"Li \"\"X\"\" Wei\",1,5.00,2026-01-05,2026-01-05T08:26:00,0.1\r\n"
                              "\"two\nlines\",,-0.50,,,1e-9\r\n"
                              "\"\",3,,2026-01-06,2026-01-06T00:00:00.500000,2\r\n"
                              ",4,1.00,,,\r\n");
    campaign_text_free(text);
    campaign_table_free(table);
}

static void test_options_of_the_text(void **state)
{
    (void)state;
    campaign_csv_write_options options = CAMPAIGN_CSV_WRITE_OPTIONS_INIT;
    campaign_table *table = read_text("a,b\n\"x;y\",\"1,5\"\n=1+1,@b\n");
    options.delimiter = ';';
    options.omits_bom = 1;
    options.line_end = CAMPAIGN_CSV_LF;
    char *text = print_table(table, &options);
    assert_string_equal(text, "a;b\n\"x;y\";1,5\n=1+1;@b\n");
    campaign_text_free(text);
    options.guards_formulas = 1;
    text = print_table(table, &options);
    assert_string_equal(text, "a;b\n\"x;y\";1,5\n'=1+1;'@b\n");
    campaign_text_free(text);

    campaign_error error = { 0 };
    options.line_end = 5;
    assert_int_equal(campaign_io_format_csv(&text, NULL, table, &options, &error), CAMPAIGN_E_ARGUMENT);
    assert_null(text);
    options.line_end = 0;
    options.delimiter = '\n';
    assert_int_equal(campaign_io_format_csv(&text, NULL, table, &options, &error), CAMPAIGN_E_ARGUMENT);
    campaign_table_free(table);
}

/* ---- Round trip ------------------------------------------------------------------------------------------------- */

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 33;
}

static const struct {
    const char *name;
    int32_t type;
    const char *currency;
} schema[] = { { "b", CAMPAIGN_TYPE_BOOL, NULL },           { "i", CAMPAIGN_TYPE_INT32, NULL },
               { "l", CAMPAIGN_TYPE_INT64, NULL },          { "f", CAMPAIGN_TYPE_FLOAT64, NULL },
               { "d", CAMPAIGN_TYPE_DATE, NULL },           { "t", CAMPAIGN_TYPE_TIMESTAMP, NULL },
               { "文字, \"x\"", CAMPAIGN_TYPE_UTF8, NULL }, { "m", CAMPAIGN_TYPE_MONEY, "CNY" } };
enum { N_COLUMNS = 8 };

static int64_t random_integer(uint64_t *seed, int32_t type)
{
    const int64_t wide = (int64_t)(next_random(seed) << 33 ^ next_random(seed));
    switch (type) {
    case CAMPAIGN_TYPE_BOOL: return wide & 1;
    case CAMPAIGN_TYPE_INT32: return (int32_t)wide;
    case CAMPAIGN_TYPE_DATE:
        return CAMPAIGN_DAY_MIN + (int64_t)((uint64_t)wide % (CAMPAIGN_DAY_MAX - CAMPAIGN_DAY_MIN + 1));
    case CAMPAIGN_TYPE_TIMESTAMP: return wide % 60000000000000000; /* about 1900 years each way */
    default: return wide;
    }
}

static void append_random(campaign_table_builder *builder, int32_t column, uint64_t *seed)
{
    static const char *const pieces[] = {
        "a", "\"", ",", "\n", "\r\n", "'", "=", "+", " ", "张", "😀", "NULL", "0", "\t"
    };
    campaign_error error = { 0 };
    campaign_status status;
    char text[100] = "";
    double real;
    if (next_random(seed) % 6 == 0) {
        status = campaign_table_builder_append_null(builder, column, &error);
    } else if (schema[column].type == CAMPAIGN_TYPE_UTF8) {
        for (uint64_t n = next_random(seed) % 6; n > 0; n--) strcat(text, pieces[next_random(seed) % 14]);
        status = campaign_table_builder_append_text(builder, column, text, strlen(text), &error);
    } else if (schema[column].type == CAMPAIGN_TYPE_FLOAT64) {
        const uint64_t bits = next_random(seed) << 33 ^ next_random(seed) << 10;
        memcpy(&real, &bits, sizeof real);
        status = campaign_table_builder_append_float64(builder, column, isnan(real) ? NAN : real, &error);
    } else {
        status =
            campaign_table_builder_append_int64(builder, column, random_integer(seed, schema[column].type), &error);
    }
    assert_ok(status, error);
}

static campaign_table *random_table(uint64_t seed, int n_rows)
{
    campaign_table_builder *builder = NULL;
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    for (int32_t i = 0; i < N_COLUMNS; i++)
        assert_ok(
            campaign_table_builder_add_column(builder, schema[i].name, schema[i].type, schema[i].currency, &error),
            error);
    for (int row = 0; row < n_rows; row++)
        for (int32_t i = 0; i < N_COLUMNS; i++) append_random(builder, i, &seed);
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

static void assert_same_cell(const campaign_table *a, const campaign_table *b, int32_t column, int64_t row)
{
    assert_int_equal(campaign_table_is_null(a, column, row), campaign_table_is_null(b, column, row));
    assert_true(campaign_table_int64(a, column, row) == campaign_table_int64(b, column, row));
    const double x = campaign_table_float64(a, column, row), y = campaign_table_float64(b, column, row);
    assert_true(isnan(x) ? isnan(y) : memcmp(&x, &y, sizeof x) == 0);
    size_t n_a = 0, n_b = 0;
    const char *text_a = campaign_table_text(a, column, row, &n_a), *text_b = campaign_table_text(b, column, row, &n_b);
    assert_true(!text_a == !text_b && n_a == n_b);
    if (text_a) assert_memory_equal(text_a, text_b, n_a);
}

static void assert_round_trip(const campaign_table *table, const campaign_csv_write_options *write_options,
                              campaign_csv_options options)
{
    campaign_csv_column columns[N_COLUMNS];
    for (int32_t i = 0; i < N_COLUMNS; i++)
        (void)declare(&columns[i], schema[i].name, schema[i].type, schema[i].currency);
    options.columns = columns;
    options.n_columns = N_COLUMNS;
    char *text = print_table(table, write_options);
    campaign_table *again = read_with(text, &options);
    assert_int_equal(campaign_table_n_rows(again), campaign_table_n_rows(table));
    assert_int_equal(campaign_table_n_columns(again), N_COLUMNS);
    for (int64_t row = 0; row < campaign_table_n_rows(table); row++)
        for (int32_t i = 0; i < N_COLUMNS; i++) assert_same_cell(table, again, i, row);
    char *text_again = print_table(again, write_options);
    assert_string_equal(text, text_again);
    campaign_text_free(text_again);
    campaign_text_free(text);
    campaign_table_free(again);
}

static void test_what_is_written_reads_back_the_same(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        campaign_table *table = random_table(seed, (int)seed * 5 - 5);
        campaign_csv_options options = CAMPAIGN_CSV_OPTIONS_INIT;
        campaign_csv_write_options write_options = CAMPAIGN_CSV_WRITE_OPTIONS_INIT;
        assert_round_trip(table, NULL, options);
        write_options.guards_formulas = 1;
        options.strips_formula_guard = 1;
        write_options.delimiter = options.delimiter = ":;\t| "[seed % 5];
        write_options.line_end = CAMPAIGN_CSV_LF;
        write_options.omits_bom = 1;
        assert_round_trip(table, &write_options, options);
        campaign_table_free(table);
    }
}

static void test_one_column_of_nulls_reads_back_the_same(void **state)
{
    (void)state;
    campaign_csv_column column;
    const campaign_csv_options options = declare(&column, "x", CAMPAIGN_TYPE_UTF8, NULL);
    campaign_table *table = read_with("x\n\na\n\"\"\n\n", &options);
    char *text = print_table(table, NULL);
    assert_string_equal(text, "\xEF\xBB\xBFx\r\n\r\na\r\n\"\"\r\n\r\n");
    campaign_table *again = read_with(text, &options);
    assert_int_equal(campaign_table_n_rows(again), 4);
    assert_cell(again, "x", 0, "null");
    assert_cell(again, "x", 2, "");
    assert_cell(again, "x", 3, "null");
    campaign_text_free(text);
    campaign_table_free(again);
    campaign_table_free(table);
}

/* ---- Files ------------------------------------------------------------------------------------------------------ */

/* An empty folder of its own; its entries are counted to find what was left behind. */
static void make_folder(char path[64])
{
    strcpy(path, "csv_write_XXXXXX");
    assert_non_null(mkdtemp(path));
}

static int count_entries(const char *path)
{
    int n = 0;
    DIR *folder = opendir(path);
    assert_non_null(folder);
    while (readdir(folder)) n++;
    (void)closedir(folder);
    return n - 2; /* itself and its parent */
}

static void test_a_file_is_replaced_as_a_whole(void **state)
{
    (void)state;
    char folder[64], path[100], link[100];
    make_folder(folder);
    (void)sprintf(path, "%s/表.csv", folder);
    (void)sprintf(link, "%s/link.csv", folder);
    campaign_error error = { 0 };
    campaign_table *table = read_text("a\n1\n"), *longer = read_text("a\n1\n2\n"), *again = NULL;
    assert_ok(campaign_io_write_csv(path, longer, NULL, &error), error);
    assert_int_equal(chmod(path, 0640), 0);
    assert_int_equal(symlink("表.csv", link), 0);
    assert_ok(campaign_io_write_csv(link, table, NULL, &error), error); /* the file behind the link is replaced */
    assert_ok(campaign_io_read_csv(&again, NULL, path, NULL, NULL, &error), error);
    assert_int_equal(campaign_table_n_rows(again), 1);
    struct stat found;
    assert_int_equal(lstat(link, &found), 0);
    assert_true(S_ISLNK(found.st_mode));
    assert_int_equal(stat(path, &found), 0);
    assert_int_equal(found.st_mode & 0777, 0640);
    assert_int_equal(count_entries(folder), 2);
    assert_int_equal(unlink(link) | unlink(path) | rmdir(folder), 0);
    campaign_table_free(again);
    campaign_table_free(longer);
    campaign_table_free(table);
}

static void test_a_failing_write_leaves_nothing(void **state)
{
    (void)state;
    char folder[64], path[100];
    make_folder(folder);
    campaign_error error = { 0 };
    campaign_table *table = read_text("a\n1\n");
    (void)sprintf(path, "%s/no/such.csv", folder);
    assert_int_equal(campaign_io_write_csv(path, table, NULL, &error), CAMPAIGN_E_IO);
    assert_error(error, CAMPAIGN_E_IO, -1, path, "no such file or folder");
    assert_int_equal(campaign_io_write_csv(folder, table, NULL, &error), CAMPAIGN_E_IO);
    assert_non_null(strstr(error.message, "folder"));
    assert_int_equal(count_entries(folder), 0);
    assert_int_equal(campaign_io_write_csv("/dev/full", table, NULL, &error), CAMPAIGN_E_IO);
    assert_non_null(strstr(error.message, "the disk is full"));
    assert_int_equal(access("/dev/full", W_OK), 0); /* a device is written, not replaced */
    (void)sprintf(path, "%s.0.tmp", folder);
    assert_int_not_equal(access(path, F_OK), 0);
    assert_int_equal(rmdir(folder), 0);
    assert_int_equal(campaign_io_write_csv(NULL, table, NULL, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_io_write_csv("x.csv", NULL, NULL, &error), CAMPAIGN_E_ARGUMENT);
    campaign_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_text_is_rfc_4180_with_a_mark),
        cmocka_unit_test(test_options_of_the_text),
        cmocka_unit_test(test_what_is_written_reads_back_the_same),
        cmocka_unit_test(test_one_column_of_nulls_reads_back_the_same),
        cmocka_unit_test(test_a_file_is_replaced_as_a_whole),
        cmocka_unit_test(test_a_failing_write_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
