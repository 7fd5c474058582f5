/* Quotas of levels and reps of the rapid response, resources and tasks. */
#include <campaign/schedule.h>
#include <stdbool.h>

#include "rapid_cases.h"

static const char history_header[] = "date:date|leads:int64|deals:int64|type:utf8|region:utf8|rep:utf8|level:utf8|"
                                     "campaign:utf8|amount:money";

/* ---- Quotas ------------------------------------------------------------------------------------------------------ */

/* Without a list, 12 customers are shared by capacity × past conversion. Each rep can do 3 days × (3 + 80 + 100) = 549;
 * Li converted 30 %, Wang 10 %: 9 and 3 customers; 12 at 50 % are 6 deals: 4.5 and 1.5 expected. Whole deals, halves of
 * both: to the first, 5 and 1. */
static void test_reps_share_by_capacity_and_past_conversion(void **state)
{
    (void)state;
    static const char *const reps[] = { "Li|East", "Wang|East", "Zhou|West", NULL };
    static const char *const rows[] = { "2026-09-01|10|3|fair|East|Li||f1|", "2026-09-01|10|1|fair|East|Wang||f1|",
                                        NULL };
    campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
    campaign_rapid_response_report report;
    inputs.reps = make_table("rep:utf8|region:utf8", reps);
    inputs.history = make_table(history_header, rows);
    respond(&report,
            OCTOBER ", \"regions\": [{\"region\": \"East\", \"customers\": 12, \"expected_conversion\": \"50%\","
                    "\"sales_task\": \"400.02\"}]}",
            &inputs);
    assert_int_equal(campaign_table_n_rows(report.quotas), 4);
    assert_string_equal(cell(report.quotas, "capacity", 2), "549");
    assert_string_equal(cell(report.quotas, "leads", 2), "9");
    assert_string_equal(cell(report.quotas, "leads", 3), "3");
    assert_string_equal(cell(report.quotas, "expected_deals", 2), "4.5");
    assert_string_equal(cell(report.quotas, "deals", 2), "5");
    assert_string_equal(cell(report.quotas, "deals", 3), "1");
    assert_string_equal(cell(report.quotas, "sales_task", 2), "300.02"); /* 3 / 4 of 40002 is 30001.5 */
    assert_string_equal(cell(report.quotas, "sales_task", 3), "100.00");
    assert_string_equal(cell(report.form_task_split, "owner", 0), "Li; Wang");
    campaign_rapid_response_report_clear(&report);
    clear_inputs(&inputs);
}

/* Regions without numbers share 30 leads by what their reps can do: two reps against one. */
static void test_regions_share_leads_by_their_reps(void **state)
{
    (void)state;
    static const char *const reps[] = { "a|East", "b|East", "c|West", NULL };
    campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
    campaign_rapid_response_report report;
    inputs.reps = make_table("rep:utf8|region:utf8", reps);
    respond(&report, OCTOBER ", \"leads\": 30, \"expected_conversion\": \"10%\"}", &inputs);
    assert_string_equal(cell(report.form_task_split, "region", 0), "East");
    assert_string_equal(cell(report.form_task_split, "customers", 0), "20");
    assert_string_equal(cell(report.form_task_split, "customers", 1), "10");
    campaign_rapid_response_report_clear(&report);
    clear_inputs(&inputs);
}

/* Gold converted 40 %, silver 20 %: 2 × 40 % against 4 × 20 % share 6 × 50 % = 3 deals alike. */
static void test_levels_share_by_their_past_conversion(void **state)
{
    (void)state;
    static const char *const customers[] = { "a|gold", "b|gold", "c|silver", "d|silver", "e|silver", "f|silver", NULL };
    static const char *const rows[] = { "2026-09-01|10|4|fair|||gold|f1|", "2026-09-01|10|2|fair|||silver|f1|", NULL };
    campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
    campaign_rapid_response_report report;
    inputs.customers = make_table("customer:utf8|level:utf8", customers);
    inputs.history = make_table(history_header, rows);
    respond(&report, OCTOBER ", \"expected_conversion\": \"50%\"}", &inputs);
    const int64_t gold = row_with(report.quotas, "level", "gold"), silver = row_with(report.quotas, "level", "silver");
    assert_string_equal(cell(report.quotas, "leads", gold), "2");
    assert_string_equal(cell(report.quotas, "expected_deals", gold), "1.5");
    assert_string_equal(cell(report.quotas, "expected_conversion_ppm", gold), "750000");
    assert_string_equal(cell(report.quotas, "history_conversion_ppm", gold), "400000");
    assert_string_equal(cell(report.quotas, "expected_deals", silver), "1.5");
    assert_string_equal(cell(report.quotas, "deals", gold), "2");
    assert_string_equal(cell(report.quotas, "deals", silver), "1");
    campaign_rapid_response_report_clear(&report);
    clear_inputs(&inputs);
}

