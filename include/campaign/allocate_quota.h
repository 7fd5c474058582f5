/* libcampaign: quotas in whole units, along one, two or more dimensions. */
#ifndef CAMPAIGN_ALLOCATE_QUOTA_H
#define CAMPAIGN_ALLOCATE_QUOTA_H

#include <campaign/certificate.h>
#include <campaign/table.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifdef __cplusplus
}
#endif

#endif
