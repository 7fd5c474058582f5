/* What every file of libcampaign-io needs: errors, checked memory, knob structs, growing text.
 * The library sees only the public headers of libcampaign, so it brings these few lines of its own. */
#ifndef CPN_IO_SUPPORT_H
#define CPN_IO_SUPPORT_H

#include <campaign/base.h>
#include <stdbool.h>

#if defined(__MINGW32__)
#define CPN_IO_PRINTF(text, first) __attribute__((format(gnu_printf, text, first)))
#elif defined(__GNUC__)
#define CPN_IO_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define CPN_IO_PRINTF(text, first)
#endif

/* Fills the error record and returns the code. row is -1 where there is none, where may be NULL. */
campaign_status cpn_io_fail(campaign_error *error, campaign_status code, int64_t row, const char *where,
                            const char *format, ...) CPN_IO_PRINTF(5, 6);
campaign_status cpn_io_fail_nomem(campaign_error *error);

/* Copies a caller's knob struct over ours; NULL leaves zeros. Refuses impossible sizes and unknown fields that are set. */
campaign_status cpn_io_take_knobs(void *ours, size_t known, const void *knobs, const char *where,
                                  campaign_error *error);

/* n elements of size bytes; NULL where they cannot be had. Free with free. */
void *cpn_io_alloc(int64_t n, size_t size);
void *cpn_io_alloc_zero(int64_t n, size_t size);

/* Room for at least n elements in an array that grows by half; false leaves it as it was. */
bool cpn_io_reserve(void **array, int64_t *capacity, int64_t n, size_t size);

/* A copy to free with free; NULL where memory is out. */
char *cpn_io_copy_text(const char *text);

/* A growing text; after a failed append has_failed stays set and later ones do nothing. */
typedef struct cpn_io_text {
    char *data;
    int64_t length, capacity;
    bool has_failed;
} cpn_io_text;

void cpn_io_add(cpn_io_text *text, const char *bytes, size_t length);
void cpn_io_add_char(cpn_io_text *text, char c);

/* Length of the longest valid UTF-8 prefix without a zero byte. */
size_t cpn_io_utf8_valid(const char *text, size_t length);

/* Largest length <= limit that does not cut a UTF-8 sequence of a valid text. */
size_t cpn_io_utf8_cut(const char *text, size_t length, size_t limit);

/* Code points of a valid text. */
int64_t cpn_io_utf8_count(const char *text, size_t length);
int64_t cpn_io_utf16_count(const char *text, size_t length); /* of the units in which spreadsheets count */

#endif
