/* Numbers values by hashing.
 *
 * Rows go block by block, so that scratch memory stays small: the items of a block go into partitions by the top bits of
 * their hash, and each partition is numbered by its own set, in item order, small enough for the cache. In the end the
 * keys of all sets are put in order together, and each number becomes the place of its key. Blocks, chunks and
 * partitions depend on the data alone, so codes are the same whatever the threads.
 *
 * Texts of one 64-bit hash are first taken for equal, and each row's text is compared with its key's at the end, in row
 * order, where memory is read in order; should two texts ever share a hash, all is done again with comparing at once. */
#include <stdatomic.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/sort.h"
#include "table/keys.h"

enum { ITEMS_A_BLOCK = 1 << 21, ITEMS_A_PARTITION = 32768, MOST_PARTITION_BITS = 8, BATCH = 64, HEAD_BYTES = 24 };

/* What a row needs of its key: where it ends up, and enough of its text to tell it apart. Half a line of the cache. */
typedef struct key_head {
    int32_t rank;
    int32_t length;
    char text[HEAD_BYTES];
} key_head;

typedef struct hash_job {
    const cpn_key_source *source;
    cpn_keys *keys;
    bool is_exact;
    int32_t partition_bits;
    int64_t n_partitions;
    int64_t block_first;   /* first item of the block */
    int64_t *starts;       /* [chunk of the block][partition]: counts, then where the chunk's items go */
    int64_t *ends;         /* of each partition */
    uint64_t *hashes;      /* of the block's texts */
    cpn_keyed_item *items; /* of the block, by partition */
    uint8_t *partitions;   /* of all items */
    cpn_key_set *sets;     /* one a partition */
    int64_t *bases;        /* keys in the sets before */
    int32_t *ranks;        /* base + number → code */
    key_head *heads;       /* the same of texts that are to be compared, or NULL */
    void *heads_memory;
    int64_t *order;      /* code → base + number */
    cpn_key_texts texts; /* by base + number */
    _Atomic int32_t has_collision;
} hash_job;

static uint64_t read_word(const hash_job *job, int64_t i)
{
    return job->source->is_text ? job->hashes[i] : (uint64_t)cpn_item_int64(job->source, job->block_first + i);
}

static uint8_t choose_partition(const hash_job *job, uint64_t word)
{
    const uint64_t hash = job->source->is_text ? word : cpn_mix_word(word);
    return (uint8_t)(job->partition_bits ? hash >> (64 - job->partition_bits) : 0);
}

/* Chooses partitions of items first to last - 1 of the block, and counts them. */
static campaign_status count_items(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    hash_job *job = ctx;
    int64_t *counts = job->starts + chunk * job->n_partitions;
    memset(counts, 0, (size_t)job->n_partitions * sizeof *counts);
    for (int64_t i = first; i < last; i++) {
        const int64_t item = job->block_first + i;
        if (cpn_item_is_null(job->source, item)) continue;
        if (job->source->is_text) {
            size_t length;
            const char *text = cpn_item_text(job->source, item, &length);
            job->hashes[i] = cpn_hash_bytes(text, length);
        }
        job->partitions[item] = choose_partition(job, read_word(job, i));
        counts[job->partitions[item]]++;
    }
    return CAMPAIGN_OK;
}

/* Turns counts into the places where each chunk writes; partitions lie one after the other, chunks in order in each. */
static void lay_out(hash_job *job, int64_t n_chunks)
{
    int64_t sum = 0;
    for (int64_t partition = 0; partition < job->n_partitions; partition++) {
        for (int64_t chunk = 0; chunk < n_chunks; chunk++) {
            int64_t *start = &job->starts[chunk * job->n_partitions + partition];
            const int64_t count = *start;
            *start = sum;
            sum += count;
        }
        job->ends[partition] = sum;
    }
}

static campaign_status scatter_items(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    hash_job *job = ctx;
    int64_t *next = job->starts + chunk * job->n_partitions;
    for (int64_t i = first; i < last; i++) {
        const int64_t item = job->block_first + i;
        if (cpn_item_is_null(job->source, item)) {
            job->keys->codes[item] = -1;
            continue;
        }
        cpn_keyed_item *place = &job->items[next[job->partitions[item]]++];
        place->word = read_word(job, i);
        place->item = (int32_t)item;
    }
    return CAMPAIGN_OK;
}

/* Numbers one partition of the block; codes hold the numbers until all keys are known. */
static campaign_status number_partition(void *ctx, int64_t partition, int64_t first, int64_t last)
{
    (void)first, (void)last;
    hash_job *job = ctx;
    const int64_t start = partition ? job->ends[partition - 1] : 0, n = job->ends[partition] - start;
    if (!cpn_key_set_number(&job->sets[partition], job->items + start, n, job->source, job->is_exact))
        return CAMPAIGN_E_NOMEM;
    for (int64_t i = start; i < start + n; i++) job->keys->codes[job->items[i].item] = job->items[i].number;
    return CAMPAIGN_OK;
}

