/* The knob structs that cross into Python and Lua, field by field, with the same words as in C. */
#ifndef CAMPAIGN_BINDINGS_SHAPES_H
#define CAMPAIGN_BINDINGS_SHAPES_H

#include <campaign/campaign.h>
#include <campaign/io.h>

#include "fields.h"

#define BIND_COUNT(array) ((int)(sizeof(array) / sizeof *(array)))
#define BIND_SHAPE(type)                                                                                               \
    static const bind_struct type##_shape = { #type, (uint32_t)sizeof(type), 1, BIND_COUNT(type##_fields),             \
                                              type##_fields }
#define BIND_SHAPE_WITHOUT_SIZE(type)                                                                                  \
    static const bind_struct type##_shape = { #type, (uint32_t)sizeof(type), 0, BIND_COUNT(type##_fields),             \
                                              type##_fields }
#define BIND_FIELD(type, name, kind)                                                                                   \
    {                                                                                                                  \
#name, kind, offsetof(type, name), 0, NULL, NULL                                                               \
    }
#define BIND_FLAGGED(type, name, kind, flag)                                                                           \
    {                                                                                                                  \
#name, kind, offsetof(type, name), offsetof(type, flag), NULL, NULL                                            \
    }
#define BIND_WORDS(type, name, choices)                                                                                \
    {                                                                                                                  \
#name, BIND_CHOICE, offsetof(type, name), 0, choices, NULL                                                     \
    }
#define BIND_ITEMS(type, name, count, shape)                                                                           \
    {                                                                                                                  \
#name, BIND_RECORDS, offsetof(type, name), offsetof(type, count), NULL, &shape                                 \
    }

/* A word stands for its place; the place must be the C constant. */
#define BIND_TYPE "none|bool|int32|int64|float64|date|timestamp|utf8|money"
_Static_assert(CAMPAIGN_TYPE_BOOL == 1 && CAMPAIGN_TYPE_INT32 == 2 && CAMPAIGN_TYPE_INT64 == 3 &&
                   CAMPAIGN_TYPE_FLOAT64 == 4 && CAMPAIGN_TYPE_DATE == 5 && CAMPAIGN_TYPE_TIMESTAMP == 6 &&
                   CAMPAIGN_TYPE_UTF8 == 7 && CAMPAIGN_TYPE_MONEY == 8,
               "BIND_TYPE");
#define BIND_ROUNDING "none|half_up|half_even|half_down|up|down|floor|ceiling"
_Static_assert(CAMPAIGN_ROUND_NONE == 0 && CAMPAIGN_ROUND_HALF_UP == 1 && CAMPAIGN_ROUND_HALF_EVEN == 2 &&
                   CAMPAIGN_ROUND_HALF_DOWN == 3 && CAMPAIGN_ROUND_UP == 4 && CAMPAIGN_ROUND_DOWN == 5 &&
                   CAMPAIGN_ROUND_FLOOR == 6 && CAMPAIGN_ROUND_CEILING == 7,
               "BIND_ROUNDING");
#define BIND_UNIT "none|major|minor"
_Static_assert(CAMPAIGN_UNIT_NONE == 0 && CAMPAIGN_UNIT_MAJOR == 1 && CAMPAIGN_UNIT_MINOR == 2, "BIND_UNIT");

/* ---- Tables ---- */

static const bind_field campaign_money_options_fields[] = {
    BIND_FIELD(campaign_money_options, currency, BIND_CURRENCY),
    BIND_FLAGGED(campaign_money_options, exponent, BIND_INT32, has_exponent),
    BIND_WORDS(campaign_money_options, unit, BIND_UNIT),
    BIND_WORDS(campaign_money_options, rounding, BIND_ROUNDING),
};
BIND_SHAPE(campaign_money_options);

static const bind_field campaign_arrow_options_fields[] = {
    BIND_FLAGGED(campaign_arrow_options, utc_offset_minutes, BIND_INT32, has_utc_offset),
    BIND_FIELD(campaign_arrow_options, money_as_decimal, BIND_BOOL),
};
BIND_SHAPE(campaign_arrow_options);

static const bind_field campaign_column_rule_fields[] = {
    BIND_FIELD(campaign_column_rule, name, BIND_TEXT),
    BIND_FIELD(campaign_column_rule, types, BIND_INT32), /* bits */
    BIND_FIELD(campaign_column_rule, is_optional, BIND_BOOL),
    BIND_FIELD(campaign_column_rule, allows_null, BIND_BOOL),
    BIND_FIELD(campaign_column_rule, is_unique, BIND_BOOL),
    BIND_FIELD(campaign_column_rule, forbids_empty, BIND_BOOL),
    BIND_FLAGGED(campaign_column_rule, minimum, BIND_INT64, has_minimum),
    BIND_FLAGGED(campaign_column_rule, maximum, BIND_INT64, has_maximum),
};
BIND_SHAPE(campaign_column_rule);

