/* Inside of writing: who gets what, chunk by chunk. */
#ifndef CPN_ALLOCATE_OFFERS_WRITE_H
#define CPN_ALLOCATE_OFFERS_WRITE_H

#include "allocate/offers/solver.h"

/* Choices of one chunk of customers. */
typedef struct cpn_offers_list {
    int64_t n, room, n_served;
    int32_t *customers, *offers;
    bool has_shares; /* not all are whole */
    double *shares;
    bool has_numbers; /* value and costs of each choice are kept: of a stream */
    double *numbers;
    int64_t *used;   /* by row */
    int64_t *counts; /* by offer */
    double *values;  /* by offer */
    int64_t minor;   /* of values that are money */
    bool has_overflow;
    double sum, compensation; /* of other values */
} cpn_offers_list;

typedef struct cpn_offers_lists {
    int64_t n, chunk; /* customers a chunk */
    cpn_offers_list *lists;
} cpn_offers_lists;

campaign_status cpn_offers_collect(cpn_offers_lists *lists, cpn_offers_answer *answer,
                                   const cpn_offers_problem *problem, campaign_error *error);
void cpn_offers_lists_free(cpn_offers_lists *lists);

/* The key of an offer, or null where it is negative. */
void cpn_offers_put_offer(cpn_out *out, int32_t column, const cpn_offers_problem *problem, int32_t offer);
campaign_status cpn_offers_write_offers(campaign_table **offers, const cpn_offers_answer *answer,
                                        const cpn_offers_problem *problem, campaign_error *error);

/* The offers' keys as a column: whole numbers, or text with a dictionary. */
campaign_status cpn_offers_add_offers(campaign_table_builder *builder, const cpn_offers_problem *problem,
                                      int32_t *offers, int64_t n, campaign_error *error);

#endif
