/* Promotion weeks: the tables themselves. Columns that are missing or of another currency, rows that name what is not
 * there, weeks and quarters, names of columns, limits of the search. */
#include "weeks_cases.h"

static const case_column item_columns[] = {
    { "item", CAMPAIGN_TYPE_UTF8 },          { "price", CAMPAIGN_TYPE_MONEY },
    { "cost", CAMPAIGN_TYPE_MONEY },         { "base", CAMPAIGN_TYPE_FLOAT64 },
    { "elasticity", CAMPAIGN_TYPE_FLOAT64 }, { "max_per_quarter", CAMPAIGN_TYPE_INT32 },
    { "memory_6", CAMPAIGN_TYPE_FLOAT64 }
};

static void add_item(campaign_table_builder *builder, const char *name, int64_t max_per_quarter, double memory)
{
    assert_int_equal(campaign_table_builder_append_text(builder, 0, name, strlen(name), NULL), CAMPAIGN_OK);
    put(builder, 1, 1000);
    put(builder, 2, 600);
    put_float(builder, 3, 100);
    put_float(builder, 4, 4);
    put(builder, 5, max_per_quarter);
    put_float(builder, 6, memory);
}

static campaign_table *two_items(int64_t max_per_quarter, double memory)
{
    campaign_table_builder *builder = open_table(item_columns, N_COLUMNS(item_columns));
    add_item(builder, "茶", max_per_quarter, memory);
    add_item(builder, "米", max_per_quarter, memory);
    return close_table(builder);
}

static campaign_table *discounts(double first, double second)
{
    static const case_column columns[] = { { "discount", CAMPAIGN_TYPE_FLOAT64 } };
    campaign_table_builder *builder = open_table(columns, 1);
    put_float(builder, 0, first);
    if (second > 0) put_float(builder, 0, second);
    return close_table(builder);
}

typedef struct table_call {
    campaign_promotion_weeks_inputs inputs;
    campaign_promotion_weeks_options options;
    campaign_promotion_weeks_report report;
    campaign_table *calendar;
    campaign_error error;
} table_call;

static table_call open_call(campaign_table *items, campaign_table *ladder)
{
    const table_call empty = { CAMPAIGN_PROMOTION_WEEKS_INPUTS_INIT,
                               CAMPAIGN_PROMOTION_WEEKS_OPTIONS_INIT,
                               CAMPAIGN_PROMOTION_WEEKS_REPORT_INIT,
                               NULL,
                               { 0 } };
    table_call call = empty;
    call.inputs.items = items;
    call.inputs.ladder = ladder;
    return call;
}

static campaign_status run(table_call *call)
{
    return campaign_plan_promotion_weeks(&call->calendar, &call->report, &call->inputs, &call->options, NULL,
                                         &call->error);
}

/* Frees what a call was made with, and what it gave. */
static void close_call(table_call *call, campaign_table *items, campaign_table *ladder)
{
    campaign_table_free(items);
    campaign_table_free(ladder);
    campaign_table_free(call->calendar);
    campaign_promotion_weeks_report_clear(&call->report);
}

static void expect_failure(table_call *call, campaign_status code, const char *where, const char *words)
{
    const campaign_status status = run(call);
    if (status != code || strcmp(call->error.where, where) != 0 || !strstr(call->error.message, words))
        fail_msg("found %s at %s: %s", campaign_status_name(status), call->error.where, call->error.message);
    assert_null(call->calendar);
}

/* 53 weeks: blocks of 13, the last one of 14; at most two promotions in each, so eight in all. */
static void test_week_53_belongs_to_the_fourth_quarter(void **state)
{
    (void)state;
    campaign_table *items = two_items(2, 0), *ladder = discounts(0.2, 0);
    table_call call = open_call(items, ladder);
    call.options.n_weeks = 53;

    assert_ok(run(&call), call.error);

    assert_int_equal(campaign_table_n_rows(call.calendar), 106);
    assert_int_equal(call.report.n_promotions, 16);
    int64_t in_last = 0;
    const int32_t promoted = campaign_table_find(call.calendar, "is_promoted");
    for (int64_t week = 39; week < 53; week++) in_last += campaign_table_int64(call.calendar, promoted, week);
    assert_int_equal(in_last, 2);
    close_call(&call, items, ladder);
}

