/* The axis of time: the coarsest slots that all durations and lags are multiples of, from the first day on, with what each
 * resource has on each day; and the network as a problem of slots. */
#include "base/memory.h"
#include "schedule/level/level.h"

enum { FIRST_DAYS = 64 };

static int64_t common_divisor(int64_t a, int64_t b)
{
    if (b < 0) b = -b;
    while (b != 0) {
        const int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Whole days by their own unit; hours and abstract units by their size. */
static bool has_days(const cpn_net *net, const cpn_net_task *task)
{
    return !net->is_abstract && task->unit != CPN_NET_HOUR;
}

static int64_t size_of(const cpn_net *net, const cpn_net_task *task)
{
    return has_days(net, task) ? task->size * CPN_DAY_MINUTES : task->size;
}

/* Slots that a problem certainly fills: the network alone, and the work on the busiest resource one task after another. */
static int64_t estimate(const cpn_level_plan *plan)
{
    const int64_t end = cpn_net_end(&plan->net, plan->early);
    int64_t busiest = 0;
    for (int32_t r = 0; r < plan->n_resources; r++) {
        const int64_t units = plan->resources[r].units > 0 ? plan->resources[r].units : 1;
        double work = 0;
        for (int32_t i = 0; i < plan->n_needs; i++)
            if (plan->needs[i].resource == r)
                work += (double)plan->needs[i].units *
                        (double)(size_of(&plan->net, &plan->net.tasks[plan->needs[i].task]) / plan->slot_size);
        const double slots = work / (double)units;
        if (slots > (double)busiest) busiest = slots < 1e9 ? (int64_t)slots + 1 : 1000000000;
    }
    return (end - plan->net.start) / plan->slot_size + 2 * busiest + (int64_t)FIRST_DAYS * plan->day_slots;
}

campaign_status cpn_level_choose_slots(cpn_level_plan *plan, campaign_error *error)
{
    const cpn_net *net = &plan->net;
    int64_t size = net->is_abstract ? 0 : CPN_DAY_MINUTES;
    for (int32_t i = 0; i < net->n_tasks; i++) size = common_divisor(size, size_of(net, &net->tasks[i]));
    for (int64_t i = 0; i < net->n_links; i++) size = common_divisor(size, net->links[i].lag);
    plan->slot_size = size > 0 ? size : CPN_NET_PARTS;
    plan->day_slots = net->is_abstract ? 1 : (int32_t)(CPN_DAY_MINUTES / plan->slot_size);
    int64_t n_days = 0;
    for (int32_t i = 0; i < net->n_tasks; i++)
        if (size_of(net, &net->tasks[i]) / plan->slot_size > CPN_LEVEL_MOST_CELLS) n_days = INT32_MAX;
    if (n_days == 0) n_days = estimate(plan) / plan->day_slots + 1;
    const int64_t n_cells = n_days * plan->day_slots * (plan->n_resources + 1);
    const bool is_long = n_days > CPN_LEVEL_MOST_CELLS || n_cells > CPN_LEVEL_MOST_CELLS;
    if (is_long && net->is_abstract)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, "tasks",
                        "the durations have no common part that is not too fine: slots × resources are more than %d",
                        CPN_LEVEL_MOST_CELLS);
    if (is_long)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, "tasks", "%lld days of %ld slots for %ld resources are more than %d",
                        (long long)n_days, (long)plan->day_slots, (long)plan->n_resources, CPN_LEVEL_MOST_CELLS);
    plan->n_days = (int32_t)n_days;
    return CAMPAIGN_OK;
}

/* ---- On the axis ---------------------------------------------------------------------------------------------------- */

void cpn_level_drop_axis(cpn_level_plan *plan)
{
    void **const arrays[] = { (void **)&plan->offered,    (void **)&plan->kinds,        (void **)&plan->kind_of,
                              (void **)&plan->classes,    (void **)&plan->class_memory, (void **)&plan->duration,
                              (void **)&plan->earliest,   (void **)&plan->due,          (void **)&plan->need_resource,
                              (void **)&plan->need_units, (void **)&plan->task_class,   (void **)&plan->capacity,
                              (void **)&plan->links };
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) {
        cpn_free(*arrays[i]);
        *arrays[i] = NULL;
    }
    plan->n_kinds = 0;
}

