/* libcampaign: the calendar.
 *
 * What kind of day a day is, working-day arithmetic, lunar dates and solar terms, the nodes that carry campaigns, and
 * periods (months, quarters, ISO weeks, fiscal years).
 *
 * Days are int32 counted from 1970-01-01 (base.h). Ranges are half-open: the first day belongs, the end does not.
 * Nothing here reads a clock, a time zone or a locale. */
#ifndef CAMPAIGN_CALENDAR_H
#define CAMPAIGN_CALENDAR_H

#include <campaign/base.h>
#include <campaign/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Day kinds and nodes of one region, with the user's overlays on top. Immutable; may be used from any thread. */
typedef struct campaign_calendar campaign_calendar;

/* ---- The handle ------------------------------------------------------------------------------------------------- */

/** What a calendar is made of. Zero means: China, no overlays, the built-in nodes. */
typedef struct campaign_calendar_options {
    uint32_t size;      /* sizeof(campaign_calendar_options) */
    int32_t n_overlays; /* documents in overlays */
    int32_t n_nodes;    /* documents in nodes */
    int32_t reserved;   /* 0 */
    const char *region; /* "CN", or "" for bare weeks (Saturday and Sunday off, no holidays); NULL = "CN" */
    /** JSON texts, each "campaign/calendar_overlay/1" or in the holiday-cn shape; later ones win, day by day. */
    const char *const *overlays;
    const size_t *overlay_lengths; /* bytes of each; NULL = all are terminated */
    const char *const *nodes;      /* JSON texts, each "campaign/nodes/1"; later ones win, field by field */
    const size_t *node_lengths;    /* bytes of each; NULL = all are terminated */
} campaign_calendar_options;

#define CAMPAIGN_CALENDAR_OPTIONS_INIT                                                                                 \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_calendar_options), 0, 0, 0, NULL, NULL, NULL, NULL, NULL                             \
    }

/** Builds a calendar.
 *  China knows the State Council's notices for 2007 to 2026. The other years 1900 to 2100 are computed from the rule of
 *  statutory days and are provisional until an overlay confirms them; beyond, only the week pattern is known.
 *  @param calendar  receives the handle
 *  @param options   NULL = China without overlays. Texts are copied as far as they are needed
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_UNKNOWN (region, key, node, solar term) · CAMPAIGN_E_SYNTAX ·
 *          CAMPAIGN_E_ENCODING · CAMPAIGN_E_VALUE · CAMPAIGN_E_MISSING · CAMPAIGN_E_DUPLICATE · CAMPAIGN_E_LIMIT ·
 *          CAMPAIGN_E_INFEASIBLE (nodes relative to each other in a circle) · CAMPAIGN_E_NOMEM.
 *          error->where = "overlays[1]: days[3].date (line 12 column 5)"
 *  The caller frees @p *calendar. Any thread. O(n log n) in the days given, a fraction of a millisecond without
 *  overlays. @since 0.1 */
CAMPAIGN_API campaign_status campaign_calendar_create(campaign_calendar **calendar,
                                                      const campaign_calendar_options *options, campaign_error *error);

/** Frees a calendar. NULL is allowed. Any thread, once no other uses it. @since 0.1 */
CAMPAIGN_API void campaign_calendar_free(campaign_calendar *calendar);

/** Region of a calendar: that of the last overlay that names one, otherwise that of the options. "" for NULL.
 *  Lives as long as the calendar. Any thread. O(1). @since 0.1 */
CAMPAIGN_API const char *campaign_calendar_region(const campaign_calendar *calendar);

/* ---- Days ------------------------------------------------------------------------------------------------------- */

/** Kinds of day. Make-up working days are working days with is_makeup set. */
enum {
    CAMPAIGN_DAY_WORKING = 1,
    CAMPAIGN_DAY_WEEKEND = 2,  /* off by the week pattern, also where a holiday's notice lists it */
    CAMPAIGN_DAY_SWAPPED = 3,  /* a weekday off that is no statutory holiday: bridged or paid for with a make-up day */
    CAMPAIGN_DAY_STATUTORY = 4 /* statutory holiday proper, on whatever weekday it falls */
};

