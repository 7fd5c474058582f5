/* What the files of levelling share beside the core: a network with its resources, the axis of time it is laid on, and what
 * became of it.
 * Flow: resources.c, needs.c → what there is and who needs it; axis.c, classes.c → slots, classes, capacities, the problem
 * of core.h; reasons.c → why a task moved; write.c, report.c → tables. */
#ifndef CPN_SCHEDULE_LEVEL_H
#define CPN_SCHEDULE_LEVEL_H

#include <campaign/schedule_level.h>

#include "schedule/level/core.h"
#include "schedule/plan.h"

enum {
    CPN_LEVEL_MOST_CELLS = 1 << 25, /* slots × resources */
    CPN_LEVEL_MOST_UNITS = 1000000000
};

/* A name that lives in a table. */
typedef struct cpn_level_name {
    const char *text;
    size_t length;
    int64_t row; /* of the resources table; -1 = an owner who does not stand there */
} cpn_level_name;

typedef struct cpn_level_resource {
    cpn_level_name name;
    int32_t units;
    const campaign_calendar *calendar; /* NULL = every day */
    int64_t first_exception, end_exception;
    bool has_units, has_pauses;
} cpn_level_resource;

/* Other units on some days. */
typedef struct cpn_level_exception {
    int32_t resource, first, last, units;
    int64_t row;
} cpn_level_exception;

typedef struct cpn_level_need {
    int32_t task, resource, units;
    int64_t row; /* of the needs table; -1 = the task's owner */
} cpn_level_need;

/* Where tasks of one kind can work: a clock (-1 = all days) and resources with pauses. */
typedef struct cpn_level_kind {
    int32_t clock;
    int32_t first_need, n_needs; /* of plan->needs, those of the first task of the kind */
    bool has_days;               /* starts at midnight */
} cpn_level_kind;

typedef struct cpn_level_plan {
    cpn_net net;
    campaign_schedule_inputs network;
    campaign_schedule_level_options knobs;
    cpn_level_resource *resources; /* in the order of their names; those that are needed are compacted at the front */
    int32_t n_resources;
    cpn_level_exception *exceptions; /* by resource and day */
    int64_t n_exceptions;
    cpn_level_need *needs; /* by task and resource; none of 0 units */
    int32_t n_needs;
    int32_t *first_need; /* n_tasks + 1 */
    /* The axis: slots of slot_size minutes (or parts) from net.start on. */
    int64_t slot_size;
    int32_t n_slots, day_slots; /* day_slots: slots a day; 1 where is_abstract */
    int32_t n_days;
    int32_t *offered; /* resource by resource, n_days each: capacity as it was told */
    cpn_level_kind *kinds;
    int32_t n_kinds;
    int32_t *kind_of; /* one a task */
    /* The problem, and what it is made of. */
    cpn_level_problem problem;
    cpn_level_class *classes;
    int32_t *class_memory;
    int32_t *duration, *earliest, *due, *need_resource, *need_units, *task_class, *capacity;
    cpn_level_link *links;
    cpn_level_answer answer;
    int64_t n_usual;                  /* schedules that many tasks are given by default; 0 = as many as usual */
    cpn_net_span *early, *spans;      /* without resources, and levelled */
    int32_t *reason, *behind, *after; /* resource, task, task; -1 = none */
} cpn_level_plan;

/* Capacity of a resource on a day. */
int32_t cpn_level_units_on(const cpn_level_plan *plan, int32_t resource, int32_t day);
/* Number of the resource of that name, or -1. */
int32_t cpn_level_find_resource(const cpn_level_plan *plan, const char *text, size_t length);
/* Whole units of a cell; left alone where it is empty. CAMPAIGN_E_VALUE. */
campaign_status cpn_level_read_units(int32_t *units, const cpn_net_column *column, int64_t row, campaign_error *error);
/* The name, terminated and cut, for messages. */
void cpn_level_name_text(char text[CPN_NET_TEXT], const cpn_level_plan *plan, int32_t resource);
static inline int64_t cpn_level_moment(const cpn_level_plan *plan, int32_t slot)
{
    return plan->net.start + slot * plan->slot_size;
}

campaign_status cpn_level_read_resources(cpn_level_plan *plan, const campaign_table *table, campaign_error *error);
campaign_status cpn_level_read_needs(cpn_level_plan *plan, const campaign_table *table, campaign_error *error);
/* Chooses slots and how many to begin with. */
campaign_status cpn_level_choose_slots(cpn_level_plan *plan, campaign_error *error);
/* Lays everything on the axis of plan->n_slots. May be called again with more. */
campaign_status cpn_level_lay(cpn_level_plan *plan, campaign_error *error);
/* Where tasks of each kind can work; the capacity in slots where nobody works is 0. */
campaign_status cpn_level_make_classes(cpn_level_plan *plan, campaign_error *error);
void cpn_level_drop_axis(cpn_level_plan *plan);

campaign_status cpn_level_find_reasons(cpn_level_plan *plan, campaign_error *error);
campaign_status cpn_level_write_schedule(campaign_table **table, const cpn_level_plan *plan, campaign_error *error);
campaign_status cpn_level_write_report(campaign_schedule_level_report *report, const cpn_level_plan *plan,
                                       campaign_error *error);
campaign_status cpn_level_write_usage(campaign_table **table, const cpn_level_plan *plan, campaign_error *error);
campaign_status cpn_level_write_resources(campaign_table **table, const cpn_level_plan *plan, campaign_error *error);

#endif
