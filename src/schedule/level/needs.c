/* Who needs what: the needs table, and each task its owner. A need that no day can meet is told here. */
#include <string.h>

#include "base/memory.h"
#include "base/sort.h"
#include "base/text.h"
#include "schedule/level/level.h"

enum { TASK, RESOURCE, UNITS, N_COLUMNS };
enum { A_TEXT = 1 << CAMPAIGN_TYPE_UTF8, A_NUMBER = CPN_ANY_INT | 1 << CAMPAIGN_TYPE_FLOAT64 };

static const cpn_net_spec specs[N_COLUMNS] = {
    [TASK] = { "task", "needs.task", CPN_ANY_KEY, true },
    [RESOURCE] = { "resource", "needs.resource", A_TEXT, true },
    [UNITS] = { "units", "needs.units", A_NUMBER, false },
};

/* ---- Rows ---------------------------------------------------------------------------------------------------------- */

static campaign_status fail_unknown(const cpn_level_plan *plan, const cpn_net_column *column, int64_t row,
                                    campaign_error *error)
{
    size_t length;
    const char *text = cpn_cell_text(&column->column, row, &length);
    char best[CPN_NET_TEXT] = "", one[CPN_NET_TEXT];
    for (int32_t i = 0; i < plan->n_resources; i++) { /* the nearest of all is the nearest of the nearest */
        cpn_level_name_text(one, plan, i);
        const char *const pair[] = { best, one };
        const int64_t nearest =
            best[0] ? cpn_nearest_name(text, length, pair, 2) : cpn_nearest_name(text, length, &pair[1], 1) + 1;
        if (nearest == 1) memcpy(best, one, sizeof best);
    }
    const int shown = (int)cpn_utf8_cut(text, length, CPN_NET_TEXT);
    if (best[0])
        return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row, column->where,
                            "there is no resource \"%.*s\"; did you mean \"%s\"?", shown, text, best);
    return cpn_fail_row(error, CAMPAIGN_E_UNKNOWN, row, column->where, "there is no resource \"%.*s\" among %ld", shown,
                        text, (long)plan->n_resources);
}

static campaign_status read_need(cpn_level_need *need, const cpn_level_plan *plan, const cpn_net_column *columns,
                                 int64_t row, campaign_error *error)
{
    const cpn_cell_place place = { columns[TASK].where, columns[TASK].name };
    need->row = row;
    campaign_status status =
        cpn_named_keys_find(&need->task, &plan->net.keys, &columns[TASK].column, row, &place, error);
    if (status != CAMPAIGN_OK) return status;
    size_t length = 0;
    const char *text =
        cpn_net_has(&columns[RESOURCE], row) ? cpn_cell_text(&columns[RESOURCE].column, row, &length) : "";
    if (length == 0)
        return cpn_fail_row(error, CAMPAIGN_E_MISSING, row, columns[RESOURCE].where, "the need names no resource");
    need->resource = cpn_level_find_resource(plan, text, length);
    if (need->resource < 0) return fail_unknown(plan, &columns[RESOURCE], row, error);
    need->units = 1;
    return cpn_level_read_units(&need->units, &columns[UNITS], row, error);
}

/* The owner's own row comes after those of the table, so that it is the one that gives way. */
static int compare_needs(const void *a, const void *b, const void *ctx)
{
    (void)ctx;
    const cpn_level_need *left = a, *right = b;
    if (left->task != right->task) return left->task < right->task ? -1 : 1;
    if (left->resource != right->resource) return left->resource < right->resource ? -1 : 1;
    if ((left->row < 0) != (right->row < 0)) return left->row < 0 ? 1 : -1;
    return (left->row > right->row) - (left->row < right->row);
}

static campaign_status drop_repeats(cpn_level_plan *plan, int64_t n, campaign_error *error)
{
    const cpn_level_need *last = NULL;
    for (int64_t i = 0; i < n; i++) {
        const cpn_level_need *need = &plan->needs[i];
        const bool is_repeat = i > 0 && last->task == need->task && last->resource == need->resource;
        if (is_repeat && need->row >= 0) {
            char task[CPN_NET_TEXT], name[CPN_NET_TEXT];
            cpn_net_name(task, &plan->net, need->task);
            cpn_level_name_text(name, plan, need->resource);
            return cpn_fail_row(error, CAMPAIGN_E_DUPLICATE, need->row, "needs.resource",
                                "resource \"%s\" of task \"%s\" stands twice", name, task);
        }
        if (!is_repeat) plan->needs[plan->n_needs++] = *need;
        last = &plan->needs[plan->n_needs - 1];
    }
    int32_t n_kept = 0;
    for (int32_t i = 0; i < plan->n_needs; i++)
        if (plan->needs[i].units > 0) plan->needs[n_kept++] = plan->needs[i];
    plan->n_needs = n_kept;
    return CAMPAIGN_OK;
}

