/* Plan requests: an accepted one makes a plan whose document loads and saves to the same bytes; the loader checks that
 * targets and budget add up. A refused one says why. */
#include "fuzz.h"

#include <campaign/plan.h>
#include <string.h>

/* Orders of a year, two lines in two markets; made anew for each input, which is cheap enough. */
static campaign_table *make_orders(void)
{
    campaign_table_builder *builder = NULL;
    campaign_table *orders = NULL;
    (void)campaign_table_builder_create(&builder, NULL);
    (void)campaign_table_builder_add_column(builder, "date", CAMPAIGN_TYPE_DATE, NULL, NULL);
    (void)campaign_table_builder_add_column(builder, "amount", CAMPAIGN_TYPE_MONEY, "CNY", NULL);
    (void)campaign_table_builder_add_column(builder, "product_line", CAMPAIGN_TYPE_UTF8, NULL, NULL);
    (void)campaign_table_builder_add_column(builder, "market", CAMPAIGN_TYPE_INT64, NULL, NULL);
    for (int32_t i = 0; i < 53; i++) { /* weeks from 2026-01-01 */
        (void)campaign_table_builder_append_int64(builder, 0, 20454 + i * 7, NULL);
        (void)campaign_table_builder_append_int64(builder, 1, (i % 9 - 1) * 997, NULL);
        (void)campaign_table_builder_append_text(builder, 2, i % 2 ? "果干" : "坚果", strlen("果干"), NULL);
        (void)campaign_table_builder_append_int64(builder, 3, i % 3, NULL);
    }
    FUZZ_CHECK(campaign_table_builder_finish(&orders, builder, NULL) == CAMPAIGN_OK);
    campaign_table_builder_free(builder);
    return orders;
}

static void check_round_trip(const campaign_plan *plan)
{
    char *first = NULL, *second = NULL;
    size_t n_first = 0, n_second = 0;
    campaign_plan *loaded = NULL;
    FUZZ_CHECK(campaign_plan_save(&first, &n_first, plan, NULL) == CAMPAIGN_OK);
    FUZZ_CHECK(campaign_plan_load(&loaded, first, n_first, NULL) == CAMPAIGN_OK);
    FUZZ_CHECK(campaign_plan_save(&second, &n_second, loaded, NULL) == CAMPAIGN_OK);
    FUZZ_CHECK(n_first == n_second && memcmp(first, second, n_first) == 0);
    campaign_plan_free(loaded);
    campaign_text_free(second);
    campaign_text_free(first);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    campaign_plan *plan = NULL;
    campaign_error error = { 0 };
    campaign_plan_inputs inputs = CAMPAIGN_PLAN_INPUTS_INIT;
    campaign_table *orders = make_orders();
    inputs.orders = orders;
    if (campaign_plan_create(&plan, (const char *)data, size, &inputs, NULL, &error) == CAMPAIGN_OK)
        check_round_trip(plan);
    else
        FUZZ_CHECK(plan == NULL && error.code < 0 && error.message[0] != '\0');
    campaign_plan_free(plan);
    campaign_table_free(orders);
    return 0;
}
