/* From filled columns to a table: bad rows are left out, bits packed, texts joined, arrays handed over without copying. */
#include <stdlib.h>
#include <string.h>

#include "io/csv/read.h"
#include "io/parallel.h"

/* Arrays that a table borrows; freed by its last user. */
typedef struct holding {
    void *values, *validity, *offsets;
} holding;

static void release(void *ctx)
{
    holding *held = ctx;
    free(held->values);
    free(held->validity);
    free(held->offsets);
    free(held);
}

void cpn_io_free_arrays(cpn_io_column *column)
{
    free(column->values);
    free(column->nulls);
    free(column->offsets);
    column->values = NULL;
    column->nulls = NULL;
    column->offsets = NULL;
}

/* Moves the cells of kept rows together. */
static void keep_cells(void *cells, size_t width, const uint8_t *bad, int64_t n_rows)
{
    char *bytes = cells;
    int64_t n = 0;
    for (int64_t row = 0; row < n_rows; row++) {
        if (bad[row]) continue;
        if (n != row) memcpy(bytes + (size_t)n * width, bytes + (size_t)row * width, width);
        n++;
    }
}

/* Lengths become offsets of the kept rows; false where they pass what an offset can hold. */
static bool sum_lengths(cpn_io_column *column, const uint8_t *bad, int64_t n_rows)
{
    int64_t total = 0, n = 0;
    column->offsets[0] = 0;
    for (int64_t row = 0; row < n_rows; row++) {
        if (bad[row]) continue;
        total += column->offsets[row + 1];
        if (total > INT32_MAX) return false;
        column->offsets[++n] = (int32_t)total;
    }
    column->n_bytes = total;
    return true;
}

/* One bit for each of n bytes that are 0 or 1, over the same memory; flipped where is_inverted. Returns the count of
 * bytes that are 1. Bits beyond n stay 0. */
static int64_t pack_bits(uint8_t *bytes, int64_t n, bool is_inverted)
{
    int64_t n_ones = 0;
    for (int64_t i = 0; i < n; i += 8) {
        uint8_t packed = 0;
        const int64_t width = n - i < 8 ? n - i : 8;
        for (int64_t bit = 0; bit < width; bit++) {
            n_ones += bytes[i + bit];
            packed = (uint8_t)(packed | (unsigned)(bytes[i + bit] ^ is_inverted) << bit);
        }
        bytes[i / 8] = packed;
    }
    return n_ones;
}

/* Whether any pass met a null, perhaps in a row that is left out. */
static bool has_nulls(const cpn_io_reader *reader, int64_t column)
{
    for (int64_t b = 0; b < reader->n_blocks; b++)
        if (reader->tallies[b * reader->n_columns + column].has_nulls) return true;
    return false;
}

/* One column: leaves out bad rows and turns bytes into bits. */
static campaign_status finish_column(void *ctx, int64_t index)
{
    cpn_io_reader *reader = ctx;
    cpn_io_column *column = &reader->columns[index];
    if (column->is_nameless) return CAMPAIGN_OK;
    const int64_t n_kept = reader->n_rows - reader->n_bad;
    const size_t width = cpn_io_cell_width(column->terms.type);
    if (reader->n_bad && width) keep_cells(column->values, width, reader->bad, reader->n_rows);
    if (width == 1) (void)pack_bits(column->values, n_kept, false);
    const bool may_have_nulls = has_nulls(reader, index);
    if (may_have_nulls && reader->n_bad) keep_cells(column->nulls, 1, reader->bad, reader->n_rows);
    if (!may_have_nulls || pack_bits(column->nulls, n_kept, true) == 0) {
        free(column->nulls);
        column->nulls = NULL;
    }
    if (width) return CAMPAIGN_OK;
    if (!sum_lengths(column, reader->bad, reader->n_rows)) return CAMPAIGN_E_LIMIT;
    column->values = cpn_io_alloc(column->n_bytes, 1);
    return column->values ? CAMPAIGN_OK : CAMPAIGN_E_NOMEM;
}

