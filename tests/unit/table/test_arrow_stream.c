/* Arrow streams in: batches joined, failures told with the stream's own words, everything released once. */
#include "arrow_maker.h"

enum { MOST_BATCHES = 4 };

/* A stream over batches made by hand. */
typedef struct made_stream {
    made_batch batches[MOST_BATCHES];
    int n_batches, n_given, n_releases, fail_at; /* fail_at: number of the batch whose get_next fails, -1 = schema */
} made_stream;

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    made_stream *made = stream->private_data;
    if (made->fail_at == -1) return 5;
    *out = made->batches[0].schema;
    made->batches[0].schema.release = NULL;
    return 0;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    made_stream *made = stream->private_data;
    if (made->n_given == made->fail_at) return 6;
    memset(out, 0, sizeof *out);
    if (made->n_given == made->n_batches) return 0;
    *out = made->batches[made->n_given++].array;
    return 0;
}

static const char *get_last_error(struct ArrowArrayStream *stream)
{
    (void)stream;
    return "the wire broke";
}

static void release_stream(struct ArrowArrayStream *stream)
{
    made_stream *made = stream->private_data;
    made->n_releases++;
    stream->release = NULL;
}

static struct ArrowArrayStream open_stream(made_stream *made)
{
    made->fail_at = INT32_MAX;
    return (struct ArrowArrayStream){ get_schema, get_next, get_last_error, release_stream, made };
}

static void assert_released(const made_stream *made)
{
    assert_int_equal(made->n_releases, 1);
    assert_int_equal(made->batches[0].n_schema_releases, made->fail_at != -1);
    for (int i = 0; i < made->n_given; i++) assert_int_equal(made->batches[i].n_array_releases, 1);
}

static campaign_table *read_stream(made_stream *made)
{
    struct ArrowArrayStream stream = open_stream(made);
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    assert_ok(campaign_table_from_arrow_stream(&table, &stream, NULL, &error), error);
    assert_null(stream.release);
    return table;
}

static const int64_t wide[] = { 10, 11, 12, 13, 14 };
static const uint8_t some[] = { 0x16 }, bools[] = { 0x0A }; /* rows 1, 2, 4; true at 1 and 3 */
static const int32_t offsets[] = { 0, 3, 3, 4, 5, 6 };
static const char text[] = "店abc";

/* Batches of different length, offset and nulls: numbers, bits and plain text. */
static void test_batches_are_joined_in_order(void **state)
{
    (void)state;
    made_stream made = { .n_batches = 3 };
    const child_plan plans[] = {
        { .format = "l", .name = "n", .length = 5, .null_count = -1, .n_buffers = 2, .buffers = { some, wide } },
        { .format = "b", .name = "b", .length = 5, .n_buffers = 2, .buffers = { NULL, bools } },
        { .format = "u",
          .name = "t",
          .length = 5,
          .null_count = -1,
          .n_buffers = 3,
          .buffers = { some, offsets, text } },
    };
    make_batch(&made.batches[0], plans, 3, 2, 1);
    make_batch(&made.batches[1], plans, 3, 0, 0);
    make_batch(&made.batches[2], plans, 3, 5, 0);
    campaign_table *table = read_stream(&made);
    assert_released(&made); /* joined by copying */
    assert_int_equal(campaign_table_n_rows(table), 7);
    static const int rows[7] = { 1, 2, 0, 1, 2, 3, 4 };
    static const char *const numbers[] = { NULL, "11", "12", NULL, "14" };
    static const char *const texts[] = { NULL, "", "a", NULL, "c" };
    for (int64_t row = 0; row < 7; row++) {
        assert_cell(table, 0, row, numbers[rows[row]]);
        assert_cell(table, 1, row, rows[row] % 2 ? "true" : "false");
        assert_cell(table, 2, row, texts[rows[row]]);
    }
    campaign_table_free(table);
}

static void test_one_batch_is_not_copied(void **state)
{
    (void)state;
    made_stream made = { .n_batches = 1 };
    const child_plan plan = { .format = "l", .name = "n", .length = 5, .n_buffers = 2, .buffers = { NULL, wide } };
    make_batch(&made.batches[0], &plan, 1, 5, 0);
    campaign_table *table = read_stream(&made);
    campaign_column column = CAMPAIGN_COLUMN_INIT;
    assert_int_equal(campaign_table_column(&column, table, 0, NULL), CAMPAIGN_OK);
    assert_ptr_equal(column.values, wide);
    assert_int_equal(made.batches[0].n_array_releases, 0);
    campaign_table_free(table);
    assert_released(&made);
}

