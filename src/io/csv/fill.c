/* From cells to values, block by block. Columns without a declared type get a guess from the first rows, are read as
 * that, and read again where the kinds of all their cells say otherwise: the guess costs time, never changes a result.
 * Rows with a bad declared cell are left out before kinds are counted, so a stray title line does not turn every column
 * into text. */
#include <string.h>

#include "io/csv/read.h"
#include "io/parallel.h"

enum { GUESS_ROWS = 256 };

static const int64_t MICROS_PER_MINUTE = 60000000;

size_t cpn_io_cell_width(int32_t type)
{
    switch (type) {
    case CAMPAIGN_TYPE_BOOL: return 1;
    case CAMPAIGN_TYPE_INT32:
    case CAMPAIGN_TYPE_DATE: return 4;
    case CAMPAIGN_TYPE_UTF8: return 0;
    }
    return 8;
}

/* Whether a cell is empty or one of the caller's texts for null, quoted or not. */
static bool says_nothing(const cpn_io_reader *reader, cpn_io_cell cell)
{
    if (cell.length == 0) return true;
    if (cell.length > reader->longest_null_text) return false;
    for (int32_t i = 0; i < reader->options.n_null_texts; i++) {
        const char *text = reader->options.null_texts[i];
        if (strlen(text) == cell.length && memcmp(text, cell.text, cell.length) == 0) return true;
    }
    return false;
}

cpn_io_cell cpn_io_unguard(const cpn_io_reader *reader, cpn_io_cell cell)
{
    if (!reader->options.strips_formula_guard || cell.length < 2 || *cell.text != '\'') return cell;
    size_t i = 1;
    while (i < cell.length && cell.text[i] == '\'') i++;
    if (i == cell.length || !memchr("=+-@\t\r", cell.text[i], 6)) return cell;
    return (cpn_io_cell){ cell.text + 1, cell.length - 1, cell.is_quoted };
}

/* Bytes that may be read from the cell on. */
static size_t room_of(const cpn_io_reader *reader, cpn_io_cell cell)
{
    return (size_t)(reader->source.text + reader->source.length - cell.text);
}

/* ---- One cell --------------------------------------------------------------------------------------------------- */

static void put_integer(cpn_io_column *column, int64_t row, int64_t value)
{
    switch (cpn_io_cell_width(column->terms.type)) {
    case 1: ((uint8_t *)column->values)[row] = (uint8_t)value; break;
    case 4: ((int32_t *)column->values)[row] = (int32_t)value; break;
    case 8: ((int64_t *)column->values)[row] = value; break;
    }
}

static void put_null(cpn_io_column *column, int64_t row)
{
    column->nulls[row] = 1;
    if (column->terms.type == CAMPAIGN_TYPE_UTF8) {
        column->offsets[row + 1] = 0;
    } else if (column->terms.type == CAMPAIGN_TYPE_FLOAT64) {
        ((double *)column->values)[row] = 0;
    } else {
        put_integer(column, row, 0);
    }
}

static void put_length(const cpn_io_reader *reader, cpn_io_column *column, int64_t row, cpn_io_cell cell)
{
    column->offsets[row + 1] = (int32_t)cpn_io_cell_length(cpn_io_unguard(reader, cell));
}

static cpn_io_trouble put_declared(const cpn_io_reader *reader, cpn_io_column *column, int64_t row, cpn_io_cell cell,
                                   cpn_io_tally *tally)
{
    cpn_io_value value;
    const cpn_io_trouble trouble =
        cpn_io_read_declared(&value, &column->terms, cell.text, cell.length, room_of(reader, cell));
    if (trouble != CPN_IO_FINE) return trouble;
    if (column->terms.type == CAMPAIGN_TYPE_UTF8) {
        put_length(reader, column, row, cell);
    } else if (column->terms.type == CAMPAIGN_TYPE_FLOAT64) {
        ((double *)column->values)[row] = value.real;
    } else {
        put_integer(column, row, value.integer);
        tally->n_rounded += value.is_rounded;
    }
    return CPN_IO_FINE;
}

