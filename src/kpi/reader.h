/* Reading the tables of what happened: what orders.c, daily.c and spend.c share. Only src/kpi includes this. */
#ifndef CPN_KPI_READER_H
#define CPN_KPI_READER_H

#include "kpi/kpi.h"

/* The facts being filled, and what they are filled by. */
typedef struct cpn_kpi_reader {
    cpn_kpi_facts *facts;
    const cpn_kpi_book *book;
    const cpn_kpi_settings *settings;
    const campaign_runtime *runtime;
    int32_t n_days;
} cpn_kpi_reader;

/* One table being read: its rows, and where their names stand in the plan. */
typedef struct cpn_kpi_source {
    const campaign_table *table;
    const char *name;
    campaign_column date;
    cpn_keys keys[CPN_KPI_N_DIMENSIONS];
    int32_t *codes[CPN_KPI_N_DIMENSIONS]; /* of the plan, by key of the table; -1 unknown */
} cpn_kpi_source;

/* A column of money in the plan's currency and decimals; a decimal column without a currency is taken for it.
 * One that is not needed may be missing: its type is 0 then. */
campaign_status cpn_kpi_find_money(campaign_column *column, cpn_kpi_reader *r, cpn_kpi_source *s, const char *name,
                                   const char *usual, bool is_needed, campaign_error *error);

campaign_status cpn_kpi_source_open(cpn_kpi_source *s, cpn_kpi_reader *r, const campaign_table *table, const char *name,
                                    campaign_error *error);
/* Finds the product lines and markets of a table that brings sales. */
campaign_status cpn_kpi_source_dimensions(cpn_kpi_source *s, cpn_kpi_reader *r, campaign_error *error);
void cpn_kpi_source_close(cpn_kpi_source *s);

/* A measure may come from one table only. */
campaign_status cpn_kpi_claim(cpn_kpi_reader *r, cpn_kpi_measure measure, const char *table, campaign_error *error);

/* Whether a date cell is there and within the years 1 to 9999. */
bool cpn_kpi_is_day(const campaign_column *date, int64_t row);

/* Day of the plan, from 0, on which a row counts; -1 where it does not. needed: a column that must not be null. */
campaign_status cpn_kpi_place_row(int32_t *day, cpn_kpi_reader *r, const cpn_kpi_source *s,
                                  const campaign_column *needed, int64_t row, campaign_error *error);

campaign_status cpn_kpi_add(cpn_kpi_reader *r, cpn_kpi_measure measure, int32_t day, int64_t amount,
                            campaign_error *error);

/* Adds sales of a row to its product line and market; the total is the day's own. */
campaign_status cpn_kpi_add_by_key(cpn_kpi_reader *r, const cpn_kpi_source *s, int64_t row, int32_t day, int64_t amount,
                                   campaign_error *error);

campaign_status cpn_kpi_read_orders(cpn_kpi_reader *r, const campaign_table *orders, campaign_error *error);
campaign_status cpn_kpi_read_daily(cpn_kpi_reader *r, const campaign_table *table, campaign_error *error);
campaign_status cpn_kpi_read_spend(cpn_kpi_reader *r, const campaign_table *table, campaign_error *error);

#endif
