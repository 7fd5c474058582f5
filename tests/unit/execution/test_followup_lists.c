/* Follow-ups: the list of the day, what is blocked, how well is recorded. 2026-11-09 is a Monday. */
#include "follow_cases.h"

static void test_the_daily_list_is_ordered_and_counts_its_rest(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "1||A|2026-11-02|Li|||call|2026-11-05|open|",          "2||B|2026-11-02|Li|||visit|2026-11-03|open|",
        "3||C|2026-11-02|Li|||mail|2026-11-09|open|",          "4||D|2026-11-02|Li|||wait|2026-11-12|blocked|sample",
        "5||E|2026-11-06|Li|interest||offer|2026-11-12|open|", "6||F|2026-11-05|Li|interest||offer|2026-11-12|open|",
        "7||G|2026-11-06|Wu|none||x|2026-11-12|open|",         NULL
    };
    static const char *const contacts[] = { "H|Li|2026-11-09", "I|Wu|2026-11-10", NULL };
    static const char *const columns[] = { "rep", "place", "kind", "customer", "record", "days", "n", NULL };
    campaign_followups_inputs inputs = CAMPAIGN_FOLLOWUPS_INPUTS_INIT;
    campaign_followups_options options = CAMPAIGN_FOLLOWUPS_OPTIONS_INIT;
    campaign_followups_report report = CAMPAIGN_FOLLOWUPS_REPORT_INIT;
    campaign_error error = { 0 };
    campaign_table *plan = make_table("customer:utf8|rep:utf8|date:date", contacts);
    inputs.contacts = plan;
    follow_up(&report, rows, "2026-11-09", &inputs);
    assert_string_equal(list(report.daily, columns),
                        "Li 1 overdue B 2 6 1; Li 2 overdue A 1 4 1; Li 3 due C 3 0 1; "
                        "Li 4 planned H  0 1; Li 5 blocked D 4 7 1; Li 6 interest E 5 3 1");
    campaign_followups_report_clear(&report);
    campaign_table *followups = make_table(FORM3, rows);
    inputs.followups = followups;
    options.as_of_day = day_of("2026-11-09");
    options.has_as_of = 1;
    options.n_daily = 2;
    options.language = "zh";
    assert_ok(campaign_plan_followups(&report, &inputs, &options, NULL, &error), error);
    assert_string_equal(list(report.daily, columns), "Li 1 overdue B 2 6 1; Li 2 overdue A 1 4 1; Li 3 rest    4");
    assert_string_equal(cell(report.daily, "text", 0), "B：visit（应于 2026-11-03，逾期 6 天）");
    campaign_followups_report_clear(&report);
    campaign_table_free(followups);
    campaign_table_free(plan);
}

/* What is due comes before what is blocked, as the page says; a reason that is not said is left out of the sentence. */
static void test_what_is_blocked_and_due_is_due(void **state)
{
    (void)state;
    static const char *const rows[] = { "1||A|2026-11-02|Li|||call|2026-11-08|blocked|",
                                        "2||B|2026-11-06|Li|||visit|2026-11-09|blocked|price",
                                        "3||C|2026-11-06|Li|||visit|2026-11-10|blocked|price",
                                        "4||D|2026-11-06|Li|||visit||blocked| ", NULL };
    static const char *const columns[] = { "kind", "text", NULL };
    campaign_followups_report report;
    follow_up(&report, rows, "2026-11-09", NULL);
    assert_string_equal(list(report.daily, columns),
                        "overdue A: call (due 2026-11-08, 1 day late); due B: visit (due today); "
                        "blocked C: blocked by price since 2026-11-06; blocked D: blocked since 2026-11-06");
    assert_string_equal(cell(report.blocked, "text", 3),
                        "D (Li) is blocked since 2026-11-06, 1 working day: lead has to act.");
    campaign_followups_report_clear(&report);
}

static void test_what_is_blocked_goes_up_by_working_days(void **state)
{
    (void)state;
    static const char *const rows[] = { "1||A|2026-11-09|Li|||x||blocked|price",
                                        "2||B|2026-11-06|Li|||x||blocked|stock",
                                        "3||C|2026-11-03|Li|||x||blocked|legal",
                                        "4||D|2026-11-03|Wu|||x||blocked|legal",
                                        "5|4|D|2026-11-06|Wu|||x||blocked|legal too",
                                        "6||E|2026-11-03|Wu|||x||blocked|legal",
                                        "7|6|E|2026-11-06|Wu|||x||open|",
                                        NULL };
    static const char *const roles[] = { "Li|Chen|Zhou", NULL };
    static const char *const columns[] = { "record", "since", "days", "level", "to", "next_level", "next_date", NULL };
    campaign_followups_inputs others = CAMPAIGN_FOLLOWUPS_INPUTS_INIT;
    campaign_table *table = make_table("rep:utf8|lead:utf8|manager:utf8", roles);
    campaign_followups_report report;
    others.roles = table;
    follow_up(&report, rows, "2026-11-09", &others);
    /* From Tuesday 3 to before Monday 9: 4 working days; from Friday 6: one. */
    assert_string_equal(list(report.blocked, columns),
                        "3 2026-11-03 4 manager Zhou  ; 5 2026-11-03 4 manager   ; "
                        "2 2026-11-06 1 lead Chen manager 2026-11-11; 1 2026-11-09 0 rep Li lead 2026-11-10");
    campaign_followups_report_clear(&report);
    campaign_table_free(table);
}

