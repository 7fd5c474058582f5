/* Splits the annual target down the tree, exactly at every node, and adds the totals that the tree does not hold.
 *
 * Three sets of rows: the tree of the declared order, down to the period that dimensions are split by; the totals of
 * periods that the tree does not hold by itself; the year by each dimension. A total is the sum of the cells it covers,
 * which for periods finer than the tree's are those of the days. */
#include "plan/targets.h"

#include <string.h>

#include "base/checked.h"
#include "base/memory.h"

/* What the functions below share. */
typedef struct splitter {
    cpn_plan_targets *targets;
    const cpn_plan_request *request;
    const cpn_plan_profile *profile;
    int64_t *weights, *parts, *minimum, *maximum;  /* room for the widest node */
    cpn_plan_row_range totals[CPN_PLAN_N_PERIODS]; /* rows that are totals of periods */
} splitter;

/* ---- The tree --------------------------------------------------------------------------------------------------- */

/* Where caps bind, what is left goes evenly to those without a weight. */
static campaign_status share_rest(splitter *s, campaign_split_problem *problem, campaign_error *error)
{
    int64_t unallocated;
    for (int64_t i = 0; i < problem->n_cells; i++) {
        const bool is_weightless = s->weights[i] == 0;
        s->minimum[i] = s->parts[i];
        if (!is_weightless) s->maximum[i] = s->parts[i];
        s->weights[i] = is_weightless;
    }
    problem->weights = s->weights;
    return campaign_split(s->parts, &unallocated, problem, error);
}

/* The parts of a node's children add up to it and keep their bounds. */
static campaign_status split_node(splitter *s, int64_t row, campaign_error *error)
{
    cpn_plan_target *rows = s->targets->rows, *children = rows + rows[row].first_child;
    const int64_t n = rows[row].n_children;
    bool has_weight = false;
    for (int64_t i = 0; i < n; i++) {
        s->weights[i] = children[i].weight;
        s->minimum[i] = children[i].lower;
        s->maximum[i] = children[i].upper;
        has_weight = has_weight || s->weights[i] > 0;
    }
    campaign_split_problem problem = { .size = (uint32_t)sizeof problem,
                                       .total_minor = rows[row].minor,
                                       .n_cells = n,
                                       .weights = has_weight ? s->weights : NULL,
                                       .minimum = s->minimum,
                                       .maximum = s->maximum };
    int64_t unallocated;
    campaign_status status = campaign_split(s->parts, &unallocated, &problem, error);
    if (status == CAMPAIGN_OK && unallocated > 0) status = share_rest(s, &problem, error);
    for (int64_t i = 0; i < n && status == CAMPAIGN_OK; i++) children[i].minor = s->parts[i];
    return status;
}

/* What the children are assigned adds up to what their parent is, and the padding of their level; it goes by target. */
static campaign_status assign_node(splitter *s, int64_t row, campaign_error *error)
{
    enum { ONE = 1000000 };
    cpn_plan_target *rows = s->targets->rows, *children = rows + rows[row].first_child;
    const int64_t n = rows[row].n_children, padding_ppm = s->request->levels[children->level].padding_ppm;
    int64_t unallocated;
    campaign_split_problem problem = { .size = (uint32_t)sizeof problem, .n_cells = n };
    if (!cpn_mul_div64(&problem.total_minor, rows[row].assigned, ONE + padding_ppm, ONE, CAMPAIGN_ROUND_HALF_EVEN))
        return cpn_fail(error, CAMPAIGN_E_OVERFLOW, "levels", "what is assigned does not fit 64 bits");
    for (int64_t i = 0; i < n; i++) s->weights[i] = children[i].minor;
    if (rows[row].minor > 0) problem.weights = s->weights;
    const campaign_status status = campaign_split(s->parts, &unallocated, &problem, error);
    for (int64_t i = 0; i < n && status == CAMPAIGN_OK; i++) children[i].assigned = s->parts[i];
    return status;
}

static campaign_status open_splitter(splitter *s, campaign_error *error)
{
    int64_t widest = 1;
    for (int64_t row = 0; row < s->targets->n; row++)
        if (s->targets->rows[row].n_children > widest) widest = s->targets->rows[row].n_children;
    s->weights = cpn_alloc(widest, sizeof *s->weights);
    s->parts = cpn_alloc(widest, sizeof *s->parts);
    s->minimum = cpn_alloc(widest, sizeof *s->minimum);
    s->maximum = cpn_alloc(widest, sizeof *s->maximum);
    return s->weights && s->parts && s->minimum && s->maximum ? CAMPAIGN_OK : cpn_fail_nomem(error);
}

static campaign_status split_tree(splitter *s, campaign_error *error)
{
    campaign_status status = open_splitter(s, error);
    s->targets->rows[0].assigned = s->targets->rows[0].minor;
    for (int64_t row = 0; row < s->targets->leaves.first && status == CAMPAIGN_OK; row++) {
        status = split_node(s, row, error);
        if (status == CAMPAIGN_OK) status = assign_node(s, row, error);
    }
    return status;
}

/* ---- Totals of periods ------------------------------------------------------------------------------------------ */

/* Whether some dimension stands before the level in the tree, so that its rows are cells and not totals. */
static bool follows_dimension(const splitter *s, cpn_plan_level level)
{
    for (int32_t i = 0; s->request->split[i] != level; i++)
        if (!cpn_plan_is_period(s->request->split[i]) &&
            cpn_plan_is_in_tree(s->request, s->profile, s->request->split[i]))
            return true;
    return false;
}

