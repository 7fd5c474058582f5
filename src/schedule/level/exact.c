/* Small problems to the end: a search in order of start, depth first, for a schedule that ends before the best one. It
 * finds one or proves that there is none, or stops at a number of nodes. */
#include "schedule/level/exact.h"

#include "base/memory.h"
#include "base/parallel.h"

enum { NODES_A_CALL = 4096 }; /* between two looks at the caller's wish to stop */

/* Whether the end of a link never starts before its beginning, wherever both stand: the search goes in order of start. */
static bool leads_forwards(const cpn_level_model *model, const cpn_level_link *link)
{
    const int32_t from = model->duration[link->from], to = model->duration[link->to];
    if (link->lag >= 0 && (!link->is_to_finish || to == 0)) return true;
    if (!model->is_plain || model->classes[link->lag_class].slots) return false;
    const int64_t offset = (int64_t)link->lag + (link->is_from_finish ? from : 0) - (link->is_to_finish ? to : 0);
    return offset >= 0;
}

static bool can_search(const cpn_level_model *model, int32_t *n_free)
{
    *n_free = 0;
    for (int32_t i = 0; i < model->n_tasks; i++) *n_free += model->fixed[i] < 0;
    for (int32_t i = 0; i < model->n_links; i++)
        if (model->fixed[model->in[i].to] < 0 && !leads_forwards(model, &model->in[i])) return false;
    return *n_free > 0 && *n_free <= CPN_LEVEL_EXACT_TASKS;
}

/* Latest start slot, then the order of links. */
static bool goes_before(const cpn_level_exact_search *search, int32_t a, int32_t b)
{
    const cpn_level_model *model = search->model;
    const int32_t late_a = cpn_level_slot(&model->classes[model->task_class[a]], search->windows.late[a]);
    const int32_t late_b = cpn_level_slot(&model->classes[model->task_class[b]], search->windows.late[b]);
    return late_a != late_b ? late_a < late_b : model->place[a] < model->place[b];
}

static void number_tasks(cpn_level_exact_search *search, int32_t *bit_of)
{
    const cpn_level_model *model = search->model;
    for (int32_t i = 0; i < model->n_tasks; i++) {
        bit_of[i] = -1;
        if (model->fixed[i] >= 0) continue;
        int32_t k = search->n_bits++;
        for (; k > 0 && goes_before(search, i, search->tasks[k - 1]); k--) search->tasks[k] = search->tasks[k - 1];
        search->tasks[k] = i;
    }
    for (int32_t bit = 0; bit < search->n_bits; bit++) bit_of[search->tasks[bit]] = bit;
    for (int32_t bit = 0; bit < search->n_bits; bit++) search->is_simple[bit] = true;
    for (int32_t i = 0; i < model->n_links; i++) {
        const cpn_level_link *link = &model->in[i];
        const int32_t from = bit_of[link->from], to = bit_of[link->to];
        if (from < 0 || to < 0) continue;
        search->before[to] |= (uint64_t)1 << from;
        if (link->lag != 0 || !link->is_from_finish || link->is_to_finish) search->is_simple[from] = false;
    }
}

/* Looks for an end by one slot earlier from here on; false: there is none. */
static bool aim(cpn_level_exact_search *search)
{
    const cpn_level_model *model = search->model;
    search->windows.n_steps = 0;
    if (!cpn_level_windows_reset(model, &search->windows, search->state->value.makespan - 1)) return false;
    if (!cpn_level_windows_tighten(model, &search->windows)) return false;
    for (int32_t bit = 0; bit < search->n_bits; bit++) {
        const int32_t task = search->tasks[bit];
        search->latest_end[bit] =
            cpn_level_end(&model->classes[model->task_class[task]], search->windows.late[task], model->duration[task]);
        int32_t k = bit;
        for (; k > 0 && search->latest_end[search->by_end[k - 1]] > search->latest_end[bit]; k--)
            search->by_end[k] = search->by_end[k - 1];
        search->by_end[k] = bit;
    }
    return true;
}

static void place_fixed(cpn_level_exact_search *search)
{
    const cpn_level_model *model = search->model;
    for (int32_t i = 0; i < model->n_tasks; i++) {
        if (model->fixed[i] < 0) continue;
        const cpn_level_class *class = &model->classes[model->task_class[i]];
        const int32_t rank = cpn_level_rank(class, model->fixed[i]);
        search->work.start[i] = cpn_level_slot(class, rank);
        search->work.finish[i] = cpn_level_end(class, rank, model->duration[i]);
    }
}

/* Candidates listed before a better schedule was found may have become too late. */
static bool is_late(const cpn_level_exact_search *search, const cpn_level_node *node)
{
    return node->ranks[node->next] > search->windows.late[search->tasks[node->bits[node->next]]];
}

