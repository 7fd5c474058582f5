/* Columns of a plan's tables as people read them: campaigns and phases (the calendar), tasks, targets, budget, risks,
 * notes. Columns that only programs need stay behind those listed, under their own names. */
#include "io/forms/form.h"

#define FIELD(id_, kind_, en_, zh_)                                                                                    \
    {                                                                                                                  \
        .id = id_, .kind = CPN_FORM_##kind_, .en = en_, .zh = zh_                                                      \
    }
#define CHOICE(id_, words_, en_, zh_)                                                                                  \
    {                                                                                                                  \
        .id = id_, .kind = CPN_FORM_WORD, .words = &(words_), .en = en_, .zh = zh_                                     \
    }
#define PERSON(id_, en_, zh_)                                                                                          \
    {                                                                                                                  \
        .id = id_, .kind = CPN_FORM_TEXT, .is_person = true, .en = en_, .zh = zh_                                      \
    }
/* How far it is: always there, for people to fill in. */
#define STATUS                                                                                                         \
    {                                                                                                                  \
        .id = "status", .kind = CPN_FORM_WORD, .words = &cpn_form_statuses, .is_always_there = true, .en = "Status",   \
        .zh = "状态"                                                                                                 \
    }
#define FIELDS(fields_) .fields = fields_, .n_fields = (int32_t)(sizeof(fields_) / sizeof *(fields_))

static const cpn_form_field campaigns[] = {
    FIELD("campaign", TEXT, "Campaign id", "活动编号"),
    FIELD("name", TEXT, "Campaign", "活动名称"),
    CHOICE("tier", cpn_form_tiers, "Tier", "级别"),
    FIELD("theme", TEXT, "Theme", "主题"),
    FIELD("date", DATE, "Day of the node", "节点日期"),
    FIELD("start", DATE, "First day", "开始日期"),
    FIELD("end", LAST_DAY, "Last day", "结束日期"),
    FIELD("target", MONEY, "Target", "销售目标"),
    CHOICE("objective", cpn_form_objectives, "Objective", "活动目的"),
    CHOICE("season", cpn_form_seasons, "Season", "季节"),
    CHOICE("type", cpn_form_types, "Type", "活动类型"),
    FIELD("value", MONEY, "Value", "增量销售额"),
    CHOICE("value_basis", cpn_form_value_bases, "Value by", "价值依据"),
    FIELD("cost", MONEY, "Cost by rule", "估算成本"),
    FIELD("node", TEXT, "Node", "节点编号"),
    CHOICE("certainty", cpn_form_certainties, "Day of the node is", "节点日期依据"),
    FIELD("members", TEXT, "Made of", "合并自"),
};

static const cpn_form_field phases[] = {
    FIELD("campaign", TEXT, "Campaign id", "活动编号"), CHOICE("phase", cpn_form_phases, "Phase", "阶段"),
    FIELD("start", DATE, "First day", "开始日期"),      FIELD("end", LAST_DAY, "Last day", "结束日期"),
    FIELD("target", MONEY, "Target", "销售目标"),       FIELD("due", MOMENT, "Due at", "截止时刻"),
};

static const cpn_form_field deadlines[] = {
    FIELD("campaign", TEXT, "Campaign id", "活动编号"),
    FIELD("name", TEXT, "Deadline", "截止事项"),
    FIELD("date", DATE, "Due", "截止日期"),
    FIELD("due", MOMENT, "Due at", "截止时刻"),
    FIELD("working_days", INTEGER, "Working days before", "提前工作日"),
    FIELD("deadline", TEXT, "Deadline id", "事项编号"),
    FIELD("source", TEXT, "Source", "来源"),
};

static const cpn_form_field tasks[] = {
    FIELD("task", TEXT, "Task id", "任务编号"),
    FIELD("campaign", TEXT, "Campaign id", "活动编号"),
    CHOICE("phase", cpn_form_phases, "Phase", "阶段"),
    FIELD("name", TEXT, "Task", "任务"),
    CHOICE("role", cpn_form_roles, "Role", "责任岗位"),
    PERSON("owner", "Owner", "负责人"),
    FIELD("deliverable", TEXT, "Deliverable", "交付物"),
    FIELD("start", DATE, "Start", "开始日期"),
    FIELD("finish", DATE, "Finish (last day)", "完成日期"),
    FIELD("due", DATE, "Due", "截止日期"),
    FIELD("due_at", MOMENT, "Due at", "截止时刻"),
    FIELD("duration", REAL, "Duration", "工期"),
    CHOICE("unit", cpn_form_units, "Unit", "工期单位"),
    FIELD("after", TEXT, "After", "前置任务"),
    STATUS,
    FIELD("actual_start", DATE, "Actual start", "实际开始"),
    FIELD("actual_finish", DATE, "Actual finish", "实际完成"),
    FIELD("remaining", REAL, "Remaining", "剩余工期"),
    FIELD("is_critical", FLAG, "Critical", "关键任务"),
    FIELD("total_float", REAL, "Total float", "总时差"),
    FIELD("free_float", REAL, "Free float", "自由时差"),
    FIELD("late_start", DATE, "Latest start", "最晚开始"),
    FIELD("late_finish", DATE, "Latest finish", "最晚完成"),
    FIELD("earliest", DATE, "Earliest", "最早开始"),
    FIELD("calendar", TEXT, "Calendar", "日历"),
    FIELD("deadline", TEXT, "Deadline", "截止事项"),
    CHOICE("reason", cpn_form_reasons, "Dates by", "日期依据"),
    FIELD("bound_by", TEXT, "Bound by", "决定任务"),
    FIELD("source", TEXT, "Source", "来源"),
};

