/* Working days as bits with counts a word: rank is one count and a mask, select a search over counts. The window grows on
 * demand, so that nobody has to know beforehand how long a schedule becomes. */
#include "schedule/clock.h"

#include "base/date.h"
#include "base/memory.h"
#include "calendar/calendar.h"

enum { WORD_DAYS = 64, FIRST_WORDS = 16 };

static int32_t count_bits(uint64_t word)
{
    word -= word >> 1 & 0x5555555555555555u;
    word = (word & 0x3333333333333333u) + (word >> 2 & 0x3333333333333333u);
    word = (word + (word >> 4)) & 0x0f0f0f0f0f0f0f0fu;
    return (int32_t)((word * 0x0101010101010101u) >> 56);
}

/* ---- The window -------------------------------------------------------------------------------------------------- */

/* Working days of 64 days from first on, by the week pattern and the special days. */
static uint64_t calendar_word(const campaign_calendar *calendar, int32_t first)
{
    uint64_t word = 0;
    int64_t special = cpn_first_special(calendar, first);
    int32_t weekday = cpn_weekday(first);
    for (int32_t i = 0; i < WORD_DAYS; i++) {
        bool is_worked = !cpn_is_rest_day(calendar, weekday);
        if (special < calendar->special.n_days && calendar->special.days[special].day == first + i)
            is_worked = calendar->special.days[special++].kind == CAMPAIGN_DAY_WORKING;
        word |= (uint64_t)is_worked << i;
        weekday = weekday % 7 + 1;
    }
    return word;
}

static uint64_t leave_out_away(uint64_t word, int32_t first, const cpn_day_range *away, int64_t n_away)
{
    int64_t low = 0, high = n_away; /* the first range that ends in the word or later */
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        if (away[middle].last < first)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < n_away && away[low].first < first + WORD_DAYS; low++)
        for (int32_t i = 0; i < WORD_DAYS; i++)
            if (first + i >= away[low].first && first + i <= away[low].last) word &= ~((uint64_t)1 << i);
    return word;
}

/* Days from the year 10000 on are not worked. */
static uint64_t cut_end(uint64_t word, int32_t first)
{
    if (first + WORD_DAYS <= CPN_END_DAY) return word;
    return first >= CPN_END_DAY ? 0 : word & (((uint64_t)1 << (CPN_END_DAY - first)) - 1);
}

static campaign_status fill(cpn_clock *clock, int32_t n_words, campaign_error *error)
{
    uint64_t *works = cpn_resize(clock->works, n_words, sizeof *works);
    if (works) clock->works = works;
    int32_t *before = cpn_resize(clock->before, n_words + 1, sizeof *before);
    if (before) clock->before = before;
    if (!works || !before) return cpn_fail_nomem(error);
    before[0] = 0;
    for (int32_t i = clock->n_words; i < n_words; i++) {
        const int32_t first = clock->first_day + i * WORD_DAYS;
        const uint64_t all = clock->calendar ? calendar_word(clock->calendar, first) : ~(uint64_t)0;
        works[i] = cut_end(leave_out_away(all, first, clock->away, clock->n_away), first);
        before[i + 1] = before[i] + count_bits(works[i]);
    }
    clock->n_words = n_words;
    return CAMPAIGN_OK;
}

campaign_status cpn_clock_open(cpn_clock *clock, int32_t first_day, campaign_error *error)
{
    clock->first_day = first_day;
    clock->n_words = 0;
    return fill(clock, FIRST_WORDS, error);
}

campaign_status cpn_clock_extend(cpn_clock *clock, campaign_error *error)
{
    if (cpn_clock_end_day(clock) > CPN_END_DAY)
        return cpn_fail(error, CAMPAIGN_E_OVERFLOW, "tasks", "the schedule leads beyond the year 9999");
    return fill(clock, clock->n_words * 2, error);
}

void cpn_clock_close(cpn_clock *clock)
{
    cpn_free(clock->works);
    cpn_free(clock->before);
    clock->works = NULL;
    clock->before = NULL;
}

/* ---- Days -------------------------------------------------------------------------------------------------------- */

int32_t cpn_moment_day(int64_t moment)
{
    return (int32_t)(moment / CPN_DAY_MINUTES - (moment % CPN_DAY_MINUTES < 0));
}

