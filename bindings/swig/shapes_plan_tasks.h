/* The knob structs of campaign/plan_tasks.h, field by field. */
#ifndef CAMPAIGN_BINDINGS_SHAPES_PLAN_TASKS_H
#define CAMPAIGN_BINDINGS_SHAPES_PLAN_TASKS_H

#include "shapes.h"

static const bind_field campaign_recurring_options_fields[] = {
    BIND_FIELD(campaign_recurring_options, start_day, BIND_DAY),
    BIND_FIELD(campaign_recurring_options, end_day, BIND_DAY),
    BIND_FIELD(campaign_recurring_options, calendar, BIND_CALENDAR),
    BIND_FIELD(campaign_recurring_options, language, BIND_TEXT),
};
BIND_SHAPE(campaign_recurring_options);

static const bind_field campaign_task_completion_report_fields[] = {
    BIND_FIELD(campaign_task_completion_report, n_due, BIND_INT64),
    BIND_FIELD(campaign_task_completion_report, n_done, BIND_INT64),
    BIND_FIELD(campaign_task_completion_report, n_in_time, BIND_INT64),
    BIND_FIELD(campaign_task_completion_report, n_overdue, BIND_INT64),
    BIND_FIELD(campaign_task_completion_report, months, BIND_TABLE),
    BIND_FIELD(campaign_task_completion_report, totals, BIND_TABLE),
    BIND_FIELD(campaign_task_completion_report, overdue, BIND_TABLE),
};
BIND_SHAPE(campaign_task_completion_report);

static const bind_field campaign_headcount_inputs_fields[] = {
    BIND_FIELD(campaign_headcount_inputs, targets, BIND_TABLE),
    BIND_FIELD(campaign_headcount_inputs, capacity, BIND_TABLE),
    BIND_FIELD(campaign_headcount_inputs, months, BIND_TABLE),
    BIND_FIELD(campaign_headcount_inputs, ramp, BIND_TABLE),
};
BIND_SHAPE(campaign_headcount_inputs);

#endif
