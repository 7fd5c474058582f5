/* What the files of the quotas share: the problem as read, methods, one split, and writing.
 * Flow: read.c, weights.c → problem; split.c → remainder.c, divisor.c, level by level; grid.h: two dimensions; write.c,
 * report.c → tables. */
#ifndef CPN_ALLOCATE_QUOTA_H
#define CPN_ALLOCATE_QUOTA_H

#include <campaign/allocate_quota.h>
#include <stdbool.h>

#include "table/table.h"

enum {
    CPN_QUOTA_DIMENSIONS = CAMPAIGN_QUOTA_DIMENSIONS_MAX,
    CPN_QUOTA_KEY_TEXT = 80, /* room for a key in a message */
    CPN_QUOTA_PATH_TEXT = 256,
    CPN_QUOTA_WORDS = 5,
    CPN_QUOTA_SENTENCE = 512
};

/* Options with every default filled in. */
typedef struct cpn_quota_knobs {
    campaign_allocate_quota_options given;
    bool is_chinese;
} cpn_quota_knobs;

campaign_status cpn_quota_take_knobs(cpn_quota_knobs *knobs, const campaign_allocate_quota_options *options,
                                     campaign_error *error);

/* ---- The problem ------------------------------------------------------------------------------------------------- */

typedef struct cpn_quota_dimension {
    campaign_column column; /* of cells */
    cpn_keys keys;
    int32_t *codes; /* one a cell */
} cpn_quota_dimension;

/* A part that could as well have had one unit more: of a cell, or of all cells that share its first depth keys. */
typedef struct cpn_quota_tie {
    int64_t cell, low, part;
    int32_t depth;
} cpn_quota_tie;

/* Cells stand in key order. */
typedef struct cpn_quota_problem {
    cpn_quota_knobs knobs;
    int32_t n_dimensions;
    cpn_quota_dimension dimensions[CPN_QUOTA_DIMENSIONS];
    bool is_money;
    char currency[4];
    int32_t exponent;
    bool is_unit_known;
    int64_t n_cells;
    int64_t *rows;    /* row of the table that holds each cell */
    int64_t *weights; /* in units of 10^-weight_decimals */
    double *values;   /* the weights as given */
    int32_t weight_decimals, weight_type;
    int64_t n_rounded_weights;
    int64_t *minimum, *maximum; /* maximum INT64_MAX = none */
    bool *is_locked;
    /* The answer. */
    int64_t *quotas;
    double *shares, *reals; /* reals: of a fitting */
    int64_t *tied_low;      /* least quota of a cell that is tied; -1 = not tied. It may be one unit more */
    cpn_quota_tie *ties;    /* of nodes above the cells */
    int64_t n_ties, tie_capacity;
    int64_t total, unallocated, n_iterations, n_all_ties;
    double real_unit;         /* amounts in one major unit */
    double residual;          /* of a fitting */
    int64_t n_made, n_forced; /* totals made from weights; cells that no answer fills */
    int32_t shown_decimals;   /* of amounts in messages */
    bool is_converged, has_real_totals;
} cpn_quota_problem;

campaign_status cpn_quota_read(cpn_quota_problem *problem, const campaign_allocate_quota_inputs *inputs,
                               const campaign_runtime *runtime, campaign_error *error);
void cpn_quota_free(cpn_quota_problem *problem);

/* Takes the unit of an amount column, or refuses one that differs. column->type 0 passes. */
campaign_status cpn_quota_take_unit(cpn_quota_problem *problem, const campaign_column *column, const char *where,
                                    campaign_error *error);
/* An amount of 0 to CAMPAIGN_QUOTA_MAX; a null is refused. */
campaign_status cpn_quota_amount(int64_t *amount, const campaign_column *column, int64_t row, const char *where,
                                 campaign_error *error);
/* The weights of all cells; sums of them fit CAMPAIGN_QUOTA_MAX. */
campaign_status cpn_quota_read_weights(cpn_quota_problem *problem, const campaign_column *column,
                                       campaign_error *error);
/* value as whole + part / 10^decimals, read from its shortest decimal; what lies beyond is rounded half up. value is 0 or
 * more and below 2^63. False where digits were lost. */
bool cpn_quota_decimal(int64_t *whole, int64_t *part, double value, int32_t decimals);
/* Digits after the point of the shortest decimal. */
int32_t cpn_quota_decimals(double value);

/* Key number code of a dimension as text, and a cell's keys joined by " / ". */
void cpn_quota_key_text(char text[CPN_QUOTA_KEY_TEXT], const cpn_quota_problem *problem, int32_t dimension,
                        int32_t code);
void cpn_quota_cell_text(char text[CPN_QUOTA_PATH_TEXT], const cpn_quota_problem *problem, int64_t cell,
                         int32_t n_dimensions);

/* ---- Methods ----------------------------------------------------------------------------------------------------- */

/* A number of 128 bits without sign. */
typedef struct cpn_quota_wide {
    uint64_t high, low;
} cpn_quota_wide;

/* numerator / denominator; a denominator of 0 is infinity. */
typedef struct cpn_quota_ratio {
    cpn_quota_wide numerator, denominator;
} cpn_quota_ratio;