static int64_t add_owners(cpn_level_plan *plan, int64_t n)
{
    const cpn_named_keys *people = &plan->net.people.names;
    for (int32_t i = 0; i < plan->net.n_tasks && !plan->knobs.without_owners; i++) {
        if (plan->net.tasks[i].owner < 0) continue;
        size_t length;
        const int64_t row = people->keys.first_rows[plan->net.tasks[i].owner];
        const char *text = cpn_cell_text(&people->column, row, &length);
        plan->needs[n++] = (cpn_level_need){
            .task = i, .resource = cpn_level_find_resource(plan, text, length), .units = 1, .row = -1
        };
    }
    return n;
}

/* ---- What no day can meet ------------------------------------------------------------------------------------------- */

static campaign_status check_need(const cpn_level_plan *plan, const cpn_level_need *need, campaign_error *error)
{
    const cpn_level_resource *resource = &plan->resources[need->resource];
    int32_t most = resource->units;
    for (int64_t i = resource->first_exception; i < resource->end_exception; i++)
        if (plan->exceptions[i].units > most) most = plan->exceptions[i].units;
    if (need->units <= most || plan->net.tasks[need->task].size == 0) return CAMPAIGN_OK;
    char task[CPN_NET_TEXT], name[CPN_NET_TEXT];
    cpn_net_name(task, &plan->net, need->task);
    cpn_level_name_text(name, plan, need->resource);
    const char *where = need->row < 0 ? "tasks.owner" : "needs.units";
    const int64_t row = need->row < 0 ? plan->net.tasks[need->task].row : need->row;
    if (most == 0)
        return cpn_fail_row(error, CAMPAIGN_E_INFEASIBLE, row, where,
                            "task \"%s\" needs \"%s\", of which there is nothing on any day", task, name);
    return cpn_fail_row(error, CAMPAIGN_E_INFEASIBLE, row, where,
                        "task \"%s\" needs %ld units of \"%s\", which never has more than %ld", task, (long)need->units,
                        name, (long)most);
}

/* Resources that nobody needs leave; the others keep their order. */
static campaign_status keep_needed(cpn_level_plan *plan, campaign_error *error)
{
    int32_t *number = cpn_alloc_zero(plan->n_resources, sizeof *number), n_kept = 0;
    if (!number) return cpn_fail_nomem(error);
    for (int32_t i = 0; i < plan->n_needs; i++) number[plan->needs[i].resource] = 1;
    for (int32_t i = 0; i < plan->n_resources; i++) {
        const bool is_needed = number[i] > 0;
        number[i] = n_kept;
        if (is_needed) plan->resources[n_kept++] = plan->resources[i];
    }
    plan->n_resources = n_kept;
    for (int32_t i = 0; i < plan->n_needs; i++) plan->needs[i].resource = number[plan->needs[i].resource];
    cpn_free(number);
    return CAMPAIGN_OK;
}

campaign_status cpn_level_read_needs(cpn_level_plan *plan, const campaign_table *table, campaign_error *error)
{
    cpn_net_column columns[N_COLUMNS] = { 0 };
    campaign_status status =
        table ? cpn_net_find_columns(columns, specs, N_COLUMNS, table, "needs", error) : CAMPAIGN_OK;
    if (status != CAMPAIGN_OK) return status;
    const int64_t n_rows = table ? campaign_table_n_rows(table) : 0;
    if (n_rows > INT32_MAX - CPN_NET_MOST_TASKS)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, "needs", "%lld needs are too many", (long long)n_rows);
    plan->needs = cpn_alloc_zero(n_rows + plan->net.n_tasks, sizeof *plan->needs);
    plan->first_need = cpn_alloc_zero((int64_t)plan->net.n_tasks + 1, sizeof *plan->first_need);
    if (!plan->needs || !plan->first_need) return cpn_fail_nomem(error);
    for (int64_t row = 0; row < n_rows && status == CAMPAIGN_OK; row++)
        status = read_need(&plan->needs[row], plan, columns, row, error);
    if (status != CAMPAIGN_OK) return status;
    const int64_t n = add_owners(plan, n_rows);
    if (!cpn_sort(plan->needs, n, sizeof *plan->needs, compare_needs, NULL)) return cpn_fail_nomem(error);
    status = drop_repeats(plan, n, error);
    for (int32_t i = 0; i < plan->n_needs && status == CAMPAIGN_OK; i++)
        status = check_need(plan, &plan->needs[i], error);
    if (status == CAMPAIGN_OK) status = keep_needed(plan, error);
    for (int32_t i = 0; i < plan->n_needs && status == CAMPAIGN_OK; i++) plan->first_need[plan->needs[i].task + 1]++;
    for (int32_t i = 0; i < plan->net.n_tasks; i++) plan->first_need[i + 1] += plan->first_need[i];
    return status;
}
