/* The level at which cells with bounds use up a total, in floating point: a start for exact methods, and shares to show. */
#ifndef CPN_ALLOCATE_QUOTA_LEVEL_H
#define CPN_ALLOCATE_QUOTA_LEVEL_H

#include "allocate/quota/quota.h"

/* About the L with sum of clamp(L * weight, minimum, maximum) = total, shares rounded by a method, or as they are for
 * CAMPAIGN_QUOTA_METHOD_USUAL. */
double cpn_quota_level(const cpn_quota_share *share, int32_t method);
/* One cell at that level, within its bounds. */
double cpn_quota_at_level(const cpn_quota_share *share, int64_t cell, double level, int32_t method);

#endif
