/* Frozen layout of every public struct: size and offsets on LP64 and on ILP32. The file only has to compile.
 * Lines are added by ./dev renew, never edited: a changed line breaks programs that are already built. */
#include <stddef.h>

#include <campaign/allocate.h>
#include <campaign/allocate_budget.h>
#include <campaign/allocate_offers.h>
#include <campaign/allocate_quota.h>
#include <campaign/allocate_stock.h>
#include <campaign/arrow.h>
#include <campaign/base.h>
#include <campaign/calendar.h>
#include <campaign/campaign.h>
#include <campaign/certificate.h>
#include <campaign/followup.h>
#include <campaign/forecast.h>
#include <campaign/forecast_response.h>
#include <campaign/io.h>
#include <campaign/io_forms.h>
#include <campaign/kpi.h>
#include <campaign/plan.h>
#include <campaign/plan_tasks.h>
#include <campaign/playbook.h>
#include <campaign/promotion_weeks.h>
#include <campaign/rapid_response.h>
#include <campaign/review.h>
#include <campaign/schedule.h>
#include <campaign/schedule_level.h>
#include <campaign/table.h>
#include <campaign/tier.h>

#if UINTPTR_MAX > 0xffffffffu
#define PICK(lp64, ilp32) lp64
#else
#define PICK(lp64, ilp32) ilp32
#endif
#define SIZE(type, lp64, ilp32)         _Static_assert(sizeof(type) == PICK(lp64, ilp32), "sizeof " #type)
#define FIELD(type, field, lp64, ilp32) _Static_assert(offsetof(type, field) == PICK(lp64, ilp32), #type "." #field)

SIZE(campaign_allocate_budget_inputs, 48, 28);
FIELD(campaign_allocate_budget_inputs, size, 0, 0);
FIELD(campaign_allocate_budget_inputs, reserved, 4, 4);
FIELD(campaign_allocate_budget_inputs, items, 8, 8);
FIELD(campaign_allocate_budget_inputs, groups, 16, 12);
FIELD(campaign_allocate_budget_inputs, points, 24, 16);
FIELD(campaign_allocate_budget_inputs, samples, 32, 20);
FIELD(campaign_allocate_budget_inputs, reserved_pointer, 40, 24);

SIZE(campaign_allocate_budget_options, 128, 120);
FIELD(campaign_allocate_budget_options, size, 0, 0);
FIELD(campaign_allocate_budget_options, objective, 4, 4);
FIELD(campaign_allocate_budget_options, risk, 8, 8);
FIELD(campaign_allocate_budget_options, has_budget, 12, 12);
FIELD(campaign_allocate_budget_options, contingency_ppm, 16, 16);
FIELD(campaign_allocate_budget_options, quantile_ppm, 20, 20);
FIELD(campaign_allocate_budget_options, has_cpa_tolerance, 24, 24);
FIELD(campaign_allocate_budget_options, cpa_tolerance_ppm, 28, 28);
FIELD(campaign_allocate_budget_options, has_exponent, 32, 32);
FIELD(campaign_allocate_budget_options, exponent, 36, 36);
FIELD(campaign_allocate_budget_options, currency, 40, 40);
FIELD(campaign_allocate_budget_options, reserved, 44, 44);
FIELD(campaign_allocate_budget_options, budget_minor, 48, 48);
FIELD(campaign_allocate_budget_options, contingency_minor, 56, 56);
FIELD(campaign_allocate_budget_options, node_limit, 64, 64);
FIELD(campaign_allocate_budget_options, budget, 72, 72);
FIELD(campaign_allocate_budget_options, contingency, 80, 80);
FIELD(campaign_allocate_budget_options, target, 88, 88);
FIELD(campaign_allocate_budget_options, risk_aversion, 96, 96);
FIELD(campaign_allocate_budget_options, gap, 104, 104);
FIELD(campaign_allocate_budget_options, language, 112, 112);
FIELD(campaign_allocate_budget_options, reserved_pointer, 120, 116);

SIZE(campaign_allocate_budget_report, 136, 120);
FIELD(campaign_allocate_budget_report, size, 0, 0);
FIELD(campaign_allocate_budget_report, status, 4, 4);
FIELD(campaign_allocate_budget_report, value, 8, 8);
FIELD(campaign_allocate_budget_report, bound, 16, 16);
FIELD(campaign_allocate_budget_report, gap, 24, 24);
FIELD(campaign_allocate_budget_report, spend, 32, 32);
FIELD(campaign_allocate_budget_report, response, 40, 40);
FIELD(campaign_allocate_budget_report, unspent, 48, 48);
FIELD(campaign_allocate_budget_report, contingency, 56, 56);
FIELD(campaign_allocate_budget_report, spend_minor, 64, 64);
FIELD(campaign_allocate_budget_report, unspent_minor, 72, 72);
FIELD(campaign_allocate_budget_report, contingency_minor, 80, 80);
FIELD(campaign_allocate_budget_report, n_nodes, 88, 88);
FIELD(campaign_allocate_budget_report, n_items, 96, 96);
FIELD(campaign_allocate_budget_report, summary, 104, 104);
FIELD(campaign_allocate_budget_report, limits, 112, 108);
FIELD(campaign_allocate_budget_report, groups, 120, 112);
FIELD(campaign_allocate_budget_report, notes, 128, 116);

SIZE(campaign_allocate_offers_inputs, 56, 32);
FIELD(campaign_allocate_offers_inputs, size, 0, 0);
FIELD(campaign_allocate_offers_inputs, reserved, 4, 4);
FIELD(campaign_allocate_offers_inputs, pairs, 8, 8);
FIELD(campaign_allocate_offers_inputs, customers, 16, 12);
FIELD(campaign_allocate_offers_inputs, offers, 24, 16);
FIELD(campaign_allocate_offers_inputs, budgets, 32, 20);
FIELD(campaign_allocate_offers_inputs, limits, 40, 24);
FIELD(campaign_allocate_offers_inputs, reserved_pointer, 48, 28);

SIZE(campaign_allocate_offers_options, 72, 56);
FIELD(campaign_allocate_offers_options, size, 0, 0);
FIELD(campaign_allocate_offers_options, most, 4, 4);
FIELD(campaign_allocate_offers_options, is_exact, 8, 8);
FIELD(campaign_allocate_offers_options, max_passes, 12, 12);
FIELD(campaign_allocate_offers_options, gap, 16, 16);
FIELD(campaign_allocate_offers_options, node_limit, 24, 24);
FIELD(campaign_allocate_offers_options, customer, 32, 32);
FIELD(campaign_allocate_offers_options, offer, 40, 36);
FIELD(campaign_allocate_offers_options, language, 48, 40);
FIELD(campaign_allocate_offers_options, is_fractional, 56, 44);
FIELD(campaign_allocate_offers_options, reserved, 60, 48);
FIELD(campaign_allocate_offers_options, reserved_pointer, 64, 52);

SIZE(campaign_allocate_offers_report, 104, 88);
FIELD(campaign_allocate_offers_report, size, 0, 0);
FIELD(campaign_allocate_offers_report, status, 4, 4);
FIELD(campaign_allocate_offers_report, n_passes, 8, 8);
FIELD(campaign_allocate_offers_report, reserved, 12, 12);
FIELD(campaign_allocate_offers_report, n_nodes, 16, 16);
FIELD(campaign_allocate_offers_report, n_customers, 24, 24);
FIELD(campaign_allocate_offers_report, n_served, 32, 32);
FIELD(campaign_allocate_offers_report, n_choices, 40, 40);
FIELD(campaign_allocate_offers_report, value, 48, 48);
FIELD(campaign_allocate_offers_report, bound, 56, 56);
FIELD(campaign_allocate_offers_report, gap, 64, 64);
FIELD(campaign_allocate_offers_report, summary, 72, 72);
FIELD(campaign_allocate_offers_report, rows, 80, 76);
FIELD(campaign_allocate_offers_report, offers, 88, 80);
FIELD(campaign_allocate_offers_report, notes, 96, 84);

SIZE(campaign_offer_stream, 32, 20);
FIELD(campaign_offer_stream, size, 0, 0);
FIELD(campaign_offer_stream, reserved, 4, 4);
FIELD(campaign_offer_stream, rewind, 8, 8);
FIELD(campaign_offer_stream, next, 16, 12);
FIELD(campaign_offer_stream, ctx, 24, 16);

SIZE(campaign_offer_customer, 32, 20);
FIELD(campaign_offer_customer, size, 0, 0);
FIELD(campaign_offer_customer, most, 4, 4);
FIELD(campaign_offer_customer, values, 8, 8);
FIELD(campaign_offer_customer, costs, 16, 12);
FIELD(campaign_offer_customer, keys, 24, 16);

