/* The beta distribution of PERT: from 0 to 1, most likely at ratio, with mean (1 + 4 ratio) / 6. */
#ifndef CPN_SCHEDULE_BETA_H
#define CPN_SCHEDULE_BETA_H

#include <stdint.h>

/* Quantiles by ratio and share, as a table to interpolate in. Free with cpn_free(table). */
typedef struct cpn_beta {
    double *quantiles;
} cpn_beta;

/* CAMPAIGN_OK or CAMPAIGN_E_NOMEM. */
int32_t cpn_beta_open(cpn_beta *beta);

/* The value that a share (0 to 1) of the distribution lies below; ratio = (likely - optimistic) / (pessimistic -
 * optimistic). Within about 1e-4 of the exact one between the shares 0.001 and 0.999. */
double cpn_beta_quantile(const cpn_beta *beta, double ratio, double share);

/* P(N <= z) of the standard normal, and its inverse for shares above 0 and below 1. */
double cpn_normal_share(double z);
double cpn_normal_quantile(double share);

#endif
