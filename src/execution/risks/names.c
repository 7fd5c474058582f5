/* Names that conditions may use: metrics, and the fixed names of tasks, stock, budget and campaigns. */
#include <string.h>

#include "execution/risks/risk.h"

enum { MOST_NAMES = 256 };

#define METRIC(name_, unit_, better_, grows_, en_, zh_)                                                                \
    {                                                                                                                  \
        name_, en_, zh_, CPN_RISK_##unit_, CPN_RISK_##better_, grows_                                                  \
    }
const cpn_risk_metric cpn_risk_metrics[] = {
    METRIC("sales", MONEY, HIGHER, true, "sales", "销售额"),
    METRIC("orders", COUNT, HIGHER, true, "orders", "订单数"),
    METRIC("visits", COUNT, HIGHER, true, "visits", "访客数"),
    METRIC("new_customers", COUNT, HIGHER, true, "new customers", "新客数"),
    METRIC("spend", MONEY, LOWER, true, "spend", "花费"),
    METRIC("order_value", MONEY, HIGHER, false, "order value", "客单价"),
    METRIC("conversion", RATIO, HIGHER, false, "conversion", "转化率"),
    METRIC("refund_rate", RATIO, LOWER, false, "refund rate", "退款率"),
    METRIC("cpa", MONEY, LOWER, false, "CPA", "获客成本"),
    METRIC("roi", PLAIN, HIGHER, false, "ROI", "投入产出比"),
    METRIC("repurchase_rate", RATIO, HIGHER, false, "repurchase rate", "复购率"),
    METRIC("nps", PLAIN, HIGHER, false, "NPS", "净推荐值"),
    METRIC("demand", PLAIN, HIGHER, false, "demand", "需求"),
    METRIC("policy_changes", COUNT, LOWER, false, "policy changes", "政策变化数"),
    METRIC("competitor_price_cut", RATIO, LOWER, false, "competitor's price cut", "竞品降价幅度"),
    METRIC("competitor_campaigns", COUNT, LOWER, false, "competitors' new campaigns", "竞品新活动数"),
    METRIC("staff", COUNT, HIGHER, false, "staff", "在岗人数"),
    METRIC("supply_delay", DAYS, LOWER, false, "supply delay", "供货延迟"),
    METRIC("execution_score", RATIO, HIGHER, false, "execution score", "执行得分"),
    METRIC("data_gap", RATIO, LOWER, false, "gap between payments and shipments", "支付与发货差异"),
    METRIC("complaints_open", COUNT, LOWER, false, "open complaints", "未处理投诉数"),
    METRIC("price_errors", COUNT, LOWER, false, "price errors", "价格错误数"),
    METRIC("negative_posts", COUNT, LOWER, false, "negative posts", "负面舆情数"),
    METRIC("delivery_delay", HOURS, LOWER, false, "delivery delay", "物流延误"),
    METRIC("supplier_score", RATIO, HIGHER, false, "outside supplier's score", "外部供应商得分"),
    METRIC("approvals_waiting", COUNT, LOWER, false, "approvals waiting", "待审批数"),
    METRIC("channel_conflicts", COUNT, LOWER, false, "conflicts of channels", "渠道冲突数"),
    METRIC("partner_conflicts", COUNT, LOWER, false, "conflicts of partners", "伙伴冲突数"),
    METRIC("feedback_open", COUNT, LOWER, false, "customers without feedback", "未收集反馈的客户数"),
    METRIC("server_load", RATIO, LOWER, false, "server load", "服务器负载"),
};
const int64_t cpn_risk_n_metrics = sizeof cpn_risk_metrics / sizeof *cpn_risk_metrics;

const char *const cpn_risk_scope_names[CPN_RISK_N_SCOPES] = {
    "state", "metric", "task", "stock", "budget", "campaign"
};

