/* libcampaign-io: tables from files and into files. A library of its own, built on <campaign/table.h> alone.
 *
 * Link with campaign-io (pkg-config campaign-io). Every function may be called from any thread; none keeps state. */
#ifndef CAMPAIGN_IO_H
#define CAMPAIGN_IO_H

#include <campaign/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Reading CSV ------------------------------------------------------------------------------------------------ */

/** Encoding of the text. A byte order mark of UTF-8 is always allowed; UTF-16 is refused by name. */
enum {
    CAMPAIGN_CSV_UTF8 = 0,
    CAMPAIGN_CSV_GB18030 = 1,      /* and its subsets GBK and GB 2312: old Chinese ERP exports */
    CAMPAIGN_CSV_ENCODING_AUTO = 2 /* UTF-8 where the whole text is valid UTF-8, otherwise GB18030 */
};

/** Value of campaign_csv_options.delimiter that finds comma, tab, semicolon or bar in the first lines. */
#define CAMPAIGN_CSV_DELIMITER_AUTO (-1)

/** What a row that cannot be read does. */
enum {
    CAMPAIGN_CSV_FAIL = 0, /* the first one ends the call */
    CAMPAIGN_CSV_SKIP = 1  /* it is left out and listed in the report */
};

/** Order of the parts of a date whose year does not stand first. */
enum {
    CAMPAIGN_CSV_YMD = 0, /* 2026/1/5, and nothing else */
    CAMPAIGN_CSV_MDY = 1, /* 1/5/2026 too */
    CAMPAIGN_CSV_DMY = 2  /* 5/1/2026 too */
};

/** What the caller knows about one column. Columns that are not declared get their type from all their cells.
 *  All elements of an array have the same size. */
typedef struct campaign_csv_column {
    uint32_t size;        /* sizeof(campaign_csv_column) */
    int32_t type;         /* CAMPAIGN_TYPE_…; 0 = from the cells */
    char currency[4];     /* money: ISO 4217 code, terminated; required */
    int32_t exponent;     /* money: used where has_exponent; 0 to 9 */
    int32_t has_exponent; /* 0 = the currency's own exponent */
    int32_t rounding;     /* money: CAMPAIGN_ROUND_…; NONE refuses cells with more decimals than the exponent */
    int32_t date_order;   /* date and timestamp: CAMPAIGN_CSV_YMD … */
    int32_t is_key;      /* identifies something; type 0, utf8 or int64. Ids that a spreadsheet destroyed (1.23E+17) are
                             refused, and leading zeros of int64; type 0 becomes int64 also from 17850.0, or utf8 */
    int32_t is_optional; /* the header need not have it */
    int32_t reserved;    /* 0 */
    const char *name;    /* as the header has it */
    const void *reserved_pointer; /* NULL */
} campaign_csv_column;

#define CAMPAIGN_CSV_COLUMN_INIT                                                                                       \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_csv_column), 0, { 0, 0, 0, 0 }, 0, 0, 0, 0, 0, 0, 0, NULL, NULL                      \
    }

/** How text becomes a table. */
typedef struct campaign_csv_options {
    uint32_t size;                 /* sizeof(campaign_csv_options) */
    int32_t encoding;              /* CAMPAIGN_CSV_UTF8 … */
    int32_t delimiter;             /* one ASCII character; 0 = comma; CAMPAIGN_CSV_DELIMITER_AUTO */
    int32_t on_problem;            /* CAMPAIGN_CSV_FAIL or CAMPAIGN_CSV_SKIP */
    int32_t keeps_only_declared;   /* columns that are not declared are left out unread */
    int32_t n_lines_before_header; /* title lines above the header, passed over */
    int32_t has_utc_offset;        /* timestamps with a zone become the shop's clock by utc_offset_minutes */
    int32_t utc_offset_minutes;    /* 480 for China */
    int32_t strips_formula_guard;  /* undoes campaign_csv_write_options.guards_formulas */
    int32_t n_columns;             /* length of columns */
    int32_t n_null_texts;          /* length of null_texts */
    int32_t reserved;              /* 0 */
    int64_t problem_limit;         /* most problems listed per column and kind; 0 = 20 */
    const campaign_csv_column *columns;
    const char *const *null_texts; /* cells that mean null besides the empty one: "NA", "NULL", "-" */
} campaign_csv_options;

#define CAMPAIGN_CSV_OPTIONS_INIT                                                                                      \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_csv_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL                         \
    }

