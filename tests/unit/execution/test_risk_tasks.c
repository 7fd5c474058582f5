/* Risks of tasks: what a schedule forecasts, what is due by the clock, and what is told where little is known. */
#include "playing.h"

/* What campaign_schedule_tasks gives: the forecast goes before the finish, a moment before a day, and what is finished is no
 * risk any more. The end of the 18th is the first moment of the 19th. */
static void test_tasks_of_a_schedule_are_judged_by_their_forecast(void **state)
{
    (void)state;
    risks_case asked = {
        .tasks = "task|due@|due_at|finish@|forecast_finish@|total_float#|slip#|actual_start@|actual_finish@|status\n"
                 "late|2027-06-16|-|2027-06-16|2027-06-17|1|1|-|-|-\n"
                 "kept|2027-06-16|2027-06-19T00:00|2027-06-16|2027-06-18|1|1|-|-|-\n"
                 "missed|2027-06-30|2027-06-17T23:59|2027-06-16|2027-06-18|3|2|2027-06-15|-|-\n"
                 "over|2027-06-10|-|2027-06-10|2027-06-12|0|2|2027-06-07|2027-06-12|-\n"
                 "said|2027-06-10|-|2027-06-10|2027-06-12|0|2|-|-|已完成\n"
                 "moves|-|-|2027-06-16|2027-06-19|2|3|-|-|-\n"
                 "stuck|2027-06-30|-|2027-06-16|-|2|-|-|-|受阻\n",
    };
    static const char *const expected[][2] = {
        { "task_blocked", "stuck" }, { "end_moves", "moves" }, { "task_late", "late" }, { "task_late", "missed" }
    };
    assert_ok(ask_risks(&asked), asked.error);
    assert_int_equal(campaign_table_n_rows(asked.risks), 4);
    for (size_t i = 0; i < 4; i++) {
        bool is_there = false;
        for (int64_t row = 0; row < 4; row++) {
            char entry[MOST_BYTES], subject[MOST_BYTES];
            is_there = is_there || (strcmp(cell(entry, asked.risks, "entry", row), expected[i][0]) == 0 &&
                                    strcmp(cell(subject, asked.risks, "subject", row), expected[i][1]) == 0);
        }
        if (!is_there) fail_msg("%s of %s does not hold", expected[i][0], expected[i][1]);
    }
    assert_cell(asked.risks, "action", row_of(asked.risks, "end_moves"),
                "Shorten what follows the task, or move the end: the slip is 3, the float 2.");
    clear_risks(&asked);
    asked.tasks = "task|due_at\nx|2027-06-17T25:00\n";
    assert_int_equal(ask_risks(&asked), CAMPAIGN_E_SYNTAX);
    assert_string_equal(asked.error.where, "tasks.due_at");
    assert_int_equal(asked.error.row, 0);
}

/* It is 10:30 on 2027-06-18. What is not followed, a plan's task, is judged by its forecast alone. */
static void test_what_is_not_done_when_it_is_due_is_late(void **state)
{
    (void)state;
    static const struct {
        const char *tasks, *subjects;
    } cases[] = {
        { "task|due@|status\na|2027-06-17|open\nb|2027-06-18|open\nc|2027-06-17|done\nd|2027-06-17|-\ne|-|doing\n",
          "a" },
        { "task|due@|finish@|actual_finish@\na|2027-06-16|2027-06-16|-\nb|2027-06-16|2027-06-16|2027-06-15\n", "a" },
        { "task|due@|finish@\na|2027-06-16|2027-06-16\n", "" },
        { "task|due_at|status\na|2027-06-18T10:30|open\nb|2027-06-18T10:31|open\nc|0001-01-01|doing\n", "ac" },
        { "task|due@|finish@|status\na|2027-06-16|2027-06-20|open\n", "a" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        risks_case asked = { .tasks = cases[i].tasks };
        char subjects[8] = "", entry[MOST_BYTES], subject[MOST_BYTES];
        size_t n = 0;
        assert_ok(ask_risks(&asked), asked.error);
        for (int64_t row = 0; row < campaign_table_n_rows(asked.risks); row++)
            if (strcmp(cell(entry, asked.risks, "entry", row), "task_late") == 0 && n + 1 < sizeof subjects)
                subjects[n++] = cell(subject, asked.risks, "subject", row)[0];
        assert_string_equal(subjects, cases[i].subjects);
        if (i == 0)
            assert_cell(asked.risks, "action", 0,
                        "Shorten the task or what follows it: finish 2027-06-18, due 2027-06-17.");
        if (i == 4)
            assert_cell(asked.risks, "action", 0,
                        "Shorten the task or what follows it: finish 2027-06-20, due 2027-06-16.");
        clear_risks(&asked);
    }
}

/* What no row has is told once; what some row has is told of those that have it not. */
static void test_a_field_that_no_row_has_is_told_once(void **state)
{
    (void)state;
    risks_case asked = { .tasks = "task|due@|finish@\na|2027-06-30|2027-06-20\nb|2027-06-30|2027-06-20\n"
                                  "c|2027-06-18|2027-06-20\n",
                         .stock = "sku|on_hand%|safety%|need%\nx|5|-|1\ny|5|6|-\nz|5|-|-\n" };
    assert_ok(ask_risks(&asked), asked.error);
    const campaign_table *open = asked.report.unjudged;
    int64_t row = find_row(open, "entry", "task_late"), n_stock = 0;
    assert_cell(open, "subject", row, "");
    assert_cell(open, "reason", row, "no_rows");
    assert_cell(open, "text", row, "not available, because no table tells task.float");
    assert_true(row_of(asked.risks, "task_late") >= 0); /* c, without the float */
    for (row = 0; row < campaign_table_n_rows(open); row++) {
        char entry[MOST_BYTES];
        if (strcmp(cell(entry, open, "entry", row), "stock_below_safety") != 0) continue;
        assert_cell(open, "subject", row, n_stock++ == 0 ? "x" : "z");
        assert_cell(open, "reason", row, "no_value");
    }
    assert_int_equal(n_stock, 2);
    clear_risks(&asked);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tasks_of_a_schedule_are_judged_by_their_forecast),
        cmocka_unit_test(test_what_is_not_done_when_it_is_due_is_late),
        cmocka_unit_test(test_a_field_that_no_row_has_is_told_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
