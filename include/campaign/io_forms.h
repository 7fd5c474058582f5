/* libcampaign-io: forms that people use. Workbooks (.xlsx), calendars (iCalendar) and a page (HTML) of a plan, and the
 * filled forms back.
 *
 * A form is a table with fixed columns, headings and words in Chinese and English: response_plan, task_split, followups
 * and review (the four templates of the handbook), and campaigns, phases, tasks, targets, budget, risks and notes of a
 * plan. docs/forms.md lists their columns.
 *
 * Link with campaign-io (pkg-config campaign-io). Workbooks need libxlsxwriter, minizip and expat, calendars libical, at
 * the time libcampaign-io is built; without them the functions return CAMPAIGN_E_UNSUPPORTED and say so. */
#ifndef CAMPAIGN_IO_FORMS_H
#define CAMPAIGN_IO_FORMS_H

#include <campaign/plan.h>
#include <campaign/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Writing forms ---------------------------------------------------------------------------------------------- */

/** Unit in which money is shown. */
enum {
    CAMPAIGN_FORM_MONEY_MAJOR = 0,       /* yuan, 元, with the decimals of the currency */
    CAMPAIGN_FORM_MONEY_TEN_THOUSAND = 1 /* ten thousand yuan, 万元, with 2 decimals shown and none lost */
};

/** One sheet of a workbook. All elements of an array have the same size. */
typedef struct campaign_sheet {
    uint32_t size;    /* sizeof(campaign_sheet) */
    int32_t reserved; /* 0 */
    /** Which form it is: "followups", "tasks" …. NULL: the table's columns under their own names. */
    const char *form;
    /** Name of the sheet; made legal and unique (31 characters, none of []:*?/\). NULL: the form's, or "Sheet1" …. */
    const char *name;
    /** Rows. NULL, with a form: empty, to be filled in. */
    const campaign_table *table;
    const void *reserved_pointer; /* NULL */
} campaign_sheet;

#define CAMPAIGN_SHEET_INIT                                                                                            \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_sheet), 0, NULL, NULL, NULL, NULL                                                    \
    }

/** The sheets of a workbook, in order. */
typedef struct campaign_workbook {
    uint32_t size;    /* sizeof(campaign_workbook) */
    int32_t n_sheets; /* length of sheets, 1 to 255 */
    const campaign_sheet *sheets;
} campaign_workbook;

#define CAMPAIGN_WORKBOOK_INIT                                                                                         \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_workbook), 0, NULL                                                                   \
    }

/** How forms look. */
typedef struct campaign_form_options {
    uint32_t size;      /* sizeof(campaign_form_options) */
    int32_t money_unit; /* CAMPAIGN_FORM_MONEY_… */
    int32_t n_owners;   /* length of owners */
    int32_t has_created_day;
    int32_t created_day;       /* creation date in the file's properties, days since 1970-01-01; otherwise 1980-01-01 */
    int32_t n_empty_rows;      /* rows below the last that are ready to be filled in; 0 = 200 */
    const char *language;      /* of headings and words: "en" (NULL) or "zh" */
    const char *currency;      /* ISO 4217 code of money that has none; NULL = "CNY" in empty forms */
    const char *const *owners; /* names to choose from in columns of people; NULL: those that the column holds */
} campaign_form_options;

#define CAMPAIGN_FORM_OPTIONS_INIT                                                                                     \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_form_options), 0, 0, 0, 0, 0, NULL, NULL, NULL                                       \
    }

/** Writes a workbook for Excel, WPS and LibreOffice, one sheet a table.
 *  Dates and moments are real ones (the 1900 system; days before 1900-03-01, which it has wrong, are text), numbers are
 *  numbers, columns …_ppm are percentages, the day after the last ("end" of a plan's tables) is shown as the last day.
 *  Text is text: codes keep their leading zeros, and nothing that begins with = runs. Whole numbers and amounts of more
 *  than 15 digits, which a spreadsheet cannot hold, are text too. The heading line stays in view, names the unit of
 *  money, and carries filters; columns of fixed words and of people offer a list. The same input gives the same bytes.
 *  @param path      UTF-8; written beside it under another name and renamed at the end. Pipes and devices are refused
 *  @param workbook  sheets with a form take its columns first, in its order, then the table's others under their names
 *  @param options   NULL = all defaults
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_UNKNOWN (form, with the nearest name; language; currency) ·
 *          CAMPAIGN_E_LIMIT (1,048,575 rows, 16,384 columns, 32,767 characters in a cell) · CAMPAIGN_E_UNSUPPORTED (built
 *          without libxlsxwriter; a pipe) · CAMPAIGN_E_IO (where = path) · CAMPAIGN_E_NOMEM
 *  Any thread. O(cells). @since 0.1 */
CAMPAIGN_API campaign_status campaign_io_write_xlsx(const char *path, const campaign_workbook *workbook,
                                                    const campaign_form_options *options, campaign_error *error);

/** A form as people read it, as a table to print or to write with campaign_io_write_csv: the same columns, headings and
 *  words as in a workbook. Percentages are text ("15%"), money in ten thousands is text, other cells keep their types.
 *  @param table   the columns of the form first, then others
 *  @param sheet   its name plays no part
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_UNKNOWN (form, with the nearest name; language; currency) ·
 *          CAMPAIGN_E_DUPLICATE (two columns under one heading) · CAMPAIGN_E_NOMEM
 *  The caller frees @p *table. Any thread. O(cells). @since 0.1 */
CAMPAIGN_API campaign_status campaign_io_form_table(campaign_table **table, const campaign_sheet *sheet,
                                                    const campaign_form_options *options, campaign_error *error);

/** Ids of the forms in order; NULL from the end on.
 *  @param index  from 0
 *  Static text. Any thread. O(1). @since 0.1 */
CAMPAIGN_API const char *campaign_io_form_name(int32_t index);

#ifdef __cplusplus
}
#endif

#endif
