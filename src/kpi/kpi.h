/* Inside of the evaluation: what its files hand each other. Only src/kpi includes this.
 *
 * book.c reads what is judged, facts.c what happened; cases.c compares the two; attainment.c, pace.c, metrics.c and
 * alerts.c write the tables. */
#ifndef CPN_KPI_KPI_H
#define CPN_KPI_KPI_H

#include <campaign/kpi.h>

#include "base/text.h"
#include "table/table.h"

enum { CPN_KPI_N_DIMENSIONS = 2, CPN_KPI_N_FINER = 3, CPN_KPI_MAX_DAYS = 3660 }; /* ten years at most */

/* The caller's options with defaults filled in. */
typedef struct cpn_kpi_settings {
    campaign_kpi_options given;
    int64_t deviation_ppm, cap_ppm, minimum_share_ppm;
    bool is_chinese;
} cpn_kpi_settings;

campaign_status cpn_kpi_settings_read(cpn_kpi_settings *settings, const campaign_kpi_options *options,
                                      campaign_error *error);

/* ---- Sums by key and day ---------------------------------------------------------------------------------------- */

/* Amounts added under a key, later summed over ranges of keys. Zero-initialise. */
typedef struct cpn_kpi_sums {
    int64_t *keys, *totals; /* a hash table while adding; in key order with running totals once closed */
    int64_t n, capacity;
} cpn_kpi_sums;

campaign_status cpn_kpi_sums_add(cpn_kpi_sums *sums, int64_t key, int64_t amount, campaign_error *error);
campaign_status cpn_kpi_sums_close(cpn_kpi_sums *sums, campaign_error *error);
/* Sum of the keys first to end - 1; after closing. */
int64_t cpn_kpi_sums_range(const cpn_kpi_sums *sums, int64_t first, int64_t end);
void cpn_kpi_sums_free(cpn_kpi_sums *sums);

/* ---- The book: what is judged ----------------------------------------------------------------------------------- */

typedef struct cpn_kpi_book {
    const campaign_kpi_plan *plan;
    campaign_column level, period, start, end, target, dimensions[CPN_KPI_N_DIMENSIONS]; /* of targets */
    campaign_column
        finer[CPN_KPI_N_FINER]; /* of targets: dimensions that figures are not judged by; type 0: not there */
    int64_t n_finer;            /* targets that are not judged because of them */
    int32_t start_day, end_day; /* half-open */
    char currency[4];
    int32_t exponent;
    int64_t *curve;             /* target of the days before start_day + i, for i = 0 … days */
    int64_t *owners;            /* row of the curve table that a day counts by, by day from start_day; -1: all */
    campaign_column owner_name; /* of the curve table; type 0 where there is none */
    cpn_keys keys[CPN_KPI_N_DIMENSIONS];
    campaign_column campaign_id, campaign_name; /* of campaigns; type 0 where there are none */
} cpn_kpi_book;

campaign_status cpn_kpi_book_read(cpn_kpi_book *book, const campaign_kpi_plan *plan, const campaign_runtime *runtime,
                                  campaign_error *error);
void cpn_kpi_book_free(cpn_kpi_book *book);

/* Whether a target is for one channel, tier or rep: no figures tell those apart, and its total is judged. */
bool cpn_kpi_book_is_finer(const cpn_kpi_book *book, int64_t row);
/* Target of the days of a range that lie in the plan. */
int64_t cpn_kpi_book_days(const cpn_kpi_book *book, int32_t first_day, int32_t end_day);
/* The part of a target from start to end that its days up to as_of carry. */
int64_t cpn_kpi_book_to_date(const cpn_kpi_book *book, int64_t minor, int32_t start_day, int32_t end_day,
                             int32_t as_of);
/* Code of a name among the plan's product lines (0) or markets (1), or -1. */
int32_t cpn_kpi_book_find(const cpn_kpi_book *book, int32_t dimension, const char *text, size_t length);

/* ---- Facts: what happened --------------------------------------------------------------------------------------- */

typedef enum cpn_kpi_measure {
    CPN_SALES, /* net of refunds */
    CPN_GROSS, /* before refunds */
    CPN_REFUNDS,
    CPN_ORDERS,
    CPN_VISITS,
    CPN_CONVERSIONS,
    CPN_NEW_CUSTOMERS,
    CPN_SPEND
} cpn_kpi_measure;
enum { CPN_KPI_N_MEASURES = CPN_SPEND + 1, CPN_KPI_MAX_CONVERTED = 8 };
extern const char *const cpn_kpi_measure_names[CPN_KPI_N_MEASURES];

