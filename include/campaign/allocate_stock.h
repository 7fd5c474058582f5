/* libcampaign: one pool of stock or gifts over stores and channels.
 *
 * Pieces go where they bring most, or so that all are served alike, under uncertain demand; and how many to order while
 * buying is still possible. Every answer comes with what no other can pass. docs/allocate-stock.md explains the model with
 * an example. */
#ifndef CAMPAIGN_ALLOCATE_STOCK_H
#define CAMPAIGN_ALLOCATE_STOCK_H

#include <campaign/certificate.h>
#include <campaign/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What the division of a pool is to reach. */
enum {
    CAMPAIGN_ALLOCATE_STOCK_MARGIN = 0, /* most expected margin */
    CAMPAIGN_ALLOCATE_STOCK_FILL = 1    /* the least fill rate as high as it can be, then the next */
};

/** What stock is divided by: tables, borrowed for the call. Money is of one currency and exponent throughout. Columns
 *  marked ? may be missing, or null in a row. */
typedef struct campaign_allocate_stock_inputs {
    uint32_t size;    /* sizeof(campaign_allocate_stock_inputs) */
    int32_t reserved; /* 0 */
    /** Required; one row per sku and store: sku, store (int32, int64 or utf8), distribution? (utf8: "normal",
     *  "truncated_normal", "poisson", "negative_binomial", "uniform", "exponential", "empirical", "deterministic"; null =
     *  "normal" where there is a deviation, "poisson" where not), mean? (float64 or int, of the demand; not of
     *  "empirical"), deviation? (float64 or int), margin? (money of a piece sold; without the column every piece counts
     *  1), shortage_cost? (money of a piece asked for and not there, 0), left_value? (money of a piece that is left over
     *  in the store, beside 0 in the pool; negative for what it costs, 0), on_hand? (int: there already, 0), safety?
     *  (int: least on hand plus sent), maximum? (int: most on hand plus sent), pack? (int: pieces of a pack, 1),
     *  min_display? (int: nothing is sent, or on hand plus sent is at least this). */
    const campaign_table *demand;
    /** Required; one row per sku: sku (as demand.sku), stock (int: pieces there are), reserve? (int: pieces kept back),
     *  reserve_rate? (float64 or int: share kept back, rounded up to a piece; the larger of both holds). */
    const campaign_table *pool;
    /** Of "empirical" demand: sku, store, value (float64 or int, 0 or more: what was sold, or could be), weight? (float64
     *  or int, 1). */
    const campaign_table *points;
    const void *reserved_pointer; /* NULL */
} campaign_allocate_stock_inputs;

#define CAMPAIGN_ALLOCATE_STOCK_INPUTS_INIT                                                                            \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_allocate_stock_inputs), 0, NULL, NULL, NULL, NULL                                    \
    }

/** How stock is divided. NULL or zero: the default. */
typedef struct campaign_allocate_stock_options {
    uint32_t size;            /* sizeof(campaign_allocate_stock_options) */
    int32_t objective;        /* CAMPAIGN_ALLOCATE_STOCK_MARGIN or _FILL */
    int32_t reserve_ppm;      /* kept back of every pool whose row does not say, 0 to 1,000,000; rounded up */
    int32_t is_safety_strict; /* a pool that cannot cover its safety stocks is an error, and not shared within them */
    int64_t state_limit;  /* most states (stores × pieces) of one pool's exact search; 0 = 33,554,432, 2 bytes each */
    const char *sku;      /* name of the sku column in all tables; NULL = "sku" */
    const char *store;    /* name of the store column in all tables; NULL = "store" */
    const char *language; /* of the sentences: "en" (NULL) or "zh" */
    const void *reserved; /* NULL */
} campaign_allocate_stock_options;

#define CAMPAIGN_ALLOCATE_STOCK_OPTIONS_INIT                                                                           \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_allocate_stock_options), 0, 0, 0, 0, NULL, NULL, NULL, NULL                          \
    }

/** What stands behind the division. Cleared by campaign_allocate_stock_report_clear. */
typedef struct campaign_allocate_stock_report {
    uint32_t size;    /* sizeof(campaign_allocate_stock_report), set by the caller */
    int32_t status;   /* CAMPAIGN_CERTIFICATE_OPTIMAL (the gap is at most 1e-12) or _BOUND */
    double value;     /* expected margin in major units; or the least fill rate of a store that may take more */
    double bound;     /* no division reaches more */
    double gap;       /* (bound - value) / max(|bound|, |value|); 0 where both are 0 */
    int64_t n_rows;   /* skus × stores that were asked for */
    int64_t n_skus;   /* pools */
    int64_t n_units;  /* pieces sent */
    int64_t n_below;  /* rows below their safety stock */
    int64_t n_states; /* of the exact searches where packs differ; 0 where none was needed */
    /** One row: objective, status ("optimal", "bound"), value, bound, gap, expected_margin, fill_rate (float64; null
     *  without demand), expected_sales, expected_lost (float64), available, allocated, reserve, left, below_safety
     *  (int64). */
    campaign_table *summary;
    /** One row per pool: sku, available (int64: stock less reserve), allocated, reserve, left, below_safety, status, value,
     *  bound, gap, fill_rate, multiplier (float64: about what one more piece brings, by the objective), next_store (the
     *  store that would get the next pack; null where none would), text. */
    campaign_table *pools;
    /** Remarks: code ("left", "safety_short", "below_safety", "not_proven", "no_demand"), n, text. */
    campaign_table *notes;
    const void *reserved; /* NULL */
} campaign_allocate_stock_report;

