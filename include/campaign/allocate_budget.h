/* libcampaign: a budget over response curves, with its proof. */
#ifndef CAMPAIGN_ALLOCATE_BUDGET_H
#define CAMPAIGN_ALLOCATE_BUDGET_H

#include <campaign/certificate.h>
#include <campaign/table.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifdef __cplusplus
}
#endif

#endif