SIZE(campaign_allocate_quota_inputs, 40, 24);
FIELD(campaign_allocate_quota_inputs, size, 0, 0);
FIELD(campaign_allocate_quota_inputs, reserved, 4, 4);
FIELD(campaign_allocate_quota_inputs, cells, 8, 8);
FIELD(campaign_allocate_quota_inputs, rows, 16, 12);
FIELD(campaign_allocate_quota_inputs, columns, 24, 16);
FIELD(campaign_allocate_quota_inputs, reserved_pointer, 32, 20);

SIZE(campaign_allocate_quota_options, 72, 56);
FIELD(campaign_allocate_quota_options, size, 0, 0);
FIELD(campaign_allocate_quota_options, kind, 4, 4);
FIELD(campaign_allocate_quota_options, method, 8, 8);
FIELD(campaign_allocate_quota_options, margin_method, 12, 12);
FIELD(campaign_allocate_quota_options, weighs_margins, 16, 16);
FIELD(campaign_allocate_quota_options, has_total, 20, 20);
FIELD(campaign_allocate_quota_options, n_dimensions, 24, 24);
FIELD(campaign_allocate_quota_options, reserved, 28, 28);
FIELD(campaign_allocate_quota_options, total, 32, 32);
FIELD(campaign_allocate_quota_options, dimensions, 40, 40);
FIELD(campaign_allocate_quota_options, weight, 48, 44);
FIELD(campaign_allocate_quota_options, currency, 56, 48);
FIELD(campaign_allocate_quota_options, language, 64, 52);

SIZE(campaign_allocate_quota_report, 120, 96);
FIELD(campaign_allocate_quota_report, size, 0, 0);
FIELD(campaign_allocate_quota_report, status, 4, 4);
FIELD(campaign_allocate_quota_report, kind, 8, 8);
FIELD(campaign_allocate_quota_report, n_iterations, 12, 12);
FIELD(campaign_allocate_quota_report, value, 16, 16);
FIELD(campaign_allocate_quota_report, bound, 24, 24);
FIELD(campaign_allocate_quota_report, gap, 32, 32);
FIELD(campaign_allocate_quota_report, n_cells, 40, 40);
FIELD(campaign_allocate_quota_report, total, 48, 48);
FIELD(campaign_allocate_quota_report, unallocated, 56, 56);
FIELD(campaign_allocate_quota_report, n_ties, 64, 64);
FIELD(campaign_allocate_quota_report, multipliers, 72, 72);
FIELD(campaign_allocate_quota_report, rows, 80, 76);
FIELD(campaign_allocate_quota_report, columns, 88, 80);
FIELD(campaign_allocate_quota_report, ties, 96, 84);
FIELD(campaign_allocate_quota_report, notes, 104, 88);
FIELD(campaign_allocate_quota_report, reserved_pointer, 112, 92);

SIZE(campaign_allocate_capacity_quota_inputs, 40, 24);
FIELD(campaign_allocate_capacity_quota_inputs, size, 0, 0);
FIELD(campaign_allocate_capacity_quota_inputs, reserved, 4, 4);
FIELD(campaign_allocate_capacity_quota_inputs, reps, 8, 8);
FIELD(campaign_allocate_capacity_quota_inputs, ramp, 16, 12);
FIELD(campaign_allocate_capacity_quota_inputs, months, 24, 16);
FIELD(campaign_allocate_capacity_quota_inputs, reserved_pointer, 32, 20);

SIZE(campaign_allocate_capacity_quota_options, 48, 40);
FIELD(campaign_allocate_capacity_quota_options, size, 0, 0);
FIELD(campaign_allocate_capacity_quota_options, method, 4, 4);
FIELD(campaign_allocate_capacity_quota_options, n_months, 8, 8);
FIELD(campaign_allocate_capacity_quota_options, has_total, 12, 12);
FIELD(campaign_allocate_capacity_quota_options, has_flag, 16, 16);
FIELD(campaign_allocate_capacity_quota_options, flag_ppm, 20, 20);
FIELD(campaign_allocate_capacity_quota_options, total_minor, 24, 24);
FIELD(campaign_allocate_capacity_quota_options, rep, 32, 32);
FIELD(campaign_allocate_capacity_quota_options, language, 40, 36);

SIZE(campaign_allocate_capacity_quota_report, 128, 112);
FIELD(campaign_allocate_capacity_quota_report, size, 0, 0);
FIELD(campaign_allocate_capacity_quota_report, status, 4, 4);
FIELD(campaign_allocate_capacity_quota_report, is_over, 8, 8);
FIELD(campaign_allocate_capacity_quota_report, n_iterations, 12, 12);
FIELD(campaign_allocate_capacity_quota_report, value, 16, 16);
FIELD(campaign_allocate_capacity_quota_report, bound, 24, 24);
FIELD(campaign_allocate_capacity_quota_report, gap, 32, 32);
FIELD(campaign_allocate_capacity_quota_report, n_reps, 40, 40);
FIELD(campaign_allocate_capacity_quota_report, n_over, 48, 48);
FIELD(campaign_allocate_capacity_quota_report, n_ties, 56, 56);
FIELD(campaign_allocate_capacity_quota_report, total_minor, 64, 64);
FIELD(campaign_allocate_capacity_quota_report, capacity_minor, 72, 72);
FIELD(campaign_allocate_capacity_quota_report, gap_minor, 80, 80);
FIELD(campaign_allocate_capacity_quota_report, unallocated_minor, 88, 88);
FIELD(campaign_allocate_capacity_quota_report, multipliers, 96, 96);
FIELD(campaign_allocate_capacity_quota_report, ties, 104, 100);
FIELD(campaign_allocate_capacity_quota_report, notes, 112, 104);
FIELD(campaign_allocate_capacity_quota_report, reserved_pointer, 120, 108);

SIZE(campaign_allocate_stock_inputs, 40, 24);
FIELD(campaign_allocate_stock_inputs, size, 0, 0);
FIELD(campaign_allocate_stock_inputs, reserved, 4, 4);
FIELD(campaign_allocate_stock_inputs, demand, 8, 8);
FIELD(campaign_allocate_stock_inputs, pool, 16, 12);
FIELD(campaign_allocate_stock_inputs, points, 24, 16);
FIELD(campaign_allocate_stock_inputs, reserved_pointer, 32, 20);

SIZE(campaign_allocate_stock_options, 56, 40);
FIELD(campaign_allocate_stock_options, size, 0, 0);
FIELD(campaign_allocate_stock_options, objective, 4, 4);
FIELD(campaign_allocate_stock_options, reserve_ppm, 8, 8);
FIELD(campaign_allocate_stock_options, is_safety_strict, 12, 12);
FIELD(campaign_allocate_stock_options, state_limit, 16, 16);
FIELD(campaign_allocate_stock_options, sku, 24, 24);
FIELD(campaign_allocate_stock_options, store, 32, 28);
FIELD(campaign_allocate_stock_options, language, 40, 32);
FIELD(campaign_allocate_stock_options, reserved, 48, 36);

SIZE(campaign_allocate_stock_report, 104, 88);
FIELD(campaign_allocate_stock_report, size, 0, 0);
FIELD(campaign_allocate_stock_report, status, 4, 4);
FIELD(campaign_allocate_stock_report, value, 8, 8);
FIELD(campaign_allocate_stock_report, bound, 16, 16);
FIELD(campaign_allocate_stock_report, gap, 24, 24);
FIELD(campaign_allocate_stock_report, n_rows, 32, 32);
FIELD(campaign_allocate_stock_report, n_skus, 40, 40);
FIELD(campaign_allocate_stock_report, n_units, 48, 48);
FIELD(campaign_allocate_stock_report, n_below, 56, 56);
FIELD(campaign_allocate_stock_report, n_states, 64, 64);
FIELD(campaign_allocate_stock_report, summary, 72, 72);
FIELD(campaign_allocate_stock_report, pools, 80, 76);
FIELD(campaign_allocate_stock_report, notes, 88, 80);
FIELD(campaign_allocate_stock_report, reserved, 96, 84);

SIZE(campaign_allocate_order_quantity_inputs, 32, 20);
FIELD(campaign_allocate_order_quantity_inputs, size, 0, 0);
FIELD(campaign_allocate_order_quantity_inputs, reserved, 4, 4);
FIELD(campaign_allocate_order_quantity_inputs, items, 8, 8);
FIELD(campaign_allocate_order_quantity_inputs, points, 16, 12);
FIELD(campaign_allocate_order_quantity_inputs, reserved_pointer, 24, 16);

SIZE(campaign_allocate_order_quantity_options, 48, 40);
FIELD(campaign_allocate_order_quantity_options, size, 0, 0);
FIELD(campaign_allocate_order_quantity_options, has_budget, 4, 4);
FIELD(campaign_allocate_order_quantity_options, has_rule, 8, 8);
FIELD(campaign_allocate_order_quantity_options, rule_ppm, 12, 12);
FIELD(campaign_allocate_order_quantity_options, budget_minor, 16, 16);
FIELD(campaign_allocate_order_quantity_options, state_limit, 24, 24);
FIELD(campaign_allocate_order_quantity_options, sku, 32, 32);
FIELD(campaign_allocate_order_quantity_options, language, 40, 36);

