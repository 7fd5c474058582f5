/* Small problems as plain numbers: what the search for whole choices and the linear problem take. */
#include "allocate/offers/small.h"

#include "allocate/offers/parts.h"

#include "base/memory.h"

static const int64_t most_work = 10000000; /* pairs × nodes: up to about a second */

void cpn_offers_small_free(cpn_offers_small_problem *made)
{
    cpn_free(made->starts);
    cpn_free(made->use_starts);
    cpn_free(made->offers);
    cpn_free(made->use_rows);
    cpn_free(made->least);
    cpn_free(made->most);
    cpn_free(made->values);
    cpn_free(made->use_costs);
    cpn_free(made->capacities);
}

static bool open_small(cpn_offers_small_problem *made, const cpn_offers_problem *problem)
{
    const int64_t n = problem->n_customers, n_pairs = problem->n_pairs, n_uses = n_pairs * problem->most_changes / 2;
    *made = (cpn_offers_small_problem){ .starts = cpn_alloc(n + 1, sizeof *made->starts),
                                        .use_starts = cpn_alloc(n_pairs + 1, sizeof *made->use_starts),
                                        .offers = cpn_alloc(n_pairs, sizeof *made->offers),
                                        .use_rows = cpn_alloc(n_uses, sizeof *made->use_rows),
                                        .least = cpn_alloc(n, sizeof *made->least),
                                        .most = cpn_alloc(n, sizeof *made->most),
                                        .values = cpn_alloc(n_pairs, sizeof *made->values),
                                        .use_costs = cpn_alloc(n_uses, sizeof *made->use_costs),
                                        .capacities = cpn_alloc(problem->n_rows, sizeof *made->capacities) };
    if (made->starts && made->use_starts && made->offers && made->use_rows && made->least && made->most &&
        made->values && made->use_costs && made->capacities)
        return true;
    cpn_offers_small_free(made);
    return false;
}

/* Costs in units of a cell: whole choices, as the whole steps that limits are kept in. */
static void add_pair(cpn_offers_small_problem *made, const cpn_offers_problem *problem, const cpn_offers_view *view,
                     int32_t pair)
{
    const int64_t at = made->small.n_pairs++, cell = cpn_offers_cell(problem, view->group, view->offers[pair]);
    int64_t use = made->use_starts[at];
    made->offers[at] = view->offers[pair];
    made->values[at] = view->values[pair];
    for (int64_t u = problem->use_starts[cell]; u < problem->use_starts[cell + 1]; u++, use++) {
        const int32_t cost = problem->uses[u].cost;
        made->use_rows[use] = problem->uses[u].row;
        const double whole = cpn_offers_pair_cost(problem, view->costs, pair, cost);
        made->use_costs[use] = whole;
        if (cost > 0 && !problem->knobs.given.is_fractional)
            made->use_costs[use] = (double)cpn_offers_steps(problem, cost, whole) / problem->costs[cost].steps;
    }
    made->use_starts[at + 1] = use;
}

static void add_customers(cpn_offers_small_problem *made, const cpn_offers_parts *parts, cpn_offers_scratch *scratch)
{
    const cpn_offers_problem *problem = parts->problem;
    for (int64_t c = 0; c < problem->n_customers; c++) {
        const int64_t at = parts->first + c;
        cpn_offers_view view;
        cpn_offers_view_of(&view, scratch, problem, c);
        made->starts[at] = made->small.n_pairs;
        made->most[at] = view.most < view.n ? view.most : view.n;
        made->least[at] = problem->knobs.given.is_exact ? view.most : 0;
        for (int32_t p = 0; p < view.n; p++) add_pair(made, problem, &view, p);
    }
}

campaign_status cpn_offers_small_fill(cpn_offers_small_problem *made, const cpn_offers_problem *problem,
                                      campaign_error *error)
{
    cpn_offers_scratch scratch;
    if (!open_small(made, problem)) return cpn_fail_nomem(error);
    if (!cpn_offers_scratch_open(&scratch, problem)) {
        cpn_offers_small_free(made);
        return cpn_fail_nomem(error);
    }
    made->use_starts[0] = 0;
    cpn_offers_parts parts;
    campaign_status status;
    cpn_offers_parts_open(&parts, problem);
    while ((status = cpn_offers_parts_next(&parts, error)) == CAMPAIGN_OK && parts.problem)
        add_customers(made, &parts, &scratch);
    cpn_offers_parts_close(&parts);
    made->starts[problem->n_customers] = made->small.n_pairs;
    cpn_offers_scratch_close(&scratch);
    if (status != CAMPAIGN_OK) {
        cpn_offers_small_free(made);
        return status;
    }
    for (int32_t r = 0; r < problem->n_rows; r++) made->capacities[r] = problem->rows[r].raw_amount;
    const int64_t asked = problem->knobs.given.node_limit;
    made->small.n_customers = problem->n_customers;
    made->small.n_rows = problem->n_rows;
    made->small.starts = made->starts;
    made->small.values = made->values;
    made->small.use_starts = made->use_starts;
    made->small.use_rows = made->use_rows;
    made->small.use_costs = made->use_costs;
    made->small.capacities = made->capacities;
    made->small.least = made->least;
    made->small.most = made->most;
    made->small.node_limit = asked > 0 ? asked : most_work / (problem->n_pairs + 1);
    made->small.gap_goal = problem->knobs.given.gap;
    return CAMPAIGN_OK;
}

campaign_status cpn_offers_small_solve(cpn_offers_exact_answer *found, const cpn_offers_small_problem *made,
                                       const cpn_offers_problem *problem, campaign_error *error)
{
    const campaign_status status = cpn_offers_exact_solve(found, &made->small, problem->runtime, error);
    if (status != CAMPAIGN_E_INFEASIBLE) return status;
    const campaign_table *budgets = problem->inputs->budgets;
    return cpn_fail(error, status, budgets && campaign_table_n_rows(budgets) > 0 ? "budgets" : "offers.stock",
                    "budgets and stocks do not allow each customer as many offers as it must get");
}

campaign_status cpn_offers_small_take(cpn_offers_answer *answer, const cpn_offers_small_problem *made,
                                      const cpn_offers_exact_answer *found, double least_share, campaign_error *error)
{
    const int64_t n = made->small.n_customers;
    cpn_free(answer->overrides);
    cpn_free(answer->override_offers);
    answer->n_overrides = 0;
    answer->overrides = cpn_alloc(n, sizeof *answer->overrides);
    answer->override_offers = cpn_alloc(made->small.n_pairs, sizeof *answer->override_offers);
    if (!answer->overrides || !answer->override_offers) return cpn_fail_nomem(error);
    int64_t n_offers = 0;
    for (int64_t c = 0; c < n; c++) {
        cpn_offers_override *to = &answer->overrides[answer->n_overrides++];
        *to = (cpn_offers_override){ (int32_t)c, n_offers, 0 };
        for (int64_t p = made->starts[c]; p < made->starts[c + 1]; p++)
            if (found->shares[p] > least_share) answer->override_offers[n_offers++] = made->offers[p];
        to->n = n_offers - to->first;
    }
    answer->value = found->value;
    return CAMPAIGN_OK;
}
