/* How a calendar of all units is searched: multipliers and bound, plans within the limits, and what is said of them. */
#ifndef CPN_PLAN_WEEKS_SOLVER_H
#define CPN_PLAN_WEEKS_SOLVER_H

#include "plan/weeks/weeks.h"

/* ---- Rows nearly as good as the best ----------------------------------------------------------------------------- */

typedef struct cpn_weeks_owner {
    const cpn_weeks_problem *problem;
    const cpn_weeks_unit *unit;
} cpn_weeks_owner;

/* Where a walk through a unit's graph stands; the counts are promotions left. */
typedef struct cpn_weeks_place {
    int32_t week, state, quarterly, total;
} cpn_weeks_place;

cpn_weeks_place cpn_weeks_first_place(const cpn_weeks_unit *unit);
/* Takes one choice, after a search: what it brings net of charges, and the best of the rest. False where it is barred;
 * the place is then unchanged. */
bool cpn_weeks_follow(cpn_weeks_place *at, double *worth, double *rest, const cpn_weeks_search *search,
                      const cpn_weeks_owner *owner, int32_t choice);

typedef struct cpn_weeks_rows {
    uint8_t *choices; /* row × week */
    double *losses;   /* scaled, against the unit's best net of charges */
    int64_t n, capacity;
} cpn_weeks_rows;

typedef struct cpn_weeks_slack {
    double best;      /* of the search, weeks before the first free choice apart */
    double most_loss; /* rows that lose more are not listed */
    int64_t most_rows;
} cpn_weeks_slack;

/* Adds all rows of a unit within the slack. CAMPAIGN_E_LIMIT where there are too many, CAMPAIGN_E_NOMEM. */
campaign_status cpn_weeks_list(cpn_weeks_rows *rows, const cpn_weeks_search *search, const cpn_weeks_owner *owner,
                               const cpn_weeks_slack *slack);

/* ---- All units --------------------------------------------------------------------------------------------------- */

/* A calendar of all units. */
typedef struct cpn_weeks_plans {
    uint8_t *choices; /* unit × week */
    int64_t *values;  /* of each unit, minor units */
    int64_t *used;    /* of each limit */
    int64_t total;
} cpn_weeks_plans;

/* Everything the search for a calendar knows. */
typedef struct cpn_weeks_solver {
    const cpn_weeks_problem *problem;
    const campaign_runtime *runtime;
    double *multipliers;      /* of each limit, whole numbers: scaled units a slot, or 2^-20 of them a minor unit */
    double *best_multipliers; /* those of the bound */
    uint8_t *alone;           /* unit × week: the best of each, had it all limits to itself */
    uint8_t *relaxed;         /* unit × week: choices under the multipliers, limits ignored */
    double *worths;           /* of each unit: its value net of charges */
    cpn_weeks_plans best, trial;
    double *direction, *weights; /* of each limit: where multipliers move, and a usual amount of use */
    uint8_t *row;                /* four rows of choices */
    int64_t *keys, *order;       /* units in the order in which they are fitted */
    int64_t bound;               /* scaled: no calendar brings more */
    int32_t n_iterations;
} cpn_weeks_solver;

/* What one limit takes for an amount: never more than multiplier × amount, a whole number. */
double cpn_weeks_price(const cpn_weeks_problem *problem, int32_t family, double multiplier, int64_t amount);

/* Charges of one unit: what is barred, multipliers, and where used is given what no longer fits. */
void cpn_weeks_charge(double *charges, const cpn_weeks_problem *problem, const cpn_weeks_unit *unit,
                      const double *multipliers, const int64_t *used);

/* Adds what a unit's choices use, sign times, to used. */
void cpn_weeks_add_use(int64_t *used, const cpn_weeks_problem *problem, int64_t unit, const uint8_t *choices,
                       int32_t sign);

