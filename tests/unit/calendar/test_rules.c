/* The rule language: each rule against a search day by day, or published dates; every malformed rule refused. */
#include "facts.h"

#include "calendar/nodes.h"

static cpn_rule parse(const char *text)
{
    campaign_error error = { 0 };
    cpn_rule rule;
    assert_ok(cpn_rule_parse(&rule, text, strlen(text), &error), error);
    return rule;
}

static void assert_date(const char *text, int32_t year, const char *expected)
{
    const cpn_rule rule = parse(text);
    int32_t day = 0;
    char date[CAMPAIGN_DATE_TEXT] = "";
    if (cpn_rule_date(&day, &rule, year)) (void)campaign_date_format(date, day);
    if (strcmp(date, expected) != 0) fail_msg("\"%s\" of %d is \"%s\", not \"%s\"", text, (int)year, date, expected);
}

static void test_fixed_dates(void **state)
{
    (void)state;
    assert_date("fixed 11-11", 2027, "2027-11-11");
    assert_date("fixed 1-5", 2027, "2027-01-05");
    assert_date("  fixed   11-11  ", 2027, "2027-11-11");
    assert_date("fixed 02-29", 2028, "2028-02-29");
    assert_date("fixed 02-29", 2027, "");
}

static const char *const weekdays[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

/* The n-th, the last, and the one before the 15th: counted through each month of 40 years. */
static void test_weekday_rules_equal_counting(void **state)
{
    (void)state;
    for (int32_t index = 2000 * 12; index < 2040 * 12; index++) {
        const int32_t year = index / 12, month = index % 12 + 1, first = cpn_day_from_civil(year, month, 1);
        for (int32_t weekday = 1; weekday <= 7; weekday++) {
            char text[32], date[CAMPAIGN_DATE_TEXT], before[CAMPAIGN_DATE_TEXT] = "";
            int32_t n = 0;
            for (int32_t day = first; day < first + cpn_days_in_month(year, month); day++) {
                if (cpn_weekday(day) != weekday) continue;
                (void)campaign_date_format(date, day);
                if (day < first + 14) memcpy(before, date, sizeof before);
                (void)snprintf(text, sizeof text, "nth %d %s %d", (int)++n, weekdays[weekday - 1], (int)month);
                assert_date(text, year, date);
            }
            (void)snprintf(text, sizeof text, "last %s %02d", weekdays[weekday - 1], (int)month);
            assert_date(text, year, date);
            (void)snprintf(text, sizeof text, "nth 5 %s %d", weekdays[weekday - 1], (int)month);
            assert_date(text, year, n == 5 ? date : "");
            (void)snprintf(text, sizeof text, "%s_before %02d-15", weekdays[weekday - 1], (int)month);
            assert_date(text, year, before);
        }
    }
}

static void test_weekdays_of_either_case(void **state)
{
    (void)state;
    assert_date("nth 2 Sun 5", 2027, "2027-05-09");
    assert_date("last MON 5", 2027, "2027-05-31");
}

static void test_the_day_itself_is_not_before(void **state)
{
    (void)state;
    assert_date("sat_before 12-25", 2021, "2021-12-18"); /* Christmas on a Saturday */
    assert_date("sat_before 12-25", 2022, "2022-12-24");
    assert_date("mon_before 01-01", 2028, "2027-12-27"); /* may lie in the year before */
}

static void test_lunar_dates(void **state)
{
    (void)state;
    assert_date("lunar 08-15", 2027, "2027-09-15");
    assert_date("lunar 12-08", 2026, "2027-01-15"); /* of lunar 2026 */
    assert_date("lunar 06-01 leap", 2025, "2025-07-25");
    assert_date("lunar 06-01 leap", 2026, "");
    assert_date("lunar 06-01", 2025, "2025-06-25");
    assert_date("lunar 12-30", 2026, "");           /* that month has 29 days */
    assert_date("lunar 12-30", 2029, "2030-02-02"); /* this one 30, from 2030-01-04 */
    assert_date("lunar 01-01", 2101, "");
    assert_date("lunar_eve", 2027, "2027-02-05");
    assert_date("lunar_eve", 1900, "1900-01-30");
    assert_date("lunar_eve", 2101, "2101-01-28");
    assert_date("lunar_eve", 2102, "");
}

static void test_terms_by_any_name(void **state)
{
    (void)state;
    static const char *const rules[] = { "term 清明", "term qingming", "term QingMing", "term Clear and Bright",
                                         "term 7" };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) assert_date(rules[i], 2027, "2027-04-05");
    assert_date("term 冬至", 2027, "2027-12-22");
    assert_date("term 1", 1899, "");
}

