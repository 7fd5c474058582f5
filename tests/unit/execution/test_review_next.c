/* From a review to the next plan: measures as its dated tasks, problems as entries of a playbook that hold when it happens
 * again. Everything goes through the documents that people pass on. */
#include <campaign/plan.h>
#include <campaign/playbook.h>
#include <campaign/review.h>

#include "rapid_cases.h"

#define METRICS  "metric:utf8|target:int64|actual:int64"
#define FINDINGS "kind:utf8|text:utf8|owner:utf8|metric:utf8|working_days:int64|due:date|when:utf8"
#define PLAN                                                                                                           \
    "{\"schema\": \"campaign/plan_request/1\", \"year\": 2027, \"currency\": \"CNY\", \"target\": {\"amount\": "       \
    "365.10}, "                                                                                                        \
    "\"campaigns\": {\"tiers\": [], \"forced\": [\"labour\", \"d618\"]}"

static const char *const metrics[] = { "leads|30|20", "spend|100|200", "new leads|10|1", NULL };
static const char *const findings[] = {
    "measure|确认物流，提前5天|李|leads|||",
    "measure|set up a support group|Wu|||2027-05-05|",
    "measure|watch the stand||||",
    "problem|materials 2 days late|Wu||||",
    "problem|shelves empty {twice}|supply chain|leads|||stock.on_hand < stock.need / 2",
    NULL
};

/* The campaign of the next plan is d618 where next is, else none. */
static void look_back(campaign_review_report *report, const char *next)
{
    campaign_review_inputs inputs = CAMPAIGN_REVIEW_INPUTS_INIT;
    campaign_review_options options = CAMPAIGN_REVIEW_OPTIONS_INIT;
    campaign_error error = { 0 };
    campaign_table *first = make_table(METRICS, metrics), *second = make_table(FINDINGS, findings);
    inputs.metrics = first;
    inputs.findings = second;
    options.campaign = "fair26";
    options.next_campaign = next;
    *report = (campaign_review_report)CAMPAIGN_REVIEW_REPORT_INIT;
    assert_ok(campaign_plan_review(report, &inputs, &options, NULL, &error), error);
    campaign_table_free(first);
    campaign_table_free(second);
}

static char *add_lessons(const campaign_table *tasks, const char *request)
{
    char *json = NULL;
    size_t length = 0;
    campaign_error error = { 0 };
    assert_ok(campaign_plan_add_lessons(&json, &length, tasks, request, strlen(request), &error), error);
    assert_int_equal(strlen(json), length);
    return json;
}

static campaign_table *tasks_of(const char *request)
{
    campaign_plan *plan = NULL;
    campaign_table *tasks = NULL;
    campaign_error error = { 0 };
    assert_ok(campaign_plan_create(&plan, request, strlen(request), NULL, NULL, &error), error);
    assert_ok(campaign_plan_table(&tasks, plan, "tasks", &error), error);
    campaign_plan_free(plan);
    return tasks;
}

static void assert_task(const campaign_table *tasks, const char *task, const char *due, const char *owner)
{
    const int64_t row = row_with(tasks, "task", task);
    if (row < 0) fail_msg("no task %s", task);
    assert_string_equal(cell(tasks, "due", row), due);
    assert_string_equal(cell(tasks, "owner", row), owner);
    assert_string_equal(cell(tasks, "source", row), "review");
}

/* The burst of d618 begins on Monday 2027-05-31: five working days before is the 24th, one is the 28th. */
static void test_the_next_plan_holds_the_measures_with_dates_and_owners(void **state)
{
    (void)state;
    campaign_review_report report;
    look_back(&report, "d618");
    char *request = add_lessons(report.tasks, PLAN "}");
    assert_non_null(strstr(request, "365.10")); /* numbers as they were written */
    campaign_table *tasks = tasks_of(request);
    assert_task(tasks, "d618/fair26_measure_1", "2027-05-24", "李");
    assert_task(tasks, "d618/fair26_measure_2", "2027-05-05", "Wu");
    assert_task(tasks, "d618/fair26_measure_3", "2027-05-28", "");
    assert_string_equal(cell(tasks, "name", row_with(tasks, "task", "d618/fair26_measure_1")), "确认物流，提前5天");
    assert_int_equal(row_with(tasks, "task", "labour/fair26_measure_1"), -1);
    campaign_table_free(tasks);
    campaign_text_free(request);
    campaign_review_report_clear(&report);
}

