/* Columns of the four templates: rapid response plan, split of tasks, follow-up records, review; and of the table of
 * competitors, which people fill in as well. */
#include "io/forms/form.h"

#define FIELD(id_, kind_, en_, zh_)                                                                                    \
    {                                                                                                                  \
        .id = id_, .kind = CPN_FORM_##kind_, .en = en_, .zh = zh_                                                      \
    }
#define REQUIRED(id_, kind_, en_, zh_)                                                                                 \
    {                                                                                                                  \
        .id = id_, .kind = CPN_FORM_##kind_, .needs_column = true, .needs_value = true, .en = en_, .zh = zh_           \
    }
/* A number whose column is there, and whose cell may be empty. */
#define COUNT(id_, kind_, en_, zh_)                                                                                    \
    {                                                                                                                  \
        .id = id_, .kind = CPN_FORM_##kind_, .needs_column = true, .is_natural = true, .en = en_, .zh = zh_            \
    }
#define CHOICE(id_, words_, en_, zh_)                                                                                  \
    {                                                                                                                  \
        .id = id_, .kind = CPN_FORM_WORD, .words = &(words_), .en = en_, .zh = zh_                                     \
    }
#define PERSON(id_, needs_column_, needs_value_, en_, zh_)                                                             \
    {                                                                                                                  \
        .id = id_, .kind = CPN_FORM_TEXT, .needs_column = needs_column_, .needs_value = needs_value_,                  \
        .is_person = true, .en = en_, .zh = zh_                                                                        \
    }
#define FIELDS(fields_) .fields = fields_, .n_fields = (int32_t)(sizeof(fields_) / sizeof *(fields_))

static const cpn_form_field response_plan[] = {
    FIELD("name", TEXT, "Campaign", "活动名称"),
    CHOICE("type", cpn_form_responses, "Type", "活动类型"),
    FIELD("start", DATE, "Start", "开始日期"),
    FIELD("finish", DATE, "Finish (last day)", "结束日期"),
    FIELD("goal", TEXT, "Goal", "活动目标"),
    FIELD("customers", TEXT, "Target customers", "目标客户"),
    FIELD("expected_conversion_ppm", SHARE, "Expected conversion", "预期转化率"),
    FIELD("sales_task", MONEY, "Sales task", "销售任务"),
    PERSON("owner_sales", false, false, "Owner, sales", "销售负责人"),
    PERSON("owner_marketing", false, false, "Owner, marketing", "市场负责人"),
    PERSON("owner_service", false, false, "Owner, service", "客服负责人"),
    FIELD("support", TEXT, "Support", "支持部门"),
    FIELD("materials", TEXT, "Materials", "物料准备"),
    FIELD("training", TEXT, "Training", "培训安排"),
    FIELD("risks", TEXT, "Risks", "风险预案"),
    FIELD("kickoff", DATE, "Kick-off", "启动日期"),
    FIELD("materials_ready", DATE, "Materials ready", "物料到位日期"),
    FIELD("contacted", DATE, "All customers contacted by", "客户触达完成日期"),
    FIELD("remarks", TEXT, "Remarks", "备注"),
};

/* What rapid_response fills in, where it knows it; only the region is in every row. */
static const cpn_form_field task_split[] = {
    REQUIRED("region", TEXT, "Region", "区域"),
    PERSON("owner", true, false, "Owner", "负责人"),
    COUNT("customers", INTEGER, "Customers", "客户数"),
    COUNT("expected_conversion_ppm", SHARE, "Expected conversion", "预期转化率"),
    COUNT("expected_deals", REAL, "Expected deals", "预期成交数"),
    COUNT("sales_task", MONEY, "Sales task", "销售任务"),
    FIELD("key_customers", TEXT, "Key customers", "重点客户"),
    FIELD("resources", TEXT, "Resources needed", "所需资源"),
};

static const cpn_form_field followups[] = {
    REQUIRED("record", INTEGER, "Record", "记录编号"),
    FIELD("corrects", INTEGER, "Corrects record", "更正记录"),
    REQUIRED("customer", TEXT, "Customer", "客户"),
    FIELD("contact", TEXT, "Contact", "联系人"),
    FIELD("industry", TEXT, "Industry", "行业"),
    FIELD("pain_point", TEXT, "Pain point", "痛点"),
    REQUIRED("time", MOMENT, "Time", "跟进时间"),
    CHOICE("way", cpn_form_ways, "Way", "跟进方式"),
    PERSON("rep", true, true, "Rep", "跟进人"),
    FIELD("summary", TEXT, "Summary", "沟通内容"),
    CHOICE("feedback", cpn_form_feedbacks, "Feedback", "客户反馈"),
    FIELD("objection", TEXT, "Kind of objection", "异议类型"),
    FIELD("next_action", TEXT, "Next action", "下一步行动"),
    FIELD("next_date", DATE, "Next date", "下次跟进日期"),
    CHOICE("status", cpn_form_statuses, "Status", "状态"),
    FIELD("blocked_by", TEXT, "Blocked by", "受阻原因"),
};

static const cpn_form_field review[] = {
    FIELD("metric", TEXT, "Metric", "指标"),         FIELD("target", REAL, "Target", "目标值"),
    FIELD("actual", REAL, "Actual", "实际值"),       FIELD("attainment_ppm", SHARE, "Attainment", "达成率"),
    FIELD("highlights", TEXT, "Highlights", "亮点"), FIELD("problems", TEXT, "Problems", "问题"),
    FIELD("measures", TEXT, "Measures", "改进措施"),
};

/* The handbook's competitors (SD18): what they do, and the answer to each with its owner and day. */
static const cpn_form_field competitors[] = {
    FIELD("competitor", TEXT, "Competitor", "竞争对手"),
    FIELD("product", TEXT, "Product", "产品"),
    FIELD("price", MONEY, "Price", "价格"),
    FIELD("channel", TEXT, "Channel", "渠道"),
    FIELD("strategy", TEXT, "Marketing strategy", "营销策略"),
    FIELD("strengths", TEXT, "Strengths", "优势"),
    FIELD("answer", TEXT, "Our answer", "应对措施"),
    PERSON("owner", false, false, "Owner", "负责人"),
    FIELD("due", DATE, "Due", "截止日期"),
    CHOICE("status", cpn_form_statuses, "Status", "状态"),
};

const cpn_form cpn_form_response_plan = {
    .id = "response_plan", .shows_all = true, FIELDS(response_plan), .en = "Response plan", .zh = "快速响应计划表"
};
const cpn_form cpn_form_task_split = { .id = "task_split",
                                       .shows_all = true,
                                       .is_readable = true,
                                       .has_totals = true,
                                       FIELDS(task_split),
                                       .en = "Task split",
                                       .zh = "任务分解表" };
const cpn_form cpn_form_followups = { .id = "followups",
                                      .shows_all = true,
                                      .is_readable = true,
                                      FIELDS(followups),
                                      .en = "Follow-ups",
                                      .zh = "客户跟进记录表" };
const cpn_form cpn_form_review = { .id = "review", .shows_all = true, FIELDS(review), .en = "Review", .zh = "复盘表" };
const cpn_form cpn_form_competitors = {
    .id = "competitors", .shows_all = true, FIELDS(competitors), .en = "Competitors", .zh = "竞品对照表"
};
