/* The knob structs of campaign/schedule.h, field by field. */
#ifndef CAMPAIGN_BINDINGS_SHAPES_SCHEDULE_H
#define CAMPAIGN_BINDINGS_SHAPES_SCHEDULE_H

#include "shapes.h"

static const bind_field campaign_schedule_calendar_fields[] = {
    BIND_FIELD(campaign_schedule_calendar, key, BIND_TEXT),
    BIND_FIELD(campaign_schedule_calendar, calendar, BIND_CALENDAR),
};
BIND_SHAPE_WITHOUT_SIZE(campaign_schedule_calendar);

static const bind_field campaign_schedule_inputs_fields[] = {
    BIND_FIELD(campaign_schedule_inputs, tasks, BIND_TABLE),
    BIND_FIELD(campaign_schedule_inputs, links, BIND_TABLE),
    BIND_FIELD(campaign_schedule_inputs, owners, BIND_TABLE),
    BIND_FIELD(campaign_schedule_inputs, away, BIND_TABLE),
    BIND_FIELD(campaign_schedule_inputs, actuals, BIND_TABLE),
    BIND_FIELD(campaign_schedule_inputs, calendar, BIND_CALENDAR),
    BIND_ITEMS(campaign_schedule_inputs, calendars, n_calendars, campaign_schedule_calendar_shape),
};
BIND_SHAPE(campaign_schedule_inputs);

static const bind_field campaign_schedule_options_fields[] = {
    BIND_FIELD(campaign_schedule_options, is_abstract, BIND_BOOL),
    BIND_FLAGGED(campaign_schedule_options, start_day, BIND_DAY, has_start),
    BIND_FLAGGED(campaign_schedule_options, as_of_day, BIND_DAY, has_as_of),
    BIND_FIELD(campaign_schedule_options, n_samples, BIND_INT32),
    BIND_FIELD(campaign_schedule_options, confidence_ppm, BIND_INT32),
    BIND_FLAGGED(campaign_schedule_options, target_day, BIND_DAY, has_target),
    BIND_FIELD(campaign_schedule_options, seed, BIND_INT64),
    BIND_FLAGGED(campaign_schedule_options, target_units, BIND_FLOAT64, has_target),
    BIND_FIELD(campaign_schedule_options, language, BIND_TEXT),
};
BIND_SHAPE(campaign_schedule_options);

static const bind_field campaign_schedule_report_fields[] = {
    BIND_FIELD(campaign_schedule_report, start_day, BIND_DAY),
    BIND_FIELD(campaign_schedule_report, finish_day, BIND_DAY),
    BIND_FIELD(campaign_schedule_report, forecast_day, BIND_DAY),
    BIND_FIELD(campaign_schedule_report, is_provisional, BIND_BOOL),
    BIND_FIELD(campaign_schedule_report, n_samples, BIND_INT32),
    BIND_FIELD(campaign_schedule_report, n_tasks, BIND_INT64),
    BIND_FIELD(campaign_schedule_report, n_links, BIND_INT64),
    BIND_FIELD(campaign_schedule_report, n_critical, BIND_INT64),
    BIND_FIELD(campaign_schedule_report, n_broken, BIND_INT64),
    BIND_FIELD(campaign_schedule_report, length, BIND_FLOAT64),
    BIND_FIELD(campaign_schedule_report, path_mean, BIND_FLOAT64),
    BIND_FIELD(campaign_schedule_report, path_variance, BIND_FLOAT64),
    BIND_FIELD(campaign_schedule_report, summary, BIND_TABLE),
    BIND_FIELD(campaign_schedule_report, deadlines, BIND_TABLE),
    BIND_FIELD(campaign_schedule_report, estimates, BIND_TABLE),
    BIND_FIELD(campaign_schedule_report, chances, BIND_TABLE),
    BIND_FIELD(campaign_schedule_report, slips, BIND_TABLE),
    BIND_FIELD(campaign_schedule_report, pulled, BIND_TABLE),
    BIND_FIELD(campaign_schedule_report, loads, BIND_TABLE),
    BIND_FIELD(campaign_schedule_report, notes, BIND_TABLE),
};
BIND_SHAPE(campaign_schedule_report);

#endif