static const bind_field campaign_split_problem_fields[] = {
    BIND_FIELD(campaign_split_problem, total_minor, BIND_INT64),
    BIND_FIELD(campaign_split_problem, n_cells, BIND_INT64),
    BIND_FIELD(campaign_split_problem, weights, BIND_INT64S),
    BIND_FIELD(campaign_split_problem, minimum, BIND_INT64S),
    BIND_FIELD(campaign_split_problem, maximum, BIND_INT64S),
    BIND_FIELD(campaign_split_problem, locked, BIND_INT64S),
};
BIND_SHAPE(campaign_split_problem);

/* ---- Calendar ---- */

#define BIND_DAY_KIND "none|working|weekend|swapped|statutory"
_Static_assert(CAMPAIGN_DAY_WORKING == 1 && CAMPAIGN_DAY_WEEKEND == 2 && CAMPAIGN_DAY_SWAPPED == 3 &&
                   CAMPAIGN_DAY_STATUTORY == 4,
               "BIND_DAY_KIND");
#define BIND_PERIOD "none|month|quarter|year|iso_week|fiscal_week|fiscal_month|fiscal_quarter|fiscal_year|plan_week"
_Static_assert(CAMPAIGN_PERIOD_MONTH == 1 && CAMPAIGN_PERIOD_QUARTER == 2 && CAMPAIGN_PERIOD_YEAR == 3 &&
                   CAMPAIGN_PERIOD_ISO_WEEK == 4 && CAMPAIGN_PERIOD_FISCAL_WEEK == 5 &&
                   CAMPAIGN_PERIOD_FISCAL_MONTH == 6 && CAMPAIGN_PERIOD_FISCAL_QUARTER == 7 &&
                   CAMPAIGN_PERIOD_FISCAL_YEAR == 8 && CAMPAIGN_PERIOD_PLAN_WEEK == 9,
               "BIND_PERIOD");
#define BIND_NODE_TIER "any|big|small"
_Static_assert(CAMPAIGN_NODE_ANY == 0 && CAMPAIGN_NODE_BIG == 1 && CAMPAIGN_NODE_SMALL == 2, "BIND_NODE_TIER");

static const bind_field campaign_calendar_options_fields[] = {
    BIND_FIELD(campaign_calendar_options, region, BIND_TEXT),
    BIND_FLAGGED(campaign_calendar_options, overlays, BIND_TEXTS, n_overlays),
    BIND_FLAGGED(campaign_calendar_options, nodes, BIND_TEXTS, n_nodes),
};
BIND_SHAPE(campaign_calendar_options);

static const bind_field campaign_calendar_day_info_fields[] = {
    BIND_WORDS(campaign_calendar_day_info, kind, BIND_DAY_KIND),
    BIND_FIELD(campaign_calendar_day_info, weekday, BIND_INT32),
    BIND_FIELD(campaign_calendar_day_info, is_working, BIND_BOOL),
    BIND_FIELD(campaign_calendar_day_info, is_makeup, BIND_BOOL),
    BIND_FIELD(campaign_calendar_day_info, is_provisional, BIND_BOOL),
    BIND_FIELD(campaign_calendar_day_info, run_start, BIND_DAY),
    BIND_FIELD(campaign_calendar_day_info, run_end, BIND_DAY),
    BIND_FIELD(campaign_calendar_day_info, name, BIND_TEXT),
    BIND_FIELD(campaign_calendar_day_info, name_en, BIND_TEXT),
};
BIND_SHAPE(campaign_calendar_day_info);

static const bind_field campaign_period_options_fields[] = {
    BIND_WORDS(campaign_period_options, kind, BIND_PERIOD),
    BIND_FLAGGED(campaign_period_options, plan_start, BIND_DAY, has_plan_start),
};
BIND_SHAPE(campaign_period_options);

static const bind_field campaign_period_fields[] = {
    BIND_WORDS(campaign_period, kind, BIND_PERIOD),  BIND_FIELD(campaign_period, start, BIND_DAY),
    BIND_FIELD(campaign_period, end, BIND_DAY),      BIND_FIELD(campaign_period, year, BIND_INT32),
    BIND_FIELD(campaign_period, number, BIND_INT32), BIND_FIELD(campaign_period, label, BIND_LABEL),
};
BIND_SHAPE(campaign_period);

