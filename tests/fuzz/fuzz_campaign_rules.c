/* Rules for choosing campaigns: any text either chooses a set or is refused; what is chosen keeps the budget and its own
 * sums. */
#include "fuzz.h"

#include <campaign/plan.h>
#include <string.h>

/* Six candidates that overlap, follow each other and stand alone. */
static campaign_table *make_candidates(void)
{
    static const char *const ids[] = { "a", "b", "c", "d", "e", "f" };
    static const int32_t starts[] = { 20500, 20505, 20515, 20540, 20544, 20600 };
    static const int32_t ends[] = { 20506, 20508, 20518, 20543, 20550, 20601 };
    static const int64_t values[] = { 10, 8, 8, -2, 30, 0 }, costs[] = { 4, 3, 3, 1, 20, 0 };
    campaign_table_builder *builder = NULL;
    campaign_table *candidates = NULL;
    campaign_array array = CAMPAIGN_ARRAY_INIT;
    array.n_rows = 6;
    FUZZ_CHECK(campaign_table_builder_create(&builder, NULL) == CAMPAIGN_OK);
    array.name = "start", array.type = CAMPAIGN_TYPE_DATE, array.values = starts;
    FUZZ_CHECK(campaign_table_builder_add_array(builder, &array, NULL) == CAMPAIGN_OK);
    array.name = "end", array.values = ends;
    FUZZ_CHECK(campaign_table_builder_add_array(builder, &array, NULL) == CAMPAIGN_OK);
    array.name = "value", array.type = CAMPAIGN_TYPE_INT64, array.values = values;
    FUZZ_CHECK(campaign_table_builder_add_array(builder, &array, NULL) == CAMPAIGN_OK);
    array.name = "cost", array.values = costs;
    FUZZ_CHECK(campaign_table_builder_add_array(builder, &array, NULL) == CAMPAIGN_OK);
    FUZZ_CHECK(campaign_table_builder_add_column(builder, "id", CAMPAIGN_TYPE_UTF8, NULL, NULL) == CAMPAIGN_OK);
    FUZZ_CHECK(campaign_table_builder_add_column(builder, "tier", CAMPAIGN_TYPE_UTF8, NULL, NULL) == CAMPAIGN_OK);
    for (int32_t i = 0; i < 6; i++) {
        const char *tier = i % 2 ? "small" : "big";
        FUZZ_CHECK(campaign_table_builder_append_text(builder, 4, ids[i], 1, NULL) == CAMPAIGN_OK);
        FUZZ_CHECK(campaign_table_builder_append_text(builder, 5, tier, strlen(tier), NULL) == CAMPAIGN_OK);
    }
    FUZZ_CHECK(campaign_table_builder_finish(&candidates, builder, NULL) == CAMPAIGN_OK);
    campaign_table_builder_free(builder);
    return candidates;
}

static int64_t add_up(const campaign_table *campaigns, const char *name)
{
    const int32_t column = campaign_table_find(campaigns, name);
    int64_t sum = 0;
    for (int64_t row = 0; row < campaign_table_n_rows(campaigns); row++)
        sum += campaign_table_int64(campaigns, column, row);
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    campaign_table *candidates = make_candidates(), *choices = NULL;
    campaign_choice_report report = CAMPAIGN_CHOICE_REPORT_INIT;
    campaign_error error = { 0 };
    if (campaign_plan_choose_campaigns(&choices, &report, candidates, (const char *)data, size, NULL, NULL, &error) ==
        CAMPAIGN_OK) {
        FUZZ_CHECK(campaign_table_n_rows(choices) == 6);
        FUZZ_CHECK(report.is_optimal == 1 && report.value == report.bound);
        FUZZ_CHECK(add_up(report.campaigns, "value") == report.value);
        FUZZ_CHECK(add_up(report.campaigns, "cost") == report.cost);
        FUZZ_CHECK(add_up(report.campaigns, "n_members") == report.n_chosen);
    } else {
        FUZZ_CHECK(choices == NULL && report.campaigns == NULL);
        FUZZ_CHECK(error.code < 0 && error.message[0] != '\0');
    }
    campaign_table_free(choices);
    campaign_table_free(candidates);
    campaign_choice_report_clear(&report);
    return 0;
}
