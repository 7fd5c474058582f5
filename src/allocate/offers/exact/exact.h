/* Offers to few customers, solved exactly: the linear problem to its optimum, whole choices by branch and bound.
 * Everything is held in memory and every answer carries a bound that no choice can pass, also in floating point.
 * Knows nothing of tables, money or words. */
#ifndef CPN_ALLOCATE_OFFERS_EXACT_H
#define CPN_ALLOCATE_OFFERS_EXACT_H

#include <stdbool.h>

#include "base/error.h"

/* The problem, borrowed. Customer c has the pairs starts[c] to starts[c + 1] - 1, pair p the uses use_starts[p] to
 * use_starts[p + 1] - 1; starts[n_customers] is n_pairs. All numbers are finite, but a capacity may be INFINITY. */
typedef struct cpn_offers_small {
    int64_t n_customers, n_pairs, n_rows;
    const int64_t *starts;
    const double *values; /* of pairs; any sign */
    const int64_t *use_starts;
    const int32_t *use_rows;     /* each row at most once per pair */
    const double *use_costs;     /* none negative */
    const double *capacities;    /* the chosen pairs' costs of a row add up to at most this */
    const int32_t *least, *most; /* pairs to choose per customer; NULL = 0 and 1 */
    bool is_fractional;          /* shares in [0, 1] in place of all or nothing */
    int64_t node_limit; /* of the search for whole choices; 0 = at most CPN_OFFERS_EXACT_NODES, less for many pairs */
    double gap_goal;    /* relative; the search ends at it. 0 = until nothing is left to gain */
} cpn_offers_small;

enum { CPN_OFFERS_EXACT_NODES = 1000000, CPN_OFFERS_EXACT_ROWS = 3000 };

typedef struct cpn_offers_exact_answer {
    double *shares; /* per pair; 0 or 1 where choices are whole; least numbers are kept to 1e-7, all else exactly */
    double *multipliers; /* per row, none negative: those that the bound of the linear problem was found with */
    double value;        /* of shares */
    double bound;        /* no choice brings more */
    double linear_bound; /* the same for shares between 0 and 1 */
    int64_t n_nodes;     /* of the search; 0 where the linear problem decides */
    int64_t n_iterations;
    int32_t status; /* CAMPAIGN_CERTIFICATE_…: OPTIMAL where value and bound meet, to 1e-12 (shares: 1e-9) of the larger
                    * of them and the largest value of a pair, or to gap_goal */
} cpn_offers_exact_answer;

/* Solves the problem. runtime: only its progress is asked, stage "offers"; the work is one thread's and limited by counts.
 * Returns CAMPAIGN_OK; CAMPAIGN_E_INFEASIBLE where no choice keeps the rules (row: the customer whose own numbers
 * contradict, or -1); CAMPAIGN_E_LIMIT where none was found within the nodes, though there may be one;
 * (or there are more than CPN_OFFERS_EXACT_ROWS rows); CAMPAIGN_E_NOMEM; CAMPAIGN_E_CANCELLED. answer is then empty. */
campaign_status cpn_offers_exact_solve(cpn_offers_exact_answer *answer, const cpn_offers_small *problem,
                                       const campaign_runtime *runtime, campaign_error *error);

void cpn_offers_exact_free(cpn_offers_exact_answer *answer);

#endif
