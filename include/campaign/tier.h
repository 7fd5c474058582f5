/* libcampaign: customers in tiers by recency, frequency and monetary value.
 *
 * Orders go in as a table; scores, tiers and everything needed to explain them come out as tables. The library has no
 * clock: what "today" is, is said by the caller or taken from the last date of the orders. */
#ifndef CAMPAIGN_TIER_H
#define CAMPAIGN_TIER_H

#include <campaign/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How values become scores from 1 to the number of bins. A customer's place is counted from the worst value, 0 first;
 *  n customers, B bins. Without equal values VALUE, RANK_FIRST and RANK_AVERAGE agree. */
enum {
    CAMPAIGN_RFM_TIES_VALUE = 0,        /* 1 + floor(B * customers strictly worse / n): equal values, equal scores */
    CAMPAIGN_RFM_TIES_RANK_FIRST = 1,   /* 1 + floor(B * place / n), equal values placed by customer */
    CAMPAIGN_RFM_TIES_RANK_AVERAGE = 2, /* 1 + floor(B * mean place of the equal values / n) */
    CAMPAIGN_RFM_TIES_R_RFM = 3, /* as the R package rfm: cuts are type-7 quantiles plus one (day, order, yuan) */
    CAMPAIGN_RFM_TIES_NTILE = 4  /* as NTILE of SQL: equal values placed by customer, larger bins first */
};

/** What frequency counts. Returns (rows of a negative amount) never count. */
enum {
    CAMPAIGN_RFM_FREQUENCY_USUAL = 0,  /* orders where there is an order column, otherwise days */
    CAMPAIGN_RFM_FREQUENCY_ORDERS = 1, /* distinct order ids of the customer */
    CAMPAIGN_RFM_FREQUENCY_DAYS = 2,   /* distinct trading days on which the customer bought */
    CAMPAIGN_RFM_FREQUENCY_ROWS = 3    /* rows */
};

/** What happens to rows with a null in a column that is used, or an empty customer. */
enum {
    CAMPAIGN_RFM_NULLS_FAIL = 0, /* the first such row ends the call */
    CAMPAIGN_RFM_NULLS_SKIP = 1  /* they are left out, counted and listed */
};

#define CAMPAIGN_RFM_BINS_MAX 20

/** Knobs of campaign_tier_rfm; zero in every field after size means the default. */
typedef struct campaign_rfm_options {
    uint32_t size;                 /* sizeof(campaign_rfm_options) */
    int32_t as_of;                 /* day on which recency is counted; used where has_as_of */
    int32_t has_as_of;             /* 0 = the last date of the orders */
    int32_t day_starts_at_minutes; /* 0 to 1439: an order at 01:30 belongs to the day before where this is 120 */
    int32_t ties;                  /* CAMPAIGN_RFM_TIES_… */
    int32_t frequency_counts;      /* CAMPAIGN_RFM_FREQUENCY_… */
    int32_t nulls;                 /* CAMPAIGN_RFM_NULLS_… */
    int32_t recency_bins;          /* 2 to CAMPAIGN_RFM_BINS_MAX; 0 = 5 */
    int32_t frequency_bins;
    int32_t monetary_bins;
    int32_t dormant_after_days; /* a customer whose recency is greater is dormant; 0 = as the segments document says */
    int32_t problem_limit;      /* most skipped rows listed per column and kind; 0 = 20 */
    int64_t segments_length;    /* bytes of segments */
    const char *customer;       /* column names; NULL or "" = "customer", "date", "amount", "order" */
    const char *date;
    const char *amount;
    const char *order;
    const char *segments; /* document campaign/segments/1; NULL = campaign_tier_segments_default() */
    const char *language; /* "en" or "zh": names of tiers and words of notes; NULL = "en" */
    /** Cut points of the caller's own instead of quantiles: bins - 1 values, each greater than the one before; NULL =
     *  quantiles. Recency in days: recency <= the first cut gets the best score. Frequency, and monetary in minor
     *  units: value >= the last cut gets the best score. */
    const int64_t *recency_cuts;
    const int64_t *frequency_cuts;
    const int64_t *monetary_cuts;
    const void *reserved; /* NULL */
} campaign_rfm_options;

#define CAMPAIGN_RFM_OPTIONS_INIT                                                                                      \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_rfm_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL, NULL,      \
            NULL, NULL, NULL, NULL, NULL                                                                               \
    }

