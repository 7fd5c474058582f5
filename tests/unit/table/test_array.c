/* Whole columns, copied and borrowed: who releases, when, and what is refused. */
#include "check.h"

#include <campaign/table.h>

static void count_release(void *ctx)
{
    ++*(int *)ctx;
}

static campaign_table_builder *open_builder(void)
{
    campaign_table_builder *builder = NULL;
    campaign_error error = { 0 };
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    return builder;
}

static campaign_array int64_array(const char *name, const int64_t *values, int64_t n)
{
    campaign_array array = CAMPAIGN_ARRAY_INIT;
    array.type = CAMPAIGN_TYPE_INT64;
    array.name = name;
    array.n_rows = n;
    array.values = values;
    return array;
}

static void test_borrowed_array_is_used_in_place(void **state)
{
    (void)state;
    static const int64_t values[] = { 3, 1, 2 };
    int n_released = 0;
    campaign_array array = int64_array("x", values, 3);
    array.release = count_release;
    array.ctx = &n_released;
    campaign_table_builder *builder = open_builder();
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    assert_ok(campaign_table_builder_add_array(builder, &array, &error), error);
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    campaign_column column = CAMPAIGN_COLUMN_INIT;
    assert_ok(campaign_table_column(&column, table, 0, &error), error);
    assert_ptr_equal(column.values, values);
    assert_int_equal(n_released, 0);
    campaign_table_free(table);
    assert_int_equal(n_released, 1);
}

/* Four users of one borrowed array, freed in every order: the release comes with the last of them, once. */
static void test_release_comes_after_the_last_user_in_any_order(void **state)
{
    (void)state;
    static const int64_t values[] = { 3, 1, 2 };
    for (int order = 0; order < 24; order++) {
        int n_released = 0;
        campaign_array array = int64_array("x", values, 3);
        array.release = count_release;
        array.ctx = &n_released;
        campaign_table_builder *builder = open_builder();
        campaign_table *users[4] = { NULL };
        campaign_error error = { 0 };
        assert_ok(campaign_table_builder_add_array(builder, &array, &error), error);
        assert_ok(campaign_table_builder_finish(&users[0], builder, &error), error);
        campaign_table_builder_free(builder);
        assert_ok(campaign_table_slice(&users[1], users[0], 1, 2, &error), error);
        assert_ok(campaign_table_slice(&users[2], users[1], 1, 1, &error), error);
        assert_ok(campaign_table_slice(&users[3], users[0], 3, 0, &error), error);
        for (int step = 0, rest = order; step < 4; step++) {
            const int left = 4 - step;
            int pick = rest % left;
            rest /= left;
            int i = 0;
            while (!users[i] || pick--) i++;
            if (i < 3) assert_int_equal(campaign_table_int64(users[i], 0, 0), values[i]);
            assert_int_equal(n_released, 0);
            campaign_table_free(users[i]);
            users[i] = NULL;
        }
        assert_int_equal(n_released, 1);
    }
}

static void test_copied_array_does_not_follow_its_source(void **state)
{
    (void)state;
    char text[] = "--abc张三";
    int32_t offsets[] = { 2, 3, 5, 11 }, codes[] = { 2, 0, 9, 2 }, whole_codes[] = { 1, 1 };
    uint8_t validity[] = { 0x0B }; /* row 2 is null: its code 9 does not matter */
    campaign_array plain = CAMPAIGN_ARRAY_INIT;
    plain.type = CAMPAIGN_TYPE_UTF8;
    plain.name = "plain";
    plain.n_rows = 3;
    plain.values = text;
    plain.offsets = offsets;
    campaign_array dictionary = plain;
    dictionary.name = "dictionary";
    dictionary.n_rows = 4;
    dictionary.n_dictionary = 3;
    dictionary.codes = codes;
    dictionary.validity = validity;
    campaign_table_builder *builder = open_builder();
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    assert_ok(campaign_table_builder_add_array(builder, &dictionary, &error), error);
    memset(codes, 0, sizeof codes);
    memset(validity, 0, sizeof validity);
    assert_int_equal(campaign_table_builder_add_array(builder, &dictionary, &error), CAMPAIGN_E_DUPLICATE);
    dictionary.name = "codes";
    dictionary.codes = whole_codes;
    dictionary.n_rows = 2;
    dictionary.validity = NULL;
    assert_ok(campaign_table_builder_add_array(builder, &dictionary, &error), error);
    assert_ok(campaign_table_builder_add_array(builder, &plain, &error), error);
    memset(text, 'x', sizeof text);
    memset(offsets, 0, sizeof offsets);
    assert_int_equal(campaign_table_builder_finish(&table, builder, &error), CAMPAIGN_E_COLUMN); /* 4, 2, 3 rows */
    campaign_table_builder_free(builder);
    assert_null(table);

    memcpy(text, "--abc张三", sizeof text);
    memcpy(offsets, (int32_t[]){ 2, 3, 5, 11 }, sizeof offsets);
    memcpy(codes, (int32_t[]){ 2, 0, 9, 2 }, sizeof codes);
    validity[0] = 0x0B;
    builder = open_builder();
    dictionary.codes = codes;
    dictionary.n_rows = 4;
    dictionary.validity = validity;
    assert_ok(campaign_table_builder_add_array(builder, &dictionary, &error), error);
    memset(text, 'x', sizeof text);
    memset(offsets, 0, sizeof offsets);
    memset(codes, 0, sizeof codes);
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    static const char *const expected[] = { "张三", "a", "", "张三" };
    for (int64_t row = 0; row < 4; row++) {
        char cell[16];
        assert_int_equal(campaign_table_format(cell, sizeof cell, table, 0, row), strlen(expected[row]));
        assert_string_equal(cell, expected[row]);
    }
    assert_int_equal(campaign_table_is_null(table, 0, 2), 1);
    campaign_table_free(table);
}

