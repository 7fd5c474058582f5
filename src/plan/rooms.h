/* Inside of the planner: what is worked out for campaigns once they stand: type, deadlines, curve, stock, money inside
 * them. Each room reads the same facts and writes tables of its own. */
#ifndef CPN_PLAN_ROOMS_H
#define CPN_PLAN_ROOMS_H

#include "plan/campaigns.h"

/* ---- Types and objectives --------------------------------------------------------------------------------------- */

/* The order of the request's words, cpn_plan_type_names. */
typedef enum cpn_plan_type {
    CPN_TYPE_BURST,          /* AP11: stepped promotions in the peak season */
    CPN_TYPE_NODE,           /* AP13: what fits the node */
    CPN_TYPE_PROMOTION_PULL, /* AP2: mature products */
    CPN_TYPE_EXPERIENCE,     /* AP2: new products */
    CPN_TYPE_ACQUISITION,    /* AP3: emerging markets */
    CPN_TYPE_CARE            /* AP12: customers kept in the off season */
} cpn_plan_type;
enum { CPN_PLAN_N_TYPES = CPN_TYPE_CARE + 1 };

typedef enum cpn_plan_objective {
    CPN_OBJECTIVE_BURST_CONVERSION,
    CPN_OBJECTIVE_NODE_SALES,
    CPN_OBJECTIVE_DEFEND,
    CPN_OBJECTIVE_PENETRATION,
    CPN_OBJECTIVE_REPEAT_PURCHASE,
    CPN_OBJECTIVE_ACQUISITION,
    CPN_OBJECTIVE_RETENTION
} cpn_plan_objective;
enum { CPN_PLAN_N_OBJECTIVES = CPN_OBJECTIVE_RETENTION + 1 };
extern const char *const cpn_plan_objective_names[CPN_PLAN_N_OBJECTIVES];

/* What a type is for, and the row of the handbook that says so. */
cpn_plan_objective cpn_plan_objective_of(cpn_plan_type type);
const char *cpn_plan_type_source(cpn_plan_type type);

/* Gives every campaign its type and objective: what the request says of its node, else by the season. */
void cpn_plan_types_set(cpn_plan_campaigns *campaigns, const cpn_plan_request *request);

/* ---- The rooms -------------------------------------------------------------------------------------------------- */

/* What all rooms read; borrowed. */
typedef struct cpn_plan_facts {
    const cpn_plan_request *request;
    const campaign_calendar *calendar;
    const cpn_plan_targets *targets;
    const cpn_plan_campaigns *campaigns;
    cpn_plan_notes *notes;
} cpn_plan_facts;

/* Whether a table of n rows has room in a plan; adds a note where it has not. */
campaign_status cpn_plan_room_for(bool *has_room, const cpn_plan_facts *facts, cpn_plan_table_id id, int64_t n,
                                  campaign_error *error);

/* Makes the tables of all rooms. */
campaign_status cpn_plan_rooms_make(campaign_table **tables, const cpn_plan_facts *facts, campaign_error *error);

campaign_status cpn_plan_deadlines_table(campaign_table **table, const cpn_plan_facts *facts, campaign_error *error);
campaign_status cpn_plan_curve_table(campaign_table **table, const cpn_plan_facts *facts, campaign_error *error);

/* "2026-11-14T00:00", hours after the first moment of a day; CPN_PLAN_MOMENT bytes. */
enum { CPN_PLAN_MOMENT = 24 };
void cpn_plan_write_moment(char text[CPN_PLAN_MOMENT], int32_t day, int32_t hours);

#endif
