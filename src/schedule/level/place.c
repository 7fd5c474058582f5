/* One schedule from priorities: the serial and the parallel scheme (Kolisch, European Journal of Operational Research 90,
 * 1996), with capacity that changes over time and tasks that pause. */
#include <string.h>

#include "base/memory.h"
#include "schedule/level/model.h"

bool cpn_level_work_open(cpn_level_work *work, const cpn_level_model *model)
{
    const int64_t n = model->n_tasks, n_cells = (int64_t)model->n_resources * model->n_slots;
    *work = (cpn_level_work){ 0 };
    work->start = cpn_alloc_zero(n, sizeof *work->start);
    work->finish = cpn_alloc_zero(n, sizeof *work->finish);
    work->n_waiting = cpn_alloc(n, sizeof *work->n_waiting);
    work->ready = cpn_alloc(n, sizeof *work->ready);
    work->next = cpn_alloc(n, sizeof *work->next);
    work->left = cpn_alloc(n_cells, sizeof *work->left);
    if (!work->start || !work->finish || !work->n_waiting || !work->ready || !work->next || !work->left) {
        cpn_level_work_free(work);
        return false;
    }
    for (int64_t i = 0; i < n_cells; i++) work->left[i] = model->capacity[i];
    return true;
}

void cpn_level_work_free(cpn_level_work *work)
{
    cpn_free(work->start);
    cpn_free(work->finish);
    cpn_free(work->n_waiting);
    cpn_free(work->ready);
    cpn_free(work->next);
    cpn_free(work->left);
    *work = (cpn_level_work){ 0 };
}

/* ---- Capacity ----------------------------------------------------------------------------------------------------- */

/* The last rank from first to end - 1 where one of the task's needs is short; -1. */
static int32_t last_short(const cpn_level_model *model, const int32_t *left, int32_t task, int32_t first, int32_t end)
{
    const cpn_level_class *class = &model->classes[model->task_class[task]];
    int32_t worst = -1;
    for (int32_t i = model->need_start[task]; i < model->need_start[task + 1]; i++) {
        const int32_t *row = left + (int64_t)model->need_resource[i] * model->n_slots, units = model->need_units[i];
        const int32_t lowest = worst + 1 > first ? worst + 1 : first;
        for (int32_t k = end - 1; k >= lowest; k--) {
            if (row[cpn_level_slot(class, k)] >= units) continue;
            worst = k;
            break;
        }
    }
    return worst;
}

int32_t cpn_level_clash(const cpn_level_model *model, const int32_t *left, int32_t task, int32_t rank)
{
    return last_short(model, left, task, rank, rank + model->duration[task]);
}

int32_t cpn_level_first_fit(const cpn_level_model *model, const int32_t *left, int32_t task, int32_t rank)
{
    const cpn_level_class *class = &model->classes[model->task_class[task]];
    const int32_t duration = model->duration[task], n = class->n;
    if (duration == 0) return rank <= model->n_slots ? rank : CPN_LEVEL_BEYOND;
    int32_t first = rank; /* what lies before it, from rank on, is known to be free */
    while (rank <= n - duration) {
        const int32_t worst = last_short(model, left, task, first, rank + duration);
        if (worst < 0) return rank;
        first = rank + duration;
        rank = cpn_level_up(class, worst + 1);
        if (first < rank) first = rank;
    }
    return CPN_LEVEL_BEYOND;
}

void cpn_level_take(const cpn_level_model *model, int32_t *left, int32_t task, int32_t rank, int32_t sign)
{
    const cpn_level_class *class = &model->classes[model->task_class[task]];
    const int32_t end = rank + model->duration[task];
    for (int32_t i = model->need_start[task]; i < model->need_start[task + 1]; i++) {
        int32_t *row = left + (int64_t)model->need_resource[i] * model->n_slots;
        const int32_t units = sign * model->need_units[i];
        for (int32_t k = rank; k < end; k++) row[cpn_level_slot(class, k)] -= units;
    }
}

/* ---- The list of tasks that are ready: a heap ---------------------------------------------------------------------- */

