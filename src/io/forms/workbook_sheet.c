/* The cells of one sheet, in the order in which they stand in the file. */
#if defined(CAMPAIGN_HAS_XLSX)
#include <stdlib.h>
#include <string.h>

#include "io/forms/workbook.h"
#include "io/forms/xlsx.h"

typedef struct reader {
    cpn_book *book;
    cpn_grid *grid;
    campaign_status status;
    int32_t row, column; /* of the cell that is open, or that comes next */
    int64_t style;
    char type[12];
    cpn_io_text text, formula;
    bool is_in_cell, is_in_value, is_in_formula, is_phonetic, has_formula;
} reader;

/* "D7" as row 6, column 3; false where it is none. */
static bool read_place(int32_t *row, int32_t *column, const char *text)
{
    int64_t letters = 0;
    for (; *text >= 'A' && *text <= 'Z' && letters < CPN_XLSX_MOST_COLUMNS; text++)
        letters = letters * 26 + (*text - 'A' + 1);
    const int64_t number = cpn_book_number(text);
    if (letters < 1 || letters > CPN_XLSX_MOST_COLUMNS || number < 1 || number > CPN_XLSX_MOST_ROWS) return false;
    *row = (int32_t)number - 1;
    *column = (int32_t)letters - 1;
    return true;
}

static void start_cell(reader *self, const char **attributes)
{
    const char *place = cpn_book_attribute(attributes, "r"), *type = cpn_book_attribute(attributes, "t");
    if (place && !read_place(&self->row, &self->column, place)) {
        self->status = cpn_book_fail(self->book, self->grid->name, "a cell has no place");
        return;
    }
    self->style = cpn_book_number(cpn_book_attribute(attributes, "s"));
    const size_t length = strlen(type ? type : "");
    memcpy(self->type, length < sizeof self->type ? (type ? type : "") : "",
           length < sizeof self->type ? length + 1 : 1);
    self->text.length = self->formula.length = 0;
    self->is_in_cell = true;
    self->has_formula = false;
}

static void start(void *ctx, const char *name, const char **attributes)
{
    reader *self = ctx;
    if (strcmp(name, "row") == 0) {
        const int64_t number = cpn_book_number(cpn_book_attribute(attributes, "r"));
        if (number >= 1 && number <= CPN_XLSX_MOST_ROWS) self->row = (int32_t)number - 1;
        self->column = 0;
    } else if (strcmp(name, "c") == 0) {
        start_cell(self, attributes);
    } else if (self->is_in_cell && strcmp(name, "rPh") == 0) {
        self->is_phonetic = true;
    } else if (self->is_in_cell && (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)) {
        self->is_in_value = !self->is_phonetic;
    } else if (self->is_in_cell && strcmp(name, "f") == 0) {
        self->is_in_formula = self->has_formula = true;
        cpn_io_add_char(&self->formula, '=');
    }
}

static campaign_status add(reader *self, cpn_grid_cell *cell, const char *text, size_t length)
{
    if (!length) return CAMPAIGN_OK;
    return cpn_grid_add(self->grid, cell, text, length, self->book->error);
}

static campaign_status add_shared(reader *self, cpn_grid_cell *cell)
{
    const cpn_book_texts *strings = &self->book->strings;
    const int64_t index = cpn_book_number(self->text.data);
    if (index < 0 || index >= strings->n)
        return cpn_book_fail(self->book, self->grid->name, "a cell has a text that is not in the file");
    return add(self, cell, strings->data.data + strings->places[index],
               (size_t)(strings->places[index + 1] - strings->places[index]));
}

/* The cell that is complete, as its type says. */
static campaign_status finish_cell(reader *self)
{
    cpn_grid_cell cell = { .row = self->row, .column = self->column };
    const char *type = self->type;
    if (self->text.has_failed || self->formula.has_failed) return cpn_io_fail_nomem(self->book->error);
    if (!self->text.data || !self->text.length) {
        if (!self->has_formula || strcmp(type, "str") == 0) return CAMPAIGN_OK; /* the empty text is a result */
        cell.kind = CPN_GRID_FORMULA;
        return add(self, &cell, self->formula.data, (size_t)self->formula.length);
    }
    size_t length = (size_t)self->text.length;
    if (strcmp(type, "s") == 0) {
        cell.kind = CPN_GRID_TEXT;
        return add_shared(self, &cell);
    }
    if (strcmp(type, "inlineStr") == 0 || strcmp(type, "str") == 0 || strcmp(type, "d") == 0) {
        cell.kind = CPN_GRID_TEXT;
        length = cpn_book_unescape(self->text.data, length);
    } else if (strcmp(type, "b") == 0) {
        cell.kind = CPN_GRID_FLAG;
    } else if (strcmp(type, "e") == 0) {
        cell.kind = CPN_GRID_ERROR;
    } else {
        cell.kind = CPN_GRID_NUMBER;
        cell.is_date = self->style >= 0 && self->style < self->book->n_styles && self->book->is_date[self->style];
    }
    return add(self, &cell, self->text.data, length);
}

static void end(void *ctx, const char *name)
{
    reader *self = ctx;
    if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) self->is_in_value = false;
    if (strcmp(name, "f") == 0) self->is_in_formula = false;
    if (strcmp(name, "rPh") == 0) self->is_phonetic = false;
    if (strcmp(name, "row") == 0) self->row++;
    if (strcmp(name, "c") != 0) return;
    self->is_in_cell = false;
    self->status = finish_cell(self);
    self->column++;
}

static void take_text(void *ctx, const char *text, size_t length)
{
    reader *self = ctx;
    if (self->is_in_cell && self->is_in_value) cpn_io_add(&self->text, text, length);
    if (self->is_in_cell && self->is_in_formula) cpn_io_add(&self->formula, text, length);
}

campaign_status cpn_book_read_sheet(cpn_grid *grid, cpn_book *book, const char *part)
{
    bool is_there;
    reader self = { .book = book, .grid = grid };
    const cpn_book_handler cells = { start, end, take_text, &self, &self.status };
    campaign_status status = cpn_book_read_part(&is_there, book, part, &cells);
    if (status == CAMPAIGN_OK && !is_there) status = cpn_book_fail(book, part, "is not in the file");
    free(self.text.data);
    free(self.formula.data);
    grid->begins_1904 = book->begins_1904;
    cpn_grid_sort(grid);
    return status;
}
#else
typedef int cpn_book_is_not_built; /* a file of C has at least one declaration */
#endif
