/* libcampaign-io: forms that people use. Workbooks (.xlsx), calendars (iCalendar) and a page (HTML) of a plan, and the
 * filled forms back.
 *
 * A form is a table with fixed columns, headings and words in Chinese and English: response_plan, task_split, followups
 * and review (the four templates of the handbook), campaigns, phases, tasks, targets, budget, risks and notes of a plan,
 * and competitors. docs/forms.md lists their columns.
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
 *          CAMPAIGN_E_LIMIT (1,048,575 rows, 16,384 columns, 32,767 UTF-16 units in a cell) · CAMPAIGN_E_UNSUPPORTED (built
 *          without libxlsxwriter; a pipe) · CAMPAIGN_E_IO (where = path) · CAMPAIGN_E_NOMEM
 *  Any thread. O(cells). @since 0.1 */
CAMPAIGN_API campaign_status campaign_io_write_xlsx(const char *path, const campaign_workbook *workbook,
                                                    const campaign_form_options *options, campaign_error *error);

/** A form as people read it, as a table to print or to write with campaign_io_write_csv: the same columns, headings and
 *  words as in a workbook. Percentages are text ("15%"), money in ten thousands is text, other cells keep their types.
 *  Text is as the table has it: write CSV with guards_formulas, so that no spreadsheet runs it.
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

/* ---- Reading filled forms --------------------------------------------------------------------------------------- */

/** Which form is read, and what the file does not say itself. */
typedef struct campaign_form_read_options {
    uint32_t size;        /* sizeof(campaign_form_read_options) */
    int32_t reserved;     /* 0 */
    const char *form;     /* "task_split" or "followups"; required */
    const char *sheet;    /* of a workbook; NULL: the one of the form's name in either language, else the first shown */
    const char *currency; /* ISO 4217 code; NULL: the one the heading names, 销售任务（元） */
    const char *language; /* of notes and of the heading that is missed: "en" (NULL) or "zh" */
} campaign_form_read_options;

#define CAMPAIGN_FORM_READ_OPTIONS_INIT                                                                                \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_form_read_options), 0, NULL, NULL, NULL, NULL                                        \
    }

/** Reads a filled form from a workbook (.xlsx) or a CSV file, whichever it is: all of it or nothing.
 *  Headings in Chinese, English or as ids, in any order, within the first twenty lines; titles may stand above. Of
 *  task_split every row needs its region, of followups record, customer, time and rep; docs/forms.md lists the columns.
 *  Money in the unit that its heading names, or the cell itself (470000元, 47万元). Words in either language. Dates as real
 *  dates (1900 and 1904 systems) or typed as text; moments to the millisecond. Shares are 15% or 0.15, from 0 to 100%, kept to
 *  the millionth; under the id …_ppm whole parts per million or 15%. Counts and amounts are not below 0. Full-width digits
 *  are digits. Empty rows are passed over, lines of totals of task_split left out and noted. An apostrophe that guards text
 *  of CSV is taken off.
 *  @param table  every column of the form under its id, null where it has none; then those the form does not know, as text
 *  @param notes  code ("unknown_column", "no_heading", "missing_column", "total", "apostrophe"), column, text; may be NULL
 *  @param path   UTF-8
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_UNKNOWN (form, sheet, language, currency, with the nearest name) ·
 *          CAMPAIGN_E_COLUMN (a column that is needed is missing, with the nearest heading; no heading at all; money
 *          without a currency) · CAMPAIGN_E_DUPLICATE (a heading twice) · CAMPAIGN_E_MISSING (an empty cell that is
 *          needed) · CAMPAIGN_E_SYNTAX, _VALUE, _OVERFLOW (a cell; a formula without its result) ·
 *          CAMPAIGN_E_UNSUPPORTED (a form that is not read back; workbooks in a build without minizip and expat) ·
 *          CAMPAIGN_E_LIMIT (20,000,000 cells, 512 MiB) · errors of
 *          campaign_io_read_csv · CAMPAIGN_E_IO (where = path) · CAMPAIGN_E_NOMEM. For a cell error->where is
 *          "sheet 任务分解表, cell D7", of CSV "cell D7", lines counted as a spreadsheet shows them; error->row is
 *          that line from 0
 *  The caller frees both tables. Any thread. O(cells). @since 0.1 */
