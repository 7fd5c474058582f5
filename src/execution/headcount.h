/* People that targets need: what one person sells in a month, exactly, and the least whole number that sells a target. */
#ifndef CPN_EXECUTION_HEADCOUNT_H
#define CPN_EXECUTION_HEADCOUNT_H

#include <campaign/allocate_quota.h>
#include <campaign/plan_tasks.h>

#include "table/table.h"

enum { CPN_HEADS_MONTHS = CAMPAIGN_QUOTA_MONTHS_MAX, CPN_HEADS_MOST = 1000000000 };

/* What a person of a market sells: factors in fixed decimals. */
typedef struct cpn_heads_market {
    int64_t visits, win_rate, ticket, share;
    int64_t have;
    bool is_there;
} cpn_heads_market;

typedef struct cpn_heads_row {
    int64_t row;
    int32_t market; /* number of the key; -1: none */
    int32_t month;
    int64_t target;
} cpn_heads_row;

typedef struct cpn_heads {
    campaign_column market_column, target_column;
    cpn_keys markets;           /* of the targets; no codes where there is no column */
    cpn_heads_market *capacity; /* by number of the market + 1; the first for all others */
    cpn_heads_row *rows;        /* by market, then month */
    int64_t n_rows;
    int64_t days[CPN_HEADS_MONTHS];
    bool has_days[CPN_HEADS_MONTHS];
    int32_t n_ramp; /* months until full capacity */
} cpn_heads;

campaign_status cpn_heads_read(cpn_heads *heads, const campaign_headcount_inputs *inputs, campaign_error *error);
void cpn_heads_free(cpn_heads *heads);

/* What one person sells in a month, rounded half up; false where it does not fit. */
bool cpn_heads_capacity(int64_t *minor, const cpn_heads *heads, const cpn_heads_market *market, int32_t month);
/* The least number of people that sells a target, at most CPN_HEADS_MOST + 1; -1 where a person sells nothing. */
int64_t cpn_heads_needed(const cpn_heads *heads, const cpn_heads_market *market, int32_t month, int64_t target);

#endif
