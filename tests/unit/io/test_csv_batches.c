/* CSV in batches is the same file read at once: values, groups, errors. */
#include "csv.h"

#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

static char path[] = "csv_batches_test_XXXXXX";

static void write_bytes(const char *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static campaign_csv_batches *open_with(const char *group, int64_t batch_bytes, const campaign_csv_options *options)
{
    campaign_csv_batches *batches = NULL;
    campaign_error error = { 0 };
    assert_ok(campaign_io_open_csv_batches(&batches, path, group, batch_bytes, options, &error), error);
    assert_non_null(batches);
    return batches;
}

static campaign_table *next_of(campaign_csv_batches *batches)
{
    campaign_table *batch = NULL;
    campaign_error error = { 0 };
    assert_ok(campaign_io_next_csv_batch(&batch, batches, NULL, &error), error);
    return batch;
}

static int64_t n_rows_of(campaign_csv_batches *batches)
{
    int64_t n = 0;
    for (campaign_table *batch = next_of(batches); batch; batch = next_of(batches)) {
        n += campaign_table_n_rows(batch);
        campaign_table_free(batch);
    }
    return n;
}

/* ---- The same as the whole file --------------------------------------------------------------------------------- */

/* A number below n from a sequence that is the same everywhere. */
static int draw(uint64_t *state, int n)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (int)((*state >> 33) % (uint64_t)n);
}

/* A file of n records: customer ascending in runs, a text with quotes, delimiters and line ends, a number. */
static size_t make_file(char *text, uint64_t seed, int n)
{
    static const char *const notes[] = { "plain", "\"a,b\"",  "\"two\r\nlines\"", "\"say \"\"yes\"\"\"",     "",
                                         "\"\"",  "5\" pipe", "\"\n\"",           "\xE5\xAE\xA2\xE6\x88\xB7" };
    static const char *const ends[] = { "\n", "\r\n" };
    uint64_t state = seed;
    const char *end = ends[draw(&state, 2)];
    int customer = 0;
    size_t length = (size_t)sprintf(text, "%scustomer,note,amount%s", draw(&state, 2) ? "\xEF\xBB\xBF" : "", end);
    for (int i = 0; i < n; i++) {
        if (draw(&state, 3) == 0) customer++;
        if (draw(&state, 20) == 0) length += (size_t)sprintf(text + length, "%s", end); /* a blank line */
        length += (size_t)sprintf(text + length, "%d,%s,%d", customer, notes[draw(&state, 9)], draw(&state, 1000));
        if (i < n - 1 || draw(&state, 2)) length += (size_t)sprintf(text + length, "%s", end);
    }
    return length;
}

static void assert_same_rows(const campaign_table *whole, const campaign_table *batch, int64_t first)
{
    static const char *const names[] = { "customer", "note", "amount" };
    for (int64_t row = 0; row < campaign_table_n_rows(batch); row++)
        for (int i = 0; i < 3; i++) {
            char text[64];
            const int32_t index = campaign_table_find(whole, names[i]);
            (void)campaign_table_format(text, sizeof text, whole, index, first + row);
            assert_cell(batch, names[i], row, campaign_table_is_null(whole, index, first + row) ? "null" : text);
        }
}

/* Gives the number of batches. */
static int64_t assert_same_file(const campaign_table *whole, campaign_csv_batches *batches, bool is_grouped)
{
    int64_t n = 0, n_batches = 0;
    char last[32] = "", first[32];
    for (campaign_table *batch = next_of(batches); batch; batch = next_of(batches)) {
        const int64_t n_rows = campaign_table_n_rows(batch);
        assert_true(n_rows > 0 && n + n_rows <= campaign_table_n_rows(whole));
        assert_same_rows(whole, batch, n);
        (void)campaign_table_format(first, sizeof first, batch, 0, 0);
        if (is_grouped && n) assert_string_not_equal(first, last);
        (void)campaign_table_format(last, sizeof last, batch, 0, n_rows - 1);
        n += n_rows;
        n_batches++;
        campaign_table_free(batch);
    }
    assert_int_equal(n, campaign_table_n_rows(whole));
    return n_batches;
}

