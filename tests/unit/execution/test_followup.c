/* Follow-ups: corrections, findings, order of rows. Dates are worked out by hand: 2026-11-09 is a
 * Monday, and November 2026 has no holidays. */
#include "follow_cases.h"

static void test_the_last_of_a_chain_of_corrections_stands(void **state)
{
    (void)state;
    static const char *const rows[] = { "1||A|2026-11-02|Li|||call|2026-11-20|open|", "2||B|2026-11-02|Li|||x||done|",
                                        "3|1|A|2026-11-02|Li|||mail|2026-11-21|open|",
                                        "4|3|A|2026-11-02|Li|||visit|2026-11-22|open|", NULL };
    static const char *const columns[] = { "record", "first_record", "n_versions", "row", "next_action", NULL };
    campaign_followups_report report;
    follow_up(&report, rows, "2026-11-09", NULL);
    assert_string_equal(list(report.current, columns), "2 2 1 1 x; 4 1 3 3 visit");
    assert_int_equal(report.n_current, 2);
    assert_int_equal(report.n_corrections, 2);
    assert_int_equal(report.n_problems, 0);
    campaign_followups_report_clear(&report);
}

/* Nothing is dropped: what cannot be followed stands beside what it would have replaced. */
static void test_corrections_that_cannot_be_followed_are_told(void **state)
{
    (void)state;
    static const char *const rows[] = { "1||A|2026-11-02|Li||||||",   /* row 0 */
                                        "2|99|A|2026-11-02|Li||||||", /* 1: no record 99 */
                                        "3|1|B|2026-11-02|Li||||||",  /* 2: of another customer */
                                        "4|5|A|2026-11-02|Li||||||",  /* 3: a circle 4 → 5 → 4 */
                                        "5|4|A|2026-11-02|Li||||||",  /* 4 */
                                        "6|1|A|2026-11-02|Li||||||",  /* 5: 6 and 7 correct 1 */
                                        "7|1|A|2026-11-02|Li||||||",  /* 6 */
                                        "8|8|A|2026-11-02|Li||||||",  /* 7: itself */
                                        "1||C|2026-11-02|Li||||||",   /* 8: the id of row 0 */
                                        "9|||2026-11-02|Li||||||",    /* 9: no customer */
                                        "||A|2026-11-02|Li||||||",    /* 10: no record */
                                        "10||A||Li||||||",            /* 11: no time */
                                        "11||A|2026-11-02|||||||",    /* 12: no rep */
                                        "12||A|2026-11-02|Li|perhaps|||||",
                                        NULL };
    static const char *const columns[] = { "kind", "row", "record", "other", NULL };
    static const char *const records[] = { "record", "n_versions", NULL };
    campaign_followups_report report;
    follow_up(&report, rows, "2026-11-09", NULL);
    assert_string_equal(list(report.problems, columns),
                        "missing_target 1 2 99; changed_customer 2 3 1; cycle 3 4 5; corrected_twice 5 6 7; "
                        "cycle 7 8 8; duplicate 8 1 1; no_customer 9 9 ; no_record 10  ; no_time 11 10 ; "
                        "no_rep 12 11 ; unknown_word 13 12 ");
    assert_string_equal(list(report.current, records), "1 1; 2 1; 3 1; 5 2; 7 3; 8 1; 12 1");
    assert_string_equal(cell(report.problems, "text", 3),
                        "Row 5 corrects a record that record 7 corrects as well; the higher id stands.");
    campaign_followups_report_clear(&report);
}

static void test_ids_may_be_of_any_size(void **state)
{
    (void)state;
    static const char *const rows[] = { "9223372036854775807||A|2026-11-02|Li||||||",
                                        "-9223372036854775808||B|2026-11-02|Li||||||",
                                        "5|9223372036854775807|A|2026-11-02|Li||||||",
                                        "6|-9223372036854775808|B|2026-11-02|Li||||||", NULL };
    static const char *const columns[] = { "record", "first_record", NULL };
    campaign_followups_report report;
    follow_up(&report, rows, "2026-11-09", NULL);
    assert_string_equal(list(report.current, columns), "5 9223372036854775807; 6 -9223372036854775808");
    assert_int_equal(report.n_problems, 0);
    campaign_followups_report_clear(&report);
}

