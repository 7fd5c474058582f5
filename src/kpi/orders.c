/* Order lines: net and gross sales, refunds, and orders counted once. */
#include "kpi/reader.h"

#include "base/memory.h"

/* An order counts once, on the first day of a line with a positive amount; such a line without an order counts alone. */
static campaign_status count_orders(cpn_kpi_reader *r, const cpn_kpi_source *s, const campaign_column *amount,
                                    const campaign_column *order, campaign_error *error)
{
    cpn_keys keys = { 0 };
    campaign_status status = cpn_keys_create(&keys, order, r->runtime, error);
    int32_t *first_days = status == CAMPAIGN_OK ? cpn_alloc(keys.n_keys, sizeof *first_days) : NULL;
    if (status == CAMPAIGN_OK && !first_days) status = cpn_fail_nomem(error);
    for (int64_t key = 0; key < keys.n_keys && status == CAMPAIGN_OK; key++) first_days[key] = INT32_MAX;
    for (int64_t row = 0; row < amount->n_rows && status == CAMPAIGN_OK; row++) {
        if (!cpn_kpi_is_day(&s->date, row) || cpn_is_null(amount, row) || cpn_cell_int64(amount, row) <= 0) continue;
        const int32_t day = cpn_cell_day(&s->date, row, r->settings->given.day_starts_at_minutes) - r->book->start_day;
        if (day < 0 || day >= r->n_days) continue;
        const int32_t key = keys.codes[row];
        if (key < 0)
            r->facts->days[CPN_ORDERS][day]++;
        else if (day < first_days[key])
            first_days[key] = day;
    }
    for (int64_t key = 0; key < keys.n_keys && status == CAMPAIGN_OK; key++)
        if (first_days[key] != INT32_MAX) r->facts->days[CPN_ORDERS][first_days[key]]++;
    cpn_free(first_days);
    cpn_keys_free(&keys);
    return status;
}

static campaign_status add_line(cpn_kpi_reader *r, const cpn_kpi_source *s, const campaign_column *amount,
                                bool counts_lines, int64_t row, campaign_error *error)
{
    int32_t day;
    campaign_status status = cpn_kpi_place_row(&day, r, s, amount, row, error);
    if (status != CAMPAIGN_OK || day < 0) return status;
    r->facts->rows[day]++;
    const int64_t minor = cpn_cell_int64(amount, row);
    if (minor == INT64_MIN) return cpn_fail_row(error, CAMPAIGN_E_OVERFLOW, row, s->name, "the amount has no opposite");
    status = cpn_kpi_add(r, CPN_SALES, day, minor, error);
    if (status == CAMPAIGN_OK)
        status = cpn_kpi_add(r, minor < 0 ? CPN_REFUNDS : CPN_GROSS, day, minor < 0 ? -minor : minor, error);
    if (status == CAMPAIGN_OK && counts_lines && minor > 0) status = cpn_kpi_add(r, CPN_ORDERS, day, 1, error);
    if (status == CAMPAIGN_OK) status = cpn_kpi_add_by_key(r, s, row, day, minor, error);
    return status;
}

campaign_status cpn_kpi_read_orders(cpn_kpi_reader *r, const campaign_table *orders, campaign_error *error)
{
    static const cpn_kpi_measure measures[] = { CPN_SALES, CPN_GROSS, CPN_REFUNDS, CPN_ORDERS };
    cpn_kpi_source s;
    campaign_column amount = CAMPAIGN_COLUMN_INIT, order = CAMPAIGN_COLUMN_INIT;
    campaign_status status = cpn_kpi_source_open(&s, r, orders, "orders", error);
    for (size_t i = 0; i < sizeof measures / sizeof *measures && status == CAMPAIGN_OK; i++)
        status = cpn_kpi_claim(r, measures[i], "orders", error);
    if (status == CAMPAIGN_OK)
        status = cpn_kpi_find_money(&amount, r, &s, r->settings->given.amount, "amount", true, error);
    if (status == CAMPAIGN_OK)
        status = cpn_find_column(&order, s.table, "orders", r->settings->given.order, "order", CPN_ANY_KEY, error);
    if (status == CAMPAIGN_OK) status = cpn_kpi_source_dimensions(&s, r, error);
    for (int64_t row = 0; status == CAMPAIGN_OK && row < amount.n_rows; row++)
        status = add_line(r, &s, &amount, order.type == 0, row, error);
    if (status == CAMPAIGN_OK && order.type != 0) status = count_orders(r, &s, &amount, &order, error);
    for (int32_t i = 0; i < CPN_KPI_N_DIMENSIONS && status == CAMPAIGN_OK; i++)
        r->facts->has_dimension[i] = r->facts->has_dimension[i] || s.codes[i];
    cpn_kpi_source_close(&s);
    return status;
}
