/* libcampaign: what every engine shares.
 *
 * Status codes and the error record, run-time services, money, the exact splitter and civil dates.
 * Nothing here keeps state: every function may be called from any thread, at any time, in any order.
 *
 * Conventions of the whole library
 *   - Outputs come first, inputs next, then options, run-time services and the error record.
 *   - A pointer to a pointer is an output the caller frees; a plain pointer that is returned lives with its parent.
 *   - On failure outputs are NULL or zero and inputs are unchanged.
 *   - Knob structs start with their own size; zero in every other field means the default. */
#ifndef CAMPAIGN_BASE_H
#define CAMPAIGN_BASE_H

#include <stddef.h>
#include <stdint.h>

#if defined(SWIG)
#define CAMPAIGN_API
#elif defined(_WIN32) && defined(CAMPAIGN_BUILD)
#define CAMPAIGN_API __declspec(dllexport)
#elif defined(__GNUC__)
#define CAMPAIGN_API __attribute__((visibility("default")))
#else
#define CAMPAIGN_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Version ---------------------------------------------------------------------------------------------------- */

#define CAMPAIGN_VERSION_MAJOR  0
#define CAMPAIGN_VERSION_MINOR  1
#define CAMPAIGN_VERSION_PATCH  0
#define CAMPAIGN_VERSION_NUMBER (CAMPAIGN_VERSION_MAJOR * 10000 + CAMPAIGN_VERSION_MINOR * 100 + CAMPAIGN_VERSION_PATCH)

/** Version of the linked library as major * 10000 + minor * 100 + patch; compare with CAMPAIGN_VERSION_NUMBER.
 *  Any thread. O(1). @since 0.1 */
CAMPAIGN_API int32_t campaign_version(void);

/* ---- Status and error ------------------------------------------------------------------------------------------- */

/** Outcome of a call: CAMPAIGN_OK or a negative CAMPAIGN_E_… code. Values are eternal. */
typedef int32_t campaign_status;

enum {
    CAMPAIGN_OK = 0,
    CAMPAIGN_E_ARGUMENT = -1,     /* an argument is NULL, out of range, or a struct has an impossible size */
    CAMPAIGN_E_NOMEM = -2,        /* memory could not be had */
    CAMPAIGN_E_OVERFLOW = -3,     /* a number does not fit its type */
    CAMPAIGN_E_COLUMN = -4,       /* a column is missing or has the wrong type */
    CAMPAIGN_E_VALUE = -5,        /* a cell or a field holds a value outside its limits */
    CAMPAIGN_E_SYNTAX = -6,       /* text is malformed: JSON, CSV, a number, a date */
    CAMPAIGN_E_ENCODING = -7,     /* bytes are not valid in the declared encoding */
    CAMPAIGN_E_DUPLICATE = -8,    /* a key, name or id stands twice */
    CAMPAIGN_E_UNKNOWN = -9,      /* a key, name or id is not known */
    CAMPAIGN_E_MISSING = -10,     /* a required field or value is absent */
    CAMPAIGN_E_LIMIT = -11,       /* input passes a declared limit of depth, size or count */
    CAMPAIGN_E_INFEASIBLE = -12,  /* conditions contradict each other */
    CAMPAIGN_E_UNSUPPORTED = -13, /* well-formed, but this library cannot do it */
    CAMPAIGN_E_CANCELLED = -14,   /* the progress callback asked to stop */
    CAMPAIGN_E_STATE = -15,       /* the handle is not in a state that allows the call */
    CAMPAIGN_E_IO = -16           /* a file could not be read or written */
};

/** What went wrong and where. Owned by the caller, may be NULL in every call, overwritten whole by each failing call,
 *  left alone by a call that succeeds. 368 bytes on every ABI; it never grows. */
typedef struct campaign_error {
    int32_t code;      /* the returned status */
    int32_t reserved;  /* 0 */
    int64_t row;       /* offending row, counted from 0; -1 if none */
    char where[96];    /* "orders.amount", "promotions[3].threshold", "line 12 column 5" */
    char message[256]; /* one sentence with the value and the limit; valid UTF-8, as is where */
} campaign_error;

/** Name of a status code, such as "CAMPAIGN_E_COLUMN"; "CAMPAIGN_E_?" for a code this library does not know.
 *  Never NULL. Any thread. O(1). @since 0.1 */
CAMPAIGN_API const char *campaign_status_name(campaign_status status);

/** One sentence that says what a status code means.
 *  @param language  "en" or "zh"; anything else, or NULL, reads as "en"
 *  Never NULL; static text. Any thread. O(1). @since 0.1 */
