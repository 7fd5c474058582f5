/* The tables of a plan: their columns, and how targets, campaigns and phases are written.
 * One record per table drives the columns, the plan document, its schema and the docs. */
#include <assert.h>

#include "plan/table_columns.h"

static const cpn_field target_columns[] = {
    COLUMN("id", INT, "Number of the row, from 0.", "行号，从 0 起。"),
    NULLABLE("parent", INT, "Row it was split out of; null for the year.", "由哪一行拆出，全年为空。"),
    COLUMN("level", TEXT,
           "What its parent was split by: year, quarter, month, week, day, product_line, market, channel, tier or rep.",
           "按什么拆出：year、quarter、month、week、day、product_line、market、channel、tier 或 rep。"),
    COLUMN("period", TEXT, "Name of its period: 2027, 2027-Q1, 2027-02, 2027-02-W05 or 2027-02-06.",
           "期间名称：2027、2027-Q1、2027-02、2027-02-W05 或 2027-02-06。"),
    COLUMN("start", DATE, "First day.", "第一天。"),
    COLUMN("end", DATE, "The day after the last.", "最后一天的次日。"),
    NULLABLE("product_line", TEXT, "Product line; null for all.", "产品线，空为全部。"),
    NULLABLE("market", TEXT, "Market; null for all.", "市场，空为全部。"),
    NULLABLE("channel", TEXT, "Channel; null for all.", "渠道，空为全部。"),
    NULLABLE("tier", TEXT, "Tier of customers; null for all.", "客户等级，空为全部。"),
    NULLABLE("rep", TEXT, "Sales rep; null for all.", "业务员，空为全部。"),
    COLUMN("target", MONEY, "Sales to reach, net of returns.", "目标销售额（扣除退货）。"),
    NULLABLE("share_ppm", INT, "Share of its parent in parts per million.", "占上级的百万分比。"),
    NULLABLE("assigned", MONEY,
             "Target with the padding of its level and of those above; null where no level has any, and for totals.",
             "含各级加码的分派额；未设加码时及汇总行为空。"),
    NULLABLE("rule", TEXT, "What the request asks of it: locked, minimum, maximum, growth, joined by +.",
             "请求对它的规则：locked、minimum、maximum、growth，以 + 连接。"),
    NULLABLE("supported", MONEY, "What the last three whole months support: their sales, by what its days weigh.",
             "最近三个完整月所能支撑的销售额（按其各日权重折算）。"),
    NULLABLE("above_ppm", INT, "How far the target lies above that, in parts per million.",
             "目标高出该水平的百万分比。"),
    NULLABLE("bottom_up", MONEY, "Entries from below inside it.", "其范围内自下而上填报的合计。"),
    NULLABLE("gap", MONEY, "Entries less target.", "填报合计减目标。"),
};
static const cpn_field campaign_columns[] = {
    COLUMN("campaign", TEXT, "Id, unique in the plan.", "活动标识，计划内唯一。"),
    COLUMN("node", TEXT, "Node it is held for.", "所依托的节点。"),
    COLUMN("name", TEXT, "Name in the plan's language.", "名称。"),
    COLUMN("tier", TEXT, "big or small.", "级别：big 或 small。"),
    NULLABLE("theme", TEXT, "What it is about.", "主题。"),
    COLUMN("date", DATE, "Day of the node.", "节点当天。"),
    COLUMN("start", DATE, "First day of its phases.", "各阶段的第一天。"),
    COLUMN("end", DATE, "The day after the last.", "最后一天的次日。"),
    COLUMN("target", MONEY, "Sum of the day targets in its phases, within the plan.",
           "各阶段内（计划期间）日目标之和。"),
    COLUMN("certainty", TEXT, "rule: the date follows from a rule; announced: it is announced each year.",
           "rule 为按规则确定，announced 为每年公布。"),
    COLUMN("season", TEXT, "Season in which its burst is to sell most: peak, shoulder or off.",
           "爆发期目标最多的季节：peak 旺季、shoulder 平季、off 淡季。"),
    COLUMN("type", TEXT, "Kind of campaign: burst, node, promotion_pull, experience, acquisition or care.",
           "类型：burst 爆发、node 节点、promotion_pull 促销拉动、experience 体验、acquisition 拉新、care 关怀。"),
    COLUMN("objective", TEXT, "What it is to reach.", "目标方向。"),
    COLUMN("value", MONEY, "Sales it is expected to bring beyond what its days sell otherwise.",
           "预期带来的增量销售额。"),
    COLUMN("value_basis", TEXT, "history, given or rule: where the value of its leading candidate comes from.",
           "价值依据：history 历史、given 指定、rule 按比例。"),
    COLUMN("cost", MONEY, "What its candidates cost by rule, before any budget.", "按规则估算的成本（未计预算）。"),
    COLUMN("members", TEXT, "Ids of the candidates it was made of, joined by commas.",
           "由哪些候选活动合成，逗号分隔。"),
};
static const cpn_field phase_columns[] = {
    COLUMN("campaign", TEXT, "Id of the campaign.", "活动标识。"),
    COLUMN("phase", TEXT, "preheat, burst, closing or feedback.",
           "阶段：preheat 预热、burst 爆发、closing 收尾、feedback 反馈。"),
    COLUMN("start", DATE, "First day.", "第一天。"),
    COLUMN("end", DATE, "The day after the last.", "最后一天的次日。"),
    COLUMN("target", MONEY, "Sum of its day targets within the plan; 0 for feedback.",
           "该阶段内（计划期间）日目标之和，反馈为 0。"),
    NULLABLE("due", TEXT, "Of feedback: the moment it ends, 2026-11-17T00:00 for the first of that day.",
             "反馈阶段的截止时刻，2026-11-17T00:00 为当天零点。"),
};
static const cpn_field budget_columns[] = {
    COLUMN("group", TEXT, "contingency, proven or experiments.",
           "类别：contingency 应急、proven 常规、experiments 试验。"),
    NULLABLE("campaign", TEXT, "Campaign the line is for.", "对应的活动。"),
    COLUMN("name", TEXT, "Name of the line.", "名称。"),
    COLUMN("amount", MONEY, "Money set aside.", "金额。"),
    NULLABLE("share_ppm", INT, "Share of the total in parts per million.", "占总额的百万分比。"),
    NULLABLE("season", TEXT, "Season of the campaign.", "活动所处的季节。"),
    COLUMN("basis", TEXT, "policy, value, amount, minimum, maximum, off_season_cap or curve.",
           "依据：policy 策略、value 按预期贡献、amount 固定、minimum 下限、maximum 上限、off_season_cap 淡季上限、"
           "curve 按响应曲线。"),
    NULLABLE("marginal", DECIMAL, "What one more unit of money brings by the campaign's response curve.",
             "按响应曲线，再多一元带来多少。"),
};
static const cpn_field metric_columns[] = {
    COLUMN("metric", TEXT, "Name of the metric.", "指标。"),
    COLUMN("unit", TEXT, "count, ratio or money (major units).", "单位：count 计数、ratio 比率、money 金额（元）。"),
    COLUMN("better", TEXT, "higher, or lower for a cap.", "higher 越高越好，lower 为上限。"),
    COLUMN("target", DECIMAL, "Value for the whole year.", "全年目标值。"),
    NULLABLE("recent", DECIMAL, "What the last three whole months support of it; null without daily figures.",
             "最近三个完整月所能支撑的水平，无每日数据时为空。"),
    NULLABLE("above_ppm", INT, "How far the target lies above that, in parts per million.",
             "目标高出该水平的百万分比。"),
};
static const cpn_field note_columns[] = {
    COLUMN("code", TEXT, "Kind of note.", "说明的代码。"),
    COLUMN("severity", TEXT, "info or warning.", "级别：info 或 warning。"),
    NULLABLE("subject", TEXT, "Id or name it is about.", "所涉对象。"),
    NULLABLE("other", TEXT, "Second id or name it is about.", "所涉第二对象。"),
    NULLABLE("start", DATE, "First day it is about.", "所涉第一天。"),
    NULLABLE("end", DATE, "The day after the last.", "所涉最后一天的次日。"),
    NULLABLE("n", INT, "A count, or parts per million.", "数量，或百万分比。"),
    COLUMN("text", TEXT, "The note as a sentence.", "说明文字。"),
};

