/* Inside of the planner: the leaves of the targets split over the days of their periods. */
#ifndef CPN_PLAN_CUBE_H
#define CPN_PLAN_CUBE_H

#include "plan/targets.h"

/* Days are counted from the plan's first. Zero-initialise; open, fill leaves, periods and weights, then spread. */
typedef struct cpn_plan_cube {
    int64_t n_leaves;
    int32_t *leaf_periods; /* the period of each leaf */
    int64_t *leaf_minor;
    int64_t *leaf_rows; /* first row of each in parts; NULL where only the days are wanted */
    int64_t *parts;     /* for each leaf its days; NULL likewise */
    int32_t n_periods;
    int32_t starts[CPN_PLAN_MAX_DAYS + 1]; /* of the periods, and the end of the last */
    int64_t weights[CPN_PLAN_MAX_DAYS];    /* of the days against each other in their period, scaled for cpn_spread */
    int64_t day_minor[CPN_PLAN_MAX_DAYS];  /* what the leaves have on each day */
    int64_t *order, firsts[CPN_PLAN_MAX_DAYS + 1]; /* leaves by period */
} cpn_plan_cube;

/* Room for leaves; free with cpn_plan_cube_free, also after a failure. */
campaign_status cpn_plan_cube_open(cpn_plan_cube *cube, int64_t n_leaves, campaign_error *error);
/* The period that holds a day. */
int32_t cpn_plan_cube_period(const cpn_plan_cube *cube, int32_t offset);
/* Fills day_minor and, where it is there, parts. The same for any number of threads. */
campaign_status cpn_plan_cube_spread(cpn_plan_cube *cube, const campaign_runtime *runtime, campaign_error *error);
void cpn_plan_cube_free(cpn_plan_cube *cube);

#endif
