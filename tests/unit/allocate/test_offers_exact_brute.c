/* The exact solver for offers beside the plain counting of everything: all choices, and all corners of tiny linear
 * problems. */
#include "offers_exact_cases.h"

enum { PROBLEMS = 20000, MOST_PAIRS = 11, CORNER_PROBLEMS = 2000, CORNER_PAIRS = 4, CORNER_ROWS = 24 };

/* ---- All choices ------------------------------------------------------------------------------------------------- */

static bool is_allowed(const cpn_offers_small *problem, uint32_t choice, long double *value)
{
    long double used[4] = { 0 };
    *value = 0;
    for (int64_t c = 0; c < problem->n_customers; c++) {
        int32_t n = 0;
        for (int64_t p = problem->starts[c]; p < problem->starts[c + 1]; p++) {
            if (!(choice >> p & 1)) continue;
            n++;
            *value += problem->values[p];
            for (int64_t u = problem->use_starts[p]; u < problem->use_starts[p + 1]; u++)
                used[problem->use_rows[u]] += problem->use_costs[u];
        }
        if (n < (problem->least ? problem->least[c] : 0) || n > (problem->most ? problem->most[c] : 1)) return false;
    }
    for (int64_t r = 0; r < problem->n_rows; r++)
        if (used[r] > problem->capacities[r]) return false;
    return true;
}

static bool count_all(const cpn_offers_small *problem, long double *best)
{
    bool has_best = false;
    for (uint32_t choice = 0; choice < 1U << problem->n_pairs; choice++) {
        long double value = 0;
        if (!is_allowed(problem, choice, &value) || (has_best && value <= *best)) continue;
        *best = value;
        has_best = true;
    }
    return has_best;
}

static void test_whole_choice_is_the_best_of_all(void **state)
{
    (void)state;
    int n_infeasible = 0;
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        offers_case owned = draw_case(seed, MOST_PAIRS);
        cpn_offers_exact_answer answer;
        campaign_error error;
        long double best = 0;
        const bool has_best = count_all(&owned.problem, &best);

        const campaign_status status = cpn_offers_exact_solve(&answer, &owned.problem, NULL, &error);

        if (status != (has_best ? CAMPAIGN_OK : CAMPAIGN_E_INFEASIBLE))
            fail_msg("seed %d: status %d, there is %s choice", (int)seed, (int)status, has_best ? "a" : "no");
        n_infeasible += !has_best;
        if (has_best) {
            assert_keeps_rules(&owned.problem, &answer);
            assert_int_equal(answer.status, CAMPAIGN_CERTIFICATE_OPTIMAL);
            if (fabsl(answer.value - best) > 1e-12L * (1 + fabsl(best)) || answer.bound < best - 1e-14L * fabsl(best) ||
                answer.linear_bound < best - 1e-14L * fabsl(best))
                fail_msg("seed %d: %.17g instead of %.17g", (int)seed, answer.value, (double)best);
        }
        cpn_offers_exact_free(&answer);
        free_case(&owned);
    }
    assert_in_range(n_infeasible, 100, PROBLEMS / 2);
}

/* ---- All corners ------------------------------------------------------------------------------------------------- */

/* Rules of a tiny linear problem as a · x <= b; NaN-free, rows at INFINITY left out. */
typedef struct corner_rules {
    int n, n_pairs;
    double a[CORNER_ROWS][CORNER_PAIRS], b[CORNER_ROWS];
} corner_rules;

static corner_rules list_rules(const cpn_offers_small *problem)
{
    corner_rules rules = { .n_pairs = (int)problem->n_pairs };
    for (int p = 0; p < rules.n_pairs; p++) {
        rules.a[rules.n][p] = -1;
        rules.n++;
        rules.a[rules.n][p] = 1;
        rules.b[rules.n++] = 1;
    }
    for (int64_t c = 0; c < problem->n_customers; c++) {
        if (problem->starts[c] == problem->starts[c + 1]) continue;
        for (int64_t p = problem->starts[c]; p < problem->starts[c + 1]; p++) {
            rules.a[rules.n][p] = 1;
            rules.a[rules.n + 1][p] = -1;
        }
        rules.b[rules.n++] = problem->most ? problem->most[c] : 1;
        rules.b[rules.n++] = -(problem->least ? problem->least[c] : 0);
    }
    for (int64_t r = 0; r < problem->n_rows; r++) {
        if (isinf(problem->capacities[r])) continue;
        for (int64_t p = 0; p < problem->n_pairs; p++)
            for (int64_t u = problem->use_starts[p]; u < problem->use_starts[p + 1]; u++)
                if (problem->use_rows[u] == r) rules.a[rules.n][p] = problem->use_costs[u];
        rules.b[rules.n++] = problem->capacities[r];
    }
    return rules;
}

