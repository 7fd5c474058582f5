/* Cells as text, for reports and messages. No locale, no time zone. */
#include <string.h>

#include "base/date.h"
#include "base/number.h"
#include "base/text.h"
#include "table/store.h"
#include "table/table.h"

enum { CELL = 64 };

static void put_digits(char *to, int64_t value, int n)
{
    for (int i = n - 1; i >= 0; i--, value /= 10) to[i] = (char)('0' + value % 10);
}

/* "2027-02-06T13:05:09", with ".000250" where there is a fraction. */
static size_t format_timestamp(char text[CELL], int64_t instant)
{
    const int64_t microseconds_per_day = 86400000000;
    const int64_t day = instant / microseconds_per_day - (instant % microseconds_per_day < 0);
    const int64_t rest = instant - day * microseconds_per_day, seconds = rest / 1000000, fraction = rest % 1000000;
    if (campaign_date_format(text, (int32_t)day) == 0) return 0;
    memcpy(text + 10, "T00:00:00.000000", 17);
    put_digits(text + 11, seconds / 3600, 2);
    put_digits(text + 14, seconds / 60 % 60, 2);
    put_digits(text + 17, seconds % 60, 2);
    put_digits(text + 20, fraction, 6);
    return fraction ? 26 : 19;
}

/* Any cell but text. */
static size_t format_cell(char text[CELL], const campaign_column *column, int64_t row)
{
    if (column->type == CAMPAIGN_TYPE_FLOAT64) return cpn_format_double(text, ((const double *)column->values)[row]);
    const int64_t value = cpn_cell_int64(column, row);
    switch (column->type) {
    case CAMPAIGN_TYPE_BOOL: memcpy(text, value ? "true\0" : "false", 6); return value ? 4 : 5;
    case CAMPAIGN_TYPE_DATE: return campaign_date_format(text, (int32_t)value);
    case CAMPAIGN_TYPE_TIMESTAMP: return format_timestamp(text, value);
    case CAMPAIGN_TYPE_MONEY: return campaign_money_format(text, value, column->exponent);
    default: return cpn_format_int64(text, value);
    }
}

size_t cpn_format_cell(char *text, size_t capacity, const campaign_column *column, int64_t row)
{
    char cell[CELL];
    size_t length;
    const char *whole = cell;
    if (column->type == CAMPAIGN_TYPE_UTF8)
        whole = cpn_cell_text(column, row, &length);
    else
        length = format_cell(cell, column, row);
    if (!text || !capacity) return length;
    const size_t fitting = cpn_utf8_cut(whole, length, capacity - 1);
    memcpy(text, whole, fitting);
    text[fitting] = '\0';
    return length;
}

size_t campaign_table_format(char *text, size_t capacity, const campaign_table *table, int32_t index, int64_t row)
{
    if (text && capacity) text[0] = '\0';
    if (campaign_table_is_null(table, index, row)) return 0;
    return cpn_format_cell(text, capacity, &table->columns[index].view, row);
}
