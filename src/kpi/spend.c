/* Lines of spend: the total, and by campaign where they name one. */
#include "kpi/reader.h"

#include <string.h>

static int64_t find_text(const campaign_column *column, const char *text, size_t length)
{
    for (int64_t i = 0; column->type != 0 && i < column->n_rows; i++) {
        size_t n;
        if (cpn_is_null(column, i)) continue;
        const char *cell = cpn_cell_text(column, i, &n);
        if (n == length && memcmp(cell, text, n) == 0) return i;
    }
    return -1;
}

/* Row of the plan's campaigns by its id, or else its name; or -1. */
static int64_t find_campaign(const cpn_kpi_book *book, const campaign_column *campaign, int64_t row)
{
    if (cpn_is_null(campaign, row)) return -1;
    size_t length;
    const char *text = cpn_cell_text(campaign, row, &length);
    const int64_t index = find_text(&book->campaign_id, text, length);
    return index >= 0 ? index : find_text(&book->campaign_name, text, length);
}

static campaign_status add_spend(cpn_kpi_reader *r, const cpn_kpi_source *s, const campaign_column *amount,
                                 const campaign_column *campaign, int64_t row, campaign_error *error)
{
    int32_t day;
    campaign_status status = cpn_kpi_place_row(&day, r, s, amount, row, error);
    if (status != CAMPAIGN_OK || day < 0) return status;
    r->facts->rows[day]++;
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
