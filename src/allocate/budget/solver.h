/* The best spends over response curves, with a proof: the problem in numbers, and its answer. No tables, keys or words
 * here; those who read and write them call this. */
#ifndef CPN_ALLOCATE_SPEND_SOLVER_H
#define CPN_ALLOCATE_SPEND_SOLVER_H

#include "base/response.h"

/* ---- The problem -------------------------------------------------------------------------------------------------- */

/* What is spent on: its response is the weighted sum of its curves. */
typedef struct cpn_spend_item {
    int64_t first_curve, n_curves; /* n_curves ≥ 1 */
    double value;                  /* ≥ 0, of one response */
    double minimum, maximum;       /* 0 ≤ minimum ≤ maximum; INFINITY where there is none */
    double opening_cost;           /* ≥ 0: paid first out of any spend > 0; the curves see the rest */
    double minimum_if_open;        /* ≥ 0: spend, opening cost included, is 0 or at least that */
    double step;                   /* ≥ 0: spend is a whole multiple of it; 0: any */
    int32_t group;                 /* the innermost group that it belongs to */
    int32_t reserved;
} cpn_spend_item;

/* Items and groups that stand together. Group 0 is the root: everything, its maximum is the budget. */
typedef struct cpn_spend_group {
    int32_t parent; /* before its children; -1 for the root */
    int32_t reserved;
    double minimum, maximum; /* of the spends in it; 0 and INFINITY where there is none */
} cpn_spend_group;

/* low × spend(of_group) ≤ spend(group) ≤ high × spend(of_group); low = high for an exact share. */
typedef struct cpn_spend_ratio {
    int32_t group, of_group;
    double low, high; /* 0 and INFINITY where there is none */
} cpn_spend_ratio;

typedef enum cpn_spend_objective {
    CPN_SPEND_RESPONSE,    /* most value × response */
    CPN_SPEND_PROFIT,      /* most value × response - spend */
    CPN_SPEND_LEAST_SPEND, /* least spend that brings value × response ≥ target */
    CPN_SPEND_MARGINAL,    /* spend as long as one more unit brings target: most value × response - target × spend */
    CPN_SPEND_AVERAGE      /* most value × response where it is at least target × spend */
} cpn_spend_objective;

typedef struct cpn_spend_problem {
    const cpn_spend_item *items;
    const cpn_response *curves; /* checked by cpn_response_check */
    const double *weights;      /* of each curve, any sign; NULL: all 1 */
    const cpn_spend_group *groups;
    const cpn_spend_ratio *ratios;
    int64_t n_items, n_curves;
    int32_t n_groups, n_ratios; /* n_groups ≥ 1 */
    double unit;                /* > 0: all spends are whole multiples of it, and bounds of items and groups are kept to
                                   the unit; 0: real numbers */
    int32_t objective;          /* cpn_spend_objective */
    int32_t node_limit;         /* 0: a default */
    double target;              /* of the objectives that have one */
    double gap_goal;            /* relative; 0: 1e-9 */
} cpn_spend_problem;

/* ---- The answer --------------------------------------------------------------------------------------------------- */

/* What keeps an item where it is. */
typedef enum cpn_spend_place {
    CPN_SPEND_INTERIOR,        /* its marginal is the price it sees */
    CPN_SPEND_AT_MINIMUM,      /* it would get less */
    CPN_SPEND_AT_MAXIMUM,      /* it would take more */
    CPN_SPEND_CLOSED,          /* nothing: not worth its beginning */
    CPN_SPEND_AT_OPEN_MINIMUM, /* open, at the least an open one needs */
    CPN_SPEND_ON_STEP,         /* between two steps it would be better off */
    CPN_SPEND_AT_CORNER,       /* of a piecewise linear curve, or where the curve bears no more */
    CPN_SPEND_FIXED            /* minimum = maximum */
} cpn_spend_place;

typedef struct cpn_spend_answer {
    void *memory;         /* of all arrays */
    double *spends;       /* of each item, exact multiples of unit */
    double *responses;    /* of each item: the weighted sum of its curves */
    double *marginals;    /* of each item: value × what one more unit brings; INFINITY possible at 0 */
    double *prices;       /* of each item: what one unit must bring there under all constraints */
    int32_t *places;      /* of each item: cpn_spend_place */
    double *group_spends; /* of each group */
    double
        *group_multipliers; /* of each group: one more unit of maximum brings that (> 0), of minimum costs it (< 0) */
    double *ratio_multipliers; /* of each ratio: as if its right side were one unit more; > 0 high binds, < 0 low */
    double target_multiplier;  /* one more of target costs that much of the objective (least spend, average) */
    double value;              /* of the objective */
    double bound;              /* no answer is better: above value; below it for least spend */
    double small;              /* 1e-5 of what all items could bring; least spend: 1e-9 of what they could spend */
    double gap;                /* |bound - value| / max(|bound|, small) */
    double spend, response;    /* totals; response is value × response */
    int32_t status;            /* CAMPAIGN_CERTIFICATE_OPTIMAL where gap ≤ gap_goal, or _BOUND */
    int32_t reserved;
    int64_t n_nodes;      /* parts of the search beyond the first */
    int64_t n_iterations; /* rounds of prices in all */
} cpn_spend_answer;

/* Solves. The answer is filled only on success; free it with cpn_spend_answer_free.
 * CAMPAIGN_E_VALUE (row = item) · CAMPAIGN_E_ARGUMENT (groups, ratios, knobs) · CAMPAIGN_E_INFEASIBLE (where names the
 * first group[i], ratio[i] or "target" that cannot be kept; row its index) · CAMPAIGN_E_LIMIT (nothing found within the
 * node limit) · CAMPAIGN_E_NOMEM · CAMPAIGN_E_CANCELLED. Same bytes for any number of threads. */
campaign_status cpn_spend_solve(cpn_spend_answer *answer, const cpn_spend_problem *problem,
                                const campaign_runtime *runtime, campaign_error *error);
void cpn_spend_answer_free(cpn_spend_answer *answer);

/* Response of one item at a spend, opening cost taken off; what all sums are made of. */
cpn_response_look cpn_spend_look(const cpn_spend_problem *problem, const cpn_spend_item *item, double spend);

#endif
