/* What has happened against the plan: where each task will lie by now, what has slipped by itself, and what that alone
 * would do to the rest. */
#include <string.h>

#include "base/memory.h"
#include "schedule/plan.h"

/* ---- The forecast ------------------------------------------------------------------------------------------------ */

static int64_t as_of_end(const cpn_net *net)
{
    return ((int64_t)net->knobs.as_of_day + 1) * CPN_DAY_MINUTES;
}

/* What is left of a started task: as told, or the plan less what has passed, and never less than one unit. */
static int64_t size_left(const cpn_net *net, const cpn_net_task *task)
{
    if (task->remaining >= 0) return cpn_net_size(net, task->unit, task->remaining);
    const int64_t start = (int64_t)task->actual_start * CPN_DAY_MINUTES, now = as_of_end(net);
    const double passed = now > start ? cpn_net_between(net, task, start, now) : 0;
    const int64_t left = task->size - cpn_net_size(net, task->unit, passed);
    const int64_t least = task->unit == CPN_NET_HOUR ? 60 : 1;
    return left > least ? left : task->size > 0 ? least : 0;
}

/* Finished: as it was; a start that nobody noted lies as far before the finish as the plan has it. */
static void place_finished(cpn_net_span *span, const cpn_net *net, const cpn_net_task *task)
{
    const int64_t finish = ((int64_t)task->actual_finish + 1) * CPN_DAY_MINUTES;
    cpn_net_place_late(span, net, task, &(cpn_net_span){ CPN_BEYOND, finish });
    if (task->is_started) span->start = (int64_t)task->actual_start * CPN_DAY_MINUTES;
    if (!task->is_started && span->start == CPN_BEFORE) span->start = finish - CPN_DAY_MINUTES;
    span->finish = finish;
    if (task->size == 0 && !task->is_started) span->start = finish;
}

static campaign_status place_now(cpn_net *net, cpn_net_span *spans, int32_t number, campaign_error *error)
{
    const cpn_net_task *task = &net->tasks[number];
    cpn_net_task left = *task;
    if (task->is_finished) {
        place_finished(&spans[number], net, task);
        return CAMPAIGN_OK;
    }
    if (task->is_started) left.size = size_left(net, task);
    if (!task->is_started && task->remaining >= 0) left.size = cpn_net_size(net, task->unit, task->remaining);
    const int64_t now = as_of_end(net); /* what has begun goes on, before the start as well */
    const cpn_net_rule rule = { &left, task->is_started || now > net->start ? now : net->start, task->is_started };
    const campaign_status status = cpn_net_place_by(net, spans, number, &rule, error);
    if (task->is_started) spans[number].start = (int64_t)task->actual_start * CPN_DAY_MINUTES;
    return status;
}

/* ---- Causes ------------------------------------------------------------------------------------------------------ */

/* Where the task would lie with its own plan behind what its predecessors do. */
static campaign_status place_expected(cpn_net_span *span, cpn_net_plan *plan, int32_t number, campaign_error *error)
{
    const cpn_net_span now = plan->forecast[number];
    const cpn_net_rule rule = { &plan->net.tasks[number], plan->net.start, false };
    const campaign_status status = cpn_net_place_by(&plan->net, plan->forecast, number, &rule, error);
    *span = plan->forecast[number];
    plan->forecast[number] = now;
    return status;
}

static int64_t moved_by(const cpn_net *net, const cpn_net_task *task, int64_t moment, double units)
{
    const int64_t minutes = (int64_t)(units * (task->unit == CPN_NET_HOUR ? 60 : CPN_DAY_MINUTES) + 0.5);
    return task->unit == CPN_NET_WORKING_DAY ? cpn_clock_shift(&net->clocks[task->clock], moment, minutes)
                                             : moment + minutes;
}

static bool touches_moved(const cpn_net *net, const uint8_t *is_moved, int32_t number)
{
    for (int64_t i = net->first_in[number]; i < net->first_in[number + 1]; i++)
        if (is_moved[net->links[i].from]) return true;
    return false;
}

/* Runs the plan with one task moved, over those behind it. */
static campaign_status run_alone(cpn_net_plan *plan, const cpn_net_slip *slip, cpn_net_span *alone, uint8_t *is_moved,
                                 campaign_error *error)
{
    cpn_net *net = &plan->net;
    const cpn_net_task *cause = &net->tasks[slip->task];
    memcpy(alone, plan->early, (size_t)net->n_tasks * sizeof *alone);
    memset(is_moved, 0, (size_t)net->n_tasks);
    alone[slip->task].start = moved_by(net, cause, alone[slip->task].start, slip->start_slip);
    alone[slip->task].finish = moved_by(net, cause, alone[slip->task].finish, slip->slip);
    is_moved[slip->task] = 1;
    for (int32_t i = 0; i < net->n_tasks; i++) {
        const int32_t number = net->order[i];
        if (number == slip->task || !touches_moved(net, is_moved, number)) continue;
        const cpn_net_rule rule = { &net->tasks[number], net->start, false };
        const campaign_status status = cpn_net_place_by(net, alone, number, &rule, error);
        if (status != CAMPAIGN_OK) return status;
        is_moved[number] =
            alone[number].start != plan->early[number].start || alone[number].finish != plan->early[number].finish;
    }
    return CAMPAIGN_OK;
}

