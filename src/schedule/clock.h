/* Working time: one calendar, less the days its owner is away, as an index that counts and finds in a few steps.
 * A moment is minutes since 1970-01-01 00:00. A working day is worked from its first minute to its last, so that working
 * minutes are 1440 a working day and moments between working days lie at one place of working time. */
#ifndef CPN_SCHEDULE_CLOCK_H
#define CPN_SCHEDULE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include <campaign/calendar.h>

enum { CPN_DAY_MINUTES = 1440 };

/* Moments before and beyond all others: what lies outside the window of a clock. */
#define CPN_BEFORE INT64_MIN
#define CPN_BEYOND INT64_MAX

typedef struct cpn_day_range {
    int32_t first, last; /* both within */
} cpn_day_range;

typedef struct cpn_clock {
    const campaign_calendar *calendar; /* borrowed; NULL = every day is worked */
    const cpn_day_range *away;         /* borrowed, sorted, apart */
    int64_t n_away;
    int32_t first_day; /* the window: 64 days a word */
    int32_t n_words;
    uint64_t *works; /* a bit a day */
    int32_t *before; /* working days of the words before; n_words + 1 */
} cpn_clock;

/* Opens a window of some days from first_day on. */
campaign_status cpn_clock_open(cpn_clock *clock, int32_t first_day, campaign_error *error);
void cpn_clock_close(cpn_clock *clock);

/* Makes the window reach twice as far; CAMPAIGN_E_OVERFLOW at the end of the year 9999. */
campaign_status cpn_clock_extend(cpn_clock *clock, campaign_error *error);

/* The day after the window. */
static inline int32_t cpn_clock_end_day(const cpn_clock *clock)
{
    return clock->first_day + clock->n_words * 64;
}

/* Day of a moment; the day that begins at or after it. */
int32_t cpn_moment_day(int64_t moment);
int32_t cpn_moment_day_up(int64_t moment);

/* Days outside the window count as its ends. */
bool cpn_clock_works(const cpn_clock *clock, int32_t day);
/* Working days of the window before a day. */
int64_t cpn_clock_rank(const cpn_clock *clock, int32_t day);
/* The working day before which there are index others, or -1 where the window does not have it (day numbers before 1970
 * being negative, found says whether). */
bool cpn_clock_select(int32_t *day, const cpn_clock *clock, int64_t index);

/* Working minutes of the window before a moment. */
int64_t cpn_clock_position(const cpn_clock *clock, int64_t moment);
/* The moment minutes of working time after (or before) another: the first at which they have passed. minutes = 0 is the
 * moment itself. CPN_BEYOND outside the window. */
int64_t cpn_clock_shift(const cpn_clock *clock, int64_t moment, int64_t minutes);
/* The last moment whose shift is not after the given one: the inverse. CPN_BEFORE, CPN_BEYOND outside the window. */
int64_t cpn_clock_unshift(const cpn_clock *clock, int64_t moment, int64_t minutes);

#endif
