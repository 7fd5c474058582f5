/* Checks of columns that come from outside: names, offsets, text, codes, days. Engines read tables without looking
 * again, so every way into a table ends here. */
#include <string.h>

#include "base/text.h"
#include "table/store.h"
#include "table/table.h"

static const int64_t microseconds_per_day = 86400000000;

campaign_status cpn_check_name(const char *name, campaign_error *error)
{
    if (!name || !*name) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "name", "a column needs a name");
    if (!cpn_is_key(name, strlen(name)))
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "name", "a column's name must be UTF-8 without control characters");
    return CAMPAIGN_OK;
}

campaign_status cpn_check_offsets(const int32_t *offsets, int64_t n_entries, const char *name, campaign_error *error)
{
    if (offsets[0] < 0)
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, 0, name, "the first text offset is %ld", (long)offsets[0]);
    for (int64_t i = 0; i < n_entries; i++)
        if (offsets[i + 1] < offsets[i])
            return cpn_fail_row(error, CAMPAIGN_E_VALUE, i, name, "text offsets fall from %ld to %ld", (long)offsets[i],
                                (long)offsets[i + 1]);
    return CAMPAIGN_OK;
}

/* Whether all entries together are UTF-8 and each starts and ends between characters. */
static bool is_all_utf8(const campaign_column *column, int64_t n_entries)
{
    const char *text = column->values;
    const int32_t *offsets = column->offsets;
    const size_t span = (size_t)(offsets[n_entries] - offsets[0]);
    if (span == 0) return true;
    if (cpn_utf8_valid(text + offsets[0], span) != span) return false;
    for (int64_t i = 1; i < n_entries; i++)
        if (offsets[i] < offsets[n_entries] && ((unsigned char)text[offsets[i]] & 0xC0) == 0x80) return false;
    return true;
}

static bool is_entry_utf8(const campaign_column *column, int64_t entry)
{
    const size_t length = (size_t)(column->offsets[entry + 1] - column->offsets[entry]);
    return cpn_utf8_valid((const char *)column->values + column->offsets[entry], length) == length;
}

static campaign_status check_plain_text(const campaign_column *column, campaign_error *error)
{
    if (is_all_utf8(column, column->n_rows)) return CAMPAIGN_OK;
    for (int64_t row = 0; row < column->n_rows; row++) {
        if (cpn_is_null(column, row) || is_entry_utf8(column, row)) continue;
        return cpn_fail_row(error, CAMPAIGN_E_ENCODING, row, column->name, "the text is not valid UTF-8");
    }
    return CAMPAIGN_OK;
}

static campaign_status check_codes(const campaign_column *column, campaign_error *error)
{
    for (int64_t row = 0; row < column->n_rows; row++) {
        const int32_t code = column->codes[row];
        if ((code >= 0 && code < column->n_dictionary) || cpn_is_null(column, row)) continue;
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, column->name,
                            "code %ld is not in the dictionary of %lld entries", (long)code,
                            (long long)column->n_dictionary);
    }
    return CAMPAIGN_OK;
}

/* First row that holds a dictionary entry, or -1. */
static int64_t find_code(const campaign_column *column, int64_t entry)
{
    for (int64_t row = 0; row < column->n_rows; row++)
        if (column->codes[row] == entry && !cpn_is_null(column, row)) return row;
    return -1;
}

static campaign_status check_dictionary(const campaign_column *column, campaign_error *error)
{
    const campaign_status status = check_codes(column, error);
    if (status != CAMPAIGN_OK || is_all_utf8(column, column->n_dictionary)) return status;
    for (int64_t entry = 0; entry < column->n_dictionary; entry++) {
        if (is_entry_utf8(column, entry)) continue;
        return cpn_fail_row(error, CAMPAIGN_E_ENCODING, find_code(column, entry), column->name,
                            "dictionary entry %lld is not valid UTF-8", (long long)entry);
    }
    return CAMPAIGN_OK;
}

static campaign_status check_days(const campaign_column *column, campaign_error *error)
{
    const int32_t *days = column->values;
    int32_t lowest = 0, highest = 0;
    for (int64_t row = 0; row < column->n_rows; row++) {
        lowest = days[row] < lowest ? days[row] : lowest;
        highest = days[row] > highest ? days[row] : highest;
    }
    if (lowest >= CAMPAIGN_DAY_MIN && highest <= CAMPAIGN_DAY_MAX) return CAMPAIGN_OK;
    for (int64_t row = 0; row < column->n_rows; row++) {
        if ((days[row] >= CAMPAIGN_DAY_MIN && days[row] <= CAMPAIGN_DAY_MAX) || cpn_is_null(column, row)) continue;
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, column->name, "day %ld is outside the years 1 to 9999",
                            (long)days[row]);
    }
    return CAMPAIGN_OK;
}

static campaign_status check_timestamps(const campaign_column *column, campaign_error *error)
{
    const int64_t *instants = column->values;
    const int64_t first = CAMPAIGN_DAY_MIN * microseconds_per_day;
    const int64_t last = (CAMPAIGN_DAY_MAX + INT64_C(1)) * microseconds_per_day - 1;
    for (int64_t row = 0; row < column->n_rows; row++) {
        if ((instants[row] >= first && instants[row] <= last) || cpn_is_null(column, row)) continue;
        return cpn_fail_row(error, CAMPAIGN_E_VALUE, row, column->name,
                            "timestamp %lld (microseconds) is outside the years 1 to 9999", (long long)instants[row]);
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_check_cells(const campaign_column *column, campaign_error *error)
{
    if (column->n_rows == column->n_nulls && !column->codes) return CAMPAIGN_OK;
    if (column->type == CAMPAIGN_TYPE_DATE) return check_days(column, error);
    if (column->type == CAMPAIGN_TYPE_TIMESTAMP) return check_timestamps(column, error);
    if (column->type != CAMPAIGN_TYPE_UTF8) return CAMPAIGN_OK;
    return column->codes ? check_dictionary(column, error) : check_plain_text(column, error);
}
