/* Inside of the planner: what was sold of each good on each day, and the need that follows. */
#ifndef CPN_PLAN_STOCK_H
#define CPN_PLAN_STOCK_H

#include "plan/rooms.h"

/* Amount of one good on one day of the history, counted from its first. */
typedef struct cpn_stock_cell {
    int32_t sku; /* code among the goods; 0 where goods are not told apart */
    int32_t day;
    int64_t amount; /* units, or minor units of money where the orders have no quantity; above 0 */
} cpn_stock_cell;

typedef struct cpn_stock_sales {
    bool has_units;        /* cells count units, otherwise money */
    bool has_skus;         /* goods are told apart */
    campaign_column sku;   /* where they are */
    cpn_keys keys;         /* of sku */
    int32_t n_days;        /* of the history */
    cpn_stock_cell *cells; /* by good, then by day */
    int64_t n_cells;
    cpn_stock_cell *totals; /* all goods together, by day */
    int64_t n_totals;
} cpn_stock_sales;

/* Reads what left the shop: rows with a positive quantity, or a positive amount where there is no quantity. Goods that
 * came back do not lessen the peak. */
campaign_status cpn_stock_sales_read(cpn_stock_sales *sales, const cpn_plan_facts *facts, campaign_error *error);
void cpn_stock_sales_free(cpn_stock_sales *sales);

/* The most that was sold in one day, and in one burst. */
typedef struct cpn_stock_peak {
    bool is_found;
    int32_t day; /* the first with the peak amount */
    int64_t amount, burst_amount;
} cpn_stock_peak;

/* Days of earlier bursts of the same node: for each day of the history the number of its burst, from 1, or 0. */
void cpn_stock_find_bursts(int32_t *bursts, const cpn_plan_campaign *campaign, const cpn_plan_facts *facts,
                           const campaign_table *nodes);

/* Peak of cells in order of days within earlier bursts; bursts NULL: within the whole history, where a burst is any run
 * of n_days days. */
campaign_status cpn_stock_measure(cpn_stock_peak *peak, const cpn_stock_cell *cells, int64_t n, const int32_t *bursts,
                                  int32_t n_days, campaign_error *error);

#endif
