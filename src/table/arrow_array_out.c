/* Arrow arrays of tables, on the same memory. Every child keeps its own column alive, so that a consumer may move
 * children out and release them in any order. */
#include <string.h>

#include "base/memory.h"
#include "table/arrow_write.h"
#include "table/table.h"

/* What one array owns. */
typedef struct array_block {
    const void *buffers[3];
    cpn_store *store;
    struct ArrowArray **children;
    struct ArrowArray *child_storage;
    struct ArrowArray dictionary;
} array_block;

static void release_array(struct ArrowArray *array)
{
    array_block *block = array->private_data;
    for (int64_t i = 0; i < array->n_children; i++)
        if (array->children[i]->release) array->children[i]->release(array->children[i]);
    if (array->dictionary && array->dictionary->release) array->dictionary->release(array->dictionary);
    cpn_store_drop(block->store);
    cpn_free(block->children);
    cpn_free(block->child_storage);
    cpn_free(block);
    array->release = NULL;
}

/* An array without buffers that keeps store alive; NULL where memory is out. */
static array_block *open_array(struct ArrowArray *array, int64_t n_rows, int64_t n_buffers, cpn_store *store)
{
    memset(array, 0, sizeof *array);
    array_block *block = cpn_alloc_zero(1, sizeof *block);
    if (!block) return NULL;
    if (store) block->store = cpn_store_keep(store);
    array->length = n_rows;
    array->n_buffers = n_buffers;
    array->buffers = block->buffers;
    array->private_data = block;
    array->release = release_array;
    return block;
}

/* Money as 128-bit integers of the machine's byte order, in a store of their own with its validity; NULL where memory is
 * out. */
static cpn_store *write_decimals(const void **validity, const void **values, const campaign_column *column)
{
    cpn_store *store = cpn_store_create();
    if (!store) return NULL;
    uint64_t *words = cpn_store_alloc(store, column->n_rows, 2 * sizeof *words);
    uint8_t *bits = column->validity ? cpn_store_alloc(store, cpn_bit_bytes(column->n_rows), 1) : NULL;
    if (!words || (column->validity && !bits)) {
        cpn_store_drop(store);
        return NULL;
    }
    const uint16_t one = 1;
    const int low = *(const uint8_t *)&one == 1 ? 0 : 1;
    for (int64_t row = 0; row < column->n_rows; row++) {
        const int64_t minor = ((const int64_t *)column->values)[row];
        words[2 * row + low] = (uint64_t)minor;
        words[2 * row + 1 - low] = minor < 0 ? UINT64_MAX : 0;
    }
    if (bits) cpn_copy_bits(bits, column->validity, column->bit_offset, column->n_rows);
    *validity = bits;
    *values = words;
    return store;
}

static bool write_decimal_array(struct ArrowArray *array, const campaign_column *column)
{
    const void *validity = NULL, *values = NULL;
    cpn_store *store = write_decimals(&validity, &values, column);
    if (!store) return false;
    array_block *block = open_array(array, column->n_rows, 2, store);
    cpn_store_drop(store);
    if (!block) return false;
    array->null_count = column->n_nulls;
    block->buffers[0] = validity;
    block->buffers[1] = values;
    return true;
}

static bool write_dictionary(array_block *owner, struct ArrowArray *array, const campaign_column *column,
                             cpn_store *store)
{
    array_block *block = open_array(&owner->dictionary, column->n_dictionary, 3, store);
    if (!block) return false;
    block->buffers[1] = column->offsets;
    block->buffers[2] = column->values;
    array->dictionary = &owner->dictionary;
    return true;
}

/* One column. The array's offset is where row 0 stands in its bits; the other buffers step back by as many cells. */
static bool write_column(struct ArrowArray *array, const campaign_column *column, cpn_store *store)
{
    const bool is_plain_text = column->type == CAMPAIGN_TYPE_UTF8 && !column->codes;
    array_block *block = open_array(array, column->n_rows, is_plain_text ? 3 : 2, store);
    if (!block) return false;
    const int64_t before = column->n_rows ? column->bit_offset : 0;
    array->offset = before;
    array->null_count = column->n_nulls;
    block->buffers[0] = column->validity;
    if (is_plain_text) {
        block->buffers[1] = column->offsets - before;
        block->buffers[2] = column->values;
    } else if (column->codes) {
        block->buffers[1] = column->codes - before;
        return write_dictionary(block, array, column, store);
    } else {
        block->buffers[1] = (const char *)column->values - (size_t)before * cpn_cell_width(column->type);
    }
    return true;
}

static bool write_columns(struct ArrowArray *array, array_block *block, const campaign_table *table,
                          bool money_as_decimal)
{
    block->children = cpn_alloc(table->n_columns, sizeof *block->children);
    block->child_storage = cpn_alloc_zero(table->n_columns, sizeof *block->child_storage);
    if (!block->children || !block->child_storage) return false;
    array->children = block->children;
    for (int32_t i = 0; i < table->n_columns; i++) {
        const cpn_stored_column *column = &table->columns[i];
        block->children[i] = &block->child_storage[i];
        array->n_children = i + 1; /* so that a release in between covers what is there */
        const bool is_decimal = money_as_decimal && column->view.type == CAMPAIGN_TYPE_MONEY;
        const bool is_written = is_decimal ? write_decimal_array(block->children[i], &column->view)
                                           : write_column(block->children[i], &column->view, column->store);
        if (!is_written) return false;
    }
    return true;
}

campaign_status cpn_arrow_write_array(struct ArrowArray *array, const campaign_table *table, bool money_as_decimal,
                                      campaign_error *error)
{
    array_block *block = open_array(array, table->n_rows, 1, NULL);
    if (block && write_columns(array, block, table, money_as_decimal)) return CAMPAIGN_OK;
    if (block) release_array(array);
    memset(array, 0, sizeof *array);
    return cpn_fail_nomem(error);
}