static void test_an_empty_stream_has_columns(void **state)
{
    (void)state;
    made_stream made = { .n_batches = 0 };
    const child_plan plans[] = { { .format = "tsm:", .name = "at", .n_buffers = 2 },
                                 { .format = "d:19,4", .name = "amount", .n_buffers = 2 } };
    make_batch(&made.batches[0], plans, 2, 0, 0);
    campaign_table *table = read_stream(&made);
    assert_released(&made);
    assert_int_equal(campaign_table_n_rows(table), 0);
    campaign_column column = CAMPAIGN_COLUMN_INIT;
    assert_int_equal(campaign_table_column(&column, table, 1, NULL), CAMPAIGN_OK);
    assert_int_equal(column.type, CAMPAIGN_TYPE_MONEY);
    assert_int_equal(column.exponent, 4);
    campaign_table_free(table);
}

static void test_a_shared_dictionary_stays_one(void **state)
{
    (void)state;
    static const int32_t codes[] = { 2, 0, 1 };
    static const char other[] = "店xbc";
    static const char same[] = "店abc";
    for (int is_other = 0; is_other < 2; is_other++) {
        made_stream made = { .n_batches = 3 };
        const child_plan entries = { .format = "u", .length = 5, .n_buffers = 3, .buffers = { NULL, offsets, text } };
        child_plan last_entries = entries;
        last_entries.buffers[2] = is_other ? other : same;
        const child_plan plan = {
            .format = "i", .name = "x", .length = 3, .n_buffers = 2, .buffers = { NULL, codes }, .dictionary = &entries
        };
        child_plan last = plan;
        last.dictionary = &last_entries;
        make_batch(&made.batches[0], &plan, 1, 3, 0);
        make_batch(&made.batches[1], &plan, 1, 0, 0);
        make_batch(&made.batches[2], &last, 1, 2, 1);
        campaign_table *table = read_stream(&made);
        campaign_column column = CAMPAIGN_COLUMN_INIT;
        assert_int_equal(campaign_table_column(&column, table, 0, NULL), CAMPAIGN_OK);
        assert_int_equal(column.n_dictionary, is_other ? 0 : 5);
        static const char *const cells[] = { "a", "店", "", "店", "" };
        for (int64_t row = 0; row < 5; row++) assert_cell(table, 0, row, cells[row]);
        campaign_table_free(table);
        assert_released(&made);
    }
}

static void test_failures_of_the_stream_carry_its_words(void **state)
{
    (void)state;
    for (int fail_at = -1; fail_at <= 2; fail_at++) {
        made_stream made = { .n_batches = 2 };
        const child_plan plan = { .format = "l", .name = "n", .length = 5, .n_buffers = 2, .buffers = { NULL, wide } };
        for (int i = 0; i < 2; i++) make_batch(&made.batches[i], &plan, 1, 5, 0);
        struct ArrowArrayStream stream = open_stream(&made);
        made.fail_at = fail_at;
        campaign_table *table = NULL;
        campaign_error error = { 0 };
        assert_int_equal(campaign_table_from_arrow_stream(&table, &stream, NULL, &error), CAMPAIGN_E_IO);
        assert_null(table);
        assert_non_null(strstr(error.message, "the wire broke"));
        assert_released(&made);
    }
}

static void test_rows_count_from_the_start_of_the_stream(void **state)
{
    (void)state;
    static const uint64_t values[] = { 1, 2, UINT64_MAX };
    made_stream made = { .n_batches = 3 };
    const child_plan plan = { .format = "L", .name = "n", .length = 3, .n_buffers = 2, .buffers = { NULL, values } };
    make_batch(&made.batches[0], &plan, 1, 2, 0);
    make_batch(&made.batches[1], &plan, 1, 1, 0);
    make_batch(&made.batches[2], &plan, 1, 3, 0);
    struct ArrowArrayStream stream = open_stream(&made);
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    assert_int_equal(campaign_table_from_arrow_stream(&table, &stream, NULL, &error), CAMPAIGN_E_OVERFLOW);
    assert_int_equal(error.row, 5);
    assert_released(&made);
    assert_int_equal(campaign_table_from_arrow_stream(&table, &stream, NULL, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_table_from_arrow_stream(&table, NULL, NULL, &error), CAMPAIGN_E_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_batches_are_joined_in_order),
        cmocka_unit_test(test_one_batch_is_not_copied),
        cmocka_unit_test(test_an_empty_stream_has_columns),
        cmocka_unit_test(test_a_shared_dictionary_stays_one),
        cmocka_unit_test(test_failures_of_the_stream_carry_its_words),
        cmocka_unit_test(test_rows_count_from_the_start_of_the_stream),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