/** What was found on the way. The caller sets size and frees both tables with campaign_table_free. */
typedef struct campaign_csv_report {
    uint32_t size;            /* sizeof(campaign_csv_report) */
    int32_t encoding;         /* CAMPAIGN_CSV_UTF8 or CAMPAIGN_CSV_GB18030, as found */
    int32_t delimiter;        /* as found */
    int32_t has_bom;          /* the text began with a byte order mark */
    int64_t n_records;        /* records after the header, skipped ones included */
    int64_t n_skipped;        /* records left out */
    int64_t n_rounded;        /* money cells that were rounded */
    int64_t n_problems;       /* problems found, beyond the limit too; a record may have several */
    campaign_table *problems; /* row, line, position, column, code, kind, value, message; by row, then column */
    campaign_table *counts;   /* column, kind, n: all of them, beyond the limit too */
} campaign_csv_report;

#define CAMPAIGN_CSV_REPORT_INIT                                                                                       \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_csv_report), 0, 0, 0, 0, 0, 0, 0, NULL, NULL                                         \
    }

/** Reads a CSV file (RFC 4180) with a header line into a table.
 *
 *  Text. Lines end in LF, CRLF or CR; a quoted cell may hold delimiters, line ends and doubled quotes; a quote inside an
 *  unquoted cell is an ordinary character. Blank lines are passed over in files of more than one column. Blanks around
 *  header names are dropped and line breaks in them become a blank. A header name that stands twice is refused; a column
 *  without a name is refused unless all its cells are empty.
 *
 *  Nulls. An empty cell, or one of null_texts. In a text column a quoted cell is never null, so "" is the empty text.
 *
 *  Types that are not declared come from all cells of the column: int64, float64, date, timestamp, otherwise utf8.
 *  Grouped numbers (1,234.50) are numbers; numbers with leading zeros or beyond int64, whole numbers beyond 2^53 beside
 *  decimals, percentages, amounts with a currency sign and mixed columns stay text; nothing becomes bool or money by
 *  itself. Whole numbers beside 1.23E+17 are ids that a spreadsheet has destroyed: such cells are refused.
 *
 *  Declared types read more: bool true false 是 否 1 0; numbers -1,234.50, (1,234.50), 1,234.50-; whole numbers also with
 *  a fraction of zeros; float64 also 15%; money also with the signs of its currency (¥ ￥ CN¥ 元 CNY), exactly; dates
 *  2026-01-05, 2026/1/5, 2026.1.5, 2026年1月5日, 20260105, also with a time of 0:00; timestamps a date and 8:26, 08:26:00
 *  or 08:26:00.123456 after a blank or T.
 *
 *  @param table   one column per header name, in the order of the header; without skipped rows
 *  @param report  size must be set; may be NULL
 *  @param path    UTF-8
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_IO (where = path) · CAMPAIGN_E_ENCODING · CAMPAIGN_E_MISSING
 *          (no header, or no name in it) · CAMPAIGN_E_DUPLICATE (header) · CAMPAIGN_E_COLUMN (declared, not in the header) ·
 *          CAMPAIGN_E_SYNTAX, _VALUE, _OVERFLOW, _UNSUPPORTED (cells) · CAMPAIGN_E_UNKNOWN (currency) ·
 *          CAMPAIGN_E_LIMIT (2 GiB of text in a column, 1 GiB in a record, 4,096 columns) · CAMPAIGN_E_NOMEM ·
 *          CAMPAIGN_E_CANCELLED. error->where = "line 12 column 5", both from 1, the column in characters; error->row
 *          counts records after the header from 0; the message names the header's column.
 *  A quote that is never closed fails under CAMPAIGN_CSV_SKIP too, because nobody can say where its row ends.
 *  The caller frees @p *table. Any thread. O(bytes); memory for the file, the table and 4 bytes a cell.
 *  Threads change nothing but the time. @since 0.1 */
CAMPAIGN_API campaign_status campaign_io_read_csv(campaign_table **table, campaign_csv_report *report, const char *path,
                                                  const campaign_csv_options *options, const campaign_runtime *runtime,
                                                  campaign_error *error);

/** Reads CSV from memory, as campaign_io_read_csv does from a file.
 *  @param text  @p length bytes, need not be terminated
 *  @since 0.1 */
CAMPAIGN_API campaign_status campaign_io_parse_csv(campaign_table **table, campaign_csv_report *report,
                                                   const char *text, size_t length, const campaign_csv_options *options,
                                                   const campaign_runtime *runtime, campaign_error *error);

/* ---- CSV in batches ---------------------------------------------------------------------------------------------- */

/** A CSV file that is read in batches, so that it need not fit in memory. One thread at a time. */
typedef struct campaign_csv_batches campaign_csv_batches;

