/* Finds out what a file is before anything reads it: UTF-8 is checked, GB18030 converted, all else refused by name. */
#include "io/encoding.h"

#include <campaign/io.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Beginnings of what people hand over instead of CSV. */
typedef struct signature {
    const char *bytes;
    size_t length;
    const char *words;
} signature;

static const signature signatures[] = {
    { "\xFF\xFE", 2, "the text is UTF-16 (it begins with FF FE): save it as UTF-8" },
    { "\xFE\xFF", 2, "the text is UTF-16 (it begins with FE FF): save it as UTF-8" },
    { "PK\x03\x04", 4, "this is a ZIP archive, as .xlsx workbooks are: save the sheet as CSV" },
    { "\xD0\xCF\x11\xE0", 4, "this is an .xls workbook: save the sheet as CSV" },
    { "\x1F\x8B", 2, "this is a gzip archive: unpack it first" },
};

/* Whether every second byte at the beginning is zero, as in UTF-16 without a byte order mark. */
static bool looks_like_utf16(const char *bytes, size_t length)
{
    size_t n_zeros[2] = { 0, 0 };
    const size_t n = length < 64 ? length : 64;
    for (size_t i = 0; i < n; i++) n_zeros[i % 2] += bytes[i] == '\0';
    return n >= 4 && (n_zeros[0] > n / 4) != (n_zeros[1] > n / 4);
}

int64_t cpn_io_count_lines(const char *text, size_t length)
{
    int64_t n = 0;
    for (size_t i = 0; i < length; i++)
        n += text[i] == '\n' || (text[i] == '\r' && (i + 1 == length || text[i + 1] != '\n'));
    return n;
}

cpn_io_place cpn_io_locate(const char *text, size_t position)
{
    size_t start = position;
    while (start > 0 && text[start - 1] != '\n' && text[start - 1] != '\r') start--;
    return (cpn_io_place){ .line = cpn_io_count_lines(text, start) + 1,
                           .column = cpn_io_utf8_count(text + start, position - start) + 1 };
}

/* Text that is a file's from the beginning of first_line on. */
typedef struct part {
    const char *text;
    size_t length;
    int64_t first_line;
} part;

static campaign_status fail_at(campaign_error *error, const part *read, size_t position, const char *words)
{
    const cpn_io_place place = cpn_io_locate(read->text, position);
    char where[64];
    (void)snprintf(where, sizeof where, "line %lld column %lld", (long long)(place.line + read->first_line - 1),
                   (long long)place.column);
    return cpn_io_fail(error, CAMPAIGN_E_ENCODING, -1, where, "%s", words);
}

static campaign_status fail_utf8(campaign_error *error, const part *read, size_t position)
{
    if (read->text[position] == '\0')
        return fail_at(error, read, position,
                       looks_like_utf16(read->text, read->length)
                           ? "the text is UTF-16 without a mark: save it as UTF-8"
                           : "a zero byte is not text");
    char words[128];
    (void)snprintf(words, sizeof words,
                   "byte 0x%02X is not UTF-8; an old Chinese export is read with the encoding GB18030 or auto",
                   (unsigned)(unsigned char)read->text[position]);
    return fail_at(error, read, position, words);
}

static campaign_status decode_gb18030(cpn_io_decoded *decoded, const part *bytes, campaign_error *error)
{
    char *text = NULL;
    size_t n_text = 0, n_read = 0;
    campaign_status status = cpn_io_convert_gb18030(&text, &n_text, &n_read, bytes->text, bytes->length);
    const part read = { text, n_text, bytes->first_line };
    if (status == CAMPAIGN_E_UNSUPPORTED) {
        status =
            cpn_io_fail(error, status, -1, NULL, "this system has no converter for GB18030: save the file as UTF-8");
    } else if (status == CAMPAIGN_E_ENCODING) {
        char words[64];
        (void)snprintf(words, sizeof words, "byte 0x%02X is not GB18030", (unsigned)(unsigned char)bytes->text[n_read]);
        status = fail_at(error, &read, n_text, words);
    } else if (status == CAMPAIGN_OK) {
        const size_t valid = cpn_io_utf8_valid(text, n_text);
        if (valid < n_text) status = fail_utf8(error, &read, valid);
    } else {
        status = cpn_io_fail_nomem(error);
    }
    if (status != CAMPAIGN_OK) {
        free(text);
        return status;
    }
    decoded->owned = text;
    decoded->text = text;
    decoded->length = n_text;
    decoded->encoding = CAMPAIGN_CSV_GB18030;
    return CAMPAIGN_OK;
}

campaign_status cpn_io_decode(cpn_io_decoded *decoded, const char *bytes, size_t length, int32_t encoding,
                              int64_t first_line, campaign_error *error)
{
    memset(decoded, 0, sizeof *decoded);
    const bool is_beginning = first_line == 1;
    for (size_t i = 0; is_beginning && i < sizeof signatures / sizeof *signatures; i++)
        if (length >= signatures[i].length && memcmp(bytes, signatures[i].bytes, signatures[i].length) == 0)
            return cpn_io_fail(error, CAMPAIGN_E_ENCODING, -1, "line 1 column 1", "%s", signatures[i].words);
    if (is_beginning && length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        decoded->has_bom = true;
        bytes += 3;
        length -= 3;
        encoding = CAMPAIGN_CSV_UTF8; /* the mark says so, whatever the caller thought */
    }
    const part given = { bytes, length, first_line };
    if (encoding == CAMPAIGN_CSV_GB18030) return decode_gb18030(decoded, &given, error);
    const size_t valid = cpn_io_utf8_valid(bytes, length);
    if (valid < length && (encoding == CAMPAIGN_CSV_UTF8 || bytes[valid] == '\0'))
        return fail_utf8(error, &given, valid);
    if (valid < length) return decode_gb18030(decoded, &given, error);
    decoded->text = bytes;
    decoded->length = length;
    decoded->encoding = CAMPAIGN_CSV_UTF8;
    return CAMPAIGN_OK;
}
