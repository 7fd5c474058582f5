/* What the files of stock over stores share: demand distributions, the items that compete for a pool, and their answer.
 * Flow: read.c, points.c, pools.c → rows; tails.c, counts.c, demand.c → what one more piece sells; level.c, exact.c →
 * packs; divide.c → all pools; write.c, report.c → tables.
 * Orders: order.c → the same items, with money for pieces; order_write.c → tables. */
#ifndef CPN_ALLOCATE_STORE_H
#define CPN_ALLOCATE_STORE_H

#include <campaign/allocate_stock.h>
#include <stdbool.h>

#include "table/table.h"

/* ---- Numbers ----------------------------------------------------------------------------------------------------- */

double cpn_shelf_exp(double x);  /* for x up to 700 */
double cpn_shelf_rest(double x); /* 1 - exp(-x) for x of 0 or more */
/* The standard normal N: P(N > z), E[(N - z)+], and the integral of P(N > z) over z from low to high. */
double cpn_shelf_normal_tail(double z);
double cpn_shelf_normal_loss(double z);
double cpn_shelf_normal_between(double low, double high);

/* A sum that keeps what is rounded off (Neumaier 1974). Zero-initialise. */
typedef struct cpn_shelf_sum {
    double sum, rest;
} cpn_shelf_sum;

void cpn_shelf_add(cpn_shelf_sum *sum, double value);
static inline double cpn_shelf_total(const cpn_shelf_sum *sum)
{
    return sum->sum + sum->rest;
}

/* ---- Demand ------------------------------------------------------------------------------------------------------ */

typedef enum cpn_shelf_kind {
    CPN_SHELF_NORMAL,
    CPN_SHELF_TRUNCATED_NORMAL,
    CPN_SHELF_POISSON,
    CPN_SHELF_NEGATIVE_BINOMIAL,
    CPN_SHELF_UNIFORM,
    CPN_SHELF_EXPONENTIAL,
    CPN_SHELF_EMPIRICAL,
    CPN_SHELF_DETERMINISTIC
} cpn_shelf_kind;

enum {
    CPN_SHELF_MOST_UNITS = 1000000000, /* of a pool, a bound, a mean; doubles hold their sums exactly */
    CPN_SHELF_MOST_WIDTH = 1 << 22     /* of a tabulated distribution */
};

/* A pack that sells less than this part of each of its pieces sells nothing. */
#define CPN_SHELF_LEAST_GAIN 1e-12

/* Values with their weights, ascending; sums from the highest down. */
typedef struct cpn_shelf_point {
    double value;
    double weight_above; /* of this point and all above; the first has 1 */
    double value_above;  /* weight × value of the same */
} cpn_shelf_point;

/* A distribution of counts, as losses at whole levels: up to middle what is left over on average, above it what is lost, so
 * that neither cancels. */
typedef struct cpn_shelf_counts {
    int64_t first, middle, last; /* levels; below first nothing is left over, above last nothing is lost */
    double lost_at_middle;
    double *losses; /* of first … last */
} cpn_shelf_counts;

typedef struct cpn_shelf_demand {
    cpn_shelf_kind kind;
    double mean, deviation; /* as given */
    double expected;        /* E[D]; for the normal that of max(D, 0) */
    double scale;           /* truncated normal: 1 / P(N > 0) */
    const cpn_shelf_point *points;
    int64_t n_points;
    cpn_shelf_counts counts;
} cpn_shelf_demand;

/* Fills in what follows from kind, mean, deviation and points. Counts need a table besides. */
void cpn_shelf_settle(cpn_shelf_demand *demand);

/* E[min(level + units, D)] - E[min(level, D)]: what units more pieces sell. */
double cpn_shelf_gain(const cpn_shelf_demand *demand, int64_t level, int64_t units);
double cpn_shelf_lost(const cpn_shelf_demand *demand, int64_t level);   /* E[(D - level)+] */
double cpn_shelf_beyond(const cpn_shelf_demand *demand, int64_t level); /* P(D > level) */

static inline bool cpn_shelf_is_count(const cpn_shelf_demand *demand)
{
    return demand->kind == CPN_SHELF_POISSON || demand->kind == CPN_SHELF_NEGATIVE_BINOMIAL;
}

/* Room for tables of counts. Zero-initialise; free with cpn_shelf_free_room. */
typedef struct cpn_shelf_room {
    double *terms; /* probabilities on their way */
    int64_t n_terms;
} cpn_shelf_room;

/* Makes the table of a count's losses up to most_level, to free with cpn_free(counts.losses). CAMPAIGN_E_LIMIT where it is
 * too wide, CAMPAIGN_E_NOMEM; no words. Any other distribution has none. */
campaign_status cpn_shelf_tabulate(cpn_shelf_demand *demand, int64_t most_level, cpn_shelf_room *room);
void cpn_shelf_free_room(cpn_shelf_room *room);

