/* libcampaign: how sales lie over the year.
 *
 * A history of sales goes in, a profile of its seasons comes out as a table: by quarter, month, week, weekday, kind of
 * day and moving-holiday window. A profile, measured or written by hand, gives the weight of every day of any year. */
#ifndef CAMPAIGN_FORECAST_H
#define CAMPAIGN_FORECAST_H

#include <campaign/calendar.h>
#include <campaign/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What one row of the sales stands for. */
enum {
    CAMPAIGN_GRAIN_AUTO = 0, /* quarters, months or weeks where no two dates share one, days otherwise */
    CAMPAIGN_GRAIN_DAY = 1,  /* an order or a day's total; days have any number of rows */
    CAMPAIGN_GRAIN_WEEK = 2, /* the week that holds the date: ISO, or fiscal where the season is */
    CAMPAIGN_GRAIN_MONTH = 3,
    CAMPAIGN_GRAIN_QUARTER = 4
};

/** Which period of the year carries the season in day weights. */
enum {
    CAMPAIGN_SEASON_USUAL = 0, /* quarters for quarterly sales, ISO weeks for weekly ones, months otherwise */
    CAMPAIGN_SEASON_QUARTER = 1,
    CAMPAIGN_SEASON_MONTH = 2,
    CAMPAIGN_SEASON_ISO_WEEK = 3,
    CAMPAIGN_SEASON_FISCAL_WEEK = 4,
    CAMPAIGN_SEASON_NONE = 5 /* weekdays, kinds of day and windows only */
};

/** What a period is compared with. */
enum {
    CAMPAIGN_RATIO_TO_YEAR = 0,  /* the mean period of its own year */
    CAMPAIGN_RATIO_TO_MOVING = 1 /* the centred moving mean of one year: 2×12 months, 2×52 weeks, 2×4 quarters */
};

/** When indexes are drawn towards 1. */
enum {
    CAMPAIGN_SHRINK_SHORT = 0, /* with fewer than three years */
    CAMPAIGN_SHRINK_ALWAYS = 1,
    CAMPAIGN_SHRINK_NEVER = 2
};

/** Whether January and February are measured as one block and split by the Spring Festival. */
enum {
    CAMPAIGN_NEW_YEAR_USUAL = 0, /* one block where the calendar's region is CN */
    CAMPAIGN_NEW_YEAR_BLOCK = 1,
    CAMPAIGN_NEW_YEAR_APART = 2
};

/** What happens to rows with a null or an amount that is no number. */
enum {
    CAMPAIGN_FORECAST_NULLS_FAIL = 0, /* the first such row ends the call */
    CAMPAIGN_FORECAST_NULLS_SKIP = 1  /* they are left out, counted and listed */
};

#define CAMPAIGN_SEASON_WINDOWS_MAX 32

/** Days around a node of the calendar that sell differently. */
typedef struct campaign_season_window {
    uint32_t size;      /* sizeof(campaign_season_window) */
    int32_t first;      /* first day, counted from the node's date; -400 to 400 */
    int32_t last;       /* last day, itself within the window; not before first */
    int32_t has_weight; /* weight is declared and not measured */
    double weight;      /* how much one day sells against an ordinary one; 0 = closed */
    const char *node;   /* id of a node of the calendar, such as "cny" */
    const char *name;   /* key in the profile; NULL or "" = "cny -20..-1" */
} campaign_season_window;

#define CAMPAIGN_SEASON_WINDOW_INIT                                                                                    \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_season_window), 0, 0, 0, 0, NULL, NULL                                               \
    }

/** A calendar year of the history and what it counts for. */
typedef struct campaign_season_year {
    uint32_t size; /* sizeof(campaign_season_year) */
    int32_t year;
    double weight; /* 0 or more, of any scale */
} campaign_season_year;

#define CAMPAIGN_SEASON_YEAR_INIT                                                                                      \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_season_year), 0, 0                                                                   \
    }

