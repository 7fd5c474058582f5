/* Tasks: templates that fit every type, dates that keep deadlines and links, requests that change them, documents that keep
 * them. */
#include "planning.h"

#include <campaign/plan_tasks.h>

#include "plan/task_templates.h"

#define HEAD "{\"schema\":\"campaign/plan_request/1\",\"currency\":\"CNY\","
#define ALL_TYPES                                                                                                      \
    HEAD "\"year\":2027,\"target\":{\"amount\":365},\"split\":[],\"campaigns\":{\"tiers\":[],\"forced\":["             \
         "\"nianhuo\",\"cny\",\"women\",\"labour\",\"d618\",\"d1111\"],\"phases\":{\"nodes\":{\"nianhuo\":{"           \
         "\"burst_last\":0},\"cny\":{\"burst_first\":0,\"burst_last\":0}}},\"types\":{\"nianhuo\":\"burst\","          \
         "\"cny\":\"node\",\"women\":\"promotion_pull\",\"labour\":\"experience\",\"d618\":\"acquisition\","           \
         "\"d1111\":\"care\"}"
/* plan_scenarios.json, S2: Double 11 of 2026 with a burst of one day. */
#define ELEVEN                                                                                                         \
    HEAD "\"year\":2026,\"target\":{\"amount\":365},\"split\":[],\"campaigns\":{\"tiers\":[],\"forced\":[\"d1111\"],"  \
         "\"types\":{\"d1111\":\"burst\"},\"phases\":{\"preheat\":\"month\",\"nodes\":{\"d1111\":{\"burst_first\":0,"  \
         "\"burst_last\":0}}}}"
#define TEMPLATES "{\"schema\":\"campaign/task_templates/1\",\"templates\":["

/* ---- Templates ---- */

static void test_every_type_has_tasks_of_all_phases_once(void **state)
{
    (void)state;
    campaign_error error;
    for (int32_t type = 0; type < CPN_PLAN_N_TYPES; type++) {
        int32_t n[CPN_TASK_REVIEW + 1] = { 0 }, n_words = 0;
        cpn_task_set set;
        assert_ok(cpn_task_set_read(&set, (cpn_plan_type)type, true, NULL, false, &error), error);
        for (int32_t i = 0; i < set.n; i++) {
            const char *after = set.templates[i].after ? set.templates[i].after : "";
            cpn_task_word word;
            n[set.templates[i].phase]++;
            for (int32_t j = 0; j < i; j++) assert_string_not_equal(set.templates[i].id, set.templates[j].id);
            while (cpn_task_next_word(&word, &after)) n_words++;
        }
        assert_int_equal(set.n_links, n_words); /* all predecessors are tasks of the same type */
        for (int32_t phase = 0; phase <= CPN_TASK_REVIEW; phase++) assert_true(n[phase] > 0);
        assert_true(type == CPN_TYPE_CARE ? set.n <= 20 : set.n >= 30);
        cpn_task_set_free(&set);
    }
}

static void test_templates_are_in_both_languages(void **state)
{
    (void)state;
    for (int32_t i = 0; i < cpn_n_usual_tasks; i++) {
        const cpn_usual_task *task = &cpn_usual_tasks[i];
        assert_true((unsigned char)task->zh[0] >= 0xE3 && (unsigned char)task->gives_zh[0] >= 0x31);
        assert_true((unsigned char)task->en[0] < 0x80 && (unsigned char)task->gives_en[0] < 0x80);
        assert_true(task->source[0] >= 'A' && task->source[2] >= '0' && task->source[2] <= '9');
    }
}

static char *list_text(const char *json)
{
    campaign_error error;
    campaign_table *tasks;
    assert_ok(campaign_plan_task_list(&tasks, json, json ? strlen(json) : 0, "zh", &error), error);
    char *text = calloc(1, 1 << 20), *at = text;
    for (int64_t row = 0; row < campaign_table_n_rows(tasks); row++)
        for (int32_t column = 0; column < campaign_table_n_columns(tasks); column++) {
            at += campaign_table_format(at, 1024, tasks, column, row);
            *at++ = '|';
        }
    campaign_table_free(tasks);
    return text;
}

static void test_the_built_in_document_says_what_is_built_in(void **state)
{
    (void)state;
    campaign_error error;
    char *json;
    size_t length;
    assert_ok(campaign_plan_task_templates(&json, &length, "zh", &error), error);
    assert_int_equal(strlen(json), length);
    char *built_in = list_text(NULL), *read = list_text(json);
    assert_string_equal(built_in, read);
    free(read);
    free(built_in);
    campaign_text_free(json);
    assert_int_equal(campaign_plan_task_templates(&json, NULL, "fr", &error), CAMPAIGN_E_UNKNOWN);
    assert_null(json);
    assert_int_equal(campaign_plan_task_templates(NULL, NULL, "en", &error), CAMPAIGN_E_ARGUMENT);
}

