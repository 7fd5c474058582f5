/* libcampaign: tables, the shape in which bulk data crosses the library's border.
 *
 * A table is an immutable, reference-counted set of typed, nullable columns of one length. Buffers are laid out as in
 * Apache Arrow, so data moves in and out without copying (arrow.h). Slices and exports share buffers: the order in
 * which handles are freed does not matter.
 *
 * A campaign_table may be read from any thread. A campaign_table_builder belongs to one thread at a time. */
#ifndef CAMPAIGN_TABLE_H
#define CAMPAIGN_TABLE_H

#include <campaign/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Types of a column. */
enum {
    CAMPAIGN_TYPE_BOOL = 1, /* one bit a row, least significant first */
    CAMPAIGN_TYPE_INT32 = 2,
    CAMPAIGN_TYPE_INT64 = 3,
    CAMPAIGN_TYPE_FLOAT64 = 4,
    CAMPAIGN_TYPE_DATE = 5,      /* int32 days since 1970-01-01, years 1 to 9999 */
    CAMPAIGN_TYPE_TIMESTAMP = 6, /* int64 microseconds since 1970-01-01 00:00 on the shop's clock */
    CAMPAIGN_TYPE_UTF8 = 7,      /* text, plain or with a dictionary */
    CAMPAIGN_TYPE_MONEY = 8      /* int64 minor units; one currency and exponent a column */
};

typedef struct campaign_table campaign_table;
typedef struct campaign_table_builder campaign_table_builder;

/** A column as it lies in memory; all pointers live as long as the table.
 *  Row r of text stands at values[offsets[e] … offsets[e + 1]) where e = codes ? codes[r] : r. */
typedef struct campaign_column {
    uint32_t size; /* sizeof(campaign_column), set by the caller */
    int32_t type;  /* CAMPAIGN_TYPE_… */
    int64_t n_rows;
    int64_t n_nulls;
    int64_t bit_offset;   /* where row 0 stands in validity, and in values of a bool column */
    int64_t n_dictionary; /* entries of the dictionary; 0 = plain text */
    char currency[4];     /* money: ISO 4217 code, terminated; otherwise "" */
    int32_t exponent;     /* money: decimals of the minor unit */
    const char *name;
    const uint8_t *validity; /* one bit a row, 1 = a value; NULL = no nulls */
    const void *values;
    const int32_t *offsets; /* text only */
    const int32_t *codes;   /* text with a dictionary only */
    const void *reserved;
} campaign_column;

#define CAMPAIGN_COLUMN_INIT                                                                                           \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_column), 0, 0, 0, 0, 0, { 0, 0, 0, 0 }, 0, NULL, NULL, NULL, NULL, NULL, NULL        \
    }

/* ---- Reading ---------------------------------------------------------------------------------------------------- */

/** Frees a handle; its buffers go with their last user. NULL is allowed. Any thread. @since 0.1 */
CAMPAIGN_API void campaign_table_free(campaign_table *table);

/** Number of rows; 0 for NULL. Any thread. O(1). @since 0.1 */
CAMPAIGN_API int64_t campaign_table_n_rows(const campaign_table *table);

/** Number of columns; 0 for NULL. Any thread. O(1). @since 0.1 */
CAMPAIGN_API int32_t campaign_table_n_columns(const campaign_table *table);

/** Index of the column of that name, or -1. Any thread. O(columns). @since 0.1 */
CAMPAIGN_API int32_t campaign_table_find(const campaign_table *table, const char *name);

/** Looks into a column without copying.
 *  @param column  size must be set; the rest is filled and lives as long as @p table
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT (no such index, wrong size)
 *  Any thread. O(1). @since 0.1 */
CAMPAIGN_API campaign_status campaign_table_column(campaign_column *column, const campaign_table *table, int32_t index,
                                                   campaign_error *error);

/** 1 where the cell is null, or the index or row does not exist; otherwise 0. Any thread. O(1). @since 0.1 */
CAMPAIGN_API int32_t campaign_table_is_null(const campaign_table *table, int32_t index, int64_t row);

/** A cell of type bool, int32, int64, date, timestamp or money (minor units); 0 where the cell is null, is of another
 *  type, or does not exist. Any thread. O(1). @since 0.1 */
CAMPAIGN_API int64_t campaign_table_int64(const campaign_table *table, int32_t index, int64_t row);

/** A cell of type float64, or an integer cell as a double (money in minor units); 0 where null, text, or not there.
 *  Any thread. O(1). @since 0.1 */
CAMPAIGN_API double campaign_table_float64(const campaign_table *table, int32_t index, int64_t row);

/** A cell of text, not terminated, living as long as the table; NULL where null, of another type, or not there.
 *  @param length  receives the number of bytes; may be NULL
 *  Any thread. O(1). @since 0.1 */
CAMPAIGN_API const char *campaign_table_text(const campaign_table *table, int32_t index, int64_t row, size_t *length);

