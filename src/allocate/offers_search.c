/* Small problems: handed to the search for whole choices, whose answer is taken where it is better. */
#include <math.h>
#include <string.h>

#include "allocate/offers_exact.h"
#include "allocate/offers_solver.h"
#include "base/memory.h"

/* What is searched without being asked: pairs × rows up to a size, larger where exactly so many are due, because then the
 * budgets alone may be hard to keep; pairs × nodes up to about a second. Where nodes are asked for, up to most_pairs. */
static const int64_t usual_size = 20000, exact_size = 100000, most_work = 10000000, most_pairs = 100000;

/* The problem as the search takes it, and what it lies in. */
typedef struct small_problem {
    cpn_offers_small small;
    int64_t *starts, *use_starts;
    int32_t *offers, *use_rows, *least, *most;
    double *values, *use_costs, *capacities;
} small_problem;

/* A gap that rounding to whole choices does not explain: the linear problem itself is then solved to its end. */
static bool is_wide(const cpn_offers_answer *answer, const cpn_offers_problem *problem)
{
    return problem->n_nodes == 1 && problem->n_customers > 0 && problem->n_pairs <= most_pairs &&
           !(answer->bound - answer->value <= 1e-4 * fabs(answer->bound));
}

static bool is_small(const cpn_offers_problem *problem)
{
    const int64_t asked = problem->knobs.given.node_limit;
    const int64_t size = problem->knobs.given.is_exact ? exact_size : usual_size;
    if (problem->n_nodes > 1 || problem->n_customers == 0 || asked < 0 || problem->n_pairs > most_pairs) return false;
    return asked > 0 || problem->n_pairs * problem->n_rows <= size;
}

static void free_small(small_problem *made)
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

static bool open_small(small_problem *made, const cpn_offers_problem *problem)
{
    const int64_t n = problem->n_customers, n_pairs = problem->n_pairs, n_uses = n_pairs * problem->most_changes / 2;
    *made = (small_problem){ .starts = cpn_alloc(n + 1, sizeof *made->starts),
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
    free_small(made);
    return false;
}

/* Costs as the whole steps that limits are kept in, in units of a cell. */
static void add_pair(small_problem *made, const cpn_offers_problem *problem, const cpn_offers_view *view, int32_t pair)
{
    const int64_t at = made->small.n_pairs++, cell = cpn_offers_cell(problem, view->group, view->offers[pair]);
    int64_t use = made->use_starts[at];
    made->offers[at] = view->offers[pair];
    made->values[at] = view->values[pair];
    for (int64_t u = problem->use_starts[cell]; u < problem->use_starts[cell + 1]; u++, use++) {
        const int32_t cost = problem->uses[u].cost;
        made->use_rows[use] = problem->uses[u].row;
        made->use_costs[use] = 1;
        if (cost > 0)
            made->use_costs[use] =
                (double)cpn_offers_steps(problem, cost, cpn_offers_pair_cost(problem, view->costs, pair, cost)) /
                problem->costs[cost].steps;
    }
    made->use_starts[at + 1] = use;
}

static campaign_status fill_small(small_problem *made, const cpn_offers_problem *problem, campaign_error *error)
{
    cpn_offers_scratch scratch;
    if (!open_small(made, problem)) return cpn_fail_nomem(error);
    if (!cpn_offers_scratch_open(&scratch, problem)) {
        free_small(made);
        return cpn_fail_nomem(error);
    }
    made->use_starts[0] = 0;
    for (int64_t c = 0; c < problem->n_customers; c++) {
        cpn_offers_view view;
        cpn_offers_view_of(&view, &scratch, problem, c);
        made->starts[c] = made->small.n_pairs;
        made->most[c] = view.most < view.n ? view.most : view.n;
        made->least[c] = problem->knobs.given.is_exact ? view.most : 0;
        for (int32_t p = 0; p < view.n; p++) add_pair(made, problem, &view, p);
    }
    made->starts[problem->n_customers] = made->small.n_pairs;
    cpn_offers_scratch_close(&scratch);
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

/* Whether the shares keep every row in whole steps. */
static bool keeps_rows(const small_problem *made, const cpn_offers_problem *problem, const double *shares,
                       campaign_status *status)
{
    int64_t *rest = cpn_alloc(problem->n_rows, sizeof *rest);
    bool is_kept = rest != NULL;
    if (!rest) *status = CAMPAIGN_E_NOMEM;
    for (int32_t r = 0; rest && r < problem->n_rows; r++) rest[r] = problem->rows[r].amount;
    for (int64_t p = 0; rest && p < made->small.n_pairs; p++)
        for (int64_t u = made->use_starts[p]; shares[p] > 0.5 && u < made->use_starts[p + 1]; u++)
            rest[made->use_rows[u]] -=
                cpn_offers_steps(problem, problem->rows[made->use_rows[u]].cost, made->use_costs[u]);
    for (int32_t r = 0; rest && r < problem->n_rows; r++) is_kept = is_kept && rest[r] >= 0;
    cpn_free(rest);
    return is_kept;
}

/* Every customer's choice as an override. */
static campaign_status take_choices(cpn_offers_answer *answer, const small_problem *made,
                                    const cpn_offers_exact_answer *found, campaign_error *error)
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
            if (found->shares[p] > 0.5) answer->override_offers[n_offers++] = made->offers[p];
        to->n = n_offers - to->first;
    }
    answer->value = found->value;
    return CAMPAIGN_OK;
}

static campaign_status take_answer(cpn_offers_answer *answer, const small_problem *made,
                                   const cpn_offers_problem *problem, const cpn_offers_exact_answer *found,
                                   campaign_error *error)
{
    campaign_status status = CAMPAIGN_OK;
    const bool is_kept = keeps_rows(made, problem, found->shares, &status);
    if (status != CAMPAIGN_OK) return cpn_fail_nomem(error);
    answer->n_nodes = found->n_nodes;
    if (found->bound < answer->bound) answer->bound = found->bound;
    for (int32_t r = 0; r < problem->n_rows; r++) answer->best_multipliers[r] = found->multipliers[r];
    if (!is_kept || made->small.is_fractional) return CAMPAIGN_OK;
    /* The value so far was measured from a bound with an allowance for rounding: equals go to the search. */
    if (!(found->value >= answer->value - 1e-9 * fabs(answer->value))) return CAMPAIGN_OK;
    answer->is_proven = found->status == CAMPAIGN_CERTIFICATE_OPTIMAL;
    return take_choices(answer, made, found, error);
}

campaign_status cpn_offers_search(cpn_offers_answer *answer, const cpn_offers_problem *problem, campaign_error *error)
{
    small_problem made;
    cpn_offers_exact_answer found = { 0 };
    const bool is_whole = is_small(problem);
    if (!is_whole && !is_wide(answer, problem)) return CAMPAIGN_OK;
    campaign_status status = fill_small(&made, problem, error);
    if (status != CAMPAIGN_OK) return status;
    made.small.is_fractional = !is_whole;
    status = cpn_offers_exact_solve(&found, &made.small, problem->runtime, error);
    if (status == CAMPAIGN_OK) status = take_answer(answer, &made, problem, &found, error);
    if (status == CAMPAIGN_E_LIMIT) status = CAMPAIGN_OK; /* what was found without it stands, or nothing */
    cpn_offers_exact_free(&found);
    free_small(&made);
    return status;
}
