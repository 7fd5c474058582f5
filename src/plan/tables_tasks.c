/* Columns of the table "tasks". */
#include "plan/table_columns.h"

static const cpn_field task_columns[] = {
    COLUMN("task", TEXT, "Name of the task, unique in the plan: campaign/task.", "任务名，计划内唯一：活动/任务。"),
    COLUMN("campaign", TEXT, "Id of the campaign.", "活动标识。"),
    COLUMN("phase", TEXT, "preparation, preheat, burst, closing or review.",
           "阶段：preparation 准备、preheat 预热、burst 爆发、closing 收尾、review 复盘。"),
    COLUMN("name", TEXT, "What is to be done, in the plan's language.", "任务名称。"),
    COLUMN("role", TEXT, "Role of the owner.", "负责角色。"),
    NULLABLE("owner", TEXT, "Person who does it, where the request names one.", "负责人（请求中指定时）。"),
    NULLABLE("deliverable", TEXT, "What it delivers.", "交付物。"),
    COLUMN("duration", INT, "How long it takes, in units.", "工期（按 unit）。"),
    COLUMN("unit", TEXT, "working_day, day or hour.", "单位：working_day 工作日、day 自然日、hour 小时。"),
    NULLABLE("after", TEXT, "Tasks it comes after, with their links: a; b SS+2.", "前置任务与关系：a; b SS+2。"),
    NULLABLE("earliest", DATE, "Day before which it does not start; null where its predecessors say so.",
             "最早开始日；由前置任务决定时为空。"),
    COLUMN("start", DATE, "First day.", "第一天。"),
    COLUMN("finish", DATE, "Last day.", "最后一天。"),
    NULLABLE("due", DATE, "Day by which it is done.", "截止日。"),
    NULLABLE("due_at", TEXT, "The moment, where hours count: 2026-11-14T00:00 is the first moment of that day.",
             "按小时计时的截止时刻，2026-11-14T00:00 为当天零点。"),
    NULLABLE("deadline", TEXT, "Row of the table deadlines that it is due by.", "对应的截止事项（deadlines 表的行）。"),
    COLUMN("reason", TEXT,
           "What decides about its days: deadline, offset, successor, predecessor, phase, anchor or date.",
           "日期依据：deadline 截止事项、offset 推算、successor 后续任务、predecessor 前置任务、phase 阶段、anchor "
           "起止日、date 指定日期。"),
    NULLABLE("bound_by", TEXT, "The other task, where one decides.", "起决定作用的另一任务。"),
    COLUMN("source", TEXT, "Row of the handbook, or request.", "手册编号，或 request 表示来自请求。"),
};
const cpn_record cpn_plan_tasks_columns = { FIELDS(task_columns), false, "Tasks of the campaigns.", "活动的任务。" };