/** What stands behind the tiers. Cleared by campaign_rfm_report_clear. */
typedef struct campaign_rfm_report {
    uint32_t size;              /* sizeof(campaign_rfm_report), set by the caller */
    int32_t as_of;              /* day on which recency was counted */
    int32_t has_as_of;          /* 0 where there was no date to take it from */
    int32_t reserved;           /* 0 */
    int64_t n_rows;             /* rows of orders = used + after as_of + skipped */
    int64_t n_used;             /* rows that count */
    int64_t n_after_as_of;      /* rows later than as_of, left out */
    int64_t n_skipped;          /* rows left out for a null or an empty customer */
    int64_t n_returns;          /* rows used whose amount is negative */
    int64_t n_customers;        /* rows of tiers */
    int64_t n_without_purchase; /* customers that only returned: recency and dates are null, r is 1 */
    /** One row per dimension and score: dimension ("recency", "frequency", "monetary"), score, customers; cut (float64,
     *  major units: the least value that reaches the score, for recency the most days; the cut point itself where there
     *  is one, which days must stay below under R_RFM; null for score 1 and where nobody reached it); min_number,
     *  max_number (days or count), min_amount, max_amount (money): the range that got exactly this score. */
    campaign_table *bins;
    /** One row per tier in rule order: tier, tier_name, customers, customer_share, monetary, monetary_share (null where
     *  the total is not positive), recency_days_mean, frequency_mean. */
    campaign_table *segments;
    campaign_table *skipped;        /* skipped rows as campaign_table_check lists problems */
    campaign_table *skipped_counts; /* column, kind, n: all of them, beyond the limit too */
    /** Remarks: code ("collapsed_bins", "unreachable_rule", "overlapping_rule", "uncovered_scores", "empty_history",
     *  "after_as_of"), subject, message. */
    campaign_table *notes;
    const void *reserved_pointer; /* NULL */
} campaign_rfm_report;

#define CAMPAIGN_RFM_REPORT_INIT                                                                                       \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_rfm_report), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL        \
    }

/** Tiers customers by recency, frequency and monetary value.
 *  Scores are taken over all customers with at least one row up to the as-of day, and each customer's scores decide its
 *  tier: dormant first, then the first rule that matches. No row at all is no error: the tables are empty and a note
 *  says so.
 *  @param tiers    one row per customer, in key order: customer (int64 or utf8), recency_days (int32), frequency (int64),
 *                  monetary (money, net of returns), r, f, m (int32), rfm (utf8: "343"; "10-4-3" where a dimension has
 *                  more than nine bins), tier (utf8: id of the rule), tier_name (utf8), last_date, first_date (date, of
 *                  purchases)
 *  @param report   filled; may be NULL. Its size must be set and its tables not be in use: they are overwritten
 *  @param orders   columns customer (int32, int64 or utf8), date (date or timestamp), amount (money; a return is
 *                  negative) and, where present or named, order (int32, int64 or utf8)
 *  @param options  NULL = all defaults
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_UNKNOWN (language) · CAMPAIGN_E_COLUMN ·
 *          CAMPAIGN_E_MISSING (null, row) · CAMPAIGN_E_VALUE and _DUPLICATE (a rule of segments) ·
 *          CAMPAIGN_E_OVERFLOW (sum of money; row = first row of the customer) · errors of reading the segments
 *          document · CAMPAIGN_E_LIMIT (2^31 rows, 2 GiB of customer ids) · CAMPAIGN_E_NOMEM · CAMPAIGN_E_CANCELLED
 *  The caller frees @p *tiers and clears @p report. Any thread. O(rows + customers log customers) time; 16 bytes a row,
 *  8 to 16 more where orders are counted, and about 150 a customer. @since 0.1 */
CAMPAIGN_API campaign_status campaign_tier_rfm(campaign_table **tiers, campaign_rfm_report *report,
                                               const campaign_table *orders, const campaign_rfm_options *options,
                                               const campaign_runtime *runtime, campaign_error *error);

/** Frees the tables of a report and zeroes it, its size apart. NULL is allowed. Any thread. @since 0.1 */
CAMPAIGN_API void campaign_rfm_report_clear(campaign_rfm_report *report);

/** The segments document used where none is given: ten tiers on five bins. A good start for one's own.
 *  Never NULL; static text. Any thread. O(1). @since 0.1 */
CAMPAIGN_API const char *campaign_tier_segments_default(void);

#ifdef __cplusplus
}
#endif

#endif
