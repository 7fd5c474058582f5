/* Columns of the tables that say what is to be done: actions, mechanisms, and the matrix of customers. */
#include "plan/table_columns.h"

static const cpn_field action_columns[] = {
    COLUMN("campaign", TEXT, "Id of the campaign.", "活动标识。"),
    COLUMN("phase", TEXT, "preheat, burst, closing or feedback.",
           "阶段：preheat 预热、burst 爆发、closing 收尾、feedback 反馈。"),
    COLUMN("action", TEXT, "What is to be done, as a code; ask_… are questions of the feedback.",
           "措施代码，ask_… 为反馈问题。"),
    COLUMN("start", DATE, "First day.", "第一天。"),
    COLUMN("end", DATE, "The day after the last.", "最后一天的次日。"),
    COLUMN("text", TEXT, "The action or question as a sentence.", "措施或问题的文字。"),
    COLUMN("source", TEXT, "Row of the handbook.", "手册编号。"),
};
static const cpn_field mechanism_columns[] = {
    COLUMN("campaign", TEXT, "Id of the campaign.", "活动标识。"),
    COLUMN("mechanism", TEXT, "Mechanism as a code.", "机制代码。"),
    COLUMN("rank", INT, "Order of recommendation, from 1.", "推荐次序，从 1 起。"),
    COLUMN("name", TEXT, "Its name.", "名称。"),
    NULLABLE("parameters", TEXT, "Steps such as 300:50, or other words.", "参数，如 300:50 表示满 300 减 50。"),
    COLUMN("reason", TEXT, "Why it suits the campaign.", "推荐理由。"),
    COLUMN("source", TEXT, "Row of the handbook.", "手册编号。"),
};
static const cpn_field matrix_columns[] = {
    COLUMN("campaign", TEXT, "Id of the campaign.", "活动标识。"),
    COLUMN("segment", TEXT, "Segment of customers.", "客户分层标识。"),
    COLUMN("name", TEXT, "Its name.", "名称。"),
    NULLABLE("customers", INT, "Customers in it, where they are counted.", "客户数（能统计时）。"),
    COLUMN("reach_ppm", INT, "Part the campaign reaches, in parts per million.", "触达比例（百万分比）。"),
    NULLABLE("reached", INT, "Customers reached.", "触达客户数。"),
    COLUMN("conversion_ppm", INT, "Part of those that is to buy.", "目标转化率（百万分比）。"),
    NULLABLE("buyers", INT, "Customers that are to buy.", "目标成交客户数。"),
    COLUMN("benefit", TEXT, "What speaks to them, as a code.", "权益代码。"),
    COLUMN("text", TEXT, "The benefit in words.", "权益文字。"),
    COLUMN("source", TEXT, "Row of the handbook.", "手册编号。"),
};

const cpn_record cpn_plan_actions_columns = { FIELDS(action_columns), false, "Actions of the campaigns by phase.",
                                              "各阶段的措施。" };
const cpn_record cpn_plan_mechanisms_columns = { FIELDS(mechanism_columns), false, "Mechanisms for the campaigns.",
                                                 "推荐的活动机制。" };
const cpn_record cpn_plan_matrix_columns = { FIELDS(matrix_columns), false, "Customers by segment and campaign.",
                                             "客户分层与活动矩阵。" };