/** Opens a CSV file that is read batch after batch, as often as one likes: what campaign_io_read_csv says of text, nulls and
 *  declared types holds here too. Columns that are not declared get the type that they have in the first batch; a later cell
 *  that does not fit it is refused, so that columns whose cells differ should be declared.
 *  @param batches      receives the handle, before the first batch; the header has been read
 *  @param path         UTF-8; a file that can be read again, no pipe
 *  @param group        column whose equal cells, one below the other, stay in one batch; NULL = batches end anywhere
 *  @param batch_bytes  about how many bytes of the file make a batch; 0 = 16 MiB. A group larger than that makes a larger one
 *  @param options      NULL = all defaults; copied. on_problem must be CAMPAIGN_CSV_FAIL. CAMPAIGN_CSV_ENCODING_AUTO reads the
 *                      file once more, here
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_UNSUPPORTED (CAMPAIGN_CSV_SKIP; a pipe) · CAMPAIGN_E_COLUMN (group or
 *          a declared column is not in the header) · of the header as campaign_io_read_csv
 *  The caller closes @p *batches. Any thread. O(batch). @since 0.1 */
CAMPAIGN_API campaign_status campaign_io_open_csv_batches(campaign_csv_batches **batches, const char *path,
                                                          const char *group, int64_t batch_bytes,
                                                          const campaign_csv_options *options, campaign_error *error);

/** Reads the next batch. Batches are the same each time the file is read, whatever the threads.
 *  @param batch  with the columns of the file and at least one row; NULL behind the last one
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · of text and cells as campaign_io_read_csv, with lines and rows of the file ·
 *          CAMPAIGN_E_LIMIT (a group of more than 1 GiB). After an error only rewinding and closing make sense
 *  The caller frees @p *batch. Any thread, one at a time. O(bytes of the batch); memory for them, the batch and 4 bytes a
 *  cell. @since 0.1 */
CAMPAIGN_API campaign_status campaign_io_next_csv_batch(campaign_table **batch, campaign_csv_batches *batches,
                                                        const campaign_runtime *runtime, campaign_error *error);

/** Starts again: the next batch is the first one.
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_UNSUPPORTED (the file has become one that cannot be read again)
 *  Any thread, one at a time. O(1). @since 0.1 */
CAMPAIGN_API campaign_status campaign_io_rewind_csv_batches(campaign_csv_batches *batches, campaign_error *error);

/** Closes the file and frees the handle; batches live on. NULL is allowed. Any thread, once nobody reads. @since 0.1 */
CAMPAIGN_API void campaign_csv_batches_free(campaign_csv_batches *batches);

/* ---- Writing CSV ------------------------------------------------------------------------------------------------ */

/** How lines end. */
enum {
    CAMPAIGN_CSV_CRLF = 0, /* as RFC 4180 says */
    CAMPAIGN_CSV_LF = 1
};

/** How a table becomes text. */
typedef struct campaign_csv_write_options {
    uint32_t size;           /* sizeof(campaign_csv_write_options) */
    int32_t delimiter;       /* one ASCII character; 0 = comma */
    int32_t omits_bom;       /* no byte order mark; spreadsheets need one to read Chinese */
    int32_t line_end;        /* CAMPAIGN_CSV_CRLF or CAMPAIGN_CSV_LF */
    int32_t guards_formulas; /* text that a spreadsheet would run (first character = + - @ tab CR) gets an apostrophe
                                before it. Off by default, because it changes what other programs read */
    int32_t reserved;        /* 0 */
} campaign_csv_write_options;

#define CAMPAIGN_CSV_WRITE_OPTIONS_INIT                                                                                \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_csv_write_options), 0, 0, 0, 0, 0                                                    \
    }

/** Writes a table as CSV: a header line, UTF-8 with a byte order mark, ISO dates, money with its decimals, floats in the
 *  shortest form that reads back the same, bools as true and false, null as nothing, the empty text as "".
 *  Cells are quoted only where they must be. Reading the file with the table's types gives the table back.
 *  @param path  UTF-8. The file is written beside it under another name and renamed at the end, so that a file of that
 *               name is either the old one or the whole new one; pipes and devices are written directly
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_IO (where = path) · CAMPAIGN_E_NOMEM
 *  Any thread. O(bytes); memory for the text. @since 0.1 */
CAMPAIGN_API campaign_status campaign_io_write_csv(const char *path, const campaign_table *table,
                                                   const campaign_csv_write_options *options, campaign_error *error);

/** The same into memory.
 *  @param text    terminated; the caller frees it with campaign_text_free
 *  @param length  bytes without the terminating zero; may be NULL
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_NOMEM. Any thread. O(bytes). @since 0.1 */
CAMPAIGN_API campaign_status campaign_io_format_csv(char **text, size_t *length, const campaign_table *table,
                                                    const campaign_csv_write_options *options, campaign_error *error);

#ifdef __cplusplus
}
#endif

#endif
