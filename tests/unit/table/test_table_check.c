/* The list of all problems: each kind, their order, limits and counts. */
#include "check.h"

#include <math.h>

#include "table/table.h"

static const cpn_column_schema schema[] = {
    { "id", CAMPAIGN_TYPE_INT64, "", "" },     { "name", CAMPAIGN_TYPE_UTF8, "", "" },
    { "rate", CAMPAIGN_TYPE_FLOAT64, "", "" }, { "day", CAMPAIGN_TYPE_DATE, "", "" },
    { "amount", CAMPAIGN_TYPE_MONEY, "", "" }, { "flag", CAMPAIGN_TYPE_BOOL, "", "" },
};
enum { ID, NAME, RATE, DAY, AMOUNT, FLAG, N_COLUMNS };

static void add_row(cpn_out *out, int64_t id, const char *name, double rate, int64_t day, int64_t amount)
{
    if (id)
        cpn_out_int64(out, ID, id);
    else
        cpn_out_null(out, ID);
    cpn_out_string(out, NAME, name);
    cpn_out_float64(out, RATE, rate);
    cpn_out_int64(out, DAY, day);
    cpn_out_int64(out, AMOUNT, amount);
    cpn_out_int64(out, FLAG, amount > 0);
}

static campaign_table *make_table(void)
{
    cpn_out out;
    campaign_table *table = NULL;
    campaign_error error = { 0 };
    cpn_out_open(&out, schema, N_COLUMNS, "CNY", 2);
    add_row(&out, 5, "张三", 0.5, 0, 100);
    add_row(&out, 0, "", NAN, 1, -1);
    add_row(&out, 5, NULL, -0.0, 2, 1990);
    add_row(&out, 6, "李四", 0.0, 3, 0);
    add_row(&out, 5, "张三", 1.5, 4, 100);
    assert_ok(cpn_out_close(&table, &out, &error), error);
    return table;
}

static void assert_rows(const campaign_table *table, const char *const *cells, int64_t n_rows)
{
    const int32_t n = campaign_table_n_columns(table);
    assert_int_equal(campaign_table_n_rows(table), n_rows);
    for (int64_t row = 0; row < n_rows; row++)
        for (int32_t i = 0; i < n; i++) {
            char text[256];
            const char *const wanted = cells[row * n + i];
            (void)campaign_table_format(text, sizeof text, table, i, row);
            if (campaign_table_is_null(table, i, row) != !wanted || (wanted && strcmp(text, wanted) != 0))
                fail_msg("row %d column %d is \"%s\", not \"%s\"", (int)row, (int)i, text, wanted ? wanted : "null");
        }
}