static const bind_field campaign_lunar_date_fields[] = {
    BIND_FIELD(campaign_lunar_date, year, BIND_INT32),
    BIND_FIELD(campaign_lunar_date, month, BIND_INT32),
    BIND_FIELD(campaign_lunar_date, day, BIND_INT32),
    BIND_FIELD(campaign_lunar_date, is_leap, BIND_BOOL),
};
BIND_SHAPE_WITHOUT_SIZE(campaign_lunar_date);

static const bind_field campaign_nodes_options_fields[] = {
    BIND_WORDS(campaign_nodes_options, tier, BIND_NODE_TIER),
    BIND_FIELD(campaign_nodes_options, regions, BIND_TEXT),
};
BIND_SHAPE(campaign_nodes_options);

/* ---- Forecast ---- */

#define BIND_GRAIN "auto|day|week|month|quarter"
_Static_assert(CAMPAIGN_GRAIN_AUTO == 0 && CAMPAIGN_GRAIN_DAY == 1 && CAMPAIGN_GRAIN_WEEK == 2 &&
                   CAMPAIGN_GRAIN_MONTH == 3 && CAMPAIGN_GRAIN_QUARTER == 4,
               "BIND_GRAIN");
#define BIND_SEASON "usual|quarter|month|iso_week|fiscal_week|none"
_Static_assert(CAMPAIGN_SEASON_USUAL == 0 && CAMPAIGN_SEASON_QUARTER == 1 && CAMPAIGN_SEASON_MONTH == 2 &&
                   CAMPAIGN_SEASON_ISO_WEEK == 3 && CAMPAIGN_SEASON_FISCAL_WEEK == 4 && CAMPAIGN_SEASON_NONE == 5,
               "BIND_SEASON");
#define BIND_RATIO "to_year|to_moving"
_Static_assert(CAMPAIGN_RATIO_TO_YEAR == 0 && CAMPAIGN_RATIO_TO_MOVING == 1, "BIND_RATIO");
#define BIND_SHRINK "short|always|never"
_Static_assert(CAMPAIGN_SHRINK_SHORT == 0 && CAMPAIGN_SHRINK_ALWAYS == 1 && CAMPAIGN_SHRINK_NEVER == 2, "BIND_SHRINK");
#define BIND_NEW_YEAR "usual|block|apart"
_Static_assert(CAMPAIGN_NEW_YEAR_USUAL == 0 && CAMPAIGN_NEW_YEAR_BLOCK == 1 && CAMPAIGN_NEW_YEAR_APART == 2,
               "BIND_NEW_YEAR");
#define BIND_FORECAST_NULLS "fail|skip"
_Static_assert(CAMPAIGN_FORECAST_NULLS_FAIL == 0 && CAMPAIGN_FORECAST_NULLS_SKIP == 1, "BIND_FORECAST_NULLS");

static const bind_field campaign_season_window_fields[] = {
    BIND_FIELD(campaign_season_window, node, BIND_TEXT),
    BIND_FIELD(campaign_season_window, name, BIND_TEXT),
    BIND_FIELD(campaign_season_window, first, BIND_INT32),
    BIND_FIELD(campaign_season_window, last, BIND_INT32),
    BIND_FLAGGED(campaign_season_window, weight, BIND_FLOAT64, has_weight),
};
BIND_SHAPE(campaign_season_window);

static const bind_field campaign_season_year_fields[] = {
    BIND_FIELD(campaign_season_year, year, BIND_INT32),
    BIND_FIELD(campaign_season_year, weight, BIND_FLOAT64),
};
BIND_SHAPE(campaign_season_year);

