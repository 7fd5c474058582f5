/* Tables for the engines: looking up the columns an engine needs, building results. */
#ifndef CPN_TABLE_TABLE_H
#define CPN_TABLE_TABLE_H

#include <campaign/table.h>
#include <stdbool.h>

#include "base/error.h"

#define CPN_TYPE_BIT(type) (1u << (type))
enum {
    CPN_ANY_KEY = 1 << CAMPAIGN_TYPE_INT32 | 1 << CAMPAIGN_TYPE_INT64 | 1 << CAMPAIGN_TYPE_UTF8,
    CPN_ANY_DAY = 1 << CAMPAIGN_TYPE_DATE | 1 << CAMPAIGN_TYPE_TIMESTAMP,
    CPN_ANY_INT = 1 << CAMPAIGN_TYPE_INT32 | 1 << CAMPAIGN_TYPE_INT64
};

/* Whether a column has no value at all. What type it came as says nothing then: lists of None, empty columns of CSV and
 * Arrow's null type are text. */
static inline bool cpn_is_valueless(const campaign_column *column)
{
    return column->n_nulls == column->n_rows;
}

/* Finds a column of one of the types. name is the caller's mapping or, where NULL or "", usual.
 * CAMPAIGN_E_COLUMN says what was expected and found, with the nearest name; where = "table.name".
 * A money column of the wrong kind (plain int64, float64, text) is told how to become money.
 * Of a table without rows a column of any type will do; its type is then the first that is expected. */
campaign_status cpn_need_column(campaign_column *column, const campaign_table *table, const char *table_name,
                                const char *name, const char *usual, uint32_t types, campaign_error *error);

/* The same for a column that may be missing: column->type is 0 then, and where a column of another type has no value. A name
 * that was given explicitly must exist. */
campaign_status cpn_find_column(campaign_column *column, const campaign_table *table, const char *table_name,
                                const char *name, const char *usual, uint32_t types, campaign_error *error);

/* Cells of a looked-up column; row within range; not for nulls. */
static inline bool cpn_is_null(const campaign_column *column, int64_t row)
{
    const int64_t bit = column->bit_offset + row;
    return column->validity && !(column->validity[bit >> 3] >> (bit & 7) & 1);
}
/* bool, int32, int64, date, timestamp, money. */
int64_t cpn_cell_int64(const campaign_column *column, int64_t row);
/* Text of a cell. */
const char *cpn_cell_text(const campaign_column *column, int64_t row, size_t *length);
/* The cell printed as campaign_table_format does; at most capacity bytes with the terminating zero. */
size_t cpn_format_cell(char *text, size_t capacity, const campaign_column *column, int64_t row);
/* Trading day of a date or timestamp cell: a timestamp before day_starts_at_minutes belongs to the day before. */
int32_t cpn_cell_day(const campaign_column *column, int64_t row, int32_t day_starts_at_minutes);

/* "int64", "money" … for messages. */
const char *cpn_type_name(int32_t type);

/* Keys of one column as dense codes 0 … n_keys - 1 in key order (integers by value, text by bytes). Nulls get -1.
 * Codes never depend on the order of rows. Free with cpn_keys_free. O(rows + keys log keys). */
typedef struct cpn_keys {
    int32_t type; /* CAMPAIGN_TYPE_INT64 or CAMPAIGN_TYPE_UTF8 */
    int64_t n_keys;
    int64_t n_rows;
    int32_t *codes;      /* one a row */
    int64_t *integers;   /* key values, or NULL */
    int64_t *first_rows; /* a row that holds the key */
} cpn_keys;
campaign_status cpn_keys_create(cpn_keys *keys, const campaign_column *column, const campaign_runtime *runtime,
                                campaign_error *error);
void cpn_keys_free(cpn_keys *keys);

/* Keys with the column they came from, whose table must outlive them: for messages, and to be found from other tables.
 * All zero where there is no column. */
enum { CPN_NAMED_KEY_TEXT = 80 }; /* room for a key in a message */
typedef struct cpn_named_keys {
    campaign_column column;
    cpn_keys keys;
} cpn_named_keys;
campaign_status cpn_named_keys_create(cpn_named_keys *keys, const campaign_column *column,
                                      const campaign_runtime *runtime, campaign_error *error);
void cpn_named_keys_free(cpn_named_keys *keys);
void cpn_named_key_text(char text[CPN_NAMED_KEY_TEXT], const cpn_named_keys *keys, int64_t number);

/* What an error calls a cell: "groups.parent", "parent". */
typedef struct cpn_cell_place {
    const char *where, *name;
} cpn_cell_place;
/* Number of the key in a cell of another table; CAMPAIGN_E_MISSING (null), _COLUMN (text beside numbers), _UNKNOWN. */
campaign_status cpn_named_keys_find(int32_t *number, const cpn_named_keys *keys, const campaign_column *cells,
                                    int64_t row, const cpn_cell_place *place, campaign_error *error);

/* A builder that keeps the first failure, so that engines write rows without a check after each cell:
 *   cpn_out out; cpn_out_open(&out, schema, n); … cpn_out_int64(&out, i, v); … status = cpn_out_close(&table, &out, error) */
typedef struct cpn_column_schema {
    const char *name;
    int32_t type;
    const char *en, *zh; /* one sentence each, for docs and schema */
} cpn_column_schema;
typedef struct cpn_out {
    campaign_table_builder *builder;
    campaign_status status;
    campaign_error error;
} cpn_out;
/* currency is used for every money column of the schema, with its exponent; NULL where there is none. */
void cpn_out_open(cpn_out *out, const cpn_column_schema *schema, int32_t n_columns, const char *currency,
                  int32_t exponent);
void cpn_out_int64(cpn_out *out, int32_t index, int64_t value);
void cpn_out_float64(cpn_out *out, int32_t index, double value);
void cpn_out_text(cpn_out *out, int32_t index, const char *text, size_t length);
void cpn_out_string(cpn_out *out, int32_t index, const char *text); /* NULL = null */
void cpn_out_null(cpn_out *out, int32_t index);
/* The value, or null where it is not there. */
void cpn_out_optional_int64(cpn_out *out, int32_t index, int64_t value, bool is_there);
void cpn_out_optional_float64(cpn_out *out, int32_t index, double value, bool is_there);
/* Copies a cell of the same type from a looked-up column, null included. */
void cpn_out_cell(cpn_out *out, int32_t index, const campaign_column *column, int64_t row);
/* Finishes or reports the first failure; frees the builder either way. *table is NULL on failure. */
campaign_status cpn_out_close(campaign_table **table, cpn_out *out, campaign_error *error);

/* Builder column with an exponent of its own, for engines and conversions. */
campaign_status cpn_builder_add_money(campaign_table_builder *builder, const char *name, const char *currency,
                                      int32_t exponent, campaign_error *error);

#endif
