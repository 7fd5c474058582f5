/* A filled form back into a table: headings in either language, columns in any order, all of it or nothing. */
#include "io/forms/read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/csv/value.h"
#include "io/file_system.h"

static campaign_status take_options(cpn_form_reader *reader, const campaign_form_read_options *options,
                                    campaign_error *error)
{
    campaign_form_read_options *ours = &reader->options;
    int32_t exponent;
    campaign_status status = cpn_io_take_knobs(ours, sizeof *ours, options, "options", error);
    if (status != CAMPAIGN_OK) return status;
    if (ours->reserved) return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "reserved", "reserved must be 0");
    if (!ours->form) return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "form", "form is required");
    status = cpn_form_find(&reader->form, ours->form, error);
    if (status == CAMPAIGN_OK && !reader->form->is_readable)
        status = cpn_io_fail(error, CAMPAIGN_E_UNSUPPORTED, -1, "form",
                             "form \"%s\" is not read back; \"task_split\" and \"followups\" are", ours->form);
    if (status == CAMPAIGN_OK) status = cpn_form_take_language(&reader->is_chinese, ours->language, error);
    if (status == CAMPAIGN_OK && ours->currency) status = cpn_form_exponent(&exponent, ours->currency, error);
    return status;
}

/* Workbooks and other archives begin with PK; anything else is text. */
static campaign_status read_grid(cpn_form_reader *reader, const char *path, campaign_error *error)
{
    char start[4] = { 0 };
    FILE *file = cpn_io_open_for_reading(path);
    const bool is_archive = file && fread(start, 1, 4, file) == 4 && memcmp(start, "PK\3\4", 4) == 0;
    if (file) (void)fclose(file);
    if (is_archive) return cpn_grid_read_xlsx(&reader->grid, path, reader->options.sheet, reader->form, error);
    return cpn_grid_read_csv(&reader->grid, path, reader->form, error);
}

/* ---- Rows ------------------------------------------------------------------------------------------------------- */

static bool is_blank(const cpn_grid *grid, const cpn_grid_cell *cell)
{
    const char *text = cpn_grid_text(grid, cell);
    size_t length = (size_t)cell->length;
    cpn_io_trim(&text, &length);
    return length == 0;
}

/* Whether any column that is read has something in it. */
static bool is_row(const cpn_form_reader *reader, int64_t first, int64_t end)
{
    for (int64_t i = first; i < end; i++) {
        const cpn_grid_cell *cell = &reader->grid.cells[i];
        if (reader->columns[cell->column].is_read && !is_blank(&reader->grid, cell)) return true;
    }
    return false;
}

static campaign_status refuse_empty(const cpn_form_reader *reader, const cpn_form_field *field, int32_t column,
                                    int32_t row, campaign_error *error)
{
    char message[160];
    const cpn_grid_cell place = { .row = row, .column = column };
    (void)snprintf(message, sizeof message, "column %s (%s) is empty, and every row needs it", field->zh, field->id);
    return cpn_grid_fail(&reader->grid, &place, CAMPAIGN_E_MISSING, message, error);
}

static campaign_status append(cpn_form_reader *reader, int32_t index, const cpn_grid_cell *cell,
                              const cpn_form_field *field, campaign_error *error)
{
    cpn_grid_value value = { 0 };
    campaign_status status = cpn_grid_read_value(&value, &reader->grid, cell, field, &reader->units, error);
    if (status == CAMPAIGN_OK && field->kind == CPN_FORM_TEXT) status = cpn_form_note_guard(reader, cell, error);
    if (status != CAMPAIGN_OK) return status;
    if (field->kind == CPN_FORM_TEXT || field->kind == CPN_FORM_WORD)
        return campaign_table_builder_append_text(reader->builder, index, value.text, value.length, error);
    if (field->kind == CPN_FORM_REAL)
        return campaign_table_builder_append_float64(reader->builder, index, value.real, error);
    return campaign_table_builder_append_int64(reader->builder, index, value.integer, error);
}

