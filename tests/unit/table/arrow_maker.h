/* Arrow arrays and schemas made by hand for the tests, which count how often they are released. */
#ifndef CPN_TESTS_ARROW_MAKER_H
#define CPN_TESTS_ARROW_MAKER_H

#include "check.h"

#include <campaign/arrow.h>

enum { MOST_CHILDREN = 4, MOST_BUFFERS = 6 };

/* One child: what its schema and array say. Copied into a batch, where tests may spoil it. */
typedef struct child_plan {
    const char *format, *name, *metadata;
    int64_t length, offset, null_count, n_buffers;
    const void *buffers[MOST_BUFFERS];
    const struct child_plan *dictionary;
} child_plan;

/* A record batch with all its storage. */
typedef struct made_batch {
    struct ArrowSchema schema, *schema_pointers[MOST_CHILDREN], schemas[MOST_CHILDREN], entry_schemas[MOST_CHILDREN];
    struct ArrowArray array, *array_pointers[MOST_CHILDREN], arrays[MOST_CHILDREN], entry_arrays[MOST_CHILDREN];
    const void *root_buffers[1], *buffers[MOST_CHILDREN][MOST_BUFFERS], *entry_buffers[MOST_CHILDREN][MOST_BUFFERS];
    int n_array_releases, n_schema_releases;
} made_batch;

static inline void release_made_array(struct ArrowArray *array)
{
    for (int64_t i = 0; i < array->n_children && array->children; i++)
        if (array->children[i] && array->children[i]->release) array->children[i]->release(array->children[i]);
    if (array->private_data) ++*(int *)array->private_data;
    array->release = NULL;
}

static inline void release_made_schema(struct ArrowSchema *schema)
{
    for (int64_t i = 0; i < schema->n_children && schema->children; i++)
        if (schema->children[i] && schema->children[i]->release) schema->children[i]->release(schema->children[i]);
    if (schema->private_data) ++*(int *)schema->private_data;
    schema->release = NULL;
}

static inline void fill_child(struct ArrowSchema *schema, struct ArrowArray *array, const void **buffers,
                              const child_plan *plan)
{
    *schema = (struct ArrowSchema){ .format = plan->format, .name = plan->name, .metadata = plan->metadata };
    schema->flags = ARROW_FLAG_NULLABLE;
    schema->release = release_made_schema;
    memcpy(buffers, plan->buffers, sizeof plan->buffers);
    *array = (struct ArrowArray){ .length = plan->length, .offset = plan->offset, .null_count = plan->null_count };
    array->n_buffers = plan->n_buffers;
    array->buffers = buffers;
    array->release = release_made_array;
}

/* A batch of n_rows rows from offset on; batch must stay where it is. */
static inline void make_batch(made_batch *batch, const child_plan *plans, int n_children, int64_t n_rows,
                              int64_t offset)
{
    memset(batch, 0, sizeof *batch);
    for (int i = 0; i < n_children; i++) {
        fill_child(&batch->schemas[i], &batch->arrays[i], batch->buffers[i], &plans[i]);
        if (plans[i].dictionary) {
            fill_child(&batch->entry_schemas[i], &batch->entry_arrays[i], batch->entry_buffers[i], plans[i].dictionary);
            batch->schemas[i].dictionary = &batch->entry_schemas[i];
            batch->arrays[i].dictionary = &batch->entry_arrays[i];
        }
        batch->schema_pointers[i] = &batch->schemas[i];
        batch->array_pointers[i] = &batch->arrays[i];
    }
    batch->schema = (struct ArrowSchema){ .format = "+s", .name = "", .n_children = n_children };
    batch->schema.children = batch->schema_pointers;
    batch->schema.release = release_made_schema;
    batch->schema.private_data = &batch->n_schema_releases;
    batch->array = (struct ArrowArray){ .length = n_rows, .offset = offset, .n_buffers = 1, .n_children = n_children };
    batch->array.buffers = batch->root_buffers;
    batch->array.children = batch->array_pointers;
    batch->array.release = release_made_array;
    batch->array.private_data = &batch->n_array_releases;
}

/* Appends one key-value pair to metadata; returns its new length. Start with length 4 and a zero count. */
static inline size_t add_metadata(char *metadata, size_t length, const char *key, const char *value)
{
    int32_t n;
    memcpy(&n, metadata, sizeof n);
    n++;
    memcpy(metadata, &n, sizeof n);
    const char *const texts[2] = { key, value };
    for (int i = 0; i < 2; i++) {
        const int32_t size = (int32_t)strlen(texts[i]);
        memcpy(metadata + length, &size, sizeof size);
        memcpy(metadata + length + sizeof size, texts[i], (size_t)size);
        length += sizeof size + (size_t)size;
    }
    return length;
}

/* Metadata that makes whole numbers money. */
static inline void money_metadata(char metadata[128], const char *currency, const char *exponent)
{
    memset(metadata, 0, 128);
    size_t length = add_metadata(metadata, 4, "note", "not ours");
    if (currency) length = add_metadata(metadata, length, "campaign.currency", currency);
    if (exponent) length = add_metadata(metadata, length, "campaign.exponent", exponent);
}

/* Asserts that cell row of column index prints as text, NULL for a null. */
static inline void assert_cell(const campaign_table *table, int32_t index, int64_t row, const char *text)
{
    char cell[256];
    (void)campaign_table_format(cell, sizeof cell, table, index, row);
    const int is_null = campaign_table_is_null(table, index, row);
    if (is_null != !text || (text && strcmp(cell, text) != 0))
        fail_msg("column %d row %lld is \"%s\"%s, not \"%s\"", (int)index, (long long)row, cell,
                 is_null ? " (null)" : "", text ? text : "null");
}

#endif
