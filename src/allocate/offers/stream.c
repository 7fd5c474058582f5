/* The first reading of a stream: which columns there are, who the customers are, their groups and maxima, how large values
 * and costs get. Keys of customers stay in memory, 8 bytes more for each, and no pairs. */
#include <string.h>

#include "allocate/offers/parts.h"
#include "base/memory.h"

static campaign_status check_stream(const campaign_offer_stream *stream, campaign_error *error)
{
    if (!stream || !stream->rewind || !stream->next)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "stream", "a stream with rewind and next is required");
    if (stream->size != sizeof *stream)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "stream",
                        "size is %lu, expected %lu: set it with CAMPAIGN_OFFER_STREAM_INIT",
                        (unsigned long)stream->size, (unsigned long)sizeof *stream);
    if (stream->reserved != 0) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "stream.reserved", "reserved is not 0");
    return CAMPAIGN_OK;
}

campaign_status cpn_offers_source_open(cpn_offers_source *source, cpn_offers_problem *problem,
                                       const campaign_offer_stream *stream, campaign_error *error)
{
    campaign_table *batch = NULL;
    campaign_status status = check_stream(stream, error);
    if (status != CAMPAIGN_OK) return status;
    if (problem->inputs->pairs)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs.pairs",
                        "a stream takes the place of pairs, which must be NULL");
    if (problem->knobs.given.is_fractional)
        return cpn_fail(error, CAMPAIGN_E_UNSUPPORTED, "options.is_fractional", "a stream is not solved in shares");
    source->stream = stream;
    source->inputs = *problem->inputs;
    status = stream->rewind(stream->ctx, error);
    if (status == CAMPAIGN_OK) status = stream->next(stream->ctx, &batch, error);
    if (status != CAMPAIGN_OK) return status;
    if (!batch)
        return cpn_fail(error, CAMPAIGN_E_MISSING, "stream",
                        "the stream has no batch: at least one, which may be empty");
    source->inputs.pairs = batch;
    problem->inputs = &source->inputs;
    problem->source = source;
    if (!source->inputs.offers && campaign_table_find(batch, problem->knobs.given.offer) >= 0)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs.offers",
                        "a stream of one row per pair needs the table offers");
    return CAMPAIGN_OK;
}

void cpn_offers_source_close(cpn_offers_source *source)
{
    campaign_table_free((campaign_table *)(uintptr_t)source->inputs.pairs);
    campaign_table_free(source->customers);
    cpn_free(source->ends);
    cpn_free(source->digests);
    *source = (cpn_offers_source){ 0 };
}

/* What grows from batch to batch. */
typedef struct survey {
    cpn_offers_problem *problem;
    campaign_table_builder *keys;
    int32_t key_type;
    int64_t room;
} survey;

static campaign_status add_key(survey *job, const campaign_column *column, int64_t row, campaign_error *error)
{
    size_t length;
    if (column->type != CAMPAIGN_TYPE_UTF8)
        return campaign_table_builder_append_int64(job->keys, 0, cpn_cell_int64(column, row), error);
    const char *text = cpn_cell_text(column, row, &length);
    return campaign_table_builder_append_text(job->keys, 0, text, length, error);
}

static campaign_status add_keys(survey *job, const cpn_offers_problem *batch, campaign_error *error)
{
    const campaign_column *column = &batch->customer_column;
    campaign_status status = CAMPAIGN_OK;
    if (!job->key_type) {
        job->key_type = column->type;
        status = campaign_table_builder_add_column(job->keys, batch->knobs.given.customer, column->type, NULL, error);
    }
    if (status == CAMPAIGN_OK && column->type != job->key_type)
        status = cpn_fail(error, CAMPAIGN_E_COLUMN, "pairs.customer", "customers are %s in one batch and %s in another",
                          cpn_type_name(job->key_type), cpn_type_name(column->type));
    for (int64_t c = 0; c < batch->n_customers && status == CAMPAIGN_OK; c++)
        status = add_key(job, column, batch->customer_rows ? batch->customer_rows[c] : c, error);
    return status;
}

