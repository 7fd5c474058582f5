/* Inside of key coding: two ways to number distinct values, and the order they end in. Only src/table includes this. */
#ifndef CPN_TABLE_KEYS_H
#define CPN_TABLE_KEYS_H

#include "base/parallel.h"
#include "table/table.h"

enum { CPN_KEYS_CHUNK = 65536 }; /* rows a chunk; fixed, so that work is cut the same whatever the threads */

/* Values to be numbered: the rows of a column, or chosen entries of its dictionary. */
typedef struct cpn_key_source {
    const campaign_column *column;
    const int32_t *entries; /* item → entry of the dictionary; NULL = items are rows */
    int64_t n_items;        /* at most INT32_MAX */
    bool is_text;
    bool is_narrow; /* whole numbers of 4 bytes */
} cpn_key_source;

static inline bool cpn_item_is_null(const cpn_key_source *source, int64_t item)
{
    return !source->entries && cpn_is_null(source->column, item);
}

static inline int64_t cpn_item_int64(const cpn_key_source *source, int64_t item)
{
    return source->is_narrow ? ((const int32_t *)source->column->values)[item]
                             : ((const int64_t *)source->column->values)[item];
}

static inline const char *cpn_item_text(const cpn_key_source *source, int64_t item, size_t *length)
{
    const int32_t *at = source->column->offsets + (source->entries ? source->entries[item] : item);
    *length = (size_t)(at[1] - at[0]);
    return (const char *)source->column->values + at[0];
}

/* Numbers whole numbers that lie close together, by one bit for each possible value. Sets *is_done to false, and
 * nothing else, where they lie too far apart for that. keys->codes must be there; fills the rest. */
campaign_status cpn_keys_dense(cpn_keys *keys, bool *is_done, const cpn_key_source *source,
                               const campaign_runtime *runtime, campaign_error *error);

/* Numbers any values by hashing. keys->codes must be there; fills the rest. */
campaign_status cpn_keys_hash(cpn_keys *keys, const cpn_key_source *source, const campaign_runtime *runtime,
                              campaign_error *error);

/* ---- Sets of keys ---- */

/* An item on its way into a set. */
typedef struct cpn_keyed_item {
    uint64_t word; /* value of a whole number, hash of a text */
    int32_t item;
    int32_t number; /* what the set answers: which of its keys this is */
} cpn_keyed_item;

/* The word stands in the slot itself: one look at memory instead of two. */
typedef struct cpn_key_slot {
    uint64_t word;
    uint32_t number; /* + 1, 0 = free */
    uint32_t spare;
} cpn_key_slot;

/* Distinct keys, numbered in the order they are met. Zero-initialise. */
typedef struct cpn_key_set {
    cpn_key_slot *slots;
    uint64_t mask;
    uint64_t *words; /* by number */
    int32_t *items;  /* the first item that holds the key */
    int64_t n, capacity;
} cpn_key_set;

/* Spreads a whole number over 64 bits. */
static inline uint64_t cpn_mix_word(uint64_t word)
{
    word = (word ^ (word >> 30)) * UINT64_C(0xBF58476D1CE4E5B9); /* finisher of splitmix64 (Vigna, public domain) */
    word = (word ^ (word >> 27)) * UINT64_C(0x94D049BB133111EB);
    return word ^ (word >> 31);
}

/* Numbers n items. Texts of one hash are taken for equal unless is_exact. False where memory is out. */
bool cpn_key_set_number(cpn_key_set *set, cpn_keyed_item *items, int64_t n, const cpn_key_source *source,
                        bool is_exact);

void cpn_key_set_free(cpn_key_set *set);

/* ---- Texts of keys ---- */

/* Texts one after the other, where a column has them far apart. */
typedef struct cpn_key_texts {
    char *bytes;
    int64_t *offsets; /* n + 1 */
    int64_t n;
} cpn_key_texts;

/* Copies the texts of n items. False where memory is out. */
bool cpn_key_texts_create(cpn_key_texts *texts, const cpn_key_source *source, const int64_t *items, int64_t n);

/* Order of the texts by bytes, smallest first. False where memory is out. */
bool cpn_key_texts_order(int64_t *order, const cpn_key_texts *texts);

void cpn_key_texts_free(cpn_key_texts *texts);

#endif
