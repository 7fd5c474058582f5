/* The knob structs of campaign/allocate_quota.h, field by field. */
#ifndef CAMPAIGN_BINDINGS_SHAPES_ALLOCATE_QUOTA_H
#define CAMPAIGN_BINDINGS_SHAPES_ALLOCATE_QUOTA_H

#include "shapes.h"

#define BIND_QUOTA_KIND "split|biproportional|rounding|fitting"
_Static_assert(CAMPAIGN_QUOTA_SPLIT == 0 && CAMPAIGN_QUOTA_BIPROPORTIONAL == 1 && CAMPAIGN_QUOTA_ROUNDING == 2 &&
                   CAMPAIGN_QUOTA_FITTING == 3,
               "BIND_QUOTA_KIND");
#define BIND_QUOTA_METHOD "usual|largest_remainder|dhondt|sainte_lague|hill|adams|dean"
_Static_assert(CAMPAIGN_QUOTA_METHOD_USUAL == 0 && CAMPAIGN_QUOTA_LARGEST_REMAINDER == 1 &&
                   CAMPAIGN_QUOTA_DHONDT == 2 && CAMPAIGN_QUOTA_SAINTE_LAGUE == 3 && CAMPAIGN_QUOTA_HILL == 4 &&
                   CAMPAIGN_QUOTA_ADAMS == 5 && CAMPAIGN_QUOTA_DEAN == 6,
               "BIND_QUOTA_METHOD");
#define BIND_QUOTA_STATUS "bound|optimal"
_Static_assert(CAMPAIGN_CERTIFICATE_BOUND == 0 && CAMPAIGN_CERTIFICATE_OPTIMAL == 1, "BIND_QUOTA_STATUS");

static const bind_field campaign_allocate_quota_inputs_fields[] = {
    BIND_FIELD(campaign_allocate_quota_inputs, cells, BIND_TABLE),
    BIND_FIELD(campaign_allocate_quota_inputs, rows, BIND_TABLE),
    BIND_FIELD(campaign_allocate_quota_inputs, columns, BIND_TABLE),
};
BIND_SHAPE(campaign_allocate_quota_inputs);

static const bind_field campaign_allocate_quota_options_fields[] = {
    BIND_WORDS(campaign_allocate_quota_options, kind, BIND_QUOTA_KIND),
    BIND_WORDS(campaign_allocate_quota_options, method, BIND_QUOTA_METHOD),
    BIND_WORDS(campaign_allocate_quota_options, margin_method, BIND_QUOTA_METHOD),
    BIND_FIELD(campaign_allocate_quota_options, weighs_margins, BIND_BOOL),
    BIND_FLAGGED(campaign_allocate_quota_options, total, BIND_INT64, has_total),
    BIND_FLAGGED(campaign_allocate_quota_options, dimensions, BIND_TEXTS, n_dimensions),
    BIND_FIELD(campaign_allocate_quota_options, weight, BIND_TEXT),
    BIND_FIELD(campaign_allocate_quota_options, currency, BIND_TEXT),
    BIND_FIELD(campaign_allocate_quota_options, language, BIND_TEXT),
};
BIND_SHAPE(campaign_allocate_quota_options);

