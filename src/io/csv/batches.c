/* Reads a CSV file in batches. Bytes are taken up to a line end, decoded, and put behind the header, which stays in front
 * of every batch; what a batch leaves (an open quote, a group that may go on) waits for the bytes that follow. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/csv/read.h"
#include "io/encoding.h"
#include "io/file.h"
#include "io/file_system.h"

enum { USUAL_BATCH = 1 << 24, LARGEST_BATCH = 1 << 30, RECORDS_TO_GUESS_FROM = 1 << 16 };

static const int64_t MOST_TEXT = (int64_t)1 << 31; /* of one batch */

struct campaign_csv_batches {
    FILE *file;
    char *path, *group;
    char **null_texts;
    campaign_csv_options options; /* without columns and lines above the header */
    campaign_csv_column *columns; /* declared, and after the first batch all others; of type 0 only before it */
    int64_t n_columns, column_capacity;
    int32_t n_lines_above;
    bool knows_types, has_header;
    int64_t batch_bytes;
    int64_t header_length, header_line; /* bytes of the header, in front of the text; lines of the file above it */
    void *bytes;                        /* read and not decoded yet: no whole line */
    int64_t n_bytes, byte_capacity;
    void *text; /* the header, then decoded records that no batch has had */
    int64_t n_text, text_capacity;
    int64_t lines_decoded;         /* of the file */
    int64_t lines_done, rows_done; /* line ends and records that batches have had */
    bool is_at_end;                /* of the file's bytes */
};

/* ---- From the file to text -------------------------------------------------------------------------------------- */

/* Bytes that end with a line: all of them at the end of the file. */
static int64_t whole_lines(const char *bytes, int64_t n, bool is_at_end)
{
    if (is_at_end) return n;
    for (int64_t i = n; i > 0; i--)
        if (bytes[i - 1] == '\n') return i;
    for (int64_t i = n - 1; i > 0; i--) /* a CR at the very end may be half a CRLF */
        if (bytes[i - 1] == '\r') return i;
    return 0;
}

static campaign_status read_bytes(campaign_csv_batches *self, campaign_error *error)
{
    if (!cpn_io_reserve(&self->bytes, &self->byte_capacity, self->n_bytes + self->batch_bytes, 1))
        return cpn_io_fail_nomem(error);
    errno = 0;
    const size_t n = fread((char *)self->bytes + self->n_bytes, 1, (size_t)self->batch_bytes, self->file);
    if (ferror(self->file)) return cpn_io_fail_file(error, self->path, "read", errno);
    self->n_bytes += (int64_t)n;
    self->is_at_end = (int64_t)n < self->batch_bytes;
    return CAMPAIGN_OK;
}

/* Decodes the whole lines among the bytes; the text gets them at its end. */
static campaign_status decode_lines(campaign_csv_batches *self, campaign_error *error)
{
    const int64_t n = whole_lines(self->bytes, self->n_bytes, self->is_at_end);
    if (n == 0) return CAMPAIGN_OK;
    cpn_io_decoded decoded;
    const campaign_status status =
        cpn_io_decode(&decoded, self->bytes, (size_t)n, self->options.encoding, self->lines_decoded + 1, error);
    if (status != CAMPAIGN_OK) return status;
    if (decoded.has_bom) self->options.encoding = decoded.encoding;
    const int64_t length = (int64_t)decoded.length;
    const bool has_room = cpn_io_reserve(&self->text, &self->text_capacity, self->n_text + length, 1);
    if (has_room && length) {
        memcpy((char *)self->text + self->n_text, decoded.text, decoded.length);
        self->n_text += length;
        self->lines_decoded += cpn_io_count_lines(decoded.text, decoded.length);
        self->n_bytes -= n;
        memmove(self->bytes, (char *)self->bytes + n, (size_t)self->n_bytes);
    }
    free(decoded.owned);
    return has_room ? CAMPAIGN_OK : cpn_io_fail_nomem(error);
}

/* At least wanted bytes of text, where the file has them. */
static campaign_status fill_text(campaign_csv_batches *self, int64_t wanted, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    while (status == CAMPAIGN_OK && self->n_text < wanted && !self->is_at_end) {
        status = read_bytes(self, error);
        if (status == CAMPAIGN_OK) status = decode_lines(self, error);
    }
    return status;
}