/* Without a next campaign all have what counts days; what has a date belongs to the first burst after it. */
static void test_measures_for_all_campaigns(void **state)
{
    (void)state;
    campaign_review_report report;
    look_back(&report, NULL);
    char *request = add_lessons(report.tasks, PLAN ", \"tasks\": {\"owners\": {\"tech\": \"Li\"}, \"templates\": ["
                                                   "{\"id\": \"training\", \"duration\": 3}]}}");
    campaign_table *tasks = tasks_of(request);
    assert_task(tasks, "d618/fair26_measure_1", "2027-05-24", "李");
    assert_true(row_with(tasks, "task", "labour/fair26_measure_1") >= 0);
    assert_task(tasks, "d618/fair26_measure_2", "2027-05-05", "Wu");
    assert_int_equal(row_with(tasks, "task", "labour/fair26_measure_2"), -1);
    assert_string_equal(cell(tasks, "duration", row_with(tasks, "task", "d618/training")), "3"); /* as it was */
    campaign_table_free(tasks);
    campaign_text_free(request);
    campaign_review_report_clear(&report);
}

/* The same review twice changes nothing more. */
static void test_lessons_are_added_once(void **state)
{
    (void)state;
    campaign_review_report report;
    look_back(&report, "d618");
    char *once = add_lessons(report.tasks, PLAN "}"), *twice = add_lessons(report.tasks, once);
    assert_string_equal(once, twice);
    campaign_text_free(once);
    campaign_text_free(twice);
    campaign_review_report_clear(&report);
}

/* 5 working days before 2026-09-28: 24, 23, 22, 21 and Sunday 20, which is worked; 25 to 27 are Mid-Autumn. */
static void test_a_rapid_response_holds_the_measures(void **state)
{
    (void)state;
    campaign_review_report report;
    campaign_rapid_response_report response;
    campaign_error error = { 0 };
    look_back(&report, "d618");
    char *request = add_lessons(report.tasks, OCTOBER ", \"leads\": 30, \"expected_conversion\": \"50%\"}");
    assert_ok(try_response(&response, request, NULL, &error), error);
    const int64_t first = row_with(response.tasks, "name", "确认物流，提前5天");
    assert_string_equal(cell(response.tasks, "due", first), "2026-09-20");
    assert_string_equal(cell(response.tasks, "owner", first), "李");
    assert_string_equal(cell(response.tasks, "due", row_with(response.tasks, "name", "set up a support group")),
                        "2027-05-05");
    assert_string_equal(cell(response.tasks, "due", row_with(response.tasks, "name", "watch the stand")), "2026-09-24");
    campaign_rapid_response_report_clear(&response);
    campaign_text_free(request);
    campaign_review_report_clear(&report);
}

/* ---- The playbook ---- */

static char *extend(const campaign_review_report *report, const char *base)
{
    char *json = NULL;
    size_t length = 0;
    campaign_error error = { 0 };
    assert_ok(campaign_plan_extend_playbook(&json, &length, report->playbook, report->metrics, base,
                                            base ? strlen(base) : 0, &error),
              error);
    assert_int_equal(strlen(json), length);
    return json;
}

/* Entries that hold, in the order of the risks. */
static campaign_table *judge(const char *playbook, const char *const *state, const char *const *stock,
                             const char *language)
{
    campaign_risks_inputs inputs = CAMPAIGN_RISKS_INPUTS_INIT;
    campaign_risks_options options = CAMPAIGN_RISKS_OPTIONS_INIT;
    campaign_error error = { 0 };
    campaign_table *risks = NULL, *first = make_table("metric:utf8|value:int64|target:int64|subject:utf8", state);
    campaign_table *second = stock ? make_table("sku:utf8|on_hand:int64|need:int64", stock) : NULL;
    inputs.state = first;
    inputs.stock = second;
    options.as_of = "2027-05-10T09:00";
    options.language = language;
    options.playbook = playbook;
    options.playbook_length = (int64_t)strlen(playbook);
    assert_ok(campaign_plan_risks(&risks, NULL, NULL, &inputs, &options, NULL, &error), error);
    campaign_table_free(first);
    campaign_table_free(second);
    return risks;
}

static void assert_holds(const campaign_table *risks, const char *entry, const char *action, const char *owner)
{
    const int64_t row = row_with(risks, "entry", entry);
    if (row < 0) fail_msg("%s does not hold", entry);
    assert_string_equal(cell(risks, "action", row), action);
    assert_string_equal(cell(risks, "owner", row), owner);
    assert_string_equal(cell(risks, "source", row), "fair26");
}

