/* Tables: building, borrowing, slicing. */
#include "oom.h"

#include <campaign/table.h>
#include <string.h>

/* Two columns, a money column among them, filled cell by cell. */
static campaign_status fill(campaign_table_builder *builder, campaign_error *error)
{
    campaign_status status = campaign_table_builder_add_column(builder, "客户", CAMPAIGN_TYPE_UTF8, NULL, error);
    if (status == CAMPAIGN_OK)
        status = campaign_table_builder_add_column(builder, "amount", CAMPAIGN_TYPE_MONEY, "CNY", error);
    for (int64_t row = 0; row < 40 && status == CAMPAIGN_OK; row++) {
        status =
            campaign_table_builder_append_text(builder, 0, "customer with a longer name", (size_t)(row % 27), error);
        if (status == CAMPAIGN_OK && row % 3)
            status = campaign_table_builder_append_int64(builder, 1, row, error);
        else if (status == CAMPAIGN_OK)
            status = campaign_table_builder_append_null(builder, 1, error);
    }
    return status;
}

static campaign_status build(campaign_table **table, campaign_error *error)
{
    *table = NULL;
    campaign_table_builder *builder = NULL;
    campaign_status status = campaign_table_builder_create(&builder, error);
    expect_empty(status, builder, "builder");
    if (status == CAMPAIGN_OK) status = fill(builder, error);
    if (status == CAMPAIGN_OK) {
        status = campaign_table_builder_finish(table, builder, error);
        expect_empty(status, *table, "table");
    }
    campaign_table_builder_free(builder);
    return status;
}

static campaign_status build_and_slice(campaign_error *error)
{
    campaign_table *table = NULL, *slice = NULL;
    campaign_status status = build(&table, error);
    if (status == CAMPAIGN_OK) {
        status = campaign_table_slice(&slice, table, 3, 20, error);
        expect_empty(status, slice, "slice");
    }
    campaign_table_free(table);
    campaign_table_free(slice);
    return status;
}

static void count_release(void *ctx)
{
    ++*(int *)ctx;
}

/* A borrowed array is released exactly once, whether the call that takes it works or not. */
static campaign_status borrow_array(campaign_error *error)
{
    static const int64_t values[4] = { 1, 2, 3, 4 };
    int n_released = 0;
    campaign_array array = CAMPAIGN_ARRAY_INIT;
    array.type = CAMPAIGN_TYPE_INT64;
    array.n_rows = 4;
    array.name = "n";
    array.values = values;
    array.release = count_release;
    array.ctx = &n_released;
    campaign_table *table = NULL;
    campaign_table_builder *builder = NULL;
    campaign_status status = campaign_table_builder_create(&builder, error);
    const bool is_taken = status == CAMPAIGN_OK;
    if (is_taken) status = campaign_table_builder_add_array(builder, &array, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(&table, builder, error);
    campaign_table_builder_free(builder);
    campaign_table_free(table);
    oom_expect(n_released == is_taken, "a borrowed array is not released exactly once");
    return status;
}

static campaign_status copy_array(campaign_error *error)
{
    static const char text[] = "北京上海";
    static const int32_t offsets[3] = { 0, 6, 12 }, codes[5] = { 1, 0, 0, 1, 1 };
    static const uint8_t validity[1] = { 0x1d };
    campaign_array array = CAMPAIGN_ARRAY_INIT;
    array.type = CAMPAIGN_TYPE_UTF8;
    array.n_rows = 5;
    array.n_dictionary = 2;
    array.name = "市场";
    array.validity = validity;
    array.values = text;
    array.offsets = offsets;
    array.codes = codes;
    campaign_table *table = NULL;
    campaign_table_builder *builder = NULL;
    campaign_status status = campaign_table_builder_create(&builder, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_add_array(builder, &array, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(&table, builder, error);
    campaign_table_builder_free(builder);
    campaign_table_free(table);
    return status;
}

/* A text column becomes money; one cell is rounded. */
static campaign_status turn_into_money(campaign_error *error)
{
    static const char text[] = "19.9012.005";
    static const int32_t offsets[3] = { 0, 5, 11 };
    campaign_array array = CAMPAIGN_ARRAY_INIT;
    array.type = CAMPAIGN_TYPE_UTF8;
    array.n_rows = 2;
    array.name = "金额";
    array.values = text;
    array.offsets = offsets;
    campaign_money_options options = CAMPAIGN_MONEY_OPTIONS_INIT;
    memcpy(options.currency, "CNY", 4);
    options.rounding = CAMPAIGN_ROUND_HALF_EVEN;
    campaign_table *table = NULL, *money = NULL;
    campaign_table_builder *builder = NULL;
    int64_t n_rounded = 0;
    campaign_status status = campaign_table_builder_create(&builder, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_add_array(builder, &array, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(&table, builder, error);
    if (status == CAMPAIGN_OK) {
        status = campaign_table_to_money(&money, &n_rounded, table, "金额", &options, error);
        expect_empty(status, money, "money");
        oom_expect(n_rounded == (status == CAMPAIGN_OK), "rounded cells are counted wrongly");
    }
    campaign_table_builder_free(builder);
    campaign_table_free(table);
    campaign_table_free(money);
    return status;
}

static campaign_status check_rules(const campaign_column_rule *rules, int32_t n_rules, campaign_error *error)
{
    campaign_table *table = NULL, *problems = NULL, *counts = NULL;
    campaign_status status = build(&table, error);
    if (status == CAMPAIGN_OK) {
        status = campaign_table_check(&problems, &counts, table, rules, n_rules, 0, error);
        expect_empty(status, problems, "problems");
        expect_empty(status, counts, "counts");
    }
    campaign_table_free(table);
    campaign_table_free(problems);
    campaign_table_free(counts);
    return status;
}

/* Rules that find nulls, duplicates, values out of range and a wrong type. */
static campaign_status list_problems(campaign_error *error)
{
    campaign_column_rule rules[3] = { CAMPAIGN_COLUMN_RULE_INIT, CAMPAIGN_COLUMN_RULE_INIT, CAMPAIGN_COLUMN_RULE_INIT };
    rules[0].name = "客户";
    rules[0].is_unique = 1;
    rules[0].forbids_empty = 1;
    rules[1].name = "amount";
    rules[1].has_maximum = 1;
    rules[1].maximum = 20;
    rules[2].name = "amount";
    rules[2].types = 1u << CAMPAIGN_TYPE_BOOL;
    return check_rules(rules, 3, error);
}

/* A missing column is reported with the nearest name. */
static campaign_status report_missing_column(campaign_error *error)
{
    campaign_column_rule rule = CAMPAIGN_COLUMN_RULE_INIT;
    rule.name = "amuont";
    return check_rules(&rule, 1, error);
}

const oom_scenario oom_scenarios[] = {
    { "build_and_slice", build_and_slice },
    { "borrow_array", borrow_array },
    { "copy_array", copy_array },
    { "turn_into_money", turn_into_money },
    { "list_problems", list_problems },
    { "report_missing_column", report_missing_column },
    { NULL, NULL },
};
