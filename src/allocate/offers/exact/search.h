/* The search for whole choices: what its files share. Values here are scaled as the linear problem's are. */
#ifndef CPN_ALLOCATE_OFFERS_EXACT_SEARCH_H
#define CPN_ALLOCATE_OFFERS_EXACT_SEARCH_H

#include "allocate/offers/exact/lp.h"
#include "allocate/offers/exact/sum.h"

typedef struct cpn_offers_search {
    const cpn_offers_small *problem;
    const campaign_runtime *runtime;
    cpn_offers_lp lp;
    double *root_duals;
    double grid;          /* all values are multiples of it; 0 = none known */
    uint8_t *chosen;      /* per pair: the best choice so far */
    uint8_t *trial;       /* per pair: room to build another */
    cpn_offers_sum *used; /* per row, of trial */
    double *spent;        /* per row: the same while trial is being built */
    int32_t *counts;      /* per customer, of trial */
    int32_t *picks;       /* per customer: its one pair of trial, or -1 */
    bool has_best;
    double best;  /* value of chosen; -INFINITY without */
    double bound; /* what the linear problem, and then the whole search, proves */
    int64_t n_nodes, node_limit;
    int64_t n_looks; /* that the local search may still do */
} cpn_offers_search;

/* Memory of a search whose problem and runtime are set; the problem has passed its checks. */
campaign_status cpn_offers_search_open(cpn_offers_search *search, campaign_error *error);
void cpn_offers_search_close(cpn_offers_search *search);
/* The linear problem: bound and root_duals. */
campaign_status cpn_offers_search_linear(cpn_offers_search *search, campaign_error *error);

/* Down to the grid of values, where there is one. */
double cpn_offers_search_round(const cpn_offers_search *search, double bound);
/* What a branch must be able to pass to be worth looking into. */
double cpn_offers_search_goal(const cpn_offers_search *search);
/* Takes trial as the best choice where it keeps all rules, sums compared without rounding, and brings more. */
bool cpn_offers_search_take(cpn_offers_search *search);
/* Makes a choice from the levels of the linear problem and takes it where it is good: whole levels first, then what fits,
 * by reduced value. is_thorough: then moves pairs and exchanges them between customers as long as that brings more. */
void cpn_offers_search_fill(cpn_offers_search *search, bool is_thorough);
/* The moves and exchanges alone, on trial with spent and counts. */
void cpn_offers_search_improve(cpn_offers_search *search);
/* Asks the caller's progress; CAMPAIGN_E_CANCELLED where it wants to stop. */
campaign_status cpn_offers_search_tell(const cpn_offers_search *search, campaign_error *error);

/* Branch and bound on the linear problem; ends with bound as low as it could be proved. */
campaign_status cpn_offers_search_tree(cpn_offers_search *search, campaign_error *error);

/* All choices under a single row by lists of what can be reached; is_done: whether that was possible, and has proved the
 * best choice. */
campaign_status cpn_offers_search_row(cpn_offers_search *search, bool *is_done, campaign_error *error);
/* Branch and bound for assignments; bound and the best choice are then what could be proved and found. is_apt: whether
 * the problem is of this kind and small enough; nothing is done where it is not. */
campaign_status cpn_offers_search_assign(cpn_offers_search *search, bool *is_apt, campaign_error *error);

/* Shares of the linear problem that pass no capacity, from its levels. */
void cpn_offers_exact_shares(double *shares, cpn_offers_search *search);

#endif
