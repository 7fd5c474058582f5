/* Cells of the promotion weeks' tables: each column with its types and limits, and keys looked up across tables. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "plan/weeks/weeks.h"

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

campaign_status cpn_weeks_find(int32_t *number, const cpn_named_keys *keys, const cpn_weeks_field *field, int64_t row,
                               campaign_error *error)
{
    const cpn_cell_place place = { field->spec->where, field->spec->name };
    return cpn_named_keys_find(number, keys, &field->column, row, &place, error);
}
