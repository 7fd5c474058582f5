/* Error records and knob structs: what is written where, and how texts are cut.
 * Knows codes only as numbers; their names and sentences are in status.c. */
#include "base/error.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum { LARGEST_KNOBS = 4096 }; /* more than any struct will have; catches a size that was never set */

_Static_assert(sizeof(campaign_error) == 368, "the error record never grows");

/* Cuts a terminated text that may have lost its end in the middle of a UTF-8 sequence. */
static void cut_on_boundary(char *text)
{
    size_t end = strlen(text);
    size_t start = end;
    while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80) start--;
    if (start == 0) return;
    const unsigned char lead = (unsigned char)text[start - 1];
    const size_t wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (end - (start - 1) < wanted) text[start - 1] = '\0';
}

/* Messages quote what callers and files hold, which may be anything; a record is UTF-8 nevertheless. */
static void replace_stray_bytes(char *text)
{
    const size_t length = strlen(text);
    for (size_t i = cpn_utf8_valid(text, length); i < length; i += cpn_utf8_valid(text + i, length - i)) text[i] = '?';
}

static void fill(campaign_error *error, campaign_status code, int64_t row, const char *where, const char *format,
                 va_list arguments) CPN_PRINTF(5, 0);

static void fill(campaign_error *error, campaign_status code, int64_t row, const char *where, const char *format,
                 va_list arguments)
{
    assert(code < 0);
    if (!error) return;
    memset(error, 0, sizeof *error);
    error->code = code;
    error->row = row;
    if (where) {
        const size_t length = strlen(where) < sizeof error->where ? strlen(where) : sizeof error->where - 1;
        memcpy(error->where, where, length);
        cut_on_boundary(error->where);
        replace_stray_bytes(error->where);
    }
    (void)vsnprintf(error->message, sizeof error->message, format, arguments);
    cut_on_boundary(error->message);
    replace_stray_bytes(error->message);
}

campaign_status cpn_fail(campaign_error *error, campaign_status code, const char *where, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fill(error, code, -1, where, format, arguments);
    va_end(arguments);
    return code;
}

campaign_status cpn_fail_row(campaign_error *error, campaign_status code, int64_t row, const char *where,
                             const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fill(error, code, row, where, format, arguments);
    va_end(arguments);
    return code;
}

campaign_status cpn_fail_nomem(campaign_error *error)
{
    return cpn_fail(error, CAMPAIGN_E_NOMEM, NULL, "out of memory");
}

campaign_status cpn_check_knobs(const void *knobs, size_t oldest, size_t known, const char *where,
                                campaign_error *error)
{
    if (!knobs) return CAMPAIGN_OK;
    uint32_t size;
    memcpy(&size, knobs, sizeof size);
    if (size < oldest || size > LARGEST_KNOBS)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, where, "size is %lu, expected %lu: set it with the _INIT macro",
                        (unsigned long)size, (unsigned long)known);
    const unsigned char *bytes = knobs;
    for (size_t i = known; i < size; i++)
        if (bytes[i])
            return cpn_fail(error, CAMPAIGN_E_ARGUMENT, where,
                            "byte %lu is set, but this library knows only the first %lu", (unsigned long)i,
                            (unsigned long)known);
    return CAMPAIGN_OK;
}

campaign_status cpn_check_report(const void *report, size_t known, const char *initializer, campaign_error *error)
{
    uint32_t size;
    if (cpn_check_knobs(report, known, known, "report", NULL) == CAMPAIGN_OK) return CAMPAIGN_OK;
    memcpy(&size, report, sizeof size);
    return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "report", "size is %lu, expected %lu: set it with %s",
                    (unsigned long)size, (unsigned long)known, initializer);
}

void cpn_take_knobs(void *ours, size_t known, const void *knobs)
{
    memset(ours, 0, known);
    if (!knobs) return;
    uint32_t size;
    memcpy(&size, knobs, sizeof size);
    memcpy(ours, knobs, size < known ? size : known);
}

campaign_status cpn_take_language(bool *is_chinese, const char *language, const char *where, campaign_error *error)
{
    *is_chinese = language && strcmp(language, "zh") == 0;
    if (!language || *is_chinese || strcmp(language, "en") == 0) return CAMPAIGN_OK;
    return cpn_fail(error, CAMPAIGN_E_UNKNOWN, where, "\"%.60s\" is neither en nor zh", language);
}

campaign_status cpn_open_view(void *view, size_t known, const char *where, campaign_error *error)
{
    if (!view) return cpn_fail(error, CAMPAIGN_E_ARGUMENT, where, "%s is required", where);
    uint32_t size;
    memcpy(&size, view, sizeof size);
    if (size < known || size > LARGEST_KNOBS)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, where, "size is %lu, expected %lu: set it with the _INIT macro",
                        (unsigned long)size, (unsigned long)known);
    memset((char *)view + sizeof size, 0, size - sizeof size);
    return CAMPAIGN_OK;
}
