/* Words that stand in the cells of forms: what the library calls them, and what people read and choose. */
#include "io/forms/form.h"

#define WORDS(name, items_) const cpn_form_words name = { items_, (int32_t)(sizeof(items_) / sizeof *(items_)) }

static const cpn_form_word statuses[] = {
    { "open", "open", "未开始" },
    { "doing", "in progress", "进行中" },
    { "done", "done", "已完成" },
    { "blocked", "blocked", "受阻" },
};
static const cpn_form_word ways[] = {
    { "call", "call", "电话" }, { "visit", "visit", "拜访" },         { "wechat", "WeChat", "微信" },
    { "mail", "mail", "邮件" }, { "community", "community", "社群" },
};
static const cpn_form_word feedbacks[] = {
    { "interest", "interest", "有意向" },
    { "objection", "objection", "有异议" },
    { "none", "none", "无反馈" },
};
static const cpn_form_word responses[] = {
    { "new_product", "new product", "新品推广" },
    { "fair", "fair", "展会" },
    { "thank_you", "thank-you event", "客户答谢" },
    { "counter_attack", "counter-attack", "竞品反击" },
};
static const cpn_form_word phases[] = {
    { "preparation", "preparation", "筹备" }, { "preheat", "preheat", "预热" },   { "burst", "burst", "爆发" },
    { "closing", "closing", "收尾" },         { "feedback", "feedback", "反馈" }, { "review", "review", "复盘" },
};
static const cpn_form_word roles[] = {
    { "lead", "lead", "负责人" },           { "sales", "sales", "销售" },     { "marketing", "marketing", "市场" },
    { "operations", "operations", "运营" }, { "design", "design", "设计" },   { "tech", "technology", "技术" },
    { "service", "service", "客服" },       { "supply", "supply", "供应链" }, { "finance", "finance", "财务" },
    { "legal", "legal", "法务" },
};
static const cpn_form_word tiers[] = { { "big", "big", "大型" }, { "small", "small", "小型" } };
static const cpn_form_word units[] = {
    { "working_day", "working days", "工作日" },
    { "day", "days", "天" },
    { "hour", "hours", "小时" },
};
static const cpn_form_word severities[] = {
    { "info", "info", "提示" },   { "warning", "warning", "警告" }, { "low", "low", "低" },
    { "medium", "medium", "中" }, { "high", "high", "高" },         { "critical", "critical", "严重" },
};
static const cpn_form_word groups[] = {
    { "contingency", "contingency", "应急" },
    { "proven", "proven", "常规" },
    { "experiments", "experiments", "试验" },
};
static const cpn_form_word levels[] = {
    { "year", "year", "年" },       { "quarter", "quarter", "季" },   { "month", "month", "月" },
    { "week", "week", "周" },       { "day", "day", "日" },           { "product_line", "product line", "产品线" },
    { "market", "market", "市场" }, { "channel", "channel", "渠道" }, { "tier", "tier", "客户等级" },
    { "rep", "rep", "业务员" },
};
static const cpn_form_word seasons[] = {
    { "peak", "peak", "旺季" },
    { "shoulder", "shoulder", "平季" },
    { "off", "off-season", "淡季" },
};

static const cpn_form_word objectives[] = {
    { "burst_conversion", "conversion in the burst", "爆发转化" },
    { "node_sales", "sales of the node", "节点销售" },
    { "defend_share_and_profit", "defend share and profit", "守住份额与利润" },
    { "penetration_and_word_of_mouth", "penetration and word of mouth", "渗透与口碑" },
    { "repeat_purchase", "repeat purchases", "复购" },
    { "low_cost_acquisition", "acquisition at low cost", "低成本拉新" },
    { "retention", "retention", "留存" },
};

static const cpn_form_word things[] = {
    { "state", "figure", "数值" }, { "metric", "metric", "指标" }, { "task", "task", "任务" },
    { "stock", "stock", "库存" },  { "budget", "budget", "预算" }, { "campaign", "campaign", "活动" },
};
static const cpn_form_word bases[] = {
    { "value", "value", "价值" },
    { "target", "target", "目标" },
    { "amount", "fixed amount", "指定金额" },
    { "minimum", "minimum", "下限" },
    { "maximum", "maximum", "上限" },
    { "off_season_cap", "off-season cap", "淡季上限" },
    { "curve", "response curve", "响应曲线" },
    { "policy", "policy", "预算政策" },
};

static const cpn_form_word types[] = {
    { "burst", "burst", "爆发" },
    { "node", "node", "节点" },
    { "promotion_pull", "promotion pull", "促销拉动" },
    { "experience", "experience", "体验" },
    { "acquisition", "acquisition", "拉新" },
    { "care", "care", "关怀" },
};
static const cpn_form_word certainties[] = {
    { "rule", "by rule", "按规则确定" },
    { "announced", "announced each year", "每年公布" },
};
static const cpn_form_word value_bases[] = {
    { "history", "history", "历史" },
    { "given", "given", "指定" },
    { "rule", "by rule", "按比例" },
};
static const cpn_form_word reasons[] = {
    { "deadline", "deadline", "截止事项" },
    { "offset", "offset", "推算" },
    { "successor", "task after it", "后续任务" },
    { "predecessor", "task before it", "前置任务" },
    { "phase", "phase", "阶段" },
    { "anchor", "burst or end", "起止日" },
    { "date", "day given", "指定日期" },
};

WORDS(cpn_form_types, types);
WORDS(cpn_form_certainties, certainties);
WORDS(cpn_form_value_bases, value_bases);
WORDS(cpn_form_reasons, reasons);
WORDS(cpn_form_objectives, objectives);
WORDS(cpn_form_things, things);
WORDS(cpn_form_bases, bases);
WORDS(cpn_form_statuses, statuses);
WORDS(cpn_form_ways, ways);
WORDS(cpn_form_feedbacks, feedbacks);
WORDS(cpn_form_responses, responses);
WORDS(cpn_form_phases, phases);
WORDS(cpn_form_roles, roles);
WORDS(cpn_form_tiers, tiers);
WORDS(cpn_form_units, units);
WORDS(cpn_form_severities, severities);
WORDS(cpn_form_groups, groups);
WORDS(cpn_form_levels, levels);
WORDS(cpn_form_seasons, seasons);
