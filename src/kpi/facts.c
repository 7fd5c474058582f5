/* What happened, by day of the plan: order lines, daily figures and lines of spend added into the same measures.
 * A measure that no table brings stays unknown; it is never taken for zero. */
#include "kpi/reader.h"

#include <string.h>

#include "base/checked.h"
#include "base/memory.h"
#include "base/number.h"

const char *const cpn_kpi_measure_names[CPN_KPI_N_MEASURES] = { "sales",  "gross_sales", "refunds",       "orders",
                                                                "visits", "conversions", "new_customers", "spend" };
static const char *const dimension_names[CPN_KPI_N_DIMENSIONS] = { "product_line", "market" };
static const int64_t microseconds_per_day = INT64_C(86400000000);

/* ---- Columns ---------------------------------------------------------------------------------------------------- */

campaign_status cpn_kpi_find_money(campaign_column *column, cpn_kpi_reader *r, cpn_kpi_source *s, const char *name,
                                   const char *usual, bool is_needed, campaign_error *error)
{
    const uint32_t money = CPN_TYPE_BIT(CAMPAIGN_TYPE_MONEY);
    campaign_status status = is_needed ? cpn_need_column(column, s->table, s->name, name, usual, money, error)
                                       : cpn_find_column(column, s->table, s->name, name, usual, money, error);
    if (status != CAMPAIGN_OK || column->type == 0) return status;
    const bool has_currency = strcmp(column->currency, "XXX") != 0;
    if (has_currency && strcmp(column->currency, r->book->currency) != 0)
        return cpn_fail(error, CAMPAIGN_E_COLUMN, s->name, "column \"%s\" is in %s, the plan in %s", column->name,
                        column->currency, r->book->currency);
    if (has_currency && column->exponent == r->book->exponent) return CAMPAIGN_OK;
    campaign_money_options options = CAMPAIGN_MONEY_OPTIONS_INIT;
    memcpy(options.currency, r->book->currency, sizeof options.currency);
    options.has_exponent = 1;
    options.exponent = r->book->exponent;
    const char *column_name = column->name;
    campaign_table *converted;
    status = campaign_table_to_money(&converted, NULL, s->table, column_name, &options, error);
    if (status != CAMPAIGN_OK) return status;
    r->facts->converted[r->facts->n_converted++] = converted;
    s->table = converted;
    return cpn_need_column(column, converted, s->name, column_name, column_name, money, error);
}

