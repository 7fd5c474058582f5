/* Offers whose costs are whole multiples of one number: what an amount has beyond such a multiple never counts. */
#include "offers_large.h"

enum { CUSTOMERS = 120, OFFERS = 4 };

typedef struct multiples_case {
    double cost;      /* of the cheapest offer */
    int32_t n_kinds;  /* costs are 1 to n_kinds times that */
    bool is_columns;  /* one row per customer */
    bool is_reversed; /* rows come the other way round */
} multiples_case;

static void put_float(campaign_table_builder *builder, int32_t column, double value)
{
    assert_int_equal(campaign_table_builder_append_float64(builder, column, value, NULL), CAMPAIGN_OK);
}

static double worth_of(int64_t customer, int32_t offer)
{
    uint64_t seed = (uint64_t)(customer * OFFERS + offer) * 977;
    return unit(&seed);
}

static double cost_of(const multiples_case *c, int64_t customer, int32_t offer)
{
    uint64_t seed = (uint64_t)(customer * OFFERS + offer) * 31 + 5;
    return c->cost * (double)(1 + splitmix(&seed) % (uint64_t)c->n_kinds);
}

static campaign_table *long_pairs(const multiples_case *c)
{
    static const char *const names[] = { "customer", "offer", "value", "cost" };
    static const int32_t types[] = { CAMPAIGN_TYPE_INT64, CAMPAIGN_TYPE_INT64, CAMPAIGN_TYPE_FLOAT64,
                                     CAMPAIGN_TYPE_FLOAT64 };
    campaign_table_builder *builder = open_table(names, types, 4);
    for (int64_t i = 0; i < CUSTOMERS * OFFERS; i++) {
        const int64_t at = c->is_reversed ? CUSTOMERS * OFFERS - 1 - i : i;
        put(builder, 0, at / OFFERS);
        put(builder, 1, at % OFFERS);
        put_float(builder, 2, worth_of(at / OFFERS, (int32_t)(at % OFFERS)));
        put_float(builder, 3, cost_of(c, at / OFFERS, (int32_t)(at % OFFERS)));
    }
    return close_table(builder);
}

static campaign_table *wide_pairs(const multiples_case *c)
{
    static const char *const names[] = { "customer", "value_0", "cost_0",  "value_1", "cost_1",
                                         "value_2",  "cost_2",  "value_3", "cost_3" };
    int32_t types[1 + 2 * OFFERS] = { CAMPAIGN_TYPE_INT64 };
    for (int32_t at = 1; at <= 2 * OFFERS; at++) types[at] = CAMPAIGN_TYPE_FLOAT64;
    campaign_table_builder *builder = open_table(names, types, 1 + 2 * OFFERS);
    for (int64_t i = 0; i < CUSTOMERS; i++) {
        put(builder, 0, i);
        for (int32_t k = 0; k < OFFERS; k++) {
            put_float(builder, 1 + 2 * k, worth_of(i, k));
            put_float(builder, 2 + 2 * k, cost_of(c, i, k));
        }
    }
    return close_table(builder);
}

static campaign_allocate_offers_report solve(const multiples_case *c, double amount)
{
    static const char *const names[] = { "amount" };
    static const int32_t types[] = { CAMPAIGN_TYPE_FLOAT64 };
    campaign_allocate_offers_inputs inputs = CAMPAIGN_ALLOCATE_OFFERS_INPUTS_INIT;
    campaign_allocate_offers_report report = CAMPAIGN_ALLOCATE_OFFERS_REPORT_INIT;
    campaign_error error = { 0 };
    campaign_table_builder *builder = open_table(names, types, 1);
    put_float(builder, 0, amount);
    campaign_table *budgets = close_table(builder), *choices = NULL;
    campaign_table *pairs = c->is_columns ? wide_pairs(c) : long_pairs(c);
    inputs.pairs = pairs;
    inputs.budgets = budgets;
    assert_ok(campaign_allocate_offers(&choices, &report, &inputs, NULL, NULL, &error), error);
    assert_true(campaign_table_n_rows(choices) > 0);
    campaign_table_free(choices);
    campaign_table_free(pairs);
    campaign_table_free(budgets);
    return report;
}

static void test_equal_costs_are_proven_whatever_the_amount(void **state)
{
    static const double costs[] = { 7, 0.1, 1e-5, 2.5e8 };
    (void)state;
    for (int32_t i = 0; i < 8; i++) {
        const multiples_case c = { .cost = costs[i / 2], .n_kinds = 1, .is_columns = i % 2 };
        campaign_allocate_offers_report report = solve(&c, c.cost * 40.5);
        if (!(report.gap <= 1e-12)) fail_msg("cost %g: a gap of %g", c.cost, report.gap);
        campaign_allocate_offers_report_clear(&report);
    }
}

static void test_the_rest_of_an_amount_is_not_in_the_bound(void **state)
{
    (void)state;
    for (int32_t i = 0; i < 3; i++) {
        const multiples_case c = { 250, 3, i == 1, i == 2 };
        campaign_allocate_offers_report exact = solve(&c, 250 * 60), more = solve(&c, 250 * 60 + 249.5);
        assert_true(exact.value == more.value && exact.bound == more.bound);
        campaign_allocate_offers_report_clear(&exact);
        campaign_allocate_offers_report_clear(&more);
    }
}

static void test_rows_may_come_in_any_order(void **state)
{
    (void)state;
    for (int32_t kinds = 1; kinds < 6; kinds += 2) {
        const multiples_case forwards = { 13.25, kinds, false, false }, backwards = { 13.25, kinds, false, true };
        campaign_allocate_offers_report one = solve(&forwards, 3000), two = solve(&backwards, 3000);
        assert_true(one.value == two.value && one.bound == two.bound);
        campaign_allocate_offers_report_clear(&one);
        campaign_allocate_offers_report_clear(&two);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equal_costs_are_proven_whatever_the_amount),
        cmocka_unit_test(test_the_rest_of_an_amount_is_not_in_the_bound),
        cmocka_unit_test(test_rows_may_come_in_any_order),
    };
    return cmocka_run_group_tests_name("allocate_offers_multiples", tests, NULL, NULL);
}