static const bind_field campaign_allocate_quota_report_fields[] = {
    BIND_WORDS(campaign_allocate_quota_report, status, BIND_QUOTA_STATUS),
    BIND_WORDS(campaign_allocate_quota_report, kind, BIND_QUOTA_KIND),
    BIND_FIELD(campaign_allocate_quota_report, n_iterations, BIND_INT32),
    BIND_FIELD(campaign_allocate_quota_report, value, BIND_FLOAT64),
    BIND_FIELD(campaign_allocate_quota_report, bound, BIND_FLOAT64),
    BIND_FIELD(campaign_allocate_quota_report, gap, BIND_FLOAT64),
    BIND_FIELD(campaign_allocate_quota_report, n_cells, BIND_INT64),
    BIND_FIELD(campaign_allocate_quota_report, total, BIND_INT64),
    BIND_FIELD(campaign_allocate_quota_report, unallocated, BIND_INT64),
    BIND_FIELD(campaign_allocate_quota_report, n_ties, BIND_INT64),
    BIND_FIELD(campaign_allocate_quota_report, multipliers, BIND_TABLE),
    BIND_FIELD(campaign_allocate_quota_report, rows, BIND_TABLE),
    BIND_FIELD(campaign_allocate_quota_report, columns, BIND_TABLE),
    BIND_FIELD(campaign_allocate_quota_report, ties, BIND_TABLE),
    BIND_FIELD(campaign_allocate_quota_report, notes, BIND_TABLE),
};
BIND_SHAPE(campaign_allocate_quota_report);

static const bind_field campaign_allocate_capacity_quota_inputs_fields[] = {
    BIND_FIELD(campaign_allocate_capacity_quota_inputs, reps, BIND_TABLE),
    BIND_FIELD(campaign_allocate_capacity_quota_inputs, ramp, BIND_TABLE),
    BIND_FIELD(campaign_allocate_capacity_quota_inputs, months, BIND_TABLE),
};
BIND_SHAPE(campaign_allocate_capacity_quota_inputs);

static const bind_field campaign_allocate_capacity_quota_options_fields[] = {
    BIND_WORDS(campaign_allocate_capacity_quota_options, method, BIND_QUOTA_METHOD),
    BIND_FIELD(campaign_allocate_capacity_quota_options, n_months, BIND_INT32),
    BIND_FLAGGED(campaign_allocate_capacity_quota_options, flag_ppm, BIND_INT32, has_flag),
    BIND_FLAGGED(campaign_allocate_capacity_quota_options, total_minor, BIND_INT64, has_total),
    BIND_FIELD(campaign_allocate_capacity_quota_options, rep, BIND_TEXT),
    BIND_FIELD(campaign_allocate_capacity_quota_options, language, BIND_TEXT),
};
BIND_SHAPE(campaign_allocate_capacity_quota_options);

static const bind_field campaign_allocate_capacity_quota_report_fields[] = {
    BIND_WORDS(campaign_allocate_capacity_quota_report, status, BIND_QUOTA_STATUS),
    BIND_FIELD(campaign_allocate_capacity_quota_report, is_over, BIND_BOOL),
    BIND_FIELD(campaign_allocate_capacity_quota_report, n_iterations, BIND_INT32),
    BIND_FIELD(campaign_allocate_capacity_quota_report, value, BIND_FLOAT64),
    BIND_FIELD(campaign_allocate_capacity_quota_report, bound, BIND_FLOAT64),
    BIND_FIELD(campaign_allocate_capacity_quota_report, gap, BIND_FLOAT64),
    BIND_FIELD(campaign_allocate_capacity_quota_report, n_reps, BIND_INT64),
    BIND_FIELD(campaign_allocate_capacity_quota_report, n_over, BIND_INT64),
    BIND_FIELD(campaign_allocate_capacity_quota_report, n_ties, BIND_INT64),
    BIND_FIELD(campaign_allocate_capacity_quota_report, total_minor, BIND_INT64),
    BIND_FIELD(campaign_allocate_capacity_quota_report, capacity_minor, BIND_INT64),
    BIND_FIELD(campaign_allocate_capacity_quota_report, gap_minor, BIND_INT64),
    BIND_FIELD(campaign_allocate_capacity_quota_report, unallocated_minor, BIND_INT64),
    BIND_FIELD(campaign_allocate_capacity_quota_report, multipliers, BIND_TABLE),
    BIND_FIELD(campaign_allocate_capacity_quota_report, ties, BIND_TABLE),
    BIND_FIELD(campaign_allocate_capacity_quota_report, notes, BIND_TABLE),
};
BIND_SHAPE(campaign_allocate_capacity_quota_report);

#endif