/* ---- Items that compete for a pool ------------------------------------------------------------------------------- */

/* One store of a pool, or one sku of a budget. Packs are numbered from 0; pack k lifts the level from base + k × pack. */
typedef struct cpn_shelf_item {
    cpn_shelf_demand demand;
    double worth;   /* of one more piece sold, beside being left over */
    double left;    /* of one more piece left over */
    int64_t base;   /* level without packs */
    int64_t pack;   /* pieces */
    int64_t weight; /* what a pack takes of the pool; 0 or more */
    int64_t least, most;
    int64_t display; /* fewest packs, if any; 0 = no such rule, also where least is above 0 */
    int64_t packs;   /* the answer */
    /* Of the search */
    int64_t jump;      /* packs of the first step, where display makes it longer than one; 0 = none */
    double jump_key;   /* key of that step */
    int64_t low, high; /* packs at the ends of the bracket of multipliers */
    int64_t trial;
    int64_t relaxed; /* packs at the multiplier */
} cpn_shelf_item;

typedef struct cpn_shelf_pool {
    cpn_shelf_item *items;
    int64_t n_items;
    int64_t room;        /* what all packs together may take */
    bool is_fill;        /* the objective is the fill rate */
    int64_t state_limit; /* of the exact search */
    /* The answer */
    int64_t left;      /* of room */
    double multiplier; /* of one unit of room */
    double gap;        /* the packs given may bring this much less than the best; margin only */
    double fill_bound; /* no division lifts the least fill rate above this; fill only */
    int64_t next;      /* the item whose next pack comes first; -1 = none */
    int64_t n_states;
} cpn_shelf_pool;

/* Value of n packs from pack k on, and what decides their order: value by weight, or the share that is still lost. */
double cpn_shelf_value(const cpn_shelf_item *item, int64_t k, int64_t n);
double cpn_shelf_key(const cpn_shelf_pool *pool, const cpn_shelf_item *item, int64_t k);

/* The greatest common divisor of two numbers of 0 or more. */
static inline int64_t cpn_shelf_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        const int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Fills packs of all items. least must fit into room. CAMPAIGN_E_NOMEM or OK. */
campaign_status cpn_shelf_solve(cpn_shelf_pool *pool);

/* Improves what cpn_shelf_solve found where packs differ; sets gap to 0 where all that could be better was tried. */
campaign_status cpn_shelf_exact(cpn_shelf_pool *pool);

/* ---- Rows -------------------------------------------------------------------------------------------------------- */

/* One column of an input: what its cells may be. */
typedef struct cpn_shelf_spec {
    const char *name;
    const char *where; /* "demand.mean" */
    uint32_t types;
    bool is_required; /* the column must be there, and a null is an error */
    double minimum, maximum;
    double fallback;
} cpn_shelf_spec;

typedef struct cpn_shelf_field {
    const cpn_shelf_spec *spec;
    campaign_column column; /* type 0 where it is missing */
} cpn_shelf_field;

/* The caller's names of the key columns; NULL = as in the specs. */
typedef struct cpn_shelf_names {
    const char *sku, *store;
} cpn_shelf_names;

campaign_status cpn_shelf_open(cpn_shelf_field *fields, const cpn_shelf_spec *specs, int32_t n,
                               const campaign_table *table, const cpn_shelf_names *names, campaign_error *error);
bool cpn_shelf_has(const cpn_shelf_field *field, int64_t row);
campaign_status cpn_shelf_float(double *value, const cpn_shelf_field *field, int64_t row, campaign_error *error);
campaign_status cpn_shelf_int(int64_t *value, const cpn_shelf_field *field, int64_t row, campaign_error *error);

/* Number of the key that a cell holds; CAMPAIGN_E_UNKNOWN with its text, CAMPAIGN_E_MISSING for a null. */
campaign_status cpn_shelf_find(int32_t *number, const cpn_named_keys *keys, const cpn_shelf_field *field, int64_t row,
                               campaign_error *error);

/* One row of the demand or items table, as read. */
typedef struct cpn_shelf_row {
    int32_t sku, store; /* numbers in key order; store 0 where there are none */
    int64_t table_row;
    cpn_shelf_demand demand;
    int64_t first_point;
    int64_t on_hand, safety, maximum, pack, display; /* safety, display: 0 = none; maximum: -1 = none */
    double margin, shortage, left;                   /* orders: price, shortage_cost, salvage; major units */
    double cost, peak;                               /* orders; peak NAN = none */
    int64_t cost_minor;
    int64_t pool; /* in problem.pools; -1 = none */
} cpn_shelf_row;

/* A pool, and what it gave. */
typedef struct cpn_shelf_stock {
    int64_t table_row;
    int64_t available, reserve;
    int64_t first_row, n_rows; /* in problem.rows */
    bool is_short;             /* safety stocks do not fit */
    int64_t allocated, n_below, next_store, n_states;
    double value, bound, gap, multiplier, sales, lost, expected, margin;
} cpn_shelf_stock;