/* Form 2 goes in as it came out. */
static void test_the_task_split_reads_back(void **state)
{
    (void)state;
    campaign_rapid_response_inputs inputs = CAMPAIGN_RAPID_RESPONSE_INPUTS_INIT;
    campaign_rapid_response_report report, again;
    respond(&report, OCTOBER ", " S3_REGIONS "}", NULL);
    inputs.regions = report.form_task_split;
    respond(&again, OCTOBER "}", &inputs);
    assert_int_equal(again.sales_minor, 47000000);
    assert_true(again.expected_deals == 15.2);
    const int64_t east = row_with(again.form_task_split, "region", "East");
    assert_string_equal(cell(again.form_task_split, "expected_deals", east), "7.2");
    assert_string_equal(cell(again.form_task_split, "resources", east), cell(report.form_task_split, "resources", 2));
    campaign_rapid_response_report_clear(&again);
    refuse(CAMPAIGN_E_DUPLICATE, OCTOBER ", " S3_REGIONS "}", &inputs, "regions.region");
    campaign_rapid_response_report_clear(&report);
}

/* ---- Resources and tasks ----------------------------------------------------------------------------------------- */

static void test_own_resources_replace_usual_ones(void **state)
{
    (void)state;
    campaign_rapid_response_report report;
    respond(&report,
            OCTOBER ", " S3_REGIONS ", \"resources\": ["
                    "{\"id\": \"booth\", \"working_days\": -7, \"owner\": \"Lin\", \"status\": \"blocked\"},"
                    "{\"id\": \"visas\", \"name\": \"Visas\", \"kind\": \"other\", \"risk\": \"Nobody flies.\"}]}",
            NULL);
    const int64_t booth = row_with(report.resources, "resource", "booth");
    assert_string_equal(cell(report.resources, "name", booth), "Booth, posters and badges");
    assert_string_equal(cell(report.resources, "owner", booth), "Lin");
    assert_string_equal(cell(report.resources, "due", booth), "2026-09-17"); /* 24, 23, 22, 21, 20 (worked), 18, 17 */
    assert_string_equal(cell(report.resources, "source", booth), "request");
    assert_true(row_with(report.resources, "resource", "visas") >= 0);
    assert_non_null(strstr(note(&report, "resource_blocked"), "Booth"));
    assert_non_null(strstr(cell(report.form_response_plan, "risks", 0), "Nobody flies."));
    assert_string_equal(cell(report.form_response_plan, "materials_ready", 0), "2026-09-24");
    assert_string_equal(cell(report.form_response_plan, "support", 0), "technical; operations");
    campaign_rapid_response_report_clear(&report);
    respond(&report,
            OCTOBER ", \"language\": \"zh\", " S3_REGIONS
                    ", \"resources\": [{\"id\": \"visas\", \"owner_role\": \"行政\"},"
                    "{\"id\": \"desk\", \"owner_role\": \"客服\"}]}",
            NULL);
    assert_string_equal(cell(report.form_response_plan, "support", 0), "技术；运营；行政"); /* 客服 has its own line */
    campaign_rapid_response_report_clear(&report);
    respond(&report, OCTOBER ", \"support\": [\"Legal\"], " S3_REGIONS "}", NULL);
    assert_string_equal(cell(report.form_response_plan, "support", 0), "Legal");
    campaign_rapid_response_report_clear(&report);
    respond(&report, OCTOBER ", " S3_REGIONS ", \"usual_resources\": false}", NULL);
    assert_int_equal(campaign_table_n_rows(report.resources), 0);
    assert_string_equal(cell(report.form_response_plan, "materials_ready", 0), "");
    assert_string_equal(cell(report.form_response_plan, "support", 0), "");
    campaign_rapid_response_report_clear(&report);
}

static int64_t working_days(const campaign_calendar *calendar, const char *first, const char *last)
{
    int64_t n = 0;
    assert_int_equal(campaign_calendar_count_working_days(&n, calendar, day_of(first), day_of(last) + 1, NULL),
                     CAMPAIGN_OK);
    return n;
}

/* Every task has room for its duration between its earliest day and its deadline, a key of its own, and predecessors that
 * exist. Of every type, in both languages. */