CAMPAIGN_API const char *campaign_status_text(campaign_status status, const char *language);

/** Frees text that the library returned through a char ** output. NULL is allowed. Any thread. @since 0.1 */
CAMPAIGN_API void campaign_text_free(char *text);

/* ---- Run-time services ------------------------------------------------------------------------------------------ */

/** Threads and progress of one call. NULL or all zero after size: one thread, silent. */
typedef struct campaign_runtime {
    uint32_t size;     /* sizeof(campaign_runtime) */
    int32_t n_threads; /* 0 or 1 = one thread, -1 = every core the process may use */
    /** Called now and then, on the calling thread only. @p total is -1 where it is not known.
     *  Non-zero ends the call with CAMPAIGN_E_CANCELLED. */
    int (*progress)(void *ctx, const char *stage, int64_t done, int64_t total);
    void *ctx; /* handed to progress */
} campaign_runtime;

#define CAMPAIGN_RUNTIME_INIT                                                                                          \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_runtime), 0, NULL, NULL                                                              \
    }

/* ---- Money ------------------------------------------------------------------------------------------------------ */

/** How a number with too many decimals becomes a minor unit. */
enum {
    CAMPAIGN_ROUND_NONE = 0,      /* refuse what is not exact */
    CAMPAIGN_ROUND_HALF_UP = 1,   /* nearest, halves away from zero */
    CAMPAIGN_ROUND_HALF_EVEN = 2, /* nearest, halves to the even neighbour */
    CAMPAIGN_ROUND_HALF_DOWN = 3, /* nearest, halves towards zero */
    CAMPAIGN_ROUND_UP = 4,        /* away from zero */
    CAMPAIGN_ROUND_DOWN = 5,      /* towards zero */
    CAMPAIGN_ROUND_FLOOR = 6,     /* towards minus infinity */
    CAMPAIGN_ROUND_CEILING = 7    /* towards plus infinity */
};

/** Decimals of a currency by ISO 4217: 2 for "CNY", 0 for "JPY", 3 for "KWD".
 *  @param exponent  receives 0 to 4
 *  @param currency  three capital letters; "XXX" (no currency) has exponent 0
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_UNKNOWN
 *  Any thread. O(log n). @since 0.1 */
CAMPAIGN_API campaign_status campaign_currency_exponent(int32_t *exponent, const char *currency, campaign_error *error);

/** Reads a decimal exactly: "19.90" with exponent 2 is 1990.
 *  Accepts an optional sign, digits, and one dot; no blanks, grouping, exponent notation or currency sign.
 *  @param minor     receives the amount in minor units
 *  @param text      @p length bytes, need not be terminated
 *  @param exponent  decimals of the currency, 0 to 9
 *  @param rounding  CAMPAIGN_ROUND_…; CAMPAIGN_ROUND_NONE refuses non-zero digits beyond @p exponent
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_SYNTAX · CAMPAIGN_E_VALUE (not exact) · CAMPAIGN_E_OVERFLOW
 *  Any thread. O(length). @since 0.1 */
CAMPAIGN_API campaign_status campaign_money_parse(int64_t *minor, const char *text, size_t length, int32_t exponent,
                                                  int32_t rounding, campaign_error *error);

/** Reads a decimal number to the nearest double, ties to even, in every locale alike: "-1.5", ".5", "2e10".
 *  Accepts an optional sign, digits with at most one dot, and an exponent; no blanks, grouping, hexadecimals, "nan" or
 *  "inf".
 *  @param value  receives the number
 *  @param text   @p length bytes, need not be terminated
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_SYNTAX · CAMPAIGN_E_OVERFLOW (beyond the largest double)
 *  Any thread. O(length), and some microseconds where more than 19 digits decide. @since 0.1 */
CAMPAIGN_API campaign_status campaign_number_parse(double *value, const char *text, size_t length,
                                                   campaign_error *error);

/** Longest text of campaign_money_format with its terminating zero. */
#define CAMPAIGN_MONEY_TEXT 32

/** Prints minor units as a decimal with exactly @p exponent decimals: 1990 with exponent 2 is "19.90".
 *  @param text  receives at most CAMPAIGN_MONEY_TEXT bytes with a terminating zero
 *  @return the length without the terminating zero; 0 if @p exponent is not 0 to 9
 *  Any thread. O(1). @since 0.1 */
CAMPAIGN_API size_t campaign_money_format(char text[CAMPAIGN_MONEY_TEXT], int64_t minor, int32_t exponent);

