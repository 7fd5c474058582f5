/* Numbers whole numbers that lie close together: one bit for each possible value, counted up block by block. The code of
 * a value is the number of set bits below its own. Needs no hashing and no sorting. */
#include <stdatomic.h>
#include <string.h>

#include "base/memory.h"
#include "table/keys.h"
#include "table/store.h"

/* Blocks take 8 bytes for 32 values: with 16 values a row this stays below 4 bytes a row. */
enum { VALUES_A_BLOCK = 32, VALUES_A_ROW = 16, FREE_VALUES = 1 << 16 };

typedef struct value_block {
    _Atomic uint32_t bits;
    uint32_t rank; /* set bits in all blocks before */
} value_block;

typedef struct value_range {
    int64_t lowest, highest;
} value_range;

typedef struct dense_job {
    const cpn_key_source *source;
    cpn_keys *keys;
    value_range *ranges; /* one a chunk */
    int64_t lowest;
    value_block *blocks;
    int64_t n_blocks;
} dense_job;

static campaign_status find_range(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    dense_job *job = ctx;
    value_range range = { INT64_MAX, INT64_MIN };
    for (int64_t item = first; item < last; item++) {
        if (cpn_item_is_null(job->source, item)) continue;
        const int64_t value = cpn_item_int64(job->source, item);
        if (value < range.lowest) range.lowest = value;
        if (value > range.highest) range.highest = value;
    }
    job->ranges[chunk] = range;
    return CAMPAIGN_OK;
}

/* Place of a value among the possible ones. */
static uint64_t find_place(const dense_job *job, int64_t value)
{
    return (uint64_t)value - (uint64_t)job->lowest;
}

static campaign_status mark_values(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    (void)chunk;
    dense_job *job = ctx;
    for (int64_t item = first; item < last; item++) {
        if (cpn_item_is_null(job->source, item)) continue;
        const uint64_t place = find_place(job, cpn_item_int64(job->source, item));
        _Atomic uint32_t *bits = &job->blocks[place / VALUES_A_BLOCK].bits;
        const uint32_t mask = (uint32_t)1 << place % VALUES_A_BLOCK;
        if (!(atomic_load_explicit(bits, memory_order_relaxed) & mask))
            atomic_fetch_or_explicit(bits, mask, memory_order_relaxed);
    }
    return CAMPAIGN_OK;
}

static uint32_t count_ones(uint32_t bits)
{
    bits = bits - (bits >> 1 & 0x55555555u);
    bits = (bits & 0x33333333u) + (bits >> 2 & 0x33333333u);
    return ((bits + (bits >> 4)) & 0x0F0F0F0Fu) * 0x01010101u >> 24;
}

/* Counts the values up, and writes them down in order. */
static campaign_status rank_values(dense_job *job, campaign_error *error)
{
    uint32_t n_keys = 0;
    for (int64_t block = 0; block < job->n_blocks; block++) {
        job->blocks[block].rank = n_keys;
        n_keys += count_ones(job->blocks[block].bits);
    }
    cpn_keys *keys = job->keys;
    keys->n_keys = n_keys;
    keys->integers = cpn_alloc(n_keys, sizeof *keys->integers);
    keys->first_rows = cpn_alloc(n_keys, sizeof *keys->first_rows);
    if (!keys->integers || !keys->first_rows) return cpn_fail_nomem(error);
    int64_t key = 0;
    for (int64_t block = 0; block < job->n_blocks; block++)
        for (uint32_t bits = job->blocks[block].bits, bit = 0; bits; bits >>= 1, bit++)
            if (bits & 1)
                keys->integers[key++] = (int64_t)((uint64_t)job->lowest + (uint64_t)block * VALUES_A_BLOCK + bit);
    return CAMPAIGN_OK;
}