static const cpn_field source_columns[] = {
    COLUMN("source", TEXT, "Which input: orders, or the name of another table.", "输入：orders 订单，或其他表名。"),
    COLUMN("rows", INT, "Rows that were used.", "采用的行数。"),
    NULLABLE("first", DATE, "First day with sales or returns.", "最早有销售或退货的一天。"),
    NULLABLE("last", DATE, "Last such day.", "最晚的一天。"),
    NULLABLE("amount", MONEY, "Net sales of all rows used.", "所用各行的净销售额。"),
    COLUMN("digest", TEXT, "Equal for equal data, whatever the order of rows.", "数据相同则相同，与行序无关。"),
};

static const cpn_record target_record = { FIELDS(target_columns), false, "Targets, parents before children.",
                                          "目标，上级在前。" };
static const cpn_record campaign_record = { FIELDS(campaign_columns), false, "Campaigns by date.", "活动，按日期。" };
static const cpn_record phase_record = { FIELDS(phase_columns), false, "Phases of the campaigns.", "活动的阶段。" };
static const cpn_record budget_record = { FIELDS(budget_columns), false, "Budget lines; they add up to the total.",
                                          "预算，各行合计为总额。" };
static const cpn_record metric_record = { FIELDS(metric_columns), false, "Targets of other metrics.",
                                          "其他指标的目标。" };
