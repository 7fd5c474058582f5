/* Tables built cell by cell: every type, nulls, growth, refusals. */
#include "check.h"

#include <campaign/table.h>

static campaign_table_builder *open_builder(void)
{
    campaign_table_builder *builder = NULL;
    campaign_error error = { 0 };
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    return builder;
}

static campaign_table *finish(campaign_table_builder *builder)
{
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

static void add(campaign_table_builder *builder, const char *name, int32_t type)
{
    campaign_error error = { 0 };
    assert_ok(
        campaign_table_builder_add_column(builder, name, type, type == CAMPAIGN_TYPE_MONEY ? "CNY" : NULL, &error),
        error);
}

static void test_every_type_reads_back(void **state)
{
    (void)state;
    campaign_table_builder *builder = open_builder();
    campaign_error error = { 0 };
    static const struct {
        int32_t type;
        int64_t value;
    } cells[] = { { CAMPAIGN_TYPE_BOOL, 1 },          { CAMPAIGN_TYPE_INT32, INT32_MIN },
                  { CAMPAIGN_TYPE_INT64, INT64_MIN }, { CAMPAIGN_TYPE_DATE, CAMPAIGN_DAY_MAX },
                  { CAMPAIGN_TYPE_TIMESTAMP, -1 },    { CAMPAIGN_TYPE_MONEY, INT64_MAX } };
    const int32_t n = (int32_t)(sizeof cells / sizeof *cells);
    for (int32_t i = 0; i < n; i++) {
        char name[] = { (char)('a' + i), '\0' };
        add(builder, name, cells[i].type);
        assert_ok(campaign_table_builder_append_int64(builder, i, cells[i].value, &error), error);
    }
    add(builder, "金额率", CAMPAIGN_TYPE_FLOAT64);
    add(builder, "会员卡号", CAMPAIGN_TYPE_UTF8);
    assert_ok(campaign_table_builder_append_float64(builder, n, 0.1, &error), error);
    assert_ok(campaign_table_builder_append_text(builder, n + 1, "张三", 6, &error), error);

    campaign_table *table = finish(builder);
    assert_int_equal(campaign_table_n_rows(table), 1);
    assert_int_equal(campaign_table_n_columns(table), n + 2);
    for (int32_t i = 0; i < n; i++) {
        assert_true(campaign_table_int64(table, i, 0) == cells[i].value);
        assert_true(campaign_table_float64(table, i, 0) == (double)cells[i].value);
        assert_null(campaign_table_text(table, i, 0, NULL));
        assert_int_equal(campaign_table_is_null(table, i, 0), 0);
    }
    assert_true(campaign_table_float64(table, n, 0) == 0.1);
    assert_int_equal(campaign_table_int64(table, n, 0), 0);
    assert_int_equal(campaign_table_find(table, "会员卡号"), n + 1);
    size_t length = 0;
    assert_memory_equal(campaign_table_text(table, n + 1, 0, &length), "张三", 6);
    assert_int_equal(length, 6);
    campaign_table_free(table);
}

static void test_cells_out_of_reach_are_null_and_zero(void **state)
{
    (void)state;
    campaign_table_builder *builder = open_builder();
    campaign_error error = { 0 };
    add(builder, "x", CAMPAIGN_TYPE_INT64);
    assert_ok(campaign_table_builder_append_int64(builder, 0, 7, &error), error);
    campaign_table *table = finish(builder);
    static const int64_t rows[] = { -1, 1, INT64_MAX };
    for (int i = 0; i < 3; i++) {
        assert_int_equal(campaign_table_is_null(table, 0, rows[i]), 1);
        assert_int_equal(campaign_table_int64(table, 0, rows[i]), 0);
        assert_null(campaign_table_text(table, 0, rows[i], NULL));
    }
    assert_int_equal(campaign_table_is_null(table, -1, 0), 1);
    assert_int_equal(campaign_table_is_null(table, 1, 0), 1);
    assert_int_equal(campaign_table_find(table, "X"), -1);
    assert_int_equal(campaign_table_find(NULL, "x"), -1);
    assert_int_equal(campaign_table_n_rows(NULL), 0);
    campaign_table_free(table);
    campaign_table_free(NULL);
}

/* 1000 rows of every type, every third cell null; checks values, null counts and validity after growth. */
static void test_columns_grow_with_nulls(void **state)
{
    (void)state;
    campaign_table_builder *builder = open_builder();
    campaign_error error = { 0 };
    for (int32_t type = CAMPAIGN_TYPE_BOOL; type <= CAMPAIGN_TYPE_MONEY; type++) {
        char name[] = { (char)('a' + type), '\0' };
        add(builder, name, type);
    }
    char text[32];
    for (int64_t row = 0; row < 1000; row++)
        for (int32_t i = 0; i < 8; i++) {
            const int32_t type = i + 1;
            const size_t length = (size_t)snprintf(text, sizeof text, "店%lld", (long long)row);
            if ((row + i) % 3 == 0)
                assert_ok(campaign_table_builder_append_null(builder, i, &error), error);
            else if (type == CAMPAIGN_TYPE_UTF8)
                assert_ok(campaign_table_builder_append_text(builder, i, text, length, &error), error);
            else if (type == CAMPAIGN_TYPE_FLOAT64)
                assert_ok(campaign_table_builder_append_float64(builder, i, (double)row / 4, &error), error);
            else
                assert_ok(
                    campaign_table_builder_append_int64(builder, i, type == CAMPAIGN_TYPE_BOOL ? row & 1 : row, &error),
                    error);
        }
    campaign_table *table = finish(builder);
    int64_t nulls[8] = { 0 };
    for (int64_t row = 0; row < 1000; row++)
        for (int32_t i = 0; i < 8; i++) {
            const int32_t is_null = (row + i) % 3 == 0, type = i + 1;
            nulls[i] += is_null;
            assert_int_equal(campaign_table_is_null(table, i, row), is_null);
            if (is_null || type == CAMPAIGN_TYPE_FLOAT64) {
                assert_int_equal(campaign_table_int64(table, i, row), 0);
                assert_true(campaign_table_float64(table, i, row) == (is_null ? 0 : (double)row / 4));
            } else if (type == CAMPAIGN_TYPE_UTF8) {
                size_t length;
                const char *cell = campaign_table_text(table, i, row, &length);
                assert_int_equal(length, snprintf(text, sizeof text, "店%lld", (long long)row));
                assert_memory_equal(cell, text, length);
            } else {
                assert_int_equal(campaign_table_int64(table, i, row), type == CAMPAIGN_TYPE_BOOL ? row & 1 : row);
            }
        }
    for (int32_t i = 0; i < 8; i++) {
        campaign_column column = CAMPAIGN_COLUMN_INIT;
        assert_ok(campaign_table_column(&column, table, i, &error), error);
        assert_int_equal(column.n_nulls, nulls[i]);
        assert_int_equal(column.n_rows, 1000);
        assert_int_equal(column.type, i + 1);
    }
    campaign_table_free(table);
}

static void test_cells_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    campaign_table_builder *builder = open_builder();
    static const struct {
        int32_t type;
        int64_t value;
        campaign_status status;
    } cases[] = {
        { CAMPAIGN_TYPE_BOOL, 2, CAMPAIGN_E_OVERFLOW },
        { CAMPAIGN_TYPE_BOOL, -1, CAMPAIGN_E_OVERFLOW },
        { CAMPAIGN_TYPE_INT32, INT64_C(2147483648), CAMPAIGN_E_OVERFLOW },
        { CAMPAIGN_TYPE_INT32, INT64_C(-2147483649), CAMPAIGN_E_OVERFLOW },
        { CAMPAIGN_TYPE_DATE, INT64_C(4294967296), CAMPAIGN_E_OVERFLOW },
        { CAMPAIGN_TYPE_DATE, CAMPAIGN_DAY_MAX + 1, CAMPAIGN_E_VALUE },
        { CAMPAIGN_TYPE_DATE, CAMPAIGN_DAY_MIN - 1, CAMPAIGN_E_VALUE },
        { CAMPAIGN_TYPE_TIMESTAMP, INT64_MAX, CAMPAIGN_E_VALUE },
        { CAMPAIGN_TYPE_FLOAT64, 1, CAMPAIGN_E_COLUMN },
        { CAMPAIGN_TYPE_UTF8, 1, CAMPAIGN_E_COLUMN },
    };
    const int32_t n = (int32_t)(sizeof cases / sizeof *cases);
    campaign_error error;
    for (int32_t i = 0; i < n; i++) {
        char name[] = { (char)('a' + i), '\0' };
        add(builder, name, cases[i].type);
        assert_int_equal(campaign_table_builder_append_int64(builder, i, cases[i].value, &error), cases[i].status);
        assert_string_equal(error.where, name);
        if (cases[i].status != CAMPAIGN_E_COLUMN) assert_int_equal(error.row, 0);
    }
    assert_int_equal(campaign_table_builder_append_float64(builder, 0, 1, &error), CAMPAIGN_E_COLUMN);
    assert_int_equal(campaign_table_builder_append_text(builder, 0, "x", 1, &error), CAMPAIGN_E_COLUMN);
    assert_int_equal(campaign_table_builder_append_text(builder, n - 1, "a\xC0\x80", 3, &error), CAMPAIGN_E_ENCODING);
    assert_int_equal(campaign_table_builder_append_null(builder, n, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_table_builder_append_null(builder, -1, &error), CAMPAIGN_E_ARGUMENT);
    campaign_table *table = finish(builder); /* refused cells left no trace */
    assert_int_equal(campaign_table_n_rows(table), 0);
    campaign_table_free(table);
}

static void test_names_must_be_usable(void **state)
{
    (void)state;
    campaign_table_builder *builder = open_builder();
    campaign_error error;
    add(builder, "a", CAMPAIGN_TYPE_INT64);
    static const struct {
        const char *name;
        int32_t type;
        const char *currency;
        campaign_status status;
    } cases[] = {
        { "a", CAMPAIGN_TYPE_BOOL, NULL, CAMPAIGN_E_DUPLICATE },
        { "", CAMPAIGN_TYPE_BOOL, NULL, CAMPAIGN_E_ARGUMENT },
        { NULL, CAMPAIGN_TYPE_BOOL, NULL, CAMPAIGN_E_ARGUMENT },
        { "b\n", CAMPAIGN_TYPE_BOOL, NULL, CAMPAIGN_E_ARGUMENT },
        { "\xFF", CAMPAIGN_TYPE_BOOL, NULL, CAMPAIGN_E_ARGUMENT },
        { "c", 0, NULL, CAMPAIGN_E_ARGUMENT },
        { "c", 9, NULL, CAMPAIGN_E_ARGUMENT },
        { "c", -1, NULL, CAMPAIGN_E_ARGUMENT },
        { "c", CAMPAIGN_TYPE_MONEY, NULL, CAMPAIGN_E_ARGUMENT },
        { "c", CAMPAIGN_TYPE_MONEY, "RMB", CAMPAIGN_E_UNKNOWN },
        { "c", CAMPAIGN_TYPE_MONEY, "CNYX", CAMPAIGN_E_UNKNOWN },
        { "c", CAMPAIGN_TYPE_INT64, "CNY", CAMPAIGN_E_ARGUMENT },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(
            campaign_table_builder_add_column(builder, cases[i].name, cases[i].type, cases[i].currency, &error),
            cases[i].status);
    campaign_table *table = finish(builder);
    assert_int_equal(campaign_table_n_columns(table), 1);
    campaign_table_free(table);
}

static void test_columns_of_different_length_do_not_finish(void **state)
{
    (void)state;
    campaign_table_builder *builder = open_builder();
    campaign_table *table = (campaign_table *)(uintptr_t)1;
    campaign_error error = { 0 };
    add(builder, "a", CAMPAIGN_TYPE_INT64);
    add(builder, "b", CAMPAIGN_TYPE_INT64);
    assert_ok(campaign_table_builder_append_int64(builder, 0, 1, &error), error);
    assert_int_equal(campaign_table_builder_finish(&table, builder, &error), CAMPAIGN_E_COLUMN);
    assert_null(table);
    assert_string_equal(error.where, "b");
    assert_ok(campaign_table_builder_append_null(builder, 1, &error), error); /* mended, it finishes */
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    assert_int_equal(campaign_table_n_rows(table), 1);
    campaign_table_free(table);

    add(builder, "a", CAMPAIGN_TYPE_BOOL); /* empty again and usable */
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    assert_int_equal(campaign_table_n_columns(table), 1);
    assert_int_equal(campaign_table_n_rows(table), 0);
    campaign_table_free(table);
    campaign_table_builder_free(builder);
}

static void test_a_table_may_have_no_columns(void **state)
{
    (void)state;
    campaign_table *table = finish(open_builder()), *slice = NULL;
    campaign_error error = { 0 };
    assert_int_equal(campaign_table_n_columns(table), 0);
    assert_ok(campaign_table_slice(&slice, table, 0, 0, &error), error);
    campaign_table_free(slice);
    campaign_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_type_reads_back),
        cmocka_unit_test(test_cells_out_of_reach_are_null_and_zero),
        cmocka_unit_test(test_columns_grow_with_nulls),
        cmocka_unit_test(test_cells_that_do_not_fit_are_refused),
        cmocka_unit_test(test_names_must_be_usable),
        cmocka_unit_test(test_columns_of_different_length_do_not_finish),
        cmocka_unit_test(test_a_table_may_have_no_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
