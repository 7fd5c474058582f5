/* Cells of the budget's tables: each column with its types and limits, amounts in counting units, keys looked up. */
#include <math.h>
#include <string.h>

#include "allocate/budget/spend.h"
#include "base/checked.h"
#include "base/number.h"

campaign_status cpn_spend_open_fields(cpn_spend_field *fields, const cpn_spend_spec *specs, int32_t n,
                                      const campaign_table *table, campaign_error *error)
{
    for (int32_t i = 0; i < n; i++) {
        const cpn_spend_spec *spec = &specs[i];
        char table_name[32] = { 0 };
        memcpy(table_name, spec->where, strcspn(spec->where, "."));
        fields[i].spec = spec;
        const campaign_status status =
            spec->is_required
                ? cpn_need_column(&fields[i].column, table, table_name, NULL, spec->name, spec->types, error)
                : cpn_find_column(&fields[i].column, table, table_name, NULL, spec->name, spec->types, error);
        if (status != CAMPAIGN_OK) return status;
    }
    return CAMPAIGN_OK;
}

bool cpn_spend_has(const cpn_spend_field *field, int64_t row)
{
    return field->column.type != 0 && !cpn_is_null(&field->column, row);
}

static campaign_status refuse_null(const cpn_spend_field *field, int64_t row, campaign_error *error)
{
    return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, field->spec->where, "%s is null", field->spec->name);
}

static campaign_status refuse_value(double value, const cpn_spend_field *field, int64_t row, campaign_error *error)
{
    const cpn_spend_spec *spec = field->spec;
    char found[CPN_NUMBER_TEXT], least[CPN_NUMBER_TEXT], most[CPN_NUMBER_TEXT], cell[64];
    (void)cpn_format_double(found, value);
    (void)cpn_format_double(least, spec->minimum);
    (void)cpn_format_double(most, spec->maximum);
    if (field->column.type == CAMPAIGN_TYPE_MONEY) {
        (void)cpn_format_cell(cell, sizeof cell, &field->column, row);
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, spec->where, "%s is %s, expected %s or more", spec->name,
                            cell, least);
    }
    if (spec->maximum >= CPN_SPEND_MOST || spec->maximum <= spec->minimum) /* an amount */
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, spec->where, "%s is %s, expected %s or more", spec->name,
                            found, least);
    return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, spec->where, "%s is %s, expected %s to %s", spec->name, found,
                        least, most);
}

static double plain_value(const campaign_column *column, int64_t row)
{
    if (column->type == CAMPAIGN_TYPE_FLOAT64) return ((const double *)column->values)[row];
    return (double)cpn_cell_int64(column, row);
}

campaign_status cpn_spend_number(double *value, const cpn_spend_field *field, int64_t row, campaign_error *error)
{
    *value = field->spec->fallback;
    if (!cpn_spend_has(field, row)) return field->spec->is_required ? refuse_null(field, row, error) : CAMPAIGN_OK;
    *value = plain_value(&field->column, row);
    if (field->column.type == CAMPAIGN_TYPE_MONEY) *value /= (double)cpn_power_of_ten(field->column.exponent);
    /* False for what is not a number. */
    if (*value >= field->spec->minimum && *value <= field->spec->maximum) return CAMPAIGN_OK;
    if (*value > CPN_SPEND_MOST && *value < INFINITY)
        return cpn_fail_row(error, CAMPAIGN_E_OVERFLOW, row, field->spec->where, "%s is beyond 1e+150",
                            field->spec->name);
    return refuse_value(*value, field, row, error);
}

campaign_status cpn_spend_int(int64_t *value, const cpn_spend_field *field, int64_t row, campaign_error *error)
{
    *value = (int64_t)field->spec->fallback;
    if (!cpn_spend_has(field, row)) return field->spec->is_required ? refuse_null(field, row, error) : CAMPAIGN_OK;
    *value = cpn_cell_int64(&field->column, row);
    if ((double)*value >= field->spec->minimum && (double)*value <= field->spec->maximum) return CAMPAIGN_OK;
    return refuse_value((double)*value, field, row, error);
}

campaign_status cpn_spend_amount(double *units, const cpn_spend_field *field, int64_t row, campaign_error *error)
{
    *units = field->spec->fallback;
    if (!cpn_spend_has(field, row)) return field->spec->is_required ? refuse_null(field, row, error) : CAMPAIGN_OK;
    const campaign_column *column = &field->column;
    *units = plain_value(column, row);
    if (*units == INFINITY && field->spec->fallback == INFINITY) return CAMPAIGN_OK;
    if (!(*units >= field->spec->minimum)) return refuse_value(*units, field, row, error);
    const bool is_money = column->type == CAMPAIGN_TYPE_MONEY;
    const bool is_beyond = is_money ? cpn_cell_int64(column, row) > CPN_SPEND_MOST_MINOR : *units > CPN_SPEND_MOST;
    if (!is_beyond) return CAMPAIGN_OK;
    return cpn_fail_row(error, CAMPAIGN_E_OVERFLOW, row, field->spec->where,
                        is_money ? "%s is beyond 2^53 minor units" : "%s is beyond 1e+150", field->spec->name);
}

/* ---- Money ------------------------------------------------------------------------------------------------------- */

campaign_status cpn_spend_take_money(cpn_spend_terms *terms, const cpn_spend_field *fields, int32_t n,
                                     campaign_error *error)
{
    for (int32_t i = 0; i < n; i++) {
        const campaign_column *column = &fields[i].column;
        if (column->type != CAMPAIGN_TYPE_MONEY) continue;
        if (!terms->is_money) {
            memcpy(terms->currency, column->currency, sizeof terms->currency);
            terms->exponent = column->exponent;
            terms->is_money = true;
        }
        if (strcmp(column->currency, terms->currency) != 0 || column->exponent != terms->exponent)
            return cpn_fail(error, CAMPAIGN_E_COLUMN, fields[i].spec->where,
                            "column \"%s\" is in %s with %ld decimals, the budget in %s with %ld", column->name,
                            column->currency, (long)column->exponent, terms->currency, (long)terms->exponent);
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_spend_check_amounts(const cpn_spend_terms *terms, const cpn_spend_field *fields, int32_t n,
                                        campaign_error *error)
{
    for (int32_t i = 0; i < n; i++) {
        const campaign_column *column = &fields[i].column;
        if (!fields[i].spec->is_amount || column->type == 0) continue;
        if ((column->type == CAMPAIGN_TYPE_MONEY) == terms->is_money) continue;
        return cpn_fail(error, CAMPAIGN_E_COLUMN, fields[i].spec->where, "column \"%s\" is %s, expected money[%s]",
                        column->name, cpn_type_name(column->type), terms->currency);
    }
    return CAMPAIGN_OK;
}

/* ---- Keys -------------------------------------------------------------------------------------------------------- */

void cpn_spend_where(char where[64], const char *table, const char *column)
{
    size_t length = strlen(table);
    memcpy(where, table, length);
    where[length++] = '.';
    memcpy(where + length, column, strlen(column) + 1);
}

campaign_status cpn_spend_find(int32_t *number, const cpn_named_keys *keys, const cpn_spend_field *field, int64_t row,
                               campaign_error *error)
{
    const cpn_cell_place place = { field->spec->where, field->spec->name };
    return cpn_named_keys_find(number, keys, &field->column, row, &place, error);
}
