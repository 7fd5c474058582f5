/* workbooks, calendars and pages, and filled forms back. Included by campaign.i. */
%ignore campaign_sheet;
%ignore campaign_workbook;
%ignore campaign_form_options;
%ignore campaign_form_read_options;
%ignore campaign_ical_options;
%ignore campaign_html_options;
%campaign_struct_input(campaign_form_read_options, options)
%campaign_struct_input(campaign_ical_options, options)
%campaign_struct_input(campaign_html_options, options)
%campaign_struct_input(campaign_sheet, sheet)
%campaign_struct_input(campaign_workbook, workbook)
%campaign_struct_input(campaign_form_options, options)
%campaign_heavy(campaign_io_write_xlsx);
%campaign_heavy(campaign_io_form_table);
%campaign_heavy(campaign_io_read_form);
%campaign_heavy(campaign_io_write_ical);
%campaign_heavy(campaign_io_write_html);
%include <campaign/io_forms.h>
