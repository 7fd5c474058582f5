/* Result tables of the engines, written cell by cell. The first failure is kept; cells after it do nothing. */
#include <string.h>

#include "table/table.h"

void cpn_out_open(cpn_out *out, const cpn_column_schema *schema, int32_t n_columns, const char *currency,
                  int32_t exponent)
{
    memset(out, 0, sizeof *out);
    out->status = campaign_table_builder_create(&out->builder, &out->error);
    for (int32_t i = 0; i < n_columns && out->status == CAMPAIGN_OK; i++)
        out->status =
            schema[i].type == CAMPAIGN_TYPE_MONEY
                ? cpn_builder_add_money(out->builder, schema[i].name, currency, exponent, &out->error)
                : campaign_table_builder_add_column(out->builder, schema[i].name, schema[i].type, NULL, &out->error);
}

void cpn_out_int64(cpn_out *out, int32_t index, int64_t value)
{
    if (out->status != CAMPAIGN_OK) return;
    out->status = campaign_table_builder_append_int64(out->builder, index, value, &out->error);
}

void cpn_out_float64(cpn_out *out, int32_t index, double value)
{
    if (out->status != CAMPAIGN_OK) return;
    out->status = campaign_table_builder_append_float64(out->builder, index, value, &out->error);
}

void cpn_out_text(cpn_out *out, int32_t index, const char *text, size_t length)
{
    if (out->status != CAMPAIGN_OK) return;
    out->status = campaign_table_builder_append_text(out->builder, index, text, length, &out->error);
}

void cpn_out_string(cpn_out *out, int32_t index, const char *text)
{
    if (text)
        cpn_out_text(out, index, text, strlen(text));
    else
        cpn_out_null(out, index);
}

void cpn_out_null(cpn_out *out, int32_t index)
{
    if (out->status != CAMPAIGN_OK) return;
    out->status = campaign_table_builder_append_null(out->builder, index, &out->error);
}

void cpn_out_optional_int64(cpn_out *out, int32_t index, int64_t value, bool is_there)
{
    if (is_there)
        cpn_out_int64(out, index, value);
    else
        cpn_out_null(out, index);
}

void cpn_out_optional_float64(cpn_out *out, int32_t index, double value, bool is_there)
{
    if (is_there)
        cpn_out_float64(out, index, value);
    else
        cpn_out_null(out, index);
}

void cpn_out_cell(cpn_out *out, int32_t index, const campaign_column *column, int64_t row)
{
    if (cpn_is_null(column, row)) {
        cpn_out_null(out, index);
    } else if (column->type == CAMPAIGN_TYPE_UTF8) {
        size_t length;
        const char *text = cpn_cell_text(column, row, &length);
        cpn_out_text(out, index, text, length);
    } else if (column->type == CAMPAIGN_TYPE_FLOAT64) {
        cpn_out_float64(out, index, ((const double *)column->values)[row]);
    } else {
        cpn_out_int64(out, index, cpn_cell_int64(column, row));
    }
}

campaign_status cpn_out_close(campaign_table **table, cpn_out *out, campaign_error *error)
{
    *table = NULL;
    if (out->status == CAMPAIGN_OK) out->status = campaign_table_builder_finish(table, out->builder, &out->error);
    campaign_table_builder_free(out->builder);
    out->builder = NULL;
    if (out->status != CAMPAIGN_OK && error) *error = out->error;
    return out->status;
}
