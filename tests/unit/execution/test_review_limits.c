/* What a review refuses before it looks at a row: two currencies, names of campaigns that no id can begin with. */
#include <campaign/review.h>

#include "rapid_cases.h"

static void test_two_currencies_are_refused(void **state)
{
    (void)state;
    static const char *const currencies[] = { "CNY", "USD" };
    for (int i = 0; i < 2; i++) {
        campaign_table_builder *builder = NULL;
        campaign_table *metrics = NULL;
        campaign_error error = { 0 };
        campaign_review_inputs inputs = CAMPAIGN_REVIEW_INPUTS_INIT;
        campaign_review_report report = CAMPAIGN_REVIEW_REPORT_INIT;
        assert_ok(campaign_table_builder_create(&builder, &error), error);
        assert_ok(campaign_table_builder_add_column(builder, "metric", CAMPAIGN_TYPE_UTF8, NULL, &error), error);
        assert_ok(campaign_table_builder_add_column(builder, "target", CAMPAIGN_TYPE_MONEY, "CNY", &error), error);
        assert_ok(campaign_table_builder_add_column(builder, "actual", CAMPAIGN_TYPE_MONEY, currencies[i], &error),
                  error);
        assert_ok(campaign_table_builder_append_text(builder, 0, "revenue", 7, &error), error);
        for (int column = 1; column < 3; column++)
            assert_ok(campaign_table_builder_append_int64(builder, column, 100, &error), error);
        assert_ok(campaign_table_builder_finish(&metrics, builder, &error), error);
        campaign_table_builder_free(builder);
        inputs.metrics = metrics;
        const campaign_status status = campaign_plan_review(&report, &inputs, NULL, NULL, &error);
        assert_int_equal(status, i == 0 ? CAMPAIGN_OK : CAMPAIGN_E_COLUMN);
        if (i == 1) assert_string_equal(error.where, "metrics.actual");
        campaign_review_report_clear(&report);
        campaign_table_free(metrics);
    }
}

/* Records and documents are called after it. */
static void test_the_campaigns_name_must_fit(void **state)
{
    (void)state;
    static const char full[] = "012345678901234567890123456789012345678901234567";
    static const struct {
        const char *name, *next;
        campaign_status status;
    } cases[] = { { full, NULL, CAMPAIGN_OK },
                  { "", "", CAMPAIGN_OK },
                  { "0123456789012345678901234567890123456789012345678", NULL, CAMPAIGN_E_LIMIT },
                  { "a\nb", NULL, CAMPAIGN_E_VALUE },
                  { "a\xFF", NULL, CAMPAIGN_E_ENCODING },
                  { "a", "b\t", CAMPAIGN_E_VALUE } };
    static const char *const rows[] = { "leads|30|20|", NULL };
    campaign_table *metrics = make_table("metric:utf8|target:int64|actual:int64|better:utf8", rows);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        campaign_error error = { 0 };
        campaign_review_inputs inputs = CAMPAIGN_REVIEW_INPUTS_INIT;
        campaign_review_options options = CAMPAIGN_REVIEW_OPTIONS_INIT;
        campaign_review_report report = CAMPAIGN_REVIEW_REPORT_INIT;
        inputs.metrics = metrics;
        options.campaign = cases[i].name, options.next_campaign = cases[i].next;
        assert_int_equal(campaign_plan_review(&report, &inputs, &options, NULL, &error), cases[i].status);
        if (cases[i].status == CAMPAIGN_OK) {
            char expected[80];
            (void)snprintf(expected, sizeof expected, "%s/problem/1", cases[i].name[0] ? cases[i].name : "review");
            assert_string_equal(cell(report.playbook, "id", 0), expected);
        }
        campaign_review_report_clear(&report);
    }
    campaign_table_free(metrics);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_currencies_are_refused),
        cmocka_unit_test(test_the_campaigns_name_must_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
