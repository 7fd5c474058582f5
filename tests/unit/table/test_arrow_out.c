/* Arrow batches and streams out: the same memory, alive until its last user, and back again unchanged. */
#include "arrow_maker.h"

#include "table/table.h"

static const cpn_column_schema schema[] = {
    { "flag", CAMPAIGN_TYPE_BOOL, "", "" },      { "count", CAMPAIGN_TYPE_INT32, "", "" },
    { "customer", CAMPAIGN_TYPE_INT64, "", "" }, { "rate", CAMPAIGN_TYPE_FLOAT64, "", "" },
    { "day", CAMPAIGN_TYPE_DATE, "", "" },       { "at", CAMPAIGN_TYPE_TIMESTAMP, "", "" },
    { "门店", CAMPAIGN_TYPE_UTF8, "", "" },      { "amount", CAMPAIGN_TYPE_MONEY, "", "" },
};
enum { FLAG, COUNT, CUSTOMER, RATE, DAY, AT, SHOP, AMOUNT, N_COLUMNS };

/* n rows; cell i of row r is null where (r * 7 + i) % 5 == 0. */
static campaign_table *make_table(int64_t n)
{
    cpn_out out;
    cpn_out_open(&out, schema, N_COLUMNS, "KWD", 3);
    for (int64_t r = 0; r < n; r++)
        for (int32_t i = 0; i < N_COLUMNS; i++) {
            char shop[32];
            (void)snprintf(shop, sizeof shop, "店%lld", (long long)(r % 9));
            if ((r * 7 + i) % 5 == 0)
                cpn_out_null(&out, i);
            else if (i == RATE)
                cpn_out_float64(&out, i, (double)r / 8);
            else if (i == SHOP)
                cpn_out_string(&out, i, shop);
            else
                cpn_out_int64(&out, i, i == FLAG ? r % 3 == 1 : (r % 2 ? -1 : 1) * (r * 1000 + i));
        }
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    assert_ok(cpn_out_close(&table, &out, &error), error);
    return table;
}

static void assert_same_tables(const campaign_table *a, const campaign_table *b)
{
    const int64_t n = campaign_table_n_rows(a);
    assert_int_equal(campaign_table_n_rows(b), n);
    assert_int_equal(campaign_table_n_columns(b), campaign_table_n_columns(a));
    for (int32_t i = 0; i < campaign_table_n_columns(a); i++) {
        campaign_column column_a = CAMPAIGN_COLUMN_INIT, column_b = CAMPAIGN_COLUMN_INIT;
        assert_int_equal(campaign_table_column(&column_a, a, i, NULL), CAMPAIGN_OK);
        assert_int_equal(campaign_table_column(&column_b, b, i, NULL), CAMPAIGN_OK);
        assert_string_equal(column_a.name, column_b.name);
        assert_int_equal(column_a.type, column_b.type);
        assert_int_equal(column_a.n_nulls, column_b.n_nulls);
        assert_int_equal(column_a.exponent, column_b.exponent);
        assert_string_equal(column_a.currency, column_b.currency);
        for (int64_t row = 0; row < n; row++) {
            char text[64];
            const int is_null = campaign_table_is_null(a, i, row);
            (void)campaign_table_format(text, sizeof text, a, i, row);
            assert_cell(b, i, row, is_null ? NULL : text);
        }
    }
}

static void test_slices_come_back_as_they_went(void **state)
{
    (void)state;
    campaign_table *table = make_table(75);
    for (int64_t first = 0; first <= 20; first++)
        for (int64_t n = 0; n <= 55; n += 11)
            for (int is_decimal = 0; is_decimal < 2; is_decimal++) {
                campaign_table *slice = NULL, *back = NULL;
                campaign_error error = { 0 };
                campaign_arrow_options options = CAMPAIGN_ARROW_OPTIONS_INIT;
                struct ArrowArray array;
                struct ArrowSchema arrow_schema;
                options.money_as_decimal = is_decimal;
                assert_ok(campaign_table_slice(&slice, table, first, n, &error), error);
                assert_ok(campaign_table_to_arrow(&array, &arrow_schema, slice, &options, &error), error);
                assert_string_equal(arrow_schema.children[AMOUNT]->format, is_decimal ? "d:19,3" : "l");
                assert_ok(campaign_table_from_arrow(&back, &array, &arrow_schema, NULL, &error), error);
                assert_same_tables(slice, back);
                campaign_table_free(slice);
                campaign_table_free(back);
            }
    campaign_table_free(table);
}

