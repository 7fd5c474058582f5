/* What the files that weigh samples share: the search for a quantile of the totals, or their mean less deviations. */
#ifndef CPN_ALLOCATE_SPEND_RISK_H
#define CPN_ALLOCATE_SPEND_RISK_H

#include "allocate/budget/spend.h"

typedef struct cpn_risk_search {
    cpn_spend_plan *plan;
    const cpn_spend_book *book;
    const campaign_runtime *runtime;
    int32_t n;       /* samples */
    int32_t k;       /* of a quantile: the k-th smallest total counts, from 1; 0 = mean less deviations */
    double aversion; /* deviations that are taken off the mean */
    double cost;     /* of one counting unit, in the objective */
    double *weights; /* of each sample */
    double *totals;  /* of each sample, at the last spends */
    double *sorted;  /* scratch */
    double *alone;   /* of each sample: what it could reach by itself */
    double *last;    /* spends of the last problem solved */
    cpn_spend_answer best;
    bool has_best;
    double best_value, bound;
    double work, most_work, whole_work; /* values of curves, about: done, allowed now, allowed in all */
    double work_of_round;               /* for each curve */
} cpn_risk_search;

/* One item's curve of one sample, or its only one, at a spend. */
double cpn_risk_response(const cpn_risk_search *r, const cpn_spend_item *item, int64_t curve, double spend);
/* The objective in each sample, into totals. */
void cpn_risk_count(const cpn_risk_search *r, const double *spends);
/* What is made large, of totals of all samples; scratch has room for as many. */
double cpn_risk_judge(const cpn_risk_search *r, const double *totals, double *scratch);
/* Solves at the present weights and keeps the best; bound is that of the weighted problem. */
campaign_status cpn_risk_try(cpn_risk_search *r, double *bound, campaign_error *error);
/* What holds an item at a spend. */
cpn_spend_place cpn_risk_place(const cpn_spend_item *item, double spend);
/* Takes spends as the best where they are. */
void cpn_risk_offer(cpn_risk_search *r, const double *spends, double value);
/* Whether value and bound are as near as asked for. */
bool cpn_risk_is_close(const cpn_risk_search *r);

/* Moves spends from item to item as long as that helps, beginning at start; the best is kept. */
campaign_status cpn_risk_improve(cpn_risk_search *r, const double *start, campaign_error *error);

/* Mean less deviations: weights that follow a direction u, or lean towards the deviations of the last totals. */
void cpn_risk_weigh(cpn_risk_search *r, const double *u);
void cpn_risk_lean(const cpn_risk_search *r, double *u, double step);
/* Lowers the bound by cutting the spends that are open in parts, each with weights of its own, from u on. */
campaign_status cpn_risk_branch(cpn_risk_search *r, const double *u, campaign_error *error);

#endif