static void test_an_action_is_open_as_its_status_says(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "1||A|2026-11-02|Li|||call|2026-11-05|open|",  "2||A|2026-11-06|Li|||visit|2026-11-20|open|",
        "3||B|2026-11-02|Li|||call|2026-11-05||",      "4||B|2026-11-06|Li|||visit|2026-11-08||",
        "5||C|2026-11-02|Li|||call|2026-11-05|done|",  "6||D|2026-11-02|Li|||call|2026-11-09|open|",
        "7||E|2026-11-02|Li|||call|2026-11-04|doing|", NULL
    };
    campaign_followups_report report;
    follow_up(&report, rows, "2026-11-09", NULL);
    /* 1 says open although 2 came later; 3 says nothing, so 4 closes it; 5 is done; 6 is due on the day itself. */
    assert_string_equal(found(&report, "overdue"), "E|Li||7|2026-11-04|5; A|Li||1|2026-11-05|4; B|Li||4|2026-11-08|1");
    assert_string_equal(cell(report.counts, "n", 0), "3");
    campaign_followups_report_clear(&report);
}

static void test_no_customer_is_forgotten_and_none_contacted_twice(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "1||A|2026-11-02|Li|||x|2026-12-01|open|", "2||A|2026-11-06|Wu|||x|2026-12-01|open|",
        "3||B|2026-10-01|Li|||x|2026-12-01|open|", "4||B|2026-11-06|Wu|||x|2026-12-01|open|",
        "5||C|2026-11-06|Wu|||x|2026-12-01|open|", NULL
    };
    static const char *const contacts[] = { "C|Li|2026-11-05", "D|Li|2026-11-05", "E|Li|2026-11-09",
                                            "F|Zh|",           "D|Wu|2026-11-07", NULL };
    static const char *const customers[] = { "A", "D", "E", "G", "G", NULL };
    campaign_followups_inputs others = CAMPAIGN_FOLLOWUPS_INPUTS_INIT;
    campaign_table *plan = make_table("customer:utf8|rep:utf8|date:date", contacts);
    campaign_table *all = make_table("customer:utf8", customers);
    campaign_followups_report report;
    others.contacts = plan;
    others.customers = all;
    follow_up(&report, rows, "2026-11-09", &others);
    assert_string_equal(found(&report, "two_reps"), "A|Wu|Li|2|2026-11-06|4"); /* B: 36 days apart */
    assert_string_equal(found(&report, "other_rep"), "C|Wu|Li|5|2026-11-06|");
    assert_string_equal(found(&report, "not_contacted"), "F|Zh||||; D|Li|||2026-11-05|4");
    assert_string_equal(found(&report, "forgotten"), "G|||||");
    /* Wu and Li recorded on Friday 6 and Monday 2: 0 and 4 working days since; Zh never. */
    assert_string_equal(found(&report, "silent_rep"), "|Zh||||; |Li|||2026-11-02|4");
    campaign_followups_report_clear(&report);
    campaign_table_free(plan);
    campaign_table_free(all);
}

static void test_objections_are_counted_by_kind(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "1||A|2026-11-02|Li|objection|price|x||done|",    "2||A|2026-11-03|Li|objection|price|x||done|",
        "3||B|2026-11-04|Li|objection|delivery|x||done|", "4||C|2026-11-05|Li|有异议|price|x||done|",
        "5||C|2026-11-05|Li|objection||x||done|",         "6||C|2026-11-05|Li|interest|price|x||done|",
        "7|3|B|2026-11-04|Li|objection|price|x||done|",   "8||D|2026-11-05|Li|objection|~|x||done|",
        "9||D|2026-11-06|Li|objection| |x||done|",        NULL
    };
    static const char *const columns[] = { "objection", "n", "share_ppm", "customers", "latest", NULL };
    campaign_followups_report report;
    follow_up(&report, rows, "2026-11-09", NULL);
    assert_string_equal(list(report.objections, columns), "price 4 571429 3 2026-11-05;  3 428571 2 2026-11-06");
    campaign_followups_report_clear(&report);
}

