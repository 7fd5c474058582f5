/* a budget over response curves, with its proof. Included by campaign.i. */
%include <campaign/allocate_budget.h>
