/* Small problems as plain numbers: customers one after the other with their pairs, and each pair with its uses. */
#ifndef CPN_ALLOCATE_OFFERS_SMALL_H
#define CPN_ALLOCATE_OFFERS_SMALL_H

#include "allocate/offers/exact/exact.h"
#include "allocate/offers/solver.h"

enum { CPN_OFFERS_SMALL_PAIRS = 100000 }; /* most of a problem that is solved exactly, whole or in shares */

/* The problem as the exact solver takes it, and what it lies in. */
typedef struct cpn_offers_small_problem {
    cpn_offers_small small;
    int64_t *starts, *use_starts;
    int32_t *offers, *use_rows, *least, *most;
    double *values, *use_costs, *capacities;
} cpn_offers_small_problem;

campaign_status cpn_offers_small_fill(cpn_offers_small_problem *made, const cpn_offers_problem *problem,
                                      campaign_error *error);
/* Solves what was filled in. What cannot be is told of the tables that the problem comes from. */
campaign_status cpn_offers_small_solve(cpn_offers_exact_answer *found, const cpn_offers_small_problem *made,
                                       const cpn_offers_problem *problem, campaign_error *error);
void cpn_offers_small_free(cpn_offers_small_problem *made);
/* Takes what is chosen of every customer (shares above least_share) as an override. */
campaign_status cpn_offers_small_take(cpn_offers_answer *answer, const cpn_offers_small_problem *made,
                                      const cpn_offers_exact_answer *found, double least_share, campaign_error *error);

#endif
