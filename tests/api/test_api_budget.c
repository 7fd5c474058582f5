/* A program's way to divide a budget: money in, whole minor units out, with a bound; and what a mistake leaves behind. */
#include "check.h"

#include <campaign/allocate.h>

static campaign_table *make_items(int64_t minimum)
{
    static const double scale[] = { 300, 900 }, location[] = { 2000, 5000 };
    campaign_error error = { 0 };
    campaign_table_builder *builder = NULL;
    campaign_table *items = NULL;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "item", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "curve", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "scale", CAMPAIGN_TYPE_FLOAT64, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "location", CAMPAIGN_TYPE_FLOAT64, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "minimum", CAMPAIGN_TYPE_MONEY, "CNY", &error), error);
    for (int i = 0; i < 2; i++) {
        assert_ok(campaign_table_builder_append_text(builder, 0, i ? "搜索" : "短信", 6, &error), error);
        assert_ok(campaign_table_builder_append_text(builder, 1, "michaelis_menten", 16, &error), error);
        assert_ok(campaign_table_builder_append_float64(builder, 2, scale[i], &error), error);
        assert_ok(campaign_table_builder_append_float64(builder, 3, location[i], &error), error);
        assert_ok(campaign_table_builder_append_int64(builder, 4, minimum, &error), error);
    }
    assert_ok(campaign_table_builder_finish(&items, builder, &error), error);
    campaign_table_builder_free(builder);
    return items;
}

static void test_a_budget_is_divided_to_the_last_minor_unit(void **state)
{
    (void)state;
    campaign_error error = { 0 };
    campaign_table *allocation = NULL;
    campaign_allocate_budget_inputs inputs = CAMPAIGN_ALLOCATE_BUDGET_INPUTS_INIT;
    campaign_allocate_budget_options options = CAMPAIGN_ALLOCATE_BUDGET_OPTIONS_INIT;
    campaign_allocate_budget_report report = CAMPAIGN_ALLOCATE_BUDGET_REPORT_INIT;
    campaign_table *items = make_items(0);
    inputs.items = items;
    options.has_budget = 1;
    options.budget_minor = 1000001;
    assert_ok(campaign_allocate_budget(&allocation, &report, &inputs, &options, NULL, &error), error);
    const int32_t spend = campaign_table_find(allocation, "spend");
    assert_int_equal(campaign_table_int64(allocation, spend, 0) + campaign_table_int64(allocation, spend, 1), 1000001);
    assert_int_equal(report.spend_minor, 1000001);
    assert_true(report.value <= report.bound && report.gap <= 1e-9);
    campaign_table_free(allocation);
    campaign_allocate_budget_report_clear(&report);
    assert_null(report.summary);
    campaign_allocate_budget_report_clear(NULL);
    campaign_table_free(items);
}

static void test_a_refused_call_leaves_nothing(void **state)
{
    (void)state;
    campaign_error error = { 0 };
    campaign_table *allocation = NULL;
    campaign_allocate_budget_inputs inputs = CAMPAIGN_ALLOCATE_BUDGET_INPUTS_INIT;
    campaign_allocate_budget_options options = CAMPAIGN_ALLOCATE_BUDGET_OPTIONS_INIT;
    campaign_allocate_budget_report report = CAMPAIGN_ALLOCATE_BUDGET_REPORT_INIT;
    assert_int_equal(campaign_allocate_budget(&allocation, &report, &inputs, &options, NULL, &error),
                     CAMPAIGN_E_ARGUMENT);
    campaign_table *items = make_items(600);
    inputs.items = items;
    options.has_budget = 1;
    options.budget_minor = 1000;
    assert_int_equal(campaign_allocate_budget(&allocation, &report, &inputs, &options, NULL, &error),
                     CAMPAIGN_E_INFEASIBLE);
    assert_null(allocation);
    assert_null(report.limits);
    assert_string_equal(error.where, "options.budget");
    report.size = 3;
    assert_int_equal(campaign_allocate_budget(&allocation, &report, &inputs, &options, NULL, &error),
                     CAMPAIGN_E_ARGUMENT);
    campaign_table_free(items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_budget_is_divided_to_the_last_minor_unit),
        cmocka_unit_test(test_a_refused_call_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
