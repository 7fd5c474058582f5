/* The fields of a plan request about campaigns: which nodes become one, and of which type. Their phases stand in
 * request_fields_phases.c. */
#include "plan/plan.h"

#define FIELDS(array) array, (int64_t)(sizeof(array) / sizeof *(array))

static const char *const tiers[] = { "big", "small", NULL };

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
    { .name = "types",
      .type = CPN_FIELD_MAP,
      .item = CPN_FIELD_ENUM,
      .choices = cpn_plan_type_names,
      .en = "Types of single campaigns by the id of their node, instead of what season and products say.",
      .zh = "按节点 id 指定个别活动的类型，代替由季节与产品阶段推定的类型。" },
    { .name = "deadlines",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_OBJECT,
      .record = &cpn_plan_deadline_record,
      .maximum = "100",
      .en = "Deadlines in working days before the burst, instead of the usual ones.",
      .zh = "爆发期之前的截止事项（按工作日），代替默认的各项。" },
    { .name = "traffic",
      .type = CPN_FIELD_OBJECT,
      .record = &cpn_plan_traffic_record,
      .en = "Shape of the traffic curve.",
      .zh = "流量曲线的形状。" },
};
const cpn_record cpn_plan_campaigns_record = { FIELDS(campaign_fields), false, "Which nodes become campaigns, and how.",
                                               "哪些节点成为活动，以及如何展开。" };
