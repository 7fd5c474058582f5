/* The exact solver for offers: its promises about shares, bounds, limits and bad problems. Everything counted beside it
 * stands in the test named brute, the outside truth in the test named truth. */
#include "offers_exact_cases.h"

/* Many customers with 1 to 8 offers over rows that overlap: a budget of all, and stocks of their own. */
static offers_case make_many(uint64_t seed, int64_t n_customers, int64_t n_rows, bool is_exactly_one)
{
    cpn_random random;
    cpn_random_seed(&random, seed);
    offers_case owned = open_case(n_customers, n_customers * 8, n_rows, n_customers * 16);
    int64_t n_pairs = 0, n_uses = 0;
    double asked = 0;
    for (int64_t c = 0; c < n_customers; c++) {
        for (int64_t k = 1 + cpn_random_below(&random, 8); k > 0; k--) {
            owned.values[n_pairs] = cpn_random_double(&random) - 0.1;
            owned.use_rows[n_uses] = 0;
            owned.use_costs[n_uses++] = (double)cpn_random_below(&random, 50);
            asked += owned.use_costs[n_uses - 1];
            if (n_rows > 1) {
                owned.use_rows[n_uses] = 1 + (int32_t)cpn_random_below(&random, n_rows - 1);
                owned.use_costs[n_uses++] = 1;
            }
            owned.use_starts[++n_pairs] = n_uses;
        }
        owned.starts[c + 1] = n_pairs;
        owned.least[c] = owned.most[c] = 1;
    }
    owned.problem.n_pairs = n_pairs;
    owned.capacities[0] = asked / (double)n_pairs * (double)n_customers * 0.7;
    for (int64_t r = 1; r < n_rows; r++)
        owned.capacities[r] = (double)n_customers / (double)n_rows * (is_exactly_one ? 1.6 : 0.5);
    if (is_exactly_one) {
        owned.problem.least = owned.least;
        owned.problem.most = owned.most;
    }
    return owned;
}

/* The value that no shares pass, by the multipliers of the answer: rows are priced, each customer takes its best pair. */
static long double price_out(const cpn_offers_small *problem, const double *multipliers)
{
    long double total = 0;
    for (int64_t r = 0; r < problem->n_rows; r++) {
        assert_true(multipliers[r] >= 0);
        total += (long double)multipliers[r] * problem->capacities[r];
    }
    for (int64_t c = 0; c < problem->n_customers; c++) {
        long double best = problem->least && problem->least[c] == 1 ? -1e30L : 0;
        for (int64_t p = problem->starts[c]; p < problem->starts[c + 1]; p++) {
            long double worth = problem->values[p];
            for (int64_t u = problem->use_starts[p]; u < problem->use_starts[p + 1]; u++)
                worth -= (long double)multipliers[problem->use_rows[u]] * problem->use_costs[u];
            if (worth > best) best = worth;
        }
        total += best;
    }
    return total;
}

static void test_shares_meet_what_their_multipliers_allow(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        offers_case owned = make_many(seed, 100 + 120 * (int64_t)seed, 1 + 3 * (int64_t)(seed % 5), seed % 3 == 0);
        cpn_offers_exact_answer answer;
        campaign_error error;
        owned.problem.is_fractional = true;

        assert_ok(cpn_offers_exact_solve(&answer, &owned.problem, NULL, &error), error);

        assert_keeps_rules(&owned.problem, &answer);
        const long double ceiling = price_out(&owned.problem, answer.multipliers);
        assert_true(ceiling >= answer.value - 1e-12L * fabsl(ceiling));
        assert_true(answer.bound >= ceiling);
        assert_true(answer.bound - answer.value <= 1e-9 * fabs(answer.bound));
        assert_int_equal(answer.status, CAMPAIGN_CERTIFICATE_OPTIMAL);
        cpn_offers_exact_free(&answer);
        free_case(&owned);
    }
}

