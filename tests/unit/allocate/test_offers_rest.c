/* Those who are not near a tie: what one pass tells of other multipliers is what another pass would find. */
#include <math.h>

#include "allocate/offers/solver.h"
#include "base/memory.h"
#include "offers_large.h"

enum { N = 5000, ROWS = 20 };

typedef struct rest_case {
    campaign_table *pairs, *budgets;
    campaign_allocate_offers_inputs inputs;
    cpn_offers_problem problem;
    cpn_offers_scan near, all; /* by those near a tie, by a pass */
    cpn_offers_rest rest;
    int64_t near_used[ROWS], all_used[ROWS];
    double multipliers[ROWS], moved[ROWS];
} rest_case;

static void open_case(rest_case *c, int32_t most)
{
    campaign_error error = { 0 };
    const campaign_allocate_offers_inputs inputs = CAMPAIGN_ALLOCATE_OFFERS_INPUTS_INIT;
    *c = (rest_case){ .inputs = inputs };
    campaign_allocate_offers_options options = CAMPAIGN_ALLOCATE_OFFERS_OPTIONS_INIT;
    options.most = most;
    c->inputs.pairs = c->pairs = large_pairs(N, 7);
    c->inputs.budgets = c->budgets = large_budgets(N, ROWS);
    c->problem.inputs = &c->inputs;
    assert_ok(cpn_offers_take_knobs(&c->problem.knobs, &options, &error), error);
    assert_ok(cpn_offers_read(&c->problem, &error), error);
    for (int32_t r = 0; r < ROWS; r++) c->multipliers[r] = r == 0 ? 0.7 : 0.05;
    c->near.used = c->near_used;
    c->all.used = c->all_used;
    c->near.width = 0.05;
    assert_ok(cpn_offers_scan_all(&c->near, &c->problem, c->multipliers, &error), error);
    assert_ok(cpn_offers_rest_open(&c->rest, &c->problem, &error), error);
    assert_ok(cpn_offers_rest_take(&c->rest, &c->near, c->multipliers, &error), error);
    assert_in_range(c->near.core.n_customers, 1, N - 1);
}

static void close_case(rest_case *c)
{
    cpn_offers_rest_close(&c->rest);
    cpn_offers_set_free(&c->near.core);
    cpn_offers_set_free(&c->all.core);
    cpn_offers_problem_free(&c->problem);
    campaign_table_free(c->pairs);
    campaign_table_free(c->budgets);
}

/* Looks at moved multipliers both ways; whether the rest was sure. */
static bool look(rest_case *c)
{
    campaign_error error = { 0 };
    bool is_sure = false;
    assert_ok(cpn_offers_rest_look(&is_sure, &c->near, &c->rest, c->moved, &error), error);
    if (!is_sure) return false;
    assert_ok(cpn_offers_scan_all(&c->all, &c->problem, c->moved, &error), error);
    for (int32_t r = 0; r < ROWS; r++) assert_int_equal(c->near_used[r], c->all_used[r]);
    assert_true(fabs(c->near.bound - c->all.bound) <= 1e-11 * c->all.bound);
    assert_true(c->near.bound >= c->all.sum + cpn_offers_amounts_value(&c->problem, c->moved) * (1 - 1e-15));
    return true;
}

static void check_moves(int32_t most)
{
    rest_case c;
    uint64_t seed = 20260812;
    int32_t n_sure = 0, n_not = 0;
    open_case(&c, most);
    for (int32_t i = 0; i < 60; i++) {
        const double size = 0.0006 * (1 + i); /* from well inside of the width to well beyond */
        for (int32_t r = 0; r < ROWS; r++) c.moved[r] = c.multipliers[r] + size * (unit(&seed) - 0.5);
        if (look(&c))
            n_sure++;
        else
            n_not++;
    }
    assert_true(n_sure >= 10 && n_not >= 5);
    close_case(&c);
}

static void test_rest_finds_what_a_pass_finds(void **state)
{
    (void)state;
    check_moves(1);
}

static void test_rest_holds_for_several_offers_each(void **state)
{
    (void)state;
    check_moves(3);
}

static void test_rest_is_not_sure_of_multipliers_without_end(void **state)
{
    (void)state;
    rest_case c;
    open_case(&c, 1);
    for (int32_t r = 0; r < ROWS; r++) c.moved[r] = c.multipliers[r];
    assert_true(look(&c));
    c.moved[3] = INFINITY;
    assert_false(look(&c));
    c.moved[3] = NAN;
    assert_false(look(&c));
    c.moved[3] = c.multipliers[3];
    c.moved[0] = NAN;
    assert_false(look(&c));
    close_case(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rest_finds_what_a_pass_finds),
        cmocka_unit_test(test_rest_holds_for_several_offers_each),
        cmocka_unit_test(test_rest_is_not_sure_of_multipliers_without_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
