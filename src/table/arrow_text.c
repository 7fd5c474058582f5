/* Arrow text: plain, large and view strings, and dictionaries with codes of any width. */
#include "base/memory.h"
#include "table/arrow_read.h"
#include "table/table.h"

enum { VIEW_BYTES = 16, INLINE_BYTES = 12 };

static campaign_status fail_length(const cpn_arrow_column *column, campaign_error *error)
{
    return cpn_fail(error, CAMPAIGN_E_LIMIT, column->view.name, "column \"%s\" has more than 2147483647 bytes of text",
                    column->view.name);
}

campaign_status cpn_arrow_take_blanks(cpn_arrow_column *column, campaign_error *error)
{
    const int64_t n = column->view.n_rows;
    column->view.type = CAMPAIGN_TYPE_UTF8;
    column->view.values = cpn_zeros();
    column->view.offsets = cpn_store_alloc_zero(column->store, n + 1, sizeof *column->view.offsets);
    column->view.validity = cpn_store_alloc_zero(column->store, cpn_bit_bytes(n), 1);
    column->view.bit_offset = 0;
    if (!column->view.offsets || !column->view.validity) return cpn_fail_nomem(error);
    cpn_settle_nulls(&column->view);
    return CAMPAIGN_OK;
}

/* ---- Plain strings ---------------------------------------------------------------------------------------------- */

static campaign_status take_utf8(cpn_arrow_column *column, campaign_error *error)
{
    campaign_column *view = &column->view;
    const char *from = cpn_arrow_buffer(column, 1) + (size_t)column->first * sizeof *view->offsets;
    view->values = cpn_arrow_buffer(column, 2);
    view->offsets = (const int32_t *)(const void *)from;
    if ((uintptr_t)from % sizeof *view->offsets != 0) {
        int32_t *copy = cpn_store_alloc(column->store, view->n_rows + 1, sizeof *copy);
        if (!copy) return cpn_fail_nomem(error);
        memcpy(copy, from, (size_t)(view->n_rows + 1) * sizeof *copy);
        view->offsets = copy;
        const campaign_status status = cpn_arrow_align_validity(column, error);
        if (status != CAMPAIGN_OK) return status;
    }
    const campaign_status status = cpn_check_offsets(view->offsets, view->n_rows, view->name, error);
    if (status != CAMPAIGN_OK) return status;
    if (!view->values && view->offsets[view->n_rows] > 0)
        return cpn_fail(error, CAMPAIGN_E_VALUE, view->name, "the array of column \"%s\" has no text", view->name);
    if (!view->values) view->values = cpn_zeros();
    return CAMPAIGN_OK;
}

/* Narrows the offsets; the bytes stay where they are. */
static campaign_status take_large_utf8(cpn_arrow_column *column, campaign_error *error)
{
    campaign_column *view = &column->view;
    const char *from = cpn_arrow_buffer(column, 1) + (size_t)column->first * sizeof(int64_t);
    const char *text = cpn_arrow_buffer(column, 2);
    int32_t *offsets = cpn_store_alloc(column->store, view->n_rows + 1, sizeof *offsets);
    if (!offsets) return cpn_fail_nomem(error);
    int64_t first, before;
    memcpy(&first, from, sizeof first);
    before = first;
    if (first < 0)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, 0, view->name, "the first text offset is %lld", (long long)first);
    for (int64_t i = 0; i <= view->n_rows; i++) {
        int64_t offset;
        memcpy(&offset, from + (size_t)i * sizeof offset, sizeof offset);
        if (offset < before)
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, i - 1, view->name, "text offsets fall from %lld to %lld",
                                (long long)before, (long long)offset);
        if (offset - first > INT32_MAX) return fail_length(column, error);
        offsets[i] = (int32_t)(offset - first);
        before = offset;
    }
    if (!text && before > 0)
        return cpn_fail(error, CAMPAIGN_E_VALUE, view->name, "the array of column \"%s\" has no text", view->name);
    view->offsets = offsets;
    view->values = text ? text + (size_t)first : cpn_zeros();
    return cpn_arrow_align_validity(column, error);
}

/* ---- View strings ----------------------------------------------------------------------------------------------- */

/* The text of one view: within its 16 bytes, or in one of the data buffers. NULL where it points outside. */
static const char *find_view(const cpn_arrow_column *column, int64_t row, int32_t *length)
{
    const char *view = cpn_arrow_buffer(column, 1) + (size_t)(column->first + row) * VIEW_BYTES;
    memcpy(length, view, sizeof *length);
    if (*length < 0) return NULL;
    if (*length <= INLINE_BYTES) return view + sizeof *length;
    const int64_t n_data = column->array->n_buffers - 3;
    const char *sizes = cpn_arrow_buffer(column, column->array->n_buffers - 1);
    int32_t index, offset;
    int64_t size;
    memcpy(&index, view + 8, sizeof index);
    memcpy(&offset, view + 12, sizeof offset);
    if (index < 0 || index >= n_data || !sizes) return NULL;
    memcpy(&size, sizes + (size_t)index * sizeof size, sizeof size);
    const char *data = cpn_arrow_buffer(column, 2 + index);
    return data && offset >= 0 && offset <= size - *length ? data + offset : NULL;
}

/* Bytes of all views, after a check of each. */
static campaign_status measure_views(int32_t *offsets, const cpn_arrow_column *column, campaign_error *error)
{
    int64_t end = 0;
    offsets[0] = 0;
    for (int64_t row = 0; row < column->view.n_rows; row++) {
        int32_t length = 0;
        if (!cpn_is_null(&column->view, row) && !find_view(column, row, &length))
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, column->view.name, "the text lies outside the array");
        end += length;
        if (end > INT32_MAX) return fail_length(column, error);
        offsets[row + 1] = (int32_t)end;
    }
    return CAMPAIGN_OK;
}

static campaign_status take_views(cpn_arrow_column *column, campaign_error *error)
{
    const int64_t n = column->view.n_rows;
    int32_t *offsets = cpn_store_alloc(column->store, n + 1, sizeof *offsets);
    if (!offsets) return cpn_fail_nomem(error);
    const campaign_status status = measure_views(offsets, column, error);
    if (status != CAMPAIGN_OK) return status;
    char *text = cpn_store_alloc(column->store, offsets[n], 1);
    if (!text) return cpn_fail_nomem(error);
    for (int64_t row = 0; row < n; row++) {
        int32_t length;
        if (offsets[row + 1] > offsets[row])
            memcpy(text + offsets[row], find_view(column, row, &length), (size_t)(offsets[row + 1] - offsets[row]));
    }
    column->view.offsets = offsets;
    column->view.values = text;
    return cpn_arrow_align_validity(column, error);
}

campaign_status cpn_arrow_take_text(cpn_arrow_column *column, campaign_error *error)
{
    column->view.type = CAMPAIGN_TYPE_UTF8;
    if (column->field->kind == CPN_ARROW_UTF8) return take_utf8(column, error);
    if (column->field->kind == CPN_ARROW_LARGE_UTF8) return take_large_utf8(column, error);
    return take_views(column, error);
}
