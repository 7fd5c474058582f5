/* What prices are: the rules of a problem without its customers, and a price for each cell and cost. */
#ifndef CPN_ALLOCATE_OFFERS_PRICES_H
#define CPN_ALLOCATE_OFFERS_PRICES_H

#include "allocate/offers/offers.h"

struct campaign_offer_prices {
    cpn_offers_problem problem; /* offers, costs, attributes, rows, limits; its tables are gone */
    double *prices;             /* cell × costs */
    int32_t most;
    bool is_exact;
    int32_t n_names; /* attributes of customers */
    char *names[CPN_OFFERS_ATTRIBUTES];
    int32_t attributes[CPN_OFFERS_ATTRIBUTES]; /* their numbers in the problem */
};

#endif