/** Prints any cell: dates as ISO 8601, money in major units with its decimals, floats in the shortest form that reads
 *  back the same, null as nothing.
 *  @param text      receives at most @p capacity bytes with a terminating zero, cut on a UTF-8 boundary
 *  @return length of the whole text, as if there were room
 *  Any thread. O(length). @since 0.1 */
CAMPAIGN_API size_t campaign_table_format(char *text, size_t capacity, const campaign_table *table, int32_t index,
                                          int64_t row);

/** Rows @p first to @p first + @p n_rows as a table that shares the buffers.
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT (range outside the table) · CAMPAIGN_E_NOMEM
 *  The caller frees @p *slice. Any thread. O(columns), plus one pass over the validity bits. @since 0.1 */
CAMPAIGN_API campaign_status campaign_table_slice(campaign_table **slice, const campaign_table *table, int64_t first,
                                                  int64_t n_rows, campaign_error *error);

/* ---- Building --------------------------------------------------------------------------------------------------- */

/** A whole column brought by the caller. Zero means: no nulls, plain text, not money, copy. */
typedef struct campaign_array {
    uint32_t size; /* sizeof(campaign_array) */
    int32_t type;  /* CAMPAIGN_TYPE_… */
    int64_t n_rows;
    int64_t n_dictionary; /* text: entries of the dictionary; 0 = plain */
    char currency[4];     /* money: ISO 4217 code, terminated */
    int32_t exponent;     /* money: used where has_exponent; otherwise the currency's own */
    int32_t has_exponent;
    int32_t reserved;        /* 0 */
    const char *name;        /* UTF-8, copied */
    const uint8_t *validity; /* one bit a row, 1 = a value */
    const void *values;      /* as in campaign_column, row 0 at bit 0 */
    const int32_t *offsets;  /* text: n_rows + 1, or n_dictionary + 1 */
    const int32_t *codes;    /* text with a dictionary: one a row */
    /** NULL: the arrays are copied. Otherwise they are borrowed, stay unchanged, and release(ctx) is called exactly
     *  once, after their last user is gone, on whichever thread frees it; also when the call fails, unless the struct
     *  itself is refused (its size, or fields beyond those this library knows). */
    void (*release)(void *ctx);
    void *ctx;
    const void *reserved_pointer; /* NULL */
} campaign_array;

#define CAMPAIGN_ARRAY_INIT                                                                                            \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_array), 0, 0, 0, { 0, 0, 0, 0 }, 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL,  \
            NULL                                                                                                       \
    }

/** Starts an empty table.
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_NOMEM
 *  The caller frees @p *builder, also after campaign_table_builder_finish. Any thread. O(1). @since 0.1 */
CAMPAIGN_API campaign_status campaign_table_builder_create(campaign_table_builder **builder, campaign_error *error);

/** Frees a builder and what was not finished. NULL is allowed. One thread at a time. @since 0.1 */
CAMPAIGN_API void campaign_table_builder_free(campaign_table_builder *builder);

/** Adds an empty column, to be filled cell by cell; columns are numbered from 0 in the order they are added.
 *  @param name      UTF-8, not empty, without control characters, not used before
 *  @param type      CAMPAIGN_TYPE_…
 *  @param currency  ISO 4217 code of a money column; NULL for every other type
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_DUPLICATE · CAMPAIGN_E_UNKNOWN (currency) · CAMPAIGN_E_NOMEM
 *  One thread at a time. O(columns). @since 0.1 */
CAMPAIGN_API campaign_status campaign_table_builder_add_column(campaign_table_builder *builder, const char *name,
                                                               int32_t type, const char *currency,
                                                               campaign_error *error);

/** Adds a whole column at once, copied or borrowed (see campaign_array.release). Text is checked to be UTF-8, offsets
 *  and codes to lie in range.
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_DUPLICATE · CAMPAIGN_E_UNKNOWN · CAMPAIGN_E_ENCODING (row) ·
 *          CAMPAIGN_E_VALUE (row: offset or code out of range, day outside the years 1 to 9999) · CAMPAIGN_E_NOMEM
 *  One thread at a time. O(rows). @since 0.1 */
CAMPAIGN_API campaign_status campaign_table_builder_add_array(campaign_table_builder *builder,
                                                              const campaign_array *array, campaign_error *error);

/** Appends one cell to column @p index: bool (0 or 1), int32, int64, date, timestamp or money (minor units).
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_COLUMN (type) · CAMPAIGN_E_OVERFLOW ·
 *          CAMPAIGN_E_VALUE (a day outside the years 1 to 9999) · CAMPAIGN_E_NOMEM
 *  One thread at a time. O(1) amortised. @since 0.1 */
CAMPAIGN_API campaign_status campaign_table_builder_append_int64(campaign_table_builder *builder, int32_t index,
                                                                 int64_t value, campaign_error *error);

/** Appends one cell to a float64 column. Returns and cost as campaign_table_builder_append_int64. @since 0.1 */
CAMPAIGN_API campaign_status campaign_table_builder_append_float64(campaign_table_builder *builder, int32_t index,
                                                                   double value, campaign_error *error);

