/* Cells of the tables of stock and orders: each column with its types and limits, and keys looked up across tables. */
#include <string.h>

#include "allocate/store.h"
#include "base/number.h"

static const char *own_name(const cpn_shelf_spec *spec, const cpn_shelf_names *names)
{
    if (strcmp(spec->name, "sku") == 0) return names->sku;
    return strcmp(spec->name, "store") == 0 ? names->store : NULL;
}

campaign_status cpn_shelf_open(cpn_shelf_field *fields, const cpn_shelf_spec *specs, int32_t n,
                               const campaign_table *table, const cpn_shelf_names *names, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < n && status == CAMPAIGN_OK; i++) {
        const cpn_shelf_spec *spec = &specs[i];
        char table_name[32] = { 0 };
        memcpy(table_name, spec->where, strcspn(spec->where, "."));
        fields[i].spec = spec;
        status = spec->is_required ? cpn_need_column(&fields[i].column, table, table_name, own_name(spec, names),
                                                     spec->name, spec->types, error)
                                   : cpn_find_column(&fields[i].column, table, table_name, own_name(spec, names),
                                                     spec->name, spec->types, error);
    }
    return status;
}

bool cpn_shelf_has(const cpn_shelf_field *field, int64_t row)
{
    return field->column.type != 0 && !cpn_is_null(&field->column, row);
}

static campaign_status refuse_null(const cpn_shelf_field *field, int64_t row, campaign_error *error)
{
    return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, field->spec->where, "%s is null", field->spec->name);
}

static campaign_status check_range(double value, const cpn_shelf_field *field, int64_t row, campaign_error *error)
{
    const cpn_shelf_spec *spec = field->spec;
    if (value >= spec->minimum && value <= spec->maximum) return CAMPAIGN_OK; /* false for what is not a number */
    char found[64], least[CPN_NUMBER_TEXT], most[CPN_NUMBER_TEXT];
    (void)cpn_format_cell(found, sizeof found, &field->column, row);
    (void)cpn_format_double(least, spec->minimum);
    (void)cpn_format_double(most, spec->maximum);
    const char *unit = field->column.type == CAMPAIGN_TYPE_MONEY ? " minor units" : "";
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, spec->where, "%s is %s, expected %s to %s%s", spec->name, found,
                        least, most, unit);
}

campaign_status cpn_shelf_float(double *value, const cpn_shelf_field *field, int64_t row, campaign_error *error)
{
    *value = field->spec->fallback;
    if (!cpn_shelf_has(field, row)) return field->spec->is_required ? refuse_null(field, row, error) : CAMPAIGN_OK;
    const campaign_column *column = &field->column;
    *value = column->type == CAMPAIGN_TYPE_FLOAT64 ? ((const double *)column->values)[row]
                                                   : (double)cpn_cell_int64(column, row);
    return check_range(*value, field, row, error);
}

campaign_status cpn_shelf_int(int64_t *value, const cpn_shelf_field *field, int64_t row, campaign_error *error)
{
    *value = (int64_t)field->spec->fallback;
    if (!cpn_shelf_has(field, row)) return field->spec->is_required ? refuse_null(field, row, error) : CAMPAIGN_OK;
    *value = cpn_cell_int64(&field->column, row);
    return check_range((double)*value, field, row, error);
}

/* ---- Keys -------------------------------------------------------------------------------------------------------- */

void cpn_shelf_key_text(char text[CPN_SHELF_KEY_TEXT], const cpn_shelf_keys *keys, int64_t number)
{
    (void)cpn_format_cell(text, CPN_SHELF_KEY_TEXT, &keys->column, keys->keys.first_rows[number]);
}

/* -1, 0 or 1: a cell beside a key. Both are texts, or both are whole numbers. */
static int compare_key(const campaign_column *cells, int64_t row, const cpn_shelf_keys *keys, int64_t number)
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

campaign_status cpn_shelf_find(int32_t *number, const cpn_shelf_keys *keys, const cpn_shelf_field *field, int64_t row,
                               campaign_error *error)
{
    const campaign_column *cells = &field->column;
    if (cpn_is_null(cells, row)) return refuse_null(field, row, error);
    char text[CPN_SHELF_KEY_TEXT];
    const bool is_text = cells->type == CAMPAIGN_TYPE_UTF8;
    if (keys->keys.n_keys > 0 && is_text != (keys->column.type == CAMPAIGN_TYPE_UTF8)) {
        (void)cpn_format_cell(text, sizeof text, cells, row);
        return cpn_fail_row(error, CAMPAIGN_E_COLUMN, row, field->spec->where, "\"%s\" is %s, the keys of %s are %s",
                            text, cpn_type_name(cells->type), keys->column.name, cpn_type_name(keys->column.type));
    }
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
    (void)cpn_format_cell(text, sizeof text, cells, row);
    return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row, field->spec->where, "there is no %s \"%s\"", field->spec->name,
                        text);
}

campaign_status cpn_shelf_take_language(bool *is_chinese, const char *language, campaign_error *error)
{
    *is_chinese = language && strcmp(language, "zh") == 0;
    if (!language || *is_chinese || strcmp(language, "en") == 0) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_UNKNOWN, "options.language", "\"%.60s\" is neither en nor zh", language);
}
