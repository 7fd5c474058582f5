/* A total over cells, level by level: the cells of a node are those that share its first keys, and lie side by side. */
#include <stdio.h>

#include "allocate/quota/quota.h"
#include "base/checked.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/text.h"

/* Children of the node at hand; arrays of n_cells. */
typedef struct level {
    cpn_quota_problem *problem;
    cpn_quota_nodes *nodes;
    int32_t depth;
    int64_t *first; /* first cell of each child */
    int64_t *weights, *minimum, *maximum, *parts, *tied_low;
    double *shares;
    int64_t *amounts;      /* by the first cell of a node; the children's replace them */
    const int64_t *totals; /* of the first dimension by key, or NULL */
} level;

static bool open_level(level *at, cpn_quota_problem *problem)
{
    int64_t **const arrays[] = { &at->first, &at->weights,  &at->minimum, &at->maximum,
                                 &at->parts, &at->tied_low, &at->amounts };
    at->problem = problem;
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) {
        *arrays[i] = cpn_alloc(problem->n_cells + 1, sizeof **arrays[i]);
        if (!*arrays[i]) return false;
    }
    at->shares = cpn_alloc(problem->n_cells, sizeof *at->shares);
    return at->shares != NULL;
}

static void close_level(level *at)
{
    cpn_free(at->first);
    cpn_free(at->weights);
    cpn_free(at->minimum);
    cpn_free(at->maximum);
    cpn_free(at->parts);
    cpn_free(at->tied_low);
    cpn_free(at->amounts);
    cpn_free(at->shares);
}

/* Where the run of cells that share the first depth keys of cell ends. */
static int64_t end_of(const cpn_quota_problem *problem, int64_t cell, int64_t limit, int32_t depth)
{
    int64_t end = cell + 1;
    for (; end < limit; end++)
        for (int32_t d = 0; d < depth; d++)
            if (problem->dimensions[d].codes[end] != problem->dimensions[d].codes[cell]) return end;
    return end;
}

/* ---- What a child may hold --------------------------------------------------------------------------------------- */

/* A cell without weight keeps its minimum. */
static int64_t most_of(const cpn_quota_problem *problem, int64_t cell)
{
    return problem->weights[cell] == 0 ? problem->minimum[cell] : problem->maximum[cell];
}

static void sum_child(level *at, int64_t child, int64_t from, int64_t to)
{
    const cpn_quota_problem *problem = at->problem;
    at->first[child] = from;
    at->weights[child] = at->minimum[child] = at->maximum[child] = 0;
    for (int64_t cell = from; cell < to; cell++) {
        at->weights[child] += problem->weights[cell];
        at->minimum[child] += problem->minimum[cell];
        if (!cpn_add64(&at->maximum[child], at->maximum[child], most_of(problem, cell))) at->maximum[child] = INT64_MAX;
    }
    if (at->weights[child] == 0) at->maximum[child] = at->minimum[child];
}

/* Fixes a child to its given total. */
static campaign_status fix_child(level *at, int64_t child, campaign_error *error)
{
    const cpn_quota_problem *problem = at->problem;
    const int32_t code = problem->dimensions[0].codes[at->first[child]];
    const int64_t total = at->totals[code];
    char key[CPN_QUOTA_KEY_TEXT];
    cpn_quota_key_text(key, problem, 0, code);
    if (total < at->minimum[child])
        return cpn_fail(error, CAMPAIGN_E_INFEASIBLE, "rows.total", "\"%s\" has a total of %lld, its cells need %lld",
                        key, (long long)total, (long long)at->minimum[child]);
    if (total > at->maximum[child])
        return cpn_fail(error, CAMPAIGN_E_INFEASIBLE, "rows.total",
                        "\"%s\" has a total of %lld, its cells can hold %lld", key, (long long)total,
                        (long long)at->maximum[child]);
    at->minimum[child] = at->maximum[child] = total;
    return CAMPAIGN_OK;
}

