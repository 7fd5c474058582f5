/* The knob structs of campaign/allocate_stock.h, field by field. */
#ifndef CAMPAIGN_BINDINGS_SHAPES_ALLOCATE_STOCK_H
#define CAMPAIGN_BINDINGS_SHAPES_ALLOCATE_STOCK_H

#include "shapes.h"

#define BIND_STOCK_OBJECTIVE "margin|fill"
_Static_assert(CAMPAIGN_ALLOCATE_STOCK_MARGIN == 0 && CAMPAIGN_ALLOCATE_STOCK_FILL == 1, "BIND_STOCK_OBJECTIVE");
#define BIND_STOCK_STATUS "bound|optimal"
_Static_assert(CAMPAIGN_CERTIFICATE_BOUND == 0 && CAMPAIGN_CERTIFICATE_OPTIMAL == 1, "BIND_STOCK_STATUS");

static const bind_field campaign_allocate_stock_inputs_fields[] = {
    BIND_FIELD(campaign_allocate_stock_inputs, demand, BIND_TABLE),
    BIND_FIELD(campaign_allocate_stock_inputs, pool, BIND_TABLE),
    BIND_FIELD(campaign_allocate_stock_inputs, points, BIND_TABLE),
};
BIND_SHAPE(campaign_allocate_stock_inputs);

static const bind_field campaign_allocate_stock_options_fields[] = {
    BIND_WORDS(campaign_allocate_stock_options, objective, BIND_STOCK_OBJECTIVE),
    BIND_FIELD(campaign_allocate_stock_options, reserve_ppm, BIND_INT32),
    BIND_FIELD(campaign_allocate_stock_options, is_safety_strict, BIND_BOOL),
    BIND_FIELD(campaign_allocate_stock_options, state_limit, BIND_INT64),
    BIND_FIELD(campaign_allocate_stock_options, sku, BIND_TEXT),
    BIND_FIELD(campaign_allocate_stock_options, store, BIND_TEXT),
    BIND_FIELD(campaign_allocate_stock_options, language, BIND_TEXT),
};
BIND_SHAPE(campaign_allocate_stock_options);

static const bind_field campaign_allocate_stock_report_fields[] = {
    BIND_WORDS(campaign_allocate_stock_report, status, BIND_STOCK_STATUS),
    BIND_FIELD(campaign_allocate_stock_report, value, BIND_FLOAT64),
    BIND_FIELD(campaign_allocate_stock_report, bound, BIND_FLOAT64),
    BIND_FIELD(campaign_allocate_stock_report, gap, BIND_FLOAT64),
    BIND_FIELD(campaign_allocate_stock_report, n_rows, BIND_INT64),
    BIND_FIELD(campaign_allocate_stock_report, n_skus, BIND_INT64),
    BIND_FIELD(campaign_allocate_stock_report, n_units, BIND_INT64),
    BIND_FIELD(campaign_allocate_stock_report, n_below, BIND_INT64),
    BIND_FIELD(campaign_allocate_stock_report, n_states, BIND_INT64),
    BIND_FIELD(campaign_allocate_stock_report, summary, BIND_TABLE),
    BIND_FIELD(campaign_allocate_stock_report, pools, BIND_TABLE),
    BIND_FIELD(campaign_allocate_stock_report, notes, BIND_TABLE),
};
BIND_SHAPE(campaign_allocate_stock_report);

static const bind_field campaign_allocate_order_quantity_inputs_fields[] = {
    BIND_FIELD(campaign_allocate_order_quantity_inputs, items, BIND_TABLE),
    BIND_FIELD(campaign_allocate_order_quantity_inputs, points, BIND_TABLE),
};
BIND_SHAPE(campaign_allocate_order_quantity_inputs);

static const bind_field campaign_allocate_order_quantity_options_fields[] = {
    BIND_FLAGGED(campaign_allocate_order_quantity_options, rule_ppm, BIND_INT32, has_rule),
    BIND_FLAGGED(campaign_allocate_order_quantity_options, budget_minor, BIND_INT64, has_budget),
    BIND_FIELD(campaign_allocate_order_quantity_options, state_limit, BIND_INT64),
    BIND_FIELD(campaign_allocate_order_quantity_options, sku, BIND_TEXT),
    BIND_FIELD(campaign_allocate_order_quantity_options, language, BIND_TEXT),
};
BIND_SHAPE(campaign_allocate_order_quantity_options);

static const bind_field campaign_allocate_order_quantity_report_fields[] = {
    BIND_WORDS(campaign_allocate_order_quantity_report, status, BIND_STOCK_STATUS),
    BIND_FIELD(campaign_allocate_order_quantity_report, value, BIND_FLOAT64),
    BIND_FIELD(campaign_allocate_order_quantity_report, bound, BIND_FLOAT64),
    BIND_FIELD(campaign_allocate_order_quantity_report, gap, BIND_FLOAT64),
    BIND_FIELD(campaign_allocate_order_quantity_report, rule_cost, BIND_FLOAT64),
    BIND_FIELD(campaign_allocate_order_quantity_report, multiplier, BIND_FLOAT64),
    BIND_FIELD(campaign_allocate_order_quantity_report, spend_minor, BIND_INT64),
    BIND_FIELD(campaign_allocate_order_quantity_report, n_rows, BIND_INT64),
    BIND_FIELD(campaign_allocate_order_quantity_report, n_units, BIND_INT64),
    BIND_FIELD(campaign_allocate_order_quantity_report, n_states, BIND_INT64),
    BIND_FIELD(campaign_allocate_order_quantity_report, summary, BIND_TABLE),
    BIND_FIELD(campaign_allocate_order_quantity_report, notes, BIND_TABLE),
};
BIND_SHAPE(campaign_allocate_order_quantity_report);

#endif