/* Totals of one level as sums of the days, which are those of all cells. */
static campaign_status sum_periods(splitter *s, cpn_plan_row_range parents, cpn_plan_level level, campaign_error *error)
{
    const cpn_plan_targets *targets = s->targets;
    campaign_status status = CAMPAIGN_OK;
    s->totals[level].first = targets->n;
    for (int64_t parent = parents.first; parent < parents.end && status == CAMPAIGN_OK; parent++) {
        const int32_t end = targets->rows[parent].end_day;
        for (int32_t day = targets->rows[parent].start_day; day < end && status == CAMPAIGN_OK;) {
            cpn_plan_target child = cpn_plan_target_child(targets, s->request, parent, level, day);
            child.minor = 0;
            for (; day < child.end_day; day++) child.minor += targets->day_minor[day - s->request->start_day];
            status = cpn_plan_targets_add(s->targets, &child, error);
        }
    }
    s->totals[level].end = targets->n;
    return status;
}

static campaign_status add_totals(splitter *s, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    cpn_plan_row_range parents = { 0, 1 };
    for (int32_t i = 0; i < s->request->n_split && status == CAMPAIGN_OK; i++) {
        const cpn_plan_level level = s->request->split[i];
        if (!cpn_plan_is_period(level)) continue;
        if (!cpn_plan_is_in_tree(s->request, s->profile, level) || follows_dimension(s, level))
            status = sum_periods(s, parents, level, error);
        else
            s->totals[level] = s->targets->tree[level];
        parents = s->totals[level];
    }
    return status;
}

/* ---- The year by each dimension --------------------------------------------------------------------------------- */

/* The year by the keys of a dimension, where the tree does not begin with it. */
static campaign_status sum_keys(splitter *s, cpn_plan_level level, campaign_error *error)
{
    const int32_t dimension = cpn_plan_dimension(level);
    const cpn_plan_row_range range = s->targets->tree[level];
    int32_t n_keys = 0;
    for (int64_t i = range.first; i < range.end; i++)
        if (s->targets->rows[i].keys[dimension] >= n_keys) n_keys = s->targets->rows[i].keys[dimension] + 1;
    int64_t *sums = cpn_alloc(n_keys, sizeof *sums);
    if (!sums) return cpn_fail_nomem(error);
    for (int32_t key = 0; key < n_keys; key++) sums[key] = -1;
    for (int64_t i = range.first; i < range.end; i++) {
        const cpn_plan_target *row = &s->targets->rows[i];
        int64_t *sum = &sums[row->keys[dimension]];
        *sum = (*sum < 0 ? 0 : *sum) + row->minor; /* parts of one int64, none negative */
    }
    campaign_status status = CAMPAIGN_OK;
    for (int32_t key = 0; key < n_keys && status == CAMPAIGN_OK; key++) {
        if (sums[key] < 0) continue;
        cpn_plan_target child = cpn_plan_target_child(s->targets, s->request, 0, level, key);
        child.minor = sums[key];
        status = cpn_plan_targets_add(s->targets, &child, error);
    }
    cpn_free(sums);
    return status;
}

static campaign_status add_margins(splitter *s, campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    for (int32_t i = 0; i < s->request->n_split && status == CAMPAIGN_OK; i++) {
        const cpn_plan_level level = s->request->split[i];
        if (cpn_plan_is_period(level) || !cpn_plan_is_in_tree(s->request, s->profile, level)) continue;
        if (s->targets->rows[s->targets->tree[level].first].parent == 0) continue;
        status = sum_keys(s, level, error);
    }
    return status;
}

/* ---- Stage ------------------------------------------------------------------------------------------------------ */

campaign_status cpn_plan_targets_split(cpn_plan_targets *targets, const cpn_plan_request *request,
                                       const cpn_plan_profile *profile, const cpn_plan_history *history,
                                       int64_t target_minor, const campaign_runtime *runtime, campaign_error *error)
{
    memset(targets, 0, sizeof *targets);
    splitter s = { .targets = targets, .request = request, .profile = profile };
    campaign_status status = cpn_plan_tree_grow(targets, request, profile, error);
    if (status == CAMPAIGN_OK) targets->rows[0].minor = target_minor;
    if (status == CAMPAIGN_OK) status = cpn_plan_rules_read(&targets->rules, targets, request, profile, history, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_growth_apply(targets, &targets->rules, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_bounds_set(targets, &targets->rules, request, history, error);
    if (status == CAMPAIGN_OK) status = split_tree(&s, error);
    if (status == CAMPAIGN_OK) status = cpn_plan_days_fill(targets, request, profile, runtime, error);
    if (status == CAMPAIGN_OK) status = add_totals(&s, error);
    if (status == CAMPAIGN_OK) status = add_margins(&s, error);
    cpn_free(s.weights);
    cpn_free(s.parts);
    cpn_free(s.minimum);
    cpn_free(s.maximum);
    if (status != CAMPAIGN_OK) cpn_plan_targets_free(targets);
    return status;
}

void cpn_plan_targets_free(cpn_plan_targets *targets)
{
    cpn_free(targets->rows);
    cpn_plan_rules_free(&targets->rules);
    memset(targets, 0, sizeof *targets);
}
