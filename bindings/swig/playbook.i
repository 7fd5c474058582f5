/* Risks of a plan, and what is done about them. Included by campaign.i. */
%ignore campaign_risks_inputs;
%ignore campaign_risks_options;
%ignore campaign_risks_report;
%ignore campaign_risks_report_clear;
%campaign_struct_input(campaign_risks_inputs, inputs)
%campaign_struct_input(campaign_risks_options, options)
%campaign_struct_output(campaign_risks_report, report)
%campaign_heavy(campaign_plan_risks);
%include <campaign/playbook.h>
