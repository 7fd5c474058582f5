/* Splits the annual target down the declared order, exactly at every node.
 *
 * Three sets of rows: the tree of the declared order, down to the period that dimensions are split by; the totals of
 * periods that the tree does not hold by itself; the year by product line and by market. A total over cells is their
 * sum; finer periods are split out of totals. Parents always stand before their children. */
#include "plan/targets.h"

#include <string.h>

#include "base/checked.h"
#include "base/memory.h"

typedef struct row_range {
    int64_t first, end;
} row_range;

/* What the functions below share. The children of one node are collected here before the node is split. */
typedef struct splitter {
    cpn_plan_targets *targets;
    const cpn_plan_request *request;
    const cpn_plan_profile *profile;
    int64_t *weights, *parts; /* room for the widest node */
    int32_t *values;          /* of each child: start day of a period, or key of a dimension */
    int64_t n_children;
    row_range tree[CPN_PLAN_N_LEVELS];    /* rows of the tree that each level made */
    row_range totals[CPN_PLAN_N_PERIODS]; /* rows that are totals of periods */
} splitter;

static campaign_status add_row(splitter *s, const cpn_plan_target *row, campaign_error *error)
{
    cpn_plan_targets *targets = s->targets;
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

/* ---- Children of one node --------------------------------------------------------------------------------------- */

static void list_periods(splitter *s, const cpn_plan_target *node, cpn_plan_level level)
{
    s->n_children = 0;
    for (int32_t start = node->start_day, end; start < node->end_day; start = end) {
        end = cpn_plan_next_period(s->request, level, start);
        if (end > node->end_day) end = node->end_day;
        s->values[s->n_children] = start;
        s->weights[s->n_children++] = cpn_plan_profile_weight(s->profile, s->request, start, end);
    }
}

static int64_t weigh_key(const splitter *s, const cpn_plan_target *node, int32_t dimension, int64_t key)
{
    const cpn_plan_profile *profile = s->profile;
    const int64_t n_markets = profile->n_keys[1];
    const int32_t fixed = node->keys[1 - dimension];
    if (fixed >= 0) return profile->cells[dimension == 0 ? key * n_markets + fixed : fixed * n_markets + key];
    int64_t weight = 0;
    for (int64_t other = 0; other < profile->n_keys[1 - dimension]; other++)
        weight += profile->cells[dimension == 0 ? key * n_markets + other : other * n_markets + key];
    return weight;
}

/* Keys that sold nothing under this node get no row. */
static void list_keys(splitter *s, const cpn_plan_target *node, int32_t dimension)
{
    s->n_children = 0;
    for (int64_t key = 0; key < s->profile->n_keys[dimension]; key++) {
        const int64_t weight = weigh_key(s, node, dimension, key);
        if (weight == 0) continue;
        s->values[s->n_children] = (int32_t)key;
        s->weights[s->n_children++] = weight;
    }
}

static cpn_plan_target make_child(const splitter *s, int64_t parent, cpn_plan_level level, int32_t value)
{
    cpn_plan_target child = s->targets->rows[parent];
    child.level = level;
    child.parent = parent;
    if (!cpn_plan_is_period(level)) {
        child.keys[cpn_plan_dimension(level)] = value;
        return child;
    }
    const int32_t end = cpn_plan_next_period(s->request, level, value);
    child.parent_period = child.period;
    child.period = level;
    child.start_day = value;
    if (end < child.end_day) child.end_day = end;
    return child;
}

/* Splits one node by a level; the parts of its children add up to it. */
static campaign_status split_node(splitter *s, int64_t parent, cpn_plan_level level, campaign_error *error)
{
    if (cpn_plan_is_period(level))
        list_periods(s, &s->targets->rows[parent], level);
    else
        list_keys(s, &s->targets->rows[parent], cpn_plan_dimension(level));
    bool has_weight = false;
    for (int64_t i = 0; i < s->n_children; i++) has_weight = has_weight || s->weights[i] > 0;
    const campaign_split_problem problem = { .size = (uint32_t)sizeof problem,
                                             .total_minor = s->targets->rows[parent].minor,
                                             .n_cells = s->n_children,
                                             .weights = has_weight ? s->weights : NULL };
    int64_t unallocated;
    campaign_status status = campaign_split(s->parts, &unallocated, &problem, error);
    for (int64_t i = 0; i < s->n_children && status == CAMPAIGN_OK; i++) {
        cpn_plan_target child = make_child(s, parent, level, s->values[i]);
        child.minor = s->parts[i];
        status = add_row(s, &child, error);
    }
    return status;
}

static campaign_status split_range(splitter *s, row_range *made, row_range parents, cpn_plan_level level,
                                   campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    made->first = s->targets->n;
    for (int64_t row = parents.first; row < parents.end && status == CAMPAIGN_OK; row++)
        status = split_node(s, row, level, error);
    made->end = s->targets->n;
    return status;
}

/* ---- The three sets of rows ------------------------------------------------------------------------------------- */

static bool has_dimensions(const splitter *s)
{
    return s->profile->has_dimension[0] || s->profile->has_dimension[1];
}

static bool is_in_tree(const splitter *s, cpn_plan_level level)
{
    if (!cpn_plan_is_period(level)) return s->profile->has_dimension[cpn_plan_dimension(level)];
    return level <= s->request->dimension_period || !has_dimensions(s);
}

static campaign_status grow_tree(splitter *s, int64_t target_minor, campaign_error *error)
{
    const cpn_plan_request *request = s->request;
    const cpn_plan_target year = { .level = CPN_LEVEL_YEAR,
                                   .start_day = request->start_day,
                                   .end_day = request->end_day,
                                   .keys = { -1, -1 },
                                   .parent = -1,
                                   .minor = target_minor };
    campaign_status status = add_row(s, &year, error);
    row_range leaves = { 0, 1 };
    for (int32_t i = 0; i < request->n_split && status == CAMPAIGN_OK; i++) {
        const cpn_plan_level level = request->split[i];
        if (!is_in_tree(s, level)) continue;
        status = split_range(s, &s->tree[level], leaves, level, error);
        leaves = s->tree[level];
    }
    return status;
}

/* Whether some dimension stands before the level in the tree, so that its rows are cells and not totals. */
static bool follows_dimension(const splitter *s, cpn_plan_level level)
{
    for (int32_t i = 0; s->request->split[i] != level; i++)
        if (!cpn_plan_is_period(s->request->split[i]) && is_in_tree(s, s->request->split[i])) return true;
    return false;
}

/* Totals of one level as the sums of the tree's cells over each period. */
static campaign_status sum_periods(splitter *s, row_range parents, cpn_plan_level level, campaign_error *error)
{
    int64_t sums[CPN_PLAN_MAX_DAYS] = { 0 };
    const cpn_plan_target *rows = s->targets->rows;
    for (int64_t i = s->tree[level].first; i < s->tree[level].end; i++)
        sums[rows[i].start_day - s->request->start_day] += rows[i].minor; /* parts of one int64, none negative */
    s->totals[level].first = s->targets->n;
    campaign_status status = CAMPAIGN_OK;
    for (int64_t parent = parents.first; parent < parents.end && status == CAMPAIGN_OK; parent++) {
        list_periods(s, &s->targets->rows[parent], level);
        for (int64_t i = 0; i < s->n_children && status == CAMPAIGN_OK; i++) {
            cpn_plan_target child = make_child(s, parent, level, s->values[i]);
            child.minor = sums[child.start_day - s->request->start_day];
            status = add_row(s, &child, error);
        }
    }
    s->totals[level].end = s->targets->n;
    return status;
}

static campaign_status add_totals(splitter *s, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    row_range parents = { 0, 1 };
    for (int32_t i = 0; i < s->request->n_split && status == CAMPAIGN_OK; i++) {
        const cpn_plan_level level = s->request->split[i];
        if (!cpn_plan_is_period(level)) continue;
        if (!is_in_tree(s, level))
            status = split_range(s, &s->totals[level], parents, level, error);
        else if (follows_dimension(s, level))
            status = sum_periods(s, parents, level, error);
        else
            s->totals[level] = s->tree[level];
        parents = s->totals[level];
    }
    return status;
}

/* The year by the keys of a dimension, where the tree does not begin with it. */
static campaign_status sum_keys(splitter *s, cpn_plan_level level, campaign_error *error)
{
    const int32_t dimension = cpn_plan_dimension(level);
    const int64_t n_keys = s->profile->n_keys[dimension];
    memset(s->parts, 0, (size_t)n_keys * sizeof *s->parts);
    memset(s->values, 0, (size_t)n_keys * sizeof *s->values);
    for (int64_t i = s->tree[level].first; i < s->tree[level].end; i++) {
        const cpn_plan_target *row = &s->targets->rows[i];
        s->parts[row->keys[dimension]] += row->minor;
        s->values[row->keys[dimension]] = 1;
    }
    campaign_status status = CAMPAIGN_OK;
    for (int64_t key = 0; key < n_keys && status == CAMPAIGN_OK; key++) {
        if (!s->values[key]) continue;
        cpn_plan_target child = make_child(s, 0, level, (int32_t)key);
        child.minor = s->parts[key];
        status = add_row(s, &child, error);
    }
    return status;
}

static campaign_status add_margins(splitter *s, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < s->request->n_split && status == CAMPAIGN_OK; i++) {
        const cpn_plan_level level = s->request->split[i];
        if (cpn_plan_is_period(level) || !is_in_tree(s, level)) continue;
        if (s->targets->rows[s->tree[level].first].parent == 0) continue;
        status = sum_keys(s, level, error);
    }
    return status;
}