static bool make_room(survey *job, int64_t n)
{
    cpn_offers_problem *problem = job->problem;
    if (problem->groups && n <= job->room) return true;
    int64_t room = job->room + job->room / 2;
    room = room < n ? n : room;
    int32_t *groups = cpn_resize(problem->groups, room, sizeof *groups);
    if (groups) problem->groups = groups;
    int32_t *mosts = cpn_resize(problem->mosts, room, sizeof *mosts);
    if (mosts) problem->mosts = mosts;
    if (groups && mosts) job->room = room;
    return groups && mosts;
}

static campaign_status add_batch(survey *job, const cpn_offers_problem *batch, campaign_error *error)
{
    cpn_offers_problem *problem = job->problem;
    const int32_t *groups = batch->is_dense ? batch->groups : batch->set.groups;
    const int32_t *mosts = batch->is_dense ? batch->mosts : batch->set.mosts;
    const int64_t n = problem->n_customers + batch->n_customers;
    if (n >= INT32_MAX)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, "stream", "there are more than %ld customers", (long)INT32_MAX - 1);
    if (!make_room(job, n)) return cpn_fail_nomem(error);
    for (int64_t c = 0; c < batch->n_customers; c++) {
        problem->groups[problem->n_customers + c] = groups ? groups[c] : 0;
        problem->mosts[problem->n_customers + c] = mosts ? mosts[c] : problem->knobs.given.most;
    }
    problem->n_customers = n;
    problem->n_pairs += batch->n_pairs;
    if (batch->value_most > problem->value_most) problem->value_most = batch->value_most;
    for (int32_t c = 1; c < problem->n_costs; c++)
        cpn_offers_join_cost(&problem->costs[c], batch->costs[c].most, batch->costs[c].common);
    if (problem->value_unit == 0) {
        problem->has_money_values = batch->has_money_values;
        problem->value_exponent = batch->value_exponent;
        memcpy(problem->value_currency, batch->value_currency, sizeof problem->value_currency);
        problem->value_unit = batch->value_unit;
    }
    return add_keys(job, batch, error);
}

/* Keys must ascend from batch to batch; within a batch they were put in order. */
static campaign_status take_keys(survey *job, campaign_error *error)
{
    cpn_offers_problem *problem = job->problem;
    cpn_offers_source *source = problem->source;
    const campaign_column empty = CAMPAIGN_COLUMN_INIT;
    problem->customer_column = empty;
    campaign_status status = campaign_table_builder_finish(&source->customers, job->keys, error);
    if (status == CAMPAIGN_OK) status = campaign_table_column(&problem->customer_column, source->customers, 0, error);
    for (int64_t c = 1; c < problem->n_customers && status == CAMPAIGN_OK; c++) {
        const int order = cpn_offers_compare_cells(&problem->customer_column, c - 1, &problem->customer_column, c);
        if (order < 0) continue;
        cpn_offers_key key;
        cpn_offers_cell_key(&key, &problem->customer_column, c);
        status = cpn_fail(error, order == 0 ? CAMPAIGN_E_DUPLICATE : CAMPAIGN_E_VALUE, "pairs.customer",
                          order == 0 ? "customer \"%.*s\" stands in two batches"
                                     : "customer \"%.*s\" comes after a later one: batches must ascend by customer",
                          (int)(key.length < 80 ? key.length : 80), key.text);
    }
    return status;
}

campaign_status cpn_offers_survey(cpn_offers_problem *problem, campaign_error *error)
{
    survey job = { .problem = problem };
    cpn_offers_parts parts;
    campaign_status status = campaign_table_builder_create(&job.keys, error);
    if (status != CAMPAIGN_OK) return status;
    cpn_offers_parts_open(&parts, problem);
    while ((status = cpn_offers_parts_next(&parts, error)) == CAMPAIGN_OK && parts.problem) {
        status = add_batch(&job, parts.problem, error);
        if (status != CAMPAIGN_OK) break;
    }
    cpn_offers_parts_close(&parts);
    if (status == CAMPAIGN_OK) status = take_keys(&job, error);
    campaign_table_builder_free(job.keys);
    if (status == CAMPAIGN_OK && problem->inputs->customers) status = cpn_offers_read_customers(problem, error);
    if (status == CAMPAIGN_OK) problem->source->is_known = true;
    return status;
}