static const bind_field campaign_seasonality_options_fields[] = {
    BIND_WORDS(campaign_seasonality_options, grain, BIND_GRAIN),
    BIND_WORDS(campaign_seasonality_options, season, BIND_SEASON),
    BIND_WORDS(campaign_seasonality_options, method, BIND_RATIO),
    BIND_WORDS(campaign_seasonality_options, shrink, BIND_SHRINK),
    BIND_WORDS(campaign_seasonality_options, new_year, BIND_NEW_YEAR),
    BIND_WORDS(campaign_seasonality_options, nulls, BIND_FORECAST_NULLS),
    BIND_FIELD(campaign_seasonality_options, day_starts_at_minutes, BIND_INT32),
    BIND_FLAGGED(campaign_seasonality_options, first_day, BIND_DAY, has_first_day),
    BIND_FLAGGED(campaign_seasonality_options, end_day, BIND_DAY, has_end_day),
    BIND_FIELD(campaign_seasonality_options, omits_weekdays, BIND_BOOL),
    BIND_FIELD(campaign_seasonality_options, omits_day_kinds, BIND_BOOL),
    BIND_FIELD(campaign_seasonality_options, omits_windows, BIND_BOOL),
    BIND_FIELD(campaign_seasonality_options, keeps_outliers, BIND_BOOL),
    BIND_FIELD(campaign_seasonality_options, problem_limit, BIND_INT32),
    BIND_FIELD(campaign_seasonality_options, outlier_limit, BIND_FLOAT64),
    BIND_FIELD(campaign_seasonality_options, prior_spread, BIND_FLOAT64),
    BIND_FIELD(campaign_seasonality_options, peak_distance, BIND_FLOAT64),
    BIND_FIELD(campaign_seasonality_options, date, BIND_TEXT),
    BIND_FIELD(campaign_seasonality_options, amount, BIND_TEXT),
    BIND_FIELD(campaign_seasonality_options, language, BIND_TEXT),
    BIND_ITEMS(campaign_seasonality_options, windows, n_windows, campaign_season_window_shape),
    BIND_ITEMS(campaign_seasonality_options, years, n_years, campaign_season_year_shape),
};
BIND_SHAPE(campaign_seasonality_options);

static const bind_field campaign_seasonality_report_fields[] = {
    BIND_WORDS(campaign_seasonality_report, grain, BIND_GRAIN),
    BIND_FIELD(campaign_seasonality_report, first_day, BIND_DAY),
    BIND_FIELD(campaign_seasonality_report, end_day, BIND_DAY),
    BIND_FIELD(campaign_seasonality_report, n_years, BIND_INT32),
    BIND_FIELD(campaign_seasonality_report, n_open, BIND_INT32),
    BIND_FIELD(campaign_seasonality_report, n_closed, BIND_INT32),
    BIND_FIELD(campaign_seasonality_report, n_outliers, BIND_INT32),
    BIND_FIELD(campaign_seasonality_report, n_rows, BIND_INT64),
    BIND_FIELD(campaign_seasonality_report, n_used, BIND_INT64),
    BIND_FIELD(campaign_seasonality_report, n_outside, BIND_INT64),
    BIND_FIELD(campaign_seasonality_report, n_skipped, BIND_INT64),
    BIND_FIELD(campaign_seasonality_report, spread, BIND_FLOAT64),
    BIND_FIELD(campaign_seasonality_report, shrinkage, BIND_FLOAT64),
    BIND_FIELD(campaign_seasonality_report, seasons, BIND_TABLE),
    BIND_FIELD(campaign_seasonality_report, treated, BIND_TABLE),
    BIND_FIELD(campaign_seasonality_report, notes, BIND_TABLE),
    BIND_FIELD(campaign_seasonality_report, skipped, BIND_TABLE),
    BIND_FIELD(campaign_seasonality_report, skipped_counts, BIND_TABLE),
};
BIND_SHAPE(campaign_seasonality_report);

/* ---- Tiers ---- */

#define BIND_TIES "value|rank_first|rank_average|r_rfm|ntile"
_Static_assert(CAMPAIGN_RFM_TIES_VALUE == 0 && CAMPAIGN_RFM_TIES_RANK_FIRST == 1 &&
                   CAMPAIGN_RFM_TIES_RANK_AVERAGE == 2 && CAMPAIGN_RFM_TIES_R_RFM == 3 && CAMPAIGN_RFM_TIES_NTILE == 4,
               "BIND_TIES");
#define BIND_FREQUENCY "usual|orders|days|rows"
_Static_assert(CAMPAIGN_RFM_FREQUENCY_USUAL == 0 && CAMPAIGN_RFM_FREQUENCY_ORDERS == 1 &&
                   CAMPAIGN_RFM_FREQUENCY_DAYS == 2 && CAMPAIGN_RFM_FREQUENCY_ROWS == 3,
               "BIND_FREQUENCY");
#define BIND_NULLS "fail|skip"
_Static_assert(CAMPAIGN_RFM_NULLS_FAIL == 0 && CAMPAIGN_RFM_NULLS_SKIP == 1 && CAMPAIGN_KPI_NULLS_FAIL == 0 &&
                   CAMPAIGN_KPI_NULLS_SKIP == 1,
               "BIND_NULLS");

