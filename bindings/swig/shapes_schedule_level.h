/* The knob structs of campaign/schedule_level.h, field by field. */
#ifndef CAMPAIGN_BINDINGS_SHAPES_SCHEDULE_LEVEL_H
#define CAMPAIGN_BINDINGS_SHAPES_SCHEDULE_LEVEL_H

#include "shapes_schedule.h"

#define BIND_LEVEL_STATUS "bound|optimal"
_Static_assert(CAMPAIGN_CERTIFICATE_BOUND == 0 && CAMPAIGN_CERTIFICATE_OPTIMAL == 1, "BIND_LEVEL_STATUS");

static const bind_field campaign_schedule_level_inputs_fields[] = {
    BIND_FIELD(campaign_schedule_level_inputs, tasks, BIND_TABLE),
    BIND_FIELD(campaign_schedule_level_inputs, links, BIND_TABLE),
    BIND_FIELD(campaign_schedule_level_inputs, owners, BIND_TABLE),
    BIND_FIELD(campaign_schedule_level_inputs, away, BIND_TABLE),
    BIND_FIELD(campaign_schedule_level_inputs, needs, BIND_TABLE),
    BIND_FIELD(campaign_schedule_level_inputs, resources, BIND_TABLE),
    BIND_FIELD(campaign_schedule_level_inputs, calendar, BIND_CALENDAR),
    BIND_ITEMS(campaign_schedule_level_inputs, calendars, n_calendars, campaign_schedule_calendar_shape),
};
BIND_SHAPE(campaign_schedule_level_inputs);

static const bind_field campaign_schedule_level_options_fields[] = {
    BIND_FIELD(campaign_schedule_level_options, is_abstract, BIND_BOOL),
    BIND_FLAGGED(campaign_schedule_level_options, start_day, BIND_DAY, has_start),
    BIND_FIELD(campaign_schedule_level_options, without_owners, BIND_BOOL),
    BIND_FIELD(campaign_schedule_level_options, n_schedules, BIND_INT64),
    BIND_FIELD(campaign_schedule_level_options, n_nodes, BIND_INT64),
    BIND_FIELD(campaign_schedule_level_options, seed, BIND_INT64),
    BIND_FIELD(campaign_schedule_level_options, language, BIND_TEXT),
};
BIND_SHAPE(campaign_schedule_level_options);

static const bind_field campaign_schedule_level_report_fields[] = {
    BIND_WORDS(campaign_schedule_level_report, status, BIND_LEVEL_STATUS),
    BIND_FIELD(campaign_schedule_level_report, start_day, BIND_DAY),
    BIND_FIELD(campaign_schedule_level_report, finish_day, BIND_DAY),
    BIND_FIELD(campaign_schedule_level_report, bound_day, BIND_DAY),
    BIND_FIELD(campaign_schedule_level_report, path_day, BIND_DAY),
    BIND_FIELD(campaign_schedule_level_report, n_tasks, BIND_INT64),
    BIND_FIELD(campaign_schedule_level_report, n_resources, BIND_INT64),
    BIND_FIELD(campaign_schedule_level_report, n_moved, BIND_INT64),
    BIND_FIELD(campaign_schedule_level_report, n_late, BIND_INT64),
    BIND_FIELD(campaign_schedule_level_report, n_schedules, BIND_INT64),
    BIND_FIELD(campaign_schedule_level_report, n_nodes, BIND_INT64),
    BIND_FIELD(campaign_schedule_level_report, length, BIND_FLOAT64),
    BIND_FIELD(campaign_schedule_level_report, bound_length, BIND_FLOAT64),
    BIND_FIELD(campaign_schedule_level_report, path_length, BIND_FLOAT64),
    BIND_FIELD(campaign_schedule_level_report, gap, BIND_FLOAT64),
    BIND_FIELD(campaign_schedule_level_report, summary, BIND_TABLE),
    BIND_FIELD(campaign_schedule_level_report, resources, BIND_TABLE),
    BIND_FIELD(campaign_schedule_level_report, usage, BIND_TABLE),
    BIND_FIELD(campaign_schedule_level_report, notes, BIND_TABLE),
};
BIND_SHAPE(campaign_schedule_level_report);

#endif