static void test_exports_share_the_buffers(void **state)
{
    (void)state;
    campaign_table *table = make_table(30), *slice = NULL, *back = NULL;
    campaign_error error = { 0 };
    assert_ok(campaign_table_slice(&slice, table, 3, 20, &error), error);
    campaign_table_free(table);
    struct ArrowArray array;
    struct ArrowSchema arrow_schema;
    assert_ok(campaign_table_to_arrow(&array, &arrow_schema, slice, NULL, &error), error);
    assert_ok(campaign_table_from_arrow(&back, &array, &arrow_schema, NULL, &error), error);
    for (int32_t i = 0; i < N_COLUMNS; i++) {
        campaign_column a = CAMPAIGN_COLUMN_INIT, b = CAMPAIGN_COLUMN_INIT;
        assert_int_equal(campaign_table_column(&a, slice, i, NULL), CAMPAIGN_OK);
        assert_int_equal(campaign_table_column(&b, back, i, NULL), CAMPAIGN_OK);
        assert_ptr_equal(a.values, b.values);
        assert_ptr_equal(a.offsets, b.offsets);
        assert_ptr_equal(a.validity, b.validity);
        assert_int_equal(a.bit_offset, b.bit_offset);
    }
    campaign_table_free(back);
    campaign_table_free(slice);
}

static void test_dictionaries_go_out_as_such(void **state)
{
    (void)state;
    static const int32_t offsets[] = { 0, 1, 4 }, codes[] = { 1, 0, 77, 1 };
    static const uint8_t validity[] = { 0x0B };
    campaign_array array = CAMPAIGN_ARRAY_INIT;
    array.type = CAMPAIGN_TYPE_UTF8;
    array.name = "x";
    array.n_rows = 4;
    array.n_dictionary = 2;
    array.values = "a店";
    array.offsets = offsets;
    array.codes = codes;
    array.validity = validity;
    campaign_table_builder *builder = NULL;
    campaign_table *table = NULL, *slice = NULL, *back = NULL;
    campaign_error error = { 0 };
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_add_array(builder, &array, &error), error);
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    assert_ok(campaign_table_slice(&slice, table, 1, 3, &error), error);
    struct ArrowArray out;
    struct ArrowSchema out_schema;
    assert_ok(campaign_table_to_arrow(&out, &out_schema, slice, NULL, &error), error);
    campaign_table_free(table);
    campaign_table_free(slice);
    assert_string_equal(out_schema.children[0]->format, "i");
    assert_string_equal(out_schema.children[0]->dictionary->format, "u");
    assert_int_equal(out.children[0]->dictionary->length, 2);
    assert_ok(campaign_table_from_arrow(&back, &out, &out_schema, NULL, &error), error);
    assert_cell(back, 0, 0, "a");
    assert_cell(back, 0, 1, NULL);
    assert_cell(back, 0, 2, "店");
    campaign_table_free(back);
}

static void count_release(void *ctx)
{
    ++*(int *)ctx;
}

/* A borrowed column with four users: the table, a slice, an export whose child was moved out, a stream. */
static void test_a_borrowed_array_outlives_every_export(void **state)
{
    (void)state;
    static const int64_t values[] = { 1, 2, 3 };
    for (int order = 0; order < 24; order++) {
        int n_released = 0;
        campaign_array array = CAMPAIGN_ARRAY_INIT;
        array.type = CAMPAIGN_TYPE_INT64;
        array.name = "x";
        array.n_rows = 3;
        array.values = values;
        array.release = count_release;
        array.ctx = &n_released;
        campaign_table_builder *builder = NULL;
        campaign_table *table = NULL, *slice = NULL;
        campaign_error error = { 0 };
        assert_ok(campaign_table_builder_create(&builder, &error), error);
        assert_ok(campaign_table_builder_add_array(builder, &array, &error), error);
        assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
        campaign_table_builder_free(builder);
        assert_ok(campaign_table_slice(&slice, table, 1, 1, &error), error);
        struct ArrowArray root, child;
        struct ArrowSchema root_schema;
        struct ArrowArrayStream stream;
        assert_ok(campaign_table_to_arrow(&root, &root_schema, table, NULL, &error), error);
        assert_ok(campaign_table_to_arrow_stream(&stream, slice, NULL, &error), error);
        root_schema.release(&root_schema);
        child = *root.children[0]; /* moved out, as the specification allows */
        root.children[0]->release = NULL;
        root.release(&root);
        assert_ptr_equal(child.buffers[1], values);
        int is_left[4] = { 1, 1, 1, 1 };
        for (int step = 0, rest = order; step < 4; step++) {
            const int left = 4 - step;
            int pick = rest % left, i = 0;
            rest /= left;
            while (!is_left[i] || pick--) i++;
            is_left[i] = 0;
            assert_int_equal(n_released, 0);
            if (i == 0) campaign_table_free(table);
            if (i == 1) campaign_table_free(slice);
            if (i == 2) child.release(&child);
            if (i == 3) stream.release(&stream);
        }
        assert_int_equal(n_released, 1);
    }
}