typedef enum cpn_shelf_reason {
    CPN_SHELF_SHARED, /* "margin" or "fill" */
    CPN_SHELF_SAFETY,
    CPN_SHELF_MAXIMUM,
    CPN_SHELF_DISPLAY,
    CPN_SHELF_ENOUGH,
    CPN_SHELF_NOTHING,
    CPN_SHELF_NO_GAIN,
    CPN_SHELF_SHORT
} cpn_shelf_reason;

/* What one row gets. */
typedef struct cpn_shelf_answer {
    int64_t packs;
    double sales, lost, beyond, margin, next; /* next: NAN where none may be added */
    cpn_shelf_reason reason;
    bool is_below;
} cpn_shelf_answer;

typedef struct cpn_shelf_problem {
    campaign_allocate_stock_options knobs;
    bool is_chinese;
    bool has_margin;
    cpn_named_keys skus, stores;
    cpn_shelf_row *rows; /* in key order */
    int64_t n_rows;
    cpn_shelf_point *points;
    cpn_shelf_stock *pools; /* in key order */
    cpn_shelf_answer *answers;
    int64_t n_pools;
    campaign_column pool_sku; /* of the table pool */
    char currency[4];
    int32_t exponent;
} cpn_shelf_problem;

/* The three tables; pools come after rows and points. is_order: the table is items of an order. */
campaign_status cpn_shelf_read_rows(cpn_shelf_problem *problem, const campaign_table *table, bool is_order,
                                    const campaign_runtime *runtime, campaign_error *error);
campaign_status cpn_shelf_read_points(cpn_shelf_problem *problem, const campaign_table *table, bool is_order,
                                      campaign_error *error);
campaign_status cpn_shelf_read_pools(cpn_shelf_problem *problem, const campaign_table *table,
                                     const campaign_runtime *runtime, campaign_error *error);
void cpn_shelf_free(cpn_shelf_problem *problem);

campaign_status cpn_shelf_divide(cpn_shelf_problem *problem, const campaign_runtime *runtime, campaign_error *error);

/* ---- Orders ------------------------------------------------------------------------------------------------------ */

/* What one sku's order is expected to do. */
typedef struct cpn_shelf_outcome {
    int64_t units;
    double sales, lost, left, beyond, profit;
} cpn_shelf_outcome;

typedef enum cpn_shelf_order_reason {
    CPN_SHELF_RATIO,
    CPN_SHELF_AT_MAXIMUM,
    CPN_SHELF_MIN_ORDER,
    CPN_SHELF_BUDGET,
    CPN_SHELF_NO_ORDER
} cpn_shelf_order_reason;

typedef struct cpn_shelf_order {
    cpn_shelf_outcome chosen, rule; /* rule: units -1 without a peak */
    int64_t cost_minor;
    double ratio, next; /* next: what one more pack would bring */
    cpn_shelf_order_reason reason;
} cpn_shelf_order;

typedef struct cpn_shelf_orders {
    cpn_shelf_problem problem; /* rows, keys and points */
    campaign_allocate_order_quantity_options knobs;
    cpn_shelf_order *orders; /* one a row */
    double multiplier, gap;
    int64_t n_states;
} cpn_shelf_orders;

campaign_status cpn_shelf_write_orders(campaign_table **table, const cpn_shelf_orders *orders, campaign_error *error);
campaign_status cpn_shelf_report_orders(campaign_allocate_order_quantity_report *report, const cpn_shelf_orders *orders,
                                        campaign_error *error);

/* ---- Tables out -------------------------------------------------------------------------------------------------- */

enum { CPN_SHELF_SENTENCE = 384, CPN_SHELF_WORDS = 5 };

/* Fills {0} … {4} of a pattern with words. */
void cpn_shelf_say(char sentence[CPN_SHELF_SENTENCE], const char *pattern, const char *const words[CPN_SHELF_WORDS]);
/* A number of at most 15 digits with two decimals where it has a fraction. */
void cpn_shelf_number(char text[CAMPAIGN_MONEY_TEXT], double value, int32_t exponent);
/* (bound - value) / max(|bound|, |value|), 0 where both are 0 or closer than their rounding. */
double cpn_shelf_gap(double value, double bound);

campaign_status cpn_shelf_write(campaign_table **allocation, const cpn_shelf_problem *problem, campaign_error *error);
campaign_status cpn_shelf_report(campaign_allocate_stock_report *report, const cpn_shelf_problem *problem,
                                 campaign_error *error);

/* One code of a table of notes, with its sentence. */
typedef struct cpn_shelf_note {
    const char *code, *text;
    int64_t n; /* 0: not written */
} cpn_shelf_note;

campaign_status cpn_shelf_write_notes(campaign_table **table, const cpn_shelf_note *notes, int32_t n_notes,
                                      campaign_error *error);

#endif
