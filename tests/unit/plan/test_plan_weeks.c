/* Promotion weeks: worked examples, reasons, and what is refused. */
#include "weeks_cases.h"

/* An item of 10.00 that costs 6.00 and sells 1,000 a week; one step of 8.00 at elasticity 4. The price cut alone brings
 * 0.8^-4 = 2.44140625 times the units: 2441.40625; revenue 19531.25, goods 14648.4375 -> 14648.44, profit 4882.81 against
 * 4000.00. */
static void make_plain(weeks_case *c, int32_t n_items, int32_t n_weeks)
{
    memset(c, 0, sizeof *c);
    c->n_items = n_items, c->n_weeks = n_weeks, c->n_steps = 1;
    c->group_promotions = c->budget = c->quarter_budget = NONE;
    for (int32_t t = 0; t < n_weeks; t++) {
        c->season[t] = 1;
        c->quarter[t] = 1;
        c->capacity[t] = NONE;
    }
    for (int32_t i = 0; i < n_items; i++) {
        case_item *item = &c->items[i];
        item->price = 1000, item->cost = 600, item->slots = 1;
        item->base = 1000, item->elasticity = 4, item->reference_decay = 0.8;
        item->max_promotions = item->max_per_quarter = item->together = NONE;
        item->ladder[0] = 800, item->step_slots[0] = NONE, item->in_group = 1;
        for (int32_t t = 0; t < n_weeks; t++) item->season[t] = NAN;
    }
}

static void expect_weeks(const weeks_case *c, const case_result *result, int32_t item, const char *levels)
{
    case_row rows[MOST_ITEMS];
    char found[MOST_WEEKS + 1] = "";
    read_rows(rows, c, result->calendar);
    for (int32_t t = 0; t < c->n_weeks; t++) found[t] = (char)('0' + rows[item][t]);
    assert_string_equal(found, levels);
}

static void expect_cell(const campaign_table *table, const char *column, int64_t row, const char *expected)
{
    char text[512];
    const int32_t index = campaign_table_find(table, column);
    if (index < 0) fail_msg("there is no column %s", column);
    (void)campaign_table_format(text, sizeof text, table, index, row);
    assert_string_equal(text, expected);
}

/* A promotion takes a fifth of the next week: 1000 x 0.8 = 800 units, profit 3200.00. Two promotions with a week between:
 * 4882.81 + 3200.00 + 4882.81 = 12965.62, against 12000.00. */
static void test_memory_and_gap_by_hand(void **state)
{
    (void)state;
    weeks_case c;
    case_result result = { 0 };
    campaign_error error = { 0 };
    make_plain(&c, 1, 3);
    c.items[0].memory[0] = 1;
    c.items[0].gap = 1;

    assert_ok(run_case(&result, &c, false, 1, &error), error);

    expect_weeks(&c, &result, 0, "101");
    assert_int_equal(result.report.total_minor, 1296562);
    assert_int_equal(result.report.bound_minor, 1296562);
    assert_int_equal(result.report.baseline_minor, 1200000);
    assert_int_equal(result.report.n_promotions, 2);
    expect_cell(result.calendar, "revenue", 0, "19531.25");
    expect_cell(result.calendar, "goods_cost", 0, "14648.44");
    expect_cell(result.calendar, "profit", 1, "3200.00");
    expect_cell(result.calendar, "baseline_profit", 1, "4000.00");
    expect_cell(result.report.items, "reason", 0, "best");
    expect_cell(result.report.items, "text", 0, "2 promotions bring 965.62 more than none: its best.");
    expect_cell(result.report.summary, "status", 0, "optimal");
    clear_result(&result);
}

/* The discount of the last week before the calendar holds its first week untouched, and takes a fifth of it. */
static void test_past_promotion_counts(void **state)
{
    (void)state;
    weeks_case c;
    case_result result = { 0 };
    campaign_error error = { 0 };
    make_plain(&c, 1, 3);
    c.items[0].memory[0] = 1;
    c.items[0].gap = 1;
    c.items[0].past[0] = 800;

    assert_ok(run_case(&result, &c, false, 1, &error), error);

    expect_cell(result.calendar, "units", 0, "800");
    expect_weeks(&c, &result, 0, "001");
    clear_result(&result);
}

