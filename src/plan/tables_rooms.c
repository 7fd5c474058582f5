/* Columns of the tables that are worked out once the campaigns stand: deadlines, curve, products, markets, stock. */
#include "plan/table_columns.h"

static const cpn_field deadline_columns[] = {
    COLUMN("campaign", TEXT, "Id of the campaign.", "活动标识。"),
    COLUMN("deadline", TEXT, "Id of what is due.", "截止事项的标识。"),
    COLUMN("name", TEXT, "Its name in the plan's language.", "名称。"),
    COLUMN("date", DATE, "Day by which it is done.", "完成日期。"),
    NULLABLE("due", TEXT, "The moment, where hours count: 2026-11-14T00:00 is the first moment of that day.",
             "按小时计时的截止时刻，2026-11-14T00:00 为当天零点。"),
    NULLABLE("working_days", INT, "Working days before the first day of the burst.", "距爆发期第一天的工作日数。"),
    COLUMN("source", TEXT, "Row of the handbook, or request.", "手册编号，或 request 表示来自请求。"),
};
static const cpn_field curve_columns[] = {
    COLUMN("campaign", TEXT, "Id of the campaign.", "活动标识。"),
    COLUMN("date", DATE, "Day.", "日期。"),
    COLUMN("phase", TEXT, "preheat, burst or closing.", "阶段：preheat 预热、burst 爆发、closing 收尾。"),
    COLUMN("target", MONEY, "Target of the day; 0 outside the plan.", "当日目标，计划之外为 0。"),
    COLUMN("traffic_ppm", INT, "Share of the campaign's traffic in parts per million.", "占活动总流量的百万分比。"),
};
static const cpn_field product_columns[] = {
    COLUMN("product_line", TEXT, "Product line.", "产品线。"),
    COLUMN("revenue", MONEY, "Net sales of the latest twelve whole months, or of a shorter history.",
           "最近十二个完整月（历史较短时为全部历史）的净销售额。"),
    NULLABLE("share_ppm", INT, "Share of all lines in parts per million.", "占全部产品线的百万分比。"),
    NULLABLE("age_months", INT, "Months since its first sale in the history.", "历史中首次销售以来的月数。"),
    NULLABLE("growth_ppm", INT, "Growth in parts per million, as the basis says.",
             "增长率（百万分比），口径见 basis。"),
    NULLABLE("stage", TEXT, "new, growth, mature or decline.",
             "阶段：new 新品、growth 成长、mature 成熟、decline 衰退。"),
    COLUMN("basis", TEXT, "given, age, year_on_year, half_year_share or unknown.",
           "依据：given 指定、age 上市时间、year_on_year 同比、half_year_share 半年占比变化、unknown 未知。"),
    NULLABLE("objective", TEXT, "What campaigns for it are to reach.", "相应活动的目标方向。"),
    NULLABLE("campaign_type", TEXT, "Kind of campaign that suits it.", "适合的活动类型。"),
    COLUMN("source", TEXT, "Row of the handbook.", "手册编号。"),
};
static const cpn_field market_columns[] = {
    COLUMN("market", TEXT, "Market.", "市场。"),
    COLUMN("revenue", MONEY, "Net sales of the latest twelve whole months, or of a shorter history.",
           "最近十二个完整月（历史较短时为全部历史）的净销售额。"),
    NULLABLE("share_ppm", INT, "Share of all markets in parts per million.", "占全部市场的百万分比。"),
    NULLABLE("cumulated_ppm", INT, "The same with all markets above.", "累计占比（百万分比）。"),
    COLUMN("class", TEXT, "core or emerging.", "类别：core 核心、emerging 新兴。"),
    COLUMN("objective", TEXT, "What campaigns there are to reach.", "相应活动的目标方向。"),
    COLUMN("campaign_type", TEXT, "Kind of campaign that suits it.", "适合的活动类型。"),
    COLUMN("source", TEXT, "Row of the handbook.", "手册编号。"),
};
static const cpn_field stock_columns[] = {
    COLUMN("campaign", TEXT, "Id of the campaign.", "活动标识。"),
    NULLABLE("sku", TEXT, "Single good; null for all together.", "货品，空为合计。"),
    COLUMN("peak_day", DATE, "Historic peak day.", "历史峰值日。"),
    NULLABLE("peak_units", INT, "Units it sold; null where the orders have no quantity.",
             "峰值日件数，订单无件数时为空。"),
    NULLABLE("units_per_day", INT, "Units to have for a day of the burst.", "爆发期每天备货件数。"),
    NULLABLE("units_total", INT, "Units to have for the whole burst.", "整个爆发期备货件数。"),
    NULLABLE("peak_sales", MONEY, "Sales of the peak day, where there are no units.", "峰值日销售额（无件数时）。"),
    NULLABLE("sales_per_day", MONEY, "Goods to have for a day, at selling prices.", "爆发期每天备货金额（按售价）。"),
    NULLABLE("sales_total", MONEY, "Goods to have for the whole burst.", "整个爆发期备货金额。"),
    COLUMN("lock_date", DATE, "Day by which the stock is locked.", "锁定货源的日期。"),
    COLUMN("basis", TEXT, "campaign: earlier bursts of the same node; history: all days.",
           "依据：campaign 同一节点往年爆发期，history 全部历史。"),
    COLUMN("source", TEXT, "Row of the handbook.", "手册编号。"),
};
static const cpn_field budget_item_columns[] = {
    COLUMN("campaign", TEXT, "Id of the campaign.", "活动标识。"),
    COLUMN("item", TEXT, "traffic, materials or subsidy.", "费用项：traffic 引流、materials 物料、subsidy 优惠补贴。"),
    NULLABLE("channel", TEXT, "Of traffic: the channel.", "引流的渠道。"),
    NULLABLE("rank", INT, "Order in which the campaign uses its channels.", "该活动使用渠道的次序。"),
    COLUMN("name", TEXT, "Name of the line.", "名称。"),
    COLUMN("amount", MONEY, "Money set aside.", "金额。"),
    NULLABLE("share_ppm", INT, "Share of the campaign's money in parts per million.", "占活动预算的百万分比。"),
    COLUMN("source", TEXT, "Row of the handbook.", "手册编号。"),
};

const cpn_record cpn_plan_products_columns = { FIELDS(product_columns), false, "Stages of product lines.",
                                               "产品线的阶段。" };
const cpn_record cpn_plan_markets_columns = { FIELDS(market_columns), false, "Classes of markets, largest first.",
                                              "市场分类，从大到小。" };
const cpn_record cpn_plan_stock_columns = { FIELDS(stock_columns), false, "Stock that the campaigns need.",
                                            "活动的备货需求。" };
const cpn_record cpn_plan_budget_items_columns = { FIELDS(budget_item_columns), false,
                                                   "Money inside the campaigns; the lines of each add up to it.",
                                                   "活动内的费用构成，各行合计为该活动预算。" };
const cpn_record cpn_plan_deadlines_columns = { FIELDS(deadline_columns), false, "Deadlines of the campaigns.",
                                                "活动的截止事项。" };
const cpn_record cpn_plan_curve_columns = { FIELDS(curve_columns), false, "Daily curve of the campaigns.",
                                            "活动的每日曲线。" };
