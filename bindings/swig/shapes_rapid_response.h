/* The knob structs of campaign/rapid_response.h, field by field. */
#ifndef CAMPAIGN_BINDINGS_SHAPES_RAPID_RESPONSE_H
#define CAMPAIGN_BINDINGS_SHAPES_RAPID_RESPONSE_H

#include "shapes.h"

#define BIND_RAPID_VERDICT "unfounded|stretch|feasible"
_Static_assert(CAMPAIGN_RAPID_UNFOUNDED == 0 && CAMPAIGN_RAPID_STRETCH == 1 && CAMPAIGN_RAPID_FEASIBLE == 2,
               "BIND_RAPID_VERDICT");

static const bind_field campaign_rapid_response_inputs_fields[] = {
    BIND_FIELD(campaign_rapid_response_inputs, customers, BIND_TABLE),
    BIND_FIELD(campaign_rapid_response_inputs, reps, BIND_TABLE),
    BIND_FIELD(campaign_rapid_response_inputs, history, BIND_TABLE),
    BIND_FIELD(campaign_rapid_response_inputs, regions, BIND_TABLE),
    BIND_FIELD(campaign_rapid_response_inputs, calendar, BIND_CALENDAR),
};
BIND_SHAPE(campaign_rapid_response_inputs);

static const bind_field campaign_rapid_response_options_fields[] = {
    BIND_FIELD(campaign_rapid_response_options, language, BIND_TEXT),
    BIND_FIELD(campaign_rapid_response_options, customer, BIND_TEXT),
    BIND_FIELD(campaign_rapid_response_options, rep, BIND_TEXT),
    BIND_FIELD(campaign_rapid_response_options, region, BIND_TEXT),
};
BIND_SHAPE(campaign_rapid_response_options);

static const bind_field campaign_rapid_response_report_fields[] = {
    BIND_WORDS(campaign_rapid_response_report, verdict, BIND_RAPID_VERDICT),
    BIND_FIELD(campaign_rapid_response_report, is_provisional, BIND_BOOL),
    BIND_FIELD(campaign_rapid_response_report, has_sales, BIND_BOOL),
    BIND_FIELD(campaign_rapid_response_report, leads, BIND_INT64),
    BIND_FIELD(campaign_rapid_response_report, deals, BIND_INT64),
    BIND_FIELD(campaign_rapid_response_report, sales_minor, BIND_INT64),
    BIND_FIELD(campaign_rapid_response_report, expected_deals, BIND_FLOAT64),
    BIND_FIELD(campaign_rapid_response_report, n_customers, BIND_INT64),
    BIND_FIELD(campaign_rapid_response_report, n_within, BIND_INT64),
    BIND_FIELD(campaign_rapid_response_report, n_beyond, BIND_INT64),
    BIND_FIELD(campaign_rapid_response_report, n_unreached, BIND_INT64),
    BIND_FIELD(campaign_rapid_response_report, n_merged, BIND_INT64),
    BIND_FIELD(campaign_rapid_response_report, windows, BIND_TABLE),
    BIND_FIELD(campaign_rapid_response_report, quotas, BIND_TABLE),
    BIND_FIELD(campaign_rapid_response_report, feasibility, BIND_TABLE),
    BIND_FIELD(campaign_rapid_response_report, customers, BIND_TABLE),
    BIND_FIELD(campaign_rapid_response_report, contacts, BIND_TABLE),
    BIND_FIELD(campaign_rapid_response_report, loads, BIND_TABLE),
    BIND_FIELD(campaign_rapid_response_report, resources, BIND_TABLE),
    BIND_FIELD(campaign_rapid_response_report, tasks, BIND_TABLE),
    BIND_FIELD(campaign_rapid_response_report, form_response_plan, BIND_TABLE),
    BIND_FIELD(campaign_rapid_response_report, form_task_split, BIND_TABLE),
    BIND_FIELD(campaign_rapid_response_report, notes, BIND_TABLE),
};
BIND_SHAPE(campaign_rapid_response_report);

#endif
