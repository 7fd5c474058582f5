/* Plan documents: an accepted one saves to a text that loads and saves the same, and can be judged. */
#include "fuzz.h"

#include <campaign/plan.h>
#include <string.h>

static void judge(const campaign_plan *plan)
{
    campaign_table_builder *builder = NULL;
    campaign_table *daily = NULL;
    campaign_error error = { 0 };
    campaign_kpi_plan judged = CAMPAIGN_KPI_PLAN_INIT;
    campaign_kpi_actuals actuals = CAMPAIGN_KPI_ACTUALS_INIT;
    campaign_kpi_evaluation result = CAMPAIGN_KPI_EVALUATION_INIT;
    (void)campaign_table_builder_create(&builder, NULL);
    (void)campaign_table_builder_add_column(builder, "date", CAMPAIGN_TYPE_DATE, NULL, NULL);
    (void)campaign_table_builder_add_column(builder, "sales", CAMPAIGN_TYPE_MONEY, "CNY", NULL);
    (void)campaign_table_builder_append_int64(builder, 0, 20870, NULL); /* 2027-02-21 */
    (void)campaign_table_builder_append_int64(builder, 1, 12345, NULL);
    FUZZ_CHECK(campaign_table_builder_finish(&daily, builder, NULL) == CAMPAIGN_OK);
    campaign_table_builder_free(builder);
    actuals.daily = daily;
    FUZZ_CHECK(campaign_plan_kpi(&judged, plan, NULL) == CAMPAIGN_OK);
    if (campaign_kpi_evaluate(&result, &judged, &actuals, NULL, NULL, &error) == CAMPAIGN_OK)
        FUZZ_CHECK(campaign_table_n_rows(result.attainment) >= campaign_table_n_rows(judged.targets));
    else
        FUZZ_CHECK(result.attainment == NULL && error.code < 0 && error.message[0] != '\0');
    campaign_kpi_evaluation_clear(&result);
    campaign_table_free(daily);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    campaign_plan *plan = NULL, *again = NULL;
    campaign_error error = { 0 };
    if (campaign_plan_load(&plan, (const char *)data, size, &error) != CAMPAIGN_OK) {
        FUZZ_CHECK(plan == NULL && error.code < 0 && error.message[0] != '\0');
        return 0;
    }
    char *first = NULL, *second = NULL;
    FUZZ_CHECK(campaign_plan_save(&first, NULL, plan, NULL) == CAMPAIGN_OK);
    FUZZ_CHECK(campaign_plan_load(&again, first, strlen(first), NULL) == CAMPAIGN_OK);
    FUZZ_CHECK(campaign_plan_save(&second, NULL, again, NULL) == CAMPAIGN_OK);
    FUZZ_CHECK(strcmp(first, second) == 0);
    judge(plan);
    campaign_text_free(second);
    campaign_text_free(first);
    campaign_plan_free(again);
    campaign_plan_free(plan);
    return 0;
}