static campaign_status start_file(campaign_csv_batches *self, campaign_error *error)
{
    errno = 0;
    if (fseek(self->file, 0, SEEK_SET) != 0)
        return cpn_io_fail(error, CAMPAIGN_E_UNSUPPORTED, -1, self->path,
                           "\"%s\" cannot be read again from its beginning, as pipes cannot", self->path);
    self->n_bytes = self->n_text = 0;
    self->lines_decoded = self->lines_done = self->rows_done = 0;
    self->is_at_end = self->has_header = false;
    return CAMPAIGN_OK;
}

/* UTF-8 where all of the file is, otherwise GB18030: reads it once. */
static campaign_status find_encoding(campaign_csv_batches *self, campaign_error *error)
{
    self->options.encoding = CAMPAIGN_CSV_UTF8;
    while (!self->is_at_end) {
        const campaign_status status = read_bytes(self, error);
        if (status != CAMPAIGN_OK) return status;
        const int64_t n = whole_lines(self->bytes, self->n_bytes, self->is_at_end);
        const size_t valid = cpn_io_utf8_valid(self->bytes, (size_t)n);
        if ((int64_t)valid < n && ((const char *)self->bytes)[valid] != '\0') {
            self->options.encoding = CAMPAIGN_CSV_GB18030;
            break;
        }
        self->n_bytes -= n;
        memmove(self->bytes, (char *)self->bytes + n, (size_t)self->n_bytes);
    }
    return start_file(self, error);
}

/* ---- The header ------------------------------------------------------------------------------------------------- */

static cpn_io_reader make_reader(const campaign_csv_batches *self, const campaign_runtime *runtime)
{
    cpn_io_reader reader = { .options = self->options, .runtime = runtime, .group = self->group };
    reader.options.null_texts = (const char *const *)self->null_texts;
    reader.options.columns = self->columns;
    reader.options.n_columns = (int32_t)self->n_columns;
    reader.is_partial = !self->is_at_end;
    reader.lines_before = self->header_line + self->lines_done;
    reader.rows_before = self->rows_done;
    cpn_io_set_source(&reader, self->text ? self->text : "", (size_t)self->n_text);
    return reader;
}

/* Takes the lines above the header off the text, and notes how long the header is. */
static campaign_status find_header(campaign_csv_batches *self, campaign_error *error)
{
    cpn_io_reader reader = make_reader(self, NULL);
    size_t start = 0, end = 0;
    reader.options.n_lines_before_header = self->n_lines_above;
    campaign_status status = cpn_io_find_header(&reader, &start, error);
    const char *text = reader.source.text;
    while (start < reader.source.length && (text[start] == '\n' || text[start] == '\r')) start++;
    end = start;
    if (status == CAMPAIGN_OK) status = cpn_io_read_header(&reader, &end, error);
    if (status == CAMPAIGN_OK && self->group && cpn_io_find_column(&reader, self->group, reader.n_columns) < 0)
        status = cpn_io_fail_missing_column(&reader, self->group, error);
    const char delimiter = reader.source.delimiter;
    cpn_io_free_reader(&reader);
    if (status != CAMPAIGN_OK) return status;
    self->options.delimiter = delimiter;
    self->header_line = cpn_io_count_lines(self->text, start);
    self->header_length = (int64_t)(end - start);
    self->n_text -= (int64_t)start;
    memmove(self->text, (char *)self->text + start, (size_t)self->n_text);
    self->has_header = true;
    return CAMPAIGN_OK;
}

/* Reads until the header is whole: a quote in it may be open, or all lines so far may be blank. */
static campaign_status open_text(campaign_csv_batches *self, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    const int64_t least = self->options.delimiter == CAMPAIGN_CSV_DELIMITER_AUTO ? RECORDS_TO_GUESS_FROM : 1;
    for (int64_t wanted = least; !self->has_header; wanted = 2 * self->n_text + 1) {
        status = fill_text(self, wanted, error);
        if (status != CAMPAIGN_OK) return status;
        const bool is_all = self->is_at_end || wanted > MOST_TEXT;
        status = find_header(self, error);
        if (is_all || (status != CAMPAIGN_E_SYNTAX && status != CAMPAIGN_E_MISSING)) return status;
    }
    return status;
}

