/* Headings of a filled form: which line they stand in, which column each one names, in which unit money is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/csv/value.h"
#include "io/forms/read.h"
#include "io/forms/xlsx.h"

enum { MOST_TITLE_ROWS = 20, MOST_HEADINGS = 256 };

/* A heading without its unit: "销售任务" and "万元" of 销售任务（万元）. */
typedef struct heading {
    const char *text, *unit;
    size_t length, unit_length; /* 0: none */
} heading;

static bool ends_in(const char *text, size_t length, const char *ending)
{
    const size_t n = strlen(ending);
    return length >= n && memcmp(text + length - n, ending, n) == 0;
}

/* Length of what headings are compared without: blanks, line ends, and the star of a column that must be filled in. */
static size_t skip(const char *text, size_t length)
{
    static const char *const marks[] = { " ", "\t", "\r", "\n", "*", "＊", "\xC2\xA0", "\xE3\x80\x80" };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const size_t n = strlen(marks[i]);
        if (length >= n && memcmp(text, marks[i], n) == 0) return n;
    }
    return 0;
}

static bool is_called(const char *word, const heading *found)
{
    const size_t length = strlen(word);
    size_t i = 0, j = 0, n;
    for (;; i++, j++) {
        while ((n = skip(found->text + i, found->length - i)) > 0) i += n;
        while ((n = skip(word + j, length - j)) > 0) j += n;
        if (i == found->length || j == length) return i == found->length && j == length;
        if (!cpn_form_is_same((const char[]){ word[j], '\0' }, found->text + i, 1)) return false;
    }
}

static heading split_heading(const char *text, size_t length)
{
    heading found = { .text = text, .length = length };
    cpn_io_trim(&found.text, &found.length);
    while (found.length && (found.text[found.length - 1] == '\n' || found.text[found.length - 1] == '\r'))
        found.length--;
    const size_t n_close = ends_in(found.text, found.length, "）") ? 3 : ends_in(found.text, found.length, ")") ? 1 : 0;
    if (!n_close) return found;
    for (size_t at = found.length - n_close; at-- > 1;) {
        const size_t n_open = found.text[at] == '(' ? 1 : strncmp(found.text + at, "（", 3) == 0 ? 3 : 0;
        if (!n_open) continue;
        found.unit = found.text + at + n_open;
        found.unit_length = found.length - n_close - at - n_open;
        found.length = at;
        cpn_io_trim(&found.text, &found.length);
        return found;
    }
    return found;
}

static heading read_heading(const cpn_grid *grid, const cpn_grid_cell *cell)
{
    return split_heading(cpn_grid_text(grid, cell), (size_t)cell->length);
}

/* Shares are headed by their id as tables have it, in parts per million, or without its ending, as a percentage. */
static bool is_share_of(const cpn_form_field *field, const heading *found)
{
    char id[48];
    const size_t length = strlen(field->id);
    if (field->kind != CPN_FORM_SHARE || length <= 4 || length - 4 >= sizeof id) return false;
    memcpy(id, field->id, length - 4);
    id[length - 4] = '\0';
    return is_called(id, found);
}

static const cpn_form_field *find_field(const cpn_form *form, const heading *found)
{
    for (int32_t i = 0; i < form->n_fields; i++) {
        const cpn_form_field *field = &form->fields[i];
        if (is_called(field->zh, found) || is_called(field->en, found) || is_called(field->id, found) ||
            is_share_of(field, found))
            return field;
    }
    return NULL;
}

bool cpn_form_knows(const cpn_form *form, const char *text, size_t length)
{
    const heading found = split_heading(text, length);
    return find_field(form, &found) != NULL;
}

/* The line among the first twenty that has most of the form's headings; titles may stand above it. */
static bool find_header(int64_t *first, int64_t *end, const cpn_form_reader *reader)
{
    const cpn_grid *grid = &reader->grid;
    int64_t from = 0, to = 0;
    int32_t most = 0;
    for (; cpn_grid_next_row(&from, &to, grid) && grid->cells[from].row < MOST_TITLE_ROWS; from = to) {
        int32_t n = 0;
        for (int64_t i = from; i < to; i++) {
            const heading found = read_heading(grid, &grid->cells[i]);
            n += grid->cells[i].kind == CPN_GRID_TEXT && find_field(reader->form, &found) != NULL;
        }
        if (n > most) most = n, *first = from, *end = to;
    }
    return most > 0;
}

