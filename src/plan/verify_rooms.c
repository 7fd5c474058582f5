/* What a loaded plan must hold in the tables worked out for each campaign: known campaigns, curves that make up the
 * whole, amounts that are not negative. */
#include <string.h>

#include "plan/rooms.h"

bool cpn_plan_same_campaign(const campaign_table *table, int64_t a, int64_t b)
{
    size_t length_a = 0, length_b = 0;
    const int32_t column = campaign_table_find(table, "campaign");
    const char *text_a = campaign_table_text(table, column, a, &length_a);
    const char *text_b = campaign_table_text(table, column, b, &length_b);
    return text_a && text_b && length_a == length_b && memcmp(text_a, text_b, length_a) == 0;
}

/* No cell of a column is below 0; nulls pass. */
static campaign_status check_not_negative(const campaign_table *table, const char *name, const char *column,
                                          campaign_error *error)
{
    const int32_t index = campaign_table_find(table, column);
    for (int64_t row = 0; row < campaign_table_n_rows(table); row++)
        if (!campaign_table_is_null(table, index, row) && campaign_table_int64(table, index, row) < 0)
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, name, "%s is negative", column);
    return CAMPAIGN_OK;
}

/* Days of one campaign stand together in order, and their traffic adds up to the whole. */
static campaign_status check_curve(const campaign_table *curve, campaign_error *error)
{
    const int32_t date = campaign_table_find(curve, "date"), traffic = campaign_table_find(curve, "traffic_ppm");
    const int64_t n = campaign_table_n_rows(curve), whole = 1000000;
    for (int64_t row = 0, end; row < n; row = end) {
        int64_t sum = 0;
        for (end = row; end < n && (end == row || cpn_plan_same_campaign(curve, row, end)); end++) {
            if (end > row && campaign_table_int64(curve, date, end) <= campaign_table_int64(curve, date, end - 1))
                return cpn_fail_row(error, CAMPAIGN_E_VALUE, end, "curve.date", "days must follow each other");
            const int64_t ppm = campaign_table_int64(curve, traffic, end);
            if (ppm > whole) return cpn_fail_row(error, CAMPAIGN_E_VALUE, end, "curve.traffic_ppm", "more than all");
            sum += ppm; /* at most as many as rows in a table, none above a million */
        }
        if (sum != whole)
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "curve.traffic_ppm",
                                "the days of the campaign add up to %lld parts per million, not to 1000000",
                                (long long)sum);
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_plan_verify_rooms(campaign_table *const *tables, campaign_error *error)
{
    static const struct {
        cpn_plan_table_id id;
        const char *where;
    } named[] = { { CPN_PLAN_DEADLINES, "deadlines.campaign" },
                  { CPN_PLAN_CURVE, "curve.campaign" },
                  { CPN_PLAN_STOCK, "stock.campaign" } };
    static const struct {
        cpn_plan_table_id id;
        const char *column;
    } counted[] = { { CPN_PLAN_DEADLINES, "working_days" }, { CPN_PLAN_CURVE, "target" },
                    { CPN_PLAN_CURVE, "traffic_ppm" },      { CPN_PLAN_STOCK, "peak_units" },
                    { CPN_PLAN_STOCK, "units_per_day" },    { CPN_PLAN_STOCK, "units_total" },
                    { CPN_PLAN_STOCK, "peak_sales" },       { CPN_PLAN_STOCK, "sales_per_day" },
                    { CPN_PLAN_STOCK, "sales_total" } };
    campaign_status status = CAMPAIGN_OK;
    for (size_t i = 0; i < sizeof named / sizeof *named && status == CAMPAIGN_OK; i++)
        status = cpn_plan_verify_names(tables[named[i].id], named[i].where, tables[CPN_PLAN_CAMPAIGNS], error);
    for (size_t i = 0; i < sizeof counted / sizeof *counted && status == CAMPAIGN_OK; i++)
        status =
            check_not_negative(tables[counted[i].id], cpn_plan_table_names[counted[i].id], counted[i].column, error);
    if (status == CAMPAIGN_OK) status = check_curve(tables[CPN_PLAN_CURVE], error);
    return status;
}
