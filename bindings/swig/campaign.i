/* libcampaign for Python and Lua: what is wrapped, under which names, and who owns it.
 * The language's own typemaps stand in python.i and lua.i; the words of knob structs in shapes.h. */
#if defined(SWIGPYTHON)
%module(package="campaign", threads="1") _core
%nothread;
#define %campaign_heavy(function) %thread function
#else
%module campaign__core
#define %campaign_heavy(function)
#endif

%{
#include "shapes.h"
#include "shapes_response.h"
#include "shapes_plan_tasks.h"
#include "shapes_allocate_budget.h"
#include "shapes_allocate_offers.h"
#include "shapes_allocate_quota.h"
#include "shapes_allocate_stock.h"
#include "shapes_io_forms.h"
#include "shapes_rapid_response.h"
#include "shapes_followup.h"
#include "shapes_review.h"
#include "shapes_schedule.h"
#include "shapes_schedule_level.h"
#include "shapes_playbook.h"
%}

#if defined(SWIGPYTHON)
%include "python.i"
#elif defined(SWIGLUA)
%include "lua.i"
#endif

%rename("%(strip:[campaign_])s") "";
%rename("%(strip:[CAMPAIGN_])s", %$isenumitem) "";
/* A keyword of Lua, in structs that stay hidden. */
%rename(end_day) campaign_period::end;
%rename(end_day) campaign_choice_options::end;

/* Structs that never become proxies: knobs arrive as dictionaries or tables, results leave as such. */
%ignore campaign_error;
%ignore campaign_runtime;
%ignore campaign_split_problem;
%ignore campaign_column;
%ignore campaign_array;
%ignore campaign_column_rule;
%ignore campaign_money_options;
%ignore campaign_arrow_options;
%ignore campaign_calendar_options;
%ignore campaign_calendar_day_info;
%ignore campaign_period;
%ignore campaign_period_options;
%ignore campaign_lunar_date;
%ignore campaign_nodes_options;
%ignore campaign_season_window;
%ignore campaign_season_year;
%ignore campaign_seasonality_options;
%ignore campaign_seasonality_report;
%ignore campaign_response_limit;
%ignore campaign_response_options;
%ignore campaign_response_report;
%ignore campaign_rfm_options;
%ignore campaign_rfm_report;
%ignore campaign_plan_inputs;
%ignore campaign_plan_expand_options;
%ignore campaign_sub_goals_options;
%ignore campaign_plan_comparison;
%ignore campaign_choice_options;
%ignore campaign_choice_report;
%ignore campaign_promotion_weeks_inputs;
%ignore campaign_promotion_weeks_options;
%ignore campaign_promotion_weeks_report;
%ignore campaign_kpi_plan;
%ignore campaign_kpi_actuals;
%ignore campaign_kpi_options;
%ignore campaign_kpi_evaluation;
%ignore campaign_csv_column;
%ignore campaign_csv_options;
%ignore campaign_csv_report;
%ignore campaign_csv_write_options;
%ignore ArrowSchema;
%ignore ArrowArray;
%ignore ArrowArrayStream;

/* What the typemaps do by themselves: they free results, and hand a plan to its evaluation. */
%ignore campaign_text_free;
%ignore campaign_seasonality_report_clear;
%ignore campaign_response_report_clear;
%ignore campaign_rfm_report_clear;
%ignore campaign_choice_report_clear;
%ignore campaign_promotion_weeks_report_clear;
%ignore campaign_kpi_evaluation_clear;
%ignore campaign_plan_comparison_clear;
%ignore campaign_plan_kpi;