static campaign_status number_blocks(hash_job *job, const campaign_runtime *runtime, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int64_t first = 0; first < job->source->n_items && status == CAMPAIGN_OK; first += ITEMS_A_BLOCK) {
        const int64_t left = job->source->n_items - first, n = left < ITEMS_A_BLOCK ? left : ITEMS_A_BLOCK;
        job->block_first = first;
        status = cpn_parallel_for(n, CPN_KEYS_CHUNK, count_items, job, "keys", runtime, error);
        if (status != CAMPAIGN_OK) return status;
        lay_out(job, cpn_n_chunks(n, CPN_KEYS_CHUNK));
        status = cpn_parallel_for(n, CPN_KEYS_CHUNK, scatter_items, job, "keys", runtime, error);
        if (status == CAMPAIGN_OK)
            status = cpn_parallel_for(job->n_partitions, 1, number_partition, job, "keys", runtime, error);
    }
    return status;
}

/* ---- All keys together ------------------------------------------------------------------------------------------ */

/* Where each set's keys begin among all, and how many there are. */
static int64_t count_keys(hash_job *job)
{
    int64_t n = 0;
    for (int64_t partition = 0; partition < job->n_partitions; partition++) {
        job->bases[partition] = n;
        n += job->sets[partition].n;
    }
    return n;
}

/* Values and first items of all keys, set after set. */
static void gather_keys(const hash_job *job, int64_t *words, int64_t *items)
{
    for (int64_t partition = 0, at = 0; partition < job->n_partitions; partition++) {
        const cpn_key_set *set = &job->sets[partition];
        for (int64_t i = 0; i < set->n; i++, at++) {
            words[at] = (int64_t)set->words[i];
            items[at] = set->items[i];
        }
    }
}

static bool order_keys(hash_job *job, const int64_t *words, const int64_t *items)
{
    const int64_t n = job->keys->n_keys;
    if (!job->source->is_text) return cpn_order_int64(job->order, words, n);
    return cpn_key_texts_create(&job->texts, job->source, items, n) && cpn_key_texts_order(job->order, &job->texts);
}

