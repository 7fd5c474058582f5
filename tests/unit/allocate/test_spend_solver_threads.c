/* Large problems of spends: one thread and eight give the same bytes, and the gap closes. */
#include "spends.h"

enum { MANY = 60000 };

static void make_many(cpn_spend_item *items, cpn_response *curves)
{
    cpn_random random;
    cpn_random_seed(&random, 11);
    for (int64_t i = 0; i < MANY; i++) {
        curves[i] = (cpn_response){ .kind = CPN_RESPONSE_HILL,
                                    .scale = between(&random, 1, 10),
                                    .location = between(&random, 1, 10),
                                    .shape = between(&random, 0.6, 4) };
        items[i] = (cpn_spend_item){ .first_curve = i, .n_curves = 1, .value = 1, .maximum = INFINITY };
        items[i].group = 1 + (int32_t)cpn_random_below(&random, 2);
    }
}

static void test_any_number_of_threads_gives_the_same_bytes(void **state)
{
    (void)state;
    cpn_spend_item *items = malloc(MANY * sizeof *items);
    cpn_response *curves = malloc(MANY * sizeof *curves);
    assert_true(items && curves);
    make_many(items, curves);
    const cpn_spend_group groups[] = { { -1, 0, 0, 2.0 * MANY }, { 0, 0, 0, 0.9 * MANY }, { 0, 0, 0, INFINITY } };
    const cpn_spend_problem problem = {
        .items = items, .curves = curves, .groups = groups, .n_items = MANY, .n_curves = MANY, .n_groups = 3
    };
    cpn_spend_answer answers[2];
    campaign_error error = { 0 };
    for (int k = 0; k < 2; k++) {
        const campaign_runtime runtime = { .size = sizeof runtime, .n_threads = k == 0 ? 1 : 8 };
        assert_ok(cpn_spend_solve(&answers[k], &problem, &runtime, &error), error);
    }
    assert_memory_equal(answers[0].spends, answers[1].spends, MANY * sizeof(double));
    assert_true(answers[0].value == answers[1].value && answers[0].bound == answers[1].bound);
    assert_true(answers[0].gap <= 1e-9 && answers[0].bound >= answers[0].value);
    assert_true(answers[0].spend <= 2.0 * MANY && answers[0].spend > 2.0 * MANY * (1 - 1e-12));
    assert_true(answers[0].group_spends[1] <= 0.9 * MANY);
    for (int k = 0; k < 2; k++) cpn_spend_answer_free(&answers[k]);
    free(items);
    free(curves);
}

static int stop(void *ctx, const char *stage, int64_t done, int64_t total)
{
    (void)ctx;
    (void)stage;
    (void)done;
    (void)total;
    return 1;
}

static void test_a_cancelled_search_ends(void **state)
{
    (void)state;
    spends of;
    open_spends(&of, 10);
    (void)add_item(&of, (cpn_response){ .kind = CPN_RESPONSE_LOG, .scale = 1, .location = 1 });
    const campaign_runtime runtime = { .size = sizeof runtime, .progress = stop };
    cpn_spend_answer answer;
    campaign_error error = { 0 };
    assert_int_equal(cpn_spend_solve(&answer, &of.problem, &runtime, &error), CAMPAIGN_E_CANCELLED);
    assert_null(answer.spends);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_any_number_of_threads_gives_the_same_bytes),
        cmocka_unit_test(test_a_cancelled_search_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
