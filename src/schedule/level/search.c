/* Schedules from priority rules, and what makes a schedule better. */
#include <string.h>

#include "base/memory.h"
#include "schedule/level/model.h"

void cpn_level_keep(cpn_level_state *state, const cpn_level_work *work)
{
    if (!cpn_level_is_better(&work->value, &state->value)) return;
    const size_t size = (size_t)state->model->n_tasks * sizeof *work->start;
    memcpy(state->start, work->start, size);
    memcpy(state->finish, work->finish, size);
    state->value = work->value;
}

/* The last to finish goes first to the right; then the first to start goes first to the left. Neither pass makes a
 * schedule longer where links go from finish to start; where others do, the caller keeps the better one. */
bool cpn_level_justify(cpn_level_work *work, cpn_level_work *back, const cpn_level_state *state, int64_t *key)
{
    const int32_t n_slots = state->model->n_slots;
    for (int32_t i = 0; i < state->model->n_tasks; i++) key[i] = -(int64_t)work->finish[i];
    if (!cpn_level_serial(back, state->mirror, key, n_slots - work->value.makespan)) return false;
    for (int32_t i = 0; i < state->model->n_tasks; i++) key[i] = -(int64_t)back->finish[i];
    return cpn_level_serial(work, state->model, key, 0);
}

/* ---- Priority rules ----------------------------------------------------------------------------------------------- */

/* What comes first: the latest finish, the latest start, the most work that waits for it, what is due. */
enum { LATEST_FINISH, LATEST_START, MOST_WORK_AFTER, DUE, N_RULES };

/* Work of a task and of all after it, counted along every link; a measure, not a sum over different tasks. */
static void work_after(const cpn_level_model *model, double *work)
{
    for (int32_t i = model->n_tasks - 1; i >= 0; i--) {
        const int32_t task = model->topo[i];
        work[task] = model->duration[task];
        for (int32_t k = model->out_start[task]; k < model->out_start[task + 1]; k++)
            work[task] += work[model->out[k].to] /
                          (1 + model->in_start[model->out[k].to + 1] - model->in_start[model->out[k].to]);
    }
}

static void rule_keys(int64_t *key, double *work, const cpn_level_state *state, int32_t rule)
{
    const cpn_level_model *model = state->model;
    if (rule == MOST_WORK_AFTER) work_after(model, work);
    for (int32_t i = 0; i < model->n_tasks; i++) {
        if (rule == LATEST_FINISH) key[i] = (int64_t)state->late[i] * 65536 + model->place[i] % 65536;
        if (rule == LATEST_START) key[i] = (int64_t)state->late_start[i] * 65536 + model->place[i] % 65536;
        if (rule == DUE) {
            const int32_t late = state->late[i];
            key[i] = ((int64_t)(model->due[i] < late ? model->due[i] : late) << 31) + late;
        }
        if (rule == MOST_WORK_AFTER) key[i] = -(int64_t)(work[i] < 1e9 ? work[i] * 1000 : 1e12);
    }
}

campaign_status cpn_level_rules(cpn_level_state *state, bool *fits, campaign_error *error)
{
    const cpn_level_model *model = state->model;
    cpn_level_work work, back = { 0 };
    int64_t *key = cpn_alloc(model->n_tasks, sizeof *key);
    double *after = cpn_alloc(model->n_tasks, sizeof *after);
    const bool is_open = cpn_level_work_open(&work, model) && cpn_level_work_open(&back, state->mirror) && key && after;
    *fits = false;
    for (int32_t rule = 0; is_open && rule < 2 * N_RULES; rule++) {
        if (!cpn_level_is_open(state) || (rule > 0 && state->n_schedules >= state->effort->n_schedules)) break;
        rule_keys(key, after, state, rule % N_RULES);
        const bool is_placed =
            rule < N_RULES ? cpn_level_serial(&work, model, key, 0) : cpn_level_parallel(&work, model, key, 0);
        state->n_schedules++;
        if (!is_placed) continue;
        *fits = true;
        cpn_level_keep(state, &work);
        if (state->n_schedules + 2 > state->effort->n_schedules) continue;
        state->n_schedules += 2;
        if (cpn_level_justify(&work, &back, state, key)) cpn_level_keep(state, &work);
    }
    cpn_level_work_free(&back);
    cpn_level_work_free(&work);
    cpn_free(after);
    cpn_free(key);
    return is_open ? CAMPAIGN_OK : cpn_fail_nomem(error);
}