static void test_problems_hold_when_they_happen_again(void **state)
{
    (void)state;
    static const char *const bad[] = { "leads|24|30|", "spend|125|100|", "new leads|8|10|", "fair26_problem_1|1||",
                                       NULL };
    static const char *const good[] = { "leads|25|30|", "spend|124|100|", "new leads|9|10|", "fair26_problem_1|0||",
                                        NULL };
    static const char *const little[] = { "tea|44|90", NULL }, *const enough[] = { "tea|45|90", NULL };
    campaign_review_report report;
    look_back(&report, "d618");
    assert_int_equal(campaign_table_n_rows(report.playbook), 5);
    char *playbook = extend(&report, NULL);
    campaign_table *risks = judge(playbook, bad, little, "en");
    assert_int_equal(campaign_table_n_rows(risks), 5);
    assert_holds(risks, "fair26/problem/1", "set up a support group; watch the stand", "Wu");
    assert_holds(risks, "fair26/problem/2", "确认物流，提前5天", "supply chain");
    assert_holds(risks, "fair26/problem/3", "确认物流，提前5天", "李"); /* leads, at exactly 80 % */
    assert_holds(risks, "fair26/problem/4", "Find the cause and act: it has happened before.", "campaign lead");
    const int64_t again = row_with(risks, "entry", "fair26/problem/1");
    assert_string_equal(cell(risks, "name", again), "materials 2 days late");
    assert_string_equal(cell(risks, "numbers", again), "materials 2 days late 1 ≥ 1");
    assert_string_equal(cell(risks, "due_at", again), "2027-05-14T00:00:00"); /* three working days after the 10th */
    campaign_table_free(risks);
    risks = judge(playbook, good, enough, "zh");
    assert_int_equal(campaign_table_n_rows(risks), 0);
    campaign_table_free(risks);
    campaign_text_free(playbook);
    campaign_review_report_clear(&report);
}

/* Added to the built-in playbook, whose entries and roles stay; owners that it knows by name are its roles. */
static void test_a_playbook_is_extended(void **state)
{
    (void)state;
    static const char *const bad[] = { "leads|24|30|", "complaints_open|2||", NULL };
    campaign_review_report report;
    campaign_error error = { 0 };
    char *built_in = NULL;
    assert_ok(campaign_plan_playbook(&built_in, NULL, NULL, &error), error);
    look_back(&report, "d618");
    char *once = extend(&report, built_in), *twice = extend(&report, once);
    assert_string_equal(once, twice);
    assert_non_null(strstr(once, "\"owner\": \"supply\",\n      \"within\": \"3 working days\""));
    campaign_table *risks = judge(once, bad, NULL, "zh");
    assert_true(row_with(risks, "entry", "complaint") >= 0);
    assert_holds(risks, "fair26/problem/3", "确认物流，提前5天", "李");
    campaign_table_free(risks);
    campaign_text_free(once);
    campaign_text_free(twice);
    campaign_text_free(built_in);
    campaign_review_report_clear(&report);
}

/* A class whose conversion was low: the state has it by subject, the target of the whole is enough. */
static void test_a_class_holds_by_subject(void **state)
{
    (void)state;
    static const char *const classes[] = { "S|10|7", "B|16|9", "C|10|2", NULL };
    static const char *const low[] = { "conversion|40|50|C", "conversion|30|50|S", NULL };
    campaign_review_inputs inputs = CAMPAIGN_REVIEW_INPUTS_INIT;
    campaign_review_report report = CAMPAIGN_REVIEW_REPORT_INIT;
    campaign_error error = { 0 };
    static const char *const fine[] = { "sales|1|1", NULL };
    campaign_table *first = make_table(METRICS, fine),
                   *second = make_table("class:utf8|leads:int64|orders:int64", classes);
    inputs.metrics = first;
    inputs.segments = second;
    assert_ok(campaign_plan_review(&report, &inputs, NULL, NULL, &error), error);
    assert_string_equal(cell(report.playbook, "when", 0), "subject = 'C' and conversion <= conversion.target * 80%");
    char *playbook = extend(&report, NULL);
    campaign_table *risks = judge(playbook, low, NULL, "en");
    assert_int_equal(campaign_table_n_rows(risks), 1);
    assert_string_equal(cell(risks, "subject", 0), "C");
    campaign_table_free(risks);
    campaign_text_free(playbook);
    campaign_review_report_clear(&report);
    campaign_table_free(first);
    campaign_table_free(second);
}

/* ---- What is refused ---- */