/* ---- Units ------------------------------------------------------------------------------------------------------ */

static bool take_word(const char **text, size_t *length, const char *word)
{
    const size_t n = strlen(word);
    if (*length < n || memcmp(*text, word, n) != 0) return false;
    *text += n;
    *length -= n;
    cpn_io_trim(text, length);
    return true;
}

/* 元, 万元, 万 USD, CNY, 10,000 CNY; the options may name the currency where the heading does not. */
static campaign_status take_unit(cpn_form_reader *reader, const heading *found, const cpn_grid_cell *cell,
                                 campaign_error *error)
{
    const char *text = found->unit, *asked = reader->options.currency;
    size_t length = found->unit_length;
    if (length) cpn_io_trim(&text, &length);
    if (length && !take_word(&text, &length, "单位：")) (void)take_word(&text, &length, "单位:");
    reader->units.in_ten_thousands = length && (take_word(&text, &length, "10,000") || take_word(&text, &length, "万"));
    if (length == 3 && memcmp(text, "元", 3) == 0)
        memcpy(reader->units.currency, "CNY", 4);
    else if (length == 3)
        memcpy(reader->units.currency, text, 3);
    else if (length)
        return cpn_grid_fail(&reader->grid, cell, CAMPAIGN_E_VALUE, "the unit of money is none of 元, 万元, CNY …",
                             error);
    if (!length && !asked)
        return cpn_grid_fail(&reader->grid, cell, CAMPAIGN_E_COLUMN,
                             "the heading names no currency, 元 or CNY, and the options do not either", error);
    if (!length) memcpy(reader->units.currency, asked, 4);
    if (asked && strcmp(asked, reader->units.currency) != 0)
        return cpn_grid_fail(&reader->grid, cell, CAMPAIGN_E_VALUE, "the currency is not the one of the options",
                             error);
    return cpn_form_exponent(&reader->units.exponent, reader->units.currency, error);
}

static bool names_any(const heading *found, const char *const *words, size_t n_words)
{
    for (size_t i = 0; i < n_words; i++)
        for (size_t at = 0; at + strlen(words[i]) <= found->unit_length; at++)
            if (memcmp(found->unit + at, words[i], strlen(words[i])) == 0) return true;
    return false;
}

/* A remark behind a heading is no matter; a unit in which its numbers are not counted is. */
static campaign_status refuse_unit(const cpn_form_reader *reader, const cpn_form_field *field, const heading *found,
                                   const cpn_grid_cell *cell, campaign_error *error)
{
    static const char *const parts[] = { "%", "％", "‰", "百分", "ppm" };
    static const char *const many[] = { "百", "千", "万", "亿", ",000", "thousand", "million" };
    if (field->kind == CPN_FORM_SHARE && names_any(found, parts, sizeof parts / sizeof *parts))
        return cpn_grid_fail(&reader->grid, cell, CAMPAIGN_E_VALUE,
                             "shares are 50% or 0.5 in their cells: leave the unit out of the heading", error);
    const bool is_count = field->kind == CPN_FORM_INTEGER || field->kind == CPN_FORM_REAL;
    if (is_count && names_any(found, many, sizeof many / sizeof *many))
        return cpn_grid_fail(&reader->grid, cell, CAMPAIGN_E_VALUE,
                             "counts are in ones: leave the unit out of the heading", error);
    return CAMPAIGN_OK;
}

/* ---- Columns ---------------------------------------------------------------------------------------------------- */

static campaign_status refuse_twice(const cpn_form_reader *reader, const cpn_form_input *earlier,
                                    const cpn_grid_cell *cell, campaign_error *error)
{
    char message[200], name[CPN_XLSX_CELL_ROOM];
    const cpn_grid_cell *other = &reader->grid.cells[earlier->heading];
    (void)snprintf(message, sizeof message, "column %s (%s) is there already, in cell %s", earlier->field->zh,
                   earlier->field->id, cpn_xlsx_cell_name(name, other->row, other->column));
    return cpn_grid_fail(&reader->grid, cell, CAMPAIGN_E_DUPLICATE, message, error);
}

