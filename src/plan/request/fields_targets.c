/* The fields of a plan request about how the target goes down: what each level shares by, and rules for single nodes. */
#include "plan/plan.h"

#define FIELDS(array) array, (int64_t)(sizeof(array) / sizeof *(array))

static const char *const drivers[] = { "history", "last_year", "even", "mix", "column", "day_kinds", NULL };

static const cpn_field day_kind_fields[] = {
    { .name = "statutory",
      .type = CPN_FIELD_RATE,
      .minimum = "0",
      .maximum = "1000",
      .fallback = "2",
      .en = "Weight of a statutory holiday.",
      .zh = "法定节假日的权重。" },
    { .name = "off",
      .type = CPN_FIELD_RATE,
      .minimum = "0",
      .maximum = "1000",
      .fallback = "1.6",
      .en = "Weight of a weekend or another day off.",
      .zh = "周末及其他休息日的权重。" },
    { .name = "working",
      .type = CPN_FIELD_RATE,
      .minimum = "0",
      .maximum = "1000",
      .fallback = "1",
      .en = "Weight of a working day, make-up days too.",
      .zh = "工作日（含调休上班日）的权重。" },
};
const cpn_record cpn_plan_day_kinds_record = { FIELDS(day_kind_fields), false, "Weights of days by their kind.",
                                               "各类日子的权重。" };

static const cpn_field level_fields[] = {
    { .name = "driver",
      .type = CPN_FIELD_ENUM,
      .choices = drivers,
      .en = "What the parts share by: history (every whole year counts the same), last_year, even, mix (years as "
            "declared), column (of the table drivers) or day_kinds. By default history for periods and last_year for "
            "the others; years, column and day_kinds each say it, too.",
      .zh = "按什么分配：history 历年同权、last_year 去年、even 均分、mix 按 years 所列年份加权、column 取 drivers "
            "表的列、"
            "day_kinds 按日子种类；期间默认 history，其余默认 last_year。给出 years、column 或 day_kinds 时可省略。" },
    { .name = "years",
      .type = CPN_FIELD_MAP,
      .item = CPN_FIELD_RATE,
      .minimum = "0",
      .maximum = "1000000",
      .en = "For mix: weight of each year, by the year its twelve months begin in.",
      .zh = "用于 mix：各年度的权重，以其十二个月的起始年份为键。" },
    { .name = "column",
      .type = CPN_FIELD_TEXT,
      .minimum = "1",
      .en = "For column: a column of numbers in the table drivers.",
      .zh = "用于 column：drivers 表中的数字列。" },
    { .name = "day_kinds",
      .type = CPN_FIELD_OBJECT,
      .record = &cpn_plan_day_kinds_record,
      .en = "For day_kinds: weight of each kind.",
      .zh = "用于 day_kinds：各类日子的权重。" },
    { .name = "padding",
      .type = CPN_FIELD_RATE,
      .minimum = "0",
      .maximum = "10",
      .fallback = "0",
      .en = "Over-assignment: what the parts are assigned adds up to this much more than their parent was.",
      .zh = "加码：下级合计分派额比上级分派额多出的比例。" },
};
const cpn_record cpn_plan_level_record = { FIELDS(level_fields), false, "How one level shares.",
                                           "某一层级的分配方式。" };

#define LEVEL(name_, en_, zh_)                                                                                         \
    {                                                                                                                  \
        .name = name_, .type = CPN_FIELD_OBJECT, .record = &cpn_plan_level_record, .en = en_, .zh = zh_                \
    }
static const cpn_field levels_fields[] = {
    LEVEL("quarter", "Quarters.", "季度。"),
    LEVEL("month", "Months.", "月。"),
    LEVEL("week", "Weeks.", "周。"),
    LEVEL("day", "Days.", "日。"),
    LEVEL("product_line", "Product lines.", "产品线。"),
    LEVEL("market", "Markets.", "市场。"),
    LEVEL("channel", "Channels.", "渠道。"),
    LEVEL("tier", "Tiers of customers.", "客户等级。"),
    LEVEL("rep", "Sales reps.", "业务员。"),
};
const cpn_record cpn_plan_levels_record = { FIELDS(levels_fields), false, "How each level of the split shares.",
                                            "各层级的分配方式。" };

#define RULE_KEY(name_, en_, zh_)                                                                                      \
    {                                                                                                                  \
        .name = name_, .type = CPN_FIELD_KEY, .en = en_, .zh = zh_                                                     \
    }
