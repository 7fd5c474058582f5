/* A workbook's parts on their way into a grid. Included only where minizip and expat are there. */
#ifndef CPN_IO_FORM_WORKBOOK_H
#define CPN_IO_FORM_WORKBOOK_H

#include <expat.h>
#include <minizip/unzip.h>

#include "io/forms/grid.h"

/* Texts one after another; text i stands at places[i] … places[i + 1]. */
typedef struct cpn_book_texts {
    cpn_io_text data;
    int64_t *places;
    int64_t n, capacity;
} cpn_book_texts;

/* One sheet as the workbook lists it. */
typedef struct cpn_book_sheet {
    char *name, *relation;
    bool is_hidden;
} cpn_book_sheet;

/* An open workbook. */
typedef struct cpn_book {
    unzFile zip;
    const char *path;
    campaign_error *error;
    cpn_book_sheet *sheets;
    int64_t n_sheets, sheets_capacity;
    cpn_book_texts strings;
    bool *is_date; /* by style */
    int64_t n_styles, styles_capacity;
    bool begins_1904;
} cpn_book;

/* What a part's elements are given to. name is without its prefix; attributes as expat gives them. */
typedef struct cpn_book_handler {
    void (*start)(void *ctx, const char *name, const char **attributes);
    void (*end)(void *ctx, const char *name);
    void (*text)(void *ctx, const char *text, size_t length);
    void *ctx;
    campaign_status *status; /* not OK: the part is read no further */
} cpn_book_handler;

/* workbook_parts.c: reads one part; *is_there is false where the archive has none of that name. */
campaign_status cpn_book_read_part(bool *is_there, cpn_book *book, const char *name, const cpn_book_handler *handler);

/* The value of an attribute, whatever its prefix, or NULL. */
const char *cpn_book_attribute(const char **attributes, const char *name);

/* A whole number without sign; -1 where there is none. */
int64_t cpn_book_number(const char *text);

/* Undoes _x0041_ in a text, in place; returns its length. */
size_t cpn_book_unescape(char *text, size_t length);

bool cpn_book_add_text(cpn_book_texts *texts, const char *text, size_t length);

/* workbook_index.c: sheets, shared strings, which styles are dates; and the part that holds a sheet, owned. */
campaign_status cpn_book_read_index(cpn_book *book);
campaign_status cpn_book_find_part(char **part, cpn_book *book, const cpn_book_sheet *sheet);

/* workbook_sheet.c: the cells of a part. */
campaign_status cpn_book_read_sheet(cpn_grid *grid, cpn_book *book, const char *part);

campaign_status cpn_book_fail(const cpn_book *book, const char *part, const char *words);

#endif
