/* Opens a workbook and chooses the sheet that holds a form. */
#include "io/forms/grid.h"
#if defined(CAMPAIGN_HAS_XLSX)
#include <stdlib.h>
#include <string.h>

#include "io/forms/workbook.h"

static const cpn_book_sheet *find_sheet(const cpn_book *book, const char *name)
{
    for (int64_t i = 0; i < book->n_sheets; i++)
        if (strcmp(book->sheets[i].name, name) == 0) return &book->sheets[i];
    return NULL;
}

static const cpn_book_sheet *find_visible(const cpn_book *book)
{
    for (int64_t i = 0; i < book->n_sheets; i++)
        if (!book->sheets[i].is_hidden) return &book->sheets[i];
    return NULL;
}

static campaign_status refuse_sheet(const cpn_book *book, const char *wanted)
{
    const char *names[64];
    int32_t n = 0;
    for (int64_t i = 0; i < book->n_sheets && n < 64; i++) names[n++] = book->sheets[i].name;
    const int32_t nearest = cpn_form_nearest(wanted, strlen(wanted), names, n);
    if (nearest >= 0)
        return cpn_io_fail(book->error, CAMPAIGN_E_UNKNOWN, -1, "sheet",
                           "the workbook has no sheet \"%s\"; did you mean \"%s\"?", wanted, names[nearest]);
    return cpn_io_fail(book->error, CAMPAIGN_E_UNKNOWN, -1, "sheet", "the workbook has no sheet \"%s\", but %ld others",
                       wanted, (long)book->n_sheets);
}

static campaign_status choose_sheet(const cpn_book_sheet **sheet, const cpn_book *book, const char *wanted,
                                    const cpn_form *form)
{
    if (wanted) {
        *sheet = find_sheet(book, wanted);
        return *sheet ? CAMPAIGN_OK : refuse_sheet(book, wanted);
    }
    *sheet = find_sheet(book, form->zh);
    if (!*sheet) *sheet = find_sheet(book, form->en);
    if (!*sheet) *sheet = find_sheet(book, form->id);
    if (!*sheet) *sheet = find_visible(book);
    return *sheet ? CAMPAIGN_OK : cpn_book_fail(book, "xl/workbook.xml", "the workbook shows no sheet");
}

static campaign_status read_sheet(cpn_grid *grid, cpn_book *book, const cpn_book_sheet *sheet)
{
    char *part = NULL;
    const size_t length = strlen(sheet->name);
    grid->name = cpn_io_alloc((int64_t)length + 1, 1);
    if (!grid->name) return cpn_io_fail_nomem(book->error);
    memcpy(grid->name, sheet->name, length + 1);
    campaign_status status = cpn_book_find_part(&part, book, sheet);
    if (status == CAMPAIGN_OK) status = cpn_book_read_sheet(grid, book, part);
    free(part);
    return status;
}

campaign_status cpn_grid_read_xlsx(cpn_grid *grid, const char *path, const char *sheet, const cpn_form *form,
                                   campaign_error *error)
{
    const cpn_book_sheet *chosen = NULL;
    cpn_book book = { .path = path, .error = error, .zip = unzOpen64(path) };
    if (!book.zip) return cpn_io_fail(error, CAMPAIGN_E_SYNTAX, -1, path, "is a broken archive, or memory is out");
    campaign_status status = cpn_book_read_index(&book);
    if (status == CAMPAIGN_OK) status = choose_sheet(&chosen, &book, sheet, form);
    if (status == CAMPAIGN_OK) status = read_sheet(grid, &book, chosen);
    (void)unzClose(book.zip);
    for (int64_t i = 0; i < book.n_sheets; i++) {
        free(book.sheets[i].name);
        free(book.sheets[i].relation);
    }
    free(book.sheets);
    free(book.strings.data.data);
    free(book.strings.places);
    free(book.is_date);
    return status;
}
#else
campaign_status cpn_grid_read_xlsx(cpn_grid *grid, const char *path, const char *sheet, const cpn_form *form,
                                   campaign_error *error)
{
    (void)grid;
    (void)sheet;
    (void)form;
    return cpn_io_fail(error, CAMPAIGN_E_UNSUPPORTED, -1, path,
                       "this build of libcampaign-io reads no workbooks, it has no minizip and expat; save it as CSV");
}
#endif