static campaign_status map_keys(cpn_kpi_source *s, const cpn_kpi_book *book, int32_t dimension,
                                const campaign_column *column, campaign_error *error)
{
    const cpn_keys *keys = &s->keys[dimension];
    s->codes[dimension] = cpn_alloc(keys->n_keys, sizeof *s->codes[dimension]);
    if (!s->codes[dimension]) return cpn_fail_nomem(error);
    for (int64_t key = 0; key < keys->n_keys; key++) {
        char digits[CPN_NUMBER_TEXT];
        const char *text = digits;
        size_t length;
        if (keys->type == CAMPAIGN_TYPE_UTF8)
            text = cpn_cell_text(column, keys->first_rows[key], &length);
        else
            length = cpn_format_int64(digits, keys->integers[key]);
        s->codes[dimension][key] = cpn_kpi_book_find(book, dimension, text, length);
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_kpi_source_dimensions(cpn_kpi_source *s, cpn_kpi_reader *r, campaign_error *error)
{
    const char *const names[CPN_KPI_N_DIMENSIONS] = { r->settings->given.product_line, r->settings->given.market };
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < CPN_KPI_N_DIMENSIONS && status == CAMPAIGN_OK; i++) {
        campaign_column column;
        if (r->book->keys[i].n_keys == 0) continue;
        status = cpn_find_column(&column, s->table, s->name, names[i], dimension_names[i], CPN_ANY_KEY, error);
        if (status != CAMPAIGN_OK || column.type == 0) continue;
        status = cpn_keys_create(&s->keys[i], &column, r->runtime, error);
        if (status == CAMPAIGN_OK) status = map_keys(s, r->book, i, &column, error);
    }
    return status;
}

void cpn_kpi_source_close(cpn_kpi_source *s)
{
    for (int32_t i = 0; i < CPN_KPI_N_DIMENSIONS; i++) {
        cpn_keys_free(&s->keys[i]);
        cpn_free(s->codes[i]);
    }
}

campaign_status cpn_kpi_claim(cpn_kpi_reader *r, cpn_kpi_measure measure, const char *table, campaign_error *error)
{
    if (r->facts->has[measure])
        return cpn_fail(error, CAMPAIGN_E_DUPLICATE, table, "%s come from more than one table",
                        cpn_kpi_measure_names[measure]);
    r->facts->has[measure] = true;
    if (r->facts->days[measure]) return CAMPAIGN_OK;
    r->facts->days[measure] = cpn_alloc_zero(r->n_days, sizeof *r->facts->days[measure]);
    return r->facts->days[measure] ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

/* ---- Rows ------------------------------------------------------------------------------------------------------- */

bool cpn_kpi_is_day(const campaign_column *date, int64_t row)
{
    if (cpn_is_null(date, row)) return false;
    const int64_t value = cpn_cell_int64(date, row);
    const int64_t unit = date->type == CAMPAIGN_TYPE_TIMESTAMP ? microseconds_per_day : 1;
    /* One day of room on the left for a trading day that starts late. */
    return value >= (CAMPAIGN_DAY_MIN + 1) * unit && value < (CAMPAIGN_DAY_MAX + INT64_C(1)) * unit;
}

/* Refuses a row that cannot be used, or counts and lists it. */
static campaign_status skip_row(cpn_kpi_reader *r, const cpn_kpi_source *s, const campaign_column *needed, int64_t row,
                                campaign_error *error)
{
    const bool is_date = !cpn_kpi_is_day(&s->date, row), is_null = !is_date || cpn_is_null(&s->date, row);
    const cpn_kpi_skipped skipped = { s->name, is_date ? s->date.name : needed->name, row, is_null };
    if (r->settings->given.nulls == CAMPAIGN_KPI_NULLS_FAIL)
        return cpn_fail_row(error, is_null ? CAMPAIGN_E_MISSING : CAMPAIGN_E_VALUE, row, s->name,
                            is_null ? "\"%s\" is null" : "\"%s\" is outside the years 1 to 9999", skipped.column);
    r->facts->n_skipped++;
    int32_t n_listed = 0;
    for (int32_t i = 0; i < r->facts->n_listed; i++) n_listed += r->facts->listed[i].table == s->name;
    if (n_listed < CPN_KPI_LISTED_ROWS) r->facts->listed[r->facts->n_listed++] = skipped;
    return CAMPAIGN_OK;
}

campaign_status cpn_kpi_place_row(int32_t *day, cpn_kpi_reader *r, const cpn_kpi_source *s,
                                  const campaign_column *needed, int64_t row, campaign_error *error)
{
    *day = -1;
    if (!cpn_kpi_is_day(&s->date, row) || (needed && cpn_is_null(needed, row)))
        return skip_row(r, s, needed, row, error);
    const int32_t date = cpn_cell_day(&s->date, row, r->settings->given.day_starts_at_minutes);
    if (date < r->book->start_day || date >= r->book->end_day) {
        r->facts->n_outside++;
        return CAMPAIGN_OK;
    }
    *day = date - r->book->start_day;
    return CAMPAIGN_OK;
}

campaign_status cpn_kpi_add(cpn_kpi_reader *r, cpn_kpi_measure measure, int32_t day, int64_t amount,
                            campaign_error *error)
{
    int64_t *bound = &r->facts->bounds[measure];
    if (amount == INT64_MIN || !cpn_add64(bound, *bound, amount < 0 ? -amount : amount))
        return cpn_fail(error, CAMPAIGN_E_OVERFLOW, cpn_kpi_measure_names[measure], "the %s do not fit 64 bits",
                        cpn_kpi_measure_names[measure]);
    r->facts->days[measure][day] += amount;
    return CAMPAIGN_OK;
}

campaign_status cpn_kpi_add_by_key(cpn_kpi_reader *r, const cpn_kpi_source *s, int64_t row, int32_t day, int64_t amount,
                                   campaign_error *error)
{
    int64_t codes[CPN_KPI_N_DIMENSIONS] = { -1, -1 };
    for (int32_t i = 0; i < CPN_KPI_N_DIMENSIONS; i++) {
        if (!s->codes[i]) continue;
        const int32_t key = s->keys[i].codes[row];
        codes[i] = key < 0 ? -1 : s->codes[i][key];
        if (codes[i] < 0) r->facts->n_unknown[i]++;
    }
    if (codes[0] < 0 && codes[1] < 0) return CAMPAIGN_OK;
    return cpn_kpi_sums_add(&r->facts->sales, cpn_kpi_sales_key(r->book, codes[0], codes[1], day), amount, error);
}

/* Sales of a product line over all markets and of a market over all product lines, beside those of both together. */
static campaign_status add_margins(cpn_kpi_reader *r, campaign_error *error)
{
    const int64_t n_markets = r->book->keys[1].n_keys + 1; /* with "all" in the first place */
    cpn_kpi_sums *cells = &r->facts->sales, all = { 0 };
    campaign_status status = cpn_kpi_sums_close(cells, error);
    for (int64_t i = 0; i < cells->n && status == CAMPAIGN_OK; i++) {
        const int64_t amount = cells->totals[i] - (i == 0 ? 0 : cells->totals[i - 1]);
        const int64_t day = cells->keys[i] % r->n_days, pair = cells->keys[i] / r->n_days;
        const int64_t line = pair / n_markets - 1, market = pair % n_markets - 1;
        if (line >= 0) status = cpn_kpi_sums_add(&all, cpn_kpi_sales_key(r->book, line, -1, day), amount, error);
        if (market >= 0 && status == CAMPAIGN_OK)
            status = cpn_kpi_sums_add(&all, cpn_kpi_sales_key(r->book, -1, market, day), amount, error);
        if (line >= 0 && market >= 0 && status == CAMPAIGN_OK)
            status = cpn_kpi_sums_add(&all, cpn_kpi_sales_key(r->book, line, market, day), amount, error);
    }
    cpn_kpi_sums_free(cells);
    *cells = all;
    return status == CAMPAIGN_OK ? cpn_kpi_sums_close(cells, error) : status;
}

campaign_status cpn_kpi_source_open(cpn_kpi_source *s, cpn_kpi_reader *r, const campaign_table *table, const char *name,
                                    campaign_error *error)
{
    memset(s, 0, sizeof *s);
    s->table = table;
    s->name = name;
    return cpn_need_column(&s->date, table, name, r->settings->given.date, "date", CPN_ANY_DAY, error);
}

/* ---- Stage ------------------------------------------------------------------------------------------------------ */

/* The day asked for, or the last one with figures; the day before the plan where there are none. */
static void choose_as_of(cpn_kpi_reader *r)
{
    const campaign_kpi_options *given = &r->settings->given;
    r->facts->as_of = r->book->start_day - 1;
    for (int32_t day = 0; day < r->n_days; day++)
        if (r->facts->rows[day] > 0) r->facts->as_of = r->book->start_day + day;
    if (given->has_as_of) r->facts->as_of = given->as_of_day;
}

campaign_status cpn_kpi_facts_read(cpn_kpi_facts *facts, const cpn_kpi_book *book, const campaign_kpi_actuals *actuals,
                                   const cpn_kpi_settings *settings, const campaign_runtime *runtime,
                                   campaign_error *error)
{
    memset(facts, 0, sizeof *facts);
    cpn_kpi_reader r = { facts, book, settings, runtime, book->end_day - book->start_day };
    facts->rows = cpn_alloc_zero(r.n_days, sizeof *facts->rows);
    campaign_status status = facts->rows ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK && actuals->orders) status = cpn_kpi_read_orders(&r, actuals->orders, error);
    if (status == CAMPAIGN_OK && actuals->daily) status = cpn_kpi_read_daily(&r, actuals->daily, error);
    if (status == CAMPAIGN_OK && actuals->spend) status = cpn_kpi_read_spend(&r, actuals->spend, error);
    if (status == CAMPAIGN_OK) status = add_margins(&r, error);
    if (status == CAMPAIGN_OK) status = cpn_kpi_sums_close(&facts->spend, error);
    if (status == CAMPAIGN_OK)
        choose_as_of(&r);
    else
        cpn_kpi_facts_free(facts);
    return status;
}

void cpn_kpi_facts_free(cpn_kpi_facts *facts)
{
    for (int32_t i = 0; i < CPN_KPI_N_MEASURES; i++) cpn_free(facts->days[i]);
    for (int32_t i = 0; i < facts->n_converted; i++) campaign_table_free(facts->converted[i]);
    cpn_free(facts->rows);
    cpn_kpi_sums_free(&facts->sales);
    cpn_kpi_sums_free(&facts->spend);
    memset(facts, 0, sizeof *facts);
}
