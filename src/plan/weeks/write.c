/* The calendar as a table: one row per item and week, with what it sells and what it would sell without promotions. */
#include "base/memory.h"
#include "plan/weeks/solver.h"

#define COUNT(array) ((int32_t)(sizeof(array) / sizeof *(array)))

enum {
    ITEM,
    WEEK,
    START,
    LEVEL,
    PRICE,
    IS_PROMOTED,
    IS_FORCED,
    UNITS,
    REVENUE,
    GOODS_COST,
    PROMOTION_COST,
    PROFIT,
    BASELINE_UNITS,
    BASELINE_REVENUE,
    BASELINE_PROFIT,
    N_COLUMNS
};

static const cpn_column_schema schema[N_COLUMNS] = {
    { "item", CAMPAIGN_TYPE_UTF8, "Item.", "商品。" },
    { "week", CAMPAIGN_TYPE_INT32, "Number of the week.", "周序号。" },
    { "start", CAMPAIGN_TYPE_DATE, "First day of the week, where given.", "该周首日（如已给出）。" },
    { "level", CAMPAIGN_TYPE_INT32, "Step of the ladder, 0 = regular price.", "价格档位，0 为正价。" },
    { "price", CAMPAIGN_TYPE_MONEY, "Price of the week.", "当周价格。" },
    { "is_promoted", CAMPAIGN_TYPE_BOOL, "Whether the item is promoted.", "是否促销。" },
    { "is_forced", CAMPAIGN_TYPE_BOOL, "Whether the promotion was forced.", "是否指定促销。" },
    { "units", CAMPAIGN_TYPE_FLOAT64, "Units expected.", "预计销量。" },
    { "revenue", CAMPAIGN_TYPE_MONEY, "Units times price.", "销售额。" },
    { "goods_cost", CAMPAIGN_TYPE_MONEY, "Units times unit cost.", "商品成本。" },
    { "promotion_cost", CAMPAIGN_TYPE_MONEY, "Cost of the promotion.", "促销费用。" },
    { "profit", CAMPAIGN_TYPE_MONEY, "Revenue less both costs.", "利润。" },
    { "baseline_units", CAMPAIGN_TYPE_FLOAT64, "Units without any promotion.", "无促销时的销量。" },
    { "baseline_revenue", CAMPAIGN_TYPE_MONEY, "Revenue without any promotion.", "无促销时的销售额。" },
    { "baseline_profit", CAMPAIGN_TYPE_MONEY, "Profit without any promotion.", "无促销时的利润。" },
};

/* Sales of every member of one unit, as planned and without promotions. */
typedef struct sales_pair {
    cpn_weeks_sale *planned, *baseline;
} sales_pair;

static void write_sales(cpn_out *out, const cpn_weeks_sale *planned, const cpn_weeks_sale *baseline)
{
    cpn_out_float64(out, UNITS, planned->units);
    cpn_out_int64(out, REVENUE, planned->revenue);
    cpn_out_int64(out, GOODS_COST, planned->goods_cost);
    cpn_out_int64(out, PROMOTION_COST, planned->promotion_cost);
    cpn_out_int64(out, PROFIT, planned->revenue - planned->goods_cost - planned->promotion_cost);
    cpn_out_float64(out, BASELINE_UNITS, baseline->units);
    cpn_out_int64(out, BASELINE_REVENUE, baseline->revenue);
    cpn_out_int64(out, BASELINE_PROFIT, baseline->revenue - baseline->goods_cost);
}

static void write_item(cpn_out *out, const cpn_weeks_solver *solver, int64_t item, const sales_pair *sales)
{
    const cpn_weeks_problem *problem = solver->problem;
    const cpn_weeks_item *owner = &problem->items[item];
    const cpn_weeks_level *levels = cpn_weeks_levels(problem, owner);
    const uint8_t *row = &solver->best.choices[owner->unit * problem->n_weeks];
    for (int32_t week = 0; week < problem->n_weeks; week++) {
        cpn_out_cell(out, ITEM, &problem->item_keys.column, problem->item_keys.keys.first_rows[item]);
        cpn_out_int64(out, WEEK, problem->weeks[week].number);
        cpn_out_optional_int64(out, START, problem->weeks[week].start, problem->has_starts);
        cpn_out_int64(out, LEVEL, row[week]);
        cpn_out_int64(out, PRICE, levels[row[week]].price);
        cpn_out_int64(out, IS_PROMOTED, row[week] > 0);
        cpn_out_int64(out, IS_FORCED, problem->cells[item * problem->n_weeks + week].is_forced);
        const int64_t at = owner->unit_member * problem->n_weeks + week;
        write_sales(out, &sales->planned[at], &sales->baseline[at]);
    }
}

static campaign_status write_items(cpn_out *out, const cpn_weeks_solver *solver, const sales_pair *sales,
                                   campaign_error *error)
{
    const cpn_weeks_problem *problem = solver->problem;
    for (int64_t item = 0; item < problem->n_items; item++) {
        const int32_t u = problem->items[item].unit;
        const cpn_weeks_unit *unit = &problem->units[u];
        int64_t value;
        if (!cpn_weeks_evaluate(&value, sales->planned, problem, unit, &solver->best.choices[u * problem->n_weeks]) ||
            !cpn_weeks_evaluate(&value, sales->baseline, problem, unit, NULL))
            return cpn_weeks_fail_size(problem, unit, error);
        write_item(out, solver, item, sales);
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_weeks_write(campaign_table **calendar, const cpn_weeks_solver *solver, campaign_error *error)
{
    const cpn_weeks_problem *problem = solver->problem;
    cpn_column_schema columns[N_COLUMNS];
    for (int32_t i = 0; i < N_COLUMNS; i++) columns[i] = schema[i];
    columns[ITEM].type = problem->item_keys.column.type;
    sales_pair sales = { 0 };
    sales.planned = cpn_alloc(problem->most_members * problem->n_weeks, sizeof *sales.planned);
    sales.baseline = cpn_alloc(problem->most_members * problem->n_weeks, sizeof *sales.baseline);
    campaign_status status = sales.planned && sales.baseline ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) {
        cpn_out out;
        cpn_out_open(&out, columns, N_COLUMNS, problem->currency, problem->exponent);
        const campaign_status written = write_items(&out, solver, &sales, error);
        status = cpn_out_close(calendar, &out, written == CAMPAIGN_OK ? error : NULL);
        if (written != CAMPAIGN_OK) {
            campaign_table_free(*calendar);
            *calendar = NULL;
            status = written;
        }
    }
    cpn_free(sales.planned);
    cpn_free(sales.baseline);
    return status;
}
