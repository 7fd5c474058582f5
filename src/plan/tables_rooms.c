/* Columns of the tables that are worked out for each campaign: deadlines and curve. */
#include "plan/table_columns.h"

static const cpn_field deadline_columns[] = {
    COLUMN("campaign", TEXT, "Id of the campaign.", "活动标识。"),
    COLUMN("deadline", TEXT, "Id of what is due.", "截止事项的标识。"),
    COLUMN("name", TEXT, "Its name in the plan's language.", "名称。"),
    COLUMN("date", DATE, "Day by which it is done.", "完成日期。"),
    NULLABLE("due", TEXT, "The moment, where hours count: 2026-11-14T00:00 is the first moment of that day.",
             "按小时计时的截止时刻，2026-11-14T00:00 为当天零点。"),
    NULLABLE("working_days", INT, "Working days before the first day of the burst.", "距爆发期第一天的工作日数。"),
    COLUMN("source", TEXT, "Row of the handbook, or request.", "手册编号，或 request 表示来自请求。"),
};
static const cpn_field curve_columns[] = {
    COLUMN("campaign", TEXT, "Id of the campaign.", "活动标识。"),
    COLUMN("date", DATE, "Day.", "日期。"),
    COLUMN("phase", TEXT, "preheat, burst or closing.", "阶段：preheat 预热、burst 爆发、closing 收尾。"),
    COLUMN("target", MONEY, "Target of the day; 0 outside the plan.", "当日目标，计划之外为 0。"),
    COLUMN("traffic_ppm", INT, "Share of the campaign's traffic in parts per million.", "占活动总流量的百万分比。"),
};

const cpn_record cpn_plan_deadlines_columns = { FIELDS(deadline_columns), false, "Deadlines of the campaigns.",
                                                "活动的截止事项。" };
const cpn_record cpn_plan_curve_columns = { FIELDS(curve_columns), false, "Daily curve of the campaigns.",
                                            "活动的每日曲线。" };
