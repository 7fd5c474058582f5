/* Promotion weeks beside the best of all calendars, tried one by one. */
#include "weeks_cases.h"

enum { SINGLE_CASES = 3000, SHARED_CASES = 400, REFERENCE_CASES = 300 };

/* What every answer must keep: its rules, its limits, its own figures, and total <= best <= bound. */
static void check_answer(const weeks_case *c, const case_result *result, int64_t best, uint64_t seed)
{
    case_row rows[MOST_ITEMS];
    int64_t total = 0;
    read_rows(rows, c, result->calendar);
    for (int32_t i = 0; i < c->n_items; i++) {
        if (!keeps_rules(c, i, rows[i])) fail_msg("seed %llu: item %d breaks a rule", (unsigned long long)seed, i);
        total += value_of_row(c, i, rows[i]);
    }
    if (!keeps_limits(c, (const case_row *)rows)) fail_msg("seed %llu: a limit is passed", (unsigned long long)seed);
    if (total != result->report.total_minor || total > best || best > result->report.bound_minor)
        fail_msg("seed %llu: rows bring %lld, report says %lld, best %lld, bound %lld", (unsigned long long)seed,
                 (long long)total, (long long)result->report.total_minor, (long long)best,
                 (long long)result->report.bound_minor);
}

static void test_one_item_is_solved_exactly(void **state)
{
    (void)state;
    int32_t n_feasible = 0;
    for (uint64_t seed = 1; seed <= SINGLE_CASES; seed++) {
        cpn_random random;
        weeks_case c;
        case_result result = { 0 };
        campaign_error error = { 0 };
        int64_t best = 0;
        cpn_random_seed(&random, seed);
        const int32_t n_steps = 1 + (int32_t)cpn_random_below(&random, 2);
        draw_case(&c, 1, 3 + (int32_t)cpn_random_below(&random, n_steps == 1 ? 6 : 4), n_steps, &random);
        const bool is_possible = try_all(&best, &c);
        const campaign_status status = run_case(&result, &c, seed % 2, 1, &error);
        if (!is_possible) {
            if (status != CAMPAIGN_E_INFEASIBLE)
                fail_msg("seed %llu: %s, nothing is possible", (unsigned long long)seed, campaign_status_name(status));
            assert_null(result.calendar);
            continue;
        }
        n_feasible++;
        assert_ok(status, error);
        check_answer(&c, &result, best, seed);
        if (result.report.total_minor != best || result.report.status != CAMPAIGN_PROMOTION_WEEKS_OPTIMAL)
            fail_msg("seed %llu: found %lld, best %lld", (unsigned long long)seed, (long long)result.report.total_minor,
                     (long long)best);
        clear_result(&result);
    }
    assert_true(n_feasible > SINGLE_CASES / 2);
}

static void draw_limits(weeks_case *c, cpn_random *random)
{
    for (int32_t t = 0; t < c->n_weeks; t++)
        c->capacity[t] = chance(random, 4) ? NONE : cpn_random_below(random, 2 * c->n_items);
    c->items[0].in_group = 1;
    if (chance(random, 2)) c->group_promotions = cpn_random_below(random, 3);
    if (chance(random, 3)) c->budget = cpn_random_below(random, 12000);
    if (chance(random, 4)) c->quarter_budget = cpn_random_below(random, 8000);
    if (c->n_items > 2 && chance(random, 4)) c->items[0].together = c->items[2].together = 5;
}

static void test_small_shared_problems_are_solved_exactly(void **state)
{
    (void)state;
    int64_t sum = 0, sum_best = 0, sum_bound = 0, n_optimal = 0, n = 0;
    for (uint64_t seed = 1; seed <= SHARED_CASES; seed++) {
        cpn_random random;
        weeks_case c;
        case_result result = { 0 };
        campaign_error error = { 0 };
        int64_t best = 0;
        cpn_random_seed(&random, seed * 7919);
        const bool is_pair = chance(&random, 2);
        draw_case(&c, is_pair ? 2 : 3, is_pair ? 5 : 4, is_pair ? 2 : 1 + (int32_t)cpn_random_below(&random, 2),
                  &random);
        draw_limits(&c, &random);
        const bool is_possible = try_all(&best, &c);
        const campaign_status status = run_case(&result, &c, seed % 2, 2, &error);
        if (!is_possible) {
            if (status != CAMPAIGN_E_INFEASIBLE)
                fail_msg("seed %llu: %s, nothing is possible", (unsigned long long)seed, campaign_status_name(status));
            continue;
        }
        if (status != CAMPAIGN_OK)
            fail_msg("seed %llu: %s: %s, best %lld", (unsigned long long)seed, error.where, error.message,
                     (long long)best);
        check_answer(&c, &result, best, seed);
        n++, sum += result.report.total_minor, sum_best += best, sum_bound += result.report.bound_minor;
        n_optimal += result.report.total_minor == best;
        clear_result(&result);
    }
    print_message("%lld cases: %lld at the best; total %.4f %%, bound %.4f %% of the best\n", (long long)n,
                  (long long)n_optimal, 100.0 * (double)sum / (double)sum_best,
                  100.0 * (double)sum_bound / (double)sum_best);
    assert_true(n > SHARED_CASES / 3);
    assert_int_equal(n_optimal, n);
    assert_int_equal(sum_bound, sum_best); /* small problems are closed: the best is known to be the best */
}

static void test_reference_price_has_a_true_bound(void **state)
{
    (void)state;
    int64_t sum = 0, sum_bound = 0;
    for (uint64_t seed = 1; seed <= REFERENCE_CASES; seed++) {
        cpn_random random;
        weeks_case c;
        case_result result = { 0 };
        campaign_error error = { 0 };
        int64_t best = 0;
        cpn_random_seed(&random, seed * 104729);
        draw_case(&c, 1, 6, 2, &random);
        c.items[0].reference_weight = uniform(&random, 0, 3);
        c.items[0].reference_decay = uniform(&random, 0.2, 0.95);
        if (!try_all(&best, &c)) continue;
        assert_ok(run_case(&result, &c, false, 1, &error), error);
        check_answer(&c, &result, best, seed);
        sum += result.report.total_minor, sum_bound += result.report.bound_minor;
        clear_result(&result);
    }
    print_message("bound %.4f %% of what was found\n", 100.0 * (double)sum_bound / (double)sum);
    assert_true((double)sum_bound < 1.0001 * (double)sum);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_item_is_solved_exactly),
        cmocka_unit_test(test_small_shared_problems_are_solved_exactly),
        cmocka_unit_test(test_reference_price_has_a_true_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
