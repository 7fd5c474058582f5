/* The solver of spends against every plan of a grid: on hundreds of small problems of all kinds no plan of the grid is
 * better than its answer or above its bound, and its answer keeps all rules. */
#include "spends.h"

static const int32_t grid_of[] = { 0, 0, 48, 30, 18 }; /* steps of the grid, by number of items */

/* All plans of the grid; *best is the best objective of those that keep the rules, -INFINITY without. */
static void try_grid(double *best, const spends *of, double budget)
{
    const int64_t n = of->problem.n_items;
    const int32_t steps = grid_of[n];
    int32_t at[4] = { 0 };
    *best = -INFINITY;
    for (;;) {
        double x[4], response, spend;
        int32_t sum = 0;
        for (int64_t i = 0; i < n; i++) {
            x[i] = at[i] * (budget / steps);
            sum += at[i];
        }
        if (sum <= steps && keeps(of, x, 1e-12 * budget)) {
            const double value = objective_at(of, x, &response, &spend);
            if (meets_target(of, response, spend)) *best = fmax(*best, value);
        }
        int64_t i = 0;
        while (i < n && (++at[i] > steps || (sum >= steps && at[i] > 0 && i + 1 < n && sum - at[i] + 1 > steps)))
            at[i++] = 0;
        if (i == n) return;
    }
}

static void add_items(spends *of, cpn_random *random, double budget)
{
    const int64_t n = 2 + cpn_random_below(random, 3);
    const double cell = budget / grid_of[n];
    for (int64_t i = 0; i < n; i++) {
        cpn_spend_item *item = add_item(of, random_curve(of, random, budget));
        item->value = cpn_random_below(random, 3) == 0 ? 2 : 1;
        item->group = (int32_t)cpn_random_below(random, of->problem.n_groups);
        if (cpn_random_below(random, 5) == 0) item->maximum = (double)cpn_random_below(random, grid_of[n]) * cell;
        if (cpn_random_below(random, 6) == 0) item->opening_cost = (double)(1 + cpn_random_below(random, 4)) * cell;
        if (cpn_random_below(random, 6) == 0) item->minimum_if_open = (double)(1 + cpn_random_below(random, 5)) * cell;
        if (cpn_random_below(random, 6) == 0) item->step = (double)(1 + cpn_random_below(random, 4)) * cell;
        if (cpn_random_below(random, 6) != 0) continue;
        of->curves[of->problem.n_curves] = random_curve(of, random, budget);
        of->weights[of->problem.n_curves++] = cpn_random_below(random, 3) == 0 ? -0.2 : 0.5;
        item->n_curves = 2;
        of->problem.weights = of->weights;
    }
}

static void add_groups(spends *of, cpn_random *random, double budget)
{
    const int64_t n = cpn_random_below(random, 4);
    for (int64_t g = 0; g < n; g++) {
        const double minimum = cpn_random_below(random, 3) == 0 ? between(random, 0, 0.2) * budget : 0;
        const double maximum = cpn_random_below(random, 2) == 0 ? minimum + between(random, 0, 1) * budget : INFINITY;
        (void)add_group(of, (int32_t)cpn_random_below(random, of->problem.n_groups), minimum, maximum);
    }
}

static void add_ratios(spends *of, cpn_random *random)
{
    static const double shares[] = { 0.1, 0.3, 0.5, 1 };
    for (int64_t n = cpn_random_below(random, 3); n > 0 && of->problem.n_groups > 1; n--) {
        const int32_t group = 1 + (int32_t)cpn_random_below(random, of->problem.n_groups - 1);
        const int32_t of_group = (int32_t)cpn_random_below(random, of->problem.n_groups);
        const double share = shares[cpn_random_below(random, 4)];
        if (group == of_group) continue;
        if (cpn_random_below(random, 2) == 0)
            add_ratio(of, group, of_group, 0, share);
        else
            add_ratio(of, group, of_group, share / 2, cpn_random_below(random, 2) == 0 ? INFINITY : share);
    }
}

static void set_objective(spends *of, cpn_random *random, double budget)
{
    double most = 0;
    for (int64_t i = 0; i < of->problem.n_items; i++) most += response_at(of, i, fmin(of->items[i].maximum, budget));
    of->problem.objective = (int32_t)cpn_random_below(random, 8);
    if (of->problem.objective > CPN_SPEND_AVERAGE || !(most > 0)) of->problem.objective = CPN_SPEND_RESPONSE;
    if (of->problem.objective == CPN_SPEND_LEAST_SPEND) of->problem.target = most * between(random, 0.1, 0.6);
    if (of->problem.objective == CPN_SPEND_MARGINAL) of->problem.target = most / budget * between(random, 0.2, 1);
    if (of->problem.objective == CPN_SPEND_AVERAGE) of->problem.target = most / budget * between(random, 0.5, 1.5);
    for (int64_t i = 0; i < of->problem.n_items && of->problem.objective == CPN_SPEND_PROFIT; i++)
        of->items[i].value *= budget / 5;
}

/* Solves and compares; the grid may have no plan where the solver has one, never the other way round. */
static void compare(const spends *of, double budget, int32_t seed)
{
    cpn_spend_answer answer;
    campaign_error error = { 0 };
    double best, response, spend;
    try_grid(&best, of, budget);
    const campaign_status status = cpn_spend_solve(&answer, &of->problem, NULL, &error);
    if (status == CAMPAIGN_E_INFEASIBLE && best == -INFINITY) return;
    if (status != CAMPAIGN_OK) fail_msg("seed %d: %s (the grid has %.17g)", seed, error.message, best);
    const double sign = of->problem.objective == CPN_SPEND_LEAST_SPEND ? -1 : 1;
    (void)objective_at(of, answer.spends, &response, &spend);
    const double small = 1e-9 * (fabs(response) + (of->problem.objective == CPN_SPEND_RESPONSE ? 0 : spend));
    if (sign * answer.value < best - small || sign * answer.bound < best - small)
        fail_msg("seed %d: value %.17g, bound %.17g, the grid has %.17g", seed, answer.value, answer.bound, best);
    assert_sound(of, &answer);
    cpn_spend_answer_free(&answer);
}

static void test_no_plan_of_a_grid_is_better(void **state)
{
    (void)state;
    static const double budgets[] = { 1, 100, 1e6, 1e-3 };
    for (int32_t seed = 0; seed < 400; seed++) {
        spends of;
        cpn_random random;
        cpn_random_seed(&random, (uint64_t)seed);
        const double budget = budgets[cpn_random_below(&random, 4)];
        open_spends(&of, budget);
        if (cpn_random_below(&random, 4) == 0) of.groups[0].minimum = budget / 2;
        add_groups(&of, &random, budget);
        add_items(&of, &random, budget);
        if (seed % 2 == 1) add_ratios(&of, &random);
        set_objective(&of, &random, budget);
        compare(&of, budget, seed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_plan_of_a_grid_is_better),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
