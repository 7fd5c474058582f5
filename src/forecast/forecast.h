/* What the files of the forecast engine share, and what the planner takes from it.
 * Flow: sales.c → days, trading.c → which of them count, windows.c → windows, fit.c and outliers.c → factors of days,
 * periods.c → seasons of the year, profile_out.c and seasons.c → tables. Back: profile_in.c → factors, weights.c. */
#ifndef CPN_FORECAST_FORECAST_H
#define CPN_FORECAST_FORECAST_H

#include <campaign/forecast.h>
#include <stdbool.h>

#include "table/table.h"

/* ---- Dimensions -------------------------------------------------------------------------------------------------- */

enum {
    CPN_DIM_QUARTER,
    CPN_DIM_MONTH,
    CPN_DIM_ISO_WEEK,
    CPN_DIM_FISCAL_WEEK,
    CPN_N_PERIODS, /* kinds of period; the dimensions before it */
    CPN_DIM_WEEKDAY = CPN_N_PERIODS,
    CPN_DIM_DAY_KIND,
    CPN_DIM_WINDOW,
    CPN_N_DIMS
};
extern const char *const cpn_dimension_names[CPN_N_DIMS];

enum { CPN_KIND_WORKING, CPN_KIND_WEEKEND, CPN_KIND_SWAPPED, CPN_KIND_STATUTORY, CPN_KIND_MAKEUP, CPN_N_KINDS };
extern const char *const cpn_kind_names[CPN_N_KINDS];

enum { CPN_WEEKDAYS = 7, CPN_MOST_PERIODS = 53, CPN_MOST_DAYS = 36600, CPN_MOST_WINDOWS = CAMPAIGN_SEASON_WINDOWS_MAX };

/* A period of the year that holds a day. sequence counts on from one to the next. */
typedef struct cpn_instance_id {
    int32_t start, end, year, number; /* number from 1 */
} cpn_instance_id;
cpn_instance_id cpn_instance_of(int32_t dimension, int32_t day);
/* Periods of an ordinary year: 4, 12 or 52. */
int32_t cpn_periods_a_year(int32_t dimension);
/* CPN_KIND_… of a day within the years 1 to 9999. */
int32_t cpn_kind_of_day(const campaign_calendar *calendar, int32_t day);

/* ---- Options ------------------------------------------------------------------------------------------------------ */

typedef struct cpn_season_knobs {
    campaign_seasonality_options given; /* doubles with their defaults */
    int32_t season;                     /* CPN_DIM_…, or -1 where days have no season; settled with the grain */
    bool is_chinese, has_block;
} cpn_season_knobs;

campaign_status cpn_season_take_knobs(cpn_season_knobs *knobs, const campaign_seasonality_options *options,
                                      const campaign_calendar *calendar, campaign_error *error);

/* Weight of a calendar year; 0 for one that is not listed. */
double cpn_year_weight(const cpn_season_knobs *knobs, int32_t year);

/* ---- Sales by day -------------------------------------------------------------------------------------------------- */

typedef struct cpn_sales {
    int32_t grain; /* CAMPAIGN_GRAIN_…, never AUTO */
    int32_t first_day, end_day;
    int64_t n_days;
    int64_t n_rows, n_used, n_outside, n_skipped;
    double *amount; /* sum of each day, in minor units or as given */
    bool *has_rows;
    campaign_column date, value;
    campaign_table *skipped, *skipped_counts;
} cpn_sales;

campaign_status cpn_sales_read(cpn_sales *sales, const campaign_table *table, const cpn_season_knobs *knobs,
                               const campaign_runtime *runtime, campaign_error *error);
void cpn_sales_free(cpn_sales *sales);
/* The period that one row of coarse sales stands for. */
int32_t cpn_grain_dimension(const cpn_sales *sales, const cpn_season_knobs *knobs);

/* Exact sums of doubles that do not depend on their order: one accumulator per day. */
typedef struct cpn_exact_sums cpn_exact_sums;
cpn_exact_sums *cpn_exact_sums_create(int64_t n);                           /* NULL where memory is out */
void cpn_exact_sums_add(cpn_exact_sums *sums, int64_t index, double value); /* finite */
bool cpn_exact_sums_take(double *sum, cpn_exact_sums *sums, int64_t index); /* false where it overflows */
void cpn_exact_sums_free(cpn_exact_sums *sums);

/* ---- Remarks ------------------------------------------------------------------------------------------------------- */

/* Tables that grow while the history is read. */
typedef struct cpn_remarks {
    cpn_out notes, treated;
    bool is_chinese, is_money;
    int32_t exponent;
} cpn_remarks;

void cpn_remarks_open(cpn_remarks *remarks, const cpn_season_knobs *knobs, const cpn_sales *sales);
/* One sentence in either language; both formats take the same arguments. */
void cpn_note(cpn_remarks *remarks, const char *code, const char *subject, const char *en, const char *zh, ...);
/* A value beyond 9e18 is written as null. */
typedef struct cpn_treated {
    int32_t day;     /* INT32_MIN: all of a weekday is meant */
    int32_t weekday; /* of such a row */
    const char *kind, *en, *zh;
    double value, expected, treated;
} cpn_treated;
void cpn_treat(cpn_remarks *remarks, const cpn_treated *treated);
void cpn_remarks_close(cpn_remarks *remarks);

