/* Items that a budget far beyond what they can use saturates, under groups that have room for some of them only. */
#include "spends.h"

static cpn_spend_item *add_saturating(spends *of, int32_t kind, double scale, double location, double shape,
                                      int32_t group)
{
    const cpn_response curve = { .kind = kind, .scale = scale, .location = location, .shape = shape };
    cpn_spend_item *item = add_item(of, curve);
    item->group = group;
    return item;
}

static void test_all_of_a_group_are_opened_at_no_price(void **state)
{
    (void)state;
    spends of;
    open_spends(&of, 82500);
    const int32_t g = add_group(&of, 0, 0, 1e5), h = add_group(&of, 0, 0, 1e4);
    (void)add_saturating(&of, CPN_RESPONSE_EXPONENTIAL, 10, 10, 1, g);
    (void)add_saturating(&of, CPN_RESPONSE_S_LOGISTIC, 10, 100, 2, g);
    (void)add_saturating(&of, CPN_RESPONSE_LOG, 5, 5000, 1, h);
    cpn_spend_answer answer = solve(&of);
    assert_sound(&of, &answer);
    double response, spend;
    const double x[] = { 10000, 60000, 10000 };
    assert_close(answer.value, objective_at(&of, x, &response, &spend), 1e-12);
    cpn_spend_answer_free(&answer);
}

static void test_a_large_item_is_opened_beside_a_small_one(void **state)
{
    (void)state;
    spends of;
    open_spends(&of, 8721067.91);
    const int32_t g = add_group(&of, 0, 0, 5238646.33), h = add_group(&of, 0, 0, 5717024.26);
    (void)add_saturating(&of, CPN_RESPONSE_S_LOGISTIC, 29585.8, 393.4, 1.39, g);
    (void)add_saturating(&of, CPN_RESPONSE_EXPONENTIAL, 17.8, 76.7, 1, g);
    (void)add_saturating(&of, CPN_RESPONSE_LOG, 4.8, 4729, 1, h);
    cpn_spend_answer answer = solve(&of);
    assert_sound(&of, &answer);
    double response, spend;
    const double x[] = { 1e6, 1e6, 5717024 };
    assert_true(answer.value >= objective_at(&of, x, &response, &spend) * (1 - 1e-9));
    cpn_spend_answer_free(&answer);
}

/* Spend beyond which a curve gains less than 1e-12 of what it brings, or all that there is. */
static double enough_of(const cpn_response *curve, double most)
{
    double x = 1e-6;
    while (x < most && cpn_response_value(curve, x) < cpn_response_value(curve, most) * (1 - 1e-12)) x *= 1.1;
    return fmin(x, most);
}

static cpn_response saturating_curve(cpn_random *random)
{
    static const int32_t kinds[] = { CPN_RESPONSE_HILL,        CPN_RESPONSE_S_LOGISTIC, CPN_RESPONSE_LOGISTIC,
                                     CPN_RESPONSE_EXPONENTIAL, CPN_RESPONSE_LOG,        CPN_RESPONSE_MICHAELIS_MENTEN,
                                     CPN_RESPONSE_TANH,        CPN_RESPONSE_POWER };
    cpn_response curve = { .kind = kinds[cpn_random_below(random, 8)],
                           .scale = pow(10, between(random, 0, 5)),
                           .location = pow(10, between(random, 0, 4)),
                           .shape = between(random, 1.05, 5) };
    if (curve.kind == CPN_RESPONSE_POWER) curve.shape = between(random, 0.1, 0.9);
    return curve;
}

/* As good as giving each the least that saturates it, wherever the room is enough for all. */
static void test_no_item_that_pays_is_left_closed(void **state)
{
    (void)state;
    cpn_random random;
    cpn_random_seed(&random, 7);
    for (int32_t run = 0; run < 1500; run++) {
        spends of;
        open_spends(&of, pow(10, between(&random, 4, 8)));
        const double budget = of.groups[0].maximum;
        (void)add_group(&of, 0, 0, between(&random, 0.1, 1.2) * budget);
        (void)add_group(&of, 0, 0, between(&random, 0.1, 1.2) * budget);
        const int64_t n = 3 + cpn_random_below(&random, 3);
        double x[MOST_ITEMS], response, spend;
        for (int64_t i = 0; i < n; i++)
            add_item(&of, saturating_curve(&random))->group = 1 + (int32_t)cpn_random_below(&random, 2);
        for (int64_t i = 0; i < n; i++) x[i] = enough_of(&of.curves[i], budget / 50);
        cpn_spend_answer answer = solve(&of);
        assert_sound(&of, &answer);
        if (keeps(&of, x, 0) && answer.value < objective_at(&of, x, &response, &spend) * (1 - 1e-9))
            fail_msg("run %d: %.17g of %.17g", (int)run, answer.value, objective_at(&of, x, &response, &spend));
        cpn_spend_answer_free(&answer);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_of_a_group_are_opened_at_no_price),
        cmocka_unit_test(test_a_large_item_is_opened_beside_a_small_one),
        cmocka_unit_test(test_no_item_that_pays_is_left_closed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
