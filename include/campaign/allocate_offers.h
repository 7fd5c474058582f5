/* libcampaign: offers to customers under shared budgets, with a proof.
 *
 * Each customer gets at most so many of the offers; every choice has a value and costs; budgets, stocks and limits are
 * shared. Shared limits carry prices, the answer comes with a bound that no choice can pass, and the prices decide for
 * one more customer at once. docs/allocate-offers.md explains the method with an example. */
#ifndef CAMPAIGN_ALLOCATE_OFFERS_H
#define CAMPAIGN_ALLOCATE_OFFERS_H

#include <campaign/certificate.h>
#include <campaign/table.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Most cost columns that budgets may name. */
#define CAMPAIGN_OFFERS_COSTS_MAX 8

/** What is decided: tables, borrowed for the call. Columns marked ? may be missing, or null in a row. Keys are int32,
 *  int64 or utf8; 7 and "7" are the same key. All costs and budgets are money of one currency and exponent, or all plain
 *  numbers; a number is float64, int32 or int64. */
typedef struct campaign_allocate_offers_inputs {
    uint32_t size;    /* sizeof(campaign_allocate_offers_inputs) */
    int32_t reserved; /* 0 */
    /** Required. Either one row per pair that is possible: customer, offer, value (a number or money), and a column for each
     *  cost that budgets name (usually "cost"). Or, without a column offer, one row per customer: customer, value_A,
     *  value_B … for offers A, B … (null = not for this customer), cost_A, cost_B …; a cost column that is missing is taken
     *  from offers. */
    const campaign_table *pairs;
    /** NULL = none. One row per customer: customer, and any attribute that budgets name (region …: int or utf8); most? (int:
     *  offers to this customer). With one row per customer in pairs the columns may also stand there. */
    const campaign_table *customers;
    /** NULL = those of pairs. One row per offer: offer, stock? (int: pieces in all), any attribute that budgets or limits
     *  name (category …), and any cost that is the same for every customer. */
    const campaign_table *offers;
    /** NULL = none. One row per shared limit: amount? (money or a number: on the sum of a cost) or count? (int: on the number
     *  of choices), one of the two; cost? (utf8: name of the cost, "cost"), name? (utf8), offer? and any attribute of offers
     *  or customers: the row holds for what agrees with all keys that are not null. */
    const campaign_table *budgets;
    /** NULL = none. Limits of each customer: most (int), and attributes of offers: at most so many of the offers that agree.
     *  Of two limits one must hold the other, or they share no offer. */
    const campaign_table *limits;
    const void *reserved_pointer; /* NULL */
} campaign_allocate_offers_inputs;

#define CAMPAIGN_ALLOCATE_OFFERS_INPUTS_INIT                                                                           \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_allocate_offers_inputs), 0, NULL, NULL, NULL, NULL, NULL, NULL                       \
    }

/** How offers are given. NULL or zero: the default. */
typedef struct campaign_allocate_offers_options {
    uint32_t size;         /* sizeof(campaign_allocate_offers_options) */
    int32_t most;          /* offers to one customer; 0 = 1 */
    int32_t is_exact;      /* each customer gets exactly as many: an assignment */
    int32_t max_passes;    /* most passes over all pairs; 0 = 12 */
    double gap;            /* the search ends when the proven gap is this small; 0 = when nothing more is gained */
    int64_t node_limit;    /* of the search for whole choices; 0 = by size, -1 = no search */
    const char *customer;  /* name of the customer column in all tables; NULL = "customer" */
    const char *offer;     /* name of the offer column in all tables; NULL = "offer" */
    const char *language;  /* of the sentences: "en" (NULL) or "zh" */
    int32_t is_fractional; /* shares between 0 and 1 of each pair in place of all or nothing: a linear program */
    int32_t reserved;      /* 0 */
    const void *reserved_pointer; /* NULL */
} campaign_allocate_offers_options;

#define CAMPAIGN_ALLOCATE_OFFERS_OPTIONS_INIT                                                                          \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_allocate_offers_options), 0, 0, 0, 0.0, 0, NULL, NULL, NULL, 0, 0, NULL              \
    }

