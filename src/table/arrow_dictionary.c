/* Arrow dictionaries of text: codes of any width become int32, and codes of null entries become null rows. */
#include "table/arrow_read.h"
#include "table/table.h"

/* A code of any width; false where it is above what a code can be. */
static bool read_code(int64_t *code, const char *from, int64_t row, cpn_arrow_kind kind)
{
#define READ_CODE(type)                                                                                                \
    {                                                                                                                  \
        type value;                                                                                                    \
        memcpy(&value, from + (size_t)row * sizeof value, sizeof value);                                               \
        *code = (int64_t)value;                                                                                        \
        return *code >= 0;                                                                                             \
    }
    switch ((int)kind) {
    case CPN_ARROW_INT8: READ_CODE(int8_t)
    case CPN_ARROW_UINT8: READ_CODE(uint8_t)
    case CPN_ARROW_INT16: READ_CODE(int16_t)
    case CPN_ARROW_UINT16: READ_CODE(uint16_t)
    case CPN_ARROW_INT32: READ_CODE(int32_t)
    case CPN_ARROW_UINT32: READ_CODE(uint32_t)
    case CPN_ARROW_INT64: READ_CODE(int64_t)
    default: READ_CODE(uint64_t)
    }
#undef READ_CODE
}

static size_t read_width(cpn_arrow_kind kind)
{
    if (kind <= CPN_ARROW_UINT8) return 1;
    if (kind <= CPN_ARROW_UINT16) return 2;
    return kind <= CPN_ARROW_UINT32 ? 4 : 8;
}

/* Codes as int32, in range wherever the row is not null. */
static campaign_status take_codes(cpn_arrow_column *column, int64_t n_entries, campaign_error *error)
{
    campaign_column *view = &column->view;
    const cpn_arrow_kind kind = column->field->index_kind;
    const char *from = cpn_arrow_buffer(column, 1) + (size_t)column->first * read_width(kind);
    const bool is_same = kind == CPN_ARROW_INT32 && (uintptr_t)from % sizeof *view->codes == 0;
    int32_t *codes = is_same ? NULL : cpn_store_alloc(column->store, view->n_rows, sizeof *codes);
    if (!is_same && !codes) return cpn_fail_nomem(error);
    for (int64_t row = 0; row < view->n_rows; row++) {
        int64_t code;
        const bool fits = read_code(&code, from, row, kind) && code < n_entries;
        if (!fits && !cpn_is_null(view, row))
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, view->name,
                                "code %lld is not in the dictionary of %lld entries", (long long)code,
                                (long long)n_entries);
        if (codes) codes[row] = fits ? (int32_t)code : 0;
    }
    view->codes = is_same ? (const int32_t *)(const void *)from : codes;
    return is_same ? CAMPAIGN_OK : cpn_arrow_align_validity(column, error);
}

/* Rows whose entry is null become null themselves. */
static campaign_status spread_nulls(cpn_arrow_column *column, const campaign_column *entries, campaign_error *error)
{
    campaign_column *view = &column->view;
    uint8_t *bits = cpn_store_alloc(column->store, cpn_bit_bytes(view->n_rows), 1);
    if (!bits) return cpn_fail_nomem(error);
    memset(bits, 0, (size_t)cpn_bit_bytes(view->n_rows));
    for (int64_t row = 0; row < view->n_rows; row++)
        cpn_set_bit(bits, row, !cpn_is_null(view, row) && !cpn_is_null(entries, view->codes[row]));
    view->validity = bits;
    view->bit_offset = 0;
    cpn_settle_nulls(view);
    return CAMPAIGN_OK;
}

campaign_status cpn_arrow_take_dictionary(cpn_arrow_column *column, campaign_error *error)
{
    const struct ArrowArray *array = column->array->dictionary;
    campaign_column *view = &column->view;
    campaign_status status = cpn_arrow_check_shape(array, column->field->kind, false, view->name, error);
    if (status != CAMPAIGN_OK) return status;
    if (array->length > INT32_MAX)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, view->name, "a dictionary holds at most 2147483647 entries, not %lld",
                        (long long)array->length);
    status = take_codes(column, array->length, error);
    if (status != CAMPAIGN_OK) return status;
    view->type = CAMPAIGN_TYPE_UTF8;
    if (array->length == 0) {
        view->codes = NULL;
        return cpn_arrow_take_blanks(column, error); /* only null rows are left */
    }
    cpn_arrow_column entries = { .field = column->field, .array = array, .first = array->offset };
    entries.store = column->store;
    entries.view = cpn_blank_column();
    entries.view.name = view->name;
    entries.view.n_rows = array->length;
    status = cpn_arrow_take_validity(&entries, NULL, error);
    if (status == CAMPAIGN_OK) status = cpn_arrow_take_text(&entries, error);
    if (status != CAMPAIGN_OK) return status;
    view->values = entries.view.values;
    view->offsets = entries.view.offsets;
    view->n_dictionary = array->length;
    return entries.view.validity ? spread_nulls(column, &entries.view, error) : CAMPAIGN_OK;
}
