/* A playbook of any text is refused with a place, or judges a state in either language the same way. */
#include "fuzz.h"

#include <campaign/playbook.h>
#include <string.h>

static campaign_table *make_state(void)
{
    static const char *const metrics[] = { "cpa", "sales", "staff", "x" };
    static const double values[] = { 39, 1e300, -5, 0 };
    campaign_table_builder *builder = NULL;
    campaign_table *state = NULL;
    FUZZ_CHECK(campaign_table_builder_create(&builder, NULL) == CAMPAIGN_OK);
    FUZZ_CHECK(campaign_table_builder_add_column(builder, "metric", CAMPAIGN_TYPE_UTF8, NULL, NULL) == CAMPAIGN_OK);
    FUZZ_CHECK(campaign_table_builder_add_column(builder, "value", CAMPAIGN_TYPE_FLOAT64, NULL, NULL) == CAMPAIGN_OK);
    FUZZ_CHECK(campaign_table_builder_add_column(builder, "target", CAMPAIGN_TYPE_FLOAT64, NULL, NULL) == CAMPAIGN_OK);
    for (int i = 0; i < 4; i++) {
        FUZZ_CHECK(campaign_table_builder_append_text(builder, 0, metrics[i], strlen(metrics[i]), NULL) == CAMPAIGN_OK);
        FUZZ_CHECK(campaign_table_builder_append_float64(builder, 1, values[i], NULL) == CAMPAIGN_OK);
        FUZZ_CHECK(campaign_table_builder_append_float64(builder, 2, i == 3 ? 0 : 30, NULL) == CAMPAIGN_OK);
    }
    FUZZ_CHECK(campaign_table_builder_finish(&state, builder, NULL) == CAMPAIGN_OK);
    campaign_table_builder_free(builder);
    return state;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const languages[] = { "en", "zh" };
    campaign_table *state = make_state();
    int64_t n_holding[2] = { -1, -1 };
    for (int i = 0; i < 2; i++) {
        campaign_table *risks = NULL;
        campaign_risks_inputs inputs = CAMPAIGN_RISKS_INPUTS_INIT;
        campaign_risks_options options = CAMPAIGN_RISKS_OPTIONS_INIT;
        campaign_risks_report report = CAMPAIGN_RISKS_REPORT_INIT;
        campaign_error error = { 0 };
        inputs.state = state;
        options.as_of = "2027-06-18T10:30", options.language = languages[i];
        options.playbook = (const char *)data, options.playbook_length = (int64_t)size;
        if (campaign_plan_risks(&risks, &report, NULL, &inputs, &options, NULL, &error) == CAMPAIGN_OK) {
            FUZZ_CHECK(campaign_table_n_rows(risks) == report.n_holding);
            FUZZ_CHECK(campaign_table_n_rows(report.unjudged) == report.n_unjudged);
            n_holding[i] = report.n_holding;
        } else {
            FUZZ_CHECK(risks == NULL && report.unjudged == NULL);
            FUZZ_CHECK(error.code < 0 && error.message[0] != '\0');
        }
        campaign_table_free(risks);
        campaign_risks_report_clear(&report);
    }
    FUZZ_CHECK(n_holding[0] == n_holding[1]);
    campaign_table_free(state);
    return 0;
}
