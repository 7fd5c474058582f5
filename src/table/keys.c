/* Keys of a column as dense codes in key order. Chooses the way: through the dictionary where there is one, one bit for
 * each possible value where whole numbers lie close together, hashing otherwise. All ways give the same codes. */
#include "table/keys.h"

#include <string.h>

#include "base/memory.h"
#include "table/store.h"

void cpn_keys_free(cpn_keys *keys)
{
    cpn_free(keys->codes);
    cpn_free(keys->integers);
    cpn_free(keys->first_rows);
    memset(keys, 0, sizeof *keys);
}

/* Numbers source's items; a failed call leaves keys empty. */
static campaign_status number_items(cpn_keys *keys, const cpn_key_source *source, const campaign_runtime *runtime,
                                    campaign_error *error)
{
    memset(keys, 0, sizeof *keys);
    keys->type = source->is_text ? CAMPAIGN_TYPE_UTF8 : CAMPAIGN_TYPE_INT64;
    keys->n_rows = source->n_items;
    keys->codes = cpn_alloc(source->n_items, sizeof *keys->codes);
    if (!keys->codes) return cpn_fail_nomem(error);
    bool is_done = false;
    campaign_status status = CAMPAIGN_OK;
    if (!source->is_text) status = cpn_keys_dense(keys, &is_done, source, runtime, error);
    if (status == CAMPAIGN_OK && !is_done) status = cpn_keys_hash(keys, source, runtime, error);
    if (status != CAMPAIGN_OK) cpn_keys_free(keys);
    return status;
}

/* ---- Dictionaries ----------------------------------------------------------------------------------------------- */

/* A dictionary on its way to keys. It may hold entries that no row uses, and one text twice. */
typedef struct dictionary_job {
    const campaign_column *column;
    int32_t *first_rows; /* of each entry; -1 = no row uses it */
    int32_t *entries;    /* the used entries */
    int64_t n_used;
    int32_t *codes; /* entry → key */
    int32_t *out;   /* row → key */
} dictionary_job;

static void find_used_entries(dictionary_job *job)
{
    const campaign_column *column = job->column;
    memset(job->first_rows, 0xFF, (size_t)column->n_dictionary * sizeof *job->first_rows);
    for (int64_t row = 0; row < column->n_rows; row++) {
        if (cpn_is_null(column, row)) continue;
        const int32_t entry = column->codes[row];
        if (job->first_rows[entry] >= 0) continue;
        job->first_rows[entry] = (int32_t)row;
        job->entries[job->n_used++] = entry;
    }
}

static campaign_status write_codes(void *ctx, int64_t chunk, int64_t first, int64_t last)
{
    (void)chunk;
    dictionary_job *job = ctx;
    for (int64_t row = first; row < last; row++)
        job->out[row] = cpn_is_null(job->column, row) ? -1 : job->codes[job->column->codes[row]];
    return CAMPAIGN_OK;
}

/* Turns keys of the used entries into keys of the rows. */
static campaign_status spread(cpn_keys *keys, dictionary_job *job, const campaign_runtime *runtime,
                              campaign_error *error)
{
    for (int64_t key = 0; key < keys->n_keys; key++) keys->first_rows[key] = INT64_MAX;
    for (int64_t i = 0; i < job->n_used; i++) {
        int64_t *first_row = &keys->first_rows[keys->codes[i]];
        const int32_t row = job->first_rows[job->entries[i]];
        if (row < *first_row) *first_row = row;
        job->codes[job->entries[i]] = keys->codes[i];
    }
    job->out = cpn_alloc(job->column->n_rows, sizeof *job->out);
    if (!job->out) return cpn_fail_nomem(error);
    cpn_free(keys->codes);
    keys->codes = job->out;
    keys->n_rows = job->column->n_rows;
    return cpn_parallel_for(keys->n_rows, CPN_KEYS_CHUNK, write_codes, job, "keys", runtime, error);
}

static campaign_status number_dictionary(cpn_keys *keys, const campaign_column *column, const campaign_runtime *runtime,
                                         campaign_error *error)
{
    dictionary_job job = { .column = column };
    job.first_rows = cpn_alloc(column->n_dictionary, sizeof *job.first_rows);
    job.entries = cpn_alloc(column->n_dictionary, sizeof *job.entries);
    job.codes = cpn_alloc(column->n_dictionary, sizeof *job.codes);
    campaign_status status = CAMPAIGN_OK;
    if (!job.first_rows || !job.entries || !job.codes) {
        status = cpn_fail_nomem(error);
    } else {
        find_used_entries(&job);
        const cpn_key_source source = {
            .column = column, .entries = job.entries, .n_items = job.n_used, .is_text = true
        };
        status = number_items(keys, &source, runtime, error);
        if (status == CAMPAIGN_OK) status = spread(keys, &job, runtime, error);
        if (status != CAMPAIGN_OK) cpn_keys_free(keys);
    }
    cpn_free(job.first_rows);
    cpn_free(job.entries);
    cpn_free(job.codes);
    return status;
}

campaign_status cpn_keys_create(cpn_keys *keys, const campaign_column *column, const campaign_runtime *runtime,
                                campaign_error *error)
{
    memset(keys, 0, sizeof *keys);
    const bool is_text = column->type == CAMPAIGN_TYPE_UTF8;
    const size_t width = cpn_cell_width(column->type);
    if (!is_text && (width == 0 || column->type == CAMPAIGN_TYPE_FLOAT64))
        return cpn_fail(error, CAMPAIGN_E_COLUMN, column->name, "column \"%s\" is %s and cannot be a key", column->name,
                        cpn_type_name(column->type));
    if (column->n_rows > INT32_MAX)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, column->name, "keys of %lld rows; at most 2147483647 are supported",
                        (long long)column->n_rows);
    if (column->codes) return number_dictionary(keys, column, runtime, error);
    const cpn_key_source source = {
        .column = column, .n_items = column->n_rows, .is_text = is_text, .is_narrow = width == 4
    };
    return number_items(keys, &source, runtime, error);
}