/* Fields of the form in its order, then columns that it does not know. */
static campaign_status add_row(cpn_form_reader *reader, int64_t first, int64_t end, campaign_error *error)
{
    static const cpn_form_field other = { .id = "", .kind = CPN_FORM_TEXT, .en = "", .zh = "" };
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < reader->n_outputs && status == CAMPAIGN_OK; i++) {
        const cpn_form_output *output = &reader->outputs[i];
        const cpn_grid_cell *cell =
            output->column < 0 ? NULL : cpn_grid_find(&reader->grid, first, end, output->column);
        if (cell && !is_blank(&reader->grid, cell))
            status = append(reader, i, cell, output->field ? output->field : &other, error);
        else if (output->field && output->field->needs_value)
            status = refuse_empty(reader, output->field, output->column, reader->grid.cells[first].row, error);
        else
            status = campaign_table_builder_append_null(reader->builder, i, error);
    }
    return status;
}

static campaign_status add_rows(cpn_form_reader *reader, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    int64_t first = 0, end = 0;
    for (; status == CAMPAIGN_OK && cpn_grid_next_row(&first, &end, &reader->grid); first = end) {
        if (reader->grid.cells[first].row <= reader->header_row || !is_row(reader, first, end)) continue;
        if (cpn_form_is_total(reader, first, end))
            status = cpn_form_note_total(reader, &reader->grid.cells[first], error);
        else
            status = add_row(reader, first, end, error);
    }
    return status;
}

/* ---- All of it -------------------------------------------------------------------------------------------------- */

static int32_t type_of(const cpn_form_field *field)
{
    if (!field) return CAMPAIGN_TYPE_UTF8;
    switch (field->kind) {
    case CPN_FORM_INTEGER:
    case CPN_FORM_SHARE:
    case CPN_FORM_FLAG: return CAMPAIGN_TYPE_INT64;
    case CPN_FORM_REAL: return CAMPAIGN_TYPE_FLOAT64;
    case CPN_FORM_MONEY: return CAMPAIGN_TYPE_MONEY;
    case CPN_FORM_DATE:
    case CPN_FORM_LAST_DAY: return CAMPAIGN_TYPE_DATE;
    case CPN_FORM_MOMENT: return CAMPAIGN_TYPE_TIMESTAMP;
    case CPN_FORM_TEXT:
    case CPN_FORM_WORD: break;
    }
    return CAMPAIGN_TYPE_UTF8;
}

static campaign_status add_columns(cpn_form_reader *reader, campaign_error *error)
{
    campaign_status status = campaign_table_builder_create(&reader->builder, error);
    for (int32_t i = 0; i < reader->n_outputs && status == CAMPAIGN_OK; i++) {
        const cpn_form_output *output = &reader->outputs[i];
        const int32_t type = type_of(output->field);
        status =
            campaign_table_builder_add_column(reader->builder, output->field ? output->field->id : output->name, type,
                                              type == CAMPAIGN_TYPE_MONEY ? reader->units.currency : NULL, error);
    }
    return status;
}

static void free_reader(cpn_form_reader *reader)
{
    for (int32_t i = 0; i < reader->n_outputs; i++) free(reader->outputs[i].name);
    free(reader->outputs);
    free(reader->columns);
    campaign_table_builder_free(reader->builder);
    campaign_table_builder_free(reader->notes);
    cpn_grid_free(&reader->grid);
}

campaign_status campaign_io_read_form(campaign_table **table, campaign_table **notes, const char *path,
                                      const campaign_form_read_options *options, campaign_error *error)
{
    if (table) *table = NULL;
    if (notes) *notes = NULL;
    if (!table || !path)
        return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, table ? "path" : "table", "table and path are required");
    cpn_form_reader reader = { 0 };
    campaign_status status = take_options(&reader, options, error);
    if (status == CAMPAIGN_OK) status = read_grid(&reader, path, error);
    if (status == CAMPAIGN_OK) status = cpn_form_read_headings(&reader, path, error);
    if (status == CAMPAIGN_OK) status = add_columns(&reader, error);
    if (status == CAMPAIGN_OK) status = add_rows(&reader, error);
    if (status == CAMPAIGN_OK && notes) status = campaign_table_builder_finish(notes, reader.notes, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(table, reader.builder, error);
    if (status != CAMPAIGN_OK && notes) {
        campaign_table_free(*notes);
        *notes = NULL;
    }
    free_reader(&reader);
    return status;
}