static bool goes_before(const cpn_level_work *work, const cpn_level_model *model, int32_t a, int32_t b)
{
    if (work->key[a] != work->key[b]) return work->key[a] < work->key[b];
    return model->place[a] < model->place[b];
}

static void make_ready(cpn_level_work *work, const cpn_level_model *model, int32_t task)
{
    int32_t i = work->n_ready++;
    while (i > 0) {
        const int32_t parent = (i - 1) / 2;
        if (!goes_before(work, model, task, work->ready[parent])) break;
        work->ready[i] = work->ready[parent];
        i = parent;
    }
    work->ready[i] = task;
}

static int32_t take_ready(cpn_level_work *work, const cpn_level_model *model)
{
    const int32_t best = work->ready[0], task = work->ready[--work->n_ready];
    int32_t i = 0;
    while (2 * i + 1 < work->n_ready) {
        int32_t child = 2 * i + 1;
        if (child + 1 < work->n_ready && goes_before(work, model, work->ready[child + 1], work->ready[child])) child++;
        if (!goes_before(work, model, work->ready[child], task)) break;
        work->ready[i] = work->ready[child];
        i = child;
    }
    work->ready[i] = task;
    return best;
}

/* ---- Placing ------------------------------------------------------------------------------------------------------ */

/* Makes all capacity free again and counts what every task waits for. */
static void begin(cpn_level_work *work, const cpn_level_model *model, const int64_t *key)
{
    for (int64_t r = 0; r < model->n_resources && work->n_dirty > 0; r++)
        memcpy(work->left + r * model->n_slots, model->capacity + r * model->n_slots,
               (size_t)work->n_dirty * sizeof *work->left);
    work->n_dirty = 0;
    work->key = key;
    work->n_ready = 0;
    work->value = (cpn_level_value){ 0 };
    for (int32_t i = 0; i < model->n_tasks; i++) {
        work->n_waiting[i] = model->in_start[i + 1] - model->in_start[i];
        if (work->n_waiting[i] == 0) make_ready(work, model, i);
    }
}

/* Lowest rank by floor, earliest slot and links; CPN_LEVEL_BEYOND where there is none. */
static int32_t earliest_rank(const cpn_level_work *work, const cpn_level_model *model, int32_t task, int32_t floor)
{
    const cpn_level_class *class = &model->classes[model->task_class[task]];
    const int32_t earliest = model->earliest[task] > floor ? model->earliest[task] : floor;
    int32_t rank = cpn_level_up(class, cpn_level_rank(class, earliest));
    for (int32_t i = model->in_start[task]; i < model->in_start[task + 1]; i++) {
        const cpn_level_link *link = &model->in[i];
        const int32_t pushed = cpn_level_push(model, link, work->start[link->from], work->finish[link->from]);
        if (pushed > rank) rank = pushed;
    }
    return rank;
}

static void put(cpn_level_work *work, const cpn_level_model *model, int32_t task, int32_t rank)
{
    const cpn_level_class *class = &model->classes[model->task_class[task]];
    const bool is_free = model->fixed[task] < 0;
    work->start[task] = cpn_level_slot(class, rank);
    work->finish[task] = cpn_level_end(class, rank, model->duration[task]);
    if (is_free) cpn_level_take(model, work->left, task, rank, 1);
    if (is_free && work->finish[task] > work->n_dirty) work->n_dirty = work->finish[task];
    cpn_level_count(&work->value, model, task, work->finish[task]);
    for (int32_t i = model->out_start[task]; i < model->out_start[task + 1]; i++) {
        const int32_t next = model->out[i].to;
        if (--work->n_waiting[next] == 0) make_ready(work, model, next);
    }
}

static int32_t fixed_rank(const cpn_level_model *model, int32_t task)
{
    return cpn_level_rank(&model->classes[model->task_class[task]], model->fixed[task]);
}

