/* A text that grows by doubling and remembers its first failure, so that writers check once, at the end.
 * Knows bytes only; what they mean is for utf8.c and the writers. */
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"

enum { FIRST_CAPACITY = 256 };

/* Makes room for length more bytes and the terminating zero. */
static bool reserve(cpn_text *text, size_t length)
{
    if (text->has_failed) return false;
    if (length < text->capacity - text->length) return true; /* also false for an empty text: 0 is not below 0 */
    const size_t largest = (size_t)(PTRDIFF_MAX / 2);
    size_t capacity = text->capacity ? text->capacity : FIRST_CAPACITY;
    if (length >= largest - text->length) {
        text->has_failed = true;
        return false;
    }
    while (capacity - text->length <= length) capacity *= 2;
    char *data = cpn_resize(text->data, (int64_t)capacity, 1);
    if (!data) {
        text->has_failed = true;
        return false;
    }
    text->data = data;
    text->capacity = capacity;
    return true;
}

void cpn_text_add(cpn_text *text, const char *bytes, size_t length)
{
    if (!reserve(text, length)) return;
    if (length) memcpy(text->data + text->length, bytes, length);
    text->length += length;
    text->data[text->length] = '\0';
}

void cpn_text_add_string(cpn_text *text, const char *string)
{
    cpn_text_add(text, string, strlen(string));
}

void cpn_text_add_char(cpn_text *text, char c)
{
    cpn_text_add(text, &c, 1);
}

void cpn_text_add_int64(cpn_text *text, int64_t value)
{
    char digits[CPN_NUMBER_TEXT];
    cpn_text_add(text, digits, cpn_format_int64(digits, value));
}

void cpn_text_add_format(cpn_text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const int needed = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (needed < 0) {
        text->has_failed = true;
        return;
    }
    if (!reserve(text, (size_t)needed)) return;
    va_start(arguments, format);
    (void)vsnprintf(text->data + text->length, (size_t)needed + 1, format, arguments);
    va_end(arguments);
    text->length += (size_t)needed;
}

char *cpn_text_take(cpn_text *text)
{
    cpn_text_add(text, "", 0); /* an empty text becomes "" */
    char *data = text->has_failed ? NULL : text->data;
    if (data) text->data = NULL;
    cpn_text_clear(text);
    return data;
}

void cpn_text_clear(cpn_text *text)
{
    cpn_free(text->data);
    *text = (cpn_text){ 0 };
}
