/* The searches for whole choices, each called alone, because small problems end before they are reached: by knapsacks for
 * assignments, by lists for a single row, by the tree on the linear problem. Beside all choices where these can be
 * counted, and beside each other where not. */
#include "allocate/offers/exact/search.h"
#include "offers_exact_cases.h"

enum { COUNTED = 2000, COMPARED = 120 };

/* Customers who take one of their pairs, or may take none; a pair uses one row or none at all. */
typedef struct assignment_size {
    int64_t most_customers, most_pairs, most_rows;
} assignment_size;

static offers_case draw_assignment(uint64_t seed, const assignment_size *size)
{
    cpn_random random;
    cpn_random_seed(&random, seed);
    const int64_t n_customers = 1 + cpn_random_below(&random, size->most_customers);
    const int64_t n_rows = size->most_rows > 1 ? 2 + cpn_random_below(&random, size->most_rows - 1) : 1;
    const int64_t n_most = n_customers * size->most_pairs;
    offers_case owned = open_case(n_customers, n_most, n_rows, n_most);
    const int64_t most_value = cpn_random_below(&random, 2) ? 4 : 300, unit = 1 + cpn_random_below(&random, 3);
    const int64_t most_cost = 2 + cpn_random_below(&random, 20), is_mandatory = cpn_random_below(&random, 4);
    int64_t n_pairs = 0, n_uses = 0;
    for (int64_t c = 0; c < n_customers; c++) {
        for (int64_t k = cpn_random_below(&random, size->most_pairs) + 1; k > 0; k--) {
            owned.values[n_pairs] = (double)(cpn_random_below(&random, 2 * most_value) - most_value);
            if (cpn_random_below(&random, 10)) {
                owned.use_rows[n_uses] = (int32_t)cpn_random_below(&random, n_rows);
                owned.use_costs[n_uses++] = (double)(unit * cpn_random_below(&random, most_cost));
            }
            owned.use_starts[++n_pairs] = n_uses;
        }
        owned.starts[c + 1] = n_pairs;
        owned.least[c] = cpn_random_below(&random, 4) < is_mandatory;
        owned.most[c] = owned.least[c] || cpn_random_below(&random, 8) > 0;
    }
    const int64_t even = most_cost * n_customers / n_rows / 2 + 2;
    for (int64_t r = 0; r < n_rows; r++) owned.capacities[r] = (double)(unit * cpn_random_below(&random, 2 * even));
    owned.problem.n_pairs = n_pairs;
    owned.problem.least = owned.least;
    owned.problem.most = owned.most;
    return owned;
}

/* ---- All choices ------------------------------------------------------------------------------------------------- */

static void use(const cpn_offers_small *problem, double *used, int64_t pair, double sign)
{
    if (pair < 0) return;
    for (int64_t u = problem->use_starts[pair]; u < problem->use_starts[pair + 1]; u++)
        used[problem->use_rows[u]] += sign * problem->use_costs[u];
}

/* Goes through the choices as an odometer does; 0 stands for none, k for the k-th pair. */
static bool count_all(const cpn_offers_small *problem, double *best)
{
    int64_t choice[16] = { 0 };
    double used[16] = { 0 }, value = 0;
    bool has_best = false;
    for (int64_t c = 0; c < problem->n_customers;) {
        bool is_kept = !has_best || value > *best;
        for (int64_t r = 0; r < problem->n_rows; r++) is_kept = is_kept && used[r] <= problem->capacities[r];
        for (int64_t k = 0; k < problem->n_customers; k++) {
            const int64_t n = choice[k] > 0;
            is_kept = is_kept && n >= problem->least[k] && n <= problem->most[k];
        }
        if (is_kept) {
            has_best = true;
            *best = value;
        }
        for (c = 0; c < problem->n_customers; c++) {
            const int64_t first = problem->starts[c] - 1, n = problem->starts[c + 1] - problem->starts[c];
            if (choice[c] > 0) value -= problem->values[first + choice[c]];
            use(problem, used, choice[c] > 0 ? first + choice[c] : -1, -1);
            choice[c] = choice[c] < n ? choice[c] + 1 : 0;
            if (choice[c] > 0) value += problem->values[first + choice[c]];
            use(problem, used, choice[c] > 0 ? first + choice[c] : -1, 1);
            if (choice[c] > 0) break;
        }
    }
    return has_best;
}

/* ---- One search alone -------------------------------------------------------------------------------------------- */

typedef struct outcome {
    bool has_best;
    double best, bound;
} outcome;

typedef enum way { BY_KNAPSACKS, BY_TREE, BY_LISTS } way;

static outcome search_alone(const cpn_offers_small *problem, way way_taken)
{
    cpn_offers_search search = { .problem = problem };
    outcome result = { .best = -INFINITY, .bound = -INFINITY };
    campaign_error error;
    bool is_apt = true;
    assert_ok(cpn_offers_search_open(&search, &error), error);
    const campaign_status status = cpn_offers_search_linear(&search, &error);
    if (status == CAMPAIGN_OK) {
        if (way_taken == BY_LISTS) cpn_offers_search_fill(&search, false);
        if (way_taken == BY_TREE)
            assert_ok(cpn_offers_search_tree(&search, &error), error);
        else if (way_taken == BY_KNAPSACKS)
            assert_ok(cpn_offers_search_assign(&search, &is_apt, &error), error);
        else if (search.has_best)
            assert_ok(cpn_offers_search_row(&search, &is_apt, &error), error);
        assert_true(is_apt);
        result.has_best = search.has_best;
        result.best = search.best / search.lp.value_scale;
        result.bound = cpn_offers_search_round(&search, search.bound) / search.lp.value_scale;
    } else {
        assert_int_equal(status, CAMPAIGN_E_INFEASIBLE);
    }
    cpn_offers_search_close(&search);
    return result;
}

