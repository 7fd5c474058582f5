/* Offers on small random cases with every kind of limit, beside trying all choices. */
#include "offers_cases.h"

enum { CASES = 600 };

static void expect_answer(const offers_case *c, const case_run *run, int64_t best, bool is_possible, uint64_t seed)
{
    case_result result;
    campaign_error error = { 0 };
    const campaign_status status = run_case(&result, c, run, &error);
    if (!is_possible || (status == CAMPAIGN_E_LIMIT && c->is_exact)) {
        if (status != CAMPAIGN_E_INFEASIBLE && status != CAMPAIGN_E_LIMIT)
            fail_msg("seed %llu: %s where nothing is possible", (unsigned long long)seed, campaign_status_name(status));
        return;
    }
    assert_ok(status, error);
    const double unit = c->is_money ? 100 : 1;
    const int64_t value = value_of_choices(c, result.choices);
    const campaign_allocate_offers_report *report = &result.report;
    assert_true(fabs(report->value * unit - (double)value) < 1e-9);
    if (value > best || report->bound * unit < (double)best - 1e-9)
        fail_msg("seed %llu: %lld of %lld, bound %g", (unsigned long long)seed, (long long)value, (long long)best,
                 report->bound * unit);
    if (report->status == CAMPAIGN_CERTIFICATE_OPTIMAL && value != best)
        fail_msg("seed %llu: optimal with %lld, but %lld is possible", (unsigned long long)seed, (long long)value,
                 (long long)best);
    assert_true(report->gap >= 0);
    clear_result(&result);
}

static void test_answers_lie_between_the_best_and_the_bound(void **state)
{
    static const case_run runs[] = {
        { false, false, 1, false }, { true, false, 3, false }, { false, true, 1, false }, { true, true, 2, false }
    };
    (void)state;
    for (uint64_t seed = 1; seed <= CASES; seed++) {
        cpn_random random;
        offers_case c;
        int64_t best = 0;
        cpn_random_seed(&random, seed * 77);
        draw_case(&c, &random);
        int64_t n_pairs = 0; /* one row per pair: who has none is not there */
        for (int32_t i = 0; i < c.n_customers; i++)
            for (int32_t k = 0; k < c.n_offers; k++) n_pairs += c.values[i][k] != IMPOSSIBLE;
        const bool is_possible = try_all(&best, &c);
        for (int32_t r = 0; r < 4; r++) {
            if (!runs[r].has_columns && n_pairs < (int64_t)c.n_customers * c.n_offers) continue;
            expect_answer(&c, &runs[r], best, is_possible, seed);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answers_lie_between_the_best_and_the_bound),
    };
    return cmocka_run_group_tests_name("allocate_offers_brute", tests, NULL, NULL);
}
