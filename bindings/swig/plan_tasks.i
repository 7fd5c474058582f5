/* Tasks of campaigns, work that comes again, head-count. Included by campaign.i. */
%ignore campaign_recurring_options;
%ignore campaign_task_completion_report;
%ignore campaign_task_completion_report_clear;
%ignore campaign_headcount_inputs;
%campaign_struct_input(campaign_recurring_options, options)
%campaign_struct_output(campaign_task_completion_report, report)
%campaign_struct_input(campaign_headcount_inputs, inputs)
%include <campaign/plan_tasks.h>
