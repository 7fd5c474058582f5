/* Inside of the planner: nodes, campaigns, their phases and their money. */
#ifndef CPN_PLAN_CAMPAIGNS_H
#define CPN_PLAN_CAMPAIGNS_H

#include "plan/seasons.h"

/* ---- Nodes ------------------------------------------------------------------------------------------------------ */

enum { CPN_PLAN_NODE_ID = 96 /* bytes with the terminating zero; an id has at most 64 */ };

/* The calendar's nodes: all of them, and those of the regions the plan is for. */
typedef struct cpn_plan_nodes {
    campaign_table *all, *regional;
    int32_t id, date, tier; /* columns, the same in both */
} cpn_plan_nodes;

/* The request's section on campaigns, its lists looked up once. */
typedef struct cpn_plan_node_policy {
    const cpn_json_value *section, *tiers, *forced, *forbidden, *phases, *phase_nodes;
    cpn_plan_seasons seasons;
} cpn_plan_node_policy;

campaign_status cpn_plan_nodes_list(cpn_plan_nodes *nodes, const cpn_plan_request *request,
                                    const campaign_calendar *calendar, campaign_error *error);
/* The same of other days than those around the plan. */
campaign_status cpn_plan_nodes_list_between(cpn_plan_nodes *nodes, const cpn_plan_request *request,
                                            const campaign_calendar *calendar, int32_t first_day, int32_t end_day,
                                            campaign_error *error);
/* What the request says of nodes; every id in it must be one the calendar knows. */
campaign_status cpn_plan_nodes_read_policy(cpn_plan_node_policy *policy, const cpn_plan_nodes *nodes,
                                           const cpn_plan_request *request, campaign_error *error);
/* Whether a node is wanted: by its tier and region, or by name. */
bool cpn_plan_nodes_choose(const cpn_plan_nodes *nodes, const cpn_plan_node_policy *policy, int64_t row);
/* Whether candidates of a tier are wanted. */
bool cpn_plan_nodes_wants(const cpn_plan_node_policy *policy, const char *tier);
void cpn_plan_nodes_free(cpn_plan_nodes *nodes);

static inline int32_t cpn_plan_day_cell(const campaign_table *table, const char *column, int64_t row)
{
    return (int32_t)campaign_table_int64(table, campaign_table_find(table, column), row);
}

/* ---- Campaigns -------------------------------------------------------------------------------------------------- */

enum { CPN_PLAN_N_PHASES = 3 }; /* preheat, burst, closing; feedback sells nothing and stands apart */
extern const char *const cpn_plan_phase_names[CPN_PLAN_N_PHASES];

typedef struct cpn_plan_campaign {
    char *id, *node, *name, *tier, *theme, *certainty; /* owned; theme may be NULL */
    char *members;                                     /* ids of the candidates it was made of, joined by commas */
    bool is_provisional;                               /* its date is not yet confirmed */
    bool is_season;                                    /* a week of a season, not a node or the request's own */
    int32_t day;
    int32_t starts[CPN_PLAN_N_PHASES], ends[CPN_PLAN_N_PHASES]; /* half-open; equal: no such phase */
    int64_t phase_minor[CPN_PLAN_N_PHASES];                     /* target of its days within the plan */
    int64_t minor;
    int32_t value_start, value_end;  /* days its value is measured on: the node's peak and its burst */
    int64_t value_minor, cost_minor; /* what it is expected to bring and to cost, before any budget */
    int32_t value_basis;             /* cpn_plan_value_basis, of the member that leads */
    int32_t n_value_years;           /* of the history behind the value */
    int32_t feedback_hours;          /* after the closing, and after the burst; 0: none */
    int32_t season, type, objective; /* cpn_plan_season; the others as in rooms.h */
} cpn_plan_campaign;

/* Where the value of a candidate comes from. */
typedef enum cpn_plan_value_basis { CPN_VALUE_RULE, CPN_VALUE_GIVEN, CPN_VALUE_HISTORY } cpn_plan_value_basis;
extern const char *const cpn_plan_value_basis_names[];

typedef struct cpn_plan_campaigns {
    cpn_plan_campaign *rows;
    int64_t n, capacity;
    int32_t owners[CPN_PLAN_MAX_DAYS]; /* by day of the plan: the one campaign whose target it counts for, or -1 */
    campaign_table *candidates;        /* all that competed, and why they were chosen or left out */
    campaign_table *themes;            /* weekly themes and what becomes of them */
} cpn_plan_campaigns;

/* What campaigns are chosen from. */
typedef struct cpn_plan_choice_facts {
    const cpn_plan_request *request;
    const campaign_calendar *calendar;
    const cpn_plan_history *history;
    const cpn_plan_profile *profile;
    const cpn_plan_targets *targets;
    int64_t target_minor;
    const campaign_runtime *runtime;
} cpn_plan_choice_facts;

