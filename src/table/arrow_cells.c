/* Arrow arrays of fixed-width cells: used in place where type and alignment agree, converted otherwise. */
#include "base/checked.h"
#include "table/arrow_read.h"
#include "table/table.h"

static const int64_t microseconds_per_second = 1000000, milliseconds_per_day = 86400000;

/* Type that a kind becomes. */
static int32_t choose_type(const cpn_arrow_field *field)
{
    switch (field->kind) {
    case CPN_ARROW_BOOL: return CAMPAIGN_TYPE_BOOL;
    case CPN_ARROW_INT8:
    case CPN_ARROW_UINT8:
    case CPN_ARROW_INT16:
    case CPN_ARROW_UINT16:
    case CPN_ARROW_INT32: return field->currency[0] ? CAMPAIGN_TYPE_MONEY : CAMPAIGN_TYPE_INT32;
    case CPN_ARROW_UINT32:
    case CPN_ARROW_INT64:
    case CPN_ARROW_UINT64: return field->currency[0] ? CAMPAIGN_TYPE_MONEY : CAMPAIGN_TYPE_INT64;
    case CPN_ARROW_FLOAT32:
    case CPN_ARROW_FLOAT64: return CAMPAIGN_TYPE_FLOAT64;
    case CPN_ARROW_DATE32:
    case CPN_ARROW_DATE64: return CAMPAIGN_TYPE_DATE;
    case CPN_ARROW_TIMESTAMP: return CAMPAIGN_TYPE_TIMESTAMP;
    case CPN_ARROW_DECIMAL: return CAMPAIGN_TYPE_MONEY;
    case CPN_ARROW_NULL:
    case CPN_ARROW_UTF8:
    case CPN_ARROW_LARGE_UTF8:
    case CPN_ARROW_UTF8_VIEW: return CAMPAIGN_TYPE_UTF8;
    }
    return 0;
}

static campaign_status set_type(cpn_arrow_column *column, campaign_error *error)
{
    const cpn_arrow_field *field = column->field;
    column->view.type = choose_type(field);
    if (column->view.type != CAMPAIGN_TYPE_MONEY) return CAMPAIGN_OK;
    int32_t exponent = field->exponent;
    if (field->kind == CPN_ARROW_DECIMAL) {
        const int32_t scale = field->decimal_scale;
        exponent = scale < 0 ? 0 : scale > 9 ? 9 : scale;
    }
    return cpn_set_money(&column->view, field->currency[0] ? field->currency : "XXX", exponent, error);
}

campaign_status cpn_arrow_take_nothing(cpn_arrow_column *column, campaign_error *error)
{
    column->view.values = cpn_zeros();
    if (choose_type(column->field) == CAMPAIGN_TYPE_UTF8) column->view.offsets = cpn_zeros();
    return set_type(column, error);
}

/* ---- Conversions: each writes a cell for every row, and 0 where a null cell does not fit. ---- */

static campaign_status fail_overflow(const cpn_arrow_column *column, int64_t row, campaign_error *error)
{
    return cpn_fail_row(error, CAMPAIGN_E_OVERFLOW, row, column->view.name, "the value does not fit %s",
                        cpn_type_name(column->view.type));
}

#define READ(type, row)                                                                                                \
    type value;                                                                                                        \
    memcpy(&value, from + (size_t)(row) * sizeof value, sizeof value)

typedef void (*widen_cells)(void *to, const char *from, int64_t n);

#define DEFINE_WIDEN(name, from_type, to_type)                                                                         \
    static void name(void *to, const char *from, int64_t n)                                                            \
    {                                                                                                                  \
        for (int64_t row = 0; row < n; row++) {                                                                        \
            READ(from_type, row);                                                                                      \
            ((to_type *)to)[row] = (to_type)value;                                                                     \
        }                                                                                                              \
    }

