/* Notes of a plan that tell what its reader may not expect: gaps of the history, rules that leave others nothing. */
#include "planning.h"

#define HEAD "{\"schema\":\"campaign/plan_request/1\",\"year\":2027,\"currency\":\"CNY\","

/* Two years of daily sales without the March of the second; then orders on one day a month, which lack no days. */
static void test_gaps_of_the_history_are_told(void **state)
{
    (void)state;
    static order_row rows[731];
    const int32_t first = cpn_day_from_civil(2025, 1, 1), gap = cpn_day_from_civil(2026, 3, 1);
    int64_t n = 0, n_sparse = 0;
    for (int32_t day = first; day < first + 730; day++)
        if (day < gap || day >= gap + 31) rows[n++] = (order_row){ day, 100, NULL, NULL };
    campaign_table *orders = make_orders(rows, n, false, "CNY");
    campaign_plan *plan = make_plan(HEAD "\"target\":{\"growth\":0}}", orders);
    campaign_table *notes = take_table(plan, "notes");
    const int64_t row = find_row(notes, "code", "history_gap", NULL, NULL);
    assert_int_equal(number_at(notes, "n", row), 31);
    assert_true(cell_is(notes, "start", row, "2026-03-01"));
    assert_true(cell_is(notes, "end", row, "2026-04-01"));
    campaign_table_free(notes);
    campaign_plan_free(plan);
    campaign_table_free(orders);
    for (int32_t month = 0; month < 24; month++)
        rows[n_sparse++] = (order_row){ cpn_day_from_civil(2025 + month / 12, month % 12 + 1, 5), 100, NULL, NULL };
    orders = make_orders(rows, n_sparse, false, "CNY");
    plan = make_plan(HEAD "\"target\":{\"growth\":0}}", orders);
    assert_false(has_note(plan, "history_gap"));
    campaign_plan_free(plan);
    campaign_table_free(orders);
}

/* A locked month may pass what its quarter would have: the other two months then get nothing, which a note tells. */
static void test_a_lock_that_takes_all_is_told(void **state)
{
    (void)state;
    static const char *const requests[] = {
        HEAD "\"target\":{\"amount\":1200},\"split\":[\"quarter\",\"month\"],"
             "\"rules\":[{\"period\":\"2027-03\",\"amount\":400}]}",
        HEAD "\"target\":{\"amount\":1200},\"split\":[\"month\"],"
             "\"rules\":[{\"period\":\"2027-03\",\"amount\":400}]}",
    };
    for (int i = 0; i < 2; i++) {
        campaign_plan *plan = make_plan(requests[i], NULL);
        campaign_table *notes = take_table(plan, "notes");
        const int64_t row = find_row(notes, "code", "rules_take_all", NULL, NULL);
        assert_int_equal(row >= 0, i == 0);
        if (row >= 0) assert_int_equal(number_at(notes, "n", row), 2);
        if (row >= 0) assert_true(cell_is(notes, "subject", row, "2027-Q1"));
        campaign_table_free(notes);
        campaign_plan_free(plan);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gaps_of_the_history_are_told),
        cmocka_unit_test(test_a_lock_that_takes_all_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
