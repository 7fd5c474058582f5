/* The solver of spends with shares between groups beside a target: known problems that were answered badly, and small
 * ones at random against every plan of a fine grid. */
#include "spends.h"

/* Rounds of prices in all groups: a part that holds nothing better than what is known ends early. */
enum { MOST_ROUNDS_A_PART = 2500 };

/* ---- Problems that were answered badly --------------------------------------------------------------------------- */

static cpn_response curve_of(int32_t kind, double scale, double location, double shape)
{
    return (cpn_response){ .kind = kind, .scale = scale, .location = location, .shape = shape };
}

/* Groups 1 (peak), 2 (off, at most 0.3 of peak) and 3 (at least 0.15 of peak). */
static void open_shares(spends *of, double budget, double target)
{
    open_spends(of, budget);
    for (int32_t i = 0; i < 3; i++) (void)add_group(of, 0, 0, INFINITY);
    add_ratio(of, 2, 1, 0, 0.3);
    add_ratio(of, 3, 1, 0.15, INFINITY);
    of->problem.objective = CPN_SPEND_AVERAGE;
    of->problem.target = target;
}

/* The answer is as good as a plan that keeps all rules, and the bound is no lower than it. */
static void assert_reaches(const spends *of, const double *plan)
{
    double response, spend;
    cpn_spend_answer answer = solve(of);
    const double value = objective_at(of, plan, &response, &spend);
    assert_true(keeps(of, plan, 0) && meets_target(of, response, spend));
    if (answer.bound < value || answer.value < value * (1 - 1e-9))
        fail_msg("value %.17g, bound %.17g: a plan has %.17g", answer.value, answer.bound, value);
    assert_sound(of, &answer);
    assert_true(answer.n_iterations / (answer.n_nodes + 1) <= MOST_ROUNDS_A_PART);
    cpn_spend_answer_free(&answer);
}

static void test_no_bound_is_below_a_plan(void **state)
{
    (void)state;
    static const double plan[] = { 12.245766552514269, 10.865785057227905, 5.432892539479738, 23.97351700779803, 0 };
    static const int32_t groups[] = { 1, 2, 3, 1, 2 };
    spends of;
    open_shares(&of, 102.88417876225031, 1.3497719049835004);
    (void)add_item(&of, curve_of(CPN_RESPONSE_MICHAELIS_MENTEN, 22.608383838958858, 9.498103212178604, 2));
    (void)add_item(&of, curve_of(CPN_RESPONSE_S_LOGISTIC, 43.133742193042494, 10.54534805629211, 3));
    (void)add_item(&of, curve_of(CPN_RESPONSE_S_LOGISTIC, 34.86073478158852, 13.550498547006224, 0.8));
    (void)add_item(&of, curve_of(CPN_RESPONSE_EXPONENTIAL, 40.53437950948213, 11.90112029567171, 1));
    (void)add_item(&of, curve_of(CPN_RESPONSE_HILL, 6.892988245992589, 5.947019269976514, 2));
    for (int32_t i = 0; i < 5; i++) of.items[i].group = groups[i];
    assert_reaches(&of, plan);
}

static void test_a_plan_in_a_narrow_part_is_found(void **state)
{
    (void)state;
    static const double plan[] = { 1.6, 2.49, 1.25, 6.7, 0 };
    static const int32_t groups[] = { 1, 2, 3, 1, 2 };
    spends of;
    open_shares(&of, 66, 1);
    (void)add_item(&of, curve_of(CPN_RESPONSE_MICHAELIS_MENTEN, 5, 5, 0.8));
    (void)add_item(&of, curve_of(CPN_RESPONSE_S_LOGISTIC, 44, 13, 2));
    (void)add_item(&of, curve_of(CPN_RESPONSE_EXPONENTIAL, 7, 11, 2));
    (void)add_item(&of, curve_of(CPN_RESPONSE_HILL, 20, 11, 0.8));
    (void)add_item(&of, curve_of(CPN_RESPONSE_HILL, 18, 15, 3));
    for (int32_t i = 0; i < 5; i++) of.items[i].group = groups[i];
    assert_reaches(&of, plan);
}

/* Items in groups 1 and 2, a share of group 2 of group 1. */
static void open_two(spends *of, double budget, double low, double high)
{
    open_spends(of, budget);
    for (int32_t i = 0; i < 2; i++) (void)add_group(of, 0, 0, INFINITY);
    add_ratio(of, 2, 1, low, high);
}

static void assert_least(const spends *of, double expected)
{
    cpn_spend_answer answer = solve(of);
    if (!(fabs(answer.value - expected) <= 1e-8 * expected) || !(answer.gap <= 1e-9))
        fail_msg("value %.17g, bound %.17g, not %.17g", answer.value, answer.bound, expected);
    assert_sound(of, &answer);
    cpn_spend_answer_free(&answer);
}