SIZE(campaign_allocate_order_quantity_report, 96, 88);
FIELD(campaign_allocate_order_quantity_report, size, 0, 0);
FIELD(campaign_allocate_order_quantity_report, status, 4, 4);
FIELD(campaign_allocate_order_quantity_report, value, 8, 8);
FIELD(campaign_allocate_order_quantity_report, bound, 16, 16);
FIELD(campaign_allocate_order_quantity_report, gap, 24, 24);
FIELD(campaign_allocate_order_quantity_report, rule_cost, 32, 32);
FIELD(campaign_allocate_order_quantity_report, multiplier, 40, 40);
FIELD(campaign_allocate_order_quantity_report, spend_minor, 48, 48);
FIELD(campaign_allocate_order_quantity_report, n_rows, 56, 56);
FIELD(campaign_allocate_order_quantity_report, n_units, 64, 64);
FIELD(campaign_allocate_order_quantity_report, n_states, 72, 72);
FIELD(campaign_allocate_order_quantity_report, summary, 80, 80);
FIELD(campaign_allocate_order_quantity_report, notes, 88, 84);

SIZE(campaign_arrow_options, 16, 16);
FIELD(campaign_arrow_options, size, 0, 0);
FIELD(campaign_arrow_options, has_utc_offset, 4, 4);
FIELD(campaign_arrow_options, utc_offset_minutes, 8, 8);
FIELD(campaign_arrow_options, money_as_decimal, 12, 12);

SIZE(campaign_error, 368, 368);
FIELD(campaign_error, code, 0, 0);
FIELD(campaign_error, reserved, 4, 4);
FIELD(campaign_error, row, 8, 8);
FIELD(campaign_error, where, 16, 16);
FIELD(campaign_error, message, 112, 112);

SIZE(campaign_runtime, 24, 16);
FIELD(campaign_runtime, size, 0, 0);
FIELD(campaign_runtime, n_threads, 4, 4);
FIELD(campaign_runtime, progress, 8, 8);
FIELD(campaign_runtime, ctx, 16, 12);

SIZE(campaign_split_problem, 56, 40);
FIELD(campaign_split_problem, size, 0, 0);
FIELD(campaign_split_problem, reserved, 4, 4);
FIELD(campaign_split_problem, total_minor, 8, 8);
FIELD(campaign_split_problem, n_cells, 16, 16);
FIELD(campaign_split_problem, weights, 24, 24);
FIELD(campaign_split_problem, minimum, 32, 28);
FIELD(campaign_split_problem, maximum, 40, 32);
FIELD(campaign_split_problem, locked, 48, 36);

SIZE(campaign_calendar_options, 56, 36);
FIELD(campaign_calendar_options, size, 0, 0);
FIELD(campaign_calendar_options, n_overlays, 4, 4);
FIELD(campaign_calendar_options, n_nodes, 8, 8);
FIELD(campaign_calendar_options, reserved, 12, 12);
FIELD(campaign_calendar_options, region, 16, 16);
FIELD(campaign_calendar_options, overlays, 24, 20);
FIELD(campaign_calendar_options, overlay_lengths, 32, 24);
FIELD(campaign_calendar_options, nodes, 40, 28);
FIELD(campaign_calendar_options, node_lengths, 48, 32);

SIZE(campaign_calendar_day_info, 48, 40);
FIELD(campaign_calendar_day_info, size, 0, 0);
FIELD(campaign_calendar_day_info, kind, 4, 4);
FIELD(campaign_calendar_day_info, weekday, 8, 8);
FIELD(campaign_calendar_day_info, is_working, 12, 12);
FIELD(campaign_calendar_day_info, is_makeup, 16, 16);
FIELD(campaign_calendar_day_info, is_provisional, 20, 20);
FIELD(campaign_calendar_day_info, run_start, 24, 24);
FIELD(campaign_calendar_day_info, run_end, 28, 28);
FIELD(campaign_calendar_day_info, name, 32, 32);
FIELD(campaign_calendar_day_info, name_en, 40, 36);

SIZE(campaign_period_options, 16, 16);
FIELD(campaign_period_options, size, 0, 0);
FIELD(campaign_period_options, kind, 4, 4);
FIELD(campaign_period_options, plan_start, 8, 8);
FIELD(campaign_period_options, has_plan_start, 12, 12);

SIZE(campaign_period, 48, 48);
FIELD(campaign_period, size, 0, 0);
FIELD(campaign_period, kind, 4, 4);
FIELD(campaign_period, start, 8, 8);
FIELD(campaign_period, end, 12, 12);
FIELD(campaign_period, year, 16, 16);
FIELD(campaign_period, number, 20, 20);
FIELD(campaign_period, label, 24, 24);

SIZE(campaign_lunar_date, 16, 16);
FIELD(campaign_lunar_date, year, 0, 0);
FIELD(campaign_lunar_date, month, 4, 4);
FIELD(campaign_lunar_date, day, 8, 8);
FIELD(campaign_lunar_date, is_leap, 12, 12);

SIZE(campaign_nodes_options, 24, 16);
FIELD(campaign_nodes_options, size, 0, 0);
FIELD(campaign_nodes_options, tier, 4, 4);
FIELD(campaign_nodes_options, regions, 8, 8);
FIELD(campaign_nodes_options, reserved, 16, 12);

SIZE(campaign_followups_inputs, 56, 32);
FIELD(campaign_followups_inputs, size, 0, 0);
FIELD(campaign_followups_inputs, reserved, 4, 4);
FIELD(campaign_followups_inputs, followups, 8, 8);
FIELD(campaign_followups_inputs, contacts, 16, 12);
FIELD(campaign_followups_inputs, customers, 24, 16);
FIELD(campaign_followups_inputs, roles, 32, 20);
FIELD(campaign_followups_inputs, calendar, 40, 24);
FIELD(campaign_followups_inputs, reserved_pointer, 48, 28);

SIZE(campaign_followups_options, 56, 52);
FIELD(campaign_followups_options, size, 0, 0);
FIELD(campaign_followups_options, as_of_day, 4, 4);
FIELD(campaign_followups_options, has_as_of, 8, 8);
FIELD(campaign_followups_options, within_days, 12, 12);
FIELD(campaign_followups_options, days_without_update, 16, 16);
FIELD(campaign_followups_options, stale_after_days, 20, 20);
FIELD(campaign_followups_options, lead_after_days, 24, 24);
FIELD(campaign_followups_options, manager_after_days, 28, 28);
FIELD(campaign_followups_options, n_daily, 32, 32);
FIELD(campaign_followups_options, n_checks, 36, 36);
FIELD(campaign_followups_options, completeness_days, 40, 40);
FIELD(campaign_followups_options, reserved, 44, 44);
FIELD(campaign_followups_options, language, 48, 48);

SIZE(campaign_followups_report, 152, 104);
FIELD(campaign_followups_report, size, 0, 0);
FIELD(campaign_followups_report, as_of_day, 4, 4);
FIELD(campaign_followups_report, is_provisional, 8, 8);
FIELD(campaign_followups_report, reserved, 12, 12);
FIELD(campaign_followups_report, n_rows, 16, 16);
FIELD(campaign_followups_report, n_current, 24, 24);
FIELD(campaign_followups_report, n_corrections, 32, 32);
FIELD(campaign_followups_report, n_problems, 40, 40);
FIELD(campaign_followups_report, n_checks, 48, 48);
FIELD(campaign_followups_report, current, 56, 56);
FIELD(campaign_followups_report, problems, 64, 60);
FIELD(campaign_followups_report, checks, 72, 64);
FIELD(campaign_followups_report, counts, 80, 68);
FIELD(campaign_followups_report, objections, 88, 72);
FIELD(campaign_followups_report, daily, 96, 76);
FIELD(campaign_followups_report, blocked, 104, 80);
FIELD(campaign_followups_report, completeness, 112, 84);
FIELD(campaign_followups_report, reps, 120, 88);
FIELD(campaign_followups_report, notes, 128, 92);
FIELD(campaign_followups_report, reserved_pointer, 136, 96);
FIELD(campaign_followups_report, reserved_pointer_2, 144, 100);

SIZE(campaign_season_window, 40, 32);
FIELD(campaign_season_window, size, 0, 0);
FIELD(campaign_season_window, first, 4, 4);
FIELD(campaign_season_window, last, 8, 8);
FIELD(campaign_season_window, has_weight, 12, 12);
FIELD(campaign_season_window, weight, 16, 16);
FIELD(campaign_season_window, node, 24, 24);
FIELD(campaign_season_window, name, 32, 28);

SIZE(campaign_season_year, 16, 16);
FIELD(campaign_season_year, size, 0, 0);
FIELD(campaign_season_year, year, 4, 4);
FIELD(campaign_season_year, weight, 8, 8);

