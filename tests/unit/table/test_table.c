/* Reading tables: slices at every bit offset, printed cells, columns found or missed. */
#include "check.h"

#include "table/table.h"

#include "base/date.h"

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
    char shop[32];
    cpn_out_open(&out, schema, N_COLUMNS, "KWD", 3);
    for (int64_t r = 0; r < n; r++)
        for (int32_t i = 0; i < N_COLUMNS; i++) {
            (void)snprintf(shop, sizeof shop, "店%lld", (long long)(r % 9));
            if ((r * 7 + i) % 5 == 0)
                cpn_out_null(&out, i);
            else if (i == RATE)
                cpn_out_float64(&out, i, (double)r / 8);
            else if (i == SHOP)
                cpn_out_string(&out, i, shop);
            else
                cpn_out_int64(&out, i, i == FLAG ? r % 3 == 1 : r * 1000 + i);
        }
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    assert_ok(cpn_out_close(&table, &out, &error), error);
    return table;
}

static void assert_same_cell(const campaign_table *a, int64_t row_a, const campaign_table *b, int64_t row_b, int32_t i)
{
    char text_a[64], text_b[64];
    const size_t length = campaign_table_format(text_a, sizeof text_a, a, i, row_a);
    assert_int_equal(campaign_table_format(text_b, sizeof text_b, b, i, row_b), length);
    assert_string_equal(text_a, text_b);
    assert_int_equal(campaign_table_is_null(a, i, row_a), campaign_table_is_null(b, i, row_b));
    assert_true(campaign_table_int64(a, i, row_a) == campaign_table_int64(b, i, row_b));
    assert_true(campaign_table_float64(a, i, row_a) == campaign_table_float64(b, i, row_b));
}

static void test_slices_show_the_same_cells(void **state)
{
    (void)state;
    campaign_table *table = make_table(75);
    campaign_error error = { 0 };
    for (int64_t first = 0; first <= 20; first++)
        for (int64_t n = 0; n <= 55; n += 11) {
            campaign_table *slice = NULL, *inner = NULL;
            assert_ok(campaign_table_slice(&slice, table, first, n, &error), error);
            assert_int_equal(campaign_table_n_rows(slice), n);
            const int64_t skip = n / 3;
            assert_ok(campaign_table_slice(&inner, slice, skip, n - skip, &error), error);
            for (int32_t i = 0; i < N_COLUMNS; i++) {
                int64_t n_nulls = 0;
                for (int64_t r = 0; r < n; r++) {
                    assert_same_cell(slice, r, table, first + r, i);
                    n_nulls += campaign_table_is_null(slice, i, r);
                }
                for (int64_t r = 0; r < n - skip; r++) assert_same_cell(inner, r, table, first + skip + r, i);
                campaign_column column = CAMPAIGN_COLUMN_INIT;
                assert_ok(campaign_table_column(&column, slice, i, &error), error);
                assert_int_equal(column.n_nulls, n_nulls);
                assert_string_equal(column.name, schema[i].name);
            }
            campaign_table_free(slice);
            campaign_table_free(inner);
        }
    campaign_table_free(table);
}

static void test_slices_outside_are_refused(void **state)
{
    (void)state;
    campaign_table *table = make_table(5);
    static const int64_t ranges[][2] = { { -1, 2 }, { 0, 6 },         { 5, 1 },        { 6, 0 },
                                         { 2, -1 }, { 1, INT64_MAX }, { INT64_MAX, 1 } };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        campaign_table *slice = table;
        campaign_error error = { 0 };
        assert_int_equal(campaign_table_slice(&slice, table, ranges[i][0], ranges[i][1], &error), CAMPAIGN_E_ARGUMENT);
        assert_null(slice);
    }
    campaign_table_free(table);
}

