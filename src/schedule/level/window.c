/* Windows of start: between which slots a task must start if everything is to be done by a deadline. Links move them
 * against each other; a task that must run in some slot takes capacity there from the others. */
#include "base/memory.h"
#include "schedule/level/model.h"

bool cpn_level_windows_open(cpn_level_windows *windows, const cpn_level_model *model, int64_t max_steps)
{
    const int64_t n = model->n_tasks;
    *windows = (cpn_level_windows){ .max_steps = max_steps };
    windows->early = cpn_alloc(n, sizeof *windows->early);
    windows->late = cpn_alloc(n, sizeof *windows->late);
    windows->tasks = cpn_alloc(n, sizeof *windows->tasks);
    windows->units = cpn_alloc(n, sizeof *windows->units);
    windows->from = cpn_alloc(2 * n, sizeof *windows->from);
    windows->to = cpn_alloc(2 * n, sizeof *windows->to);
    windows->partial = cpn_alloc(n, sizeof *windows->partial);
    windows->used = cpn_alloc(model->n_slots, sizeof *windows->used);
    windows->sum = cpn_alloc((int64_t)model->n_slots + 1, sizeof *windows->sum);
    const bool is_there = windows->early && windows->late && windows->tasks && windows->units && windows->from &&
                          windows->to && windows->partial && windows->used && windows->sum;
    if (!is_there) cpn_level_windows_free(windows);
    return is_there;
}

void cpn_level_windows_free(cpn_level_windows *windows)
{
    cpn_free(windows->early);
    cpn_free(windows->late);
    cpn_free(windows->tasks);
    cpn_free(windows->units);
    cpn_free(windows->from);
    cpn_free(windows->to);
    cpn_free(windows->partial);
    cpn_free(windows->used);
    cpn_free(windows->sum);
    *windows = (cpn_level_windows){ 0 };
}

/* ---- Links --------------------------------------------------------------------------------------------------------- */

static const cpn_level_class *class_of(const cpn_level_model *model, int32_t task)
{
    return &model->classes[model->task_class[task]];
}

/* Ranks at which a task can start at all. */
static int32_t last_rank(const cpn_level_model *model, int32_t task)
{
    return class_of(model, task)->n - model->duration[task];
}

/* Raises early to where links from tasks at their own early ranks allow it. */
static bool push_task(const cpn_level_model *model, int32_t *early, int32_t task)
{
    if (model->fixed[task] >= 0) return true;
    for (int32_t i = model->in_start[task]; i < model->in_start[task + 1]; i++) {
        const cpn_level_link *link = &model->in[i];
        const cpn_level_class *class = class_of(model, link->from);
        const int32_t rank = early[link->from];
        const int32_t start = rank < class->n || !class->slots ? cpn_level_slot(class, rank) : model->n_slots;
        const int32_t pushed =
            cpn_level_push(model, link, start, cpn_level_end(class, rank, model->duration[link->from]));
        if (pushed > early[task]) early[task] = pushed;
    }
    return early[task] <= last_rank(model, task);
}

static void pull_task(const cpn_level_model *model, int32_t *late, int32_t task)
{
    if (model->fixed[task] >= 0) return;
    for (int32_t i = model->out_start[task]; i < model->out_start[task + 1]; i++) {
        const cpn_level_link *link = &model->out[i];
        if (model->fixed[link->to] >= 0) continue; /* it stands where it stands, whether the link holds or not */
        const cpn_level_class *class = class_of(model, link->to);
        const int32_t rank = late[link->to];
        const int32_t pulled = cpn_level_pull(model, link, cpn_level_slot(class, rank),
                                              cpn_level_end(class, rank, model->duration[link->to]));
        if (pulled < late[task]) late[task] = pulled;
    }
}

static int32_t first_rank(const cpn_level_model *model, int32_t task)
{
    const cpn_level_class *class = class_of(model, task);
    if (model->fixed[task] >= 0) return cpn_level_rank(class, model->fixed[task]);
    return cpn_level_up(class, cpn_level_rank(class, model->earliest[task]));
}

bool cpn_level_heads(const cpn_level_model *model, int32_t *early, int32_t *value)
{
    *value = 0;
    for (int32_t i = 0; i < model->n_tasks; i++) {
        const int32_t task = model->topo[i];
        early[task] = first_rank(model, task);
        if (early[task] > last_rank(model, task) || !push_task(model, early, task)) return false;
        const int32_t finish = cpn_level_end(class_of(model, task), early[task], model->duration[task]);
        if (finish > *value) *value = finish;
    }
    return true;
}

bool cpn_level_windows_by_links(const cpn_level_model *model, cpn_level_windows *windows)
{
    windows->n_steps += (int64_t)2 * (model->n_tasks + model->n_links);
    for (int32_t i = 0; i < model->n_tasks; i++)
        if (!push_task(model, windows->early, model->topo[i])) return false;
    for (int32_t i = model->n_tasks - 1; i >= 0; i--) {
        const int32_t task = model->topo[i];
        pull_task(model, windows->late, task);
        if (windows->late[task] < windows->early[task]) return false;
    }
    return true;
}

