/* Civil dates: every day of 9999 years, and the edges of each rule. */
#include "check.h"

#include "base/date.h"

static void test_every_day_converts_back(void **state)
{
    (void)state;
    int32_t day = CAMPAIGN_DAY_MIN;
    for (int32_t year = 1; year <= 9999; year++)
        for (int32_t month = 1; month <= 12; month++)
            for (int32_t d = 1; d <= cpn_days_in_month(year, month); d++, day++) {
                const cpn_civil date = cpn_civil_from_day(day);
                if (date.year != year || date.month != month || date.day != d ||
                    cpn_day_from_civil(year, month, d) != day)
                    fail_msg("day %d is not %d-%d-%d", (int)day, (int)year, (int)month, (int)d);
            }
    assert_int_equal(day, CAMPAIGN_DAY_MAX + 1);
}

static void test_known_weekdays(void **state)
{
    (void)state;
    assert_int_equal(cpn_weekday(0), 4); /* 1970-01-01, a Thursday */
    assert_int_equal(cpn_weekday(-1), 3);
    assert_int_equal(cpn_weekday(cpn_day_from_civil(2026, 11, 11)), 3); /* a Wednesday */
    assert_int_equal(cpn_weekday(cpn_day_from_civil(2000, 1, 1)), 6);
    assert_int_equal(cpn_weekday(CAMPAIGN_DAY_MIN), 1); /* 0001-01-01, a Monday */
}

static void test_added_months_are_cut_to_the_month(void **state)
{
    (void)state;
    assert_int_equal(cpn_add_months(cpn_day_from_civil(2027, 1, 31), 1), cpn_day_from_civil(2027, 2, 28));
    assert_int_equal(cpn_add_months(cpn_day_from_civil(2024, 1, 31), 1), cpn_day_from_civil(2024, 2, 29));
    assert_int_equal(cpn_add_months(cpn_day_from_civil(2026, 11, 11), -3), cpn_day_from_civil(2026, 8, 11));
    assert_int_equal(cpn_add_months(cpn_day_from_civil(2026, 1, 15), -1), cpn_day_from_civil(2025, 12, 15));
}

static void test_text_is_read_and_printed(void **state)
{
    (void)state;
    campaign_error error = { 0 };
    int32_t day = 0;
    char text[CAMPAIGN_DATE_TEXT];
    assert_ok(campaign_date_parse(&day, "2027-02-06", 10, &error), error);
    assert_int_equal(campaign_date_format(text, day), 10);
    assert_string_equal(text, "2027-02-06");
    assert_int_equal(campaign_date_format(text, CAMPAIGN_DAY_MAX), 10);
    assert_string_equal(text, "9999-12-31");
    assert_int_equal(campaign_date_format(text, CAMPAIGN_DAY_MAX + 1), 0);
    assert_string_equal(text, "");
}

static void test_public_dates_convert_and_check(void **state)
{
    (void)state;
    campaign_error error = { 0 };
    int32_t day = 7, year = 7, month = 7, day_of_month = 7;
    assert_ok(campaign_date_from_civil(&day, 2000, 2, 29, &error), error);
    assert_int_equal(day, 11016); /* 30 years of 365 days, 7 leap days, 31 days of January, 28 of February */
    assert_ok(campaign_date_to_civil(&year, &month, &day_of_month, day, &error), error);
    assert_int_equal(year, 2000);
    assert_int_equal(month, 2);
    assert_int_equal(day_of_month, 29);
    assert_int_equal(campaign_date_from_civil(&day, 2001, 2, 29, &error), CAMPAIGN_E_VALUE);
    assert_int_equal(campaign_date_from_civil(NULL, 2001, 2, 28, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_date_to_civil(&year, &month, &day_of_month, CAMPAIGN_DAY_MAX + 1, &error),
                     CAMPAIGN_E_VALUE);
    assert_int_equal(campaign_date_to_civil(&year, NULL, &day_of_month, 0, &error), CAMPAIGN_E_ARGUMENT);
}

static void test_dates_that_do_not_exist_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        campaign_status status;
    } cases[] = {
        { "2027-02-29", CAMPAIGN_E_VALUE },  { "2100-02-29", CAMPAIGN_E_VALUE }, { "2027-13-01", CAMPAIGN_E_VALUE },
        { "2027-00-10", CAMPAIGN_E_VALUE },  { "0000-01-01", CAMPAIGN_E_VALUE }, { "2027-1-1", CAMPAIGN_E_SYNTAX },
        { "2027/01/01", CAMPAIGN_E_SYNTAX }, { "", CAMPAIGN_E_SYNTAX },          { "2027-01-0x", CAMPAIGN_E_SYNTAX },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        campaign_error error = { 0 };
        int32_t day = 7;
        assert_int_equal(campaign_date_parse(&day, cases[i].text, strlen(cases[i].text), &error), cases[i].status);
        assert_int_equal(day, 0);
        assert_int_equal(error.code, cases[i].status);
        assert_int_not_equal(error.message[0], 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_day_converts_back),
        cmocka_unit_test(test_known_weekdays),
        cmocka_unit_test(test_added_months_are_cut_to_the_month),
        cmocka_unit_test(test_text_is_read_and_printed),
        cmocka_unit_test(test_public_dates_convert_and_check),
        cmocka_unit_test(test_dates_that_do_not_exist_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