static void test_cells_are_printed(void **state)
{
    (void)state;
    cpn_out out;
    cpn_out_open(&out, schema, N_COLUMNS, "KWD", 3);
    const int64_t day = cpn_day_from_civil(2027, 2, 6);
    static const int64_t before_1970 = -250;
    for (int row = 0; row < 2; row++) {
        cpn_out_int64(&out, FLAG, row);
        cpn_out_int64(&out, COUNT, -7);
        cpn_out_int64(&out, CUSTOMER, INT64_MIN);
        cpn_out_float64(&out, RATE, 0.1);
        cpn_out_int64(&out, DAY, day);
        cpn_out_int64(&out, AT, row ? before_1970 : (day * 86400 + 13 * 3600 + 5 * 60 + 9) * 1000000);
        cpn_out_string(&out, SHOP, "张三丰");
        cpn_out_int64(&out, AMOUNT, -5);
    }
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    assert_ok(cpn_out_close(&table, &out, &error), error);
    static const char *const expected[2][N_COLUMNS] = {
        { "false", "-7", "-9223372036854775808", "0.1", "2027-02-06", "2027-02-06T13:05:09", "张三丰", "-0.005" },
        { "true", "-7", "-9223372036854775808", "0.1", "2027-02-06", "1969-12-31T23:59:59.999750", "张三丰", "-0.005" },
    };
    for (int64_t row = 0; row < 2; row++)
        for (int32_t i = 0; i < N_COLUMNS; i++) {
            char text[64] = "";
            assert_int_equal(campaign_table_format(text, sizeof text, table, i, row), strlen(expected[row][i]));
            assert_string_equal(text, expected[row][i]);
        }
    char cut[8];
    assert_int_equal(campaign_table_format(cut, sizeof cut, table, SHOP, 0), 9); /* room for two of three characters */
    assert_string_equal(cut, "张三");
    assert_int_equal(campaign_table_format(NULL, 0, table, SHOP, 0), 9);
    assert_int_equal(campaign_table_format(cut, 0, table, SHOP, 0), 9);
    assert_int_equal(campaign_table_format(cut, sizeof cut, table, SHOP, 2), 0);
    assert_string_equal(cut, "");
    campaign_table_free(table);
}