static bool has_values(const cpn_offers_small *problem)
{
    for (int64_t p = 0; p < problem->n_pairs; p++)
        if (problem->values[p] < 0 || problem->values[p] > 0) return true;
    return false;
}

static void test_knapsacks_prove_the_best_of_all(void **state)
{
    (void)state;
    const assignment_size size = { .most_customers = 6, .most_pairs = 4, .most_rows = 3 };
    int n_infeasible = 0;
    for (uint64_t seed = 1; seed <= COUNTED; seed++) {
        offers_case owned = draw_assignment(seed, &size);
        double best = -INFINITY;
        const bool has_best = count_all(&owned.problem, &best);
        if (has_values(&owned.problem)) {
            const outcome result = search_alone(&owned.problem, BY_KNAPSACKS);
            if (result.has_best != has_best || result.best != best || result.bound != best)
                fail_msg("seed %d: %.17g, bound %.17g instead of %.17g", (int)seed, result.best, result.bound, best);
        }
        n_infeasible += !has_best;
        free_case(&owned);
    }
    assert_in_range(n_infeasible, COUNTED / 100, COUNTED / 2);
}

/* The lists start from a choice; where rounding finds none, there is nothing to test. */
static void test_lists_prove_the_best_of_all(void **state)
{
    (void)state;
    const assignment_size size = { .most_customers = 7, .most_pairs = 4, .most_rows = 1 };
    int n_compared = 0;
    for (uint64_t seed = 1; seed <= COUNTED; seed++) {
        offers_case owned = draw_assignment(seed + 3000000, &size);
        double best = -INFINITY;
        const bool has_best = count_all(&owned.problem, &best);
        const outcome result = has_values(&owned.problem) ? search_alone(&owned.problem, BY_LISTS) : (outcome){ 0 };
        if (result.has_best) {
            n_compared++;
            if (!has_best || result.best != best || result.bound != best)
                fail_msg("seed %d: %.17g, bound %.17g instead of %.17g", (int)seed, result.best, result.bound, best);
        }
        free_case(&owned);
    }
    assert_in_range(n_compared, COUNTED / 2, COUNTED);
}

static void test_lists_and_tree_agree(void **state)
{
    (void)state;
    const assignment_size size = { .most_customers = 40, .most_pairs = 6, .most_rows = 1 };
    for (uint64_t seed = 1; seed <= COMPARED; seed++) {
        offers_case owned = draw_assignment(seed + 9000000, &size);
        const outcome one = has_values(&owned.problem) ? search_alone(&owned.problem, BY_LISTS) : (outcome){ 0 };
        if (one.has_best) {
            const outcome other = search_alone(&owned.problem, BY_TREE);
            if (one.best != other.best || one.bound != one.best || other.bound != other.best)
                fail_msg("seed %d: %.17g up to %.17g by lists, %.17g up to %.17g by the tree", (int)seed, one.best,
                         one.bound, other.best, other.bound);
        }
        free_case(&owned);
    }
}

/* Two options of a customer in one row: what both leave free together holds something better than what each does. */
static void test_options_of_one_row_are_not_counted_twice(void **state)
{
    (void)state;
    static const double values[] = { 2, 3, -3, 3, -1, -2, 3, 1, 1 }, costs[] = { 8, 0, 0, 6, 0, 6, 6, 2, 4 };
    static const int32_t rows[] = { 1, 0, 0, 1, 0, 0, 1, 1, 1 }, least[] = { 0, 0, 1, 1 };
    static const int64_t starts[] = { 0, 2, 3, 6, 9 };
    offers_case owned = open_case(4, 9, 2, 9);
    for (int64_t p = 0; p < 9; p++) {
        owned.values[p] = values[p];
        owned.use_costs[p] = costs[p];
        owned.use_rows[p] = rows[p];
        owned.use_starts[p + 1] = p + 1;
    }
    for (int64_t c = 0; c < 4; c++) {
        owned.starts[c + 1] = starts[c + 1];
        owned.least[c] = least[c];
        owned.most[c] = 1;
    }
    owned.capacities[0] = 8;
    owned.capacities[1] = 6;
    owned.problem.least = owned.least;
    owned.problem.most = owned.most;

    const outcome result = search_alone(&owned.problem, BY_KNAPSACKS);

    /* 3 without a row, nothing, -1 without a row, 3 from the row of 6: more than 5 would pass that row. */
    assert_true(result.best == 5 && result.bound == 5);
    free_case(&owned);
}

static void test_knapsacks_and_tree_agree(void **state)
{
    (void)state;
    const assignment_size size = { .most_customers = 14, .most_pairs = 5, .most_rows = 4 };
    for (uint64_t seed = 1; seed <= COMPARED; seed++) {
        offers_case owned = draw_assignment(seed + 7000000, &size);
        if (has_values(&owned.problem)) {
            const outcome one = search_alone(&owned.problem, BY_KNAPSACKS);
            const outcome other = search_alone(&owned.problem, BY_TREE);
            if (one.has_best != other.has_best || one.best != other.best || one.bound != one.best ||
                other.bound != other.best)
                fail_msg("seed %d: %.17g up to %.17g by knapsacks, %.17g up to %.17g by the tree", (int)seed, one.best,
                         one.bound, other.best, other.bound);
        }
        free_case(&owned);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_knapsacks_prove_the_best_of_all),
        cmocka_unit_test(test_lists_prove_the_best_of_all),
        cmocka_unit_test(test_lists_and_tree_agree),
        cmocka_unit_test(test_options_of_one_row_are_not_counted_twice),
        cmocka_unit_test(test_knapsacks_and_tree_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
