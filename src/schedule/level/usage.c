/* What resources do: day by day, and in all until the end. */
#include "base/memory.h"
#include "base/number.h"
#include "schedule/level/level.h"

enum { USE_RESOURCE, USE_DATE, USE_USED, USE_CAPACITY, USE_TASKS, N_USE };
enum { SUM_RESOURCE, SUM_UNITS, SUM_WORK, SUM_OFFERED, SUM_LOAD, SUM_MOVED, SUM_TEXT, N_SUM };

static const cpn_column_schema use_schema[N_USE] = {
    [USE_RESOURCE] = { "resource", CAMPAIGN_TYPE_UTF8, "The resource.", "资源。" },
    [USE_DATE] = { "date", CAMPAIGN_TYPE_DATE, "The day.", "日期。" },
    [USE_USED] = { "used", CAMPAIGN_TYPE_INT64, "Most units in use at a time.", "同时占用的最多数量。" },
    [USE_CAPACITY] = { "capacity", CAMPAIGN_TYPE_INT64, "Units there are.", "可用数量。" },
    [USE_TASKS] = { "tasks", CAMPAIGN_TYPE_UTF8, "The tasks that use it.", "占用它的任务。" },
};

static const cpn_column_schema sum_schema[N_SUM] = {
    [SUM_RESOURCE] = { "resource", CAMPAIGN_TYPE_UTF8, "The resource.", "资源。" },
    [SUM_UNITS] = { "units", CAMPAIGN_TYPE_INT64, "Units there usually are.", "通常数量。" },
    [SUM_WORK] = { "work", CAMPAIGN_TYPE_FLOAT64, "Units times days asked for.", "需求（数量×天）。" },
    [SUM_OFFERED] = { "offered", CAMPAIGN_TYPE_FLOAT64, "Units times days there are until the end.",
                      "可供（数量×天）。" },
    [SUM_LOAD] = { "load", CAMPAIGN_TYPE_FLOAT64, "Share of it that is asked for.", "负荷率。" },
    [SUM_MOVED] = { "moved", CAMPAIGN_TYPE_INT64, "Tasks that waited for it.", "因它推迟的任务数。" },
    [SUM_TEXT] = { "text", CAMPAIGN_TYPE_UTF8, "As a sentence.", "说明。" },
};

/* Whether a task works in a slot between its ends. */
static bool is_at_work(const cpn_level_plan *plan, int32_t task, int32_t slot)
{
    if (plan->answer.start[task] > slot || plan->answer.finish[task] <= slot) return false;
    if (plan->task_class[task] < 0) return true;
    const cpn_level_class *class = &plan->classes[plan->task_class[task]];
    return !class->slots || class->ranks[slot + 1] > class->ranks[slot];
}

/* ---- Day by day ----------------------------------------------------------------------------------------------------- */

/* Tasks of one resource in order of start, to be looked through day by day. */
typedef struct queue {
    const cpn_level_plan *plan;
    int32_t resource;
    int32_t *needs, n_needs, *active, n_active, next;
} queue;

static void fill_queue(queue *made, int32_t resource)
{
    const cpn_level_plan *plan = made->plan;
    made->resource = resource;
    made->n_needs = made->n_active = made->next = 0;
    for (int32_t i = 0; i < plan->n_needs; i++)
        if (plan->needs[i].resource == resource) made->needs[made->n_needs++] = i;
}

/* Merge sort would need memory and stability is not needed: starts, then tasks, settle every pair. */
static bool is_after(const cpn_level_plan *plan, int32_t a, int32_t b)
{
    const int32_t left = plan->answer.start[plan->needs[a].task], right = plan->answer.start[plan->needs[b].task];
    return left != right ? left > right : a > b;
}

static void sort_queue(queue *made)
{
    for (int32_t gap = made->n_needs / 2; gap > 0; gap = gap == 2 ? 1 : gap * 5 / 11)
        for (int32_t i = gap; i < made->n_needs; i++) {
            const int32_t need = made->needs[i];
            int32_t k = i;
            for (; k >= gap && is_after(made->plan, made->needs[k - gap], need); k -= gap)
                made->needs[k] = made->needs[k - gap];
            made->needs[k] = need;
        }
}

/* Units in use at the busiest moment of a day, with the names of all tasks at work on it. */
static int64_t use_of_day(queue *at, int32_t day, cpn_text *names)
{
    const cpn_level_plan *plan = at->plan;
    const int32_t first = day * plan->day_slots, end = first + plan->day_slots;
    while (at->next < at->n_needs && plan->answer.start[plan->needs[at->needs[at->next]].task] < end)
        at->active[at->n_active++] = at->needs[at->next++];
    int32_t n_kept = 0;
    for (int32_t i = 0; i < at->n_active; i++)
        if (plan->answer.finish[plan->needs[at->active[i]].task] > first) at->active[n_kept++] = at->active[i];
    at->n_active = n_kept;
    int64_t most = 0;
    for (int32_t slot = first; slot < end; slot++) {
        int64_t used = 0;
        for (int32_t i = 0; i < at->n_active; i++)
            if (is_at_work(plan, plan->needs[at->active[i]].task, slot)) used += plan->needs[at->active[i]].units;
        if (used > most) most = used;
    }
    for (int32_t i = 0, n = 0; i < at->n_active && most > 0; i++) {
        const int32_t task = plan->needs[at->active[i]].task;
        bool is_there = false;
        for (int32_t slot = first; slot < end; slot++) is_there |= is_at_work(plan, task, slot);
        if (!is_there) continue;
        if (n++ > 0) cpn_text_add_string(names, "; ");
        cpn_text_add(names, plan->net.names.texts[task], (size_t)plan->net.names.lengths[task]);
    }
    return most;
}

