/* The fields of a request for a rapid response: the one place where names, limits, defaults and words stand. */
#include "plan/rapid_fields.h"

#define FIELDS(array) array, (int64_t)(sizeof(array) / sizeof *(array))

static const char *const types[] = { "new_product", "fair", "thank_you", "counter_attack", NULL };
static const char *const languages[] = { "en", "zh", NULL };
static const char *const policies[] = { "notice", "fail", NULL };

#define NAME(name_, en_, zh_)                                                                                          \
    {                                                                                                                  \
        .name = name_, .type = CPN_FIELD_TEXT, .minimum = "1", .en = en_, .zh = zh_                                    \
    }
#define WINDOW(name_, usual_, en_, zh_)                                                                                \
    {                                                                                                                  \
        .name = name_, .type = CPN_FIELD_LIST, .item = CPN_FIELD_INT, .fallback = usual_, .minimum = "2",              \
        .maximum = "2", .en = en_, .zh = zh_                                                                           \
    }
#define COUNT(name_, usual_, least_, most_, en_, zh_)                                                                  \
    {                                                                                                                  \
        .name = name_, .type = CPN_FIELD_INT, .fallback = usual_, .minimum = least_, .maximum = most_, .en = en_,      \
        .zh = zh_                                                                                                      \
    }

static const cpn_field owners_fields[] = {
    NAME("sales", "Who answers for sales.", "销售负责人。"),
    NAME("marketing", "Who answers for marketing.", "市场负责人。"),
    NAME("service", "Who answers for service.", "客服负责人。"),
};
const cpn_record cpn_rapid_owners_record = { FIELDS(owners_fields), false, "Owners.", "负责人。" };

/* RR1, RR3, RR5 and RR7. */
static const cpn_field windows_fields[] = {
    WINDOW("kickoff", "[0, 0]", "Kick-off: working days after the start.", "启动会：开始后的工作日。"),
    WINDOW("screening", "[0, 2]", "Screening of customers and allocation, after the start.",
           "客户筛选与任务分配：开始后的工作日。"),
    WINDOW("plan", "[2, 3]", "Plan issued, after the start.", "方案下发：开始后的工作日。"),
    WINDOW("contact", "[1, 3]", "First contact with every customer, after the start.", "首轮触达：开始后的工作日。"),
    WINDOW("review", "[1, 3]", "Review, working days after the last day.", "复盘：结束后的工作日。"),
};
const cpn_record cpn_rapid_windows_record = { FIELDS(windows_fields), false,
                                              "Response windows: first and last working day of each.",
                                              "响应时限：各环节的首、末工作日。" };

/* RR3. */
static const cpn_field classes_fields[] = {
    COUNT("interactions", "3", "1", "1000000", "Class S: so many interactions, where they are counted.",
          "S 类：互动次数达到该值（有计数时）。"),
    COUNT("s_days", "30", "1", "3650", "Class S: in the last so many days.", "S 类：最近多少天内的互动。"),
    COUNT("b_days", "60", "1", "3650", "Class B: an enquiry in the last so many days.", "B 类：最近多少天内有询盘。"),
    COUNT("open_months", "3", "1", "120", "First inside a class: an enquiry in so many months, and no order since.",
          "类内优先：最近几个月内有询盘且此后未下单。"),
};
const cpn_record cpn_rapid_classes_record = { FIELDS(classes_fields), false, "How customers are classed.",
                                              "客户分类规则。" };

static const cpn_field capacity_fields[] = {
    COUNT("call", "10", "0", "1000000", "Calls.", "电话。"),
    COUNT("visit", "3", "0", "1000000", "Visits.", "拜访。"),
    COUNT("wechat", "30", "0", "1000000", "Messages by WeChat.", "微信。"),
    COUNT("mail", "50", "0", "1000000", "Mails.", "邮件。"),
    COUNT("community", "100", "0", "1000000", "Customers reached in communities.", "社群触达的客户。"),
};
const cpn_record cpn_rapid_capacity_record = { FIELDS(capacity_fields), false,
                                               "What a rep can do in a day, where the table of reps does not say.",
                                               "每人每天的触达能力（人员表未注明时）。" };

/* RR8. */
static const cpn_field history_fields[] = {
    COUNT("months", "3", "1", "120", "Similar campaigns of the last so many months before the start.",
          "参考开始前几个月内的同类活动。"),
    { .name = "stretch",
      .type = CPN_FIELD_RATE,
      .fallback = "20%",
      .minimum = "0",
      .maximum = "10",
      .en = "A goal above history by at most this is a stretch; above it is unfounded.",
      .zh = "高于历史成交率不超过该比例为进取目标，超过则缺乏依据。" },
    { .name = "any_type",
      .type = CPN_FIELD_BOOL,
      .fallback = "false",
      .en = "Campaigns of every type count as similar.",
      .zh = "所有类型的活动均视为同类。" },
};
const cpn_record cpn_rapid_history_record = { FIELDS(history_fields), false, "What goals are held against.",
                                              "目标的历史依据。" };

