/* How offers are solved: multipliers on a set of customers, choices moved by exchanges, the answer, and its tables. */
#ifndef CPN_ALLOCATE_OFFERS_SOLVER_H
#define CPN_ALLOCATE_OFFERS_SOLVER_H

#include "allocate/offers/offers.h"

/* ---- Multipliers ------------------------------------------------------------------------------------------------- */

typedef struct cpn_offers_descent {
    const cpn_offers_problem *problem;
    const cpn_offers_set *set;
    const double *amounts; /* by row, cell units: what the set may use */
    double tau, last_tau;  /* widths of smoothing, first and smallest */
    double enough;         /* width at which it may end, once few are near a tie */
    double reach;          /* it ends where a multiplier × largest cost has moved by as much */
    int64_t n_iterations;  /* answered */
} cpn_offers_descent;

/* n customers, one of each stretch. */
campaign_status cpn_offers_sample(cpn_offers_set *set, const cpn_offers_problem *problem, int64_t n,
                                  campaign_error *error);
/* The margin that a share of a set's customers stays below. */
campaign_status cpn_offers_find_width(double *width, const cpn_offers_problem *problem, const cpn_offers_set *set,
                                      const double *multipliers, double share, campaign_error *error);
/* By how much a change of multipliers shifts scores of one customer against each other: root of the mean square. */
campaign_status cpn_offers_find_shift(double *shift, const cpn_offers_problem *problem, const cpn_offers_set *set,
                                      const double *from, const double *to, campaign_error *error);

/* Moves the multipliers to the least of the dual of a set. */
campaign_status cpn_offers_descend(double *multipliers, cpn_offers_descent *descent, campaign_error *error);

/* ---- Choices that keep the limits -------------------------------------------------------------------------------- */

/* The choices of a set, moved one exchange at a time; customers outside of it stay as the multipliers have them. */
typedef struct cpn_offers_state {
    const cpn_offers_problem *problem;
    const cpn_offers_set *set;
    const double *multipliers;
    double *scores;     /* by pair, at the multipliers */
    uint8_t *is_chosen; /* by pair of the set */
    int64_t *rest;      /* by row: amount - used, steps */
    double loss;        /* of all moves made */
} cpn_offers_state;

typedef struct cpn_offers_move {
    int64_t index;   /* customer of the set */
    int64_t out, in; /* pairs of the set, -1 = none */
    double loss;     /* at the multipliers */
    double rank;     /* what moves are sorted by */
} cpn_offers_move;

typedef struct cpn_offers_moves {
    cpn_offers_move *moves;
    int64_t n, room;
} cpn_offers_moves;

/* A row whose rest a move changes. */
typedef struct cpn_offers_change {
    int32_t row;
    int64_t steps; /* added to what is used */
} cpn_offers_change;

campaign_status cpn_offers_state_open(cpn_offers_state *state, const cpn_offers_problem *problem,
                                      const cpn_offers_set *set, const double *multipliers, const int64_t *used,
                                      campaign_error *error);
void cpn_offers_state_close(cpn_offers_state *state);
/* Changes of a move; returns their count, at most 2 × rows of a cell. changes has room for problem->most_changes. */
int32_t cpn_offers_changes(cpn_offers_change *changes, const cpn_offers_state *state, const cpn_offers_move *move);
void cpn_offers_apply(cpn_offers_state *state, const cpn_offers_move *move, const cpn_offers_change *changes,
                      int32_t n);
/* What a move adds to the value, in cell units. */
double cpn_offers_gain(const cpn_offers_state *state, const cpn_offers_move *move);
/* Whether a move is still open: what leaves is chosen, what comes is not and has room. */
bool cpn_offers_may_move(const cpn_offers_state *state, const cpn_offers_move *move);
/* Every exchange of one customer that its own limits allow. */
campaign_status cpn_offers_list_moves(cpn_offers_moves *moves, const cpn_offers_state *state, int64_t index,
                                      double most_loss);
bool cpn_offers_sort_moves(cpn_offers_moves *moves);

