/* libcampaign: dividing what is scarce, each answer with its proof.
 *
 * Budgets over response curves, quotas in whole units, stock over stores, offers over customers. One header each; this one
 * includes them all. */
#ifndef CAMPAIGN_ALLOCATE_H
#define CAMPAIGN_ALLOCATE_H

#include <campaign/allocate_budget.h>
#include <campaign/allocate_offers.h>
#include <campaign/allocate_quota.h>
#include <campaign/allocate_stock.h>

#endif
