/* The built-in playbook: an entry for every risk of the handbook, in English and Chinese. Thresholds that the handbook
 * does not state are marked in docs/playbook.md; they are there to be changed. */
#include <string.h>

#include "execution/risks/risk.h"
#include "plan/plan.h"
#include "plan/playbook.h"

typedef struct role {
    const char *id, *en, *zh;
} role;

static const role roles[] = {
    { "lead", "campaign lead", "活动总负责人" },  { "planning", "planning group", "策划组" },
    { "operation", "operation group", "运营组" }, { "tech", "tech group", "技术组" },
    { "service", "service group", "客服组" },     { "finance", "finance", "财务" },
    { "supply", "supply chain", "供应链" },       { "public_relations", "public relations", "公关" },
    { "management", "management", "公司管理层" },
};

typedef struct entry {
    const char *id, *severity, *source, *when, *owner, *within, *escalate_to, *after;
    const char *name_en, *name_zh, *action_en, *action_zh;
} entry;

static const entry entries[] = {
    { "negative_sentiment", "critical", "PX20", "negative_posts >= 1", "public_relations", "15 min", "management",
      "1 h", "Negative sentiment", "负面舆情",
      "Put the team in action: answer the posts ({negative_posts}) with one voice, and find what they are about.",
      "应急小组立即响应：统一口径回应 {negative_posts} 条负面信息，并查明原因。" },
    { "price_error", "critical", "PX19", "price_errors >= 1", "operation", "15 min", "lead", "30 min", "Price error",
      "价格错误", "Take the wrong prices ({price_errors}) down, and compensate with the difference or a coupon.",
      "立即下架 {price_errors} 个错误价格，并以差价或优惠券补偿。" },
    { "server_overload", "critical", "PX27", "server_load >= 80%", "tech", "15 min", "lead", "30 min",
      "Servers overloaded", "服务器过载", "Add elastic capacity: the load is {server_load}.",
      "启用弹性扩容：当前负载 {server_load}。" },
    { "complaint", "high", "AP20", "complaints_open >= 1", "service", "1 h", "lead", "2 h", "Complaints", "客户投诉",
      "Answer the complaints ({complaints_open}), compensate, and mend the rule behind them.",
      "回应 {complaints_open} 起投诉，给予补偿，并修正规则。" },
    { "channel_cpa", "high", "PX22", "cpa > cpa.target * 130%", "operation", "1 h", "lead", "4 h",
      "Channel dearer than its cap", "渠道获客成本超上限",
      "Pause the channel and move its money: CPA {cpa} is {(cpa - cpa.target) / cpa.target} above the cap of "
      "{cpa.target}.",
      "暂停该渠道并调整预算：获客成本 {cpa}，超过上限 {cpa.target} 达 {(cpa - cpa.target) / cpa.target}。" },
    { "metric_off_target", "high", "AP16", "metric.off >= 20%", "operation", "4 h", "lead", "24 h",
      "Metric off its target", "指标偏离目标",
      "Start the emergency response for {metric.name}: {metric.off} off its target of {metric.target}.",
      "对 {metric.name} 启动应急响应：偏离目标 {metric.target} 达 {metric.off}。" },
    { "stock_below_safety", "high", "PX18", "stock.on_hand < stock.safety", "supply", "4 h", "operation", "24 h",
      "Stock below safety", "库存低于安全线",
      "Replenish by {stock.safety - stock.on_hand}, or limit purchases: {stock.on_hand} on hand, "
      "{stock.safety} are safe.",
      "补货 {stock.safety - stock.on_hand} 件或限购：现有 {stock.on_hand} 件，安全库存 {stock.safety} 件。" },
    { "supply_broken", "high", "AP19", "stock.on_hand + stock.incoming < stock.need", "supply", "1 working day", "lead",
      "2 working days", "Supply broken", "供货不足",
      "Order {stock.need - stock.on_hand - stock.incoming} more from the second supplier, or switch from spot "
      "promotion to presale with deposit inflation.",
      "向备选供应商追加 {stock.need - stock.on_hand - stock.incoming} 件，或由现货促销改为预售加定金膨胀。" },
    { "supply_late", "high", "AP19", "supply_delay > 0", "supply", "1 working day", "lead", "2 working days",
      "Supplier late", "供应商延迟",
      "Call on the second supplier (days late: {supply_delay}), offer presale with deposit inflation meanwhile.",
      "启用备选供应商：已延迟 {supply_delay} 天；期间改为预售加定金膨胀。" },
    { "overspend", "high", "AP19", "budget.actual + budget.committed > budget.planned", "finance", "1 working day",
      "lead", "2 working days", "Overspend", "超支",
      "Pause what is not core, protect conversion, and find {budget.actual + budget.committed - budget.planned} in "
      "other projects.",
      "暂停非核心支出，保住转化，并从其他项目调剂 {budget.actual + budget.committed - budget.planned}。" },
    { "staff_short", "medium", "AP19", "staff < staff.target", "lead", "1 working day", "management", "2 working days",
      "People short", "人手不足",
      "Reassign people: {staff} of the {staff.target} who are needed are there, {staff.target - staff} short.",
      "调配 {staff.target - staff} 人：现有 {staff} 人，需要 {staff.target} 人。" },
    { "policy_change", "high", "AP18", "policy_changes >= 1", "planning", "1 working day", "management",
      "2 working days", "Policy change", "政策变化",
      "Review what has changed ({policy_changes}), and alter the form of what it touches.",
      "核查 {policy_changes} 项政策变化，调整受影响的活动形式。" },
    { "competitor_price", "medium", "AP18", "competitor_price_cut >= 10% or competitor_campaigns >= 1", "planning",
      "2 working days", "lead", "3 working days", "Competitor's move", "竞品动作",
      "Plan a rapid response to the competitor: its price cut is {competitor_price_cut}, its new campaigns "
      "{competitor_campaigns}.",
      "启动快速响应：竞品降价 {competitor_price_cut}，新增活动 {competitor_campaigns} 个。" },
    { "demand_falls", "medium", "AP18", "demand.off >= 30%", "planning", "2 working days", "lead", "3 working days",
      "Demand falls away", "需求下滑",
      "Pause the campaign and move its resources: demand is {demand.off} below what was expected.",
      "暂停活动并转移资源：需求低于预期 {demand.off}。" },
    { "strategy_deformed", "medium", "AP20", "execution_score < 80%", "operation", "2 working days", "lead",
      "3 working days", "Strategy deformed", "执行走样",
      "Inspect on site (mystery shopper), train on the spot and take it into the appraisal: the score is "
      "{execution_score}.",
      "现场督导（神秘顾客）、当场培训并纳入考核：执行得分 {execution_score}。" },
    { "data_distorted", "medium", "AP20", "data_gap > 2%", "finance", "2 working days", "lead", "3 working days",
      "Data distorted", "数据失真",
      "Check payments against shipments ({data_gap} apart) and judge by repurchase and NPS as well.",
      "核对支付与发货（差异 {data_gap}），并增加复购率与净推荐值等指标。" },
    { "delivery_late", "high", "PX27", "delivery_delay >= 24", "supply", "4 h", "lead", "24 h", "Logistics late",
      "物流延误", "Use the backup carrier and send delay coupons: {delivery_delay} hours late.",
      "启用备用承运商并发放延误券：已延误 {delivery_delay} 小时。" },
    { "supplier_weak", "medium", "PX7", "supplier_score < 80%", "operation", "2 working days", "lead", "3 working days",
      "Outside supplier misses its KPIs", "外部供应商未达标",
      "Hold the supplier to its KPIs, and have a substitute ready: the score is {supplier_score}.",
      "督促供应商达到考核指标，并准备替代方：得分 {supplier_score}。" },
    { "approval_waiting", "high", "PX7", "approvals_waiting >= 1", "lead", "1 h", "management", "4 h",
      "Emergency approvals wait", "紧急审批待处理",
      "Decide the purchases and prices that wait ({approvals_waiting}) within your limit, or take them up.",
      "在权限内审批 {approvals_waiting} 项紧急采购与调价，超出权限的上报。" },
    { "channel_conflict", "high", "PX9", "channel_conflicts >= 1", "operation", "4 h", "lead", "24 h",
      "Channels in conflict", "渠道冲突",
      "Settle the conflicts ({channel_conflicts}): move a campaign, or give each channel its own rules and stock.",
      "解决 {channel_conflicts} 处冲突：调整活动时间，或为各渠道划分规则与库存。" },
    { "partner_conflict", "medium", "SD6", "partner_conflicts >= 1", "planning", "2 working days", "lead",
      "3 working days", "Partners in conflict", "伙伴价格或区域冲突",
      "Settle the conflicts of price or territory ({partner_conflicts}): align prices, divide the customers.",
      "解决 {partner_conflicts} 处价格或区域冲突：统一价格，划分客户。" },
    { "budget_nearly_used", "medium", "SD10",
      "budget.planned > 0 and budget.actual + budget.committed between 90% * budget.planned and budget.planned",
      "finance", "1 working day", "lead", "2 working days", "Budget nearly used", "预算将用尽",
      "Approve what is left, {budget.available} of {budget.planned}, only against its effect.",
      "余额 {budget.available}（预算 {budget.planned}）须评估效果后再审批。" },
    { "feedback_missing", "medium", "AP13", "feedback_open >= 1", "service", "48 h", "lead", "72 h",
      "Feedback not collected", "反馈未收集", "Collect the feedback that is missing (customers: {feedback_open}).",
      "收集 {feedback_open} 位客户的反馈。" },
    { "end_moves", "high", "AP9", "task.slip > task.float and task.slip > 0 and task.status != 'done'", "lead", "4 h",
      "management", "1 working day", "A delay moves the end", "延误影响总工期",
      "Shorten what follows the task, or move the end: the slip is {task.slip}, the float {task.float}.",
      "压缩后续任务或调整结束日：延误 {task.slip} 天，浮动仅 {task.float} 天。" },
    { "task_late", "medium", "AP9", "(task.days_late > 0 or task.float < 0) and task.status != 'done'", "lead",
      "1 working day", "management", "2 working days", "Task late", "任务延迟",
      "Shorten the task or what follows it: finish {task.finish}, due {task.due}.",
      "压缩该任务或其后续任务：预计 {task.finish} 完成，截止 {task.due}。" },
    { "task_blocked", "medium", "AP9", "task.status = 'blocked'", "lead", "4 h", "management", "1 working day",
      "Task blocked", "任务受阻", "Clear what blocks the task, or give it to somebody else.",
      "排除阻碍，或改派他人。" },
};