/* ---- What is kept for the report --------------------------------------------------------------------------------- */

static int64_t greatest_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        const int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* A priority as a fraction in the unit of the weights as given; false where it does not fit. */
static bool take_fraction(int64_t *numerator, int64_t *denominator, const cpn_quota_ratio *ratio, int32_t decimals)
{
    if (ratio->numerator.high | ratio->denominator.high) return false;
    if (ratio->numerator.low > INT64_MAX || ratio->denominator.low > INT64_MAX || ratio->denominator.low == 0)
        return false;
    const int64_t top = (int64_t)ratio->numerator.low, bottom = (int64_t)ratio->denominator.low;
    const int64_t common = greatest_divisor(top, bottom), scale = cpn_power_of_ten(decimals);
    const int64_t also = greatest_divisor(top / common, scale);
    *numerator = top / common / also;
    return cpn_mul64(denominator, bottom / common, scale / also);
}

static void take_divisors(cpn_quota_node *node, const cpn_quota_problem *problem, const cpn_quota_share *share)
{
    const int32_t method = problem->knobs.given.method, decimals = problem->weight_decimals;
    const double scale = (double)cpn_power_of_ten(decimals);
    const bool is_plain = method != CAMPAIGN_QUOTA_HILL;
    if (share->next >= 0) {
        const int64_t weight = share->weights[share->next], unit = share->parts[share->next] + 1;
        const cpn_quota_ratio low = cpn_quota_priority(method, weight, unit);
        node->low = cpn_quota_priority_double(method, weight, unit) / scale;
        node->has_low = is_plain && take_fraction(&node->low_numerator, &node->low_denominator, &low, decimals);
    }
    const int64_t weight = share->weights[share->last], unit = share->parts[share->last];
    const cpn_quota_ratio high = cpn_quota_priority(method, weight, unit);
    node->high = cpn_quota_priority_double(method, weight, unit) / scale;
    node->has_high = is_plain && take_fraction(&node->high_numerator, &node->high_denominator, &high, decimals);
}

static campaign_status keep_node(level *at, int64_t cell, const cpn_quota_share *share, campaign_error *error)
{
    cpn_quota_nodes *nodes = at->nodes;
    if (nodes->n == nodes->capacity) {
        const int64_t capacity = nodes->capacity ? 2 * nodes->capacity : 16;
        cpn_quota_node *grown = cpn_resize(nodes->nodes, capacity, sizeof *grown);
        if (!grown) return cpn_fail_nomem(error);
        nodes->nodes = grown;
        nodes->capacity = capacity;
    }
    cpn_quota_node *node = &nodes->nodes[nodes->n++];
    *node = (cpn_quota_node){ .cell = cell, .depth = at->depth, .total = share->total };
    node->has_next = share->next >= 0;
    if (node->has_next) node->next_cell = at->first[share->next];
    node->has_divisors = share->last >= 0;
    if (node->has_divisors) take_divisors(node, at->problem, share);
    return CAMPAIGN_OK;
}

static campaign_status keep_tie(cpn_quota_problem *problem, cpn_quota_tie tie, campaign_error *error)
{
    if (problem->n_ties == problem->tie_capacity) {
        const int64_t capacity = problem->tie_capacity ? 2 * problem->tie_capacity : 16;
        cpn_quota_tie *grown = cpn_resize(problem->ties, capacity, sizeof *grown);
        if (!grown) return cpn_fail_nomem(error);
        problem->ties = grown;
        problem->tie_capacity = capacity;
    }
    problem->ties[problem->n_ties++] = tie;
    return CAMPAIGN_OK;
}

/* ---- One node ---------------------------------------------------------------------------------------------------- */

