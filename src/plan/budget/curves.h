/* Inside of the planner's budget: response curves of campaigns and channels, and sharing by them. */
#ifndef CPN_PLAN_BUDGET_CURVES_H
#define CPN_PLAN_BUDGET_CURVES_H

#include "base/response.h"
#include "plan/budget/budget.h"

/* An entry of budget.curves: what money brings in one campaign, in each of a type, or in one channel of each campaign. */
typedef struct cpn_budget_curve {
    const cpn_json_value *item;
    const char *campaign, *channel; /* one of the three is given; borrowed */
    int32_t type;                   /* -1: none */
    double value;                   /* of one response, in major units */
    cpn_response response;          /* of spend in minor units */
} cpn_budget_curve;

typedef struct cpn_budget_curves {
    cpn_budget_curve *list; /* in the order of the request */
    int64_t n;
} cpn_budget_curves;

/* Reads budget.curves; none where the request has none. Campaigns must be of the plan. */
campaign_status cpn_budget_curves_read(cpn_budget_curves *curves, const cpn_plan_facts *facts, campaign_error *error);
void cpn_budget_curves_free(cpn_budget_curves *curves);

/* The curve of a campaign: its own, else that of its type; NULL: none. */
const cpn_budget_curve *cpn_budget_curve_of(const cpn_budget_curves *curves, const cpn_plan_campaign *campaign);
/* The curve of a channel; NULL: none. */
const cpn_budget_curve *cpn_budget_channel_curve(const cpn_budget_curves *curves, const char *channel);

/* One of those that share, and what it gets. */
typedef struct cpn_budget_share {
    const cpn_budget_curve *curve; /* NULL: it keeps what it has */
    int64_t minimum, maximum;
    int64_t minor; /* in and out: what it has, and gets */
    int32_t group; /* 0, or one of the caller's */
    int32_t place; /* out: cpn_spend_place */
    double
        marginal; /* out: what one more major unit brings; not finite where that is without limit or there is no curve */
} cpn_budget_share;

/* What holds two groups apart: those of group low_group have at most ratio times what those of high_group have. */
typedef struct cpn_budget_ratio {
    int32_t low_group, high_group; /* 1 or 2; 0 in both: none */
    int64_t ratio_ppm;
    bool is_binding; /* out */
} cpn_budget_ratio;

/* How good the answer is. */
typedef struct cpn_budget_proof {
    int64_t shared_minor; /* what those with curves share */
    int64_t n;            /* how many they are */
    double gap;           /* no sharing within the bounds brings more than this share more */
} cpn_budget_proof;

/* Shares what those with curves have together so that it brings most, in whole minor units. What they have keeps all
 * bounds, so an answer is always there. What brings nothing anywhere is left: sums may become smaller. */
campaign_status cpn_budget_optimise(cpn_budget_share *shares, int64_t n, cpn_budget_ratio *ratio,
                                    cpn_budget_proof *proof, const cpn_plan_facts *facts, campaign_error *error);

/* Shares the campaigns' money anew by their curves, where there are any; *left receives what brings nothing. */
campaign_status cpn_budget_by_curves(int64_t *left, cpn_budget *budget, const cpn_budget_curves *curves,
                                     const cpn_plan_facts *facts, campaign_error *error);

#endif