SIZE(campaign_seasonality_options, 152, 128);
FIELD(campaign_seasonality_options, size, 0, 0);
FIELD(campaign_seasonality_options, grain, 4, 4);
FIELD(campaign_seasonality_options, season, 8, 8);
FIELD(campaign_seasonality_options, method, 12, 12);
FIELD(campaign_seasonality_options, shrink, 16, 16);
FIELD(campaign_seasonality_options, new_year, 20, 20);
FIELD(campaign_seasonality_options, nulls, 24, 24);
FIELD(campaign_seasonality_options, day_starts_at_minutes, 28, 28);
FIELD(campaign_seasonality_options, first_day, 32, 32);
FIELD(campaign_seasonality_options, has_first_day, 36, 36);
FIELD(campaign_seasonality_options, end_day, 40, 40);
FIELD(campaign_seasonality_options, has_end_day, 44, 44);
FIELD(campaign_seasonality_options, omits_weekdays, 48, 48);
FIELD(campaign_seasonality_options, omits_day_kinds, 52, 52);
FIELD(campaign_seasonality_options, omits_windows, 56, 56);
FIELD(campaign_seasonality_options, keeps_outliers, 60, 60);
FIELD(campaign_seasonality_options, n_windows, 64, 64);
FIELD(campaign_seasonality_options, n_years, 68, 68);
FIELD(campaign_seasonality_options, problem_limit, 72, 72);
FIELD(campaign_seasonality_options, reserved, 76, 76);
FIELD(campaign_seasonality_options, outlier_limit, 80, 80);
FIELD(campaign_seasonality_options, prior_spread, 88, 88);
FIELD(campaign_seasonality_options, peak_distance, 96, 96);
FIELD(campaign_seasonality_options, date, 104, 104);
FIELD(campaign_seasonality_options, amount, 112, 108);
FIELD(campaign_seasonality_options, language, 120, 112);
FIELD(campaign_seasonality_options, windows, 128, 116);
FIELD(campaign_seasonality_options, years, 136, 120);
FIELD(campaign_seasonality_options, reserved_pointer, 144, 124);

SIZE(campaign_seasonality_report, 128, 104);
FIELD(campaign_seasonality_report, size, 0, 0);
FIELD(campaign_seasonality_report, grain, 4, 4);
FIELD(campaign_seasonality_report, first_day, 8, 8);
FIELD(campaign_seasonality_report, end_day, 12, 12);
FIELD(campaign_seasonality_report, n_years, 16, 16);
FIELD(campaign_seasonality_report, n_open, 20, 20);
FIELD(campaign_seasonality_report, n_closed, 24, 24);
FIELD(campaign_seasonality_report, n_outliers, 28, 28);
FIELD(campaign_seasonality_report, n_rows, 32, 32);
FIELD(campaign_seasonality_report, n_used, 40, 40);
FIELD(campaign_seasonality_report, n_outside, 48, 48);
FIELD(campaign_seasonality_report, n_skipped, 56, 56);
FIELD(campaign_seasonality_report, spread, 64, 64);
FIELD(campaign_seasonality_report, shrinkage, 72, 72);
FIELD(campaign_seasonality_report, seasons, 80, 80);
FIELD(campaign_seasonality_report, treated, 88, 84);
FIELD(campaign_seasonality_report, notes, 96, 88);
FIELD(campaign_seasonality_report, skipped, 104, 92);
FIELD(campaign_seasonality_report, skipped_counts, 112, 96);
FIELD(campaign_seasonality_report, reserved, 120, 100);

SIZE(campaign_response_limit, 48, 40);
FIELD(campaign_response_limit, size, 0, 0);
FIELD(campaign_response_limit, has_low, 4, 4);
FIELD(campaign_response_limit, has_high, 8, 8);
FIELD(campaign_response_limit, reserved, 12, 12);
FIELD(campaign_response_limit, low, 16, 16);
FIELD(campaign_response_limit, high, 24, 24);
FIELD(campaign_response_limit, parameter, 32, 32);
FIELD(campaign_response_limit, item, 40, 36);

SIZE(campaign_response_options, 128, 96);
FIELD(campaign_response_options, size, 0, 0);
FIELD(campaign_response_options, before, 4, 4);
FIELD(campaign_response_options, has_adstock, 8, 8);
FIELD(campaign_response_options, omits_intercept, 12, 12);
FIELD(campaign_response_options, fits_trend, 16, 16);
FIELD(campaign_response_options, n_starts, 20, 20);
FIELD(campaign_response_options, n_limits, 24, 24);
FIELD(campaign_response_options, reserved, 28, 28);
FIELD(campaign_response_options, adstock, 32, 32);
FIELD(campaign_response_options, adstock_max, 40, 40);
FIELD(campaign_response_options, level, 48, 48);
FIELD(campaign_response_options, uncertainty_max, 56, 56);
FIELD(campaign_response_options, curve, 64, 64);
FIELD(campaign_response_options, item, 72, 68);
FIELD(campaign_response_options, period, 80, 72);
FIELD(campaign_response_options, spend, 88, 76);
FIELD(campaign_response_options, result, 96, 80);
FIELD(campaign_response_options, weight, 104, 84);
FIELD(campaign_response_options, language, 112, 88);
FIELD(campaign_response_options, limits, 120, 92);

SIZE(campaign_response_report, 56, 40);
FIELD(campaign_response_report, size, 0, 0);
FIELD(campaign_response_report, reserved, 4, 4);
FIELD(campaign_response_report, n_items, 8, 8);
FIELD(campaign_response_report, n_identified, 16, 16);
FIELD(campaign_response_report, fitted, 24, 24);
FIELD(campaign_response_report, candidates, 32, 28);
FIELD(campaign_response_report, lines, 40, 32);
FIELD(campaign_response_report, notes, 48, 36);

SIZE(campaign_csv_column, 56, 48);
FIELD(campaign_csv_column, size, 0, 0);
FIELD(campaign_csv_column, type, 4, 4);
FIELD(campaign_csv_column, currency, 8, 8);
FIELD(campaign_csv_column, exponent, 12, 12);
FIELD(campaign_csv_column, has_exponent, 16, 16);
FIELD(campaign_csv_column, rounding, 20, 20);
FIELD(campaign_csv_column, date_order, 24, 24);
FIELD(campaign_csv_column, is_key, 28, 28);
FIELD(campaign_csv_column, is_optional, 32, 32);
FIELD(campaign_csv_column, reserved, 36, 36);
FIELD(campaign_csv_column, name, 40, 40);
FIELD(campaign_csv_column, reserved_pointer, 48, 44);

SIZE(campaign_csv_options, 72, 64);
FIELD(campaign_csv_options, size, 0, 0);
FIELD(campaign_csv_options, encoding, 4, 4);
FIELD(campaign_csv_options, delimiter, 8, 8);
FIELD(campaign_csv_options, on_problem, 12, 12);
FIELD(campaign_csv_options, keeps_only_declared, 16, 16);
FIELD(campaign_csv_options, n_lines_before_header, 20, 20);
FIELD(campaign_csv_options, has_utc_offset, 24, 24);
FIELD(campaign_csv_options, utc_offset_minutes, 28, 28);
FIELD(campaign_csv_options, strips_formula_guard, 32, 32);
FIELD(campaign_csv_options, n_columns, 36, 36);
FIELD(campaign_csv_options, n_null_texts, 40, 40);
FIELD(campaign_csv_options, reserved, 44, 44);
FIELD(campaign_csv_options, problem_limit, 48, 48);
FIELD(campaign_csv_options, columns, 56, 56);
FIELD(campaign_csv_options, null_texts, 64, 60);

SIZE(campaign_csv_report, 64, 56);
FIELD(campaign_csv_report, size, 0, 0);
FIELD(campaign_csv_report, encoding, 4, 4);
FIELD(campaign_csv_report, delimiter, 8, 8);
FIELD(campaign_csv_report, has_bom, 12, 12);
FIELD(campaign_csv_report, n_records, 16, 16);
FIELD(campaign_csv_report, n_skipped, 24, 24);
FIELD(campaign_csv_report, n_rounded, 32, 32);
FIELD(campaign_csv_report, n_problems, 40, 40);
FIELD(campaign_csv_report, problems, 48, 48);
FIELD(campaign_csv_report, counts, 56, 52);

SIZE(campaign_csv_write_options, 24, 24);
FIELD(campaign_csv_write_options, size, 0, 0);
FIELD(campaign_csv_write_options, delimiter, 4, 4);
FIELD(campaign_csv_write_options, omits_bom, 8, 8);
FIELD(campaign_csv_write_options, line_end, 12, 12);
FIELD(campaign_csv_write_options, guards_formulas, 16, 16);
FIELD(campaign_csv_write_options, reserved, 20, 20);