/** What stands behind the choices. Cleared by campaign_allocate_offers_report_clear. */
typedef struct campaign_allocate_offers_report {
    uint32_t size;       /* sizeof(campaign_allocate_offers_report), set by the caller */
    int32_t status;      /* CAMPAIGN_CERTIFICATE_OPTIMAL or _BOUND */
    int32_t n_passes;    /* passes over all pairs */
    int32_t reserved;    /* 0 */
    int64_t n_nodes;     /* of the search for whole choices */
    int64_t n_customers; /* customers with a pair */
    int64_t n_served;    /* customers with an offer */
    int64_t n_choices;   /* offers given */
    double value;        /* of the choices, money in major units */
    double bound;        /* no choice brings more */
    double gap;          /* (bound - value) / max(|bound|, 1e-300) */
    /** One row: status ("optimal", "bound"), value, bound, gap, customers, served, choices, passes, nodes. */
    campaign_table *summary;
    /** One row per budget, then per stock: name, cost (null = pieces), offer, every attribute that budgets name, amount, used
     *  (money or float64; null where pieces count), count, used_count (int64; null where a cost is summed), multiplier
     *  (float64: about what one more unit of amount, or one more piece, brings), text. */
    campaign_table *rows;
    /** One row per offer: offer, chosen (int64), value, and the attributes that budgets and limits name. With rows and limits
     *  it makes a campaign_offer_prices. */
    campaign_table *offers;
    /** Remarks: code ("no_offer_pays", "nothing_binds", "not_proven"), n, text. */
    campaign_table *notes;
} campaign_allocate_offers_report;

#define CAMPAIGN_ALLOCATE_OFFERS_REPORT_INIT                                                                           \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_allocate_offers_report), 0, 0, 0, 0, 0, 0, 0, 0.0, 0.0, 0.0, NULL, NULL, NULL, NULL  \
    }

/** Gives offers to customers so that the sum of values is as large as budgets, stocks and limits allow.
 *  The shared limits carry multipliers (Lagrange; the dual is that of the linear relaxation because each customer's own
 *  choice is a matroid: Edmonds 1971). The dual is minimised by Newton's method on a smoothed form, first on samples of the
 *  customers, then on those who are near a tie, with passes over all in between; the choices at the multipliers are
 *  repaired by the moves that lose least, and what is left of the limits is filled. value + losses + multipliers × what is
 *  left is the bound.
 *  Few customers (pairs × rows up to 20,000, 100,000 where is_exact; any up to 100,000 pairs where node_limit is given; no
 *  limits) are searched, to the optimum where the nodes are enough.
 *  With is_fractional the answer is that of the linear program: up to 100,000 pairs, without limits; the sum of cost × share
 *  over the choices, added up in their order, passes no amount. used is then rounded up to whole minor units or pieces, and
 *  chosen counts customers with a share. Value and bound meet to 1e-9 where the status is optimal.
 *  Sums of money and pieces are exact: no limit is ever passed by one minor unit. Budgets in float64 hold to the rounding of
 *  a decimal number.
 *  @param choices  one row per offer given, in key order of customers: customer, offer, share (float64, above 0: only with
 *                  is_fractional), value, and each cost that budgets name; value and costs are those of a share of 1
 *  @param report   filled; may be NULL. Its size must be set and its tables not be in use: they are overwritten
 *  @param inputs   tables
 *  @param options  NULL = all defaults
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_COLUMN · CAMPAIGN_E_MISSING (null; row) · CAMPAIGN_E_VALUE (not
 *          finite or beyond 1e300, negative cost; row) · CAMPAIGN_E_DUPLICATE (customer, offer or pair; row) ·
 *          CAMPAIGN_E_UNKNOWN (an offer, customer or key that nothing has, row; language) · CAMPAIGN_E_INFEASIBLE
 *          (is_exact: a customer with too few offers; or no assignment keeps the budgets) · CAMPAIGN_E_LIMIT (too many
 *          rows, keys; is_exact: none was found though there may be one; is_fractional: more than 100,000 pairs) ·
 *          CAMPAIGN_E_UNSUPPORTED (limits that cross; is_fractional with limits) · CAMPAIGN_E_OVERFLOW (costs whose sum may pass 2^62 units) · CAMPAIGN_E_NOMEM ·
 *          CAMPAIGN_E_CANCELLED
 *  The caller frees @p *choices and clears @p report. Any thread. O(passes × pairs), one row per customer is not copied; the
 *  same bytes whatever the threads and the order of rows. @since 0.1 */
