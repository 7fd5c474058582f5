/* A levelling problem with its links sorted by task and its tasks in the order of links, and the same mirrored in time. */
#include <assert.h>
#include <string.h>

#include "base/memory.h"
#include "schedule/level/model.h"

static int32_t *copy(const int32_t *values, int64_t n, int32_t fill)
{
    int32_t *made = cpn_alloc(n, sizeof *made);
    for (int64_t i = 0; made && i < n; i++) made[i] = values ? values[i] : fill;
    return made;
}

void cpn_level_model_free(cpn_level_model *model)
{
    cpn_free(model->duration);
    cpn_free(model->task_class);
    cpn_free(model->earliest);
    cpn_free(model->fixed);
    cpn_free(model->due);
    cpn_free(model->classes);
    cpn_free(model->mirror_memory);
    cpn_free(model->in_start);
    cpn_free(model->out_start);
    cpn_free(model->in);
    cpn_free(model->out);
    cpn_free(model->topo);
    cpn_free(model->place);
    cpn_free(model->capacity);
    *model = (cpn_level_model){ 0 };
}

static bool reserve(cpn_level_model *model)
{
    const int64_t n = model->n_tasks;
    model->classes = cpn_alloc_zero(model->n_classes + 1, sizeof *model->classes);
    model->in_start = cpn_alloc_zero(n + 1, sizeof *model->in_start);
    model->out_start = cpn_alloc_zero(n + 1, sizeof *model->out_start);
    model->in = cpn_alloc(model->n_links, sizeof *model->in);
    model->out = cpn_alloc(model->n_links, sizeof *model->out);
    model->topo = cpn_alloc(n, sizeof *model->topo);
    model->place = cpn_alloc_zero(n, sizeof *model->place);
    return model->classes && model->in_start && model->out_start && model->in && model->out && model->topo &&
           model->place;
}

/* Both lists keep the order in which links are given. */
static void sort_links(cpn_level_model *model, const cpn_level_link *links)
{
    const int32_t n = model->n_tasks;
    for (int32_t i = 0; i < model->n_links; i++) {
        model->in_start[links[i].to]++;
        model->out_start[links[i].from]++;
    }
    int32_t n_in = 0, n_out = 0;
    for (int32_t i = 0; i <= n; i++) { /* from counts to ends; filling from the back turns ends into beginnings */
        n_in = model->in_start[i] += n_in;
        n_out = model->out_start[i] += n_out;
    }
    for (int32_t i = model->n_links - 1; i >= 0; i--) {
        cpn_level_link link = links[i];
        if (link.lag_class == CPN_LEVEL_ALL_SLOTS) link.lag_class = model->n_classes;
        model->in[--model->in_start[link.to]] = link;
        model->out[--model->out_start[link.from]] = link;
    }
}

/* Order of links, breadth first from the tasks that wait for nothing. */
static void order_tasks(cpn_level_model *model)
{
    int32_t n_placed = 0, *n_waiting = model->place;
    for (int32_t i = 0; i < model->n_tasks; i++) {
        n_waiting[i] = model->in_start[i + 1] - model->in_start[i];
        if (n_waiting[i] == 0) model->topo[n_placed++] = i;
    }
    for (int32_t next = 0; next < n_placed; next++) {
        const int32_t task = model->topo[next];
        for (int32_t i = model->out_start[task]; i < model->out_start[task + 1]; i++)
            if (--n_waiting[model->out[i].to] == 0) model->topo[n_placed++] = model->out[i].to;
    }
    assert(n_placed == model->n_tasks && "links in a circle");
    for (int32_t i = 0; i < model->n_tasks; i++) model->place[model->topo[i]] = i;
}

bool cpn_level_model_open(cpn_level_model *model, const cpn_level_problem *problem)
{
    *model = (cpn_level_model){ .n_tasks = problem->n_tasks,
                                .n_links = problem->n_links,
                                .n_resources = problem->n_resources,
                                .n_slots = problem->n_slots,
                                .n_classes = problem->n_classes,
                                .need_start = problem->need_start,
                                .need_resource = problem->need_resource,
                                .need_units = problem->need_units };
    const int64_t n = model->n_tasks, n_cells = (int64_t)model->n_resources * model->n_slots;
    model->duration = copy(problem->duration, n, 0);
    model->task_class = copy(problem->task_class, n, model->n_classes);
    model->earliest = copy(problem->earliest, n, 0);
    model->fixed = copy(problem->fixed, n, -1);
    model->due = copy(problem->due, n, INT32_MAX);
    model->capacity = copy(problem->capacity, n_cells, 0);
    if (!reserve(model) || !model->duration || !model->task_class || !model->earliest || !model->fixed || !model->due ||
        !model->capacity) {
        cpn_level_model_free(model);
        return false;
    }
    model->is_plain = true;
    for (int32_t i = 0; i < model->n_classes; i++) model->classes[i] = problem->classes[i];
    model->classes[model->n_classes] = (cpn_level_class){ .n = model->n_slots };
    for (int32_t i = 0; i < n; i++) {
        if (model->duration[i] == 0 || model->task_class[i] == CPN_LEVEL_ALL_SLOTS)
            model->task_class[i] = model->n_classes;
        const cpn_level_class *class = &model->classes[model->task_class[i]];
        if (class->slots || class->step > 1) model->is_plain = false;
    }
    sort_links(model, problem->links);
    order_tasks(model);
    return true;
}