/* ---- Batches ---------------------------------------------------------------------------------------------------- */

static bool add_column(campaign_csv_batches *self, const campaign_csv_column *column)
{
    void *grown = self->columns;
    char *name = cpn_io_copy_text(column->name);
    const bool has_room =
        name && cpn_io_reserve(&grown, &self->column_capacity, self->n_columns + 1, sizeof *self->columns);
    self->columns = grown;
    if (!has_room) {
        free(name);
        return false;
    }
    self->columns[self->n_columns] = *column;
    self->columns[self->n_columns].size = sizeof *column;
    self->columns[self->n_columns++].name = name;
    return true;
}

/* Columns whose type was not declared have that of the first batch from then on. */
static campaign_status keep_types(campaign_csv_batches *self, const campaign_table *batch, campaign_error *error)
{
    const int32_t n = campaign_table_n_columns(batch);
    for (int32_t i = 0; i < n; i++) {
        campaign_column found = CAMPAIGN_COLUMN_INIT;
        const campaign_status status = campaign_table_column(&found, batch, i, error);
        if (status != CAMPAIGN_OK) return status;
        campaign_csv_column column = CAMPAIGN_CSV_COLUMN_INIT;
        column.name = found.name;
        int64_t known = 0;
        while (known < self->n_columns && strcmp(self->columns[known].name, column.name) != 0) known++;
        if (known == self->n_columns && !add_column(self, &column)) return cpn_io_fail_nomem(error);
        if (self->columns[known].type == 0) self->columns[known].type = found.type;
    }
    self->knows_types = true;
    return CAMPAIGN_OK;
}

/* Takes what a batch has had off the text, the header apart. */
static void drop_used(campaign_csv_batches *self, size_t n_used, int64_t n_rows)
{
    char *records = (char *)self->text + self->header_length;
    const size_t n = n_used - (size_t)self->header_length;
    self->lines_done += cpn_io_count_lines(records, n);
    self->rows_done += n_rows;
    self->n_text -= (int64_t)n;
    memmove(records, records + n, (size_t)(self->n_text - self->header_length));
}

/* A batch of the text as it is; NULL where it holds no whole group, or no record. */
static campaign_status read_batch(campaign_table **batch, campaign_csv_batches *self, const campaign_runtime *runtime,
                                  campaign_error *error)
{
    cpn_io_reader reader = make_reader(self, runtime);
    campaign_table *read = NULL;
    campaign_status status = cpn_io_read_source(&read, &reader, error);
    const bool has_rows = read && campaign_table_n_rows(read) > 0;
    if (has_rows && !self->knows_types) status = keep_types(self, read, error);
    if (has_rows && status == CAMPAIGN_OK) {
        drop_used(self, reader.n_used, reader.n_rows);
        *batch = read;
    } else {
        campaign_table_free(read);
    }
    cpn_io_free_reader(&reader);
    return status;
}

campaign_status campaign_io_next_csv_batch(campaign_table **batch, campaign_csv_batches *batches,
                                           const campaign_runtime *runtime, campaign_error *error)
{
    if (!batch) return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "batch", "batch is required");
    *batch = NULL;
    if (!batches) return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "batches", "batches is required");
    campaign_runtime known_runtime;
    campaign_status status = cpn_io_take_knobs(&known_runtime, sizeof known_runtime, runtime, "runtime", error);
    if (status == CAMPAIGN_OK && !batches->has_header) status = open_text(batches, error);
    int64_t wanted = batches->header_length + batches->batch_bytes;
    while (status == CAMPAIGN_OK && !*batch) {
        status = fill_text(batches, wanted, error);
        const bool is_last = batches->is_at_end;
        if (status == CAMPAIGN_OK) status = read_batch(batch, batches, runtime, error);
        if (is_last) break;
        wanted = 2 * batches->n_text;
        if (status == CAMPAIGN_OK && !*batch && wanted > MOST_TEXT)
            status = cpn_io_fail(error, CAMPAIGN_E_LIMIT, batches->rows_done, batches->path,
                                 "rows of one group, or a record, of more than 1 GiB");
    }
    return status;
}