CAMPAIGN_API campaign_status campaign_allocate_offers(campaign_table **choices, campaign_allocate_offers_report *report,
                                                      const campaign_allocate_offers_inputs *inputs,
                                                      const campaign_allocate_offers_options *options,
                                                      const campaign_runtime *runtime, campaign_error *error);

/** Pairs in batches that are read several times, so that they need not fit in memory. Its functions are called on the
 *  thread of the caller only, one at a time. A failing function fills the error record and returns its code. */
typedef struct campaign_offer_stream {
    uint32_t size;    /* sizeof(campaign_offer_stream) */
    int32_t reserved; /* 0 */
    /** Starts again with the first batch. Called before every reading, the first included. */
    campaign_status (*rewind)(void *ctx, campaign_error *error);
    /** The next batch, which the library frees; NULL behind the last one. */
    campaign_status (*next)(void *ctx, campaign_table **batch, campaign_error *error);
    void *ctx;
} campaign_offer_stream;

#define CAMPAIGN_OFFER_STREAM_INIT                                                                                     \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_offer_stream), 0, NULL, NULL, NULL                                                   \
    }

/** The same as campaign_allocate_offers with pairs from a stream: at no time is more than two batches held, beside the keys of
 *  the customers, 8 bytes for each, the choices, and the pairs of those near a tie. Every pass reads the stream once.
 *  Batches have the columns of pairs, the same in each; customers ascend from batch to batch, and the pairs of a customer
 *  stand in one batch. With one row per pair the table offers is required.
 *  @param choices  as there
 *  @param report   as there; n_passes counts passes, each of which reads the stream, as do samples and the last pass
 *  @param inputs   tables, with NULL as pairs
 *  @param stream   borrowed for the call
 *  @param options  NULL = all defaults; not is_fractional
 *  @return as campaign_allocate_offers, rows of errors are those of a batch · CAMPAIGN_E_STATE (batches are not the same when
 *          read again: their counts or a digest of their cells) · CAMPAIGN_E_VALUE, _DUPLICATE (customers do not ascend) ·
 *          whatever rewind and next return
 *  The caller frees @p *choices and clears @p report. Any thread. O(passes × pairs). @since 0.1 */
CAMPAIGN_API campaign_status campaign_allocate_offers_stream(campaign_table **choices,
                                                             campaign_allocate_offers_report *report,
                                                             const campaign_allocate_offers_inputs *inputs,
                                                             const campaign_offer_stream *stream,
                                                             const campaign_allocate_offers_options *options,
                                                             const campaign_runtime *runtime, campaign_error *error);

/** Frees the tables of a report and zeroes it, its size apart. NULL is allowed. Any thread. @since 0.1 */
CAMPAIGN_API void campaign_allocate_offers_report_clear(campaign_allocate_offers_report *report);

/* ---- One more customer ------------------------------------------------------------------------------------------- */

/** Prices of all shared limits, ready to decide for one customer. Immutable: any number of threads may choose at once. */
typedef struct campaign_offer_prices campaign_offer_prices;

/** Makes prices from a report, or from tables of the same columns that were kept.
 *  @param prices   receives the handle
 *  @param rows     report.rows: cost, offer, attributes, multiplier (others are ignored)
 *  @param offers   report.offers: offer and attributes
 *  @param limits   as in campaign_allocate_offers_inputs; NULL = none
 *  @param options  most, is_exact, offer and language are used; NULL = all defaults
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT · CAMPAIGN_E_COLUMN · CAMPAIGN_E_MISSING, _VALUE, _DUPLICATE, _UNKNOWN (row) ·
 *          CAMPAIGN_E_LIMIT · CAMPAIGN_E_NOMEM
 *  The caller frees @p *prices. Any thread. O(rows × offers × keys). @since 0.1 */
