/* A table as CSV text. Quotes only where a reader would otherwise see something else. */
#include <campaign/io.h>
#include <stdlib.h>
#include <string.h>

#include "io/csv/read.h"
#include "io/file.h"

enum { CELL_ROOM = 64 };

typedef struct writer {
    cpn_io_text text;
    char delimiter;
    const char *line_end;
    bool guards_formulas;
} writer;

static bool needs_guard(const writer *self, const char *text, size_t length)
{
    if (!self->guards_formulas) return false;
    size_t i = 0;
    while (i < length && text[i] == '\'') i++; /* so that taking one apostrophe off always gives the text back */
    return i < length && memchr("=+-@\t\r", text[i], 6) != NULL;
}

static bool needs_quotes(const writer *self, const char *text, size_t length)
{
    if (length == 0) return true; /* the empty text is not null */
    for (size_t i = 0; i < length; i++)
        if (text[i] == '"' || text[i] == '\n' || text[i] == '\r' || text[i] == self->delimiter) return true;
    return false;
}

static void write_text(writer *self, const char *text, size_t length)
{
    const bool is_guarded = needs_guard(self, text, length);
    const bool is_quoted = needs_quotes(self, text, length);
    if (is_quoted) cpn_io_add_char(&self->text, '"');
    if (is_guarded) cpn_io_add_char(&self->text, '\'');
    const char *next = text, *end = text + length;
    while (is_quoted && next < end) {
        const char *quote = memchr(next, '"', (size_t)(end - next));
        if (!quote) break;
        cpn_io_add(&self->text, next, (size_t)(quote - next) + 1);
        cpn_io_add_char(&self->text, '"');
        next = quote + 1;
    }
    cpn_io_add(&self->text, next, (size_t)(end - next));
    if (is_quoted) cpn_io_add_char(&self->text, '"');
}

static void write_cell(writer *self, const campaign_table *table, int32_t column, int64_t row)
{
    size_t length;
    const char *text = campaign_table_text(table, column, row, &length);
    if (text) {
        write_text(self, text, length);
        return;
    }
    char cell[CELL_ROOM];
    length = campaign_table_format(cell, sizeof cell, table, column, row);
    if (length && memchr(cell, self->delimiter, length)) {
        write_text(self, cell, length); /* a colon as delimiter, say, and a timestamp */
    } else {
        cpn_io_add(&self->text, cell, length);
    }
}

static campaign_status write_header(writer *self, const campaign_table *table, campaign_error *error)
{
    const int32_t n_columns = campaign_table_n_columns(table);
    for (int32_t i = 0; i < n_columns; i++) {
        campaign_column column = CAMPAIGN_COLUMN_INIT;
        const campaign_status status = campaign_table_column(&column, table, i, error);
        if (status != CAMPAIGN_OK) return status;
        if (i) cpn_io_add_char(&self->text, self->delimiter);
        write_text(self, column.name, strlen(column.name));
    }
    cpn_io_add(&self->text, self->line_end, strlen(self->line_end));
    return CAMPAIGN_OK;
}

static campaign_status write_table(writer *self, const campaign_table *table, campaign_error *error)
{
    const campaign_status status = write_header(self, table, error);
    if (status != CAMPAIGN_OK) return status;
    const int32_t n_columns = campaign_table_n_columns(table);
    const int64_t n_rows = campaign_table_n_rows(table);
    for (int64_t row = 0; row < n_rows && !self->text.has_failed; row++) {
        for (int32_t i = 0; i < n_columns; i++) {
            if (i) cpn_io_add_char(&self->text, self->delimiter);
            write_cell(self, table, i, row);
        }
        cpn_io_add(&self->text, self->line_end, strlen(self->line_end));
    }
    return self->text.has_failed ? cpn_io_fail_nomem(error) : CAMPAIGN_OK;
}

static campaign_status check_options(campaign_csv_write_options *ours, const campaign_csv_write_options *options,
                                     campaign_error *error)
{
    const campaign_status status = cpn_io_take_knobs(ours, sizeof *ours, options, "options", error);
    if (status != CAMPAIGN_OK) return status;
    if (ours->delimiter != 0 && !cpn_io_is_delimiter(ours->delimiter))
        return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "delimiter",
                           "delimiter is %ld, expected an ASCII character that is no letter, digit, quote, dot or sign",
                           (long)ours->delimiter);
    if (ours->line_end != CAMPAIGN_CSV_CRLF && ours->line_end != CAMPAIGN_CSV_LF)
        return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "line_end",
                           "line_end is %ld, expected CAMPAIGN_CSV_CRLF or CAMPAIGN_CSV_LF", (long)ours->line_end);
    if (ours->reserved) return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "reserved", "reserved must be 0");
    return CAMPAIGN_OK;
}

campaign_status campaign_io_format_csv(char **text, size_t *length, const campaign_table *table,
                                       const campaign_csv_write_options *options, campaign_error *error)
{
    if (!text) return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "text", "text is required");
    *text = NULL;
    if (length) *length = 0;
    if (!table) return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "table", "table is required");
    campaign_csv_write_options knobs;
    campaign_status status = check_options(&knobs, options, error);
    if (status != CAMPAIGN_OK) return status;
    writer self = { .delimiter = (char)(knobs.delimiter ? knobs.delimiter : ','),
                    .line_end = knobs.line_end == CAMPAIGN_CSV_LF ? "\n" : "\r\n",
                    .guards_formulas = knobs.guards_formulas != 0 };
    if (!knobs.omits_bom) cpn_io_add(&self.text, "\xEF\xBB\xBF", 3);
    status = write_table(&self, table, error);
    if (status != CAMPAIGN_OK) {
        free(self.text.data);
        return status;
    }
    *text = self.text.data;
    if (length) *length = (size_t)self.text.length;
    return CAMPAIGN_OK;
}

campaign_status campaign_io_write_csv(const char *path, const campaign_table *table,
                                      const campaign_csv_write_options *options, campaign_error *error)
{
    if (!path) return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "path", "path is required");
    char *text;
    size_t length;
    campaign_status status = campaign_io_format_csv(&text, &length, table, options, error);
    if (status != CAMPAIGN_OK) return status;
    status = cpn_io_write_file(path, text, length, error);
    campaign_text_free(text);
    return status;
}
