/* the answer to a sudden market event. Included by campaign.i. */
%ignore campaign_rapid_response_inputs;
%ignore campaign_rapid_response_options;
%ignore campaign_rapid_response_report;
%ignore campaign_rapid_response_report_clear;
%campaign_struct_input(campaign_rapid_response_inputs, inputs)
%campaign_struct_input(campaign_rapid_response_options, options)
%campaign_struct_output(campaign_rapid_response_report, report)
%campaign_heavy(campaign_plan_rapid_response);
%include <campaign/rapid_response.h>