static void test_a_share_that_costs_is_searched_to_the_end(void **state)
{
    (void)state;
    const double least = 8.9 * cbrt(1 / 6.3); /* of hill 7.3 / 8.9 / 3 for 1 */
    spends of;
    open_two(&of, 40, 0.3, INFINITY);
    add_item(&of, curve_of(CPN_RESPONSE_HILL, 7.3, 8.9, 3))->group = 1;
    add_item(&of, curve_of(CPN_RESPONSE_LINEAR, 0.001, 1, 1))->group = 2;
    of.problem.objective = CPN_SPEND_LEAST_SPEND;
    of.problem.target = 1;
    double x = least; /* less what the linear one brings beside it: a fixed point */
    for (int32_t i = 0; i < 20; i++) {
        const double rest = 1 - 0.001 * 0.3 * x;
        x = 8.9 * cbrt(rest / (7.3 - rest));
    }
    assert_least(&of, 1.3 * x);
}

static void test_shares_of_nobody_are_none(void **state)
{
    (void)state;
    spends of;
    open_two(&of, 20, 0, 0.1);
    add_item(&of, curve_of(CPN_RESPONSE_HILL, 7.3, 8.9, 3))->maximum = 20;
    of.problem.objective = CPN_SPEND_LEAST_SPEND;
    of.problem.target = 1;
    assert_least(&of, 8.9 * cbrt(1 / 6.3));
}

static void test_a_share_that_never_binds_costs_nothing(void **state)
{
    (void)state;
    spends of;
    open_two(&of, 20, 0, 1);
    of.ratios[0] = (cpn_spend_ratio){ 1, 0, 0, 1 };
    cpn_spend_item *item = add_item(&of, curve_of(CPN_RESPONSE_LINEAR, 1, 1, 1));
    of.curves[0].shift = 3.3312681318425685;
    item->maximum = 20;
    item->step = 4;
    item->group = 1;
    of.problem.objective = CPN_SPEND_AVERAGE;
    of.problem.target = 2;
    assert_least(&of, of.curves[0].shift);
}

/* Where this stopped the relaxed spends claimed nothing, and were none of a plan: 6e-9 from the bound. */
static void test_spends_that_claim_nothing_are_cut_too(void **state)
{
    (void)state;
    static const cpn_response curves[] = {
        { .kind = CPN_RESPONSE_S_LOGISTIC, .scale = 20.095544427915307, .location = 6.3390821767074801, .shape = 3 },
        { .kind = CPN_RESPONSE_S_LOGISTIC, .scale = 15.066760134232005, .location = 2.8460724641815509, .shape = 0.8 },
        { .kind = CPN_RESPONSE_MICHAELIS_MENTEN, .scale = 13.689772271220487, .location = 8.7312533899385318 },
        { .kind = CPN_RESPONSE_MICHAELIS_MENTEN, .scale = 22.504255104917394, .location = 13.472167262910016 },
        { .kind = CPN_RESPONSE_HILL, .scale = 34.905062564752754, .location = 8.4579896561886798, .shape = 3 },
        { .kind = CPN_RESPONSE_HILL, .scale = 35.172482869818211, .location = 10.270178583613976, .shape = 2 },
        { .kind = CPN_RESPONSE_EXPONENTIAL, .scale = 38.980238166582147, .location = 4.8384731942099242 },
    };
    spends of;
    open_shares(&of, 41.111471980111055, 9.7086167716806617);
    of.problem.objective = CPN_SPEND_LEAST_SPEND;
    for (int32_t i = 0; i < 7; i++) add_item(&of, curves[i])->group = 1 + i % 3;
    of.items[2].step = 1;
    assert_least(&of, 1.5910732855404);
}

/* ---- Small problems against a grid ------------------------------------------------------------------------------- */

enum { STEPS = 40 }; /* of the grid: each group's share is a whole part of the budget's */

/* The best plan of a grid over the spends of up to three items. */
static double best_of_grid(const spends *of)
{
    const int64_t n = of->problem.n_items;
    const double most = of->groups[0].maximum;
    double best = -INFINITY;
    int32_t at[3] = { 0 };
    for (;;) {
        double x[3] = { 0 }, response, spend;
        for (int64_t i = 0; i < n; i++) x[i] = at[i] * (most / STEPS);
        if (keeps(of, x, 0)) {
            const double value = objective_at(of, x, &response, &spend);
            if (meets_target(of, response, spend)) best = fmax(best, value);
        }
        int64_t i = 0;
        while (i < n && ++at[i] > STEPS) at[i++] = 0;
        if (i == n) return best;
    }
}

