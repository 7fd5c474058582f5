/* Keys of one table looked up from another: the cell of a row beside the keys in their order. */
#include <string.h>

#include "table/table.h"

campaign_status cpn_named_keys_create(cpn_named_keys *keys, const campaign_column *column,
                                      const campaign_runtime *runtime, campaign_error *error)
{
    keys->column = *column;
    return cpn_keys_create(&keys->keys, column, runtime, error);
}

void cpn_named_keys_free(cpn_named_keys *keys)
{
    cpn_keys_free(&keys->keys);
}

void cpn_named_key_text(char text[CPN_NAMED_KEY_TEXT], const cpn_named_keys *keys, int64_t number)
{
    (void)cpn_format_cell(text, CPN_NAMED_KEY_TEXT, &keys->column, keys->keys.first_rows[number]);
}

/* -1, 0 or 1: a cell beside a key. Both are texts, or both are whole numbers. */
static int compare_key(const campaign_column *cells, int64_t row, const cpn_named_keys *keys, int64_t number)
{
    const int64_t key_row = keys->keys.first_rows[number];
    if (cells->type != CAMPAIGN_TYPE_UTF8) {
        const int64_t a = cpn_cell_int64(cells, row), b = cpn_cell_int64(&keys->column, key_row);
        return (a > b) - (a < b);
    }
    size_t a_length, b_length;
    const char *a = cpn_cell_text(cells, row, &a_length), *b = cpn_cell_text(&keys->column, key_row, &b_length);
    const size_t shorter = a_length < b_length ? a_length : b_length;
    const int order = shorter ? memcmp(a, b, shorter) : 0;
    if (order != 0) return order < 0 ? -1 : 1;
    return (a_length > b_length) - (a_length < b_length);
}

campaign_status cpn_named_keys_find(int32_t *number, const cpn_named_keys *keys, const campaign_column *cells,
                                    int64_t row, const cpn_cell_place *place, campaign_error *error)
{
    char text[CPN_NAMED_KEY_TEXT];
    if (cpn_is_null(cells, row))
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, place->where, "%s is null", place->name);
    if (keys->keys.n_keys > 0 && (cells->type == CAMPAIGN_TYPE_UTF8) != (keys->column.type == CAMPAIGN_TYPE_UTF8)) {
        (void)cpn_format_cell(text, sizeof text, cells, row);
        return cpn_fail_row(error, CAMPAIGN_E_COLUMN, row, place->where, "\"%s\" is %s, the keys of %s are %s", text,
                            cpn_type_name(cells->type), keys->column.name, cpn_type_name(keys->column.type));
    }
    int64_t low = 0, high = keys->keys.n_keys;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        const int order = compare_key(cells, row, keys, middle);
        if (order == 0) {
            *number = (int32_t)middle;
            return CAMPAIGN_OK;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    (void)cpn_format_cell(text, sizeof text, cells, row);
    return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row, place->where, "there is no %s \"%s\"", place->name, text);
}
