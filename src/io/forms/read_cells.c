/* From a cell to the value of a field: days, moments, words and text; numbers stand in read_numbers.c. */
#include <campaign/io.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "io/csv/value.h"
#include "io/forms/grid.h"
#include "io/forms/xlsx.h"

enum { DAYS_1904 = 1462, FALSE_DAY = 60, LAST_SERIAL = 2958465, ROOM_FOR_VALUE = 60 };
static const double micros_per_day = 86400e6;

campaign_status cpn_grid_refuse(const cpn_grid *grid, const cpn_grid_cell *cell, const cpn_form_field *field,
                                campaign_status code, const char *words, campaign_error *error)
{
    char message[256];
    cpn_grid_value shown;
    cpn_grid_say(&shown, grid, cell);
    const size_t length =
        cpn_io_utf8_cut(shown.text, shown.length, shown.length < ROOM_FOR_VALUE ? shown.length : ROOM_FOR_VALUE);
    (void)snprintf(message, sizeof message, "column %s (%s): \"%.*s\" %s", field->zh, field->id, (int)length,
                   shown.text, words);
    return cpn_grid_fail(grid, cell, code, message, error);
}

/* The ASCII character of a full-width one, U+FF01 to U+FF5E, as Chinese input methods type it, or of an ideographic space;
 * 0 where it is none. */
static char narrow(const char *text, size_t length)
{
    if (length < 3) return 0;
    const unsigned char *bytes = (const unsigned char *)text;
    if (memcmp(text, "\xE3\x80\x80", 3) == 0) return ' ';
    if (bytes[0] != 0xEF || (bytes[1] != 0xBC && bytes[1] != 0xBD)) return 0;
    const unsigned low = (bytes[1] & 3u) << 6 | (bytes[2] & 0x3Fu); /* of U+FFxx */
    return low >= 1 && low <= 0x5E ? (char)(low + 0x20) : 0;
}

void cpn_grid_make_plain(cpn_grid_plain *plain, const cpn_grid *grid, const cpn_grid_cell *cell)
{
    const char *text = cpn_grid_text(grid, cell);
    size_t length = (size_t)cell->length, n = 0;
    cpn_io_trim(&text, &length);
    plain->length = 0;
    for (size_t i = 0; i < length && n < sizeof plain->text; n++) {
        const char ascii = narrow(text + i, length - i);
        plain->text[n] = ascii ? ascii : text[i];
        i += ascii ? 3 : 1;
    }
    if (n < sizeof plain->text) plain->length = n;
}

campaign_status cpn_grid_read_text(cpn_io_value *value, const cpn_grid *grid, const cpn_grid_cell *cell,
                                   const cpn_form_field *field, const cpn_io_terms *terms, campaign_error *error)
{
    cpn_grid_plain plain;
    cpn_grid_make_plain(&plain, grid, cell);
    const cpn_io_trouble trouble = cpn_io_read_declared(value, terms, plain.text, plain.length, plain.length);
    if (trouble == CPN_IO_FINE) return CAMPAIGN_OK;
    const cpn_io_trouble_words *words = cpn_io_describe(trouble);
    return cpn_grid_refuse(grid, cell, field, words->code, words->words, error);
}

/* Days since 1970-01-01 of a serial number; false where it is none. */
static bool find_day(int64_t *day, double serial, bool begins_1904)
{
    if (begins_1904) serial += DAYS_1904;
    if (!(serial >= 1 && serial < LAST_SERIAL + 1)) return false;
    const int64_t whole = (int64_t)floor(serial);
    if (whole == FALSE_DAY) return false;
    *day = whole - CPN_XLSX_EPOCH + (whole < FALSE_DAY);
    return true;
}

static campaign_status read_time(cpn_grid_value *value, const cpn_grid *grid, const cpn_grid_cell *cell,
                                 const cpn_form_field *field, campaign_error *error)
{
    const bool is_moment = field->kind == CPN_FORM_MOMENT;
    if (cell->kind == CPN_GRID_TEXT) {
        cpn_io_value found = { 0 };
        const cpn_io_terms terms = { .type = is_moment ? CAMPAIGN_TYPE_TIMESTAMP : CAMPAIGN_TYPE_DATE };
        const campaign_status status = cpn_grid_read_text(&found, grid, cell, field, &terms, error);
        value->integer = found.integer;
        return status;
    }
    double serial = 0;
    int64_t day = 0;
    const campaign_status status = cpn_grid_read_number(&serial, grid, cell, field, error);
    if (status != CAMPAIGN_OK) return status;
    /* To the millisecond: finer than that a day's fraction is not kept by every program. */
    double fraction = floor((serial - floor(serial)) * 86400e3 + 0.5) * 1e3;
    if (fraction >= micros_per_day) serial += 0.5, fraction = 0;
    if (!find_day(&day, serial, grid->begins_1904))
        return cpn_grid_refuse(grid, cell, field, CAMPAIGN_E_VALUE, "is no day that a spreadsheet knows", error);
    if (!is_moment && fraction > 0)
        return cpn_grid_refuse(grid, cell, field, CAMPAIGN_E_VALUE, "has a time of day, where a day is expected",
                               error);
    value->integer = is_moment ? day * INT64_C(86400000000) + (int64_t)fraction : day;
    return CAMPAIGN_OK;
}

