/* Texts of distinct keys, and their order. Texts are ordered by the eight bytes after the beginning that all share, as
 * one number each; only where these agree are whole texts compared. */
#include <string.h>

#include "base/memory.h"
#include "base/sort.h"
#include "table/keys.h"

bool cpn_key_texts_create(cpn_key_texts *texts, const cpn_key_source *source, const int64_t *items, int64_t n)
{
    *texts = (cpn_key_texts){ .n = n };
    texts->offsets = cpn_alloc(n + 1, sizeof *texts->offsets);
    if (!texts->offsets) return false;
    int64_t end = 0;
    for (int64_t i = 0; i < n; i++) {
        size_t length;
        (void)cpn_item_text(source, items[i], &length);
        texts->offsets[i] = end;
        end += (int64_t)length;
    }
    texts->offsets[n] = end;
    texts->bytes = cpn_alloc(end, 1);
    if (!texts->bytes) return false;
    for (int64_t i = 0; i < n; i++) {
        size_t length;
        const char *text = cpn_item_text(source, items[i], &length);
        if (length) memcpy(texts->bytes + texts->offsets[i], text, length);
    }
    return true;
}

void cpn_key_texts_free(cpn_key_texts *texts)
{
    cpn_free(texts->bytes);
    cpn_free(texts->offsets);
    *texts = (cpn_key_texts){ 0 };
}

static size_t read_length(const cpn_key_texts *texts, int64_t i)
{
    return (size_t)(texts->offsets[i + 1] - texts->offsets[i]);
}

static int compare_texts(const void *a, const void *b, const void *ctx)
{
    const cpn_key_texts *texts = ctx;
    const int64_t i = *(const int64_t *)a, j = *(const int64_t *)b;
    const size_t length_i = read_length(texts, i), length_j = read_length(texts, j);
    const int order = memcmp(texts->bytes + texts->offsets[i], texts->bytes + texts->offsets[j],
                             length_i < length_j ? length_i : length_j);
    return order ? order : (length_i > length_j) - (length_i < length_j);
}

/* Bytes that all texts begin with. */
static size_t find_shared_start(const cpn_key_texts *texts)
{
    size_t shared = read_length(texts, 0);
    for (int64_t i = 1; i < texts->n && shared; i++) {
        const char *text = texts->bytes + texts->offsets[i];
        size_t same = 0;
        while (same < shared && same < read_length(texts, i) && text[same] == texts->bytes[same]) same++;
        shared = same;
    }
    return shared;
}

/* The eight bytes from start on, zeros after the end, as a number of the same order. */
static int64_t read_prefix(const cpn_key_texts *texts, int64_t i, size_t start)
{
    const unsigned char *text = (const unsigned char *)texts->bytes + texts->offsets[i];
    const size_t length = read_length(texts, i);
    uint64_t prefix = 0;
    for (size_t at = start; at < start + 8; at++) prefix = prefix << 8 | (at < length ? text[at] : 0);
    return (int64_t)(prefix ^ UINT64_C(1) << 63);
}

/* Sorts each run of equal prefixes by whole texts. */
static bool settle_runs(int64_t *order, const int64_t *prefixes, const cpn_key_texts *texts)
{
    for (int64_t first = 0; first < texts->n;) {
        int64_t last = first + 1;
        while (last < texts->n && prefixes[order[last]] == prefixes[order[first]]) last++;
        if (last - first > 1 && !cpn_sort(order + first, last - first, sizeof *order, compare_texts, texts))
            return false;
        first = last;
    }
    return true;
}

bool cpn_key_texts_order(int64_t *order, const cpn_key_texts *texts)
{
    if (texts->n == 0) return true;
    int64_t *prefixes = cpn_alloc(texts->n, sizeof *prefixes);
    if (!prefixes) return false;
    const size_t start = find_shared_start(texts);
    for (int64_t i = 0; i < texts->n; i++) prefixes[i] = read_prefix(texts, i, start);
    const bool is_done = cpn_order_int64(order, prefixes, texts->n) && settle_runs(order, prefixes, texts);
    cpn_free(prefixes);
    return is_done;
}
