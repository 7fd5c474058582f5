/* Biproportional quotas: cells that hold whole units, the factors of rows and columns, and shortest paths between them.
 * A cell of weight w, row factor a and column factor b is worth v = w a b; it holds x units where d(x) <= v <= d(x + 1).
 * For Hill everything is squared, so that all of it stays rational. Factors are 1 / divisor. */
#ifndef CPN_ALLOCATE_QUOTA_UNITS_H
#define CPN_ALLOCATE_QUOTA_UNITS_H

#include "allocate/quota/grid.h"
#include "allocate/quota/real.h"

typedef struct cpn_quota_units {
    cpn_quota_grid *grid;
    const cpn_quota_problem *problem;
    int32_t method;
    int64_t step;            /* units that move at once: a power of two, 1 in the end */
    cpn_quota_real *weights; /* by cell; of those with a weight */
    cpn_quota_real *factors; /* by node */
    int64_t *excess;         /* by node: rows lack units, columns have too many */
    int64_t n_paths;
} cpn_quota_units;

/* Whether a cell can take a step more, or give one back. */
static inline bool cpn_quota_can_add(const cpn_quota_units *units, int64_t cell)
{
    return units->grid->maximum[cell] - units->grid->parts[cell] >= units->step;
}
static inline bool cpn_quota_can_take(const cpn_quota_units *units, int64_t cell)
{
    return units->grid->parts[cell] - units->grid->minimum[cell] >= units->step;
}

/* What a cell that holds part must be worth to take a step more: d(part + 1), for larger steps that of the middle. */
cpn_quota_real cpn_quota_threshold(const cpn_quota_units *units, int64_t part);
/* What a cell is worth. */
cpn_quota_real cpn_quota_worth(const cpn_quota_units *units, int64_t cell);

/* Moves steps from nodes that have too much to nodes that lack them, along shortest paths, as long as there are any. */
campaign_status cpn_quota_move_units(cpn_quota_units *units, const campaign_runtime *runtime, campaign_error *error);

/* Proves in integers that no cycle of units is better, and moves along those that are. On return is_open lists the arcs
 * (2 * cell more, 2 * cell + 1 less) whose change costs nothing between nodes of one component. */
campaign_status cpn_quota_certify(cpn_quota_units *units, bool *is_open, campaign_error *error);

/* Divisors of rows and columns in the middle of what the cells allow, with their intervals. */
void cpn_quota_show_divisors(cpn_quota_units *units, cpn_quota_proof *proof);

#endif
