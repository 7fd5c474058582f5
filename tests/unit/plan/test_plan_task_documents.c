/* Tasks: requests that change them, documents that keep them. */
#include "tasks_cases.h"

#define ELEVEN_OWN                                                                                                     \
    HEAD "\"year\":2026,\"target\":{\"amount\":365},\"split\":[],\"campaigns\":{\"tiers\":[],\"forced\":[\"d1111\"],"  \
         "\"deadlines\":[{\"id\":\"own\",\"working_days\":3}]}"

/* ---- Requests ---- */

static void test_templates_of_the_request_win_field_by_field(void **state)
{
    (void)state;
    campaign_plan *plan = make_plan(
        ELEVEN ",\"tasks\":{\"owners\":{\"tech\":\"李工\"},\"templates\":["
               "{\"id\":\"materials\",\"duration\":3},{\"id\":\"site_crowd\",\"used\":false},"
               "{\"id\":\"rehearsal\",\"name\":\"彩排\",\"role\":\"sales\",\"offset\":1,\"after\":\"training SS+1\"},"
               "{\"id\":\"rehearsal\",\"duration\":2},{\"id\":\"survey\",\"types\":[\"care\"],\"used\":false}]}}",
        NULL);
    campaign_table *tasks = take_table(plan, "tasks");
    assert_task(tasks, "d1111/materials", "duration", "3");
    assert_task(tasks, "d1111/materials", "source", "request");
    assert_task(tasks, "d1111/materials", "finish", "2026-11-04"); /* T-5, as built in */
    assert_task(tasks, "d1111/materials", "start", "2026-11-02");
    assert_int_equal(find_row(tasks, "task", "d1111/site_crowd", NULL, NULL), -1);
    assert_true(find_row(tasks, "task", "d1111/survey", NULL, NULL) >= 0);
    assert_task(tasks, "d1111/load_test", "owner", "李工");
    assert_task(tasks, "d1111/materials", "owner", "");
    assert_task(tasks, "d1111/rehearsal", "name", "彩排");
    assert_task(tasks, "d1111/rehearsal", "start", "2026-11-09");
    assert_task(tasks, "d1111/rehearsal", "after", "d1111/training SS+1");
    assert_task(tasks, "d1111/training", "finish", "2026-11-06"); /* T-3 is before what SS+1 would allow */
    campaign_table_free(tasks);
    campaign_plan_free(plan);
    assert_refused(ELEVEN ",\"tasks\":{\"owners\":{\"tecc\":\"x\"}}}", NULL, CAMPAIGN_E_UNKNOWN, "\"tech\"");
    assert_refused(ELEVEN ",\"tasks\":{\"templates\":[{\"id\":\"a\",\"after\":\"a\"}]}}", NULL, CAMPAIGN_E_INFEASIBLE,
                   "circle");
}

static void test_the_deadline_of_a_template_is_known(void **state)
{
    (void)state;
    static const char *const known[] = { "price_lock", "stock_lock", "feedback_after_closing", "own",
                                         "scheme_approval" };
    char request[1024];
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        (void)snprintf(request, sizeof request,
                       ELEVEN_OWN ",\"tasks\":{\"templates\":[{\"id\":\"a\",\"deadline\":\"%s\",\"offset\":2}]}}",
                       known[i]);
        campaign_plan_free(make_plan(request, NULL));
    }
    assert_refused(ELEVEN ",\"tasks\":{\"templates\":[{\"id\":\"a\",\"deadline\":\"price_lok\"}]}}", NULL,
                   CAMPAIGN_E_UNKNOWN, "no campaign has a deadline \"price_lok\"; did you mean \"price_lock\"?");
    assert_refused(ELEVEN ",\"tasks\":{\"templates\":[{\"id\":\"a\",\"deadline\":\"own\"}]}}", NULL, CAMPAIGN_E_UNKNOWN,
                   "no campaign has a deadline \"own\"");
}

/* a to d are chained back from the eve of Wednesday 2026-11-11 by every kind of link: d is due on Monday the 9th (T-2), two
 * days long, so it starts on Friday the 6th. c FF-1: c may finish on Tuesday the 10th, its own due date T-1 is the same. b
 * SS+2: b starts two working days before d, on Wednesday the 4th. a +3d: a finishes four days before b, on Saturday 10-31,
 * in working days on Friday 10-30. */
