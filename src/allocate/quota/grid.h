/* Two dimensions: cells between rows and columns, both with fixed totals, as a flow from rows to columns.
 * grid.c builds it; flow.c finds any answer or the cut that forbids one; biproportional.c, certify.c, ties.c, rounding.c,
 * fitting.c find the best ones. */
#ifndef CPN_ALLOCATE_QUOTA_GRID_H
#define CPN_ALLOCATE_QUOTA_GRID_H

#include "allocate/quota/quota.h"

/* Nodes are rows 0 … n_rows - 1, then columns. Cells are in order of rows, then columns. */
typedef struct cpn_quota_grid {
    int32_t n_rows, n_columns, n_nodes;
    int64_t n_cells;
    int32_t *row_of, *column_of; /* by cell; column_of counts from 0 */
    int64_t *first;              /* n_nodes + 1: where a node's cells start in links */
    int64_t *links;              /* cells, first of each row, then of each column */
    int64_t *totals;             /* by node */
    int64_t *minimum, *maximum;  /* by cell; maximum INT64_MAX = none */
    int64_t *parts;              /* by cell: the answer */
} cpn_quota_grid;

/* Room for a grid; the caller fills row_of, column_of, totals, minimum, maximum and then links it. */
bool cpn_quota_grid_open(cpn_quota_grid *grid, int32_t n_rows, int32_t n_columns, int64_t n_cells);
/* Lists the cells of every node. */
void cpn_quota_grid_link(cpn_quota_grid *grid);
void cpn_quota_grid_close(cpn_quota_grid *grid);
/* The grid of a problem with two dimensions; totals are left for the caller, and maxima as given. A cell without weight has
 * a maximum of its minimum. */
campaign_status cpn_quota_grid_make(cpn_quota_grid *grid, const cpn_quota_problem *problem, campaign_error *error);

/* The node at the other end of a cell. */
static inline int32_t cpn_quota_other(const cpn_quota_grid *grid, int32_t node, int64_t cell)
{
    return node < grid->n_rows ? grid->n_rows + grid->column_of[cell] : grid->row_of[cell];
}

/* Fills parts with any answer that keeps bounds and totals. CAMPAIGN_E_INFEASIBLE names the rows and columns in conflict,
 * what they need and what they can hold; nodes beyond the problem's own are not named. */
campaign_status cpn_quota_flow(cpn_quota_grid *grid, const cpn_quota_problem *problem, campaign_error *error);

/* Numbers the strongly connected components of the arcs that is_open lists: 2 * cell from row to column, 2 * cell + 1 back.
 * Nodes without a partner have components of their own. False where memory is out. */
bool cpn_quota_components(int32_t *components, const cpn_quota_grid *grid, const bool *is_open);

/* Closes arcs between components: they are on no cycle. False where memory is out. */
bool cpn_quota_keep_cycles(const cpn_quota_grid *grid, bool *is_open);

/* Moves units along cycles of open arcs, all of equal cost, to the declared answer: the larger weight first, then key
 * order. is_open lists what cpn_quota_keep_cycles leaves. tied_low receives the least part of every cell that could be
 * different, others are left alone. weights by cell; cells from n_named on have no say. */
campaign_status cpn_quota_settle_ties(cpn_quota_grid *grid, bool *is_open, const int64_t *weights, int64_t n_named,
                                      int64_t *tied_low, campaign_error *error);

/* What stands behind an answer in two dimensions. */
typedef struct cpn_quota_proof {
    double *divisors, *low, *high; /* by node; low and high NAN where nothing limits them. Fitting: factors */
    double value;
} cpn_quota_proof;

campaign_status cpn_quota_biproportional(cpn_quota_problem *problem, cpn_quota_grid *grid, cpn_quota_proof *proof,
                                         const campaign_runtime *runtime, campaign_error *error);
campaign_status cpn_quota_rounding(cpn_quota_problem *problem, cpn_quota_grid *grid, cpn_quota_proof *proof,
                                   const campaign_allocate_quota_inputs *inputs, const campaign_runtime *runtime,
                                   campaign_error *error);
campaign_status cpn_quota_fitting(cpn_quota_problem *problem, cpn_quota_grid *grid, cpn_quota_proof *proof,
                                  const campaign_allocate_quota_inputs *inputs, const campaign_runtime *runtime,
                                  campaign_error *error);

/* Totals of rows and columns for whole units: given, or made from the weights. n_made counts those made. */
campaign_status cpn_quota_margins(cpn_quota_grid *grid, cpn_quota_problem *problem, int64_t *n_made,
                                  const campaign_allocate_quota_inputs *inputs, const campaign_runtime *runtime,
                                  campaign_error *error);

/* The same for at most one given side: what is not given is left alone, problem->total too where none is. */
campaign_status cpn_quota_one_margin(cpn_quota_grid *grid, cpn_quota_problem *problem,
                                     const campaign_allocate_quota_inputs *inputs, const campaign_runtime *runtime,
                                     campaign_error *error);

#endif