static void test_batches_of_any_size_are_the_file_read_at_once(void **state)
{
    (void)state;
    static char text[8192];
    for (uint64_t seed = 1; seed <= 60; seed++) {
        const size_t length = make_file(text, seed, (int)(seed % 50) + 1);
        write_bytes(text, length);
        campaign_csv_column declared[3];
        campaign_csv_options options = declare(&declared[0], "customer", CAMPAIGN_TYPE_INT64, NULL);
        (void)declare(&declared[1], "note", CAMPAIGN_TYPE_UTF8, NULL);
        (void)declare(&declared[2], "amount", CAMPAIGN_TYPE_INT64, NULL);
        options.columns = declared;
        options.n_columns = 3;
        campaign_table *whole = NULL;
        campaign_error error = { 0 };
        assert_ok(campaign_io_read_csv(&whole, NULL, path, &options, NULL, &error), error);
        for (int64_t bytes = 1; bytes < 200; bytes = bytes * 3 + 1)
            for (int is_grouped = 0; is_grouped < 2; is_grouped++) {
                campaign_csv_batches *batches = open_with(is_grouped ? "customer" : NULL, bytes, &options);
                const int64_t n = assert_same_file(whole, batches, is_grouped);
                if (bytes == 1 && !is_grouped) assert_true(4 * n >= campaign_table_n_rows(whole));
                assert_null(next_of(batches)); /* and stays at the end */
                assert_ok(campaign_io_rewind_csv_batches(batches, &error), error);
                assert_int_equal(assert_same_file(whole, batches, is_grouped), n);
                campaign_csv_batches_free(batches);
            }
        campaign_table_free(whole);
    }
}

static void test_types_are_those_of_the_first_batch(void **state)
{
    (void)state;
    static char text[300000];
    size_t length = (size_t)sprintf(text, "id,day,note\n");
    for (int i = 0; i < 9000; i++)
        length += (size_t)sprintf(text + length, i < 8999 ? "%d,2026-01-05,x\n" : "%d,2026-01-05,7\n", i);
    write_bytes(text, length);
    campaign_csv_batches *batches = open_with(NULL, 70000, NULL);
    for (int pass = 0; pass < 2; pass++) {
        campaign_error error = { 0 };
        assert_int_equal(n_rows_of(batches), 9000);
        assert_ok(campaign_io_rewind_csv_batches(batches, &error), error);
        campaign_table *batch = next_of(batches);
        assert_int_equal(type_of_column(batch, "id"), CAMPAIGN_TYPE_INT64);
        assert_int_equal(type_of_column(batch, "day"), CAMPAIGN_TYPE_DATE);
        assert_int_equal(type_of_column(batch, "note"), CAMPAIGN_TYPE_UTF8);
        campaign_table_free(batch);
        assert_ok(campaign_io_rewind_csv_batches(batches, &error), error);
    }
    campaign_csv_batches_free(batches);
}

/* ---- Errors ----------------------------------------------------------------------------------------------------- */

/* The first error of the file in batches. */
static campaign_error first_error(int64_t batch_bytes, const campaign_csv_options *options)
{
    campaign_csv_batches *batches = NULL;
    campaign_error error = { 0 };
    campaign_table *batch = NULL;
    campaign_status status = campaign_io_open_csv_batches(&batches, path, NULL, batch_bytes, options, &error);
    while (status == CAMPAIGN_OK) {
        status = campaign_io_next_csv_batch(&batch, batches, NULL, &error);
        if (status == CAMPAIGN_OK && !batch) fail_msg("the file was read");
        campaign_table_free(batch);
    }
    assert_int_equal(status, error.code);
    campaign_csv_batches_free(batches);
    return error;
}

static void test_errors_name_line_and_row_of_the_file(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "title\n\nid,n\n1,2\n3,4\n\n5,six\n7,8\n", "title\n\nid,n\n1,2\n3\n5,6\n", "title\n\nid,n\n1,2\n\"3,4\n",
        "title\n\nid,n\n1,\"2\n2\"\n3,\"4\"x\n",   "title\n\nid,n\n1,2\n3,\xFF\n", "title\n\nid,id\n1,2\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        write_bytes(texts[i], strlen(texts[i]));
        campaign_csv_column column;
        campaign_csv_options options = declare(&column, i == 3 ? "id" : "n", CAMPAIGN_TYPE_INT64, NULL);
        options.n_lines_before_header = 1;
        const campaign_error whole = refuse_with(texts[i], &options);
        for (int64_t bytes = 1; bytes < 40; bytes += 3) {
            const campaign_error part = first_error(bytes, &options);
            assert_error(part, whole.code, whole.row, whole.where, whole.message);
        }
    }
}

