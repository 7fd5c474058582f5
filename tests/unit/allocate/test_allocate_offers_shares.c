/* Offers in shares: they keep every rule, and the multipliers of the report prove them the best, by the definition of the
 * dual alone. */
#include "offers_cases.h"

enum { N_ROUNDS = 300 };

typedef struct shared_row {
    case_budget keys;
    double amount;
    int32_t cost; /* -1 = pieces */
} shared_row;

/* Budgets, then stocks, as the report has them. */
static int32_t list_rows(shared_row *rows, const offers_case *c)
{
    int32_t n = 0;
    for (int32_t b = 0; b < c->n_budgets; b++) {
        const case_budget *budget = &c->budgets[b];
        const bool is_count = budget->amount == NONE;
        rows[n++] = (shared_row){ *budget, (double)(is_count ? budget->count : budget->amount),
                                  is_count ? -1 : (int32_t)(budget->cost == 1) };
    }
    for (int32_t k = 0; k < c->n_offers; k++)
        if (c->stock[k] != NONE)
            rows[n++] = (shared_row){ { NONE, NONE, NONE, k, NONE, NONE }, (double)c->stock[k], -1 };
    return n;
}

static double cost_of(const shared_row *row, const offers_case *c, int32_t i, int32_t k)
{
    if (!holds(c, &row->keys, i, k)) return 0;
    return row->cost < 0 ? 1 : (double)c->costs[i][k][row->cost];
}

/* Scores of a customer at the multipliers, largest first; how many are possible. */
static int32_t sort_scores(double *scores, const offers_case *c, int32_t i, const shared_row *rows, int32_t n_rows,
                           const double *multipliers)
{
    int32_t n = 0;
    for (int32_t k = 0; k < c->n_offers; k++) {
        if (c->values[i][k] == IMPOSSIBLE) continue;
        double score = (double)c->values[i][k];
        for (int32_t r = 0; r < n_rows; r++) score -= multipliers[r] * cost_of(&rows[r], c, i, k);
        int32_t at = n++;
        for (; at > 0 && scores[at - 1] < score; at--) scores[at] = scores[at - 1];
        scores[at] = score;
    }
    return n;
}

/* The dual at the multipliers of the report: no shares bring more, whatever they are. In minor units. */
static double dual_of(const offers_case *c, const campaign_table *table)
{
    shared_row rows[MOST_BUDGETS + MOST_OFFERS];
    double multipliers[MOST_BUDGETS + MOST_OFFERS], sum = 0;
    const int32_t n_rows = list_rows(rows, c), column = campaign_table_find(table, "multiplier");
    assert_int_equal(campaign_table_n_rows(table), n_rows);
    for (int32_t r = 0; r < n_rows; r++) {
        multipliers[r] = campaign_table_float64(table, column, r) * (c->is_money && rows[r].cost < 0 ? 100 : 1);
        assert_true(multipliers[r] >= 0);
        sum += multipliers[r] * rows[r].amount;
    }
    for (int32_t i = 0; i < c->n_customers; i++) {
        double scores[MOST_OFFERS];
        const int32_t n = sort_scores(scores, c, i, rows, n_rows, multipliers);
        const int64_t most = c->most[i] == NONE ? 1 : c->most[i];
        for (int32_t k = 0; k < n && k < most; k++) sum += c->is_exact || scores[k] > 0 ? scores[k] : 0;
    }
    return sum;
}

/* Value of the shares, in minor units; fails where they break a rule. */
static double value_of_shares(const offers_case *c, const campaign_table *choices)
{
    shared_row rows[MOST_BUDGETS + MOST_OFFERS];
    double used[MOST_BUDGETS + MOST_OFFERS] = { 0 }, counts[MOST_CUSTOMERS] = { 0 }, value = 0;
    const int32_t n_rows = list_rows(rows, c);
    assert_int_equal(campaign_table_find(choices, "share"), 2);
    for (int64_t row = 0; row < campaign_table_n_rows(choices); row++) {
        const int32_t i = (int32_t)campaign_table_int64(choices, 0, row) - 100;
        const int32_t k = (int32_t)campaign_table_int64(choices, 1, row) - 10;
        const double share = campaign_table_float64(choices, 2, row);
        assert_true(share > 0 && share <= 1 && c->values[i][k] != IMPOSSIBLE);
        assert_true(campaign_table_float64(choices, 3, row) == (double)c->values[i][k]);
        counts[i] += share;
        value += share * (double)c->values[i][k];
        for (int32_t r = 0; r < n_rows; r++) used[r] += share * cost_of(&rows[r], c, i, k);
    }
    for (int32_t r = 0; r < n_rows; r++) assert_true(used[r] <= rows[r].amount);
    for (int32_t i = 0; i < c->n_customers; i++) {
        const double most = (double)(c->most[i] == NONE ? 1 : c->most[i]);
        assert_true(counts[i] <= most + 1e-15 && (!c->is_exact || counts[i] >= most - 1e-7));
    }
    return value;
}

