/* From the bytes of a file to valid UTF-8 without zero bytes. */
#ifndef CPN_IO_ENCODING_H
#define CPN_IO_ENCODING_H

#include "io/support.h"

typedef struct cpn_io_decoded {
    const char *text; /* the given bytes after their byte order mark, or owned */
    size_t length;
    char *owned; /* to free, or NULL */
    int32_t encoding;
    bool has_bom;
} cpn_io_decoded;

/* Checks or converts; encoding is CAMPAIGN_CSV_UTF8 … . UTF-16, workbooks and zero bytes are refused by name;
 * where = "line 12 column 5" of the first byte that is wrong. Bytes are a file's from the beginning of first_line on; only
 * its line 1 has a byte order mark. */
campaign_status cpn_io_decode(cpn_io_decoded *decoded, const char *bytes, size_t length, int32_t encoding,
                              int64_t first_line, campaign_error *error);

/* Converts GB18030 into *text, a new text to free. Returns OK, NOMEM, E_UNSUPPORTED (no converter on this system), or
 * E_ENCODING, the valid beginning then being in *text and *n_read bytes of input having been read. */
campaign_status cpn_io_convert_gb18030(char **text, size_t *length, size_t *n_read, const char *bytes, size_t n_bytes);

/* Line and column, from 1, of a position in valid text; the column in characters. LF, CRLF and CR end lines. */
typedef struct cpn_io_place {
    int64_t line, column;
} cpn_io_place;
cpn_io_place cpn_io_locate(const char *text, size_t position);

/* Line ends within text: LF, CRLF, CR. */
int64_t cpn_io_count_lines(const char *text, size_t length);

#endif