/* Stores what fits the type of the moment; what does not fit shows in the kinds, and the column is read again. */
static cpn_io_trouble put_inferred(const cpn_io_reader *reader, cpn_io_column *column, int64_t row, cpn_io_cell cell,
                                   cpn_io_tally *tally)
{
    cpn_io_plain plain = { 0, 0 };
    const uint32_t kind =
        says_nothing(reader, cell) ? 0 : cpn_io_classify(&plain, cell.text, cell.length, room_of(reader, cell));
    tally->kinds |= kind;
    if (kind & column->refused) return CPN_IO_SCIENTIFIC_ID;
    switch (column->terms.type) {
    case CAMPAIGN_TYPE_UTF8: put_length(reader, column, row, cell); break;
    case CAMPAIGN_TYPE_FLOAT64: ((double *)column->values)[row] = plain.real; break;
    case CAMPAIGN_TYPE_TIMESTAMP:
        if (kind == CPN_IO_KIND_DATE) plain.integer *= 1440 * MICROS_PER_MINUTE;
        if (kind == CPN_IO_KIND_ZONED) plain.integer += column->terms.utc_offset_minutes * MICROS_PER_MINUTE;
        put_integer(column, row, plain.integer);
        break;
    default: put_integer(column, row, plain.integer); break;
    }
    return CPN_IO_FINE;
}

/* ---- One block -------------------------------------------------------------------------------------------------- */

static campaign_status note_cell(cpn_io_reader *reader, int64_t block, int64_t row, int64_t column, cpn_io_cell cell,
                                 cpn_io_trouble trouble)
{
    const cpn_io_problem problem = {
        .row = row,
        .column = column,
        .trouble = trouble,
        .position = (size_t)(cell.text - reader->source.text) - cell.is_quoted,
        .cell = cell,
    };
    if (!cpn_io_note_problem(reader, block, problem)) return CAMPAIGN_E_NOMEM;
    const bool ends = reader->options.on_problem == CAMPAIGN_CSV_FAIL || trouble == CPN_IO_NAMELESS;
    reader->bad[row] = reader->columns[column].is_declared ? CPN_IO_BAD_CELL : CPN_IO_BAD_KIND;
    return ends ? CAMPAIGN_E_SYNTAX : CAMPAIGN_OK;
}

/* A column without a name is no column; all that may stand in it is nothing. */
static cpn_io_trouble put_cell(const cpn_io_reader *reader, cpn_io_column *column, int64_t row, cpn_io_cell cell,
                               cpn_io_tally *tally)
{
    if (column->is_nameless) return cell.length ? CPN_IO_NAMELESS : CPN_IO_FINE;
    const bool is_text = cell.is_quoted && column->terms.type == CAMPAIGN_TYPE_UTF8; /* quotes make a value of all */
    if (!is_text && says_nothing(reader, cell)) {
        put_null(column, row);
        tally->has_nulls = 1;
        return CPN_IO_FINE;
    }
    return column->is_declared ? put_declared(reader, column, row, cell, tally)
                               : put_inferred(reader, column, row, cell, tally);
}

static campaign_status fill_block_column(cpn_io_reader *reader, int64_t number, int64_t index)
{
    cpn_io_column *column = &reader->columns[index];
    const cpn_io_block *block = &reader->blocks[number];
    cpn_io_tally *tally = &reader->tallies[number * reader->n_columns + index];
    /* Of a bad record nothing is read; of a row with a bad cell the other declared cells, to list them all. */
    const uint8_t passes = column->is_declared ? CPN_IO_BAD_CELL : CPN_IO_BAD_KIND;
    campaign_status status = CAMPAIGN_OK;
    for (int64_t i = 0; i < block->n_rows; i++) {
        const int64_t row = block->first_row + i;
        if (reader->bad[row] != CPN_IO_KEPT && reader->bad[row] != passes) continue;
        const cpn_io_cell cell = cpn_io_block_cell(&reader->source, block, i, column->field, reader->n_fields);
        const cpn_io_trouble trouble = put_cell(reader, column, row, cell, tally);
        if (trouble == CPN_IO_FINE) continue;
        const campaign_status noted = note_cell(reader, number, row, index, cell, trouble);
        if (noted == CAMPAIGN_E_NOMEM) return noted;
        if (noted != CAMPAIGN_OK) status = noted;
    }
    return status;
}