/* 20 % off 10.00 is 8.00; 12.345 % off is 8.7655, which rounds half up to 8.77. */
static void test_discounts_become_prices(void **state)
{
    (void)state;
    campaign_table *items = two_items(NONE, 0), *ladder = discounts(0.2, 0.12345);
    table_call call = open_call(items, ladder);
    call.options.n_weeks = 1;

    assert_ok(run(&call), call.error);

    /* At elasticity 4 and a cost of 6.00 the greatest profit is at 8.00 of these: 8.77 brings 468, 8.00 brings 488. */
    assert_int_equal(campaign_table_int64(call.calendar, campaign_table_find(call.calendar, "price"), 0), 800);
    assert_int_equal(campaign_table_int64(call.calendar, campaign_table_find(call.calendar, "level"), 0), 2);
    close_call(&call, items, ladder);
}

static void test_wrong_tables_are_refused(void **state)
{
    (void)state;
    campaign_table *items = two_items(NONE, 0), *ladder = discounts(0.2, 0.2000001);
    table_call call = open_call(items, ladder);
    expect_failure(&call, CAMPAIGN_E_DUPLICATE, "ladder.price", "stands twice");
    call.inputs.ladder = items;
    expect_failure(&call, CAMPAIGN_E_VALUE, "ladder.price", "below the regular");
    call.inputs.ladder = ladder;
    call.inputs.items = ladder;
    expect_failure(&call, CAMPAIGN_E_COLUMN, "items.item", "is missing");
    call.inputs.items = NULL;
    expect_failure(&call, CAMPAIGN_E_ARGUMENT, "inputs.items", "required");
    call.inputs.items = items;
    call.options.item = "货号";
    expect_failure(&call, CAMPAIGN_E_COLUMN, "items.货号", "货号");
    call.options.item = NULL;
    call.options.language = "fr";
    expect_failure(&call, CAMPAIGN_E_UNKNOWN, "options.language", "fr");
    call.options.language = NULL;
    call.options.max_iterations = -1;
    expect_failure(&call, CAMPAIGN_E_ARGUMENT, "options.max_iterations", "-1");
    close_call(&call, items, ladder);
}

static void test_an_item_stands_once(void **state)
{
    (void)state;
    campaign_table_builder *builder = open_table(item_columns, N_COLUMNS(item_columns));
    add_item(builder, "茶", NONE, 0);
    add_item(builder, "茶", NONE, 0);
    campaign_table *items = close_table(builder), *ladder = discounts(0.2, 0);
    table_call call = open_call(items, ladder);
    expect_failure(&call, CAMPAIGN_E_DUPLICATE, "items.item", "\"茶\" stands twice");
    assert_int_equal(call.error.row, 1);
    close_call(&call, items, ladder);
}

static void test_ladder_must_know_its_items(void **state)
{
    (void)state;
    static const case_column columns[] = { { "item", CAMPAIGN_TYPE_UTF8 }, { "price", CAMPAIGN_TYPE_MONEY } };
    campaign_table *items = two_items(NONE, 0);
    campaign_table_builder *builder = open_table(columns, 2);
    assert_int_equal(campaign_table_builder_append_text(builder, 0, "茶", 3, NULL), CAMPAIGN_OK);
    put(builder, 1, 800);
    campaign_table *ladder = close_table(builder);
    table_call call = open_call(items, ladder);
    expect_failure(&call, CAMPAIGN_E_MISSING, "ladder.item", "item \"米\" has no promotion price");
    campaign_table_free(ladder);
    builder = open_table(columns, 2);
    assert_int_equal(campaign_table_builder_append_text(builder, 0, "盐", 3, NULL), CAMPAIGN_OK);
    put(builder, 1, 800);
    ladder = close_table(builder);
    call.inputs.ladder = ladder;
    expect_failure(&call, CAMPAIGN_E_UNKNOWN, "ladder.item", "there is no item \"盐\"");
    close_call(&call, items, ladder);
}