static bool reserve(cpn_level_plan *plan)
{
    const int64_t n = plan->net.n_tasks, r = plan->n_resources;
    plan->offered = cpn_alloc(r * plan->n_days, sizeof *plan->offered);
    plan->kind_of = cpn_alloc(n, sizeof *plan->kind_of);
    plan->duration = cpn_alloc(n, sizeof *plan->duration);
    plan->earliest = cpn_alloc(n, sizeof *plan->earliest);
    plan->due = cpn_alloc(n, sizeof *plan->due);
    plan->task_class = cpn_alloc(n, sizeof *plan->task_class);
    plan->need_resource = cpn_alloc(plan->n_needs, sizeof *plan->need_resource);
    plan->need_units = cpn_alloc(plan->n_needs, sizeof *plan->need_units);
    plan->capacity = cpn_alloc(r * plan->n_slots, sizeof *plan->capacity);
    plan->links = cpn_alloc(plan->net.n_links, sizeof *plan->links);
    return plan->offered && plan->kind_of && plan->duration && plan->earliest && plan->due && plan->task_class &&
           plan->need_resource && plan->need_units && plan->capacity && plan->links;
}

/* The last slot boundary that is not past the deadline. */
static int32_t due_slot(const cpn_level_plan *plan, const cpn_net_task *task)
{
    if (task->due == CPN_BEYOND) return INT32_MAX;
    if (task->due <= plan->net.start) return 0;
    const int64_t slot = (task->due - plan->net.start) / plan->slot_size;
    return slot < INT32_MAX ? (int32_t)slot : INT32_MAX;
}

static void lay_tasks(cpn_level_plan *plan)
{
    for (int32_t i = 0; i < plan->net.n_tasks; i++) {
        const cpn_net_task *task = &plan->net.tasks[i];
        plan->duration[i] = (int32_t)(size_of(&plan->net, task) / plan->slot_size);
        const int64_t wait = task->earliest > plan->net.start ? task->earliest - plan->net.start : 0;
        const int64_t slot = wait / plan->slot_size;
        plan->earliest[i] = slot < plan->n_slots ? (int32_t)slot : plan->n_slots;
        plan->due[i] = due_slot(plan, task);
    }
    for (int32_t i = 0; i < plan->n_needs; i++) {
        plan->need_resource[i] = plan->needs[i].resource;
        plan->need_units[i] = plan->needs[i].units;
    }
}

static void lay_links(cpn_level_plan *plan)
{
    for (int64_t i = 0; i < plan->net.n_links; i++) {
        const cpn_net_link *link = &plan->net.links[i];
        const int64_t lag = link->lag / plan->slot_size;
        plan->links[i] = (cpn_level_link){
            .from = link->from,
            .to = link->to,
            .lag = lag > INT32_MAX    ? INT32_MAX
                   : lag < -INT32_MAX ? -INT32_MAX
                                      : (int32_t)lag,
            .lag_class = CPN_LEVEL_ALL_SLOTS, /* the classes put this right */
            .is_from_finish = link->type == CPN_NET_FS || link->type == CPN_NET_FF,
            .is_to_finish = link->type == CPN_NET_FF || link->type == CPN_NET_SF,
        };
    }
}

static void lay_capacities(cpn_level_plan *plan)
{
    const int32_t first_day = plan->net.is_abstract ? 0 : cpn_moment_day(plan->net.start);
    for (int32_t r = 0; r < plan->n_resources; r++)
        for (int32_t d = 0; d < plan->n_days; d++) {
            const int32_t units =
                plan->net.is_abstract ? plan->resources[r].units : cpn_level_units_on(plan, r, first_day + d);
            plan->offered[(int64_t)r * plan->n_days + d] = units;
            for (int32_t k = 0; k < plan->day_slots; k++)
                plan->capacity[(int64_t)r * plan->n_slots + (int64_t)d * plan->day_slots + k] = units;
        }
}

campaign_status cpn_level_lay(cpn_level_plan *plan, campaign_error *error)
{
    cpn_level_drop_axis(plan);
    plan->n_slots = plan->n_days * plan->day_slots;
    campaign_status status = cpn_net_cover(&plan->net, cpn_level_moment(plan, plan->n_slots), error);
    if (status != CAMPAIGN_OK) return status;
    if (!reserve(plan)) return cpn_fail_nomem(error);
    lay_tasks(plan);
    lay_links(plan);
    lay_capacities(plan);
    status = cpn_level_make_classes(plan, error);
    plan->problem = (cpn_level_problem){ .n_tasks = plan->net.n_tasks,
                                         .n_links = (int32_t)plan->net.n_links,
                                         .n_resources = plan->n_resources,
                                         .n_classes = plan->n_kinds,
                                         .n_slots = plan->n_slots,
                                         .duration = plan->duration,
                                         .task_class = plan->task_class,
                                         .earliest = plan->earliest,
                                         .due = plan->due,
                                         .classes = plan->classes,
                                         .links = plan->links,
                                         .need_start = plan->first_need,
                                         .need_resource = plan->need_resource,
                                         .need_units = plan->need_units,
                                         .capacity = plan->capacity };
    return status;
}