static void assert_templates_refused(const char *templates, campaign_status code, const char *word)
{
    char text[1024];
    campaign_error error;
    campaign_table *tasks;
    (void)snprintf(text, sizeof text, TEMPLATES "%s]}", templates);
    const campaign_status status = campaign_plan_task_list(&tasks, text, strlen(text), NULL, &error);
    if (status != code || !strstr(error.message, word))
        fail_msg("%s: %s at \"%s\": %s", templates, campaign_status_name(status), error.where, error.message);
    assert_null(tasks);
}

static void test_templates_that_cannot_be_are_refused(void **state)
{
    (void)state;
    assert_templates_refused("{\"id\":\"a\",\"after\":\"b\"},{\"id\":\"b\",\"after\":\"c\"},{\"id\":\"c\",\"after\":\"a\"}",
                             CAMPAIGN_E_INFEASIBLE, "b ← c ← a ← b");
    assert_templates_refused("{\"id\":\"a\",\"after\":\"survei\"}", CAMPAIGN_E_UNKNOWN, "\"survey\"");
    assert_templates_refused("{\"id\":\"a\",\"after\":\"survey SX+2\"}", CAMPAIGN_E_SYNTAX, "SX+2");
    assert_templates_refused("{\"id\":\"a\",\"after\":\"review_report\"}", CAMPAIGN_E_INFEASIBLE, "cannot wait");
    assert_templates_refused("{\"id\":\"a\",\"anchor\":\"during\"}", CAMPAIGN_E_INFEASIBLE, "phase");
    assert_templates_refused("{\"id\":\"a\",\"anchor\":\"after_end\"}", CAMPAIGN_E_MISSING, "offset");
    assert_templates_refused("{\"id\":\"a\",\"offset\":2,\"offset_unit\":\"hour\"}", CAMPAIGN_E_INFEASIBLE, "hours");
    assert_templates_refused("{\"id\":\"a b\"}", CAMPAIGN_E_VALUE, "blank");
    assert_templates_refused("{\"id\":\"a\",\"roll\":\"x\"}", CAMPAIGN_E_UNKNOWN, "role");
    assert_templates_refused("{\"id\":\"a\",\"duration\":-1}", CAMPAIGN_E_VALUE, "-1");
}

/* ---- Dates ---- */

static void assert_task(const campaign_table *tasks, const char *task, const char *column, const char *expected)
{
    char text[256];
    const int64_t row = find_row(tasks, "task", task, NULL, NULL);
    if (row < 0) fail_msg("no task %s", task);
    (void)campaign_table_format(text, sizeof text, tasks, campaign_table_find(tasks, column), row);
    if (strcmp(text, expected) != 0) fail_msg("%s.%s is %s, expected %s", task, column, text, expected);
}

/* plan_scenarios.json, S2: T-30 to T-3 in working days, stock three months before, feedback 48 hours after burst and end.
 * The report is due three working days after 2026-11-14, a Saturday: Thursday 11-19, counted from the first working day on
 * or after it as in S3 (end 2026-10-16, review 2026-10-21). */
static void test_dates_of_the_scenario(void **state)
{
    (void)state;
    static const char *const expected[][3] = {
        { "d1111/supply_lock", "due", "2026-08-11" },
        { "d1111/scheme_approval", "finish", "2026-09-23" },
        { "d1111/compliance_review", "finish", "2026-10-08" },
        { "d1111/creative", "finish", "2026-10-14" },
        { "d1111/page_check", "finish", "2026-10-28" },
        { "d1111/load_test", "finish", "2026-11-04" },
        { "d1111/load_test", "start", "2026-11-02" },
        { "d1111/price_lock", "start", "2026-11-06" },
        { "d1111/daily_review", "start", "2026-11-11" },
        { "d1111/daily_review", "finish", "2026-11-11" },
        { "d1111/traffic_watch", "start", "2026-10-11" },
        { "d1111/traffic_watch", "duration", "31" },
        { "d1111/burst_feedback", "due_at", "2026-11-14T00:00" },
        { "d1111/burst_feedback", "finish", "2026-11-13" },
        { "d1111/feedback", "due_at", "2026-11-17T00:00" },
        { "d1111/feedback", "duration", "48" },
        { "d1111/feedback", "unit", "hour" },
        { "d1111/review_report", "start", "2026-11-17" },
        { "d1111/review_report", "due", "2026-11-19" },
        { "d1111/review_report", "after", "d1111/burst_feedback; d1111/feedback" },
        { "d1111/lessons", "due", "2026-11-23" },
    };
    campaign_plan *plan = make_plan(ELEVEN "}", NULL);
    campaign_table *tasks = take_table(plan, "tasks");
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_task(tasks, expected[i][0], expected[i][1], expected[i][2]);
    campaign_table_free(tasks);
    campaign_plan_free(plan);
}

