/* Numbers of a form: counts, shares and amounts, in the unit that their heading or the cell itself names. Numbers of a
 * spreadsheet are binary: amounts are taken to the minor unit that they are nearest to, and refused where they are not
 * near one. What no form can mean (a negative count, a share above the whole) is refused. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "io/forms/grid.h"

static const double largest_whole = 9007199254740992.0, nearness = 1e-9;
enum { WHOLE_PPM = 1000000 };

campaign_status cpn_grid_read_number(double *number, const cpn_grid *grid, const cpn_grid_cell *cell,
                                     const cpn_form_field *field, campaign_error *error)
{
    cpn_io_value value = { 0 };
    const cpn_io_terms terms = { .type = CAMPAIGN_TYPE_FLOAT64 };
    const campaign_status status = cpn_grid_read_text(&value, grid, cell, field, &terms, error);
    *number = value.real;
    if (status != CAMPAIGN_OK || fabs(value.real) <= DBL_MAX) return status;
    return cpn_grid_refuse(grid, cell, field, CAMPAIGN_E_VALUE, "is not a number", error);
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
        const campaign_status status = cpn_grid_read_text(&found, grid, cell, field, &terms, error);
        value->integer = found.integer;
        return status;
    }
    double number = 0;
    const campaign_status status = cpn_grid_read_number(&number, grid, cell, field, error);
    if (status != CAMPAIGN_OK || find_whole(&value->integer, number)) return status;
    return cpn_grid_refuse(grid, cell, field, CAMPAIGN_E_VALUE, "is not a whole number", error);
}

/* ---- Shares ----------------------------------------------------------------------------------------------------- */

static bool is_percentage(const cpn_grid *grid, const cpn_grid_cell *cell)
{
    cpn_grid_plain plain;
    cpn_grid_make_plain(&plain, grid, cell);
    return cell->kind == CPN_GRID_TEXT && plain.length && plain.text[plain.length - 1] == '%';
}

/* Parts per million under the column's id, as tables have them; otherwise a fraction or a percentage. A spreadsheet holds
 * 1/3 with all its digits; a share is kept to the millionth. */
static campaign_status read_share(cpn_grid_value *value, const cpn_grid *grid, const cpn_grid_cell *cell,
                                  const cpn_form_field *field, const cpn_grid_units *units, campaign_error *error)
{
    double share = 0;
    campaign_status status;
    if (units->in_ppm && !is_percentage(grid, cell)) {
        status = read_integer(value, grid, cell, field, error);
        if (status != CAMPAIGN_OK || (value->integer >= 0 && value->integer <= WHOLE_PPM)) return status;
        return cpn_grid_refuse(grid, cell, field, CAMPAIGN_E_VALUE,
                               "is not between 0 and 1000000 parts per million, in which this heading counts", error);
    }
    status = cpn_grid_read_number(&share, grid, cell, field, error);
    if (status != CAMPAIGN_OK) return status;
    const double ppm = floor(share * WHOLE_PPM + 0.5);
    if (!(ppm >= 0 && ppm <= WHOLE_PPM))
        return cpn_grid_refuse(grid, cell, field, CAMPAIGN_E_VALUE, "is not between 0 and 100%: half is 50% or 0.5",
                               error);
    value->integer = (int64_t)ppm;
    return CAMPAIGN_OK;
}

/* ---- Amounts ---------------------------------------------------------------------------------------------------- */

/* Takes a word behind the number out, the 万 of 47万元; false where there is none. 47万5000 is left as it is, and no amount. */
static bool cut(cpn_grid_plain *plain, const char *word)
{
    const size_t n = strlen(word);
    size_t at = 0;
    while (at + n <= plain->length && memcmp(plain->text + at, word, n) != 0) at++;
    if (at + n > plain->length) return false;
    for (size_t i = at + n; i < plain->length; i++)
        if (plain->text[i] >= '0' && plain->text[i] <= '9') return false;
    memmove(plain->text + at, plain->text + at + n, plain->length - at - n);
    plain->length -= n;
    return true;
}

