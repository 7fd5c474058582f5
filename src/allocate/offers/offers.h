/* What the files of the offers share: the problem as numbers, sets of customers in memory, scores and choices of one
 * customer, a pass over all customers, the multipliers, and the tables that come out.
 * Flow: names.c, rows.c, limits.c, pairs.c, dense.c → problem; scan.c → a pass; descend.c → multipliers on a set;
 * solve.c → stages; repair.c, fill.c → choices that keep the limits; write.c, report.c → tables. */
#ifndef CPN_ALLOCATE_OFFERS_H
#define CPN_ALLOCATE_OFFERS_H

#include <campaign/allocate_offers.h>
#include <stdbool.h>

#include "base/parallel.h"
#include "table/table.h"

enum {
    CPN_OFFERS_COSTS = CAMPAIGN_OFFERS_COSTS_MAX + 1, /* cost 0 is one piece */
    CPN_OFFERS_ATTRIBUTES = 16,                       /* most attributes that budgets and limits name */
    CPN_OFFERS_BLOCK = 256,                           /* customers loaded at once from columns */
    CPN_OFFERS_SENTENCE = 384
};

typedef struct cpn_offers_knobs {
    campaign_allocate_offers_options given; /* every default filled in */
    bool is_chinese;
} cpn_offers_knobs;

campaign_status cpn_offers_take_knobs(cpn_offers_knobs *knobs, const campaign_allocate_offers_options *options,
                                      campaign_error *error);

/* ---- Names: keys as text, found by text -------------------------------------------------------------------------- */

typedef struct cpn_offers_names {
    int32_t n;
    char *bytes;
    int64_t *offsets; /* n + 1 */
    int32_t *sorted;  /* numbers in order of bytes */
} cpn_offers_names;

/* Room for the text of a key cell that is a whole number. */
typedef struct cpn_offers_key {
    const char *text;
    size_t length;
    char digits[32];
} cpn_offers_key;

/* The key of a cell that is not null. */
void cpn_offers_cell_key(cpn_offers_key *key, const campaign_column *column, int64_t row);
/* The distinct keys of a column, nulls left out, in key order. */
campaign_status cpn_offers_names_create(cpn_offers_names *names, const campaign_column *column, campaign_error *error);
/* Names from n texts, which must differ. */
campaign_status cpn_offers_names_from(cpn_offers_names *names, const cpn_offers_key *texts, int32_t n,
                                      campaign_error *error);
void cpn_offers_names_free(cpn_offers_names *names);
/* Number of the name, or -1. */
int32_t cpn_offers_find(const cpn_offers_names *names, const char *text, size_t length);
int32_t cpn_offers_find_cell(const cpn_offers_names *names, const campaign_column *column, int64_t row);

/* ---- The problem ------------------------------------------------------------------------------------------------- */

/* A cost that budgets name. Sums are kept in whole steps: minor units, or a power of two of a float. */
typedef struct cpn_offers_cost {
    char *name;    /* NULL for pieces */
    double steps;  /* in one unit of a cell */
    double most;   /* largest cell */
    double common; /* every cell is a whole multiple of it; 0 = no cell seen, negative = there is none */
    double fine;   /* what common must not be below: too little beside the amounts to matter */
} cpn_offers_cost;

typedef struct cpn_offers_row {
    int32_t cost;
    int32_t stock_offer; /* of a stock; -1 = a budget */
    int64_t budget_row;  /* in the table of budgets; -1 = a stock */
    int64_t amount;      /* steps */
    double raw_amount;   /* cell units */
} cpn_offers_row;

/* A row that a choice of one offer by a customer of one group uses, and which cost of the choice. */
typedef struct cpn_offers_use {
    int32_t row, cost;
} cpn_offers_use;

/* A limit of each customer. Node 0 holds all offers. */
typedef struct cpn_offers_node {
    int32_t parent; /* -1 for node 0 */
    int32_t most;
} cpn_offers_node;

/* An attribute that budgets or limits name, of customers or of offers. */
typedef struct cpn_offers_attribute {
    const char *name;
    bool is_of_customer;
    campaign_column column;  /* of customers or of offers; type 0: of none yet */
    campaign_column budgets; /* the column in budgets; type 0 = not there */
    cpn_offers_names named;  /* of customers: keys that budgets name */
    int32_t *offer_keys;     /* of offers: number of the offer's key in named, -1 = none of them */
    int64_t stride;          /* of customers: in the number of a group */
} cpn_offers_attribute;

