/* The request for a rapid response as a document kind: its field tables, for the reader in src/execution and the list of
 * kinds here. */
#ifndef CPN_PLAN_RAPID_FIELDS_H
#define CPN_PLAN_RAPID_FIELDS_H

#include "base/document.h"

extern const cpn_record cpn_rapid_record, cpn_rapid_region_record, cpn_rapid_owners_record, cpn_rapid_windows_record,
    cpn_rapid_classes_record, cpn_rapid_capacity_record, cpn_rapid_history_record, cpn_rapid_resource_record,
    cpn_rapid_task_record;
extern const cpn_document_kind cpn_rapid_response_kind;

#endif