/** What a calendar knows of one day. */
typedef struct campaign_calendar_day_info {
    uint32_t size;          /* sizeof(campaign_calendar_day_info), set by the caller */
    int32_t kind;           /* CAMPAIGN_DAY_… */
    int32_t weekday;        /* 1 = Monday to 7 = Sunday */
    int32_t is_working;     /* 1 for CAMPAIGN_DAY_WORKING */
    int32_t is_makeup;      /* 1 where a day off by the week pattern is worked */
    int32_t is_provisional; /* 1 where the holidays of its year are not known for certain */
    int32_t run_start;      /* the days off in a row that hold this day, adjoining weekends joined; */
    int32_t run_end;        /* half-open; both equal the day where it is a working day */
    const char *name;       /* holiday or notice it belongs to, "春节", also of make-up days; "" where none */
    const char *name_en;    /* the same in English where known, otherwise as name */
} campaign_calendar_day_info;

#define CAMPAIGN_CALENDAR_DAY_INFO_INIT                                                                                \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_calendar_day_info), 0, 0, 0, 0, 0, 0, 0, NULL, NULL                                  \
    }

/** Looks one day up.
 *  @param info  size must be set; the texts live as long as @p calendar
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_VALUE (day outside the years 1 to 9999)
 *  Any thread, no allocation. O(log n) in the days that differ from the week pattern. @since 0.1 */
CAMPAIGN_API campaign_status campaign_calendar_day(campaign_calendar_day_info *info, const campaign_calendar *calendar,
                                                   int32_t day, campaign_error *error);

/** Lists every day of a range.
 *  @param days  date, weekday (1 = Monday), kind ("working", "weekend", "swapped", "statutory"), is_working, is_makeup,
 *               is_provisional, name, name_en (null where none), lunar_year, lunar_month, lunar_day, is_leap_month,
 *               lunar ("正月初一"), solar_term ("清明"; null on other days), iso_year, iso_week, fiscal_year,
 *               fiscal_week. The lunar and term columns are null outside 1900-01-01 to 2101-01-28 and 1900 to 2100
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_VALUE (range reversed or outside the years 1 to 9999) ·
 *          CAMPAIGN_E_NOMEM
 *  The caller frees @p *days. Any thread. O(days). @since 0.1 */
CAMPAIGN_API campaign_status campaign_calendar_days(campaign_table **days, const campaign_calendar *calendar,
                                                    int32_t first_day, int32_t end_day, campaign_error *error);

/* ---- Working days ----------------------------------------------------------------------------------------------- */

/** Moves by working days: n = 0 is the first working day on or after @p day; n > 0 is the n-th working day after that
 *  one; n < 0 is the |n|-th working day before the last working day on or before @p day.
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_VALUE (day outside the years 1 to 9999) · CAMPAIGN_E_OVERFLOW
 *          (the answer would be) · CAMPAIGN_E_INFEASIBLE (the calendar has no working day at all)
 *  Any thread, no allocation. O(log n) whatever the distance. @since 0.1 */
CAMPAIGN_API campaign_status campaign_calendar_add_working_days(int32_t *result, const campaign_calendar *calendar,
                                                                int32_t day, int64_t n, campaign_error *error);

/** Counts the working days of a range.
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_VALUE (range reversed or outside the years 1 to 9999)
 *  Any thread, no allocation. O(log n) whatever the length. @since 0.1 */
CAMPAIGN_API campaign_status campaign_calendar_count_working_days(int64_t *n, const campaign_calendar *calendar,
                                                                  int32_t first_day, int32_t end_day,
                                                                  campaign_error *error);

/** Directions of campaign_calendar_roll. */
enum { CAMPAIGN_ROLL_FORWARD = 1, CAMPAIGN_ROLL_BACKWARD = -1 };

/** The nearest working day on or after (forward), or on or before (backward), a day.
 *  @return as campaign_calendar_add_working_days; CAMPAIGN_E_ARGUMENT for another direction
 *  Any thread, no allocation. O(log n). @since 0.1 */
CAMPAIGN_API campaign_status campaign_calendar_roll(int32_t *result, const campaign_calendar *calendar, int32_t day,
                                                    int32_t direction, campaign_error *error);

/* ---- Periods ---------------------------------------------------------------------------------------------------- */

/** Kinds of period. Fiscal ones follow the 4-5-4 calendar of the National Retail Federation: weeks from Sunday to
 *  Saturday, the year ends on the Saturday nearest 31 January, its periods have 4, 5, 4 weeks a quarter, and the 53rd
 *  week of a long year belongs to period 12. */