static void test_shares_are_proven_by_their_multipliers(void **state)
{
    (void)state;
    cpn_random random;
    int32_t n_solved = 0, n_beyond = 0;
    cpn_random_seed(&random, 77);
    for (int32_t round = 0; round < N_ROUNDS; round++) {
        offers_case c;
        case_result result, other;
        campaign_error error = { 0 };
        int64_t whole = 0;
        draw_case(&c, &random);
        c.category_most[0] = c.category_most[1] = NONE;
        const bool is_found = try_all(&whole, &c);
        const campaign_status status =
            run_case(&result, &c, &(case_run){ .has_columns = round % 2 == 1, .is_fractional = true }, &error);
        if (status == CAMPAIGN_E_UNKNOWN) continue; /* a budget for what no offer has */
        if (status != CAMPAIGN_OK) {
            assert_int_equal(status, CAMPAIGN_E_INFEASIBLE);
            assert_true(strcmp(error.where, "budgets") == 0 || strcmp(error.where, "offers.stock") == 0 ||
                        strcmp(error.where, "pairs") == 0);
            assert_false(is_found);
            continue;
        }
        const double unit = c.is_money ? 100 : 1, value = value_of_shares(&c, result.choices);
        assert_true(fabs(result.report.value * unit - value) <= 1e-9 * (1 + fabs(value)));
        assert_true(result.report.bound >= result.report.value);
        assert_true(fabs(dual_of(&c, result.report.rows) - value) <= 1e-7 * (100 + fabs(value)));
        assert_true(!is_found || value >= (double)whole - 1e-6);
        n_beyond += is_found && value > (double)whole + 1e-6;
        assert_ok(
            run_case(&other, &c,
                     &(case_run){
                         .has_columns = round % 2 == 1, .is_reversed = true, .n_threads = 3, .is_fractional = true },
                     &error),
            error);
        assert_true(other.report.value == result.report.value && other.report.bound == result.report.bound);
        clear_result(&other);
        clear_result(&result);
        n_solved++;
    }
    print_message("%d solved, %d better than whole ones\n", n_solved, n_beyond);
    assert_true(n_solved > N_ROUNDS / 3 && n_beyond > 10);
}

static void test_what_shares_do_not_take(void **state)
{
    (void)state;
    offers_case c = { .n_customers = 1, .n_offers = 1, .values = { { 5 } }, .category_most = { 1, NONE } };
    case_result result;
    campaign_error error = { 0 };
    c.most[0] = c.stock[0] = NONE;
    assert_int_equal(run_case(&result, &c, &(case_run){ .is_fractional = true }, &error), CAMPAIGN_E_UNSUPPORTED);
    c.category_most[0] = NONE;
    assert_ok(run_case(&result, &c, &(case_run){ .is_fractional = true }, &error), error);
    assert_true(result.report.value == 5 && campaign_table_float64(result.choices, 2, 0) == 1);
    clear_result(&result);
}

/* 100,001 pairs are one too many. */
static void test_the_limit_is_told(void **state)
{
    (void)state;
    static const char *const names[] = { "customer", "value_a" };
    static const int32_t types[] = { CAMPAIGN_TYPE_INT64, CAMPAIGN_TYPE_INT64 };
    campaign_table_builder *builder = open_table(names, types, 2);
    for (int64_t i = 0; i <= 100000; i++) {
        put(builder, 0, i);
        put(builder, 1, 1);
    }
    campaign_table *pairs = close_table(builder), *choices = NULL;
    campaign_allocate_offers_inputs inputs = CAMPAIGN_ALLOCATE_OFFERS_INPUTS_INIT;
    campaign_allocate_offers_options options = CAMPAIGN_ALLOCATE_OFFERS_OPTIONS_INIT;
    campaign_error error = { 0 };
    inputs.pairs = pairs;
    options.is_fractional = 1;
    assert_int_equal(campaign_allocate_offers(&choices, NULL, &inputs, &options, NULL, &error), CAMPAIGN_E_LIMIT);
    assert_non_null(strstr(error.message, "100000"));
    assert_null(choices);
    options.is_fractional = 2;
    assert_int_equal(campaign_allocate_offers(&choices, NULL, &inputs, &options, NULL, &error), CAMPAIGN_E_ARGUMENT);
    campaign_table_free(pairs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shares_are_proven_by_their_multipliers),
        cmocka_unit_test(test_what_shares_do_not_take),
        cmocka_unit_test(test_the_limit_is_told),
    };
    return cmocka_run_group_tests_name("allocate_offers_shares", tests, NULL, NULL);
}
