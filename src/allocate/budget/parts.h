/* How spends over response curves are searched: envelopes of single items, prices on a tree of groups, rows beyond the
 * tree, and the parts of the search. Inside the solver only; others include solver.h. */
#ifndef CPN_ALLOCATE_SPEND_PARTS_H
#define CPN_ALLOCATE_SPEND_PARTS_H

#include <float.h>

#include "allocate/budget/solver.h"

/* A part of a unit that is none: shares of whole units are products of rounded numbers. */
#define CPN_SPEND_UNIT_NEAR 1e-6

/* ---- One item ---------------------------------------------------------------------------------------------------- */

/* A stretch of a curve that bends one way throughout, in the curve's own spend (without opening cost). */
typedef struct cpn_spend_piece {
    double to;          /* where it ends; it begins where the one before ends, or at 0 */
    int32_t is_concave; /* or convex; straight is both, and said to be convex, as its ends are all that matters */
    int32_t reserved;
} cpn_spend_piece;

/* A stretch of an item's concave envelope. */
typedef struct cpn_spend_leg {
    double from, to;  /* spends */
    double high, low; /* prices, value a unit, at which from is left and to is reached; equal on a chord */
    int32_t is_arc;   /* bent, the curve itself; else a chord, bought at one price */
    int32_t is_exact; /* all of it is allowed and brings what the envelope says: arcs, straight stretches */
} cpn_spend_leg;

/* An item in the search, with the spends that are open to it in the present part of it. */
typedef struct cpn_spend_seat {
    const cpn_spend_item *item;
    double low, high; /* spends allowed in this part of the search; low is allowed itself */
    double root_low, root_high;
    double slack; /* no more than this is the item's value above its envelope */
    cpn_response_hint hint;
    int64_t first_leg, first_piece;
    int32_t n_legs, n_pieces;   /* no pieces: one curve that knows its inflection */
    int32_t first_open, n_open; /* legs that may be used; all, or one where the choice is frozen */
    int32_t group;              /* in the tree's order */
    int64_t before, after;      /* the seats with the very same item beside it, or -1 */
} cpn_spend_seat;

/* What an item takes at a price: between least and most, which differ only at the price of a chord. */
typedef struct cpn_spend_demand {
    double least, most;
    double turn; /* d spend / d price, ≤ 0, where it moves */
} cpn_spend_demand;

/* A whole problem's curves, cut in pieces. */
typedef struct cpn_spend_curves {
    const cpn_spend_problem *problem;
    cpn_spend_piece *pieces;
    int64_t n_pieces, capacity;
} cpn_spend_curves;

/* Cuts the curves of an item that has several, or a piecewise linear one. CAMPAIGN_E_NOMEM. */
campaign_status cpn_spend_cut(cpn_spend_seat *seat, cpn_spend_curves *curves);

/* Spend at which value × slope is price, on a concave stretch of the item, from ≤ to; curvature there where it comes by
 * the way, or NAN. On a stretch that falls short of the price, or passes it, one of its ends. */
double cpn_spend_at_price(const cpn_spend_problem *problem, cpn_spend_seat *seat, const double stretch[2], double price,
                          double *curvature);

/* The slope a little to the right (side 1) or left (-1) of a spend, which may be a corner. */
double cpn_spend_slope_within(const cpn_spend_problem *problem, const cpn_spend_seat *seat, double spend, int32_t side);

/* Whether not all spends from 0 on are allowed. */
static inline bool cpn_spend_has_gap(const cpn_spend_item *item)
{
    return item->opening_cost > 0 || item->minimum_if_open > 0 || item->step > 0;
}

/* Whether a spend is open to the item: not between closed and open, whole steps. */
bool cpn_spend_is_allowed(const cpn_spend_item *item, double spend);
/* The nearest allowed spend at most, and at least; at_most is -1 where there is none. */
double cpn_spend_allowed_below(const cpn_spend_item *item, double spend);
double cpn_spend_allowed_above(const cpn_spend_item *item, double spend);

/* Least and most that the open legs allow. */
double cpn_spend_least(const cpn_spend_seat *seat, const cpn_spend_leg *legs);
double cpn_spend_most(const cpn_spend_seat *seat, const cpn_spend_leg *legs);

