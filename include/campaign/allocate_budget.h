/* libcampaign: a budget over response curves, with its proof.
 *
 * Items (channels, campaigns, periods, or any product of them) answer to money by curves of which some are S-shaped. The
 * budget is divided so that no other division under the same limits brings more than the bound that comes with it.
 * docs/allocate.md explains the model with an example. */
#ifndef CAMPAIGN_ALLOCATE_BUDGET_H
#define CAMPAIGN_ALLOCATE_BUDGET_H

#include <campaign/certificate.h>
#include <campaign/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What the allocation is to reach. */
enum {
    CAMPAIGN_ALLOCATE_BUDGET_RESPONSE = 0,        /* most value × response */
    CAMPAIGN_ALLOCATE_BUDGET_PROFIT = 1,          /* most value × response - spend */
    CAMPAIGN_ALLOCATE_BUDGET_LEAST_SPEND = 2,     /* least spend whose value × response reaches target */
    CAMPAIGN_ALLOCATE_BUDGET_MARGINAL_RETURN = 3, /* spend as long as one more major unit brings target or more */
    CAMPAIGN_ALLOCATE_BUDGET_AVERAGE_RETURN =
        4 /* most value × response whose total is target times the spend or more */
};

/** What is made large where samples say how uncertain the curves are. */
enum {
    CAMPAIGN_ALLOCATE_BUDGET_MEAN = 0,     /* the mean of the samples */
    CAMPAIGN_ALLOCATE_BUDGET_QUANTILE = 1, /* the lowest total that a share quantile_ppm of the samples does not pass */
    CAMPAIGN_ALLOCATE_BUDGET_MEAN_LESS_SD = 2 /* mean - risk_aversion × standard deviation of the total */
};

/** What the budget is divided by: tables, borrowed for the call. Amounts are money of one currency and exponent, or plain
 *  numbers, throughout; parameters of curves are float64 in major units of the same. Columns marked ? may be missing, or
 *  null in a row. */
typedef struct campaign_allocate_budget_inputs {
    uint32_t size;    /* sizeof(campaign_allocate_budget_inputs) */
    int32_t reserved; /* 0 */
    /** Required; one row per item: item (int32, int64 or utf8), curve (utf8: "hill", "adbudg", "logistic", "s_logistic",
     *  "tanh", "michaelis_menten", "power", "log", "exponential", "linear", "piecewise"), scale?, location?, shape?, shift?,
     *  floor? (float64, as the curve needs them: see docs/allocate.md; shift is spend that works already, floor the
     *  response without spend), value? (float64 or money per response, 1), minimum?, maximum? (amount), opening_cost?
     *  (amount, of an item that gets anything; it is part of its spend and brings nothing), minimum_if_open? (amount),
     *  step? (amount: the new money comes in whole packs of it), group? (int32, int64 or utf8), spent? (amount: what is
     *  gone already, part of the spend), is_paused? (bool: gets nothing beyond spent), actual_response? (float64) with
     *  cpa_cap? (float64 or money: highest spent / actual_response), priority? (int: the items of lower numbers get all
     *  they can use before the next get any; null = last), current? (amount: spend to compare with). */
    const campaign_table *items;
    /** NULL = none; a tree of groups: group (as items.group), parent? (null = the whole), minimum?, maximum? (amount),
     *  share?, minimum_share?, maximum_share? (float64, 0.2 for 20 %), of? (the group whose spend the shares refer to; null
     *  = its parent, and for a group of the whole what the budget has after the contingency). */
    const campaign_table *groups;
    /** Of "piecewise" curves: item, spend (float64, major units, from 0 upwards), response (float64). Straight in between
     *  and flat after the last. */
    const campaign_table *points;
    /** NULL = the parameters of items. Posterior draws: item, sample (int), and those of scale, location, shape, shift, floor
     *  that differ; the same samples for every item that has any. */
    const campaign_table *samples;
    const void *reserved_pointer; /* NULL */
} campaign_allocate_budget_inputs;

#define CAMPAIGN_ALLOCATE_BUDGET_INPUTS_INIT                                                                           \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_allocate_budget_inputs), 0, NULL, NULL, NULL, NULL, NULL                             \
    }

