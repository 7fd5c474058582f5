/* Writes one table as a sheet: every cell as what it is. */
#if defined(CAMPAIGN_HAS_XLSX)
#include "io/forms/xlsx_sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    NARROWEST = 8,
    WIDEST = 48,
    ROOM_FOR_FILTER = 4,
    WHERE_ROOM = 96,
    MOST_UNITS = 32767,
    HEADING_HEIGHT = 24,
    A4 = 9
};
static const int64_t micros_per_day = INT64_C(86400000000);
static const double margin_inches = 0.4, foot_inches = 0.6;
static const uint32_t heading_colour = 0xD9E7F5, heading_line = 0x7F9DB9;

campaign_status cpn_xlsx_fail(lxw_error code, const char *where, campaign_error *error)
{
    if (code == LXW_ERROR_MEMORY_MALLOC_FAILED) return cpn_io_fail_nomem(error);
    if (code == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
        return cpn_io_fail(error, CAMPAIGN_E_LIMIT, -1, where,
                           "the text has more than 32767 characters (UTF-16 units)");
    return cpn_io_fail(error, CAMPAIGN_E_IO, -1, where, "cannot write the workbook: %s", lxw_strerror(code));
}

static campaign_status check_cell(lxw_error code, const char *name, int64_t row, int32_t column, campaign_error *error)
{
    if (code == LXW_NO_ERROR) return CAMPAIGN_OK;
    char where[CPN_XLSX_NAME_ROOM + WHERE_ROOM], cell[CPN_XLSX_CELL_ROOM];
    (void)snprintf(where, sizeof where, "sheet %s, cell %s", name, cpn_xlsx_cell_name(cell, row, column));
    return cpn_xlsx_fail(code, where, error);
}

/* "#,##0.00" with the decimals of a currency. */
static void print_number_format(char room[24], int32_t n_decimals)
{
    size_t n = 5;
    memcpy(room, "#,##0", 5);
    if (n_decimals > 0) room[n++] = '.';
    for (int32_t i = 0; i < n_decimals && i < 9; i++) room[n++] = '0';
    room[n] = '\0';
}

/* A number of the table, or the day or moment that a text says; false where it says none. */
static bool find_value(int64_t *value, const cpn_form_layout *layout, const cpn_form_column *column, int64_t row)
{
    cpn_io_time time;
    if (column->type != CAMPAIGN_TYPE_UTF8) {
        *value = campaign_table_int64(layout->table, column->index, row);
        return true;
    }
    if (column->kind != CPN_FORM_DATE && column->kind != CPN_FORM_LAST_DAY && column->kind != CPN_FORM_MOMENT)
        return false;
    if (!cpn_form_read_time(&time, layout->table, column->index, row)) return false;
    *value = column->kind == CPN_FORM_MOMENT ? time.day * micros_per_day + time.micros : time.day;
    return true;
}

static bool has_seconds(const cpn_form_layout *layout, const cpn_form_column *column)
{
    int64_t value = 0;
    for (int64_t row = 0; column->index >= 0 && row < layout->n_rows; row++)
        if (find_value(&value, layout, column, row) && value % 60000000) return true;
    return false;
}

/* Numbers stand at the right, a little off the next column's text; days and moments in the middle; the rest at the left. */
static void align(lxw_format *format, const cpn_form_column *column)
{
    const bool is_number = column->kind == CPN_FORM_INTEGER || column->kind == CPN_FORM_REAL ||
                           column->kind == CPN_FORM_MONEY || column->kind == CPN_FORM_SHARE;
    const bool is_time =
        column->kind == CPN_FORM_DATE || column->kind == CPN_FORM_LAST_DAY || column->kind == CPN_FORM_MOMENT;
    if (is_number) {
        format_set_align(format, LXW_ALIGN_RIGHT);
        format_set_indent(format, 1);
    } else if (is_time) {
        format_set_align(format, LXW_ALIGN_CENTER);
    }
}

static lxw_format *make_format(cpn_xlsx_book *book, const cpn_form_layout *layout, const cpn_form_column *column,
                               bool is_long)
{
    char number[24];
    lxw_format *format = workbook_add_format(book->book);
    if (!format) return NULL;
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    align(format, column);
    switch (column->kind) {
    case CPN_FORM_TEXT:
    case CPN_FORM_WORD:
    case CPN_FORM_FLAG:
        format_set_num_format(format, "@");
        if (is_long) format_set_text_wrap(format);
        break;
    case CPN_FORM_INTEGER: format_set_num_format(format, "0"); break;
    case CPN_FORM_REAL: break; /* as it is: a pattern with optional decimals leaves "30." in Excel */
    case CPN_FORM_MONEY:
        print_number_format(number, layout->style->in_ten_thousands ? 2 : column->exponent);
        format_set_num_format(format, number);
        break;
    case CPN_FORM_SHARE: format_set_num_format(format, "0.00%"); break;
    case CPN_FORM_DATE:
    case CPN_FORM_LAST_DAY: format_set_num_format(format, "yyyy-mm-dd"); break;
    case CPN_FORM_MOMENT:
        format_set_num_format(format, has_seconds(layout, column) ? "yyyy-mm-dd hh:mm:ss" : "yyyy-mm-dd hh:mm");
        break;
    }
    return format;
}

static lxw_format *make_heading(lxw_workbook *book, const cpn_form_column *column)
{
    lxw_format *format = workbook_add_format(book);
    if (!format) return NULL;
    align(format, column);
    format_set_bold(format);
    format_set_text_wrap(format);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    format_set_bg_color(format, heading_colour);
    format_set_bottom(format, LXW_BORDER_THIN);
    format_set_bottom_color(format, heading_line);
    return format;
}

/* One cell that is to be written. */
typedef struct cell {
    lxw_worksheet *sheet;
    const cpn_form_layout *layout;
    lxw_format *format;
    int32_t column;
    int64_t row; /* of the table; one further down in the sheet */
} cell;

static lxw_error write_number(const cell *self, double value)
{
    return worksheet_write_number(self->sheet, (lxw_row_t)(self->row + 1), (lxw_col_t)self->column, value,
                                  self->format);
}

static campaign_status write_text(lxw_error *code, const cell *self, campaign_error *error)
{
    char room[CPN_FORM_CELL_ROOM], *escaped = NULL;
    size_t length;
    const char *text = cpn_form_cell(room, &length, self->layout, self->column, self->row);
    *code = LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED; /* Excel counts UTF-16 units, libxlsxwriter characters */
    if (cpn_io_utf16_count(text, length) > MOST_UNITS) return CAMPAIGN_OK;
    const campaign_status status = cpn_xlsx_escape(&escaped, text, length, error);
    if (status != CAMPAIGN_OK) return status;
    *code =
        worksheet_write_string(self->sheet, (lxw_row_t)(self->row + 1), (lxw_col_t)self->column, escaped, self->format);
    free(escaped);
    return CAMPAIGN_OK;
}

static double power_of_ten(int32_t exponent)
{
    double power = 1;
    for (int32_t i = 0; i < exponent; i++) power *= 10;
    return power;
}

/* The number a spreadsheet keeps for a cell; false where it can keep none. */
static bool find_number(double *number, const cell *self)
{
    const cpn_form_column *column = &self->layout->columns[self->column];
    int64_t value = 0;
    if (!find_value(&value, self->layout, column, self->row)) return false;
    switch (column->kind) {
    case CPN_FORM_INTEGER: *number = (double)value; return !cpn_form_is_too_long(value);
    case CPN_FORM_SHARE: *number = (double)value / 1e6; return !cpn_form_is_too_long(value);
    case CPN_FORM_MONEY:
        *number = (double)value / power_of_ten(column->exponent + (self->layout->style->in_ten_thousands ? 4 : 0));
        return !cpn_form_is_too_long(value);
    case CPN_FORM_REAL:
        *number = campaign_table_float64(self->layout->table, column->index, self->row);
        return *number - *number == 0; /* neither infinite nor no number */
    case CPN_FORM_DATE: *number = (double)(value + CPN_XLSX_EPOCH); return value >= CPN_XLSX_FIRST_DAY;
    case CPN_FORM_LAST_DAY: *number = (double)(value - 1 + CPN_XLSX_EPOCH); return value - 1 >= CPN_XLSX_FIRST_DAY;
    case CPN_FORM_MOMENT:
        *number = (double)value / (double)micros_per_day + CPN_XLSX_EPOCH;
        return *number >= CPN_XLSX_FIRST_DAY + CPN_XLSX_EPOCH;
    case CPN_FORM_TEXT:
    case CPN_FORM_WORD:
    case CPN_FORM_FLAG: break;
    }
    return false;
}

static campaign_status write_cell(const cell *self, const char *name, campaign_error *error)
{
    const cpn_form_column *column = &self->layout->columns[self->column];
    if (column->index < 0 || campaign_table_is_null(self->layout->table, column->index, self->row)) return CAMPAIGN_OK;
    double number = 0;
    lxw_error code = LXW_NO_ERROR;
    if (find_number(&number, self)) {
        code = write_number(self, number);
    } else {
        const campaign_status status = write_text(&code, self, error);
        if (status != CAMPAIGN_OK) return status;
    }
    return check_cell(code, name, self->row + 1, self->column, error);
}

/* Widest of a heading and its cells, as they are shown. */
static int64_t measure_column(const cpn_form_layout *layout, int32_t column)
{
    const char *heading = layout->columns[column].heading;
    int64_t widest = cpn_form_width(heading, strlen(heading)) + ROOM_FOR_FILTER;
    if (layout->columns[column].kind == CPN_FORM_MOMENT && widest < 16) widest = 16;
    if (layout->columns[column].type == CAMPAIGN_TYPE_DATE && widest < 10) widest = 10;
    for (int64_t row = 0; row < layout->n_rows; row++) {
        char room[CPN_FORM_CELL_ROOM];
        size_t length;
        const char *text = cpn_form_cell(room, &length, layout, column, row);
        int64_t width = text ? cpn_form_width(text, length) : 0;
        if (layout->columns[column].kind == CPN_FORM_MONEY) width += width / 3; /* grouping commas */
        if (width > widest) widest = width;
    }
    return widest;
}

static campaign_status fill_column(cpn_xlsx_book *book, lxw_worksheet *sheet, const char *name,
                                   const cpn_form_layout *layout, int32_t column, campaign_error *error)
{
    const cpn_form_column *shown = &layout->columns[column];
    const int64_t widest = measure_column(layout, column);
    lxw_format *format = make_format(book, layout, shown, widest > WIDEST);
    lxw_format *heading = make_heading(book->book, shown);
    if (!format || !heading) return cpn_io_fail_nomem(error);
    const double width = (double)(widest < NARROWEST ? NARROWEST : widest > WIDEST ? WIDEST : widest) + 1;
    (void)worksheet_set_column(sheet, (lxw_col_t)column, (lxw_col_t)column, width, format);
    campaign_status status = check_cell(worksheet_write_string(sheet, 0, (lxw_col_t)column, shown->heading, heading),
                                        name, 0, column, error);
    cell at = { .sheet = sheet, .layout = layout, .format = format, .column = column };
    for (int64_t row = 0; row < layout->n_rows && status == CAMPAIGN_OK; row++) {
        at.row = row;
        status = write_cell(&at, name, error);
    }
    return status;
}

static void set_page(lxw_worksheet *sheet, const cpn_form_layout *layout)
{
    const lxw_row_t last = (lxw_row_t)(layout->n_rows ? layout->n_rows : 1);
    (void)worksheet_set_row(sheet, 0, HEADING_HEIGHT, NULL);
    worksheet_freeze_panes(sheet, 1, 0);
    (void)worksheet_autofilter(sheet, 0, 0, last, (lxw_col_t)(layout->n_columns - 1));
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, A4);
    worksheet_set_margins(sheet, margin_inches, margin_inches, margin_inches, foot_inches);
    worksheet_gridlines(sheet, LXW_SHOW_ALL_GRIDLINES);
    (void)worksheet_set_footer(sheet, "&C&P / &N");
    worksheet_fit_to_pages(sheet, 1, 0);
    (void)worksheet_repeat_rows(sheet, 0, 0);
}

campaign_status cpn_xlsx_fill(cpn_xlsx_book *book, lxw_worksheet *sheet, const char *name,
                              const cpn_form_layout *layout, campaign_error *error)
{
    if (layout->n_rows >= CPN_XLSX_MOST_ROWS || layout->n_columns > CPN_XLSX_MOST_COLUMNS)
        return cpn_io_fail(error, CAMPAIGN_E_LIMIT, -1, name,
                           "%lld rows and %ld columns; a sheet has room for 1048575 and 16384",
                           (long long)layout->n_rows, (long)layout->n_columns);
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < layout->n_columns && status == CAMPAIGN_OK; i++)
        status = fill_column(book, sheet, name, layout, i, error);
    if (status == CAMPAIGN_OK && layout->n_columns) set_page(sheet, layout);
    if (status == CAMPAIGN_OK) status = cpn_xlsx_offer(book, sheet, layout, error);
    return status;
}
#else
typedef int cpn_xlsx_is_not_built; /* a file of C has at least one declaration */
#endif