static void test_rows_after_the_day_are_left_out(void **state)
{
    (void)state;
    static const char *const rows[] = { "1||A|2026-11-02|Li|||x|2026-11-03|open|", "2|1|A|2026-11-10|Li|||x||done|",
                                        NULL };
    campaign_followups_report report;
    follow_up(&report, rows, "2026-11-09", NULL);
    assert_int_equal(report.n_rows, 1);
    assert_string_equal(found(&report, "overdue"), "A|Li||1|2026-11-03|6");
    assert_string_equal(cell(report.notes, "code", 0), "later");
    campaign_followups_report_clear(&report);
    follow_up(&report, rows, "2026-11-10", NULL);
    assert_string_equal(found(&report, "overdue"), "");
    campaign_followups_report_clear(&report);
}

/* Who stands only in rows after the day is not known yet. */
static void test_later_rows_name_nobody(void **state)
{
    (void)state;
    static const char *const rows[] = { "1||A|2026-11-02|Li|||x|2026-12-01|open|", "2||B|2026-11-20|Wu|||x||open|",
                                        NULL };
    static const char *const customers[] = { "A", NULL }, *const reps[] = { "rep", NULL };
    campaign_followups_inputs others = CAMPAIGN_FOLLOWUPS_INPUTS_INIT;
    campaign_followups_report report;
    campaign_table *all = make_table("customer:utf8", customers);
    others.customers = all;
    follow_up(&report, rows, "2026-11-03", &others);
    assert_string_equal(found(&report, "forgotten"), "");
    assert_string_equal(found(&report, "silent_rep"), "");
    assert_string_equal(list(report.reps, reps), "Li");
    assert_string_equal(cell(report.notes, "text", 0), "1 row lies after the day that is judged on and is left out.");
    campaign_followups_report_clear(&report);
    campaign_table_free(all);
}

/* Two planned contacts of one customer: either rep is right. */
static void test_each_planned_rep_may_contact(void **state)
{
    (void)state;
    static const char *const rows[] = { "1||B|2026-11-04|Wu|||x|2026-12-01|open|",
                                        "2||C|2026-11-04|Wu|||x|2026-12-01|open|",
                                        "3||D|2026-11-04|Zh|||x|2026-12-01|open|", NULL };
    static const char *const contacts[] = { "B|Li|2026-11-02",
                                            "B|Wu|2026-11-04",
                                            "C|Li|2026-11-02",
                                            "C||2026-11-03",
                                            "D|Li|2026-11-02",
                                            "D|Wu|2026-11-03",
                                            NULL };
    campaign_followups_inputs others = CAMPAIGN_FOLLOWUPS_INPUTS_INIT;
    campaign_followups_report report;
    campaign_table *plan = make_table("customer:utf8|rep:utf8|date:date", contacts);
    others.contacts = plan;
    follow_up(&report, rows, "2026-11-05", &others);
    assert_string_equal(found(&report, "other_rep"), "D|Zh|Li|3|2026-11-04|");
    campaign_followups_report_clear(&report);
    campaign_table_free(plan);
}

static void test_no_rows_give_empty_tables(void **state)
{
    (void)state;
    static const char *const rows[] = { NULL };
    campaign_followups_report report;
    follow_up(&report, rows, "2026-11-09", NULL);
    assert_int_equal(report.n_checks, 0);
    assert_int_equal(campaign_table_n_rows(report.current), 0);
    assert_int_equal(campaign_table_n_rows(report.counts), 8);
    campaign_followups_report_clear(&report);
}

/* ---- Order and threads ------------------------------------------------------------------------------------------- */

static const char *all_tables(const campaign_followups_report *report)
{
    static const char *const current[] = { "record", "first_record", "n_versions", "customer", NULL };
    static const char *const checks[] = { "text", NULL };
    static _Thread_local char text[20000];
    size_t length = (size_t)snprintf(text, sizeof text, "%s\n", list(report->current, current));
    const campaign_table *const tables[] = { report->checks, report->daily, report->blocked };
    for (int i = 0; i < 3; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "%s\n", list(tables[i], checks));
    return text;
}