/* Handles: opaque, freed with their proxy. */
%define %campaign_handle(type)
%nodefaultctor type;
struct type {};
%extend type {
    ~type() { type##_free($self); }
}
%ignore type##_free;
%campaign_handle_output(type)
%campaign_handle_close(type)
%enddef

%campaign_handle(campaign_table)
%campaign_handle(campaign_table_builder)
%campaign_handle(campaign_calendar)
%campaign_handle(campaign_plan)
%campaign_handle(campaign_csv_batches)

/* Plain outputs. */
%campaign_int32_output(int32_t *exponent)
%campaign_int32_output(int32_t *day)
%campaign_int32_output(int32_t *year)
%campaign_int32_output(int32_t *month)
%campaign_int32_output(int32_t *day_of_month)
%campaign_int32_output(int32_t *result)
%campaign_int64_output(int64_t *minor)
%campaign_int64_output(int64_t *n_rounded)
%campaign_int64_output(int64_t *n)
%campaign_double_output(double *value)

/* Knobs and results. */
%campaign_struct_input(campaign_money_options, options)
%campaign_struct_input(campaign_arrow_options, options)
%campaign_struct_input(campaign_calendar_options, options)
%campaign_struct_input(campaign_period_options, options)
%campaign_struct_input(campaign_nodes_options, options)
%campaign_struct_input(campaign_seasonality_options, options)
%campaign_struct_input(campaign_response_options, options)
%campaign_struct_input(campaign_rfm_options, options)
%campaign_struct_input(campaign_choice_options, options)
%campaign_struct_input(campaign_kpi_options, options)
%campaign_struct_input(campaign_kpi_actuals, actuals)
%campaign_struct_input(campaign_plan_inputs, tables)
%campaign_struct_input(campaign_plan_expand_options, options)
%campaign_struct_input(campaign_sub_goals_options, options)
%campaign_struct_input(campaign_promotion_weeks_inputs, inputs)
%campaign_struct_input(campaign_promotion_weeks_options, options)
%campaign_struct_input(campaign_lunar_date, date)
%campaign_struct_output(campaign_calendar_day_info, info)
%campaign_struct_output(campaign_period, period)
%campaign_struct_output(campaign_lunar_date, date)
%campaign_struct_output(campaign_seasonality_report, report)
%campaign_struct_output(campaign_response_report, report)
%campaign_struct_output(campaign_rfm_report, report)
%campaign_struct_output(campaign_choice_report, report)
%campaign_struct_output(campaign_promotion_weeks_report, report)
%campaign_struct_output(campaign_kpi_evaluation, out)
%campaign_struct_output(campaign_plan_comparison, out)
%campaign_struct_input(campaign_csv_options, options)
%campaign_struct_input(campaign_csv_write_options, options)
%campaign_struct_output(campaign_csv_report, report)

%apply (char **text, size_t *length) { (char **json, size_t *length) };
%apply (const char *text, size_t length) { (const char *json, size_t length),
                                           (const char *request_json, size_t request_len),
                                           (const char *rules_json, size_t rules_len) };

/* Calls long enough to let other threads of the host run. */
%campaign_heavy(campaign_table_to_money);
%campaign_heavy(campaign_table_from_arrow);
%campaign_heavy(campaign_table_from_arrow_stream);
%campaign_heavy(campaign_table_check);
%campaign_heavy(campaign_calendar_create);
%campaign_heavy(campaign_forecast_seasonality);
%campaign_heavy(campaign_forecast_day_weights);
%campaign_heavy(campaign_forecast_fit_response);
%campaign_heavy(campaign_tier_rfm);
%campaign_heavy(campaign_plan_choose_campaigns);
%campaign_heavy(campaign_plan_create);
%campaign_heavy(campaign_plan_diff);
%campaign_heavy(campaign_plan_promotion_weeks);
%campaign_heavy(campaign_plan_expand_targets);
%campaign_heavy(campaign_plan_load);
%campaign_heavy(campaign_plan_save);
%campaign_heavy(campaign_kpi_evaluate);
%campaign_heavy(campaign_io_read_csv);
%campaign_heavy(campaign_io_parse_csv);
%campaign_heavy(campaign_io_open_csv_batches);
%campaign_heavy(campaign_io_next_csv_batch);
%campaign_heavy(campaign_io_write_csv);
%campaign_heavy(campaign_io_format_csv);

%include <campaign/base.h>
%include <campaign/table.h>
%include <campaign/certificate.h>
%include <campaign/arrow.h>
%include <campaign/calendar.h>
%include <campaign/forecast.h>
%include <campaign/forecast_response.h>
%include <campaign/tier.h>
%include "allocate_budget.i"
%include "allocate_quota.i"
%include "allocate_stock.i"
%include "allocate_offers.i"
%include "schedule.i"
%include "schedule_level.i"
%include <campaign/kpi.h>
%include <campaign/plan.h>
%include "plan_tasks.i"
%include <campaign/promotion_weeks.h>
%include "rapid_response.i"
%include "followup.i"
%include "review.i"
%include <campaign/io.h>
%include "io_forms.i"
%include "playbook.i"
