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

/* What the history sold by product line, market … : one cell for each combination of keys with sales, in the order of the
 * split, so that the cells below a node are a range and each of its children a part of that range. */
typedef struct cpn_plan_cells {
    int64_t n;
    int32_t n_levels;                     /* dimensions that are there: 0 where the plan is split by none */
    int32_t order[CPN_PLAN_N_DIMENSIONS]; /* which they are, in the order of the split */
    int32_t *keys;                        /* n × n_levels */
    int64_t *running;                     /* n + 1: weight of the cells before each */
} cpn_plan_cells;

/* Adds up the orders from first_day to end_day; a cell that sold nothing is dropped, but where none sold anything all weigh
 * the same. */
campaign_status cpn_plan_cells_measure(cpn_plan_cells *cells, cpn_plan_notes *notes, const cpn_plan_request *request,
                                       const cpn_plan_history *history, int32_t first_day, int32_t end_day,
                                       campaign_error *error);
void cpn_plan_cells_free(cpn_plan_cells *cells);

static inline int32_t cpn_plan_cell_key(const cpn_plan_cells *cells, int64_t cell, int32_t level)
{
    return cells->keys[cell * cells->n_levels + level];
}

/* Place of a dimension among the levels of cells, or -1. */
int32_t cpn_plan_cells_find(const cpn_plan_cells *cells, int32_t dimension);

/* How a year's sales lie over its days, and over product lines, markets … */
typedef struct cpn_plan_profile {
    int64_t day_weights[CPN_PLAN_MAX_DAYS];
    bool has_year;                /* the history holds twelve whole months in a row */
    int32_t year_first, year_end; /* the latest twelve */
    int64_t year_minor;           /* their net sales */
    cpn_plan_cells cells;
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
    int64_t first_cell, end_cell;        /* cells below it */
    int64_t first_child, n_children;     /* of the tree; n_children 0: a leaf, or a total of others */
    int64_t weight;                      /* against its siblings in the tree */
    int64_t minor;
} cpn_plan_target;

typedef struct cpn_plan_row_range {
    int64_t first, end;
} cpn_plan_row_range;

typedef struct cpn_plan_targets {
    cpn_plan_target *rows;
    int64_t n, capacity;
    cpn_plan_row_range tree[CPN_PLAN_N_LEVELS]; /* rows that each level of the tree made; empty: not in the tree */
    cpn_plan_row_range leaves;                  /* rows of the last level of the tree */
    int64_t day_minor[CPN_PLAN_MAX_DAYS];       /* the year's target day by day, also where days are no rows */
    int64_t day_weights[CPN_PLAN_MAX_DAYS];     /* by which the leaves go to the days of their periods */
} cpn_plan_targets;

campaign_status cpn_plan_targets_add(cpn_plan_targets *targets, const cpn_plan_target *row, campaign_error *error);

/* The row that a parent's child by a level is: value is the first day of a period, or a key. */
cpn_plan_target cpn_plan_target_child(const cpn_plan_targets *targets, const cpn_plan_request *request, int64_t parent,
                                      cpn_plan_level level, int32_t value);

/* Whether rows of that level make the tree: every dimension that is there, and periods down to the finest that is also
 * split by them. */
bool cpn_plan_is_in_tree(const cpn_plan_request *request, const cpn_plan_profile *profile, cpn_plan_level level);

/* Lists the nodes of the declared order with their weights, each before its children; amounts come later. */
campaign_status cpn_plan_tree_grow(cpn_plan_targets *targets, const cpn_plan_request *request,
                                   const cpn_plan_profile *profile, campaign_error *error);

/* Splits the amounts of the leaves over their days and adds them up by day. */
campaign_status cpn_plan_days_fill(cpn_plan_targets *targets, const cpn_plan_request *request,
                                   const cpn_plan_profile *profile, const campaign_runtime *runtime,
                                   campaign_error *error);

campaign_status cpn_plan_targets_split(cpn_plan_targets *targets, const cpn_plan_request *request,
                                       const cpn_plan_profile *profile, int64_t target_minor,
                                       const campaign_runtime *runtime, campaign_error *error);
void cpn_plan_targets_free(cpn_plan_targets *targets);

campaign_status cpn_plan_targets_table(campaign_table **table, const cpn_plan_targets *targets,
                                       const cpn_plan_request *request, const cpn_plan_history *history,
                                       campaign_error *error);

#endif
