/* Inside of the JSON reader: what the state machine, the scalars and the tree share. Not for other folders. */
#ifndef CPN_BASE_JSON_READER_H
#define CPN_BASE_JSON_READER_H

#include "base/json.h"

enum { CPN_JSON_DEPTH = 64, CPN_JSON_WHERE = 96 };

/* Values in blocks of doubling size, so that a small document costs one small block. */
typedef struct cpn_json_block {
    struct cpn_json_block *next;
    cpn_json_value values[];
} cpn_json_block;

struct cpn_json {
    cpn_json_block *blocks; /* the newest first */
    int64_t n_in_block, n_free;
    int64_t n_values;
    char *texts; /* all decoded strings and numbers, each terminated; never longer than the input + 2 */
    const cpn_json_value *root;
};

typedef struct cpn_json_reader {
    const unsigned char *text, *at;
    const unsigned char *end; /* of the part that is valid UTF-8 */
    bool is_cut;              /* other bytes follow at end */
    const unsigned char *line_start;
    int32_t line;
    int64_t n_continuations; /* bytes of this line so far that start no character */
    char *next_text;         /* where the next decoded text goes */
    const char *key;         /* of the member that is about to be read */
    uint32_t key_length;
    int64_t largest_values;
    int32_t depth;
    struct {
        cpn_json_value *node, *last; /* an open container and its last child so far */
    } open[CPN_JSON_DEPTH];
    const cpn_json_value *place; /* what errors are about; NULL before the root */
    cpn_json *json;
    campaign_error *error;
} cpn_json_reader;

/* A cleared value, or NULL where memory is out. */
cpn_json_value *cpn_json_new_value(cpn_json *json);

/* cpn_json_read with another limit than 2^24 values. */
campaign_status cpn_json_read_within(cpn_json **json, const char *text, size_t length, int64_t largest_values,
                                     campaign_error *error);

/* Each reads at reader->at and moves it behind what was read. */
campaign_status cpn_json_scan_string(cpn_json_reader *reader, const char **text, uint32_t *length);
campaign_status cpn_json_scan_number(cpn_json_reader *reader, cpn_json_value *value);
campaign_status cpn_json_scan_word(cpn_json_reader *reader, cpn_json_value *value);

/* Fails at reader->at. */
campaign_status cpn_json_fail_here(cpn_json_reader *reader, campaign_status code, const char *format, ...)
    CPN_PRINTF(3, 4);
/* Fails at reader->at with what was expected and what stands there. */
campaign_status cpn_json_fail_expected(cpn_json_reader *reader, const char *expected);

/* CAMPAIGN_E_DUPLICATE for the first member whose key stood before. */
campaign_status cpn_json_check_keys(const cpn_json_value *object, campaign_error *error);

/* Path, line and column as one text; the front of a long path is cut. value may be NULL: no path. */
void cpn_json_write_where(char where[CPN_JSON_WHERE], const cpn_json_value *value, int64_t line, int64_t column);

#endif
