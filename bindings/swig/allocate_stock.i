/* one pool of stock or gifts over stores and channels. Included by campaign.i. */
%ignore campaign_allocate_stock_inputs;
%ignore campaign_allocate_stock_options;
%ignore campaign_allocate_stock_report;
%ignore campaign_allocate_stock_report_clear;
%ignore campaign_allocate_order_quantity_inputs;
%ignore campaign_allocate_order_quantity_options;
%ignore campaign_allocate_order_quantity_report;
%ignore campaign_allocate_order_quantity_report_clear;
%campaign_struct_input(campaign_allocate_stock_inputs, inputs)
%campaign_struct_input(campaign_allocate_stock_options, options)
%campaign_struct_output(campaign_allocate_stock_report, report)
%campaign_struct_input(campaign_allocate_order_quantity_inputs, inputs)
%campaign_struct_input(campaign_allocate_order_quantity_options, options)
%campaign_struct_output(campaign_allocate_order_quantity_report, report)
%campaign_heavy(campaign_allocate_stock);
%campaign_heavy(campaign_allocate_order_quantity);
%include <campaign/allocate_stock.h>