enum {
    CAMPAIGN_PERIOD_MONTH = 1,
    CAMPAIGN_PERIOD_QUARTER = 2,
    CAMPAIGN_PERIOD_YEAR = 3,
    CAMPAIGN_PERIOD_ISO_WEEK = 4, /* ISO 8601: Monday to Sunday, week 1 holds the year's first Thursday */
    CAMPAIGN_PERIOD_FISCAL_WEEK = 5,
    CAMPAIGN_PERIOD_FISCAL_MONTH = 6,
    CAMPAIGN_PERIOD_FISCAL_QUARTER = 7,
    CAMPAIGN_PERIOD_FISCAL_YEAR = 8,
    CAMPAIGN_PERIOD_PLAN_WEEK = 9 /* seven days each, counted from the plan's first day */
};

typedef struct campaign_period_options {
    uint32_t size;          /* sizeof(campaign_period_options) */
    int32_t kind;           /* CAMPAIGN_PERIOD_…; required */
    int32_t plan_start;     /* plan weeks: the plan's first day, used where has_plan_start */
    int32_t has_plan_start; /* plan weeks need it; campaign_calendar_periods takes its first day otherwise */
} campaign_period_options;

#define CAMPAIGN_PERIOD_OPTIONS_INIT                                                                                   \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_period_options), 0, 0, 0                                                             \
    }

typedef struct campaign_period {
    uint32_t size;  /* sizeof(campaign_period), set by the caller */
    int32_t kind;   /* CAMPAIGN_PERIOD_… */
    int32_t start;  /* first day */
    int32_t end;    /* the day after the last */
    int32_t year;   /* calendar, ISO or fiscal year; of plan weeks, the year the plan starts in */
    int32_t number; /* month, quarter or week within the year, from 1; plan weeks run on; a year has its own number 1 */
    char label
        [24]; /* "2027-02", "2027-Q1", "2027", "2026-W53", "FY2027-W09", "FY2027-P03", "FY2027-Q1", "FY2027", "W3" */
} campaign_period;

#define CAMPAIGN_PERIOD_INIT                                                                                           \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_period), 0, 0, 0, 0, 0,                                                              \
        {                                                                                                              \
            0                                                                                                          \
        }                                                                                                              \
    }

/** The period that holds a day.
 *  @param period  size must be set
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT (kind; plan weeks without plan_start) · CAMPAIGN_E_VALUE (day before the
 *          plan, or the period reaches outside the years 1 to 9999)
 *  Any thread, no allocation. O(1). @since 0.1 */
CAMPAIGN_API campaign_status campaign_calendar_period(campaign_period *period, int32_t day,
                                                      const campaign_period_options *options, campaign_error *error);

/** Lists the periods that touch a range, whole, in order.
 *  @param periods   label, year, number, start, end (half-open), n_days, n_working_days (null without @p calendar)
 *  @param calendar  may be NULL
 *  @return as campaign_calendar_period, and CAMPAIGN_E_VALUE (range reversed) · CAMPAIGN_E_NOMEM
 *  The caller frees @p *periods. Any thread. O(periods). @since 0.1 */
CAMPAIGN_API campaign_status campaign_calendar_periods(campaign_table **periods, const campaign_calendar *calendar,
                                                       int32_t first_day, int32_t end_day,
                                                       const campaign_period_options *options, campaign_error *error);

/* ---- Lunar dates and solar terms -------------------------------------------------------------------------------- */

/** A date of the Chinese lunisolar calendar. */
typedef struct campaign_lunar_date {
    int32_t year;    /* the Gregorian year in which the lunar year begins */
    int32_t month;   /* 1 to 12 */
    int32_t day;     /* 1 to 30 */
    int32_t is_leap; /* 1 in the leap month that follows the month of that number */
} campaign_lunar_date;

/** Lunar date of a day, 1900-01-01 (month 12 of 1899) to 2101-01-28 (the end of 2100).
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_VALUE (day outside; the message says the limits)
 *  Any thread, no allocation. O(1). @since 0.1 */
CAMPAIGN_API campaign_status campaign_lunar_from_day(campaign_lunar_date *date, int32_t day, campaign_error *error);

