/* The linear problem behind few offers: what its files share.
 *
 * Columns are pairs, then one tally per customer (how many pairs it takes), then one slack per row. A basis has one key
 * column per customer and n_rows working columns; only the working basis, with the keys taken out of it, is inverted
 * (generalized upper bounding, Dantzig and Van Slyke 1967). All columns have two bounds, so that every basis can be made
 * dual feasible by moving columns to their other bound, and the dual simplex method needs no first phase. */
#ifndef CPN_ALLOCATE_OFFERS_EXACT_LP_H
#define CPN_ALLOCATE_OFFERS_EXACT_LP_H

#include "allocate/offers/exact/exact.h"

typedef enum cpn_offers_place {
    CPN_OFFERS_LOWER,
    CPN_OFFERS_UPPER,
    CPN_OFFERS_KEY,
    CPN_OFFERS_WORKING
} cpn_offers_place;

typedef enum cpn_offers_end {
    CPN_OFFERS_END_OPTIMAL,
    CPN_OFFERS_END_INFEASIBLE,
    CPN_OFFERS_END_CUT, /* the bound has fallen to the cutoff */
    CPN_OFFERS_END_STUCK
} cpn_offers_end;

typedef struct cpn_offers_breakpoint {
    double ratio;
    int32_t column;
} cpn_offers_breakpoint;

/* Values, costs and capacities are scaled by powers of two, which loses nothing. */
typedef struct cpn_offers_lp {
    const cpn_offers_small *problem;
    int32_t n_pairs, n_customers, n_rows, n_columns;
    double value_scale; /* scaled value = value × value_scale */
    double *row_scales;
    double *use_costs, *capacities;
    int32_t *owners; /* of columns; -1 for slacks */
    double *lower, *upper, *values, *true_values;
    double *levels;  /* of columns: the x of textbooks */
    double *reduced; /* d of textbooks; at most 0 at the lower bound, at least 0 at the upper */
    double *alpha;   /* the leaving row of the tableau; 0 elsewhere */
    double *worths;  /* room for the pairs of a customer */
    uint8_t *places;
    int32_t *keys;      /* column of each customer */
    uint8_t *is_active; /* of customers: takes part in this stage */
    uint8_t *is_cold;   /* of customers: settled in its choice, not looked at until the next refresh */
    bool has_cold;
    double cold_distance, *cold_duals; /* prices when they were let rest, and how far these may move */
    double share;                      /* of the capacities that this stage is about */
    int32_t *head;                     /* column of each working position */
    int32_t *positions;                /* of working columns */
    double *inverse;                   /* n_rows × n_rows, a row per position */
    double *duals, *row, *column, *rest, *square;
    double *weights, *key_weights; /* of working positions, of customers' keys */
    bool has_weights;
    int32_t *touched, *marks, *filled;
    int64_t n_touched;
    cpn_offers_breakpoint *breaks;
    int64_t n_breaks, n_passed;
    double towards;          /* 1 where the leaving column is below its lower bound, -1 where above */
    double slope, objective; /* what is left of the leaving column's trespass; the dual objective, scaled */
    int32_t n_updates, n_still;
    bool is_perturbed;
    double perturbation; /* the size of the next one */
    int64_t n_iterations;
} cpn_offers_lp;

/* Signs of a column in its customer's row: pairs count, the tally takes away. */
static inline double cpn_offers_sign(const cpn_offers_lp *lp, int32_t column)
{
    return column < lp->n_pairs ? 1 : -1;
}

campaign_status cpn_offers_lp_create(cpn_offers_lp *lp, const cpn_offers_small *problem, campaign_error *error);
void cpn_offers_lp_free(cpn_offers_lp *lp);

/* The best key of a customer at the prices of now. */
int32_t cpn_offers_lp_first_key(const cpn_offers_lp *lp, int32_t customer);
/* The first solution: many customers come in by stages, each of which finds the prices of the next. */
cpn_offers_end cpn_offers_lp_solve_first(cpn_offers_lp *lp, int64_t most_iterations);
/* After a refresh: lets most customers rest whose choice is far from another one. */
void cpn_offers_lp_cool(cpn_offers_lp *lp);
/* Whether prices have moved so far since that they must be looked at. */
bool cpn_offers_lp_is_stale(const cpn_offers_lp *lp);
void cpn_offers_lp_warm(cpn_offers_lp *lp);
/* Re-optimises after bounds of columns have changed. cutoff: scaled; -INFINITY for none. */
cpn_offers_end cpn_offers_lp_solve(cpn_offers_lp *lp, double cutoff, int64_t most_iterations);

/* ---- Inside of the method ---------------------------------------------------------------------------------------- */

/* vector · column, over the rows. */
double cpn_offers_lp_dot(const cpn_offers_lp *lp, const double *vector, int32_t column);
/* vector += factor × (column without its customer's key), over the rows. */
void cpn_offers_lp_add(const cpn_offers_lp *lp, double *vector, int32_t column, double factor);
/* result = inverse × vector */
void cpn_offers_lp_multiply(const cpn_offers_lp *lp, double *result, const double *vector);
/* The inverse, duals, reduced values and levels from the basis alone. */
void cpn_offers_lp_refresh(cpn_offers_lp *lp);
/* The same, where the inverse is at hand. */
void cpn_offers_lp_reprice(cpn_offers_lp *lp);
/* Levels and the objective, after bounds have changed; columns outside the basis go to the bound they belong to. */
void cpn_offers_lp_settle(cpn_offers_lp *lp);
/* Fills alpha, touched and breaks for a leaving column; below: it is under its lower bound. */
void cpn_offers_lp_price(cpn_offers_lp *lp, int32_t leaving, bool is_below);
/* One step of building or emptying a heap with the smallest ratio on top, ties by column. */
void cpn_offers_sink(cpn_offers_breakpoint *heap, int64_t at, int64_t n);
/* The entering column, or -1: the first n_passed breaks are then those to move to their other bound. */
int32_t cpn_offers_lp_enter(cpn_offers_lp *lp);
void cpn_offers_lp_pivot(cpn_offers_lp *lp, int32_t leaving, int32_t entering, bool is_below);

/* ---- Bounds ------------------------------------------------------------------------------------------------------ */

/* What no choice within the bounds of the pairs can pass, by these multipliers (scaled; negative ones count as 0).
 * Rounded upwards, scaled. -INFINITY where a customer's own pairs cannot keep its rules. */
double cpn_offers_lp_bound(const cpn_offers_lp *lp, const double *multipliers);
/* After an end as infeasible: whether that holds with all rounding counted. */
bool cpn_offers_lp_is_refuted(cpn_offers_lp *lp);

#endif
