/* In which slots tasks can work: on the working days of their clock, less the days on which a resource they need is not
 * there. Tasks that agree in both are of one kind. */
#include "base/memory.h"
#include "schedule/level/level.h"

/* The next of a task's needs, from place on, whose resource pauses; n_end where there is none. */
static int32_t next_pausing(const cpn_level_plan *plan, int32_t place, int32_t end)
{
    while (place < end && !plan->resources[plan->needs[place].resource].has_pauses) place++;
    return place;
}

static bool is_same(const cpn_level_plan *plan, const cpn_level_kind *a, const cpn_level_kind *b)
{
    if (a->clock != b->clock || a->has_days != b->has_days) return false;
    const int32_t end_a = a->first_need + a->n_needs, end_b = b->first_need + b->n_needs;
    int32_t i = next_pausing(plan, a->first_need, end_a), k = next_pausing(plan, b->first_need, end_b);
    while (i < end_a && k < end_b && plan->needs[i].resource == plan->needs[k].resource) {
        i = next_pausing(plan, i + 1, end_a);
        k = next_pausing(plan, k + 1, end_b);
    }
    return i == end_a && k == end_b;
}

/* Number of the kind; -1 where memory is out. */
static int32_t find_kind(cpn_level_plan *plan, const cpn_level_kind *wanted)
{
    for (int32_t i = 0; i < plan->n_kinds; i++)
        if (is_same(plan, &plan->kinds[i], wanted)) return i;
    if ((plan->n_kinds & (plan->n_kinds - 1)) == 0) { /* room for as many again */
        cpn_level_kind *kinds = cpn_resize(plan->kinds, plan->n_kinds ? 2 * (int64_t)plan->n_kinds : 1, sizeof *kinds);
        if (!kinds) return -1;
        plan->kinds = kinds;
    }
    plan->kinds[plan->n_kinds] = *wanted;
    return plan->n_kinds++;
}

/* Kinds of all tasks, and those in which lags of working days are counted. */
static bool list_kinds(cpn_level_plan *plan)
{
    const cpn_net *net = &plan->net;
    for (int32_t i = 0; i < net->n_tasks; i++) {
        const cpn_net_task *task = &net->tasks[i];
        plan->kind_of[i] = plan->task_class[i] = CPN_LEVEL_ALL_SLOTS;
        if (task->size == 0) continue;
        const cpn_level_kind kind = { .clock = task->unit == CPN_NET_WORKING_DAY ? task->clock : -1,
                                      .first_need = plan->first_need[i],
                                      .n_needs = plan->first_need[i + 1] - plan->first_need[i],
                                      .has_days = task->unit != CPN_NET_HOUR };
        plan->kind_of[i] = plan->task_class[i] = find_kind(plan, &kind);
        if (plan->kind_of[i] < 0) return false;
    }
    for (int64_t i = 0; i < net->n_links; i++) {
        const cpn_net_link *link = &net->links[i];
        if (link->lag == 0 || link->unit != CPN_NET_WORKING_DAY) continue;
        const cpn_level_kind kind = { .clock = net->tasks[link->to].clock, .has_days = true };
        plan->links[i].lag_class = find_kind(plan, &kind);
        if (plan->links[i].lag_class < 0) return false;
    }
    return true;
}

/* Whether a kind works on a day of the axis. */
static bool works(const cpn_level_plan *plan, const cpn_level_kind *kind, int32_t day)
{
    const int32_t date = cpn_moment_day(plan->net.start) + day;
    if (kind->clock >= 0 && !cpn_clock_works(&plan->net.clocks[kind->clock], date)) return false;
    for (int32_t i = kind->first_need; i < kind->first_need + kind->n_needs; i++) {
        const int32_t resource = plan->needs[i].resource;
        if (plan->resources[resource].has_pauses && plan->offered[(int64_t)resource * plan->n_days + day] == 0)
            return false;
    }
    return true;
}

/* Slots of the working days; a class that works always has no list. */
static void fill_class(cpn_level_class *class, int32_t *memory, const cpn_level_plan *plan, const cpn_level_kind *kind)
{
    int32_t *slots = memory, *ranks = memory + plan->n_slots, n = 0;
    for (int32_t day = 0; day < plan->n_days; day++) {
        const bool is_working = works(plan, kind, day);
        for (int32_t slot = day * plan->day_slots; slot < (day + 1) * plan->day_slots; slot++) {
            ranks[slot] = n;
            if (is_working) slots[n++] = slot;
        }
    }
    ranks[plan->n_slots] = n;
    *class = (cpn_level_class){ .n = n, .step = kind->has_days ? plan->day_slots : 1, .slots = slots, .ranks = ranks };
    if (n == plan->n_slots) class->slots = class->ranks = NULL;
}

/* Takes capacity out of the days on which no task that needs it can work: it must not loosen the bound. */
static bool mask_capacity(cpn_level_plan *plan)
{
    const int64_t n_cells = (int64_t)plan->n_resources * plan->n_days;
    uint8_t *is_used = cpn_alloc_zero(n_cells, sizeof *is_used);
    uint8_t *is_met = cpn_alloc_zero((int64_t)plan->n_resources * plan->n_kinds, sizeof *is_met);
    for (int32_t i = 0; i < plan->net.n_tasks && is_used && is_met; i++) {
        const int32_t kind = plan->kind_of[i];
        for (int32_t k = plan->first_need[i]; kind >= 0 && k < plan->first_need[i + 1]; k++) {
            uint8_t *met = &is_met[(int64_t)plan->needs[k].resource * plan->n_kinds + kind];
            if (*met) continue;
            *met = 1;
            uint8_t *row = is_used + (int64_t)plan->needs[k].resource * plan->n_days;
            for (int32_t day = 0; day < plan->n_days; day++) row[day] |= works(plan, &plan->kinds[kind], day);
        }
    }
    for (int64_t i = 0; i < n_cells && is_used && is_met; i++)
        for (int32_t k = 0; k < plan->day_slots && !is_used[i]; k++) plan->capacity[i * plan->day_slots + k] = 0;
    const bool is_done = is_used && is_met;
    cpn_free(is_met);
    cpn_free(is_used);
    return is_done;
}

campaign_status cpn_level_make_classes(cpn_level_plan *plan, campaign_error *error)
{
    if (plan->net.is_abstract) { /* no days off: all slots for all */
        for (int32_t i = 0; i < plan->net.n_tasks; i++) plan->kind_of[i] = plan->task_class[i] = CPN_LEVEL_ALL_SLOTS;
        return CAMPAIGN_OK;
    }
    if (!list_kinds(plan)) return cpn_fail_nomem(error);
    const int64_t room = 2 * (int64_t)plan->n_slots + 1;
    if (room * plan->n_kinds > 4 * (int64_t)CPN_LEVEL_MOST_CELLS)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, "tasks",
                        "%ld combinations of calendars over %ld slots are more than %lld", (long)plan->n_kinds,
                        (long)plan->n_slots, (long long)(4 * (int64_t)CPN_LEVEL_MOST_CELLS / room));
    plan->classes = cpn_alloc_zero(plan->n_kinds, sizeof *plan->classes);
    plan->class_memory = cpn_alloc(room * plan->n_kinds, sizeof *plan->class_memory);
    if (!plan->classes || !plan->class_memory) return cpn_fail_nomem(error);
    for (int32_t i = 0; i < plan->n_kinds; i++)
        fill_class(&plan->classes[i], plan->class_memory + room * i, plan, &plan->kinds[i]);
    return mask_capacity(plan) ? CAMPAIGN_OK : cpn_fail_nomem(error);
}
