/* libcampaign: offers to customers under shared budgets. */
#ifndef CAMPAIGN_ALLOCATE_OFFERS_H
#define CAMPAIGN_ALLOCATE_OFFERS_H

#include <campaign/certificate.h>
#include <campaign/table.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifdef __cplusplus
}
#endif

#endif
