/* A workbook from its sheets to the file: checks, libxlsxwriter's life, the file beside and its new name. */
#if defined(CAMPAIGN_HAS_XLSX)
#if !defined(_XOPEN_SOURCE)
#define _XOPEN_SOURCE 700 /* newlocale */
#endif
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "io/file.h"
#include "io/forms/xlsx_sheet.h"

enum { FIRST_CREATED_DAY = 3652 }; /* 1980-01-01, where the dates of ZIP archives begin */

/* What one call holds. */
typedef struct writer {
    cpn_form_style style;
    int32_t n_sheets;
    cpn_form_layout *layouts;
    char (*names)[CPN_XLSX_NAME_ROOM];
    cpn_xlsx_book book;
} writer;

/* The sheet of that index: elements may be larger than ours. */
static const campaign_sheet *sheet_at(const campaign_workbook *workbook, int32_t index)
{
    return (const campaign_sheet *)(const void *)((const char *)workbook->sheets +
                                                  (size_t)index * workbook->sheets->size);
}

static campaign_status check_workbook(campaign_workbook *ours, const campaign_workbook *workbook, campaign_error *error)
{
    const campaign_status status = cpn_io_take_knobs(ours, sizeof *ours, workbook, "workbook", error);
    if (status != CAMPAIGN_OK) return status;
    if (ours->n_sheets < 1 || ours->n_sheets > CPN_XLSX_MOST_SHEETS || !ours->sheets)
        return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "workbook.sheets", "n_sheets is %ld, expected 1 to %d",
                           (long)ours->n_sheets, CPN_XLSX_MOST_SHEETS);
    if (ours->sheets->size < sizeof(campaign_sheet) || ours->sheets->size > 4096)
        return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, "workbook.sheets", "size is %lu: use CAMPAIGN_SHEET_INIT",
                           (unsigned long)ours->sheets->size);
    return CAMPAIGN_OK;
}

static void choose_name(writer *self, const campaign_sheet *sheet, int32_t index)
{
    const cpn_form *form = self->layouts[index].form;
    char numbered[16] = "Sheet", digits[4];
    size_t n = 5, n_digits = 0;
    for (int32_t rest = index + 1; rest; rest /= 10) digits[n_digits++] = (char)('0' + rest % 10);
    while (n_digits) numbered[n++] = digits[--n_digits];
    const char *wish = sheet->name ? sheet->name : !form ? numbered : self->style.is_chinese ? form->zh : form->en;
    cpn_xlsx_name_sheet(self->names[index], wish, self->names, index);
}

static campaign_status lay_out(writer *self, const campaign_workbook *workbook, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    self->layouts = cpn_io_alloc_zero(workbook->n_sheets, sizeof *self->layouts);
    self->names = cpn_io_alloc_zero(workbook->n_sheets + 1, sizeof *self->names);
    if (!self->layouts || !self->names) return cpn_io_fail_nomem(error);
    for (int32_t i = 0; i < workbook->n_sheets && status == CAMPAIGN_OK; i++) {
        const campaign_sheet *sheet = sheet_at(workbook, i);
        status = cpn_form_lay_out(&self->layouts[i], sheet, &self->style, error);
        if (status == CAMPAIGN_OK) choose_name(self, sheet, i);
        self->n_sheets = i + 1;
    }
    return status;
}

static campaign_status set_properties(lxw_workbook *book, const campaign_form_options *options, campaign_error *error)
{
    const int64_t day = options->has_created_day ? options->created_day : FIRST_CREATED_DAY;
    lxw_doc_properties properties = { 0 };
    /* Noon, because libxlsxwriter reads the very first second of 1970 as "now". */
    properties.created = (time_t)(day * 86400 + 43200);
    const lxw_error code = workbook_set_properties(book, &properties);
    return code == LXW_NO_ERROR ? CAMPAIGN_OK : cpn_xlsx_fail(code, "properties", error);
}

static campaign_status fill_sheets(writer *self, lxw_worksheet **sheets, campaign_error *error)
{
    cpn_xlsx_book *book = &self->book;
    cpn_xlsx_name_sheet(book->lists_name, self->style.is_chinese ? "名单" : "lists", self->names, self->n_sheets);
    for (int32_t i = 0; i < self->n_sheets; i++)
        if (!(sheets[i] = workbook_add_worksheet(book->book, self->names[i]))) return cpn_io_fail_nomem(error);
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < self->n_sheets && status == CAMPAIGN_OK; i++)
        status = cpn_xlsx_fill(book, sheets[i], self->names[i], &self->layouts[i], error);
    return status;
}

static campaign_status build(writer *self, const char *name, const char *path, campaign_error *error)
{
    lxw_workbook *book = workbook_new(name);
    if (!book) return cpn_io_fail_nomem(error);
    self->book = (cpn_xlsx_book){ .book = book, .style = &self->style };
    lxw_worksheet **sheets = cpn_io_alloc_zero(self->n_sheets, sizeof *sheets);
    campaign_status status = sheets ? set_properties(book, &self->style.options, error) : cpn_io_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = fill_sheets(self, sheets, error);
    /* Closing writes the file, and is the only way to free the book: after a failure the file is removed again. */
    const lxw_error code = workbook_close(book);
    if (status == CAMPAIGN_OK && code != LXW_NO_ERROR) status = cpn_xlsx_fail(code, path, error);
    free(sheets);
    return status;
}

/* libxlsxwriter prints numbers as the locale says; this thread writes them as the file format says. */
static campaign_status build_without_locale(writer *self, const char *name, const char *path, campaign_error *error)
{
    const locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (plain == (locale_t)0) return cpn_io_fail_nomem(error);
    const locale_t before = uselocale(plain);
    const campaign_status status = build(self, name, path, error);
    (void)uselocale(before);
    freelocale(plain);
    return status;
}

static campaign_status save(writer *self, const char *path, campaign_error *error)
{
    cpn_io_replacement file;
    campaign_status status = cpn_io_begin_replacement(&file, path, error);
    if (status != CAMPAIGN_OK) return status;
    status = build_without_locale(self, file.name, path, error);
    return cpn_io_end_replacement(&file, path, status, error);
}

campaign_status campaign_io_write_xlsx(const char *path, const campaign_workbook *workbook,
                                       const campaign_form_options *options, campaign_error *error)
{
    if (!path || !workbook)
        return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, path ? "workbook" : "path",
                           "path and workbook are required");
    writer self = { 0 };
    campaign_workbook ours;
    campaign_status status = check_workbook(&ours, workbook, error);
    if (status == CAMPAIGN_OK) status = cpn_form_take_options(&self.style, options, error);
    if (status == CAMPAIGN_OK) status = lay_out(&self, &ours, error);
    if (status == CAMPAIGN_OK) status = save(&self, path, error);
    for (int32_t i = 0; i < self.n_sheets; i++) cpn_form_free_layout(&self.layouts[i]);
    free(self.layouts);
    free(self.names);
    return status;
}
#else
#include "io/forms/form.h"

campaign_status campaign_io_write_xlsx(const char *path, const campaign_workbook *workbook,
                                       const campaign_form_options *options, campaign_error *error)
{
    (void)workbook;
    (void)options;
    return cpn_io_fail(error, CAMPAIGN_E_UNSUPPORTED, -1, path,
                       "this build of libcampaign-io has no libxlsxwriter, so it writes no workbooks; CSV it does");
}
#endif
