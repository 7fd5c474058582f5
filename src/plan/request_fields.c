/* The fields of a plan request: names, types, limits, defaults and words. Nothing else knows them; those of its larger
 * parts stand in request_fields_data.c, _campaigns.c, _phases.c and _budget.c. */
#include "plan/plan.h"

#define FIELDS(array) array, (int64_t)(sizeof(array) / sizeof *(array))

const char *const cpn_plan_level_names[CPN_PLAN_N_LEVELS + 1] = { "year", "quarter",      "month",  "week",
                                                                  "day",  "product_line", "market", "channel",
                                                                  "tier", "rep",          NULL };

static const char *const split_names[] = { "quarter", "month",   "week", "day", "product_line",
                                           "market",  "channel", "tier", "rep", NULL };
static const char *const period_names[] = { "year", "quarter", "month", "week", "day", NULL };
static const char *const languages[] = { "en", "zh", NULL };

static const cpn_field target_fields[] = {
    { .name = "amount",
      .type = CPN_FIELD_MONEY,
      .minimum = "0",
      .en = "Sales to reach in the year.",
      .zh = "全年要达到的销售额。" },
    { .name = "growth",
      .type = CPN_FIELD_RATE,
      .minimum = "-1",
      .maximum = "1000",
      .en = "Instead of amount: growth over the latest twelve whole months of the orders.",
      .zh = "代替 amount：较订单中最近十二个完整月的增长率。" },
};
const cpn_record cpn_plan_target_record = { FIELDS(target_fields), false, "The annual target: amount or growth.",
                                            "年度目标：金额或增长率。" };

static const cpn_field request_fields[] = {
    { .name = "year",
      .type = CPN_FIELD_INT,
      .is_required = true,
      .minimum = "1901",
      .maximum = "2100",
      .en = "Year the plan begins in.",
      .zh = "计划开始的年份。" },
    { .name = "start_month",
      .type = CPN_FIELD_INT,
      .minimum = "1",
      .maximum = "12",
      .fallback = "1",
      .en = "Month the plan's twelve months begin with.",
      .zh = "计划十二个月的起始月份。" },
    { .name = "currency",
      .type = CPN_FIELD_TEXT,
      .is_required = true,
      .minimum = "3",
      .maximum = "3",
      .en = "ISO 4217 code of every amount.",
      .zh = "所有金额的币种（ISO 4217）。" },
    { .name = "language",
      .type = CPN_FIELD_ENUM,
      .choices = languages,
      .fallback = "en",
      .en = "Language of names and notes.",
      .zh = "名称与说明的语言。" },
    { .name = "target",
      .type = CPN_FIELD_OBJECT,
      .is_required = true,
      .record = &cpn_plan_target_record,
      .en = "The annual target.",
      .zh = "年度目标。" },
    { .name = "split",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_ENUM,
      .choices = split_names,
      .maximum = "9",
      .en = "Order in which the target is split; by default quarter, month, week, day, then product_line and market "
            "where the orders have them. channel, tier and rep join where they are named here.",
      .zh =
          "目标的拆分次序；默认季、月、周、日，订单有产品线和市场列时再按其拆分。渠道、客户等级、业务员须在此列明。" },
    { .name = "dimension_period",
      .type = CPN_FIELD_ENUM,
      .choices = period_names,
      .fallback = "month",
      .en = "Finest period that is also split by product line, market and the other dimensions.",
      .zh = "按产品线、市场等维度拆分到的最细期间。" },
    { .name = "data",
      .type = CPN_FIELD_OBJECT,
      .record = &cpn_plan_data_record,
      .en = "How the orders are read.",
      .zh = "订单数据的读取方式。" },
    { .name = "calendar",
      .type = CPN_FIELD_OBJECT,
      .record = &cpn_plan_calendar_record,
      .en = "Holidays and nodes.",
      .zh = "节假日与节点。" },
    { .name = "campaigns",
      .type = CPN_FIELD_OBJECT,
      .record = &cpn_plan_campaigns_record,
      .en = "Which nodes become campaigns, and how.",
      .zh = "哪些节点成为活动，以及如何展开。" },
    { .name = "seasons",
      .type = CPN_FIELD_OBJECT,
      .record = &cpn_plan_seasons_record,
      .en = "Peak and off season by month.",
      .zh = "按月划分旺季与淡季。" },
    { .name = "budget",
      .type = CPN_FIELD_OBJECT,
      .record = &cpn_plan_budget_record,
      .en = "The budget; none by default.",
      .zh = "预算，默认没有。" },
    { .name = "metrics",
      .type = CPN_FIELD_OBJECT,
      .record = &cpn_plan_metrics_record,
      .en = "Targets of other metrics.",
      .zh = "其他指标的目标。" },
};
const cpn_record cpn_plan_request_record = { FIELDS(request_fields), false, "What a year's plan is made from.",
                                             "制定全年计划的要求。" };

const cpn_document_kind cpn_plan_request_kind = { "campaign/plan_request/1", &cpn_plan_request_record,
                                                  "A request for a year's plan.", "全年计划的请求。" };
