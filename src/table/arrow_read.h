/* Inside of the Arrow import: what a field says, and one column on its way in. Only src/table includes this. */
#ifndef CPN_TABLE_ARROW_READ_H
#define CPN_TABLE_ARROW_READ_H

#include <campaign/arrow.h>
#include <string.h>

#include "table/store.h"

typedef enum cpn_arrow_kind {
    CPN_ARROW_NULL,
    CPN_ARROW_BOOL,
    CPN_ARROW_INT8,
    CPN_ARROW_UINT8,
    CPN_ARROW_INT16,
    CPN_ARROW_UINT16,
    CPN_ARROW_INT32,
    CPN_ARROW_UINT32,
    CPN_ARROW_INT64,
    CPN_ARROW_UINT64,
    CPN_ARROW_FLOAT32,
    CPN_ARROW_FLOAT64,
    CPN_ARROW_DATE32,
    CPN_ARROW_DATE64,
    CPN_ARROW_TIMESTAMP,
    CPN_ARROW_DECIMAL,
    CPN_ARROW_UTF8,
    CPN_ARROW_LARGE_UTF8,
    CPN_ARROW_UTF8_VIEW
} cpn_arrow_kind;

/* What one field of a schema says. */
typedef struct cpn_arrow_field {
    const char *name; /* lives with the schema */
    cpn_arrow_kind kind;
    bool is_dictionary;
    cpn_arrow_kind index_kind;  /* width of the dictionary's codes */
    int64_t ticks_per_second;   /* timestamps: 1, 1000, 1000000 or 1000000000 */
    int64_t shift_microseconds; /* timestamps with a zone: what turns UTC into the shop's clock */
    int32_t decimal_bits, decimal_scale;
    char currency[4]; /* metadata; "" = not money, or unknown */
    int32_t exponent; /* metadata; -1 = not said */
} cpn_arrow_field;

/* The caller's options, checked and made complete. */
campaign_status cpn_arrow_read_options(campaign_arrow_options *ours, const campaign_arrow_options *options,
                                       campaign_error *error);

/* Reads and checks a field; where = its name. */
campaign_status cpn_arrow_read_field(cpn_arrow_field *field, const struct ArrowSchema *schema, int64_t index,
                                     const campaign_arrow_options *options, campaign_error *error);

/* The fields of a struct schema; NULL after a failure. Free with cpn_free. */
cpn_arrow_field *cpn_arrow_read_fields(campaign_status *status, const struct ArrowSchema *schema,
                                       const campaign_arrow_options *options, campaign_error *error);

/* One column on its way in. Validity stands in the view first of all; converters read it to skip null cells. */
typedef struct cpn_arrow_column {
    const cpn_arrow_field *field;
    const struct ArrowArray *array;
    int64_t first; /* where row 0 stands in the array's buffers */
    cpn_store *store;
    campaign_column view;
} cpn_arrow_column;

/* Buffer number index, at its first byte. */
static inline const char *cpn_arrow_buffer(const cpn_arrow_column *column, int64_t index)
{
    return column->array->buffers[index];
}

/* Whether the array has what its kind needs before any buffer is read. */
campaign_status cpn_arrow_check_shape(const struct ArrowArray *array, cpn_arrow_kind kind, bool is_dictionary,
                                      const char *name, campaign_error *error);

/* Validity of an array at first, joined with that of the struct around it, into column->view. parent may be NULL. */
campaign_status cpn_arrow_take_validity(cpn_arrow_column *column, const struct ArrowArray *parent,
                                        campaign_error *error);

/* Moves validity to bit 0 of its own memory, because the values no longer stand where the array has them. */
campaign_status cpn_arrow_align_validity(cpn_arrow_column *column, campaign_error *error);

/* Fill type and values of column->view: numbers, days and money; text; codes and dictionary. */
campaign_status cpn_arrow_take_cells(cpn_arrow_column *column, campaign_error *error);
campaign_status cpn_arrow_take_text(cpn_arrow_column *column, campaign_error *error);
campaign_status cpn_arrow_take_dictionary(cpn_arrow_column *column, campaign_error *error);

/* The decimals of one column as minor units. */
campaign_status cpn_arrow_take_decimals(cpn_arrow_column *column, campaign_error *error);

/* A column without rows, of the type that the field becomes. */
campaign_status cpn_arrow_take_nothing(cpn_arrow_column *column, campaign_error *error);

/* Text of no bytes in every row. */
campaign_status cpn_arrow_take_blanks(cpn_arrow_column *column, campaign_error *error);

/* One batch as a table. The array is moved: released on failure, and by its last user after success. NULL stands for a
 * batch without rows. */
campaign_status cpn_arrow_read_batch(campaign_table **table, struct ArrowArray *array, const cpn_arrow_field *fields,
                                     int32_t n_fields, campaign_error *error);

/* Releases what has not been released. NULL is allowed. */
void cpn_arrow_release_array(struct ArrowArray *array);
void cpn_arrow_release_schema(struct ArrowSchema *schema);

/* Tables of the same columns, one below the other. Text with one dictionary keeps it. Rows in errors count from the
 * first table. */
campaign_status cpn_tables_join(campaign_table **joined, campaign_table *const *tables, int64_t n_tables,
                                campaign_error *error);

#endif