/* Legs that an item can need at most. */
int32_t cpn_spend_most_legs(const cpn_spend_seat *seat);
/* Builds the envelope on [low, high]; scratch has room for as many parts as legs. */
void cpn_spend_build_legs(cpn_spend_seat *seat, cpn_spend_leg *legs, const cpn_spend_curves *curves);

cpn_spend_demand cpn_spend_take(const cpn_spend_problem *problem, cpn_spend_seat *seat, const cpn_spend_leg *legs,
                                double price);
/* Net worth of a spend, with all that rounding can have lost of it; is_inside: and all that a better spend nearby can bring,
 * where the curve bends down. */
double cpn_spend_net_worth(const cpn_spend_problem *problem, const cpn_spend_item *item, double spend, double price,
                           bool is_inside);
/* No allowed spend brings more than this, net of price. */
double cpn_spend_worth(const cpn_spend_problem *problem, cpn_spend_seat *seat, const cpn_spend_leg *legs, double price);
/* The envelope's value at a spend, at least the curve's own. */
double cpn_spend_envelope(const cpn_spend_problem *problem, const cpn_spend_seat *seat, const cpn_spend_leg *legs,
                          double spend);

/* ---- The tree ---------------------------------------------------------------------------------------------------- */

/* Two prices on either side of the one at which a group meets a bound: at least what is asked for at low_price, at most
 * that at high_price. */
typedef struct cpn_spend_bracket {
    double low_price, high_price;
} cpn_spend_bracket;

typedef struct cpn_spend_node {
    int32_t parent, end;            /* its subtree is itself to end - 1 */
    int32_t group;                  /* in the problem */
    int32_t first_chunk, end_chunk; /* of its own items */
    int64_t first_seat, end_seat;   /* of its own items; those of its subtree go on to the end_seat of end - 1 */
    double minimum, maximum;
    double least, most;          /* that its subtree can spend, within bounds */
    double offset;               /* added to the price where one enters the group */
    bool has_cap, has_base;      /* whether the bounds can bind */
    cpn_spend_bracket cap, base; /* prices inside, at which the total is maximum, minimum */
    double hint_cap, hint_base;
    double price;                   /* inside; of the present round */
    int32_t held;                   /* 1 at maximum, -1 at minimum, 0 free: of the present round */
    double total, total_most, turn; /* of the present round */
    double multiplier;
    cpn_spend_bracket pair; /* prices between which what it gets is filled up */
    double wanted;          /* what it gets */
} cpn_spend_node;

typedef struct cpn_spend_chunk {
    int64_t first, end; /* seats */
    int32_t node, reserved;
    double least, most, turn; /* sums of the last round */
} cpn_spend_chunk;

/* Rows beyond the tree: ratios, and the target. Row r asks for residual ≤ 0, or = 0. */
typedef struct cpn_spend_row {
    int32_t ratio;    /* of the problem, or -1 for the target */
    int32_t is_equal; /* multiplier of any sign */
    int32_t node, of_node;
    double sign, share; /* residual = sign × (spend(node) - share × spend(of_node)) */
} cpn_spend_row;

