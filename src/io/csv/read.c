/* Reads CSV into a table: decode, header, cut into blocks, find fields, fill columns, hand over. Everything behind the
 * header runs in parallel over blocks of fixed size, so threads change nothing but the time. */
#include "io/csv/read.h"

#include <stdlib.h>
#include <string.h>

#include "io/encoding.h"
#include "io/file.h"
#include "io/parallel.h"

enum { BLOCK_BYTES = 1 << 18 }; /* large enough for long inner loops, small enough to stay in the cache */

/* ---- Records ---------------------------------------------------------------------------------------------------- */

static size_t pass_lines(const cpn_io_source *source, int32_t n)
{
    size_t i = 0;
    for (; n > 0 && i < source->length; n--) {
        while (i < source->length && source->text[i] != '\n' && source->text[i] != '\r') i++;
        if (i < source->length)
            i += source->text[i] == '\r' && i + 1 < source->length && source->text[i + 1] == '\n' ? 2 : 1;
    }
    return i;
}

static campaign_status index_block(void *ctx, int64_t number)
{
    cpn_io_reader *reader = ctx;
    return cpn_io_index_block(&reader->blocks[number], &reader->source, reader->n_fields);
}

static campaign_status cut(cpn_io_reader *reader, size_t first, campaign_error *error)
{
    size_t position = first;
    const campaign_status status =
        cpn_io_cut_blocks(&reader->blocks, &reader->n_blocks, &reader->source, first, BLOCK_BYTES, &position);
    if (status == CAMPAIGN_E_SYNTAX && reader->is_partial) return CAMPAIGN_OK; /* it may be closed by what follows */
    if (status == CAMPAIGN_E_SYNTAX)
        return cpn_io_fail_at(reader, status, position, "the quote that opens here is never closed", error);
    if (status == CAMPAIGN_E_LIMIT)
        return cpn_io_fail_at(reader, status, position, "a record from here on is longer than 1 GiB", error);
    return status == CAMPAIGN_OK ? status : cpn_io_fail_nomem(error);
}

static campaign_status make_room(cpn_io_reader *reader, campaign_error *error)
{
    for (int64_t b = 0; b < reader->n_blocks; b++) {
        reader->blocks[b].first_row = reader->n_rows;
        reader->n_rows += reader->blocks[b].n_rows;
    }
    reader->bad = cpn_io_alloc_zero(reader->n_rows, 1);
    reader->tallies = cpn_io_alloc_zero(reader->n_blocks * (reader->n_columns + 1), sizeof *reader->tallies);
    reader->problems = cpn_io_alloc_zero(reader->n_blocks, sizeof *reader->problems);
    return reader->bad && reader->tallies && reader->problems ? CAMPAIGN_OK : cpn_io_fail_nomem(error);
}

/* Records of the wrong shape are problems before any cell is read. */
static campaign_status note_bad_records(cpn_io_reader *reader, campaign_error *error)
{
    bool has_any = false;
    for (int64_t b = 0; b < reader->n_blocks; b++) {
        const cpn_io_block *block = &reader->blocks[b];
        for (int64_t i = 0; i < block->n_bad; i++) {
            const cpn_io_bad_record *bad = (const cpn_io_bad_record *)block->bad + i;
            const uint32_t *marks = (const uint32_t *)block->marks + bad->row * (reader->n_fields + 1);
            const cpn_io_problem problem = {
                .row = block->first_row + bad->row,
                .column = -1,
                .trouble = bad->flaw == CPN_IO_RAGGED ? CPN_IO_RAGGED_RECORD : CPN_IO_QUOTED_BADLY,
                .n_found = bad->n_found,
                .position = bad->position,
                .record = block->first + marks[0],
            };
            if (!cpn_io_note_problem(reader, b, problem)) return cpn_io_fail_nomem(error);
            reader->bad[problem.row] = CPN_IO_BAD_RECORD;
            has_any = true;
        }
    }
    const bool ends = has_any && reader->options.on_problem == CAMPAIGN_CSV_FAIL;
    return ends ? cpn_io_fail_first(reader, CPN_IO_FINE, error) : CAMPAIGN_OK;
}

/* ---- A part of a file ------------------------------------------------------------------------------------------- */

static cpn_io_cell cell_of(const cpn_io_reader *reader, int64_t block, int64_t row, int64_t field)
{
    return cpn_io_block_cell(&reader->source, &reader->blocks[block], row, field, reader->n_fields);
}

static void drop_block(cpn_io_reader *reader)
{
    cpn_io_block *block = &reader->blocks[--reader->n_blocks];
    free(block->marks);
    free(block->bad);
}