static const cpn_record note_record = { FIELDS(note_columns), false, "What the plan rests on.", "计划的依据与提示。" };

static const cpn_record source_record = { FIELDS(source_columns), false, "Data the plan was made of.",
                                          "生成计划所用的数据。" };

const char *const cpn_plan_table_names[CPN_PLAN_N_TABLES + 1] = {
    [CPN_PLAN_TARGETS] = "targets",     [CPN_PLAN_CAMPAIGNS] = "campaigns",   [CPN_PLAN_PHASES] = "phases",
    [CPN_PLAN_BUDGET] = "budget",       [CPN_PLAN_METRICS] = "metrics",       [CPN_PLAN_NOTES] = "notes",
    [CPN_PLAN_DEADLINES] = "deadlines", [CPN_PLAN_CURVE] = "curve",           [CPN_PLAN_PRODUCTS] = "products",
    [CPN_PLAN_MARKETS] = "markets",     [CPN_PLAN_STOCK] = "stock",           [CPN_PLAN_BUDGET_ITEMS] = "budget_items",
    [CPN_PLAN_ACTIONS] = "actions",     [CPN_PLAN_MECHANISMS] = "mechanisms", [CPN_PLAN_MATRIX] = "matrix",
    [CPN_PLAN_SOURCES] = "sources",     [CPN_PLAN_CANDIDATES] = "candidates", [CPN_PLAN_THEMES] = "themes",
    [CPN_PLAN_DAYS] = "days",           [CPN_PLAN_TASKS] = "tasks",
};

#define TABLE(name_, record_, en_, zh_)                                                                                \
    {                                                                                                                  \
        .name = name_, .type = CPN_FIELD_OBJECT, .record = record_, .is_required = true, .en = en_, .zh = zh_          \
    }
static const cpn_field plan_fields[] = {
    { .name = "request",
      .type = CPN_FIELD_OBJECT,
      .record = &cpn_plan_request_record,
      .is_required = true,
      .en = "The request it was made from.",
      .zh = "生成计划的请求。" },
    TABLE("targets", &target_record, "Targets, parents before children.", "目标，上级在前。"),
    TABLE("campaigns", &campaign_record, "Campaigns by date.", "活动，按日期。"),
    TABLE("phases", &phase_record, "Phases of the campaigns.", "活动的阶段。"),
    TABLE("budget", &budget_record, "Budget lines.", "预算。"),
    TABLE("metrics", &metric_record, "Targets of other metrics.", "其他指标的目标。"),
    TABLE("notes", &note_record, "What the plan rests on.", "计划的依据与提示。"),
    TABLE("deadlines", &cpn_plan_deadlines_columns, "Deadlines of the campaigns.", "活动的截止事项。"),
    TABLE("curve", &cpn_plan_curve_columns, "Daily curve of the campaigns.", "活动的每日曲线。"),
    TABLE("products", &cpn_plan_products_columns, "Stages of product lines.", "产品线的阶段。"),
    TABLE("markets", &cpn_plan_markets_columns, "Classes of markets, largest first.", "市场分类，从大到小。"),
    TABLE("stock", &cpn_plan_stock_columns, "Stock that the campaigns need.", "活动的备货需求。"),
    TABLE("budget_items", &cpn_plan_budget_items_columns, "Money inside the campaigns.", "活动内的费用构成。"),
    TABLE("actions", &cpn_plan_actions_columns, "Actions of the campaigns by phase.", "各阶段的措施。"),
    TABLE("mechanisms", &cpn_plan_mechanisms_columns, "Mechanisms for the campaigns.", "推荐的活动机制。"),
    TABLE("matrix", &cpn_plan_matrix_columns, "Customers by segment and campaign.", "客户分层与活动矩阵。"),
    TABLE("days", &cpn_plan_days_columns, "Weight and target of every day.", "每日的权重与目标。"),
    TABLE("sources", &source_record, "Data the plan was made of.", "生成计划所用的数据。"),
    TABLE("candidates", &cpn_plan_candidates_columns, "What campaigns were chosen from.", "候选活动及取舍理由。"),
    TABLE("themes", &cpn_plan_themes_columns, "Days of the weekly themes.", "每周主题的日期。"),
    { .name = "tasks",
      .type = CPN_FIELD_OBJECT,
      .record = &cpn_plan_tasks_columns,
      .en = "Tasks of the campaigns; older plans have none.",
      .zh = "活动的任务，早期的计划没有此表。" },
};
static const cpn_record plan_record = { FIELDS(plan_fields), false, "A year's plan.", "全年计划。" };
const cpn_document_kind cpn_plan_kind = { "campaign/plan/1", &plan_record, "A year's plan with its tables.",
                                          "全年计划及其各表。" };

