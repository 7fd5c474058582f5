/* Names of tasks: texts in key order, and a table of hashes to find them by. */
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "schedule/net/net.h"

/* Key order of numbers is that of their values, so a name is taken by its number and not searched. */
static void take_name(cpn_net_names *names, const cpn_named_keys *keys, int64_t number)
{
    if (keys->column.type == CAMPAIGN_TYPE_UTF8) {
        size_t length;
        names->texts[number] = cpn_cell_text(&keys->column, keys->keys.first_rows[number], &length);
        names->lengths[number] = (int32_t)length;
        return;
    }
    char *digits = names->digits + number * CPN_NUMBER_TEXT;
    names->lengths[number] = (int32_t)cpn_format_int64(digits, keys->keys.integers[number]);
    names->texts[number] = digits;
}

static int64_t slot_of(const cpn_net_names *names, const char *text, size_t length)
{
    int64_t slot = (int64_t)(cpn_hash_bytes(text, length) & (uint64_t)(names->n_slots - 1));
    while (names->slots[slot] >= 0) {
        const int32_t task = names->slots[slot];
        if ((size_t)names->lengths[task] == length && memcmp(names->texts[task], text, length) == 0) break;
        slot = (slot + 1) & (names->n_slots - 1);
    }
    return slot;
}

campaign_status cpn_net_name_tasks(cpn_net_names *names, const cpn_named_keys *keys, campaign_error *error)
{
    const int64_t n = keys->keys.n_keys;
    names->n = n;
    names->n_slots = 16;
    while (names->n_slots < 2 * n) names->n_slots *= 2;
    names->texts = cpn_alloc_zero(n, sizeof *names->texts);
    names->lengths = cpn_alloc_zero(n, sizeof *names->lengths);
    names->slots = cpn_alloc(names->n_slots, sizeof *names->slots);
    names->digits = cpn_alloc(keys->column.type == CAMPAIGN_TYPE_UTF8 ? 0 : n * CPN_NUMBER_TEXT, 1);
    if (!names->texts || !names->lengths || !names->slots || !names->digits) return cpn_fail_nomem(error);
    for (int64_t i = 0; i < names->n_slots; i++) names->slots[i] = -1;
    for (int64_t i = 0; i < n; i++) {
        take_name(names, keys, i);
        names->slots[slot_of(names, names->texts[i], (size_t)names->lengths[i])] = (int32_t)i;
    }
    return CAMPAIGN_OK;
}

void cpn_net_forget_names(cpn_net_names *names)
{
    cpn_free((void *)names->texts);
    cpn_free(names->lengths);
    cpn_free(names->slots);
    cpn_free(names->digits);
}

int32_t cpn_net_find(const cpn_net_names *names, const char *text, size_t length)
{
    return names->n > 0 ? names->slots[slot_of(names, text, length)] : -1;
}

const char *cpn_net_nearest(const cpn_net_names *names, const char *text, size_t length, int32_t *found_length)
{
    /* Names are not terminated: copied a few at a time. The nearest of all is the nearest of the nearest. */
    char best[CPN_NET_TEXT] = "", one[CPN_NET_TEXT];
    int64_t found = -1;
    for (int64_t i = 0; i < names->n; i++) {
        if (names->lengths[i] >= CPN_NET_TEXT) continue;
        memcpy(one, names->texts[i], (size_t)names->lengths[i]);
        one[names->lengths[i]] = '\0';
        const char *const pair[] = { best, one };
        const int64_t nearest =
            found < 0 ? cpn_nearest_name(text, length, &pair[1], 1) + 1 : cpn_nearest_name(text, length, pair, 2);
        if (nearest != 1) continue;
        found = i;
        memcpy(best, one, sizeof best);
    }
    if (found < 0) return NULL;
    *found_length = names->lengths[found];
    return names->texts[found];
}

void cpn_net_name(char text[CPN_NET_TEXT], const cpn_net *net, int32_t task)
{
    const size_t length = cpn_utf8_cut(net->names.texts[task], (size_t)net->names.lengths[task], CPN_NET_TEXT - 1);
    memcpy(text, net->names.texts[task], length);
    text[length] = '\0';
}