/* Leaves out the records at the end whose cells in the column of the group are the same text: the group may go on. */
static void hold_group_back(cpn_io_reader *reader, int64_t field)
{
    while (reader->n_blocks && reader->blocks[reader->n_blocks - 1].n_rows == 0) drop_block(reader);
    if (!reader->n_blocks) return;
    const int64_t last = reader->n_blocks - 1;
    const cpn_io_cell group = cell_of(reader, last, reader->blocks[last].n_rows - 1, field);
    for (; reader->n_blocks; drop_block(reader)) {
        cpn_io_block *block = &reader->blocks[reader->n_blocks - 1];
        for (int64_t n_rows = block->n_rows; block->n_rows > 0; block->n_rows--) {
            const cpn_io_cell cell = cell_of(reader, reader->n_blocks - 1, block->n_rows - 1, field);
            if (cell.length == group.length && memcmp(cell.text, group.text, cell.length) == 0) continue;
            if (block->n_rows < n_rows)
                block->last = block->first + ((const uint32_t *)block->marks)[block->n_rows * (reader->n_fields + 1)];
            while (block->n_bad && ((const cpn_io_bad_record *)block->bad)[block->n_bad - 1].row >= block->n_rows)
                block->n_bad--;
            return;
        }
    }
}

static campaign_status hold_back(cpn_io_reader *reader, campaign_error *error)
{
    const int64_t column = reader->group ? cpn_io_find_column(reader, reader->group, reader->n_columns) : 0;
    if (column < 0) return cpn_io_fail_missing_column(reader, reader->group, error);
    if (reader->group && reader->is_partial) hold_group_back(reader, reader->columns[column].field);
    return CAMPAIGN_OK;
}

/* ---- The order of work ------------------------------------------------------------------------------------------ */

campaign_status cpn_io_find_header(cpn_io_reader *reader, size_t *position, campaign_error *error)
{
    *position = pass_lines(&reader->source, reader->options.n_lines_before_header);
    const bool guesses = reader->options.delimiter == CAMPAIGN_CSV_DELIMITER_AUTO;
    const bool is_done = !guesses || cpn_io_guess_delimiter(&reader->source, *position) == CAMPAIGN_OK;
    return is_done ? CAMPAIGN_OK : cpn_io_fail_nomem(error);
}

void cpn_io_set_source(cpn_io_reader *reader, const char *text, size_t length)
{
    const campaign_csv_options *options = &reader->options;
    reader->source = (cpn_io_source){ text, length, (char)(options->delimiter > 0 ? options->delimiter : ',') };
    const int64_t limit = options->problem_limit ? options->problem_limit : 20;
    reader->problem_limit = options->on_problem == CAMPAIGN_CSV_FAIL ? 1 : limit;
    reader->longest_null_text = 0;
    for (int32_t i = 0; i < options->n_null_texts; i++) {
        const size_t n = strlen(options->null_texts[i]);
        if (n > reader->longest_null_text) reader->longest_null_text = n;
    }
}

campaign_status cpn_io_read_source(campaign_table **table, cpn_io_reader *reader, campaign_error *error)
{
    size_t position = 0;
    campaign_status status = cpn_io_find_header(reader, &position, error);
    if (status == CAMPAIGN_OK) status = cpn_io_read_header(reader, &position, error);
    if (status == CAMPAIGN_OK) status = cut(reader, position, error);
    if (status == CAMPAIGN_OK)
        status = cpn_io_parallel(reader->n_blocks, index_block, reader, "find csv fields", reader->runtime, error);
    if (status == CAMPAIGN_OK) status = hold_back(reader, error);
    if (status == CAMPAIGN_OK) status = make_room(reader, error);
    if (status != CAMPAIGN_OK || (reader->is_partial && reader->n_rows == 0)) return status;
    if (status == CAMPAIGN_OK) status = note_bad_records(reader, error);
    if (status == CAMPAIGN_OK) status = cpn_io_fill_columns(reader, error);
    reader->n_used = reader->n_blocks ? reader->blocks[reader->n_blocks - 1].last : position;
    return status == CAMPAIGN_OK ? cpn_io_finish_table(table, reader, error) : status;
}

void cpn_io_free_reader(cpn_io_reader *reader)
{
    for (int64_t i = 0; i < reader->n_columns; i++) {
        free(reader->columns[i].name);
        cpn_io_free_arrays(&reader->columns[i]);
    }
    for (int64_t b = 0; reader->problems && b < reader->n_blocks; b++) {
        free(reader->problems[b].list);
        free(reader->problems[b].counts);
    }
    cpn_io_free_blocks(reader->blocks, reader->n_blocks);
    free(reader->columns);
    free(reader->bad);
    free(reader->tallies);
    free(reader->problems);
}

