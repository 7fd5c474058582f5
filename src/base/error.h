/* Fills the caller's error record. Every failing path of the library ends in one of these calls. */
#ifndef CPN_BASE_ERROR_H
#define CPN_BASE_ERROR_H

#include <campaign/base.h>
#include <stdbool.h>

#if defined(__MINGW32__)
#define CPN_PRINTF(text, first) __attribute__((format(gnu_printf, text, first)))
#elif defined(__GNUC__)
#define CPN_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define CPN_PRINTF(text, first)
#endif

/* Writes code, place and sentence, row -1, and returns the code. where may be NULL for "". No %f or %g: they follow the
 * locale; print numbers with number.h first. */
campaign_status cpn_fail(campaign_error *error, campaign_status code, const char *where, const char *format, ...)
    CPN_PRINTF(4, 5);

/* The same with the offending row. */
campaign_status cpn_fail_row(campaign_error *error, campaign_status code, int64_t row, const char *where,
                             const char *format, ...) CPN_PRINTF(5, 6);

/* CAMPAIGN_E_NOMEM with its usual sentence. */
campaign_status cpn_fail_nomem(campaign_error *error);

/* Checks a caller's knob struct: its size is at least oldest, and bytes beyond known are zero. NULL passes.
 * The caller then copies with cpn_take_knobs. */
campaign_status cpn_check_knobs(const void *knobs, size_t oldest, size_t known, const char *where,
                                campaign_error *error);

/* The same for a struct to be filled, whose initializer the error names. */
campaign_status cpn_check_report(const void *report, size_t known, const char *initializer, campaign_error *error);

/* Copies min(its size, known) bytes of a checked knob struct over a zeroed one of our own; NULL leaves it zero. */
void cpn_take_knobs(void *ours, size_t known, const void *knobs);

/* The language of sentences, told at where: "en" or "zh"; NULL is English. is_chinese is false after a failure. */
campaign_status cpn_take_language(bool *is_chinese, const char *language, const char *where, campaign_error *error);

/* Checks the size that the caller set in a struct to be filled, at least known bytes, and clears all the rest of it: what
 * a newer caller has beyond them stays zero. */
campaign_status cpn_open_view(void *view, size_t known, const char *where, campaign_error *error);

#endif