static const bind_field campaign_rfm_options_fields[] = {
    BIND_FLAGGED(campaign_rfm_options, as_of, BIND_DAY, has_as_of),
    BIND_FIELD(campaign_rfm_options, day_starts_at_minutes, BIND_INT32),
    BIND_WORDS(campaign_rfm_options, ties, BIND_TIES),
    BIND_WORDS(campaign_rfm_options, frequency_counts, BIND_FREQUENCY),
    BIND_WORDS(campaign_rfm_options, nulls, BIND_NULLS),
    BIND_FIELD(campaign_rfm_options, recency_bins, BIND_INT32),
    BIND_FIELD(campaign_rfm_options, frequency_bins, BIND_INT32),
    BIND_FIELD(campaign_rfm_options, monetary_bins, BIND_INT32),
    BIND_FIELD(campaign_rfm_options, dormant_after_days, BIND_INT32),
    BIND_FIELD(campaign_rfm_options, problem_limit, BIND_INT32),
    BIND_FIELD(campaign_rfm_options, customer, BIND_TEXT),
    BIND_FIELD(campaign_rfm_options, date, BIND_TEXT),
    BIND_FIELD(campaign_rfm_options, amount, BIND_TEXT),
    BIND_FIELD(campaign_rfm_options, order, BIND_TEXT),
    { "segments", BIND_TEXT, offsetof(campaign_rfm_options, segments), offsetof(campaign_rfm_options, segments_length),
      NULL, NULL },
    BIND_FIELD(campaign_rfm_options, language, BIND_TEXT),
    BIND_FIELD(campaign_rfm_options, recency_cuts, BIND_INT64S),
    BIND_FIELD(campaign_rfm_options, frequency_cuts, BIND_INT64S),
    BIND_FIELD(campaign_rfm_options, monetary_cuts, BIND_INT64S),
};
BIND_SHAPE(campaign_rfm_options);

static const bind_field campaign_rfm_report_fields[] = {
    BIND_FLAGGED(campaign_rfm_report, as_of, BIND_DAY, has_as_of),
    BIND_FIELD(campaign_rfm_report, n_rows, BIND_INT64),
    BIND_FIELD(campaign_rfm_report, n_used, BIND_INT64),
    BIND_FIELD(campaign_rfm_report, n_after_as_of, BIND_INT64),
    BIND_FIELD(campaign_rfm_report, n_skipped, BIND_INT64),
    BIND_FIELD(campaign_rfm_report, n_returns, BIND_INT64),
    BIND_FIELD(campaign_rfm_report, n_customers, BIND_INT64),
    BIND_FIELD(campaign_rfm_report, n_without_purchase, BIND_INT64),
    BIND_FIELD(campaign_rfm_report, bins, BIND_TABLE),
    BIND_FIELD(campaign_rfm_report, segments, BIND_TABLE),
    BIND_FIELD(campaign_rfm_report, skipped, BIND_TABLE),
    BIND_FIELD(campaign_rfm_report, skipped_counts, BIND_TABLE),
    BIND_FIELD(campaign_rfm_report, notes, BIND_TABLE),
};
BIND_SHAPE(campaign_rfm_report);

/* ---- Plan and evaluation ---- */

static const bind_field campaign_plan_inputs_fields[] = {
    BIND_FIELD(campaign_plan_inputs, orders, BIND_TABLE),  BIND_FIELD(campaign_plan_inputs, calendar, BIND_CALENDAR),
    BIND_FIELD(campaign_plan_inputs, drivers, BIND_TABLE), BIND_FIELD(campaign_plan_inputs, bottom_up, BIND_TABLE),
    BIND_FIELD(campaign_plan_inputs, daily, BIND_TABLE),
};
BIND_SHAPE(campaign_plan_inputs);

static const bind_field campaign_sub_goals_options_fields[] = {
    BIND_FIELD(campaign_sub_goals_options, change, BIND_FLOAT64),
};
BIND_SHAPE(campaign_sub_goals_options);

#define BIND_EXPAND "day|week"
_Static_assert(CAMPAIGN_EXPAND_DAY == 0 && CAMPAIGN_EXPAND_WEEK == 1, "BIND_EXPAND");
static const bind_field campaign_plan_expand_options_fields[] = {
    BIND_WORDS(campaign_plan_expand_options, grain, BIND_EXPAND),
};
BIND_SHAPE(campaign_plan_expand_options);

static const bind_field campaign_plan_comparison_fields[] = {
    BIND_FIELD(campaign_plan_comparison, is_traced, BIND_BOOL),
    BIND_FIELD(campaign_plan_comparison, changes, BIND_TABLE),
    BIND_FIELD(campaign_plan_comparison, causes, BIND_TABLE),
};
BIND_SHAPE(campaign_plan_comparison);