static campaign_status read_word(cpn_grid_value *value, const cpn_grid *grid, const cpn_grid_cell *cell,
                                 const cpn_form_field *field, campaign_error *error)
{
    char words[160] = "is none of ";
    size_t n = strlen(words);
    const char *text = cpn_grid_text(grid, cell);
    size_t length = (size_t)cell->length;
    cpn_io_trim(&text, &length);
    const cpn_form_word *word = cpn_form_read_word(field->words, text, length);
    if (word) {
        value->text = word->id, value->length = strlen(word->id);
        return CAMPAIGN_OK;
    }
    for (int32_t i = 0; i < field->words->n_items; i++) {
        const int more = snprintf(words + n, sizeof words - n, "%s%s %s", i ? ", " : "", field->words->items[i].zh,
                                  field->words->items[i].en);
        if (more < 0 || (size_t)more >= sizeof words - n) break;
        n += (size_t)more;
    }
    words[cpn_io_utf8_valid(words, strlen(words))] = '\0';
    return cpn_grid_refuse(grid, cell, field, CAMPAIGN_E_VALUE, words, error);
}

/* A number where text is read: 0 where there is none. */
static double number_of(const cpn_grid *grid, const cpn_grid_cell *cell)
{
    cpn_io_value value = { 0 };
    const cpn_io_terms terms = { .type = CAMPAIGN_TYPE_FLOAT64 };
    const size_t length = (size_t)cell->length;
    if (cell->kind != CPN_GRID_NUMBER || cell->is_date) return 0;
    return cpn_io_read_declared(&value, &terms, cpn_grid_text(grid, cell), length, length) == CPN_IO_FINE ? value.real
                                                                                                          : 0;
}

/* Whether an id has lost digits: as a number of more than 15, or in a CSV file as 1.23E+17. */
static bool is_rounded(const cpn_grid *grid, const cpn_grid_cell *cell, const cpn_form_field *field)
{
    if (!*field->id) return false; /* of a column that the form does not know */
    if (cell->kind == CPN_GRID_TEXT)
        return !grid->name && field->needs_value &&
               cpn_io_is_destroyed(cpn_grid_text(grid, cell), (size_t)cell->length);
    return !(fabs(number_of(grid, cell)) < 1e15);
}

/* Why no value of the field can be in a cell of this kind, or NULL. */
static const char *find_fault(const cpn_grid_cell *cell, const cpn_form_field *field)
{
    if (cell->kind == CPN_GRID_ERROR) return "is an error of the spreadsheet";
    if (cell->kind == CPN_GRID_FORMULA)
        return "is a formula without its result: open the workbook in a spreadsheet and save it";
    const bool is_text = field->kind == CPN_FORM_TEXT || field->kind == CPN_FORM_WORD || field->kind == CPN_FORM_FLAG;
    if (cell->kind == CPN_GRID_FLAG && !is_text) return "is yes or no, where a number or a date is expected";
    return NULL;
}

campaign_status cpn_grid_read_value(cpn_grid_value *value, const cpn_grid *grid, const cpn_grid_cell *cell,
                                    const cpn_form_field *field, const cpn_grid_units *units, campaign_error *error)
{
    const char *fault = find_fault(cell, field);
    if (fault) return cpn_grid_refuse(grid, cell, field, CAMPAIGN_E_VALUE, fault, error);
    switch (field->kind) {
    case CPN_FORM_INTEGER:
    case CPN_FORM_FLAG:
    case CPN_FORM_REAL:
    case CPN_FORM_MONEY:
    case CPN_FORM_SHARE: return cpn_grid_read_amount(value, grid, cell, field, units, error);
    case CPN_FORM_DATE:
    case CPN_FORM_LAST_DAY:
    case CPN_FORM_MOMENT: return read_time(value, grid, cell, field, error);
    case CPN_FORM_WORD: return read_word(value, grid, cell, field, error);
    case CPN_FORM_TEXT: break;
    }
    if (is_rounded(grid, cell, field))
        return cpn_grid_refuse(grid, cell, field, CAMPAIGN_E_VALUE,
                               "is a number that the spreadsheet has rounded: make the cells text, and type it again",
                               error);
    cpn_grid_say(value, grid, cell);
    return CAMPAIGN_OK;
}

void cpn_grid_say(cpn_grid_value *value, const cpn_grid *grid, const cpn_grid_cell *cell)
{
    cpn_io_value serial = { 0 };
    int64_t day = 0;
    const cpn_io_terms terms = { .type = CAMPAIGN_TYPE_FLOAT64 };
    value->text = cpn_grid_text(grid, cell);
    value->length = (size_t)cell->length;
    if (cell->kind == CPN_GRID_FLAG) {
        value->text = *value->text == '1' ? "TRUE" : "FALSE";
        value->length = strlen(value->text);
    }
    const double number = number_of(grid, cell);
    if (number == floor(number) && fabs(number) >= 1 && fabs(number) < 1e15) { /* 1.38E+10, as some programs save it */
        value->length = cpn_form_print_decimal(value->room, (int64_t)number, 0, 0);
        value->text = value->room;
    }
    if (!cell->is_date || cell->kind != CPN_GRID_NUMBER) return;
    if (cpn_io_read_declared(&serial, &terms, value->text, value->length, value->length) != CPN_IO_FINE ||
        !find_day(&day, serial.real, grid->begins_1904))
        return;
    value->length = cpn_form_print_day(value->room, day);
    value->text = value->room;
}
