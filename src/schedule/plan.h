/* What the report of a schedule is made from: a network with its passes, and the files that write its tables.
 * schedule.c → passes; plan_write.c → the schedule; plan_report.c → summary, deadlines, notes. */
#ifndef CPN_SCHEDULE_PLAN_H
#define CPN_SCHEDULE_PLAN_H

#include "base/text.h"
#include "schedule/net.h"

typedef struct cpn_net_plan {
    cpn_net net;
    cpn_net_span *early, *late, *unhurried; /* one a task */
    double *total_float, *free_float;       /* in units of the task */
    int64_t end;
    const cpn_net_span *now; /* early places, or those of the forecast */
    int32_t *path;           /* the critical path, its first task first */
    int32_t n_path;
    double length, path_mean, path_variance; /* working days of the default calendar, or abstract units */
    bool has_mixed_units;                    /* on the path */
} cpn_net_plan;

static inline bool cpn_net_is_critical(const cpn_net_plan *plan, int32_t task)
{
    return plan->total_float[task] <= 0;
}

/* Passes over the plan. */
campaign_status cpn_net_compute(cpn_net_plan *plan, campaign_error *error);

campaign_status cpn_net_find_path(cpn_net_plan *plan, campaign_error *error);

campaign_status cpn_net_write_schedule(campaign_table **table, const cpn_net_plan *plan, campaign_error *error);
campaign_status cpn_net_write_deadlines(campaign_schedule_report *report, const cpn_net_plan *plan,
                                        campaign_error *error);
campaign_status cpn_net_report(campaign_schedule_report *report, const cpn_net_plan *plan, campaign_error *error);

/* ---- Words ------------------------------------------------------------------------------------------------------- */

enum { CPN_NET_SENTENCE = 384, CPN_NET_WORDS = 6 };

/* pattern with {0} … {5} replaced by words; cut on a UTF-8 boundary. */
void cpn_net_say(char sentence[CPN_NET_SENTENCE], const char *pattern, const char *const words[CPN_NET_WORDS]);
/* "3", "2.5": at most two decimals. */
void cpn_net_amount(char text[CAMPAIGN_MONEY_TEXT], double amount);
/* "working_day", "day", "hour". */
const char *cpn_net_unit_name(cpn_net_unit unit);
/* "3 working days", "1 hour", "2.5 小时". */
void cpn_net_amount_of(char text[CPN_NET_TEXT], const cpn_net *net, const cpn_net_task *task, double amount);
/* When a task is finished: its last day, or the moment where hours count: "2026-11-14 18:00". */
void cpn_net_finish_text(char text[CPN_NET_TEXT], const cpn_net_task *task, int64_t finish);

#endif
