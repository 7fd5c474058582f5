/* Columns of requests, limits and the budget. */
#include "cli/approval_roles.h"

const role approval_budget_roles[N_APPROVAL_BUDGET_ROLES] = {
    { "item", "项目", NULL, ROLE_TEXT },     { "group", "类别", NULL, ROLE_TEXT },
    { "planned", "预算", NULL, ROLE_MONEY }, { "committed", "已承诺", NULL, ROLE_MONEY },
    { "actual", "实际", NULL, ROLE_MONEY },
};
const role approval_request_roles[N_APPROVAL_REQUEST_ROLES] = {
    { "request", "申请", NULL, ROLE_TEXT },    { "kind", "类别", NULL, ROLE_TEXT },
    { "role", "岗位", NULL, ROLE_TEXT },       { "amount", "金额", NULL, ROLE_MONEY },
    { "rate_ppm", "比率", NULL, ROLE_COUNT },  { "channel", "渠道", NULL, ROLE_TEXT },
    { "supplier", "供应商", NULL, ROLE_TEXT }, { "date", "日期", NULL, ROLE_DAY },
};
const role approval_limit_roles[N_APPROVAL_LIMIT_ROLES] = {
    { "role", "岗位", NULL, ROLE_TEXT },    { "kind", "类别", NULL, ROLE_TEXT },
    { "limit", "限额", NULL, ROLE_MONEY },  { "limit_ppm", "比率上限", NULL, ROLE_COUNT },
    { "channel", "渠道", NULL, ROLE_TEXT },
};
