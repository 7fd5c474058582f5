/* States of the exact search seen before. A state whose placed tasks are the same, whose last start is not later and whose
 * running tasks end no later leads to everything that the other leads to (cut-set rule: Demeulemeester, Herroelen,
 * Management Science 38, 1992). */
#include "base/memory.h"
#include "schedule/level/exact.h"

enum { MOST_STATES = 1 << 17, TRACES_A_STATE = 6, N_BUCKETS = 1 << 15 };

bool cpn_level_memory_open(cpn_level_memory *memory, int64_t n_nodes)
{
    *memory = (cpn_level_memory){ .max_states = n_nodes < MOST_STATES ? (int32_t)n_nodes : MOST_STATES };
    memory->max_traces = (int64_t)memory->max_states * TRACES_A_STATE + CPN_LEVEL_EXACT_TASKS;
    memory->states = cpn_alloc(memory->max_states, sizeof *memory->states);
    memory->traces = cpn_alloc(memory->max_traces, sizeof *memory->traces);
    memory->buckets = cpn_alloc(N_BUCKETS, sizeof *memory->buckets);
    if (!memory->states || !memory->traces || !memory->buckets) return false;
    for (int32_t i = 0; i < N_BUCKETS; i++) memory->buckets[i] = -1;
    return true;
}

void cpn_level_memory_free(cpn_level_memory *memory)
{
    cpn_free(memory->states);
    cpn_free(memory->traces);
    cpn_free(memory->buckets);
    *memory = (cpn_level_memory){ 0 };
}

static bool is_nowhere_later(const cpn_level_exact_search *search, const cpn_level_seen *seen,
                             const cpn_level_node *node)
{
    if (seen->slot > node->slot) return false;
    for (int32_t i = 0; i < seen->n_traces; i++) {
        const cpn_level_trace *trace = &search->memory.traces[seen->first_trace + i];
        const int32_t task = search->tasks[trace->bit], finish = search->work.finish[task];
        if (search->is_simple[trace->bit]) {
            if (trace->finish > (finish > node->slot ? finish : node->slot)) return false;
        } else if (trace->finish > finish || trace->start > search->work.start[task]) {
            return false;
        }
    }
    return true;
}

static void remember(cpn_level_exact_search *search, const cpn_level_node *node, int32_t bucket)
{
    cpn_level_memory *memory = &search->memory;
    if (memory->n_states >= memory->max_states || memory->n_traces + CPN_LEVEL_EXACT_TASKS > memory->max_traces) return;
    cpn_level_seen *seen = &memory->states[memory->n_states];
    *seen = (cpn_level_seen){
        .done = node->done, .slot = node->slot, .next = memory->buckets[bucket], .first_trace = memory->n_traces
    };
    for (int32_t bit = 0; bit < search->n_bits; bit++) {
        if (!(node->done >> bit & 1)) continue;
        const int32_t task = search->tasks[bit];
        if (search->is_simple[bit] && search->work.finish[task] <= node->slot) continue;
        memory->traces[memory->n_traces++] =
            (cpn_level_trace){ .bit = bit, .start = search->work.start[task], .finish = search->work.finish[task] };
        seen->n_traces++;
    }
    memory->buckets[bucket] = memory->n_states++;
}

bool cpn_level_memory_dominates(cpn_level_exact_search *search, const cpn_level_node *node)
{
    const int32_t bucket = (int32_t)(node->done * 0x9E3779B97F4A7C15u >> 49);
    for (int32_t i = search->memory.buckets[bucket]; i >= 0; i = search->memory.states[i].next) {
        const cpn_level_seen *seen = &search->memory.states[i];
        if (seen->done == node->done && is_nowhere_later(search, seen, node)) return true;
    }
    remember(search, node, bucket);
    return false;
}
