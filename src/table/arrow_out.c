/* Tables out through the Arrow C data interface: one record batch, or a stream of one. */
#include <errno.h>
#include <string.h>

#include "base/memory.h"
#include "table/arrow_read.h"
#include "table/arrow_write.h"
#include "table/table.h"

campaign_status campaign_table_to_arrow(struct ArrowArray *array_out, struct ArrowSchema *schema_out,
                                        const campaign_table *table, const campaign_arrow_options *options,
                                        campaign_error *error)
{
    if (array_out) memset(array_out, 0, sizeof *array_out);
    if (schema_out) memset(schema_out, 0, sizeof *schema_out);
    if (!array_out || !schema_out || !table)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, NULL, "array, schema and table are required");
    campaign_arrow_options ours;
    campaign_status status = cpn_arrow_read_options(&ours, options, error);
    if (status == CAMPAIGN_OK) status = cpn_arrow_write_schema(schema_out, table, ours.money_as_decimal, error);
    if (status != CAMPAIGN_OK) return status;
    status = cpn_arrow_write_array(array_out, table, ours.money_as_decimal, error);
    if (status != CAMPAIGN_OK) {
        schema_out->release(schema_out);
        memset(schema_out, 0, sizeof *schema_out);
    }
    return status;
}

/* ---- Streams ---------------------------------------------------------------------------------------------------- */

/* A stream's own table, and what went wrong. */
typedef struct stream_block {
    campaign_table *table;
    bool money_as_decimal, is_done;
    campaign_error error;
} stream_block;

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    stream_block *block = stream->private_data;
    return cpn_arrow_write_schema(out, block->table, block->money_as_decimal, &block->error) == CAMPAIGN_OK ? 0
                                                                                                            : ENOMEM;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    stream_block *block = stream->private_data;
    memset(out, 0, sizeof *out); /* released: the end */
    if (block->is_done) return 0;
    if (cpn_arrow_write_array(out, block->table, block->money_as_decimal, &block->error) != CAMPAIGN_OK) return ENOMEM;
    block->is_done = true;
    return 0;
}

static const char *get_last_error(struct ArrowArrayStream *stream)
{
    const stream_block *block = stream->private_data;
    return block->error.code ? block->error.message : NULL;
}

static void release_stream(struct ArrowArrayStream *stream)
{
    stream_block *block = stream->private_data;
    campaign_table_free(block->table);
    cpn_free(block);
    stream->release = NULL;
}

campaign_status campaign_table_to_arrow_stream(struct ArrowArrayStream *stream_out, const campaign_table *table,
                                               const campaign_arrow_options *options, campaign_error *error)
{
    if (stream_out) memset(stream_out, 0, sizeof *stream_out);
    if (!stream_out || !table) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, NULL, "stream and table are required");
    campaign_arrow_options ours;
    campaign_status status = cpn_arrow_read_options(&ours, options, error);
    if (status != CAMPAIGN_OK) return status;
    stream_block *block = cpn_alloc_zero(1, sizeof *block);
    if (!block) return cpn_fail_nomem(error);
    block->money_as_decimal = ours.money_as_decimal;
    status = campaign_table_slice(&block->table, table, 0, table->n_rows, error);
    if (status != CAMPAIGN_OK) {
        cpn_free(block);
        return status;
    }
    *stream_out = (struct ArrowArrayStream){ get_schema, get_next, get_last_error, release_stream, block };
    return CAMPAIGN_OK;
}