static void test_what_cannot_be_read_in_batches_is_refused(void **state)
{
    (void)state;
    campaign_csv_batches *batches = NULL;
    campaign_table *batch = NULL;
    campaign_error error = { 0 };
    write_bytes("a,b\n1,2\n", 8);
    campaign_csv_options options = CAMPAIGN_CSV_OPTIONS_INIT;
    options.on_problem = CAMPAIGN_CSV_SKIP;
    assert_int_equal(campaign_io_open_csv_batches(NULL, path, NULL, 0, NULL, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_io_open_csv_batches(&batches, NULL, NULL, 0, NULL, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_io_open_csv_batches(&batches, path, NULL, -1, NULL, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_io_open_csv_batches(&batches, path, NULL, 0, &options, &error), CAMPAIGN_E_UNSUPPORTED);
    assert_int_equal(campaign_io_open_csv_batches(&batches, path, "c", 0, NULL, &error), CAMPAIGN_E_COLUMN);
    assert_string_equal(error.where, "c");
    assert_int_equal(campaign_io_open_csv_batches(&batches, "no/such/file", NULL, 0, NULL, &error), CAMPAIGN_E_IO);
    int ends[2];
    char pipe_path[32];
    assert_int_equal(pipe(ends), 0);
    (void)snprintf(pipe_path, sizeof pipe_path, "/dev/fd/%d", ends[0]);
    assert_int_equal(campaign_io_open_csv_batches(&batches, pipe_path, NULL, 0, NULL, &error), CAMPAIGN_E_UNSUPPORTED);
    assert_int_equal(close(ends[0]) + close(ends[1]), 0);
    assert_null(batches);
    assert_int_equal(campaign_io_next_csv_batch(NULL, batches, NULL, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_io_next_csv_batch(&batch, NULL, NULL, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_io_rewind_csv_batches(NULL, &error), CAMPAIGN_E_ARGUMENT);
    campaign_csv_batches_free(NULL);
}

static void test_files_without_rows_have_no_batches(void **state)
{
    (void)state;
    static const char *const texts[] = { "a,b", "a,b\r\n", "\xEF\xBB\xBF\"a\",b\n\n\n" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        write_bytes(texts[i], strlen(texts[i]));
        campaign_csv_batches *batches = open_with("a", 0, NULL);
        assert_null(next_of(batches));
        campaign_csv_batches_free(batches);
    }
    write_bytes("", 0);
    assert_int_equal(first_error(0, NULL).code, CAMPAIGN_E_MISSING);
}

static void test_gb18030_is_decoded_line_by_line(void **state)
{
    (void)state;
    static const char text[] = "\xBF\xCD\xBB\xA7,n\n\xD5\xC5,1\n\xC0\xEE,2\n"; /* 客户 张 李 */
    write_bytes(text, sizeof text - 1);
    campaign_csv_options options = CAMPAIGN_CSV_OPTIONS_INIT;
    options.encoding = CAMPAIGN_CSV_ENCODING_AUTO;
    campaign_csv_batches *batches = open_with(NULL, 1, &options);
    campaign_table *batch = next_of(batches);
    assert_cell(batch, "\xE5\xAE\xA2\xE6\x88\xB7", 0, "\xE5\xBC\xA0");
    campaign_table_free(batch);
    campaign_csv_batches_free(batches);
}

static int make_path(void **state)
{
    (void)state;
    const int descriptor = mkstemp(path);
    return descriptor < 0 || close(descriptor) != 0;
}

static int remove_path(void **state)
{
    (void)state;
    return unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_batches_of_any_size_are_the_file_read_at_once),
        cmocka_unit_test(test_types_are_those_of_the_first_batch),
        cmocka_unit_test(test_errors_name_line_and_row_of_the_file),
        cmocka_unit_test(test_what_cannot_be_read_in_batches_is_refused),
        cmocka_unit_test(test_files_without_rows_have_no_batches),
        cmocka_unit_test(test_gb18030_is_decoded_line_by_line),
    };
    return cmocka_run_group_tests(tests, make_path, remove_path);
}