#define FIELD(id, name_, scope_, type_, unit_, en_, zh_)                                                               \
    [CPN_RISK_##id] = { name_, en_, zh_, CPN_RISK_##scope_, CPN_RISK_##type_, CPN_RISK_##unit_ }
const cpn_risk_field_rule cpn_risk_fields[CPN_RISK_N_FIELDS] = {
    FIELD(TODAY, "today", PLAN, DAY, PLAIN, "today", "今天"),
    FIELD(OF_CHANNEL, "channel", PLAN, TEXT, PLAIN, "channel", "渠道"),
    FIELD(OF_SUBJECT, "subject", PLAN, TEXT, PLAIN, "subject", "对象"),
    FIELD(METRIC_VALUE, "metric.value", METRIC, NUMBER, PLAIN, "value", "当前值"),
    FIELD(METRIC_TARGET, "metric.target", METRIC, NUMBER, PLAIN, "target", "目标"),
    FIELD(METRIC_OFF, "metric.off", METRIC, NUMBER, RATIO, "off target", "偏离目标"),
    FIELD(METRIC_AGE, "metric.hours", METRIC, NUMBER, HOURS, "hours so far", "已持续小时"),
    FIELD(METRIC_NAME, "metric.name", METRIC, TEXT, PLAIN, "metric", "指标"),
    FIELD(TASK_DUE, "task.due", TASK, DAY, PLAIN, "due", "截止日"),
    FIELD(TASK_START, "task.start", TASK, DAY, PLAIN, "start", "开始日"),
    FIELD(TASK_FINISH, "task.finish", TASK, DAY, PLAIN, "finish", "预计完成日"),
    FIELD(TASK_LATE, "task.days_late", TASK, NUMBER, DAYS, "days late", "延迟天数"),
    FIELD(TASK_FLOAT, "task.float", TASK, NUMBER, DAYS, "float", "总浮动"),
    FIELD(TASK_SLIP, "task.slip", TASK, NUMBER, DAYS, "slip", "延误"),
    FIELD(TASK_STATUS, "task.status", TASK, TEXT, PLAIN, "status", "状态"),
    FIELD(TASK_ROLE, "task.role", TASK, TEXT, PLAIN, "role", "岗位"),
    FIELD(STOCK_HAND, "stock.on_hand", STOCK, NUMBER, COUNT, "on hand", "现有库存"),
    FIELD(STOCK_NEED, "stock.need", STOCK, NUMBER, COUNT, "need", "需求量"),
    FIELD(STOCK_SAFETY, "stock.safety", STOCK, NUMBER, COUNT, "safety stock", "安全库存"),
    FIELD(STOCK_INCOMING, "stock.incoming", STOCK, NUMBER, COUNT, "incoming", "在途"),
    FIELD(BUDGET_PLANNED, "budget.planned", BUDGET, NUMBER, MONEY, "planned", "预算"),
    FIELD(BUDGET_COMMITTED, "budget.committed", BUDGET, NUMBER, MONEY, "committed", "已承诺"),
    FIELD(BUDGET_ACTUAL, "budget.actual", BUDGET, NUMBER, MONEY, "actual", "实际支出"),
    FIELD(BUDGET_AVAILABLE, "budget.available", BUDGET, NUMBER, MONEY, "available", "可用余额"),
    FIELD(CAMPAIGN_ID, "campaign", PLAN, TEXT, PLAIN, "campaign", "活动"),
    FIELD(CAMPAIGN_START, "campaign.start", PLAN, DAY, PLAIN, "start of the campaign", "活动开始日"),
    FIELD(CAMPAIGN_END, "campaign.end", PLAN, DAY, PLAIN, "end of the campaign", "活动结束次日"),
    FIELD(CAMPAIGN_PHASE, "campaign.phase", PLAN, TEXT, PLAIN, "phase", "阶段"),
};

int32_t cpn_risk_find_metric(const cpn_risk_names *names, const char *text, size_t length)
{
    for (int64_t i = names->n_metrics - 1; i >= 0; i--)
        if (strlen(names->metrics[i].name) == length && memcmp(names->metrics[i].name, text, length) == 0)
            return (int32_t)i;
    return -1;
}

const char *cpn_risk_nearest(const cpn_risk_names *names, const char *text, size_t length, bool with_fields)
{
    const char *known[MOST_NAMES];
    int64_t n = 0;
    for (int32_t i = 0; with_fields && i < CPN_RISK_N_FIELDS; i++) known[n++] = cpn_risk_fields[i].name;
    for (int64_t i = 0; i < names->n_metrics && n < MOST_NAMES; i++) known[n++] = names->metrics[i].name;
    const int64_t nearest = cpn_nearest_name(text, length, known, n);
    return nearest < 0 ? NULL : known[nearest];
}
