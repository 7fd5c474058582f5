/* Cells of the tables of a network: each column with its types, numbers and dates within their limits. */
#include <string.h>

#include "base/number.h"
#include "schedule/net/net.h"

static const int64_t microseconds_per_minute = 60000000, microseconds_per_day = 86400000000;

campaign_status cpn_net_find_columns(cpn_net_column *columns, const cpn_net_spec *specs, int32_t n,
                                     const campaign_table *table, const char *table_name, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < n && status == CAMPAIGN_OK; i++) {
        columns[i].name = specs[i].name;
        columns[i].where = specs[i].where;
        status =
            specs[i].is_required
                ? cpn_need_column(&columns[i].column, table, table_name, NULL, specs[i].name, specs[i].types, error)
                : cpn_find_column(&columns[i].column, table, table_name, NULL, specs[i].name, specs[i].types, error);
    }
    return status;
}

campaign_status cpn_net_number(double *value, const cpn_net_column *column, int64_t row, double least, double most,
                               campaign_error *error)
{
    if (!cpn_net_has(column, row)) return CAMPAIGN_OK;
    const double found = column->column.type == CAMPAIGN_TYPE_FLOAT64 ? ((const double *)column->column.values)[row]
                                                                      : (double)cpn_cell_int64(&column->column, row);
    if (found >= least && found <= most) { /* false for what is not a number */
        *value = found;
        return CAMPAIGN_OK;
    }
    char text[CPN_NUMBER_TEXT], low[CPN_NUMBER_TEXT], high[CPN_NUMBER_TEXT];
    (void)cpn_format_double(text, found);
    (void)cpn_format_double(low, least);
    (void)cpn_format_double(high, most);
    return cpn_fail_row(error, found > most ? CAMPAIGN_E_OVERFLOW : CAMPAIGN_E_VALUE, row, column->where,
                        "%s is %s, expected %s to %s", column->name, text, low, high);
}

/* "column due has a time of day, 18:00, where a day is expected"; due_at takes moments. */
static campaign_status fail_time_of_day(const cpn_net_column *column, int64_t row, int64_t minute,
                                        campaign_error *error)
{
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, column->where,
                        "%s has a time of day, %02ld:%02ld, where a day is expected%s", column->name,
                        (long)(minute / 60), (long)(minute % 60),
                        strcmp(column->name, "due") == 0 ? ": due_at takes moments" : "");
}

campaign_status cpn_net_date(int32_t *day, const cpn_net_column *column, int64_t row, campaign_error *error)
{
    const int32_t found = cpn_cell_day(&column->column, row, 0);
    if (found >= CAMPAIGN_DAY_MIN && found <= CAMPAIGN_DAY_MAX) {
        *day = found;
        if (column->column.type != CAMPAIGN_TYPE_TIMESTAMP) return CAMPAIGN_OK;
        const int64_t rest = cpn_cell_int64(&column->column, row) - found * microseconds_per_day;
        return rest == 0 ? CAMPAIGN_OK : fail_time_of_day(column, row, rest / microseconds_per_minute, error);
    }
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, column->where, "day %ld is outside the years 1 to 9999",
                        (long)found);
}
