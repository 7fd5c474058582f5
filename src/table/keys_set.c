/* Sets of distinct keys: open addressing with linear probing, at most half full. */
#include <string.h>

#include "base/memory.h"
#include "table/keys.h"

enum { FIRST_SLOTS = 256, AHEAD = 24 }; /* items asked for before they are looked up */

void cpn_key_set_free(cpn_key_set *set)
{
    cpn_free(set->slots);
    cpn_free(set->words);
    cpn_free(set->items);
    memset(set, 0, sizeof *set);
}

static uint64_t hash_word(const cpn_key_source *source, uint64_t word)
{
    return source->is_text ? word : cpn_mix_word(word);
}

/* Twice the slots, and room for as many keys as fill half of them. */
static bool grow(cpn_key_set *set, const cpn_key_source *source)
{
    const int64_t n_slots = set->slots ? (int64_t)(set->mask + 1) * 2 : FIRST_SLOTS;
    uint64_t *words = cpn_resize(set->words, n_slots / 2, sizeof *words);
    if (words) set->words = words;
    int32_t *items = cpn_resize(set->items, n_slots / 2, sizeof *items);
    if (items) set->items = items;
    cpn_key_slot *slots = cpn_alloc_zero(n_slots, sizeof *slots);
    if (!words || !items || !slots) {
        cpn_free(slots);
        return false;
    }
    cpn_free(set->slots);
    set->slots = slots;
    set->mask = (uint64_t)n_slots - 1;
    set->capacity = n_slots / 2;
    for (int64_t number = 0; number < set->n; number++) {
        uint64_t slot = hash_word(source, set->words[number]) & set->mask;
        while (slots[slot].number) slot = (slot + 1) & set->mask;
        slots[slot] = (cpn_key_slot){ set->words[number], (uint32_t)number + 1, 0 };
    }
    return true;
}

static bool is_same_text(const cpn_key_source *source, int64_t a, int64_t b)
{
    size_t length_a, length_b;
    const char *text_a = cpn_item_text(source, a, &length_a), *text_b = cpn_item_text(source, b, &length_b);
    return length_a == length_b && memcmp(text_a, text_b, length_a) == 0;
}

/* The slot that holds the item's key, or the free one where it belongs. */
static cpn_key_slot *find_slot(const cpn_key_set *set, const cpn_keyed_item *item, const cpn_key_source *source,
                               bool is_exact)
{
    uint64_t at = hash_word(source, item->word) & set->mask;
    for (; set->slots[at].number; at = (at + 1) & set->mask) {
        if (set->slots[at].word != item->word) continue;
        if (!is_exact || is_same_text(source, set->items[set->slots[at].number - 1], item->item)) break;
    }
    return &set->slots[at];
}

bool cpn_key_set_number(cpn_key_set *set, cpn_keyed_item *items, int64_t n, const cpn_key_source *source, bool is_exact)
{
    for (int64_t i = 0; i < n; i++) {
        if (set->n == set->capacity && !grow(set, source)) return false;
        if (i + AHEAD < n) cpn_prefetch(&set->slots[hash_word(source, items[i + AHEAD].word) & set->mask]);
        cpn_key_slot *slot = find_slot(set, &items[i], source, is_exact);
        if (!slot->number) {
            set->words[set->n] = items[i].word;
            set->items[set->n] = items[i].item;
            *slot = (cpn_key_slot){ items[i].word, (uint32_t)++set->n, 0 };
        }
        items[i].number = (int32_t)(slot->number - 1);
    }
    return true;
}