/* ---- Windows ------------------------------------------------------------------------------------------------------- */

typedef struct cpn_season_span {
    char name[96];
    char node[96];
    int32_t first, last;
    double weight;
    bool has_weight, is_measured;
    int32_t n_occurrences; /* dates of the node whose window touches the history */
    int32_t *dates;
} cpn_season_span;

typedef struct cpn_windows {
    int32_t n;
    cpn_season_span items[CPN_MOST_WINDOWS];
} cpn_windows;

/* The windows of the options and, where none of them is the Spring Festival's, its usual ones. */
campaign_status cpn_windows_take(cpn_windows *windows, const cpn_season_knobs *knobs, const campaign_calendar *calendar,
                                 campaign_error *error);
/* Finds the dates whose windows touch a range. where names the caller's place of the windows. */
campaign_status cpn_windows_find(cpn_windows *windows, const campaign_calendar *calendar, int32_t first_day,
                                 int32_t end_day, const char *where, campaign_error *error);
/* Whether a window holds a day; *date receives the node's date. */
bool cpn_window_holds(const cpn_season_span *window, int32_t day, int32_t *occurrence);
void cpn_windows_free(cpn_windows *windows);

/* ---- Which days count ---------------------------------------------------------------------------------------------- */

typedef enum cpn_day_state {
    CPN_DAY_OPEN,    /* sold, or sold nothing as is normal there */
    CPN_DAY_CLOSED,  /* left out: an odd day without sales */
    CPN_DAY_GAP,     /* left out: one of many such days */
    CPN_DAY_RESTING, /* a weekday on which the shop is always closed */
} cpn_day_state;

typedef struct cpn_trading {
    uint8_t *states; /* cpn_day_state of each day */
    double *values;  /* sales of each day, negative ones as 0 */
    bool rests[CPN_WEEKDAYS];
    bool is_sparse; /* days without sales are the rule and count as 0 */
    int32_t n_open, n_closed;
} cpn_trading;

campaign_status cpn_trading_settle(cpn_trading *trading, cpn_remarks *remarks, const cpn_sales *sales,
                                   const cpn_windows *windows, const campaign_calendar *calendar,
                                   campaign_error *error);
void cpn_trading_free(cpn_trading *trading);

/* ---- The fit of days ------------------------------------------------------------------------------------------------ */

/* Factor 0 is the level of a month, then weekdays, kinds of day, and one factor a window. Code -1 stands for 1. */
enum {
    CPN_FACTOR_LEVEL,
    CPN_FACTOR_WEEKDAY,
    CPN_FACTOR_KIND,
    CPN_FACTOR_WINDOW,
    CPN_MOST_FACTORS = 3 + CPN_MOST_WINDOWS
};

typedef struct cpn_factor {
    int32_t n;
    int32_t *codes; /* of each day */
    double *values;
    bool is_fixed;
} cpn_factor;

typedef struct cpn_fit {
    int64_t n_days;
    int32_t first_day;
    int32_t n_factors;
    cpn_factor factors[CPN_MOST_FACTORS];
    double *values;   /* sales as they are fitted */
    double *shape;    /* product of all factors but the level */
    double *expected; /* product of all */
    double *weights;  /* of each day, by its year */
    double *scratch;  /* room for two numbers a day and factor value */
    int32_t n_outliers;
} cpn_fit;

campaign_status cpn_fit_open(cpn_fit *fit, const cpn_sales *sales, const cpn_season_knobs *knobs, cpn_windows *windows,
                             const cpn_trading *trading, const campaign_calendar *calendar, campaign_error *error);
/* Shape and expected from the factors; weekdays to the mean 1. */
void cpn_fit_multiply(cpn_fit *fit);
void cpn_fit_center_weekdays(cpn_fit *fit);
/* Measures all factors that are not fixed; states say which days count. */
void cpn_fit_run(cpn_fit *fit, const cpn_trading *trading, int32_t n_passes);
/* The middle of n values, which are sorted; 0 for none. */
campaign_status cpn_take_median(double *median, double *values, int64_t n, campaign_error *error);
/* What is still ordinary among n ratios of sold to expected, which are sorted. */
typedef struct cpn_limits {
    double low, high;
} cpn_limits;
campaign_status cpn_find_limits(cpn_limits *found, double *ratios, int64_t n, double outlier_limit,
                                campaign_error *error);
/* Fits, treats outliers and fits again. */
campaign_status cpn_fit_robustly(cpn_fit *fit, cpn_remarks *remarks, const cpn_trading *trading,
                                 const cpn_season_knobs *knobs, campaign_error *error);
/* Spreads coarse sales over the days of their periods by the shape of days. */
void cpn_fit_spread(cpn_fit *fit, cpn_trading *trading, const cpn_sales *sales, const cpn_season_knobs *knobs);
void cpn_fit_free(cpn_fit *fit);