bool cpn_level_serial(cpn_level_work *work, const cpn_level_model *model, const int64_t *key, int32_t floor)
{
    begin(work, model, key);
    while (work->n_ready > 0) {
        const int32_t task = take_ready(work, model);
        int32_t rank;
        if (model->fixed[task] >= 0) {
            rank = fixed_rank(model, task);
        } else {
            rank = earliest_rank(work, model, task, floor);
            if (rank == CPN_LEVEL_BEYOND) return false;
            rank = cpn_level_first_fit(model, work->left, task, rank);
            if (rank == CPN_LEVEL_BEYOND) return false;
        }
        put(work, model, task, rank);
    }
    return true;
}

/* Whether a ready task starts in this very slot; its rank there. */
static bool starts_now(const cpn_level_work *work, const cpn_level_model *model, int32_t task, int32_t slot,
                       int32_t *rank)
{
    if (model->fixed[task] >= 0) {
        *rank = fixed_rank(model, task);
        return true;
    }
    const cpn_level_class *class = &model->classes[model->task_class[task]];
    *rank = cpn_level_rank(class, slot);
    if (model->duration[task] == 0) return earliest_rank(work, model, task, 0) <= slot;
    if (*rank > class->n - model->duration[task] || cpn_level_slot(class, *rank) != slot) return false;
    if (cpn_level_up(class, *rank) != *rank) return false;
    if (earliest_rank(work, model, task, 0) > *rank) return false;
    return cpn_level_clash(model, work->left, task, *rank) < 0;
}

/* The first slot from work->next on in which a ready task could start as things stand; CPN_LEVEL_BEYOND. */
static int32_t next_start(const cpn_level_work *work, const cpn_level_model *model, int32_t task)
{
    if (model->fixed[task] >= 0) return work->next[task];
    const cpn_level_class *class = &model->classes[model->task_class[task]];
    if (work->next[task] > model->n_slots) return CPN_LEVEL_BEYOND;
    const int32_t by_links = earliest_rank(work, model, task, 0);
    if (by_links == CPN_LEVEL_BEYOND) return CPN_LEVEL_BEYOND;
    int32_t rank = cpn_level_up(class, cpn_level_rank(class, work->next[task]));
    if (by_links > rank) rank = by_links;
    rank = cpn_level_first_fit(model, work->left, task, rank);
    if (rank == CPN_LEVEL_BEYOND || model->duration[task] == 0) return rank;
    return cpn_level_slot(class, rank);
}

/* The next slot in which some ready task starts: the least of their slots, found out only where it is the least. */
static int32_t next_slot(cpn_level_work *work, const cpn_level_model *model)
{
    while (true) {
        int32_t first = work->ready[0];
        for (int32_t i = 1; i < work->n_ready; i++)
            if (work->next[work->ready[i]] < work->next[first]) first = work->ready[i];
        const int32_t slot = next_start(work, model, first);
        if (slot == work->next[first] || slot == CPN_LEVEL_BEYOND) return slot;
        work->next[first] = slot;
    }
}

/* Place in the list of the first by priority that starts in this very slot; -1. It is short: it is scanned, not kept as a
 * heap. */
static int32_t best_now(cpn_level_work *work, const cpn_level_model *model, int32_t slot, int32_t *best_rank)
{
    int32_t best = -1, rank;
    for (int32_t i = 0; i < work->n_ready; i++) {
        const int32_t task = work->ready[i];
        if (work->next[task] > slot) continue;
        if (best >= 0 && !goes_before(work, model, task, work->ready[best])) continue;
        if (starts_now(work, model, task, slot, &rank))
            best = i, *best_rank = rank;
        else
            work->next[task] = slot + 1;
    }
    return best;
}

bool cpn_level_parallel(cpn_level_work *work, const cpn_level_model *model, const int64_t *key, int32_t floor)
{
    begin(work, model, key);
    for (int32_t i = 0; i < model->n_tasks; i++) work->next[i] = floor;
    for (int32_t slot = floor; work->n_ready > 0;) {
        int32_t rank = 0;
        const int32_t best = best_now(work, model, slot, &rank);
        if (best < 0) {
            slot = next_slot(work, model);
            if (slot > model->n_slots) return false;
            continue;
        }
        const int32_t task = work->ready[best];
        work->ready[best] = work->ready[--work->n_ready];
        put(work, model, task, rank);
    }
    return true;
}
