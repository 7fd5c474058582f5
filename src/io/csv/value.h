/* From the text of one cell to a value: what a cell is by itself, and what it is as a declared type. */
#ifndef CPN_IO_CSV_VALUE_H
#define CPN_IO_CSV_VALUE_H

#include "io/support.h"

/* Why a cell is refused. CPN_IO_FINE is none of them. */
typedef enum cpn_io_trouble {
    CPN_IO_FINE,
    CPN_IO_NOT_INTEGER,
    CPN_IO_NOT_NUMBER,
    CPN_IO_NOT_MONEY,
    CPN_IO_NOT_BOOL,
    CPN_IO_NOT_DATE,
    CPN_IO_NOT_TIMESTAMP,
    CPN_IO_NO_SUCH_DATE,
    CPN_IO_NO_SUCH_TIME,
    CPN_IO_HAS_TIME,
    CPN_IO_HAS_ZONE,
    CPN_IO_TOO_FINE,
    CPN_IO_TOO_LARGE,
    CPN_IO_TOO_MANY_DECIMALS,
    CPN_IO_SCIENTIFIC_ID,
    CPN_IO_LEADING_ZERO,
    CPN_IO_NAMELESS,
    CPN_IO_RAGGED_RECORD,
    CPN_IO_QUOTED_BADLY,
    CPN_IO_N_TROUBLES
} cpn_io_trouble;

/* How a trouble is reported: status code, kind in the report, and the sentence's end behind the value. */
typedef struct cpn_io_trouble_words {
    campaign_status code;
    const char *kind, *words;
} cpn_io_trouble_words;
const cpn_io_trouble_words *cpn_io_describe(cpn_io_trouble trouble);

/* ---- Dates and times (time.c) ------------------------------------------------------------------------------- */

typedef struct cpn_io_time {
    int32_t day;
    int64_t micros; /* of the day */
    bool has_time, has_zone;
    int32_t zone_minutes;
} cpn_io_time;

/* Reads a date with or without a time. order is CAMPAIGN_CSV_YMD …; is_compact allows 20260105 and 20260105082600.
 * NOT_DATE, NO_SUCH_DATE, NO_SUCH_TIME or TOO_FINE. */
cpn_io_trouble cpn_io_read_time(cpn_io_time *time, const char *text, size_t length, int32_t order, bool is_compact);

/* Microseconds since 1970 on the shop's clock, moved by offset_minutes - its zone where it has one. */
int64_t cpn_io_time_micros(const cpn_io_time *time, int32_t offset_minutes);

/* ---- What a cell is by itself (infer.c) --------------------------------------------------------------------- */

/* Kinds of cells, as bits: a column's type follows from the kinds of all its cells. */
enum {
    CPN_IO_KIND_TEXT = 1,
    CPN_IO_KIND_INTEGER = 2,
    CPN_IO_KIND_WIDE = 4,        /* a whole number beyond 2^53, which a double would change */
    CPN_IO_KIND_DECIMAL = 8,     /* a number with decimals, or with a negative exponent */
    CPN_IO_KIND_SCIENTIFIC = 16, /* with a positive exponent: 1E5, perhaps a code, perhaps an id */
    CPN_IO_KIND_DESTROYED = 32,  /* as spreadsheets show long numbers: 1.23E+17 */
    CPN_IO_KIND_DATE = 64,
    CPN_IO_KIND_TIMESTAMP = 128,
    CPN_IO_KIND_ZONED = 256,     /* a timestamp with a zone */
    CPN_IO_KIND_POINT_ZERO = 512 /* a whole number up to 2^53 written as 17850.0, as programs write ids beside nulls */
};

typedef struct cpn_io_plain {
    int64_t integer; /* INTEGER, WIDE, POINT_ZERO: the value; DATE: the day; TIMESTAMP: microseconds */
    double real;     /* every number */
} cpn_io_plain;

/* The kind of a cell that is not empty, and its value; room bytes from text on may be read. */
uint32_t cpn_io_classify(cpn_io_plain *plain, const char *text, size_t length, size_t room);

/* The type that holds cells of all these kinds without losing any of them; zoned timestamps count as timestamps where
 * has_utc_offset, otherwise as text. */
int32_t cpn_io_type_of_kinds(uint32_t kinds, bool has_utc_offset);

/* The same for a column that identifies something: int64 or text. */
int32_t cpn_io_key_type_of_kinds(uint32_t kinds);

/* Which kinds a column of these kinds must refuse: numbers in scientific notation that nothing else in the column shows
 * to be measurements. 0 where none. */
uint32_t cpn_io_refused_kinds(uint32_t kinds, bool is_key);

/* ---- What a cell is as a declared type (declared.c) ----------------------------------------------------------- */

/* Terms of one column. */
typedef struct cpn_io_terms {
    int32_t type;
    char currency[4];
    int32_t exponent, rounding, date_order;
    bool is_key, has_utc_offset;
    int32_t utc_offset_minutes;
} cpn_io_terms;

typedef struct cpn_io_value {
    int64_t integer; /* every type but float64 */
    double real;
    bool is_rounded;
} cpn_io_value;

/* Reads a cell that is not null; room bytes from text on may be read. Of text only keys are checked. */
cpn_io_trouble cpn_io_read_declared(cpn_io_value *value, const cpn_io_terms *terms, const char *text, size_t length,
                                    size_t room);

/* Drops blanks at both ends: space, tab, no-break space, ideographic space. */
void cpn_io_trim(const char **text, size_t *length);

/* Whether text is a number in the form in which spreadsheets show long ids: 1.23E+17, 1E+11 and up. */
bool cpn_io_is_destroyed(const char *text, size_t length);

#endif
