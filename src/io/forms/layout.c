/* Which columns a form shows of a table, in which order and under which headings. */
#include <stdlib.h>
#include <string.h>

#include "io/forms/form.h"

static bool ends_in_ppm(const char *name, size_t length)
{
    return length > 4 && memcmp(name + length - 4, "_ppm", 4) == 0;
}

/* Texts of a field of days or moments are what they say: days, or moments where any has a time. */
static cpn_form_kind kind_of_text(const campaign_table *table, int32_t index, const cpn_form_field *field)
{
    bool has_day = false, has_time = false;
    if (!field) return CPN_FORM_TEXT;
    if (field->words) return CPN_FORM_WORD;
    if (field->kind != CPN_FORM_DATE && field->kind != CPN_FORM_LAST_DAY && field->kind != CPN_FORM_MOMENT)
        return CPN_FORM_TEXT;
    for (int64_t row = 0; row < campaign_table_n_rows(table); row++) {
        cpn_io_time time;
        if (!cpn_form_read_time(&time, table, index, row)) continue;
        has_day = true;
        has_time |= time.has_time;
    }
    if (!has_day) return CPN_FORM_TEXT;
    if (has_time) return field->kind == CPN_FORM_LAST_DAY ? CPN_FORM_TEXT : CPN_FORM_MOMENT;
    return field->kind == CPN_FORM_LAST_DAY ? CPN_FORM_LAST_DAY : CPN_FORM_DATE;
}

/* Kind of a column, by its type first: what a table holds is written as what it is. */
static cpn_form_kind kind_of(const campaign_table *table, int32_t index, const campaign_column *column,
                             const cpn_form_field *field)
{
    if (column->type == CAMPAIGN_TYPE_UTF8) return kind_of_text(table, index, field);
    if (column->type == CAMPAIGN_TYPE_MONEY) return CPN_FORM_MONEY;
    if (column->type == CAMPAIGN_TYPE_FLOAT64) return CPN_FORM_REAL;
    if (column->type == CAMPAIGN_TYPE_TIMESTAMP) return CPN_FORM_MOMENT;
    if (column->type == CAMPAIGN_TYPE_DATE)
        return field && field->kind == CPN_FORM_LAST_DAY ? CPN_FORM_LAST_DAY : CPN_FORM_DATE;
    if (column->type == CAMPAIGN_TYPE_BOOL || (field && field->kind == CPN_FORM_FLAG)) return CPN_FORM_FLAG;
    return ends_in_ppm(column->name, strlen(column->name)) ? CPN_FORM_SHARE : CPN_FORM_INTEGER;
}

static int32_t type_of(cpn_form_kind kind)
{
    switch (kind) {
    case CPN_FORM_INTEGER:
    case CPN_FORM_SHARE: return CAMPAIGN_TYPE_INT64;
    case CPN_FORM_REAL: return CAMPAIGN_TYPE_FLOAT64;
    case CPN_FORM_MONEY: return CAMPAIGN_TYPE_MONEY;
    case CPN_FORM_DATE:
    case CPN_FORM_LAST_DAY: return CAMPAIGN_TYPE_DATE;
    case CPN_FORM_MOMENT: return CAMPAIGN_TYPE_TIMESTAMP;
    case CPN_FORM_FLAG: return CAMPAIGN_TYPE_BOOL;
    case CPN_FORM_TEXT:
    case CPN_FORM_WORD: break;
    }
    return CAMPAIGN_TYPE_UTF8;
}

static void add(cpn_io_text *text, const char *words)
{
    cpn_io_add(text, words, strlen(words));
}

/* Unit of money behind a heading: （元）, （万元）, （万 USD）; (CNY), (10,000 CNY). Amounts without a currency have that of
 * the options, or none: （万）. */
static void add_unit(cpn_io_text *text, const char *currency, const cpn_form_style *style)
{
    if (strcmp(currency, "XXX") == 0) currency = style->options.currency ? style->options.currency : "";
    const bool is_yuan = style->is_chinese && strcmp(currency, "CNY") == 0;
    if (!*currency && !style->in_ten_thousands) return;
    add(text, style->is_chinese ? "（" : " (");
    if (style->in_ten_thousands) add(text, style->is_chinese ? "万" : "10,000");
    if (style->in_ten_thousands && *currency && !is_yuan) add(text, " ");
    add(text, is_yuan ? "元" : currency);
    add(text, style->is_chinese ? "）" : ")");
}

static campaign_status write_heading(cpn_form_column *column, const char *name, const cpn_form_style *style,
                                     campaign_error *error)
{
    cpn_io_text text = { 0 };
    const cpn_form_field *field = column->field;
    const char *words = !field ? name : style->is_chinese ? field->zh : field->en;
    size_t length = strlen(words);
    if (!field && column->kind == CPN_FORM_SHARE) length -= 4; /* "share_ppm" is shown as a percentage */
    cpn_io_add(&text, words, length);
    if (column->kind == CPN_FORM_MONEY) add_unit(&text, column->currency, style);
    if (text.has_failed) {
        free(text.data);
        return cpn_io_fail_nomem(error);
    }
    column->heading = text.data;
    return CAMPAIGN_OK;
}

