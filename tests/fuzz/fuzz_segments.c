/* Segments: any text either makes rules or is refused with its place; the rules then give every customer a tier. */
#include "fuzz.h"

#include <campaign/tier.h>
#include <string.h>

/* Three customers who differ in everything. */
static campaign_table *make_orders(void)
{
    static const int32_t days[] = { 20000, 20100, 20200 };
    static const int64_t customers[] = { 1, 2, 3 }, amounts[] = { -100, 0, 123456 };
    campaign_table_builder *builder = NULL;
    campaign_table *orders = NULL;
    campaign_array array = CAMPAIGN_ARRAY_INIT;
    array.n_rows = 3;
    FUZZ_CHECK(campaign_table_builder_create(&builder, NULL) == CAMPAIGN_OK);
    array.name = "customer", array.type = CAMPAIGN_TYPE_INT64, array.values = customers;
    FUZZ_CHECK(campaign_table_builder_add_array(builder, &array, NULL) == CAMPAIGN_OK);
    array.name = "date", array.type = CAMPAIGN_TYPE_DATE, array.values = days;
    FUZZ_CHECK(campaign_table_builder_add_array(builder, &array, NULL) == CAMPAIGN_OK);
    array.name = "amount", array.type = CAMPAIGN_TYPE_MONEY, array.values = amounts;
    memcpy(array.currency, "CNY", 4);
    FUZZ_CHECK(campaign_table_builder_add_array(builder, &array, NULL) == CAMPAIGN_OK);
    FUZZ_CHECK(campaign_table_builder_finish(&orders, builder, NULL) == CAMPAIGN_OK);
    campaign_table_builder_free(builder);
    return orders;
}

static int64_t sum_customers(const campaign_table *segments)
{
    const int32_t column = campaign_table_find(segments, "customers");
    int64_t n = 0;
    for (int64_t row = 0; row < campaign_table_n_rows(segments); row++)
        n += campaign_table_int64(segments, column, row);
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    campaign_table *orders = make_orders(), *tiers = NULL;
    campaign_rfm_report report = CAMPAIGN_RFM_REPORT_INIT;
    campaign_rfm_options options = CAMPAIGN_RFM_OPTIONS_INIT;
    campaign_error error = { 0 };
    options.segments = (const char *)data;
    options.segments_length = (int64_t)size;
    if (campaign_tier_rfm(&tiers, &report, orders, &options, NULL, &error) == CAMPAIGN_OK) {
        FUZZ_CHECK(campaign_table_n_rows(tiers) == 3);
        FUZZ_CHECK(sum_customers(report.segments) == 3);
    } else {
        FUZZ_CHECK(tiers == NULL && report.segments == NULL);
        FUZZ_CHECK(error.code < 0 && error.message[0] != '\0');
    }
    campaign_table_free(tiers);
    campaign_table_free(orders);
    campaign_rfm_report_clear(&report);
    return 0;
}