/* ---- The exact splitter ----------------------------------------------------------------------------------------- */

/** One amount and the cells that share it. All arrays have @p n_cells entries; NULL arrays mean the default. */
typedef struct campaign_split_problem {
    uint32_t size;          /* sizeof(campaign_split_problem) */
    int32_t reserved;       /* 0 */
    int64_t total_minor;    /* what is to be split, >= 0 */
    int64_t n_cells;        /* number of cells, >= 0 */
    const int64_t *weights; /* >= 0, of any scale; NULL = all equal. A cell of weight 0 gets its minimum and no more */
    const int64_t *minimum; /* >= 0; NULL = 0 */
    const int64_t *maximum; /* >= minimum; NULL = no cap; INT64_MAX = no cap for this cell */
    const int64_t *locked;  /* the cell's fixed part, within its bounds, or CAMPAIGN_SPLIT_FREE; NULL = all free */
} campaign_split_problem;

#define CAMPAIGN_SPLIT_FREE INT64_MIN

#define CAMPAIGN_SPLIT_PROBLEM_INIT                                                                                    \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_split_problem), 0, 0, 0, NULL, NULL, NULL, NULL                                      \
    }

/** Splits one amount over weights so that the parts are whole minor units and add up to the amount.
 *  Free cells share what the locked ones leave in proportion to their weights, held within their bounds: the level L
 *  with sum of clamp(L * weight, minimum, maximum) = rest, exactly. Fractions are settled by largest remainder, ties to
 *  the lower index (Hamilton's method; source: Balinski & Young, Fair Representation, 1982), so every part is within
 *  one unit of its exact share. What such rounding cannot promise: a larger total may take one unit from a cell
 *  (the Alabama paradox), never more.
 *  @param parts             receives n_cells parts; zeros on failure; must not overlap the problem's arrays
 *  @param unallocated_minor receives what the caps, or having only cells of weight 0, left over; parts and it add up to
 *                           total_minor
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT (a negative total, a missing output)
 *          · CAMPAIGN_E_VALUE (row = cell: negative weight or bound, cap below minimum)
 *          · CAMPAIGN_E_INFEASIBLE (row = cell: a lock outside its bounds; row = first cell that asks for something:
 *          total below minima and locks; the message names the cells and sums) · CAMPAIGN_E_NOMEM
 *  Any thread. O(n) time and 16 bytes a cell without bounds that bind; O(n log n) and at most 64 bytes a cell with them.
 *  @since 0.1 */
CAMPAIGN_API campaign_status campaign_split(int64_t *parts, int64_t *unallocated_minor,
                                            const campaign_split_problem *problem, campaign_error *error);

/* ---- Civil dates ------------------------------------------------------------------------------------------------ */

/** Days are int32 counted from 1970-01-01 in the proleptic Gregorian calendar; years 1 to 9999. */
#define CAMPAIGN_DAY_MIN (-719162) /* 0001-01-01 */
#define CAMPAIGN_DAY_MAX 2932896   /* 9999-12-31 */

/** Day number of a civil date.
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_VALUE (no such date)
 *  Any thread. O(1). @since 0.1 */
CAMPAIGN_API campaign_status campaign_date_from_civil(int32_t *day, int32_t year, int32_t month, int32_t day_of_month,
                                                      campaign_error *error);

/** Civil date of a day number within CAMPAIGN_DAY_MIN and CAMPAIGN_DAY_MAX.
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_VALUE
 *  Any thread. O(1). @since 0.1 */
CAMPAIGN_API campaign_status campaign_date_to_civil(int32_t *year, int32_t *month, int32_t *day_of_month, int32_t day,
                                                    campaign_error *error);

/** Reads an ISO 8601 calendar date, "2027-02-06".
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_SYNTAX · CAMPAIGN_E_VALUE (no such date)
 *  Any thread. O(1). @since 0.1 */
CAMPAIGN_API campaign_status campaign_date_parse(int32_t *day, const char *text, size_t length, campaign_error *error);

/** Length of a printed date with its terminating zero. */
#define CAMPAIGN_DATE_TEXT 11

/** Prints a day as ISO 8601, "2027-02-06".
 *  @return the length without the terminating zero; 0 if @p day is outside the years 1 to 9999
 *  Any thread. O(1). @since 0.1 */
CAMPAIGN_API size_t campaign_date_format(char text[CAMPAIGN_DATE_TEXT], int32_t day);

#ifdef __cplusplus
}
#endif

#endif
