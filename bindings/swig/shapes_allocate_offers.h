/* The knob structs of campaign/allocate_offers.h, field by field. */
#ifndef CAMPAIGN_BINDINGS_SHAPES_ALLOCATE_OFFERS_H
#define CAMPAIGN_BINDINGS_SHAPES_ALLOCATE_OFFERS_H

#include "shapes.h"

static const bind_field campaign_allocate_offers_inputs_fields[] = {
    BIND_FIELD(campaign_allocate_offers_inputs, pairs, BIND_TABLE),
    BIND_FIELD(campaign_allocate_offers_inputs, customers, BIND_TABLE),
    BIND_FIELD(campaign_allocate_offers_inputs, offers, BIND_TABLE),
    BIND_FIELD(campaign_allocate_offers_inputs, budgets, BIND_TABLE),
    BIND_FIELD(campaign_allocate_offers_inputs, limits, BIND_TABLE),
};
BIND_SHAPE(campaign_allocate_offers_inputs);

static const bind_field campaign_allocate_offers_options_fields[] = {
    BIND_FIELD(campaign_allocate_offers_options, most, BIND_INT32),
    BIND_FIELD(campaign_allocate_offers_options, is_exact, BIND_BOOL),
    BIND_FIELD(campaign_allocate_offers_options, max_passes, BIND_INT32),
    BIND_FIELD(campaign_allocate_offers_options, gap, BIND_FLOAT64),
    BIND_FIELD(campaign_allocate_offers_options, node_limit, BIND_INT64),
    BIND_FIELD(campaign_allocate_offers_options, customer, BIND_TEXT),
    BIND_FIELD(campaign_allocate_offers_options, offer, BIND_TEXT),
    BIND_FIELD(campaign_allocate_offers_options, language, BIND_TEXT),
    BIND_FIELD(campaign_allocate_offers_options, is_fractional, BIND_BOOL),
};
BIND_SHAPE(campaign_allocate_offers_options);

#define BIND_OFFERS_STATUS "bound|optimal"
_Static_assert(CAMPAIGN_CERTIFICATE_BOUND == 0 && CAMPAIGN_CERTIFICATE_OPTIMAL == 1, "BIND_OFFERS_STATUS");

static const bind_field campaign_allocate_offers_report_fields[] = {
    BIND_WORDS(campaign_allocate_offers_report, status, BIND_OFFERS_STATUS),
    BIND_FIELD(campaign_allocate_offers_report, n_passes, BIND_INT32),
    BIND_FIELD(campaign_allocate_offers_report, n_nodes, BIND_INT64),
    BIND_FIELD(campaign_allocate_offers_report, n_customers, BIND_INT64),
    BIND_FIELD(campaign_allocate_offers_report, n_served, BIND_INT64),
    BIND_FIELD(campaign_allocate_offers_report, n_choices, BIND_INT64),
    BIND_FIELD(campaign_allocate_offers_report, value, BIND_FLOAT64),
    BIND_FIELD(campaign_allocate_offers_report, bound, BIND_FLOAT64),
    BIND_FIELD(campaign_allocate_offers_report, gap, BIND_FLOAT64),
    BIND_FIELD(campaign_allocate_offers_report, summary, BIND_TABLE),
    BIND_FIELD(campaign_allocate_offers_report, rows, BIND_TABLE),
    BIND_FIELD(campaign_allocate_offers_report, offers, BIND_TABLE),
    BIND_FIELD(campaign_allocate_offers_report, notes, BIND_TABLE),
};
BIND_SHAPE(campaign_allocate_offers_report);

#endif
