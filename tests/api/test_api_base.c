/* What base promises to a program that sees the public headers and the shared library only. */
#include "check.h"

#include <campaign/campaign.h>

static void test_header_and_library_are_of_one_version(void **state)
{
    (void)state;
    assert_int_equal(campaign_version(), CAMPAIGN_VERSION_NUMBER);
}

static void test_nothing_is_freed_without_harm(void **state)
{
    (void)state;
    campaign_text_free(NULL);
    campaign_table_free(NULL);
    campaign_table_builder_free(NULL);
    campaign_calendar_free(NULL);
}

/* 100 yuan over three shops by weight 3, 2, 2: 42.857…, 28.571…, 28.571… → the fraction of the first is largest, then the
 * lower index of two equal ones. */
static void test_split_keeps_total(void **state)
{
    (void)state;
    static const int64_t weights[3] = { 3, 2, 2 };
    campaign_split_problem problem = { .size = (uint32_t)sizeof problem };
    problem.total_minor = 10000;
    problem.n_cells = 3;
    problem.weights = weights;
    int64_t parts[3] = { 0 }, left = 7;
    campaign_error error = { 0 };
    assert_ok(campaign_split(parts, &left, &problem, &error), error);
    assert_int_equal(parts[0], 4286);
    assert_int_equal(parts[1], 2857);
    assert_int_equal(parts[2], 2857);
    assert_int_equal(left, 0);
}

static void test_struct_of_no_size_is_refused(void **state)
{
    (void)state;
    campaign_split_problem problem = { .total_minor = 1 };
    int64_t left = 7;
    campaign_error error = { 0 };
    assert_int_equal(campaign_split(NULL, &left, &problem, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(left, 0);
    assert_int_not_equal(error.message[0], 0);
}

static void test_error_is_left_alone_by_success(void **state)
{
    (void)state;
    campaign_error error = { .code = -99, .row = 5 };
    int32_t day = 0;
    assert_int_equal(campaign_date_parse(&day, "2027-02-06", 10, &error), CAMPAIGN_OK);
    assert_int_equal(error.code, -99);
    assert_int_equal(campaign_date_parse(&day, "2027-02-30", 10, &error), CAMPAIGN_E_VALUE);
    assert_int_equal(error.code, CAMPAIGN_E_VALUE);
    assert_int_equal(error.row, -1);
}

static void test_money_goes_in_and_out_exactly(void **state)
{
    (void)state;
    int64_t minor = 0;
    int32_t exponent = 0;
    char text[CAMPAIGN_MONEY_TEXT];
    campaign_error error = { 0 };
    assert_ok(campaign_currency_exponent(&exponent, "CNY", &error), error);
    assert_ok(campaign_money_parse(&minor, "-0.05", 5, exponent, CAMPAIGN_ROUND_NONE, &error), error);
    assert_int_equal(minor, -5);
    assert_int_equal(campaign_money_format(text, minor, exponent), 5);
    assert_string_equal(text, "-0.05");
    assert_int_equal(campaign_money_parse(&minor, "0.005", 5, exponent, CAMPAIGN_ROUND_NONE, &error), CAMPAIGN_E_VALUE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_header_and_library_are_of_one_version),
        cmocka_unit_test(test_nothing_is_freed_without_harm),
        cmocka_unit_test(test_split_keeps_total),
        cmocka_unit_test(test_struct_of_no_size_is_refused),
        cmocka_unit_test(test_error_is_left_alone_by_success),
        cmocka_unit_test(test_money_goes_in_and_out_exactly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