static campaign_status take_heading(cpn_form_reader *reader, int64_t index, campaign_error *error)
{
    const cpn_grid_cell *cell = &reader->grid.cells[index];
    const heading found = read_heading(&reader->grid, cell);
    if (!found.length) return CAMPAIGN_OK;
    const cpn_form_field *field = find_field(reader->form, &found);
    for (int32_t i = 0; field && i < reader->grid.n_columns; i++)
        if (reader->columns[i].field == field) return refuse_twice(reader, &reader->columns[i], cell, error);
    reader->columns[cell->column] = (cpn_form_input){ .heading = index, .field = field, .is_read = true };
    if (field && field->kind == CPN_FORM_SHARE) reader->units.in_ppm = is_called(field->id, &found);
    if (field && field->kind == CPN_FORM_MONEY) return take_unit(reader, &found, cell, error);
    return field && found.unit_length ? refuse_unit(reader, field, &found, cell, error) : CAMPAIGN_OK;
}

/* A heading of the sheet that is not of the form, and resembles one of a field. */
typedef struct resemblance {
    char *text; /* owned; NULL: none */
    int32_t column;
} resemblance;

static campaign_status find_resemblance(resemblance *nearest, const cpn_form_reader *reader,
                                        const cpn_form_field *field, campaign_error *error)
{
    cpn_io_text texts = { 0 };
    int64_t starts[MOST_HEADINGS];
    int32_t columns[MOST_HEADINGS], n = 0;
    const char *names[MOST_HEADINGS];
    *nearest = (resemblance){ .column = -1 };
    for (int32_t i = 0; i < reader->grid.n_columns && n < MOST_HEADINGS; i++) {
        if (!reader->columns[i].is_read || reader->columns[i].field) continue;
        const heading found = read_heading(&reader->grid, &reader->grid.cells[reader->columns[i].heading]);
        starts[n] = texts.length, columns[n++] = i;
        cpn_io_add(&texts, found.text, found.length);
        cpn_io_add_char(&texts, '\0');
    }
    if (texts.has_failed) {
        free(texts.data);
        return cpn_io_fail_nomem(error);
    }
    for (int32_t i = 0; i < n; i++) names[i] = texts.data + starts[i];
    int32_t place = cpn_form_nearest(field->zh, strlen(field->zh), names, n);
    if (place < 0) place = cpn_form_nearest(field->en, strlen(field->en), names, n);
    if (place < 0) {
        free(texts.data);
        return CAMPAIGN_OK;
    }
    memmove(texts.data, names[place], strlen(names[place]) + 1);
    *nearest = (resemblance){ .text = texts.data, .column = columns[place] };
    return CAMPAIGN_OK;
}

static const char *heading_of(const cpn_form_reader *reader, const cpn_form_field *field)
{
    return reader->is_chinese ? field->zh : field->en;
}

static campaign_status refuse_missing(const cpn_form_reader *reader, const cpn_form_field *field,
                                      const resemblance *nearest, const char *path, campaign_error *error)
{
    char name[CPN_XLSX_CELL_ROOM];
    const char *sheet = reader->grid.name ? reader->grid.name : path, *wanted = heading_of(reader, field);
    if (!nearest->text)
        return cpn_io_fail(error, CAMPAIGN_E_COLUMN, -1, field->id, "%s lacks column \"%s\" (%s)", sheet, wanted,
                           field->id);
    return cpn_io_fail(error, CAMPAIGN_E_COLUMN, -1, field->id, "%s lacks column \"%s\" (%s); is it \"%s\" in cell %s?",
                       sheet, wanted, field->id, nearest->text,
                       cpn_xlsx_cell_name(name, reader->header_row, nearest->column));
}

/* Whether a heading resembles no other field of the form more. */
static bool is_meant(const cpn_form *form, const cpn_form_field *field, const char *text)
{
    const char *names[MOST_HEADINGS];
    int32_t n = 0;
    for (; n < form->n_fields && n < MOST_HEADINGS / 2; n++)
        names[2 * n] = form->fields[n].zh, names[2 * n + 1] = form->fields[n].en;
    const int32_t nearest = cpn_form_nearest(text, strlen(text), names, 2 * n);
    return nearest >= 0 && &form->fields[nearest / 2] == field;
}