bool cpn_level_windows_reset(const cpn_level_model *model, cpn_level_windows *windows, int32_t deadline)
{
    windows->deadline = deadline;
    for (int32_t i = 0; i < model->n_tasks; i++) {
        windows->early[i] = first_rank(model, i);
        windows->late[i] =
            cpn_level_down(class_of(model, i), cpn_level_rank(class_of(model, i), deadline) - model->duration[i]);
        if (windows->late[i] < windows->early[i]) return false;
        if (model->fixed[i] >= 0) windows->late[i] = windows->early[i];
    }
    return cpn_level_windows_by_links(model, windows);
}

/* ---- What must run -------------------------------------------------------------------------------------------------- */

/* Tasks that need a resource, with their units, and its capacity added up. */
void cpn_level_gather(const cpn_level_model *model, cpn_level_windows *windows, int32_t resource)
{
    windows->n_tasks = windows->n_partial = 0;
    for (int32_t i = 0; i < model->n_tasks; i++) {
        if (model->fixed[i] >= 0 || model->duration[i] == 0) continue;
        for (int32_t k = model->need_start[i]; k < model->need_start[i + 1]; k++) {
            if (model->need_resource[k] != resource || model->need_units[k] == 0) continue;
            windows->tasks[windows->n_tasks] = i;
            windows->units[windows->n_tasks++] = model->need_units[k];
        }
    }
    const int32_t *capacity = model->capacity + (int64_t)resource * model->n_slots;
    windows->sum[0] = 0;
    for (int32_t t = 0; t < model->n_slots; t++) windows->sum[t + 1] = windows->sum[t] + capacity[t];
    windows->n_steps += model->n_tasks + model->n_slots;
}

/* Adds or takes away the slots in which a task runs wherever it starts in its window. */
static void mark_certain(const cpn_level_model *model, cpn_level_windows *windows, int32_t i, int32_t sign)
{
    const int32_t task = windows->tasks[i], end = windows->early[task] + model->duration[task];
    for (int32_t k = windows->late[task]; k < end; k++)
        windows->used[cpn_level_slot(class_of(model, task), k)] += sign * windows->units[i];
}

/* Moves both ends of a window off slots that others certainly fill. used is without the task itself. */
static bool squeeze(const cpn_level_model *model, cpn_level_windows *windows, int32_t resource, int32_t i)
{
    const int32_t *capacity = model->capacity + (int64_t)resource * model->n_slots;
    const int32_t task = windows->tasks[i], units = windows->units[i], duration = model->duration[task];
    const cpn_level_class *class = class_of(model, task);
    int32_t early = windows->early[task], late = windows->late[task];
    for (int32_t n_free = 0; n_free < duration && early <= late;) {
        const int32_t k = early + n_free, slot = cpn_level_slot(class, k);
        windows->n_steps++;
        if (capacity[slot] - windows->used[slot] >= units) {
            n_free++;
        } else {
            early = k + 1;
            n_free = 0;
        }
    }
    for (int32_t n_free = 0; n_free < duration && early <= late;) {
        const int32_t k = late + duration - 1 - n_free, slot = cpn_level_slot(class, k);
        windows->n_steps++;
        if (capacity[slot] - windows->used[slot] >= units) {
            n_free++;
        } else {
            late = k - duration;
            n_free = 0;
        }
    }
    windows->early[task] = early = cpn_level_up(class, early);
    windows->late[task] = late = late < 0 ? late : cpn_level_down(class, late);
    return early <= late;
}

static bool tighten_by_certain(const cpn_level_model *model, cpn_level_windows *windows, int32_t resource,
                               bool *is_changed)
{
    for (int32_t t = 0; t < model->n_slots; t++) windows->used[t] = 0;
    for (int32_t i = 0; i < windows->n_tasks; i++) mark_certain(model, windows, i, 1);
    const int32_t *capacity = model->capacity + (int64_t)resource * model->n_slots;
    for (int32_t t = 0; t < windows->deadline; t++)
        if (windows->used[t] > capacity[t]) return false;
    for (int32_t i = 0; i < windows->n_tasks; i++) {
        const int32_t task = windows->tasks[i], early = windows->early[task], late = windows->late[task];
        mark_certain(model, windows, i, -1);
        if (!squeeze(model, windows, resource, i)) return false;
        mark_certain(model, windows, i, 1);
        if (windows->early[task] != early || windows->late[task] != late) *is_changed = true;
    }
    return true;
}

/* ---- All of it ------------------------------------------------------------------------------------------------------ */

bool cpn_level_windows_tighten(const cpn_level_model *model, cpn_level_windows *windows)
{
    for (bool is_changed = true; is_changed;) {
        is_changed = false;
        if (!cpn_level_windows_by_links(model, windows)) return false;
        for (int32_t r = 0; r < model->n_resources && windows->n_steps < windows->max_steps; r++) {
            cpn_level_gather(model, windows, r);
            if (!tighten_by_certain(model, windows, r, &is_changed)) return false;
            if (!cpn_level_energy(model, windows, &is_changed)) return false;
            if (!cpn_level_energy_by_class(model, windows, r, &is_changed)) return false;
        }
        if (windows->n_steps >= windows->max_steps) break;
    }
    return true;
}

bool cpn_level_windows_fit(const cpn_level_model *model, cpn_level_windows *windows)
{
    for (int32_t r = 0; r < model->n_resources && windows->n_steps < windows->max_steps; r++) {
        cpn_level_gather(model, windows, r);
        if (!cpn_level_energy(model, windows, NULL)) return false;
        if (!cpn_level_energy_by_class(model, windows, r, NULL)) return false;
    }
    return true;
}