SIZE(campaign_sheet, 40, 24);
FIELD(campaign_sheet, size, 0, 0);
FIELD(campaign_sheet, reserved, 4, 4);
FIELD(campaign_sheet, form, 8, 8);
FIELD(campaign_sheet, name, 16, 12);
FIELD(campaign_sheet, table, 24, 16);
FIELD(campaign_sheet, reserved_pointer, 32, 20);

SIZE(campaign_workbook, 16, 12);
FIELD(campaign_workbook, size, 0, 0);
FIELD(campaign_workbook, n_sheets, 4, 4);
FIELD(campaign_workbook, sheets, 8, 8);

SIZE(campaign_form_options, 48, 36);
FIELD(campaign_form_options, size, 0, 0);
FIELD(campaign_form_options, money_unit, 4, 4);
FIELD(campaign_form_options, n_owners, 8, 8);
FIELD(campaign_form_options, has_created_day, 12, 12);
FIELD(campaign_form_options, created_day, 16, 16);
FIELD(campaign_form_options, n_empty_rows, 20, 20);
FIELD(campaign_form_options, language, 24, 24);
FIELD(campaign_form_options, currency, 32, 28);
FIELD(campaign_form_options, owners, 40, 32);

SIZE(campaign_form_read_options, 40, 24);
FIELD(campaign_form_read_options, size, 0, 0);
FIELD(campaign_form_read_options, reserved, 4, 4);
FIELD(campaign_form_read_options, form, 8, 8);
FIELD(campaign_form_read_options, sheet, 16, 12);
FIELD(campaign_form_read_options, currency, 24, 16);
FIELD(campaign_form_read_options, language, 32, 20);

SIZE(campaign_ical_options, 80, 64);
FIELD(campaign_ical_options, size, 0, 0);
FIELD(campaign_ical_options, has_stamp, 4, 4);
FIELD(campaign_ical_options, stamp_seconds, 8, 8);
FIELD(campaign_ical_options, sequence, 16, 16);
FIELD(campaign_ical_options, has_as_of, 20, 20);
FIELD(campaign_ical_options, as_of_day, 24, 24);
FIELD(campaign_ical_options, alarm_days, 28, 28);
FIELD(campaign_ical_options, omits_alarms, 32, 32);
FIELD(campaign_ical_options, writes_todos, 36, 36);
FIELD(campaign_ical_options, has_utc_offset, 40, 40);
FIELD(campaign_ical_options, utc_offset_minutes, 44, 44);
FIELD(campaign_ical_options, language, 48, 48);
FIELD(campaign_ical_options, plan_id, 56, 52);
FIELD(campaign_ical_options, name, 64, 56);
FIELD(campaign_ical_options, tasks, 72, 60);

SIZE(campaign_html_options, 40, 24);
FIELD(campaign_html_options, size, 0, 0);
FIELD(campaign_html_options, money_unit, 4, 4);
FIELD(campaign_html_options, language, 8, 8);
FIELD(campaign_html_options, title, 16, 12);
FIELD(campaign_html_options, tasks, 24, 16);
FIELD(campaign_html_options, risks, 32, 20);

SIZE(campaign_kpi_plan, 56, 32);
FIELD(campaign_kpi_plan, size, 0, 0);
FIELD(campaign_kpi_plan, reserved, 4, 4);
FIELD(campaign_kpi_plan, targets, 8, 8);
FIELD(campaign_kpi_plan, phases, 16, 12);
FIELD(campaign_kpi_plan, campaigns, 24, 16);
FIELD(campaign_kpi_plan, budget, 32, 20);
FIELD(campaign_kpi_plan, metrics, 40, 24);
FIELD(campaign_kpi_plan, curve, 48, 28);

SIZE(campaign_kpi_actuals, 40, 24);
FIELD(campaign_kpi_actuals, size, 0, 0);
FIELD(campaign_kpi_actuals, reserved, 4, 4);
FIELD(campaign_kpi_actuals, orders, 8, 8);
FIELD(campaign_kpi_actuals, daily, 16, 12);
FIELD(campaign_kpi_actuals, spend, 24, 16);
FIELD(campaign_kpi_actuals, reserved_pointer, 32, 20);

SIZE(campaign_kpi_options, 160, 104);
FIELD(campaign_kpi_options, size, 0, 0);
FIELD(campaign_kpi_options, has_as_of, 4, 4);
FIELD(campaign_kpi_options, as_of_day, 8, 8);
FIELD(campaign_kpi_options, day_starts_at_minutes, 12, 12);
FIELD(campaign_kpi_options, nulls, 16, 16);
FIELD(campaign_kpi_options, has_deviation, 20, 20);
FIELD(campaign_kpi_options, deviation_ppm, 24, 24);
FIELD(campaign_kpi_options, has_cap, 28, 28);
FIELD(campaign_kpi_options, cap_ppm, 32, 32);
FIELD(campaign_kpi_options, has_minimum_share, 36, 36);
FIELD(campaign_kpi_options, minimum_share_ppm, 40, 40);
FIELD(campaign_kpi_options, reserved, 44, 44);
FIELD(campaign_kpi_options, language, 48, 48);
FIELD(campaign_kpi_options, date, 56, 52);
FIELD(campaign_kpi_options, amount, 64, 56);
FIELD(campaign_kpi_options, order, 72, 60);
FIELD(campaign_kpi_options, product_line, 80, 64);
FIELD(campaign_kpi_options, market, 88, 68);
FIELD(campaign_kpi_options, sales, 96, 72);
FIELD(campaign_kpi_options, refunds, 104, 76);
FIELD(campaign_kpi_options, orders, 112, 80);
FIELD(campaign_kpi_options, visits, 120, 84);
FIELD(campaign_kpi_options, conversions, 128, 88);
FIELD(campaign_kpi_options, new_customers, 136, 92);
FIELD(campaign_kpi_options, spend, 144, 96);
FIELD(campaign_kpi_options, campaign, 152, 100);

SIZE(campaign_kpi_evaluation, 56, 32);
FIELD(campaign_kpi_evaluation, size, 0, 0);
FIELD(campaign_kpi_evaluation, as_of_day, 4, 4);
FIELD(campaign_kpi_evaluation, attainment, 8, 8);
FIELD(campaign_kpi_evaluation, pace, 16, 12);
FIELD(campaign_kpi_evaluation, metrics, 24, 16);
FIELD(campaign_kpi_evaluation, alerts, 32, 20);
FIELD(campaign_kpi_evaluation, notes, 40, 24);
FIELD(campaign_kpi_evaluation, skipped, 48, 28);

SIZE(campaign_plan_inputs, 48, 28);
FIELD(campaign_plan_inputs, size, 0, 0);
FIELD(campaign_plan_inputs, reserved, 4, 4);
FIELD(campaign_plan_inputs, orders, 8, 8);
FIELD(campaign_plan_inputs, calendar, 16, 12);
FIELD(campaign_plan_inputs, drivers, 24, 16);
FIELD(campaign_plan_inputs, bottom_up, 32, 20);
FIELD(campaign_plan_inputs, daily, 40, 24);

SIZE(campaign_plan_comparison, 24, 16);
FIELD(campaign_plan_comparison, size, 0, 0);
FIELD(campaign_plan_comparison, is_traced, 4, 4);
FIELD(campaign_plan_comparison, changes, 8, 8);
FIELD(campaign_plan_comparison, causes, 16, 12);

SIZE(campaign_plan_expand_options, 8, 8);
FIELD(campaign_plan_expand_options, size, 0, 0);
FIELD(campaign_plan_expand_options, grain, 4, 4);

SIZE(campaign_sub_goals_options, 16, 16);
FIELD(campaign_sub_goals_options, size, 0, 0);
FIELD(campaign_sub_goals_options, reserved, 4, 4);
FIELD(campaign_sub_goals_options, change, 8, 8);

SIZE(campaign_choice_options, 96, 56);
FIELD(campaign_choice_options, size, 0, 0);
FIELD(campaign_choice_options, skips_reasons, 4, 4);
FIELD(campaign_choice_options, max_labels, 8, 8);
FIELD(campaign_choice_options, language, 16, 16);
FIELD(campaign_choice_options, id, 24, 20);
FIELD(campaign_choice_options, tier, 32, 24);
FIELD(campaign_choice_options, start, 40, 28);
FIELD(campaign_choice_options, end, 48, 32);
FIELD(campaign_choice_options, value, 56, 36);
FIELD(campaign_choice_options, cost, 64, 40);
FIELD(campaign_choice_options, preheat_start, 72, 44);
FIELD(campaign_choice_options, never_together, 80, 48);
FIELD(campaign_choice_options, always_together, 88, 52);

