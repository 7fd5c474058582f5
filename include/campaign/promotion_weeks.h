/* libcampaign: in which weeks of the year which item goes on promotion, and at which price.
 *
 * Items with price ladders whose demand remembers past prices compete for shared weekly slots and budgets. Each item by
 * itself is solved exactly; what is shared is priced by multipliers, and the answer comes with a proven bound: no
 * calendar that keeps the same rules can bring more. docs/promotion-weeks.md explains the model with an example. */
#ifndef CAMPAIGN_PROMOTION_WEEKS_H
#define CAMPAIGN_PROMOTION_WEEKS_H

#include <campaign/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What the calendar is to make large. */
enum {
    CAMPAIGN_PROMOTION_WEEKS_PROFIT = 0, /* revenue - unit costs - costs of promotions */
    CAMPAIGN_PROMOTION_WEEKS_REVENUE = 1 /* revenue; costs of promotions count against budgets only */
};

/** How good the calendar is known to be. */
enum {
    CAMPAIGN_PROMOTION_WEEKS_BOUND = 0,  /* the total and what no calendar can pass are given; the best lies between */
    CAMPAIGN_PROMOTION_WEEKS_OPTIMAL = 1 /* no calendar brings more */
};

/** Demand remembers at most this many weeks one by one; what lasts longer is a reference price. */
#define CAMPAIGN_PROMOTION_WEEKS_MEMORY_MAX 6
/** Most promotion prices of one item. */
#define CAMPAIGN_PROMOTION_WEEKS_LEVELS_MAX 16
/** Most weeks of a calendar. */
#define CAMPAIGN_PROMOTION_WEEKS_MAX 520
/** Longest no-touch gap, and how far back past prices are read, in weeks. */
#define CAMPAIGN_PROMOTION_WEEKS_GAP_MAX 52

/** What the calendar is made from: tables, borrowed for the call. Money is of one currency and exponent throughout.
 *  Columns marked ? may be missing, or null in a row. */
typedef struct campaign_promotion_weeks_inputs {
    uint32_t size;    /* sizeof(campaign_promotion_weeks_inputs) */
    int32_t reserved; /* 0 */
    /** Required; one row per item: item (int32, int64 or utf8), price (money, regular), cost (money, of one unit), base
     *  (float64: units a week at the regular price in a week of season 1), elasticity (float64, 2.5 for -2.5);
     *  memory_1? … memory_6? (float64: exponents by which the prices of the last weeks act on demand, 0), reference_weight?
     *  (float64, 0) and reference_decay? (float64, 0.8); gap? (int: untouched weeks after a promotion, 0),
     *  max_promotions?, max_per_quarter? (int; null = no limit), promotion_cost? (money, of each promotion week),
     *  slots? (int, 1), together? (int32, int64 or utf8: items with the same key are promoted in the same weeks at the
     *  same step of their ladders). */
    const campaign_table *items;
    /** Required; one row per promotion price: item? (null = every item), price (money) or discount (float64, 0.2 for
     *  20 % off, rounded half up to a minor unit); cost? (money, adds to promotion_cost), slots? (int, in place of the
     *  item's). */
    const campaign_table *ladder;
    /** NULL = options.n_weeks plain weeks. One row per week: week (int, consecutive), start? (date), season? (float64, 1),
     *  quarter? (int; otherwise blocks of 13 weeks, a 53rd week belonging to the last), is_blackout? (bool). */
    const campaign_table *weeks;
    /** NULL = none. Exceptions: item, week; season? (float64, in place of the week's), is_blackout? (bool),
     *  is_forced? (bool: promoted, whatever it brings), price? (money: the price of a forced week; null = any of the
     *  ladder). */
    const campaign_table *item_weeks;
    /** NULL = none. What a week has room for: week? (null = each), group? (null = all items), capacity? (int, sum of
     *  slots), promotions? (int, number of items). A row with a week goes before one without. */
    const campaign_table *slots;
    /** NULL = none. What promotions may cost: quarter? (null = the whole calendar), group? (null = all items), amount
     *  (money). */
    const campaign_table *budgets;
    /** NULL = none. Groups of slots and budgets: group (int32, int64 or utf8), item. An item may be in several. Items that
     *  must never meet are a group with promotions = 1. */
    const campaign_table *groups;
    /** NULL = the regular price. Prices before the first week: item, weeks_ago (int, 1 to 52), price (money). */
    const campaign_table *past;
    const void *reserved_pointer; /* NULL */
} campaign_promotion_weeks_inputs;

#define CAMPAIGN_PROMOTION_WEEKS_INPUTS_INIT                                                                           \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_promotion_weeks_inputs), 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL     \
    }

/** How the calendar is made. NULL or zero: the default. */
typedef struct campaign_promotion_weeks_options {
    uint32_t size;           /* sizeof(campaign_promotion_weeks_options) */
    int32_t objective;       /* CAMPAIGN_PROMOTION_WEEKS_PROFIT or _REVENUE */
    int32_t n_weeks;         /* weeks where there is no table of them, numbered from 1; 0 = 52 */
    int32_t has_gap;         /* gap_ppm is meant; otherwise 100 (0.01 %) */
    int32_t gap_ppm;         /* the search ends when the proven gap is this small; 0 to 1,000,000 of the bound */
    int32_t max_iterations;  /* most rounds of multipliers; 0 = 300 */
    int32_t reference_steps; /* cells of a reference price, 2 to 4096; 0 = 512 */
    int32_t reserved;        /* 0 */
    int64_t state_limit;     /* most states (weeks × histories × counts) of one item; 0 = 16,777,216, 8 bytes each */
    const char *item;        /* name of the item column in all tables; NULL = "item" */
    const char *language;    /* of the sentences: "en" (NULL) or "zh" */
} campaign_promotion_weeks_options;