/* A column without values is what its field is. */
static campaign_status take_kind(cpn_form_column *column, const cpn_form_style *style, campaign_error *error)
{
    column->kind = column->field->kind;
    column->type = type_of(column->kind);
    if (column->kind != CPN_FORM_MONEY) return CAMPAIGN_OK;
    memcpy(column->currency, style->currency, sizeof column->currency);
    return cpn_form_exponent(&column->exponent, column->currency, error);
}

static campaign_status add_known(cpn_form_layout *layout, int32_t index, const cpn_form_field *field,
                                 campaign_error *error)
{
    campaign_column found = CAMPAIGN_COLUMN_INIT;
    campaign_status status = campaign_table_column(&found, layout->table, index, error);
    if (status != CAMPAIGN_OK) return status;
    cpn_form_column *column = &layout->columns[layout->n_columns];
    *column = (cpn_form_column){ .index = index, .type = found.type, .field = field, .exponent = found.exponent };
    column->kind = kind_of(layout->table, index, &found, field);
    memcpy(column->currency, found.currency, sizeof column->currency);
    if (field && column->type != type_of(field->kind) && found.n_nulls == found.n_rows) /* no value tells its type */
        status = take_kind(column, layout->style, error);
    if (status == CAMPAIGN_OK) status = write_heading(column, found.name, layout->style, error);
    if (status == CAMPAIGN_OK) layout->n_columns++;
    return status;
}

static campaign_status add_empty(cpn_form_layout *layout, const cpn_form_field *field, campaign_error *error)
{
    cpn_form_column *column = &layout->columns[layout->n_columns];
    *column = (cpn_form_column){ .index = -1, .field = field };
    campaign_status status = take_kind(column, layout->style, error);
    if (status == CAMPAIGN_OK) status = write_heading(column, field->id, layout->style, error);
    if (status == CAMPAIGN_OK) layout->n_columns++;
    return status;
}

static campaign_status add_fields(cpn_form_layout *layout, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    const cpn_form *form = layout->form;
    for (int32_t i = 0; form && i < form->n_fields && status == CAMPAIGN_OK; i++) {
        const int32_t index = layout->table ? campaign_table_find(layout->table, form->fields[i].id) : -1;
        if (index >= 0)
            status = add_known(layout, index, &form->fields[i], error);
        else if (form->shows_all || form->fields[i].is_always_there || !layout->table)
            status = add_empty(layout, &form->fields[i], error);
    }
    return status;
}

/* Columns of the table that the form does not know, in their order. */
static campaign_status add_others(cpn_form_layout *layout, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    const int32_t n_known = layout->n_columns, n_columns = campaign_table_n_columns(layout->table);
    for (int32_t i = 0; i < n_columns && status == CAMPAIGN_OK; i++) {
        bool is_known = false;
        for (int32_t k = 0; k < n_known && !is_known; k++) is_known = layout->columns[k].index == i;
        if (!is_known) status = add_known(layout, i, NULL, error);
    }
    return status;
}

void cpn_form_free_layout(cpn_form_layout *layout)
{
    for (int32_t i = 0; i < layout->n_columns; i++) free(layout->columns[i].heading);
    free(layout->columns);
    *layout = (cpn_form_layout){ 0 };
}

static campaign_status check_sheet(campaign_sheet *ours, const campaign_sheet *sheet, campaign_error *error)
{
    const campaign_status status = cpn_io_take_knobs(ours, sizeof *ours, sheet, "sheet", error);
    if (status != CAMPAIGN_OK) return status;
    if (ours->reserved || ours->reserved_pointer)
        return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "sheet.reserved", "reserved must be 0");
    if (!ours->form && !ours->table)
        return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "sheet.table", "a sheet needs a table, a form or both");
    return CAMPAIGN_OK;
}

campaign_status cpn_form_lay_out(cpn_form_layout *layout, const campaign_sheet *sheet, const cpn_form_style *style,
                                 campaign_error *error)
{
    campaign_sheet ours;
    *layout = (cpn_form_layout){ .style = style };
    campaign_status status = check_sheet(&ours, sheet, error);
    if (status == CAMPAIGN_OK && ours.form) status = cpn_form_find(&layout->form, ours.form, error);
    if (status != CAMPAIGN_OK) return status;
    layout->table = ours.table;
    layout->n_rows = campaign_table_n_rows(ours.table);
    const int64_t n_fields = layout->form ? layout->form->n_fields : 0;
    layout->columns = cpn_io_alloc_zero(campaign_table_n_columns(ours.table) + n_fields, sizeof *layout->columns);
    status = layout->columns ? add_fields(layout, error) : cpn_io_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = add_others(layout, error);
    if (status != CAMPAIGN_OK) cpn_form_free_layout(layout);
    return status;
}
