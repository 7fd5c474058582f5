/* What a loaded plan must hold in the tables worked out for each campaign: known campaigns, curves that make up the
 * whole, amounts that are not negative. */
#include <string.h>

#include "base/checked.h"
#include "plan/tasks/templates.h"

static bool is_same_campaign(const campaign_table *table, int64_t a, int64_t b)
{
    const int32_t column = campaign_table_find(table, "campaign");
    return cpn_plan_same_text(table, column, a, table, column, b);
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
        for (end = row; end < n && (end == row || is_same_campaign(curve, row, end)); end++) {
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

/* The lines inside of a campaign add up to its money; a table that was left out has none. */
static campaign_status check_items(const campaign_table *items, const campaign_table *budget, campaign_error *error)
{
    const int32_t amount = campaign_table_find(items, "amount"), wanted = campaign_table_find(budget, "amount");
    const int32_t name = campaign_table_find(items, "campaign"), campaign = campaign_table_find(budget, "campaign");
    const int64_t n = campaign_table_n_rows(items);
    int64_t row = 0;
    for (int64_t line = 0; n > 0 && line < campaign_table_n_rows(budget); line++) {
        if (campaign_table_is_null(budget, campaign, line)) continue;
        int64_t sum = 0;
        for (; row < n && cpn_plan_same_text(items, name, row, budget, campaign, line); row++)
            if (!cpn_add64(&sum, sum, campaign_table_int64(items, amount, row)))
                return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, "budget_items.amount", "an amount is too large");
        if (sum != campaign_table_int64(budget, wanted, line))
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, line, "budget_items.amount",
                                "the items of a campaign do not add up to budget row %lld", (long long)line);
    }
    if (row == n) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row, "budget_items.campaign", "the budget has no such campaign");
}

/* What campaigns of one season get. */
static int64_t sum_season(const campaign_table *budget, const char *season)
{
    const int32_t column = campaign_table_find(budget, "season"), amount = campaign_table_find(budget, "amount");
    int64_t sum = 0;
    for (int64_t row = 0; row < campaign_table_n_rows(budget); row++) {
        size_t length = 0;
        const char *text = campaign_table_text(budget, column, row, &length);
        if (text && strlen(season) == length && memcmp(text, season, length) == 0)
            sum += campaign_table_int64(budget, amount, row); /* parts of a total that was checked */
    }
    return sum;
}

static bool has_season(const campaign_table *budget, const char *season)
{
    const int32_t column = campaign_table_find(budget, "season");
    for (int64_t row = 0; row < campaign_table_n_rows(budget); row++) {
        size_t length = 0;
        const char *text = campaign_table_text(budget, column, row, &length);
        if (text && strlen(season) == length && memcmp(text, season, length) == 0) return true;
    }
    return false;
}

/* AP12: the off season has at most its part of the peak. Without a peak there is nothing to hold it against. */
static campaign_status check_cap(const cpn_plan_request *request, const campaign_table *budget, campaign_error *error)
{
    int64_t cap_ppm;
    const cpn_json_value *section = cpn_get(request->root, "budget");
    const campaign_status status = cpn_get_ppm(&cap_ppm, section, &cpn_plan_budget_record, "off_season_cap", error);
    if (status != CAMPAIGN_OK || !has_season(budget, "peak")) return status;
    const int64_t off = sum_season(budget, "off"), peak = sum_season(budget, "peak");
    if (cpn_compare_128(cpn_mul_128(off, 1000000), cpn_mul_128(peak, cap_ppm)) <= 0) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_VALUE, "budget.amount", "the off season has more than its cap of the peak");
}

campaign_status cpn_plan_verify_rooms(const campaign_plan *plan, campaign_error *error)
{
    static const struct {
        cpn_plan_table_id id;
        const char *where;
    } named[] = { { CPN_PLAN_DEADLINES, "deadlines.campaign" },   { CPN_PLAN_CURVE, "curve.campaign" },
                  { CPN_PLAN_STOCK, "stock.campaign" },           { CPN_PLAN_ACTIONS, "actions.campaign" },
                  { CPN_PLAN_MECHANISMS, "mechanisms.campaign" }, { CPN_PLAN_MATRIX, "matrix.campaign" } };
    static const struct {
        cpn_plan_table_id id;
        const char *column;
    } counted[] = {
        { CPN_PLAN_DEADLINES, "working_days" }, { CPN_PLAN_CURVE, "target" },        { CPN_PLAN_CURVE, "traffic_ppm" },
        { CPN_PLAN_STOCK, "peak_units" },       { CPN_PLAN_STOCK, "units_per_day" }, { CPN_PLAN_STOCK, "units_total" },
        { CPN_PLAN_STOCK, "peak_sales" },       { CPN_PLAN_STOCK, "sales_per_day" }, { CPN_PLAN_STOCK, "sales_total" },
        { CPN_PLAN_BUDGET_ITEMS, "amount" },    { CPN_PLAN_BUDGET_ITEMS, "rank" },   { CPN_PLAN_MECHANISMS, "rank" },
        { CPN_PLAN_MATRIX, "customers" },       { CPN_PLAN_MATRIX, "reach_ppm" },    { CPN_PLAN_MATRIX, "reached" },
        { CPN_PLAN_MATRIX, "conversion_ppm" },  { CPN_PLAN_MATRIX, "buyers" }
    };
    campaign_table *const *tables = plan->tables;
    campaign_status status = CAMPAIGN_OK;
    for (size_t i = 0; i < sizeof named / sizeof *named && status == CAMPAIGN_OK; i++)
        status = cpn_plan_verify_names(tables[named[i].id], named[i].where, tables[CPN_PLAN_CAMPAIGNS], error);
    for (size_t i = 0; i < sizeof counted / sizeof *counted && status == CAMPAIGN_OK; i++)
        status =
            check_not_negative(tables[counted[i].id], cpn_plan_table_names[counted[i].id], counted[i].column, error);
    if (status == CAMPAIGN_OK) status = check_curve(tables[CPN_PLAN_CURVE], error);
    if (status == CAMPAIGN_OK) status = check_items(tables[CPN_PLAN_BUDGET_ITEMS], tables[CPN_PLAN_BUDGET], error);
    if (status == CAMPAIGN_OK) status = cpn_plan_verify_tasks(plan, error);
    if (status == CAMPAIGN_OK) status = check_cap(&plan->request, tables[CPN_PLAN_BUDGET], error);
    return status;
}
