/* Inside of the planner: what the stages from the orders to the targets hand each other. */
#ifndef CPN_PLAN_TARGETS_H
#define CPN_PLAN_TARGETS_H

#include "plan/plan.h"

/* ---- History ---------------------------------------------------------------------------------------------------- */

typedef struct cpn_plan_history {
    int32_t first_day, last_day; /* with sales or returns; first_day > last_day where there are none */
    int64_t *day_minor;          /* net sales of first_day + i */
    campaign_column date, amount, dimensions[CPN_PLAN_N_DIMENSIONS]; /* type 0 where a dimension is not there */
    cpn_keys keys[CPN_PLAN_N_DIMENSIONS];
    bool *is_unusable[CPN_PLAN_N_DIMENSIONS]; /* by key: text that names nothing; NULL where all keys are usable */
    campaign_table *converted;                /* orders with their amount as money, or NULL */
    campaign_table *skipped;                  /* first rows that were left out */
} cpn_plan_history;

/* Adds up the orders by day and prepares the dimensions that the request splits by. */
campaign_status cpn_plan_history_read(cpn_plan_history *history, cpn_plan_notes *notes, const cpn_plan_request *request,
                                      const campaign_table *orders, const campaign_runtime *runtime,
                                      campaign_error *error);
void cpn_plan_history_free(cpn_plan_history *history);

/* Whether row counts: date and amount are there, and the day is before the plan. */
bool cpn_plan_history_uses(const cpn_plan_history *history, const cpn_plan_request *request, int64_t row, int32_t *day);

/* Text of a key, as written in targets; buffer holds an integer key. */
const char *cpn_plan_history_label(const cpn_plan_history *history, int32_t dimension, int64_t key, char buffer[32],
                                   size_t *length);

/* ---- Profile ---------------------------------------------------------------------------------------------------- */

/* How a year's sales lie over its days, and over product lines × markets. */
typedef struct cpn_plan_profile {
    int64_t day_weights[CPN_PLAN_MAX_DAYS];
    bool has_year;                /* the history holds twelve whole months in a row */
    int32_t year_first, year_end; /* the latest twelve */
    int64_t year_minor;           /* their net sales */
    bool has_dimension[CPN_PLAN_N_DIMENSIONS];
    int64_t n_keys[CPN_PLAN_N_DIMENSIONS]; /* 1 where there is no such dimension */
    int64_t *cells;                        /* weight of key 0 × n_keys[1] + key 1; NULL where neither is split by */
} cpn_plan_profile;

campaign_status cpn_plan_profile_measure(cpn_plan_profile *profile, cpn_plan_notes *notes,
                                         const cpn_plan_request *request, const cpn_plan_history *history,
                                         campaign_error *error);
void cpn_plan_profile_free(cpn_plan_profile *profile);

/* Weight of the days from first to end. */
int64_t cpn_plan_profile_weight(const cpn_plan_profile *profile, const cpn_plan_request *request, int32_t first_day,
                                int32_t end_day);

/* ---- Targets ---------------------------------------------------------------------------------------------------- */

typedef struct cpn_plan_target {
    cpn_plan_level level;                 /* the step that made it */
    cpn_plan_level period, parent_period; /* the period it covers, and that of its parent */
    int32_t start_day, end_day;
    int32_t keys[CPN_PLAN_N_DIMENSIONS]; /* -1: all */
    int64_t parent;                      /* row number, -1 for the year */
    int64_t minor;
} cpn_plan_target;

typedef struct cpn_plan_targets {
    cpn_plan_target *rows;
    int64_t n, capacity;
    int64_t day_minor[CPN_PLAN_MAX_DAYS]; /* the year's target day by day, also where days are no rows */
} cpn_plan_targets;

campaign_status cpn_plan_targets_split(cpn_plan_targets *targets, const cpn_plan_request *request,
                                       const cpn_plan_profile *profile, int64_t target_minor, campaign_error *error);
void cpn_plan_targets_free(cpn_plan_targets *targets);

campaign_status cpn_plan_targets_table(campaign_table **table, const cpn_plan_targets *targets,
                                       const cpn_plan_request *request, const cpn_plan_history *history,
                                       campaign_error *error);

#endif
