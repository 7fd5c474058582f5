/* Arrow in, where all has to be converted: whatever fails, every array, schema and stream is released exactly once. */
#include "oom.h"

#include <campaign/arrow.h>
#include <string.h>

enum { N_CHILDREN = 4 };

/* A batch of three rows that all need converting: view strings, large strings, a dictionary of bytes, decimals. */
typedef struct batch {
    struct ArrowSchema schema, schemas[N_CHILDREN], entry_schema, *schema_pointers[N_CHILDREN];
    struct ArrowArray array, arrays[N_CHILDREN], entries, *array_pointers[N_CHILDREN];
    const void *root_buffers[1], *buffers[N_CHILDREN][4], *entry_buffers[3];
    int n_array_releases, n_schema_releases;
} batch;

static void release_array(struct ArrowArray *array)
{
    if (array->private_data) ++*(int *)array->private_data;
    array->release = NULL;
}

static void release_schema(struct ArrowSchema *schema)
{
    if (schema->private_data) ++*(int *)schema->private_data;
    schema->release = NULL;
}

static void set_child(batch *made, int i, const char *format, const char *name, int64_t n_buffers)
{
    made->schemas[i] = (struct ArrowSchema){ .format = format, .name = name, .release = release_schema };
    made->arrays[i] = (struct ArrowArray){ .length = 3, .n_buffers = n_buffers, .buffers = made->buffers[i] };
    made->arrays[i].null_count = -1;
    made->arrays[i].release = release_array;
    made->schema_pointers[i] = &made->schemas[i];
    made->array_pointers[i] = &made->arrays[i];
}

static void make_batch(batch *made)
{
    static const char views[3][16] = { "\1\0\0\0x", "\2\0\0\0xy", "\0" };
    static const int64_t no_sizes[1] = { 0 }, large_offsets[4] = { 0, 1, 2, 3 };
    static const int32_t offsets[3] = { 0, 1, 2 };
    static const uint64_t decimals[6] = { 1990, 0, 5, 0, 0, 0 };
    static const uint8_t outer[1] = { 0x05 }, own[1] = { 0x06 }, entry_validity[1] = { 0x01 }, codes[3] = { 1, 0, 1 };
    memset(made, 0, sizeof *made);
    set_child(made, 0, "vu", "view", 3);
    set_child(made, 1, "U", "large", 3);
    set_child(made, 2, "C", "dictionary", 2);
    set_child(made, 3, "d:19,2", "decimal", 2);
    memcpy(made->buffers[0], ((const void *const[]){ own, views, no_sizes }), 3 * sizeof(void *));
    memcpy(made->buffers[1], ((const void *const[]){ NULL, large_offsets, "abc" }), 3 * sizeof(void *));
    memcpy(made->buffers[2], ((const void *const[]){ own, codes }), 2 * sizeof(void *));
    memcpy(made->buffers[3], ((const void *const[]){ own, decimals }), 2 * sizeof(void *));
    memcpy(made->entry_buffers, ((const void *const[]){ entry_validity, offsets, "pq" }), 3 * sizeof(void *));
    made->entry_schema = (struct ArrowSchema){ .format = "u", .release = release_schema };
    made->entries = (struct ArrowArray){ .length = 2, .null_count = 1, .n_buffers = 3, .buffers = made->entry_buffers };
    made->entries.release = release_array;
    made->schemas[2].dictionary = &made->entry_schema;
    made->arrays[2].dictionary = &made->entries;
    made->root_buffers[0] = outer;
    made->schema = (struct ArrowSchema){ .format = "+s", .n_children = N_CHILDREN, .children = made->schema_pointers };
    made->schema.release = release_schema;
    made->schema.private_data = &made->n_schema_releases;
    made->array = (struct ArrowArray){ .length = 3, .n_buffers = 1, .n_children = N_CHILDREN };
    made->array.null_count = 1;
    made->array.buffers = made->root_buffers;
    made->array.children = made->array_pointers;
    made->array.release = release_array;
    made->array.private_data = &made->n_array_releases;
}

static campaign_status read_batch(campaign_error *error)
{
    batch made;
    make_batch(&made);
    campaign_table *table = NULL;
    const campaign_status status = campaign_table_from_arrow(&table, &made.array, &made.schema, NULL, error);
    expect_empty(status, table, "table");
    campaign_table_free(table);
    oom_expect(made.n_array_releases == 1, "an array is not released exactly once");
    oom_expect(made.n_schema_releases == 1, "a schema is not released exactly once");
    return status;
}

/* ---- Streams ---- */

typedef struct stream_state {
    batch batches[3];
    int n_given, n_releases;
} stream_state;

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    stream_state *made = stream->private_data;
    *out = made->batches[0].schema;
    return 0;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    stream_state *made = stream->private_data;
    memset(out, 0, sizeof *out);
    if (made->n_given < 3) *out = made->batches[made->n_given++].array;
    return 0;
}

static const char *get_last_error(struct ArrowArrayStream *stream)
{
    (void)stream;
    return NULL;
}

static void release_stream(struct ArrowArrayStream *stream)
{
    stream_state *made = stream->private_data;
    made->n_releases++;
    stream->release = NULL;
}

static campaign_status read_stream(campaign_error *error)
{
    stream_state made = { .n_given = 0 };
    for (int i = 0; i < 3; i++) make_batch(&made.batches[i]);
    struct ArrowArrayStream stream = { get_schema, get_next, get_last_error, release_stream, &made };
    campaign_table *table = NULL;
    const campaign_status status = campaign_table_from_arrow_stream(&table, &stream, NULL, error);
    expect_empty(status, table, "table");
    campaign_table_free(table);
    oom_expect(made.n_releases == 1, "a stream is not released exactly once");
    oom_expect(made.batches[0].n_schema_releases == 1, "a schema is not released exactly once");
    for (int i = 0; i < made.n_given; i++)
        oom_expect(made.batches[i].n_array_releases == 1, "an array is not released exactly once");
    return status;
}

/* ---- Out ---- */

/* Out as decimals, and by a stream back in. */
static campaign_status write_table(campaign_error *error)
{
    batch made;
    make_batch(&made);
    campaign_table *table = NULL, *back = NULL;
    campaign_arrow_options options = CAMPAIGN_ARROW_OPTIONS_INIT;
    struct ArrowArray array = { 0 };
    struct ArrowSchema schema = { 0 };
    struct ArrowArrayStream stream = { 0 };
    options.money_as_decimal = 1;
    campaign_status status = campaign_table_from_arrow(&table, &made.array, &made.schema, NULL, error);
    if (status == CAMPAIGN_OK) {
        status = campaign_table_to_arrow(&array, &schema, table, &options, error);
        oom_expect((status == CAMPAIGN_OK) == (array.release && schema.release), "an export is left behind");
    }
    if (array.release) array.release(&array);
    if (schema.release) schema.release(&schema);
    if (status == CAMPAIGN_OK) {
        status = campaign_table_to_arrow_stream(&stream, table, &options, error);
        oom_expect((status == CAMPAIGN_OK) == (stream.release != NULL), "a stream is left behind");
    }
    campaign_table_free(table);
    if (status == CAMPAIGN_OK) status = campaign_table_from_arrow_stream(&back, &stream, NULL, error);
    campaign_table_free(back);
    return status;
}

const oom_scenario oom_scenarios[] = {
    { "read_batch", read_batch },
    { "read_stream", read_stream },
    { "write_table", write_table },
    { NULL, NULL },
};