campaign_status cpn_plan_campaigns_place(cpn_plan_campaigns *campaigns, cpn_plan_notes *notes,
                                         const cpn_plan_choice_facts *facts, campaign_error *error);
void cpn_plan_campaigns_free(cpn_plan_campaigns *campaigns);
/* Room for one more, cleared; NULL where memory is out. */
cpn_plan_campaign *cpn_plan_campaigns_add(cpn_plan_campaigns *campaigns);
void cpn_plan_campaign_free(cpn_plan_campaign *campaign);

/* ---- Candidates ------------------------------------------------------------------------------------------------- */

/* All that may become campaigns, by day: nodes, seasons, the request's own; with windows, values and costs. */
campaign_status cpn_plan_candidates_list(cpn_plan_campaigns *candidates, const cpn_plan_nodes *nodes,
                                         const cpn_plan_node_policy *policy, const cpn_plan_choice_facts *facts,
                                         campaign_error *error);
/* The node's sales above what its days sell otherwise, in earlier years, grown with the target. */
campaign_status cpn_plan_candidates_value(cpn_plan_campaigns *candidates, const cpn_plan_node_policy *policy,
                                          const cpn_plan_choice_facts *facts, campaign_error *error);
/* Chooses among candidates and turns the chosen ones into campaigns, those that overlap into one. */
campaign_status cpn_plan_candidates_choose(cpn_plan_campaigns *campaigns, const cpn_plan_campaigns *candidates,
                                           cpn_plan_notes *notes, const cpn_plan_node_policy *policy,
                                           const cpn_plan_choice_facts *facts, campaign_error *error);
/* The table of weekly themes. */
campaign_status cpn_plan_themes_place(campaign_table **table, const cpn_plan_campaigns *campaigns,
                                      const cpn_plan_nodes *nodes, const cpn_plan_node_policy *policy,
                                      const cpn_plan_choice_facts *facts, campaign_error *error);
/* Which campaign each day of the plan counts for: burst before closing before preheat, the earlier one of equals. */
void cpn_plan_campaigns_share_days(cpn_plan_campaigns *campaigns, const cpn_plan_request *request);

/* ---- Phases ----------------------------------------------------------------------------------------------------- */

/* What the request says of the phases of one node; NULL: nothing. */
const cpn_json_value *cpn_plan_phase_lengths(const cpn_plan_node_policy *policy, const char *node);
/* One length of it, or otherwise. */
int32_t cpn_plan_phase_length(const cpn_json_value *lengths, const char *name, int32_t otherwise);

/* First day of the preheat of the node in a row, by the request's policy; it may lie after the burst's. */
int32_t cpn_plan_preheat_start(const cpn_plan_node_policy *policy, const char *node, const campaign_table *nodes,
                               int64_t row);
campaign_status cpn_plan_phases_place(cpn_plan_campaign *campaign, const cpn_plan_node_policy *policy,
                                      const campaign_table *nodes, int64_t row, campaign_error *error);
/* Closing, feedback and season of a campaign without a node; closing_days below 0: as the request says for all. */
void cpn_plan_phases_complete(cpn_plan_campaign *campaign, const cpn_plan_node_policy *policy, int32_t closing_days);
/* Targets of the phases' days within the plan that count for the campaign. */
void cpn_plan_phases_add_up(cpn_plan_campaigns *campaigns, int64_t index, const cpn_plan_request *request,
                            const cpn_plan_targets *targets);

/* ---- Notes ------------------------------------------------------------------------------------------------------ */

campaign_status cpn_plan_note_overlaps(cpn_plan_notes *notes, const cpn_plan_campaigns *campaigns,
                                       campaign_error *error);
campaign_status cpn_plan_note_outside(cpn_plan_notes *notes, const cpn_plan_campaigns *campaigns,
                                      const cpn_plan_request *request, campaign_error *error);
campaign_status cpn_plan_note_next_year(cpn_plan_notes *notes, const cpn_plan_nodes *nodes,
                                        const cpn_plan_node_policy *policy, const cpn_plan_request *request,
                                        campaign_error *error);
campaign_status cpn_plan_note_provisional(cpn_plan_notes *notes, const cpn_plan_request *request,
                                          const campaign_calendar *calendar, campaign_error *error);

campaign_status cpn_plan_campaigns_table(campaign_table **table, const cpn_plan_campaigns *campaigns,
                                         const cpn_plan_request *request, campaign_error *error);
campaign_status cpn_plan_phases_table(campaign_table **table, const cpn_plan_campaigns *campaigns,
                                      const cpn_plan_request *request, campaign_error *error);

#endif