/** Appends one cell of @p length bytes to a text column; CAMPAIGN_E_ENCODING if they are not UTF-8, CAMPAIGN_E_LIMIT if
 *  the column would hold more than 2147483647 bytes.
 *  Other returns and cost as campaign_table_builder_append_int64. @since 0.1 */
CAMPAIGN_API campaign_status campaign_table_builder_append_text(campaign_table_builder *builder, int32_t index,
                                                                const char *text, size_t length, campaign_error *error);

/** Appends a null to a column of any type. Returns and cost as campaign_table_builder_append_int64. @since 0.1 */
CAMPAIGN_API campaign_status campaign_table_builder_append_null(campaign_table_builder *builder, int32_t index,
                                                                campaign_error *error);

/** Turns what was built into a table and leaves the builder empty.
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_COLUMN (columns of different length; where = the column) ·
 *          CAMPAIGN_E_NOMEM
 *  The caller frees @p *table. One thread at a time. O(columns). @since 0.1 */
CAMPAIGN_API campaign_status campaign_table_builder_finish(campaign_table **table, campaign_table_builder *builder,
                                                           campaign_error *error);

/* ---- Money ------------------------------------------------------------------------------------------------------ */

/** Unit in which plain numbers count money. */
enum {
    CAMPAIGN_UNIT_NONE = 0,  /* not said: plain numbers are refused */
    CAMPAIGN_UNIT_MAJOR = 1, /* yuan, dollars */
    CAMPAIGN_UNIT_MINOR = 2  /* fen, cents */
};

/** How a column becomes money. */
typedef struct campaign_money_options {
    uint32_t size;        /* sizeof(campaign_money_options) */
    char currency[4];     /* ISO 4217 code, terminated; required */
    int32_t exponent;     /* used where has_exponent; 0 to 9 */
    int32_t has_exponent; /* 0 = the currency's own exponent */
    int32_t unit;         /* CAMPAIGN_UNIT_…; required for integers and floats, ignored for text and money */
    int32_t rounding;     /* CAMPAIGN_ROUND_…; NONE refuses what is not exact, and is no answer for floats */
} campaign_money_options;

#define CAMPAIGN_MONEY_OPTIONS_INIT                                                                                    \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_money_options), { 0, 0, 0, 0 }, 0, 0, 0, 0                                           \
    }

/** The same table with one column turned into money. Text is read as decimals of the major unit; money of currency
 *  "XXX" (a decimal column without a currency) or of the same currency is rescaled; other money is refused.
 *  @param n_rounded  receives the number of cells that were rounded; may be NULL
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_COLUMN (missing, or unit or rounding not said) ·
 *          CAMPAIGN_E_UNKNOWN (currency) · CAMPAIGN_E_SYNTAX, _VALUE, _OVERFLOW (row) · CAMPAIGN_E_NOMEM
 *  The caller frees @p *money. Any thread. O(rows); other columns are shared, not copied. @since 0.1 */
CAMPAIGN_API campaign_status campaign_table_to_money(campaign_table **money, int64_t *n_rounded,
                                                     const campaign_table *table, const char *column,
                                                     const campaign_money_options *options, campaign_error *error);

/* ---- Checking --------------------------------------------------------------------------------------------------- */

/** What one column is expected to hold. */
typedef struct campaign_column_rule {
    uint32_t size;       /* sizeof(campaign_column_rule) */
    uint32_t types;      /* bit (1 << CAMPAIGN_TYPE_…) of every type allowed; 0 = any */
    int32_t is_optional; /* the column may be missing */
    int32_t allows_null; /* cells may be null */
    int32_t is_unique;   /* no value twice */
    int32_t has_minimum; /* integers, dates, money (minor units) and floats: value >= minimum */
    int32_t has_maximum;
    int32_t forbids_empty; /* text: "" is a problem */
    int64_t minimum;
    int64_t maximum;
    const char *name;
    const void *reserved;
} campaign_column_rule;

#define CAMPAIGN_COLUMN_RULE_INIT                                                                                      \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_column_rule), 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL                                  \
    }

/** Lists every problem of a table instead of stopping at the first.
 *  @param problems  row (int64, null for the whole column), column, code (such as "CAMPAIGN_E_VALUE"), kind ("missing",
 *                   "type", "null", "empty", "not_finite", "below_minimum", "above_maximum", "duplicate"), value,
 *                   message; ordered by rule, then row
 *  @param counts    one row per column and kind: column, kind, n (all of them, beyond the limit too); may be NULL
 *  @param rules     @p n_rules rules
 *  @param limit     most problems listed per column and kind; 0 = 20
 *  @return CAMPAIGN_OK, also where problems were found · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_NOMEM
 *  The caller frees @p *problems and @p *counts. Any thread. O(rows × rules). @since 0.1 */
CAMPAIGN_API campaign_status campaign_table_check(campaign_table **problems, campaign_table **counts,
                                                  const campaign_table *table, const campaign_column_rule *rules,
                                                  int32_t n_rules, int64_t limit, campaign_error *error);

#ifdef __cplusplus
}
#endif

#endif
