/* Quotas in whole units, along one, two or more dimensions. Included by campaign.i. */
%ignore campaign_allocate_quota_inputs;
%ignore campaign_allocate_quota_options;
%ignore campaign_allocate_quota_report;
%ignore campaign_allocate_quota_report_clear;
%ignore campaign_allocate_capacity_quota_inputs;
%ignore campaign_allocate_capacity_quota_options;
%ignore campaign_allocate_capacity_quota_report;
%ignore campaign_allocate_capacity_quota_report_clear;
%campaign_struct_input(campaign_allocate_quota_inputs, inputs)
%campaign_struct_input(campaign_allocate_quota_options, options)
%campaign_struct_output(campaign_allocate_quota_report, report)
%campaign_struct_input(campaign_allocate_capacity_quota_inputs, inputs)
%campaign_struct_input(campaign_allocate_capacity_quota_options, options)
%campaign_struct_output(campaign_allocate_capacity_quota_report, report)
%campaign_heavy(campaign_allocate_capacity_quota);
%campaign_heavy(campaign_allocate_quota);
%include <campaign/allocate_quota.h>
