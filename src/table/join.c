/* Tables of the same columns, one below the other. */
#include <string.h>

#include "base/memory.h"
#include "table/arrow_read.h"
#include "table/table.h"

/* One column of all tables on its way into one. */
typedef struct join_job {
    campaign_table *const *tables;
    int64_t n_tables, n_rows;
    int32_t index;
    cpn_store *store;
    campaign_column view;
} join_job;

static const campaign_column *get_part(const join_job *job, int64_t table)
{
    return &job->tables[table]->columns[job->index].view;
}

/* Validity of all parts; values hold a cell for every row, null or not. */
static bool join_validity(join_job *job)
{
    for (int64_t i = 0; i < job->n_tables; i++) job->view.n_nulls += get_part(job, i)->n_nulls;
    if (!job->view.n_nulls) return true;
    uint8_t *bits = cpn_store_alloc(job->store, cpn_bit_bytes(job->n_rows), 1);
    if (!bits) return false;
    memset(bits, 0xFF, (size_t)cpn_bit_bytes(job->n_rows));
    int64_t at = 0;
    for (int64_t i = 0; i < job->n_tables; i++) {
        const campaign_column *part = get_part(job, i);
        for (int64_t row = 0; row < part->n_rows && part->validity; row++)
            if (cpn_is_null(part, row)) cpn_set_bit(bits, at + row, false);
        at += part->n_rows;
    }
    job->view.validity = bits;
    return true;
}

static bool join_cells(join_job *job)
{
    const size_t width = cpn_cell_width(job->view.type);
    char *cells = cpn_store_alloc(job->store, job->n_rows, width);
    if (!cells) return false;
    job->view.values = cells;
    for (int64_t i = 0; i < job->n_tables; i++) {
        const campaign_column *part = get_part(job, i);
        const size_t n_bytes = (size_t)part->n_rows * width;
        if (n_bytes) memcpy(cells, part->values, n_bytes);
        cells += n_bytes;
    }
    return true;
}

static bool join_bools(join_job *job)
{
    uint8_t *bits = cpn_store_alloc_zero(job->store, cpn_bit_bytes(job->n_rows), 1);
    if (!bits) return false;
    job->view.values = bits;
    int64_t at = 0;
    for (int64_t i = 0; i < job->n_tables; i++) {
        const campaign_column *part = get_part(job, i);
        for (int64_t row = 0; row < part->n_rows; row++)
            cpn_set_bit(bits, at++, cpn_bit(part->values, part->bit_offset + row));
    }
    return true;
}

/* ---- Text ------------------------------------------------------------------------------------------------------- */

static bool is_same_dictionary(const campaign_column *a, const campaign_column *b)
{
    if (!a->codes || !b->codes || a->n_dictionary != b->n_dictionary) return false;
    if (a->offsets == b->offsets && a->values == b->values) return true;
    const int64_t n = a->n_dictionary;
    for (int64_t i = 0; i < n; i++)
        if (a->offsets[i + 1] - a->offsets[i] != b->offsets[i + 1] - b->offsets[i]) return false;
    return memcmp((const char *)a->values + a->offsets[0], (const char *)b->values + b->offsets[0],
                  (size_t)(a->offsets[n] - a->offsets[0])) == 0;
}

/* The part whose dictionary all parts with rows share; NULL where there is none. */
static const campaign_column *find_shared_dictionary(const join_job *job)
{
    const campaign_column *shared = NULL;
    for (int64_t i = 0; i < job->n_tables; i++) {
        const campaign_column *part = get_part(job, i);
        if (part->n_rows == 0) continue;
        if (!is_same_dictionary(shared ? shared : part, part)) return NULL;
        shared = part;
    }
    return shared;
}

