/* Columns that become money: exact or rounded as told, and never guessed. */
#include "check.h"

#include <math.h>

#include "table/table.h"

static const cpn_column_schema schema[] = {
    { "n32", CAMPAIGN_TYPE_INT32, "", "" }, { "n64", CAMPAIGN_TYPE_INT64, "", "" },
    { "f", CAMPAIGN_TYPE_FLOAT64, "", "" }, { "t", CAMPAIGN_TYPE_UTF8, "", "" },
    { "m", CAMPAIGN_TYPE_MONEY, "", "" },   { "day", CAMPAIGN_TYPE_DATE, "", "" }
};
enum { N32, N64, F, T, M, DAY, N_COLUMNS };

/* A null row and one row of these cells; money has currency and three decimals. */
static campaign_table *make_table(int64_t whole, double number, const char *text, const char *currency)
{
    cpn_out out;
    cpn_out_open(&out, schema, N_COLUMNS, currency, 3);
    for (int32_t i = 0; i < N_COLUMNS; i++) cpn_out_null(&out, i);
    cpn_out_int64(&out, N32, (int32_t)whole);
    cpn_out_int64(&out, N64, whole);
    cpn_out_float64(&out, F, number);
    cpn_out_string(&out, T, text);
    cpn_out_int64(&out, M, whole);
    cpn_out_int64(&out, DAY, 1);
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    assert_ok(cpn_out_close(&table, &out, &error), error);
    return table;
}

static campaign_money_options in_unit(int32_t unit, int32_t rounding)
{
    campaign_money_options options = CAMPAIGN_MONEY_OPTIONS_INIT;
    memcpy(options.currency, "CNY", 4);
    options.unit = unit;
    options.rounding = rounding;
    return options;
}

/* Converts one column and compares the second row's minor units. */
static void check_minor(const campaign_table *table, const char *name, campaign_money_options options, int64_t minor,
                        int64_t n_rounded)
{
    campaign_table *money = NULL;
    campaign_error error = { 0 };
    int64_t rounded = -1;
    assert_ok(campaign_table_to_money(&money, &rounded, table, name, &options, &error), error);
    const int32_t index = campaign_table_find(money, name);
    campaign_column column = CAMPAIGN_COLUMN_INIT;
    assert_ok(campaign_table_column(&column, money, index, &error), error);
    assert_int_equal(column.type, CAMPAIGN_TYPE_MONEY);
    assert_string_equal(column.currency, options.currency);
    assert_int_equal(column.exponent, options.has_exponent ? options.exponent : 2);
    assert_int_equal(column.n_nulls, 1);
    assert_int_equal(campaign_table_is_null(money, index, 0), 1);
    assert_true(campaign_table_int64(money, index, 1) == minor);
    assert_int_equal(rounded, n_rounded);
    assert_int_equal(campaign_table_n_columns(money), campaign_table_n_columns(table));
    campaign_table_free(money);
}

static void check_refused(const campaign_table *table, const char *name, campaign_money_options options,
                          campaign_status status, int64_t row)
{
    campaign_table *money = (campaign_table *)(uintptr_t)1;
    campaign_error error = { 0 };
    int64_t rounded = -1;
    const campaign_status got = campaign_table_to_money(&money, &rounded, table, name, &options, &error);
    if (got != status || error.row != row) fail_msg("%s: %d row %d: %s", name, (int)got, (int)error.row, error.message);
    assert_null(money);
    assert_int_equal(rounded, 0);
    assert_int_equal(error.code, status);
}

static void test_units_are_what_was_said(void **state)
{
    (void)state;
    campaign_table *table = make_table(-19, 19.5, "19.9", "CNY");
    const campaign_money_options major = in_unit(CAMPAIGN_UNIT_MAJOR, CAMPAIGN_ROUND_HALF_EVEN);
    const campaign_money_options minor = in_unit(CAMPAIGN_UNIT_MINOR, CAMPAIGN_ROUND_HALF_EVEN);
    check_minor(table, "n32", major, -1900, 0);
    check_minor(table, "n32", minor, -19, 0);
    check_minor(table, "n64", major, -1900, 0);
    check_minor(table, "n64", minor, -19, 0);
    check_minor(table, "f", major, 1950, 0);
    check_minor(table, "f", minor, 20, 1); /* 19.5 to the even neighbour */
    check_minor(table, "t", major, 1990, 0);
    check_minor(table, "t", minor, 1990, 0); /* text is always in major units */
    check_minor(table, "m", major, -2, 1);   /* -0.019 has three decimals */
    campaign_table_free(table);
}

