/* Inside of the planner: which months of the plan are peak and off season. */
#ifndef CPN_PLAN_SEASONS_H
#define CPN_PLAN_SEASONS_H

#include "plan/targets.h"

typedef enum cpn_plan_season { CPN_SEASON_SHOULDER, CPN_SEASON_PEAK, CPN_SEASON_OFF } cpn_plan_season;
enum { CPN_PLAN_N_SEASONS = 3, CPN_PLAN_N_MONTHS = 12 };
extern const char *const cpn_plan_season_names[CPN_PLAN_N_SEASONS];

/* By calendar month, January first. */
typedef struct cpn_plan_seasons {
    cpn_plan_season months[CPN_PLAN_N_MONTHS];
    int64_t index_ppm[CPN_PLAN_N_MONTHS]; /* target of a mean day of the month against one of the year; 0: no target */
} cpn_plan_seasons;

/* Months that the request names are what it says; of the others those at or above peak_index of the year's mean day are
 * peak, those at or below off_index off season. */
campaign_status cpn_plan_seasons_find(cpn_plan_seasons *seasons, const cpn_plan_request *request,
                                      const cpn_plan_targets *targets, campaign_error *error);

/* Season of the month of a day, whatever its year. */
cpn_plan_season cpn_plan_season_of(const cpn_plan_seasons *seasons, int32_t day);

/* Season in which most of the targets of some days lie; where they have none, that of the month of otherwise_day. */
cpn_plan_season cpn_plan_season_of_days(const cpn_plan_seasons *seasons, const cpn_plan_request *request,
                                        const cpn_plan_targets *targets, int32_t first_day, int32_t end_day,
                                        int32_t otherwise_day);

#endif
