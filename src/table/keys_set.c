/* Sets of distinct keys: open addressing with linear probing, at most half full. */
#include <string.h>

#include "base/memory.h"
#include "table/keys.h"

enum { FIRST_SLOTS = 256 };

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
    uint32_t *slots = cpn_alloc_zero(n_slots, sizeof *slots);
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
        while (slots[slot]) slot = (slot + 1) & set->mask;
        slots[slot] = (uint32_t)number + 1;
    }
    return true;
}

static bool is_same_text(const cpn_key_source *source, int64_t a, int64_t b)
{
    size_t length_a, length_b;
    const char *text_a = cpn_item_text(source, a, &length_a), *text_b = cpn_item_text(source, b, &length_b);
    return length_a == length_b && memcmp(text_a, text_b, length_a) == 0;
}

bool cpn_key_set_number(cpn_key_set *set, cpn_keyed_item *items, int64_t n, const cpn_key_source *source, bool is_exact)
{
    for (int64_t i = 0; i < n; i++) {
        if (set->n == set->capacity && !grow(set, source)) return false;
        const uint64_t word = items[i].word;
        uint64_t slot = hash_word(source, word) & set->mask;
        for (; set->slots[slot]; slot = (slot + 1) & set->mask) {
            const uint32_t number = set->slots[slot] - 1;
            if (set->words[number] != word) continue;
            if (!is_exact || is_same_text(source, set->items[number], items[i].item)) break;
        }
        if (!set->slots[slot]) {
            set->words[set->n] = word;
            set->items[set->n] = items[i].item;
            set->slots[slot] = (uint32_t)++set->n;
        }
        items[i].number = (int32_t)(set->slots[slot] - 1);
    }
    return true;
}