/** Knobs of campaign_forecast_seasonality; zero in every field after size means the default. */
typedef struct campaign_seasonality_options {
    uint32_t size;                 /* sizeof(campaign_seasonality_options) */
    int32_t grain;                 /* CAMPAIGN_GRAIN_… */
    int32_t season;                /* CAMPAIGN_SEASON_… */
    int32_t method;                /* CAMPAIGN_RATIO_… */
    int32_t shrink;                /* CAMPAIGN_SHRINK_… */
    int32_t new_year;              /* CAMPAIGN_NEW_YEAR_… */
    int32_t nulls;                 /* CAMPAIGN_FORECAST_NULLS_… */
    int32_t day_starts_at_minutes; /* 0 to 1439: a sale at 01:30 belongs to the day before where this is 120 */
    int32_t first_day;             /* days before it do not count; used where has_first_day */
    int32_t has_first_day;
    int32_t end_day; /* neither do this day and later ones; used where has_end_day */
    int32_t has_end_day;
    int32_t omits_weekdays;  /* weekdays are not measured: kinds of day then tell the weekend apart */
    int32_t omits_day_kinds; /* kinds of day are not measured */
    int32_t omits_windows;   /* the usual windows of the Spring Festival are not taken */
    int32_t keeps_outliers;  /* no day is treated as an outlier */
    int32_t n_windows;       /* entries of windows */
    int32_t n_years;         /* entries of years */
    int32_t problem_limit;   /* most skipped rows listed per column and kind; 0 = 20 */
    int32_t reserved;        /* 0 */
    double outlier_limit;    /* days further than this many robust deviations from the fit are outliers; 0 = 5 */
    double prior_spread;     /* assumed deviation of one year's index from the true one, with one year; 0 = 0.15 */
    double peak_distance;    /* a peak sells this much above the mean day, the off season below; 0 = 0.1 */
    const char *date;        /* column names; NULL or "" = "date", "amount" */
    const char *amount;
    const char *language;                  /* "en" or "zh": words of reasons and notes; NULL = "en" */
    const campaign_season_window *windows; /* besides the usual ones, 20 days before the Spring Festival, its 7 days and
                                              14 after, which are taken where January and February are one block and no
                                              window given is of the node "cny" */
    const campaign_season_year *years;     /* calendar years that count; NULL = all, each the same */
    const void *reserved_pointer;          /* NULL */
} campaign_seasonality_options;

#define CAMPAIGN_SEASONALITY_OPTIONS_INIT                                                                              \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_seasonality_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, \
            0, NULL, NULL, NULL, NULL, NULL, NULL                                                                      \
    }

/** What stands behind a profile. Cleared by campaign_seasonality_report_clear. */
typedef struct campaign_seasonality_report {
    uint32_t size;     /* sizeof(campaign_seasonality_report), set by the caller */
    int32_t grain;     /* CAMPAIGN_GRAIN_…, never AUTO */
    int32_t first_day; /* the history that counts, half-open; both 0 where there is none */
    int32_t end_day;
    int32_t n_years;    /* whole years behind the season's indexes */
    int32_t n_open;     /* days that count, weekdays of rest apart */
    int32_t n_closed;   /* days left out because nothing was sold */
    int32_t n_outliers; /* days, or periods of coarse sales, treated as outliers */
    int64_t n_rows;     /* rows of sales = used + outside first_day and end_day + skipped */
    int64_t n_used;
    int64_t n_outside;
    int64_t n_skipped;
    double spread;    /* deviation of a year's index from the mean of the years: measured, or the prior with one year */
    double shrinkage; /* what is kept of an index's distance from 1: 1 = nothing was shrunk */
    /** One row per run of periods: season ("peak", "shoulder", "off"), period ("quarter", "month", "iso_week",
     *  "fiscal_week"), first, last (int32, of the run; it may pass the year's end), index (sales of a day against the
     *  mean day), share (of the year's sales), years, years_held (in how many it was so), preheat_first, preheat_latest
     *  and retention_last (int32, numbers of months, or of weeks: of peaks only), reason. */
    campaign_table *seasons;
    /** One row per day or weekday treated: date (null for a weekday), kind ("outlier", "closed", "closed_in_window",
     *  "closed_weekday", "negative"), value, expected, treated (money, or float64 where amounts are numbers; null where
     *  the day is left out), message. */
    campaign_table *treated;
    campaign_table *notes;          /* remarks: code, subject, message */
    campaign_table *skipped;        /* skipped rows as campaign_table_check lists problems */
    campaign_table *skipped_counts; /* column, kind, n: all of them, beyond the limit too */
    const void *reserved;           /* NULL */
} campaign_seasonality_report;

#define CAMPAIGN_SEASONALITY_REPORT_INIT                                                                               \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_seasonality_report), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL,  \
            NULL, NULL                                                                                                 \
    }