#define CAMPAIGN_ALLOCATE_STOCK_REPORT_INIT                                                                            \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_allocate_stock_report), 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL            \
    }

/** Divides each sku's pool over its stores, never more than there is.
 *  Margin: a store's expected margin is margin × E[min(y, D)] - shortage_cost × E[(D - y)+] + left_value × E[(y - D)+]
 *  with D the demand and y what is on hand and sent. It is concave in y, so packs of one size are given one after the
 *  other where the next brings most, which is exact (Gross 1956; Fox, Operations Research 14, 1966). Packs of different
 *  sizes and least displays make it a knapsack: the Lagrangian of its hull bounds it, counts that lose more than the gap
 *  are ruled out, and dynamic programming over the rest is exact within state_limit.
 *  Fill: the pack goes to the store with the least expected share of its demand served, which makes the least as high as
 *  any division can.
 *  Negative demand of "normal" counts as none; "truncated_normal" is conditioned on demand of 0 or more. A pack of which
 *  less than 1e-12 of a piece each would be sold counts as selling nothing.
 *  @param allocation  one row per sku and store, in key order: sku, store, units, packs (int64), level (int64: on hand and
 *                     sent), fill_rate (float64; null without demand), expected_sales, expected_lost, expected_left
 *                     (float64: pieces), stockout_probability, service_level (float64: P(D > level), P(D <= level)),
 *                     expected_margin (float64, major units), next_pack (float64: what one more pack brings, in major
 *                     units; null where none may be sent), is_below_safety (bool), action ("replenish" where the pool has
 *                     pieces kept back, "limit_purchases" where not; null), reason ("margin", "fill", "safety", "maximum",
 *                     "display", "enough", "nothing", "no_gain", "safety_short"), text
 *  @param report      filled; may be NULL. Its size must be set and its tables not be in use: they are overwritten
 *  @param options     NULL = all defaults
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_COLUMN · CAMPAIGN_E_MISSING (null, an empirical demand without
 *          points; row) · CAMPAIGN_E_VALUE (row) · CAMPAIGN_E_DUPLICATE (row) · CAMPAIGN_E_UNKNOWN (a sku or store, row;
 *          language) · CAMPAIGN_E_INFEASIBLE (bounds of a row; safety stocks beyond a pool under is_safety_strict) ·
 *          CAMPAIGN_E_LIMIT (a distribution too wide to tabulate) · CAMPAIGN_E_OVERFLOW · CAMPAIGN_E_NOMEM ·
 *          CAMPAIGN_E_CANCELLED
 *  The caller frees @p *allocation and clears @p report. Any thread. O(rows × log(pieces)) with one size of packs; the
 *  same bytes whatever the threads and the order of rows. @since 0.1 */
CAMPAIGN_API campaign_status campaign_allocate_stock(campaign_table **allocation,
                                                     campaign_allocate_stock_report *report,
                                                     const campaign_allocate_stock_inputs *inputs,
                                                     const campaign_allocate_stock_options *options,
                                                     const campaign_runtime *runtime, campaign_error *error);

/** Frees the tables of a report and zeroes it, its size apart. NULL is allowed. Any thread. @since 0.1 */
CAMPAIGN_API void campaign_allocate_stock_report_clear(campaign_allocate_stock_report *report);

/* ---- Order quantities -------------------------------------------------------------------------------------------- */

/** What is ordered by: tables, borrowed for the call. Money is of one currency and exponent throughout. Columns marked ?
 *  may be missing, or null in a row. */
typedef struct campaign_allocate_order_quantity_inputs {
    uint32_t size;    /* sizeof(campaign_allocate_order_quantity_inputs) */
    int32_t reserved; /* 0 */
    /** Required; one row per sku: sku (int32, int64 or utf8), distribution?, mean?, deviation? (as demand of
     *  campaign_allocate_stock_inputs), price (money of a piece sold), cost (money of a piece bought), salvage? (money of a
     *  piece left over, at most cost, 0), shortage_cost? (money of a piece asked for and not there, 0), on_hand? (int, 0),
     *  pack? (int, 1), min_order? (int: nothing, or at least this), maximum? (int: most to order), peak? (int or float64:
     *  the most sold in a past campaign, for the rule beside). */
    const campaign_table *items;
    /** Of "empirical" demand: sku, value, weight?. */
    const campaign_table *points;
    const void *reserved_pointer; /* NULL */
} campaign_allocate_order_quantity_inputs;

