/* A plan as a calendar and as a page: lines, ends, ids, escapes. Programs of others read them in tests/python and
 * tests/scenario. */
#include "forms.h"

#include <stdio.h>
#include <unistd.h>

#include "io/file.h"

static char path[64];

static campaign_plan *load_plan(void)
{
    char *text = NULL;
    size_t length = 0;
    campaign_plan *plan = NULL;
    campaign_error error = { 0 };
    assert_ok(cpn_io_read_file(&text, &length, EXAMPLES "/plan.json", &error), error);
    assert_ok(campaign_plan_load(&plan, text, length, &error), error);
    free(text);
    return plan;
}

static campaign_ical_options stamped(void)
{
    campaign_ical_options options = CAMPAIGN_ICAL_OPTIONS_INIT;
    options.has_stamp = 1, options.stamp_seconds = 1795300000; /* 2026-11-21 22:26:40 */
    return options;
}

static char *read_back(void)
{
    char *text = NULL;
    size_t length = 0;
    campaign_error error = { 0 };
    assert_ok(cpn_io_read_file(&text, &length, path, &error), error);
    char *terminated = malloc(length + 1);
    assert_non_null(terminated);
    memcpy(terminated, text, length);
    terminated[length] = '\0';
    free(text);
    (void)remove(path);
    return terminated;
}

/* The calendar's text, or NULL where this build writes none. */
static char *write_calendar(const campaign_ical_options *options)
{
    campaign_plan *plan = load_plan();
    campaign_error error = { 0 };
    (void)snprintf(path, sizeof path, "form_plan_%ld.ics", (long)getpid());
    const campaign_status status = campaign_io_write_ical(path, plan, options, &error);
    campaign_plan_free(plan);
    if (status == CAMPAIGN_E_UNSUPPORTED) {
        print_message("skipped: %s\n", error.message);
        return NULL;
    }
    assert_ok(status, error);
    return read_back();
}

static void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part)) fail_msg("nothing says \"%s\"", part);
}

static void assert_lacks(const char *text, const char *part)
{
    if (strstr(text, part)) fail_msg("something says \"%s\"", part);
}

/* 618: 19 May to 23 June; its feedback ends at 00:00 of a day of China, 16:00 UTC of the day before. */
static void test_days_end_the_day_after_the_last(void **state)
{
    (void)state;
    const campaign_ical_options options = stamped();
    char *text = write_calendar(&options);
    if (!text) return;
    assert_has(text, "UID:plan/campaign/d618@libcampaign\r\n");
    assert_has(text, "DTSTART;VALUE=DATE:20270519\r\nDTEND;VALUE=DATE:20270624\r\n");
    assert_has(text, "DTSTAMP:20261121T222640Z\r\n");
    assert_has(text, "UID:plan/phase/d618/burst@libcampaign\r\n");
    assert_has(text, "RELATED-TO:plan/campaign/d618@libcampaign\r\n");
    assert_has(text, "METHOD:PUBLISH\r\n");
    assert_has(text, "TRIGGER:-PT15H\r\n"); /* nine in the morning of the day before */
    assert_has(text, "SUMMARY:Singles' Day / Double 11\r\n");
    free(text);
}

static void test_options_of_calendars(void **state)
{
    (void)state;
    campaign_ical_options options = stamped();
    options.sequence = 3, options.omits_alarms = 1, options.writes_todos = 1, options.has_as_of = 1;
    options.as_of_day = 20971; /* 2027-06-02 */
    options.plan_id = "p,1;x", options.name = "计划, A\\B";
    char *text = write_calendar(&options);
    if (!text) return;
    assert_has(text, "SEQUENCE:3\r\n");
    assert_lacks(text, "BEGIN:VALARM");
    assert_has(text, "BEGIN:VTODO");
    assert_lacks(text, "nianhuo"); /* over in February */
    assert_has(text, "UID:p\\,1\\;x/campaign/d618@libcampaign\r\n");
    assert_has(text, "NAME:计划\\, A\\\\B\r\nX-WR-CALNAME:计划, A\\\\B\r\n");
    free(text);
}

/* A long name, moved byte by byte over every place of the fold: lines of 75 bytes at most, whole characters, same text. */
static void test_folding_never_cuts_a_character(void **state)
{
    (void)state;
    for (size_t shift = 0; shift < 8; shift++) {
        char name[512] = "", wanted[640];
        for (size_t i = 0; i < shift; i++) (void)strcat(name, "x");
        for (int i = 0; i < 40; i++)
            (void)strcat(name, i % 5 ? "促销活动"
                                     : "\xF0\xA0\xAE\xB7"
                                       "é");
        name[cpn_io_utf8_valid(name, strlen(name))] = '\0';
        campaign_ical_options options = stamped();
        options.name = name;
        char *text = write_calendar(&options);
        if (!text) return;
        size_t n = 0;
        for (char *line = text; *line; line = strstr(line, "\r\n") + 2) {
            const size_t length = (size_t)(strstr(line, "\r\n") - line);
            assert_true(length <= 75);
            assert_int_equal(cpn_io_utf8_valid(line, length), length);
        }
        char *unfolded = text;
        for (const char *c = text; *c; c++) {
            if (strncmp(c, "\r\n ", 3) == 0)
                c += 2;
            else
                unfolded[n++] = *c;
        }
        unfolded[n] = '\0';
        (void)snprintf(wanted, sizeof wanted, "X-WR-CALNAME:%s\r\n", name);
        assert_has(unfolded, wanted);
        free(text);
    }
}