static campaign_status rank_keys(hash_job *job, campaign_error *error)
{
    cpn_keys *keys = job->keys;
    const bool is_text = job->source->is_text;
    const int64_t n = keys->n_keys = count_keys(job);
    int64_t *words = cpn_alloc(n, sizeof *words), *items = cpn_alloc(n, sizeof *items);
    job->order = cpn_alloc(n, sizeof *job->order);
    job->ranks = cpn_alloc(n, sizeof *job->ranks);
    keys->first_rows = cpn_alloc(n, sizeof *keys->first_rows);
    if (!is_text) keys->integers = cpn_alloc(n, sizeof *keys->integers);
    bool is_done = words && items && job->order && job->ranks && keys->first_rows && (is_text || keys->integers);
    if (is_done) {
        gather_keys(job, words, items);
        is_done = order_keys(job, words, items);
    }
    for (int64_t key = 0; key < n && is_done; key++) {
        job->ranks[job->order[key]] = (int32_t)key;
        keys->first_rows[key] = items[job->order[key]];
        if (!is_text) keys->integers[key] = words[job->order[key]];
    }
    cpn_free(words);
    cpn_free(items);
    return is_done ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

/* Heads of the texts to compare rows with. */
static campaign_status write_heads(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    (void)chunk;
    hash_job *job = ctx;
    for (int64_t place = first; place < last; place++) {
        const int64_t *at = job->texts.offsets + place;
        const int64_t length = at[1] - at[0];
        key_head *head = &job->heads[place];
        memset(head, 0, sizeof *head);
        head->rank = job->ranks[place];
        head->length = (int32_t)length;
        memcpy(head->text, job->texts.bytes + at[0], (size_t)(length < HEAD_BYTES ? length : HEAD_BYTES));
    }
    return CAMPAIGN_OK;
}

static campaign_status make_heads(hash_job *job, const campaign_runtime *runtime, campaign_error *error)
{
    job->heads_memory = cpn_alloc(job->keys->n_keys + 1, sizeof *job->heads);
    if (!job->heads_memory) return cpn_fail_nomem(error);
    const size_t past = (uintptr_t)job->heads_memory % sizeof *job->heads; /* aligned, no head lies on two lines */
    job->heads = (key_head *)(void *)((char *)job->heads_memory + (past ? sizeof *job->heads - past : 0));
    return cpn_parallel_for(job->keys->n_keys, CPN_KEYS_CHUNK, write_heads, job, "keys", runtime, error);
}

static inline uint64_t read_word_at(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

/* Most keys take 8 to 16 bytes: their first and last eight cover them. */
static inline bool is_own_text(const hash_job *job, int64_t item, int64_t place)
{
    size_t length;
    const char *text = cpn_item_text(job->source, item, &length);
    const key_head *head = &job->heads[place];
    if ((size_t)head->length != length) return false;
    if (length >= 8 && length <= 16)
        return read_word_at(head->text) == read_word_at(text) &&
               read_word_at(head->text + length - 8) == read_word_at(text + length - 8);
    if (length <= HEAD_BYTES) return memcmp(head->text, text, length) == 0;
    return memcmp(job->texts.bytes + job->texts.offsets[place], text, length) == 0;
}

/* Numbers of at most BATCH items become codes; texts are compared with those of their keys, false where one differs.
 * Keys lie anywhere in memory: all are asked for before the first is used. */
static bool write_batch(const hash_job *job, int64_t first, int64_t last)
{
    int64_t places[BATCH];
    for (int64_t item = first; item < last; item++) {
        const int32_t number = job->keys->codes[item];
        const int64_t place = number < 0 ? -1 : job->bases[job->partitions[item]] + number;
        places[item - first] = place;
        if (place < 0) continue;
        cpn_prefetch(job->heads ? (const void *)(job->heads + place) : (const void *)(job->ranks + place));
    }
    for (int64_t item = first; item < last; item++) {
        const int64_t place = places[item - first];
        if (place < 0) continue;
        job->keys->codes[item] = job->heads ? job->heads[place].rank : job->ranks[place];
        if (job->heads && !is_own_text(job, item, place)) return false;
    }
    return true;
}

static campaign_status write_codes(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    (void)chunk;
    hash_job *job = ctx;
    for (int64_t item = first; item < last; item += BATCH)
        if (!write_batch(job, item, last - item < BATCH ? last : item + BATCH)) job->has_collision = 1;
    return CAMPAIGN_OK;
}

static bool open_job(hash_job *job)
{
    const int64_t n = job->source->n_items, n_block = n < ITEMS_A_BLOCK ? n : ITEMS_A_BLOCK;
    while (job->partition_bits < MOST_PARTITION_BITS && n >> job->partition_bits > ITEMS_A_PARTITION)
        job->partition_bits++;
    job->n_partitions = INT64_C(1) << job->partition_bits;
    job->starts = cpn_alloc(cpn_n_chunks(n_block, CPN_KEYS_CHUNK) * job->n_partitions, sizeof *job->starts);
    job->ends = cpn_alloc(job->n_partitions, sizeof *job->ends);
    job->hashes = cpn_alloc(job->source->is_text ? n_block : 0, sizeof *job->hashes);
    job->items = cpn_alloc(n_block, sizeof *job->items);
    job->partitions = cpn_alloc(n, sizeof *job->partitions);
    job->sets = cpn_alloc_zero(job->n_partitions, sizeof *job->sets);
    job->bases = cpn_alloc(job->n_partitions, sizeof *job->bases);
    return job->starts && job->ends && job->hashes && job->items && job->partitions && job->sets && job->bases;
}

static void close_job(hash_job *job)
{
    for (int64_t partition = 0; job->sets && partition < job->n_partitions; partition++)
        cpn_key_set_free(&job->sets[partition]);
    cpn_key_texts_free(&job->texts);
    cpn_free(job->starts);
    cpn_free(job->ends);
    cpn_free(job->hashes);
    cpn_free(job->items);
    cpn_free(job->partitions);
    cpn_free(job->sets);
    cpn_free(job->bases);
    cpn_free(job->ranks);
    cpn_free(job->heads_memory);
    cpn_free(job->order);
}

/* One run; *has_collision tells whether two texts shared a hash, which leaves keys without meaning. */
static campaign_status number_all(cpn_keys *keys, bool *has_collision, const cpn_key_source *source, bool is_exact,
                                  const campaign_runtime *runtime, campaign_error *error)
{
    hash_job job = { .source = source, .keys = keys, .is_exact = is_exact };
    campaign_status status = open_job(&job) ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = number_blocks(&job, runtime, error);
    if (status == CAMPAIGN_OK) status = rank_keys(&job, error);
    if (status == CAMPAIGN_OK && source->is_text && !is_exact) status = make_heads(&job, runtime, error);
    if (status == CAMPAIGN_OK)
        status = cpn_parallel_for(source->n_items, CPN_KEYS_CHUNK, write_codes, &job, "keys", runtime, error);
    *has_collision = job.has_collision;
    close_job(&job);
    return status;
}

campaign_status cpn_keys_hash(cpn_keys *keys, const cpn_key_source *source, const campaign_runtime *runtime,
                              campaign_error *error)
{
    bool has_collision = false;
    const campaign_status status = number_all(keys, &has_collision, source, false, runtime, error);
    if (status != CAMPAIGN_OK || !has_collision) return status;
    cpn_free(keys->first_rows);
    keys->first_rows = NULL;
    return number_all(keys, &has_collision, source, true, runtime, error);
}