typedef struct cpn_spend_search {
    const cpn_spend_problem *problem;
    const campaign_runtime *runtime;
    cpn_spend_curves curves;
    void *memory;          /* of all arrays but items, pieces and legs */
    int32_t *place;        /* of each group: its node; and room to find that out */
    int64_t *counts;       /* of each node and one more: scratch */
    cpn_spend_item *items; /* own copies, or NULL */
    cpn_spend_seat *seats; /* in the order of the tree, then of the problem */
    int64_t *order;        /* item of each seat */
    cpn_spend_leg *legs;
    cpn_spend_node *nodes;
    cpn_spend_chunk *chunks;
    cpn_spend_row *rows;
    double *multipliers;      /* of each row */
    double *kept_multipliers; /* of each row: while plans are made */
    double *spends;           /* of each seat: relaxed, between points of chords too */
    double *relaxed;          /* of each seat: those of the part, while plans are made in spends */
    double *plan;             /* of each seat: a plan that keeps all rules, or is about to */
    double *best;             /* of each seat */
    double *mix;              /* of each seat: scratch */
    double *turns;            /* of each seat: d spend / d price of the last filling */
    int64_t n_seats;
    int32_t n_nodes, n_chunks, n_rows;
    double factor, base; /* of values, and the price of any spend, before groups */
    double bound;        /* of the present part */
    double size;         /* |bound| of the last part, beside which values are small */
    double tiny;         /* of the objective: next to nothing beside all that the items could bring, or spend */
    double usual;        /* value a unit of spend, where all is spent: what prices are like */
    double best_value;   /* -INFINITY where there is no plan yet */
    double least_value;  /* no plan has less: a part whose bound is below it is empty */
    double stop;         /* a part is done with as soon as its bound is no more than this */
    double *sides[2];    /* of each seat: relaxed spends on either side of a row's multiplier */
    int32_t broken;      /* node that cannot be kept, or -1 - row */
    bool is_frozen;      /* open legs are chosen: what is found is a plan, and no bound */
    double *best_prices; /* of each node, of the bound at the root of the search */
    double *root_multipliers, *root_rows;
    int64_t n_iterations, n_parts;
    int64_t n_counts, n_counted_out; /* parts whose items were counted; those of them that were closed by it */
    int32_t extra_units;             /* beyond the whole ones of a plan, where rounding has cost it its target */
    bool is_searched;                /* no part waits */
    double gap_goal;
} cpn_spend_search;

/* Sums of what the subtree of node takes where its own items see price; nodes below it are held by their brackets. */
campaign_status cpn_spend_total(cpn_spend_search *search, int32_t node, double price, campaign_error *error);
/* The same estimated from every stride-th seat. */
campaign_status cpn_spend_total_of_some(cpn_spend_search *search, int32_t node, double price, int32_t stride,
                                        campaign_error *error);
/* Brackets the price at which the node's total is target; hint is a price near it or NAN, and becomes one. */
campaign_status cpn_spend_find_price(cpn_spend_bracket *bracket, double *hint, cpn_spend_search *search, int32_t node,
                                     double target, campaign_error *error);
/* Brackets of all groups, from the leaves up, at the offsets that the nodes have. */
campaign_status cpn_spend_settle(cpn_spend_search *search, campaign_error *error);
/* After that: prices from the root down and spends filled up to what each group has. */
campaign_status cpn_spend_fill(cpn_spend_search *search, campaign_error *error);
/* The dual's value at the prices, rounded up so far that no plan passes it. */
campaign_status cpn_spend_dual(cpn_spend_search *search, double *dual, campaign_error *error);
/* Least and most of each node from the seats' legs; false where a group's bounds cannot be kept, node tells which. */
bool cpn_spend_can_keep(cpn_spend_search *search, int32_t *node);

/* ---- Rows, parts ------------------------------------------------------------------------------------------------- */

/* Relaxed spends and bound of the present part under all rows. is_empty tells that nothing fits (no error is set);
 * broken is then the node that cannot be kept, or -1 - row. */
campaign_status cpn_spend_relax(cpn_spend_search *search, bool *is_empty, campaign_error *error);
/* Where there is one row: its multiplier by brackets. Several: by cutting planes. */
campaign_status cpn_spend_relax_one(cpn_spend_search *search, bool *is_empty, campaign_error *error);
campaign_status cpn_spend_relax_many(cpn_spend_search *search, bool *is_empty, campaign_error *error);

/* Whether the present part's bound, of rounds so far, says that it holds nothing better; or nothing at all. */
bool cpn_spend_is_closed(const cpn_spend_search *search, double bound);

/* One round at the multipliers: spends, the dual's value and what each row misses by (residuals, of each row). */
campaign_status cpn_spend_price_rows(cpn_spend_search *search, double *dual, double *residuals, campaign_error *error);
/* What the two sides of a row amount to, beside which residuals are small. */
double cpn_spend_row_size(const cpn_spend_search *search, int32_t row);
/* A residual that is nothing beside the whole budget. */
double cpn_spend_row_near(const cpn_spend_search *search, int32_t row);
/* What an exact share may miss in whole units: less than one, so that it is rounded down or up; otherwise 0. */
static inline double cpn_spend_row_slack(const cpn_spend_search *search, int32_t row)
{
    const bool is_rounded = search->rows[row].ratio >= 0 && search->rows[row].is_equal;
    return is_rounded ? search->problem->unit * (1 - CPN_SPEND_UNIT_NEAR) : 0;
}
/* In whole units: what rounding leaves of the product of a share and a total of units. */
double cpn_spend_unit_near(const cpn_spend_search *search, int32_t row, const double *spends);
/* Residual of a row at any spends, with values of curves or of envelopes. */
double cpn_spend_residual(const cpn_spend_search *search, int32_t row, const double *spends, bool is_envelope);
double cpn_spend_group_total(const cpn_spend_search *search, int32_t node, const double *spends);
double cpn_spend_response_of(const cpn_spend_search *search, const double *spends, bool is_envelope);

