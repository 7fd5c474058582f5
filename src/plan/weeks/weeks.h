/* What the files of the promotion weeks share: items and their demand, the graph of what an item remembers, the shared
 * limits with their multipliers, and the plans of all items.
 * Flow: items.c, calendar_weeks.c, limits.c → problem; graph.c, value.c → values of each week; path.c → one item's best;
 * solver.h: dual.c → multipliers and bound; repair.c, swap.c → a calendar within the limits; close.c → the gap of small
 * problems; write.c, report.c → tables. */
#ifndef CPN_PLAN_WEEKS_H
#define CPN_PLAN_WEEKS_H

#include <campaign/promotion_weeks.h>
#include <stdbool.h>

#include "table/table.h"

enum {
    CPN_WEEKS_MEMORY = CAMPAIGN_PROMOTION_WEEKS_MEMORY_MAX,
    CPN_WEEKS_CHOICES = CAMPAIGN_PROMOTION_WEEKS_LEVELS_MAX + 1, /* the regular price is choice 0 */
    CPN_WEEKS_GAP = CAMPAIGN_PROMOTION_WEEKS_GAP_MAX,
    CPN_WEEKS_DIGIT = 5 /* bits of one remembered price: choices, and CPN_WEEKS_MEMORY prices of the past */
};

/* Options with every default filled in. */
typedef struct cpn_weeks_knobs {
    campaign_promotion_weeks_options given;
    bool is_revenue, is_chinese;
} cpn_weeks_knobs;

campaign_status cpn_weeks_take_knobs(cpn_weeks_knobs *knobs, const campaign_promotion_weeks_options *options,
                                     campaign_error *error);

/* ---- Reading cells ----------------------------------------------------------------------------------------------- */

/* One column of an input: what its cells may be. */
typedef struct cpn_weeks_spec {
    const char *name;
    const char *where; /* "items.base" */
    uint32_t types;
    bool is_required;        /* the column must be there, and a null is an error */
    double minimum, maximum; /* of numbers; money: of minor units */
    double fallback;
} cpn_weeks_spec;

typedef struct cpn_weeks_field {
    const cpn_weeks_spec *spec;
    campaign_column column; /* type 0 where it is missing */
} cpn_weeks_field;

/* Finds n columns of a table. names: the caller's own name for the item column, or NULL. */
campaign_status cpn_weeks_open(cpn_weeks_field *fields, const cpn_weeks_spec *specs, int32_t n,
                               const campaign_table *table, const char *item_name, campaign_error *error);

/* Whether there is a value; a null in a required column is refused by the getters. */
bool cpn_weeks_has(const cpn_weeks_field *field, int64_t row);
campaign_status cpn_weeks_float(double *value, const cpn_weeks_field *field, int64_t row, campaign_error *error);
/* int, bool, date and money. */
campaign_status cpn_weeks_int(int64_t *value, const cpn_weeks_field *field, int64_t row, campaign_error *error);

/* Number of the key that a cell holds; CAMPAIGN_E_UNKNOWN with its text, CAMPAIGN_E_MISSING for a null. */
campaign_status cpn_weeks_find(int32_t *number, const cpn_named_keys *keys, const cpn_weeks_field *field, int64_t row,
                               campaign_error *error);

/* ---- Items, weeks ------------------------------------------------------------------------------------------------ */

/* A price of one item. */
typedef struct cpn_weeks_level {
    int64_t price; /* minor units */
    int64_t cost;  /* of a week at this price, minor units */
    int64_t slots;
    double demand;                   /* (price / regular)^-elasticity */
    double memory[CPN_WEEKS_MEMORY]; /* factor on the demand 1, 2 … weeks later */
} cpn_weeks_level;

typedef struct cpn_weeks_item {
    int64_t price, cost; /* of one unit, minor units */
    int64_t promotion_cost, slots;
    double base, elasticity;
    double memory[CPN_WEEKS_MEMORY];
    double reference_weight, reference_decay;
    double reference_least;                       /* least factor of the reference price */
    int32_t gap, max_promotions, max_per_quarter; /* maxima: -1 = none */
    int32_t n_memory;                             /* weeks back that matter */
    int32_t n_choices;                            /* regular price and ladder */
    int64_t first_level;                          /* in problem.levels */
    int32_t unit;                                 /* which decides for it */
    int64_t unit_member;                          /* its place in problem.members */
} cpn_weeks_item;

typedef struct cpn_weeks_week {
    int32_t number;
    int32_t start;          /* day */
    int32_t quarter;        /* label */
    int32_t quarter_number; /* 0, 1 … */
    bool is_blackout;
    double season;
} cpn_weeks_week;

/* What one item may do in one week. */
typedef struct cpn_weeks_cell {
    double season;
    bool is_blackout, is_forced;
    int8_t forced_choice; /* 0 = any */
} cpn_weeks_cell;

/* ---- Shared limits ----------------------------------------------------------------------------------------------- */