/* A row that was left out. */
typedef struct cpn_kpi_skipped {
    const char *table, *column;
    int64_t row;
    bool is_null; /* otherwise a date that does not exist */
} cpn_kpi_skipped;
enum { CPN_KPI_LISTED_ROWS = 20 };

typedef struct cpn_kpi_facts {
    int32_t as_of;
    bool has[CPN_KPI_N_MEASURES];
    int64_t *days[CPN_KPI_N_MEASURES];  /* by day of the plan */
    int64_t bounds[CPN_KPI_N_MEASURES]; /* sum of the absolute amounts: no part of a measure is larger */
    int64_t *rows;                      /* rows with figures, of all tables, by day of the plan */
    bool has_dimension[CPN_KPI_N_DIMENSIONS];
    cpn_kpi_sums sales;                                           /* by product line, market and day */
    bool has_campaigns;                                           /* spend names its campaign */
    cpn_kpi_sums spend;                                           /* by row of the plan's campaigns and day */
    int64_t n_outside;                                            /* rows outside the plan */
    int64_t n_unknown[CPN_KPI_N_DIMENSIONS], n_unknown_campaigns; /* rows whose name the plan does not have */
    campaign_table *converted[CPN_KPI_MAX_CONVERTED];             /* copies with money in the plan's currency */
    int32_t n_converted;
    int64_t n_skipped;
    cpn_kpi_skipped listed[3 * CPN_KPI_LISTED_ROWS]; /* the first of each table */
    int32_t n_listed;
} cpn_kpi_facts;

campaign_status cpn_kpi_facts_read(cpn_kpi_facts *facts, const cpn_kpi_book *book, const campaign_kpi_actuals *actuals,
                                   const cpn_kpi_settings *settings, const campaign_runtime *runtime,
                                   campaign_error *error);
void cpn_kpi_facts_free(cpn_kpi_facts *facts);

/* Where the sales of a product line and a market (-1: all) on a day of the plan stand in facts->sales. */
static inline int64_t cpn_kpi_sales_key(const cpn_kpi_book *book, int64_t line, int64_t market, int64_t day)
{
    const int64_t n_days = (int64_t)book->end_day - book->start_day;
    return ((line + 1) * (book->keys[1].n_keys + 1) + market + 1) * n_days + day;
}

/* Sales of a product line and a market (-1: all) on the days of a range, up to as_of. */
int64_t cpn_kpi_facts_sales(const cpn_kpi_facts *facts, const cpn_kpi_book *book,
                            const int32_t keys[CPN_KPI_N_DIMENSIONS], int32_t first_day, int32_t end_day);
/* Spend of a row of the plan's campaigns up to as_of. */
int64_t cpn_kpi_facts_spend(const cpn_kpi_facts *facts, const cpn_kpi_book *book, int64_t campaign);
/* A measure on the days of a range, up to as_of. */
int64_t cpn_kpi_facts_total(const cpn_kpi_facts *facts, const cpn_kpi_book *book, cpn_kpi_measure measure,
                            int32_t first_day, int32_t end_day);

/* ---- Days of campaigns ------------------------------------------------------------------------------------------ */

/* Reads from the curve of the book's plan which campaign each day counts for. */
campaign_status cpn_kpi_owners_read(cpn_kpi_book *book, campaign_error *error);

/* ---- Judging ---------------------------------------------------------------------------------------------------- */

typedef enum cpn_kpi_reason {
    CPN_REASON_NONE,
    CPN_REASON_NOT_STARTED,
    CPN_REASON_ZERO_TARGET,
    CPN_REASON_NO_TARGET,
    CPN_REASON_NO_FIGURES,   /* subject: the measure */
    CPN_REASON_ZERO_FIGURES, /* subject: the measure divided by */
    CPN_REASON_NO_DIMENSION, /* subject: the dimension */
    CPN_REASON_NO_CAMPAIGNS
} cpn_kpi_reason;
enum { CPN_KPI_N_REASONS = CPN_REASON_NO_CAMPAIGNS + 1 };
extern const char *const cpn_kpi_reason_names[CPN_KPI_N_REASONS]; /* NULL for none */

/* Appends "not available, because …". */
void cpn_kpi_reason_write(cpn_text *text, cpn_kpi_reason reason, const char *subject, bool is_chinese);

/* A piece of text that lives in a table, or a constant; text NULL: none. */
typedef struct cpn_kpi_name {
    const char *text;
    size_t length;
} cpn_kpi_name;

/* One comparison of an amount with its target. */
typedef struct cpn_kpi_case {
    bool is_spend; /* otherwise sales */
    cpn_kpi_name level, period, dimensions[CPN_KPI_N_DIMENSIONS], campaign, phase;
    int32_t start_day, end_day;
    int64_t target_minor, to_date_minor, actual_minor;
    bool has_to_date, has_actual;
    cpn_kpi_reason reason; /* why there is no attainment */
    const char *subject;   /* of the reason */
} cpn_kpi_case;

