/* The fields of the rules for choosing campaigns, a document of its own and a part of a plan request. Defaults that are
 * numbers come from the handbook of the year's campaigns: one big node a quarter, one or two small ones a month. Minima
 * are 0 by default, because not every month of every year has a node. */
#include "plan/choice/choice.h"

#define FIELDS(array) array, (int64_t)(sizeof(array) / sizeof *(array))

static const char *const overlaps[] = { "merge", "refuse", NULL };
static const char *const merged_values[] = { "larger", "sum", NULL };
static const char *const merged_costs[] = { "sum", "larger", NULL };

#define RANGE_FIELDS(maximum_)                                                                                         \
    { .name = "min",                                                                                                   \
      .type = CPN_FIELD_INT,                                                                                           \
      .minimum = "0",                                                                                                  \
      .maximum = "366",                                                                                                \
      .fallback = "0",                                                                                                 \
      .en = "At least so many start in every period.",                                                                 \
      .zh = "每个期间至少开始几个。" },                                                                                \
    {                                                                                                                  \
        .name = "max", .type = CPN_FIELD_INT, .minimum = "0", .maximum = "366", .fallback = maximum_,                  \
        .en = "At most so many start in a period.", .zh = "每个期间至多开始几个。"                          \
    }
static const cpn_field big_fields[] = { RANGE_FIELDS("1") };
static const cpn_field small_fields[] = { RANGE_FIELDS("2") };
const cpn_record cpn_choice_big_record = { FIELDS(big_fields), false, "How many big campaigns start in a quarter.",
                                           "每季度开始几个大活动。" };
const cpn_record cpn_choice_small_record = { FIELDS(small_fields), false, "How many small campaigns start in a month.",
                                             "每月开始几个小活动。" };

static const cpn_field window_fields[] = {
    { .name = "start", .type = CPN_FIELD_DATE, .is_required = true, .en = "First day.", .zh = "第一天。" },
    { .name = "end",
      .type = CPN_FIELD_DATE,
      .is_required = true,
      .en = "The day after the last.",
      .zh = "最后一天的次日。" },
};
const cpn_record cpn_choice_window_record = { FIELDS(window_fields), false, "A range of days.", "一段日期。" };

static const cpn_field group_fields[] = {
    { .name = "ids",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_TEXT,
      .is_required = true,
      .minimum = "2",
      .maximum = "1000",
      .en = "Ids of candidates.",
      .zh = "候选活动的标识。" },
};
const cpn_record cpn_choice_group_record = { FIELDS(group_fields), false, "Candidates that belong together.",
                                             "一组候选活动。" };

static const cpn_field rule_fields[] = {
    { .name = "start",
      .type = CPN_FIELD_DATE,
      .en = "First day of the time that minima count for; by default the month of the first candidate.",
      .zh = "下限适用期间的第一天，默认为最早候选活动所在月。" },
    { .name = "end",
      .type = CPN_FIELD_DATE,
      .en = "The day after its last; by default the month of the last candidate counts too.",
      .zh = "该期间最后一天的次日，默认包含最晚候选活动所在月。" },
    { .name = "start_month",
      .type = CPN_FIELD_INT,
      .minimum = "1",
      .maximum = "12",
      .fallback = "1",
      .en = "Month that quarters are counted from.",
      .zh = "从哪个月起计季度。" },
    { .name = "big_per_quarter",
      .type = CPN_FIELD_OBJECT,
      .record = &cpn_choice_big_record,
      .en = "How many big campaigns start in a quarter.",
      .zh = "每季度开始几个大活动。" },
    { .name = "small_per_month",
      .type = CPN_FIELD_OBJECT,
      .record = &cpn_choice_small_record,
      .en = "How many small campaigns start in a month.",
      .zh = "每月开始几个小活动。" },
    { .name = "gap_days",
      .type = CPN_FIELD_INT,
      .minimum = "0",
      .maximum = "366",
      .fallback = "1",
      .en = "Days from the last day of a campaign to the first of the next, at least: 1 lets it follow the day after.",
      .zh = "上一活动最后一天到下一活动第一天至少相隔的天数，1 为次日即可开始。" },
    { .name = "overlaps",
      .type = CPN_FIELD_ENUM,
      .choices = overlaps,
      .fallback = "merge",
      .en = "Chosen candidates that share a day become one campaign, or are refused.",
      .zh = "日期重叠的活动合并为一个，或不允许。" },
    { .name = "merged_value",
      .type = CPN_FIELD_ENUM,
      .choices = merged_values,
      .fallback = "larger",
      .en = "Value of a merged campaign: the larger one, or the sum.",
      .zh = "合并活动的价值：取较大者，或求和。" },
    { .name = "merged_cost",
      .type = CPN_FIELD_ENUM,
      .choices = merged_costs,
      .fallback = "sum",
      .en = "Cost of a merged campaign: the sum, or the larger one.",
      .zh = "合并活动的成本：求和，或取较大者。" },
    { .name = "preheat_counts",
      .type = CPN_FIELD_BOOL,
      .fallback = "false",
      .en = "Whether a campaign overlaps others from its preheat on.",
      .zh = "预热期是否计入重叠判断。" },
    { .name = "budget",
      .type = CPN_FIELD_MONEY,
      .minimum = "0",
      .en = "The chosen candidates cost no more; no limit by default.",
      .zh = "入选活动的成本上限，默认不限。" },
    { .name = "blackouts",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_OBJECT,
      .record = &cpn_choice_window_record,
      .maximum = "1000",
      .en = "No campaign has a day in them.",
      .zh = "禁办期：期间内不得有活动。" },
    { .name = "forced_windows",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_OBJECT,
      .record = &cpn_choice_window_record,
      .maximum = "1000",
      .en = "At least one campaign has a day in each.",
      .zh = "必办期：每段期间内至少有一个活动。" },
    { .name = "forced",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_TEXT,
      .maximum = "1000",
      .en = "Ids of candidates that are chosen in any case.",
      .zh = "一定入选的候选活动。" },
    { .name = "forbidden",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_TEXT,
      .maximum = "1000",
      .en = "Ids of candidates that are not.",
      .zh = "一定不入选的候选活动。" },
    { .name = "never_together",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_OBJECT,
      .record = &cpn_choice_group_record,
      .maximum = "1000",
      .en = "Of each group at most one is chosen.",
      .zh = "每组至多入选一个。" },
    { .name = "always_together",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_OBJECT,
      .record = &cpn_choice_group_record,
      .maximum = "1000",
      .en = "Of each group all are chosen or none.",
      .zh = "每组全部入选或全部不入选。" },
};
const cpn_record cpn_campaign_rules_record = { FIELDS(rule_fields), false, "Rules for choosing campaigns.",
                                               "选择活动的规则。" };
const cpn_document_kind cpn_campaign_rules_kind = { "campaign/campaign_rules/1", &cpn_campaign_rules_record,
                                                    "Rules for choosing campaigns out of candidates.",
                                                    "从候选活动中选择的规则。" };
