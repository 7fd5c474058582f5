/* The knob structs of campaign/io_forms.h, field by field. */
#ifndef CAMPAIGN_BINDINGS_SHAPES_IO_FORMS_H
#define CAMPAIGN_BINDINGS_SHAPES_IO_FORMS_H

#include <campaign/io_forms.h>

#include "shapes.h"

#define BIND_MONEY_UNIT "major|ten_thousand"
_Static_assert(CAMPAIGN_FORM_MONEY_MAJOR == 0 && CAMPAIGN_FORM_MONEY_TEN_THOUSAND == 1, "BIND_MONEY_UNIT");

static const bind_field campaign_sheet_fields[] = {
    BIND_FIELD(campaign_sheet, form, BIND_TEXT),
    BIND_FIELD(campaign_sheet, name, BIND_TEXT),
    BIND_FIELD(campaign_sheet, table, BIND_TABLE),
};
BIND_SHAPE(campaign_sheet);

static const bind_field campaign_workbook_fields[] = {
    BIND_ITEMS(campaign_workbook, sheets, n_sheets, campaign_sheet_shape),
};
BIND_SHAPE(campaign_workbook);

static const bind_field campaign_form_options_fields[] = {
    BIND_WORDS(campaign_form_options, money_unit, BIND_MONEY_UNIT),
    BIND_FLAGGED(campaign_form_options, created_day, BIND_DAY, has_created_day),
    BIND_FIELD(campaign_form_options, n_empty_rows, BIND_INT32),
    BIND_FIELD(campaign_form_options, language, BIND_TEXT),
    BIND_FIELD(campaign_form_options, currency, BIND_TEXT),
    BIND_FLAGGED(campaign_form_options, owners, BIND_TEXTS, n_owners),
};
BIND_SHAPE(campaign_form_options);

static const bind_field campaign_form_read_options_fields[] = {
    BIND_FIELD(campaign_form_read_options, form, BIND_TEXT),
    BIND_FIELD(campaign_form_read_options, sheet, BIND_TEXT),
    BIND_FIELD(campaign_form_read_options, currency, BIND_TEXT),
    BIND_FIELD(campaign_form_read_options, language, BIND_TEXT),
};
BIND_SHAPE(campaign_form_read_options);

static const bind_field campaign_ical_options_fields[] = {
    BIND_FLAGGED(campaign_ical_options, stamp_seconds, BIND_INT64, has_stamp),
    BIND_FIELD(campaign_ical_options, sequence, BIND_INT32),
    BIND_FLAGGED(campaign_ical_options, as_of_day, BIND_DAY, has_as_of),
    BIND_FIELD(campaign_ical_options, alarm_days, BIND_INT32),
    BIND_FIELD(campaign_ical_options, omits_alarms, BIND_BOOL),
    BIND_FIELD(campaign_ical_options, writes_todos, BIND_BOOL),
    BIND_FLAGGED(campaign_ical_options, utc_offset_minutes, BIND_INT32, has_utc_offset),
    BIND_FIELD(campaign_ical_options, language, BIND_TEXT),
    BIND_FIELD(campaign_ical_options, plan_id, BIND_TEXT),
    BIND_FIELD(campaign_ical_options, name, BIND_TEXT),
    BIND_FIELD(campaign_ical_options, tasks, BIND_TABLE),
};
BIND_SHAPE(campaign_ical_options);

static const bind_field campaign_html_options_fields[] = {
    BIND_WORDS(campaign_html_options, money_unit, BIND_MONEY_UNIT),
    BIND_FIELD(campaign_html_options, language, BIND_TEXT),
    BIND_FIELD(campaign_html_options, title, BIND_TEXT),
    BIND_FIELD(campaign_html_options, tasks, BIND_TABLE),
    BIND_FIELD(campaign_html_options, risks, BIND_TABLE),
};
BIND_SHAPE(campaign_html_options);

#endif
