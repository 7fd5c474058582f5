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

/* Code of a name among the keys of a dimension, or -1. */
int32_t cpn_plan_history_find(const cpn_plan_history *history, int32_t dimension, const char *text, size_t length);

/* ---- The table of drivers --------------------------------------------------------------------------------------- */

typedef struct cpn_plan_lookup_row {
    int32_t keys[CPN_PLAN_N_DIMENSIONS]; /* -1: not told apart */
    int64_t weight;
} cpn_plan_lookup_row;

/* The weights that one column of the table gives to the keys of a dimension. */
typedef struct cpn_plan_lookup {
    bool is_told[CPN_PLAN_N_DIMENSIONS]; /* which dimensions the table tells apart, of those down to this one */
    cpn_plan_lookup_row *rows;           /* sorted by keys */
    int64_t n;
} cpn_plan_lookup;

/* Reads the column for a dimension; rows without one of its keys, or with one that no order has, are left out. */
campaign_status cpn_plan_lookup_read(cpn_plan_lookup *lookup, cpn_plan_notes *notes, const cpn_plan_request *request,
                                     const cpn_plan_history *history, const campaign_table *drivers, int32_t dimension,
                                     campaign_error *error);
/* Weight of a node with those keys; 0 where the table has none. */
int64_t cpn_plan_lookup_weight(const cpn_plan_lookup *lookup, const int32_t keys[CPN_PLAN_N_DIMENSIONS]);
void cpn_plan_lookup_free(cpn_plan_lookup *lookup);

/* Adds the column up by the days of the plan. */
campaign_status cpn_plan_driver_days(int64_t days[CPN_PLAN_MAX_DAYS], const cpn_plan_request *request,
                                     const cpn_plan_policy *policy, const campaign_table *drivers,
                                     campaign_error *error);

/* ---- Profile ---------------------------------------------------------------------------------------------------- */

/* What the history sold by product line, market … : one cell for each combination of keys with sales, in the order of the
 * split, so that the cells below a node are a range and each of its children a part of that range. */
typedef struct cpn_plan_cells {
    int64_t n;
    int32_t n_levels;                     /* dimensions that are there: 0 where the plan is split by none */
    int32_t order[CPN_PLAN_N_DIMENSIONS]; /* which they are, in the order of the split */
    int32_t *keys;                        /* n × n_levels */
    int64_t
        *running[CPN_PLAN_N_DIMENSIONS]; /* by level, n + 1 each: weight of the cells before, as its driver has it */
    bool is_even;                        /* none sold anything: all weigh the same */
} cpn_plan_cells;

/* The whole years of a history: twelve months each, counted back from the last whole month. */
typedef struct cpn_plan_years {
    int32_t n;
    int32_t end_month; /* running number of the month after the last */
} cpn_plan_years;

/* The whole months of a history as running numbers, half-open; both 0 where it has no day. A month is whole where at most
 * CPN_PLAN_EDGE_DAYS lack at either end of the history: a shop closed over a holiday. */
enum { CPN_PLAN_EDGE_DAYS = 3 };
void cpn_plan_whole_months(int32_t *first, int32_t *end, const cpn_plan_history *history);
/* First day of a month by its running number, as cpn_month_index has it. */
int32_t cpn_plan_month_start(int32_t month_index);

/* First day of a year, 0 the oldest; of n: the day after the last. */
int32_t cpn_plan_year_start(const cpn_plan_years *years, int32_t year);
/* Weight of each year for a level's driver, oldest first: history all the same, last_year the latest, mix as declared. */
campaign_status cpn_plan_year_weights(int64_t *weights, const cpn_plan_policy *policy, const cpn_plan_years *years,
                                      campaign_error *error);

/* Adds up the orders of the years that the drivers name, at most the latest ten, or of the whole history where there is no
 * year; a cell that sold nothing is dropped, but where none sold anything all weigh the same. */
campaign_status cpn_plan_cells_measure(cpn_plan_cells *cells, cpn_plan_notes *notes, const cpn_plan_request *request,
                                       const cpn_plan_history *history, const cpn_plan_years *years,
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
    int64_t day_weights[CPN_PLAN_N_PERIODS]
                       [CPN_PLAN_MAX_DAYS]; /* by the level that shares by them; coarse ones add up */
    cpn_plan_years years;
    bool is_seasonal;                               /* seasons are measured by the forecast engine */
    bool has_year;                                  /* the history holds twelve whole months in a row */
    int32_t year_first, year_end;                   /* the latest twelve */
    int64_t year_minor;                             /* their net sales */
    cpn_plan_lookup lookups[CPN_PLAN_N_DIMENSIONS]; /* by dimension; for those that share by a column */
    cpn_plan_cells cells;
    campaign_table *season_days; /* the days with their windows; NULL where seasons are not measured */
} cpn_plan_profile;

/* What seasons are measured from. */
typedef struct cpn_plan_season_source {
    const cpn_plan_history *history;
    const cpn_plan_profile *profile;
    const campaign_calendar *calendar;
    campaign_table **days; /* of the first level: receives the days with their windows; otherwise NULL */
} cpn_plan_season_source;

