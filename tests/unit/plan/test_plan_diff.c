/* Comparing plans: what moved, by how much, and because of which change. */
#include "planning.h"

#define HEAD "{\"schema\":\"campaign/plan_request/1\",\"year\":2027,\"currency\":\"CNY\","
#define BASE HEAD "\"target\":{\"amount\":\"780000.00\"},\"budget\":{\"rate\":\"4%\"},\"dimension_period\":\"quarter\""

static campaign_plan_comparison compare(const campaign_plan *before, const campaign_plan *after,
                                        const campaign_table *orders)
{
    campaign_error error;
    campaign_plan_comparison found = CAMPAIGN_PLAN_COMPARISON_INIT;
    campaign_plan_inputs inputs = CAMPAIGN_PLAN_INPUTS_INIT;
    inputs.orders = orders;
    assert_ok(campaign_plan_diff(&found, before, after, "en", orders ? &inputs : NULL, NULL, &error), error);
    return found;
}

/* Row of the change of one cell, or of a whole row where column is "". */
static int64_t find_change(const campaign_table *changes, const char *table, const char *subject, const char *column)
{
    for (int64_t row = 0; row < campaign_table_n_rows(changes); row++)
        if (cell_is(changes, "table", row, table) && cell_is(changes, "subject", row, subject) &&
            cell_is(changes, "column", row, column))
            return row;
    return -1;
}

static void test_a_plan_does_not_differ_from_itself(void **state)
{
    (void)state;
    campaign_table *orders = make_history(2025, 2, false), *shuffled = make_history(2025, 2, true);
    campaign_plan *plan = make_plan(BASE "}", orders), *again = make_plan(BASE "}", shuffled);
    campaign_plan_comparison found = compare(plan, again, orders);
    assert_int_equal(campaign_table_n_rows(found.changes), 0);
    assert_int_equal(campaign_table_n_rows(found.causes), 0);
    campaign_plan_comparison_clear(&found);
    campaign_plan_free(again);
    campaign_plan_free(plan);
    campaign_table_free(shuffled);
    campaign_table_free(orders);
}

/* Each target of both plans, read from the tables themselves, is in the changes exactly where it moved. */
static void test_every_moved_target_is_listed_with_its_delta(void **state)
{
    (void)state;
    campaign_table *orders = make_history(2025, 2, false);
    campaign_plan *before = make_plan(BASE "}", orders);
    campaign_plan *after = make_plan(HEAD "\"target\":{\"amount\":\"858000.00\"},\"budget\":{\"rate\":\"4%\"},"
                                          "\"dimension_period\":\"quarter\"}",
                                     orders);
    campaign_plan_comparison found = compare(before, after, NULL);
    campaign_table *old = take_table(before, "targets"), *now = take_table(after, "targets");
    int64_t n_moved = 0, n_listed = 0;
    assert_int_equal(campaign_table_n_rows(old), campaign_table_n_rows(now));
    for (int64_t row = 0; row < campaign_table_n_rows(old); row++)
        n_moved += number_at(old, "target", row) != number_at(now, "target", row);
    for (int64_t row = 0; row < campaign_table_n_rows(found.changes); row++)
        n_listed += cell_is(found.changes, "table", row, "targets") && cell_is(found.changes, "column", row, "target");
    assert_true(n_moved > 100);
    assert_int_equal(n_listed, n_moved);
    const int64_t year = find_change(found.changes, "targets", "2027", "target");
    assert_true(cell_is(found.changes, "before", year, "780000.00"));
    assert_true(cell_is(found.changes, "after", year, "858000.00"));
    assert_int_equal(number_at(found.changes, "amount_delta", year), 7800000);
    assert_int_equal(number_at(found.changes, "ratio_ppm", year), 100000);
    assert_true(cell_is(found.changes, "text", year, "2027: target 780000.00 → 858000.00; because of target.amount."));
    assert_int_equal(campaign_table_n_rows(found.causes), 1);
    assert_true(cell_is(found.causes, "path", 0, "target.amount"));
    assert_true(cell_is(found.causes, "before", 0, "780000.00"));
    assert_int_equal(number_at(found.causes, "n_changes", 0), campaign_table_n_rows(found.changes));
    campaign_table_free(now);
    campaign_table_free(old);
    campaign_plan_comparison_clear(&found);
    campaign_plan_free(after);
    campaign_plan_free(before);
    campaign_table_free(orders);
}

