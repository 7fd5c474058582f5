/* The header line: names of the columns, and which of them the caller has declared. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/csv/read.h"

enum { MOST_COLUMNS = 4096, GUESS_RECORDS = 20 };

/* ---- Which delimiter -------------------------------------------------------------------------------------------- */

/* How one delimiter cuts the first records. */
typedef struct cutting {
    char delimiter;
    bool is_even; /* all records have as many fields as the header */
    int64_t n_fields;
} cutting;

static bool is_better(const cutting *left, const cutting *right)
{
    if (left->is_even != right->is_even) return left->is_even;
    return left->n_fields > right->n_fields;
}

/* E_NOMEM, or OK: a text that cannot be cut is not even. */
static campaign_status try_delimiter(cutting *result, cpn_io_source source, size_t position, char delimiter)
{
    source.delimiter = delimiter;
    *result = (cutting){ .delimiter = delimiter, .is_even = true };
    for (int i = 0; i < GUESS_RECORDS && position < source.length; i++) {
        cpn_io_cell *cells = NULL;
        int64_t n = 0;
        const campaign_status status = cpn_io_read_record(&cells, &n, &position, &source, MOST_COLUMNS);
        const bool is_blank = status == CAMPAIGN_OK && n == 1 && cells[0].length == 0;
        free(cells);
        if (status == CAMPAIGN_E_NOMEM) return status;
        if (status != CAMPAIGN_OK) result->is_even = false;
        if (status != CAMPAIGN_OK) break;
        if (i == 0) result->n_fields = n;
        if (!is_blank && n != result->n_fields) result->is_even = false;
    }
    if (result->n_fields < 2) result->is_even = false;
    return CAMPAIGN_OK;
}

campaign_status cpn_io_guess_delimiter(cpn_io_source *source, size_t position)
{
    static const char candidates[] = { ',', '\t', ';', '|' };
    cutting best = { .delimiter = ',' };
    for (size_t i = 0; i < sizeof candidates; i++) {
        cutting found;
        const campaign_status status = try_delimiter(&found, *source, position, candidates[i]);
        if (status != CAMPAIGN_OK) return status;
        if (found.n_fields > 1 && is_better(&found, &best)) best = found;
    }
    source->delimiter = best.delimiter;
    return CAMPAIGN_OK;
}

/* ---- Names ------------------------------------------------------------------------------------------------------ */

/* The text of a header cell, runs of line breaks and other control characters made one blank, blanks at the ends
 * dropped. */
static char *copy_name(cpn_io_cell cell)
{
    char *name = cpn_io_alloc((int64_t)cell.length + 1, 1);
    if (!name) return NULL;
    const size_t n = cpn_io_copy_cell(name, cell);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        const bool is_control = (unsigned char)name[i] < ' ' || name[i] == 0x7F;
        if (is_control && kept && name[kept - 1] == ' ') continue;
        name[kept++] = is_control ? ' ' : name[i];
    }
    const char *start = name;
    cpn_io_trim(&start, &kept);
    memmove(name, start, kept);
    name[kept] = '\0';
    return name;
}

int64_t cpn_io_find_column(const cpn_io_reader *reader, const char *name, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        if (strcmp(reader->columns[i].name, name) == 0) return i;
    return -1;
}

/* "the header has: a, b, c", as far as there is room. */
campaign_status cpn_io_fail_missing_column(const cpn_io_reader *reader, const char *name, campaign_error *error)
{
    char names[160] = "";
    size_t length = 0;
    for (int64_t i = 0; i < reader->n_columns && length < sizeof names - 1; i++) {
        const int n = snprintf(names + length, sizeof names - length, "%s%s", i ? ", " : "", reader->columns[i].name);
        length += n > 0 ? (size_t)n : 0;
    }
    names[cpn_io_utf8_cut(names, strlen(names), sizeof names - 4)] = '\0';
    const bool is_one = reader->n_columns == 1 && strpbrk(reader->columns[0].name, ",;\t|");
    return cpn_io_fail(error, CAMPAIGN_E_COLUMN, -1, name, "there is no column \"%s\"; the header has: %s%s", name,
                       names, is_one ? " (perhaps with another delimiter)" : "");
}

static campaign_status fail_duplicate(const cpn_io_reader *reader, int64_t index, int64_t first, size_t position,
                                      campaign_error *error)
{
    char words[200];
    (void)snprintf(words, sizeof words, "the header has \"%.100s\" twice, as column %lld and column %lld",
                   reader->columns[index].name, (long long)first + 1, (long long)index + 1);
    return cpn_io_fail_at(reader, CAMPAIGN_E_DUPLICATE, position, words, error);
}

/* ---- Columns ---------------------------------------------------------------------------------------------------- */