CAMPAIGN_API campaign_status campaign_offer_prices_create(campaign_offer_prices **prices, const campaign_table *rows,
                                                          const campaign_table *offers, const campaign_table *limits,
                                                          const campaign_allocate_offers_options *options,
                                                          campaign_error *error);

/** Frees prices. NULL is allowed. Any thread, once nobody chooses any more. @since 0.1 */
CAMPAIGN_API void campaign_offer_prices_free(campaign_offer_prices *prices);

/** Number of offers, in the order of report.offers; 0 for NULL. Any thread. O(1). @since 0.1 */
CAMPAIGN_API int32_t campaign_offer_prices_n_offers(const campaign_offer_prices *prices);

/** Number of costs, in the order in which rows first name them; 0 for NULL. Any thread. O(1). @since 0.1 */
CAMPAIGN_API int32_t campaign_offer_prices_n_costs(const campaign_offer_prices *prices);

/** Name of a cost, living as long as @p prices; NULL where there is none. Any thread. O(1). @since 0.1 */
CAMPAIGN_API const char *campaign_offer_prices_cost(const campaign_offer_prices *prices, int32_t index);

/** Name of attribute number @p index of customers, living as long as @p prices; NULL where there is none.
 *  Any thread. O(1). @since 0.1 */
CAMPAIGN_API const char *campaign_offer_prices_attribute(const campaign_offer_prices *prices, int32_t index);

/** Number of the offer with that key, or -1. Any thread. O(log offers). @since 0.1
 *  @param key  of @p length bytes; whole numbers in decimal */
CAMPAIGN_API int32_t campaign_offer_prices_find(const campaign_offer_prices *prices, const char *key, size_t length);

/** Code of one key of an attribute of customers, for campaign_offer_customer.keys; -1 where no row names the key, which is
 *  a good code too. Any thread. O(log keys). @since 0.1
 *  @param index  of the attribute
 *  @param key    of @p length bytes; whole numbers in decimal */
CAMPAIGN_API int32_t campaign_offer_prices_key(const campaign_offer_prices *prices, int32_t index, const char *key,
                                               size_t length);

/** One customer, borrowed for the call. */
typedef struct campaign_offer_customer {
    uint32_t size;        /* sizeof(campaign_offer_customer) */
    int32_t most;         /* offers to this customer; 0 = options.most */
    const double *values; /* one per offer; NAN = not for this customer. Money in major units */
    const double *costs;  /* offer by offer, all costs of it; NULL where there are no costs. Money in major units */
    const int32_t *keys;  /* one code per attribute of customers; NULL where there are none */
} campaign_offer_customer;

#define CAMPAIGN_OFFER_CUSTOMER_INIT                                                                                   \
    {                                                                                                                  \
        (uint32_t)sizeof(campaign_offer_customer), 0, NULL, NULL, NULL                                                 \
    }

/** Decides for one customer: the offers whose values exceed the prices of what they use by most, within the limits of a
 *  customer. Prices do not move by it: watch the stocks, and solve again now and then.
 *  @param chosen    receives numbers of offers, best first; room for @p capacity
 *  @param n_chosen  receives their count
 *  @param capacity  at least the customer's most, or the number of offers where that is less
 *  @param prices    from campaign_offer_prices_create
 *  @param customer  values, costs and keys
 *  @return CAMPAIGN_OK · CAMPAIGN_E_ARGUMENT (also a capacity too small, a code that is none) · CAMPAIGN_E_VALUE (row: the
 *          offer with an infinite value or a cost that is negative or not finite) · CAMPAIGN_E_INFEASIBLE (is_exact, and
 *          too few offers)
 *  Any thread, at the same time. O(offers × most); allocates nothing. @since 0.1 */
CAMPAIGN_API campaign_status campaign_allocate_choose_offer(int32_t *chosen, int32_t *n_chosen, int32_t capacity,
                                                            const campaign_offer_prices *prices,
                                                            const campaign_offer_customer *customer,
                                                            campaign_error *error);

#ifdef __cplusplus
}
#endif

#endif