/* Some items are bought in steps, or have an opening cost. */
static void make_harder(spends *of, cpn_random *random)
{
    for (int64_t i = 0; i < of->problem.n_items; i++) {
        if (cpn_random_below(random, 4) == 0) of->items[i].step = (double)(1 + cpn_random_below(random, 4));
        if (cpn_random_below(random, 4) == 0) of->items[i].opening_cost = between(random, 0.5, 4);
    }
}

static void make_shares(spends *of, cpn_random *random, int64_t n)
{
    static const int32_t kinds[] = { CPN_RESPONSE_HILL, CPN_RESPONSE_S_LOGISTIC, CPN_RESPONSE_EXPONENTIAL,
                                     CPN_RESPONSE_MICHAELIS_MENTEN };
    static const double shapes[] = { 0.8, 2, 3 };
    double most = 0;
    const double budget = 10 * (double)n * between(random, 0.3, 2);
    open_shares(of, budget, 0);
    if (cpn_random_below(random, 3) == 0) of->problem.n_ratios = 1;
    for (int64_t i = 0; i < n; i++) {
        cpn_response curve = curve_of(kinds[cpn_random_below(random, 4)], between(random, 5, 50),
                                      between(random, 2, 15), shapes[cpn_random_below(random, 3)]);
        add_item(of, curve)->group = (int32_t)(1 + i % 3);
        most += response_at(of, i, budget / (double)n);
    }
    static const int32_t objectives[] = { CPN_SPEND_LEAST_SPEND, CPN_SPEND_AVERAGE, CPN_SPEND_RESPONSE };
    of->problem.objective = objectives[cpn_random_below(random, 3)];
    of->problem.target = of->problem.objective == CPN_SPEND_AVERAGE ? most / budget * between(random, 0.5, 3)
                                                                    : most * between(random, 0.1, 0.9);
}

static void test_shares_against_a_grid(void **state)
{
    (void)state;
    for (int32_t seed = 0; seed < 150; seed++) {
        spends of;
        cpn_random random;
        cpn_spend_answer answer;
        campaign_error error = { 0 };
        cpn_random_seed(&random, (uint64_t)seed);
        make_shares(&of, &random, 2 + seed % 2);
        const double best = best_of_grid(&of), sign = of.problem.objective == CPN_SPEND_LEAST_SPEND ? -1 : 1;
        const campaign_status status = cpn_spend_solve(&answer, &of.problem, NULL, &error);
        if (status == CAMPAIGN_E_INFEASIBLE && best == -INFINITY) continue;
        if (status != CAMPAIGN_OK) fail_msg("seed %d: %s (the grid has %.17g)", seed, error.message, best);
        const double small = 1e-9 * fabs(best);
        if (sign * answer.value < best - small || sign * answer.bound < best - small ||
            answer.status != CAMPAIGN_CERTIFICATE_OPTIMAL)
            fail_msg("seed %d: value %.17g, bound %.17g, the grid has %.17g", seed, answer.value, answer.bound, best);
        assert_sound(&of, &answer);
        cpn_spend_answer_free(&answer);
    }
}

/* Too many items for a grid: the answer keeps all rules, and its gap is closed. */
static void test_the_search_goes_on_while_parts_are_left(void **state)
{
    (void)state;
    for (int32_t seed = 0; seed < 200; seed++) {
        spends of;
        cpn_random random;
        cpn_spend_answer answer;
        campaign_error error = { 0 };
        cpn_random_seed(&random, (uint64_t)seed);
        make_shares(&of, &random, 3 + seed % 8);
        make_harder(&of, &random);
        const campaign_status status = cpn_spend_solve(&answer, &of.problem, NULL, &error);
        if (status == CAMPAIGN_E_INFEASIBLE) continue;
        if (status != CAMPAIGN_OK || answer.status != CAMPAIGN_CERTIFICATE_OPTIMAL)
            fail_msg("seed %d: %s, gap %.3g after %lld parts", seed, error.message, answer.gap,
                     (long long)answer.n_nodes);
        assert_sound(&of, &answer);
        cpn_spend_answer_free(&answer);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_bound_is_below_a_plan),
        cmocka_unit_test(test_a_plan_in_a_narrow_part_is_found),
        cmocka_unit_test(test_a_share_that_costs_is_searched_to_the_end),
        cmocka_unit_test(test_shares_of_nobody_are_none),
        cmocka_unit_test(test_a_share_that_never_binds_costs_nothing),
        cmocka_unit_test(test_spends_that_claim_nothing_are_cut_too),
        cmocka_unit_test(test_shares_against_a_grid),
        cmocka_unit_test(test_the_search_goes_on_while_parts_are_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
