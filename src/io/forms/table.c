/* A form as a table that people read: headings for names, words for ids. It is what CSV files of forms are written from. */
#include <stdlib.h>
#include <string.h>

#include "io/forms/form.h"

/* Type of the column that shows another. */
static int32_t shown_type(const cpn_form_column *column, const cpn_form_style *style)
{
    if (column->kind == CPN_FORM_SHARE || column->kind == CPN_FORM_FLAG) return CAMPAIGN_TYPE_UTF8;
    if (column->kind == CPN_FORM_MONEY && style->in_ten_thousands) return CAMPAIGN_TYPE_UTF8;
    return column->type;
}

static campaign_status append(campaign_table_builder *builder, const cpn_form_layout *layout, int32_t column,
                              int64_t row, campaign_error *error)
{
    const cpn_form_column *shown = &layout->columns[column];
    const int32_t type = shown_type(shown, layout->style);
    if (campaign_table_is_null(layout->table, shown->index, row))
        return campaign_table_builder_append_null(builder, column, error);
    if (type == CAMPAIGN_TYPE_UTF8) {
        char room[CPN_FORM_CELL_ROOM];
        size_t length;
        const char *text = cpn_form_cell(room, &length, layout, column, row);
        return campaign_table_builder_append_text(builder, column, text, length, error);
    }
    if (type == CAMPAIGN_TYPE_FLOAT64)
        return campaign_table_builder_append_float64(builder, column,
                                                     campaign_table_float64(layout->table, shown->index, row), error);
    const int64_t value = campaign_table_int64(layout->table, shown->index, row);
    return campaign_table_builder_append_int64(builder, column, value - (shown->kind == CPN_FORM_LAST_DAY), error);
}

/* A money column keeps its exponent, which a column that is filled cell by cell cannot say: it is added whole. */
static campaign_status add_money(campaign_table_builder *builder, const cpn_form_layout *layout, int32_t column,
                                 campaign_error *error)
{
    const cpn_form_column *shown = &layout->columns[column];
    int64_t *values = cpn_io_alloc_zero(layout->n_rows, sizeof *values);
    uint8_t *validity = cpn_io_alloc_zero(layout->n_rows / 8 + 1, 1);
    campaign_status status = CAMPAIGN_E_NOMEM;
    if (values && validity) {
        for (int64_t row = 0; row < layout->n_rows; row++) {
            if (campaign_table_is_null(layout->table, shown->index, row)) continue;
            values[row] = campaign_table_int64(layout->table, shown->index, row);
            validity[row / 8] = (uint8_t)(validity[row / 8] | 1u << row % 8);
        }
        campaign_array array = CAMPAIGN_ARRAY_INIT;
        array.type = CAMPAIGN_TYPE_MONEY, array.n_rows = layout->n_rows, array.name = shown->heading;
        memcpy(array.currency, shown->currency, sizeof array.currency);
        array.exponent = shown->exponent, array.has_exponent = 1;
        array.validity = validity, array.values = values;
        status = campaign_table_builder_add_array(builder, &array, error);
    } else {
        (void)cpn_io_fail_nomem(error);
    }
    free(values);
    free(validity);
    return status;
}

static campaign_status add_column(campaign_table_builder *builder, const cpn_form_layout *layout, int32_t column,
                                  campaign_error *error)
{
    const cpn_form_column *shown = &layout->columns[column];
    const int32_t type = shown_type(shown, layout->style);
    if (type == CAMPAIGN_TYPE_MONEY) return add_money(builder, layout, column, error);
    campaign_status status = campaign_table_builder_add_column(builder, shown->heading, type, NULL, error);
    for (int64_t row = 0; row < layout->n_rows && status == CAMPAIGN_OK; row++)
        status = append(builder, layout, column, row, error);
    return status;
}

campaign_status campaign_io_form_table(campaign_table **table, const campaign_sheet *sheet,
                                       const campaign_form_options *options, campaign_error *error)
{
    if (!table) return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "table", "table is required");
    *table = NULL;
    if (!sheet) return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "sheet", "sheet is required");
    cpn_form_style style;
    cpn_form_layout layout = { 0 };
    campaign_table_builder *builder = NULL;
    campaign_status status = cpn_form_take_options(&style, options, error);
    if (status == CAMPAIGN_OK) status = cpn_form_lay_out(&layout, sheet, &style, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_create(&builder, error);
    for (int32_t i = 0; i < layout.n_columns && status == CAMPAIGN_OK; i++)
        status = add_column(builder, &layout, i, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(table, builder, error);
    campaign_table_builder_free(builder);
    cpn_form_free_layout(&layout);
    return status;
}
