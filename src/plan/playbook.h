/* The document "campaign/playbook/1": its field tables. What its conditions mean is decided in src/execution. */
#ifndef CPN_PLAN_PLAYBOOK_H
#define CPN_PLAN_PLAYBOOK_H

#include "base/document.h"

enum { CPN_PLAYBOOK_N_SEVERITIES = 4, CPN_PLAYBOOK_N_UNITS = 6 };

extern const cpn_document_kind cpn_playbook_kind;
extern const cpn_record cpn_playbook_record, cpn_playbook_entry_record, cpn_playbook_metric_record,
    cpn_playbook_role_record, cpn_playbook_escalation_record;
extern const char *const cpn_playbook_severities[CPN_PLAYBOOK_N_SEVERITIES + 1]; /* NULL-terminated, worst first */
extern const char *const cpn_playbook_units[CPN_PLAYBOOK_N_UNITS + 1];
extern const char *const cpn_playbook_directions[4]; /* higher, lower, neither */

#endif
