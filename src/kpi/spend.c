/* Lines of spend: the total, and by campaign where they name one. */
#include "kpi/reader.h"

#include <string.h>

/* Row of the plan's campaigns, or -1. */
static int64_t find_campaign(const cpn_kpi_book *book, const campaign_column *campaign, int64_t row)
{
    if (cpn_is_null(campaign, row)) return -1;
    size_t length, n;
    const char *name = cpn_cell_text(campaign, row, &length);
    for (int64_t i = 0; i < book->campaign_id.n_rows; i++) {
        if (cpn_is_null(&book->campaign_id, i)) continue;
        const char *id = cpn_cell_text(&book->campaign_id, i, &n);
        if (n == length && memcmp(id, name, n) == 0) return i;
    }
    return -1;
}

static campaign_status add_spend(cpn_kpi_reader *r, const cpn_kpi_source *s, const campaign_column *amount,
                                 const campaign_column *campaign, int64_t row, campaign_error *error)
{
    int32_t day;
    campaign_status status = cpn_kpi_place_row(&day, r, s, amount, row, error);
    if (status != CAMPAIGN_OK || day < 0) return status;
    const int64_t minor = cpn_cell_int64(amount, row);
    status = cpn_kpi_add(r, CPN_SPEND, day, minor, error);
    if (status != CAMPAIGN_OK || campaign->type == 0) return status;
    const int64_t index = find_campaign(r->book, campaign, row);
    if (index >= 0) return cpn_kpi_sums_add(&r->facts->spend, index * r->n_days + day, minor, error);
    r->facts->n_unknown_campaigns++;
    return CAMPAIGN_OK;
}

campaign_status cpn_kpi_read_spend(cpn_kpi_reader *r, const campaign_table *table, campaign_error *error)
{
    cpn_kpi_source s;
    campaign_column amount = CAMPAIGN_COLUMN_INIT, campaign = CAMPAIGN_COLUMN_INIT;
    campaign_status status = cpn_kpi_source_open(&s, r, table, "spend", error);
    if (status == CAMPAIGN_OK) status = cpn_kpi_claim(r, CPN_SPEND, "spend", error);
    if (status == CAMPAIGN_OK)
        status = cpn_kpi_find_money(&amount, r, &s, r->settings->given.amount, "amount", true, error);
    if (status == CAMPAIGN_OK && r->book->campaign_id.type != 0)
        status = cpn_find_column(&campaign, s.table, "spend", r->settings->given.campaign, "campaign",
                                 CPN_TYPE_BIT(CAMPAIGN_TYPE_UTF8), error);
    for (int64_t row = 0; status == CAMPAIGN_OK && row < amount.n_rows; row++)
        status = add_spend(r, &s, &amount, &campaign, row, error);
    r->facts->has_campaigns = status == CAMPAIGN_OK && campaign.type != 0;
    return status;
}