static const cpn_field rule_fields[] = {
    { .name = "period",
      .type = CPN_FIELD_TEXT,
      .minimum = "1",
      .en = "Period of the node, as the targets name it: 2027-Q1, 2027-02, 2027-02-W05, 2027-02-06; the year by "
            "default.",
      .zh = "节点的期间，写法同目标表：2027-Q1、2027-02、2027-02-W05、2027-02-06；默认全年。" },
    RULE_KEY("product_line", "Its product line.", "产品线。"),
    RULE_KEY("market", "Its market.", "市场。"),
    RULE_KEY("channel", "Its channel.", "渠道。"),
    RULE_KEY("tier", "Its tier of customers.", "客户等级。"),
    RULE_KEY("rep", "Its sales rep.", "业务员。"),
    { .name = "amount",
      .type = CPN_FIELD_MONEY,
      .minimum = "0",
      .en = "Locks the node at this target.",
      .zh = "锁定该节点的目标。" },
    { .name = "minimum", .type = CPN_FIELD_MONEY, .minimum = "0", .en = "Least target.", .zh = "目标下限。" },
    { .name = "maximum", .type = CPN_FIELD_MONEY, .minimum = "0", .en = "Greatest target.", .zh = "目标上限。" },
    { .name = "growth",
      .type = CPN_FIELD_RATE,
      .minimum = "-1",
      .maximum = "1000",
      .en = "Growth of the node's baseline before shares are taken.",
      .zh = "取占比前该节点基数的增长率。" },
};
const cpn_record cpn_plan_rule_record = { FIELDS(rule_fields), false, "A rule for one node of the split.",
                                          "针对某一节点的规则。" };

/* ---- Seasons ---------------------------------------------------------------------------------------------------- */

static const char *const season_methods[] = { "auto", "measured", "plain", NULL };
static const char *const ratios[] = { "to_year", "to_moving", NULL };
static const char *const shrinks[] = { "short", "always", "never", NULL };

static const cpn_field profile_fields[] = {
    { .name = "dimension",
      .type = CPN_FIELD_TEXT,
      .is_required = true,
      .en = "quarter, month, iso_week, weekday, day_kind or window.",
      .zh = "quarter、month、iso_week、weekday、day_kind 或 window。" },
    { .name = "key",
      .type = CPN_FIELD_TEXT,
      .is_required = true,
      .en = "Which of them: 1, working, or a window's name.",
      .zh = "其中哪一个：1、working 或窗口名。" },
    { .name = "index",
      .type = CPN_FIELD_DECIMAL,
      .is_required = true,
      .minimum = "0",
      .en = "Sales against the mean period, or against an ordinary day.",
      .zh = "相对平均期间或普通日的销售。" },
    { .name = "node", .type = CPN_FIELD_TEXT, .en = "Of a window: the node.", .zh = "窗口所属节点。" },
    { .name = "first",
      .type = CPN_FIELD_INT,
      .minimum = "-400",
      .maximum = "400",
      .en = "Of a window: first day, counted from the node.",
      .zh = "窗口第一天，距节点的天数。" },
    { .name = "last",
      .type = CPN_FIELD_INT,
      .minimum = "-400",
      .maximum = "400",
      .en = "Of a window: last day.",
      .zh = "窗口最后一天。" },
};
const cpn_record cpn_plan_profile_record = { FIELDS(profile_fields), false, "One index of a profile of seasons.",
                                             "季节指数中的一项。" };

static const cpn_field seasonality_fields[] = {
    { .name = "method",
      .type = CPN_FIELD_ENUM,
      .choices = season_methods,
      .fallback = "auto",
      .en = "measured: by the forecast engine; plain: shares of months and weekdays as they were; auto: measured where "
            "the latest twelve whole months have 240 days with sales.",
      .zh = "measured 由预测引擎测定；plain 直接取各月、各星期占比；auto 在最近十二个完整月有 240 天销售时测定。" },
    { .name = "ratio",
      .type = CPN_FIELD_ENUM,
      .choices = ratios,
      .fallback = "to_year",
      .en = "A month against its year, or against the centred moving mean of one.",
      .zh = "月份与全年比较，或与居中移动年平均比较。" },
    { .name = "shrink",
      .type = CPN_FIELD_ENUM,
      .choices = shrinks,
      .fallback = "short",
      .en = "When indexes are drawn towards 1: with fewer than three years, always or never.",
      .zh = "何时向 1 收缩：不足三年、总是或从不。" },
    { .name = "node_windows",
      .type = CPN_FIELD_BOOL,
      .fallback = "true",
      .en = "Bursts of the plan's big nodes are windows of their own.",
      .zh = "大节点的爆发期单独作为窗口。" },
    { .name = "keeps_outliers",
      .type = CPN_FIELD_BOOL,
      .fallback = "false",
      .en = "No day is treated as an outlier.",
      .zh = "不处理异常日。" },
    { .name = "profile",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_OBJECT,
      .record = &cpn_plan_profile_record,
      .maximum = "1000",
      .en = "Indexes of your own instead of measured ones.",
      .zh = "以自有指数代替测定值。" },
};
const cpn_record cpn_plan_seasonality_record = { FIELDS(seasonality_fields), false, "How seasons are measured.",
                                                 "季节性的测定方式。" };
