/* Finds records and fields. A quote opens a quoted field only as its first character; anywhere else outside quotes it is
 * an ordinary character. Lines end in LF, CRLF or CR. */
#include "io/csv/scan.h"

#include <stdlib.h>
#include <string.h>

#include "io/word.h"

static bool ends_field(char c, char delimiter)
{
    return c == delimiter || c == '\n' || c == '\r';
}

/* Delimiters and line ends, one after the other, eight bytes at a time. */
typedef struct scanner {
    const char *at, *end;
    uint64_t found; /* top bits of those among the eight bytes at at that were not taken yet */
    char delimiter;
} scanner;

/* Top bits of the delimiters and line ends among the next eight bytes, as far as there are so many. */
static inline uint64_t find_marks(const scanner *self)
{
    uint64_t word;
    if (self->end - self->at >= 8) {
        word = cpn_io_load_word(self->at);
    } else {
        char padded[8] = { 0 };
        for (int i = 0; i < self->end - self->at; i++) padded[i] = self->at[i];
        word = cpn_io_load_word(padded);
    }
    return cpn_io_find_byte(word, (unsigned char)self->delimiter) | cpn_io_find_byte(word, '\n') |
           cpn_io_find_byte(word, '\r');
}

static inline void aim(scanner *self, const char *at)
{
    self->at = at;
    self->found = find_marks(self);
}

/* The next delimiter or line end; the end if there is none. */
static inline const char *take_mark(scanner *self)
{
    while (!self->found) {
        if (self->end - self->at <= 8) return self->end;
        aim(self, self->at + 8);
    }
    const char *mark = self->at + cpn_io_first_byte(self->found);
    self->found &= self->found - 1;
    return mark;
}

/* First delimiter or line end at or behind next; end if there is none. */
static const char *find_field_end(const char *next, const char *end, char delimiter)
{
    scanner self = { .end = end, .delimiter = delimiter };
    aim(&self, next);
    return take_mark(&self);
}

/* The quote that closes the field whose first character behind the opening quote is next; NULL if there is none. */
static const char *find_closing_quote(const char *next, const char *end)
{
    for (;;) {
        const char *quote = next < end ? memchr(next, '"', (size_t)(end - next)) : NULL;
        if (!quote) return NULL;
        if (quote + 1 == end || quote[1] != '"') return quote;
        next = quote + 2;
    }
}

/* Behind the line end at next. */
static const char *pass_line_end(const char *next, const char *end)
{
    return next + (*next == '\r' && next + 1 < end && next[1] == '\n' ? 2 : 1);
}

/* The end of the field at next. *garbage becomes the first character between a closing quote and that end, or stays.
 * NULL: the quote at next is never closed. */
static const char *pass_field(const char *next, const char *end, char delimiter, const char **garbage)
{
    if (next == end || *next != '"') return find_field_end(next, end, delimiter);
    const char *quote = find_closing_quote(next + 1, end);
    if (!quote) return NULL;
    const char *field_end = quote + 1;
    if (field_end == end || ends_field(*field_end, delimiter)) return field_end;
    if (!*garbage) *garbage = field_end;
    return find_field_end(field_end, end, delimiter);
}

/* ---- Blocks ----------------------------------------------------------------------------------------------------- */

/* Walks from quote to quote, so that unquoted text costs no more than memchr. */
typedef struct walk {
    const cpn_io_source *source;
    const char *next_quote; /* first quote at or behind the last place asked, or the end of the text */
    const char *unclosed;   /* the quote that is never closed */
    char line_end;          /* what ends the lines of this text */
} walk;

static const char *text_end(const cpn_io_source *source)
{
    return source->text + source->length;
}

/* First quote at or behind next that opens a field; the end of the text if there is none. */
static const char *find_opening_quote(walk *self, const char *next)
{
    const char *end = text_end(self->source);
    const char *quote = self->next_quote > next ? self->next_quote : next;
    for (;; quote++) {
        quote = quote < end ? memchr(quote, '"', (size_t)(end - quote)) : NULL;
        if (!quote) quote = end;
        self->next_quote = quote;
        if (quote == end || quote == self->source->text || ends_field(quote[-1], self->source->delimiter)) return quote;
    }
}

/* Leaves every quoted field that begins before limit; where it ends up is outside quotes and at or behind limit.
 * next must be outside quotes. NULL where a quote is never closed. */
