/* JSON: a strict reader (RFC 8259) that keeps number text and positions, and a writer. */
#ifndef CPN_BASE_JSON_H
#define CPN_BASE_JSON_H

#include <stdbool.h>

#include "base/text.h"

typedef enum cpn_json_kind {
    CPN_JSON_NULL,
    CPN_JSON_BOOL,
    CPN_JSON_NUMBER,
    CPN_JSON_STRING,
    CPN_JSON_ARRAY,
    CPN_JSON_OBJECT
} cpn_json_kind;

typedef struct cpn_json cpn_json;

/* A value in the tree, 72 bytes on 64-bit machines; all pointers live as long as the cpn_json. */
typedef struct cpn_json_value {
    cpn_json_kind kind;
    bool boolean;
    const char *text;            /* number as written, or decoded string; terminated */
    const char *key;             /* member of an object: its decoded key, terminated; otherwise NULL */
    uint32_t length, key_length; /* of text and key, in bytes */
    int32_t index;               /* position among its siblings */
    int32_t n_children;
    int32_t line, column; /* where the value starts, counted from 1, columns in code points */
    const struct cpn_json_value *parent, *first, *next;
} cpn_json_value;

/* Reads a whole text. Refuses: not UTF-8, duplicate keys, trailing text, depth over 64, more than 2^28 bytes or 2^24
 * values. where = "a.b[3].c (line 12 column 5)". A leading BOM is allowed. */
campaign_status cpn_json_read(cpn_json **json, const char *text, size_t length, campaign_error *error);
void cpn_json_free(cpn_json *json);

const cpn_json_value *cpn_json_root(const cpn_json *json);

/* The member of that name, or NULL. */
const cpn_json_value *cpn_json_member(const cpn_json_value *object, const char *key);

/* Fails with the value's path, line and column as where. */
campaign_status cpn_json_fail(campaign_error *error, campaign_status code, const cpn_json_value *value,
                              const char *format, ...) CPN_PRINTF(4, 5);

/* Copies text for a message: at most 60 bytes, an ellipsis for the rest, control characters as '?'. */
enum { CPN_JSON_SHOWN = 64 };
const char *cpn_json_show(char shown[CPN_JSON_SHOWN], const char *text, size_t length);

/* Writer: values go into text in order; commas, line breaks and indentation come by themselves. Containers opened with
 * is_flat stay on one line. Zero-initialise with text set; depth at most 64; errors show in text->has_failed. */
typedef struct cpn_json_writer {
    cpn_text *text;
    int32_t depth;
    bool has_key;
    bool is_flat[65], has_items[65], is_object[65];
} cpn_json_writer;

void cpn_json_open_object(cpn_json_writer *writer, bool is_flat);
void cpn_json_open_array(cpn_json_writer *writer, bool is_flat);
void cpn_json_close(cpn_json_writer *writer);
void cpn_json_key(cpn_json_writer *writer, const char *key);
void cpn_json_string(cpn_json_writer *writer, const char *text, size_t length);
void cpn_json_string_z(cpn_json_writer *writer, const char *text);
void cpn_json_int64(cpn_json_writer *writer, int64_t value);
void cpn_json_double(cpn_json_writer *writer, double value);
void cpn_json_number_text(cpn_json_writer *writer, const char *text, size_t length);
void cpn_json_bool(cpn_json_writer *writer, bool value);
void cpn_json_null(cpn_json_writer *writer);
void cpn_json_money(cpn_json_writer *writer, int64_t minor, int32_t exponent); /* as a string */
void cpn_json_date(cpn_json_writer *writer, int32_t day);
/* Copies a value from a tree as it was written: numbers to the digit, containers on one line where they began so. */
void cpn_json_copy(cpn_json_writer *writer, const cpn_json_value *value);

#endif
