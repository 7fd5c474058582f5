/* From a cell to the value of a field. Numbers of a spreadsheet are binary: amounts are taken to the minor unit that they
 * are nearest to, and refused where they are not near one. */
#include <campaign/io.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "io/csv_value.h"
#include "io/form_grid.h"
#include "io/form_xlsx.h"

enum { DAYS_1904 = 1462, FALSE_DAY = 60, LAST_SERIAL = 2958465, ROOM_FOR_VALUE = 60 };
static const double micros_per_day = 86400e6, largest_whole = 9007199254740992.0, nearness = 1e-9;

/* "column …: "…" words", with the cell's place. */
static campaign_status refuse(const cpn_grid *grid, const cpn_grid_cell *cell, const cpn_form_field *field,
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

/* A cell's text as a type that CSV files have, too. */
static campaign_status read_text(cpn_io_value *value, const cpn_grid *grid, const cpn_grid_cell *cell,
                                 const cpn_form_field *field, const cpn_io_terms *terms, campaign_error *error)
{
    const char *text = cpn_grid_text(grid, cell);
    size_t length = (size_t)cell->length;
    cpn_io_trim(&text, &length);
    const cpn_io_trouble trouble = cpn_io_read_declared(value, terms, text, length, length);
    if (trouble == CPN_IO_FINE) return CAMPAIGN_OK;
    const cpn_io_trouble_words *words = cpn_io_describe(trouble);
    return refuse(grid, cell, field, words->code, words->words, error);
}

static campaign_status read_number(double *number, const cpn_grid *grid, const cpn_grid_cell *cell,
                                   const cpn_form_field *field, campaign_error *error)
{
    cpn_io_value value = { 0 };
    const cpn_io_terms terms = { .type = CAMPAIGN_TYPE_FLOAT64 };
    const campaign_status status = read_text(&value, grid, cell, field, &terms, error);
    *number = value.real;
    return status;
}

/* The whole number that a number is near to. */
static bool find_whole(int64_t *whole, double number)
{
    const double nearest = floor(number + 0.5), size = fabs(number) < 1 ? 1 : fabs(number);
    if (!(fabs(nearest) < largest_whole) || fabs(number - nearest) > size * nearness) return false;
    *whole = (int64_t)nearest;
    return true;
}

static campaign_status read_integer(cpn_grid_value *value, const cpn_grid *grid, const cpn_grid_cell *cell,
                                    const cpn_form_field *field, campaign_error *error)
{
    if (cell->kind == CPN_GRID_TEXT) {
        cpn_io_value found = { 0 };
        const cpn_io_terms terms = { .type = CAMPAIGN_TYPE_INT64 };
        const campaign_status status = read_text(&found, grid, cell, field, &terms, error);
        value->integer = found.integer;
        return status;
    }
    double number = 0;
    const campaign_status status = read_number(&number, grid, cell, field, error);
    if (status != CAMPAIGN_OK) return status;
    if (find_whole(&value->integer, number)) return CAMPAIGN_OK;
    return refuse(grid, cell, field, CAMPAIGN_E_VALUE, "is not a whole number", error);
}

static campaign_status read_share(cpn_grid_value *value, const cpn_grid *grid, const cpn_grid_cell *cell,
                                  const cpn_form_field *field, campaign_error *error)
{
    double share = 0;
    const campaign_status status = read_number(&share, grid, cell, field, error);
    if (status != CAMPAIGN_OK) return status;
    /* A spreadsheet holds 1/3 with all its digits; a share is kept to the millionth. */
    if (!(fabs(share) <= 1e6)) return refuse(grid, cell, field, CAMPAIGN_E_OVERFLOW, "is no share", error);
    value->integer = (int64_t)floor(share * 1e6 + 0.5);
    return CAMPAIGN_OK;
}

static campaign_status read_money(cpn_grid_value *value, const cpn_grid *grid, const cpn_grid_cell *cell,
                                  const cpn_form_field *field, const cpn_grid_money *money, campaign_error *error)
{
    const int32_t exponent = money->exponent + (money->in_ten_thousands ? 4 : 0);
    if (cell->kind == CPN_GRID_TEXT && exponent <= 9) {
        cpn_io_value found = { 0 };
        cpn_io_terms terms = { .type = CAMPAIGN_TYPE_MONEY, .exponent = exponent };
        memcpy(terms.currency, money->currency, sizeof terms.currency);
        const campaign_status status = read_text(&found, grid, cell, field, &terms, error);
        value->integer = found.integer;
        return status;
    }
    double number = 0;
    const campaign_status status = read_number(&number, grid, cell, field, error);
    if (status != CAMPAIGN_OK) return status;
    for (int32_t i = 0; i < exponent; i++) number *= 10;
    if (find_whole(&value->integer, number)) return CAMPAIGN_OK;
    return refuse(grid, cell, field, CAMPAIGN_E_VALUE, "has more decimals than the currency, or too many digits",
                  error);
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
        const campaign_status status = read_text(&found, grid, cell, field, &terms, error);
        value->integer = found.integer;
        return status;
    }
    double serial = 0;
    int64_t day = 0;
    const campaign_status status = read_number(&serial, grid, cell, field, error);
    if (status != CAMPAIGN_OK) return status;
    /* To the millisecond: finer than that a day's fraction is not kept by every program. */
    double fraction = floor((serial - floor(serial)) * 86400e3 + 0.5) * 1e3;
    if (fraction >= micros_per_day) serial += 0.5, fraction = 0;
    if (!find_day(&day, serial, grid->begins_1904))
        return refuse(grid, cell, field, CAMPAIGN_E_VALUE, "is no day that a spreadsheet knows", error);
    if (!is_moment && fraction > 0)
        return refuse(grid, cell, field, CAMPAIGN_E_VALUE, "has a time of day, where a day is expected", error);
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
    return refuse(grid, cell, field, CAMPAIGN_E_VALUE, words, error);
}

campaign_status cpn_grid_read_value(cpn_grid_value *value, const cpn_grid *grid, const cpn_grid_cell *cell,
                                    const cpn_form_field *field, const cpn_grid_money *money, campaign_error *error)
{
    if (cell->kind == CPN_GRID_ERROR)
        return refuse(grid, cell, field, CAMPAIGN_E_VALUE, "is an error of the spreadsheet", error);
    switch (field->kind) {
    case CPN_FORM_INTEGER:
    case CPN_FORM_FLAG: return read_integer(value, grid, cell, field, error);
    case CPN_FORM_REAL: return read_number(&value->real, grid, cell, field, error);
    case CPN_FORM_MONEY: return read_money(value, grid, cell, field, money, error);
    case CPN_FORM_SHARE: return read_share(value, grid, cell, field, error);
    case CPN_FORM_DATE:
    case CPN_FORM_LAST_DAY:
    case CPN_FORM_MOMENT: return read_time(value, grid, cell, field, error);
    case CPN_FORM_WORD: return read_word(value, grid, cell, field, error);
    case CPN_FORM_TEXT: break;
    }
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
    if (!cell->is_date || cell->kind != CPN_GRID_NUMBER) return;
    if (cpn_io_read_declared(&serial, &terms, value->text, value->length, value->length) != CPN_IO_FINE ||
        !find_day(&day, serial.real, grid->begins_1904))
        return;
    value->length = cpn_form_print_day(value->room, day);
    value->text = value->room;
}
