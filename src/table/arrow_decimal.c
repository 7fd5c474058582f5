/* Arrow decimals of 32 to 256 bits as money: exact, or refused with the row. The scale becomes the exponent; scales
 * outside 0 to 9 are brought there where no digit is lost. */
#include "base/checked.h"
#include "table/arrow_read.h"
#include "table/table.h"

static bool is_little_endian(void)
{
    const uint16_t one = 1;
    return *(const uint8_t *)&one == 1;
}

/* A decimal of any width as 128 bits; false where it does not fit. */
static bool read_decimal(cpn_int128 *value, const char *from, int32_t bits)
{
    if (bits == 32) {
        int32_t narrow;
        memcpy(&narrow, from, sizeof narrow);
        *value = (cpn_int128){ (uint64_t)(int64_t)narrow, narrow < 0 ? -1 : 0 };
        return true;
    }
    uint64_t words[4] = { 0 };
    const int n = bits / 64;
    memcpy(words, from, (size_t)n * sizeof *words);
    if (!is_little_endian())
        for (int i = 0; i < n / 2; i++) {
            const uint64_t word = words[i];
            words[i] = words[n - 1 - i];
            words[n - 1 - i] = word;
        }
    const int64_t sign = (int64_t)words[n - 1] < 0 ? -1 : 0;
    *value = (cpn_int128){ words[0], n == 1 ? sign : (int64_t)words[1] };
    for (int i = 2; i < n; i++)
        if ((int64_t)words[i] != sign) return false;
    return n == 1 || (value->high < 0) == (sign < 0);
}

/* Minor units of the exponent that the scale became. */
static campaign_status take_decimal(int64_t *minor, cpn_int128 value, int32_t scale)
{
    const int64_t sign = (int64_t)value.low < 0 ? -1 : 0;
    if (scale > 9) {
        const int64_t divisor = cpn_power_of_ten(scale - 9);
        if (cpn_div_128(minor, value, divisor, CAMPAIGN_ROUND_NONE)) return CAMPAIGN_OK;
        return cpn_div_128(minor, value, divisor, CAMPAIGN_ROUND_DOWN) ? CAMPAIGN_E_VALUE : CAMPAIGN_E_OVERFLOW;
    }
    if (value.high != sign) return CAMPAIGN_E_OVERFLOW;
    *minor = (int64_t)value.low;
    if (scale < 0 && !cpn_mul64(minor, *minor, cpn_power_of_ten(-scale))) return CAMPAIGN_E_OVERFLOW;
    return CAMPAIGN_OK;
}

static campaign_status fail_decimal(const cpn_arrow_column *column, int64_t row, campaign_status status,
                                    campaign_error *error)
{
    if (status == CAMPAIGN_E_VALUE)
        return cpn_fail_row(error, status, row, column->view.name,
                            "the decimal has more than 9 decimals, which money cannot hold");
    return cpn_fail_row(error, status, row, column->view.name,
                        "the decimal does not fit money: at most 9223372036854775807 units of %ld decimals",
                        (long)column->view.exponent);
}

campaign_status cpn_arrow_take_decimals(cpn_arrow_column *column, campaign_error *error)
{
    const int32_t bits = column->field->decimal_bits, scale = column->field->decimal_scale;
    const size_t width = (size_t)bits / 8;
    const char *from = cpn_arrow_buffer(column, 1) + (size_t)column->first * width;
    int64_t *to = cpn_store_alloc(column->store, column->view.n_rows, sizeof *to);
    if (!to) return cpn_fail_nomem(error);
    for (int64_t row = 0; row < column->view.n_rows; row++) {
        to[row] = 0;
        if (cpn_is_null(&column->view, row)) continue;
        cpn_int128 value;
        campaign_status status = CAMPAIGN_E_OVERFLOW;
        if (read_decimal(&value, from + (size_t)row * width, bits)) status = take_decimal(&to[row], value, scale);
        if (status != CAMPAIGN_OK) return fail_decimal(column, row, status, error);
    }
    column->view.values = to;
    return cpn_arrow_align_validity(column, error);
}
