/* Columns as views: types, names of types, cells. */
#include "table/table.h"

#include <assert.h>
#include <string.h>

#include "base/money.h"
#include "table/store.h"

static const int64_t microseconds_per_minute = 60000000, microseconds_per_day = 86400000000;

campaign_column cpn_blank_column(void)
{
    return (campaign_column)CAMPAIGN_COLUMN_INIT;
}

bool cpn_is_type(int32_t type)
{
    return type >= CAMPAIGN_TYPE_BOOL && type <= CAMPAIGN_TYPE_MONEY;
}

size_t cpn_cell_width(int32_t type)
{
    static const uint8_t widths[] = {
        [CAMPAIGN_TYPE_INT32] = 4, [CAMPAIGN_TYPE_INT64] = 8,     [CAMPAIGN_TYPE_FLOAT64] = 8,
        [CAMPAIGN_TYPE_DATE] = 4,  [CAMPAIGN_TYPE_TIMESTAMP] = 8, [CAMPAIGN_TYPE_MONEY] = 8,
    };
    return cpn_is_type(type) ? widths[type] : 0;
}

const char *cpn_type_name(int32_t type)
{
    static const char *const names[] = {
        "?", "bool", "int32", "int64", "float64", "date", "timestamp", "utf8", "money"
    };
    return names[cpn_is_type(type) ? type : 0];
}

const void *cpn_zeros(void)
{
    static const int64_t zeros[8] = { 0 };
    return zeros;
}

int64_t cpn_cell_int64(const campaign_column *column, int64_t row)
{
    switch (cpn_cell_width(column->type)) {
    case 8: return ((const int64_t *)column->values)[row];
    case 4: return ((const int32_t *)column->values)[row];
    default: return cpn_bit(column->values, column->bit_offset + row);
    }
}

const char *cpn_cell_text(const campaign_column *column, int64_t row, size_t *length)
{
    assert(column->type == CAMPAIGN_TYPE_UTF8);
    const int64_t entry = column->codes ? column->codes[row] : row;
    *length = (size_t)(column->offsets[entry + 1] - column->offsets[entry]);
    return (const char *)column->values + column->offsets[entry];
}

int32_t cpn_cell_day(const campaign_column *column, int64_t row, int32_t day_starts_at_minutes)
{
    if (column->type == CAMPAIGN_TYPE_DATE) return ((const int32_t *)column->values)[row];
    assert(column->type == CAMPAIGN_TYPE_TIMESTAMP);
    const int64_t instant = ((const int64_t *)column->values)[row] - day_starts_at_minutes * microseconds_per_minute;
    const int64_t day = instant / microseconds_per_day - (instant % microseconds_per_day < 0);
    return day < CAMPAIGN_DAY_MIN ? CAMPAIGN_DAY_MIN : (int32_t)day; /* the small hours of the first day of year 1 */
}

campaign_status cpn_set_money(campaign_column *column, const char *currency, int32_t exponent, campaign_error *error)
{
    const char *end = currency ? memchr(currency, '\0', 4) : NULL;
    const int32_t usual = end && end - currency == 3 ? cpn_currency_exponent(currency) : -1;
    if (usual < 0)
        return cpn_fail(error, CAMPAIGN_E_UNKNOWN, column->name,
                        "\"%.3s\" is not an ISO 4217 currency, such as \"CNY\"", currency ? currency : "");
    if (exponent < -1 || exponent > 9)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, column->name, "exponent %ld is not within 0 to 9", (long)exponent);
    memcpy(column->currency, currency, 4);
    column->exponent = exponent < 0 ? usual : exponent;
    return CAMPAIGN_OK;
}