DEFINE_WIDEN(int8_to_int32, int8_t, int32_t)
DEFINE_WIDEN(uint8_to_int32, uint8_t, int32_t)
DEFINE_WIDEN(int16_to_int32, int16_t, int32_t)
DEFINE_WIDEN(uint16_to_int32, uint16_t, int32_t)
DEFINE_WIDEN(int32_to_int32, int32_t, int32_t)
DEFINE_WIDEN(int8_to_int64, int8_t, int64_t)
DEFINE_WIDEN(uint8_to_int64, uint8_t, int64_t)
DEFINE_WIDEN(int16_to_int64, int16_t, int64_t)
DEFINE_WIDEN(uint16_to_int64, uint16_t, int64_t)
DEFINE_WIDEN(int32_to_int64, int32_t, int64_t)
DEFINE_WIDEN(uint32_to_int64, uint32_t, int64_t)
DEFINE_WIDEN(int64_to_int64, int64_t, int64_t)
DEFINE_WIDEN(float_to_double, float, double)
DEFINE_WIDEN(double_to_double, double, double)

/* Cells that fit in any case; also those that only lie at an odd address. */
static void widen(const cpn_arrow_column *column, void *to, const char *from)
{
    static const widen_cells to_narrow[] = {
        [CPN_ARROW_INT8] = int8_to_int32,     [CPN_ARROW_UINT8] = uint8_to_int32, [CPN_ARROW_INT16] = int16_to_int32,
        [CPN_ARROW_UINT16] = uint16_to_int32, [CPN_ARROW_INT32] = int32_to_int32, [CPN_ARROW_DATE32] = int32_to_int32,
    };
    static const widen_cells to_wide[] = {
        [CPN_ARROW_INT8] = int8_to_int64,       [CPN_ARROW_UINT8] = uint8_to_int64,
        [CPN_ARROW_INT16] = int16_to_int64,     [CPN_ARROW_UINT16] = uint16_to_int64,
        [CPN_ARROW_INT32] = int32_to_int64,     [CPN_ARROW_UINT32] = uint32_to_int64,
        [CPN_ARROW_INT64] = int64_to_int64,     [CPN_ARROW_FLOAT32] = float_to_double,
        [CPN_ARROW_FLOAT64] = double_to_double,
    };
    const bool is_narrow = cpn_cell_width(column->view.type) == sizeof(int32_t);
    (is_narrow ? to_narrow : to_wide)[column->field->kind](to, from, column->view.n_rows);
}

static campaign_status take_unsigned(const cpn_arrow_column *column, void *to, const char *from, campaign_error *error)
{
    for (int64_t row = 0; row < column->view.n_rows; row++) {
        READ(uint64_t, row);
        if (value > INT64_MAX && !cpn_is_null(&column->view, row))
            return cpn_fail_row(error, CAMPAIGN_E_OVERFLOW, row, column->view.name, "%llu does not fit %s",
                                (unsigned long long)value, cpn_type_name(column->view.type));
        ((int64_t *)to)[row] = value > INT64_MAX ? 0 : (int64_t)value;
    }
    return CAMPAIGN_OK;
}

static int64_t divide_down(int64_t value, int64_t divisor)
{
    return value / divisor - (value % divisor < 0);
}

static campaign_status take_date64(const cpn_arrow_column *column, void *to, const char *from, campaign_error *error)
{
    for (int64_t row = 0; row < column->view.n_rows; row++) {
        READ(int64_t, row);
        const int64_t day = divide_down(value, milliseconds_per_day);
        const bool fits = day >= INT32_MIN && day <= INT32_MAX;
        if (!fits && !cpn_is_null(&column->view, row)) return fail_overflow(column, row, error);
        ((int32_t *)to)[row] = fits ? (int32_t)day : 0;
    }
    return CAMPAIGN_OK;
}