#define CAMPAIGN_PROMOTION_WEEKS_OPTIONS_INIT                                                                          \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_promotion_weeks_options), 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL                         \
    }

/** What stands behind the calendar. Cleared by campaign_promotion_weeks_report_clear. */
typedef struct campaign_promotion_weeks_report {
    uint32_t size;          /* sizeof(campaign_promotion_weeks_report), set by the caller */
    int32_t status;         /* CAMPAIGN_PROMOTION_WEEKS_OPTIMAL or _BOUND */
    int32_t n_iterations;   /* rounds of multipliers */
    int32_t reserved;       /* 0 */
    int64_t n_items;        /* items */
    int64_t n_promotions;   /* promotion weeks of all items */
    int64_t total_minor;    /* what the calendar brings, by the objective, in minor units */
    int64_t bound_minor;    /* no calendar brings more */
    int64_t baseline_minor; /* what the same items bring without any promotion */
    /** One row: objective, status ("optimal", "bound"), total, bound, baseline (money), gap (float64, (bound - total) /
     *  bound; null where the bound is not positive), gain_gap (float64, (bound - total) / (bound - baseline)), promotions,
     *  iterations. */
    campaign_table *summary;
    /** One row per item: item, promotions, total, baseline, gain, alone (money: its best without limits it shares),
     *  alone_bound, given_up (alone - total), status ("optimal", "bound": of alone), reason, text. */
    campaign_table *items;
    /** One row per shared limit: kind ("slots", "promotions", "budget"), group, week, quarter, capacity, used, amount,
     *  spent (money), value (float64: about what one more slot or promotion, or one more major unit of budget, brings, in
     *  major units), text. */
    campaign_table *limits;
    /** Remarks: code ("cost_above_price", "no_demand", "reference_cells", "not_proven"), n, text. */
    campaign_table *notes;
} campaign_promotion_weeks_report;

#define CAMPAIGN_PROMOTION_WEEKS_REPORT_INIT                                                                           \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_promotion_weeks_report), 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL              \
    }

/** Chooses promotion weeks and prices for every item.
 *  Units of a week are base × season × (p / p0)^-elasticity × (p1 / p0)^memory_1 × … × (r / p0)^reference_weight, with p
 *  the week's price, p0 the regular one, p1 that of the week before, and r the reference price, r' = decay r + (1 - decay)
 *  p (multiplicative demand with memory: Cohen, Leung, Panchamgam, Perakis, Smith, Operations Research 65(2), 2017;
 *  reference price as in Cohen, Gupta, Kalas, Perakis, Production and Operations Management 29(10), 2020). Revenue and
 *  cost of a week are rounded half up to a minor unit; everything after that is integers.
 *  One item is solved exactly by dynamic programming over the prices it remembers and the promotions it has used; with a
 *  reference price over cells of it, rounded in favour of the bound. Shared limits carry Lagrange multipliers, whose dual
 *  is the bound; the calendar is repaired, filled and improved item by item within what the limits leave.
 *  @param calendar  one row per item and week, in key order: item, week (int32), start (date, null where not given), level
 *                   (int32, 0 = regular, 1 = smallest discount), price (money), is_promoted, is_forced (bool), units
 *                   (float64), revenue, goods_cost, promotion_cost, profit (money), baseline_units (float64),
 *                   baseline_revenue, baseline_profit (money: without any promotion from the first week on)
 *  @param report    filled; may be NULL. Its size must be set and its tables not be in use: they are overwritten
 *  @param options   NULL = all defaults
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_COLUMN · CAMPAIGN_E_MISSING (null, an item without ladder; row) ·
 *          CAMPAIGN_E_VALUE (row) · CAMPAIGN_E_DUPLICATE (row) · CAMPAIGN_E_UNKNOWN (an item, week, quarter or group, row;
 *          language) · CAMPAIGN_E_INFEASIBLE (forced weeks against rules or limits; names them) · CAMPAIGN_E_UNSUPPORTED
 *          (items together with reference prices) · CAMPAIGN_E_LIMIT (states of an item; names it) ·
 *          CAMPAIGN_E_OVERFLOW · CAMPAIGN_E_NOMEM · CAMPAIGN_E_CANCELLED
 *  The caller frees @p *calendar and clears @p report. Any thread. O(iterations × items × weeks × histories × prices ×
 *  counts); the same bytes whatever the threads and the order of rows. @since 0.1 */
CAMPAIGN_API campaign_status campaign_plan_promotion_weeks(campaign_table **calendar,
                                                           campaign_promotion_weeks_report *report,
                                                           const campaign_promotion_weeks_inputs *inputs,
                                                           const campaign_promotion_weeks_options *options,
                                                           const campaign_runtime *runtime, campaign_error *error);

/** Frees the tables of a report and zeroes it, its size apart. NULL is allowed. Any thread. @since 0.1 */
CAMPAIGN_API void campaign_promotion_weeks_report_clear(campaign_promotion_weeks_report *report);

#ifdef __cplusplus
}
#endif

#endif
