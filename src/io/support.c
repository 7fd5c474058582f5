/* Errors, checked memory, knob structs and growing text for the files of this library. */
#if defined(__linux__) && !defined(_DEFAULT_SOURCE)
#define _DEFAULT_SOURCE /* madvise */
#endif
#include "io/support.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif

enum { LARGE_BYTES = 1 << 23 };
enum { LARGEST_KNOBS = 4096 }; /* more than any struct will have; catches a size that was never set */

/* Copies what fits of a text that may have lost its end in the middle of a UTF-8 sequence. */
static void copy_cut(char *to, size_t room, const char *text)
{
    const size_t length = strlen(text);
    const size_t kept = cpn_io_utf8_cut(text, length, room - 1);
    memcpy(to, text, kept);
    to[kept] = '\0';
}

campaign_status cpn_io_fail(campaign_error *error, campaign_status code, int64_t row, const char *where,
                            const char *format, ...)
{
    if (!error) return code;
    char message[512];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    memset(error, 0, sizeof *error);
    error->code = code;
    error->row = row;
    copy_cut(error->where, sizeof error->where, where ? where : "");
    copy_cut(error->message, sizeof error->message, message);
    return code;
}

campaign_status cpn_io_fail_nomem(campaign_error *error)
{
    return cpn_io_fail(error, CAMPAIGN_E_NOMEM, -1, NULL, "out of memory");
}

campaign_status cpn_io_take_knobs(void *ours, size_t known, const void *knobs, const char *where, campaign_error *error)
{
    memset(ours, 0, known);
    if (!knobs) return CAMPAIGN_OK;
    uint32_t size;
    memcpy(&size, knobs, sizeof size);
    if (size < known || size > LARGEST_KNOBS)
        return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, where,
                           "size is %lu, expected %lu: set it with the _INIT macro", (unsigned long)size,
                           (unsigned long)known);
    const unsigned char *bytes = knobs;
    for (size_t i = known; i < size; i++)
        if (bytes[i])
            return cpn_io_fail(error, CAMPAIGN_E_ARGUMENT, -1, where,
                               "byte %lu is set, but this library knows only the first %lu", (unsigned long)i,
                               (unsigned long)known);
    memcpy(ours, knobs, known);
    return CAMPAIGN_OK;
}

static bool is_too_large(int64_t n, size_t size)
{
    return n < 0 || (uint64_t)n > (uint64_t)(PTRDIFF_MAX - 16) / size;
}

/* Large arrays are filled from end to end: large pages, where the system has them, save most of the page faults. */
static void *want_large_pages(void *memory, size_t bytes)
{
#if defined(__linux__)
    const size_t page = (size_t)1 << 12, first = ((uintptr_t)memory + page - 1) / page * page - (uintptr_t)memory;
    if (memory && bytes >= LARGE_BYTES)
        (void)madvise((char *)memory + first, (bytes - first) / page * page, MADV_HUGEPAGE);
#else
    (void)bytes;
#endif
    return memory;
}

void *cpn_io_alloc(int64_t n, size_t size)
{
    if (is_too_large(n, size)) return NULL;
    const size_t bytes = n ? (size_t)n * size : 1;
    return want_large_pages(malloc(bytes), bytes);
}

void *cpn_io_alloc_zero(int64_t n, size_t size)
{
    if (is_too_large(n, size)) return NULL;
    return calloc(n ? (size_t)n : 1, size);
}

char *cpn_io_copy_text(const char *text)
{
    const size_t n = strlen(text) + 1;
    char *copy = cpn_io_alloc((int64_t)n, 1);
    if (copy) memcpy(copy, text, n);
    return copy;
}

bool cpn_io_reserve(void **array, int64_t *capacity, int64_t n, size_t size)
{
    if (n <= *capacity) return true;
    int64_t wanted = *capacity + *capacity / 2 + 16;
    if (wanted < n) wanted = n;
    if (is_too_large(wanted, size)) return false;
    void *grown = realloc(*array, (size_t)wanted * size);
    if (!grown) return false;
    (void)want_large_pages(grown, (size_t)wanted * size);
    *array = grown;
    *capacity = wanted;
    return true;
}

void cpn_io_add(cpn_io_text *text, const char *bytes, size_t length)
{
    void *data = text->data;
    if (text->has_failed || length > (size_t)PTRDIFF_MAX / 2 ||
        !cpn_io_reserve(&data, &text->capacity, text->length + (int64_t)length + 1, 1)) {
        text->has_failed = true;
        return;
    }
    text->data = data;
    if (length) memcpy(text->data + text->length, bytes, length);
    text->length += (int64_t)length;
    text->data[text->length] = '\0';
}

void cpn_io_add_char(cpn_io_text *text, char c)
{
    cpn_io_add(text, &c, 1);
}
