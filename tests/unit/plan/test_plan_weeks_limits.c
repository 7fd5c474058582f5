/* Promotion weeks: rows of slots, budgets and groups; which of two rows holds, and what is refused. */
#include "weeks_cases.h"

static const case_column slot_columns[] = { { "week", CAMPAIGN_TYPE_INT32 },
                                            { "group", CAMPAIGN_TYPE_UTF8 },
                                            { "capacity", CAMPAIGN_TYPE_INT64 },
                                            { "promotions", CAMPAIGN_TYPE_INT64 } };
static const case_column budget_columns[] = { { "quarter", CAMPAIGN_TYPE_INT32 }, { "amount", CAMPAIGN_TYPE_MONEY } };
static const case_column group_columns[] = { { "group", CAMPAIGN_TYPE_UTF8 }, { "item", CAMPAIGN_TYPE_INT64 } };

/* Two items of 10.00 over four weeks in two quarters; a promotion costs 1.00 and pays in every week. */
static weeks_case two_items(void)
{
    weeks_case c;
    memset(&c, 0, sizeof c);
    c.n_items = 2, c.n_weeks = 4, c.n_steps = 1;
    for (int32_t t = 0; t < 4; t++) c.season[t] = 1, c.quarter[t] = t < 2 ? 1 : 2;
    for (int32_t i = 0; i < 2; i++) {
        case_item *item = &c.items[i];
        item->price = 1000, item->cost = 600, item->slots = 1, item->promotion_cost = 100;
        item->base = 1000 * (i + 1), item->elasticity = 4, item->reference_decay = 0.8;
        item->max_promotions = item->max_per_quarter = item->together = NONE;
        item->ladder[0] = 800, item->step_slots[0] = NONE;
    }
    return c;
}

static void put_text(campaign_table_builder *builder, int32_t column, const char *text)
{
    const campaign_status status = text ? campaign_table_builder_append_text(builder, column, text, strlen(text), NULL)
                                        : campaign_table_builder_append_null(builder, column, NULL);
    assert_int_equal(status, CAMPAIGN_OK);
}

static void put_slots(campaign_table_builder *builder, int64_t week, const char *group, int64_t capacity,
                      int64_t promotions)
{
    put(builder, 0, week);
    put_text(builder, 1, group);
    put(builder, 2, capacity);
    put(builder, 3, promotions);
}

/* Runs with tables of limits, which it frees; NULL = none. */
static campaign_status run(case_result *result, campaign_table *slots, campaign_table *budgets, campaign_table *groups,
                           campaign_error *error)
{
    const weeks_case c = two_items();
    const campaign_promotion_weeks_report empty = CAMPAIGN_PROMOTION_WEEKS_REPORT_INIT;
    campaign_promotion_weeks_inputs inputs = CAMPAIGN_PROMOTION_WEEKS_INPUTS_INIT;
    campaign_table *items = items_table(&c, false), *ladder = ladder_table(&c, false), *weeks = weeks_table(&c, false);
    inputs.items = items, inputs.ladder = ladder, inputs.weeks = weeks;
    inputs.slots = slots, inputs.budgets = budgets, inputs.groups = groups;
    result->report = empty;
    const campaign_status status =
        campaign_plan_promotion_weeks(&result->calendar, &result->report, &inputs, NULL, NULL, error);
    campaign_table *const tables[] = { items, ladder, weeks, slots, budgets, groups };
    for (int32_t i = 0; i < 6; i++) campaign_table_free(tables[i]);
    return status;
}

static void expect_refusal(campaign_table *slots, campaign_table *budgets, campaign_table *groups, campaign_status code,
                           const char *where)
{
    case_result result = { 0 };
    campaign_error error = { 0 };
    const campaign_status status = run(&result, slots, budgets, groups, &error);
    if (status != code || strcmp(error.where, where) != 0)
        fail_msg("found %s at %s: %s", campaign_status_name(status), error.where, error.message);
    assert_null(result.calendar);
}

static campaign_table *one_group(const char *name, int64_t item)
{
    campaign_table_builder *builder = open_table(group_columns, 2);
    put_text(builder, 0, name);
    put(builder, 1, item);
    return close_table(builder);
}

