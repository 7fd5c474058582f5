/* One sheet in the hands of libxlsxwriter. Included only where that is there. */
#ifndef CPN_IO_FORM_XLSX_SHEET_H
#define CPN_IO_FORM_XLSX_SHEET_H

#include <xlsxwriter.h>

#include "io/forms/xlsx.h"

/* A workbook being written. */
typedef struct cpn_xlsx_book {
    lxw_workbook *book;
    const cpn_form_style *style;
    lxw_worksheet *lists; /* hidden: names to choose from, a column each; NULL until there are any */
    char lists_name[CPN_XLSX_NAME_ROOM];
    int32_t n_lists;
    bool has_owners; /* those of the options stand in the first list */
} cpn_xlsx_book;

/* Fills a sheet: headings, rows, widths, what stays in view, what can be chosen. */
campaign_status cpn_xlsx_fill(cpn_xlsx_book *book, lxw_worksheet *sheet, const char *name,
                              const cpn_form_layout *layout, campaign_error *error);

/* xlsx_choices.c: offers fixed words and people in the columns that have them. */
campaign_status cpn_xlsx_offer(cpn_xlsx_book *book, lxw_worksheet *sheet, const cpn_form_layout *layout,
                               campaign_error *error);

/* What libxlsxwriter says, as our error; where is a path or "Sheet x, cell D7". */
campaign_status cpn_xlsx_fail(lxw_error code, const char *where, campaign_error *error);

#endif