/* Slots and ranks of a class with time running backwards. */
static void mirror_class(cpn_level_class *mirrored, const cpn_level_class *class, int32_t *memory, int32_t n_slots)
{
    int32_t *slots = memory, *ranks = memory + class->n;
    for (int32_t k = 0; k < class->n; k++) slots[k] = n_slots - 1 - class->slots[class->n - 1 - k];
    for (int32_t t = 0; t <= n_slots; t++) ranks[t] = class->n - class->ranks[n_slots - t];
    *mirrored = (cpn_level_class){ .n = class->n, .step = class->step, .slots = slots, .ranks = ranks };
}

static bool mirror_classes(cpn_level_model *mirror, const cpn_level_model *model)
{
    int64_t n_memory = 0;
    for (int32_t i = 0; i < model->n_classes; i++)
        if (model->classes[i].slots) n_memory += (int64_t)model->classes[i].n + model->n_slots + 1;
    mirror->mirror_memory = cpn_alloc(n_memory, sizeof *mirror->mirror_memory);
    if (!mirror->mirror_memory) return false;
    int32_t *memory = mirror->mirror_memory;
    for (int32_t i = 0; i <= model->n_classes; i++) {
        const cpn_level_class *class = &model->classes[i];
        mirror->classes[i] = *class;
        if (!class->slots) continue;
        mirror_class(&mirror->classes[i], class, memory, model->n_slots);
        memory += (int64_t) class->n + model->n_slots + 1;
    }
    return true;
}

static void mirror_tasks(cpn_level_model *mirror, const cpn_level_model *model)
{
    for (int32_t i = 0; i < model->n_tasks; i++) {
        if (model->fixed[i] < 0) continue;
        const cpn_level_class *class = &model->classes[model->task_class[i]];
        const int32_t rank = cpn_level_rank(class, model->fixed[i]);
        mirror->fixed[i] = model->n_slots - cpn_level_end(class, rank, model->duration[i]);
    }
    for (int64_t r = 0; r < model->n_resources; r++)
        for (int64_t t = 0; t < model->n_slots; t++)
            mirror->capacity[r * model->n_slots + t] = model->capacity[(r + 1) * model->n_slots - 1 - t];
}

bool cpn_level_model_mirror(cpn_level_model *mirror, const cpn_level_model *model)
{
    *mirror = *model;
    const int64_t n = model->n_tasks, n_cells = (int64_t)model->n_resources * model->n_slots;
    mirror->duration = copy(model->duration, n, 0);
    mirror->task_class = copy(model->task_class, n, 0);
    mirror->earliest = copy(NULL, n, 0);
    mirror->fixed = copy(model->fixed, n, -1);
    mirror->due = copy(NULL, n, INT32_MAX);
    mirror->capacity = copy(NULL, n_cells, 0);
    mirror->mirror_memory = NULL;
    const bool is_reserved = reserve(mirror);
    if (!is_reserved || !mirror->duration || !mirror->task_class || !mirror->earliest || !mirror->fixed ||
        !mirror->due || !mirror->capacity || !mirror_classes(mirror, model)) {
        cpn_level_model_free(mirror);
        return false;
    }
    mirror_tasks(mirror, model);
    cpn_level_link *turned = cpn_alloc(model->n_links, sizeof *turned);
    if (!turned) {
        cpn_level_model_free(mirror);
        return false;
    }
    for (int32_t i = 0; i < model->n_links; i++) {
        const cpn_level_link *link = &model->in[i];
        turned[i] = (cpn_level_link){ .from = link->to,
                                      .to = link->from,
                                      .lag = link->lag,
                                      .lag_class = link->lag_class,
                                      .is_from_finish = !link->is_to_finish,
                                      .is_to_finish = !link->is_from_finish };
    }
    sort_links(mirror, turned);
    order_tasks(mirror);
    cpn_free(turned);
    return true;
}