int32_t cpn_moment_day_up(int64_t moment)
{
    return (int32_t)(moment / CPN_DAY_MINUTES + (moment % CPN_DAY_MINUTES > 0));
}

bool cpn_clock_works(const cpn_clock *clock, int32_t day)
{
    const int32_t at = day - clock->first_day;
    return at >= 0 && at < clock->n_words * WORD_DAYS && (clock->works[at / WORD_DAYS] >> at % WORD_DAYS & 1);
}

int64_t cpn_clock_rank(const cpn_clock *clock, int32_t day)
{
    const int32_t at = day - clock->first_day;
    if (at <= 0) return 0;
    if (at >= clock->n_words * WORD_DAYS) return clock->before[clock->n_words];
    const uint64_t earlier = ((uint64_t)1 << at % WORD_DAYS) - 1;
    return clock->before[at / WORD_DAYS] + count_bits(clock->works[at / WORD_DAYS] & earlier);
}

/* Place of the bit before which there are rest others. */
static int32_t select_bit(uint64_t word, int32_t rest)
{
    int32_t place = 0;
    for (int32_t width = 32; width >= 1; width /= 2) {
        const int32_t n = count_bits(word >> place & ((UINT64_C(1) << width) - 1));
        if (n > rest) continue;
        rest -= n;
        place += width;
    }
    return place;
}

bool cpn_clock_select(int32_t *day, const cpn_clock *clock, int64_t index)
{
    if (index < 0 || index >= clock->before[clock->n_words]) return false;
    int32_t low = 0, high = clock->n_words - 1; /* the last word with at most index before it */
    while (low < high) {
        const int32_t middle = low + (high - low + 1) / 2;
        if (clock->before[middle] <= index)
            low = middle;
        else
            high = middle - 1;
    }
    *day = clock->first_day + low * WORD_DAYS + select_bit(clock->works[low], (int32_t)(index - clock->before[low]));
    return true;
}

/* ---- Moments ----------------------------------------------------------------------------------------------------- */

int64_t cpn_clock_position(const cpn_clock *clock, int64_t moment)
{
    const int64_t start = (int64_t)clock->first_day * CPN_DAY_MINUTES;
    const int64_t end = (int64_t)cpn_clock_end_day(clock) * CPN_DAY_MINUTES;
    if (moment <= start) return 0;
    if (moment >= end) return (int64_t)clock->before[clock->n_words] * CPN_DAY_MINUTES;
    const int32_t day = cpn_moment_day(moment);
    const int64_t passed = moment - (int64_t)day * CPN_DAY_MINUTES;
    return cpn_clock_rank(clock, day) * CPN_DAY_MINUTES + (cpn_clock_works(clock, day) ? passed : 0);
}

int64_t cpn_clock_shift(const cpn_clock *clock, int64_t moment, int64_t minutes)
{
    if (minutes == 0) return moment;
    if (moment >= (int64_t)cpn_clock_end_day(clock) * CPN_DAY_MINUTES) return CPN_BEYOND;
    const int64_t position = cpn_clock_position(clock, moment) + minutes;
    if (position <= 0) return (int64_t)clock->first_day * CPN_DAY_MINUTES;
    const int64_t rest = position % CPN_DAY_MINUTES;
    int32_t day;
    if (!cpn_clock_select(&day, clock, position / CPN_DAY_MINUTES - (rest == 0))) return CPN_BEYOND;
    return rest == 0 ? ((int64_t)day + 1) * CPN_DAY_MINUTES : (int64_t)day * CPN_DAY_MINUTES + rest;
}

int64_t cpn_clock_unshift(const cpn_clock *clock, int64_t moment, int64_t minutes)
{
    if (minutes == 0 || moment == CPN_BEYOND || moment == CPN_BEFORE) return moment;
    const int64_t position = cpn_clock_position(clock, moment) - minutes;
    if (position < 0) return CPN_BEFORE;
    int32_t day;
    if (!cpn_clock_select(&day, clock, position / CPN_DAY_MINUTES)) return CPN_BEYOND;
    return (int64_t)day * CPN_DAY_MINUTES + position % CPN_DAY_MINUTES;
}