/* Customers in memory with their pairs one after the other. */
typedef struct cpn_offers_set {
    int64_t n_customers, n_pairs, customer_room, pair_room;
    int64_t *starts;    /* customers + 1 */
    int32_t *customers; /* number among all */
    int32_t *groups, *mosts;
    int32_t *offers;
    double *values;
    double *costs; /* pair × costs of the problem without pieces */
} cpn_offers_set;

/* One customer's pairs. */
typedef struct cpn_offers_view {
    int32_t n, group, most;
    int32_t customer;
    const int32_t *offers;
    const double *values;
    const double *costs;
} cpn_offers_view;

typedef struct cpn_offers_problem {
    cpn_offers_knobs knobs;
    const campaign_runtime *runtime;
    const campaign_allocate_offers_inputs *inputs;
    int64_t n_customers, n_pairs;
    int32_t n_offers, n_costs, n_rows, n_attributes, n_nodes;
    int64_t n_groups;
    cpn_offers_names offer_names;
    campaign_column offer_column; /* of keys, for results; type 0 = names of columns */
    int64_t *offer_rows;          /* a row of offer_column for each offer */
    int64_t *offer_table_rows;    /* row of the table of offers; NULL without */
    cpn_offers_cost costs[CPN_OFFERS_COSTS];
    bool has_money_costs, has_money_values;
    char cost_currency[4], value_currency[4];
    int32_t cost_exponent, value_exponent;
    double value_unit; /* cell units in one major unit */
    double cost_unit;
    cpn_offers_attribute attributes[CPN_OFFERS_ATTRIBUTES];
    cpn_offers_row *rows;
    int64_t *use_starts; /* (group × offers + offer), + 1 */
    cpn_offers_use *uses;
    cpn_offers_node *nodes;
    int32_t *leaves; /* by offer: its innermost node */
    campaign_column customer_column;
    int64_t *customer_rows;           /* row of customer_column by number; NULL = the same */
    int32_t *groups;                  /* by customer; NULL = all 0 */
    int32_t *mosts;                   /* by customer; NULL = knobs */
    bool is_dense, is_simple;         /* simple: at most or exactly one offer each, no limits beside */
    campaign_column *value_columns;   /* dense: by offer */
    campaign_column *cost_columns;    /* dense: offer × costs without pieces; type 0 = constants */
    double *constants;                /* offer × costs without pieces */
    cpn_offers_set set;               /* pairs of all, where not dense */
    double value_most;                /* largest |value| */
    int32_t most_changes;             /* rows that one exchange can touch */
    struct cpn_offers_source *source; /* a stream in place of pairs; NULL = none */
} cpn_offers_problem;

campaign_status cpn_offers_read(cpn_offers_problem *problem, campaign_error *error);
void cpn_offers_problem_free(cpn_offers_problem *problem);

/* Stages of reading. */
campaign_status cpn_offers_read_offers(cpn_offers_problem *problem, campaign_error *error);
campaign_status cpn_offers_read_rows(cpn_offers_problem *problem, campaign_error *error);
/* Number of the cost of that name, added where it is new. */
campaign_status cpn_offers_find_cost(int32_t *cost, cpn_offers_problem *problem, const char *name, size_t length,
                                     campaign_error *error);
campaign_status cpn_offers_read_limits(cpn_offers_problem *problem, const campaign_table *limits,
                                       campaign_error *error);
campaign_status cpn_offers_read_customers(cpn_offers_problem *problem, campaign_error *error);
campaign_status cpn_offers_read_pairs(cpn_offers_problem *problem, campaign_error *error);
campaign_status cpn_offers_read_dense(cpn_offers_problem *problem, campaign_error *error);
campaign_status cpn_offers_settle_costs(cpn_offers_problem *problem, campaign_error *error);
campaign_status cpn_offers_make_uses(cpn_offers_problem *problem, campaign_error *error);
/* Key order of two cells, both whole numbers or both text. */
int cpn_offers_compare_cells(const campaign_column *a, int64_t a_row, const campaign_column *b, int64_t b_row);
/* Customers of one row each, in key order. */
campaign_status cpn_offers_order_customers(cpn_offers_problem *problem, campaign_error *error);
/* A column of values or costs: money of one currency, or numbers. */
campaign_status cpn_offers_take_values(campaign_column *column, cpn_offers_problem *problem,
                                       const campaign_table *table, const char *table_name, const char *name,
                                       campaign_error *error);