/* One round at solver->multipliers: relaxed, worths and the bound, which is kept where it is the best. */
campaign_status cpn_weeks_price_round(cpn_weeks_solver *solver, int64_t *bound, campaign_error *error);
/* Forced weeks only; CAMPAIGN_E_INFEASIBLE where even they pass a limit. */
campaign_status cpn_weeks_force(cpn_weeks_plans *plans, const cpn_weeks_problem *problem, campaign_error *error);
/* The best choices that fit beside used, which is without the unit and stays as it is; false where none was found. */
bool cpn_weeks_find_fitting(uint8_t *choices, const cpn_weeks_search *search, const cpn_weeks_solver *solver, int64_t u,
                            const double *multipliers, int64_t *used);
/* Improves best by pairs of units. */
campaign_status cpn_weeks_swap(cpn_weeks_solver *solver, const cpn_weeks_search *search, campaign_error *error);
/* Whether what is used of a unit's limits is within them. */
bool cpn_weeks_fits(const cpn_weeks_problem *problem, int64_t unit, const int64_t *used);
campaign_status cpn_weeks_repair(cpn_weeks_solver *solver, const cpn_weeks_search *search, const double *multipliers,
                                 campaign_error *error);
/* Tries all calendars within the gap, where they are few: best and bound meet then. Otherwise leaves things as they are,
 * or better. */
campaign_status cpn_weeks_close_gap(cpn_weeks_solver *solver, const cpn_weeks_search *search, campaign_error *error);

/* Fills best, bound and best_multipliers; solver has nothing but its runtime. */
campaign_status cpn_weeks_solve(cpn_weeks_solver *solver, cpn_weeks_problem *problem, campaign_error *error);
void cpn_weeks_solver_free(cpn_weeks_solver *solver);

/* ---- Results ----------------------------------------------------------------------------------------------------- */

campaign_status cpn_weeks_write(campaign_table **calendar, const cpn_weeks_solver *solver, campaign_error *error);
campaign_status cpn_weeks_report(campaign_promotion_weeks_report *report, const cpn_weeks_solver *solver,
                                 campaign_error *error);

campaign_status cpn_weeks_write_limits(campaign_table **limits, const cpn_weeks_solver *solver, campaign_error *error);
campaign_status cpn_weeks_write_notes(campaign_table **notes, const cpn_weeks_solver *solver, campaign_error *error);

typedef enum cpn_weeks_saying {
    CPN_WEEKS_SAY_BEST,
    CPN_WEEKS_SAY_SHARED,
    CPN_WEEKS_SAY_SHARED_WEEK,
    CPN_WEEKS_SAY_CROWDED_OUT,
    CPN_WEEKS_SAY_NO_GAIN,
    CPN_WEEKS_SAY_NO_DEMAND,
    CPN_WEEKS_SAY_BARRED,
    CPN_WEEKS_SAY_SLOT,
    CPN_WEEKS_SAY_SLOT_IN,
    CPN_WEEKS_SAY_PROMOTION,
    CPN_WEEKS_SAY_PROMOTION_IN,
    CPN_WEEKS_SAY_BUDGET,
    CPN_WEEKS_SAY_BUDGET_IN,
    CPN_WEEKS_SAY_ROOM,
    CPN_WEEKS_SAY_LOSS,
    CPN_WEEKS_SAY_EMPTY,
    CPN_WEEKS_SAY_REFERENCE,
    CPN_WEEKS_SAY_ROUNDS
} cpn_weeks_saying;

enum { CPN_WEEKS_SENTENCE = 384, CPN_WEEKS_WORDS = 5 };

/* The sentence with its words, in the language asked for. */
void cpn_weeks_say(char sentence[CPN_WEEKS_SENTENCE], const cpn_weeks_problem *problem, cpn_weeks_saying saying,
                   const char *const words[CPN_WEEKS_WORDS]);

/* The bound in minor units. */
static inline int64_t cpn_weeks_bound(const cpn_weeks_solver *solver)
{
    const int64_t scale = INT64_C(1) << solver->problem->scale_bits;
    return solver->bound / scale - (solver->bound % scale < 0);
}

#endif
