/* tasks when resources are short. Included by campaign.i. */
%ignore campaign_schedule_level_inputs;
%ignore campaign_schedule_level_options;
%ignore campaign_schedule_level_report;
%ignore campaign_schedule_level_report_clear;
%campaign_struct_input(campaign_schedule_level_inputs, inputs)
%campaign_struct_input(campaign_schedule_level_options, options)
%campaign_struct_output(campaign_schedule_level_report, report)
%campaign_heavy(campaign_schedule_level);
%include <campaign/schedule_level.h>