static void test_every_kind_is_listed_in_order(void **state)
{
    (void)state;
    campaign_table *table = make_table(), *problems = NULL, *counts = NULL;
    campaign_error error = { 0 };
    const uint32_t size = sizeof(campaign_column_rule);
    const campaign_column_rule rules[] = {
        { .size = size, .name = "nmae" },
        { .size = size, .name = "gone", .is_optional = 1 },
        { .size = size, .name = "day", .types = CPN_ANY_KEY },
        { .size = size, .name = "id", .is_unique = 1 },
        { .size = size, .name = "name", .forbids_empty = 1, .allows_null = 1, .is_unique = 1 },
        { .size = size,
          .name = "rate",
          .has_minimum = 1,
          .has_maximum = 1,
          .minimum = 0,
          .maximum = 1,
          .is_unique = 1 },
        { .size = size, .name = "day", .has_maximum = 1, .maximum = 3 },
        { .size = size, .name = "amount", .has_minimum = 1, .minimum = 0, .has_maximum = 1, .maximum = 1000 },
    };
    assert_ok(campaign_table_check(&problems, &counts, table, rules, 8, 0, &error), error);
    static const char *const wanted[][6] = {
        { NULL, "nmae", "CAMPAIGN_E_COLUMN", "missing", NULL,
          "column \"nmae\" (bool, int32, int64, float64, date, timestamp, utf8 or money) is missing; did you mean "
          "\"name\"?" },
        { NULL, "day", "CAMPAIGN_E_COLUMN", "type", NULL, "column \"day\" is date, expected int32, int64 or utf8" },
        { "1", "id", "CAMPAIGN_E_MISSING", "null", NULL, "the cell has no value" },
        { "2", "id", "CAMPAIGN_E_DUPLICATE", "duplicate", "5", "\"5\" stands in row 0 already" },
        { "4", "id", "CAMPAIGN_E_DUPLICATE", "duplicate", "5", "\"5\" stands in row 0 already" },
        { "1", "name", "CAMPAIGN_E_VALUE", "empty", "", "the text is empty" },
        { "4", "name", "CAMPAIGN_E_DUPLICATE", "duplicate", "张三", "\"张三\" stands in row 0 already" },
        { "1", "rate", "CAMPAIGN_E_VALUE", "not_finite", "nan", "the cell holds no finite number" },
        { "3", "rate", "CAMPAIGN_E_DUPLICATE", "duplicate", "0", "\"0\" stands in row 2 already" }, /* minus zero */
        { "4", "rate", "CAMPAIGN_E_VALUE", "above_maximum", "1.5", "1.5 is above the maximum of 1" },
        { "4", "day", "CAMPAIGN_E_VALUE", "above_maximum", "1970-01-05",
          "1970-01-05 is above the maximum of 1970-01-04" },
        { "1", "amount", "CAMPAIGN_E_VALUE", "below_minimum", "-0.01", "-0.01 is below the minimum of 0.00" },
        { "2", "amount", "CAMPAIGN_E_VALUE", "above_maximum", "19.90", "19.90 is above the maximum of 10.00" },
    };
    assert_rows(problems, wanted[0], 13);
    static const char *const sums[][3] = {
        { "nmae", "missing", "1" },
        { "day", "type", "1" },
        { "id", "null", "1" },
        { "id", "duplicate", "2" },
        { "name", "empty", "1" },
        { "name", "duplicate", "1" },
        { "rate", "not_finite", "1" },
        { "rate", "above_maximum", "1" },
        { "rate", "duplicate", "1" },
        { "day", "above_maximum", "1" },
        { "amount", "below_minimum", "1" },
        { "amount", "above_maximum", "1" },
    };
    assert_rows(counts, sums[0], 12);
    campaign_table_free(problems);
    campaign_table_free(counts);
    campaign_table_free(table);
}

static void test_the_limit_cuts_the_list_but_not_the_count(void **state)
{
    (void)state;
    static const cpn_column_schema one[] = { { "x", CAMPAIGN_TYPE_BOOL, "", "" } };
    cpn_out out;
    campaign_table *table = NULL, *problems = NULL, *counts = NULL;
    campaign_error error = { 0 };
    cpn_out_open(&out, one, 1, NULL, 0);
    for (int i = 0; i < 100; i++)
        if (i % 2)
            cpn_out_null(&out, 0);
        else
            cpn_out_int64(&out, 0, 1);
    assert_ok(cpn_out_close(&table, &out, &error), error);
    const campaign_column_rule rule = { .size = sizeof rule, .name = "x", .is_unique = 1 };
    static const int64_t limits[] = { 0, 1, 1000 }, listed[] = { 40, 2, 99 };
    for (int i = 0; i < 3; i++) {
        assert_ok(campaign_table_check(&problems, &counts, table, &rule, 1, limits[i], &error), error);
        assert_int_equal(campaign_table_n_rows(problems), listed[i]);
        assert_int_equal(campaign_table_int64(counts, 2, 0), 50); /* nulls */
        assert_int_equal(campaign_table_int64(counts, 2, 1), 49); /* duplicates of the first true */
        campaign_table_free(problems);
        campaign_table_free(counts);
    }
    campaign_table_free(table);
}