/* Target and contingency change together: with the orders, targets follow from the one and the contingency from both. */
static void test_plans_in_between_tell_causes_apart(void **state)
{
    (void)state;
    campaign_table *orders = make_history(2025, 2, false);
    campaign_plan *before = make_plan(BASE "}", orders);
    campaign_plan *after = make_plan(HEAD "\"target\":{\"amount\":\"858000.00\"},\"dimension_period\":\"quarter\","
                                          "\"budget\":{\"rate\":\"4%\",\"contingency\":\"15%\"}}",
                                     orders);
    campaign_plan_comparison found = compare(before, after, orders);
    assert_int_equal(found.is_traced, 1);
    assert_int_equal(campaign_table_n_rows(found.causes), 2);
    assert_true(cell_is(found.causes, "path", 0, "target.amount"));
    assert_true(cell_is(found.causes, "path", 1, "budget.contingency"));
    const int64_t target = find_change(found.changes, "targets", "2027", "target");
    const int64_t reserve = find_change(found.changes, "budget", "contingency", "amount");
    assert_true(cell_is(found.changes, "causes", target, "1"));
    assert_true(cell_is(found.changes, "causes", reserve, "1,2"));
    /* 4 % of 780,000 is 31,200, of which 10 %; 4 % of 858,000 is 34,320, of which 15 %. */
    assert_true(cell_is(found.changes, "before", reserve, "3120.00"));
    assert_true(cell_is(found.changes, "after", reserve, "5148.00"));
    campaign_plan_comparison_clear(&found);
    campaign_plan_free(after);
    campaign_plan_free(before);
    campaign_table_free(orders);
}

static void test_without_orders_each_change_names_what_may_have_moved_it(void **state)
{
    (void)state;
    campaign_table *orders = make_history(2025, 2, false);
    campaign_plan *before = make_plan(BASE "}", orders);
    campaign_plan *after = make_plan(HEAD "\"target\":{\"amount\":\"858000.00\"},\"dimension_period\":\"quarter\","
                                          "\"budget\":{\"rate\":\"4%\",\"contingency\":\"15%\"}}",
                                     orders);
    campaign_plan_comparison found = compare(before, after, NULL);
    assert_int_equal(found.is_traced, 0);
    const int64_t target = find_change(found.changes, "targets", "2027", "target");
    const int64_t reserve = find_change(found.changes, "budget", "contingency", "amount");
    assert_true(cell_is(found.changes, "causes", target, "1")); /* a contingency moves no target */
    assert_true(cell_is(found.changes, "causes", reserve, "1,2"));
    campaign_plan_comparison_clear(&found);
    campaign_plan_free(after);
    campaign_plan_free(before);
    campaign_table_free(orders);
}

static void test_other_data_are_a_cause(void **state)
{
    (void)state;
    const order_row more[] = { { cpn_day_from_civil(2026, 1, 1), 100, "坚果", "华东" },
                               { cpn_day_from_civil(2026, 12, 31), 300, "坚果", "华东" } };
    campaign_table *one = make_orders(more, 1, true, "CNY"), *two = make_orders(more, 2, true, "CNY");
    campaign_plan *before = make_plan(BASE "}", one), *after = make_plan(BASE "}", two);
    campaign_plan_comparison found = compare(before, after, NULL);
    assert_int_equal(campaign_table_n_rows(found.causes), 1);
    assert_true(cell_is(found.causes, "kind", 0, "data"));
    assert_true(cell_is(found.causes, "path", 0, "orders"));
    assert_true(cell_is(found.causes, "before", 0, "1 rows, 2026-01-01 .. 2026-01-01, 1.00"));
    assert_true(cell_is(found.causes, "after", 0, "2 rows, 2026-01-01 .. 2026-12-31, 4.00"));
    assert_true(campaign_table_n_rows(found.changes) > 0);
    campaign_plan_comparison_clear(&found);
    campaign_plan_free(after);
    campaign_plan_free(before);
    campaign_table_free(two);
    campaign_table_free(one);
}

static void test_rows_come_and_go(void **state)
{
    (void)state;
    campaign_plan *before = make_plan(HEAD "\"target\":{\"amount\":1},\"campaigns\":{\"tiers\":[],"
                                           "\"forced\":[\"d618\"]}}",
                                      NULL);
    campaign_plan *after = make_plan(HEAD "\"target\":{\"amount\":1},\"campaigns\":{\"tiers\":[],"
                                          "\"forced\":[\"d1111\"]}}",
                                     NULL);
    campaign_plan_comparison found = compare(before, after, NULL);
    const int64_t gone = find_change(found.changes, "campaigns", "d618", "");
    const int64_t come = find_change(found.changes, "campaigns", "d1111", "");
    assert_true(cell_is(found.changes, "change", gone, "removed"));
    assert_true(cell_is(found.changes, "change", come, "added"));
    assert_true(cell_is(found.changes, "text", come, "d1111 is new; because of campaigns.forced."));
    assert_true(cell_is(found.causes, "before", 0, "[\"d618\"]"));
    campaign_plan_comparison_clear(&found);
    campaign_plan_free(after);
    campaign_plan_free(before);
}

