/* Where in a JSON text something stands, for people: "phases[2].budget (line 12 column 5)".
 * Written from the end backwards, so that a long path loses its front, never its last step or its line and column. */
#include "base/json_reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char ellipsis[] = "…";
enum { ELLIPSIS = sizeof ellipsis - 1 };

typedef struct backward {
    char *text;
    size_t start;
    bool is_full;
} backward;

/* Puts bytes before what is there; where they do not fit, their tail and an ellipsis. */
static void prepend(backward *out, const char *bytes, size_t length)
{
    if (out->is_full) return;
    if (length + ELLIPSIS <= out->start) {
        out->start -= length;
        memcpy(out->text + out->start, bytes, length);
        return;
    }
    size_t from = bytes[0] == '[' ? length : length - (out->start - ELLIPSIS); /* no half "[12]" */
    while (from < length && ((unsigned char)bytes[from] & 0xC0) == 0x80) from++;
    out->start -= length - from;
    memcpy(out->text + out->start, bytes + from, length - from);
    out->start -= ELLIPSIS;
    memcpy(out->text + out->start, ellipsis, ELLIPSIS);
    out->is_full = true;
}

/* Whether a key reads well between dots. */
static bool is_plain(const char *key, size_t length)
{
    return cpn_is_key(key, length) && !memchr(key, '.', length) && !memchr(key, '[', length) &&
           !memchr(key, ' ', length) && !memchr(key, '"', length);
}

static void prepend_step(backward *out, const cpn_json_value *value)
{
    char text[32];
    if (!value->key) {
        prepend(out, text, (size_t)snprintf(text, sizeof text, "[%lld]", (long long)value->index));
    } else if (is_plain(value->key, value->key_length)) {
        prepend(out, value->key, value->key_length);
        if (value->parent->parent) prepend(out, ".", 1);
    } else {
        prepend(out, "\"]", 2);
        for (size_t end = value->key_length; end > 0 && !out->is_full;) {
            size_t from = end - 1;
            while (from > 0 && ((unsigned char)value->key[from] & 0xC0) == 0x80) from--;
            const unsigned char byte = (unsigned char)value->key[from];
            prepend(out, byte < 0x20 || byte == 0x7F ? "?" : value->key + from, end - from);
            end = from;
        }
        prepend(out, "[\"", 2);
    }
}

void cpn_json_write_where(char where[CPN_JSON_WHERE], const cpn_json_value *value, int64_t line, int64_t column)
{
    char place[64];
    const bool has_path = value && value->parent;
    const int n = snprintf(place, sizeof place, has_path ? " (line %lld column %lld)" : "line %lld column %lld",
                           (long long)line, (long long)column);
    backward out = { where, CPN_JSON_WHERE - 1, false };
    where[out.start] = '\0';
    prepend(&out, place, (size_t)n);
    for (; value && value->parent && !out.is_full; value = value->parent) prepend_step(&out, value);
    memmove(where, where + out.start, CPN_JSON_WHERE - out.start);
}

const char *cpn_json_show(char shown[CPN_JSON_SHOWN], const char *text, size_t length)
{
    const size_t n = cpn_utf8_cut(text, length, CPN_JSON_SHOWN - 1 - ELLIPSIS);
    for (size_t i = 0; i < n; i++) shown[i] = (unsigned char)text[i] < 0x20 || text[i] == 0x7F ? '?' : text[i];
    memcpy(shown + n, ellipsis, n < length ? sizeof ellipsis : 0);
    if (n == length) shown[n] = '\0';
    return shown;
}

campaign_status cpn_json_fail(campaign_error *error, campaign_status code, const cpn_json_value *value,
                              const char *format, ...)
{
    char where[CPN_JSON_WHERE], message[sizeof error->message];
    cpn_json_write_where(where, value, value->line, value->column);
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    return cpn_fail(error, code, where, "%s", message);
}

/* Line and column of reader->at, counted from the start: this happens once. */
static void find_place(const cpn_json_reader *reader, int64_t *line, int64_t *column)
{
    *line = *column = 1;
    const unsigned char *byte = reader->text;
    if (reader->at - byte >= 3 && memcmp(byte, "\xEF\xBB\xBF", 3) == 0) byte += 3;
    for (; byte < reader->at; byte++) {
        if (*byte == '\n') {
            ++*line;
            *column = 1;
        } else if ((*byte & 0xC0) != 0x80) {
            ++*column;
        }
    }
}

campaign_status cpn_json_fail_here(cpn_json_reader *reader, campaign_status code, const char *format, ...)
{
    char where[CPN_JSON_WHERE], message[sizeof reader->error->message];
    int64_t line, column;
    find_place(reader, &line, &column);
    cpn_json_write_where(where, reader->place, line, column);
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    return cpn_fail(reader->error, code, where, "%s", message);
}

campaign_status cpn_json_fail_expected(cpn_json_reader *reader, const char *expected)
{
    const unsigned char *at = reader->at;
    if (at == reader->end && reader->is_cut)
        return cpn_json_fail_here(reader, CAMPAIGN_E_ENCODING, "the byte 0x%02X is not UTF-8 here", *at);
    if (at == reader->end)
        return cpn_json_fail_here(reader, CAMPAIGN_E_SYNTAX, "expected %s, found the end of the text", expected);
    if (*at < 0x20 || *at == 0x7F)
        return cpn_json_fail_here(reader, CAMPAIGN_E_SYNTAX, "expected %s, found the control character U+%04X",
                                  expected, *at);
    const int n = *at < 0x80 ? 1 : *at < 0xE0 ? 2 : *at < 0xF0 ? 3 : 4; /* valid UTF-8 up to end */
    return cpn_json_fail_here(reader, CAMPAIGN_E_SYNTAX, "expected %s, found %.*s", expected, n, (const char *)at);
}
