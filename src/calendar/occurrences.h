/* Occurrences of nodes. */
#ifndef CPN_CALENDAR_OCCURRENCES_H
#define CPN_CALENDAR_OCCURRENCES_H

#include "calendar/nodes.h"

typedef struct cpn_occurrence {
    int32_t date;
    bool is_provisional;
    const cpn_node *node;
    const cpn_window *window; /* NULL where the rule gave the date */
} cpn_occurrence;

/* Zero-initialise; free with cpn_occurrences_free. */
typedef struct cpn_occurrence_list {
    cpn_occurrence *items;
    int64_t n_items, capacity;
} cpn_occurrence_list;

/* Adds the occurrences of node number index within a valid range, in no order. CAMPAIGN_E_LIMIT · CAMPAIGN_E_NOMEM. */
campaign_status cpn_find_occurrences(cpn_occurrence_list *list, const cpn_catalogue *catalogue, int64_t index,
                                     int32_t first_day, int32_t end_day, campaign_error *error);
void cpn_occurrences_free(cpn_occurrence_list *list);

#endif
