/* Tables built column by column and cell by cell. A failed call leaves the builder as it was. */
#include "table/builder.h"

#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "table/table.h"

enum { FIRST_ROWS = 64, FIRST_TEXT = 256 }; /* multiples of 8, so that bitmaps grow by whole bytes */

campaign_status campaign_table_builder_create(campaign_table_builder **builder, campaign_error *error)
{
    if (!builder) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "builder", "builder is required");
    *builder = cpn_alloc_zero(1, sizeof **builder);
    return *builder ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

static void clear_column(cpn_builder_column *column)
{
    cpn_store_drop(column->store);
    cpn_free(column->values);
    cpn_free(column->offsets);
    cpn_free(column->validity);
}

void campaign_table_builder_free(campaign_table_builder *builder)
{
    if (!builder) return;
    for (int32_t i = 0; i < builder->n_columns; i++) clear_column(&builder->columns[i]);
    cpn_free(builder->columns);
    cpn_free(builder);
}

void cpn_builder_drop_last(campaign_table_builder *builder)
{
    clear_column(&builder->columns[--builder->n_columns]);
}

static bool reserve_column(campaign_table_builder *builder)
{
    if (builder->n_columns < builder->capacity) return true;
    const int32_t capacity = builder->capacity ? builder->capacity * 2 : 8;
    if (builder->capacity > INT32_MAX / 2) return false;
    cpn_builder_column *columns = cpn_resize(builder->columns, capacity, sizeof *columns);
    if (!columns) return false;
    builder->columns = columns;
    builder->capacity = capacity;
    return true;
}

campaign_status cpn_builder_add(cpn_builder_column **column, campaign_table_builder *builder, const char *name,
                                int32_t type, campaign_error *error)
{
    campaign_status status = cpn_check_name(name, error);
    if (status != CAMPAIGN_OK) return status;
    if (!cpn_is_type(type))
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, name, "%ld is not a type, see CAMPAIGN_TYPE_…", (long)type);
    for (int32_t i = 0; i < builder->n_columns; i++)
        if (strcmp(builder->columns[i].view.name, name) == 0)
            return cpn_fail(error, CAMPAIGN_E_DUPLICATE, name, "column \"%s\" is there already", name);
    cpn_store *store = reserve_column(builder) ? cpn_store_create() : NULL;
    const char *own_name = store ? cpn_store_text(store, name) : NULL;
    if (!own_name) {
        cpn_store_drop(store);
        return cpn_fail_nomem(error);
    }
    *column = &builder->columns[builder->n_columns++];
    memset(*column, 0, sizeof **column);
    (*column)->view = cpn_blank_column();
    (*column)->view.type = type;
    (*column)->view.name = own_name;
    (*column)->store = store;
    return CAMPAIGN_OK;
}

campaign_status cpn_builder_add_money(campaign_table_builder *builder, const char *name, const char *currency,
                                      int32_t exponent, campaign_error *error)
{
    cpn_builder_column *column;
    campaign_status status = cpn_builder_add(&column, builder, name, CAMPAIGN_TYPE_MONEY, error);
    if (status != CAMPAIGN_OK) return status;
    status = cpn_set_money(&column->view, currency, exponent, error);
    if (status != CAMPAIGN_OK) cpn_builder_drop_last(builder);
    return status;
}

campaign_status campaign_table_builder_add_column(campaign_table_builder *builder, const char *name, int32_t type,
                                                  const char *currency, campaign_error *error)
{
    if (!builder) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "builder", "builder is required");
    if (type == CAMPAIGN_TYPE_MONEY) {
        if (!currency)
            return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "currency", "a money column needs a currency, such as \"CNY\"");
        return cpn_builder_add_money(builder, name, currency, -1, error);
    }
    if (currency)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "currency", "only money columns have a currency, not %s",
                        cpn_type_name(type));
    cpn_builder_column *column;
    return cpn_builder_add(&column, builder, name, type, error);
}

/* ---- Cells ------------------------------------------------------------------------------------------------------ */

/* Room for n cells in place of memory, one bit each where width is 0; new bits are cleared. */
static bool grow(void **memory, int64_t old, int64_t n, size_t width)
{
    void *grown = width ? cpn_resize(*memory, n, width) : cpn_resize(*memory, n / 8, 1);
    if (!grown) return false;
    *memory = grown;
    if (!width) memset((char *)grown + old / 8, 0, (size_t)((n - old) / 8));
    return true;
}