enum { N_ROLES = sizeof roles / sizeof *roles, N_ENTRIES = sizeof entries / sizeof *entries };

static void put(cpn_json_writer *writer, const char *key, const char *text)
{
    cpn_json_key(writer, key);
    cpn_json_string_z(writer, text);
}

/* which: 0 = English, 1 = Chinese, 2 = both. */
static void put_both(cpn_json_writer *writer, const char *const keys[2], const char *en, const char *zh, int which)
{
    if (which != 1) put(writer, keys[0], en);
    if (which != 0) put(writer, keys[1], zh);
}

static const char *const name_keys[] = { "name_en", "name_zh" }, *const action_keys[] = { "action_en", "action_zh" };

static void write_entry(cpn_json_writer *writer, const entry *e, int which)
{
    cpn_json_open_object(writer, false);
    put(writer, "id", e->id);
    put_both(writer, name_keys, e->name_en, e->name_zh, which);
    put(writer, "severity", e->severity);
    put(writer, "source", e->source);
    put(writer, "when", e->when);
    put_both(writer, action_keys, e->action_en, e->action_zh, which);
    put(writer, "owner", e->owner);
    put(writer, "within", e->within);
    cpn_json_key(writer, "escalate");
    cpn_json_open_object(writer, true);
    put(writer, "to", e->escalate_to);
    put(writer, "after", e->after);
    cpn_json_close(writer);
    cpn_json_close(writer);
}

