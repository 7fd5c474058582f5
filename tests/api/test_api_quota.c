/* A program's way with quotas: a split of money in all methods, the report's life, and what a caller may leave out. */
#include "check.h"

#include <campaign/allocate.h>

static campaign_table *make_cells(void)
{
    static const char *const names[] = { "华东", "华北", "华南" };
    static const int64_t weights[] = { 53, 24, 23 };
    campaign_error error = { 0 };
    campaign_table_builder *builder = NULL;
    campaign_table *table = NULL;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "cell", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "weight", CAMPAIGN_TYPE_INT32, NULL, &error), error);
    for (int i = 0; i < 3; i++) {
        assert_ok(campaign_table_builder_append_text(builder, 0, names[i], strlen(names[i]), &error), error);
        assert_ok(campaign_table_builder_append_int64(builder, 1, weights[i], &error), error);
    }
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

static void test_parts_of_money_add_up_by_every_method(void **state)
{
    (void)state;
    campaign_table *cells = make_cells();
    campaign_allocate_quota_inputs inputs = CAMPAIGN_ALLOCATE_QUOTA_INPUTS_INIT;
    campaign_allocate_quota_options options = CAMPAIGN_ALLOCATE_QUOTA_OPTIONS_INIT;
    inputs.cells = cells;
    options.has_total = 1, options.total = 1000001, options.currency = "CNY", options.language = "zh";
    for (int32_t method = 0; method <= CAMPAIGN_QUOTA_DEAN; method++) {
        campaign_allocate_quota_report report = CAMPAIGN_ALLOCATE_QUOTA_REPORT_INIT;
        campaign_table *quotas = NULL;
        campaign_error error = { 0 };
        int64_t sum = 0;
        options.method = method;
        assert_ok(campaign_allocate_quota(&quotas, &report, &inputs, &options, NULL, &error), error);
        for (int64_t row = 0; row < 3; row++)
            sum += campaign_table_int64(quotas, campaign_table_find(quotas, "quota"), row);
        assert_int_equal(sum, 1000001);
        assert_int_equal(report.status, CAMPAIGN_CERTIFICATE_OPTIMAL);
        assert_true(report.value == report.bound && report.gap == 0);
        campaign_allocate_quota_report_clear(&report);
        assert_null(report.multipliers);
        assert_int_equal(report.size, sizeof report);
        campaign_table_free(quotas);
    }
    campaign_table_free(cells);
}

static void test_what_may_be_left_out(void **state)
{
    (void)state;
    campaign_table *cells = make_cells(), *quotas = cells;
    campaign_allocate_quota_inputs inputs = CAMPAIGN_ALLOCATE_QUOTA_INPUTS_INIT;
    campaign_allocate_quota_report report = { 0 };
    campaign_allocate_capacity_quota_inputs reps = CAMPAIGN_ALLOCATE_CAPACITY_QUOTA_INPUTS_INIT;
    campaign_allocate_capacity_quota_report about = { 0 };
    assert_int_equal(campaign_allocate_quota(NULL, NULL, &inputs, NULL, NULL, NULL), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_allocate_quota(&quotas, NULL, &inputs, NULL, NULL, NULL), CAMPAIGN_E_ARGUMENT);
    assert_null(quotas);
    inputs.cells = cells;
    assert_int_equal(campaign_allocate_quota(&quotas, &report, &inputs, NULL, NULL, NULL), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_allocate_quota(&quotas, NULL, &inputs, NULL, NULL, NULL), CAMPAIGN_E_ARGUMENT);
    inputs.size = 0;
    assert_int_equal(campaign_allocate_quota(&quotas, NULL, &inputs, NULL, NULL, NULL), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_allocate_capacity_quota(&quotas, NULL, &reps, NULL, NULL, NULL), CAMPAIGN_E_ARGUMENT);
    reps.reps = cells;
    assert_int_equal(campaign_allocate_capacity_quota(&quotas, &about, &reps, NULL, NULL, NULL), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_allocate_capacity_quota(&quotas, NULL, &reps, NULL, NULL, NULL), CAMPAIGN_E_COLUMN);
    assert_null(quotas);
    campaign_allocate_quota_report_clear(NULL);
    campaign_allocate_capacity_quota_report_clear(NULL);
    campaign_table_free(cells);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts_of_money_add_up_by_every_method),
        cmocka_unit_test(test_what_may_be_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