/* Blocked on Friday 6 November 2026: it goes up on Monday 9, not on the Saturday before. */
static void test_nothing_goes_up_on_a_day_off(void **state)
{
    (void)state;
    static const char *const rows[] = { "1||A|2026-11-06|Li|||x||blocked|price",
                                        "2||B|2026-11-07|Li|||x||blocked|price", NULL };
    static const char *const columns[] = { "record", "days", "level", "next_date", NULL };
    static const struct {
        const char *day, *expected;
    } cases[] = {
        { "2026-11-07", "1 0 rep 2026-11-09; 2 0 rep 2026-11-10" },
        { "2026-11-08", "1 0 rep 2026-11-09; 2 0 rep 2026-11-10" },
        { "2026-11-09", "1 1 lead 2026-11-11; 2 0 rep 2026-11-10" },
        { "2026-11-10", "1 2 lead 2026-11-11; 2 1 lead 2026-11-12" },
        { "2026-11-11", "1 3 manager ; 2 2 lead 2026-11-12" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        campaign_followups_report report;
        follow_up(&report, rows, cases[i].day, NULL);
        assert_string_equal(list(report.blocked, columns), cases[i].expected);
        campaign_followups_report_clear(&report);
    }
}

static void test_every_working_day_has_a_record_or_is_told(void **state)
{
    (void)state;
    static const char *const rows[] = { "1||A|2026-11-04|Li|none||call|2026-12-01|open|",
                                        "2||B|2026-11-07|Li||||2026-12-01|open|",
                                        "3||C|2026-11-05|Li|objection||call|2026-12-01|open|", NULL };
    static const char *const columns[] = { "date", "is_working", "n_records", "n_complete", "is_recorded", NULL };
    static const char *const sums[] = { "n_records",    "n_complete",   "working_days", "days_recorded",
                                        "recorded_ppm", "complete_ppm", "days_without", NULL };
    campaign_followups_report report;
    follow_up(&report, rows, "2026-11-09", NULL);
    assert_string_equal(list(report.completeness, columns),
                        "2026-11-04 true 1 1 true; 2026-11-05 true 1 0 true; 2026-11-06 true 0 0 false; "
                        "2026-11-07 false 1 0 true");
    assert_string_equal(list(report.reps, sums), "3 1 3 2 666667 333333 0");
    /* 2 lacks feedback and the action, 3 the kind of its objection; nothing is asked of columns that are not there. */
    assert_string_equal(found(&report, "missing_fields"), "B|Li||2|2026-11-07|; C|Li||3|2026-11-05|");
    assert_string_equal(cell(report.checks, "text", campaign_table_n_rows(report.checks) - 2),
                        "Record 2 of B (Li, 2026-11-07) lacks: feedback, next_action.");
    campaign_followups_report_clear(&report);
}

/* A word that nobody knows says nothing; without a status the record is judged by what comes later. */
static void test_an_unknown_word_is_a_missing_field(void **state)
{
    (void)state;
    static const char *const rows[] = { "1||A|2026-11-06|Li|perhaps||x|2026-12-01|open|",
                                        "2||B|2026-11-06|Li|none||x|2026-12-01||",
                                        "3||C|2026-11-06|Li| ||x|2026-12-01|later|", NULL };
    static const char *const columns[] = { "kind", "row", NULL };
    campaign_followups_report report;
    follow_up(&report, rows, "2026-11-09", NULL);
    assert_string_equal(list(report.problems, columns), "unknown_word 0; unknown_word 2");
    assert_string_equal(found(&report, "missing_fields"), "A|Li||1|2026-11-06|; C|Li||3|2026-11-06|");
    campaign_followups_report_clear(&report);
}

static void test_working_days_know_the_spring_festival(void **state)
{
    (void)state;
    /* 2026-02-15 to 23 are off; Saturday 14 is worked: from Friday 13 to Tuesday 24 there is one working day between. */
    static const char *const rows[] = { "1||A|2026-02-13|Li|||x||open|", NULL };
    campaign_followups_report report;
    follow_up(&report, rows, "2026-02-24", NULL);
    assert_string_equal(found(&report, "silent_rep"), "|Li|||2026-02-13|1");
    campaign_followups_report_clear(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_daily_list_is_ordered_and_counts_its_rest),
        cmocka_unit_test(test_what_is_blocked_and_due_is_due),
        cmocka_unit_test(test_what_is_blocked_goes_up_by_working_days),
        cmocka_unit_test(test_nothing_goes_up_on_a_day_off),
        cmocka_unit_test(test_every_working_day_has_a_record_or_is_told),
        cmocka_unit_test(test_an_unknown_word_is_a_missing_field),
        cmocka_unit_test(test_working_days_know_the_spring_festival),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
