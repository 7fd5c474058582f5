/* follow-ups of customers. Included by campaign.i. */
%ignore campaign_followups_inputs;
%ignore campaign_followups_options;
%ignore campaign_followups_report;
%ignore campaign_followups_report_clear;
%campaign_struct_input(campaign_followups_inputs, inputs)
%campaign_struct_input(campaign_followups_options, options)
%campaign_struct_output(campaign_followups_report, report)
%campaign_heavy(campaign_plan_followups);
%campaign_heavy(campaign_plan_append_followups);
%include <campaign/followup.h>