typedef enum cpn_weeks_kind { CPN_WEEKS_SLOTS, CPN_WEEKS_COUNT, CPN_WEEKS_BUDGET } cpn_weeks_kind;

/* One limit of a family in one week or period. */
typedef struct cpn_weeks_limit {
    int32_t family;
    int32_t week, quarter; /* -1 = not of one */
    int64_t capacity;
    int64_t used; /* by the plans at hand */
} cpn_weeks_limit;

/* Limits of one kind on one group of items: at most one for each week. */
typedef struct cpn_weeks_family {
    cpn_weeks_kind kind;
    int32_t group; /* -1 = all items */
} cpn_weeks_family;

/* What the choices of a unit use up of a family. */
typedef struct cpn_weeks_use {
    int32_t family;
    int64_t amounts[CPN_WEEKS_CHOICES]; /* by choice; -1 after the last one */
} cpn_weeks_use;

/* ---- Units: what is decided together ----------------------------------------------------------------------------- */

/* One item, or several that are always promoted together. States are what is remembered when a choice is free: prices of
 * the last weeks and the cell of the reference price. A promotion leads over its untouched weeks straight to the next
 * free choice, so these weeks need no states of their own. */
typedef struct cpn_weeks_unit {
    int64_t first_member, n_members; /* in problem.members */
    int32_t n_choices, n_memory, gap, max_promotions, max_per_quarter;
    int32_t n_totals, n_quarterly;   /* counts left that are told apart, 1 where there is no maximum */
    int32_t start_week, start_state; /* the first free choice, after promotions of the past */
    int64_t start_value;             /* minor units of the weeks before it */
    int32_t n_states;
    int32_t *targets; /* state × choice */
    double
        *factors; /* member × state × (1 + (choices - 1) × gap): demand factor of the week, and of each untouched one */
    double *values;            /* week × state × choice, scaled; NULL = made when needed */
    uint8_t *is_barred;        /* week × choice: blackout, forced, no room for the gap */
    int64_t alone;             /* what its best alone brings, limits it shares aside; minor units */
    int64_t alone_bound;       /* no plan of it brings more; above alone with a reference price only */
    int64_t baseline;          /* without any promotion */
    int64_t value_limit;       /* no value of one choice is larger, minor units */
    int64_t first_use, n_uses; /* in problem.uses */
} cpn_weeks_unit;

typedef struct cpn_weeks_problem {
    cpn_weeks_knobs knobs;
    char currency[4];
    int32_t exponent;
    cpn_named_keys item_keys, group_keys;
    int64_t n_items;
    cpn_weeks_item *items;
    cpn_weeks_level *levels;
    int32_t n_weeks;
    cpn_weeks_week *weeks;
    bool has_starts;
    cpn_weeks_cell *cells; /* item × week */
    int64_t *past;         /* item × CPN_WEEKS_GAP: price weeks_ago - 1, 0 = regular; NULL = none at all */
    int64_t n_groups;
    int64_t *group_starts; /* in group_items */
    int32_t *group_items;
    int64_t n_units;
    cpn_weeks_unit *units;
    int64_t *members; /* items by unit */
    int64_t most_members;
    int32_t n_families, n_limits;
    cpn_weeks_family *families;
    int32_t *family_limits; /* family × week: number of the limit, or -1 */
    cpn_weeks_limit *limits;
    int64_t n_uses;
    cpn_weeks_use *uses;
    int32_t scale_bits;             /* the search counts in minor units / 2^scale_bits */
    int64_t most_left, most_values; /* room that the search of any unit needs */
} cpn_weeks_problem;

campaign_status cpn_weeks_read(cpn_weeks_problem *problem, const campaign_promotion_weeks_inputs *inputs,
                               const campaign_runtime *runtime, campaign_error *error);
void cpn_weeks_free(cpn_weeks_problem *problem);

/* Stages of reading. */
campaign_status cpn_weeks_read_items(cpn_weeks_problem *problem, const campaign_table *items,
                                     const campaign_runtime *runtime, campaign_error *error);
campaign_status cpn_weeks_read_ladder(cpn_weeks_problem *problem, const campaign_table *ladder, campaign_error *error);
campaign_status cpn_weeks_read_weeks(cpn_weeks_problem *problem, const campaign_table *weeks, campaign_error *error);
campaign_status cpn_weeks_read_cells(cpn_weeks_problem *problem, const campaign_table *item_weeks,
                                     campaign_error *error);
campaign_status cpn_weeks_read_past(cpn_weeks_problem *problem, const campaign_table *past, campaign_error *error);
campaign_status cpn_weeks_read_limits(cpn_weeks_problem *problem, const campaign_promotion_weeks_inputs *inputs,
                                      const campaign_runtime *runtime, campaign_error *error);
campaign_status cpn_weeks_make_units(cpn_weeks_problem *problem, const campaign_table *items,
                                     const campaign_runtime *runtime, campaign_error *error);

