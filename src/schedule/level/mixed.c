/* Bounds where tasks of one resource work on different days: hours and calendar days also on weekends, working days not. What
 * is free on a weekend is of no use to the latter, and the former must do part of their work on working days too. */
#include "schedule/level/model.h"

enum { MOST_CLASSES = 8 };

/* Classes of the gathered tasks. Those beyond the first few are left out, which leaves the bound lower, not wrong. */
static int32_t list_classes(int32_t classes[MOST_CLASSES], const cpn_level_model *model,
                            const cpn_level_windows *windows)
{
    int32_t n = 0;
    for (int32_t i = 0; i < windows->n_tasks && n < MOST_CLASSES; i++) {
        int32_t k = 0;
        while (k < n && classes[k] != model->task_class[windows->tasks[i]]) k++;
        if (k == n) classes[n++] = model->task_class[windows->tasks[i]];
    }
    return n;
}

static bool has_slot(const cpn_level_class *class, int32_t slot)
{
    return class->ranks[slot + 1] > class->ranks[slot];
}

static bool is_within(const cpn_level_class *inner, const cpn_level_class *outer)
{
    if (inner == outer) return true;
    if (!inner->slots) return false;
    for (int32_t k = 0; k < inner->n; k++)
        if (!has_slot(outer, inner->slots[k])) return false;
    return true;
}

/* The fewest working slots of the class that a task has, wherever in its window it starts. */
static int32_t least_within(const cpn_level_model *model, cpn_level_windows *windows, int32_t task,
                            const cpn_level_class *outer)
{
    const cpn_level_class *own = &model->classes[model->task_class[task]];
    const int32_t early = windows->early[task], late = windows->late[task], duration = model->duration[task];
    int32_t n = 0;
    for (int32_t k = early; k < early + duration; k++) n += has_slot(outer, cpn_level_slot(own, k));
    int32_t least = n;
    for (int32_t k = early; k < late && least > 0; k++) {
        n += has_slot(outer, cpn_level_slot(own, k + duration)) - has_slot(outer, cpn_level_slot(own, k));
        if (n < least) least = n;
    }
    windows->n_steps += late - early + duration;
    return least;
}

/* Of the gathered tasks those that work in slots of the class only; of the others what they must do there; and of the
 * capacity what lies in these slots. */
static void keep_within(const cpn_level_model *model, cpn_level_windows *windows, int32_t resource, int32_t class)
{
    const cpn_level_class *outer = &model->classes[class];
    int32_t n = 0, known = -1;
    bool is_kept = false;
    for (int32_t i = 0; i < windows->n_tasks; i++) {
        const int32_t task = windows->tasks[i], units = windows->units[i], own = model->task_class[task];
        if (own != known) {
            is_kept = is_within(&model->classes[own], outer);
            windows->n_steps += own == class ? 0 : model->classes[own].n;
        }
        known = own;
        if (is_kept) {
            windows->tasks[n] = task;
            windows->units[n++] = units;
        } else if (windows->n_steps < windows->max_steps) {
            windows->partial[windows->n_partial++] =
                (cpn_level_partial){ .from = cpn_level_slot(&model->classes[own], windows->early[task]),
                                     .to = cpn_level_end(&model->classes[own], windows->late[task],
                                                         model->duration[task]),
                                     .work = (int64_t)units * least_within(model, windows, task, outer) };
        }
    }
    windows->n_tasks = n;
    const int32_t *capacity = model->capacity + (int64_t)resource * model->n_slots;
    for (int32_t t = 0; t < model->n_slots; t++)
        windows->sum[t + 1] = windows->sum[t] + (has_slot(outer, t) ? capacity[t] : 0);
}

bool cpn_level_energy_by_class(const cpn_level_model *model, cpn_level_windows *windows, int32_t resource,
                               bool *is_changed)
{
    int32_t classes[MOST_CLASSES];
    const int32_t n = list_classes(classes, model, windows);
    for (int32_t i = 0; i < n && n > 1 && windows->n_steps < windows->max_steps; i++) {
        if (!model->classes[classes[i]].slots) continue;
        cpn_level_gather(model, windows, resource);
        keep_within(model, windows, resource, classes[i]);
        if (!cpn_level_energy(model, windows, is_changed)) return false;
    }
    return true;
}
