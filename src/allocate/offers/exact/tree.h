/* The tree of branch and bound: what its files share. */
#ifndef CPN_ALLOCATE_OFFERS_EXACT_TREE_H
#define CPN_ALLOCATE_OFFERS_EXACT_TREE_H

#include "allocate/offers/exact/search.h"

/* A pair was decided at this level, one way and perhaps the other already. */
typedef struct cpn_offers_level {
    double bound;    /* of the node that was split */
    int64_t n_trail; /* changes that stood before */
    int32_t column;
    bool is_up, is_second;
} cpn_offers_level;

/* Bounds of a pair before a change. */
typedef struct cpn_offers_change {
    int32_t column;
    bool lower, upper;
} cpn_offers_change;

/* What the bound fell by, per unit that a pair's level was moved: sums and counts, down and up. */
typedef struct cpn_offers_fall {
    double sum[2];
    int32_t n[2];
} cpn_offers_fall;

typedef struct cpn_offers_tree {
    cpn_offers_search *search;
    cpn_offers_level *levels;
    cpn_offers_change *trail;
    cpn_offers_fall *falls, all_falls;
    int32_t *candidates;
    double *fractions; /* of candidates */
    int64_t depth, n_trail;
    int32_t n_rounds; /* of this node, after trials that decided a pair */
    double pruned;    /* the highest bound of what was cut off */
} cpn_offers_tree;

typedef enum cpn_offers_verdict { CPN_OFFERS_PRUNED, CPN_OFFERS_OPEN, CPN_OFFERS_AGAIN } cpn_offers_verdict;

/* Fixes a pair to taken or not; cpn_offers_tree_undo goes back to a length of the trail. */
void cpn_offers_tree_fix(cpn_offers_tree *tree, int32_t column, bool is_taken);
void cpn_offers_tree_undo(cpn_offers_tree *tree, int64_t n_trail);
/* Solves the linear problem as it stands: whether anything worth having may be left, and the bound of it. */
cpn_offers_verdict cpn_offers_tree_solve(cpn_offers_tree *tree, double *bound, int64_t most_iterations);
/* The pair to decide next and its better side first, where the node's linear problem is solved and bound is its bound;
 * CPN_OFFERS_AGAIN where a trial has decided a pair already, so that the node is to be solved once more. */
cpn_offers_verdict cpn_offers_tree_choose(cpn_offers_tree *tree, double bound, int32_t *column, bool *is_up);

#endif
