/* Whole columns brought by the caller: copied, or borrowed until their last user is gone. */
#include <string.h>

#include "base/memory.h"
#include "table/builder.h"
#include "table/table.h"

/* What must hold before any memory of the array is read. */
static campaign_status check_shape(const campaign_array *array, campaign_error *error)
{
    const bool is_text = array->type == CAMPAIGN_TYPE_UTF8;
    if (array->n_rows < 0 || array->n_dictionary < 0 || array->n_dictionary > INT32_MAX)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, array->name, "%lld rows and %lld dictionary entries are impossible",
                        (long long)array->n_rows, (long long)array->n_dictionary);
    if (!is_text && (array->offsets || array->codes || array->n_dictionary))
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, array->name, "only text has offsets and a dictionary, not %s",
                        cpn_type_name(array->type));
    if (is_text && !array->codes != !array->n_dictionary)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, array->name, "codes and a dictionary come together or not at all");
    if (array->type != CAMPAIGN_TYPE_MONEY && array->currency[0])
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, array->name, "only money has a currency, not %s",
                        cpn_type_name(array->type));
    if (array->n_rows && !(is_text ? (const void *)array->offsets : array->values))
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, array->name, "%s are required", is_text ? "offsets" : "values");
    if (array->reserved || array->reserved_pointer)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, array->name, "reserved fields must be 0");
    return CAMPAIGN_OK;
}

static bool is_aligned(const void *pointer, size_t width)
{
    return width == 0 || (uintptr_t)pointer % width == 0;
}

static campaign_status check_alignment(const campaign_array *array, campaign_error *error)
{
    const size_t width = sizeof *array->offsets;
    if (is_aligned(array->values, cpn_cell_width(array->type)) && is_aligned(array->offsets, width) &&
        is_aligned(array->codes, width))
        return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_ARGUMENT, array->name,
                    "a borrowed array must be aligned to its cells; leave release NULL to have it copied");
}

/* A copy of n cells that goes with the store; sets has_failed where memory is out. */
static void *copy_cells(cpn_store *store, const void *cells, int64_t n, size_t width, bool *has_failed)
{
    void *copy = *has_failed ? NULL : cpn_store_alloc(store, n, width);
    if (!copy) *has_failed = true;
    if (copy && n) memcpy(copy, cells, (size_t)n * width);
    return copy;
}

/* Points the view at the array itself, or at copies of all but the text. */
static bool take_buffers(cpn_builder_column *column, const campaign_array *array)
{
    campaign_column *view = &column->view;
    view->n_rows = array->n_rows;
    view->n_dictionary = array->n_dictionary;
    view->validity = array->validity;
    view->values = array->values;
    view->offsets = array->offsets;
    view->codes = array->codes;
    if (array->release) return true;
    const int64_t n = array->n_rows, n_bytes = cpn_bit_bytes(n);
    const int64_t n_entries = array->codes ? array->n_dictionary : n;
    const size_t width = cpn_cell_width(array->type);
    bool has_failed = false;
    if (array->validity) view->validity = copy_cells(column->store, array->validity, n_bytes, 1, &has_failed);
    if (array->codes) view->codes = copy_cells(column->store, array->codes, n, sizeof *array->codes, &has_failed);
    if (array->offsets)
        view->offsets = copy_cells(column->store, array->offsets, n_entries + 1, sizeof *array->offsets, &has_failed);
    if (width && array->values) view->values = copy_cells(column->store, array->values, n, width, &has_failed);
    if (array->type == CAMPAIGN_TYPE_BOOL && array->values)
        view->values = copy_cells(column->store, array->values, n_bytes, 1, &has_failed);
    return !has_failed;
}

/* Checks the offsets and copies the bytes that they span, where the array is copied. */
static campaign_status take_text(cpn_builder_column *column, const campaign_array *array, campaign_error *error)
{
    campaign_column *view = &column->view;
    const int64_t n_entries = view->codes ? view->n_dictionary : view->n_rows;
    if (!view->offsets) view->offsets = cpn_zeros();
    campaign_status status = cpn_check_offsets(view->offsets, n_entries, view->name, error);
    if (status != CAMPAIGN_OK) return status;
    const int32_t first = view->offsets[0], span = view->offsets[n_entries] - first;
    if (span && !view->values) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, view->name, "values are required");
    if (array->release || !view->values) return CAMPAIGN_OK;
    bool has_failed = false;
    const char *text = copy_cells(column->store, (const char *)view->values + first, span, 1, &has_failed);
    int32_t *offsets = cpn_store_alloc(column->store, n_entries + 1, sizeof *offsets);
    if (has_failed || !offsets) return cpn_fail_nomem(error);
    for (int64_t i = 0; i <= n_entries; i++) offsets[i] = view->offsets[i] - first;
    view->offsets = offsets;
    view->values = text;
    return CAMPAIGN_OK;
}

static campaign_status fill_column(cpn_builder_column *column, const campaign_array *array, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    column->is_whole = true;
    if (array->type == CAMPAIGN_TYPE_MONEY)
        status = cpn_set_money(&column->view, array->currency, array->has_exponent ? array->exponent : -1, error);
    if (status == CAMPAIGN_OK && array->release) status = check_alignment(array, error);
    if (status == CAMPAIGN_OK && !take_buffers(column, array)) status = cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK && array->type == CAMPAIGN_TYPE_UTF8) status = take_text(column, array, error);
    if (status != CAMPAIGN_OK) return status;
    if (!column->view.values) column->view.values = cpn_zeros();
    cpn_settle_nulls(&column->view);
    return cpn_check_cells(&column->view, error);
}

campaign_status campaign_table_builder_add_array(campaign_table_builder *builder, const campaign_array *array,
                                                 campaign_error *error)
{
    if (!array) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "array", "array is required");
    campaign_status status = cpn_check_knobs(array, sizeof *array, sizeof *array, "array", error);
    if (status != CAMPAIGN_OK) return status;
    cpn_builder_column *column = NULL;
    if (!builder) status = cpn_fail(error, CAMPAIGN_E_ARGUMENT, "builder", "builder is required");
    if (status == CAMPAIGN_OK) status = cpn_builder_add(&column, builder, array->name, array->type, error);
    if (status == CAMPAIGN_OK) status = check_shape(array, error);
    if (status == CAMPAIGN_OK) status = fill_column(column, array, error);
    if (status == CAMPAIGN_OK) {
        column->store->release = array->release;
        column->store->ctx = array->ctx;
        return CAMPAIGN_OK;
    }
    if (column) cpn_builder_drop_last(builder);
    if (array->release) array->release(array->ctx);
    return status;
}
