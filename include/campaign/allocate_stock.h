/* libcampaign: one pool of stock or gifts over stores and channels. */
#ifndef CAMPAIGN_ALLOCATE_STOCK_H
#define CAMPAIGN_ALLOCATE_STOCK_H

#include <campaign/certificate.h>
#include <campaign/table.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifdef __cplusplus
}
#endif

#endif
