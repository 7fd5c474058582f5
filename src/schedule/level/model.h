/* What the files of the levelling core share: the problem with its links sorted by task, steps along the axis, and one
 * schedule under construction. */
#ifndef CPN_SCHEDULE_LEVEL_MODEL_H
#define CPN_SCHEDULE_LEVEL_MODEL_H

#include "schedule/level/core.h"

/* A problem ready to be worked on, or its mirror image: the same with time running backwards, in which fixed tasks stand
 * where they stand and earliest slots are forgotten. */
typedef struct cpn_level_model {
    int32_t n_tasks, n_links, n_resources, n_slots, n_classes;
    int32_t *duration, *task_class, *earliest, *fixed, *due;
    cpn_level_class *classes;      /* the caller's, and as the last one all slots */
    int32_t *mirror_memory;        /* slots and ranks of mirrored classes */
    int32_t *in_start, *out_start; /* n_tasks + 1 */
    cpn_level_link *in, *out;      /* links by their end, by their start; lag_class is always a class */
    int32_t *topo, *place;         /* tasks so that links lead forwards; the place of each */
    const int32_t *need_start, *need_resource, *need_units;
    int32_t *capacity;
    bool is_plain; /* one class: all slots */
} cpn_level_model;

/* False where memory is out. */
bool cpn_level_model_open(cpn_level_model *model, const cpn_level_problem *problem);
bool cpn_level_model_mirror(cpn_level_model *mirror, const cpn_level_model *model);
void cpn_level_model_free(cpn_level_model *model);

/* ---- Steps along the axis ----------------------------------------------------------------------------------------- */

/* Working slots before a boundary; the number of the first working slot that is not before it. */
static inline int32_t cpn_level_rank(const cpn_level_class *class, int32_t boundary)
{
    return class->slots ? class->ranks[boundary] : boundary;
}

static inline int32_t cpn_level_slot(const cpn_level_class *class, int32_t rank)
{
    return class->slots ? class->slots[rank] : rank;
}

static inline int32_t cpn_level_step(const cpn_level_class *class)
{
    return class->step > 1 ? class->step : 1;
}

/* The nearest rank at which a task may start, not before rank; not after it. */
static inline int32_t cpn_level_up(const cpn_level_class *class, int32_t rank)
{
    return class->step > 1 && rank > 0 ? (rank + class->step - 1) / class->step * class->step : rank;
}

static inline int32_t cpn_level_down(const cpn_level_class *class, int32_t rank)
{
    return class->step > 1 && rank > 0 ? rank / class->step * class->step : rank;
}

/* The boundary after which a task that starts with working slot `rank` is done. */
static inline int32_t cpn_level_end(const cpn_level_class *class, int32_t rank, int32_t duration)
{
    if (duration == 0) return rank; /* points in time are of the class of all slots */
    return cpn_level_slot(class, rank + duration - 1) + 1;
}

enum { CPN_LEVEL_BEYOND = INT32_MAX }; /* no such slot on the axis */

/* Lowest rank at which the end of a link may start, given both anchors of its beginning; CPN_LEVEL_BEYOND. */
int32_t cpn_level_push(const cpn_level_model *model, const cpn_level_link *link, int32_t start, int32_t finish);
/* Highest rank at which the beginning of a link may start, given both anchors of its end; -1 where there is none. */
int32_t cpn_level_pull(const cpn_level_model *model, const cpn_level_link *link, int32_t start, int32_t finish);

/* ---- One schedule -------------------------------------------------------------------------------------------------- */

/* How good a schedule is: the latest finish, then slots past due, then the sum of all finishes. */
typedef struct cpn_level_value {
    int32_t makespan;
    int64_t tardiness, sum;
} cpn_level_value;

static inline bool cpn_level_is_better(const cpn_level_value *one, const cpn_level_value *other)
{
    if (one->makespan != other->makespan) return one->makespan < other->makespan;
    return one->tardiness != other->tardiness ? one->tardiness < other->tardiness : one->sum < other->sum;
}

typedef struct cpn_level_work {
    int32_t *start, *finish; /* one a task */
    int32_t *left;           /* capacity not yet taken */
    int32_t n_dirty;         /* slots of it that were touched */
    int32_t *n_waiting;      /* links into a task whose beginning is not placed */
    int32_t *ready, n_ready; /* tasks whose links are all placed */
    int32_t *next;           /* slots before which they cannot start; kept by the parallel scheme */
    const int64_t *key;      /* priorities: the smallest first, then by order of links */
    cpn_level_value value;
} cpn_level_work;

/* Adds a task that finishes at a slot. */
static inline void cpn_level_count(cpn_level_value *value, const cpn_level_model *model, int32_t task, int32_t finish)
{
    if (finish > value->makespan) value->makespan = finish;
    if (finish > model->due[task]) value->tardiness += finish - model->due[task];
    value->sum += finish;
}

bool cpn_level_work_open(cpn_level_work *work, const cpn_level_model *model);
void cpn_level_work_free(cpn_level_work *work);