/* ---- Days ------------------------------------------------------------------------------------------------------- */

/* The finest totals, split by day: what campaigns add up, also where days are no rows of the plan. */
static campaign_status fill_days(splitter *s, campaign_error *error)
{
    row_range finest = { 0, 1 };
    for (int32_t level = CPN_LEVEL_QUARTER; level < CPN_PLAN_N_PERIODS; level++)
        if (s->totals[level].end > 0) finest = s->totals[level];
    campaign_status status = CAMPAIGN_OK;
    for (int64_t i = finest.first; i < finest.end && status == CAMPAIGN_OK; i++) {
        const cpn_plan_target *row = &s->targets->rows[i];
        const int32_t offset = row->start_day - s->request->start_day;
        list_periods(s, row, CPN_LEVEL_DAY);
        bool has_weight = false;
        for (int64_t day = 0; day < s->n_children; day++) has_weight = has_weight || s->weights[day] > 0;
        const campaign_split_problem problem = { .size = (uint32_t)sizeof problem,
                                                 .total_minor = row->minor,
                                                 .n_cells = s->n_children,
                                                 .weights = has_weight ? s->weights : NULL };
        int64_t unallocated;
        status = campaign_split(s->targets->day_minor + offset, &unallocated, &problem, error);
    }
    return status;
}