const cpn_record *cpn_plan_table_record(cpn_plan_table_id id)
{
    static const cpn_record *const records[CPN_PLAN_N_TABLES] = {
        [CPN_PLAN_TARGETS] = &target_record,
        [CPN_PLAN_CAMPAIGNS] = &campaign_record,
        [CPN_PLAN_PHASES] = &phase_record,
        [CPN_PLAN_BUDGET] = &budget_record,
        [CPN_PLAN_METRICS] = &metric_record,
        [CPN_PLAN_NOTES] = &note_record,
        [CPN_PLAN_DEADLINES] = &cpn_plan_deadlines_columns,
        [CPN_PLAN_CURVE] = &cpn_plan_curve_columns,
        [CPN_PLAN_PRODUCTS] = &cpn_plan_products_columns,
        [CPN_PLAN_MARKETS] = &cpn_plan_markets_columns,
        [CPN_PLAN_STOCK] = &cpn_plan_stock_columns,
        [CPN_PLAN_BUDGET_ITEMS] = &cpn_plan_budget_items_columns,
        [CPN_PLAN_ACTIONS] = &cpn_plan_actions_columns,
        [CPN_PLAN_MECHANISMS] = &cpn_plan_mechanisms_columns,
        [CPN_PLAN_MATRIX] = &cpn_plan_matrix_columns,
        [CPN_PLAN_DAYS] = &cpn_plan_days_columns,
        [CPN_PLAN_SOURCES] = &source_record,
        [CPN_PLAN_CANDIDATES] = &cpn_plan_candidates_columns,
        [CPN_PLAN_THEMES] = &cpn_plan_themes_columns,
        [CPN_PLAN_TASKS] = &cpn_plan_tasks_columns,
    };
    return records[id];
}

static int32_t column_type(cpn_field_type item)
{
    if (item == CPN_FIELD_INT) return CAMPAIGN_TYPE_INT64;
    if (item == CPN_FIELD_DECIMAL) return CAMPAIGN_TYPE_FLOAT64;
    if (item == CPN_FIELD_DATE) return CAMPAIGN_TYPE_DATE;
    if (item == CPN_FIELD_MONEY) return CAMPAIGN_TYPE_MONEY;
    assert(item == CPN_FIELD_TEXT);
    return CAMPAIGN_TYPE_UTF8;
}

void cpn_plan_table_open(cpn_out *out, cpn_plan_table_id id, const cpn_plan_request *request)
{
    const cpn_record *record = cpn_plan_table_record(id);
    cpn_column_schema schema[CPN_PLAN_MAX_COLUMNS];
    assert(record->n_fields <= CPN_PLAN_MAX_COLUMNS);
    for (int64_t i = 0; i < record->n_fields; i++) {
        const cpn_field *field = &record->fields[i];
        schema[i] = (cpn_column_schema){ field->name, column_type(field->item), field->en, field->zh };
    }
    cpn_out_open(out, schema, (int32_t)record->n_fields, request->currency, request->exponent);
}

campaign_status cpn_plan_table_close(campaign_table **table, cpn_out *out, campaign_status status,
                                     campaign_error *error)
{
    const campaign_status closed = cpn_out_close(table, out, status == CAMPAIGN_OK ? error : NULL);
    if (status == CAMPAIGN_OK) return closed;
    campaign_table_free(*table);
    *table = NULL;
    return status;
}
