/* How columns of the plan's tables are written down, and the records of those that stand in files of their own. */
#ifndef CPN_PLAN_TABLE_COLUMNS_H
#define CPN_PLAN_TABLE_COLUMNS_H

#include "plan/plan.h"

#define FIELDS(array) array, (int64_t)(sizeof(array) / sizeof *(array))
#define COLUMN(name_, type_, en_, zh_)                                                                                 \
    {                                                                                                                  \
        .name = name_, .type = CPN_FIELD_LIST, .item = CPN_FIELD_##type_, .is_required = true, .en = en_, .zh = zh_    \
    }
#define NULLABLE(name_, type_, en_, zh_)                                                                               \
    {                                                                                                                  \
        .name = name_, .type = CPN_FIELD_LIST, .item = CPN_FIELD_##type_, .is_required = true, .allows_null = true,    \
        .en = en_, .zh = zh_                                                                                           \
    }

extern const cpn_record cpn_plan_deadlines_columns, cpn_plan_curve_columns, cpn_plan_products_columns,
    cpn_plan_markets_columns, cpn_plan_stock_columns, cpn_plan_budget_items_columns, cpn_plan_actions_columns,
    cpn_plan_mechanisms_columns, cpn_plan_matrix_columns, cpn_plan_days_columns;
extern const cpn_record cpn_plan_candidates_columns, cpn_plan_themes_columns, cpn_plan_tasks_columns;

#endif