/* ---- Stage ------------------------------------------------------------------------------------------------------ */

static campaign_status open_splitter(splitter *s, const cpn_plan_profile *profile, campaign_error *error)
{
    int64_t widest = CPN_PLAN_MAX_DAYS;
    for (int32_t i = 0; i < CPN_PLAN_N_DIMENSIONS; i++)
        if (profile->n_keys[i] > widest) widest = profile->n_keys[i];
    s->weights = cpn_alloc(widest, sizeof *s->weights);
    s->parts = cpn_alloc(widest, sizeof *s->parts);
    s->values = cpn_alloc(widest, sizeof *s->values);
    return s->weights && s->parts && s->values ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

campaign_status cpn_plan_targets_split(cpn_plan_targets *targets, const cpn_plan_request *request,
                                       const cpn_plan_profile *profile, int64_t target_minor, campaign_error *error)
{
    memset(targets, 0, sizeof *targets);
    splitter s = { .targets = targets, .request = request, .profile = profile };
    campaign_status status = open_splitter(&s, profile, error);
    if (status == CAMPAIGN_OK) status = grow_tree(&s, target_minor, error);
    if (status == CAMPAIGN_OK) status = add_totals(&s, error);
    if (status == CAMPAIGN_OK) status = add_margins(&s, error);
    if (status == CAMPAIGN_OK) status = fill_days(&s, error);
    cpn_free(s.weights);
    cpn_free(s.parts);
    cpn_free(s.values);
    if (status != CAMPAIGN_OK) cpn_plan_targets_free(targets);
    return status;
}

void cpn_plan_targets_free(cpn_plan_targets *targets)
{
    cpn_free(targets->rows);
    memset(targets, 0, sizeof *targets);
}
