/* Who is loaded on which day: tasks cut into days of their owners, then added up by owner and day. */
#include "base/memory.h"
#include "base/sort.h"
#include "schedule/plan.h"

#define COUNT(array) ((int32_t)(sizeof(array) / sizeof *(array)))

static const int64_t most_cuts = 10000000;
static const double least_part = 1e-9;

static const cpn_column_schema loads_schema[] = {
    { "owner", CAMPAIGN_TYPE_UTF8, "Who.", "负责人。" },
    { "date", CAMPAIGN_TYPE_DATE, "On which day.", "日期。" },
    { "load", CAMPAIGN_TYPE_FLOAT64, "Days of work on it.", "负荷（天）。" },
    { "hours", CAMPAIGN_TYPE_FLOAT64, "The same in hours.", "负荷（小时）。" },
    { "capacity", CAMPAIGN_TYPE_FLOAT64, "Hours there are.", "可用工时。" },
    { "is_over", CAMPAIGN_TYPE_BOOL, "Whether it is too much.", "是否超负荷。" },
    { "tasks", CAMPAIGN_TYPE_UTF8, "What is worked on.", "任务。" },
};

/* One task on one day. */
typedef struct cut {
    int32_t owner, day, task;
    double days; /* of the owner's working day */
} cut;

/* Days that a task lasts at most, from the first to the last. */
static int64_t n_days(const cpn_net_span *span)
{
    const cpn_net_days days = cpn_net_days_of(span, false);
    return span->finish > span->start ? (int64_t)days.last - days.first + 1 : 0;
}

/* What part of the owner's day a task takes: all of it, the rest of a broken duration on its last day, or the hours that
 * lie on it. */
static double part_of_day(const cpn_net_plan *plan, int32_t number, int32_t day, int32_t last_day)
{
    const cpn_net_task *task = &plan->net.tasks[number];
    const cpn_net_span *span = &plan->now[number];
    if (task->unit != CPN_NET_HOUR) {
        const double rest = task->duration - (double)(task->size - 1);
        return day == last_day && rest > 0 && rest < 1 ? rest : 1;
    }
    const int64_t start = (int64_t)day * CPN_DAY_MINUTES, end = start + CPN_DAY_MINUTES;
    const int64_t minutes = (span->finish < end ? span->finish : end) - (span->start > start ? span->start : start);
    const double capacity = plan->net.people.capacities[task->owner];
    return (double)minutes >= capacity * 60 ? 1 : (double)minutes / (capacity * 60);
}

static int64_t cut_task(cut *cuts, const cpn_net_plan *plan, int32_t number)
{
    const cpn_net_task *task = &plan->net.tasks[number];
    const cpn_net_days days = cpn_net_days_of(&plan->now[number], false);
    int64_t n = 0;
    for (int32_t day = days.first; day <= days.last; day++)
        if (cpn_clock_works(&plan->net.clocks[task->clock], day))
            cuts[n++] = (cut){ task->owner, day, number, part_of_day(plan, number, day, days.last) };
    return n;
}

static int compare_cuts(const void *a, const void *b, const void *ctx)
{
    (void)ctx;
    const cut *x = a, *y = b;
    if (x->owner != y->owner) return x->owner < y->owner ? -1 : 1;
    if (x->day != y->day) return x->day < y->day ? -1 : 1;
    return (x->task > y->task) - (x->task < y->task);
}

/* Names of the tasks of one owner and day. */
static void write_names(cpn_text *text, const cpn_net *net, const cut *cuts, int64_t n)
{
    text->length = 0;
    for (int64_t i = 0; i < n; i++) {
        if (i > 0) cpn_text_add_string(text, "; ");
        cpn_text_add(text, net->names.texts[cuts[i].task], (size_t)net->names.lengths[cuts[i].task]);
    }
}

static void write_day(cpn_out *out, cpn_text *text, const cpn_net_plan *plan, const cut *cuts, int64_t n)
{
    const cpn_net_people *people = &plan->net.people;
    const double capacity = people->capacities[cuts[0].owner];
    double days = 0;
    for (int64_t i = 0; i < n; i++) days += cuts[i].days;
    write_names(text, &plan->net, cuts, n);
    cpn_out_cell(out, 0, &people->names.column, people->names.keys.first_rows[cuts[0].owner]);
    cpn_out_int64(out, 1, cuts[0].day);
    cpn_out_float64(out, 2, days);
    cpn_out_float64(out, 3, days * capacity);
    cpn_out_float64(out, 4, capacity);
    cpn_out_int64(out, 5, days > 1 + least_part || capacity <= 0);
    cpn_out_text(out, 6, text->data ? text->data : "", text->length);
}

/* Cuts of all tasks with an owner, in order; *cuts stays NULL where there are none, or too many to tell. */
static campaign_status cut_tasks(cut **cuts, int64_t *n_cuts, cpn_net_plan *plan, campaign_error *error)
{
    const cpn_net *net = &plan->net;
    int64_t most = 0;
    for (int32_t i = 0; i < net->n_tasks && !net->is_abstract; i++)
        if (net->tasks[i].owner >= 0) most += n_days(&plan->now[i]);
    plan->leaves_out_loads = most > most_cuts;
    if (most == 0 || plan->leaves_out_loads) return CAMPAIGN_OK;
    *cuts = cpn_alloc(most, sizeof **cuts);
    if (!*cuts) return cpn_fail_nomem(error);
    for (int32_t i = 0; i < net->n_tasks; i++)
        if (net->tasks[i].owner >= 0 && n_days(&plan->now[i]) > 0) *n_cuts += cut_task(*cuts + *n_cuts, plan, i);
    return cpn_sort(*cuts, *n_cuts, sizeof **cuts, compare_cuts, NULL) ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

campaign_status cpn_net_write_loads(campaign_schedule_report *report, cpn_net_plan *plan, campaign_error *error)
{
    cut *cuts = NULL;
    int64_t n_cuts = 0;
    cpn_text text = { 0 };
    campaign_status status = cut_tasks(&cuts, &n_cuts, plan, error);
    cpn_out out;
    cpn_out_open(&out, loads_schema, COUNT(loads_schema), NULL, 0);
    for (int64_t i = 0, n = 0; i < n_cuts && status == CAMPAIGN_OK; i += n) {
        double days = 0;
        for (n = 0; i + n < n_cuts && cuts[i + n].owner == cuts[i].owner && cuts[i + n].day == cuts[i].day; n++)
            days += cuts[i + n].days;
        plan->n_over += days > 1 + least_part || plan->net.people.capacities[cuts[i].owner] <= 0;
        write_day(&out, &text, plan, cuts + i, n);
        if (text.has_failed) status = cpn_fail_nomem(error);
    }
    cpn_text_clear(&text);
    cpn_free(cuts);
    if (status == CAMPAIGN_OK) return cpn_out_close(&report->loads, &out, error);
    campaign_table_builder_free(out.builder);
    return status;
}