campaign_status cpn_weeks_read_groups(cpn_weeks_problem *problem, const campaign_table *groups,
                                      const campaign_runtime *runtime, campaign_error *error);

campaign_status cpn_weeks_make_uses(cpn_weeks_problem *problem, campaign_error *error);

/* Money of an input must be that of the regular prices. */
campaign_status cpn_weeks_check_money(const cpn_weeks_problem *problem, const cpn_weeks_field *field,
                                      campaign_error *error);
/* Place of the week that a cell names; CAMPAIGN_E_UNKNOWN where it is not in the calendar. */
campaign_status cpn_weeks_find_week(int32_t *place, const cpn_weeks_problem *problem, const cpn_weeks_field *field,
                                    int64_t row, campaign_error *error);
/* Number of the quarter with that label, or -1. */
int32_t cpn_weeks_find_quarter(const cpn_weeks_problem *problem, int64_t label);

static inline const cpn_weeks_level *cpn_weeks_levels(const cpn_weeks_problem *problem, const cpn_weeks_item *item)
{
    return &problem->levels[item->first_level];
}

/* ---- Values ------------------------------------------------------------------------------------------------------ */

/* A choice in a week, with the factor that earlier prices put on demand. */
typedef struct cpn_weeks_act {
    int32_t choice;
    double factor;
} cpn_weeks_act;

typedef struct cpn_weeks_sale {
    double units;
    int64_t revenue, goods_cost, promotion_cost;
} cpn_weeks_sale;

/* What demand remembers: prices of the last weeks, CPN_WEEKS_DIGIT bits each, the latest lowest; and the reference price
 * as a share of the regular one. */
typedef struct cpn_weeks_history {
    uint64_t digits;
    double reference;
} cpn_weeks_history;

typedef struct cpn_weeks_edge {
    int32_t week, choice;
} cpn_weeks_edge;

/* Each returns false where an amount passes 2^52 minor units. */
bool cpn_weeks_sell(cpn_weeks_sale *sale, const cpn_weeks_problem *problem, int64_t item, int32_t week,
                    const cpn_weeks_act *act);
/* For the search: the worth of a sale, or with a reference price no less than that. */
bool cpn_weeks_value(int64_t *value, const cpn_weeks_problem *problem, int64_t item, int32_t week,
                     const cpn_weeks_act *act);
/* What a row of choices brings, one a week; NULL = no promotion at all. sales: member × week, or NULL. */
bool cpn_weeks_evaluate(int64_t *value, cpn_weeks_sale *sales, const cpn_weeks_problem *problem,
                        const cpn_weeks_unit *unit, const uint8_t *choices);
/* A sale by the objective. */
int64_t cpn_weeks_worth(const cpn_weeks_problem *problem, const cpn_weeks_sale *sale);

cpn_weeks_history cpn_weeks_start(const cpn_weeks_problem *problem, const cpn_weeks_unit *unit);
void cpn_weeks_advance(cpn_weeks_history *history, const cpn_weeks_problem *problem, const cpn_weeks_unit *unit,
                       int32_t choice);
double cpn_weeks_factor(const cpn_weeks_problem *problem, const cpn_weeks_unit *unit, int64_t item,
                        const cpn_weeks_history *history);

campaign_status cpn_weeks_build_graph(cpn_weeks_problem *problem, cpn_weeks_unit *unit, campaign_error *error);
/* Fills week × state × choice, and raises the limit; false where an amount is too large. */
bool cpn_weeks_fill_values(double *values, int64_t *value_limit, const cpn_weeks_problem *problem,
                           const cpn_weeks_unit *unit);
/* CAMPAIGN_E_OVERFLOW for a unit. */
campaign_status cpn_weeks_fail_size(const cpn_weeks_problem *problem, const cpn_weeks_unit *unit,
                                    campaign_error *error);

/* ---- One unit ---------------------------------------------------------------------------------------------------- */

/* Scratch memory of one thread, large enough for any unit. */
typedef struct cpn_weeks_search {
    double *left;    /* values to the end */
    double *charges; /* week × choice: what is taken off, scaled; INFINITY = barred */
    double *values;  /* of a unit that does not keep its own */
} cpn_weeks_search;

campaign_status cpn_weeks_open_search(cpn_weeks_search *search, const cpn_weeks_problem *problem,
                                      campaign_error *error);
void cpn_weeks_close_search(cpn_weeks_search *search);

/* The best choices under search->charges, one a week: their scaled value net of charges, or -INFINITY where nothing is
 * allowed. */
double cpn_weeks_best(uint8_t *choices, const cpn_weeks_search *search, const cpn_weeks_problem *problem,
                      const cpn_weeks_unit *unit);

/* Graphs, values, and the best of every unit alone; settles the scale. */
campaign_status cpn_weeks_prepare(cpn_weeks_problem *problem, uint8_t *choices, const campaign_runtime *runtime,
                                  campaign_error *error);

#endif