static campaign_status hand_down(level *at, const cpn_quota_share *share, campaign_error *error)
{
    cpn_quota_problem *problem = at->problem;
    const bool is_lowest = at->depth + 1 == problem->n_dimensions;
    campaign_status status = CAMPAIGN_OK;
    for (int64_t child = 0; child < share->n && status == CAMPAIGN_OK; child++) {
        const int64_t cell = at->first[child];
        at->amounts[cell] = at->parts[child];
        if (is_lowest) {
            problem->quotas[cell] = at->parts[child];
            problem->shares[cell] = at->shares[child];
            problem->tied_low[cell] = at->tied_low[child];
        } else if (at->tied_low[child] >= 0) {
            const cpn_quota_tie tie = { cell, at->tied_low[child], at->parts[child], at->depth + 1 };
            status = keep_tie(problem, tie, error);
        }
    }
    return status;
}

static campaign_status split_node(level *at, int64_t from, int64_t to, campaign_error *error)
{
    cpn_quota_problem *problem = at->problem;
    cpn_quota_share share = { .total = at->amounts[from],
                              .weights = at->weights,
                              .minimum = at->minimum,
                              .maximum = at->maximum,
                              .parts = at->parts,
                              .shares = at->shares,
                              .tied_low = at->tied_low };
    campaign_status status = CAMPAIGN_OK;
    for (int64_t cell = from; cell < to && status == CAMPAIGN_OK;) {
        const int64_t end = end_of(problem, cell, to, at->depth + 1);
        sum_child(at, share.n, cell, end);
        if (at->depth == 0 && at->totals) status = fix_child(at, share.n, error);
        share.n++;
        cell = end;
    }
    if (status == CAMPAIGN_OK) status = cpn_quota_by_method(&share, problem->knobs.given.method, error);
    if (status == CAMPAIGN_OK && at->depth == 0) problem->unallocated = share.unallocated;
    if (status == CAMPAIGN_OK) status = keep_node(at, from, &share, error);
    if (status == CAMPAIGN_OK) status = hand_down(at, &share, error);
    problem->n_iterations++;
    return status;
}

/* ---- The whole --------------------------------------------------------------------------------------------------- */

enum { NAMED_CELLS = 3 };

/* "A at least 5, B at least 7 and 2 more need 20, the total is 10" */
static campaign_status refuse_minima(const cpn_quota_problem *problem, int64_t need, campaign_error *error)
{
    char names[160] = "", more[40] = "";
    size_t length = 0;
    int64_t n = 0;
    for (int64_t cell = 0; cell < problem->n_cells; cell++) {
        char text[CPN_QUOTA_PATH_TEXT];
        if (problem->minimum[cell] == 0 || n++ >= NAMED_CELLS) continue;
        cpn_quota_cell_text(text, problem, cell, problem->n_dimensions);
        text[cpn_utf8_cut(text, 30, 30) < 30 ? cpn_utf8_cut(text, 30, 30) : 30] = '\0';
        length += (size_t)snprintf(names + length, sizeof names - length, "%s%s %lld", length ? ", " : "", text,
                                   (long long)problem->minimum[cell]);
    }
    if (n > NAMED_CELLS) (void)snprintf(more, sizeof more, " and %lld more", (long long)(n - NAMED_CELLS));
    return cpn_fail(error, CAMPAIGN_E_INFEASIBLE, "options.total", "the minima %s%s need %lld, the total is %lld",
                    names, more, (long long)need, (long long)problem->total);
}