#define CAMPAIGN_ALLOCATE_ORDER_QUANTITY_INPUTS_INIT                                                                   \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_allocate_order_quantity_inputs), 0, NULL, NULL, NULL                                 \
    }

/** How much is ordered. NULL or zero: the default. */
typedef struct campaign_allocate_order_quantity_options {
    uint32_t size;        /* sizeof(campaign_allocate_order_quantity_options) */
    int32_t has_budget;   /* budget_minor is meant; otherwise there is none */
    int32_t has_rule;     /* rule_ppm is meant; otherwise 1,200,000: the handbook's 120 % of the historic peak */
    int32_t rule_ppm;     /* of the peak, 0 to 100,000,000 */
    int64_t budget_minor; /* what all orders together may cost, in minor units, 0 or more */
    int64_t state_limit;  /* as in campaign_allocate_stock_options, of money; 0 = 33,554,432 */
    const char *sku;      /* name of the sku column in all tables; NULL = "sku" */
    const char *language; /* of the sentences: "en" (NULL) or "zh" */
} campaign_allocate_order_quantity_options;

#define CAMPAIGN_ALLOCATE_ORDER_QUANTITY_OPTIONS_INIT                                                                  \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_allocate_order_quantity_options), 0, 0, 0, 0, 0, NULL, NULL                          \
    }

/** What stands behind the orders. Cleared by campaign_allocate_order_quantity_report_clear. */
typedef struct campaign_allocate_order_quantity_report {
    uint32_t size;       /* sizeof(campaign_allocate_order_quantity_report), set by the caller */
    int32_t status;      /* CAMPAIGN_CERTIFICATE_OPTIMAL (the gap is at most 1e-12) or _BOUND */
    double value;        /* expected profit in major units */
    double bound;        /* no orders bring more */
    double gap;          /* (bound - value) / max(|bound|, |value|); 0 where both are 0 */
    double rule_cost;    /* what the rule brings less, of the rows with a peak, in major units */
    double multiplier;   /* about what one more major unit of budget brings; 0 without a budget */
    int64_t spend_minor; /* what the orders cost, in minor units */
    int64_t n_rows;
    int64_t n_units;  /* pieces ordered */
    int64_t n_states; /* of the exact search under a budget; 0 where none was needed */
    /** One row: status, value, bound, gap (float64), spend (money), budget (money; null without), multiplier (float64),
     *  units (int64), expected_sales, expected_lost, expected_left (float64), rule_profit, rule_cost (float64; null
     *  where no row has a peak), text. */
    campaign_table *summary;
    /** Remarks: code ("no_order", "over_budget_rule", "not_proven"), n, text. */
    campaign_table *notes;
} campaign_allocate_order_quantity_report;

#define CAMPAIGN_ALLOCATE_ORDER_QUANTITY_REPORT_INIT                                                                   \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_allocate_order_quantity_report), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL            \
    }

/** How many pieces of each sku to buy for a season, and what the rule "120 % of the historic peak" would cost.
 *  The newsvendor (Arrow, Harris, Marschak 1951): the least quantity whose F(q) reaches cu / (cu + co), with cu = price +
 *  shortage_cost - cost lost by one piece too few and co = cost - salvage by one too many; in whole pieces and packs the
 *  first whose next pack brings nothing, which is exact. With a budget the orders of all skus share it as the stores of a
 *  pool do (see campaign_allocate_stock).
 *  @param orders   one row per sku, in key order: sku, units, packs (int64), cost (money: of the order), critical_ratio,
 *                  service_level, expected_sales, expected_lost, expected_left, fill_rate (null without demand), expected_profit
 *                  (float64, major units; the cost of what is on hand is not counted), rule_units (int64: the rule less
 *                  what is on hand, in packs), rule_lost, rule_left, rule_profit, rule_cost (float64: expected_profit -
 *                  rule_profit; these five are null without a peak), reason ("ratio", "maximum", "min_order", "budget",
 *                  "no_gain"), text
 *  @param report   filled; may be NULL. Its size must be set and its tables not be in use: they are overwritten
 *  @param options  NULL = all defaults
 *  @return as campaign_allocate_stock
 *  The caller frees @p *orders and clears @p report. Any thread. O(rows × log(pieces)) without a budget; the same bytes
 *  whatever the threads and the order of rows. @since 0.1 */
CAMPAIGN_API campaign_status campaign_allocate_order_quantity(campaign_table **orders,
                                                              campaign_allocate_order_quantity_report *report,
                                                              const campaign_allocate_order_quantity_inputs *inputs,
                                                              const campaign_allocate_order_quantity_options *options,
                                                              const campaign_runtime *runtime, campaign_error *error);

/** Frees the tables of a report and zeroes it, its size apart. NULL is allowed. Any thread. @since 0.1 */
CAMPAIGN_API void campaign_allocate_order_quantity_report_clear(campaign_allocate_order_quantity_report *report);

#ifdef __cplusplus
}
#endif

#endif
