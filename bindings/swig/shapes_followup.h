/* The knob structs of campaign/followup.h, field by field. */
#ifndef CAMPAIGN_BINDINGS_SHAPES_FOLLOWUP_H
#define CAMPAIGN_BINDINGS_SHAPES_FOLLOWUP_H

#include "shapes.h"

static const bind_field campaign_followups_inputs_fields[] = {
    BIND_FIELD(campaign_followups_inputs, followups, BIND_TABLE),
    BIND_FIELD(campaign_followups_inputs, contacts, BIND_TABLE),
    BIND_FIELD(campaign_followups_inputs, customers, BIND_TABLE),
    BIND_FIELD(campaign_followups_inputs, roles, BIND_TABLE),
    BIND_FIELD(campaign_followups_inputs, calendar, BIND_CALENDAR),
};
BIND_SHAPE(campaign_followups_inputs);

static const bind_field campaign_followups_options_fields[] = {
    { "as_of", BIND_DAY, offsetof(campaign_followups_options, as_of_day),
      offsetof(campaign_followups_options, has_as_of), NULL, NULL },
    BIND_FIELD(campaign_followups_options, within_days, BIND_INT32),
    BIND_FIELD(campaign_followups_options, days_without_update, BIND_INT32),
    BIND_FIELD(campaign_followups_options, stale_after_days, BIND_INT32),
    BIND_FIELD(campaign_followups_options, lead_after_days, BIND_INT32),
    BIND_FIELD(campaign_followups_options, manager_after_days, BIND_INT32),
    BIND_FIELD(campaign_followups_options, n_daily, BIND_INT32),
    BIND_FIELD(campaign_followups_options, n_checks, BIND_INT32),
    BIND_FIELD(campaign_followups_options, completeness_days, BIND_INT32),
    BIND_FIELD(campaign_followups_options, language, BIND_TEXT),
};
BIND_SHAPE(campaign_followups_options);

static const bind_field campaign_followups_report_fields[] = {
    { "as_of", BIND_DAY, offsetof(campaign_followups_report, as_of_day), 0, NULL, NULL },
    BIND_FIELD(campaign_followups_report, is_provisional, BIND_BOOL),
    BIND_FIELD(campaign_followups_report, n_rows, BIND_INT64),
    BIND_FIELD(campaign_followups_report, n_current, BIND_INT64),
    BIND_FIELD(campaign_followups_report, n_corrections, BIND_INT64),
    BIND_FIELD(campaign_followups_report, n_problems, BIND_INT64),
    BIND_FIELD(campaign_followups_report, n_checks, BIND_INT64),
    BIND_FIELD(campaign_followups_report, current, BIND_TABLE),
    BIND_FIELD(campaign_followups_report, problems, BIND_TABLE),
    BIND_FIELD(campaign_followups_report, checks, BIND_TABLE),
    BIND_FIELD(campaign_followups_report, counts, BIND_TABLE),
    BIND_FIELD(campaign_followups_report, objections, BIND_TABLE),
    BIND_FIELD(campaign_followups_report, daily, BIND_TABLE),
    BIND_FIELD(campaign_followups_report, blocked, BIND_TABLE),
    BIND_FIELD(campaign_followups_report, completeness, BIND_TABLE),
    BIND_FIELD(campaign_followups_report, reps, BIND_TABLE),
    BIND_FIELD(campaign_followups_report, notes, BIND_TABLE),
};
BIND_SHAPE(campaign_followups_report);

#endif
