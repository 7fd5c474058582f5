/* What a workbook says about itself: its sheets, the texts they share, which number formats show dates. */
#if defined(CAMPAIGN_HAS_XLSX)
#include <stdlib.h>
#include <string.h>

#include "io/forms/workbook.h"

enum { MOST_STYLES = 65536, MOST_SHEETS = 4096 };

/* What one part fills. */
typedef struct reader {
    cpn_book *book;
    campaign_status status;
    cpn_io_text text; /* of the element that is open */
    bool is_in_text, is_phonetic, is_in_formats;
    bool *date_formats; /* by number of a format of the workbook's own */
    int64_t date_formats_capacity;
    const char *wanted; /* id of a relation */
    char *target;
} reader;

static char *copy(const char *text)
{
    const size_t length = strlen(text ? text : "");
    char *copied = cpn_io_alloc((int64_t)length + 1, 1);
    if (copied) memcpy(copied, text ? text : "", length + 1);
    return copied;
}

static void fail_memory(reader *self)
{
    self->status = cpn_io_fail_nomem(self->book->error);
}

/* ---- Sheets ---- */

static void start_workbook(void *ctx, const char *name, const char **attributes)
{
    reader *self = ctx;
    cpn_book *book = self->book;
    if (strcmp(name, "workbookPr") == 0) {
        const char *value = cpn_book_attribute(attributes, "date1904");
        book->begins_1904 = value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
    }
    if (strcmp(name, "sheet") != 0 || book->n_sheets >= MOST_SHEETS) return;
    void *sheets = book->sheets;
    if (!cpn_io_reserve(&sheets, &book->sheets_capacity, book->n_sheets + 1, sizeof *book->sheets)) {
        fail_memory(self);
        return;
    }
    const char *state = cpn_book_attribute(attributes, "state");
    book->sheets = sheets;
    cpn_book_sheet *sheet = &book->sheets[book->n_sheets++];
    sheet->is_hidden = state && strcmp(state, "visible") != 0;
    sheet->name = copy(cpn_book_attribute(attributes, "name"));
    sheet->relation = NULL;
    bool has_memory = sheet->name != NULL;
    for (const char **each = attributes; *each; each += 2) { /* r:id, beside sheetId */
        const size_t length = strlen(each[0]);
        if (length <= 3 || strcmp(each[0] + length - 3, ":id") != 0 || sheet->relation) continue;
        sheet->relation = copy(each[1]);
        has_memory = has_memory && sheet->relation;
    }
    if (!has_memory) fail_memory(self);
}

static void start_relation(void *ctx, const char *name, const char **attributes)
{
    reader *self = ctx;
    const char *id = cpn_book_attribute(attributes, "Id"), *target = cpn_book_attribute(attributes, "Target");
    if (strcmp(name, "Relationship") != 0 || self->target || !id || !target || strcmp(id, self->wanted) != 0) return;
    cpn_io_text path = { 0 };
    if (*target == '/')
        target++;
    else
        cpn_io_add(&path, "xl/", 3);
    cpn_io_add(&path, target, strlen(target));
    self->target = path.data;
    if (path.has_failed) fail_memory(self);
}

/* ---- Shared texts ---- */

static void start_string(void *ctx, const char *name, const char **attributes)
{
    reader *self = ctx;
    (void)attributes;
    if (strcmp(name, "si") == 0) self->text.length = 0;
    if (strcmp(name, "rPh") == 0) self->is_phonetic = true; /* how a word sounds, beside it */
    if (strcmp(name, "t") == 0) self->is_in_text = !self->is_phonetic;
}

static void end_string(void *ctx, const char *name)
{
    reader *self = ctx;
    if (strcmp(name, "t") == 0) self->is_in_text = false;
    if (strcmp(name, "rPh") == 0) self->is_phonetic = false;
    if (strcmp(name, "si") != 0) return;
    if (!self->text.data) cpn_io_add(&self->text, "", 0);
    if (self->text.has_failed) {
        fail_memory(self);
        return;
    }
    const size_t length = cpn_book_unescape(self->text.data, (size_t)self->text.length);
    if (!cpn_book_add_text(&self->book->strings, self->text.data, length)) fail_memory(self);
}