SIZE(campaign_choice_report, 88, 80);
FIELD(campaign_choice_report, size, 0, 0);
FIELD(campaign_choice_report, is_optimal, 4, 4);
FIELD(campaign_choice_report, value_exponent, 8, 8);
FIELD(campaign_choice_report, cost_exponent, 12, 12);
FIELD(campaign_choice_report, n_candidates, 16, 16);
FIELD(campaign_choice_report, n_chosen, 24, 24);
FIELD(campaign_choice_report, n_campaigns, 32, 32);
FIELD(campaign_choice_report, value, 40, 40);
FIELD(campaign_choice_report, bound, 48, 48);
FIELD(campaign_choice_report, cost, 56, 56);
FIELD(campaign_choice_report, n_labels, 64, 64);
FIELD(campaign_choice_report, campaigns, 72, 72);
FIELD(campaign_choice_report, reserved_pointer, 80, 76);

SIZE(campaign_recurring_options, 32, 24);
FIELD(campaign_recurring_options, size, 0, 0);
FIELD(campaign_recurring_options, start_day, 4, 4);
FIELD(campaign_recurring_options, end_day, 8, 8);
FIELD(campaign_recurring_options, reserved, 12, 12);
FIELD(campaign_recurring_options, calendar, 16, 16);
FIELD(campaign_recurring_options, language, 24, 20);

SIZE(campaign_task_completion_report, 72, 56);
FIELD(campaign_task_completion_report, size, 0, 0);
FIELD(campaign_task_completion_report, reserved, 4, 4);
FIELD(campaign_task_completion_report, n_due, 8, 8);
FIELD(campaign_task_completion_report, n_done, 16, 16);
FIELD(campaign_task_completion_report, n_in_time, 24, 24);
FIELD(campaign_task_completion_report, n_overdue, 32, 32);
FIELD(campaign_task_completion_report, months, 40, 40);
FIELD(campaign_task_completion_report, totals, 48, 44);
FIELD(campaign_task_completion_report, overdue, 56, 48);
FIELD(campaign_task_completion_report, reserved_pointer, 64, 52);

SIZE(campaign_headcount_inputs, 40, 24);
FIELD(campaign_headcount_inputs, size, 0, 0);
FIELD(campaign_headcount_inputs, reserved, 4, 4);
FIELD(campaign_headcount_inputs, targets, 8, 8);
FIELD(campaign_headcount_inputs, capacity, 16, 12);
FIELD(campaign_headcount_inputs, months, 24, 16);
FIELD(campaign_headcount_inputs, ramp, 32, 20);

SIZE(campaign_risks_inputs, 56, 32);
FIELD(campaign_risks_inputs, size, 0, 0);
FIELD(campaign_risks_inputs, reserved, 4, 4);
FIELD(campaign_risks_inputs, state, 8, 8);
FIELD(campaign_risks_inputs, tasks, 16, 12);
FIELD(campaign_risks_inputs, stock, 24, 16);
FIELD(campaign_risks_inputs, budget, 32, 20);
FIELD(campaign_risks_inputs, calendar, 40, 24);
FIELD(campaign_risks_inputs, reserved_pointer, 48, 28);

SIZE(campaign_risks_options, 48, 32);
FIELD(campaign_risks_options, size, 0, 0);
FIELD(campaign_risks_options, reserved, 4, 4);
FIELD(campaign_risks_options, playbook_length, 8, 8);
FIELD(campaign_risks_options, as_of, 16, 16);
FIELD(campaign_risks_options, language, 24, 20);
FIELD(campaign_risks_options, playbook, 32, 24);
FIELD(campaign_risks_options, reserved_pointer, 40, 28);

SIZE(campaign_risks_report, 48, 40);
FIELD(campaign_risks_report, size, 0, 0);
FIELD(campaign_risks_report, n_entries, 4, 4);
FIELD(campaign_risks_report, n_judged, 8, 8);
FIELD(campaign_risks_report, n_holding, 16, 16);
FIELD(campaign_risks_report, n_unjudged, 24, 24);
FIELD(campaign_risks_report, unjudged, 32, 32);
FIELD(campaign_risks_report, notes, 40, 36);

SIZE(campaign_conflicts_inputs, 88, 48);
FIELD(campaign_conflicts_inputs, size, 0, 0);
FIELD(campaign_conflicts_inputs, reserved, 4, 4);
FIELD(campaign_conflicts_inputs, campaigns, 8, 8);
FIELD(campaign_conflicts_inputs, items, 16, 12);
FIELD(campaign_conflicts_inputs, prices, 24, 16);
FIELD(campaign_conflicts_inputs, territories, 32, 20);
FIELD(campaign_conflicts_inputs, promises, 40, 24);
FIELD(campaign_conflicts_inputs, supply, 48, 28);
FIELD(campaign_conflicts_inputs, budget, 56, 32);
FIELD(campaign_conflicts_inputs, requests, 64, 36);
FIELD(campaign_conflicts_inputs, limits, 72, 40);
FIELD(campaign_conflicts_inputs, reserved_pointer, 80, 44);

SIZE(campaign_conflicts_options, 32, 24);
FIELD(campaign_conflicts_options, size, 0, 0);
FIELD(campaign_conflicts_options, price_tolerance_ppm, 4, 4);
FIELD(campaign_conflicts_options, limit, 8, 8);
FIELD(campaign_conflicts_options, language, 16, 16);
FIELD(campaign_conflicts_options, reserved_pointer, 24, 20);

SIZE(campaign_conflicts_report, 32, 24);
FIELD(campaign_conflicts_report, size, 0, 0);
FIELD(campaign_conflicts_report, is_cut, 4, 4);
FIELD(campaign_conflicts_report, n_conflicts, 8, 8);
FIELD(campaign_conflicts_report, counts, 16, 16);
FIELD(campaign_conflicts_report, reserved_pointer, 24, 20);

SIZE(campaign_approvals_inputs, 40, 24);
FIELD(campaign_approvals_inputs, size, 0, 0);
FIELD(campaign_approvals_inputs, reserved, 4, 4);
FIELD(campaign_approvals_inputs, limits, 8, 8);
FIELD(campaign_approvals_inputs, requests, 16, 12);
FIELD(campaign_approvals_inputs, budget, 24, 16);
FIELD(campaign_approvals_inputs, reserved_pointer, 32, 20);

SIZE(campaign_approvals_options, 16, 12);
FIELD(campaign_approvals_options, size, 0, 0);
FIELD(campaign_approvals_options, split_days, 4, 4);
FIELD(campaign_approvals_options, language, 8, 8);

SIZE(campaign_approvals_report, 56, 40);
FIELD(campaign_approvals_report, size, 0, 0);
FIELD(campaign_approvals_report, n_over, 4, 4);
FIELD(campaign_approvals_report, n_goes_up, 8, 8);
FIELD(campaign_approvals_report, n_splits, 16, 16);
FIELD(campaign_approvals_report, splits, 24, 24);
FIELD(campaign_approvals_report, budget, 32, 28);
FIELD(campaign_approvals_report, groups, 40, 32);
FIELD(campaign_approvals_report, reserved_pointer, 48, 36);

SIZE(campaign_promotion_weeks_inputs, 80, 44);
FIELD(campaign_promotion_weeks_inputs, size, 0, 0);
FIELD(campaign_promotion_weeks_inputs, reserved, 4, 4);
FIELD(campaign_promotion_weeks_inputs, items, 8, 8);
FIELD(campaign_promotion_weeks_inputs, ladder, 16, 12);
FIELD(campaign_promotion_weeks_inputs, weeks, 24, 16);
FIELD(campaign_promotion_weeks_inputs, item_weeks, 32, 20);
FIELD(campaign_promotion_weeks_inputs, slots, 40, 24);
FIELD(campaign_promotion_weeks_inputs, budgets, 48, 28);
FIELD(campaign_promotion_weeks_inputs, groups, 56, 32);
FIELD(campaign_promotion_weeks_inputs, past, 64, 36);
FIELD(campaign_promotion_weeks_inputs, reserved_pointer, 72, 40);

SIZE(campaign_promotion_weeks_options, 56, 48);
FIELD(campaign_promotion_weeks_options, size, 0, 0);
FIELD(campaign_promotion_weeks_options, objective, 4, 4);
FIELD(campaign_promotion_weeks_options, n_weeks, 8, 8);
FIELD(campaign_promotion_weeks_options, has_gap, 12, 12);
FIELD(campaign_promotion_weeks_options, gap_ppm, 16, 16);
FIELD(campaign_promotion_weeks_options, max_iterations, 20, 20);
FIELD(campaign_promotion_weeks_options, reference_steps, 24, 24);
FIELD(campaign_promotion_weeks_options, reserved, 28, 28);
FIELD(campaign_promotion_weeks_options, state_limit, 32, 32);
FIELD(campaign_promotion_weeks_options, item, 40, 40);
FIELD(campaign_promotion_weeks_options, language, 48, 44);