/* The point where the rules of the mask are tight; false where they do not meet in one. */
static bool find_corner(const corner_rules *rules, uint32_t mask, double *x)
{
    double square[CORNER_PAIRS][CORNER_PAIRS + 1];
    const int n = rules->n_pairs;
    for (int i = 0, rule = 0; i < n; rule++) {
        if (!(mask >> rule & 1)) continue;
        for (int k = 0; k < n; k++) square[i][k] = rules->a[rule][k];
        square[i++][n] = rules->b[rule];
    }
    for (int k = 0; k < n; k++) {
        int pivot = k;
        for (int i = k; i < n; i++)
            if (fabs(square[i][k]) > fabs(square[pivot][k])) pivot = i;
        if (fabs(square[pivot][k]) < 1e-9) return false;
        for (int j = 0; j <= n; j++) {
            const double swap = square[k][j];
            square[k][j] = square[pivot][j];
            square[pivot][j] = swap;
        }
        for (int i = 0; i < n; i++) {
            const double factor = square[i][k] / square[k][k];
            for (int j = 0; j <= n && i != k; j++) square[i][j] -= factor * square[k][j];
        }
    }
    for (int k = 0; k < n; k++) x[k] = square[k][n] / square[k][k];
    return true;
}

static bool try_corners(const cpn_offers_small *problem, const corner_rules *rules, double *best)
{
    bool has_best = false;
    for (uint32_t mask = 0; mask < 1U << rules->n; mask++) {
        int n_set = 0;
        for (uint32_t rest = mask; rest; rest &= rest - 1) n_set++;
        double x[CORNER_PAIRS], value = 0;
        if (n_set != rules->n_pairs || !find_corner(rules, mask, x)) continue;
        bool is_inside = true;
        for (int rule = 0; rule < rules->n && is_inside; rule++) {
            double sum = 0;
            for (int p = 0; p < rules->n_pairs; p++) sum += rules->a[rule][p] * x[p];
            is_inside = sum <= rules->b[rule] + 1e-9;
        }
        for (int p = 0; p < rules->n_pairs; p++) value += problem->values[p] * x[p];
        if (!is_inside || (has_best && value <= *best)) continue;
        *best = value;
        has_best = true;
    }
    return has_best;
}

static void test_shares_are_the_best_corner(void **state)
{
    (void)state;
    int n_tried = 0, n_infeasible = 0;
    for (uint64_t seed = 1; n_tried < CORNER_PROBLEMS; seed++) {
        offers_case owned = draw_case(seed + 1000000, CORNER_PAIRS);
        cpn_offers_exact_answer answer;
        campaign_error error;
        double best = 0;
        owned.problem.is_fractional = true;
        const corner_rules rules = list_rules(&owned.problem);
        if (rules.n > 16) {
            free_case(&owned);
            continue;
        }
        const bool has_best = try_corners(&owned.problem, &rules, &best);

        const campaign_status status = cpn_offers_exact_solve(&answer, &owned.problem, NULL, &error);

        if (status != (has_best ? CAMPAIGN_OK : CAMPAIGN_E_INFEASIBLE))
            fail_msg("seed %d: status %d, there are %s shares", (int)seed, (int)status, has_best ? "some" : "no");
        n_tried++;
        n_infeasible += !has_best;
        if (has_best) {
            assert_keeps_rules(&owned.problem, &answer);
            if (fabs(answer.value - best) > 1e-8 * (1 + fabs(best)))
                fail_msg("seed %d: %.17g instead of %.17g", (int)seed, answer.value, best);
        }
        cpn_offers_exact_free(&answer);
        free_case(&owned);
    }
    assert_in_range(n_infeasible, 20, CORNER_PROBLEMS / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole_choice_is_the_best_of_all),
        cmocka_unit_test(test_shares_are_the_best_corner),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