/** Measures the seasons of a history of sales.
 *  Daily sales are the product of the level of their month, a weekday, a kind of day and the windows that hold the day.
 *  These are measured jointly by 200 passes of alternating ratios of sums (iterative proportional fitting: Deming &
 *  Stephan, Annals of Mathematical Statistics 11, 1940; its limit is the Poisson maximum-likelihood fit), so that a peak
 *  on a node does not tilt the weekday. Cleaned of them, a period is compared with its year; where there are fewer than
 *  three years indexes are drawn towards 1 (James & Stein 1961; for seasons Miller & Williams, International Journal of
 *  Forecasting 19, 2003). Days further from the fit than the outlier limit times 1.4826 times the median absolute
 *  deviation, and further than a tenth, are set to that limit.
 *  @param profile   dimension ("quarter", "month", "iso_week", "fiscal_week", "weekday", "day_kind", "window"), key
 *                   ("1" …, "working", "weekend", "swapped", "statutory", "makeup", or the window's name), index (of
 *                   periods: sales against the mean period; of the others: against an ordinary day), factor (what day
 *                   weights multiply; null where the dimension is only told), raw_index (before shrinking), share (of the
 *                   year's sales), low, high (least and greatest index of a year), years, days (that were measured), node,
 *                   first, last (of windows)
 *  @param report    filled; may be NULL. Its size must be set and its tables not be in use: they are overwritten
 *  @param sales     columns date (date or timestamp) and amount (money, int32, int64 or float64), in any order of rows
 *  @param calendar  NULL = China without overlays
 *  @param options   NULL = all defaults
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_UNKNOWN (language, node) · CAMPAIGN_E_COLUMN ·
 *          CAMPAIGN_E_MISSING (null, row; a window without node) · CAMPAIGN_E_VALUE (row: no number, a window or weight
 *          outside its limits; all weights of years are 0) · CAMPAIGN_E_DUPLICATE (year, window) ·
 *          CAMPAIGN_E_INFEASIBLE (a season finer than the sales) · CAMPAIGN_E_LIMIT (more than 36,600 days or 32
 *          windows) · CAMPAIGN_E_OVERFLOW (a day's sum of floats) · CAMPAIGN_E_NOMEM · CAMPAIGN_E_CANCELLED
 *  The caller frees @p *profile and clears @p report. Any thread. O(rows + days × (months + windows)); some 200 bytes a
 *  day, and 540 more where amounts are floats. @since 0.1 */
CAMPAIGN_API campaign_status campaign_forecast_seasonality(campaign_table **profile,
                                                           campaign_seasonality_report *report,
                                                           const campaign_table *sales,
                                                           const campaign_calendar *calendar,
                                                           const campaign_seasonality_options *options,
                                                           const campaign_runtime *runtime, campaign_error *error);

/** Frees the tables of a report and zeroes it, its size apart. NULL is allowed. Any thread. @since 0.1 */
CAMPAIGN_API void campaign_seasonality_report_clear(campaign_seasonality_report *report);

/** Weighs the days of a range by a profile.
 *  A day's weight is the product of the factors of its period, weekday, kind and windows. Where the profile has no column
 *  factor, as one written by hand, the index is taken: of weekdays, kinds and windows as it is, of a period divided by its
 *  days, so that a month of index 1.2 weighs 1.2 months whatever its length.
 *  @param days     date, weight (float64), units (int64: the weight in 1e-12, fit for campaign_split), season_index,
 *                  weekday_index, day_kind, day_kind_index, window (names, joined by "+"; null on other days), window_index
 *  @param profile  columns dimension, key, index; factor, node, first, last where there are. One kind of period at most
 *                  may have factors. A dimension that is absent counts as 1; quarters, months and weekdays must be
 *                  complete; week 53 is the mean of weeks 52 and 1 and a make-up day as a working one where they are
 *                  absent
 *  @param calendar NULL = China without overlays
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_COLUMN · CAMPAIGN_E_UNKNOWN (row: dimension, key, node) ·
 *          CAMPAIGN_E_MISSING (row: null; a period or weekday that is absent) · CAMPAIGN_E_DUPLICATE (row) ·
 *          CAMPAIGN_E_VALUE (row: not a weight; a dimension of zeros only; range) ·
 *          CAMPAIGN_E_INFEASIBLE (factors of two kinds of period) · CAMPAIGN_E_LIMIT · CAMPAIGN_E_NOMEM
 *  The caller frees @p *days. Any thread. O(days × windows). @since 0.1 */
CAMPAIGN_API campaign_status campaign_forecast_day_weights(campaign_table **days, const campaign_table *profile,
                                                           const campaign_calendar *calendar, int32_t first_day,
                                                           int32_t end_day, campaign_error *error);

#ifdef __cplusplus
}
#endif

#endif
