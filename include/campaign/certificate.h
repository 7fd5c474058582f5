/* libcampaign: how good an answer is known to be.
 *
 * Every optimiser gives, beside its answer, a bound that no answer under the same rules can pass. Where both meet the
 * answer is optimal; where not, the best lies between the two. */
#ifndef CAMPAIGN_CERTIFICATE_H
#define CAMPAIGN_CERTIFICATE_H

/** What a certificate says. */
enum {
    CAMPAIGN_CERTIFICATE_BOUND = 0,  /* the answer and what none can pass are given; the best lies between */
    CAMPAIGN_CERTIFICATE_OPTIMAL = 1 /* no answer is better, to the precision that the report states */
};

#endif
