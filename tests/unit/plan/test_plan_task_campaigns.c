/* Tasks for some campaigns only, with an owner of their own, or due on a day of their own. */
#include "tasks_cases.h"

#define TASKS "},\"tasks\":{\"owners\":{\"operations\":\"Wu\"},\"templates\":["

static campaign_table *make_tasks(const char *templates)
{
    char request[4096];
    (void)snprintf(request, sizeof request, ALL_TYPES "%s%s]}}", TASKS, templates);
    campaign_plan *plan = make_plan(request, NULL);
    campaign_table *tasks = take_table(plan, "tasks");
    campaign_plan_free(plan);
    return tasks;
}

static int64_t count_of(const campaign_table *tasks, const char *ending)
{
    char text[256];
    int64_t n = 0;
    for (int64_t row = 0; row < campaign_table_n_rows(tasks); row++) {
        (void)campaign_table_format(text, sizeof text, tasks, 0, row);
        const char *slash = strchr(text, '/');
        n += slash && strcmp(slash + 1, ending) == 0;
    }
    return n;
}

/* The burst of d618 begins on Monday 2027-05-31: five working days before are the 28th, 27th, 26th, 25th and 24th. */
static void test_a_task_of_one_campaign_has_its_owner_and_date(void **state)
{
    (void)state;
    campaign_table *tasks =
        make_tasks("{\"id\":\"logistics\",\"campaigns\":[\"d618\"],\"owner\":\"Li\",\"name\":\"确认物流\","
                   "\"offset\":5,\"source\":\"review\"}");
    assert_int_equal(count_of(tasks, "logistics"), 1);
    assert_task(tasks, "d618/logistics", "owner", "Li");
    assert_task(tasks, "d618/logistics", "role", "operations");
    assert_task(tasks, "d618/logistics", "name", "确认物流");
    assert_task(tasks, "d618/logistics", "due", "2027-05-24");
    assert_task(tasks, "d618/logistics", "source", "review");
    assert_task(tasks, "d618/page_check", "owner", "Wu"); /* of the role */
    campaign_table_free(tasks);
}

static void test_a_day_of_its_own_belongs_to_the_next_burst(void **state)
{
    (void)state;
    campaign_table *tasks = make_tasks("{\"id\":\"group\",\"due\":\"2027-04-01\"},"
                                       "{\"id\":\"guide\",\"due\":\"2027-04-01\",\"campaigns\":[\"d1111\",\"d618\"]}");
    assert_int_equal(count_of(tasks, "group"), 1);
    assert_task(tasks, "labour/group", "due", "2027-04-01");
    assert_task(tasks, "labour/group", "finish", "2027-04-01");
    assert_task(tasks, "labour/group", "reason", "date");
    assert_int_equal(count_of(tasks, "guide"), 1);
    assert_task(tasks, "d618/guide", "due", "2027-04-01");
    campaign_table_free(tasks);
}

/* Later templates of an id change it field by field: an empty list is for all again. */
static void test_campaigns_of_a_template_can_be_taken_back(void **state)
{
    (void)state;
    campaign_table *tasks = make_tasks("{\"id\":\"logistics\",\"campaigns\":[\"d618\"],\"offset\":5},"
                                       "{\"id\":\"logistics\",\"campaigns\":[]}");
    assert_int_equal(count_of(tasks, "logistics"), 6);
    campaign_table_free(tasks);
}

static void assert_template_refused(const char *templates, campaign_status code, const char *word)
{
    char request[4096];
    campaign_plan *plan = NULL;
    campaign_error error = { 0 };
    (void)snprintf(request, sizeof request, ALL_TYPES "%s%s]}}", TASKS, templates);
    const campaign_status status = campaign_plan_create(&plan, request, strlen(request), NULL, NULL, &error);
    assert_null(plan);
    if (status != code || !strstr(error.message, word) || !strstr(error.where, "tasks.templates[0]"))
        fail_msg("%s: %s at \"%s\": %s", templates, campaign_status_name(status), error.where, error.message);
}

static void test_what_no_campaign_can_have_is_refused(void **state)
{
    (void)state;
    assert_template_refused("{\"id\":\"a\",\"offset\":5,\"campaigns\":[\"d168\"]}", CAMPAIGN_E_UNKNOWN,
                            "did you mean \"d618\"");
    assert_template_refused("{\"id\":\"a\",\"due\":\"2027-12-30\"}", CAMPAIGN_E_INFEASIBLE, "after its due date");
    assert_template_refused("{\"id\":\"a\",\"due\":\"2027-07-01\",\"campaigns\":[\"d618\"]}", CAMPAIGN_E_INFEASIBLE,
                            "after its due date");
    assert_template_refused("{\"id\":\"a\",\"due\":\"2027-03-01\",\"anchor\":\"after_end\",\"offset\":3}",
                            CAMPAIGN_E_INFEASIBLE, "before the burst");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_task_of_one_campaign_has_its_owner_and_date),
        cmocka_unit_test(test_a_day_of_its_own_belongs_to_the_next_burst),
        cmocka_unit_test(test_campaigns_of_a_template_can_be_taken_back),
        cmocka_unit_test(test_what_no_campaign_can_have_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