static const cpn_field fields[] = {
    { .name = "id",
      .type = CPN_FIELD_TEXT,
      .fallback = "rapid",
      .minimum = "1",
      .en = "Key of the campaign; tasks begin with it.",
      .zh = "活动标识，任务编号以此开头。" },
    { .name = "name", .type = CPN_FIELD_TEXT, .is_required = true, .minimum = "1", .en = "Name.", .zh = "活动名称。" },
    { .name = "type",
      .type = CPN_FIELD_ENUM,
      .is_required = true,
      .choices = types,
      .en = "What is answered: a new product, a fair, a thank-you event, a competitor's attack.",
      .zh = "活动类型：新品推广、展会、答谢会、竞品反击。" },
    { .name = "start", .type = CPN_FIELD_DATE, .is_required = true, .en = "First day.", .zh = "开始日期。" },
    { .name = "finish",
      .type = CPN_FIELD_DATE,
      .is_required = true,
      .en = "Last day.",
      .zh = "结束日期（最后一天）。" },
    { .name = "as_of",
      .type = CPN_FIELD_DATE,
      .en = "Day that recency is measured to; the start otherwise.",
      .zh = "计算最近互动的基准日，缺省为开始日期。" },
    { .name = "language",
      .type = CPN_FIELD_ENUM,
      .choices = languages,
      .fallback = "en",
      .en = "Language of names and sentences.",
      .zh = "名称与说明的语言。" },
    { .name = "currency",
      .type = CPN_FIELD_TEXT,
      .fallback = "CNY",
      .minimum = "3",
      .maximum = "3",
      .en = "Currency of ISO 4217.",
      .zh = "币种（ISO 4217）。" },
    NAME("goal", "Core goal; made from the numbers otherwise.", "核心目标，缺省由数字生成。"),
    NAME("theme", "Theme.", "主题。"),
    NAME("target_group", "Who it is for.", "目标客群。"),
    { .name = "selling_points",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_TEXT,
      .en = "Selling points.",
      .zh = "卖点。" },
    NAME("offer", "Exclusive offer for class B.", "B 类客户的专属优惠。"),
    { .name = "leads",
      .type = CPN_FIELD_INT,
      .minimum = "0",
      .maximum = "1000000000",
      .en = "Target customers in all, shared by regions without a number of their own.",
      .zh = "目标客户总数，由未注明的区域分摊。" },
    { .name = "deals",
      .type = CPN_FIELD_INT,
      .minimum = "0",
      .maximum = "1000000000",
      .en = "Orders in all; the expected value as a whole number otherwise.",
      .zh = "目标成交总数，缺省取期望值的整数。" },
    { .name = "expected_conversion",
      .type = CPN_FIELD_RATE,
      .minimum = "0",
      .maximum = "1",
      .en = "Of regions without one of their own; that of history otherwise.",
      .zh = "未注明区域的预计成交率，缺省取历史成交率。" },
    { .name = "sales_task", .type = CPN_FIELD_MONEY, .minimum = "0", .en = "Sales in all.", .zh = "销售总任务。" },
    { .name = "order_value",
      .type = CPN_FIELD_MONEY,
      .minimum = "0",
      .en = "Sales of one order, where no sales are given; that of history otherwise.",
      .zh = "单笔金额（未给出销售任务时），缺省取历史均值。" },
    { .name = "regions",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_OBJECT,
      .record = &cpn_rapid_region_record,
      .en = "Regions, in the order in which forms show them.",
      .zh = "区域，按表单中的顺序。" },
    { .name = "owners",
      .type = CPN_FIELD_OBJECT,
      .record = &cpn_rapid_owners_record,
      .en = "Owners of sales, marketing and service.",
      .zh = "销售、市场、客服负责人。" },
    { .name = "support",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_TEXT,
      .en = "Departments in support; otherwise those of the check list.",
      .zh = "支持部门；缺省取资源清单。" },
    NAME("materials", "Materials, such as 500 leaflets; the check list's otherwise.",
         "物料，例如 500 份宣传册；缺省取资源清单。"),
    NAME("training", "Training, such as product, 1 hour; the check list's otherwise.",
         "培训，例如产品培训 1 小时；缺省取资源清单。"),
    NAME("remarks", "Remarks.", "备注。"),
    { .name = "windows",
      .type = CPN_FIELD_OBJECT,
      .record = &cpn_rapid_windows_record,
      .en = "Response windows in working days.",
      .zh = "响应时限（工作日）。" },
    { .name = "classes",
      .type = CPN_FIELD_OBJECT,
      .record = &cpn_rapid_classes_record,
      .en = "Rules of classes S, B and C.",
      .zh = "S、B、C 类规则。" },
    { .name = "capacity",
      .type = CPN_FIELD_OBJECT,
      .record = &cpn_rapid_capacity_record,
      .en = "What a rep can do in a day.",
      .zh = "每人每天的触达能力。" },
    { .name = "history",
      .type = CPN_FIELD_OBJECT,
      .record = &cpn_rapid_history_record,
      .en = "What goals are held against.",
      .zh = "目标的历史依据。" },
    { .name = "without_rep",
      .type = CPN_FIELD_ENUM,
      .choices = policies,
      .fallback = "notice",
      .en = "Customers that no rep serves: listed with a note, or an error.",
      .zh = "无人负责的客户：列出并提示，或报错。" },
    { .name = "usual_resources",
      .type = CPN_FIELD_BOOL,
      .fallback = "true",
      .en = "The usual resources of the type are on the check list.",
      .zh = "清单包含该类型的默认资源。" },
    { .name = "resources",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_OBJECT,
      .record = &cpn_rapid_resource_record,
      .en = "Resources of one's own.",
      .zh = "自定资源。" },
    { .name = "tasks",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_OBJECT,
      .record = &cpn_rapid_task_record,
      .en = "Tasks of one's own: measures learnt in reviews.",
      .zh = "自定任务：复盘得出的改进措施。" },
};
const cpn_record cpn_rapid_record = { FIELDS(fields), false, "A sudden market event and how it is to be answered.",
                                      "突发市场活动及其响应要求。" };

const cpn_document_kind cpn_rapid_response_kind = { "campaign/rapid_response/1", &cpn_rapid_record,
                                                    "Request for a rapid response", "市场活动快速响应请求" };
