/* networks of tasks on working calendars. Included by campaign.i. */
%ignore campaign_schedule_calendar;
%ignore campaign_schedule_inputs;
%ignore campaign_schedule_options;
%ignore campaign_schedule_report;
%ignore campaign_schedule_report_clear;
%campaign_struct_input(campaign_schedule_inputs, inputs)
%campaign_struct_input(campaign_schedule_options, options)
%campaign_struct_output(campaign_schedule_report, report)
%campaign_heavy(campaign_schedule_tasks);
%include <campaign/schedule.h>