/* Costs all the same, whole, tiny or over five orders of size; values with many ties; exactly one, or several. */
static offers_case draw_shape(uint64_t seed)
{
    cpn_random random;
    cpn_random_seed(&random, seed);
    const int64_t n = 1 + cpn_random_below(&random, 120), k = 1 + cpn_random_below(&random, 9);
    const int64_t m = 1 + cpn_random_below(&random, 30), per_pair = 1 + cpn_random_below(&random, m < 5 ? m : 5);
    const int64_t values = cpn_random_below(&random, 4), costs = cpn_random_below(&random, 4);
    const int64_t counts = cpn_random_below(&random, 4);
    offers_case owned = open_case(n, n * k, m, n * k * per_pair);
    int64_t n_uses = 0;
    double sum = 0;
    for (int64_t p = 0; p < n * k; p++) {
        const int64_t first = cpn_random_below(&random, m);
        owned.values[p] = values < 2 ? (double)cpn_random_below(&random, values == 0 ? 3 : 100) - 20 * (double)values
                                     : (values == 2 ? cpn_random_double(&random) : 1);
        for (int64_t i = 0; i < per_pair; i++) {
            const double part = cpn_random_double(&random);
            owned.use_rows[n_uses] = (int32_t)((first + i) % m);
            owned.use_costs[n_uses] = costs == 0 ? 1 : (costs == 1 ? floor(20 * part) : (costs == 2 ? part / 1000 : 1));
            if (costs == 3) owned.use_costs[n_uses] = 1 / (part + 1e-5);
            sum += owned.use_costs[n_uses++];
        }
        owned.use_starts[p + 1] = n_uses;
    }
    const double even = sum / (double)(m * k) * (0.05 + cpn_random_double(&random));
    for (int64_t c = 0; c <= n; c++) owned.starts[c] = c * k;
    for (int64_t r = 0; r < m; r++)
        owned.capacities[r] = cpn_random_below(&random, 4) ? even : floor(even * cpn_random_double(&random));
    for (int64_t c = 0; c < n; c++) {
        owned.least[c] = counts == 1 ? 1 : (counts == 2 ? (int32_t)cpn_random_below(&random, 2) : 0);
        owned.most[c] = counts == 3 ? 1 + (int32_t)cpn_random_below(&random, 3) : 1;
    }
    owned.problem.least = owned.least;
    owned.problem.most = owned.most;
    owned.problem.is_fractional = true;
    return owned;
}

static void test_shares_of_every_shape_are_proved(void **state)
{
    (void)state;
    int n_infeasible = 0;
    for (uint64_t seed = 1; seed <= 150; seed++) {
        offers_case owned = draw_shape(seed);
        cpn_offers_exact_answer answer;
        campaign_error error;
        const campaign_status status = cpn_offers_exact_solve(&answer, &owned.problem, NULL, &error);
        if (status == CAMPAIGN_E_INFEASIBLE) {
            n_infeasible++;
        } else {
            assert_ok(status, error);
            assert_keeps_rules(&owned.problem, &answer);
            assert_int_equal(answer.status, CAMPAIGN_CERTIFICATE_OPTIMAL);
        }
        cpn_offers_exact_free(&answer);
        free_case(&owned);
    }
    assert_in_range(n_infeasible, 5, 100);
}

static void test_few_nodes_give_a_bound(void **state)
{
    (void)state;
    offers_case owned = make_many(5, 60, 8, false);
    cpn_offers_exact_answer few, many;
    campaign_error error;

    owned.problem.node_limit = 30;
    assert_ok(cpn_offers_exact_solve(&few, &owned.problem, NULL, &error), error);
    owned.problem.node_limit = 300;
    assert_ok(cpn_offers_exact_solve(&many, &owned.problem, NULL, &error), error);

    assert_keeps_rules(&owned.problem, &few);
    assert_keeps_rules(&owned.problem, &many);
    assert_true(few.n_nodes <= 30);
    assert_true(few.bound <= few.linear_bound && many.bound <= few.bound);
    assert_true(few.value <= many.value && many.value <= few.bound);
    cpn_offers_exact_free(&few);
    cpn_offers_exact_free(&many);
    free_case(&owned);
}

static void test_whole_values_bring_the_bound_to_their_grid(void **state)
{
    (void)state;
    offers_case owned = open_case(2, 2, 1, 2);
    cpn_offers_exact_answer answer;
    campaign_error error;
    /* Two offers of 300 and 500 that cost 2 and 3; 4 may be spent: shares bring 500 + 150, whole offers 500. */
    for (int64_t p = 0; p < 2; p++) {
        owned.starts[p + 1] = owned.use_starts[p + 1] = p + 1;
        owned.values[p] = p == 0 ? 300 : 500;
        owned.use_costs[p] = p == 0 ? 2 : 3;
    }
    owned.capacities[0] = 4;

    assert_ok(cpn_offers_exact_solve(&answer, &owned.problem, NULL, &error), error);
    assert_true(answer.value == 500 && answer.bound == 500);
    assert_true(answer.linear_bound >= 650 && answer.linear_bound < 650.001);
    cpn_offers_exact_free(&answer);

    owned.problem.is_fractional = true;
    assert_ok(cpn_offers_exact_solve(&answer, &owned.problem, NULL, &error), error);
    assert_float_equal(answer.shares[0], 0.5, 1e-12);
    assert_float_equal(answer.shares[1], 1, 0);
    assert_float_equal(answer.multipliers[0], 150, 1e-9); /* a unit of the row brings half of 300 */
    cpn_offers_exact_free(&answer);
    free_case(&owned);
}

