/* Reads a JSON text into a tree: a loop with an explicit stack, one step per value, key or separator.
 * Refuses what RFC 8259 refuses, and what it leaves open to disagreement: duplicate keys, lone surrogates, text that is
 * too deep or too large. */
#include "base/json.h"

#include <string.h>

#include "base/json_reader.h"
#include "base/memory.h"

#define LARGEST_TEXT   ((size_t)1 << 28)
#define LARGEST_VALUES ((int64_t)1 << 24)

typedef enum step { STEP_VALUE, STEP_KEY, STEP_SEPARATOR, STEP_DONE } step;

static void skip_blanks(cpn_json_reader *reader)
{
    for (; reader->at < reader->end; reader->at++) {
        const unsigned char byte = *reader->at;
        if (byte == '\n') {
            reader->line++;
            reader->line_start = reader->at + 1;
            reader->n_continuations = 0;
        } else if (byte != ' ' && byte != '\t' && byte != '\r') {
            break;
        }
    }
}

static bool is_next(cpn_json_reader *reader, char c)
{
    skip_blanks(reader);
    return reader->at < reader->end && *reader->at == (unsigned char)c;
}

/* A value in its place in the tree, its kind still open. */
static campaign_status start_value(cpn_json_reader *reader, cpn_json_value **out)
{
    if (reader->json->n_values == reader->largest_values)
        return cpn_json_fail_here(reader, CAMPAIGN_E_LIMIT, "more than %lld values", (long long)reader->largest_values);
    cpn_json_value *value = cpn_json_new_value(reader->json);
    if (!value) return cpn_fail_nomem(reader->error);
    value->key = reader->key;
    value->key_length = reader->key_length;
    reader->key = NULL;
    reader->key_length = 0;
    value->line = reader->line;
    value->column = (int32_t)(reader->at - reader->line_start - reader->n_continuations + 1); /* below 2^28 */
    if (reader->depth) {
        cpn_json_value *parent = reader->open[reader->depth - 1].node, *last = reader->open[reader->depth - 1].last;
        value->parent = parent;
        value->index = parent->n_children++;
        if (last)
            last->next = value;
        else
            parent->first = value;
        reader->open[reader->depth - 1].last = value;
    } else {
        reader->json->root = value;
    }
    reader->place = value;
    *out = value;
    return CAMPAIGN_OK;
}

/* Closes the innermost container; its bracket is at reader->at. */
static campaign_status close_container(cpn_json_reader *reader, step *next)
{
    const cpn_json_value *node = reader->open[--reader->depth].node;
    reader->at++;
    reader->place = node->parent;
    *next = reader->depth ? STEP_SEPARATOR : STEP_DONE;
    return node->kind == CPN_JSON_OBJECT ? cpn_json_check_keys(node, reader->error) : CAMPAIGN_OK;
}

static campaign_status open_container(cpn_json_reader *reader, cpn_json_value *value, step *next)
{
    if (reader->depth == CPN_JSON_DEPTH)
        return cpn_json_fail_here(reader, CAMPAIGN_E_LIMIT, "nested more than %d deep", CPN_JSON_DEPTH);
    const bool is_object = *reader->at == '{';
    value->kind = is_object ? CPN_JSON_OBJECT : CPN_JSON_ARRAY;
    reader->open[reader->depth].node = value;
    reader->open[reader->depth].last = NULL;
    reader->depth++;
    reader->at++;
    if (is_next(reader, is_object ? '}' : ']')) return close_container(reader, next);
    *next = is_object ? STEP_KEY : STEP_VALUE;
    return CAMPAIGN_OK;
}

static campaign_status read_value(cpn_json_reader *reader, step *next)
{
    skip_blanks(reader);
    cpn_json_value *value = NULL;
    campaign_status status = start_value(reader, &value);
    if (status != CAMPAIGN_OK) return status;
    const unsigned char c = reader->at < reader->end ? *reader->at : 0;
    if (c == '{' || c == '[') return open_container(reader, value, next);
    if (c == '"') {
        value->kind = CPN_JSON_STRING;
        status = cpn_json_scan_string(reader, &value->text, &value->length);
    } else if (c == '-' || (c >= '0' && c <= '9')) {
        status = cpn_json_scan_number(reader, value);
    } else {
        status = cpn_json_scan_word(reader, value);
    }
    *next = reader->depth ? STEP_SEPARATOR : STEP_DONE;
    return status;
}

