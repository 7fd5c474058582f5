/* The knob structs of campaign/review.h, field by field. */
#ifndef CAMPAIGN_BINDINGS_SHAPES_REVIEW_H
#define CAMPAIGN_BINDINGS_SHAPES_REVIEW_H

#include "shapes.h"

static const bind_field campaign_review_inputs_fields[] = {
    BIND_FIELD(campaign_review_inputs, metrics, BIND_TABLE),
    BIND_FIELD(campaign_review_inputs, findings, BIND_TABLE),
    BIND_FIELD(campaign_review_inputs, segments, BIND_TABLE),
    BIND_FIELD(campaign_review_inputs, calendar, BIND_CALENDAR),
};
BIND_SHAPE(campaign_review_inputs);

static const bind_field campaign_review_options_fields[] = {
    BIND_FIELD(campaign_review_options, high_ppm, BIND_INT32),
    BIND_FIELD(campaign_review_options, low_ppm, BIND_INT32),
    { "next_start", BIND_DAY, offsetof(campaign_review_options, next_start_day),
      offsetof(campaign_review_options, has_next_start), NULL, NULL },
    BIND_FIELD(campaign_review_options, campaign, BIND_TEXT),
    BIND_FIELD(campaign_review_options, next_campaign, BIND_TEXT),
    BIND_FIELD(campaign_review_options, language, BIND_TEXT),
};
BIND_SHAPE(campaign_review_options);

static const bind_field campaign_review_report_fields[] = {
    BIND_FIELD(campaign_review_report, is_provisional, BIND_BOOL),
    BIND_FIELD(campaign_review_report, n_highlights, BIND_INT64),
    BIND_FIELD(campaign_review_report, n_problems, BIND_INT64),
    BIND_FIELD(campaign_review_report, n_measures, BIND_INT64),
    BIND_FIELD(campaign_review_report, review, BIND_TABLE),
    BIND_FIELD(campaign_review_report, metrics, BIND_TABLE),
    BIND_FIELD(campaign_review_report, records, BIND_TABLE),
    BIND_FIELD(campaign_review_report, tasks, BIND_TABLE),
    BIND_FIELD(campaign_review_report, playbook, BIND_TABLE),
    BIND_FIELD(campaign_review_report, sop, BIND_TABLE),
    BIND_FIELD(campaign_review_report, notes, BIND_TABLE),
};
BIND_SHAPE(campaign_review_report);

#endif
