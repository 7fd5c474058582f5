/* Laws of the solver of spends: more budget never gives less, the order of items changes nothing, a scale of spends only
 * scales, and any number of threads gives the same bytes. */
#include "spends.h"

static void make_random(spends *of, int32_t seed, int64_t n, double unit)
{
    cpn_random random;
    cpn_random_seed(&random, (uint64_t)seed);
    open_spends(of, 100 * unit);
    (void)add_group(of, 0, 0, 60 * unit);
    (void)add_group(of, 1, 20 * unit, INFINITY);
    for (int64_t i = 0; i < n; i++) {
        cpn_spend_item *item = add_item(of, random_curve(of, &random, 100 * unit));
        item->group = i < 3 ? (int32_t)i : (int32_t)cpn_random_below(&random, 3);
        if (cpn_random_below(&random, 5) == 0) item->opening_cost = 5 * unit;
    }
}

static void test_more_budget_never_gives_less(void **state)
{
    (void)state;
    for (int32_t seed = 0; seed < 20; seed++) {
        spends of;
        double last = -INFINITY;
        make_random(&of, seed, 8, 1);
        for (double budget = 20; budget < 300; budget *= 1.4) {
            of.groups[0].maximum = budget;
            cpn_spend_answer answer = solve(&of);
            assert_sound(&of, &answer);
            assert_true(answer.bound >= last * (1 - 1e-14));
            last = answer.value;
            cpn_spend_answer_free(&answer);
        }
    }
}

static void test_the_order_of_items_changes_nothing(void **state)
{
    (void)state;
    for (int32_t seed = 0; seed < 40; seed++) {
        spends of;
        make_random(&of, seed, 9, 1);
        cpn_spend_answer one = solve(&of);
        for (int64_t i = 0; i < 4; i++) {
            const cpn_spend_item kept = of.items[i];
            of.items[i] = of.items[8 - i];
            of.items[8 - i] = kept;
        }
        cpn_spend_answer other = solve(&of);
        assert_close(other.value, one.value, 1e-9);
        assert_true(other.bound >= one.value && one.bound >= other.value);
        cpn_spend_answer_free(&one);
        cpn_spend_answer_free(&other);
    }
}

static void test_a_scale_of_spends_only_scales(void **state)
{
    (void)state;
    const double units[] = { 1e6, 1e-3, 1e-100 };
    for (int32_t seed = 0; seed < 20; seed++)
        for (int u = 0; u < 3; u++) {
            spends of, scaled;
            make_random(&of, seed, 7, 1);
            make_random(&scaled, seed, 7, units[u]);
            for (int64_t i = 0; i < 7; i++) /* what is no share of a location is a rate, and scales the other way */
                if (of.curves[i].kind == CPN_RESPONSE_POWER && of.curves[i].shape == 1)
                    of.curves[i].shape = scaled.curves[i].shape = 0.9;
            cpn_spend_answer one = solve(&of), other = solve(&scaled);
            assert_close(other.value, one.value, 1e-9);
            assert_true(other.bound >= one.value * (1 - 1e-13));
            cpn_spend_answer_free(&one);
            cpn_spend_answer_free(&other);
        }
}

/* Thirty S-curves: the search closes the gap. */
static void test_thirty_mixed_curves_are_closed(void **state)
{
    (void)state;
    for (int32_t seed = 0; seed < 40; seed++) {
        spends of;
        cpn_random random;
        cpn_random_seed(&random, (uint64_t)seed);
        open_spends(&of, 100);
        for (int64_t i = 0; i < 30; i++) (void)add_item(&of, random_curve(&of, &random, 40));
        cpn_spend_answer answer = solve(&of);
        assert_sound(&of, &answer);
        assert_true(answer.gap <= 1e-9 && answer.n_nodes < 2000);
        cpn_spend_answer_free(&answer);
    }
}

/* Items that are all the same are searched once, not in every order. */
static void test_equal_items_are_not_permuted(void **state)
{
    (void)state;
    spends of;
    open_spends(&of, 100);
    for (int64_t i = 0; i < 40; i++)
        (void)add_item(&of, (cpn_response){ .kind = CPN_RESPONSE_HILL, .scale = 1, .location = 8, .shape = 3 });
    cpn_spend_answer answer = solve(&of);
    assert_sound(&of, &answer);
    assert_true(answer.n_nodes < 400);
    cpn_spend_answer_free(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_more_budget_never_gives_less),  cmocka_unit_test(test_the_order_of_items_changes_nothing),
        cmocka_unit_test(test_a_scale_of_spends_only_scales), cmocka_unit_test(test_thirty_mixed_curves_are_closed),
        cmocka_unit_test(test_equal_items_are_not_permuted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
