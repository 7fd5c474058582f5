/* Controlled rounding: the table in whole units and fractions, and the flow of least cost through it. */
#ifndef CPN_ALLOCATE_QUOTA_ROUNDING_H
#define CPN_ALLOCATE_QUOTA_ROUNDING_H

#include "allocate/quota/grid.h"

typedef struct cpn_quota_rounding_state {
    cpn_quota_problem *problem;
    cpn_quota_grid *grid;        /* of the problem */
    cpn_quota_grid flow;         /* the same cells, then slack cells */
    int64_t scale;               /* fractions are counted in 1 / scale */
    int64_t *floors, *fractions; /* by cell of the problem */
    int64_t *sums, *rests;       /* by node of grid: floor of the sum, fraction of it */
    int64_t nearest;             /* all values, to the nearest unit */
    bool is_free[2];             /* sides without given totals */
    int64_t n_paths;
} cpn_quota_rounding_state;

/* Fills the parts of the flow at least cost; is_open receives the arcs whose change costs nothing. */
campaign_status cpn_quota_rounding_paths(cpn_quota_rounding_state *state, bool *is_open,
                                         const campaign_runtime *runtime, campaign_error *error);

#endif
