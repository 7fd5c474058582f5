/* Daily figures: whatever of the measures a table has. */
#include "kpi/reader.h"

#include <string.h>

typedef struct daily_columns {
    campaign_column columns[CPN_KPI_N_MEASURES]; /* type 0: not there */
} daily_columns;

static campaign_status find_measures(daily_columns *daily, cpn_kpi_reader *r, cpn_kpi_source *s, campaign_error *error)
{
    const campaign_kpi_options *given = &r->settings->given;
    const char *const names[CPN_KPI_N_MEASURES] = { given->sales,         NULL,          given->refunds,
                                                    given->orders,        given->visits, given->conversions,
                                                    given->new_customers, given->spend };
    campaign_status status = CAMPAIGN_OK;
    bool has_any = false;
    for (int32_t i = 0; i < CPN_KPI_N_MEASURES && status == CAMPAIGN_OK; i++) {
        if (i == CPN_GROSS) continue; /* follows from sales and refunds */
        const char *usual = cpn_kpi_measure_names[i];
        if (i == CPN_SALES || i == CPN_REFUNDS || i == CPN_SPEND)
            status = cpn_kpi_find_money(&daily->columns[i], r, s, names[i], usual, false, error);
        else
            status = cpn_find_column(&daily->columns[i], s->table, "daily", names[i], usual, CPN_ANY_INT, error);
        if (status != CAMPAIGN_OK || daily->columns[i].type == 0) continue;
        has_any = true;
        status = cpn_kpi_claim(r, (cpn_kpi_measure)i, "daily", error);
    }
    if (status == CAMPAIGN_OK && !has_any)
        status = cpn_fail(error, CAMPAIGN_E_COLUMN, "daily",
                          "there is no figure: sales, refunds, orders, visits, conversions, new_customers or spend");
    if (status == CAMPAIGN_OK && daily->columns[CPN_SALES].type != 0)
        status = cpn_kpi_claim(r, CPN_GROSS, "daily", error);
    return status;
}

/* A null figure says nothing of its day: the row's other figures count. A row of nulls, such as a day to come, is none
 * of the rows with figures. */
static campaign_status add_figures(cpn_kpi_reader *r, const cpn_kpi_source *s, const daily_columns *daily, int64_t row,
                                   campaign_error *error)
{
    int32_t day;
    campaign_status status = cpn_kpi_place_row(&day, r, s, NULL, row, error);
    if (status != CAMPAIGN_OK || day < 0) return status;
    bool has_figure = false;
    for (int32_t i = 0; i < CPN_KPI_N_MEASURES && status == CAMPAIGN_OK; i++) {
        const campaign_column *column = &daily->columns[i];
        if (column->type == 0 || cpn_is_null(column, row)) continue;
        const int64_t value = cpn_cell_int64(column, row);
        has_figure = true;
        if (value < 0 && i != CPN_SALES)
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "daily", "\"%s\" is negative", column->name);
        status = cpn_kpi_add(r, (cpn_kpi_measure)i, day, value, error);
        if (status == CAMPAIGN_OK && (i == CPN_SALES || i == CPN_REFUNDS) && daily->columns[CPN_SALES].type != 0)
            status = cpn_kpi_add(r, CPN_GROSS, day, value, error);
        if (status == CAMPAIGN_OK && i == CPN_SALES) status = cpn_kpi_add_by_key(r, s, row, day, value, error);
    }
    r->facts->rows[day] += has_figure;
    return status;
}

campaign_status cpn_kpi_read_daily(cpn_kpi_reader *r, const campaign_table *table, campaign_error *error)
{
    cpn_kpi_source s;
    daily_columns daily;
    memset(&daily, 0, sizeof daily);
    campaign_status status = cpn_kpi_source_open(&s, r, table, "daily", error);
    if (status == CAMPAIGN_OK) status = find_measures(&daily, r, &s, error);
    if (status == CAMPAIGN_OK && daily.columns[CPN_SALES].type != 0) status = cpn_kpi_source_dimensions(&s, r, error);
    for (int64_t row = 0; status == CAMPAIGN_OK && row < s.date.n_rows; row++)
        status = add_figures(r, &s, &daily, row, error);
    for (int32_t i = 0; i < CPN_KPI_N_DIMENSIONS && status == CAMPAIGN_OK; i++)
        r->facts->has_dimension[i] = r->facts->has_dimension[i] || s.codes[i];
    cpn_kpi_source_close(&s);
    return status;
}