static void test_weeks_are_consecutive(void **state)
{
    (void)state;
    static const case_column columns[] = { { "week", CAMPAIGN_TYPE_INT32 }, { "start", CAMPAIGN_TYPE_DATE } };
    campaign_table *items = two_items(NONE, 0), *ladder = discounts(0.2, 0);
    table_call call = open_call(items, ladder);
    campaign_table_builder *builder = open_table(columns, 1);
    put(builder, 0, 1);
    put(builder, 0, 3);
    campaign_table *weeks = close_table(builder);
    call.inputs.weeks = weeks;
    expect_failure(&call, CAMPAIGN_E_VALUE, "weeks.week", "week 3 follows week 1");
    campaign_table_free(weeks);
    builder = open_table(columns, 2);
    put(builder, 0, 2), put(builder, 1, 20466);
    put(builder, 0, 1), put(builder, 1, 20458);
    weeks = close_table(builder);
    call.inputs.weeks = weeks;
    expect_failure(&call, CAMPAIGN_E_VALUE, "weeks.start", "week 2 starts 8 days after week 1");
    campaign_table_free(weeks);
    close_call(&call, items, ladder);
}

static void test_money_is_of_one_currency(void **state)
{
    (void)state;
    campaign_table *items = two_items(NONE, 0), *ladder = NULL;
    campaign_table_builder *builder = NULL;
    assert_int_equal(campaign_table_builder_create(&builder, NULL), CAMPAIGN_OK);
    assert_int_equal(campaign_table_builder_add_column(builder, "price", CAMPAIGN_TYPE_MONEY, "JPY", NULL),
                     CAMPAIGN_OK);
    put(builder, 0, 8);
    ladder = close_table(builder);
    table_call call = open_call(items, ladder);
    expect_failure(&call, CAMPAIGN_E_COLUMN, "ladder.price", "JPY with 0 decimals, items.price in CNY with 2");
    close_call(&call, items, ladder);
}

/* Two prices remembered for six weeks: 2^6 histories in each of 52 weeks. */
static void test_state_limit_names_item_and_sizes(void **state)
{
    (void)state;
    campaign_table *items = two_items(NONE, 0.1), *ladder = discounts(0.2, 0);
    table_call call = open_call(items, ladder);
    call.options.state_limit = 52 * 64 - 1;
    expect_failure(
        &call, CAMPAIGN_E_LIMIT, "options.state_limit",
        "item \"米\" needs more than 3327 states: 52 weeks, 1 counts, 2 prices remembered for 6 weeks with a gap of 0");
    call.options.state_limit = 52 * 64;
    assert_ok(run(&call), call.error);
    close_call(&call, items, ladder);
}

static int stop_at_once(void *ctx, const char *stage, int64_t done, int64_t total)
{
    (void)ctx, (void)stage, (void)done, (void)total;
    return 1;
}

static void test_caller_may_cancel(void **state)
{
    (void)state;
    campaign_table *items = two_items(NONE, 0), *ladder = discounts(0.2, 0);
    table_call call = open_call(items, ladder);
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    runtime.progress = stop_at_once;
    assert_int_equal(
        campaign_plan_promotion_weeks(&call.calendar, &call.report, &call.inputs, NULL, &runtime, &call.error),
        CAMPAIGN_E_CANCELLED);
    assert_null(call.calendar);
    close_call(&call, items, ladder);
}

static void test_no_items_give_an_empty_calendar(void **state)
{
    (void)state;
    campaign_table_builder *builder = open_table(item_columns, N_COLUMNS(item_columns));
    campaign_table *items = close_table(builder), *ladder = discounts(0.2, 0);
    table_call call = open_call(items, ladder);
    assert_ok(run(&call), call.error);
    assert_int_equal(campaign_table_n_rows(call.calendar), 0);
    assert_int_equal(call.report.status, CAMPAIGN_PROMOTION_WEEKS_OPTIMAL);
    close_call(&call, items, ladder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_week_53_belongs_to_the_fourth_quarter),
        cmocka_unit_test(test_discounts_become_prices),
        cmocka_unit_test(test_wrong_tables_are_refused),
        cmocka_unit_test(test_an_item_stands_once),
        cmocka_unit_test(test_ladder_must_know_its_items),
        cmocka_unit_test(test_weeks_are_consecutive),
        cmocka_unit_test(test_money_is_of_one_currency),
        cmocka_unit_test(test_state_limit_names_item_and_sizes),
        cmocka_unit_test(test_caller_may_cancel),
        cmocka_unit_test(test_no_items_give_an_empty_calendar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