static campaign_status check_total(const cpn_quota_problem *problem, campaign_error *error)
{
    int64_t need = 0;
    bool has_weight = false;
    for (int64_t cell = 0; cell < problem->n_cells; cell++) {
        has_weight = has_weight || problem->weights[cell] > 0;
        if (!cpn_add64(&need, need, problem->minimum[cell]) || need > CAMPAIGN_QUOTA_MAX)
            return cpn_fail_row(error, CAMPAIGN_E_OVERFLOW, problem->rows[cell], "cells.minimum",
                                "the minima add up to more than %lld", (long long)CAMPAIGN_QUOTA_MAX);
    }
    if (need > problem->total) return refuse_minima(problem, need, error);
    if (problem->n_cells == 0 && problem->total > 0)
        return cpn_fail(error, CAMPAIGN_E_VALUE, "cells", "there are no cells for a total of %lld",
                        (long long)problem->total);
    if (!has_weight && problem->total > need)
        return cpn_fail(error, CAMPAIGN_E_VALUE, "cells.weight",
                        "all weights are 0: nothing tells who gets the total of %lld", (long long)problem->total);
    return CAMPAIGN_OK;
}

/* The totals of the first dimension, where they are given, and the total of all. */
static campaign_status take_totals(cpn_quota_problem *problem, int64_t **totals,
                                   const campaign_allocate_quota_inputs *inputs, const campaign_runtime *runtime,
                                   campaign_error *error)
{
    const campaign_allocate_quota_options *given = &problem->knobs.given;
    if (inputs->columns)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "inputs.columns",
                        "a split goes from row to column; totals on both sides need another kind");
    if (!inputs->rows && !given->has_total)
        return cpn_fail(error, CAMPAIGN_E_ARGUMENT, "options.total", "a split needs a total, or totals of rows");
    problem->total = given->total;
    if (!inputs->rows) return CAMPAIGN_OK;
    const int64_t n = problem->dimensions[0].keys.n_keys;
    *totals = cpn_alloc_zero(n, sizeof **totals);
    if (!*totals) return cpn_fail_nomem(error);
    campaign_status status = cpn_quota_read_totals(*totals, problem, 0, inputs->rows, runtime, error);
    int64_t sum = 0;
    for (int64_t i = 0; i < n && status == CAMPAIGN_OK; i++)
        if (!cpn_add64(&sum, sum, (*totals)[i]) || sum > CAMPAIGN_QUOTA_MAX)
            status = cpn_fail(error, CAMPAIGN_E_OVERFLOW, "rows.total", "the totals add up to more than %lld",
                              (long long)CAMPAIGN_QUOTA_MAX);
    if (status == CAMPAIGN_OK && given->has_total && sum != given->total)
        status = cpn_fail(error, CAMPAIGN_E_INFEASIBLE, "rows.total", "the rows add up to %lld, the total is %lld",
                          (long long)sum, (long long)given->total);
    problem->total = sum;
    return status;
}

static campaign_status split_levels(level *at, const campaign_runtime *runtime, campaign_error *error)
{
    cpn_quota_problem *problem = at->problem;
    campaign_status status = CAMPAIGN_OK;
    at->amounts[0] = problem->total;
    for (at->depth = 0; at->depth < problem->n_dimensions && status == CAMPAIGN_OK; at->depth++) {
        status = cpn_report_progress(runtime, "quotas", at->depth, problem->n_dimensions, error);
        for (int64_t from = 0; from < problem->n_cells && status == CAMPAIGN_OK;) {
            const int64_t to = end_of(problem, from, problem->n_cells, at->depth);
            status = split_node(at, from, to, error);
            from = to;
        }
    }
    return status;
}

campaign_status cpn_quota_split(cpn_quota_problem *problem, cpn_quota_nodes *nodes,
                                const campaign_allocate_quota_inputs *inputs, const campaign_runtime *runtime,
                                campaign_error *error)
{
    int64_t *totals = NULL;
    level at = { .nodes = nodes };
    campaign_status status = take_totals(problem, &totals, inputs, runtime, error);
    if (status == CAMPAIGN_OK) status = check_total(problem, error);
    if (status == CAMPAIGN_OK && !open_level(&at, problem)) status = cpn_fail_nomem(error);
    at.totals = totals;
    if (status == CAMPAIGN_OK) status = split_levels(&at, runtime, error);
    close_level(&at);
    cpn_free(totals);
    return status;
}
