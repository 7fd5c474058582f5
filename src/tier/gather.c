/* Sums the orders per customer. Rows are first dealt into parts of neighbouring customers, in row order, so that the
 * totals of a part fit the nearest cache; then the parts are summed, each by one thread. All sums are of integers, so
 * neither rows nor threads change them. Where nothing is counted only once, this goes block by block: fresh memory
 * costs more than the work itself. */
#include <string.h>

#include "base/checked.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "tier/tier.h"

enum {
    CHUNK_ROWS = 1 << 16,
    PART_BITS = 11,       /* customers of a part: 2048 × sizeof(cpn_facts) is 64 KiB */
    MOST_PARTS = 1 << 10, /* more write streams than this cost more than the cache saves */
    PARTS_AT_ONCE = 8,
    BLOCK_ROWS = 1 << 21,
    AHEAD = 16 /* customers asked for before they are added to */
};

typedef struct entry {
    int32_t code, day;
    int64_t amount;
} entry;

typedef struct dealing {
    const cpn_history *history;
    const int32_t *days;
    cpn_facts *facts;
    int32_t shift;
    int64_t n_parts;
    int64_t first_row, n_rows; /* of the block */
    int64_t *cursors;          /* [chunk][part]: counts, then where the chunk writes next */
    int64_t *starts;           /* n_parts + 1 */
    entry *entries;
    uint64_t *order_ids; /* of each entry, where orders are counted */
    int64_t *order_rows; /* where the order ids are text */
} dealing;

/* Rows first to last - 1 of the block. */
static campaign_status count_parts(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    const dealing *d = ctx;
    const int32_t *codes = d->history->keys.codes + d->first_row;
    int64_t *counts = d->cursors + chunk * d->n_parts;
    memset(counts, 0, (size_t)d->n_parts * sizeof *counts);
    for (int64_t row = first; row < last; row++)
        if (codes[row] >= 0) counts[codes[row] >> d->shift]++;
    return CAMPAIGN_OK;
}

/* Counts become places: parts one after the other, in each part the chunks in order. */
static void place_parts(dealing *d)
{
    const int64_t n_chunks = cpn_n_chunks(d->n_rows, CHUNK_ROWS);
    int64_t at = 0;
    for (int64_t part = 0; part < d->n_parts; part++) {
        d->starts[part] = at;
        for (int64_t chunk = 0; chunk < n_chunks; chunk++) {
            int64_t *cursor = &d->cursors[chunk * d->n_parts + part];
            const int64_t count = *cursor;
            *cursor = at;
            at += count;
        }
    }
    d->starts[d->n_parts] = at;
}

static uint64_t order_id(const campaign_column *order, int64_t row)
{
    if (order->type != CAMPAIGN_TYPE_UTF8) return (uint64_t)cpn_cell_int64(order, row);
    size_t length;
    const char *text = cpn_cell_text(order, row, &length);
    return cpn_hash_bytes(text, length);
}

static campaign_status deal_rows(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    const dealing *d = ctx;
    const int32_t *codes = d->history->keys.codes;
    const int64_t *amounts = d->history->amount.values;
    int64_t *cursors = d->cursors + chunk * d->n_parts;
    for (int64_t row = d->first_row + first; row < d->first_row + last; row++) {
        const int32_t code = codes[row];
        if (code < 0) continue;
        const int64_t at = cursors[code >> d->shift]++;
        d->entries[at] = (entry){ code, d->days[row], amounts[row] };
        if (d->order_ids) d->order_ids[at] = order_id(&d->history->order, row);
        if (d->order_rows) d->order_rows[at] = row;
    }
    return CAMPAIGN_OK;
}

/* Money may wrap here: check_sums has looked first where that is possible. */
static inline void add_entry(cpn_facts *facts, const entry *e)
{
    facts->monetary = (int64_t)((uint64_t)facts->monetary + (uint64_t)e->amount);
    facts->n_rows++;
    if (e->amount < 0) return;
    if (e->day < facts->first_day) facts->first_day = e->day;
    if (e->day > facts->last_day) facts->last_day = e->day;
}

static void sum_rows(const dealing *d, int64_t first, int64_t last)
{
    for (int64_t i = first; i < last; i++) {
        if (i + AHEAD < last) cpn_prefetch(&d->facts[d->entries[i + AHEAD].code]);
        cpn_facts *facts = &d->facts[d->entries[i].code];
        add_entry(facts, &d->entries[i]);
        facts->frequency += d->entries[i].amount >= 0;
    }
}

/* The same, counting days or orders once. */
static campaign_status sum_distinct(const dealing *d, cpn_distinct *set, int64_t first, int64_t last)
{
    for (int64_t i = first; i < last; i++) {
        const entry *e = &d->entries[i];
        cpn_facts *facts = &d->facts[e->code];
        add_entry(facts, e);
        if (e->amount < 0) continue;
        const uint64_t id = d->order_ids ? d->order_ids[i] : (uint64_t)(uint32_t)e->day;
        const int is_new = cpn_distinct_add(set, e->code, id, d->order_rows ? d->order_rows[i] : 0);
        if (is_new < 0) return CAMPAIGN_E_NOMEM;
        facts->frequency += is_new;
    }
    return CAMPAIGN_OK;
}

static void clear_facts(const dealing *d, int64_t part)
{
    const int64_t first_code = part << d->shift, next_code = (part + 1) << d->shift;
    for (int64_t code = first_code; code < next_code && code < d->history->keys.n_keys; code++)
        d->facts[code] = (cpn_facts){ .first_day = CPN_NO_FIRST_DAY, .last_day = CPN_NO_LAST_DAY };
}

