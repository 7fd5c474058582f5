/* What was found in a filled form besides its values: columns, lines of totals, apostrophes. */
#include <string.h>

#include "io/csv/value.h"
#include "io/forms/read.h"
#include "io/forms/xlsx.h"

campaign_status cpn_form_note(cpn_form_reader *reader, const char *code, const char *column, const char *text,
                              campaign_error *error)
{
    const char *cells[] = { code, column, text };
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < 3 && status == CAMPAIGN_OK; i++)
        status = campaign_table_builder_append_text(reader->notes, i, cells[i], strlen(cells[i]), error);
    return status;
}

campaign_status cpn_form_start_notes(cpn_form_reader *reader, campaign_error *error)
{
    static const char *const names[] = { "code", "column", "text" };
    campaign_status status = campaign_table_builder_create(&reader->notes, error);
    for (int i = 0; i < 3 && status == CAMPAIGN_OK; i++)
        status = campaign_table_builder_add_column(reader->notes, names[i], CAMPAIGN_TYPE_UTF8, NULL, error);
    return status;
}

/* Said once a column, with the first cell. */
campaign_status cpn_form_note_guard(cpn_form_reader *reader, const cpn_grid_cell *cell, campaign_error *error)
{
    char name[CPN_XLSX_CELL_ROOM];
    cpn_form_input *input = &reader->columns[cell->column];
    if (!cell->is_unguarded || input->was_guarded) return CAMPAIGN_OK;
    input->was_guarded = true;
    return cpn_form_note(reader, "apostrophe", cpn_xlsx_cell_name(name, cell->row, cell->column),
                         reader->is_chinese ? "该列文本中 = + - @ 之前的一个撇号已去掉：它使表格软件不执行这段文本。"
                                            : "In this column an apostrophe before = + - @ was taken off: it keeps "
                                              "spreadsheets from running the text.",
                         error);
}

/* ---- Totals ----------------------------------------------------------------------------------------------------- */

/* A cell without any blanks: people write 合 计. */
static size_t squeeze(char *room, size_t capacity, const cpn_grid *grid, const cpn_grid_cell *cell)
{
    cpn_grid_plain plain;
    size_t n = 0;
    cpn_grid_make_plain(&plain, grid, cell);
    for (size_t i = 0; i < plain.length && n < capacity; i++)
        if (plain.text[i] != ' ') room[n++] = plain.text[i];
    while (n && room[n - 1] == ':') n--;
    return n;
}

bool cpn_form_is_total(const cpn_form_reader *reader, int64_t first, int64_t end)
{
    static const char *const words[] = { "合计", "总计", "小计", "共计", "total", "subtotal", "grandtotal", "sum" };
    const cpn_form_output *output = &reader->outputs[0];
    const cpn_grid_cell *cell = output->column < 0 ? NULL : cpn_grid_find(&reader->grid, first, end, output->column);
    if (!reader->form->has_totals || !cell || cell->kind != CPN_GRID_TEXT) return false;
    char text[sizeof(cpn_grid_plain)];
    const size_t length = squeeze(text, sizeof text, &reader->grid, cell);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (cpn_form_is_same(words[i], text, length)) return true;
    return false;
}

campaign_status cpn_form_note_total(cpn_form_reader *reader, const cpn_grid_cell *cell, campaign_error *error)
{
    char name[CPN_XLSX_CELL_ROOM];
    return cpn_form_note(reader, "total", cpn_xlsx_cell_name(name, cell->row, reader->outputs[0].column),
                         reader->is_chinese ? "这一行是合计，未读取。" : "This line adds up others; it is left out.",
                         error);
}
