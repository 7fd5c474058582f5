/* Columns of requests, limits and the budget, which campaign approvals and campaign conflicts both take. */
#ifndef CPN_CLI_APPROVAL_ROLES_H
#define CPN_CLI_APPROVAL_ROLES_H

#include "cli/roles.h"

enum { N_APPROVAL_BUDGET_ROLES = 5, N_APPROVAL_REQUEST_ROLES = 8, N_APPROVAL_LIMIT_ROLES = 5 };

extern const role approval_budget_roles[N_APPROVAL_BUDGET_ROLES];
extern const role approval_request_roles[N_APPROVAL_REQUEST_ROLES];
extern const role approval_limit_roles[N_APPROVAL_LIMIT_ROLES];

#endif