static void take_string(void *ctx, const char *text, size_t length)
{
    reader *self = ctx;
    if (self->is_in_text) cpn_io_add(&self->text, text, length);
}

/* ---- Formats ---- */

/* Formats that every program knows by number: dates and times of all languages. */
static bool is_known_date(int64_t id)
{
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

/* Whether a format's code has letters of dates outside quotes, brackets and escapes. */
static bool is_date_code(const char *code)
{
    for (; code && *code; code++) {
        if (*code == '"' || *code == '[') {
            const char *close = strchr(code + 1, *code == '"' ? '"' : ']');
            if (!close) return false;
            code = close;
        } else if (*code == '\\' || *code == '_' || *code == '*') {
            if (!*++code) return false;
        } else if (strncmp(code, "General", 7) == 0) {
            code += 6;
        } else if (strchr("yYmMdDhHsS", *code)) {
            return true;
        }
    }
    return false;
}

static void add_format(reader *self, const char **attributes)
{
    const int64_t id = cpn_book_number(cpn_book_attribute(attributes, "numFmtId"));
    if (id < 0 || id >= MOST_STYLES || !is_date_code(cpn_book_attribute(attributes, "formatCode"))) return;
    if (!self->date_formats) self->date_formats = cpn_io_alloc_zero(MOST_STYLES, sizeof *self->date_formats);
    if (self->date_formats)
        self->date_formats[id] = true;
    else
        fail_memory(self);
}

static void add_style(reader *self, const char **attributes)
{
    cpn_book *book = self->book;
    const int64_t id = cpn_book_number(cpn_book_attribute(attributes, "numFmtId"));
    void *styles = book->is_date;
    if (book->n_styles >= MOST_STYLES) return;
    if (!cpn_io_reserve(&styles, &book->styles_capacity, book->n_styles + 1, sizeof *book->is_date)) {
        fail_memory(self);
        return;
    }
    book->is_date = styles;
    const bool is_own_date = self->date_formats && id >= 0 && id < MOST_STYLES && self->date_formats[id];
    book->is_date[book->n_styles++] = is_known_date(id) || is_own_date;
}

static void start_style(void *ctx, const char *name, const char **attributes)
{
    reader *self = ctx;
    if (strcmp(name, "cellXfs") == 0) self->is_in_formats = true;
    if (strcmp(name, "numFmt") == 0) add_format(self, attributes);
    if (strcmp(name, "xf") == 0 && self->is_in_formats) add_style(self, attributes);
}

static void end_style(void *ctx, const char *name)
{
    reader *self = ctx;
    if (strcmp(name, "cellXfs") == 0) self->is_in_formats = false;
}

/* ---- Parts ---- */

campaign_status cpn_book_read_index(cpn_book *book)
{
    bool is_there;
    reader self = { .book = book };
    const cpn_book_handler sheets = { start_workbook, NULL, NULL, &self, &self.status };
    const cpn_book_handler strings = { start_string, end_string, take_string, &self, &self.status };
    const cpn_book_handler styles = { start_style, end_style, NULL, &self, &self.status };
    campaign_status status = cpn_book_read_part(&is_there, book, "xl/workbook.xml", &sheets);
    if (status == CAMPAIGN_OK && !is_there) status = cpn_book_fail(book, "xl/workbook.xml", "is not in the file");
    if (status == CAMPAIGN_OK) status = cpn_book_read_part(&is_there, book, "xl/sharedStrings.xml", &strings);
    if (status == CAMPAIGN_OK) status = cpn_book_read_part(&is_there, book, "xl/styles.xml", &styles);
    free(self.text.data);
    free(self.date_formats);
    return status;
}

campaign_status cpn_book_find_part(char **part, cpn_book *book, const cpn_book_sheet *sheet)
{
    bool is_there;
    reader self = { .book = book, .wanted = sheet->relation ? sheet->relation : "" };
    const cpn_book_handler relations = { start_relation, NULL, NULL, &self, &self.status };
    const campaign_status status = cpn_book_read_part(&is_there, book, "xl/_rels/workbook.xml.rels", &relations);
    *part = self.target;
    if (status == CAMPAIGN_OK && !self.target) return cpn_book_fail(book, sheet->name, "the sheet is not in the file");
    return status;
}
#else
typedef int cpn_book_is_not_built; /* a file of C has at least one declaration */
#endif