campaign_status campaign_plan_playbook(char **json, size_t *length, const char *language, campaign_error *error)
{
    if (json) *json = NULL;
    if (length) *length = 0;
    if (!json) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "json", "json is required");
    bool is_chinese = false;
    const campaign_status status = cpn_take_language(&is_chinese, language, "language", error);
    if (status != CAMPAIGN_OK) return status;
    const int which = !language ? 2 : is_chinese;
    cpn_text text = { 0 };
    cpn_json_writer writer = { .text = &text };
    cpn_json_open_object(&writer, false);
    put(&writer, "schema", cpn_playbook_kind.schema);
    cpn_json_key(&writer, "roles");
    cpn_json_open_array(&writer, false);
    for (int i = 0; i < N_ROLES; i++) {
        cpn_json_open_object(&writer, true);
        put(&writer, "id", roles[i].id);
        put_both(&writer, name_keys, roles[i].en, roles[i].zh, which);
        cpn_json_close(&writer);
    }
    cpn_json_close(&writer);
    cpn_json_key(&writer, "entries");
    cpn_json_open_array(&writer, false);
    for (int i = 0; i < N_ENTRIES; i++) write_entry(&writer, &entries[i], which);
    cpn_json_close(&writer);
    cpn_json_close(&writer);
    cpn_text_add_char(&text, '\n');
    return cpn_plan_hand_over(json, length, &text, error);
}
