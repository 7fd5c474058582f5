/* libcampaign: results against a plan.
 *
 * Actual figures come as order lines, as daily figures, as lines of spend, or as any of them together; what is missing
 * makes a metric *not available, because …*, never zero. Ratios are ratios of sums. */
#ifndef CAMPAIGN_KPI_H
#define CAMPAIGN_KPI_H

#include <campaign/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What is judged: tables as in docs/plan.md, borrowed. campaign_plan_kpi fills it from a plan; targets made elsewhere
 *  serve as well, if their columns are the same. */
typedef struct campaign_kpi_plan {
    uint32_t size;                   /* sizeof(campaign_kpi_plan) */
    int32_t reserved;                /* 0 */
    const campaign_table *targets;   /* required; its first row is the whole period */
    const campaign_table *phases;    /* may be NULL */
    const campaign_table *campaigns; /* may be NULL */
    const campaign_table *budget;    /* may be NULL */
    const campaign_table *metrics;   /* may be NULL */
    /** campaign, date, target: which campaign a day counts for where several run on it. A day with a positive target of
     *  one campaign is left out of the others' figures and targets to date. NULL: each counts all its days. */
    const campaign_table *curve;
} campaign_kpi_plan;

#define CAMPAIGN_KPI_PLAN_INIT                                                                                         \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_kpi_plan), 0, NULL, NULL, NULL, NULL, NULL, NULL                                     \
    }

/** What happened. Any of the three may be NULL, not all. One figure must not come from two tables. */
typedef struct campaign_kpi_actuals {
    uint32_t size;    /* sizeof(campaign_kpi_actuals) */
    int32_t reserved; /* 0 */
    /** Order lines: date, amount (money; a return is negative), and optionally order (int64 or utf8; a line of
     *  a positive amount without one is an order of its own), product_line, market. Gives sales, gross sales, refunds
     *  and orders. */
    const campaign_table *orders;
    /** Daily figures: date, optionally product_line and market, and any of sales (money, net of refunds), refunds
     *  (money, not negative), orders, visits, conversions, new_customers (whole numbers), spend (money). A row of nulls,
     *  such as a day to come, is not a row with figures. */
    const campaign_table *daily;
    /** Lines of spend: date, amount (money), optionally campaign (an id or a name of the plan's campaigns). */
    const campaign_table *spend;
    const void *reserved_pointer; /* NULL */
} campaign_kpi_actuals;

#define CAMPAIGN_KPI_ACTUALS_INIT                                                                                      \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_kpi_actuals), 0, NULL, NULL, NULL, NULL                                              \
    }

/** What happens to rows with a null in a column that is used, or a date outside the years 1 to 9999. */
enum {
    CAMPAIGN_KPI_NULLS_FAIL = 0, /* the first such row ends the call */
    CAMPAIGN_KPI_NULLS_SKIP = 1  /* they are left out, counted and listed */
};

/** How results are judged. NULL or zero: the default. */
typedef struct campaign_kpi_options {
    uint32_t size;                 /* sizeof(campaign_kpi_options) */
    int32_t has_as_of;             /* judge as of the end of as_of_day; otherwise of the last day with figures */
    int32_t as_of_day;             /* days since 1970-01-01 */
    int32_t day_starts_at_minutes; /* a timestamp before it belongs to the day before; 0 to 1439 */
    int32_t nulls;                 /* CAMPAIGN_KPI_NULLS_… */
    int32_t has_deviation;         /* deviation_ppm is meant; otherwise 200,000 (20 %) */
    int32_t deviation_ppm;         /* deviation from target at which an alert is raised, 1 to 1,000,000 */
    int32_t has_cap;               /* cap_ppm is meant; otherwise 300,000 (30 %) */
    int32_t cap_ppm;               /* excess over a cost cap (CPA) at which an alert is raised, 0 to 1,000,000 */
    int32_t has_minimum_share;     /* minimum_share_ppm is meant; otherwise 1,000 (0.1 %) */
    int32_t minimum_share_ppm;     /* targets to date below this share of the year's raise no alert; 0 to 1,000,000 */
    int32_t reserved;              /* 0 */
    const char *language;          /* of the sentences: "en" (NULL) or "zh" */
    /* Columns under other names; NULL = the usual one. product_line and market name the columns of both tables. */
    const char *date, *amount, *order, *product_line, *market;
    const char *sales, *refunds, *orders, *visits, *conversions, *new_customers, *spend, *campaign;
} campaign_kpi_options;

#define CAMPAIGN_KPI_OPTIONS_INIT                                                                                      \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_kpi_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL,   \
            NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL                                                             \
    }

/** An evaluation: tables with the columns of docs/kpi.md. */
typedef struct campaign_kpi_evaluation {
    uint32_t size;     /* sizeof(campaign_kpi_evaluation) */
    int32_t as_of_day; /* the day it was judged as of */
    campaign_table
        *attainment;         /* one row per target, campaign and phase: target, to date, actual, attainment, status */
    campaign_table *pace;    /* year, quarter and month that run: expected to date, actual, forecast at close */
    campaign_table *metrics; /* conversion, CPA, ROI … of the year and of what runs, with their components */
    campaign_table *alerts;  /* deviations beyond the limit, largest amount first, with what to do */
    campaign_table *notes;   /* what was left out and why, with counts */
    campaign_table *skipped; /* the first rows of each table that were left out, and why */
} campaign_kpi_evaluation;

#define CAMPAIGN_KPI_EVALUATION_INIT                                                                                   \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_kpi_evaluation), 0, NULL, NULL, NULL, NULL, NULL, NULL                               \
    }

/** Judges actual figures against a plan, as of a day.
 *  A period that has ended is judged against its target; one that runs, against the target of its days so far; one that
 *  has not begun is *not started yet*. Attainment = actual / target to date.
 *  @param out      size must be set; its tables are overwritten, so clear it before using it again
 *  @param options  may be NULL
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_COLUMN · CAMPAIGN_E_VALUE (row) · CAMPAIGN_E_DUPLICATE (a
 *          figure from two tables) · CAMPAIGN_E_OVERFLOW · CAMPAIGN_E_NOMEM · CAMPAIGN_E_CANCELLED
 *  The caller clears @p out. Any thread. O(actuals + targets). The order of rows never matters. @since 0.1 */
CAMPAIGN_API campaign_status campaign_kpi_evaluate(campaign_kpi_evaluation *out, const campaign_kpi_plan *plan,
                                                   const campaign_kpi_actuals *actuals,
                                                   const campaign_kpi_options *options, const campaign_runtime *runtime,
                                                   campaign_error *error);

/** Frees the tables of an evaluation and sets them to NULL. NULL is allowed. Any thread. @since 0.1 */
CAMPAIGN_API void campaign_kpi_evaluation_clear(campaign_kpi_evaluation *evaluation);

#ifdef __cplusplus
}
#endif

#endif
