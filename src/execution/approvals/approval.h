/* Inside of approvals: limits of roles, requests, and the budget with what is committed. Only src/execution includes this. */
#ifndef CPN_EXECUTION_APPROVAL_H
#define CPN_EXECUTION_APPROVAL_H

#include "execution/conflicts/clash.h"

typedef struct cpn_approval_money {
    char currency[4]; /* "" until the first column is met */
    int32_t exponent;
} cpn_approval_money;

/* What a role may approve of a kind, on a channel or on all; limits that are not given are not there. */
typedef struct cpn_approval_limit {
    cpn_risk_text role, kind, channel;
    bool has_money, has_ppm;
    int64_t money, ppm, row;
} cpn_approval_limit;

typedef struct cpn_approval_request {
    cpn_risk_text id, kind, role, channel, supplier;
    bool has_money, has_ppm, has_day, is_in_split;
    int64_t money, ppm, row;
    int32_t day;
    const cpn_approval_limit *own; /* of its role; NULL: none */
    const cpn_approval_limit *by;  /* who approves; NULL: nobody */
    bool is_within;                /* its own limit */
} cpn_approval_request;

typedef struct cpn_approval_item {
    cpn_risk_text item, group;
    int64_t planned, committed, actual, available, over, n_items, row;
} cpn_approval_item;

/* Requests of one role, kind, supplier and channel that pass its limit together. */
typedef struct cpn_approval_split {
    const cpn_approval_request *first;
    int32_t first_day, last_day;
    int64_t n, total;
    const cpn_approval_limit *by;
} cpn_approval_split;

typedef struct cpn_approvals {
    cpn_approval_money money;
    bool is_chinese;
    int32_t split_days;
    cpn_approval_limit *limits; /* by role, kind, channel */
    int64_t n_limits;
    cpn_approval_request *requests;
    int64_t n_requests;
    cpn_approval_item *items, *groups; /* groups: in key order, the whole last */
    int64_t n_items, n_groups;
    cpn_approval_split *splits;
    int64_t n_splits;
} cpn_approvals;

/* Money of one currency throughout. */
campaign_status cpn_approval_take_money(cpn_approvals *all, const campaign_column *column, const char *where,
                                        campaign_error *error);
campaign_status cpn_approval_read_limits(cpn_approvals *all, const campaign_table *limits, campaign_error *error);
/* Reads limits and requests, and decides each. */
campaign_status cpn_approval_read_requests(cpn_approvals *all, const campaign_table *limits,
                                           const campaign_table *requests, campaign_error *error);
campaign_status cpn_approval_read_budget(cpn_approvals *all, const campaign_table *budget, campaign_error *error);
/* The role with the least limit that holds the amount; NULL where there is none. */
const cpn_approval_limit *cpn_approval_find(const cpn_approvals *all, const cpn_approval_request *request);
campaign_status cpn_approval_find_splits(cpn_approvals *all, campaign_error *error);
void cpn_approvals_free(cpn_approvals *all);

/* Items that are over, and requests that go up, as conflicts. */
campaign_status cpn_approval_find_clashes(cpn_clashes *found, const cpn_approvals *all, campaign_error *error);

campaign_status cpn_approval_write(campaign_table **decisions, const cpn_approvals *all, campaign_error *error);
campaign_status cpn_approval_write_report(campaign_approvals_report *report, const cpn_approvals *all,
                                          campaign_error *error);

#endif