static void write_use(cpn_out *out, queue *at)
{
    const cpn_level_plan *plan = at->plan;
    const cpn_level_name *name = &plan->resources[at->resource].name;
    const int32_t n_days = (plan->answer.value + plan->day_slots - 1) / plan->day_slots;
    for (int32_t day = 0; day < n_days && out->status == CAMPAIGN_OK; day++) {
        cpn_text names = { 0 };
        const int64_t used = use_of_day(at, day, &names);
        if (used > 0) {
            cpn_out_text(out, USE_RESOURCE, name->text, name->length);
            if (plan->net.is_abstract)
                cpn_out_float64(out, USE_DATE, (double)(day * plan->slot_size) / CPN_NET_PARTS);
            else
                cpn_out_int64(out, USE_DATE, cpn_moment_day(plan->net.start) + day);
            cpn_out_int64(out, USE_USED, used);
            cpn_out_int64(out, USE_CAPACITY, plan->offered[(int64_t)at->resource * plan->n_days + day]);
            if (!names.has_failed)
                cpn_out_text(out, USE_TASKS, names.data, names.length);
            else
                out->status = cpn_fail_nomem(&out->error);
        }
        cpn_text_clear(&names);
    }
}

campaign_status cpn_level_write_usage(campaign_table **table, const cpn_level_plan *plan, campaign_error *error)
{
    cpn_column_schema columns[N_USE];
    for (int32_t i = 0; i < N_USE; i++) columns[i] = use_schema[i];
    if (plan->net.is_abstract) columns[USE_DATE] = (cpn_column_schema){ "time", CAMPAIGN_TYPE_FLOAT64, "", "" };
    queue at = { .plan = plan };
    at.needs = cpn_alloc(plan->n_needs, sizeof *at.needs);
    at.active = cpn_alloc(plan->n_needs, sizeof *at.active);
    cpn_out out;
    cpn_out_open(&out, columns, N_USE, NULL, 0);
    if (!at.needs || !at.active) out.status = cpn_fail_nomem(&out.error);
    for (int32_t r = 0; r < plan->n_resources && out.status == CAMPAIGN_OK; r++) {
        fill_queue(&at, r);
        sort_queue(&at);
        write_use(&out, &at);
    }
    cpn_free(at.active);
    cpn_free(at.needs);
    return cpn_out_close(table, &out, error);
}

/* ---- In all --------------------------------------------------------------------------------------------------------- */

static void write_sum(cpn_out *out, const cpn_level_plan *plan, int32_t resource)
{
    const cpn_level_resource *one = &plan->resources[resource];
    double work = 0, offered = 0;
    int64_t n_moved = 0;
    for (int32_t i = 0; i < plan->n_needs; i++)
        if (plan->needs[i].resource == resource)
            work += (double)plan->needs[i].units * plan->duration[plan->needs[i].task];
    for (int32_t slot = 0; slot < plan->answer.value; slot++)
        offered += plan->capacity[(int64_t)resource * plan->n_slots + slot];
    for (int32_t i = 0; i < plan->net.n_tasks; i++) n_moved += plan->reason[i] == resource && plan->after[i] < 0;
    const double unit = plan->net.is_abstract ? (double)plan->slot_size / CPN_NET_PARTS : 1.0 / plan->day_slots;
    const double load = offered > 0 ? work / offered : 0;
    char name[CPN_NET_TEXT], share[CAMPAIGN_MONEY_TEXT], moved[CPN_NUMBER_TEXT], sentence[CPN_NET_SENTENCE];
    cpn_level_name_text(name, plan, resource);
    cpn_net_amount(share, load * 100);
    (void)cpn_format_int64(moved, n_moved);
    const char *const words[CPN_NET_WORDS] = { name, share, moved, "", "", "" };
    cpn_net_say(sentence,
                plan->net.is_chinese ? "{0}：到完成时占用 {1}%，{2} 个任务因它推迟。"
                                     : "{0} is busy for {1} % until the end; tasks that waited for it: {2}.",
                words);
    cpn_out_text(out, SUM_RESOURCE, one->name.text, one->name.length);
    cpn_out_int64(out, SUM_UNITS, one->units);
    cpn_out_float64(out, SUM_WORK, work * unit);
    cpn_out_float64(out, SUM_OFFERED, offered * unit);
    cpn_out_float64(out, SUM_LOAD, load);
    cpn_out_int64(out, SUM_MOVED, n_moved);
    cpn_out_string(out, SUM_TEXT, sentence);
}

campaign_status cpn_level_write_resources(campaign_table **table, const cpn_level_plan *plan, campaign_error *error)
{
    cpn_out out;
    cpn_out_open(&out, sum_schema, N_SUM, NULL, 0);
    for (int32_t r = 0; r < plan->n_resources; r++) write_sum(&out, plan, r);
    return cpn_out_close(table, &out, error);
}