/** Day of a lunar date.
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_VALUE (no such date: year outside, no such leap month, month of
 *          29 days)
 *  Any thread, no allocation. O(1). @since 0.1 */
CAMPAIGN_API campaign_status campaign_lunar_to_day(int32_t *day, const campaign_lunar_date *date,
                                                   campaign_error *error);

/** Longest text of campaign_lunar_format with its terminating zero. */
#define CAMPAIGN_LUNAR_TEXT 32

/** Prints month and day of a lunar date the Chinese way: "正月初一", "闰六月十五", "腊月三十".
 *  @return the length without the terminating zero; 0 if month or day do not exist
 *  Any thread. O(1). @since 0.1 */
CAMPAIGN_API size_t campaign_lunar_format(char text[CAMPAIGN_LUNAR_TEXT], const campaign_lunar_date *date);

/** Day on which a solar term begins, by China's clock.
 *  @param year  1900 to 2100
 *  @param term  1 = 小寒 in early January, 2 = 大寒, … 7 = 清明, … 24 = 冬至 in December
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_VALUE
 *  Any thread, no allocation. O(1). @since 0.1 */
CAMPAIGN_API campaign_status campaign_solar_term_day(int32_t *day, int32_t year, int32_t term, campaign_error *error);

/** Name of a solar term.
 *  @param term      1 to 24; NULL is returned for another
 *  @param language  "zh" ("清明"), "pinyin" ("qingming"), "en" ("Clear and Bright"); anything else, or NULL, reads as "en"
 *  Static text. Any thread. O(1). @since 0.1 */
CAMPAIGN_API const char *campaign_solar_term_name(int32_t term, const char *language);

/* ---- Nodes ------------------------------------------------------------------------------------------------------ */

/** Weight of a node: a quarter has one big node, a month one or two small ones. */
enum {
    CAMPAIGN_NODE_ANY = 0, /* as a filter: both */
    CAMPAIGN_NODE_BIG = 1,
    CAMPAIGN_NODE_SMALL = 2
};

/** Which nodes to list. Zero means: big and small nodes of the calendar's region. */
typedef struct campaign_nodes_options {
    uint32_t size;        /* sizeof(campaign_nodes_options) */
    int32_t tier;         /* CAMPAIGN_NODE_… */
    const char *regions;  /* "CN", "CN+US+INT", or "*" for all; NULL or "" = the calendar's region, or all where that is
                            "". Nodes without regions are always listed */
    const void *reserved; /* NULL */
} campaign_nodes_options;

#define CAMPAIGN_NODES_OPTIONS_INIT                                                                                    \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_nodes_options), 0, NULL, NULL                                                        \
    }

/** Lists every occurrence of every node whose date lies in a range, by date, then id. A node may occur twice in a
 *  Gregorian year, or not at all (Laba in 2022 and 2023); lunar nodes and solar terms occur 1900 to 2100 only.
 *  @param nodes  id, name, name_en, region ("CN+INT"; null = everywhere), tier ("big", "small"), theme, theme_en, date,
 *                preheat_start, peak_start, peak_end (half-open: the day after the last), certainty ("rule",
 *                "announced"), is_provisional (announced each year, and no announced window given for this one), note
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_VALUE (range reversed or outside the years 1 to 9999) ·
 *          CAMPAIGN_E_LIMIT (more than ten million occurrences) · CAMPAIGN_E_NOMEM
 *  The caller frees @p *nodes. Any thread. O(years × nodes). @since 0.1 */
CAMPAIGN_API campaign_status campaign_calendar_nodes(campaign_table **nodes, const campaign_calendar *calendar,
                                                     int32_t first_day, int32_t end_day,
                                                     const campaign_nodes_options *options, campaign_error *error);

/** Writes the calendar's whole catalogue, switched-off nodes too, as a "campaign/nodes/1" document that reads back to the
 *  same catalogue: a place to start from for one's own.
 *  @param json    receives terminated text, to be freed with campaign_text_free
 *  @param length  receives its length; may be NULL
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_NOMEM
 *  Any thread. O(nodes). @since 0.1 */
CAMPAIGN_API campaign_status campaign_calendar_write_nodes(char **json, size_t *length,
                                                           const campaign_calendar *calendar, campaign_error *error);

#ifdef __cplusplus
}
#endif

#endif
