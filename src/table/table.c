/* The table handle: reading its columns and cells, slicing, freeing. How memory is shared is in store.c. */
#include "table/table.h"

#include <assert.h>
#include <string.h>

#include "base/memory.h"
#include "table/store.h"

campaign_table *cpn_table_create(int32_t n_columns, int64_t n_rows)
{
    campaign_table *table =
        cpn_alloc_zero(1, offsetof(campaign_table, columns) + (size_t)n_columns * sizeof(cpn_stored_column));
    if (!table) return NULL;
    table->n_columns = n_columns;
    table->n_rows = n_rows;
    return table;
}

void campaign_table_free(campaign_table *table)
{
    if (!table) return;
    for (int32_t i = 0; i < table->n_columns; i++) cpn_store_drop(table->columns[i].store);
    cpn_free(table);
}

int64_t campaign_table_n_rows(const campaign_table *table)
{
    return table ? table->n_rows : 0;
}

int32_t campaign_table_n_columns(const campaign_table *table)
{
    return table ? table->n_columns : 0;
}

int32_t campaign_table_find(const campaign_table *table, const char *name)
{
    if (!table || !name) return -1;
    for (int32_t i = 0; i < table->n_columns; i++)
        if (strcmp(table->columns[i].view.name, name) == 0) return i;
    return -1;
}

campaign_status campaign_table_column(campaign_column *column, const campaign_table *table, int32_t index,
                                      campaign_error *error)
{
    if (!column || !table) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, NULL, "column and table are required");
    const campaign_status status = cpn_open_view(column, sizeof *column, "column", error);
    if (status != CAMPAIGN_OK) return status;
    const uint32_t size = column->size;
    if (index < 0 || index >= table->n_columns)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "index", "there is no column %ld, the table has %ld", (long)index,
                        (long)table->n_columns);
    *column = table->columns[index].view;
    column->size = size;
    return CAMPAIGN_OK;
}

/* The column, or NULL where index or row do not exist or the cell is null. */
static const campaign_column *find_cell(const campaign_table *table, int32_t index, int64_t row)
{
    if (!table || index < 0 || index >= table->n_columns || row < 0 || row >= table->n_rows) return NULL;
    const campaign_column *column = &table->columns[index].view;
    return cpn_is_null(column, row) ? NULL : column;
}

int32_t campaign_table_is_null(const campaign_table *table, int32_t index, int64_t row)
{
    return !find_cell(table, index, row);
}

int64_t campaign_table_int64(const campaign_table *table, int32_t index, int64_t row)
{
    const campaign_column *column = find_cell(table, index, row);
    if (!column || column->type == CAMPAIGN_TYPE_FLOAT64 || column->type == CAMPAIGN_TYPE_UTF8) return 0;
    return cpn_cell_int64(column, row);
}

double campaign_table_float64(const campaign_table *table, int32_t index, int64_t row)
{
    const campaign_column *column = find_cell(table, index, row);
    if (!column || column->type == CAMPAIGN_TYPE_UTF8) return 0;
    if (column->type == CAMPAIGN_TYPE_FLOAT64) return ((const double *)column->values)[row];
    return (double)cpn_cell_int64(column, row);
}

const char *campaign_table_text(const campaign_table *table, int32_t index, int64_t row, size_t *length)
{
    if (length) *length = 0;
    const campaign_column *column = find_cell(table, index, row);
    if (!column || column->type != CAMPAIGN_TYPE_UTF8) return NULL;
    size_t n;
    const char *text = cpn_cell_text(column, row, &n);
    if (length) *length = n;
    return text;
}

/* Rows first to first + n_rows of a column, on the same memory. */
static campaign_column slice_view(const campaign_column *whole, int64_t first, int64_t n_rows)
{
    campaign_column view = *whole;
    view.n_rows = n_rows;
    if (view.validity || view.type == CAMPAIGN_TYPE_BOOL) view.bit_offset += first;
    const size_t width = cpn_cell_width(view.type);
    if (width) view.values = (const char *)view.values + (size_t)first * width;
    if (view.type == CAMPAIGN_TYPE_UTF8 && view.codes)
        view.codes += first;
    else if (view.type == CAMPAIGN_TYPE_UTF8)
        view.offsets += first;
    cpn_settle_nulls(&view);
    return view;
}

campaign_status campaign_table_slice(campaign_table **slice, const campaign_table *table, int64_t first, int64_t n_rows,
                                     campaign_error *error)
{
    if (slice) *slice = NULL;
    if (!slice || !table) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, NULL, "slice and table are required");
    if (first < 0 || n_rows < 0 || first > table->n_rows || n_rows > table->n_rows - first)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "first", "%lld rows from %lld on are not all in the table of %lld",
                        (long long)n_rows, (long long)first, (long long)table->n_rows);
    campaign_table *part = cpn_table_create(table->n_columns, n_rows);
    if (!part) return cpn_fail_nomem(error);
    for (int32_t i = 0; i < table->n_columns; i++) {
        part->columns[i].view = slice_view(&table->columns[i].view, first, n_rows);
        part->columns[i].store = cpn_store_keep(table->columns[i].store);
    }
    *slice = part;
    return CAMPAIGN_OK;
}