static void test_contradictions_are_told(void **state)
{
    (void)state;
    offers_case owned = open_case(2, 3, 1, 3);
    cpn_offers_exact_answer answer;
    campaign_error error;
    const int64_t starts[3] = { 0, 1, 3 };
    memcpy(owned.starts, starts, sizeof starts);
    for (int64_t p = 0; p < 3; p++) {
        owned.use_starts[p + 1] = p + 1;
        owned.use_costs[p] = 2;
    }
    owned.least[0] = owned.most[0] = 1;
    owned.least[1] = owned.most[1] = 2;
    owned.problem.least = owned.least;
    owned.problem.most = owned.most;
    owned.capacities[0] = 5; /* three pairs cost 6 */
    assert_int_equal(cpn_offers_exact_solve(&answer, &owned.problem, NULL, &error), CAMPAIGN_E_INFEASIBLE);
    assert_null(answer.shares);

    owned.capacities[0] = 6;
    assert_ok(cpn_offers_exact_solve(&answer, &owned.problem, NULL, &error), error);
    assert_true(answer.value == 0 && answer.status == CAMPAIGN_CERTIFICATE_OPTIMAL);
    cpn_offers_exact_free(&answer);

    owned.least[1] = owned.most[1] = 3; /* of two */
    assert_int_equal(cpn_offers_exact_solve(&answer, &owned.problem, NULL, &error), CAMPAIGN_E_INFEASIBLE);
    assert_int_equal(error.row, 1);

    owned.least[1] = 2;
    owned.most[1] = 1;
    assert_int_equal(cpn_offers_exact_solve(&answer, &owned.problem, NULL, &error), CAMPAIGN_E_INFEASIBLE);

    owned.problem.least = owned.problem.most = NULL;
    owned.capacities[0] = -1;
    assert_int_equal(cpn_offers_exact_solve(&answer, &owned.problem, NULL, &error), CAMPAIGN_E_INFEASIBLE);
    free_case(&owned);
}

static void test_nothing_to_choose_is_an_answer(void **state)
{
    (void)state;
    offers_case owned = open_case(0, 0, 0, 0);
    cpn_offers_exact_answer answer;
    campaign_error error;
    assert_ok(cpn_offers_exact_solve(&answer, &owned.problem, NULL, &error), error);
    assert_true(answer.value == 0 && answer.bound >= 0 && answer.bound < 1e-300);
    assert_int_equal(answer.status, CAMPAIGN_CERTIFICATE_OPTIMAL);
    cpn_offers_exact_free(&answer);
    free_case(&owned);
}

static int stop(void *ctx, const char *stage, int64_t done, int64_t total)
{
    (void)ctx;
    (void)stage;
    (void)done;
    (void)total;
    return 1;
}

static void test_caller_may_stop_it(void **state)
{
    (void)state;
    offers_case owned = make_many(1, 50, 3, false);
    cpn_offers_exact_answer answer;
    campaign_error error;
    const campaign_runtime runtime = { .size = sizeof runtime, .progress = stop };
    assert_int_equal(cpn_offers_exact_solve(&answer, &owned.problem, &runtime, &error), CAMPAIGN_E_CANCELLED);
    assert_null(answer.shares);
    free_case(&owned);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shares_meet_what_their_multipliers_allow),
        cmocka_unit_test(test_shares_of_every_shape_are_proved),
        cmocka_unit_test(test_few_nodes_give_a_bound),
        cmocka_unit_test(test_whole_values_bring_the_bound_to_their_grid),
        cmocka_unit_test(test_contradictions_are_told),
        cmocka_unit_test(test_nothing_to_choose_is_an_answer),
        cmocka_unit_test(test_caller_may_stop_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