/* A cell that was empty, or is now, is told as nothing. */
static void test_empty_cells_are_told(void **state)
{
    (void)state;
    campaign_plan *before = make_plan(HEAD "\"target\":{\"amount\":1200},\"split\":[\"month\"]}", NULL);
    campaign_plan *after = make_plan(HEAD "\"target\":{\"amount\":1200},\"split\":[\"month\"],"
                                          "\"rules\":[{\"period\":\"2027-02\",\"minimum\":1}]}",
                                     NULL);
    campaign_plan_comparison found = compare(before, after, NULL), back = compare(after, before, NULL);
    assert_true(cell_is(found.changes, "text", find_change(found.changes, "targets", "2027-02", "rule"),
                        "2027-02: rule nothing → minimum; because of rules."));
    assert_true(cell_is(back.changes, "text", find_change(back.changes, "targets", "2027-02", "rule"),
                        "2027-02: rule minimum → nothing; because of rules."));
    campaign_plan_comparison_clear(&back);
    campaign_plan_comparison_clear(&found);
    campaign_plan_free(after);
    campaign_plan_free(before);
}

/* A loaded plan is the plan that was saved. */
static void test_a_loaded_plan_compares_the_same(void **state)
{
    (void)state;
    campaign_error error;
    campaign_table *orders = make_history(2025, 2, false);
    campaign_plan *plan = make_plan(BASE "}", orders), *loaded;
    char *json = save_plan(plan);
    assert_ok(campaign_plan_load(&loaded, json, strlen(json), &error), error);
    campaign_plan_comparison found = compare(plan, loaded, orders);
    assert_int_equal(campaign_table_n_rows(found.causes), 0);
    assert_int_equal(campaign_table_n_rows(found.changes), 0);
    campaign_plan_comparison_clear(&found);
    campaign_text_free(json);
    campaign_plan_free(loaded);
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

static void test_what_cannot_be_compared_is_refused(void **state)
{
    (void)state;
    campaign_error error;
    campaign_table *orders = make_history(2025, 2, false), *others = make_history(2025, 1, false);
    campaign_plan *yuan = make_plan(BASE "}", orders);
    campaign_plan *raised = make_plan(HEAD "\"target\":{\"amount\":5}}", orders);
    campaign_plan *yen = make_plan("{\"schema\":\"campaign/plan_request/1\",\"year\":2027,\"currency\":\"JPY\","
                                   "\"target\":{\"amount\":1}}",
                                   NULL);
    campaign_plan_comparison found = CAMPAIGN_PLAN_COMPARISON_INIT;
    campaign_plan_inputs inputs = CAMPAIGN_PLAN_INPUTS_INIT;
    inputs.orders = others;
    assert_int_equal(campaign_plan_diff(&found, yuan, yen, NULL, NULL, NULL, &error), CAMPAIGN_E_INFEASIBLE);
    assert_int_equal(campaign_plan_diff(&found, yuan, NULL, NULL, NULL, NULL, &error), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_plan_diff(&found, yuan, raised, "fr", NULL, NULL, &error), CAMPAIGN_E_UNKNOWN);
    assert_int_equal(campaign_plan_diff(&found, yuan, raised, NULL, &inputs, NULL, &error), CAMPAIGN_E_VALUE);
    assert_string_equal(error.where, "tables");
    assert_null(found.changes);
    assert_null(found.causes);
    found.size = 0;
    assert_int_equal(campaign_plan_diff(&found, yuan, raised, NULL, NULL, NULL, &error), CAMPAIGN_E_ARGUMENT);
    campaign_plan_free(yen);
    campaign_plan_free(raised);
    campaign_plan_free(yuan);
    campaign_table_free(others);
    campaign_table_free(orders);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_plan_does_not_differ_from_itself),
        cmocka_unit_test(test_every_moved_target_is_listed_with_its_delta),
        cmocka_unit_test(test_plans_in_between_tell_causes_apart),
        cmocka_unit_test(test_without_orders_each_change_names_what_may_have_moved_it),
        cmocka_unit_test(test_other_data_are_a_cause),
        cmocka_unit_test(test_rows_come_and_go),
        cmocka_unit_test(test_empty_cells_are_told),
        cmocka_unit_test(test_a_loaded_plan_compares_the_same),
        cmocka_unit_test(test_what_cannot_be_compared_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
