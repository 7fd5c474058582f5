/* one pool of stock or gifts over stores and channels. Included by campaign.i. */
%include <campaign/allocate_stock.h>