/** How the budget is divided. NULL or zero: the default. */
typedef struct campaign_allocate_budget_options {
    uint32_t size;             /* sizeof(campaign_allocate_budget_options) */
    int32_t objective;         /* CAMPAIGN_ALLOCATE_BUDGET_RESPONSE … _AVERAGE_RETURN */
    int32_t risk;              /* CAMPAIGN_ALLOCATE_BUDGET_MEAN, _QUANTILE, _MEAN_LESS_SD */
    int32_t has_budget;        /* there is a budget; required by _RESPONSE unless every item has a maximum */
    int32_t contingency_ppm;   /* share of the budget that is kept, 0 to 1,000,000; rounded half up to a minor unit */
    int32_t quantile_ppm;      /* of _QUANTILE, 1 to 999,999; 0 = 100,000: 90 % of the samples reach it, or more */
    int32_t has_cpa_tolerance; /* cpa_tolerance_ppm is meant; otherwise 300,000 */
    int32_t cpa_tolerance_ppm; /* an item is paused above cpa_cap × (1 + this) */
    int32_t has_exponent;      /* exponent is meant; otherwise the currency's own */
    int32_t exponent;          /* decimals of the minor unit */
    char currency[4];          /* ISO 4217 code, terminated; "" = that of the tables' amounts, or plain numbers */
    int32_t reserved;          /* 0 */
    int64_t budget_minor;      /* with money: the budget in minor units, 0 or more */
    int64_t contingency_minor; /* with money: kept, in place of contingency_ppm */
    int64_t node_limit;        /* most nodes of the search; 0 = 30 to 20,000, the fewer the more items */
    double budget;             /* with plain numbers: the budget, 0 or more */
    double contingency;        /* with plain numbers: kept, in place of contingency_ppm */
    double target; /* of _LEAST_SPEND: value × response; of _MARGINAL_RETURN and _AVERAGE_RETURN: per unit spent */
    double risk_aversion;         /* of _MEAN_LESS_SD, 0 or more */
    double gap;                   /* the search ends when the proven gap is this small; 0 = 1e-9 */
    const char *language;         /* of the sentences: "en" (NULL) or "zh" */
    const void *reserved_pointer; /* NULL */
} campaign_allocate_budget_options;

#define CAMPAIGN_ALLOCATE_BUDGET_OPTIONS_INIT                                                                          \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_allocate_budget_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, { 0, 0, 0, 0 }, 0, 0, 0, 0, 0,  \
            0, 0, 0, 0, NULL, NULL                                                                                     \
    }

/** What stands behind the allocation. Cleared by campaign_allocate_budget_report_clear. */
typedef struct campaign_allocate_budget_report {
    uint32_t size;       /* sizeof(campaign_allocate_budget_report), set by the caller */
    int32_t status;      /* CAMPAIGN_CERTIFICATE_OPTIMAL (the gap is no wider than options.gap, or, with
                                  money, than what a minor unit under each limit is worth) or _BOUND */
    double value;        /* what the allocation reaches, by the objective */
    double bound;        /* no allocation reaches more (_LEAST_SPEND: none spends less) */
    double gap;          /* |bound - value| / max(|bound|, |value|, 1e-5 of the response of all items at the most that
                            each can spend; _LEAST_SPEND: 1e-9 of that spend); 0 where both are 0 */
    double spend;        /* of all items, in major units */
    double response;     /* sum of value × response */
    double unspent;      /* what the budget has left after the contingency, in major units; 0 without a budget */
    double contingency;  /* kept, in major units */
    int64_t spend_minor; /* with money, as the next two: the same in minor units, exact; otherwise 0 */
    int64_t unspent_minor;
    int64_t contingency_minor;
    int64_t n_nodes; /* of the search */
    int64_t n_items;
    /** One row: objective, status ("optimal", "bound"), value, bound, gap (float64), spend, current, budget, contingency,
     *  unspent (money or float64), response, current_response (float64), nodes, items (int64). */
    campaign_table *summary;
    /** One row per limit of budget, groups, shares and target: kind ("budget", "minimum", "maximum", "share",
     *  "minimum_share", "maximum_share", "target"), group, of, amount, used (money or float64; null of target),
     *  multiplier (float64: about what the objective gains when the limit is eased by one major unit), text. */
    campaign_table *limits;
    /** One row per group: group, parent, spend (money or float64), share (float64, of the spend of its parent or the whole;
     *  null where that is 0), response (value × response), marginal (float64: about what one more major unit for the group
     *  brings). */
    campaign_table *groups;
    /** Remarks: code ("unspent", "not_proven", "cpa_over_cap", "paused_minimum", "no_value"), n, text. */
    campaign_table *notes;
} campaign_allocate_budget_report;