/* A column that may be missing is noted where a heading looks as if it were meant. */
static campaign_status note_missing(cpn_form_reader *reader, const cpn_form_field *field, const resemblance *nearest,
                                    campaign_error *error)
{
    char text[240], name[CPN_XLSX_CELL_ROOM];
    if (!nearest->text || !is_meant(reader->form, field, nearest->text)) return CAMPAIGN_OK;
    (void)snprintf(text, sizeof text,
                   reader->is_chinese ? "表单缺少这一列（%s），%s 单元格的“%.80s”是否就是它？"
                                      : "The form lacks this column (%s); is it \"%.80s\" in cell %s?",
                   field->id,
                   reader->is_chinese ? cpn_xlsx_cell_name(name, reader->header_row, nearest->column) : nearest->text,
                   reader->is_chinese ? nearest->text : cpn_xlsx_cell_name(name, reader->header_row, nearest->column));
    text[cpn_io_utf8_valid(text, strlen(text))] = '\0';
    return cpn_form_note(reader, "missing_column", heading_of(reader, field), text, error);
}

static campaign_status add_field(cpn_form_reader *reader, const cpn_form_field *field, const char *path,
                                 campaign_error *error)
{
    cpn_form_output *output = &reader->outputs[reader->n_outputs++];
    *output = (cpn_form_output){ .field = field, .column = -1 };
    for (int32_t i = 0; i < reader->grid.n_columns; i++)
        if (reader->columns[i].field == field) output->column = i;
    if (output->column >= 0) return CAMPAIGN_OK;
    resemblance nearest;
    campaign_status status = find_resemblance(&nearest, reader, field, error);
    if (status == CAMPAIGN_OK)
        status = field->needs_column ? refuse_missing(reader, field, &nearest, path, error)
                                     : note_missing(reader, field, &nearest, error);
    free(nearest.text);
    return status;
}

/* ---- Columns that the form does not know ------------------------------------------------------------------------ */

/* Such a column is kept as text, under its heading. */
static campaign_status add_other(cpn_form_reader *reader, int32_t column, campaign_error *error)
{
    const cpn_grid_cell *cell = &reader->grid.cells[reader->columns[column].heading];
    const char *text = cpn_grid_text(&reader->grid, cell);
    size_t length = (size_t)cell->length;
    cpn_io_trim(&text, &length);
    cpn_form_output *output = &reader->outputs[reader->n_outputs++];
    *output = (cpn_form_output){ .column = column, .name = cpn_io_alloc((int64_t)length + 1, 1) };
    if (!output->name) return cpn_io_fail_nomem(error);
    for (size_t i = 0; i < length; i++)
        output->name[i] = (unsigned char)text[i] < 0x20 || text[i] == 0x7F ? ' ' : text[i];
    output->name[length] = '\0';
    return cpn_form_note(reader, "unknown_column", output->name,
                         reader->is_chinese ? "表单没有这一列，按文本保留。"
                                            : "The form does not know this column; kept as text.",
                         error);
}

static campaign_status add_nameless(cpn_form_reader *reader, int32_t column, campaign_error *error)
{
    char name[CPN_XLSX_CELL_ROOM];
    return cpn_form_note(
        reader, "no_heading", cpn_xlsx_cell_name(name, reader->header_row, column),
        reader->is_chinese ? "这一列没有表头，未读取。" : "This column has no heading; it is left out.", error);
}

campaign_status cpn_form_read_headings(cpn_form_reader *reader, const char *path, campaign_error *error)
{
    int64_t first = 0, end = 0;
    if (!find_header(&first, &end, reader))
        return cpn_io_fail(error, CAMPAIGN_E_COLUMN, -1, path, "%s has none of the headings of form \"%s\"",
                           reader->grid.name ? reader->grid.name : "the file", reader->form->id);
    const int32_t n_columns = reader->grid.n_columns;
    reader->header_row = reader->grid.cells[first].row;
    reader->columns = cpn_io_alloc_zero(n_columns, sizeof *reader->columns);
    reader->outputs = cpn_io_alloc_zero(n_columns + reader->form->n_fields, sizeof *reader->outputs);
    if (!reader->columns || !reader->outputs) return cpn_io_fail_nomem(error);
    memcpy(reader->units.currency, reader->options.currency ? reader->options.currency : "CNY", 4);
    campaign_status status = cpn_form_start_notes(reader, error);
    for (int64_t i = first; i < end && status == CAMPAIGN_OK; i++) status = take_heading(reader, i, error);
    for (int32_t i = 0; i < reader->form->n_fields && status == CAMPAIGN_OK; i++)
        status = add_field(reader, &reader->form->fields[i], path, error);
    for (int32_t i = 0; i < n_columns && status == CAMPAIGN_OK; i++) {
        if (!reader->columns[i].is_read)
            status = add_nameless(reader, i, error);
        else if (!reader->columns[i].field)
            status = add_other(reader, i, error);
    }
    return status;
}
