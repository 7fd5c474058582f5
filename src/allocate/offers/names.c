/* Keys as text: the distinct keys of a column, found again by their text, so that 7 and "7" are the same key. */
#include <string.h>

#include "allocate/offers/offers.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/sort.h"

void cpn_offers_cell_key(cpn_offers_key *key, const campaign_column *column, int64_t row)
{
    if (column->type == CAMPAIGN_TYPE_UTF8) {
        key->text = cpn_cell_text(column, row, &key->length);
        return;
    }
    key->length = cpn_format_int64(key->digits, cpn_cell_int64(column, row));
    key->text = key->digits;
}

static int compare_bytes(const char *a, size_t a_length, const char *b, size_t b_length)
{
    const size_t n = a_length < b_length ? a_length : b_length;
    const int order = n ? memcmp(a, b, n) : 0;
    return order ? order : (a_length > b_length) - (a_length < b_length);
}

static int compare_names(const void *a, const void *b, const void *ctx)
{
    const cpn_offers_names *names = ctx;
    const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return compare_bytes(names->bytes + names->offsets[x], (size_t)(names->offsets[x + 1] - names->offsets[x]),
                         names->bytes + names->offsets[y], (size_t)(names->offsets[y + 1] - names->offsets[y]));
}

campaign_status cpn_offers_names_from(cpn_offers_names *names, const cpn_offers_key *texts, int32_t n,
                                      campaign_error *error)
{
    int64_t length = 0;
    for (int32_t i = 0; i < n; i++) length += (int64_t)texts[i].length;
    *names = (cpn_offers_names){ .n = n };
    names->bytes = cpn_alloc(length, 1);
    names->offsets = cpn_alloc(n + INT64_C(1), sizeof *names->offsets);
    names->sorted = cpn_alloc(n, sizeof *names->sorted);
    if (!names->bytes || !names->offsets || !names->sorted) {
        cpn_offers_names_free(names);
        return cpn_fail_nomem(error);
    }
    names->offsets[0] = 0;
    for (int32_t i = 0; i < n; i++) {
        if (texts[i].length) memcpy(names->bytes + names->offsets[i], texts[i].text, texts[i].length);
        names->offsets[i + 1] = names->offsets[i] + (int64_t)texts[i].length;
        names->sorted[i] = i;
    }
    if (cpn_sort(names->sorted, n, sizeof *names->sorted, compare_names, names)) return CAMPAIGN_OK;
    cpn_offers_names_free(names);
    return cpn_fail_nomem(error);
}

campaign_status cpn_offers_names_create(cpn_offers_names *names, const campaign_column *column, campaign_error *error)
{
    cpn_keys keys;
    *names = (cpn_offers_names){ 0 };
    campaign_status status = cpn_keys_create(&keys, column, NULL, error);
    if (status != CAMPAIGN_OK) return status;
    cpn_offers_key *texts = cpn_alloc(keys.n_keys, sizeof *texts);
    for (int64_t i = 0; texts && i < keys.n_keys; i++) cpn_offers_cell_key(&texts[i], column, keys.first_rows[i]);
    status = texts ? cpn_offers_names_from(names, texts, (int32_t)keys.n_keys, error) : cpn_fail_nomem(error);
    cpn_free(texts);
    cpn_keys_free(&keys);
    return status;
}

void cpn_offers_names_free(cpn_offers_names *names)
{
    cpn_free(names->bytes);
    cpn_free(names->offsets);
    cpn_free(names->sorted);
    *names = (cpn_offers_names){ 0 };
}

int32_t cpn_offers_find(const cpn_offers_names *names, const char *text, size_t length)
{
    int32_t low = 0, high = names->n;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2, at = names->sorted[middle];
        const int order = compare_bytes(names->bytes + names->offsets[at],
                                        (size_t)(names->offsets[at + 1] - names->offsets[at]), text, length);
        if (order == 0) return at;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

int32_t cpn_offers_find_cell(const cpn_offers_names *names, const campaign_column *column, int64_t row)
{
    cpn_offers_key key;
    cpn_offers_cell_key(&key, column, row);
    return cpn_offers_find(names, key.text, key.length);
}
