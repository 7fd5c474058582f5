/* Threads change nothing but the time: same bytes, same first error; and a caller may stop the work. */
#include "csv.h"

#include <stdbool.h>

enum { ROWS = 60000 };

/* About 2 MiB of every type, with quoted line ends, nulls and late surprises. */
static char *make_text(bool has_bad)
{
    char *text = malloc(ROWS * 80 + 100);
    assert_non_null(text);
    size_t n = (size_t)sprintf(text, "id,amount,rate,day,note,late\n");
    for (int i = 0; i < ROWS; i++) {
        n += (size_t)sprintf(text + n, "%d,%d.%02d,0.%d,2026-01-%02d,", i, i, i % 100, i, i % 28 + 1);
        n += (size_t)sprintf(text + n, i % 7 ? "%s备注 %d,%s\n" : "\"%s,\n\"\"%d\"\"\",%s\n", i % 3 ? "a" : "", i,
                             i < ROWS - 5 ? "7" : "x");
        if (has_bad && (i == 31000 || i == 59000)) n += (size_t)sprintf(text + n, "bad,x,1,2026-01-01,,\n");
    }
    return text;
}

static campaign_csv_options declare_amount(campaign_csv_column *column)
{
    return declare(column, "amount", CAMPAIGN_TYPE_MONEY, "CNY");
}

static void test_threads_give_the_same_table(void **state)
{
    (void)state;
    char *text = make_text(true), *first = NULL;
    for (int32_t n_threads = 1; n_threads <= 8; n_threads = n_threads * 2) {
        campaign_csv_column column;
        campaign_csv_options options = declare_amount(&column);
        campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
        campaign_table *table = NULL;
        campaign_error error = { 0 };
        options.on_problem = CAMPAIGN_CSV_SKIP;
        runtime.n_threads = n_threads;
        assert_ok(campaign_io_parse_csv(&table, NULL, text, strlen(text), &options, &runtime, &error), error);
        assert_int_equal(campaign_table_n_rows(table), ROWS);
        assert_int_equal(type_of_column(table, "id"), CAMPAIGN_TYPE_INT64); /* "bad" is in skipped rows only */
        assert_int_equal(type_of_column(table, "late"), CAMPAIGN_TYPE_UTF8);
        char *printed = NULL;
        assert_ok(campaign_io_format_csv(&printed, NULL, table, NULL, &error), error);
        campaign_table_free(table);
        if (!first) {
            first = printed;
            continue;
        }
        assert_string_equal(printed, first);
        campaign_text_free(printed);
    }
    campaign_text_free(first);
    free(text);
}

static void test_threads_give_the_same_error(void **state)
{
    (void)state;
    char *text = make_text(true);
    campaign_error first = { 0 };
    for (int32_t n_threads = -1; n_threads <= 8; n_threads += 3) {
        campaign_csv_column column;
        const campaign_csv_options options = declare_amount(&column);
        campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
        campaign_table *table = NULL;
        campaign_error error = { 0 };
        runtime.n_threads = n_threads;
        assert_int_equal(campaign_io_parse_csv(&table, NULL, text, strlen(text), &options, &runtime, &error),
                         CAMPAIGN_E_SYNTAX);
        assert_int_equal(error.row, 31001);
        if (!first.code) first = error;
        assert_memory_equal(&error, &first, sizeof error);
    }
    free(text);
}

typedef struct stopper {
    int n_calls, stop_at;
    int64_t last_done;
} stopper;

static int count_and_stop(void *ctx, const char *stage, int64_t done, int64_t total)
{
    stopper *self = ctx;
    assert_non_null(stage);
    assert_true(done >= 0 && done <= total);
    return ++self->n_calls == self->stop_at;
}

static void test_progress_is_told_and_may_stop(void **state)
{
    (void)state;
    char *text = make_text(false);
    stopper quiet = { 0, 0, 0 };
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    runtime.n_threads = 2;
    runtime.progress = count_and_stop;
    runtime.ctx = &quiet;
    assert_ok(campaign_io_parse_csv(&table, NULL, text, strlen(text), NULL, &runtime, &error), error);
    campaign_table_free(table);
    assert_true(quiet.n_calls > 4);
    for (int stop_at = 1; stop_at <= 4; stop_at++) {
        stopper busy = { 0, stop_at, 0 };
        runtime.ctx = &busy;
        assert_int_equal(campaign_io_parse_csv(&table, NULL, text, strlen(text), NULL, &runtime, &error),
                         CAMPAIGN_E_CANCELLED);
        assert_null(table);
        assert_int_equal(error.code, CAMPAIGN_E_CANCELLED);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_threads_give_the_same_table),
        cmocka_unit_test(test_threads_give_the_same_error),
        cmocka_unit_test(test_progress_is_told_and_may_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
