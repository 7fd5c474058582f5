/* Cells of the tables of stock and orders: each column with its types and limits, and keys looked up across tables. */
#include <string.h>

#include "allocate/stock/store.h"
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

campaign_status cpn_shelf_find(int32_t *number, const cpn_named_keys *keys, const cpn_shelf_field *field, int64_t row,
                               campaign_error *error)
{
    const cpn_cell_place place = { field->spec->where, field->spec->name };
    return cpn_named_keys_find(number, keys, &field->column, row, &place, error);
}
