/* Rows added to follow-ups: what stands is kept, what comes must be followable, what is not given is null. */
#include "follow_cases.h"

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
    assert_int_equal(campaign_plan_append_followups(&all, few, many, NULL, &error), CAMPAIGN_E_COLUMN);
    assert_int_equal(campaign_plan_append_followups(&all, few, other, NULL, &error), CAMPAIGN_E_COLUMN);
    assert_ok(campaign_plan_append_followups(&all, NULL, few, NULL, &error), error);
    assert_int_equal(campaign_table_n_rows(all), 1);
    campaign_table_free(all);
    campaign_table_free(few);
    campaign_table_free(many);
    campaign_table_free(other);
}

/* A plain row needs no column for corrections, and an empty one may have any type. */
static void test_columns_without_a_value_are_null_in_new_rows(void **state)
{
    (void)state;
    static const char *const plain[] = { "3|B|2026-11-02|Li", NULL }, *const empty[] = { "4||B|2026-11-02|Li|", NULL };
    static const char *const columns[] = { "record", "corrects", "next_action", "next_date", "status", NULL };
    campaign_error error = { 0 };
    campaign_table *old = make_table(FORM3, standing), *first = NULL, *second = NULL;
    campaign_table *few = make_table("record:int64|customer:utf8|time:date|rep:utf8", plain);
    campaign_table *untyped =
        make_table("record:int64|corrects:utf8|customer:utf8|time:date|rep:utf8|next_date:utf8", empty);
    assert_ok(campaign_plan_append_followups(&first, old, few, NULL, &error), error);
    assert_ok(campaign_plan_append_followups(&second, first, untyped, NULL, &error), error);
    assert_string_equal(list(second, columns), "1  x  open; 2 1 y  open; 3    ; 4    ");
    campaign_table_free(second);
    campaign_table_free(first);
    campaign_table_free(untyped);
    campaign_table_free(few);
    untyped = make_table("record:int64|customer:utf8|time:date|rep:utf8|note:utf8",
                         (const char *const[]){ "5|B|2026-11-02|Li|", NULL });
    assert_ok(campaign_plan_append_followups(&first, old, untyped, NULL, &error), error);
    assert_int_equal(campaign_table_find(first, "note"), -1);
    campaign_table_free(first);
    campaign_table_free(untyped);
    few = make_table("record:int64|customer:utf8|time:date", (const char *const[]){ "3|B|2026-11-02", NULL });
    assert_int_equal(campaign_plan_append_followups(&first, old, few, NULL, &error), CAMPAIGN_E_COLUMN);
    assert_string_equal(error.where, "rows.rep");
    campaign_table_free(few);
    campaign_table_free(old);
}

static void test_blank_customers_and_reps_are_none(void **state)
{
    (void)state;
    static const char *const blanks[][2] = { { "3| |2026-11-02|Li", NULL }, { "3|B|2026-11-02|~", NULL } };
    campaign_error error = { 0 };
    for (int i = 0; i < 2; i++) {
        campaign_table *all = NULL, *old = make_table(FORM3, standing);
        campaign_table *rows = make_table("record:int64|customer:utf8|time:date|rep:utf8", blanks[i]);
        assert_int_equal(campaign_plan_append_followups(&all, old, rows, NULL, &error), CAMPAIGN_E_MISSING);
        assert_int_equal(error.row, 0);
        campaign_table_free(rows);
        campaign_table_free(old);
    }
    static const char *const rows[] = { "1||~|2026-11-02|Li||||||", "2||A|2026-11-02|  ||||||",
                                        "3||A|2026-11-02|Li||||||", NULL };
    static const char *const contacts[] = { "A|~|2026-11-02", NULL }, *const kinds[] = { "kind", "row", NULL };
    campaign_followups_inputs others = CAMPAIGN_FOLLOWUPS_INPUTS_INIT;
    campaign_followups_report report;
    campaign_table *plan = make_table("customer:utf8|rep:utf8|date:date", contacts);
    others.contacts = plan;
    follow_up(&report, rows, "2026-11-03", &others);
    assert_string_equal(list(report.problems, kinds), "no_customer 0; no_rep 1");
    assert_string_equal(found(&report, "other_rep"), "");
    assert_int_equal(campaign_table_n_rows(report.reps), 1);
    campaign_followups_report_clear(&report);
    campaign_table_free(plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_appending_keeps_every_row),
        cmocka_unit_test(test_appending_refuses_all_but_additions),
        cmocka_unit_test(test_appending_refuses_other_columns),
        cmocka_unit_test(test_columns_without_a_value_are_null_in_new_rows),
        cmocka_unit_test(test_blank_customers_and_reps_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