static void test_nothing_is_guessed(void **state)
{
    (void)state;
    campaign_table *table = make_table(19, 19.5, "19.9", "CNY");
    const campaign_money_options none = in_unit(CAMPAIGN_UNIT_NONE, CAMPAIGN_ROUND_HALF_UP);
    check_refused(table, "n32", none, CAMPAIGN_E_COLUMN, -1);
    check_refused(table, "n64", none, CAMPAIGN_E_COLUMN, -1);
    check_refused(table, "f", none, CAMPAIGN_E_COLUMN, -1);
    check_refused(table, "f", in_unit(CAMPAIGN_UNIT_MAJOR, CAMPAIGN_ROUND_NONE), CAMPAIGN_E_COLUMN, -1);
    check_refused(table, "day", in_unit(CAMPAIGN_UNIT_MAJOR, CAMPAIGN_ROUND_HALF_UP), CAMPAIGN_E_COLUMN, -1);
    check_refused(table, "mm", none, CAMPAIGN_E_COLUMN, -1);
    check_minor(table, "t", in_unit(CAMPAIGN_UNIT_NONE, CAMPAIGN_ROUND_NONE), 1990, 0);
    campaign_table_free(table);
}

static void test_options_are_checked(void **state)
{
    (void)state;
    campaign_table *table = make_table(19, 19.5, "19.9", "CNY"), *money = NULL;
    campaign_money_options options = in_unit(3, CAMPAIGN_ROUND_HALF_UP);
    check_refused(table, "n64", options, CAMPAIGN_E_ARGUMENT, -1);
    check_refused(table, "n64", in_unit(CAMPAIGN_UNIT_MAJOR, 8), CAMPAIGN_E_ARGUMENT, -1);
    options = in_unit(CAMPAIGN_UNIT_MAJOR, 0);
    options.has_exponent = 1;
    options.exponent = 10;
    check_refused(table, "n64", options, CAMPAIGN_E_ARGUMENT, -1);
    options = in_unit(CAMPAIGN_UNIT_MAJOR, 0);
    memcpy(options.currency, "RMB", 4);
    check_refused(table, "n64", options, CAMPAIGN_E_UNKNOWN, -1);
    memset(options.currency, 0, 4);
    check_refused(table, "n64", options, CAMPAIGN_E_UNKNOWN, -1);
    campaign_error error;
    assert_int_equal(campaign_table_to_money(&money, NULL, table, "n64", NULL, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_table_to_money(&money, NULL, NULL, "n64", &options, &error), CAMPAIGN_E_ARGUMENT);
    campaign_table_free(table);
}

static void test_text_is_taken_exactly_or_as_told(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int32_t rounding;
        campaign_status status;
        int64_t minor, n_rounded;
    } cases[] = {
        { "19.90", 0, CAMPAIGN_OK, 1990, 0 },
        { "19.900", 0, CAMPAIGN_OK, 1990, 0 },
        { "19.905", 0, CAMPAIGN_E_VALUE, 0, 0 },
        { "19.905", CAMPAIGN_ROUND_HALF_EVEN, CAMPAIGN_OK, 1990, 1 },
        { "19.905", CAMPAIGN_ROUND_HALF_UP, CAMPAIGN_OK, 1991, 1 },
        { "19.90", CAMPAIGN_ROUND_HALF_UP, CAMPAIGN_OK, 1990, 0 },
        { "¥19.90", CAMPAIGN_ROUND_HALF_UP, CAMPAIGN_E_SYNTAX, 0, 0 },
        { "", CAMPAIGN_ROUND_HALF_UP, CAMPAIGN_E_SYNTAX, 0, 0 },
        { "92233720368547758.07", 0, CAMPAIGN_OK, INT64_MAX, 0 },
        { "92233720368547758.08", 0, CAMPAIGN_E_OVERFLOW, 0, 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        campaign_table *table = make_table(1, 1, cases[i].text, "CNY");
        const campaign_money_options options = in_unit(0, cases[i].rounding);
        if (cases[i].status == CAMPAIGN_OK)
            check_minor(table, "t", options, cases[i].minor, cases[i].n_rounded);
        else
            check_refused(table, "t", options, cases[i].status, 1);
        campaign_table_free(table);
    }
}

static void test_numbers_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    static const double numbers[] = { NAN, INFINITY, -INFINITY, 1e300 };
    static const campaign_status statuses[] = { CAMPAIGN_E_VALUE, CAMPAIGN_E_VALUE, CAMPAIGN_E_VALUE,
                                                CAMPAIGN_E_OVERFLOW };
    for (int i = 0; i < 4; i++) {
        campaign_table *table = make_table(INT64_MAX / 10, numbers[i], "1", "CNY");
        check_refused(table, "f", in_unit(CAMPAIGN_UNIT_MINOR, CAMPAIGN_ROUND_HALF_UP), statuses[i], 1);
        check_refused(table, "n64", in_unit(CAMPAIGN_UNIT_MAJOR, 0), CAMPAIGN_E_OVERFLOW, 1);
        check_minor(table, "n64", in_unit(CAMPAIGN_UNIT_MINOR, 0), INT64_MAX / 10, 0);
        campaign_table_free(table);
    }
}