static bool add_pulled(cpn_net_plan *plan, const cpn_net_pull *pull)
{
    if (plan->n_pulled == plan->pulled_room) {
        const int64_t room = plan->pulled_room ? plan->pulled_room * 2 : 64;
        cpn_net_pull *pulled = cpn_resize(plan->pulled, room, sizeof *pulled);
        if (!pulled) return false;
        plan->pulled = pulled;
        plan->pulled_room = room;
    }
    plan->pulled[plan->n_pulled++] = *pull;
    return true;
}

/* What a cause alone pulls along. */
static campaign_status judge(cpn_net_plan *plan, cpn_net_slip *slip, const cpn_net_span *alone, const uint8_t *is_moved,
                             campaign_error *error)
{
    const cpn_net *net = &plan->net;
    const int64_t end = cpn_net_end(net, alone);
    for (int32_t i = 0; i < net->n_tasks; i++) {
        const int64_t due = net->tasks[i].due;
        if (!is_moved[i] || alone[i].finish <= plan->early[i].finish) continue;
        const bool is_broken = plan->early[i].finish <= due && alone[i].finish > due;
        slip->n_broken += is_broken;
        if (i == slip->task) continue;
        slip->n_moved++;
        const double by = cpn_net_between(net, &net->tasks[i], plan->early[i].finish, alone[i].finish);
        const double used = by < plan->total_float[i] ? by : plan->total_float[i];
        if (!add_pulled(plan, &(cpn_net_pull){ slip->task, i, by, used, is_broken })) return cpn_fail_nomem(error);
    }
    const cpn_net_task *task = &net->tasks[slip->task];
    slip->end_shift = end > plan->end ? cpn_net_between(net, task, plan->end, end) : 0;
    slip->float_used = slip->slip < plan->total_float[slip->task] ? slip->slip : plan->total_float[slip->task];
    slip->knock_on = slip->slip - slip->float_used;
    return CAMPAIGN_OK;
}

static campaign_status find_slips(cpn_net_plan *plan, campaign_error *error)
{
    const cpn_net *net = &plan->net;
    plan->slips = cpn_alloc(net->n_tasks, sizeof *plan->slips);
    if (!plan->slips) return cpn_fail_nomem(error);
    for (int32_t i = 0; i < net->n_tasks; i++) {
        cpn_net_span expected;
        const campaign_status status = place_expected(&expected, plan, i, error);
        if (status != CAMPAIGN_OK) return status;
        const double slip = cpn_net_between(net, &net->tasks[i], expected.finish, plan->forecast[i].finish);
        const double start_slip = cpn_net_between(net, &net->tasks[i], expected.start, plan->forecast[i].start);
        if (slip <= 0) continue;
        plan->slips[plan->n_slips++] =
            (cpn_net_slip){ .task = i, .slip = slip, .start_slip = start_slip > 0 ? start_slip : 0 };
    }
    return CAMPAIGN_OK;
}

static campaign_status follow_slips(cpn_net_plan *plan, campaign_error *error)
{
    const int32_t n = plan->net.n_tasks;
    cpn_net_span *alone = cpn_alloc(n, sizeof *alone);
    uint8_t *is_moved = cpn_alloc(n, sizeof *is_moved);
    campaign_status status = alone && is_moved ? CAMPAIGN_OK : cpn_fail_nomem(error);
    for (int32_t i = 0; i < plan->n_slips && status == CAMPAIGN_OK; i++) {
        status = run_alone(plan, &plan->slips[i], alone, is_moved, error);
        if (status == CAMPAIGN_OK) status = cpn_net_cover(&plan->net, cpn_net_end(&plan->net, alone), error);
        if (status == CAMPAIGN_OK) status = judge(plan, &plan->slips[i], alone, is_moved, error);
    }
    cpn_free(alone);
    cpn_free(is_moved);
    return status;
}

/* Started before what it waits for allows, which is then left aside. */
static void count_out_of_sequence(cpn_net_plan *plan)
{
    const cpn_net *net = &plan->net;
    for (int32_t i = 0; i < net->n_tasks; i++) {
        bool is_early = false;
        for (int64_t k = net->first_in[i]; k < net->first_in[i + 1] && net->tasks[i].is_started; k++) {
            const cpn_net_link *link = &net->links[k];
            if (link->type != CPN_NET_FS && link->type != CPN_NET_SS) continue;
            is_early |= cpn_net_reach(net, link, &plan->forecast[link->from]) > plan->forecast[i].start;
        }
        plan->n_out_of_sequence += is_early;
    }
}

campaign_status cpn_net_forecast(cpn_net_plan *plan, campaign_error *error)
{
    cpn_net *net = &plan->net;
    if (!net->has_progress) return CAMPAIGN_OK;
    plan->forecast = cpn_alloc_zero(net->n_tasks, sizeof *plan->forecast);
    campaign_status status = plan->forecast ? cpn_net_cover(net, as_of_end(net), error) : cpn_fail_nomem(error);
    for (int32_t i = 0; i < net->n_tasks && status == CAMPAIGN_OK; i++)
        status = place_now(net, plan->forecast, net->order[i], error);
    if (status == CAMPAIGN_OK) status = cpn_net_cover(net, cpn_net_end(net, plan->forecast), error);
    if (status == CAMPAIGN_OK) status = find_slips(plan, error);
    if (status == CAMPAIGN_OK) status = follow_slips(plan, error);
    if (status != CAMPAIGN_OK) return status;
    count_out_of_sequence(plan);
    plan->now = plan->forecast;
    return CAMPAIGN_OK;
}
