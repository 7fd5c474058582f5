/* Risks of a plan, and what is done about them. Included by campaign.i. */
%ignore campaign_risks_inputs;
%ignore campaign_risks_options;
%ignore campaign_risks_report;
%ignore campaign_risks_report_clear;
%campaign_struct_input(campaign_risks_inputs, inputs)
%campaign_struct_input(campaign_risks_options, options)
%campaign_struct_output(campaign_risks_report, report)
%campaign_heavy(campaign_plan_risks);
%ignore campaign_conflicts_inputs;
%ignore campaign_conflicts_options;
%ignore campaign_conflicts_report;
%ignore campaign_conflicts_report_clear;
%ignore campaign_approvals_inputs;
%ignore campaign_approvals_options;
%ignore campaign_approvals_report;
%ignore campaign_approvals_report_clear;
%campaign_struct_input(campaign_conflicts_inputs, inputs)
%campaign_struct_input(campaign_conflicts_options, options)
%campaign_struct_output(campaign_conflicts_report, report)
%campaign_heavy(campaign_plan_conflicts);
%campaign_struct_input(campaign_approvals_inputs, inputs)
%campaign_struct_input(campaign_approvals_options, options)
%campaign_struct_output(campaign_approvals_report, report)
%campaign_heavy(campaign_plan_approvals);
%include <campaign/playbook.h>