SIZE(campaign_promotion_weeks_report, 88, 72);
FIELD(campaign_promotion_weeks_report, size, 0, 0);
FIELD(campaign_promotion_weeks_report, status, 4, 4);
FIELD(campaign_promotion_weeks_report, n_iterations, 8, 8);
FIELD(campaign_promotion_weeks_report, reserved, 12, 12);
FIELD(campaign_promotion_weeks_report, n_items, 16, 16);
FIELD(campaign_promotion_weeks_report, n_promotions, 24, 24);
FIELD(campaign_promotion_weeks_report, total_minor, 32, 32);
FIELD(campaign_promotion_weeks_report, bound_minor, 40, 40);
FIELD(campaign_promotion_weeks_report, baseline_minor, 48, 48);
FIELD(campaign_promotion_weeks_report, summary, 56, 56);
FIELD(campaign_promotion_weeks_report, items, 64, 60);
FIELD(campaign_promotion_weeks_report, limits, 72, 64);
FIELD(campaign_promotion_weeks_report, notes, 80, 68);

SIZE(campaign_rapid_response_inputs, 56, 32);
FIELD(campaign_rapid_response_inputs, size, 0, 0);
FIELD(campaign_rapid_response_inputs, reserved, 4, 4);
FIELD(campaign_rapid_response_inputs, customers, 8, 8);
FIELD(campaign_rapid_response_inputs, reps, 16, 12);
FIELD(campaign_rapid_response_inputs, history, 24, 16);
FIELD(campaign_rapid_response_inputs, regions, 32, 20);
FIELD(campaign_rapid_response_inputs, calendar, 40, 24);
FIELD(campaign_rapid_response_inputs, reserved_pointer, 48, 28);

SIZE(campaign_rapid_response_options, 40, 24);
FIELD(campaign_rapid_response_options, size, 0, 0);
FIELD(campaign_rapid_response_options, reserved, 4, 4);
FIELD(campaign_rapid_response_options, language, 8, 8);
FIELD(campaign_rapid_response_options, customer, 16, 12);
FIELD(campaign_rapid_response_options, rep, 24, 16);
FIELD(campaign_rapid_response_options, region, 32, 20);

SIZE(campaign_rapid_response_report, 184, 136);
FIELD(campaign_rapid_response_report, size, 0, 0);
FIELD(campaign_rapid_response_report, verdict, 4, 4);
FIELD(campaign_rapid_response_report, is_provisional, 8, 8);
FIELD(campaign_rapid_response_report, has_sales, 12, 12);
FIELD(campaign_rapid_response_report, leads, 16, 16);
FIELD(campaign_rapid_response_report, deals, 24, 24);
FIELD(campaign_rapid_response_report, sales_minor, 32, 32);
FIELD(campaign_rapid_response_report, expected_deals, 40, 40);
FIELD(campaign_rapid_response_report, n_customers, 48, 48);
FIELD(campaign_rapid_response_report, n_within, 56, 56);
FIELD(campaign_rapid_response_report, n_beyond, 64, 64);
FIELD(campaign_rapid_response_report, n_unreached, 72, 72);
FIELD(campaign_rapid_response_report, n_merged, 80, 80);
FIELD(campaign_rapid_response_report, windows, 88, 88);
FIELD(campaign_rapid_response_report, quotas, 96, 92);
FIELD(campaign_rapid_response_report, feasibility, 104, 96);
FIELD(campaign_rapid_response_report, customers, 112, 100);
FIELD(campaign_rapid_response_report, contacts, 120, 104);
FIELD(campaign_rapid_response_report, loads, 128, 108);
FIELD(campaign_rapid_response_report, resources, 136, 112);
FIELD(campaign_rapid_response_report, tasks, 144, 116);
FIELD(campaign_rapid_response_report, form_response_plan, 152, 120);
FIELD(campaign_rapid_response_report, form_task_split, 160, 124);
FIELD(campaign_rapid_response_report, notes, 168, 128);
FIELD(campaign_rapid_response_report, reserved_pointer, 176, 132);

SIZE(campaign_review_inputs, 48, 28);
FIELD(campaign_review_inputs, size, 0, 0);
FIELD(campaign_review_inputs, reserved, 4, 4);
FIELD(campaign_review_inputs, metrics, 8, 8);
FIELD(campaign_review_inputs, findings, 16, 12);
FIELD(campaign_review_inputs, segments, 24, 16);
FIELD(campaign_review_inputs, calendar, 32, 20);
FIELD(campaign_review_inputs, reserved_pointer, 40, 24);

SIZE(campaign_review_options, 48, 36);
FIELD(campaign_review_options, size, 0, 0);
FIELD(campaign_review_options, high_ppm, 4, 4);
FIELD(campaign_review_options, low_ppm, 8, 8);
FIELD(campaign_review_options, next_start_day, 12, 12);
FIELD(campaign_review_options, has_next_start, 16, 16);
FIELD(campaign_review_options, reserved, 20, 20);
FIELD(campaign_review_options, campaign, 24, 24);
FIELD(campaign_review_options, next_campaign, 32, 28);
FIELD(campaign_review_options, language, 40, 32);

SIZE(campaign_review_report, 96, 64);
FIELD(campaign_review_report, size, 0, 0);
FIELD(campaign_review_report, is_provisional, 4, 4);
FIELD(campaign_review_report, n_highlights, 8, 8);
FIELD(campaign_review_report, n_problems, 16, 16);
FIELD(campaign_review_report, n_measures, 24, 24);
FIELD(campaign_review_report, review, 32, 32);
FIELD(campaign_review_report, metrics, 40, 36);
FIELD(campaign_review_report, records, 48, 40);
FIELD(campaign_review_report, tasks, 56, 44);
FIELD(campaign_review_report, playbook, 64, 48);
FIELD(campaign_review_report, sop, 72, 52);
FIELD(campaign_review_report, notes, 80, 56);
FIELD(campaign_review_report, reserved_pointer, 88, 60);

SIZE(campaign_schedule_calendar, 16, 8);
FIELD(campaign_schedule_calendar, key, 0, 0);
FIELD(campaign_schedule_calendar, calendar, 8, 4);

SIZE(campaign_schedule_inputs, 64, 36);
FIELD(campaign_schedule_inputs, size, 0, 0);
FIELD(campaign_schedule_inputs, n_calendars, 4, 4);
FIELD(campaign_schedule_inputs, tasks, 8, 8);
FIELD(campaign_schedule_inputs, links, 16, 12);
FIELD(campaign_schedule_inputs, owners, 24, 16);
FIELD(campaign_schedule_inputs, away, 32, 20);
FIELD(campaign_schedule_inputs, calendar, 40, 24);
FIELD(campaign_schedule_inputs, calendars, 48, 28);
FIELD(campaign_schedule_inputs, actuals, 56, 32);

SIZE(campaign_schedule_options, 72, 64);
FIELD(campaign_schedule_options, size, 0, 0);
FIELD(campaign_schedule_options, is_abstract, 4, 4);
FIELD(campaign_schedule_options, has_start, 8, 8);
FIELD(campaign_schedule_options, start_day, 12, 12);
FIELD(campaign_schedule_options, has_as_of, 16, 16);
FIELD(campaign_schedule_options, as_of_day, 20, 20);
FIELD(campaign_schedule_options, n_samples, 24, 24);
FIELD(campaign_schedule_options, confidence_ppm, 28, 28);
FIELD(campaign_schedule_options, has_target, 32, 32);
FIELD(campaign_schedule_options, target_day, 36, 36);
FIELD(campaign_schedule_options, seed, 40, 40);
FIELD(campaign_schedule_options, target_units, 48, 48);
FIELD(campaign_schedule_options, language, 56, 56);
FIELD(campaign_schedule_options, reserved, 64, 60);

SIZE(campaign_schedule_report, 160, 120);
FIELD(campaign_schedule_report, size, 0, 0);
FIELD(campaign_schedule_report, start_day, 4, 4);
FIELD(campaign_schedule_report, finish_day, 8, 8);
FIELD(campaign_schedule_report, forecast_day, 12, 12);
FIELD(campaign_schedule_report, is_provisional, 16, 16);
FIELD(campaign_schedule_report, n_samples, 20, 20);
FIELD(campaign_schedule_report, n_tasks, 24, 24);
FIELD(campaign_schedule_report, n_links, 32, 32);
FIELD(campaign_schedule_report, n_critical, 40, 40);
FIELD(campaign_schedule_report, n_broken, 48, 48);
FIELD(campaign_schedule_report, length, 56, 56);
FIELD(campaign_schedule_report, path_mean, 64, 64);
FIELD(campaign_schedule_report, path_variance, 72, 72);
FIELD(campaign_schedule_report, summary, 80, 80);
FIELD(campaign_schedule_report, deadlines, 88, 84);
FIELD(campaign_schedule_report, estimates, 96, 88);
FIELD(campaign_schedule_report, chances, 104, 92);
FIELD(campaign_schedule_report, slips, 112, 96);
FIELD(campaign_schedule_report, pulled, 120, 100);
FIELD(campaign_schedule_report, loads, 128, 104);
FIELD(campaign_schedule_report, notes, 136, 108);
FIELD(campaign_schedule_report, reserved, 144, 112);
FIELD(campaign_schedule_report, reserved_pointer, 152, 116);

