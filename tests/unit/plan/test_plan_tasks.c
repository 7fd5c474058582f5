/* Tasks: templates that fit every type, dates that keep deadlines and links. */
#include "tasks_cases.h"

#include <campaign/plan_tasks.h>

#include "plan/tasks/templates.h"

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
    assert_templates_refused(
        "{\"id\":\"a\",\"after\":\"b\"},{\"id\":\"b\",\"after\":\"c\"},{\"id\":\"c\",\"after\":\"a\"}",
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
        const int32_t start = (int32_t)number_at(tasks, "start", row),
                      end = (int32_t)number_at(tasks, "finish", row) + 1;
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