typedef struct bad_array {
    const char *what;
    campaign_array array;
    campaign_status status;
    int64_t row;
} bad_array;

static void test_malformed_arrays_are_refused_and_released(void **state)
{
    (void)state;
    static const int64_t cells[2] = { 1, INT64_MAX };
    static const int32_t falling[] = { 0, 2, 1 }, negative[] = { -1, 2, 3 }, good[] = { 0, 1, 3 },
                         split[] = { 0, 2, 4 };
    static const int32_t codes[] = { 1, 2 }, days[] = { 0, CAMPAIGN_DAY_MAX + 1 };
    const uint32_t size = sizeof(campaign_array);
    const bad_array cases[] = {
        { "no name", { .type = CAMPAIGN_TYPE_INT64, .n_rows = 2, .values = cells }, CAMPAIGN_E_ARGUMENT, -1 },
        { "no type", { .name = "x", .n_rows = 2, .values = cells }, CAMPAIGN_E_ARGUMENT, -1 },
        { "negative",
          { .name = "x", .type = CAMPAIGN_TYPE_INT64, .n_rows = -2, .values = cells },
          CAMPAIGN_E_ARGUMENT,
          -1 },
        { "no values", { .name = "x", .type = CAMPAIGN_TYPE_INT64, .n_rows = 2 }, CAMPAIGN_E_ARGUMENT, -1 },
        { "no currency",
          { .name = "x", .type = CAMPAIGN_TYPE_MONEY, .n_rows = 2, .values = cells },
          CAMPAIGN_E_UNKNOWN,
          -1 },
        { "currency",
          { .name = "x", .type = CAMPAIGN_TYPE_INT64, .n_rows = 2, .values = cells, .currency = "CNY" },
          CAMPAIGN_E_ARGUMENT,
          -1 },
        { "exponent",
          { .name = "x",
            .type = CAMPAIGN_TYPE_MONEY,
            .n_rows = 2,
            .values = cells,
            .currency = "CNY",
            .has_exponent = 1,
            .exponent = 10 },
          CAMPAIGN_E_ARGUMENT,
          -1 },
        { "codes of numbers",
          { .name = "x", .type = CAMPAIGN_TYPE_INT64, .n_rows = 2, .values = cells, .codes = codes },
          CAMPAIGN_E_ARGUMENT,
          -1 },
        { "codes alone",
          { .name = "x", .type = CAMPAIGN_TYPE_UTF8, .n_rows = 2, .values = "abc", .offsets = good, .codes = codes },
          CAMPAIGN_E_ARGUMENT,
          -1 },
        { "no offsets",
          { .name = "x", .type = CAMPAIGN_TYPE_UTF8, .n_rows = 2, .values = "abc" },
          CAMPAIGN_E_ARGUMENT,
          -1 },
        { "no text",
          { .name = "x", .type = CAMPAIGN_TYPE_UTF8, .n_rows = 2, .offsets = good },
          CAMPAIGN_E_ARGUMENT,
          -1 },
        { "falling",
          { .name = "x", .type = CAMPAIGN_TYPE_UTF8, .n_rows = 2, .values = "abc", .offsets = falling },
          CAMPAIGN_E_VALUE,
          1 },
        { "below",
          { .name = "x", .type = CAMPAIGN_TYPE_UTF8, .n_rows = 2, .values = "abc", .offsets = negative },
          CAMPAIGN_E_VALUE,
          0 },
        { "code",
          { .name = "x",
            .type = CAMPAIGN_TYPE_UTF8,
            .n_rows = 2,
            .values = "abc",
            .offsets = good,
            .codes = codes,
            .n_dictionary = 2 },
          CAMPAIGN_E_VALUE,
          1 },
        { "not UTF-8",
          { .name = "x", .type = CAMPAIGN_TYPE_UTF8, .n_rows = 2, .values = "ab\xFF", .offsets = good },
          CAMPAIGN_E_ENCODING,
          1 },
        { "split character",
          { .name = "x", .type = CAMPAIGN_TYPE_UTF8, .n_rows = 2, .values = "a店", .offsets = split },
          CAMPAIGN_E_ENCODING,
          0 },
        { "day", { .name = "x", .type = CAMPAIGN_TYPE_DATE, .n_rows = 2, .values = days }, CAMPAIGN_E_VALUE, 1 },
        { "instant",
          { .name = "x", .type = CAMPAIGN_TYPE_TIMESTAMP, .n_rows = 2, .values = cells },
          CAMPAIGN_E_VALUE,
          1 },
        { "reserved",
          { .name = "x", .type = CAMPAIGN_TYPE_INT64, .n_rows = 2, .values = cells, .reserved = 1 },
          CAMPAIGN_E_ARGUMENT,
          -1 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int is_borrowed = 0; is_borrowed < 2; is_borrowed++) {
            campaign_table_builder *builder = open_builder();
            campaign_error error = { 0 };
            int n_released = 0;
            campaign_array array = cases[i].array;
            array.size = size;
            if (is_borrowed) array.release = count_release, array.ctx = &n_released;
            const campaign_status status = campaign_table_builder_add_array(builder, &array, &error);
            if (status != cases[i].status || error.row != cases[i].row || n_released != is_borrowed)
                fail_msg("%s: status %d row %lld released %d: %s", cases[i].what, (int)status, (long long)error.row,
                         n_released, error.message);
            campaign_table *table = NULL;
            assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
            assert_int_equal(campaign_table_n_columns(table), 0);
            campaign_table_free(table);
            campaign_table_builder_free(builder);
            assert_int_equal(n_released, is_borrowed);
        }
}

static void test_a_skewed_array_is_copied_but_not_borrowed(void **state)
{
    (void)state;
    static const char bytes[] = "\0\1\0\0\0\0\0\0\0\2\0\0\0\0\0\0"; /* 16 and the zero: two int64 from byte 1 on */
    int64_t room[3];
    memcpy((char *)room + 1, bytes + 1, sizeof bytes - 1);
    int n_released = 0;
    campaign_array array = int64_array("x", (const int64_t *)(const void *)((char *)room + 1), 2);
    campaign_table_builder *builder = open_builder();
    campaign_error error = { 0 };
    array.release = count_release;
    array.ctx = &n_released;
    assert_int_equal(campaign_table_builder_add_array(builder, &array, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(n_released, 1);
    array.release = NULL;
    assert_ok(campaign_table_builder_add_array(builder, &array, &error), error);
    campaign_table *table = NULL;
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    int64_t first;
    memcpy(&first, bytes + 1, sizeof first);
    assert_true(campaign_table_int64(table, 0, 0) == first);
    campaign_table_free(table);
    campaign_table_builder_free(builder);
}

static void test_empty_arrays_need_no_buffers(void **state)
{
    (void)state;
    campaign_table_builder *builder = open_builder();
    campaign_error error = { 0 };
    for (int32_t type = CAMPAIGN_TYPE_BOOL; type <= CAMPAIGN_TYPE_MONEY; type++)
        for (int is_borrowed = 0; is_borrowed < 2; is_borrowed++) {
            char name[] = { (char)('a' + type), (char)('0' + is_borrowed), '\0' };
            campaign_array array = CAMPAIGN_ARRAY_INIT;
            int n_released = 0;
            array.type = type;
            array.name = name;
            if (type == CAMPAIGN_TYPE_MONEY) memcpy(array.currency, "JPY", 4);
            assert_ok(campaign_table_builder_add_array(builder, &array, &error), error);
            assert_int_equal(n_released, 0);
        }
    campaign_table *table = NULL;
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    assert_int_equal(campaign_table_n_columns(table), 16);
    campaign_table_free(table);
    campaign_table_builder_free(builder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_borrowed_array_is_used_in_place),
        cmocka_unit_test(test_release_comes_after_the_last_user_in_any_order),
        cmocka_unit_test(test_copied_array_does_not_follow_its_source),
        cmocka_unit_test(test_malformed_arrays_are_refused_and_released),
        cmocka_unit_test(test_a_skewed_array_is_copied_but_not_borrowed),
        cmocka_unit_test(test_empty_arrays_need_no_buffers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