static void test_a_schema_outlives_its_table(void **state)
{
    (void)state;
    campaign_table *table = make_table(1);
    campaign_error error = { 0 };
    struct ArrowArray array;
    struct ArrowSchema arrow_schema;
    assert_ok(campaign_table_to_arrow(&array, &arrow_schema, table, NULL, &error), error);
    campaign_table_free(table);
    array.release(&array);
    assert_null(array.release);
    static const char *const formats[] = { "b", "i", "l", "g", "tdD", "tsu:", "u", "l" };
    for (int32_t i = 0; i < N_COLUMNS; i++) {
        assert_string_equal(arrow_schema.children[i]->name, schema[i].name);
        assert_string_equal(arrow_schema.children[i]->format, formats[i]);
        assert_int_equal(arrow_schema.children[i]->flags, ARROW_FLAG_NULLABLE);
    }
    char metadata[128] = { 0 };
    const size_t length =
        add_metadata(metadata, add_metadata(metadata, 4, "campaign.currency", "KWD"), "campaign.exponent", "3");
    assert_memory_equal(arrow_schema.children[AMOUNT]->metadata, metadata, length);
    arrow_schema.release(&arrow_schema);
}

static void test_a_stream_gives_one_batch(void **state)
{
    (void)state;
    for (int64_t n = 0; n < 20; n += 19) {
        campaign_table *table = make_table(n), *back = NULL;
        campaign_error error = { 0 };
        struct ArrowArrayStream stream;
        struct ArrowArray array;
        assert_ok(campaign_table_to_arrow_stream(&stream, table, NULL, &error), error);
        assert_int_equal(stream.get_next(&stream, &array), 0);
        assert_int_equal(array.length, n);
        array.release(&array);
        assert_int_equal(stream.get_next(&stream, &array), 0);
        assert_null(array.release);
        assert_null(stream.get_last_error(&stream));
        stream.release(&stream);
        assert_null(stream.release);
        assert_ok(campaign_table_to_arrow_stream(&stream, table, NULL, &error), error);
        assert_ok(campaign_table_from_arrow_stream(&back, &stream, NULL, &error), error);
        assert_null(stream.release);
        assert_same_tables(table, back);
        campaign_table_free(table);
        campaign_table_free(back);
    }
}

static void test_missing_arguments_leave_nothing_to_release(void **state)
{
    (void)state;
    struct ArrowArray array = { .length = 7 };
    struct ArrowSchema arrow_schema = { .n_children = 7 };
    struct ArrowArrayStream stream;
    campaign_error error = { 0 };
    assert_int_equal(campaign_table_to_arrow(&array, &arrow_schema, NULL, NULL, &error), CAMPAIGN_E_ARGUMENT);
    assert_null(array.release);
    assert_null(arrow_schema.release);
    assert_int_equal(campaign_table_to_arrow_stream(&stream, NULL, NULL, &error), CAMPAIGN_E_ARGUMENT);
    assert_null(stream.release);
    campaign_table *table = make_table(1);
    campaign_arrow_options options = { 0 };
    assert_int_equal(campaign_table_to_arrow(&array, &arrow_schema, table, &options, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_table_to_arrow(NULL, &arrow_schema, table, NULL, &error), CAMPAIGN_E_ARGUMENT);
    campaign_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slices_come_back_as_they_went),
        cmocka_unit_test(test_exports_share_the_buffers),
        cmocka_unit_test(test_dictionaries_go_out_as_such),
        cmocka_unit_test(test_a_borrowed_array_outlives_every_export),
        cmocka_unit_test(test_a_schema_outlives_its_table),
        cmocka_unit_test(test_a_stream_gives_one_batch),
        cmocka_unit_test(test_missing_arguments_leave_nothing_to_release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