static void test_order_of_rows_and_threads_change_nothing(void **state)
{
    (void)state;
    enum { N = 40 };
    static char texts[N][128];
    static const char *rows[N + 1];
    char forward[20000];
    for (int i = 0; i < N; i++) {
        static const char *const statuses[] = { "open", "done", "blocked", "" };
        (void)snprintf(texts[i], sizeof texts[i], "%d|%.0d|C%d|2026-11-%02d|R%d|%s|price|go|2026-11-%02d|%s|b", i + 1,
                       i > 30 ? i - 6 : 0, i % 7, 1 + i % 9, i % 3, i % 2 ? "objection" : "interest", 3 + i % 8,
                       statuses[i % 4]);
        rows[i] = texts[i];
    }
    for (int step = 1; step >= -1; step -= 2) {
        campaign_followups_inputs inputs = CAMPAIGN_FOLLOWUPS_INPUTS_INIT;
        campaign_followups_report report = CAMPAIGN_FOLLOWUPS_REPORT_INIT;
        campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
        campaign_error error = { 0 };
        campaign_table *table = table_of_rows(FORM3, rows, step);
        inputs.followups = table;
        runtime.n_threads = step > 0 ? 1 : 8;
        assert_ok(campaign_plan_followups(&report, &inputs, NULL, &runtime, &error), error);
        if (step > 0)
            (void)snprintf(forward, sizeof forward, "%s", all_tables(&report));
        else
            assert_string_equal(all_tables(&report), forward);
        campaign_followups_report_clear(&report);
        campaign_table_free(table);
    }
}

static void test_bad_calls_are_refused(void **state)
{
    (void)state;
    static const char *const rows[] = { "1||A|2026-11-02|Li||||||", NULL };
    campaign_followups_inputs inputs = CAMPAIGN_FOLLOWUPS_INPUTS_INIT;
    campaign_followups_options options = CAMPAIGN_FOLLOWUPS_OPTIONS_INIT;
    campaign_followups_report report = CAMPAIGN_FOLLOWUPS_REPORT_INIT;
    campaign_error error = { 0 };
    campaign_table *followups = make_table(FORM3, rows);
    static const char *const integers[] = { "7", NULL };
    campaign_table *others = make_table("customer:int64", integers);
    assert_int_equal(campaign_plan_followups(&report, &inputs, NULL, NULL, &error), CAMPAIGN_E_ARGUMENT);
    inputs.followups = followups;
    options.n_daily = -1;
    assert_int_equal(campaign_plan_followups(&report, &inputs, &options, NULL, &error), CAMPAIGN_E_VALUE);
    assert_string_equal(error.where, "options.n_daily");
    options.n_daily = 0;
    options.language = "fr";
    assert_int_equal(campaign_plan_followups(&report, &inputs, &options, NULL, &error), CAMPAIGN_E_UNKNOWN);
    inputs.customers = others;
    assert_int_equal(campaign_plan_followups(&report, &inputs, NULL, NULL, &error), CAMPAIGN_E_COLUMN);
    assert_string_equal(error.where, "customers.customer");
    assert_null(report.current);
    campaign_table_free(followups);
    campaign_table_free(others);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_last_of_a_chain_of_corrections_stands),
        cmocka_unit_test(test_corrections_that_cannot_be_followed_are_told),
        cmocka_unit_test(test_ids_may_be_of_any_size),
        cmocka_unit_test(test_an_action_is_open_as_its_status_says),
        cmocka_unit_test(test_no_customer_is_forgotten_and_none_contacted_twice),
        cmocka_unit_test(test_each_planned_rep_may_contact),
        cmocka_unit_test(test_objections_are_counted_by_kind),
        cmocka_unit_test(test_rows_after_the_day_are_left_out),
        cmocka_unit_test(test_later_rows_name_nobody),
        cmocka_unit_test(test_no_rows_give_empty_tables),
        cmocka_unit_test(test_order_of_rows_and_threads_change_nothing),
        cmocka_unit_test(test_bad_calls_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
