/* The choice of campaigns under failing allocations: with reasons, with relations and merging, and a conflict. */
#include "oom.h"

#include <campaign/plan.h>
#include <string.h>

static campaign_status make_candidates(campaign_table **candidates, campaign_error *error)
{
    static const char *const names[] = { "id", "tier", "never_together", "start", "end", "value", "cost" };
    static const int32_t types[] = { CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_UTF8,  CAMPAIGN_TYPE_UTF8, CAMPAIGN_TYPE_DATE,
                                     CAMPAIGN_TYPE_DATE, CAMPAIGN_TYPE_INT64, CAMPAIGN_TYPE_INT64 };
    campaign_table_builder *builder = NULL;
    campaign_status status = campaign_table_builder_create(&builder, error);
    for (int32_t i = 0; i < 7 && status == CAMPAIGN_OK; i++)
        status = campaign_table_builder_add_column(builder, names[i], types[i], NULL, error);
    for (int64_t row = 0; row < 7 && status == CAMPAIGN_OK; row++) {
        const char id[2] = { (char)('a' + row), '\0' };
        const char *texts[] = { id, row % 3 ? "small" : "big", row > 4 ? "x" : NULL };
        const int64_t numbers[] = { 20500 + row * 9, 20503 + row * 11, 10 + row * row % 7, 3 + row % 4 };
        for (int32_t i = 0; i < 3 && status == CAMPAIGN_OK; i++)
            status = texts[i] ? campaign_table_builder_append_text(builder, i, texts[i], strlen(texts[i]), error)
                              : campaign_table_builder_append_null(builder, i, error);
        for (int32_t i = 0; i < 4 && status == CAMPAIGN_OK; i++)
            status = campaign_table_builder_append_int64(builder, 3 + i, numbers[i], error);
    }
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(candidates, builder, error);
    campaign_table_builder_free(builder);
    return status;
}

static campaign_status run(const char *rules, campaign_error *error)
{
    campaign_table *candidates = NULL, *choices = NULL;
    campaign_choice_report report = CAMPAIGN_CHOICE_REPORT_INIT;
    campaign_status status = make_candidates(&candidates, error);
    if (status == CAMPAIGN_OK) {
        status = campaign_plan_choose_campaigns(&choices, &report, candidates, rules, rules ? strlen(rules) : 0, NULL,
                                                NULL, error);
        expect_empty(status, choices, "choices");
        expect_empty(status, report.campaigns, "report.campaigns");
    }
    campaign_table_free(choices);
    campaign_table_free(candidates);
    campaign_choice_report_clear(&report);
    return status;
}

static campaign_status choose_refusing(campaign_error *error)
{
    return run("{\"schema\":\"campaign/campaign_rules/1\",\"overlaps\":\"refuse\",\"gap_days\":5,\"budget\":20}",
               error);
}

static campaign_status choose_merging(campaign_error *error)
{
    return run("{\"schema\":\"campaign/campaign_rules/1\",\"budget\":25,\"always_together\":[{\"ids\":[\"a\",\"d\"]}],"
               "\"forced_windows\":[{\"start\":\"2026-03-01\",\"end\":\"2026-03-20\"}]}",
               error);
}

/* A conflict is the answer here: with memory enough it is found and told. */
static campaign_status choose_in_vain(campaign_error *error)
{
    const campaign_status status = run("{\"schema\":\"campaign/campaign_rules/1\",\"small_per_month\":{\"min\":2},"
                                       "\"overlaps\":\"refuse\",\"gap_days\":30,\"forced\":[\"a\",\"e\"]}",
                                       error);
    return status == CAMPAIGN_E_INFEASIBLE ? CAMPAIGN_OK : status;
}

const oom_scenario oom_scenarios[] = {
    { "choose refusing", choose_refusing },
    { "choose merging", choose_merging },
    { "choose in vain", choose_in_vain },
    { NULL, NULL },
};
