/* Parts of a workbook: unpacked by minizip, read by expat piece by piece, with limits against what grows without end. */
#if defined(CAMPAIGN_HAS_XLSX)
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/forms/workbook.h"

enum { PIECE = 65536, MOST_DEPTH = 64 };

typedef struct part {
    const cpn_book_handler *handler;
    XML_Parser parser;
    int depth;
    bool is_refused;
} part;

campaign_status cpn_book_fail(const cpn_book *book, const char *name, const char *words)
{
    return cpn_io_fail(book->error, CAMPAIGN_E_SYNTAX, -1, book->path, "%s: %s", name, words);
}

/* Name without its namespace's prefix. */
static const char *plain_name(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

const char *cpn_book_attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (strcmp(plain_name(attributes[0]), name) == 0) return attributes[1];
    return NULL;
}

int64_t cpn_book_number(const char *text)
{
    int64_t number = 0;
    if (!text || !*text) return -1;
    for (; *text; text++) {
        if (*text < '0' || *text > '9' || number > 100000000) return -1;
        number = number * 10 + (*text - '0');
    }
    return number;
}

static void XMLCALL start(void *ctx, const XML_Char *name, const XML_Char **attributes)
{
    part *self = ctx;
    if (++self->depth > MOST_DEPTH) self->is_refused = true;
    if (!self->is_refused && *self->handler->status == CAMPAIGN_OK && self->handler->start)
        self->handler->start(self->handler->ctx, plain_name(name), (const char **)attributes);
}

static void XMLCALL end(void *ctx, const XML_Char *name)
{
    part *self = ctx;
    self->depth--;
    if (!self->is_refused && *self->handler->status == CAMPAIGN_OK && self->handler->end)
        self->handler->end(self->handler->ctx, plain_name(name));
}

static void XMLCALL take_text(void *ctx, const XML_Char *text, int length)
{
    part *self = ctx;
    if (!self->is_refused && *self->handler->status == CAMPAIGN_OK && self->handler->text)
        self->handler->text(self->handler->ctx, text, (size_t)length);
}

/* No workbook has one, and entities are how small files become large. */
static void XMLCALL refuse_doctype(void *ctx, const XML_Char *name, const XML_Char *system, const XML_Char *public_id,
                                   int has_internal)
{
    part *self = ctx;
    (void)name;
    (void)system;
    (void)public_id;
    (void)has_internal;
    self->is_refused = true;
    (void)XML_StopParser(self->parser, XML_FALSE);
}

/* Unpacks and parses; the current file of the archive is open. */
static campaign_status parse(cpn_book *book, const char *name, part *self)
{
    int64_t n_bytes = 0;
    for (;;) {
        void *piece = XML_GetBuffer(self->parser, PIECE);
        if (!piece) return cpn_io_fail_nomem(book->error);
        const int n = unzReadCurrentFile(book->zip, piece, PIECE);
        if (n < 0) return cpn_book_fail(book, name, "cannot be unpacked");
        n_bytes += n;
        if (n_bytes > CPN_GRID_MOST_BYTES)
            return cpn_io_fail(book->error, CAMPAIGN_E_LIMIT, -1, book->path, "%s has more than 512 MiB", name);
        const bool is_parsed = XML_ParseBuffer(self->parser, n, n == 0) == XML_STATUS_OK;
        if (*self->handler->status != CAMPAIGN_OK) return *self->handler->status;
        if (self->is_refused) return cpn_book_fail(book, name, "is no part of a workbook");
        if (!is_parsed && XML_GetErrorCode(self->parser) == XML_ERROR_NO_MEMORY) return cpn_io_fail_nomem(book->error);
        if (!is_parsed) return cpn_book_fail(book, name, "is broken XML");
        if (n == 0) return CAMPAIGN_OK;
    }
}

campaign_status cpn_book_read_part(bool *is_there, cpn_book *book, const char *name, const cpn_book_handler *handler)
{
    enum { IGNORE_CASE = 2 };
    *is_there = unzLocateFile(book->zip, name, IGNORE_CASE) == UNZ_OK;
    if (!*is_there) return CAMPAIGN_OK;
    part self = { .handler = handler, .parser = XML_ParserCreate(NULL) };
    if (!self.parser) return cpn_io_fail_nomem(book->error);
    XML_SetUserData(self.parser, &self);
    XML_SetElementHandler(self.parser, start, end);
    XML_SetCharacterDataHandler(self.parser, take_text);
    XML_SetStartDoctypeDeclHandler(self.parser, refuse_doctype);
    campaign_status status = CAMPAIGN_OK;
    if (unzOpenCurrentFile(book->zip) != UNZ_OK) {
        status = cpn_book_fail(book, name, "cannot be unpacked");
    } else {
        status = parse(book, name, &self);
        if (unzCloseCurrentFile(book->zip) == UNZ_CRCERROR && status == CAMPAIGN_OK)
            status = cpn_book_fail(book, name, "is damaged: its checksum is wrong");
    }
    XML_ParserFree(self.parser);
    return status;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    return (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* Code point of "_x0041_" at text, or -1. */
static int32_t escaped_point(const char *text, size_t length)
{
    int32_t point = 0;
    if (length < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_') return -1;
    for (int i = 2; i < 6; i++) {
        const int digit = hex_digit(text[i]);
        if (digit < 0) return -1;
        point = point * 16 + digit;
    }
    /* Zero ends texts, and halves of pairs are no characters: both are left as they are written. */
    return point == 0 || (point >= 0xD800 && point <= 0xDFFF) ? -1 : point;
}

size_t cpn_book_unescape(char *text, size_t length)
{
    size_t n = 0;
    for (size_t i = 0; i < length; i++) {
        const int32_t point = escaped_point(text + i, length - i);
        if (point < 0) {
            text[n++] = text[i];
            continue;
        }
        if (point < 0x80) {
            text[n++] = (char)point;
        } else if (point < 0x800) {
            text[n++] = (char)(0xC0 | point >> 6);
            text[n++] = (char)(0x80 | (point & 0x3F));
        } else {
            text[n++] = (char)(0xE0 | point >> 12);
            text[n++] = (char)(0x80 | (point >> 6 & 0x3F));
            text[n++] = (char)(0x80 | (point & 0x3F));
        }
        i += 6;
    }
    return n;
}

bool cpn_book_add_text(cpn_book_texts *texts, const char *text, size_t length)
{
    void *places = texts->places;
    if (!cpn_io_reserve(&places, &texts->capacity, texts->n + 2, sizeof *texts->places)) return false;
    texts->places = places;
    texts->places[texts->n] = texts->data.length;
    cpn_io_add(&texts->data, text, length);
    texts->places[++texts->n] = texts->data.length;
    return !texts->data.has_failed;
}
#else
typedef int cpn_book_is_not_built; /* a file of C has at least one declaration */
#endif
