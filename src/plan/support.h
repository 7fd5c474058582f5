/* Inside of the planner: what stands beside the targets: what the history supports, what was entered from below. */
#ifndef CPN_PLAN_SUPPORT_H
#define CPN_PLAN_SUPPORT_H

#include "plan/targets.h"

enum { CPN_PLAN_SUPPORT_MONTHS = 3 }; /* the handbook's last three months */

typedef struct cpn_plan_support {
    int64_t *supported;              /* by row of the targets; NULL where the history has no three whole months */
    int64_t *entered;                /* the same of what was entered; NULL where nothing was */
    bool *is_entered;                /* whether an entry lies inside the row */
    int32_t first_day, end_day;      /* the months that support is measured from */
    int64_t weight_recent;           /* of those months, */
    int64_t days[CPN_PLAN_MAX_DAYS]; /* and of the plan's days, on one scale */
    bool has_daily;
    int64_t visits, orders; /* of those months, where daily figures are given */
} cpn_plan_support;

/* What the latest three whole months support of each target: their sales of the same product line, market …, by what the
 * target's days weigh against the days of those months. daily (columns date, visits, orders) may be NULL. */
campaign_status cpn_plan_support_measure(cpn_plan_support *support, const cpn_plan_request *request,
                                         const cpn_plan_season_source *source, const cpn_plan_targets *targets,
                                         const campaign_table *daily, campaign_error *error);
/* Adds up what was entered from below inside each target: columns period (a name as the targets have it) or date, any of
 * product_line, market, channel, tier and rep, and amount (money). */
campaign_status cpn_plan_entries_add(cpn_plan_support *support, const cpn_plan_request *request,
                                     const cpn_plan_history *history, const cpn_plan_targets *targets,
                                     const campaign_table *bottom_up, campaign_error *error);
void cpn_plan_support_free(cpn_plan_support *support);

/* By how much a target lies above a base, in parts per million; false where the base is not above zero. */
bool cpn_plan_above_ppm(int64_t *ppm, int64_t target, int64_t base);

campaign_status cpn_plan_metrics_table(campaign_table **table, const cpn_plan_support *support,
                                       const cpn_plan_request *request, campaign_error *error);
campaign_status cpn_plan_targets_table(campaign_table **table, const cpn_plan_targets *targets,
                                       const cpn_plan_support *support, const cpn_plan_request *request,
                                       const cpn_plan_history *history, campaign_error *error);

#endif