static void test_a_sound_table_has_empty_lists(void **state)
{
    (void)state;
    campaign_table *table = make_table(), *problems = NULL;
    campaign_error error = { 0 };
    const campaign_column_rule rule = { .size = sizeof rule,
                                        .name = "amount",
                                        .types = CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY) };
    assert_ok(campaign_table_check(&problems, NULL, table, &rule, 1, 0, &error), error);
    assert_int_equal(campaign_table_n_rows(problems), 0);
    assert_int_equal(campaign_table_n_columns(problems), 6);
    campaign_table_free(problems);
    assert_ok(campaign_table_check(&problems, NULL, table, NULL, 0, 0, &error), error);
    assert_int_equal(campaign_table_n_rows(problems), 0);
    campaign_table_free(problems);
    campaign_table_free(table);
}

static void test_long_text_is_shown_cut(void **state)
{
    (void)state;
    static const cpn_column_schema one[] = { { "x", CAMPAIGN_TYPE_UTF8, "", "" } };
    char text[901];
    for (int i = 0; i < 300; i++) memcpy(text + 3 * i, "店", 3);
    cpn_out out;
    campaign_table *table = NULL, *problems = NULL;
    campaign_error error = { 0 };
    cpn_out_open(&out, one, 1, NULL, 0);
    for (int i = 0; i < 2; i++) cpn_out_text(&out, 0, text, 900);
    assert_ok(cpn_out_close(&table, &out, &error), error);
    const campaign_column_rule rule = { .size = sizeof rule, .name = "x", .is_unique = 1 };
    assert_ok(campaign_table_check(&problems, NULL, table, &rule, 1, 0, &error), error);
    assert_int_equal(campaign_table_n_rows(problems), 1);
    campaign_table_free(problems);
    campaign_table_free(table);
}

static void test_impossible_rules_are_refused(void **state)
{
    (void)state;
    campaign_table *table = make_table(), *problems = NULL, *counts = NULL;
    campaign_error error = { 0 };
    campaign_column_rule rules[2] = { { .size = sizeof *rules, .name = "id" },
                                      { .size = sizeof *rules, .name = "id" } };
    assert_int_equal(campaign_table_check(NULL, NULL, table, rules, 1, 0, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_table_check(&problems, &counts, NULL, rules, 1, 0, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_table_check(&problems, &counts, table, NULL, 1, 0, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_table_check(&problems, &counts, table, rules, -1, 0, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_table_check(&problems, &counts, table, rules, 1, -1, &error), CAMPAIGN_E_ARGUMENT);
    rules[1].types = 1u; /* bit 0 stands for no type */
    assert_int_equal(campaign_table_check(&problems, &counts, table, rules, 2, 0, &error), CAMPAIGN_E_ARGUMENT);
    rules[1].types = 0;
    rules[1].reserved = rules;
    assert_int_equal(campaign_table_check(&problems, &counts, table, rules, 2, 0, &error), CAMPAIGN_E_ARGUMENT);
    rules[1].reserved = NULL;
    rules[1].name = NULL;
    assert_int_equal(campaign_table_check(&problems, &counts, table, rules, 2, 0, &error), CAMPAIGN_E_ARGUMENT);
    rules[1].name = "id";
    rules[1].size = 0;
    assert_int_equal(campaign_table_check(&problems, &counts, table, rules, 2, 0, &error), CAMPAIGN_E_ARGUMENT);
    assert_null(problems);
    assert_null(counts);
    campaign_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_kind_is_listed_in_order),
        cmocka_unit_test(test_the_limit_cuts_the_list_but_not_the_count),
        cmocka_unit_test(test_a_sound_table_has_empty_lists),
        cmocka_unit_test(test_long_text_is_shown_cut),
        cmocka_unit_test(test_impossible_rules_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
