/* CSV as positions: where records and fields of a text lie. Knows quotes, delimiters and line ends, no values. */
#ifndef CPN_IO_CSV_SCAN_H
#define CPN_IO_CSV_SCAN_H

#include "io/support.h"

/* A valid text and its delimiter. */
typedef struct cpn_io_source {
    const char *text;
    size_t length;
    char delimiter;
} cpn_io_source;

/* What is wrong with the shape of a record. */
typedef enum cpn_io_flaw {
    CPN_IO_RAGGED,     /* n_found fields instead of as many as the header has */
    CPN_IO_AFTER_QUOTE /* text between a closing quote and the next delimiter */
} cpn_io_flaw;

typedef struct cpn_io_bad_record {
    int64_t row; /* within its block */
    cpn_io_flaw flaw;
    int64_t n_found;
    size_t position; /* in the text: the record, or the character behind the quote */
} cpn_io_bad_record;

/* A run of whole records. Record r has its start and the ends of its fields at
 * marks[r * (n_fields + 1) …], counted from the block's first byte; a field begins one byte behind the last one's end. */
typedef struct cpn_io_block {
    size_t first, last; /* bytes of the text */
    int64_t n_rows;
    int64_t first_row; /* set by the reader once all blocks are counted */
    void *marks;       /* uint32_t */
    int64_t n_marks, mark_capacity;
    void *bad; /* cpn_io_bad_record: records of the wrong shape; their fields are made up */
    int64_t n_bad, bad_capacity;
} cpn_io_block;

/* Cuts text from first on into blocks of about block_size bytes that end where a record ends. What they are depends on
 * the text alone. E_SYNTAX: a quote opens at *bad_position and is never closed. E_LIMIT: a record of more than 1 GiB
 * begins about there. */
campaign_status cpn_io_cut_blocks(cpn_io_block **blocks, int64_t *n_blocks, const cpn_io_source *source, size_t first,
                                  size_t block_size, size_t *bad_position);
void cpn_io_free_blocks(cpn_io_block *blocks, int64_t n_blocks);

/* Finds the fields of a block's records, n_fields each. Empty lines are passed over where n_fields > 1. */
campaign_status cpn_io_index_block(cpn_io_block *block, const cpn_io_source *source, int64_t n_fields);

/* One field: the text between the delimiters, or between its quotes. */
typedef struct cpn_io_cell {
    const char *text;
    size_t length;
    bool is_quoted; /* doubled quotes in text stand for one */
} cpn_io_cell;

/* Field number field of a record within a block; not of a bad one. */
static inline cpn_io_cell cpn_io_block_cell(const cpn_io_source *source, const cpn_io_block *block, int64_t row,
                                            int64_t field, int64_t n_fields)
{
    const uint32_t *marks = (const uint32_t *)block->marks + row * (n_fields + 1) + field;
    const size_t start = block->first + marks[0] + (field > 0);
    cpn_io_cell cell = { source->text + start, block->first + marks[1] - start, false };
    if (cell.length >= 2 && *cell.text == '"') {
        cell.text++;
        cell.length -= 2;
        cell.is_quoted = true;
    }
    return cell;
}

/* Fields of the record at *position, which moves to the next record. For the header and guesses. The caller frees
 * *cells. E_SYNTAX: *position moves to what is wrong. E_LIMIT: more than most fields. */
campaign_status cpn_io_read_record(cpn_io_cell **cells, int64_t *n_cells, size_t *position, const cpn_io_source *source,
                                   int64_t most);

/* Copies a cell's text with doubled quotes made one; returns the bytes written, at most cell.length. */
size_t cpn_io_copy_cell(char *to, cpn_io_cell cell);

/* Bytes that cpn_io_copy_cell writes. */
size_t cpn_io_cell_length(cpn_io_cell cell);

#endif
