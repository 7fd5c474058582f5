/* Columns of the tables that schedule and level have in common. */
#ifndef CPN_CLI_SCHEDULE_ROLES_H
#define CPN_CLI_SCHEDULE_ROLES_H

#include "cli/roles.h"

enum { N_TASK_ROLES = 15, N_LINK_ROLES = 5, N_OWNER_ROLES = 3, N_AWAY_ROLES = 3 };

extern const role schedule_task_roles[N_TASK_ROLES];
extern const role schedule_link_roles[N_LINK_ROLES];
extern const role schedule_owner_roles[N_OWNER_ROLES];
extern const role schedule_away_roles[N_AWAY_ROLES];

#endif