/* Declared columns first: the rows they refuse say nothing about the types of the others. */
static campaign_status fill_block(void *ctx, int64_t number)
{
    cpn_io_reader *reader = ctx;
    campaign_status status = CAMPAIGN_OK;
    for (int is_declared = 1; is_declared >= 0; is_declared--)
        for (int64_t i = 0; i < reader->n_columns; i++) {
            if (!reader->columns[i].is_due || reader->columns[i].is_declared != (is_declared == 1)) continue;
            const campaign_status filled = fill_block_column(reader, number, i);
            if (filled == CAMPAIGN_E_NOMEM) return filled;
            if (filled != CAMPAIGN_OK) status = filled;
        }
    return status;
}

/* ---- Types ------------------------------------------------------------------------------------------------------ */

static int32_t type_of(const cpn_io_column *column, uint32_t kinds)
{
    return column->terms.is_key ? cpn_io_key_type_of_kinds(kinds)
                                : cpn_io_type_of_kinds(kinds, column->terms.has_utc_offset);
}

static void guess_type(const cpn_io_reader *reader, cpn_io_column *column)
{
    uint32_t kinds = 0;
    const cpn_io_block *block = reader->blocks;
    for (int64_t row = 0; reader->n_blocks && row < block->n_rows && row < GUESS_ROWS; row++) {
        if (reader->bad[row] != CPN_IO_KEPT) continue;
        const cpn_io_cell cell = cpn_io_block_cell(&reader->source, block, row, column->field, reader->n_fields);
        cpn_io_plain plain;
        if (!says_nothing(reader, cell))
            kinds |= cpn_io_classify(&plain, cell.text, cell.length, room_of(reader, cell));
    }
    column->terms.type = type_of(column, kinds);
}

static bool has_room(cpn_io_reader *reader, cpn_io_column *column)
{
    const size_t width = cpn_io_cell_width(column->terms.type);
    if (!column->nulls) column->nulls = cpn_io_alloc_zero(reader->n_rows, 1);
    if (width) {
        column->values = cpn_io_alloc(reader->n_rows, width);
        return column->values && column->nulls;
    }
    column->offsets = cpn_io_alloc(reader->n_rows + 1, sizeof *column->offsets);
    return column->offsets && column->nulls;
}

/* Settles the type by the kinds of all cells; the column is due again where it was read as another, or must refuse. */
static void settle_type(cpn_io_reader *reader, int64_t index)
{
    cpn_io_column *column = &reader->columns[index];
    uint32_t kinds = 0;
    for (int64_t b = 0; b < reader->n_blocks; b++) kinds |= reader->tallies[b * reader->n_columns + index].kinds;
    column->refused = cpn_io_refused_kinds(kinds, column->terms.is_key);
    const int32_t type = type_of(column, kinds & ~column->refused);
    column->is_due = type != column->terms.type || column->refused;
    column->terms.type = type;
}

/* Fills the columns that are due. */
static campaign_status run_pass(cpn_io_reader *reader, campaign_error *error)
{
    for (int64_t i = 0; i < reader->n_columns; i++) {
        cpn_io_column *column = &reader->columns[i];
        if (!column->is_due || column->is_nameless) continue;
        cpn_io_free_arrays(column);
        if (!has_room(reader, column)) return cpn_io_fail_nomem(error);
    }
    const campaign_status status =
        cpn_io_parallel(reader->n_blocks, fill_block, reader, "read csv", reader->runtime, error);
    if (cpn_io_count_problems(reader, CPN_IO_NAMELESS) && status == CAMPAIGN_E_SYNTAX)
        return cpn_io_fail_first(reader, CPN_IO_NAMELESS, error);
    return status == CAMPAIGN_E_SYNTAX ? cpn_io_fail_first(reader, CPN_IO_FINE, error) : status;
}

campaign_status cpn_io_fill_columns(cpn_io_reader *reader, campaign_error *error)
{
    for (int64_t i = 0; i < reader->n_columns; i++) {
        cpn_io_column *column = &reader->columns[i];
        column->is_due = true;
        if (!column->is_declared && !column->is_nameless) guess_type(reader, column);
    }
    campaign_status status = run_pass(reader, error);
    if (status != CAMPAIGN_OK) return status;
    bool is_due = false;
    for (int64_t i = 0; i < reader->n_columns; i++) {
        reader->columns[i].is_due = false;
        if (reader->columns[i].is_declared || reader->columns[i].is_nameless) continue;
        settle_type(reader, i);
        is_due = is_due || reader->columns[i].is_due;
    }
    return is_due ? run_pass(reader, error) : CAMPAIGN_OK;
}