static void test_money_is_rescaled_within_its_currency(void **state)
{
    (void)state;
    static const char *const currencies[] = { "CNY", "XXX", "USD" };
    for (int i = 0; i < 3; i++) {
        campaign_table *table = make_table(19905, 1, "1", currencies[i]); /* 19.905 */
        campaign_money_options options = in_unit(0, CAMPAIGN_ROUND_NONE);
        if (i == 2) {
            check_refused(table, "m", options, CAMPAIGN_E_COLUMN, -1);
        } else {
            check_refused(table, "m", options, CAMPAIGN_E_VALUE, 1);
            options.rounding = CAMPAIGN_ROUND_HALF_UP;
            check_minor(table, "m", options, 1991, 1);
            options.has_exponent = 1;
            options.exponent = 4;
            check_minor(table, "m", options, 199050, 0);
        }
        campaign_table_free(table);
    }
    campaign_table *table = make_table(INT64_MAX, 1, "1", "CNY");
    campaign_money_options options = in_unit(0, CAMPAIGN_ROUND_HALF_UP);
    options.has_exponent = 1;
    options.exponent = 4;
    check_refused(table, "m", options, CAMPAIGN_E_OVERFLOW, 1);
    campaign_table_free(table);
}

static void test_other_columns_are_shared_and_outlive_the_source(void **state)
{
    (void)state;
    campaign_table *table = make_table(7, 1, "1.5", "CNY"), *slice = NULL, *money = NULL;
    campaign_error error = { 0 };
    const campaign_money_options options = in_unit(0, 0);
    campaign_column before = CAMPAIGN_COLUMN_INIT, after = CAMPAIGN_COLUMN_INIT;
    assert_ok(campaign_table_slice(&slice, table, 1, 1, &error), error);
    assert_ok(campaign_table_to_money(&money, NULL, slice, "t", &options, &error), error);
    assert_ok(campaign_table_column(&before, slice, N64, &error), error);
    assert_ok(campaign_table_column(&after, money, N64, &error), error);
    assert_ptr_equal(before.values, after.values);
    campaign_table_free(table);
    campaign_table_free(slice);
    assert_int_equal(campaign_table_int64(money, N64, 0), 7);
    assert_int_equal(campaign_table_int64(money, T, 0), 150);
    campaign_table_free(money);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_units_are_what_was_said),
        cmocka_unit_test(test_nothing_is_guessed),
        cmocka_unit_test(test_options_are_checked),
        cmocka_unit_test(test_text_is_taken_exactly_or_as_told),
        cmocka_unit_test(test_numbers_that_do_not_fit_are_refused),
        cmocka_unit_test(test_money_is_rescaled_within_its_currency),
        cmocka_unit_test(test_other_columns_are_shared_and_outlive_the_source),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