cpn_quota_wide cpn_quota_multiply(uint64_t a, uint64_t b);
int cpn_quota_compare_wide(cpn_quota_wide a, cpn_quota_wide b);
/* -1, 0 or 1; exact. Two infinities are equal. */
int cpn_quota_compare_ratios(const cpn_quota_ratio *a, const cpn_quota_ratio *b);
double cpn_quota_wide_double(cpn_quota_wide wide);

/* d(k), squared for Hill, as a ratio; k >= 1. */
cpn_quota_ratio cpn_quota_signpost(int32_t method, int64_t k);
/* weight / d(k), squared for Hill. */
cpn_quota_ratio cpn_quota_priority(int32_t method, int64_t weight, int64_t k);
/* The same as a double, not squared. */
double cpn_quota_priority_double(int32_t method, int64_t weight, int64_t k);
/* Whether d(1) is 0: every cell with a weight gets a unit before any gets two. */
bool cpn_quota_gives_one(int32_t method);

/* ---- One split --------------------------------------------------------------------------------------------------- */

/* Cells that share a total; all arrays of n. Outputs belong to the caller. */
typedef struct cpn_quota_share {
    int64_t total, n;
    const int64_t *weights, *minimum, *maximum; /* a weight of 0 has maximum = minimum */
    int64_t *parts;
    double *shares;
    int64_t *tied_low;
    int64_t unallocated;
    /* Divisors: the last unit given and the first one not given; cell -1 = none. */
    int64_t last, next;
} cpn_quota_share;

/* By largest remainder, through campaign_split. */
campaign_status cpn_quota_by_remainder(cpn_quota_share *share, campaign_error *error);
/* By a method of divisors. */
campaign_status cpn_quota_by_divisor(cpn_quota_share *share, int32_t method, campaign_error *error);
campaign_status cpn_quota_by_method(cpn_quota_share *share, int32_t method, campaign_error *error);

/* What stands behind one split, kept for the report. */
typedef struct cpn_quota_node {
    int64_t cell;  /* a cell below the node: its first depth keys are the node's */
    int32_t depth; /* 0 = the whole */
    int64_t total;
    bool has_next;
    int64_t next_cell; /* its first depth + 1 keys name the child that gets the next unit */
    bool has_divisors;
    double low, high;
    bool has_low, has_high; /* the fractions fit */
    int64_t low_numerator, low_denominator, high_numerator, high_denominator;
} cpn_quota_node;

typedef struct cpn_quota_nodes {
    cpn_quota_node *nodes;
    int64_t n, capacity;
} cpn_quota_nodes;

campaign_status cpn_quota_split(cpn_quota_problem *problem, cpn_quota_nodes *nodes,
                                const campaign_allocate_quota_inputs *inputs, const campaign_runtime *runtime,
                                campaign_error *error);

/* Totals of one dimension from its table: one a key, all of them. CAMPAIGN_E_UNKNOWN, _MISSING, _DUPLICATE with the row. */
campaign_status cpn_quota_read_totals(int64_t *totals, cpn_quota_problem *problem, int32_t dimension,
                                      const campaign_table *table, const campaign_runtime *runtime,
                                      campaign_error *error);

/* The same in major units, as doubles; columns of float64 too. Totals of 0 or more, below CAMPAIGN_QUOTA_MAX. */
campaign_status cpn_quota_read_reals(double *totals, cpn_quota_problem *problem, int32_t dimension,
                                     const campaign_table *table, const campaign_runtime *runtime,
                                     campaign_error *error);

/* ---- Writing ----------------------------------------------------------------------------------------------------- */

typedef enum cpn_quota_saying {
    CPN_QUOTA_SAY_DIVISOR,
    CPN_QUOTA_SAY_REMAINDER,
    CPN_QUOTA_SAY_FULL,
    CPN_QUOTA_SAY_ROW,
    CPN_QUOTA_SAY_COLUMN,
    CPN_QUOTA_SAY_FACTOR,
    CPN_QUOTA_SAY_ROUNDED,
    CPN_QUOTA_SAY_UNALLOCATED,
    CPN_QUOTA_SAY_NESTED,
    CPN_QUOTA_SAY_WEIGHTS,
    CPN_QUOTA_SAY_MARGINS,
    CPN_QUOTA_SAY_FORCED,
    CPN_QUOTA_SAY_TIES,
    CPN_QUOTA_SAY_NOT_CONVERGED,
    CPN_QUOTA_SAY_ABOVE,
    CPN_QUOTA_SAY_BELOW,
    CPN_QUOTA_SAY_EQUAL,
    CPN_QUOTA_SAY_NO_CAPACITY,
    CPN_QUOTA_SAY_REPS_OVER,
    CPN_QUOTA_SAY_TOTAL_OVER,
    CPN_QUOTA_SAY_SPARE,
    CPN_QUOTA_SAY_RAMPING,
    CPN_QUOTA_SAY_REST
} cpn_quota_saying;

void cpn_quota_say(char sentence[CPN_QUOTA_SENTENCE], bool is_chinese, cpn_quota_saying saying,
                   const char *const words[CPN_QUOTA_WORDS]);
/* An amount as text: a count, or money with its decimals. */
void cpn_quota_amount_text(char text[CAMPAIGN_MONEY_TEXT], const cpn_quota_problem *problem, int64_t amount);

campaign_status cpn_quota_write(campaign_table **quotas, const cpn_quota_problem *problem, campaign_error *error);
campaign_status cpn_quota_write_ties(campaign_table **ties, const cpn_quota_problem *problem, campaign_error *error);

#endif