/* Two items, one slot a week: the second sells twice as much, so the slot is its own; the first is crowded out. */
static void test_slot_goes_where_it_brings_more(void **state)
{
    (void)state;
    weeks_case c;
    case_result result = { 0 };
    campaign_error error = { 0 };
    make_plain(&c, 2, 2);
    c.items[1].base = 2000;
    c.capacity[0] = c.capacity[1] = 1;

    assert_ok(run_case(&result, &c, false, 1, &error), error);

    expect_weeks(&c, &result, 0, "00");
    expect_weeks(&c, &result, 1, "11");
    expect_cell(result.report.items, "reason", 0, "crowded_out");
    expect_cell(result.report.items, "given_up", 0, "1765.62");
    /* One more slot would let the first item in: 882.81 a week. */
    const double value =
        campaign_table_float64(result.report.limits, campaign_table_find(result.report.limits, "value"), 0);
    if (value < 882 || value > 1766) fail_msg("a slot is said to be worth %d", (int)value);
    clear_result(&result);
}

static void test_limit_with_room_is_worth_nothing(void **state)
{
    (void)state;
    weeks_case c;
    case_result result = { 0 };
    campaign_error error = { 0 };
    make_plain(&c, 1, 2);
    c.capacity[0] = c.capacity[1] = 5;

    assert_ok(run_case(&result, &c, false, 1, &error), error);

    expect_cell(result.report.limits, "value", 1, "0");
    expect_cell(result.report.limits, "text", 1, "More of it would bring nothing: 1 of 5 is used.");
    clear_result(&result);
}

static void test_reasons_of_items_without_promotion(void **state)
{
    (void)state;
    weeks_case c;
    case_result result = { 0 };
    campaign_error error = { 0 };
    make_plain(&c, 3, 2);
    c.items[0].elasticity = 1;
    c.items[1].base = 0;
    c.items[2].blackout[0] = c.items[2].blackout[1] = 1;

    assert_ok(run_case(&result, &c, false, 1, &error), error);

    expect_cell(result.report.items, "reason", 0, "no_gain");
    expect_cell(result.report.items, "reason", 1, "no_demand");
    expect_cell(result.report.items, "reason", 2, "barred");
    expect_cell(result.report.notes, "code", 0, "no_demand");
    assert_int_equal(result.report.status, CAMPAIGN_PROMOTION_WEEKS_OPTIMAL);
    clear_result(&result);
}

static void test_items_together_share_their_weeks(void **state)
{
    (void)state;
    weeks_case c;
    case_result result = { 0 };
    campaign_error error = { 0 };
    make_plain(&c, 3, 4);
    c.items[0].together = c.items[1].together = 9;
    c.items[0].gap = 2; /* the stricter rule holds for both */
    c.items[1].season[1] = 3;

    assert_ok(run_case(&result, &c, false, 1, &error), error);

    expect_weeks(&c, &result, 0, "0100");
    expect_weeks(&c, &result, 1, "0100");
    expect_weeks(&c, &result, 2, "1111");
    clear_result(&result);
}

static void test_item_sold_below_cost_is_allowed_and_noted(void **state)
{
    (void)state;
    weeks_case c;
    case_result result = { 0 };
    campaign_error error = { 0 };
    make_plain(&c, 1, 2);
    c.items[0].cost = 1100;

    assert_ok(run_case(&result, &c, false, 1, &error), error);

    expect_weeks(&c, &result, 0, "00");
    expect_cell(result.report.notes, "code", 0, "cost_above_price");
    assert_int_equal(result.report.total_minor, -200000);
    clear_result(&result);
}

/* ---- Refused ----------------------------------------------------------------------------------------------------- */

static void expect_refusal(const weeks_case *c, campaign_status code, const char *where, const char *words)
{
    case_result result = { 0 };
    campaign_error error = { 0 };
    const campaign_status status = run_case(&result, c, false, 1, &error);
    if (status != code || strcmp(error.where, where) != 0 || !strstr(error.message, words))
        fail_msg("found %s at %s: %s", campaign_status_name(status), error.where, error.message);
    assert_null(result.calendar);
    assert_null(result.report.items);
}

static void test_impossible_prices_are_refused(void **state)
{
    (void)state;
    weeks_case c;
    make_plain(&c, 2, 3);
    c.items[1].ladder[0] = 1000;
    expect_refusal(&c, CAMPAIGN_E_VALUE, "ladder.price",
                   "\"101\" is 10.00: it must be positive and below the regular 10.00");
    make_plain(&c, 2, 3);
    c.items[1].ladder[0] = -800;
    expect_refusal(&c, CAMPAIGN_E_VALUE, "ladder.price", "price is -8.00");
    make_plain(&c, 2, 3);
    c.items[0].price = -1000;
    expect_refusal(&c, CAMPAIGN_E_VALUE, "items.price", "price is -10.00");
    make_plain(&c, 1, 3);
    c.n_steps = 2;
    c.items[0].ladder[1] = 800;
    c.items[0].step_slots[1] = NONE;
    expect_refusal(&c, CAMPAIGN_E_DUPLICATE, "ladder.price", "8.00 of item \"100\" stands twice");
}