campaign_status cpn_offers_take_costs(campaign_column *column, cpn_offers_problem *problem, const campaign_table *table,
                                      const char *table_name, const char *name, campaign_error *error);
/* Costs that offers have for everybody; a column of type 0 where there is none. */
campaign_status cpn_offers_take_constants(campaign_column *column, cpn_offers_problem *problem, int32_t cost,
                                          campaign_error *error);

static inline double cpn_offers_number(const campaign_column *column, int64_t row)
{
    if (column->type == CAMPAIGN_TYPE_FLOAT64) return ((const double *)column->values)[row];
    if (column->type == CAMPAIGN_TYPE_INT32) return ((const int32_t *)column->values)[row];
    return (double)((const int64_t *)column->values)[row];
}

static inline int32_t cpn_offers_most(const cpn_offers_problem *problem, int64_t customer)
{
    return problem->mosts ? problem->mosts[customer] : problem->knobs.given.most;
}

/* Maxima of all customers, or NULL where each has that of the knobs. */
static inline const int32_t *cpn_offers_mosts(const cpn_offers_problem *problem)
{
    return problem->is_dense || problem->source ? problem->mosts : problem->set.mosts;
}

static inline int64_t cpn_offers_cell(const cpn_offers_problem *problem, int64_t group, int32_t offer)
{
    return group * problem->n_offers + offer;
}

/* The greatest number that both are whole multiples of (Euclid, exact in doubles), or -1 where it is below fine. Numbers may
 * come in any order: the answer for all of them is the same. */
double cpn_offers_common(double common, double cost, double fine);

/* What other cells of a cost are at most, and multiples of. */
static inline void cpn_offers_join_cost(cpn_offers_cost *cost, double most, double common)
{
    if (most > cost->most) cost->most = most;
    if (cost->common >= 0 && common != cost->common) cost->common = cpn_offers_common(cost->common, common, cost->fine);
}

/* A cost as whole steps. */
static inline int64_t cpn_offers_steps(const cpn_offers_problem *problem, int32_t cost, double value)
{
    return (int64_t)(value * problem->costs[cost].steps + 0.5);
}

/* Cost number cost of a pair, in cell units. */
static inline double cpn_offers_pair_cost(const cpn_offers_problem *problem, const double *costs, int64_t pair,
                                          int32_t cost)
{
    return cost == 0 ? 1.0 : costs[pair * (problem->n_costs - 1) + cost - 1];
}

/* ---- Sets -------------------------------------------------------------------------------------------------------- */

/* Appends a customer, with the pairs whose keep is not 0 (NULL = all). False where memory is out. */
bool cpn_offers_set_add(cpn_offers_set *set, const cpn_offers_view *view, const uint8_t *keep, int32_t n_extra);
bool cpn_offers_set_join(cpn_offers_set *set, const cpn_offers_set *parts, int64_t n_parts, int32_t n_extra);
void cpn_offers_set_free(cpn_offers_set *set);
void cpn_offers_set_view(cpn_offers_view *view, const cpn_offers_set *set, int64_t index, int32_t n_extra);

/* ---- One customer ------------------------------------------------------------------------------------------------ */

/* Scratch of one thread, for customers with up to n pairs. */
typedef struct cpn_offers_scratch {
    double *scores;
    int32_t *chosen;    /* pairs of the view, best first */
    uint8_t *is_chosen; /* by pair */
    int32_t *counts;    /* by node */
    int32_t *order;
    /* A customer loaded from columns. */
    int32_t *offers;
    double *values, *costs;
} cpn_offers_scratch;

bool cpn_offers_scratch_open(cpn_offers_scratch *scratch, const cpn_offers_problem *problem);
void cpn_offers_scratch_close(cpn_offers_scratch *scratch);

/* What a customer chooses at given scores, and the exchange that loses least: out leaves, in comes (-1 = none). */
typedef struct cpn_offers_choice {
    int32_t n;
    double total;  /* of the scores */
    double margin; /* what the exchange loses; INFINITY where there is none */
    int32_t out, in;
} cpn_offers_choice;

/* Fills scratch->scores. prices: cell × costs. */
void cpn_offers_score(cpn_offers_scratch *scratch, const cpn_offers_problem *problem, const cpn_offers_view *view,
                      const double *prices);