SIZE(campaign_schedule_level_inputs, 80, 44);
FIELD(campaign_schedule_level_inputs, size, 0, 0);
FIELD(campaign_schedule_level_inputs, n_calendars, 4, 4);
FIELD(campaign_schedule_level_inputs, tasks, 8, 8);
FIELD(campaign_schedule_level_inputs, links, 16, 12);
FIELD(campaign_schedule_level_inputs, owners, 24, 16);
FIELD(campaign_schedule_level_inputs, away, 32, 20);
FIELD(campaign_schedule_level_inputs, needs, 40, 24);
FIELD(campaign_schedule_level_inputs, resources, 48, 28);
FIELD(campaign_schedule_level_inputs, calendar, 56, 32);
FIELD(campaign_schedule_level_inputs, calendars, 64, 36);
FIELD(campaign_schedule_level_inputs, reserved_pointer, 72, 40);

SIZE(campaign_schedule_level_options, 64, 56);
FIELD(campaign_schedule_level_options, size, 0, 0);
FIELD(campaign_schedule_level_options, is_abstract, 4, 4);
FIELD(campaign_schedule_level_options, has_start, 8, 8);
FIELD(campaign_schedule_level_options, start_day, 12, 12);
FIELD(campaign_schedule_level_options, without_owners, 16, 16);
FIELD(campaign_schedule_level_options, reserved, 20, 20);
FIELD(campaign_schedule_level_options, n_schedules, 24, 24);
FIELD(campaign_schedule_level_options, n_nodes, 32, 32);
FIELD(campaign_schedule_level_options, seed, 40, 40);
FIELD(campaign_schedule_level_options, language, 48, 48);
FIELD(campaign_schedule_level_options, reserved_pointer, 56, 52);

SIZE(campaign_schedule_level_report, 136, 120);
FIELD(campaign_schedule_level_report, size, 0, 0);
FIELD(campaign_schedule_level_report, status, 4, 4);
FIELD(campaign_schedule_level_report, start_day, 8, 8);
FIELD(campaign_schedule_level_report, finish_day, 12, 12);
FIELD(campaign_schedule_level_report, bound_day, 16, 16);
FIELD(campaign_schedule_level_report, path_day, 20, 20);
FIELD(campaign_schedule_level_report, n_tasks, 24, 24);
FIELD(campaign_schedule_level_report, n_resources, 32, 32);
FIELD(campaign_schedule_level_report, n_moved, 40, 40);
FIELD(campaign_schedule_level_report, n_late, 48, 48);
FIELD(campaign_schedule_level_report, n_schedules, 56, 56);
FIELD(campaign_schedule_level_report, n_nodes, 64, 64);
FIELD(campaign_schedule_level_report, length, 72, 72);
FIELD(campaign_schedule_level_report, bound_length, 80, 80);
FIELD(campaign_schedule_level_report, path_length, 88, 88);
FIELD(campaign_schedule_level_report, gap, 96, 96);
FIELD(campaign_schedule_level_report, summary, 104, 104);
FIELD(campaign_schedule_level_report, resources, 112, 108);
FIELD(campaign_schedule_level_report, usage, 120, 112);
FIELD(campaign_schedule_level_report, notes, 128, 116);

SIZE(campaign_column, 96, 72);
FIELD(campaign_column, size, 0, 0);
FIELD(campaign_column, type, 4, 4);
FIELD(campaign_column, n_rows, 8, 8);
FIELD(campaign_column, n_nulls, 16, 16);
FIELD(campaign_column, bit_offset, 24, 24);
FIELD(campaign_column, n_dictionary, 32, 32);
FIELD(campaign_column, currency, 40, 40);
FIELD(campaign_column, exponent, 44, 44);
FIELD(campaign_column, name, 48, 48);
FIELD(campaign_column, validity, 56, 52);
FIELD(campaign_column, values, 64, 56);
FIELD(campaign_column, offsets, 72, 60);
FIELD(campaign_column, codes, 80, 64);
FIELD(campaign_column, reserved, 88, 68);

SIZE(campaign_array, 104, 72);
FIELD(campaign_array, size, 0, 0);
FIELD(campaign_array, type, 4, 4);
FIELD(campaign_array, n_rows, 8, 8);
FIELD(campaign_array, n_dictionary, 16, 16);
FIELD(campaign_array, currency, 24, 24);
FIELD(campaign_array, exponent, 28, 28);
FIELD(campaign_array, has_exponent, 32, 32);
FIELD(campaign_array, reserved, 36, 36);
FIELD(campaign_array, name, 40, 40);
FIELD(campaign_array, validity, 48, 44);
FIELD(campaign_array, values, 56, 48);
FIELD(campaign_array, offsets, 64, 52);
FIELD(campaign_array, codes, 72, 56);
FIELD(campaign_array, release, 80, 60);
FIELD(campaign_array, ctx, 88, 64);
FIELD(campaign_array, reserved_pointer, 96, 68);

SIZE(campaign_money_options, 24, 24);
FIELD(campaign_money_options, size, 0, 0);
FIELD(campaign_money_options, currency, 4, 4);
FIELD(campaign_money_options, exponent, 8, 8);
FIELD(campaign_money_options, has_exponent, 12, 12);
FIELD(campaign_money_options, unit, 16, 16);
FIELD(campaign_money_options, rounding, 20, 20);

SIZE(campaign_column_rule, 64, 56);
FIELD(campaign_column_rule, size, 0, 0);
FIELD(campaign_column_rule, types, 4, 4);
FIELD(campaign_column_rule, is_optional, 8, 8);
FIELD(campaign_column_rule, allows_null, 12, 12);
FIELD(campaign_column_rule, is_unique, 16, 16);
FIELD(campaign_column_rule, has_minimum, 20, 20);
FIELD(campaign_column_rule, has_maximum, 24, 24);
FIELD(campaign_column_rule, forbids_empty, 28, 28);
FIELD(campaign_column_rule, minimum, 32, 32);
FIELD(campaign_column_rule, maximum, 40, 40);
FIELD(campaign_column_rule, name, 48, 48);
FIELD(campaign_column_rule, reserved, 56, 52);

SIZE(campaign_rfm_options, 136, 96);
FIELD(campaign_rfm_options, size, 0, 0);
FIELD(campaign_rfm_options, as_of, 4, 4);
FIELD(campaign_rfm_options, has_as_of, 8, 8);
FIELD(campaign_rfm_options, day_starts_at_minutes, 12, 12);
FIELD(campaign_rfm_options, ties, 16, 16);
FIELD(campaign_rfm_options, frequency_counts, 20, 20);
FIELD(campaign_rfm_options, nulls, 24, 24);
FIELD(campaign_rfm_options, recency_bins, 28, 28);
FIELD(campaign_rfm_options, frequency_bins, 32, 32);
FIELD(campaign_rfm_options, monetary_bins, 36, 36);
FIELD(campaign_rfm_options, dormant_after_days, 40, 40);
FIELD(campaign_rfm_options, problem_limit, 44, 44);
FIELD(campaign_rfm_options, segments_length, 48, 48);
FIELD(campaign_rfm_options, customer, 56, 56);
FIELD(campaign_rfm_options, date, 64, 60);
FIELD(campaign_rfm_options, amount, 72, 64);
FIELD(campaign_rfm_options, order, 80, 68);
FIELD(campaign_rfm_options, segments, 88, 72);
FIELD(campaign_rfm_options, language, 96, 76);
FIELD(campaign_rfm_options, recency_cuts, 104, 80);
FIELD(campaign_rfm_options, frequency_cuts, 112, 84);
FIELD(campaign_rfm_options, monetary_cuts, 120, 88);
FIELD(campaign_rfm_options, reserved, 128, 92);

SIZE(campaign_rfm_report, 120, 96);
FIELD(campaign_rfm_report, size, 0, 0);
FIELD(campaign_rfm_report, as_of, 4, 4);
FIELD(campaign_rfm_report, has_as_of, 8, 8);
FIELD(campaign_rfm_report, reserved, 12, 12);
FIELD(campaign_rfm_report, n_rows, 16, 16);
FIELD(campaign_rfm_report, n_used, 24, 24);
FIELD(campaign_rfm_report, n_after_as_of, 32, 32);
FIELD(campaign_rfm_report, n_skipped, 40, 40);
FIELD(campaign_rfm_report, n_returns, 48, 48);
FIELD(campaign_rfm_report, n_customers, 56, 56);
FIELD(campaign_rfm_report, n_without_purchase, 64, 64);
FIELD(campaign_rfm_report, bins, 72, 72);
FIELD(campaign_rfm_report, segments, 80, 76);
FIELD(campaign_rfm_report, skipped, 88, 80);
FIELD(campaign_rfm_report, skipped_counts, 96, 84);
FIELD(campaign_rfm_report, notes, 104, 88);
FIELD(campaign_rfm_report, reserved_pointer, 112, 92);
