/* The fields of a plan request about what it is made from: how the orders are read, holidays and nodes. */
#include "plan/plan.h"

#define FIELDS(array) array, (int64_t)(sizeof(array) / sizeof *(array))

static const char *const units[] = { "none", "major", "minor", NULL };
static const char *const roundings[] = { "none", "half_up", "half_even", "half_down", "up",
                                         "down", "floor",   "ceiling",   NULL };
static const char *const null_policies[] = { "fail", "skip", NULL };

static const cpn_field column_fields[] = {
    { .name = "date",
      .type = CPN_FIELD_TEXT,
      .minimum = "1",
      .en = "Column of the order's day or time.",
      .zh = "订单日期或时间所在的列。" },
    { .name = "amount",
      .type = CPN_FIELD_TEXT,
      .minimum = "1",
      .en = "Column of the amount; returns are negative.",
      .zh = "金额所在的列，退货为负数。" },
    { .name = "product_line",
      .type = CPN_FIELD_TEXT,
      .minimum = "1",
      .en = "Column of the product line.",
      .zh = "产品线所在的列。" },
    { .name = "market",
      .type = CPN_FIELD_TEXT,
      .minimum = "1",
      .en = "Column of the market or region.",
      .zh = "市场（区域）所在的列。" },
};
const cpn_record cpn_plan_columns_record = { FIELDS(column_fields), false,
                                             "Names of the columns in the orders; each defaults to its own key.",
                                             "订单表中的列名，默认与键同名。" };

static const cpn_field data_fields[] = {
    { .name = "columns",
      .type = CPN_FIELD_OBJECT,
      .record = &cpn_plan_columns_record,
      .en = "Names of the columns in the orders.",
      .zh = "订单表中的列名。" },
    { .name = "amount_unit",
      .type = CPN_FIELD_ENUM,
      .choices = units,
      .fallback = "none",
      .en = "Unit of a plain number column: yuan are major, fen are minor; none refuses such a column.",
      .zh = "普通数字列的单位：元为 major，分为 minor；none 表示拒绝这样的列。" },
    { .name = "rounding",
      .type = CPN_FIELD_ENUM,
      .choices = roundings,
      .fallback = "none",
      .en = "How amounts with too many decimals are rounded; none refuses them.",
      .zh = "小数位过多的金额如何取整；none 表示拒绝。" },
    { .name = "nulls",
      .type = CPN_FIELD_ENUM,
      .choices = null_policies,
      .fallback = "fail",
      .en = "Rows without a date or an amount are refused, or left out and counted.",
      .zh = "缺日期或金额的行：拒绝，或跳过并计数。" },
    { .name = "day_starts_at",
      .type = CPN_FIELD_TEXT,
      .minimum = "5",
      .maximum = "5",
      .fallback = "00:00",
      .en = "Start of the trading day, hours:minutes; an earlier order belongs to the day before.",
      .zh = "营业日开始时刻（时：分），更早的订单归前一天。" },
};
const cpn_record cpn_plan_data_record = { FIELDS(data_fields), false, "How the orders are read.",
                                          "订单数据的读取方式。" };

static const cpn_field calendar_fields[] = {
    { .name = "region",
      .type = CPN_FIELD_TEXT,
      .fallback = "CN",
      .en = "Country of the holidays; \"\" knows only weekends.",
      .zh = "节假日所属国家；\"\" 表示只认周末。" },
    { .name = "node_regions",
      .type = CPN_FIELD_TEXT,
      .minimum = "1",
      .en = "Regions whose nodes are used, such as CN+INT, or * for all; by default the region.",
      .zh = "采用哪些地区的节点，如 CN+INT，* 表示全部；默认与 region 相同。" },
    { .name = "overlays",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_ANY,
      .maximum = "1000",
      .en = "Calendar overlays, here and whole; later ones win.",
      .zh = "日历覆盖文档，直接写在这里，后者优先。" },
    { .name = "nodes",
      .type = CPN_FIELD_LIST,
      .item = CPN_FIELD_ANY,
      .maximum = "1000",
      .en = "Node documents with nodes of your own; later ones win.",
      .zh = "自有节点文档，后者优先。" },
};
const cpn_record cpn_plan_calendar_record = { FIELDS(calendar_fields), false, "Holidays and nodes.", "节假日与节点。" };
