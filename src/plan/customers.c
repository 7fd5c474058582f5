/* Counts customers by kind: tiers of recency, frequency and monetary value at the eve of the plan, ten rules and the
 * dormant, gathered into the four kinds that campaigns tell apart. */
#include "plan/customers.h"

#include <campaign/tier.h>
#include <string.h>

/* What is not named here is regular. */
static const struct {
    const char *tier;
    cpn_customer_kind kind;
} kinds[] = {
    { "champions", CPN_CUSTOMERS_HIGH_VALUE },   { "loyal", CPN_CUSTOMERS_HIGH_VALUE },
    { "cannot_lose", CPN_CUSTOMERS_HIGH_VALUE }, { "new", CPN_CUSTOMERS_NEW },
    { "promising", CPN_CUSTOMERS_NEW },          { "dormant", CPN_CUSTOMERS_DORMANT },
    { "lost", CPN_CUSTOMERS_DORMANT },           { "about_to_sleep", CPN_CUSTOMERS_DORMANT },
};

static cpn_customer_kind kind_of(const campaign_table *segments, int32_t column, int64_t row)
{
    size_t length = 0;
    const char *tier = campaign_table_text(segments, column, row, &length);
    for (size_t i = 0; tier && i < sizeof kinds / sizeof *kinds; i++)
        if (strlen(kinds[i].tier) == length && memcmp(kinds[i].tier, tier, length) == 0) return kinds[i].kind;
    return CPN_CUSTOMERS_REGULAR;
}

/* A column that is named must be there and hold keys; one of the usual name that does not is none. */
static campaign_status find_customers(const char **name, const campaign_table *orders, const cpn_plan_request *request,
                                      campaign_error *error)
{
    const cpn_json_value *data = cpn_get(request->root, "data");
    const cpn_json_value *columns = data ? cpn_get(data, "columns") : NULL;
    campaign_column column = CAMPAIGN_COLUMN_INIT;
    *name = cpn_get_text(columns, &cpn_plan_columns_record, "customer");
    if (*name) return cpn_need_column(&column, orders, "orders", *name, "customer", CPN_ANY_KEY, error);
    const int32_t index = campaign_table_find(orders, "customer");
    if (index < 0 || campaign_table_column(&column, orders, index, NULL) != CAMPAIGN_OK) return CAMPAIGN_OK;
    if (CPN_ANY_KEY & (int)CPN_TYPE_BIT(column.type)) *name = "customer";
    return CAMPAIGN_OK;
}

campaign_status cpn_plan_customers_count(int64_t counts[CPN_N_CUSTOMER_KINDS], bool *is_counted,
                                         const cpn_plan_facts *facts, campaign_error *error)
{
    const cpn_plan_history *history = facts->history;
    const campaign_table *orders = history->converted ? history->converted : facts->orders;
    campaign_rfm_options options = CAMPAIGN_RFM_OPTIONS_INIT;
    campaign_rfm_report report = CAMPAIGN_RFM_REPORT_INIT;
    campaign_table *tiers = NULL;
    memset(counts, 0, CPN_N_CUSTOMER_KINDS * sizeof *counts);
    *is_counted = false;
    if (!facts->orders || history->first_day > history->last_day) return CAMPAIGN_OK;
    campaign_status status = find_customers(&options.customer, orders, facts->request, error);
    if (status != CAMPAIGN_OK || !options.customer) return status;
    options.date = history->date.name;
    options.amount = history->amount.name;
    options.has_as_of = 1;
    options.as_of = facts->request->start_day - 1;
    options.day_starts_at_minutes = facts->request->day_starts_at_minutes;
    options.nulls = CAMPAIGN_RFM_NULLS_SKIP;
    status = campaign_tier_rfm(&tiers, &report, orders, &options, facts->runtime, error);
    if (status == CAMPAIGN_OK) {
        const int32_t tier = campaign_table_find(report.segments, "tier");
        const int32_t customers = campaign_table_find(report.segments, "customers");
        for (int64_t row = 0; row < campaign_table_n_rows(report.segments); row++)
            counts[kind_of(report.segments, tier, row)] += campaign_table_int64(report.segments, customers, row);
        *is_counted = true;
    }
    campaign_table_free(tiers);
    campaign_rfm_report_clear(&report);
    return status;
}
