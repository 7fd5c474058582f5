/* Inside of the planner: segments of customers. */
#ifndef CPN_PLAN_CUSTOMERS_H
#define CPN_PLAN_CUSTOMERS_H

#include "plan/rooms.h"

/* Classes of customers (AP4); the order of the request's words, cpn_plan_customer_kinds. */
typedef enum cpn_customer_kind {
    CPN_CUSTOMERS_HIGH_VALUE,
    CPN_CUSTOMERS_REGULAR,
    CPN_CUSTOMERS_NEW,
    CPN_CUSTOMERS_DORMANT
} cpn_customer_kind;
enum { CPN_N_CUSTOMER_KINDS = CPN_CUSTOMERS_DORMANT + 1 };

/* Counts the customers of each kind by the tiers of their orders; false in *is_counted where the orders name none. */
campaign_status cpn_plan_customers_count(int64_t counts[CPN_N_CUSTOMER_KINDS], bool *is_counted,
                                         const cpn_plan_facts *facts, campaign_error *error);

#endif