CAMPAIGN_API campaign_status campaign_io_read_form(campaign_table **table, campaign_table **notes, const char *path,
                                                   const campaign_form_read_options *options, campaign_error *error);

/* ---- Calendars -------------------------------------------------------------------------------------------------- */

/** How a plan becomes a calendar. */
typedef struct campaign_ical_options {
    uint32_t size;               /* sizeof(campaign_ical_options) */
    int32_t has_stamp;           /* 1; required with stamp_seconds: this library reads no clock */
    int64_t stamp_seconds;       /* when this calendar was made, DTSTAMP and LAST-MODIFIED: seconds since 1970, UTC */
    int32_t sequence;            /* one more with each version of the plan; 0 of the first */
    int32_t has_as_of;           /* what ended before as_of_day is left out */
    int32_t as_of_day;           /* days since 1970-01-01 */
    int32_t alarm_days;          /* how long before deadlines alarms go off; 0 = 1 day */
    int32_t omits_alarms;        /* not 0: none */
    int32_t writes_todos;        /* not 0: deadlines also as VTODO, which many programs leave out */
    int32_t has_utc_offset;      /* 0 = 480, China */
    int32_t utc_offset_minutes;  /* of the shop's clock, for deadlines by the hour */
    const char *language;        /* "en" (NULL) or "zh" */
    const char *plan_id;         /* begins every UID; the same for all versions of a plan; NULL = "plan" */
    const char *name;            /* of the calendar; NULL = "Campaign plan", "活动计划" */
    const campaign_table *tasks; /* in place of the plan's own; NULL: those of the plan, where it has any */
} campaign_ical_options;

#define CAMPAIGN_ICAL_OPTIONS_INIT                                                                                     \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_ical_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL                  \
    }

/** Writes a plan as a calendar (RFC 5545) to subscribe to: campaigns and phases as all-day events whose end is the day
 *  after the last, tasks and deadlines that are not those of a task on the day they are due, with an alarm at nine in the
 *  morning before; deadlines by the hour as the half hour up to them, in UTC. UIDs follow from ids alone, lines are folded
 *  at 75 bytes and never within a character. The same input gives the same bytes.
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT (no stamp, ranges) · CAMPAIGN_E_UNKNOWN (language) · of options->tasks
 *          CAMPAIGN_E_COLUMN, _MISSING (no id), _DUPLICATE (an id twice), _VALUE (what is no day) · CAMPAIGN_E_UNSUPPORTED
 *          (built without libical) · CAMPAIGN_E_IO (where = path) · CAMPAIGN_E_NOMEM
 *  Any thread. O(rows log rows), campaigns times the others to name them, and deadlines times tasks. @since 0.1 */
CAMPAIGN_API campaign_status campaign_io_write_ical(const char *path, const campaign_plan *plan,
                                                    const campaign_ical_options *options, campaign_error *error);

/* ---- A page ----------------------------------------------------------------------------------------------------- */

/** How a plan becomes a page. */
typedef struct campaign_html_options {
    uint32_t size;               /* sizeof(campaign_html_options) */
    int32_t money_unit;          /* CAMPAIGN_FORM_MONEY_… */
    const char *language;        /* "en" (NULL) or "zh" */
    const char *title;           /* NULL: "Campaign plan 2027", "2027 年度营销活动计划" */
    const campaign_table *tasks; /* in place of the plan's own; NULL: those of the plan, where it has any */
    const campaign_table *risks; /* the same */
} campaign_html_options;

#define CAMPAIGN_HTML_OPTIONS_INIT                                                                                     \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_html_options), 0, NULL, NULL, NULL, NULL                                             \
    }

/** Writes a plan as one page of HTML: calendar, target curve, targets, budget, campaigns, tasks (deadlines where there are
 *  none), risks and notes. Pictures are inline SVG; the page loads nothing, runs no script, and prints on A4.
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_UNKNOWN (language) · CAMPAIGN_E_IO (where = path) ·
 *          CAMPAIGN_E_NOMEM
 *  Any thread. O(rows). @since 0.1 */
CAMPAIGN_API campaign_status campaign_io_write_html(const char *path, const campaign_plan *plan,
                                                    const campaign_html_options *options, campaign_error *error);

#ifdef __cplusplus
}
#endif

#endif
