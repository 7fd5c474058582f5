/* What the report of a schedule is made from: a network with its passes, and the files that write its tables.
 * schedule.c → passes; plan_path.c → the critical path; plan_progress.c → the forecast and what slips pull along;
 * plan_samples.c → all paths; plan_write.c → the schedule; the others → tables of the report. */
#ifndef CPN_SCHEDULE_PLAN_H
#define CPN_SCHEDULE_PLAN_H

#include "base/text.h"
#include "schedule/net/net.h"

/* Samples of all paths. */
typedef struct cpn_net_odds {
    int32_t n;
    bool is_flat;             /* ends are positions of the first clock, not moments */
    int64_t *ends;            /* sorted */
    int64_t *kept, *critical; /* one a task: samples that keep its deadline, and in which it is critical */
} cpn_net_odds;

/* A task that is late by itself, and what that alone does. In units of the task. */
typedef struct cpn_net_slip {
    int32_t task;
    double slip, start_slip, float_used, knock_on, end_shift;
    int64_t n_moved, n_broken;
} cpn_net_slip;

typedef struct cpn_net_pull {
    int32_t cause, task;
    double slip, float_used;
    bool is_broken;
} cpn_net_pull;

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
    int64_t
        safe_on_path; /* where there are estimates: the end that the critical path keeps with the confidence asked for */
    cpn_net_odds odds;
    cpn_net_span *forecast; /* NULL without as_of */
    cpn_net_slip *slips;
    int32_t n_slips;
    cpn_net_pull *pulled;
    int64_t n_pulled, pulled_room, n_out_of_sequence, n_over;
    bool leaves_out_loads;
} cpn_net_plan;

static inline bool cpn_net_is_critical(const cpn_net_plan *plan, int32_t task)
{
    return plan->total_float[task] <= 0;
}

/* Passes over the plan. */
campaign_status cpn_net_compute(cpn_net_plan *plan, const campaign_runtime *runtime, campaign_error *error);

campaign_status cpn_net_find_path(cpn_net_plan *plan, campaign_error *error);
campaign_status cpn_net_find_safe_on_path(cpn_net_plan *plan, campaign_error *error);
campaign_status cpn_net_forecast(cpn_net_plan *plan, campaign_error *error);
campaign_status cpn_net_sample(cpn_net_plan *plan, const campaign_runtime *runtime, campaign_error *error);

/* Chances of an end: by the critical path, over all paths, the standard error of the latter; the end that a share of the
 * samples keeps; the end that the caller asks about. Those of all paths need samples. */
double cpn_net_chance_on_path(const cpn_net_plan *plan, int64_t moment);
double cpn_net_chance(const cpn_net_plan *plan, int64_t moment);
double cpn_net_chance_error(const cpn_net_plan *plan, double chance);
int64_t cpn_net_safe_end(const cpn_net_plan *plan, int32_t level_ppm);
int64_t cpn_net_target(const cpn_net_plan *plan);
/* An end as its last day, or in abstract units. */
void cpn_net_write_end(cpn_out *out, int32_t column, const cpn_net_plan *plan, int64_t end);

campaign_status cpn_net_write_schedule(campaign_table **table, const cpn_net_plan *plan, campaign_error *error);
campaign_status cpn_net_write_deadlines(campaign_schedule_report *report, const cpn_net_plan *plan,
                                        campaign_error *error);
campaign_status cpn_net_write_chances(campaign_schedule_report *report, const cpn_net_plan *plan,
                                      campaign_error *error);
campaign_status cpn_net_write_slips(campaign_schedule_report *report, const cpn_net_plan *plan, campaign_error *error);
campaign_status cpn_net_write_loads(campaign_schedule_report *report, cpn_net_plan *plan, campaign_error *error);
campaign_status cpn_net_report(campaign_schedule_report *report, cpn_net_plan *plan, campaign_error *error);

/* ---- Words ------------------------------------------------------------------------------------------------------- */

enum { CPN_NET_SENTENCE = 384, CPN_NET_WORDS = 6 };

/* pattern with {0} … {5} replaced by words, and {0|task|tasks} by the first where the word is 1, by the second otherwise; cut
 * on a UTF-8 boundary. */
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
