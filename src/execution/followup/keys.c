/* One list of keys over several tables: their sorted lists are merged, so each keeps its order and no key stands twice. */
#include <string.h>

#include "base/memory.h"
#include "execution/followup/words.h"

static int compare_keys(const cpn_follow_keys *keys, int a_source, int64_t a_key, int b_source, int64_t b_key)
{
    const cpn_named_keys *a = &keys->sources[a_source], *b = &keys->sources[b_source];
    const int64_t a_row = a->keys.first_rows[a_key], b_row = b->keys.first_rows[b_key];
    if (keys->type == CAMPAIGN_TYPE_INT64) {
        const int64_t x = cpn_cell_int64(&a->column, a_row), y = cpn_cell_int64(&b->column, b_row);
        return (x > y) - (x < y);
    }
    size_t a_length, b_length;
    const char *x = cpn_cell_text(&a->column, a_row, &a_length), *y = cpn_cell_text(&b->column, b_row, &b_length);
    const size_t shorter = a_length < b_length ? a_length : b_length;
    const int order = shorter ? memcmp(x, y, shorter) : 0;
    return order ? order : (a_length > b_length) - (a_length < b_length);
}

static bool is_blank(const cpn_follow_keys *keys, int source, int64_t key)
{
    const cpn_named_keys *from = &keys->sources[source];
    return cpn_follow_is_blank(&from->column, from->keys.first_rows[key]);
}

/* Makes the list from the heads of the sources, the smallest first; a blank text is no key. */
static void merge(cpn_follow_keys *keys)
{
    int64_t heads[CPN_FOLLOW_SOURCES] = { 0 };
    for (;;) {
        int best = -1;
        for (int i = 0; i < CPN_FOLLOW_SOURCES; i++) {
            if (heads[i] >= keys->sources[i].keys.n_keys) continue;
            if (best < 0 || compare_keys(keys, i, heads[i], best, heads[best]) < 0) best = i;
        }
        if (best < 0) return;
        const int64_t key = heads[best];
        const bool is_key = !is_blank(keys, best, key);
        keys->source[keys->n] = (int8_t)best;
        keys->number[keys->n] = (int32_t)key;
        keys->found_in[keys->n] = 0;
        for (int i = 0; i < CPN_FOLLOW_SOURCES; i++)
            if (i == best ||
                (heads[i] < keys->sources[i].keys.n_keys && compare_keys(keys, i, heads[i], best, key) == 0)) {
                keys->maps[i][heads[i]++] = is_key ? (int32_t)keys->n : -1;
                keys->found_in[keys->n] |= (uint8_t)(1 << i);
            }
        keys->n += is_key;
    }
}

static campaign_status check_types(cpn_follow_keys *keys, const campaign_column *columns, const char *const *names,
                                   campaign_error *error)
{
    for (int i = 0; i < CPN_FOLLOW_SOURCES; i++) {
        if (!columns[i].type) continue;
        const int32_t type = columns[i].type == CAMPAIGN_TYPE_UTF8 ? CAMPAIGN_TYPE_UTF8 : CAMPAIGN_TYPE_INT64;
        if (keys->type && keys->type != type)
            return cpn_fail(error, CAMPAIGN_E_COLUMN, names[i], "\"%s\" is %s, but %s in the tables before",
                            columns[i].name, cpn_type_name(type), cpn_type_name(keys->type));
        keys->type = type;
    }
    if (!keys->type) keys->type = CAMPAIGN_TYPE_UTF8;
    return CAMPAIGN_OK;
}

campaign_status cpn_follow_keys_create(cpn_follow_keys *keys, const campaign_column *columns, const char *const *names,
                                       const campaign_runtime *runtime, campaign_error *error)
{
    int64_t n = 0;
    campaign_status status = check_types(keys, columns, names, error);
    for (int i = 0; i < CPN_FOLLOW_SOURCES && status == CAMPAIGN_OK; i++) {
        if (!columns[i].type) continue;
        status = cpn_named_keys_create(&keys->sources[i], &columns[i], runtime, error);
        if (status != CAMPAIGN_OK) return status;
        keys->maps[i] = cpn_alloc(keys->sources[i].keys.n_keys, sizeof *keys->maps[i]);
        if (!keys->maps[i]) return cpn_fail_nomem(error);
        n += keys->sources[i].keys.n_keys;
    }
    if (status != CAMPAIGN_OK) return status;
    if (n > INT32_MAX) return cpn_fail(error, CAMPAIGN_E_LIMIT, names[0], "more than 2147483647 keys");
    keys->source = cpn_alloc(n, sizeof *keys->source);
    keys->number = cpn_alloc(n, sizeof *keys->number);
    keys->found_in = cpn_alloc(n, sizeof *keys->found_in);
    if (!keys->source || !keys->number || !keys->found_in) return cpn_fail_nomem(error);
    merge(keys);
    return CAMPAIGN_OK;
}

void cpn_follow_keys_free(cpn_follow_keys *keys)
{
    for (int i = 0; i < CPN_FOLLOW_SOURCES; i++) {
        cpn_named_keys_free(&keys->sources[i]);
        cpn_free(keys->maps[i]);
    }
    cpn_free(keys->source);
    cpn_free(keys->number);
    cpn_free(keys->found_in);
}

void cpn_follow_key_text(char text[CPN_NAMED_KEY_TEXT], const cpn_follow_keys *keys, int64_t number)
{
    text[0] = '\0';
    if (number >= 0) cpn_named_key_text(text, &keys->sources[keys->source[number]], keys->number[number]);
}

void cpn_follow_out_key(cpn_out *out, int32_t index, const cpn_follow_keys *keys, int32_t number)
{
    if (number < 0) {
        cpn_out_null(out, index);
        return;
    }
    const cpn_named_keys *source = &keys->sources[keys->source[number]];
    cpn_out_cell(out, index, &source->column, source->keys.first_rows[keys->number[number]]);
}