static const char *leave_quotes(walk *self, const char *next, const char *limit)
{
    const char *end = text_end(self->source);
    for (;;) {
        const char *quote = find_opening_quote(self, next);
        if (quote >= limit) return next > limit ? next : limit;
        const char *closing = find_closing_quote(quote + 1, end);
        if (!closing) {
            self->unclosed = quote;
            return NULL;
        }
        next = closing + 1;
    }
}

/* The end of the block that begins at start: behind the first line end outside quotes from start + block_size on. */
static const char *find_block_end(walk *self, const char *start, size_t block_size)
{
    const char *end = text_end(self->source);
    const char *limit = (size_t)(end - start) > block_size ? start + block_size : end;
    const char *next = start;
    for (;;) {
        next = leave_quotes(self, next, limit);
        if (!next || next == end) return next;
        const char *line_end = memchr(next, self->line_end, (size_t)(end - next));
        if (!line_end) line_end = end;
        limit = line_end;
        next = leave_quotes(self, next, limit);
        if (!next) return NULL;
        if (next == limit) return next == end ? end : next + 1;
        limit = next; /* a quoted field reached over that line end */
    }
}

static bool add_block(cpn_io_block **blocks, int64_t *n_blocks, int64_t *capacity, size_t first, size_t last)
{
    void *grown = *blocks;
    if (!cpn_io_reserve(&grown, capacity, *n_blocks + 1, sizeof **blocks)) return false;
    *blocks = grown;
    (*blocks)[(*n_blocks)++] = (cpn_io_block){ .first = first, .last = last };
    return true;
}

campaign_status cpn_io_cut_blocks(cpn_io_block **blocks, int64_t *n_blocks, const cpn_io_source *source, size_t first,
                                  size_t block_size, size_t *bad_position)
{
    const char *text = source->text, *end = text_end(source), *start = text + first;
    walk self = { .source = source, .next_quote = start };
    self.line_end = first < source->length && memchr(start, '\n', source->length - first) ? '\n' : '\r';
    int64_t capacity = 0;
    *blocks = NULL;
    *n_blocks = 0;
    while (start < end) {
        const char *block_end = find_block_end(&self, start, block_size);
        if (!block_end) {
            *bad_position = (size_t)(self.unclosed - text);
            return CAMPAIGN_E_SYNTAX;
        }
        if ((uint64_t)(block_end - start) > (uint64_t)1 << 30) {
            *bad_position = (size_t)(start - text);
            return CAMPAIGN_E_LIMIT;
        }
        if (!add_block(blocks, n_blocks, &capacity, (size_t)(start - text), (size_t)(block_end - text)))
            return CAMPAIGN_E_NOMEM;
        start = block_end;
    }
    return CAMPAIGN_OK;
}

void cpn_io_free_blocks(cpn_io_block *blocks, int64_t n_blocks)
{
    for (int64_t i = 0; blocks && i < n_blocks; i++) {
        free(blocks[i].marks);
        free(blocks[i].bad);
    }
    free(blocks);
}

/* ---- Records ---------------------------------------------------------------------------------------------------- */

static bool note_bad(cpn_io_block *block, cpn_io_bad_record bad)
{
    if (!cpn_io_reserve(&block->bad, &block->bad_capacity, block->n_bad + 1, sizeof bad)) return false;
    ((cpn_io_bad_record *)block->bad)[block->n_bad++] = bad;
    return true;
}

/* The end of the field at next. *garbage as in pass_field. Every quote in a block is closed in it, because that is where
 * blocks are cut. */
static inline const char *take_field(scanner *marks, const char *next, const char **garbage)
{
    if (next == marks->end || *next != '"') return take_mark(marks);
    const char *field_end = pass_field(next, marks->end, marks->delimiter, garbage);
    if (!field_end || field_end == marks->end) field_end = marks->end;
    aim(marks, field_end < marks->end ? field_end + 1 : field_end);
    return field_end;
}

/* Marks the fields of the record at next and returns its end, which is a line end or the end of the block. */
static const char *index_record(uint32_t *fields, scanner *marks, const char *base, const char *next, int64_t n_fields,
                                cpn_io_bad_record *bad)
{
    const char *garbage = NULL, *start = next;
    int64_t n_found = 0;
    fields[0] = (uint32_t)(next - base);
    for (;;) {
        next = take_field(marks, next, &garbage);
        if (++n_found <= n_fields) fields[n_found] = (uint32_t)(next - base);
        if (next == marks->end || *next != marks->delimiter) break;
        next++;
    }
    if (n_found == n_fields && !garbage) return next;
    for (int64_t i = n_found + 1; i <= n_fields; i++) fields[i] = fields[n_found];
    bad->n_found = n_found;
    bad->flaw = garbage ? CPN_IO_AFTER_QUOTE : CPN_IO_RAGGED;
    bad->position = (size_t)((garbage ? garbage : start) - base);
    return next;
}

