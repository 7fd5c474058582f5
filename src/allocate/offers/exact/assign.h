/* Assignment to rows with capacities in whole units: what its files share.
 *
 * Every pair uses at most one row, every customer takes one pair or may take none. Relaxing the customers leaves a
 * knapsack per row, which a table over its capacity solves exactly; the bound is tighter than the linear problem's.
 * Nothing rounds: values are whole multiples of the grid, and prices of customers whole multiples of grid / steps. */
#ifndef CPN_ALLOCATE_OFFERS_EXACT_ASSIGN_H
#define CPN_ALLOCATE_OFFERS_EXACT_ASSIGN_H

#include "allocate/offers/exact/search.h"

/* Options are the pairs, then per customer the option to take none. */
typedef struct cpn_offers_assign {
    cpn_offers_search *search;
    int32_t n_customers, n_pairs, n_options, n_rows;
    double steps;         /* prices per step of the grid */
    double *values;       /* of options, in prices; whole */
    int32_t *weights;     /* of options, in units of their row */
    int32_t *option_rows; /* -1 for none */
    int32_t *room;        /* of rows, less what fixed customers take */
    int64_t *row_starts;  /* in row_options */
    int32_t *row_options;
    uint8_t *is_allowed; /* of options */
    int32_t *fixed;      /* of customers: their option, or -1 */
    double fixed_value;
    /* The relaxed problem at the prices of now, and what was best at this node. */
    double *prices, *best_prices, *direction;
    int32_t *n_taken;  /* options of a customer that the rows take */
    uint8_t *is_taken; /* of options */
    double bound, best_bound;
    double *in_costs, *out_costs; /* of options: what the bound loses if it must be taken, must not */
    double *losses;               /* of rows: 0 but while a customer's costs are added up */
    /* Tables of one row. */
    int32_t *items;
    int64_t n_items, width;
    double *layers, *behind;
    double threshold; /* whole steps: only choices above it are looked for */
} cpn_offers_assign;

/* Bound at the prices of now, with what the rows take. */
void cpn_offers_assign_relax(cpn_offers_assign *assign);
/* in_costs and out_costs at the prices of now. */
void cpn_offers_assign_weigh(cpn_offers_assign *assign);
/* What the bound loses if the customer of an allowed option takes it, and so none of its others. */
double cpn_offers_assign_cost(cpn_offers_assign *assign, int32_t option);

static inline int32_t cpn_offers_assign_owner(const cpn_offers_assign *assign, int32_t option)
{
    return option < assign->n_pairs ? assign->search->lp.owners[option] : option - assign->n_pairs;
}

static inline double cpn_offers_assign_worth(const cpn_offers_assign *assign, int32_t option)
{
    return assign->values[option] - assign->prices[cpn_offers_assign_owner(assign, option)];
}

/* Whether nothing above the threshold is left under the bound of now. */
static inline bool cpn_offers_assign_is_done(const cpn_offers_assign *assign, double bound)
{
    return bound < (assign->threshold + 1) * assign->steps;
}

/* Lowers the bound by moving prices (subgradient steps towards the threshold) for at most n rounds; ends at the best
 * prices. Choices found on the way are taken. False where nothing is left at this node. */
bool cpn_offers_assign_descend(cpn_offers_assign *assign, int32_t n_rounds);
/* Makes a choice from what the rows take now, and takes it where it is good. */
void cpn_offers_assign_repair(cpn_offers_assign *assign);

/* Whether the problem is of this kind, but for whole costs and the size of tables, which cpn_offers_assign_open finds. */
bool cpn_offers_assign_suits(const cpn_offers_search *search);
campaign_status cpn_offers_assign_open(cpn_offers_assign *assign, cpn_offers_search *search, bool *is_apt,
                                       campaign_error *error);
void cpn_offers_assign_close(cpn_offers_assign *assign);

#endif
