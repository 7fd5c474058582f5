/* Energetic reasoning on one resource: the work that must lie within an interval, wherever tasks start in their windows,
 * against its capacity there (Erschler, Lopez, RAIRO 25, 1991; Baptiste, Le Pape, Nuijten, Constraint-Based Scheduling,
 * 2001). Overlaps are counted in the working slots of each task, so pauses cost nothing. */
#include "schedule/level/model.h"

enum { ALL_TASKS = 64, FEW_BOUNDARIES = 64 }; /* with more tasks fewer intervals are tried */

/* Shell sort: short lists, no memory. Returns how many different ones are left, evenly thinned out to at most `most`. */
static int32_t sort_thin(int32_t *values, int32_t n, int32_t most)
{
    for (int32_t gap = n / 2; gap > 0; gap = gap == 2 ? 1 : gap * 5 / 11)
        for (int32_t i = gap; i < n; i++) {
            const int32_t value = values[i];
            int32_t k = i;
            for (; k >= gap && values[k - gap] > value; k -= gap) values[k] = values[k - gap];
            values[k] = value;
        }
    int32_t n_kept = 0;
    for (int32_t i = 0; i < n; i++)
        if (n_kept == 0 || values[i] != values[n_kept - 1]) values[n_kept++] = values[i];
    if (n_kept <= most) return n_kept;
    for (int32_t i = 0; i < most; i++) values[i] = values[(int64_t)i * (n_kept - 1) / (most - 1)];
    return most;
}

/* Both ends of the windows of all tasks on the resource; the inner ones too where there are few tasks. */
static void list_boundaries(const cpn_level_model *model, cpn_level_windows *windows, int32_t *n_from, int32_t *n_to)
{
    *n_from = *n_to = 0;
    for (int32_t i = 0; i < windows->n_tasks; i++) {
        const int32_t task = windows->tasks[i], duration = model->duration[task];
        const cpn_level_class *class = &model->classes[model->task_class[task]];
        windows->from[(*n_from)++] = cpn_level_slot(class, windows->early[task]);
        windows->to[(*n_to)++] = cpn_level_end(class, windows->late[task], duration);
        if (windows->n_tasks > ALL_TASKS) continue;
        windows->from[(*n_from)++] = cpn_level_slot(class, windows->late[task]);
        windows->to[(*n_to)++] = cpn_level_end(class, windows->early[task], duration);
    }
    for (int32_t i = 0; i < windows->n_partial; i++) {
        windows->from[(*n_from)++] = windows->partial[i].from;
        windows->to[(*n_to)++] = windows->partial[i].to;
    }
    const int32_t most = windows->n_tasks > ALL_TASKS ? FEW_BOUNDARIES : 2 * ALL_TASKS;
    *n_from = sort_thin(windows->from, *n_from, most);
    *n_to = sort_thin(windows->to, *n_to, most);
}

typedef struct interval {
    int32_t from, to; /* slots from … to - 1 */
    int64_t capacity, work;
} interval;

/* Working slots that a task started at rank has from rank `first` to rank `end` - 1. */
static int32_t overlap(int32_t rank, int32_t duration, int32_t first, int32_t end)
{
    const int32_t low = rank > first ? rank : first, high = rank + duration < end ? rank + duration : end;
    return high > low ? high - low : 0;
}

static int32_t least_overlap(const cpn_level_model *model, const cpn_level_windows *windows, int32_t task,
                             const interval *in)
{
    const cpn_level_class *class = &model->classes[model->task_class[task]];
    const int32_t first = cpn_level_rank(class, in->from), end = cpn_level_rank(class, in->to);
    const int32_t left = overlap(windows->early[task], model->duration[task], first, end);
    if (left == 0) return 0;
    const int32_t right = overlap(windows->late[task], model->duration[task], first, end);
    return left < right ? left : right;
}

/* Moves the windows of tasks that would have more work in the interval than the others leave them. */
static bool narrow(const cpn_level_model *model, cpn_level_windows *windows, const interval *in, bool *is_changed)
{
    for (int32_t i = 0; i < windows->n_tasks; i++) {
        const int32_t task = windows->tasks[i], duration = model->duration[task];
        const cpn_level_class *class = &model->classes[model->task_class[task]];
        const int32_t first = cpn_level_rank(class, in->from), end = cpn_level_rank(class, in->to);
        const int64_t own = (int64_t)windows->units[i] * least_overlap(model, windows, task, in);
        const int64_t room = (in->capacity - in->work + own) / windows->units[i];
        const int32_t left = overlap(windows->early[task], duration, first, end);
        const int32_t right = overlap(windows->late[task], duration, first, end);
        if (left > room) windows->early[task] = cpn_level_up(class, end - (int32_t)room), *is_changed = true;
        if (right > room)
            windows->late[task] = cpn_level_down(class, first + (int32_t)room - duration), *is_changed = true;
        if (windows->early[task] > windows->late[task]) return false;
    }
    return true;
}

bool cpn_level_energy(const cpn_level_model *model, cpn_level_windows *windows, bool *is_changed)
{
    int32_t n_from, n_to;
    list_boundaries(model, windows, &n_from, &n_to);
    for (int32_t a = 0; a < n_from; a++)
        for (int32_t b = 0; b < n_to; b++) {
            interval in = { .from = windows->from[a], .to = windows->to[b] };
            if (in.to <= in.from) continue;
            in.capacity = windows->sum[in.to] - windows->sum[in.from];
            for (int32_t i = 0; i < windows->n_tasks; i++)
                in.work += (int64_t)windows->units[i] * least_overlap(model, windows, windows->tasks[i], &in);
            for (int32_t i = 0; i < windows->n_partial; i++)
                if (windows->partial[i].from >= in.from && windows->partial[i].to <= in.to)
                    in.work += windows->partial[i].work;
            windows->n_steps += windows->n_tasks + windows->n_partial;
            if (in.work > in.capacity) return false;
            if (is_changed && !narrow(model, windows, &in, is_changed)) return false;
            if (windows->n_steps >= windows->max_steps) return true;
        }
    return true;
}