/* Places the next candidate of a node and opens the node below it. */
static void descend(cpn_level_exact_search *search, int32_t depth)
{
    const cpn_level_model *model = search->model;
    cpn_level_node *node = &search->nodes[depth], *below = &search->nodes[depth + 1];
    const int32_t bit = node->bits[node->next], rank = node->ranks[node->next], task = search->tasks[bit];
    node->next++;
    const cpn_level_class *class = &model->classes[model->task_class[task]];
    search->work.start[task] = cpn_level_slot(class, rank);
    search->work.finish[task] = cpn_level_end(class, rank, model->duration[task]);
    cpn_level_take(model, search->work.left, task, rank, 1);
    below->done = node->done | (uint64_t)1 << bit;
    below->slot = search->work.start[task];
    below->last = bit;
    below->last_rank = rank;
    below->n_candidates = below->next = 0;
}

/* Keeps a schedule that ends before the best one. One that was begun before that was found need not. */
static bool keep_found(cpn_level_exact_search *search)
{
    cpn_level_work *work = &search->work;
    work->value = (cpn_level_value){ 0 };
    for (int32_t i = 0; i < search->model->n_tasks; i++)
        cpn_level_count(&work->value, search->model, i, work->finish[i]);
    if (work->value.makespan >= search->state->value.makespan) return false;
    cpn_level_keep(search->state, work);
    return true;
}

/* A node that was just opened: a schedule, a state seen before, or one with candidates. False: the proof is complete. */
static bool visit(cpn_level_exact_search *search, cpn_level_node *node)
{
    search->state->n_nodes++;
    const uint64_t all = search->n_bits == 64 ? UINT64_MAX : ((uint64_t)1 << search->n_bits) - 1;
    if (node->done == all) {
        if (!keep_found(search)) return true;
        return search->state->value.makespan > search->state->bound && aim(search);
    }
    if (node->last < 0 || !cpn_level_memory_dominates(search, node)) cpn_level_expand(search, node);
    return true;
}

static campaign_status walk(cpn_level_exact_search *search, const campaign_runtime *runtime, campaign_error *error)
{
    cpn_level_state *state = search->state;
    const int64_t most = state->effort->n_nodes;
    int32_t depth = 0;
    search->nodes[0] = (cpn_level_node){ .last = -1 };
    bool is_open = aim(search) && visit(search, &search->nodes[0]);
    while (is_open && depth >= 0 && state->n_nodes < most) {
        cpn_level_node *node = &search->nodes[depth];
        if (node->next < node->n_candidates) {
            if (is_late(search, node)) {
                node->next++;
                continue;
            }
            descend(search, depth++);
            is_open = visit(search, &search->nodes[depth]);
        } else {
            if (depth > 0)
                cpn_level_take(search->model, search->work.left, search->tasks[node->last], node->last_rank, -1);
            depth--;
        }
        if (state->n_nodes % NODES_A_CALL != 0) continue;
        const campaign_status status = cpn_report_progress(runtime, "exact", state->n_nodes, most, error);
        if (status != CAMPAIGN_OK) return status;
    }
    if (!is_open || depth < 0) state->bound = state->value.makespan;
    return CAMPAIGN_OK;
}

campaign_status cpn_level_exact(cpn_level_state *state, const campaign_runtime *runtime, campaign_error *error)
{
    const cpn_level_model *model = state->model;
    int32_t n_free;
    if (state->effort->n_nodes <= 0 || !can_search(model, &n_free)) return CAMPAIGN_OK;
    cpn_level_exact_search *search = cpn_alloc_zero(1, sizeof *search);
    int32_t *bit_of = cpn_alloc(model->n_tasks, sizeof *bit_of);
    campaign_status status = CAMPAIGN_OK;
    if (search) {
        search->state = state;
        search->model = model;
        search->nodes = cpn_alloc((int64_t)n_free + 1, sizeof *search->nodes);
    }
    if (!search || !bit_of || !search->nodes || !cpn_level_work_open(&search->work, model) ||
        !cpn_level_windows_open(&search->windows, model, state->effort->n_bound_work) ||
        !cpn_level_memory_open(&search->memory, state->effort->n_nodes)) {
        status = cpn_fail_nomem(error);
    } else if (cpn_level_windows_reset(model, &search->windows, state->value.makespan)) {
        number_tasks(search, bit_of);
        place_fixed(search);
        status = walk(search, runtime, error);
    }
    if (search) {
        cpn_level_memory_free(&search->memory);
        cpn_level_windows_free(&search->windows);
        cpn_level_work_free(&search->work);
        cpn_free(search->nodes);
    }
    cpn_free(bit_of);
    cpn_free(search);
    return status;
}
