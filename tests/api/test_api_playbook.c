/* A program's way with the playbook: the built-in document edited and judged, the example, and what a caller may leave
 * out. */
#include "check.h"

#include <campaign/campaign.h>

static campaign_table *make_state(void)
{
    campaign_error error = { 0 };
    campaign_table_builder *builder = NULL;
    campaign_table *table = NULL;
    assert_ok(campaign_table_builder_create(&builder, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "metric", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
    assert_ok(campaign_table_builder_add_column(builder, "value", CAMPAIGN_TYPE_FLOAT64, NULL, &error), error);
    assert_ok(campaign_table_builder_append_text(builder, 0, "queue_minutes", 13, &error), error);
    assert_ok(campaign_table_builder_append_float64(builder, 1, 31, &error), error);
    assert_ok(campaign_table_builder_finish(&table, builder, &error), error);
    campaign_table_builder_free(builder);
    return table;
}

static void test_the_example_is_judged(void **state)
{
    (void)state;
    static char text[8192];
    FILE *file = fopen(EXAMPLES "/playbook.json", "rb");
    assert_non_null(file);
    const size_t length = fread(text, 1, sizeof text, file);
    assert_int_equal(fclose(file), 0);
    campaign_error error = { 0 };
    campaign_table *figures = make_state(), *risks = NULL;
    campaign_risks_inputs inputs = CAMPAIGN_RISKS_INPUTS_INIT;
    campaign_risks_options options = CAMPAIGN_RISKS_OPTIONS_INIT;
    campaign_risks_report report = CAMPAIGN_RISKS_REPORT_INIT;
    inputs.state = figures;
    options.as_of = "2027-06-18T10:30:15", options.playbook = text, options.playbook_length = (int64_t)length;
    assert_ok(campaign_plan_risks(&risks, &report, NULL, &inputs, &options, NULL, &error), error);
    assert_int_equal(campaign_table_n_rows(risks), 1); /* the phase is not known, but 31 minutes decide */
    assert_int_equal(report.n_entries, 2);
    assert_int_equal(report.n_unjudged, 1);
    size_t n = 0;
    const char *owner = campaign_table_text(risks, campaign_table_find(risks, "owner"), 0, &n);
    assert_memory_equal(owner, "store manager", n);
    campaign_risks_report_clear(&report);
    assert_null(report.unjudged);
    assert_int_equal(report.size, sizeof report);
    campaign_table_free(risks);
    campaign_table_free(figures);
}

static void test_what_may_be_left_out(void **state)
{
    (void)state;
    campaign_error error = { 0 };
    campaign_table *risks = NULL;
    campaign_risks_inputs inputs = CAMPAIGN_RISKS_INPUTS_INIT;
    campaign_risks_options options = CAMPAIGN_RISKS_OPTIONS_INIT;
    campaign_risks_report report = { 0 };
    options.as_of = "2027-06-18";
    assert_ok(campaign_plan_risks(&risks, NULL, NULL, &inputs, &options, NULL, &error), error);
    assert_int_equal(campaign_table_n_rows(risks), 0);
    campaign_table_free(risks);
    assert_int_equal(campaign_plan_risks(NULL, NULL, NULL, &inputs, &options, NULL, NULL), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_plan_risks(&risks, NULL, NULL, NULL, &options, NULL, NULL), CAMPAIGN_E_ARGUMENT);
    assert_null(risks);
    assert_int_equal(campaign_plan_risks(&risks, NULL, NULL, &inputs, NULL, NULL, NULL), CAMPAIGN_E_ARGUMENT);
    assert_int_equal(campaign_plan_risks(&risks, &report, NULL, &inputs, &options, NULL, NULL), CAMPAIGN_E_ARGUMENT);
    options.as_of = NULL;
    assert_int_equal(campaign_plan_risks(&risks, NULL, NULL, &inputs, &options, NULL, NULL), CAMPAIGN_E_ARGUMENT);
    options.as_of = "2027-06-18", inputs.size = 0;
    assert_int_equal(campaign_plan_risks(&risks, NULL, NULL, &inputs, &options, NULL, NULL), CAMPAIGN_E_ARGUMENT);
    campaign_risks_report_clear(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_example_is_judged),
        cmocka_unit_test(test_what_may_be_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