#define CAMPAIGN_ALLOCATE_BUDGET_REPORT_INIT                                                                           \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_allocate_budget_report), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL,    \
            NULL                                                                                                       \
    }

/** Divides a budget over response curves.
 *  Every item has a curve of what spend brings; S-shaped ones are allowed, as are costs of opening, least amounts of open
 *  items, whole steps, a tree of groups with amounts and shares, money that is spent already, and items that are paused.
 *  The multiplier of the budget is found on the concave envelopes of the curves; its dual is a bound that no allocation
 *  passes; branch and bound closes what is left between the two (Udell & Boyd, Maximizing a sum of sigmoids, 2014;
 *  Patriksson, European Journal of Operational Research 185, 2008). With money every spend is a whole number of minor
 *  units, and their sum is never more than there is; no limit is passed by a unit, and an exact share of another group is
 *  its whole units, rounded down or up (less than one unit away; a share of 0 is 0).
 *  With priorities the items of the lowest number are solved first, as if the others brought a billionth of what they do,
 *  and stand still then; the bound holds for allocations that fill in the same order. Quantiles and deviations of samples
 *  couple the items: the answer is the best found, with a bound that is true but may be wide.
 *  @param allocation  one row per item, in key order: item, group, spend, current (money or float64), response, marginal
 *                     (float64: value of one more major unit, null where the curve starts vertically), average_return
 *                     (value × response / spend), bound ("interior", "group", "minimum", "maximum", "closed",
 *                     "minimum_if_open", "step", "corner", "fixed", "spent", "paused"), reason, text
 *  @param report      filled; may be NULL. Its size must be set and its tables not be in use: they are overwritten
 *  @param options     NULL = all defaults
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_COLUMN · CAMPAIGN_E_MISSING (null, a parameter of a curve, points,
 *          a sample; row. A budget where nothing else bounds the spend) · CAMPAIGN_E_VALUE (row; also a group that is its own
 *          ancestor) · CAMPAIGN_E_DUPLICATE (row) · CAMPAIGN_E_UNKNOWN (curve, group, parent, item of points or samples, row;
 *          currency, language) · CAMPAIGN_E_INFEASIBLE (limits against each other: names a set of which each is needed; a
 *          target that cannot be reached) · CAMPAIGN_E_UNSUPPORTED (priorities or risk with an objective that has no such
 *          answer) · CAMPAIGN_E_LIMIT (nothing found within node_limit) · CAMPAIGN_E_OVERFLOW (amounts beyond 2^53 minor
 *          units or 1e150; row) · CAMPAIGN_E_NOMEM · CAMPAIGN_E_CANCELLED
 *  The caller frees @p *allocation and clears @p report. Any thread. About O(items × samples) for each of some tens of
 *  rounds, and again for each node; the same bytes whatever the threads and the order of rows. @since 0.1 */
CAMPAIGN_API campaign_status campaign_allocate_budget(campaign_table **allocation,
                                                      campaign_allocate_budget_report *report,
                                                      const campaign_allocate_budget_inputs *inputs,
                                                      const campaign_allocate_budget_options *options,
                                                      const campaign_runtime *runtime, campaign_error *error);

/** Frees the tables of a report and zeroes it, its size apart. NULL is allowed. Any thread. @since 0.1 */
CAMPAIGN_API void campaign_allocate_budget_report_clear(campaign_allocate_budget_report *report);

#ifdef __cplusplus
}
#endif

#endif
