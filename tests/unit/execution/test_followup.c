/* Follow-ups: corrections, findings, daily lists, escalation, completeness. Dates are worked out by hand: 2026-11-09 is a
 * Monday, and November 2026 has no holidays. */
#include "follow_cases.h"

static const char *const checked[] = { "kind", "customer", "rep", "other_rep", "record", "date", "days", NULL };

/* Findings of one kind as text. */
static const char *found(const campaign_followups_report *report, const char *kind)
{
    static _Thread_local char text[2048];
    size_t length = 0;
    text[0] = '\0';
    for (int64_t row = 0; row < campaign_table_n_rows(report->checks); row++) {
        if (strcmp(cell(report->checks, "kind", row), kind) != 0) continue;
        for (int i = 1; checked[i]; i++)
            length += (size_t)snprintf(text + length, sizeof text - length, "%s%s",
                                       i > 1    ? "|"
                                       : length ? "; "
                                                : "",
                                       cell(report->checks, checked[i], row));
    }
    return text;
}

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
        "7|3|B|2026-11-04|Li|objection|price|x||done|",   NULL
    };
    static const char *const columns[] = { "objection", "n", "share_ppm", "customers", "latest", NULL };
    campaign_followups_report report;
    follow_up(&report, rows, "2026-11-09", NULL);
    assert_string_equal(list(report.objections, columns), "price 4 800000 3 2026-11-05;  1 200000 1 2026-11-05");
    campaign_followups_report_clear(&report);
}

static void test_the_daily_list_is_ordered_and_counts_its_rest(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "1||A|2026-11-02|Li|||call|2026-11-05|open|",          "2||B|2026-11-02|Li|||visit|2026-11-03|open|",
        "3||C|2026-11-02|Li|||mail|2026-11-09|open|",          "4||D|2026-11-02|Li|||wait|2026-11-03|blocked|sample",
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

/* ---- Appending --------------------------------------------------------------------------------------------------- */

static const char *const standing[] = { "1||甲|2026-11-02|Li|||x||open|", "2|1|甲|2026-11-02|Li|||y||open|", NULL };

static campaign_status append(campaign_table **all, const char *const *rows, campaign_error *error)
{
    campaign_table *old = make_table(FORM3, standing), *added = make_table(FORM3, rows);
    const campaign_status status = campaign_plan_append_followups(all, old, added, NULL, error);
    campaign_table_free(old);
    campaign_table_free(added);
    return status;
}

static void test_appending_keeps_every_row(void **state)
{
    (void)state;
    static const char *const rows[] = { "7||B|2026-11-03|Wu|||z|2026-11-09|open|", "3|2|甲|2026-11-02|Li|||w||done|",
                                        NULL };
    static const char *const columns[] = { "record", "corrects", "customer", "time", "next_action", "next_date", NULL };
    campaign_error error = { 0 };
    campaign_table *all = NULL;
    assert_ok(append(&all, rows, &error), error);
    assert_string_equal(list(all, columns), "1  甲 2026-11-02 x ; 2 1 甲 2026-11-02 y ; 7  B 2026-11-03 z 2026-11-09; "
                                            "3 2 甲 2026-11-02 w ");
    campaign_table_free(all);
}

static void test_appending_refuses_all_but_additions(void **state)
{
    (void)state;
    static const struct {
        const char *rows[4];
        campaign_status code;
        int64_t row;
    } cases[] = {
        { { "2||甲|2026-11-02|Li|||y||open|", NULL }, CAMPAIGN_E_DUPLICATE, 0 },
        { { "3||A|2026-11-02|Li|||y|||", "3||A|2026-11-02|Li|||y|||", NULL }, CAMPAIGN_E_DUPLICATE, 1 },
        { { "3|1|甲|2026-11-02|Li|||y|||", NULL }, CAMPAIGN_E_DUPLICATE, 0 }, /* 2 has corrected it */
        { { "3|9|甲|2026-11-02|Li|||y|||", NULL }, CAMPAIGN_E_UNKNOWN, 0 },
        { { "3|3|甲|2026-11-02|Li|||y|||", NULL }, CAMPAIGN_E_VALUE, 0 },
        { { "3|2|B|2026-11-02|Li|||y|||", NULL }, CAMPAIGN_E_VALUE, 0 },
        { { "3|4|B|2026-11-02|Li|||y|||", "4|3|B|2026-11-02|Li|||y|||", NULL }, CAMPAIGN_E_VALUE, 0 },
        { { "3||B|2026-11-02|Li|||y|||", "||B|2026-11-02|Li|||y|||", NULL }, CAMPAIGN_E_MISSING, 1 },
        { { "3||B|2026-11-02||||y|||", NULL }, CAMPAIGN_E_MISSING, 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        campaign_error error = { 0 };
        campaign_table *all = NULL;
        const campaign_status status = append(&all, cases[i].rows, &error);
        if (status != cases[i].code || error.row != cases[i].row)
            fail_msg("case %d: %s, row %d: %s", (int)i, campaign_status_name(status), (int)error.row, error.message);
        assert_null(all);
    }
}

static void test_appending_refuses_other_columns(void **state)
{
    (void)state;
    static const char *const rows[] = { "3|B|2026-11-02|Li", NULL };
    static const char *const more[] = { "3|B|2026-11-02|Li|x", NULL };
    campaign_error error = { 0 };
    campaign_table *all = NULL;
    campaign_table *few = make_table("record:int64|customer:utf8|time:date|rep:utf8", rows);
    campaign_table *many = make_table("record:int64|customer:utf8|time:date|rep:utf8|note:utf8", more);
    campaign_table *other = make_table("record:int32|customer:utf8|time:date|rep:utf8", rows);
    assert_int_equal(campaign_plan_append_followups(&all, many, few, NULL, &error), CAMPAIGN_E_COLUMN);
    assert_int_equal(campaign_plan_append_followups(&all, few, many, NULL, &error), CAMPAIGN_E_COLUMN);
    assert_int_equal(campaign_plan_append_followups(&all, few, other, NULL, &error), CAMPAIGN_E_COLUMN);
    assert_ok(campaign_plan_append_followups(&all, NULL, few, NULL, &error), error);
    assert_int_equal(campaign_table_n_rows(all), 1);
    campaign_table_free(all);
    campaign_table_free(few);
    campaign_table_free(many);
    campaign_table_free(other);
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
        cmocka_unit_test(test_an_action_is_open_as_its_status_says),
        cmocka_unit_test(test_no_customer_is_forgotten_and_none_contacted_twice),
        cmocka_unit_test(test_objections_are_counted_by_kind),
        cmocka_unit_test(test_the_daily_list_is_ordered_and_counts_its_rest),
        cmocka_unit_test(test_what_is_blocked_goes_up_by_working_days),
        cmocka_unit_test(test_every_working_day_has_a_record_or_is_told),
        cmocka_unit_test(test_working_days_know_the_spring_festival),
        cmocka_unit_test(test_rows_after_the_day_are_left_out),
        cmocka_unit_test(test_no_rows_give_empty_tables),
        cmocka_unit_test(test_appending_keeps_every_row),
        cmocka_unit_test(test_appending_refuses_all_but_additions),
        cmocka_unit_test(test_appending_refuses_other_columns),
        cmocka_unit_test(test_order_of_rows_and_threads_change_nothing),
        cmocka_unit_test(test_bad_calls_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
