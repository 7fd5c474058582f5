/* The fields of a plan request about goods, markets and customers: stages of product lines,
 * core markets, stock, segments, mechanisms.
 * Defaults that are numbers come from the handbook of the year's campaigns. */
#include "plan/products.h"

#define FIELDS(array) array, (int64_t)(sizeof(array) / sizeof *(array))

static const char *const peak_words[] = { "campaign", "history", NULL };
static const cpn_field customers_fields[] = {
    { .name = "id",
      .type = CPN_FIELD_TEXT,
      .is_required = true,
      .minimum = "1",
      .maximum = "64",
      .en = "Id of the segment.",
      .zh = "分层标识。" },
    { .name = "name", .type = CPN_FIELD_TEXT, .minimum = "1", .en = "Its name.", .zh = "名称。" },
    { .name = "kind",
      .type = CPN_FIELD_ENUM,
      .choices = cpn_plan_customer_kinds,
      .fallback = "regular",
      .en = "What its defaults come from.",
      .zh = "类别，决定各项默认值。" },
    { .name = "customers",
      .type = CPN_FIELD_INT,
      .minimum = "0",
      .maximum = "1000000000000",
      .en = "Customers in it.",
      .zh = "客户数。" },
    { .name = "reach",
      .type = CPN_FIELD_RATE,
      .minimum = "0",
      .maximum = "1",
      .en = "Part that a campaign reaches.",
      .zh = "触达比例。" },
    { .name = "conversion",
      .type = CPN_FIELD_RATE,
      .minimum = "0",
      .maximum = "1",
      .en = "Part of those that is to buy.",
      .zh = "目标转化率。" },
    { .name = "benefit", .type = CPN_FIELD_TEXT, .minimum = "1", .en = "What speaks to them.", .zh = "权益。" },
};
const cpn_record cpn_plan_customers_record = { FIELDS(customers_fields), false, "A segment of customers.",
                                               "一个客户分层。" };

static const cpn_field mechanism_fields[] = {
    { .name = "parameters",
      .type = CPN_FIELD_TEXT,
      .minimum = "1",
      .en = "Parameters instead of the usual ones, such as 500:80.",
      .zh = "代替默认的参数，如 500:80。" },
    { .name = "used",
      .type = CPN_FIELD_BOOL,
      .fallback = "true",
      .en = "Whether it is recommended at all.",
      .zh = "是否推荐该机制。" },
};
const cpn_record cpn_plan_mechanism_record = { FIELDS(mechanism_fields), false, "One mechanism.", "一种活动机制。" };

static const char *const lock_words[] = { "node", "burst", NULL };

static const cpn_field stock_fields[] = {
    { .name = "factor",
      .type = CPN_FIELD_RATE,
      .minimum = "0",
      .maximum = "100",
      .fallback = "120%",
      .en = "Stock against the historic peak day.",
      .zh = "备货量相对历史峰值日的比例。" },
    { .name = "lock_months",
      .type = CPN_FIELD_INT,
      .minimum = "0",
      .maximum = "36",
      .fallback = "3",
      .en = "Calendar months ahead at which stock is locked.",
      .zh = "提前几个自然月锁定货源。" },
    { .name = "lock_before",
      .type = CPN_FIELD_ENUM,
      .choices = lock_words,
      .fallback = "node",
      .en = "Counted from the node's day, or from the first day of the burst.",
      .zh = "从节点当天（node）或爆发期第一天（burst）往前算。" },
    { .name = "peak",
      .type = CPN_FIELD_ENUM,
      .choices = peak_words,
      .fallback = "campaign",
      .en = "Peak of earlier bursts of the same node where they sold anything, or of the whole history.",
      .zh = "峰值取自同一节点往年的爆发期（无销售时取全部历史），或取自全部历史。" },
    { .name = "max_skus",
      .type = CPN_FIELD_INT,
      .minimum = "0",
      .maximum = "100000",
      .fallback = "200",
      .en = "Most goods listed for a campaign, those of which most is needed first.",
      .zh = "每个活动最多列出多少个货品，按需求量从大到小。" },
};
const cpn_record cpn_plan_stock_record = { FIELDS(stock_fields), false, "How stock is reckoned.", "备货的计算方式。" };

static const cpn_field products_fields[] = {
    { .name = "stages",
      .type = CPN_FIELD_MAP,
      .item = CPN_FIELD_ENUM,
      .choices = cpn_plan_stage_names,
      .en = "Stages of product lines, instead of what their sales say.",
      .zh = "各产品线的生命周期阶段，代替由销售推定的阶段。" },
    { .name = "new_months",
      .type = CPN_FIELD_INT,
      .minimum = "0",
      .maximum = "120",
      .fallback = "12",
      .en = "Months since its first sale up to which a line is new.",
      .zh = "首次销售后多少个月内算新品。" },
    { .name = "growth",
      .type = CPN_FIELD_RATE,
      .minimum = "-1",
      .maximum = "100",
      .fallback = "20%",
      .en = "Growth from which on a line grows.",
      .zh = "增长率达到多少算成长期。" },
    { .name = "decline",
      .type = CPN_FIELD_RATE,
      .minimum = "-1",
      .maximum = "100",
      .fallback = "-10%",
      .en = "Growth up to which a line declines.",
      .zh = "增长率不高于多少算衰退期。" },
};
const cpn_record cpn_plan_products_record = { FIELDS(products_fields), false, "Stages of product lines.",
                                              "产品线的生命周期阶段。" };

static const cpn_field markets_fields[] = {
    { .name = "core_share",
      .type = CPN_FIELD_RATE,
      .minimum = "0",
      .maximum = "1",
      .fallback = "60%",
      .en = "Part of the revenue that the core markets make.",
      .zh = "核心市场合计占收入的比例。" },
};
const cpn_record cpn_plan_markets_record = { FIELDS(markets_fields), false, "Core and emerging markets.",
                                             "核心市场与新兴市场。" };
