/* What the files of the exact search share: the nodes on the way to the current one, and the states seen before. */
#ifndef CPN_SCHEDULE_LEVEL_EXACT_H
#define CPN_SCHEDULE_LEVEL_EXACT_H

#include "schedule/level/model.h"

/* What of a placed task still matters to those that are not. */
typedef struct cpn_level_trace {
    int32_t bit, start, finish;
} cpn_level_trace;

typedef struct cpn_level_seen {
    uint64_t done;
    int32_t slot, n_traces, next; /* next: of the same bucket, -1 at its end */
    int64_t first_trace;
} cpn_level_seen;

/* States by the set of placed tasks. Grows to a fixed size and then only answers. */
typedef struct cpn_level_memory {
    cpn_level_seen *states;
    cpn_level_trace *traces;
    int32_t *buckets;
    int32_t n_states, max_states;
    int64_t n_traces, max_traces;
} cpn_level_memory;

/* A node: the tasks placed, and those that may come next. */
typedef struct cpn_level_node {
    uint64_t done;
    int32_t slot; /* start of the task placed last; none starts before it any more */
    int32_t last; /* its bit; -1 at the root */
    int32_t last_rank;
    int32_t n_candidates, next;
    int32_t bits[CPN_LEVEL_EXACT_TASKS], ranks[CPN_LEVEL_EXACT_TASKS];
} cpn_level_node;

typedef struct cpn_level_exact_search {
    cpn_level_state *state;
    const cpn_level_model *model;
    cpn_level_windows windows; /* of the deadline that is looked for: one before the best end */
    int32_t n_bits;
    int32_t tasks[CPN_LEVEL_EXACT_TASKS];  /* bits in the order of latest start, which no link contradicts */
    int32_t by_end[CPN_LEVEL_EXACT_TASKS]; /* bits by latest finish */
    int32_t latest_end[CPN_LEVEL_EXACT_TASKS];
    uint64_t before[CPN_LEVEL_EXACT_TASKS]; /* bits that a task waits for */
    bool is_simple[CPN_LEVEL_EXACT_TASKS];  /* only finish-to-start links without lag leave it */
    cpn_level_work work;
    cpn_level_node *nodes; /* by depth */
    cpn_level_memory memory;
} cpn_level_exact_search;

bool cpn_level_memory_open(cpn_level_memory *memory, int64_t n_nodes);
void cpn_level_memory_free(cpn_level_memory *memory);
/* Whether a state with the same tasks was seen that is nowhere later; otherwise remembers this one where there is room. */
bool cpn_level_memory_dominates(cpn_level_exact_search *search, const cpn_level_node *node);

/* Lists the tasks that may come next; none where the node leads nowhere. */
void cpn_level_expand(cpn_level_exact_search *search, cpn_level_node *node);

#endif
