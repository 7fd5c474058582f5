/* Windows, goals and forms of the rapid response: the handbook's example and dates across holidays. */
#include "rapid_cases.h"

/* Outside truth: scenario S3 of a B2B rapid response, and the handbook's template 2. */
static void test_the_handbooks_example_comes_out(void **state)
{
    (void)state;
    static const char *const windows[][3] = {
        { "kickoff", "2026-09-28", "2026-09-28" },   { "screening", "2026-09-28", "2026-09-30" },
        { "plan", "2026-09-30", "2026-10-08" },      { "contact", "2026-09-29", "2026-10-08" },
        { "execution", "2026-09-28", "2026-10-16" }, { "review", "2026-10-19", "2026-10-21" },
    };
    static const char *const split[][6] = {
        { "South", "8", "500000", "4", "120000.00", "4" },
        { "North", "10", "400000", "4", "150000.00", "4" },
        { "East", "12", "600000", "7.2", "200000.00", "7" },
    };
    campaign_rapid_response_report report;
    respond(&report, OCTOBER ", " S3_REGIONS "}", NULL);
    assert_int_equal(campaign_table_n_rows(report.windows), 6);
    for (int64_t i = 0; i < 6; i++) {
        assert_string_equal(cell(report.windows, "stage", i), windows[i][0]);
        assert_string_equal(cell(report.windows, "first", i), windows[i][1]);
        assert_string_equal(cell(report.windows, "due", i), windows[i][2]);
        assert_string_equal(cell(report.windows, "is_provisional", i), "false");
    }
    for (int64_t i = 0; i < 3; i++) {
        assert_string_equal(cell(report.form_task_split, "region", i), split[i][0]);
        assert_string_equal(cell(report.form_task_split, "customers", i), split[i][1]);
        assert_string_equal(cell(report.form_task_split, "expected_conversion_ppm", i), split[i][2]);
        assert_string_equal(cell(report.form_task_split, "expected_deals", i), split[i][3]);
        assert_string_equal(cell(report.form_task_split, "sales_task", i), split[i][4]);
        assert_string_equal(cell(report.quotas, "deals", 1 + i), split[i][5]);
    }
    assert_true(report.expected_deals == 15.2);
    assert_int_equal(report.leads, 30);
    assert_int_equal(report.deals, 15);
    assert_int_equal(report.sales_minor, 47000000);
    assert_int_equal(report.has_sales, 1);
    assert_string_equal(cell(report.quotas, "expected_deals", 0), "15.2");
    assert_string_equal(cell(report.form_response_plan, "customers", 0), "30");
    assert_string_equal(cell(report.form_response_plan, "expected_conversion_ppm", 0), "506667"); /* 15.2 / 30 */
    assert_string_equal(cell(report.form_response_plan, "sales_task", 0), "470000.00");
    assert_string_equal(cell(report.form_response_plan, "kickoff", 0), "2026-09-28");
    assert_string_equal(cell(report.form_response_plan, "contacted", 0), "2026-10-08");
    campaign_rapid_response_report_clear(&report);
}

/* Outside truth: working-day deadlines of the calendar's cases (day, n, the n-th working day); review [n, n] of a
 * campaign of one day says the same as screening [n, n]. */