/* Makes every rest 0 or more; *is_kept is false where the set cannot. */
campaign_status cpn_offers_repair(bool *is_kept, cpn_offers_state *state, campaign_error *error);
/* Uses what is left, as long as the value grows. */
campaign_status cpn_offers_fill(cpn_offers_state *state, campaign_error *error);
/* What stands between the value and the bound: losses, and multipliers × rest. */
double cpn_offers_lost(const cpn_offers_state *state);

/* ---- Those who are not near a tie ---------------------------------------------------------------------------------- */

/* What everybody outside of a pass's core brings and uses. */
typedef struct cpn_offers_rest {
    const cpn_offers_problem *problem;
    double *multipliers, *prices; /* of the pass */
    int64_t *used;                /* by row, steps */
    double sum[2];                /* of scores, and its compensation */
    double size;                  /* of the largest sum that it was taken from */
    double width;                 /* what any exchange of theirs loses at least */
    double score_error;
} cpn_offers_rest;

campaign_status cpn_offers_rest_open(cpn_offers_rest *rest, const cpn_offers_problem *problem, campaign_error *error);
void cpn_offers_rest_close(cpn_offers_rest *rest);
/* From a pass that was just made. */
campaign_status cpn_offers_rest_take(cpn_offers_rest *rest, const cpn_offers_scan *scan, const double *multipliers,
                                     campaign_error *error);
/* Bound and used of that pass at other multipliers, where it is sure that nobody else changes; otherwise it leaves them. */
campaign_status cpn_offers_rest_look(bool *is_sure, cpn_offers_scan *scan, const cpn_offers_rest *rest,
                                     const double *multipliers, campaign_error *error);

/* ---- Solving ----------------------------------------------------------------------------------------------------- */

/* Customers who do not get what the multipliers choose for them. */
typedef struct cpn_offers_override {
    int32_t customer;
    int64_t first, n; /* in override_offers */
} cpn_offers_override;

typedef struct cpn_offers_answer {
    double *multipliers;      /* the choices are those at them, but for the overrides */
    double *best_multipliers; /* of the bound, which are reported */
    double bound;             /* cell units */
    double value;
    int64_t n_overrides;
    cpn_offers_override *overrides; /* by customer */
    int32_t *override_offers;
    double *override_shares; /* NULL = all are whole */
    double *share_used;      /* by row, cell units: what the shares use; NULL = they are whole */
    int32_t n_passes;
    int64_t n_nodes;
    bool is_proven; /* by search */
    int64_t n_choices, n_served;
    int64_t *used;         /* by row, steps */
    int64_t *offer_counts; /* by offer */
    double *offer_values;  /* cell units */
} cpn_offers_answer;

campaign_status cpn_offers_solve(cpn_offers_answer *answer, const cpn_offers_problem *problem, campaign_error *error);
void cpn_offers_answer_free(cpn_offers_answer *answer);
/* Small problems by search: takes its choices where they are no worse, and its bound where it is lower. */
campaign_status cpn_offers_search(cpn_offers_answer *answer, const cpn_offers_problem *problem, campaign_error *error);
/* The linear problem in shares, in place of all else. */
campaign_status cpn_offers_solve_shares(cpn_offers_answer *answer, const cpn_offers_problem *problem,
                                        campaign_error *error);
/* Adds what the choices of a state use, by row. */
void cpn_offers_use_chosen(int64_t *used, const cpn_offers_state *state);
/* Keeps the choices of a state as overrides of an answer. */
campaign_status cpn_offers_keep(cpn_offers_answer *answer, const cpn_offers_state *state, campaign_error *error);

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

campaign_status cpn_offers_write(campaign_table **choices, cpn_offers_answer *answer, const cpn_offers_problem *problem,
                                 campaign_error *error);
campaign_status cpn_offers_report(campaign_allocate_offers_report *report, const cpn_offers_answer *answer,
                                  const cpn_offers_problem *problem, campaign_error *error);

#endif
