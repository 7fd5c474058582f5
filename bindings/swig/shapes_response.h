/* The knob structs of campaign/forecast_response.h, field by field. */
#ifndef CAMPAIGN_BINDINGS_SHAPES_RESPONSE_H
#define CAMPAIGN_BINDINGS_SHAPES_RESPONSE_H

#include "shapes.h"

#define BIND_RESPONSE_BEFORE "nothing|mean"
_Static_assert(CAMPAIGN_RESPONSE_BEFORE_NOTHING == 0 && CAMPAIGN_RESPONSE_BEFORE_MEAN == 1, "BIND_RESPONSE_BEFORE");

static const bind_field campaign_response_limit_fields[] = {
    BIND_FIELD(campaign_response_limit, parameter, BIND_TEXT),
    BIND_FIELD(campaign_response_limit, item, BIND_TEXT),
    BIND_FLAGGED(campaign_response_limit, low, BIND_FLOAT64, has_low),
    BIND_FLAGGED(campaign_response_limit, high, BIND_FLOAT64, has_high),
};
BIND_SHAPE(campaign_response_limit);

static const bind_field campaign_response_options_fields[] = {
    BIND_FIELD(campaign_response_options, curve, BIND_TEXT),
    BIND_FLAGGED(campaign_response_options, adstock, BIND_FLOAT64, has_adstock),
    BIND_FIELD(campaign_response_options, adstock_max, BIND_FLOAT64),
    BIND_WORDS(campaign_response_options, before, BIND_RESPONSE_BEFORE),
    BIND_FIELD(campaign_response_options, omits_intercept, BIND_BOOL),
    BIND_FIELD(campaign_response_options, fits_trend, BIND_BOOL),
    BIND_FIELD(campaign_response_options, n_starts, BIND_INT32),
    BIND_FIELD(campaign_response_options, level, BIND_FLOAT64),
    BIND_FIELD(campaign_response_options, uncertainty_max, BIND_FLOAT64),
    BIND_FIELD(campaign_response_options, item, BIND_TEXT),
    BIND_FIELD(campaign_response_options, period, BIND_TEXT),
    BIND_FIELD(campaign_response_options, spend, BIND_TEXT),
    BIND_FIELD(campaign_response_options, result, BIND_TEXT),
    BIND_FIELD(campaign_response_options, weight, BIND_TEXT),
    BIND_FIELD(campaign_response_options, language, BIND_TEXT),
    BIND_ITEMS(campaign_response_options, limits, n_limits, campaign_response_limit_shape),
};
BIND_SHAPE(campaign_response_options);

static const bind_field campaign_response_report_fields[] = {
    BIND_FIELD(campaign_response_report, n_items, BIND_INT64),
    BIND_FIELD(campaign_response_report, n_identified, BIND_INT64),
    BIND_FIELD(campaign_response_report, fitted, BIND_TABLE),
    BIND_FIELD(campaign_response_report, candidates, BIND_TABLE),
    BIND_FIELD(campaign_response_report, lines, BIND_TABLE),
    BIND_FIELD(campaign_response_report, notes, BIND_TABLE),
};
BIND_SHAPE(campaign_response_report);

#endif