static void test_tasks_fit_their_dates(void **state)
{
    (void)state;
    static const char *const types[] = { "new_product", "fair", "thank_you", "counter_attack" };
    campaign_calendar *calendar = NULL;
    campaign_error error = { 0 };
    assert_ok(campaign_calendar_create(&calendar, NULL, &error), error);
    for (int i = 0; i < 8; i++) {
        char request[1024];
        campaign_rapid_response_report report;
        (void)snprintf(
            request, sizeof request,
            "{\"schema\": \"campaign/rapid_response/1\", \"name\": \"n\", \"type\": \"%s\", \"language\": \"%s\","
            "\"start\": \"2026-09-28\", \"finish\": \"2026-10-16\", \"leads\": 3, \"expected_conversion\": 1}",
            types[i / 2], i % 2 ? "zh" : "en");
        respond(&report, request, NULL);
        assert_true(campaign_table_n_rows(report.resources) >= 4);
        for (int64_t row = 0; row < campaign_table_n_rows(report.tasks); row++) {
            const char *earliest = cell(report.tasks, "earliest", row), *due = cell(report.tasks, "due", row);
            if (earliest[0] != '\0')
                assert_true(working_days(calendar, earliest, due) >= atoll(cell(report.tasks, "duration", row)));
            assert_int_equal(row_with(report.tasks, "task", cell(report.tasks, "task", row)), row);
            char after[512];
            (void)snprintf(after, sizeof after, "%s", cell(report.tasks, "after", row));
            for (char *at = strtok(after, ";"); at; at = strtok(NULL, ";")) {
                at += strspn(at, " ");
                at[strcspn(at, " ")] = '\0';
                assert_true(row_with(report.tasks, "task", at) >= 0);
            }
        }
        campaign_rapid_response_report_clear(&report);
    }
    campaign_calendar_free(calendar);
}

/* The tasks are a network whose own schedule keeps every deadline, and has contacts and review on their days. */
static void test_tasks_keep_their_deadlines_when_scheduled(void **state)
{
    (void)state;
    static const char *const types[] = { "new_product", "fair", "thank_you", "counter_attack" };
    static const char *const starts[] = { "2026-09-28", "2026-02-14", "2026-04-30", "2026-10-03" };
    static const char *const finishes[] = { "2026-10-16", "2026-03-08", "2026-05-20", "2026-10-31" };
    for (int i = 0; i < 16; i++) {
        char request[512];
        campaign_rapid_response_report report;
        campaign_schedule_report dates = CAMPAIGN_SCHEDULE_REPORT_INIT;
        campaign_schedule_inputs inputs = CAMPAIGN_SCHEDULE_INPUTS_INIT;
        campaign_table *schedule = NULL;
        campaign_error error = { 0 };
        (void)snprintf(request, sizeof request,
                       "{\"schema\": \"campaign/rapid_response/1\", \"name\": \"n\", \"type\": \"%s\","
                       "\"start\": \"%s\", \"finish\": \"%s\", \"leads\": 3, \"expected_conversion\": 1,"
                       "\"tasks\": [{\"id\": \"l\", \"working_days\": -9, \"duration\": 3}]}",
                       types[i % 4], starts[i / 4], finishes[i / 4]);
        respond(&report, request, NULL);
        inputs.tasks = report.tasks;
        assert_ok(campaign_schedule_tasks(&schedule, &dates, &inputs, NULL, NULL, &error), error);
        assert_int_equal(dates.n_broken, 0);
        const int64_t contact = row_with(schedule, "task", "rapid/contact_s"), window = 3;
        assert_string_equal(cell(schedule, "start", contact), cell(report.windows, "first", window));
        assert_string_equal(cell(schedule, "finish", contact), cell(report.windows, "due", window));
        assert_string_equal(cell(schedule, "finish", row_with(schedule, "task", "rapid/review")),
                            cell(report.windows, "due", 5));
        campaign_table_free(schedule);
        campaign_schedule_report_clear(&dates);
        campaign_rapid_response_report_clear(&report);
    }
}

/* "Confirm logistics 5 days ahead", RR10, and a thank-you two working days after the end. */
static void test_measures_become_dated_tasks(void **state)
{
    (void)state;
    campaign_rapid_response_report report;
    respond(&report,
            OCTOBER ", \"id\": \"f\", " S3_REGIONS ", \"tasks\": [{\"id\": \"logistics\", \"working_days\": -5},"
                    "{\"id\": \"thanks\", \"anchor\": \"finish\", \"working_days\": 2, \"phase\": \"review\"}]}",
            NULL);
    assert_string_equal(cell(report.tasks, "due", row_with(report.tasks, "task", "f/own/logistics")), "2026-09-20");
    assert_string_equal(cell(report.tasks, "due", row_with(report.tasks, "task", "f/own/thanks")), "2026-10-20");
    campaign_rapid_response_report_clear(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reps_share_by_capacity_and_past_conversion),
        cmocka_unit_test(test_regions_share_leads_by_their_reps),
        cmocka_unit_test(test_levels_share_by_their_past_conversion),
        cmocka_unit_test(test_the_task_split_reads_back),
        cmocka_unit_test(test_own_resources_replace_usual_ones),
        cmocka_unit_test(test_tasks_fit_their_dates),
        cmocka_unit_test(test_tasks_keep_their_deadlines_when_scheduled),
        cmocka_unit_test(test_measures_become_dated_tasks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
