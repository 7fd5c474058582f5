/* Parts of the customers: the tables in memory as one, or the batches of a stream, each read into a problem of its own.
 * A stream that is read again must give the same batches: counts and digests of all cells are compared. */
#include "allocate/offers/parts.h"

#include <string.h>

#include "base/hash.h"
#include "base/memory.h"

void cpn_offers_parts_open(cpn_offers_parts *parts, const cpn_offers_problem *problem)
{
    *parts = (cpn_offers_parts){ .whole = problem };
}

static void drop_batch(cpn_offers_parts *parts)
{
    cpn_offers_problem *batch = &parts->batch;
    cpn_free(batch->customer_rows);
    cpn_free(batch->groups);
    cpn_free(batch->mosts);
    cpn_free(batch->value_columns);
    cpn_free(batch->cost_columns);
    cpn_free(batch->constants);
    cpn_offers_set_free(&batch->set);
    *batch = (cpn_offers_problem){ 0 };
    campaign_table_free(parts->table);
    parts->table = NULL;
}

void cpn_offers_parts_close(cpn_offers_parts *parts)
{
    drop_batch(parts);
}

/* Attributes of customers that stand in the batch itself. */
static campaign_status find_attributes(cpn_offers_parts *parts, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int32_t a = 0; a < parts->batch.n_attributes && status == CAMPAIGN_OK; a++) {
        cpn_offers_attribute *attribute = &parts->batch.attributes[a];
        const campaign_column none = CAMPAIGN_COLUMN_INIT;
        const campaign_table *customers = parts->whole->inputs->customers;
        if (!attribute->is_of_customer) continue;
        attribute->column = none;
        if (customers && campaign_table_find(customers, attribute->name) >= 0) continue;
        status = cpn_need_column(&attribute->column, parts->table, "pairs", NULL, attribute->name, CPN_ANY_KEY, error);
    }
    return status;
}

static campaign_status check_columns(const cpn_offers_parts *parts, campaign_error *error)
{
    const int32_t n = campaign_table_n_columns(parts->whole->inputs->pairs);
    if (campaign_table_n_columns(parts->table) == n) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_COLUMN, "stream", "batch %lld has %ld columns, the first one %ld",
                    (long long)parts->n_taken, (long)campaign_table_n_columns(parts->table), (long)n);
}

