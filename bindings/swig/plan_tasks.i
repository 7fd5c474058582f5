/* Tasks of campaigns. Included by campaign.i. */
%include <campaign/plan_tasks.h>