static campaign_status read_key(cpn_json_reader *reader, step *next)
{
    reader->place = reader->open[reader->depth - 1].node;
    if (!is_next(reader, '"')) return cpn_json_fail_expected(reader, "a key in double quotes");
    campaign_status status = cpn_json_scan_string(reader, &reader->key, &reader->key_length);
    if (status != CAMPAIGN_OK) return status;
    if (!is_next(reader, ':')) return cpn_json_fail_expected(reader, "a colon after the key");
    reader->at++;
    *next = STEP_VALUE;
    return CAMPAIGN_OK;
}

static campaign_status read_separator(cpn_json_reader *reader, step *next)
{
    const cpn_json_value *node = reader->open[reader->depth - 1].node;
    const bool is_object = node->kind == CPN_JSON_OBJECT;
    if (is_next(reader, is_object ? '}' : ']')) return close_container(reader, next);
    reader->place = node;
    if (!is_next(reader, ',')) return cpn_json_fail_expected(reader, is_object ? "a comma or }" : "a comma or ]");
    reader->at++;
    *next = is_object ? STEP_KEY : STEP_VALUE;
    return CAMPAIGN_OK;
}

static campaign_status read_text(cpn_json_reader *reader)
{
    campaign_status status = CAMPAIGN_OK;
    for (step next = STEP_VALUE; status == CAMPAIGN_OK && next != STEP_DONE;) {
        switch (next) {
        case STEP_VALUE: status = read_value(reader, &next); break;
        case STEP_KEY: status = read_key(reader, &next); break;
        case STEP_SEPARATOR: status = read_separator(reader, &next); break;
        case STEP_DONE: break;
        }
    }
    if (status != CAMPAIGN_OK) return status;
    skip_blanks(reader);
    reader->place = NULL;
    if (reader->at < reader->end || reader->is_cut) return cpn_json_fail_expected(reader, "the end of the text");
    return CAMPAIGN_OK;
}

static void start_reader(cpn_json_reader *reader, const char *text, size_t length)
{
    const size_t valid = cpn_utf8_valid(text, length);
    reader->text = reader->at = (const unsigned char *)text;
    reader->end = reader->text + valid;
    reader->is_cut = valid < length;
    if (valid >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) reader->at += 3; /* byte order mark */
    reader->line_start = reader->at;
    reader->line = 1;
    reader->next_text = reader->json->texts;
}

campaign_status cpn_json_read(cpn_json **json, const char *text, size_t length, campaign_error *error)
{
    return cpn_json_read_within(json, text, length, LARGEST_VALUES, error);
}

campaign_status cpn_json_read_within(cpn_json **json, const char *text, size_t length, int64_t largest_values,
                                     campaign_error *error)
{
    if (!json) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "json", "json is required");
    *json = NULL;
    if (!text && length) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "text", "text is required");
    if (!text) text = "";
    if (length > LARGEST_TEXT)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, NULL, "%llu bytes of JSON, at most %llu are read",
                        (unsigned long long)length, (unsigned long long)LARGEST_TEXT);
    cpn_json *tree = cpn_alloc_zero(1, sizeof *tree);
    if (tree) tree->texts = cpn_alloc((int64_t)length + 2, 1);
    if (!tree || !tree->texts) {
        cpn_json_free(tree);
        return cpn_fail_nomem(error);
    }
    cpn_json_reader reader = { .json = tree, .error = error, .largest_values = largest_values };
    start_reader(&reader, text, length);
    campaign_status status = read_text(&reader);
    if (status == CAMPAIGN_OK)
        *json = tree;
    else
        cpn_json_free(tree);
    return status;
}