static void test_row_of_a_week_goes_before_the_general_one(void **state)
{
    (void)state;
    case_result result = { 0 };
    campaign_error error = { 0 };
    campaign_table_builder *builder = open_table(slot_columns, 4);
    put_slots(builder, 12, NULL, 0, NONE);
    put_slots(builder, NONE, NULL, 1, NONE);

    assert_ok(run(&result, close_table(builder), NULL, NULL, &error), error);

    const weeks_case c = two_items();
    case_row rows[MOST_ITEMS];
    read_rows(rows, &c, result.calendar);
    for (int32_t t = 0; t < 4; t++) {
        assert_int_equal(rows[0][t], 0);
        assert_int_equal(rows[1][t], t != 2); /* week 12 has no slot; elsewhere the stronger item has the only one */
    }
    assert_int_equal(result.report.status, CAMPAIGN_PROMOTION_WEEKS_OPTIMAL);
    clear_result(&result);
}

static void test_quarters_have_budgets_of_their_own(void **state)
{
    (void)state;
    case_result result = { 0 };
    campaign_error error = { 0 };
    campaign_table_builder *builder = open_table(budget_columns, 2);
    put(builder, 0, 2), put(builder, 1, 100);
    put(builder, 0, NONE), put(builder, 1, 400);

    assert_ok(run(&result, NULL, close_table(builder), NULL, &error), error);

    /* Four promotions are paid for, at most one of them in the second quarter. The stronger item has all it can. */
    assert_int_equal(result.report.n_promotions, 4);
    assert_int_equal(result.report.status, CAMPAIGN_PROMOTION_WEEKS_OPTIMAL);
    assert_int_equal(campaign_table_n_rows(result.report.limits), 2);
    char text[64];
    (void)campaign_table_format(text, sizeof text, result.report.limits,
                                campaign_table_find(result.report.limits, "spent"), 1);
    assert_string_equal(text, "1.00");
    clear_result(&result);
}

static void test_rows_that_contradict_are_refused(void **state)
{
    (void)state;
    campaign_table_builder *builder = open_table(slot_columns, 4);
    put_slots(builder, NONE, NULL, 1, NONE);
    put_slots(builder, NONE, NULL, 2, NONE);
    expect_refusal(close_table(builder), NULL, NULL, CAMPAIGN_E_DUPLICATE, "slots.capacity");
    builder = open_table(slot_columns, 4);
    put_slots(builder, NONE, NULL, NONE, NONE);
    expect_refusal(close_table(builder), NULL, NULL, CAMPAIGN_E_MISSING, "slots.capacity");
    builder = open_table(slot_columns, 4);
    put_slots(builder, 12, NULL, -3, NONE);
    expect_refusal(close_table(builder), NULL, NULL, CAMPAIGN_E_VALUE, "slots.capacity");
    builder = open_table(budget_columns, 2);
    put(builder, 0, NONE), put(builder, 1, NONE);
    expect_refusal(NULL, close_table(builder), NULL, CAMPAIGN_E_MISSING, "budgets.amount");
}

static void test_unknown_names_are_refused(void **state)
{
    (void)state;
    campaign_table_builder *builder = open_table(slot_columns, 4);
    put_slots(builder, 99, NULL, 1, NONE);
    expect_refusal(close_table(builder), NULL, NULL, CAMPAIGN_E_UNKNOWN, "slots.week");
    builder = open_table(slot_columns, 4);
    put_slots(builder, NONE, "snacks", 1, NONE);
    expect_refusal(close_table(builder), NULL, one_group("drinks", 100), CAMPAIGN_E_UNKNOWN, "slots.group");
    builder = open_table(budget_columns, 2);
    put(builder, 0, 7), put(builder, 1, 100);
    expect_refusal(NULL, close_table(builder), NULL, CAMPAIGN_E_UNKNOWN, "budgets.quarter");
    expect_refusal(NULL, NULL, one_group("drinks", 5), CAMPAIGN_E_UNKNOWN, "groups.item");
    builder = open_table(group_columns, 2);
    put_text(builder, 0, "drinks"), put(builder, 1, 100);
    put_text(builder, 0, "drinks"), put(builder, 1, 100);
    expect_refusal(NULL, NULL, close_table(builder), CAMPAIGN_E_DUPLICATE, "groups.item");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_row_of_a_week_goes_before_the_general_one),
        cmocka_unit_test(test_quarters_have_budgets_of_their_own),
        cmocka_unit_test(test_rows_that_contradict_are_refused),
        cmocka_unit_test(test_unknown_names_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