/* Behind the line end at next, which was the last mark taken. */
static const char *pass_marked_line_end(scanner *marks, const char *next)
{
    const char *after = pass_line_end(next, marks->end);
    if (after - next == 2) (void)take_mark(marks);
    return after;
}

campaign_status cpn_io_index_block(cpn_io_block *block, const cpn_io_source *source, int64_t n_fields)
{
    const char *base = source->text + block->first, *next = base;
    scanner marks = { .end = source->text + block->last, .delimiter = source->delimiter };
    /* Cells are seldom shorter than this, so the array seldom moves. */
    const int64_t usual = (marks.end - base) / 6 + n_fields + 1;
    if (!cpn_io_reserve(&block->marks, &block->mark_capacity, usual, sizeof(uint32_t))) return CAMPAIGN_E_NOMEM;
    aim(&marks, next);
    while (next < marks.end) {
        if (n_fields > 1 && (*next == '\n' || *next == '\r')) { /* blank: its line end is the next mark */
            next = pass_marked_line_end(&marks, take_mark(&marks));
            continue;
        }
        if (!cpn_io_reserve(&block->marks, &block->mark_capacity, block->n_marks + n_fields + 1, sizeof(uint32_t)))
            return CAMPAIGN_E_NOMEM;
        uint32_t *fields = (uint32_t *)block->marks + block->n_marks;
        cpn_io_bad_record bad = { .row = block->n_rows };
        next = index_record(fields, &marks, base, next, n_fields, &bad);
        bad.position += block->first;
        if (bad.n_found && !note_bad(block, bad)) return CAMPAIGN_E_NOMEM;
        block->n_marks += n_fields + 1;
        block->n_rows++;
        if (next < marks.end) next = pass_marked_line_end(&marks, next);
    }
    return CAMPAIGN_OK;
}

campaign_status cpn_io_read_record(cpn_io_cell **cells, int64_t *n_cells, size_t *position, const cpn_io_source *source,
                                   int64_t most)
{
    const char *at = source->text + *position, *end = text_end(source), *garbage = NULL;
    void *found = NULL;
    int64_t capacity = 0, n = 0;
    campaign_status status = CAMPAIGN_OK;
    for (;;) {
        const char *field_end = pass_field(at, end, source->delimiter, &garbage);
        if (!field_end || garbage) {
            if (garbage) at = garbage;
            status = CAMPAIGN_E_SYNTAX;
        } else if (n == most) {
            status = CAMPAIGN_E_LIMIT;
        } else if (!cpn_io_reserve(&found, &capacity, n + 1, sizeof(cpn_io_cell))) {
            status = CAMPAIGN_E_NOMEM;
        }
        if (status != CAMPAIGN_OK) break;
        const size_t n_quotes = at < end && *at == '"' ? 1 : 0;
        ((cpn_io_cell *)found)[n++] =
            (cpn_io_cell){ at + n_quotes, (size_t)(field_end - at) - 2 * n_quotes, n_quotes == 1 };
        at = field_end;
        if (at == end || *at != source->delimiter) break;
        at++;
    }
    if (status == CAMPAIGN_OK && at < end) at = pass_line_end(at, end);
    *position = (size_t)(at - source->text);
    *cells = found;
    *n_cells = n;
    return status;
}

/* ---- Cells ------------------------------------------------------------------------------------------------------ */

size_t cpn_io_copy_cell(char *to, cpn_io_cell cell)
{
    char *start = to;
    const char *next = cell.text, *end = cell.text + cell.length;
    while (cell.is_quoted) {
        const char *quote = memchr(next, '"', (size_t)(end - next));
        if (!quote) break;
        const size_t n = (size_t)(quote - next) + 1;
        memcpy(to, next, n);
        to += n;
        next += n + 1; /* the second quote of the pair */
        if (next >= end) return (size_t)(to - start);
    }
    if (next < end) memcpy(to, next, (size_t)(end - next));
    return (size_t)(to - start) + (size_t)(end - next);
}

size_t cpn_io_cell_length(cpn_io_cell cell)
{
    if (!cell.is_quoted) return cell.length;
    size_t n = cell.length;
    const char *next = cell.text, *end = cell.text + cell.length;
    while (next < end && (next = memchr(next, '"', (size_t)(end - next)))) {
        n--;
        next += 2;
    }
    return n;
}