static campaign_status sum_parts(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    (void)chunk;
    const dealing *d = ctx;
    cpn_distinct set = { .text = d->order_rows ? &d->history->order : NULL };
    campaign_status status = CAMPAIGN_OK;
    for (int64_t part = first; part < last && status == CAMPAIGN_OK; part++) {
        if (d->first_row == 0) clear_facts(d, part);
        if (d->history->frequency_counts == CAMPAIGN_RFM_FREQUENCY_ROWS)
            sum_rows(d, d->starts[part], d->starts[part + 1]);
        else
            status = sum_distinct(d, &set, d->starts[part], d->starts[part + 1]);
        cpn_distinct_clear(&set);
    }
    cpn_distinct_free(&set);
    return status;
}

static campaign_status fail_sum(const cpn_history *history, int64_t key, campaign_error *error)
{
    int64_t row = 0;
    while (history->keys.codes[row] != key) row++;
    return cpn_fail_row(error, CAMPAIGN_E_OVERFLOW, row, "orders.amount",
                        "the amounts of the customer of row %lld add up to more than %lld minor units", (long long)row,
                        (long long)INT64_MAX);
}

/* Exact sums, only where the largest amount times the rows could pass 64 bits; their order cannot matter then either. */
static campaign_status check_sums(const cpn_history *history, campaign_error *error)
{
    const uint64_t n = (uint64_t)(history->n_used ? history->n_used : 1);
    if (history->largest_amount <= (uint64_t)INT64_MAX / n) return CAMPAIGN_OK;
    cpn_int128 *sums = cpn_alloc_zero(history->keys.n_keys, sizeof *sums);
    if (!sums) return cpn_fail_nomem(error);
    const int64_t *amounts = history->amount.values;
    for (int64_t row = 0; row < history->n_rows; row++) {
        const int32_t code = history->keys.codes[row];
        if (code >= 0) (void)cpn_add_128(&sums[code], sums[code], cpn_mul_128(amounts[row], 1));
    }
    campaign_status status = CAMPAIGN_OK;
    for (int64_t key = 0; key < history->keys.n_keys && status == CAMPAIGN_OK; key++)
        if (sums[key].high != ((int64_t)sums[key].low < 0 ? -1 : 0)) status = fail_sum(history, key, error);
    cpn_free(sums);
    return status;
}

static bool open_dealing(dealing *d)
{
    const cpn_history *h = d->history;
    const bool counts_orders = h->frequency_counts == CAMPAIGN_RFM_FREQUENCY_ORDERS;
    const bool is_whole = h->frequency_counts != CAMPAIGN_RFM_FREQUENCY_ROWS || h->n_rows < BLOCK_ROWS;
    d->n_rows = is_whole ? h->n_rows : BLOCK_ROWS;
    d->shift = PART_BITS;
    while (h->keys.n_keys >> d->shift >= MOST_PARTS) d->shift++;
    d->n_parts = (h->keys.n_keys >> d->shift) + 1;
    d->cursors = cpn_alloc(cpn_n_chunks(d->n_rows, CHUNK_ROWS) * d->n_parts, sizeof *d->cursors);
    d->starts = cpn_alloc(d->n_parts + 1, sizeof *d->starts);
    d->entries = cpn_alloc(d->n_rows, sizeof *d->entries);
    if (counts_orders) d->order_ids = cpn_alloc(d->n_rows, sizeof *d->order_ids);
    const bool is_text = counts_orders && h->order.type == CAMPAIGN_TYPE_UTF8;
    if (is_text) d->order_rows = cpn_alloc(d->n_rows, sizeof *d->order_rows);
    return d->cursors && d->starts && d->entries && (d->order_ids || !counts_orders) && (d->order_rows || !is_text);
}

static void close_dealing(dealing *d)
{
    cpn_free(d->cursors);
    cpn_free(d->starts);
    cpn_free(d->entries);
    cpn_free(d->order_ids);
    cpn_free(d->order_rows);
}

static campaign_status gather_block(dealing *d, const campaign_runtime *runtime, campaign_error *error)
{
    campaign_status status = cpn_parallel_for(d->n_rows, CHUNK_ROWS, count_parts, d, "orders", runtime, error);
    if (status != CAMPAIGN_OK) return status;
    place_parts(d);
    status = cpn_parallel_for(d->n_rows, CHUNK_ROWS, deal_rows, d, "orders", runtime, error);
    if (status != CAMPAIGN_OK) return status;
    return cpn_parallel_for(d->n_parts, PARTS_AT_ONCE, sum_parts, d, "customers", runtime, error);
}

campaign_status cpn_history_gather(cpn_facts *facts, const cpn_history *history, const int32_t *days,
                                   const campaign_runtime *runtime, campaign_error *error)
{
    dealing d = { .history = history, .days = days, .facts = facts };
    campaign_status status = check_sums(history, error);
    if (status == CAMPAIGN_OK && !open_dealing(&d)) status = cpn_fail_nomem(error);
    while (status == CAMPAIGN_OK && d.first_row < history->n_rows) {
        if (d.n_rows > history->n_rows - d.first_row) d.n_rows = history->n_rows - d.first_row;
        status = gather_block(&d, runtime, error);
        d.first_row += d.n_rows;
    }
    close_dealing(&d);
    return status;
}
