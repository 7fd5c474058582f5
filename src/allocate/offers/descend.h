/* Inside of the descent: one look at a set of customers at given multipliers, smoothed, and the steps made from it. */
#ifndef CPN_ALLOCATE_OFFERS_DESCEND_H
#define CPN_ALLOCATE_OFFERS_DESCEND_H

#include "allocate/offers/solver.h"

enum {
    CPN_OFFERS_DENSE_ROWS = 160, /* up to so many the matrix is dense; beyond, a list of its terms */
    CPN_OFFERS_PARTS = 64        /* chunks of a set, whatever the threads */
};

/* A term w d d' of the second derivative: what an exchange near a tie changes. */
typedef struct cpn_offers_edge {
    double weight;
    int64_t first;
    int32_t n;
} cpn_offers_edge;

typedef struct cpn_offers_edges {
    cpn_offers_edge *edges;
    int64_t n, room;
    int32_t *rows;
    double *amounts;
    int64_t n_terms, term_room;
} cpn_offers_edges;

/* What one chunk of the set adds. */
typedef struct cpn_offers_part {
    double value;   /* smoothed */
    double surplus; /* of smoothing in it */
    int64_t n_near; /* customers near a tie */
    double *used;   /* by row, smoothed */
    double *packed; /* dense: lower triangle by rows */
    cpn_offers_edges edges;
} cpn_offers_part;

/* The dual of a set at given multipliers. */
typedef struct cpn_offers_look {
    double value, surplus;
    int64_t n_near;
    double *gradient, *packed, *diagonal;
    int32_t n_rows;
    bool is_dense;
    int64_t n_parts;
    cpn_offers_part parts[CPN_OFFERS_PARTS];
} cpn_offers_look;

campaign_status cpn_offers_look_open(cpn_offers_look *look, const cpn_offers_descent *descent, campaign_error *error);
void cpn_offers_look_close(cpn_offers_look *look);
campaign_status cpn_offers_look_at(cpn_offers_look *look, const cpn_offers_descent *descent, const double *multipliers,
                                   double tau, campaign_error *error);

/* The step that makes the damped quadratic model least where multipliers stay 0 or more: rows that would go below are
 * held at 0, and the others solved again. Returns by how much the model falls. factor: cpn_offers_step_room doubles. */
double cpn_offers_step(double *step, double *factor, const cpn_offers_look *look, const double *damping,
                       const double *multipliers);

static inline int64_t cpn_offers_step_room(int64_t n_rows)
{
    return (n_rows <= CPN_OFFERS_DENSE_ROWS ? n_rows * (n_rows + 1) / 2 : 4 * n_rows) + 4 * n_rows + 1;
}

#endif
