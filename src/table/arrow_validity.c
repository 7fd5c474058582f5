/* Arrow arrays: whether they are what their type needs, and which of their rows are null. */
#include "base/memory.h"
#include "table/arrow_read.h"

/* Buffers of a kind with validity, without the data of views. */
static int64_t count_buffers(cpn_arrow_kind kind, bool is_dictionary)
{
    if (is_dictionary) return 2;
    if (kind == CPN_ARROW_NULL) return 0;
    return kind < CPN_ARROW_UTF8 ? 2 : 3;
}

/* Null arrays have none by the specification, and an empty one from some producers. */
static bool has_right_count(const struct ArrowArray *array, cpn_arrow_kind kind, bool is_dictionary)
{
    const int64_t n = array->n_buffers, wanted = count_buffers(kind, is_dictionary);
    if (kind == CPN_ARROW_NULL) return n == 0 || n == 1;
    return kind == CPN_ARROW_UTF8_VIEW && !is_dictionary ? n >= wanted : n == wanted;
}

campaign_status cpn_arrow_check_shape(const struct ArrowArray *array, cpn_arrow_kind kind, bool is_dictionary,
                                      const char *name, campaign_error *error)
{
    const char *fault = NULL;
    const bool needs_buffers = is_dictionary || kind != CPN_ARROW_NULL;
    if (!array->release)
        fault = "was released before";
    else if (array->length < 0 || array->offset < 0 || array->length > INT64_MAX / 64 - array->offset)
        fault = "has an impossible length or offset";
    else if (array->null_count < -1 || array->null_count > array->length)
        fault = "has an impossible number of nulls";
    else if (!has_right_count(array, kind, is_dictionary))
        fault = "has the wrong number of buffers";
    else if (needs_buffers && !array->buffers)
        fault = "has no buffers";
    else if (array->n_children != 0)
        fault = "has children";
    else if (is_dictionary && !array->dictionary)
        fault = "has no dictionary";
    else if (!is_dictionary && array->dictionary)
        fault = "has a dictionary that its schema does not have";
    else if (needs_buffers && array->length && !array->buffers[0] && array->null_count > 0)
        fault = "counts nulls but has no validity";
    else if (needs_buffers && array->length && !array->buffers[1])
        fault = "has no values";
    if (!fault) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_VALUE, name, "the array of column \"%s\" %s", name, fault);
}

/* Validity of both as bits of our own. */
static campaign_status join_validity(cpn_arrow_column *column, const struct ArrowArray *parent, campaign_error *error)
{
    const int64_t n = column->view.n_rows, n_bytes = cpn_bit_bytes(n);
    uint8_t *bits = cpn_store_alloc(column->store, n_bytes, 1);
    uint8_t *outer = cpn_alloc(n_bytes, 1);
    if (bits && outer) {
        cpn_copy_bits(bits, column->view.validity, column->view.bit_offset, n);
        cpn_copy_bits(outer, parent->buffers[0], parent->offset, n);
        for (int64_t i = 0; i < n_bytes; i++) bits[i] &= outer[i];
        column->view.validity = bits;
        column->view.bit_offset = 0;
    }
    cpn_free(outer);
    return bits && outer ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

campaign_status cpn_arrow_take_validity(cpn_arrow_column *column, const struct ArrowArray *parent,
                                        campaign_error *error)
{
    const struct ArrowArray *array = column->array;
    campaign_column *view = &column->view;
    const uint8_t *outer = parent ? parent->buffers[0] : NULL;
    view->validity = array->n_buffers ? array->buffers[0] : NULL;
    view->bit_offset = column->first;
    cpn_settle_nulls(view);
    if (!outer || cpn_count_zero_bits(outer, parent->offset, view->n_rows) == 0) return CAMPAIGN_OK;
    if (view->validity) {
        const campaign_status status = join_validity(column, parent, error);
        cpn_settle_nulls(view);
        return status;
    }
    view->validity = outer;
    view->bit_offset = parent->offset;
    cpn_settle_nulls(view);
    return cpn_arrow_align_validity(column, error);
}

campaign_status cpn_arrow_align_validity(cpn_arrow_column *column, campaign_error *error)
{
    campaign_column *view = &column->view;
    if (!view->validity || view->bit_offset == 0) return CAMPAIGN_OK;
    uint8_t *bits = cpn_store_alloc(column->store, cpn_bit_bytes(view->n_rows), 1);
    if (!bits) return cpn_fail_nomem(error);
    cpn_copy_bits(bits, view->validity, view->bit_offset, view->n_rows);
    view->validity = bits;
    view->bit_offset = 0;
    return CAMPAIGN_OK;
}