static const cpn_form_field targets[] = {
    FIELD("id", INTEGER, "No.", "行号"),
    FIELD("parent", INTEGER, "Part of", "上级行号"),
    CHOICE("level", cpn_form_levels, "Level", "层级"),
    FIELD("period", TEXT, "Period", "期间"),
    FIELD("start", DATE, "First day", "开始日期"),
    FIELD("end", LAST_DAY, "Last day", "结束日期"),
    FIELD("product_line", TEXT, "Product line", "产品线"),
    FIELD("market", TEXT, "Market", "市场"),
    FIELD("channel", TEXT, "Channel", "渠道"),
    FIELD("tier", TEXT, "Customer tier", "客户等级"),
    FIELD("rep", TEXT, "Rep", "业务员"),
    FIELD("target", MONEY, "Target", "目标"),
    FIELD("share_ppm", SHARE, "Share of parent", "占上级"),
    FIELD("assigned", MONEY, "Assigned", "分派额"),
    FIELD("rule", TEXT, "Rule", "规则"),
    FIELD("supported", MONEY, "Supported by recent sales", "近期可支撑"),
    FIELD("above_ppm", SHARE, "Above that", "高出"),
    FIELD("bottom_up", MONEY, "Entered from below", "自下而上填报"),
    FIELD("gap", MONEY, "Gap", "差额"),
};

static const cpn_form_field budget[] = {
    CHOICE("group", cpn_form_groups, "Group", "类别"),
    FIELD("campaign", TEXT, "Campaign id", "活动编号"),
    FIELD("name", TEXT, "Line", "名称"),
    FIELD("amount", MONEY, "Amount", "金额"),
    FIELD("share_ppm", SHARE, "Share", "占比"),
    CHOICE("season", cpn_form_seasons, "Season", "季节"),
    CHOICE("basis", cpn_form_bases, "Basis", "依据"),
    FIELD("marginal", REAL, "Return of one more", "边际回报"),
};

/* What campaign_plan_risks finds; status is for people to fill in. */
static const cpn_form_field risks[] = {
    CHOICE("severity", cpn_form_severities, "Severity", "严重程度"),
    FIELD("name", TEXT, "Risk", "风险"),
    FIELD("subject", TEXT, "About", "对象"),
    FIELD("numbers", TEXT, "What holds", "触发数值"),
    FIELD("action", TEXT, "Action", "应对措施"),
    PERSON("owner", "Owner", "负责人"),
    FIELD("due_at", MOMENT, "Due at", "处理时限"),
    FIELD("is_overdue", FLAG, "Overdue", "已超时"),
    FIELD("escalate_to", TEXT, "Escalates to", "上报对象"),
    FIELD("escalate_at", MOMENT, "Escalates at", "上报时间"),
    FIELD("is_escalated", FLAG, "To be escalated", "应已上报"),
    STATUS,
    FIELD("campaign", TEXT, "Campaign id", "活动编号"),
    FIELD("channel", TEXT, "Channel", "渠道"),
    CHOICE("kind", cpn_form_things, "Kind", "类别"),
    FIELD("since", MOMENT, "Since", "发生时间"),
    FIELD("is_provisional", FLAG, "Provisional days", "日期暂定"),
    FIELD("entry", TEXT, "Entry of the playbook", "手册条目"),
    FIELD("source", TEXT, "Source", "来源"),
};

static const cpn_form_field notes[] = {
    CHOICE("severity", cpn_form_severities, "Severity", "级别"),
    FIELD("text", TEXT, "Note", "说明"),
    FIELD("subject", TEXT, "About", "所涉对象"),
    FIELD("other", TEXT, "And", "所涉第二对象"),
    FIELD("start", DATE, "First day", "开始日期"),
    FIELD("end", LAST_DAY, "Last day", "结束日期"),
    FIELD("n", INTEGER, "Number", "数量"),
    FIELD("code", TEXT, "Code", "代码"),
};

const cpn_form cpn_form_campaigns = {
    "campaigns", false, false, FIELDS(campaigns), .en = "Campaigns", .zh = "活动日历"
};
const cpn_form cpn_form_phases_form = { "phases", false, false, FIELDS(phases), .en = "Phases", .zh = "活动阶段" };
const cpn_form cpn_form_deadlines = {
    "deadlines", false, false, FIELDS(deadlines), .en = "Deadlines", .zh = "截止事项"
};
const cpn_form cpn_form_tasks = { "tasks", false, false, FIELDS(tasks), .en = "Tasks", .zh = "任务清单" };
const cpn_form cpn_form_targets = { "targets", false, false, FIELDS(targets), .en = "Targets", .zh = "目标分解" };
const cpn_form cpn_form_budget = { "budget", false, false, FIELDS(budget), .en = "Budget", .zh = "预算" };
const cpn_form cpn_form_risks = { "risks", false, false, FIELDS(risks), .en = "Risks", .zh = "风险清单" };
const cpn_form cpn_form_notes = { "notes", false, false, FIELDS(notes), .en = "Notes", .zh = "说明" };