static const bind_field campaign_choice_options_fields[] = {
    BIND_FIELD(campaign_choice_options, skips_reasons, BIND_BOOL),
    BIND_FIELD(campaign_choice_options, max_labels, BIND_INT64),
    BIND_FIELD(campaign_choice_options, language, BIND_TEXT),
    BIND_FIELD(campaign_choice_options, id, BIND_TEXT),
    BIND_FIELD(campaign_choice_options, tier, BIND_TEXT),
    BIND_FIELD(campaign_choice_options, start, BIND_TEXT),
    BIND_FIELD(campaign_choice_options, end, BIND_TEXT),
    BIND_FIELD(campaign_choice_options, value, BIND_TEXT),
    BIND_FIELD(campaign_choice_options, cost, BIND_TEXT),
    BIND_FIELD(campaign_choice_options, preheat_start, BIND_TEXT),
    BIND_FIELD(campaign_choice_options, never_together, BIND_TEXT),
    BIND_FIELD(campaign_choice_options, always_together, BIND_TEXT),
};
BIND_SHAPE(campaign_choice_options);

static const bind_field campaign_choice_report_fields[] = {
    BIND_FIELD(campaign_choice_report, is_optimal, BIND_BOOL),
    BIND_FIELD(campaign_choice_report, value_exponent, BIND_INT32),
    BIND_FIELD(campaign_choice_report, cost_exponent, BIND_INT32),
    BIND_FIELD(campaign_choice_report, n_candidates, BIND_INT64),
    BIND_FIELD(campaign_choice_report, n_chosen, BIND_INT64),
    BIND_FIELD(campaign_choice_report, n_campaigns, BIND_INT64),
    BIND_FIELD(campaign_choice_report, value, BIND_INT64),
    BIND_FIELD(campaign_choice_report, bound, BIND_INT64),
    BIND_FIELD(campaign_choice_report, cost, BIND_INT64),
    BIND_FIELD(campaign_choice_report, n_labels, BIND_INT64),
    BIND_FIELD(campaign_choice_report, campaigns, BIND_TABLE),
};
BIND_SHAPE(campaign_choice_report);

static const bind_field campaign_kpi_plan_fields[] = {
    BIND_FIELD(campaign_kpi_plan, targets, BIND_TABLE),   BIND_FIELD(campaign_kpi_plan, phases, BIND_TABLE),
    BIND_FIELD(campaign_kpi_plan, campaigns, BIND_TABLE), BIND_FIELD(campaign_kpi_plan, budget, BIND_TABLE),
    BIND_FIELD(campaign_kpi_plan, metrics, BIND_TABLE),   BIND_FIELD(campaign_kpi_plan, curve, BIND_TABLE),
};
BIND_SHAPE(campaign_kpi_plan);

static const bind_field campaign_kpi_actuals_fields[] = {
    BIND_FIELD(campaign_kpi_actuals, orders, BIND_TABLE),
    BIND_FIELD(campaign_kpi_actuals, daily, BIND_TABLE),
    BIND_FIELD(campaign_kpi_actuals, spend, BIND_TABLE),
};
BIND_SHAPE(campaign_kpi_actuals);

static const bind_field campaign_kpi_options_fields[] = {
    { "as_of", BIND_DAY, offsetof(campaign_kpi_options, as_of_day), offsetof(campaign_kpi_options, has_as_of), NULL,
      NULL },
    BIND_FIELD(campaign_kpi_options, day_starts_at_minutes, BIND_INT32),
    BIND_WORDS(campaign_kpi_options, nulls, BIND_NULLS),
    BIND_FLAGGED(campaign_kpi_options, deviation_ppm, BIND_INT32, has_deviation),
    BIND_FLAGGED(campaign_kpi_options, cap_ppm, BIND_INT32, has_cap),
    BIND_FLAGGED(campaign_kpi_options, minimum_share_ppm, BIND_INT32, has_minimum_share),
    BIND_FIELD(campaign_kpi_options, language, BIND_TEXT),
    BIND_FIELD(campaign_kpi_options, date, BIND_TEXT),
    BIND_FIELD(campaign_kpi_options, amount, BIND_TEXT),
    BIND_FIELD(campaign_kpi_options, order, BIND_TEXT),
    BIND_FIELD(campaign_kpi_options, product_line, BIND_TEXT),
    BIND_FIELD(campaign_kpi_options, market, BIND_TEXT),
    BIND_FIELD(campaign_kpi_options, sales, BIND_TEXT),
    BIND_FIELD(campaign_kpi_options, refunds, BIND_TEXT),
    BIND_FIELD(campaign_kpi_options, orders, BIND_TEXT),
    BIND_FIELD(campaign_kpi_options, visits, BIND_TEXT),
    BIND_FIELD(campaign_kpi_options, conversions, BIND_TEXT),
    BIND_FIELD(campaign_kpi_options, new_customers, BIND_TEXT),
    BIND_FIELD(campaign_kpi_options, spend, BIND_TEXT),
    BIND_FIELD(campaign_kpi_options, campaign, BIND_TEXT),
};
BIND_SHAPE(campaign_kpi_options);

