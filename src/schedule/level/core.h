/* Levelling on plain arrays: tasks with durations, minimal time lags and needs of resources whose capacity changes over
 * time are placed so that the last finish is as early as can be found, beside a bound that no schedule passes; of
 * schedules with that end, one is taken in which tasks are little past their due slots, and then early.
 * Time is an axis of slots 0 … n_slots - 1; a task works in the slots of its class only and pauses in the others. What a
 * slot is (a working day, a day, an hour) and what a resource is called the caller knows.
 * Flow: model.c → links by task, order, the mirrored problem; place.c → one schedule from priorities; search.c, breed.c →
 * good schedules; window.c, bound.c → the bound; exact.c → small ones to the end; core.c → all of it. */
#ifndef CPN_SCHEDULE_LEVEL_CORE_H
#define CPN_SCHEDULE_LEVEL_CORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/* The slots in which a task can work, or in which a lag is counted. slots NULL: all of the axis, n = n_slots. */
typedef struct cpn_level_class {
    int32_t n;
    int32_t step;         /* tasks start at working slots whose number is a multiple of it; 0 = 1. n is one too */
    const int32_t *slots; /* the k-th working slot, ascending */
    const int32_t *ranks; /* n_slots + 1: working slots before each slot */
} cpn_level_class;

enum { CPN_LEVEL_ALL_SLOTS = -1 }; /* in place of a class: every slot counts */

/* An anchor of task `to` (start or finish) is not before that of `from`, moved by lag slots of a class. */
typedef struct cpn_level_link {
    int32_t from, to;
    int32_t lag, lag_class;
    bool is_from_finish, is_to_finish;
} cpn_level_link;

/* Borrowed arrays. Links form no circle; durations and units are not negative. */
typedef struct cpn_level_problem {
    int32_t n_tasks, n_links, n_resources, n_classes, n_slots;
    const int32_t *duration;   /* slots of the task's class; 0 = a point in time */
    const int32_t *task_class; /* NULL = all slots */
    const int32_t *earliest;   /* slot before which a task does not start; NULL = 0 */
    const int32_t
        *fixed;         /* slot where a task stands, whatever else; -1 = free; NULL = all free. It takes no capacity */
    const int32_t *due; /* slot by which a task should be finished; NULL = none at all */
    const cpn_level_class *classes;
    const cpn_level_link *links;
    const int32_t *need_start; /* n_tasks + 1: where a task's needs begin */
    const int32_t *need_resource, *need_units;
    const int32_t *capacity; /* resource by resource, n_slots each */
} cpn_level_problem;

typedef struct cpn_level_effort {
    int64_t n_schedules;  /* most schedules to build */
    int64_t n_nodes;      /* most nodes of the exact search; 0 = none */
    int64_t n_bound_work; /* most steps spent on the bound */
    uint64_t seed;
} cpn_level_effort;

typedef struct cpn_level_answer {
    int32_t *start, *finish; /* one a task: first slot, and the one after the last; the caller frees both */
    int32_t value;           /* the latest finish */
    int32_t path_bound;      /* the latest finish without resources */
    int32_t energy_bound;    /* by the work on the busiest resource, heads and tails counted */
    int32_t bound;           /* the best of all, never above value */
    int64_t n_schedules, n_nodes;
    bool fits; /* false: some task found no place on the axis; the arrays are NULL then */
} cpn_level_answer;

/* Levels. The same answer for the same arrays and seed, whatever the threads. */
campaign_status cpn_level_solve(cpn_level_answer *answer, const cpn_level_problem *problem,
                                const cpn_level_effort *effort, const campaign_runtime *runtime, campaign_error *error);
void cpn_level_answer_free(cpn_level_answer *answer);

/* The first task that the axis has no place for even if it were alone; -1 = none. */
campaign_status cpn_level_misfit(int32_t *task, const cpn_level_problem *problem, campaign_error *error);

#endif