/* Any unit to microseconds, nanoseconds rounded down, and UTC to the shop's clock. */
static campaign_status take_timestamps(const cpn_arrow_column *column, void *to, const char *from,
                                       campaign_error *error)
{
    const int64_t ticks = column->field->ticks_per_second, shift = column->field->shift_microseconds;
    for (int64_t row = 0; row < column->view.n_rows; row++) {
        READ(int64_t, row);
        bool fits = true;
        if (ticks > microseconds_per_second)
            value = divide_down(value, ticks / microseconds_per_second);
        else
            fits = cpn_mul64(&value, value, microseconds_per_second / ticks);
        fits = fits && cpn_add64(&value, value, shift);
        if (!fits && !cpn_is_null(&column->view, row)) return fail_overflow(column, row, error);
        ((int64_t *)to)[row] = fits ? value : 0;
    }
    return CAMPAIGN_OK;
}

static campaign_status convert(const cpn_arrow_column *column, void *to, const char *from, campaign_error *error)
{
    switch ((int)column->field->kind) {
    case CPN_ARROW_UINT64: return take_unsigned(column, to, from, error);
    case CPN_ARROW_DATE64: return take_date64(column, to, from, error);
    case CPN_ARROW_TIMESTAMP: return take_timestamps(column, to, from, error);
    default: widen(column, to, from); return CAMPAIGN_OK;
    }
}

/* Whether cells lie in the array as a table needs them. */
static bool is_same(const cpn_arrow_column *column)
{
    const cpn_arrow_field *field = column->field;
    const size_t width = cpn_cell_width(column->view.type);
    if ((uintptr_t)cpn_arrow_buffer(column, 1) % width != 0) return false;
    switch ((int)field->kind) {
    case CPN_ARROW_INT32: return column->view.type == CAMPAIGN_TYPE_INT32;
    case CPN_ARROW_DATE32:
    case CPN_ARROW_INT64:
    case CPN_ARROW_FLOAT64: return true;
    case CPN_ARROW_TIMESTAMP:
        return field->ticks_per_second == microseconds_per_second && field->shift_microseconds == 0;
    default: return false;
    }
}

/* Bytes of one cell in the array. */
static size_t read_width(cpn_arrow_kind kind)
{
    switch ((int)kind) {
    case CPN_ARROW_INT8:
    case CPN_ARROW_UINT8: return 1;
    case CPN_ARROW_INT16:
    case CPN_ARROW_UINT16: return 2;
    case CPN_ARROW_INT32:
    case CPN_ARROW_UINT32:
    case CPN_ARROW_FLOAT32:
    case CPN_ARROW_DATE32: return 4;
    default: return 8;
    }
}

/* Bits of values stand where those of validity stand, or are copied to do so. */
static campaign_status take_bools(cpn_arrow_column *column, campaign_error *error)
{
    campaign_column *view = &column->view;
    const uint8_t *bits = (const uint8_t *)cpn_arrow_buffer(column, 1);
    view->values = bits;
    if (!view->validity) view->bit_offset = column->first;
    if (view->bit_offset == column->first) return CAMPAIGN_OK;
    uint8_t *copy = cpn_store_alloc(column->store, cpn_bit_bytes(view->n_rows), 1);
    if (!copy) return cpn_fail_nomem(error);
    cpn_copy_bits(copy, bits, column->first, view->n_rows);
    view->values = copy;
    return cpn_arrow_align_validity(column, error);
}

campaign_status cpn_arrow_take_cells(cpn_arrow_column *column, campaign_error *error)
{
    campaign_status status = set_type(column, error);
    if (status != CAMPAIGN_OK) return status;
    if (column->field->kind == CPN_ARROW_BOOL) return take_bools(column, error);
    if (column->field->kind == CPN_ARROW_DECIMAL) return cpn_arrow_take_decimals(column, error);
    const char *from = cpn_arrow_buffer(column, 1) + (size_t)column->first * read_width(column->field->kind);
    column->view.values = from;
    if (is_same(column)) return CAMPAIGN_OK;
    void *to = cpn_store_alloc(column->store, column->view.n_rows, cpn_cell_width(column->view.type));
    if (!to) return cpn_fail_nomem(error);
    column->view.values = to;
    status = convert(column, to, from, error);
    if (status == CAMPAIGN_OK) status = cpn_arrow_align_validity(column, error);
    return status;
}