static const bind_field campaign_kpi_evaluation_fields[] = {
    { "as_of", BIND_DAY, offsetof(campaign_kpi_evaluation, as_of_day), 0, NULL, NULL },
    BIND_FIELD(campaign_kpi_evaluation, attainment, BIND_TABLE),
    BIND_FIELD(campaign_kpi_evaluation, pace, BIND_TABLE),
    BIND_FIELD(campaign_kpi_evaluation, metrics, BIND_TABLE),
    BIND_FIELD(campaign_kpi_evaluation, alerts, BIND_TABLE),
    BIND_FIELD(campaign_kpi_evaluation, notes, BIND_TABLE),
    BIND_FIELD(campaign_kpi_evaluation, skipped, BIND_TABLE),
};
BIND_SHAPE(campaign_kpi_evaluation);

/* ---- Promotion weeks ---- */

#define BIND_WEEKS_OBJECTIVE "profit|revenue"
_Static_assert(CAMPAIGN_PROMOTION_WEEKS_PROFIT == 0 && CAMPAIGN_PROMOTION_WEEKS_REVENUE == 1, "BIND_WEEKS_OBJECTIVE");
#define BIND_WEEKS_STATUS "bound|optimal"
_Static_assert(CAMPAIGN_PROMOTION_WEEKS_BOUND == 0 && CAMPAIGN_PROMOTION_WEEKS_OPTIMAL == 1, "BIND_WEEKS_STATUS");

static const bind_field campaign_promotion_weeks_inputs_fields[] = {
    BIND_FIELD(campaign_promotion_weeks_inputs, items, BIND_TABLE),
    BIND_FIELD(campaign_promotion_weeks_inputs, ladder, BIND_TABLE),
    BIND_FIELD(campaign_promotion_weeks_inputs, weeks, BIND_TABLE),
    BIND_FIELD(campaign_promotion_weeks_inputs, item_weeks, BIND_TABLE),
    BIND_FIELD(campaign_promotion_weeks_inputs, slots, BIND_TABLE),
    BIND_FIELD(campaign_promotion_weeks_inputs, budgets, BIND_TABLE),
    BIND_FIELD(campaign_promotion_weeks_inputs, groups, BIND_TABLE),
    BIND_FIELD(campaign_promotion_weeks_inputs, past, BIND_TABLE),
};
BIND_SHAPE(campaign_promotion_weeks_inputs);

static const bind_field campaign_promotion_weeks_options_fields[] = {
    BIND_WORDS(campaign_promotion_weeks_options, objective, BIND_WEEKS_OBJECTIVE),
    BIND_FIELD(campaign_promotion_weeks_options, n_weeks, BIND_INT32),
    BIND_FLAGGED(campaign_promotion_weeks_options, gap_ppm, BIND_INT32, has_gap),
    BIND_FIELD(campaign_promotion_weeks_options, max_iterations, BIND_INT32),
    BIND_FIELD(campaign_promotion_weeks_options, reference_steps, BIND_INT32),
    BIND_FIELD(campaign_promotion_weeks_options, state_limit, BIND_INT64),
    BIND_FIELD(campaign_promotion_weeks_options, item, BIND_TEXT),
    BIND_FIELD(campaign_promotion_weeks_options, language, BIND_TEXT),
};
BIND_SHAPE(campaign_promotion_weeks_options);

static const bind_field campaign_promotion_weeks_report_fields[] = {
    BIND_WORDS(campaign_promotion_weeks_report, status, BIND_WEEKS_STATUS),
    BIND_FIELD(campaign_promotion_weeks_report, n_iterations, BIND_INT32),
    BIND_FIELD(campaign_promotion_weeks_report, n_items, BIND_INT64),
    BIND_FIELD(campaign_promotion_weeks_report, n_promotions, BIND_INT64),
    BIND_FIELD(campaign_promotion_weeks_report, total_minor, BIND_INT64),
    BIND_FIELD(campaign_promotion_weeks_report, bound_minor, BIND_INT64),
    BIND_FIELD(campaign_promotion_weeks_report, baseline_minor, BIND_INT64),
    BIND_FIELD(campaign_promotion_weeks_report, summary, BIND_TABLE),
    BIND_FIELD(campaign_promotion_weeks_report, items, BIND_TABLE),
    BIND_FIELD(campaign_promotion_weeks_report, limits, BIND_TABLE),
    BIND_FIELD(campaign_promotion_weeks_report, notes, BIND_TABLE),
};
BIND_SHAPE(campaign_promotion_weeks_report);

