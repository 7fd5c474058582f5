/* Columns of tasks, links, owners and days away, under the names of tables and of forms that were written in Chinese. */
#include "cli/schedule_roles.h"

const role schedule_task_roles[N_TASK_ROLES] = {
    { "task", "任务编号|任务|Task id", NULL, ROLE_TEXT },
    { "duration", "工期", NULL, ROLE_FLOAT },
    { "unit", "工期单位|单位", NULL, ROLE_TEXT },
    { "after", "前置任务", NULL, ROLE_TEXT },
    { "owner", "负责人", NULL, ROLE_TEXT },
    { "calendar", "日历", NULL, ROLE_TEXT },
    { "earliest", "最早开始", NULL, ROLE_DATE },
    { "due", "截止日期|截止", NULL, ROLE_DATE },
    { "due_at", "截止时刻", NULL, ROLE_TEXT },
    { "optimistic", "乐观", NULL, ROLE_FLOAT },
    { "likely", "最可能", NULL, ROLE_FLOAT },
    { "pessimistic", "悲观", NULL, ROLE_FLOAT },
    { "actual_start", "实际开始", NULL, ROLE_DATE },
    { "actual_finish", "实际完成", NULL, ROLE_DATE },
    { "remaining", "剩余工期", NULL, ROLE_FLOAT },
};

const role schedule_link_roles[N_LINK_ROLES] = {
    { "task", "任务编号|任务|Task id", NULL, ROLE_TEXT },
    { "predecessor", "前置任务", NULL, ROLE_TEXT },
    { "type", "类型", NULL, ROLE_TEXT },
    { "lag", "间隔", NULL, ROLE_FLOAT },
    { "lag_unit", "间隔单位", NULL, ROLE_TEXT },
};

const role schedule_owner_roles[N_OWNER_ROLES] = {
    { "owner", "负责人", NULL, ROLE_TEXT },
    { "calendar", "日历", NULL, ROLE_TEXT },
    { "capacity", "每日工时", NULL, ROLE_FLOAT },
};

const role schedule_away_roles[N_AWAY_ROLES] = {
    { "owner", "负责人", NULL, ROLE_TEXT },
    { "start", "开始", NULL, ROLE_DATE },
    { "finish", "结束", NULL, ROLE_DATE },
};
