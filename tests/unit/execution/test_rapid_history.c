/* Goals of the rapid response against the history of similar campaigns. */
#include "rapid_cases.h"

static const char history_header[] = "date:date|leads:int64|deals:int64|type:utf8|region:utf8|rep:utf8|level:utf8|"
                                     "campaign:utf8|amount:money";

/* 11 of 20 is 55 %: the limit itself is feasible, 1.2 × 55 % = 66 % the last stretch. 15 of 20 customers at 66 % are 13.2
 * deals; 13.2 × 20 / 11 = 24 customers. */
static void test_goals_are_held_against_similar_campaigns(void **state)
{
    (void)state;
    static const struct {
        const char *conversion, *verdict, *needed;
        int32_t code;
    } cases[] = { { "0.55", "feasible", "20", CAMPAIGN_RAPID_FEASIBLE },
                  { "0.550001", "stretch", "21", CAMPAIGN_RAPID_STRETCH },
                  { "0.66", "stretch", "24", CAMPAIGN_RAPID_STRETCH },
                  { "0.660001", "unfounded", "25", CAMPAIGN_RAPID_UNFOUNDED } };
    static const char *const rows[] = { "2026-06-28|10|6|fair||||f1|",       "2026-09-27|10|5|||||f2|",
                                        "2026-06-27|50|50|fair||||f0|",      "2026-09-28|50|50|fair||||now|",
                                        "2026-08-01|50|0|new_product||||p|", NULL };
    campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
    inputs.history = make_table(history_header, rows);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char request[512];
        campaign_rapid_response_report report;
        (void)snprintf(request, sizeof request, OCTOBER ", \"leads\": 20, \"expected_conversion\": %s}",
                       cases[i].conversion);
        respond(&report, request, &inputs);
        assert_int_equal(report.verdict, cases[i].code);
        assert_string_equal(cell(report.feasibility, "verdict", 0), cases[i].verdict);
        assert_string_equal(cell(report.feasibility, "leads_needed", 0), cases[i].needed);
        assert_string_equal(cell(report.feasibility, "history_conversion_ppm", 0), "550000");
        assert_string_equal(cell(report.feasibility, "history_campaigns", 0), "2");
        assert_string_equal(cell(report.feasibility, "supported_deals", 0), "11");
        campaign_rapid_response_report_clear(&report);
    }
    clear_inputs(&inputs);
}

static void test_without_history_a_goal_is_unfounded(void **state)
{
    (void)state;
    static const char *const none[] = { "2026-09-01|10|0|fair||||f|", NULL };
    campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
    campaign_rapid_response_report report;
    respond(&report, OCTOBER ", \"leads\": 20, \"expected_conversion\": 0.1}", NULL);
    assert_int_equal(report.verdict, CAMPAIGN_RAPID_UNFOUNDED);
    assert_string_equal(cell(report.feasibility, "leads_needed", 0), "");
    campaign_rapid_response_report_clear(&report);
    inputs.history = make_table(history_header, none);
    respond(&report, OCTOBER ", \"leads\": 20, \"expected_conversion\": 0.1}", &inputs);
    assert_int_equal(report.verdict, CAMPAIGN_RAPID_UNFOUNDED);
    assert_non_null(strstr(cell(report.feasibility, "text", 0), "no deal"));
    campaign_rapid_response_report_clear(&report);
    respond(&report, OCTOBER ", \"leads\": 20}", &inputs); /* history says 0 %: nothing is asked, which it supports */
    assert_int_equal(report.verdict, CAMPAIGN_RAPID_FEASIBLE);
    assert_int_equal(report.deals, 0);
    campaign_rapid_response_report_clear(&report);
    clear_inputs(&inputs);
}

/* Two campaigns, one of them in both regions: regions count their own. */
static void test_regions_stand_beside_their_own_history(void **state)
{
    (void)state;
    static const char *const rows[] = { "2026-09-01|10|4|fair|South|||f1|", "2026-09-01|10|6|fair|East|||f1|",
                                        "2026-09-02|10|6|fair|East|||f2|", "2026-09-03|10|6|fair|East|||f2|", NULL };
    campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
    campaign_rapid_response_report report;
    for (int step = 1; step >= -1; step -= 2) {
        inputs.history = table_of_rows(history_header, rows, step);
        respond(&report, OCTOBER ", " S3_REGIONS "}", &inputs);
        assert_string_equal(cell(report.feasibility, "history_campaigns", 0), "2");
        assert_string_equal(cell(report.feasibility, "verdict", 1), "unfounded"); /* South: 50 % against 40 % */
        assert_string_equal(cell(report.feasibility, "leads_needed", 1), "10");   /* 4 deals at 40 % */
        assert_string_equal(cell(report.feasibility, "history_campaigns", 1), "1");
        assert_string_equal(cell(report.feasibility, "history_campaigns", 2), "0"); /* North */
        assert_string_equal(cell(report.feasibility, "verdict", 2), "unfounded");
        assert_string_equal(cell(report.feasibility, "verdict", 3), "feasible"); /* East: 60 % against 60 % */
        assert_string_equal(cell(report.feasibility, "history_campaigns", 3), "2");
        campaign_rapid_response_report_clear(&report);
        clear_inputs(&inputs);
    }
}