static void test_windows_follow_the_calendar(void **state)
{
    (void)state;
    static const struct {
        const char *day;
        int n;
        const char *due;
    } cases[] = {
        { "2026-02-13", 0, "2026-02-13" }, { "2026-02-13", 2, "2026-02-24" }, { "2026-02-14", 1, "2026-02-24" },
        { "2026-02-15", 2, "2026-02-26" }, { "2026-02-28", 1, "2026-03-02" }, { "2026-04-30", 1, "2026-05-06" },
        { "2026-05-08", 1, "2026-05-09" }, { "2026-09-24", 1, "2026-09-28" }, { "2026-09-30", 3, "2026-10-10" },
        { "2025-01-25", 1, "2025-01-27" }, { "2025-09-30", 1, "2025-10-09" }, { "2020-01-23", 2, "2020-02-04" },
        { "2012-09-28", 1, "2012-09-29" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char request[512];
        campaign_rapid_response_report report;
        (void)snprintf(request, sizeof request,
                       REQUEST ", \"start\": \"%s\", \"finish\": \"%s\", \"leads\": 1, \"expected_conversion\": 1,"
                               "\"windows\": {\"screening\": [%d, %d], \"review\": [%d, %d]}}",
                       cases[i].day, cases[i].day, cases[i].n, cases[i].n, cases[i].n, cases[i].n);
        respond(&report, request, NULL);
        assert_string_equal(cell(report.windows, "due", 1), cases[i].due);
        assert_string_equal(cell(report.windows, "first", 1), cases[i].due);
        assert_string_equal(cell(report.windows, "due", 5), cases[i].due);
        campaign_rapid_response_report_clear(&report);
    }
}

static void test_an_unannounced_year_is_answered_and_flagged(void **state)
{
    (void)state;
    campaign_rapid_response_report report;
    respond(&report,
            REQUEST ", \"start\": \"2031-03-03\", \"finish\": \"2031-03-14\", \"leads\": 5,"
                    "\"expected_conversion\": \"20%\"}",
            NULL);
    assert_int_equal(report.is_provisional, 1);
    assert_non_null(note(&report, "provisional"));
    assert_string_equal(cell(report.windows, "due", 1), "2031-03-05");
    assert_string_equal(cell(report.windows, "is_provisional", 1), "true");
    assert_int_equal(report.deals, 1);
    campaign_rapid_response_report_clear(&report);
    respond(&report, OCTOBER ", \"leads\": 5, \"expected_conversion\": \"20%\"}", NULL);
    assert_null(note(&report, "provisional"));
    campaign_rapid_response_report_clear(&report);
}

/* 10 customers at 25 % are 2.5 deals: 3 whole ones, halves up. Thirds of 1 deal: the first region by its order. */
static void test_whole_deals_add_up(void **state)
{
    (void)state;
    campaign_rapid_response_report report;
    respond(&report, OCTOBER ", \"leads\": 10, \"expected_conversion\": \"25%\", \"sales_task\": \"0.05\"}", NULL);
    assert_int_equal(report.deals, 3);
    assert_string_equal(cell(report.form_task_split, "region", 0), "all");
    campaign_rapid_response_report_clear(&report);
    respond(&report,
            OCTOBER ", \"deals\": 4, \"sales_task\": \"100.01\", \"expected_conversion\": \"10%\", \"regions\": ["
                    "{\"region\": \"b\", \"customers\": 5}, {\"region\": \"a\", \"customers\": 5},"
                    "{\"region\": \"c\", \"customers\": 5}]}",
            NULL);
    assert_string_equal(cell(report.quotas, "deals", 1), "2"); /* 4 / 3 each: the rest goes to the first */
    assert_string_equal(cell(report.quotas, "deals", 2), "1");
    assert_string_equal(cell(report.quotas, "sales_task", 1), "33.34");
    assert_string_equal(cell(report.quotas, "sales_task", 2), "33.34");
    assert_string_equal(cell(report.quotas, "sales_task", 3), "33.33");
    assert_non_null(note(&report, "deals_above_expected")); /* 1.5 expected */
    campaign_rapid_response_report_clear(&report);
}

static void test_gaps_between_the_whole_and_its_regions_are_told(void **state)
{
    (void)state;
    campaign_rapid_response_report report;
    respond(&report, OCTOBER ", \"leads\": 31, \"sales_task\": 500000, " S3_REGIONS "}", NULL);
    assert_non_null(strstr(note(&report, "leads_gap"), "31"));
    assert_non_null(strstr(note(&report, "sales_gap"), "470000.00"));
    assert_int_equal(report.sales_minor, 47000000);
    campaign_rapid_response_report_clear(&report);
    respond(&report, OCTOBER ", \"leads\": 30, \"order_value\": \"1000.50\", \"expected_conversion\": \"10%\"}", NULL);
    assert_int_equal(report.sales_minor, 300150); /* 3 × 1000.50 */
    campaign_rapid_response_report_clear(&report);
    respond(&report, OCTOBER ", \"leads\": 30, \"expected_conversion\": \"10%\"}", NULL);
    assert_int_equal(report.has_sales, 0);
    assert_string_equal(cell(report.form_response_plan, "sales_task", 0), "");
    assert_non_null(note(&report, "no_sales"));
    campaign_rapid_response_report_clear(&report);
}

static void test_a_campaign_shorter_than_its_contacts_is_told(void **state)
{
    (void)state;
    campaign_rapid_response_report report;
    respond(&report,
            REQUEST ", \"start\": \"2026-09-28\", \"finish\": \"2026-09-29\", \"leads\": 5,"
                    "\"expected_conversion\": \"20%\"}",
            NULL);
    assert_non_null(strstr(note(&report, "short"), "2026-10-08"));
    assert_string_equal(cell(report.windows, "due", 5), "2026-10-09"); /* 09-30, 10-08, 10-09 */
    campaign_rapid_response_report_clear(&report);
}

static void test_mistakes_of_a_request_are_named(void **state)
{
    (void)state;
    const char *more = ", \"leads\": 5, \"expected_conversion\": \"20%\"";
    char request[1024];
    refuse(CAMPAIGN_E_INFEASIBLE, REQUEST ", \"start\": \"2026-09-28\", \"finish\": \"2026-09-27\", \"leads\": 1}",
           NULL, "finish");
    refuse(CAMPAIGN_E_OVERFLOW, REQUEST ", \"start\": \"9999-12-30\", \"finish\": \"9999-12-31\", \"leads\": 1}", NULL,
           "start");
    refuse(CAMPAIGN_E_OVERFLOW, REQUEST ", \"start\": \"9999-12-20\", \"finish\": \"9999-12-31\", \"leads\": 1}", NULL,
           "finish");
    refuse(CAMPAIGN_E_MISSING, OCTOBER "}", NULL, "customers");
    refuse(CAMPAIGN_E_MISSING, OCTOBER ", \"leads\": 3}", NULL, "expected_conversion");
    refuse(CAMPAIGN_E_VALUE, OCTOBER ", \"leads\": 3, \"expected_conversion\": \"101%\"}", NULL, "expected_conversion");
    refuse(CAMPAIGN_E_DUPLICATE,
           OCTOBER ", \"expected_conversion\": 0.1, \"regions\": [{\"region\": \"a\", \"customers\": 1},"
                   "{\"region\": \"a\", \"customers\": 2}]}",
           NULL, "regions[1].region");
    refuse(CAMPAIGN_E_UNKNOWN, OCTOBER ", \"currency\": \"QQQ\", \"leads\": 1}", NULL, "currency");
    refuse(CAMPAIGN_E_UNKNOWN, OCTOBER ", \"finsh\": 1}", NULL, "finsh");
    refuse(CAMPAIGN_E_MISSING, "{\"schema\": \"campaign/rapid_response/1\", \"name\": \"n\"}", NULL, "");
    const char *const bad[][2] = {
        { "\"windows\": {\"contact\": [3, 1]}", "contact" },
        { "\"windows\": {\"contact\": [-1, 1]}", "contact" },
        { "\"windows\": {\"plan\": [0, 9999]}", "plan" },
        { "\"id\": \"a b\"", "id" },
        { "\"resources\": [{\"id\": \"a;b\"}]", "resources[0].id" },
        { "\"sales_task\": \"1.234\"", "sales_task" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        (void)snprintf(request, sizeof request, OCTOBER "%s, %s}", more, bad[i][0]);
        refuse(CAMPAIGN_E_VALUE, request, NULL, bad[i][1]);
    }
    (void)snprintf(request, sizeof request, OCTOBER "%s, \"resources\": [{\"id\": \"a\"}, {\"id\": \"a\"}]}", more);
    refuse(CAMPAIGN_E_DUPLICATE, request, NULL, "resources[1].id");
    (void)snprintf(
        request, sizeof request,
        OCTOBER "%s, \"tasks\": [{\"id\": \"a\", \"working_days\": 1}, {\"id\": \"a\", \"working_days\": 2}]}", more);
    refuse(CAMPAIGN_E_DUPLICATE, request, NULL, "tasks[1].id");
}

static void test_arguments_are_checked(void **state)
{
    (void)state;
    const char *request = OCTOBER ", " S3_REGIONS "}";
    campaign_rapid_response_report report = CAMPAIGN_RAPID_RESPONSE_REPORT_INIT;
    campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
    campaign_rapid_response_options options = CAMPAIGN_RAPID_RESPONSE_OPTIONS_INIT;
    campaign_error error;
    const size_t length = strlen(request);
    assert_int_equal(campaign_plan_rapid_response(NULL, request, length, NULL, NULL, NULL, &error),
                     CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_plan_rapid_response(&report, NULL, 0, NULL, NULL, NULL, &error), CAMPAIGN_E_ARGUMENT);
    report.size = 0;
    assert_int_equal(campaign_plan_rapid_response(&report, request, length, NULL, NULL, NULL, &error),
                     CAMPAIGN_E_ARGUMENT);
    report.size = (uint32_t)sizeof report;
    inputs.reserved = 1;
    assert_int_equal(campaign_plan_rapid_response(&report, request, length, &inputs, NULL, NULL, &error),
                     CAMPAIGN_E_ARGUMENT);
    options.language = "fr";
    assert_int_equal(campaign_plan_rapid_response(&report, request, length, NULL, &options, NULL, &error),
                     CAMPAIGN_E_UNKNOWN);
    campaign_rapid_response_report_clear(NULL);
    campaign_rapid_response_report_clear(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_handbooks_example_comes_out),
        cmocka_unit_test(test_windows_follow_the_calendar),
        cmocka_unit_test(test_an_unannounced_year_is_answered_and_flagged),
        cmocka_unit_test(test_whole_deals_add_up),
        cmocka_unit_test(test_gaps_between_the_whole_and_its_regions_are_told),
        cmocka_unit_test(test_a_campaign_shorter_than_its_contacts_is_told),
        cmocka_unit_test(test_mistakes_of_a_request_are_named),
        cmocka_unit_test(test_arguments_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
