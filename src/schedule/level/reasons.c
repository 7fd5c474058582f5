/* Why a task starts later than it would if nothing were short: a resource that is taken, and by whom; or a predecessor that
 * was moved itself, whose reason it then shares. */
#include "base/memory.h"
#include "schedule/level/level.h"
#include "schedule/level/model.h"

typedef struct search {
    cpn_level_plan *plan;
    cpn_level_model model;
    int32_t *left;  /* capacity not taken */
    int32_t *early; /* ranks if nothing were short */
} search;

static int32_t rank_of(const search *at, int32_t task)
{
    return cpn_level_rank(&at->model.classes[at->model.task_class[task]], at->plan->answer.start[task]);
}

/* The lowest rank that earliest slot and links leave, and the predecessor that holds the task there; -1 = none. */
static int32_t linked_rank(const search *at, int32_t task, int32_t *holder)
{
    const cpn_level_model *model = &at->model;
    const cpn_level_answer *answer = &at->plan->answer;
    int32_t rank = cpn_level_up(&model->classes[model->task_class[task]],
                                cpn_level_rank(&model->classes[model->task_class[task]], model->earliest[task]));
    *holder = -1;
    for (int32_t i = model->in_start[task]; i < model->in_start[task + 1]; i++) {
        const cpn_level_link *link = &model->in[i];
        const int32_t pushed = cpn_level_push(model, link, answer->start[link->from], answer->finish[link->from]);
        if (pushed <= rank) continue;
        rank = pushed;
        *holder = link->from;
    }
    return rank;
}

/* The resource that is short in a slot for a task, and the task that takes most of it there. */
static void blame(search *at, int32_t task, int32_t slot)
{
    const cpn_level_model *model = &at->model;
    cpn_level_plan *plan = at->plan;
    for (int32_t i = model->need_start[task]; i < model->need_start[task + 1]; i++) {
        const int32_t resource = model->need_resource[i];
        if (at->left[(int64_t)resource * model->n_slots + slot] >= model->need_units[i]) continue;
        plan->reason[task] = resource;
        int32_t most = 0;
        for (int32_t k = 0; k < plan->n_needs; k++) {
            const cpn_level_need *need = &plan->needs[k];
            if (need->resource != resource || need->task == task || need->units <= most) continue;
            if (plan->answer.start[need->task] > slot || plan->answer.finish[need->task] <= slot) continue;
            most = need->units;
            plan->behind[task] = need->task;
        }
        return;
    }
}

static void find_reason(search *at, int32_t task)
{
    const cpn_level_model *model = &at->model;
    cpn_level_plan *plan = at->plan;
    const cpn_level_class *class = &model->classes[model->task_class[task]];
    int32_t holder;
    const int32_t rank = rank_of(at, task);
    if (rank <= at->early[task]) return;
    const int32_t linked = linked_rank(at, task, &holder);
    if (linked >= rank) {
        plan->after[task] = holder;
        if (holder >= 0) plan->reason[task] = plan->reason[holder];
        return;
    }
    cpn_level_take(model, at->left, task, rank, -1);
    const int32_t before = rank - cpn_level_step(class);
    const int32_t clash = cpn_level_clash(model, at->left, task, before);
    if (clash >= 0) blame(at, task, cpn_level_slot(class, clash));
    cpn_level_take(model, at->left, task, rank, 1);
}

campaign_status cpn_level_find_reasons(cpn_level_plan *plan, campaign_error *error)
{
    search at = { .plan = plan };
    const int64_t n = plan->net.n_tasks, n_cells = (int64_t)plan->n_resources * plan->n_slots;
    plan->reason = cpn_alloc(n, sizeof *plan->reason);
    plan->behind = cpn_alloc(n, sizeof *plan->behind);
    plan->after = cpn_alloc(n, sizeof *plan->after);
    at.left = cpn_alloc(n_cells, sizeof *at.left);
    at.early = cpn_alloc(n, sizeof *at.early);
    const bool is_open = plan->reason && plan->behind && plan->after && at.left && at.early &&
                         cpn_level_model_open(&at.model, &plan->problem);
    int32_t value;
    for (int64_t i = 0; i < n_cells && is_open; i++) at.left[i] = at.model.capacity[i];
    for (int32_t i = 0; i < n && is_open; i++) {
        plan->reason[i] = plan->behind[i] = plan->after[i] = -1;
        cpn_level_take(&at.model, at.left, i, rank_of(&at, i), 1);
    }
    if (is_open && cpn_level_heads(&at.model, at.early, &value))
        for (int32_t i = 0; i < n; i++) find_reason(&at, at.model.topo[i]);
    cpn_level_model_free(&at.model);
    cpn_free(at.early);
    cpn_free(at.left);
    return is_open ? CAMPAIGN_OK : cpn_fail_nomem(error);
}