/* Easter Sundays from the table of the Astronomical Applications Department, US Naval Observatory, and the extremes. */
static void test_easter(void **state)
{
    (void)state;
    assert_date("easter", 1818, "1818-03-22");   /* the earliest possible */
    assert_date("easter 0", 1943, "1943-04-25"); /* the latest */
    assert_date("easter", 2000, "2000-04-23");
    assert_date("easter +1", 2024, "2024-04-01");
    assert_date("easter -2", 2025, "2025-04-18");
    assert_date("easter", 2038, "2038-04-25");
    assert_date("easter -47", 2027, "2027-02-09");
}

static void test_once_and_relative_give_no_date_alone(void **state)
{
    (void)state;
    assert_date("once", 2027, "");
    const cpn_rule rule = parse("rel thanksgiving +1");
    assert_int_equal(rule.kind, CPN_RULE_RELATIVE);
    assert_int_equal(rule.offset, 1);
    assert_int_equal(rule.node_length, 12);
    assert_memory_equal(rule.node, "thanksgiving", 12);
}

static void test_malformed_rules(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        campaign_status status;
        const char *message;
    } cases[] = {
        { "", CAMPAIGN_E_SYNTAX, "empty" },
        { "   ", CAMPAIGN_E_SYNTAX, "empty" },
        { "fix 01-01", CAMPAIGN_E_UNKNOWN, "did you mean \"fixed\"" },
        { "whenever", CAMPAIGN_E_UNKNOWN, "lunar_eve" },
        { "fixed", CAMPAIGN_E_SYNTAX, "fixed MM-DD" },
        { "fixed 13-01", CAMPAIGN_E_SYNTAX, "13-01" },
        { "fixed 02-30", CAMPAIGN_E_SYNTAX, "02-30" },
        { "fixed 0101", CAMPAIGN_E_SYNTAX, "" },
        { "fixed 01-", CAMPAIGN_E_SYNTAX, "" },
        { "fixed 01-01 2027", CAMPAIGN_E_SYNTAX, "" },
        { "fixed +01-01", CAMPAIGN_E_SYNTAX, "" },
        { "fixed 01-+01", CAMPAIGN_E_SYNTAX, "" },
        { "nth +2 sun 5", CAMPAIGN_E_SYNTAX, "" },
        { "term +7", CAMPAIGN_E_UNKNOWN, "+7" },
        { "nth 2 sun", CAMPAIGN_E_SYNTAX, "nth N dow MM" },
        { "nth 0 sun 5", CAMPAIGN_E_SYNTAX, "" },
        { "nth 6 sun 5", CAMPAIGN_E_SYNTAX, "" },
        { "nth 2 sunday 5", CAMPAIGN_E_SYNTAX, "" },
        { "nth 2 sun 5 6", CAMPAIGN_E_SYNTAX, "" },
        { "last sun 0", CAMPAIGN_E_SYNTAX, "" },
        { "lunar 13-01", CAMPAIGN_E_SYNTAX, "" },
        { "lunar 01-31", CAMPAIGN_E_SYNTAX, "" },
        { "lunar 01-01 leaping", CAMPAIGN_E_SYNTAX, "" },
        { "lunar_eve 1", CAMPAIGN_E_SYNTAX, "" },
        { "term", CAMPAIGN_E_SYNTAX, "" },
        { "term 25", CAMPAIGN_E_UNKNOWN, "25" },
        { "term clear", CAMPAIGN_E_UNKNOWN, "clear" },
        { "easter 401", CAMPAIGN_E_SYNTAX, "400" },
        { "easter 1.5", CAMPAIGN_E_SYNTAX, "" },
        { "rel", CAMPAIGN_E_SYNTAX, "" },
        { "rel cny", CAMPAIGN_E_SYNTAX, "" },
        { "rel cny -1 day", CAMPAIGN_E_SYNTAX, "" },
        { "rel cny 99999999999999999999", CAMPAIGN_E_SYNTAX, "" },
        { "xxx_before 12-25", CAMPAIGN_E_SYNTAX, "dow_before" },
        { "sat_before", CAMPAIGN_E_SYNTAX, "" },
        { "once 2027", CAMPAIGN_E_SYNTAX, "" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        campaign_error error = { 0 };
        cpn_rule rule;
        const campaign_status status = cpn_rule_parse(&rule, cases[i].text, strlen(cases[i].text), &error);
        if (status != cases[i].status || !strstr(error.message, cases[i].message))
            fail_msg("\"%s\": %s: %s", cases[i].text, campaign_status_name(status), error.message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fixed_dates),
        cmocka_unit_test(test_weekday_rules_equal_counting),
        cmocka_unit_test(test_weekdays_of_either_case),
        cmocka_unit_test(test_the_day_itself_is_not_before),
        cmocka_unit_test(test_lunar_dates),
        cmocka_unit_test(test_terms_by_any_name),
        cmocka_unit_test(test_easter),
        cmocka_unit_test(test_once_and_relative_give_no_date_alone),
        cmocka_unit_test(test_malformed_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