static bool reserve_row(cpn_builder_column *column)
{
    const int64_t old = column->capacity;
    if (column->view.n_rows < old) return true;
    if (old > INT64_MAX / 16) return false;
    const int64_t n = old ? old * 2 : FIRST_ROWS;
    void *offsets = column->offsets, *validity = column->validity;
    bool is_grown = true;
    if (column->view.type == CAMPAIGN_TYPE_UTF8) {
        is_grown = grow(&offsets, old + 1, n + 1, sizeof *column->offsets);
        column->offsets = offsets;
        if (is_grown && !old) column->offsets[0] = 0;
    } else {
        is_grown = grow(&column->values, old, n, cpn_cell_width(column->view.type));
    }
    if (is_grown && validity) {
        is_grown = grow(&validity, old, n, 0);
        column->validity = validity;
    }
    if (is_grown) column->capacity = n;
    return is_grown;
}

static bool reserve_text(cpn_builder_column *column, size_t length)
{
    const int64_t needed = column->offsets[column->view.n_rows] + (int64_t)length;
    if (needed <= column->text_capacity) return true;
    int64_t n = column->text_capacity ? column->text_capacity : FIRST_TEXT;
    while (n < needed) n *= 2;
    void *text = cpn_resize(column->values, n, 1);
    if (!text) return false;
    column->values = text;
    column->text_capacity = n;
    return true;
}

/* The column that a cell is appended to, with room for it; NULL after a failure. */
static cpn_builder_column *open_row(campaign_status *status, campaign_table_builder *builder, int32_t index,
                                    campaign_error *error)
{
    if (!builder || index < 0 || index >= builder->n_columns) {
        *status = cpn_fail(error, CAMPAIGN_E_ARGUMENT, "index", "there is no column %ld, the builder has %ld",
                           (long)index, (long)(builder ? builder->n_columns : 0));
        return NULL;
    }
    cpn_builder_column *column = &builder->columns[index];
    *status = CAMPAIGN_OK;
    if (column->is_whole)
        *status = cpn_fail(error, CAMPAIGN_E_ARGUMENT, column->view.name,
                           "the column was added as a whole and takes no cells");
    else if (!reserve_row(column))
        *status = cpn_fail_nomem(error);
    return *status == CAMPAIGN_OK ? column : NULL;
}

static void close_row(cpn_builder_column *column, bool is_null)
{
    if (column->validity) cpn_set_bit(column->validity, column->view.n_rows, !is_null);
    column->view.n_nulls += is_null;
    column->view.n_rows++;
}

static campaign_status fail_type(const cpn_builder_column *column, const char *given, campaign_error *error)
{
    return cpn_fail(error, CAMPAIGN_E_COLUMN, column->view.name, "column \"%s\" is %s and takes no %s",
                    column->view.name, cpn_type_name(column->view.type), given);
}

/* Whether an integer fits the column's type. */
static campaign_status check_int64(const cpn_builder_column *column, int64_t value, campaign_error *error)
{
    const int32_t type = column->view.type;
    if (type == CAMPAIGN_TYPE_FLOAT64 || type == CAMPAIGN_TYPE_UTF8) return fail_type(column, "integers", error);
    const bool is_narrow = cpn_cell_width(type) == 4;
    if ((type == CAMPAIGN_TYPE_BOOL && (value < 0 || value > 1)) ||
        (is_narrow && (value < INT32_MIN || value > INT32_MAX)))
        return cpn_fail_row(error, CAMPAIGN_E_OVERFLOW, column->view.n_rows, column->view.name, "%lld does not fit %s",
                            (long long)value, cpn_type_name(type));
    if (type != CAMPAIGN_TYPE_DATE && type != CAMPAIGN_TYPE_TIMESTAMP) return CAMPAIGN_OK;
    const int32_t day = (int32_t)value;
    campaign_column cell = cpn_blank_column();
    cell.type = type;
    cell.name = column->view.name;
    cell.n_rows = 1;
    cell.values = type == CAMPAIGN_TYPE_DATE ? (const void *)&day : (const void *)&value;
    const campaign_status status = cpn_check_cells(&cell, error);
    if (status != CAMPAIGN_OK && error) error->row = column->view.n_rows;
    return status;
}

campaign_status campaign_table_builder_append_int64(campaign_table_builder *builder, int32_t index, int64_t value,
                                                    campaign_error *error)
{
    campaign_status status;
    cpn_builder_column *column = open_row(&status, builder, index, error);
    if (column) status = check_int64(column, value, error);
    if (status != CAMPAIGN_OK) return status;
    const int64_t row = column->view.n_rows;
    switch (cpn_cell_width(column->view.type)) {
    case 8: ((int64_t *)column->values)[row] = value; break;
    case 4: ((int32_t *)column->values)[row] = (int32_t)value; break;
    default: cpn_set_bit(column->values, row, value); break;
    }
    close_row(column, false);
    return CAMPAIGN_OK;
}