/* Chooses by scratch->scores; fills scratch->chosen and is_chosen. */
void cpn_offers_choose(cpn_offers_choice *choice, cpn_offers_scratch *scratch, const cpn_offers_problem *problem,
                       const cpn_offers_view *view);
/* Whether pair in may come where pair out (-1 = none) leaves, given is_chosen. */
bool cpn_offers_may_swap(const cpn_offers_problem *problem, const cpn_offers_view *view, const uint8_t *is_chosen,
                         int32_t out, int32_t in);

/* Prices of every cell and cost from the multipliers of the rows. */
void cpn_offers_price(double *prices, const cpn_offers_problem *problem, const double *multipliers);

/* ---- A pass over all customers ----------------------------------------------------------------------------------- */

typedef struct cpn_offers_scan {
    double width;             /* customers with a smaller margin are collected in core; 0 = none */
    double bound;             /* never below the optimum: with an allowance for rounding, amounts included */
    double sum, compensation; /* of the scores chosen: the bound without amounts and allowance */
    double n_most;            /* choices that there can be */
    int64_t *used;            /* by row, steps; the caller's */
    int64_t n_choices;
    cpn_offers_set core;    /* with the pairs that lose less than twice the width */
    int64_t short_customer; /* is_exact: one that has too few offers, -1 = none */
} cpn_offers_scan;

campaign_status cpn_offers_scan_all(cpn_offers_scan *scan, const cpn_offers_problem *problem, const double *multipliers,
                                    campaign_error *error);
/* Customers a chunk of a pass: fixed by the problem. */
int64_t cpn_offers_chunk(const cpn_offers_problem *problem);
/* Customer number customer, from wherever the pairs lie. */
void cpn_offers_view_of(cpn_offers_view *view, cpn_offers_scratch *scratch, const cpn_offers_problem *problem,
                        int64_t customer);
/* A compensated sum (Neumaier 1974). */
void cpn_offers_add_to(double *sum, double *compensation, double value);
/* Most that rounding takes off one score. */
double cpn_offers_score_error(const cpn_offers_problem *problem, const double *prices);
/* Most that rounding of costs to steps changes multipliers × used, for n choices. */
double cpn_offers_steps_error(const cpn_offers_problem *problem, const double *multipliers, double n);
/* Λ·amounts, rounded up. */
double cpn_offers_amounts_value(const cpn_offers_problem *problem, const double *multipliers);

/* A block of customers, columns first: the value of offer k for customer i at values[k][i]. Columns that hold doubles in
 * the order of customers stay where they are; others are copied to room. */
typedef struct cpn_offers_block {
    const double **values, **costs;    /* by offer; by offer × costs without pieces */
    double *room;                      /* (offer × costs) × block */
    int64_t offsets[CPN_OFFERS_BLOCK]; /* of the prices of a customer's group */
    double best[CPN_OFFERS_BLOCK], second[CPN_OFFERS_BLOCK];
    int32_t offers[CPN_OFFERS_BLOCK]; /* chosen, -1 = none */
} cpn_offers_block;

bool cpn_offers_block_open(cpn_offers_block *block, const cpn_offers_problem *problem);
void cpn_offers_block_close(cpn_offers_block *block);
void cpn_offers_block_load(cpn_offers_block *block, const cpn_offers_problem *problem, int64_t first, int64_t n);
/* Best and second best of each customer; simple problems only. */
void cpn_offers_block_choose(cpn_offers_block *block, const cpn_offers_problem *problem, const double *prices,
                             int64_t n);

/* ---- Words ---- */

typedef enum cpn_offers_saying {
    CPN_OFFERS_SAY_BINDS,
    CPN_OFFERS_SAY_ROOM,
    CPN_OFFERS_SAY_FULL,
    CPN_OFFERS_SAY_BUDGET,
    CPN_OFFERS_SAY_STOCK,
    CPN_OFFERS_SAY_NO_OFFER_PAYS,
    CPN_OFFERS_SAY_NOTHING_BINDS,
    CPN_OFFERS_SAY_NOT_PROVEN
} cpn_offers_saying;

enum { CPN_OFFERS_WORDS = 4 };

/* A sentence with {0}, {1} … in place of words. */
void cpn_offers_say(char sentence[CPN_OFFERS_SENTENCE], const cpn_offers_knobs *knobs, cpn_offers_saying saying,
                    const char *const words[CPN_OFFERS_WORDS]);
/* A number to six digits. */
void cpn_offers_short_number(char text[32], double value);

#endif