static void test_a_view_needs_its_size(void **state)
{
    (void)state;
    campaign_table *table = make_table(3);
    campaign_column column = CAMPAIGN_COLUMN_INIT;
    campaign_error error = { 0 };
    assert_int_equal(campaign_table_column(&column, table, N_COLUMNS, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_table_column(&column, table, -1, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_table_column(NULL, table, 0, &error), CAMPAIGN_E_ARGUMENT);
    column.size = 0;
    assert_int_equal(campaign_table_column(&column, table, 0, &error), CAMPAIGN_E_ARGUMENT);
    struct {
        campaign_column column;
        int64_t newer[4];
    } wide;
    memset(&wide, 0xAA, sizeof wide);
    wide.column.size = sizeof wide;
    assert_ok(campaign_table_column(&wide.column, table, AMOUNT, &error), error);
    assert_int_equal(wide.column.size, sizeof wide);
    assert_int_equal(wide.newer[3], 0);
    assert_string_equal(wide.column.currency, "KWD");
    assert_int_equal(wide.column.exponent, 3);
    campaign_table_free(table);
}

static void test_needed_columns_are_found_by_either_name(void **state)
{
    (void)state;
    campaign_table *table = make_table(3);
    campaign_column column;
    campaign_error error = { 0 };
    assert_ok(cpn_need_column(&column, table, "orders", NULL, "customer", CPN_ANY_KEY, &error), error);
    assert_int_equal(column.type, CAMPAIGN_TYPE_INT64);
    assert_ok(cpn_need_column(&column, table, "orders", "门店", "customer", CPN_ANY_KEY, &error), error);
    assert_int_equal(column.type, CAMPAIGN_TYPE_UTF8);
    assert_ok(cpn_find_column(&column, table, "orders", "", "channel", CPN_ANY_KEY, &error), error);
    assert_int_equal(column.type, 0);
    assert_ok(cpn_find_column(&column, table, "orders", "", "customer", CPN_ANY_KEY, &error), error);
    assert_int_equal(column.type, CAMPAIGN_TYPE_INT64);
    assert_int_equal(cpn_find_column(&column, table, "orders", "chanel", "customer", CPN_ANY_KEY, &error),
                     CAMPAIGN_E_COLUMN); /* named, so it must be there */
    assert_int_equal(column.type, 0);
    assert_int_equal(cpn_find_column(&column, table, "orders", NULL, "rate", CPN_ANY_KEY, &error), CAMPAIGN_E_COLUMN);
    assert_string_equal(error.where, "orders.rate");
    assert_string_equal(error.message, "column \"rate\" is float64, expected int32, int64 or utf8");
    campaign_table_free(table);
}

/* A table of one column of text without a value. */
static campaign_table *valueless(int64_t n_rows)
{
    campaign_table_builder *builder = NULL;
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "due", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    for (int64_t i = 0; i < n_rows; i++) assert_ok(campaign_table_builder_append_null(builder, 0, &error), error);
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

static void test_a_column_without_values_has_no_type(void **state)
{
    (void)state;
    campaign_table *two = valueless(2), *none = valueless(0);
    campaign_column column;
    campaign_error error = { 0 };
    assert_ok(cpn_find_column(&column, two, "tasks", NULL, "due", CPN_ANY_DAY, &error), error);
    assert_int_equal(column.type, 0); /* as one that is missing */
    assert_ok(cpn_find_column(&column, two, "tasks", "due", "day", CPN_ANY_DAY, &error), error);
    assert_int_equal(column.type, 0);
    assert_ok(cpn_find_column(&column, two, "tasks", NULL, "due", CPN_ANY_KEY, &error), error);
    assert_int_equal(column.type, CAMPAIGN_TYPE_UTF8); /* the type it has, where that is expected */
    assert_int_equal(cpn_need_column(&column, two, "tasks", NULL, "due", CPN_ANY_DAY, &error), CAMPAIGN_E_COLUMN);
    assert_string_equal(error.message, "column \"due\" has no value in its 2 rows, expected date or timestamp");
    assert_ok(cpn_need_column(&column, none, "tasks", NULL, "due", CPN_ANY_DAY, &error), error);
    assert_int_equal(column.type, CAMPAIGN_TYPE_DATE);
    assert_int_equal(column.n_rows, 0);
    assert_string_equal(column.name, "due");
    assert_ok(cpn_need_column(&column, none, "tasks", NULL, "due", CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY), &error), error);
    assert_int_equal(column.type, CAMPAIGN_TYPE_MONEY);
    assert_string_equal(column.currency, "XXX");
    campaign_table_free(two);
    campaign_table_free(none);
}

static void test_a_missing_column_names_the_nearest(void **state)
{
    (void)state;
    campaign_table *table = make_table(3);
    campaign_column column;
    campaign_error error = { 0 };
    assert_int_equal(
        cpn_need_column(&column, table, "orders", "amuont", "amount", CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY), &error),
        CAMPAIGN_E_COLUMN);
    assert_string_equal(error.where, "orders.amuont");
    assert_string_equal(error.message, "column \"amuont\" (money) is missing; did you mean \"amount\"?");
    assert_int_equal(cpn_need_column(&column, table, "orders", "zzzzzz", NULL, CPN_ANY_DAY, &error), CAMPAIGN_E_COLUMN);
    assert_string_equal(error.message, "column \"zzzzzz\" (date or timestamp) is missing among the 8 columns");
    campaign_table_free(table);
}

static void test_money_is_never_guessed(void **state)
{
    (void)state;
    campaign_table *table = make_table(3);
    static const struct {
        const char *name, *hint;
    } cases[] = { { "count", "say its currency and its unit, major or minor" },
                  { "customer", "say its currency and its unit, major or minor" },
                  { "rate", "say its currency, unit and rounding" },
                  { "门店", "say its currency (" } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        campaign_column column;
        campaign_error error = { 0 };
        assert_int_equal(cpn_need_column(&column, table, "orders", cases[i].name, "amount",
                                         CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY), &error),
                         CAMPAIGN_E_COLUMN);
        assert_non_null(strstr(error.message, "expected money"));
        assert_non_null(strstr(error.message, cases[i].hint));
        assert_non_null(strstr(error.message, "campaign_table_to_money"));
    }
    /* Text where a number would do is a broken number more often than money. */
    campaign_column column;
    campaign_error error = { 0 };
    assert_int_equal(cpn_need_column(&column, table, "metrics", "门店", "target",
                                     CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY) | CPN_ANY_INT, &error),
                     CAMPAIGN_E_COLUMN);
    assert_null(strstr(error.message, "currency"));
    campaign_table_free(table);
}

