/* Text that grows, and questions about UTF-8. */
#ifndef CPN_BASE_TEXT_H
#define CPN_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* A growing text. Zero-initialise; after a failed append, has_failed stays set and later appends do nothing, so a writer
 * checks once at the end. */
typedef struct cpn_text {
    char *data; /* terminated once anything was appended */
    size_t length, capacity;
    bool has_failed;
} cpn_text;

void cpn_text_add(cpn_text *text, const char *bytes, size_t length);
void cpn_text_add_string(cpn_text *text, const char *string);
void cpn_text_add_char(cpn_text *text, char c);
void cpn_text_add_int64(cpn_text *text, int64_t value);
void cpn_text_add_format(cpn_text *text, const char *format, ...) CPN_PRINTF(2, 3);

/* Hands the text over as a terminated string to free with cpn_free; NULL where an append failed. Empties text. */
char *cpn_text_take(cpn_text *text);
void cpn_text_clear(cpn_text *text);

/* Bytes of the longest valid UTF-8 prefix: length if all is valid (no surrogates, no overlong forms). */
size_t cpn_utf8_valid(const char *text, size_t length);

/* Largest length <= limit that does not cut a UTF-8 sequence. */
size_t cpn_utf8_cut(const char *text, size_t length, size_t limit);

/* Whether text is a usable name or key: valid UTF-8, not empty, no control characters. */
bool cpn_is_key(const char *text, size_t length);

/* Index of the name closest to text by edit distance (at most 2, or a third of its length), or -1: "did you mean". */
int64_t cpn_nearest_name(const char *text, size_t length, const char *const *names, int64_t n_names);

#endif