typedef struct cpn_kpi_cases {
    cpn_kpi_case *rows;
    int64_t n, capacity;
} cpn_kpi_cases;

campaign_status cpn_kpi_cases_collect(cpn_kpi_cases *cases, const cpn_kpi_book *book, const cpn_kpi_facts *facts,
                                      campaign_error *error);
void cpn_kpi_cases_free(cpn_kpi_cases *cases);

/* Narrows what a campaign or phase should have and has to the days that count for it. */
void cpn_kpi_owners_narrow(cpn_kpi_case *row, const cpn_kpi_book *book, const cpn_kpi_facts *facts);

/* Whether actual lies at least limit_ppm of target away from it: -1 below, 1 above, 0 neither. Exact. target > 0. */
int cpn_kpi_deviates(int64_t actual, int64_t target, int64_t limit_ppm);

/* Whether a case is the total of a period that runs on the day of judgement and is long enough to say something; before
 * the plan its first periods do, after it its last. */
bool cpn_kpi_is_running(const cpn_kpi_case *row, const cpn_kpi_book *book, const cpn_kpi_facts *facts);

/* A metric of a period up to the day of judgement, with the figures it is made of. */
typedef struct cpn_kpi_metric {
    cpn_kpi_name level, period;
    int32_t start_day, end_day;
    const char *name, *unit, *numerator_name, *denominator_name; /* denominator_name NULL: none */
    bool is_cap;                                                 /* lower is better */
    bool has_numerator, has_denominator, has_value, has_target;
    double numerator, denominator, value, target, to_date;
    cpn_kpi_reason reason;
    const char *subject;
} cpn_kpi_metric;

/* Ten metrics of the plan's whole period, then the same of the shorter ones that run. */
typedef struct cpn_kpi_metrics {
    cpn_kpi_metric *rows;
    int64_t n;
} cpn_kpi_metrics;

const char *cpn_kpi_metric_status(const cpn_kpi_metric *metric, const cpn_kpi_settings *settings);
/* Deviation at which a metric is off its target. */
double cpn_kpi_metric_limit(const cpn_kpi_metric *metric, const cpn_kpi_settings *settings);

campaign_status cpn_kpi_metrics_compute(cpn_kpi_metrics *metrics, const cpn_kpi_cases *cases, const cpn_kpi_book *book,
                                        const cpn_kpi_facts *facts, campaign_error *error);
void cpn_kpi_metrics_free(cpn_kpi_metrics *metrics);

/* ---- Writing ---------------------------------------------------------------------------------------------------- */

/* Null where there is no name, or no number. */
void cpn_kpi_write_name(cpn_out *out, int32_t index, cpn_kpi_name name);
/* Name and sentence of a reason; null for none. */
campaign_status cpn_kpi_write_reason(cpn_out *out, int32_t index, cpn_kpi_reason reason, const char *subject,
                                     bool is_chinese, campaign_error *error);
/* Status of a compared amount. */
const char *cpn_kpi_case_status(const cpn_kpi_case *row, const cpn_kpi_settings *settings);
/* Closes a table; where status is a failure already, that one is returned and the table dropped. */
campaign_status cpn_kpi_close(campaign_table **table, cpn_out *out, campaign_status status, campaign_error *error);

/* ---- Tables ----------------------------------------------------------------------------------------------------- */

campaign_status cpn_kpi_attainment_table(campaign_table **table, const cpn_kpi_cases *cases, const cpn_kpi_book *book,
                                         const cpn_kpi_settings *settings, campaign_error *error);
campaign_status cpn_kpi_pace_table(campaign_table **table, const cpn_kpi_cases *cases, const cpn_kpi_book *book,
                                   const cpn_kpi_facts *facts, const cpn_kpi_settings *settings, campaign_error *error);
campaign_status cpn_kpi_metrics_table(campaign_table **table, const cpn_kpi_metrics *metrics,
                                      const cpn_kpi_settings *settings, campaign_error *error);
campaign_status cpn_kpi_alerts_table(campaign_table **table, const cpn_kpi_cases *cases, const cpn_kpi_metrics *metrics,
                                     const cpn_kpi_book *book, const cpn_kpi_settings *settings, campaign_error *error);
campaign_status cpn_kpi_skipped_table(campaign_table **table, const cpn_kpi_facts *facts, campaign_error *error);
campaign_status cpn_kpi_notes_table(campaign_table **table, const cpn_kpi_facts *facts, const cpn_kpi_book *book,
                                    const cpn_kpi_settings *settings, campaign_error *error);

#endif
