/* Where customers come from: all at once from tables in memory, or batch by batch from a stream that is read again for
 * every pass. Each part is a problem of its own, whose customers count from 0. */
#ifndef CPN_ALLOCATE_OFFERS_PARTS_H
#define CPN_ALLOCATE_OFFERS_PARTS_H

#include "allocate/offers/offers.h"

/* A stream, and what is known of it once it was read: problem->source. */
typedef struct cpn_offers_source {
    const campaign_offer_stream *stream;
    campaign_allocate_offers_inputs inputs; /* the caller's, with the first batch as pairs */
    campaign_table *customers;              /* keys of all */
    bool is_known;                          /* every batch was read once */
    int64_t n_batches, room;
    int64_t *ends;     /* of batches: customers up to it */
    uint64_t *digests; /* of batches */
} cpn_offers_source;

typedef struct cpn_offers_parts {
    const cpn_offers_problem *whole;
    const cpn_offers_problem *problem; /* the part */
    int64_t first;                     /* number of its first customer among all */
    int64_t n_taken;
    campaign_table *table; /* of the batch */
    campaign_allocate_offers_inputs inputs;
    cpn_offers_problem batch;
} cpn_offers_parts;

void cpn_offers_parts_open(cpn_offers_parts *parts, const cpn_offers_problem *problem);
/* The next part; parts->problem is NULL behind the last one. */
campaign_status cpn_offers_parts_next(cpn_offers_parts *parts, campaign_error *error);
void cpn_offers_parts_close(cpn_offers_parts *parts);

/* Reads a stream once: who is there, groups, maxima, sizes. */
campaign_status cpn_offers_survey(cpn_offers_problem *problem, campaign_error *error);
/* Takes the first batch, which says what columns there are. */
campaign_status cpn_offers_source_open(cpn_offers_source *source, cpn_offers_problem *problem,
                                       const campaign_offer_stream *stream, campaign_error *error);
void cpn_offers_source_close(cpn_offers_source *source);

#endif
