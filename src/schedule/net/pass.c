/* Early places forwards, late places backwards, and the last places that disturb nobody. Each pass visits every link
 * once. */
#include "schedule/net/net.h"

static const int64_t end_of_time = ((int64_t)CAMPAIGN_DAY_MAX + 1) * CPN_DAY_MINUTES;

static campaign_status fail_beyond(const cpn_net *net, int32_t number, campaign_error *error)
{
    char name[CPN_NET_TEXT];
    cpn_net_name(name, net, number);
    return cpn_fail_row(error, CAMPAIGN_E_OVERFLOW, net->tasks[number].row, "tasks.duration",
                        "task \"%s\" ends beyond the year 9999", name);
}

/* Nothing of what a clock can work from the start on: the calendar has no working day, or its owner never comes back. */
static bool never_works(const cpn_net *net, const cpn_clock *clock)
{
    return cpn_clock_rank(clock, cpn_clock_end_day(clock)) == cpn_clock_rank(clock, cpn_moment_day(net->start));
}

/* Why a clock that reaches to the end of time does not reach far enough for a task. */
static campaign_status fail_end_of_time(const cpn_net *net, int32_t number, campaign_error *error)
{
    const cpn_net_task *task = &net->tasks[number];
    const cpn_clock *clock = &net->clocks[task->clock];
    if (!never_works(net, clock)) return fail_beyond(net, number, error);
    char name[CPN_NET_TEXT], from[CAMPAIGN_DATE_TEXT];
    cpn_net_name(name, net, number);
    (void)campaign_date_format(from, cpn_moment_day(net->start));
    if (clock->n_away == 0)
        return cpn_fail_row(
            error, CAMPAIGN_E_INFEASIBLE, task->row, "tasks.calendar",
            "the calendar of task \"%s\" has no working day from %s on, and the task or its lags count them", name,
            from);
    char owner[CPN_NAMED_KEY_TEXT];
    cpn_named_key_text(owner, &net->people.names, task->owner);
    return cpn_fail_row(error, CAMPAIGN_E_INFEASIBLE, task->row, "tasks.owner",
                        "owner \"%s\" of task \"%s\" is away on every working day from %s on", owner, name, from);
}

/* What a rule and the links of a task ask of its place. */
static cpn_net_span bound_of(const cpn_net *net, const cpn_net_span *spans, int32_t number, const cpn_net_rule *rule)
{
    cpn_net_span bound = { rule->not_before, CPN_BEFORE };
    if (!rule->has_started && rule->task->earliest > bound.start) bound.start = rule->task->earliest;
    for (int64_t i = net->first_in[number]; i < net->first_in[number + 1]; i++) {
        const cpn_net_link *link = &net->links[i];
        const bool holds_start = link->type == CPN_NET_FS || link->type == CPN_NET_SS;
        if (!rule->has_started || !holds_start) cpn_net_push(&bound, net, link, &spans[link->from]);
    }
    return bound;
}

campaign_status cpn_net_place_by(cpn_net *net, cpn_net_span *spans, int32_t number, const cpn_net_rule *rule,
                                 campaign_error *error)
{
    while (true) { /* until the task's clock reaches */
        const cpn_net_span bound = bound_of(net, spans, number, rule);
        if (bound.start != CPN_BEYOND && bound.finish != CPN_BEYOND) {
            if (!net->is_abstract && (bound.start > end_of_time || bound.finish > end_of_time))
                return fail_beyond(net, number, error);
            if (cpn_net_place(&spans[number], net, rule->task, &bound)) break;
        }
        const campaign_status status = cpn_clock_extend(&net->clocks[rule->task->clock], error);
        if (status == CAMPAIGN_E_OVERFLOW) return fail_end_of_time(net, number, error);
        if (status != CAMPAIGN_OK) return status;
    }
    if (!net->is_abstract && spans[number].finish > end_of_time) return fail_beyond(net, number, error);
    return CAMPAIGN_OK;
}

campaign_status cpn_net_cover(cpn_net *net, int64_t end, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    if (net->is_abstract) return status;
    for (int32_t i = 0; i < net->n_clocks; i++)
        while (status == CAMPAIGN_OK && cpn_clock_end_day(&net->clocks[i]) < cpn_moment_day_up(end))
            status = cpn_clock_extend(&net->clocks[i], error);
    return status;
}

campaign_status cpn_net_early(cpn_net *net, cpn_net_span *spans, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < net->n_tasks && status == CAMPAIGN_OK; i++) {
        const cpn_net_rule rule = { &net->tasks[net->order[i]], net->start, false };
        status = cpn_net_place_by(net, spans, net->order[i], &rule, error);
    }
    return status == CAMPAIGN_OK ? cpn_net_cover(net, cpn_net_end(net, spans), error) : status;
}

int64_t cpn_net_end(const cpn_net *net, const cpn_net_span *spans)
{
    int64_t end = net->start;
    for (int32_t i = 0; i < net->n_tasks; i++)
        if (spans[i].finish > end) end = spans[i].finish;
    return end;
}

void cpn_net_late(const cpn_net *net, cpn_net_span *late, int64_t end)
{
    for (int32_t i = 0; i < net->n_tasks; i++) late[i] = (cpn_net_span){ CPN_BEYOND, end };
    for (int32_t i = net->n_tasks - 1; i >= 0; i--) { /* a task's bounds become its place, then bound others */
        const int32_t number = net->order[i];
        cpn_net_place_late(&late[number], net, &net->tasks[number],
                           &(cpn_net_span){ late[number].start, late[number].finish });
        for (int64_t k = net->first_in[number]; k < net->first_in[number + 1]; k++)
            cpn_net_push_back(&late[net->links[k].from], net, &net->links[k], &late[number]);
    }
}

void cpn_net_unhurried(const cpn_net *net, cpn_net_span *last, const cpn_net_span *early, int64_t end)
{
    for (int32_t i = 0; i < net->n_tasks; i++) last[i] = (cpn_net_span){ CPN_BEYOND, end };
    for (int64_t i = 0; i < net->n_links; i++)
        cpn_net_push_back(&last[net->links[i].from], net, &net->links[i], &early[net->links[i].to]);
    for (int32_t i = 0; i < net->n_tasks; i++) {
        const cpn_net_span bound = last[i];
        cpn_net_place_late(&last[i], net, &net->tasks[i], &bound);
    }
}
