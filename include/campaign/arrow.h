/* libcampaign: tables in and out through the Arrow C data interface.
 *
 * The three structs are those of the Arrow specification (https://arrow.apache.org/docs/format/CDataInterface.html,
 * Apache-2.0) and may already be defined by another header. */
#ifndef CAMPAIGN_ARROW_H
#define CAMPAIGN_ARROW_H

#include <campaign/table.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE           2
#define ARROW_FLAG_MAP_KEYS_SORTED    4

struct ArrowSchema {
    const char *format;
    const char *name;
    const char *metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};

struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;
    struct ArrowArray **children;
    struct ArrowArray *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};

#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};

#endif

/** How Arrow data becomes a table. */
typedef struct campaign_arrow_options {
    uint32_t size;              /* sizeof(campaign_arrow_options) */
    int32_t has_utc_offset;     /* timestamps with a zone are moved by utc_offset_minutes; otherwise refused */
    int32_t utc_offset_minutes; /* 480 for China */
    int32_t money_as_decimal;   /* out only: money leaves as decimal128 instead of int64 with metadata */
} campaign_arrow_options;

#define CAMPAIGN_ARROW_OPTIONS_INIT                                                                                    \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_arrow_options), 0, 0, 0                                                              \
    }

/** Takes over one record batch (a struct array) as a table.
 *  Buffers are used in place where the types agree (bool, int32, int64, float64, date32, timestamp[us] without a zone,
 *  utf8, dictionaries of utf8 with int32 codes) and converted otherwise: every integer width, float32, date64,
 *  timestamps of any unit, large and view strings, dictionaries of other index widths, all-null columns.
 *  Time is kept in microseconds: nanoseconds are rounded down, as is the time of day of a date64.
 *  decimal128 (and 32, 64, 256) becomes money with the currency of its field metadata, or "XXX", and its scale as
 *  exponent; a scale above 9 or below 0 is brought there where no digit is lost, otherwise CAMPAIGN_E_VALUE (row). Whole
 *  numbers with the metadata "campaign.currency" and "campaign.exponent" become money.
 *  @param array   moved: on success and on failure it is released and must not be used again
 *  @param schema  moved likewise
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_COLUMN (type not supported) · CAMPAIGN_E_OVERFLOW (row) ·
 *          CAMPAIGN_E_ENCODING (row) · CAMPAIGN_E_VALUE (malformed array; row: a day outside the years 1 to 9999) ·
 *          CAMPAIGN_E_DUPLICATE (two columns of one name) · CAMPAIGN_E_UNKNOWN (currency) ·
 *          CAMPAIGN_E_LIMIT (2 GiB of text) · CAMPAIGN_E_NOMEM
 *  The caller frees @p *table. Any thread. O(rows). @since 0.1 */
CAMPAIGN_API campaign_status campaign_table_from_arrow(campaign_table **table, struct ArrowArray *array,
                                                       struct ArrowSchema *schema,
                                                       const campaign_arrow_options *options, campaign_error *error);

/** Reads a whole stream into one table; more than one batch is joined by copying.
 *  @param stream  moved: released on success and on failure
 *  @return as campaign_table_from_arrow, and CAMPAIGN_E_IO with the stream's own words where it fails
 *  The caller frees @p *table. Any thread. O(rows). @since 0.1 */
CAMPAIGN_API campaign_status campaign_table_from_arrow_stream(campaign_table **table, struct ArrowArrayStream *stream,
                                                              const campaign_arrow_options *options,
                                                              campaign_error *error);

/** Exports a table as one record batch that shares its buffers.
 *  @param array_out   filled; its consumer calls release
 *  @param schema_out  filled likewise
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_NOMEM
 *  The table may be freed before the export. Any thread. O(columns); O(rows) for money as decimals. @since 0.1 */
CAMPAIGN_API campaign_status campaign_table_to_arrow(struct ArrowArray *array_out, struct ArrowSchema *schema_out,
                                                     const campaign_table *table, const campaign_arrow_options *options,
                                                     campaign_error *error);

/** Exports a table as a stream of one batch. Terms as campaign_table_to_arrow. @since 0.1 */
CAMPAIGN_API campaign_status campaign_table_to_arrow_stream(struct ArrowArrayStream *stream_out,
                                                            const campaign_table *table,
                                                            const campaign_arrow_options *options,
                                                            campaign_error *error);

#ifdef __cplusplus
}
#endif

#endif