static void test_every_kind_of_link_is_kept(void **state)
{
    (void)state;
    campaign_plan *plan =
        make_plan(ELEVEN ",\"tasks\":{\"usual\":false,\"templates\":[{\"id\":\"a\"},{\"id\":\"b\",\"after\":\"a +3d\","
                         "\"duration\":1},{\"id\":\"c\",\"offset\":1},"
                         "{\"id\":\"d\",\"duration\":2,\"offset\":2,\"after\":\"b SS+2；c FF-1\"}]}}",
                  NULL);
    campaign_table *tasks = take_table(plan, "tasks");
    assert_task(tasks, "d1111/d", "start", "2026-11-06");
    assert_task(tasks, "d1111/c", "finish", "2026-11-10");
    assert_task(tasks, "d1111/b", "start", "2026-11-04");
    assert_task(tasks, "d1111/a", "finish", "2026-10-30");
    assert_task(tasks, "d1111/a", "bound_by", "d1111/b");
    assert_task(tasks, "d1111/a", "earliest", "2026-10-30");
    assert_task(tasks, "d1111/d", "earliest", "");
    /* Without templates of their own, the eight deadlines of the campaign get a task each. */
    assert_task(tasks, "d1111/price_lock", "start", "2026-11-06");
    assert_int_equal(campaign_table_n_rows(tasks), 4 + 8);
    campaign_table_free(tasks);
    campaign_plan_free(plan);
}

static void test_deadlines_of_the_request_have_tasks(void **state)
{
    (void)state;
    campaign_plan *plan =
        make_plan(HEAD "\"year\":2026,\"target\":{\"amount\":365},\"split\":[],\"campaigns\":{\"tiers\":[],\"forced\":["
                       "\"d1111\"],\"types\":{\"d1111\":\"burst\"},\"deadlines\":[{\"id\":\"tax_ruling\",\"name\":"
                       "\"Tax ruling\",\"working_days\":40},{\"id\":\"price_lock\",\"working_days\":7}]}}",
                  NULL);
    campaign_table *tasks = take_table(plan, "tasks"), *deadlines = take_table(plan, "deadlines");
    assert_task(tasks, "d1111/tax_ruling", "name", "Tax ruling");
    for (int64_t row = 0; row < 2; row++) {
        const int64_t task = find_row(tasks, "task", row == 0 ? "d1111/tax_ruling" : "d1111/price_lock", NULL, NULL);
        assert_int_equal(number_at(tasks, "due", task), number_at(deadlines, "date", row));
        assert_int_equal(number_at(tasks, "finish", task), number_at(deadlines, "date", row));
    }
    campaign_table_free(deadlines);
    campaign_table_free(tasks);
    campaign_plan_free(plan);
}

static void test_notes_tell_tasks_that_are_too_early_or_late(void **state)
{
    (void)state;
    campaign_plan *plan = make_plan(ELEVEN ",\"tasks\":{\"as_of\":\"2026-10-20\"}}", NULL);
    campaign_table *notes = take_table(plan, "notes");
    const int64_t row = find_row(notes, "code", "tasks_in_past", NULL, NULL);
    assert_true(cell_is(notes, "subject", row, "d1111") && cell_is(notes, "other", row, "supply_lock"));
    char text[256];
    (void)campaign_table_format(text, sizeof text, notes, campaign_table_find(notes, "text"), row);
    assert_non_null(
        strstr(text, " task(s) of d1111 would have to start before 2026-10-20, supply_lock first, on 2026-08-"));
    campaign_table *tasks = take_table(plan, "tasks");
    int64_t n = 0;
    for (int64_t i = 0; i < campaign_table_n_rows(tasks); i++)
        n += number_at(tasks, "start", i) < cpn_day_from_civil(2026, 10, 20);
    assert_int_equal(number_at(notes, "n", row), n);
    campaign_table_free(tasks);
    campaign_table_free(notes);
    campaign_plan_free(plan);
    plan = make_plan(ELEVEN "}", NULL);
    assert_false(has_note(plan, "tasks_in_past") || has_note(plan, "tasks_before_plan") || has_note(plan, "task_late"));
    campaign_plan_free(plan);
    plan = make_plan(ALL_TYPES "}}", NULL);
    assert_true(has_note(plan, "tasks_before_plan"));
    campaign_plan_free(plan);
    /* Ten days of feedback leave no day for the report within three working days. */
    plan = make_plan(ELEVEN ",\"tasks\":{\"templates\":[{\"id\":\"feedback\",\"duration\":240}]}}", NULL);
    assert_true(has_note(plan, "task_late"));
    campaign_plan_free(plan);
}

/* ---- Documents ---- */

/* Cuts the table out of a document. */
static char *without_tasks(const char *json)
{
    char *copy = strdup(json), *at = strstr(copy, ",\n  \"tasks\": {");
    assert_non_null(at);
    (void)snprintf(at, 4, "\n}\n");
    return copy;
}