static void test_trading_day_starts_when_told(void **state)
{
    (void)state;
    static const int64_t instants[] = { 0, 1799999999, 1800000000, -1, INT64_C(-62135596800000000) };
    const campaign_column column = { .type = CAMPAIGN_TYPE_TIMESTAMP, .n_rows = 5, .values = instants };
    static const int32_t at_midnight[] = { 0, 0, 0, -1, CAMPAIGN_DAY_MIN };
    static const int32_t at_half_past[] = { -1, -1, 0, -1, CAMPAIGN_DAY_MIN }; /* there is no day before the first */
    for (int64_t row = 0; row < 5; row++) {
        assert_int_equal(cpn_cell_day(&column, row, 0), at_midnight[row]);
        assert_int_equal(cpn_cell_day(&column, row, 30), at_half_past[row]);
    }
}

static void test_the_first_failure_of_a_result_is_kept(void **state)
{
    (void)state;
    cpn_out out;
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    cpn_out_open(&out, schema, N_COLUMNS, "CNY", 2);
    cpn_out_int64(&out, COUNT, INT64_MAX);
    cpn_out_text(&out, SHOP, "\xFF", 1);
    assert_int_equal(cpn_out_close(&table, &out, &error), CAMPAIGN_E_OVERFLOW);
    assert_string_equal(error.where, "count");
    assert_null(table);
    cpn_out_open(&out, schema, N_COLUMNS, "ABC", 2);
    cpn_out_null(&out, 0);
    assert_int_equal(cpn_out_close(&table, &out, NULL), CAMPAIGN_E_UNKNOWN);
}

static void test_cells_are_carried_over(void **state)
{
    (void)state;
    campaign_table *table = make_table(40), *copy = NULL;
    cpn_out out;
    campaign_error error = { 0 };
    cpn_out_open(&out, schema, N_COLUMNS, "KWD", 3);
    for (int32_t i = 0; i < N_COLUMNS; i++) {
        campaign_column column = CAMPAIGN_COLUMN_INIT;
        assert_ok(campaign_table_column(&column, table, i, &error), error);
        for (int64_t r = 0; r < 40; r++) cpn_out_cell(&out, i, &column, r);
    }
    assert_ok(cpn_out_close(&copy, &out, &error), error);
    for (int32_t i = 0; i < N_COLUMNS; i++)
        for (int64_t r = 0; r < 40; r++) assert_same_cell(copy, r, table, r, i);
    campaign_table_free(copy);
    campaign_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slices_show_the_same_cells),
        cmocka_unit_test(test_slices_outside_are_refused),
        cmocka_unit_test(test_cells_are_printed),
        cmocka_unit_test(test_a_view_needs_its_size),
        cmocka_unit_test(test_needed_columns_are_found_by_either_name),
        cmocka_unit_test(test_a_column_without_values_has_no_type),
        cmocka_unit_test(test_a_missing_column_names_the_nearest),
        cmocka_unit_test(test_money_is_never_guessed),
        cmocka_unit_test(test_trading_day_starts_when_told),
        cmocka_unit_test(test_the_first_failure_of_a_result_is_kept),
        cmocka_unit_test(test_cells_are_carried_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
