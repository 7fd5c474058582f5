/* offers to customers under shared budgets. Included by campaign.i. */
%include <campaign/allocate_offers.h>
