/* A budget over response curves, with its proof. Included by campaign.i. */
%ignore campaign_allocate_budget_inputs;
%ignore campaign_allocate_budget_options;
%ignore campaign_allocate_budget_report;
%ignore campaign_allocate_budget_report_clear;
%campaign_struct_input(campaign_allocate_budget_inputs, inputs)
%campaign_struct_input(campaign_allocate_budget_options, options)
%campaign_struct_output(campaign_allocate_budget_report, report)
%campaign_heavy(campaign_allocate_budget);
%include <campaign/allocate_budget.h>