/* Value of the objective, to be made large (least spend: less than 0), by curves or by their envelopes. */
double cpn_spend_objective_of(const cpn_spend_search *search, const double *spends, bool is_envelope);

enum { CPN_SPEND_MOST_COUNTED = 256 };

/* Lowers the present part's bound by counting its items beyond their convex stretch, and offers their plans; price is the
 * budget's in the part. Does nothing where several budgets or rows bind, or envelopes leave few choices open. */
campaign_status cpn_spend_count(cpn_spend_search *search, double price, campaign_error *error);

/* Bounds up to this hold nothing better than the best plan, as near as asked for. */
double cpn_spend_cutoff(const cpn_spend_search *search);

/* Takes the spends as a plan where they keep all rules after mending and are the best so far. */
campaign_status cpn_spend_offer(cpn_spend_search *search, const double *spends, campaign_error *error);

/* Plans near the relaxed spends; the best is kept. */
campaign_status cpn_spend_round(cpn_spend_search *search, campaign_error *error);

/* Makes a plan of spends near those that keep all rules, in place: allowed spends, whole units, sums within bounds. */
campaign_status cpn_spend_mend(cpn_spend_search *search, double *spends, campaign_error *error);
/* Whether spends keep all rules, up to rounding. */
bool cpn_spend_keeps_rules(const cpn_spend_search *search, const double *spends);
/* Whole units near the spends, in place; then single units moved until shares of groups hold too. */
campaign_status cpn_spend_to_units(cpn_spend_search *search, double *spends, campaign_error *error);
campaign_status cpn_spend_keep_units(cpn_spend_search *search, double *spends, campaign_error *error);

/* Searches until bound and best are as near as asked for, or the node limit is reached; bound is that of all parts. */
campaign_status cpn_spend_branch(cpn_spend_search *search, campaign_error *error);

/* Opens the search of a checked problem, seats in the order of the tree. */
campaign_status cpn_spend_open(cpn_spend_search *search, const cpn_spend_problem *problem,
                               const campaign_runtime *runtime, campaign_error *error);
void cpn_spend_close(cpn_spend_search *search);
/* Rows of the problem, place[group] being its node; then, once it is known what is open, only those that can bind. */
void cpn_spend_place_rows(cpn_spend_search *search, const int32_t *place);
void cpn_spend_drop_rows(cpn_spend_search *search);
/* No plan's objective is less than this; most_spend is in all. */
double cpn_spend_least_value(const cpn_spend_search *search, double most_spend);
campaign_status cpn_spend_check(const cpn_spend_problem *problem, campaign_error *error);
/* Builds the legs of one seat anew. */
void cpn_spend_reseat(cpn_spend_search *search, int64_t seat);
/* Fills an answer from the search's best plan. */
campaign_status cpn_spend_tell(cpn_spend_answer *answer, cpn_spend_search *search, campaign_error *error);

/* Sums of many numbers of any size, without loss (Neumaier 1974). */
typedef struct cpn_spend_sum {
    double sum, rest;
} cpn_spend_sum;

static inline void cpn_spend_add(cpn_spend_sum *to, double x)
{
    const double sum = to->sum + x;
    const double a = to->sum < 0 ? -to->sum : to->sum, b = x < 0 ? -x : x;
    to->rest += a >= b ? (to->sum - sum) + x : (x - sum) + to->sum;
    to->sum = sum;
}

static inline double cpn_spend_sum_of(const cpn_spend_sum *sum)
{
    return sum->sum + sum->rest;
}

#endif