/* Places task after task at its earliest slot that is not before floor (serial scheme). False where one found no place. */
bool cpn_level_serial(cpn_level_work *work, const cpn_level_model *model, const int64_t *key, int32_t floor);
/* Goes from slot to slot and starts what can start (parallel scheme). */
bool cpn_level_parallel(cpn_level_work *work, const cpn_level_model *model, const int64_t *key, int32_t floor);
/* Rank from which a task that needs something would fit, searched from rank on; CPN_LEVEL_BEYOND. */
int32_t cpn_level_first_fit(const cpn_level_model *model, const int32_t *left, int32_t task, int32_t rank);
/* The last of the working slots of a task starting at rank where capacity is short, as a rank; -1 where it fits. */
int32_t cpn_level_clash(const cpn_level_model *model, const int32_t *left, int32_t task, int32_t rank);
/* Takes (sign 1) or gives back (sign -1) what a task started at rank needs. */
void cpn_level_take(const cpn_level_model *model, int32_t *left, int32_t task, int32_t rank, int32_t sign);

/* ---- Windows and bounds -------------------------------------------------------------------------------------------- */

/* A task that can also work in slots outside of a class, with the least of its work that lies inside. */
typedef struct cpn_level_partial {
    int32_t from, to; /* slots that it never leaves: its window, from … to - 1 */
    int64_t work;
} cpn_level_partial;

/* Ranks between which each task starts if all is to be done by a deadline; with what it takes to find them. */
typedef struct cpn_level_windows {
    int32_t *early, *late;
    int32_t deadline;
    int64_t n_steps, max_steps; /* work done and allowed */
    int32_t *tasks, *units;     /* those that need one resource */
    int32_t n_tasks;
    int32_t *from, *to;         /* boundaries of intervals, two a task */
    cpn_level_partial *partial; /* beside the tasks, where the work within one class is looked at */
    int32_t n_partial;
    int32_t *used; /* of the resource by what must run, one a slot */
    int64_t *sum;  /* capacity before each slot */
} cpn_level_windows;

bool cpn_level_windows_open(cpn_level_windows *windows, const cpn_level_model *model, int64_t max_steps);
void cpn_level_windows_free(cpn_level_windows *windows);
/* Ranks at which tasks start without resources, and the latest finish; false where one finds no place. */
bool cpn_level_heads(const cpn_level_model *model, int32_t *early, int32_t *value);
/* All windows that a deadline leaves, by links alone; false: no schedule meets it. */
bool cpn_level_windows_reset(const cpn_level_model *model, cpn_level_windows *windows, int32_t deadline);
/* The same on windows that are narrower already. */
bool cpn_level_windows_by_links(const cpn_level_model *model, cpn_level_windows *windows);
/* Narrows them by links and resources until nothing moves; false as above. */
bool cpn_level_windows_tighten(const cpn_level_model *model, cpn_level_windows *windows);
/* Whether, for every resource, every interval has room for the work that must lie in it. Narrows nothing. */
bool cpn_level_windows_fit(const cpn_level_model *model, cpn_level_windows *windows);
/* Tasks that need a resource, with their units, and its capacity added up. */
void cpn_level_gather(const cpn_level_model *model, cpn_level_windows *windows, int32_t resource);
/* Where some of the gathered tasks can work in slots in which others cannot: room for the work of the latter in their own
 * slots, beside what the former must do there. Gathers again. */
bool cpn_level_energy_by_class(const cpn_level_model *model, cpn_level_windows *windows, int32_t resource,
                               bool *is_changed);
/* The same for the resource whose tasks are gathered; where is_changed is given, windows of tasks that reach into an
 * interval are narrowed by it. */
bool cpn_level_energy(const cpn_level_model *model, cpn_level_windows *windows, bool *is_changed);

/* ---- Search -------------------------------------------------------------------------------------------------------- */

typedef struct cpn_level_state {
    const cpn_level_model *model, *mirror;
    const cpn_level_effort *effort;
    int32_t *start, *finish; /* the best schedule so far */
    cpn_level_value value;
    int64_t least_tardiness; /* what is past due without resources */
    int32_t path_bound, energy_bound, bound;
    int64_t n_schedules, n_nodes;
    const int32_t *late; /* slots where tasks finish at the latest, if resources were no matter */
    const int32_t *late_start;
} cpn_level_state;

/* Priority rules, then sampling and breeding; both keep the best in state. */
campaign_status cpn_level_rules(cpn_level_state *state, bool *fits, campaign_error *error);
campaign_status cpn_level_breed(cpn_level_state *state, const campaign_runtime *runtime, campaign_error *error);
/* Raises the bound by refuting deadlines. */
campaign_status cpn_level_raise_bound(cpn_level_state *state, const campaign_runtime *runtime, campaign_error *error);
/* Searches all schedules of up to CPN_LEVEL_EXACT_TASKS tasks for a better one, or proves that there is none. */
enum { CPN_LEVEL_EXACT_TASKS = 64 };
campaign_status cpn_level_exact(cpn_level_state *state, const campaign_runtime *runtime, campaign_error *error);

/* Whether schedules that end no earlier can still be better. */
static inline bool cpn_level_is_open(const cpn_level_state *state)
{
    return state->value.makespan > state->bound || state->value.tardiness > state->least_tardiness;
}

/* Takes a schedule over where it is better. */
void cpn_level_keep(cpn_level_state *state, const cpn_level_work *work);
/* Improves a placed schedule by pushing all to the right and back again (forward-backward improvement, also double
 * justification: Valls, Ballestín, Quintanilla, European Journal of Operational Research 165, 2005). key: scratch. */
bool cpn_level_justify(cpn_level_work *work, cpn_level_work *back, const cpn_level_state *state, int64_t *key);

#endif