static uint64_t mix(uint64_t digest, uint64_t word)
{
    digest = (digest ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return digest ^ digest >> 29;
}

static uint64_t mix_number(uint64_t digest, double number)
{
    uint64_t word;
    memcpy(&word, &number, sizeof word);
    return mix(digest, word);
}

/* Of keys, offers, values and costs, customer by customer. */
static campaign_status digest_batch(uint64_t *digest, const cpn_offers_problem *batch, campaign_error *error)
{
    const int32_t n_extra = batch->n_costs - 1;
    cpn_offers_scratch scratch;
    if (!cpn_offers_scratch_open(&scratch, batch)) return cpn_fail_nomem(error);
    *digest = 1;
    for (int64_t c = 0; c < batch->n_customers; c++) {
        cpn_offers_view view;
        cpn_offers_key key;
        cpn_offers_cell_key(&key, &batch->customer_column, batch->customer_rows ? batch->customer_rows[c] : c);
        *digest = mix(*digest, cpn_hash_bytes(key.text, key.length));
        cpn_offers_view_of(&view, &scratch, batch, c);
        for (int32_t p = 0; p < view.n; p++) {
            *digest = mix_number(mix(*digest, (uint64_t)view.offers[p]), view.values[p]);
            for (int32_t e = 0; e < n_extra; e++) *digest = mix_number(*digest, view.costs[(int64_t)p * n_extra + e]);
        }
    }
    cpn_offers_scratch_close(&scratch);
    return CAMPAIGN_OK;
}

static campaign_status fail_changed(int64_t batch, campaign_error *error)
{
    return cpn_fail(error, CAMPAIGN_E_STATE, "stream", "batch %lld is not what it was when it was read before",
                    (long long)batch);
}

static campaign_status note_batch(cpn_offers_source *source, int64_t n_customers, uint64_t digest,
                                  campaign_error *error)
{
    if (source->n_batches == source->room) {
        const int64_t room = source->room * 2 + 64;
        int64_t *ends = cpn_resize(source->ends, room, sizeof *ends);
        if (ends) source->ends = ends;
        uint64_t *digests = cpn_resize(source->digests, room, sizeof *digests);
        if (digests) source->digests = digests;
        if (!ends || !digests) return cpn_fail_nomem(error);
        source->room = room;
    }
    const int64_t before = source->n_batches ? source->ends[source->n_batches - 1] : 0;
    source->ends[source->n_batches] = before + n_customers;
    source->digests[source->n_batches++] = digest;
    return CAMPAIGN_OK;
}

/* Groups and maxima of the batch's customers, as they were found by the first reading. */
static campaign_status place_customers(cpn_offers_parts *parts, campaign_error *error)
{
    const cpn_offers_problem *whole = parts->whole;
    cpn_offers_problem *batch = &parts->batch;
    const int64_t n = batch->n_customers;
    int32_t **groups = batch->is_dense ? &batch->groups : &batch->set.groups;
    int32_t **mosts = batch->is_dense ? &batch->mosts : &batch->set.mosts;
    if (whole->groups && !*groups) *groups = cpn_alloc(n, sizeof **groups);
    if (whole->mosts && !*mosts) *mosts = cpn_alloc(n, sizeof **mosts);
    if ((whole->groups && !*groups) || (whole->mosts && !*mosts)) return cpn_fail_nomem(error);
    if (whole->groups && n > 0) memcpy(*groups, whole->groups + parts->first, (size_t)n * sizeof **groups);
    if (whole->mosts && n > 0) memcpy(*mosts, whole->mosts + parts->first, (size_t)n * sizeof **mosts);
    return CAMPAIGN_OK;
}

static campaign_status read_batch(cpn_offers_parts *parts, campaign_error *error)
{
    const cpn_offers_problem *whole = parts->whole;
    cpn_offers_problem *batch = &parts->batch;
    parts->inputs = *whole->inputs;
    parts->inputs.pairs = parts->table;
    parts->inputs.customers = NULL; /* they are placed when all are known */
    *batch = *whole;
    batch->source = NULL;
    batch->inputs = &parts->inputs;
    batch->n_customers = batch->n_pairs = 0;
    batch->customer_rows = NULL;
    batch->groups = batch->mosts = NULL;
    batch->value_columns = batch->cost_columns = NULL;
    batch->constants = NULL;
    batch->set = (cpn_offers_set){ 0 };
    campaign_status status = check_columns(parts, error);
    if (status == CAMPAIGN_OK) status = find_attributes(parts, error);
    if (status != CAMPAIGN_OK) return status;
    return batch->is_dense ? cpn_offers_read_dense(batch, error) : cpn_offers_read_pairs(batch, error);
}

/* Beside what was known of the batch, or notes it. */
static campaign_status compare_batch(cpn_offers_parts *parts, campaign_error *error)
{
    cpn_offers_source *source = parts->whole->source;
    const int64_t n = parts->batch.n_customers, at = parts->n_taken - 1;
    uint64_t digest = 0;
    if (source->is_known && (at >= source->n_batches || source->ends[at] - parts->first != n))
        return fail_changed(at, error);
    const campaign_status status = digest_batch(&digest, &parts->batch, error);
    if (status != CAMPAIGN_OK) return status;
    if (!source->is_known) return note_batch(source, n, digest, error);
    return source->digests[at] == digest ? place_customers(parts, error) : fail_changed(at, error);
}

campaign_status cpn_offers_parts_next(cpn_offers_parts *parts, campaign_error *error)
{
    cpn_offers_source *source = parts->whole->source;
    if (!source) {
        parts->problem = parts->n_taken++ == 0 ? parts->whole : NULL;
        return CAMPAIGN_OK;
    }
    const campaign_offer_stream *stream = source->stream;
    if (parts->problem) parts->first += parts->batch.n_customers;
    parts->problem = NULL;
    drop_batch(parts);
    campaign_status status = parts->n_taken == 0 ? stream->rewind(stream->ctx, error) : CAMPAIGN_OK;
    if (status == CAMPAIGN_OK) status = stream->next(stream->ctx, &parts->table, error);
    if (status != CAMPAIGN_OK) return status;
    if (!parts->table)
        return source->is_known && parts->n_taken != source->n_batches ? fail_changed(parts->n_taken, error)
                                                                       : CAMPAIGN_OK;
    parts->n_taken++;
    status = read_batch(parts, error);
    if (status == CAMPAIGN_OK) status = compare_batch(parts, error);
    if (status == CAMPAIGN_OK) parts->problem = &parts->batch;
    return status;
}