static void assert_condition_refused(const char *finding, campaign_status code, const char *word)
{
    const char *const rows[] = { "problem|fine||||", finding, NULL };
    campaign_review_inputs inputs = CAMPAIGN_REVIEW_INPUTS_INIT;
    campaign_review_report report = CAMPAIGN_REVIEW_REPORT_INIT;
    campaign_error error = { 0 };
    campaign_table *first = make_table(METRICS, metrics), *second = make_table(FINDINGS, rows);
    inputs.metrics = first;
    inputs.findings = second;
    const campaign_status status = campaign_plan_review(&report, &inputs, NULL, NULL, &error);
    if (status != code || error.row != 1 || strcmp(error.where, "findings.when") != 0 || !strstr(error.message, word))
        fail_msg("%s: %s, row %ld, %s: %s", finding, campaign_status_name(status), (long)error.row, error.where,
                 error.message);
    assert_null(report.review);
    campaign_table_free(first);
    campaign_table_free(second);
}

static void test_conditions_that_cannot_be_are_refused(void **state)
{
    (void)state;
    assert_condition_refused("problem|x|||||stock.onhand < 3", CAMPAIGN_E_UNKNOWN, "did you mean \"stock.on_hand\"");
    assert_condition_refused("problem|x|||||leads <", CAMPAIGN_E_SYNTAX, "");
    assert_condition_refused("problem|x|||||leads + 1", CAMPAIGN_E_SYNTAX, "not a condition");
    assert_condition_refused("measure|x|||||leads < 1", CAMPAIGN_E_VALUE, "problems alone");
}

static void test_requests_that_cannot_take_lessons_are_refused(void **state)
{
    (void)state;
    static const char *const twice[] = { "a/1|x", "a 1|y", NULL }, *const nameless[] = { "a/1|", NULL };
    campaign_review_report report;
    campaign_error error = { 0 };
    char *json = (char *)1;
    look_back(&report, "d618");
    assert_int_equal(campaign_plan_add_lessons(&json, NULL, report.tasks, "{\"schema\": \"x\"}", 15, &error),
                     CAMPAIGN_E_VALUE);
    assert_null(json);
    assert_int_equal(campaign_plan_add_lessons(&json, NULL, report.tasks, "[]", 2, &error), CAMPAIGN_E_VALUE);
    assert_int_equal(campaign_plan_add_lessons(&json, NULL, report.tasks, "{", 1, &error), CAMPAIGN_E_SYNTAX);
    assert_int_equal(campaign_plan_add_lessons(&json, NULL, report.metrics, PLAN "}", strlen(PLAN "}"), &error),
                     CAMPAIGN_E_COLUMN);
    assert_int_equal(campaign_plan_add_lessons(&json, NULL, NULL, PLAN "}", 1, &error), CAMPAIGN_E_ARGUMENT);
    campaign_table *tasks = make_table("task:utf8|name:utf8", twice);
    assert_int_equal(campaign_plan_add_lessons(&json, NULL, tasks, PLAN "}", strlen(PLAN "}"), &error),
                     CAMPAIGN_E_DUPLICATE);
    assert_int_equal(error.row, 1);
    campaign_table_free(tasks);
    tasks = make_table("task:utf8|name:utf8", nameless);
    assert_int_equal(campaign_plan_add_lessons(&json, NULL, tasks, PLAN "}", strlen(PLAN "}"), &error),
                     CAMPAIGN_E_MISSING);
    assert_string_equal(error.where, "tasks.name");
    campaign_table_free(tasks);
    assert_int_equal(campaign_plan_extend_playbook(&json, NULL, report.playbook, NULL, "{}", 2, &error),
                     CAMPAIGN_E_MISSING);
    assert_null(json);
    assert_int_equal(campaign_plan_extend_playbook(&json, NULL, report.playbook, NULL, NULL, 0, &error),
                     CAMPAIGN_E_UNKNOWN); /* leads, which the metrics would declare */
    campaign_review_report_clear(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_next_plan_holds_the_measures_with_dates_and_owners),
        cmocka_unit_test(test_measures_for_all_campaigns),
        cmocka_unit_test(test_lessons_are_added_once),
        cmocka_unit_test(test_a_rapid_response_holds_the_measures),
        cmocka_unit_test(test_problems_hold_when_they_happen_again),
        cmocka_unit_test(test_a_playbook_is_extended),
        cmocka_unit_test(test_a_class_holds_by_subject),
        cmocka_unit_test(test_conditions_that_cannot_be_are_refused),
        cmocka_unit_test(test_requests_that_cannot_take_lessons_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