static campaign_status make_columns(cpn_io_reader *reader, const cpn_io_cell *cells, campaign_error *error)
{
    reader->columns = cpn_io_alloc_zero(reader->n_fields, sizeof *reader->columns);
    if (!reader->columns) return cpn_io_fail_nomem(error);
    for (int64_t i = 0; i < reader->n_fields; i++) {
        cpn_io_column *column = &reader->columns[i];
        reader->n_columns = i + 1;
        column->name = copy_name(cells[i]);
        if (!column->name) return cpn_io_fail_nomem(error);
        column->field = i;
        column->is_nameless = !*column->name;
        column->terms.has_utc_offset = reader->options.has_utc_offset != 0;
        column->terms.utc_offset_minutes = reader->options.utc_offset_minutes;
        const int64_t twin = column->is_nameless ? -1 : cpn_io_find_column(reader, column->name, i);
        if (twin >= 0)
            return fail_duplicate(reader, i, twin, (size_t)(cells[i].text - reader->source.text) - cells[i].is_quoted,
                                  error);
    }
    return CAMPAIGN_OK;
}

static campaign_status declare_columns(cpn_io_reader *reader, bool *is_wanted, campaign_error *error)
{
    const campaign_csv_options *options = &reader->options;
    for (int64_t i = 0; i < options->n_columns; i++) {
        const campaign_csv_column *declared = cpn_io_declared_column(options, i);
        const int64_t index = cpn_io_find_column(reader, declared->name, reader->n_columns);
        cpn_io_terms unused = { 0 };
        cpn_io_terms *terms = index >= 0 ? &reader->columns[index].terms : &unused;
        const campaign_status status = cpn_io_take_terms(terms, options, i, error);
        if (status != CAMPAIGN_OK) return status;
        if (index < 0 && !declared->is_optional) return cpn_io_fail_missing_column(reader, declared->name, error);
        if (index < 0) continue;
        reader->columns[index].is_declared = declared->type != 0;
        is_wanted[index] = true;
    }
    return CAMPAIGN_OK;
}

/* Leaves out what was not declared, where the caller wants nothing else. */
static void drop_columns(cpn_io_reader *reader, const bool *is_wanted)
{
    int64_t n = 0;
    for (int64_t i = 0; i < reader->n_columns; i++) {
        if (is_wanted[i]) {
            reader->columns[n++] = reader->columns[i];
        } else {
            free(reader->columns[i].name);
        }
    }
    memset(reader->columns + n, 0, (size_t)(reader->n_columns - n) * sizeof *reader->columns);
    reader->n_columns = n;
}

static bool has_named(const cpn_io_reader *reader)
{
    for (int64_t i = 0; i < reader->n_columns; i++)
        if (!reader->columns[i].is_nameless) return true;
    return false;
}

static campaign_status use_header(cpn_io_reader *reader, const cpn_io_cell *cells, campaign_error *error)
{
    campaign_status status = make_columns(reader, cells, error);
    if (status != CAMPAIGN_OK) return status;
    bool *is_wanted = cpn_io_alloc_zero(reader->n_fields, sizeof *is_wanted);
    if (!is_wanted) return cpn_io_fail_nomem(error);
    status = declare_columns(reader, is_wanted, error);
    if (status == CAMPAIGN_OK && reader->options.keeps_only_declared) drop_columns(reader, is_wanted);
    free(is_wanted);
    return status;
}

campaign_status cpn_io_read_header(cpn_io_reader *reader, size_t *position, campaign_error *error)
{
    const cpn_io_source *source = &reader->source;
    while (*position < source->length && (source->text[*position] == '\n' || source->text[*position] == '\r'))
        ++*position;
    const size_t start = *position;
    if (start == source->length)
        return cpn_io_fail_at(reader, CAMPAIGN_E_MISSING, start, "there is no header line: the text is empty", error);
    cpn_io_cell *cells = NULL;
    campaign_status status = cpn_io_read_record(&cells, &reader->n_fields, position, source, MOST_COLUMNS);
    if (status == CAMPAIGN_OK) {
        status = use_header(reader, cells, error);
        if (status == CAMPAIGN_OK && !has_named(reader))
            status = cpn_io_fail_at(reader, CAMPAIGN_E_MISSING, start, "the header names no column to be read", error);
    } else if (status == CAMPAIGN_E_SYNTAX) {
        status =
            cpn_io_fail_at(reader, status, *position, "a quote in the header is not closed as it should be", error);
    } else if (status == CAMPAIGN_E_LIMIT) {
        status = cpn_io_fail_at(reader, status, start, "the header has more than 4096 columns", error);
    } else {
        status = cpn_io_fail_nomem(error);
    }
    free(cells);
    return status;
}