/* Copies the texts of one block to their places. */
static campaign_status copy_texts(void *ctx, int64_t number)
{
    const cpn_io_reader *reader = ctx;
    const cpn_io_block *block = &reader->blocks[number];
    int64_t first = 0; /* place of the block's first row among the kept ones */
    for (int64_t row = 0; reader->n_bad && row < block->first_row; row++) first += !reader->bad[row];
    if (!reader->n_bad) first = block->first_row;
    for (int64_t c = 0; c < reader->n_columns; c++) {
        const cpn_io_column *column = &reader->columns[c];
        if (column->is_nameless || column->terms.type != CAMPAIGN_TYPE_UTF8) continue;
        int64_t kept = first;
        for (int64_t i = 0; i < block->n_rows; i++) {
            if (reader->bad[block->first_row + i]) continue;
            const int32_t start = column->offsets[kept], length = column->offsets[kept + 1] - start;
            kept++;
            if (length == 0) continue;
            const cpn_io_cell cell = cpn_io_block_cell(&reader->source, block, i, column->field, reader->n_fields);
            (void)cpn_io_copy_cell((char *)column->values + start, cpn_io_unguard(reader, cell));
        }
    }
    return CAMPAIGN_OK;
}

/* Hands a column's arrays over; on failure too they are the table's to free. */
static campaign_status add_column(campaign_table_builder *builder, cpn_io_column *column, int64_t n_rows,
                                  campaign_error *error)
{
    holding *held = cpn_io_alloc(1, sizeof *held);
    if (!held) return cpn_io_fail_nomem(error);
    *held = (holding){ column->values, column->nulls, column->offsets };
    campaign_array array = CAMPAIGN_ARRAY_INIT;
    array.type = column->terms.type;
    array.n_rows = n_rows;
    array.name = column->name;
    array.validity = column->nulls;
    array.values = column->values;
    array.offsets = column->offsets;
    array.release = release;
    array.ctx = held;
    if (array.type == CAMPAIGN_TYPE_MONEY) {
        memcpy(array.currency, column->terms.currency, sizeof array.currency);
        array.exponent = column->terms.exponent;
        array.has_exponent = 1;
    }
    column->values = NULL;
    column->nulls = NULL;
    column->offsets = NULL;
    return campaign_table_builder_add_array(builder, &array, error);
}

static campaign_status fail_long_text(const cpn_io_reader *reader, campaign_error *error)
{
    for (int64_t i = 0; i < reader->n_columns; i++)
        if (!reader->columns[i].is_nameless && reader->columns[i].terms.type == CAMPAIGN_TYPE_UTF8 &&
            !reader->columns[i].values)
            return cpn_io_fail(error, CAMPAIGN_E_LIMIT, -1, reader->columns[i].name,
                               "column \"%s\" has more than 2 GiB of text", reader->columns[i].name);
    return cpn_io_fail(error, CAMPAIGN_E_LIMIT, -1, NULL, "a column has more than 2 GiB of text");
}

campaign_status cpn_io_finish_table(campaign_table **table, cpn_io_reader *reader, campaign_error *error)
{
    for (int64_t row = 0; row < reader->n_rows; row++) reader->n_bad += reader->bad[row] != CPN_IO_KEPT;
    campaign_status status =
        cpn_io_parallel(reader->n_columns, finish_column, reader, "finish csv", reader->runtime, error);
    if (status == CAMPAIGN_E_LIMIT) return fail_long_text(reader, error);
    if (status == CAMPAIGN_OK)
        status = cpn_io_parallel(reader->n_blocks, copy_texts, reader, "copy csv text", reader->runtime, error);
    campaign_table_builder *builder = NULL;
    if (status == CAMPAIGN_OK) status = campaign_table_builder_create(&builder, error);
    for (int64_t i = 0; status == CAMPAIGN_OK && i < reader->n_columns; i++)
        if (!reader->columns[i].is_nameless)
            status = add_column(builder, &reader->columns[i], reader->n_rows - reader->n_bad, error);
    if (status == CAMPAIGN_OK) status = campaign_table_builder_finish(table, builder, error);
    campaign_table_builder_free(builder);
    return status;
}
