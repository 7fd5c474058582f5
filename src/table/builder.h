/* Inside of a table builder, shared by cell-by-cell building and whole arrays. Only src/table includes this. */
#ifndef CPN_TABLE_BUILDER_H
#define CPN_TABLE_BUILDER_H

#include "table/store.h"

/* A column being built. Its view has name, type, currency, n_rows and n_nulls; the buffers are set by finish, except
 * in a whole array, which is complete from the start. */
typedef struct cpn_builder_column {
    campaign_column view;
    cpn_store *store; /* owns the name, and all of a whole array */
    bool is_whole;
    int64_t capacity;      /* rows that fit values, offsets and validity */
    int64_t text_capacity; /* bytes that fit text */
    void *values;          /* fixed-width cells, bits, or the bytes of text */
    int32_t *offsets;
    uint8_t *validity; /* NULL until the first null */
} cpn_builder_column;

struct campaign_table_builder {
    int32_t n_columns, capacity;
    cpn_builder_column *columns;
};

/* Adds a column with that name and type and nothing else; name checked, not used before. The column stays valid until
 * the next one is added. */
campaign_status cpn_builder_add(cpn_builder_column **column, campaign_table_builder *builder, const char *name,
                                int32_t type, campaign_error *error);

/* Takes back the column added last. */
void cpn_builder_drop_last(campaign_table_builder *builder);

#endif