/* East alone takes part: West's 1 of 10 says nothing of it. What rows without a region say counts for the whole: 8 of 20. */
static void test_the_whole_leaves_out_regions_that_take_no_part(void **state)
{
    (void)state;
    static const char *const rows[] = { "2026-09-01|10|5|fair|East|||f1|", "2026-09-01|10|1|fair|West|||f1|",
                                        "2026-09-02|10|3|fair||||f2|", NULL };
    static const char *const customers[] = { "a|East", "b|East", NULL };
    campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
    campaign_rapid_response_report report;
    inputs.history = make_table(history_header, rows);
    inputs.customers = make_table("customer:utf8|region:utf8", customers);
    respond(&report, OCTOBER ", \"expected_conversion\": \"40%\"}", &inputs);
    assert_string_equal(cell(report.feasibility, "history_conversion_ppm", 0), "400000");
    assert_string_equal(cell(report.feasibility, "history_campaigns", 0), "2");
    assert_string_equal(cell(report.feasibility, "verdict", 0), "feasible");
    assert_string_equal(cell(report.feasibility, "history_conversion_ppm", 1), "500000");
    assert_non_null(strstr(note(&report, "history_elsewhere"), "such as West: not counted"));
    campaign_rapid_response_report_clear(&report);
    clear_inputs(&inputs);
}

/* West's rows are all there is. */
static void test_other_regions_stand_in_where_nothing_else_does(void **state)
{
    (void)state;
    static const char *const rows[] = { "2026-09-01|10|2|fair|West|||f1|", "2026-09-02|10|4|fair|West|||f1|", NULL };
    static const char *const customers[] = { "a|East", "b|East", NULL };
    campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
    campaign_rapid_response_report report;
    inputs.history = make_table(history_header, rows);
    inputs.customers = make_table("customer:utf8|region:utf8", customers);
    respond(&report, OCTOBER "}", &inputs);
    assert_string_equal(cell(report.feasibility, "history_conversion_ppm", 0), "300000");
    assert_string_equal(cell(report.feasibility, "history_campaigns", 0), "1");
    assert_string_equal(cell(report.feasibility, "expected_conversion_ppm", 1), "300000");
    assert_string_equal(cell(report.feasibility, "verdict", 1), "feasible");
    assert_non_null(strstr(note(&report, "history_elsewhere"), "there is no other, so they count"));
    campaign_rapid_response_report_clear(&report);
    clear_inputs(&inputs);
}

/* North takes 6 of 20 from all rows, and stands beside these; it is unfounded where its conversion is its own. */
static void test_a_region_stands_beside_what_its_conversion_is_from(void **state)
{
    (void)state;
    static const char *const rows[] = { "2026-09-01|10|5|fair|East|||f1|", "2026-09-01|10|1|fair||||f2|", NULL };
    static const char *const customers[] = { "a|East", "b|North", NULL };
    campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
    campaign_rapid_response_report report;
    inputs.history = make_table(history_header, rows);
    inputs.customers = make_table("customer:utf8|region:utf8", customers);
    respond(&report, OCTOBER "}", &inputs);
    assert_string_equal(cell(report.feasibility, "region", 2), "North");
    assert_string_equal(cell(report.feasibility, "expected_conversion_ppm", 2), "300000");
    assert_string_equal(cell(report.feasibility, "history_leads", 2), "20");
    assert_string_equal(cell(report.feasibility, "verdict", 2), "feasible");
    campaign_rapid_response_report_clear(&report);
    respond(&report, OCTOBER ", \"expected_conversion\": \"30%\"}", &inputs);
    assert_string_equal(cell(report.feasibility, "history_leads", 2), "0");
    assert_string_equal(cell(report.feasibility, "verdict", 2), "unfounded");
    campaign_rapid_response_report_clear(&report);
    clear_inputs(&inputs);
}

static void test_history_that_cannot_be_is_refused(void **state)
{
    (void)state;
    static const char *const more[] = { "2026-09-01|10|11|fair||||f|", NULL }, *const gap[] = {
        "2026-09-01||1|fair||||f|", NULL
    };
    static const char *const no_day[] = { "|10|1|fair||||f|", NULL };
    campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
    inputs.history = make_table(history_header, more);
    refuse(CAMPAIGN_E_VALUE, OCTOBER ", " S3_REGIONS "}", &inputs, "history.deals");
    clear_inputs(&inputs);
    inputs.history = make_table(history_header, gap);
    refuse(CAMPAIGN_E_MISSING, OCTOBER ", " S3_REGIONS "}", &inputs, "history.leads");
    clear_inputs(&inputs);
    inputs.history = make_table(history_header, no_day);
    refuse(CAMPAIGN_E_MISSING, OCTOBER ", " S3_REGIONS "}", &inputs, "history.date");
    clear_inputs(&inputs);
    inputs.history = make_table(history_header, more + 1);
    refuse(CAMPAIGN_E_COLUMN, OCTOBER ", \"currency\": \"USD\", \"leads\": 1, \"expected_conversion\": 1}", &inputs,
           "history.amount");
    clear_inputs(&inputs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_goals_are_held_against_similar_campaigns),
        cmocka_unit_test(test_without_history_a_goal_is_unfounded),
        cmocka_unit_test(test_regions_stand_beside_their_own_history),
        cmocka_unit_test(test_the_whole_leaves_out_regions_that_take_no_part),
        cmocka_unit_test(test_other_regions_stand_in_where_nothing_else_does),
        cmocka_unit_test(test_a_region_stands_beside_what_its_conversion_is_from),
        cmocka_unit_test(test_history_that_cannot_be_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
