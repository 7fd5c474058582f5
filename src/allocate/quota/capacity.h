/* Quotas from capacity: what each rep can sell, exactly, and the split of a target by it. */
#ifndef CPN_ALLOCATE_QUOTA_CAPACITY_H
#define CPN_ALLOCATE_QUOTA_CAPACITY_H

#include "allocate/quota/quota.h"

enum { CPN_CAPACITY_MONTHS = CAMPAIGN_QUOTA_MONTHS_MAX };

/* Numbers are counted in these decimals. */
enum { CPN_DAY_DECIMALS = 4, CPN_SHARE_DECIMALS = 6, CPN_VISIT_DECIMALS = 6, CPN_WIN_DECIMALS = 9 };

typedef struct cpn_capacity_rep {
    int64_t days;     /* of the whole period, CPN_DAY_DECIMALS; -1 = those of the months */
    int64_t visits;   /* a day, CPN_VISIT_DECIMALS */
    int64_t win_rate; /* CPN_WIN_DECIMALS */
    int64_t ticket;   /* minor units */
    int64_t start;    /* month; INT64_MIN = at full capacity */
    int64_t weighted; /* sum over months of days × share, CPN_DAY_DECIMALS + CPN_SHARE_DECIMALS */
    int64_t capacity; /* minor units */
} cpn_capacity_rep;

typedef struct cpn_capacity_problem {
    campaign_allocate_capacity_quota_options given;
    bool is_chinese;
    campaign_column rep_column, ticket_column;
    cpn_keys keys;
    int64_t n_reps;
    cpn_capacity_rep *reps; /* by row of the table */
    int32_t n_months, n_ramp;
    bool has_months;
    int64_t days[CPN_CAPACITY_MONTHS];   /* of a month, CPN_DAY_DECIMALS; 1 each without a table */
    int64_t shares[CPN_CAPACITY_MONTHS]; /* of the months of employment, CPN_SHARE_DECIMALS */
    int64_t all_days, capacity, n_ramping;
} cpn_capacity_problem;

campaign_status cpn_capacity_read(cpn_capacity_problem *problem, const campaign_allocate_capacity_quota_inputs *inputs,
                                  const campaign_runtime *runtime, campaign_error *error);
/* Working days by the rep's shares of full capacity, as a number to show. */
double cpn_capacity_days(const cpn_capacity_problem *problem, const cpn_capacity_rep *rep);
/* What a rep can sell; false where it does not fit. */
bool cpn_capacity_value(const cpn_capacity_problem *problem, cpn_capacity_rep *rep);

campaign_status cpn_capacity_write(campaign_table **quotas, campaign_allocate_capacity_quota_report *report,
                                   const cpn_capacity_problem *problem, const campaign_table *split,
                                   campaign_error *error);
campaign_status cpn_capacity_write_notes(campaign_allocate_capacity_quota_report *report,
                                         const cpn_capacity_problem *problem, campaign_error *error);

#endif
