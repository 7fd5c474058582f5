/* What the files that check a budget's rules share: bounds of groups, and the question whether rules can hold together. */
#ifndef CPN_ALLOCATE_SPEND_CHECK_H
#define CPN_ALLOCATE_SPEND_CHECK_H

#include "allocate/budget/spend.h"

/* Rules that are asked about together. Place 0 of lower and upper is what stands in no group, place g + 1 the items of
 * group g itself, without those of its children. */
typedef struct cpn_spend_rules {
    const cpn_spend_book *book;
    double *lower, *upper; /* sums over the items of each place */
    bool *has_items;       /* of each place */
    bool *holds;           /* of each limit */
    double *low, *high;    /* scratch of the same size as lower */
} cpn_spend_rules;

/* Whether some spends keep all the rules that hold. Exact for whole minor units in a tree; where shares of groups hold,
 * to 1e-9 of the largest amount. */
campaign_status cpn_spend_holds(bool *is_possible, const cpn_spend_rules *rules, campaign_error *error);

/* The same by linear programming, for shares of groups. */
campaign_status cpn_spend_holds_linear(bool *is_possible, const cpn_spend_rules *rules, campaign_error *error);

/* Whether a limit ties the spend of a group to that of another. */
static inline bool cpn_spend_is_ratio(const cpn_spend_limit *limit)
{
    return limit->kind >= CPN_SPEND_LIMIT_SHARE && limit->of != CPN_SPEND_AVAILABLE;
}

/* Some of the rules of a book. */
typedef struct cpn_spend_conflict {
    bool *limits; /* of each limit */
    bool *lowers; /* of each item */
    bool *uppers;
} cpn_spend_conflict;

/* Of rules that cannot all hold, some that cannot, each of them needed. */
campaign_status cpn_spend_find_conflict(cpn_spend_conflict *conflict, const cpn_spend_book *book,
                                        campaign_error *error);
void cpn_spend_conflict_free(cpn_spend_conflict *conflict);

/* CAMPAIGN_E_INFEASIBLE with the rules of a conflict. */
campaign_status cpn_spend_refuse(const cpn_spend_book *book, const cpn_spend_conflict *conflict, campaign_error *error);

/* Opens rules over the items' own bounds with every limit in force; frees them. */
campaign_status cpn_spend_rules_open(cpn_spend_rules *rules, const cpn_spend_book *book, campaign_error *error);
void cpn_spend_rules_close(cpn_spend_rules *rules);

#endif