/* What people call the currency's major unit behind a number; NULL: nothing that says more than the currency. */
static const char *unit_of(const char *currency)
{
    return strcmp(currency, "CNY") == 0 ? "元" : strcmp(currency, "JPY") == 0 ? "円" : NULL;
}

/* An amount as it is typed. 470000元 and 47万元 name their unit, and are the same under every heading; ￥47 under 万元 could
 * be either. */
static campaign_status read_typed_money(cpn_grid_value *value, const cpn_grid *grid, const cpn_grid_cell *cell,
                                        const cpn_form_field *field, const cpn_grid_units *units, campaign_error *error)
{
    cpn_grid_plain plain;
    cpn_grid_make_plain(&plain, grid, cell);
    const char *unit = unit_of(units->currency);
    const bool is_cut = cut(&plain, "万"), names_major = unit && cut(&plain, unit);
    const bool in_ten_thousands = is_cut || (units->in_ten_thousands && !names_major);
    cpn_io_terms terms = { .type = CAMPAIGN_TYPE_MONEY, .exponent = units->exponent + (in_ten_thousands ? 4 : 0) };
    cpn_io_value found = { 0 };
    cpn_io_trouble trouble = cpn_io_read_declared(&found, &terms, plain.text, plain.length, plain.length);
    const bool has_unit = trouble == CPN_IO_NOT_MONEY;
    if (has_unit) {
        memcpy(terms.currency, units->currency, sizeof terms.currency);
        trouble = cpn_io_read_declared(&found, &terms, plain.text, plain.length, plain.length);
    }
    value->integer = found.integer;
    if (trouble == CPN_IO_FINE && has_unit && in_ten_thousands && !is_cut)
        return cpn_grid_refuse(grid, cell, field, CAMPAIGN_E_VALUE,
                               "names a currency under a heading in ten thousands: write 元 or 万 behind the number",
                               error);
    if (trouble == CPN_IO_FINE) return CAMPAIGN_OK;
    const cpn_io_trouble_words *words = cpn_io_describe(trouble);
    return cpn_grid_refuse(grid, cell, field, words->code, words->words, error);
}

static campaign_status read_money(cpn_grid_value *value, const cpn_grid *grid, const cpn_grid_cell *cell,
                                  const cpn_form_field *field, const cpn_grid_units *units, campaign_error *error)
{
    if (cell->kind == CPN_GRID_TEXT) return read_typed_money(value, grid, cell, field, units, error);
    double number = 0;
    const int32_t exponent = units->exponent + (units->in_ten_thousands ? 4 : 0);
    const campaign_status status = cpn_grid_read_number(&number, grid, cell, field, error);
    if (status != CAMPAIGN_OK) return status;
    for (int32_t i = 0; i < exponent; i++) number *= 10;
    if (find_whole(&value->integer, number)) return CAMPAIGN_OK;
    return cpn_grid_refuse(grid, cell, field, CAMPAIGN_E_VALUE,
                           "has more decimals than the currency, or too many digits", error);
}

campaign_status cpn_grid_read_amount(cpn_grid_value *value, const cpn_grid *grid, const cpn_grid_cell *cell,
                                     const cpn_form_field *field, const cpn_grid_units *units, campaign_error *error)
{
    campaign_status status;
    if (field->kind == CPN_FORM_SHARE) return read_share(value, grid, cell, field, units, error);
    if (field->kind == CPN_FORM_MONEY)
        status = read_money(value, grid, cell, field, units, error);
    else if (field->kind == CPN_FORM_REAL)
        status = cpn_grid_read_number(&value->real, grid, cell, field, error);
    else
        status = read_integer(value, grid, cell, field, error);
    if (status == CAMPAIGN_OK && field->is_natural && (value->integer < 0 || value->real < 0))
        return cpn_grid_refuse(grid, cell, field, CAMPAIGN_E_VALUE, "is below 0", error);
    return status;
}
