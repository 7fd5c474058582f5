/* Cells of a sheet or a CSV file on their way back into a form, whatever file they came from. */
#ifndef CPN_IO_FORM_GRID_H
#define CPN_IO_FORM_GRID_H

#include "io/csv/value.h"
#include "io/forms/form.h"

typedef enum cpn_grid_kind {
    CPN_GRID_NUMBER, /* the text is the number as the file has it */
    CPN_GRID_TEXT,
    CPN_GRID_FLAG,    /* "1" or "0" */
    CPN_GRID_FORMULA, /* one whose result the file does not hold; the text is "=40+7" */
    CPN_GRID_ERROR    /* "#N/A" */
} cpn_grid_kind;

typedef struct cpn_grid_cell {
    int32_t row, column; /* from 0, as a spreadsheet counts them */
    cpn_grid_kind kind;
    bool is_date;      /* a number shown as a date */
    bool is_unguarded; /* an apostrophe before = + - @ was taken off its text */
    int64_t text;      /* place in the grid's texts */
    int32_t length;
} cpn_grid_cell;

/* One sheet. Cells stand in the order of rows, then columns. */
typedef struct cpn_grid {
    char *name; /* of the sheet; NULL: a CSV file */
    cpn_grid_cell *cells;
    int64_t n_cells, capacity;
    cpn_io_text texts;
    int32_t n_columns;
    bool begins_1904; /* days are counted from 1904 */
} cpn_grid;

enum { CPN_GRID_MOST_CELLS = 20000000, CPN_GRID_MOST_BYTES = 1 << 29 };

/* Adds a cell that is not empty; its place is row and column of the given one. CAMPAIGN_E_LIMIT. */
campaign_status cpn_grid_add(cpn_grid *grid, const cpn_grid_cell *cell, const char *text, size_t length,
                             campaign_error *error);

/* Brings cells into order; a place that has two keeps the last. */
void cpn_grid_sort(cpn_grid *grid);

/* First cell of the next row at or after an index, and behind its last one; false at the end. */
bool cpn_grid_next_row(int64_t *first, int64_t *end, const cpn_grid *grid);

/* The cell of a column within a row's range, or NULL. */
const cpn_grid_cell *cpn_grid_find(const cpn_grid *grid, int64_t first, int64_t end, int32_t column);

static inline const char *cpn_grid_text(const cpn_grid *grid, const cpn_grid_cell *cell)
{
    return grid->texts.data + cell->text;
}

void cpn_grid_free(cpn_grid *grid);

/* Fails with the place of a cell in where: "sheet 任务分解表, cell D7". */
campaign_status cpn_grid_fail(const cpn_grid *grid, const cpn_grid_cell *cell, campaign_status code,
                              const char *message, campaign_error *error);

/* read_csv.c: every cell of a CSV file as text; up to five title lines above the headings are passed over. */
campaign_status cpn_grid_read_csv(cpn_grid *grid, const char *path, const cpn_form *form, campaign_error *error);

/* read_headings.c: whether a heading names a column of the form. */
bool cpn_form_knows(const cpn_form *form, const char *text, size_t length);

/* workbook.c: one sheet of a workbook, by name, or that of the form in either language, or the first that is seen. */
campaign_status cpn_grid_read_xlsx(cpn_grid *grid, const char *path, const char *sheet, const cpn_form *form,
                                   campaign_error *error);

/* read_cells.c: a cell as a value of the kind that a field has. */
typedef struct cpn_grid_value {
    int64_t integer;
    double real;
    const char *text; /* of a word: its id; of text: the grid's own, or room */
    size_t length;
    char room[CPN_FORM_CELL_ROOM];
} cpn_grid_value;

/* How money and shares of a form's columns are counted. */
typedef struct cpn_grid_units {
    char currency[4];
    int32_t exponent;
    bool in_ten_thousands;
    bool in_ppm; /* the heading is the id of the share: expected_conversion_ppm */
} cpn_grid_units;

campaign_status cpn_grid_read_value(cpn_grid_value *value, const cpn_grid *grid, const cpn_grid_cell *cell,
                                    const cpn_form_field *field, const cpn_grid_units *units, campaign_error *error);

/* What is typed in a cell, without blanks around it and with full-width digits and signs as ASCII ones: ５０％ is 50%. Empty
 * where it is too long to be a number or a day. */
typedef struct cpn_grid_plain {
    char text[80]; /* not terminated */
    size_t length;
} cpn_grid_plain;
void cpn_grid_make_plain(cpn_grid_plain *plain, const cpn_grid *grid, const cpn_grid_cell *cell);

/* What is typed in a cell as a type that CSV files have, too. */
campaign_status cpn_grid_read_text(cpn_io_value *value, const cpn_grid *grid, const cpn_grid_cell *cell,
                                   const cpn_form_field *field, const cpn_io_terms *terms, campaign_error *error);

/* Fails with "column …: "…" words" and the cell's place. */
campaign_status cpn_grid_refuse(const cpn_grid *grid, const cpn_grid_cell *cell, const cpn_form_field *field,
                                campaign_status code, const char *words, campaign_error *error);

/* read_numbers.c: a finite number; and whole numbers, floats, money and shares of a form. */
campaign_status cpn_grid_read_number(double *number, const cpn_grid *grid, const cpn_grid_cell *cell,
                                     const cpn_form_field *field, campaign_error *error);
campaign_status cpn_grid_read_amount(cpn_grid_value *value, const cpn_grid *grid, const cpn_grid_cell *cell,
                                     const cpn_form_field *field, const cpn_grid_units *units, campaign_error *error);

/* Text of any cell, as it would be typed: dates as ISO 8601. */
void cpn_grid_say(cpn_grid_value *value, const cpn_grid *grid, const cpn_grid_cell *cell);

#endif
