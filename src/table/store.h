/* What tables are made of: stores that keep memory alive, and the table handle itself. Only src/table includes this. */
#ifndef CPN_TABLE_STORE_H
#define CPN_TABLE_STORE_H

#include <campaign/table.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "base/error.h"

enum { CPN_STORE_PIECES = 8 };

/* Memory that one column lives on, shared by tables, slices and exports, and freed by its last user: pieces of our own,
 * a parent that is kept alive because some pieces are its, and the release of a lender. */
typedef struct cpn_store {
    _Atomic int32_t references;
    int32_t n_owned;
    void *owned[CPN_STORE_PIECES];
    struct cpn_store *parent;
    void (*release)(void *ctx);
    void *ctx;
} cpn_store;

/* A store with one reference and nothing in it; NULL where memory is out. */
cpn_store *cpn_store_create(void);

/* One more user; returns the store. */
cpn_store *cpn_store_keep(cpn_store *store);

/* One user less; the last one frees. NULL is allowed. Any thread. */
void cpn_store_drop(cpn_store *store);

/* Memory that goes with the store, not cleared or cleared; NULL where it cannot be had. */
void *cpn_store_alloc(cpn_store *store, int64_t n, size_t size);
void *cpn_store_alloc_zero(cpn_store *store, int64_t n, size_t size);

/* Hands memory from cpn_alloc over to the store. NULL is allowed. */
void cpn_store_own(cpn_store *store, void *memory);

/* A terminated copy of text that goes with the store. */
char *cpn_store_text(cpn_store *store, const char *text);

/* A column of a table. Where a column has validity bits that start at bit_offset, its values, offsets and codes have
 * at least bit_offset elements before row 0 in the same memory: exports step back over them. */
typedef struct cpn_stored_column {
    campaign_column view;
    cpn_store *store;
} cpn_stored_column;

struct campaign_table {
    int64_t n_rows;
    int32_t n_columns;
    cpn_stored_column columns[];
};

/* A table of n_columns columns without a store; NULL where memory is out. */
campaign_table *cpn_table_create(int32_t n_columns, int64_t n_rows);

/* A view of no type, with its size set. */
campaign_column cpn_blank_column(void);

/* Bytes of one fixed-width cell: 4 or 8; 0 for bool and text. */
size_t cpn_cell_width(int32_t type);

/* Whether type is one of CAMPAIGN_TYPE_…. */
bool cpn_is_type(int32_t type);

/* Zeros for the buffers of columns without rows, 64 bytes. */
const void *cpn_zeros(void);

/* ---- Bits ---- */

static inline bool cpn_bit(const uint8_t *bits, int64_t index)
{
    return bits[index >> 3] >> (index & 7) & 1;
}

static inline void cpn_set_bit(uint8_t *bits, int64_t index, bool value)
{
    const unsigned mask = 1u << (index & 7);
    bits[index >> 3] = (uint8_t)(value ? bits[index >> 3] | mask : bits[index >> 3] & ~mask);
}

/* Zero bits among n from first. */
int64_t cpn_count_zero_bits(const uint8_t *bits, int64_t first, int64_t n);

/* Copies n bits from first to the start of to; the rest of the last byte becomes 0. */
void cpn_copy_bits(uint8_t *to, const uint8_t *from, int64_t first, int64_t n);

/* Bytes that hold n bits. */
static inline int64_t cpn_bit_bytes(int64_t n)
{
    return n / 8 + (n % 8 != 0);
}

/* Counts nulls, and drops validity where there are none. */
void cpn_settle_nulls(campaign_column *column);

/* ---- Checks of what comes from outside ---- */

/* Name not empty, without control characters, UTF-8, not among the first n columns of others. */
campaign_status cpn_check_name(const char *name, campaign_error *error);

/* Offsets that never fall and do not start below 0. */
campaign_status cpn_check_offsets(const int32_t *offsets, int64_t n_entries, const char *name, campaign_error *error);

/* All that a column promises: text is UTF-8 (offsets checked before), codes lie in the dictionary, days and timestamps
 * in the years 1 to 9999. Null cells may hold anything. */
campaign_status cpn_check_cells(const campaign_column *column, campaign_error *error);

/* Currency and exponent of a money column; exponent -1 = the currency's own. */
campaign_status cpn_set_money(campaign_column *column, const char *currency, int32_t exponent, campaign_error *error);

#endif