campaign_status campaign_table_builder_append_float64(campaign_table_builder *builder, int32_t index, double value,
                                                      campaign_error *error)
{
    campaign_status status;
    cpn_builder_column *column = open_row(&status, builder, index, error);
    if (!column) return status;
    if (column->view.type != CAMPAIGN_TYPE_FLOAT64) return fail_type(column, "floats", error);
    ((double *)column->values)[column->view.n_rows] = value;
    close_row(column, false);
    return CAMPAIGN_OK;
}

/* Whether text may be appended. */
static campaign_status check_text(const cpn_builder_column *column, const char *text, size_t length,
                                  campaign_error *error)
{
    const campaign_column *view = &column->view;
    if (view->type != CAMPAIGN_TYPE_UTF8) return fail_type(column, "text", error);
    if (length > (size_t)(INT32_MAX - column->offsets[view->n_rows]))
        return cpn_fail_row(error, CAMPAIGN_E_LIMIT, view->n_rows, view->name,
                            "a text column holds at most 2147483647 bytes");
    if (cpn_utf8_valid(text, length) != length)
        return cpn_fail_row(error, CAMPAIGN_E_ENCODING, view->n_rows, view->name, "the text is not valid UTF-8");
    return CAMPAIGN_OK;
}

campaign_status campaign_table_builder_append_text(campaign_table_builder *builder, int32_t index, const char *text,
                                                   size_t length, campaign_error *error)
{
    if (!text && length) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "text", "text is required");
    campaign_status status;
    cpn_builder_column *column = open_row(&status, builder, index, error);
    if (column) status = check_text(column, text ? text : "", length, error);
    if (status != CAMPAIGN_OK) return status;
    if (!reserve_text(column, length)) return cpn_fail_nomem(error);
    const int64_t row = column->view.n_rows;
    if (length) memcpy((char *)column->values + column->offsets[row], text, length);
    column->offsets[row + 1] = column->offsets[row] + (int32_t)length;
    close_row(column, false);
    return CAMPAIGN_OK;
}

campaign_status campaign_table_builder_append_null(campaign_table_builder *builder, int32_t index,
                                                   campaign_error *error)
{
    campaign_status status;
    cpn_builder_column *column = open_row(&status, builder, index, error);
    if (!column) return status;
    const int64_t row = column->view.n_rows;
    if (!column->validity) {
        column->validity = cpn_alloc(column->capacity / 8, 1);
        if (!column->validity) return cpn_fail_nomem(error);
        memset(column->validity, 0xFF, (size_t)(column->capacity / 8));
    }
    const size_t width = cpn_cell_width(column->view.type);
    if (column->view.type == CAMPAIGN_TYPE_UTF8)
        column->offsets[row + 1] = column->offsets[row];
    else if (width)
        memset((char *)column->values + (size_t)row * width, 0, width);
    close_row(column, true);
    return CAMPAIGN_OK;
}

/* ---- Finishing -------------------------------------------------------------------------------------------------- */

/* Hands the column's buffers to its store and points the view at them. */
static void seal(cpn_builder_column *column)
{
    if (column->is_whole) return;
    cpn_store_own(column->store, column->values);
    cpn_store_own(column->store, column->offsets);
    cpn_store_own(column->store, column->validity);
    column->view.values = column->values ? column->values : cpn_zeros();
    if (column->view.type == CAMPAIGN_TYPE_UTF8) column->view.offsets = column->offsets ? column->offsets : cpn_zeros();
    column->view.validity = column->validity;
    column->values = column->offsets = NULL;
    column->validity = NULL;
}

campaign_status campaign_table_builder_finish(campaign_table **table, campaign_table_builder *builder,
                                              campaign_error *error)
{
    if (table) *table = NULL;
    if (!table || !builder) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, NULL, "table and builder are required");
    const int64_t n_rows = builder->n_columns ? builder->columns[0].view.n_rows : 0;
    for (int32_t i = 1; i < builder->n_columns; i++) {
        const campaign_column *view = &builder->columns[i].view;
        if (view->n_rows != n_rows)
            return cpn_fail(error, CAMPAIGN_E_COLUMN, view->name, "column \"%s\" has %lld rows, \"%s\" has %lld",
                            view->name, (long long)view->n_rows, builder->columns[0].view.name, (long long)n_rows);
    }
    campaign_table *built = cpn_table_create(builder->n_columns, n_rows);
    if (!built) return cpn_fail_nomem(error);
    for (int32_t i = 0; i < builder->n_columns; i++) {
        seal(&builder->columns[i]);
        built->columns[i].view = builder->columns[i].view;
        built->columns[i].store = builder->columns[i].store;
    }
    builder->n_columns = 0;
    *table = built;
    return CAMPAIGN_OK;
}
