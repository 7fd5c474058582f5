/* The leaves of a JSON text: strings, numbers and the three words, by the grammar of RFC 8259 to the letter.
 * Strings are decoded; numbers keep their text, because only the field knows what they count. */
#include "base/json_reader.h"

#include <string.h>

/* Bytes that end a plain stretch of a string: quote, backslash, control characters. */
static bool is_special(unsigned char byte)
{
    return byte == '"' || byte == '\\' || byte < 0x20;
}

/* Copies the plain stretch at reader->at. */
static void copy_stretch(cpn_json_reader *reader)
{
    const unsigned char *start = reader->at, *at = start;
    int64_t n_continuations = 0;
    while (at < reader->end && !is_special(*at)) n_continuations += (*at++ & 0xC0) == 0x80;
    const size_t length = (size_t)(at - start);
    memcpy(reader->next_text, start, length);
    reader->next_text += length;
    reader->n_continuations += n_continuations;
    reader->at = at;
}

/* Four hex digits at reader->at, or -1. */
static int32_t read_hex(cpn_json_reader *reader)
{
    int32_t code = 0;
    for (int i = 0; i < 4; i++, reader->at++) {
        const unsigned char c = reader->at < reader->end ? *reader->at : 0;
        const int32_t digit = c >= '0' && c <= '9'   ? c - '0'
                              : c >= 'a' && c <= 'f' ? c - 'a' + 10
                              : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                     : -1;
        if (digit < 0) return -1;
        code = code * 16 + digit;
    }
    return code;
}

static void write_code_point(cpn_json_reader *reader, int32_t code)
{
    char *out = reader->next_text;
    if (code < 0x80) {
        *out++ = (char)code;
    } else if (code < 0x800) {
        *out++ = (char)(0xC0 | code >> 6);
        *out++ = (char)(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        *out++ = (char)(0xE0 | code >> 12);
        *out++ = (char)(0x80 | (code >> 6 & 0x3F));
        *out++ = (char)(0x80 | (code & 0x3F));
    } else {
        *out++ = (char)(0xF0 | code >> 18);
        *out++ = (char)(0x80 | (code >> 12 & 0x3F));
        *out++ = (char)(0x80 | (code >> 6 & 0x3F));
        *out++ = (char)(0x80 | (code & 0x3F));
    }
    reader->next_text = out;
}

/* After "\u": one character, as one escape or as a pair of surrogates. */
static campaign_status read_unicode_escape(cpn_json_reader *reader)
{
    const unsigned char *start = reader->at - 2;
    int32_t code = read_hex(reader);
    if (code < 0) return cpn_json_fail_expected(reader, "four hex digits after \\u");
    if (code >= 0xD800 && code <= 0xDFFF) {
        int32_t low = -1;
        if (code < 0xDC00 && reader->end - reader->at >= 2 && reader->at[0] == '\\' && reader->at[1] == 'u') {
            reader->at += 2;
            low = read_hex(reader);
            if (low < 0) return cpn_json_fail_expected(reader, "four hex digits after \\u");
        }
        if (low < 0xDC00 || low > 0xDFFF) {
            reader->at = start;
            return cpn_json_fail_here(reader, CAMPAIGN_E_ENCODING, "\\u%04X is half of a surrogate pair",
                                      (unsigned)code);
        }
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    write_code_point(reader, code);
    return CAMPAIGN_OK;
}

static campaign_status read_escape(cpn_json_reader *reader)
{
    static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    reader->at++;
    const char *name = reader->at < reader->end && *reader->at ? strchr(names, *reader->at) : NULL;
    if (name) {
        *reader->next_text++ = values[name - names];
        reader->at++;
        return CAMPAIGN_OK;
    }
    if (reader->at == reader->end || *reader->at != 'u')
        return cpn_json_fail_expected(reader, "one of \"\\/bfnrtu after a backslash");
    reader->at++;
    return read_unicode_escape(reader);
}

campaign_status cpn_json_scan_string(cpn_json_reader *reader, const char **text, uint32_t *length)
{
    char *start = reader->next_text;
    reader->at++; /* the opening quote */
    for (;;) {
        copy_stretch(reader);
        if (reader->at == reader->end) return cpn_json_fail_expected(reader, "a closing quote");
        if (*reader->at == '"') break;
        if (*reader->at != '\\') return cpn_json_fail_expected(reader, "an escape such as \\n inside a string");
        campaign_status status = read_escape(reader);
        if (status != CAMPAIGN_OK) return status;
    }
    reader->at++;
    *length = (uint32_t)(reader->next_text - start);
    *reader->next_text++ = '\0';
    *text = start;
    return CAMPAIGN_OK;
}

/* Moves over digits; false where there is none. */
static bool skip_digits(cpn_json_reader *reader)
{
    const unsigned char *start = reader->at;
    while (reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9') reader->at++;
    return reader->at > start;
}

/* Moves over one of the two bytes. */
static bool skip_one_of(cpn_json_reader *reader, char a, char b)
{
    if (reader->at == reader->end || (*reader->at != a && *reader->at != b)) return false;
    reader->at++;
    return true;
}

campaign_status cpn_json_scan_number(cpn_json_reader *reader, cpn_json_value *value)
{
    const unsigned char *start = reader->at;
    (void)skip_one_of(reader, '-', '-');
    if (skip_one_of(reader, '0', '0')) {
        if (reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9')
            return cpn_json_fail_here(reader, CAMPAIGN_E_SYNTAX, "a number has no leading zeros");
    } else if (!skip_digits(reader)) {
        return cpn_json_fail_expected(reader, "a digit");
    }
    if (skip_one_of(reader, '.', '.') && !skip_digits(reader))
        return cpn_json_fail_expected(reader, "a digit after the decimal point");
    if (skip_one_of(reader, 'e', 'E')) {
        (void)skip_one_of(reader, '+', '-');
        if (!skip_digits(reader)) return cpn_json_fail_expected(reader, "a digit in the exponent");
    }
    value->kind = CPN_JSON_NUMBER;
    const size_t length = (size_t)(reader->at - start);
    value->length = (uint32_t)length;
    value->text = reader->next_text;
    memcpy(reader->next_text, start, length);
    reader->next_text += length;
    *reader->next_text++ = '\0';
    return CAMPAIGN_OK;
}

campaign_status cpn_json_scan_word(cpn_json_reader *reader, cpn_json_value *value)
{
    static const struct {
        const char *word;
        cpn_json_kind kind;
        bool boolean;
    } words[] = { { "true", CPN_JSON_BOOL, true },
                  { "false", CPN_JSON_BOOL, false },
                  { "null", CPN_JSON_NULL, false } };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const size_t length = strlen(words[i].word);
        if ((size_t)(reader->end - reader->at) < length || memcmp(reader->at, words[i].word, length) != 0) continue;
        value->kind = words[i].kind;
        value->boolean = words[i].boolean;
        reader->at += length;
        return CAMPAIGN_OK;
    }
    return cpn_json_fail_expected(reader, "a value");
}