static void test_tasks_are_given_or_the_plans_own(void **state)
{
    (void)state;
    campaign_table *tasks = read_text("task,campaign,name,owner,due,due_at,status\n"
                                      "d618/brief,d618,\"Brief; team, all\",Li,2027-05-10,,open\n"
                                      "d618/lock,d618,Lock,Li,2027-05-12,2027-05-12T18:30,done\n");
    campaign_ical_options options = stamped();
    options.tasks = tasks, options.language = "zh";
    char *text = write_calendar(&options);
    campaign_table_free(tasks);
    if (!text) return;
    assert_has(text, "UID:plan/task/d618/brief@libcampaign\r\n");
    assert_has(text, "SUMMARY:618 mid-year sale：Brief\\; team\\, all\r\n");
    assert_has(text, "DTSTART:20270512T100000Z\r\nDTEND:20270512T103000Z\r\n"); /* 18:00 to 18:30 in China */
    assert_has(text, "负责人：Li");
    free(text);
}

static char *write_tasks(const char *csv)
{
    campaign_table *tasks = read_text(csv);
    campaign_ical_options options = stamped();
    options.tasks = tasks, options.language = "zh";
    char *text = write_calendar(&options);
    campaign_table_free(tasks);
    return text;
}

/* The prices of 618 are locked by 2027-05-26 in the example. */
static void test_a_deadline_with_a_task_stands_once(void **state)
{
    (void)state;
    static const char deadline[] = "UID:plan/deadline/d618/price_lock@libcampaign";
    const campaign_ical_options options = stamped();
    char *text = write_calendar(&options);
    if (!text) return;
    assert_has(text, "UID:plan/task/d618/price_lock@libcampaign");
    assert_lacks(text, "UID:plan/deadline/");
    free(text);
    text = write_tasks("task,role,due,deadline\nlock,tech,2027-05-26,d618/price_lock\n");
    assert_has(text, "UID:plan/task/lock@libcampaign");
    assert_has(text, "岗位：技术");
    assert_lacks(text, deadline);
    assert_has(text, "UID:plan/deadline/d618/page_qa@libcampaign"); /* nobody's task */
    free(text);
    text = write_tasks("task,due,deadline\nlock,2027-05-25,d618/price_lock\n"); /* a task that is due before it */
    assert_has(text, deadline);
    free(text);
    text = write_tasks("task,due,deadline\nlock,2027-05-26,618/price_lock\n");
    assert_has(text, deadline);
    free(text);
}

static void test_calendars_that_are_refused(void **state)
{
    (void)state;
    campaign_plan *plan = load_plan();
    campaign_error error = { 0 };
    campaign_ical_options options = CAMPAIGN_ICAL_OPTIONS_INIT;
    campaign_status status = campaign_io_write_ical("form_none.ics", plan, &options, &error);
    if (status != CAMPAIGN_E_UNSUPPORTED) {
        assert_int_equal(status, CAMPAIGN_E_ARGUMENT);
        assert_non_null(strstr(error.message, "no clock"));
        options = stamped(), options.alarm_days = 1000;
        assert_int_equal(campaign_io_write_ical("form_none.ics", plan, &options, &error), CAMPAIGN_E_ARGUMENT);
        options = stamped(), options.name = "a\nb";
        assert_int_equal(campaign_io_write_ical("form_none.ics", plan, &options, &error), CAMPAIGN_E_ARGUMENT);
        options = stamped(), options.language = "de";
        assert_int_equal(campaign_io_write_ical("form_none.ics", plan, &options, &error), CAMPAIGN_E_UNKNOWN);
    }
    assert_int_not_equal(access("form_none.ics", F_OK), 0);
    campaign_plan_free(plan);
}

static void test_the_page_escapes_and_loads_nothing(void **state)
{
    (void)state;
    campaign_plan *plan = load_plan();
    campaign_error error = { 0 };
    campaign_table *tasks =
        read_text("task,campaign,name,owner,due\nt1,d618,<script>alert('x')</script>,a&b,2027-05-10\n");
    campaign_html_options options = CAMPAIGN_HTML_OPTIONS_INIT;
    options.language = "zh", options.title = "\"标题\"\n<1>", options.tasks = tasks;
    options.money_unit = CAMPAIGN_FORM_MONEY_TEN_THOUSAND;
    (void)snprintf(path, sizeof path, "form_plan_%ld.html", (long)getpid());
    assert_ok(campaign_io_write_html(path, plan, &options, &error), error);
    char *text = read_back();
    assert_has(text, "<title>&quot;标题&quot; &lt;1&gt;</title>");
    assert_has(text, "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
    assert_has(text, "a&amp;b");
    assert_has(text, "1,200.00 万元"); /* the target of 12,000,000.00 yuan */
    assert_has(text, "618 mid-year sale");
    assert_lacks(text, "<script");
    assert_lacks(text, "<br>"); /* <title> holds none */
    assert_lacks(text, "http");
    assert_lacks(text, "url(");
    free(text);
    options.language = "fr";
    assert_int_equal(campaign_io_write_html(path, plan, &options, &error), CAMPAIGN_E_UNKNOWN);
    campaign_table_free(tasks);
    campaign_plan_free(plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days_end_the_day_after_the_last),
        cmocka_unit_test(test_options_of_calendars),
        cmocka_unit_test(test_folding_never_cuts_a_character),
        cmocka_unit_test(test_tasks_are_given_or_the_plans_own),
        cmocka_unit_test(test_a_deadline_with_a_task_stands_once),
        cmocka_unit_test(test_calendars_that_are_refused),
        cmocka_unit_test(test_the_page_escapes_and_loads_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