/* ---- Periods -------------------------------------------------------------------------------------------------------- */

typedef struct cpn_instance {
    cpn_instance_id id;
    double total;            /* sales, days left out filled with the expected */
    double shape;            /* sum of the days' shapes */
    double seen, seen_shape; /* of the days that count */
    double rate;             /* their ratio; where is_usable */
    int32_t n_days;          /* of the period that lie in the history */
    int32_t n_known;
    double ratios[2]; /* of the total, and of the rate, to its year; where has_ratio */
    bool is_usable, has_ratio;
} cpn_instance;

/* The season by one kind of period. */
typedef struct cpn_period_index {
    bool is_measured;
    bool is_short;     /* too short for moving means: compared with its years */
    int32_t n_periods; /* of an ordinary year */
    int32_t n_years;
    double index[CPN_MOST_PERIODS], raw_index[CPN_MOST_PERIODS], factor[CPN_MOST_PERIODS];
    double low[CPN_MOST_PERIODS], high[CPN_MOST_PERIODS];
    double daily[CPN_MOST_PERIODS], lengths[CPN_MOST_PERIODS]; /* sales of a day against the mean one; mean days */
    int32_t years[CPN_MOST_PERIODS], days[CPN_MOST_PERIODS];
    double spread, shrinkage;
    cpn_instance *instances;
    int64_t n_instances;
} cpn_period_index;

/* Lists the periods of the history with their sums. Free with cpn_period_free, also after a failure. */
campaign_status cpn_period_list(cpn_period_index *index, int32_t dimension, const cpn_fit *fit,
                                const cpn_trading *trading, const cpn_season_knobs *knobs, campaign_error *error);
/* Draws the odd periods of coarse sales to the limit. */
campaign_status cpn_periods_treat(cpn_fit *fit, cpn_remarks *remarks, const cpn_trading *trading,
                                  const cpn_season_knobs *knobs, int32_t dimension, campaign_error *error);
/* The same, and indexes of them. */
campaign_status cpn_period_measure(cpn_period_index *index, int32_t dimension, const cpn_fit *fit,
                                   const cpn_trading *trading, const cpn_season_knobs *knobs, campaign_error *error);
void cpn_period_free(cpn_period_index *index);

/* What an estimate with some years' deviation keeps of its distance from 1: James & Stein 1961. */
typedef struct cpn_shrink_problem {
    const double *values; /* estimates */
    int32_t n;            /* estimates that may vary freely, and one more */
    double spread;        /* deviation of one year's estimate */
    double n_years;
} cpn_shrink_problem;
double cpn_shrinkage(const cpn_shrink_problem *problem);

/* ---- Everything found ----------------------------------------------------------------------------------------------- */

typedef struct cpn_seasonality {
    cpn_season_knobs knobs;
    const campaign_calendar *calendar;
    campaign_calendar *own_calendar;
    cpn_sales sales;
    cpn_remarks remarks;
    cpn_windows windows;
    cpn_trading trading;
    cpn_fit fit;
    cpn_period_index periods[CPN_N_PERIODS];
} cpn_seasonality;

/* Remarks on what the history could not tell. */
void cpn_remark_on(cpn_seasonality *found);

campaign_status cpn_profile_write(campaign_table **profile, const cpn_seasonality *found, campaign_error *error);
campaign_status cpn_seasons_write(campaign_table **seasons, const cpn_seasonality *found, campaign_error *error);

/* ---- Profiles back in: what the planner uses ------------------------------------------------------------------------- */

/* Factors of a profile, each 1 where the profile is silent. */
typedef struct cpn_day_profile {
    int32_t season; /* CPN_DIM_… of a period, or -1 */
    bool is_total;  /* factors of periods weigh the whole period, not a day */
    double periods[CPN_MOST_PERIODS];
    double weekdays[CPN_WEEKDAYS];
    double kinds[CPN_N_KINDS];
    bool has_kind[CPN_N_KINDS];
    cpn_windows windows;
} cpn_day_profile;

/* Reads a profile and finds its windows over a range. Free with cpn_day_profile_free, also after a failure. */
campaign_status cpn_day_profile_read(cpn_day_profile *day_profile, const campaign_table *profile,
                                     const campaign_calendar *calendar, int32_t first_day, int32_t end_day,
                                     campaign_error *error);
void cpn_day_profile_free(cpn_day_profile *day_profile);

/* What one day weighs, and why. */
typedef struct cpn_day_weight {
    double weight, season, weekday, kind_index, window;
    int32_t kind;
} cpn_day_weight;
cpn_day_weight cpn_day_profile_weigh(const cpn_day_profile *day_profile, const campaign_calendar *calendar,
                                     int32_t day);

/* Weights of the days of a range as integers in units of 1e-12 (of 1e-12 times a power of ten where a weight is above
 * 10,000), end_day - first_day of them. For the exact splitter: rounding to the unit takes away what binary fractions
 * add to decimal factors. */
campaign_status cpn_forecast_day_units(int64_t *units, const campaign_table *profile, const campaign_calendar *calendar,
                                       int32_t first_day, int32_t end_day, campaign_error *error);

#endif