static bool join_codes(join_job *job, const campaign_column *shared)
{
    int32_t *codes = cpn_store_alloc(job->store, job->n_rows, sizeof *codes);
    const int64_t n = shared->n_dictionary, n_bytes = shared->offsets[n] - shared->offsets[0];
    int32_t *offsets = cpn_store_alloc(job->store, n + 1, sizeof *offsets);
    char *text = cpn_store_alloc(job->store, n_bytes, 1);
    if (!codes || !offsets || !text) return false;
    for (int64_t i = 0; i <= n; i++) offsets[i] = shared->offsets[i] - shared->offsets[0];
    if (n_bytes) memcpy(text, (const char *)shared->values + shared->offsets[0], (size_t)n_bytes);
    job->view.codes = codes;
    job->view.offsets = offsets;
    job->view.values = text;
    job->view.n_dictionary = n;
    for (int64_t i = 0; i < job->n_tables; i++) {
        const campaign_column *part = get_part(job, i);
        if (part->n_rows) memcpy(codes, part->codes, (size_t)part->n_rows * sizeof *codes);
        codes += part->n_rows;
    }
    return true;
}

/* Bytes of a text cell, none where it is null. */
static size_t read_length(const campaign_column *part, int64_t row, const char **text)
{
    size_t length = 0;
    if (!cpn_is_null(part, row)) *text = cpn_cell_text(part, row, &length);
    return length;
}

static campaign_status join_texts(join_job *job, campaign_error *error)
{
    int64_t n_bytes = 0;
    const char *text = NULL;
    for (int64_t i = 0; i < job->n_tables; i++)
        for (int64_t row = 0; row < get_part(job, i)->n_rows; row++)
            n_bytes += (int64_t)read_length(get_part(job, i), row, &text);
    if (n_bytes > INT32_MAX)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, job->view.name,
                        "column \"%s\" has %lld bytes of text, at most 2147483647 fit", job->view.name,
                        (long long)n_bytes);
    int32_t *offsets = cpn_store_alloc(job->store, job->n_rows + 1, sizeof *offsets);
    char *bytes = cpn_store_alloc(job->store, n_bytes, 1);
    if (!offsets || !bytes) return cpn_fail_nomem(error);
    job->view.offsets = offsets;
    job->view.values = bytes;
    *offsets = 0;
    for (int64_t i = 0; i < job->n_tables; i++)
        for (int64_t row = 0; row < get_part(job, i)->n_rows; row++, offsets++) {
            const size_t length = read_length(get_part(job, i), row, &text);
            if (length) memcpy(bytes + offsets[0], text, length);
            offsets[1] = offsets[0] + (int32_t)length;
        }
    return CAMPAIGN_OK;
}

/* ---- Columns ---------------------------------------------------------------------------------------------------- */

static campaign_status join_column(join_job *job, campaign_error *error)
{
    const campaign_column *first = get_part(job, 0);
    job->view = cpn_blank_column();
    job->view.type = first->type;
    job->view.n_rows = job->n_rows;
    job->view.exponent = first->exponent;
    memcpy(job->view.currency, first->currency, sizeof first->currency);
    job->view.name = cpn_store_text(job->store, first->name);
    if (!job->view.name || !join_validity(job)) return cpn_fail_nomem(error);
    if (first->type == CAMPAIGN_TYPE_BOOL) return join_bools(job) ? CAMPAIGN_OK : cpn_fail_nomem(error);
    if (first->type != CAMPAIGN_TYPE_UTF8) return join_cells(job) ? CAMPAIGN_OK : cpn_fail_nomem(error);
    const campaign_column *shared = find_shared_dictionary(job);
    if (!shared) return join_texts(job, error);
    return join_codes(job, shared) ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

campaign_status cpn_tables_join(campaign_table **joined, campaign_table *const *tables, int64_t n_tables,
                                campaign_error *error)
{
    *joined = NULL;
    join_job job = { .tables = tables, .n_tables = n_tables };
    for (int64_t i = 0; i < n_tables; i++) job.n_rows += tables[i]->n_rows;
    campaign_table *table = cpn_table_create(tables[0]->n_columns, job.n_rows);
    campaign_status status = table ? CAMPAIGN_OK : cpn_fail_nomem(error);
    for (int32_t i = 0; table && i < table->n_columns && status == CAMPAIGN_OK; i++) {
        job.index = i;
        job.store = table->columns[i].store = cpn_store_create();
        status = job.store ? join_column(&job, error) : cpn_fail_nomem(error);
        table->columns[i].view = job.view;
    }
    if (status == CAMPAIGN_OK)
        *joined = table;
    else
        campaign_table_free(table);
    return status;
}