static void test_impossible_numbers_are_refused(void **state)
{
    (void)state;
    weeks_case c;
    make_plain(&c, 1, 3);
    c.items[0].base = INFINITY;
    expect_refusal(&c, CAMPAIGN_E_VALUE, "items.base", "base is inf");
    make_plain(&c, 1, 3);
    c.items[0].elasticity = -2;
    expect_refusal(&c, CAMPAIGN_E_VALUE, "items.elasticity", "elasticity is -2, expected 0 to 50");
    make_plain(&c, 1, 3);
    c.items[0].base = 1e12;
    c.season[1] = 1e6;
    expect_refusal(&c, CAMPAIGN_E_OVERFLOW, "items.base", "item \"100\" brings passes 2^52");
}

static void test_forced_weeks_against_rules_are_named(void **state)
{
    (void)state;
    weeks_case c;
    make_plain(&c, 1, 4);
    c.blackout[2] = c.items[0].forced[2] = 1;
    expect_refusal(&c, CAMPAIGN_E_INFEASIBLE, "item_weeks.is_forced",
                   "week 12 is forced for item \"100\", and a blackout");
    make_plain(&c, 1, 4);
    c.items[0].forced[0] = c.items[0].forced[2] = 1;
    c.items[0].gap = 2;
    expect_refusal(&c, CAMPAIGN_E_INFEASIBLE, "item_weeks.is_forced", "weeks 10 and 12 are forced");
    c.items[0].gap = 1;
    c.items[0].max_promotions = 1;
    expect_refusal(&c, CAMPAIGN_E_INFEASIBLE, "items.max_promotions", "2 weeks are forced for item \"100\"");
    c.items[0].max_promotions = NONE;
    c.items[0].max_per_quarter = 1;
    expect_refusal(&c, CAMPAIGN_E_INFEASIBLE, "items.max_per_quarter", "item \"100\"");
    make_plain(&c, 1, 4);
    c.items[0].forced[1] = 1;
    c.items[0].gap = 3;
    c.items[0].past[0] = 800;
    expect_refusal(&c, CAMPAIGN_E_INFEASIBLE, "item_weeks.is_forced", "inside the gap after a promotion of the past");
}

static void test_forced_weeks_beyond_limits_are_named(void **state)
{
    (void)state;
    weeks_case c;
    make_plain(&c, 2, 3);
    c.items[0].forced[1] = c.items[1].forced[1] = 1;
    c.capacity[1] = 1;
    expect_refusal(&c, CAMPAIGN_E_INFEASIBLE, "slots.capacity", "week 11 need 2 slots of all items, which has 1");
    c.capacity[1] = NONE;
    c.group_promotions = 1;
    expect_refusal(&c, CAMPAIGN_E_INFEASIBLE, "slots.capacity", "week 11 need 2 promotions of pair, which has 1");
    c.group_promotions = NONE;
    c.items[0].promotion_cost = 5000;
    c.budget = 4999;
    expect_refusal(&c, CAMPAIGN_E_INFEASIBLE, "budgets.amount",
                   "cost 50.00 of the budget of all items, which is 49.99");
}

static void test_together_needs_ladders_alike(void **state)
{
    (void)state;
    weeks_case c;
    make_plain(&c, 2, 3);
    c.items[0].together = c.items[1].together = 1;
    c.items[1].reference_weight = 1;
    expect_refusal(&c, CAMPAIGN_E_UNSUPPORTED, "items.together", "item \"101\" has a reference price");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory_and_gap_by_hand),
        cmocka_unit_test(test_past_promotion_counts),
        cmocka_unit_test(test_slot_goes_where_it_brings_more),
        cmocka_unit_test(test_limit_with_room_is_worth_nothing),
        cmocka_unit_test(test_reasons_of_items_without_promotion),
        cmocka_unit_test(test_items_together_share_their_weeks),
        cmocka_unit_test(test_item_sold_below_cost_is_allowed_and_noted),
        cmocka_unit_test(test_impossible_prices_are_refused),
        cmocka_unit_test(test_impossible_numbers_are_refused),
        cmocka_unit_test(test_forced_weeks_against_rules_are_named),
        cmocka_unit_test(test_forced_weeks_beyond_limits_are_named),
        cmocka_unit_test(test_together_needs_ladders_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
