/* the review of a campaign. Included by campaign.i. */
%ignore campaign_review_inputs;
%ignore campaign_review_options;
%ignore campaign_review_report;
%ignore campaign_review_report_clear;
%campaign_struct_input(campaign_review_inputs, inputs)
%campaign_struct_input(campaign_review_options, options)
%campaign_struct_output(campaign_review_report, report)
%apply (const char *text, size_t length) { (const char *request, size_t request_length),
                                           (const char *base, size_t base_length) };
%campaign_heavy(campaign_plan_review);
%include <campaign/review.h>
