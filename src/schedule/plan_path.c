/* The critical path: from the end back over what drives each task, and where several do, over the estimates that vary most
 * (the usual choice, because it is the least certain). Its mean and variance by PERT. */
#include <string.h>

#include "base/memory.h"
#include "schedule/plan.h"

/* What is known of the path to a task: variance and what means add to sizes, at its start and at its finish. */
typedef struct step {
    int64_t link; /* that drives it; -1 = its own start does */
    double variance[2], surplus[2];
} step;
enum { AT_START, AT_FINISH };

/* Whether a bound alone would bring the task where it lies. */
static bool drives(const cpn_net_plan *plan, int32_t task, const cpn_net_span *bound)
{
    cpn_net_span span;
    return cpn_net_place(&span, &plan->net, &plan->net.tasks[task], bound) && span.start == plan->early[task].start;
}

/* Path units of one unit of the task: hours are parts of days. */
static double in_path_units(const cpn_net *net, const cpn_net_task *task)
{
    return task->unit == CPN_NET_HOUR && !net->is_abstract ? 1.0 / 24 : 1;
}

/* A path that reaches the task's start or finish goes on through its duration, forwards or backwards. */
static void pass_through(step *s, const cpn_net *net, const cpn_net_task *task, int32_t from)
{
    const double scale = in_path_units(net, task), sign = from == AT_START ? 1 : -1;
    const double lasts = net->is_abstract             ? (double)task->size / CPN_NET_PARTS
                         : task->unit == CPN_NET_HOUR ? (double)task->size / 60
                                                      : (double)task->size;
    const double surplus = task->has_estimates ? (task->mean - lasts) * scale : 0;
    s->variance[1 - from] = s->variance[from] + task->variance * scale * scale;
    s->surplus[1 - from] = s->surplus[from] + sign * surplus;
}

static void find_step(step *steps, const cpn_net_plan *plan, int32_t number)
{
    const cpn_net *net = &plan->net;
    const cpn_net_task *task = &net->tasks[number];
    step best = { -1, { 0 }, { 0 } };
    pass_through(&best, net, task, AT_START);
    for (int64_t i = net->first_in[number]; i < net->first_in[number + 1]; i++) {
        const cpn_net_link *link = &net->links[i];
        const bool to_start = link->type == CPN_NET_FS || link->type == CPN_NET_SS;
        const int32_t leaves = link->type == CPN_NET_FS || link->type == CPN_NET_FF ? AT_FINISH : AT_START;
        cpn_net_span bound = { net->start, CPN_BEFORE };
        cpn_net_push(&bound, net, link, &plan->early[link->from]);
        if (!drives(plan, number, &bound)) continue;
        step found = { i, { 0 }, { 0 } };
        const int32_t comes = to_start ? AT_START : AT_FINISH;
        found.variance[comes] = steps[link->from].variance[leaves];
        found.surplus[comes] = steps[link->from].surplus[leaves];
        pass_through(&found, net, task, comes);
        if (best.link < 0 || found.variance[AT_FINISH] > best.variance[AT_FINISH]) best = found;
    }
    steps[number] = best;
}

/* The last task of the path: of those that end with the project, the one that varies most, and the last of those. */
static int32_t find_last(const cpn_net_plan *plan, const step *steps)
{
    int32_t last = -1;
    for (int32_t i = 0; i < plan->net.n_tasks; i++) {
        const int32_t task = plan->net.order[i];
        if (plan->early[task].finish == plan->end &&
            (last < 0 || steps[task].variance[AT_FINISH] >= steps[last].variance[AT_FINISH]))
            last = task;
    }
    return last;
}

static void walk_back(cpn_net_plan *plan, const step *steps, int32_t last)
{
    for (int32_t at = last; at >= 0;) {
        plan->path[plan->n_path++] = at;
        const int64_t link = steps[at].link;
        plan->has_mixed_units |= plan->net.tasks[at].unit != plan->net.tasks[last].unit;
        at = link < 0 ? -1 : plan->net.links[link].from;
    }
    for (int32_t i = 0; i < plan->n_path / 2; i++) {
        const int32_t other = plan->path[plan->n_path - 1 - i];
        plan->path[plan->n_path - 1 - i] = plan->path[i];
        plan->path[i] = other;
    }
}

/* Length of the schedule: working days of the default calendar, or abstract units. */
static double length_of(const cpn_net_plan *plan)
{
    const cpn_net *net = &plan->net;
    if (net->is_abstract) return (double)plan->end / CPN_NET_PARTS;
    const cpn_clock *clock = &net->clocks[0];
    return (double)(cpn_clock_position(clock, plan->end) - cpn_clock_position(clock, net->start)) / CPN_DAY_MINUTES;
}

campaign_status cpn_net_find_path(cpn_net_plan *plan, campaign_error *error)
{
    const int32_t n = plan->net.n_tasks;
    step *steps = cpn_alloc_zero(n, sizeof *steps);
    plan->path = cpn_alloc_zero(n, sizeof *plan->path);
    if (!steps || !plan->path) {
        cpn_free(steps);
        return cpn_fail_nomem(error);
    }
    for (int32_t i = 0; i < n; i++) find_step(steps, plan, plan->net.order[i]);
    const int32_t last = find_last(plan, steps);
    walk_back(plan, steps, last);
    plan->length = plan->path_mean = length_of(plan);
    if (last >= 0) {
        plan->path_mean += steps[last].surplus[AT_FINISH];
        plan->path_variance = steps[last].variance[AT_FINISH];
    }
    cpn_free(steps);
    return CAMPAIGN_OK;
}
