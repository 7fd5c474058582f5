/* quotas in whole units, along one, two or more dimensions. Included by campaign.i. */
%include <campaign/allocate_quota.h>
