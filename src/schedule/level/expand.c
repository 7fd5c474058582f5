/* Which tasks may come next at a node of the exact search. Every task is placed at its earliest slot that is not before
 * the last start; an optimal schedule whose tasks are all as early as the others allow, in order of start, is such a
 * sequence. Left out are tasks after which another could still have been done first, tasks that an earlier slot would
 * take, and the other order of tasks that start together; whatever is left out leads to a schedule that is met earlier
 * in the order of the search, so no two rules can leave out each other's last hope. */
#include "schedule/level/exact.h"

typedef struct offer {
    int32_t bit, rank, start, finish;
    bool is_active; /* no earlier slot would take it */
} offer;

/* Lowest rank that earliest slot and links leave. */
static int32_t linked_rank(const cpn_level_exact_search *search, int32_t task)
{
    const cpn_level_model *model = search->model;
    const cpn_level_class *class = &model->classes[model->task_class[task]];
    int32_t rank = cpn_level_up(class, cpn_level_rank(class, model->earliest[task]));
    for (int32_t i = model->in_start[task]; i < model->in_start[task + 1]; i++) {
        const cpn_level_link *link = &model->in[i];
        const int32_t pushed =
            cpn_level_push(model, link, search->work.start[link->from], search->work.finish[link->from]);
        if (pushed > rank) rank = pushed;
    }
    return rank;
}

/* False where the task comes too late for the deadline. */
static bool make_offer(offer *made, const cpn_level_exact_search *search, const cpn_level_node *node, int32_t bit)
{
    const cpn_level_model *model = search->model;
    const int32_t task = search->tasks[bit];
    const cpn_level_class *class = &model->classes[model->task_class[task]];
    const int32_t linked = linked_rank(search, task), floor = cpn_level_up(class, cpn_level_rank(class, node->slot));
    if (linked > search->windows.late[task]) return false;
    const int32_t rank = cpn_level_first_fit(model, search->work.left, task, linked > floor ? linked : floor);
    if (rank > search->windows.late[task]) return false;
    *made = (offer){ .bit = bit,
                     .rank = rank,
                     .start = cpn_level_slot(class, rank),
                     .finish = cpn_level_end(class, rank, model->duration[task]) };
    made->is_active = rank >= search->windows.early[task] &&
                      (linked >= floor || cpn_level_first_fit(model, search->work.left, task, linked) >= rank);
    return true;
}

/* Whether every resource has room for the work of the tasks that must be done by each of their latest ends. */
static bool has_room(const cpn_level_exact_search *search, const cpn_level_node *node)
{
    const cpn_level_model *model = search->model;
    for (int32_t r = 0; r < model->n_resources; r++) {
        const int32_t *left = search->work.left + (int64_t)r * model->n_slots;
        int64_t room = 0, work = 0;
        int32_t slot = node->slot;
        for (int32_t i = 0; i < search->n_bits; i++) {
            const int32_t bit = search->by_end[i], task = search->tasks[bit];
            if (node->done >> bit & 1) continue;
            for (int32_t k = model->need_start[task]; k < model->need_start[task + 1]; k++)
                if (model->need_resource[k] == r) work += (int64_t)model->need_units[k] * model->duration[task];
            for (; slot < search->latest_end[bit]; slot++) room += left[slot];
            if (work > room) return false;
        }
    }
    return true;
}

static bool is_wanted(const offer *made, const cpn_level_exact_search *search, const cpn_level_node *node,
                      int32_t least_finish)
{
    const bool is_point = search->model->duration[search->tasks[made->bit]] == 0;
    if (made->start > least_finish || (made->start == least_finish && !is_point)) return false;
    if (!made->is_active) return false;
    return made->start > node->slot || made->bit > node->last;
}

void cpn_level_expand(cpn_level_exact_search *search, cpn_level_node *node)
{
    offer offers[CPN_LEVEL_EXACT_TASKS];
    int32_t n_offers = 0, least_finish = INT32_MAX;
    node->n_candidates = node->next = 0;
    for (int32_t bit = 0; bit < search->n_bits; bit++) {
        if (node->done >> bit & 1 || (search->before[bit] & ~node->done)) continue;
        if (!make_offer(&offers[n_offers], search, node, bit)) return;
        if (offers[n_offers].finish < least_finish) least_finish = offers[n_offers].finish;
        n_offers++;
    }
    if (!has_room(search, node)) return;
    for (int32_t i = 0; i < n_offers; i++) {
        if (!is_wanted(&offers[i], search, node, least_finish)) continue;
        int32_t k = node->n_candidates++;
        for (; k > 0 && offers[i].start < node->ranks[k - 1]; k--) {
            node->ranks[k] = node->ranks[k - 1];
            node->bits[k] = node->bits[k - 1];
        }
        node->bits[k] = offers[i].bit;
        node->ranks[k] = offers[i].start;
    }
    for (int32_t i = 0; i < node->n_candidates; i++) { /* sorted by slot; from here on ranks of their classes */
        const int32_t task = search->tasks[node->bits[i]];
        node->ranks[i] = cpn_level_rank(&search->model->classes[search->model->task_class[task]], node->ranks[i]);
    }
}
