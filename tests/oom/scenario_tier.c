/* Tiers under failing allocations: text and number ids, every count of frequency, with report and list of skipped rows. */
#include "oom.h"

#include <campaign/tier.h>

static campaign_status make_orders(campaign_table **orders, bool has_text, campaign_error *error)
{
    campaign_table_builder *builder = NULL;
    const int32_t id = has_text ? CAMPAIGN_TYPE_UTF8 : CAMPAIGN_TYPE_INT64;
    campaign_status status = campaign_table_builder_create(&builder, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_add_column(builder, "customer", id, NULL, error);
    if (status == CAMPAIGN_OK)
        status = campaign_table_builder_add_column(builder, "date", CAMPAIGN_TYPE_TIMESTAMP, NULL, error);
    if (status == CAMPAIGN_OK)
        status = campaign_table_builder_add_column(builder, "amount", CAMPAIGN_TYPE_MONEY, "CNY", error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_add_column(builder, "order", id, NULL, error);
    for (int64_t row = 0; row < 12 && status == CAMPAIGN_OK; row++) {
        const char name[2] = { (char)('a' + row % 5), '1' };
        for (int32_t column = 0; column < 4 && status == CAMPAIGN_OK; column += 3)
            status = has_text ? campaign_table_builder_append_text(builder, column, name, 2, error)
                              : campaign_table_builder_append_int64(builder, column, row % 5, error);
        if (status == CAMPAIGN_OK)
            status = row == 7 ? campaign_table_builder_append_null(builder, 1, error)
                              : campaign_table_builder_append_int64(builder, 1, row * INT64_C(90000000000), error);
        if (status == CAMPAIGN_OK)
            status = campaign_table_builder_append_int64(builder, 2, row == 3 ? -500 : row * 100000000, error);
    }
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(orders, builder, error);
    campaign_table_builder_free(builder);
    return status;
}

static campaign_status run(bool has_text, int32_t ties, int32_t frequency_counts, campaign_error *error)
{
    campaign_table *orders = NULL, *tiers = NULL;
    campaign_rfm_report report = CAMPAIGN_RFM_REPORT_INIT;
    campaign_rfm_options options = CAMPAIGN_RFM_OPTIONS_INIT;
    campaign_runtime runtime = CAMPAIGN_RUNTIME_INIT;
    runtime.n_threads = 2;
    options.nulls = CAMPAIGN_RFM_NULLS_SKIP;
    options.ties = ties;
    options.frequency_counts = frequency_counts;
    campaign_status status = make_orders(&orders, has_text, error);
    if (status == CAMPAIGN_OK) {
        status = campaign_tier_rfm(&tiers, &report, orders, &options, &runtime, error);
        expect_empty(status, tiers, "tiers");
        expect_empty(status, report.bins, "report.bins");
        expect_empty(status, report.skipped, "report.skipped");
    }
    campaign_table_free(tiers);
    campaign_table_free(orders);
    campaign_rfm_report_clear(&report);
    return status;
}

static campaign_status tier_by_value(campaign_error *error)
{
    return run(false, CAMPAIGN_RFM_TIES_VALUE, CAMPAIGN_RFM_FREQUENCY_ORDERS, error);
}

static campaign_status tier_text_ids(campaign_error *error)
{
    return run(true, CAMPAIGN_RFM_TIES_R_RFM, CAMPAIGN_RFM_FREQUENCY_ORDERS, error);
}

static campaign_status tier_by_days(campaign_error *error)
{
    return run(true, CAMPAIGN_RFM_TIES_NTILE, CAMPAIGN_RFM_FREQUENCY_DAYS, error);
}

const oom_scenario oom_scenarios[] = {
    { "tier by value", tier_by_value },
    { "tier text ids", tier_text_ids },
    { "tier by days", tier_by_days },
    { NULL, NULL },
};
