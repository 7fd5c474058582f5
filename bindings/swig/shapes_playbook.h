/* The knob structs of campaign/playbook.h, field by field. */
#ifndef CAMPAIGN_BINDINGS_SHAPES_PLAYBOOK_H
#define CAMPAIGN_BINDINGS_SHAPES_PLAYBOOK_H

#include <campaign/playbook.h>

#include "shapes.h"

static const bind_field campaign_risks_inputs_fields[] = {
    BIND_FIELD(campaign_risks_inputs, state, BIND_TABLE),       BIND_FIELD(campaign_risks_inputs, tasks, BIND_TABLE),
    BIND_FIELD(campaign_risks_inputs, stock, BIND_TABLE),       BIND_FIELD(campaign_risks_inputs, budget, BIND_TABLE),
    BIND_FIELD(campaign_risks_inputs, calendar, BIND_CALENDAR),
};
BIND_SHAPE(campaign_risks_inputs);

static const bind_field campaign_risks_options_fields[] = {
    BIND_FIELD(campaign_risks_options, as_of, BIND_TEXT),
    BIND_FIELD(campaign_risks_options, language, BIND_TEXT),
    { "playbook", BIND_TEXT, offsetof(campaign_risks_options, playbook),
      offsetof(campaign_risks_options, playbook_length), NULL, NULL },
};
BIND_SHAPE(campaign_risks_options);

static const bind_field campaign_risks_report_fields[] = {
    BIND_FIELD(campaign_risks_report, n_entries, BIND_INT32), BIND_FIELD(campaign_risks_report, n_judged, BIND_INT64),
    BIND_FIELD(campaign_risks_report, n_holding, BIND_INT64), BIND_FIELD(campaign_risks_report, n_unjudged, BIND_INT64),
    BIND_FIELD(campaign_risks_report, unjudged, BIND_TABLE),  BIND_FIELD(campaign_risks_report, notes, BIND_TABLE),
};
BIND_SHAPE(campaign_risks_report);

static const bind_field campaign_conflicts_inputs_fields[] = {
    BIND_FIELD(campaign_conflicts_inputs, campaigns, BIND_TABLE),
    BIND_FIELD(campaign_conflicts_inputs, items, BIND_TABLE),
    BIND_FIELD(campaign_conflicts_inputs, prices, BIND_TABLE),
    BIND_FIELD(campaign_conflicts_inputs, territories, BIND_TABLE),
    BIND_FIELD(campaign_conflicts_inputs, promises, BIND_TABLE),
    BIND_FIELD(campaign_conflicts_inputs, supply, BIND_TABLE),
    BIND_FIELD(campaign_conflicts_inputs, budget, BIND_TABLE),
    BIND_FIELD(campaign_conflicts_inputs, requests, BIND_TABLE),
    BIND_FIELD(campaign_conflicts_inputs, limits, BIND_TABLE),
};
BIND_SHAPE(campaign_conflicts_inputs);

static const bind_field campaign_conflicts_options_fields[] = {
    BIND_FIELD(campaign_conflicts_options, price_tolerance_ppm, BIND_INT32),
    BIND_FIELD(campaign_conflicts_options, limit, BIND_INT64),
    BIND_FIELD(campaign_conflicts_options, language, BIND_TEXT),
};
BIND_SHAPE(campaign_conflicts_options);

static const bind_field campaign_conflicts_report_fields[] = {
    BIND_FIELD(campaign_conflicts_report, is_cut, BIND_BOOL),
    BIND_FIELD(campaign_conflicts_report, n_conflicts, BIND_INT64),
    BIND_FIELD(campaign_conflicts_report, counts, BIND_TABLE),
};
BIND_SHAPE(campaign_conflicts_report);

static const bind_field campaign_approvals_inputs_fields[] = {
    BIND_FIELD(campaign_approvals_inputs, limits, BIND_TABLE),
    BIND_FIELD(campaign_approvals_inputs, requests, BIND_TABLE),
    BIND_FIELD(campaign_approvals_inputs, budget, BIND_TABLE),
};
BIND_SHAPE(campaign_approvals_inputs);

static const bind_field campaign_approvals_options_fields[] = {
    BIND_FIELD(campaign_approvals_options, split_days, BIND_INT32),
    BIND_FIELD(campaign_approvals_options, language, BIND_TEXT),
};
BIND_SHAPE(campaign_approvals_options);

static const bind_field campaign_approvals_report_fields[] = {
    BIND_FIELD(campaign_approvals_report, n_over, BIND_INT32),
    BIND_FIELD(campaign_approvals_report, n_goes_up, BIND_INT64),
    BIND_FIELD(campaign_approvals_report, n_splits, BIND_INT64),
    BIND_FIELD(campaign_approvals_report, splits, BIND_TABLE),
    BIND_FIELD(campaign_approvals_report, budget, BIND_TABLE),
    BIND_FIELD(campaign_approvals_report, groups, BIND_TABLE),
};
BIND_SHAPE(campaign_approvals_report);

#endif
