/* Sets of (customer, order id) or (customer, day): open addressing, doubled at three quarters.
 * Ids of text orders are hashes; equal hashes are settled by the texts themselves, so the count is exact. */
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "tier/tier.h"

enum { FIRST_SLOTS = 1024, MANY_SLOTS = 1 << 16 };

static uint64_t mix(int32_t code, uint64_t id)
{
    return cpn_hash_int64((int64_t)(id ^ (uint64_t)(uint32_t)code * 0x9E3779B97F4A7C15u));
}

static bool is_same_text(const campaign_column *column, int64_t a, int64_t b)
{
    size_t a_length, b_length;
    const char *a_text = cpn_cell_text(column, a, &a_length);
    const char *b_text = cpn_cell_text(column, b, &b_length);
    return a_length == b_length && (a_length == 0 || memcmp(a_text, b_text, a_length) == 0);
}

static bool open_slots(cpn_distinct *set, int64_t n_slots)
{
    set->slots = cpn_alloc(n_slots, sizeof *set->slots);
    set->rows = set->text ? cpn_alloc(n_slots, sizeof *set->rows) : NULL;
    if (!set->slots || (set->text && !set->rows)) {
        cpn_free(set->slots);
        cpn_free(set->rows);
        return false;
    }
    memset(set->slots, 0xFF, (size_t)n_slots * sizeof *set->slots);
    set->n_slots = n_slots;
    return true;
}

static bool grow(cpn_distinct *set)
{
    const cpn_distinct old = *set;
    if (!open_slots(set, old.n_slots ? old.n_slots * 2 : FIRST_SLOTS)) {
        *set = old;
        return false;
    }
    const uint64_t mask = (uint64_t)set->n_slots - 1;
    for (int64_t i = 0; i < old.n_slots; i++) {
        if (old.slots[i].code < 0) continue;
        uint64_t at = mix(old.slots[i].code, old.slots[i].id) & mask;
        while (set->slots[at].code >= 0) at = (at + 1) & mask;
        set->slots[at] = old.slots[i];
        if (set->text) set->rows[at] = old.rows[i];
    }
    cpn_free(old.slots);
    cpn_free(old.rows);
    return true;
}

int cpn_distinct_add(cpn_distinct *set, int32_t code, uint64_t id, int64_t row)
{
    if (set->n_used >= set->n_slots / 4 * 3 && !grow(set)) return -1;
    const uint64_t mask = (uint64_t)set->n_slots - 1;
    uint64_t at = mix(code, id) & mask;
    for (; set->slots[at].code >= 0; at = (at + 1) & mask) {
        if (set->slots[at].code != code || set->slots[at].id != id) continue;
        if (!set->text || is_same_text(set->text, set->rows[at], row)) return 0;
    }
    set->slots[at] = (cpn_distinct_slot){ .id = id, .code = code };
    if (set->text) set->rows[at] = row;
    set->n_used++;
    return 1;
}

void cpn_distinct_clear(cpn_distinct *set)
{
    /* One customer with millions of orders must not make every later set as costly to empty as his. */
    if (set->n_slots > MANY_SLOTS && set->n_used < set->n_slots / 8) {
        cpn_distinct_free(set);
        return;
    }
    if (set->n_used) memset(set->slots, 0xFF, (size_t)set->n_slots * sizeof *set->slots);
    set->n_used = 0;
}

void cpn_distinct_free(cpn_distinct *set)
{
    cpn_free(set->slots);
    cpn_free(set->rows);
    *set = (cpn_distinct){ .text = set->text };
}
