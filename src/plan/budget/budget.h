/* Inside of the planner: money for campaigns, and money inside them. */
#ifndef CPN_PLAN_BUDGET_H
#define CPN_PLAN_BUDGET_H

#include "plan/rooms.h"

enum { CPN_WHOLE_PPM = 1000000 };

/* Why a campaign gets what it gets. */
typedef enum cpn_budget_basis {
    CPN_BASIS_VALUE,      /* in proportion to what it is to bring */
    CPN_BASIS_AMOUNT,     /* the request's own amount */
    CPN_BASIS_MINIMUM,    /* held up by its minimum */
    CPN_BASIS_MAXIMUM,    /* held down by its maximum */
    CPN_BASIS_SEASON_CAP, /* held down by the cap of the off season */
    CPN_BASIS_CURVE       /* where one more brings as much as anywhere else, by its response curve */
} cpn_budget_basis;

typedef struct cpn_budget_campaign {
    int64_t weight, minimum, maximum, locked; /* as campaign_split takes them */
    int64_t minor;
    cpn_budget_basis basis;
    double marginal; /* what one more major unit brings by its curve; NAN: not known */
} cpn_budget_campaign;

struct cpn_budget_curves;

typedef struct cpn_budget {
    int64_t total_minor, contingency_minor, proven_minor, experiments_minor;
    cpn_budget_campaign *campaigns; /* one for each of the plan's */
    int64_t n;
} cpn_budget;

/* Shares proven_minor over the campaigns: by value within bounds, the off season within its cap of the peak's; then those
 * with a response curve by their curves. What bounds and cap leave over joins the contingency. */
campaign_status cpn_budget_share_out(cpn_budget *budget, const struct cpn_budget_curves *curves,
                                     const cpn_plan_facts *facts, campaign_error *error);

/* Splits total over the campaigns of a set into their minor; *left receives what their bounds leave over. */
campaign_status cpn_budget_split(int64_t *left, cpn_budget *budget, const bool *is_in_set, int64_t total,
                                 campaign_error *error);

/* Lowers the off season's campaigns to the cap, and moves what is left as the policy says. */
campaign_status cpn_budget_cap_off_season(int64_t *left, cpn_budget *budget, const cpn_plan_facts *facts,
                                          campaign_error *error);

/* The parts of each campaign's money: items by type, traffic by channel. */
campaign_status cpn_budget_items_table(campaign_table **table, const cpn_budget *budget,
                                       const struct cpn_budget_curves *curves, const cpn_plan_facts *facts,
                                       campaign_error *error);

/* Shares the whole budget; nothing where the request has none. */
campaign_status cpn_budget_make(cpn_budget *budget, const struct cpn_budget_curves *curves, const cpn_plan_facts *facts,
                                campaign_error *error);
void cpn_budget_free(cpn_budget *budget);
campaign_status cpn_budget_table(campaign_table **table, const cpn_budget *budget, const cpn_plan_facts *facts,
                                 campaign_error *error);

#endif
