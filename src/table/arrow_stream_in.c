/* Arrow streams in: batch after batch with one schema, joined where there is more than one. */
#include <errno.h>

#include "base/memory.h"
#include "table/arrow_read.h"

/* The tables of a stream so far. */
typedef struct batch_list {
    campaign_table **tables;
    int64_t n, capacity, n_rows;
} batch_list;

static campaign_status fail_stream(struct ArrowArrayStream *stream, int code, campaign_error *error)
{
    const char *words = stream->get_last_error ? stream->get_last_error(stream) : NULL;
    const campaign_status status = code == ENOMEM ? CAMPAIGN_E_NOMEM : CAMPAIGN_E_IO;
    return cpn_fail(error, status, "stream", "the stream failed with code %d: %s", code, words ? words : "");
}

static bool reserve_batch(batch_list *list)
{
    if (list->n < list->capacity) return true;
    const int64_t capacity = list->capacity ? list->capacity * 2 : 8;
    campaign_table **tables = cpn_resize(list->tables, capacity, sizeof *tables);
    if (!tables) return false;
    list->tables = tables;
    list->capacity = capacity;
    return true;
}

/* Reads the next batch; *is_done after the last. Rows in errors count from the start of the stream. */
static campaign_status read_next(batch_list *list, bool *is_done, struct ArrowArrayStream *stream,
                                 const cpn_arrow_field *fields, int32_t n_fields, campaign_error *error)
{
    struct ArrowArray array = { 0 };
    const int code = stream->get_next(stream, &array);
    if (code) return fail_stream(stream, code, error);
    *is_done = !array.release;
    if (*is_done) return CAMPAIGN_OK;
    if (!reserve_batch(list)) {
        cpn_arrow_release_array(&array);
        return cpn_fail_nomem(error);
    }
    campaign_table *table = NULL;
    const campaign_status status = cpn_arrow_read_batch(&table, &array, fields, n_fields, error);
    if (status != CAMPAIGN_OK) {
        if (error && error->row >= 0) error->row += list->n_rows;
        return status;
    }
    list->tables[list->n++] = table;
    list->n_rows += campaign_table_n_rows(table);
    return CAMPAIGN_OK;
}

static campaign_status read_batches(campaign_table **table, struct ArrowArrayStream *stream,
                                    const cpn_arrow_field *fields, int32_t n_fields, campaign_error *error)
{
    batch_list list = { 0 };
    campaign_status status = CAMPAIGN_OK;
    for (bool is_done = false; !is_done && status == CAMPAIGN_OK;)
        status = read_next(&list, &is_done, stream, fields, n_fields, error);
    if (status == CAMPAIGN_OK && list.n == 0) {
        status = cpn_arrow_read_batch(table, NULL, fields, n_fields, error);
    } else if (status == CAMPAIGN_OK && list.n == 1) {
        *table = list.tables[0];
        list.n = 0;
    } else if (status == CAMPAIGN_OK) {
        status = cpn_tables_join(table, list.tables, list.n, error);
    }
    for (int64_t i = 0; i < list.n; i++) campaign_table_free(list.tables[i]);
    cpn_free(list.tables);
    return status;
}

campaign_status campaign_table_from_arrow_stream(campaign_table **table, struct ArrowArrayStream *stream,
                                                 const campaign_arrow_options *options, campaign_error *error)
{
    campaign_arrow_options ours;
    struct ArrowSchema schema = { 0 };
    campaign_status status = CAMPAIGN_OK;
    cpn_arrow_field *fields = NULL;
    if (table) *table = NULL;
    if (!table || !stream || !stream->release)
        status = cpn_fail(error, CAMPAIGN_E_ARGUMENT, NULL, "table, and a stream not yet released, are required");
    if (status == CAMPAIGN_OK) status = cpn_arrow_read_options(&ours, options, error);
    if (status == CAMPAIGN_OK) {
        const int code = stream->get_schema(stream, &schema);
        if (code) status = fail_stream(stream, code, error);
    }
    if (status == CAMPAIGN_OK) fields = cpn_arrow_read_fields(&status, &schema, &ours, error);
    if (status == CAMPAIGN_OK) status = read_batches(table, stream, fields, (int32_t)schema.n_children, error);
    cpn_arrow_release_schema(&schema);
    cpn_free(fields);
    if (stream && stream->release) stream->release(stream);
    return status;
}
