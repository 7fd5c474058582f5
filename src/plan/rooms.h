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

/* Gives every campaign its type and objective: what the request says of its node, else by the season; where that leaves
 * it open, usual, the type that its products ask for. */
void cpn_plan_types_set(cpn_plan_campaigns *campaigns, const cpn_plan_request *request, cpn_plan_type usual);

/* ---- The rooms -------------------------------------------------------------------------------------------------- */

/* What all rooms read; borrowed. */
typedef struct cpn_plan_facts {
    const cpn_plan_request *request;
    const campaign_calendar *calendar;
    const campaign_table *orders; /* as given; NULL: none */
    const cpn_plan_history *history;
    const cpn_plan_profile *profile;
    const cpn_plan_targets *targets;
    cpn_plan_campaigns *campaigns; /* the rooms fill in type and objective */
    cpn_plan_notes *notes;
    const campaign_runtime *runtime;
    int64_t target_minor; /* of the year */
} cpn_plan_facts;

/* Whether a table of n rows has room in a plan; adds a note where it has not. */
campaign_status cpn_plan_room_for(bool *has_room, const cpn_plan_facts *facts, cpn_plan_table_id id, int64_t n,
                                  campaign_error *error);

/* ---- Sales of keys ---------------------------------------------------------------------------------------------- */

typedef enum cpn_sales_window {
    CPN_SALES_YEAR,        /* the latest twelve whole months, or the whole history where it is shorter */
    CPN_SALES_YEAR_BEFORE, /* the twelve before */
    CPN_SALES_LATE_HALF,   /* the second half of the latest twelve */
    CPN_SALES_EARLY_HALF
} cpn_sales_window;
enum { CPN_N_SALES_WINDOWS = CPN_SALES_EARLY_HALF + 1 };

typedef struct cpn_plan_key_sales {
    int64_t minor[CPN_N_SALES_WINDOWS]; /* net of returns */
    int32_t first_day;                  /* of a sale; INT32_MAX: never */
    bool is_usable;                     /* the key names something */
} cpn_plan_key_sales;

typedef struct cpn_plan_sales {
    int32_t starts[CPN_N_SALES_WINDOWS], ends[CPN_N_SALES_WINDOWS]; /* half-open; equal: there is no such window */
    bool has_halves, has_year_before;
    cpn_plan_key_sales *keys;
    int64_t n_keys;
} cpn_plan_sales;

/* Without the dimension, or without history, there are no keys. */
campaign_status cpn_plan_sales_add_up(cpn_plan_sales *sales, const cpn_plan_facts *facts, int32_t dimension,
                                      campaign_error *error);
/* Sum of a window over the keys with positive sales. */
campaign_status cpn_plan_sales_total(int64_t *total, const cpn_plan_sales *sales, cpn_sales_window window,
                                     campaign_error *error);
void cpn_plan_sales_free(cpn_plan_sales *sales);

/* ---- Tables ----------------------------------------------------------------------------------------------------- */

/* Makes the tables of all rooms. */
campaign_status cpn_plan_rooms_make(campaign_table **tables, const cpn_plan_facts *facts, campaign_error *error);

campaign_status cpn_plan_deadlines_table(campaign_table **table, const cpn_plan_facts *facts, campaign_error *error);
/* Refuses the id of a deadline that neither the planner nor the request has. */
campaign_status cpn_plan_check_deadline(const cpn_plan_facts *facts, const cpn_json_value *id, campaign_error *error);
campaign_status cpn_plan_markets_table(campaign_table **table, const cpn_plan_facts *facts, campaign_error *error);
campaign_status cpn_plan_actions_table(campaign_table **table, const cpn_plan_facts *facts, campaign_error *error);
campaign_status cpn_plan_mechanisms_table(campaign_table **table, const cpn_plan_facts *facts, campaign_error *error);
campaign_status cpn_plan_matrix_table(campaign_table **table, const cpn_plan_facts *facts, campaign_error *error);
campaign_status cpn_plan_stock_table(campaign_table **table, const cpn_plan_facts *facts, campaign_error *error);
campaign_status cpn_plan_curve_table(campaign_table **table, const cpn_plan_facts *facts, campaign_error *error);

/* "2026-11-14T00:00", hours after the first moment of a day; CPN_PLAN_MOMENT bytes. */
enum { CPN_PLAN_MOMENT = 24 };
void cpn_plan_write_moment(char text[CPN_PLAN_MOMENT], int32_t day, int32_t hours);

#endif
