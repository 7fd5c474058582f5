/* The fields of a plan request about campaigns: which nodes become one, and how long their phases last. */
#include "plan/plan.h"

#define FIELDS(array) array, (int64_t)(sizeof(array) / sizeof *(array))

static const char *const tiers[] = { "big", "small", NULL };

static const cpn_field phase_length_fields[] = {
    { .name = "preheat_days",
      .type = CPN_FIELD_INT,
      .minimum = "0",
      .maximum = "366",
      .en = "Days of preheat before the node's day, as far as they come before the burst.",
      .zh = "节点当天之前的预热天数，以爆发期开始为止。" },
    { .name = "burst_first",
      .type = CPN_FIELD_INT,
      .minimum = "-366",
      .maximum = "366",
      .en = "First day of the burst, counted from the node's day: -3 is three days before.",
      .zh = "爆发期第一天，从节点当天算起，-3 为提前三天。" },
    { .name = "burst_last",
      .type = CPN_FIELD_INT,
      .minimum = "-366",
      .maximum = "366",
      .en = "Last day of the burst, counted from the node's day.",
      .zh = "爆发期最后一天，从节点当天算起。" },
    { .name = "closing_days",
      .type = CPN_FIELD_INT,
      .minimum = "0",
      .maximum = "366",
      .en = "Days of closing after the burst.",
      .zh = "爆发期之后的收尾天数。" },
};
const cpn_record cpn_plan_phase_lengths_record = { FIELDS(phase_length_fields), false,
                                                   "Phases of one campaign; what is not said comes from its node.",
                                                   "某一活动的阶段；未写的取自节点。" };

static const cpn_field phases_fields[] = {
    { .name = "closing_days",
      .type = CPN_FIELD_INT,
      .minimum = "0",
      .maximum = "366",
      .fallback = "3",
      .en = "Days of closing after the burst of every campaign.",
      .zh = "每个活动爆发期之后的收尾天数。" },
    { .name = "nodes",
      .type = CPN_FIELD_MAP,
      .item = CPN_FIELD_OBJECT,
      .record = &cpn_plan_phase_lengths_record,
      .en = "Phases of single campaigns by the id of their node.",
      .zh = "按节点 id 指定个别活动的阶段。" },
};
const cpn_record cpn_plan_phases_record = { FIELDS(phases_fields), false, "Lengths of the phases.", "各阶段的长度。" };

static const cpn_field campaign_fields[] = {
    { .name = "tiers",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_ENUM,
      .choices = tiers,
      .fallback = "[\"big\"]",
      .en = "Tiers of nodes that become campaigns.",
      .zh = "哪些级别的节点成为活动。" },
    { .name = "forced",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_TEXT,
      .maximum = "1000",
      .en = "Ids of nodes that become campaigns whatever their tier.",
      .zh = "不论级别一定成为活动的节点 id。" },
    { .name = "forbidden",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_TEXT,
      .maximum = "1000",
      .en = "Ids of nodes that do not become campaigns.",
      .zh = "不成为活动的节点 id。" },
    { .name = "phases",
      .type = CPN_FIELD_OBJECT,
      .record = &cpn_plan_phases_record,
      .en = "Lengths of the phases.",
      .zh = "各阶段的长度。" },
};
const cpn_record cpn_plan_campaigns_record = { FIELDS(campaign_fields), false, "Which nodes become campaigns, and how.",
                                               "哪些节点成为活动，以及如何展开。" };
