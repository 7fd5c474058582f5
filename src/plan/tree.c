/* Grows the tree of the declared order: every node with its period, its keys and its weight against its siblings.
 * Amounts are split down it afterwards. Parents stand before their children, and the children of one node together. */
#include "base/memory.h"
#include "plan/targets.h"

campaign_status cpn_plan_targets_add(cpn_plan_targets *targets, const cpn_plan_target *row, campaign_error *error)
{
    if (targets->n == CPN_PLAN_MAX_ROWS)
        return cpn_fail(error, CAMPAIGN_E_LIMIT, "split",
                        "more than %d targets: set dimension_period to a coarser period, map a coarser column, or take "
                        "a dimension out of the split",
                        CPN_PLAN_MAX_ROWS);
    if (targets->n == targets->capacity) {
        const int64_t capacity = targets->capacity ? targets->capacity * 2 : 1024;
        cpn_plan_target *grown = cpn_resize(targets->rows, capacity, sizeof *grown);
        if (!grown) return cpn_fail_nomem(error);
        targets->rows = grown;
        targets->capacity = capacity;
    }
    targets->rows[targets->n++] = *row;
    return CAMPAIGN_OK;
}

cpn_plan_target cpn_plan_target_child(const cpn_plan_targets *targets, const cpn_plan_request *request, int64_t parent,
                                      cpn_plan_level level, int32_t value)
{
    cpn_plan_target child = targets->rows[parent];
    child.level = level;
    child.parent = parent;
    child.first_child = child.n_children = 0;
    child.rule = child.assigned = -1;
    if (!cpn_plan_is_period(level)) {
        child.keys[cpn_plan_dimension(level)] = value;
        return child;
    }
    const int32_t end = cpn_plan_next_period(request, level, value);
    child.parent_period = child.period;
    child.period = level;
    child.start_day = value;
    if (end < child.end_day) child.end_day = end;
    return child;
}

bool cpn_plan_is_in_tree(const cpn_plan_request *request, const cpn_plan_profile *profile, cpn_plan_level level)
{
    if (!cpn_plan_is_period(level)) return cpn_plan_cells_find(&profile->cells, cpn_plan_dimension(level)) >= 0;
    return level <= request->dimension_period || profile->cells.n_levels == 0;
}

/* ---- Children --------------------------------------------------------------------------------------------------- */

typedef struct grower {
    cpn_plan_targets *targets;
    const cpn_plan_request *request;
    const cpn_plan_profile *profile;
} grower;

static campaign_status add_periods(grower *g, int64_t parent, cpn_plan_level level, campaign_error *error)
{
    const int32_t end = g->targets->rows[parent].end_day;
    campaign_status status = CAMPAIGN_OK;
    for (int32_t day = g->targets->rows[parent].start_day; day < end && status == CAMPAIGN_OK;) {
        cpn_plan_target child = cpn_plan_target_child(g->targets, g->request, parent, level, day);
        child.weight = cpn_plan_profile_weight(g->profile, g->request, level, day, child.end_day);
        status = cpn_plan_targets_add(g->targets, &child, error);
        day = child.end_day;
    }
    return status;
}

static int64_t weigh_keys(const grower *g, const cpn_plan_target *child, int32_t place)
{
    const cpn_plan_cells *cells = &g->profile->cells;
    const cpn_plan_driver driver = g->request->levels[child->level].driver;
    if (driver == CPN_DRIVER_EVEN) return 1;
    if (driver == CPN_DRIVER_COLUMN)
        return cpn_plan_lookup_weight(&g->profile->lookups[cells->order[place]], child->keys);
    return cells->running[place][child->end_cell] - cells->running[place][child->first_cell];
}

/* Children that weigh nothing get no row, unless none weighs anything. A column that weighs none of them is refused. */
static campaign_status drop_weightless(grower *g, int64_t first, cpn_plan_level level, campaign_error *error)
{
    cpn_plan_targets *targets = g->targets;
    int64_t kept = first;
    for (int64_t row = first; row < targets->n; row++)
        if (targets->rows[row].weight > 0) targets->rows[kept++] = targets->rows[row];
    if (kept > first) {
        targets->n = kept;
        return CAMPAIGN_OK;
    }
    const cpn_plan_policy *policy = &g->request->levels[level];
    if (policy->driver != CPN_DRIVER_COLUMN) return CAMPAIGN_OK;
    return cpn_json_fail(error, CAMPAIGN_E_VALUE, policy->section,
                         "column \"%s\" of the drivers has nothing above 0 for any %s of some node", policy->column,
                         cpn_plan_level_names[level]);
}

/* The cells of a node that share their next key are one child. */
static campaign_status add_keys(grower *g, int64_t parent, cpn_plan_level level, campaign_error *error)
{
    const cpn_plan_cells *cells = &g->profile->cells;
    const int32_t place = cpn_plan_cells_find(cells, cpn_plan_dimension(level));
    const int64_t end = g->targets->rows[parent].end_cell, first = g->targets->n;
    campaign_status status = CAMPAIGN_OK;
    for (int64_t cell = g->targets->rows[parent].first_cell; cell < end && status == CAMPAIGN_OK;) {
        const int32_t key = cpn_plan_cell_key(cells, cell, place);
        cpn_plan_target child = cpn_plan_target_child(g->targets, g->request, parent, level, key);
        child.first_cell = cell;
        while (cell < end && cpn_plan_cell_key(cells, cell, place) == key) cell++;
        child.end_cell = cell;
        child.weight = weigh_keys(g, &child, place);
        status = cpn_plan_targets_add(g->targets, &child, error);
    }
    return status == CAMPAIGN_OK ? drop_weightless(g, first, level, error) : status;
}

static campaign_status grow_node(grower *g, int64_t parent, cpn_plan_level level, campaign_error *error)
{
    cpn_plan_targets *targets = g->targets;
    targets->rows[parent].first_child = targets->n;
    const campaign_status status =
        cpn_plan_is_period(level) ? add_periods(g, parent, level, error) : add_keys(g, parent, level, error);
    targets->rows[parent].n_children = targets->n - targets->rows[parent].first_child;
    return status;
}

campaign_status cpn_plan_tree_grow(cpn_plan_targets *targets, const cpn_plan_request *request,
                                   const cpn_plan_profile *profile, campaign_error *error)
{
    grower g = { targets, request, profile };
    const cpn_plan_target year = { .level = CPN_LEVEL_YEAR,
                                   .start_day = request->start_day,
                                   .end_day = request->end_day,
                                   .keys = { -1, -1, -1, -1, -1 },
                                   .parent = -1,
                                   .rule = -1,
                                   .end_cell = profile->cells.n };
    campaign_status status = cpn_plan_targets_add(targets, &year, error);
    targets->leaves = (cpn_plan_row_range){ 0, 1 };
    for (int32_t i = 0; i < request->n_split && status == CAMPAIGN_OK; i++) {
        const cpn_plan_level level = request->split[i];
        if (!cpn_plan_is_in_tree(request, profile, level)) continue;
        const int64_t first = targets->n;
        for (int64_t row = targets->leaves.first; row < targets->leaves.end && status == CAMPAIGN_OK; row++)
            status = grow_node(&g, row, level, error);
        targets->tree[level] = targets->leaves = (cpn_plan_row_range){ first, targets->n };
    }
    return status;
}
