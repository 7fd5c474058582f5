/* Proportional fitting: cells in real numbers between bounds, and the factors of rows and columns that make the totals. */
#ifndef CPN_ALLOCATE_QUOTA_FITTING_H
#define CPN_ALLOCATE_QUOTA_FITTING_H

#include "allocate/quota/grid.h"

typedef struct cpn_quota_fit {
    const cpn_quota_grid *grid;
    double *weights, *least, *most; /* by cell; most INFINITY = none */
    bool *is_fixed;                 /* by cell: the same in every answer, at least */
    bool *has_bounds;               /* by node: some free cell has */
    double *targets;                /* by node: total less fixed cells */
    double *factors;                /* by node */
} cpn_quota_fit;

/* A cell at the factors of the moment. */
static inline double cpn_quota_fitted(const cpn_quota_fit *fit, int64_t cell)
{
    const cpn_quota_grid *grid = fit->grid;
    if (fit->is_fixed[cell]) return fit->least[cell];
    const double value =
        fit->weights[cell] * fit->factors[grid->row_of[cell]] * fit->factors[grid->n_rows + grid->column_of[cell]];
    return value < fit->least[cell] ? fit->least[cell] : value > fit->most[cell] ? fit->most[cell] : value;
}

/* Sum of the free cells of a node. */
double cpn_quota_fit_sum(const cpn_quota_fit *fit, int32_t node);
/* Largest error of a total, relative to it. */
double cpn_quota_fit_error(const cpn_quota_fit *fit);
/* Sets the factor of every node of a side so that its free cells add up to its target. */
void cpn_quota_fit_side(cpn_quota_fit *fit, int32_t from, int32_t to);

/* One damped step of Newton's method on all factors; *has_moved is false where none makes the error smaller. */
campaign_status cpn_quota_fit_newton(cpn_quota_fit *fit, bool *has_moved, campaign_error *error);
/* Whether the smaller side is small enough for it. */
bool cpn_quota_fit_has_newton(const cpn_quota_grid *grid);

#endif