/* ---- Files ---- */

#define BIND_ENCODING "utf8|gb18030|auto"
_Static_assert(CAMPAIGN_CSV_UTF8 == 0 && CAMPAIGN_CSV_GB18030 == 1 && CAMPAIGN_CSV_ENCODING_AUTO == 2, "BIND_ENCODING");
#define BIND_ON_PROBLEM "fail|skip"
_Static_assert(CAMPAIGN_CSV_FAIL == 0 && CAMPAIGN_CSV_SKIP == 1, "BIND_ON_PROBLEM");
#define BIND_DATE_ORDER "ymd|mdy|dmy"
_Static_assert(CAMPAIGN_CSV_YMD == 0 && CAMPAIGN_CSV_MDY == 1 && CAMPAIGN_CSV_DMY == 2, "BIND_DATE_ORDER");
#define BIND_LINE_END "crlf|lf"
_Static_assert(CAMPAIGN_CSV_CRLF == 0 && CAMPAIGN_CSV_LF == 1, "BIND_LINE_END");

static const bind_field campaign_csv_column_fields[] = {
    BIND_FIELD(campaign_csv_column, name, BIND_TEXT),
    BIND_WORDS(campaign_csv_column, type, BIND_TYPE),
    BIND_FIELD(campaign_csv_column, currency, BIND_CURRENCY),
    BIND_FLAGGED(campaign_csv_column, exponent, BIND_INT32, has_exponent),
    BIND_WORDS(campaign_csv_column, rounding, BIND_ROUNDING),
    BIND_WORDS(campaign_csv_column, date_order, BIND_DATE_ORDER),
    BIND_FIELD(campaign_csv_column, is_key, BIND_BOOL),
    BIND_FIELD(campaign_csv_column, is_optional, BIND_BOOL),
};
BIND_SHAPE(campaign_csv_column);

static const bind_field campaign_csv_options_fields[] = {
    BIND_WORDS(campaign_csv_options, encoding, BIND_ENCODING),
    BIND_FIELD(campaign_csv_options, delimiter, BIND_CHARACTER),
    BIND_WORDS(campaign_csv_options, on_problem, BIND_ON_PROBLEM),
    BIND_FIELD(campaign_csv_options, keeps_only_declared, BIND_BOOL),
    BIND_FIELD(campaign_csv_options, n_lines_before_header, BIND_INT32),
    BIND_FLAGGED(campaign_csv_options, utc_offset_minutes, BIND_INT32, has_utc_offset),
    BIND_FIELD(campaign_csv_options, strips_formula_guard, BIND_BOOL),
    BIND_FIELD(campaign_csv_options, problem_limit, BIND_INT64),
    BIND_ITEMS(campaign_csv_options, columns, n_columns, campaign_csv_column_shape),
    BIND_FLAGGED(campaign_csv_options, null_texts, BIND_TEXTS, n_null_texts),
};
BIND_SHAPE(campaign_csv_options);

static const bind_field campaign_csv_report_fields[] = {
    BIND_WORDS(campaign_csv_report, encoding, BIND_ENCODING),
    BIND_FIELD(campaign_csv_report, delimiter, BIND_CHARACTER),
    BIND_FIELD(campaign_csv_report, has_bom, BIND_BOOL),
    BIND_FIELD(campaign_csv_report, n_records, BIND_INT64),
    BIND_FIELD(campaign_csv_report, n_skipped, BIND_INT64),
    BIND_FIELD(campaign_csv_report, n_rounded, BIND_INT64),
    BIND_FIELD(campaign_csv_report, n_problems, BIND_INT64),
    BIND_FIELD(campaign_csv_report, problems, BIND_TABLE),
    BIND_FIELD(campaign_csv_report, counts, BIND_TABLE),
};
BIND_SHAPE(campaign_csv_report);

static const bind_field campaign_csv_write_options_fields[] = {
    BIND_FIELD(campaign_csv_write_options, delimiter, BIND_CHARACTER),
    BIND_FIELD(campaign_csv_write_options, omits_bom, BIND_BOOL),
    BIND_WORDS(campaign_csv_write_options, line_end, BIND_LINE_END),
    BIND_FIELD(campaign_csv_write_options, guards_formulas, BIND_BOOL),
};
BIND_SHAPE(campaign_csv_write_options);

#endif
