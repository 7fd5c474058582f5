/* The knob structs of campaign/allocate_budget.h, field by field. */
#ifndef CAMPAIGN_BINDINGS_SHAPES_ALLOCATE_BUDGET_H
#define CAMPAIGN_BINDINGS_SHAPES_ALLOCATE_BUDGET_H

#include "shapes.h"

#define BIND_BUDGET_OBJECTIVE "response|profit|least_spend|marginal_return|average_return"
_Static_assert(CAMPAIGN_ALLOCATE_BUDGET_RESPONSE == 0 && CAMPAIGN_ALLOCATE_BUDGET_PROFIT == 1 &&
                   CAMPAIGN_ALLOCATE_BUDGET_LEAST_SPEND == 2 && CAMPAIGN_ALLOCATE_BUDGET_MARGINAL_RETURN == 3 &&
                   CAMPAIGN_ALLOCATE_BUDGET_AVERAGE_RETURN == 4,
               "BIND_BUDGET_OBJECTIVE");
#define BIND_BUDGET_RISK "mean|quantile|mean_less_sd"
_Static_assert(CAMPAIGN_ALLOCATE_BUDGET_MEAN == 0 && CAMPAIGN_ALLOCATE_BUDGET_QUANTILE == 1 &&
                   CAMPAIGN_ALLOCATE_BUDGET_MEAN_LESS_SD == 2,
               "BIND_BUDGET_RISK");
#define BIND_BUDGET_STATUS "bound|optimal"
_Static_assert(CAMPAIGN_CERTIFICATE_BOUND == 0 && CAMPAIGN_CERTIFICATE_OPTIMAL == 1, "BIND_BUDGET_STATUS");

static const bind_field campaign_allocate_budget_inputs_fields[] = {
    BIND_FIELD(campaign_allocate_budget_inputs, items, BIND_TABLE),
    BIND_FIELD(campaign_allocate_budget_inputs, groups, BIND_TABLE),
    BIND_FIELD(campaign_allocate_budget_inputs, points, BIND_TABLE),
    BIND_FIELD(campaign_allocate_budget_inputs, samples, BIND_TABLE),
};
BIND_SHAPE(campaign_allocate_budget_inputs);

static const bind_field campaign_allocate_budget_options_fields[] = {
    BIND_WORDS(campaign_allocate_budget_options, objective, BIND_BUDGET_OBJECTIVE),
    BIND_WORDS(campaign_allocate_budget_options, risk, BIND_BUDGET_RISK),
    BIND_FIELD(campaign_allocate_budget_options, contingency_ppm, BIND_INT32),
    BIND_FIELD(campaign_allocate_budget_options, quantile_ppm, BIND_INT32),
    BIND_FLAGGED(campaign_allocate_budget_options, cpa_tolerance_ppm, BIND_INT32, has_cpa_tolerance),
    BIND_FLAGGED(campaign_allocate_budget_options, exponent, BIND_INT32, has_exponent),
    BIND_FIELD(campaign_allocate_budget_options, currency, BIND_CURRENCY),
    BIND_FLAGGED(campaign_allocate_budget_options, budget_minor, BIND_INT64, has_budget),
    BIND_FIELD(campaign_allocate_budget_options, contingency_minor, BIND_INT64),
    BIND_FIELD(campaign_allocate_budget_options, node_limit, BIND_INT64),
    BIND_FLAGGED(campaign_allocate_budget_options, budget, BIND_FLOAT64, has_budget),
    BIND_FIELD(campaign_allocate_budget_options, contingency, BIND_FLOAT64),
    BIND_FIELD(campaign_allocate_budget_options, target, BIND_FLOAT64),
    BIND_FIELD(campaign_allocate_budget_options, risk_aversion, BIND_FLOAT64),
    BIND_FIELD(campaign_allocate_budget_options, gap, BIND_FLOAT64),
    BIND_FIELD(campaign_allocate_budget_options, language, BIND_TEXT),
};
BIND_SHAPE(campaign_allocate_budget_options);

static const bind_field campaign_allocate_budget_report_fields[] = {
    BIND_WORDS(campaign_allocate_budget_report, status, BIND_BUDGET_STATUS),
    BIND_FIELD(campaign_allocate_budget_report, value, BIND_FLOAT64),
    BIND_FIELD(campaign_allocate_budget_report, bound, BIND_FLOAT64),
    BIND_FIELD(campaign_allocate_budget_report, gap, BIND_FLOAT64),
    BIND_FIELD(campaign_allocate_budget_report, spend, BIND_FLOAT64),
    BIND_FIELD(campaign_allocate_budget_report, response, BIND_FLOAT64),
    BIND_FIELD(campaign_allocate_budget_report, unspent, BIND_FLOAT64),
    BIND_FIELD(campaign_allocate_budget_report, contingency, BIND_FLOAT64),
    BIND_FIELD(campaign_allocate_budget_report, spend_minor, BIND_INT64),
    BIND_FIELD(campaign_allocate_budget_report, unspent_minor, BIND_INT64),
    BIND_FIELD(campaign_allocate_budget_report, contingency_minor, BIND_INT64),
    BIND_FIELD(campaign_allocate_budget_report, n_nodes, BIND_INT64),
    BIND_FIELD(campaign_allocate_budget_report, n_items, BIND_INT64),
    BIND_FIELD(campaign_allocate_budget_report, summary, BIND_TABLE),
    BIND_FIELD(campaign_allocate_budget_report, limits, BIND_TABLE),
    BIND_FIELD(campaign_allocate_budget_report, groups, BIND_TABLE),
    BIND_FIELD(campaign_allocate_budget_report, notes, BIND_TABLE),
};
BIND_SHAPE(campaign_allocate_budget_report);

#endif