static void test_documents_keep_tasks_and_older_ones_have_none(void **state)
{
    (void)state;
    campaign_error error;
    campaign_plan *plan = make_plan(ALL_TYPES "}}", NULL), *again, *older;
    char *json = save_plan(plan), *old = without_tasks(json);
    assert_ok(campaign_plan_load(&again, json, strlen(json), &error), error);
    char *second = save_plan(again);
    assert_string_equal(json, second);
    assert_ok(campaign_plan_load(&older, old, strlen(old), &error), error);
    campaign_table *tasks = take_table(older, "tasks");
    assert_int_equal(campaign_table_n_rows(tasks), 0);
    campaign_table_free(tasks);
    campaign_text_free(second);
    campaign_text_free(json);
    free(old);
    campaign_plan_free(older);
    campaign_plan_free(again);
    campaign_plan_free(plan);
}

/* Replaces the first occurrence by text of the same length and loads. */
static void assert_load_refused(const char *json, const char *from, const char *to, campaign_status code,
                                const char *where)
{
    campaign_error error;
    campaign_plan *plan;
    char *copy = strdup(json), *at = strstr(strstr(copy, "\n  \"tasks\": {"), from);
    assert_non_null(at);
    memcpy(at, to, strlen(to));
    assert_int_equal(strlen(from), strlen(to));
    const campaign_status status = campaign_plan_load(&plan, copy, strlen(copy), &error);
    if (status != code || strcmp(error.where, where) != 0)
        fail_msg("%s: %s at \"%s\": %s", to, campaign_status_name(status), error.where, error.message);
    assert_null(plan);
    free(copy);
}

static void test_loading_checks_tasks(void **state)
{
    (void)state;
    campaign_plan *plan = make_plan(ELEVEN "}", NULL);
    char *json = save_plan(plan);
    assert_load_refused(json, "\"d1111/survey\"", "\"d1111/surveY\"", CAMPAIGN_E_UNKNOWN, "tasks.after");
    assert_load_refused(json, "\"d1111/survey\"", "\"d1111/scheme\"", CAMPAIGN_E_DUPLICATE, "tasks.task");
    assert_load_refused(json, "\"preparation\"", "\"preparatiom\"", CAMPAIGN_E_VALUE, "tasks.phase");
    assert_load_refused(json, "\"working_day\"", "\"workinq_day\"", CAMPAIGN_E_VALUE, "tasks.unit");
    assert_load_refused(json, "\"campaign\": [\"d1111\"", "\"campaign\": [\"d1112\"", CAMPAIGN_E_UNKNOWN,
                        "tasks.campaign");
    assert_load_refused(json, "\"finish\": [\"2026-08-11\"", "\"finish\": [\"2026-08-01\"", CAMPAIGN_E_VALUE,
                        "tasks.finish");
    assert_load_refused(json, "\"finish\": [\"2026-08-11\"", "\"finish\": [\"2026-12-11\"", CAMPAIGN_E_VALUE,
                        "tasks.start");
    campaign_text_free(json);
    campaign_plan_free(plan);
}

static bool says(const campaign_table *records, const char *code, const char *word)
{
    char text[512];
    const int64_t row = find_row(records, "code", code, NULL, NULL);
    if (row < 0) return false;
    (void)campaign_table_format(text, sizeof text, records, campaign_table_find(records, "text"), row);
    return strstr(text, word) != NULL;
}

static void test_explain_says_why_that_date(void **state)
{
    (void)state;
    campaign_error error;
    campaign_table *records;
    campaign_plan *plan = make_plan(ELEVEN "}", NULL);
    assert_ok(campaign_plan_explain(&records, plan, "tasks", "d1111/pages", "en", &error), error);
    assert_true(says(records, "task", "Build pages, coupons and prices in the shop, for d1111, by tech: 2026-10-19"));
    assert_true(says(records, "before_successor", "d1111/page_check"));
    assert_true(says(records, "due_by_deadline", "Its deadline is 2026-10-28")); /* of page_check */
    assert_true(says(records, "deadline", "10 working days before its burst"));
    campaign_table_free(records);
    assert_ok(campaign_plan_explain(&records, plan, "tasks", "d1111/review_report", "zh", &error), error);
    assert_true(says(records, "task", "“Write the review”由运营负责：2026-11-17 至 2026-11-17（1 个工作日）"));
    assert_true(says(records, "after_predecessor", "d1111/feedback"));
    campaign_table_free(records);
    campaign_plan_free(plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_templates_of_the_request_win_field_by_field),
        cmocka_unit_test(test_the_deadline_of_a_template_is_known),
        cmocka_unit_test(test_every_kind_of_link_is_kept),
        cmocka_unit_test(test_deadlines_of_the_request_have_tasks),
        cmocka_unit_test(test_notes_tell_tasks_that_are_too_early_or_late),
        cmocka_unit_test(test_documents_keep_tasks_and_older_ones_have_none),
        cmocka_unit_test(test_loading_checks_tasks),
        cmocka_unit_test(test_explain_says_why_that_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