/* ---- The handle ------------------------------------------------------------------------------------------------- */

static campaign_status copy_options(campaign_csv_batches *self, campaign_error *error)
{
    bool is_whole = true;
    for (int64_t i = 0; i < self->options.n_columns && is_whole; i++)
        is_whole = add_column(self, cpn_io_declared_column(&self->options, i));
    self->null_texts = cpn_io_alloc_zero(self->options.n_null_texts + 1, sizeof *self->null_texts);
    is_whole = is_whole && self->null_texts;
    for (int32_t i = 0; i < self->options.n_null_texts && is_whole; i++) {
        self->null_texts[i] = cpn_io_copy_text(self->options.null_texts[i]);
        is_whole = self->null_texts[i] != NULL;
    }
    self->n_lines_above = self->options.n_lines_before_header;
    self->options.n_lines_before_header = 0;
    return is_whole ? CAMPAIGN_OK : cpn_io_fail_nomem(error);
}

static campaign_status open_file(campaign_csv_batches *self, const char *path, const char *group, campaign_error *error)
{
    self->path = cpn_io_copy_text(path);
    self->group = group ? cpn_io_copy_text(group) : NULL;
    if (!self->path || (group && !self->group)) return cpn_io_fail_nomem(error);
    errno = 0;
    self->file = cpn_io_open_for_reading(path);
    if (!self->file) return cpn_io_fail_file(error, path, "open", errno);
    campaign_status status = start_file(self, error);
    if (status == CAMPAIGN_OK && self->options.encoding == CAMPAIGN_CSV_ENCODING_AUTO)
        status = find_encoding(self, error);
    return status == CAMPAIGN_OK ? open_text(self, error) : status;
}

static campaign_status check_options(const campaign_csv_options *options, int64_t batch_bytes, campaign_error *error)
{
    if (options->on_problem != CAMPAIGN_CSV_FAIL)
        return cpn_io_fail(error, CAMPAIGN_E_UNSUPPORTED, -1, "on_problem",
                           "rows cannot be skipped where a file is read in batches");
    if (batch_bytes < 0 || batch_bytes > LARGEST_BATCH)
        return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "batch_bytes",
                           "batch_bytes is %lld, expected 0 to 1073741824", (long long)batch_bytes);
    return CAMPAIGN_OK;
}

campaign_status campaign_io_open_csv_batches(campaign_csv_batches **batches, const char *path, const char *group,
                                             int64_t batch_bytes, const campaign_csv_options *options,
                                             campaign_error *error)
{
    if (!batches) return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "batches", "batches is required");
    *batches = NULL;
    if (!path) return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "path", "path is required");
    campaign_csv_options known;
    campaign_status status = cpn_io_take_options(&known, options, error);
    if (status == CAMPAIGN_OK) status = check_options(&known, batch_bytes, error);
    if (status != CAMPAIGN_OK) return status;
    campaign_csv_batches *made = cpn_io_alloc_zero(1, sizeof *made);
    if (!made) return cpn_io_fail_nomem(error);
    made->options = known;
    made->batch_bytes = batch_bytes ? batch_bytes : USUAL_BATCH;
    status = copy_options(made, error);
    if (status == CAMPAIGN_OK) status = open_file(made, path, group, error);
    if (status == CAMPAIGN_OK) {
        *batches = made;
    } else {
        campaign_csv_batches_free(made);
    }
    return status;
}

campaign_status campaign_io_rewind_csv_batches(campaign_csv_batches *batches, campaign_error *error)
{
    if (!batches) return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "batches", "batches is required");
    return start_file(batches, error);
}

void campaign_csv_batches_free(campaign_csv_batches *batches)
{
    if (!batches) return;
    if (batches->file) (void)fclose(batches->file);
    for (int64_t i = 0; i < batches->n_columns; i++)
        free((char *)(uintptr_t)batches->columns[i].name); /* our own copy */
    for (int32_t i = 0; batches->null_texts && i < batches->options.n_null_texts; i++) free(batches->null_texts[i]);
    free(batches->columns);
    free(batches->null_texts);
    free(batches->path);
    free(batches->group);
    free(batches->bytes);
    free(batches->text);
    free(batches);
}