/* ---- Calls ------------------------------------------------------------------------------------------------------ */

static campaign_status write_report(campaign_csv_report *report, const cpn_io_reader *reader,
                                    const cpn_io_decoded *decoded, campaign_error *error)
{
    campaign_csv_report found = CAMPAIGN_CSV_REPORT_INIT;
    found.encoding = decoded->encoding;
    found.has_bom = decoded->has_bom;
    found.delimiter = reader->source.delimiter;
    found.n_records = reader->n_rows;
    found.n_skipped = reader->n_bad;
    found.n_problems = cpn_io_count_problems(reader, CPN_IO_FINE);
    for (int64_t i = 0; i < reader->n_blocks * reader->n_columns; i++) found.n_rounded += reader->tallies[i].n_rounded;
    campaign_status status = cpn_io_list_problems(&found.problems, reader, error);
    if (status == CAMPAIGN_OK) status = cpn_io_list_counts(&found.counts, reader, error);
    if (status != CAMPAIGN_OK) {
        campaign_table_free(found.problems);
        return status;
    }
    memcpy((char *)report + sizeof report->size, (const char *)&found + sizeof found.size,
           sizeof found - sizeof found.size);
    return CAMPAIGN_OK;
}

static campaign_status parse(campaign_table **table, campaign_csv_report *report, const cpn_io_decoded *decoded,
                             cpn_io_reader *reader, campaign_error *error)
{
    cpn_io_set_source(reader, decoded->text, decoded->length);
    campaign_table *read = NULL;
    campaign_status status = cpn_io_read_source(&read, reader, error);
    if (status == CAMPAIGN_OK && report) status = write_report(report, reader, decoded, error);
    if (status == CAMPAIGN_OK) {
        *table = read;
    } else {
        campaign_table_free(read);
    }
    return status;
}

/* Checks what every call brings, and clears the outputs. */
static campaign_status check_call(campaign_table **table, campaign_csv_report *report, const void *input,
                                  const char *input_name, const campaign_runtime *runtime, campaign_error *error)
{
    if (!table) return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "table", "table is required");
    *table = NULL;
    campaign_csv_report known_report;
    campaign_status status = cpn_io_take_knobs(&known_report, sizeof known_report, report, "report", error);
    if (status != CAMPAIGN_OK) return status;
    if (report) memset((char *)report + sizeof report->size, 0, sizeof *report - sizeof report->size);
    if (!input) return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, input_name, "%s is required", input_name);
    campaign_runtime known_runtime;
    return cpn_io_take_knobs(&known_runtime, sizeof known_runtime, runtime, "runtime", error);
}

campaign_status campaign_io_parse_csv(campaign_table **table, campaign_csv_report *report, const char *text,
                                      size_t length, const campaign_csv_options *options,
                                      const campaign_runtime *runtime, campaign_error *error)
{
    campaign_status status = check_call(table, report, length ? text : "", "text", runtime, error);
    if (status != CAMPAIGN_OK) return status;
    cpn_io_reader reader = { .runtime = runtime };
    status = cpn_io_take_options(&reader.options, options, error);
    if (status != CAMPAIGN_OK) return status;
    cpn_io_decoded decoded;
    status = cpn_io_decode(&decoded, length ? text : "", length, reader.options.encoding, 1, error);
    if (status == CAMPAIGN_OK) status = parse(table, report, &decoded, &reader, error);
    cpn_io_free_reader(&reader);
    free(decoded.owned);
    return status;
}

campaign_status campaign_io_read_csv(campaign_table **table, campaign_csv_report *report, const char *path,
                                     const campaign_csv_options *options, const campaign_runtime *runtime,
                                     campaign_error *error)
{
    campaign_status status = check_call(table, report, path, "path", runtime, error);
    if (status != CAMPAIGN_OK) return status;
    cpn_io_reader reader = { .runtime = runtime };
    status = cpn_io_take_options(&reader.options, options, error);
    char *bytes = NULL;
    size_t length = 0;
    if (status == CAMPAIGN_OK) status = cpn_io_read_file(&bytes, &length, path, error);
    if (status != CAMPAIGN_OK) return status;
    cpn_io_decoded decoded;
    status = cpn_io_decode(&decoded, bytes, length, reader.options.encoding, 1, error);
    if (decoded.owned) { /* the converted text stands for the file from here on */
        free(bytes);
        bytes = NULL;
    }
    if (status == CAMPAIGN_OK) status = parse(table, report, &decoded, &reader, error);
    cpn_io_free_reader(&reader);
    free(decoded.owned);
    free(bytes);
    return status;
}