static campaign_status write_codes(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    (void)chunk;
    dense_job *job = ctx;
    for (int64_t item = first; item < last; item++) {
        if (cpn_item_is_null(job->source, item)) {
            job->keys->codes[item] = -1;
            continue;
        }
        const uint64_t place = find_place(job, cpn_item_int64(job->source, item));
        value_block *block = &job->blocks[place / VALUES_A_BLOCK];
        const uint32_t below = ((uint32_t)1 << place % VALUES_A_BLOCK) - 1;
        const uint32_t bits = atomic_load_explicit(&block->bits, memory_order_relaxed);
        job->keys->codes[item] = (int32_t)(block->rank + count_ones(bits & below));
    }
    return CAMPAIGN_OK;
}

/* The first row of each key, in row order. Asks a bit for each key and not first_rows itself: bits stay in the cache. */
static bool find_first_rows(cpn_keys *keys)
{
    uint8_t *seen = cpn_alloc_zero(cpn_bit_bytes(keys->n_keys), 1);
    if (!seen) return false;
    int64_t n_left = keys->n_keys;
    for (int64_t row = 0; n_left > 0; row++) {
        const int32_t code = keys->codes[row];
        if (code < 0 || cpn_bit(seen, code)) continue;
        cpn_set_bit(seen, code, true);
        keys->first_rows[code] = row;
        n_left--;
    }
    cpn_free(seen);
    return true;
}

/* The range of all items; lowest > highest where there are none. */
static campaign_status find_whole_range(value_range *range, dense_job *job, const campaign_runtime *runtime,
                                        campaign_error *error)
{
    const int64_t n_chunks = cpn_n_chunks(job->source->n_items, CPN_KEYS_CHUNK);
    *range = (value_range){ INT64_MAX, INT64_MIN };
    job->ranges = cpn_alloc(n_chunks, sizeof *job->ranges);
    if (!job->ranges) return cpn_fail_nomem(error);
    const campaign_status status =
        cpn_parallel_for(job->source->n_items, CPN_KEYS_CHUNK, find_range, job, "keys", runtime, error);
    for (int64_t chunk = 0; chunk < n_chunks && status == CAMPAIGN_OK; chunk++) {
        if (job->ranges[chunk].lowest < range->lowest) range->lowest = job->ranges[chunk].lowest;
        if (job->ranges[chunk].highest > range->highest) range->highest = job->ranges[chunk].highest;
    }
    cpn_free(job->ranges);
    return status;
}

static campaign_status number_values(dense_job *job, const campaign_runtime *runtime, campaign_error *error)
{
    const int64_t n = job->source->n_items;
    job->blocks = cpn_alloc_zero(job->n_blocks, sizeof *job->blocks);
    if (!job->blocks) return cpn_fail_nomem(error);
    campaign_status status = cpn_parallel_for(n, CPN_KEYS_CHUNK, mark_values, job, "keys", runtime, error);
    if (status == CAMPAIGN_OK) status = rank_values(job, error);
    if (status == CAMPAIGN_OK) status = cpn_parallel_for(n, CPN_KEYS_CHUNK, write_codes, job, "keys", runtime, error);
    if (status == CAMPAIGN_OK && !find_first_rows(job->keys)) status = cpn_fail_nomem(error);
    cpn_free(job->blocks);
    return status;
}

campaign_status cpn_keys_dense(cpn_keys *keys, bool *is_done, const cpn_key_source *source,
                               const campaign_runtime *runtime, campaign_error *error)
{
    *is_done = false;
    dense_job job = { .source = source, .keys = keys };
    value_range range;
    const campaign_status status = find_whole_range(&range, &job, runtime, error);
    if (status != CAMPAIGN_OK) return status;
    job.lowest = range.lowest;
    if (range.lowest <= range.highest) {
        const uint64_t last = find_place(&job, range.highest);
        if (last >= (uint64_t)source->n_items * VALUES_A_ROW + FREE_VALUES) return CAMPAIGN_OK;
        job.n_blocks = (int64_t)(last / VALUES_A_BLOCK) + 1;
    }
    *is_done = true;
    return number_values(&job, runtime, error);
}