/* Row of the plan's tasks that a list of predecessors names first; the rest is cut. */
static void check_order(const campaign_table *tasks, int64_t row)
{
    char after[512], *name = after;
    (void)campaign_table_format(after, sizeof after, tasks, campaign_table_find(tasks, "after"), row);
    while (*name) {
        char *end = strchr(name, ';'), *next = end ? end + 2 : name + strlen(name);
        if (end) *end = '\0';
        const int64_t before = find_row(tasks, "task", name, NULL, NULL);
        assert_true(number_at(tasks, "finish", before) < number_at(tasks, "start", row));
        name = next;
    }
}

static void test_tasks_keep_links_deadlines_and_working_days(void **state)
{
    (void)state;
    campaign_error error;
    campaign_calendar *calendar;
    assert_ok(campaign_calendar_create(&calendar, NULL, &error), error);
    campaign_plan *plan = make_plan(ALL_TYPES "}}", NULL);
    campaign_table *tasks = take_table(plan, "tasks"), *deadlines = take_table(plan, "deadlines");
    assert_true(campaign_table_n_rows(tasks) > 150);
    for (int64_t row = 0; row < campaign_table_n_rows(tasks); row++) {
        check_order(tasks, row);
        assert_true(number_at(tasks, "start", row) <= number_at(tasks, "finish", row));
        if (!cell_is(tasks, "due", row, ""))
            assert_true(number_at(tasks, "finish", row) <= number_at(tasks, "due", row));
        if (!cell_is(tasks, "unit", row, "working_day")) continue;
        int64_t n;
        const int32_t start = (int32_t)number_at(tasks, "start", row), end = (int32_t)number_at(tasks, "finish", row) + 1;
        assert_ok(campaign_calendar_count_working_days(&n, calendar, start, end, &error), error);
        assert_int_equal(n, number_at(tasks, "duration", row));
    }
    for (int64_t row = 0; row < campaign_table_n_rows(deadlines); row++) {
        char name[128], campaign[64], id[64];
        (void)campaign_table_format(campaign, sizeof campaign, deadlines, 0, row);
        (void)campaign_table_format(id, sizeof id, deadlines, 1, row);
        (void)snprintf(name, sizeof name, "%s/%s", campaign, id);
        const int64_t task = find_row(tasks, "deadline", name, NULL, NULL);
        assert_int_equal(number_at(tasks, "due", task), number_at(deadlines, "date", row));
    }
    campaign_table_free(deadlines);
    campaign_table_free(tasks);
    campaign_plan_free(plan);
    campaign_calendar_free(calendar);
}

/* Types have lists of their own: the off season is light. */
static void test_tasks_follow_the_type(void **state)
{
    (void)state;
    campaign_plan *plan = make_plan(ALL_TYPES "}}", NULL);
    campaign_table *tasks = take_table(plan, "tasks");
    assert_true(find_row(tasks, "task", "nianhuo/team_targets", NULL, NULL) >= 0);
    assert_int_equal(find_row(tasks, "task", "cny/team_targets", NULL, NULL), -1);
    assert_true(find_row(tasks, "task", "labour/system_test", NULL, NULL) >= 0);
    assert_int_equal(find_row(tasks, "task", "labour/load_test", NULL, NULL), -1);
    assert_true(find_row(tasks, "task", "d1111/customer_research", NULL, NULL) >= 0);
    assert_int_equal(find_row(tasks, "task", "d1111/site_crowd", NULL, NULL), -1);
    assert_int_equal(find_row(tasks, "task", "d1111/survey", NULL, NULL), -1);
    campaign_table_free(tasks);
    campaign_plan_free(plan);
}

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
    assert_non_null(strstr(text, " task(s) of d1111 would have to start before 2026-10-20, supply_lock first, on 2026-08-"));
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
        cmocka_unit_test(test_every_type_has_tasks_of_all_phases_once),
        cmocka_unit_test(test_templates_are_in_both_languages),
        cmocka_unit_test(test_the_built_in_document_says_what_is_built_in),
        cmocka_unit_test(test_templates_that_cannot_be_are_refused),
        cmocka_unit_test(test_dates_of_the_scenario),
        cmocka_unit_test(test_tasks_keep_links_deadlines_and_working_days),
        cmocka_unit_test(test_tasks_follow_the_type),
        cmocka_unit_test(test_templates_of_the_request_win_field_by_field),
        cmocka_unit_test(test_every_kind_of_link_is_kept),
        cmocka_unit_test(test_deadlines_of_the_request_have_tasks),
        cmocka_unit_test(test_notes_tell_tasks_that_are_too_early_or_late),
        cmocka_unit_test(test_documents_keep_tasks_and_older_ones_have_none),
        cmocka_unit_test(test_loading_checks_tasks),
        cmocka_unit_test(test_explain_says_why_that_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
