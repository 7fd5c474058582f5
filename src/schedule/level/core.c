/* Levels a problem of plain arrays: priority rules, the bound, breeding, and for small problems a search to the end. */
#include "schedule/level/core.h"

#include "base/memory.h"
#include "schedule/level/model.h"

void cpn_level_answer_free(cpn_level_answer *answer)
{
    cpn_free(answer->start);
    cpn_free(answer->finish);
    *answer = (cpn_level_answer){ 0 };
}

/* Latest slots by links if all is done by the path bound, from the windows that this deadline leaves. */
static void list_late(int32_t *late, int32_t *late_start, const cpn_level_model *model, const int32_t *ranks)
{
    for (int32_t i = 0; i < model->n_tasks; i++) {
        const cpn_level_class *class = &model->classes[model->task_class[i]];
        late[i] = cpn_level_end(class, ranks[i], model->duration[i]);
        late_start[i] = model->duration[i] ? cpn_level_slot(class, ranks[i]) : ranks[i];
    }
}

/* Heads and tails without resources; false where the axis is too short even so. */
static bool measure(cpn_level_state *state, int32_t *late, int32_t *late_start, cpn_level_windows *windows)
{
    if (!cpn_level_heads(state->model, windows->early, &state->path_bound)) return false;
    if (!cpn_level_windows_reset(state->model, windows, state->path_bound)) return false;
    list_late(late, late_start, state->model, windows->late);
    cpn_level_value least = { 0 };
    for (int32_t i = 0; i < state->model->n_tasks; i++) {
        const cpn_level_class *class = &state->model->classes[state->model->task_class[i]];
        cpn_level_count(&least, state->model, i, cpn_level_end(class, windows->early[i], state->model->duration[i]));
    }
    state->least_tardiness = least.tardiness;
    state->late = late;
    state->late_start = late_start;
    state->bound = state->energy_bound = state->path_bound;
    return true;
}

static campaign_status search(cpn_level_state *state, bool *fits, const campaign_runtime *runtime,
                              campaign_error *error)
{
    campaign_status status = cpn_level_rules(state, fits, error);
    if (status != CAMPAIGN_OK || !*fits) return status;
    if (state->value.makespan > state->bound) status = cpn_level_raise_bound(state, runtime, error);
    if (status == CAMPAIGN_OK && cpn_level_is_open(state)) status = cpn_level_breed(state, runtime, error);
    if (status == CAMPAIGN_OK && state->value.makespan > state->bound) status = cpn_level_exact(state, runtime, error);
    return status;
}

static campaign_status solve_models(cpn_level_answer *answer, const cpn_level_model *model,
                                    const cpn_level_model *mirror, const cpn_level_effort *effort,
                                    const campaign_runtime *runtime, campaign_error *error)
{
    const int64_t n = model->n_tasks;
    cpn_level_state state = { .model = model, .mirror = mirror, .effort = effort };
    state.value.makespan = INT32_MAX;
    state.start = answer->start;
    state.finish = answer->finish;
    cpn_level_windows windows = { 0 };
    int32_t *late = cpn_alloc(n, sizeof *late), *late_start = cpn_alloc(n, sizeof *late_start);
    campaign_status status = CAMPAIGN_OK;
    if (!late || !late_start || !cpn_level_windows_open(&windows, model, 0)) {
        status = cpn_fail_nomem(error);
    } else if (measure(&state, late, late_start, &windows)) {
        status = search(&state, &answer->fits, runtime, error);
    }
    cpn_level_windows_free(&windows);
    cpn_free(late_start);
    cpn_free(late);
    answer->value = state.value.makespan;
    answer->path_bound = state.path_bound;
    answer->energy_bound = state.energy_bound;
    answer->bound = state.bound;
    answer->n_schedules = state.n_schedules;
    answer->n_nodes = state.n_nodes;
    return status;
}

campaign_status cpn_level_solve(cpn_level_answer *answer, const cpn_level_problem *problem,
                                const cpn_level_effort *effort, const campaign_runtime *runtime, campaign_error *error)
{
    *answer = (cpn_level_answer){ 0 };
    cpn_level_model model = { 0 }, mirror = { 0 };
    answer->start = cpn_alloc_zero(problem->n_tasks, sizeof *answer->start);
    answer->finish = cpn_alloc_zero(problem->n_tasks, sizeof *answer->finish);
    campaign_status status = CAMPAIGN_OK;
    if (!answer->start || !answer->finish || !cpn_level_model_open(&model, problem) ||
        !cpn_level_model_mirror(&mirror, &model))
        status = cpn_fail_nomem(error);
    if (status == CAMPAIGN_OK) status = solve_models(answer, &model, &mirror, effort, runtime, error);
    cpn_level_model_free(&mirror);
    cpn_level_model_free(&model);
    if (status != CAMPAIGN_OK || !answer->fits) cpn_level_answer_free(answer);
    return status;
}

campaign_status cpn_level_misfit(int32_t *task, const cpn_level_problem *problem, campaign_error *error)
{
    cpn_level_model model = { 0 };
    int32_t *early = cpn_alloc_zero(problem->n_tasks, sizeof *early), value;
    *task = -1;
    if (!early || !cpn_level_model_open(&model, problem)) {
        cpn_free(early);
        return cpn_fail_nomem(error);
    }
    (void)cpn_level_heads(&model, early, &value); /* ranks of tasks before the first that fits nowhere are true */
    for (int32_t i = 0; i < problem->n_tasks && *task < 0; i++) {
        const int32_t one = model.topo[i];
        if (cpn_level_first_fit(&model, model.capacity, one, early[one]) == CPN_LEVEL_BEYOND) *task = one;
    }
    cpn_level_model_free(&model);
    cpn_free(early);
    return CAMPAIGN_OK;
}