/* Whether the seasons are measured by the forecast engine: asked for, or sales on most days of a year. */
bool cpn_plan_seasonality_wants(const cpn_plan_request *request, const cpn_plan_history *history,
                                const cpn_plan_profile *profile);
/* The profile of the seasons, as a driver of years has it; notes NULL: without a remark. The caller frees it. */
campaign_status cpn_plan_seasonality_measure(campaign_table **profile, cpn_plan_notes *notes,
                                             const cpn_plan_request *request, const cpn_plan_policy *policy,
                                             const cpn_plan_season_source *source, campaign_error *error);
/* Weights of the plan's days by that profile. */
campaign_status cpn_plan_seasonality_weigh(int64_t days[CPN_PLAN_MAX_DAYS], cpn_plan_notes *notes,
                                           const cpn_plan_request *request, const cpn_plan_policy *policy,
                                           const cpn_plan_season_source *source, campaign_error *error);

/* calendar and drivers (the caller's table; may be NULL) are asked where a level shares by them. */
campaign_status cpn_plan_profile_measure(cpn_plan_profile *profile, cpn_plan_notes *notes,
                                         const cpn_plan_request *request, const cpn_plan_history *history,
                                         const campaign_calendar *calendar, const campaign_table *drivers,
                                         campaign_error *error);
void cpn_plan_profile_free(cpn_plan_profile *profile);

/* Weight of the days from first to end for a level of periods. */
int64_t cpn_plan_profile_weight(const cpn_plan_profile *profile, const cpn_plan_request *request, cpn_plan_level level,
                                int32_t first_day, int32_t end_day);

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
    int64_t rule;                        /* number of the rule for it, -1: none */
    int64_t lower, upper;                /* what it must and may have by its rule and those below it */
    int64_t minor;
    int64_t assigned; /* with over-assignment; -1 outside the tree */
} cpn_plan_target;

/* What the request asks of one node; a lock has both bounds at its amount. */
typedef struct cpn_plan_rule {
    const cpn_json_value *place;
    int64_t row;
    bool is_lock, has_minimum, has_maximum, has_growth;
    int64_t minimum, maximum; /* 0 and INT64_MAX where there are none */
    int64_t growth_ppm;
} cpn_plan_rule;

typedef struct cpn_plan_rules {
    cpn_plan_rule *rules;
    int64_t n;
} cpn_plan_rules;

typedef struct cpn_plan_row_range {
    int64_t first, end;
} cpn_plan_row_range;

typedef struct cpn_plan_targets {
    cpn_plan_target *rows;
    int64_t n, capacity;
    cpn_plan_rules rules;
    cpn_plan_row_range tree[CPN_PLAN_N_LEVELS]; /* rows that each level of the tree made; empty: not in the tree */
    cpn_plan_row_range leaves;                  /* rows of the last level of the tree */
    int64_t day_minor[CPN_PLAN_MAX_DAYS];       /* the year's target day by day, also where days are no rows */
    int64_t day_weights[CPN_PLAN_MAX_DAYS];     /* by which the leaves go to the days of their periods */
} cpn_plan_targets;

/* ---- Rules ------------------------------------------------------------------------------------------------------ */

/* Finds the node of each rule in a grown tree and notes the rule there. */
campaign_status cpn_plan_rules_read(cpn_plan_rules *rules, cpn_plan_targets *targets, const cpn_plan_request *request,
                                    const cpn_plan_profile *profile, const cpn_plan_history *history,
                                    campaign_error *error);
void cpn_plan_rules_free(cpn_plan_rules *rules);

/* Lets the weights of nodes grow as the rules say, and those of the nodes above them by what that makes of their share. */
campaign_status cpn_plan_growth_apply(cpn_plan_targets *targets, const cpn_plan_rules *rules, campaign_error *error);

/* Adds lower and upper bounds up from the leaves. Where they contradict each other or the year's target (of the first
 * row), one set of rules is named that contradicts itself and of which none could be left out. */
campaign_status cpn_plan_bounds_set(cpn_plan_targets *targets, const cpn_plan_rules *rules,
                                    const cpn_plan_request *request, const cpn_plan_history *history,
                                    campaign_error *error);
/* Tells, once all is split, that rules leave nothing to parts beside them. */
campaign_status cpn_plan_bounds_note(cpn_plan_notes *notes, cpn_plan_targets *targets, const cpn_plan_request *request,
                                     const cpn_plan_history *history, campaign_error *error);

/* ---- Splitting -------------------------------------------------------------------------------------------------- */

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
                                       const cpn_plan_profile *profile, const cpn_plan_history *history,
                                       int64_t target_minor, const campaign_runtime *runtime, campaign_error *error);
void cpn_plan_targets_free(cpn_plan_targets *targets);

/* seasons: the days as the forecast engine weighs them, with their windows; NULL where it did not. */
campaign_status cpn_plan_days_table(campaign_table **table, const cpn_plan_targets *targets,
                                    const cpn_plan_request *request, const campaign_table *seasons,
                                    const campaign_calendar *calendar, campaign_error *error);

#endif
