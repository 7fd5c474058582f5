/* Cells of the promotion weeks' tables: each column with its types and limits, and keys looked up across tables. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "plan/weeks.h"

campaign_status cpn_weeks_open(cpn_weeks_field *fields, const cpn_weeks_spec *specs, int32_t n,
                               const campaign_table *table, const char *item_name, campaign_error *error)
{
    for (int32_t i = 0; i < n; i++) {
        const cpn_weeks_spec *spec = &specs[i];
        char table_name[32] = { 0 };
        memcpy(table_name, spec->where, strcspn(spec->where, "."));
        const bool is_item = strcmp(spec->name, "item") == 0 && item_name && *item_name;
        /* The caller's name is for all tables; a ladder for every item has no such column. */
        const char *name =
            is_item && (spec->is_required || campaign_table_find(table, item_name) >= 0) ? item_name : NULL;
        fields[i].spec = spec;
        const campaign_status status =
            spec->is_required
                ? cpn_need_column(&fields[i].column, table, table_name, name, spec->name, spec->types, error)
                : cpn_find_column(&fields[i].column, table, table_name, name, spec->name, spec->types, error);
        if (status != CAMPAIGN_OK) return status;
    }
    return CAMPAIGN_OK;
}

bool cpn_weeks_has(const cpn_weeks_field *field, int64_t row)
{
    return field->column.type != 0 && !cpn_is_null(&field->column, row);
}

static campaign_status refuse_null(const cpn_weeks_field *field, int64_t row, campaign_error *error)
{
    return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, field->spec->where, "%s is null", field->spec->name);
}

static campaign_status check_range(double value, const cpn_weeks_field *field, int64_t row, campaign_error *error)
{
    const cpn_weeks_spec *spec = field->spec;
    if (value >= spec->minimum && value <= spec->maximum) return CAMPAIGN_OK; /* false for what is not a number */
    char found[CPN_NUMBER_TEXT], least[CPN_NUMBER_TEXT], most[CPN_NUMBER_TEXT], cell[64];
    (void)cpn_format_double(found, value);
    (void)cpn_format_double(least, spec->minimum);
    (void)cpn_format_double(most, spec->maximum);
    if (field->column.type == CAMPAIGN_TYPE_MONEY) {
        (void)cpn_format_cell(cell, sizeof cell, &field->column, row);
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, spec->where, "%s is %s, expected %s minor units or more",
                            spec->name, cell, least);
    }
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, spec->where, "%s is %s, expected %s to %s", spec->name, found,
                        least, most);
}

campaign_status cpn_weeks_float(double *value, const cpn_weeks_field *field, int64_t row, campaign_error *error)
{
    *value = field->spec->fallback;
    if (!cpn_weeks_has(field, row)) return field->spec->is_required ? refuse_null(field, row, error) : CAMPAIGN_OK;
    const campaign_column *column = &field->column;
    *value = column->type == CAMPAIGN_TYPE_FLOAT64 ? ((const double *)column->values)[row]
                                                   : (double)cpn_cell_int64(column, row);
    return check_range(*value, field, row, error);
}

campaign_status cpn_weeks_int(int64_t *value, const cpn_weeks_field *field, int64_t row, campaign_error *error)
{
    *value = (int64_t)field->spec->fallback;
    if (!cpn_weeks_has(field, row)) return field->spec->is_required ? refuse_null(field, row, error) : CAMPAIGN_OK;
    *value = cpn_cell_int64(&field->column, row);
    return check_range((double)*value, field, row, error);
}

/* ---- Keys -------------------------------------------------------------------------------------------------------- */

campaign_status cpn_weeks_keys_create(cpn_weeks_keys *keys, const campaign_column *column,
                                      const campaign_runtime *runtime, campaign_error *error)
{
    keys->column = *column;
    return cpn_keys_create(&keys->keys, column, runtime, error);
}

void cpn_weeks_keys_free(cpn_weeks_keys *keys)
{
    cpn_keys_free(&keys->keys);
}

void cpn_weeks_key_text(char text[CPN_WEEKS_KEY_TEXT], const cpn_weeks_keys *keys, int64_t number)
{
    (void)cpn_format_cell(text, CPN_WEEKS_KEY_TEXT, &keys->column, keys->keys.first_rows[number]);
}

/* -1, 0 or 1: a cell beside a key. Both are texts, or both are whole numbers. */
static int compare_key(const campaign_column *cells, int64_t row, const cpn_weeks_keys *keys, int64_t number)
{
    const int64_t key_row = keys->keys.first_rows[number];
    if (cells->type != CAMPAIGN_TYPE_UTF8) {
        const int64_t a = cpn_cell_int64(cells, row), b = cpn_cell_int64(&keys->column, key_row);
        return (a > b) - (a < b);
    }
    size_t a_length, b_length;
    const char *a = cpn_cell_text(cells, row, &a_length), *b = cpn_cell_text(&keys->column, key_row, &b_length);
    const size_t shorter = a_length < b_length ? a_length : b_length;
    const int order = shorter ? memcmp(a, b, shorter) : 0;
    if (order != 0) return order < 0 ? -1 : 1;
    return (a_length > b_length) - (a_length < b_length);
}

campaign_status cpn_weeks_find(int32_t *number, const cpn_weeks_keys *keys, const cpn_weeks_field *field, int64_t row,
                               campaign_error *error)
{
    const campaign_column *cells = &field->column;
    if (cpn_is_null(cells, row)) return refuse_null(field, row, error);
    char text[CPN_WEEKS_KEY_TEXT];
    (void)cpn_format_cell(text, sizeof text, cells, row);
    if (keys->keys.n_keys > 0 && (cells->type == CAMPAIGN_TYPE_UTF8) != (keys->column.type == CAMPAIGN_TYPE_UTF8))
        return cpn_fail_row(error, CAMPAIGN_E_COLUMN, row, field->spec->where, "\"%s\" is %s, the keys of %s are %s",
                            text, cpn_type_name(cells->type), keys->column.name, cpn_type_name(keys->column.type));
    int64_t low = 0, high = keys->keys.n_keys;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        const int order = compare_key(cells, row, keys, middle);
        if (order == 0) {
            *number = (int32_t)middle;
            return CAMPAIGN_OK;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row, field->spec->where, "there is no %s \"%s\"", field->spec->name,
                        text);
}
