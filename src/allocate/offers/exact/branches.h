/* Branch and bound for assignments: what its files share. */
#ifndef CPN_ALLOCATE_OFFERS_EXACT_BRANCHES_H
#define CPN_ALLOCATE_OFFERS_EXACT_BRANCHES_H

#include "allocate/offers/exact/assign.h"

/* An option was fixed for its customer, or forbidden. */
typedef struct cpn_offers_choice {
    int32_t option;
    bool is_fixing;
} cpn_offers_choice;

/* An option was taken at this level; what comes after it is left to do without it. */
typedef struct cpn_offers_branch {
    int64_t n_trail; /* changes that stood before */
    int32_t option;
} cpn_offers_branch;

typedef struct cpn_offers_branches {
    cpn_offers_assign *assign;
    cpn_offers_choice *trail;
    cpn_offers_branch *branches; /* a level each */
    double *prices;              /* level × customer: the best ones of the node that was split */
    double *costs;               /* of options */
    int32_t *only;               /* of customers: the one option left, or -1 */
    int64_t n_trail, depth;
} cpn_offers_branches;

void cpn_offers_branches_forbid(cpn_offers_branches *branches, int32_t option);
void cpn_offers_branches_fix(cpn_offers_branches *branches, int32_t option);
void cpn_offers_branches_undo(cpn_offers_branches *branches, int64_t n_trail);

/* Looks into the node as it stands; the option to branch on, or -1 where nothing above the threshold is left. */
int32_t cpn_offers_branches_look(cpn_offers_branches *branches, int32_t n_rounds);

#endif
